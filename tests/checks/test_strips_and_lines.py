"""What belongs to a plot where the cadastre does not say it: a narrow strip beside it; and lines and parcels that are given and do not fit."""

from __future__ import annotations

import pytest
from shapely import box

import scenes
from drieluik.model import Parcel, RegisteredBuilding, TopographyObject, Verdict
from one_rule import rd, run, run_all
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


@pytest.mark.parametrize(("x", "verdict"), [(30.0, Verdict.NOT_ASSESSABLE), (20.0, COMPLIES), (15.5, VIOLATES)])
def test_a_side_where_no_boundary_lies_is_refused(x, verdict):
    """The plot ends at x = 20, the next at 40; a line of an officer's own survey may lie some metres beside the cadastre's."""
    line = {"lines": [rd((x, 2), (x, 38)), rd((3.5, 2), (3.5, 38))]}
    found = run("min_distance_side_boundary", HOUSE, site=scenes.site(parcels=(OWN, STRIP, NEXT)), op=">=", value=2.0, answers={"side_boundaries": line})
    assert found.verdict is verdict


@pytest.mark.parametrize("named", [["own"], ["own", "next"], None])
@pytest.mark.parametrize(("check", "unit", "value", "measure"), [
    ("min_distance_side_boundary", "m", 2.0, {}), ("min_distance_rear_boundary", "m", 2.0, {}),
    ("max_coverage_pct", "%", 30.0, {"denominator": "bouwperceel", "counts": "gebouwen"}), ("max_area", "m2", 150.0, {"include_existing": True}),
    ("secondary_buildings", "m2", None, {"max_total_area_m2": 100.0}),
])
def test_a_plot_that_is_not_among_the_parcels_makes_nothing_green(named, check, unit, value, measure):
    """The house of 72 m2 stands where the data have no parcel, with a shed of 24 m2 that its file draws on the neighbour's."""
    shed = box_part(30, 20, 34, 26, 0, 2.5, fid="shed")
    op = ">=" if check.startswith("min") else "<="
    answers = {"parcels": named} if named else {}
    found = run_all(check, HOUSE, shed, site=scenes.site(parcels=(NEXT,)), op=op, value=value, unit=unit, answers=answers, **measure)
    assert COMPLIES not in [one.verdict for one in found]


WHOLE = parcel("own", 0, 0, 20, 40)
NEAR = box_part(2, 5, 10, 14, 0, 6)
"""2 m from the boundary in the west, 10 m from that in the east, 26 m from that in the rear; the street lies in the south."""
WEST, EAST, REAR = rd((0, 0), (0, 40)), rd((20, 0), (20, 40)), rd((0, 40), (20, 40))


def side(*lines, key="side_boundaries", check="min_distance_side_boundary", value=3.0, **answers):
    site = scenes.site(parcels=(WHOLE, NEXT))
    given = {"parcels": ["own"], key: {"lines": list(lines), "uncertainty_m": 0.0}, **answers}
    found = run(check, NEAR, site=site, op=">=", value=value, answers=given)
    return found.verdict, [question.key for question in found.questions]


@pytest.mark.parametrize("lines", [(REAR,), (EAST,), (rd((0, 30), (0, 40)),), (rd((20, 0), (20, 12)), REAR)])
def test_an_answer_that_leaves_out_a_nearer_side_is_asked(lines):
    assert side(*lines) == (JUDGE, ["side_boundaries_rest"])
    assert side(*lines, side_boundaries_rest="yes")[0] is VIOLATES
    assert side(*lines, side_boundaries_rest="no")[0] is COMPLIES


@pytest.mark.parametrize(("lines", "value", "verdict"), [
    ((WEST, EAST), 3.0, VIOLATES), ((WEST, EAST), 1.9, COMPLIES), ((WEST,), 3.0, VIOLATES), ((WEST,), 1.9, COMPLIES), ((rd((0, 3), (0, 38)),), 1.9, COMPLIES), ((EAST,), 1.5, COMPLIES),
])
def test_an_answer_with_the_nearest_side_or_of_which_the_rest_turns_nothing_is_firm(lines, value, verdict):
    assert side(*lines, value=value) == (verdict, [])


def test_what_another_answer_draws_is_no_rest():
    assert side(EAST, front_boundary={"lines": [WEST]}) == (COMPLIES, [])


def test_a_stub_of_the_rear_is_asked_alike():
    words = {"key": "rear_boundary", "check": "min_distance_rear_boundary", "value": 26.5}
    assert side(rd((17, 40), (20, 40)), **words) == (JUDGE, ["rear_boundary_rest"])
    assert side(REAR, **words) == (VIOLATES, [])
