# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Inception score, FID and Lipschitz constants in a training's log."""

import csv
import re
import shutil
import signal
import time

import numpy as np
import torch

import numpy_metrics as twins
import png
from command import CANCELLED, main
from training import TrainingTest

SIZE, FEATURES, CLASSES, REAL = 32, 6, 5, 24
SIGMAS = "k_eff_sigma", "image_k_eff_sigma", "inception_score_sigma"
MEASURES = "inception_score", "inception_score_sigma", "fid"

TINY = {
    "id": "tiny",
    "image_size": SIZE,
    "latent_size": 4,
    "labels": True,
    "generator": {"width": 4},
    "discriminator": {"width": 4},
    "precision": "float32",
    "batch": 4,
    "steps": 4,
    "seed": 3,
    "data": {"kind": "folder", "path": "real"},
    "every": {"log": 1, "checkpoint": 2, "samples": 0, "evaluate": 2},
    "evaluate": {"features": "recorder.pt", "samples": 23},
}


class Recorder(torch.nn.Module):
    """A feature network that keeps what it sees, and what it says to that."""

    def __init__(self, folder: str):
        super().__init__()
        torch.manual_seed(1)
        self.folder = folder
        self.look = torch.nn.Linear(3 * 8 * 8, FEATURES)
        self.name = torch.nn.Linear(FEATURES, CLASSES)
        self.register_buffer("count", torch.zeros(1, dtype=torch.int64))

    def forward(self, x):
        small = torch.nn.functional.avg_pool2d(x, 4).flatten(1) / 255
        features = self.look(small)
        logits = self.name(features) * 5
        path = self.folder + "/" + str(int(self.count)) + ".pt"
        torch.save((x, features, torch.softmax(logits, 1)), path)
        self.count += 1
        return features, logits


