# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""dot-refine invert on the authors' own files of each architecture: each discriminator's maps are found, and what is said of
the latent is so."""

import os
import pathlib
import unittest

import numpy

import png
from command import CommandTest, main

REFERENCE = pathlib.Path(os.environ["DOT_REFINE_SOURCE"]).parent / "shared" / "reference"
NATIVE = pathlib.Path(os.environ["DOT_REFINE_MODULE_DIR"]) / "dotrefine-native.so"

FILES = {
    "stylegan2-ada-64": ["network-snapshot-025000.pkl"],
    "r3gan-64": ["network-snapshot-final.pkl"],
    "studiogan-biggan-64": ["model=G_ema-best-weights-step=62000.pth", "model=D-best-weights-step=62000.pth"],
}
ARRAYS = {"sndcgan": "sn-dcgan", "dcgan-wgan": "dcgan", "resnet-sn": "sn-resnet"}
FEW = "--steps", 3, "--starts", 2, "--precision", "float32", "--device", "cpu"


@unittest.skipUnless(NATIVE.exists(), "there is no native engine")
@unittest.skipUnless(REFERENCE.exists(), "the authors' files are not beside the checkout")
class Architectures(CommandTest):

    def setUp(self):
        self.target = self.folder / "target.png"
        self.target.write_bytes(png.encode(numpy.random.default_rng(3).integers(0, 256, (64, 64, 3), numpy.uint8)))

    def check(self, pair):
        found = self.run_json("invert", *pair, self.target, *FEW, "--out", "found")
        again = self.run_json(
            "refine",
            *pair,
            "--device",
            "cpu",
            "--precision",
            "float32",
            "--updates",
            0,
            "--k-eff",
            1,
            "--latents",
            found["latent"],
            "--trace",
            "trace.npz",
        )
        self.assertTrue(0 < found["distance"] < 2)
        self.assertAlmostEqual(again["candidates"][0]["updates"][0]["score"], found["score"], delta=1e-3)

    def test_imported(self):
        for folder, names in FILES.items():
            with self.subTest(folder):
                self.run_well("import", *(REFERENCE / folder / name for name in names), "--id", folder)
                self.check(["--model", folder])

    def test_arrays(self):
        for folder, architecture in ARRAYS.items():
            with self.subTest(folder):
                generator, discriminator = (
                    REFERENCE / folder / f"{name}.npz" for name in ("generator", "discriminator")
                )
                self.check(["--generator", generator, "--discriminator", discriminator, "--architecture", architecture])


if __name__ == "__main__":
    main()
