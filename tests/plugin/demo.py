# demo.py: runs inside GIMP (its Python batch interpreter) for demo.sh.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later

import json
import os

from gi.repository import Gimp, Gio

OUT = os.environ["DOT_DEMO_OUT"]
REPORT = os.environ["DOT_DEMO_REPORT"]


def refine():
    """The layers of a goldfish, the unrefined one first, and their image."""
    procedure = Gimp.get_pdb().lookup_procedure("plug-in-dot-refine")
    config = procedure.create_config()
    for name, value in {
        "run-mode": Gimp.RunMode.NONINTERACTIVE,
        "class": "goldfish",
        "seed": 7,
        "updates": 16,
        "export-folder": Gio.File.new_for_path(OUT),
    }.items():
        config.set_property(name, value)
    values = procedure.run(config)
    if values.index(0) != Gimp.PDBStatusType.SUCCESS:
        raise RuntimeError(Gimp.get_pdb().get_last_error())
    return values.index(1), values.get_core_object_array(2)


def score(layer):
    return json.loads(bytes(layer.get_parasite("dot-refine-state").get_data()).decode())["score"]


def main():
    image, layers = refine()
    for name in ("demo.xcf", "demo.ora"):
        file = Gio.File.new_for_path(os.path.join(OUT, name))
        if not Gimp.file_save(Gimp.RunMode.NONINTERACTIVE, image, file, None):
            raise RuntimeError(f"GIMP could not write {file.get_path()}: {Gimp.get_pdb().get_last_error()}")
    with open(REPORT, "w") as report:
        print(
            f"The discriminator's score: {score(layers[0]):.2f} before, {score(layers[-1]):.2f} after 16 updates.",
            file=report,
        )


try:
    main()
except RuntimeError as error:
    with open(os.path.join(os.path.dirname(REPORT), "problem"), "w") as problem:
        print(error, file=problem)
