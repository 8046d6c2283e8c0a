"""A9: in the facade line or not in front of it."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from shapely import LineString, box

import scenes
from drieluik.checks import REGISTRY, Context
from drieluik.checks.engine.from_plan.derive import derive
from drieluik.checks.shared.horizontal.boundaries import facade_lines
from drieluik.model import LayerState, Parcel, Provenance, TopographyObject, Verdict
from drieluik.review import review
from one_rule import PEIL, piece, rd, roles, run, run_all, values
from scenes import box_part, plan_area

COMPLIES, VIOLATES = Verdict.COMPLIES, Verdict.VIOLATES
LINE = {"facade_line": {"line": rd((0, 5), (20, 5))}}


@pytest.mark.parametrize(("front", "verdict"), [(0.0, COMPLIES), (0.30, VIOLATES), (-2.0, COMPLIES), (0.004, COMPLIES), (0.02, VIOLATES)])
def test_not_in_front(front, verdict):
    found = run("facade_line", box_part(5, 5 - front, 15, 15, 0, 6), answers=LINE, mode="not_in_front")
    assert (found.verdict, found.measurements[0].name, found.measurements[0].value) == (verdict, "in_front", pytest.approx(front, abs=1e-4))
    assert found.measurements[0].limit == 0.0
    assert ("in_front_area" in roles(found)) == (front > 0.005)


def test_strictly_behind_and_an_allowed_overstep():
    assert run("facade_line", box_part(5, 5, 15, 15, 0, 6), answers=LINE, op="<", value=0.0).verdict is VIOLATES
    assert run("facade_line", box_part(5, 4, 15, 15, 0, 6), answers=LINE, op="<=", value=1.0).verdict is COMPLIES
    assert run("facade_line", box_part(5, 3.9, 15, 15, 0, 6), answers=LINE, op="<=", value=1.0).verdict is VIOLATES


@pytest.mark.parametrize(("share", "verdict"), [(85.0, COMPLIES), (80.0, COMPLIES), (75.0, VIOLATES)])
def test_must_be_on_with_a_share(share, verdict):
    width = 10 * share / 100
    parts = (box_part(5, 5.05, 5 + width, 15, 0, 6), box_part(5 + width, 7, 15, 15, 0, 6, fid="b"))
    found = run("facade_line", *parts, answers=LINE, mode="must_be_on", tolerance_m=0.10, op=">=", value=80.0, unit="%")
    assert (found.verdict, found.measurements[0].name, found.measurements[0].value) == (verdict, "share_on_line", pytest.approx(share, abs=0.01))
    assert found.measurements[0].unit == "%"


def test_outside_the_tolerance_is_not_on_the_line():
    on = run("facade_line", box_part(5, 5.1, 15, 15, 0, 6), answers=LINE, mode="must_be_on", tolerance_m=0.10)
    off = run("facade_line", box_part(5, 5.2, 15, 15, 0, 6), answers=LINE, mode="must_be_on", tolerance_m=0.10)
    assert (on.verdict, off.verdict) == (COMPLIES, VIOLATES)
    in_front = run("facade_line", box_part(5, 4.8, 15, 15, 0, 6), answers=LINE, mode="must_be_on", tolerance_m=0.10)
    assert in_front.verdict is VIOLATES


def test_what_stands_behind_another_wing_is_no_facade():
    parts = (box_part(5, 5, 10, 15, 0, 6), box_part(7, 20, 9, 25, 0, 6, fid="rear"))
    found = run("facade_line", *parts, answers=LINE, mode="must_be_on")
    assert (found.verdict, found.measurements[0].value) == (COMPLIES, pytest.approx(100.0))


def test_line_from_the_plan_either_way_round_and_missing():
    for ends in ([(0, 5), (20, 5)], [(20, 5), (0, 5)]):
        site = scenes.site(plans=(plan_area("g", "figuur", "gevellijn", LineString(ends)),))
        found = run("facade_line", box_part(5, 4.5, 15, 15, 0, 6), site=site)
        assert (found.verdict, found.measurements[0].value, found.inputs[0].fid) == (VIOLATES, pytest.approx(0.5), "g")
    missing = run("facade_line", box_part(5, 5, 15, 15, 0, 6))
    assert (missing.verdict, missing.missing[0].code, missing.questions[0].key) == (Verdict.NOT_ASSESSABLE, "surroundings_no_facade_line", "facade_line")
    failed = type(scenes.site())((0.0, 0.0), 60.0, provenance=(Provenance("plans", LayerState.FAILED),))
    assert run("facade_line", box_part(5, 5, 15, 15, 0, 6), site=failed).missing[0].code == "checks_layer_failed"


def test_the_front_is_where_the_road_is_or_where_the_officer_says():
    away = {"facade_line": {"line": rd((0, 5), (20, 5)), "road_side": rd((10, 100))[0]}}
    found = run("facade_line", box_part(5, 5, 15, 15, 0, 6), answers=away)
    assert (found.verdict, found.measurements[0].value) == (VIOLATES, pytest.approx(10.0))
    nowhere = run("facade_line", box_part(5, 5, 15, 15, 0, 6), answers=LINE, site=scenes.site(topography=()))
    assert nowhere.missing[0].code == "surroundings_no_road"


@pytest.mark.parametrize("line", [[(0, 5), (20, 5)], [(20, 5), (0, 5)]])
@pytest.mark.parametrize("end", [(21, 6, 25, 10), (-5, 6, -1, 10)])
def test_the_road_is_the_one_nearest_to_the_middle_of_the_line(line, end):
    """South of the middle at 5 m; what lies nearer to an end, to the north, is another street."""
    roads = tuple(TopographyObject(fid, "wegdeel", scenes.shift(box(*at)), "rijbaan lokale weg") for fid, at in (("middle", (8, -3, 12, 0)), ("end", end)))
    scene = Context(scenes.site(topography=roads), scenes.design(box_part(5, 5, 15, 15, 0, 6)), {**PEIL, "facade_line": {"line": rd(*line)}})
    ((found,), _, missing) = facade_lines(scene)
    (x0, y0), (x1, y1) = found.coords
    assert not missing and (x1 - x0) * (scenes.ORIGIN[1] - 3 - y0) - (y1 - y0) * (scenes.ORIGIN[0] + 10 - x0) > 0


def test_bent_line_two_lines_on_a_corner_plot_and_a_line_elsewhere():
    bent = {"facade_line": {"line": rd((0, 5), (10, 5), (20, 3))}}
    found = run("facade_line", box_part(2, 5, 18, 15, 0, 6), answers=bent, mode="not_in_front")
    assert found.measurements[0].value == pytest.approx(0.0, abs=1e-6)
    lines = {"facade_line": {"lines": [rd((0, 5), (20, 5)), rd((16, 0), (16, 40))], "road_side": rd((40, -20))[0]}}
    two = run_all("facade_line", box_part(5, 5, 17, 15, 0, 6), answers=lines)
    assert [(f.verdict, f.measurements[0].value) for f in two] == [(VIOLATES, pytest.approx(1.0)), (COMPLIES, pytest.approx(0.0))]
    beside = {"facade_line": {"line": rd((100, 5), (120, 5))}}
    assert run("facade_line", box_part(5, 4, 15, 15, 0, 6), answers=beside).verdict is Verdict.NOT_APPLICABLE


def test_figures_of_other_plots_do_not_count():
    plans = (
        plan_area("own", "figuur", "gevellijn", LineString([(0, 5), (20, 5)])),
        plan_area("across", "figuur", "gevellijn", LineString([(0, -15), (20, -15)])),
        plan_area("b1", "bouwvlak", "bouwvlak", box(5, 5, 15, 17)),
    )
    found = run("facade_line", box_part(5, 5, 15, 15, 0, 6), site=scenes.site(plans=plans))
    assert [i.fid for i in found.inputs] == ["own"]


def test_dimension_line_and_profile_at_the_foremost_point():
    found = run("facade_line", box_part(5, 4.7, 15, 15, 0, 6), answers=LINE)
    assert piece(found, "shortest_distance").geometry.length == pytest.approx(0.3)
    assert values(found)["in_front"] == pytest.approx(0.3)
    assert piece(found, "section_line").geometry.has_z
    assert run("facade_line", box_part(5, 5, 15, 15, 0, 6), answers=LINE, mode="elsewhere").missing[0].code == "surroundings_facade_mode"


@pytest.mark.parametrize(
    ("wing", "verdict"),
    [
        (3.0, Verdict.NEEDS_JUDGEMENT),  # 5 - 3 = 2 m in front of where the line would run on
        (4.99, Verdict.NEEDS_JUDGEMENT),
        (5.0, COMPLIES),
        (7.0, COMPLIES),
    ],
)
def test_a_line_that_ends_before_the_building(wing, verdict):
    """The line covers x 0..10; the wing x 10..15 has its front at ``wing``."""
    half = {"facade_line": {"line": rd((0, 5), (10, 5))}}
    found = run("facade_line", box_part(5, 5, 10, 15, 0, 6), box_part(10, wing, 15, 15, 0, 6, fid="wing"), answers=half)
    ahead = 5.0 - wing if verdict is Verdict.NEEDS_JUDGEMENT else 0.0
    assert (found.verdict, found.measurements[0].value) == (verdict, pytest.approx(ahead))
    assert [q.key for q in found.questions] == (["facade_line_goes_on"] if verdict is Verdict.NEEDS_JUDGEMENT else [])
    if wing == 3.0:
        assert found.notes[0].as_dict()["distance"] == pytest.approx(2.0)


def test_the_end_of_one_line_is_not_the_end_of_a_staggered_row():
    """Two figures on one plot, at y = 5 and 2 m further forward: each holds for what stands along it."""
    lines = {"facade_line": {"lines": [rd((0, 5), (10, 5)), rd((10, 3), (20, 3))]}}
    parts = (box_part(2, 5, 10, 15, 0, 6), box_part(10, 3, 18, 15, 0, 6, fid="b"))
    assert [f.verdict for f in run_all("facade_line", *parts, answers=lines)] == [COMPLIES, COMPLIES]


@pytest.mark.parametrize("turn", [0.0, 17.0, 45.0, 123.0, 270.0])
def test_turned_line_and_building(turn):
    """A house 0.30 m over a line of 20 m, the whole scene turned about (10, 5): in front 0.30 m, on the line 0 %."""
    part = box_part(5, 4.7, 15, 15, 0, 6)
    angle = np.radians(turn)
    matrix = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])

    def turned(xy):
        return (np.asarray(xy, float) - [10, 5]) @ matrix + [10, 5]

    local = part.vertices - [*scenes.ORIGIN, scenes.GROUND]
    moved = replace(part, vertices=scenes.to_rd(np.column_stack([turned(local[:, :2]), local[:, 2]])))
    answers = {"facade_line": {"line": rd(*turned([(0, 5), (20, 5)])), "road_side": rd(*turned([(10, -20)]))[0]}}
    found = run("facade_line", moved, answers=answers)
    assert (found.verdict, found.measurements[0].value, values(found)["share_on_line"]) == (VIOLATES, pytest.approx(0.30, abs=1e-4), pytest.approx(0.0))


def test_a_shed_behind_need_not_stand_in_the_line():
    """House of 10 m in the line; a shed of 2 m far behind it, beside the house: 100 % of the house, 10 / 12 of both."""
    parts = (box_part(5, 5, 15, 15, 0, 6), box_part(2, 20, 4, 24, 0, 3, fid="shed"))
    found = run("facade_line", *parts, answers=LINE, mode="must_be_on")
    assert (found.verdict, found.measurements[0].value) == (COMPLIES, pytest.approx(100.0))
    every = run("facade_line", *parts, answers=LINE, mode="must_be_on", body="all")
    assert (every.verdict, every.measurements[0].value) == (VIOLATES, pytest.approx(100 * 10 / 12, abs=1e-3))
    before = run("facade_line", parts[0], box_part(2, 1, 4, 3, 0, 3, fid="shed"), answers=LINE, mode="not_in_front")
    assert (before.verdict, before.measurements[0].value) == (VIOLATES, pytest.approx(4.0))  # not in front: every body


@pytest.mark.parametrize(("part", "words", "value"), [
    (box_part(8, 3.5, 10, 5, 3, 3.2, kind="balcony", fid="b"), {"of": "projection"}, 1.5),
    (box_part(8, 4, 10, 5, 0, 3, kind="wall", fid="bay"), {}, 1.0),  # a bay with walls is part of the footprint
    (box_part(5, 4.2, 15, 5, 3, 6, kind="wall", fid="storey"), {}, 0.8),  # so is a storey that stands out
])
def test_what_sticks_out_of_the_facade(part, words, value):
    found = run("facade_line", box_part(5, 5, 15, 15, 0, 6, kind="wall"), part, answers=LINE, **words)
    assert (found.measurements[0].value, found.verdict) == (pytest.approx(value), VIOLATES if value else COMPLIES)


def test_which_side_the_road_is_on_is_read_within_and_beside_the_value_or_named():
    for given in ({"value": {"line": rd((0, 5), (20, 5)), "road_side": rd((10, 100))[0]}}, {"value": rd((0, 5), (20, 5)), "road_side": rd((10, 100))[0]}):
        assert run("facade_line", box_part(5, 5, 15, 15, 0, 6), answers={"facade_line": given}).measurements[0].value == pytest.approx(10.0)
    wrong = run("facade_line", box_part(5, 5, 15, 15, 0, 6), answers={"facade_line": {"line": rd((0, 5), (20, 5)), "road_side": "zuid"}})
    assert (wrong.verdict, wrong.missing[0].code) == (Verdict.NOT_ASSESSABLE, "surroundings_road_side_unread")


RECESS = [(0, 0), (10, 0), (10, 5), (20, 5), (20, 0), (30, 0)]


def turned(points, angle):
    """Points (n, 2) turned about (10, 10)."""
    turn = np.radians(angle)
    return np.array([10, 10]) + (np.asarray(points, float) - 10) @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])


def in_recess(*boxes, angle=0.0, **words):
    parts = []
    for number, corners in enumerate(boxes):
        part = box_part(*corners, 0, 6, fid=str(number))
        xy = turned(part.vertices[:, :2] - scenes.ORIGIN, angle) + scenes.ORIGIN
        parts.append(replace(part, vertices=np.column_stack([xy, part.vertices[:, 2]])))
    line = {"line": rd(*turned(RECESS, angle)), "road_side": rd(*turned([(15, -50)], angle))[0]}
    plot = scenes.site(parcels=(Parcel("1", "P 1", scenes.shift(box(-60, -60, 80, 80)), 19600.0),), registered_buildings=())  # one house on one plot
    return run("facade_line", *parts, answers={"facade_line": line}, site=plot, **words)


@pytest.mark.parametrize("angle", [0, 37, 120])
@pytest.mark.parametrize(("middle", "value", "share"), [(5.0, 0.0, 100.0), (4.5, 0.5, 72.5), (2.0, 3.0, 60.0), (7.0, 0.0, 75.0)])
def test_a_recess_whose_wings_face_each_other(angle, middle, value, share):
    """Wings 0..10 and 20..30 stand in the line, the middle part's front at y = ``middle``: the line is 40 m long (10 + 5 + 10 + 5 + 10);
    d m before the recess's back costs 10 m there and d m of both flanks, behind it 10 m."""
    wings = ((0, 0, 10, 15), (10, middle, 20, 15), (20, 0, 30, 15))
    found = in_recess(*wings, angle=angle, mode="not_in_front")
    assert (found.verdict, found.measurements[0].value) == (COMPLIES if value == 0 else VIOLATES, pytest.approx(value, abs=1e-4))
    if value:
        assert piece(found, "in_front_area").value == pytest.approx(10 * value, abs=1e-3)
        assert piece(found, "shortest_distance").geometry.length == pytest.approx(value, abs=1e-3)
    assert in_recess(*wings, angle=angle, mode="must_be_on").measurements[0].value == pytest.approx(share, abs=0.01)


