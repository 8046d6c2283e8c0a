"""A10 and its siblings: distances to sides of the plot, the road, other buildings; depth and width."""

from __future__ import annotations

from dataclasses import replace

import pytest
from said import said
from shapely import LineString, box

import scenes
from drieluik.model import LayerState, Limit, Parcel, PlanValue, Provenance, RegisteredBuilding, TopographyObject, Verdict
from one_rule import piece, rd, roles, run, run_all, values
from scenes import box_part, plan_area, shift

COMPLIES, VIOLATES, JUDGE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT
WEST, EAST = rd((0, 0), (0, 40)), rd((20, 0), (20, 40))


def sides(*lines, **more):
    return {"side_boundaries": {"lines": list(lines), "reason": "aangewezen", **more}}


def side(*parts, op=">=", value=3.0, answers=None, **words):
    return run("min_distance_side_boundary", *parts, op=op, value=value, answers=answers or sides(WEST, EAST), **words)


@pytest.mark.parametrize(
    ("west", "verdict"), [(3.60, COMPLIES), (2.50, VIOLATES), (3.10, JUDGE), (3.0, JUDGE), (3.21, COMPLIES), (2.79, VIOLATES)]
)
def test_distance_to_the_side_boundary(west, verdict):
    found = side(box_part(west, 5, 12, 15, 0, 6), built_up=True)
    assert (found.verdict, found.measurements[0].value, found.measurements[0].uncertainty) == (verdict, pytest.approx(west), pytest.approx(0.20))


@pytest.mark.parametrize(("op", "west", "verdict"), [(">=", 3.0, COMPLIES), (">", 3.0, VIOLATES), (">", 3.01, COMPLIES), (">=", 2.99, VIOLATES)])
def test_exactly_at_the_limit_when_the_boundary_is_surveyed(op, west, verdict):
    for words in ({"uncertainty": {"boundary_m": 0}}, {"answers": sides(WEST, EAST, uncertainty_m=0)}):
        assert side(box_part(west, 5, 12, 15, 0, 6), op=op, **words).verdict is verdict


def test_rural_boundaries_are_less_certain():
    assert side(box_part(3.3, 5, 12, 15, 0, 6), built_up=True).verdict is COMPLIES
    rural = side(box_part(3.3, 5, 12, 15, 0, 6), built_up=False)
    assert (rural.verdict, rural.measurements[0].uncertainty) == (JUDGE, pytest.approx(0.40))


def test_between_two_distances_and_distance_to_a_bent_line():
    between = Limit("between", "m", None, None, 3.0, 5.0)
    assert run("min_distance_side_boundary", box_part(4, 5, 12, 15, 0, 6), answers=sides(WEST), limit=between).verdict is COMPLIES
    assert run("min_distance_side_boundary", box_part(6, 5, 12, 15, 0, 6), answers=sides(WEST), limit=between).verdict is VIOLATES
    bent = rd((0, 0), (0, 20), (9, 20), (9, 40))
    found = side(box_part(5, 5, 12, 15, 0, 6), answers=sides(bent))
    assert found.measurements[0].value == pytest.approx(5.0)
    assert side(box_part(10, 5, 12, 18, 0, 6), answers=sides(bent)).measurements[0].value == pytest.approx(5**0.5, abs=1e-4)


def test_every_side_is_listed_and_the_nearest_decides():
    found = side(box_part(4, 5, 18, 15, 0, 6))
    assert [(m.value, m.at) for m in found.measurements] == [(2.0, ""), (4.0, "1"), (2.0, "2")]
    assert {"boundary", "shortest_distance", "section_line", "too_near"} <= roles(found)
    line = piece(found, "shortest_distance")
    assert (line.geometry.length, line.value) == (pytest.approx(2.0), 2.0)


def test_overhang_counts_only_when_the_rule_says_so():
    house = (box_part(4, 5, 12, 15, 0, 6, kind="wall"), box_part(2.5, 8, 4, 10, 3, 3.2, kind="balcony", fid="b"))
    asked = side(*house)
    counts = next(premise for premise in asked.premises if premise.key == "open_parts_count")
    assert [choice.value for choice in counts.choices] == [pytest.approx(4.0), pytest.approx(2.5)]
    assert side(*house, of="projection").measurements[0].value == pytest.approx(2.5)


