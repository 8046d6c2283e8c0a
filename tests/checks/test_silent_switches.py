"""What a rule does not say of how it is measured is asked, where the two ways give another verdict."""

from __future__ import annotations

import numpy as np
import pytest
from shapely import LineString

import scenes
from drieluik.model import LegalSource, Level, Limit, Part, RegisteredBuilding, Rule, Ruleset, TopographyObject, Verdict
from drieluik.review import review
from one_rule import PEIL, run
from scenes import box, box_part, shift, to_rd

PENT = Part("pent", to_rd([(5, 5, 0), (12, 5, 0), (12, 13, 0), (5, 13, 0), (5, 5, 2.6), (12, 5, 2.6), (12, 13, 6.2), (5, 13, 6.2)]),
            scenes.BOX_FACES.copy(), "building", closed=True)


def asked(found):
    return [question.key for question in found.questions]


def test_the_high_side_of_a_pent_roof():
    found = run("max_eaves_height", PENT, value=4.0)
    assert (found.verdict, asked(found)) == (Verdict.NEEDS_JUDGEMENT, ["pent_roof"])
    assert run("max_eaves_height", PENT, value=4.0, answers={"pent_roof": "beide zijden"}).verdict is Verdict.VIOLATES
    assert run("max_eaves_height", PENT, value=4.0, pent_roof="low_side").verdict is Verdict.COMPLIES
    assert run("max_eaves_height", PENT, value=6.5).verdict is Verdict.COMPLIES and run("max_eaves_height", PENT, value=2.0).verdict is Verdict.VIOLATES


def overhanging():
    walls = box_part(5, 5, 12, 13, 0, 3.0, kind="wall", fid="walls")
    roof = np.array([(4.4, 4, 2.4), (12.6, 4, 2.4), (12.6, 9, 6.4), (4.4, 9, 6.4), (12.6, 14, 2.4), (4.4, 14, 2.4)])
    under = roof - [0, 0, 0.2]
    faces = [(0, 1, 2), (0, 2, 3), (3, 2, 4), (3, 4, 5), (6, 8, 7), (6, 9, 8), (9, 10, 8), (9, 11, 10), (0, 6, 7), (0, 7, 1), (5, 4, 10), (5, 10, 11),
             (0, 3, 9), (0, 9, 6), (3, 5, 11), (3, 11, 9), (1, 7, 8), (1, 8, 2), (2, 8, 10), (2, 10, 4)]
    return walls, Part("roof", to_rd(np.vstack([roof, under])), np.array(faces), "roof", closed=True)


def test_where_the_eaves_are_measured():
    found = run("max_eaves_height", *overhanging(), value=2.8)
    assert (found.verdict, asked(found)) == (Verdict.NEEDS_JUDGEMENT, ["eaves_at"])
    for word, verdict in (("druiplijn", Verdict.COMPLIES), ("gevelvlak", Verdict.VIOLATES)):
        assert run("max_eaves_height", *overhanging(), value=2.8, answers={"eaves_at": word}).verdict is verdict


@pytest.mark.parametrize(("limit", "verdict", "open_points"), [(12.0, Verdict.NEEDS_JUDGEMENT, ["counts"]), (20.0, Verdict.COMPLIES, []), (5.0, Verdict.VIOLATES, [])])
def test_what_the_map_has_beside_buildings(limit, verdict, open_points):
    roof = TopographyObject("o1", "overigbouwwerk", shift(box(2, 30, 8, 38)), "overkapping")  # 48 m2 of 800; the house 80 m2
    found = run("max_coverage_pct", box_part(5, 5, 13, 15, 0, 5), unit="%", value=limit, site=scenes.site(topography=(roof,), registered_buildings=()),
                answers={"parcels": ["1"]}, denominator="bouwperceel")
    assert (found.verdict, asked(found)) == (verdict, open_points)


