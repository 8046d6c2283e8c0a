"""What stands on posts beside a house is an overkapping, and what is no building is what rules for other structures are about."""

from __future__ import annotations

import pytest

import scenes
from drieluik.model import LegalSource, Limit, Rule, Ruleset, Verdict
from drieluik.review import review
from one_rule import PEIL, run, run_all
from scenes import box_part

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
    ((HOUSE,), 3.0, NOT_HERE), ((HOUSE, WALL), 2.0, COMPLIES), ((HOUSE, WALL), 1.8, VIOLATES), ((WALL,), 1.8, VIOLATES), ((HOUSE, *AGAINST), 2.7, VIOLATES),
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
