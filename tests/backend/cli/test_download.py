# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""dot-refine download: a small pair from a server on this machine, which does what servers do."""

import contextlib
import fcntl
import hashlib
import http.server
import json
import os
import pathlib
import pty
import shutil
import signal
import ssl
import subprocess
import threading
import time

import torch

import biggan_twin as twin
from command import BINARY, CANCELLED, FAILED, USAGE, CommandTest, main

LATENT = 20
CLASSES = [f"kind {index}" for index in range(twin.CLASSES)]
LICENSE = "Not stated: made for a test"
README = "https://example.com/readme"
ID, FILE = "tiny", "tiny-pair.pth"
MEGABYTE = 1000000
# What an unknown file may have at most, being said to have a megabyte.
LARGEST = 20 * MEGABYTE
SOON = 30
MANY = 10**9


class Server(http.server.ThreadingHTTPServer):
    """Request n is answered by @answers[n], and all others by the last one."""

    daemon_threads = True

    def __init__(self, answers):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers, self.requests, self.lock = answers, [], threading.Lock()
        self.ended = threading.Event()

    def take(self, handler):
        with self.lock:
            self.requests.append((handler.path, handler.headers))
            return self.answers[min(len(self.requests), len(self.answers)) - 1]

    def ranges(self):
        return [headers["Range"] for _, headers in self.requests]

    def paths(self):
        return [path for path, _ in self.requests]

    def handle_error(self, request, client_address):
        """Who is asked breaks off, too."""


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.close_connection = True
        self.server.take(self)(self)

    def log_message(self, *arguments):
        """Says nothing."""


def head(handler, code, **headers):
    handler.send_response(code)
    for name, value in headers.items():
        if value is not None:
            handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Connection", "close")
    handler.end_headers()


def serve(data, *, etag='"one"', modified=None, ranges=True, length=None, stop=MANY, pause=0, kind="application/zip"):
    """A file; @length is what is said of it (0: nothing), @stop after how many bytes of an answer it
    breaks off."""

    def answer(handler):
        wanted, same = handler.headers["Range"], handler.headers["If-Range"] in (etag, modified)
        begin = int(wanted.removeprefix("bytes=").removesuffix("-")) if wanted and ranges and same else 0
        part = data[begin:]
        said = len(part) if length is None else length
        head(
            handler,
            206 if begin else 200,
            Content_Type=kind,
            ETag=etag,
            Last_Modified=modified,
            Content_Range=f"bytes {begin}-{len(data) - 1}/{len(data)}" if begin else None,
            Content_Length=str(said) if said else None,
        )
        for at in range(0, min(len(part), stop), 1000):
            handler.wfile.write(part[at : min(at + 1000, stop)])
            handler.wfile.flush()
            time.sleep(pause)

    return answer


def say(code, **headers):
    return lambda handler: head(handler, code, Content_Length="0", **headers)


def lead(*targets):
    """Redirects from path to path, and then to the last target."""

    def answer(handler):
        number = int(handler.path.removeprefix("/file")[1:] or 0)
        head(handler, 302, Location=targets[min(number, len(targets) - 1)], Content_Length="0")

    return answer


def hang_up(handler):
    handler.wfile.close()


def say_nothing(handler):
    handler.server.ended.wait(SOON)


def stall(data, stop, etag='"one"'):
    """Some of the file, and then nothing more for ever."""

    def answer(handler):
        head(handler, 200, Content_Type="application/zip", ETag=etag, Content_Length=str(len(data)))
        handler.wfile.write(data[:stop])
        handler.wfile.flush()
        handler.server.ended.wait(SOON)

    return answer


def make_pair(folder):
    """A pair as mmgeneration's authors have it, in one file."""
    generator = twin.Generator(twin.MMGENERATION, twin.SMALL[32], 5)
    discriminator = twin.Discriminator(twin.MMGENERATION, twin.SMALL[32], 6)
    y = torch.zeros(1, dtype=torch.long)
    discriminator(generator(torch.zeros(1, LATENT, dtype=torch.float64), y), y)
    path, _ = twin.save_together(folder, generator, discriminator)
    return path.read_bytes()


