"""A5 beyond its worked numbers (test_zoning): every denominator, what counts, zones, what lies below ground."""

from __future__ import annotations

from dataclasses import replace

import pytest
from said import said
from shapely import box

import scenes
from drieluik.checks import REGISTRY, Context
from drieluik.checks.engine.from_plan.derive import derive
from drieluik.model import LayerState, Parcel, PlanValue, RegisteredBuilding, TopographyObject, Verdict
from drieluik.review import review
from one_rule import rd, roles, run, run_all, values
from scenes import box_part, plan_area, shift

COMPLIES, VIOLATES, JUDGE, UNKNOWN = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT, Verdict.NOT_ASSESSABLE
PLOT = (Parcel("1", "A 1", shift(box(0, 0, 20, 20))), Parcel("2", "A 2", shift(box(20, 0, 40, 20))))


def site(*existing, **more):
    return scenes.site(parcels=PLOT, registered_buildings=tuple(existing), **more)


def coverage(*parts, value=40.0, denominator="bouwperceel", check="max_coverage_pct", op="<=", **words):
    return run(check, *parts, op=op, value=value, unit="%", denominator=denominator, **{"site": site(), **words})


def test_exactly_at_the_limit_for_each_operator():
    part = box_part(0, 0, 16, 10, 0, 5)  # 160 of 400 m2
    assert [coverage(part, op=op).verdict for op in ("<=", "<")] == [COMPLIES, VIOLATES]
    assert [coverage(part, op=op, check="min_coverage_pct").verdict for op in (">=", ">")] == [COMPLIES, VIOLATES]
    assert coverage(part, value=41.0, op=">=", check="min_coverage_pct").verdict is VIOLATES


def test_the_existing_outline_makes_a_narrow_margin_doubtful():
    shed = RegisteredBuilding("s", shift(box(14, 14, 20, 19)))
    found = coverage(box_part(0, 0, 13, 10, 0, 5), site=site(shed))
    assert (found.measurements[0].value, found.measurements[0].uncertainty) == (pytest.approx(40.0), pytest.approx(100 * 22 * 0.2 / 400))
    assert found.verdict is JUDGE


def test_buildings_or_structures_demolition_and_permit_free():
    pand, roof = RegisteredBuilding("p", shift(box(14, 14, 20, 19))), TopographyObject("o", "overigbouwwerk", shift(box(0, 15, 4, 20)))
    full = site(pand, topography=(roof,))
    part = box_part(0, 0, 10, 10, 0, 5)
    assert coverage(part, site=full).measurements[0].value == pytest.approx(100 * 150 / 400)
    assert coverage(part, site=full, counts="gebouwen").measurements[0].value == pytest.approx(100 * 130 / 400)
    assert coverage(part, site=full, answers={"demolition": ["p"]}).measurements[0].value == pytest.approx(30.0)
    free = {"permit_free": {"value": ["p"], "reason": "achtererf"}}
    assert coverage(part, site=full, answers=free).measurements[0].value == pytest.approx(37.5)
    assert coverage(part, site=full, answers=free, count_permit_free=False).measurements[0].value == pytest.approx(30.0)


def test_parcels_are_merged_by_the_officer_and_the_assumption_is_told():
    part = box_part(10, 0, 26, 10, 0, 5)
    assert coverage(part).measurements[0].value == pytest.approx(20.0)  # both parcels lie under it
    one = coverage(box_part(0, 0, 16, 10, 0, 5), answers={"parcels": ["A 1", "A 2"]})
    assert (one.verdict, one.measurements[0].value, one.notes[0].code) == (COMPLIES, pytest.approx(20.0), "checks_parcels_chosen")


def test_a_basement_counts_only_when_the_plan_says_so():
    parts = [box_part(0, 0, 10, 10, 0, 5), box_part(0, 0, 18, 10, -3, 0, fid="cellar")]
    found = coverage(*parts)
    assert (found.verdict, [q.key for q in found.questions]) == (JUDGE, ["count_below_ground"])  # 25 % above ground, 45 % with the cellar, of at most 40 %
    above = coverage(*parts, count_below_ground=False)
    assert (above.verdict, above.measurements[0].value, values(above)["coverage_with_below"]) == (COMPLIES, pytest.approx(25.0), pytest.approx(45.0))
    assert {one.name: one.unit for one in above.measurements} == {"coverage": "%", "built_new": "m2", "built_existing": "m2", "reference": "m2", "coverage_with_below": "%"}
    assert coverage(*parts, count_below_ground=True).verdict is VIOLATES
    assert coverage(*parts, answers={"count_below_ground": "yes"}).verdict is VIOLATES


