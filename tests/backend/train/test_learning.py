# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""A small training of pictures learns: files of CIFAR-10's format, with ten kinds of shapes in colours of their own."""

import csv
import json

import numpy as np
import torch

from command import CommandTest, main

SIZE, KINDS, PICTURES = 32, 10, 200
FELL_TO = 1 / 3


class Look(torch.nn.Module):
    """Fixed random features of colours and edges."""

    def __init__(self):
        super().__init__()
        torch.manual_seed(1)
        self.near = torch.nn.Conv2d(3, 16, 5, 2, 2)
        self.far = torch.nn.Conv2d(16, 32, 5, 2, 2)
        self.name = torch.nn.Linear(32, KINDS)

    def forward(self, x):
        seen = torch.relu(self.far(torch.relu(self.near(x / 127.5 - 1))))
        features = seen.mean((2, 3))
        return features, self.name(features)


def draw(dice, kind):
    """A disc or a square of one colour anywhere on another."""
    y, x = np.mgrid[:SIZE, :SIZE]
    centre, radius = dice.uniform(10, 22, 2), dice.uniform(5, 9)
    distance = np.stack([np.abs(x - centre[0]), np.abs(y - centre[1])])
    inside = (distance.max(0) if kind % 2 else np.hypot(*distance)) < radius
    colours = np.random.default_rng(kind).uniform(0, 255, (2, 3)) + dice.normal(0, 12, (2, 3))
    picture = np.where(inside[..., None], colours[0], colours[1]) + dice.normal(0, 4, (SIZE, SIZE, 3))
    return picture.clip(0, 255).astype(np.uint8).transpose(2, 0, 1)


def write_set(folder):
    """Five files of training pictures and one of others, a byte of label before each picture's planes."""
    folder.mkdir()
    dice = np.random.default_rng(1)
    for name in [f"data_batch_{i}.bin" for i in range(1, 6)] + ["test_batch.bin"]:
        rows = [bytes([i % KINDS]) + draw(dice, i % KINDS).tobytes() for i in range(PICTURES)]
        (folder / name).write_bytes(b"".join(rows))


class LearningTest(CommandTest):

    def evaluate(self, weights):
        result = self.run_json(
            "evaluate",
            "--generator",
            weights / "generator.npz",
            "--discriminator",
            weights / "discriminator.npz",
            "--samples",
            500,
            "--updates",
            0,
            "--k-eff",
            1,
            "--metrics",
            "fid",
            "--features",
            self.folder / "look.pt",
            "--trust",
            "--against",
            self.folder / "cifar",
            "--device",
            "cpu",
        )
        return result["results"][0]["fid"]

    def test_fid_falls(self):
        write_set(self.folder / "cifar")
        torch.jit.script(Look().eval()).save(str(self.folder / "look.pt"))
        config = self.folder / "config.json"
        config.write_text(
            json.dumps(
                {
                    "id": "small",
                    "image_size": SIZE,
                    "latent_size": 16,
                    "labels": True,
                    "loss": "hinge",
                    "batch": 32,
                    "generator": {"width": 24, "rate": 5e-4},
                    "discriminator": {"width": 24, "rate": 1e-3},
                    "data": {"kind": "cifar-10", "path": "cifar"},
                    "precision": "float32",
                    "steps": 300,
                    "average": 0.95,
                    "every": {"log": 50, "checkpoint": 300, "evaluate": 150},
                    "evaluate": {"features": "look.pt", "samples": 500},
                }
            )
        )
        run = self.folder / "run"
        self.run_well("train", config, "--out", run, "--trust", "--device", "cpu", "--threads", "1")
        before, after = self.evaluate(run / "initial"), self.evaluate(run / "weights")
        with open(run / "log.csv", encoding="utf-8") as file:
            logged = [float(row["fid"]) for row in csv.DictReader(file) if row["fid"]]
        print(f"# FID {before:.4f} before, {logged} on the way, {after:.4f} after")
        self.assertLess(after, FELL_TO * before)
        self.assertLess(logged[-1], FELL_TO * before)


if __name__ == "__main__":
    main()
