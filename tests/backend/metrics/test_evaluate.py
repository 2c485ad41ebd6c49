# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""dot-refine evaluate, statistics and emd, with small feature networks."""

import io
import json
import signal
import struct
import tarfile
import time
import zlib

import numpy as np
import torch

import numpy_metrics as twins
import png
from command import CANCELLED, USAGE, CommandTest, main

SIZE, FEATURES, CLASSES = 64, 12, 5
GOLDFISH, JELLYFISH = "n01443537", "n01910747"
PAIR = "--model", "imagenet10-64", "--k-eff", 1, "--device", "cpu"


class Plain(torch.nn.Module):
    """Features and logits at once."""

    def __init__(self):
        super().__init__()
        torch.manual_seed(1)
        self.look = torch.nn.Linear(3 * 8 * 8, FEATURES)
        self.name = torch.nn.Linear(FEATURES, CLASSES)

    def forward(self, x):
        small = torch.nn.functional.avg_pool2d(x, 8).flatten(1) / 255
        features = torch.relu(self.look(small))
        return features, self.name(features) * 5


class Keyword(torch.nn.Module):
    """As the detectors of StyleGAN's metrics are called."""

    def __init__(self):
        super().__init__()
        self.plain = Plain()

    def forward(
        self,
        img,
        return_features: bool = False,
        use_fp16: bool = False,
        no_output_bias: bool = False,
    ):
        assert img.dtype == torch.uint8
        features, logits = self.plain(img.to(torch.float32))
        if return_features:
            return features
        if not no_output_bias:
            logits = logits * 0
        return torch.softmax(logits, 1)


class One(torch.nn.Module):
    def forward(self, x):
        return x.mean((2, 3))


class Shapes(torch.nn.Module):
    def forward(self, x):
        return x.mean((0, 2, 3)), x.mean((2, 3))


class Nan(torch.nn.Module):
    def forward(self, x):
        return x.mean((2, 3)) * float("nan"), x.mean((2, 3))


class Picky(torch.nn.Module):
    def forward(self, x):
        return x.reshape(-1, 3 * 299 * 299)[:, :4], x.mean((2, 3))


class EvaluateTest(CommandTest):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for network in Plain(), Keyword(), One(), Shapes(), Nan(), Picky():
            name = type(network).__name__.lower() + ".pt"
            torch.jit.script(network.eval()).save(str(cls.folder / name))
        random = np.random.default_rng(3)
        cls.pictures = {}
        for wnid in GOLDFISH, JELLYFISH, "n99999999":
            for i in range(10):
                small = random.integers(0, 256, (8, 8, 3), np.uint8)
                cls.pictures[f"{wnid}/{i}.png"] = small.repeat(8, 0).repeat(8, 1)
        for name, pixels in cls.pictures.items():
            path = cls.folder / "real" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(png.encode(pixels))
        with tarfile.open(cls.folder / "real.tar.gz", "w:gz") as tar:
            for wnid in "n99999999", JELLYFISH, GOLDFISH:
                tar.add(cls.folder / "real" / wnid, f"data/train/{wnid}")

    def command(self, *arguments, network="plain.pt"):
        return "evaluate", *PAIR, "--features", network, "--trust", "--metrics", "fid,is,kid,pr", *arguments

    def evaluate(self, *arguments, network="plain.pt", **changes):
        return self.run_json(*self.command(*arguments, network=network), **changes)

    def fails(self, *arguments, network="plain.pt", mentions=(), **changes):
        return self.run_badly(
            "evaluate",
            *PAIR,
            "--features",
            network,
            "--trust",
            "--samples",
            10,
            "--updates",
            0,
            *arguments,
            mentions=mentions,
            **changes,
        )

    def rows_of(self, names):
        """What PyTorch in Python makes of the real pictures."""
        pixels = np.stack([self.pictures[name] for name in sorted(names)])
        with torch.no_grad():
            return Plain()(torch.tensor(pixels).permute(0, 3, 1, 2).float())


