# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Table 1, 2, 3 and 7, Figure 2 and the comparison of methods, on tiny random pairs.

What each says is what dot-refine evaluate says of the same pair and options, digit for digit."""

import csv
import json
import os
import pathlib
import signal
import time
import unittest

import numpy
import torch

import png
from command import CommandTest, main
from random_pair import CLASSES, RandomPair, files

NATIVE = pathlib.Path(os.environ["DOT_REFINE_MODULE_DIR"]) / "dotrefine-native.so"
SIZE, SAMPLES = 32, 12
ENGINE = "--engine", "native", "--device", "cpu"
NETWORKS = "first.pt", "second.pt"
LOOK = *(word for name in NETWORKS for word in ("--features", name)), "--trust", "--against", "real"
SMALL = "--samples", SAMPLES, "--batch", 5
PAPER = "--optimizer", "sgd", "--projection", "paper"
SPEEDS = ("seconds",)  # which no two runs have in common


class Judge(torch.nn.Module):
    """Features and logits of a picture's colours in a few places."""

    def __init__(self, features, classes, seed):
        super().__init__()
        torch.manual_seed(seed)
        self.look = torch.nn.Linear(3 * 4 * 4, features)
        self.name = torch.nn.Linear(features, classes)

    def forward(self, x):
        features = torch.relu(self.look(torch.nn.functional.avg_pool2d(x, 8).flatten(1) / 255))
        return features, self.name(features) * 5


def other_pair(seed):
    """Another pair of the same layout."""
    pair = RandomPair()
    random = numpy.random.default_rng(seed)
    for arrays in pair.generator, pair.discriminator:
        for key in arrays:
            if key.endswith("/W"):
                arrays[key] = arrays[key] + numpy.float32(0.2) * random.standard_normal(
                    arrays[key].shape, numpy.float32
                )
    return pair


def perceptrons(scale):
    """A pair of the plane, whose scores are as large as one likes."""
    random = numpy.random.default_rng(2)

    def layers(names, sizes):
        arrays = {}
        for name, inputs, out in zip(names, sizes, sizes[1:]):
            arrays[f"{name}/W"] = random.standard_normal((out, inputs)).astype("f4")
            arrays[f"{name}/b"] = numpy.zeros(out, "f4")
        return arrays

    generator = layers(["l0", "l1", "l2", "l4"], [2, 8, 8, 8, 2])
    discriminator = layers(["l1", "l2", "l3", "l4"], [2, 8, 8, 8, 1])
    discriminator["l4/W"] *= numpy.float32(scale)
    return generator, discriminator


def without_speeds(rows):
    return [{key: value for key, value in row.items() if key not in SPEEDS} for row in rows]


@unittest.skipUnless(NATIVE.exists(), "there is no native engine")
class TablesTest(CommandTest):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for name, judge in zip(NETWORKS, [Judge(6, 5, 1), Judge(4, 3, 2)]):
            torch.jit.script(judge.eval()).save(str(cls.folder / name))
        random = numpy.random.default_rng(3)
        for i in range(20):
            path = cls.folder / "real" / f"{i}.png"
            path.parent.mkdir(exist_ok=True)
            small = random.integers(0, 256, (4, 4, 3), numpy.uint8)
            path.write_bytes(png.encode(small.repeat(8, 0).repeat(8, 1)))
        cls.pairs = []
        for i, pair in enumerate([RandomPair(), other_pair(7)]):
            pair.save_npz(cls.folder / f"pair{i}")
            cls.pairs.append([f"pair{i}/generator.npz", f"pair{i}/discriminator.npz"])
        rows = [(label, 0.5 + random.standard_normal()) for label in range(CLASSES) for _ in range(60)]
        numpy.save(cls.folder / "real.npy", numpy.array(rows))

    def pair(self, generator=0, discriminator=None):
        files = self.pairs[generator][0], self.pairs[generator if discriminator is None else discriminator][1]
        return "--generator", files[0], "--discriminator", files[1]

    def calibrate(self, pair=0, **changes):
        self.run_command("calibrate", *ENGINE, *self.pair(pair), "--real-scores", "real.npy", **changes)

    def experiment(self, name, *arguments, **changes):
        return self.run_json("experiment", name, *ENGINE, *arguments, **changes)

    def evaluate(self, *arguments, metrics="fid,is,pr"):
        """The rows of each network, by updates."""
        found = self.run_json("evaluate", *ENGINE, *LOOK, "--metrics", metrics, *arguments)
        return [{row["updates"]: row for row in block["results"]} for block in found["networks"]]

    def ours(self, found):
        return [row for row in found["rows"] if row.get("source", "ours") == "ours"]

    def assert_scores(self, row, expected, keys=("fid",)):
        """Digit for digit."""
        for key in keys:
            self.assertEqual(row[key], expected[key], key)
        self.assertEqual(row["is"], expected["inception_score"])
        self.assertEqual(row["is_sigma"], expected["inception_score_deviation"])