class DownloadTest(CommandTest):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.data = make_pair(cls.folder)

    def setUp(self):
        self.home = self.folder / self.id().rpartition(".")[2]
        self.to = self.home / "models"
        self.list = self.home / "known.json"
        self.home.mkdir()

    def environment(self, **changes):
        proxies = {"http_proxy": "", "https_proxy": "", "no_proxy": "*"}
        return super().environment(
            DOT_REFINE_KNOWN_MODELS=str(self.list),
            XDG_DATA_HOME=str(self.home / "data"),
            **proxies | changes,
        )

    @contextlib.contextmanager
    def server(self, *answers, paths=("/file",), addresses=(), **known):
        """A server that answers so, and a list that names it."""
        with Server(answers) as server:
            threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
            own = [f"http://127.0.0.1:{server.server_port}{path}" for path in paths]
            self.write_list([*addresses, *own], **known)
            try:
                yield server
            finally:
                server.ended.set()
                server.shutdown()

    def write_list(self, addresses, **changes):
        model = {
            "id": ID,
            "title": "A tiny pair",
            "license": LICENSE,
            "provenance": "Made for a test",
            "architecture": "biggan",
            "image_size": 32,
            "latent_size": LATENT,
            "n_classes": twin.CLASSES,
            "classes": CLASSES,
            "file": FILE,
            "sha256": hashlib.sha256(self.data).hexdigest()[:8],
            "megabytes": 1,
            "addresses": addresses,
            "readme": README,
        }
        self.list.write_text(json.dumps({"models": [model | changes]}))

    def arguments(self, *more):
        return "download", ID, "--accept-terms", "--to", self.to, "--device", "cpu", *more

    def fetch(self, **changes):
        """What must work; the model is there, and nothing else."""
        self.run_well(*self.arguments(), **changes)
        self.assertEqual([path.name for path in self.to.iterdir()], [ID])
        self.assertTrue((self.to / ID / "model.json").exists())

    def refuse(self, *mentions, code=FAILED, keeps=None, **changes):
        """What must fail with a sentence, and keep so many bytes."""
        result = self.run_command(*self.arguments(), code=code, **changes)
        self.assert_sentence(result.stderr, *mentions)
        self.assertRegex(result.stdout, rf"\A(A tiny pair\n(.*\n){{2}}Terms: {LICENSE}\.\n)?\Z")
        self.assertEqual(self.kept(), keeps)
        self.assertFalse((self.to / ID).exists())

    @property
    def part(self):
        return self.to / f".{ID}.downloading" / f"{FILE}.part"

    def kept(self):
        """How many bytes; None where not even the folder is there."""
        return self.part.stat().st_size if self.part.exists() else None