def test_several_buildings_count_all_or_only_the_main_one():
    parts = (box_part(5, 5, 14, 15, 0, 6), box_part(0.5, 30, 3, 33, 0, 3, fid="shed"))
    assert side(*parts).measurements[0].value == pytest.approx(0.5)
    assert side(*parts, body="main").measurements[0].value == pytest.approx(5.0)


def test_building_over_the_boundary_is_at_zero():
    found = side(box_part(-1, 5, 12, 15, 0, 6))
    assert (found.verdict, found.measurements[0].value) == (VIOLATES, 0.0)


def test_attached_side_is_not_applicable():
    found = run_all("min_distance_side_boundary", box_part(0, 5, 12, 15, 0, 6), op=">=", value=3.0, answers=sides(WEST, EAST, attached=[1]))
    assert [(f.verdict, said(f)) for f in found] == [(COMPLIES, "zijdelingse perceelgrens"), (Verdict.NOT_APPLICABLE, "zijdelingse perceelgrens 1")]
    both = run_all("min_distance_side_boundary", box_part(0, 5, 20, 15, 0, 6), op=">=", value=3.0, answers=sides(WEST, EAST, attached=[1, 2]))
    assert {f.verdict for f in both} == {Verdict.NOT_APPLICABLE}


def test_attached_by_the_plans_aanduiding_and_a_neighbour_against_the_boundary():
    marked = plan_area("a", "bouwaanduiding", "aaneengebouwd", box(0, 0, 20, 40))
    neighbour = RegisteredBuilding("n", shift(box(20, 5, 28, 15)), 1975, "", ("woonfunctie",))
    site = scenes.site(plans=(marked,), registered_buildings=(neighbour,))
    found = run_all("min_distance_side_boundary", box_part(4, 5, 20, 15, 0, 6), op=">=", value=3.0, answers=sides(WEST, EAST), site=site)
    assert [f.verdict for f in found] == [COMPLIES, Verdict.NOT_APPLICABLE]
    alone = scenes.site(plans=(marked,), registered_buildings=())
    assert run("min_distance_side_boundary", box_part(4, 5, 20, 15, 0, 6), op=">=", value=3.0, answers=sides(WEST, EAST), site=alone).verdict is VIOLATES


def test_without_lines_a_proposal_is_at_most_judgement_unless_it_does_not_matter():
    far = run("min_distance_side_boundary", box_part(6, 5, 14, 15, 0, 6), op=">=", value=3.0)
    assert (far.verdict, far.measurements[0].value, far.questions) == (COMPLIES, pytest.approx(6.0), ())
    assert [premise.flips for premise in far.premises if premise.key == "side_boundaries"] == [False]
    near = run("min_distance_side_boundary", box_part(2, 5, 14, 15, 0, 6), op=">=", value=3.0)
    assert (near.verdict, near.measurements[0].value, near.questions[0].key) == (JUDGE, pytest.approx(2.0), "side_boundaries")
    front_near = run("min_distance_side_boundary", box_part(6, 1, 14, 15, 0, 6), op=">=", value=3.0)
    assert (front_near.verdict, front_near.measurements[0].value) == (JUDGE, pytest.approx(1.0))
    everywhere = run("min_distance_side_boundary", box_part(6, 5, 14, 15, 0, 6), op=">=", value=50.0)
    assert everywhere.verdict is VIOLATES


def test_rear_and_front_boundary():
    house = box_part(6, 5, 14, 15, 0, 6)
    rear = run("min_distance_rear_boundary", house, op=">=", value=10.0, answers={"rear_boundary": {"line": rd((0, 40), (20, 40))}})
    assert (rear.verdict, rear.measurements[0].value) == (COMPLIES, pytest.approx(25.0))
    assert run("min_distance_rear_boundary", house, op=">=", value=4.0).measurements[0].value == pytest.approx(25.0)
    front = run("min_distance_front_boundary", house, op=">=", value=4.0)
    assert (front.measurements[0].value, front.verdict) == (pytest.approx(5.0), COMPLIES)


def test_corner_plot_has_two_fronts():
    streets = (
        TopographyObject("w1", "wegdeel", shift(box(-40, -5, 60, 0)), "voetpad"),
        TopographyObject("w2", "wegdeel", shift(box(20, 0, 25, 60)), "rijbaan lokale weg"),
    )
    site = scenes.site(topography=streets)
    found = run("min_distance_side_boundary", box_part(4, 5, 18, 15, 0, 6), op=">=", value=1.0, site=site)
    assert found.measurements[0].value == pytest.approx(4.0)
    assert [e.geometry.length for e in found.evidence if e.role == "boundary"] == [pytest.approx(40.0)]