def percentage(value, shape, fid):
    return plan_area(fid, "maatvoering", "b", shape, PlanValue("bebouwingspercentage", "maximum", value, "%", f"maximum bebouwingspercentage (%)={value}"))


def test_two_zones_of_a_bouwvlak_each_have_their_own_share():
    plans = (
        plan_area("v", "bouwvlak", "bouwvlak", box(0, 0, 20, 10)), percentage(60.0, box(0, 0, 10, 10), "a"), percentage(80.0, box(10, 0, 20, 10), "b"),
    )
    part = box_part(0, 0, 20, 7, 0, 5)
    found = run_all("max_coverage_pct", part, site=site(plans=plans), denominator="bouwvlak")
    assert [(f.verdict, f.measurements[0].value) for f in found] == [(VIOLATES, pytest.approx(70.0)), (COMPLIES, pytest.approx(70.0))]
    merged = run("max_coverage_pct", part, site=site(plans=plans), denominator="bouwperceel")
    assert (merged.measurements[0].limit, merged.measurements[0].value) == (60.0, pytest.approx(35.0))
    split = (plans[0], percentage(80.0, box(0, 0, 10, 10), "a"), percentage(80.0, box(10, 0, 20, 10), "b"))
    whole = (plans[0], percentage(80.0, box(0, 0, 20, 10), "a"))
    one, other = (run("max_coverage_pct", part, site=site(plans=p), denominator="bouwvlak") for p in (split, whole))
    assert [(m.name, m.value) for m in one.measurements] == [(m.name, m.value) for m in other.measurements]


def test_what_lacks_is_named():
    assert coverage(box_part(0, 0, 9, 9, 0, 3), denominator="", value=20.0).questions[0].key == "denominator"  # 20.3 % of the plot, 13.3 of the bouwvlak
    assert coverage(box_part(0, 0, 9, 9, 0, 3), denominator="").verdict is COMPLIES  # over whatever is there
    lost = replace(site(), provenance=tuple(p if p.layer != "bag" else replace(p, state=LayerState.FAILED) for p in site().provenance))
    found = coverage(box_part(0, 0, 9, 9, 0, 3), site=lost)
    assert (found.verdict, found.missing[0].code) == (UNKNOWN, "checks_layer_failed")
    assert coverage(box_part(60, 0, 69, 9, 0, 3)).missing[0].code == "checks_no_reference_area"
    assert run("max_coverage_pct", box_part(0, 0, 9, 9, 0, 3), site=site(), denominator="bouwperceel").missing[0].code == "checks_no_coverage_limit"
    assert coverage(box_part(0, 0, 9, 9, 0, 3), basis="volume").missing[0].code == "zoning_coverage_volume"


def test_a_party_wall_counts_to_its_axis():
    lines = {"party_walls": {"lines": [rd([9.85, 0], [9.85, 20])]}}
    assert coverage(box_part(0, 0, 10, 10, 0, 5), answers=lines).measurements[0].value == pytest.approx(98.5 / 4, abs=1e-4)
    assert roles(coverage(box_part(0, 0, 10, 10, 0, 5))) == {"reference_area", "built_area", "section_line"}


