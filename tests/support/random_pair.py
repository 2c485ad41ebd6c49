# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""A tiny pair of random weights, in files of two formats."""

import json
import struct

import numpy

LATENT, WIDTH, CLASSES = 8, 4, 3


class RandomPair:
    """A tiny pair of sngan-projection's layout for 32 pixels."""

    def __init__(self, classes=CLASSES):
        self._random = numpy.random.default_rng(1)
        self.generator, self.discriminator = {}, {}
        self._make_generator(classes)
        self._make_discriminator(classes)

    def _normal(self, *shape):
        return self._random.standard_normal(shape, numpy.float32)

    def _layer(self, arrays, name, out, *inputs, u=False, bias=True):
        scale = numpy.float32(numpy.prod(inputs) ** -0.5)
        arrays[f"{name}/W"] = self._normal(out, *inputs) * scale
        if bias:
            arrays[f"{name}/b"] = self._normal(out) * numpy.float32(0.1)
        if u:
            arrays[f"{name}/u"] = self._normal(1, out)

    def _norm(self, arrays, name, classes):
        gain = ("gammas/W", "betas/W") if classes else ("gamma", "beta")
        shape = (classes, WIDTH) if classes else (WIDTH,)
        for key in gain:
            arrays[f"{name}/{key}"] = self._normal(*shape)
        arrays[f"{name}/avg_mean"] = self._normal(WIDTH)
        arrays[f"{name}/avg_var"] = self._normal(WIDTH) ** 2 + 1
        arrays[f"{name}/N"] = numpy.array(7)

    def _make_generator(self, classes):
        g = self.generator
        self._layer(g, "l1", 16 * WIDTH, LATENT)
        for block in "block2", "block3", "block4":
            for number in 1, 2:
                self._norm(g, f"{block}/b{number}", classes)
                self._layer(g, f"{block}/c{number}", WIDTH, WIDTH, 3, 3)
            self._layer(g, f"{block}/c_sc", WIDTH, WIDTH, 1, 1)
        self._norm(g, "b5", 0)
        self._layer(g, "c5", 3, WIDTH, 3, 3)

    def _make_discriminator(self, classes):
        d = self.discriminator
        for number in range(1, 5):
            inputs = 3 if number == 1 else WIDTH
            self._layer(d, f"block{number}/c1", WIDTH, inputs, 3, 3, u=True)
            self._layer(d, f"block{number}/c2", WIDTH, WIDTH, 3, 3, u=True)
            if number < 3:
                self._layer(d, f"block{number}/c_sc", WIDTH, inputs, 1, 1, u=True)
        self._layer(d, "l5", 1, WIDTH, u=True, bias=False)
        if classes:
            self._layer(d, "l_y", classes, WIDTH, u=True, bias=False)

    def save_npz(self, folder):
        folder.mkdir()
        numpy.savez(folder / "generator.npz", **self.generator)
        numpy.savez(folder / "discriminator.npz", **self.discriminator)
        return files(folder, "npz")


def files(folder, suffix):
    return (
        "--generator",
        folder / f"generator.{suffix}",
        "--discriminator",
        folder / f"discriminator.{suffix}",
    )


def save_safetensors(path, arrays):
    """Written without our own code, or anybody's."""
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for key, array in arrays.items():
        array = numpy.ascontiguousarray(array, "<f4")
        header[key] = {
            "dtype": "F32",
            "shape": array.shape,
            "data_offsets": (len(data), len(data) + array.nbytes),
        }
        data += array.tobytes()
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)
