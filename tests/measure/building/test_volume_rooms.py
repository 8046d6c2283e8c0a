"""Rooms that closed bodies leave between them or in them belong to a gross volume; passages, wells and air under a cantilever do not. By hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import trimesh

from drieluik.measure.building.design_geometry import DesignGeometry
from drieluik.model import Part
from scenes import GROUND, box_part, design, gable_part, to_rd

BLOCK = box_part(2, 2, 12, 12, 0, 6, fid="block")
SHELL = [
    box_part(12, 2, 16, 2.2, 0, 3, fid="w1"), box_part(12, 11.8, 16, 12, 0, 3, fid="w2"), box_part(15.8, 2.2, 16, 11.8, 0, 3, fid="w3"),
    box_part(12, 2, 16, 12, 2.8, 3, fid="roof"),
]
OUTER, INNER = box_part(5, 5, 9, 9, 0, 3, fid="bunker"), box_part(5.8, 5.8, 8.2, 8.2, 0.8, 2.2, fid="room")
BUNKER = replace(OUTER, vertices=np.concatenate([OUTER.vertices, INNER.vertices]), faces=np.concatenate([OUTER.faces, INNER.faces[:, ::-1] + len(OUTER.vertices)]))
PASSAGE = [box_part(0, 2, 4, 12, 0, 6, fid="a"), box_part(8, 2, 12, 12, 0, 6, fid="b"), box_part(4, 2, 8, 12, 3, 6, fid="over")]
CLOSED = [*PASSAGE, box_part(4, 2, 8, 2.3, 0, 3, fid="front"), box_part(4, 11.7, 8, 12, 0, 3, fid="rear")]
WELL = [
    box_part(0, 2, 12, 14, 0, 3, fid="g"), box_part(0, 2, 12, 5, 3, 9, fid="s"), box_part(0, 11, 12, 14, 3, 9, fid="n"),
    box_part(0, 5, 3, 11, 3, 9, fid="w"), box_part(9, 5, 12, 11, 3, 9, fid="e"),
]


def hull(fid, *corners):
    """The closed convex body of some local corners."""
    body = trimesh.convex.convex_hull(to_rd(corners))
    return Part(fid, np.asarray(body.vertices), np.asarray(body.faces), kind="building", closed=True)


ROOF = [hull(f"plate {y}", *((x, at, z + up) for x in (2, 12) for at, z in ((y, 6), (7, 9.75)) for up in (0, 0.25))) for y in (2, 12)]
"""Two plates of 0.25 m on the block, the ridge at 10 m: with their gables 212.5 m3 more."""
GABLES = [hull(f"gable {x}", *((one, y, z) for one in (x, x + 0.2) for y, z in ((2, 6), (12, 6), (7, 9.75)))) for x in (2, 11.8)]
LOGGIA = [box_part(2, 2, 12, 12, 0, 3, fid="low"), box_part(2, 4, 12, 12, 3, 6, fid="mid"), box_part(2, 2, 12, 12, 6, 9, fid="high")]


@pytest.mark.parametrize(("parts", "low", "high"), [([BLOCK, *ROOF], 624.0, 812.5), (LOGGIA, 840.0, 900.0)], ids=["roof without gables", "loggia"])
def test_what_is_open_at_a_side_between_two_bodies_makes_a_range(parts, low, high):
    found = DesignGeometry(design(*parts)).volume(GROUND)
    assert found.method == "range"
    assert (found.value_m3 - found.bound_m3, found.value_m3 + found.bound_m3) == (pytest.approx(low, rel=5e-3), pytest.approx(high, rel=5e-3))


@pytest.mark.parametrize(("parts", "m3", "method"), [
    ([BLOCK], 600.0, "solid"), ([BLOCK, *SHELL], 720.0, "envelope"), ([BUNKER], 48.0, "envelope"), (PASSAGE, 600.0, "solid"), (CLOSED, 720.0, "envelope"),
    (WELL, 1080.0, "solid"), ([BLOCK, *ROOF, *GABLES], 812.5, "envelope"), ([gable_part(2, 2, 12, 12, 4, 8)], 600.0, "solid"), ([BLOCK, box_part(12, 2, 15, 12, 3, 6, fid="cantilever")], 690.0, "solid"),
], ids=["block", "block and shell", "bunker", "passage", "passage with doors", "well", "roof of plates", "gable", "cantilever"])
def test_what_walls_enclose_counts_however_it_is_drawn(parts, m3, method):
    found = DesignGeometry(design(*parts)).volume(GROUND)
    assert (found.method, found.value_m3) == (method, pytest.approx(m3, rel=2e-3))
    assert abs(found.value_m3 - m3) <= max(found.bound_m3, 1e-6)


def test_a_room_below_the_base_does_not_count():
    """Of the bunker of 3 m high with a room from 0.8 to 2.2 m, above 1.5 m."""
    assert DesignGeometry(design(BUNKER)).volume(GROUND + 1.5).value_m3 == pytest.approx(16 * 1.5, rel=1e-3)
    assert DesignGeometry(design(BUNKER)).volume(GROUND + 2.3).value_m3 == pytest.approx(16 * 0.7, rel=1e-6)
