# german.py: runs inside a GIMP whose language is German, with numbers that have a comma.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later

import gettext
import os
import re
import sys
import time

from gi.repository import Gimp

sys.dont_write_bytecode = True
sys.path.insert(0, os.environ["DOT_TEST_SCRIPTS"])
from desktop import (
    SUCCESS,
    expect,
    find_window,
    names,
    new_image,
    press,
    read_texts,
    run_check,  # noqa: E402
    run_dialog,
    state,
    wait_for,
    wait_for_dialog,
    write,
    xdotool,
)

PLUGIN = os.path.join(os.environ["GIMP3_DIRECTORY"], "plug-ins", "dot-refine")
CATALOG = gettext.translation("dot-refine", os.path.join(PLUGIN, "locale"), ["de"])


def translate(message):
    translation = CATALOG.gettext(message)
    expect(translation != message, f"“{message}” has no German")
    return translation


def letter(message):
    """The key that its German has."""
    return "alt+" + re.search("_(.)", translate(message))[1].lower()


def find_english(texts):
    """What is shown as the program has it, and that is another text in German."""
    plain = {
        english.replace("_", ""): german.replace("_", "")
        for english, german in CATALOG._catalog.items()
        if isinstance(english, str) and english
    }
    return [line for line in texts.split("\n") if plain.get(line, line) != line and line not in plain.values()]


def fill(message, text):
    press(letter(message), "ctrl+a")
    xdotool("type", text)
    time.sleep(0.4)
    press("Tab")


def the_menu_is_german():
    procedure = Gimp.get_pdb().lookup_procedure("plug-in-dot-refine")
    expect(procedure.get_menu_label() == translate("_DOT Refine…"), procedure.get_menu_label())
    paths = procedure.get_menu_paths()
    expect(paths == ["<Image>/Filters/" + translate("Gen_erate")], paths)
    expect(
        procedure.get_blurb() == translate("Paint a picture with a GAN and refine it with its own discriminator"),
        procedure.get_blurb(),
    )


def the_dialog_is_german():
    """All that it shows, and does by its letters; what a layer keeps is for every language."""
    seen = {}

    def acts():
        wait_for_dialog()
        seen["Picture"] = read_texts("DOT Refine")
        fill("Se_ed", "5")
        fill("_Updates", "2")
        press(letter("Ad_vanced"))
        fill("St_ep size", "0,02")
        seen["Advanced"] = read_texts("DOT Refine")
        press(letter("_Refine"))
        time.sleep(1)
        wait_for(lambda: find_window("^DOT Refine$"), "the end of the run")
        wait_for_dialog()
        press(letter("_History"))
        time.sleep(0.5)
        seen["History"] = read_texts("DOT Refine")

    image = new_image()
    result = run_dialog(acts, image)
    expect(result.status == SUCCESS, f"status {result.status}")
    groups = names(image.get_layers())
    expect(groups == [translate("%s · seed %d") % ("goldfish", 5), "below"], groups)
    expect(all("Startwert 5" in name for name in names(result.layers)), names(result.layers))
    found = state(result.layers[-1])
    expect((found["seed"], found["update"], found["step_size"]) == (5, 2, 0.02), found)
    english = {page: find_english(texts) for page, texts in seen.items()}
    expect(not any(english.values()), english)
    expect("0,0200" in seen["Advanced"], seen["Advanced"])


for check in the_menu_is_german, the_dialog_is_german:
    run_check(check)
write("done")
