"""Open roofs beside what walls enclose, by shape and place: each threshold from both sides (house of 8 x 8 m and 8 m high, from 6 to 14)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from drieluik.measure.building.design_geometry import DesignGeometry
from one_context import HOUSE
from scenes import GROUND, ORIGIN, box_part, design


def found(*parts, house=HOUSE):
    """Return of each open roof the parts, whether it is sure, and its area."""
    geometry = DesignGeometry(design(*((house,) if house else ()), *parts), GROUND)
    return [([part.fid for part in roof.parts], roof.sure, round(roof.plan.area, 2)) for roof in geometry.open_roofs]


def post(x, y, top=2.4, foot=0.0, fid="post", kind="beam"):
    return box_part(x, y, x + 0.2, y + 0.2, foot, top, kind=kind, fid=fid)


def plate(x0, y0, x1, y1, low=2.4, high=2.6, kind="slab", fid="roof"):
    return box_part(x0, y0, x1, y1, low, high, kind=kind, fid=fid)


def turned(part, degrees=31.0):
    turn = np.radians(degrees)
    matrix = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    xy = (part.vertices[:, :2] - ORIGIN) @ matrix + ORIGIN
    return replace(part, vertices=np.column_stack([xy, part.vertices[:, 2]]))


AGAINST = plate(14, 7, 17, 11)
"""3 x 4 m against the east wall."""


@pytest.mark.parametrize("kind", ["slab", "roof", "canopy", "covering", "beam", "member", "wall", "building", "other", "window"])
@pytest.mark.parametrize("post_kind", ["beam", "member", "building", "other", "wall", "column"])
def test_a_roof_on_posts_is_one_whatever_its_parts_are_called(kind, post_kind):
    assert found(replace(AGAINST, kind=kind), post(16.8, 7, kind=post_kind), post(16.8, 10.8, fid="other", kind=post_kind)) == [(["post", "other", "roof"], True, 12.0)]


@pytest.mark.parametrize(("west", "area"), [(14.0, 12.0), (14.05, 11.85), (14.1, 11.7), (13.7, 12.0), (13.95, 12.0), (12.0, 12.0)])
def test_it_touches_the_wall_lies_in_it_or_stays_a_hand_from_it(west, area):
    """A plate from ``west`` to 17 m: what lies in the wall is none of its area (but for the seam of 2 cm)."""
    (roof,) = found(plate(west, 7, 17, 11), post(16.8, 7))
    assert roof[:2] == (["post", "roof"], True) and roof[2] == pytest.approx(area, abs=0.1)


def test_of_a_house_that_stands_askew_as_well():
    assert [roof[:2] for roof in found(turned(AGAINST), turned(post(16.8, 7)), house=turned(HOUSE))] == [(["post", "roof"], True)]


def test_its_posts_stand_free_of_the_wall_and_on_the_ground():
    assert found(AGAINST, post(14.2, 7)) == [(["post", "roof"], False, 12.0)] and found(AGAINST, post(14.31, 7)) == [(["post", "roof"], True, 12.0)]  # as a downpipe
    assert found(AGAINST, post(16.8, 7, foot=0.5)) == [(["post", "roof"], True, 12.0)] and found(AGAINST, post(16.8, 7, foot=0.6)) == [(["post", "roof"], False, 12.0)]


@pytest.mark.parametrize(("east", "north", "expected"), [(15.0, 11.0, []), (15.3, 10.0, []), (15.4, 10.0, [(["post", "roof"], True, 4.2)])])
def test_what_is_small_or_reaches_no_further_than_eaves_is_a_canopy_over_a_door(east, north, expected):
    assert found(plate(14, 7, east, north), post(east - 0.2, 7)) == expected


@pytest.mark.parametrize(("top", "sure"), [(1.49, None), (1.51, True), (5.0, True), (5.1, False)])
def test_a_table_is_none_and_what_is_higher_than_to_sit_under_is_asked(top, sure):
    got = found(plate(14, 7, 17, 11, top - 0.2, top), post(16.8, 7, top - 0.2))
    assert got == ([] if sure is None else [(["post", "roof"], sure, 12.0)])


@pytest.mark.parametrize(("east", "kind", "expected"), [(15.5, "slab", []), (15.6, "slab", [(["roof"], False, 6.4)]), (17.0, "canopy", [(["roof"], False, 12.0)]), (17.0, "balcony", [])])
def test_what_hangs_without_posts_and_reaches_far_is_asked(east, kind, expected):
    assert found(plate(14, 7, east, 11, kind=kind)) == expected


def test_the_overhang_of_a_roof_is_none_and_one_on_posts_is_told_without_parts():
    over = plate(5.5, 5.5, 17, 14.5, 8.0, 8.2, kind="roof")
    assert found(over) == [] and [roof[:2] for roof in found(over, post(16.5, 7, 8.0))] == [([], False)]
    assert found(plate(5.5, 5.5, 14.9, 14.5, 8.0, 8.2, kind="roof"), post(14.5, 7, 8.0)) == []  # eaves with a pole under them
    assert found(over, post(14.05, 7, 8.0)) == []  # a downpipe


def test_a_gallery_on_posts_is_asked():
    rail = box_part(16.9, 7, 17, 11, 2.6, 3.6, kind="railing", fid="rail")
    assert found(AGAINST, post(16.8, 7), rail) == [(["post", "roof"], False, 12.0)]
    assert found(AGAINST, post(16.8, 7), replace(rail, vertices=rail.vertices + (0, 0, 2.4))) == [(["post", "roof"], True, 12.0)]  # of a window above
    assert found(replace(AGAINST, kind="balcony"), post(16.8, 7)) == [(["post", "roof"], False, 12.0)]


def test_what_stands_or_hangs_there_besides_is_none_of_it():
    screen, wall = box_part(14, 7, 17, 7.1, 0, 2.4, kind="wall", fid="screen"), box_part(17, 7, 27, 7.1, 0, 2.0, kind="wall", fid="garden wall")
    terrace, pipe, blind = plate(14, 6, 20, 14, -0.1, 0.1, fid="terrace"), post(16.8, 10, 8.0, fid="pipe"), plate(14, 8, 14.8, 10, 5.0, 5.1, fid="blind")
    assert found(AGAINST, post(16.8, 10.8), screen, wall, terrace, pipe, blind) == [(["post", "screen", "roof"], True, 12.0)]
    assert found(wall, terrace) == []
    assert found(AGAINST, post(16.8, 7, kind="chimney")) == [(["roof"], False, 12.0)]


def test_a_pergola_of_slats_is_one_and_a_roof_over_a_cellar_stands_on_the_ground():
    slats = [box_part(14, y, 17, y + 0.2, 2.4, 2.6, kind="member", fid=f"slat {y}") for y in (7, 7.22, 7.44, 7.66, 7.88, 8.1, 8.32, 8.54)]
    beam = box_part(16.8, 7, 17, 8.74, 2.2, 2.4, kind="beam", fid="beam")
    (roof,) = found(*slats, beam, post(16.8, 7, 2.2))
    assert roof[1] and len(roof[0]) == 10
    assert found(AGAINST, post(16.8, 7), box_part(6, 6, 14, 14, -3, 0, fid="cellar")) == [(["post", "roof"], True, 12.0)]


def test_two_roofs_are_two_and_the_surest_goes_first():
    assert found(plate(2, 7, 6, 11, fid="hung"), AGAINST, post(16.8, 7)) == [(["post", "roof"], True, 12.0), (["hung"], False, 16.0)]


def test_a_roof_apart_from_the_house_is_one_and_of_what_encloses_nothing_there_are_none():
    assert found(plate(20, 20, 23, 24), post(20, 20)) == [(["post", "roof"], True, 12.0)]
    assert found(AGAINST, post(16.8, 7), house=None) == []


def test_where_peil_lies_below_all_that_stands_there_the_posts_stand_on_the_ground_all_the_same():
    geometry = DesignGeometry(design(HOUSE, AGAINST, post(16.8, 7)), GROUND - 0.8)
    assert [roof.sure for roof in geometry.open_roofs] == [True]