def test_what_is_missing_is_named():
    bare = type(scenes.site())((0.0, 0.0), 60.0, provenance=(Provenance("bgt", LayerState.FAILED), Provenance("parcels", LayerState.EMPTY)))
    found = run("min_distance_side_boundary", box_part(6, 5, 14, 15, 0, 6), op=">=", value=3.0, site=bare)
    assert {n.code for n in found.missing} == {"checks_layer_failed", "checks_layer_empty"}
    nothing = run("min_distance_side_boundary", box_part(6, 5, 14, 15, 0, 6), answers=sides(WEST))
    assert nothing.missing[0].code == "surroundings_no_limit"
    garbled = side(box_part(6, 5, 14, 15, 0, 6), answers={"side_boundaries": {"lines": [[[1, 2]]]}})
    assert garbled.missing[0].code == "surroundings_line_unreadable"


def test_minimum_from_the_plan_the_strictest_counts():
    values_ = [PlanValue("afstand", "minimum", v, "m", f"minimum afstand (m)={v}") for v in (2.0, 5.0)]
    plans = tuple(plan_area(f"m{i}", "maatvoering", "afstand", box(0, 0, 20, 40), v) for i, v in enumerate(values_))
    found = run("min_distance_side_boundary", box_part(4, 5, 12, 15, 0, 6), site=scenes.site(plans=plans), answers=sides(WEST))
    assert (found.verdict, found.measurements[0].limit, found.measurements[0].operator) == (VIOLATES, 5.0, ">=")


def test_road_axis_drawn_and_proposed():
    house = box_part(6, 5, 14, 15, 0, 6)
    drawn = run("min_distance_road_axis", house, op=">=", value=11.0, answers={"road_axis": {"lines": [rd((-40, -6), (60, -6))]}})
    assert (drawn.verdict, drawn.measurements[0].value) == (COMPLIES, pytest.approx(11.0))
    proposed = run("min_distance_road_axis", house, op=">=", value=10.0)
    assert (proposed.verdict, proposed.measurements[0].value) == (JUDGE, pytest.approx(8.0))
    assert run("min_distance_road_axis", house, op=">=", value=7.0).verdict is COMPLIES  # even the near edge is 8 m away
    assert run("min_distance_road_axis", house, op=">=", value=15.0).verdict is VIOLATES  # even the far edge is 14 m away
    assert run("min_distance_road_axis", house, op=">=", value=7.0, site=scenes.site(topography=())).missing[0].code == "surroundings_no_carriageway"


def test_other_buildings_and_own_buildings():
    house = box_part(6, 5, 20, 15, 0, 6)
    found = run("min_distance_buildings", house, op=">=", value=3.0)
    assert (found.verdict, found.measurements[0].value) == (COMPLIES, pytest.approx(4.0))
    assert run("min_distance_buildings", house, op=">=", value=4.1).verdict is JUDGE
    gone = run("min_distance_buildings", house, op=">=", value=9.0, answers={"demolition": ["9999100000000001"]})
    assert gone.verdict is Verdict.NOT_APPLICABLE
    shed = box_part(6, 20, 9, 23, 0, 3, fid="shed")
    own = run("min_distance_buildings", house, shed, op=">=", value=5.0, between="own")
    assert (own.verdict, own.measurements[0].value) == (COMPLIES, pytest.approx(5.0))
    assert run("min_distance_buildings", house, op=">=", value=5.0, between="own").verdict is Verdict.NOT_APPLICABLE
    rebuilt = scenes.site(topography=(), registered_buildings=(RegisteredBuilding("old", shift(box(6, 5, 20, 14))),))
    assert run("min_distance_buildings", house, op=">=", value=5.0, site=rebuilt).verdict is Verdict.NOT_APPLICABLE


FRONT = {"front_boundary": {"lines": [rd((0, 0), (20, 0))]}}


@pytest.mark.parametrize(("depth", "verdict"), [(10.0, COMPLIES), (10.3, VIOLATES), (9.0, COMPLIES)])
def test_depth_across_the_confirmed_front(depth, verdict):
    found = run("max_depth", box_part(6, 5, 14, 5 + depth, 0, 6), op="<=", value=10.0, answers=FRONT)
    assert (found.verdict, found.measurements[0].value, found.questions) == (verdict, pytest.approx(depth), ())
    assert run("max_width", box_part(6, 5, 14, 15, 0, 6), op="<=", value=7.0, answers=FRONT).measurements[0].value == pytest.approx(8.0)


