#!/usr/bin/env python3
# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""dot-refine train with a projected judge against the same in PyTorch: images a second

    train_peer.py --features NET.pt --data TAR:FOLDER [--steps N] [--turns N] [--batch B] [--classes N]
                  [--precision WORD]

Both train the pair of 64 pixels (G of ch 32, a plain D of ch 16) from random weights: made
pictures that serve both judges and then G, augmentation drawn anew for G, hinge losses, spectral
and batch norms, Adam, a moving average of G; bfloat16 or float32, channels last, all cores, threads that wait
without spinning. They take turns, a fresh process each; what is printed is the median of all steps
but each process's first two. Ours decodes pictures on the way; the other has noise ready in memory.

    train_peer.py --worker …

is one turn of PyTorch's: a line of seconds a step.
"""

import argparse
import csv
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

CH_G, CH_D, LATENT, SIZE, WARM = 32, 16, 128, 64, 2


def parse():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--features", required=True)
    parser.add_argument("--data")
    parser.add_argument("--steps", type=int, default=12)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--classes", type=int, default=40)
    parser.add_argument("--precision", choices=("bfloat16", "float32"), default="bfloat16")
    parser.add_argument("--worker", action="store_true")
    return parser.parse_args()


def ours(options, folder):
    """Seconds of each step, of the log."""
    config = {
        "image_size": SIZE,
        "labels": True,
        "generator": {"width": CH_G, "beta2": 0.99},
        "discriminator": {"width": CH_D, "beta2": 0.99},
        "judges": {
            "plain": {},
            "projected": {"features": str(pathlib.Path(options.features).resolve())},
        },
        "data": {"kind": "tar", "flip": True},
        "augment": ["color", "translation", "cutout"],
        "batch": options.batch,
        "steps": options.steps,
        "precision": options.precision,
        "every": {"log": 1, "checkpoint": 1000000, "samples": 0},
    }
    path = folder / "config.json"
    path.write_text(json.dumps(config))
    out = tempfile.mkdtemp(dir=folder)
    command = ["dot-refine", "train", path, "--out", out, "--data", options.data, "--trust"]
    process = subprocess.Popen([str(part) for part in command], stderr=subprocess.DEVNULL)
    # Its end, statistics and a model, isn't what is measured.
    while process.poll() is None and rows_of(out) < options.steps:
        time.sleep(0.05)
    process.kill()
    process.wait()
    with open(os.path.join(out, "log.csv"), encoding="utf-8") as file:
        seconds = [float(row["seconds"]) for row in csv.DictReader(file)]
    # The last row waits for what is due then.
    return [after - before for before, after in zip(seconds[:-2], seconds[1:-1])]


def rows_of(out):
    try:
        with open(os.path.join(out, "log.csv"), encoding="utf-8") as file:
            return file.read().count("\n") - 1
    except FileNotFoundError:
        return 0


def theirs(options):
    command = [sys.executable, __file__, "--worker", "--features", options.features]
    for name in "steps", "batch", "classes", "precision":
        command += [f"--{name}", str(getattr(options, name))]
    return [float(x) for x in subprocess.run(command, check=True, capture_output=True).stdout.split()]


def compare(options):
    seconds = [], []
    with tempfile.TemporaryDirectory(prefix="dot-refine-") as name:
        for _ in range(options.turns):
            seconds[0].extend(ours(options, pathlib.Path(name))[WARM:])
            seconds[1].extend(theirs(options)[WARM:])
    rates = [options.batch / statistics.median(part) for part in seconds]
    print(f"images a second: {rates[0]:.1f}; PyTorch: {rates[1]:.1f}; {rates[0] / rates[1]:.2f} times")


def work(options):
    import torch
    from torch import nn
    from torch.nn import functional as F
    from torch.nn.utils.parametrizations import spectral_norm

    torch.manual_seed(0)

    class Norm(nn.Module):
        """Conditional batch norm."""

        def __init__(self, channels):
            super().__init__()
            self.norm = nn.BatchNorm2d(channels, eps=2e-5, affine=False)
            self.gain, self.shift = (nn.Embedding(options.classes, channels) for _ in range(2))
            nn.init.ones_(self.gain.weight)
            nn.init.zeros_(self.shift.weight)

        def forward(self, x, y):
            x = self.norm(x)
            gain, shift = (t(y)[:, :, None, None].to(x.dtype) for t in (self.gain, self.shift))
            return torch.addcmul(shift, x, gain)

    class Up(nn.Module):
        def __init__(self, inputs, outputs):
            super().__init__()
            self.b1, self.b2 = Norm(inputs), Norm(outputs)
            self.c1 = nn.Conv2d(inputs, outputs, 3, padding=1)
            self.c2 = nn.Conv2d(outputs, outputs, 3, padding=1)
            self.side = nn.Conv2d(inputs, outputs, 1)

        def forward(self, x, y):
            h = self.c1(F.interpolate(F.relu(self.b1(x, y)), scale_factor=2))
            return self.c2(F.relu(self.b2(h, y))) + self.side(F.interpolate(x, scale_factor=2))

    class Generator(nn.Module):
        def __init__(self):
            super().__init__()
            widths = [CH_G * k for k in (16, 8, 4, 2, 1)]
            self.first = nn.Linear(LATENT, 16 * widths[0])
            self.blocks = nn.ModuleList(map(Up, widths[:-1], widths[1:]))
            self.norm = nn.BatchNorm2d(CH_G, eps=2e-5)
            self.last = nn.Conv2d(CH_G, 3, 3, padding=1)

        def forward(self, z, y):
            x = self.first(z).view(len(z), -1, 4, 4).contiguous(memory_format=torch.channels_last)
            for block in self.blocks:
                x = block(x, y)
            return torch.tanh(self.last(F.relu(self.norm(x))).float())

    def conv(inputs, outputs, size, stride=1):
        return spectral_norm(nn.Conv2d(inputs, outputs, size, stride, int(size > 1)))

    class Down(nn.Module):
        def __init__(self, inputs, outputs):
            super().__init__()
            self.first = inputs == 3
            middle = outputs if self.first else inputs
            self.c1, self.c2 = conv(inputs, middle, 3), conv(middle, outputs, 3)
            self.side = conv(inputs, outputs, 1)

        def forward(self, x):
            h = self.c2(F.relu(self.c1(x if self.first else F.relu(x))))
            return F.avg_pool2d(h, 2) + self.side(F.avg_pool2d(x, 2))

    class Plain(nn.Module):
        def __init__(self):
            super().__init__()
            widths = [3] + [CH_D * k for k in (1, 2, 4, 8, 16)]
            self.blocks = nn.Sequential(*map(Down, widths[:-1], widths[1:]))
            self.last = spectral_norm(nn.Linear(widths[-1], 1))
            self.label = spectral_norm(nn.Embedding(options.classes, widths[-1]))

        def forward(self, x, y):
            h = F.relu(self.blocks(x)).float().sum((2, 3))
            return self.last(h)[:, 0] + (self.label(y) * h).sum(1)

    class Head(nn.Module):
        def __init__(self, inputs, halvings):
            super().__init__()
            layers = []
            for _ in range(max(halvings, 1)):
                layers += [conv(inputs, 128, 4, 2) if halvings else conv(inputs, 128, 3)]
                layers += [nn.BatchNorm2d(128), nn.LeakyReLU(0.2, inplace=True)]
                inputs = 128
            self.body = nn.Sequential(*layers)
            self.out, self.p = conv(128, 1, 3), conv(128, 64, 3)
            self.label = nn.Embedding(options.classes, 64)

        def forward(self, x, y):
            h = self.body(x)
            p = self.p(h).float().mean((2, 3))
            return self.out(h).float().mean((1, 2, 3)) + (p * self.label(y)).sum(1)

    class Projected(nn.Module):
        def __init__(self):
            super().__init__()
            inputs, outputs = (128, 256, 384, 512), (64, 128, 192, 256)
            self.features = torch.jit.load(options.features).eval()
            self.ccm = nn.ModuleList(nn.Conv2d(i, o, 1, bias=False) for i, o in zip(inputs, outputs))
            self.csm = nn.ModuleList(nn.Conv2d(o, i, 3, padding=1, bias=False) for i, o in zip(outputs, outputs[1:]))
            for part in self.ccm, self.csm:
                part.requires_grad_(False)
            self.heads = nn.ModuleList(map(Head, outputs, (2, 1, 0, 0)))

        def look(self, x):
            maps = list(self.features(x))
            for i in reversed(range(4)):
                maps[i] = self.ccm[i](maps[i])
                if i < 3:
                    size = maps[i].shape[2:]
                    maps[i] = maps[i] + F.interpolate(self.csm[i](maps[i + 1]), size, mode="bilinear")
            return maps

        def scores(self, maps, y):
            return sum(head(m, y) for head, m in zip(self.heads, maps))

        def losses(self, real, fake, y, fake_y):
            n = len(real)
            with torch.no_grad():
                maps = self.look(torch.cat([real, fake]))
            return sum(hinge(head(m[:n], y), head(m[n:], fake_y)) for head, m in zip(self.heads, maps))

    def hinge(real, fake):
        return F.relu(1 - real).mean() + F.relu(1 + fake).mean()

    def augment(x):
        """Colours, a shift of up to an eighth, a hole of half the side."""
        n, _, size, _ = x.shape
        shape = (n, 1, 1, 1)
        x = x + torch.rand(shape) - 0.5
        gray = x.mean(1, keepdim=True)
        x = gray + (x - gray) * 2 * torch.rand(shape)
        level = x.mean((1, 2, 3), keepdim=True)
        x = level + (x - level) * (torch.rand(shape) + 0.5)
        places, most = torch.arange(size), size // 8
        y0, x0 = (torch.randint(-most, most + 1, (n, 1)) for _ in range(2))
        rows, columns = ((places + shift + 1).clamp(0, size + 1) for shift in (y0, x0))
        x = F.pad(x, (1, 1, 1, 1)).permute(0, 2, 3, 1)
        x = x[torch.arange(n)[:, None, None], rows[:, :, None], columns[:, None, :]]
        hole = size // 2
        top, left = (torch.randint(0, size + 1, (n, 1)) - hole // 2 for _ in range(2))
        inside = ((places >= top) & (places < top + hole))[:, :, None]
        inside = inside & ((places >= left) & (places < left + hole))[:, None, :]
        return x.permute(0, 3, 1, 2).masked_fill(inside[:, None], 0)

    g, plain, projected = Generator(), Plain(), Projected()
    for net in g, plain, projected.ccm, projected.csm, projected.heads:
        net.to(memory_format=torch.channels_last)
    average = [p.detach().clone() for p in g.parameters()]
    optimizers = [
        torch.optim.Adam([p for p in net.parameters() if p.requires_grad], 2e-4, (0.0, 0.99), fused=True)
        for net in (g, plain, projected)
    ]

    def step(real, y):
        z = torch.randn(options.batch, LATENT)
        fake_y = torch.randint(options.classes, (options.batch,))
        with torch.autocast("cpu", torch.bfloat16, enabled=options.precision == "bfloat16"):
            fake = g(z, fake_y)
            seen_real, seen = augment(real), augment(fake.detach())
            both = plain(torch.cat([seen_real, seen]), torch.cat([y, fake_y]))
            loss = hinge(both[: options.batch], both[options.batch :])
            loss = loss + projected.losses(seen_real, seen, y, fake_y)
        optimizers[1].zero_grad()
        optimizers[2].zero_grad()
        loss.backward()
        optimizers[1].step()
        optimizers[2].step()
        for net in plain, projected.heads:
            net.requires_grad_(False)
        with torch.autocast("cpu", torch.bfloat16, enabled=options.precision == "bfloat16"):
            seen = augment(fake)
            loss = -plain(seen, fake_y).mean() - projected.scores(projected.look(seen), fake_y).mean()
        optimizers[0].zero_grad()
        loss.backward()
        optimizers[0].step()
        for net in plain, projected.heads:
            net.requires_grad_(True)
        torch._foreach_lerp_(average, list(g.parameters()), 0.001)
        return loss.item()

    pool = torch.rand(512, 3, SIZE, SIZE) * 2 - 1
    labels = torch.randint(options.classes, (512,))
    for _ in range(options.steps):
        chosen = torch.randint(512, (options.batch,))
        began = time.monotonic()
        step(pool[chosen], labels[chosen])
        print(time.monotonic() - began, flush=True)


if __name__ == "__main__":
    arguments = parse()
    if arguments.worker:
        work(arguments)
    else:
        compare(arguments)
