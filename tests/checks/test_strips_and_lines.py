"""What belongs to a plot where the cadastre does not say it: a narrow strip beside it; and lines and parcels that are given and do not fit."""

from __future__ import annotations

import pytest
from shapely import box

import scenes
from drieluik.model import Parcel, RegisteredBuilding, TopographyObject, Verdict
from one_rule import rd, run
from scenes import box_part, shift

COMPLIES, VIOLATES, JUDGE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT
HOUSE = box_part(6, 5, 14, 14, 0, 6)


def parcel(fid, *bounds):
    return Parcel(fid, f"C {fid}", shift(box(*bounds)), box(*bounds).area)


OWN, STRIP, NEXT = parcel("own", 3.5, 0, 20, 40), parcel("strip", 0, 0, 3.5, 40), parcel("next", 20, 0, 40, 40)
"""660 m2 with a house of 72 m2 (10.91 %); with a strip of 3.5 x 40 m beside it 9 %."""


def coverage(*parcels, limit=10.0, answers=None, **changes):
    site = scenes.site(parcels=parcels, **changes)
    return run("max_coverage_pct", HOUSE, site=site, op="<=", value=limit, unit="%", denominator="bouwperceel", counts="gebouwen", answers=answers)


def test_a_strip_beside_a_plot_may_belong_to_it():
    asked = coverage(OWN, STRIP, NEXT)
    assert asked.verdict is JUDGE and [question.key for question in asked.questions] == ["parcels"]
    assert coverage(OWN, STRIP, NEXT, answers={"parcels": ["own"]}).verdict is VIOLATES
    assert coverage(OWN, STRIP, NEXT, answers={"parcels": ["own", "strip"]}).verdict is COMPLIES
    assert (coverage(OWN, STRIP, NEXT, limit=8.5).verdict, coverage(OWN, STRIP, NEXT, limit=11.0).verdict) == (VIOLATES, COMPLIES)


@pytest.mark.parametrize("kind", ["wide", "built on", "street", "corner"])
def test_what_is_a_plot_or_a_street_by_itself_is_not_asked(kind):
    beside = parcel("wide", -6, 0, 3.5, 40) if kind == "wide" else parcel("corner", 0, 40, 3.5, 60) if kind == "corner" else STRIP
    changes = {}
    if kind == "built on":
        changes = {"registered_buildings": (RegisteredBuilding("9999100000000055", shift(box(0.2, 30, 3.2, 36)), 1990, "Pand in gebruik"),)}
    if kind == "street":
        changes = {"topography": (TopographyObject("w5", "wegdeel", shift(box(0, -3, 3.5, 40)), "voetpad"), *scenes.site().topography)}
    assert coverage(OWN, beside, NEXT, **changes).verdict is VIOLATES


def test_what_of_a_design_stands_on_other_parcels_than_those_given_is_told():
    west, east = parcel("w", 0, 0, 10, 40), parcel("e", 10, 0, 20, 40)
    told = coverage(west, east, answers={"parcels": ["w"]})
    assert [note.as_dict()["area"] for note in told.notes if note.code == "checks_parcels_leave_out"] == [36.0]
    assert not [note for note in coverage(west, east, answers={"parcels": ["w", "e"]}).notes if note.code == "checks_parcels_leave_out"]


@pytest.mark.parametrize(("x", "verdict"), [(30.0, Verdict.NOT_ASSESSABLE), (20.0, COMPLIES), (16.5, VIOLATES)])
def test_a_side_where_no_boundary_lies_is_refused(x, verdict):
    """The plot ends at x = 20, the next at 40; a line of an officer's own survey may lie some metres beside the cadastre's."""
    line = {"lines": [rd((x, 2), (x, 38))]}
    found = run("min_distance_side_boundary", HOUSE, site=scenes.site(parcels=(OWN, STRIP, NEXT)), op=">=", value=3.0, answers={"side_boundaries": line})
    assert found.verdict is verdict