def test_depth_with_a_proposed_front_is_firm_only_when_both_sides_agree():
    assert run("max_depth", box_part(6, 5, 14, 15, 0, 6), op="<=", value=9.0).verdict is JUDGE
    assert run("max_depth", box_part(6, 5, 14, 15, 0, 6), op="<=", value=10.0).verdict is COMPLIES
    assert run("max_depth", box_part(6, 5, 14, 15, 0, 6), op="<=", value=7.0).verdict is VIOLATES


def test_depth_of_a_skew_front_and_from_the_plan():
    answers = {"front_boundary": {"line": rd((0, 0), (10, 10))}}
    assert run("max_depth", box_part(6, 5, 14, 13, 0, 6), value=20.0, answers=answers).measurements[0].value == pytest.approx(8 * 2**0.5)
    zone = plan_area("d", "maatvoering", "diepte", box(0, 0, 20, 40), PlanValue("diepte", "maximum", 9.0, "m", "maximum diepte (m)=9"))
    line = plan_area("g", "figuur", "gevellijn", LineString([(0, 5), (20, 5)]))
    found = run("max_depth", box_part(6, 5, 14, 15, 0, 6), site=scenes.site(plans=(zone, line)))
    assert (found.verdict, found.measurements[0].value, found.measurements[0].limit) == (VIOLATES, pytest.approx(10.0), 9.0)


def test_no_parcel_under_the_design():
    site = scenes.site(parcels=(Parcel("9", "A 9", shift(box(100, 100, 120, 140))),))
    assert run("min_distance_side_boundary", box_part(6, 5, 14, 15, 0, 6), op=">=", value=3, site=site).missing[0].code == "surroundings_no_plot"
    assert values(side(box_part(6, 5, 14, 15, 0, 6)))["distance"] == 6.0


def depth_zone(fid, polygon, value):
    return plan_area(fid, "maatvoering", "diepte", polygon, PlanValue("diepte", "maximum", value, "m", f"maximum diepte (m)={value}"))


@pytest.mark.parametrize(("edge", "limit"), [(14.0, 12.0), (13.998, 12.0), (13.9, 8.0)])
def test_a_stricter_zone_that_is_only_touched_does_not_hold(edge, limit):
    """The house ends at x = 14; the zone with the stricter depth begins at ``edge``: under 5 mm it is only touched."""
    line = plan_area("g", "figuur", "gevellijn", LineString([(0, 5), (20, 5)]))
    zones = (depth_zone("d1", box(0, 0, 14, 40), 12.0), depth_zone("d2", box(edge, 0, 20, 40), 8.0))
    found = run("max_depth", box_part(6, 5, 14, 15, 0, 6), site=scenes.site(plans=(*zones, line)))
    assert (found.measurements[0].value, found.measurements[0].limit) == (pytest.approx(10.0), limit)


def test_attached_needs_the_neighbours_house_at_the_house_not_a_shed_far_along_the_boundary():
    marked = plan_area("a", "bouwaanduiding", "twee-aaneen", box(0, 0, 20, 40))
    shed = RegisteredBuilding("n", shift(box(20, 35, 23, 39)))
    site = scenes.site(plans=(marked,), registered_buildings=(shed,))
    found = run("min_distance_side_boundary", box_part(4, 5, 20, 15, 0, 6), op=">=", value=3.0, answers=sides(WEST, EAST), site=site)
    assert (found.verdict, found.measurements[0].value) == (VIOLATES, 0.0)
    beside = plan_area("a", "bouwaanduiding", "twee-aaneen", box(20, 0, 40, 40))  # on the neighbour's ground only
    site = scenes.site(plans=(beside,), registered_buildings=(RegisteredBuilding("n", shift(box(20, 5, 28, 15))),))
    assert run("min_distance_side_boundary", box_part(4, 5, 20, 15, 0, 6), op=">=", value=3.0, answers=sides(WEST, EAST), site=site).verdict is VIOLATES


