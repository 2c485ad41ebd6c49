#!/usr/bin/env python3
# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""What oneDNN itself says of a run: every weight is packed once, before the updates."""

import os
import subprocess
import unittest

BINARY = os.environ["DOT_REFINE_BINARY"]


def count(kind, updates):
    """How often the library ran a primitive of that kind."""
    text = subprocess.run(
        [BINARY, "refine", "--engine", "native", "--updates", str(updates), "--k-eff", "1"],
        env=dict(os.environ, ONEDNN_VERBOSE="profile_exec"),
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return sum(f",{kind}," in line for line in text.splitlines() if ",exec," in line)


class Trace(unittest.TestCase):
    def test_no_weight_is_packed_again(self):
        self.assertGreater(count("reorder", 1), 0)
        self.assertEqual(count("reorder", 1), count("reorder", 9))

    def test_updates_are_convolutions(self):
        few, many = count("convolution", 1), count("convolution", 9)
        self.assertGreater(few, 0)
        self.assertEqual(many, few * 10 // 2)


if __name__ == "__main__":
    unittest.main(verbosity=2)
