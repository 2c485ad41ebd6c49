# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Models come and go: folders, removing, pairs that are not there yet."""

import hashlib
import json
import os
import pathlib
import pty
import shutil
import subprocess
import tempfile
import unicodedata

import numpy

from command import BINARY, CANCELLED, CommandTest, MODEL, USAGE, main

KNOWN = "sngan-projection-128"


def columns(text):
    """How many columns of a terminal it takes."""
    return sum(0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF") for c in text)


class Case(CommandTest):
    """Each test has a person of its own."""

    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp(dir=self.folder))
        self.own = self.home / "data" / "dot-refine" / "models"

    def environment(self, **changes):
        return super().environment(
            **{
                "XDG_CONFIG_HOME": str(self.home / "config"),
                "XDG_DATA_HOME": str(self.home / "data"),
            }
            | changes
        )

    def copy_model(self, parent, name="mine"):
        """A package: the one that ships, under another name."""
        parent.mkdir(parents=True, exist_ok=True)
        return pathlib.Path(shutil.copytree(MODEL, parent / name))

    def models(self, **changes):
        return {model["id"]: model for model in self.run_json("models", **changes)}


class Listing(Case):

    def test_facts(self):
        folder = self.copy_model(self.own)
        model = self.models()["mine"]
        size = sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
        self.assertEqual(model["bytes"], size)
        self.assertEqual(model["folder"], str(folder))
        self.assertIs(model["removable"], True)
        self.assertIs(self.models()["imagenet10-64"]["removable"], False)

    def test_table(self):
        self.copy_model(self.own)
        lines = self.run_well("models").splitlines()
        for title in "Size", "Licence", "From":
            self.assertIn(title, lines[0])
        [line] = [line for line in lines if line.startswith("mine ")]
        for word in "MB", "Research use", "Trained for DOT Refine":
            self.assertIn(word, line)

    def test_table_lines_up_in_wide_characters(self):
        """Chinese and Japanese take two columns each, an accent that joins none; in ASCII all take what is shown."""
        for name, licence in ("wide", "研究のみ"), ("joined", "e\u0301te\u0301"), ("plain", "free…"):
            model = self.copy_model(self.own, name) / "model.json"
            text = json.loads(model.read_text())
            model.write_text(json.dumps(dict(text, license=licence, provenance="|")))
        for locale in "C.UTF-8", "C":
            lines = self.run_well("models", LC_ALL=locale).splitlines()
            places = {columns(line.split("|")[0]) for line in lines if "|" in line}
            self.assertEqual(len(places), 1, lines)

    def test_a_pair_that_is_not_there_yet(self):
        model = self.models()[KNOWN]
        self.assertEqual((model["image_size"], model["n_classes"], model["bytes"]), (128, 1000, 0))
        for word in (
            "ResNetGenerator_850000.npz",
            "288 MB",
            "SNResNetProjectionDiscriminator_850000.npz",
            "github.com/pfnet-research/sngan_projection",
            str(self.own / KNOWN),
            "import",
        ):
            self.assertIn(word, model["problem"])
        self.assertIn(model["problem"], self.run_well("models"))
        self.run_badly("info", KNOWN, mentions=["288 MB"])
        self.run_badly("refine", "--model", KNOWN, mentions=["288 MB"])


def write_program(folder):
    """A package that says of itself that it is TorchScript; nothing runs it."""
    folder.mkdir(parents=True)
    files = {}
    for role in "generator", "discriminator":
        (folder / f"{role}.pt").write_bytes(b"PK not really")
        files[role] = {"name": f"{role}.pt", "sha256": hashlib.sha256(b"PK not really").hexdigest()}
    (folder / "model.json").write_text(
        json.dumps(
            {
                "format": "dot-refine-model",
                "version": 1,
                "architecture": "torchscript",
                "title": "A program",
                "license": "CC0",
                "provenance": "a test",
                "image": {"size": 12, "channels": 3, "range": [-1, 1]},
                "latent": {"size": 8, "shape": [8], "prior": "normal"},
                "class_input": "index",
                "classes": [{"name": "one"}, {"name": "two"}],
                "files": files,
            }
        )
    )
    return folder


