# checks.py: runs inside a graphical GIMP and works the dialog with the keyboard.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later
#
# The order matters: the dialog opens with the values of the run before.

import contextlib
import glob
import json
import os
import re
import shutil
import sys
import time
import zipfile

from gi.repository import Gimp, Gio

FOLDER = os.environ["DOT_TEST_FOLDER"]
EXPORT = os.path.join(FOLDER, "export")
sys.dont_write_bytecode = True
sys.path.insert(0, os.environ["DOT_TEST_SCRIPTS"])
from desktop import (
    CANCEL,
    SUCCESS,
    choose_file,
    click,
    close_dialog,
    close_window,
    expect,
    fill,  # noqa: E402
    fill_advanced,
    find_nameless,
    find_window,
    get_title,
    names,
    new_image,
    press,
    press_advanced,
    read_texts,
    run_check,
    run_dialog,
    run_script,
    show_image,
    start_from_the_search,
    state,
    take_place,
    undo_all,
    wait_for,
    wait_for_dialog,
    wait_for_end,
    write,
    xdotool,
    TITLE,
)

from anything import SEED, Anybody, find_process, get_memory  # noqa: E402

from closing import check_files, check_history, check_image, MOMENTS, SAVED  # noqa: E402

from image import IMAGES  # noqa: E402

from large import LARGE  # noqa: E402

from own import own_pictures_become_a_model  # noqa: E402

from repeat import REPEATS  # noqa: E402

from taken import TAKEN  # noqa: E402

from trouble import TROUBLES  # noqa: E402

QUESTION = "^Trust This Model\\?$"
SHIPPED = os.path.join(os.environ["DOT_REFINE_MODELS"], "imagenet40-64")
MODELS = os.path.join(os.environ["XDG_DATA_HOME"], "dot-refine", "models")
# Milliseconds that the window may be busy at a time.  How long it is at most is printed, and is a few dozens on a quiet
# machine; how long a noisy one takes is no question for a test, but whether the window hangs is.
HANGS = 1000
ELSEWHERE = os.path.join(FOLDER, "elsewhere")
# What others have computed with is beside the checkout, or isn't there.
R3GAN = os.path.join(os.environ["DOT_REFINE_SOURCE"], "..", "shared", "reference", "r3gan-64")
SCRIPTS = os.path.isdir(ELSEWHERE)
ONLY = os.environ.get("DOT_TEST_ONLY", "")


def exported():
    return len([name for name in os.listdir(EXPORT) if name.endswith(".png")]) if os.path.isdir(EXPORT) else 0


def expect_keyboard(dialog):
    """GIMP's window comes up when it likes, and behind the dialog."""
    for _ in range(30):
        time.sleep(0.1)
        last = xdotool("getwindowfocus")
    expect(last == [dialog], xdotool("getwindowname", *last))


@contextlib.contextmanager
def recommendation(label, seed):
    """The model recommends to begin with them.  Gives what model.json says."""
    path = os.path.join(SHIPPED, "model.json")
    with open(path) as file:
        before = file.read()
    try:
        with open(path, "w") as file:
            json.dump(json.loads(before) | {"first": {"label": label, "seed": seed}}, file)
        yield json.loads(before)
    finally:
        with open(path, "w") as file:
            file.write(before)


def a_first_start_begins_with_what_the_model_recommends():
    def acts():
        wait_for_dialog()
        press("alt+r")
        wait_for_end()

    image = new_image()
    with recommendation(label=3, seed=4) as model:
        found = state(run_dialog(acts, image, updates=1, k_eff=1.0).layers[-1])
    expect((found["seed"], found["class"]["name"]) == (4, model["classes"][3]["name"]), found)
    image.delete()
    # what the other checks begin with
    for path in glob.glob(os.path.join(os.environ["GIMP3_DIRECTORY"], "plug-in-settings", "*dot-refine*")):
        os.remove(path)


def it_opens_and_refines():
    """With no image open: the window of the one that it makes doesn't take the keyboard."""
    times = {}

    def acts():
        start = time.monotonic()
        dialog = wait_for_dialog()
        times["open"] = time.monotonic() - start
        start = time.monotonic()
        press("alt+r")
        wait_for(exported, "the first layer")
        times["layer"] = time.monotonic() - start
        wait_for_end()
        expect_keyboard(dialog)

    result = run_dialog(acts, seed=7, updates=2, k_eff=1.0, export_folder=Gio.File.new_for_path(EXPORT))
    expect(result.status == SUCCESS, f"status {result.status}")
    expect(len(result.layers) == 3, f"{len(result.layers)} layers")
    expect(not find_window(TITLE), "the dialog is still open")
    write(
        f'info    {times["open"]:.1f} s until the dialog was open, {times["layer"]:.1f} s from Refine to the first layer'
    )


