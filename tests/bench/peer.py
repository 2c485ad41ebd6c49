#!/usr/bin/env python3
# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""The same refinement in PyTorch, as the yardstick: peer.py --generator F --discriminator F

A pair of sngan-projection (.npz), or one of the others in its authors' own files
(peer_networks.py), refined as dot-refine does it by default (DOT in latent space,
Adam, tangent projection), by the means that PyTorch has for it: weights that are
frozen, with spectral and batch norms folded into what is constant, channels last,
a gradient of the latent only, 1x1 shortcuts at the lower resolution, all cores,
threads that wait without spinning.

--precision bfloat16 casts the weights once; the latent stays float32.
--variant compile and graph are for a GPU, by torch.compile (max-autotune) and
by a CUDA graph of forward and backward: NO machine with a GPU has run these
two yet.

It answers as the worker of dot-refine bench does: each line on the standard
input asks for an update, each line on the standard output is a JSON object.
--check TRACE.npz compares with a trace of dot-refine refine instead.
"""

import argparse
import json
import os
import sys
import time

BEGIN = time.monotonic()
# Before any library with threads is loaded.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import concurrent.futures

import numpy
import torch
from torch import nn
from torch.nn import functional as F

EPSILON = 2e-5
STEP, BETA2, ADAM_EPSILON, DELTA = 0.01, 0.9, 1e-8, 0.001

# Of a latent's coordinate after two updates, and of a score (of 1 or itself):
# two ways to compute in float32 drift apart by so much.
Z_TOLERANCE, SCORE_TOLERANCE = 1e-3, 1e-4


class Weights:
    """The arrays of an .npz as tensors."""

    def __init__(self, path):
        with numpy.load(path) as arrays:
            self._arrays = {key: torch.from_numpy(arrays[key]) for key in arrays.files}

    def __contains__(self, key):
        return key in self._arrays

    def __getitem__(self, key):
        return self._arrays[key]

    def has_layer(self, name):
        return f"{name}/W" in self

    def blocks(self, first):
        number = first
        while self.has_layer(f"block{number}/c1"):
            yield number
            number += 1

    def normed(self, name):
        """A weight, divided by its spectral norm where it has one."""
        weight = self[f"{name}/W"]
        if f"{name}/u" not in self:
            return weight
        matrix = weight.reshape(len(weight), -1).double()
        v = F.normalize(self[f"{name}/u"].double().flatten() @ matrix, dim=0)
        return (weight / (matrix @ v).norm()).float()


def frozen(tensor):
    return nn.Parameter(tensor, requires_grad=False)


class Linear(nn.Module):

    def __init__(self, weights, name):
        super().__init__()
        self.weight = frozen(weights.normed(name))
        self.bias = frozen(weights[f"{name}/b"]) if f"{name}/b" in weights else None

    def forward(self, x):
        return F.linear(x, self.weight, self.bias)


class Convolution(nn.Module):

    def __init__(self, weights, name):
        super().__init__()
        self.weight = frozen(weights.normed(name))
        self.bias = frozen(weights[f"{name}/b"])
        self.padding = self.weight.shape[-1] // 2

    def forward(self, x):
        return F.conv2d(x, self.weight, self.bias, padding=self.padding)


class NormReLU(nn.Module):
    """A batch norm at test time, a row for each label, and relu."""

    def __init__(self, weights, name):
        super().__init__()
        if f"{name}/gammas/W" in weights:
            gamma, beta = weights[f"{name}/gammas/W"], weights[f"{name}/betas/W"]
        else:
            gamma, beta = weights[f"{name}/gamma"][None], weights[f"{name}/beta"][None]
        scale = gamma * (weights[f"{name}/avg_var"] + EPSILON).rsqrt()
        self.scale = frozen(scale)
        self.shift = frozen(beta - weights[f"{name}/avg_mean"] * scale)

    def forward(self, x, y):
        row = y if len(self.scale) > 1 else torch.zeros_like(y)
        scale = self.scale[row][:, :, None, None]
        shift = self.shift[row][:, :, None, None]
        return F.relu(torch.addcmul(shift, x, scale), inplace=True)


def upsample(x):
    return F.interpolate(x, scale_factor=2, mode="nearest")


class GeneratorBlock(nn.Module):

    def __init__(self, weights, name):
        super().__init__()
        self.b1 = NormReLU(weights, f"{name}/b1")
        self.b2 = NormReLU(weights, f"{name}/b2")
        self.c1 = Convolution(weights, f"{name}/c1")
        self.c2 = Convolution(weights, f"{name}/c2")
        self.c_sc = Convolution(weights, f"{name}/c_sc")

    def forward(self, x, y):
        h = self.c1(upsample(self.b1(x, y)))
        return self.c2(self.b2(h, y)) + upsample(self.c_sc(x))


class Generator(nn.Module):

    def __init__(self, weights):
        super().__init__()
        numbers = list(weights.blocks(2))
        end = numbers[-1] + 1
        self.first = Linear(weights, "l1")
        self.blocks = nn.ModuleList(GeneratorBlock(weights, f"block{number}") for number in numbers)
        self.norm = NormReLU(weights, f"b{end}")
        self.last = Convolution(weights, f"c{end}" if weights.has_layer(f"c{end}") else f"l{end}")

    def forward(self, z, y):
        x = self.first(z).view(len(z), -1, 4, 4)
        x = x.contiguous(memory_format=torch.channels_last)
        for block in self.blocks:
            x = block(x, y)
        return torch.tanh(self.last(self.norm(x, y)))


class DiscriminatorBlock(nn.Module):

    def __init__(self, weights, name, first):
        super().__init__()
        self.first = first
        self.c1 = Convolution(weights, f"{name}/c1")
        self.c2 = Convolution(weights, f"{name}/c2")
        # A block without it is plain: it doesn't pool.
        self.c_sc = Convolution(weights, f"{name}/c_sc") if weights.has_layer(f"{name}/c_sc") else None

    def forward(self, x):
        h = self.c1(x if self.first else F.relu(x))
        h = self.c2(F.relu(h, inplace=True))
        if self.c_sc is None:
            return h + x
        return F.avg_pool2d(h, 2) + self.c_sc(F.avg_pool2d(x, 2))


class Discriminator(nn.Module):

    def __init__(self, weights):
        super().__init__()
        numbers = list(weights.blocks(1))
        self.blocks = nn.ModuleList(DiscriminatorBlock(weights, f"block{number}", number == 1) for number in numbers)
        self.last = Linear(weights, f"l{numbers[-1] + 1}")
        self.labels = frozen(weights.normed("l_y")) if weights.has_layer("l_y") else None

    def forward(self, x, y):
        for block in self.blocks:
            x = block(x)
        h = F.relu(x).sum((2, 3))
        score = self.last(h)[:, 0]
        if self.labels is not None:
            score = score + (self.labels[y] * h).sum(1)
        return score


class Pair(nn.Module):
    """Image and score of a latent."""

    def __init__(self, generator, discriminator):
        super().__init__()
        with concurrent.futures.ThreadPoolExecutor() as readers:
            g, d = readers.map(Weights, (generator, discriminator))
        self.generator = Generator(g)
        self.discriminator = Discriminator(d)
        self.latent = self.generator.first.weight.shape[1]

    def forward(self, z, y):
        image = self.generator(z.to(self.generator.first.weight.dtype), y)
        return image, self.discriminator(image, y).float()


# --- Forward and backward -----------------------------------------------------


def differentiate(pair):
    """A function that gives image, score and the score's gradient."""

    def evaluate(z, y):
        z = z.detach().requires_grad_(True)
        image, score = pair(z, y)
        (gradient,) = torch.autograd.grad(score.sum(), z)
        return image.detach(), score.detach(), gradient

    return evaluate


