# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""dot-refine refine --export, read back by programs that know nothing of it."""

import json
import pathlib
import shutil
import subprocess
import xml.etree.ElementTree
import zipfile

import numpy

import png
from command import BINARY, CommandTest, USAGE, main

QUICK = "--device", "cpu", "--k-eff", 1
SIDE, COUNT, UPDATES = 64, 3, 4
LINE, MARGIN = 18, 8


def magick(program, *arguments):
    """ImageMagick's answer, as bytes."""
    return subprocess.run([program, *map(str, arguments)], check=True, capture_output=True).stdout


def pixels(data, width, height):
    return numpy.frombuffer(data, numpy.uint8).reshape(-1, height, width, 3)


def read(file, *operations):
    """All frames of a file, (frames, height, width, 3)."""
    size = magick("identify", "-format", "%W %H\n", file).split()
    return pixels(
        magick("convert", file, "-coalesce", *operations, "-depth", "8", "rgb:-"),
        int(size[0]),
        int(size[1]),
    )


class ExportTest(CommandTest):
    """Base: one run with all that it can leave."""

    NAMES = "a.gif", "a.webp", "a.ora", "a.png", "a.npy"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not shutil.which("identify"):
            raise FileNotFoundError("ImageMagick isn't installed: install it.")

    def export(self, *options, names=NAMES, count=COUNT, updates=UPDATES, **changes):
        exports = [option for name in names for option in ("--export", name)]
        return self.run_json(
            "refine",
            *QUICK,
            "--class",
            "lemon",
            "--seed",
            7,
            "--count",
            count,
            "--updates",
            updates,
            "--out",
            "out",
            *exports,
            *options,
            **changes
        )

    def kept(self, run):
        """The kept pictures by update and candidate: their paths."""
        return [
            [self.folder / candidate["updates"][i]["file"] for candidate in run["candidates"]]
            for i in range(len(run["candidates"][0]["updates"]))
        ]


