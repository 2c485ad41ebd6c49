#!/usr/bin/env python3
# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Times dot-refine, and takes its memory: bench.py RANDOM_PAIR_FOLDER [CASE…]

Each case runs with no update, with few and with many, in turn and several
times over, so that what else the machine does meets all of them.  An
update's time is the median of the differences, in which starting and loading
fall out; the first image is the median of the runs without updates, from the
start of the process to its end.

DOT_REFINE_BENCH_DEVICE is cpu where it isn't set, DOT_REFINE_BENCH_REPEATS 5.
"""

import os
import pathlib
import platform
import statistics
import subprocess
import sys
import time

DEVICE = os.environ.get("DOT_REFINE_BENCH_DEVICE", "cpu")
REPEATS = int(os.environ.get("DOT_REFINE_BENCH_REPEATS", "5"))

# Model, batch, and the two numbers of updates.
CASES = [
    ("imagenet10-64", 1, 8, 72),
    ("imagenet10-64", 4, 4, 36),
    ("imagenet10-64", 16, 2, 10),
    ("random-128", 1, 2, 8),
    ("random-128", 4, 1, 3),
]

COLUMNS = "model", "batch", "ms an update", "first image s", "whole s", "MiB"


def run(arguments):
    """Seconds and peak memory in MiB of one run of the command."""
    command = ["dot-refine", "refine", "--k-eff", "1", "--device", DEVICE,
               *map(str, arguments)]
    begin = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"bench: {' '.join(command)} failed")
    return time.monotonic() - begin, usage.ru_maxrss / 1024


def model_arguments(model, folder):
    if model == "imagenet10-64":
        return ["--model", model]
    return ["--generator", folder / "generator.npz",
            "--discriminator", folder / "discriminator.npz"]


def measure(case, folder):
    """The row of a case."""
    model, batch, few, many = case
    arguments = [*model_arguments(model, folder), "--count", batch]
    first, whole, updates, memory = [], [], [], []
    for _ in range(REPEATS):
        times = []
        for number in 0, few, many:
            seconds, mib = run([*arguments, "--updates", number])
            times.append(seconds)
            memory.append(mib)
        first.append(times[0])
        whole.append(times[2])
        updates.append(1000 * (times[2] - times[1]) / (many - few))
    return (model, batch, f"{statistics.median(updates):.1f}",
            f"{statistics.median(first):.2f}",
            f"{statistics.median(whole):.2f} ({many} updates)",
            f"{max(memory):.0f}")


def processor():
    for line in open("/proc/cpuinfo", encoding="utf-8"):
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def print_machine():
    threads = os.environ.get("OMP_NUM_THREADS", "one a core")
    print(f"{processor()}, {len(os.sched_getaffinity(0))} cores, "
          f"threads: {threads}, wait policy: "
          f"{os.environ.get('OMP_WAIT_POLICY', 'the default')}, "
          f"device: {DEVICE}, load: {os.getloadavg()[0]:.1f}, "
          f"medians of {REPEATS}")


def print_row(row):
    widths = 14, 5, 12, 13, 18, 6
    print("  ".join(str(cell).rjust(width) if i else str(cell).ljust(width)
                    for i, (cell, width) in enumerate(zip(row, widths))),
          flush=True)


def main(folder, *names):
    print_machine()
    print_row(COLUMNS)
    for case in CASES:
        if not names or f"{case[0]}:{case[1]}" in names:
            print_row(measure(case, pathlib.Path(folder)))


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: bench.py RANDOM_PAIR_FOLDER [MODEL:BATCH…]")
    main(*sys.argv[1:])
