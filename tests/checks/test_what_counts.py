"""What hangs out of a design, lies below it, is shared, or is secondary: each threshold from both sides."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from shapely import LineString, Polygon, box

import scenes
from drieluik.checks.engine.base import Context, Joined
from drieluik.checks.shared.horizontal import building_planes, hanging, party_walls, secondary, underground
from drieluik.measure.plane.sections import as_one
from drieluik.model import Level, Parcel, Verdict
from drieluik.model.measurement import UncertaintySource
from one_context import HOUSE, context, local, pand, rule
from one_rule import rd, run
from scenes import box_part, shift

# what hangs out, lies below, or is shared


def area_hanging(*parts, deeper=0.5):
    scene = context(HOUSE, *parts)
    return round(hanging.hanging(scene, deeper).area, 2), round(hanging.on_posts(scene).area, 2)


@pytest.mark.parametrize(
    ("roof", "hangs"),
    [((14, 7, 14.49, 13, 3, 3.2), 0), ((14, 7, 14.52, 13, 3, 3.2), 0.52 * 6), ((14, 7, 16, 7.3, 3, 3.2), 0), ((14, 7, 16, 7.4, 3, 3.2), 0.8), ((14, 7, 15, 13, -0.2, 0.04), 0), ((14, 7, 15, 13, -0.2, 0.06), 6), ((18, 7, 18.6, 7.4, 3, 3.2), 0), ((18, 7, 18.7, 7.4, 3, 3.2), 0.28)],
)  # fmt: skip
def test_what_hangs_out_of_the_walls_further_than_an_overhang(roof, hangs):
    """Deeper than 0.5 m, wider than a fence, higher than a floor, larger than a gutter."""
    assert area_hanging(box_part(*roof[:4], roof[4], roof[5], kind="canopy"))[0] == pytest.approx(hangs, abs=0.02)


def test_a_carport_stands_on_posts_and_a_canopy_only_hangs():
    canopy, posts = box_part(14, 7, 17, 13, 2.6, 2.8, kind="canopy"), [box_part(16.7, y, 16.9, y + 0.2, 0, 2.6, kind="column") for y in (7.2, 12.5)]
    assert area_hanging(canopy) == (18.0, 0.0) and area_hanging(canopy, *posts) == (18.0, 18.0)
    assert area_hanging(box_part(17, 7, 20, 13, 2.6, 2.8, kind="canopy")) == (18.0, 18.0)  # it stands by itself
    low = [box_part(16.7, y, 16.9, y + 0.2, 0, 0.9, kind="column") for y in (7.2, 12.5)]
    assert area_hanging(canopy, *low) == (18.0, 0.0)
    assert area_hanging(canopy, deeper=3.1)[0] == 0.0 and area_hanging(canopy, deeper=2.9)[0] == 18.0


def test_two_areas_as_one_without_the_hair_between_them():
    joined = hanging.together(box(0, 0, 4, 4), box(4.004, 0, 6, 4))
    assert joined.geom_type == "Polygon" and joined.area == pytest.approx(24, abs=0.01)
    assert len(hanging.together(box(0, 0, 4, 4), box(4.2, 0, 6, 4)).geoms) == 2
    assert hanging.reaches_beyond(box(4, 0, 4.6, 2), box(0, 0, 4, 4), 0.5) and not hanging.reaches_beyond(box(4, 4, 4.5, 4.5), box(0, 0, 4, 4), 0.5)


@pytest.mark.parametrize(("depth", "below"), [(0.5, False), (0.51, True)])
def test_what_reaches_half_a_metre_below_peil_may_be_a_room(depth, below):
    scene = context(HOUSE, box_part(14, 6, 18, 14, -depth, 0, kind="other"))
    assert underground.reaches_below(scene) is below
    assert underground.reaches_below(Context(scenes.site(terrain=None, buildings3d=(), topography=()), scenes.design(box_part(0, 0, 9, 9, -3, 3)), {})) is False


@pytest.mark.parametrize(("width", "rooms"), [(0.7, 0.0), (0.8, 6.4)])
def test_a_room_below_is_wider_than_a_footing(width, rooms):
    scene = context(HOUSE, box_part(6, 6, 14 + width, 14, -2.5, 0, kind="other"))
    assert underground.rooms_below(scene).area == pytest.approx(rooms, abs=0.05)


@pytest.mark.parametrize(("switch", "answer", "counts", "asked"), [(True, None, True, False), (False, None, False, False), (None, None, True, True), (False, "ja", True, False), (True, "nee", False, False)])
def test_whether_rooms_below_count(switch, answer, counts, asked):
    scene = context(answers={"count_below_ground": answer} if answer else {})
    assert underground.below_counts(rule(measure={} if switch is None else {"count_below_ground": switch}), scene) is counts and bool(scene.ledger.open) is asked


@pytest.mark.parametrize(
    ("over", "neighbour", "cut"),
    [(0.34, 0.29, 0.34 * 8), (0.36, 0.29, 0), (0.34, 0.31, 0), (0.2, None, 0)],
)  # fmt: skip
def test_an_area_reaches_to_the_axis_of_a_party_wall(over, neighbour, cut):
    """The plot ends at 14 m; the wall stands ``over`` it, and a neighbour's building ``neighbour`` beyond that."""
    there = () if neighbour is None else (pand("n", box(14 + over + neighbour, 6, 22, 14)),)
    scene = context(box_part(6, 6, 14 + over, 14, 0, 8), parcels=(Parcel("1", "P 1", shift(box(0, 0, 14, 40)), 560.0),), registered_buildings=there)
    shape, notes = party_walls.to_the_axis(rule(), scene, scene.geometry.footprint, {"area": 1.0})
    assert (64 + 8 * over - shape.area, [note.code for note in notes]) == (pytest.approx(cut, abs=1e-4), ["zoning_party_wall"] if cut else [])
    assert not notes or dict(notes[0].data)["area"] == round(cut, 2)
    assert party_walls.to_the_axis(rule(measure={"party_walls": "ignore"}), scene, scene.geometry.footprint, {"area": 1.0})[1] == ()


