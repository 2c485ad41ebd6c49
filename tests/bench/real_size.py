# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Random pairs as large as the public ones, in their authors' own files: real_size.py MODEL FOLDER

What trained networks have in common they have, too: their batch norms' statistics are those of their own
pictures, so that nothing dies away on the way.
"""

import argparse
import dataclasses
import functools
import pathlib

import numpy
import torch

from peer_networks import TESTS  # finds the twins, too

import biggan_twin
import stylegan2_twin
import torch_modules

# Pictures that statistics are taken of.
BATCH = 2

BIGGAN_128 = biggan_twin.Sizes(
    generator=tuple(96 * n for n in (16, 16, 8, 4, 2, 1)),
    discriminator=tuple(96 * n for n in (1, 2, 4, 8, 16, 16)),
    halved=5,
    attention=(3, 0),
    classes=1000,
    shared=128,
)
BIGGAN_256 = dataclasses.replace(
    BIGGAN_128,
    generator=tuple(96 * n for n in (16, 16, 8, 8, 4, 2, 1)),
    discriminator=tuple(96 * n for n in (1, 2, 4, 8, 8, 16, 16)),
    halved=6,
    attention=(3, 1),
)
STYLEGAN2_256 = stylegan2_twin.Sizes(size=256, latent=512, style=512, layers=8, most=512, channels=32768)


@dataclasses.dataclass(frozen=True)
class R3ganSizes:
    """Widths from 4x4 pixels on, channels of a group; a class's embedding is as long as a latent."""

    widths: tuple
    group: int
    latent: int
    classes: int


R3GAN_64 = R3ganSizes(widths=(1536,) * 5, group=32, latent=64, classes=1000)


class Generator(biggan_twin.Generator):

    def statistics(self, layer, x):
        variance, mean = torch.var_mean(x, (0, 2, 3), correction=0)
        for name, value in zip(self.style.norm[1:], (mean, variance)):
            self.state.setdefault(layer + name, value.float())
        return mean, variance


def make_biggan(style, sizes, chunk, classes="projected"):
    """Arrays are there once they were needed."""
    generator = Generator(style, sizes, 1, attends=True, chunk=chunk)
    discriminator = biggan_twin.Discriminator(style, sizes, 2, attends=True, classes=classes)
    random = numpy.random.default_rng(0)
    z = torch.as_tensor(random.standard_normal((BATCH, chunk * len(sizes.generator))))
    y = torch.arange(BATCH)
    with torch.no_grad():
        discriminator(generator(z, y), y)
    return generator, discriminator


def save_biggan(folder, sizes, chunk):
    return biggan_twin.save_each(folder, *make_biggan(biggan_twin.AUTHORS, sizes, chunk))


def save_studiogan(folder, sizes, chunk):
    """ReACGAN's: its score doesn't depend on the class."""
    pair = make_biggan(biggan_twin.STUDIOGAN, sizes, chunk, classes="none")
    return biggan_twin.save_studiogan(folder, *pair, with_averages=False)


class R3ganArrays(stylegan2_twin.Arrays):

    def add_weight(self, name, *shape, gain=1.0):
        self.add(name, *shape, scale=gain * numpy.prod(shape[1:]) ** -0.5)

    def add_block(self, name, width, group):
        wide = 2 * width
        self.add_weight(f"{name}.LinearLayer1.Layer.weight", wide, width, 1, 1)
        self.add_weight(f"{name}.LinearLayer2.Layer.weight", wide, group, 3, 3)
        self.add_weight(f"{name}.LinearLayer3.Layer.weight", width, wide, 1, 1)
        for number in 1, 2:
            self.add(f"{name}.NonLinearity{number}.Bias", wide, scale=0.1)

    def add_step(self, name, before, width):
        self[f"{name}.Resampler.Kernel"] = numpy.float32(stylegan2_twin.KERNEL)
        if before != width:
            self.add_weight(f"{name}.LinearLayer.Layer.weight", width, before, 1, 1)


def make_r3gan_generator(seed, sizes):
    arrays, widths = R3ganArrays(seed), sizes.widths
    arrays.add("Model.EmbeddingLayer.weight", sizes.latent, sizes.classes)
    arrays.add("Model.MainLayers.0.Layers.0.Basis", widths[0], 4, 4)
    arrays.add_weight("Model.MainLayers.0.Layers.0.LinearLayer.weight", widths[0], 2 * sizes.latent)
    for stage, width in enumerate(widths):
        name = f"Model.MainLayers.{stage}.Layers"
        if stage > 0:
            arrays.add_step(f"{name}.0", widths[stage - 1], width)
        for block in 1, 2:
            arrays.add_block(f"{name}.{block}", width, sizes.group)
    arrays.add_weight("Model.AggregationLayer.Layer.weight", 3, widths[-1], 1, 1, gain=0.1)
    return arrays


def make_r3gan_discriminator(seed, sizes):
    arrays, widths = R3ganArrays(seed), sizes.widths[::-1]
    arrays.add("Model.EmbeddingLayer.weight", widths[-1], sizes.classes)
    arrays.add_weight("Model.ExtractionLayer.Layer.weight", widths[0], 3, 1, 1)
    for stage, width in enumerate(widths):
        name = f"Model.MainLayers.{stage}.Layers"
        for block in 0, 1:
            arrays.add_block(f"{name}.{block}", width, sizes.group)
        if stage + 1 < len(widths):
            arrays.add_step(f"{name}.2", width, widths[stage + 1])
    arrays.add_weight(f"{name}.2.Basis.weight", width, 1, 4, 4)
    arrays.add_weight(f"{name}.2.LinearLayer.weight", width, width, gain=width**-0.5)
    return arrays


def save_r3gan(folder, sizes):
    path = folder / "network-snapshot-final.pkl"
    torch_modules.save_r3gan(path, make_r3gan_generator(1, sizes), make_r3gan_discriminator(2, sizes))
    return path, path


def save_stylegan2(folder, sizes, classes):
    path = folder / "network-snapshot-025000.pkl"
    generator, _ = stylegan2_twin.make_generator(1, sizes, classes, limit=256.0)
    discriminator, _ = stylegan2_twin.make_discriminator(2, sizes, classes, limit=256.0)
    torch_modules.save_stylegan2(path, generator, discriminator)
    return path, path


# Each saves a pair in a folder, and says its generator's file and its discriminator's.
MODELS = {
    "biggan-128": functools.partial(save_biggan, sizes=BIGGAN_128, chunk=20),
    "biggan-256": functools.partial(save_biggan, sizes=BIGGAN_256, chunk=17),
    "studiogan-128": functools.partial(save_studiogan, sizes=BIGGAN_128, chunk=20),
    "r3gan-64": functools.partial(save_r3gan, sizes=R3GAN_64),
    "stylegan2-256": functools.partial(save_stylegan2, sizes=STYLEGAN2_256, classes=10),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", choices=MODELS)
    parser.add_argument("folder", type=pathlib.Path)
    options = parser.parse_args()
    options.folder.mkdir(parents=True)
    MODELS[options.model](options.folder)


if __name__ == "__main__":
    main()
