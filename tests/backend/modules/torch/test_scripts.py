# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""TorchScript pairs of other shapes than the recipe's, and those that fail."""

import json
import unittest

import numpy
import torch

import png
import script_pair
from command import MODEL, CommandTest, main
from script_pair import SIZE, Look, Paint


class PaintAlone(torch.nn.Module):
    """The same of no class."""

    def __init__(self):
        super().__init__()
        self.grow = torch.nn.ConvTranspose2d(8, 1, SIZE)

    def forward(self, z):
        return torch.sigmoid(self.grow(z))


class LookBright(Look):
    """For pictures up to 255."""

    def forward(self, x):
        return (self.conv(x / 100) ** 2).mean((1, 2, 3))


class LookTwice(Look):
    """Two scores a picture."""

    def forward(self, x):
        return torch.cat([x.mean((1, 2, 3))[:, None]] * 2, 1)


class LookAway(Look):
    """A score of a picture that nothing can be learnt from."""

    def forward(self, x):
        return x.detach().mean((1, 2, 3))


class LookAndTell(Look):
    """Two tensors."""

    def forward(self, x):
        return x.mean((1, 2, 3)), x


class LookAtColours(Look):
    """What fails inside."""

    def __init__(self):
        super().__init__()
        self.conv = torch.nn.Conv2d(3, 4, 3)


class Idle(torch.nn.Module):
    """No forward() to call."""

    @torch.jit.export
    def score(self, x):
        return x.mean((1, 2, 3))


class Noisy(PaintAlone):
    """Noise of its own."""

    def forward(self, z):
        return torch.sigmoid(self.grow(z) + torch.randn(1))


