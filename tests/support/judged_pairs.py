# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Tiny random pairs, feature networks and real pictures, and experiments with them.

What an experiment says is what dot-refine evaluate says of the same pair and options, digit for digit."""

import os
import pathlib
import unittest

import numpy
import torch

import png
from command import CommandTest
from random_pair import CLASSES, RandomPair

NATIVE = pathlib.Path(os.environ["DOT_REFINE_MODULE_DIR"]) / "dotrefine-native.so"
SIZE, SAMPLES = 32, 12
ENGINE = "--engine", "native", "--device", "cpu"
NETWORKS = "first.pt", "second.pt"
LOOK = *(word for name in NETWORKS for word in ("--features", name)), "--trust", "--against", "real"
SMALL = "--samples", SAMPLES, "--batch", 5
PAPER = "--optimizer", "sgd", "--projection", "paper"


class Judge(torch.nn.Module):
    """Features and logits of a picture's colours in a few places."""

    def __init__(self, features, classes, seed):
        super().__init__()
        torch.manual_seed(seed)
        self.look = torch.nn.Linear(3 * 4 * 4, features)
        self.name = torch.nn.Linear(features, classes)

    def forward(self, x):
        features = torch.relu(self.look(torch.nn.functional.avg_pool2d(x, 8).flatten(1) / 255))
        return features, self.name(features) * 5


def other_pair(seed):
    """Another pair of the same layout."""
    pair = RandomPair()
    random = numpy.random.default_rng(seed)
    for arrays in pair.generator, pair.discriminator:
        for key in arrays:
            if key.endswith("/W"):
                arrays[key] = arrays[key] + numpy.float32(0.2) * random.standard_normal(
                    arrays[key].shape, numpy.float32
                )
    return pair


def perceptrons(scale):
    """A pair of the plane, whose scores are as large as one likes."""
    random = numpy.random.default_rng(2)

    def layers(names, sizes):
        arrays = {}
        for name, inputs, out in zip(names, sizes, sizes[1:]):
            arrays[f"{name}/W"] = random.standard_normal((out, inputs)).astype("f4")
            arrays[f"{name}/b"] = numpy.zeros(out, "f4")
        return arrays

    generator = layers(["l0", "l1", "l2", "l4"], [2, 8, 8, 8, 2])
    discriminator = layers(["l1", "l2", "l3", "l4"], [2, 8, 8, 8, 1])
    discriminator["l4/W"] *= numpy.float32(scale)
    return generator, discriminator


@unittest.skipUnless(NATIVE.exists(), "there is no native engine")
class JudgedTest(CommandTest):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for name, judge in zip(NETWORKS, [Judge(6, 5, 1), Judge(4, 3, 2)]):
            torch.jit.script(judge.eval()).save(str(cls.folder / name))
        random = numpy.random.default_rng(3)
        for i in range(20):
            path = cls.folder / "real" / f"{i}.png"
            path.parent.mkdir(exist_ok=True)
            small = random.integers(0, 256, (4, 4, 3), numpy.uint8)
            path.write_bytes(png.encode(small.repeat(8, 0).repeat(8, 1)))
        cls.pairs = []
        for i, pair in enumerate([RandomPair(), other_pair(7)]):
            pair.save_npz(cls.folder / f"pair{i}")
            cls.pairs.append([f"pair{i}/generator.npz", f"pair{i}/discriminator.npz"])
        rows = [(label, 0.5 + random.standard_normal()) for label in range(CLASSES) for _ in range(60)]
        numpy.save(cls.folder / "real.npy", numpy.array(rows))

    def pair(self, generator=0, discriminator=None):
        files = self.pairs[generator][0], self.pairs[generator if discriminator is None else discriminator][1]
        return "--generator", files[0], "--discriminator", files[1]

    def has_bfloat16(self):
        """Whether the native engine computes in it on this processor."""
        bfloat16 = "--precision", "bfloat16", "--updates", 0, "--out", "probe"
        return self.run_command("refine", *ENGINE, *self.pair(), *bfloat16, code=None).returncode == 0

    def calibrate(self, pair=0, **changes):
        self.run_command("calibrate", *ENGINE, *self.pair(pair), "--real-scores", "real.npy", **changes)

    def experiment(self, name, *arguments, **changes):
        return self.run_json("experiment", name, *ENGINE, *arguments, **changes)

    def evaluate(self, *arguments, metrics="fid,is,pr"):
        """The rows of each network, by updates."""
        found = self.run_json("evaluate", *ENGINE, *LOOK, "--metrics", metrics, *arguments)
        return [{row["updates"]: row for row in block["results"]} for block in found["networks"]]

    def ours(self, found):
        return [row for row in found["rows"] if row.get("source", "ours") == "ours"]

    def assert_scores(self, row, expected, keys=("fid",)):
        """Digit for digit."""
        for key in keys:
            self.assertEqual(row[key], expected[key], key)
        self.assertEqual(row["is"], expected["inception_score"])
        self.assertEqual(row["is_sigma"], expected["inception_score_deviation"])
