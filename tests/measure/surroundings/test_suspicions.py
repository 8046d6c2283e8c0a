"""What does not fit is said with its numbers; what fits by the width of the tolerance is not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from shapely import Point, box

from drieluik.measure.surroundings.extruded import EXTRUDED
from drieluik.measure.surroundings.joins import join_buildings
from drieluik.measure.surroundings.suspicions import flight_year, gate_notes, suspicions
from drieluik.model import Address, Building3D, LayerState, Parcel, RegisteredBuilding, Terrain, TopographyObject
from scenes import GROUND, ORIGIN, box_part, shift, site

PAND = "9999100000000001"


def ids(*last):
    return tuple(f"99991000000000{n:02d}" for n in last)


def bare(**changes):
    """Return a site with nothing on its ground but what is given."""
    return site(**{"topography": (), "registered_buildings": (), "buildings3d": (), "parcels": (), "trees": (), **changes})


def doubts(here):
    return [(s.layer, s.fid, s.note.code, s.note.as_dict()) for s in suspicions(here)]


def pand(fid, shape, identity=""):
    return TopographyObject(fid, "pand", shift(shape), building_id=identity)


def model(low=0.0, high=6.0, ground=None, roof=None, fid=PAND, date="", lod="2.2"):
    body = box_part(24, 5, 32, 15, low, high).triangles
    return Building3D(fid, body, np.array(["wall"] * len(body)), lod, ground, roof, date)


def raster(level, shape=None, inside=0.0):
    """Return a raster over the scene at ``level`` above the ground, and ``inside`` in a shape."""
    heights = np.full((240, 240), GROUND + level)
    x, y = (c.ravel() for c in np.meshgrid(ORIGIN[0] - 50 + 0.25 + 0.5 * np.arange(240), ORIGIN[1] + 70 - 0.25 - 0.5 * np.arange(240)))
    if shape is not None:
        heights.ravel()[shapely.contains_xy(shift(shape), x, y)] = GROUND + inside
    return Terrain(heights, ORIGIN[0] - 50, ORIGIN[1] + 70, 0.5)


@pytest.mark.parametrize(
    ("one", "absurd"),
    [
        (model(), False), (model(0, 219.9), False), (model(0, 220.1), True),
        (model(ground=GROUND + 6.1, roof=GROUND + 6.05), True), (model(ground=GROUND + 2, roof=GROUND + 2), False),
        (model(3, 9, ground=GROUND + 1.01), False), (model(3, 9, ground=GROUND + 0.9), True),
        (model(-10.9, 3), False), (model(-11.1, 3), True), (model(328.9, 335), False), (model(329.1, 335), True), (model(2, 2), True),
        (model(-12, 3, lod=EXTRUDED), False),
    ],
)
def test_a_model_that_cannot_be(one, absurd):
    found = doubts(bare(buildings3d=(one,)))
    assert [(layer, fid, code) for layer, fid, code, _ in found] == ([("buildings3d", PAND, "doubt_absurd")] if absurd else [])


def test_an_absurd_model_says_its_numbers_and_one_without_faces_nothing():
    empty = replace(model(), triangles=np.zeros((0, 3, 3)), semantics=np.array([]))
    (found,) = doubts(bare(buildings3d=(empty, model(-11.234, 3.456, fid="b"))))
    assert found[1:] == ("b", "doubt_absurd", {"fid": "b", "low": -10.23, "high": 4.46, "ground": -10.23})


def test_a_model_is_held_against_the_dsm_with_more_room_than_against_points():
    house = box(24, 5, 32, 15)
    registered = (RegisteredBuilding(PAND, shift(house)),)
    for off, doubted in ((1.98, False), (2.02, True), (-1.98, False), (-2.02, True)):
        there = bare(registered_buildings=registered, buildings3d=(model(0, 8, GROUND, GROUND + 5 + off),), surface=raster(0, house, 5.0))
        found = doubts(there)
        assert [code for *_, code, _ in found if code == "doubt_roof"] == ["doubt_roof"] * doubted
        if doubted:
            (data,) = [data for *_, code, data in found if code == "doubt_roof"]
            assert data == {"fid": PAND, "model": round(GROUND + 5 + off, 2), "ahn": GROUND + 5, "tolerance": 2.0}
    for off, doubted in ((0.49, False), (0.51, True), (-0.51, True)):
        there = bare(registered_buildings=registered, buildings3d=(model(0, 8, GROUND + off, GROUND + 5),), surface=raster(0, house, 5.0))
        assert [data for *_, code, data in doubts(there) if code == "doubt_ground"] == (
            [{"fid": PAND, "model": round(GROUND + off, 2), "ahn": GROUND, "tolerance": 0.5}] if doubted else [])


def test_one_model_that_says_nothing_keeps_no_other_from_its_doubt():
    """In turn: without faces, a block, one that cannot be, one of no building that is known; then one that is too low and one as low."""
    house, late = box(24, 5, 32, 15), box(44, 5, 52, 15)
    registered = (RegisteredBuilding(PAND, shift(house)), RegisteredBuilding("late", shift(late)))
    quiet = (replace(model(fid="none"), triangles=np.zeros((0, 3, 3))), model(0, 8, GROUND - 0.6, fid="block", lod=EXTRUDED), model(0, 220.1, fid="absurd"), model(0, 8, GROUND - 0.6, fid="unknown"))
    low = (model(0, 8, GROUND - 0.6, fid=PAND), replace(model(0, 8, GROUND - 0.6, fid="late"), triangles=box_part(44, 5, 52, 15, 0, 8).triangles, failings=("e1", "e2")))
    found = [(fid, code) for _, fid, code, _ in doubts(bare(registered_buildings=registered, buildings3d=(*quiet, *low), surface=raster(0, house, 5.0))) if code != "doubt_not_in_bgt"]
    assert sorted(found) == [(PAND, "doubt_ground"), ("absurd", "doubt_absurd"), ("late", "doubt_failed"), ("late", "doubt_ground")]


def test_a_model_older_than_its_building():
    for year, date, newer in ((2020, "ahn3", True), (2019, "ahn3", False), (2020, "", False), (None, "ahn3", False), (2023, "2022-03-01", True), (2022, "2022", False)):
        here = bare(registered_buildings=(RegisteredBuilding(PAND, shift(box(24, 5, 32, 15)), year),), buildings3d=(model(date=date),))
        assert [data for *_, code, data in doubts(here) if code == "doubt_newer"] == (
            [{"fid": PAND, "year": year, "flight": flight_year(date)}] if newer else [])
    block = bare(registered_buildings=(RegisteredBuilding(PAND, shift(box(24, 5, 32, 15)), 2024),), buildings3d=(model(date="ahn3", lod=EXTRUDED),))
    assert "doubt_newer" not in [code for *_, code, _ in doubts(block)]
    assert [flight_year(f"AHN{n}") for n in range(1, 7)] == [2003, 2012, 2019, 2022, 2025, None]


@pytest.mark.parametrize(("wide", "differs"), [(9.9, None), (11.0, None), (11.2, 22.0), (12.0, 30.0)])
def test_outlines_of_bgt_and_bag_may_differ_by_half_a_metre_along_the_edge(wide, differs):
    """The BGT has 9 x 10 m; the BAG's outline is 2 x (wide + 10) m round, so that half of its length is wide + 10."""
    here = bare(topography=(pand("n1", box(0, 0, 5, 10), PAND), pand("n2", box(5, 0, 9, 10), PAND)), registered_buildings=(RegisteredBuilding(PAND, shift(box(0, 0, wide, 10))),))
    found = [data for *_, code, data in doubts(here) if code == "doubt_outline"]
    assert found == ([{"fid": PAND, "differ": pytest.approx(differs), "area": round(10 * wide, 1)}] if differs else [])


