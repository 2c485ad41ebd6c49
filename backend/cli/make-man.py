# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Prints the man page: PAGE, in which a line @COMMAND@ becomes what that command says of itself.

make-man.py DOT-REFINE PAGE
"""

import os
import pathlib
import re
import subprocess
import sys

program, page = sys.argv[1:]


def ask(*arguments):
    environment = os.environ | {"LC_ALL": "C.UTF-8", "LANGUAGE": ""}
    command = [program, *arguments, "--help"]
    return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE).stdout


def roff(text):
    return text.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq")


def option(line):
    names, what = re.split(r" {2,}", line.strip(), maxsplit=1)
    name, equals, value = roff(names).partition("=")
    return f'.TP\n.BI "{name}{equals}" "{value}"\n{roff(what)}.\n'


def describe(command):
    """The usage as a heading, the summary, the options without --help, and what follows them."""
    blocks = ask(*command).decode().strip().split("\n\n")
    usage, summary, _, options, *more = blocks
    options = "".join(map(option, options.splitlines()[1:]))
    if not command:
        return options
    heading = usage.splitlines()[1].strip().removeprefix("dot-refine ")
    more = "".join(f".PP\n{roff(text)}\n" for text in more)
    return f'.SS "{roff(heading)}"\n{roff(summary)}\n{options}{more}'


text = pathlib.Path(page).read_text(encoding="utf-8")
commands = re.findall(r"^  (\w+) ", ask().decode().partition("Commands:")[2], re.M)
for command in ["dot-refine", *commands]:
    before, place, after = text.partition(f"@{command}@\n")
    if not place:
        sys.exit(f"{page} has no place for {command}")
    text = before + describe([command] if command in commands else []) + after
sys.stdout.buffer.write(text.encode())
