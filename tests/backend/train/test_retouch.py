# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""A generator that learns to retouch its own pictures, held against PyTorch, and as a run."""

import os
import pathlib
import signal
import subprocess
import tempfile
import time

import numpy
import torch
from torch.nn import functional as F

import png
import twin
from command import CANCELLED, main
from random_pair import RandomPair
from test_twin import CLASSES, STEPS, make_batches
from training import TrainingTest

GRAIN, EDGES, SIDE = 0.3, 0.1, 0.2
RATE, WIDTH, SIZE = 2e-4, 5, 32


def shrink(detail, grain):
    """Wiener's filter, by the power in a window of 5×5."""
    power = F.avg_pool2d(F.pad(detail**2, (2, 2, 2, 2), mode="replicate"), 5, 1)
    return detail * (1 - grain**2 / (power + 1e-30)).clamp(min=0)


def without_grain(image):
    """Each of the four tilings of the plane by 2×2 pixels in Haar's basis; the mean of what they give."""
    basis = torch.tensor([[1, 1, 1, 1], [1, -1, 1, -1], [1, 1, -1, -1], [1, -1, -1, 1]]).double() / 2
    kernels = basis.view(4, 1, 2, 2)
    coefficients = F.conv2d(F.pad(image, (1, 1, 1, 1), mode="replicate"), kernels)
    mean, right, down, cross = coefficients.split(1, 1)
    changed = torch.cat([mean, shrink(right, EDGES), shrink(down, EDGES), shrink(cross, GRAIN)], 1)
    return F.conv_transpose2d(changed, kernels)[:, :, 1:-1, 1:-1] / 4


def smooth(images):
    """What the layers learn."""
    lightness = (images * torch.tensor([0.299, 0.587, 0.114]).double().view(1, 3, 1, 1)).sum(1, keepdim=True)
    row = torch.tensor([SIDE, 1 - 2 * SIDE, SIDE]).double()
    kernel = torch.outer(row, row).expand(3, 1, 3, 3)
    colours = F.conv2d(F.pad(images - lightness, (1, 1, 1, 1), mode="replicate"), kernel, groups=3)
    return (without_grain(lightness) + colours).clamp(-1, 1)


def make_generator():
    generator = dict(RandomPair(CLASSES).generator)
    dice = numpy.random.default_rng(9)
    for name, shape in ("c1", (WIDTH, 3, 3, 3)), ("c2", (3, WIDTH, 3, 3)):
        generator[f"retouch/{name}/W"] = dice.standard_normal(shape, numpy.float32) * numpy.float32(0.2)
        generator[f"retouch/{name}/b"] = dice.standard_normal(shape[0], numpy.float32) * numpy.float32(0.1)
    return generator


class TwinTest(TrainingTest):
    """Ten steps, in float64."""

    def twin(self, generator, batches):
        net = twin.Network(generator)
        losses = []
        for i in range(STEPS):
            z = torch.tensor(batches["generator_latents"][i]).double()
            y = torch.tensor(batches["fake_labels"][i]).long()
            net.begin(False, False, own=True)
            images = twin.sngan_generator(net, z, y)
            loss = ((images - smooth(net.painted)) ** 2).mean()
            net.step(loss, RATE, prefix="retouch/")
            losses.append(loss.item())
        return losses, {key: value.detach().numpy() for key, value in net.weights.items()}

    def test_twin(self):
        generator, batches = make_generator(), make_batches("sngan-projection")
        losses, weights = self.twin(generator, batches)
        with tempfile.TemporaryDirectory(prefix="dot-refine-") as name:
            folder = pathlib.Path(name)
            numpy.savez(folder / "generator.npz", **generator)
            numpy.savez(folder / "discriminator.npz", **RandomPair(CLASSES).discriminator)
            numpy.savez(folder / "batches.npz", **batches)
            words = ("sngan-projection", "retouch", "0", "0", "float64", name)
            subprocess.run([os.environ["DOT_TEST_TRAIN_STEPS"], *words], check=True, timeout=120)
            ours = numpy.loadtxt(folder / "figures.txt")
            with numpy.load(folder / "state.npz") as arrays:
                state = dict(arrays)
        numpy.testing.assert_allclose(ours, losses, rtol=1e-6)
        for key, value in weights.items():
            numpy.testing.assert_allclose(state[f"average/{key}"], value, rtol=1e-5, atol=1e-6, err_msg=key)
            moved = not numpy.array_equal(value.astype(numpy.float32), generator[key])
            self.assertEqual(moved, key.startswith("retouch/"), key)
            numpy.testing.assert_array_equal(state[f"generator/{key}"], generator[key], key)


