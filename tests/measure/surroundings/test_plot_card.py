"""One card from all three worlds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shapely import Point

from drieluik.measure.surroundings.plot_card import card_at, card_of
from drieluik.model import Address, LayerState, Note, Suspicion
from scenes import GROUND, ORIGIN, shift, site

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
