# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""BigGAN, in any of its names: the tests' twin, as quick as PyTorch makes it."""

import dataclasses

import torch
from torch.nn import functional

import biggan_twin as twin
from peer_networks import Kept

STYLES = (
    twin.AUTHORS,
    # ImageNet's, and CIFAR-10's.
    dataclasses.replace(twin.MMGENERATION, spectral="u0", in_place=True),
    twin.MMGENERATION,
    twin.STUDIOGAN,
    twin.STUDIOGAN_PLAIN,
)


class Frozen(Kept):
    """Spectral norms are in the weights."""

    def __init__(self, state, *arguments, **more):
        super().__init__(*arguments, **more)
        self.state = state

    def array(self, name, *_, **__):
        return self.keep(name, lambda: self.state[name])

    def normed(self, layer, *shape):
        make = super().normed
        return self.keep(layer, lambda: make(layer, *shape))


class Generator(Frozen, twin.Generator):
    """Batch norms are a multiplication and an addition."""

    def scaled(self, layer, x, gain, bias):
        mean, variance = (layer + name for name in self.style.norm[1:])
        scale = self.keep((layer, "scale"), lambda: (self.state[variance].double() + self.style.epsilon).rsqrt())
        gain = gain * scale[:, None, None]
        shift = bias - self.array(mean)[:, None, None] * gain
        return functional.relu(torch.addcmul(shift, x, gain), inplace=True)

    def shortcut(self, block, x, channels):
        return twin.double(self.part(block, 2, x, channels))


class Discriminator(Frozen, twin.Discriminator):

    def shortcut(self, block, x, channels, index, average):
        if index < self.sizes.halved or x.shape[1] != channels:
            return self.part(block, 2, average(x), channels)
        return x


def find_weight(state, layer):
    return next((state[layer + name] for name in (".weight", ".weight_orig") if layer + name in state), None)


def name_part(style, block, which):
    return style.block.format(block) + style.parts[which] + style.parts[3]


def find_style(state):
    for style in STYLES:
        name = ".weight_orig" if style.spectral in ("pair", "converged") else ".weight"
        if name_part(style, 0, 0) + name in state:
            return style
    raise SystemExit("peer: the names in this file are nobody's that it knows")


def measure(style, state):
    """What the first block takes and what each makes; the number of blocks with a 1x1 shortcut, but for
    the last one; after which there is attention."""
    widths, shortcuts, attention, number = [], [], None, 0
    while (weight := find_weight(state, name_part(style, number, 0))) is not None:
        shortcuts.append(find_weight(state, name_part(style, number, 2)) is not None)
        widths += [weight.shape[1], weight.shape[0]] if not widths else [weight.shape[0]]
        number += 1
        if style.attended.format(number - (not style.counted)) + style.attention[4] in state:
            attention = len(shortcuts) - 1
            number += style.counted
    return tuple(widths), sum(shortcuts[:-1]), attention


def make(g, d, **place):
    g_style, d_style = find_style(g), find_style(d)
    g_widths, _, g_attention = measure(g_style, g)
    d_widths, halved, d_attention = measure(d_style, d)
    sizes = twin.Sizes(g_widths, d_widths[1:], halved, (g_attention, d_attention))

    latent, chunk = find_weight(g, g_style.ends[0]).shape[1], 0
    if g_style.shared + ".weight" in g:
        latent, chunk = latent * len(g_widths), latent
    tables = g_style.block.format(0) + "bn1.gain.weight_orig" in g
    projects = find_weight(d, d_style.ends[2]) is not None and "linear2" not in {name.split(".")[0] for name in d}
    return (
        Generator(g, g_style, sizes, None, attends=True, chunk=chunk, table_is_normed=tables, **place),
        Discriminator(d, d_style, sizes, None, attends=True, classes="projected" if projects else "none", **place),
        latent,
    )
