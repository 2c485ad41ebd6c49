# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""dot-refine import of what PyTorch wrote: TorchScript pairs and state dictionaries."""

import hashlib
import json
import re
import shutil
import unittest

import numpy
import torch

import png
import script_pair
from command import SOURCE, CommandTest, main

CPU = "--device", "cpu"
DESCRIPTION = {
    "format": "dot-refine-model",
    "version": 1,
    "architecture": "torchscript",
    "image": {"size": script_pair.SIZE, "channels": 1, "range": [0, 1]},
    "latent": {"size": 8, "shape": [8, 1, 1], "prior": "normal"},
    "class_input": "one-hot",
    "classes": 2,
}


class LookBright(script_pair.Look):
    """For pictures up to 255."""

    def forward(self, x):
        return (self.conv(x / 100) ** 2).mean((1, 2, 3))


class LookSigmoid(script_pair.Look):
    """What ends in a sigmoid."""

    def __init__(self, height=0.0):
        super().__init__()
        self.height = height

    def forward(self, x):
        return torch.sigmoid((self.conv(x) ** 2).mean((2, 3)).sum(1, keepdim=True) + self.height)


class PaintAlone(script_pair.Paint):
    """Pictures of no class."""

    def forward(self, z):
        return torch.sigmoid(self.grow(torch.cat([z, z[:, :2]], 1)))


def files(folder, discriminator=None):
    return (
        "--generator",
        folder / "generator.pt",
        "--discriminator",
        (discriminator or folder) / "discriminator.pt",
    )


