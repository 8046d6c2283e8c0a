"""A3: the worked numbers, each switch of the plan, and roofs of many shapes."""

from __future__ import annotations

import math

import numpy as np
import pytest
from said import said
from shapely import box

import scenes
from drieluik.model import Building3D, Limit, Part, PlanValue, RegisteredBuilding, Terrain, Verdict
from one_rule import PEIL, piece, roles, run, run_all, values
from roofs import barrel, body, dormer, house, slab
from scenes import GROUND, box_part, gable_part, plan_area, to_rd

COMPLIES, VIOLATES, JUDGE, NONE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT, Verdict.NOT_APPLICABLE
CHECK = "max_eaves_height"


def case(*parts, value=6.0, **words):
    return run(CHECK, *parts, value=value, **words)


@pytest.mark.parametrize(("eaves", "verdict", "margin"), [(5.80, COMPLIES, 0.20), (6.15, VIOLATES, -0.15), (6.0, COMPLIES, 0.0)])
def test_worked_gable_roofs(eaves, verdict, margin):
    found = case(house(eaves))
    assert (found.verdict, found.measurements[0].margin) == (verdict, pytest.approx(margin, abs=1e-6))
    assert {"eaves", "limit_surface", "section_line"} <= roles(found) | {"eaves"}


def test_exactly_at_the_limit_for_each_operator():
    assert [case(house(6.0), op=op).verdict for op in ("<=", "<")] == [COMPLIES, VIOLATES]


@pytest.mark.parametrize(
    ("switches", "verdict", "value"),
    [
        ({}, JUDGE, 7.6), ({"exclude_below_pct": 50}, COMPLIES, 5.8), ({"exclude_below_pct": 25}, VIOLATES, 7.6),
        ({"exclude_dormers": True}, COMPLIES, 5.8), ({"exclude_dormers": False}, VIOLATES, 7.6),
    ],
)
@pytest.mark.parametrize("y0", [6.0, 5.0])
def test_worked_dormer_of_30_percent(switches, verdict, value, y0):
    """Standing back on the roof, and flush with the facade: whether that is a dormer is asked where dormers do not count."""
    if y0 == 5.0 and verdict is COMPLIES:
        verdict, value = JUDGE, 7.6
    found = case(house(), dormer(y0=y0), **switches)
    assert (found.verdict, found.measurements[0].value) == (verdict, pytest.approx(value))


def test_the_officer_says_whether_dormers_count():
    assert [q.key for q in case(house(), dormer()).questions] == ["dormers_count"]
    assert case(house(), dormer(), answers={"dormers_count": "no"}).verdict is COMPLIES
    assert case(house(), dormer(), answers={"dormers_count": "yes"}).verdict is VIOLATES


def test_dormers_count_together_and_a_low_one_changes_nothing():
    two = [dormer(6, 9), dormer(11, 14)]
    assert case(house(), *two, exclude_below_pct=50).verdict is VIOLATES
    assert case(house(), *two, exclude_below_pct=70).verdict is COMPLIES
    assert case(house(4.0, 9.0), box_part(8.5, 6, 11.5, 8.5, 4, 5.9, fid="d")).verdict is COMPLIES


def test_a_high_main_eaves_violates_with_or_without_its_dormer():
    found = case(house(6.15), dormer(top=8))
    assert (found.verdict, found.measurements[0].value) == (VIOLATES, pytest.approx(6.15))
    assert values(found)["eaves_dormer"] == pytest.approx(8.0)


@pytest.mark.parametrize(
    ("top", "switches", "verdict"),
    [(6.4, {"flat_equals_eaves": True}, VIOLATES), (6.0, {"flat_equals_eaves": True}, COMPLIES), (6.4, {}, VIOLATES), (6.4, {"flat_equals_eaves": False}, NONE)],
)
def test_flat_roof(top, switches, verdict):
    assert case(box_part(5, 5, 15, 15, 0, top), **switches).verdict is verdict