class Terms(DownloadTest):

    def test_list(self):
        with self.server(say(500)) as server:
            text = self.run_well("download")
            for word in ID, "1.0\N{NO-BREAK SPACE}MB", "not there yet", "A tiny pair", LICENSE:
                self.assertIn(word, text)
            (model,) = self.run_json("download")
            self.assertEqual((model["id"], model["license"]), (ID, LICENSE))
            self.assertEqual(model["download_bytes"], MEGABYTE)
            self.assertEqual(model["address"], f"http://127.0.0.1:{server.server_port}/file")
            self.assertEqual(server.requests, [])

    def test_of_the_program_itself(self):
        """The list that ships has what can be fetched, and what has to be fetched by hand."""
        self.list = pathlib.Path("/nonexistent")
        models = {model["id"]: model for model in self.run_json("download")}
        self.assertEqual(set(models), {"mmgen-biggan-128", "mmgen-biggan-128-is", "mmgen-biggan-cifar10"})
        for model in models.values():
            self.assertRegex(model["address"], r"\Ahttps://download\.openmmlab\.com/mmgen/biggan/.*-[0-9a-f]{8}\.pth\Z")
            self.assertIn("Not stated with the weights", model["license"])
            self.assertIn(f"dot-refine download {model['id']}", model["problem"])
        self.assertEqual(models["mmgen-biggan-128"]["download_bytes"], 916 * MEGABYTE)
        by_hand = "ResNetGenerator_850000.npz", "github.com/pfnet-research"
        self.run_badly("download", "sngan-projection-128", "--accept-terms", mentions=by_hand)
        self.run_badly("download", "imagenet10-64", "--accept-terms", mentions=["imagenet10-64", "dot-refine download"])
        self.run_badly("download", "nonsense", mentions=["nonsense"])
        self.run_badly("download", ID, "other", code=USAGE)

    def test_entries_that_say_nonsense(self):
        """What can't be fetched safely is no model that can be fetched."""
        wrong = {
            "file": ["", "../tiny.pth", "/etc/passwd", ".hidden", 5],
            "sha256": ["", "0123456", "0123456g", "ABCDEF01", "0" * 65],
            "addresses": [[], "http://127.0.0.1/", ["no address"], [5]],
            "megabytes": [0, -1, "1", 1e300],
        }
        with self.server(serve(self.data)) as server:
            for key, values in wrong.items():
                for value in values:
                    self.write_list(**{"addresses": [f"http://127.0.0.1:{server.server_port}/"], key: value})
                    self.assertEqual(self.run_json("download"), [], (key, value))
                    self.refuse()
            self.assertEqual(server.requests, [])

    def test_without_a_yes(self):
        """Nothing is fetched, and no server is asked."""
        with self.server(serve(self.data)) as server:
            words = [ID, LICENSE, "--accept-terms"]
            self.run_badly("download", ID, "--to", self.to, code=USAGE, mentions=words)
            self.run_badly("download", ID, "--to", self.to, "--json", code=USAGE, mentions=words)
            self.assertEqual(server.requests, [])
            self.assertFalse(self.to.exists())

    def answer(self, letter):
        """On a terminal, which says the terms before it asks."""
        terminal, other_end = pty.openpty()
        process = subprocess.Popen(
            [BINARY, "download", ID, "--to", str(self.to), "--device", "cpu"],
            stdin=other_end,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=self.environment(),
        )
        os.write(terminal, f"{letter}\n".encode())
        stdout, stderr = process.communicate(timeout=SOON)
        os.close(terminal)
        os.close(other_end)
        for word in LICENSE, "1.0\N{NO-BREAK SPACE}MB", "http://127.0.0.1", "[y/N]":
            self.assertIn(word, stderr)
        return process.returncode, stdout

    def test_asked(self):
        with self.server(serve(self.data)) as server:
            self.assertEqual(self.answer("n"), (CANCELLED, ""))
            self.assertEqual(server.requests, [])
            self.assertFalse(self.to.exists())
            code, stdout = self.answer("y")
            self.assertEqual(code, 0)
            self.assertIn(str(self.to / ID), stdout)


