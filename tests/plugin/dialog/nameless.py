# nameless.py TITLE: prints the controls in a window of the filter's that have no name for who can't see them, a line
# each with where it is; the last line says how many controls there are.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later

import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

Role = Atspi.Role
CONTROLS = [
    Role.PUSH_BUTTON,
    Role.TOGGLE_BUTTON,
    Role.CHECK_BOX,
    Role.RADIO_BUTTON,
    Role.COMBO_BOX,
    Role.SPIN_BUTTON,
    Role.ENTRY,
    Role.TEXT,
    Role.SLIDER,
    Role.LIST,
    Role.LIST_BOX,
    Role.LIST_ITEM,
    Role.PAGE_TAB,
    Role.MENU,
    Role.MENU_ITEM,
    Role.LINK,
    Role.TABLE,
    Role.TREE_TABLE,
]
# They take the focus only to pass it on.
CONTAINERS = [Role.SCROLL_PANE, Role.PAGE_TAB_LIST, Role.PANEL, Role.FILLER]
# The places and the files of GTK's file chooser, whose names are GTK's to give.
FOREIGN = Role.SPLIT_PANE


def children(thing):
    return [child for child in map(thing.get_child_at_index, range(thing.get_child_count())) if child]


def has(thing, state):
    return thing.get_state_set().contains(state)


def is_control(thing):
    role = thing.get_role()
    return role in CONTROLS or (has(thing, Atspi.StateType.FOCUSABLE) and role not in CONTAINERS)


def get_labels(thing):
    return [
        relation.get_target(i)
        for relation in thing.get_relation_set()
        if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY
        for i in range(relation.get_n_targets())
    ]


def get_own_name(thing):
    """What is chosen in a list, or that no file is, GTK gives as its name, which doesn't say what is chosen there."""
    name = thing.get_name()
    choices = [choice.get_name() for menu in children(thing) for choice in children(menu)]
    is_value = name in choices if thing.get_role() == Role.COMBO_BOX else name == "(None)"
    return "" if is_value else name


def call(thing):
    """Its own name, or that of the label beside it."""
    return (get_own_name(thing) or " ".join(label.get_name() for label in get_labels(thing))).strip()


def walk(thing, place):
    """What shows, and what is in it."""
    if not has(thing, Atspi.StateType.SHOWING) or thing.get_role() == FOREIGN:
        return
    name = call(thing)
    place = f'{place} / {thing.get_role_name()}{f" “{name}”" if name else ""}'
    if is_control(thing):
        found.append((name, place))
    for child in children(thing):
        walk(child, place)


found = []
for program in children(Atspi.get_desktop(0)):
    for window in children(program):
        if window.get_name() == sys.argv[1]:
            walk(window, program.get_name())
print("\n".join(place for name, place in found if not name))
print(len(found))
