# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""dot-refine evaluate in shards: by GNU parallel, Slurm and mpirun, as docs/cluster.md says it, and by hand."""

import contextlib
import fcntl
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import textwrap
import time

import numpy as np
import torch

import png
import slurm
from command import BINARY, SOURCE, USAGE, CommandTest, main
from random_pair import RandomPair

SIZE, FEATURES, CLASSES = 32, 6, 7
SAMPLES, BATCH, BATCHES, SHARDS = 46, 4, 12, 4
SECONDS = 120
# So long a batch takes that a shard can be killed in its midst.
SLOW = "0,100"


class Plain(torch.nn.Module):
    """Features and logits of a picture's corners."""

    def __init__(self):
        super().__init__()
        torch.manual_seed(1)
        self.look = torch.nn.Linear(3 * 4 * 4, FEATURES)
        self.name = torch.nn.Linear(FEATURES, 5)

    def forward(self, x):
        features = torch.relu(self.look(torch.nn.functional.avg_pool2d(x, 8).flatten(1) / 255))
        return features, self.name(features) * 5


def recipes():
    """The code of docs/cluster.md, by its first line."""
    text = (SOURCE / "docs" / "cluster.md").read_text()
    blocks = re.findall(r"(?:^ {4}.*\n|^\n(?= {4}))+", text, re.MULTILINE)
    return [textwrap.dedent(block).strip("\n") + "\n" for block in blocks]


def recipe(word):
    [found] = [block for block in recipes() if re.search(rf"^{word}", block, re.MULTILINE)]
    return found


class ShardsTest(CommandTest):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        network = torch.jit.script(Plain().eval())
        # What is quoted wrong somewhere on the way to the program falls apart.
        cls.network = cls.folder / "a net.pt"
        network.save(str(cls.network))
        files = RandomPair(CLASSES).save_npz(cls.folder / "pair")
        cls.pair = *files, "--architecture", "sngan-projection", "--prior", "normal", "--device", "cpu"
        real = cls.folder / "real"
        real.mkdir()
        random = np.random.default_rng(3)
        for i in range(20):
            (real / f"{i}.png").write_bytes(png.encode(random.integers(0, 256, (SIZE, SIZE, 3), np.uint8)))
        cls.whole = cls.evaluate_whole()

    @classmethod
    def options(cls, *more, updates="0,3"):
        options = *cls.pair, "--features", cls.network, "--trust", "--seed", 5, "--samples", SAMPLES, "--batch", BATCH
        return [str(word) for word in (*options, "--updates", updates, *more)]

    @classmethod
    def evaluate_whole(cls):
        """What one process says, which has a cache of its own, too."""
        one = cls()
        return one.run_well(
            "evaluate", *cls.options("--against", cls.folder / "real"), "--json", **one.machine("whole")
        )

    def machine(self, name):
        """A machine has a cache of its own."""
        return {"XDG_CACHE_HOME": str(self.folder / f"cache-{name}")}

    def setUp(self):
        self.work = self.folder / self.id().rpartition(".")[2]
        self.work.mkdir()
        self.eval = self.work / "eval"

    def shard(self, i, n=SHARDS, *more):
        return "evaluate", *self.options(*more), "--work", self.eval, "--shard", f"{i}/{n}"

    def make(self, *shards, n=SHARDS):
        for i in shards:
            self.run_well(*self.shard(i, n), **self.machine(f"{i}-{n}"))

    def join(self, *more):
        return "evaluate", *self.options("--against", self.folder / "real", *more), "--work", self.eval, "--json"

    def assert_joined(self):
        self.assertEqual(self.run_well(*self.join(), **self.machine("join")), self.whole)

    def parts(self):
        return sorted(path for path in self.eval.rglob("*.np[yz]"))

    def stamps(self):
        return {path: path.stat().st_mtime_ns for path in self.parts()}

    def wait_for(self, path):
        deadline = time.monotonic() + SECONDS
        while not path.exists():
            self.assertLess(time.monotonic(), deadline, f"{path} does not come")
            time.sleep(0.01)


