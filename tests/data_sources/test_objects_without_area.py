"""Objects of registers of which no area can be read (none, empty, a point, a line), and buildings of the map that are planned: told, asked, never gone."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pyogrio.raw
import pytest
import shapely
from shapely import GeometryCollection, LineString, Point, Polygon, box
from shapely.geometry import mapping

import scenes
from drieluik.data_sources.site_loading import LAYERS
from drieluik.model import NO_AREA, LayerState, Provenance, Verdict
from one_rule import run
from scenes import box_part, shift

COMPLIES, VIOLATES, JUDGE, LACKS = (Verdict(word) for word in ("complies", "violates", "needs_judgement", "not_assessable"))
HOUSE = box_part(6, 8, 14, 18, 0, 5)
SHED = box(2, 24, 8, 34)
"""House of 80 m2 and shed of 60 m2 on a plot of 800: 10 % and 17.5 %."""
LOADED = shift(Point(10, 20)).buffer(90)
ODD = {"null": None, "empty": Polygon(), "point": Point(5, 29), "line": LineString([(2, 24), (8, 34)])}
WORDS = {
    "bag": {"identificatie": "0099100000000077", "status": "Pand in gebruik", "bouwjaar": 1970}, "bgt": {"lokaal_id": "G7", "bgt_status": "bestaand"},
    "parcels": {"identificatie_lokaal_id": "P7", "perceelnummer": "7"},
}
FILES = {"bag": "pand", "bgt": "bgt_overigbouwwerk", "parcels": "perceel"}
PLOTS = ((box(0, 0, 20, 40), {"identificatie_lokaal_id": "P1", "perceelnummer": "1"}), (box(20, 0, 40, 40), {"identificatie_lokaal_id": "P2", "perceelnummer": "2"}))


def geojson(path, things):
    features = [{"type": "Feature", "geometry": None if shape is None else mapping(shift(shape)), "properties": words} for shape, words in things]
    path = path.with_suffix(".geojson")
    path.write_text(json.dumps({"type": "FeatureCollection", "crs": {"properties": {"name": "EPSG:28992"}}, "features": features}))
    return path


def geopackage(path, things):
    path = path.with_suffix(".gpkg")
    names = list(things[0][1])
    wkb = np.array([None if shape is None else shapely.to_wkb(shift(shape)) for shape, _ in things], dtype=object)
    columns = [np.array([words.get(name) for _, words in things], dtype=object) for name in names]
    pyogrio.raw.write(path, wkb, columns, names, layer=path.stem, geometry_type="Unknown", crs="EPSG:28992", driver="GPKG")
    return path


def site(tmp_path, key, *things, write=geojson):
    """The scene with one layer read from a file."""
    layer = next(one for one in LAYERS if one.key == key)
    fields, notes = layer.read([write(tmp_path / FILES[key], [*(PLOTS if key == "parcels" else ()), *things])], LOADED)
    if key == "bgt":  # the public ground around stays what it was
        fields["topography"] = (*scenes.site().topography, *fields["topography"])
    base = {"registered_buildings": (), "topography": tuple(t for t in scenes.site().topography if t.collection != "pand")} | fields
    records = (*(one for one in scenes.site().provenance if one.layer != key), Provenance(key, LayerState.LOADED, "x", notes=notes))
    return replace(scenes.site(**base), provenance=records), [note for note in notes if note.code == NO_AREA]


def coverage(limit, where, **answers):
    return run("max_coverage_pct", HOUSE, value=limit, unit="%", site=where, answers=answers, denominator="bouwperceel", counts="bouwwerken")


@pytest.mark.parametrize("write", [geojson, geopackage])
@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("key", ["bag", "bgt"])
def test_a_building_without_an_area_makes_no_share_firm_that_it_could_turn(tmp_path, key, odd, write):
    where, notes = site(tmp_path, key, (ODD[odd], WORDS[key]), (box(60, 20, 62, 24), {**WORDS[key], "identificatie": "0099100000000011", "lokaal_id": "G1"}), write=write)
    assert [str(note.as_dict()["fid"]) for note in notes] == [WORDS[key].get("identificatie") or WORDS[key]["lokaal_id"]]
    found = coverage(15.0, where, parcels=["P1", "1"])
    assert found.verdict is LACKS and "checks_object_without_area" in {note.code for note in found.missing}
    assert coverage(9.0, where).verdict is VIOLATES and not where.addresses


@pytest.mark.parametrize("key", ["bag", "bgt"])
def test_a_collection_with_an_area_is_that_area(tmp_path, key):
    where, notes = site(tmp_path, key, (GeometryCollection([Point(1, 1), SHED]), WORDS[key]))
    found = coverage(15.0, where)
    assert not notes and found.verdict is VIOLATES and found.measurements[0].value == pytest.approx(17.5, abs=0.01)


@pytest.mark.parametrize(("point", "verdict"), [(Point(5, 29), LACKS), (Point(80, 90), COMPLIES)])
def test_one_that_is_known_by_a_point_lies_around_it(tmp_path, point, verdict):
    where, _ = site(tmp_path, "bag", (point, WORDS["bag"]))
    assert coverage(15.0, where).verdict is verdict


@pytest.mark.parametrize(("words", "number"), [
    ({"status": "Pand gesloopt"}, 0), ({"status": "Bouwvergunning verleend"}, 1), ({"status": ""}, 1), ({"status": "", "pandidentificatie": "0099100000000077"}, 0),
    ({"eindgeldigheid": "2012-01-01"}, 0),
])
def test_only_what_may_stand_is_missed(tmp_path, words, number):
    assert len(site(tmp_path, "bag", (None, {**WORDS["bag"], **words}), (SHED, {"identificatie": "0099100000000012"}))[1]) == number


def test_its_addresses_say_where_it_lies(tmp_path):
    address = {"identificatie": "0099010000000001", "pandidentificatie": WORDS["bag"]["identificatie"], "huisnummer": 3, "status": "Verblijfsobject in gebruik"}
    where, (note,) = site(tmp_path, "bag", (None, WORDS["bag"]), (Point(72, 60), address))
    assert note.as_dict()["west"] == scenes.ORIGIN[0] + 22 and coverage(15.0, where).verdict is COMPLIES


@pytest.mark.parametrize("odd", ODD)
def test_a_parcel_without_an_area_is_told_where_the_others_leave_ground(tmp_path, odd):
    where, notes = site(tmp_path, "parcels", (ODD[odd], WORDS["parcels"]))
    assert [note.as_dict()["fid"] for note in notes] == ["P7"]
    again = {**WORDS["parcels"], "identificatie_lokaal_id": "P1"}
    assert not site(tmp_path, "parcels", (ODD[odd], again))[1] and not site(tmp_path, "parcels", (ODD[odd], {**WORDS["parcels"], "status_historie_waarde": "Historisch"}))[1]
    around = shift(box(-90, -90, 110, 130)).difference(shift(box(0, 0, 40, 40)))
    full = (shapely.affinity.translate(around, -scenes.ORIGIN[0], -scenes.ORIGIN[1]), {"identificatie_lokaal_id": "P3", "perceelnummer": "3"})
    where, notes = site(tmp_path, "parcels", full, (ODD[odd], WORDS["parcels"]))
    assert not notes and coverage(15.0, where).verdict is COMPLIES


@pytest.mark.parametrize("odd", ["null", "empty"])
@pytest.mark.parametrize(("west", "named", "verdict"), [(6, None, COMPLIES), (0.1, None, COMPLIES), (-3, None, LACKS), (-3, ["P1"], COMPLIES)])
def test_a_parcel_without_an_area_matters_only_where_it_may_lie_under_a_design(tmp_path, odd, west, named, verdict):
    """A house of 8 by 10 m that stands in its own parcel, along its west boundary (beyond which no parcel is known), or over that."""
    where, _ = site(tmp_path, "parcels", (ODD[odd], WORDS["parcels"]))
    house, answers = box_part(west, 8, west + 8, 18, 0, 5), {"parcels": named} if named else {}
    words = {"unit": "%", "site": where, "answers": answers, "denominator": "bouwperceel", "counts": "bouwwerken"}
    assert run("max_coverage_pct", house, value=15.0, **words).verdict is verdict
    shed = box_part(west, 30, west + 4, 34, 0, 2.6, fid="shed")
    joint = run("secondary_buildings", shed, site=where, answers={**answers, "object_kind": "bijgebouw"}, max_total_area_m2=40, body="all")
    assert joint.verdict is verdict


@pytest.mark.parametrize(("status", "verdict", "asked"), [
    ("bestaand", VIOLATES, False), ("", VIOLATES, False), ("historie", COMPLIES, False), ("plan", JUDGE, True), ("raadselachtig", JUDGE, True),
])
@pytest.mark.parametrize("kind", ["bgt_pand", "bgt_overigbouwwerk"])
def test_a_structure_of_the_map_that_is_planned_or_of_no_known_state_is_asked(tmp_path, monkeypatch, kind, status, verdict, asked):
    monkeypatch.setitem(FILES, "bgt", kind)
    where, _ = site(tmp_path, "bgt", (SHED, {"lokaal_id": "G7", "bgt_status": status}))
    asks = {} if asked or kind == "bgt_overigbouwwerk" else {"unregistered_count": "yes"}  # a pand that no register has is asked anyhow
    found = coverage(15.0, where, **asks)
    assert found.verdict is verdict and ("planned_buildings_count" in {question.key for question in found.questions}) is asked
    if asked:
        assert [coverage(15.0, where, planned_buildings_count=word).verdict for word in ("yes", "no")] == [VIOLATES, COMPLIES]
        assert [one.layer for one in found.inputs if one.fid == "G7"] == ["bgt"]


def test_a_planned_pand_is_a_building_to_keep_away_from_and_planned_ground_is_kept_apart(tmp_path, monkeypatch):
    monkeypatch.setitem(FILES, "bgt", "bgt_pand")
    where, _ = site(tmp_path, "bgt", (box(16, 8, 19, 18), {"lokaal_id": "G7", "bgt_status": "plan"}))
    found = run("min_distance_buildings", HOUSE, value=3.0, op=">=", site=where, answers={"whole_building": "no"}, where="plot")
    assert found.verdict is JUDGE and "planned_buildings_count" in {question.key for question in found.questions}
    monkeypatch.setitem(FILES, "bgt", "bgt_wegdeel")
    where, _ = site(tmp_path, "bgt", (box(16, 8, 19, 18), {"lokaal_id": "G8", "bgt_status": "plan"}), (box(50, 8, 52, 18), {"lokaal_id": "G9", "bgt_status": "raadsel"}))
    assert [[t.fid for t in some if t.fid in ("G8", "G9")] for some in (where.topography, where.planned_topography)] == [["G9"], ["G8"]]
    tree = {"lokaal_id": "G10", "bgt_status": "plan"}
    monkeypatch.setitem(FILES, "bgt", "bgt_vegetatieobject_punt")
    assert not site(tmp_path, "bgt", (Point(5, 5), tree), (Point(6, 6), {**tree, "lokaal_id": "G11", "bgt_status": "bestaand"}))[0].planned_topography


@pytest.mark.parametrize(("kind", "place", "asked"), [
    ("wegdeel", box(10, 8, 20, 12), True), ("waterdeel", box(10, 8, 20, 12), True), ("wegdeel", box(14.5, 8, 20, 12), False), ("pand", box(10, 8, 20, 12), False),
])
def test_planned_ground_under_a_design_is_asked(tmp_path, monkeypatch, kind, place, asked):
    monkeypatch.setitem(FILES, "bgt", f"bgt_{kind}")
    where, _ = site(tmp_path, "bgt", (place, {"lokaal_id": "G7", "bgt_status": "plan"}))
    found = run("public_space_overlap", HOUSE, site=where)
    assert found.verdict is (JUDGE if asked else COMPLIES) and [question.key for question in found.questions] == (["public.G7"] if asked else [])
    if asked:
        told = [run("public_space_overlap", HOUSE, site=where, answers={"public.G7": word}).verdict for word in ("yes", "no")]
        assert told == [VIOLATES, COMPLIES]


GROUND = ("wegdeel", "ondersteunendwegdeel", "waterdeel", "ondersteunendwaterdeel", "begroeidterreindeel", "onbegroeidterreindeel", "overbruggingsdeel", "tunneldeel")


@pytest.mark.parametrize("odd", ["null", "line"])
@pytest.mark.parametrize("kind", GROUND)
def test_ground_without_an_area_may_be_public_and_is_no_building(tmp_path, monkeypatch, kind, odd):
    """It lies somewhere, so the design may hang over it; a share of a plot and a distance to what is built do not turn on it."""
    monkeypatch.setitem(FILES, "bgt", f"bgt_{kind}")
    shape = {"null": None, "line": LineString([(6, 8), (14, 18)])}[odd]
    where, notes = site(tmp_path, "bgt", (shape, {"lokaal_id": "G7"}), (box(60, 20, 62, 24), {"lokaal_id": "G1"}))
    assert [(note.as_dict()["fid"], note.as_dict()["collection"]) for note in notes] == [("G7", kind)]
    bare, _ = site(tmp_path, "bgt", (box(60, 20, 62, 24), {"lokaal_id": "G1"}))
    assert [run("public_space_overlap", HOUSE, site=one).verdict for one in (where, bare)] == [LACKS, COMPLIES]
    assert coverage(15.0, where).verdict is COMPLIES
    keeps = run("min_distance_buildings", HOUSE, value=3.0, op=">=", site=where, answers={"whole_building": "no"}, where="plot")
    assert keeps.verdict is run("min_distance_buildings", HOUSE, value=3.0, op=">=", site=bare, answers={"whole_building": "no"}, where="plot").verdict


def test_a_structure_without_an_area_is_no_public_space(tmp_path):
    where, notes = site(tmp_path, "bgt", (None, {"lokaal_id": "G7"}), (box(60, 20, 62, 24), {"lokaal_id": "G1"}))
    assert len(notes) == 1 and run("public_space_overlap", HOUSE, site=where).verdict is COMPLIES
