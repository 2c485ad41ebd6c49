# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""The peer of tests/bench does what dot-refine does, and answers as it."""

import json
import subprocess
import sys

from command import DONE, MODEL, SOURCE, CommandTest, main

PEER = (
    sys.executable,
    SOURCE / "tests" / "bench" / "peer.py",
    "--generator",
    MODEL / "generator.npz",
    "--discriminator",
    MODEL / "discriminator.npz",
)


class Peer(CommandTest):

    def peer(self, *arguments, questions=""):
        return subprocess.run(
            [*map(str, PEER + arguments)],
            input=questions,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def check(self, label, k_eff="2"):
        self.run_well(
            "refine",
            "--model",
            "imagenet10-64",
            "--class",
            "jellyfish",
            "--count",
            2,
            "--updates",
            2,
            "--k-eff",
            k_eff,
            "--device",
            "cpu",
            "--precision",
            "float32",
            "--trace",
            "run.npz",
        )
        return self.peer("--check", self.folder / "run.npz", "--label", str(label))

    def test_the_same_trajectory(self):
        result = self.check(1)
        self.assertEqual(result.returncode, DONE, result.stdout + result.stderr)
        self.assertEqual(len(result.stdout.splitlines()), 3)

    def test_another_trajectory_is_refused(self):
        result = self.check(2)
        self.assertNotEqual(result.returncode, DONE)
        self.assertIn("not the trajectory", result.stderr)

    def test_it_answers_each_line(self):
        for precision in "float32", "bfloat16":
            result = self.peer("--batch", "2", "--precision", precision, questions="\n\n")
            self.assertEqual(result.returncode, DONE, result.stderr)
            start, *updates = map(json.loads, result.stdout.splitlines())
            self.assertGreater(start["first_image_at"], 0)
            self.assertEqual([list(update) for update in updates], [["update_ms"]] * 2)


if __name__ == "__main__":
    main()
