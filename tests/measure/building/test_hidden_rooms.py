"""Rooms that closed bodies leave between them or in them belong to a gross volume; passages, wells and air under a cantilever do not. By hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from drieluik.measure.building.design_geometry import DesignGeometry
from scenes import GROUND, box_part, design, gable_part

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


@pytest.mark.parametrize(("parts", "m3", "method"), [
    ([BLOCK], 600.0, "solid"), ([BLOCK, *SHELL], 720.0, "envelope"), ([BUNKER], 48.0, "envelope"), (PASSAGE, 600.0, "solid"), (CLOSED, 720.0, "envelope"),
    (WELL, 1080.0, "solid"), ([gable_part(2, 2, 12, 12, 4, 8)], 600.0, "solid"), ([BLOCK, box_part(12, 2, 15, 12, 3, 6, fid="cantilever")], 690.0, "solid"),
], ids=["block", "block and shell", "bunker", "passage", "passage with doors", "well", "gable", "cantilever"])
def test_what_walls_enclose_counts_however_it_is_drawn(parts, m3, method):
    found = DesignGeometry(design(*parts)).volume(GROUND)
    assert (found.method, found.value_m3) == (method, pytest.approx(m3, rel=2e-3))
    assert abs(found.value_m3 - m3) <= max(found.bound_m3, 1e-6)


def test_a_room_below_the_base_does_not_count():
    """Of the bunker of 3 m high with a room from 0.8 to 2.2 m, above 1.5 m."""
    assert DesignGeometry(design(BUNKER)).volume(GROUND + 1.5).value_m3 == pytest.approx(16 * 1.5, rel=1e-3)
    assert DesignGeometry(design(BUNKER)).volume(GROUND + 2.3).value_m3 == pytest.approx(16 * 0.7, rel=1e-6)
