# large.py: checks of layers that are many, or as large as a photograph.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later

import time

import gi

gi.require_version("Gegl", "0.4")
from gi.repository import Gegl, Gimp

from desktop import (
    CANCEL,
    SUCCESS,
    click,
    expect,
    fill,
    find_window,
    names,
    new_image,
    press,
    press_advanced,
    read_texts,
    run_dialog,
    state,
    wait_for,
    wait_for_dialog,
    wait_for_end,
    xdotool,
    TITLE,
)

REFINING = "DOT Refine: refining"
# Layers of this image take seconds each, and all of a run's minutes.
PHOTO = (9000, 7000)
# Seconds: to stop takes less than one, and one layer more than this.
SOON = 6
# Levels of 255: babl times its conversions and takes the fastest that is close enough, a choice that a busy machine
# changes and that rounds otherwise.
ROUNDING = 1


def reset():
    wait_for_dialog()
    press("alt+t")
    # a button that a key has pressed looks so for a moment first
    time.sleep(1)


def fit_layers():
    press_advanced("alt+y", "End")


def texts():
    return read_texts("DOT Refine") + read_texts(REFINING)


def start_large():
    """Begins a run whose layers are as large as the photograph, and waits until one is being made."""
    reset()
    fit_layers()
    wait_for(lambda: "17 layers of 7000 × 7000 pixels" in texts(), "how many there will be")
    press("alt+r")
    wait_for(lambda: find_window(f"^{REFINING}$"), "the run")
    time.sleep(4)
    expect("A few seconds left" not in texts(), "it doesn't count the layers")


def large_layers_stop_soon():
    def acts():
        start_large()
        press("alt+s")
        wait_for(lambda: not find_window(f"^{REFINING}$"), "the run to stop", SOON)
        reset()

    result = run_dialog(acts, new_image(*PHOTO))
    expect(result.status in (SUCCESS, CANCEL), f"status {result.status}")
    expect(len(result.layers) < 3, f"{len(result.layers)} layers")


def large_layers_close_soon():
    def acts():
        start_large()
        press("Escape")
        wait_for(lambda: not find_window(TITLE), "the dialog to close", SOON)

    result = run_dialog(acts, new_image(*PHOTO))
    expect(len(result.layers) < 3, f"{len(result.layers)} layers")
    expect(result.seconds < 60, f"{result.seconds:.0f} s")


def large_layers_that_were_chosen_stop_soon():
    """All of a run's, of which none is there yet."""

    def acts():
        reset()
        press_advanced("alt+a")
        press("alt+r")
        wait_for_end()
        wait_for_dialog()
        fit_layers()
        wait_for(lambda: "Layers of 7000 × 7000 pixels" in texts(), "how large they will be")
        click("^Update 16 of 16")
        press("ctrl+a", "alt+l")
        wait_for(lambda: "Adding layers" in texts(), "the layers")
        time.sleep(3)
        press("alt+s")
        wait_for(lambda: "Adding layers" not in texts() and "Stopping" not in texts(), "them to stop", SOON)
        reset()

    result = run_dialog(acts, new_image(*PHOTO))
    expect(len(result.layers) < 3, f"{len(result.layers)} layers")


def many_layers_are_asked_for():
    """More than 200: Escape leaves it."""
    image = new_image()

    def acts():
        reset()
        fill("i", "2")
        fill("u", "100")
        press("alt+r")
        wait_for(lambda: "Make 202 layers?" in read_texts("Question"), "the question")
        press("Escape")
        time.sleep(1)
        expect(not find_window(f"^{REFINING}$"), "it runs")
        wait_for_dialog()
        fill("u", "2")
        press("alt+r")
        wait_for_end()
        reset()

    result = run_dialog(acts, image)
    expect(len(result.layers) == 6, names(result.layers))


def a_repeat_adds_what_the_dialog_would():
    """Where layers aren't wanted as they come it is the last update of each picture."""

    def acts():
        reset()
        fill("i", "2")
        fill("u", "3")
        press_advanced("alt+a")
        press("alt+r")
        wait_for_end()

    run_dialog(acts, new_image())
    result = run_dialog(lambda: None, new_image(), mode=Gimp.RunMode.WITH_LAST_VALS)
    found = [(state(layer)["seed"], state(layer)["update"]) for layer in result.layers]
    expect(found == [(2, 3), (3, 3)], found)
    # the next checks begin with the defaults
    run_dialog(lambda: (reset(), press("alt+r"), wait_for_end()), new_image())


def pixels(layer):
    area = Gegl.Rectangle.new(0, 0, layer.get_width(), layer.get_height())
    return bytes(layer.get_buffer().get(area, 1.0, "R'G'B' u8", Gegl.AbyssPolicy.CLAMP))


def copy_pixels(layer):
    """Out of GIMP, whose formats have a colour space."""
    area = Gegl.Rectangle.new(0, 0, layer.get_width(), layer.get_height())
    buffer = Gegl.Buffer.new("R'G'B' u8", 0, 0, area.width, area.height)
    buffer.set(area, "R'G'B' u8", pixels(layer))
    return buffer


def enlarge(layer, factor):
    """As GEGL does it in one go."""
    Gegl.init(None)
    size = factor * layer.get_width()
    target = Gegl.Buffer.new("R'G'B' u8", 0, 0, size, size)
    graph = Gegl.Node()
    source, scale, sink = map(graph.create_child, ("gegl:buffer-source", "gegl:scale-ratio", "gegl:write-buffer"))
    source.set_property("buffer", copy_pixels(layer))
    for name, value in {
        "x": factor,
        "y": factor,
        "sampler": Gegl.SamplerType.LOHALO,
        "abyss-policy": Gegl.AbyssPolicy.CLAMP,
    }.items():
        scale.set_property(name, value)
    sink.set_property("buffer", target)
    source.link(scale)
    scale.link(sink)
    sink.process()
    return bytes(target.get(Gegl.Rectangle.new(0, 0, size, size), 1.0, "R'G'B' u8", Gegl.AbyssPolicy.CLAMP))


def enlarged_layers_have_no_seams():
    """They are made a part at a time."""

    def acts():
        reset()
        fill("u", "0")
        press("alt+r")
        wait_for_end()
        wait_for_dialog()
        press_advanced("alt+y", "End", "Up")
        press("alt+r")
        wait_for_end()
        reset()

    image = new_image()
    run_dialog(acts, image)
    large, small = [group.get_children()[0] for group in image.get_layers()[:2]]
    expect((large.get_width(), small.get_width()) == (512, 64), "their size")
    difference = max(abs(a - b) for a, b in zip(pixels(large), enlarge(small, 8)))
    expect(difference <= ROUNDING, f"they differ by up to {difference} of 255")


LARGE = [
    enlarged_layers_have_no_seams,
    large_layers_stop_soon,
    large_layers_close_soon,
    large_layers_that_were_chosen_stop_soon,
    many_layers_are_asked_for,
    a_repeat_adds_what_the_dialog_would,
]
