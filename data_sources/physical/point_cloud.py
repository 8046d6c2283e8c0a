"""Point clouds: LAS, LAZ and COPC read by chunks, only the box. Source: AHN, CC0 1.0; classes 2 ground, 6 building, 9 water.

What is kept of a chunk are its whole-number coordinates (12 bytes a point) and class; metres are made at the end, chunk by chunk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import laspy
import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from ...errors import SourceError
from ...model import Note, PointCloud
from ..rd_box import in_rd

Floats = NDArray[np.float64]

CHUNK = 500_000
NOISE = (7, 18)
"""Classes of points that the supplier marked as noise (LAS 1.4)."""
NEEDED = laspy.DecompressionSelection.xy_returns_channel() | laspy.DecompressionSelection.Z | laspy.DecompressionSelection.CLASSIFICATION
"""Of the newer point formats only this is unpacked."""


@dataclass(frozen=True, eq=False)
class _Part:
    """Points of one chunk inside the box, as the file counts them."""

    whole: NDArray[np.int32]
    scales: Floats
    offsets: Floats
    classes: NDArray[np.uint8]


def read_points(paths: Sequence[Path], box: BaseGeometry) -> tuple[PointCloud | None, tuple[Note, ...]]:
    """Return the points inside the box's bounds (RD + NAP), or None if there are none, and remarks.

    Raises ``SourceError``: missing, cut off, no LAS/LAZ, not in RD.
    """
    files = [file for path in paths for file in (sorted(path.glob("*.la[sz]")) if path.is_dir() else [path])]
    parts: list[_Part] = []
    noise = 0
    for path in files:
        if not path.exists():
            raise SourceError("sources_missing", path=str(path))
        try:
            noise += _read(path, box, parts)
        except SourceError:
            raise
        except Exception as reason:  # lazrs raises its own class, laspy several
            raise SourceError("sources_corrupt", path=path.name, details=str(reason)) from reason
    notes = (Note.of("sources_points_noise", count=noise),) if noise else ()
    return _cloud(parts), notes


def _read(path: Path, box: BaseGeometry, parts: list[_Part]) -> int:
    """Add the points of a file inside the box to the parts; return how many of them were noise."""
    west, south, east, north = box.bounds
    noise = 0
    with laspy.open(path, decompression_selection=NEEDED) as reader:
        header = reader.header
        low, high = header.mins, header.maxs
        if header.point_count and not in_rd(low[0], low[1]):
            code = "sources_degrees" if max(abs(low[:2]).max(), abs(high[:2]).max()) <= 180 else "sources_not_rd"
            raise SourceError(code, path=path.name, x=float(low[0]), y=float(low[1]))
        if low[0] > east or high[0] < west or low[1] > north or high[1] < south:
            return 0
        scales, offsets = np.asarray(header.scales, float), np.asarray(header.offsets, float)
        first, last = (np.array([west, south]) - offsets[:2]) / scales[:2], (np.array([east, north]) - offsets[:2]) / scales[:2]
        for chunk in reader.chunk_iterator(CHUNK):
            x, y = chunk.X, chunk.Y
            inside = (x >= first[0] - 1e-6) & (x <= last[0] + 1e-6) & (y >= first[1] - 1e-6) & (y <= last[1] + 1e-6)
            if not inside.any():
                continue
            classes = np.asarray(chunk.classification)[inside].astype(np.uint8)
            clean = ~np.isin(classes, NOISE)
            noise += int((~clean).sum())
            whole = np.column_stack([x[inside], y[inside], chunk.Z[inside]])
            parts.append(_Part(whole, scales, offsets, classes) if clean.all() else _Part(whole[clean], scales, offsets, classes[clean]))
    return noise


def _cloud(parts: list[_Part]) -> PointCloud | None:
    """Return the parts as one cloud; each is let go of once it is in."""
    count = sum(len(part.classes) for part in parts)
    if not count:
        return None
    xyz, classes = np.empty((count, 3)), np.empty(count, np.uint8)
    end = count
    while parts:
        part = parts.pop()
        start = end - len(part.classes)
        np.multiply(part.whole, part.scales, out=xyz[start:end])
        xyz[start:end] += part.offsets
        classes[start:end] = part.classes
        end = start
    return PointCloud(xyz, classes)