HOUSE, SHED = box_part(6, 6, 14, 13, 0, 5.4, fid="house"), box_part(16.2, 22, 19.2, 27, 0, 2.6, fid="shed")  # 56 and 15 m2; 6.0 and 0.8 m to x = 20
SIDE = {"side_boundaries": {"lines": [scenes.shift(LineString([(20, 0), (20, 40)])).coords[:]]}, "parcels": ["1"]}
WORDS = {"all": "alle gebouwen", "main": "alleen het hoofdgebouw"}


@pytest.mark.parametrize(("check", "limit", "verdicts"), [
    ("max_area", {"value": 63.0, "unit": "m2"}, {"all": Verdict.VIOLATES, "main": Verdict.COMPLIES}),
    ("min_area", {"value": 63.0, "unit": "m2", "op": ">="}, {"all": Verdict.COMPLIES, "main": Verdict.VIOLATES}),
    ("min_distance_side_boundary", {"value": 2.5, "op": ">="}, {"all": Verdict.VIOLATES, "main": Verdict.COMPLIES}),
])
def test_whether_a_rule_is_about_the_shed_as_well(check, limit, verdicts):
    found = run(check, HOUSE, SHED, answers=SIDE, **limit)
    assert (found.verdict, asked(found)) == (Verdict.NEEDS_JUDGEMENT, ["body"])
    for word, verdict in verdicts.items():
        assert run(check, HOUSE, SHED, answers={**SIDE, "body": WORDS[word]}, **limit).verdict is verdict
        assert run(check, HOUSE, SHED, answers=SIDE, body=word, **limit).verdict is verdict
    assert asked(run(check, HOUSE, answers=SIDE, **limit)) == []


def test_the_shed_counts_in_a_joint_area_whatever_a_rule_about_a_building_means():
    joint = run("max_area", HOUSE, SHED, unit="m2", value=63.0, answers=SIDE, include_existing=True, site=scenes.site(registered_buildings=()))
    assert (joint.verdict, asked(joint), joint.measurements[0].value) == (Verdict.VIOLATES, [], pytest.approx(71.0))


@pytest.mark.parametrize(("limit", "verdict", "open_points"), [(7.0, Verdict.NEEDS_JUDGEMENT, ["where"]), (3.0, Verdict.COMPLIES, [])])
def test_to_which_buildings_a_distance_is_kept(limit, verdict, open_points):
    """The neighbour's house stands at x = 24, on its own plot, 5 m off."""
    house = box_part(12, 6, 19, 13, 0, 5.4)
    found = run("min_distance_buildings", house, op=">=", value=limit, answers=SIDE)
    assert (found.verdict, asked(found)) == (verdict, open_points)
    if open_points:
        assert run("min_distance_buildings", house, op=">=", value=limit, answers={**SIDE, "where": "alle gebouwen"}).verdict is Verdict.VIOLATES
        assert run("min_distance_buildings", house, op=">=", value=limit, answers={**SIDE, "where": "het bouwperceel"}).verdict is Verdict.NOT_APPLICABLE
        assert run("min_distance_buildings", house, op=">=", value=limit, answers=SIDE, where="all").verdict is Verdict.VIOLATES


def test_whether_a_distance_is_kept_within_the_design():
    twin = box_part(6, 15, 14, 22, 0, 5.4, fid="twin")  # 2 m from the house
    words = {"op": ">=", "value": 3.0, "site": scenes.site(registered_buildings=())}
    found = run("min_distance_buildings", HOUSE, twin, **words)
    assert (found.verdict, asked(found)) == (Verdict.NEEDS_JUDGEMENT, ["between_own"])
    assert run("min_distance_buildings", HOUSE, twin, answers={"between_own": "ja"}, **words).verdict is Verdict.VIOLATES
    assert run("min_distance_buildings", HOUSE, twin, between="others", **words).verdict is Verdict.NOT_APPLICABLE