class Tables(TablesTest):

    def test_table1(self):
        found = self.experiment("table1", *self.pair(0), *self.pair(1), *LOOK, *SMALL, "--updates", 2, "--output", "t1")
        rows = self.ours(found)
        self.assertEqual(len(rows), 2 * 2 * 2)
        for i, (generator, _) in enumerate(self.pairs):
            expected = self.evaluate(*self.pair(i), *PAPER, *SMALL, "--updates", "0,2")
            for method, updates in ("bare", 0), ("dot", 2):
                for j, network in enumerate(NETWORKS):
                    row = rows.pop(0)
                    self.assertEqual((row["what"], row["network"], row["method"]), (generator, network, method))
                    self.assertEqual((row["updates"], row["data"]), (updates, "real"))
                    self.assert_scores(row, expected[j][updates])
        papers = [row for row in found["rows"] if row["source"] == "paper"]
        self.assertEqual(len(papers), 24)
        self.assertEqual(
            {key: papers[1][key] for key in ("what", "data", "method", "is", "is_sigma", "fid", "updates")},
            {
                "what": "DCGAN WGAN-GP",
                "data": "CIFAR-10",
                "method": "dot",
                "is": 7.45,
                "is_sigma": 0.05,
                "fid": 24.14,
                "updates": None,
            },
        )
        with open(self.folder / "t1/table1.csv", encoding="utf-8", newline="") as file:
            table = list(csv.DictReader(file))
        self.assertEqual(len(table), len(found["rows"]))
        self.assertEqual(float(table[0]["fid"]), found["rows"][0]["fid"])
        self.assertEqual(json.loads((self.folder / "t1/table1.json").read_text()), found)
        self.assertIn(b"<svg", (self.folder / "t1/table1.svg").read_bytes())
        self.assertEqual((self.folder / "t1/table1.png").read_bytes()[1:4], b"PNG")

    def test_table2(self):
        discriminators = [word for _, d in self.pairs for word in ("--discriminator", d)]
        found = self.experiment(
            "table2", "--generator", self.pairs[0][0], *discriminators, *LOOK, *SMALL, "--updates", 2
        )
        rows = self.ours(found)
        expected = [self.evaluate(*self.pair(0, d), *PAPER, *SMALL, "--updates", "0,2") for d in range(2)]
        for j in range(2):
            self.assert_scores(rows[j], expected[0][j][0])
            self.assertEqual(rows[j]["method"], "bare")
            for d in range(2):
                row = rows[2 + 2 * d + j]
                self.assertEqual((row["what"], row["method"], row["updates"]), (self.pairs[d][1], "dot", 2))
                self.assert_scores(row, expected[d][j][2])
        self.assertEqual(len(rows), 6)
        self.assertEqual(sum(row["source"] == "paper" for row in found["rows"]), 6)

    def test_table3(self):
        found = self.experiment("table3", *self.pair(), *LOOK, *SMALL, "--updates", "0,1,3", "--seed", 5)
        rows = self.ours(found)
        settings = [("k_eff 1, trial 1", 1, 0), ("k_eff 1, trial 2", 1, 1)]
        settings += [("k_eff estimated, trial 3", "auto", 0), ("k_eff estimated, trial 4", "auto", 1)]
        for name, k_eff, trial in settings:
            how = "--k-eff", k_eff, "--projection", "paper", "--seed", 5 + trial * SAMPLES
            expected = self.evaluate(*self.pair(), *SMALL, *how, "--updates", "0,1,3")
            for updates in 0, 1, 3:
                for j in range(2):
                    row = rows.pop(0)
                    self.assertEqual((row["what"], row["updates"]), (name, updates))
                    self.assert_scores(row, expected[j][updates])
        self.assertEqual(rows, [])
        papers = {row["what"] for row in found["rows"]}
        self.assertEqual(papers, {name for name, _, _ in settings})

    def test_table7(self):
        self.calibrate()
        found = self.experiment("table7", *self.pair(), *LOOK, *SMALL, "--updates", 2, "--proposals", 6)
        rows = self.ours(found)
        dot = self.evaluate(*self.pair(), *PAPER, *SMALL, "--updates", "0,2")
        mh = self.evaluate(*self.pair(), "--method", "mh", "--proposals", 6, *SMALL, "--updates", 1)
        for j in range(2):
            self.assert_scores(rows[j], dot[j][0])
            self.assert_scores(rows[2 + j], dot[j][2])
            self.assert_scores(rows[4 + j], mh[j][1])
            self.assertEqual((rows[4 + j]["method"], rows[4 + j]["updates"]), ("mh", 6))
        self.assertEqual(len(rows), 6)
        self.assertEqual(sum(row["source"] == "paper" for row in found["rows"]), 20 + 24)

    def test_without_networks(self):
        """Then there is nothing to compare by, which is shown and is no failure."""
        [row, _] = self.ours(self.experiment("table1", *self.pair(), *SMALL, "--updates", 1))
        self.assertEqual((row["network"], row["is"], row["fid"]), ("–", None, None))


