# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Prints what completes command lines, of what --help says: TEMPLATE, in which the line @TABLES@ becomes tables.

make-completion.py DOT-REFINE bash|zsh TEMPLATE
"""

import pathlib
import re
import shlex
import sys

import command_help

# What stands in --help for a value that a program finds.
KINDS = {
    "ID": "model",
    "CLASS": "class",
    "FILE": "file",
    "PATH": "file",
    "FOLDER": "folder",
    "TAR": "file",
    "PICTURE": "file",
}


def is_word(part):
    return re.fullmatch(r"[a-z0-9][\w-]*", part)


class Values:
    """What may follow an option or a command: a word for each kind, and the words that are fixed."""

    def __init__(self, value, words):
        parts = re.split(r"[|,…]+", value.strip("[]"))
        self.is_list = "," in value
        self.words = [part for part in parts if is_word(part)] + words
        self.kinds = sorted({kind for part in parts if (kind := self.find_kind(part))})

    @staticmethod
    def find_kind(part):
        name, _, ending = part.partition(".")
        if ending and name.isupper():
            return f"file:{ending}"
        return KINDS.get(name)

    def tokens(self):
        """As in "list float32 bfloat16" or "model file"."""
        return ["list" if self.is_list else "any", *self.words, *(f"@{kind}" for kind in self.kinds)]


class Table:
    """The options of every command, with what is said in one place only."""

    def __init__(self, program):
        self.whole, self.commands = command_help.read_program(program)
        [refine] = [command for command in self.commands if command.name == "refine"]
        [line] = [line for text in refine.paragraphs for line in text.splitlines() if line.startswith("Architectures:")]
        self.architectures = re.findall(r"[\w-]+", line.partition(":")[2])
        self.of_refine = {name: option for option in refine.options for name in option.names}
        [self.default_model] = re.findall(r"\(([\w-]+)\)$", self.of_refine["--model"].text)

    def values(self, option):
        """A list of WORDs is of those that refine takes one of."""
        words = self.architectures if "--architecture" in option.names else []
        if option.value.startswith("WORD"):
            words = re.split(r"\|", self.of_refine[option.names[-1]].value)
        return Values(option.value, words)

    def operands(self, command):
        words = command.usage.split()[1:]
        return Values("|".join(word.strip("[]") for word in words if "OPTION" not in word).replace("…", ""), [])


def bash_tables(table):
    yield "_dot_refine_options () {\n  case $1 in\n"
    for command in [table.whole, *table.commands]:
        names = [name for option in command.options for name in option.names] + ["--help"]
        yield f"    {shlex.quote(command.name)}) echo {shlex.join(names)} ;;\n"
    yield "  esac\n}\n\n"
    yield f"_dot_refine_commands () {{ echo {shlex.join(table.whole.commands)}; }}\n\n"
    yield "# What follows an option of a command, or is its operand; nothing follows one that takes no value.\n"
    yield "_dot_refine_values () {\n  case $1 in\n"
    for command in table.commands:
        for option in command.options:
            if option.value:
                for name in option.names:
                    yield f"    '{command.name} {name}') echo {shlex.join(table.values(option).tokens())} ;;\n"
        yield f"    '{command.name} ') echo {shlex.join(table.operands(command).tokens())} ;;\n"
    yield "    *) return 1 ;;\n  esac\n}\n"


def zsh_action(values):
    """Each kind is a function of the template's; files and folders are zsh's own."""
    actions = [f"{{_values -s , value {' '.join(values.words)}}}"] if values.is_list and values.words else []
    if values.words and not values.is_list:
        actions = [f"({' '.join(values.words)})"]
    for kind in values.kinds:
        name, _, ending = kind.partition(":")
        actions.append(
            {
                "file": f'_files -g "*.{ending}"' if ending else "_files",
                "folder": "_files -/",
                "model": "_dot_refine_models",
                "class": "_dot_refine_classes",
            }[name]
        )
    if len(actions) > 1:
        return "{_alternative " + " ".join(zsh_alternative(action) for action in actions) + "}"
    return actions[0] if actions else " "


def zsh_alternative(action):
    return "'value:value:" + action.replace("'", "'\\''") + "'"


def zsh_text(text):
    return re.sub(r"([\[\]:\\])", r"\\\1", text)


def zsh_options(table, command):
    for option in command.options:
        exclusive = "" if "several" in option.text else f"({' '.join(option.names)})"
        for name in option.names:
            value = f":value:{zsh_action(table.values(option))}" if option.value else ""
            equals = "=" if option.value and name.startswith("--") else "+" if option.value else ""
            star = "" if exclusive else "*"
            yield shlex.quote(f"{star}{exclusive}{name}{equals}[{zsh_text(option.text)}]{value}")
    yield "'(-)'{-h,--help}'[Show help options]'"


def zsh_tables(table):
    yield "_dot_refine_commands=(\n"
    for name, text in table.whole.commands.items():
        yield f"  {shlex.quote(name + ':' + text)}\n"
    yield ")\n\n_dot_refine_options=(\n"
    yield from (f"  {line}\n" for line in zsh_options(table, table.whole))
    yield ")\n\n_dot_refine_arguments () {\n  case $1 in\n"
    for command in table.commands:
        yield f"    {command.name})\n      _arguments -s \\\n"
        yield from (f"        {line} \\\n" for line in zsh_options(table, command))
        operands = table.operands(command)
        yield "        " + (shlex.quote(f"*:value:{zsh_action(operands)}") if operands.kinds else "&& return") + "\n"
        yield "      ;;\n"
    yield "  esac\n}\n"


TABLES = {"bash": bash_tables, "zsh": zsh_tables}
program, shell, template = sys.argv[1:]
table = Table(program)
text = pathlib.Path(template).read_text(encoding="utf-8")
text = text.replace("@MODEL@", table.default_model).replace("@TABLES@\n", "".join(TABLES[shell](table)))
sys.stdout.buffer.write(text.encode())