@pytest.mark.parametrize(("at", "cut"), [(13.66, 0.34 * 8), (13.64, 0.0), (6.2, 0.2 * 8)])
def test_an_axis_that_is_drawn_cuts_off_no_more_than_a_wall(at, cut):
    scene = context(answers={"party_walls": {"lines": [rd((at, 9), (at, 10))]}})
    shape, notes = party_walls.to_the_axis(rule(), scene, scene.geometry.footprint, {"area": 1.0})
    assert 64 - shape.area == pytest.approx(cut, abs=1e-6) and bool(notes) is bool(cut)


# secondary buildings


def test_a_line_made_longer_at_both_ends():
    longer = secondary.prolonged(LineString([(0, 0), (3, 4), (3, 14)]))
    assert [tuple(place) for place in longer.coords] == [pytest.approx((-300, -400)), (0, 0), (3, 4), (3, 14), pytest.approx((3, 514))]


def test_the_ground_before_a_line_is_what_lies_on_its_left():
    before = secondary.ground_before(LineString([(0, 0), (10, 0)]))
    assert shapely.contains_xy(before, [5, -400, 400, 5, 5], [1, 400, 1, 499, -1]).tolist() == [True, True, True, True, False]
    assert before.bounds == pytest.approx((-500, 0, 510, 500))
    bent = secondary.ground_before(LineString([(0, 0), (10, 0), (10, 30)]))
    assert shapely.contains_xy(bent, [5, 12, 9], [1, 20, 29]).tolist() == [True, False, True]


