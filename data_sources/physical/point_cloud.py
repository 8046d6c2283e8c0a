"""Point clouds: LAZ read by chunks, only the box. Source: AHN, CC0 1.0; classes 2 ground, 6 building, 9 water."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import laspy
import numpy as np
from shapely.geometry.base import BaseGeometry

from ...errors import SourceError
from ...model import Note, PointCloud

CHUNK = 1_000_000


def read_points(paths: Sequence[Path], box: BaseGeometry) -> tuple[PointCloud | None, tuple[Note, ...]]:
    """Return the points inside the box's bounds (RD + NAP), or None if there are none; memory holds one chunk at a time.

    Raises ``SourceError``: missing, cut off, or no LAS/LAZ.
    """
    west, south, east, north = box.bounds
    xyz, classes = [], []
    for path in paths:
        if not path.exists():
            raise SourceError("sources_missing", path=str(path))
        try:
            with laspy.open(path) as reader:
                low, high = reader.header.mins, reader.header.maxs
                if low[0] > east or high[0] < west or low[1] > north or high[1] < south:
                    continue
                for chunk in reader.chunk_iterator(CHUNK):
                    x, y = np.asarray(chunk.x), np.asarray(chunk.y)
                    inside = (x >= west) & (x <= east) & (y >= south) & (y <= north)
                    xyz.append(np.column_stack([x[inside], y[inside], np.asarray(chunk.z)[inside]]))
                    classes.append(np.asarray(chunk.classification)[inside].astype(np.uint8))
        except SourceError:
            raise
        except Exception as reason:  # lazrs raises its own class, laspy several
            raise SourceError("sources_corrupt", path=path.name, details=str(reason)) from reason
    if not xyz:
        return None, ()
    return PointCloud(np.concatenate(xyz), np.concatenate(classes)), ()