class Numbers(EvaluateTest):

    def assert_close(self, found, expected, scale=None):
        bound = twins.RELATIVE * abs(expected if scale is None else scale)
        self.assertLessEqual(abs(found - expected), bound, f"{found}, not {expected}")

    def test_against_scipy(self):
        """What is printed, from the features that are kept."""
        found = self.evaluate(
            "--samples",
            23,
            "--batch",
            10,
            "--updates",
            "2,0",
            "--against",
            "real",
            "--work",
            "kept",
            "--kid-subsets",
            3,
        )
        self.run_well(
            "statistics",
            "real",
            "--model",
            "imagenet10-64",
            "--features",
            "plain.pt",
            "--trust",
            "--out",
            "real.npz",
        )
        real = np.load(self.folder / "real.npz")
        x = real["features"].astype(np.float64)
        self.assertEqual(x.shape, (20, FEATURES))
        rows = self.rows_of([n for n in self.pictures if not n.startswith("n9")])
        np.testing.assert_allclose(x, rows[0].numpy(), rtol=1e-5, atol=1e-5)
        np.testing.assert_allclose(real["mu"], x.mean(0), rtol=1e-12, atol=1e-14)
        np.testing.assert_allclose(real["sigma"], np.cov(x.T), rtol=1e-9, atol=1e-12)
        self.assertEqual(real["n"], 20)

        batches = [np.load(path) for path in sorted(self.folder.glob("kept/*.npz"))]
        self.assertEqual([row["updates"] for row in found["results"]], [0, 2])
        for row in found["results"]:

            def whole(key):
                return np.concatenate([b[f"{key}_{row['updates']}"] for b in batches]).astype(np.float64)

            y, p = whole("features"), whole("probabilities")
            self.assertEqual(y.shape, (23, FEATURES))
            self.assert_close(row["score"], whole("score").mean())
            self.assert_close(row["fid"], twins.fid_by_features(x, y))
            score, deviation = twins.inception_score(p)
            self.assert_close(row["inception_score"], score)
            self.assert_close(row["inception_score_deviation"], deviation, score)
            values = [twins.kid(y[twins.draw(0, 2 * s, 23, 20)], x[twins.draw(0, 2 * s + 1, 20, 20)]) for s in range(3)]
            self.assert_close(row["kid"], np.mean(values))
            self.assertEqual(row["precision"], twins.share(y, x))
            self.assertEqual(row["recall"], twins.share(x, y))

    def test_pictures_are_those_that_refine_makes(self):
        """Sample i has class i and seed s + i."""
        self.evaluate(
            "--samples",
            3,
            "--seed",
            7,
            "--updates",
            "0,1",
            "--batch",
            2,
            "--work",
            "made",
            "--metrics",
            "lipschitz",
        )
        batches = [np.load(path) for path in sorted(self.folder.glob("made/*.npz"))]
        for i, name in enumerate(["goldfish", "jellyfish", "brain coral"]):
            run = self.run_json("refine", *PAIR, "--class", name, "--seed", 7 + i, "--updates", 1)
            scores = [batches[i // 2][f"score_{u}"][i % 2, 0] for u in (0, 1)]
            np.testing.assert_allclose(scores, [row["score"] for row in run["candidates"][0]["updates"]], rtol=2e-5)

    def test_folder_and_tar_and_file_are_one(self):
        common = "--samples", 12, "--updates", 0
        folder = self.evaluate(*common, "--against", "real")
        tar = self.evaluate(*common, "--against", "real.tar.gz:data/train")
        self.run_well(
            "statistics",
            "real.tar.gz:data/train",
            "--features",
            "plain.pt",
            "--model",
            "imagenet10-64",
            "--trust",
            "--out",
            "file.npz",
        )
        file = self.evaluate(*common, "--against", "file.npz")
        self.assertEqual(folder["real"]["n"], 20)
        self.assertEqual(folder["results"], tar["results"])
        self.assertEqual(tar, file)

    def test_classes(self):
        one = self.evaluate("--samples", 12, "--updates", 0, "--class", "jellyfish", "--against", "real")
        self.assertEqual(one["real"]["n"], 10)
        whole = self.evaluate("--samples", 12, "--updates", 0, "--class", "seashore", "--against", "real")
        self.assertEqual(whole["real"]["n"], 30, "no folder is called after it")

    def test_folder_without_classes(self):
        """A folder of pictures only is one set, whatever it is called."""
        common = "--samples", 12, "--updates", 0, "--class", "goldfish"
        some = self.evaluate(*common, "--against", "real")
        mine = self.folder / "mine"
        mine.mkdir()
        for i in range(10):
            (mine / f"{i}.png").write_bytes(png.encode(self.pictures[f"{GOLDFISH}/{i}.png"]))
        self.assertEqual(self.evaluate(*common, "--against", mine), some)
        with tarfile.open(self.folder / "mine.tar.xz", "w:xz") as tar:
            tar.add(mine, ".")
        self.assertEqual(self.evaluate(*common, "--against", "mine.tar.xz"), some)
        (mine / "3.png").write_bytes(png.encode(self.pictures[f"{JELLYFISH}/3.png"]))
        self.assertNotEqual(self.evaluate(*common, "--against", mine), some)

    def test_few_pictures(self):
        """Too few for a score, and something that is none, which is said."""
        few = self.folder / "few"
        few.mkdir()
        for i in range(3):
            (few / f"{i}.png").write_bytes(png.encode(self.pictures[f"{GOLDFISH}/{i}.png"]))
        (few / "notes.txt").write_text("no picture")
        options = "--size", 64, "--features", "plain.pt", "--trust", "--out", "few.npz"
        result = self.run_command("statistics", few, *options)
        self.assert_sentence(result.stderr, few / "notes.txt")
        self.assertRegex(result.stdout, r"pictures: 3, .*: –\n\Z")
        found = json.loads(self.run_command("statistics", few, *options, "--json").stdout)
        self.assertIsNone(found["inception_score"])

    def test_cache(self):
        arguments = "--samples", 10, "--updates", 0, "--against", "real"
        first = self.evaluate(*arguments)
        [kept] = self.folder.glob("cache/dot-refine/statistics/*.npz")
        stamp = kept.stat().st_mtime_ns
        self.assertEqual(self.evaluate(*arguments), first)
        self.assertEqual(kept.stat().st_mtime_ns, stamp)
        kept.write_bytes(kept.read_bytes()[:-100])
        self.assertEqual(self.evaluate(*arguments), first)
        self.assertNotEqual(kept.stat().st_mtime_ns, stamp)
        self.assertEqual(list(self.folder.glob("cache/dot-refine/evaluate/*")), [])

    def test_no_picture(self):
        """What isn't called like a picture doesn't count, and is said."""
        arguments = "--samples", 10, "--updates", 0, "--against", "real"
        expected = self.evaluate(*arguments)
        notes = self.folder / "real" / GOLDFISH / "notes.txt"
        notes.write_text("no picture")
        self.addCleanup(notes.unlink)
        result = self.run_command(*self.command(*arguments), "--json")
        self.assertEqual(json.loads(result.stdout), expected)
        self.assert_sentence(result.stderr, notes)

    def test_seed(self):
        arguments = "--samples", 10, "--updates", 1, "--against", "real"
        one = self.evaluate(*arguments)
        self.assertEqual(self.evaluate(*arguments), one)
        self.assertNotEqual(self.evaluate(*arguments, "--seed", 50)["results"], one["results"])

    def test_keywords(self):
        """A detector of StyleGAN's kind gives the same numbers."""
        arguments = "--samples", 20, "--updates", 0, "--against", "real"
        plain = self.evaluate(*arguments)["results"][0]
        keyword = self.evaluate(*arguments, network="keyword.pt")["results"][0]
        for key in plain:
            self.assert_close(keyword[key], plain[key])

    def test_constants(self):
        found = self.run_json("evaluate", "--class", "alp", "--samples", 2, "--updates", 0, "--device", "cpu")
        [alp] = found["classes"]
        self.assertEqual(alp["class"], "alp")
        self.assertEqual((alp["k_eff"], alp["K_eff"]), (found["k_eff"], found["K_eff"]))
        self.assertGreater(alp["k_eff"], alp["K_eff"])
        self.assertIsNone(found["results"][0]["fid"])

    def test_table(self):
        text = self.run_well(
            "evaluate",
            *PAIR,
            "--samples",
            10,
            "--updates",
            0,
            "--features",
            "plain.pt",
            "--trust",
            "--against",
            "real",
            "--metrics",
            "fid,is",
        )
        self.assertRegex(text, r"(?m)^Updates +Mean score +FID +Inception score")
        self.assertRegex(text, r"(?m)^ +0 +-?\d+\.\d{3} +\d+\.\d{3} +\d\.\d{3} ± ")
        self.assertRegex(text, r"(?m)^ +real ")


class Resume(EvaluateTest):

    def test_interrupted(self):
        arguments = (
            "evaluate",
            *PAIR,
            "--features",
            "plain.pt",
            "--trust",
            "--against",
            "real",
            "--samples",
            40,
            "--batch",
            4,
            "--updates",
            "0,8",
            "--metrics",
            "fid,is,kid,pr",
            "--json",
        )
        process = self.start(*arguments, "--work", "half")
        deadline = time.monotonic() + 60
        while not list(self.folder.glob("half/batch-*.npz")):
            self.assertLess(time.monotonic(), deadline, "no batch came")
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=30)
        self.assertEqual(process.returncode, CANCELLED, stderr)
        self.assert_sentence(stderr)
        self.assertEqual(stdout, "")
        kept = sorted(self.folder.glob("half/batch-*.npz"))
        self.assertLess(len(kept), 10)
        stamps = [path.stat().st_mtime_ns for path in kept]

        resumed = json.loads(self.run_well(*arguments, "--work", "half"))
        self.assertEqual([path.stat().st_mtime_ns for path in kept], stamps)
        self.assertEqual(resumed, json.loads(self.run_well(*arguments)))
        kept[0].write_bytes(kept[0].read_bytes()[:200])
        self.assertEqual(resumed, json.loads(self.run_well(*arguments, "--work", "half")))

    def test_full_disk(self):
        with self.small_disk() as disk:
            self.fails("--samples", 2000, "--batch", 1000, "--metrics", "is", "--work", disk)
            for path in disk.glob("*.npz"):
                np.load(path)["score_0"]


class BadInput(EvaluateTest):

    def test_usage(self):
        for arguments in (
            ["--metrics", "fid"],
            ["--against", "real"],
            ["--metrics", "nonsense"],
            ["--updates", "1,x"],
            ["--samples", "x"],
            ["--features", "plain.pt", "--metrics", "kid"],
        ):
            self.run_badly("evaluate", *arguments, code=USAGE)
        self.run_badly("evaluate", "--samples", 0, mentions=["--samples"])
        self.run_badly("evaluate", "--batch", 100000, mentions=["--batch"])
        for arguments in [], ["a"], ["a", "b", "c"]:
            self.run_badly("emd", *arguments, code=USAGE)
            self.run_badly("statistics", *arguments, code=USAGE)

    def test_trust(self):
        self.run_badly("evaluate", *PAIR, "--features", "plain.pt", mentions=["plain.pt", "--trust"])
        models = self.folder / "data/dot-refine/models"
        models.mkdir(parents=True)
        (models / "plain.pt").write_bytes((self.folder / "plain.pt").read_bytes())
        self.run_well(
            "evaluate",
            *PAIR,
            "--features",
            models / "plain.pt",
            "--metrics",
            "is",
            "--samples",
            10,
            "--updates",
            0,
        )

    def test_networks(self):
        for network in "one.pt", "shapes.pt", "picky.pt":
            self.fails(network=network, mentions=[network])
        self.fails("--against", "real", network="nan.pt")
        (self.folder / "none.pt").write_bytes(b"nonsense")
        self.fails(network="none.pt", mentions=["none.pt"])
        self.fails(network="absent.pt", mentions=["absent.pt"])

    def test_too_few(self):
        self.fails("--samples", 3, "--metrics", "is", mentions=["3"])
        self.fails("--samples", 3, "--metrics", "pr", "--against", "real", mentions=["3"])
        self.fails("--samples", 1, "--metrics", "fid", "--against", "real")

    def test_truncated_tar(self):
        whole = (self.folder / "real.tar.gz").read_bytes()
        (self.folder / "cut.tar.gz").write_bytes(whole[: len(whole) // 2])
        self.fails("--against", "cut.tar.gz", mentions=["cut.tar.gz"])
        plain = zlib.decompress(whole, 31)
        (self.folder / "cut.tar").write_bytes(plain[: len(plain) // 2 + 100])
        self.fails("--against", "cut.tar", mentions=["cut.tar"])
        (self.folder / "none.tar").write_bytes(b"nonsense" * 100)
        self.fails("--against", "none.tar", mentions=["none.tar"])

    def test_hostile_tar(self):
        # libarchive 3.8 refuses itself what no disk holds.
        for size, mentions in (2**33 - 1, ["huge.tar", "huge.png"]), (2**62, ["huge.tar"]):
            member = tarfile.TarInfo("n01443537/huge.png")
            member.size = size
            path = self.folder / "huge.tar"
            path.write_bytes(member.tobuf(tarfile.GNU_FORMAT) + b"\0" * 2048)
            self.fails("--against", path, mentions=mentions)

    def test_tar_of_links_and_ways_out(self):
        with tarfile.open(self.folder / "links.tar", "w") as tar:
            link = tarfile.TarInfo("a.png")
            link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
            tar.addfile(link)
        self.fails("--against", "links.tar", mentions=["links.tar"])
        data = png.encode(np.zeros((SIZE, SIZE, 3), np.uint8))
        with tarfile.open(self.folder / "out.tar", "w") as tar:
            for i in range(4):
                member = tarfile.TarInfo(f"../../out-{i}.png")
                member.size = len(data)
                tar.addfile(member, io.BytesIO(data))
        self.evaluate("--samples", 10, "--updates", 0, "--against", "out.tar")
        self.assertEqual(list(self.folder.parent.parent.glob("out-*.png")), [])

    def test_pictures(self):
        bad = self.folder / "bad"
        bad.mkdir()
        self.fails("--against", "bad", mentions=["bad"])
        whole = png.encode(np.random.default_rng(5).integers(0, 256, (SIZE, SIZE, 3), np.uint8))
        for size in 0, 20, 60, len(whole) // 2:
            (bad / "a.png").write_bytes(whole[:size])
            self.fails("--against", "bad", mentions=["a.png"])
        header = bytearray(png.encode(np.zeros((1, 1, 3), np.uint8)))
        header[16:24] = struct.pack(">II", 60000, 60000)
        header[29:33] = struct.pack(">I", zlib.crc32(bytes(header[12:29])))
        (bad / "a.png").write_bytes(bytes(header))
        self.fails("--against", "bad", mentions=["a.png"])
        self.fails("--against", "absent", mentions=["absent"])
        self.fails("--against", "real.tar.gz:absent", mentions=["absent"])

    def test_statistics(self):
        np.savez(self.folder / "small.npz", mu=np.zeros(3), sigma=np.eye(3))
        self.fails("--against", "small.npz", mentions=["small.npz"])
        np.savez(self.folder / "other.npz", mu=np.zeros(FEATURES), sigma=np.eye(FEATURES))
        self.fails("--against", "other.npz", "--metrics", "kid")
        found = self.run_json(
            "evaluate",
            *PAIR,
            "--features",
            "plain.pt",
            "--trust",
            "--samples",
            10,
            "--updates",
            0,
            "--class",
            "alp",
            "--against",
            "other.npz",
        )
        self.assertGreater(found["results"][0]["fid"], 0)
        self.assertIsNone(found["results"][0]["kid"])


class Emd(CommandTest):

    def test_numbers(self):
        random = np.random.default_rng(4)
        x, y = random.normal(size=(30, 2)), random.normal(size=(20, 2)) + 1
        np.save(self.folder / "x.npy", x)
        np.save(self.folder / "y.npy", y.astype(np.float32))
        found = self.run_json("emd", "x.npy", "y.npy")
        y = y.astype(np.float32).astype(np.float64)
        self.assertAlmostEqual(found["emd_squared"], twins.emd(x, y, "sqeuclidean"), 10)
        self.assertAlmostEqual(found["emd"], twins.emd(x, y, "euclidean"), 10)
        self.assertRegex(self.run_well("emd", "x.npy", "y.npy"), r"\d\.\d+\n")

    def test_bad_points(self):
        np.save(self.folder / "two.npy", np.zeros((3, 2)))
        np.save(self.folder / "three.npy", np.zeros((3, 3)))
        np.save(self.folder / "flat.npy", np.zeros(3))
        np.save(self.folder / "nan.npy", np.full((3, 2), np.nan))
        self.run_badly("emd", "two.npy", "three.npy", mentions=["two.npy", "three.npy"])
        self.run_badly("emd", "flat.npy", "two.npy", mentions=["flat.npy"])
        self.run_badly("emd", "nan.npy", "two.npy")
        self.run_badly("emd", "two.npy", "absent.npy", mentions=["absent.npy"])


if __name__ == "__main__":
    main()
