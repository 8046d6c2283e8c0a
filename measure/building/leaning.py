"""Facades that lean: the outline of a house of which the walls stand outward or inward is that of its widest height, which no section need meet.

A section every half metre, or a metre above each floor, stops short of the edge in which a leaning facade ends. So that edge is looked for, and
followed from the section half a metre off in small steps: a facade moves a little in each, an eaves or a cornice stands out at once.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from ...model import Part
from ...model.arrays import Floats, spans
from ...model.design import bounds_of
from ..plane import overlay
from ..plane.sections import enclosed

TALL_M = 1.5
"""What is lower encloses no room: slabs, railings, parapets."""
UPRIGHT, STEEP, LEVEL = 0.02, 0.5, 0.98
"""|n_z| of a face: below the first it is upright, below the second a facade that leans (60 degrees or steeper), above the third level."""
EDGE_M, STEP_M, STEPS = 1e-4, 0.1, 5
"""Sections at a hair from the edge, and half a metre along the facade."""
MOVES_M = 0.07
"""In a step a facade of 60 degrees moves 0.058 m; what moves more stands out."""
AT_GROUND_M = 0.05
SAME_M = 0.01
TOGETHER_M = 0.005
"""Edges so near above each other are one: at 60 degrees their outlines differ by less than 3 mm."""
HAIR_M2 = 1e-6
"""What overlays leave of a section that lies within another."""
NOTHING = MultiPolygon()
MOST_EDGES = 24
"""A curved facade has as many rows of faces as it likes, and two edges; a model with more is followed at the first ones."""


def leaning_outlines(
    parts: Sequence[Part], ground_nap: float, found_before: BaseGeometry = NOTHING, rooms: BaseGeometry | None = None
) -> list[BaseGeometry]:
    """Return what the leaning parts among some enclose (RD) at and near the edges in which their facades end, above ``ground_nap`` (m NAP).

    An edge that lies within ``found_before`` (RD, what sections found already) adds nothing and is not followed. The foot of a facade that leans inward
    above the ground is that of rooms that hang out (``rooms``, RD; None: not looked at) and lies beside them; of a steep roof it is the eaves.
    """
    low, high = bounds_of(parts)
    tall = [part for part, h in zip(parts, high[:, 2] - low[:, 2]) if h >= TALL_M and part.kind != "roof"]
    found: list[BaseGeometry] = []
    for part in tall:
        for z, way in _edges(part.triangles, ground_nap)[:MOST_EDGES]:
            own = [outline for outline in _followed(part, z, way, ground_nap, found_before) if not outline.is_empty]
            if rooms is not None and way > 0 and z > ground_nap + AT_GROUND_M:
                own = _beside([overlay.difference(outline, found_before) for outline in own], rooms)
                rooms = overlay.union([rooms, *own]) if own else rooms  # a facade that leans on from there is theirs as well
            found += own
            found_before = overlay.union([found_before, *own]) if own else found_before
    return found


def _beside(outlines: Sequence[BaseGeometry], rooms: BaseGeometry) -> list[BaseGeometry]:
    """Return the pieces of outlines (RD) that lie beside rooms (RD)."""
    pieces = shapely.get_parts(shapely.get_parts(list(outlines)))
    return list(pieces[shapely.dwithin(pieces, rooms, SAME_M)]) if len(pieces) else []


def _edges(triangles: Floats, ground_nap: float) -> list[tuple[float, float]]:
    """Return the heights (m NAP) at which leaning facades end, each with the way (1 up, -1 down) in which the facade goes on from there."""
    normal = np.cross(triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0])
    size = np.linalg.norm(normal, axis=1)
    rise = np.divide(normal[:, 2], size, out=np.zeros(len(size)), where=size > 0)
    leans = (np.abs(rise) > UPRIGHT) & (np.abs(rise) < LEVEL)
    if not leans.any():
        return []
    low, high = spans(triangles[:, :, 2])
    outward, inward = leans & (rise < 0) & (rise > -STEEP), leans & (rise > 0)
    inward &= (rise < STEEP) | (low <= ground_nap + AT_GROUND_M)  # a roof down to the ground is a facade
    tops = _only(high[outward], low[outward])[::-1]  # the widest first: the rest of a curve lies within it
    bottoms = _only(low[inward], high[inward])
    return [(z, -1.0) for z in tops if z > ground_nap] + [(max(z, ground_nap), 1.0) for z in bottoms]


def _only(heights: Floats, others: Floats) -> list[float]:
    """Return the distinct heights at which no other face of the same facade goes on."""
    own, going_on = np.unique(heights), np.concatenate([[-np.inf], np.sort(others), [np.inf]])
    above = np.searchsorted(going_on, own)
    nearest = np.minimum(going_on[above] - own, own - going_on[above - 1])
    own = own[nearest >= SAME_M]
    return [float(z) for z in own[np.diff(own, prepend=-np.inf) > TOGETHER_M]]


def _followed(part: Part, z: float, way: float, ground_nap: float, found_before: BaseGeometry) -> list[BaseGeometry]:
    """Return the sections of a part from an edge half a metre along its facade; none where something stands out there at once or hangs free, or the edge
    adds nothing to what was found. On the ground the edge itself counts, whatever its slope."""
    sections = [_section(part, z + way * EDGE_M)]
    if overlay.difference(sections[0], found_before).area <= HAIR_M2:
        return []
    if way > 0 and z <= ground_nap + AT_GROUND_M:
        return sections
    for step in range(1, STEPS + 1):
        nearer = _section(part, z + way * (EDGE_M + STEP_M * step))
        if nearer.is_empty or overlay.difference(sections[-1], overlay.grown(nearer, MOVES_M)).area > HAIR_M2:
            return []
        sections.append(nearer)
    return [] if any(_hangs_free(section, found_before) for section in sections) else sections


def _hangs_free(section: BaseGeometry, found_before: BaseGeometry) -> bool:
    """Whether a piece of a section (RD) lies apart from all that was found: the eaves of a steep roof, with air between them and the wall."""
    return not found_before.is_empty and not shapely.intersects(shapely.get_parts(section), found_before).all()


def _section(part: Part, z: float) -> BaseGeometry:
    low, high = part.z_range
    return enclosed([part], z) if low < z < high else shapely.MultiPolygon()
