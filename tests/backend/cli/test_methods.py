# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""What refine, calibrate, evaluate and info say of the methods, on a tiny random pair."""

import os
import pathlib
import shutil
import unittest

import numpy

import png
from command import CommandTest, SOURCE, USAGE, main
from random_pair import CLASSES, RandomPair

NATIVE = pathlib.Path(os.environ["DOT_REFINE_MODULE_DIR"]) / "dotrefine-native.so"
TOYS = SOURCE.parent / "shared" / "reference" / "toy-2d"
PATHS = "ddls", "dgflow", "rep", "ex2mcmc"
CHOICES = "mh", "drs", "obrs"
CALIBRATED = "rep", *CHOICES
SMALL = {"ex2mcmc": ("--particles", 3, "--moves", 1), "drs": ("--pilots", 60), "obrs": ("--pilots", 60)}


@unittest.skipUnless(NATIVE.exists(), "there is no native engine")
class MethodTest(CommandTest):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pair = "--engine", "native", "--device", "cpu", *RandomPair().save_npz(cls.folder / "pair")

    def refine(self, method, *arguments, small=True):
        options = SMALL.get(method, ()) if small else ()
        if method in CHOICES:
            options += "--proposals", 20
        if method in CALIBRATED and "--calibration" not in arguments:
            options += "--calibration", "raw"
        return self.run_json("refine", *self.pair, "--method", method, *options, *arguments)

    def write_scores(self):
        """Real scores that are a little higher than the generated ones of each class."""
        random = numpy.random.default_rng(3)
        rows = [(label, 0.5 + random.standard_normal()) for label in range(CLASSES) for _ in range(60)]
        numpy.save(self.folder / "real.npy", numpy.array(rows))
        return self.folder / "real.npy"

    def calibrate(self):
        return self.run_json("calibrate", *self.pair, "--real-scores", self.write_scores())["calibrations"]


