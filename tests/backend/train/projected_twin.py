# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""A projected discriminator in PyTorch, and a training that it judges beside a plain one: what
ours is held against.

Written from Sauer et al., "Projected GANs converge faster" (NeurIPS 2021) and from the layout of
the file; float64.
"""

import math

import torch
from torch.nn import functional as F

import twin

HEADS = 4


class Judge(twin.Network):
    """Heads on the mixed maps of a feature network."""

    epsilon = 1e-5

    def __init__(self, arrays, features, side=0):
        heads = {k: v for k, v in arrays.items() if not k.startswith("mix/")}
        super().__init__(heads)
        self.mix = {k: torch.tensor(v, dtype=torch.float64) for k, v in arrays.items() if k not in heads}
        self.features, self.side = features.double(), side

    def maps(self, x):
        if self.side:
            size = (self.side, self.side)
            x = F.interpolate(x, size=size, mode="bicubic", antialias=True)
        found, mixed = self.features(x), [None] * HEADS
        for i in reversed(range(HEADS)):
            mixed[i] = F.conv2d(self.mix["mix/scale"][i] * found[i], self.mix[f"mix/ccm{i}"])
            if i + 1 < HEADS:
                coarse = F.conv2d(mixed[i + 1], self.mix[f"mix/csm{i}"], padding=1)
                size = mixed[i].shape[2:]
                mixed[i] = mixed[i] + F.interpolate(coarse, size=size, mode="bilinear", align_corners=False)
        return mixed

    def head(self, i, h, y):
        layer = 0
        while f"head{i}/c{layer}/W" in self.weights:
            name = f"head{i}/c{layer}"
            stride = 2 if self.weights[name + "/W"].shape[2] == 4 else 1
            h = self.conv(name, h, stride, spectral=True)
            h = F.leaky_relu(self.norm(f"head{i}/b{layer}", h), twin.LEAK)
            layer += 1
        score = self.conv(f"head{i}/out", h, spectral=True)[:, 0]
        if y is not None:
            label = self.weights[f"head{i}/emb/W"][y]
            score = score + torch.einsum("bchw,bc->bhw", self.conv(f"head{i}/p", h, spectral=True), label)
        return score.mean([1, 2])

    def scores(self, x, y):
        """(B, heads)"""
        return torch.stack([self.head(i, m, y) for i, m in enumerate(self.maps(x))], 1)

    def loss(self, real, fake, y, fake_y, wrong=None, mismatch=0):
        scores = self.scores(real, y), self.scores(fake, fake_y)
        hinge = sum(twin.d_loss("hinge", *(s[:, i] for s in scores)) for i in range(HEADS))
        if mismatch:
            self.track = False
            hinge = matching(hinge, scores[1], self.scores(real, wrong), mismatch)
        return hinge, [s.sum(1).mean().item() for s in scores]


def matching(hinge, fake, wrong, mismatch):
    """With real pictures that are called another class among the made ones: together these weigh what made ones do."""
    low, more = ((1 + scores).clamp(min=0).mean(0).sum() for scores in (fake, wrong))
    return hinge - low + (low + mismatch * more) / (1 + mismatch)


def blur(x, sigma):
    """A Gaussian's sum over shifted pictures; the pixels at the border go on outside."""
    reach = int(3 * sigma)
    if reach < 1:
        return x
    window = [math.exp(-0.5 * (k / sigma) ** 2) for k in range(-reach, reach + 1)]
    for axis in 2, 3:
        size = x.shape[axis]
        x = sum(
            weight / sum(window) * x.index_select(axis, (torch.arange(size) + k).clamp(0, size - 1))
            for k, weight in zip(range(-reach, reach + 1), window)
        )
    return x


def cosines(n):
    rows = torch.tensor([[math.cos(math.pi * k * (x + 0.5) / n) for x in range(n)] for k in range(n)])
    return rows.double() / rows.double().norm(dim=1, keepdim=True)