class MeasuresTest(TrainingTest):
    tiny = TINY

    def setUp(self):
        super().setUp()
        self.seen = self.out / "seen"
        self.seen.mkdir()
        torch.jit.script(Recorder(str(self.seen)).eval()).save(str(self.out / "recorder.pt"))
        dice = np.random.default_rng(3)
        self.real = {}
        for i in range(REAL):
            small = dice.integers(0, 256, (4, 4, 3), np.uint8)
            name = f"{'ab'[i % 2]}/{i:02d}.png"
            self.real[name] = small.repeat(8, 0).repeat(8, 1)
            path = self.out / "real" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(png.encode(self.real[name]))

    def command(self, out="run", *more, **changes):
        return self.arguments(self.config(**changes), out, *more)

    def train(self, out="run", *more, **changes):
        self.run_well(*self.command(out, "--trust", *more, **changes))
        return self.rows(out)

    def recorded(self):
        """What the network was asked, in the order of asking."""
        paths = sorted(self.seen.iterdir(), key=lambda path: int(path.stem))
        return [tuple(part.double().numpy() for part in torch.load(path)) for path in paths]

    def assert_close(self, found, expected):
        self.assertLessEqual(abs(float(found) - expected), twins.RELATIVE * abs(expected), f"{found}, not {expected}")

    def test_columns(self):
        """Against NumPy on the pictures that were looked at."""
        rows = self.train()
        self.assertEqual([row["step"] for row in rows], list("1234"))
        for row in rows:
            due = int(row["step"]) % 2 == 0
            for key in MEASURES + SIGMAS + ("k_eff", "image_k_eff"):
                self.assertEqual(row[key] != "", due, key)

        *_, real, two, four = self.recorded()
        names = sorted(self.real)
        pixels = np.stack([self.real[name] for name in names]).transpose(0, 3, 1, 2)
        np.testing.assert_array_equal(real[0], pixels)
        self.assertFalse(np.array_equal(two[0], four[0]))
        for row, (made, features, probabilities) in zip(rows[1::2], (two, four)):
            self.assertEqual(made.shape, (23, 3, SIZE, SIZE))
            self.assert_close(row["fid"], twins.fid_by_features(real[1], features))
            score, sigma = twins.inception_score(probabilities)
            self.assert_close(row["inception_score"], score)
            self.assertLessEqual(abs(float(row["inception_score_sigma"]) - sigma), twins.RELATIVE * score)

    def test_against(self):
        """The same real pictures from elsewhere; those of the data aren't mirrored."""
        own = self.train("own", steps=2, data={"kind": "folder", "path": "real"})
        self.run_well(
            "statistics",
            self.out / "real",
            "--size",
            SIZE,
            "--features",
            self.out / "recorder.pt",
            "--trust",
            "--out",
            self.out / "real.npz",
        )
        for name in "real", "real.npz":
            evaluate = dict(TINY["evaluate"], against=name)
            rows = self.train(name + "-run", steps=2, evaluate=evaluate)
            self.assert_close(rows[1]["fid"], float(own[1]["fid"]))
        self.train("mirrored", steps=2, data=dict(TINY["data"], flip=True))
        real = [seen for seen in self.recorded() if len(seen[0]) == REAL]
        for seen in real:
            np.testing.assert_array_equal(seen[0], real[0][0])

    def test_features_option(self):
        self.assertEqual(self.train("none", evaluate={"samples": 23})[1]["fid"], "")
        rows = self.train("given", "--features", self.out / "recorder.pt", evaluate={"samples": 23})
        self.assertNotEqual(rows[1]["fid"], "")

    def test_deviations(self):
        """Trials differ, and by less than what they estimate."""
        row = self.train(steps=2)[1]
        for key in "k_eff", "image_k_eff":
            mean, sigma = float(row[key]), float(row[key + "_sigma"])
            self.assertGreater(sigma, 0)
            self.assertLess(sigma, mean)

    def test_interrupted(self):
        """In the middle of measuring: the step isn't lost, nor its row."""
        changes = {"evaluate": dict(TINY["evaluate"], samples=1500)}
        self.train("whole", **changes)
        shutil.rmtree(self.seen)
        self.seen.mkdir()
        process = self.start(*self.command("parts", "--trust", **changes))
        deadline = time.monotonic() + 60
        while process.poll() is None and len(list(self.seen.iterdir())) < 5:
            self.assertLess(time.monotonic(), deadline, "nothing was looked at")
            time.sleep(0.002)
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=60)
        self.assertEqual(process.returncode, CANCELLED, stderr)
        self.assertEqual([row["step"] for row in self.rows("parts")], ["1"])
        self.assertTrue((self.out / "parts/checkpoint-000000002.safetensors").exists())
        self.train("parts", **changes)
        self.assert_same("whole", "parts")

    def test_resume(self):
        """A run whose end was at a checkpoint, and that goes on from there."""
        self.train("whole")
        self.train("parts", "--steps", 2)
        self.train("parts")
        self.assert_same_log("whole", "parts")

    def refused(self, *mentions, trust=("--trust",), **changes):
        self.run_badly(*self.command("run", *trust, **changes), mentions=mentions)
        self.assertEqual(list((self.out / "run").glob("checkpoint-*")), [])

    def test_refused(self):
        """At the start, with one sentence."""
        self.refused("recorder.pt", "--trust", trust=())
        for wrong, mention in (
            ({"features": "absent.pt"}, "absent.pt"),
            ({"features": "recorder.pt", "against": "absent"}, "absent"),
            ({"features": "recorder.pt", "samples": 9}, "evaluate.samples"),
            ({"feature": "recorder.pt"}, "evaluate.feature"),
        ):
            self.refused(mention, evaluate=wrong)
        self.refused("recorder.pt", "every.evaluate", every={"checkpoint": 2})
        self.refused(
            "recorder.pt",
            "points",
            architecture="mlp",
            image_size=1,
            labels=False,
            data={"kind": "gaussians-25"},
        )
        np.savez(self.out / "small.npz", mu=np.zeros(3), sigma=np.eye(3))
        self.refused("small.npz", evaluate=dict(TINY["evaluate"], against="small.npz"))
        (self.out / "one").mkdir()
        shutil.copy(self.out / "real/a/00.png", self.out / "one")
        self.refused("1", evaluate=dict(TINY["evaluate"], against="one"))

    def test_data_may_move_but_not_change(self):
        changes = {"evaluate": {}, "steps": 2}
        self.train(**changes)
        shutil.copytree(self.out / "real", self.out / "moved")
        self.train("run", "--data", self.out / "moved", **changes)
        self.train(data={"path": "moved", "kind": "folder"}, **changes)
        for other in {"flip": True}, {"classes": ["b", "a"]}:
            self.run_badly(
                *self.command(data=dict(TINY["data"], **other), **changes),
                mentions=["another configuration"],
            )

    def test_curves(self):
        """A bar for each deviation."""
        self.train()
        log = self.out / "run/log.csv"
        bare = self.out / "bare.csv"
        rows = self.rows()
        with open(bare, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(dict(row, **dict.fromkeys(SIGMAS, "")) for row in rows)
        strokes = []
        for path in log, bare:
            drawn = path.with_suffix(".svg")
            self.run_well("curves", path, "-o", drawn)
            strokes.append(len(re.findall(r" d=\"[^\"]*[ML]", drawn.read_text())))
        self.assertGreater(strokes[0], strokes[1])


if __name__ == "__main__":
    main()
