# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Experiments, small: what they come to, that they go on where they were ended, and what they refuse."""

import csv
import json
import os
import pathlib
import signal
import time
import unittest

import numpy

import png
from command import CommandTest, USAGE, main
from random_pair import RandomPair

NATIVE = pathlib.Path(os.environ["DOT_REFINE_MODULE_DIR"]) / "dotrefine-native.so"
ENGINE = "--engine", "native", "--device", "cpu"
FILES = "csv", "json", "svg", "png"


def save_points_pair(folder, seed=0):
    """A random pair for points of the plane, as mlp has it."""
    random = numpy.random.default_rng(seed)

    def layers(**shapes):
        arrays = {}
        for name, (out, inputs) in shapes.items():
            arrays[f"{name}/W"] = random.standard_normal((out, inputs)).astype("f4") * (2 / inputs) ** 0.5
            arrays[f"{name}/b"] = random.standard_normal(out).astype("f4") * 0.1
        return {key: array.astype("f4") for key, array in arrays.items()}

    folder.mkdir()
    numpy.savez(folder / "g.npz", **layers(l0=(16, 2), l1=(16, 16), l2=(16, 16), l4=(2, 16)))
    numpy.savez(folder / "d.npz", **layers(l1=(16, 2), l2=(16, 16), l3=(16, 16), l4=(1, 16)))
    return "--generator", folder / "g.npz", "--discriminator", folder / "d.npz"


@unittest.skipUnless(NATIVE.exists(), "there is no native engine")
class ExperimentTest(CommandTest):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.points = save_points_pair(cls.folder / "points")
        cls.pictures = RandomPair().save_npz(cls.folder / "pictures")

    def work(self, name):
        return self.folder / f"{self.id()}-{name}"

    def experiment(self, name, *arguments):
        return self.run_json("experiment", name, *ENGINE, *arguments)

    def figure3(self, *arguments):
        return self.experiment("figure3", *self.points, "--points", 40, "--trials", 3, *arguments)

    def assert_same_folders(self, one, other):
        names = sorted(path.name for path in one.iterdir() if path.suffix in (".npz", ".csv", ".json", ".svg", ".png"))
        names.remove("work.json")
        self.assertGreater(len(names), 4)
        for name in names:
            self.assertEqual((one / name).read_bytes(), (other / name).read_bytes(), name)


class List(ExperimentTest):

    def test_without_a_name_they_are_listed(self):
        text = self.run_well("experiment")
        for name in "figure3", "figure5", "figure11":
            self.assertIn(name, text)
            self.assertIn("--work", self.run_well("experiment", name, "--help"))

    def test_an_unknown_one_is_answered_with_those_there_are(self):
        self.run_badly("experiment", "figure99", mentions=["figure99", "figure3", "figure11"])
        self.run_badly("experiment", "--work", "w", code=USAGE)
        self.run_badly("experiment", "figure3", "--shard", "1/2", code=USAGE, mentions=["--work"])


