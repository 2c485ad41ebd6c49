# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Folders that another process writes in, and what a dead one left there."""

import contextlib
import fcntl
import json
import os

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

    def test_two_evaluations(self):
        work = self.folder / "work"
        arguments = "evaluate", "--samples", 1, "--updates", 0, "--class", "goldfish", "--work", work, "--device", "cpu"
        self.run_well(*arguments)
        [samples] = work.iterdir()
        with held(samples):
            self.run_badly(*arguments, mentions=[samples])
        left = samples / "batch-00000000.npz.aB3xY9"
        left.write_text("x")
        self.run_well(*arguments)
        self.assertFalse(left.exists())

    def test_two_random_pairs(self):
        folder = self.folder / "cache" / "dot-refine" / "random-128"
        with held(folder):
            self.run_badly("bench", "--model", "random-128", mentions=[folder])


if __name__ == "__main__":
    main()