@pytest.mark.parametrize("from_plan", [True, False])
def test_a_full_bouwvlak_is_not_cured_by_an_empty_one(from_plan):
    """10 x 10 each, 2 m apart: 90 % and 10 % against 60 %; together they would be 50 %. Where they touch they are one: 100 of 200 m2."""
    parts = [box_part(0, 0, 10, 9, 0, 6), box_part(12, 0, 22, 1, 0, 6, fid="low")]
    apart = [plan_area("v1", "bouwvlak", "bouwvlak", box(0, 0, 10, 10)), plan_area("v2", "bouwvlak", "bouwvlak", box(12, 0, 22, 10))]
    stated = [percentage(60.0, box(0, 0, 10, 10), "a"), percentage(60.0, box(12, 0, 22, 10), "b")] if from_plan else []
    words = {} if from_plan else {"op": "<=", "value": 60.0, "unit": "%"}
    for plans in ([*apart, *stated], [*stated, *apart][::-1]):
        found = run_all("max_coverage_pct", *parts, site=site(plans=tuple(plans)), denominator="bouwvlak", **words)
        assert [(f.verdict, f.measurements[0].value) for f in found] == [(VIOLATES, pytest.approx(90.0)), (COMPLIES, pytest.approx(10.0))]
        assert len({said(f) for f in found}) == 2
    joined = [plan_area("v1", "bouwvlak", "bouwvlak", box(0, 0, 12, 10)), plan_area("v2", "bouwvlak", "bouwvlak", box(12, 0, 20, 10))]
    one = run("max_coverage_pct", box_part(0, 0, 10, 9, 0, 6), box_part(10, 0, 20, 1, 0, 6, fid="low"), site=site(plans=tuple(joined)), denominator="bouwvlak", op="<=", value=60.0, unit="%")
    assert (one.verdict, one.measurements[0].value) == (COMPLIES, pytest.approx(50.0))


def test_two_bestemmingen_are_each_their_own_reference():
    """8 of 10 x 10 m Wonen and 2 of 10 x 20 m Tuin: 80 % and 10 %, never 100 of 300."""
    plans = (plan_area("w", "enkelbestemming", "Wonen", box(0, 0, 10, 10)), plan_area("t", "enkelbestemming", "Tuin", box(10, 0, 20, 20)))
    found = run_all("max_coverage_pct", box_part(2, 0, 12, 10, 0, 6), site=site(plans=plans), denominator="bestemmingsvlak", op="<=", value=60.0, unit="%")
    assert sorted((f.verdict.value, round(f.measurements[0].value, 4)) for f in found) == [("complies", 10.0), ("violates", 80.0)]


@pytest.mark.parametrize(("limit", "answer", "verdict"), [
    (72.0, None, JUDGE), (85.0, None, COMPLIES), (45.0, None, VIOLATES), (72.0, "deel met de waarde", VIOLATES), (72.0, "hele vlak", COMPLIES),
])
def test_a_share_whose_value_stands_on_a_part_of_the_bouwvlak_is_of_the_part_or_of_all_of_it(limit, answer, verdict):
    """80 m2 of the western 100 m2 and 100 m2 of all 200 m2 are built: 80 % and 50 %."""
    plans = (plan_area("v", "bouwvlak", "bouwvlak", box(0, 0, 20, 10)), percentage(limit, box(0, 0, 10, 10), "a"))
    parts = (box_part(0, 0, 8, 10, 0, 5), box_part(15, 4, 19, 9, 0, 5, fid="b"))
    answers = {} if answer is None else {"share_part": answer}
    found = run("max_coverage_pct", *parts, site=site(plans=plans), denominator="bouwvlak", answers=answers)
    assert found.verdict is verdict and ("share_part" in {one.key for one in found.questions}) is (verdict is JUDGE)
    edge = (plans[0], percentage(85.0, box(0, 0, 19.95, 10), "a"))  # a hair is drawing
    assert "share_part" not in {one.key for one in run("max_coverage_pct", *parts, site=site(plans=edge), denominator="bouwvlak").premises}


@pytest.mark.parametrize(("walls", "limit", "verdict"), [(0, 27.0, COMPLIES), (2, 27.0, JUDGE), (3, 27.0, JUDGE), (3, 31.0, COMPLIES), (3, 24.0, VIOLATES)])
def test_a_roof_with_walls_of_its_own_may_be_a_building_and_one_on_posts_is_none(walls, limit, verdict):
    """A house of 100 and a shelter of 20 m2 on 400 m2: 25 or 30 %. Dutch law calls a space that is partly walled a building as well."""
    stands = [box_part(14, 14, 14.2, 18, 0, 2.6, fid="w1"), box_part(18.8, 14, 19, 18, 0, 2.6, fid="w2"), box_part(14, 17.8, 19, 18, 0, 2.6, fid="w3")]
    posts = [box_part(x, y, x + 0.1, y + 0.1, 0, 2.6, fid=f"p{x}{y}") for x in (14, 18.9) for y in (14, 17.9)]
    shelter = (*(stands[:walls] or posts), box_part(14, 14, 19, 18, 2.6, 2.8, fid="roof"))
    roles = {"roles": {part.fid: "design" for part in shelter}}
    found = coverage(box_part(0, 0, 10, 10, 0, 5), *shelter, value=limit, counts="gebouwen", answers={"parcels": ["A 1"], **roles})
    assert found.verdict is verdict and 25.0 <= found.measurements[0].value <= 30.0
    assert ("open_parts_count" in {one.key for one in found.questions}) is (verdict is JUDGE)