def it_stays_open_with_the_pictures():
    before = len(Gimp.get_images())

    def acts():
        wait_for_dialog()
        fill("e", "8")
        press("alt+r")
        wait_for_end()
        texts = read_texts("DOT Refine")
        expect("goldfish · seed 8 · update 2 · D" in texts, texts)
        expect("Score:" in texts, texts)
        fill("e", "9")
        press("alt+r")
        wait_for_end()
        expect("seed 9 · update 2 · D" in read_texts("DOT Refine"), "the second run")

    result = run_dialog(acts)
    expect(result.status == SUCCESS, f"status {result.status}")
    expect(len(Gimp.get_images()) == before + 1, "the second run made an image of its own")
    groups = names(result.image.get_layers())
    expect(groups == ["goldfish · seed 9", "goldfish · seed 8"], groups)
    expect([state(layer)["seed"] for layer in result.layers] == [9, 9, 9], names(result.layers))


def an_indexed_image_is_refused_in_one_sentence():
    """With nothing of GIMP's above it, which is for scripts."""
    seen = {}

    def acts():
        title = "^(GIMP|DOT Refine) Message$"
        wait_for(lambda: find_window(title), "the message")
        time.sleep(1)
        seen["texts"] = read_texts("GIMP Message") + read_texts("DOT Refine Message")
        press("Escape")
        wait_for(lambda: not find_window(title), "the message to close")

    result = run_dialog(acts, Gimp.Image.new(50, 50, Gimp.ImageBaseType.INDEXED))
    expect(result.status == CANCEL, f"status {result.status}")
    expect("An indexed image can't hold" in seen["texts"], seen["texts"])
    expect("error for" not in seen["texts"], seen["texts"])


def gimps_window_comes_above_it():
    """Its menus are there while the dialog stays open."""
    image = new_image()
    display = Gimp.Display.new(image)
    display.present()
    window = wait_for(lambda: find_window("– GIMP$"), "the image window")[-1]
    start_from_the_search(window)
    xdotool("windowmove", "--sync", wait_for_dialog(), "100", "100")
    time.sleep(1)
    before = take_place("300x200+250+250")
    xdotool("windowactivate", "--sync", window)
    time.sleep(1)
    after = take_place("300x200+250+250")
    close_dialog()
    display.delete()
    expect(before != after, "the dialog is still above")


def everything_has_a_name():
    """What can be used says what it is to who can't see it."""
    counts, nameless = {}, []

    def look(title, page):
        found, counts[page] = find_nameless(title)
        nameless.extend(found)

    def look_at(key, title):
        press(key)
        wait_for(lambda: find_window(f"^{title}$"), title)
        time.sleep(1)
        look(title, title)

    def leave(title):
        press("Escape")
        wait_for(lambda: not find_window(f"^{title}$"), f"{title} to close")
        time.sleep(0.5)

    def acts():
        wait_for_dialog()
        fill("i", "2")
        press("alt+r")
        wait_for_end()
        look("DOT Refine", "Picture")
        for key, page in ("alt+v", "Advanced"), ("alt+h", "History"):
            # the image's window may have come to the front
            wait_for_dialog()
            press(key)
            time.sleep(0.5)
            look("DOT Refine", page)
        wait_for_dialog()
        press("Left", "Left")
        look_at("alt+x", "Export Pictures")
        leave("Export Pictures")
        wait_for_dialog()
        look_at("alt+n", "Models")
        look_at("alt+i", "Import a Model")
        leave("Import a Model")
        leave("Models")
        wait_for_dialog()
        fill("i", "1")
        press("alt+r")

    run_dialog(acts)
    write(f"info    controls: {counts}")
    expect(min(counts.values()) > 5, counts)
    expect(not nameless, "\n".join(nameless))


def stalls(start, end):
    """How long the window didn't answer between two moments, in milliseconds, worst first."""
    path = os.environ["DOT_TEST_STALLS"]
    lines = open(path).read().split("\n") if os.path.exists(path) else []
    found = [tuple(map(float, line.split())) for line in lines if line]
    if os.environ.get("DOT_TEST_VERBOSE"):
        write("info    " + str([(round(began - start, 2), took) for began, took in found if start <= began < end]))
    return sorted((took for began, took in found if start <= began < end), reverse=True)


def it_answers_while_it_refines():
    """The person scrubs through many pictures that come quickly; then through some that become layers."""
    times = {}

    def refine(name):
        start = time.monotonic()
        press("alt+r")
        time.sleep(0.5)
        while find_window("^DOT Refine: refining$"):
            press("Left", "Right", "Home", "End")
        times[name] = stalls(start, time.monotonic())
        wait_for_dialog()

    def acts():
        wait_for_dialog()
        fill("e", "100")
        fill("i", "16")
        fill("u", "60")
        press_advanced("alt+a")
        refine("looking")
        press_advanced("alt+a")
        fill("i", "4")
        fill("u", "16")
        refine("layers")
        fill("i", "1")
        fill("u", "2")
        refine("few")

    run_dialog(acts, new_image())
    worst = {name: max(found, default=0) for name, found in times.items()}
    write(
        f'info    while 16 pictures were refined the window was busy for {worst["looking"]:.0f} ms at most; '
        f'{worst["layers"]:.0f} ms while 68 layers came from 4; {worst["few"]:.0f} ms while 3 came'
    )
    for name, found in times.items():
        expect(worst[name] < HANGS, (name, found[:5]))


