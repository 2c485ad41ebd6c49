# desktop.py: what a person does at the dialog, for the Python files that run inside GIMP.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later
#
# A run of the procedure blocks the thread that calls libgimp, so the person is another thread, which uses
# xdotool only.

import json
import os
import subprocess
import threading
import time
import traceback

from gi.repository import Gimp

SUCCESS = Gimp.PDBStatusType.SUCCESS
CANCEL = Gimp.PDBStatusType.CANCEL
TITLE = "^DOT Refine(: refining)?$"


def write(line):
    """What was found goes to a file, for GIMP's own output is noise."""
    with open(os.environ["DOT_TEST_RESULTS"], "a") as results:
        print(line, file=results)


def expect(condition, detail):
    if not condition:
        raise AssertionError(detail)


def get_title(check):
    return check.__name__.replace("_", " ")


def run_check(check):
    """Writes how a check has ended."""
    try:
        check()
        write(f"ok      {get_title(check)}")
    except AssertionError as error:
        write(f"FAILED  {get_title(check)}: {error}")
    except Exception:
        write(f"FAILED  {get_title(check)}: {traceback.format_exc()}")


def xdotool(*words):
    return subprocess.run(["xdotool", *words], capture_output=True, text=True, check=False).stdout.split()


def wait_for(condition, what, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        result = condition()
        if result:
            return result
        time.sleep(0.05)
    raise AssertionError(f"waited {seconds} s in vain for {what}")


def find_window(title):
    """A window that closes while xdotool looks at it makes it give up: then it looks again."""
    for _ in range(10):
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", title],
            capture_output=True,
            text=True,
            check=False,
        )
        if found.stdout or "X Error" not in found.stderr:
            break
    return found.stdout.split()


def wait_for_dialog():
    """Waits until the dialog has the keyboard."""

    def focused():
        windows = find_window(TITLE)
        if windows and xdotool("getwindowfocus") == windows[-1:]:
            return windows[-1]
        if windows:
            xdotool("windowactivate", windows[-1])
        return None

    return wait_for(focused, "the dialog")


def press(*keys):
    for key in keys:
        xdotool("key", "--clearmodifiers", key)
        time.sleep(0.1)


def fill(mnemonic, text):
    """Goes to a row by its mnemonic and replaces what is there."""
    wait_for_dialog()
    press(f"alt+{mnemonic}", "ctrl+a")
    xdotool("type", text)
    # a list of classes that has opened would take the next keys
    time.sleep(0.4)
    press("Tab")


def press_advanced(*keys):
    """On the page “Advanced”; the first page comes back."""
    press("alt+v", *keys, "ctrl+Prior")


def fill_advanced(mnemonic, text):
    """Replaces what is in a row of the page “Advanced”; the first page comes back."""
    press("alt+v")
    fill(mnemonic, text)
    press("ctrl+Prior")


def choose_file(keys, title, path, *first):
    """Opens a file chooser with some keys and gives it a path, after pressing what comes first there."""
    press(*keys)
    wait_for(lambda: find_window(title), title)
    time.sleep(1)
    press(*first, "ctrl+l", "ctrl+a")
    xdotool("type", "--delay", "20", path)
    time.sleep(0.5)
    # Delete: the chooser has completed what was typed
    press("Delete", "Return")
    wait_for(lambda: not find_window(title), f"{title} to close")
    time.sleep(0.5)


def read_texts(title):
    """All that a window shows, as who can't see it is told."""
    return run_script("read_texts.py", title)


def run_script(name, *arguments):
    script = os.path.join(os.environ["DOT_TEST_SCRIPTS"], name)
    return subprocess.run(["python3", script, *arguments], capture_output=True, text=True, check=True).stdout


def click(pattern, *keys):
    """Clicks on what a name matches in the dialog, with keys held."""
    place = wait_for(lambda: run_script("find_place.py", "DOT Refine", pattern).split(), pattern)
    for key in keys:
        xdotool("keydown", key)
    xdotool("mousemove", *place, "click", "1")
    for key in keys:
        xdotool("keyup", key)
    time.sleep(0.3)


def find_nameless(title):
    """The controls of a window that have no name for who can't see them, and how many it has."""
    *nameless, count = run_script("nameless.py", title).split("\n")[:-1]
    return [line for line in nameless if line], int(count)


def wait_for_end():
    """Lets a run begin, then waits for its end."""
    time.sleep(1)
    wait_for(lambda: not find_window("^DOT Refine: refining$"), "the end of the run", 90)