class ByHand(ShardsTest):

    def test_parts_are_those_of_one_process(self):
        """In any order, also of machines that have no other cache than theirs."""
        self.make(3, 1, 4, 2)
        names = [str(path.relative_to(self.eval)) for path in self.parts()]
        expected = [f"batch-{first:08}.npz" for first in range(0, SAMPLES, BATCH)]
        self.assertEqual(names, expected + [f"constants/class-{label:08}.npy" for label in range(CLASSES)])
        self.assert_joined()
        plain = self.work / "plain"
        self.run_well("evaluate", *self.options(), "--work", plain)
        for name in names:
            self.assertEqual((plain / name).read_bytes(), (self.eval / name).read_bytes(), name)
        left = {path.name for path in self.eval.rglob("*") if path.is_file() and path not in self.parts()}
        self.assertEqual(left, {"work.json", ".lock"})

    def test_what_a_shard_says(self):
        said = self.run_json(*self.shard(3, 5))
        expected = {"shard": 3, "shards": 5, "work": str(self.eval), "batches": 2, "constants": 1}
        self.assertEqual(said, expected)
        self.assertIn("3/5", self.run_well(*self.shard(3, 5)))
        about = json.loads((self.eval / "work.json").read_text())
        self.assertEqual((about["shards"], about["parts"]), (5, BATCHES))
        self.assertIn(f"samples {SAMPLES}", about["description"])

    def test_more_shards_than_parts(self):
        few = "--samples", 12, "--batch", 6, "--metrics", "is"
        for i in 3, 2, 1:
            said = self.run_json(*self.shard(i, 3, *few))
            self.assertEqual((said["batches"], said["constants"]), (int(i < 3), 0))
        whole = self.run_well("evaluate", *self.options(*few), "--json")
        self.assertEqual(self.run_well("evaluate", *self.options(*few), "--work", self.eval, "--json"), whole)

    def test_missing(self):
        self.make(1, 3)
        stamps = self.stamps()
        self.run_badly(*self.join(), mentions=["2/4, 4/4", self.eval, "--shard 1/1"])
        self.make(2)
        self.run_badly(*self.join(), mentions=["4/4", self.eval])
        self.run_well(*self.shard(1, 1))
        self.assert_joined()
        self.assertEqual(stamps, {path: stamp for path, stamp in self.stamps().items() if path in stamps})

    def test_other_options(self):
        self.make(1)
        stamps = self.stamps()
        for more in ["--seed", 6], ["--samples", SAMPLES + 1], ["--batch", 5], ["--k-eff", 1], ["--updates", "0,4"]:
            self.run_badly(*self.shard(2, SHARDS, *more), mentions=[self.eval, "seed 5", "--work"])
            self.run_badly(*self.join(*more), mentions=[self.eval, "seed 5", "--work"])
        self.run_badly(*self.shard(2, 3), mentions=[self.eval, "4 shards", "I/4"])
        self.assertEqual(self.stamps(), stamps)
        self.make(2, 3, 4)
        self.assert_joined()

    def test_wrong_shard(self):
        for text in "", "4", "0/4", "5/4", "1/0", "-1/4", "1/4/4", "a/b", "1,4":
            words = "evaluate", *self.options(), "--work", self.eval, f"--shard={text}"
            self.run_badly(*words, code=USAGE, mentions=[f"“{text}”", "I/N"])
        self.run_badly("evaluate", *self.options(), "--shard", "1/4", code=USAGE, mentions=["--work"])
        self.assertFalse(self.eval.exists())

    def test_the_same_shard_twice(self):
        self.make(2)
        with (self.eval / ".lock").open("r+b") as lock:
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, 2)
            self.run_badly(*self.shard(2), mentions=["2/4", self.eval])
            self.run_badly(*self.shard(1, 1), mentions=[self.eval])
            self.make(1, 3, 4)
        self.assert_joined()

    def test_killed(self):
        updates = SLOW
        command = *self.shard(2, SHARDS), "--updates", updates
        process = self.start(*command)
        self.wait_for(self.eval / f"batch-{BATCH:08}.npz")
        process.kill()
        process.communicate()
        self.assertEqual(process.returncode, -signal.SIGKILL)
        self.assertLess(len(self.parts()), BATCHES // SHARDS)
        half = self.eval / f"batch-{5 * BATCH:08}.npz.aB3xY9"
        half.write_bytes(b"half")
        others = self.eval / "batch-00000000.npz.aB3xY9"
        others.write_bytes(b"of a shard that may be at work")
        stamps = self.stamps()
        for i in 1, 3, 4:
            self.run_well(*self.shard(i), "--updates", updates)
        self.assertFalse(others.exists())
        self.run_badly(*self.join("--updates", updates), mentions=["2/4"])
        self.run_well(*command)
        self.assertFalse(half.exists())
        joined = self.run_well(*self.join("--updates", updates))
        self.assertEqual(stamps, {path: self.stamps()[path] for path in stamps})
        whole = *self.options("--against", self.folder / "real"), "--updates", updates
        self.assertEqual(joined, self.run_well("evaluate", *whole, "--json"))

    def test_damaged(self):
        """What a disk has lost is made anew."""
        self.make(1, 2, 3, 4)
        for path in self.parts()[1], self.parts()[-1]:
            path.write_bytes(path.read_bytes()[:-20])
        self.assert_joined()
        self.assert_joined()

    def test_constants_of_many_classes(self):
        common = "evaluate", *self.pair, "--metrics", "lipschitz", "--samples", 1, "--updates", 0
        whole = self.run_well(*common, "--json", **self.machine("constants"))
        self.assertEqual(len(json.loads(whole)["classes"]), CLASSES)
        for i in 3, 1, 2:
            machine = self.machine(f"constants-{i}")
            said = self.run_json(*common, "--work", self.eval, "--shard", f"{i}/3", **machine)
            self.assertEqual(said["constants"], 3 if i == 1 else 2)
            [cache] = pathlib.Path(machine["XDG_CACHE_HOME"]).glob("dot-refine/k-eff/*.ini")
            found = set(re.findall(r"label(\d+)", cache.read_text()))
            # Of the one sample, too, which is of the first class.
            self.assertEqual(found, {str(label) for label in range(i - 1, CLASSES, 3)})
        self.assertEqual(self.run_well(*common, "--work", self.eval, "--json", **self.machine("none")), whole)


class Queues(ShardsTest):

    def environment(self, **changes):
        """Queues find the program as a person's shell does."""
        environment = super().environment(**changes)
        environment["PATH"] = f"{pathlib.Path(BINARY).parent}:{environment['PATH']}:/usr/sbin"
        return environment | {"OMP_NUM_THREADS": "1"}

    def run_recipe(self, word):
        """Its last line joins."""
        text = recipe(word).replace("OMP_NUM_THREADS=2", "OMP_NUM_THREADS=1")
        *shards, last = text.replace("\\\n", "").splitlines()
        environment = self.environment(**self.machine("queue"))
        options = "shell", *self.options("--against", self.folder / "real")
        for script in "\n".join(shards), last + " --json":
            done = subprocess.run(
                ["bash", "-e", "-c", script, *options],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=SECONDS,
                cwd=self.work,
                env=environment,
                check=False,
            )
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(done.stdout, self.run_whole(environment))

    def run_whole(self, environment):
        options = self.options("--against", self.folder / "real")
        return self.run_well("evaluate", *options, "--json", **environment)

    def test_parallel(self):
        said = shutil.which("parallel") and subprocess.run(["parallel", "--version"], capture_output=True, check=False)
        if not said or b"GNU" not in said.stdout:
            self.skipTest("GNU parallel is not installed (Debian's package parallel)")
        self.run_recipe("parallel")

    def test_mpirun(self):
        if not shutil.which("mpirun") or not shutil.which("ompi_info"):
            self.skipTest("Open MPI is not installed (Debian's package openmpi-bin)")
        allowed = "OMPI_ALLOW_RUN_AS_ROOT", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "PRTE_MCA_rmaps_default_mapping_policy"
        values = dict(zip(allowed, ("1", "1", ":oversubscribe")))
        with contextlib.ExitStack() as stack:
            for name, value in values.items():
                stack.callback(os.environ.pop, name, None)
                os.environ[name] = value
            self.run_recipe("mpirun")

    def test_slurm(self):
        """An array job, a shard of which is killed in the middle and queued once more."""
        try:
            with slurm.running() as cluster:
                self.check_array_job(cluster)
        except slurm.NoSlurm as why:
            self.skipTest(f"no Slurm: {why}")

    def check_array_job(self, cluster):
        environment = self.environment(**self.machine("slurm"), SLURM_CONF=cluster.environment["SLURM_CONF"])
        script = self.work / "shards.sh"
        script.write_text(recipe("#!/bin/bash"))
        options = self.options("--against", self.folder / "real", updates=SLOW)
        changes = {"cwd": self.work, "env": environment}
        job = cluster.submit(script, *options, **changes)
        process = self.wait_for_process("2/4")
        self.wait_for(self.eval / f"batch-{BATCH:08}.npz")
        os.kill(process, signal.SIGKILL)
        states = cluster.wait(job)
        self.assertEqual(sorted(states), ["COMPLETED"] * 3 + ["FAILED"], self.said())
        kept = self.stamps()
        self.assertFalse((self.eval / f"batch-{9 * BATCH:08}.npz").exists(), "killed too late")
        join = *options, "--work", self.eval, "--json"
        self.run_badly("evaluate", *join, mentions=["2/4", self.eval], **environment)
        self.assertEqual(cluster.wait(cluster.submit("--array=2", script, *options, **changes)), ["COMPLETED"])
        self.assertEqual(kept, {path: self.stamps()[path] for path in kept})
        joined = self.run_well("evaluate", *join, **environment)
        self.assertEqual(joined, self.run_well("evaluate", *options, "--json", **environment))

    def said(self):
        return "".join(path.read_text() for path in sorted(self.work.glob("shard-*.txt")))

    def find_process(self, shard):
        """Of this test: in its folder, with that shard."""
        for entry in pathlib.Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                words = (entry / "cmdline").read_bytes().split(b"\0")
                if words[0].endswith(b"dot-refine") and shard.encode() in words:
                    if (entry / "cwd").resolve() == self.work.resolve():
                        return int(entry.name)
        return None

    def wait_for_process(self, shard):
        deadline = time.monotonic() + SECONDS
        while not (process := self.find_process(shard)):
            self.assertLess(time.monotonic(), deadline, self.said())
            time.sleep(0.01)
        return process


if __name__ == "__main__":
    main()
