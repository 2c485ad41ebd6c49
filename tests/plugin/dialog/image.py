# image.py: checks of runs that start from the image in GIMP.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later

import os
import time

import gi

gi.require_version("Gegl", "0.4")
from gi.repository import Gegl, Gimp, Gio

from desktop import (
    SUCCESS,
    expect,
    fill,
    find_window,
    names,
    press,
    press_advanced,
    read_texts,
    run_dialog,
    state,
    wait_for,
    wait_for_dialog,
    wait_for_end,
    write,
)

FOLDER = os.environ["DOT_TEST_FOLDER"]
REFINING = "DOT Refine: refining"
LOOKING = "Looking for the picture nearest to yours"


def read_pixels(layer):
    size = layer.get_width(), layer.get_height()
    rectangle = Gegl.Rectangle.new(0, 0, *size)
    return size, layer.get_buffer().get(rectangle, 1.0, "R'G'B' u8", Gegl.AbyssPolicy.NONE)


def difference(one, other):
    """The root of the mean square, of 255."""
    (size, pixels), (other_size, other_pixels) = read_pixels(one), read_pixels(other)
    expect(size == other_size, f"{size}, {other_size}")
    return (sum((a - b) ** 2 for a, b in zip(pixels, other_pixels)) / len(pixels)) ** 0.5


def open_picture_of_ours():
    """One that the model has painted, as an image of one layer that says nothing of where it comes from."""
    path = os.path.join(FOLDER, "painted.png")

    def acts():
        wait_for_dialog()
        fill("a", "goldfish")
        fill("e", "31")
        fill("u", "1")
        press("alt+r")

    painted = run_dialog(acts)
    [layer] = [layer for layer in painted.layers if state(layer)["update"] == 0]
    image = Gimp.Image.new(layer.get_width(), layer.get_height(), Gimp.ImageBaseType.RGB)
    copy = Gimp.Layer.new_from_drawable(layer, image)
    image.insert_layer(copy, None, 0)
    Gimp.file_save(Gimp.RunMode.NONINTERACTIVE, image, Gio.File.new_for_path(path), None)
    image.delete()
    return Gimp.file_load(Gimp.RunMode.NONINTERACTIVE, Gio.File.new_for_path(path))


def choose_image():
    """The last row of “Start from”, which can be chosen when the dialog has asked GIMP."""
    time.sleep(1)
    press_advanced("alt+f", "End")


def a_picture_in_gimp_is_found_again():
    """The person waits for its latent, and what is refined is that picture; then, with what was made above it, stops."""
    image = open_picture_of_ours()
    [original] = image.get_layers()
    times = {}

    def look():
        wait_for_dialog()
        choose_image()
        start = time.monotonic()
        press("alt+r")
        wait_for(lambda: LOOKING in read_texts(REFINING), "the search")
        wait_for(lambda: not find_window(f"^{REFINING}$"), "the end of the run", 300)
        times["search"] = time.monotonic() - start

    found = run_dialog(look, image)
    expect(found.status == SUCCESS, f"status {found.status}")
    expect([state(layer)["update"] for layer in found.layers] == [0, 1], names(found.layers))
    near = difference(found.layers[0], original)
    write(f'info    {times["search"]:.1f} s until a picture of 64 pixels was found again, {near:.2f} of 255 apart')
    expect(near < 5, f"{near:.2f} of 255 apart")

    def stop():
        wait_for_dialog()
        press("alt+r")
        wait_for(lambda: LOOKING in read_texts(REFINING), "the search")
        press("alt+s")
        wait_for_end()
        expect("before refinement" in read_texts("DOT Refine"), "nothing was kept")
        press("alt+g")
        wait_for_end()
        press_advanced("alt+f", "Home")
        press("alt+r")
        wait_for_end()

    stopped = run_dialog(stop, image)
    expect(stopped.status == SUCCESS, f"status {stopped.status}")
    expect([state(layer)["update"] for layer in stopped.layers] == [0, 1], names(stopped.layers))
    image.delete()


IMAGES = [a_picture_in_gimp_is_found_again]