def chosen_pictures_become_layers():
    """Look first, with no layer; then two of three candidates, twice as large, in one undo step."""
    image = new_image()
    seen = {}

    def acts():
        wait_for_dialog()
        fill("e", "200")
        fill("i", "3")
        fill("u", "2")
        press_advanced("alt+a", "alt+y", "Down")
        press("alt+r")
        wait_for_end()
        wait_for_dialog()
        click("seed 202 · update 2", "ctrl")
        press("alt+l")
        time.sleep(1)
        seen["export"] = os.path.join(FOLDER, "chosen.webp")
        press("alt+x")
        wait_for(lambda: find_window("^Export Pictures$"), "the export")
        time.sleep(1)
        press("ctrl+a")
        xdotool("type", seen["export"])
        press("Return")
        wait_for(lambda: os.path.exists(seen["export"]), "the file")
        wait_for_dialog()
        press("alt+p", "Return")
        seen["command"] = wait_for(lambda: run_script("read_clipboard.py"), "the clipboard")
        press_advanced("alt+a", "alt+y", "Up")
        fill("i", "1")

    result = run_dialog(acts, image)
    groups = image.get_layers()
    expect(names(groups) == ["goldfish · seeds 200–202", "below"], names(groups))
    expect(
        [(state(layer)["seed"], state(layer)["update"]) for layer in result.layers] == [(200, 2), (202, 2)],
        names(result.layers),
    )
    expect(
        {(layer.get_width(), layer.get_height()) for layer in result.layers} == {(128, 128)},
        "their size",
    )
    with open(seen["export"], "rb") as file:
        expect(file.read(12)[8:] == b"WEBP", "the export")
    expect(
        seen["command"].startswith("dot-refine refine --model imagenet40-64 --class goldfish --seed 200 --count 3"),
        seen["command"],
    )


def a_run_comes_back_from_the_history():
    """After the dialog was closed: its pictures, its settings, and it goes on."""

    def acts():
        wait_for_dialog()
        press("alt+h", "Tab", "Tab")
        click("goldfish · seeds 200–202")
        press("Return")
        wait_for(lambda: "seed 200 · update 2" in read_texts("DOT Refine"), "the pictures")
        press("alt+g")
        wait_for_end()

    result = run_dialog(acts)
    found = sorted((state(layer)["seed"], state(layer)["update"]) for layer in result.layers)
    expect(found == [(seed, update) for seed in (200, 201, 202) for update in (3, 4)], found)


def it_takes_what_is_typed():
    def acts():
        wait_for_dialog()
        fill("a", "n02279972")
        fill("e", "41")
        fill("u", "1")
        press("alt+r")

    result = run_dialog(acts)
    expect(result.status == SUCCESS, f"status {result.status}")
    found = state(result.layers[-1])
    expect((found["class"]["wnid"], found["seed"], found["update"]) == ("n02279972", 41, 1), found)


def it_remembers():
    def acts():
        wait_for_dialog()
        press("alt+r")

    result = run_dialog(acts)
    found = state(result.layers[-1])
    expect((found["class"]["wnid"], found["seed"], found["update"]) == ("n02279972", 41, 1), found)


def an_unknown_class_keeps_it_open():
    def acts():
        wait_for_dialog()
        fill("a", "no such fish")
        press("alt+r")
        time.sleep(2)
        wait_for_dialog()
        fill("a", "goldfish")
        press("alt+r")

    result = run_dialog(acts)
    expect(result.status == SUCCESS, f"status {result.status}")
    expect(state(result.layers[0])["class"]["name"] == "goldfish", "class")


def make_reader():
    """What reads HTML here notes what it is given; gives the file."""
    folder = os.environ["DOT_TEST_FOLDER"]
    noted, program = os.path.join(folder, "noted"), os.path.join(folder, "reader")
    with open(program, "w") as file:
        file.write(f'#!/bin/sh\nprintf %s "$1" >{noted}.part && mv {noted}.part {noted}\n')
    os.chmod(program, 0o700)
    applications = os.path.join(os.environ["XDG_DATA_HOME"], "applications")
    os.makedirs(applications, exist_ok=True)
    with open(os.path.join(applications, "reader.desktop"), "w") as file:
        file.write(f"[Desktop Entry]\nType=Application\nName=Reader\nExec={program} %u\nMimeType=text/html;\n")
    os.makedirs(os.environ["XDG_CONFIG_HOME"], exist_ok=True)
    with open(os.path.join(os.environ["XDG_CONFIG_HOME"], "mimeapps.list"), "w") as file:
        file.write("[Default Applications]\ntext/html=reader.desktop\n")
    return noted


