# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""dot-refine invert: what it writes, what it is refined from, and what it refuses; on a tiny random pair."""

import os
import pathlib
import pty
import signal
import subprocess
import unittest

import numpy

import png
from command import BINARY, CANCELLED, CommandTest, USAGE, main
from random_pair import LATENT, RandomPair

NATIVE = pathlib.Path(os.environ["DOT_REFINE_MODULE_DIR"]) / "dotrefine-native.so"
FEW = "--steps", 20, "--starts", 2


@unittest.skipUnless(NATIVE.exists(), "there is no native engine")
class Invert(CommandTest):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pair = "--engine", "native", "--device", "cpu", *RandomPair().save_npz(cls.folder / "pair")
        cls.target = cls.folder / "target.png"

    def setUp(self):
        if not self.target.exists():
            run = self.run_json("refine", *self.pair, "--updates", 0, "--class", 1, "--seed", 5, "--out", "target")
            name = run["candidates"][0]["updates"][0]["file"]
            (self.folder / "target" / pathlib.Path(name).name).rename(self.target)

    def invert(self, *arguments, out="found"):
        return self.run_json("invert", *self.pair, self.target, "--class", 1, *FEW, "--out", out, *arguments)

    def test_what_it_writes(self):
        found = self.invert()
        latent = numpy.load(self.folder / found["latent"])
        self.assertEqual((latent.shape, latent.dtype), ((1, LATENT), numpy.float64))
        self.assertEqual(png.size(self.folder / found["picture"]), (32, 32))
        self.assertIn("Distance", self.run_well("invert", *self.pair, self.target, *FEW, "--out", "found"))

    def test_refine_goes_on_from_it(self):
        found = self.invert()
        trace = self.folder / "trace.npz"
        from_it = "--latents", self.folder / found["latent"], "--class", 1
        self.run_json("refine", *self.pair, *from_it, "--updates", 2, "--trace", trace)
        with numpy.load(trace) as run:
            self.assertAlmostEqual(float(run["score"][0, 0]), found["score"], delta=1e-4)
            self.assertEqual(run["z"].shape, (3, 1, LATENT))

    def test_it_is_found_again(self):
        self.assertLess(self.invert("--steps", 100)["distance"], 0.01)

    def test_the_same_again(self):
        self.assertEqual(self.invert("--seed", 3)["distance"], self.invert("--seed", 3)["distance"])

    def test_stopping_keeps_the_nearest(self):
        out = self.folder / "stopped"
        terminal, other_end = pty.openpty()
        command = [BINARY, "invert", *self.pair, self.target, "--steps", 100000, "--out", out]
        process = subprocess.Popen(
            list(map(str, command)), stdout=subprocess.PIPE, stderr=other_end, env=self.environment()
        )
        os.close(other_end)
        drawn = ""
        while drawn.count("Looking for the latent") < 2:
            drawn += os.read(terminal, 4096).decode()
        process.send_signal(signal.SIGINT)
        while not drawn.endswith("kept.\r\n"):
            drawn += os.read(terminal, 4096).decode()
        stdout, _ = process.communicate(timeout=10)
        os.close(terminal)
        self.assertEqual((process.returncode, stdout), (CANCELLED, b""))
        self.assertEqual(numpy.load(out / "latent.npy").shape, (1, LATENT))
        png.chunks(out / "picture.png")

    def test_usage(self):
        for wrong in (
            (self.target,),
            ("--out", "x"),
            (self.target, self.target, "--out", "x"),
            (self.target, "--out", "x", "--steps", "many"),
        ):
            self.run_badly("invert", *self.pair, *wrong, code=USAGE)
        self.run_badly("invert", *self.pair, self.target, "--out", "x", "--starts", 65, mentions=["--starts", 64])

    def test_bad_pictures(self):
        empty, text, cut = (self.folder / name for name in ("empty.png", "text.txt", "cut.png"))
        empty.touch()
        text.write_text("no picture")
        cut.write_bytes(self.target.read_bytes()[:200])
        for picture in empty, text, cut, self.folder, self.folder / "nowhere.png":
            self.run_badly("invert", *self.pair, picture, "--out", "x", mentions=[picture.name])
            self.assertFalse((self.folder / "x").exists())

    def test_bad_folder_and_class(self):
        self.run_badly("invert", *self.pair, self.target, "--out", self.target, mentions=["target.png"])
        self.run_badly("invert", *self.pair, self.target, "--out", "x", "--class", "no such", mentions=["no such"])


if __name__ == "__main__":
    main()
