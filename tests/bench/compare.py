#!/usr/bin/env python3
# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""dot-refine against the same in PyTorch (peer.py): ./dev bench peer [CASE…]

Both sides are asked for updates in turn, ours first, each in a process that
waits without spinning while it is the other's turn: what else the machine does
meets both.  A turn is a tenth of a second of updates, or one, after one that
finds the caches cold and isn't counted: a person's updates follow each other.
What is printed is the median of the quotients of neighbouring turns, PyTorch
over ours: more is better.  Before anything is timed, both must make the same
trajectory.

A first image is timed from the start of a fresh process to the unrefined
picture, alternately.  k_eff of a class is a run that estimates it less a run
that is given it, against 12 updates of a batch of 8, both ours.

A CASE is a word that a row's name must contain: float32, "batch 4", k_eff.

Of the architectures whose pairs come in their authors' own files there are random
ones of the public ones' sizes (real_size.py).  The first time each is made and
imported, which takes minutes and up to 2 GB of the person's cache.
"""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
PEER = HERE / "peer.py"
MODELS = HERE.parent.parent / "models"
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "dot-refine"
FOLDERS = {"random-128": CACHE / "random-128", "imagenet10-64": MODELS / "imagenet10-64"}
REAL_SIZE = ["biggan-128", "biggan-256", "studiogan-128", "r3gan-64", "stylegan2-256"]
# Their files, a folder each, and the models that are made of them.
MADE = CACHE / "real-size"
IMPORTED = MADE / "models"
NEEDED_MEGABYTES = 2000

# Updates: model, precision, batch, the quotient to reach.
UPDATES = {
    "cpu": [
        ("random-128", "float32", 1, 2.2),
        ("random-128", "float32", 4, 1.8),
        ("random-128", "bfloat16", 1, 1.6),
        ("random-128", "bfloat16", 4, 1.6),
        ("imagenet10-64", "float32", 1, 3),
        ("imagenet10-64", "float32", 16, 2),
    ]
    + [(model, "float32", 1, 2) for model in REAL_SIZE],
    "cuda": [("random-128", precision, batch, 1.3) for precision in ("float32", "bfloat16") for batch in (1, 8, 64)],
}
FIRST_IMAGES = [("random-128", 4), ("imagenet10-64", 4)]
TURN_MS = 100
K_EFF = ["random-128", "imagenet10-64"]
# How a good PyTorch programmer may do it on each device.
VARIANTS = {"cpu": ["eager"], "cuda": ["eager", "compile", "graph"]}


def ours(options, model, precision="float32", batch=1):
    return [
        "dot-refine",
        "bench",
        "--worker",
        "--model",
        model,
        "--engine",
        options.engine,
        "--device",
        options.device,
        "--precision",
        precision,
        "--batch",
        str(batch),
    ]


def find_files(model):
    """The generator's file and the discriminator's, which comes first by its name; or one is both."""
    if model in FOLDERS:
        return FOLDERS[model] / "generator.npz", FOLDERS[model] / "discriminator.npz"
    discriminator, *_, generator = 2 * sorted((MADE / model).iterdir())
    return generator, discriminator


def files(model):
    generator, discriminator = find_files(model)
    return ["--generator", str(generator), "--discriminator", str(discriminator)]


def theirs(options, model, precision="float32", batch=1, variant="eager"):
    return [
        sys.executable,
        str(PEER),
        *files(model),
        "--device",
        options.device,
        "--precision",
        precision,
        "--batch",
        str(batch),
        "--variant",
        variant,
    ]


class Server:
    """A process that makes an update when it is asked to."""

    def __init__(self, command):
        self.command, self.started = command, time.monotonic()
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.start = self._answer()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.stdin.close()
        self._process.stdout.read()
        self._process.wait()

    def _answer(self):
        line = self._process.stdout.readline()
        answer = json.loads(line) if line else {"error": "it ended"}
        if "error" in answer:
            sys.exit(f"compare: {' '.join(self.command)}: {answer['error']}")
        return answer

    def update(self):
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return self._answer()["update_ms"]

    def turn(self):
        """The median of a few updates that follow each other."""
        self.update()
        times = [self.update()]
        while sum(times) < TURN_MS:
            times.append(self.update())
        return statistics.median(times)

    def first_image(self):
        return self.start["first_image_at"] / 1000 - 1000 * self.started


# --- Random pairs ---------------------------------------------------------------


def check_space():
    CACHE.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(CACHE).free // 1000000
    if free < NEEDED_MEGABYTES:
        sys.exit(
            f"compare: A random pair needs {NEEDED_MEGABYTES} MB in {CACHE}, and {free} MB are free: "
            "free some, or set XDG_CACHE_HOME to a larger disk."
        )


def make_files(model):
    """Whole, or not at all."""
    new = MADE / f".{model}"
    shutil.rmtree(new, ignore_errors=True)
    print(f"compare: making a random {model}, once", file=sys.stderr)
    subprocess.run([sys.executable, str(HERE / "real_size.py"), model, str(new)], check=True)
    new.rename(MADE / model)


def import_files(model):
    print(f"compare: importing {model}, once", file=sys.stderr)
    paths = sorted(map(str, set(find_files(model))))
    to = ["--id", model, "--to", str(IMPORTED), "--no-k-eff", "--device", "cpu"]
    subprocess.run(["dot-refine", "import", *paths, *to], check=True, stdout=subprocess.DEVNULL)


def ensure(options, model):
    """Where a random pair isn't there, it is made."""
    if model == "random-128":
        subprocess.run(ours(options, model), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)
    if model in FOLDERS or (IMPORTED / model).exists():
        return
    check_space()
    if not (MADE / model).exists():
        make_files(model)
    import_files(model)


