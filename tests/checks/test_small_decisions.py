"""Small decisions inside checks, by themselves: what an overlay asks, what archaeology weighs, which part a fence is, which planes are a roof."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from shapely import box

import scenes
from drieluik.checks.shared.overlays import Overlay
from drieluik.checks.zoning.other_structures import chosen_parts, fences, ground_of, height_in, without_step
from drieluik.checks.zoning.overlay_hit import kind_of, weigh_archaeology
from drieluik.checks.zoning.roof_pitch_range import form_zones, main_planes, pitch_zones, slopes_in
from drieluik.model import Limit, Part, Verdict
from drieluik.model.measurement import Measurement
from one_context import ABOUT, HOUSE, context, local, maatvoering, rule
from one_rule import rd, run
from scenes import GROUND, box_part, gable_part, plan_area, shift

GOOD, ASK, LACK = Verdict.COMPLIES, Verdict.NEEDS_JUDGEMENT, Verdict.NOT_ASSESSABLE


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Waarde - Archeologie 3", "archaeology"), ("Leiding - Gas", "pipeline"), ("Waterstaat - Waterkering", "flood_defence"), ("waterkering", "flood_defence"), ("geluidzone - weg", "sensitive"), ("veiligheidszone - lpg", "sensitive"), ("magneetveldzone", "sensitive"), ("vrijwaringszone", "any")],
)  # fmt: skip
def test_what_an_overlay_asks_by_its_name_unless_the_rule_says_it(name, kind):
    overlay = Overlay(name, box(0, 0, 1, 1), ())
    assert kind_of(rule(), overlay) == kind and kind_of(rule(measure={"kind": "sensitive"}), overlay) == "sensitive"


@pytest.mark.parametrize(
    ("area", "depth", "limit", "verdict", "first"),
    [
        (99.0, 1.0, 0.3, GOOD, "disturbed_area"), (101.0, 0.2, 0.3, GOOD, "disturbed_depth"), (101.0, 0.3, 0.3, GOOD, "disturbed_depth"), (101.0, 0.4, 0.3, ASK, "disturbed_area"), (101.0, None, 0.3, LACK, "disturbed_area"), (101.0, 0.2, None, ASK, "disturbed_area"), (100.0, None, 0.3, GOOD, "disturbed_area"),
    ],
)  # fmt: skip
def test_archaeology_asks_research_past_both_numbers(area, depth, limit, verdict, first):
    found, measured, notes = weigh_archaeology(Measurement("disturbed_area", area, "m2", "<=", 100.0), Measurement("disturbed_depth", depth, "m", "<=", limit))
    assert (found, measured[0].name, len(measured), [note.code for note in notes]) == (verdict, first, 2, ["surroundings_research"] if verdict is ASK else [])


# fences


def test_the_parts_that_a_rule_names():
    fence = replace(box_part(0, 0, 10, 0.1, 0, 2, kind="railing", fid="f1"), name="Schutting", source_class="IfcRailing")
    for word in ("f1", "Schutting", "railing", "IfcRailing"):
        assert chosen_parts(rule(measure={"parts": [word]}), context(HOUSE, fence)) == (fence,)
    assert chosen_parts(rule(), context(HOUSE, fence)) == (fence,) and chosen_parts(rule(measure={"parts": ["muur"]}), context(HOUSE, fence)) == ()


def test_a_fence_without_thickness_stands_on_a_hair_of_ground():
    sheet = Part("s", scenes.to_rd([(0, 0, 0), (10, 0, 0), (10, 0, 2), (0, 0, 2)]), np.array([[0, 1, 2], [0, 2, 3]]))
    ground = ground_of((sheet,))
    assert ground.area == pytest.approx(10 * 2e-4, rel=0.01) and np.array(local(ground).bounds) == pytest.approx([0, 0, 10, 0], abs=2e-4)
    assert ground_of((box_part(0, 0, 10, 0.1, 0, 2),)).area == pytest.approx(1.0)
    assert ground_of((sheet, box_part(0, 5, 10, 5.1, 0, 2))).area == pytest.approx(1.002, rel=1e-3)


@pytest.mark.parametrize(("step", "kept"), [(0.01, True), (1.0, False)])
def test_a_step_at_the_facade_line_belongs_to_the_higher_side(step, kept):
    """A fence of 2 m before the line (y < 0) and of 2 m and ``step`` behind it."""
    high, low = box_part(0, 0, 0.1, 5, 0, 2 + step), box_part(0, -5, 0.1, 0, 0, 2)
    before, behind = shift(box(0, -5, 0.1, 0)), shift(box(0, 0, 0.1, 5))
    found = without_step(np.concatenate([high.triangles, low.triangles]), before, behind)
    assert (found is before) is kept and found.area == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize(
    ("limits", "values"),
    [({"max_before_m": 1.0}, [1.5]), ({"max_behind_m": 2.0}, [2.5]), ({"max_before_m": 1.0, "max_behind_m": 2.0}, [1.5, 2.5]), ({"max_height_m": 2.0}, [])],
)  # fmt: skip
def test_a_fence_before_and_behind_the_facade_line(limits, values):
    parts = (box_part(0, 0, 0.1, 5, 0, 1.5, fid="v"), box_part(0, 6, 0.1, 20, 0, 2.5, fid="a"))
    line = {"facade_line": {"line": rd((-50, 5.5), (50, 5.5))}}
    found = fences(rule(), context(HOUSE, *parts, answers=line), parts, limits)
    assert [one.measurements[0].value for one in found] == values and all(one.verdict is Verdict.VIOLATES for one in found)
    met = fences(rule(), context(HOUSE, *parts, answers=line), parts, {key: value + 0.5 for key, value in limits.items()})
    assert [one.verdict for one in met] == [GOOD] * len(values) and all(one.measurements[1].value == GROUND for one in met)
    assert fences(rule(), context(HOUSE, *parts, answers=line), parts[:1], {"max_behind_m": 1.0}) == []  # nothing stands there


def test_a_fence_of_which_nobody_drew_the_facade_line():
    fence = (box_part(0, 0, 0.1, 5, 0, 1.5),)
    for side, limit in (("voor", 1.0), ("achter", 2.0)):
        (found,) = fences(rule(), context(*fence, answers={"fence_side": side}), fence, {"max_before_m": 1.0, "max_behind_m": 2.0})
        assert (found.measurements[0].value, found.measurements[0].limit) == (1.5, limit)
    scene = context(*fence)
    assert fences(rule(), scene, fence, {"max_before_m": 1.0, "max_behind_m": 2.0})[0].measurements[0].limit == 1.0 and list(scene.ledger.open) == ["fence_side"]
    assert fences(rule(), context(*fence, answers={"fence_side": "achter"}), fence, {"max_before_m": 1.0}) == []


def test_a_structure_in_the_operator_of_its_rule():
    fence = (box_part(0, 0, 0.1, 5, 0, 1.5),)
    assert [height_in(rule(limit=limit), context(*fence), fence, ABOUT, 1.5, None).verdict for limit in (None, Limit("<=", "m", 9.0), Limit("<", "m", 9.0))] == [GOOD, GOOD, Verdict.VIOLATES]
    assert height_in(rule(), context(*fence), fence, ABOUT, 1.5, shift(box(50, 50, 60, 60))) is None


# roofs


def pitches(*given):
    base = [one for one in scenes.site().plans if one.kind != "maatvoering"]
    made = [area for area in maatvoering(*((value, where, qualifier, "graden") for value, where, qualifier in given)) if area.kind == "maatvoering"]
    return (*base, *(replace(area, values=tuple(replace(value, name="dakhelling") for value in area.values)) for area in made))


def ranges(*given, own=None):
    scene = context(gable_part(6, 6, 14, 14, 4, 8), plans=pitches(*given))
    return sorted((zone.limit.operator, zone.limit.low, zone.limit.high, zone.limit.value, round(zone.polygon.area, 1)) for zone in pitch_zones(rule(limit=own), scene))


WEST, EAST, ALL = box(0, 0, 10, 20), box(10, 0, 20, 20), box(0, 0, 20, 20)


def test_a_minimum_and_a_maximum_make_a_range_where_both_hold():
    assert ranges((30.0, ALL, "minimum"), (45.0, ALL, "maximum")) == [("between", 30.0, 45.0, None, 64.0)]
    assert ranges((30.0, WEST, "minimum"), (45.0, ALL, "maximum")) == [("<=", None, None, 45.0, 32.0), ("between", 30.0, 45.0, None, 32.0)]
    assert ranges((30.0, WEST, "minimum"), (45.0, EAST, "maximum")) == [("<=", None, None, 45.0, 32.0), (">=", None, None, 30.0, 32.0)]
    both = ((30.0, ALL, "minimum"), (45.0, ALL, "maximum"))
    assert ranges(*both, own=Limit("<=", "deg", from_plan="dakhelling")) == [("<=", None, None, 45.0, 64.0)] and ranges(*both, own=Limit(">=", "deg", from_plan="dakhelling")) == [(">=", None, None, 30.0, 64.0)]
    assert ranges(*both, own=Limit("between", "deg", from_plan="dakhelling")) == [("between", 30.0, 45.0, None, 64.0)]
    assert ranges(*both, own=Limit("between", "deg", low=20.0, high=50.0)) == [("between", 20.0, 50.0, None, 64.0)] and ranges() == []


@pytest.mark.parametrize(("name", "limit"), [("kap", (">=", 5.0)), (" Plat dak uitgesloten", (">=", 5.0)), ("plat dak", ("<", 5.0)), ("Kap uitgesloten", ("<", 5.0)), ("nok", None)])
def test_a_roof_form_that_the_map_obliges(name, limit):
    scene = context(plans=(*scenes.site().plans, plan_area("x", "bouwaanduiding", name, box(5, 5, 10, 17)), plan_area("y", "bouwaanduiding", name, box(50, 5, 60, 17))))
    found = form_zones(rule(), scene)
    assert [((zone.limit.operator, zone.limit.value), round(zone.polygon.area, 3), [area.fid for area in zone.areas]) for zone in found] == ([(limit, 32.0, ["x"])] if limit else [])
    assert [(zone.limit.operator, zone.polygon.area) for zone in form_zones(rule(measure={"roof_form": "plat"}), scene)] == [("<", 64.0)]


def test_the_main_planes_of_a_zone_by_their_share():
    house, flat = gable_part(6, 6, 14, 14, 4, 8), box_part(14, 6, 18, 14, 0, 3, fid="flat")
    scene = context(house, flat)
    (zone,) = pitch_zones(rule(limit=Limit("between", "deg", low=30.0, high=50.0)), scene)
    slopes = slopes_in(rule(), scene, zone)
    assert [round(slope.plane.pitch_deg) for slope in slopes] == [45, 45, 0] and sum(slope.share for slope in slopes) == pytest.approx(1.0)
    assert slopes[2].share == pytest.approx(32 / (32 + 64 * np.sqrt(2)), abs=1e-3) and slopes[2].measured.verdict() is Verdict.VIOLATES
    assert [round(slope.plane.pitch_deg) for slope in slopes_in(rule(measure={"flat_allowed": True}), scene, zone)] == [45, 45] and len(main_planes(scene)) == 3
    (form,) = form_zones(rule(measure={"roof_form": "kap"}), scene)
    assert len(slopes_in(rule(measure={"flat_allowed": True}), scene, form)) == 3  # a form that is obliged asks after flat ones too


@pytest.mark.parametrize(("depth", "verdict"), [(0.7, "needs_judgement"), (1.4, "violates")])
def test_a_plane_of_less_than_a_tenth_of_the_roof_is_for_the_officer(depth, verdict):
    """Flat, beside 90.5 m2 of slopes: a tenth of both together is at 1.26 m."""
    found = run("roof_pitch_range", gable_part(6, 6, 14, 14, 4, 8), box_part(14, 6, 14 + depth, 14, 0, 3, fid="flat"), limit=Limit("between", "deg", low=30.0, high=50.0), flat_allowed=False)
    assert found.verdict.value == verdict and found.measurements[0].value == pytest.approx(0.0, abs=1e-6)
    assert shapely.area(shapely.polygons(found.evidence[0].triangles[:, :, :2])).sum() == pytest.approx(32.0, abs=1e-6)
