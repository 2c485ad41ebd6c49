# anything.py: what people may do at the dialog, in any order, with real keys and a real mouse.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later
#
# All that is random comes from one seed, $DOT_TEST_SEED or 1.  When it comes is the computer's business, so another time
# the same acts may find a run that is further on.

import glob
import os
import random
import signal
import string
import time

from desktop import (
    fill,
    find_window,
    press,
    wait_for,
    wait_for_dialog,
    wait_for_end,
    xdotool,
    TITLE,
)

SEED = os.environ.get("DOT_TEST_SEED", "1")
HISTORY = os.path.join(os.environ["XDG_DATA_HOME"], "dot-refine", "history")


def find_process():
    """The filter's process that this test's GIMP has started: others may run elsewhere."""
    mine = f'DOT_TEST_FOLDER={os.environ["DOT_TEST_FOLDER"]}'.encode()
    for folder in glob.glob("/proc/[0-9]*"):
        try:
            with open(f"{folder}/comm") as comm, open(f"{folder}/environ", "rb") as environment:
                if comm.read().strip() == "dot-refine" and mine in environment.read().split(b"\0"):
                    return folder
        except OSError:
            pass  # it has ended meanwhile
    raise AssertionError("the filter has no process")


def get_memory(process):
    """In MB, what the process has allocated: memory.c."""
    path = os.environ["DOT_TEST_MEMORY"]

    def read():
        with open(path) as file:
            return file.read().split("\n")[:-1]

    before = len(read()) if os.path.exists(path) else 0
    os.kill(int(os.path.basename(process)), signal.SIGUSR2)
    wait_for(lambda: os.path.exists(path) and len(read()) > before, "the memory in use", 10)
    return int(read()[-1]) / 2**20


def strike(*keys):
    """Presses them as quickly as they come, where no window opens in between that is to get the next."""
    xdotool("key", "--clearmodifiers", "--delay", "30", *keys)


