# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""dot-refine import: a package that makes what the original made, or nothing."""

import json
import signal
import time
import unittest
import zipfile

import numpy

import png
from command import CANCELLED, DONE, FAILED, MODEL, SOURCE, USAGE, CommandTest, main
from random_pair import CLASSES, LATENT, WIDTH, RandomPair, files, save_safetensors

SHIPPED = ("--generator", MODEL / "generator.npz", "--discriminator", MODEL / "discriminator.npz")
CPU = "--device", "cpu"
REFERENCE = SOURCE / ".." / "shared" / "reference"
SOON = 10


class ImportTest(CommandTest):

    def setUp(self):
        self.to = self.folder / self.id()
        self.models = {"DOT_REFINE_MODELS": str(self.to)}

    def import_pair(self, *arguments, **changes):
        return self.run_json("import", *arguments, "--to", self.to, *CPU, **changes)

    def refuse(self, *arguments, code=FAILED, mentions=()):
        self.run_badly("import", *arguments, "--to", self.to, *CPU, code=code, mentions=mentions)
        self.assertEqual(list(self.to.glob(".*")), [])

    def refine(self, *arguments):
        result = self.run_json("refine", *arguments, "--k-eff", 1, "--count", 2, "--updates", 3, *CPU, **self.models)
        return [update["score"] for candidate in result["candidates"] for update in candidate["updates"]]


class Import(ImportTest):

    def test_package_refines_as_the_files_do(self):
        pair = RandomPair().save_npz(self.folder / "random")
        model = self.import_pair(*pair, "--title", "A title", "--license", "Free", "--provenance", "Mine")
        self.assertEqual(
            (
                model["id"],
                model["title"],
                model["license"],
                model["provenance"],
                model["n_classes"],
            ),
            ("random", "A title", "Free", "Mine", CLASSES),
        )
        self.assertEqual(
            {file.name for file in (self.to / "random").iterdir()},
            {"generator.safetensors", "discriminator.safetensors", "model.json", "preview.png"},
        )
        self.assertEqual(self.refine("--model", "random"), self.refine(*pair))

    def test_manifest(self):
        pair = RandomPair().save_npz(self.folder / "manifest")
        self.import_pair(*pair, "--id", "m")
        manifest = json.loads((self.to / "m" / "model.json").read_text())
        self.assertEqual(manifest["image"], {"size": 32, "channels": 3})
        self.assertEqual(manifest["latent"], {"size": LATENT, "prior": "normal"})
        self.assertEqual(len(manifest["classes"]), CLASSES)
        self.assertEqual(len(manifest["k_eff"]), CLASSES)
        self.assertGreater(min(manifest["k_eff"]), 0)
        png.chunks(self.to / "m" / "preview.png")

    def test_without_k_eff(self):
        pair = RandomPair().save_npz(self.folder / "quick")
        self.import_pair(*pair, "--no-k-eff")
        manifest = json.loads((self.to / "quick" / "model.json").read_text())
        self.assertNotIn("k_eff", manifest)

    def test_without_labels(self):
        pair = RandomPair(0).save_npz(self.folder / "bare")
        model = self.import_pair(*pair, "--prior", "uniform")
        self.assertEqual((model["n_classes"], model["prior"]), (1, "uniform"))
        self.assertEqual(self.refine("--model", "bare"), self.refine(*pair, "--prior", "uniform"))

    def test_safetensors_of_others(self):
        pair, folder = RandomPair(), self.folder / "others"
        folder.mkdir()
        save_safetensors(folder / "generator.safetensors", pair.generator)
        save_safetensors(folder / "discriminator.safetensors", pair.discriminator)
        scores = self.refine(*files(folder, "safetensors"))
        self.import_pair(*files(folder, "safetensors"), "--no-k-eff")
        self.assertEqual(self.refine("--model", "others"), scores)

    def test_names_of_classes(self):
        pair = RandomPair().save_npz(self.folder / "named")
        table = self.folder / "classes.tsv"
        table.write_text("2\tn01443537\t\t\n0\t\t\tblue sky\n1\t\t5\train\n")
        self.import_pair(*pair, "--classes", table, "--no-k-eff")
        model = self.run_json("info", "named", **self.models)
        self.assertEqual(
            [(one["class"], one["index"]) for one in model["classes"]],
            [("blue sky", 0), ("rain", 5), ("goldfish", 1)],
        )

    def test_described_beside(self):
        """What a model.json beside both files says need not be said again."""
        folder = self.folder / "beside"
        pair = RandomPair().save_npz(folder)
        beside = {
            "format": "dot-refine-model",
            "version": 1,
            "architecture": "sngan-projection",
            "title": "A title",
            "license": "Free",
            "provenance": "Mine",
            "image": {"size": 32, "channels": 3},
            "latent": {"size": LATENT, "prior": "uniform"},
            "classes": [{"name": name} for name in ("ant", "bee", "cat")],
        }
        (folder / "model.json").write_text(json.dumps(beside))
        model = self.import_pair(*pair, "--license", "Not free", "--no-k-eff")
        self.assertEqual(
            [model[key] for key in ("title", "license", "provenance", "prior")],
            ["A title", "Not free", "Mine", "uniform"],
        )
        classes = self.run_json("info", "beside", **self.models)["classes"]
        self.assertEqual([one["class"] for one in classes], ["ant", "bee", "cat"])

        beside["architecture"] = "dcgan"
        (folder / "model.json").write_text(json.dumps(beside))
        self.refuse(*pair, "--id", "other", "--no-k-eff", mentions=["dcgan", "sngan-projection"])
        self.import_pair(*pair, "--id", "other", "--architecture", "sngan-projection", "--no-k-eff")

        beside["version"] = 2
        (folder / "model.json").write_text(json.dumps(beside))
        self.refuse(*pair, "--id", "third", "--no-k-eff", mentions=["model.json", "version"])

    def test_an_id_is_taken_once(self):
        pair = RandomPair().save_npz(self.folder / "twice")
        self.import_pair(*pair, "--no-k-eff")
        before = (self.to / "twice" / "model.json").read_bytes()
        self.refuse(*pair, "--no-k-eff", mentions=["twice"])
        self.assertEqual((self.to / "twice" / "model.json").read_bytes(), before)

    def test_into_ones_own_models(self):
        pair = RandomPair().save_npz(self.folder / "own")
        self.run_well("import", *pair, "--no-k-eff", *CPU)
        self.assertIn("own", self.run_well("models"))
        self.run_badly("import", *pair, "--id", "imagenet10-64", mentions=["imagenet10-64"])