@pytest.mark.parametrize("angle", [0, 37])
def test_a_wing_that_comes_into_the_recess(angle):
    """The east wing stands 0.50 m over its flank x = 20: that far in front, not 9.50 m before the flank across."""
    found = in_recess((0, 0, 10, 15), (10, 5, 20, 15), (19.5, 0, 30, 15), angle=angle)
    assert (found.verdict, found.measurements[0].value) == (VIOLATES, pytest.approx(0.5, abs=1e-4))


def test_a_straight_front_on_a_bent_line():
    """The line turns back 45 degrees at (10, 0); the house goes straight on to x = 14: 4 / sqrt(2) in front of the second piece."""
    line = {"facade_line": {"line": rd((0, 0), (10, 0), (20, 10)), "road_side": rd((15, -50))[0]}}
    found = run("facade_line", box_part(0, 0, 14, 8, 0, 6), answers=line)
    assert (found.verdict, found.measurements[0].value) == (VIOLATES, pytest.approx(4 / 2**0.5, abs=1e-3))


@pytest.mark.parametrize(("word", "verdict"), [(None, Verdict.NEEDS_JUDGEMENT), ("yes", VIOLATES), ("no", COMPLIES)])
def test_a_balcony_before_the_line_counts_or_not_as_the_plan_says(word, verdict):
    balcony = box_part(8, 3.5, 10, 5, 3, 3.2, kind="balcony", fid="b")
    answers = {**LINE, **({"open_parts_count": word} if word else {})}
    assert run("facade_line", box_part(5, 5, 15, 15, 0, 6, kind="wall"), balcony, answers=answers, mode="not_in_front").verdict is verdict


