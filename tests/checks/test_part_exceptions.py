"""Parts that a rule excepts by their class do not count: by themselves, or when the officer says so, in checks that have no switch for it too."""

from __future__ import annotations

import pytest

from drieluik.model import Verdict
from one_rule import run
from scenes import box_part

COMPLIES, VIOLATES, JUDGE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT
HOUSE = box_part(6, 6, 14, 15, 0, 5.5)
BALCONY = box_part(14, 8, 16.2, 11, 2.8, 3.0, kind="balcony", fid="balcony")
"""Of the balcony 1.2 m by 3 m lies east of the bouwvlak (x = 15)."""


def excepted(decision="auto", *classes, **more):
    return [{"id": "b", "classes": list(classes or ("balcony",)), "decision": decision, **more}]


@pytest.mark.parametrize(("exceptions", "answers", "verdict"), [
    ([], {}, VIOLATES), (excepted(), {}, COMPLIES), (excepted("auto", "canopy"), {}, VIOLATES),
    (excepted("officer"), {}, JUDGE), (excepted("officer"), {"b": "ja"}, COMPLIES), (excepted("officer"), {"b": "nee"}, VIOLATES),
    (excepted("auto", max_extra_m=1.0), {}, VIOLATES), (excepted("auto", max_extra_m=1.3), {}, COMPLIES),
    (excepted("officer", max_extra_m=1.0), {"b": "ja"}, VIOLATES), (excepted("officer", max_extra_m=1.3), {"b": "ja"}, COMPLIES),
    ([{"id": "b", "classes": ["balcony"], "question": "Ondergeschikt?"}], {}, JUDGE), (excepted("auto", "balcony", "canopy"), {}, COMPLIES),
])
def test_a_balcony_over_the_bouwgrens_that_does_not_count(exceptions, answers, verdict):
    assert run("within_building_plane", HOUSE, BALCONY, exceptions=exceptions, answers=answers).verdict is verdict


def test_what_is_excepted_excuses_nothing_else():
    wing = box_part(14, 12, 15.6, 14, 0, 3, fid="wing")
    found = run("within_building_plane", HOUSE, BALCONY, wing, exceptions=excepted())
    assert found.verdict is VIOLATES
    assert found.measurements[0].value == pytest.approx(1.2)


def test_a_reach_in_metres_of_a_norm_in_other_units_is_the_officers():
    """54 m2 of house and 8 m2 of veranda at 60 m2: how many metres the veranda reaches says nothing of its area."""
    house, veranda = box_part(4, 6, 13, 12, 0, 3), box_part(4, 12, 8, 14, 2.6, 2.8, kind="canopy", fid="veranda")
    words = {"op": "<=", "value": 60, "unit": "m2", "of": "projection", "exceptions": excepted("auto", "canopy", max_extra_m=2)}
    assert run("max_area", house, veranda, **words).verdict is JUDGE
    assert run("max_area", house, veranda, answers={"b": "ja"}, **words).verdict is COMPLIES


@pytest.mark.parametrize(("answers", "verdict"), [({}, JUDGE), ({"i": "ja"}, VIOLATES), ({"i": "nee"}, COMPLIES)])
@pytest.mark.parametrize(("check", "value", "unit", "words"), [("min_building_height", 6.2, "m", {}), ("min_area", 58, "m2", {"of": "projection"})])
def test_what_does_not_count_does_not_help_to_reach_a_minimum(check, value, unit, words, answers, verdict):
    """An installation of 1 m on a roof of 5.5 m, of which 4.8 m2 hang beside 54 m2."""
    house, plant = box_part(4, 6, 13, 12, 0, 5.5), box_part(12, 10, 15, 12.4, 5.5, 6.5, kind="installation", fid="plant")
    excepted = [{"id": "i", "classes": ["installation"], "decision": "officer"}]
    assert run(check, house, plant, op=">=", value=value, unit=unit, exceptions=excepted, answers={"low_parts_allowed": "ja", **answers}, **words).verdict is verdict


@pytest.mark.parametrize(("reach", "decision", "answers", "verdict"), [
    (None, "auto", {}, COMPLIES), (0.9, "auto", {}, COMPLIES), (0.4, "auto", {}, VIOLATES),
    (None, "officer", {}, JUDGE), (None, "officer", {"i": "nee"}, VIOLATES), (0.9, "officer", {"i": "ja"}, COMPLIES), (0.4, "officer", {"i": "ja"}, VIOLATES),
])
def test_parts_above_a_roof_envelope(reach, decision, answers, verdict):
    """The envelope lies at 4 m on the edge of the bouwvlak and rises 1 m per m; a box of 1 m on the edge of the roof reaches 0.8 m above it."""
    house = box_part(6, 6, 14, 16, 0, 5.0)
    plant = box_part(6, 8, 7, 9, 5.0, 5.8, kind="installation", fid="plant")
    exceptions = [{"id": "i", "classes": ["installation"], "decision": decision, "max_extra_m": reach}]
    found = run("max_eaves_height", house, plant, op="<=", value=4, exceptions=exceptions, answers=answers, roof_envelope_angle_deg=135)
    assert found.verdict is verdict, found.measurements


@pytest.mark.parametrize(("answers", "verdict"), [
    ({}, JUDGE), ({"x": "ja"}, JUDGE), ({"x": "ja", "y": "ja"}, COMPLIES), ({"x": "nee"}, VIOLATES), ({"y": "nee"}, VIOLATES),
])
def test_two_exceptions_that_only_together_save(answers, verdict):
    """54 m2 of house; a balcony of 3 m2 and a canopy of 6 m2 each pass the 54 m2 by themselves."""
    parts = (box_part(4, 6, 13, 12, 0, 5.5), box_part(13, 7, 14.5, 9, 2.6, 2.8, kind="balcony", fid="b"), box_part(4, 12, 7, 14, 2.4, 2.6, kind="canopy", fid="c"))
    exceptions = [{"id": name, "classes": [kind], "decision": "officer"} for name, kind in (("x", "balcony"), ("y", "canopy"))]
    assert run("max_area", *parts, op="<=", value=54, unit="m2", of="projection", exceptions=exceptions, answers=answers).verdict is verdict