class Architectures(Case):
    """info --architecture: what a key map has to name."""

    def check(self, *arguments, reference, only, **sizes):
        """Lists the arrays that a file has which works, with its shapes."""
        listed = self.run_json("info", "--architecture", *arguments)
        for role in "generator", "discriminator":
            with numpy.load(reference / f"{role}.npz") as file:
                found = {key: file[key].shape for key in file.files if not key.endswith("/N")}
            wanted = [array for array in listed[role] if array["only"] in (None, only)]
            self.assertLessEqual({array["name"] for array in wanted}, set(found))
            self.assertLessEqual(set(found), {array["name"] for array in wanted})
            for array in wanted:
                shape = [eval(axis.replace("·", "*"), {}, {"ch": sizes[role]} | sizes) for axis in array["shape"]]
                self.assertEqual(tuple(shape), found[array["name"]], array["name"])

    def test_the_shipped_pair(self):
        with numpy.load(MODEL / "generator.npz") as g, numpy.load(MODEL / "discriminator.npz") as d:
            sizes = {
                "generator": g["l6/W"].shape[1],
                "discriminator": d["block1/c1/W"].shape[0],
                "z": g["l1/W"].shape[1],
                "classes": d["l_y/W"].shape[0],
            }
        self.check("sngan-projection", reference=MODEL, only="with classes", **sizes)

    def test_words(self):
        text = self.run_well("info", "--architecture", "dcgan", "--image-size", 48)
        self.assertRegex(text, r"(?m)^l0/W +\(36·ch, z\)$")
        self.assertRegex(text, r"(?m)^c0_0/W +\(ch/8, 3, 3, 3\) +SNGAN's critic$")
        self.assertRegex(text, r"(?m)^sa1/gamma +\(1,\) +with self-attention$")

    def test_refused(self):
        self.run_badly("info", "--architecture", "nonsense", mentions=["nonsense", "dcgan"])
        self.run_badly("info", "--architecture", "torchscript", mentions=["TorchScript"])
        self.run_badly("info", "--architecture", "dcgan", "--image-size", 64, mentions=["32, 48"])
        self.run_badly("info", "--architecture", "dcgan", "imagenet10-64", code=USAGE)
        self.run_badly("info", "imagenet10-64", "--image-size", 64, code=USAGE)


class Programs(Case):

    def check(self, kind, *info, **members):
        """What JSON, `models` and `info` say of one model."""
        words = self.run_well("info", *info)
        self.assertIn(f"\nKind: {kind}\n", words)
        found = self.run_json("info", *info)
        self.assertEqual({name: found[name] for name in members}, members)
        if "/" in str(info[0]):
            return
        listed = self.models()[info[0]]
        self.assertEqual({name: listed[name] for name in members}, members)
        [line] = [line for line in self.run_well("models").splitlines() if line.startswith(info[0] + " ")]
        self.assertIn(f" {kind} ", line)

    def test_weights(self):
        self.check("Weights", "imagenet10-64", program=False, trusted=True)

    def test_among_ones_own(self):
        write_program(self.own / "mine")
        self.check("Program, trusted", "mine", program=True, trusted=True)

    def test_of_a_chosen_folder(self):
        write_program(self.home / "chosen" / "mine")
        self.run_well("models", "--folder", self.home / "chosen")
        self.check("Program, not trusted", "mine", program=True, trusted=False)

    def test_elsewhere(self):
        folder = write_program(self.home / "elsewhere")
        self.check("Program, not trusted", folder, program=True, trusted=False)


class Folders(Case):

    def test_added_and_forgotten(self):
        chosen = self.home / "my models; all of them"
        self.copy_model(chosen)
        self.assertNotIn("mine", self.models())
        self.assertIn("mine", self.run_well("models", "--folder", chosen))
        self.assertTrue(self.models()["mine"]["removable"])
        self.assertIn(str(chosen), self.run_well("--diagnostics"))
        self.run_well("models", "--forget-folder", chosen)
        self.assertNotIn("mine", self.models())

    def test_refused(self):
        package = self.copy_model(self.home / "chosen")
        for folder in "/nonexistent", package, package / "model.json":
            self.run_badly("models", "--folder", folder, mentions=[folder])
        self.run_badly("models", "--forget-folder", package, mentions=[package])


class Removing(Case):

    def test_it_goes(self):
        folder = self.copy_model(self.own)
        self.assertIn("mine", self.run_well("remove", "mine", "--yes"))
        self.assertFalse(folder.exists())
        self.assertNotIn("mine", self.models())

    def test_a_broken_one_goes(self):
        folder = self.copy_model(self.own)
        (folder / "model.json").write_text("{")
        self.run_well("remove", "mine", "--yes")
        self.assertNotIn("mine", self.models())

    def test_what_is_not_ones_own_stays(self):
        self.run_badly("remove", "imagenet10-64", "--yes", mentions=["imagenet10-64"])
        self.run_badly("remove", MODEL, "--yes", mentions=[MODEL.parent])
        self.run_badly("remove", KNOWN, "--yes", mentions=[KNOWN])
        self.run_badly("remove", "nonsense", "--yes", mentions=["nonsense"])
        self.assertTrue((MODEL / "model.json").exists())

    def test_usage(self):
        folder = self.copy_model(self.own)
        self.run_badly("remove", code=USAGE)
        self.run_badly("remove", "a", "b", code=USAGE)
        self.run_badly("remove", "mine", code=USAGE, mentions=["--yes"])
        self.assertTrue(folder.exists())

    def answer(self, text):
        """Runs it on a terminal and types the text."""
        ours, theirs = pty.openpty()
        os.write(ours, text.encode())
        result = subprocess.run(
            [BINARY, "remove", "mine"],
            stdin=theirs,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
            env=self.environment(),
        )
        os.close(ours)
        os.close(theirs)
        self.assertIn("[y/N]", result.stderr)
        return result.returncode

    def test_it_asks_on_a_terminal(self):
        folder = self.copy_model(self.own)
        for text in "n\n", "\n", "yesterday\n":
            self.assertEqual(self.answer(text), CANCELLED)
            self.assertTrue(folder.exists())
        self.assertEqual(self.answer("Y\n"), 0)
        self.assertFalse(folder.exists())


if __name__ == "__main__":
    main()
