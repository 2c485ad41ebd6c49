# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""dot-refine train in several processes: the numbers of one, who fails, and what is left then."""

import os
import shutil
import socket
import time
import unittest

import numpy
import torch

import command
import feature_maps
import png
from command import CANCELLED, DONE, FAILED, USAGE
from random_pair import RandomPair
from training import TrainingTest

GLOO = os.environ["DOT_TEST_GLOO"] == "1"
SIZE, REAL, CLASSES, STEPS = 32, 24, 2, 10

PLAIN = {
    "id": "tiny",
    "image_size": SIZE,
    "latent_size": 4,
    "labels": True,
    "generator": {"width": 4},
    "discriminator": {"width": 4},
    "augment": ["color", "translation", "cutout"],
    "precision": "float32",
    "batch": 8,
    "n_dis": 2,
    "steps": STEPS,
    "mismatch": 0.5,
    "finish": {"steps": 2},
    "seed": 3,
    "data": {"kind": "folder", "path": "real", "flip": True},
    "every": {"log": 1, "checkpoint": 10, "samples": 0},
}
PROJECTED = dict(
    PLAIN,
    judges={"plain": {}, "projected": {"features": "features.pt"}},
    blur={"sigma": 1.5, "pictures": 40},
)
TEXTURE = dict(PROJECTED, judges=dict(PROJECTED["judges"], texture={"weight": 2}))
RETOUCH = dict(
    PLAIN,
    initial={"generator": "pair/generator.npz", "discriminator": "pair/discriminator.npz"},
    retouch={"width": 4, "grain": 0.3},
    latent_size=8,
)
# No labels, so batch norms of another form, and a penalty, which is a gradient's gradient.
CRITIC = dict(
    PLAIN,
    architecture="dcgan",
    labels=False,
    mismatch=0,
    loss="wgan",
    generator={"width": 32},
    discriminator={"width": 32},
    batch=6,
)

PLANE = {
    "id": "tiny",
    "architecture": "mlp",
    "data": {"kind": "gaussians-25"},
    "generator": {"width": 8},
    "discriminator": {"width": 8},
    "batch": 8,
    "steps": 1,
    "seed": 3,
}

LAUNCHERS = ("SLURM_", "OMPI_", "PMI_", "RANK", "WORLD_SIZE", "MASTER_", "TORCHELASTIC_")

FLOAT64 = ("--precision", "float64")
NOBODY = "Another rank of the training has ended"


def free_port():
    with socket.socket() as listener:
        listener.bind(("localhost", 0))
        return listener.getsockname()[1]


class RanksBase(TrainingTest):
    tiny = PLAIN

    def setUp(self):
        super().setUp()
        dice = numpy.random.default_rng(3)
        for i in range(REAL):
            small = dice.integers(0, 256, (4, 4, 3), numpy.uint8)
            path = self.out / "real" / f"{'ab'[i % CLASSES]}" / f"{i:02d}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(png.encode(small.repeat(8, 0).repeat(8, 1)))
        feature_maps.save(self.out / "features.pt")

    def environment(self, **changes):
        """None of a launcher that the tests themselves run under."""
        return {
            name: value
            for name, value in super().environment(**changes).items()
            if name in changes or not name.startswith(LAUNCHERS)
        }

    def begin(self, config, out="run", ranks=2, more=(), last=(), last_config=None):
        """A process a rank, the last one with more options or a configuration of its own; only the
        first one's folder is written to."""
        processes = []
        for rank in range(ranks):
            is_last = rank == ranks - 1
            arguments = self.arguments(
                last_config if is_last and last_config else config,
                out if rank == 0 else f"{out}-{rank}",
                *("--trust", "--ranks", ranks, "--rank", rank, "--rendezvous", self.out / "meet"),
                *more,
                *(last if is_last else ()),
            )
            processes.append(self.start(*arguments))
        return processes

    def end(self, processes, *codes):
        results = [process.communicate(timeout=400) for process in processes]
        self.assertEqual([process.returncode for process in processes], list(codes), results)
        return results

    def run_ranks(self, config, out="run", ranks=2, more=()):
        results = self.end(self.begin(config, out, ranks, more), *[DONE] * ranks)
        self.assertEqual([errors for _, errors in results], [""] * ranks)
        self.assertEqual([text for text, _ in results[1:]], [""] * (ranks - 1))
        self.assertFalse((self.out / "meet").exists())
        self.assertEqual(list(self.out.glob(f"{out}-*")), [])

    def await_row(self, step, out="run"):
        """Until a step is in the log; that is no matter of time."""
        log = self.out / out / "log.csv"
        end = time.monotonic() + 400
        while not (log.exists() and f"\n{step}," in log.read_text()):
            self.assertLess(time.monotonic(), end, "nothing happens")
            time.sleep(0.01)

    def compare(self, base, ranks=2, least=STEPS * 5, **changes):
        """In float64: where gradients cancel out, Adam makes steps of what float32 rounds."""
        self.tiny = dict(base, **changes)
        config = self.config()
        self.run_well(*self.arguments(config, "alone", "--trust", *FLOAT64))
        self.run_ranks(config, "together", ranks, FLOAT64)
        compared = 0
        for one, other in zip(self.rows("alone"), self.rows("together"), strict=True):
            for key, value in one.items():
                if key != "seconds" and value:
                    numpy.testing.assert_allclose(
                        float(other[key]),
                        float(value),
                        rtol=1e-5,
                        atol=1e-5,
                        err_msg=f"{key} of {one['step']}",
                    )
                    compared += 1
                elif key != "seconds":
                    self.assertEqual(other[key], "")
        self.assertGreater(compared, least)


