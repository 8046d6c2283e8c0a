"""Union, intersection, difference and buffer that do not give up on hair-thin rings.

GEOS's floating overlay is exact but can fail on nearly coincident lines; then the same overlay is done on a grid of a
micrometre (OverlayNG with snap-rounding, https://libgeos.org/development/overlayng/), which always succeeds on valid input.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import shapely
from shapely.errors import GEOSException
from shapely.geometry.base import BaseGeometry

GRID_M = 1e-6
HAIR_M, COARSE_M = 1e-5, 1e-4


def union(shapes: Sequence[BaseGeometry]) -> BaseGeometry:
    """Return the union of areas."""
    return _robust(shapely.union_all, list(shapes))


def intersection(a: Any, b: BaseGeometry) -> Any:
    """Return what two areas share; ``a`` may be an array of areas."""
    return _robust(shapely.intersection, a, b)


def coverage(faces: Any) -> BaseGeometry:
    """Return the union of faces that share their edges exactly, which is fast; where hair-thin ones overlap after all, the slow way."""
    try:
        return shapely.coverage_union_all(faces)
    except GEOSException:
        return union(list(faces))


def difference(a: BaseGeometry, b: BaseGeometry) -> BaseGeometry:
    """Return what of ``a`` lies outside ``b``."""
    return _robust(shapely.difference, a, b)


def grown(area: Any, distance: float) -> Any:
    """Return an area (or array of areas) grown by ``distance`` m, shrunk where that is negative, with square corners.

    GEOS's mitre of two edges that are nearly in line can be infinitely far away, and it then gives up; without the points that
    lie on such a line (within 10 micrometre) there is mostly nothing to give up on; else on a grid of a tenth of a millimetre the
    corners are cut off.
    """
    try:
        return shapely.buffer(area, distance, join_style="mitre")
    except GEOSException:
        return _grown_roughly(shapely.simplify(area, HAIR_M), distance)


def _grown_roughly(area: Any, distance: float) -> Any:
    try:
        return shapely.buffer(area, distance, join_style="mitre")
    except GEOSException:
        return shapely.buffer(shapely.set_precision(area, COARSE_M), distance, join_style="bevel")


def _robust(operation: Callable[..., Any], *shapes: Any) -> Any:
    try:
        return operation(*shapes)
    except GEOSException:
        return operation(*(_areas(shape) for shape in shapes), grid_size=GRID_M)


def _areas(shapes: Any) -> Any:
    """Return valid areas only: what mending leaves of lines and points is dropped."""
    made = shapely.make_valid(shapes)
    return _polygons(made) if isinstance(made, BaseGeometry) else [_polygons(shape) for shape in made]


def _polygons(shape: BaseGeometry) -> BaseGeometry:
    if shape.geom_type in ("Polygon", "MultiPolygon"):
        return shape
    return shapely.union_all([part for part in shapely.get_parts(shape) if part.geom_type in ("Polygon", "MultiPolygon")], grid_size=GRID_M)
