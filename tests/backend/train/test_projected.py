# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""A training with a projected discriminator: gradients and ten steps, here and in PyTorch."""

import os
import pathlib
import subprocess
import tempfile
import unittest

import numpy
import torch

import feature_maps
import projected_twin
from random_pair import RandomPair
from test_twin import COLOR, CUTOUT, TRANSLATION, Arrays

STEPS, SIZE, CLASSES, LATENT = 10, 6, 3, 8
MIXTURE, WIDTH, LABEL = (4, 5, 6, 7), 8, 3
HALVINGS = 2, 1, 0, 0
SHARED = pathlib.Path(os.environ["DOT_REFINE_SOURCE"]).parent / "shared"


def make_heads(classes):
    heads = Arrays(6)
    heads["mix/scale"] = numpy.float32([0.5, 1, 2, 1.5])
    for i, (width, inputs) in enumerate(zip(MIXTURE, feature_maps.CHANNELS)):
        heads[f"mix/ccm{i}"] = heads.normal(width, inputs, 1, 1)
        if i + 1 < len(MIXTURE):
            heads[f"mix/csm{i}"] = heads.normal(width, MIXTURE[i + 1], 3, 3) * numpy.float32(0.2)
        for layer in range(max(HALVINGS[i], 1)):
            side = 4 if HALVINGS[i] else 3
            heads.layer(f"head{i}/c{layer}", WIDTH, WIDTH if layer else width, side, side)
            heads.norm(f"head{i}/b{layer}", WIDTH)
        heads.layer(f"head{i}/out", 1, WIDTH, 3, 3)
        if classes:
            heads.layer(f"head{i}/p", LABEL, WIDTH, 3, 3)
            heads[f"head{i}/emb/W"] = heads.normal(classes, LABEL)
    return dict(heads)


def make_batches():
    random = numpy.random.default_rng(7)
    batches = {
        "images": random.uniform(-1, 1, (STEPS, SIZE, 3, 32, 32)),
        "latents": random.standard_normal((STEPS, SIZE, LATENT)),
        "generator_latents": random.standard_normal((STEPS, SIZE, LATENT)),
        "mixing": random.uniform(0, 1, (STEPS, SIZE)),
    }
    for name in "real_numbers", "fake_numbers", "generator_numbers":
        batches[name] = random.uniform(0, 1, (STEPS, SIZE, 7))
    for name in "labels", "fake_labels":
        batches[name] = random.integers(0, CLASSES, (STEPS, SIZE))
    other = random.integers(1, CLASSES, (STEPS, SIZE))
    batches["wrong_labels"] = (batches["labels"] + other) % CLASSES
    return {name: values.astype(numpy.float32) for name, values in batches.items()}


def run_ours(folder, penalty, augment, precision, weights, sigma, side, mismatch=0):
    command = [os.environ["DOT_TEST_TRAIN_STEPS"], "sngan-projection", "hinge", penalty, augment]
    command += [precision, folder, *weights, sigma, side, mismatch]
    subprocess.run([str(part) for part in command], check=True, timeout=300)


def load(path):
    with numpy.load(path) as arrays:
        return dict(arrays)


class ProjectedTest(unittest.TestCase):
    """Both start from the same numbers."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="dot-refine-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def compare(self, weights, augment=0, sigma=0, side=0, penalty=0, mismatch=0):
        pair, heads, batches = RandomPair(CLASSES), make_heads(CLASSES), make_batches()
        for name, arrays in (
            ("generator", pair.generator),
            ("discriminator", pair.discriminator),
            ("projected", heads),
            ("batches", batches),
        ):
            numpy.savez(self.folder / f"{name}.npz", **arrays)
        feature_maps.save(self.folder / "features.pt")
        run_ours(self.folder, penalty, augment, "float64", weights, sigma, side, mismatch)

        judge = projected_twin.Judge(heads, feature_maps.Maps(), side)
        networks = pair.generator, pair.discriminator
        training = projected_twin.Training(networks, judge, weights, augment, sigma, penalty, mismatch)
        batches = [
            {
                k: (torch.tensor(v[i]).long() if k.endswith("labels") else torch.tensor(v[i]).double())
                for k, v in batches.items()
            }
            for i in range(STEPS)
        ]
        self.compare_arrays(load(self.folder / "latents.npz"), training.latents(batches[0]), 1)
        self.compare_arrays(load(self.folder / "gradients.npz"), training.gradients(batches[0]), 25)
        lines = [training.step(b) for b in batches]
        ours = numpy.loadtxt(self.folder / "figures.txt")
        numpy.testing.assert_allclose(ours, lines, rtol=1e-4, atol=1e-4)
        self.assertGreater(numpy.abs(numpy.diff(ours[:, 5])).max(), 1e-2, "nothing happens")
        self.compare_arrays(load(self.folder / "state.npz"), training.state(), 100)

    def compare_arrays(self, ours, theirs, least):
        compared = 0
        for key, value in theirs.items():
            if not key.endswith("/N"):
                self.assertIn(key, ours)
                numpy.testing.assert_allclose(
                    ours[key], value, rtol=1e-4, atol=1e-4 * abs(value).max() + 1e-7, err_msg=key
                )
                compared += 1
        self.assertGreater(compared, least)

    def test_alone(self):
        self.compare((0, 1, 0))

    def test_beside_the_plain_one(self):
        self.compare((1, 1, 0), augment=COLOR | TRANSLATION | CUTOUT)

    def test_weights(self):
        self.compare((0.25, 2, 0), augment=TRANSLATION, penalty=1)

    def test_mismatch(self):
        self.compare((1, 1, 0), augment=TRANSLATION, mismatch=0.5)

    def test_blur(self):
        self.compare((1, 0.5, 0), sigma=1.3)

    def test_resizing(self):
        self.compare((1, 1, 0), side=31)

    def test_texture(self):
        self.compare((0.5, 1, 3), augment=TRANSLATION)

    def test_blurred_texture(self):
        self.compare((0, 1, 0.5), sigma=0.7)

    def test_scores_of_a_trained_one(self):
        """The pair that others have trained, and what PyTorch said of its pictures then."""
        pair, features = SHARED / "models/imagenet40-64", SHARED / "metrics/squeezenet-maps.pt"
        if not pair.exists() or not features.exists():
            self.skipTest("../shared is not here")
        expected = load(pair / "expected.npz")
        batches = {
            "images": expected["image"],
            "labels": expected["y"],
            "latents": expected["z"],
            "generator_latents": expected["z"],
            "fake_labels": expected["y"],
        }
        batches = {k: v[None].astype(numpy.float32) for k, v in batches.items()}
        numpy.savez(self.folder / "batches.npz", **batches)
        for name in "generator.npz", "discriminator.npz", "projected.npz":
            (self.folder / name).symlink_to(pair / name)
        (self.folder / "features.pt").symlink_to(features)
        for weights, scores in (
            ((0, 1, 0), expected["projected_scores"].sum(1)),
            ((1, 1, 0), expected["plain_score"]),
        ):
            run_ours(self.folder, 0, 0, "float32", weights, 0, 0)
            ours = numpy.loadtxt(self.folder / "scores.txt")
            self.assertGreater(scores.std(), 0.1)
            numpy.testing.assert_allclose(ours, scores, rtol=1e-4, atol=1e-3)


if __name__ == "__main__":
    torch.set_num_threads(1)
    unittest.main(verbosity=2)
