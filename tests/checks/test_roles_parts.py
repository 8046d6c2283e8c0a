"""Which parts of a file may be the design, way by way: buildings apart, on the parcels that are named, registered, in a row; what stands loose."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shapely import box

import scenes
from drieluik.checks.engine.design_roles import _ground, designed
from drieluik.checks.engine.houses import SHARED, _owners, _split
from drieluik.measure.building.bodies import one_body
from drieluik.model import Parcel
from one_context import HOUSE, context, pand
from scenes import GROUND, box_part, shift

TWO = (Parcel("1", "A 1", shift(box(0, 0, 20, 40)), 800.0), Parcel("2", "A 2", shift(box(20, 0, 60, 40)), 1600.0))
NEXT = box_part(30, 6, 36, 14, 0, 9, fid="next")
"""A building of 48 m2 on the other parcel."""


def ways(*parts, answers=None, registered=(), parcels=TWO, **changes):
    """Return the parts of each way, the likeliest first, and whether there may be still another."""
    scene = context(*parts, answers=answers, registered_buildings=registered, parcels=parcels, **changes)
    chosen = designed(scene)
    point = scene.ledger.open.get("roles")
    if point is None:
        return [[part.fid for part in chosen.design.parts]], False
    assert tuple(chosen.design.parts) == point.alternatives[0].value
    return [[part.fid for part in one.value] for one in point.alternatives], point.endless


def test_buildings_on_different_parcels_together_or_each_by_itself():
    assert ways(HOUSE, NEXT) == ([["box", "next"], ["box"], ["next"]], False)
    assert ways(HOUSE) == ([["box"]], False) and ways(HOUSE, replace(NEXT, vertices=NEXT.vertices - (20.0, -10.0, 0))) == ([["box", "next"]], False)  # on one parcel
    names = context(HOUSE, NEXT, parcels=TWO, registered_buildings=())
    designed(names)
    assert [(one.note.code, one.answer) for one in names.ledger.open["roles"].alternatives] == [
        ("choice_all_design", {"box": "design", "next": "design"}), ("choice_context", {"box": "design", "next": "context"}), ("choice_context", {"box": "context", "next": "design"})]


def test_what_stands_on_the_parcels_that_are_named_is_likeliest_the_design():
    assert ways(HOUSE, NEXT, answers={"parcels": ["2"]}) == ([["next"], ["box", "next"]], False) and ways(HOUSE, NEXT, answers={"parcels": "A 1"}) == ([["box"], ["box", "next"]], False)
    assert ways(HOUSE, NEXT, answers={"parcels": ["1", "2"]}) == ([["box", "next"]], False) and ways(HOUSE, NEXT, answers={"parcels": ["9"]}) == ([["box", "next"], ["box"], ["next"]], False)
    half = box_part(16.9, 6, 22.9, 14, 0, 9, fid="next")  # for more than half on the first
    assert ways(box_part(6, 6, 12, 14, 0, 8), half, answers={"parcels": ["1"]}) == ([["box", "next"]], False)


@pytest.mark.parametrize(("shape", "registered"), [(box(30, 6, 36, 14), True), (box(30, 6, 36, 21.9), True), (box(30, 6, 36, 22.1), False), (box(30, 6, 32.9, 14), False), (box(40, 6, 46, 14), False)])
def test_a_building_that_is_registered_and_stays_is_likeliest_the_neighbours(shape, registered):
    """Each covers the other for more than half."""
    assert ways(HOUSE, NEXT, registered=(pand("n", shape),)) == (([["box"], ["box", "next"], ["next"]] if registered else [["box", "next"], ["box"], ["next"]]), False)
    assert ways(HOUSE, NEXT, registered=(pand("n", shape),), answers={"demolition": ["n"]}) == ([["box", "next"], ["box"], ["next"]], False)


def test_of_more_buildings_than_six_the_officer_must_say_which():
    row = [box_part(70 * n, 6, 70 * n + 6 + n, 14, 0, 8, fid=str(n)) for n in range(8)]
    lots = tuple(Parcel(f"p{n}", f"P {n}", shift(box(70 * n - 2, 0, 70 * n + 20, 40)), 800.0) for n in range(8))
    found, endless = ways(*row[:6], parcels=lots)
    assert (len(found), endless) == (7, False) and found[0] == list("012345") and found[1] == ["5"]
    found, endless = ways(*row[:7], parcels=lots)
    assert (len(found), endless) == (7, True) and found[1:] == [["6"], ["5"], ["4"], ["3"], ["2"], ["1"]]


def test_the_officer_says_what_is_context_by_id_or_name():
    named = replace(NEXT, name="Buurhuis")
    for told in ({"next": "context"}, {"Buurhuis": "context"}, {"value": {"next": "context"}}):
        scene = context(HOUSE, named, parcels=TWO, answers={"roles": told})
        assert [part.fid for part in designed(scene).design.parts] == ["box"] and list(scene.ledger.settled) == ["roles"]
    everything = context(HOUSE, named, parcels=TWO, answers={"roles": {"next": "context", "box": "context"}})
    assert len(designed(everything).design.parts) == 2  # then nothing is left: it says nothing


CAR = box_part(2, 2, 4, 6.4, 0, 1.5, kind="other", fid="car")


def test_what_has_no_room_in_it_may_be_left_out_and_beyond_the_plot_likely_is():
    assert ways(HOUSE, CAR) == ([["box", "car"], ["box"]], False)
    away = replace(CAR, vertices=CAR.vertices + (-10.0, 0, 0))
    assert ways(HOUSE, away) == ([["box"], ["box", "car"]], False) and ways(HOUSE, replace(away, kind="railing")) == ([["box"], ["box", "car"]], False)
    assert ways(HOUSE, replace(CAR, kind="railing")) == ([["box", "car"]], False)  # it says what it is, on the plot
    post = box_part(2, 2, 2.9, 2.9, 0, 1.5, kind="other", fid="post")
    assert ways(HOUSE, post) == ([["box", "post"]], False) and ways(HOUSE, replace(post, vertices=post.vertices - (10.0, 0, 0))) == ([["box"], ["box", "post"]], False)


@pytest.mark.parametrize(("west", "beyond"), [(-2.1, True), (-1.9, False)])
def test_what_stands_for_half_on_the_plot_stands_on_it(west, beyond):
    """A car of 4 m from ``west``; the plot begins at 0."""
    car = box_part(west, 2, west + 4, 4, 0, 1.5, kind="other", fid="car")
    assert ways(HOUSE, car)[0][0] == (["box"] if beyond else ["box", "car"])


def test_the_ground_of_a_design_is_the_terrains_peil_or_its_own_foot():
    assert _ground(context()) == GROUND and _ground(context(terrain=None, answers={"peil": {"method": "nap_value", "nap_m": 0.4}})) == 0.4
    bare = replace(context(box_part(6, 6, 14, 14, -0.7, 8), terrain=None, topography=()), answers={})
    assert _ground(bare) == pytest.approx(GROUND - 0.7) and _ground(replace(bare, design=scenes.design(), shared={})) is None


@pytest.mark.parametrize(("west", "owner"), [(0, 0), (1.9, 0), (2.1, SHARED), (7.9, SHARED), (8.1, 1), (12.1, SHARED), (15.9, SHARED), (18.1, 2)])
def test_what_stands_for_four_fifths_in_one_area_is_of_that_one(west, owner):
    """Plans of 10 m wide; areas from 0 to 10 and from 10 to 20."""
    plans = np.array([box(west, 0, west + 10, 1)], dtype=object)
    assert _owners(plans, [box(0, 0, 10, 1), box(10, 0, 20, 1)]) == [owner]


@pytest.mark.parametrize(("areas", "expected"), [
    ([box(0, 0, 10, 20), box(10, 0, 20, 20)], [(0, ["west"]), (1, ["east"])]), ([box(0, 0, 20, 20)], []), ([box(0, 0, 10, 20)], [(0, ["west"]), (1, ["east"])]), ([box(10, 0, 20, 20)], [(0, ["east"]), (1, ["west"])]), ([], []),
    ([box(30, 0, 40, 20)], []), ([box(0, 0, 20, 20), box(30, 0, 40, 20)], []), ([box(0, 0, 12, 20), box(12, 0, 20, 20)], []), ([box(0, 0, 9.5, 20), box(9.5, 0, 20, 20)], [(0, ["west"]), (1, ["east"])]),
])
def test_a_body_is_split_into_pieces_with_rooms_that_stand_in_areas_of_their_own(areas, expected):
    """Two rooms against each other, from 4 to 10 and from 10 to 16: of the areas at 12 m the eastern one has two thirds of the eastern room."""
    body = one_body((box_part(4, 4, 10, 12, 0, 6, fid="west"), box_part(10, 4, 16, 12, 0, 6, fid="east")), GROUND)
    assert [(number, [part.fid for part in piece.parts]) for number, piece in _split(body, [shift(area) for area in areas], GROUND)] == expected


def test_a_piece_without_rooms_is_no_house():
    body = one_body((box_part(4, 4, 10, 12, 0, 6, fid="house"), box_part(10, 4, 10.4, 12, 0, 2, fid="wall")), GROUND)
    assert _split(body, [shift(box(0, 0, 10, 20)), shift(box(10, 0, 20, 20))], GROUND) == []
