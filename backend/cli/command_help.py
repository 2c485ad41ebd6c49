# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""What a dot-refine says of itself in --help: its commands and their options, for the man pages and the
completion of command lines."""

import os
import re
import subprocess
from dataclasses import dataclass, field


@dataclass
class Option:
    """names: "-o", "--output"; value: what stands for its value, or empty where it takes none."""

    names: list
    value: str
    text: str


@dataclass
class Command:
    """usage: what follows the program's name; paragraphs: what is said below the options."""

    name: str
    usage: str
    summary: str
    options: list
    paragraphs: list
    # of the program: what each command does, by its name
    commands: dict = field(default_factory=dict)


def ask(program, *arguments):
    environment = os.environ | {"LC_ALL": "C.UTF-8", "LANGUAGE": ""}
    command = [program, *arguments, "--help"]
    return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE).stdout.decode()


def parse_option(line):
    left, text = re.split(r" {2,}", line.strip(), maxsplit=1)
    left, _, value = left.partition("=")
    return Option(left.split(", "), value, text)


def read_command(program, *name):
    usage, summary, _, options, *paragraphs = ask(program, *name).strip().split("\n\n")
    usage = usage.splitlines()[1].strip().removeprefix("dot-refine ")
    options = [parse_option(line) for line in options.splitlines()[1:]]
    return Command(" ".join(name), usage, summary, options, paragraphs)


def read_program(program):
    """The program itself, and its commands in their order."""
    whole = read_command(program)
    listed = [text for text in whole.paragraphs if text.startswith("Commands:\n")]
    whole.commands = dict(re.findall(r"^  ([\w-]+) +(.+)$", listed[0], re.M))
    whole.paragraphs = [text for text in whole.paragraphs if text not in listed]
    return whole, [read_command(program, name) for name in whole.commands]