def test_how_well_the_area_of_an_outline_is_known():
    assert secondary.area_uncertainty(Polygon()) == ()
    (doubt,) = secondary.area_uncertainty(box(0, 0, 3, 4))
    assert (doubt.name, doubt.value) == ("existing_outline", round(0.2 * float(np.sqrt(2 * 9 + 2 * 16)), 3))
    assert secondary.area_uncertainty(Polygon([(0, 0), (1.5, 0.04), (3, 0), (3, 4), (0, 4)])) == (doubt,)  # a bend of four centimetres is none


def test_what_is_joined_adds_its_doubt_to_lengths_areas_and_volumes():
    scene = context(HOUSE)
    assert secondary.joined_sources(scene, "m") == ()
    joined = replace(scene, joined=Joined((pand("x", box(12, 6, 18, 14)),), scene.design, False))
    lengths = 2 * 4**2 + 2 * 8**2
    assert secondary.joined_sources(joined, "m") == (UncertaintySource("existing_outline", 0.2),)
    assert [source.value for source in secondary.joined_sources(joined, "m2")] == [round(0.2 * lengths**0.5, 3)]
    assert [source.value for source in secondary.joined_sources(joined, "m3")] == [round(8 * round(0.2 * lengths**0.5, 3), 3)]


SHED = box_part(2, 30, 5, 34, 0, 3, fid="shed", kind="other")


@pytest.mark.parametrize(
    ("answers", "measure", "area", "main"),
    [
        ({}, {}, 12, 64), ({"secondary_parts": ["shed"]}, {}, 12, 64), ({}, {"secondary_parts": "building"}, 64, 12), ({"secondary_at": rd((3, 32))[0]}, {}, 12, 64), ({"secondary_at": rd((3, 32), (10, 10))}, {}, 76, 0),
        ({"secondary_at": rd((5.9, 32))[0]}, {}, 12, 64), ({"secondary_at": rd((6.1, 29))[0]}, {}, 0, 76), ({"object_kind": "hoofdgebouw"}, {}, 0, 76), ({}, {"body": "all"}, 76, None), ({"object_kind": "bijgebouw"}, {}, 76, None),
    ],
)  # fmt: skip
def test_the_secondary_part_of_a_design(answers, measure, area, main):
    found = secondary.secondary_of(rule(measure=measure), context(HOUSE, SHED, answers=answers))
    assert found.shape.area == pytest.approx(area, abs=0.01)
    assert (None if found.main is None else round(found.main.area, 2)) == main


@pytest.mark.parametrize(("length", "counts"), [(3.0, False), (4.0, True)])
def test_what_stands_apart_and_narrow_covers_ground_from_a_square_metre_on(length, counts):
    scene = context(HOUSE, box_part(20, 20, 20 + length, 20.3, 2.4, 2.5, kind="canopy"))
    assert secondary.ground_of(scene).area == pytest.approx(64 + (0.3 * length if counts else 0), abs=0.01)


@pytest.mark.parametrize(("depth", "counts"), [(1.4, False), (1.6, True)])
def test_a_veranda_is_a_body_beside_the_house(depth, counts):
    scene = context(HOUSE, box_part(14, 7, 14 + depth, 13, 2.4, 2.5, kind="canopy"))
    assert len(shapely.get_parts(secondary.ground_of(scene))) == (2 if counts else 1)


# bouwvlakken


WONEN = (("e1", box(-40, 0, 60, 40), "Wonen"),)


def planes(*shapes, bestemming=WONEN):
    return (
        scenes.plan_area("p1", "plangebied", "Voorbeeldplan", box(-200, -200, 200, 200)),
        *(scenes.plan_area(fid, "enkelbestemming", name, where) for fid, where, name in bestemming),
        *(scenes.plan_area(f"b{number}", "bouwvlak", "bouwvlak", where, belongs_to=owner) for number, (where, owner) in enumerate(shapes)),
    )


