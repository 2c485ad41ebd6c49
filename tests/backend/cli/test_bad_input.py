# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Bad input: each ends with exit code 1 and one sentence that names it."""

import os
import resource
import shutil
import time
import unittest

import numpy

import damaged
import png
from command import CommandTest, MODEL, main

GENERATOR = MODEL / "generator.npz"
DISCRIMINATOR = MODEL / "discriminator.npz"
QUICK = "--updates", 1, "--k-eff", 1, "--device", "cpu"

ABSURD_SHAPES = [
    "(1000000000000, 1000000)",
    "(4294967296, 4294967296)",
    "(18446744073709551615,)",
    "(99999999999999999999999999,)",
    "(-4096, 128)",
    "(" + "1, " * 1000 + ")",
]


class BadWeights(CommandTest):

    def check(self, generator, discriminator=DISCRIMINATOR, mentions=()):
        bad = generator if generator != GENERATOR else discriminator
        self.run_badly(
            "refine",
            *QUICK,
            "--generator",
            generator,
            "--discriminator",
            discriminator,
            mentions=mentions or [bad.name],
        )

    def path(self):
        return self.folder / "bad.npz"

    def test_missing(self):
        self.check(self.folder / "none.npz")
        self.check(GENERATOR, self.folder / "none.npz")

    def test_folder(self):
        self.check(self.folder)

    def test_empty(self):
        self.path().write_bytes(b"")
        self.check(self.path())

    def test_not_a_zip(self):
        self.path().write_text("These are no weights.\n" * 1000)
        self.check(self.path())

    def test_truncated(self):
        size = GENERATOR.stat().st_size
        for length in 1, 30, size // 2, size - 1:
            self.check(damaged.with_bytes(self.path(), GENERATOR, lambda data: data[:length]))

    def test_spoilt_stream(self):
        self.check(damaged.with_bytes(self.path(), GENERATOR, damaged.damage_stream))

    def test_missing_array(self):
        for key in "l1/W", "block3/c2/W", "block2/b1/avg_var", "l6/b":
            self.check(damaged.with_array(self.path(), GENERATOR, key, None))
        for key in "block1/c1/W", "block5/c2/b", "l6/W":
            self.check(GENERATOR, damaged.with_array(self.path(), DISCRIMINATOR, key, None))

    def test_wrong_shape(self):
        arrays = damaged.read_arrays(GENERATOR)
        for key in "l1/W", "l1/b", "block3/c1/W", "block4/b1/gammas/W", "l6/W":
            self.check(damaged.with_array(self.path(), GENERATOR, key, arrays[key][:-1]))
            self.check(damaged.with_array(self.path(), GENERATOR, key, arrays[key][None]))

    def test_wrong_type(self):
        for data in (
            damaged.npy_of(numpy.array(["text"])),
            damaged.npy_of(numpy.zeros(4096, complex)),
            b"",
            b"\x93NUMPY",
            b"no array at all",
        ):
            self.check(damaged.with_entry(self.path(), GENERATOR, "l1/b", data))

    def test_not_finite(self):
        for value in numpy.nan, numpy.inf, -numpy.inf:
            for source, key in (GENERATOR, "block5/c1/W"), (DISCRIMINATOR, "l6/W"):
                array = damaged.read_arrays(source)[key]
                array.flat[-1] = value
                bad = damaged.with_array(self.path(), source, key, array)
                pair = (bad, DISCRIMINATOR) if source == GENERATOR else (GENERATOR, bad)
                self.check(*pair, mentions=[bad.name, key])

    def test_absurd_shapes(self):
        for shape in ABSURD_SHAPES:
            header = "{'descr': '<f4', 'fortran_order': False, " f"'shape': {shape}, }}\n"
            self.check(damaged.with_entry(self.path(), GENERATOR, "l1/W", damaged.npy(header, bytes(64))))

    def test_absurd_header_size(self):
        for size in 2**32 - 1, 2**31, 10**6:
            data = damaged.npy("{'descr': '<f4'}", header_size=size)
            self.check(damaged.with_entry(self.path(), GENERATOR, "l1/W", data))

    def test_absurd_sizes_in_the_zip(self):
        for size in 0, 2**32 - 2, 2**31:
            self.check(damaged.with_bytes(self.path(), GENERATOR, lambda data: damaged.claim_size(data, size)))
        self.check(damaged.with_bytes(self.path(), GENERATOR, lambda data: damaged.claim_entries(data, 65534)))

    def test_files_in_the_wrong_order(self):
        self.check(DISCRIMINATOR, GENERATOR, mentions=["discriminator.npz"])

    def test_files_of_different_pairs(self):
        arrays = damaged.read_arrays(DISCRIMINATOR)
        arrays["l_y/W"] = arrays["l_y/W"][:7]
        arrays["l_y/u"] = arrays["l_y/u"][:, :7]
        self.check(GENERATOR, damaged.write_arrays(self.path(), arrays))

    def test_nothing_large_is_allocated(self):
        header = "{'descr': '<f4', 'fortran_order': False, " "'shape': (250000, 4000), }\n"
        bad = damaged.with_entry(self.path(), GENERATOR, "l1/W", damaged.npy(header, bytes(64)))
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        self.check(bad)
        after = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        self.assertLess(after - before, 1000 * 1000, "kB for a bad header")


