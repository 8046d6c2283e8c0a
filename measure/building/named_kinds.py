"""Names propose, geometry confirms: a part is a chimney, a balcony or the like only when it also has the shape of one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import shapely

from ...model import Design, Part
from ..plane.sections import enclosed
from .footprint import projection

SLENDER = ("chimney", "antenna")
OPEN = ("balcony", "canopy", "stair", "railing")
SLENDER_SIDE_M, SLENDER_M2 = 2.0, 4.0
"""A chimney or mast is at most so wide and so large in plan; what is larger is a part of the building by another name."""
STOREY_M, ENCLOSED_SHARE = 1.8, 0.5
"""What is as high as a room and encloses half of its own plan at mid height is a room."""
UNTOLD = "building"
"""The kind of a part that does not say what it is."""


def confirmed(design: Design) -> Design:
    """Return a design in which each part that has not the shape of what its name says is a part of the building.

    Shapes: parts are meshes (n, 3) RD + NAP; nothing but ``kind`` changes.
    """
    parts = tuple(part if has_its_shape(part) else replace(part, kind=UNTOLD) for part in design.parts)
    return design if all(new is old for new, old in zip(parts, design.parts)) else replace(design, parts=parts)


def has_its_shape(part: Part) -> bool:
    """Whether a part has the shape that its kind promises; a kind that promises nothing is believed."""
    if part.kind in SLENDER and len(part.vertices):
        sides = shapely.get_coordinates(shapely.minimum_rotated_rectangle(shapely.multipoints(part.vertices[:, :2])))
        across = float(np.hypot(*np.diff(sides[:3], axis=0).T).min()) if len(sides) > 3 else 0.0
        return across <= SLENDER_SIDE_M and projection([part]).area <= SLENDER_M2
    if part.kind in OPEN and len(part.faces):
        low, high = part.z_range
        return high - low < STOREY_M or enclosed([part], (low + high) / 2).area < ENCLOSED_SHARE * projection([part]).area
    return True
