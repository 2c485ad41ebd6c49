# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""StyleGAN2: the tests' twin, as quick as PyTorch makes it.  Not weights but pictures are scaled, so that no
gradient of a weight is needed; what activations are multiplied with goes before them."""

import torch
from torch.nn import functional

import stylegan2_twin as twin
from peer_networks import Kept

SQRT2 = 2.0**0.5


class Frozen(Kept):
    """What weights are multiplied with is in them, and classes are tables."""

    def array(self, name):
        return self.keep(name, lambda: self.arrays[name])

    def weight(self, layer, gain=1.0):
        make = super().weight
        return self.keep((layer, "weight", gain), lambda: make(layer, gain))

    def bias(self, layer, gain=1.0):
        make = super().bias
        return self.keep((layer, "bias", gain), lambda: make(layer, gain))

    def activated_linear(self, x, layer, rate=1.0):
        return functional.leaky_relu(self.linear(x, layer, SQRT2 * rate), 0.2, inplace=True)

    def map(self, x):
        layer = 0
        while self.has(f"mapping.fc{layer}"):
            x = self.activated_linear(x, f"mapping.fc{layer}", 0.01)
            layer += 1
        return x

    def embed(self, y):
        make = super().embed
        return self.keep("embedded", lambda: make(torch.arange(self.classes, device=self.device)))[y]

    def keep_within(self, x, limit):
        """A clamp whose gradient is one pass."""
        return x if limit is None else functional.hardtanh(x, -limit, limit)

    def activate(self, x, limit):
        return self.keep_within(functional.leaky_relu(x, 0.2, inplace=True), limit)


class Generator(Frozen, twin.Generator):

    def squares(self, layer):
        return self.keep((layer, "squares"), lambda: self.arrays[layer + ".weight"].square().sum((2, 3)).T)

    def shift(self, layer):
        """Noise and bias, for each pixel where there is noise."""
        shift = self.arrays[layer + ".bias"][:, None, None]
        if layer + ".noise_const" in self.arrays:
            shift = shift + self.arrays[layer + ".noise_const"] * self.arrays[layer + ".noise_strength"]
        return SQRT2 * shift[None]

    def layer(self, x, w, layer, doubles=False):
        scales = self.linear(w, layer + ".affine")
        lengths = SQRT2 * (scales.square() @ self.squares(layer) + 1e-8).rsqrt()
        x = x * scales[:, :, None, None]
        if doubles:
            weight = self.keep((layer, "transposed"), lambda: self.arrays[layer + ".weight"].transpose(0, 1))
            x = twin.blur(functional.conv_transpose2d(x, weight, stride=2), 1, gain=4.0)
        else:
            x = functional.conv2d(x, self.weight(layer), padding=1)
        shift = self.keep((layer, "shift"), lambda: self.shift(layer))
        return self.activate(torch.addcmul(shift, x, lengths[:, :, None, None]), self.limit)

    def colours(self, x, w, layer):
        """Three rows a picture: here it is the weights that are scaled."""
        scales = self.linear(w, layer + ".affine") / x.shape[1] ** 0.5
        rows = self.weight(layer).flatten(1)[None] * scales[:, None]
        x = (x.permute(0, 2, 3, 1) @ rows.transpose(1, 2)[:, None] + self.bias(layer)).permute(0, 3, 1, 2)
        return self.keep_within(x, self.limit)


class Discriminator(Frozen, twin.Discriminator):

    def conv(self, x, layer, gain=1.0, halves=False):
        inputs = self.arrays[layer + ".weight"][0].numel()
        weight = self.weight(layer, SQRT2 * gain / inputs**0.5)
        bias = self.bias(layer, SQRT2 * gain)
        if halves:
            x = functional.conv2d(twin.blur(x, 2), weight, bias, stride=2)
        else:
            x = functional.conv2d(x, weight, bias, padding=weight.shape[-1] // 2)
        return self.activate(x, None if self.limit is None else self.limit * gain)

    def score(self, x):
        return self.linear(self.activated_linear(x.flatten(1), "b4.fc"), "b4.out")

    def rows(self, y):
        make = super().rows
        return self.keep("rows", lambda: make(torch.arange(self.classes, device=self.device)))[y]


def find_limit(state, layer):
    limit = state.get(layer + ".conv_clamp")
    return None if limit is None else float(limit)


def make(g, d, **place):
    classes = g["mapping.embed.weight"].shape[1] if "mapping.embed.weight" in g else 0
    style = g["mapping.embed.weight"].shape[0] if classes else 0
    latent = g["mapping.fc0.weight"].shape[1] - style
    size = 4
    while f"synthesis.b{2 * size}.torgb.weight" in g:
        size *= 2
    return (
        Generator(g, size, classes, find_limit(g, "synthesis.b4.conv1"), **place),
        Discriminator(d, size, classes, find_limit(d, "b4.conv"), **place),
        latent,
    )