def test_ground_of_another_inside_the_plot_is_a_boundary_too():
    """A transformer's parcel (20,30)-(24,34) in a plot of 40 x 60 m: the house ends 1 m west of it, 12 m from every outer side."""
    holed = Parcel("1", "A 1", shift(box(0, 0, 40, 60).difference(box(20, 30, 24, 34))), 2384.0)
    street = TopographyObject("w", "wegdeel", shift(box(-20, -5, 60, 0)), "rijbaan lokale weg")
    site = scenes.site(parcels=(holed,), topography=(street,))
    found = run("min_distance_side_boundary", box_part(12, 28, 19, 36, 0, 6), op=">=", value=3.0, site=site)
    assert (found.verdict, found.measurements[0].value) == (JUDGE, pytest.approx(1.0))
    two = (Parcel("1", "A 1", shift(box(0, 0, 10, 40)), 400.0), Parcel("2", "A 2", shift(box(10.001, 0, 20, 40)), 400.0))
    found = run("min_distance_side_boundary", box_part(4, 5, 16, 15, 0, 6), op=">=", value=3.0, site=scenes.site(parcels=two))
    parcels = next(premise for premise in found.premises if premise.key == "parcels")
    assert (found.verdict, [choice.value for choice in parcels.choices]) == (JUDGE, [pytest.approx(4.0), 0.0, 0.0])


def test_an_axis_that_cannot_be_read_is_not_replaced_by_a_guess():
    found = run("min_distance_road_axis", box_part(6, 5, 14, 15, 0, 6), op=">=", value=7.0, answers={"road_axis": {"lines": [[[1, 2]]]}})
    assert (found.verdict, found.missing[0].code) == (Verdict.NOT_ASSESSABLE, "surroundings_line_unreadable")


def test_the_plans_axis_and_value_are_named_as_inputs():
    axis = plan_area("as", "figuur", "as van de weg", LineString([(-40, -6), (60, -6)]))
    value = plan_area("w", "maatvoering", "afstand", box(0, 0, 20, 40), PlanValue("afstand", "minimum", 11.0, "m", "minimum afstand (m)=11"))
    found = run("min_distance_road_axis", box_part(6, 5, 14, 15, 0, 6), site=scenes.site(plans=(axis, value)))
    assert (found.verdict, [i.fid for i in found.inputs]) == (COMPLIES, ["as", "w"])  # 5 + 6 = 11, exactly
    side_ = run("min_distance_side_boundary", box_part(6, 5, 14, 15, 0, 6), site=scenes.site(plans=(value,)), answers=sides(WEST))
    assert (side_.verdict, [i.fid for i in side_.inputs]) == (VIOLATES, ["w", "1"])


def test_two_fronts_on_a_corner_leave_depth_open_unless_both_agree():
    """House 8 x 14 m at a corner with a facade line on both streets: depth is 14 m behind the one and 8 m behind the other."""
    lines = {"facade_line": {"lines": [rd((0, 5), (16, 5)), rd((16, 5), (16, 30))], "road_side": rd((40, -20))[0]}}
    house = box_part(8, 5, 16, 19, 0, 6)
    assert [run("max_depth", house, value=limit, answers=lines).verdict for limit in (7.9, 10.0, 14.0)] == [VIOLATES, JUDGE, COMPLIES]
    assert run("max_depth", house, value=10.0, answers=lines).questions[0].key == "front_boundary"


AUTO, ASKED = {"id": "balkons", "classes": ["balcony"], "decision": "auto"}, {"id": "balkons", "classes": ["balcony"], "decision": "officer", "question": "Telt het?"}


@pytest.mark.parametrize(
    ("exception", "answer", "verdict", "distance"),
    [
        (None, None, VIOLATES, 2.5), (AUTO, None, COMPLIES, 4.0), (ASKED, None, JUDGE, 2.5), (ASKED, "ja", COMPLIES, 4.0), (ASKED, "nee", VIOLATES, 2.5),
        ({**AUTO, "max_extra_m": 1.0}, None, JUDGE, 2.5),  # from where it may reach so far is for the officer
        ({**AUTO, "max_extra_m": 0.4}, None, VIOLATES, 2.5), ({**ASKED, "max_extra_m": 0.4}, "ja", VIOLATES, 2.5),
    ],
)
def test_a_balcony_over_the_line_with_and_without_an_exception(exception, answer, verdict, distance):
    """Facade at 4.0 m, balcony at 2.5 m, 3.0 m needed."""
    house = (box_part(4, 5, 12, 15, 0, 6, kind="wall"), box_part(2.5, 8, 4, 10, 3, 3.2, kind="balcony", fid="b"))
    answers = {**sides(WEST, EAST), **({"balkons": answer} if answer else {})}
    found = side(*house, of="projection", exceptions=[exception] if exception else [], answers=answers)
    assert (found.verdict, found.measurements[0].value) == (verdict, pytest.approx(distance))
    assert [q.key for q in found.questions] == (["balkons"] if verdict is JUDGE else [])
    assert ("engine_parts_left_out" in {n.code for n in found.notes}) == (verdict is COMPLIES)


