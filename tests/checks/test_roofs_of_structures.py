"""An open roof is an overkapping or another structure, as the plan calls it: every rule about other structures asks it alike."""

from __future__ import annotations

import pytest

import scenes
from drieluik.model import Verdict
from one_rule import run
from scenes import box_part

COMPLIES, VIOLATES, JUDGE, NOT_HERE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT, Verdict.NOT_APPLICABLE
HOUSE, SHED = box_part(5, 5, 13, 14, 0, 6.3, fid="huis"), box_part(2, 26, 7, 30, 0, 3.1, fid="schuur")
FENCE = box_part(0.2, 16, 0.32, 36, 0, 2.1, fid="hek")
CARPORT = (*(box_part(x, y, x + 0.1, y + 0.1, 0, 2.35, fid=f"paal {x} {y}") for x in (13.5, 17.4) for y in (26, 30.9)), box_part(13.5, 26, 17.5, 31, 2.35, 2.5, fid="dak"))
NAMED = {"huis": "hoofdgebouw", "schuur": "bijgebouw", "hek": "erfafscheiding", **{part.fid: "overkapping" for part in CARPORT}}
ROOF = {"open_roof_kind": "bouwwerk geen gebouw"}


def judged(parts, limit, check="other_structures", **answers):
    told = {"parcels": ["1"], "roles": {part.fid: "design" for part in parts}, **answers}
    words = {"max_height_m": limit} if check == "other_structures" else {"op": "<=", "value": limit, "applies_to": ("bouwwerk geen gebouw",)}
    found = run(check, *parts, site=scenes.site(registered_buildings=(), topography=()), answers=told, **words)
    return found.verdict, [question.key for question in found.questions]


@pytest.mark.parametrize("check", ["other_structures", "max_building_height"])
@pytest.mark.parametrize("named", [NAMED, None])
def test_of_an_open_roof_it_is_asked_what_the_plan_calls_it(check, named):
    parts, told = (HOUSE, SHED, FENCE, *CARPORT), {"objects": named} if named else {"small_is_building": "yes"}
    assert judged(parts, 2.5, check, **told) == (COMPLIES, [])
    assert judged(parts, 2.1, check, **told) == (JUDGE, ["open_roof_kind"])
    assert judged(parts, 2.1, check, **told, **ROOF) == (VIOLATES, [])
    assert judged(parts, 2.1, check, **told, open_roof_kind="overkapping") == (COMPLIES, [])
    assert judged(parts, 2.0, check, **told) == (VIOLATES, [])


def test_what_the_officer_called_a_building_is_no_structure():
    parts, named = (SHED, FENCE), {"schuur": "bijgebouw", "hek": "erfafscheiding"}
    assert judged(parts, 2.1, objects=named) == (COMPLIES, []) and judged(parts, 2.0, objects=named) == (VIOLATES, [])
    assert judged(parts, 2.1, objects={"hek": "erfafscheiding"})[0] is JUDGE  # of the shed nothing was said


def test_a_carport_alone_or_called_an_overkapping_as_a_whole_is_asked():
    for told in ({}, {"object_kind": "overkapping"}):
        assert judged(CARPORT, 2.4, **told) == (JUDGE, ["open_roof_kind"]) and judged(CARPORT, 2.4, **told, **ROOF)[0] is VIOLATES
        assert judged(CARPORT, 2.4, **told, open_roof_kind="overkapping")[0] is NOT_HERE