class BadArguments(CommandTest):

    def check(self, *arguments, mentions):
        self.run_badly("refine", *QUICK, *arguments, mentions=mentions)

    def test_unknown_model(self):
        self.check("--model", "nonsense", mentions=["nonsense"])
        self.check("--model", "../no-such-folder", mentions=["../no-such-folder"])
        self.check("--model", "", mentions=["model"])

    def test_unknown_class(self):
        for name in "nonsense", "n00000000", "2", "1000", "-1":
            self.check(f"--class={name}", mentions=[name])

    def write(self, array):
        path = self.folder / "array.npy"
        numpy.save(path, array)
        return path

    def test_latents(self):
        for array in (
            numpy.zeros((2, 64)),
            numpy.zeros((1, 127)),
            numpy.zeros(127),
            numpy.zeros((0, 128)),
            numpy.zeros((1, 128), complex),
            numpy.full((1, 128), numpy.nan),
        ):
            self.check("--latents", self.write(array), mentions=["array.npy"])
        self.check("--latents", "none.npy", mentions=["none.npy"])
        self.check("--latents", GENERATOR, mentions=["generator.npz"])

    def test_labels(self):
        for array in (
            numpy.array([40]),
            numpy.array([-1]),
            numpy.array([], int),
            numpy.array([0.5]),
            numpy.array([numpy.nan]),
            numpy.array([2**40]),
        ):
            self.check("--labels", self.write(array), mentions=["array.npy"])
        self.check("--labels", "none.npy", mentions=["none.npy"])

    def test_as_many_labels_as_latents(self):
        numpy.save(self.folder / "z.npy", numpy.ones((2, 128)))
        self.check(
            "--latents",
            "z.npy",
            "--labels",
            self.write(numpy.array([0, 1, 2])),
            mentions=["array.npy"],
        )

    def test_objects_are_never_unpickled(self):
        path = self.folder / "objects.npy"
        numpy.save(path, numpy.array([{}], object), allow_pickle=True)
        self.check("--latents", path, mentions=["objects.npy"])

    def test_missing_backend(self):
        self.run_badly("refine", mentions=["DOT_REFINE_MODULE_DIR"], DOT_REFINE_MODULE_DIR="/nonexistent")


