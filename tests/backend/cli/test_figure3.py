# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Figure 3 on its authors' networks, which are in ../shared, beside the checkout; skips where they are absent."""

import csv
import json
import os
import pathlib
import unittest

from command import CommandTest, SOURCE, main

NATIVE = pathlib.Path(os.environ["DOT_REFINE_MODULE_DIR"]) / "dotrefine-native.so"
SHARED = SOURCE.parent / "shared" / "reference"
DATA = {"25gaussians": "gaussians-25", "swissroll": "swiss-roll"}


@unittest.skipUnless(NATIVE.exists(), "there is no native engine")
class Figure3(CommandTest):

    @unittest.skipIf("ASAN_OPTIONS" in os.environ, "it takes too long under a sanitizer")
    def test_each_row_is_the_references(self):
        """The mean of eight trials, within a standard deviation: that of eight and twenty has 0.42 of one."""
        rows = self.compute()
        compared = 0
        for reference in self.read_reference():
            ours = rows.get((DATA[reference["data"]], reference["method"]))
            if ours:
                self.assertLess(abs(ours["emd"] - float(reference["mean"])), float(reference["std"]), reference)
                compared += 1
        self.assertEqual(compared, 8)

    def compute(self):
        if not SHARED.exists():
            self.skipTest("../shared is not here")
        arguments = ["experiment", "figure3", "--engine", "native", "--device", "cpu", "--trials", 8, "--json"]
        for name in DATA:
            files = SHARED / "toy-2d" / name
            arguments += "--generator", f"{files}-generator.npz", "--discriminator", f"{files}-discriminator.npz"
        process = self.start(*arguments)
        out, problem = process.communicate()
        self.assertEqual((process.returncode, problem), (0, ""))
        return {(row["data"], row["method"]): row for row in json.loads(out)["rows"]}

    def read_reference(self):
        """Of squared distances to points that were drawn at random."""
        with open(SHARED / "methods" / "figure3.csv", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        return [row for row in rows if (row["real_set"], row["distance"]) == ("random", "squared")]


if __name__ == "__main__":
    main()