LINE_OF_THE_MAP = scenes.plan_area("f1", "figuur", "gevellijn", LineString([(5, 5), (15, 5)]))


@pytest.mark.parametrize(("y", "answer", "verdict"), [
    (5.0, None, "complies"), (6.5, None, "needs_judgement"), (6.5, "not_in_front", "complies"), (6.5, "must_be_on", "violates"), (3.5, None, "violates"),
    (3.5, "must_be_on", "violates"), (30.0, None, None),
])
def test_a_line_of_the_map_that_the_design_does_not_touch_is_told_of(y, answer, verdict):
    """A line along the bouwvlak, a house in it, behind it or in front of it: what the text asks of the line is not on the map."""
    house = scenes.box_part(6, y, 14, y + 8, 0, 6)
    site = scenes.site()
    site = replace(site, plans=(*site.plans, LINE_OF_THE_MAP), parcels=() if y > 20 else site.parcels)
    design, answers = scenes.design(house), {**PEIL, **({"facade_line_mode": answer} if answer else {})}
    context = Context(site, design, answers)
    found = review(site, design, derive(context.may_govern(), context.projection, REGISTRY, (), site.parcels), answers)
    own = [one.verdict.value for one in found if one.check == "facade_line"]
    assert own == ([verdict] if verdict else [])


