"""What stands on posts beside a house is an overkapping, and what is no building is what rules for other structures are about."""

from __future__ import annotations

import pytest
from shapely import box

import scenes
from drieluik.model import LegalSource, Limit, RegisteredBuilding, Rule, Ruleset, Verdict
from drieluik.review import review
from one_rule import PEIL, run, run_all
from scenes import box_part, shift

COMPLIES, VIOLATES, NOT_HERE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NOT_APPLICABLE
HOUSE = box_part(5, 5, 13, 14, 0, 6.3, fid="huis")
WALL = box_part(0.2, 0.2, 0.4, 18, 0, 1.9, fid="tuinmuur")
MAST = box_part(16, 20, 18.1, 22.1, 0, 11, fid="mast")


def carport(x0, y0, x1, y1, top=2.8):
    posts = [box_part(x, y, x + 0.14, y + 0.14, 0, top - 0.2, fid=f"p{x:g}{y:g}") for x in (x0, x1 - 0.14) for y in (y0, y1 - 0.14)]
    return (*posts, box_part(x0, y0, x1, y1, top - 0.2, top, fid="dak"))


AGAINST = carport(13, 6, 16.2, 12)
DESIGN = {"roles": {part.fid: "design" for part in carport(15, 22, 18.2, 28)}}
STANDS = [(AGAINST, {}), (carport(15, 22, 18.2, 28), DESIGN)]


@pytest.mark.parametrize(("parts", "roles"), STANDS)
@pytest.mark.parametrize("told", [{}, {"objects": {"huis": "hoofdgebouw"}}])
def test_beside_a_house_the_carport_alone_is_secondary(parts, roles, told):
    """A carport of 3.2 x 6 m = 19.2 m2, 2.8 m high, beside a house of 72 m2, 6.3 m high."""
    answers = {"parcels": ["1"], **roles, **told}
    rule = lambda **measure: run("secondary_buildings", HOUSE, *parts, answers=answers, **measure)  # noqa: E731
    assert [rule(max_height_m=limit).verdict for limit in (2.9, 2.7)] == [COMPLIES, VIOLATES]
    assert [rule(max_total_area_m2=limit).verdict for limit in (19.5, 18.5)] == [COMPLIES, VIOLATES]


@pytest.mark.parametrize(("parts", "roles"), STANDS)
@pytest.mark.parametrize(("limit", "verdict"), [(2.9, COMPLIES), (2.7, VIOLATES)])
def test_a_rule_for_overkappingen_is_about_the_carport(parts, roles, limit, verdict):
    rule = Rule("o", "max_building_height", {"nl": "o"}, (LegalSource("plan"),), Limit("<=", "m", limit), applies_to=("overkapping",))
    (found,) = review(scenes.site(), scenes.design(HOUSE, *parts), Ruleset("t", "1", {}, (rule,)), {**PEIL, "parcels": ["1"], **roles})
    measured = found.measurements[0].value
    assert (found.verdict, measured) == (verdict, pytest.approx(2.8)) or (roles and found.verdict is Verdict.NEEDS_JUDGEMENT)


@pytest.mark.parametrize(("parts", "limit", "verdict"), [
    ((HOUSE,), 3.0, NOT_HERE), ((HOUSE, WALL), 2.0, COMPLIES), ((HOUSE, WALL), 1.8, VIOLATES), ((WALL,), 1.8, VIOLATES), ((HOUSE, *AGAINST), 2.7, Verdict.NEEDS_JUDGEMENT),
])  # fmt: skip
def test_a_rule_for_other_structures_is_never_about_a_house(parts, limit, verdict):
    roles = {"roles": {"tuinmuur": "design"}} if WALL in parts and len(parts) > 1 else {}
    assert {found.verdict for found in run_all("other_structures", *parts, max_height_m=limit, answers=roles)} == {verdict}


@pytest.mark.parametrize(("answer", "verdict"), [(None, Verdict.NEEDS_JUDGEMENT), ("yes", NOT_HERE), ("no", VIOLATES)])
def test_whether_a_small_closed_structure_is_a_building_is_asked(answer, verdict):
    answers = {} if answer is None else {"small_is_building": answer}
    assert run("other_structures", MAST, max_height_m=10.0, answers=answers).verdict is verdict
    assert run("other_structures", MAST, max_height_m=12.0, answers=answers).verdict is (NOT_HERE if answer == "yes" else COMPLIES)
    assert run("other_structures", MAST, max_height_m=10.0, answers={"object_kind": "bouwwerk geen gebouw"}).verdict is VIOLATES
    assert run("other_structures", MAST, max_height_m=10.0, parts=["mast"]).verdict is VIOLATES


OF_A_ROOF = ("overkapping", "bijbehorend bouwwerk")


def about(word, limit, *parts, **answers):
    """Return the finding of a maximum height of what the rule is about."""
    return run("max_building_height", *parts, value=limit, applies_to=(word,), site=scenes.site(registered_buildings=(), topography=()), answers=answers)


