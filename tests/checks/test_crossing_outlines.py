"""An outline that crosses itself encloses nobody knows what: what rests on it is not firm; a fold or a touch is mended and believed."""

from __future__ import annotations

import json

import pytest
from shapely import Polygon, box
from shapely.geometry import mapping

import scenes
from drieluik.data_sources.administrative.brk import read_parcels
from drieluik.model import CROSSES, Parcel, RegisteredBuilding, Verdict, crossings, valid_area
from one_rule import run
from scenes import box_part, plan_area, shift

COMPLIES, VIOLATES, JUDGE, LACKS = (Verdict(word) for word in ("complies", "violates", "needs_judgement", "not_assessable"))
HOUSE = box_part(6, 8, 15, 18, 0, 5.5)
BOW = Polygon([(0, 0), (20, 40), (20, 0), (0, 40)])
FOLD = Polygon([(0, 0), (20, 0), (20, 40), (0.4, 40), (0.5, 40.4), (0.3, 39.9), (0, 40)])
TOUCH = Polygon([(0, 0), (20, 0), (20, 20), (10, 20), (14, 25), (10, 30), (10, 20), (0, 20)])
WELL = Polygon([(0, 0), (20, 0), (20, 40), (0, 40)])


@pytest.mark.parametrize(("outline", "number"), [(BOW, 1), (FOLD, 0), (TOUCH, 0), (WELL, 0), (BOW.boundary, 0)])
def test_which_outlines_cross_themselves(outline, number):
    notes = crossings([outline], "kaart")
    assert [note.code for note in notes] == [CROSSES] * number and valid_area(outline).is_valid
    if number:
        assert {side: notes[0].as_dict()[side] for side in ("west", "south", "east", "north")} == {"west": 0, "south": 0, "east": 20, "north": 40}


def coverage(site, limit, **answers):
    return run("max_coverage_pct", HOUSE, value=limit, unit="%", site=site, answers=answers, denominator="bouwperceel")


@pytest.mark.parametrize(("outline", "verdict"), [(WELL, COMPLIES), (FOLD, COMPLIES), (BOW, LACKS)])
def test_a_share_of_a_plot_of_which_the_outline_crosses_itself_is_not_known(outline, verdict):
    site = scenes.site(parcels=(Parcel("1", "A 1", shift(outline)),), registered_buildings=())
    assert coverage(site, 12.0).verdict is verdict


@pytest.mark.parametrize(("at", "verdict"), [((1, 22, 9, 32), LACKS), ((41, 22, 49, 32), COMPLIES)])
def test_a_building_of_which_the_outline_crosses_itself_counts_for_nobody_knows_what(at, verdict):
    west, south, east, north = at
    bow = RegisteredBuilding("9999100000000044", shift(Polygon([(west, south), (east, north), (east, south), (west, north)])), 1985, "Pand in gebruik", ())
    assert coverage(scenes.site(registered_buildings=(bow,), topography=()), 20.0, parcels=["1"]).verdict is verdict


@pytest.mark.parametrize(("outline", "verdict"), [(box(5, 7, 17, 19), COMPLIES), (Polygon([(5, 7), (17, 19), (17, 7), (5, 19)]), LACKS)])
def test_a_bouwvlak_of_which_the_outline_crosses_itself_is_no_bouwvlak(outline, verdict):
    plans = (plan_area("e1", "enkelbestemming", "Wonen", box(-40, 0, 60, 40)), plan_area("b1", "bouwvlak", "bouwvlak", outline, belongs_to="e1"))
    assert run("within_building_plane", HOUSE, site=scenes.site(plans=plans)).verdict is verdict


def test_a_far_corner_of_a_large_area_that_crosses_itself_makes_nothing_here_uncertain():
    far = Polygon([(-40, -40), (60, -40), (60, 50), (52, 58), (58, 58), (52, 50), (-40, 60)])
    plans = (plan_area("e1", "enkelbestemming", "Wonen", box(-40, 0, 60, 40)), plan_area("b1", "bouwvlak", "bouwvlak", far, belongs_to="e1"))
    assert not far.is_valid and run("within_building_plane", HOUSE, site=scenes.site(plans=plans)).verdict is COMPLIES


def test_a_file_says_which_outline_crosses_itself(tmp_path):
    path = tmp_path / "percelen.geojson"
    features = [{"type": "Feature", "geometry": mapping(shift(outline)), "properties": {"identificatieLokaalID": str(number)}} for number, outline in enumerate((BOW, WELL))]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
    path.write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": features}), encoding="utf-8")
    parcels, notes = read_parcels([path], shift(box(-100, -100, 100, 100)))
    assert len(parcels) == 2 and [note.code for note in notes].count(CROSSES) == 1