@pytest.mark.parametrize(("y", "answer", "verdict", "asked"), [
    (6.2, None, Verdict.NEEDS_JUDGEMENT, ["facade_line_mode"]), (6.2, "not_in_front", COMPLIES, []), (6.2, "must_be_on", VIOLATES, []),
    (6.2, "voor", Verdict.NEEDS_JUDGEMENT, ["facade_line_mode"]), (5.0, None, COMPLIES, []), (3.4, None, VIOLATES, []),
])
def test_what_is_asked_of_an_answered_line_is_asked_of_the_rule_that_does_not_say_it(y, answer, verdict, asked):
    """A house 1.20 m behind the line, in it, and 1.60 m in front of it."""
    answers = {**LINE, **({"facade_line_mode": answer} if answer else {})}
    found = run("facade_line", box_part(6, y, 14, y + 7, 0, 6), answers=answers)
    assert (found.verdict, [question.key for question in found.questions]) == (verdict, asked)
    assert ("facade_line_mode:refused" in {one.key for one in found.premises}) == (answer == "voor")


@pytest.mark.parametrize(("words", "verdict"), [
    ({"op": "<=", "value": 0.5}, COMPLIES), ({"op": ">=", "value": 70.0, "unit": "%"}, VIOLATES), ({"share_pct": 70.0}, VIOLATES), ({"tolerance_m": 1.5}, COMPLIES),
])
def test_the_number_of_a_rule_says_what_it_asks_of_the_line(words, verdict):
    found = run("facade_line", box_part(6, 6.2, 14, 13, 0, 6), answers=LINE, **words)
    assert (found.verdict, found.questions) == (verdict, ())


