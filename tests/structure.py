# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Prints what can be counted of how the sources are put together, a figure a line, and exits 1
where a rule is broken.

structure.py SOURCE [--figures]: with --figures nothing fails, so that older sources can be counted.
"""

import itertools
import pathlib
import re
import statistics
import sys

PARTS = ("plugin", "ui", "backend")
SOURCES = (".c", ".cc", ".cu", ".h")
# Circles of folders that are meant, each with its reason.
ALLOWED_CIRCLES = []
# What a function is named after, beside the words of its file.
PREFIXES = ("dot", "cli")

COMMENT_OR_STRING = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
INCLUDE = re.compile(r'^#\s*include\s+([<"])([^>"]+)[>"]', re.M)
# The type in a line of its own, the name, its parameters, the body until a brace in column 0.
FUNCTION = re.compile(
    r"^(?P<type>[A-Za-z_][^\n;={}]*)\n+(?P<name>[A-Za-z_][\w:~]*) \((?P<rest>[^;{}]*?)\)"
    r"[^;{}()]*\n\{\n(?P<body>.*?)^\}",
    re.M | re.S,
)


def without_comments(text, keep_strings):
    """What remains has the lines that it had."""

    def blank(match):
        string = match.group().startswith(('"', "'"))
        return match.group() if string and keep_strings else "\n" * match.group().count("\n")

    return re.sub(r"[ \t]+$", "", COMMENT_OR_STRING.sub(blank, text), flags=re.M)


class Source:
    def __init__(self, root, path):
        self.path = path.relative_to(root).as_posix()
        self.folder, _, self.name = self.path.rpartition("/")
        # A file, its header and its private header are one.
        self.stem = self.path.rpartition(".")[0].removesuffix("-private")
        self.part = self.path.split("/")[0]
        self.text = path.read_text()
        code = without_comments(self.text, keep_strings=True)
        self.includes = INCLUDE.findall(code)
        self.lines = self.text.count("\n")
        self.code_lines = sum(1 for line in code.split("\n") if line.strip())
        self.functions = [] if self.name.endswith(".h") else list(self.find_functions())

    def find_functions(self):
        code = without_comments(self.text, keep_strings=False)
        for match in FUNCTION.finditer(code):
            yield (
                match["name"],
                code.count("\n", match.start("name"), match.end()) + 1,
                "static" not in match["type"].split(),
            )

    def exported(self):
        """In C++ those that C can call."""
        for name, _, is_exported in self.functions:
            if is_exported and name != "main" and (self.name.endswith(".c") or name.startswith("dot_")):
                yield name


class Tree:
    def __init__(self, root):
        self.root = root
        everything = [Source(root, path) for path in self.files() if path.suffix in SOURCES]
        self.tests = [source for source in everything if source.part == "tests"]
        self.sources = [source for source in everything if source.part != "tests"]
        self.by_path = {source.path: source for source in everything}
        self.edges = list(self.resolved_includes())

    def files(self):
        for part in (*PARTS, "tests"):
            yield from (path for path in sorted((self.root / part).rglob("*")) if path.is_file())

    def resolve(self, source, name):
        """The file that an include means: beside it, in a folder above, or the only one so named."""
        for folder in (source.folder, source.part, source.folder.rpartition("/")[0]):
            if found := self.by_path.get(f"{folder}/{name}"):
                return found
        named = [other for other in self.sources if f"/{other.path}".endswith(f"/{name}")]
        return named[0] if len(named) == 1 else None

    def resolved_includes(self):
        for source in self.sources:
            for mark, name in source.includes:
                if mark == '"' and (other := self.resolve(source, name)):
                    yield source, other


def circles(edges):
    """The strongly connected sets of more than one node, each sorted (Tarjan's algorithm)."""
    following = {}
    for a, b in edges:
        following.setdefault(a, set()).add(b)
        following.setdefault(b, set())
    order, lowest, stack, found = {}, {}, [], []

    def visit(node):
        order[node] = lowest[node] = len(order)
        stack.append(node)
        for other in sorted(following[node]):
            if other not in order:
                visit(other)
            if other in stack:
                lowest[node] = min(lowest[node], lowest[other])
        if lowest[node] == order[node]:
            place = stack.index(node)
            found.append(sorted(stack[place:]))
            del stack[place:]

    for node in sorted(following):
        if node not in order:
            visit(node)
    return [circle for circle in found if len(circle) > 1]


def leads_to(name, path):
    """Whether a file's words begin the function's, with or without the prefix of both."""
    words = name.split("_")
    stem = pathlib.PurePath(path).stem.replace("-", "_").split("_")
    candidates = [words] + ([words[1:]] if words[0] in PREFIXES else [])
    return any(candidate[: len(stem)] == stem for candidate in candidates)


def names_in_two_folders(sources):
    """Each name that stands in more than one folder, with those."""
    key = lambda source: source.name
    for name, group in itertools.groupby(sorted(sources, key=key), key):
        folders = sorted(source.folder for source in group)
        if len(folders) > 1:
            yield f"{name}: {', '.join(folders)}"


class Report:
    def __init__(self, figures_only):
        self.figures_only = figures_only
        self.broken = 0

    def figure(self, text):
        print(text)

    def rule(self, what, found, limit=0):
        """No more than @limit may be @found."""
        found = list(found)
        breaks = len(found) > limit and not self.figures_only
        print(f"{what}: {len(found)}{'  BROKEN' if breaks else ''}")
        if breaks:
            self.broken += 1
            for one in found:
                print(f"    {one}")


def print_sizes(report, tree):
    for part in (*PARTS, "tests"):
        sources = [s for s in (*tree.sources, *tree.tests) if s.part == part]
        lines, code = sum(s.lines for s in sources), sum(s.code_lines for s in sources)
        report.figure(f"{part}: {len(sources)} files, {lines} lines, {code} of code")
    everything = (*tree.sources, *tree.tests)
    report.figure(
        f"C, C++ and CUDA: {sum(s.lines for s in everything)} lines, "
        f"{sum(s.code_lines for s in everything)} without blank lines and comments"
    )
    for suffix in (".py", ".sh", "meson.build"):
        count = sum(p.read_text().count("\n") for p in tree.files() if p.name.endswith(suffix))
        report.figure(f"{suffix}: {count} lines")
    lengths = sorted(length for s in tree.sources for _, length, _ in s.functions)
    report.figure(
        f"functions, tests apart: {len(lengths)}, median {statistics.median(lengths):.0f} lines, "
        f"90th percentile {lengths[len(lengths) * 9 // 10]}, longest {lengths[-1]}"
    )
    report.rule("files over 700 lines", (s.path for s in tree.sources if s.lines > 700))
    report.rule(
        "functions over 50 lines",
        (f"{s.path}: {name}, {n}" for s in everything for name, n, _ in s.functions if n > 50),
    )


def check_circles(report, tree):
    files = circles((a.stem, b.stem) for a, b in tree.edges if a.stem != b.stem)
    folders = circles((a.folder, b.folder) for a, b in tree.edges if a.folder != b.folder)
    report.rule("circles of files", map(" ".join, files))
    report.rule("circles of folders", (" ".join(c) for c in folders if c not in ALLOWED_CIRCLES))


def check_direction(report, tree):
    upward = [(a, b) for a, b in tree.edges if PARTS.index(b.part) < PARTS.index(a.part)]
    inside = [(a, b) for a, b in tree.edges if a.part != "backend" == b.part and b.path != "backend/dot.h"]
    modules = [
        (a, b)
        for a, b in tree.edges
        if b.path.startswith("backend/modules/") and not a.path.startswith("backend/modules/")
    ]
    for what, edges in {
        "includes against plugin → ui → backend": upward,
        "includes of ui/ and plugin/ from the backend but dot.h": inside,
        "includes from inside modules/ by what is outside": modules,
    }.items():
        report.rule(what, (f"{a.path} includes {b.path}" for a, b in edges))


def check_lists(report, tree):
    """Each folder lists what is compiled there: each file once, in the order of the alphabet."""
    wrong = []
    folders = itertools.groupby(tree.sources, lambda source: source.folder)
    for folder, sources in folders:
        compiled = [source.name for source in sources if source.name.endswith((".c", ".cc"))]
        path = tree.root / folder / "meson.build"
        text = path.read_text() if path.exists() else ""
        wrong += [f"{folder}/{name}" for name in compiled if len(re.findall(rf"'{name}'", text)) != 1]
        lists = re.findall(r"(?:^ *'[\w-]+\.cc?',\n)+", text, re.M)
        wrong += [f"{folder}/meson.build: not in order" for names in lists if names.split() != sorted(names.split())]
    report.rule("sources that their folder's meson.build doesn't list once, in order", wrong)


def check_core(report, tree):
    """The dialog's knowledge without GTK."""
    core = tree.root / "ui" / "core"
    if not core.is_dir():
        report.figure("GTK in ui/core: there is no ui/core")
        return
    found = [
        f"{source.path} includes <{name}>"
        for source in tree.sources
        if source.folder == "ui/core"
        for _, name in source.includes
        if re.match(r"(gtk|gdk)/", name)
    ]
    if re.search(r"\bgtk_dep\b", (core / "meson.build").read_text()):
        found.append("ui/core/meson.build names gtk_dep")
    report.rule("GTK in ui/core", found)


def check_names(report, tree):
    exported = [(source.path, name) for source in tree.sources for name in source.exported()]
    lost = [f"{path}: {name}" for path, name in exported if not leads_to(name, path)]
    report.figure(
        f"exported functions: {len(exported)}, of which {100 * len(lost) / len(exported):.1f} % "
        "stand in a file whose name doesn't lead to them"
    )
    report.rule("such functions, of 3 % at most", lost, limit=len(exported) * 3 // 100)
    headers = [source for source in tree.sources if source.name.endswith(".h")]
    others = [source for source in tree.sources if not source.name.endswith(".h")]
    report.rule("headers of one name in two folders", names_in_two_folders(headers))
    twice = list(names_in_two_folders(others))
    report.figure(f"other files of one name in two folders: {len(twice)}")
    for name in twice:
        report.figure(f"    {name}")


def check_facts(report, tree):
    """What an option of a run is called shall be written once."""
    spelled = [
        path.relative_to(tree.root).as_posix()
        for path in tree.files()
        if path.relative_to(tree.root).parts[0] != "tests" and re.search(rb'step-size|"step_size"', path.read_bytes())
    ]
    report.rule("files that spell step-size", spelled, limit=3)


def main():
    report = Report("--figures" in sys.argv[2:])
    tree = Tree(pathlib.Path(sys.argv[1]).resolve())
    print_sizes(report, tree)
    check_circles(report, tree)
    check_direction(report, tree)
    check_lists(report, tree)
    check_core(report, tree)
    check_names(report, tree)
    check_facts(report, tree)
    return report.broken > 0


if __name__ == "__main__":
    sys.exit(main())
