"""What a design is made of in the words of a plan, and what stands there with which it may be one: each threshold from both sides."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely
from shapely import Point, box

import scenes
from drieluik.checks.engine.objects import Objects, main_number, objects_of
from drieluik.checks.engine.standing import annex_parts, is_on_top_of, joined_to, object_of, standing_in, unregistered
from drieluik.checks.shared.horizontal.areas import existing_in
from drieluik.checks.shared.horizontal.main_body import main_body_of
from drieluik.model import Address, LayerState, TopographyObject
from one_context import HOUSE, context, local, pand, rule
from scenes import box_part, shift

# which objects a design is made of


@pytest.mark.parametrize(
    ("kinds", "absent", "wanted", "found"),
    [
        (("hoofdgebouw", "aanbouw"), None, "gebouw", 2), (("hoofdgebouw", "aanbouw"), None, "hoofdgebouw", 1), (("hoofdgebouw", "aanbouw"), None, "bijbehorend bouwwerk", 1), (("hoofdgebouw", "aanbouw"), None, "bijgebouw", 0),
        (("hoofdgebouw", "overkapping"), None, "gebouw", 1), (("hoofdgebouw", "erfafscheiding"), None, "bouwwerk geen gebouw", 1), (("hoofdgebouw", "erfafscheiding"), None, "bouwwerk", 2),
        ((None, "hoofdgebouw"), None, "hoofdgebouw", None), ((None, "hoofdgebouw"), None, "gebouw", 2), ((None, "overkapping"), None, "gebouw", None), ((None, None), None, "bouwwerk", 2),
        (("hoofdgebouw", "hoofdgebouw"), ("bijgebouw",), "bijgebouw", 0), (("hoofdgebouw", "hoofdgebouw"), ("bijgebouw",), "aanbouw", None), (("hoofdgebouw", "aanbouw"), (), "aanbouw", 1),
    ],
)  # fmt: skip
def test_the_parts_of_a_kind_of_object(kinds, absent, wanted, found):
    parts = (HOUSE, box_part(0, 0, 1, 1, 0, 1))
    got = Objects(parts, kinds, (), absent).of(wanted)
    assert (None if got is None else len(got)) == found


@pytest.mark.parametrize(
    ("low", "high", "x", "annex"),
    [(0, 6.5, 14, True), (0, 6.6, 14, False), (0.5, 3, 14, True), (0.6, 3, 14, True), (0, 3, 13.8, True), (0, 3, 13.2, False), (0, 3, 14.4, True)],
)  # fmt: skip
def test_a_lower_body_beside_the_rest_may_be_an_annex(low, high, x, annex):
    """A house 8 m high and a body of 2 m wide: a storey lower, and for less than a fifth under the rest."""
    body = box_part(x, 6, x + 2, 10, low, high, fid="annex")
    assert [part.fid for part in annex_parts(context(HOUSE, body))] == (["annex"] if annex else [])


def test_what_is_small_or_says_what_it_is_is_no_annex():
    for body, annex in ((box_part(14, 6, 15.9, 8, 0, 3), False), (box_part(14, 6, 16, 8, 0, 3), True), (box_part(14, 6, 18, 8, 0, 3, kind="other"), True), (box_part(14, 6, 18, 8, 0, 3, kind="canopy"), False),
                        (replace(box_part(14, 6, 18, 8, 0, 3), closed=False), True)):
        assert bool(annex_parts(context(HOUSE, body))) is annex
    assert annex_parts(context(HOUSE)) == ()


@pytest.mark.parametrize(
    ("size", "height", "ways"),
    [((4.0, 4.0), 3.0, 1), ((5.0, 5.0), 5.0, 2), ((5.0, 4.9), 5.1, 1), ((5.0, 5.1), 4.9, 1), ((5.0, 8.0), 5.2, 2), ((7.0, 10.0), 2.95, 2), ((7.0, 10.0), 2.9, 1)],
)  # fmt: skip
def test_which_body_may_be_the_main_building(size, height, ways):
    """A house of 64 m2 and 8 m (512 m3): another body of 25 m2 and 5 m, or of two fifths of that volume, may be it as well."""
    other = box_part(-20, 0, size[0] - 20, size[1], 0, height, fid="other")
    scene = context(other, HOUSE)
    house_first = size[0] * size[1] < 64
    bodies = sorted(shapely.get_parts(scene.geometry.footprint), key=lambda body: -body.area)
    number = main_number(scene, bodies, [1, 0] if house_first else [0, 1])
    open_ = scene.ledger.open.get("objects")
    assert (len(open_.alternatives) if open_ else 1) == ways and number == (0 if house_first else 1)
    assert ways == 1 or [one.answer for one in open_.alternatives] == [{"other": "bijgebouw", "box": "hoofdgebouw"}, {"other": "hoofdgebouw", "box": "bijgebouw"}]


def test_the_bulkiest_body_is_likeliest_the_main_building_with_its_size():
    hall, house = box_part(-32, 0, -20, 10, 0, 4, fid="hall"), HOUSE  # 480 m3 and 512 m3
    scene = context(hall, house)
    assert objects_of(scene).kinds == ("bijgebouw", "hoofdgebouw")
    assert [dict(one.note.data) for one in scene.ledger.open["objects"].alternatives] == [{"area": 64.0, "height": 8.0}, {"area": 120.0, "height": 4.0}]
    assert scene.ledger.open["objects"].alternatives[1].answer == {"hall": "hoofdgebouw", "box": "bijgebouw"}
    assert local(main_body_of(scene, scene.geometry.footprint)).centroid.distance(Point(10, 10)) < 1e-6
    assert objects_of(context(hall, house, answers={"objects": {"hall": "hoofdgebouw", "box": "bijgebouw"}})).of("hoofdgebouw") == (hall,)


def test_an_officer_names_objects_by_id_name_or_class():
    named = replace(box_part(14, 6, 18, 10, 0, 3, fid="b", kind="other"), name="Serre")
    for word in ("b", "Serre", "other"):
        assert objects_of(context(HOUSE, named, answers={"objects": {"value": {word: " Aanbouw "}}})).kinds == ("hoofdgebouw", "aanbouw")
    assert objects_of(context(HOUSE, named, answers={"objects": {"b": "aanbouw"}, "object_kind": "bijgebouw"})).kinds == ("bijgebouw", "aanbouw")
    assert objects_of(context(HOUSE, named, answers={"object_kind": {"value": "bijgebouw"}})).kinds == ("bijgebouw",) * 2
    scene = context(HOUSE, answers={"object_kind": "kasteel"})
    assert objects_of(scene).kinds == ("hoofdgebouw",) and list(scene.ledger.settled) == ["object_kind:refused"]
    for word in ("onbekend", "unknown", ""):
        scene = context(HOUSE, answers={"object_kind": word})
        assert objects_of(scene).kinds == ("hoofdgebouw",) and not scene.ledger.settled


@pytest.mark.parametrize(
    ("building", "answers", "addresses", "asked"),
    [
        (pand("x", box(2, 20, 10, 30), "woonfunctie"), {}, (), True), (pand("x", box(2, 20, 10, 30), "overige gebruiksfunctie"), {}, (), False), (pand("x", box(2, 20, 10, 30)), {}, (), False),
        (pand("x", box(2, 20, 10, 30)), {}, (Address("a", shift(Point(3, 3)), "Straat 1", ("x",)),), True), (pand("x", box(2, 20, 10, 30)), {}, (Address("a", shift(Point(3, 3)), "Straat 1", ("y",)),), False),
        (pand("x", box(2, 20, 10, 30), "woonfunctie"), {"demolition": ["x"]}, (), False), (pand("x", box(2, 20, 10, 30), "woonfunctie"), {"demolition": {"value": ["y"]}}, (), True),
        (pand("x", box(16, 20, 25, 30), "woonfunctie"), {}, (), False), (pand("x", box(14, 20, 25, 30), "woonfunctie"), {}, (), True),
        (pand("x", box(6, 6, 14, 21), "woonfunctie"), {}, (), False), (pand("x", box(6, 6, 14, 22), "woonfunctie"), {}, (), True),
    ],
)  # fmt: skip
def test_another_building_in_use_on_the_plot_that_stays_makes_it_open_what_a_design_is(building, answers, addresses, asked):
    """On the plot and replaced: each by more than half of it."""
    scene = context(answers=answers, addresses=addresses, registered_buildings=(building,))
    assert objects_of(scene).kinds == (("bijgebouw",) if asked else ("hoofdgebouw",))
    assert ("object_kind" in scene.ledger.open) is asked


# what stands there


def test_what_only_touches_or_goes_does_not_stand_in_an_area():
    there = (pand("a", box(0, 0, 5, 5)), pand("b", box(5, 0, 9, 5)), pand("c", box(4.999, 5, 9, 9)))
    scene = context(registered_buildings=there, planned_buildings=(pand("d", box(2, 2, 3, 3)),))
    area = shift(box(0, 0, 5, 5))
    assert [b.fid for b in standing_in(scene, area)] == ["a", "d"] and list(scene.ledger.open) == ["planned_buildings_count"]
    assert [b.fid for b in standing_in(context(registered_buildings=there, answers={"demolition": "a"}), area)] == []
    told = context(registered_buildings=there, planned_buildings=(pand("d", box(2, 2, 3, 3)),), answers={"planned_buildings_count": "nee"})
    assert [b.fid for b in standing_in(told, area)] == ["a"]
    assert [b.fid for b in standing_in(context(registered_buildings=(pand("e", box(4.99, 0, 9, 5)),)), area)] == ["e"]


@pytest.mark.parametrize(
    ("shape", "joined"),
    [(box(14.29, 6, 18, 14), True), (box(14.31, 6, 18, 14), False), (box(10.1, 6, 18, 14), True), (box(9.9, 6, 18, 14), False), (box(14, 6, 25.9, 14), True), (box(14, 6, 26.1, 14), False)],
)  # fmt: skip
def test_a_design_joins_what_stays_against_it_on_its_plot(shape, joined):
    """The plot ends at 20 m: within 0.30 m, less than half under the design, and for more than half on the plot."""
    scene = context(registered_buildings=(pand("x", shape),))
    assert [b.fid for b in joined_to(scene)] == (["x"] if joined else [])
    assert joined_to(context(registered_buildings=(pand("x", shape),), answers={"demolition": ["x"]})) == ()


@pytest.mark.parametrize(("answers", "looks"), [({}, ["bag"]), ({"whole_building": True}, ["bag"]), ({"whole_building": {"value": False}}, []), ({"whole_building": False}, [])])
def test_whether_buildings_are_known_matters_unless_the_officer_says_that_it_stands_by_itself(answers, looks):
    scene = context(answers=answers)
    scene = replace(scene, site=replace(scene.site, provenance=tuple(replace(one, state=LayerState.FAILED) if one.layer == "bag" else one for one in scene.site.provenance)))
    joined_to(scene)
    assert [dict(one.note.data)["layer"] for one in scene.ledger.unseen] == looks


@pytest.mark.parametrize(("part", "state", "least", "looks"), [
    (box_part(5, 5, 13, 15, 0, 9), LayerState.NOT_ASKED, True, []), (box_part(5, 5, 13, 15, 0, 9), LayerState.FAILED, True, ["bag"]),
    (box_part(5, 5, 13, 15, 0, 9), LayerState.NOT_ASKED, False, ["bag"]), (box_part(5, 5, 11, 12, 0, 9), LayerState.NOT_ASKED, True, ["bag"]),
])
def test_one_body_as_large_as_a_house_must_be_by_itself_what_a_building_is_at_least(part, state, least, looks):
    """Where the officer left the register out; where it failed nobody knows what stands there, and a smaller body may be a part of it."""
    scene = context(part)
    scene = replace(scene, site=replace(scene.site, provenance=tuple(replace(one, state=state) if one.layer == "bag" else one for one in scene.site.provenance)))
    joined_to(scene, least=least)
    assert [dict(one.note.data)["layer"] for one in scene.ledger.unseen] == looks


@pytest.mark.parametrize(("low", "on_top"), [(2.0, False), (2.1, True)])
def test_what_begins_two_metres_above_the_ground_of_a_building_is_on_top_of_it(low, on_top):
    below = pand("x", box(6, 6, 14, 14))
    part = box_part(6, 6, 14, 14, low, low + 3)
    scene = context(part, registered_buildings=(below,))
    assert is_on_top_of(scene, below) is on_top and [b.fid for b in joined_to(scene)] == (["x"] if on_top else [])
    assert not is_on_top_of(context(part, registered_buildings=(below,), terrain=None), below)
    model = replace(scenes.site().buildings3d[0], fid="x", ground_nap=scenes.GROUND + 0.5)
    assert not is_on_top_of(context(part, registered_buildings=(below,), buildings3d=(model,)), below)
    assert is_on_top_of(context(part, registered_buildings=(below,), buildings3d=(replace(model, ground_nap=scenes.GROUND - 0.5),)), below)
    assert is_on_top_of(context(part, registered_buildings=(below,), buildings3d=(replace(model, ground_nap=None),)), below) is on_top


@pytest.mark.parametrize(
    ("words", "about", "joined"),
    [({}, "building", True), ({}, "part", False), ({}, "plot", False), ({"applies_to": ("hoofdgebouw",)}, "building", True), ({"applies_to": ("bijgebouw",)}, "building", False), ({"applies_to": ("bijgebouw", "gebouw")}, "building", True),
     ({"applies_when": {"object": {"kind": "aanbouw"}}}, "building", False), ({"applies_when": {"object": {"kind": ["bouwwerk"]}}}, "building", True), ({"applies_when": {"object": {"classes": ["roof"]}}}, "building", False), ({"applies_when": {"object": {"classes_not": ["roof"]}}}, "building", False)],
)  # fmt: skip
def test_a_norm_for_a_building_is_about_the_design_with_what_it_joins(words, about, joined):
    scene = context(registered_buildings=(pand("x", box(14, 6, 18, 14)),))
    found = object_of(replace(rule(), **words), scene, about)
    assert (found.joined is not None) is joined and ("whole_building" in scene.ledger.open) is joined
    if joined:
        assert [part.source_class for part in found.design.parts] == ["", "BAG pand"] and found.joined.bare and found.alone.design is scene.design
        assert found.design.parts[1].z_range == pytest.approx((scenes.GROUND, scenes.GROUND + 8))
        assert local(found.projection).bounds == pytest.approx((6, 6, 18, 14))


def test_a_building_with_a_3d_model_is_joined_as_it_stands():
    scene = context(registered_buildings=(pand("x", box(14, 6, 18, 14)),), buildings3d=(replace(scenes.site().buildings3d[0], fid="x", triangles=box_part(14, 6, 18, 14, 0, 5).triangles),))
    found = object_of(rule(), scene, "building")
    assert not found.joined.bare and found.design.parts[1].z_range == pytest.approx((scenes.GROUND, scenes.GROUND + 5))
    assert object_of(rule(), context(registered_buildings=(pand("x", box(14, 6, 18, 14)),), answers={"whole_building": "nee"}), "building").joined is None


def test_existing_buildings_and_structures_of_an_area():
    works = tuple(TopographyObject(fid, kind, shift(shape), level=level) for fid, kind, shape, level in (
        ("shed", "overigbouwwerk", box(0, 0, 2, 2), 0), ("carport", "overigbouwwerk", box(2, 0, 4, 2), 1), ("tank", "overigbouwwerk", box(2, 3, 4, 5), -1), ("road", "wegdeel", box(4, 0, 6, 2), 0), ("touching", "overigbouwwerk", box(10, 0, 12, 2), 0)))
    scene = context(topography=works, registered_buildings=(pand("p", box(8, 0, 12, 1)),))
    shape, used = existing_in(scene, shift(box(0, 0, 10, 10)))
    assert (shape.area, [item.fid for item in used]) == (pytest.approx(4 + 4 + 2), ["p", "carport", "shed"])
    shape, used = existing_in(context(topography=works, registered_buildings=(), answers={"demolition": ["shed", "carport"]}), shift(box(0, 0, 10, 10)))
    assert shape.is_empty and used == ()


@pytest.mark.parametrize(("level", "asked"), [(0, True), (1, True), (2, True), (-1, False)])
def test_a_building_that_only_the_map_has_is_seen_on_the_ground_and_above_it(level, asked):
    scene = context(topography=(TopographyObject("g", "pand", shift(box(1, 1, 5, 4)), level=level),), registered_buildings=())
    assert [b.fid for b in unregistered(scene)] == (["g"] if asked else [])