class Methods(TablesTest):

    ROWS = {
        "dot": ("--updates", 4),
        "dot projection=none k-eff=1": ("--updates", 4, "--projection", "none", "--k-eff", 1),
        "dot optimizer=sgd precision=bfloat16": ("--updates", 4, "--optimizer", "sgd", "--precision", "bfloat16"),
        "dgflow noise=0.5": ("--method", "dgflow", "--updates", 4, "--noise", 0.5),
        "ex2mcmc particles=2 moves=1": ("--method=ex2mcmc", "--updates", 1, "--particles", 2, "--moves", 1),
        "rep updates=3": ("--method", "rep", "--updates", 3),
        "mh": ("--method", "mh", "--updates", 1, "--proposals", 8),
        "drs pilots=60": ("--method", "drs", "--updates", 1, "--proposals", 8, "--pilots", 60),
        "obrs pilots=60": (
            *("--method", "obrs", "--updates", 1, "--proposals", 160, "--pilots", 60),
            *("--budget", 0.125),
        ),
    }
    # Of an update, or of a draw: dot_method_get_cost().
    PASSES = {"dot": 4, "dgflow": 4, "ex2mcmc": 10, "rep": 4, "mh": 2, "drs": 2, "obrs": 2}
    GIVEN = tuple(word for row in ROWS for word in ("--row", row))

    def methods(self, *arguments, rows=GIVEN, **changes):
        return self.experiment(
            "methods", *self.pair(), *LOOK, *SMALL, "--evaluations", 16, *rows, *arguments, **changes
        )

    def kept(self, key, folder):
        """The mean of what evaluate keeps of each sample."""
        batches = [numpy.load(path) for path in sorted(folder.glob("*.npz"))]
        return numpy.concatenate([batch[key] for batch in batches]).astype(float).mean()

    def test_rows(self):
        self.calibrate()
        found = self.methods()["rows"]
        self.assertEqual(len(found), 2 * (1 + len(self.ROWS)))
        bare = self.evaluate(*self.pair(), *SMALL, "--updates", 0, "--k-eff", 1)
        for j in range(2):
            self.assertEqual((found[j]["method"], found[j]["evaluations"]), ("bare", 0))
            self.assert_scores(found[j], bare[j][0], ("fid", "precision", "recall", "score"))
        for i, (text, options) in enumerate(self.ROWS.items()):
            with self.subTest(text):
                self.check_row(found[2 + 2 * i : 4 + 2 * i], text, options, f"kept{i}")

    def check_row(self, rows, text, options, work):
        method, update = text.split()[0], options[options.index("--updates") + 1]
        expected = self.evaluate(*self.pair(), *SMALL, *options, "--work", work)
        for j, row in enumerate(rows):
            self.assertEqual((row["method"], row["network"]), (text, NETWORKS[j]))
            self.assert_scores(row, expected[j][update], ("fid", "precision", "recall", "score"))
            self.assertGreater(row["seconds"], 0)
        drawn = update
        if method in ("mh", "drs", "obrs", "rep", "ex2mcmc"):
            drawn = self.kept(f"drawn_{update}", self.folder / work)
            self.assertAlmostEqual(rows[0]["drawn"], drawn, 6)
            share = self.kept(f"accepted_{update}", self.folder / work) / drawn
            self.assertAlmostEqual(rows[0]["accepted"], share, 6)
        paid = drawn if method in ("mh", "drs", "obrs") else update
        self.assertAlmostEqual(rows[0]["evaluations"], self.PASSES[method] * paid, 5)

    def test_all_methods(self):
        """Each has a row, and equal means no more than what is paid for."""
        self.calibrate()
        found = self.methods("--settings", "--samples", 10, "--evaluations", 34, rows=())["rows"]
        first = [row for row in found if row["network"] == NETWORKS[0]]
        names = {row["method"].split()[0] for row in first}
        self.assertEqual(names, {"bare", "dot", "naive", *self.PASSES, "ddls"})
        exact = {row["method"]: row["evaluations"] for row in first}
        for name in "ddls", "dgflow", "rep", "naive", "dot", "dot k-eff=1", "dot precision=bfloat16":
            self.assertEqual(exact[name], 32)
        self.assertEqual((exact["mh"], exact["ex2mcmc"]), (34, 34))

    def test_divergence(self):
        """One row's numbers are none, and the others stay."""
        for name, arrays in zip(["generator", "discriminator"], perceptrons(1e20)):
            numpy.savez(self.folder / f"{name}-of-points.npz", **arrays)
        points = "--generator", "generator-of-points.npz", "--discriminator", "discriminator-of-points.npz"
        points += ("--architecture", "mlp", "--prior", "normal", *SMALL)
        bad = "--row", "naive optimizer=sgd step-size=1000000"
        found = self.experiment("methods", *points, *bad, "--row", "naive optimizer=sgd step-size=1e-9 updates=1")
        [bare, diverged, other] = found["rows"]
        self.assertIsNone(diverged["score"])
        self.assertIsNotNone(bare["score"])
        self.assertIsNotNone(other["score"])
        self.assertTrue(any("row-1" in note and "step size" in note for note in found["notes"]), found["notes"])
        self.run_badly(
            "experiment", "table1", *ENGINE, *points, "--rate", 1000000, "--updates", 3, mentions=["step size"]
        )

    def test_bad_rows(self):
        for row, mention in (
            ("walk", "walk"),
            ("", "--row"),
            ("dot projection", "projection"),
            ("dot budget=0.5", "budget=0.5"),
            ("dot seed=4", "seed=4"),
            ("dot projection=flat", "flat"),
            ("mh proposals=0", "--proposals"),
            ("dot k-eff=0", "--k-eff"),
            ("ddls space=target", "ddls"),
        ):
            with self.subTest(row):
                self.run_badly("experiment", "methods", *ENGINE, *self.pair(), "--row", row, mentions=[mention])

    def test_needs_calibration(self):
        """Said before anything is computed, with what does it."""
        bare = {"XDG_CACHE_HOME": str(self.folder / "empty")}
        for arguments in (
            ["methods", *self.pair(), "--row", "dot", "--row", "mh"],
            ["methods", *self.pair()],
            ["table7", *self.pair()],
        ):
            self.run_badly(
                "experiment", arguments[0], *ENGINE, *arguments[1:], mentions=["dot-refine calibrate"], **bare
            )
        self.experiment("methods", *self.pair(), *SMALL, "--row", "mh calibration=raw proposals=3", **bare)