def test_an_exception_for_parts_that_are_not_there_asks_nothing():
    found = side(box_part(2.5, 5, 12, 15, 0, 6), exceptions=[ASKED])
    assert (found.verdict, found.questions) == (VIOLATES, ())


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"value": {"lines": [WEST, EAST], "attached": [1]}, "reason": "x"}, 6.0), ({"value": [WEST, EAST], "attached": 1, "reason": "x"}, 6.0),
        ({"lines": [WEST, EAST], "attached": ["1"]}, 6.0), ({"lines": [WEST, EAST], "attached": [3]}, "surroundings_attached_unknown"),
        ({"lines": [WEST, EAST], "uncertainty_m": "0,05"}, "surroundings_doubt_unread"),
        ({"lines": [WEST, EAST], "uncertainty_m": -1}, "surroundings_doubt_unread"),
    ],
)
def test_words_beside_the_lines_are_read_or_named(given, expected):
    """House 2 m from the west, 6 m from the east side: with the west side attached 6 m counts."""
    found = run_all("min_distance_side_boundary", box_part(2, 5, 14, 15, 0, 6), op=">=", value=3.0, answers={"side_boundaries": given})
    if isinstance(expected, float):
        assert [f.verdict for f in found] == [COMPLIES, Verdict.NOT_APPLICABLE]
        assert found[0].measurements[0].value == expected
    else:
        assert [n.code for n in found[0].missing] == [expected]


def test_a_depth_that_the_plan_gives_in_words_must_be_read():
    words = plan_area("d", "maatvoering", "diepte", box(0, 0, 20, 40), PlanValue("diepte", "maximum", None, "m", "maximum diepte (m)=zie regels"))
    found = run("max_depth", box_part(6, 5, 14, 15, 0, 6), site=scenes.site(plans=(words,)))
    assert (found.verdict, found.missing[0].code) == (Verdict.NOT_ASSESSABLE, "zoning_no_number")


def test_sentences_of_other_operators_do_not_say_at_least():
    from drieluik.report.basis import wording

    house = box_part(3, 5, 12, 15, 0, 6)
    between = run("min_distance_side_boundary", house, answers=sides(WEST, uncertainty_m=0), limit=Limit("between", "m", None, None, 1.0, 5.0))
    assert wording.say(between, "nl") == "Gemeten is 3,00 m; de grens is 1,00 – 5,00 m: dat past."
    strict = side(house, op=">", answers=sides(WEST, uncertainty_m=0))
    assert wording.say(strict, "nl") == "Gemeten is 3,00 m; de grens is > 3,00 m: dat past niet."


@pytest.mark.parametrize(
    ("check", "words", "doubts", "combined"),
    [
        ("min_distance_side_boundary", {"answers": sides(WEST)}, {"boundary_m": 0.3, "mesh_m": 0.4}, 0.5), ("min_distance_side_boundary", {"answers": sides(WEST)}, {"mesh_m": 0.15}, 0.25),
        ("min_distance_buildings", {}, {"outline_m": 0.3, "mesh_m": 0.4}, 0.5), ("min_distance_buildings", {}, {"mesh_m": 0.15}, 0.25),
        ("min_distance_road_axis", {"answers": {"road_axis": {"line": rd((-40, -6), (60, -6))}}}, {"axis_m": 0.3, "mesh_m": 0.4}, 0.5),
    ],
)
def test_uncertainties_are_combined(check, words, doubts, combined):
    """Root of the sum of squares: 0.3 and 0.4 give 0.5; 0.20 (boundary or outline) and 0.15 give 0.25."""
    found = run(check, box_part(6, 5, 14, 15, 0, 6), op=">=", value=3.0, uncertainty=doubts, **words)
    assert found.measurements[0].uncertainty == pytest.approx(combined)


