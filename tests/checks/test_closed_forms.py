"""Houses of which every measure follows from a formula, of any size and turned any way, through the checks of height, eaves, pitch, area and volume."""

from __future__ import annotations

import math

import numpy as np
import pytest
import trimesh
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import scenes
from drieluik.model import Limit, Part
from drieluik.model.verdict import Verdict
from one_rule import run

ALONE = scenes.site(registered_buildings=())
"""No building stands against the design, so that what is measured is the design by itself."""
MANY = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
ROOFS = ("gable", "hip", "pyramid", "shed", "flat", "mansard", "asymmetric")


def corners(roof, length, width, eaves, rise):
    """Return the corners (n, 3) of a convex house on z = 0, and its volume, lowest eaves and pitches by hand."""
    top = eaves + rise
    walls = [(x, y, z) for x in (0, length) for y in (0, width) for z in (0.0, eaves)]
    below = length * width * eaves
    slope = math.degrees(math.atan2(rise, width / 2))
    if roof == "flat":
        return walls, below, eaves, ()
    if roof == "shed":
        walls = [(x, y, z) for x in (0, length) for y, h in ((0, eaves), (width, top)) for z in (0.0, h)]
        return walls, length * width * (eaves + top) / 2, eaves, (math.degrees(math.atan2(rise, width)),)
    if roof == "gable":
        return walls + [(x, width / 2, top) for x in (0, length)], below + length * width * rise / 2, eaves, (slope,)
    if roof == "asymmetric":  # the ridge at a third: two pitches
        pitches = tuple(math.degrees(math.atan2(rise, part)) for part in (width / 3, 2 * width / 3))
        return walls + [(x, width / 3, top) for x in (0, length)], below + length * width * rise / 2, eaves, pitches
    if roof == "hip":  # hips of a quarter of the length
        inset = length / 4
        ends = math.degrees(math.atan2(rise, inset))
        return walls + [(x, width / 2, top) for x in (inset, length - inset)], below + rise * width * (2 * length + length / 2) / 6, eaves, (slope, ends)
    if roof == "pyramid":
        ends = math.degrees(math.atan2(rise, length / 2))
        return walls + [(length / 2, width / 2, top)], below + length * width * rise / 3, eaves, (slope, ends)
    knee, kink = width / 6, eaves + 0.7 * rise  # mansard: 0.7 of the rise in a sixth of the width on each side
    places = [(x, y, z) for x in (0, length) for y, z in ((knee, kink), (width - knee, kink), (width / 2, top))]
    profile = 0.7 * rise * (width + (width - 2 * knee)) / 2 + 0.3 * rise * (width - 2 * knee) / 2
    pitches = math.degrees(math.atan2(0.7 * rise, knee)), math.degrees(math.atan2(0.3 * rise, width / 2 - knee))
    return walls + places, below + length * profile, eaves, pitches


def house(roof, length, width, eaves, rise, turn):
    """Return the house as one closed part, turned (degrees) round a place, and its numbers."""
    points, volume, low, pitches = corners(roof, length, width, eaves, rise)
    hull = trimesh.convex.convex_hull(np.array(points, dtype=float))
    angle = math.radians(turn)
    spin = np.array([[math.cos(angle), math.sin(angle), 0], [-math.sin(angle), math.cos(angle), 0], [0, 0, 1.0]])
    vertices = np.asarray(hull.vertices) @ spin
    return Part(roof, scenes.to_rd(vertices), np.asarray(hull.faces), "building", closed=True), volume, low, pitches


@MANY
@given(
    roof=st.sampled_from(ROOFS), length=st.floats(6, 30), width=st.floats(5, 14), eaves=st.floats(2.5, 7), rise=st.floats(1.5, 6), turn=st.floats(0, 360),
)
@example("hip", 12.0, 8.0, 3.0, 4.0, 37.0)
@example("mansard", 12.0, 9.0, 3.0, 4.0, 37.0)
def test_every_measure_follows_the_formula(roof, length, width, eaves, rise, turn):
    part, volume, low, pitches = house(roof, length, width, eaves, rise, turn)
    top = eaves if roof == "flat" else eaves + rise
    assert run("max_building_height", part, site=ALONE, value=100.0).measurements[0].value == pytest.approx(top, abs=0.002)
    assert run("max_area", part, site=ALONE, value=1e4, unit="m2").measurements[0].value == pytest.approx(length * width, rel=1e-4)
    assert run("max_volume", part, site=ALONE, value=1e5, unit="m3").measurements[0].value == pytest.approx(volume, rel=1e-4)
    assert run("max_eaves_height", part, site=ALONE, value=100.0).measurements[0].value == pytest.approx(low, abs=0.05)
    if pitches:
        found = run("roof_pitch_range", part, site=ALONE, limit=Limit("between", "deg", low=min(pitches) - 1, high=max(pitches) + 1))
        assert found.verdict is Verdict.COMPLIES
        for beyond, bounds in ((min(pitches), (min(pitches) + 1, 89.0)), (max(pitches), (1.0, max(pitches) - 1))):
            if bounds[0] < bounds[1]:
                found = run("roof_pitch_range", part, site=ALONE, limit=Limit("between", "deg", low=bounds[0], high=bounds[1]))
                assert found.verdict in (Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT) and found.measurements[0].value == pytest.approx(beyond, abs=0.5)
