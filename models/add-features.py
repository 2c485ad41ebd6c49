#!/usr/bin/env python3
"""Puts the heads of a projected discriminator and the feature network they were trained on into
one file, which DOT Refine reads with the architecture "projected".

    add-features.py HEADS.npz FEATURES.pt DISCRIMINATOR.safetensors

HEADS.npz is what a training writes as projected.npz.  FEATURES.pt is a SqueezeNet 1.1 in
TorchScript that takes (N, 3, H, W) in [-1, 1] and gives its maps of 128, 256, 384 and 512 channels
at 128 pixels (docs/train.md).  How it prepares a picture goes into its first convolution; that the
result is the same network is tried before anything is written."""
import json
import sys

import numpy as np
import torch

SIDE = 128
BOUND = 1e-4
FIRES = range(2, 10)
POOLED = (2, 4, 6)
MAPPED = (3, 5, 7, 9)

# What networks do to a picture in [0, 1] before they look at it: which channel goes where, and
# scale and shift of each of these.
PREPARATIONS = {
    "BGR, 0 to 255, less Caffe's means": ([2, 1, 0], [255.0] * 3, [-104.0, -117.0, -123.0]),
    "RGB, torchvision's means and deviations": (
        [0, 1, 2],
        [1 / 0.229, 1 / 0.224, 1 / 0.225],
        [-0.485 / 0.229, -0.456 / 0.224, -0.406 / 0.225],
    ),
}


def layer_names():
    """The convolutions, in the order in which they are computed."""
    return ["conv1"] + [f"fire{n}/{part}" for n in FIRES for part in ("squeeze", "expand1", "expand3")]


def number_of(name):
    digits = name.rsplit(".", 1)[-1].lstrip("c")
    return int(digits) if digits.isdigit() else None


def read_layers(network):
    """The weights and biases of the convolutions, by name."""
    state = [(k, v.double()) for k, v in network.state_dict().items()]
    if all(number_of(k) is not None for k, v in state if v.dim() in (1, 4) and v.numel() > 3):
        state = [(k, v) for k, v in state if number_of(k) is not None]
        state.sort(key=lambda item: number_of(item[0]))
    weights = [v for k, v in state if v.dim() == 4 and v.shape[1] != 1 and v.numel() > 3]
    biases = [v for k, v in state if v.dim() == 1]
    names = layer_names()
    if len(weights) < len(names) or len(biases) < len(names):
        sys.exit("It has not the convolutions of SqueezeNet 1.1.")
    return {n: (w, b) for n, w, b in zip(names, weights, biases)}


def means_of(network):
    """Caffe's means as the network has them, where it has them."""
    found = [v for v in network.state_dict().values() if v.shape == (1, 3, 1, 1)]
    return [-float(x) for x in found[0].flatten()] if found else None


def prepare(layers, preparation):
    """The layers, of which the first one takes pictures in [-1, 1]."""
    order, scale, shift = preparation
    weight, bias = layers["conv1"]
    scale = torch.tensor(scale, dtype=torch.float64).view(1, 3, 1, 1)
    shift = torch.tensor(shift, dtype=torch.float64).view(1, 3, 1, 1)
    # scale · (x + 1) / 2 + shift.
    bias = bias + (weight * (scale / 2 + shift)).sum((1, 2, 3))
    weight = (weight * scale / 2)[:, torch.tensor(order).argsort()]
    return {**layers, "conv1": (weight, bias)}


def look(layers, pictures):
    """The four maps as DOT Refine computes them."""
    relu, conv2d = torch.relu, torch.nn.functional.conv2d
    x = torch.nn.functional.interpolate(pictures, (SIDE, SIDE), mode="bilinear", align_corners=False)
    x = relu(conv2d(x, *layers["conv1"], stride=2))
    maps = []
    for n in FIRES:
        if n in POOLED:
            x = torch.nn.functional.max_pool2d(x, 3, 2, ceil_mode=True)
        x = relu(conv2d(x, *layers[f"fire{n}/squeeze"]))
        x = [
            relu(conv2d(x, *layers[f"fire{n}/expand1"])),
            relu(conv2d(x, *layers[f"fire{n}/expand3"], padding=1)),
        ]
        x = torch.cat(x, 1)
        if n in MAPPED:
            maps.append(x)
    return maps


def distance(found, expected):
    return max(float((a - b).norm() / b.norm()) for a, b in zip(found, expected))


def find_layers(network):
    """The layers with the preparation that gives the network's own maps."""
    torch.manual_seed(0)
    pictures = torch.rand(4, 3, 64, 64) * 2 - 1
    with torch.no_grad():
        expected = [m.double() for m in network(pictures)]
    layers = read_layers(network)
    preparations = list(PREPARATIONS.values())
    means = means_of(network)
    if means:
        preparations.append(([2, 1, 0], [255.0] * 3, means))
    errors = []
    for preparation in preparations:
        prepared = prepare(layers, preparation)
        try:
            errors.append(distance(look(prepared, pictures.double()), expected))
        except RuntimeError:
            sys.exit("Its convolutions are not those of SqueezeNet 1.1.")
        if errors[-1] <= BOUND:
            return prepared, errors[-1]
    sys.exit(f"Its maps are not those of SqueezeNet 1.1 (they differ by {min(errors):.2g}).")


def write_safetensors(path, arrays):
    header, offset = {}, 0
    for name, array in arrays.items():
        header[name] = {
            "dtype": "F32",
            "shape": list(array.shape),
            "data_offsets": [offset, offset + array.nbytes],
        }
        offset += array.nbytes
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        for array in arrays.values():
            file.write(array.tobytes())


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    heads, features, out = sys.argv[1:]
    layers, error = find_layers(torch.jit.load(features, map_location="cpu").eval())
    with np.load(heads) as file:
        arrays = {name: np.ascontiguousarray(file[name], "<f4") for name in sorted(file.files)}
    for name, (weight, bias) in layers.items():
        arrays[f"features/{name}/W"] = weight.float().contiguous().numpy()
        arrays[f"features/{name}/b"] = bias.float().contiguous().numpy()
    write_safetensors(out, arrays)
    print(f"{out}: {len(arrays)} arrays; the feature network's maps differ by {error:.1e}")


if __name__ == "__main__":
    main()
