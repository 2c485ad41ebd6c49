# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""What dot-refine refine leaves: table, JSON, pictures and traces."""

import json
import pathlib

import numpy

import png
from command import CommandTest, MODEL, USAGE, main

CPU = "--device", "cpu"
QUICK = *CPU, "--k-eff", 1


class Results(CommandTest):

    def test_table(self):
        lines = self.run_well("refine", *CPU, "--seed", 7, "--count", 2).splitlines()
        self.assertEqual(len(lines), 3)
        for i, line in enumerate(lines[1:]):
            number, name, seed, before, after, distance, k_eff, files = line.split()
            self.assertEqual((number, name, seed, files), (str(i), "goldfish", str(7 + i), "0"))
            self.assertGreater(float(after), float(before))
            self.assertGreater(float(distance), 0)
            self.assertGreater(float(k_eff), 0)

    def test_table_without_files_leaves_none(self):
        before = set(self.folder.rglob("*.png"))
        self.run_well("refine", *QUICK, "--updates", 1)
        self.assertEqual(set(self.folder.rglob("*.png")), before)

    def test_json(self):
        run = self.run_json("refine", *QUICK, "--class", "n02056570", "--seed", 5, "--count", 3, "--updates", 2)
        self.assertEqual(run["model"]["id"], "imagenet40-64")
        self.assertEqual(run["precision"], "float32")
        self.assertTrue(run["device"])
        self.assertIsNone(run["trace"])
        self.assertEqual(
            run["options"],
            run["options"]
            | {
                "class": "n02056570",
                "seed": 5,
                "count": 3,
                "updates": 2,
                "keep_every": 1,
                "method": "dot",
                "space": "latent",
                "optimizer": "adam",
                "step_size": 0.01,
                "k_eff": 1.0,
                "projection": "tangent",
                "device": "cpu",
            },
        )
        self.assertEqual([c["seed"] for c in run["candidates"]], [5, 6, 7])
        for candidate in run["candidates"]:
            self.assertEqual(
                candidate,
                candidate
                | {
                    "class": "king penguin",
                    "index": 145,
                    "label": 5,
                    "wnid": "n02056570",
                    "k_eff": 1.0,
                },
            )
            self.assertEqual([u["update"] for u in candidate["updates"]], [0, 1, 2])
            self.assertIsNone(candidate["updates"][0]["file"])

    def test_auto_is_said_in_json(self):
        run = self.run_json("refine", *CPU, "--updates", 0)
        self.assertEqual(run["options"]["k_eff"], "auto")
        self.assertEqual(len(run["candidates"][0]["updates"]), 1)

    def test_keep_every(self):
        for updates, every, kept in (
            (16, 5, [0, 5, 10, 15, 16]),
            (4, 4, [0, 4]),
            (3, 100, [0, 3]),
            (0, 1, [0]),
        ):
            run = self.run_json("refine", *QUICK, "--updates", updates, "--keep-every", every)
            self.assertEqual([u["update"] for u in run["candidates"][0]["updates"]], kept)

    def test_a_class_has_many_names(self):
        runs = [
            self.run_json("refine", *QUICK, "--updates", 0, "--class", name)
            for name in ("goldfish", "n01443537", "1", "GoldFish")
        ]
        for run in runs:
            self.assertEqual(run["candidates"], runs[0]["candidates"])

    def test_a_latent_of_zeros(self):
        numpy.save(self.folder / "zeros.npy", numpy.zeros((1, 128)))
        for projection in "tangent", "paper", "none":
            run = self.run_json(
                "refine",
                *QUICK,
                "--latents",
                "zeros.npy",
                "--projection",
                projection,
                "--updates",
                2,
            )
            scores = [u["score"] for u in run["candidates"][0]["updates"]]
            self.assertTrue(numpy.isfinite(scores).all())

    def test_methods_differ(self):
        def score(*options):
            run = self.run_json("refine", *QUICK, "--updates", 3, "--step-size", 0.1, *options)
            return run["candidates"][0]["updates"][-1]["score"]

        scores = [
            score(),
            score("--method", "naive"),
            score("--optimizer", "sgd"),
            score("--projection", "paper"),
            score("--projection", "none"),
            score("--k-eff", 0.1),
        ]
        self.assertEqual(len(set(scores)), len(scores), scores)

    def test_float64_agrees(self):
        def scores(precision):
            run = self.run_json("refine", *QUICK, "--updates", 0, "--count", 4, "--precision", precision)
            return [c["updates"][0]["score"] for c in run["candidates"]]

        numpy.testing.assert_allclose(scores("float32"), scores("float64"), rtol=1e-4, atol=1e-4)

    def test_tf32_is_for_gpus(self):
        for engine in "auto", "native", "torch":
            self.run_badly(
                "refine",
                *QUICK,
                "--engine",
                engine,
                "--precision",
                "tf32",
                "--updates",
                0,
                mentions=["TF32", "--precision float32"],
            )