@unittest.skipUnless(REFERENCE.exists(), "the reference pairs are not beside the checkout")
class Authors(ImportTest):
    """Files as their authors wrote them, which say by their arrays' names what they are."""

    def imported(self):
        (model,) = (one for one in self.run_json("models", **self.models) if one["folder"].startswith(str(self.to)))
        return model

    def import_files(self, *found, files, size, latent, called, built="biggan", classes=6):
        """Imports @files, of which @found are the ones that are taken."""
        text = self.run_well("import", *files, "--no-k-eff", "--to", self.to, *CPU)
        self.assertEqual(text.splitlines()[0], called)
        model = self.imported()
        self.assertEqual(
            (model["architecture"], model["image_size"], model["latent_size"], model["n_classes"]),
            (built, size, latent, classes),
        )
        generator, discriminator = found
        scores = self.refine("--generator", generator, "--discriminator", discriminator)
        self.assertEqual(self.refine("--model", model["id"]), scores)
        return model["id"]

    def test_biggan(self):
        folder = REFERENCE / "biggan-128"
        found = folder / "G_ema.pth", folder / "D.pth"
        called = "BigGAN, 128 pixels, 6 classes, G_ema"
        one = self.import_files(*found, files=found, size=128, latent=60, called=called)
        self.assertEqual(one, "biggan-128")

    def test_average_is_taken(self):
        folder = REFERENCE / "biggan-128"
        files = sorted(folder.glob("*.pth"))
        self.assertGreater(len(files), 4)
        self.import_files(
            folder / "G_ema.pth",
            folder / "D.pth",
            files=files,
            size=128,
            latent=60,
            called="BigGAN, 128 pixels, 6 classes, G_ema",
        )
        self.import_plain(folder)

    def import_plain(self, folder):
        text = self.run_well(
            "import", folder / "D.pth", folder / "G.pth", "--id", "plain", "--no-k-eff", "--to", self.to, *CPU
        )
        self.assertEqual(text.splitlines()[0], "BigGAN, 128 pixels, 6 classes, G")

    def test_biggan_of_256_pixels(self):
        folder = REFERENCE / "biggan-256"
        found = folder / "G_ema_256.pth", folder / "D_256.pth"
        called = "BigGAN, 256 pixels, 6 classes, G_ema"
        self.import_files(*found, files=found, size=256, latent=56, called=called)

    def test_one_file_of_mmgeneration(self):
        (file,) = (REFERENCE / "mmgen-biggan-128").glob("*.pth")
        called = "BigGAN, 128 pixels, 6 classes, G_ema of step 1232000"
        one = self.import_files(file, file, files=[file], size=128, latent=60, called=called)
        parts = [part.stat().st_size for part in (self.to / one).glob("*.safetensors")]
        self.assertLess(sum(parts), file.stat().st_size)

    def import_studiogan(self, name, best, size, latent, called, classes=6):
        folder = REFERENCE / name
        found = [next(folder.glob(f"model={network}-best*.pth")) for network in (best, "D")]
        called = f"StudioGAN, {size} pixels, {classes} classes, {called}"
        files = sorted(folder.glob("*.pth"))
        one = self.import_files(
            *found, files=files, size=size, latent=latent, called=called, built="studiogan", classes=classes
        )
        self.assertEqual(one, name)
        parts = [part.stat().st_size for part in (self.to / one).glob("*.safetensors")]
        self.assertLess(sum(parts), sum(file.stat().st_size for file in found))
        return "score_ignores_class" in json.loads((self.to / one / "model.json").read_text())

    def test_studiogan_of_64_pixels(self):
        self.assertFalse(self.import_studiogan("studiogan-biggan-64", "G_ema", 64, 50, "G_ema of step 62000"))

    def test_studiogan_whose_score_ignores_the_class(self):
        self.assertTrue(self.import_studiogan("studiogan-reacgan-128", "G_ema", 128, 60, "G_ema of step 500000"))
        self.assertIn("Score: the same for each class", self.run_well("info", "studiogan-reacgan-128", **self.models))

    def test_studiogan_without_an_average(self):
        self.assertFalse(self.import_studiogan("studiogan-sngan-32", "G", 32, 40, "G of step 98000", classes=5))

    def test_r3gan(self):
        """Whose scores mean something in comparison only."""
        file = REFERENCE / "r3gan-64" / "network-snapshot-final.pkl"
        text = self.run_well("import", file, "--no-k-eff", "--to", self.to, *CPU)
        self.assertEqual(text.splitlines()[0], "R3GAN, 64 pixels, 5 classes, G_ema")
        model = self.imported()
        self.assertEqual((model["architecture"], model["latent_size"], model["n_classes"]), ("r3gan", 16, 5))
        self.assertIs(model["score_is_relative"], True)
        manifest = json.loads((self.to / model["id"] / "model.json").read_text())
        self.assertIs(manifest["score_is_relative"], True)
        self.assertIn("Score: only differences", self.run_well("info", model["id"], **self.models))
        self.assertIs(self.run_json("info", MODEL, **self.models)["score_is_relative"], False)
        self.assertNotIn("Score:", self.run_well("info", MODEL, **self.models))
        scores = self.refine("--generator", file, "--discriminator", file)
        self.assertEqual(self.refine("--model", model["id"]), scores)

    def test_stylegan2(self):
        """Whose discriminator compares pictures: how much they differ is the model's, and always the same."""
        file = REFERENCE / "stylegan2-ada-64" / "network-snapshot-025000.pkl"
        text = self.run_well("import", file, "--no-k-eff", "--to", self.to, *CPU)
        self.assertEqual(text.splitlines()[0], "StyleGAN2, 64 pixels, 4 classes, G_ema")
        model = self.imported()
        self.assertEqual((model["architecture"], model["latent_size"], model["n_classes"]), ("stylegan2", 24, 4))
        path = self.to / model["id"] / "model.json"
        manifest = json.loads(path.read_text())
        self.assertGreater(manifest["batch_deviation"], 1e-3)
        self.assertNotIn("psi", manifest["latent"])
        scores = self.refine("--model", model["id"])
        self.assertNotEqual(scores, self.refine("--generator", file, "--discriminator", file))

        del manifest["batch_deviation"]
        path.write_text(json.dumps(manifest))
        self.assertEqual(self.refine("--model", model["id"]), self.refine("--generator", file, "--discriminator", file))
        manifest["latent"]["psi"] = 0.6
        path.write_text(json.dumps(manifest))
        self.assertNotEqual(self.refine("--model", model["id"]), scores)

    def test_one_of_two(self):
        folder = REFERENCE / "biggan-128"
        self.refuse(folder / "G_ema.pth", mentions=["G_ema.pth", "discriminator"])
        self.refuse(folder / "D.pth", mentions=["D.pth", "generator"])
        self.refuse(folder / "G_ema.pth", self.folder / "none.pth", mentions=["none.pth"])
        self.refuse(
            folder / "G_ema.pth", folder / "D.pth", "--architecture", "biggan", code=USAGE, mentions=["--architecture"]
        )


