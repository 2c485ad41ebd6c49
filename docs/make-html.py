# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Makes the help's pages of the documentation: what is used of Markdown there becomes HTML.

make-html.py OUT PAGE.md...: writes OUT/PAGE.html, each with links to the others. Pictures are left out, which a
person who reads the help has on the screen, and links to what isn't among the pages, too.
"""

import html
import pathlib
import re
import sys

STYLE = """
body { font: 1em/1.5 sans-serif; max-width: 46em; margin: 2em auto; padding: 0 1em; color: #222; background: #fff }
a { color: #06c } nav { border-bottom: 1px solid #aaa; padding-bottom: .5em } nav a { margin-right: 1em }
table { border-collapse: collapse } th, td { border: 1px solid #aaa; padding: .2em .6em; text-align: left; vertical-align: top }
pre { background: #8882; padding: .7em; overflow: auto } code { font-size: .95em }
@media (prefers-color-scheme: dark) { body { color: #ddd; background: #222 } a { color: #7bf } }
"""

PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title} – DOT Refine</title>
<style>{style}</style></head>
<body>
<nav>{links}</nav>
{body}</body>
</html>
"""


def anchor(title):
    """As GitHub has it: links between the pages count on that."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


class Page:

    def __init__(self, path, names):
        self.text = path.read_text(encoding="utf-8")
        self.name = path.stem
        self.names = names
        self.title = re.search(r"^# (.+)$", self.text, re.M)[1]

    def link(self, match):
        text, target = match[1], match[2]
        file, mark, place = target.partition("#")
        if target.startswith(("http:", "https:", "#")):
            return f'<a href="{target}">{text}</a>'
        if file.removesuffix(".md") in self.names:
            return f'<a href="{file.removesuffix(".md")}.html{mark}{place}">{text}</a>'
        return text

    def inline(self, text):
        """Code first: nothing in it means anything."""
        codes = []

        def keep(match):
            codes.append(f"<code>{html.escape(match[1], quote=False)}</code>")
            return f"\0{len(codes) - 1}\0"

        text = re.sub(r"`([^`]+)`", keep, text)
        text = html.escape(text, quote=False)
        text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text)
        text = re.sub(r"\[([^\]]+)\]\(([^)\s]+)\)", self.link, text)
        text = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", text)
        text = re.sub(r"(?<![\w*])\*([^*\s][^*]*)\*(?![\w*])", r"<em>\1</em>", text)
        return re.sub("\0(\\d+)\0", lambda match: codes[int(match[1])], text)

    def heading(self, block):
        marks, title = block.split(" ", 1)
        level = len(marks)
        return f'<h{level} id="{anchor(title)}">{self.inline(title)}</h{level}>\n'

    def row(self, line, cell):
        cells = re.split(r"(?<!\\)\|", line.strip().strip("|"))
        return (
            "<tr>"
            + "".join(f"<{cell}>{self.inline(c.strip().replace(chr(92) + '|', '|'))}</{cell}>" for c in cells)
            + "</tr>\n"
        )

    def table(self, block):
        head, _, *rows = block.splitlines()
        return f"<table>\n{self.row(head, 'th')}{''.join(self.row(row, 'td') for row in rows)}</table>\n"

    def items(self, block):
        kind = "ol" if block[0].isdigit() else "ul"
        items = re.split(r"^(?:- |\d+\. )", block, flags=re.M)[1:]
        return (
            f"<{kind}>\n"
            + "".join(f"<li>{self.inline(' '.join(item.split()))}</li>\n" for item in items)
            + f"</{kind}>\n"
        )

    def block(self, block):
        if block.startswith("    "):
            code = "\n".join(line[4:] for line in block.splitlines())
            return f"<pre>{html.escape(code, quote=False)}</pre>\n"
        if block.startswith("```"):
            return f"<pre>{html.escape(chr(10).join(block.splitlines()[1:-1]), quote=False)}</pre>\n"
        if re.match(r"#+ ", block):
            return self.heading(block)
        if block.startswith("|"):
            return self.table(block)
        if re.match(r"- |\d+\. ", block):
            return self.items(block)
        text = self.inline(" ".join(block.split("\n")))
        return f"<p>{text}</p>\n" if text.strip() else ""

    def blocks(self):
        """What is between blank lines; those in code don't end it."""
        for part in re.split(r"^(```.*?^```)$", self.text, flags=re.M | re.S):
            if part.startswith("```"):
                yield part
                continue
            part = re.sub(r"^(    .*)\n\n(?=    )", "\\1\n\1\n", part, flags=re.M)
            for block in re.split(r"\n\s*\n", part.strip("\n")):
                if block.strip():
                    yield block.replace("\1", "    ")

    def write(self, folder, links):
        body = "".join(map(self.block, self.blocks()))
        page = PAGE.format(title=html.escape(self.title), style=STYLE, links=links, body=body)
        (folder / f"{self.name}.html").write_text(page, encoding="utf-8")


folder = pathlib.Path(sys.argv[1])
paths = [pathlib.Path(argument) for argument in sys.argv[2:]]
pages = [Page(path, [path.stem for path in paths]) for path in paths]
links = "".join(f'<a href="{page.name}.html">{html.escape(page.title)}</a>\n' for page in pages)
folder.mkdir(exist_ok=True)
for page in pages:
    page.write(folder, links)