class Pictures(CommandTest):

    def refine(self, folder, *options):
        return self.run_json("refine", *QUICK, "--seed", 7, "--updates", 2, "--out", self.folder / folder, *options)

    def test_files(self):
        run = self.refine("deep/er/out", "--count", 2)
        files = [pathlib.Path(update["file"]) for candidate in run["candidates"] for update in candidate["updates"]]
        self.assertEqual(len(set(files)), 6)
        self.assertEqual(set(files), set((self.folder / "deep/er/out").iterdir()))
        for file in files:
            self.assertEqual(png.size(file), (64, 64))

    def test_text_chunks(self):
        run = self.refine("texts")
        [candidate] = run["candidates"]
        for update in candidate["updates"]:
            texts = png.texts(pathlib.Path(update["file"]))
            self.assertIn("goldfish", texts["Title"])
            self.assertIn("7", texts["Title"])
            self.assertIn("DOT Refine", texts["Software"])
            state = json.loads(texts["dot-refine"])
            self.assertEqual(state["update"], update["update"])
            self.assertAlmostEqual(state["score"], update["score"], places=6)

    def test_same_seed_same_bytes(self):
        def contents(folder):
            self.refine(folder, "--count", 2)
            return {file.name: file.read_bytes() for file in (self.folder / folder).iterdir()}

        self.assertEqual(contents("first"), contents("second"))

    def test_relative_folder(self):
        run = self.run_json("refine", *QUICK, "--updates", 0, "--out", "here")
        [update] = run["candidates"][0]["updates"]
        self.assertTrue((self.folder / update["file"]).is_file())

    def test_paths_of_any_letters(self):
        pair = {}
        for name in "generator", "discriminator":
            pair[name] = self.folder / f"сеть {name} 網.npz"
            pair[name].symlink_to(MODEL / f"{name}.npz")
        run = self.run_json(
            "refine",
            *QUICK,
            "--updates",
            0,
            "--out",
            "läs",
            *(f"--{key}={path}" for key, path in pair.items()),
        )
        [update] = run["candidates"][0]["updates"]
        texts = png.texts(self.folder / update["file"])
        state = json.loads(texts["dot-refine"])
        self.assertEqual(state["model"]["generator"], str(pair["generator"]))

    def test_table_counts_files(self):
        lines = self.run_well("refine", *QUICK, "--updates", 3, "--out", "counted").splitlines()
        self.assertEqual(lines[1].split()[-1], "4")


class Continue(CommandTest):
    """Going on from pictures, several as one run, and between two of them."""

    CLASSES = 7, 0, 3

    def first(self):
        """Three candidates of three classes, six updates: a folder."""
        out = self.folder / "first"
        if not out.exists():
            numpy.save(self.folder / "y.npy", numpy.array(self.CLASSES))
            self.run_well("refine", *CPU, "--labels", "y.npy", "--seed", 5, "--updates", 6, "--out", out)
        return out

    def pictures(self, update):
        """In the order of the candidates."""
        files = self.first().glob(f"*-update{update:02}.png")
        return sorted(files, key=lambda file: self.state(file)["candidate"])

    @staticmethod
    def state(file):
        return json.loads(png.texts(file)["dot-refine"])

    def go_on(self, files, *options):
        return self.run_json("refine", *CPU, *options, *(f"--from={file}" for file in files))

    def test_three_as_one_run(self):
        out = self.folder / "second"
        run = self.go_on(self.pictures(2), "--updates", 4, "--out", out)
        self.assertEqual([c["label"] for c in run["candidates"]], list(self.CLASSES))
        self.assertEqual([c["seed"] for c in run["candidates"]], [5, 6, 7])
        self.assertEqual(run["options"]["count"], 3)
        for candidate in run["candidates"]:
            self.assertEqual([u["update"] for u in candidate["updates"]], [3, 4, 5, 6])
        for update in 3, 4, 5, 6:
            for file in self.pictures(update):
                self.assertEqual((out / file.name).read_bytes(), file.read_bytes(), file.name)

    def test_the_same_one_twice_leaves_two_files(self):
        file = self.pictures(2)[0]
        run = self.go_on([file, file], "--updates", 1, "--out", "twice")
        files = {u["file"] for c in run["candidates"] for u in c["updates"]}
        self.assertEqual(len(files), 2)
        self.assertEqual(len(list((self.folder / "twice").iterdir())), 2)

    def test_between_two(self):
        first, _, last = self.pictures(6)
        run = self.go_on([first], "--towards", last, "--count", 4, "--updates", 1, "--out", "between")
        files = [self.folder / c["updates"][0]["file"] for c in run["candidates"]]
        latents = numpy.array([self.state(file)["latent"] for file in files])
        numpy.testing.assert_array_equal(latents[0], self.state(first)["latent"])
        numpy.testing.assert_allclose(latents[3], self.state(last)["latent"], atol=1e-12)
        for candidate in run["candidates"]:
            self.assertEqual(candidate["label"], self.CLASSES[0])
            self.assertEqual([u["update"] for u in candidate["updates"]], [0, 1])

    def test_what_does_not_go_together(self):
        early, late = self.pictures(2), self.pictures(6)
        self.run_badly("refine", *CPU, "--from", early[0], "--from", late[1], mentions=["update 2", "update 6"])
        self.run_badly("refine", *CPU, "--from", early[0], "--from", "no.png", mentions=["no.png"])
        for arguments in (
            ["--towards", late[0]],
            ["--from", early[0], "--from", early[1], "--towards", late[0]],
            ["--from", early[0], "--count", 2],
        ):
            result = self.run_command("refine", *CPU, *arguments, code=USAGE)
            self.assertEqual(result.stdout, "")


