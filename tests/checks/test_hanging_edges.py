"""The edge of a thick roof, an upstand, a beam and the parapet of a balcony are what hangs out of a house, at any height, in every check of its outline."""

from __future__ import annotations

import pytest

from drieluik.model import Verdict
from one_rule import rd, run
from scenes import box_part

OUTLINE = (("max_area", 100.5, "m2"), ("max_depth", 10.05, "m"), ("within_building_plane", None, "m"))
FRONT = {"front_boundary": [rd((0, 0), (20, 0))], "built_up": "yes"}


def house(top):
    return box_part(5, 5, 15, 15, 0, top, fid="house")


def edges(kind, z):
    """What hangs out of a house with its top at ``z``, to the south beyond the bouwvlak."""
    if kind == "roof":
        return [box_part(5, 4.4, 15, 15.6, z, z + 0.85, kind="roof", fid="roof")]
    if kind == "upstand":
        ring = [(5, 4.4, 15, 4.6), (5, 15.4, 15, 15.6), (5, 4.6, 5.2, 15.4), (14.8, 4.6, 15, 15.4)]
        return [box_part(5, 4.4, 15, 15.6, z, z + 0.3, fid="plate"), *(box_part(a, b, c, d, z + 0.3, z + 1.2, fid=str(n)) for n, (a, b, c, d) in enumerate(ring))]
    slab = box_part(8, 3.4, 12, 5, z - 3, z - 2.8, kind="slab", fid="slab")
    sides = [(8, 3.4, 12, 3.5), (8, 3.5, 8.1, 5), (11.9, 3.5, 12, 5)]
    return [slab, *(box_part(a, b, c, d, z - 2.8, z - 1.7, kind="wall", fid=str(n)) for n, (a, b, c, d) in enumerate(sides))]


@pytest.mark.parametrize("kind", ["roof", "upstand", "balcony"])
@pytest.mark.parametrize(("check", "value", "unit"), OUTLINE)
def test_an_edge_is_never_firmly_built_and_the_same_at_every_height(kind, check, value, unit):
    found = [run(check, house(top), *edges(kind, top), value=value, unit=unit, answers=FRONT).verdict for top in (6.0, 6.1, 6.3, 6.4)]
    assert len(set(found)) == 1 and found[0] is not Verdict.VIOLATES


def test_a_balcony_with_a_closed_parapet_is_asked_and_a_room_there_is_not():
    words = {"op": ">=", "value": 4.5, "answers": FRONT}
    assert run("min_distance_front_boundary", house(6.0), *edges("balcony", 6.0), **words).verdict is Verdict.NEEDS_JUDGEMENT
    room = box_part(8, 3.4, 12, 5, 3.2, 6.0, kind="wall", fid="room")
    assert run("min_distance_front_boundary", house(6.0), room, **words).verdict is Verdict.VIOLATES
