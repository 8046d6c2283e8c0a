"""Zones with a limit, distances, and the lines that are measured to, by themselves and on exact numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from shapely import LineString, MultiPolygon, Point, Polygon, box

import scenes
from drieluik.checks import REGISTRY
from drieluik.checks.engine.from_plan.derive import derive
from drieluik.checks.shared import zones
from drieluik.checks.shared.horizontal import boundaries
from drieluik.checks.shared.horizontal.distances import judge_lines, longest, outline_sources
from drieluik.model import Limit, Parcel, PlanValue, Verdict
from drieluik.model.measurement import UncertaintySource
from drieluik.review import review
from one_context import ABOUT, context, local, maatvoering, rule
from one_rule import rd
from scenes import shift

# zones with a limit


def limits(scene, qualifier="maximum", own=None):
    found = zones.limit_zones(own or rule(), scene, ("bouwhoogte",), qualifier, scene.projection)
    return [(zone.limit.value, round(zone.polygon.area, 3), [area.fid for area in zone.areas], [note.code for note in zone.notes]) for zone in found]


def test_zones_under_the_design_the_strictest_first_and_where_they_overlap():
    west, east, whole = box(0, 0, 8, 20), box(8, 0, 20, 20), box(0, 0, 20, 20)
    assert limits(context(plans=maatvoering((9.0, west), (7.0, east)))) == [(7.0, 48.0, ["m1"], []), (9.0, 16.0, ["m0"], [])]
    assert limits(context(plans=maatvoering((9.0, west, "minimum", "m"), (7.0, east, "minimum", "m"))), "minimum") == [(9.0, 16.0, ["m0"], []), (7.0, 48.0, ["m1"], [])]
    assert limits(context(plans=maatvoering((9.0, west), (9.0, east, "", "m")))) == [(9.0, 64.0, ["m0", "m1"], [])]
    assert limits(context(plans=maatvoering((9.0, whole), (7.0, east)))) == [(7.0, 48.0, ["m1"], ["zoning_stricter_governs"]), (9.0, 16.0, ["m0"], [])]
    assert limits(context(plans=maatvoering((9.0, west), (7.0, east, "minimum", "m"), (5.0, east, "maximum", "m NAP"), (None, east)))) == [(4.0, 48.0, ["m2"], ["zoning_limit_above_nap"]), (9.0, 16.0, ["m0"], [])]
    assert limits(context(plans=maatvoering((9.0, box(30, 30, 40, 40))))) == []


def test_a_special_zone_inside_a_stricter_one_of_the_same_plan_is_asked():
    whole, inner = box(0, 0, 20, 20), box(8, 0, 20, 20)
    scene = context(plans=maatvoering((7.0, whole), (9.0, inner)))
    assert limits(scene) == [(7.0, 64.0, ["m0"], ["zoning_stricter_governs"])] and list(scene.ledger.open) == ["overlap.bouwhoogte"]
    told = context(plans=maatvoering((7.0, whole), (9.0, inner)), answers={"overlap.bouwhoogte": "bijzondere"})
    assert limits(told) == [(9.0, 48.0, ["m1"], ["zoning_stricter_governs"]), (7.0, 16.0, ["m0"], [])]
    beside = context(plans=maatvoering((7.0, whole), (9.0, box(16, 0, 20, 20))))  # not under the design
    assert limits(beside)[0][0] == 7.0 and not beside.ledger.open


def test_a_rules_own_limit_holds_everywhere_and_a_range_has_two_sides():
    own = Limit("<", "m", 6.0)
    (zone,) = zones.limit_zones(rule(limit=own), context(), ("bouwhoogte",), "maximum", context().projection)
    assert (zone.limit, zone.areas, zone.whole.area, zone.inner.area) == (own, (), 64.0, 64.0)
    plans = maatvoering((3.0, box(0, 0, 20, 20), "minimum", "m"), (9.0, box(0, 0, 20, 20)))
    for qualifier, operator, value in (("minimum", ">=", 3.0), ("maximum", "<=", 9.0)):
        (zone,) = zones.limit_zones(rule(limit=Limit("between", "m", from_plan="bouwhoogte")), context(plans=plans), ("x",), qualifier, context().projection)
        assert (zone.limit.operator, zone.limit.value, zone.limit.from_plan) == (operator, value, None)
    assert [zones.is_constant(rule(limit=limit)) for limit in (None, own, Limit("<=", "m", None, "bouwhoogte"), Limit("between", "m", low=1, high=2), Limit("<=", "m", formula="x"))] == [False, True, False, True, False]


def test_subjects_of_limits():
    found = zones.limit_subject("goothoogte", "minimum", Limit(">=", "m2", 4.0), "a", "b")
    assert (found.code, dict(found.data)) == ("subject_minimum", {"name": "goothoogte", "value": 4.0, "unit": "m²", "zone": "a+b"}) and zones.zone_of(found) == "a+b"
    assert dict(zones.limit_subject("dakhelling", "maximum", Limit("between", "deg", low=30, high=45)).data) == {"name": "dakhelling", "low": 30, "high": 45, "unit": "°", "zone": ""}
    assert zones.zone_of(ABOUT) == ""


@pytest.mark.parametrize(("edge", "left"), [(6.24, 0.0), (6.26, 0.26 * 8)])
def test_what_lies_in_no_zone_is_wider_than_drawings_differ(edge, left):
    scene = context(plans=maatvoering((9.0, box(edge, 0, 20, 20))))
    found = zones.limit_zones(rule(), scene, ("bouwhoogte",), "maximum", scene.projection)
    assert zones.uncovered(scene, scene.projection, found).area == pytest.approx(left, abs=1e-6)
    assert zones.uncovered(scene, scene.projection, ()).is_empty
    assert zones.of_the_whole(scene, scene.projection, found[0]) is (left > 0) and ("zone_part" in scene.ledger.open) is (left > 0)
    there = zones.no_value_there(rule(), scene, found, "bouwhoogte")
    assert [(one.measurements[0].value, one.missing[0].code, one.evidence[0].role) for one in there] == ([(2.08, "checks_outside_zones", "outside_area")] if left else [])


def test_a_value_that_is_no_number_is_read_and_never_skipped():
    half = (9.0, box(0, 0, 20, 20))
    for value, unit in ((None, "m"), (3.0, "ft"), (3.0, "lagen")):
        scene = context(plans=maatvoering(half, (value, box(0, 0, 8, 20), "maximum", unit)))
        found = zones.limit_zones(rule(), scene, ("bouwhoogte",), "maximum", scene.projection)
        (said,) = zones.no_value_there(rule(), scene, found, "bouwhoogte")
        assert [(note.code, dict(note.data)) for note in said.missing] == [("zoning_no_number", {"raw": "tekst 1"})]
    fine = context(plans=maatvoering(half, (3.0, box(0, 0, 8, 20), "maximum", "m NAP"), (None, box(40, 0, 48, 20)), (None, box(0, 0, 8, 20), "minimum", "m")))
    assert zones.no_value_there(rule(), fine, zones.limit_zones(rule(), fine, ("bouwhoogte",), "maximum", fine.projection), "bouwhoogte") == ()


def test_an_area_at_a_height_as_triangles():
    ring = Polygon([(0, 0), (6, 0), (6, 4), (0, 4)], [[(1, 1), (2, 1), (2, 2), (1, 2)]])
    found = zones.lying(shift(ring), 7.5)
    assert shapely.area(shapely.polygons(found[:, :, :2])).sum() == pytest.approx(23) and (found[:, :, 2] == 7.5).all()
    assert zones.lying(Polygon(), 7.5).shape == zones.lying(LineString([(0, 0), (1, 1)]), 7.5).shape == (0, 3, 3)
    scene = context(plans=maatvoering((9.0, box(0, 0, 40, 8))))
    (zone,) = zones.limit_zones(rule(), scene, ("bouwhoogte",), "maximum", scene.projection)
    piece = zones.level_surface(zone, 10.0)
    assert local(shapely.multipoints(piece.triangles.reshape(-1, 3)[:, :2])).bounds == pytest.approx((4, 4, 16, 8)) and (piece.value, piece.unit) == (9.0, "m")
    assert zones.level_surface(zone, 10.0, 3.0, "m NAP").value == 3.0


# distances


def test_the_longest_body_along_a_direction():
    two = MultiPolygon([box(0, 0, 4, 9), box(10, 0, 17, 2)])
    assert [longest(two, np.array(way, float))[0] for way in ((1, 0), (0, 1))] == [7.0, 9.0]


def test_how_well_an_outline_is_known():
    assert outline_sources(rule()) == (UncertaintySource("outline", 0.2),)
    assert outline_sources(replace(rule(), uncertainty={"mesh_m": 0.05})) == (UncertaintySource("outline", 0.2), UncertaintySource("mesh", 0.05))
    assert outline_sources(replace(rule(), uncertainty={"outline_m": 0.1, "mesh_m": 0.05})) == (UncertaintySource("outline", 0.1), UncertaintySource("mesh", 0.05))
    assert outline_sources(replace(rule(), uncertainty={"outline_m": 0})) == ()


def test_distances_to_lines_each_is_listed_and_what_stands_too_near_shown():
    scene = context()
    lines = [shift(LineString([(0, 0), (0, 40)])), shift(LineString([(18, 0), (18, 40)]))]
    found = judge_lines(rule(), scene, Limit(">=", "m", 5.0), lines, scene.projection, ABOUT, ())
    assert [(m.value, m.limit, m.at) for m in found.measurements] == [(4.0, 5.0, ""), (6.0, None, "1"), (4.0, None, "2")]
    near = [piece for piece in found.evidence if piece.role == "too_near"]
    assert [(round(piece.geometry.area, 6), piece.value) for piece in near] == [(8.0, 8.0)]
    (line,) = [piece for piece in found.evidence if piece.role == "shortest_distance"]
    assert line.geometry.length == pytest.approx(4.0) and line.geometry.distance(lines[1]) < 1e-9
    fine = judge_lines(rule(), scene, Limit(">=", "m", 4.0), lines[:1], scene.projection, ABOUT, (), role="road")
    assert [m.value for m in fine.measurements] == [6.0] and [piece.role for piece in fine.evidence] == ["road", "shortest_distance", "section_line"]
    between = judge_lines(rule(), scene, Limit("between", "m", low=7.0, high=9.0), lines[:1], scene.projection, ABOUT, ())
    assert [round(piece.geometry.area, 6) for piece in between.evidence if piece.role == "too_near"] == [8.0]
    most = judge_lines(rule(), scene, Limit("<=", "m", 3.0), lines[:1], scene.projection, ABOUT, ())
    assert not [piece for piece in most.evidence if piece.role == "too_near"] and most.verdict.value == "violates"


def test_a_design_that_touches_a_line_has_a_section_across_itself():
    scene = context()
    found = judge_lines(rule(), scene, Limit(">=", "m", 1.0), [shift(LineString([(6, 0), (6, 40)]))], scene.projection, ABOUT, ())
    (section,) = [piece for piece in found.evidence if piece.role == "section_line"]
    assert section.geometry.length == pytest.approx(8 + 6)


@pytest.mark.parametrize(
    ("answer", "lines", "attached", "wrong"),
    [
        ({"lines": [rd((0, 0), (0, 40)), rd((20, 0), (20, 40))]}, 2, [], []), ({"lines": [rd((0, 0), (0, 40)), rd((20, 0), (20, 40))], "attached": [2]}, 2, [1], []),
        ({"lines": [rd((0, 0), (0, 40))], "attached": "1"}, 1, [0], []), ({"lines": [rd((0, 0), (0, 40))], "attached": [2]}, 1, [], ["surroundings_attached_unknown"]), ({"lines": [rd((0, 0), (0, 40))], "attached": [0]}, 1, [], ["surroundings_attached_unknown"]),
        ({"value": {"lines": [rd((0, 0), (0, 40))]}, "attached": [1]}, 1, [0], []), ({"lines": [rd((0, 0), (0, 40))], "uncertainty_m": 0.1}, 1, [], []), ({"lines": [rd((0, 0), (0, 40))], "uncertainty_m": -1}, 1, [], ["surroundings_doubt_unread"]),
        ({"lines": [rd((0, 0), (0, 40))], "uncertainty_m": "veel", "attached": [9]}, 1, [], ["surroundings_attached_unknown", "surroundings_doubt_unread"]),
        ("links", 0, [], ["surroundings_line_unreadable"]), ({"lines": [rd((-244, 0), (-244, 40))]}, 0, [], ["surroundings_line_no_boundary"]), ({"lines": [rd((-245, 0), (-245, 40))]}, 0, [], ["surroundings_line_far"]),
    ],
)  # fmt: skip
def test_sides_of_the_plot_that_the_officer_draws(answer, lines, attached, wrong):
    found = boundaries.boundary_of(context(answers={"side_boundaries": answer}), "side", "side_boundaries")
    assert (len(found.lines), sorted(found.attached), [note.code for note in found.missing]) == (lines, attached, wrong)
    assert not lines or [item.fid for item in found.inputs] == ["1"]


def test_sides_that_are_proposed_with_every_other_side_as_a_way():
    scene = context()
    found = boundaries.boundary_of(scene, "rear", "rear_boundary")
    assert [local(line).bounds for line in found.lines] == [(0, 40, 20, 40)] and not found.missing
    assert len(scene.ledger.open["rear_boundary"].alternatives) == 4
    assert [note.code for note in boundaries.boundary_of(context(topography=()), "rear", "rear_boundary").missing] == ["surroundings_no_road"]
    assert [note.code for note in boundaries.boundary_of(context(parcels=(Parcel("9", "P 9", shift(box(50, 50, 60, 60)), 100.0),)), "rear", "rear_boundary").missing] == ["surroundings_no_plot"]


@pytest.mark.parametrize(
    ("answer", "uncertainty", "measure", "doubt"),
    [({"uncertainty_m": 0.05}, {"boundary_m": 0.3}, {}, 0.05), ({"uncertainty_m": 0}, {"boundary_m": 0.3}, {}, None), (None, {"boundary_m": 0.3}, {}, 0.3), (None, {}, {}, 0.2), (None, {}, {"built_up": True}, 0.2), (None, {}, {"built_up": False}, 0.4)],
)  # fmt: skip
def test_how_well_a_boundary_is_known(answer, uncertainty, measure, doubt):
    own = replace(rule(measure=measure), uncertainty=uncertainty)
    found = boundaries.boundary_sources(own, context(answers={"side_boundaries": answer} if answer else {}), "side_boundaries", lambda sources: Verdict.COMPLIES)
    assert found == ((UncertaintySource("boundary", doubt),) if doubt else ())


def test_the_direction_of_a_line_or_of_a_closed_ones_longest_piece():
    assert boundaries.direction_of(LineString([(0, 0), (5, 5), (6, 8)])).tolist() == pytest.approx([0.6, 0.8])
    assert boundaries.direction_of(LineString([(0, 0), (2, 0), (2, 7), (0, 0.5), (0, 0)])).tolist() == pytest.approx([0, 1])


def test_the_front_is_drawn_proposed_or_a_main_direction():
    scene = context()
    along = boundaries.front_direction(scene, scene.projection)
    assert abs(along).tolist() == pytest.approx([1, 0]) and len(scene.ledger.open["front_boundary"].alternatives) == 2
    told = context(answers={"front_boundary": {"lines": [rd((0, 0), (0, 30)), rd((0, 0), (3, 0.5))]}})
    assert abs(boundaries.front_direction(told, told.projection)).tolist() == pytest.approx([0, 1]) and len(told.ledger.open) == 1  # two fronts: a corner
    bend = context(answers={"front_boundary": {"lines": [rd((0, 0), (20, 0)), rd((20, 0), (30, 3))]}})
    assert boundaries.front_direction(bend, bend.projection).tolist() == pytest.approx([1, 0]) and not bend.ledger.open  # less than a corner's turn


def test_a_facade_line_has_the_road_on_its_left():
    line = rd((5, 5), (15, 5))
    for drawn in (line, line[::-1]):
        (found,), _, missing = boundaries.facade_lines(context(answers={"facade_line": {"line": drawn}}))
        assert [tuple(place) for place in local(found).coords] == [(15, 5), (5, 5)] and missing == ()  # the street lies in the south
        (found,), *_ = boundaries.facade_lines(context(answers={"facade_line": {"line": drawn, "road_side": rd((10, 30))[0]}}))
        assert [tuple(place) for place in local(found).coords] == [(5, 5), (15, 5)]
    codes = [[note.code for note in boundaries.facade_lines(context(answers=given, **changes))[2]] for given, changes in (
        ({"facade_line": "x"}, {}), ({"facade_line": {"line": line, "road_side": "north"}}, {}), ({"facade_line": {"line": line}}, {"topography": ()}), ({}, {}))]
    assert codes == [["surroundings_line_unreadable"], ["surroundings_road_side_unread"], ["surroundings_no_road"], ["surroundings_no_facade_line"]]


def test_the_facade_line_of_a_plan_that_belongs_to_the_design():
    def figure(fid, *points, name="Gevellijn"):
        return scenes.plan_area(fid, "figuur", name, LineString(points))

    def chosen(*figures):
        lines, inputs, _ = boundaries.facade_lines(context(plans=(*scenes.site().plans, *figures)))
        return len(lines), [item.fid for item in inputs]

    at_plane, far, across = figure("plane", (5, 4.6), (15, 4.6)), figure("far", (5, 3), (-5, 3)), figure("across", (-2, 3), (30, 3))
    assert chosen(at_plane, figure("street", (-20, -5), (50, -5))) == (1, ["plane"])
    assert chosen(figure("near", (5, 4.4), (15, 4.4)), at_plane) == (2, ["near", "plane"])  # it crosses the plot
    assert chosen(figure("edge", (0.4, 0), (0.4, 40)), at_plane) == (1, ["plane"]) and chosen(figure("inside", (0.6, 0), (0.6, 40)), at_plane) == (2, ["inside", "plane"])
    assert chosen(figure("street", (-20, -5), (50, -5)), figure("other", (-20, -9), (50, -9))) == (1, ["street"])
    assert chosen(figure("nok", (5, 5), (15, 5), name="nokrichting")) == (0, []) and chosen(across, far) == (2, ["across", "far"])


@pytest.mark.parametrize(("shape", "asked"), [
    (Point(3, 30), True), (LineString([(2, 30), (18, 30)]), True), (Point(8, 8), True), (Point(40, 30), False), (LineString([(30, 0), (30, 40)]), False),
])
def test_a_norm_on_a_point_or_a_line_of_the_plot_is_asked_wherever_it_stands(shape, asked):
    """Beside a norm of 9 m that a house of 7 m meets: one of 5 m whose place has no area, on the plot of 20 x 40 m or off it."""
    high = [PlanValue("bouwhoogte", "maximum", metres, "m", f"maximum bouwhoogte (m)={metres}") for metres in (9.0, 5.0)]
    norms = (scenes.plan_area("n1", "omgevingsnorm", "bouwhoogte", box(0, 0, 20, 40), high[0]), scenes.plan_area("n2", "omgevingsnorm", "bouwhoogte", shape, high[1]))
    site = scenes.site(plans=(*(area for area in scenes.site().plans if area.kind != "maatvoering"), *norms))
    design = scenes.design(scenes.box_part(6, 6, 14, 15, 0, 7))
    rules = derive(site.plans, shift(box(6, 6, 14, 15)), REGISTRY, parcels=site.parcels)
    found = [one for one in review(site, design, rules, {"peil": {"method": "nap_value", "nap_m": scenes.GROUND}}) if one.check == "max_building_height"]
    assert {one.verdict.value for one in found} == ({"complies", "not_assessable"} if asked else {"complies"})
    alone = replace(site, plans=tuple(area for area in site.plans if area.fid != "n1"))
    rules = derive(alone.plans, shift(box(6, 6, 14, 15)), REGISTRY, parcels=site.parcels)
    assert any(item.fid == "n2" for rule in rules.rules for item in rule.origin) is asked