@pytest.mark.parametrize(("own", "told", "value", "refused"), [("bouwperceel", "bouwvlak", 25.0, True), ("bouwperceel", "bouwperceel", 25.0, False), (None, "bouwperceel", 25.0, False)])
def test_the_word_of_the_rule_holds_and_an_answer_that_says_otherwise_is_told(own, told, value, refused):
    found = coverage(box_part(0, 0, 10, 10, 0, 5), denominator=own, answers={"denominator": told, "parcels": ["A 1"]})
    assert (found.verdict, found.measurements[0].value) == (COMPLIES, pytest.approx(value))
    assert any(one.key == "denominator:refused" for one in found.premises) is refused


def of_the_map(value, house, mark=False, failed=(), plot=True):
    """The finding of a share that the map shows in a bouwvlak of 120 m2, of which nobody read the text."""
    share = PlanValue("bebouwingspercentage", "maximum", value, "%", f"maximum bebouwingspercentage (%)={value:g}")
    kept = [area for area in scenes.site().plans if area.kind != "maatvoering"]
    marks = [plan_area("a1", "bouwaanduiding", "vrij", box(7, 7, 12, 12))] if mark else []
    shown = scenes.site(plans=(*kept, *marks, plan_area("m1", "maatvoering", "", box(5, 5, 15, 17), share, belongs_to="b1")), **({} if plot else {"parcels": ()}))
    records = tuple(replace(record, state=LayerState.FAILED) if record.layer in failed else record for record in shown.provenance)
    there, design = replace(shown, provenance=records), scenes.design(house)
    answers = {"peil": {"method": "nap_value", "nap_m": scenes.GROUND}}
    rules = derive(there.plans, Context(there, design, answers).projection, REGISTRY, (), there.parcels)
    [found] = [one for one in review(there, design, (rules,), answers) if one.check == "max_coverage_pct"]
    return found


SMALL, FULL = box_part(6, 6, 14, 15, 0, 6), box_part(5, 5, 15, 17, 0, 6)


@pytest.mark.parametrize(("value", "house", "mark", "verdict"), [
    (60.0, SMALL, False, COMPLIES), (80.0, SMALL, False, COMPLIES), (50.0, SMALL, False, JUDGE), (80.0, FULL, False, JUDGE), (3.0, FULL, False, VIOLATES),
    (80.0, SMALL, True, JUDGE), (100.0, FULL, True, COMPLIES), (100.0, SMALL, True, COMPLIES),
])  # fmt: skip
def test_of_a_share_of_what_is_asked_only_where_the_areas_that_are_there_differ(value, house, mark, verdict):
    """A house of 72 m2 (60 % of the bouwvlak, 9 % of the plot) or of all of the bouwvlak; ``mark``: an aanduidingsvlak inside the house."""
    found = of_the_map(value, house, mark)
    assert found.verdict is verdict
    words = {choice.answer for premise in found.premises if premise.key == "profile.denominator" for choice in premise.choices}
    assert ("aanduidingsvlak" in words) is mark and {"bouwperceel", "bouwvlak", "bestemmingsvlak"} <= words
    assert ("profile.denominator" in {question.key for question in found.questions}) is (verdict is JUDGE)


@pytest.mark.parametrize("failed", [("bag",), ("bgt",), ("parcels",), ("parcels", "bag", "bgt")])
def test_all_of_any_area_may_be_built_on_whatever_nobody_knows_of_it(failed):
    assert of_the_map(100.0, FULL, failed=failed, plot="parcels" not in failed).verdict is COMPLIES
    assert of_the_map(60.0, SMALL, failed=failed, plot="parcels" not in failed).verdict in (JUDGE, UNKNOWN)
