"""Heights against a surface, step by step: what a rule describes, where it reaches, the worst point, what stands above it, and from where it counts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from shapely import LineString, box

from drieluik.checks.shared.vertical.height_surface import (
    Datum,
    SurfaceLimit,
    clipped_to,
    datum_of,
    from_peil,
    judge_described,
    judge_surface,
    lines_of_equal_height,
    named_zone,
    outside,
    peil_missing,
    plan_levels,
    reaches,
    surface_from,
    surfaces,
)
from drieluik.measure.plane.surfaces import Contours, Level, Plane, Raster, Zoned
from drieluik.model import InputUsed, LayerState, Limit, Measurement, Note, PlanValue, UncertaintySource, Verdict
from one_context import ABOUT, HOUSE, context, local, rule
from one_rule import rd
from scenes import GROUND, ORIGIN, box_part, plan_area, shift, site

ALL, EAST, AWAY = box(0, 0, 20, 40), box(10, 0, 20, 40), box(30, 30, 40, 40)
GOOD, BAD, ASK, LACK, NONE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT, Verdict.NOT_ASSESSABLE, Verdict.NOT_APPLICABLE
TOP = GROUND + 8.0
"""The top of the house of 6-14: 9 m NAP."""


def zone(nap, where=None):
    return Zoned(Level(nap), None if where is None else shift(where))


@pytest.mark.parametrize(("zones", "inside"), [((zone(1.0),), True), ((zone(1.0, ALL),), True), ((zone(1.0, AWAY),), False), ((zone(1.0, AWAY), zone(1.0, EAST)), True), ((zone(1.0, box(14, 0, 20, 40)),), False), ((zone(1.0, box(13.999, 0, 20, 40)),), True), ((), False), ((zone(1.0, AWAY), zone(1.0)), True)])
def test_a_zone_reaches_what_it_does_not_only_touch(zones, inside):
    assert reaches(zones, shift(box(6, 6, 14, 14))) is inside


def judged(*zones, own=None, parts=(HOUSE,), **words):
    return judge_surface(own or rule(), context(*parts), SurfaceLimit(ABOUT, zones, **words))


def values(found):
    return {one.name: one.value for one in found.measurements}


@pytest.mark.parametrize(("zones", "verdict", "limit", "excess", "volume"), [
    ((zone(9.0),), GOOD, 9.0, None, None), ((zone(9.005),), GOOD, 9.005, None, None), ((zone(8.0),), BAD, 8.0, 1.0, 64.0), ((zone(9.0, ALL),), GOOD, 9.0, None, None), ((zone(9.0, EAST),), GOOD, 9.0, None, None), ((zone(8.0, EAST),), BAD, 8.0, 1.0, 32.0), ((zone(8.5), zone(7.0, EAST)), BAD, 7.0, 2.0, None), ((zone(9.5), zone(8.0, AWAY)), GOOD, 9.5, None, None),
    ((zone(8.0, box(0, 0, 10, 40)), zone(7.0, EAST)), BAD, 7.0, 2.0, 96.0),
])
def test_the_worst_point_decides(zones, verdict, limit, excess, volume):
    found = judged(*zones)
    first = found.measurements[0]
    assert (found.verdict, first.name, first.value, first.unit, first.operator, first.limit) == (verdict, "height_at_worst_point", TOP, "m NAP", "<=", limit) and (found.subject, found.measurements[-1]) == (ABOUT, Measurement("top", TOP, "m NAP"))
    assert values(found).get("excess_height") == excess and (volume is None or values(found)["excess_volume"] == pytest.approx(volume, abs=1e-3))
    assert not found.notes


@pytest.mark.parametrize(("nap", "verdict"), [(9.0, ASK), (8.0, BAD)])
def test_a_surface_that_ends_under_a_design_decides_only_against_it(nap, verdict):
    """A raster of which the middles of cells reach to x = 10: the east half of the house has no limit."""
    (half,) = surface_from({"type": "raster", "west": ORIGIN[0] - 45, "north": ORIGIN[1] + 60, "cell_m": 10, "heights": [[nap] * 6] * 8})
    found = judged(half, notes=(Note.of("n"),))
    assert (found.verdict, [note.code for note in found.notes][:2]) == (verdict, ["n", "surroundings_surface_partly"])


def test_what_a_limit_says_of_itself_comes_along():
    words = {"datum_nap": 1.5, "unit": "m", "centre": (ORIGIN[0] + 6, ORIGIN[1] - 20.0), "sources": (UncertaintySource("peil", 0.1),), "inputs": (InputUsed("plans", "x"),), "notes": (Note.of("n"),), "on_violation": (Note.of("v"),)}
    own = rule(limit=Limit("<", "m", 7.0), uncertainty={"level_m": 0.2, "surface_m": 0.3, "height_m": 0.4, "boundary_m": 0.9})
    found = judged(zone(7.0), own=own, contours=((LineString([(0, 0), (9, 9)]), 44.12345),), **words)
    first = found.measurements[0]
    assert (first.value, first.limit, first.unit, first.operator, first.sources) == (7.5, 5.5, "m", "<", tuple(UncertaintySource(*one) for one in (("peil", 0.1), ("level", 0.2), ("height", 0.4), ("surface", 0.3))))
    assert found.verdict is BAD and found.inputs == words["inputs"] and [note.code for note in found.notes] == ["n", "v"] and values(found)["distance_to_centre"] == pytest.approx(26.0, abs=9.0)
    shown = {one.role: one for one in found.evidence}
    assert (shown["limit_contour"].value, shown["limit_contour"].unit, shown["highest_point"].value, shown["highest_point"].unit, shown["excess_volume"].unit) == (44.123, "m", 7.5, "m", "m") and shown["excess_volume"].value == 2.0
    place = shown["highest_point"].geometry
    assert place.z == TOP and values(found)["distance_to_centre"] == round(float(np.hypot(place.x - words["centre"][0], place.y - words["centre"][1])), 3)
    assert [note.code for note in judged(zone(9.0), **{**words, "sources": ()}).notes] == ["n"] and judged(zone(9.0), own=rule(limit=Limit(">=", "m", 7.0))).measurements[0].operator == "<="


def test_the_surface_is_shown_five_metres_around_and_cut_along_the_way_to_the_centre():
    found = judged(zone(9.0), centre=(ORIGIN[0] + 10, ORIGIN[1] - 100))
    shown = {one.role: one for one in found.evidence}
    assert (local(shapely.multipoints(shown["limit_surface"].triangles.reshape(-1, 3)[:, :2])).bounds, set(shown["limit_surface"].triangles[..., 2].ravel())) == ((1, 1, 19, 19), {9.0})
    def way(one):
        ends = shapely.get_coordinates(one.geometry)
        return abs(ends[-1] - ends[0]) / np.hypot(*(ends[-1] - ends[0]))

    place = shapely.get_coordinates(shown["highest_point"].geometry)[0]
    towards = abs(place - (ORIGIN[0] + 10, ORIGIN[1] - 100))
    assert way(shown["section_line"]) == pytest.approx(towards / np.hypot(*towards))
    long = {one.role: one for one in judged(zone(9.0), parts=(box_part(2, 6, 18, 10, 0, 8),), centre=tuple(place)).evidence}
    assert way(long["section_line"]) is not None
    free = {one.role: one for one in judged(zone(9.0), parts=(box_part(2, 6, 18, 10, 0, 8),)).evidence}
    assert way(free["section_line"]) == pytest.approx((1.0, 0.0))
    assert "limit_surface" not in {one.role for one in judge_surface(rule(), context(), SurfaceLimit(ABOUT, (Zoned(Raster(_terrain()), None),))).evidence} and shown["limit_surface"].value is None


def _terrain():
    return surface_from({"type": "raster", "west": ORIGIN[0] + 500, "north": ORIGIN[1] + 500, "cell_m": 1, "heights": [[1, 1], [1, 1]]})[0].surface.terrain


@pytest.mark.parametrize(("zones", "codes", "away"), [((zone(9.0, box(20, 0, 30, 40)),), ["n", "surroundings_outside_zone"], 6.0), ((zone(9.0, box(20, 0, 30, 40)), zone(9.0, box(14, 0, 19, 40))), ["n", "surroundings_outside_zone"], 0.0), ((zone(9.0, box(17, 18, 30, 40)),), ["n", "surroundings_outside_zone"], 5.0), ((), ["n", "surroundings_zone_beyond_reach"], None), ((Zoned(Level(9.0), shapely.Polygon()),), ["n", "surroundings_zone_beyond_reach"], None)])
def test_outside_every_zone_a_rule_does_not_apply(zones, codes, away):
    found = judged(*zones, notes=(Note.of("n"),), inputs=(InputUsed("plans", "x"),))
    assert (found.verdict, [note.code for note in found.notes], values(found)) == (NONE, codes, {} if away is None else {"distance_to_zone": away}) and found.inputs == (InputUsed("plans", "x"),)
    assert outside(rule(), context(), SurfaceLimit(ABOUT, (zone(9.0, box(14.12345, 0, 30, 40)),))).notes[0] == Note.of("surroundings_outside_zone", distance=0.12)
    assert found.measurements == () or found.measurements[0].unit == "m"


def test_what_has_no_body_or_no_surface_here_is_not_assessable():
    upright = replace(HOUSE, vertices=HOUSE.vertices[:4] * [1, 0, 1] + [0, ORIGIN[1], 0], faces=np.array([[0, 1, 2]]), closed=False)
    assert judged(zone(9.0), parts=(upright,)).missing == (Note.of("surroundings_no_body"),)
    found = judge_surface(rule(), context(), SurfaceLimit(ABOUT, (Zoned(Raster(_terrain()), None),), notes=(Note.of("n"),)))
    assert (found.verdict, found.missing, found.notes) == (LACK, (Note.of("surroundings_surface_not_here"),), (Note.of("n"),))


def test_open_parts_have_no_volume_above_a_surface():
    found = judged(zone(8.0), parts=(replace(HOUSE, closed=False),))
    assert values(found)["excess_volume"] is None and Note.of("checks_open_parts", count=1) in found.notes and values(found)["excess_height"] == 1.0


SQUARE = rd((0, 0), (10, 0), (10, 40), (0, 40))


@pytest.mark.parametrize(("given", "kind", "number"), [
    (45, Level, 45.0), ("45.5", Level, 45.5), ({"nap_m": 45}, Level, 45.0), ({"type": "constant", "nap_m": "46"}, Level, 46.0), ({"type": "plane", "points": [[0, 0, 1], [10, 0, 2], [0, 10, 1]]}, Plane, 1.5), ({"type": "plane", "at": [0, 0], "nap_m": 3, "rise": [0.1, 0.2]}, Plane, 4.5),
    ({"type": "contours", "lines": [{"nap_m": 10, "line": [[0, 0], [0, 9]]}, {"nap_m": 20, "line": [[10, 0], [10, 9]]}]}, Contours, 15.0), ({"type": "raster", "west": 0, "north": 10, "cell_m": 5, "heights": [[7, 7], [7, 7]]}, Raster, 7.0),
])
def test_a_surface_that_a_rule_describes(given, kind, number):
    (found,) = surface_from(given)
    assert isinstance(found.surface, kind) and found.zone is None and found.surface.heights(np.array([[5.0, 5.0]]))[0] == pytest.approx(number)
    if isinstance(given, dict):
        (inside,) = surface_from({**given, "area": SQUARE})
        assert local(inside.zone).bounds == (0, 0, 10, 40)


@pytest.mark.parametrize("given", [
    "hoog", None, [], {}, {"type": "bol"}, {"nap_m": None}, {"nap_m": 3, "area": [[0, 0], [1, 1]]}, {"nap_m": 3, "area": rd((-50, -50), (50, 50), (50, -50), (-50, 50))}, {"nap_m": 3, "area": "x"}, {"type": "plane", "points": [[0, 0, 1]]}, {"type": "plane", "at": [0, 0], "nap_m": 3}, {"type": "plane", "points": [[0, 0, 1], [1, 1, 2], [2, 2, 4]]},
    {"type": "contours", "lines": [{"nap_m": 10, "line": [[0, 0], [0, 9]]}]}, {"type": "contours", "lines": [{"nap_m": 10, "line": [[0, 0]]}, {"nap_m": 10, "line": [[0, 0]]}]}, {"type": "raster", "west": 0, "north": 10, "cell_m": 0, "heights": [[7, 7], [7, 7]]}, {"type": "raster", "west": 0, "north": 10, "cell_m": -1, "heights": [[7, 7], [7, 7]]},
    {"type": "raster", "west": 0, "north": 10, "cell_m": 5, "heights": [[7, 7]]}, {"type": "raster", "west": 0, "north": 10, "cell_m": 5, "heights": [7, 7]}, [45, "hoog"], [[], 45],
])
def test_what_is_no_surface(given):
    assert surface_from(given) is None


def test_a_raster_may_have_nothing_and_several_surfaces_are_kept_in_order():
    (found,) = surface_from({"type": "raster", "west": 0, "north": 10, "cell_m": 5, "heights": [[7, None, 7], [7, 7, 7]]})
    assert np.isnan(found.surface.terrain.heights[0, 1]) and (found.surface.terrain.x0, found.surface.terrain.y0, found.surface.terrain.cell) == (0.0, 10.0, 5.0) if hasattr(found.surface.terrain, "x0") else True
    assert [one.surface for one in surface_from([45, {"nap_m": 40}, [30, 20]])] == [Level(45.0), Level(40.0), Level(30.0), Level(20.0)]
    lines = {"type": "contours", "lines": [{"nap_m": nap, "line": [[x, 0], [x, 9]]} for nap, x in ((10, 0), (20, 10))]}
    assert [(line.coords[0][0], nap) for line, nap in lines_of_equal_height(surface_from([45, lines]))] == [(0.0, 10.0), (10.0, 20.0)]


def test_surfaces_within_a_zone():
    both = (zone(1.0), zone(2.0, box(0, 0, 12, 40)))
    cut = clipped_to(both, shift(EAST))
    assert [local(one.zone).bounds for one in cut] == [(10, 0, 20, 40), (10, 0, 12, 40)] and clipped_to(both, None) == both and [one.surface for one in cut] == [one.surface for one in both]


@pytest.mark.parametrize(("limit", "above", "datum"), [(None, False, Datum()), (Limit("<=", "m", 9.0), True, Datum(GROUND, "m")), (Limit("<=", "m NAP", 9.0), False, Datum()), (Limit("<=", "m", None, "bouwhoogte"), False, Datum())])
def test_from_where_a_rules_own_number_counts(limit, above, datum):
    assert from_peil(rule(limit=limit)) is above and datum_of(rule(limit=limit), context()) == datum and (datum.unit, datum.sources) == ("m" if above else "m NAP", ())


LUCHT = plan_area("l", "gebiedsaanduiding", "luchtvaartverkeerzone", EAST, PlanValue("bouwhoogte", "maximum", 8.0, "m NAP", "x"))
BEAM = plan_area("s", "gebiedsaanduiding", "vrijwaringszone - straalpad", ALL, PlanValue("bouwhoogte", "maximum", 7.0, "m NAP", "x"), PlanValue("goothoogte", "maximum", 5.0, "m NAP", "x"))
SIZES = (plan_area("n", "maatvoering", "", ALL, PlanValue("bouwhoogte", "maximum", 12.0, "m NAP", "x")), plan_area("m", "maatvoering", "", ALL, PlanValue("bouwhoogte", "maximum", 9.0, "m", "x")), plan_area("e", "maatvoering", "", ALL, PlanValue("bouwhoogte", "maximum", None, "m NAP", "x")))
PLANS = {"plans": (*(area for area in site().plans if area.kind != "maatvoering"), LUCHT, BEAM, *SIZES)}
OF_MAP = Limit("<=", "m NAP", None, "bouwhoogte")


@pytest.mark.parametrize(("limit", "measure", "name", "expected"), [
    (OF_MAP, {}, "", [("l", 8.0), ("s", 7.0), ("n", 12.0)]), (OF_MAP, {"zone_name": "Luchtvaart"}, "", [("l", 8.0), ("n", 12.0)]), (OF_MAP, {}, "straalpad", [("s", 7.0), ("n", 12.0)]), (OF_MAP, {"zone_name": "luchtvaart"}, "straalpad", [("l", 8.0), ("n", 12.0)]), (None, {}, "straalpad", [("s", 7.0), ("n", 12.0)]),
    (Limit("<=", "m NAP", None, "goothoogte"), {}, "", [("s", 5.0)]), (Limit("<=", "m NAP", None, "nokhoogte"), {}, "", []),
])
def test_the_levels_of_a_plan(limit, measure, name, expected):
    zoned, areas, missing = plan_levels(rule(limit=limit, measure=measure), context(**PLANS), name)
    assert [(area.fid, one.surface.nap_m) for area, one in zip(areas, zoned)] == expected and all(one.zone is area.geometry for area, one in zip(areas, zoned))
    assert missing == (() if expected else (Note.of("surroundings_no_surface"),))


@pytest.mark.parametrize(("measure", "fids", "missing"), [({}, [], ()), ({"zone_name": "LUCHT"}, ["l"], ()), ({"zone_name": "zone"}, ["l", "s"], ()), ({"zone_name": "haven"}, [], (Note.of("surroundings_no_zone", name="haven"),)), ({"zone_name": None}, [], ())])
def test_a_zone_by_its_name(measure, fids, missing):
    where, areas, lacks = named_zone(rule(measure=measure), context(**PLANS))
    assert ([area.fid for area in areas], lacks) == (fids, missing) and (where is None) is (not fids) and (len(fids) != 1 or local(where).equals(EAST))


def without_plans(scene):
    records = tuple(replace(one, state=LayerState.FAILED) if one.layer == "plans" else one for one in scene.site.provenance)
    return replace(scene, site=replace(scene.site, provenance=records), shared={})


def test_where_the_plans_did_not_answer_that_is_what_is_missing():
    scene = without_plans(context())
    assert [note.code for note in named_zone(rule(measure={"zone_name": "lucht"}), scene)[2]] == ["checks_layer_failed"] and [(one.could, one.note.code) for one in scene.ledger.unseen] == [("either", "checks_layer_failed")]
    assert [note.code for note in plan_levels(rule(limit=OF_MAP), without_plans(context(**PLANS)))[2]] == ["checks_layer_failed"]


@pytest.mark.parametrize(("limit", "measure", "datum", "expected", "missing"), [
    (Limit("<=", "m", 9.0), {}, 1.0, [10.0], None), (Limit("<=", "m", 9.0), {"surface": 45}, 1.0, [45.0], None), (None, {"surface": 45}, 0.0, [45.0], None), (None, {}, 0.0, [], "surroundings_no_surface"), (Limit("<=", "m"), {}, 0.0, [], "surroundings_no_surface"), (None, {"surface": "hoog"}, 0.0, [], "surroundings_surface_unreadable"),
    (OF_MAP, {"surface": 45}, 0.0, [8.0, 7.0, 12.0], None), (Limit("<=", "m", 9.0), {"zone_name": "lucht"}, 0.0, [9.0], None), (Limit("<=", "m", 9.0), {"zone_name": "haven"}, 0.0, [9.0], "surroundings_no_zone"),
])
def test_the_surfaces_of_a_rule(limit, measure, datum, expected, missing):
    zoned, areas, lacks = surfaces(rule(limit=limit, measure=measure), context(**PLANS), datum)
    assert [one.surface.nap_m for one in zoned] == expected and [note.code for note in lacks] == ([missing] if missing else [])
    if measure.get("zone_name") == "lucht":
        assert local(zoned[0].zone).equals(EAST) and [area.fid for area in areas] == ["l"]


@pytest.mark.parametrize(("limit", "measure", "expected"), [
    (Limit("<=", "m", 8.0), {}, (GOOD, 8.0, 8.0, "m", [])), (Limit("<=", "m", 7.0), {}, (BAD, 8.0, 7.0, "m", [])), (Limit("<=", "m NAP", 8.0), {}, (BAD, 9.0, 8.0, "m NAP", [])), (Limit("<=", "m", 7.0), {"surface": 9.0}, (GOOD, 9.0, 9.0, "m NAP", [])), (OF_MAP, {}, (BAD, 9.0, 7.0, "m NAP", ["l", "n", "s"])), (Limit("<=", "m", 7.0), {"zone_name": "lucht"}, (BAD, 8.0, 7.0, "m", ["l"])),
])
def test_what_a_rule_describes_is_judged(limit, measure, expected):
    found = judge_described(rule(limit=limit, measure=measure), context(**PLANS), ABOUT, (Note.of("v"),))
    first = found.measurements[0]
    assert (found.verdict, first.value, first.limit, first.unit, [one.fid for one in found.inputs]) == expected and (Note.of("v") in found.notes) is (found.verdict is BAD)


def test_contours_are_shown_and_what_is_missing_is_said():
    lines = {"type": "contours", "lines": [{"nap_m": nap, "line": rd((x, -50), (x, 90))} for nap, x in ((10, 0), (20, 20))]}
    found = judge_described(rule(measure={"surface": lines}), context(), ABOUT)
    assert [one.value for one in found.evidence if one.role == "limit_contour"] == [10.0, 20.0] and found.verdict is GOOD
    assert judge_described(rule(), context(), ABOUT).missing == (Note.of("surroundings_no_surface"),)
    asked = peil_missing(rule(), context(), ABOUT)
    assert (asked.verdict, asked.missing, [question.key for question in asked.questions]) == (LACK, (Note.of("checks_peil_missing"),), ["peil"])
