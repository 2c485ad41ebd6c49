# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""StyleGAN2 in PyTorch as its paper says it, in the names of its authors' files: pairs of random
weights, computed in float64. Weights are scaled picture by picture, and filters go by themselves.
tests/bench makes large ones of it, and computes them quicker."""

import dataclasses

import numpy
import torch
from torch.nn import functional


@dataclasses.dataclass(frozen=True)
class Sizes:
    """Of the pictures, the latent and the styles; the mapping's layers; the most channels that there
    are, and what times the pixels of a side are others."""

    size: int
    latent: int
    style: int = 6
    layers: int = 2
    most: int = 8
    channels: int = 1 << 20

    def width(self, at):
        return min(self.channels // at, self.most)


TAPS = torch.tensor([1.0, 3.0, 3.0, 1.0], dtype=torch.float64) / 8.0
KERNEL = torch.outer(TAPS, TAPS)


def normalize(x):
    return x / (x.square().mean(1, keepdim=True) + 1e-8).sqrt()


def activate(x, gain=1.0, limit=None):
    x = functional.leaky_relu(x, 0.2) * 2.0**0.5 * gain
    return x if limit is None else x.clamp(-limit * gain, limit * gain)


def blur(x, padding, stride=1, gain=1.0):
    """The filter, channel by channel."""
    channels = x.shape[1]
    kernel = (gain * KERNEL).to(x).expand(channels, 1, 4, 4)
    return functional.conv2d(x, kernel, padding=padding, stride=stride, groups=channels)


def double(x):
    channels = x.shape[1]
    kernel = (4.0 * KERNEL).to(x).expand(channels, 1, 4, 4)
    return functional.conv_transpose2d(x, kernel, stride=2, padding=1, groups=channels)


class Network:
    """@limit: what is behind activations stays within that."""

    def __init__(self, arrays, size, classes, limit):
        self.arrays = {name: torch.as_tensor(array).double() for name, array in arrays.items()}
        self.size, self.classes, self.limit = size, classes, limit

    def array(self, name):
        return self.arrays[name]

    def weight(self, layer, gain=1.0):
        return self.arrays[layer + ".weight"] * gain

    def bias(self, layer, gain=1.0):
        return self.arrays[layer + ".bias"] * gain

    def linear(self, x, layer, rate=1.0):
        return functional.linear(x, self.weight(layer, rate / x.shape[1] ** 0.5), self.bias(layer, rate))

    def has(self, layer):
        return layer + ".weight" in self.arrays

    def map(self, x):
        layer = 0
        while self.has(f"mapping.fc{layer}"):
            x = activate(self.linear(x, f"mapping.fc{layer}", 0.01))
            layer += 1
        return x

    def embed(self, y):
        chosen = functional.one_hot(y, self.classes).to(self.bias("mapping.embed"))
        return normalize(self.linear(chosen, "mapping.embed"))


class Generator(Network):

    def scaled(self, x, layer, scales, doubles=False, demodulates=True):
        """Each picture by weights of its own."""
        weight = self.weight(layer)[None] * scales[:, None, :, None, None]
        if demodulates:
            weight = weight / (weight.square().sum((2, 3, 4), keepdim=True) + 1e-8).sqrt()
        made = []
        for one, own in zip(x.split(1), weight):
            if doubles:
                one = functional.conv_transpose2d(one, own.transpose(0, 1), stride=2)
                made.append(blur(one, 1, gain=4.0))
            else:
                made.append(functional.conv2d(one, own, padding=own.shape[-1] // 2))
        return torch.cat(made)

    def layer(self, x, w, layer, doubles=False):
        x = self.scaled(x, layer, self.linear(w, layer + ".affine"), doubles)
        if layer + ".noise_const" in self.arrays:
            x = x + self.arrays[layer + ".noise_const"] * self.arrays[layer + ".noise_strength"]
        return activate(x + self.bias(layer)[:, None, None], limit=self.limit)

    def colours(self, x, w, layer):
        scales = self.linear(w, layer + ".affine") / x.shape[1] ** 0.5
        x = self.scaled(x, layer, scales, demodulates=False) + self.bias(layer)[:, None, None]
        return x if self.limit is None else x.clamp(-self.limit, self.limit)

    def __call__(self, z, y, psi=1.0):
        z = normalize(z)
        w = self.map(torch.cat([z, self.embed(y)], 1) if self.classes else z)
        w = torch.lerp(self.array("mapping.w_avg").expand_as(w), w, psi)
        x = self.array("synthesis.b4.const").expand(len(z), -1, -1, -1)
        image, size = None, 4
        while size <= self.size:
            block = f"synthesis.b{size}."
            if size > 4:
                x = self.layer(x, w, block + "conv0", doubles=True)
            x = self.layer(x, w, block + "conv1")
            colours = self.colours(x, w, block + "torgb")
            image = colours if image is None else double(image) + colours
            size *= 2
        return image


class Discriminator(Network):

    def conv(self, x, layer, gain=1.0, halves=False):
        weight = self.weight(layer)
        weight = weight / weight[0].numel() ** 0.5
        if halves:
            x = functional.conv2d(blur(x, 2), weight, stride=2)
        else:
            x = functional.conv2d(x, weight, padding=weight.shape[-1] // 2)
        return activate(x + self.bias(layer)[:, None, None], gain, self.limit)

    def shortcut(self, x, size, gain):
        return functional.conv2d(blur(x, 1, stride=2), self.weight(f"b{size}.skip", gain / x.shape[1] ** 0.5))

    def score(self, x):
        return self.linear(activate(self.linear(x.flatten(1), "b4.fc")), "b4.out")

    def rows(self, y):
        """What becomes of the classes."""
        return self.map(self.embed(y))

    def block(self, x, size):
        gain = 0.5**0.5 if self.has(f"b{size}.skip") else 1.0
        made = self.conv(self.conv(x, f"b{size}.conv0"), f"b{size}.conv1", gain, halves=True)
        return made if gain == 1.0 else made + self.shortcut(x, size, gain)

    def __call__(self, image, y, deviation=1e-4):
        x, size = self.conv(image, f"b{self.size}.fromrgb"), self.size
        while size > 4:
            x = self.block(x, size)
            size //= 2
        x = self.conv(torch.cat([x, torch.full_like(x[:, :1], deviation)], 1), "b4.conv")
        x = self.score(x)
        if not self.classes:
            return x[:, 0]
        rows = self.rows(y)
        return (x * rows).sum(1) / rows.shape[1] ** 0.5


class Arrays(dict):
    """Of one network, random, in float32."""

    def __init__(self, seed):
        super().__init__()
        self.random = numpy.random.default_rng(seed)

    def add(self, name, *shape, scale=1.0, mean=0.0):
        self[name] = numpy.float32(mean + scale * self.random.standard_normal(shape))

    def add_layer(self, layer, *shape, rate=1.0, mean=0.0):
        self.add(layer + ".weight", *shape, scale=1.0 / rate)
        self.add(layer + ".bias", shape[0], scale=0.3 / rate, mean=mean)

    def add_filter(self, layer):
        self[layer + ".resample_filter"] = numpy.float32(KERNEL)

    def add_mapping(self, sizes, latent, classes):
        style = sizes.style
        if classes:
            self.add_layer("mapping.embed", style, classes)
        inputs = latent + (style if classes else 0)
        for layer in range(sizes.layers):
            self.add_layer(f"mapping.fc{layer}", style, style if layer else inputs, rate=0.01)


def make_generator(seed, sizes, classes, limit=None, noise=True):
    arrays = Arrays(seed)
    arrays.add_mapping(sizes, sizes.latent, classes)
    arrays.add("mapping.w_avg", sizes.style, scale=0.3)
    arrays.add("synthesis.b4.const", sizes.width(4), 4, 4)
    if limit:
        arrays["synthesis.b4.conv1.conv_clamp"] = numpy.float32(limit)
    at = 4
    while at <= sizes.size:
        arrays.add_filter(f"synthesis.b{at}")
        for part in ("conv0", "conv1", "torgb")[at == 4 :]:
            layer = f"synthesis.b{at}.{part}"
            inputs = sizes.width(at // 2 if part == "conv0" else at)
            out, window = (3, 1) if part == "torgb" else (sizes.width(at), 3)
            arrays.add_layer(layer, out, inputs, window, window)
            arrays.add_layer(layer + ".affine", inputs, sizes.style, mean=1.0)
            arrays.add_filter(layer)
            if noise and part != "torgb":
                arrays.add(layer + ".noise_const", at, at)
                arrays[layer + ".noise_strength"] = numpy.float32(0.3)
        at *= 2
    return arrays, Generator(arrays, sizes.size, classes, limit)


def make_discriminator(seed, sizes, classes, limit=None, shortcuts=True):
    arrays, at = Arrays(seed), sizes.size
    arrays.add_layer(f"b{at}.fromrgb", sizes.width(at), 3, 1, 1)
    while at > 4:
        inputs, out = sizes.width(at), sizes.width(at // 2)
        arrays.add_layer(f"b{at}.conv0", inputs, inputs, 3, 3)
        arrays.add_layer(f"b{at}.conv1", out, inputs, 3, 3)
        arrays.add_filter(f"b{at}.conv1")
        if shortcuts:
            arrays.add(f"b{at}.skip.weight", out, inputs, 1, 1)
            arrays.add_filter(f"b{at}.skip")
        at //= 2
    width = sizes.width(4)
    if classes:
        arrays.add_mapping(sizes, 0, classes)
    if limit:
        arrays["b4.conv.conv_clamp"] = numpy.float32(limit)
    arrays.add_layer("b4.conv", width, width + 1, 3, 3)
    arrays.add_layer("b4.fc", width, 16 * width)
    arrays.add_layer("b4.out", sizes.style if classes else 1, width)
    return arrays, Discriminator(arrays, sizes.size, classes, limit)
