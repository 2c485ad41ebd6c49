# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""BigGAN in PyTorch, in the names that the authors of its files give to its arrays: pairs of random
weights, computed in float64.  tests/bench makes large ones of it, and computes them quicker."""

import dataclasses

import numpy
import torch
from torch.nn import functional

CLASSES = 5


@dataclasses.dataclass(frozen=True)
class Sizes:
    """Channels of the blocks, of the generator's what the first one takes, too; how many of the
    discriminator's halve; after which of each there is attention, where there is any; and how long
    a class's embedding is."""

    generator: tuple
    discriminator: tuple
    halved: int
    attention: tuple
    classes: int = CLASSES
    shared: int = 6


SMALL = {
    32: Sizes((8, 8, 8, 8), (8, 8, 8, 8), 2, (2, 0)),
    64: Sizes((32, 32, 16, 8, 8), (8, 8, 16, 16, 32), 4, (3, 0)),
}


@dataclasses.dataclass(frozen=True)
class Style:
    """Names, and how the weights are normed: by "u0", by a "pair" of vectors, by what it
    "converged" to, or not at all ("none")."""

    block: str = "blocks.{}.0."
    attended: str = "blocks.{}.1."
    parts: tuple = ("conv1", "conv2", "conv_sc", "")
    attention: tuple = ("theta", "phi", "g", "o", "gamma")
    norm: tuple = ("", ".stored_mean", ".stored_var")
    last: tuple = ("output_layer.0", "gain", "output_layer.2")
    ends: tuple = ("linear", "linear", "embed")
    shared: str = "shared"
    epsilon: float = 1e-5
    spectral: str = "u0"
    by_class: bool = True
    counted: bool = False
    in_place: bool = False
    bgr: bool = False


AUTHORS = Style()
MMGENERATION = Style(
    block="conv_blocks.{}.",
    attended="conv_blocks.{}.",
    parts=("conv1", "conv2", "shortcut", ".conv"),
    norm=(".bn", ".running_mean", ".running_var"),
    last=("output_layer.bn", "weight", "output_layer.conv"),
    ends=("noise2feat", "decision", "proj_y"),
    shared="shared_embedding",
    counted=True,
    bgr=True,
    spectral="pair",
)
STUDIOGAN = Style(
    attended="blocks.{}.0.",
    parts=("conv2d1", "conv2d2", "conv2d0", ""),
    attention=("conv1x1_theta", "conv1x1_phi", "conv1x1_g", "conv1x1_attn", "sigma"),
    norm=(".bn", ".running_mean", ".running_var"),
    last=("bn4", "weight", "conv2d5"),
    ends=("linear0", "linear1", "embedding"),
    epsilon=1e-4,
    spectral="converged",
    by_class=False,
    counted=True,
    in_place=True,
)


# Of SNGAN's generator.
STUDIOGAN_PLAIN = dataclasses.replace(STUDIOGAN, spectral="none")


def unit(vector):
    return vector / vector.norm()


def largest_singular_value(matrix):
    """Of its smaller product with itself."""
    product = matrix @ matrix.T if len(matrix) <= matrix.shape[1] else matrix.T @ matrix
    return torch.linalg.eigvalsh(product)[-1].sqrt()


def double(x):
    return functional.interpolate(x, scale_factor=2)


