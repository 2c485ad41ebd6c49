# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""A small TorchScript pair; `script_pair.py FOLDER...` writes it into each folder."""

import hashlib
import json
import pathlib
import sys

import torch

SIZE = 12
TWO_CLASSES = [{"name": "one"}, {"name": "two"}]


class Paint(torch.nn.Module):
    """Gray pictures from 0 to 1 of a latent (B, 8, 1, 1) and a one-hot class."""

    def __init__(self):
        super().__init__()
        self.grow = torch.nn.ConvTranspose2d(10, 1, SIZE)

    def forward(self, z, y):
        return torch.sigmoid(self.grow(torch.cat([z, y[:, :, None, None]], 1)))


class Look(torch.nn.Module):
    """A score (B, 1) for whatever class; its buffer counts."""

    def __init__(self):
        super().__init__()
        self.conv = torch.nn.Conv2d(1, 4, 3)
        self.register_buffer("calls", torch.tensor(0))

    def forward(self, x):
        return (self.conv(x) ** 2).mean((2, 3)).sum(1, keepdim=True) + self.calls


def write(folder, generator, discriminator, **members):
    """Makes a model's folder of a pair; a network may be its file's bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {}
    for role, network in ("generator", generator), ("discriminator", discriminator):
        path = folder / f"{role}.pt"
        if isinstance(network, bytes):
            path.write_bytes(network)
        else:
            torch.jit.script(network.eval()).save(str(path))
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        files[role] = {"name": path.name, "sha256": digest}
    manifest = {
        "format": "dot-refine-model",
        "version": 1,
        "architecture": "torchscript",
        "title": "A pair",
        "license": "CC0",
        "provenance": "a test",
        "image": {"size": SIZE, "channels": 1, "range": [0, 1]},
        "latent": {"size": 8, "shape": [8, 1, 1], "prior": "normal"},
        "class_input": "one-hot",
        "classes": TWO_CLASSES,
        "files": files,
    }
    manifest.update(members)
    (folder / "model.json").write_text(json.dumps(manifest))
    return folder


def main():
    torch.manual_seed(0)
    for folder in sys.argv[1:]:
        write(pathlib.Path(folder), Paint(), Look())


if __name__ == "__main__":
    main()
