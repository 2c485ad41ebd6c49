# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""What dot-refine invert finds for photographs that no network here was trained on, by a network that had no part in it:
of the photographs of a class, each start is most like its own."""

import os
import pathlib
import tarfile
import unittest

import gi
import numpy
import torch

from command import CommandTest, main

gi.require_version("GdkPixbuf", "2.0")
from gi.repository import GdkPixbuf  # noqa: E402

SHARED = pathlib.Path(os.environ["DOT_REFINE_SOURCE"]).parent / "shared"
PHOTOGRAPHS = SHARED / "data" / "tiny-imagenet-40.tar"
LOOK = SHARED / "metrics" / "inception768.pt"
NATIVE = pathlib.Path(os.environ["DOT_REFINE_MODULE_DIR"]) / "dotrefine-native.so"

CLASSES = "n02165456", "n07749582"  # ladybug, lemon
EACH = 4
FEW = "--steps", 80, "--starts", 8
RIGHT = 5  # of 8; by chance 2


@unittest.skipUnless(NATIVE.exists(), "there is no native engine")
@unittest.skipUnless(PHOTOGRAPHS.exists() and LOOK.exists(), "there are no photographs here, or no one to look at them")
class Photograph(CommandTest):

    def unpack(self, wnid):
        """The first held-out photographs of a class, in the order of their names."""
        with tarfile.open(PHOTOGRAPHS) as archive:
            members = sorted((m for m in archive if f"/val/{wnid}/" in m.name and m.isfile()), key=lambda m: m.name)
            paths = [self.folder / pathlib.Path(member.name).name for member in members[:EACH]]
            for member, path in zip(members, paths):
                path.write_bytes(archive.extractfile(member).read())
        return paths

    def find(self, photograph, wnid):
        out = self.folder / photograph.stem
        self.run_json("invert", photograph, "--model", "imagenet40-64", "--class", wnid, *FEW, "--out", out)
        return out / "picture.png"

    def read(self, path):
        """(3, height, width) of bytes."""
        pixbuf = GdkPixbuf.Pixbuf.new_from_file(str(path))
        rows = numpy.frombuffer(pixbuf.read_pixel_bytes().get_data(), numpy.uint8)
        rows = rows[: (pixbuf.get_height() - 1) * pixbuf.get_rowstride() + pixbuf.get_width() * 3]
        rows = numpy.pad(rows, (0, pixbuf.get_height() * pixbuf.get_rowstride() - rows.size))
        rows = rows.reshape(pixbuf.get_height(), pixbuf.get_rowstride())[:, : pixbuf.get_width() * 3]
        return rows.reshape(pixbuf.get_height(), pixbuf.get_width(), 3).transpose(2, 0, 1).astype(numpy.float32)

    def look(self, paths):
        """Features of length 1."""
        pictures = numpy.stack([self.read(path) for path in paths])
        with torch.no_grad():
            seen = torch.jit.load(str(LOOK))(torch.from_numpy(pictures))
        seen = seen[0] if isinstance(seen, tuple) else seen
        seen = seen.flatten(1)
        return seen / seen.norm(dim=1, keepdim=True)

    def test_each_start_is_most_like_its_own(self):
        right = 0
        for wnid in CLASSES:
            photographs = self.unpack(wnid)
            starts = [self.find(photograph, wnid) for photograph in photographs]
            likeness = self.look(starts) @ self.look(photographs).T
            right += int((likeness.argmax(1) == torch.arange(EACH)).sum())
        print(f"{right} of {EACH * len(CLASSES)} starts are most like their own photograph")
        self.assertGreaterEqual(right, RIGHT)


if __name__ == "__main__":
    main()
