# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""dot-refine train with several judges: what runs leave, how they go on, what is refused."""

import json
import os
import shutil
import signal
import time

import numpy

import feature_maps
import png
from command import CANCELLED, main
from training import TrainingTest

SIZE, REAL, CLASSES = 32, 24, 2
TEXTURE = {"plain": {}, "projected": {"features": "features.pt"}, "texture": {"weight": 2}}
COLUMNS = ["projected_" + name for name in ("discriminator_loss", "generator_loss", "real_score", "fake_score")]

TINY = {
    "id": "tiny",
    "image_size": SIZE,
    "latent_size": 4,
    "labels": True,
    "generator": {"width": 4},
    "discriminator": {"width": 4},
    "judges": {"plain": {}, "projected": {"features": "features.pt"}},
    "blur": {"sigma": 1.5, "pictures": 20},
    "augment": ["color", "cutout"],
    "precision": "float32",
    "batch": 4,
    "steps": 6,
    "finish": {"steps": 2},
    "mismatch": 0.5,
    "seed": 3,
    "data": {"kind": "folder", "path": "real"},
    "every": {"log": 1, "checkpoint": 2, "samples": 0},
}


class JudgesTest(TrainingTest):
    tiny = TINY

    def setUp(self):
        super().setUp()
        feature_maps.save(self.out / "features.pt")
        dice = numpy.random.default_rng(3)
        for i in range(REAL):
            small = dice.integers(0, 256, (4, 4, 3), numpy.uint8)
            path = self.out / "real" / f"{'ab'[i % CLASSES]}" / f"{i:02d}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(png.encode(small.repeat(8, 0).repeat(8, 1)))

    def command(self, out="run", *more, **changes):
        return self.arguments(self.config(**changes), out, "--trust", *more)

    def load(self, path):
        with numpy.load(self.out / path) as arrays:
            return dict(arrays)

    def assert_same_judge(self, one, other):
        self.assert_same(one, other)
        ours, others = (self.load(f"{out}/weights/projected.npz") for out in (one, other))
        self.assertEqual(sorted(ours), sorted(others))
        for key in ours:
            self.assertEqual(ours[key].tobytes(), others[key].tobytes(), key)

    def test_run(self):
        """Both judges learn, are logged and saved; nothing of the mixing moves."""
        self.run_well(*self.command())
        rows = self.rows()
        self.assertEqual([int(row["step"]) for row in rows], list(range(1, 9)))
        self.assertEqual(list(rows[0])[-5:], COLUMNS + ["seconds"])
        for row in rows:
            for key in COLUMNS:
                in_finish = int(row["step"]) > 6
                self.assertEqual(row[key] == "", in_finish and "generator" in key, key)
        before = self.load("run/initial/projected.npz")
        after = self.load("run/weights/projected.npz")
        self.assertEqual(sorted(before), sorted(after))
        for key in before:
            moved = not numpy.array_equal(before[key], after[key])
            self.assertEqual(moved, not key.startswith("mix/"), key)
        self.assertEqual(after["head0/emb/W"].shape[0], CLASSES)
        maps = [after[f"mix/ccm{i}"].shape[1] for i in range(4)]
        self.assertEqual(tuple(maps), feature_maps.CHANNELS)
        model = json.loads((self.out / "run/tiny/model.json").read_text())
        self.assertGreater(min(c for c in model["k_eff"]), 0)

    def test_relative_path(self):
        """Files lie beside the configuration, however that is named."""
        command = self.command()
        command = [os.path.relpath(part) if part == command[1] else part for part in command]
        self.run_well(*command)

    def test_curves(self):
        self.run_well(*self.command())
        self.run_well(*self.command("plain", judges={"plain": {}}))
        texts = []
        for out in "run", "plain":
            picture = self.out / f"{out}.svg"
            self.run_well("curves", self.out / out / "log.csv", "--output", picture)
            texts.append(picture.stat().st_size)
        self.assertGreater(texts[0], texts[1])

    def test_texture(self):
        """A column more, which falls where the weight is large; the generator alone is judged by it."""
        fast = {"width": 4, "rate": 2e-3}
        for weight in 1e-6, 100:
            judges = {"plain": {}, "texture": {"weight": weight}}
            self.run_well(
                *self.command(f"w{weight}", judges=judges, blur={}, steps=40, generator=fast, finish={"steps": 1})
            )
        light, heavy = ([row["texture_loss"] for row in self.rows(f"w{weight}")] for weight in (1e-6, 100))
        self.assertEqual(list(self.rows("w100")[0])[-2:], ["texture_loss", "seconds"])
        self.assertEqual((light[0], light[-1], heavy[-1]), (heavy[0], "", ""))
        light, heavy = (numpy.mean([float(v) for v in values[20:40]]) for values in (light, heavy))
        self.assertLess(heavy, 0.7 * light)

    def test_plain_alone(self):
        """Said or not said: the same numbers, and a log without the other's columns."""
        self.run_well(*self.command("said", judges={"plain": {"weight": 3}}))
        changes = dict(self.tiny)
        del changes["judges"]
        path = self.out / "config.json"
        path.write_text(json.dumps(changes))
        self.run_well(*self.arguments(path, "unsaid"))
        self.assert_same("said", "unsaid")
        self.assertNotIn(COLUMNS[0], self.rows("said")[0])

    def test_projected_alone(self):
        """The pair's own discriminator stays as it is, and has no figures."""
        self.run_well(*self.command(judges={"projected": {"features": "features.pt"}}))
        for row in self.rows():
            self.assertEqual((row["discriminator_loss"], row["generator_loss"]), ("", ""))
            self.assertNotEqual(row[COLUMNS[0]], "")
        self.assertNotEqual(self.rows()[1]["k_eff"], "")
        before = self.load("run/initial/discriminator.npz")
        after = self.load("run/weights/discriminator.npz")
        for key in after:
            numpy.testing.assert_array_equal(before[key], after[key], key)

    def test_refined(self):
        """A discriminator thinks better of pictures that were refined by itself; all of them differ then, or some."""
        for judges in {"plain": {}}, {"projected": {"features": "features.pt"}}:
            key = "projected_fake_score" if "projected" in judges else "fake_score"
            scores = []
            for i, refined in enumerate(({"share": 0}, {"updates": 3}, {"share": 1, "updates": 3})):
                finish = {"steps": 2, "refined": refined}
                self.run_well(*self.command(f"{key}-{i}", steps=2, judges=judges, finish=finish))
                scores.append([float(row[key]) for row in self.rows(f"{key}-{i}")])
            with self.subTest(judges=judges):
                self.assertEqual([s[:2] for s in scores], [scores[0][:2]] * 3)
                self.assertLess(scores[0][2], scores[1][2])
                self.assertLess(scores[1][2], scores[2][2])

    def test_cancelled_while_refining(self):
        """The last step that is in the log isn't lost."""
        finish = {"steps": 3000, "refined": {"share": 1, "updates": 50}}
        every = {"log": 1, "checkpoint": 100000, "samples": 0}
        process = self.start(*self.command(steps=1, finish=finish, every=every))
        log = self.out / "run/log.csv"
        end = time.monotonic() + 120
        while not (log.exists() and "\n4," in log.read_text()):
            self.assertLess(time.monotonic(), end, "nothing happens")
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        self.assertEqual(process.returncode, CANCELLED)
        last = int(self.rows()[-1]["step"])
        self.assertTrue((self.out / f"run/checkpoint-{last:09d}.safetensors").exists())

    def test_resume(self):
        """Bit for bit, from every checkpoint and from interruptions."""
        finish = {"steps": 6, "decay": True, "refined": {"updates": 2}}
        changes = {"steps": 20, "n_dis": 2, "finish": finish, "judges": TEXTURE}
        self.run_well(*self.command("whole", **changes))
        self.assertEqual(list(self.rows("whole")[0])[-6:], COLUMNS + ["texture_loss", "seconds"])
        for step in 3, 9, 22:
            process = self.start(*self.command("parts", **changes))
            log = self.out / "parts/log.csv"
            began = time.monotonic()
            while process.poll() is None and time.monotonic() < began + 120:
                if log.exists() and f"\n{step}," in log.read_text():
                    break
                time.sleep(0.01)
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=60)
            self.assertIn(process.returncode, (CANCELLED, 0))
        self.run_well(*self.command("parts", **changes))
        self.assert_same_judge("whole", "parts")

    def test_older_checkpoint(self):
        """One that doesn't know of judges, or not of texture, goes on to the same numbers."""
        changes = {"steps": 4, "finish": {}}
        self.run_well(*self.command("whole", **changes))
        self.run_well(*self.command("older", **changes))
        path = self.out / "older/checkpoint-000000002.safetensors"
        kept = path.read_bytes()
        for name in b"run/state-of-judges", b"run/state-of-texture":
            self.assertEqual(kept.count(name), 1)
            kept = kept.replace(name, b"run/unknown".ljust(len(name), b"-"))
        path.write_bytes(kept)
        for left in "checkpoint-000000004.safetensors", "weights", "tiny":
            left = self.out / "older" / left
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        self.run_well(*self.command("older", **changes))
        self.assert_same_judge("whole", "older")

    def test_kill(self):
        changes = {"steps": 20}
        self.run_well(*self.command("whole", **changes))
        for seconds in 1.5, 2, 2.5:
            process = self.start(*self.command("parts", **changes))
            time.sleep(seconds)
            process.kill()
            process.communicate(timeout=60)
        self.run_well(*self.command("parts", **changes))
        self.assert_same_judge("whole", "parts")

    def test_from_files(self):
        """Another run goes on from the three files."""
        self.run_well(*self.command())
        files = {name: self.out / "run/weights" / f"{name}.npz" for name in ("generator", "discriminator", "projected")}
        texts = {name: str(path) for name, path in files.items()}
        self.run_well(*self.command("next", initial=texts))
        for name, path in files.items():
            copy = self.out / "next/initial" / f"{name}.npz"
            self.assertEqual(copy.read_bytes(), path.read_bytes(), name)
        self.run_badly(
            *self.command("third", initial=dict(texts, projected=texts["discriminator"])),
            mentions=["projected.npz", "mix/"],
        )

    def test_moved_features(self):
        """A run knows its feature network by what is in it."""
        self.run_well(*self.command(steps=2, finish={}))
        shutil.move(self.out / "features.pt", self.out / "moved.pt")
        moved = {"plain": {}, "projected": {"features": "moved.pt"}}
        self.run_well(*self.command(steps=4, finish={}, judges=moved))
        self.assertEqual(len(self.rows()), 4)
        feature_maps.torch.manual_seed(1)
        other = feature_maps.Maps()
        with feature_maps.torch.no_grad():
            other.first.weight += 0.1
        feature_maps.torch.jit.script(other).save(str(self.out / "moved.pt"))
        self.run_badly(*self.command(steps=6, finish={}, judges=moved), mentions=["another configuration"])

    def test_trust(self):
        self.run_badly(*self.arguments(self.config()), mentions=["features.pt", "--trust"])

    def test_bad_feature_networks(self):
        feature_maps.save(self.out / "three.pt", 3)
        (self.out / "text.pt").write_text("none")
        for name, mention in ("three.pt", "4 maps"), ("text.pt", "torch.jit.save()"), ("no.pt", "no.pt"):
            with self.subTest(name=name):
                judges = {"projected": {"features": name}}
                self.run_badly(*self.command(judges=judges), mentions=[name, mention])

    def test_bad_configurations(self):
        projected = {"features": "features.pt"}
        bad = [
            ({"labels": False, "mismatch": 1}, "mismatch"),
            ({"labels": False, "mismatch": 0, "finish": {"mismatch": 1}}, "finish.mismatch"),
            ({"mismatch": -1}, "mismatch"),
            ({"finish": {"steps": 1, "refined": {"share": 2}}}, "finish.refined.share"),
            ({"finish": {"steps": 1, "refined": {"updates": 0}}}, "finish.refined.updates"),
            ({"finish": {"steps": 1, "refined": {"step": 1}}}, "finish.refined.step"),
            ({"judges": []}, "judges"),
            ({"judges": {}}, "judges"),
            ({"judges": {"plain": {"weight": 0}}}, "judges"),
            ({"judges": {"plain": {"weight": -1}}}, "judges.plain.weight"),
            ({"judges": {"plane": {}}}, "judges.plane"),
            ({"judges": {"texture": {}}}, "judges"),
            ({"judges": {"plain": {}, "texture": {"weight": -1}}}, "judges.texture.weight"),
            ({"judges": {"plain": {}, "texture": {"wait": 1}}}, "judges.texture.wait"),
            ({"judges": {"projected": {}}}, "judges.projected.features"),
            ({"judges": {"projected": dict(projected, weight=0)}}, "judges.projected.weight"),
            ({"judges": {"projected": dict(projected, wait=1)}}, "judges.projected.wait"),
            ({"judges": {"projected": dict(projected, side=-1)}}, "judges.projected.side"),
            ({"blur": {"sigma": 2}}, "blur.pictures"),
            ({"blur": {"sigma": -1, "pictures": 5}}, "blur.sigma"),
            ({"blur": {"pictures": 0}}, "blur.pictures"),
            (
                {"judges": {}, "initial": {"generator": "g", "discriminator": "d"}},
                "judges",
            ),
            (
                {
                    "judges": {"plain": {}},
                    "initial": {"generator": "g", "discriminator": "d", "projected": "p"},
                },
                "initial.projected",
            ),
        ]
        points = {"architecture": "mlp", "image_size": 1, "labels": False, "augment": [], "mismatch": 0}
        bad += [
            (dict(points), "blur"),
            (dict(points, blur={}), "judges.projected"),
            (dict(points, blur={}, judges={"plain": {}, "texture": {}}), "judges.texture"),
        ]
        for changes, mention in bad:
            with self.subTest(changes=changes):
                self.run_badly(*self.command(**changes), mentions=[mention])


if __name__ == "__main__":
    main()
