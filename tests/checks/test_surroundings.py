"""Overhang over public space: area, free height, which object; green and slivers need judgement."""

from __future__ import annotations

import pytest
from shapely import box

import scenes
from drieluik.model import LegalSource, Limit, Rule, Ruleset, TopographyObject, Verdict
from drieluik.review import review
from scenes import box_part, design, shift

RULES = Ruleset("t", "1", {}, (Rule("o", "public_space_overlap", {"nl": "o"}, (LegalSource("plan"),)),))


def run(*parts, site=None):
    return review(site or scenes.site(), design(*parts), RULES, {})[0]


def test_canopy_over_the_footpath():
    found = run(box_part(5, 1, 15, 10, 0, 6), box_part(6, -1, 10, 1, 2.6, 2.8, kind="canopy"))
    assert found.verdict is Verdict.VIOLATES
    named = {(m.name, m.at): m.value for m in found.measurements}
    assert named["overlap_area", ""] == pytest.approx(4.0)
    assert named["clearance", "voetpad"] == pytest.approx(2.6)
    assert found.inputs[0].fid == "w1"


def test_clear_of_public_space():
    found = run(box_part(5, 1, 15, 10, 0, 6))
    assert (found.verdict, found.measurements[0].value) == (Verdict.COMPLIES, 0.0)
    assert found.measurements[1].value == pytest.approx(1.0)


def test_sliver_thinner_than_the_outline_needs_judgement():
    assert run(box_part(5, -0.15, 15, 10, 0, 6)).verdict is Verdict.NEEDS_JUDGEMENT


def test_over_green_needs_judgement_and_a_bridge_does_not_count():
    green = (
        TopographyObject("g", "begroeidterreindeel", shift(box(0, -5, 20, 0)), "groenvoorziening"),
        TopographyObject("b", "wegdeel", shift(box(0, -5, 20, 0)), "voetpad", level=1),
    )
    assert run(box_part(5, -2, 15, 10, 0, 6), site=scenes.site(topography=green)).verdict is Verdict.NEEDS_JUDGEMENT


def test_failed_layer_is_not_nothing_there():
    from drieluik.model import LayerState, Provenance

    site = scenes.site()
    broken = type(site)(site.centre, site.radius_m, provenance=(Provenance("bgt", LayerState.FAILED),))
    found = run(box_part(5, -2, 15, 10, 0, 6), site=broken)
    assert (found.verdict, found.missing[0].code) == (Verdict.NOT_ASSESSABLE, "checks_layer_failed")


@pytest.mark.parametrize(("at", "verdict"), [(0.30, Verdict.VIOLATES), (0.15, Verdict.NEEDS_JUDGEMENT)])
def test_how_a_street_is_cut_into_objects_changes_nothing(at, verdict):
    """A strip of ``at`` m over a street in one piece, or in two along its length: 10 x ``at`` m2 all the same."""
    whole = (TopographyObject("a", "wegdeel", shift(box(-40, -9, 60, 0)), "voetpad"),)
    halves = tuple(TopographyObject(f, "wegdeel", shift(box(-40, low, 60, high)), "voetpad") for f, low, high in (("a", -0.1, 0), ("b", -9, -0.1)))
    one, two = (run(box_part(5, -at, 15, 10, 0, 6), site=scenes.site(topography=street)) for street in (whole, halves))
    assert one.verdict is two.verdict is verdict
    assert one.measurements[0].value == two.measurements[0].value == pytest.approx(10 * at)
    assert one.measurements[0].uncertainty == pytest.approx(two.measurements[0].uncertainty, abs=1e-3)


def test_the_sentence_of_what_a_rule_allows_over_green():
    from drieluik.report.basis import wording

    yard = TopographyObject("o", "onbegroeidterreindeel", shift(box(0, 0, 20, 40)), "erf")
    green = (TopographyObject("g", "begroeidterreindeel", shift(box(0, -5, 20, 0)), "groenvoorziening"), yard)
    rules = Ruleset("t", "1", {}, (Rule("o", "public_space_overlap", {"nl": "o"}, (LegalSource("plan"),), measure={"over_green": "complies"}),))
    found = review(scenes.site(topography=green), design(box_part(5, -2, 15, 10, 0, 6)), rules, {})[0]
    assert (found.verdict, "20,00 m²" in wording.say(found, "nl")) == (Verdict.COMPLIES, True)
    assert "niet boven" in wording.say(run(box_part(5, 1, 15, 10, 0, 6)), "nl")


@pytest.mark.parametrize(("deep", "limit", "verdict"), [
    (0.5, 5.0, "complies"), (0.5, 2.5, "needs_judgement"), (0.5, 3.0, "complies"), (0.5, 1.0, "violates"), (0.5, 1.5, "needs_judgement"), (0.5, None, "violates"), (0.0, 5.0, "complies"),
])
@pytest.mark.parametrize("operator", ["<=", "<"])
def test_how_much_a_rule_allows_over_the_street(deep, limit, verdict, operator):
    """A balcony 4 m wide over a street whose edge is known to 0.2 m: 2 m2, give or take 0.8."""
    rules = Ruleset("t", "1", {}, (Rule("o", "public_space_overlap", {"nl": "o"}, (LegalSource("plan"),), None if limit is None else Limit(operator, "m2", limit)),))
    found = review(scenes.site(), design(box_part(5, 0, 15, 10, 0, 6), box_part(7, -deep, 11, 0, 4, 4.2, kind="canopy")), rules, {})[0]
    first = found.measurements[0]
    assert (found.verdict.value, first.limit) == (verdict, limit or 0.0) and first.value == pytest.approx(4 * deep)


@pytest.mark.parametrize(("limit", "over", "verdict"), [(10.0, {}, "complies"), (5.0, {}, "needs_judgement"), (5.0, {"over_green": "violates"}, "violates"), (1.0, {}, "violates")])
def test_what_a_rule_allows_is_of_street_and_green_together(limit, over, verdict):
    """2 m2 over a street and 6 m2 over green beside it: each hangs 1 m out."""
    ground = (
        TopographyObject("s", "wegdeel", shift(box(0, -5, 7, 0)), "voetpad"), TopographyObject("g", "begroeidterreindeel", shift(box(7, -5, 20, 0)), "gras"),
        TopographyObject("o", "onbegroeidterreindeel", shift(box(0, 0, 20, 40)), "erf"),
    )
    rules = Ruleset("t", "1", {}, (Rule("o", "public_space_overlap", {"nl": "o"}, (LegalSource("plan"),), Limit("<=", "m2", limit), measure=over),))
    found = review(scenes.site(topography=ground), design(box_part(5, -1, 13, 10, 0, 6)), rules, {})[0]
    assert found.verdict.value == verdict


@pytest.mark.parametrize(("low", "free"), [(3.0, 3.0), (2.2, 2.2), (-0.5, 0.0)])
def test_the_free_height_is_that_under_the_balcony_not_of_the_facade_that_it_hangs_on(low, free):
    """The facade stands in the street's edge y = 0; a balcony of 2 x 0.6 m hangs over the footpath."""
    found = run(box_part(5, 0, 15, 15, 0, 6), box_part(8, -0.6, 10, 0, low, 4, fid="b", kind="balcony"))
    values = {m.name: m.value for m in found.measurements}
    assert (found.verdict, values["overlap_area"], values["clearance"]) == (Verdict.VIOLATES, pytest.approx(1.2), pytest.approx(free))
