# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Every metric in NumPy and SciPy, from the papers' formulas, in another way than ours where there
is one: SciPy's square root of a matrix, singular values of the features themselves, an assignment
instead of a network simplex.
"""

import numpy as np
import scipy.linalg
import scipy.optimize
import scipy.spatial.distance
import scipy.special

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
        (xx.sum() - np.trace(xx)) / (n * (n - 1)) + (yy.sum() - np.trace(yy)) / (m * (m - 1)) - 2 * kernel(x, y).mean()
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
