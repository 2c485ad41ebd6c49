# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""What packages are made by: that nothing is left out of them, and what the archive's scripts do."""

import fnmatch
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

SOURCE = pathlib.Path(os.environ["DOT_REFINE_SOURCE"])
BUILD = pathlib.Path(os.environ["DOT_REFINE_BUILD"])
PACKAGING = SOURCE / "packaging"
FOLDERS = json.loads(os.environ["DOT_REFINE_FOLDERS"])
OPTIONS = (SOURCE / "meson.options").read_text()

# What a build may be without, or may have though Debian's hasn't.
OPTIONAL = ("dotrefine-",)
APART = ("dotrefine-cuda.so", "models/")


def version():
    return re.search(r"version: '(.*?)'", (SOURCE / "meson.build").read_text())[1]


def installed():
    """Where things go, with Debian's prefix and folder of libraries."""
    modules = pathlib.Path(FOLDERS["modules"])
    for path in json.loads((BUILD / "meson-info" / "intro-installed.json").read_text()).values():
        path = pathlib.Path(path)
        if path.is_relative_to(modules):
            path = pathlib.Path("usr/lib/MACHINE/dot-refine") / path.relative_to(modules)
        elif "gimp" in path.parts:
            path = pathlib.Path("usr/lib/MACHINE", *path.parts[path.parts.index("gimp") :])
        else:
            path = "usr" / path.relative_to(FOLDERS["prefix"])
        if not any(part in str(path) for part in APART):
            yield str(path)


def patterns():
    for file in sorted((PACKAGING / "debian").glob("*.install")):
        for line in file.read_text().splitlines():
            yield line.split()[0]


def matches(path, pattern):
    return fnmatch.fnmatch(path, pattern) or fnmatch.fnmatch(path, f"{pattern}/*")


class Debian(unittest.TestCase):

    def test_they_are_of_this_version(self):
        for name in "debian", "debian-models":
            self.assertIn(f"({version()})", (PACKAGING / name / "changelog").read_text().splitlines()[0])

    def test_what_is_installed_is_in_one_package(self):
        for path in installed():
            found = [pattern for pattern in patterns() if matches(path, pattern)]
            self.assertEqual(len(found), 1, (path, found))

    def test_what_a_package_takes_is_installed(self):
        paths = list(installed())
        for pattern in patterns():
            if any(name in pattern for name in OPTIONAL) or not (BUILD / "plugin" / "dot-refine").exists():
                continue
            self.assertTrue(any(matches(path, pattern) for path in paths), pattern)

    def test_their_own_tests_are_there(self):
        for name in "debian", "debian-models":
            folder = PACKAGING / name / "tests"
            named = set(re.findall(r"^Tests: (.*)$", (folder / "control").read_text(), re.MULTILINE))
            self.assertEqual(named, {path.name for path in folder.iterdir()} - {"control"})

    def test_the_model_has_all_its_files(self):
        taken = [line.split()[0] for line in (PACKAGING / "debian-models" / "install").read_text().splitlines()]
        described = json.loads((SOURCE / "models/imagenet40-64/model.json").read_text())
        for file in described["files"].values():
            self.assertTrue(any(fnmatch.fnmatch(f"imagenet40-64/{file['name']}", pattern) for pattern in taken))


class Flatpak(unittest.TestCase):

    def setUp(self):
        [path] = (PACKAGING / "flatpak").glob("*.json")
        self.name = path.stem
        self.manifest = json.loads(path.read_text())

    def test_its_id_is_that_of_the_description(self):
        self.assertEqual(self.manifest["id"], self.name)
        self.assertTrue((SOURCE / "plugin" / f"{self.name}.metainfo.xml.in").is_file())

    def test_its_options_are_those_of_the_build(self):
        given = [option for option in self.manifest["modules"][-1]["config-opts"] if option.startswith("-D")]
        for option in given:
            self.assertIn(f"option('{option[2:].partition('=')[0]}'", OPTIONS)

    def test_what_is_fetched_has_its_sum(self):
        for module in self.manifest["modules"]:
            for source in module["sources"]:
                if source["type"] == "archive":
                    self.assertRegex(source["sha256"], "^[0-9a-f]{64}$", module["name"])