class ScriptImport(CommandTest):

    def setUp(self):
        torch.manual_seed(0)
        self.to = self.folder / self.id() / "models"
        self.source = self.make("source")

    def make(self, name, discriminator=None, **members):
        return script_pair.write(
            self.folder / self.id() / name,
            script_pair.Paint(),
            discriminator or script_pair.Look(),
            **members,
        )

    def describe(self, **members):
        """A file that says how a pair without a model.json is called."""
        path = self.folder / self.id() / "description.json"
        path.write_text(json.dumps(DESCRIPTION | members))
        (self.source / "model.json").unlink(missing_ok=True)
        return "--manifest", path

    def run_import(self, *arguments, **changes):
        return self.run_json("import", "--id", "new", *arguments, "--to", self.to, *CPU, **changes)

    def manifest(self):
        return json.loads((self.to / "new" / "model.json").read_text())

    def refuse(self, *arguments, mentions):
        self.run_badly("import", "--id", "new", *arguments, "--to", self.to, *CPU, mentions=mentions)
        self.assertFalse(self.to.exists() and list(self.to.iterdir()))

    def scores(self, *arguments):
        result = self.run_json("refine", *arguments, "--trust", "--k-eff", 1, "--count", 2, "--updates", 3, *CPU)
        return [update["score"] for candidate in result["candidates"] for update in candidate["updates"]]

    def check_files(self):
        """The copies are the originals, by the sha256 that is written too."""
        for role, file in self.manifest()["files"].items():
            data = (self.source / f"{role}.pt").read_bytes()
            self.assertEqual((self.to / "new" / file["name"]).read_bytes(), data)
            self.assertEqual(file["sha256"], hashlib.sha256(data).hexdigest())

    def test_with_a_model_beside(self):
        latent = {"size": 8, "shape": [8, 1, 1], "prior": "normal", "truncation": 0.7}
        self.source = self.make("source", latent=latent, score_is_relative=True)
        model = self.run_import(*files(self.source), "--architecture", "torchscript", "--trust")
        self.assertEqual((model["title"], model["license"], model["provenance"]), ("A pair", "CC0", "a test"))
        manifest = self.manifest()
        self.assertEqual(manifest["latent"], latent)
        self.assertIs(manifest["score_is_relative"], True)
        self.assertEqual(manifest["image"], DESCRIPTION["image"])
        self.assertEqual(manifest["class_input"], "one-hot")
        self.assertEqual([one["name"] for one in manifest["classes"]], ["one", "two"])
        self.assertEqual(len(manifest["k_eff"]), 2)
        self.assertGreater(min(manifest["k_eff"]), 0)
        self.check_files()
        png.chunks(self.to / "new" / "preview.png")
        self.assertEqual(self.scores("--model", self.to / "new"), self.scores("--model", self.source))

    def test_with_a_description(self):
        scores = self.scores("--model", self.source)
        model = self.run_import(
            *files(self.source), *self.describe(), "--trust", "--no-k-eff", "--license", "CC BY 4.0"
        )
        self.assertEqual((model["title"], model["license"], model["n_classes"]), ("new", "CC BY 4.0", 2))
        self.assertNotIn("name", self.manifest()["classes"][0])
        self.check_files()
        self.assertEqual(self.scores("--model", self.to / "new"), scores)

    def test_classes_of_a_table(self):
        table = self.folder / "classes.tsv"
        table.write_text("0\tn01443537\n1\t\t\tsea\n")
        self.run_import(*files(self.source), *self.describe(), "--trust", "--no-k-eff", "--classes", table)
        self.assertEqual([one["name"] for one in self.manifest()["classes"]], ["goldfish", "sea"])

    def test_without_classes(self):
        script_pair.write(self.source, PaintAlone(), script_pair.Look())
        self.run_import(*files(self.source), "--trust", *self.describe(class_input="none", classes=[]))
        self.assertEqual((self.manifest()["classes"], len(self.manifest()["k_eff"])), ([], 1))

    def test_known_by_what_is_in_it(self):
        """Whatever the files are called, nobody has to say that they are TorchScript."""
        scores = self.scores(*files(self.source), "--architecture", "torchscript")
        self.assertEqual(self.scores(*files(self.source)), scores)
        pair = []
        for role in "generator", "discriminator":
            pair += [f"--{role}", (self.source / f"{role}.pt").rename(self.source / f"{role}.pth")]
        self.assertEqual(self.scores(*pair), scores)
        self.run_import(*pair, "--trust", "--no-k-eff")
        self.assertEqual(self.scores("--model", self.to / "new"), scores)

    def test_sigmoid(self):
        """It is imported, and said each time where it isn't known from the import."""
        self.source = self.make("source", LookSigmoid())
        command = "import", "--id", "new", *files(self.source), "--trust", "--to", self.to, *CPU, "--no-k-eff", "--json"
        for arguments in command, ("refine", "--model", self.to / "new", "--trust", "--k-eff", 1, *CPU, "--json"):
            result = self.run_command(*arguments)
            self.assert_sentence(result.stderr, "discriminator.pt", "sigmoid", "logits")
            self.assertIn("sigmoid", json.loads(result.stdout)["warning"])

    def test_saturated(self):
        self.source = self.make("source", LookSigmoid(1e4))
        self.refuse(*files(self.source), "--trust", mentions=["discriminator.pt", "same score (1)"])

    def test_not_finite(self):
        self.source = self.make("source", LookSigmoid(float("nan")))
        self.refuse(*files(self.source), "--trust", mentions=["discriminator.pt", "NaN"])

    def test_exchanged(self):
        script_pair.write(self.source, PaintAlone(), script_pair.Look(), class_input="none", classes=[])
        generator, discriminator = files(self.source)[1::2]
        pair = "--generator", discriminator, "--discriminator", generator
        self.refuse(*pair, "--trust", mentions=["discriminator.pt", "is a discriminator"])

    def test_discriminator_from_elsewhere(self):
        image = {"size": script_pair.SIZE, "channels": 1, "range": [0, 255]}
        other = self.make("other", LookBright(), image=image, class_input="none", classes=[])
        pair = *files(self.source, other), "--architecture", "torchscript"
        scores = self.scores(*pair)
        self.run_import(*pair, "--trust")
        self.assertEqual(self.manifest()["image"]["discriminator_range"], [0, 255])
        self.assertEqual(self.manifest()["discriminator_class_input"], "none")
        self.assertEqual(self.scores("--model", self.to / "new"), scores)

    def test_needs_trust(self):
        pair = *files(self.source), "--architecture", "torchscript"
        self.refuse(*pair, mentions=["generator.pt", "--trust", "program"])
        home = self.folder / "data" / "dot-refine" / "models"
        shutil.copytree(self.source, home / "source")
        self.run_import(*files(home / "source"), "--architecture", "torchscript", "--no-k-eff")

    def test_imported_is_trusted(self):
        self.run_well(
            "import",
            "--id",
            "own",
            *files(self.source),
            "--architecture",
            "torchscript",
            "--trust",
            "--no-k-eff",
            *CPU,
        )
        self.run_well("refine", "--model", "own", "--updates", 1, *CPU)

    def test_refused(self):
        pair = files(self.source)
        self.refuse(*pair, "--trust", "--manifest", "none.json", mentions=["none.json"])
        self.refuse(*pair, "--trust", *self.describe(), "--key-map", "map.json", mentions=["key map"])
        for wrong in (
            {"class_input": "index", "classes": 0},
            {"image": {"size": 12}},
            {"classes": -1},
            {"format": "x"},
            {"files": {}},
            {"title": 1},
            {"architecture": "resnet"},
        ):
            self.refuse(*pair, "--trust", *self.describe(**wrong), mentions=["description.json"])
        self.refuse(*pair, "--trust", *self.describe(classes=3), mentions=["generator.pt"])
        self.refuse(*pair, "--trust", "--architecture", "torchscript", mentions=["model.json"])

    def test_sha256_of_the_model_beside(self):
        for role in "generator", "discriminator":
            folder = self.make(role)
            pair = *files(folder), "--architecture", "torchscript", "--trust"
            good = (folder / f"{role}.pt").read_bytes()
            (folder / f"{role}.pt").write_bytes(good + b"\0")
            self.run_badly("refine", *pair, mentions=[f"{role}.pt", "sha256"])
            self.refuse(*pair, mentions=[f"{role}.pt", "sha256"])
            (folder / f"{role}.pt").write_bytes(good)
            self.scores(*pair)

    def test_sha256_of_a_file_that_is_not_named(self):
        (self.source / "generator.pt").rename(self.source / "mine.pt")
        self.scores(
            "--generator",
            self.source / "mine.pt",
            *files(self.source)[2:],
            "--architecture",
            "torchscript",
        )

    def test_sha256_is_of_files_beside_only(self):
        elsewhere = self.folder / self.id() / "elsewhere"
        elsewhere.mkdir()
        torch.jit.script(LookBright().eval()).save(str(elsewhere / "discriminator.pt"))
        self.run_well(
            "refine",
            *files(self.source, elsewhere),
            "--architecture",
            "torchscript",
            "--trust",
            "--updates",
            1,
            "--k-eff",
            1,
            *CPU,
        )


