"""Of which kind of object the parts of a design are, piece by piece: an annex, a main building, an open roof, and what is known not to be there."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely
from shapely import box

from drieluik.checks.engine.objects import _absent, _by_body, kind_alone, large, objects_of
from drieluik.checks.shared.horizontal.main_body import main_body_of
from drieluik.checks.shared.horizontal.secondary import _beside_a_house
from drieluik.model import LayerState, Note
from one_context import HOUSE, context, pand
from scenes import box_part, shift

EMPTY = {"registered_buildings": (), "topography": ()}
LOW = box_part(14, 6, 17, 10, 0, 3, fid="low")
"""An extension of 12 m2 and 3 m high against the house of 8 m."""


def kinds(*parts, wanted=(), answers=None):
    scene = context(*parts, answers=answers, **EMPTY)
    return objects_of(scene, wanted).kinds, scene


def test_a_low_body_against_the_house_is_the_main_building_or_an_aanbouw():
    assert kinds(HOUSE, LOW, answers={"annex_is_main": "no"})[0] == ("hoofdgebouw", "aanbouw") and kinds(HOUSE, LOW, answers={"annex_is_main": "yes"})[0] == ("hoofdgebouw", "hoofdgebouw")
    found, scene = kinds(HOUSE, replace(LOW, name="Serre"))
    assert found == ("hoofdgebouw", "hoofdgebouw") and scene.ledger.open["annex_is_main"].question.note == Note.of("engine_question_annex", parts="Serre")
    found, scene = kinds(HOUSE, LOW, wanted=("bijgebouw",), answers={"annex_is_main": "no"})
    assert found == ("hoofdgebouw", "aanbouw") and [one.value for one in scene.ledger.open["annex_kind"].alternatives] == ["aanbouw", "bijgebouw"]
    assert kinds(HOUSE, LOW, wanted=("bijgebouw",), answers={"annex_is_main": "no", "annex_kind": "bijgebouw"})[0] == ("hoofdgebouw", "bijgebouw")
    assert "annex_kind" not in kinds(HOUSE, LOW, wanted=("aanbouw",), answers={"annex_is_main": "no"})[1].ledger.open


def apart(width, height, west=30):
    return box_part(west, 6, west + width, 14, 0, height, fid="other")


def test_bodies_apart_are_secondary_and_what_was_assumed_is_said():
    scene = context(HOUSE, apart(3, 2.5), **EMPTY)
    found = _by_body(scene, ())
    assert (found.kinds, found.notes) == (("hoofdgebouw", "bijgebouw"), (Note.of("engine_assumed_largest", area=64.0),))
    assert _by_body(context(HOUSE, **EMPTY), ()).notes == (Note.of("engine_assumed_main"),)
    assert _by_body(context(HOUSE, LOW, answers={"annex_is_main": "no"}, **EMPTY), ()).notes == ()


EVERY = {"aanbouw", "uitbouw", "overkapping", "bouwwerk geen gebouw", "erfafscheiding", "bijgebouw", "bijbehorend bouwwerk"}


@pytest.mark.parametrize(("others", "failed", "expected"), [
    ((), (), EVERY), ((), ("bag",), set()), ((), ("parcels",), set()), (("wall",), (), EVERY),
    (("canopy",), (), {"aanbouw", "uitbouw", "bouwwerk geen gebouw", "erfafscheiding", "bijgebouw", "bijbehorend bouwwerk"}), (("railing",), ("bag",), {"aanbouw", "uitbouw", "overkapping", "bouwwerk geen gebouw"}), (("other",), (), {"bijgebouw"}),
])
def test_which_kinds_are_known_not_to_be_there(others, failed, expected):
    scene = context(HOUSE, *(box_part(8, 8, 9, 9, 8, 9, kind=kind, fid=kind) for kind in others), **EMPTY)
    records = tuple(replace(one, state=LayerState.FAILED) if one.layer in failed else one for one in scene.site.provenance)
    scene = replace(scene, site=replace(scene.site, provenance=records), shared={})
    assert set(_absent(scene)) == expected


@pytest.mark.parametrize(("parts", "one"), [
    ((box_part(6, 6, 14, 12.25, 0, 5),), True), ((box_part(6, 6, 14, 12.2, 0, 5),), False), ((box_part(6, 6, 14, 12.25, 0, 4.9),), False),
    ((HOUSE, box_part(14, 6, 17, 14, 0, 8)), False), ((HOUSE, box_part(20, 6, 28, 14, 0, 8)), False), ((HOUSE, box_part(6, 14, 10, 18, 0, 8)), False),
    ((HOUSE, box_part(5.6, 5.6, 14.4, 14.4, 8, 8.2)), True), ((HOUSE, box_part(6, 14, 14, 14.6, 2.4, 2.6)), False), ((HOUSE, box_part(9, 9, 11, 11, 8, 11)), False),
])
def test_a_plain_house_alone_on_its_plot_is_no_fence_and_no_annex(parts, one):
    """50 m2 and 5 m high, in one piece, without wing, step or a roof of its own beside it: what nobody could call something else."""
    scene = context(*(replace(part, fid=str(number), kind="building") for number, part in enumerate(parts)), **EMPTY)
    assert (set(_absent(scene)) == EVERY) == one


def test_whether_a_design_is_as_large_as_a_house():
    scene = context(HOUSE, **EMPTY)
    assert large(scene, 64.0) and not large(scene, 64.1) and large(context(box_part(6, 6, 14, 14, 0, 5.0), **EMPTY), 50.0) and not large(context(box_part(6, 6, 14, 14, 0, 4.9), **EMPTY), 50.0)
    assert not large(context(box_part(6, 6, 14, 14, -2, 4.0), **EMPTY), 50.0)  # from peil, not from a cellar


def test_what_a_design_alone_may_be():
    scene = context(HOUSE, **EMPTY)
    assert kind_alone(scene) == "hoofdgebouw" and [one.value for one in scene.ledger.open["object_kind"].alternatives] == ["hoofdgebouw", "bijgebouw"]
    assert scene.ledger.open["object_kind"].question.note == Note.of("engine_question_object_alone")


def test_of_a_shape_in_pieces_the_main_building_is_where_its_parts_have_most_room():
    scene = context(HOUSE, apart(3, 2.5), **EMPTY)
    pieces = shapely.MultiPolygon([shift(box(6, 6, 14, 14)), shift(box(30, 6, 33, 14))])
    assert main_body_of(scene, pieces).area == pytest.approx(64.0) and main_body_of(scene, shift(box(30, 6, 33, 14))).area == pytest.approx(24.0)
    told = context(HOUSE, apart(3, 2.5), answers={"objects": {"box": "bijgebouw", "other": "hoofdgebouw"}}, **EMPTY)
    assert main_body_of(told, pieces).area == pytest.approx(24.0)
    none = context(HOUSE, apart(3, 2.5), answers={"objects": {"box": "bijgebouw", "other": "bijgebouw"}}, **EMPTY)
    assert main_body_of(none, pieces).area == pytest.approx(64.0)


@pytest.mark.parametrize(("side", "height", "uses", "answers", "beside"), [
    (4.5, 3.0, ("woonfunctie",), {}, True), (4.5, 3.0, ("woonfunctie",), {"object_kind": "hoofdgebouw"}, False), (4.5, 3.0, ("woonfunctie",), {"objects": {"shed": "bijgebouw"}}, False), (4.5, 3.0, ("woonfunctie",), {"object_kind": "iets"}, True),
    (4.5, 3.0, (), {}, False), (5.5, 5.5, ("woonfunctie",), {}, False), (5.5, 4.5, ("woonfunctie",), {}, True), (4.5, 5.5, ("woonfunctie",), {}, True), (4.5, 3.0, ("woonfunctie",), {"demolition": ["h"]}, False),
])
def test_a_small_building_on_the_plot_of_a_house_is_no_main_building(side, height, uses, answers, beside):
    """25 m2 and 5 m high may be a dwelling."""
    scene = context(box_part(14, 25, 14 + side, 25 + side, 0, height, fid="shed"), answers=answers, registered_buildings=(pand("h", box(5, 5, 15, 15), *uses),), topography=())
    assert _beside_a_house(scene, [scene.projection]) is beside and not _beside_a_house(scene, [scene.projection, scene.projection])
