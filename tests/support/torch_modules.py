# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Pickles of whole networks, as StyleGAN's and R3GAN's authors keep them, of arrays by their names."""

import contextlib
import pickle
import sys
import types

import torch

# Arrays that are no parameters, and what is no array.
BUFFERS = "resample_filter", "noise_const", "w_avg", "Kernel"
NUMBERS = ("conv_clamp",)


@contextlib.contextmanager
def known(**members):
    """What pickle looks up in Python modules, which are there while it writes: what is for each."""
    names = {name for module in members for name in (module, module.split(".")[0])}
    sys.modules |= {name: types.ModuleType(name) for name in names}
    for module, member in members.items():
        member.__module__, member.__qualname__ = module, member.__name__
        setattr(sys.modules[module], member.__name__, member)
    try:
        yield
    finally:
        for name in names:
            del sys.modules[name]


def put(module, name, array):
    """An array, or a number, in the module that its name says."""
    *path, last = name.split(".")
    for part in path:
        if part not in module._modules:
            module.add_module(part, type(module)())
        module = module._modules[part]
    tensor = torch.as_tensor(array)
    if last in NUMBERS:
        setattr(module, last, float(tensor))
    elif last in BUFFERS:
        module.register_buffer(last, tensor)
    else:
        module.register_parameter(last, torch.nn.Parameter(tensor, requires_grad=False))


def build(kind, arrays):
    module = kind()
    for name, array in arrays.items():
        put(module, name, array)
    return module


def write(path, kind, generator, discriminator, protocol):
    networks = {"G_ema": build(kind, generator), "D": build(kind, discriminator)}
    with open(path, "wb") as file:
        pickle.dump(networks, file, protocol=protocol)


def save_r3gan(path, generator, discriminator):
    """Objects of R3GAN's classes."""

    class Network(torch.nn.Module):
        pass

    with known(**{"R3GAN.Networks": Network}):
        write(path, Network, generator, discriminator, protocol=4)


def save_stylegan2(path, generator, discriminator):
    """Objects that are made by a function of their authors', of what is in a dictionary."""

    def _reconstruct_persistent_obj(meta):
        raise NotImplementedError

    class EasyDict(dict):
        pass

    class Network(torch.nn.Module):

        def __reduce__(self):
            meta = EasyDict(type="class", version=4, class_name="Network", module_src="", state=self.__dict__)
            return _reconstruct_persistent_obj, (meta,)

    names = {
        "torch_utils.persistence": _reconstruct_persistent_obj,
        "dnnlib.util": EasyDict,
        "training.networks": Network,
    }
    with known(**names):
        write(path, Network, generator, discriminator, protocol=3)
