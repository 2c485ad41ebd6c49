# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Ctrl+C: the run ends soon, with 130, and leaves whole files only."""

import os
import pty
import signal
import subprocess
import time

import png
from command import BINARY, CANCELLED, CommandTest, main

LONG = "--updates", 100000, "--k-eff", 1, "--device", "cpu"
SOON = 10


class Cancel(CommandTest):

    def wait_for_picture(self, folder):
        deadline = time.monotonic() + 60
        while not list(folder.glob("*.png")):
            self.assertLess(time.monotonic(), deadline, "no picture came")
            time.sleep(0.05)

    def check_signal(self, number, folder):
        out = self.folder / folder
        process = self.start("refine", *LONG, "--out", out)
        self.wait_for_picture(out)
        process.send_signal(number)
        stdout, stderr = process.communicate(timeout=SOON)
        self.assertEqual(process.returncode, CANCELLED)
        self.assertEqual(stdout, "")
        self.assertRegex(stderr, r"\Adot-refine: [^\n]+\.\n\Z")
        for file in out.iterdir():
            png.chunks(file)

    def test_interrupt(self):
        self.check_signal(signal.SIGINT, "interrupt")

    def test_terminate(self):
        self.check_signal(signal.SIGTERM, "terminate")

    def test_interrupt_while_it_loads(self):
        for delay in 0.1, 0.3, 0.6:
            process = self.start("refine", *LONG)
            time.sleep(delay)
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=SOON)
            # Before it listens the signal itself ends it.
            self.assertIn(process.returncode, (CANCELLED, -signal.SIGINT))

    def test_second_interrupt_ends_at_once(self):
        process = self.start("refine", *LONG, "--out", self.folder / "second")
        self.wait_for_picture(self.folder / "second")
        process.send_signal(signal.SIGINT)
        time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=SOON)
        self.assertEqual(process.returncode, CANCELLED)


class Progress(CommandTest):

    def test_on_a_terminal(self):
        terminal, other_end = pty.openpty()
        process = subprocess.Popen(
            [BINARY, "refine", "--updates", "3", "--k-eff", "1", "--device", "cpu"],
            stdout=subprocess.PIPE,
            stderr=other_end,
            cwd=self.folder,
            env=self.environment(),
        )
        os.close(other_end)
        process.communicate(timeout=60)
        drawn = os.read(terminal, 65536).decode()
        os.close(terminal)
        self.assertEqual(process.returncode, 0)
        self.assertIn("3 of 3", drawn)
        self.assertNotIn("\n", drawn)
        self.assertTrue(drawn.endswith("\r\033[K"), repr(drawn[-20:]))


if __name__ == "__main__":
    main()