def veranda(west, kind="roof", post="beam"):
    """A roof of 3 x 6 m from the house's east wall (x = 13), with its posts in one row."""
    posts = [box_part(15.86, y, 16.0, y + 0.14, 0, 2.6, kind=post, fid=f"p{y}") for y in (6.0, 11.86)]
    return (*posts, box_part(west, 6, 16, 12, 2.6, 2.8, kind=kind, fid="dak"))


@pytest.mark.parametrize("west", [12.7, 12.95, 13.0, 13.05, 13.1])
@pytest.mark.parametrize(("kind", "post"), [("roof", "beam"), ("slab", "wall"), ("canopy", "building"), ("wall", "wall"), ("building", "member")])
def test_a_veranda_is_what_rules_for_open_roofs_are_about_however_it_meets_the_wall(west, kind, post):
    parts = (HOUSE, *veranda(west, kind, post))
    for word in OF_A_ROOF:
        assert [about(word, limit, *parts).verdict for limit in (2.9, 2.7)] == [COMPLIES, VIOLATES]
        assert about(word, 2.7, *parts).measurements[0].value == pytest.approx(2.8)
    assert about("hoofdgebouw", 6.0, *parts).measurements[0].value == pytest.approx(6.3)


def test_a_rule_for_structures_that_are_no_buildings_may_be_about_an_open_roof():
    parts = (HOUSE, *veranda(12.9))
    found = about("bouwwerk geen gebouw", 2.7, *parts)
    assert (found.verdict, [question.key for question in found.questions]) == (Verdict.NEEDS_JUDGEMENT, ["open_roof_kind"])
    assert about("bouwwerk geen gebouw", 2.9, *parts).verdict is COMPLIES
    assert about("bouwwerk geen gebouw", 2.7, *parts, open_roof_kind="bouwwerk geen gebouw").verdict is VIOLATES
    assert about("bouwwerk geen gebouw", 2.7, *parts, open_roof_kind="overkapping").verdict is NOT_HERE
    alone = about("bouwwerk geen gebouw", 2.7, *veranda(13.0))
    assert (alone.verdict, {question.key for question in alone.questions}) == (Verdict.NEEDS_JUDGEMENT, {"object_kind", "open_roof_kind"})


def test_a_roof_that_goes_on_over_posts_or_hangs_far_out_is_asked_of():
    house = box_part(5, 5, 13, 14, 0, 3, kind="wall", fid="muren")
    whole = box_part(5, 5, 16, 14, 3.0, 3.2, kind="roof", fid="dak")
    tall = tuple(box_part(15.86, y, 16.0, y + 0.14, 0, 3.0, kind="beam", fid=f"p{y}") for y in (6.0, 11.86))
    for word in (*OF_A_ROOF, "bouwwerk geen gebouw"):
        assert about(word, 2.5, house, whole, *tall).verdict is Verdict.NEEDS_JUDGEMENT
    hung = about("overkapping", 2.5, house, box_part(13, 6, 16, 12, 2.6, 2.8, kind="slab", fid="luifel"))
    assert (hung.verdict, [question.key for question in hung.questions]) == (Verdict.NEEDS_JUDGEMENT, ["open_roof_is_own"])
    told = [about("overkapping", 2.5, house, box_part(13, 6, 16, 12, 2.6, 2.8, kind="slab"), open_roof_is_own=word).verdict for word in ("yes", "no")]
    assert told == [VIOLATES, NOT_HERE]


@pytest.mark.parametrize("part", [
    box_part(13, 6, 14.4, 12, 2.6, 2.8, kind="slab"), box_part(13, 6, 14.8, 8, 2.6, 2.8, kind="balcony"), box_part(4, 4, 14, 15, 6.3, 6.5, kind="roof"),
    box_part(13, 6, 20, 12, -0.1, 0.1, kind="slab"), box_part(13.1, 6, 14, 7, 0, 2.0, kind="furnishing"),
])  # fmt: skip
def test_what_hangs_or_lies_against_a_house_without_posts_is_no_open_roof(part):
    house = (box_part(5, 5, 13, 14, 0, 6, kind="wall", fid="muren"), box_part(5, 5, 13, 14, 6, 6.3, kind="roof", fid="plat dak"))
    assert {about(word, 2.0, *house, part).verdict for word in OF_A_ROOF} == {NOT_HERE}


