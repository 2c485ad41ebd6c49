# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""R3GAN, as its authors write it, with what a class says at D's end as a row."""

import torch
from torch.nn import functional

import stylegan2_twin as filters
from peer_networks import Kept


class Network(Kept):

    def __init__(self, state, **place):
        super().__init__(**place)
        self.state = state

    def has(self, name):
        return name in self.state

    def array(self, name):
        return self.keep(name, lambda: self.state[name])

    def conv(self, x, layer, bias=None):
        """In as many groups as the weight says."""
        weight = self.array(f"{layer}.Layer.weight")
        bias = None if bias is None else self.array(f"{bias}.Bias")
        return functional.conv2d(x, weight, bias, padding=weight.shape[-1] // 2, groups=x.shape[1] // weight.shape[1])

    def block(self, x, name):
        h = x
        for number in 1, 2:
            h = self.conv(h, f"{name}.LinearLayer{number}", f"{name}.NonLinearity{number}")
            h = functional.leaky_relu(h, 0.2, inplace=True)
        h = self.conv(h, f"{name}.LinearLayer3")
        h += x
        return h

    def layers(self, stage, first):
        """The names of a stage's blocks, and of what follows them."""
        name = f"Model.MainLayers.{stage}.Layers."
        while self.has(f"{name}{first}.LinearLayer3.Layer.weight"):
            yield f"{name}{first}", True
            first += 1
        yield f"{name}{first}", False

    def stages(self):
        stage = 0
        while self.has(f"Model.MainLayers.{stage}.Layers.1.LinearLayer3.Layer.weight"):
            yield stage
            stage += 1


class Generator(Network):

    def start(self, z, y):
        if self.has("Model.EmbeddingLayer.weight"):
            z = torch.cat([z, self.array("Model.EmbeddingLayer.weight").T[y]], 1)
        amounts = functional.linear(z, self.array("Model.MainLayers.0.Layers.0.LinearLayer.weight"))
        x = amounts[:, :, None, None] * self.array("Model.MainLayers.0.Layers.0.Basis")
        return x.contiguous(memory_format=torch.channels_last)

    def double(self, x, name):
        if self.has(f"{name}.LinearLayer.Layer.weight"):
            x = self.conv(x, f"{name}.LinearLayer")
        return filters.double(x)

    def __call__(self, z, y):
        x = self.start(z, y)
        for stage in self.stages():
            if stage > 0:
                x = self.double(x, f"Model.MainLayers.{stage}.Layers.0")
            for name, is_block in self.layers(stage, 1):
                x = self.block(x, name) if is_block else x
        return self.conv(x, "Model.AggregationLayer")


class Discriminator(Network):

    def halve(self, x, name):
        x = filters.blur(x, 1, stride=2)
        return self.conv(x, f"{name}.LinearLayer") if self.has(f"{name}.LinearLayer.Layer.weight") else x

    def score(self, x, y, name):
        h = (x * self.array(f"{name}.Basis.weight").transpose(0, 1)).sum((2, 3))
        linear = f"{name}.LinearLayer.weight"
        if not self.has("Model.EmbeddingLayer.weight"):
            return functional.linear(h, self.array(linear))[:, 0]
        rows = self.keep("rows", lambda: self.state["Model.EmbeddingLayer.weight"].T @ self.state[linear])
        return (rows[y] * h).sum(1)

    def __call__(self, x, y):
        x = self.conv(x, "Model.ExtractionLayer")
        for stage in self.stages():
            for name, is_block in self.layers(stage, 0):
                if is_block:
                    x = self.block(x, name)
                elif self.has(f"{name}.Basis.weight"):
                    return self.score(x, y, name)
                else:
                    x = self.halve(x, name)
        raise SystemExit("peer: this discriminator has no end")


def make(g, d, **place):
    latent = g["Model.MainLayers.0.Layers.0.LinearLayer.weight"].shape[1]
    if "Model.EmbeddingLayer.weight" in g:
        latent -= g["Model.EmbeddingLayer.weight"].shape[0]
    return Generator(g, **place), Discriminator(d, **place), latent
