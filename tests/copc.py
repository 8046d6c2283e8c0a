"""A writer of small COPC files (https://copc.io, version 1.0), for tests: a root node and one node per quarter of its cube."""

from __future__ import annotations

import io
import struct

import laspy
import lazrs
import numpy as np

HEADER, VLR = 375, 54


def write_copc(path, xyz, classes, centre, half):
    """Write points (n, 3) of format 6 inside the cube round ``centre`` as COPC: every tenth in the root, the others in the quarters."""
    header = laspy.LasHeader(point_format=6, version="1.4")
    header.scales, header.offsets = [0.001] * 3, [100_000.0, 450_000.0, 0.0]
    las = laspy.LasData(header)
    las.x, las.y, las.z = np.asarray(xyz, float).T
    las.classification = np.asarray(classes, np.uint8)
    plain = io.BytesIO()
    las.write(plain)
    head = bytearray(plain.getvalue()[:HEADER])
    records = las.points.array
    coordinates = np.asarray(xyz, float)
    low = np.asarray(centre) - half
    place = np.minimum((coordinates - low) // half, 1).astype(int)
    root = np.arange(len(records)) % 10 == 0
    nodes = [((0, 0, 0, 0), root)]
    for key in sorted({tuple(row) for row in place}):
        nodes.append(((1, *key), ~root & (place == key).all(axis=1)))
    laz = lazrs.LazVlr.new_for_compression(6, 0, True)
    record = bytes(laz.record_data())
    start = HEADER + VLR + 160 + VLR + len(record)
    stream = io.BytesIO(b"\0" * start)
    stream.seek(start)
    compressor = lazrs.LasZipCompressor(stream, laz)
    compressor.reserve_offset_to_chunk_table()
    entries = []
    for key, chosen in nodes:
        begin = stream.tell()
        compressor.compress_many(records[chosen].tobytes())
        compressor.finish_current_chunk()
        entries.append(struct.pack("<4i Q 2i", *key, begin, stream.tell() - begin, int(chosen.sum())))
    compressor.done()
    end = stream.tell()
    hierarchy = b"".join(entries)
    body = bytearray(stream.getvalue())
    info = struct.pack("<5d 2Q 2d", *centre, half, half / 64, end + 60, len(hierarchy), 0.0, 1.0) + b"\0" * 88
    for offset, user, number, data in ((HEADER, b"copc", 1, info), (HEADER + VLR + 160, b"laszip encoded", 22204, record)):
        body[offset : offset + VLR] = struct.pack("<H16sHH32s", 0, user, number, len(data), b"test")
        body[offset + VLR : offset + VLR + len(data)] = data
    head[94:96] = struct.pack("<H", HEADER)
    head[96:100] = struct.pack("<I", start)
    head[100:104] = struct.pack("<I", 2)
    head[104] = 6 | 0x80
    head[235:247] = struct.pack("<Q I", end, 1)
    body[:HEADER] = head
    extra = struct.pack("<H16sHQ32s", 0, b"copc", 1000, len(hierarchy), b"test")
    path.write_bytes(bytes(body) + extra + hierarchy)
    return path
