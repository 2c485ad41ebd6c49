# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Trainings of a small configuration, each test's in a folder of its own."""

import csv
import json

import numpy

from command import CommandTest


class TrainingTest(CommandTest):
    tiny = {}

    def setUp(self):
        self.out = self.folder / self.id().rsplit(".", 1)[-1]
        self.out.mkdir()

    def config(self, **changes):
        path = self.out / "config.json"
        path.write_text(json.dumps(dict(self.tiny, **changes)))
        return path

    def arguments(self, config, out="run", *more):
        on = ("--device", "cpu", "--threads", "1")
        return ("train", config, "--out", self.out / out, *on, *more)

    def rows(self, out="run"):
        with open(self.out / out / "log.csv", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def assert_same(self, one, other):
        """Weights bit for bit, and the logs."""
        for name in "weights/generator.npz", "weights/discriminator.npz":
            with numpy.load(self.out / one / name) as a, numpy.load(self.out / other / name) as b:
                self.assertEqual(sorted(a), sorted(b))
                for key in a:
                    self.assertEqual(a[key].tobytes(), b[key].tobytes(), key)
        self.assert_same_log(one, other)

    def assert_same_log(self, one, other):
        """But for the time."""
        rows = [[dict(row, seconds="") for row in self.rows(out)] for out in (one, other)]
        self.assertEqual(*rows)