class Figure2(TablesTest):

    def checkpoints(self):
        words = []
        for step, (generator, discriminator) in zip((900, 30), self.pairs):
            named = f"G_{step}.npz"
            (self.folder / named).write_bytes((self.folder / generator).read_bytes())
            words += ["--generator", named, "--discriminator", discriminator]
        return words

    def figure(self, *arguments, **changes):
        return self.experiment("figure2", *self.checkpoints(), *SMALL, "--latent-pairs", 10, *arguments, **changes)

    def test_steps(self):
        """By their names, in the order of the steps, or as they are given."""
        found = self.figure(*LOOK, "--trials", 3, "--output", "f2")["rows"]
        self.assertEqual([(row["step"], row["pair"]) for row in found[::2]], [(30, "G_30.npz"), (900, "G_900.npz")])
        for i, pair in enumerate([1, 0]):
            expected = self.evaluate(*self.pair(pair), *SMALL, "--updates", 0, "--k-eff", 1, metrics="fid,is")
            for j in range(2):
                self.assert_scores(found[2 * i + j], expected[j][0])
        given = self.figure("--trials", 3, "--steps", "1,2")["rows"]
        self.assertEqual([(row["step"], row["pair"]) for row in given], [(1, "G_900.npz"), (2, "G_30.npz")])
        for key in "k_eff", "k_eff_sigma", "image_k_eff", "image_k_eff_sigma":
            self.assertEqual([row[key] for row in given], [found[2][key], found[0][key]])
            self.assertGreater(given[0][key], 0)
        self.assertIn(b"<svg", (self.folder / "f2/figure2.svg").read_bytes())

    def test_constants(self):
        """Without classes the first trial's pairs of latents are those of evaluate."""
        RandomPair(0).save_npz(self.folder / "one-2")
        pair = files(pathlib.Path("one-2"), "npz")
        found = self.run_json("evaluate", *ENGINE, *pair, "--samples", 1, "--updates", 0, "--k-eff", 1)
        [row] = self.experiment("figure2", *pair, *SMALL, "--trials", 1)["rows"]
        self.assertEqual((row["step"], row["k_eff_sigma"]), (2, None))
        self.assertEqual((row["k_eff"], row["image_k_eff"]), (found["k_eff"], found["K_eff"]))

    def test_bad_steps(self):
        self.run_badly(
            "experiment", "figure2", *ENGINE, *self.checkpoints(), "--steps", "1,2,3", mentions=["--steps", 3, 2]
        )
        (self.folder / "G.npz").write_bytes((self.folder / self.pairs[0][0]).read_bytes())
        pair = "--generator", "G.npz", "--discriminator", self.pairs[0][1]
        self.run_badly("experiment", "figure2", *ENGINE, *pair, mentions=["G.npz", "--steps"])


