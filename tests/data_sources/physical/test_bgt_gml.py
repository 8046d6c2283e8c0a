"""BGT as GML of the download service: the ground polygon, arcs, history, ids, and files that are no BGT."""

from __future__ import annotations

import json
import zipfile
from collections import Counter

import pytest
import shapely
from shapely import box

from drieluik.data_sources.formats.vector_files import plain
from drieluik.data_sources.physical.bgt import known, read_bgt
from drieluik.errors import SourceError

EVERYWHERE = box(0, 300_000, 300_000, 650_000)
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><CityModel xmlns:gml="http://www.opengis.net/gml" xmlns:imgeo="http://www.geostandaarden.nl/imgeo/2.1" '
    'xmlns="http://www.opengis.net/citygml/2.0">'
)
PAND = "<bui:BuildingPart xmlns:bui='http://www.opengis.net/citygml/building/2.0' gml:id='b1'>{rest}</bui:BuildingPart>"
GROUND = (
    "<imgeo:geometrie2dGrondvlak><gml:MultiSurface><gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing>"
    "<gml:posList srsDimension='2'>100000 450000 100010 450000 100010 450010 100000 450010 100000 450000</gml:posList>"
    "</gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface></imgeo:geometrie2dGrondvlak>"
)
LABEL = (
    "<imgeo:nummeraanduidingreeks><imgeo:Nummeraanduidingreeks><imgeo:plaatsingspunt><gml:Point><gml:pos>100005 450005</gml:pos></gml:Point>"
    "</imgeo:plaatsingspunt></imgeo:Nummeraanduidingreeks></imgeo:nummeraanduidingreeks>"
)
ARC = (
    "<imgeo:geometrie2dWegdeel><gml:Polygon srsName='urn:ogc:def:crs:EPSG::28992'><gml:exterior><gml:Ring><gml:curveMember><gml:Curve><gml:segments>"
    "<gml:Arc><gml:posList>100020 450000 100000 450020 99980 450000</gml:posList></gml:Arc>"
    "<gml:LineStringSegment><gml:posList>99980 450000 100020 450000</gml:posList></gml:LineStringSegment>"
    "</gml:segments></gml:Curve></gml:curveMember></gml:Ring></gml:exterior></gml:Polygon></imgeo:geometrie2dWegdeel>"
)


def identity(lokaal, registered="2020-01-01T00:00:00"):
    return (
        f"<imgeo:tijdstipRegistratie>{registered}</imgeo:tijdstipRegistratie><imgeo:identificatie><imgeo:NEN3610ID><imgeo:namespace>NL.IMGeo</imgeo:namespace>"
        f"<imgeo:lokaalID>{lokaal}</imgeo:lokaalID></imgeo:NEN3610ID></imgeo:identificatie>"
    )


def pand(lokaal, rest=""):
    return PAND.format(rest=identity(lokaal) + rest + LABEL + GROUND)


def write(folder, name, *members):
    path = folder / name
    path.write_text(HEAD + "".join(f"<cityObjectMember>{m}</cityObjectMember>" for m in members) + "</CityModel>", encoding="utf-8")
    return path


def test_the_ground_polygon_is_read_and_never_the_label(tmp_path):
    path = write(tmp_path, "bgt_pand.gml", pand("G1.a", "<imgeo:identificatieBAGPND>362100001234567</imgeo:identificatieBAGPND>"))
    objects, trees, _ = read_bgt([path], EVERYWHERE)
    (item,) = objects
    assert item.geometry.area == pytest.approx(100)
    assert (item.collection, item.fid, item.building_id) == ("pand", "G1.a", "0362100001234567")
    assert trees == ()


def test_arcs_are_within_a_centimetre(tmp_path):
    road = "<tra:TrafficArea xmlns:tra='http://www.opengis.net/citygml/transportation/2.0'>" + identity("P1.w") + (
        "<tra:function>rijbaan lokale weg</tra:function><tra:surfaceMaterial>open verharding</tra:surfaceMaterial>" + ARC + "</tra:TrafficArea>"
    )
    (item,), _, _ = read_bgt([write(tmp_path, "bgt_wegdeel.gml", road)], EVERYWHERE)
    away = shapely.distance(shapely.points(shapely.get_coordinates(item.geometry.segmentize(0.5))), shapely.Point(100_000, 450_000))
    arc = away[shapely.get_coordinates(item.geometry.segmentize(0.5))[:, 1] > 450_000.001]
    assert abs(arc - 20).max() < 0.01
    assert (item.collection, item.function, item.surface) == ("wegdeel", "rijbaan lokale weg", "open verharding")


def test_history_and_older_versions_go_also_where_no_object_has_ended(tmp_path):
    path = write(
        tmp_path, "bgt_pand.gml", pand("G1.a"), pand("G1.b", "<imgeo:eindRegistratie>2018-01-01T00:00:00</imgeo:eindRegistratie>"),
        PAND.format(rest=identity("G1.a", "2021-01-01T00:00:00") + "<imgeo:bronhouder>G0002</imgeo:bronhouder>" + GROUND),
    )
    objects, _, notes = read_bgt([path], EVERYWHERE)
    assert [(item.fid, item.owner) for item in objects] == [("G1.a", "G0002")]
    assert [note.as_dict()["count"] for note in notes if note.code == "sources_bgt_history"] == [2]