def help_opens_by_key_and_button():
    noted = make_reader()

    def expect_help():
        wait_for(lambda: os.path.exists(noted), "the help")
        with open(noted) as file:
            page = file.read()
        os.remove(noted)
        expect(page.endswith("/help/dialog.html"), page)

    def acts():
        wait_for_dialog()
        press("F1")
        expect_help()
        wait_for_dialog()
        click("^Help$")
        expect_help()
        close_dialog()

    run_dialog(acts)


def undo_takes_all_of_it_away():
    """What comes within a second is one step."""
    image = new_image()
    display, window = show_image(image)

    def acts():
        wait_for_dialog()
        press("alt+r")

    result = run_dialog(acts, image)
    expect(names(image.get_layers()) == ["goldfish · seed 41", "below"], names(image.get_layers()))
    expect(len(result.layers) == 2, "layers")
    display.present()
    undo_all(image, window)
    expect(image.undo_is_enabled(), "undo is disabled")


def keys_repeat_it():
    """Ctrl+F repeats what was run from GIMP's menus, or from its search of them."""
    image = new_image()
    display = Gimp.Display.new(image)
    display.present()
    window = wait_for(lambda: find_window("– GIMP$"), "the image window")[-1]
    start_from_the_search(window)
    fill("e", "60")
    press("alt+r")
    close_dialog()
    for _ in range(2):
        before = len(image.get_layers())
        xdotool("windowactivate", "--sync", window)
        press("ctrl+f")
        wait_for(lambda: len(image.get_layers()) > before, "a repeat")
        time.sleep(2)
    expect(
        names(image.get_layers()) == [f"goldfish · seed {seed}" for seed in (62, 61, 60)] + ["below"],
        names(image.get_layers()),
    )
    # at once: each is a process of its own
    press("ctrl+f", "ctrl+f", "ctrl+f")
    wait_for(lambda: len(image.get_layers()) == 7, "three repeats at once")
    time.sleep(2)
    found = sorted(names(image.get_layers()))
    expect(found == ["below"] + [f"goldfish · seed {seed}" for seed in range(60, 66)], found)
    display.delete()


def a_repeat_during_a_run_takes_a_seed_of_its_own():
    """Nor does one after the run take it again."""
    image = new_image()
    display = Gimp.Display.new(image)
    display.present()
    window = wait_for(lambda: find_window("– GIMP$"), "the image window")[-1]

    def groups():
        return sorted(name for name in names(image.get_layers()) if name != "below")

    def repeat(count):
        xdotool("windowactivate", "--sync", window)
        time.sleep(1)
        press("ctrl+f")
        wait_for(lambda: len(groups()) == count, "a repeat", 20)

    def refine(seed, updates, keep_every):
        start_from_the_search(window)
        fill("e", seed)
        fill("u", updates)
        fill_advanced("k", keep_every)
        press("alt+r")

    refine("80", "1500", "500")
    wait_for(lambda: len(groups()) == 1, "the run")
    repeat(2)
    time.sleep(2)
    wait_for_dialog()
    press("alt+s")
    close_dialog()
    time.sleep(2)
    repeat(3)
    expect(groups() == [f"goldfish · seed {seed}" for seed in (80, 81, 82)], groups())
    wait_for(
        lambda: 4 in [len(group.get_children()) for group in image.get_layers() if group.is_group()],
        "the last repeat to end",
        120,
    )
    # the next checks go on from fewer updates
    before = image.get_layers()
    refine("80", "1", "1")
    close_dialog()
    wait_for(lambda: len(groups()) == 4, "another run")
    layers = [names(group.get_children()) for group in image.get_layers() if group not in before]
    expect(list(map(len, layers)) == [2], layers)
    display.delete()


def anything_may_be_done():
    """Two hundred acts, during which the window always answers, and then a run as any other.

    The second hundred leave next to nothing: what stays loaded is after the first.  Measured was +1.3 MB;
    tests/ui/test-workbench.c looks closer.
    """
    image = new_image()
    display = Gimp.Display.new(image)
    display.present()
    window = wait_for(lambda: find_window("– GIMP$"), "the image window")[-1]
    found = {}

    def acts():
        wait_for_dialog()
        process = find_process()
        anybody = Anybody(process, window)
        start = time.monotonic()
        anybody.warm_up()
        for when in "first", "second":
            anybody.act(100)
            anybody.rest()
            found[when] = get_memory(process)
        found["seconds"] = time.monotonic() - start
        found["busy"] = max(stalls(start, time.monotonic()), default=0)
        expect(find_process() == process, "the filter has started anew")
        anybody.start_anew()
        fill("u", "2")
        fill("e", "5")
        press("alt+r")

    write(f"info    anything, from the seed {SEED} (DOT_TEST_SEED for another)")
    result = run_dialog(acts, image)
    grown = found["second"] - found["first"]
    write(
        f'info    {found["seconds"]:.0f} s of anything: {found["first"]:.1f} MB after a hundred acts, '
        f'{grown:+.1f} MB after another hundred; the window was busy for {found["busy"]:.0f} ms at most'
    )
    expect(result.status == SUCCESS, f"status {result.status}")
    expect(
        [(state(layer)["seed"], state(layer)["update"]) for layer in result.layers] == [(5, 0), (5, 1), (5, 2)],
        names(result.layers),
    )
    display.delete()
    expect(grown < 8, f"{grown:.1f} MB")
    expect(found["busy"] < HANGS, f'busy for {found["busy"]:.0f} ms')