class Critic(torch.nn.Module):
    """The mlp's discriminator as PyTorch has it."""

    def __init__(self, names, sizes):
        super().__init__()
        for name, inputs, outputs in zip(names, sizes, sizes[1:]):
            setattr(self, name, torch.nn.Linear(inputs, outputs))


class StateDictionary(CommandTest):
    """A state dictionary, through a key map."""

    NAMES = {"G": ["first", "second", "third", "last"], "D": ["a", "b", "c", "d"]}
    OURS = {"G": ["l0", "l1", "l2", "l4"], "D": ["l1", "l2", "l3", "l4"]}

    def write(self):
        for file, sizes in ("G", (2, 5, 5, 5, 2)), ("D", (2, 5, 5, 5, 1)):
            network = Critic(self.NAMES[file], sizes)
            torch.save(network.state_dict(), self.folder / f"{file}.pth")
        rules = {
            role: {
                f"{ours}/{short}": f"{name}.{long}"
                for name, ours in zip(self.NAMES[file], self.OURS[file])
                for short, long in (("W", "weight"), ("b", "bias"))
            }
            for role, file in (("generator", "G"), ("discriminator", "D"))
        }
        (self.folder / "map.json").write_text(json.dumps(rules))

    def test_through_a_key_map(self):
        self.write()
        command = (
            "import",
            "--id",
            "points",
            "--architecture",
            "mlp",
            "--prior",
            "uniform",
            "--key-map",
            "map.json",
            "--to",
            "models",
            *CPU,
        )
        self.run_well(*command, "--generator", "G.pth", "--discriminator", "D.pth")
        self.run_well("refine", "--model", "./models/points", "--updates", 2, *CPU)


