# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""What `meson install` puts where: staged in a folder, and run from there.

DOT_REFINE_BUILD and DOT_REFINE_FOLDERS (JSON: where things shall be once they
are installed) come from meson.build.
"""

import json
import os
import pathlib
import subprocess

import command
from command import SOURCE, CommandTest, main

BUILD = os.environ["DOT_REFINE_BUILD"]
FOLDERS = json.loads(os.environ["DOT_REFINE_FOLDERS"])
ENGINES = FOLDERS["engines"].split()
PACKAGE = "imagenet10-64"


class Install(CommandTest):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stage = cls.folder / "stage"
        subprocess.run(
            ["meson", "install", "-C", BUILD, "--no-rebuild", "--quiet", "--destdir", cls.stage],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        command.BINARY = str(cls.staged(FOLDERS["bin"]) / "dot-refine")

    @classmethod
    def staged(cls, installed):
        """Where what will be at an absolute path is for now."""
        return cls.stage / pathlib.Path(installed).relative_to("/")

    def environment(self, **changes):
        """The program looks where it was staged, and nowhere in the build."""
        return super().environment(
            **{
                "DOT_REFINE_MODELS": str(self.staged(FOLDERS["data"]) / "models"),
                "DOT_REFINE_MODULE_DIR": str(self.staged(FOLDERS["modules"])),
            }
            | changes
        )

    def assert_mentions(self, program, *folders):
        """Where a program looks is written into it."""
        data = program.read_bytes()
        for folder in folders:
            self.assertIn(FOLDERS[folder].encode(), data, program)

    def test_the_command_line(self):
        self.assert_mentions(pathlib.Path(command.BINARY), "modules", "data", "locale")
        for page in "dot-refine.1", "dot-refine-refine.1":
            self.assertTrue((self.staged(FOLDERS["man"]) / "man1" / page).is_file())
        self.assertTrue((self.staged(FOLDERS["bash"]) / "dot-refine.bash").is_file())
        self.assertTrue((self.staged(FOLDERS["zsh"]) / "_dot-refine").is_file())

    def test_the_shipped_model(self):
        [model] = [model for model in self.run_json("models") if model["id"] == PACKAGE]
        self.assertEqual(model["folder"], str(self.staged(FOLDERS["data"]) / "models" / PACKAGE))
        self.assertIsNone(model["problem"])
        names = {path.name for path in pathlib.Path(model["folder"]).iterdir()}
        self.assertEqual(names, {path.name for path in (SOURCE / "models" / PACKAGE).iterdir()})

    def test_each_engine_refines(self):
        scores = []
        for engine in ENGINES:
            result = self.run_json(
                "refine",
                "--engine",
                engine,
                "--device",
                "cpu",
                "--updates",
                2,
                "--k-eff",
                1,
                "--out",
                engine,
            )
            self.assertEqual(len(list((self.folder / engine).glob("*.png"))), 3)
            scores.append([update["score"] for update in result["candidates"][0]["updates"]])
        for other in scores[1:]:
            for one, two in zip(scores[0], other):
                self.assertAlmostEqual(one, two, delta=1e-3)

    def test_translations(self):
        for language in (SOURCE / "po" / "LINGUAS").read_text().splitlines():
            if language and not language.startswith("#"):
                catalog = self.staged(FOLDERS["locale"]) / language / "LC_MESSAGES"
                self.assertTrue((catalog / "dot-refine.mo").is_file(), language)

    def test_nothing_but_that(self):
        """No headers, no archives, nothing in another's folder."""
        roots = [
            self.staged(FOLDERS[name])
            for name in (
                "bin",
                "man",
                "locale",
                "data",
                "modules",
                "plugin",
                "icons",
                "metainfo",
                "help",
                "bash",
                "zsh",
            )
            if FOLDERS.get(name)
        ]
        strays = [
            path for path in self.stage.rglob("*") if path.is_file() and not any(root in path.parents for root in roots)
        ]
        self.assertEqual(strays, [])

    def test_the_plug_in(self):
        if not FOLDERS.get("plugin"):
            self.skipTest("built without GIMP")
        libdir = subprocess.run(
            [
                "pkg-config",
                f"--define-variable=prefix={FOLDERS['prefix']}",
                "--variable=gimplibdir",
                "gimp-3.0",
            ],
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        folder = self.staged(libdir) / "plug-ins" / "dot-refine"
        program = folder / "dot-refine"
        self.assertTrue(os.access(program, os.X_OK), program)
        self.assert_mentions(program, "modules", "data", "locale")
        # GIMP looks for the catalogs beside the program
        self.assertEqual(os.readlink(folder / "locale"), FOLDERS["locale"])

    def test_the_help(self):
        self.assertTrue((self.staged(FOLDERS["help"]) / "dialog.html").is_file())
        if FOLDERS.get("plugin"):
            [link] = self.stage.rglob("plug-ins/dot-refine/help")
            self.assertEqual(os.readlink(link), FOLDERS["help"])

    def test_what_a_desktop_shows(self):
        if not FOLDERS.get("plugin"):
            self.skipTest("built without GIMP")
        metainfo = self.staged(FOLDERS["metainfo"]) / "org.gimp.GIMP.Plugin.DotRefine.metainfo.xml"
        self.assertTrue(metainfo.is_file())
        icons = pathlib.Path(FOLDERS["icons"])
        self.assertTrue((self.staged(icons) / "hicolor/scalable/apps/dot-refine.svg").is_file())
        [link] = self.stage.rglob("plug-ins/dot-refine/icons")
        self.assertEqual(os.readlink(link), str(icons))


if __name__ == "__main__":
    main()