class RunTest(TrainingTest):
    """A run whose generator is a file."""

    tiny = {
        "id": "tiny",
        "image_size": SIZE,
        "latent_size": 8,
        "labels": True,
        "generator": {"rate": 3e-3, "beta1": 0.9},
        "initial": {"generator": "pair/generator.npz", "discriminator": "pair/discriminator.npz"},
        "retouch": {"width": WIDTH, "grain": 0.3},
        "decay_from": 1,
        "batch": 4,
        "steps": 40,
        "finish": {"steps": 2},
        "precision": "float32",
        "seed": 3,
        "data": {"kind": "folder", "path": "real"},
        "every": {"log": 1, "checkpoint": 8, "samples": 16},
    }

    def setUp(self):
        super().setUp()
        RandomPair(CLASSES).save_npz(self.out / "pair")
        for i in range(6):
            path = self.out / "real" / "abc"[i % CLASSES] / f"{i}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(png.encode(numpy.full((SIZE, SIZE, 3), 40 * i, numpy.uint8)))

    def load(self, path):
        with numpy.load(self.out / path) as arrays:
            return dict(arrays)

    def test_run(self):
        """The loss falls; what painted before does so still; the model retouches."""
        self.run_well(*self.arguments(self.config()))
        rows = self.rows()
        losses = [float(row["generator_loss"]) for row in rows[:40]]
        self.assertLess(numpy.mean(losses[-5:]), 0.7 * numpy.mean(losses[:5]))
        for row in rows[:40]:
            self.assertEqual((row["discriminator_loss"], row["fake_score"]), ("", ""))
        for row in rows[40:]:
            self.assertEqual(row["generator_loss"], "")
            self.assertNotEqual(row["discriminator_loss"], "")
        before, after = self.load("pair/generator.npz"), self.load("run/weights/generator.npz")
        added = {f"retouch/{layer}/{name}" for layer in ("c1", "c2") for name in "Wb"}
        self.assertEqual(set(after) - set(before), added)
        for key in set(before) - {key for key in before if key.endswith("/N")}:
            numpy.testing.assert_array_equal(before[key], after[key], key)
        for key in added:
            self.assertTrue(after[key].any(), key)
        self.assertTrue((self.out / "run/tiny/model.json").exists())

    def ask(self, engine, precision):
        """The trace of a pair whose generator retouches."""
        trace = self.out / f"{engine}-{precision}.npz"
        self.run_well(
            "refine",
            *("--generator", self.out / "generator.npz", "--discriminator", self.out / "pair/discriminator.npz"),
            *("--architecture", "sngan-projection", "--device", "cpu", "--k-eff", 1, "--updates", 1),
            *("--latents", self.out / "z.npy", "--labels", self.out / "labels.npy"),
            *("--engine", engine, "--precision", precision, "--trace", trace),
        )
        with numpy.load(trace) as arrays:
            return dict(arrays)

    def test_engines(self):
        """Pictures, scores and gradients, and a twin's pictures."""
        generator = make_generator()
        numpy.savez(self.out / "generator.npz", **generator)
        z = numpy.random.default_rng(2).standard_normal((6, 8), numpy.float32)
        y = numpy.arange(6, dtype=numpy.int32) % CLASSES
        numpy.save(self.out / "z.npy", z)
        numpy.save(self.out / "labels.npy", y)
        net = twin.Network(generator)
        net.begin(False, False, own=True)
        images = twin.sngan_generator(net, torch.tensor(z).double(), torch.tensor(y).long()).detach().numpy()
        plain = net.painted.numpy()
        self.assertGreater(numpy.abs(images - plain).max(), 0.1)
        exact = self.ask("torch", "float64")
        numpy.testing.assert_allclose(exact["image"][0], images, atol=1e-6)
        for engine in "native", "torch":
            found = self.ask(engine, "float32")
            for key, bound in ("image", 1e-5), ("score", 1e-4), ("gradient", 1e-4):
                numpy.testing.assert_allclose(found[key][0], exact[key][0], rtol=bound, atol=bound, err_msg=key)

    def test_resume(self):
        """Bit for bit, from where it was stopped, whatever the intervals."""
        changes = {"steps": 200}
        self.run_well(*self.arguments(self.config(**changes), "whole"))
        for step in 20, 130:
            process = self.start(*self.arguments(self.config(**changes), "parts"))
            log = self.out / "parts/log.csv"
            end = time.monotonic() + 120
            while process.poll() is None and time.monotonic() < end:
                if log.exists() and f"\n{step}," in log.read_text():
                    break
                time.sleep(0.01)
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=60)
            self.assertIn(process.returncode, (CANCELLED, 0))
        self.run_well(*self.arguments(self.config(**changes), "parts"))
        self.assert_same("whole", "parts")

    def test_again(self):
        """A retouching that is there is learnt anew, not once more on top."""
        self.run_well(*self.arguments(self.config()))
        pair = {name: str(self.out / "run/weights" / f"{name}.npz") for name in ("generator", "discriminator")}
        self.run_well(*self.arguments(self.config(initial=pair, finish={}), "next"))
        first, second = self.load("run/weights/generator.npz"), self.load("next/weights/generator.npz")
        self.assertEqual(sorted(first), sorted(second))
        for key in first:
            numpy.testing.assert_array_equal(first[key], second[key], key)

    def test_bad_configurations(self):
        bad = [
            ({"retouch": {"width": 0}}, "retouch.width"),
            ({"retouch": {"grain": -1}}, "retouch.grain"),
            ({"retouch": {"edges": -1}}, "retouch.edges"),
            ({"retouch": {"colors": 1}}, "retouch.colors"),
            ({"retouch": {"colour": 0}}, "retouch.colour"),
            ({"initial": {}}, "initial"),
            ({"architecture": "dcgan", "labels": False}, "retouch"),
        ]
        for changes, mention in bad:
            with self.subTest(changes=changes):
                self.run_badly(*self.arguments(self.config(**changes)), mentions=[mention])


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