class Figure3(ExperimentTest):

    def rows(self, result):
        return {(row["data"], row["method"]): row for row in result["rows"]}

    def test_rows_are_the_emd_of_the_points_that_refine_makes(self):
        work = self.work("a")
        rows = self.rows(self.figure3("--work", work, "--seed", 5))
        self.assertEqual(
            list(rows), [("gaussians-25", method) for method in ("real", "G", "dot target", "naive target")]
        )
        with numpy.load(work / "1-gaussians-25-trial-00000.npz") as part:
            part = dict(part)
        self.check_points(part)
        self.check_emd(part)
        trials = [numpy.load(path)["dot target"][0] for path in sorted(work.glob("*trial*.npz"))]
        row = rows["gaussians-25", "dot target"]
        self.assertAlmostEqual(row["emd"], numpy.mean(trials), places=12)
        self.assertAlmostEqual(row["emd_sigma"], numpy.std(trials, ddof=1), places=12)
        self.assertEqual((row["paper"], row["paper_sigma"]), (0.052, 0.010))

    def check_points(self, part):
        """Those of the first trial, against refine's own trace; its K is the experiment's."""
        for method, name in ("dot", "dot target"), ("naive", "naive target"):
            trace = self.folder / "trace.npz"
            self.run_command("refine", *ENGINE, *self.points, "--architecture", "mlp", "--prior", "uniform", "--seed", 5,
                             "--count", 40, "--space", "target", "--method", method, "--updates", 100, "--trace", trace,
                             *(("--k-eff", repr(float(part["k_eff"][1]))) if method == "dot" else ()))  # fmt: skip
            images = numpy.load(trace)["image"].reshape(101, -1)
            numpy.testing.assert_array_equal(images[0], part["G points"])
            numpy.testing.assert_allclose(images[100], part[f"{name} points"], rtol=0, atol=1e-6)  # float32

    def check_emd(self, part):
        """By the program that compares any points."""
        numpy.save(self.folder / "real.npy", part["compared points"].reshape(-1, 2))
        for name in "real", "G", "dot target", "naive target":
            numpy.save(self.folder / "made.npy", part[f"{name} points"].reshape(-1, 2))
            emd = self.run_json("emd", self.folder / "real.npy", self.folder / "made.npy")["emd_squared"]
            self.assertAlmostEqual(emd, part[name][0], places=12)

    def test_all_methods_are_rows_and_panels(self):
        work = self.work("a")
        rows = self.rows(self.figure3("--all", "--trials", 1, "--work", work))
        self.assertEqual(len(rows), 17)
        for row in rows.values():
            self.assertGreater(row["emd"], 0)
            self.assertIsNone(row["emd_sigma"])
        self.assertEqual((work / "figure3.svg").read_text().count("<svg "), 1)
        width, height = png.size(work / "figure3.png")
        self.assertEqual(width, 2 * 4 * 300)
        self.assertGreater(height, 2 * 5 * 316)

    def test_the_same_command_gives_the_same_bits(self):
        one, other = self.work("a"), self.work("b")
        for work in one, other:
            self.figure3("--work", work)
        self.assert_same_folders(one, other)

    def test_a_killed_one_goes_on(self):
        whole, killed = self.work("a"), self.work("b")
        arguments = ["experiment", "figure3", *ENGINE, *self.points, "--points", 40, "--trials", 3, "--work"]
        self.run_command(*arguments, whole)
        process = self.start(*arguments, killed)
        while not (killed / "1-gaussians-25-trial-00000.npz").exists():
            time.sleep(0.001)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        made = (killed / "1-gaussians-25-trial-00000.npz").stat().st_mtime_ns
        self.run_well(*arguments, killed)
        self.assert_same_folders(whole, killed)
        self.assertEqual(made, (killed / "1-gaussians-25-trial-00000.npz").stat().st_mtime_ns)

    def test_shards_are_joined_to_the_same_bits(self):
        whole, cut = self.work("a"), self.work("b")
        arguments = ["experiment", "figure3", *ENGINE, *self.points, "--points", 40, "--trials", 3, "--work"]
        self.run_well(*arguments, whole)
        self.run_well(*arguments, cut, "--shard", "2/2")
        self.run_badly(*arguments, cut, mentions=["1/2", cut])
        self.run_well(*arguments, cut, "--shard", "1/2")
        self.run_well(*arguments, cut)
        self.assert_same_folders(whole, cut)

    def test_other_options_need_another_folder(self):
        work = self.work("a")
        self.figure3("--work", work)
        for other in ("--seed", 1), ("--trials", 2), ("--points", 41):
            self.run_badly("experiment", "figure3", *ENGINE, *self.points, "--points", 40, "--trials", 3, "--work", work,
                           *other, mentions=[work])  # fmt: skip

    def test_what_is_damaged_is_made_anew(self):
        work = self.work("a")
        first = self.figure3("--work", work)
        (work / "1-gaussians-25-trial-00001.npz").write_bytes(b"no")
        self.assertEqual(self.figure3("--work", work), first)

    def test_bad_pairs_are_refused(self):
        run = "experiment", "figure3", *ENGINE
        self.run_badly(*run, mentions=["figure3", "--generator"])
        self.run_badly(*run, *self.points[:2], mentions=["--discriminator"])
        self.run_badly(*run, *self.pictures, "--architecture", "sngan-projection", mentions=["gaussians-25.json"])
        self.run_badly(*run, "--generator", "none.npz", *self.points[2:], mentions=["none.npz"])
        self.run_badly(*run, *self.points, "--data", "moons", mentions=["moons"])
        self.run_badly(*run, *self.points, "--data", "swiss-roll", "--data", "swiss-roll", mentions=["--data"])
        self.run_badly(*run, *self.points, "--trials", "none", mentions=["--trials", "none"])
        self.run_badly(*run, *self.points, "--trials", 1.5, mentions=["--trials"])
        self.run_badly(*run, *self.points, "--seed", 2**31 - 2, mentions=["--seed"])