class BadOutput(CommandTest):

    def check(self, *arguments, mentions):
        self.run_badly("refine", *QUICK, *arguments, mentions=mentions)

    def test_folder_under_a_file(self):
        file = self.folder / "file"
        file.write_text("")
        self.check("--out", file, mentions=[file])
        self.check("--out", file / "x", mentions=[file / "x"])
        self.check("--trace", file / "x.npz", mentions=[file / "x.npz"])

    def test_folder_that_takes_nothing(self):
        self.check("--out", "/proc/nonexistent", mentions=["/proc/nonexistent"])
        self.check("--out", "/proc", mentions=["/proc"])

    def test_trace_without_a_folder(self):
        self.check("--trace", "none/x.npz", mentions=["none/x.npz"])

    def test_trace_beyond_memory(self):
        """Refused before anything is loaded or estimated."""
        numpy.save(self.folder / "z.npy", numpy.ones((20000, 128), "f4"))
        numpy.save(self.folder / "y.npy", numpy.zeros(20000, "u1"))
        for run in (
            ["--count", 65536],
            ["--latents", "z.npy"],
            ["--labels", "y.npy"],
            ["--count", 65536, "--space", "target"],
        ):
            begin = time.monotonic()
            self.check(*run, "--updates", 100000, "--trace", "x.npz", mentions=["x.npz", "fewer updates"])
            self.assertLess(time.monotonic() - begin, 2)
        self.assertFalse((self.folder / "x.npz").exists())

    def test_trace_onto_a_folder(self):
        folder = self.folder / "folder.npz"
        folder.mkdir()
        self.check("--trace", folder, mentions=[folder])
        self.assertEqual(list(folder.iterdir()), [])

    @unittest.skipIf(os.getuid() == 0, "root may write everywhere")
    def test_folder_without_permission(self):
        folder = self.folder / "closed"
        folder.mkdir(mode=0o500)
        self.check("--out", folder, mentions=[folder])
        self.check("--trace", folder / "x.npz", mentions=[folder / "x.npz"])

    def test_full_disk(self):
        with self.small_disk() as disk:
            self.check("--updates", 16, "--out", disk / "out", mentions=[disk])
            for path in (disk / "out").iterdir():
                png.chunks(path)

    def test_full_disk_for_the_trace(self):
        with self.small_disk() as disk:
            self.check("--trace", disk / "x.npz", mentions=[disk / "x.npz"])
            self.assertEqual(list(disk.iterdir()), [])


class OddNames(CommandTest):
    """A file's name is any bytes; the sentence about it is one line of UTF-8."""

    NAME = os.fsdecode(b"odd \xff\xfe\n\x1b[1m name")

    def check(self, *arguments):
        """The output is decoded strictly, so that a wrong byte is an error."""
        sentence = self.run_badly(*arguments, mentions=["odd \ufffd\ufffd"])
        self.assertNotIn("\x1b", sentence)

    def test_files_that_are_not_there(self):
        name = self.NAME
        pair = "--generator", GENERATOR, "--discriminator", DISCRIMINATOR
        self.check("info", name)
        self.check("info", f"./{name}/model.json")
        self.check("models", "--folder", f"{name}/x")
        for option in "--model", "--latents", "--labels":
            self.check("refine", *QUICK, option, name)
        self.check("refine", *QUICK, "--generator", f"./{name}", *pair[2:])
        self.check("refine", *QUICK, *pair[:2], "--discriminator", f"./{name}")
        self.check("refine", *QUICK, "--trace", f"{name}/x.npz")
        for option in "--key-map", "--classes", "--manifest":
            self.check("import", *pair, "--to", "models", option, name)

    def test_files_that_are_wrong(self):
        folder = self.folder / self.NAME
        shutil.copytree(MODEL, folder)
        for file in "model.json", "generator.npz":
            (folder / file).write_bytes((folder / file).read_bytes()[:500])
        for name in "generator.pt", "file":
            (folder / name).write_bytes(b"PK, and no more")
        self.check("info", folder)
        self.check("refine", *QUICK, "--model", folder)
        self.check(
            "refine",
            *QUICK,
            "--generator",
            folder / "generator.npz",
            "--discriminator",
            DISCRIMINATOR,
        )
        self.check("refine", *QUICK, "--out", folder / "file")
        self.check(
            "refine",
            *QUICK,
            "--generator",
            folder / "generator.pt",
            "--discriminator",
            folder / "generator.pt",
            "--architecture",
            "torchscript",
        )
        for option in "--latents", "--labels":
            self.check("refine", *QUICK, option, folder / "file")
        self.check(
            "import",
            "--generator",
            GENERATOR,
            "--discriminator",
            DISCRIMINATOR,
            "--to",
            folder / "file",
        )

    def test_a_list_of_them(self):
        broken = self.folder / "list" / self.NAME
        broken.mkdir(parents=True)
        (broken / "model.json").write_text("{}")
        models = {"DOT_REFINE_MODELS": str(broken.parent)}
        [problem] = [
            model["problem"]
            for model in self.run_json("models", **models)
            if model["problem"] and "odd" in model["problem"]
        ]
        self.assertNotIn("\n", problem)
        self.assertIn("odd \ufffd\ufffd", self.run_well("models", **models))
        shutil.copytree(MODEL, broken, dirs_exist_ok=True)
        text = self.run_well("info", self.NAME, **models)
        self.assertIn("odd \ufffd\ufffd", text)
        self.assertNotIn("\x1b", text)


if __name__ == "__main__":
    main()