class Refine(MethodTest):

    def test_paths_give_every_update(self):
        for method in PATHS:
            run = self.refine(method, "--updates", 3, "--count", 2, "--out", self.folder / method)
            self.assertEqual(run["options"]["method"], method)
            for candidate in run["candidates"]:
                self.assertEqual([update["update"] for update in candidate["updates"]], [0, 1, 2, 3])
                self.assertIsNone(candidate["k_eff"])
                self.assertTrue(all((self.folder / method / u["file"]).exists() for u in candidate["updates"]))

    def test_choices_say_what_they_drew(self):
        for method in CHOICES:
            run = self.refine(method, "--count", 3)
            for candidate in run["candidates"]:
                self.assertEqual([update["update"] for update in candidate["updates"]], [0, 1])
                self.assertLessEqual(1, candidate["drawn"])
                self.assertLessEqual(candidate["drawn"], 20)
                self.assertLessEqual(candidate["accepted"], candidate["drawn"])

    def test_table_counts_draws(self):
        text = self.run_well("refine", *self.pair, "--method=mh", "--calibration=raw", "--proposals=20", "--count=3")
        self.assertRegex(text, r"Candidates: 3, draws: 60, accepted: \d+\n\Z")

    def test_first_draw_is_the_seeds_own(self):
        plain = self.run_json("refine", *self.pair, "--seed", 4, "--updates", 0)
        for method in CHOICES + PATHS:
            run = self.refine(method, "--seed", 4)
            self.assertEqual(run["candidates"][0]["updates"][0]["score"], plain["candidates"][0]["updates"][0]["score"])

    def test_alone_and_in_a_batch(self):
        for method in CHOICES + PATHS:
            together = self.refine(method, "--seed", 2, "--count", 4)["candidates"]
            for i in range(4):
                alone = self.refine(method, "--seed", 2 + i)["candidates"][0]
                for one, other in zip(alone["updates"], together[i]["updates"], strict=True):
                    self.assertAlmostEqual(one["score"], other["score"], delta=1e-4)
                self.assertEqual(alone.get("drawn"), together[i].get("drawn"))

    def test_pictures_are_those_of_the_latents(self):
        """Where steps are refused, too: each picture is painted again from its latent."""
        trace, latents = self.folder / "trace.npz", self.folder / "z.npy"
        for method in "rep", "ex2mcmc", "mh", "drs":
            step = () if method in CHOICES else ("--step-size", 2, "--updates", 6)
            self.refine(method, *step, "--count", 2, "--trace", trace)
            with numpy.load(trace) as run:
                z, images, scores = (run[key].reshape(-1, *run[key].shape[2:]) for key in ("z", "image", "score"))
            numpy.save(latents, z)
            self.run_json("refine", *self.pair, "--latents", latents, "--updates", 0, "--trace", trace)
            with numpy.load(trace) as again:
                self.assertLess(abs(again["image"][0] - images).max(), 1e-4)
                self.assertLess(abs(again["score"][0] - scores).max(), 1e-4)
                self.assertNotIn("method", again.files)

    def test_trace_names_the_method(self):
        for method in "dgflow", "ex2mcmc":
            result = self.refine(method, "--updates", 2, "--trace", self.folder / "named.npz")
            with numpy.load(self.folder / "named.npz") as trace:
                self.assertEqual(str(trace["method"]), method)
                self.assertEqual("drawn" in trace.files, method == "ex2mcmc")
                if "drawn" in trace.files:
                    self.assertEqual(trace["drawn"][-1, 0], result["candidates"][0]["drawn"])
                    self.assertTrue((trace["accepted"] <= trace["drawn"]).all())

    def test_going_on(self):
        for method in PATHS:
            out = self.folder / f"on-{method}"
            whole = self.refine(method, "--updates", 4)["candidates"][0]["updates"]
            first = self.refine(method, "--updates", 2, "--out", out)["candidates"][0]["updates"]
            rest = self.refine(method, "--updates", 2, "--from", out / first[-1]["file"])["candidates"][0]["updates"]
            self.assertEqual(rest[-1]["update"], 4)
            self.assertAlmostEqual(rest[-1]["score"], whole[-1]["score"], delta=1e-4)

    def test_going_on_with_dot(self):
        """A state without a constant: it is estimated."""
        out = self.folder / "with-dot"
        last = self.refine("ddls", "--updates", 1, "--out", out)["candidates"][0]["updates"][-1]
        run = self.run_json("refine", *self.pair, "--updates", 1, "--from", out / last["file"])
        self.assertGreater(run["candidates"][0]["k_eff"], 0)

    def test_defaults_are_the_methods(self):
        self.assertEqual(self.refine("dgflow")["options"]["step_size"], 0.1)
        self.assertEqual(self.refine("dgflow")["options"]["updates"], 25)
        self.assertEqual(self.refine("ddls")["options"]["step_size"], 0.01)
        self.assertEqual(self.refine("dgflow", "--step-size", 0.02)["options"]["step_size"], 0.02)

    def test_options_of_other_methods_are_left_out(self):
        run = self.run_json("refine", *self.pair, "--updates", 1)
        for option in "divergence", "noise", "particles", "moves", "calibration", "proposals", "pilots", "budget":
            self.assertNotIn(option, run["options"])
        self.assertNotIn("drawn", run["candidates"][0])

    def test_target_space(self):
        run = self.refine("dgflow", "--space", "target", "--updates", 2)
        self.assertEqual(len(run["candidates"][0]["updates"]), 3)


class Refusals(MethodTest):

    def test_options_of_other_methods(self):
        for method, option, value in (
            ("dot", "budget", 0.5),
            ("ddls", "optimizer", "sgd"),
            ("mh", "step-size", 0.1),
            ("obrs", "percentile", 80),
            ("rep", "k-eff", 1),
        ):
            self.run_badly(
                "refine", "--method", method, f"--{option}", value, code=USAGE, mentions=[f"--{option}", method]
            )

    def test_ranges(self):
        for method, option, value in (
            ("obrs", "budget", 0),
            ("obrs", "budget", 1.5),
            ("obrs", "pilots", 1),
            ("drs", "percentile", 101),
            ("mh", "proposals", 0),
            ("ex2mcmc", "particles", 0),
            ("dgflow", "noise", -1),
        ):
            self.run_badly("refine", "--method", method, f"--{option}={value}", mentions=[option])

    def test_no_calibration(self):
        for method in CALIBRATED:
            self.run_badly(
                "refine",
                *self.pair,
                "--method",
                method,
                mentions=[method, "dot-refine calibrate", "raw"],
                XDG_CACHE_HOME=str(self.folder / "empty"),
            )

    def test_choices_choose_once(self):
        self.run_badly("refine", *self.pair, "--method=mh", "--updates", 4, mentions=["mh", "4"])

    def test_latents_only(self):
        for method in "ddls", "mh", "rep", "ex2mcmc":
            self.run_badly("refine", *self.pair, "--method", method, "--space=target", mentions=[method])

    def test_choices_do_not_go_on(self):
        out = self.folder / "state"
        last = self.refine("ddls", "--updates", 1, "--out", out)["candidates"][0]["updates"][-1]
        self.run_badly("refine", *self.pair, "--method=drs", "--from", out / last["file"], mentions=["drs"])

    def test_steps_that_diverge(self):
        self.run_badly(
            "refine", *self.pair, "--method=ddls", "--step-size", 1e6, "--updates", 90, mentions=["smaller step"]
        )


