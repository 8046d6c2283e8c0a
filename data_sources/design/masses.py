"""A mass: a building as one plain body, of an outline, heights and a roof."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

import manifold3d
import numpy as np
import shapely

from ...errors import DesignError
from ...model import FLAT, GABLE, HIP, Design, DesignRequest, LayerState, Level, Mass, Message, Note, Part, Placement, Provenance, Role
from ...model.arrays import Floats
from .placement import place, unplace

MASS = "mass"
"""The format of what is no file."""
LEAST_M2 = 0.01
"""An outline of less is a line that was drawn to and fro."""
STRAIGHT_M2 = 1e-6
"""A hull that is so much larger than the outline is no notch in it but how numbers are stored."""
MOST_SIDES = 40
"""Of a hip roof: each three sides are tried for its highest place, 10,000 of them."""
PARALLEL, NUMERIC_M = 1e-9, 1e-9
"""Three sides that are so nearly parallel meet nowhere; a place that lies so little outside lies on a side."""
Plane = tuple[Floats, float]


def fault_of(mass: Mass) -> str:
    """Return what keeps a mass from being one body, as its sentence ``mass_...`` without that; '' where nothing does."""
    return next((code for code, wrong in _faults(mass) if wrong), "")


def _faults(mass: Mass) -> Iterator[tuple[str, bool]]:
    flat, area = mass.roof == FLAT, shapely.Polygon(mass.outline)
    yield "outline", not area.is_valid or area.area < LEAST_M2
    yield "storey_height", bool(mass.storeys) != bool(mass.storey_height_m)
    yield "no_height", mass.body_m is None or mass.top_m is None
    yield "two_heights", bool(mass.storeys) and (mass.height_m if flat else mass.eaves_m) is not None
    yield "eaves_of_flat", flat and mass.eaves_m is not None
    yield "ridge_of_none", mass.roof != GABLE and mass.ridge_deg is not None
    yield "ridge_below", not flat and (mass.top_m or 0.0) <= (mass.body_m or 0.0)
    yield "no_ridge", mass.roof == GABLE and mass.ridge_deg is None
    yield "hip_notch", mass.roof == HIP and (area.convex_hull.area - area.area > STRAIGHT_M2 or len(mass.outline) > MOST_SIDES)


def frame_of(mass: Mass) -> Placement:
    """Return the frame that a mass is made in: around the mean of its corners, along its first side, zero at its base."""
    points = np.asarray(mass.outline)
    middle, along = points.mean(axis=0), points[1] - points[0]
    return Placement("case", float(middle[0]), float(middle[1]), math.degrees(math.atan2(along[1], along[0])), mass.base_nap_m)


def mass_at(mass: Mass, there: Placement) -> tuple[tuple[tuple[float, float], ...], float, float | None]:
    """Return the outline, the base and the direction of the ridge of a mass that is laid elsewhere as a whole."""
    now = frame_of(mass)
    moved = place(unplace(_flat(mass), now), there)
    turned = None if mass.ridge_deg is None else round((mass.ridge_deg + there.rotation_deg - now.rotation_deg) % 180.0, 4)
    return tuple((round(float(x), 3), round(float(y), 3)) for x, y in moved[:, :2]), there.base_nap_m, turned


def _flat(mass: Mass) -> Floats:
    points: Floats = np.column_stack([np.asarray(mass.outline, dtype=np.float64), np.zeros(len(mass.outline))])
    return points


def mass_design(request: DesignRequest, mass: Mass) -> Design:
    """Return a mass as a design of one closed body, its storeys as levels; raises ``DesignError`` saying what keeps it from being one."""
    wrong = fault_of(mass)
    if wrong:
        raise DesignError("design_mass_wrong", name=request.name, why=wrong)
    frame = frame_of(mass)
    body = _body(mass, frame)
    corners = place(np.asarray(body.vert_properties, dtype=np.float64)[:, :3], frame)
    role = Role("design", "case", Note.of("part_role_case_design"))
    part = Part(MASS, corners, np.asarray(body.tri_verts, dtype=np.int64), "building", MASS, request.name, True, "", role)
    levels = tuple(Level(str(number), mass.base_nap_m + number * mass.storey_height_m) for number in range(mass.storeys))
    made = Provenance("design", LayerState.LOADED, request.name, count=1)
    return Design(request.name, (part,), frame, (made,), MASS, levels=levels, messages=(Message("info", _told(mass)),))


def _told(mass: Mass) -> Note:
    heights = {"eaves": float(mass.body_m or 0.0), "top": float(mass.top_m or 0.0), "base": float(mass.base_nap_m)}
    return Note.of("design_mass_flat" if mass.roof == FLAT else "design_mass_roof", roof=mass.roof, **heights)


def _body(mass: Mass, frame: Placement) -> manifold3d.Mesh64:
    """Return the body in its frame: the outline as high as its top, cut by the planes of its roof."""
    ring = unplace(_flat(mass), replace(frame, base_nap_m=0.0))[:, :2]
    ring = ring if shapely.is_ccw(shapely.LinearRing(ring)) else ring[::-1]
    solid = manifold3d.Manifold.extrude(manifold3d.CrossSection([ring.tolist()]), float(mass.top_m or 0.0))
    for normal, offset in _roof(mass, ring, frame.rotation_deg):
        solid = solid.trim_by_plane(tuple(normal.tolist()), offset)
    return solid.to_mesh64()


def _roof(mass: Mass, ring: Floats, turned_deg: float) -> list[Plane]:
    """Return the planes of a roof, each the normal (inwards) and the offset of what lies below it; the ring, in a frame that is ``turned_deg``, runs
    counter-clockwise."""
    rise = float(mass.top_m or 0.0) - float(mass.body_m or 0.0)
    if mass.roof == GABLE:
        along = math.radians(float(mass.ridge_deg or 0.0) - turned_deg)
        across = np.array([-math.sin(along), math.cos(along)])
        far = ring @ across
        half = float(np.ptp(far)) / 2
        sides = [(across, float(far.min())), (-across, -float(far.max()))]
    elif mass.roof == HIP:
        steps = np.roll(ring, -1, axis=0) - ring
        inward = np.column_stack([-steps[:, 1], steps[:, 0]]) / np.linalg.norm(steps, axis=1)[:, None]
        sides = [(one, float(one @ corner)) for one, corner in zip(inward, ring)]
        half = _deepest(sides)
    else:
        return []
    return [_below(way, start, rise / half, float(mass.body_m or 0.0)) for way, start in sides]


def _below(way: Floats, start: float, slope: float, eaves: float) -> Plane:
    """Return the plane that rises from the eaves over the line ``way . p = start`` inwards: z <= eaves + slope (way . p - start)."""
    normal = np.array([slope * way[0], slope * way[1], -1.0])
    size = float(np.linalg.norm(normal))
    return normal / size, (slope * start - eaves) / size


def _deepest(sides: Sequence[Plane]) -> float:
    """Return how far the place of a convex outline that is furthest from all its sides lies from them: it lies as far from three of them, and no
    nearer to another."""
    every = np.array([(*way, -1.0) for way, _ in sides])
    starts = np.array([start for _, start in sides])
    three = np.array(list(itertools.combinations(range(len(sides)), 3)))
    three = three[np.abs(np.linalg.det(every[three])) > PARALLEL]
    found = np.linalg.solve(every[three], starts[three][..., None])[..., 0]
    inside = (found @ every.T >= starts - NUMERIC_M).all(axis=1)
    return float(found[inside, 2].max())
