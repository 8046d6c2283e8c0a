"""Cases of A1 - A8 and peil computed by hand, beyond the worked numbers: one line each, with the sum that gives the number."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from shapely import Polygon, affinity, box

import scenes
from drieluik.model import Limit, Parcel, Part, RegisteredBuilding, Verdict
from one_rule import run
from roofs import body, house, slab
from scenes import GROUND, box_part, plan_area, shift, to_rd

COMPLIES, VIOLATES, JUDGE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT
TURN, ABOUT = 37.0, (10.0, 10.0)
RIM = [box_part(5, 5, 15, 5.3, 5.8, 6.2, fid="s"), box_part(5, 14.7, 15, 15, 5.8, 6.2, fid="n"), box_part(5, 5.3, 5.3, 14.7, 5.8, 6.2, fid="w")]
RIM.append(box_part(14.7, 5.3, 15, 14.7, 5.8, 6.2, fid="e"))
BLOCK = box_part(5, 5, 15, 15, 0, 6)
COURT = [box_part(0, 0, 10, 3, 0, 6, fid="a"), box_part(0, 9, 10, 12, 0, 6, fid="b"), box_part(0, 3, 3, 9, 0, 6, fid="c"), box_part(7, 3, 10, 9, 0, 6, fid="d")]
MANSARD = body([(5, 0), (15, 0), (15, 5.5), (14, 8.5), (10, 10), (6, 8.5), (5, 5.5)])
BUTTERFLY = body([(5, 0), (15, 0), (15, 7), (10, 5), (5, 7)])
SHED = body([(5, 0), (15, 0), (15, 8), (5, 5.8)])
OVERHANG = [box_part(5, 5, 15, 15, 0, 6, kind="wall"), slab([(5, 4.5, 5.6), (15, 4.5, 5.6), (15, 10, 11.1), (5, 10, 11.1)], "r1")]
OVERHANG.append(slab([(15, 15.5, 5.6), (5, 15.5, 5.6), (5, 10, 11.1), (15, 10, 11.1)], "r2"))


def turned(part):
    """The part turned by 37 degrees about (10, 10)."""
    local, angle = part.vertices - to_rd([(0, 0, 0)]), np.radians(TURN)
    xy = (local[:, :2] - ABOUT) @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]]) + ABOUT
    return replace(part, vertices=to_rd(np.column_stack([xy, local[:, 2]])))


def hipped(eaves, ridge, inset):
    """A hipped body of 10 x 10 m with its ridge ``inset`` from the ends."""
    corners = [(5, 5), (15, 5), (15, 15), (5, 15)]
    vertices = [(x, y, z) for z in (0, eaves) for x, y in corners] + [(5 + inset, 10, ridge), (15 - inset, 10, ridge)]
    faces = [[0, 2, 1], [0, 3, 2]] + [f for i in range(4) for f in ([i, (i + 1) % 4, (i + 1) % 4 + 4], [i, (i + 1) % 4 + 4, i + 4])]
    faces += [[4, 5, 9], [4, 9, 8], [5, 6, 9], [6, 7, 8], [6, 8, 9], [7, 4, 8]]
    return Part("hip", to_rd(vertices), np.array(faces), kind="building", closed=True)


def pitched(south, north, eaves=4.0):
    """A gable of 10 m wide with these pitches (degrees) on equal eaves."""
    one, other = (math.tan(math.radians(pitch)) for pitch in (south, north))
    at = 10 * other / (one + other)
    return body([(5, 0), (15, 0), (15, eaves), (5 + at, eaves + at * one), (5, eaves)])


def first(check, *parts, **words):
    found = run(check, *parts, **words)
    return found.verdict, found.measurements[0].value


def plane(*shapes):
    return scenes.site(plans=tuple(plan_area(f"b{n}", "bouwvlak", "bouwvlak", shape) for n, shape in enumerate(shapes)))


SQUARE, U = box(0, 0, 10, 12), Polygon([(0, 0), (10, 0), (10, 12), (7, 12), (7, 4), (3, 4), (3, 12), (0, 12)])
FULL = box_part(0, 0, 10, 12, 0, 6)


@pytest.mark.parametrize(("parts", "shapes", "verdict", "area"), [
    ([turned(FULL)], [affinity.rotate(SQUARE, TURN, origin=ABOUT)], COMPLIES, 0.0),
    ([FULL], [U], VIOLATES, 4 * 8.0),
    (COURT, [SQUARE.difference(box(3, 3, 7, 9))], COMPLIES, 0.0),
    ([box_part(0, 0, 10, 11, 0, 3), box_part(0, 0, 10, 13, 3, 6, fid="up")], [SQUARE], VIOLATES, 10 * 1.0),
    ([FULL], [box(0, 0, 5, 6), box(5, 6, 10, 12)], VIOLATES, 120 - 2 * 30.0),
    ([FULL], [box(50, 0, 60, 12)], VIOLATES, 120.0),
    ([FULL, box_part(0, 12, 10, 12.3, 0, 0.4, fid="plinth")], [SQUARE], COMPLIES, 0.0),
])
def test_a1(parts, shapes, verdict, area):
    assert first("within_building_plane", *parts, site=plane(*shapes)) == (verdict, pytest.approx(area, abs=1e-3))


@pytest.mark.parametrize(("parts", "limit", "verdict", "height"), [
    ([turned(hipped(6, 10, 3))], 9.0, VIOLATES, 10.0),
    ([box_part(5, 5, 15, 15, 0, 5.8), *RIM], 6.0, VIOLATES, 5.8 + 0.4),
    ([MANSARD], 10.0, COMPLIES, 10.0),
    ([BUTTERFLY], 6.9, VIOLATES, 7.0),
    ([BLOCK, box_part(5, 5, 15, 15, 6, 6.3, kind="solar", fid="pv")], 6.0, VIOLATES, 6.3),
    ([house(6, 8.9), box_part(7, 9.9, 7.1, 10, 8, 13.8, kind="antenna", fid="a")], 9.0, COMPLIES, 8.9),
    ([house(6, 8.9), box_part(7, 9.9, 7.1, 10, 8, 15, kind="antenna", fid="a")], 9.0, JUDGE, 15.0),  # 6.1 m above the roof: asked
    ([BLOCK, box_part(1, 5, 4, 8, 0, 7, fid="tower"), box_part(0, 20, 9, 30, 0, 6.5, fid="second")], 6.4, VIOLATES, 7.0),
    ([BLOCK, box_part(6, 6, 9, 10, 6, 7.5, kind="other", fid="big")], 7.0, VIOLATES, 7.5),  # 12 of 100 m2 is no minor part
])
def test_a2(parts, limit, verdict, height):
    assert first("max_building_height", *parts, value=limit) == (verdict, pytest.approx(height, abs=1e-4))


@pytest.mark.parametrize(("parts", "words", "verdict", "eaves"), [
    ([hipped(5.8, 10, 3)], {}, COMPLIES, 5.8),
    ([turned(hipped(6.2, 10, 3))], {}, VIOLATES, 6.2),
    ([MANSARD], {}, COMPLIES, 5.5),  # the kink at 8.5 is no eaves
    ([body([(5, 0), (15, 0), (15, 7), (11, 10), (5, 4)])], {}, VIOLATES, 7.0),
    ([SHED], {"pent_roof": "low_side"}, COMPLIES, 5.8),
    ([SHED], {"pent_roof": "both_sides"}, VIOLATES, 8.0),
    ([box_part(5, 5, 15, 15, 0, 5.8), *RIM], {}, VIOLATES, 6.2),
    (OVERHANG, {"eaves_at": "drip"}, COMPLIES, 6.1 - 0.5),  # 45 degrees, 0.5 m out
    (OVERHANG, {"eaves_at": "wall_plane"}, VIOLATES, 6.1),
])
def test_a3(parts, words, verdict, eaves):
    assert first("max_eaves_height", *parts, value=6.0, **words) == (verdict, pytest.approx(eaves, abs=1e-3))


@pytest.mark.parametrize(("parts", "verdict", "pitch"), [
    ([pitched(30, 60)], COMPLIES, 30.0), ([pitched(29.9, 60)], VIOLATES, 29.9), ([pitched(60.1, 30)], VIOLATES, 60.1),
    ([turned(pitched(28, 45))], VIOLATES, 28.0), ([BUTTERFLY], VIOLATES, math.degrees(math.atan(2 / 5))),
    ([MANSARD], JUDGE, math.degrees(math.atan(3 / 1))), ([SHED], VIOLATES, math.degrees(math.atan(2.2 / 10))),
    ([pitched(45, 45), box_part(5, 15, 15, 17.5, 0, 3, fid="annex")], JUDGE, 0.0),  # 25 of 166 m2
    ([pitched(45, 45), box_part(5, 15, 8, 17, 0, 3, fid="link")], JUDGE, 0.0),  # 6 of 147 m2
])
def test_a4(parts, verdict, pitch):
    assert first("roof_pitch_range", *parts, limit=Limit("between", "deg", None, None, 30, 60)) == (verdict, pytest.approx(pitch, abs=0.01))


@pytest.mark.parametrize(("parts", "old", "gone", "built"), [
    ([turned(box_part(5, 4, 15, 16, 0, 6))], [], [], 120), (COURT, [], [], 120 - 24),
    ([FULL], [box(17, 5, 23, 15)], [], 120 + 30),  # half of the old building stands on the plot
    ([box_part(0, 0, 10, 10, 0, 5)], [box(8, 9, 14, 14), box(15, 15, 20, 20)], ["p1"], 100 + 30 - 2),
    ([box_part(0, 0, 10, 10, 0, 5)], [box(13, 13, 19, 19).difference(box(15, 15, 17, 17))], [], 100 + 32),
    ([box_part(0, 0, 10, 10, 0, 6, kind="wall"), box_part(10, 0, 12, 10, 3, 3.2, kind="balcony", fid="b")], [], [], 100),
    ([box_part(0, 0, 8, 10, 0, 6), box_part(12, 12, 18, 18, 0, 3, fid="shed")], [], [], 80 + 36),
    ([box_part(15, 0, 25, 10, 0, 6)], [], [], 50),  # half on the next plot, which is not the bouwperceel
])
def test_a5(parts, old, gone, built):
    """Of a bouwperceel of 20 x 20 = 400 m2."""
    panden = tuple(RegisteredBuilding(f"p{n}", shift(shape)) for n, shape in enumerate(old))
    site = scenes.site(parcels=(Parcel("1", "A 1", shift(box(0, 0, 20, 20)), 400.0),), registered_buildings=panden, topography=(), plans=())
    found = run("max_coverage_pct", *parts, op="<=", value=60, unit="%", denominator="bouwperceel", site=site, answers={"demolition": gone})
    assert found.measurements[0].value == pytest.approx(100 * built / 400, abs=1e-3)


@pytest.mark.parametrize(("parts", "area", "volume"), [
    ([turned(BLOCK)], 100, 600), (COURT, 96, 96 * 6), ([house(5.8, 10)], 100, 580 + 10 * 4.2 / 2 * 10),
    ([hipped(6, 10, 3)], 100, 600 + 10 * 4 / 6 * (2 * 10 + 4)),  # wedge: b h / 6 (2 L + ridge)
    ([MANSARD], 100, 10 * (10 * 5.5 + (10 + 8) / 2 * 3 + 8 * 1.5 / 2)), ([BUTTERFLY], 100, 10 * (50 + 10 * 2 / 2)),
    ([SHED], 100, 10 * 10 * (5.8 + 8) / 2), ([BLOCK, box_part(10, 10, 15, 20, 0, 6, fid="b")], 100 + 25, 600 + 5 * 5 * 6),
    ([BLOCK, box_part(8, 4.4, 10, 5, 0, 2.7, fid="erker")], 100 + 1.2, 600 + 2 * 0.6 * 2.7),
    ([box_part(5, 5, 15, 15, 0, 3), box_part(4, 5, 16, 15, 3, 6, fid="up")], 120, 300 + 360),
])
def test_a6_and_a7(parts, area, volume):
    for check, unit, hand in (("max_area", "m2", area), ("max_volume", "m3", volume)):
        for more, verdict in ((0.0, COMPLIES), (0.1, COMPLIES), (-0.1, VIOLATES)):
            assert first(check, *parts, op="<=", value=hand + more, unit=unit) == (verdict, pytest.approx(hand, abs=1e-3))
        assert first(check, *parts, op="<", value=hand, unit=unit)[0] is VIOLATES


TALL = box_part(5, 5, 15, 15, 0, 9)


@pytest.mark.parametrize(("part", "floors", "words", "verdict", "storeys"), [
    (BLOCK, (3, 0), {}, COMPLIES, 2), (TALL, (0, 3, 6), {}, VIOLATES, 3), (BLOCK, (0, 3, 6), {}, COMPLIES, 2),  # 6.0 is the roof
    (house(6, 10), (0, 3, 6), {}, JUDGE, 3), (house(6, 10), (0, 3, 6), {"value": 1}, VIOLATES, 2), (house(6, 10), (0, 3, 6), {"value": 4}, COMPLIES, 3),
    (box_part(5, 5, 15, 15, -2.8, 6), (-2.8, 0, 3), {}, JUDGE, 3), (box_part(5, 5, 15, 15, -2.8, 6), (-2.8, 0, 3), {"count_basement": False}, COMPLIES, 2),
    (box_part(5, 5, 15, 15, -2.8, 6), (-2.8, 0, 3), {"count_basement": True}, VIOLATES, 3),
    (box_part(5, 5, 15, 15, -1, 7.6), (-1, 1.8, 4.6), {}, JUDGE, 3), (BLOCK, (0, 1.5, 3, 4.5), {}, JUDGE, 3),
    (BLOCK, (-0.05, 0, 2.9, 3), {}, COMPLIES, 2),  # as built and as finished
])
def test_a8(part, floors, words, verdict, storeys):
    answers = {"floors": {"nap_m": [GROUND + z for z in floors]}}
    assert first("max_storeys", part, op="<=", unit="", answers=answers, **{"value": 2, **words}) == (verdict, storeys)


CANDIDATES = {"candidates": {"road_at_main_entrance": 1.20, "finished_ground_adjoining": 0.80, "ground_floor_level": 1.35}}


@pytest.mark.parametrize(("top_nap", "verdict"), [(9.80, COMPLIES), (9.81, JUDGE), (10.35, JUDGE), (10.36, VIOLATES)])
def test_peil_lowest_and_highest_candidate(top_nap, verdict):
    """9 m above 0.80 is 9.80 NAP, above 1.35 is 10.35 NAP: between them peil decides."""
    assert first("max_building_height", box_part(5, 5, 15, 15, 0, top_nap - GROUND), value=9, answers={"peil": CANDIDATES})[0] is verdict


@pytest.mark.parametrize(("height", "verdict"), [(8.89, COMPLIES), (8.95, JUDGE), (9.05, JUDGE), (9.11, VIOLATES)])
def test_peil_that_is_uncertain_by_a_decimetre(height, verdict):
    peil = {"method": "authority_fixed", "nap_m": GROUND, "uncertainty_m": 0.1}
    assert first("max_building_height", box_part(5, 5, 15, 15, 0, height), value=9, answers={"peil": peil})[0] is verdict
