# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""The help's pages are whole: what they link to is there, and nothing of Markdown is left."""

import html.parser
import os
import pathlib
import re
import unittest

PAGES = pathlib.Path(os.environ["DOT_REFINE_BUILD"]) / "docs"
VOID = {"meta", "br", "img", "hr"}


class Reader(html.parser.HTMLParser):
    """Notes links, places and text, and that what was opened is closed."""

    def __init__(self, path):
        super().__init__()
        self.open, self.links, self.places, self.text = [], [], set(), ""
        self.feed(path.read_text())
        assert not self.open, f"{path}: {self.open}"

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag not in VOID:
            self.open.append(tag)
        if "href" in attributes:
            self.links.append(attributes["href"])
        if "id" in attributes:
            self.places.add(attributes["id"])

    def handle_endtag(self, tag):
        opened = self.open.pop()
        assert opened == tag, f"{tag} ends {opened}"

    def handle_data(self, data):
        if not {"pre", "code", "style"} & set(self.open):
            self.text += data


class HelpPages(unittest.TestCase):

    def setUp(self):
        self.pages = {path.name: Reader(path) for path in PAGES.glob("*.html")}

    def test_it_begins_with_the_dialog(self):
        self.assertGreater(len(self.pages), 10)
        self.assertIn("Choosing", self.pages["dialog.html"].text)

    def test_links_lead_somewhere(self):
        for name, page in self.pages.items():
            self.assertGreater(len(page.links), len(self.pages) - 1)
            for link in page.links:
                if not link.startswith("http"):
                    file, _, place = link.partition("#")
                    target = self.pages[file or name]
                    self.assertTrue(not place or place in target.places, f"{name}: {link}")

    def test_nothing_is_left_of_markdown(self):
        for name, page in self.pages.items():
            self.assertEqual(re.findall(r"\*\*|\]\(|```|^#+ |^\|", page.text, re.M), [], name)

    def test_nothing_comes_from_elsewhere(self):
        for path in PAGES.glob("*.html"):
            self.assertEqual(re.findall(r"src=|<script|@import|url\(", path.read_text()), [], path)


if __name__ == "__main__":
    unittest.main(verbosity=2)
