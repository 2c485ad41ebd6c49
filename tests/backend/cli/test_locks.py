# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Folders that another process writes in, and what a dead one left there."""

import contextlib
import fcntl
import json
import os
import signal
import time

from command import CommandTest, MODEL, main

WEIGHTS = "--generator", MODEL / "generator.npz", "--discriminator", MODEL / "discriminator.npz"


@contextlib.contextmanager
def held(folder):
    """As another process would have it."""
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(descriptor)


class Locks(CommandTest):

    def train(self):
        config = {"id": "tiny", "architecture": "mlp", "data": {"kind": "gaussians-25"}, "steps": 1}
        path = self.folder / "config.json"
        path.write_text(json.dumps(config | {"batch": 8}))
        return "train", path, "--out", self.folder / "run", "--device", "cpu"

    def test_two_trainings(self):
        with held(self.folder / "run"):
            self.run_badly(*self.train(), mentions=[self.folder / "run", "--out"])

    def test_what_a_killed_training_left(self):
        run = self.folder / "run"
        (run / "initial").mkdir(parents=True, exist_ok=True)
        left = run / "log.csv.aB3xY9", run / "initial" / "generator.npz.aB3xY9"
        kept = run / "log.csv.backup", run / "notes.aB3xY9"
        for path in left + kept:
            path.write_text("x")
        with held(run):
            self.run_badly(*self.train())
        self.assertTrue(all(path.exists() for path in left + kept))
        self.run_command(*self.train(), code=None)
        self.assertFalse(any(path.exists() for path in left))
        self.assertTrue(all(path.exists() for path in kept))

    def test_two_imports(self):
        own = self.folder / "own"
        arguments = "import", *WEIGHTS, "--id", "mine", "--to", own
        with held(own / ".mine.importing"):
            self.run_badly(*arguments, mentions=["mine", "--id"])
            self.assertTrue((own / ".mine.importing").is_dir())

    def test_what_a_killed_import_left(self):
        own = self.folder / "left"
        for name in ".mine.importing", ".other.importing", ".kept", "x.importing":
            (own / name).mkdir(parents=True)
            (own / name / "generator.npz").write_text("x")
        nothing = self.folder / "nothing.npz"
        nothing.write_text("")
        self.run_badly("import", "--generator", nothing, "--discriminator", nothing, "--id", "mine", "--to", own)
        self.assertEqual(sorted(path.name for path in own.iterdir()), [".kept", "x.importing"])

    def evaluate(self, samples, *more):
        arguments = "--class", "goldfish", "--k-eff", 1, "--metrics", "lipschitz", "--device", "cpu", "--batch", 1
        return "evaluate", "--model", "imagenet10-64", "--samples", samples, "--updates", 8, *arguments, *more

    def test_two_evaluations(self):
        work = self.folder / "work"
        self.run_well(*self.evaluate(1, "--work", work))
        with (work / ".lock").open("r+b") as lock:
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB, 0, 1)
            self.run_badly(*self.evaluate(1, "--work", work), mentions=[work])
        left = work / "batch-00000000.npz.aB3xY9"
        left.write_text("x")
        self.run_well(*self.evaluate(1, "--work", work))
        self.assertFalse(left.exists())

    def test_two_evaluations_in_the_cache(self):
        """What one has made isn't taken away by another, and goes when all is done."""
        cache = self.folder / "cache" / "dot-refine" / "evaluate"
        first = self.start(*self.evaluate(40, "--json"))
        deadline = time.monotonic() + 60
        while not (made := list(cache.glob("*/batch-*.npz"))):
            self.assertLess(time.monotonic(), deadline, "no batch came")
            time.sleep(0.01)
        first.send_signal(signal.SIGSTOP)
        self.addCleanup(first.kill)
        self.run_badly(*self.evaluate(40, "--json"), mentions=[made[0].parent])
        self.assertTrue(made[0].exists())
        self.run_well(*self.evaluate(2))
        self.assertTrue(made[0].exists())
        first.send_signal(signal.SIGCONT)
        stdout, stderr = first.communicate(timeout=60)
        self.assertEqual((first.returncode, stderr), (0, ""))
        self.assertEqual(list(cache.iterdir()), [])
        self.assertEqual(stdout, self.run_well(*self.evaluate(40, "--json")))

    def test_two_random_pairs(self):
        folder = self.folder / "cache" / "dot-refine" / "random-128"
        with held(folder):
            self.run_badly("bench", "--model", "random-128", mentions=[folder])


if __name__ == "__main__":
    main()