class AloneTest(RanksBase):
    @unittest.skipIf(GLOO, "this build has gloo")
    def test_without_gloo(self):
        arguments = self.arguments(self.config(), "run", "--ranks", 2, "--rank", 0)
        self.run_badly(*arguments, mentions=["gloo", "--ranks"])
        self.run_well(*self.arguments(self.config(steps=1, finish={}), "alone", "--ranks", 1, "--rank", 0))


@unittest.skipUnless(GLOO, "this build has no gloo (libgloo-dev)")
class TogetherTest(RanksBase):
    def test_plain(self):
        self.compare(PLAIN)

    def test_projected(self):
        self.compare(PROJECTED)

    def test_texture(self):
        """What is sorted are the values of all ranks."""
        self.compare(TEXTURE)
        self.assertGreater(float(self.rows("together")[0]["texture_loss"]), 0)

    def test_retouch(self):
        RandomPair(CLASSES).save_npz(self.out / "pair")
        self.compare(RETOUCH, least=STEPS)
        with numpy.load(self.out / "together/weights/generator.npz") as arrays:
            self.assertTrue(arrays["retouch/c2/W"].any())

    def test_critic(self):
        self.compare(CRITIC, ranks=3)

    def test_refined(self):
        """A third of the latents, so that not all have as many."""
        refined = {"share": 0.34, "updates": 2, "rate": 0.1}
        self.compare(PROJECTED, finish={"steps": 2, "refined": refined})

    def test_average(self):
        """D learns against the averaged G, whose batch norms go by the whole batch, too."""
        self.compare(PLAIN, fakes="average")

    def test_kill(self):
        """A rank that dies ends the run; what is left goes on to the numbers of one that nobody killed."""
        config = self.config(steps=16, every={"log": 1, "checkpoint": 4, "samples": 0})
        self.run_ranks(config, "whole")
        for victim, step in (1, 6), (0, 11):
            processes = self.begin(config, "parts")
            self.await_row(step, "parts")
            processes[victim].kill()
            processes[victim].communicate(timeout=400)
            _, errors = processes[1 - victim].communicate(timeout=400)
            self.assertEqual(processes[1 - victim].returncode, FAILED)
            self.assert_sentence(errors, NOBODY, "checkpoint")
        self.run_ranks(config, "parts")
        self.assert_same("whole", "parts")

    def test_interrupt(self):
        """One rank that is cancelled stops all after one step, which isn't lost."""
        config = self.config(steps=3000)
        processes = self.begin(config)
        self.await_row(7)
        processes[1].terminate()
        self.end(processes, CANCELLED, CANCELLED)
        last = int(self.rows()[-1]["step"])
        self.assertTrue((self.out / f"run/checkpoint-{last:09d}.safetensors").exists())

    def test_other_configuration(self):
        shutil.copytree(self.out / "real", self.out / "more")
        shutil.copy(next(self.out.glob("real/a/*.png")), self.out / "more/a/another.png")
        config = self.config()
        other = self.out / "other.json"
        other.write_text(config.read_text().replace('"seed": 3', '"seed": 4'))
        refined = self.out / "refined.json"
        refined.write_text(config.read_text().replace('"finish": {', '"finish": {"refined": {}, '))
        self.assertIn("refined", refined.read_text())
        for name, differences in (
            ("seed", {"last_config": other}),
            ("refined", {"last_config": refined}),
            ("steps", {"last": ("--steps", 11)}),
            ("data", {"last": ("--data", self.out / "more")}),
        ):
            with self.subTest(name=name):
                processes = self.begin(config, **differences)
                for _, errors in self.end(processes, FAILED, FAILED):
                    self.assert_sentence(errors, "Rank 1 was started with another configuration")
                shutil.rmtree(self.out / "run")

    def test_nobody_comes(self):
        self.tiny = PLANE
        config = self.config()
        here = ("--ranks", 2, "--rank-timeout", 2)
        meet = ("--rendezvous", self.out / "meet")
        port = ("--rendezvous", f"localhost:{free_port()}")
        for rank, where, mention in (
            (0, meet, "Rank 1 of 2"),
            (1, meet, self.out / "meet"),
            (0, port, "Rank 1 of 2"),
            (1, port, port[1]),
            (0, (), "Rank 1 of 2"),
        ):
            with self.subTest(rank=rank, where=where):
                arguments = (*self.arguments(config), *here, *where, "--rank", rank)
                self.run_badly(*arguments, mentions=[mention, "--rank-timeout"])

    def test_stale_file(self):
        """What a killed run left there leads nowhere, and doesn't matter."""
        (self.out / "meet").write_text(f"{socket.gethostname()}:{free_port()}\n")
        self.tiny = PLANE
        self.run_ranks(self.config())

    def test_port_in_use(self):
        with socket.create_server(("", 0), backlog=1) as listener:
            port = listener.getsockname()[1]
            arguments = self.arguments(self.config(), "run", "--ranks", 2, "--rank", 0)
            self.run_badly(*arguments, "--rendezvous", f"localhost:{port}", mentions=[f"port {port}", "--rendezvous"])

    def test_two_of_one_rank(self):
        self.tiny = PLANE
        config = self.config()
        twin = self.arguments(config, "twin", "--ranks", 2, "--rank", 1, "--rendezvous", self.out / "meet")
        processes = [*self.begin(config), self.start(*twin)]
        results = [(process.communicate(timeout=400)[1], process.returncode) for process in processes]
        self.assertEqual(sorted(code for _, code in results), [DONE, DONE, FAILED], results)
        self.assert_sentence(next(errors for errors, code in results if code == FAILED), "as rank 1", "--rank")

    def test_bad_arguments(self):
        train = self.arguments(self.config())
        self.run_badly(*train, "--ranks", 3, "--rank", 0, mentions=["batch of 8", "3 ranks"])
        for ranks, rank, seconds, mention in (
            (0, 0, 1, "--ranks"),
            ("many", 0, 1, "--ranks"),
            (2, -1, 1, "--rank"),
            (2, 0, 0, "--rank-timeout"),
        ):
            with self.subTest(mention=mention):
                given = ("--ranks", ranks, "--rank", rank, "--rank-timeout", seconds)
                result = self.run_command(*train, *given, code=None)
                self.assertIn(result.returncode, (FAILED, USAGE))
                self.assert_sentence(result.stderr, mention)
        for arguments, mention in (
            (("--ranks", 2, "--rank", 2), "rank 2 of 2"),
            (("--ranks", 2), "--rank"),
            (("--ranks", "auto"), "launcher"),
            (("--rank", 1), "--ranks"),
            (("--rendezvous", "localhost:1"), "--ranks"),
        ):
            with self.subTest(arguments=arguments):
                result = self.run_command(*train, *arguments, code=USAGE)
                self.assertIn(mention, result.stderr)

    def test_launchers(self):
        """What each sets for its processes; one that is told nothing trains alone."""
        self.tiny = PLANE
        config = self.config()
        for number, names in enumerate(
            (
                ("RANK", "WORLD_SIZE"),
                ("OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE"),
                ("PMI_RANK", "PMI_SIZE"),
                ("SLURM_PROCID", "SLURM_STEP_NUM_TASKS"),
            )
        ):
            with self.subTest(names=names):
                variables = {names[1]: "2"}
                if number == 0:
                    variables.update(MASTER_ADDR="localhost", MASTER_PORT=str(free_port()))
                processes = [
                    self.start(
                        *self.arguments(config, f"run{number}", "--ranks", "auto"), **variables, **{names[0]: str(rank)}
                    )
                    for rank in range(2)
                ]
                self.end(processes, DONE, DONE)
        self.run_well(*self.arguments(config, "alone"), SLURM_PROCID="0", SLURM_NTASKS="2", RANK="0", WORLD_SIZE="2")

    def test_hosted(self):
        """torchrun listens itself, and starts all ranks again where one failed."""
        self.tiny = PLANE
        config = self.config()
        store = torch.distributed.TCPStore("localhost", 0, is_master=True, wait_for_workers=False, use_libuv=False)
        variables = {
            "WORLD_SIZE": "2",
            "MASTER_ADDR": "localhost",
            "MASTER_PORT": str(store.port),
            "TORCHELASTIC_USE_AGENT_STORE": "True",
        }
        for attempt in "0", "1":
            processes = [
                self.start(
                    *self.arguments(config, f"run{attempt}", "--ranks", "auto"),
                    **variables,
                    RANK=str(rank),
                    TORCHELASTIC_RESTART_COUNT=attempt,
                )
                for rank in range(2)
            ]
            self.end(processes, DONE, DONE)


if __name__ == "__main__":
    command.main()
