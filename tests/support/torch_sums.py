# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Prints how PyTorch reads its own files: how many arrays there are, and a SHA-256 over their names,
shapes and float32 numbers, in the order of the names.  The figures in test-torch-file.c are made by it.

torch_sums.py FILE...: the files are unpickled, which runs them; give none that isn't trusted.
"""

import hashlib
import pickle
import sys

import numpy
import torch

PLAIN = "torch", "collections", "builtins", "numpy", "_codecs"
PARTS = "_parameters", "_buffers", "_modules"


class Object:
    def __setstate__(self, state):
        self.__dict__.update(state)


def persistent(meta):
    made = Object()
    made.__dict__.update(meta["state"])
    return made


class Unpickler(pickle.Unpickler):
    """Knows no network's class."""

    def find_class(self, module, name):
        if name == "_reconstruct_persistent_obj":
            return persistent
        if name == "EasyDict":
            return dict
        if module.split(".")[0] in PLAIN and not module.startswith("torch.nn"):
            return super().find_class(module, name)
        return type(name, (Object,), {})


def walk(value, name="", inside=False):
    """What lies in dictionaries and objects, with its name."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from walk(item, f"{name}/{key}" if name else str(key))
    elif isinstance(value, Object):
        separator = "." if inside else "/"
        for key, item in value.__dict__.items():
            parts = item.items() if key in PARTS else [(key, item)]
            for part, one in parts:
                yield from walk(one, f"{name}{separator}{part}", True)
    else:
        yield name, value


def find_arrays(path):
    return {
        name: value.detach().float().numpy()
        for name, value in walk(load(path))
        if isinstance(value, torch.Tensor) and not name.endswith("num_batches_tracked")
    }


def load(path):
    if path.endswith(".pkl"):
        with open(path, "rb") as file:
            return Unpickler(file).load()
    return torch.load(path, map_location="cpu", weights_only=False)


def main():
    for path in sys.argv[1:]:
        found = find_arrays(path)
        total = hashlib.sha256()
        for name in sorted(found, key=str.encode):
            array = numpy.ascontiguousarray(found[name]).reshape(found[name].shape)
            total.update(f"{name}\0{array.shape}\0".encode() + array.tobytes())
        print(f"{path}: {len(found)} {total.hexdigest()}")


if __name__ == "__main__":
    main()