class Traces(CommandTest):

    def trace(self, *options, name="trace.npz"):
        path = self.folder / name
        self.run_well("refine", *QUICK, "--trace", path, *options)
        with numpy.load(path) as file:
            return {key: file[key] for key in file.files}

    def test_shapes(self):
        trace = self.trace("--count", 3, "--updates", 4, "--keep-every", 4)
        shapes = {key: array.shape for key, array in trace.items()}
        self.assertEqual(
            shapes,
            {
                "z": (5, 3, 128),
                "score": (5, 3),
                "gradient": (5, 3, 128),
                "image": (5, 3, 3, 64, 64),
                "k_eff": (3,),
            },
        )
        for key, array in trace.items():
            self.assertEqual(array.dtype, numpy.float32, key)
            self.assertTrue(numpy.isfinite(array).all(), key)
        self.assertLessEqual(abs(trace["image"]).max(), 1)

    def test_trace_agrees_with_json(self):
        trace = self.trace("--seed", 2, "--updates", 3)
        run = self.run_json("refine", *QUICK, "--seed", 2, "--updates", 3)
        updates = run["candidates"][0]["updates"]
        numpy.testing.assert_allclose(trace["score"][:, 0], [u["score"] for u in updates], rtol=1e-5)
        distance = numpy.linalg.norm(trace["z"][:, 0] - trace["z"][0, 0] + 0.001, axis=1)
        numpy.testing.assert_allclose(distance, [u["distance"] for u in updates], rtol=1e-3)

    def test_next_candidate_is_next_seed(self):
        both = self.trace("--seed", 3, "--count", 2, "--updates", 0)
        second = self.trace("--seed", 4, "--updates", 0)
        numpy.testing.assert_array_equal(both["z"][0, 1], second["z"][0, 0])
        self.assertFalse((both["z"][0, 0] == both["z"][0, 1]).any())

    def test_latents_and_labels_from_files(self):
        seeds = self.trace("--seed", 3, "--count", 2, "--updates", 2)
        numpy.save(self.folder / "z.npy", seeds["z"][0])
        numpy.save(self.folder / "y.npy", numpy.array([0, 0]))
        files = self.trace(
            "--latents",
            "z.npy",
            "--labels",
            "y.npy",
            "--count",
            2,
            "--updates",
            2,
            name="files.npz",
        )
        # The file holds the latents in float32, the seeds give doubles.
        for key in seeds:
            numpy.testing.assert_allclose(files[key], seeds[key], rtol=1e-2, atol=1e-2)

    def test_labels_decide_the_class(self):
        numpy.save(self.folder / "y.npy", numpy.array([39, 5], numpy.int32))
        run = self.run_json("refine", *QUICK, "--labels", "y.npy", "--count", 2, "--updates", 0)
        self.assertEqual([c["class"] for c in run["candidates"]], ["seashore", "king penguin"])

    def test_latents_have_no_seed(self):
        numpy.save(self.folder / "one.npy", numpy.ones((1, 128), "<f8"))
        run = self.run_json("refine", *QUICK, "--latents", "one.npy", "--updates", 0)
        self.assertIsNone(run["candidates"][0]["seed"])


if __name__ == "__main__":
    main()