class KeyMap(ImportTest):
    """A state dictionary with other names and other shapes."""

    def rename(self, arrays):
        state, rules = {}, {}
        for key, array in arrays.items():
            name = "module." + key.replace("/", ".")
            state[name], rules[key] = array, name
        return state, rules

    def write(self, folder):
        pair = RandomPair()
        scores = self.refine(*pair.save_npz(folder))
        g, g_rules = self.rename(pair.generator)
        d, d_rules = self.rename(pair.discriminator)
        for rules in g_rules, d_rules:
            for key in [key for key in rules if key.endswith("/N")]:
                del rules[key]

        name = g_rules["l1/W"]
        g[name] = g[name].T
        g_rules["l1/W"] = {"key": name, "transpose": True}
        name = d_rules["l5/u"]
        d[name] = d[name].ravel()
        d_rules["l5/u"] = {"key": name, "shape": [1, 1]}
        name = g_rules["b5/avg_var"]
        g[name] = g[name] + numpy.float32(0.5)
        g_rules["b5/avg_var"] = {"key": name, "add": -0.5}
        both = numpy.concatenate([g["module.block2.b1.gammas.W"], g["module.block2.b1.betas.W"]], axis=1)
        g["embedding"] = both
        g_rules["block2/b1/gammas/W"] = {"key": "embedding", "columns": [0, WIDTH]}
        g_rules["block2/b1/betas/W"] = {"key": "embedding", "columns": [WIDTH, 2 * WIDTH]}

        save_safetensors(folder / "generator.safetensors", g)
        save_safetensors(folder / "discriminator.safetensors", d)
        return scores, {"generator": g_rules, "discriminator": d_rules}

    def test_key_map(self):
        folder, path = self.folder / "mapped", self.folder / "map.json"
        scores, key_map = self.write(folder)
        path.write_text(json.dumps(key_map))
        self.import_pair(*files(folder, "safetensors"), "--key-map", path, "--no-k-eff")
        found = self.refine("--model", "mapped")
        numpy.testing.assert_allclose(found, scores, rtol=1e-4, atol=1e-5)

        beside = {"image": {"size": 32, "channels": 3}, "latent": {"size": LATENT, "prior": "uniform"}}
        beside |= {"format": "dot-refine-model", "version": 1, "architecture": "sngan-projection", "classes": CLASSES}
        (folder / "model.json").write_text(json.dumps(beside))
        pair = files(folder, "safetensors")
        model = self.import_pair(*pair, "--id", "beside", "--key-map", path, "--no-k-eff")
        self.assertEqual((model["architecture"], model["prior"]), ("sngan-projection", "uniform"))

    def test_refused(self):
        folder, path = self.folder / "wrong", self.folder / "wrong.json"
        _, key_map = self.write(folder)
        for rule in (
            1,
            {},
            {"key": "nothing"},
            {"transpose": True},
            {"key": "module.l1.b", "transpose": True},
            {"key": "embedding", "columns": [4, 99]},
            {"key": "embedding", "columns": [4, 4]},
            {"key": "embedding", "shape": [5, 5]},
            {"key": "embedding", "shape": [-1]},
            {"key": "embedding", "add": "1"},
            {"key": "embedding", "more": 1},
        ):
            key_map["generator"]["l1/b"] = rule
            path.write_text(json.dumps(key_map))
            self.refuse(*files(folder, "safetensors"), "--key-map", path)
        for text in "", "{}{}", "[]", "{}", '{"generator": {}, "discriminator": {}}':
            path.write_text(text)
            self.refuse(*files(folder, "safetensors"), "--key-map", path, mentions=[path])