class Formats(ExportTest):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.run_once = None

    def setUp(self):
        if not Formats.run_once:
            Formats.run_once = self.export()
        self.run_data = Formats.run_once
        self.files = self.kept(self.run_data)
        self.images = numpy.array([[read(file)[0] for file in row] for row in self.files])

    def test_json_names_them(self):
        self.assertEqual(self.run_data["exports"], list(self.NAMES))

    def test_nothing_else_is_left(self):
        left = {path.name for path in self.folder.iterdir()}
        self.assertEqual(left - {"cache", "config", "data"}, {*self.NAMES, "out"})
        self.assertEqual(set((self.folder / "out").iterdir()), {file for row in self.files for file in row})

    def test_webp_is_exact(self):
        frames = read(self.folder / "a.webp")
        self.assertEqual(len(frames), UPDATES + 1)
        numpy.testing.assert_array_equal(frames, numpy.concatenate(list(self.images.swapaxes(0, 1)), axis=2))

    def test_webp_loops(self):
        data = (self.folder / "a.webp").read_bytes()
        at = data.index(b"ANIM")
        self.assertEqual(data[at + 12 : at + 14], b"\0\0")

    def test_delays(self):
        for name in "a.gif", "a.webp":
            delays = magick("identify", "-format", "%T ", self.folder / name)
            self.assertEqual(delays.split(), [b"10"] * (UPDATES + 1), name)

    def test_gif(self):
        file = self.folder / "a.gif"
        frames = read(file).astype(int)
        expected = numpy.concatenate(list(self.images.swapaxes(0, 1)), axis=2).astype(int)
        self.assertEqual(frames.shape, expected.shape)
        self.assertIn(b"NETSCAPE2.0\x03\x01\x00\x00", file.read_bytes())
        for frame in frames:
            colors = numpy.unique(frame.reshape(-1, 3), axis=0)
            self.assertGreater(len(colors), 200)
            self.assertLessEqual(len(colors), 256)
        # Each frame is nearer its own update than it is to any other.
        for i, frame in enumerate(frames):
            distances = [abs(frame - other).mean() for other in expected]
            self.assertEqual(numpy.argmin(distances), i)

    def test_latents(self):
        array = numpy.load(self.folder / "a.npy")
        states = [json.loads(png.texts(file)["dot-refine"]) for row in self.files for file in row]
        self.assertEqual(array.dtype, numpy.float32)
        numpy.testing.assert_array_equal(array, numpy.array([s["latent"] for s in states], numpy.float32))

    def test_latents_begin_a_run(self):
        run = self.run_json("refine", *QUICK, "--class", "lemon", "--latents", "a.npy", "--updates", 0)
        scores = [candidate["updates"][0]["score"] for candidate in run["candidates"]]
        expected = [
            candidate["updates"][i]["score"] for i in range(UPDATES + 1) for candidate in self.run_data["candidates"]
        ]
        numpy.testing.assert_allclose(scores, expected, rtol=1e-4, atol=1e-4)

    def test_sheet(self):
        [sheet] = read(self.folder / "a.png")
        row = SIDE + 2 * LINE + MARGIN
        self.assertEqual(sheet.shape[:2], (MARGIN + LINE + COUNT * row, MARGIN + (UPDATES + 1) * (SIDE + MARGIN)))
        for i in range(UPDATES + 1):
            for b in range(COUNT):
                x = MARGIN + i * (SIDE + MARGIN)
                y = MARGIN + LINE + b * row + LINE
                numpy.testing.assert_array_equal(sheet[y : y + SIDE, x : x + SIDE], self.images[i, b])
                self.assertLess(sheet[y + SIDE : y + SIDE + LINE, x : x + SIDE].min(), 100, "the score")
        png.chunks(self.folder / "a.png")

    def layers(self, archive):
        root = xml.etree.ElementTree.fromstring(archive.read("stack.xml"))
        self.assertEqual((root.tag, root.get("w"), root.get("h")), ("image", "64", "64"))
        [stack] = root
        return list(stack)

    def test_ora_is_a_valid_archive(self):
        with zipfile.ZipFile(self.folder / "a.ora") as archive:
            self.assertIsNone(archive.testzip())
            first = archive.infolist()[0]
            self.assertEqual(
                (first.filename, first.compress_type, archive.read(first)),
                ("mimetype", zipfile.ZIP_STORED, b"image/openraster"),
            )
            members = set(archive.namelist())
            for layer in self.layers(archive):
                self.assertIn(layer.get("src"), members)

    def test_ora_layers(self):
        titles = [png.texts(file)["Title"] for row in self.files for file in row]
        with zipfile.ZipFile(self.folder / "a.ora") as archive:
            layers = self.layers(archive)
            self.assertEqual([layer.get("name") for layer in layers][::-1], titles)
            for layer, file in zip(layers[::-1], (f for row in self.files for f in row)):
                member = self.folder / "layer.png"
                member.write_bytes(archive.read(layer.get("src")))
                numpy.testing.assert_array_equal(read(member), read(file))
                self.assertEqual(png.texts(member), png.texts(file))
            (self.folder / "layer.png").unlink()

    def test_ora_merged_and_thumbnail(self):
        for name in "mergedimage.png", "Thumbnails/thumbnail.png":
            with zipfile.ZipFile(self.folder / "a.ora") as archive:
                member = self.folder / "layer.png"
                member.write_bytes(archive.read(name))
            numpy.testing.assert_array_equal(read(member, "-alpha", "off")[0], self.images[-1, -1])
            member.unlink()