def the_window_closes_at_any_moment():
    """The layers so far stay, whole, and can be undone; so do the runs, the presets and the files."""
    os.makedirs(SAVED)
    found = []
    for reach, layers, files in MOMENTS:
        image = new_image()
        display = Gimp.Display.new(image)
        display.present()
        window = wait_for(lambda: find_window("– GIMP$"), "the image window")[-1]

        def acts():
            dialog = wait_for_dialog()
            press("alt+t")
            # a button that a key has pressed looks so for a moment first
            time.sleep(1)
            reach(window)
            close_window(dialog)
            wait_for(lambda: not find_window(TITLE), "the dialog to close", 30)

        moment = reach.__name__.replace("_", " ")
        result = run_dialog(acts, image)
        expect(result.status in (SUCCESS, CANCEL), f"{moment}: status {result.status}")
        counts = check_image(image), check_files()
        found.append(f"{moment} {counts[0]} layers, {counts[1]} files")
        expect(counts[0] in layers and counts[1] in files, found[-1])
        check_history()
        if counts[0]:
            undo_all(image, window)
        expect(names(image.get_layers()) == ["below"], f"{moment}: {names(image.get_layers())}")
        display.delete()
    write(f'info    closed {"; ".join(found)}')


def reset_takes_changes_back():
    def acts():
        wait_for_dialog()
        fill("e", "77")
        fill("a", "lemon")
        press("alt+t")
        # a button that a key has pressed looks so for a moment first
        time.sleep(1)
        fill("u", "1")
        press("alt+r")

    found = state(run_dialog(acts).layers[-1])
    expect((found["seed"], found["class"]["name"], found["updates"]) == (0, "goldfish", 1), found)


def reset_begins_with_what_the_model_recommends():
    def acts():
        wait_for_dialog()
        press("alt+t")
        # a button that a key has pressed looks so for a moment first
        time.sleep(1)
        fill("u", "1")
        press("alt+r")

    with recommendation(label=2, seed=5) as model:
        found = state(run_dialog(acts).layers[-1])
    expect((found["seed"], found["class"]["name"]) == (5, model["classes"][2]["name"]), found)


def open_models():
    press("alt+n")
    wait_for(lambda: find_window("^Models$"), "the models")
    time.sleep(0.5)


def models_open_and_close_by_keyboard():
    def acts():
        wait_for_dialog()
        for key in "Escape", "alt+c":
            open_models()
            press(key)
            wait_for(lambda: not find_window("^Models$"), f"{key} to close the models")
            wait_for_dialog()
        press("Escape")

    expect(run_dialog(acts).status == CANCEL, "cancelled")


def a_removed_model_gives_way():
    mine = os.path.join(MODELS, "mine")
    shutil.copytree(SHIPPED, mine)

    def acts():
        wait_for_dialog()
        press("alt+m", "Down")
        open_models()
        press("Down", "alt+r")
        time.sleep(1)
        expect(os.path.exists(mine), "it went without being asked")
        press("alt+r")
        wait_for(lambda: not os.path.exists(mine), "the model to go")
        press("alt+c")
        wait_for_dialog()
        press("alt+r")

    result = run_dialog(acts)
    expect(result.status == SUCCESS, f"status {result.status}")
    expect(state(result.layers[0])["model"]["id"] == "imagenet40-64", state(result.layers[0])["model"])


def a_persons_own_pictures_become_a_model():
    own_pictures_become_a_model(EXPORT)


def it_continues_with_the_selected_layer():
    def acts():
        wait_for_dialog()
        press("alt+r")

    first = run_dialog(acts)
    made = state(first.layers[-1])
    first.image.set_selected_layers([first.layers[-1]])

    def continues():
        wait_for_dialog()
        before = exported()
        press_advanced("alt+f", "Down", "Down")
        press("alt+r")
        wait_for(lambda: exported() > before, "a layer that goes on")
        wait_for_end()
        press_advanced("alt+f", "Up", "Up")
        press("alt+r")

    second = run_dialog(continues, image=first.image)
    updates = [state(layer)["update"] for layer in second.layers]
    expect(updates == [0, 1], f"the seed is no source any more: {updates}")
    [layer] = second.image.get_layers()[1].get_children()
    found = state(layer)
    expect(found["update"] == made["update"] + 1, layer.get_name())
    expect((found["origin"], found["seed"]) == (made["origin"], made["seed"]), "it began elsewhere")
    expect(found["latent"] != made["latent"], "it stayed where it was")


CLASSES = [f"kind {label}" for label in range(10)]