def test_between_the_own_buildings_only_the_drawing_is_uncertain():
    parts = (box_part(6, 5, 9, 15, 0, 6, fid="one"), box_part(12.5, 5, 15, 15, 0, 6, fid="other"))
    for doubts, expected in (({"mesh_m": 0.4}, ["mesh"]), ({"outline_m": 0.3}, []), ({}, [])):
        found = run("min_distance_buildings", *parts, op=">=", value=3.0, uncertainty=doubts, between="own")
        assert (found.measurements[0].value, [source.name for source in found.measurements[0].sources]) == (pytest.approx(3.5), expected)


@pytest.mark.parametrize(("east", "op_value", "verdict"), [(20.3, 3.0, JUDGE), (22.0, 3.0, JUDGE), (17.0, 3.0, JUDGE), (16.7, 3.0, COMPLIES), (22.0, 30.0, VIOLATES)])
def test_a_house_over_the_neighbours_boundary_does_not_make_his_ground_the_plot(east, op_value, verdict):
    """Parcels x 0..20 and 20..40, the house from x = 8: as one plot its sides lie 8 m and more away, but x = 20 may be the boundary."""
    found = run("min_distance_side_boundary", box_part(8, 5, east, 15, 0, 6), op=">=", value=op_value, built_up=True)
    assert found.verdict is verdict
    both = run("min_distance_side_boundary", box_part(8, 5, 22, 15, 0, 6), op=">=", value=3.0, answers={"parcels": ["1", "2"]})
    assert (both.verdict, both.measurements[0].value) == (COMPLIES, pytest.approx(8.0))


@pytest.mark.parametrize(("y", "value"), [(12, 5.0), (8, 3.0), (4, 3.0), (11, 18**0.5)])
def test_a_boundary_that_ends_before_the_building(y, value):
    """Drawn (0,0)-(0,8); the house begins at x = 3 and ``y``: past the end the corner is the nearest, hyp(3, y - 8)."""
    found = side(box_part(3, y, 12, y + 8, 0, 6), value=1.0, answers=sides(rd((0, 0), (0, 8))))
    assert (found.verdict, found.measurements[0].value) == (COMPLIES, pytest.approx(value, abs=1e-4))


@pytest.mark.parametrize("check", ["min_distance_side_boundary", "min_distance_rear_boundary", "min_distance_road_axis", "min_distance_buildings"])
@pytest.mark.parametrize(("state", "raw", "code"), [
    (LayerState.FAILED, None, "checks_layer_failed"), (LayerState.LOADED, "zie regels", "zoning_no_number"), (LayerState.LOADED, None, "surroundings_no_limit"),
])
def test_why_no_distance_is_known(check, state, raw, code):
    """The plans could not be read, the map says something that is no number, or it shows nothing: three different things to do."""
    values_ = () if raw is None else (PlanValue("afstand", "minimum", None, "m", raw),)
    zones = tuple(plan_area("m", "maatvoering", "afstand", box(0, 0, 20, 40), value) for value in values_)
    found = scenes.site(plans=zones)
    records = tuple(replace(item, state=state) if item.layer == "plans" else item for item in found.provenance)
    told = run(check, box_part(6, 5, 14, 15, 0, 6), site=replace(found, provenance=records))
    assert (told.verdict, told.missing[0].code) == (Verdict.NOT_ASSESSABLE, code)


@pytest.mark.parametrize(("away", "built_up", "answer", "verdict"), [
    (2.8, None, None, "needs_judgement"), (2.8, None, "ja", "complies"), (2.8, None, "nee", "needs_judgement"), (2.8, True, None, "complies"), (2.8, False, None, "needs_judgement"),
    (3.0, None, None, "complies"), (2.2, None, None, "needs_judgement"), (2.2, None, "ja", "violates"), (2.0, None, None, "violates"), (2.5, None, None, "needs_judgement"),
])
def test_how_well_a_boundary_is_known_is_asked_where_it_matters(away, built_up, answer, verdict):
    """2.5 m must be kept; a boundary is known to 0.2 m in the built-up area and to 0.4 m outside it."""
    lines = {"side_boundaries": {"lines": [rd((0, 0), (0, 40)), rd((20, 0), (20, 40))]}}
    words = {} if built_up is None else {"built_up": built_up}
    answers = {**lines, **({"built_up": answer} if answer else {})}
    found = run("min_distance_side_boundary", box_part(away, 6, 14, 15, 0, 5), op=">=", value=2.5, answers=answers, **words)
    assert found.verdict.value == verdict
    assert ("built_up" in [question.key for question in found.questions]) == (built_up is None and answer is None and away in (2.8, 2.2))
