# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""The peer of tests/bench does what dot-refine does, and answers as it."""

import dataclasses
import json
import subprocess
import sys
import unittest

import numpy

import real_size
from command import DONE, MODEL, SOURCE, CommandTest, main

SHIPPED = MODEL / "generator.npz", MODEL / "discriminator.npz"
PEER = SOURCE / "tests" / "bench" / "peer.py"
REFERENCE = SOURCE / ".." / "shared" / "reference"
STUDIOGAN = "model=G_ema-*.pth", "model=D-*.pth"

# The authors' files of a generator and of a discriminator.
FILES = {
    "biggan-128": ("G_ema.pth", "D.pth"),
    "biggan-256": ("G_ema_256.pth", "D_256.pth"),
    "mmgen-biggan-128": ("*.pth", "*.pth"),
    "studiogan-biggan-64": STUDIOGAN,
    "studiogan-reacgan-128": STUDIOGAN,
    "studiogan-sngan-32": ("model=G-*.pth", "model=D-*.pth"),
    "r3gan-64": ("*.pkl", "*.pkl"),
    "stylegan2-ada-64": ("*.pkl", "*.pkl"),
}

SMALL_BIGGAN = dataclasses.replace(
    real_size.BIGGAN_128,
    generator=tuple(width // 24 for width in real_size.BIGGAN_128.generator),
    discriminator=tuple(width // 24 for width in real_size.BIGGAN_128.discriminator),
    classes=5,
    shared=6,
)
SMALL_R3GAN = real_size.R3ganSizes(widths=(24, 24, 16), group=4, latent=12, classes=5)
SMALL_STYLEGAN2 = dataclasses.replace(
    real_size.STYLEGAN2_256, size=64, latent=24, style=16, layers=3, most=24, channels=512
)


def files_of(pair):
    return "--generator", pair[0], "--discriminator", pair[1]


class PeerTest(CommandTest):

    def peer(self, *arguments, pair=SHIPPED, questions=""):
        return subprocess.run(
            [sys.executable, *map(str, (PEER, *files_of(pair), *arguments))],
            input=questions,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def compare(self, pair, label, said=None):
        """A run of files with a class, and the peer's with that, or another that is @said."""
        home = self.folder / self.id().rpartition(".")[2]
        home.mkdir(exist_ok=True)
        self.run_json(
            *("refine", *files_of(pair), "--count", 2, "--updates", 2, "--k-eff", 2),
            *("--class", label, "--device", "cpu", "--precision", "float32", "--trace", home / "run.npz"),
        )
        result = self.peer("--check", home / "run.npz", "--label", label if said is None else said, pair=pair)
        print(result.stdout, end="")
        return result

    def check_same(self, pair, label=1):
        result = self.compare(pair, label)
        self.assertEqual(result.returncode, DONE, result.stdout + result.stderr)
        self.assertEqual(len(result.stdout.splitlines()), 3)


class Peer(PeerTest):

    def check(self, label, k_eff="2"):
        self.run_well(
            "refine",
            "--model",
            "imagenet10-64",
            "--class",
            "jellyfish",
            "--count",
            2,
            "--updates",
            2,
            "--k-eff",
            k_eff,
            "--device",
            "cpu",
            "--precision",
            "float32",
            "--trace",
            "run.npz",
        )
        return self.peer("--check", self.folder / "run.npz", "--label", str(label))

    def test_the_same_trajectory(self):
        result = self.check(1)
        self.assertEqual(result.returncode, DONE, result.stdout + result.stderr)
        self.assertEqual(len(result.stdout.splitlines()), 3)

    def test_another_trajectory_is_refused(self):
        result = self.check(2)
        self.assertNotEqual(result.returncode, DONE)
        self.assertIn("not the trajectory", result.stderr)

    def test_it_answers_each_line(self):
        for precision in "float32", "bfloat16":
            result = self.peer("--batch", "2", "--precision", precision, questions="\n\n")
            self.assertEqual(result.returncode, DONE, result.stderr)
            start, *updates = map(json.loads, result.stdout.splitlines())
            self.assertGreater(start["first_image_at"], 0)
            self.assertEqual([list(update) for update in updates], [["update_ms"]] * 2)


@unittest.skipUnless(REFERENCE.exists(), "the reference values are not beside the checkout")
class Authors(PeerTest):
    """Small pairs in the files of those who wrote their architectures."""

    def find(self, name):
        return [next((REFERENCE / name).glob(pattern)) for pattern in FILES[name]]

    def test_the_same_trajectories(self):
        for name in FILES:
            with self.subTest(name):
                self.check_same(self.find(name))

    def test_another_class_is_refused(self):
        result = self.compare(self.find("biggan-128"), label=1, said=2)
        self.assertIn("not the trajectory", result.stderr)


class RealSize(PeerTest):
    """The random pairs that are measured, but small ones."""

    def check_made(self, save, *arguments, says):
        home = self.folder / self.id().rpartition(".")[2]
        home.mkdir()
        pair = save(home, *arguments)
        text = self.run_well("import", *{*pair}, "--id", "pair", "--no-k-eff", "--to", home, "--device", "cpu")
        self.assertIn(says, text.splitlines()[0])
        self.check_same(pair)

    def test_biggan(self):
        self.check_made(real_size.save_biggan, SMALL_BIGGAN, 4, says="BigGAN, 128 pixels, 5 classes, G_ema")

    def test_studiogan(self):
        self.check_made(real_size.save_studiogan, SMALL_BIGGAN, 4, says="StudioGAN, 128 pixels, 5 classes, G of step")

    def test_r3gan(self):
        self.check_made(real_size.save_r3gan, SMALL_R3GAN, says="R3GAN, 16 pixels, 5 classes, G_ema")

    def test_stylegan2(self):
        self.check_made(real_size.save_stylegan2, SMALL_STYLEGAN2, 5, says="StyleGAN2, 64 pixels, 5 classes, G_ema")


if __name__ == "__main__":
    main()
