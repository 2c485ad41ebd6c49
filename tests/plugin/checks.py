# checks.py: runs inside GIMP (its Python batch interpreter) and calls plug-in-dot-refine as scripts do.
# Copyright (C) 2026 The DOT Refine authors.  SPDX-License-Identifier: LGPL-3.0-or-later
#
# Each check is a function; one line a check goes to $DOT_TEST_RESULTS.

import json
import os
import re
import shutil
import subprocess
import traceback

import gi

gi.require_version("Gegl", "0.4")
from gi.repository import Gegl, Gimp, Gio

FOLDER = os.environ["DOT_TEST_FOLDER"]
UNTRUSTED = os.path.join(FOLDER, "elsewhere", "gray")
# What others have computed with is beside the checkout, or isn't there.
R3GAN = os.path.join(os.environ["DOT_REFINE_SOURCE"], "..", "shared", "reference", "r3gan-64")
SUCCESS = Gimp.PDBStatusType.SUCCESS
TITLE = re.compile(r"^goldfish · seed (\d+) · update (\d+) · D -?\d+\.\d\d$")


def write(line):
    with open(os.environ["DOT_TEST_RESULTS"], "a") as results:
        print(line, file=results)


class Result:
    """What a call of the procedure gave."""

    def __init__(self, values):
        self.status = values.index(0)
        self.message = Gimp.get_pdb().get_last_error()
        if self.status == SUCCESS:
            self.image = values.index(1)
            self.layers = values.get_core_object_array(2)


def refine(image=None, mode=Gimp.RunMode.NONINTERACTIVE, **arguments):
    """Calls the procedure: goldfish, seed 7, two updates, and no estimate of k_eff."""
    procedure = Gimp.get_pdb().lookup_procedure("plug-in-dot-refine")
    config = procedure.create_config()
    values = {"run-mode": mode, "seed": 7, "updates": 2, "k-eff": 1.0}
    values.update({name.replace("_", "-").strip("-"): value for name, value in arguments.items()})
    if image:
        values["image"] = image
    for name, value in values.items():
        config.set_property(name, value)
    return Result(procedure.run(config))


def new_image(base, layer_type, precision=Gimp.Precision.U8_NON_LINEAR):
    image = Gimp.Image.new_with_precision(200, 100, base, precision)
    layer = Gimp.Layer.new(image, "below", 200, 100, layer_type, 100, Gimp.LayerMode.NORMAL)
    image.insert_layer(layer, None, 0)
    return image


def new_rgb(precision=Gimp.Precision.U8_NON_LINEAR):
    return new_image(Gimp.ImageBaseType.RGB, Gimp.ImageType.RGB_IMAGE, precision)


def names(items):
    return [item.get_name() for item in items]


def state(layer):
    data = layer.get_parasite("dot-refine-state").get_data()
    return json.loads(bytes(byte & 255 for byte in data).decode())


def pixels(layer, babl_format):
    buffer = layer.get_buffer()
    area = Gegl.Rectangle.new(0, 0, layer.get_width(), layer.get_height())
    return buffer.get(area, 1.0, babl_format, Gegl.AbyssPolicy.CLAMP)


def expect(condition, detail):
    if not condition:
        raise AssertionError(detail)


def expect_success(result):
    expect(result.status == SUCCESS, f"status {result.status}: {result.message}")


def expect_refused(result, *words):
    expect(result.status != SUCCESS, "it ran")
    for word in words:
        expect(word in result.message, f"{word!r} is missing in: {result.message}")
    expect("\n" not in result.message, f"more than one line: {result.message}")


# --- results -----------------------------------------------------------------


def no_image_gives_a_new_one():
    result = refine()
    expect_success(result)
    image = result.image
    expect((image.get_width(), image.get_height()) == (64, 64), "size of the image")
    expect(image.get_base_type() == Gimp.ImageBaseType.RGB, "base type")
    expect(image.undo_is_enabled(), "undo is disabled")
    groups = image.get_layers()
    expect(names(groups) == ["goldfish · seed 7"], f"groups {names(groups)}")
    expect(groups[0].is_group(), "no group")