class Scripts(CommandTest):

    def setUp(self):
        torch.manual_seed(0)

    def make(self, generator, discriminator, **members):
        """A folder with the pair; discriminator may be the file's bytes."""
        return script_pair.write(self.folder / "pair", generator, discriminator, **members)

    def make_alone(self, generator, discriminator, **members):
        members = {"class_input": "none", "classes": []} | members
        return self.make(generator, discriminator, **members)

    def trace(self, folder, *arguments):
        self.run_well("refine", "--model", folder, "--trust", "--trace", "run.npz", *arguments)
        return numpy.load(self.folder / "run.npz")

    def compare(self, run, generator, discriminator, *class_input):
        """The backend's numbers with PyTorch's own, range mapped."""
        z = torch.tensor(run["z"].reshape(-1, 8, 1, 1), requires_grad=True)
        image = generator(z, *(y.expand(len(z), -1) for y in class_input))
        score = discriminator(image)
        [gradient] = torch.autograd.grad(score.sum(), z)
        image = image.detach().numpy() * 2 - 1
        numpy.testing.assert_allclose(run["image"].reshape(image.shape), image, atol=1e-5)
        numpy.testing.assert_allclose(run["score"].ravel(), score.detach().numpy().ravel(), rtol=1e-4)
        numpy.testing.assert_allclose(run["gradient"].ravel(), gradient.numpy().ravel(), rtol=1e-3, atol=1e-6)

    def test_gray_one_hot(self):
        generator, discriminator = Paint(), Look()
        folder = self.make(generator, discriminator)
        run = self.trace(folder, "--class", "two", "--count", 2)
        self.compare(run, generator, discriminator, torch.tensor([[0.0, 1.0]]))
        self.assertTrue((run["score"][-1] > run["score"][0]).all())

    def test_gray_files(self):
        self.trace(self.make(Paint(), Look()), "--updates", 1, "--out", "out")
        files = sorted((self.folder / "out").iterdir())
        self.assertEqual(len(files), 2)
        for file in files:
            self.assertEqual(png.size(file), (SIZE, SIZE))

    def test_unconditional_traced(self):
        generator, discriminator = PaintAlone(), Look()
        traced = torch.jit.trace(generator.eval(), torch.zeros(2, 8, 1, 1))
        run = self.trace(self.make_alone(traced, discriminator), "--count", 3)
        self.compare(run, generator, discriminator)

    def test_same_noise(self):
        folder = self.make_alone(Noisy(), Look())
        first = self.trace(folder, "--updates", 4)["score"]
        self.assertTrue((first == self.trace(folder, "--updates", 4)["score"]).all())

    def test_truncation(self):
        for prior, psi in ("normal", 0.4), ("uniform", 0.3):
            folder = self.make(
                Paint(),
                Look(),
                latent={"size": 8, "shape": [8, 1, 1], "prior": prior, "truncation": psi},
            )
            z = self.trace(folder, "--count", 20, "--step-size", 0.2)["z"]
            self.assertLessEqual(abs(z).max(), psi + 1e-6)
            self.assertGreater(abs(z[-1] - z[0]).max(), 0.05)

    def fails(self, folder, *mentions):
        self.run_badly("refine", "--model", folder, "--trust", "--k-eff", 1, mentions=mentions)

    def test_wrong_shapes(self):
        self.fails(self.make(Paint(), LookTwice()), "discriminator.pt", "(1, 2)")
        self.fails(
            self.make(Paint(), Look(), image={"size": 16, "channels": 1}),
            "generator.pt",
            "(1, 1, 12, 12)",
            "(1, 1, 16, 16)",
        )
        self.fails(self.make(Paint(), LookAtColours()), "discriminator.pt")
        self.fails(self.make(Paint(), LookAndTell()), "discriminator.pt", "tensor")
        self.fails(self.make(Paint(), Look(), latent={"size": 9, "prior": "normal"}), "generator.pt")

    def test_no_derivative(self):
        self.fails(self.make(Paint(), LookAway()), "discriminator.pt", "detach")

    def test_wrong_methods(self):
        self.fails(self.make(Paint(), Idle()), "discriminator.pt", "forward")
        self.fails(self.make(PaintAlone(), Look()), "generator.pt", "class_input")
        self.fails(self.make_alone(Paint(), Look()), "generator.pt", "class_input")

    def test_damaged(self):
        good = (self.make(Paint(), Look()) / "discriminator.pt").read_bytes()
        for bad in b"", b"no zip at all", good[:100], good[: len(good) // 2], good[:-30]:
            self.fails(self.make(Paint(), bad), "discriminator.pt")
        for place in range(50, len(good), len(good) // 12):
            spoilt = good[:place] + bytes(64) + good[place + 64 :]
            result = self.run_command("refine", "--model", self.make(Paint(), spoilt), "--trust", code=None)
            self.assertIn(result.returncode, (0, 1), result.stderr)
            if result.returncode:
                self.assert_sentence(result.stderr)

    def test_discriminator_from_elsewhere(self):
        """One of another range, and told no class."""
        generator, discriminator = Paint(), LookBright()
        folder = self.make_alone(PaintAlone(), discriminator, image={"size": SIZE, "channels": 1, "range": [0, 255]})
        elsewhere = folder.rename(self.folder / "elsewhere")
        folder = self.make(generator, Look())
        files = (
            "refine",
            "--trust",
            "--generator",
            folder / "generator.pt",
            "--discriminator",
            elsewhere / "discriminator.pt",
            "--architecture",
            "torchscript",
        )
        self.run_well(*files, "--trace", "run.npz", "--class", 0)
        self.compare(
            numpy.load(self.folder / "run.npz"),
            generator,
            lambda image: discriminator(image * 255),
            torch.tensor([[1.0, 0.0]]),
        )

        manifest = json.loads((elsewhere / "model.json").read_text())
        manifest["image"]["size"] = 16
        (elsewhere / "model.json").write_text(json.dumps(manifest))
        self.run_badly(*files, mentions=["16", "generator.pt", "discriminator.pt"])
        self.run_badly(
            *files[:4],
            "--architecture",
            "torchscript,resnet",
            "--discriminator",
            MODEL / "discriminator.npz",
            mentions=["Only one"]
        )

    def test_no_manifest(self):
        folder = self.make(Paint(), Look())
        (folder / "model.json").unlink()
        self.run_badly(
            "refine",
            "--trust",
            "--architecture",
            "torchscript",
            "--generator",
            folder / "generator.pt",
            "--discriminator",
            folder / "discriminator.pt",
            mentions=["model.json", "generator.pt"],
        )

    def test_missing_file(self):
        folder = self.make(Paint(), Look())
        (folder / "discriminator.pt").unlink()
        self.run_badly("refine", "--model", folder, mentions=["generator.pt"])
        self.fails(folder, "discriminator.pt")


if __name__ == "__main__":
    main()
