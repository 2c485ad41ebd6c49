# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Each command has a man page, which says what --help says and which manuals' programs can read."""

import os
import pathlib
import re
import shutil
import subprocess
import unittest

from command import CommandTest, main

PAGES = pathlib.Path(os.environ["DOT_REFINE_BUILD"]) / "backend" / "cli"


def has(program):
    return unittest.skipUnless(shutil.which(program), f"{program} isn't installed")


class Man(CommandTest):

    def commands(self):
        """What each command does, by its name."""
        return dict(re.findall(r"^  (\w+) +(.+)$", self.run_well("--help").partition("Commands:")[2], re.M))

    def pages(self):
        """Each page, by its command; the program's by nothing."""
        names = {"": "dot-refine.1"} | {name: f"dot-refine-{name}.1" for name in self.commands()}
        return {name: PAGES / page for name, page in names.items()}

    def plain(self, path):
        return re.sub(r"\\(?:([e-])|\(dq)", lambda match: {"e": "\\", "-": "-", None: '"'}[match[1]], path.read_text())

    def test_each_command_has_one(self):
        self.assertEqual({path.name for path in PAGES.glob("*.1")}, {path.name for path in self.pages().values()})

    def test_the_program_lists_them(self):
        text = self.plain(self.pages()[""])
        for name, summary in self.commands().items():
            self.assertIn(f".BR dot-refine-{name} (1)\n{summary}.\n", text)

    def test_each_has_its_options(self):
        for name, path in self.pages().items():
            text = self.plain(path)
            said = re.findall(r"^  (-.+?)(?:=(\S+))?  +(\S.*)$", self.run_well(*[name] * bool(name), "--help"), re.M)
            self.assertGreater(len(said), 1)
            for names, value, what in said:
                if "--help" not in names:
                    self.assertIn(f'.BI "{names}{"=" if value else ""}" "{value}"\n{what}.\n', text)

    def test_nothing_is_left_to_replace(self):
        for path in self.pages().values():
            self.assertEqual(re.findall(r"@\w+@|[{}]", path.read_text()), [], path)

    def read(self, *command):
        done = subprocess.run(
            list(map(str, command)), check=False, capture_output=True, text=True, env=self.environment(MANWIDTH="80")
        )
        self.assertEqual((done.returncode, done.stderr), (0, ""), command)
        return done.stdout

    @has("man")
    def test_man_has_nothing_to_warn_of(self):
        for name, path in self.pages().items():
            self.assertIn("refine", self.read("man", "--warnings", "-Tutf8", "-Z", "-l", path))

    @has("lexgrog")
    def test_whatis_finds_the_name(self):
        for name, path in self.pages().items():
            self.assertIn(f'"dot-refine{"-" * bool(name)}{name} - ', self.read("lexgrog", path))

    @has("mandoc")
    def test_mandoc_has_nothing_to_warn_of(self):
        """A page is of a version: it has no date, which is warned of."""
        for path in self.pages().values():
            done = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", path], capture_output=True, text=True)
            warnings = [line for line in done.stdout.splitlines() if "missing date" not in line]
            self.assertEqual((warnings, done.stderr), ([], ""))


if __name__ == "__main__":
    main()
