# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""dot-refine bench: a line for each way to compute, whether it can or not."""

import pathlib
import signal
import time

from command import CANCELLED, CommandTest, main

QUICK = ("--model", "imagenet10-64", "--batch", 1, "--updates", 2, "--device", "cpu")
ASKED = "model", "engine", "device", "precision", "batch"
NUMBERS = (
    "ms_per_update",
    "first_image_ms",
    "load_ms",
    "peak_mib",
    "gflop_per_update",
    "gflops",
    "peak_convolution_gflops",
    "peak_product_gflops",
    "share_of_peak",
)


class Lines(CommandTest):

    def test_json(self):
        lines = self.run_json("bench", *QUICK, "--precision", "float32")
        self.assertEqual(
            [[line[name] for name in ASKED] for line in lines],
            [
                ["imagenet10-64", "native", "CPU", "float32", 1],
                ["imagenet10-64", "torch", "CPU", "float32", 1],
            ],
        )
        for line in lines:
            self.assertNotIn("error", line)
            self.assertEqual(line["updates"], 2)
            for name in NUMBERS:
                self.assertGreater(line[name], 0, name)
            self.assertGreater(line["first_image_ms"], line["load_ms"])
            self.assertGreater(line["peak_mib"], 10)
            # Of the shipped pair, whatever computes it.
            self.assertAlmostEqual(line["gflop_per_update"], 0.400, places=3)
            self.assertAlmostEqual(line["gflops"], line["gflop_per_update"] / line["ms_per_update"] * 1000)
            self.assertAlmostEqual(line["share_of_peak"], line["gflops"] / line["peak_convolution_gflops"])

    def test_operations_are_those_of_the_batch(self):
        [line] = self.run_json("bench", *QUICK, "--batch", 2, "--engine", "native", "--precision", "float32")
        self.assertEqual(line["batch"], 2)
        self.assertAlmostEqual(line["gflops"], 2 * line["gflop_per_update"] / line["ms_per_update"] * 1000)

    def test_auto_says_what_ran(self):
        [line] = self.run_json("bench", *QUICK, "--engine", "auto", "--precision", "auto")
        self.assertIn(line["engine"], ("native", "torch"))
        self.assertIn(line["precision"], ("float32", "bfloat16"))
        self.assertGreater(line["share_of_peak"], 0)

    def test_table(self):
        lines = self.run_well("bench", *QUICK, "--engine", "native", "--precision", "float32").splitlines()
        self.assertRegex(lines[0], r"^Engine +Device +Numbers +Batch ")
        self.assertRegex(lines[1], r"^native +CPU +float32 +1 +\d+\.\d( +\d+){4} +0\.\d\d$")
        self.assertIn("peak in float32", lines[3])

    def test_order_is_engines_precisions_batches(self):
        lines = self.run_json(
            "bench",
            *QUICK,
            "--updates",
            1,
            "--batch",
            "2,1",
            DOT_REFINE_MODULE_DIR=str(self.folder),
        )
        self.assertEqual(
            [(line["engine"], line["precision"], line["batch"]) for line in lines],
            [
                (engine, precision, batch)
                for engine in ("native", "torch")
                for precision in ("float32", "bfloat16")
                for batch in (2, 1)
            ],
        )


class Failures(CommandTest):

    def test_what_cannot_run_is_a_line(self):
        lines = self.run_json("bench", *QUICK, "--precision", "float64,tf32,float32", "--engine", "native")
        for line in lines[:2]:
            self.assertNotIn("ms_per_update", line)
        self.assertIn("float32", lines[0]["error"])
        self.assertIn("take --precision float32", lines[1]["error"])
        self.assertNotIn("error", lines[2])

    def test_a_missing_engine_is_a_line(self):
        empty = {"DOT_REFINE_MODULE_DIR": str(self.folder)}
        lines = self.run_json("bench", *QUICK, "--precision", "float32", **empty)
        for line in lines:
            self.assertIn(f"dotrefine-{line['engine']}.so", line["error"])
        table = self.run_well("bench", *QUICK, "--precision", "float32", **empty)
        self.assertIn("native, float32, 1: The backend", table)

    def test_a_missing_model_is_a_failure(self):
        self.run_badly("bench", "--model", "nonsense", mentions=["nonsense"])

    def test_a_cache_that_cannot_be_written(self):
        (self.folder / "file").write_text("")
        self.run_badly(
            "bench",
            "--model",
            "random-128",
            mentions=["XDG_CACHE_HOME", self.folder / "file"],
            XDG_CACHE_HOME=str(self.folder / "file"),
        )


class Cancel(CommandTest):

    def workers(self):
        """The processes that measure for this test, whose folder they know."""
        found = []
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                command = (process / "cmdline").read_bytes()
                environment = (process / "environ").read_bytes()
            except OSError:
                continue
            if b"--worker" in command and str(self.folder).encode() in environment:
                found.append(command)
        return found

    def made(self):
        """What there is of the random pair."""
        return list((self.folder / "cache").glob("*/random-128"))

    def interrupt(self, *arguments, when):
        """Ends bench when something has begun; it must leave no process."""
        process = self.start("bench", *arguments)
        self.addCleanup(process.kill)
        deadline = time.monotonic() + 60
        while not when():
            self.assertLess(time.monotonic(), deadline, "nothing has begun")
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=20)
        self.assertEqual(process.returncode, CANCELLED)
        self.assertEqual(stdout, "")
        self.assert_sentence(stderr, "Cancelled")
        self.assertEqual(self.workers(), [])

    def test_while_it_measures(self):
        self.interrupt(*QUICK, "--updates", 10000, "--engine", "native", when=self.workers)

    def test_while_the_random_pair_is_made(self):
        self.interrupt("--model", "random-128", when=self.made)
        [folder] = self.made()
        self.assertEqual(list(folder.iterdir()), [])


if __name__ == "__main__":
    main()