def test_a_parapet_is_a_boeibord_and_a_high_midst_counts_where_flat_equals_eaves():
    rim = [box_part(5, 5, 15, 15, 0, 5.8)] + [
        box_part(*sides, 5.8, 6.1, fid=f"rim{n}") for n, sides in enumerate([(5, 5, 15, 5.3), (5, 14.7, 15, 15), (5, 5.3, 5.3, 14.7), (14.7, 5.3, 15, 14.7)])
    ]
    found = case(*rim)
    assert (found.verdict, found.measurements[0].value) == (VIOLATES, pytest.approx(6.1))
    low = [box_part(5, 5, 15, 15, 0, 5.8), box_part(5, 8, 15, 12, 5.8, 6.3, fid="midst")]
    assert case(*low, flat_equals_eaves=True).verdict is VIOLATES


PENT = [(5, 0), (15, 0), (15, 8), (5, 5)]


def test_lessenaarsdak():
    assert (case(body(PENT)).verdict, [q.key for q in case(body(PENT)).questions]) == (JUDGE, ["pent_roof"])
    found = case(body(PENT), pent_roof="low_side")
    assert (found.verdict, found.measurements[0].value, found.notes[-1].code) == (COMPLIES, pytest.approx(5.0), "zoning_high_side")
    assert values(found)["eaves_high_side"] == pytest.approx(8.0, abs=0.01)
    both = case(body(PENT), pent_roof="both_sides")
    assert (both.verdict, both.measurements[0].value) == (VIOLATES, pytest.approx(8.0, abs=0.01))


def test_drip_edge_or_the_plane_of_the_wall():
    """Walls 10 x 6 m, roof of 45 degrees with 0.5 m overhang: 6.0 in the wall's plane, 5.5 at the drip edge."""
    walls = gable_part(5, 5, 15, 11, 5.9, 8.9, kind="wall")
    south = slab([(4.5, 4.5, 5.5), (15.5, 4.5, 5.5), (15.5, 8, 9), (4.5, 8, 9)], "south")
    north = slab([(4.5, 8, 9), (15.5, 8, 9), (15.5, 11.5, 5.5), (4.5, 11.5, 5.5)], "north")
    parts = (walls, south, north)
    assert [q.key for q in case(*parts, value=5.8).questions] == ["eaves_at"]
    assert case(*parts, value=5.8, eaves_at="drip").measurements[0].value == pytest.approx(5.5)
    wall = case(*parts, value=5.8, eaves_at="wall_plane")
    assert (wall.verdict, wall.measurements[0].value) == (VIOLATES, pytest.approx(6.0))
    assert values(wall)["eaves_drip"] == pytest.approx(5.5)


def envelope(y, top, value=4.0, **words):
    """A post under the envelope of a bouwvlak of 20 x 10: at ``y`` the planes rise from its south and north sides."""
    plans = (plan_area("b", "bouwvlak", "bouwvlak", box(0, 0, 20, 10)),)
    parts = [box_part(0, 0, 20, 10, 0, 3.0), box_part(9, y, 11, 5, 3.0, top, fid="post")]
    return run(CHECK, *parts, site=scenes.site(plans=plans), value=value, roof_envelope_angle_deg=142, **words)


@pytest.mark.parametrize(("top", "verdict"), [(6.40, COMPLIES), (6.70, VIOLATES)])
def test_worked_envelope_of_142_degrees(top, verdict):
    found = envelope(2.0, top)
    assert found.verdict is verdict
    assert found.measurements[0].value == pytest.approx(top)
    assert found.measurements[0].limit == pytest.approx(4 + 2 * 1.27994, abs=1e-3)
    assert ("excess_volume" in roles(found)) is (verdict is VIOLATES)


