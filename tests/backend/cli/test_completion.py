# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Command lines are completed by bash and zsh, of what --help says."""

import os
import pathlib
import re
import shutil
import subprocess
import unittest

from command import BINARY, CommandTest, main

BUILD = pathlib.Path(os.environ["DOT_REFINE_BUILD"]) / "backend" / "cli"
BASH = """
source "$1"
shift
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_dot_refine
printf '%s\\n' "${COMPREPLY[@]}"
"""
# zsh completes for a person at a terminal only: it gets one, and each line is typed at a prompt that is there
# (a line typed before zsh listens may be lost, and one longer than the terminal is shown in pieces).
ZSH = r"""
zmodload zsh/zpty
export PS1=BEGIN
zpty shell zsh -f -i
zpty -r -m shell output '*BEGIN*'
zpty -w shell "fpath=($1 \$fpath); autoload -Uz compinit && compinit -u -D; COLUMNS=200 PS1=RE''ADY"
zpty -r -m shell output '*READY*'
zpty -w -n shell "$2"$'\t'
zpty -r -m shell output "*$3*"
"""


class Completion(CommandTest):

    def environment(self, **changes):
        path = f"{pathlib.Path(BINARY).parent}{os.pathsep}{os.environ['PATH']}"
        return super().environment(**{"PATH": path} | changes)

    def complete(self, *words):
        """What bash offers for the last word, which may be empty."""
        done = subprocess.run(
            ["bash", "--norc", "-c", BASH, "bash", BUILD / "dot-refine.bash", "dot-refine", *words],
            check=True,
            capture_output=True,
            encoding="utf-8",
            cwd=self.folder,
            env=self.environment(),
        )
        self.assertEqual(done.stderr, "")
        return [line for line in done.stdout.splitlines() if line]

    def assert_sorted(self, found, expected):
        self.assertEqual(sorted(found), sorted(expected))

    def test_commands(self):
        listed = re.findall(r"^  (\w+) ", self.run_well("--help").partition("Commands:")[2], re.M)
        self.assertGreater(len(listed), 10)
        self.assert_sorted(self.complete(""), listed)
        self.assert_sorted(self.complete("re"), ["remove", "refine"])
        self.assert_sorted(self.complete("--v"), ["--version"])

    def test_every_option_of_every_command(self):
        for command in self.complete(""):
            said = re.findall(r"^  (?:-\w, )?(--[\w-]+)", self.run_well(command, "--help"), re.M)
            offered = [option for option in self.complete(command, "-") if option.startswith("--")]
            self.assert_sorted(offered, said)

    def test_values_of_enums(self):
        self.assert_sorted(self.complete("refine", "--optimizer", ""), ["adam", "sgd"])
        self.assert_sorted(self.complete("refine", "--optimizer", "=", "s"), ["sgd"])
        self.assert_sorted(self.complete("refine", "--optimizer=s"), ["--optimizer=sgd"])
        self.assert_sorted(self.complete("refine", "--k-eff", ""), ["auto"])
        self.assert_sorted(self.complete("refine", "--export-scale", ""), ["1", "2", "4", "8"])
        self.assert_sorted(self.complete("refine", "--architecture", "sn-"), ["sn-dcgan", "sn-resnet"])

    def test_lists_go_on_after_a_comma(self):
        self.assert_sorted(self.complete("bench", "--precision", "f"), ["float32", "float64"])
        self.assert_sorted(self.complete("bench", "--precision", "float32,b"), ["float32,bfloat16"])
        self.assert_sorted(self.complete("evaluate", "--metrics", "fid,k"), ["fid,kid"])

    def test_models_and_their_classes(self):
        self.assert_sorted(self.complete("refine", "--model", "imagenet"), ["imagenet10-64", "imagenet40-64"])
        self.assert_sorted(self.complete("info", "imagenet1"), ["imagenet10-64"])
        ten = ["--model", "imagenet10-64"]
        self.assert_sorted(self.complete("refine", *ten, "--class", "co"), ["coral reef"])
        self.assert_sorted(
            self.complete("refine", "--model", "=", ten[1], "--class", "="),
            self.complete("refine", *ten, "--class", ""),
        )
        self.assertEqual(len(self.complete("refine", *ten, "--class", "")), 10)
        self.assertEqual(len(self.complete("refine", "--class", "")), 40)
        for typed in "king\\ p", '"king p', "'king p":
            self.assert_sorted(self.complete("refine", *ten, "--class", typed), ["king penguin"])

    def test_files_and_folders(self):
        (self.folder / "latents.npy").touch()
        (self.folder / "latents.txt").touch()
        (self.folder / "late folder").mkdir(exist_ok=True)
        self.assert_sorted(self.complete("refine", "--latents", "lat"), ["latents.npy", "late folder"])
        self.assert_sorted(self.complete("refine", "--out", "lat"), ["late folder"])
        self.assert_sorted(self.complete("emd", "lat"), ["latents.npy", "late folder"])
        self.assert_sorted(self.complete("invert", "latents"), ["latents.npy", "latents.txt"])
        self.assert_sorted(self.complete("refine", "--generator", "latents.t"), ["latents.txt"])

    def test_nothing_where_there_is_nothing_to_say(self):
        for words in ["refine", "--seed", ""], ["models", ""], ["nonsense", ""], ["refine", "--trust", ""]:
            self.assertEqual(self.complete(*words), [])

    @unittest.skipUnless(shutil.which("zsh"), "zsh isn't installed")
    def test_zsh(self):
        for line, expected in {
            "dot-refine cal": "calibrate",
            "dot-refine refine --optimizer=": "adam*sgd",
            "dot-refine refine --model imagenet1": "imagenet10-64",
            "dot-refine refine --model imagenet10-64 --class co": "coral*reef",
            "dot-refine bench --precision float32,bf": "bfloat16",
        }.items():
            self.assertTrue(any(self.shows(line, expected) for _ in range(6)), line)

    def shows(self, line, expected):
        """Whether zsh completes a line so; a terminal now and then loses what is typed on a busy machine."""
        try:
            subprocess.run(
                ["zsh", "-f", "-c", ZSH, "zsh", BUILD, line, expected],
                check=True,
                cwd=self.folder,
                env=self.environment(TERM="dumb"),
                timeout=20,
            )
        except subprocess.TimeoutExpired:
            return False
        return True


if __name__ == "__main__":
    main()
