"""The plain measure that would cure a violation: so much lower, smaller, further away; or moved, where the whole design then fits.

Each amount is what makes the measured value comply for certain: past the limit, and past the doubt of the measuring, rounded up to what
is said. A move is named only where the design, moved, is tried against the finding's own geometry. It is about this finding alone: what
else a change touches is another finding's.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Optional

import numpy as np
import shapely
import shapely.affinity
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from ...measure.plane.places import compass_side
from ...model import Finding, Measurement, Note, Verdict

HEIGHTS = ("height_above_peil", "height_at_worst_point", "eaves_above_peil", "design_height")
DISTANCES = ("distance", "distance_to_axis", "behind_front")
WORDS = {
    **dict.fromkeys(HEIGHTS, ("lower", "higher")), **dict.fromkeys(DISTANCES, ("nearer", "apart")),
    "depth": ("less_deep", "deeper"), "width": ("narrower", "wider"), "in_front": ("back", ""),
    **dict.fromkeys(("area", "total_area", "volume"), ("smaller", "larger")), "coverage": ("less_built", "more_built"),
    "storeys": ("fewer", "more"), "pitch": ("flatter", "steeper"),
}
"""By the name of what was measured: the word of the cure where it is too much, and where it is too little ('': none is plain)."""
STEPS = {"m": 0.01, "m2": 0.1, "m3": 0.1, "deg": 0.1, "": 1.0}
"""How finely an amount is said, by unit; always rounded up, so that what is said is enough."""
LINES = ("boundary", "road_axis")
"""Roles of evidence that a distance is kept to."""
TRIES = 6
"""A move into a bouwvlak is corrected this often: one push a side, and once more round for corners that are not square."""
SEEN_M2 = 0.05
"""Areas that differ less are said as the same."""
CLEAR_M = 0.001
"""This near a line is on it: well inside the numeric epsilon of the checks."""
Moved = Callable[[NDArray[np.float64]], Optional[Finding]]
"""What is found of the same subject with the design moved over a shift (2,) in m; None where nothing is."""


def cures(found: Finding, footprint: Callable[[], BaseGeometry], moved: Moved | None = None) -> tuple[Note, ...]:
    """Return the plain measures that would cure a violation, the most telling first; none where none is plain.

    ``footprint``: the wall-enclosed outline of the design (RD, m), asked for only where a move is tried; ``moved``: what is found of the same
    subject with the design moved.
    """
    if found.verdict is not Verdict.VIOLATES or not found.measurements:
        return ()
    first = _worst(found)
    if first.name == "outside_area":
        return _inside(found, first.value or 0.0, footprint, moved)
    amount = shortfall(first)
    if amount is None or first.name not in WORDS:
        return ()
    word = WORDS[first.name][0 if _too_much(first) else 1]
    if not word:
        return ()
    if first.name == "coverage":
        return _coverage(found, amount, word)
    away = _apart(found, amount, footprint) if word == "apart" else ()
    return away or (Note.of(f"cure_{word}", amount=amount, unit=first.unit),)


def _worst(found: Finding) -> Measurement:
    """Return the deciding measurement with the worst value that a reading of what is still open gives: the measure must do in each."""
    first = found.measurements[0]
    choices = [choice for premise in found.premises if premise.settled == "open" for choice in premise.choices]
    values = [choice.value for choice in choices if choice.value is not None and choice.unit == first.unit]
    if first.value is None or not values:
        return first
    return replace(first, value=max(first.value, *values) if _too_much(first) else min(first.value, *values))


def shortfall(first: Measurement) -> float | None:
    """Return by how much (in its unit, rounded up to what is said) a measured value must change to comply for certain; None: no such amount."""
    if first.value is None or first.margin is None or first.operator == "==":
        return None
    step = STEPS.get(first.unit, STEPS["m"])
    least = -(first.margin + first.tolerance) + first.uncertainty
    amount = math.ceil(round(max(least, 0.0) / step, 6)) * step
    for extra in (0.0, step):  # a strict limit, or one that is met just at the edge of the doubt
        way = -1.0 if _too_much(first) else 1.0
        if replace(first, value=first.value + way * (amount + extra)).verdict() is Verdict.COMPLIES:
            return round(amount + extra, 2)
    return None


def _too_much(first: Measurement) -> bool:
    if first.operator == "between":
        return first.value is not None and first.limit is not None and first.value > first.limit
    return first.operator.startswith("<")


def _coverage(found: Finding, amount: float, word: str) -> tuple[Note, ...]:
    """Return the area (m2) that a coverage (%) is too much or too little, of the area that it is counted over."""
    over = next((item.value for item in found.measurements if item.name == "reference"), None)
    if not over:
        return ()
    return (Note.of(f"cure_{word}", amount=math.ceil(round(amount * over / 10.0, 6)) / 10.0, unit="m2"),)


def _inside(found: Finding, most: float, footprint: Callable[[], BaseGeometry], moved: Moved | None) -> tuple[Note, ...]:
    """Return the move that brings all that counts of the design inside, where there is one, and else what has to be left out: the ``most`` (m2)
    that any reading finds outside."""
    plane = next((item.geometry for item in found.evidence if item.role == "bouwvlak"), None)
    outside = next((item.geometry for item in found.evidence if item.role == "outside_area"), None)
    if plane is None or outside is None:
        return ()
    shift = _fitting(footprint(), plane, moved)
    if shift is not None:
        return (_move(shift),)
    depth = next((item.value for item in found.measurements if item.name == "outside_depth"), None)
    area = math.ceil(round(max(outside.area, most) * 10.0, 6)) / 10.0
    if most > outside.area + SEEN_M2:
        return (Note.of("cure_leave_out_all", amount=area, unit="m2"),)
    return (Note.of("cure_leave_out", amount=area, unit="m2", depth=math.ceil(round((depth or 0.0) * 100.0, 6)) / 100.0),)


def _fitting(shape: BaseGeometry, plane: BaseGeometry, moved: Moved | None) -> NDArray[np.float64] | None:
    """Return the shift (2,) in m with which the rule is met, measured anew there; None where none is found. What still stands outside (a canopy, an
    overhang that counts) is taken along in the next try."""
    for _ in range(TRIES):
        shift = _into(shape, plane)
        after = moved(shift) if moved is not None and shift is not None else None
        if shift is None or moved is None or (after is not None and after.verdict is Verdict.COMPLIES):
            return shift
        left = next((item.geometry for item in after.evidence if item.role == "outside_area"), None) if after is not None else None
        if left is None:
            return None
        shape = shapely.union(shape, shapely.affinity.translate(left, *-shift))
    return None


def _into(shape: BaseGeometry, plane: BaseGeometry) -> NDArray[np.float64] | None:
    """Return the shift (2,) in m that brings a shape inside a plane; None where pushing it in from each side does not."""
    shift = np.zeros(2)
    if shape.is_empty or shape.area > plane.area:
        return None
    for _ in range(TRIES):
        moved = shapely.affinity.translate(shape, *shift)
        corners = np.asarray(shapely.points(shapely.get_coordinates(moved)))
        apart = shapely.distance(corners, plane)
        if apart.max() <= CLEAR_M:
            rounded = _rounded(shift)
            return rounded if shapely.covers(shapely.buffer(plane, 2.0 * CLEAR_M), shapely.affinity.translate(shape, *rounded)) else None
        ends = shapely.get_coordinates(shapely.shortest_line(corners[int(np.argmax(apart))], plane))
        way = ends[1] - ends[0]
        shift = shift + way
    return None


def _rounded(shift: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a shift whose length is rounded up to a centimetre: what is said is what is tried."""
    length = float(np.hypot(*shift))
    return shift if length < 1e-9 else shift * (math.ceil(round((length - CLEAR_M) * 100.0, 3)) / 100.0 / length)


def _apart(found: Finding, amount: float, footprint: Callable[[], BaseGeometry]) -> tuple[Note, ...]:
    """Return the move away from a line that keeps the distance to all lines of the finding; none where moving does not do."""
    lines = [item.geometry for item in found.evidence if item.role in LINES and item.geometry is not None]
    between = next((item.geometry for item in found.evidence if item.role == "shortest_distance"), None)
    if not lines or between is None or between.geom_type != "LineString" or between.length < CLEAR_M:
        return ()
    shape = footprint()
    ends = shapely.get_coordinates(between)
    near, far = sorted((ends[0], ends[-1]), key=lambda end: float(shape.distance(shapely.Point(end))))
    way = (near - far) / float(np.hypot(*(near - far)))
    first = found.measurements[0]
    moved = shapely.affinity.translate(shape, *(way * amount))
    tried = replace(first, value=min(float(line.distance(moved)) for line in lines))
    return (_move(way * amount),) if tried.verdict() is Verdict.COMPLIES else ()


def _move(shift: NDArray[np.float64]) -> Note:
    side = compass_side(math.degrees(math.atan2(shift[0], shift[1])))
    return Note.of("cure_move", amount=round(float(np.hypot(*shift)), 2), unit="m", direction=side)
