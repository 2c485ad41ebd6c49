# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Makes files that are wrong in one way each, out of a good one."""

import io
import re
import struct
import zipfile

import numpy

LOCAL_HEADER, CENTRAL_HEADER = b"PK\x03\x04", b"PK\x01\x02"


def read_arrays(path):
    """The arrays of an .npz."""
    with numpy.load(path) as file:
        return {key: file[key] for key in file.files}


def write_arrays(path, arrays):
    """An .npz of the arrays; returns its path."""
    numpy.savez(path, **arrays)
    return path


def write_raw(path, entries):
    """An .npz whose entries are the given bytes; returns its path."""
    with zipfile.ZipFile(path, "w") as file:
        for key, data in entries.items():
            file.writestr(f"{key}.npy", data)
    return path


def npy(header, data=b"", header_size=None):
    """An .npy of any header, however wrong."""
    text = header.encode("latin-1")
    size = len(text) if header_size is None else header_size
    return b"\x93NUMPY\x02\x00" + struct.pack("<I", size) + text + data


def npy_of(array):
    """The right .npy of an array."""
    file = io.BytesIO()
    numpy.save(file, array)
    return file.getvalue()


def with_entry(path, source, key, data):
    """A copy of source in which key's .npy is data."""
    entries = {name: npy_of(array) for name, array in read_arrays(source).items()}
    return write_raw(path, entries | {key: data})


def with_array(path, source, key, array):
    """A copy of source in which key is array, or is missing."""
    arrays = read_arrays(source)
    if array is None:
        del arrays[key]
    else:
        arrays[key] = array
    return write_arrays(path, arrays)


def with_bytes(path, source, change):
    """A copy of source whose bytes went through change()."""
    path.write_bytes(change(bytearray(source.read_bytes())))
    return path


def claim_size(data, size):
    """Changes what a zip's directory says of its first entry's sizes."""
    offset = data.index(CENTRAL_HEADER)
    struct.pack_into("<II", data, offset + 20, size, size)
    return data


def claim_entries(data, number):
    """Changes how many entries a zip says it has."""
    offset = data.rindex(b"PK\x05\x06")
    struct.pack_into("<HH", data, offset + 8, number, number)
    return data


def damage_stream(data):
    """Spoils bytes in the middle of a zip's first entry."""
    offset = data.index(LOCAL_HEADER) + 200
    data[offset : offset + 64] = bytes(64)
    return data


def flip_bits(data, rng):
    for _ in range(rng.randint(1, 8)):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)


def cut_off(data, rng):
    del data[rng.randrange(len(data)) :]


def delete_span(data, rng):
    offset = rng.randrange(len(data))
    del data[offset : offset + rng.randint(1, 200)]


def double_span(data, rng):
    offset = rng.randrange(len(data))
    data[offset:offset] = data[offset : offset + rng.randint(1, 200)]


def replace_number(data, rng):
    """Puts an absurd value where a digit is."""
    begin = rng.randrange(len(data))
    offset = re.compile(rb"[0-9]|$").search(data, begin).start()
    data[offset : offset + 1] = rng.choice([b"-1", b"1e400", b"99999999999999999999", b"null", b'"', b"[", b"{}"])


# What may happen to any file; a seeded generator says where.
CHANGES = flip_bits, cut_off, delete_span, double_span, replace_number


def change(data, rng):
    """Damage at the begin, where headers are, at the end, where a zip has its directory,
    or anywhere."""
    size = rng.choice([256, 4096, len(data)])
    begin = rng.choice([0, max(0, len(data) - size)])
    part = data[begin : begin + size]
    rng.choice(CHANGES)(part, rng)
    data[begin : begin + size] = part


def claim(data, rng):
    """Another size where weights say one: an entry's in a zip, a safetensors' header's."""
    size = rng.choice([0, 1, 2**16, 2**31, 2**32 - 1])
    entries = [match.start() for match in re.finditer(CENTRAL_HEADER, data)]
    if entries:
        struct.pack_into("<I", data, rng.choice(entries) + rng.choice([20, 24, 42]), size)
    else:
        struct.pack_into("<Q", data, 0, rng.choice([size, 2**63, 2**64 - 1]))