def layers_are_in_order_and_named():
    result = refine()
    expect_success(result)
    children = names(result.image.get_layers()[0].get_children())
    found = [TITLE.match(name) for name in children]
    expect(all(found), f"names {children}")
    expect([int(match[2]) for match in found] == [2, 1, 0], f"top to bottom {children}")
    expect({match[1] for match in found} == {"7"}, f"seeds in {children}")
    expect(names(result.layers) == children[::-1], f"returned {names(result.layers)}")
    expect(all(layer.get_visible() for layer in result.layers), "a layer is hidden")


def layers_carry_their_state():
    result = refine()
    expect_success(result)
    for update, layer in enumerate(result.layers):
        parasite = layer.get_parasite("dot-refine-state")
        expect(parasite.is_persistent(), "not persistent")
        text = json.dumps(state(layer))
        expect("goldfish" in text, "no class")
        expect(state(layer)["seed"] == 7, f'seed {state(layer)["seed"]}')
        expect(state(layer)["update"] == update, f'update {state(layer)["update"]}')


def state_survives_xcf():
    file = Gio.File.new_for_path(os.path.join(FOLDER, "state.xcf"))
    result = refine(updates=1)
    Gimp.file_save(Gimp.RunMode.NONINTERACTIVE, result.image, file, None)
    loaded = Gimp.file_load(Gimp.RunMode.NONINTERACTIVE, file)
    before = [state(layer) for layer in reversed(result.layers)]
    after = [state(layer) for layer in loaded.get_layers()[0].get_children()]
    expect(before == after, "the parasites differ")


def keep_every_keeps_first_and_last():
    result = refine(updates=5, keep_every=2)
    expect_success(result)
    kept = [int(TITLE.match(name)[2]) for name in names(result.layers)]
    expect(kept == [0, 2, 4, 5], f"kept {kept}")


def no_updates_give_one_layer():
    result = refine(updates=0)
    expect_success(result)
    expect(len(result.layers) == 1, f"{len(result.layers)} layers")


def two_pictures_get_a_group_each():
    result = refine(count=2, updates=1)
    expect_success(result)
    outer = result.image.get_layers()
    expect(names(outer) == ["goldfish · seeds 7–8"], f"outer {names(outer)}")
    inner = outer[0].get_children()
    expect(names(inner) == ["goldfish · seed 7", "goldfish · seed 8"], f"inner {names(inner)}")
    expect([len(group.get_children()) for group in inner] == [2, 2], "layers in the groups")
    expect([state(layer)["seed"] for layer in result.layers] == [7, 8, 7, 8], "order of the layers")


def same_seed_same_picture():
    one, other = refine(updates=1), refine(updates=1)
    expect(pixels(one.layers[1], "R'G'B' u8") == pixels(other.layers[1], "R'G'B' u8"), "they differ")


# --- open images ---------------------------------------------------------------


def check_open(image, kind):
    result = refine(image, updates=1)
    expect_success(result)
    expect(result.image == image, "another image")
    expect(names(image.get_layers()) == ["goldfish · seed 7", "below"], names(image.get_layers()))
    expect([layer.type() for layer in result.layers] == [kind] * 2, "type of the layers")
    expect([tuple(layer.get_offsets())[1:] for layer in result.layers] == [(68, 18)] * 2, "not centred")
    expect(image.undo_is_enabled(), "undo is disabled")
    return result


def rgb_image_gets_the_group():
    check_open(new_rgb(), Gimp.ImageType.RGB_IMAGE)


def gray_image_gets_gray_layers():
    image = new_image(Gimp.ImageBaseType.GRAY, Gimp.ImageType.GRAY_IMAGE)
    check_open(image, Gimp.ImageType.GRAY_IMAGE)