def capture(evaluate, z, y):
    """The same as one CUDA graph, for latents like z and the labels y."""
    fixed = z.clone()
    side = torch.cuda.Stream()
    side.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side):
        for _ in range(3):
            evaluate(fixed, y)
    torch.cuda.current_stream().wait_stream(side)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        results = evaluate(fixed, y)

    def replay(z, y):
        fixed.copy_(z)
        graph.replay()
        return results

    return replay


# --- The transport --------------------------------------------------------------


class Refinement:
    """DOT in latent space: a normal prior, Adam as Chainer writes it."""

    def __init__(self, evaluate, z, y, k_eff):
        self.evaluate, self.y, self.k_eff = evaluate, y, k_eff
        self.z, self.origin = z, z.clone()
        self.moment, self.update = torch.zeros_like(z), 0
        self.look()

    def look(self):
        self.image, self.score, self.gradient = self.evaluate(self.z, self.y)

    def step(self):
        self.update += 1
        difference = self.z - self.origin + DELTA
        descent = difference / difference.norm(dim=1, keepdim=True) - self.gradient / self.k_eff
        radial = (descent * self.z).sum(1, keepdim=True)
        descent = descent - radial / self.z.square().sum(1, keepdim=True) * self.z
        self.moment = torch.lerp(self.moment, descent.square(), 1 - BETA2)
        rate = STEP * (1 - BETA2**self.update) ** 0.5
        self.z = self.z - rate * descent / (self.moment.sqrt() + ADAM_EPSILON)
        self.look()

    def synchronize(self):
        """What a person would see: picture and score, in the computer."""
        return self.image.float().cpu(), self.score.tolist()


