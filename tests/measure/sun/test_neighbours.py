"""Who lives around a design: whose building is whose, by shares and distances worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from shapely import Point, box

from drieluik.measure.sun.neighbours import Dwelling, ground_of, neighbours_of, other_homes, outline_of, own_parcels, stands_on, without_model
from drieluik.model import Address, Building3D, LayerState, Parcel, RegisteredBuilding, TopographyObject
from scenes import GROUND, ORIGIN, box_part, shift, site

HOME = ("woonfunctie",)


def block(fid, x0, y0, x1, y1, ground=GROUND):
    return Building3D(fid, box_part(x0, y0, x1, y1, 0, 6).triangles, np.array(["ground"] * 2 + ["roof"] * 2 + ["wall"] * 8), "2.2", ground)


def address(text, *ids, uses=HOME):
    return Address(text, text, shift(Point(0, 0)), ids, uses)


def around(*buildings, **changes):
    return site(**{"registered_buildings": (), "topography": (), "buildings3d": buildings, "parcels": (), **changes})


PLOT = (Parcel("1", "Dorp A 1", shift(box(0, 0, 20, 40))), Parcel("2", "Dorp A 2", shift(box(20, 0, 40, 40))))
DESIGN = shift(box(5, 5, 15, 15))


def fids(buildings):
    return [b.fid for b in buildings]


def test_who_is_a_neighbour_by_the_register():
    here = around(
        *(block(fid, 20 + 12 * n, 0, 30 + 12 * n, 8) for n, fid in enumerate("gfedcba")), replace(block("x", 0, 0, 1, 1), triangles=np.zeros((0, 3, 3))),
        registered_buildings=(RegisteredBuilding("a", shift(box(0, 0, 1, 1)), uses=HOME), RegisteredBuilding("b", shift(box(0, 0, 1, 1)), uses=("winkelfunctie",)),
                              RegisteredBuilding("c", shift(box(0, 0, 1, 1)), uses=("winkelfunctie",))),
        addresses=(address("c1", "c"), address("c2", "c", uses=("winkelfunctie",)), address("c3", "c", uses=()), address("d1", "d", uses=("kantoorfunctie",)),
                   address("e1", "e", uses=()), address("f1", "f", "zz", uses=("kantoorfunctie", "woonfunctie"))),
    )
    found = neighbours_of(here, DESIGN)
    assert [(d.building.fid, d.basis, [a.text for a in d.addresses]) for d in found.dwellings] == [("a", "bag", []), ("c", "bag", ["c1", "c3"]), ("f", "bag", ["f1"])]
    assert fids(found.unknown) == ["g"] and not found.replaced and not found.own
    assumed = neighbours_of(here, DESIGN, assume_dwellings=True)
    assert [(d.building.fid, d.basis) for d in assumed.dwellings] == [("a", "bag"), ("c", "bag"), ("f", "bag"), ("g", "assumed")] and not assumed.unknown


def test_without_a_register_every_building_of_twenty_square_metres_may_be_assumed_a_dwelling():
    here = around(block("a", 20, 0, 24, 5.1), block("b", 30, 0, 34, 4.9), block("c", 40, 0, 44, 5), registered_buildings=(RegisteredBuilding("a", shift(box(0, 0, 1, 1)), uses=HOME),))
    records = tuple(replace(r, state=LayerState.FAILED) if r.layer == "bag" else r for r in here.provenance)
    here = replace(here, provenance=records)
    assert fids(neighbours_of(here, DESIGN).unknown) == ["a", "b", "c"] and not neighbours_of(here, DESIGN).dwellings
    assumed = neighbours_of(here, DESIGN, assume_dwellings=True)
    assert [d.building.fid for d in assumed.dwellings if d.outline.area > 20.1 or d.building.fid == "b"] == ["a"] and not assumed.unknown


@pytest.mark.parametrize(("south", "replaced"), [(9.9, True), (10.0, True), (10.1, False)])
def test_a_building_half_under_the_design_is_replaced(south, replaced):
    """Ten metres deep from ``south``; the design reaches to y = 15."""
    here = around(block("a", 6, south, 12, south + 10))
    assert fids(neighbours_of(here, DESIGN).replaced) == ["a"] * replaced
    assert fids(neighbours_of(here, DESIGN, ("a",)).replaced) == ["a"]


@pytest.mark.parametrize(("west", "own"), [(14.9, True), (15.1, False)])
def test_a_building_half_on_the_designs_parcel_is_the_applicants(west, own):
    """Ten metres wide from ``west``; the parcel ends at x = 20."""
    here = around(block("a", west, 25, west + 10, 30), parcels=PLOT)
    assert fids(neighbours_of(here, DESIGN).own) == ["a"] * own
    assert not neighbours_of(here, DESIGN, of_others=("a",)).own
    assert not neighbours_of(replace(here, parcels=()), DESIGN).own


@pytest.mark.parametrize(("east", "own"), [(22.4, ["1"]), (22.6, ["1", "2"]), (37.0, ["1", "2"]), (60.0, ["2"])])
def test_parcels_that_a_design_stands_on_with_a_fifth_of_itself(east, own):
    """From x = 10 to ``east``, the boundary between the parcels at 20 and the end of the second at 40."""
    here = around(parcels=PLOT)
    assert [p.fid for p in own_parcels(here, shift(box(10, 5, east, 15)))] == own
    assert stands_on(PLOT[1].geometry, shift(box(10, 5, east, 15))) == ("2" in own)


def test_a_design_that_stands_nowhere_with_a_fifth_has_the_parcel_with_most_of_it():
    strips = tuple(Parcel(str(n), str(n), shift(box(3 * n, 0, 3 * n + (2 if n == 4 else 1), 40))) for n in range(9))
    assert [p.fid for p in own_parcels(around(parcels=strips), shift(box(0, 5, 27, 15)))] == ["4"]
    assert own_parcels(around(parcels=PLOT), shift(box(100, 5, 110, 15))) == ()


def test_a_dwelling_is_named_by_its_addresses():
    def named(*texts):
        return Dwelling(block("p7", 0, 0, 1, 1), box(0, 0, 1, 1), tuple(address(text) for text in texts), "bag").name

    assert named() == "pand p7" and named("") == "pand p7"
    assert named("Dorpsstraat 10", "Dorpsstraat 2", "Dorpsstraat 2") == "Dorpsstraat 2; Dorpsstraat 10"
    assert named("B 3", "B 20", "A 100") == "A 100; B 3; B 20"
    assert named("B 3", "B 20", "A 100", "B 1") == "A 100 … B 20 (4)"
    assert named("Weg 1999", "Laan") == "Laan; Weg 1999"


def test_a_building_from_above_is_its_ground_else_everything():
    part = box_part(0, 0, 6, 4, 0, 3)
    cover = box_part(-1, -1, 7, 5, 3, 4)
    triangles = np.concatenate([part.triangles, cover.triangles])
    names = np.array(["ground"] * 2 + ["wall"] * 22)
    house = Building3D("a", triangles, names, "2.2", 7.0)
    assert outline_of(house).area == pytest.approx(24)
    assert outline_of(replace(house, semantics=np.array(["wall"] * 24))).area == pytest.approx(48)
    assert outline_of(replace(house, semantics=np.array(["ground"]))).area == pytest.approx(48)
    upright = replace(house, semantics=np.array(["wall"] * 4 + ["ground"] * 8 + ["wall"] * 12))
    assert outline_of(upright).area == pytest.approx(48)
    assert outline_of(replace(house, triangles=np.zeros((0, 3, 3)), semantics=np.array([]))).is_empty
    assert ground_of(house) == 7.0 and ground_of(replace(house, ground_nap=None)) == GROUND


def test_how_many_buildings_have_no_model():
    registered = tuple(RegisteredBuilding(fid, shift(box(10 * n, 0, 10 * n + 6, 5))) for n, fid in enumerate("abc"))
    here = around(block("a", 0, 0, 6, 5), block("other", 10, 0, 14, 5), registered_buildings=registered)
    assert without_model(here) == 1
    assert without_model(replace(here, buildings3d=())) == 3
    assert without_model(replace(here, buildings3d=(*here.buildings3d, block("c", 20, 0, 26, 5)))) == 0
    empty = replace(block("c", 20, 0, 26, 5), triangles=np.zeros((0, 3, 3)), semantics=np.array([]))
    assert without_model(replace(here, buildings3d=(*here.buildings3d, empty))) == 1
    drawn = tuple(TopographyObject(f"n{n}", "pand", shift(box(10 * n, 0, 10 * n + 6, 5 if n < 3 else 3)), building_id=fid) for n, fid in enumerate(("a", "", "c", "d")))
    road = TopographyObject("w", "wegdeel", shift(box(50, 0, 90, 5)))
    assert without_model(replace(here, registered_buildings=(), topography=(*drawn, road))) == 1
    assert without_model(replace(here, registered_buildings=(), topography=(*drawn, road), buildings3d=())) == 3


@pytest.mark.parametrize(("south", "uses", "ids", "found"), [
    (15.4, HOME, ("a",), ["a"]), (15.2, HOME, ("a",), []), (15.4, (), ("a",), ["a"]), (15.4, ("winkelfunctie",), ("a",), []), (15.4, HOME, ("b",), []),
])
def test_other_homes_on_the_plot_that_do_not_touch_the_design(south, uses, ids, found):
    here = around(block("a", 6, south, 12, south + 9), parcels=PLOT, addresses=(address("x", *ids, uses=uses),))
    assert fids(other_homes(here, DESIGN)) == found
    assert fids(other_homes(here, DESIGN, ("a",))) == []


def test_places_are_in_the_scene():
    assert shapely.area(DESIGN) == 100 and DESIGN.bounds[:2] == (ORIGIN[0] + 5, ORIGIN[1] + 5)
