"""Open air under what is built, told from rooms: a house drawn as walls, floors and a roof has the volume that it has as closed boxes."""

from __future__ import annotations

import pytest

from drieluik.measure.building.design_geometry import DesignGeometry
from drieluik.model import Level
from scenes import GROUND, box_part, design

WALL = 0.3


def storey(name, x0, y0, x1, y1, z, high=3.0, front=True):
    """A floor of 0.2 m and four walls, the front one (y0) or not."""
    walls = [(x0, y1 - WALL, x1, y1), (x0, y0 + WALL, x0 + WALL, y1 - WALL), (x1 - WALL, y0 + WALL, x1, y1 - WALL), *([(x0, y0, x1, y0 + WALL)] if front else [])]
    return [
        box_part(x0, y0, x1, y1, z, z + 0.2, kind="slab", fid=f"{name} floor"),
        *(box_part(a, b, c, d, z + 0.2, z + high, kind="wall", fid=f"{name} wall {n}") for n, (a, b, c, d) in enumerate(walls)),
    ]


def roof(x1, y1=15):
    return box_part(5, 5, x1, y1, 6, 6.2, kind="roof", fid="roof")


LOW, HIGH = storey("low", 5, 5, 15, 15, 0), storey("high", 5, 5, 15, 15, 3)
POSTS = [box_part(x, y, x + 0.3, y + 0.3, 0, 3, kind="member", fid=f"post {x} {y}") for x in (5, 14.7) for y in (5, 14.7)]
DOOR = [box_part(5, 5, 8, 5.3, 0.2, 3, kind="wall", fid="a"), box_part(11, 5, 15, 5.3, 0.2, 3, kind="wall", fid="b"), box_part(8, 5, 11, 5.3, 2.4, 3, kind="wall", fid="lintel")]
SIDE = [box_part(11, 14.7, 15, 15, 0, 3, kind="wall", fid="rear"), box_part(14.7, 5, 15, 14.7, 0, 3, kind="wall", fid="side"), box_part(11, 5, 15, 15, 0, 0.2, kind="slab", fid="floor")]
HOUSES = {
    "plain": ([*LOW, *HIGH, roof(15)], 620.0, 620.0),
    "a door without a leaf": ([*storey("low", 5, 5, 15, 15, 0, front=False), *DOOR, *HIGH, roof(15)], 620.0, 620.0),
    "a storey that juts out": ([*LOW, *storey("high", 5, 5, 18, 15, 3), roof(18)], 716.0, 716.0),
    "a passage": ([*storey("west", 5, 5, 9, 15, 0), *storey("east", 11, 5, 15, 15, 0), *HIGH, roof(15)], 560.0, 560.0),
    "on posts": ([*POSTS, *HIGH, roof(15)], 320.0, 620.0),
    "a room with an open front": ([*storey("low", 5, 5, 11, 15, 0), *SIDE, *HIGH, roof(15)], 508.9, 622.9),
}


@pytest.mark.parametrize("name", HOUSES)
@pytest.mark.parametrize("levels", [(), (0, 3)])
def test_open_air_under_a_storey_is_no_volume(name, levels):
    """The range holds what is certain and what may count; where nothing is open, or all of it for certain, it is one number."""
    parts, low, high = HOUSES[name]
    found = DesignGeometry(design(*parts, levels=[Level(f"{z}", GROUND + z) for z in levels])).volume(GROUND)
    sure = 0.005 * found.value_m3
    assert found.value_m3 == pytest.approx((low + high) / 2, rel=2e-3)
    assert (found.value_m3 - found.bound_m3, found.value_m3 + found.bound_m3) == (pytest.approx(low, abs=sure + 1.5), pytest.approx(high, abs=sure + 1.5))