def test_envelope_at_its_edge_chimney_exempt_and_the_sides_asked():
    exact = 4 + 2 * math.tan(math.radians(52))
    assert [envelope(2.0, exact, op=op).verdict for op in ("<=", "<")] == [COMPLIES, VIOLATES]
    plans = (plan_area("b", "bouwvlak", "bouwvlak", box(0, 0, 20, 10)),)
    chimney = [box_part(0, 0, 20, 10, 0, 3.9), box_part(1, 1, 2, 2, 3.9, 8, kind="chimney", fid="c")]
    assert run(CHECK, *chimney, site=scenes.site(plans=plans), value=4.0, roof_envelope_angle_deg=142).verdict is COMPLIES
    square = scenes.site(plans=(plan_area("b", "bouwvlak", "bouwvlak", box(0, 0, 10, 10)),))
    gable = gable_part(0, 0, 10, 10, 4, 10)
    found = run(CHECK, gable, site=square, value=4.0, roof_envelope_angle_deg=142)
    assert (found.verdict, found.questions[0].key) == (JUDGE, "envelope_lines")
    south_north = {"envelope_lines": {"lines": [[[*scenes.ORIGIN], [scenes.ORIGIN[0] + 10, scenes.ORIGIN[1]]], [[scenes.ORIGIN[0], scenes.ORIGIN[1] + 10], [scenes.ORIGIN[0] + 10, scenes.ORIGIN[1] + 10]]]}}
    assert run(CHECK, gable, site=square, value=4.0, roof_envelope_angle_deg=142, answers=south_north).verdict is COMPLIES


def test_sloping_ground_is_measured_at_the_front_facade():
    """The ground rises from +1.0 NAP at the street to +3.0 behind: at the front (5 m) it is 1.4 on the mean line 1 m before it."""
    rows = np.arange(240)
    y = 70 - (rows + 0.5) * 0.5
    heights = np.tile((GROUND + np.clip(y, 0, 20) * 0.1)[:, None], (1, 240))
    site = scenes.site(terrain=Terrain(heights, scenes.ORIGIN[0] - 50, scenes.ORIGIN[1] + 70, 0.5))
    found = run(CHECK, house(6.35, 10), site=site, value=6.0, measured_at="front_facade", answers={"peil": {}})
    assert values(found)["peil"] == pytest.approx(GROUND + 0.4, abs=0.01)
    assert found.measurements[0].value == pytest.approx(5.95, abs=0.01)
    assert found.verdict is JUDGE  # 0.05 m of room against 0.10 m of the terrain


@pytest.mark.parametrize(
    ("profile", "verdict"),
    [
        ([(5, 0), (15, 0), (15, 3), (13, 6.5), (10, 8), (7, 6.5), (5, 3)], COMPLIES),  # mansard: its kink is no goot
        ([(5, 0), (15, 0), (15, 7), (10, 9), (5, 5.5)], VIOLATES),  # unequal eaves: the highest counts
    ],
)
def test_mansard_and_unequal_roofs(profile, verdict):
    assert case(body(profile)).verdict is verdict


def test_hip_roof():
    corners = [(5, 5), (15, 5), (15, 15), (5, 15)]
    vertices = to_rd([(x, y, z) for z in (0, 6.2) for x, y in corners] + [(10, 9, 9.5), (10, 11, 9.5)])
    faces = [[0, 2, 1], [0, 3, 2], [4, 5, 8], [5, 6, 9], [5, 9, 8], [6, 7, 9], [7, 4, 8], [7, 8, 9]]
    faces += [f for i in range(4) for f in ([i, (i + 1) % 4, 4 + (i + 1) % 4], [i, 4 + (i + 1) % 4, 4 + i])]
    found = case(Part("hip", vertices, np.array(faces), kind="building", closed=True))
    assert (found.verdict, found.measurements[0].value) == (VIOLATES, pytest.approx(6.2))
    assert sum(e.role == "eaves_over" for e in found.evidence) == 4


@pytest.mark.parametrize(("spring", "limit", "verdict"), [(3.0, 6.0, JUDGE), (3.0, 9.0, COMPLIES)])
def test_curved_roof_is_a_judgement_unless_its_top_complies(spring, limit, verdict):
    found = case(barrel(spring), value=limit)
    assert (found.verdict, found.notes[-1].code) == (verdict, "zoning_curved_roof")
    assert "section_line" in roles(found)


