# Copyright (C) 2026 The DOT Refine authors
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Writes a PNG file, reads what the tests need of one, and refuses one that isn't whole."""

import struct
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunks(path):
    """The chunks of a file, each checked, up to IEND and nothing after it."""
    data = path.read_bytes()
    if data[:8] != SIGNATURE:
        raise ValueError(f"{path} is no PNG")

    found, offset = [], 8
    while offset < len(data):
        length, kind = struct.unpack_from(">I4s", data, offset)
        body = data[offset + 8 : offset + 8 + length]
        (checksum,) = struct.unpack_from(">I", data, offset + 8 + length)
        if zlib.crc32(kind + body) != checksum:
            raise ValueError(f"{path}: {kind} is damaged")
        found.append((kind, body))
        offset += 12 + length

    if found[-1][0] != b"IEND":
        raise ValueError(f"{path} is cut off")
    return found


def size(path):
    """Its width and height."""
    return struct.unpack(">II", dict(chunks(path))[b"IHDR"][:8])


def texts(path):
    """Its text chunks, whichever of the three kinds they are."""
    found = {}
    for kind, body in chunks(path):
        if kind not in (b"tEXt", b"zTXt", b"iTXt"):
            continue
        key, rest = body.split(b"\0", 1)
        if kind == b"tEXt":
            text = rest.decode("latin-1")
        elif kind == b"zTXt":
            text = zlib.decompress(rest[1:]).decode("latin-1")
        else:
            compressed = rest[0]
            rest = rest[2:].split(b"\0", 2)[2]
            text = (zlib.decompress(rest) if compressed else rest).decode()
        found[key.decode("latin-1")] = text
    return found


def encode(pixels):
    """The bytes of a PNG of (height, width, 3) bytes."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    height, width, _ = pixels.shape
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)
    return (
        SIGNATURE
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )
