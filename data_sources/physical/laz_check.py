"""A LAZ file's table of chunks, checked before a library uses it.

The library allocates what the table and the chunks' layers say; a damaged one can ask for more memory than there is, and that ends the
whole program. Format: LAS 1.4 R15 (ASPRS) and the LAZ specification (rapidlasso): an offset before the points, a table after them, and in
every chunk of point formats 6 and up the sizes of its layers.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import lazrs

COMPRESSED = 0xC0
LAYERS = {6: 9, 7: 10, 8: 11, 9: 10, 10: 12}
SIZES = {6: 30, 7: 36, 8: 38, 9: 59, 10: 67}
"""Layers and bytes of the layered point formats, extra bytes apart: each of those is a layer more."""
LASZIP_RECORD = 22204
MOST_RECORDS = 100_000


def check_laz(path: Path) -> None:
    """Raise ``ValueError`` when the parts of a LAZ file do not add up; uncompressed files and others pass."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        head = stream.read(375)
        if not head.startswith(b"LASF") or len(head) < 227 or not head[104] & COMPRESSED:
            return
        (start_of_records,), (points, records) = struct.unpack_from("<H", head, 94), struct.unpack_from("<II", head, 96)
        point_format, (width,) = head[104] & 0x3F, struct.unpack_from("<H", head, 105)
        if not start_of_records <= points <= size - 16 or records > MOST_RECORDS or not width:
            raise ValueError("the header points outside the file")
        laszip = _laszip_record(stream, start_of_records, records, points)
        stream.seek(points)
        (table,) = struct.unpack("<q", stream.read(8))
        if table == -1:
            stream.seek(size - 8)
            (table,) = struct.unpack("<q", stream.read(8))
        room = table - points - 8
        if not room >= 0 or table > size - 8:
            raise ValueError("the table of chunks lies outside the file")
        stream.seek(table)
        _, count = struct.unpack("<II", stream.read(8))
        if count * width > room:
            raise ValueError("more chunks than fit")
        if not count:
            return
        stream.seek(points)
        chunks = [int(length) for _, length in lazrs.read_chunk_table(stream, lazrs.LazVlr(laszip)) if length]
        if min(chunks, default=0) < width or sum(chunks) != room:
            raise ValueError("the chunks do not fill the file")
        if point_format in LAYERS:
            _check_layers(stream, points + 8, chunks, width, LAYERS[point_format] + width - SIZES[point_format])


def _laszip_record(stream: IO[bytes], start: int, records: int, end: int) -> bytes:
    """Return the record that says how points are packed."""
    stream.seek(start)
    for _ in range(records):
        head = stream.read(54)
        if len(head) < 54 or stream.tell() > end:
            raise ValueError("the records run past the points")
        number, length = struct.unpack_from("<HH", head, 18)
        data = stream.read(length)
        if number == LASZIP_RECORD:
            return data
    raise ValueError("no record says how points are packed")


def _check_layers(stream: IO[bytes], start: int, chunks: Sequence[int], width: int, layers: int) -> None:
    """Check that the layers of every chunk fit in it."""
    for length in chunks:
        stream.seek(start)
        head = stream.read(width + 4 + 4 * layers)
        if layers < 0 or len(head) < width + 4 + 4 * layers or len(head) + sum(struct.unpack_from(f"<{layers}I", head, width + 4)) > length:
            raise ValueError("the layers of a chunk run past it")
        start += length