def sixteen_bit_and_float_images_get_it_all():
    for precision in (Gimp.Precision.U16_NON_LINEAR, Gimp.Precision.FLOAT_LINEAR):
        result = check_open(new_rgb(precision), Gimp.ImageType.RGB_IMAGE)
        fine = memoryview(pixels(result.layers[0], "R'G'B' u16")).cast("H")
        coarse = sum(value % 257 == 0 for value in fine)
        expect(coarse < len(fine) / 2, f"{precision}: only 8 bits")


def indexed_image_is_refused():
    image = Gimp.Image.new(50, 50, Gimp.ImageBaseType.INDEXED)
    expect_refused(refine(image), "indexed", "RGB")
    expect(len(image.get_layers()) == 0, "it has layers")


def group_goes_above_the_active_layer():
    image = new_rgb()
    above = Gimp.Layer.new(image, "above", 9, 9, Gimp.ImageType.RGB_IMAGE, 100, Gimp.LayerMode.NORMAL)
    below = image.get_layers()[0]
    image.insert_layer(above, None, 0)
    image.set_selected_layers([below])
    refine(image, updates=0)
    order = names(image.get_layers())
    expect(order == ["above", "goldfish · seed 7", "below"], order)


def runs_lie_beside_each_other():
    image = new_rgb()
    first = refine(image, updates=0, count=2)
    image.set_selected_layers([first.layers[0]])
    refine(image, updates=0, seed=9)
    refine(image, updates=0, seed=10)
    order = names(image.get_layers())
    expect(order == ["goldfish · seed 10", "goldfish · seed 9", "goldfish · seeds 7–8", "below"], order)


# --- files -----------------------------------------------------------------------


def export_writes_the_layers():
    folder = os.path.join(FOLDER, "a new", "folder")
    result = refine(updates=1, export_folder=Gio.File.new_for_path(folder))
    expect_success(result)
    files = sorted(os.listdir(folder))
    expect(len(files) == 2, files)
    images = [
        Gimp.file_load(Gimp.RunMode.NONINTERACTIVE, Gio.File.new_for_path(os.path.join(folder, name))) for name in files
    ]
    written = {bytes(pixels(image.get_layers()[0], "R'G'B' u8")) for image in images}
    layers = {bytes(pixels(layer, "R'G'B' u8")) for layer in result.layers}
    expect(written == layers, "the files and the layers differ")


# --- what is refused ---------------------------------------------------------------


def images_stay(call, *words):
    before = len(Gimp.get_images())
    expect_refused(call(), *words)
    expect(len(Gimp.get_images()) == before, "an image was left")


def unwritable_export_folder_is_refused():
    folder = Gio.File.new_for_path("/proc/dot-refine/here")
    images_stay(lambda: refine(export_folder=folder), "/proc/dot-refine/here")


def unknown_class_is_refused():
    images_stay(lambda: refine(class_="no such fish"), "no such fish")


def unknown_model_is_refused():
    images_stay(lambda: refine(model="no-such-model"), "no-such-model")


def an_error_leaves_an_open_image_alone():
    image = new_rgb()
    expect_refused(refine(image, class_="no such fish"), "no such fish")
    expect(names(image.get_layers()) == ["below"], names(image.get_layers()))


def missing_backend_is_refused():
    environment = os.path.join(FOLDER, "environment")
    with open(environment, "w") as file:
        print("export DOT_REFINE_MODULE_DIR=/nonexistent", file=file)
    try:
        images_stay(refine, "torch")
    finally:
        os.remove(environment)


def dialog_without_display_is_refused():
    images_stay(lambda: refine(mode=Gimp.RunMode.INTERACTIVE), "display")


# --- pairs that are programs ---------------------------------------------------------


def an_untrusted_program_is_refused():
    for mode in Gimp.RunMode.NONINTERACTIVE, Gimp.RunMode.WITH_LAST_VALS:
        images_stay(
            lambda: refine(mode=mode, model=UNTRUSTED, class_="one"),
            os.path.join(UNTRUSTED, "generator.pt"),
            "program",
            "trust",
            os.path.join(os.environ["XDG_DATA_HOME"], "dot-refine", "models"),
        )