@pytest.mark.parametrize("kind", ["roof", "building", "canopy", "slab"])
@pytest.mark.parametrize("gap", [0.8, 1.4, 2.0, 3.0])
def test_a_roof_that_spans_from_a_house_to_a_garage_hangs_out_of_neither(kind, gap):
    """Each place of it lies within 1.5 m of a wall, and it is an open roof of 6 m by the gap: 48 and 14 m2 stand beside it."""
    house, garage = box_part(2, 5, 10, 11, 0, 6, fid="huis"), box_part(10 + gap, 5, 12 + gap, 12, 0, 2.6, fid="garage")
    roof = box_part(10, 5, 10 + gap, 11, 2.6, 2.8, kind=kind, fid="dak")
    answers = {"roles": {"huis": "design", "garage": "design", "dak": "design"}, "parcels": ["1"]}
    area = run("max_area", house, garage, roof, answers=answers, op="<=", value=62.0 + 3 * gap, unit="m2", body="all")
    assert (area.verdict, [question.key for question in area.questions]) == (Verdict.NEEDS_JUDGEMENT, ["open_parts_count"])
    joint = run("secondary_buildings", house, garage, roof, answers=answers, max_total_area_m2=15.0)
    assert joint.verdict is not COMPLIES and joint.measurements[0].value == pytest.approx(14 + 6 * gap, abs=0.5)


def shed(door: float, kinds: tuple[str, str] = ("wall", "roof")) -> list:
    """A shed of 4 by 5 m behind the house, 2.5 m high, of walls and a roof, with a doorway in its south wall (4 m: that side is open)."""
    wall, roof = kinds
    walls = [(6, 25.2, 6.2, 29.8), (9.8, 25.2, 10, 29.8), (6, 29.8, 10, 30)] + ([(6, 25, 8 - door / 2, 25.2), (8 + door / 2, 25, 10, 25.2)] if door < 4 else [])
    lintel = [box_part(8 - door / 2, 25, 8 + door / 2, 25.2, 2.1, 2.3, kind=wall, fid="latei")] if door < 4 else []
    return [*(box_part(*one, 0, 2.3, kind=wall, fid=f"w{n}") for n, one in enumerate(walls)), *lintel, box_part(6, 25, 10, 30, 2.3, 2.5, kind=roof, fid="dak")]


@pytest.mark.parametrize("kinds", [("wall", "roof"), ("building", "building")])
@pytest.mark.parametrize("door", [0.7, 0.9, 1.2, 4.0])
def test_a_shed_with_an_open_door_or_side_may_be_a_bijgebouw_or_an_overkapping(door, kinds):
    parts = [box_part(5, 5, 13, 14, 0, 6, fid="huis"), *shed(door, kinds)]
    answers = {"roles": {part.fid: "design" for part in parts}, "parcels": ["1"]}
    found = {kind: run("max_building_height", *parts, applies_to=(kind,), op="<=", value=2.4, answers=answers) for kind in ("bijgebouw", "overkapping")}
    assert {one.verdict for one in found.values()} <= {Verdict.NEEDS_JUDGEMENT, VIOLATES} and found["bijgebouw"].measurements[0].value == pytest.approx(2.5)
    asked = [kind for kind, one in found.items() if "walled_roof_kind" in [question.key for question in one.questions]]
    for kind in asked:
        for word in ("bijgebouw", "overkapping"):
            told = run("max_building_height", *parts, applies_to=(kind,), op="<=", value=2.4, answers={**answers, "walled_roof_kind": word})
            assert told.verdict is VIOLATES if word == kind else told.verdict in (NOT_HERE, Verdict.NEEDS_JUDGEMENT)
    assert asked or door > 1.0


def test_a_wall_that_bears_a_roof_is_no_fence_and_one_with_a_coping_is():
    house = box_part(5, 5, 13, 14, 0, 6, fid="huis")
    wall = box_part(1, 20, 8, 20.2, 0, 1.9, kind="wall", fid="muur")
    for more in ([], [box_part(0.9, 19.9, 8.1, 20.3, 1.9, 2.0, kind="slab", fid="dekplaat")]):
        assert about("erfafscheiding", 1.5, house, wall, *more).verdict is not NOT_HERE


@pytest.mark.parametrize("kind", ["building", "other"])
@pytest.mark.parametrize("more", [box_part(2, 26, 6, 31, 0, 2.5, fid="schuur"), box_part(5, 14, 13, 17, 0, 3.0, fid="uitbouw")])
def test_a_carport_beside_a_shed_or_an_extension_of_a_house_that_stands_is_an_overkapping(kind, more):
    posts = [box_part(x, y, x + 0.15, y + 0.15, 0, 2.4, kind=kind, fid=f"p{x}{y}") for x in (14, 17.85) for y in (20, 25.85)]
    parts = [*posts, box_part(14, 20, 18, 26, 2.4, 2.6, kind=kind, fid="dak"), more]
    stands = RegisteredBuilding("9999100000000007", shift(box(5, 5, 13, 14)), 1955, "Pand in gebruik", ("woonfunctie",))
    site = scenes.site(registered_buildings=(stands,), topography=())
    answers = {"roles": {part.fid: "design" for part in parts}, "parcels": ["1"]}
    for limit, verdict in ((2.5, VIOLATES), (2.6, COMPLIES)):
        assert run("max_building_height", *parts, applies_to=("overkapping",), op="<=", value=limit, answers=answers, site=site).verdict is verdict
