"""The place of what was read: turned, checked, and what is lost named; what two files say of one plan; kinds and drafts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from invented_plans import area, of
from shapely import Point, box

from drieluik.data_sources.formats.gml import GmlReader
from drieluik.data_sources.juridical.placed import is_draft, kind_of_plan, merged, parsed
from drieluik.errors import SourceError
from drieluik.model import Plan

HERE = box(100_000, 400_000, 100_100, 400_100)


def notes_of(found):
    return [(note.code, note.as_dict()) for note in found.notes]


@pytest.mark.parametrize(("status", "draft"), [("concept", True), ("Voorontwerp", True), (" ontwerp ", True), ("vastgesteld", False), ("", False), ("ontwerpbesluit", False)])
def test_drafts(status, draft):
    assert is_draft(status) is draft


@pytest.mark.parametrize(("name", "kind", "expected"), [("TAM-omgevingsplan Kade", "bestemmingsplan", "TAM-omgevingsplan"), ("Kade TAM-omgevingsplan", "Bestemmingsplan", "bestemmingsplan"), ("x", "", "")])
def test_the_kind_of_a_plan(name, kind, expected):
    assert kind_of_plan(name, kind) == expected


def test_what_the_first_file_does_not_say_the_second_may():
    one = Plan("P", "Kade", status="vastgesteld", umbrella=True)
    other = Plan("P", "anders", "omgevingsplan", "ontwerp", date="2024-01-01", geometry=HERE, changes=("Q",))
    both = merged(one, other)
    assert (both.name, both.kind, both.status, both.date, both.umbrella, both.changes, both.geometry) == ("Kade", "omgevingsplan", "vastgesteld", "2024-01-01", True, ("Q",), HERE)


def test_y_before_x_is_turned_and_said():
    turned = box(400_000, 100_000, 400_100, 100_100)
    found = parsed("x.gml", [replace(area("P"), geometry=turned)], (replace(of("P"), geometry=turned), of("Q")), ())
    assert found.areas[0].geometry.equals(HERE) and found.plans[0].geometry.equals(HERE) and found.plans[1].geometry is None
    assert notes_of(found) == [("plans_axes_swapped", {"path": "x.gml"})]


@pytest.mark.parametrize("corner", [(0, 300_000), (300_000, 630_000), (50_000, 400_000), (300_000, 300_000)])
def test_what_lies_in_rd_stays_as_it_is(corner):
    found = parsed("x", [replace(area("P"), geometry=Point(corner))], (), ())
    assert found.areas[0].geometry.equals(Point(corner)) and notes_of(found) == []


@pytest.mark.parametrize("corner", [(300_000, 0), (650_000, 299_999), (400_000, 290_000)])
def test_up_to_the_edges_of_rd_a_place_is_turned(corner):
    found = parsed("x", [replace(area("P"), geometry=Point(corner))], (), ())
    assert found.areas[0].geometry.equals(Point(corner[::-1])) and [code for code, _ in notes_of(found)] == ["plans_axes_swapped"]


@pytest.mark.parametrize("corner", [(650_001, 100_000), (400_000, -1), (299_999, 100_000), (400_000, 300_000)])
def test_what_lies_in_rd_neither_way_is_refused(corner):
    with pytest.raises(SourceError) as caught:
        parsed("x", [replace(area("P"), geometry=Point(corner))], (), ())
    assert (caught.value.code, caught.value.data["path"]) == ("sources_not_rd", "x")


def test_nothing_is_nothing():
    found = parsed("x", [], (of("P"),), ())
    assert (found.areas, found.plans, found.notes) == ((), (of("P"),), ())


@pytest.mark.parametrize(
    ("systems", "code"),
    [
        ((), "sources_crs_assumed"), (("urn:ogc:def:crs:EPSG::28992",), None), (("EPSG:7415", "EPSG:28992"), None), (("EPSG:4258",), "sources_wrong_crs"),
        (("EPSG:28992", "EPSG:4258"), "sources_wrong_crs"),
    ],
)
def test_the_systems_that_a_document_names(systems, code):
    gml = GmlReader(systems=set(systems))
    if code == "sources_wrong_crs":
        with pytest.raises(SourceError) as caught:
            parsed("x", [area("P")], (), (), gml=gml)
        assert (caught.value.code, caught.value.data) == (code, {"path": "x", "crs": "4258"})
    else:
        assert [said for said, _ in notes_of(parsed("x", [area("P")], (), (), gml=gml))] == [code] * bool(code)


@pytest.mark.parametrize(("count", "ending"), [(1, ""), (8, ""), (9, ", ..."), (20, ", ...")])
def test_objects_without_place_are_counted_and_eight_named(count, ending):
    found = parsed("x.gml", [], (), (), [f"o{n}" for n in range(count)])
    assert notes_of(found) == [("plans_without_geometry", {"path": "x.gml", "count": count, "ids": ", ".join(f"o{n}" for n in range(min(count, 8))) + ending})]


def test_what_was_mended_is_counted():
    gml = GmlReader(systems={"EPSG:28992"}, mended=3)
    assert notes_of(parsed("x.gml", [area("P")], (), (), gml=gml)) == [("sources_made_valid", {"count": 3, "path": "x.gml"})]
