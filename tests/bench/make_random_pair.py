#!/usr/bin/env python3
# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Writes a random 128-pixel pair of full width, to time: make_random_pair.py FOLDER

It has the shapes and names of the public snapshots of sngan-projection (ch
64, 1000 classes, about 288 MB) and weights of sensible scale, so that images
and scores are finite.  A seed makes it the same everywhere.
"""

import pathlib
import sys

import numpy

CH, LATENT, LABELS = 64, 128, 1000
GENERATOR_WIDTHS = 16, 16, 8, 4, 2, 1
DISCRIMINATOR_WIDTHS = 1, 2, 4, 8, 16, 16


class Weights(dict):
    """Arrays by their key, drawn one after the other."""

    def __init__(self, seed):
        super().__init__()
        self._rng = numpy.random.default_rng(seed)

    def normal(self, key, *shape, scale=1.0, mean=0.0):
        values = self._rng.standard_normal(shape, numpy.float32)
        self[key] = values * numpy.float32(scale) + numpy.float32(mean)

    def layer(self, name, out, *fan_in, bias=True):
        """A linear layer or a convolution, scaled to keep the variance."""
        scale = (2 / numpy.prod(fan_in)) ** 0.5
        self.normal(f"{name}/W", out, *fan_in, scale=scale)
        if bias:
            self.normal(f"{name}/b", out, scale=0.1)

    def spectral(self, name):
        """The left singular vector that training keeps beside a weight."""
        weight = self[f"{name}/W"].reshape(len(self[f"{name}/W"]), -1)
        u = self._rng.standard_normal(len(weight)).astype(numpy.float32)
        for _ in range(5):
            v = weight.T @ u
            u = weight @ (v / numpy.linalg.norm(v))
            u /= numpy.linalg.norm(u)
        self[f"{name}/u"] = u[None]

    def spectral_layer(self, name, out, *fan_in, bias=True):
        self.layer(name, out, *fan_in, bias=bias)
        self.spectral(name)

    def batch_norm(self, name, channels, labels=0):
        if labels:
            self.normal(f"{name}/gammas/W", labels, channels, scale=0.1, mean=1)
            self.normal(f"{name}/betas/W", labels, channels, scale=0.1)
        else:
            self.normal(f"{name}/gamma", channels, scale=0.1, mean=1)
            self.normal(f"{name}/beta", channels, scale=0.1)
        self.normal(f"{name}/avg_mean", channels, scale=0.1)
        self[f"{name}/avg_var"] = numpy.full(channels, 2, numpy.float32)


def generator():
    weights = Weights(1)
    width = GENERATOR_WIDTHS[0] * CH
    weights.layer("l1", 16 * width, LATENT)
    for number, factor in enumerate(GENERATOR_WIDTHS[1:], 2):
        block, before, width = f"block{number}", width, factor * CH
        weights.batch_norm(f"{block}/b1", before, LABELS)
        weights.batch_norm(f"{block}/b2", width, LABELS)
        weights.layer(f"{block}/c1", width, before, 3, 3)
        weights.layer(f"{block}/c2", width, width, 3, 3)
        weights.layer(f"{block}/c_sc", width, before, 1, 1)
    weights.batch_norm("b7", width)
    weights.layer("l7", 3, width, 3, 3)
    # Away from tanh's ends, where nothing would depend on z.
    weights["l7/W"] *= numpy.float32(0.2)
    return weights


def discriminator():
    weights = Weights(2)
    before = 3
    for number, factor in enumerate(DISCRIMINATOR_WIDTHS, 1):
        block, width = f"block{number}", factor * CH
        middle = width if number == 1 else before
        weights.spectral_layer(f"{block}/c1", middle, before, 3, 3)
        weights.spectral_layer(f"{block}/c2", width, middle, 3, 3)
        if number < len(DISCRIMINATOR_WIDTHS):
            weights.spectral_layer(f"{block}/c_sc", width, before, 1, 1)
        before = width
    weights.spectral_layer("l7", 1, before)
    weights.spectral_layer("l_y", LABELS, before, bias=False)
    return weights


def main(folder):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in ("generator", generator), ("discriminator", discriminator):
        # Deflated, as Chainer writes them; whole or not at all.
        part = folder / f"{name}.part.npz"
        numpy.savez_compressed(part, **make())
        part.rename(folder / f"{name}.npz")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: make_random_pair.py FOLDER")
    main(sys.argv[1])
