# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Two hundred damaged copies of valid packages, through info and through refine."""

import hashlib
import json
import os
import random
import shutil
import time

import damaged
from command import BINARY, DONE, FAILED, MODEL, CommandTest, main
from random_pair import RandomPair

MUTANTS = 200
SHIPPED_EVERY = 10
ROLES = "generator", "discriminator"
INFO_SECONDS, INFO_MEGABYTES = 2, 500
REFINE_SECONDS = 6
REFINE = "--updates", 1, "--k-eff", 1, "--device", "cpu"


class Mutations(CommandTest):

    def make_packages(self):
        """A tiny one of each format of weights, and the shipped one."""
        pair, folder = RandomPair(), self.folder / "source"
        npz = pair.save_npz(folder)
        self.run_well("import", *npz, "--id", "safetensors", "--to", self.folder, "--no-k-eff")
        shutil.copytree(self.folder / "safetensors", self.folder / "npz")
        for role in ROLES:
            (self.folder / "npz" / f"{role}.safetensors").unlink()
            shutil.copy(folder / f"{role}.npz", self.folder / "npz")
        self.name_files(self.folder / "npz", "npz")
        return [self.folder / "safetensors", self.folder / "npz"], MODEL

    @staticmethod
    def name_files(folder, suffix):
        """Makes model.json promise the files that are there."""
        path = folder / "model.json"
        manifest = json.loads(path.read_text())
        for role in ROLES:
            file = folder / f"{role}.{suffix}"
            digest = hashlib.sha256(file.read_bytes()).hexdigest()
            manifest["files"][role] = {"name": file.name, "sha256": digest}
        path.write_text(json.dumps(manifest))

    def mutate(self, source, rng):
        """A damaged copy; of damaged weights every other one has the right sha256."""
        folder = self.folder / "mutant"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(source, folder)
        [suffix] = {path.suffix for path in folder.iterdir()} & {".npz", ".safetensors"}
        name = rng.choice(["model.json", *(role + suffix for role in ROLES)])
        data = bytearray((folder / name).read_bytes())
        change = damaged.change if name == "model.json" or rng.random() < 0.7 else damaged.claim
        change(data, rng)
        (folder / name).write_bytes(data)
        if name != "model.json" and rng.random() < 0.5:
            self.name_files(folder, suffix[1:])
        return folder

    def run_once(self, *arguments):
        """Exit code, standard error, seconds and megabytes of one run."""
        with (self.folder / "stderr").open("w+b") as stderr:
            begin = time.monotonic()
            actions = [
                (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
                (os.POSIX_SPAWN_DUP2, stderr.fileno(), 2),
            ]
            pid = os.posix_spawn(BINARY, [BINARY, *map(str, arguments)], self.environment(), file_actions=actions)
            _, status, usage = os.wait4(pid, 0)
            seconds = time.monotonic() - begin
            stderr.seek(0)
            text = stderr.read().decode("utf-8")
        return os.waitstatus_to_exitcode(status), text, seconds, usage.ru_maxrss / 1024

    def check(self, *arguments, limit):
        """Done in silence, or failed with one sentence, within the limit; a machine that is
        busy elsewhere gets a second chance."""
        for _ in range(2):
            code, text, seconds, megabytes = self.run_once(*arguments)
            if seconds < limit:
                break
        self.assertIn(code, (DONE, FAILED), text)
        if code == FAILED:
            self.assert_sentence(text)
        else:
            self.assertEqual(text, "")
        self.assertLess(seconds, limit)
        return code, seconds, megabytes

    def test_mutants(self):
        tiny, shipped = self.make_packages()
        runs = {"info": [], "refine": []}
        for seed in range(MUTANTS):
            rng = random.Random(seed)
            source = shipped if seed % SHIPPED_EVERY == 0 else rng.choice(tiny)
            folder = self.mutate(source, rng)
            with self.subTest(seed=seed):
                runs["info"].append(self.check("info", folder, limit=INFO_SECONDS))
                runs["refine"].append(self.check("refine", "--model", folder, *REFINE, limit=REFINE_SECONDS))
        self.assertLess(max(run[2] for run in runs["info"]), INFO_MEGABYTES)
        for command, results in runs.items():
            codes, seconds, megabytes = zip(*results)
            print(
                f"{command}: {codes.count(DONE)} done, {codes.count(FAILED)} refused, "
                f"at most {max(seconds):.2f} s and {max(megabytes):.0f} MB, "
                f"{sum(seconds):.0f} s together"
            )
        self.assertGreater(codes.count(DONE), 0)
        self.assertGreater(codes.count(FAILED), MUTANTS / 2)


if __name__ == "__main__":
    main()
