# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Pairs in their authors' own files, for peer.py: what is in them, and what computes with it."""

import concurrent.futures
import functools
import importlib
import pathlib
import sys

import torch

TESTS = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TESTS / "support"))

import torch_sums

# What a network's names begin with in a file of several, or of one and its training.
PARTS = (
    ("state_dict/generator_ema.", "G_ema/", "state_dict/generator.", "G/", "state_dict/"),
    ("state_dict/discriminator.", "D/", "state_dict/"),
)
# Which module knows a generator that has such an array.
FAMILIES = {"synthesis.b4.const": "peer_stylegan2", "Model.AggregationLayer.Layer.weight": "peer_r3gan"}
OTHERS = "peer_biggan"

load_file = functools.lru_cache(torch_sums.load)


def read(path, role):
    """The tensors and numbers of the file's generator (0) or discriminator (1)."""
    found = {name: value for name, value in torch_sums.walk(load_file(path)) if is_number(value)}
    for part in PARTS[role]:
        chosen = {name.removeprefix(part): value for name, value in found.items() if name.startswith(part)}
        if chosen:
            return chosen
    return found


def is_number(value):
    return isinstance(value, (torch.Tensor, float, int))


class Kept:
    """A network whose arrays are made once from those of its file: in the precision that is computed
    in, without gradients, channels last."""

    def __init__(self, *arguments, dtype, device, **more):
        super().__init__(*arguments, **more)
        self.dtype, self.device, self.kept = dtype, device, {}

    def keep(self, name, make):
        if name not in self.kept:
            with torch.no_grad():
                tensor = torch.as_tensor(make()).detach().to(self.device, self.dtype)
            is_weight = tensor.dim() == 4
            self.kept[name] = tensor.contiguous(memory_format=torch.channels_last) if is_weight else tensor
        return self.kept[name]


class Pair:
    """Image and score of a latent."""

    def __init__(self, generator, discriminator, latent):
        self.generator, self.discriminator, self.latent = generator, discriminator, latent

    def __call__(self, z, y):
        image = self.generator(z.to(self.generator.dtype), y)
        return image, self.discriminator(image, y).float()


def load(paths, dtype, device):
    with concurrent.futures.ThreadPoolExecutor() as readers:
        states = list(readers.map(read, paths, range(2)))
    family = next((FAMILIES[name] for name in FAMILIES if name in states[0]), OTHERS)
    return Pair(*importlib.import_module(family).make(*states, dtype=dtype, device=device))
