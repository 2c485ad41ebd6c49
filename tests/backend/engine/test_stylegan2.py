# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""StyleGAN2's forms of which there are no authors' files beside the checkout, and what a model says of
styles and of a batch, by both engines, against PyTorch in float64."""

import json
import unittest

import numpy
import torch

import stylegan2_twin as twin
from command import CommandTest, main

BATCH, CLASSES, SIZES = 4, 3, twin.Sizes(size=16, latent=10)


class StyleGAN2(CommandTest):

    def setUp(self):
        self.home = self.folder / self.id().rpartition(".")[2]
        self.home.mkdir()
        random = numpy.random.default_rng(3)
        self.latents = random.standard_normal((BATCH, SIZES.latent))
        numpy.save(self.home / "z.npy", self.latents)

    def make(self, classes, limit, noise, shortcuts):
        """Files, and the same in PyTorch."""
        self.labels = numpy.arange(BATCH) % max(classes, 1)
        numpy.save(self.home / "y.npy", self.labels)
        made = {
            "G.npz": twin.make_generator(1, SIZES, classes, limit, noise),
            "D.npz": twin.make_discriminator(2, SIZES, classes, limit, shortcuts),
        }
        for name, (arrays, _) in made.items():
            numpy.savez(self.home / name, **arrays)
        self.networks = [network for _, network in made.values()]
        return [self.home / name for name in made]

    def compute(self, psi=1.0, deviation=1e-4):
        """Pictures, scores and their gradients."""
        z = torch.tensor(self.latents, requires_grad=True)
        y = torch.tensor(self.labels)
        image = self.networks[0](z, y, psi)
        score = self.networks[1](image, y, deviation)
        (gradient,) = torch.autograd.grad(score.sum(), z)
        return image.detach().numpy(), score.detach().numpy(), gradient.numpy()

    def ask(self, *model, engine, precision, **environment):
        trace = self.home / f"{engine}.npz"
        self.run_json(
            *("refine", *model, "--device", "cpu", "--engine", engine, "--precision", precision),
            *("--k-eff", 1, "--updates", 1, "--latents", self.home / "z.npy", "--labels", self.home / "y.npy"),
            *("--trace", trace),
            **environment,
        )
        trace = numpy.load(trace)
        return trace["image"][0], trace["score"][0], trace["gradient"][0]

    def check(self, expected, *model, **environment):
        self.assertGreater(expected[0].std(), 0.1)
        self.assertGreater(numpy.linalg.norm(expected[2]), 1e-4)
        for engine, precision, bound in (("torch", "float64", 1e-5), ("native", "float32", 1e-4)):
            found = self.ask(*model, engine=engine, precision=precision, **environment)
            for one, other in zip(found, expected):
                error = numpy.linalg.norm(one - other) / numpy.linalg.norm(other)
                print(f"{self.id()}, {engine}: {error:.1e}")
                self.assertLess(error, bound)

    def check_files(self, pair):
        self.check(self.compute(), "--generator", pair[0], "--discriminator", pair[1])

    def test_without_classes_and_shortcuts(self):
        self.check_files(self.make(classes=0, limit=None, noise=False, shortcuts=False))

    def test_classes_without_shortcuts(self):
        """As CIFAR-10's."""
        self.check_files(self.make(classes=CLASSES, limit=1.5, noise=True, shortcuts=False))

    def test_shortcuts_without_classes(self):
        """As FFHQ's."""
        self.check_files(self.make(classes=0, limit=1.5, noise=True, shortcuts=True))

    def test_what_a_model_says(self):
        """How far styles keep from their mean, and how much the pictures of a batch differ."""
        pair = self.make(classes=CLASSES, limit=1.5, noise=True, shortcuts=True)
        models = {"DOT_REFINE_MODELS": str(self.home)}
        self.run_well("import", *pair, "--id", "pair", "--no-k-eff", "--to", self.home, "--device", "cpu")
        path = self.home / "pair" / "model.json"
        manifest = json.loads(path.read_text())
        self.check(self.compute(deviation=manifest["batch_deviation"]), "--model", "pair", **models)
        manifest["latent"]["psi"] = 0.6
        manifest["batch_deviation"] = 0.3
        path.write_text(json.dumps(manifest))
        self.check(self.compute(psi=0.6, deviation=0.3), "--model", "pair", **models)

    def test_overflow(self):
        """Numbers that overflow are found when pictures are compared, and no model is made."""
        pair = self.make(classes=0, limit=None, noise=False, shortcuts=True)
        arrays = dict(numpy.load(pair[0]))
        arrays["synthesis.b16.torgb.weight"] *= 1e38
        numpy.savez(pair[0], **arrays)
        command = (
            "import",
            "--generator",
            pair[0],
            "--discriminator",
            pair[1],
            "--id",
            "broken",
            "--no-k-eff",
            "--to",
            self.home,
            "--device",
            "cpu",
        )
        self.run_badly(*command, mentions=["D.npz", "NaN"])
        self.assertFalse((self.home / "broken").exists())


if __name__ == "__main__":
    main()