@pytest.mark.parametrize(
    ("plane", "owner", "own"),
    [(box(5, 5, 15, 17), "e1", True), (box(63.9, 5, 70, 17), "e1", True), (box(64.1, 5, 70, 17), "e1", False), (box(5, 5, 15, 17), "e2", False), (box(5, 5, 15, 17), "", True), (box(5, 41, 15, 50), "", False), (box(5, 41, 15, 50), "e1", True)],
)  # fmt: skip
def test_a_bouwvlak_is_that_of_its_bestemming_within_fifty_metres(plane, owner, own):
    scene = context(plans=planes((plane, owner), bestemming=(("e1", box(-40, 0, 90, 40), "Wonen"), ("e2", box(-40, 40, 90, 80), "Tuin"))))
    assert bool(building_planes.own_planes(scene)) is own


def test_ground_without_a_bouwvlak_is_asked_by_name_for_a_rule_of_the_map():
    areas = (("e1", box(-40, 0, 60, 20), "Wonen"), ("e2", box(-40, 20, 60, 40), "Tuin"))
    scene = context(plans=planes((box(5, 5, 15, 17), "e1"), bestemming=areas))
    outside = shift(box(5, 15, 15, 25))
    own = replace(rule(), plan_id="P")
    assert building_planes.open_ground(own, scene, outside).is_empty and list(scene.ledger.open) == ["built_without_bouwvlak: Tuin"]
    told = context(plans=planes((box(5, 5, 15, 17), "e1"), bestemming=areas), answers={"built_without_bouwvlak: Tuin": "ja"})
    assert local(building_planes.open_ground(own, told, outside)).bounds == (-40, 20, 60, 40)
    assert building_planes.open_ground(rule(), told, outside).is_empty and building_planes.open_ground(own, told, Polygon()).is_empty


@pytest.mark.parametrize(("height", "applies_to", "annex"), [(6.4, ("hoofdgebouw",), True), (6.6, ("hoofdgebouw",), False), (3.0, (), False), (3.0, ("hoofdgebouw", "gebouw"), False), (3.0, ("bijgebouw",), False)])
def test_what_stays_a_storey_below_the_main_building_may_be_an_annex(height, applies_to, annex):
    one = box_part(6, 6, 14, 14, 0, 8)
    both = replace(as_one([one, box_part(14, 6, 18, 14, 0, height)]), fid="both", closed=True)  # drawn apart, whether it is main is asked with the rule
    scene = context(both, levels=(Level("00 begane grond", scenes.GROUND),))
    found = building_planes.annexes(replace(rule(), applies_to=applies_to), scene, shift(box(14, 6, 18, 14)))
    assert found.area == pytest.approx(32 if annex else 0) and ("outside_is_annex" in scene.ledger.open) is annex


@pytest.mark.parametrize(("gap", "one"), [(0.0, True), (0.03, True), (0.29, True), (0.31, False)])
def test_of_a_projection_a_balcony_a_hand_from_the_facade_is_one_body_with_the_house(gap, one):
    """A house of 8 x 9 m with a balcony of 3 m wide that reaches to 1.2 m behind it: which body is meant is asked where there are two."""
    house, balcony = box_part(5, 5, 13, 14, 0, 6, fid="house"), box_part(6, 14 + gap, 9, 15.2, 2.8, 3.0, kind="balcony", fid="balcony")
    front = {"front_boundary": {"line": rd((0, 0), (20, 0))}}
    site = scenes.site(registered_buildings=(), topography=())
    area = run("max_area", house, balcony, site=site, value=74.0, unit="m2", of="projection")
    deep = run("max_depth", house, balcony, site=site, answers=front, value=9.5, of="projection")
    assert (area.verdict, [question.key for question in area.questions]) == ((Verdict.VIOLATES, []) if one else (Verdict.NEEDS_JUDGEMENT, ["body"]))
    assert area.measurements[0].value == pytest.approx(72.0 + 3 * (1.2 - gap), abs=0.01)
    assert (deep.verdict, deep.measurements[0].value) == ((Verdict.VIOLATES, pytest.approx(10.2)) if one else (Verdict.COMPLIES, pytest.approx(9.0)))
