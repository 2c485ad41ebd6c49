# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""dot-refine train: runs that end, that are interrupted, killed, or go wrong."""

import json
import random
import shutil
import signal
import struct
import time

import numpy

import command
from command import CANCELLED, USAGE
from training import TrainingTest

TINY = {
    "id": "tiny",
    "architecture": "mlp",
    "loss": "wgan",
    "data": {"kind": "gaussians-25"},
    "generator": {"width": 32},
    "discriminator": {"width": 32},
    "precision": "float32",
    "batch": 32,
    "n_dis": 2,
    "steps": 40,
    "seed": 3,
    "every": {"log": 5, "checkpoint": 10, "samples": 20},
}


def generate(path):
    """2000 points of an mlp generator's."""
    with numpy.load(path) as arrays:
        x = numpy.random.default_rng(1).uniform(-1, 1, (2000, 2))
        for layer in "l0", "l1", "l2", "l4":
            x = x @ arrays[layer + "/W"].T + arrays[layer + "/b"]
            x = x if layer == "l4" else numpy.where(x > 0, x, 0.2 * x)
    return x


def energy_distance(points):
    """Of points and the swiss roll; 0 for the same distribution."""
    random = numpy.random.default_rng(2)
    t = 1.5 * numpy.pi * (1 + 2 * random.uniform(size=len(points)))
    roll = numpy.stack([t * numpy.cos(t), t * numpy.sin(t)], 1)
    roll = (roll + 0.25 * random.standard_normal(roll.shape)) / 7.5

    def mean_distance(a, b):
        return numpy.hypot(*(a[:, None] - b[None]).transpose(2, 0, 1)).mean()

    return 2 * mean_distance(points, roll) - mean_distance(points, points) - mean_distance(roll, roll)


