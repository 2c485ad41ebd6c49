# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Every metric against NumPy and SciPy on the same features, to 1e-6 relative.

The twins are written from the papers' formulas in another way than ours where
there is one: SciPy's square root of a matrix, singular values of the features
themselves, an assignment instead of a network simplex.
"""

import os
import pathlib
import subprocess
import tempfile
import unittest

import numpy as np
import scipy.linalg
import scipy.optimize
import scipy.spatial.distance
import scipy.special

NUMBERS = os.environ.get("DOT_TEST_NUMBERS")
RELATIVE = 1e-6


def philox(counter, key):
    """Philox4x32-10 (Salmon et al. 2011)."""
    c, k = list(counter), list(key)
    for _ in range(10):
        p, q = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(q >> 32) ^ c[1] ^ k[0], q & 0xFFFFFFFF, (p >> 32) ^ c[3] ^ k[1], p & 0xFFFFFFFF]
        k = [(k[0] + 0x9E3779B9) & 0xFFFFFFFF, (k[1] + 0xBB67AE85) & 0xFFFFFFFF]
    return c


def draw(seed, subset, n, size):
    """A KID subset, as docs/evaluate.md describes it."""
    rest, chosen = list(range(n)), []
    for i in range(size):
        word = philox([i // 4, subset, 0, 0], [seed, 2])[i % 4]
        j = i + (word * (n - i) >> 32)
        rest[i], rest[j] = rest[j], rest[i]
        chosen.append(rest[i])
    return chosen


def kid(x, y):
    """The unbiased squared MMD with (x·y / d + 1)³."""

    def kernel(a, b):
        return (a @ b.T / a.shape[1] + 1) ** 3

    n, m = len(x), len(y)
    xx, yy = kernel(x, x), kernel(y, y)
    return (
        (xx.sum() - np.trace(xx)) / (n * (n - 1))
        + (yy.sum() - np.trace(yy)) / (m * (m - 1))
        - 2 * kernel(x, y).mean()
    )


def inception_score(p, splits=10):
    """Of each tenth: exp of the mean KL divergence."""
    scores = []
    for i in range(splits):
        part = p[i * len(p) // splits : (i + 1) * len(p) // splits]
        divergence = scipy.special.rel_entr(part, part.mean(0)).sum(1)
        scores.append(np.exp(divergence.mean()))
    return np.mean(scores), np.std(scores)


def share(points, of, k=3):
    """How many points lie in a ball to the k-th neighbour around one of `of`."""
    radii = np.sort(scipy.spatial.distance.cdist(of, of))[:, k]
    return (scipy.spatial.distance.cdist(points, of) <= radii).any(1).mean()


def emd(x, y, metric):
    """Of sets of one size an assignment; others are first made so."""
    n = np.lcm(len(x), len(y))
    x, y = np.repeat(x, n // len(x), 0), np.repeat(y, n // len(y), 0)
    costs = scipy.spatial.distance.cdist(x, y, metric)
    return costs[scipy.optimize.linear_sum_assignment(costs)].mean()


def fid_by_root(x, y):
    """The formula as it stands, by SciPy's square root."""
    a, b = np.cov(x.T), np.cov(y.T)
    root = scipy.linalg.sqrtm(a @ b)
    return ((x.mean(0) - y.mean(0)) ** 2).sum() + np.trace(a + b - 2 * root.real)


def fid_by_features(x, y):
    """tr √(C₁C₂) from the features, which holds where covariances are singular."""
    a, b = x - x.mean(0), y - y.mean(0)
    singular = scipy.linalg.svdvals(a @ b.T)
    return (
        ((x.mean(0) - y.mean(0)) ** 2).sum()
        + np.trace(np.cov(x.T))
        + np.trace(np.cov(y.T))
        - 2 * singular.sum() / np.sqrt((len(x) - 1.0) * (len(y) - 1.0))
    )


class Twins(unittest.TestCase):

    def setUp(self):
        self.random = np.random.default_rng(1)

    def numbers(self, one, other, probabilities):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "arrays.npz"
            np.savez(path, one=one, other=other, probabilities=probabilities)
            lines = subprocess.run(
                [NUMBERS, path], check=True, text=True, stdout=subprocess.PIPE
            ).stdout.splitlines()
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
