"""BAG in every spelling: WFS, OGC API, a GeoPackage with history, the Kadaster's XML extract, and degrees."""

from __future__ import annotations

import pytest
from shapely import Point, box

from drieluik.data_sources.administrative.bag import PLANNED, bag_from_features, by_state, read_bag, state_of
from drieluik.data_sources.formats.vector_files import Feature, building_id
from drieluik.errors import SourceError
from drieluik.model import RegisteredBuilding

EVERYWHERE = box(0, 300_000, 300_000, 650_000)
PLOT = box(100_000, 450_000, 100_020, 450_040)
ID = "0599010000295420"


def test_wfs_and_ogc_addresses_are_the_same():
    wfs = Feature(Point(1e5, 4.5e5), {
        "identificatie": ID, "openbare_ruimte": "Kerkstraat", "huisnummer": 12, "huisletter": "a", "toevoeging": "2", "postcode": "1234AB",
        "woonplaats": "Voorbeeldwijk", "pandidentificatie": "0599100000000001,0599100000000002", "gebruiksdoel": "woonfunctie,kantoorfunctie",
    })
    ogc = [
        Feature(Point(1e5, 4.5e5), {
            "identificatie": ID, "huisnummer": 12, "huisletter": "a", "toevoeging": "2", "postcode": "1234AB", "gebruiksdoel": "woonfunctie,kantoorfunctie",
            "pandidentificatie": "0599100000000001,0599100000000002",
        }),
        Feature(Point(1e5, 4.5e5), {"adresseerbaar_object_identificatie": ID, "openbare_ruimte_naam": "Kerkstraat", "woonplaats_naam": "Voorbeeldwijk"}),
    ]
    (one,), (other,) = bag_from_features([wfs], EVERYWHERE)[1], bag_from_features(ogc, EVERYWHERE)[1]
    assert one == other
    assert one.text == "Kerkstraat 12a-2, 1234AB Voorbeeldwijk"
    assert one.building_ids == ("0599100000000001", "0599100000000002")


def test_history_columns_and_placeholders_of_years():
    versions = [
        Feature(PLOT, {"identificatie": "NL.IMBAG.Pand.0221100000317632", "voorkomenIdentificatie": 1, "oorspronkelijkBouwjaar": 9999, "eindGeldigheid": "2011-06-30"}),
        Feature(PLOT, {"identificatie": "NL.IMBAG.Pand.0221100000317632", "voorkomenIdentificatie": 3, "oorspronkelijkBouwjaar": 1835}),
        Feature(PLOT, {"identificatie": "NL.IMBAG.Pand.0221100000317632", "voorkomenIdentificatie": 2, "oorspronkelijkBouwjaar": 1900}),
        Feature(PLOT, {"identificatie": "0221100000317633", "bouwjaar": 9999}),
    ]
    (old, unknown), _, notes = bag_from_features(versions, EVERYWHERE)
    assert (old.fid, old.year, unknown.year) == ("0221100000317632", 1835, None)
    assert [note.as_dict()["count"] for note in notes] == [2]


def test_what_does_not_stand_and_withdrawn_addresses_are_left_out():
    features = [
        Feature(PLOT, {"identificatie": "0221100000000001", "status": "Pand gesloopt"}), Feature(PLOT, {"identificatie": "0221100000000002", "status": "Sloopvergunning verleend"}),
        Feature(Point(1e5, 4.5e5), {"identificatie": ID, "status": "Verblijfsobject ingetrokken"}),
    ]
    buildings, addresses, notes = bag_from_features(features, EVERYWHERE)
    assert [b.fid for b in buildings] == ["0221100000000002"] and addresses == ()
    assert [note.code for note in notes] == ["sources_bag_not_standing"]


def test_ids_are_sixteen_digits():
    assert building_id("NL.IMBAG.Pand.0503100000018603") == "0503100000018603"
    assert building_id(503100000018603) == building_id(503100000018603.0) == "0503100000018603"
    for nothing in (None, "", "0473100000000000", "0228109999999999", float("nan"), "abc"):
        assert building_id(nothing) == ""


def test_doesburg_has_89_standing_panden_of_94(shared):
    buildings, _, notes = read_bag([shared / "data" / "bag" / "bag_pand_doesburg_2020.gpkg"], EVERYWHERE)
    assert len([b for b in buildings if state_of(b.status) != PLANNED]) == 89
    assert {note.code: note.as_dict()["count"] for note in notes} == {"sources_bag_history": 63, "sources_bag_not_standing": 4}
    assert all(b.year is None or 1000 < b.year < 2021 for b in buildings)


def test_the_extract_is_joined_from_zips_in_zips(shared):
    buildings, addresses, _ = read_bag([shared / "data" / "bag" / "BAGNLDL-15092020-small.zip"], EVERYWHERE)
    by_id = {a.fid: a for a in addresses}
    assert by_id["0221010000330226"].text == "Kosterstraat 4, 6981CH Doesburg"
    assert by_id["0221010000330226"].building_ids == ("0221100000312938",)
    assert {b.fid: b.year for b in buildings} == {"0221100000312938": 1585, "0221100000311191": 1992}


def test_loose_files_of_the_extract(shared):
    names = ("0221VBO15092020-000001.xml", "0221NUM15092020-000001.xml")
    _, addresses, _ = read_bag([shared / "data" / "bag" / name for name in names], EVERYWHERE)
    assert {a.text for a in addresses} == {"4, 6981CH", "9l"}


def test_degrees_are_named(shared):
    with pytest.raises(SourceError) as caught:
        read_bag([shared / "data" / "bag" / "bag_wfs_pand_haarlem_2022.geojson"], EVERYWHERE)
    assert caught.value.code in ("sources_wrong_crs", "sources_degrees")
    assert "RD" in str(caught.value)


def test_xml_that_is_no_extract(tmp_path):
    (tmp_path / "x.xml").write_text("<?xml version='1.0'?><a/>")
    with pytest.raises(SourceError) as caught:
        read_bag([tmp_path / "x.xml"], EVERYWHERE)
    assert caught.value.code == "sources_no_bag"


def test_a_pand_without_a_status_is_asked_where_the_file_tells_that_of_others():
    used, silent, granted = (RegisteredBuilding(fid, box(0, 0, 4, 4), status=status) for fid, status in (("a", "Pand in gebruik"), ("b", " "), ("c", "Bouwvergunning verleend")))
    assert by_state((used, silent, granted)) == ((used,), (silent, granted))
    assert by_state((silent,)) == ((silent,), ())  # a file without the column says nothing of any
