# closing.py: whether everything is whole after the dialog's window was closed in the middle of something.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later

import json
import os

from desktop import state

HISTORY = os.path.join(os.environ['XDG_DATA_HOME'], 'dot-refine', 'history')
PRESETS = os.path.join(os.environ['XDG_CONFIG_HOME'], 'dot-refine', 'presets.json')
PNG_END = b'IEND\xaeB`\x82'


def read(path):
    with open(path) as file:
        return json.load(file)


def check_history():
    """Each run is there with all that it is had back with, and nothing half written is left."""
    for name in os.listdir(HISTORY):
        assert not name.startswith('.'), f'half a run is left: {name}'
        for file in 'run.json', 'states.json':
            read(os.path.join(HISTORY, name, file))
    if os.path.exists(PRESETS):
        read(PRESETS)


def check_group(group):
    """A candidate's layers are its updates from the first on, without a gap, each with its state."""
    layers = [layer for layer in group.get_children() if not layer.is_group()]
    updates = sorted(state(layer)['update'] for layer in layers)
    assert updates == list(range(len(updates))), f'{group.get_name()}: {updates}'
    for child in group.get_children():
        if child.is_group():
            check_group(child)


def check_image(image, expected):
    """All that is above the layer that was there is groups of a run's."""
    *groups, below = image.get_layers()
    assert below.get_name() == 'below', [layer.get_name() for layer in image.get_layers()]
    assert len(groups) <= expected, [group.get_name() for group in groups]
    for group in groups:
        assert group.is_group(), group.get_name()
        check_group(group)


def check_files(folder):
    """What was exported is whole pictures.  Returns how many."""
    paths = [os.path.join(place, name) for place, _, files in os.walk(folder) for name in files]
    for path in paths:
        assert path.endswith('.png'), f'{path} is left'
        with open(path, 'rb') as file:
            assert file.read().endswith(PNG_END), f'{path} is half a picture'
    return len(paths)
