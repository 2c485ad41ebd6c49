# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""All methods on one tiny random pair, in parts that may be made anywhere and end at any moment."""

import signal
import time

import numpy

from command import main
from judged_pairs import ENGINE, LOOK, NETWORKS, SMALL, JudgedTest, perceptrons

SPEEDS = ("seconds",)  # which no two runs have in common


def without_speeds(rows):
    return [{key: value for key, value in row.items() if key not in SPEEDS} for row in rows]


class Methods(JudgedTest):

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

    def choose_rows(self):
        narrow = self.has_bfloat16()
        return {text: options for text, options in self.ROWS.items() if narrow or "bfloat16" not in text}

    def methods(self, *arguments, rows, **changes):
        return self.experiment(
            "methods", *self.pair(), *LOOK, *SMALL, "--evaluations", 16, *rows, *arguments, **changes
        )

    def kept(self, key, folder):
        """The mean of what evaluate keeps of each sample."""
        batches = [numpy.load(path) for path in sorted(folder.glob("*.npz"))]
        return numpy.concatenate([batch[key] for batch in batches]).astype(float).mean()

    def test_rows(self):
        self.calibrate()
        rows = self.choose_rows()
        found = self.methods(rows=[word for row in rows for word in ("--row", row)])["rows"]
        self.assertEqual(len(found), 2 * (1 + len(rows)))
        bare = self.evaluate(*self.pair(), *SMALL, "--updates", 0, "--k-eff", 1)
        for j in range(2):
            self.assertEqual((found[j]["method"], found[j]["evaluations"]), ("bare", 0))
            self.assert_scores(found[j], bare[j][0], ("fid", "precision", "recall", "score"))
        for i, (text, options) in enumerate(rows.items()):
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
        engine = () if self.has_bfloat16() else ("--engine", "torch")
        found = self.methods("--settings", "--samples", 10, "--evaluations", 34, *engine, rows=())["rows"]
        first = [row for row in found if row["network"] == NETWORKS[0]]
        names = {row["method"].split()[0] for row in first}
        self.assertEqual(names, {"bare", "dot", "naive", *self.PASSES, "ddls"})
        exact = {row["method"]: row["evaluations"] for row in first}
        for name in "ddls", "dgflow", "rep", "naive", "dot", "dot k-eff=1", "dot precision=bfloat16":
            self.assertEqual(exact[name], 32)
        self.assertEqual((exact["mh"], exact["ex2mcmc"]), (34, 34))

    def test_divergence(self):
        """One row's numbers are none, and the others stay."""
        for name, arrays in zip(["generator", "discriminator"], perceptrons(1e33)):
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


class Parts(JudgedTest):

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


if __name__ == "__main__":
    main()
