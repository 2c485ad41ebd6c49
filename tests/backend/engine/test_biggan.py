# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""BigGAN's forms of which there are no authors' files beside the checkout, by both engines, against
PyTorch in float64."""

import json
import unittest

import numpy
import torch

import biggan_twin as twin
from command import CommandTest, main

BATCH, LATENT, CHUNK = 4, 20, 4


class Twin(CommandTest):

    def setUp(self):
        self.home = self.folder / self.id().rpartition(".")[2]
        self.home.mkdir()
        random = numpy.random.default_rng(3)
        self.latents = random.standard_normal((BATCH, LATENT))
        self.labels = random.integers(0, twin.CLASSES, BATCH)
        numpy.save(self.home / "z.npy", self.latents)
        numpy.save(self.home / "y.npy", self.labels)

    def compute(self, generator, discriminator):
        """Pictures, scores and their gradients."""
        z = torch.tensor(self.latents, requires_grad=True)
        y = torch.tensor(self.labels)
        image = generator(z, y)
        score = discriminator(image, y)
        (gradient,) = torch.autograd.grad(score.sum(), z)
        return image.detach().numpy(), score.detach().numpy(), gradient.numpy()

    def ask(self, pair, engine, precision):
        trace = self.home / f"{engine}.npz"
        self.run_json(
            *("refine", "--generator", pair[0], "--discriminator", pair[1], "--device", "cpu"),
            *("--engine", engine, "--precision", precision, "--k-eff", 1, "--updates", 1),
            *("--latents", self.home / "z.npy", "--labels", self.home / "y.npy", "--trace", trace),
        )
        trace = numpy.load(trace)
        return trace["image"][0], trace["score"][0], trace["gradient"][0]

    def compare(self, found, expected, bound):
        image, *others = zip(found, expected)
        self.assertLess(abs(image[0] - image[1]).max(), bound)
        for one, other in others:
            error = numpy.linalg.norm(one - other) / numpy.linalg.norm(other)
            print(f"{self.id()}: {error:.1e}")
            self.assertLess(error, bound)

    def check(self, generator, discriminator, save):
        """Both files tell what they are, and compute what PyTorch does."""
        expected = self.compute(generator, discriminator)
        self.assertGreater(expected[0].std(), 0.1)
        self.assertGreater(numpy.linalg.norm(expected[2]), 1e-4)
        pair = save(self.home, generator, discriminator)
        self.compare(self.ask(pair, "torch", "float64"), expected, 1e-5)
        self.compare(self.ask(pair, "native", "float32"), expected, 1e-4)
        return pair


class BigGAN(Twin):

    def test_authors_of_64_pixels(self):
        """Chunks of the latent, and attention behind the generator's last block."""
        self.check(
            twin.Generator(twin.AUTHORS, twin.SMALL[64], 1, attends=True, chunk=CHUNK),
            twin.Discriminator(twin.AUTHORS, twin.SMALL[64], 2),
            twin.save_each,
        )

    def test_authors_of_32_pixels(self):
        """Without a shared embedding each norm has tables of the classes, which aren't normed."""
        self.check(
            twin.Generator(twin.AUTHORS, twin.SMALL[32], 3),
            twin.Discriminator(twin.AUTHORS, twin.SMALL[32], 4),
            twin.save_each,
        )

    def test_mmgeneration_of_cifar(self):
        """Both networks in one file, with torch's spectral norm, blue first."""
        pair = self.check(
            twin.Generator(twin.MMGENERATION, twin.SMALL[32], 5),
            twin.Discriminator(twin.MMGENERATION, twin.SMALL[32], 6),
            twin.save_together,
        )
        text = self.run_well("import", pair[0], "--no-k-eff", "--to", self.home, "--device", "cpu")
        self.assertEqual(text.splitlines()[0], f"BigGAN, 32 pixels, {twin.CLASSES} classes, G_ema of step 500000")


class StudioGAN(Twin):

    def test_tables_that_are_normed(self):
        """As SAGAN has them, with attention."""
        self.check(
            twin.Generator(twin.STUDIOGAN, twin.SMALL[32], 7, attends=True, table_is_normed=True),
            twin.Discriminator(twin.STUDIOGAN, twin.SMALL[32], 8, attends=True),
            twin.save_studiogan,
        )

    def check_without_class(self, classes):
        generator = twin.Generator(twin.STUDIOGAN_PLAIN, twin.SMALL[32], 9)
        pair = self.check(
            generator, twin.Discriminator(twin.STUDIOGAN, twin.SMALL[32], 10, classes=classes), twin.save_studiogan
        )
        self.run_well("import", *pair, "--id", "pair", "--no-k-eff", "--to", self.home, "--device", "cpu")
        models = {"DOT_REFINE_MODELS": str(self.home)}
        self.assertIn("Score: the same for each class", self.run_well("info", "pair", **models))
        self.assertTrue(self.run_json("info", "pair", **models)["score_ignores_class"])
        self.assertTrue(json.loads((self.home / "pair" / "model.json").read_text())["score_ignores_class"])

    def test_classifier_beside_the_score(self):
        self.check_without_class("classifier")

    def test_score_without_classes(self):
        self.check_without_class("none")

    def test_scores_of_hinges(self):
        generator = twin.Generator(twin.STUDIOGAN, twin.SMALL[32], 11)
        discriminator = twin.Discriminator(twin.STUDIOGAN, twin.SMALL[32], 12, classes="hinges")
        self.compute(generator, discriminator)
        g, d = twin.save_studiogan(self.home, generator, discriminator)
        mentions = [d, "multi-hinge", str(twin.CLASSES + 1)]
        self.run_badly("import", g, d, "--no-k-eff", "--to", self.home, mentions=mentions)
        self.run_badly("refine", "--generator", g, "--discriminator", d, mentions=mentions)


if __name__ == "__main__":
    main()