class Calibrate(MethodTest):

    def test_results(self):
        found = self.calibrate()
        self.assertEqual([one["class"] for one in found], [None, "class 0", "class 1", "class 2"])
        for one in found:
            self.assertTrue(0 < one["brier"] < 0.26)
            self.assertEqual(sum(bin["n"] for bin in one["curve"]), one["n_real"] + one["n_generated"])
        self.assertEqual(found[0]["n_real"], CLASSES * 60)

    def test_the_pair_that_ships_brings_its_own(self):
        self.assertLess(self.run_json("info", "imagenet40-64")["calibration"]["brier"], 0.25)

    def test_kept_and_used(self):
        self.calibrate()
        for method in CALIBRATED:
            run = self.refine(method, "--count", 2, "--calibration", "pair")
            self.assertEqual(run["options"]["calibration"], "pair")
        again = self.refine("mh", "--count", 2, "--calibration", "pair")
        self.assertEqual(again["candidates"], self.refine("mh", "--count", 2, "--calibration", "pair")["candidates"])

    def test_few_pictures_are_no_class_of_their_own(self):
        numpy.save(self.folder / "few.npy", numpy.array([(0, 1.0), (0, 0.3), (1, 0.2), (2, -0.3)]))
        found = self.run_json("calibrate", *self.pair, "--real-scores", self.folder / "few.npy")["calibrations"]
        self.assertEqual([one["class"] for one in found], [None])

    def test_pictures(self):
        random = numpy.random.default_rng(4)
        for label in range(2):
            folder = self.folder / "real" / f"class {label}"
            folder.mkdir(parents=True)
            for i in range(5):
                (folder / f"{i}.png").write_bytes(png.encode(random.integers(0, 256, (40, 36, 3), numpy.uint8)))
        found = self.run_json("calibrate", *self.pair, "--against", self.folder / "real", "--samples", 4)
        self.assertEqual(found["calibrations"][0]["n_real"], 8)

    def test_bad_input(self):
        self.run_badly("calibrate", *self.pair, code=USAGE, mentions=["--against", "--real-scores"])
        self.run_badly("calibrate", *self.pair, "--against", self.folder / "nowhere", mentions=["nowhere"])
        for name, array, said in (
            ("shape", numpy.zeros(5), "(count, 2)"),
            ("label", numpy.array([[7.0, 0.0]]), "label"),
            ("nan", numpy.array([[0.0, numpy.nan]]), "score"),
        ):
            numpy.save(self.folder / f"{name}.npy", array)
            self.run_badly("calibrate", *self.pair, "--real-scores", self.folder / f"{name}.npy", mentions=[name, said])
        numpy.save(self.folder / "same.npy", numpy.empty((0, 2)))
        self.run_badly("calibrate", *self.pair, "--real-scores", self.folder / "same.npy")

    def test_folders_of_no_class(self):
        folder = self.folder / "others" / "cats"
        folder.mkdir(parents=True)
        (folder / "a.png").write_bytes(png.encode(numpy.zeros((40, 40, 3), numpy.uint8)))
        self.run_badly("calibrate", *self.pair, "--against", folder.parent, mentions=["others", "WordNet"])


@unittest.skipUnless(TOYS.is_dir(), f"{TOYS} isn't there")
class Points(MethodTest):
    """The authors' pairs of the paper's Figure 3, against numbers of another program."""

    def toy(self, name):
        files = "--generator", TOYS / f"{name}-generator.npz", "--discriminator", TOYS / f"{name}-discriminator.npz"
        return *self.pair[:4], *files, "--architecture", "mlp", "--prior", "uniform"

    def test_calibration(self):
        for name, kind, (a, b) in (
            ("25gaussians", "gaussians-25", (3.00, -1.73)),
            ("swissroll", "swiss-roll", (1.32, -1.03)),
        ):
            found = self.run_json("calibrate", *self.toy(name), "--against", kind, "--samples", 10000)
            [calibration] = found["calibrations"]
            self.assertEqual(calibration["n_real"], 10000)
            # 10,000 of each kind have a standard error of about 0.05.
            self.assertAlmostEqual(calibration["slope"], a, delta=0.2)
            self.assertAlmostEqual(calibration["intercept"], b, delta=0.2)

    def test_shares_that_are_accepted(self):
        """README.md of the reference, section 5."""
        pair = self.toy("25gaussians")
        self.run_json("calibrate", *pair, "--against", "gaussians-25", "--samples", 10000)
        for method, options, share in (
            ("mh", ("--proposals", 40), 0.56),
            ("drs", ("--percentile", 0), 0.17),
            ("drs", ("--percentile", 95), 0.18),
            ("obrs", ("--budget", 0.5), 0.50),
            ("rep", ("--step-size", 0.01, "--updates", 40), 0.68),
        ):
            run = self.run_json("refine", *pair, "--method", method, *options, "--count", 400)
            drawn = sum(candidate["drawn"] for candidate in run["candidates"])
            accepted = sum(candidate["accepted"] for candidate in run["candidates"])
            self.assertAlmostEqual(accepted / drawn, share, delta=0.05, msg=f"{method} {options}")