def test_trees_hedges_and_what_only_the_plus_type_names(tmp_path):
    def plant(lokaal, kind, geometry):
        return (
            f"<veg:SolitaryVegetationObject xmlns:veg='http://www.opengis.net/citygml/vegetation/2.0'>{identity(lokaal)}<veg:class>niet-bgt</veg:class>"
            f"<imgeo:geometrie2dVegetatieObject>{geometry}</imgeo:geometrie2dVegetatieObject><imgeo:plus-type>{kind}</imgeo:plus-type></veg:SolitaryVegetationObject>"
        )
    line = "<gml:LineString><gml:posList>100000 450000 100005 450000</gml:posList></gml:LineString>"
    path = write(tmp_path, "x.gml", plant("t", "boom", "<gml:Point><gml:pos>100001 450001</gml:pos></gml:Point>"), plant("h", "haag", line))
    (hedge,), (tree,), _ = read_bgt([path], EVERYWHERE)
    assert (hedge.collection, hedge.function) == ("vegetatieobject_lijn", "haag")
    assert (tree.fid, tree.geometry.x) == ("t", 100_001)


def test_a_placeholder_is_no_bag_id(tmp_path):
    path = write(tmp_path, "p.gml", pand("a", "<imgeo:identificatieBAGPND>0228100000000000</imgeo:identificatieBAGPND>"), pand("b", "<imgeo:identificatieBAGPND>0228109999999999</imgeo:identificatieBAGPND>"))
    objects, _, _ = read_bgt([path], EVERYWHERE)
    assert [item.building_id for item in objects] == ["", ""]


@pytest.mark.parametrize("content, code", [
    ("", "sources_truncated"), (HEAD + "<cityObjectMember><a>", "sources_truncated"), ("<?xml version='1.0'?><html><body/></html>", "sources_no_bgt"),
    ("<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]><CityModel xmlns='http://www.opengis.net/citygml/2.0'>&b;</CityModel>", None),
])
def test_what_is_no_bgt_says_so(tmp_path, content, code):
    path = tmp_path / "bgt_pand.gml"
    path.write_text(content or "<?xml", encoding="utf-8")
    if code is None:
        assert read_bgt([path], EVERYWHERE)[0] == ()
        return
    with pytest.raises(SourceError) as caught:
        read_bgt([path], EVERYWHERE)
    assert caught.value.code == code


def test_a_zip_without_gml_and_degrees(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("readme.txt", "x")
    with pytest.raises(SourceError, match="BGT"):
        read_bgt([tmp_path / "x.zip"], EVERYWHERE)
    degrees = pand("a").replace("100000 450000 100010 450000 100010 450010 100000 450010 100000 450000", "4.3 52 4.4 52 4.4 52.1 4.3 52.1 4.3 52")
    with pytest.raises(SourceError) as caught:
        read_bgt([write(tmp_path, "d.gml", degrees)], EVERYWHERE)
    assert caught.value.code == "sources_degrees"


def test_names_of_three_spellings_are_one():
    assert known({"relatieve_hoogteligging": 1, "plus-type": "boom", "lokaalID": "x", "class": "niet-bgt"}) == {
        "relatievehoogteligging": 1, "plustype": "boom", "lokaalid": "x",
    }


@pytest.fixture(scope="module")
def otterlo(shared):
    return read_bgt([shared / "data" / "bgt" / "bgt_citygml_otterlo_2020.zip"], EVERYWHERE)


def test_otterlo_history_is_dropped_and_no_pand_is_a_point(otterlo):
    objects, trees, notes = otterlo
    panden = [item for item in objects if item.collection == "pand"]
    assert len(panden) == 2273 - 562
    assert {item.geometry.geom_type for item in panden} <= {"Polygon", "MultiPolygon"}
    dropped = {note.as_dict()["collection"]: note.as_dict()["count"] for note in notes if note.code == "sources_bgt_history"}
    assert dropped["pand"] == 562
    assert len(trees) == 2308 - 204 - 16
    assert all(len(item.building_id) == 16 for item in panden if item.building_id)
    assert Counter(item.collection for item in objects)["wegdeel"] == 1252
    assert all(shapely.is_valid(item.geometry) for item in objects)


def test_otterlo_panden_are_those_of_the_derived_file(otterlo, shared):
    mine = {item.fid: item.geometry for item in otterlo[0] if item.collection == "pand"}
    derived = json.loads((shared / "data" / "otterlo-site" / "bgt_pand.geojson").read_text(encoding="utf-8"))["features"]
    assert len(derived) == 285
    for feature in derived:
        properties = plain(feature["properties"])
        fid = properties.get("lokaalid") or properties.get("bgtlokaalid") or properties.get("identificatie")
        assert mine[fid].area == pytest.approx(shapely.geometry.shape(feature["geometry"]).area, abs=0.02)


def test_a_folder_of_gml_in_a_small_box_is_the_same(otterlo, shared, tmp_path):
    with zipfile.ZipFile(shared / "data" / "bgt" / "bgt_citygml_otterlo_2020.zip") as archive:
        archive.extract("bgt_pand.gml", tmp_path)
    small = box(181_000, 456_300, 181_400, 456_900)
    objects, _, _ = read_bgt([tmp_path], small)
    assert {item.fid for item in objects} == {item.fid for item in otterlo[0] if item.collection == "pand" and item.geometry.intersects(small)}
