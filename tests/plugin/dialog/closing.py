# closing.py: whether everything is whole after the dialog's window was closed in the middle of something.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later

import json
import os
import re
import time

from desktop import (
    click,
    fill,
    find_window,
    press,
    press_advanced,
    state,
    wait_for,
    wait_for_dialog,
    wait_for_end,
    xdotool,
    TITLE,
)

HISTORY = os.path.join(os.environ["XDG_DATA_HOME"], "dot-refine", "history")
PRESETS = os.path.join(os.environ["XDG_CONFIG_HOME"], "dot-refine", "presets.json")
SAVED = os.path.join(os.environ["DOT_TEST_FOLDER"], "saved")
REFINING = "^DOT Refine: refining$"
PNG_END = b"IEND\xaeB`\x82"


def read(path):
    with open(path) as file:
        return json.load(file)


def count_layers(window):
    """As the title of GIMP's window says: only the thread that waits for the dialog may ask GIMP."""
    title = " ".join(xdotool("getwindowname", window))
    return int(re.search(r"(\d+) layers?\)", title).group(1))


def count_files():
    return sum(len(files) for _, _, files in os.walk(SAVED))


# The moments.  Each ends when it has seen that it is there, and the window is closed at once.


def refine(count, updates, live=True):
    fill("i", str(count))
    fill("u", str(updates))
    if not live:
        press_advanced("alt+a")
    press("alt+r")


def at_once(window):
    refine(4, 8)


def while_layers_come(window):
    refine(4, 45)
    wait_for(lambda: count_layers(window) > 2, "layers")
    assert find_window(REFINING), "the run is over"


def at_the_end(window):
    """Of a run in 64-bit floats, for which libtorch is loaded: that takes its time, too, when the run comes back."""
    press("alt+v", "alt+u", "End", "Up", "ctrl+Prior")
    refine(4, 8)
    wait_for_end()


def while_a_run_is_restored(window):
    """The one in the first row, for which libtorch is loaded."""
    press("alt+h")
    # the page has its rows when it has been drawn
    time.sleep(1)
    [dialog] = find_window(TITLE)
    xdotool("mousemove", "--window", dialog, "100", "125", "click", "1")
    time.sleep(0.5)
    press("Return")
    wait_for(lambda: find_window(REFINING), "the run to come back", 5)


def while_layers_are_added(window):
    refine(4, 45, live=False)
    wait_for_end()
    wait_for_dialog()
    for part in "seed 0 · update 45", "^Update 45 of 45":
        click(part)
        press("ctrl+a")
    press("alt+l")
    wait_for(lambda: count_layers(window) > 2, "layers")


def while_an_export_goes_on(window):
    refine(4, 60, live=False)
    wait_for_end()
    press("alt+x")
    wait_for(lambda: find_window("^Export Pictures$"), "the export")
    time.sleep(1)
    # from WebP animation to files of their own, of all pictures
    press("alt+f", "Home", "alt+p", "End", "alt+z", "End", "alt+n", "ctrl+a")
    xdotool("type", "--delay", "20", os.path.join(SAVED, "all"))
    time.sleep(0.5)
    press("Delete", "Return")
    wait_for(count_files, "the first file", 10)


# How many layers and files there may be after each: all would mean that it was over.  An export that is stopped takes
# its files away.
MOMENTS = [
    (at_once, range(0, 4 * 9), range(0, 1)),
    (while_layers_come, range(2, 4 * 46), range(0, 1)),
    (at_the_end, range(4 * 9, 4 * 9 + 1), range(0, 1)),
    (while_a_run_is_restored, range(0, 1), range(0, 1)),
    (while_layers_are_added, range(2, 4 * 46 + 1), range(0, 1)),
    (while_an_export_goes_on, range(0, 1), range(0, 4 * 61)),
]


def check_history():
    """Each run is there with all that it is had back with, and nothing half written is left."""
    for name in os.listdir(HISTORY):
        assert not name.startswith("."), f"half a run is left: {name}"
        for file in "run.json", "states.json":
            read(os.path.join(HISTORY, name, file))
    if os.path.exists(PRESETS):
        read(PRESETS)


def check_group(group):
    """A candidate's layers are its updates from the first on, without a gap, each with its state."""
    layers = [layer for layer in group.get_children() if not layer.is_group()]
    updates = sorted(state(layer)["update"] for layer in layers)
    assert updates == list(range(len(updates))), f"{group.get_name()}: {updates}"
    for child in group.get_children():
        if child.is_group():
            check_group(child)


def count_in(group):
    return sum(count_in(child) if child.is_group() else 1 for child in group.get_children())


def check_image(image):
    """All that is above the layer that was there is a run's group.  Returns how many layers it has."""
    *groups, below = image.get_layers()
    assert below.get_name() == "below", [layer.get_name() for layer in image.get_layers()]
    assert len(groups) <= 1, [group.get_name() for group in groups]
    for group in groups:
        assert group.is_group(), group.get_name()
        check_group(group)
    return sum(map(count_in, groups))


def check_files():
    """What was exported is whole pictures.  Returns how many."""
    paths = [os.path.join(place, name) for place, _, files in os.walk(SAVED) for name in files]
    for path in paths:
        assert path.endswith(".png"), f"{path} is left"
        with open(path, "rb") as file:
            assert file.read().endswith(PNG_END), f"{path} is half a picture"
    return len(paths)
