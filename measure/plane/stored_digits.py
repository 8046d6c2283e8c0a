"""A design whose file stores its corners no better than to so many centimetres: as large, and as small, as it may truly be.

Single precision has 24 bits: in RD its numbers lie 1.6 cm (easting) and 3.1 cm (northing) apart. Every corner is moved by that much, away from a
place within what stands together or towards it: what touches still touches, and nothing folds over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ...model import Design, Part
from ...model.arrays import Floats
from .distance import groups_of, main_directions

CLEAR = 2.0
"""Corners within so many times the distance of the place from which all move do so in part: those on its two sides never pass each other."""


def resized(design: Design, way: int) -> Design:
    """Return a design with its corners moved by the spacing of the stored numbers (m, along each axis): outward (``way`` 1), inward (-1), not (0)."""
    if not way or not design.parts:
        return design
    boxes = np.array([shapely.box(*part.extent[:, :2].ravel()) for part in design.parts])
    moved: dict[int, Part] = {}
    for numbers in groups_of(boxes, CLEAR * max(design.spacing_m)):
        moved |= zip(numbers, _stretched([design.parts[number] for number in numbers], np.array(design.spacing_m, dtype=np.float64) * float(way)))
    return replace(design, parts=tuple(moved[number] for number in range(len(design.parts))))


def _stretched(parts: Sequence[Part], by: Floats) -> list[Part]:
    """Return parts that stand together, with their corners moved by so much (3,) along each axis away from a place between them: along the sides of
    the rectangle around them, so that straight walls stay so."""
    corners = np.concatenate([part.vertices for part in parts])
    axes = np.eye(3)
    axes[:2, :2] = main_directions(cast(BaseGeometry, shapely.convex_hull(shapely.multipoints(corners[:, :2]))))
    far = np.column_stack([most * _outward(corners @ axis, abs(most)) for axis, most in zip(axes, np.abs(axes) @ by)])
    ends = np.cumsum([len(part.vertices) for part in parts])[:-1]
    return [replace(part, vertices=part.vertices + own) for part, own in zip(parts, np.split(far @ axes, ends))]


def _outward(values: Floats, by: float) -> Floats:
    """Return which way (-1..1) coordinates (n,) along an axis lie of the middle of the widest gap between two of them."""
    each = np.unique(values)
    if len(each) < 2 or by == 0.0:
        return np.zeros(len(values))
    wide = int(np.argmax(np.diff(each)))
    return np.clip((values - (each[wide] + each[wide + 1]) / 2) / (CLEAR * by), -1.0, 1.0)
