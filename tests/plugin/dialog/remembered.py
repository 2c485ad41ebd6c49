# remembered.py: runs inside another GIMP after checks.py, with the values that the dialog ran with last.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later

import json
import os

from gi.repository import Gimp


def main():
    """checks.py ended with seed 43 and 400 updates; two of them, from the next seed, do here."""
    procedure = Gimp.get_pdb().lookup_procedure("plug-in-dot-refine")
    config = procedure.create_config()
    config.set_property("run-mode", Gimp.RunMode.WITH_LAST_VALS)
    values = procedure.run(config)
    if values.index(0) != Gimp.PDBStatusType.SUCCESS:
        return f"FAILED  another start remembers: {Gimp.get_pdb().get_last_error()}"
    layer = values.get_core_object_array(2)[-1]
    state = json.loads(bytes(layer.get_parasite("dot-refine-state").get_data()).decode())
    found = (state["class"]["name"], state["seed"], state["updates"])
    if found != ("goldfish", 1, 1):
        return f"FAILED  another start remembers: {found}"
    return "ok      another start remembers"


line = main()
with open(os.environ["DOT_TEST_RESULTS"], "a") as results:
    print(line, file=results)
    print("done", file=results)