def write_class_table():
    path = os.path.join(FOLDER, "classes.tsv")
    with open(path, "w") as file:
        file.writelines(f"{label}\t\t\t{name}\n" for label, name in enumerate(CLASSES))
    return path


def write_key_map():
    """Each array is called as it is called."""
    path = os.path.join(FOLDER, "map.json")
    names = {
        role: [name.removesuffix(".npy") for name in zipfile.ZipFile(f"{SHIPPED}/{role}.npz").namelist()]
        for role in ("generator", "discriminator")
    }
    with open(path, "w") as file:
        json.dump({role: dict(zip(keys, keys)) for role, keys in names.items()}, file)
    return path


def a_pair_of_files_becomes_a_model():
    class_table, key_map = write_class_table(), write_key_map()

    def acts():
        wait_for_dialog()
        open_models()
        press("alt+i")
        wait_for(lambda: find_window("^Import a Model$"), "the import")
        choose_file(("alt+g", "space"), "Open the Generator", os.path.join(SHIPPED, "generator.npz"))
        choose_file(("alt+d", "space"), "Open the Discriminator", os.path.join(SHIPPED, "discriminator.npz"))
        choose_file(("alt+s", "space"), "Open the Class Table", class_table)
        choose_file(("alt+k", "space"), "Open the Key Map", key_map)
        press("alt+t")
        xdotool("type", "Imported by hand")
        press("alt+i")
        wait_for(lambda: not find_window("^Import a Model$"), "the import to end")
        press("alt+c")
        wait_for_dialog()
        press("Escape")

    expect(run_dialog(acts).status == CANCEL, "cancelled")
    [model] = os.listdir(MODELS)
    with open(os.path.join(MODELS, model, "model.json")) as file:
        manifest = json.load(file)
    expect(manifest["title"] == "Imported by hand", "title")
    expect([one["name"] for one in manifest["classes"]] == CLASSES, manifest["classes"])
    shutil.rmtree(MODELS)


def a_cancelled_import_leaves_nothing():
    def acts():
        wait_for_dialog()
        open_models()
        press("alt+i")
        wait_for(lambda: find_window("^Import a Model$"), "the import")
        choose_file(("alt+g", "space"), "Open the Generator", os.path.join(SHIPPED, "generator.npz"))
        choose_file(("alt+d", "space"), "Open the Discriminator", os.path.join(SHIPPED, "discriminator.npz"))
        press("alt+e", "alt+i")
        # the constants come after the preview
        wait_for(
            lambda: glob.glob(os.path.join(MODELS, ".*", "preview.png")),
            "the import to be half way",
        )
        press("alt+c")
        wait_for(lambda: os.listdir(MODELS) == [], "the half model to go")
        time.sleep(1)
        expect("no model was made" in read_texts("Import a Model"), "it says nothing")
        press("Escape")
        wait_for(lambda: not find_window("^Import a Model$"), "the import to close")
        press("alt+c")
        wait_for_dialog()
        press("Escape")

    expect(run_dialog(acts).status == CANCEL, "cancelled")


def question():
    return find_window(QUESTION)


def answer(key):
    wait_for(question, "the question")
    time.sleep(0.5)
    press(key)
    wait_for(lambda: not question(), "the question to close")


def folders():
    """What the settings say."""
    with open(os.path.join(os.environ["XDG_CONFIG_HOME"], "dot-refine", "settings.ini")) as file:
        return file.read()


def copy_program():
    """The gray pair without its model.json, and a description of it elsewhere."""
    bare, description = os.path.join(FOLDER, "bare"), os.path.join(FOLDER, "description.json")
    shutil.copytree(os.path.join(ELSEWHERE, "gray"), bare)
    os.rename(os.path.join(bare, "model.json"), description)
    with open(description) as file:
        manifest = json.load(file)
    del manifest["files"]
    with open(description, "w") as file:
        json.dump(manifest, file)
    return bare, description


def a_program_is_imported_after_a_yes():
    """No text is read here: of windows that have closed ATK's bridge tells the reader what isn't there any more."""
    bare, description = copy_program()

    def acts():
        wait_for_dialog()
        open_models()
        press("alt+i")
        wait_for(lambda: find_window("^Import a Model$"), "the import")
        choose_file(("alt+g", "space"), "Open the Generator", os.path.join(bare, "generator.pt"))
        choose_file(("alt+d", "space"), "Open the Discriminator", os.path.join(bare, "discriminator.pt"))
        # which it opens only where the architecture was chosen for the files
        choose_file(("alt+r", "space"), "Open the Description", description)
        press("alt+t")
        xdotool("type", "A program of mine")
        press("alt+i")
        answer("Escape")
        time.sleep(1)
        expect(find_window("^Import a Model$"), "the import has closed")
        expect(not glob.glob(os.path.join(MODELS, "*")), "it was imported without a yes")
        press("alt+i")
        answer("alt+u")
        wait_for(lambda: not find_window("^Import a Model$"), "the import to end")
        press("alt+c")
        wait_for_dialog()
        press("Escape")

    expect(run_dialog(acts).status == CANCEL, "cancelled")
    with open(os.path.join(MODELS, "a-program-of-mine", "model.json")) as file:
        manifest = json.load(file)
    expect((manifest["architecture"], manifest["class_input"]) == ("torchscript", "one-hot"), manifest)
    shutil.rmtree(MODELS)