class TrainTest(TrainingTest):
    tiny = TINY

    def test_run(self):
        result = self.run_json(*self.arguments(self.config(finish={"steps": 10})))
        self.assertEqual((result["step"], result["resumed"]), (50, 0))
        rows = self.rows()
        self.assertEqual([int(row["step"]) for row in rows], list(range(5, 55, 5)))
        self.assertTrue(all(float(row["slope"]) > 0 for row in rows))
        self.assertGreater(float(rows[1]["k_eff"]), 0)
        self.assertEqual(rows[-1]["generator_loss"], "")
        self.assertEqual(
            sorted(path.name for path in (self.out / "run/samples").iterdir()),
            ["000000020.png", "000000040.png"],
        )
        self.assertEqual(len(list((self.out / "run").glob("checkpoint-*"))), 2)
        model = json.loads((self.out / "run/tiny/model.json").read_text())
        self.assertGreater(model["k_eff"][0], 0)
        self.run_well(
            "refine",
            "--generator",
            self.out / "run/weights/generator.npz",
            "--discriminator",
            self.out / "run/weights/discriminator.npz",
            "--architecture",
            "mlp",
            "--prior",
            "uniform",
            "--updates",
            "1",
            "--json",
            "--trace",
            self.out / "trace.npz",
        )

    def test_weights_of_steps(self):
        """They stay, the last ones are what is saved, and Figure 2 reads the steps in their names."""
        self.run_json(*self.arguments(self.config(every=dict(TINY["every"], weights=20))))
        weights = self.out / "run/weights"
        folders = sorted(path for path in weights.iterdir() if path.is_dir())
        self.assertEqual([folder.name for folder in folders], ["000000020", "000000040"])
        for name in "generator.npz", "discriminator.npz":
            with numpy.load(folders[1] / name) as kept, numpy.load(weights / name) as last:
                self.assertEqual(sorted(kept), sorted(last))
                for key in kept:
                    self.assertEqual(kept[key].tobytes(), last[key].tobytes(), key)
        pairs = []
        for folder in folders:
            pairs += ["--generator", folder / "generator.npz", "--discriminator", folder / "discriminator.npz"]
        how = "--architecture", "mlp", "--prior", "uniform", "--device", "cpu", "--samples", 10, "--trials", 2
        found = self.run_json("experiment", "figure2", *pairs, *how)["rows"]
        self.assertEqual([row["step"] for row in found], [20, 40])
        self.assertTrue(all(row[key] > 0 for row in found for key in ("k_eff", "image_k_eff", "k_eff_sigma")))

    def test_resume(self):
        config = self.config(finish={"steps": 10})
        self.run_well(*self.arguments(config, "whole"))
        for step in 17, 40, 45:
            self.interrupt_at(config, step)
        self.run_well(*self.arguments(config, "parts"))
        self.assert_same("whole", "parts")

    def interrupt_at(self, config, step):
        """Interrupts a run somewhere behind a step, once it has written to
        the log itself: rows may be there from the run before."""
        log = self.out / "parts" / "log.csv"
        before = log.stat().st_mtime_ns if log.exists() else 0
        process = self.start(*self.arguments(config, "parts"))
        while process.poll() is None and not (
            log.exists() and log.stat().st_mtime_ns > before and f"\n{step // 5 * 5}," in log.read_text()
        ):
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        self.assertIn(process.returncode, (CANCELLED, 0))

    def test_longer(self):
        """A run that has ended and goes on makes its model anew; one that hasn't anything to do leaves it."""
        self.run_well(*self.arguments(self.config(steps=20, finish={}), "whole"))
        self.run_well(*self.arguments(self.config(steps=10, finish={})))
        first = (self.out / "run/tiny/model.json").read_bytes()
        self.run_well(*self.arguments(self.config(steps=20, finish={})))
        self.assert_same("whole", "run")
        models = [self.out / name / "tiny" for name in ("whole", "run")]
        self.assertEqual(*[sorted(path.name for path in model.iterdir()) for model in models])
        for path in models[0].iterdir():
            self.assertEqual(path.read_bytes(), (models[1] / path.name).read_bytes(), path.name)
        self.assertNotEqual((models[1] / "model.json").read_bytes(), first)
        self.assertEqual([path.name for path in (self.out / "run").glob(".*") if path.is_dir()], [])
        times = [path.stat().st_mtime_ns for path in models[1].iterdir()]
        self.run_well(*self.arguments(self.config(steps=20, finish={})))
        self.assertEqual([path.stat().st_mtime_ns for path in models[1].iterdir()], times)

        # Who is stopped before the new model is there makes it the next time.
        (models[1] / "outdated").touch()
        (models[1] / "model.json").write_bytes(first)
        self.run_well(*self.arguments(self.config(steps=20, finish={})))
        self.assertEqual(*[(model / "model.json").read_bytes() for model in models])
        self.assertFalse((models[1] / "outdated").exists())
        self.run_well(*self.arguments(self.config(steps=20, finish={"steps": 1})))
        self.assertNotEqual(*[(model / "model.json").read_bytes() for model in models])

    def test_kill(self):
        config = self.config()
        self.run_well(*self.arguments(config, "whole"))
        dice = random.Random(1)
        for _ in range(6):
            process = self.start(*self.arguments(config, "parts"))
            time.sleep(dice.uniform(0.3, 1.5))
            process.kill()
            process.communicate(timeout=60)
        self.run_well(*self.arguments(config, "parts"))
        self.assert_same("whole", "parts")
        left = [path.name for path in (self.out / "parts").glob("checkpoint-*.safetensors.*")]
        self.assertEqual(left, [])

    def test_learns(self):
        """The made points come near the real ones, by the energy distance."""
        config = self.config(
            steps=1500,
            n_dis=5,
            average=0.98,
            batch=128,
            generator={"width": 64, "rate": 1e-3},
            discriminator={"width": 64, "rate": 1e-3},
            data={"kind": "swiss-roll"},
            every={"log": 500, "checkpoint": 500, "samples": 0},
        )
        self.run_well(*self.arguments(config))
        before = energy_distance(generate(self.out / "run/initial/generator.npz"))
        after = energy_distance(generate(self.out / "run/weights/generator.npz"))
        self.assertLess(after, 0.2 * before)

    def test_not_finite(self):
        """Weights so large that scores overflow: the checkpoint they are in stays."""
        config = self.config(steps=10)
        self.run_well(*self.arguments(config))
        path = self.out / "run/checkpoint-000000010.safetensors"
        data = path.read_bytes()
        (length,) = struct.unpack("<Q", data[:8])
        begin, end = json.loads(data[8 : 8 + length])["discriminator/l1/W"]["data_offsets"]
        huge = numpy.full((end - begin) // 4, 1e30, "<f4").tobytes()
        data = data[: 8 + length + begin] + huge + data[8 + length + end :]
        path.write_bytes(data)
        self.run_badly(*self.arguments(self.config(steps=20)), mentions=["step 11", path.name, "--precision"])
        self.assertEqual(path.read_bytes(), data)
        self.assertEqual(len(self.rows()), 2)

    def test_full_disk(self):
        with self.small_disk() as folder:
            self.run_badly(*self.arguments(self.config(), folder / "run"), mentions=[folder])

    def test_other_configuration(self):
        self.run_well(*self.arguments(self.config(steps=5)))
        self.run_badly(
            *self.arguments(self.config(steps=5, batch=16)),
            mentions=["another configuration", "--out"],
        )

    def test_damaged_checkpoint(self):
        self.run_well(*self.arguments(self.config(steps=5)))
        path = next((self.out / "run").glob("checkpoint-*.safetensors"))
        path.write_bytes(path.read_bytes()[:1000])
        shutil.rmtree(self.out / "run/tiny")
        self.run_badly(*self.arguments(self.config(steps=5)), mentions=[path.name])

    def test_bad_configurations(self):
        bad = [
            ({"stpes": 4}, "stpes"),
            ({"loss": "mse"}, "hinge"),
            ({"steps": -1}, "steps"),
            ({"steps": 0}, "steps"),
            ({"batch": 0}, "batch"),
            ({"batch": "many"}, "batch"),
            ({"penalty": "much"}, "penalty"),
            ({"generator": 4}, "generator"),
            ({"generator": {"rates": 1}}, "generator.rates"),
            ({"average": 1.5}, "average"),
            ({"augment": ["colour"]}, "augment"),
            ({"augment": "color"}, "augment"),
            ({"initial": {"generator": "g.npz"}}, "initial.discriminator"),
            ({"image_size": 32}, "image_size"),
            ({"architecture": "stylegan"}, "stylegan"),
            ({"architecture": "projected"}, "architecture"),
            ({"decay_from": 100}, "decay_from"),
            ({"attention": True}, "attention"),
            ({"data": {"kind": "mnist"}}, "mnist"),
            ({"data": {"flip": 1}}, "data.flip"),
        ]
        for changes, mention in bad:
            with self.subTest(changes=changes):
                self.run_badly(*self.arguments(self.config(**changes)), mentions=[mention])

    def test_bad_files(self):
        config = self.out / "bad.json"
        for text in "", "{", "[]", "1":
            config.write_text(text)
            self.run_badly(*self.arguments(config), mentions=[config])
        self.run_badly(*self.arguments(self.out / "none.json"), mentions=["none.json"])
        self.run_command("train", code=USAGE)

    def test_shipped_configurations(self):
        """Each is read; those of the plane, which need no files, make a step."""
        for path in sorted((command.SOURCE / "models" / "train").glob("*.json")):
            with self.subTest(name=path.name):
                if '"mlp"' in path.read_text():
                    self.run_well(*self.arguments(path, path.stem, "--steps", "1"))
                    continue
                self.run_badly(
                    *self.arguments(path, path.stem, "--data", self.out / "nothing"),
                    mentions=["nothing"],
                )


if __name__ == "__main__":
    command.main()
