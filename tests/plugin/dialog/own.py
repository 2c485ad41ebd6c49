# own.py: whether a person's own pictures become a model in the dialog, as docs/train-your-own.md says.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later

import json
import os
import re
import shutil
import subprocess

from desktop import SUCCESS, expect, press, run_dialog, state, wait_for_dialog, write

FOLDER = os.environ["DOT_TEST_FOLDER"]
GUIDE = os.path.join(os.environ["DOT_TEST_SCRIPTS"], "..", "..", "..", "docs", "train-your-own.md")
MODELS = os.path.join(os.environ["XDG_DATA_HOME"], "dot-refine", "models")


def read_guide():
    """Its configuration, and the command that trains."""
    with open(GUIDE) as file:
        text = file.read()
    config = re.search(r"^    \{\n.*?^    \}\n", text, re.MULTILINE | re.DOTALL)[0]
    return json.loads(config), re.search("dot-refine train .*", text)[0]


def train(photos):
    """As the guide does, with a few steps of a small pair.  Returns the model's folder."""
    config, command = read_guide()
    config.update(steps=4, batch=4, every={"log": 1, "checkpoint": 4, "samples": 4})
    config["finish"]["steps"] = 2
    for network in "generator", "discriminator":
        config[network]["width"] = 4
    place = os.path.join(FOLDER, "own")
    os.makedirs(place)
    os.symlink(photos, os.path.join(place, "photos"))
    with open(os.path.join(place, "mine.json"), "w") as file:
        json.dump(config, file)
    result = subprocess.run(command.split(), cwd=place, capture_output=True, text=True, check=False)
    expect(result.returncode == 0, result.stderr)
    return os.path.join(place, "runs", "mine", "mine")


def own_pictures_become_a_model(photos):
    """Trained outside, copied among the models, chosen in the dialog by keyboard."""
    shutil.copytree(train(photos), os.path.join(MODELS, "mine"))

    def acts():
        wait_for_dialog()
        press("alt+m", "Down")
        press("alt+r")

    result = run_dialog(acts)
    shutil.rmtree(os.path.join(MODELS, "mine"))
    expect(result.status == SUCCESS, f"status {result.status}")
    found = state(result.layers[-1])
    expect(found["model"]["id"] == "mine" and found["update"] > 0, found)
    write(f"info    a model trained on {len(os.listdir(photos))} pictures of a person made {len(result.layers)} layers")
