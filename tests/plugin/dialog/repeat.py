# repeat.py: checks of repeats (Ctrl+F) that the person interferes with.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later

import os
import time

from desktop import (
    close_dialog,
    expect,
    fill,
    fill_advanced,
    find_window,
    names,
    new_image,
    press,
    run_script,
    show_image,
    start_from_the_search,
    undo_all,
    wait_for,
    wait_for_end,
    xdotool,
)

LOG = os.path.join(os.environ["GIMP3_DIRECTORY"], "desktop.log")


def read_log():
    with open(LOG, errors="replace") as file:
        return file.read()


def find_cancel(window):
    """Where the button of GIMP's progress bar is, while it is there."""
    title = " ".join(xdotool("getwindowname", window))
    return run_script("find_place.py", title, "^Cancel$").split()


def repeat(window, updates):
    """Begins a long run in the dialog and stops it, then repeats it; returns when that computes."""
    start_from_the_search(window)
    press("alt+t")
    # a button that a key has pressed looks so for a moment first
    time.sleep(1)
    fill("u", updates)
    fill_advanced("k", updates)
    press("alt+r")
    wait_for(lambda: find_window("^DOT Refine: refining$"), "the run")
    time.sleep(2)
    press("alt+s")
    wait_for_end()
    close_dialog()
    xdotool("windowactivate", "--sync", window)
    time.sleep(1)
    press("ctrl+f")
    return wait_for(lambda: find_cancel(window), "GIMP's progress bar")


def cancel_ends_a_repeat_cleanly():
    """It leaves no layer, no open group of undo and no complaint; what comes next works."""
    image = new_image()
    display, window = show_image(image)
    before = read_log()
    place = repeat(window, "3000")
    time.sleep(1)
    xdotool("mousemove", *place, "click", "1")
    wait_for(lambda: not find_cancel(window), "the repeat to end")
    time.sleep(1)
    said = read_log().removeprefix(before)
    expect("inconsistent" not in said, said[-1000:])
    expect("CRITICAL" not in said, said[-1000:])
    expect(names(image.get_layers()) == ["goldfish · seed 0", "below"], names(image.get_layers()))
    undo_all(image, window)
    display.delete()


def undo_works_during_a_repeat():
    image = new_image()
    display, window = show_image(image)
    before = read_log()
    repeat(window, "3000")
    time.sleep(1)
    press("ctrl+z")
    wait_for(lambda: names(image.get_layers()) == ["below"], "what was there to be undone")
    wait_for(lambda: names(image.get_layers()) == ["goldfish · seed 1", "below"], "the repeat", 120)
    said = read_log().removeprefix(before)
    expect("CRITICAL" not in said, said[-1000:])
    expect(undo_all(image, window) == 1, "more steps than one")
    display.delete()


REPEATS = [cancel_ends_a_repeat_cleanly, undo_works_during_a_repeat]