class Parts(TablesTest):

    ROWS = "--row", "dot", "--row", "naive", "--row", "ddls"

    def command(self, *arguments, updates=8):
        return (
            *("experiment", "methods", *ENGINE, *self.pair(), *LOOK, *SMALL),
            *("--evaluations", 4 * updates, *self.ROWS, *arguments),
        )

    def test_shards(self):
        whole = self.run_json(*self.command())
        for shard in 2, 1:
            self.run_well(*self.command("--work", "shards", "--shard", f"{shard}/2"))
            if shard == 2:
                self.run_badly(*self.command("--work", "shards"), mentions=["1/2", "shards"])
        joined = self.run_json(*self.command("--work", "shards"))
        self.assertEqual(without_speeds(joined["rows"]), without_speeds(whole["rows"]))
        self.assertEqual(joined["notes"], whole["notes"])
        self.run_badly(*self.command("--work", "shards", updates=9), mentions=["shards", "--work"])
        again = self.run_json(*self.command("--work", "shards"))
        self.assertEqual(again, joined)

    def test_killed(self):
        """What is finished stays, and the whole is the same."""
        whole = self.run_json(*self.command(updates=60))
        process = self.start(*self.command("--work", "killed", "--json", updates=60))
        deadline = time.monotonic() + 120
        while not list(self.folder.glob("killed/row-*.npz")):
            self.assertLess(time.monotonic(), deadline, "no part came")
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=30)
        kept = {path: path.stat().st_mtime_ns for path in self.folder.glob("killed/row-*.npz")}
        joined = self.run_json(*self.command("--work", "killed", updates=60))
        self.assertEqual(without_speeds(joined["rows"]), without_speeds(whole["rows"]))
        for path, stamp in kept.items():
            self.assertEqual(path.stat().st_mtime_ns, stamp)


class BadInput(TablesTest):

    def test_pairs(self):
        for name, least in ("table1", 1), ("table3", 1), ("table7", 1), ("methods", 1), ("figure2", 1):
            self.run_badly("experiment", name, *ENGINE, mentions=[name, "--model"])
        for name in "table3", "methods":
            self.run_badly("experiment", name, *ENGINE, *self.pair(0), *self.pair(1), mentions=[name])
        self.run_badly("experiment", "table2", *ENGINE, mentions=["--generator", "--discriminator"])
        self.run_badly("experiment", "table2", *ENGINE, "--generator", self.pairs[0][0], mentions=["--discriminator"])
        self.run_badly("experiment", "table1", *ENGINE, "--generator", self.pairs[0][0], mentions=["--discriminator"])

    def test_discriminator_of_other_classes(self):
        RandomPair(CLASSES + 1).save_npz(self.folder / "four")
        other = "--generator", self.pairs[0][0], "--discriminator", "four/discriminator.npz"
        self.run_badly("experiment", "table2", *ENGINE, *other, mentions=["four/discriminator.npz"])

    def test_pictures(self):
        self.run_badly("experiment", "table1", *ENGINE, *self.pair(), "--against", "real", mentions=["--features"])
        look = "--features", "first.pt"
        self.run_badly("experiment", "table1", *ENGINE, *self.pair(), *look, *SMALL, mentions=["first.pt", "--trust"])
        self.run_badly(
            "experiment",
            "table1",
            *ENGINE,
            *self.pair(),
            *look,
            "--trust",
            "--samples",
            3,
            "--updates",
            1,
            mentions=["3"],
        )
        self.run_badly("experiment", "table1", *ENGINE, *self.pair(), "--features", "absent.pt", mentions=["absent.pt"])

    def test_seeds(self):
        """The last sample's seed must be one."""
        self.run_badly("experiment", "table1", *ENGINE, *self.pair(), *SMALL, "--seed", 2**31 - 5, mentions=["seed"])


if __name__ == "__main__":
    main()
