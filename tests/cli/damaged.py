# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Makes files that are wrong in one way each, out of a good one."""

import io
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
    entries = {name: npy_of(array)
               for name, array in read_arrays(source).items()}
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
    data[offset:offset + 64] = bytes(64)
    return data
