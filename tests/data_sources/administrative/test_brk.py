"""Parcels in every spelling, and files that look like parcels."""

from __future__ import annotations

import json

import pytest
import shapely
from shapely import Point, box

from drieluik.data_sources.administrative.brk import parcels_from_features, read_parcels
from drieluik.data_sources.formats.vector_files import Feature
from drieluik.errors import SourceError

EVERYWHERE = box(0, 300_000, 300_000, 650_000)
PLOT = box(100_000, 450_000, 100_020, 450_040)


@pytest.mark.parametrize("attributes", [
    {"identificatie_lokaal_id": "1", "kadastrale_gemeente_waarde": "Voorbeeldwijk", "sectie": "A", "perceelnummer": 123, "kadastrale_grootte_waarde": 800.0},
    {"identificatieLokaalID": "1", "kadastraleGemeenteWaarde": "Voorbeeldwijk", "sectie": "A", "perceelnummer": "123", "kadastraleGrootteWaarde": "800"},
    {"BRK_ADRES": "1", "GEM_NAAM": "Voorbeeldwijk", "SECTIE": "A", "PERC_NR": 123, "OPPERVLAK": 800},
    {"identificatieLokaalID": "1", "kadastraleGemeenteWaarde": "Voorbeeldwijk", "sectie": "A", "perceelnummer": 123.0, "kadastraleGrootteWaarde": 800},
])
def test_spellings(attributes):
    (parcel,) = parcels_from_features([Feature(PLOT, attributes)])
    assert (parcel.fid, parcel.designation, parcel.registered_area_m2) == ("1", "Voorbeeldwijk A 123", 800.0)


def test_history_and_doubles_go_and_a_size_that_is_no_number_is_unknown():
    features = [
        Feature(PLOT, {"identificatie_lokaal_id": "1", "sectie": "A"}), Feature(PLOT, {"identificatie_lokaal_id": "1", "sectie": "B", "kadastrale_grootte_waarde": "?"}),
        Feature(PLOT, {"identificatie_lokaal_id": "2", "status_historie_waarde": "Historisch"}),
    ]
    (parcel,) = parcels_from_features(features)
    assert (parcel.designation, parcel.registered_area_m2) == ("B", None)


def test_the_gml_gives_boundaries_and_the_same_as_the_service(shared):
    mine, notes = read_parcels([shared / "data" / "brk" / "kadastralekaart_perceel.gml"], EVERYWHERE)
    theirs, _ = read_parcels([shared / "data" / "otterlo-site" / "brk_perceel.geojson"], EVERYWHERE)
    assert len(mine) == 11 and notes == ()
    assert {p.fid: (p.designation, p.registered_area_m2) for p in mine} == {p.fid: (p.designation, p.registered_area_m2) for p in theirs}
    for one, other in zip(sorted(mine, key=lambda p: p.fid), sorted(theirs, key=lambda p: p.fid)):
        assert one.geometry.symmetric_difference(other.geometry).area < 1e-6
    assert sum(p.geometry.area for p in mine) == pytest.approx(9615, abs=30)


def test_a_municipal_shapefile(shared):
    parcels, _ = read_parcels([shared / "data" / "rotterdam-brk" / "BRK_SelectieCentrum.shp"], EVERYWHERE)
    assert len(parcels) == 971
    assert parcels[0].designation == "Rotterdam AH 569"
    assert all(p.registered_area_m2 is not None and shapely.is_valid(p.geometry) for p in parcels)
    near, _ = read_parcels([shared / "data" / "rotterdam-brk" / "BRK_SelectieCentrum.shp"], Point(93_200, 437_070).buffer(100))
    assert 0 < len(near) < 200


def test_other_gml_and_points_are_named(shared, tmp_path):
    with pytest.raises(SourceError) as caught:
        read_parcels([shared / "data" / "brk" / "kadastralekaart_pand.gml"], EVERYWHERE)
    assert caught.value.code in ("sources_no_brk", "sources_truncated")
    point = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [100_000, 450_000]}, "properties": {}}
    (tmp_path / "p.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [point]}))
    with pytest.raises(SourceError) as caught:
        read_parcels([tmp_path / "p.geojson"], EVERYWHERE)
    assert caught.value.code == "sources_parcels_no_areas"


@pytest.mark.parametrize(("words", "unmeasured"), [
    ({"soort_grootte_waarde": "Vastgesteld"}, False), ({"soort_grootte_waarde": "Voorlopig"}, True), ({"soortGrootteWaarde": "Administratief"}, True),
    ({"soort_grootte_waarde": "Administratieve grootte"}, True), ({}, False), ({"soort_grootte_waarde": None}, False),
    ({"soort_grootte_code": "1"}, False), ({"soort_grootte_code": 5}, True), ({"soort_grootte_code": "10"}, True), ({"soortGrootte": "7"}, True),
    ({"KLASSE": "Voorlopig Perceel"}, True), ({"KLASSE": "Perceel"}, False), ({"soort_grootte_waarde": "Definitief"}, False), ({"soort_grootte_waarde": "iets"}, True),
])
def test_a_boundary_that_was_drawn_and_not_measured_is_known_by_its_kind_of_size(words, unmeasured):
    (parcel,) = parcels_from_features([Feature(PLOT, {"identificatie_lokaal_id": "1", "sectie": "A", **words})])
    assert parcel.unmeasured is unmeasured


LINES = [("Voorlopig", "1", True), ("Administratief", "1", True), ("3", "1", False), ("Definitief", "1", False), ("Voorlopig", "2", False), ("7", "1", True)]


@pytest.mark.parametrize(("kind", "beside", "unmeasured"), LINES)
def test_a_parcel_with_a_boundary_that_was_not_measured_is_known_by_its_kind(tmp_path, kind, beside, unmeasured):
    """``typeGrens`` counts where a file has it: by the parcels that it names, else by where it lies."""
    x, y, east, _ = PLOT.bounds
    line = {"type": "LineString", "coordinates": [[x, y], [east, y]]}
    words = {"identificatieLokaalID": "1", "sectie": "A"}
    for told in ({"perceelLinks": beside}, {}):
        shape = line if told or beside == "1" else {"type": "LineString", "coordinates": [[x, y - 5], [east, y - 5]]}
        records = [(json.loads(shapely.to_geojson(PLOT)), words), (shape, {"identificatie": "g", "typeGrensWaarde": kind, **told})]
        for number, (geometry, attributes) in enumerate(records):
            feature = {"type": "Feature", "geometry": geometry, "properties": attributes}
            crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
            (tmp_path / f"{number}.geojson").write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": [feature]}))
        [parcel], _ = read_parcels([tmp_path / "0.geojson", tmp_path / "1.geojson"], EVERYWHERE)
        assert parcel.unmeasured is unmeasured, told


def test_the_boundaries_of_the_gml_are_read_beside_its_parcels(shared, tmp_path):
    parcels, lines = shared / "data" / "brk" / "kadastralekaart_perceel.gml", shared / "data" / "brk" / "kadastralekaart_kadastralegrens.gml"
    assert not any(one.unmeasured for one in read_parcels([parcels, lines], EVERYWHERE)[0])
    text = lines.read_text(encoding="utf-8")
    drawn = tmp_path / "grens.gml"
    drawn.write_text(text.replace("<t:code>3</t:code>", "").replace("Definitief", "Voorlopig").replace("84920387470000", "84920229870000"), encoding="utf-8")
    assert [one.fid for one in read_parcels([parcels, drawn], EVERYWHERE)[0] if one.unmeasured] == ["84920229870000"]  # the samples are of two places
