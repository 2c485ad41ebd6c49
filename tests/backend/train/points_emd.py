# points_emd.py GENERATOR DISCRIMINATOR gaussians-25|swiss-roll [DRAWS]: how near a pair of the plane is to the points that
# it was trained on, before and after DOT: the mean EMD, and its deviation, of 1,000 points against as many real ones.
# Run it by ./dev run -- python3 tests/backend/train/points_emd.py …  Draws of real points are the same for every pair.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later

import json
import pathlib
import subprocess
import sys
import tempfile

import numpy

COUNT, UPDATES = 1000, 100


def draw_gaussians(random):
    means = 2.0 * (random.integers(0, 5, (COUNT, 2)) - 2)
    return (means + 0.05 * random.standard_normal((COUNT, 2))) / 2.828


def draw_roll(random):
    t = 1.5 * numpy.pi * (1 + 2 * random.uniform(size=COUNT))
    roll = numpy.stack([t * numpy.cos(t), t * numpy.sin(t)], 1)
    return (roll + 0.25 * random.standard_normal(roll.shape)) / 7.5


DRAW = {"gaussians-25": draw_gaussians, "swiss-roll": draw_roll}


def run(*arguments):
    return subprocess.run(["dot-refine", *map(str, arguments)], capture_output=True, text=True, check=True).stdout


def refine(folder, pair, seed, *how):
    """The points after every update, (updates + 1, COUNT, 2)."""
    trace = folder / "trace.npz"
    run("refine", *pair, "--seed", seed, "--count", COUNT, "--trace", trace, *how)
    with numpy.load(trace) as arrays:
        return arrays["image"].reshape(-1, COUNT, 2)


def measure(folder, points, real):
    for name, array in ("points", points), ("real", real):
        numpy.save(folder / f"{name}.npy", array.astype("f4"))
    result = json.loads(run("emd", folder / "points.npy", folder / "real.npy", "--json"))
    return result["emd_squared"], result["emd"]


def main(generator, discriminator, kind, draws=5):
    pair = (
        "--generator",
        generator,
        "--discriminator",
        discriminator,
        "--architecture",
        "mlp",
        "--prior",
        "uniform",
        "--optimizer",
        "adam",
        "--updates",
        UPDATES,
    )
    found = {"before": [], "after latent DOT": [], "after target DOT": [], "real against real": []}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for draw in range(int(draws)):
            random = numpy.random.default_rng(draw)
            real, others = DRAW[kind](random), DRAW[kind](random)
            latent = refine(folder, pair, draw * COUNT, "--space", "latent")
            target = refine(folder, pair, draw * COUNT, "--space", "target")
            for what, points in zip(found, (latent[0], latent[-1], target[-1], others)):
                found[what].append(measure(folder, points, real))
    for what, values in found.items():
        mean, deviation = numpy.mean(values, 0), numpy.std(values, 0)
        print(f"{what:18} squared {mean[0]:.4f} ± {deviation[0]:.4f}  plain {mean[1]:.4f} ± {deviation[1]:.4f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
