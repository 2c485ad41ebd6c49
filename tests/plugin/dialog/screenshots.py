# screenshots.py: runs inside a graphical GIMP for screenshots.sh.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later

import os
import subprocess
import sys
import time
import traceback

from gi.repository import Gimp

sys.dont_write_bytecode = True
sys.path.insert(0, os.environ["DOT_TEST_SCRIPTS"])
from desktop import (
    find_window,
    press,
    run_dialog,
    wait_for,
    wait_for_dialog,
    wait_for_end,
    xdotool,
)  # noqa: E402

OUT = os.environ["DOT_SCREENSHOTS"]
# light, ja …: only the dialog as it looks there
VARIANT = os.environ.get("DOT_SCREENSHOT_VARIANT", "")


def take(window, name):
    # the pointer is out of the way, and what it pointed to has been drawn again
    width, height = xdotool("getdisplaygeometry")
    xdotool("mousemove", str(int(width) - 2), str(int(height) - 2))
    time.sleep(1.5)
    subprocess.run(["import", "-frame", "-window", window, os.path.join(OUT, name)], check=True)


def take_variant():
    wait_for_dialog()
    press("Return")
    wait_for_end()
    take(wait_for_dialog(), f"dialog-{VARIANT}.png")


def take_all():
    take(wait_for_dialog(), "first.png")
    press("alt+r")
    wait_for_end()
    take(wait_for_dialog(), "dialog.png")
    press("alt+v")
    take(wait_for_dialog(), "advanced.png")
    press("alt+h")
    take(wait_for_dialog(), "history.png")
    press("ctrl+Page_Up", "ctrl+Page_Up")
    press("alt+n")
    take(wait_for(lambda: find_window("^Models$"), "the models")[-1], "models.png")
    press("alt+c")
    time.sleep(1)


def main():
    run_dialog(take_variant if VARIANT else take_all, class_="school bus", seed=36, count=4)
    if VARIANT:
        return
    window = wait_for(lambda: find_window("– GIMP$"), "GIMP's window")[-1]
    xdotool("windowactivate", "--sync", window)
    press("4")
    take(window, "layers.png")


try:
    main()
except Exception:
    with open(os.path.join(os.environ["GIMP3_DIRECTORY"], "problem"), "w") as problem:
        problem.write(traceback.format_exc())
quit_gimp = Gimp.get_pdb().lookup_procedure("gimp-quit")
settings = quit_gimp.create_config()
settings.set_property("force", True)
quit_gimp.run(settings)
