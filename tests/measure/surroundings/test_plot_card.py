"""One card from all three worlds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shapely import Point, box

from drieluik.measure.surroundings.plot_card import card_at, card_of
from drieluik.model import Address, Building3D, LayerState, Note, Parcel, PlanValue, RegisteredBuilding, Suspicion, Terrain, TopographyObject, Tree
from scenes import GROUND, ORIGIN, maximum_height, plan_area, shift, site

PAND = "9999100000000001"


@pytest.fixture
def here():
    addresses = (
        Address("9999010000000001", "Voorbeeldstraat 3, 1234 AB Voorbeeldwijk", shift(Point(28, 10)), (PAND,), ("woonfunctie",)),
        Address("9999010000000002", "Verweg 9", shift(Point(55, 35)), ("9999100000000009",)),
    )
    return site(addresses=addresses)


def by_label(card):
    return {row.label: row for row in card.rows}


def test_a_building_gives_rows_of_all_three_worlds(here):
    card = card_at(here, ORIGIN[0] + 28, ORIGIN[1] + 10)
    rows = by_label(card)
    assert rows["card_address"].value == "Voorbeeldstraat 3, 1234 AB Voorbeeldwijk"
    assert rows["card_address_use"].value == "woonfunctie"
    assert rows["card_building"].value == PAND
    assert rows["card_building_year"].value == 1975
    assert rows["card_building_status"].value == "Pand in gebruik"
    assert rows["card_parcel"].value == "Voorbeeldwijk A 2"
    assert (rows["card_parcel_registered"].value, rows["card_parcel_drawn"].value) == (800.0, 800.0)
    assert rows["card_kind_enkelbestemming"].value == "Wonen"
    assert rows["card_kind_enkelbestemming"].detail == "5.2"
    assert rows["card_model_ground"].value == GROUND
    assert rows["card_model_top"].value == GROUND + 9
    assert rows["card_model_height"].value == 9.0
    assert rows["card_model_roof"].date == "2022-03-01"
    assert rows["card_model_lod"].value == "2.2"
    assert rows["card_ground"].value == GROUND
    assert rows["card_parcel"].source == "parcels" and rows["card_parcel"].date == "2026-01-01"
    assert {row.world for row in card.rows} == {"administrative", "juridical", "physical"}
    assert not card.missing


def test_the_plan_values_follow_their_zone(here):
    rows = [row for row in card_at(here, ORIGIN[0] + 10, ORIGIN[1] + 10).rows if row.world == "juridical"]
    assert [row.label for row in rows] == [
        "card_kind_plangebied", "card_kind_enkelbestemming", "card_kind_bouwvlak", "card_kind_maatvoering", "card_plan_value",
    ]
    assert (rows[-1].detail, rows[-1].value, rows[-1].unit) == ("maximum bouwhoogte", 9.0, "m")
    assert rows[-1].source == "Voorbeeldplan (vastgesteld)"


def test_an_object_has_the_card_of_its_place(here):
    for layer, fid in (("bag", PAND), ("buildings3d", PAND), ("bgt", "n1"), ("bag", "9999010000000001")):
        assert by_label(card_of(here, layer, fid))["card_building"].value == PAND
    assert by_label(card_of(here, "parcels", "1"))["card_parcel"].value == "Voorbeeldwijk A 1"
    assert by_label(card_of(here, "plans", "m1"))["card_kind_maatvoering"].value == "maximum bouwhoogte (m)"
    assert card_of(here, "parcels", "nothing") is None


def test_a_model_without_a_registered_building_is_found_by_its_faces(here):
    bare = replace(here, registered_buildings=())
    assert by_label(card_at(bare, ORIGIN[0] + 28, ORIGIN[1] + 10))["card_model_lod"].fid == PAND
    assert "card_model_lod" not in by_label(card_at(bare, ORIGIN[0] + 10, ORIGIN[1] + 10))


def test_ground_from_nearby_says_how_far(here):
    heights = here.terrain.heights.copy()
    heights[:, 50:] = np.nan
    row = by_label(card_at(replace(here, terrain=replace(here.terrain, heights=heights)), ORIGIN[0] - 20, ORIGIN[1]))["card_ground_near"]
    assert row.value == GROUND and row.detail == "5.3 m"


def test_what_is_missing_and_what_is_doubted(here):
    records = tuple(replace(r, state=LayerState.FAILED) if r.layer == "plans" else r for r in here.provenance)
    doubt = Suspicion("bag", PAND, Note.of("card_layer_empty", layer="bag"))
    other = Suspicion("bag", "9999100000000077", doubt.note)
    card = card_at(replace(here, provenance=records, plans=()), ORIGIN[0] + 28, ORIGIN[1] + 10, (doubt, other))
    assert card.missing == (Note.of("card_layer_failed", layer="plans"),)
    assert card.suspicions == (doubt,)


def test_a_flat_with_many_addresses_does_not_flood_the_card(here):
    many = tuple(Address(f"{i:016d}", f"Flat {i}", shift(Point(28, 10)), (PAND,)) for i in range(40))
    rows = card_at(replace(here, addresses=many), ORIGIN[0] + 28, ORIGIN[1] + 10).rows
    assert sum(row.label == "card_address" for row in rows) == 12
    assert by_label(card_at(replace(here, addresses=many), ORIGIN[0] + 28, ORIGIN[1] + 10))["card_more_addresses"].value == 28


def said(row):
    """Return what a row says, without where it comes from."""
    return row.world, row.label, row.value, row.unit, row.detail


def test_every_row_of_a_card_in_its_order_with_its_source():
    here = site(
        registered_buildings=(RegisteredBuilding(PAND, shift(box(24, 5, 32.333, 15)), 1931, "Pand in gebruik", ("woonfunctie", "winkelfunctie")),),
        addresses=(
            Address("a2", "Kerkstraat 4", shift(Point(28, 10)), (PAND,), ("winkelfunctie", "kantoorfunctie")),
            Address("a1", "Kerkstraat 2", shift(Point(29, 10)), ("9999100000000066",)),
            Address("a0", "Kerkstraat 9", shift(Point(50, 10)), ("9999100000000066",)),
        ),
        plans=(
            plan_area("z9", "gebiedsaanduiding", "geluidzone", box(20, 0, 40, 40)),
            plan_area("f1", "figuur", "as van de weg", box(20, 0, 40, 40)),
            replace(plan_area("e1", "enkelbestemming", "Wonen", box(20, 0, 40, 40)), plan_name="", plan_status="", url="https://voorbeeld.nl/5"),
            plan_area("m1", "maatvoering", "hoogten", box(20, 0, 40, 40), maximum_height(6.4), PlanValue("goothoogte", "", None, "m", "zie toelichting")),
        ),
        parcels=(Parcel("k2", "Dorp B 7", shift(box(20, 0, 30.061, 40)), 401.0), Parcel("k3", "Dorp B 8", shift(box(20, 0, 40, 11)))),
        topography=(
            TopographyObject("t1", "pand", shift(box(24, 5, 32, 15)), building_id=PAND),
            TopographyObject("t2", "wegdeel", shift(box(24, 5, 32, 15)), "voetpad", "open verharding", level=1),
            TopographyObject("t3", "wegdeel", shift(box(24, 5, 32, 15)), "transitie", "transitie"),
            TopographyObject("t4", "wegdeel", shift(box(0, 5, 4, 15)), "voetpad"),
            TopographyObject("t5", "put", shift(Point(28, 10)), "kolk"),
        ),
        trees=(
            Tree("b1", shift(Point(28, 12.9)), 7.0, 6.0), Tree("b2", shift(Point(28, 13.1)), 7.0, 6.0), Tree("b3", shift(Point(28, 11.9)), 4.5),
            Tree("b4", shift(Point(28, 12.1)), 4.5),
        ),
        terrain=Terrain(np.full((240, 240), 1.2345), ORIGIN[0] - 50, ORIGIN[1] + 70, 0.5),
    )
    card = card_at(here, ORIGIN[0] + 28, ORIGIN[1] + 10)
    assert (card.x, card.y) == (ORIGIN[0] + 28, ORIGIN[1] + 10)
    assert [said(row) for row in card.rows] == [
        ("administrative", "card_address", "Kerkstraat 2", "", ""),
        ("administrative", "card_address", "Kerkstraat 4", "", ""),
        ("administrative", "card_address_use", "winkelfunctie, kantoorfunctie", "", "Kerkstraat 4"),
        ("administrative", "card_building", PAND, "", ""),
        ("administrative", "card_building_year", 1931, "", ""),
        ("administrative", "card_building_status", "Pand in gebruik", "", ""),
        ("administrative", "card_address_use", "woonfunctie, winkelfunctie", "", ""),
        ("administrative", "card_building_area", 83.3, "m2", ""),
        ("administrative", "card_parcel", "Dorp B 7", "", ""),
        ("administrative", "card_parcel_registered", 401.0, "m2", ""),
        ("administrative", "card_parcel_drawn", 402.4, "m2", ""),
        ("administrative", "card_parcel", "Dorp B 8", "", ""),
        ("administrative", "card_parcel_drawn", 220.0, "m2", ""),
        ("juridical", "card_kind_enkelbestemming", "Wonen", "", "5.2"),
        ("juridical", "card_kind_maatvoering", "hoogten", "", "5.2"),
        ("juridical", "card_plan_value", 6.4, "m", "maximum bouwhoogte"),
        ("juridical", "card_plan_value", "zie toelichting", "m", "goothoogte"),
        ("juridical", "card_kind_gebiedsaanduiding", "geluidzone", "", "5.2"),
        ("juridical", "card_kind_other", "as van de weg", "", "5.2"),
        ("physical", "card_topography", "pand", "", "pand"),
        ("physical", "card_topography", "voetpad", "", "wegdeel"),
        ("physical", "card_surface", "open verharding", "", ""),
        ("physical", "card_level", 1, "", ""),
        ("physical", "card_topography", "transitie", "", "wegdeel"),
        ("physical", "card_ground", 1.23, "m NAP", ""),
        ("physical", "card_model_ground", GROUND, "m NAP", ""),
        ("physical", "card_model_roof", GROUND + 8.0, "m NAP", ""),
        ("physical", "card_model_top", GROUND + 9.0, "m NAP", ""),
        ("physical", "card_model_height", 9.0, "m", ""),
        ("physical", "card_model_lod", "2.2", "", ""),
        ("physical", "card_tree_height", 7.0, "m", ""),
        ("physical", "card_tree_crown", 6.0, "m", ""),
        ("physical", "card_tree_height", 4.5, "m", ""),
    ]
    assert [(row.layer, row.fid) for row in card.rows] == [
        *[("bag", fid) for fid in ("a1", "a2", "a2", PAND, PAND, PAND, PAND, PAND)], *[("parcels", fid) for fid in ("k2", "k2", "k2", "k3", "k3")],
        *[("plans", fid) for fid in ("e1", "m1", "m1", "m1", "z9", "f1")], *[("bgt", fid) for fid in ("t1", "t2", "t2", "t2", "t3")],
        ("terrain", ""), *[("buildings3d", PAND)] * 5, *[("bgt", fid) for fid in ("b1", "b1", "b3")],
    ]
    wonen, hoogten = card.rows[13], card.rows[14]
    assert (wonen.source, wonen.date, wonen.url) == ("NL.IMRO.9999.BP1", "2024-05-01", "https://voorbeeld.nl/5")
    assert (hoogten.source, hoogten.url) == ("Voorbeeldplan (vastgesteld)", "")
    assert [row.uncertainty for row in card.rows] == [None] * 24 + [0.1] * 5 + [None] * 4
    assert {(row.layer, row.source, row.date) for row in card.rows if row.layer not in ("plans", "buildings3d")} == {
        (layer, layer, "2026-01-01") for layer in ("bag", "parcels", "bgt", "terrain")}
    assert {(row.source, row.date) for row in card.rows if row.layer == "buildings3d"} == {("buildings3d", "2022-03-01")}


def test_addresses_of_a_place_without_a_building_are_those_on_its_parcel(here):
    on, off = Address("a5", "Achterweg 1", shift(Point(3, 3)), ("9999100000000009",)), Address("a6", "Achterweg 3", shift(Point(23, 3)), ("9999100000000009",))
    card = card_at(replace(here, addresses=(off, on)), ORIGIN[0] + 10, ORIGIN[1] + 30)
    assert [row.value for row in card.rows if row.label == "card_address"] == ["Achterweg 1"]


def test_twelve_addresses_are_all_named(here):
    many = tuple(Address(f"{i:016d}", f"Flat {i}", shift(Point(28, 10)), (PAND,)) for i in range(12))
    labels = [row.label for row in card_at(replace(here, addresses=many), ORIGIN[0] + 28, ORIGIN[1] + 10).rows]
    assert labels.count("card_address") == 12 and "card_more_addresses" not in labels


def test_the_place_of_a_model_is_the_middle_of_its_widest_face(here):
    roof = np.array([[[0, 0, 4], [9, 0, 4], [0, 6, 4]], [[20, 20, 0], [21, 20, 0], [20, 21, 0]], [[30, 0, 0], [30.1, 8, 0], [30.2, 0, 0]]], float) + (*ORIGIN, GROUND)
    model = Building3D("m1", roof, np.array(["roof", "ground", "ground"]), "1.2", date="")
    bare = replace(here, buildings3d=(replace(model, fid="m0", triangles=np.zeros((0, 3, 3)), semantics=np.array([])), model), registered_buildings=())
    card = card_of(bare, "buildings3d", "m1")
    assert (card.x - ORIGIN[0], card.y - ORIGIN[1]) == pytest.approx((3, 2))
    rows = [(row.label, row.value, row.date) for row in card.rows if row.layer == "buildings3d"]
    assert rows == [("card_model_top", GROUND + 4.0, "2026-01-01"), ("card_model_lod", "1.2", "2026-01-01")]
    assert card_of(bare, "buildings3d", "m0") is None and card_of(bare, "trees", "t1") is None
    beside = card_at(bare, ORIGIN[0] + 6, ORIGIN[1] + 4)  # within the bounds of the face, not under it
    assert "card_model_lod" not in by_label(beside)


def test_a_model_below_no_ground_level_has_no_height(here):
    (model,) = here.buildings3d
    rows = by_label(card_of(replace(here, buildings3d=(replace(model, ground_nap=None, roof_nap=None),)), "bag", PAND))
    assert "card_model_top" in rows and not {"card_model_ground", "card_model_roof", "card_model_height"} & set(rows)


def test_a_layer_without_a_record_gives_rows_without_a_source(here):
    card = card_at(replace(here, provenance=()), ORIGIN[0] + 28, ORIGIN[1] + 10)
    assert {(row.layer, row.source, row.date) for row in card.rows if row.label in ("card_parcel", "card_ground")} == {("parcels", "", ""), ("terrain", "", "")}
    assert [note.as_dict()["layer"] for note in card.missing] == ["plans", "bag", "parcels", "bgt", "terrain", "buildings3d"]
    assert {note.code for note in card.missing} == {"card_layer_not_asked"}


def test_the_card_of_a_building_is_about_that_one_also_where_another_lies_over_it(here):
    """A registered building of which another, larger one covers the same place, and a model beside both."""
    other = RegisteredBuilding("9999100000000008", shift(box(20, 0, 40, 20)), 2001)
    model = replace(here.buildings3d[0], fid="9999100000000008", lod="1.3")
    both = replace(here, registered_buildings=(*here.registered_buildings, other), buildings3d=(*here.buildings3d, model))
    for layer in ("bag", "buildings3d"):
        rows = [row for row in card_of(both, layer, PAND).rows if row.label in ("card_building", "card_model_lod")]
        assert [(row.label, row.value) for row in rows] == [("card_building", PAND), ("card_model_lod", "2.2")]
    assert sorted(row.value for row in card_of(both, "parcels", "2").rows if row.label == "card_building") == sorted(
        b.fid for b in both.registered_buildings if b.geometry.covers(Point(card_of(both, "parcels", "2").x, card_of(both, "parcels", "2").y)))


def test_every_kind_of_plan_area_has_its_own_label_and_place_in_the_order():
    kinds = ("plangebied", "enkelbestemming", "dubbelbestemming", "bouwvlak", "maatvoering", "functieaanduiding", "bouwaanduiding", "gebiedsaanduiding", "figuur")
    areas = tuple(plan_area(f"{number}", kind, kind, box(0, 0, 20, 20)) for number, kind in enumerate(reversed(kinds)))
    rows = card_at(site(plans=areas), *shift(Point(3, 3)).coords[0]).rows
    assert [row.label for row in rows if row.world == "juridical"] == [*(f"card_kind_{kind}" for kind in kinds[:-1]), "card_kind_other"]
