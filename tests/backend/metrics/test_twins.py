# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Every metric against NumPy and SciPy on the same features, to 1e-6 relative."""

import os
import pathlib
import subprocess
import tempfile
import unittest

import numpy as np
import scipy.special

from numpy_metrics import (
    RELATIVE,
    draw,
    emd,
    fid_by_features,
    fid_by_root,
    inception_score,
    kid,
    share,
)

NUMBERS = os.environ.get("DOT_TEST_NUMBERS")


class Twins(unittest.TestCase):

    def setUp(self):
        self.random = np.random.default_rng(1)

    def numbers(self, one, other, probabilities):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "arrays.npz"
            np.savez(path, one=one, other=other, probabilities=probabilities)
            lines = subprocess.run([NUMBERS, path], check=True, text=True, stdout=subprocess.PIPE).stdout.splitlines()
        return {key: float(value) for key, value in map(str.split, lines)}

    def assert_close(self, found, expected, scale=None):
        self.assertLessEqual(
            abs(found - expected),
            RELATIVE * abs(expected if scale is None else scale),
            f"{found} instead of {expected}",
        )

    def features(self, n, size, mean=0.0):
        """Correlated, not all of one size, and all ≥ 0 as after a ReLU."""
        mixed = self.random.normal(size=(n, size)) @ self.mix[:size, :size]
        return np.maximum(mixed + mean, 0).astype(np.float32)

    def compare(self, n, m, size, classes, mean):
        self.mix = self.random.normal(size=(size, size)) * np.geomspace(1, 0.05, size)
        one, other = self.features(n, size, mean), self.features(m, size, 0.8 * mean)
        logits = self.random.normal(size=(n, classes)) * 3
        p = scipy.special.softmax(logits, 1).astype(np.float32)
        found = self.numbers(one, other, p)
        x, y = one.astype(np.float64), other.astype(np.float64)

        fid = fid_by_features(x, y)
        self.assert_close(found["fid"], fid)
        if min(n, m) > 2 * size:
            self.assert_close(found["fid"], fid_by_root(x, y))
        self.assert_close(found["kid0"], kid(x, y))
        subsets = [
            kid(x[draw(7, 2 * s, n, size_of)], y[draw(7, 2 * s + 1, m, size_of)])
            for s in range(5)
            for size_of in [min(60, n, m)]
        ]
        self.assert_close(found["kid5"], np.mean(subsets))
        self.assert_close(found["kid5-deviation"], np.std(subsets), np.mean(subsets))
        score, deviation = inception_score(p.astype(np.float64))
        self.assert_close(found["is"], score)
        self.assert_close(found["is-deviation"], deviation, score)
        self.assertEqual(found["precision"], share(y, x))
        self.assertEqual(found["recall"], share(x, y))
        self.assert_close(found["emd-squared"], emd(x, y, "sqeuclidean"))
        self.assert_close(found["emd"], emd(x, y, "euclidean"))

    def test_more_pictures_than_features(self):
        self.compare(400, 300, 40, 30, 1.0)

    def test_fewer_pictures_than_features(self):
        self.compare(90, 120, 200, 7, 2.0)

    def test_large_means(self):
        self.compare(300, 300, 24, 12, 300.0)

    def test_more_than_a_block(self):
        self.compare(700, 350, 16, 1000, 0.5)

    def test_a_constant_feature(self):
        """A singular covariance that no number of pictures helps."""
        self.mix = np.eye(6)
        one, other = self.features(500, 6, 3.0), self.features(400, 6, 2.0)
        one[:, 2] = other[:, 2] = 5
        one[:, 3], other[:, 3] = one[:, 1], other[:, 1]
        found = self.numbers(one, other, np.full((10, 2), 0.5, np.float32))
        x, y = one.astype(np.float64), other.astype(np.float64)
        self.assert_close(found["fid"], fid_by_features(x, y))


if __name__ == "__main__":
    unittest.main(verbosity=2)
