"""What a design is that is drawn by itself beside a house that stands: a fence, posts and beams, a roof on posts; told by shape, and by a name that the
shape confirms. What a choice announces is what its answer gives."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely import box

import scenes
from drieluik.checks.engine.objects import objects_of
from drieluik.model import Verdict
from one_context import context, pand
from one_rule import run_all
from scenes import box_part

COMPLIES, VIOLATES, ASKED, NOT_HERE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT, Verdict.NOT_APPLICABLE
FENCE, WORK, SHED = "erfafscheiding", "bouwwerk geen gebouw", "bijgebouw"
BESIDE = {"registered_buildings": (pand("h", box(5, 5, 15, 15), "woonfunctie"),), "topography": ()}
LONG = box_part(0.1, 2, 0.2, 22, 0, 2.1, fid="deel")
"""A wall of 20 m along the boundary, 2.1 m high."""


def called(part, kind="building", name=""):
    return replace(part, kind=kind, name=name)


def about(word, limit, *parts, **answers):
    return run_all("max_building_height", *parts, value=limit, applies_to=(word,), site=scenes.site(**BESIDE), answers={"parcels": ["1"], **answers})[0]


def choices(word, limit, *parts, **answers):
    """Return the finding of a rule; each of its choices gives, answered, what it says, or leaves another question."""
    found = about(word, limit, *parts, **answers)
    for point in found.premises:
        for choice in point.choices if point.settled == "open" else ():
            told = about(word, limit, *parts, **answers, **{point.key: choice.answer})
            value = told.measurements[0].value if told.measurements else None
            left = any(one.settled == "open" for one in told.premises)
            assert (told.verdict, value) == (choice.verdict, choice.value) or left, (point.key, choice.answer)
    return found


def pergola(kind="beam", name="", top=2.7):
    posts = [box_part(x, y, x + 0.1, y + 0.1, 0, top - 0.2, kind=kind, fid=f"p{x}{y}") for x in (8, 12) for y in (20, 24)]
    return tuple(replace(part, name=name) for part in (*posts, *(box_part(8 + n, 20, 8.1 + n, 24.1, top - 0.2, top, kind=kind, fid=f"b{n}") for n in range(5))))


SHORT = [box_part(0.1, 2 + 2 * n, 0.15, 3.9 + 2 * n, 0.1, 2.1, fid=f"s{n}") for n in range(3)] + [box_part(0.05, 1.9 + 2 * n, 0.15, 2 + 2 * n, 0, 2.1, fid=f"q{n}") for n in range(4)]
HIGH = box_part(0.1, 2, 0.2, 22, 0, 3.0, fid="deel")


@pytest.mark.parametrize("parts", [
    (called(LONG, "wall", "tuinmuur"),), (called(LONG, name="schutting"),), tuple(called(part, name="houten schutting") for part in SHORT),
])
def test_a_fence_by_name_and_by_shape_is_one_without_a_question(parts):
    top = max(part.z_range[1] for part in parts) - scenes.GROUND
    for word in (FENCE, WORK):
        for limit, verdict in ((top - 0.1, VIOLATES), (top + 0.1, COMPLIES)):
            found = choices(word, limit, *parts)
            assert (found.verdict, found.measurements[0].value, found.questions) == (verdict, pytest.approx(top), ())
    assert {about(word, 1.0, *parts).verdict for word in ("hoofdgebouw", SHED, "overkapping")} == {NOT_HERE}


@pytest.mark.parametrize("parts", [(LONG,), (called(LONG, "wall"),), (called(LONG, "railing"),), tuple(SHORT)])
def test_what_has_the_shape_of_a_fence_is_no_building_and_is_asked_whether_it_is_one(parts):
    assert choices(WORK, 2.0, *parts).verdict is VIOLATES and about(SHED, 2.0, *parts).verdict is NOT_HERE
    found = choices(FENCE, 2.0, *parts)
    assert (found.verdict, [one.key for one in found.questions]) == (ASKED, ["is_fence"]) and choices(FENCE, 2.2, *parts).verdict is COMPLIES
    assert about(FENCE, 2.0, *parts, is_fence="yes").verdict is VIOLATES and about(FENCE, 2.0, *parts, is_fence="no").verdict is NOT_HERE


def test_walls_too_high_for_a_garden_or_round_a_room_may_be_a_fence():
    ring = [box_part(*at, 0, 2.0, kind="wall", fid=f"w{n}") for n, at in enumerate([(1, 16, 1.1, 24), (9, 16, 9.1, 24), (1, 16, 9.1, 16.1), (1, 24, 9.1, 24.1)])]
    for parts in ((HIGH,), (called(HIGH, name="Hekwerk 3"),), tuple(ring)):
        found = choices(FENCE, 1.0, *parts)
        assert (found.verdict, [one.key for one in found.questions]) == (ASKED, ["object_kind"])
        assert about(FENCE, 1.0, *parts, object_kind=FENCE).verdict is VIOLATES


@pytest.mark.parametrize(("parts", "verdict"), [(pergola(), VIOLATES), (pergola("member"), VIOLATES), (pergola("building", "Pergola"), VIOLATES), (pergola("building"), ASKED)])
def test_posts_and_beams_without_a_roof_are_a_structure(parts, verdict):
    assert choices(WORK, 2.0, *parts).verdict is verdict and choices(WORK, 2.8, *parts).verdict is COMPLIES
    told = [about(WORK, 2.0, *parts, object_kind=kind).verdict for kind in (WORK, SHED, "hoofdgebouw")]
    assert told == [VIOLATES, NOT_HERE, NOT_HERE]


def test_a_roof_on_posts_beside_a_house_may_be_what_a_rule_for_structures_is_about():
    posts = [box_part(x, y, x + 0.1, y + 0.1, 0, 2.4, fid=f"p{x}{y}") for x in (8, 11.9) for y in (20, 23.9)]
    found = choices(WORK, 2.0, *posts, box_part(8, 20, 12, 24, 2.4, 2.6, fid="dak"))
    assert (found.verdict, {one.key for one in found.questions}) == (ASKED, {"object_kind", "open_roof_kind"})
    slats = [box_part(8, 20 + 0.15 * n, 12, 20.05 + 0.15 * n, 2.4, 2.6, kind="beam", fid=f"l{n}") for n in range(27)]
    assert choices(WORK, 2.0, *posts, *slats).verdict is ASKED


def test_a_fence_beside_an_extension_is_not_what_the_extension_is():
    parts = (box_part(5, 15, 15, 18, 0, 3, fid="uitbouw"), called(LONG, name="schutting"))
    roles = {"roles": {part.fid: "design" for part in parts}}
    assert [choices(FENCE, limit, *parts, **roles).verdict for limit in (2.0, 2.2)] == [VIOLATES, COMPLIES]
    assert [choices(FENCE, limit, *parts, **roles, object_kind="aanbouw").verdict for limit in (2.0, 2.2)] == [VIOLATES, COMPLIES]
    assert about("aanbouw", 2.5, *parts, **roles, object_kind="aanbouw").measurements[0].value == pytest.approx(3.0)


def test_a_wall_against_an_extension_may_be_a_fence():
    parts = (box_part(5, 15, 15, 18, 0, 3, fid="uitbouw"), box_part(1, 17.9, 5, 18, 0, 2.1, fid="muur"))
    roles = {"roles": {part.fid: "design" for part in parts}}
    found = choices(FENCE, 2.0, *parts, **roles, object_kind="aanbouw")
    assert (found.verdict, [one.key for one in found.questions]) == (ASKED, ["is_fence"])
    assert about(FENCE, 2.0, *parts, **roles, object_kind="aanbouw", is_fence="no").verdict is NOT_HERE


def test_what_is_under_a_roof_on_a_roof_or_a_stub_is_no_fence():
    house = (box_part(5, 15, 15, 18, 2.6, 2.8, kind="roof", fid="r"), box_part(5, 15, 15, 15.1, 0, 2.4, kind="wall", fid="w"))
    for parts in (house, (box_part(5, 15, 15, 15.1, 6, 7, kind="railing"),), (box_part(5, 15, 5.5, 15.1, 0, 0.8, kind="railing"),)):
        assert FENCE not in objects_of(context(*parts, **BESIDE), (FENCE,)).kinds
