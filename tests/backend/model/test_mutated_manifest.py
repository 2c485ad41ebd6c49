# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""dot-refine info of the shipped model.json with seeded damage."""

import random
import time

import damaged
from command import CommandTest, DONE, FAILED, MODEL, main

MUTATIONS = 200
MAX_SECONDS = 2


class MutatedManifest(CommandTest):

    def check(self, path, **changes):
        """Exit code 0, or 1 with one sentence; never a crash."""
        with self.start("info", path, **changes) as process:
            begin = time.monotonic()
            _, errors = process.communicate(timeout=60)
            seconds = time.monotonic() - begin
        self.assertIn(process.returncode, (DONE, FAILED), errors)
        self.assertLess(seconds, MAX_SECONDS)
        if process.returncode == FAILED:
            self.assert_sentence(errors)
        else:
            self.assertEqual(errors, "")
        return process.returncode

    def test_mutations(self):
        whole = (MODEL / "model.json").read_bytes()
        folder = self.folder / "mutated"
        folder.mkdir()
        codes = []
        for seed in range(MUTATIONS):
            rng = random.Random(seed)
            data = bytearray(whole)
            rng.choice(damaged.CHANGES)(data, rng)
            (folder / "model.json").write_bytes(data)
            with self.subTest(seed=seed):
                codes.append(self.check(folder))
        self.assertGreater(codes.count(FAILED), MUTATIONS / 4)

    def test_deep_nesting(self):
        folder = self.folder / "deep"
        folder.mkdir()
        for opening in b"[", b'{"a":':
            (folder / "model.json").write_bytes(opening * 1_000_000)
            self.assertEqual(self.check(folder), FAILED)


if __name__ == "__main__":
    main()