def test_a_small_outline_may_differ_by_ten_square_metres():
    for wide, differs in ((3.4, None), (3.6, 10.4)):
        here = bare(topography=(pand("n1", box(0, 0, 1, 4), PAND),), registered_buildings=(RegisteredBuilding(PAND, shift(box(0, 0, wide, 4))),))
        assert [data["differ"] for *_, code, data in doubts(here) if code == "doubt_outline"] == ([pytest.approx(differs)] if differs else [])


def test_ground_covered_twice_is_said_of_both_with_the_shared_area():
    cover = (
        TopographyObject("a", "wegdeel", shift(box(0, 0, 10, 10))), TopographyObject("b", "waterdeel", shift(box(9.8, 0, 20, 10))),
        TopographyObject("c", "ondersteunendwegdeel", shift(box(0, 9.91, 10, 20))), TopographyObject("d", "overigbouwwerk", shift(box(0, 0, 10, 10))),
        TopographyObject("e", "wegdeel", shift(box(0, 0, 10, 10)), level=1),
    )
    assert doubts(bare(topography=cover)) == [
        ("bgt", "a", "doubt_overlap", {"fid": "a", "other": "b", "area": 2.0}), ("bgt", "b", "doubt_overlap", {"fid": "b", "other": "a", "area": 2.0}),
    ]