# --- What it is for ---------------------------------------------------------------


def load(options):
    device = torch.device(options.device)
    if device.type == "cpu":
        torch.set_num_threads(len(os.sched_getaffinity(0)))
    elif options.precision == "float32":
        torch.backends.cuda.matmul.allow_tf32 = options.tf32
        torch.backends.cudnn.allow_tf32 = options.tf32
    torch.backends.cudnn.benchmark = True
    dtype = getattr(torch, options.precision)
    if options.generator.endswith(".npz"):
        pair = Pair(options.generator, options.discriminator)
        return pair.eval().to(device, dtype, memory_format=torch.channels_last)
    # Whoever times a start waits for nothing that isn't used.
    import peer_networks

    return peer_networks.load((options.generator, options.discriminator), dtype, device)


def prepare(pair, options, z, y):
    """The function to refine with, in the variant that is asked for."""
    if options.variant == "compile":
        pair = torch.compile(pair, mode="max-autotune")
    evaluate = differentiate(pair)
    return capture(evaluate, z, y) if options.variant == "graph" else evaluate


def say(**members):
    print(json.dumps(members), flush=True)


def serve(options):
    begin = time.monotonic()
    pair = load(options)
    z = torch.randn(options.batch, pair.latent, generator=torch.Generator().manual_seed(0)).to(options.device)
    y = torch.full((options.batch,), options.label, device=options.device)
    evaluate = prepare(pair, options, z, y)
    load_ms = 1000 * (time.monotonic() - begin)
    refinement = Refinement(evaluate, z, y, 1.0)
    refinement.synchronize()
    say(
        engine="peer",
        device=options.device,
        load_ms=load_ms,
        import_ms=1000 * (begin - BEGIN),
        first_image_at=time.monotonic_ns() // 1000,
    )
    for _ in sys.stdin:
        begin = time.monotonic()
        refinement.step()
        refinement.synchronize()
        say(update_ms=1000 * (time.monotonic() - begin))


def check(options):
    """The trajectory of a trace, from its first latents on."""
    trace = numpy.load(options.check)
    z = torch.from_numpy(trace["z"][0]).to(options.device)
    y = torch.full((len(z),), options.label, device=options.device)
    k_eff = torch.from_numpy(trace["k_eff"])[:, None].to(options.device)
    refinement = Refinement(prepare(load(options), options, z, y), z, y, k_eff)
    near = True
    for update in range(min(len(trace["z"]), 3)):
        if update:
            refinement.step()
        _, score = refinement.synchronize()
        moved = abs(refinement.z.cpu().numpy() - trace["z"][update]).max()
        theirs = trace["score"][update]
        scored = (abs(score - theirs) / numpy.maximum(abs(theirs), 1)).max()
        print(f"update {update}: z differs by {moved:.1e}, score by {scored:.1e}")
        near = near and moved <= Z_TOLERANCE and scored <= SCORE_TOLERANCE
    if len(trace["z"]) < 3:
        sys.exit("peer: the trace is too short: make one of at least 2 updates")
    if not near:
        sys.exit("peer: this is not the trajectory of the trace")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--generator", required=True)
    parser.add_argument("--discriminator", required=True)
    parser.add_argument("--batch", type=int, default=1)
    parser.add_argument("--label", type=int, default=0)
    parser.add_argument("--precision", choices=("float32", "bfloat16"), default="float32")
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    parser.add_argument("--tf32", action="store_true")
    parser.add_argument("--variant", choices=("eager", "compile", "graph"), default="eager")
    parser.add_argument("--check", metavar="TRACE.npz")
    options = parser.parse_args()
    if options.variant == "graph" and options.device != "cuda":
        parser.error("--variant graph needs --device cuda")
    if options.check:
        check(options)
    else:
        serve(options)


if __name__ == "__main__":
    main()
