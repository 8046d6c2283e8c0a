"""A chimney that goes up in the outer wall closes the room behind it, and is a chimney for what stands before and above the wall."""

from __future__ import annotations

from dataclasses import replace

import pytest

import scenes
from drieluik.measure.building.named_kinds import confirmed, stack_in_a_wall
from drieluik.model import Verdict
from one_rule import rd, run
from scenes import box_part, design

COMPLIES, VIOLATES = Verdict.COMPLIES, Verdict.VIOLATES
SITE = {"registered_buildings": (), "topography": ()}


def house(low=9.0, high=10.0):
    """Walls of 0.3 m around 10 x 10 m, 6 m high, with a gap in the east wall from ``low`` to ``high``, and a flat roof up to 6.3 m."""
    walls = ((5, 5, 15, 5.3), (5, 14.7, 15, 15), (5, 5, 5.3, 15), (14.7, 5, 15, low), (14.7, high, 15, 15))
    return (*(box_part(*wall, 0, 6, kind="wall", fid=f"w{n}") for n, wall in enumerate(walls)), box_part(5, 5, 15, 15, 6, 6.3, kind="roof", fid="roof"))


def stack(west=14.7, east=15.3, low=9.0, high=10.0, top=7.5, bottom=0.0):
    return box_part(west, low, east, high, bottom, top, kind="chimney", fid="stack")


STACKS = [stack(), stack(east=15.6), stack(bottom=-0.8), stack(east=16.1, high=11.8), stack(west=14.4)]
FREE = ({"id": "minor", "classes": ["chimney"], "decision": "auto"},)


@pytest.mark.parametrize("one", STACKS)
def test_a_chimney_in_the_wall_does_not_count_where_the_plan_says_so(one):
    high = 11.8 if one is STACKS[3] else 10.0
    parts, site = (*house(9.0, high), one), scenes.site(**SITE)
    lines = {"side_boundaries": {"lines": [rd((0, 0), (0, 40)), rd((20, 0), (20, 40))]}, "front_boundary": {"line": rd((0, 0), (20, 0))}}
    assert [run("max_building_height", *parts, site=site, value=limit, exceptions=FREE).verdict for limit in (6.4, 6.2)] == [COMPLIES, VIOLATES]
    assert run("within_building_plane", *parts, site=site, exceptions=FREE).verdict is COMPLIES
    assert run("min_distance_side_boundary", *parts, site=site, answers=lines, op=">=", value=4.5, exceptions=FREE).verdict is COMPLIES
    area = [run("max_area", *parts, site=site, value=limit, unit="m2", exceptions=FREE).verdict for limit in (100.1, 99.9)]
    assert area == [COMPLIES, VIOLATES]


def test_it_is_two_pieces_and_nothing_is_lost():
    one = stack(east=15.6)
    made = confirmed(design(*house(), one))
    wall, rise = (part for part in made.parts if part.fid.startswith("stack"))
    assert (wall.kind, rise.kind) == ("wall", "chimney") and wall.closed and rise.closed
    assert wall.z_range == pytest.approx((scenes.GROUND, scenes.GROUND + 6.0)) and rise.z_range == pytest.approx((scenes.GROUND, scenes.GROUND + 7.5))
    assert len({part.fid for part in made.parts}) == len(made.parts)


@pytest.mark.parametrize("one", [
    stack(top=6.2), replace(stack(), kind="installation"), replace(stack(), closed=False), stack(west=15.0), stack(west=15.0, east=15.5),
])  # fmt: skip
def test_what_is_no_higher_than_the_wall_is_that_wall_by_another_name(one):
    assert stack_in_a_wall(one, (*house(), one)) == (one,)