class Info(CommandTest):

    def test_methods(self):
        methods = {entry["method"]: entry for entry in self.run_json("info", "--methods")}
        self.assertEqual(list(methods), ["dot", "naive", *PATHS, *CHOICES])
        self.assertEqual([name for name, entry in methods.items() if entry["needs_calibration"]], list(CALIBRATED))
        for name, entry in methods.items():
            self.assertEqual(entry["kind"], "choice" if name in CHOICES else "path")
            self.assertTrue(entry["title"] and entry["assumes"].endswith("."))
        self.assertEqual(methods["ex2mcmc"]["passes"]["generator"], 13)
        self.assertEqual(methods["ex2mcmc"]["passes"]["generator_back"], 4)
        self.assertEqual(methods["mh"]["passes"]["generator_back"], 0)
        text = self.run_well("info", "--methods")
        for name in methods:
            self.assertIn(f"\n{name}", text)

    def test_methods_stand_alone(self):
        self.run_badly("info", "--methods", "imagenet10-64", code=USAGE)

    def test_calibration(self):
        self.assertIsNone(self.run_json("info", "imagenet10-64")["calibration"])
        random = numpy.random.default_rng(3)
        rows = [(label, random.standard_normal()) for label in range(10) for _ in range(2)]
        numpy.save(self.folder / "real.npy", numpy.array(rows))
        if not NATIVE.exists():
            self.skipTest("there is no native engine")
        self.run_well(
            *("calibrate", "--engine", "native", "--device", "cpu", "--model", "imagenet10-64"),
            *("--real-scores", self.folder / "real.npy"),
        )
        self.assertEqual(self.run_json("info", "imagenet10-64")["calibration"]["n_real"], 20)
        self.assertIn("Brier", self.run_well("info", "imagenet10-64"))
        self.check_brought_along()

    def check_brought_along(self):
        """A model's folder has a calibration for whoever made none, if it is about these networks."""
        package, cache = self.folder / "copy", self.folder / "no-cache"
        shutil.copytree(SOURCE / "models" / "imagenet10-64", package)
        brought = package / "calibration.ini"
        self.run_well(
            *("calibrate", "--engine", "native", "--device", "cpu", "--model", "imagenet10-64"),
            *("--real-scores", self.folder / "real.npy", "--out", brought),
        )
        found = self.run_json("info", package, XDG_CACHE_HOME=cache)
        self.assertEqual(found["calibration"], self.run_json("info", "imagenet10-64")["calibration"])
        text = brought.read_text()
        self.assertIn("\n[pair]\ngenerator=", text)
        brought.write_text(text.replace("\ndiscriminator=", "\ndiscriminator=0"))
        self.assertIsNone(self.run_json("info", package, XDG_CACHE_HOME=cache)["calibration"])


class Evaluate(MethodTest):

    def test_a_choice_before_and_after(self):
        run = self.run_json(
            *("evaluate", *self.pair, "--method=obrs", "--calibration=raw", "--pilots=60", "--proposals=10"),
            *("--samples", 6, "--class", 1),
        )
        self.assertEqual([row["updates"] for row in run["results"]], [0, 1])

    def test_the_batch_decides_nothing(self):
        rows = [
            self.run_json(
                *("evaluate", *self.pair, "--method=ddls", "--updates=0,3", "--samples", 6, "--class", 1),
                *("--batch", batch, "--metrics", "lipschitz"),
            )["results"]
            for batch in (2, 5)
        ]
        for one, other in zip(*rows, strict=True):
            self.assertAlmostEqual(one["score"], other["score"], delta=1e-4)


if __name__ == "__main__":
    main()