class Refused(ImportTest):

    def test_usage(self):
        self.refuse(code=USAGE)
        self.refuse("--generator", "x.npz", code=USAGE)
        self.refuse(*SHIPPED, "--prior", "none", code=USAGE)
        self.refuse(*SHIPPED, "more", code=USAGE)

    def test_ids(self):
        for name in "", ".", "..", "../x", "a/b", ".x", "a b", "ä", "x" * 101:
            self.refuse(*SHIPPED, "--id", name)

    def test_no_files(self):
        self.refuse("--generator", "none.npz", "--discriminator", "none.npz", mentions=["none.npz"])
        self.refuse(*SHIPPED, "--architecture", "none", mentions=["none"])
        self.refuse(*SHIPPED, "--architecture", "torchscript", mentions=["generator.npz", "torchscript"])
        self.refuse(*SHIPPED, "--key-map", "none.json", mentions=["none.json"])

    def test_classes(self):
        pair = RandomPair().save_npz(self.folder / "classes")
        table = self.folder / "table.tsv"
        self.refuse(*pair, "--classes", table, mentions=[table])
        for text in (
            b"",
            b"0\n1\n",
            b"0\n1\n1\n2\n",
            b"0\n1\n2\n3\n",
            b"x\n1\n2\n",
            b"0\t\tx\n1\n2\n",
            b"\xff\n",
            b"0\0\n",
            b"0\t\t\ta\tb\n1\n2\n",
            b"-1\n1\n2\n",
        ):
            table.write_bytes(text)
            self.refuse(*pair, "--classes", table, mentions=[table])

    def test_other_files(self):
        pair = RandomPair()
        g, d = pair.save_npz(self.folder / "others")[1::2]
        self.refuse("--generator", d, "--discriminator", g, mentions=[d, "is a discriminator"])
        self.refuse("--generator", g, "--discriminator", g, mentions=[g, "is a generator"])
        self.refuse("--generator", g, "--discriminator", d, "--architecture", "resnet", mentions=["sngan-projection"])
        optimizer = self.folder / "opt.npz"
        numpy.savez(optimizer, **{f"{key}/{part}": array for key, array in pair.generator.items() for part in "mv"})
        self.refuse("--generator", optimizer, "--discriminator", d, mentions=[optimizer, "optimiser"])
        parallel = self.folder / "parallel.safetensors"
        save_safetensors(parallel, {f"module.{key}": array for key, array in pair.generator.items()})
        self.refuse("--generator", parallel, "--discriminator", d, mentions=[parallel, "DataParallel"])

    def test_constant_discriminator(self):
        """Nothing can be refined by a score that is always the same."""
        pair = RandomPair(0)
        pair.discriminator["l5/W"] *= 0
        arguments = pair.save_npz(self.folder / "constant")
        self.refuse(*arguments, "--no-k-eff", mentions=[arguments[3], "same score"])
        self.run_badly("refine", *arguments, "--k-eff", 1, *CPU, mentions=[arguments[3], "same score"])
        self.run_well("refine", *arguments, "--k-eff", 1, "--updates", 0, *CPU)

    def test_pickles_are_never_run(self):
        pickle, torch, trace = self.folder / "old.pt", self.folder / "new.pt", self.folder / "trace"
        command = f"touch {trace}".encode()
        program = b"\x80\x02cposix\nsystem\nX" + len(command).to_bytes(4, "little") + command + b"\x85R."
        pickle.write_bytes(program)
        with zipfile.ZipFile(torch, "w") as archive:
            archive.writestr("archive/data.pkl", program)
        for file in pickle, torch:
            self.refuse("--generator", file, "--discriminator", file, mentions=[file, "posix.system"])
        self.assertFalse(trace.exists())

    def test_place_that_cannot_be_written(self):
        file = self.folder / "file"
        file.write_text("")
        self.run_badly("import", *SHIPPED, "--to", file, *CPU, mentions=[file])