def close_dialog():
    """Closes the dialog as soon as it rests, where it is still open."""
    wait_for_end()
    if find_window(TITLE):
        wait_for_dialog()
        press("Escape")
    wait_for(lambda: not find_window(TITLE), "the dialog to close", 30)


def take_place(place):
    """The colours of a part of the screen: WIDTHxHEIGHT+X+Y."""
    command = ["import", "-window", "root", "-crop", place, "-depth", "8", "rgb:-"]
    return subprocess.run(command, capture_output=True, check=True).stdout


def close_window(window):
    """Clicks on the cross that openbox draws at the right end of the title bar, 20 pixels high.

    xdotool counts the frame twice, so what it says is the top is 20 pixels below the top.
    """
    lines = xdotool("getwindowgeometry", "--shell", window)
    place = dict(line.split("=") for line in lines)
    xdotool(
        "mousemove",
        str(int(place["X"]) + int(place["WIDTH"]) - 10),
        str(int(place["Y"]) - 30),
        "click",
        "1",
    )


def take_picture():
    """What went wrong is easier to see than to read: $DOT_TEST_PICTURES, a folder, gets the screen."""
    folder = os.environ.get("DOT_TEST_PICTURES")
    if folder:
        subprocess.run(
            ["import", "-window", "root", os.path.join(folder, f"{time.time():.0f}.png")],
            check=False,
        )


class Person(threading.Thread):
    """Does what `acts` says, then closes the dialog, which stays open until then."""

    def __init__(self, acts):
        super().__init__(daemon=True)
        self.acts = acts
        self.problem = None

    def run(self):
        try:
            self.acts()
            close_dialog()
        except Exception as problem:
            self.problem = problem
            take_picture()
            self.give_up()

    def give_up(self):
        """Closes the dialog, and what it has opened, whatever has the keyboard."""
        for _ in range(10):
            for window in find_window(TITLE):
                xdotool("windowactivate", window)
                time.sleep(0.5)
                press("Escape")
            time.sleep(0.5)


class Result:
    """What a run of the dialog gave."""

    def __init__(self, values, seconds):
        self.seconds = seconds
        self.status = values.index(0)
        self.image = values.index(1) if self.status == SUCCESS else None
        self.layers = values.get_core_object_array(2) if self.status == SUCCESS else []


def run_dialog(acts, image=None, mode=Gimp.RunMode.INTERACTIVE, **arguments):
    """Opens the dialog, and lets a person do `acts` with it."""
    procedure = Gimp.get_pdb().lookup_procedure("plug-in-dot-refine")
    config = procedure.create_config()
    config.set_property("run-mode", mode)
    if image:
        config.set_property("image", image)
    for name, value in arguments.items():
        config.set_property(name.replace("_", "-").strip("-"), value)
    person = Person(acts)
    start = time.monotonic()
    person.start()
    values = procedure.run(config)
    result = Result(values, time.monotonic() - start)
    person.join()
    if person.problem and result.status not in (SUCCESS, CANCEL):
        raise AssertionError(f"the filter ended with {result.status.value_nick}") from person.problem
    if person.problem:
        raise person.problem
    return result


def state(layer):
    return json.loads(bytes(layer.get_parasite("dot-refine-state").get_data()).decode())


def names(items):
    return [item.get_name() for item in items]


def new_image(width=300, height=200):
    image = Gimp.Image.new(width, height, Gimp.ImageBaseType.RGB)
    layer = Gimp.Layer.new(image, "below", width, height, Gimp.ImageType.RGB_IMAGE, 100, Gimp.LayerMode.NORMAL)
    image.insert_layer(layer, None, 0)
    return image


def show_image(image):
    """Opens it in GIMP's window.  Returns its display, and the window."""
    display = Gimp.Display.new(image)
    display.present()
    return display, wait_for(lambda: find_window("– GIMP$"), "the image window")[-1]


def undo_all(image, window):
    """Takes all that was added away; returns in how many steps."""
    xdotool("windowactivate", "--sync", window)
    time.sleep(0.5)
    for step in range(1, 60):
        press("ctrl+z")
        time.sleep(0.3)
        if names(image.get_layers()) == ["below"]:
            return step
    raise AssertionError(f"undo leaves {names(image.get_layers())}")


def start_from_the_search(window):
    xdotool("windowactivate", "--sync", window)
    time.sleep(1)
    press("slash")
    wait_for(lambda: find_window("^Search Actions$"), "the search")
    xdotool("type", "DOT Refine")
    time.sleep(2)
    press("Return")
    wait_for_dialog()
