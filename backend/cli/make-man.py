# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Prints a man page: the program's, or a command's, of what --help says and of a file of FOLDER, in which these
lines are replaced.

@summary@   what the command does
@options@   the options, and what --help says below them
@commands@  the commands, with their pages

make-man.py DOT-REFINE FOLDER [COMMAND]
"""

import pathlib
import re
import sys

import command_help

HEAD = """\
.\\" Copyright (C) 2026 The DOT Refine authors
.\\" SPDX-License-Identifier: LGPL-3.0-or-later
.TH {title} 1 "" "DOT Refine" "User Commands"
.SH NAME
{name} \\- {what}
.SH SYNOPSIS
.B {called}
.I {usage}
.SH DESCRIPTION
"""

FOOT = """\
.SH SEE ALSO
.BR dot\\-refine (1),
where exit status, environment and files are described.
"""


def roff(text):
    return text.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq")


def describe_option(option):
    names = roff(", ".join(option.names)) + ("=" if option.value else "")
    return f'.TP\n.BI "{names}" "{roff(option.value)}"\n{roff(option.text)}.\n'


def describe_command(name, summary):
    return f".TP\n.BR dot\\-refine\\-{roff(name)} (1)\n{roff(summary)}.\n"


def describe_paragraph(text):
    return f".PP\n{roff(text)}\n"


def fill(text, command):
    """Puts what the command says into its lines."""
    options = map(describe_option, command.options)
    paragraphs = map(describe_paragraph, command.paragraphs if command.name else [])
    parts = {
        "summary": roff(command.summary) + "\n",
        "options": "".join([*options, *paragraphs]),
        "commands": "".join(describe_command(*entry) for entry in command.commands.items()),
    }
    return re.sub(r"^@(\w+)@\n", lambda match: parts[match[1]], text, flags=re.M)


def head(command, what):
    """In NAME, what a list of pages shows: "refine a picture", without a capital."""
    name = roff(f"dot-refine-{command.name}")
    return HEAD.format(
        title=name.upper(),
        name=name,
        what=roff(what[0].lower() + what[1:]),
        called=roff(f"dot-refine {command.name}"),
        usage=roff(command.usage.removeprefix(command.name).strip()),
    )


def page(program, folder, name):
    whole, commands = command_help.read_program(program)
    [command] = [command for command in [whole, *commands] if command.name == name]
    path = folder / f"{name or 'dot-refine'}.1.in"
    text = fill(path.read_text(encoding="utf-8"), command)
    return head(command, whole.commands[name]) + text + FOOT if name else text


sys.stdout.buffer.write(page(sys.argv[1], pathlib.Path(sys.argv[2]), "".join(sys.argv[3:])).encode())
