# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""A small feature network, of which a projected discriminator gets its four maps."""

import torch

CHANNELS = 5, 6, 7, 8


class Maps(torch.nn.Module):
    """Pictures of 32 pixels become maps of 15, 7, 3 and 3."""

    def __init__(self, n_maps: int = 4):
        super().__init__()
        torch.manual_seed(1)
        self.n_maps = n_maps
        self.first = torch.nn.Conv2d(3, CHANNELS[0], 3, 2)
        self.second = torch.nn.Conv2d(CHANNELS[0], CHANNELS[1], 3, 1, 1)
        self.third = torch.nn.Conv2d(CHANNELS[1], CHANNELS[2], 3, 2)
        self.fourth = torch.nn.Conv2d(CHANNELS[2], CHANNELS[3], 3, 1, 1)

    def forward(self, x):
        one = torch.relu(self.first(x))
        two = torch.nn.functional.max_pool2d(torch.relu(self.second(one)), 3, 2)
        three = torch.tanh(self.third(two))
        return [one, two, three, torch.relu(self.fourth(three))][: self.n_maps]


def save(path, n_maps=4):
    torch.jit.script(Maps(n_maps).eval()).save(str(path))