class Options(ExportTest):

    def test_scale_and_delay(self):
        run = self.export(
            "--export-scale",
            4,
            "--export-delay",
            250,
            count=1,
            updates=2,
            names=["a.webp", "a.gif"],
        )
        frames = read(self.folder / "a.webp")
        expected = [read(file)[0].repeat(4, 0).repeat(4, 1) for [file] in self.kept(run)]
        numpy.testing.assert_array_equal(frames, expected)
        for name in "a.webp", "a.gif":
            delays = magick("identify", "-format", "%T ", self.folder / name)
            self.assertEqual(delays.split(), [b"25"] * 3)

    def test_smooth(self):
        self.export("--export-scale", 2, "--export-smooth", count=1, updates=0, names=["a.ora", "b.webp"])
        [smooth] = read(self.folder / "b.webp")
        self.assertEqual(smooth.shape, (128, 128, 3))
        self.assertFalse((smooth[::2] == smooth[1::2]).all())

    def test_kept_updates_only(self):
        self.export("--keep-every", 3, names=["a.npy", "a.webp"])
        self.assertEqual(numpy.load(self.folder / "a.npy").shape, (9, 128))
        self.assertEqual(len(read(self.folder / "a.webp")), 3)

    def test_candidates_in_turn(self):
        run = self.export(names=["a.webp"], updates=0, count=5)
        [files] = self.kept(run)
        numpy.testing.assert_array_equal(read(self.folder / "a.webp"), [read(file)[0] for file in files])

    def test_without_pictures(self):
        self.run_well("refine", *QUICK, "--updates", 1, "--export", "alone.npy")
        self.assertEqual(numpy.load(self.folder / "alone.npy").shape, (2, 128))

    def test_same_bytes(self):
        contents = []
        for _ in range(2):
            self.export(count=2, updates=1)
            contents.append([(self.folder / name).read_bytes() for name in self.NAMES])
        self.assertEqual(*contents)


class Refused(ExportTest):

    def check(self, *options, mentions=(), **changes):
        self.run_badly("refine", *QUICK, "--updates", 1, *options, mentions=mentions, **changes)

    def test_unknown_format(self):
        self.check("--export", "a.jpg", mentions=["a.jpg", ".webp"])

    def test_options_without_a_file(self):
        for option in ("--export-scale", 2), ("--export-delay", 50), ("--export-smooth",):
            self.run_command("refine", *option, code=USAGE)

    def test_out_of_range(self):
        self.check("--export", "a.gif", "--export-scale", 3, mentions=["3"])
        self.check("--export", "a.gif", "--export-delay", 5, mentions=["5"])

    def test_before_the_run(self):
        """No long run whose export has no place."""
        long_run = "--updates", 100000
        for name in "none/a.gif", "none/a.ora", "none/a.npy":
            self.check(*long_run, "--export", name, mentions=[name])
        self.check(
            "--updates",
            0,
            "--count",
            65536,
            "--keep-every",
            1,
            "--export",
            "a.png",
            mentions=["a.png"],
        )
        self.check("--updates", 1, "--count", 3000, "--export", "a.webp", mentions=["a.webp", "16383"])

    def test_onto_a_folder(self):
        folder = self.folder / "folder.gif"
        folder.mkdir()
        self.check("--export", folder, mentions=[folder])
        self.assertEqual(list(folder.iterdir()), [])

    def test_without_the_module(self):
        modules = self.folder / "modules"
        modules.mkdir()
        for module in (pathlib.Path(BINARY).parent.parent / "modules").glob("*.so"):
            if module.name != "dotrefine-export.so":
                (modules / module.name).symlink_to(module)
        for name in "a.gif", "a.webp", "a.png":
            self.check(
                "--updates",
                100000,
                "--export",
                name,
                mentions=["dotrefine-export.so"],
                DOT_REFINE_MODULE_DIR=str(modules),
            )
        self.export(names=["a.ora", "a.npy"], DOT_REFINE_MODULE_DIR=str(modules))

    def test_full_disk(self):
        with self.small_disk() as disk:
            for name in self.NAMES:
                self.check("--count", 100, "--updates", 1, "--export", disk / name, mentions=[disk / name])
                self.assertEqual(list(disk.iterdir()), [])


if __name__ == "__main__":
    main()