class Painter(torch.nn.Module):
    """A generator as PyTorch's examples have it, of dcgan's layers but for the first."""

    def __init__(self, latent=8, width=16):
        super().__init__()
        layers = [torch.nn.ConvTranspose2d(latent, width, 4, bias=False)]
        for _ in range(3):
            layers += [torch.nn.BatchNorm2d(width), torch.nn.ReLU()]
            layers += [torch.nn.ConvTranspose2d(width, width // 2, 4, 2, 1)]
            width //= 2
        layers += [torch.nn.BatchNorm2d(width), torch.nn.ReLU(), torch.nn.ConvTranspose2d(width, 3, 3, 1, 1)]
        self.main = torch.nn.Sequential(*layers, torch.nn.Tanh())

    def forward(self, z):
        return self.main(z[:, :, None, None])


class Documented(CommandTest):
    """The key map of docs/import.md for such a generator, and what info lists."""

    NORM = {"gamma": "weight", "beta": "bias", "avg_mean": "running_mean", "avg_var": "running_var"}

    def first_layer(self):
        text = (SOURCE / "docs" / "import.md").read_text()
        block = re.search(r"^    \"l0/W.*?(?=\n\n)", text, re.MULTILINE | re.DOTALL)[0]
        return json.loads("{" + block.rstrip(",").replace("100", "8").replace("8192", "256") + "}")

    def rules(self):
        rules = self.first_layer()
        for number in range(1, 5):
            place = 3 * number
            rules |= {f"dc{number}/W": f"main.{place}.weight", f"dc{number}/b": f"main.{place}.bias"}
            for ours, name in self.NORM.items() if number < 4 else ():
                rules[f"bn{number}/{ours}"] = f"main.{place + 1}.{name}"
            if number < 4:
                rules[f"bn{number}/avg_var"] = {"key": f"main.{place + 1}.running_var", "add": -1e-5}
        return rules

    def critic(self):
        """Random numbers for all arrays that info lists of a WGAN's critic."""
        listed = self.run_json("info", "--architecture", "dcgan")["discriminator"]
        random = numpy.random.default_rng(0)
        sizes = {
            array["name"]: [eval(axis.replace("·", "*").replace("/", "//"), {}, {"ch": 16}) for axis in array["shape"]]
            for array in listed
            if array["only"] in (None, "WGAN's critic")
        }
        spreads = {
            name: 1.5 * numpy.prod(shape[1:]) ** -0.5 if name.endswith("/W") else 0.01 for name, shape in sizes.items()
        }
        return {
            name: numpy.float32(spreads[name]) * random.standard_normal(shape, numpy.float32)
            for name, shape in sizes.items()
        }

    def test_first_layer(self):
        torch.manual_seed(0)
        generator = Painter()
        for layer in generator.main:
            if isinstance(layer, torch.nn.ConvTranspose2d):
                layer.weight.data.normal_(0, 0.2)
            elif isinstance(layer, torch.nn.BatchNorm2d):
                for value in layer.weight.data, layer.running_var:
                    value.uniform_(0.5, 2)
                for value in layer.bias.data, layer.running_mean:
                    value.normal_(0, 0.3)
        critic = self.critic()
        torch.save(generator.state_dict(), self.folder / "G.pth")
        numpy.savez(self.folder / "D.npz", **critic)
        key_map = {"generator": self.rules(), "discriminator": {name: name for name in critic}}
        (self.folder / "map.json").write_text(json.dumps(key_map))
        pair = "--generator", "G.pth", "--discriminator", "D.npz", "--architecture", "dcgan"
        self.run_well("import", "--id", "painter", *pair, "--key-map", "map.json", "--to", "models", "--no-k-eff", *CPU)
        run = "--updates", 0, "--count", 3, "--k-eff", 1, "--trace", "run.npz"
        self.run_well("refine", "--model", "./models/painter", *run, *CPU)
        trace = numpy.load(self.folder / "run.npz")
        with torch.no_grad():
            image = generator.eval()(torch.tensor(trace["z"][0])).numpy()
        numpy.testing.assert_allclose(trace["image"][0], image, atol=1e-5)


if __name__ == "__main__":
    main()
