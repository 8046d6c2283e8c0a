"""From RD metres to the units of a picture, north up."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ...model.arrays import Floats

FONT = 'font-family="Open Sans, Liberation Sans, DejaVu Sans, sans-serif"'


class Frame:
    """Turns RD metres into picture units; the picture is north-up and keeps the aspect."""

    def __init__(self, bounds: Iterable[float], width: float, height: float) -> None:
        west, south, east, north = bounds
        self.scale = min(width / (east - west), height / (north - south))
        self.x0 = (west + east) / 2 - width / 2 / self.scale
        self.y1 = (south + north) / 2 + height / 2 / self.scale
        self.box = shapely.box(self.x0, self.y1 - height / self.scale, self.x0 + width / self.scale, self.y1)

    def path(self, geometry: BaseGeometry) -> str:
        """Return the ``d`` of a path of (multi)polygons or lines, cut to the frame."""
        cut = shapely.intersection(geometry, self.box)
        steps = []
        for part in shapely.get_parts(cut):
            rings = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
            for ring in rings:
                if ring.geom_type not in ("LinearRing", "LineString") or ring.is_empty:
                    continue
                xy = self.points(np.asarray(ring.coords)[:, :2])
                closing = "Z" if part.geom_type == "Polygon" else ""
                steps.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in xy) + closing)
        return "".join(steps)

    def points(self, xy: Floats) -> Floats:
        """Return picture coordinates (n, 2) of RD points."""
        return np.column_stack([(xy[:, 0] - self.x0) * self.scale, (self.y1 - xy[:, 1]) * self.scale])
