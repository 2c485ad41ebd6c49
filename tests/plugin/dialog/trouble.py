# trouble.py: checks of what the dialog says, and keeps, where something it needs is missing, full or broken.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later

import contextlib
import os
import subprocess
import time

from gi.repository import Gimp

from desktop import (
    CANCEL,
    SUCCESS,
    choose_file,
    click,
    expect,
    names,
    new_image,
    press,
    read_texts,
    run_dialog,
    state,
    wait_for,
    wait_for_dialog,
    wait_for_end,
    write,
)

FOLDER = os.environ["DOT_TEST_FOLDER"]
HISTORY = os.path.join(os.environ["XDG_DATA_HOME"], "dot-refine", "history")
MODULES = os.environ["DOT_REFINE_MODULE_DIR"]
# there where CUDA's part is built
STAND_IN = os.environ.get("DOT_TEST_STAND_IN")
UPDATES = 16


@contextlib.contextmanager
def environment(**variables):
    """The next dialog runs with them."""
    path = os.path.join(FOLDER, "environment")
    with open(path, "w") as file:
        for name, value in variables.items():
            print(f"export {name}={value}", file=file)
    try:
        yield
    finally:
        os.remove(path)


@contextlib.contextmanager
def small_disk(folder, size):
    """Gives a folder a disk of its own; says whether that may be done here."""
    os.makedirs(folder, exist_ok=True)
    mounted = (
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder],
            capture_output=True,
            check=False,
        ).returncode
        == 0
    )
    if not mounted:
        write(f"info    skipped: only root can give {folder} a small disk")
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", folder], check=True)


def reset():
    wait_for_dialog()
    press("alt+t")
    # a button that a key has pressed looks so for a moment first
    time.sleep(1)


def choose_gpu():
    reset()
    press("alt+v", "alt+w", "End")


def wait_for_text(text):
    wait_for(lambda: text in read_texts("DOT Refine"), f"“{text}”", 30)


def use_the_processor():
    click("^Use the Processor$")
    wait_for_end()
    reset()


def get_updates(group):
    """The updates in a run's group, in their order."""
    return sorted(state(layer)["update"] for layer in group.get_children())


def check_gpu_gives_way(sentence, **variables):
    """The bar says what is wrong with it, and its button refines on the processor."""

    def acts():
        choose_gpu()
        press("alt+r")
        wait_for_text(sentence)
        use_the_processor()

    with environment(**variables):
        result = run_dialog(acts, new_image())
    expect(result.status == SUCCESS, f"status {result.status}")
    expect(len(result.layers) == UPDATES + 1, names(result.layers))


def a_gpu_that_is_missing_gives_way():
    check_gpu_gives_way("CUDA can")


def a_gpu_that_does_not_work_gives_way():
    """The driver's device file is there; what is behind it answers no question."""
    check_gpu_gives_way("no NVIDIA driver", DOT_TEST_DRIVER=1)


def a_gpu_that_does_not_work_is_not_missed():
    """Where it wasn't asked for, the processor refines, without a word."""

    def acts():
        reset()
        press("alt+r")
        wait_for_end()
        expect("CUDA" not in read_texts("DOT Refine"), "it is mentioned")

    with environment(DOT_TEST_DRIVER=1):
        result = run_dialog(acts, new_image())
    expect(len(result.layers) == UPDATES + 1, names(result.layers))


def a_gpu_that_fails_keeps_what_is_done():
    """In the middle of a run, as a stand-in for CUDA does.  On the processor it goes to the end."""

    def acts():
        choose_gpu()
        press("alt+r")
        wait_for_text("The GPU failed")
        use_the_processor()

    image = new_image()
    with environment(
        DOT_TEST_DRIVER=1,
        DOT_REFINE_MODULE_DIR=f"{STAND_IN}:{MODULES}",
        DOT_REFINE_STAND_IN_LIFE=60,
    ):
        result = run_dialog(acts, image)
    expect(result.status == SUCCESS, f"status {result.status}")
    whole, part = (get_updates(group) for group in image.get_layers()[:2])
    write(f"info    {len(part)} layers before the GPU failed, {len(whole)} on the processor")
    expect(whole == list(range(UPDATES + 1)), whole)
    expect(part == list(range(len(part))) and 0 < len(part) <= UPDATES, part)


def a_full_disk_keeps_the_layers():
    """Files go to a folder that fills: those that are there are whole, and another folder may be chosen."""
    full = os.path.join(FOLDER, "full")

    def acts():
        reset()
        press("alt+v")
        choose_file(("alt+d", "space", "End", "Return"), "Select Export Folder", full, "alt+Home")
        wait_for_dialog()
        press("alt+r")
        wait_for_text("No space left")
        texts = read_texts("DOT Refine")
        expect(full in texts and "Choose Another Folder" in texts, texts)
        reset()

    image = new_image()
    with small_disk(full, "40k") as mounted:
        if not mounted:
            return
        result = run_dialog(acts, image)
        files = os.listdir(full)
        for name in files:
            with open(os.path.join(full, name), "rb") as file:
                expect(name.endswith(".png") and file.read().endswith(b"IEND\xaeB`\x82"), name)
    expect(result.status == SUCCESS, f"status {result.status}")
    updates = get_updates(image.get_layers()[0])
    write(f"info    {len(files)} files and {len(updates)} layers before the disk was full")
    expect(0 < len(files) < len(updates) <= UPDATES, updates)
    expect(updates == list(range(len(updates))), updates)


def a_full_disk_keeps_the_history():
    """The run is in the image, but not in the history, and that is said; nothing half is left there."""

    def acts():
        reset()
        press("alt+r")
        wait_for_end()
        wait_for_text("The run can't be kept")

    with small_disk(HISTORY, "4k") as mounted:
        if not mounted:
            return
        result = run_dialog(acts, new_image())
        expect(not os.listdir(HISTORY), os.listdir(HISTORY))
    expect(len(result.layers) == UPDATES + 1, names(result.layers))


def a_missing_backend_is_said_in_the_dialog():
    before = len(Gimp.get_images())

    def acts():
        wait_for_dialog()
        press("alt+r")
        time.sleep(2)
        wait_for_dialog()
        press("Escape")

    with environment(DOT_REFINE_MODULE_DIR="/nonexistent"):
        result = run_dialog(acts)
    expect(result.status == CANCEL, f"status {result.status}")
    expect(len(Gimp.get_images()) == before, "an image was made")


TROUBLES = [
    a_gpu_that_is_missing_gives_way,
    a_gpu_that_does_not_work_is_not_missed,
    *([a_gpu_that_does_not_work_gives_way, a_gpu_that_fails_keeps_what_is_done] if STAND_IN else []),
    a_full_disk_keeps_the_layers,
    a_full_disk_keeps_the_history,
    a_missing_backend_is_said_in_the_dialog,
]
