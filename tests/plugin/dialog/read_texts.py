# read_texts.py TITLE: prints the texts in a window of the filter's, a line each, as assistive technology gets them.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later

import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402


def children(thing):
    return [child for child in map(thing.get_child_at_index, range(thing.get_child_count())) if child]


def walk(thing):
    if not thing.get_state_set().contains(Atspi.StateType.SHOWING):
        return
    for text in thing.get_name(), thing.get_description(), thing.get_role_name():
        if text:
            print(text)
    if thing.is_text():
        print(Atspi.Text.get_text(thing, 0, -1))
    for child in children(thing):
        walk(child)


for program in children(Atspi.get_desktop(0)):
    for window in children(program):
        if window.get_name() == sys.argv[1]:
            walk(window)