def test_parcels_say_drawn_and_registered_size_and_share():
    parcels = (
        Parcel("1", "Dorp A 1", shift(box(0, 0, 20, 40)), 825.0), Parcel("2", "Dorp A 2", shift(box(19.9, 0, 40, 40)), 760.0), Parcel("3", "", shift(box(60, 0, 62, 2)), 6.0),
        Parcel("4", "Dorp A 4", shift(box(70, 0, 90, 40)), 839.0), Parcel("5", "Dorp A 5", shift(box(95, 0, 135, 60)), 2526.0), Parcel("6", "Dorp A 6", shift(box(140, 0, 200, 200)), 11_300.0),
        Parcel("7", "Dorp A 7", shift(box(210, 0, 212, 40)), 96.0),
    )
    assert doubts(bare(parcels=parcels)) == [
        ("parcels", "1", "doubt_parcel_overlap", {"name": "Dorp A 1", "other": "Dorp A 2", "area": 4.0}),
        ("parcels", "2", "doubt_parcel_overlap", {"name": "Dorp A 2", "other": "Dorp A 1", "area": 4.0}),
        ("parcels", "2", "doubt_parcel_size", {"name": "Dorp A 2", "drawn": 804.0, "registered": 760.0}),
        ("parcels", "3", "doubt_parcel_size", {"name": "3", "drawn": 4.0, "registered": 6.0}),
        ("parcels", "6", "doubt_parcel_size", {"name": "Dorp A 6", "drawn": 12_000.0, "registered": 11_300.0}),
    ]


def test_the_same_thing_twice():
    one, two, three = ids(1, 2, 3)
    registered = (RegisteredBuilding(one, shift(box(0, 0, 5, 5))), RegisteredBuilding(two, shift(box(0, 0, 5, 5))), RegisteredBuilding(three, shift(box(10, 0, 15, 5))))
    parcels = (Parcel("k1", "A 1", shift(box(0, 0, 5, 5))), Parcel("k1", "A 1", shift(box(5, 0, 9, 5))), Parcel("k1", "A 1", shift(box(9, 0, 15, 5))))
    topography = (pand("n1", box(0, 0, 5, 5)), pand("n1", box(0, 0, 5, 5)))
    here = bare(registered_buildings=registered, parcels=parcels, topography=topography)
    found = [one for one in doubts(here) if one[2].startswith("doubt_double")]
    assert found == [
        ("bag", one, "doubt_double", {"fid": one, "others": two}), ("bag", two, "doubt_double", {"fid": two, "others": one}),
        ("bgt", "n1", "doubt_double", {"fid": "n1", "others": "n1"}), ("bgt", "n1", "doubt_double_id", {"fid": "n1", "count": 2}),
        ("parcels", "k1", "doubt_double_id", {"fid": "k1", "count": 3}),
    ]
    records = tuple(replace(record, state=LayerState.FAILED) if record.layer == "bag" else record for record in here.provenance)
    assert {layer for layer, _, code, _ in doubts(replace(here, provenance=records)) if code.startswith("doubt_double")} == {"bgt", "parcels"}


def test_only_what_the_bgt_draws_as_the_building_is_its_outline():
    """A porch of 6 m2 that names the house is no part of its ground, nor is a building without a number."""
    house, porch, other = box(0, 0, 10, 10), box(10, 0, 12, 3), box(10, 5, 13, 10)
    drawn = (pand("n1", house, PAND), TopographyObject("o1", "overigbouwwerk", shift(porch), building_id=PAND), pand("n2", other))
    here = bare(registered_buildings=(RegisteredBuilding(PAND, shift(house)),), topography=drawn)
    assert [found for found in doubts(here) if found[2] == "doubt_outline"] == []
    wider = replace(here, topography=(*drawn, pand("n3", box(-6, 0, 0, 10), PAND)))
    assert [found[3]["differ"] for found in doubts(wider) if found[2] == "doubt_outline"] == [60.0]


