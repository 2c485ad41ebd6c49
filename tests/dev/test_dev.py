# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Where ./dev puts the plug-in: into each GIMP 3 that a person has, and out of it again."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

SOURCE = pathlib.Path(os.environ["DOT_REFINE_SOURCE"])
BUILDS = str(SOURCE / "build"), str(SOURCE / "build-sid")
PARTS = (
    "dot-refine",
    "models/imagenet40-64/model.json",
    "locale/de/LC_MESSAGES/dot-refine.mo",
    "icons/hicolor/scalable/apps/dot-refine.svg",
    "help/dialog.html",
)


class Dev(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        if not shutil.which("dpkg-query") or os.environ["DOT_REFINE_BUILD"] not in BUILDS:
            raise unittest.SkipTest("this was not built by ./dev")

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="dot-refine-dev-")
        self.addCleanup(folder.cleanup)
        self.home = pathlib.Path(folder.name)
        self.settings = self.home / ".config" / "GIMP"

    def dev(self, *arguments):
        """What it says."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
        done = subprocess.run(
            [SOURCE / "dev", *arguments],
            check=False,
            capture_output=True,
            text=True,
            env=environment | {"HOME": str(self.home), "XDG_CACHE_HOME": str(self.home / "cache")},
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stderr

    def plug_in(self, version):
        return self.settings / version / "plug-ins" / "dot-refine"

    def make_settings(self, *versions):
        for version in versions:
            (self.settings / version / "plug-ins").mkdir(parents=True)

    def assert_installed(self, version):
        for part in PARTS:
            self.assertTrue((self.plug_in(version) / part).is_file(), part)
        self.assertTrue(os.access(self.plug_in(version) / "dot-refine", os.X_OK))
        self.assertTrue(list(self.plug_in(version).glob("*.so")))

    def test_each_gimp_3(self):
        self.make_settings("2.10", "3.0", "3.2", "3.2-old")
        said = self.dev("install")
        for version in "3.0", "3.2":
            self.assert_installed(version)
            self.assertIn(f"DOT Refine is in {self.plug_in(version)};", said)
        for version in "2.10", "3.2-old":
            self.assertEqual(list((self.settings / version / "plug-ins").iterdir()), [])
        said = self.dev("uninstall")
        for version in "3.0", "3.2":
            self.assertFalse(self.plug_in(version).exists())
            self.assertTrue((self.settings / version / "plug-ins").is_dir())
            self.assertIn(f"DOT Refine is out of {self.plug_in(version)}.", said)

    def test_the_installed_gimp(self):
        full = subprocess.run(
            ["pkg-config", "--modversion", "gimp-3.0"], check=True, capture_output=True, text=True
        ).stdout
        version = ".".join(full.split(".")[:2])
        said = self.dev("install")
        self.assert_installed(version)
        self.assertIn(f"DOT Refine is in {self.plug_in(version)};", said)
        self.assertEqual([folder.name for folder in self.settings.iterdir()], [version])

    def test_a_gimp_that_was_not_started(self):
        self.make_settings("3.99")
        said = self.dev("install")
        self.assert_installed("3.99")
        self.assertIn("has no settings yet: start it once", said)
        self.assertFalse(self.plug_in("3.0").exists() or self.plug_in("3.2").exists())

    def test_nothing_to_take_out(self):
        self.make_settings("3.0")
        self.assertIn(f"DOT Refine is in no GIMP 3 of {self.settings}.", self.dev("uninstall"))

    def test_an_unknown_root(self):
        for arguments in ["--root", "bookworm"], ["--root"]:
            done = subprocess.run([SOURCE / "dev", "test", *arguments], check=False, capture_output=True, text=True)
            self.assertEqual(done.returncode, 1)
            self.assertIn("give sid", done.stderr)
            self.assertEqual(done.stdout, "")


if __name__ == "__main__":
    unittest.main()