def read_images():
    """What the command line's backend paints of the gray pair with the same options: (update, y, x), from 0 to 1."""
    import numpy

    trace = os.path.join(FOLDER, "gray.npz")
    subprocess.run(
        [
            os.environ["DOT_REFINE_BINARY"],
            "refine",
            "--model",
            "gray",
            "--class",
            "two",
            "--seed",
            "7",
            "--updates",
            "2",
            "--k-eff",
            "1",
            "--trace",
            trace,
        ],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return (numpy.load(trace)["image"][:, 0, 0] + 1) / 2


def compare_gray(image, babl_format, dtype, tolerance):
    """Each layer has the backend's value in each of its channels."""
    import numpy

    result = refine(image, model="gray", class_="two")
    expect_success(result)
    expected = read_images()
    expect(len(result.layers) == len(expected), f"{len(result.layers)} layers")
    for layer, picture in zip(result.layers, expected):
        found = numpy.frombuffer(pixels(layer, babl_format), dtype).astype(float)
        found = found.reshape(picture.shape + (-1,)) / (255 if dtype == "u1" else 1)
        expect(found.std() > 0.02, "a flat picture")
        apart = abs(found - picture[:, :, None]).max()
        expect(apart <= tolerance, f"{layer.get_name()} in {babl_format}: {apart}")


def an_authors_own_file_paints():
    subprocess.run(
        [
            os.environ["DOT_REFINE_BINARY"],
            "import",
            os.path.join(R3GAN, "network-snapshot-final.pkl"),
            "--id",
            "r3gan",
            "--no-k-eff",
        ],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    result = refine(model="r3gan", class_="1")
    expect_success(result)
    expect(len(result.layers) == 3, f"{len(result.layers)} layers")
    looks = {pixels(layer, "R'G'B' u8") for layer in result.layers}
    expect(len(looks) == 3, "steps look the same")


def a_gray_pair_looks_gray_in_colour():
    compare_gray(None, "R'G'B' u8", "u1", 0.501 / 255)
    compare_gray(new_rgb(), "R'G'B' u8", "u1", 0.501 / 255)
    compare_gray(new_rgb(Gimp.Precision.FLOAT_NON_LINEAR), "R'G'B' float", "f4", 1e-5)
    compare_gray(new_rgb(Gimp.Precision.FLOAT_LINEAR), "R'G'B' float", "f4", 1e-4)


def a_gray_pair_fits_gray_images():
    def new_gray(precision):
        return new_image(Gimp.ImageBaseType.GRAY, Gimp.ImageType.GRAY_IMAGE, precision)

    compare_gray(new_gray(Gimp.Precision.U8_NON_LINEAR), "Y' u8", "u1", 1.501 / 255)
    compare_gray(new_gray(Gimp.Precision.FLOAT_NON_LINEAR), "Y' float", "f4", 1e-4)


# --- other ways to call it -----------------------------------------------------------


def repeat_takes_the_next_seed():
    def seed():
        result = refine(mode=Gimp.RunMode.WITH_LAST_VALS)
        expect_success(result)
        return state(result.layers[0])["seed"]

    seeds = [seed() for _ in range(3)]
    expect(seeds == [8, 9, 10], f"seeds {seeds}")


def attach_seeds(text):
    Gimp.attach_parasite(Gimp.Parasite.new("dot-refine-seeds", Gimp.PARASITE_PERSISTENT, text.encode() + b"\0"))


def seeds_taken():
    return bytes(Gimp.get_parasite("dot-refine-seeds").get_data()).decode().rstrip("\0")


def repeat(**arguments):
    result = refine(mode=Gimp.RunMode.WITH_LAST_VALS, updates=0, **arguments)
    expect_success(result)
    return [state(layer)["seed"] for layer in result.layers]


def repeats_go_on_from_a_dialog_that_still_runs():
    """Its seed is 20, and until it ends GIMP keeps the values before: seed 7."""
    attach_seeds("20 21 20 7")
    expect(repeat(seed=7) == [21], "while it runs")
    expect(repeat(seed=20) == [22], "when it has ended")
    expect(repeat(seed=20, count=3) == [23, 24, 25], "three")
    expect(repeat(seed=7) == [26], "after three")
    expect(repeat(seed=100) == [101], "values from elsewhere")


def what_fails_gives_its_seed_back():
    attach_seeds("20 21 20")
    expect_refused(refine(mode=Gimp.RunMode.WITH_LAST_VALS, seed=20, class_="no such fish"), "no such fish")
    expect(seeds_taken() == "20 21 20", seeds_taken())


def after_the_last_seed_comes_the_first():
    attach_seeds("2147483647 2147483648 9")
    expect(repeat(seed=9) == [0], seeds_taken())


def nonsense_in_the_parasite_does_no_harm():
    for text in "", "7", "1 2", "a b c", " ".join(["9" * 30] * 40):
        attach_seeds(text)
        expect(repeat(seed=50) == [51], text)
    attach_seeds("9" * 30 + " " + "9" * 30 + " 50")
    expect(repeat(seed=50) == [0], seeds_taken())


def eval_script(script):
    """Runs Script-Fu and returns the one image that it made."""
    before = Gimp.get_images()
    procedure = Gimp.get_pdb().lookup_procedure("plug-in-script-fu-eval")
    config = procedure.create_config()
    config.set_property("run-mode", Gimp.RunMode.NONINTERACTIVE)
    config.set_property("script", script)
    procedure.run(config)
    made = [image for image in Gimp.get_images() if image not in before]
    expect(len(made) == 1, f"{len(made)} new images from {script}: {Gimp.get_pdb().get_last_error()}")
    return made[0]


def script_fu_calls_it():
    image = eval_script(
        '(plug-in-dot-refine #:run-mode RUN-NONINTERACTIVE #:class "n01443537" '
        '#:seed 7 #:updates 1 #:method "naive" #:k-eff 1)'
    )
    expect(len(image.get_layers()[0].get_children()) == 2, "layers")


def copy_model(folder, name):
    """The pair that ships, in a folder and with a class of other names."""
    shipped = os.path.join(os.environ["DOT_REFINE_MODELS"], "imagenet10-64")
    shutil.copytree(shipped, folder)
    path = os.path.join(folder, "model.json")
    with open(path) as file:
        manifest = json.load(file)
    manifest["classes"][3] = {"name": name}
    with open(path, "w") as file:
        json.dump(manifest, file)


def copied_script_fu_runs():
    """What the dialog copies, of a run with names that are hard to quote."""
    import numpy

    name = 'it\'s "$x" \\ \\n %20 金魚'
    folder = os.path.join(FOLDER, "a\nb ~ " + name)
    model, out, latents = (os.path.join(folder, part) for part in ("model", "out", "z %41.npy"))
    copy_model(model, name)
    numpy.save(latents, numpy.full((2, 128), 0.125))
    script = subprocess.run(
        [os.environ["DOT_TEST_SCRIPT_FU_LINE"], model, name, latents, out],
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout
    groups = eval_script(script).get_layers()[0].get_children()
    states = [state(layer) for group in groups for layer in group.get_children()]
    expect([entry["update"] for entry in states] == [3, 2, 0] * 2, f"updates in {states}")
    for entry in states:
        expect(entry["class"]["name"] == name, entry["class"])
        expect(entry["step_size"] == 0.1 / 3.0 and entry["k_eff"] == 1e-5, entry)
        expect(entry["delta"] == 0.5, entry)
        expect(
            [entry[key] for key in ("method", "optimizer", "projection")] == ["naive", "sgd", "none"],
            entry,
        )
        expect(set(entry["origin"]) == {0.125}, "other latents")
    expect(len(os.listdir(out)) == 6, os.listdir(out))


# --- what the command line exports -----------------------------------------------


def gimp_opens_exports():
    folder = os.path.join(FOLDER, "exports")
    os.mkdir(folder)
    subprocess.run(
        [
            os.environ["DOT_REFINE_BINARY"],
            "refine",
            "--class",
            "lemon",
            "--seed",
            "7",
            "--count",
            "2",
            "--updates",
            "2",
            "--k-eff",
            "1",
            "--device",
            "cpu",
            "--out",
            "out",
            "--export",
            "a.ora",
            "--export",
            "a.webp",
            "--export",
            "a.gif",
        ],
        cwd=folder,
        check=True,
    )

    def load(name):
        return Gimp.file_load(Gimp.RunMode.NONINTERACTIVE, Gio.File.new_for_path(os.path.join(folder, name)))

    layers = load("a.ora").get_layers()[::-1]
    places = [(seed, update) for update in range(3) for seed in (7, 8)]
    expect(len(layers) == 6, names(layers))
    for layer, (seed, update) in zip(layers, places):
        expect(
            layer.get_name().startswith(f"lemon · seed {seed} · update {update} · D "),
            names(layers),
        )
        [single] = load(f"out/lemon-seed{seed}-update{update:02}.png").get_layers()
        expect(
            pixels(layer, "R'G'B' u8") == pixels(single, "R'G'B' u8"),
            f"pixels of {layer.get_name()}",
        )
    for name in "a.webp", "a.gif":
        image = load(name)
        expect((image.get_width(), image.get_height(), len(image.get_layers())) == (128, 64, 3), name)


def arguments_are_the_documented_ones():
    procedure = Gimp.get_pdb().lookup_procedure("plug-in-dot-refine")
    found = [argument.get_name() for argument in procedure.get_arguments()]
    expect(
        found
        == [
            "run-mode",
            "image",
            "drawables",
            "model",
            "class",
            "seed",
            "count",
            "updates",
            "keep-every",
            "method",
            "optimizer",
            "step-size",
            "projection",
            "k-eff",
            "device",
            "precision",
            "delta",
            "latents",
            "export-folder",
        ],
        found,
    )


CHECKS = [
    arguments_are_the_documented_ones,
    no_image_gives_a_new_one,
    layers_are_in_order_and_named,
    layers_carry_their_state,
    state_survives_xcf,
    keep_every_keeps_first_and_last,
    no_updates_give_one_layer,
    two_pictures_get_a_group_each,
    same_seed_same_picture,
    rgb_image_gets_the_group,
    gray_image_gets_gray_layers,
    sixteen_bit_and_float_images_get_it_all,
    indexed_image_is_refused,
    group_goes_above_the_active_layer,
    runs_lie_beside_each_other,
    export_writes_the_layers,
    gimp_opens_exports,
    unwritable_export_folder_is_refused,
    unknown_class_is_refused,
    unknown_model_is_refused,
    an_error_leaves_an_open_image_alone,
    missing_backend_is_refused,
    dialog_without_display_is_refused,
    an_untrusted_program_is_refused,
    a_gray_pair_looks_gray_in_colour,
    a_gray_pair_fits_gray_images,
    an_authors_own_file_paints,
    repeat_takes_the_next_seed,
    repeats_go_on_from_a_dialog_that_still_runs,
    what_fails_gives_its_seed_back,
    after_the_last_seed_comes_the_first,
    nonsense_in_the_parasite_does_no_harm,
    script_fu_calls_it,
    copied_script_fu_runs,
]

# Without PyTorch for Python there are none of its pairs.
SCRIPTS = (
    an_untrusted_program_is_refused,
    a_gray_pair_looks_gray_in_colour,
    a_gray_pair_fits_gray_images,
)

for check in CHECKS:
    title = check.__name__.replace("_", " ")
    if check in SCRIPTS and not os.path.isdir(UNTRUSTED):
        write(f"skipped {title}: python3 has no torch")
        continue
    if check is an_authors_own_file_paints and not os.path.isdir(R3GAN):
        write(f"skipped {title}: {R3GAN} isn't there")
        continue
    try:
        check()
        write(f"ok      {title}")
    except AssertionError as error:
        write(f"FAILED  {title}: {error}")
    except Exception:
        write(f"FAILED  {title}: {traceback.format_exc()}")
write("done")