def test_a_building_that_one_register_has():
    one, two, three, four = ids(1, 2, 3, 4)
    registered = (
        RegisteredBuilding(one, shift(box(0, 0, 5, 5))), RegisteredBuilding(two, shift(box(10, 0, 15, 5)), status="Pand in gebruik (niet ingemeten)"),
        RegisteredBuilding(three, shift(box(20, 0, 25, 5)), status="Pand in gebruik"),
    )
    here = bare(registered_buildings=registered, topography=(pand("n1", box(0, 0, 5, 5), one), pand("n4", box(30, 0, 35, 5), four)))
    assert [found for found in doubts(here) if found[2].startswith("doubt_not")] == [
        ("bag", three, "doubt_not_in_bgt", {"fid": three}), ("bgt", "n4", "doubt_not_in_bag", {"fid": four}),
    ]


def test_remarks_name_five_doubted_objects_and_say_that_there_are_more():
    for count, shown in ((5, ""), (6, " ...")):
        parcels = tuple(Parcel(f"p{n}", f"A {n}", shift(box(20 * n, 0, 20 * n + 10, 10)), 50.0) for n in range(count))
        notes = gate_notes(bare(parcels=parcels))
        assert list(notes) == ["parcels"] and len(notes["parcels"]) == 1
        assert notes["parcels"][0].code == "doubt_suspicious"
        assert notes["parcels"][0].as_dict() == {"count": count, "ids": "p0, p1, p2, p3, p4" + shown}


def test_holes_in_the_ground_cover_are_counted_within_reach():
    street = shift(box(-60, -60, 80, 80))
    holes = [shift(box(0, 0, 3, 3)), shift(box(10, 10, 12, 12)), shift(box(20, 20, 20.9, 21)), shift(box(30, 20, 31, 21)), shift(box(70, 70, 75, 75))]  # one of a square metre, which is none
    road = TopographyObject("w", "wegdeel", street.difference(shapely.union_all(holes)))
    green = TopographyObject("g", "begroeidterreindeel", shift(box(80, -60, 90, 80)))
    (hole,) = gate_notes(bare(topography=(road, green)))["bgt"]
    data = hole.as_dict()
    assert (hole.code, data["count"], data["area"], data["largest"]) == ("doubt_holes", 2, 13.0, 9.0)
    assert (data["x"] - ORIGIN[0], data["y"] - ORIGIN[1]) == pytest.approx((1.5, 1.5))
    assert gate_notes(bare(topography=(road,))) == {}
    yard = replace(green, collection="onbegroeidterreindeel")
    assert gate_notes(bare(topography=(road, yard)))["bgt"] == (hole,)
    assert gate_notes(bare(topography=(replace(road, collection="waterdeel"), green))) == {}


@pytest.mark.parametrize(("start", "count"), [(59, 1), (61, None)])
def test_ground_that_is_bare_within_ten_metres_of_the_edge_is_no_hole(start, count):
    """The scene is loaded 60 m around (10, 10): what begins 49 m off is a hole, what begins 51 m off is not."""
    road = TopographyObject("w", "wegdeel", shift(box(-60, -60, 80, 80)).difference(shift(box(start, 9, 64, 11))))
    found = gate_notes(bare(topography=(road, TopographyObject("g", "begroeidterreindeel", shift(box(80, -60, 90, 80)))))).get("bgt")
    assert (None if found is None else found[0].as_dict()["count"]) == count