def test_a_low_extension_hides_no_eaves_and_a_tower_is_no_dormer():
    extension = box_part(5, 2, 15, 5, 0, 3, fid="extension")
    found = case(house(6.5), extension)
    assert (found.verdict, found.measurements[0].value) == (VIOLATES, pytest.approx(6.5))
    assert case(box_part(0, 0, 10, 10, 0, 3), box_part(2, 2, 8, 8, 3, 9, fid="tower")).verdict is VIOLATES
    small = case(box_part(0, 0, 10, 10, 0, 3), box_part(3, 3, 6, 6, 3, 9, fid="lift"))
    assert (small.verdict, small.measurements[0].value) == (JUDGE, pytest.approx(9.0))
    assert case(box_part(0, 0, 10, 10, 0, 3), box_part(3, 3, 6, 6, 3, 9, fid="lift"), exclude_below_pct=50).verdict is COMPLIES
    two = [box_part(x, x, x + 2, x + 2, 3, 9, fid=f"lift{x}") for x in (1, 7)]
    assert case(box_part(0, 0, 10, 10, 0, 3), *two, exclude_below_pct=50).verdict is COMPLIES


def test_a_high_wing_of_less_than_half_the_width_is_no_dormer():
    found = case(gable_part(0, 0, 6, 8, 3, 6), gable_part(6, 0, 10, 8, 6.5, 9, fid="wing"))
    assert (found.verdict, found.measurements[0].value) == (VIOLATES, pytest.approx(6.5))


def eaves_height(value):
    return PlanValue("goothoogte", "maximum", value, "m", f"maximum goothoogte (m)={value:g}")


def test_two_zones_and_a_facade_on_their_border():
    plans = (
        plan_area("m4", "maatvoering", "g", box(0, 0, 20, 10), eaves_height(4)), plan_area("m6", "maatvoering", "g", box(0, 10, 20, 20), eaves_height(6)),
    )
    found = run_all(CHECK, house(5.0), site=scenes.site(plans=plans))
    assert [(said(f), f.verdict) for f in found] == [("maximum goothoogte 4 m", VIOLATES), ("maximum goothoogte 6 m", COMPLIES)]
    one = run(CHECK, gable_part(5, 10, 15, 18, 5, 9), site=scenes.site(plans=plans))
    assert (said(one), one.verdict) == ("maximum goothoogte 6 m", COMPLIES)


def test_peil_unknown_and_no_plan_value():
    open_peil = {"peil": {"candidates": {"road_at_main_entrance": GROUND, "ground_floor_level": GROUND + 0.5}}}
    found = case(house(6.2), answers=open_peil)
    assert (found.verdict, [q.key for q in found.questions]) == (JUDGE, ["peil"])
    assert case(house(5.8), answers=open_peil).verdict is COMPLIES
    assert run(CHECK, house(), answers=PEIL).missing[0].code == "zoning_no_limit"


def test_evidence_in_plan_and_space():
    found = case(house(6.15))
    lines = [e for e in found.evidence if e.role == "eaves_over"]
    assert [(round(e.geometry.length, 2), e.value) for e in lines] == [(10.0, 6.15), (10.0, 6.15)]
    assert [c[2] for e in lines for c in e.geometry.coords] == pytest.approx([GROUND + 6.15] * 4)
    assert piece(found, "eaves_strip").triangles[:, :, 2].max() == pytest.approx(GROUND + 6.15)
    assert case(house(5.8), limit=Limit("<=", "m", 6.0)).verdict is COMPLIES


def test_a_flat_roof_that_steps_up_at_the_edge_of_the_zone():
    """5 m in the zone of 6 m, 8 m from the wall at x = 10 on in the zone of 9 m."""
    areas = tuple(
        plan_area(f"g{value}", "maatvoering", "goothoogte", polygon, PlanValue("goothoogte", "maximum", value, "m", f"maximum goothoogte (m)={value}"))
        for polygon, value in ((box(0, 0, 10, 40), 6.0), (box(10, 0, 20, 40), 9.0))
    )
    found = run_all("max_eaves_height", box_part(2, 5, 10, 15, 0, 5), box_part(10, 5, 18, 15, 0, 8, fid="t"), site=scenes.site(plans=areas))
    assert [(f.verdict, f.measurements[0].value) for f in found] == [(COMPLIES, pytest.approx(5.0)), (COMPLIES, pytest.approx(8.0))]