class Network:
    """Arrays are made where they are first needed, and stay."""

    def __init__(self, style, sizes, seed, attends=False):
        self.style, self.sizes, self.attends, self.state = style, sizes, attends, {}
        self.random = numpy.random.default_rng(seed)

    def stored(self, name, *shape, mean=0.0, spread=0.3):
        """As the file has it."""
        if name not in self.state:
            numbers = self.random.standard_normal(shape, numpy.float32)
            self.state[name] = torch.as_tensor(mean + spread * numbers, dtype=torch.float32)
        return self.state[name]

    def array(self, name, *shape, **distribution):
        return self.stored(name, *shape, **distribution).double()

    def normed(self, layer, *shape):
        if self.style.spectral == "none":
            return self.stored(layer + ".weight", *shape, spread=0.1).double()
        torchs = self.style.spectral != "u0"
        weight = self.stored(layer + (".weight_orig" if torchs else ".weight"), *shape).double()
        matrix = weight.flatten(1)
        names = (layer + ".weight_u", layer + ".weight_v") if torchs else (layer + ".u0",)
        if names[0] not in self.state:
            u = unit(torch.tensor(self.random.normal(size=shape[0])))
            for _ in range(3):
                v = unit(u @ matrix)
                u = unit(matrix @ v)
            u = u if torchs else u[None]
            self.state.update(zip(names, (u.float(), v.float())))
        u = self.state[names[0]].double().flatten()
        if self.style.spectral == "u0":
            return weight / (matrix @ unit(u @ matrix)).norm()
        if self.style.spectral == "pair":
            return weight / (unit(u) @ matrix @ unit(self.state[names[1]].double()))
        return weight / largest_singular_value(matrix)

    def conv(self, layer, x, channels, kernel, bias=True):
        weight = self.normed(layer, channels, x.shape[1], kernel, kernel)
        return functional.conv2d(
            x, weight, self.array(layer + ".bias", channels) if bias else None, padding=kernel // 2
        )

    def linear(self, layer, x, n):
        return functional.linear(x, self.normed(layer, n, x.shape[1]), self.array(layer + ".bias", n))

    def part(self, block, which, x, channels):
        layer = block + self.style.parts[which] + self.style.parts[3]
        return self.conv(layer, x, channels, 1 if which == 2 else 3)

    def attention(self, block, x):
        theta, phi, g, o, gamma = self.style.attention
        n, channels, height, width = x.shape
        conv = lambda name, value, out: self.conv(block + name + self.style.parts[3], value, out, 1, bias=False)
        query = conv(theta, x, max(channels // 8, 1)).flatten(2)
        key = functional.max_pool2d(conv(phi, x, max(channels // 8, 1)), 2).flatten(2)
        value = functional.max_pool2d(conv(g, x, channels // 2), 2).flatten(2)
        beta = torch.softmax(query.transpose(1, 2) @ key, -1)
        mixed = (beta @ value.transpose(1, 2)).transpose(1, 2).reshape(n, channels // 2, height, width)
        amount = self.array(block + gamma, *(() if gamma == "gamma" else (1,)), mean=0.7)
        return torch.addcmul(x, amount, conv(o, mixed, channels))

    def walk(self, role):
        """The blocks, each with what its attention is called, if there is any."""
        number = 0
        widths = (self.sizes.generator, self.sizes.discriminator)[role]
        for index in range(len(widths) - (role == 0)):
            attends = self.attends and index == self.sizes.attention[role]
            block, number = self.style.block.format(number), number + 1
            name = self.style.attended.format(number if self.style.counted else number - 1)
            number += attends and self.style.counted
            yield index, block, name if attends else None


class Generator(Network):
    def __init__(self, *arguments, chunk=0, table_is_normed=False, **more):
        super().__init__(*arguments, **more)
        self.chunk, self.table_is_normed = chunk, table_is_normed

    def statistics(self, layer, x):
        """Mean and variance of each channel."""
        mean, variance = (layer + name for name in self.style.norm[1:])
        if variance not in self.state:
            self.state[variance] = torch.tensor(self.random.uniform(0.2, 1.5, x.shape[1]), dtype=torch.float32)
        return self.array(mean, x.shape[1]), self.array(variance)

    def scaled(self, layer, x, gain, bias):
        """A batch norm at test time, with a gain and a bias for each channel, and relu."""
        x = functional.batch_norm(x, *self.statistics(layer, x), eps=self.style.epsilon)
        return functional.relu(x * gain + bias)

    def modulation(self, layer, channels, condition, y):
        if condition is not None:
            return condition @ self.normed(layer, channels, condition.shape[1]).T
        if self.style.by_class:
            return self.array(layer + ".weight", self.sizes.classes, channels)[y]
        table = self.normed if self.table_is_normed else lambda name, *shape: self.array(name + ".weight", *shape)
        return table(layer, channels, self.sizes.classes).T[y]

    def norm(self, layer, x, condition, y):
        gain, bias = (
            self.modulation(layer + name, x.shape[1], condition, y)[:, :, None, None] for name in (".gain", ".bias")
        )
        return self.scaled(layer + self.style.norm[0], x, 1 + gain, bias)

    def shortcut(self, block, x, channels):
        return self.part(block, 2, double(x), channels)

    def block(self, block, x, channels, condition, y):
        h = self.part(block, 0, double(self.norm(block + "bn1", x, condition, y)), channels)
        h = self.part(block, 1, self.norm(block + "bn2", h, condition, y), channels)
        h += self.shortcut(block, x, channels)
        return h

    def __call__(self, z, y):
        widths = self.sizes.generator
        first, conditions = z, [None] * len(widths)
        if self.chunk:
            first, *chunks = z.split(self.chunk, 1)
            embedded = self.array(self.style.shared + ".weight", self.sizes.classes, self.sizes.shared)[y]
            conditions = [torch.cat([embedded, chunk], 1) for chunk in chunks]
        x = self.linear(self.style.ends[0], first, 16 * widths[0]).view(-1, widths[0], 4, 4)
        for index, block, attended in self.walk(0):
            x = self.block(block, x, widths[index + 1], conditions[index], y)
            x = self.attention(attended, x) if attended else x
        x = torch.tanh(self.conv(self.style.last[2], self.last_norm(x), 3, 3))
        return x.flip(1) if self.style.bgr else x

    def last_norm(self, x):
        norm, gain, _ = self.style.last
        of_channel = lambda name, mean: self.array(f"{norm}.{name}", x.shape[1], mean=mean)[:, None, None]
        return self.scaled(norm, x, of_channel(gain, 1.0), of_channel("bias", 0.0))


class Discriminator(Network):
    """@classes: how they go into the score: by projection, or not at all, as in those that have
    another layer, or none, for them."""

    def __init__(self, *arguments, classes="projected", **more):
        super().__init__(*arguments, **more)
        self.classes = classes

    def shortcut(self, block, x, channels, index, average):
        if index == 0:
            return self.part(block, 2, average(x), channels)
        if index < self.sizes.halved or x.shape[1] != channels:
            return average(self.part(block, 2, x, channels))
        return x

    def block(self, block, x, channels, index):
        halves = index < self.sizes.halved
        average = lambda value: functional.avg_pool2d(value, 2) if halves else value
        h = functional.relu(x) if index else x
        shortcut = self.shortcut(block, h if self.style.in_place else x, channels, index, average)
        h = functional.relu(self.part(block, 0, h, channels), inplace=True)
        return average(self.part(block, 1, h, channels)) + shortcut

    def __call__(self, x, y):
        x = x.flip(1) if self.style.bgr else x
        widths = self.sizes.discriminator
        for index, block, attended in self.walk(1):
            x = self.block(block, x, widths[index], index)
            x = self.attention(attended, x) if attended else x
        h = functional.relu(x).sum((2, 3))
        score = self.linear(self.style.ends[1], h, self.sizes.classes + 1 if self.classes == "hinges" else 1)[:, 0]
        if self.classes == "projected":
            score = score + (self.normed(self.style.ends[2], self.sizes.classes, widths[-1])[y] * h).sum(1)
        elif self.classes != "none":
            self.linear("linear2", h, self.sizes.classes)
        return score


def save_each(folder, generator, discriminator):
    """A file each, as BigGAN-PyTorch's authors have them."""
    paths = folder / "G_ema.pth", folder / "D.pth"
    for path, network in zip(paths, (generator, discriminator)):
        torch.save(network.state, path, _use_new_zipfile_serialization=False)
    return paths


def save_together(folder, generator, discriminator):
    """One file, as mmgeneration has it."""
    path = folder / "biggan.pth"
    state = {"generator_ema." + name: array for name, array in generator.state.items()}
    state |= {"generator." + name: array * 2 for name, array in generator.state.items()}
    state |= {"discriminator." + name: array for name, array in discriminator.state.items()}
    torch.save({"meta": {"iter": 500000}, "state_dict": state}, path)
    return path, path


def save_studiogan(folder, generator, discriminator, with_averages=True):
    """Two files, with optimisers in them."""
    paths = [folder / f"model={role}-best-weights-step=98000.pth" for role in ("G", "D")]
    for path, network in zip(paths, (generator, discriminator)):
        arrays = network.state.values() if with_averages else ()
        averages = {index: {"exp_avg": array} for index, array in enumerate(arrays)}
        torch.save({"state_dict": network.state, "optimizer": {"state": averages}}, path)
    return tuple(paths)