def test_what_lies_at_the_edge_of_what_was_loaded_is_not_held_against_it():
    """The scene is loaded 60 m around (10, 10): what lies 54 m off counts, what lies 56 m off does not."""
    one, two, three, four, five, six = ids(1, 2, 3, 4, 5, 6)
    near, far = box(64, 8, 66, 12), box(65.5, 8, 67, 12)
    registered = (RegisteredBuilding(one, shift(box(0, 0, 4, 4))), RegisteredBuilding(two, shift(near)), RegisteredBuilding(three, shift(far)))
    topography = (pand("n1", box(0, 0, 4, 4), one), pand("n4", near, four), pand("n5", far, five), pand("n6", far))
    addresses = (Address("a1", "A 1", shift(Point(64, 10)), (six,)), Address("a2", "A 2", shift(Point(66, 10)), (six,)), Address("a3", "A 3", shift(Point(5, 5)), (six, one)))
    drawn = replace(model(fid=one), triangles=box_part(0, 0, 4, 4, 0, 3).triangles)
    apart = replace(drawn, fid=six, triangles=box_part(8, 0, 12, 4, 0, 3).triangles)
    away = replace(drawn, fid=five, triangles=box_part(66, 8, 68, 12, 0, 3).triangles)
    block = replace(apart, fid=four, lod=EXTRUDED)
    here = bare(registered_buildings=registered, topography=topography, addresses=addresses, buildings3d=(drawn, apart, away, block))
    joins = join_buildings(here)
    assert (joins.joined, joins.bgt_without_id, joins.bgt_without_bag, joins.bag_without_bgt) == (1, ("n6",), (four,), (two,))
    assert (joins.bag_without_model, joins.model_without_bag, joins.address_without_bag) == ((two,), (six,), ("a1",))
    notes = {layer: [(note.code, note.as_dict()) for note in some] for layer, some in joins.notes().items()}
    assert notes == {
        "bgt": [("joins_bgt_without_id", {"count": 1, "ids": "n6"}), ("joins_bgt_without_bag", {"count": 1, "ids": four})],
        "bag": [("joins_bag_without_bgt", {"count": 1, "ids": two}), ("joins_bag_without_model", {"count": 1, "ids": two}),
                ("joins_address_without_bag", {"count": 1, "ids": "a1"})],
        "buildings3d": [("joins_model_without_bag", {"count": 1, "ids": six})],
    }


@pytest.mark.parametrize(("missing", "empty", "joined"), [
    ("bgt", {"bag_without_bgt"}, 1), ("bag", {"bgt_without_bag", "bag_without_model", "model_without_bag", "address_without_bag"}, 1), ("buildings3d", {"bag_without_model"}, 2),
])
def test_a_layer_that_was_not_loaded_is_not_compared_with(missing, empty, joined):
    one, two, three, four = ids(1, 2, 3, 4)
    registered = tuple(RegisteredBuilding(fid, shift(box(9 * n, 0, 9 * n + 4, 4))) for n, fid in enumerate((one, two, three)))
    topography = (pand("n1", box(0, 0, 4, 4), one), pand("n2", box(9, 0, 13, 4), two), pand("n4", box(27, 0, 31, 4), four))
    drawn = tuple(replace(model(fid=fid), triangles=box_part(9 * n, 0, 9 * n + 4, 4, 0, 3).triangles) for n, fid in ((0, one), (4, "b5")))
    here = bare(registered_buildings=registered, topography=topography, buildings3d=drawn, addresses=(Address("a", "A", shift(Point(3, 3))),))
    whole = join_buildings(here)
    every = {"bgt_without_bag", "bag_without_bgt", "bag_without_model", "model_without_bag", "address_without_bag"}
    assert whole.joined == 1 and all(getattr(whole, name) for name in every)
    records = tuple(replace(record, state=LayerState.FAILED) if record.layer == missing else record for record in here.provenance)
    less = join_buildings(replace(here, provenance=records))
    assert {name for name in every if not getattr(less, name)} == empty and less.joined == joined
    alone = tuple(replace(record, state=LayerState.FAILED) if record.layer != "bag" else record for record in here.provenance)
    assert join_buildings(replace(here, provenance=alone)).joined == 0


def test_doubts_are_looked_for_once_whichever_plans_govern():
    here = bare(topography=(pand("p1", box(0, 0, 10, 10), PAND), pand("p2", box(5, 0, 15, 10), "other")))
    found = suspicions(here)
    assert found and suspicions(replace(here, plans=(), plan_documents=())) is found
    fewer = suspicions(replace(here, topography=here.topography[:1]))
    assert fewer is not found and len(fewer) < len(found)
    failed = tuple(replace(record, state=LayerState.FAILED) for record in here.provenance)
    assert not failed or suspicions(replace(here, provenance=failed)) is not found
