# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Several feature networks look at the same pictures of dot-refine evaluate."""

import re

import numpy

from command import main
from judged_pairs import ENGINE, NETWORKS, JudgedTest

KEYS = "features", "probabilities"


class Several(JudgedTest):

    def command(self, networks=NETWORKS, against="real"):
        look = [word for name in networks for word in ("--features", name)]
        how = "--samples", 23, "--batch", 10, "--updates", "0,2", "--kid-subsets", 3, "--metrics", "fid,is,kid,pr"
        return "evaluate", *ENGINE, *self.pair(), *look, "--trust", "--against", against, *how

    def test_each_says_what_it_says_alone(self):
        both = self.run_json(*self.command())
        for name, found in zip(NETWORKS, both["networks"], strict=True):
            alone = self.run_json(*self.command([name]))
            self.assertEqual(found, {"features": name, "real": alone["real"], "results": alone["results"]})
        self.assertNotEqual(both["networks"][0]["results"], both["networks"][1]["results"])
        self.assertNotIn("results", both)

    def test_what_is_kept(self):
        """The first network's arrays are called as if it was the only one."""
        self.run_well(*self.command(), "--work", "two")
        self.run_well(*self.command(NETWORKS[:1]), "--work", "one")
        paths = sorted((self.folder / "one").glob("*.npz"))
        self.assertEqual(len(paths), 3)
        for path in paths:
            alone, both = numpy.load(path), numpy.load(self.folder / "two" / path.name)
            self.assertEqual(set(both), set(alone) | {f"{key}2_{u}" for key in KEYS for u in (0, 2)})
            for key in alone:
                numpy.testing.assert_array_equal(both[key], alone[key])
            self.assertEqual(both["features2_2"].shape, (len(both["score_2"]), 4))
            self.assertEqual(both["probabilities2_0"].shape, (len(both["score_0"]), 3))

    def test_a_batch_that_lacks_a_network_is_made_anew(self):
        first = self.run_json(*self.command(), "--work", "cut")
        path = self.folder / "cut/batch-00000010.npz"
        kept = dict(numpy.load(path))
        del kept["features2_2"]
        numpy.savez(path, **kept)
        self.assertEqual(self.run_json(*self.command(), "--work", "cut"), first)
        self.assertIn("features2_2", numpy.load(path))

    def test_other_networks_need_another_folder(self):
        self.run_well(*self.command(), "--work", "kept")
        self.run_badly(*self.command(NETWORKS[::-1]), "--work", "kept", mentions=["kept"])

    def test_shards(self):
        whole = self.run_json(*self.command())
        for shard in "1/2", "2/2":
            self.run_well(*self.command(), "--work", "shards", "--shard", shard)
        self.assertEqual(self.run_json(*self.command(), "--work", "shards"), whole)

    def test_table(self):
        blocks = re.split(r"(?m)^(first|second)\.pt$", self.run_well(*self.command()))
        self.assertEqual(blocks[1::2], ["first", "second"])
        for block in blocks[2::2]:
            self.assertRegex(block, r"(?m)^Updates +Mean score +FID")
            self.assertRegex(block, r"(?m)^ +real ")

    def test_statistics_are_one_networks(self):
        how = "--size", 32, "--features", NETWORKS[0], "--trust", "--out", "first.npz"
        self.run_well("statistics", "real", *how)
        self.run_badly(*self.command(against="first.npz"), mentions=["first.npz"])

    def test_bad_second(self):
        self.run_badly(*self.command(["first.pt", "absent.pt"]), mentions=["absent.pt"])
        untrusted = [word for word in self.command() if word != "--trust"]
        self.run_badly(*untrusted, mentions=["first.pt", "--trust"])


if __name__ == "__main__":
    main()
