"""A fence is one by its shape: upright, thin, on the ground, closing no room; its name tells whether it is one around the plot, else that is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

import scenes
from drieluik.checks.engine.no_building import structures_told
from drieluik.checks.engine.objects import FENCED
from drieluik.measure.building.named_kinds import STRUCTURE
from drieluik.model import Verdict
from one_context import HOUSE, context
from one_rule import run
from scenes import box_part

COMPLIES, VIOLATES, JUDGE, NOT_HERE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT, Verdict.NOT_APPLICABLE
EMPTY = {"registered_buildings": (), "topography": ()}


def fence(name="schutting", kind="building", top=1.9, wide=0.2, long=18.0, bottom=0.0, west=0.2):
    return replace(box_part(west, 0.2, west + wide, 0.2 + long, bottom, top, kind=kind, fid="f"), name=name)


def about(word, limit, *parts, **answers):
    told = {"roles": {"f": "design"}, **answers}
    return run("max_building_height", *parts, site=scenes.site(**EMPTY), answers=told, value=limit, applies_to=(word,))


@pytest.mark.parametrize("kind", ["building", "wall", "railing", "other"])
@pytest.mark.parametrize("wide", [0.05, 0.2, 0.59])
@pytest.mark.parametrize("word", ["erfafscheiding", "bouwwerk geen gebouw"])
def test_what_is_named_and_shaped_as_a_fence_is_one(kind, wide, word):
    for top in (1.0, 1.9, 2.49):
        found = [about(word, limit, HOUSE, fence(kind=kind, wide=wide, top=top)) for limit in (top + 0.05, top - 0.05)]
        assert [(one.verdict, one.questions) for one in found] == [(COMPLIES, ()), (VIOLATES, ())] and found[0].measurements[0].value == pytest.approx(top)


@pytest.mark.parametrize("kind", ["building", "wall", "railing"])
def test_of_what_is_only_shaped_so_a_rule_for_fences_asks(kind):
    parts = (HOUSE, fence("object 7", kind))
    found = about("erfafscheiding", 1.8, *parts)
    assert (found.verdict, [question.key for question in found.questions]) == (JUDGE, ["is_fence"])
    assert about("erfafscheiding", 2.0, *parts).verdict is COMPLIES and about("bouwwerk geen gebouw", 1.8, *parts).verdict is VIOLATES
    assert [about("erfafscheiding", 1.8, *parts, is_fence=word).verdict for word in ("yes", "no")] == [VIOLATES, NOT_HERE]


@pytest.mark.parametrize(("words", "is_one"), [
    ({"top": 2.49}, True), ({"top": 2.6}, False), ({"wide": 0.59}, True), ({"wide": 0.61}, False), ({"bottom": 0.29}, True), ({"bottom": 0.31}, False),
])  # fmt: skip
def test_a_name_alone_makes_no_fence_and_no_rule_for_fences_vanishes(words, is_one):
    part = fence(**{"wide": 0.4, "kind": "wall", **words})
    assert (structures_told(context(HOUSE, part, **EMPTY)).design.parts[1].kind == STRUCTURE) is is_one
    for word in ("erfafscheiding", "bouwwerk geen gebouw"):
        assert about(word, 1.0, HOUSE, part).verdict is (VIOLATES if is_one else JUDGE)


def test_walls_that_close_a_room_or_stand_under_a_roof_are_no_fences():
    sides = [box_part(*side, 0, 2.4, kind="wall", fid=f"w{n}") for n, side in enumerate(((20, 6, 26, 6.2), (20, 11.8, 26, 12), (20, 6, 20.2, 12), (25.8, 6, 26, 12)))]
    kinds = [part.kind for part in structures_told(context(HOUSE, *sides, **EMPTY)).design.parts]
    assert STRUCTURE not in kinds
    kinds = [part.kind for part in structures_told(context(HOUSE, *sides[:3], **EMPTY)).design.parts]
    assert kinds.count(STRUCTURE) == 3  # three sides close nothing
    roof = box_part(20, 6, 26, 12, 2.6, 2.8, kind="roof", fid="roof")
    assert STRUCTURE not in [part.kind for part in structures_told(context(HOUSE, *sides[:3], roof, **EMPTY)).design.parts]


@pytest.mark.parametrize(("name", "is_one"), [
    ("erfafscheiding", True), ("Terreinafscheiding 2", True), ("SCHUTTING", True), ("hek", True), ("tuinhek", True), ("hekwerk", True), ("tuinmuur", True), ("Fence_3", True), ("garden wall", True), ("afrastering", True),
    ("dakrand", False), ("hekje", False), ("muur", False), ("object 3", False),
])  # fmt: skip
def test_names_of_fences(name, is_one):
    assert bool(FENCED.search(name)) is is_one


def test_a_fence_alone_is_what_a_rule_for_fences_is_about():
    assert [about("erfafscheiding", limit, fence(long=30.0)).verdict for limit in (2.0, 1.8)] == [COMPLIES, VIOLATES]
    told = {"objects": {"f": "bijgebouw"}}
    assert about("bijgebouw", 1.8, HOUSE, fence(), **told).verdict is VIOLATES