@pytest.mark.parametrize(("end", "y", "goes_on", "verdict"), [
    (4.0, 3.0, None, Verdict.NEEDS_JUDGEMENT), (4.0, 3.0, "yes", VIOLATES), (4.0, 3.0, "no", Verdict.NOT_APPLICABLE), (4.0, 5.0, None, Verdict.NOT_APPLICABLE),
    (-28.0, 3.0, None, Verdict.NOT_APPLICABLE),
])
def test_a_line_that_ends_beside_the_building(end, y, goes_on, verdict):
    """The line y = 5 ends at ``end``, the house begins at x = 6: two metres in front of where it would run on, in it, or far beside it."""
    answers = {"facade_line": {"line": rd((-40, 5), (end, 5))}, **({"facade_line_goes_on": goes_on} if goes_on else {})}
    found = run("facade_line", box_part(6, y, 14, y + 7, 0, 6), answers=answers, mode="not_in_front")
    assert found.verdict is verdict
    if verdict is Verdict.NEEDS_JUDGEMENT:
        assert ([question.key for question in found.questions], found.measurements[0].value) == (["facade_line_goes_on"], pytest.approx(2.0))


@pytest.mark.parametrize("tolerance", [0.1, 0.3, 0.7, 1.0])
@pytest.mark.parametrize("turn", [0.0, 17.0, 33.3])
def test_a_tolerance_exactly_met_is_met(turn, tolerance):
    """Drawn at the tolerance, before the line or behind it, and a centimetre further: a turned line meets no number to its last bit."""
    def judged(offset, mode):
        house = box_part(5, 5 - offset, 15, 15, 0, 6)
        place, (x, y) = np.array(scenes.ORIGIN), (math.cos(math.radians(turn)), math.sin(math.radians(turn)))
        spin = lambda xy: (np.asarray(xy) - place) @ np.array([[x, y], [-y, x]]) + place  # noqa: E731
        turned = replace(house, vertices=np.column_stack([spin(house.vertices[:, :2]), house.vertices[:, 2]]))
        line = {"facade_line": {"lines": [spin(rd((0, 5), (20, 5))).tolist()], "road_side": spin(rd((10, -10)))[0].tolist()}}
        return run("facade_line", turned, answers=line, mode=mode, tolerance_m=tolerance).verdict

    assert {judged(sign * tolerance, "must_be_on") for sign in (1, -1)} == {judged(tolerance, "not_in_front")} == {COMPLIES}
    assert {judged(sign * (tolerance + 0.01), "must_be_on") for sign in (1, -1)} == {judged(tolerance + 0.01, "not_in_front")} == {VIOLATES}
