"""Flat plan objects without a place (missing, empty, no numbers, a point or a line where an area is due): kept, on the ground that they lie on somewhere."""

from __future__ import annotations

import json

import numpy as np
import pyogrio.raw
import pytest
import shapely
from shapely import LineString, Point, Polygon, box
from shapely.geometry import mapping

from drieluik.data_sources.juridical.feature_gml import read_feature_gml
from drieluik.data_sources.juridical.reader import read_plan

GROUND, OUTLINE, FAR = box(150_000, 480_000, 150_060, 480_040), box(149_900, 479_900, 150_200, 480_200), box(160_000, 490_000, 160_010, 490_010)
NAN = Polygon([(150_000, 480_000), (150_010, float("nan")), (150_010, 480_010)])
ODD = {"null": None, "empty": Polygon(), "point": Point(150_010, 480_010), "line": LineString([(150_000, 480_000), (150_010, 480_010)]), "nan": NAN}
PLAN = {"plangebied": "NL.X"}


def objects(lost, kind="maatvoering", **more):
    """A bestemming with its outline, and one object of which the place is odd."""
    words = {"maatvoering": '"maximum bouwhoogte (m)"="4"'} if kind == "maatvoering" else {}
    return [
        ("plangebied", OUTLINE, {"identificatie": "NL.X", "typePlan": "bestemmingsplan"}), ("enkelbestemming", GROUND, {"identificatie": "e", "naam": "Wonen", **PLAN}),
        (kind, lost, {"identificatie": "m", **PLAN, **words, **more}),
    ]


def geojson(tmp_path, things):
    path = tmp_path / "plan.geojson"
    features = [{"type": "Feature", "geometry": None if shape is None else mapping(shape), "properties": {"objecttype": kind, **words}} for kind, shape, words in things]
    path.write_text(json.dumps({"type": "FeatureCollection", "crs": {"properties": {"name": "EPSG:28992"}}, "features": features}).replace("NaN", "null"))
    return path


def geopackage(tmp_path, things):
    path = tmp_path / "plan.gpkg"
    for kind, shape, words in things:
        columns = [np.array([value], dtype=object) for value in words.values()]
        wkb = np.array([None if shape is None else shapely.to_wkb(shape)], dtype=object)
        pyogrio.raw.write(path, wkb, columns, list(words), layer=kind, geometry_type="Unknown", crs="EPSG:28992", driver="GPKG", append=path.exists())
    return path


def unplaced(path, box_=None):
    areas, _, notes = read_plan(path, box_)
    assert {note.as_dict()["ids"] for note in notes if note.code == "plans_without_geometry"} <= {"m", "NL.X"}
    return [area for area in areas if area.unplaced]


@pytest.mark.parametrize("kind", ["maatvoering", "bouwvlak", "dubbelbestemming", "gebiedsaanduiding"])
@pytest.mark.parametrize("write", [geojson, geopackage])
@pytest.mark.parametrize("odd", ODD)
def test_an_object_without_a_place_lies_somewhere_in_its_bestemming(tmp_path, write, odd, kind):
    if (write, odd) == (geojson, "nan"):
        pytest.skip("no number of JSON")
    path = write(tmp_path, objects(ODD[odd], kind, bestemmingsvlak="e"))
    (area,) = unplaced(path)
    assert (area.fid, area.kind, area.plan_id) == ("m", kind, "NL.X") and area.geometry.equals(GROUND)
    assert [value.value for value in area.values] == ([4.0] if kind == "maatvoering" else [])
    assert not unplaced(path, FAR) and unplaced(path, GROUND)


@pytest.mark.parametrize("write", [geojson, geopackage])
def test_one_that_names_no_bestemming_lies_somewhere_in_its_plan(tmp_path, write):
    (area,) = unplaced(write(tmp_path, objects(None)))
    assert area.geometry.equals(OUTLINE)


def test_a_figure_may_be_a_line_and_a_plan_without_outline_is_no_object(tmp_path):
    things = objects(LineString([(150_000, 480_000), (150_010, 480_010)]), "figuur")
    assert not unplaced(geojson(tmp_path, [(kind, None if kind == "plangebied" else shape, words) for kind, shape, words in things]))


def test_of_a_file_of_the_country_only_what_is_lost_of_plans_that_are_here(tmp_path):
    ring = "<gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>{}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>"
    here = ring.format("150000 480000 150060 480000 150060 480040 150000 480040 150000 480000")
    member = "<app:featureMember><app:Bouwvlak gml:id='{0}'><app:plangebied>{1}</app:plangebied><app:geometrie>{2}</app:geometrie></app:Bouwvlak></app:featureMember>"
    text = member.format("BV_1", "P", here) + member.format("BV_2", "P", "") + member.format("BV_3", "Q", "")
    path = tmp_path / "Bouwvlak.gml"
    path.write_text(f"<app:FeatureCollection xmlns:app='http://x/app' xmlns:gml='http://www.opengis.net/gml/3.2'>{text}</app:FeatureCollection>")
    assert [area.fid for area in read_feature_gml(path, GROUND).unplaced] == ["BV_2"]
    assert [area.fid for area in read_feature_gml(path).unplaced] == ["BV_2", "BV_3"]