def an_authors_own_file_becomes_a_model():
    """Both networks are in one pickle, and nothing but that is said."""

    def acts():
        wait_for_dialog()
        open_models()
        press("alt+i")
        wait_for(lambda: find_window("^Import a Model$"), "the import")
        choose_file(("alt+g", "space"), "Open the Generator", os.path.join(R3GAN, "network-snapshot-final.pkl"))
        press("alt+t")
        xdotool("type", "R3GAN")
        press("alt+i")
        wait_for(lambda: not find_window("^Import a Model$"), "the import to end", 120)
        press("alt+c")
        wait_for_dialog()
        press("Escape")

    expect(run_dialog(acts).status == CANCEL, "cancelled")
    with open(os.path.join(MODELS, "r3gan", "model.json")) as file:
        manifest = json.load(file)
    expect((manifest["architecture"], manifest["image"]["size"]) == ("r3gan", 64), manifest)
    shutil.rmtree(os.path.join(MODELS, "r3gan"))


def an_added_folder_is_not_trusted():
    trusted = os.path.join(MODELS, "own")
    shutil.copytree(os.path.join(ELSEWHERE, "gray"), trusted)
    seen = {}

    def acts():
        wait_for_dialog()
        open_models()
        seen["before"] = read_texts("Models")
        choose_file(["alt+a"], "Add a Folder of Models", ELSEWHERE)
        seen["after"] = read_texts("Models")
        press("Escape")
        wait_for_dialog()
        press("Escape")

    expect(run_dialog(acts).status == CANCEL, "cancelled")
    shutil.rmtree(trusted)
    expect(ELSEWHERE in folders(), folders())
    expect("trusted: it lies" in seen["before"] and "not trusted" not in seen["before"], seen["before"])
    expect("not trusted: you are asked" in seen["after"], seen["after"])


def a_program_needs_a_yes():
    before = exported()

    def acts():
        wait_for_dialog()
        press("alt+m", "Up")
        fill("a", "two")
        press("alt+r")
        answer("Escape")
        wait_for_dialog()
        time.sleep(1)
        expect("was not run" in read_texts("DOT Refine"), "it says nothing")
        expect(exported() == before, "it ran without a yes")
        press("alt+r")
        answer("alt+u")

    result = run_dialog(acts)
    expect(result.status == SUCCESS, f"status {result.status}")
    found = state(result.layers[0])
    expect((found["model"]["id"], found["class"]["name"]) == ("gray", "two"), found)


def repeating_a_program_needs_a_yes_too():
    before = len(Gimp.get_images())
    mode = Gimp.RunMode.WITH_LAST_VALS
    refused = run_dialog(lambda: answer("Escape"), mode=mode)
    expect(refused.status == CANCEL, f"status {refused.status}")
    expect(len(Gimp.get_images()) == before, "an image was made")
    result = run_dialog(lambda: answer("alt+u"), mode=mode)
    expect(result.status == SUCCESS, f"status {result.status}")
    expect(state(result.layers[0])["model"]["id"] == "gray", state(result.layers[0])["model"])


def a_forgotten_folder_takes_its_model_along():
    def acts():
        wait_for_dialog()
        open_models()
        press("alt+f")
        time.sleep(1)
        press("Down", "Return")
        wait_for(lambda: ELSEWHERE not in folders(), "the folder to be forgotten")
        expect("not trusted" not in read_texts("Models"), "the model is still there")
        press("alt+c")
        wait_for_dialog()
        fill("a", "goldfish")
        press("alt+r")
        wait_for_end()
        expect(not question(), "it asked")

    result = run_dialog(acts)
    expect(state(result.layers[0])["model"]["id"] == "imagenet40-64", state(result.layers[0])["model"])


def make_them(layers):
    """They are more than what nobody is asked for."""
    wait_for(lambda: f"Make {layers} layers?" in read_texts("Question"), "the question")
    press("alt+m")


def cancel_keeps_what_is_finished():
    times = {}

    def acts():
        wait_for_dialog()
        fill("u", "400")
        before = exported()
        fill("e", "42")
        press("alt+r")
        make_them(401)
        wait_for(lambda: exported() >= before + 4, "four layers")
        start = time.monotonic()
        press("alt+s")
        wait_for_end()
        times["cancel"] = time.monotonic() - start

    image = new_image()
    result = run_dialog(acts, image)
    took = times["cancel"]
    expect(result.status == SUCCESS, f"status {result.status}")
    expect(4 <= len(result.layers) < 400, f"{len(result.layers)} layers")
    kept = [state(layer)["update"] for layer in result.layers]
    expect(kept == list(range(len(kept))), f"updates {kept}")
    expect(names(image.get_layers()) == ["goldfish · seed 42", "below"], names(image.get_layers()))
    write(f"info    {len(kept)} of 401 layers kept, {took:.1f} s from Cancel to the end")