@pytest.mark.parametrize(("width", "verdict"), [(4.9, COMPLIES), (4.99, COMPLIES), (5.0, VIOLATES), (5.01, VIOLATES)])
def test_a_dormer_as_wide_as_the_share_is_not_below_it(width, verdict):
    """Standing back on a roof of 10 m: less than 50 % is less than 5.00 m, to the centimetre."""
    assert case(house(), dormer(6, 6 + width), exclude_below_pct=50).verdict is verdict


@pytest.mark.parametrize(("facets", "limits"), [(8, (2.4, 2.6, 5.9, 6.1)), (24, (2.4, 2.6, 5.9, 6.1)), (40, (2.4, 2.6, 5.9, 6.1))])
def test_the_eaves_of_a_barrel_roof_lie_between_its_foot_and_its_top(facets, limits):
    """11 x 7 m; the barrel begins at 2.5 m and is 6.0 m high."""
    angles = np.linspace(0, np.pi, facets + 1)
    profile = [(5.0, 0.0), (12.0, 0.0), *((8.5 + 3.5 * np.cos(a), 2.5 + 3.5 * np.sin(a)) for a in angles)]
    count = len(profile)
    ends = [[0, n + 1, n] for n in range(1, count - 1)] + [[count, count + n, count + n + 1] for n in range(1, count - 1)]
    sides = [face for n in range(count) for face in ([n, (n + 1) % count, count + (n + 1) % count], [n, count + (n + 1) % count, count + n])]
    barrel = Part("barrel", scenes.to_rd([(x, y, z) for x in (4.0, 15.0) for y, z in profile]), np.array([*ends, *sides]), "building", closed=True)
    verdicts = [run("max_eaves_height", barrel, value=limit).verdict for limit in limits]
    assert verdicts == [Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT, Verdict.NEEDS_JUDGEMENT, Verdict.COMPLIES]


ROOF = scenes.shift(box(2, 3, 10, 12))
STANDING = RegisteredBuilding("9999100000000091", ROOF, 1960, "Pand in gebruik", ("woonfunctie",))
MODEL = Building3D("9999100000000091", gable_part(2, 3, 10, 12, 3, 7).triangles, np.array(["roof"] * len(gable_part(2, 3, 10, 12, 3, 7).faces)), "2.2", GROUND, GROUND + 7, "2022-03-01")
ALONE = (box_part(5, 4, 7, 7, 4.0, 5.4, fid="dakkapel"),)
STOREY = (box_part(2, 3, 10, 12, 6.0, 9.0, fid="opbouw"),)


@pytest.mark.parametrize(("parts", "words", "verdict"), [
    (ALONE, {"exclude_dormers": True}, Verdict.NOT_APPLICABLE), (ALONE, {}, Verdict.NEEDS_JUDGEMENT), (ALONE, {"exclude_dormers": False}, Verdict.VIOLATES),
    (ALONE, {"answers": {**PEIL, "dormers_count": "yes"}}, Verdict.VIOLATES), (ALONE, {"answers": {**PEIL, "dormers_count": "no"}}, Verdict.NOT_APPLICABLE),
    (STOREY, {"exclude_dormers": True}, Verdict.VIOLATES),
])
def test_a_dormer_drawn_by_itself_on_the_roof_of_the_house_that_stands(parts, words, verdict):
    site = scenes.site(registered_buildings=(STANDING,), buildings3d=(MODEL,))
    found = run("max_eaves_height", *parts, value=3.2, site=site, **words)
    assert found.verdict is verdict and ("dormers_count" in {one.key for one in found.questions}) is (verdict is Verdict.NEEDS_JUDGEMENT)
