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


# What is always there in the filter's dialog, besides its pages of options.
AROUND = "plugin/refine-dialog.c", "ui/workbench.c", "ui/preview/preview.c"
PAGES = {
    "picture": (
        "dot_options_page_new",
        "add_model",
        "add_class",
        "add_seed",
        "ui/pages/seed-entry.c",
        "make_manage_button",
    ),
    "advanced": ("dot_options_page_new_advanced", "add_source"),
}


def source(path):
    return (SOURCE / path).read_text()


def texts_in(code):
    return re.findall(r'_ ?\("([^"]*_\w[^"]*)"\)', code)


def function(name, code):
    """The body of a C function."""
    return re.search(rf"^{name} \(.*?^}}", code, re.MULTILINE | re.DOTALL)[0]


def page_texts(parts):
    """The texts with a letter on a page: its rows' labels, which are settings' nicks, and what is beside them."""
    nicks = {}
    for path in "backend/refine/option.c", "ui/core/settings.c":
        entries = re.split(r'\n  \{ "', source(path))[1:]
        nicks |= {
            entry.split('"')[0]: label[1]
            for entry in entries
            if (label := re.search(r'\.label\s*= N_ \("([^"]+)"\)', entry))
        }
    code = source("ui/pages/options-page.c")
    for part in parts:
        if part.endswith(".c"):
            yield from texts_in(source(part))
            continue
        body = function(part, code)
        yield from texts_in(body)
        yield from (nicks[name] for name in re.findall(r'dot_settings_grid_add\w* \(grid, "([a-z-]+)"', body))


def dialog_texts(page):
    for path in AROUND:
        yield from texts_in(source(path))
    yield from page_texts(PAGES[page])


def translations(language):
    """What each text is in a language."""
    po = SOURCE / "po" / f"{language}.po"
    text = run("msgattrib", "--no-wrap", "--no-obsolete", po).stdout
    return dict(re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', text, re.MULTILINE))


def letters(texts):
    """What Alt is pressed with."""
    return re.findall(r"_(\w)", " ".join(texts).lower())


def run(*command):
    return subprocess.run(list(map(str, command)), check=True, text=True, capture_output=True, cwd=SOURCE)


class Translation(unittest.TestCase):

    def test_potfiles_has_all_files_with_strings(self):
        with_strings = {
            str(path.relative_to(SOURCE))
            for folder in FOLDERS
            for kind in ("*.c", "*.cc", "*.h")
            for path in (SOURCE / folder).rglob(kind)
            if re.search(r'\b(_|N_|C_|ngettext) ?\("', path.read_text())
        }
        self.assertEqual(with_strings, set(read_list("POTFILES")))

    def test_languages_are_complete(self):
        with tempfile.TemporaryDirectory() as folder:
            template = pathlib.Path(folder) / "dot-refine.pot"
            merged = pathlib.Path(folder) / "merged.po"
            run(
                "xgettext",
                "--from-code=UTF-8",
                "--language=C",
                *(f"--keyword={keyword}" for keyword in KEYWORDS),
                "--output",
                template,
                *read_list("POTFILES"),
            )
            # gettext can't look into a macro like G_GSIZE_FORMAT: use %zu.
            cut = re.findall(r'^.*%"$', template.read_text(), re.MULTILINE)
            self.assertEqual(cut, [])
            for language in read_list("LINGUAS"):
                po = SOURCE / "po" / f"{language}.po"
                run("msgfmt", "--check", "--output-file=/dev/null", po)
                run(
                    "msgmerge",
                    "--quiet",
                    "--no-fuzzy-matching",
                    "--output-file",
                    merged,
                    po,
                    template,
                )
                for kind in "untranslated", "fuzzy":
                    missing = run("msgattrib", f"--{kind}", "--no-wrap", "--no-obsolete", merged).stdout
                    self.assertEqual(missing, "", f"{kind} in {language}")

    def test_each_letter_of_the_dialog_is_for_one_thing(self):
        for page in PAGES:
            texts = list(dialog_texts(page))
            self.assertGreater(len(texts), 10)
            for language in "en", *read_list("LINGUAS"):
                known = {} if language == "en" else translations(language)
                pressed = letters(known.get(text, text) for text in texts)
                twice = {letter for letter in pressed if pressed.count(letter) > 1}
                self.assertEqual(twice, set(), f"{language}, {page}")
                self.assertEqual(len(pressed), len(texts), f"a text has no letter: {language}, {page}")


if __name__ == "__main__":
    unittest.main(verbosity=2)
