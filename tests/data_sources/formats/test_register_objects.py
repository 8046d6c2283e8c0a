"""Records of a register that are one object, none, or several: ends to come, pieces of one id, records without an id."""

from __future__ import annotations

import datetime

import pytest
from shapely import LineString, MultiPoint, Point, box

from drieluik.data_sources.administrative.bag import bag_from_features
from drieluik.data_sources.administrative.brk import parcels_from_features
from drieluik.data_sources.formats.register_objects import day_of, has_ended
from drieluik.data_sources.formats.vector_files import Feature, FeatureLayer
from drieluik.data_sources.physical.bgt import bgt_from_features

EVERYWHERE = box(0, 300_000, 300_000, 620_000)
WEST, EAST, APART = box(121_000, 455_000, 121_007, 455_006), box(121_007, 455_000, 121_010, 455_006), box(121_030, 455_000, 121_033, 455_005)
YESTERDAY, TOMORROW = (datetime.date.today() + datetime.timedelta(days=days) for days in (-1, 1))


def bag(*records):
    return bag_from_features([Feature(geometry, attributes) for geometry, attributes in records], EVERYWHERE)[0]


def bgt(*records):
    layer = FeatureLayer("overigbouwwerk", tuple(Feature(geometry, attributes) for geometry, attributes in records))
    return bgt_from_features([layer], EVERYWHERE)[0]


def brk(*records):
    return parcels_from_features([Feature(geometry, attributes) for geometry, attributes in records])


REGISTERS = [
    pytest.param(bag, "identificatie", "eindgeldigheid", id="bag"), pytest.param(bgt, "lokaal_id", "eind_registratie", id="bgt"),
    pytest.param(bgt, "lokaalID", "terminationDate", id="bgt gml"), pytest.param(brk, "identificatieLokaalID", "eindGeldigheid", id="brk"),
]


@pytest.mark.parametrize(("read", "name", "end"), REGISTERS)
def test_pieces_of_one_object_are_one_and_objects_without_an_id_are_several(read, name, end):
    one, = read((WEST, {name: "0344100000007711"}), (EAST, {name: "0344100000007711"}))
    assert one.geometry.area == pytest.approx(60.0) and one.geometry.geom_type == "Polygon"
    for nothing in ({}, {name: ""}, {name: None}):
        found = read((WEST, nothing), (APART, nothing))
        assert [o.geometry.area for o in found] == pytest.approx([42.0, 15.0]) and len({o.fid for o in found}) == 2 and all(o.fid for o in found)
        assert [o.fid for o in read((APART, nothing), (WEST, nothing))] == [o.fid for o in found][::-1]


@pytest.mark.parametrize(("read", "name", "end"), REGISTERS)
@pytest.mark.parametrize(("when", "stands"), [
    (TOMORROW.isoformat(), True), ("9999-12-31", True), ("9999-12-31T00:00:00Z", True), ("31-12-2099", True), ("", True), (None, True),
    (float("nan"), True), ("geenWaarde", True), (YESTERDAY.isoformat(), False), ("2011-06-30T12:00:00.000+02:00", False), ("30-06-2011", False),
    (datetime.datetime(2011, 6, 30, 12), False), (YESTERDAY, False), (datetime.date.today().isoformat(), False),
])
def test_an_object_is_history_from_the_day_of_its_end(read, name, end, when, stands):
    assert len(read((WEST, {name: "0344100000007711", end: when}))) == stands


@pytest.mark.parametrize(("read", "name", "version", "old", "new"), [
    (bag, "identificatie", "voorkomenidentificatie", 9, 10), (bag, "identificatie", "begingeldigheid", "2012-01-04", "2019-07-02"),
    (bgt, "lokaal_id", "tijdstip_registratie", "2017-03-01", "2020-03-01"), (brk, "identificatie_lokaal_id", "begin_geldigheid", "2012-01-04", "2019-07-02"),
    (brk, "identificatie_lokaal_id", "volgnummer", 2, 11),
])
def test_of_versions_the_latest_counts_whichever_is_first(read, name, version, old, new):
    records = [(WEST, {name: "0344100000007711", version: old}), (EAST, {name: "0344100000007711", version: new}), (APART, {name: "0344100000007711", version: new})]
    for order in (records, records[::-1]):
        found, = read(*order)
        assert found.geometry.area == pytest.approx(18.0 + 15.0)


def test_what_was_written_along_with_an_area_is_no_part_of_it_and_every_tree_stands():
    found, = bgt((WEST, {"lokaal_id": "G1"}), (LineString([(121_000, 455_000), (121_090, 455_000)]), {"lokaal_id": "G1"}))
    assert found.geometry.equals(WEST)
    trees = bgt_from_features([FeatureLayer("vegetatieobject_punt", (
        Feature(MultiPoint([(121_000, 455_000), (121_004, 455_000)]), {"lokaal_id": "B"}), Feature(Point(121_009, 455_000), {"lokaal_id": "B"}))),
    ], EVERYWHERE)[1]
    assert sorted(tree.geometry.x for tree in trees) == [121_000, 121_004, 121_009]


@pytest.mark.parametrize(("written", "day"), [
    ("2031-01-05", (2031, 1, 5)), ("20310105", (2031, 1, 5)), ("2031010500000000", (2031, 1, 5)), ("5-1-2031", None), ("05-01-2031", (2031, 1, 5)),
    ("05/01/2031 00:00", (2031, 1, 5)), ("2031/01/05", (2031, 1, 5)), (1_925_337_600_000, (2031, 1, 5)), (1_925_337_600_000.0, (2031, 1, 5)), ("ja", None), ("0", None), (True, None),
    ("2031-13-05", None), ("0000-00-00", None),
])
def test_a_day_is_read_as_registers_write_it(written, day):
    assert day_of(written) == (datetime.date(*day) if day else None)
    assert not has_ended({"eind": written}, ["eind"], datetime.date(2031, 1, 4))
    assert has_ended({"eind": written}, ["eind", "einde"], datetime.date(2031, 1, 5)) is (day is not None)
