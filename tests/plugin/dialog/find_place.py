# find_place.py TITLE PATTERN: prints where the first thing in a window is whose name matches, "X Y" of its middle.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later

import re
import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402


def children(thing):
    return [child for child in map(thing.get_child_at_index, range(thing.get_child_count())) if child]


def find(thing):
    if not thing.get_state_set().contains(Atspi.StateType.SHOWING):
        return None
    if re.search(sys.argv[2], thing.get_name() or ""):
        return thing
    return next(filter(None, map(find, children(thing))), None)


for program in children(Atspi.get_desktop(0)):
    for window in children(program):
        if window.get_name() == sys.argv[1]:
            found = find(window)
            if found:
                place = found.get_component_iface().get_extents(Atspi.CoordType.SCREEN)
                print(place.x + place.width // 2, place.y + place.height // 2)