def stops(seed, how):
    """Starts 400 updates and ends them with `how` after two layers."""

    def acts():
        window = wait_for_dialog()
        before = exported()
        fill("u", "400")
        fill("e", seed)
        press("alt+r")
        make_them(401)
        wait_for(lambda: exported() >= before + 2, "two layers")
        how(window)

    result = run_dialog(acts)
    expect(result.status == SUCCESS, f"status {result.status}")
    expect(2 <= len(result.layers) < 401, f"{len(result.layers)} layers")


def escape_stops_too():
    stops("51", lambda window: press("Escape"))


def closing_the_window_stops_too():
    stops("43", close_window)


def escape_before_refining_cancels():
    before = len(Gimp.get_images())
    result = run_dialog(lambda: (wait_for_dialog(), press("Escape")))
    expect(result.status == CANCEL, f"status {result.status}")
    expect(len(Gimp.get_images()) == before, "an image was made")


def every_format_is_exported():
    """From the dialog, as a person chooses them: a folder of PNG pictures, OpenRaster, a sheet, a GIF, the latents."""
    starts = [
        ("pictures", None),
        ("all.ora", b"PK"),
        ("all.png", b"\x89PNG"),
        ("all.gif", b"GIF8"),
        ("moving.webp", b"RIFF"),
        ("all.npy", b"\x93NUMPY"),
    ]
    paths = [os.path.join(FOLDER, "formats", name) for name, _ in starts]
    os.makedirs(os.path.dirname(paths[0]))

    def export(number):
        wait_for_dialog()
        press("alt+x")
        wait_for(lambda: find_window("^Export Pictures$"), "the export")
        time.sleep(1)
        press("alt+f", "Home", *["Down"] * number, "alt+n", "ctrl+a")
        xdotool("type", paths[number])
        press("Return")
        wait_for(
            lambda: os.path.exists(paths[number]) and not find_window("^Export Pictures$"),
            paths[number],
        )

    def acts():
        wait_for_dialog()
        fill("i", "2")
        fill("u", "2")
        press("alt+r")
        wait_for_end()
        for number in range(len(paths)):
            export(number)
        fill("i", "1")

    run_dialog(acts, new_image())
    expect(len(os.listdir(paths[0])) == 3, os.listdir(paths[0]))
    for path, (_, start) in zip(paths[1:], starts[1:]):
        with open(path, "rb") as file:
            expect(file.read(len(start)) == start, path)


def gimp_greets_nobody():
    """Its window would be above the dialog, and the tests' GIMP begins with the settings of its own version."""
    expect(not find_window("^Welcome to GIMP"), "there is a welcome")


CHECKS = [
    a_first_start_begins_with_what_the_model_recommends,
    it_opens_and_refines,
    gimp_greets_nobody,
    it_stays_open_with_the_pictures,
    an_indexed_image_is_refused_in_one_sentence,
    gimps_window_comes_above_it,
    everything_has_a_name,
    it_answers_while_it_refines,
    it_takes_what_is_typed,
    it_remembers,
    an_unknown_class_keeps_it_open,
    help_opens_by_key_and_button,
    undo_takes_all_of_it_away,
    keys_repeat_it,
    a_repeat_during_a_run_takes_a_seed_of_its_own,
    models_open_and_close_by_keyboard,
    a_removed_model_gives_way,
    it_continues_with_the_selected_layer,
    *IMAGES,
    a_pair_of_files_becomes_a_model,
    a_cancelled_import_leaves_nothing,
    *(
        [
            a_program_is_imported_after_a_yes,
            an_added_folder_is_not_trusted,
            a_program_needs_a_yes,
            repeating_a_program_needs_a_yes_too,
            a_forgotten_folder_takes_its_model_along,
        ]
        if SCRIPTS
        else []
    ),
    cancel_keeps_what_is_finished,
    escape_stops_too,
    closing_the_window_stops_too,
    chosen_pictures_become_layers,
    a_run_comes_back_from_the_history,
    anything_may_be_done,
    the_window_closes_at_any_moment,
    every_format_is_exported,
    *TROUBLES,
    *TAKEN,
    *LARGE,
    *REPEATS,
    a_persons_own_pictures_become_a_model,
    # behind those that read what the models' window says: ATK still tells of windows that have closed
    *([an_authors_own_file_becomes_a_model] if os.path.isdir(R3GAN) else []),
    reset_begins_with_what_the_model_recommends,
    reset_takes_changes_back,
    escape_before_refining_cancels,
]

for check in CHECKS:
    if re.search(ONLY, get_title(check)):
        run_check(check)
write("done")
quit_gimp = Gimp.get_pdb().lookup_procedure("gimp-quit")
settings = quit_gimp.create_config()
settings.set_property("force", True)
quit_gimp.run(settings)
