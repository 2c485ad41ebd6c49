# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""The recipe of docs/torchscript.md, as it stands there, and what comes of it."""

import os
import re
import subprocess
import sys
import unittest

import numpy
import torch

from command import SOURCE, CommandTest, main

RECIPE = re.search(r"```python\n(.*?)```", (SOURCE / "docs" / "torchscript.md").read_text(), re.DOTALL)[1]
RUN = "refine", "--model", "./tiny", "--class", "bee", "--count", 3


class Recipe(CommandTest):
    """PyTorch computes in Python what the backend has written in its trace."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        subprocess.run(
            [sys.executable, "-c", "import torch; torch.manual_seed(5)\n" + RECIPE],
            check=True,
            cwd=cls.folder,
            env=os.environ,
        )

    def trace(self, *arguments):
        """Refines and returns the trace's arrays."""
        self.run_well(*RUN, "--trust", "--trace", "run.npz", *arguments)
        return numpy.load(self.folder / "run.npz")

    def peer(self, latents):
        """Pictures, scores and gradients by PyTorch itself."""
        networks = [
            torch.jit.load(str(self.folder / "tiny" / f"{role}.pt")).double() for role in ("generator", "discriminator")
        ]
        z = torch.tensor(latents.reshape(-1, 16).astype(float), requires_grad=True)
        y = torch.full((len(z),), 1)
        image = networks[0](z, y)
        score = networks[1](image, y)
        [gradient] = torch.autograd.grad(score.sum(), z)
        return [array.detach().numpy() for array in (image, score, gradient)]

    def check(self, precision, bound):
        run = self.trace("--precision", precision)
        image, score, gradient = self.peer(run["z"])
        numpy.testing.assert_allclose(run["image"].reshape(image.shape), image, rtol=0, atol=1e-5)
        numpy.testing.assert_allclose(run["score"].ravel(), score, rtol=1e-5)
        error = numpy.linalg.norm(run["gradient"].reshape(gradient.shape) - gradient, axis=1)
        self.assertLess((error / numpy.linalg.norm(gradient, axis=1)).max(), bound)
        self.assertTrue((run["score"][-1] > run["score"][0]).all())

    def test_float32(self):
        self.check("float32", 1e-4)

    def test_float64(self):
        self.check("float64", 1e-6)

    def test_bfloat16(self):
        run = self.trace("--precision", "bfloat16")
        image, _, gradient = self.peer(run["z"])
        self.assertLess(abs(run["image"].reshape(image.shape) - image).max(), 0.05)
        cosine = (
            (run["gradient"].reshape(gradient.shape) * gradient).sum(1)
            / numpy.linalg.norm(run["gradient"].reshape(gradient.shape), axis=1)
            / numpy.linalg.norm(gradient, axis=1)
        )
        self.assertGreater(cosine.min(), 0.95)

    def test_target_space(self):
        run = self.trace("--space", "target", "--updates", 2)
        image = torch.tensor(run["image"].reshape(-1, 3, 32, 32).astype(float), requires_grad=True)
        network = torch.jit.load(str(self.folder / "tiny" / "discriminator.pt")).double()
        score = network(image, torch.full((len(image),), 1))
        [gradient] = torch.autograd.grad(score.sum(), image)
        numpy.testing.assert_allclose(run["score"].ravel(), score.detach().numpy(), rtol=1e-5)
        numpy.testing.assert_allclose(run["gradient"].reshape(gradient.shape), gradient.numpy(), rtol=1e-4, atol=1e-6)

    def test_same_bytes(self):
        first = self.trace("--seed", 3)
        self.assertTrue(all((first[name] == self.trace("--seed", 3)[name]).all() for name in first))

    def test_needs_trust(self):
        self.run_badly(*RUN, mentions=["generator.pt", "--trust", "program"])
        self.run_well(*RUN, DOT_REFINE_MODELS=str(self.folder))
        link = self.folder / "data" / "dot-refine" / "models" / "linked"
        link.parent.mkdir(parents=True)
        link.symlink_to(self.folder / "tiny")
        self.run_badly("refine", "--model", "linked", mentions=["--trust"])

    def test_two_files(self):
        pair = (
            "--generator",
            "tiny/generator.pt",
            "--discriminator",
            "tiny/discriminator.pt",
            "--architecture",
            "torchscript",
        )
        self.run_badly("refine", *pair, mentions=["--trust"])
        by_model = self.run_json(*RUN, "--trust")["candidates"]
        by_files = self.run_json("refine", *pair, "--trust", "--class", "bee", "--count", 3)["candidates"]
        self.assertEqual(by_files, by_model)

    def test_changed_file(self):
        folder = self.folder / "changed"
        folder.mkdir()
        for file in (self.folder / "tiny").iterdir():
            (folder / file.name).write_bytes(file.read_bytes())
        with (folder / "discriminator.pt").open("ab") as file:
            file.write(b"\0")
        self.run_badly("refine", "--model", folder, "--trust", mentions=["sha256"])

    def test_blend(self):
        self.run_badly(*RUN, "--trust", "--blend", "cat", mentions=["blended"])


if __name__ == "__main__":
    main()