class Figure5(ExperimentTest):

    def test_rows_are_what_refine_makes(self):
        work = self.work("a")
        result = self.experiment(
            "figure5", *self.pictures, "--count", 2, "--updates", "4,0,2", "--seed", 3, "--work", work
        )
        self.assertEqual(
            [(row["seed"], row["updates"]) for row in result["rows"]], [(s, u) for s in (3, 4) for u in (0, 2, 4)]
        )
        for first, row in (0, result["rows"][:3]), (1, result["rows"][3:]):
            run = self.run_json(
                "refine", *ENGINE, *self.pictures, "--class", first, "--seed", 3 + first, "--updates", 4
            )
            for ours, update in zip(row, run["candidates"][0]["updates"][::2]):
                self.assertAlmostEqual(ours["score"], update["score"], places=12)
                self.assertAlmostEqual(ours["distance"], update["distance"], places=12)
        self.assertEqual(png.size(work / "figure5.png"), (2 * 3 * 144, 2 * 2 * 164))

    def test_points_are_no_pictures(self):
        self.run_badly("experiment", "figure5", *ENGINE, *self.points, "--architecture", "mlp", mentions=["figure5"])
        self.run_badly("experiment", "figure5", *ENGINE, *self.pictures, "--class", "unicorn", mentions=["unicorn"])


class Figure11(ExperimentTest):

    SMALL = "--samples", 4, "--batch", 4, "--rates", "0.01,0.1", "--updates", "0,3"

    def test_scores_are_the_mean_of_what_refine_makes(self):
        work = self.work("a")
        result = self.experiment("figure11", *self.pictures, *self.SMALL, "--work", work)
        rows = {(row["method"], row["rate"], row["updates"]): row["score"] for row in result["rows"] if row["rate"]}
        self.assertEqual(len(rows), 8)
        numpy.save(self.folder / "labels.npy", numpy.array([0.0, 1.0, 2.0, 0.0], "f4"))
        for method in "dot", "naive":
            run = self.run_json("refine", *ENGINE, *self.pictures, "--count", 4, "--labels", self.folder / "labels.npy",
                                "--method", method, "--optimizer", "sgd", "--step-size", 0.1, "--updates", 3)  # fmt: skip
            for update in 0, 3:
                mean = numpy.mean([candidate["updates"][update]["score"] for candidate in run["candidates"]])
                self.assertAlmostEqual(rows[method, 0.1, update], mean, places=5)
        for ending in FILES:
            self.assertTrue((work / f"figure11.{ending}").exists())
        with open(work / "figure11.csv", encoding="utf-8") as file:
            table = list(csv.DictReader(file))
        self.assertEqual(len(table), len(result["rows"]))
        self.assertEqual(json.loads((work / "figure11.json").read_text()), result)

    def test_real_pictures_need_a_network(self):
        self.run_badly(
            "experiment", "figure11", *ENGINE, *self.pictures, "--against", self.folder, mentions=["--features"]
        )
        self.run_badly("experiment", "figure11", *ENGINE, *self.pictures, "--features", "no.pt", mentions=["no.pt"])
        self.run_badly("experiment", "figure11", *ENGINE, *self.pictures, *self.pictures, mentions=["figure11"])
        self.run_badly(
            "experiment", "figure11", *ENGINE, *self.pictures, "--rates", "fast", mentions=["--rates", "fast"]
        )


if __name__ == "__main__":
    main()
