"""A rule that names a building in a plan's word (a woning, a kas): what the officer called a main building may be it, and nothing passes it by unasked."""

from __future__ import annotations

import pytest

import scenes
from drieluik.model import Verdict
from one_rule import run
from scenes import box_part

COMPLIES, VIOLATES, JUDGE, NOT_HERE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT, Verdict.NOT_APPLICABLE
HOUSE, ANNEX = box_part(4, 5, 13, 14, 0, 6.4, fid="huis"), box_part(5, 14, 12, 17, 0, 3.2, fid="serre")
SHED, FENCE = box_part(3, 27, 8, 30, 0, 2.7, fid="schuur"), box_part(0.2, 16, 0.32, 36, 0, 2.1, fid="hek")
ALL = (HOUSE, ANNEX, SHED, FENCE)
NAMED = {"huis": "hoofdgebouw", "serre": "aanbouw", "schuur": "bijgebouw", "hek": "erfafscheiding"}
WORDS = ("woning", "bedrijfswoning", "recreatiewoning", "bedrijfsgebouw")


def judged(kind, limit, *parts, **answers):
    told = {"parcels": ["1"], "roles": {part.fid: "design" for part in parts}, **answers}
    return run("max_building_height", *parts, site=scenes.site(registered_buildings=(), topography=()), op="<=", value=limit, applies_to=(kind,), answers=told)


def asked(found):
    return {question.key for question in found.questions}


@pytest.mark.parametrize("told", [{"objects": NAMED}, {"object_kind": "hoofdgebouw"}, {"objects": {"huis": "hoofdgebouw"}}])
@pytest.mark.parametrize("word", [*WORDS, "kas", "dakkapel"])
def test_a_main_building_may_be_what_a_rule_calls_otherwise(word, told):
    found = judged(word, 6.3, *ALL, **told)
    assert found.verdict is JUDGE and f"has_{word}" in asked(found)
    assert judged(word, 6.3, *ALL, **told, **{f"has_{word}": "no"}).verdict is NOT_HERE
    there = {**told, f"has_{word}": "yes", f"which.{word}": ["huis"]}
    assert (judged(word, 6.3, *ALL, **there).verdict, judged(word, 6.4, *ALL, **there).verdict) == (VIOLATES, COMPLIES)


@pytest.mark.parametrize("word", WORDS)
def test_a_building_that_is_all_there_is_is_that_building(word):
    for told in ({"object_kind": "hoofdgebouw"}, {"objects": {"huis": "hoofdgebouw"}}):
        assert judged(word, 6.3, HOUSE, **told, **{f"has_{word}": "yes"}).verdict is VIOLATES


def test_what_no_building_is_for_certain_is_no_woning_and_no_berging():
    fence, house = {"objects": {"hek": "erfafscheiding"}}, {"objects": {"huis": "hoofdgebouw"}}
    assert judged("woning", 1.0, FENCE, **fence).verdict is NOT_HERE and judged("berging", 1.0, HOUSE, **house).verdict is NOT_HERE