def log_powers_of_parts(x):
    """Of each pattern in each part: the patches that begin three pixels before each second one and end four behind."""
    size, part, (height, width) = 8, 4, x.shape[2:]
    patches = F.pad(x, (3, 4, 3, 4), mode="replicate").unfold(2, size, 2).unfold(3, size, 2)
    side, colors = cosines(size), cosines(x.shape[1])
    powers = torch.einsum("bxhwyz,cx,iy,jz->cijbhw", patches, colors, side, side).square()
    parts = powers.unflatten(4, (height // size, part)).unflatten(6, (width // size, part)).mean((5, 7))
    return (parts.flatten(1, 2)[:, 1:].flatten(0, 1).flatten(1) + (2 / 255) ** 2).log()


def log_powers(x):
    """Of groups of 2x2 patterns of whole pictures."""
    colors, rows, columns = (cosines(x.shape[i]) for i in (1, 2, 3))
    powers = torch.einsum("bxyz,cx,iy,jz->cijb", x, colors, rows, columns).square()
    groups = powers.unflatten(2, (-1, 2)).unflatten(1, (-1, 2)).mean((2, 4))
    return (groups.flatten(0, 2) + (2 / 255) ** 2).log()


def texture(made, real):
    """The smallest mean square that pairs have of which each number is in one, which sorting finds."""
    return sum(
        (f(made).sort(1).values - f(real).sort(1).values).square().mean() for f in (log_powers, log_powers_of_parts)
    )


class Training:
    """Plain and projected judges of a sngan-projection generator, on the same pictures."""

    def __init__(self, pair, judge, weights, which, sigma, penalty, mismatch):
        self.g, self.d = (twin.Network(arrays) for arrays in pair)
        self.judge, self.weights, self.penalty = judge, weights, penalty
        self.which, self.sigma, self.mismatch = which, sigma, mismatch
        self.average = {k: v.detach().clone() for k, v in self.g.weights.items()}

    def begin(self, whose, advance, track=False, own=False):
        for net in whose:
            net.begin(advance, track, own)

    def seen(self, x, numbers):
        return twin.change(blur(x, self.sigma), numbers, self.which)

    def d_objective(self, b, images, line):
        """Of the plain one and of the projected one."""
        y, fake_y = b.get("labels"), b.get("fake_labels")
        real = self.seen(b["images"], b["real_numbers"])
        fake = self.seen(images.detach(), b["fake_numbers"])
        plain, cost = None, 0.0
        if self.weights[0]:
            scores = [twin.sngan_discriminator(self.d, *pair) for pair in ((real, y), (fake, fake_y))]
            plain = twin.d_loss("hinge", *scores)
            if self.mismatch:
                wrong = twin.sngan_discriminator(self.d, real, b["wrong_labels"])
                plain = matching(plain, scores[1], wrong, self.mismatch)
            line += [plain.item(), 0.0, scores[0].mean().item(), scores[1].mean().item()]
            if self.penalty:
                part = b["mixing"].view(-1, 1, 1, 1)
                x = (part * real + (1 - part) * fake).requires_grad_()
                score = twin.sngan_discriminator(self.d, x, y).sum()
                (slope,) = torch.autograd.grad(score, x, create_graph=True)
                slope = slope.flatten(1).pow(2).sum(1).sqrt()
                cost = self.penalty * ((slope - 1) ** 2).mean()
                plain, line[-3] = plain + cost, cost.item()
        else:
            line += [0.0] * 4
        loss, means = self.judge.loss(real, fake, y, fake_y, b["wrong_labels"], self.mismatch)
        return plain, loss, [loss.item()] + means

    def g_objective(self, b, images):
        shown = self.seen(images, b["generator_numbers"])
        parts = [0.0, 0.0, 0.0]
        if self.weights[0]:
            parts[0] = -twin.sngan_discriminator(self.d, shown, b.get("fake_labels")).mean()
        parts[1] = -self.judge.scores(shown, b.get("fake_labels")).sum(1).mean()
        if self.weights[2]:
            parts[2] = texture(blur(images, self.sigma), blur(b["images"], self.sigma))
        total = sum(weight * part for weight, part in zip(self.weights, parts))
        return total, [float(part) for part in parts]

    def paint(self, latents, b):
        return twin.sngan_generator(self.g, latents, b.get("fake_labels"))

    def latents(self, b):
        """Scores of pictures by all networks' own statistics, and gradients to latents."""
        self.begin((self.g, self.d, self.judge), False, own=True)
        z = b["latents"].clone().requires_grad_()
        images, y = self.paint(z, b), b.get("fake_labels")
        if self.weights[0]:
            scores = twin.sngan_discriminator(self.d, images, y).flatten()
        else:
            scores = self.judge.scores(images, y).sum(1)
        (slopes,) = torch.autograd.grad(scores.sum(), z)
        return {"scores": scores.detach().numpy(), "gradients": slopes.numpy()}

    def gradients(self, b):
        """Of the first step, by name."""
        self.begin((self.g, self.d, self.judge), False)
        found = {}
        plain, loss, _ = self.d_objective(b, self.paint(b["latents"], b), [])
        total, _ = self.g_objective(b, self.paint(b["generator_latents"], b))
        for name, net, objective in (
            ("discriminator", self.d, plain),
            ("projected", self.judge, loss),
            ("generator", self.g, total),
        ):
            if objective is not None:
                rows = torch.autograd.grad(objective, list(net.weights.values()))
                found.update({f"{name}/{k}": v.numpy() for k, v in zip(net.weights, rows)})
        return found

    def step(self, b):
        line = []
        self.begin([self.g], True, True)
        self.begin([self.d], True)
        self.begin([self.judge], True, True)
        images = self.paint(b["generator_latents"], b)
        plain, loss, means = self.d_objective(b, images, line)
        if plain is not None:
            self.d.step(plain, 4e-4)
        self.judge.step(loss, 3e-4, beta2=0.99)
        self.begin((self.d, self.judge), False)
        total, parts = self.g_objective(b, images)
        self.g.step(total, 2e-4)
        for key, value in self.g.weights.items():
            self.average[key] += 0.1 * (value.detach() - self.average[key])
        return line + [parts[0]] + means + parts[1:]

    def state(self):
        state = {f"average/{k}": v.numpy() for k, v in self.average.items()}
        for name, net in (
            ("generator", self.g),
            ("discriminator", self.d),
            ("projected", self.judge),
        ):
            for key, value in list(net.weights.items()) + list(net.buffers.items()):
                state[f"{name}/{key}"] = value.detach().numpy()
        state.update({f"projected/{k}": v.numpy() for k, v in self.judge.mix.items()})
        return state
