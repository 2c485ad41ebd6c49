# taken.py: checks of runs from which the person takes away what they need: the image, the group, folders.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later

import os
import re
import shutil
import time

from gi.repository import Gimp

from desktop import (
    SUCCESS,
    choose_file,
    click,
    close_dialog,
    expect,
    fill,
    fill_advanced,
    find_window,
    names,
    new_image,
    press,
    read_texts,
    run_dialog,
    show_image,
    start_from_the_search,
    state,
    undo_all,
    wait_for,
    wait_for_dialog,
    wait_for_end,
    xdotool,
)

FOLDER = os.environ["DOT_TEST_FOLDER"]
MODELS = os.path.join(os.environ["XDG_DATA_HOME"], "dot-refine", "models")
SHIPPED = os.path.join(os.environ["DOT_REFINE_MODELS"], "imagenet40-64")
REFINING = "DOT Refine: refining"


def refine(updates, keep_every="1"):
    """Starts a run with the defaults for the rest, and waits until its pictures come."""
    wait_for_dialog()
    press("alt+t")
    # a button that a key has pressed looks so for a moment first
    time.sleep(1)
    fill("u", updates)
    fill_advanced("k", keep_every)
    press("alt+r")
    wait_for_update(updates)


def wait_for_update(updates):
    wait_for(lambda: re.search(f"Update [1-9][0-9]* of {updates}", read_texts(REFINING)), "an update")


def wait_for_text(text):
    wait_for(lambda: text in read_texts("DOT Refine"), f"“{text}”", 30)


def expect_quiet():
    expect(not find_window("GIMP Message"), "GIMP shows a message of its own")


def get_image_name(window):
    """What GIMP's window shows, "[Untitled]-7.0"."""
    return " ".join(xdotool("getwindowname", window)).split(" ")[0]


def close_image(window):
    """As a person does, who is asked."""
    before = get_image_name(window)
    xdotool("windowactivate", "--sync", window)
    time.sleep(0.5)
    press("ctrl+w")
    time.sleep(1)
    press("alt+d")
    wait_for(lambda: get_image_name(window) != before, "the image to close")


def a_closed_image_leaves_the_pictures():
    """The dialog says what has happened, and puts them into a new image.

    It is started from GIMP's own search: who calls the procedure keeps the image until it returns.
    """
    image = new_image()
    _, window = show_image(image)
    before = Gimp.get_images()
    start_from_the_search(window)
    refine("20000", "110")
    wait_for(lambda: len(image.get_layers()) == 2, "layers")
    close_image(window)
    wait_for_end()
    wait_for_text("The image was closed")
    expect_quiet()
    expect("seed 0 · update " in read_texts("DOT Refine"), "the pictures are gone")
    click("^Make a New Image$")
    wait_for(lambda: "The image was closed" not in read_texts("DOT Refine"), "the new image", 60)
    close_dialog()
    made = [one for one in Gimp.get_images() if one not in before]
    expect(len(made) == 1, f"{len(made)} new images")
    [group] = made[0].get_layers()
    found = sorted(state(layer)["update"] for layer in group.get_children())
    expect(found == list(range(0, 110 * len(found), 110)) and len(found) > 1, found)


def a_group_that_is_taken_out_is_said():
    """Ctrl+Z in the image, as often as there are steps, while a run goes on: then its layers come no more."""
    image = new_image()
    display, window = show_image(image)

    def acts():
        refine("20000", "110")
        wait_for(lambda: "layers)" in " ".join(xdotool("getwindowname", window)), "layers")
        xdotool("windowactivate", "--sync", window)
        wait_for(lambda: (press("ctrl+z"), not find_window(f"^{REFINING}$"))[1], "the run to end", 60)
        wait_for_text("group was taken out")
        expect_quiet()
        click("^Add Them Again$")
        wait_for(lambda: "group was taken out" not in read_texts("DOT Refine"), "the layers", 60)

    result = run_dialog(acts, image)
    expect(result.status == SUCCESS, f"status {result.status}")
    # so many steps may have undone what was there before
    expect(names(image.get_layers())[0] == "goldfish · seed 0", names(image.get_layers()))
    expect(len(result.layers) > 0, "no layer is there again")
    display.delete()


def an_export_folder_that_is_deleted_is_made_again():
    folder = os.path.join(FOLDER, "deleted")
    os.makedirs(folder)

    def acts():
        wait_for_dialog()
        press("alt+t")
        # a button that a key has pressed looks so for a moment first
        time.sleep(1)
        fill("u", "60")
        press("alt+v")
        choose_file(("alt+d", "space", "End", "Return"), "Select Export Folder", folder, "alt+Home")
        wait_for_dialog()
        press("alt+r")
        wait_for(lambda: len(os.listdir(folder)) > 2, "files")
        # at once: a file may come while others are deleted
        os.rename(folder, folder + ".gone")
        shutil.rmtree(folder + ".gone")
        wait_for_end()
        press("alt+t")
        time.sleep(1)

    result = run_dialog(acts, new_image())
    expect(len(result.layers) == 61, f"{len(result.layers)} layers")
    expect(0 < len(os.listdir(folder)) < 61, os.listdir(folder))
    shutil.rmtree(folder)


def a_model_that_is_deleted_ends_its_run():
    """It is in memory; the next run says that it isn't there."""
    mine = os.path.join(MODELS, "mine")
    shutil.copytree(SHIPPED, mine)

    def acts():
        wait_for_dialog()
        press("alt+t")
        time.sleep(1)
        press("alt+m", "Down")
        fill("u", "2000")
        fill_advanced("k", "400")
        press("alt+r")
        wait_for_update("2000")
        shutil.rmtree(mine)
        wait_for_end()
        expect("update 2000" in read_texts("DOT Refine"), "the run didn't end")
        press("alt+t")
        time.sleep(1)

    result = run_dialog(acts, new_image())
    expect(result.status == SUCCESS, f"status {result.status}")
    expect([state(layer)["update"] for layer in result.layers] == list(range(0, 2001, 400)), names(result.layers))


def undo_is_free_while_a_run_computes():
    """What the person does in the image meanwhile is a step of its own."""
    image = new_image()
    display, window = show_image(image)

    def acts():
        refine("20000", "20000")
        time.sleep(2)
        xdotool("windowactivate", "--sync", window)
        time.sleep(0.5)
        # a new layer, by its dialog
        press("ctrl+shift+n")
        time.sleep(1)
        press("Return")
        time.sleep(1)
        press("ctrl+z")
        time.sleep(1)
        wait_for_dialog()
        press("alt+s")
        wait_for_end()

    run_dialog(acts, image)
    expect(names(image.get_layers()) == ["goldfish · seed 0", "below"], names(image.get_layers()))
    expect(undo_all(image, window) <= 2, "more steps than handfuls")
    display.delete()


TAKEN = [
    a_closed_image_leaves_the_pictures,
    a_group_that_is_taken_out_is_said,
    an_export_folder_that_is_deleted_is_made_again,
    a_model_that_is_deleted_ends_its_run,
    undo_is_free_while_a_run_computes,
]
