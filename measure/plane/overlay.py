"""Union, intersection, difference and buffer that do not give up on hair-thin rings.

GEOS's floating overlay is exact but can fail on nearly coincident lines; then the same overlay is done on a grid of a
micrometre (OverlayNG with snap-rounding, https://libgeos.org/development/overlayng/), which always succeeds on valid input.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.errors import GEOSException
from shapely.geometry.base import BaseGeometry

from ...model.arrays import Floats

GRID_M = 1e-6
HAIR_M, COARSE_M = 1e-5, 1e-4


def union(shapes: Sequence[BaseGeometry]) -> BaseGeometry:
    """Return the union of areas."""
    return _robust(shapely.union_all, list(shapes))


def intersection(a: Any, b: BaseGeometry) -> Any:
    """Return what two shapes share; ``a`` may be an array of shapes. Those whose boxes lie apart share nothing, and GEOS is not asked."""
    if isinstance(a, BaseGeometry):
        return _robust(shapely.intersection, a, b) if near(a, b) else _nothing(a, b)
    shapes = np.asarray(a, dtype=object)
    meets = near(shapes, b)
    if meets.all():
        return _robust(shapely.intersection, shapes, b)
    found = np.empty(len(shapes), dtype=object)
    found[:] = [_nothing(shape, b) for shape in shapes]
    if meets.any():
        found[meets] = _robust(shapely.intersection, shapes[meets], b)
    return found


def intersections(some: NDArray[np.object_], others: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return what each of some shapes (n,) shares with the other (n,) of its number."""
    found: NDArray[np.object_] = _robust(shapely.intersection, some, others)
    return found


def around(area: BaseGeometry, west: float, south: float, east: float, north: float) -> BaseGeometry:
    """Return what of an area lies within a rectangle (RD). GEOS's clipping is fast, and fails on a corner that it touches with a hair: then the two are cut."""
    try:
        return shapely.clip_by_rect(area, west, south, east, north)
    except GEOSException:
        return intersection(area, shapely.box(west, south, east, north))


def common(shapes: Sequence[BaseGeometry]) -> BaseGeometry:
    """Return what all of some shapes share."""
    return functools.reduce(intersection, shapes)


def near(a: Any, b: BaseGeometry) -> Any:
    """Return whether the boxes of two shapes meet (an array (n,) of those of an array of shapes); that of nothing meets none.

    GEOS 3.11 works with boxes of nothing as not-a-number, and numpy then warns of an invalid value.
    """
    one, other = shapely.bounds(a), shapely.bounds(b)
    found = (one[..., :2] <= other[2:]).all(axis=-1) & (one[..., 2:] >= other[:2]).all(axis=-1)
    return bool(found) if isinstance(a, BaseGeometry) else found


def prepared(area: BaseGeometry) -> BaseGeometry:
    """Return a copy of an area (RD) that is prepared for many questions.

    GEOS keeps the index with the geometry and makes it at the first question, which two threads may not do at once: what others hold stays as it is.
    """
    own = shapely.force_2d(area)
    shapely.prepare(own)
    return own


def shared(shapes: Any) -> None:
    """Make shapes (an iterable of them) ready for threads: GEOS keeps a shape's box from the first time that it is asked, which two may not do at once."""
    shapely.bounds(np.array(list(shapes), dtype=object))


def _nothing(a: BaseGeometry, b: BaseGeometry) -> BaseGeometry:
    """Return the empty shape that two shapes share that lie apart: of the lower dimension."""
    return _EMPTY[min(int(shapely.get_dimensions(a)), int(shapely.get_dimensions(b)))]


_EMPTY: dict[int, BaseGeometry] = {2: shapely.Polygon(), 1: shapely.LineString(), 0: shapely.Point(), -1: shapely.GeometryCollection()}


def shared_areas(area: BaseGeometry, shapes: Sequence[BaseGeometry] | NDArray[np.object_]) -> Floats:
    """Return how much (m2) each of some areas (n,) shares with one; most lie wholly in it or wholly outside."""
    every = np.asarray(shapes, dtype=object)
    found = np.zeros(len(every))
    meets = np.flatnonzero(near(every, area))
    if not len(meets):
        return found
    inside = shapely.contains_properly(prepared(area), every[meets])  # what touches the edge takes longer to tell than to cut
    found[meets[inside]] = shapely.area(every[meets[inside]])
    found[meets[~inside]] = shapely.area(intersection(every[meets[~inside]], area))
    return found


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
    """Return areas valid and as areas only: what mending leaves of lines and points is dropped. Lines stay lines."""
    return _mended(shapes) if isinstance(shapes, BaseGeometry) else [_mended(shape) for shape in shapes]


def _mended(shape: BaseGeometry) -> BaseGeometry:
    return shape if shapely.get_dimensions(shape) < 2 else _polygons(shapely.make_valid(shape))


def _polygons(shape: BaseGeometry) -> BaseGeometry:
    if shape.geom_type in ("Polygon", "MultiPolygon"):
        return shape
    return shapely.union_all([part for part in shapely.get_parts(shape) if part.geom_type in ("Polygon", "MultiPolygon")], grid_size=GRID_M)