def test_a_cellar_below_peil_is_a_storey_or_not_as_the_plan_says():
    levels = (Level("kelder", scenes.GROUND - 2.7), Level("begane grond", scenes.GROUND), Level("verdieping", scenes.GROUND + 2.8))

    def storeys(most, answers=None, **words):
        rule = Rule("r", "max_storeys", {"nl": "r"}, (LegalSource("plan"),), Limit("<=", "bouwlagen", most), measure=words)
        (found,) = review(scenes.site(), scenes.design(box_part(6, 6, 14, 13, -2.7, 5.6), levels=levels), Ruleset("t", "1", {}, (rule,)), {**PEIL, **(answers or {})})
        return found

    assert (storeys(2.0).verdict, asked(storeys(2.0))) == (Verdict.NEEDS_JUDGEMENT, ["count_basement"])
    assert storeys(2.0, {"count_basement": "ja"}).verdict is Verdict.VIOLATES and storeys(2.0, {"count_basement": "nee"}).verdict is Verdict.COMPLIES
    assert storeys(2.0, count_basement=False).verdict is Verdict.COMPLIES
    assert storeys(3.0).verdict is Verdict.COMPLIES and storeys(1.0).verdict is Verdict.VIOLATES


def test_what_a_rule_leaves_out_as_permit_free_is_asked():
    old = (*scenes.site().registered_buildings, RegisteredBuilding("9999100000000077", shift(box(2, 30, 7, 35)), 1990, "Pand in gebruik"))
    words = {"unit": "%", "value": 9.0, "denominator": "bouwperceel", "counts": "gebouwen", "site": scenes.site(registered_buildings=old)}  # 56 and 25 of 800 m2
    found = run("max_coverage_pct", HOUSE, answers=SIDE, count_permit_free=False, **words)
    assert (found.verdict, asked(found)) == (Verdict.NEEDS_JUDGEMENT, ["permit_free"])
    for free, verdict in (([], Verdict.VIOLATES), (["9999100000000077"], Verdict.COMPLIES)):
        assert run("max_coverage_pct", HOUSE, answers={**SIDE, "permit_free": free}, count_permit_free=False, **words).verdict is verdict
    assert run("max_coverage_pct", HOUSE, answers=SIDE, **words).verdict is Verdict.VIOLATES  # of a rule that leaves nothing out
    home = (*scenes.site().registered_buildings, RegisteredBuilding("9999100000000077", shift(box(2, 30, 7, 35)), 1990, "Pand in gebruik", ("woonfunctie",)))
    assert run("max_coverage_pct", HOUSE, answers=SIDE, count_permit_free=False, **{**words, "site": scenes.site(registered_buildings=home)}).verdict is Verdict.VIOLATES


def test_a_flat_part_beside_a_pitched_roof():
    parts = (scenes.gable_part(5, 5, 13, 13, 3.0, 6.2), box_part(13, 6, 17, 12, 0, 2.8, fid="flat"))  # 38.7 degrees; 24 of 88 m2 flat
    words = {"op": ">=", "value": 32.0, "unit": "deg"}
    found = run("roof_pitch_range", *parts, **words)
    assert (found.verdict, asked(found)) == (Verdict.NEEDS_JUDGEMENT, ["flat_allowed"])
    assert run("roof_pitch_range", *parts, answers={"flat_allowed": "ja"}, **words).verdict is Verdict.COMPLIES
    assert run("roof_pitch_range", *parts, flat_allowed=False, **words).verdict is Verdict.VIOLATES
    assert run("roof_pitch_range", box_part(5, 5, 13, 13, 0, 5), **words).verdict is Verdict.VIOLATES  # nothing but flat is no part beside it


def test_where_the_least_eaves_are_measured():
    found = run("min_eaves_height", *overhanging(), op=">=", value=2.7)
    assert (found.verdict, asked(found)) == (Verdict.NEEDS_JUDGEMENT, ["eaves_at"])
    for word, verdict in (("druiplijn", Verdict.VIOLATES), ("gevelvlak", Verdict.COMPLIES)):
        assert run("min_eaves_height", *overhanging(), op=">=", value=2.7, answers={"eaves_at": word}).verdict is verdict