class Fetched(DownloadTest):

    def test_becomes_a_model(self):
        with self.server(serve(self.data)) as server:
            text = self.run_well(*self.arguments())
            self.assertEqual(server.ranges(), [None])
        self.assertEqual(text.count("\n"), 5)
        self.assertLess(text.index(LICENSE), text.index(str(self.to / ID)))
        self.assertEqual([path.name for path in self.to.iterdir()], [ID])
        model = self.run_json("info", self.to / ID)
        self.assertEqual(
            [model[key] for key in ("title", "license", "provenance", "image_size", "latent_size")],
            ["A tiny pair", LICENSE, "Made for a test", 32, LATENT],
        )
        self.assertEqual([one["class"] for one in model["classes"]], CLASSES)
        file = self.home / FILE
        file.write_bytes(self.data)
        options = "--k-eff", 1, "--updates", 2, "--device", "cpu"
        ours, theirs = (
            self.run_json("refine", *pair, *options)["candidates"][0]["updates"]
            for pair in (["--model", self.to / ID], ["--generator", file, "--discriminator", file])
        )
        self.assertEqual([one["score"] for one in ours], [one["score"] for one in theirs])

    def test_into_ones_own_models(self):
        with self.server(serve(self.data)) as server:
            (before,) = [model for model in self.run_json("models") if model["id"] == ID]
            self.assertIn(f"dot-refine download {ID}", before["problem"])
            made = self.run_json("download", ID, "--accept-terms", "--device", "cpu")
            self.assertEqual(made["folder"], str(self.home / "data" / "dot-refine" / "models" / ID))
            (after,) = [model for model in self.run_json("models") if model["id"] == ID]
            self.assertIsNone(after["problem"])
            self.assertRegex(self.run_well("download"), rf"{ID} .* there ")
            for more in [], ["--to", self.to]:
                self.run_badly("download", ID, *more, mentions=[ID, "there already"])
            self.assertEqual(len(server.requests), 1)

    def test_a_file_that_was_fetched_by_hand(self):
        """In the folder that the list names it is a model as it is."""
        self.write_list(["http://127.0.0.1:1/"])
        folder = self.home / "data" / "dot-refine" / "models" / ID
        folder.mkdir(parents=True)
        (folder / FILE).write_bytes(self.data)
        model = self.run_json("info", ID)
        self.assertEqual((model["bytes"], model["latent_size"]), (len(self.data), LATENT))
        self.assertEqual([one["class"] for one in model["classes"]], CLASSES)

    def test_slow(self):
        """Longer than a server may be silent, but never silent for so long."""
        terminal, other_end = pty.openpty()
        with self.server(serve(self.data, pause=3 / (len(self.data) / 1000))):
            process = subprocess.Popen(
                [BINARY, *map(str, self.arguments())],
                stdout=subprocess.PIPE,
                stderr=other_end,
                env=self.environment(DOT_REFINE_TIMEOUT="2"),
            )
            os.close(other_end)
            process.communicate(timeout=SOON)
        drawn = os.read(terminal, 65536).decode()
        os.close(terminal)
        self.assertEqual(process.returncode, 0, drawn)
        self.assertRegex(drawn, rf"Downloading {ID} \([\d.]+.kB\) +\d+ %, 0:0\d left")

    def test_goes_on_by_itself(self):
        answers = serve(self.data, stop=9000), hang_up, serve(self.data)
        with self.server(*answers) as server:
            self.fetch()
            self.assertEqual(server.ranges(), [None, "bytes=9000-", "bytes=9000-"])
            self.assertEqual([headers["If-Range"] for _, headers in server.requests], [None, '"one"', '"one"'])

    def test_goes_on_as_long_as_more_comes(self):
        with self.server(serve(self.data, stop=1 + len(self.data) // 5)) as server:
            self.fetch()
            self.assertEqual(len(server.requests), 5)

    def test_goes_on_in_the_next_run(self):
        with self.server(serve(self.data, stop=9000), hang_up) as server:
            self.refuse(server.server_port, "9.0\N{NO-BREAK SPACE}kB", "goes on", keeps=9000)
            self.assertEqual(len(server.requests), 3)
        self.assertEqual(self.part.read_bytes(), self.data[:9000])
        with self.server(serve(self.data)) as server:
            self.fetch()
            self.assertEqual(server.ranges(), ["bytes=9000-"])

    def test_known_by_its_date(self):
        """Where an ETag is weak, or there is none."""
        date = "Sun, 29 Nov 2026 10:00:00 GMT"
        for etag in None, 'W/"one"':
            answers = serve(self.data, etag=etag, modified=date, stop=9000), serve(self.data, etag=etag, modified=date)
            with self.server(*answers) as server:
                self.fetch()
                self.assertEqual(server.requests[1][1]["If-Range"], date)
            shutil.rmtree(self.to)

    def test_known_by_nothing(self):
        """Then it begins again, by itself and in the next run."""
        with self.server(serve(self.data, etag=None, stop=9000)) as server:
            self.refuse("from the beginning")
            self.assertEqual(server.ranges(), [None] * 3)
        with self.server(serve(self.data, etag=None)) as server:
            self.fetch()
            self.assertEqual(server.ranges(), [None])

    def test_longer_by_then(self):
        """Though by its ETag it is the same file."""
        with self.server(serve(bytes(50000), stop=9000), serve(self.data)) as server:
            self.fetch()
            self.assertEqual(server.ranges(), [None, "bytes=9000-", None])

    def test_another_file_by_then(self):
        other = b"x" * len(self.data)
        with self.server(serve(other, etag='"zero"', stop=9000), serve(self.data)) as server:
            self.fetch()
            self.assertEqual(server.requests[1][1]["If-Range"], '"zero"')

    def test_a_part_of_what_length_it_does_not_say(self):
        def answer(handler):
            head(handler, 206, ETag='"one"', Content_Range=f"bytes 9000-{len(self.data) - 1}/*")
            handler.wfile.write(self.data[9000:])

        with self.server(serve(self.data, stop=9000), answer) as server:
            self.fetch()
            self.assertEqual(server.ranges(), [None, "bytes=9000-"])

    def test_ranges_are_ignored(self):
        with self.server(serve(self.data, stop=9000), serve(self.data, ranges=False)) as server:
            self.fetch()
            self.assertEqual(server.ranges(), [None, "bytes=9000-"])

    def test_ranges_are_ignored_and_it_breaks_off(self):
        with self.server(serve(self.data, stop=9000, ranges=False)) as server:
            self.refuse("from the beginning", server.server_port, keeps=9000)
            self.assertEqual(len(server.requests), 3)

    def test_another_range_than_was_asked_for(self):
        def answer(handler):
            head(handler, 206, ETag='"one"', Content_Range=f"bytes 5-9/{len(self.data)}", Content_Length="5")
            handler.wfile.write(b"wrong")

        with self.server(serve(self.data, stop=9000), answer, serve(self.data)) as server:
            self.fetch()
            self.assertEqual(server.ranges(), [None, "bytes=9000-", None])

    def test_longer_than_said(self):
        """What came is shorter than the file."""
        with self.server(serve(self.data, length=len(self.data) - 1000)):
            self.refuse("SHA-256", "removed", README)

    def test_shorter_than_said(self):
        """What came is the file."""
        with self.server(serve(self.data, length=len(self.data) + 1000)):
            self.fetch()

    def test_no_length(self):
        with self.server(serve(self.data, length=0)):
            self.fetch()

    def test_second_address(self):
        for answer in say(404), say(403), serve(b"<html>", kind="text/html"), lead("ftp://127.0.0.1/"):
            with self.server(answer, serve(self.data), paths=["/0", "/1"]) as server:
                self.fetch()
                self.assertEqual(server.paths(), ["/0", "/1"])
            shutil.rmtree(self.to)

    def test_second_server(self):
        with self.server(serve(self.data), addresses=["http://127.0.0.1:1/", "http://name.invalid/"]):
            self.fetch()

    def test_redirected(self):
        answers = lead("/1", "/2"), lead("/1", "/2"), serve(self.data)
        with self.server(*answers, paths=["/0"]) as server:
            self.fetch()
            self.assertEqual(server.paths(), ["/0", "/1", "/2"])

    def test_busy_for_a_moment(self):
        with self.server(say(503), say(429), serve(self.data)) as server:
            self.fetch()
            self.assertEqual(len(server.requests), 3)

    def test_what_could_not_be_imported_is_kept(self):
        with self.server(serve(self.data)) as server:
            self.to.mkdir()
            with self.held(self.to / f".{ID}.importing"):
                self.refuse(ID, "imported")
            self.assertEqual((self.part.parent / FILE).read_bytes(), self.data)
            (self.to / f".{ID}.importing").rmdir()
            self.fetch()
            self.assertEqual(len(server.requests), 1)

    @contextlib.contextmanager
    def held(self, folder):
        folder.mkdir(parents=True)
        descriptor = os.open(folder, os.O_RDONLY)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
        os.close(descriptor)

    def test_two_at_once(self):
        with self.server(serve(self.data)) as server:
            with self.held(self.part.parent):
                self.refuse(ID, "already")
            self.assertEqual(server.requests, [])
            self.fetch()


class Refused(DownloadTest):

    def test_not_there(self):
        with self.server(say(404)) as server:
            self.refuse(f":{server.server_port}/file", "404", README)
            self.assertEqual(len(server.requests), 1)

    def test_forbidden(self):
        with self.server(say(403)) as server:
            self.refuse(f":{server.server_port}/file", "403", README)

    def test_broken_server(self):
        with self.server(say(500)) as server:
            self.refuse(f":{server.server_port}/file", "500")
            self.assertEqual(len(server.requests), 3)

    def test_no_server(self):
        self.write_list(["http://127.0.0.1:1/file"])
        self.refuse("127.0.0.1", "network")

    def test_silent_server(self):
        with self.server(say_nothing):
            self.refuse("127.0.0.1", "network", DOT_REFINE_TIMEOUT="1")

    def test_silent_in_the_middle(self):
        with self.server(stall(self.data, 9000), say_nothing) as server:
            self.refuse(f":{server.server_port}/file", "9.0\N{NO-BREAK SPACE}kB", keeps=9000, DOT_REFINE_TIMEOUT="1")

    def test_web_page(self):
        page = b"<!DOCTYPE html><title>Please log in</title>"
        for kind in "text/html", "application/octet-stream":
            with self.server(serve(page, kind=kind)) as server:
                self.refuse(f":{server.server_port}/file", "web page", "browser")

    def test_another_file(self):
        other = bytes(len(self.data))
        with self.server(serve(other)) as server:
            sums = (hashlib.sha256(data).hexdigest()[:8] for data in (other, self.data))
            self.refuse(f":{server.server_port}/file", *sums, "removed", README)
            self.assertEqual(len(server.requests), 1)

    def test_a_part_of_another_file(self):
        """What was kept is refused with the rest."""
        with self.server(serve(bytes(len(self.data)), stop=9000), hang_up):
            self.refuse("goes on", keeps=9000)
        with self.server(serve(self.data)) as server:
            self.refuse("SHA-256", "removed")
            self.fetch()
            self.assertEqual(server.ranges(), ["bytes=9000-", None])

    def test_endless(self):
        for length in 0, 10**12:
            with self.server(serve(bytes(LARGEST + MEGABYTE), length=length)) as server:
                self.refuse(f":{server.server_port}/file", "far larger", README)

    def test_redirected_for_ever(self):
        with self.server(lead("/0", "/1", "/0"), paths=["/1"]) as server:
            self.refuse("leads on")
            self.assertLess(len(server.requests), 12)

    def test_redirected_to_what_is_no_server(self):
        for target in "file:///etc/passwd", "ftp://127.0.0.1/file", "data:,x":
            with self.server(lead(target)):
                self.refuse(target, "safe")

    def test_no_space(self):
        with self.server(serve(self.data), megabytes=2000000000) as server:
            self.refuse(self.to, "4.0\N{NO-BREAK SPACE}PB", "--to")
            self.assertEqual(server.requests, [])

    def test_disk_full(self):
        """Though what was said of the file fits."""
        with self.small_disk("3m") as disk, self.server(serve(bytes(10 * MEGABYTE), length=0)):
            self.to = disk / "models"
            result = self.run_command(*self.arguments(), code=FAILED)
            self.assert_sentence(result.stderr, self.to, "goes on")
            self.assertGreater(self.kept(), 2 * MEGABYTE)

    def test_larger_than_was_known(self):
        """A length that a server says is looked at before anything is written."""
        with self.small_disk("3m") as disk, self.server(serve(bytes(10 * MEGABYTE))):
            self.to = disk / "models"
            self.refuse(self.to, "20.0\N{NO-BREAK SPACE}MB", "--to")

    def test_read_only(self):
        with self.small_disk() as disk, self.server(serve(self.data)) as server:
            subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
            self.to = disk / "models"
            self.refuse(self.to)
            self.assertEqual(server.requests, [])

    def test_no_module(self):
        with self.server(serve(self.data)) as server:
            self.refuse("dotrefine-download.so", DOT_REFINE_MODULE_DIR=str(self.folder))
            self.assertEqual(server.requests, [])


class Cancelled(DownloadTest):

    def test_keeps_what_has_come(self):
        with self.server(stall(self.data, 9000)):
            process = self.start(*self.arguments())
            deadline = time.monotonic() + SOON
            while self.kept() != 9000:
                self.assertLess(time.monotonic(), deadline, "nothing came")
                time.sleep(0.02)
            process.send_signal(signal.SIGINT)
            _, stderr = process.communicate(timeout=SOON)
            self.assertEqual(process.returncode, CANCELLED)
            self.assert_sentence(stderr, "goes on")
        self.assertEqual(self.part.read_bytes(), self.data[:9000])
        with self.server(serve(self.data)) as server:
            self.fetch()
            self.assertEqual(server.ranges(), ["bytes=9000-"])

    def test_killed(self):
        with self.server(stall(self.data, 9000)):
            process = self.start(*self.arguments())
            deadline = time.monotonic() + SOON
            while self.kept() != 9000:
                self.assertLess(time.monotonic(), deadline, "nothing came")
                time.sleep(0.02)
            process.kill()
            process.communicate(timeout=SOON)
        with self.server(serve(self.data)) as server:
            self.fetch()
            self.assertEqual(server.ranges(), ["bytes=9000-"])

    def test_facts_that_somebody_wrote(self):
        """Neither half a file nor another's header goes to a server."""
        facts = {"format": "dot-refine-download", "version": 1, "length": len(self.data)}
        for text in "{", "{}", json.dumps(facts | {"validator": "x\r\nEvil: yes"}), json.dumps(facts | {"version": 2}):
            self.part.parent.mkdir(parents=True)
            self.part.write_bytes(self.data[:9000])
            pathlib.Path(f"{self.part}.json").write_text(text)
            with self.server(serve(self.data)) as server:
                self.fetch()
                self.assertEqual(server.ranges(), [None])
                self.assertIsNone(server.requests[0][1]["Evil"])
            shutil.rmtree(self.to)


class Safe(DownloadTest):
    """Over TLS, with an authority of its own."""

    def setUp(self):
        super().setUp()
        self.certificate = self.home / "own.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
            + ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", self.certificate, "-out", self.home / "public.pem"],
            check=True,
            capture_output=True,
        )
        with open(self.certificate, "ab") as file:
            file.write((self.home / "public.pem").read_bytes())

    @contextlib.contextmanager
    def server(self, *answers, **more):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate)
        with super().server(*answers, **more) as server:
            server.socket = context.wrap_socket(server.socket, server_side=True)
            self.write_list([f"https://127.0.0.1:{server.server_port}/0"])
            yield server

    def trusting(self, *arguments):
        """As a command whose system knows the authority."""
        bundle = "/etc/ssl/certs/ca-certificates.crt"
        mounts = [line.split() for line in pathlib.Path("/proc/self/mountinfo").read_text().splitlines()]
        has_root = any(fields[4] == "/" for fields in mounts)
        is_shared = any(field.startswith("shared:") for fields in mounts for field in fields)
        if os.getuid() != 0 or (is_shared and not has_root):
            self.skipTest("the certificates of the system can't be changed for one command")
        script = f'mount --bind "$0" {bundle} && exec "$@"'
        propagation = "private" if has_root else "unchanged"
        own = "unshare", "--mount", "--propagation", propagation, "bash", "-c", script, self.home / "public.pem"
        return subprocess.run(
            [*own, BINARY, *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            env=self.environment(),
            timeout=SOON,
        )

    def test_unknown_authority(self):
        with self.server(serve(self.data)) as server:
            self.refuse("127.0.0.1", "safe", "ca-certificates")
            self.assertEqual(server.requests, [])

    def test_known_authority(self):
        with self.server(serve(self.data)):
            result = self.trusting(*self.arguments())
            self.assertEqual((result.returncode, result.stderr), (0, ""))

    def test_breaks_off(self):
        """In the middle of a file, or of a greeting, no connection is called unsafe."""
        with self.server(serve(self.data, stop=9000), hang_up, serve(self.data)) as server:
            result = self.trusting(*self.arguments())
            self.assertEqual((result.returncode, result.stderr), (0, ""))
            self.assertEqual(server.ranges(), [None, "bytes=9000-", "bytes=9000-"])

    def test_redirected_to_what_is_not_safe(self):
        with super().server(serve(self.data)) as plain:
            target = f"http://127.0.0.1:{plain.server_port}/file"
            with self.server(lead(target)):
                result = self.trusting(*self.arguments())
            self.assertEqual(result.returncode, FAILED)
            self.assert_sentence(result.stderr, target, "safe")
            self.assertEqual(plain.requests, [])


if __name__ == "__main__":
    main()
