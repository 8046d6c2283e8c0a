"""Point clouds: LAS and LAZ read by chunks, COPC (https://copc.io) by the nodes of its octree, only the box.

Source: AHN, CC0 1.0; classes 2 ground, 6 building, 9 water. What is kept of a chunk are its whole-number coordinates (12 bytes a point)
and class; metres are made at the end, chunk by chunk.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import laspy
import numpy as np
from laspy.copc import Bounds, CopcInfoVlr, CopcReader
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from ...errors import SourceError
from ...model import Note, PointCloud
from ...model.arrays import Floats
from ..formats.rd_box import in_rd
from .laz_check import check_laz

CHUNK = 500_000
STRIP_M = 100.0
"""Width of the strips in which a COPC file is asked: what is unpacked at once stays small."""
MARGIN_M = 0.01
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
    if paths and not files:
        raise SourceError("sources_folder_empty", path=", ".join(path.name for path in paths))
    parts: list[_Part] = []
    noise = 0
    for path in files:
        if not path.exists():
            raise SourceError("sources_missing", path=str(path))
        try:
            check_laz(path)
            noise += _read(path, box, parts)
        except (SourceError, KeyboardInterrupt, SystemExit):
            raise
        except BaseException as reason:  # lazrs raises its own class and, when it panics, one that is no Exception; laspy several
            raise SourceError("sources_corrupt", path=path.name, details=str(reason)) from reason
    notes = (Note.of("sources_points_noise", count=noise),) if noise else ()
    return _cloud(parts), notes


def _read(path: Path, box: BaseGeometry, parts: list[_Part]) -> int:
    """Add the points of a file inside the box to the parts; return how many of them were noise."""
    noise = 0
    with laspy.open(path, decompression_selection=NEEDED) as reader:
        header = reader.header
        low, high = header.mins, header.maxs
        if header.point_count and not in_rd(low[0], low[1]):
            code = "sources_degrees" if max(abs(low[:2]).max(), abs(high[:2]).max()) <= 180 else "sources_not_rd"
            raise SourceError(code, path=path.name, x=float(low[0]), y=float(low[1]))
        west, south, east, north = box.bounds
        if low[0] > east or high[0] < west or low[1] > north or high[1] < south:
            return 0
        scales, offsets = np.asarray(header.scales, float), np.asarray(header.offsets, float)
        in_place = any(isinstance(vlr, CopcInfoVlr) for vlr in header.vlrs)
        chunks = _of_copc(path, box.bounds) if in_place else ((chunk, box.bounds, True) for chunk in reader.chunk_iterator(CHUNK))
        for chunk, window, closed in chunks:
            inside = _inside(chunk, window, closed, scales, offsets)
            if not inside.any():
                continue
            classes = np.asarray(chunk.classification)[inside].astype(np.uint8)
            clean = ~np.isin(classes, NOISE)
            noise += int((~clean).sum())
            whole = np.column_stack([chunk.X[inside], chunk.Y[inside], chunk.Z[inside]])
            parts.append(_Part(whole, scales, offsets, classes) if clean.all() else _Part(whole[clean], scales, offsets, classes[clean]))
    return noise


def _of_copc(path: Path, bounds: tuple[float, ...]) -> Iterator[tuple[Any, tuple[float, ...], bool]]:
    """Yield the points of a COPC file strip by strip, only the octree's nodes there; all strips but the last are open to the east."""
    west, south, east, north = bounds
    edges = np.linspace(west, east, max(2, int(np.ceil((east - west) / STRIP_M)) + 1))
    with CopcReader.open(str(path), decompression_selection=NEEDED) as reader:
        for left, right in zip(edges, edges[1:]):
            corners = np.array([left - MARGIN_M, south - MARGIN_M]), np.array([right + MARGIN_M, north + MARGIN_M])
            yield reader.query(Bounds(*corners)), (left, south, right, north), bool(right == east)


def _inside(chunk: Any, window: tuple[float, ...], closed: bool, scales: Floats, offsets: Floats) -> NDArray[np.bool_]:
    """Return which points lie in a window, its edges included; its east edge only when ``closed``. Compared as the file counts them."""
    first = (np.array(window[:2]) - offsets[:2]) / scales[:2] - 1e-6
    last = (np.array(window[2:]) - offsets[:2]) / scales[:2] + 1e-6
    x, y = chunk.X, chunk.Y
    east = x <= last[0] if closed else x < last[0] - 2e-6
    return (x >= first[0]) & east & (y >= first[1]) & (y <= last[1])


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
