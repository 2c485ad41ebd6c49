# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Runs the built dot-refine the way its users do.

DOT_REFINE_BINARY and DOT_REFINE_SOURCE come from meson.build.  Each test case
has a folder of its own for its files and for the caches.
"""

import contextlib
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

BINARY = os.environ["DOT_REFINE_BINARY"]
SOURCE = pathlib.Path(os.environ["DOT_REFINE_SOURCE"])
MODELS = SOURCE / "models"
MODEL = MODELS / "imagenet10-64"

DONE, FAILED, USAGE, CANCELLED = 0, 1, 2, 130


class CommandTest(unittest.TestCase):
    """Base of all tests: runs the command and checks what it must always do."""

    @classmethod
    def setUpClass(cls):
        cls._folder = tempfile.TemporaryDirectory(prefix="dot-refine-")
        cls.addClassCleanup(cls._folder.cleanup)
        cls.folder = pathlib.Path(cls._folder.name)

    def environment(self, **changes):
        """The environment for the command, in English and with its own cache."""
        environment = dict(
            os.environ,
            LC_ALL="C.UTF-8",
            XDG_CACHE_HOME=str(self.folder / "cache"),
            XDG_CONFIG_HOME=str(self.folder / "config"),
            XDG_DATA_HOME=str(self.folder / "data"),
            DOT_REFINE_MODELS=str(MODELS),
        )
        # A sanitizer's own exit code must not look like one of ours.
        sanitizer = environment.get("ASAN_OPTIONS", "")
        environment["ASAN_OPTIONS"] = sanitizer + ":exitcode=99"
        environment.update(changes)
        return environment

    def start(self, *arguments, **changes):
        """Starts the command and doesn't wait for it."""
        return subprocess.Popen(
            [BINARY, *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            cwd=self.folder,
            env=self.environment(**changes),
        )

    def run_command(self, *arguments, code=DONE, stdout=subprocess.PIPE, **changes):
        """Runs the command to its end, which must have the exit code, or any."""
        result = subprocess.run(
            [BINARY, *(a if isinstance(a, bytes) else str(a) for a in arguments)],
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            cwd=self.folder,
            timeout=300,
            env=self.environment(**changes),
        )
        if code is not None:
            self.assertEqual(result.returncode, code, f"{arguments}: {result.stdout}{result.stderr}")
        return result

    def run_well(self, *arguments, **changes):
        """Runs what must work, in silence, and returns its output."""
        result = self.run_command(*arguments, **changes)
        self.assertEqual(result.stderr, "")
        return result.stdout

    def run_json(self, *arguments, **changes):
        """Runs what must work and prints JSON."""
        return json.loads(self.run_well(*arguments, "--json", **changes))

    def assert_sentence(self, text, *mentions):
        """One line, one sentence of ours, which names what is wrong."""
        self.assertRegex(text, r"\Adot-refine: [^\n]+\.\n\Z")
        self.assertNotRegex(text, r"[a-z)”]\. [A-Z]", "more than one sentence")
        self.assertIsNone(re.search(r"\(null\)|%[a-z]", text), text)
        ours = text.replace("but got 1 channels", "")  # which are libtorch's own words
        self.assertIsNone(re.search(r"(?<![\w.,−-])1 (?!is\b|has\b|was\b|as\b)[a-z]+s\b", ours), text)
        for mention in mentions:
            self.assertIn(str(mention), text)

    def run_badly(self, *arguments, code=FAILED, mentions=(), **changes):
        """Runs what must fail with one sentence and no results."""
        result = self.run_command(*arguments, code=code, **changes)
        self.assert_sentence(result.stderr, *mentions)
        self.assertEqual(result.stdout or "", "")
        return result.stderr

    @contextlib.contextmanager
    def small_disk(self, size="64k"):
        """A folder that holds so much."""
        with tempfile.TemporaryDirectory(prefix="dot-refine-disk-") as folder:
            mounted = (
                os.getuid() == 0
                and subprocess.run(
                    ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder],
                    stderr=subprocess.DEVNULL,
                    check=False,
                ).returncode
                == 0
            )
            if not mounted:
                self.skipTest("a small disk can't be mounted without root")
            try:
                yield pathlib.Path(folder)
            finally:
                subprocess.run(["umount", folder], check=True)


def main():
    """Runs the tests of the calling file."""
    unittest.main(verbosity=2)
