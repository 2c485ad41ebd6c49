# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Every language in po/LINGUAS is complete, and po/POTFILES is too."""

import os
import pathlib
import re
import subprocess
import tempfile
import unittest

SOURCE = pathlib.Path(os.environ["DOT_REFINE_SOURCE"])
FOLDERS = "backend", "ui", "plugin"
KEYWORDS = "_", "N_", "C_:1c,2", "NC_:1c,2", "ngettext:1,2", "Q_"


def read_list(name):
    lines = (SOURCE / "po" / name).read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


# Where the strings of the filter's dialog are, and the letters that GIMP's own
# buttons in it have.
DIALOG = "plugin/arguments.c", "plugin/refine-dialog.c", "ui/seed-entry.c"
GIMP_LETTERS = {"en": "hls", "de": "hgs"}


def dialog_texts(po):
    """Pairs of text and translation in the filter's dialog."""
    text = run("msgattrib", "--no-wrap", "--no-obsolete", po).stdout
    for entry in text.split("\n\n"):
        found = re.search(r'^msgid "(.+)"\nmsgstr "(.+)"$', entry, re.MULTILINE)
        if found and any(f"{file}:" in entry for file in DIALOG):
            yield found.groups()


def letters(texts, language):
    """What Alt is pressed with, of all the texts and GIMP's."""
    found = re.findall(r"_(\w)", " ".join(texts).lower())
    return found + list(GIMP_LETTERS[language])


def run(*command):
    return subprocess.run(list(map(str, command)), check=True, text=True,
                          capture_output=True, cwd=SOURCE)


class Translation(unittest.TestCase):

    def test_potfiles_has_all_files_with_strings(self):
        with_strings = {
            str(path.relative_to(SOURCE))
            for folder in FOLDERS for kind in ("*.c", "*.cc")
            for path in (SOURCE / folder).rglob(kind)
            if re.search(r'\b(_|N_|C_|ngettext) ?\("', path.read_text())}
        self.assertEqual(with_strings, set(read_list("POTFILES")))

    def test_languages_are_complete(self):
        with tempfile.TemporaryDirectory() as folder:
            template = pathlib.Path(folder) / "dot-refine.pot"
            merged = pathlib.Path(folder) / "merged.po"
            run("xgettext", "--from-code=UTF-8", "--language=C",
                *(f"--keyword={keyword}" for keyword in KEYWORDS),
                "--output", template, *read_list("POTFILES"))
            # gettext can't look into a macro like G_GSIZE_FORMAT: use %zu.
            cut = re.findall(r'^.*%"$', template.read_text(), re.MULTILINE)
            self.assertEqual(cut, [])
            for language in read_list("LINGUAS"):
                po = SOURCE / "po" / f"{language}.po"
                run("msgfmt", "--check", "--output-file=/dev/null", po)
                run("msgmerge", "--quiet", "--no-fuzzy-matching",
                    "--output-file", merged, po, template)
                for kind in "untranslated", "fuzzy":
                    missing = run("msgattrib", f"--{kind}", "--no-wrap",
                                  "--no-obsolete", merged).stdout
                    self.assertEqual(missing, "", f"{kind} in {language}")

    def test_each_letter_of_the_dialog_is_for_one_thing(self):
        for language in read_list("LINGUAS"):
            pairs = list(dialog_texts(SOURCE / "po" / f"{language}.po"))
            self.assertGreater(len(pairs), 20)
            for name, texts in zip(("en", language), zip(*pairs)):
                pressed = letters(texts, name)
                twice = {letter for letter in pressed if pressed.count(letter) > 1}
                self.assertEqual(twice, set(), name)


if __name__ == "__main__":
    unittest.main(verbosity=2)
