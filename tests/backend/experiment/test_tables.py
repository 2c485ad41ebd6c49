# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Table 1, 2, 3 and 7 and Figure 2, on tiny random pairs."""

import csv
import json
import pathlib

from command import main
from judged_pairs import ENGINE, LOOK, NETWORKS, PAPER, SAMPLES, SMALL, JudgedTest
from random_pair import CLASSES, RandomPair, files


class Tables(JudgedTest):

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
        self.assertEqual(len(papers), 26)
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
        self.assertEqual(sum(row["source"] == "paper" for row in found["rows"]), 20 + 26)

    def test_without_networks(self):
        """Then there is nothing to compare by, which is shown and is no failure."""
        [row, _] = self.ours(self.experiment("table1", *self.pair(), *SMALL, "--updates", 1))
        self.assertEqual((row["network"], row["is"], row["fid"]), ("–", None, None))


class Figure2(JudgedTest):

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


class BadInput(JudgedTest):

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