class Archive(unittest.TestCase):
    """The archive's scripts, with made-up programs."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="dot-refine-archive-")
        self.addCleanup(folder.cleanup)
        self.home = pathlib.Path(folder.name) / "home"
        self.unpacked = pathlib.Path(folder.name) / "unpacked"
        self.place = self.home / ".local/lib/dot-refine"
        self.home.mkdir()
        for program in "bin/dot-refine", "plug-in/dot-refine":
            path = self.unpacked / program
            path.parent.mkdir(parents=True)
            path.write_text("#!/bin/sh\necho asked for $1\n")
            path.chmod(0o755)
        for script in "install.sh", "uninstall.sh":
            copy = self.unpacked / script
            copy.write_bytes((PACKAGING / "bundle" / script).read_bytes())
            copy.chmod(0o755)

    def run_script(self, path, code=0, **variables):
        """What it says."""
        done = subprocess.run(
            ["sh", path],
            check=False,
            capture_output=True,
            text=True,
            # no GIMP is to be found but by its settings
            env={"HOME": str(self.home), "PATH": str(self.tools())} | variables,
        )
        self.assertEqual(done.returncode, code, done.stderr)
        return done.stdout + done.stderr

    def tools(self):
        """A folder of the system's programs without any GIMP."""
        folder = self.unpacked.parent / "tools"
        if not folder.is_dir():
            folder.mkdir()
            for name in "sh dirname mkdir rm rmdir cp ln readlink grep head".split():
                found = subprocess.run(["sh", "-c", f"command -v {name}"], check=True, capture_output=True, text=True)
                (folder / name).symlink_to(found.stdout.strip())
        return folder

    def make_profiles(self, *names):
        for name in names:
            (self.home / name).mkdir(parents=True)

    def plug_in(self, profile):
        return self.home / profile / "plug-ins" / "dot-refine"

    def all_files(self):
        return {
            str(path.relative_to(self.home)) for path in self.home.rglob("*") if not path.is_dir() or path.is_symlink()
        }

    def test_each_gimp_3(self):
        self.make_profiles(*(f".config/GIMP/{name}" for name in ("2.10", "3.0", "3.2", "3.2-old")))
        said = self.run_script(self.unpacked / "install.sh")
        for name in "3.0", "3.2":
            self.assertTrue(os.access(self.plug_in(f".config/GIMP/{name}") / "dot-refine", os.X_OK))
            self.assertIn(f"DOT Refine is in {self.plug_in(f'.config/GIMP/{name}')}.", said)
        for name in "2.10", "3.2-old":
            self.assertEqual(list((self.home / ".config/GIMP" / name).iterdir()), [])
        self.assertIn("asked for doctor", said)
        self.assertTrue(os.access(self.home / ".local/bin/dot-refine", os.X_OK))

    def test_it_goes_without_a_trace(self):
        self.make_profiles(".config/GIMP/3.0")
        self.run_script(self.unpacked / "install.sh")
        self.run_script(self.place / "uninstall.sh")
        self.assertEqual(self.all_files(), set())
        self.assertFalse((self.home / ".local/lib").exists())

    def test_again_over_an_earlier_one(self):
        self.make_profiles(".config/GIMP/3.0")
        self.run_script(self.unpacked / "install.sh")
        (self.place / "modules").mkdir()
        (self.place / "modules/old.so").write_text("")
        self.run_script(self.unpacked / "install.sh")
        self.assertFalse((self.place / "modules/old.so").exists())
        self.run_script(self.place / "install.sh")
        self.assertTrue((self.plug_in(".config/GIMP/3.0") / "dot-refine").exists())

    def test_what_somebody_else_put_there_stays(self):
        self.make_profiles(".config/GIMP/3.0/plug-ins/dot-refine", ".local/bin/dot-refine")
        said = self.run_script(self.unpacked / "install.sh", code=1)
        self.assertIn("is there already: take it away", said)
        self.assertFalse(self.place.exists())
        self.run_script(self.unpacked / "uninstall.sh")
        self.assertTrue(self.plug_in(".config/GIMP/3.0").is_dir())

    def test_a_folder_that_a_variable_names(self):
        self.make_profiles("mine", ".config/GIMP/3.0")
        self.run_script(self.unpacked / "install.sh", GIMP3_DIRECTORY=str(self.home / "mine"))
        self.assertTrue(self.plug_in("mine").is_dir())
        self.assertFalse(self.plug_in(".config/GIMP/3.0").exists())

    def test_sandboxes_are_passed_over(self):
        self.make_profiles(
            ".config/GIMP/3.0", ".var/app/org.gimp.GIMP/config/GIMP/3.0", "snap/gimp/current/.config/GIMP/3.0"
        )
        said = self.run_script(self.unpacked / "install.sh")
        self.assertIn("Flatpak's GIMP", said)
        self.assertIn("Snap's GIMP", said)
        self.assertFalse(self.plug_in(".var/app/org.gimp.GIMP/config/GIMP/3.0").exists())

    def test_there_is_no_gimp(self):
        self.assertIn("There is no GIMP 3", self.run_script(self.unpacked / "install.sh", code=1))
        self.assertEqual(self.all_files(), set())


if __name__ == "__main__":
    unittest.main(verbosity=2)