class Anybody:
    """Does one thing after the other at an open dialog, and keeps a list of them.

    The dialog stays open: Escape goes to other windows only, and clicks don't go to the row with the button Close.
    """

    def __init__(self, process, image_window):
        self.random = random.Random(SEED)
        self.image_window = image_window
        self.pid = os.path.basename(process)
        self.dialog = wait_for_dialog()
        self.done = []
        lines = xdotool("getwindowgeometry", "--shell", self.dialog)
        place = dict(line.split("=") for line in lines)
        # xdotool counts the frame twice: close_window() in desktop.py
        self.left, self.top = int(place["X"]), int(place["Y"]) - 20
        self.width, self.height = int(place["WIDTH"]), int(place["HEIGHT"])

    # what a person does

    def change_page(self):
        strike(self.random.choice(["alt+v", "alt+h", "ctrl+Next", "ctrl+Prior"]))

    def go_to_picture(self):
        strike("alt+v", "ctrl+Prior")

    def type_number(self):
        self.go_to_picture()
        row, numbers = self.random.choice([("i", "1234"), ("u", "01234"), ("k", "12"), ("e", "0123456789")])
        if row == "k":
            strike("alt+v")
        strike(f"alt+{row}", "ctrl+a")
        xdotool("type", self.random.choice(numbers))
        strike(self.random.choice(["Tab", "Return", "Up"]))

    def type_class(self):
        self.go_to_picture()
        strike("alt+a", "ctrl+a")
        xdotool("type", self.random.choice(["goldfish", "lemon", "2", "no such fish", "go"]))
        strike(self.random.choice(["Tab", "Return"]))

    def refine(self):
        strike("alt+r")

    def go_on(self):
        strike("alt+g")

    def stop(self):
        strike("alt+s")

    def add_layers(self):
        strike("alt+l")

    def toggle_live_layers(self):
        strike("alt+v", "alt+a")

    def reset(self):
        strike("alt+t")

    def press_letter(self):
        """Not that of Close."""
        strike("alt+" + self.random.choice([letter for letter in string.ascii_lowercase if letter != "c"]))

    def walk(self):
        strike(*[self.random.choice(["Tab", "Tab", "shift+Tab"])] * self.random.randint(1, 6))
        strike(self.random.choice(["Left", "Right", "Up", "Down", "Home", "End", "m", "plus", "minus", "0"]))

    def move_to(self, x, y):
        """To a place in the dialog, from 0 to 1; the row of its buttons is lower."""
        xdotool(
            "mousemove",
            str(self.left + int(x * self.width)),
            str(self.top + int(y * (self.height - 70))),
        )

    def move_to_pictures(self):
        self.move_to(self.random.uniform(0.32, 0.98), self.random.uniform(0.02, 0.85))

    def click_anywhere(self):
        self.move_to(self.random.uniform(0.01, 0.99), self.random.uniform(0.02, 0.98))
        xdotool("click", self.random.choice("1113"))

    def click_pictures(self):
        self.move_to_pictures()
        key = self.random.choice(["shift", "ctrl", ""])
        if key:
            xdotool("keydown", key, "click", "1", "keyup", key)
        else:
            xdotool("click", "1")
        strike(self.random.choice(["Left", "Right", "Home", "End", "space", "m", "shift+Right"]))

    def drag(self):
        self.move_to_pictures()
        xdotool("mousedown", "1")
        self.move_to_pictures()
        self.move_to_pictures()
        xdotool("mouseup", "1")

    def zoom(self):
        self.move_to_pictures()
        xdotool("keydown", "ctrl", "click", "--repeat", "3", self.random.choice("45"), "keyup", "ctrl")

    def scroll(self):
        self.move_to(self.random.uniform(0.01, 0.99), self.random.uniform(0.02, 0.98))
        xdotool("click", "--repeat", "4", self.random.choice("45"))

    def find_windows(self):
        return xdotool("search", "--onlyvisible", "--pid", self.pid)

    def has_opened(self, before):
        """Whether a menu opens, for which the next keys are: without it arrows would go from button to button."""
        end = time.monotonic() + 1
        while self.find_windows() == before:
            if time.monotonic() > end:
                return False
            time.sleep(0.05)
        return True

    def opens_presets(self):
        """Below the pages, at their beginning."""
        before = self.find_windows()
        self.move_to(0.06, 0.967)
        xdotool("click", "1")
        return self.has_opened(before)

    def open_presets(self):
        if self.opens_presets():
            press(
                *["Down"] * self.random.randint(1, 3),
                self.random.choice(["Return", "Return", "Left"]),
            )

    def save_preset(self):
        if self.opens_presets():
            press("s")
            time.sleep(0.4)
            xdotool("type", "mine" + self.random.choice("12"))
            press("Return")

    def use_history(self):
        """Where it is empty, arrows would go on to the row with the button Close, which Return would press."""
        press("alt+h")
        if not glob.glob(os.path.join(HISTORY, "[0-9]*")):
            return
        self.move_to(0.1, 0.2)
        xdotool("click", "1")
        press(
            *["Down"] * self.random.randint(0, 3),
            self.random.choice(["Return", "Return", "Delete"]),
        )

    def copy(self):
        before = self.find_windows()
        press("alt+p")
        if self.has_opened(before):
            press(*["Down"] * self.random.randint(0, 2), "Return")

    def look_at_export(self):
        press("alt+x")
        time.sleep(0.4)
        press(self.random.choice(["alt+f", "alt+z", "alt+m"]))

    def look_at_models(self):
        self.go_to_picture()
        press("alt+n")
        time.sleep(0.4)
        press("Down")

    def undo_layers(self):
        xdotool("windowactivate", "--sync", self.image_window)
        time.sleep(0.2)
        strike("ctrl+z")

    # the person

    ACTS = [
        change_page,
        type_number,
        type_number,
        type_class,
        refine,
        refine,
        refine,
        go_on,
        go_on,
        stop,
        add_layers,
        toggle_live_layers,
        reset,
        press_letter,
        press_letter,
        walk,
        walk,
        click_anywhere,
        click_anywhere,
        click_pictures,
        click_pictures,
        drag,
        zoom,
        scroll,
        open_presets,
        save_preset,
        use_history,
        use_history,
        copy,
        look_at_export,
        look_at_models,
        undo_layers,
    ]

    def is_behind_another(self, focus):
        """Whether a window of the filter's is in front, and stays: one that is about to close is none."""
        if focus == [self.dialog] or not focus:
            return False
        if focus[0] not in self.find_windows():
            return False
        time.sleep(0.3)
        return xdotool("getwindowfocus") == focus

    def close_windows(self):
        """With Escape, which would close the dialog, too.

        Without a click: GTK 3.24's file chooser, clicked on while its list is filled, has crashed.
        """
        for _ in range(100):
            focus = xdotool("getwindowfocus")
            if focus == [self.dialog]:
                return
            wait_for(lambda: find_window(TITLE), "the dialog, which has closed", 2)
            if self.is_behind_another(focus):
                press("Escape")
                end = time.monotonic() + 1
                while xdotool("getwindowfocus") == focus and time.monotonic() < end:
                    time.sleep(0.02)
            else:
                xdotool("windowactivate", self.dialog)
                time.sleep(0.1)
        raise AssertionError("something else keeps the keyboard")

    def close_others(self):
        """Menus close with a click beside the dialog's buttons, where nothing else is.

        The focus goes to the picture: with it on Close the next Return would be the last.
        """
        self.close_windows()
        xdotool("mousemove", str(self.left + 15), str(self.top + self.height - 25), "click", "1")
        self.move_to(0.78, 0.2)
        xdotool("click", "1")
        self.close_windows()

    def act(self, count):
        for _ in range(count):
            what = self.random.choice(self.ACTS)
            self.done.append(what.__name__)
            try:
                what(self)
                self.close_others()
            except AssertionError as error:
                raise AssertionError(f"{error} after {len(self.done)} acts, the last {self.done[-5:]}") from None

    def start_anew(self):
        """From the first page, with the settings as they come."""
        self.close_others()
        press("alt+v")
        time.sleep(0.2)
        press("ctrl+Prior", "alt+t")
        # a button that a key has pressed looks so for a moment first
        time.sleep(1)

    def refine_once(self, count, updates):
        self.start_anew()
        fill("i", str(count))
        fill("u", str(updates))
        self.close_others()
        press("alt+r")
        wait_for_end()
        time.sleep(0.5)

    def forget_runs(self):
        """One after another: the list goes on with the next."""
        self.close_others()
        press("alt+h")
        self.move_to(0.1, 0.2)
        xdotool("click", "1")
        runs = len(glob.glob(os.path.join(HISTORY, "*")))
        xdotool("key", "--repeat", str(runs), "--delay", "60", "Delete")
        wait_for(lambda: not glob.glob(os.path.join(HISTORY, "*")), "the history to be empty", 20)

    def rest(self):
        """Lets the pictures go, and the runs: one that wasn't refined takes their place."""
        press("alt+s")
        wait_for_end()
        self.refine_once(1, 0)
        self.forget_runs()

    def warm_up(self):
        """What stays loaded is: the largest plans, each kind of window and menu."""
        self.refine_once(4, 4)
        for act in (
            self.go_on,
            self.look_at_export,
            self.look_at_models,
            self.save_preset,
            self.open_presets,
            self.copy,
        ):
            act()
            wait_for_end()
            self.close_others()
        self.rest()