# --- Rows ---------------------------------------------------------------------


def row(name, target, pairs):
    """What neighbours, ours and the other's, come to."""
    return {
        "name": name,
        "target": target,
        "ours_ms": statistics.median(a for a, _ in pairs),
        "other_ms": statistics.median(b for _, b in pairs),
        "ratio": statistics.median(b / a for a, b in pairs),
    }


def compare_updates(options, name, target, ours_command, theirs_command):
    with Server(ours_command) as a, Server(theirs_command) as b:
        for server in a, b:
            server.turn()
        return row(name, target, [(a.turn(), b.turn()) for _ in range(options.turns)])


def first_image(command):
    with Server(command) as server:
        return server.first_image()


def compare_first_images(options, name, target, model):
    return row(
        name,
        target,
        [(first_image(ours(options, model)), first_image(theirs(options, model))) for _ in range(options.starts)],
    )


def refine_ms(options, model, k_eff):
    """A run without updates, with caches of its own."""
    with tempfile.TemporaryDirectory() as cache:
        begin = time.monotonic()
        subprocess.run(
            [
                "dot-refine",
                "refine",
                *files(model),
                "--updates",
                "0",
                "--k-eff",
                k_eff,
                "--engine",
                options.engine,
                "--device",
                options.device,
                "--precision",
                "float32",
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            env=dict(os.environ, XDG_CACHE_HOME=cache),
        )
        return 1000 * (time.monotonic() - begin)


def compare_k_eff(options, name, model):
    with Server(ours(options, model, batch=8)) as server:
        server.update()
        return row(
            name,
            1,
            [
                (
                    max(refine_ms(options, model, "auto") - refine_ms(options, model, "1"), 1),
                    sum(server.update() for _ in range(12)),
                )
                for _ in range(options.starts)
            ],
        )


def rows(options):
    """Names, models, and what makes each row."""
    for model, precision, batch, target in UPDATES[options.device]:
        for variant in VARIANTS[options.device]:
            name = f"{model} {precision} batch {batch}"
            if variant != "eager":
                name += f" {variant}"
            yield name, model, lambda n=name, t=target, c=(model, precision, batch), v=variant: (
                compare_updates(options, n, t, ours(options, *c), theirs(options, *c, variant=v))
            )
    for model, target in FIRST_IMAGES:
        name = f"{model} first image"
        yield name, model, lambda n=name, t=target, m=model: compare_first_images(options, n, t, m)
    for model in K_EFF:
        name = f"{model} k_eff, 12 updates of 8 over it"
        yield name, model, lambda n=name, m=model: compare_k_eff(options, n, m)


# --- The same trajectory --------------------------------------------------------


def check_trajectory(options, model):
    with tempfile.TemporaryDirectory() as folder:
        trace = os.path.join(folder, "trace.npz")
        subprocess.run(
            [
                "dot-refine",
                "refine",
                *files(model),
                "--updates",
                "2",
                "--count",
                "2",
                "--k-eff",
                "1",
                "--engine",
                options.engine,
                "--device",
                options.device,
                "--precision",
                "float32",
                "--trace",
                trace,
            ],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        subprocess.run([*theirs(options, model), "--check", trace], check=True, stdout=subprocess.DEVNULL)


def print_machine():
    model = next(
        (line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")),
        "unknown processor",
    )
    print(
        f"{model}, {len(os.sched_getaffinity(0))} cores, load "
        f"{os.getloadavg()[0]:.1f}, OMP_WAIT_POLICY={os.environ['OMP_WAIT_POLICY']}"
    )


def print_row(cells, file=sys.stdout):
    print(f"{cells[0]:<48}" + "".join(f"{cell:>12}" for cell in cells[1:]), file=file, flush=True)


def parse():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cases", nargs="*", metavar="CASE")
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    parser.add_argument("--engine", choices=("auto", "native", "torch"), default="auto")
    parser.add_argument("--turns", type=int, default=15, help="pairs of turns a row")
    parser.add_argument("--starts", type=int, default=5, help="pairs of starts a row")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def main():
    options = parse()
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    chosen = [one for one in rows(options) if not options.cases or any(case in one[0] for case in options.cases)]
    for model in dict.fromkeys(model for _, model, _ in chosen):
        ensure(options, model)
        check_trajectory(options, model)
    results = []
    if not options.json:
        print_machine()
        print_row(["", "ours, ms", "other, ms", "other/ours", "wanted"])
    for _, _, measure in chosen:
        results.append(result := measure())
        if not options.json:
            print_row(
                [
                    result["name"],
                    f"{result['ours_ms']:.1f}",
                    f"{result['other_ms']:.1f}",
                    f"{result['ratio']:.2f}",
                    f"{result['target']}",
                ]
            )
    if options.json:
        print(json.dumps(results, indent=2))


if __name__ == "__main__":
    main()