class Cancel(ImportTest):
    """An import of many classes that is stopped twice goes on where it was."""

    CLASSES = 60

    def known(self, cache):
        """The estimates that are kept so far."""
        return [
            line for file in cache.rglob("*.ini") for line in file.read_text().splitlines() if line.startswith("label")
        ]

    def stop(self, pair, cache, number, signum):
        """Once so many constants are known."""
        process = self.start("import", *pair, "--id", "c", "--to", self.to, *CPU, XDG_CACHE_HOME=str(cache))
        deadline = time.monotonic() + 60
        while len(self.known(cache)) < number:
            self.assertLess(time.monotonic(), deadline, "no constants came")
            time.sleep(0.02)
        process.send_signal(signum)
        stdout, stderr = process.communicate(timeout=SOON)
        self.assertEqual(stdout, "")
        self.assertLess(len(self.known(cache)), self.CLASSES)
        return process.returncode, stderr

    def constants(self, name):
        manifest = json.loads((self.to / name / "model.json").read_text())
        return manifest["k_eff"]

    def test_it_goes_on_where_it_was(self):
        cache = self.folder / "cache-of-cancel"
        pair = RandomPair(self.CLASSES).save_npz(self.folder / "many")
        code, stderr = self.stop(pair, cache, 5, signal.SIGINT)
        self.assertEqual(code, CANCELLED)
        self.assert_sentence(stderr)
        self.assertEqual(list(self.to.iterdir()), [])

        code, _ = self.stop(pair, cache, 20, signal.SIGKILL)
        self.assertEqual(code, -signal.SIGKILL)
        known = self.known(cache)
        self.import_pair(*pair, "--id", "c", XDG_CACHE_HOME=str(cache))
        self.assertEqual(self.known(cache)[: len(known)], known)
        self.assertEqual([path.name for path in self.to.iterdir()], ["c"])

        self.import_pair(*pair, "--id", "whole")
        self.assertEqual(len(self.constants("c")), self.CLASSES)
        self.assertEqual(self.constants("c"), self.constants("whole"))

    def test_another_import_of_the_id_is_left_alone(self):
        cache = self.folder / "cache-of-two"
        pair = RandomPair(self.CLASSES).save_npz(self.folder / "two")
        process = self.start("import", *pair, "--id", "c", "--to", self.to, *CPU, XDG_CACHE_HOME=str(cache))
        deadline = time.monotonic() + 60
        while not self.known(cache):
            self.assertLess(time.monotonic(), deadline, "no constants came")
            time.sleep(0.02)
        process.send_signal(signal.SIGSTOP)
        self.run_badly("import", *pair, "--id", "c", "--to", self.to, *CPU, mentions=[self.to / ".c.importing"])
        process.send_signal(signal.SIGCONT)
        _, stderr = process.communicate(timeout=60)
        self.assertEqual((process.returncode, stderr), (DONE, ""))
        self.assertEqual([path.name for path in self.to.iterdir()], ["c"])


if __name__ == "__main__":
    main()
