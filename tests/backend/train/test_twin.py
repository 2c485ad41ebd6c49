# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Ten steps of each loss, from the same weights on the same batches, here and in PyTorch."""

import os
import pathlib
import subprocess
import tempfile
import unittest

import numpy
import torch

import twin
from random_pair import RandomPair

STEPS, SIZE, CLASSES = 10, 6, 3
LATENTS = {"mlp": 2, "sngan-projection": 8, "sn-dcgan": 8}
COLOR, TRANSLATION, CUTOUT = 1, 2, 4


class Arrays(dict):
    """Random weights of the other architectures."""

    def __init__(self, seed):
        super().__init__()
        self.random = numpy.random.default_rng(seed)

    def normal(self, *shape):
        return self.random.standard_normal(shape, numpy.float32)

    def layer(self, name, out, *inputs, rows=None):
        shape = (rows, out, *inputs[1:]) if rows else (out, *inputs)
        self[name + "/W"] = self.normal(*shape) * numpy.float32(numpy.prod(inputs) ** -0.5)
        self[name + "/b"] = self.normal(out) * numpy.float32(0.1)
        self[name + "/u"] = self.normal(1, shape[0])

    def norm(self, name, channels):
        self[name + "/gamma"], self[name + "/beta"] = self.normal(channels), self.normal(channels)
        self[name + "/avg_mean"] = self.normal(channels)
        self[name + "/avg_var"] = self.normal(channels) ** 2 + 1

    def attention(self, channels):
        for name, out in ("query", channels // 8), ("key", channels // 8), ("value", channels):
            self.layer(f"sa1/{name}_conv", out, channels, 1, 1)
        self["sa1/gamma"] = self.normal(1)


def mlp():
    g, d = Arrays(2), Arrays(3)
    for arrays, names, inputs, out in (
        (g, ("l0", "l1", "l2", "l4"), 2, 2),
        (d, ("l1", "l2", "l3", "l4"), 2, 1),
    ):
        for name in names:
            width = out if name == "l4" else 16
            arrays.layer(name, width, inputs)
            del arrays[name + "/u"]
            inputs = width
    return g, d


def sn_dcgan():
    g, d = Arrays(4), Arrays(5)
    g.layer("l0", 16 * 32, LATENTS["sn-dcgan"])
    g.norm("bn0", 16 * 32)
    for number, width in (1, 32), (2, 16), (3, 8):
        g.layer(f"dc{number}", width // 2, width, 4, 4, rows=width)
        g.norm(f"bn{number}", width // 2)
    g.attention(8)
    g.layer("dc4", 3, 4, 3, 3, rows=4)
    d.layer("c0_0", 4, 3, 3, 3)
    width = 4
    for down, plain in ("c0_1", "c1_0"), ("c1_1", "c2_0"), ("c2_1", "c3_0"):
        d.layer(down, 2 * width, width, 4, 4)
        width *= 2
        d.layer(plain, width, width, 3, 3)
    d.attention(8)
    d.layer("l4", 1, 16 * width)
    return g, d


def sngan():
    pair = RandomPair(CLASSES)
    return pair.generator, pair.discriminator


PAIRS = {"mlp": mlp, "sngan-projection": sngan, "sn-dcgan": sn_dcgan}


def make_batches(architecture):
    random = numpy.random.default_rng(7)
    image = (2, 1, 1) if architecture == "mlp" else (3, 32, 32)
    latent = LATENTS[architecture]
    batches = {
        "images": random.uniform(-1, 1, (STEPS, SIZE, *image)),
        "latents": random.standard_normal((STEPS, SIZE, latent)),
        "generator_latents": random.standard_normal((STEPS, SIZE, latent)),
        "mixing": random.uniform(0, 1, (STEPS, SIZE)),
        "real_numbers": random.uniform(0, 1, (STEPS, SIZE, 7)),
        "fake_numbers": random.uniform(0, 1, (STEPS, SIZE, 7)),
    }
    if architecture == "sngan-projection":
        for name in "labels", "fake_labels":
            batches[name] = random.integers(0, CLASSES, (STEPS, SIZE))
    return {name: values.astype(numpy.float32) for name, values in batches.items()}


class TwinTest(unittest.TestCase):
    """Both start from the same numbers; the figures of each step and all arrays are compared."""

    def compare(self, architecture, loss, penalty=0, augment=0, precision="float64", tolerance=1e-4):
        generator, discriminator = PAIRS[architecture]()
        batches = make_batches(architecture)
        lines, state = twin.train(architecture, loss, penalty, augment, generator, discriminator, batches)
        with tempfile.TemporaryDirectory(prefix="dot-refine-") as name:
            folder = pathlib.Path(name)
            numpy.savez(folder / "generator.npz", **generator)
            numpy.savez(folder / "discriminator.npz", **discriminator)
            numpy.savez(folder / "batches.npz", **batches)
            subprocess.run(
                [
                    os.environ["DOT_TEST_TRAIN_STEPS"],
                    architecture,
                    loss,
                    str(penalty),
                    str(augment),
                    precision,
                    name,
                ],
                check=True,
                timeout=120,
            )
            ours = numpy.loadtxt(folder / "figures.txt")
            with numpy.load(folder / "state.npz") as arrays:
                arrays = dict(arrays)
        self.assertEqual(ours.shape, (STEPS, 5))
        numpy.testing.assert_allclose(ours, lines, rtol=tolerance, atol=tolerance)
        self.assertGreater(numpy.abs(numpy.diff(ours[:, 0])).max(), 10 * tolerance, "nothing happens")
        compared = 0
        for key, value in state.items():
            if key.endswith("/N"):
                continue
            self.assertIn(key, arrays)
            numpy.testing.assert_allclose(arrays[key], value, rtol=tolerance, atol=tolerance, err_msg=key)
            compared += 1
        self.assertGreater(compared, 20)

    def test_mlp_wgan(self):
        self.compare("mlp", "wgan", penalty=10)

    def test_mlp_logistic(self):
        self.compare("mlp", "logistic")

    def test_mlp_hinge(self):
        self.compare("mlp", "hinge", penalty=1)

    def test_mlp_logistic_float32(self):
        """Not WGAN: its last bias has a gradient of 0, of which Adam makes steps of noise."""
        self.compare("mlp", "logistic", precision="float32")

    def test_sngan_hinge(self):
        self.compare("sngan-projection", "hinge", augment=COLOR | TRANSLATION)

    def test_sngan_logistic(self):
        self.compare("sngan-projection", "logistic", augment=CUTOUT)

    def test_sngan_wgan(self):
        self.compare("sngan-projection", "wgan", penalty=10)

    def test_attention_hinge(self):
        self.compare("sn-dcgan", "hinge", augment=COLOR | TRANSLATION | CUTOUT)

    def test_attention_logistic(self):
        self.compare("sn-dcgan", "logistic")

    def test_attention_wgan(self):
        self.compare("sn-dcgan", "wgan", penalty=10)


if __name__ == "__main__":
    torch.set_num_threads(1)
    unittest.main(verbosity=2)
