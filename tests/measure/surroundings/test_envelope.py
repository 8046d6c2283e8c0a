"""What may be built: volumes that can be worked out by hand."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import Polygon, box

from drieluik import texts
from drieluik.measure.plan.allowed_roof import RoofRule, edges_of, two_longest
from drieluik.measure.plan.peil import Peil, PeilCandidate
from drieluik.measure.surroundings.envelope import allowed_envelopes, envelope_records
from drieluik.model import Parcel, PlanValue
from scenes import GROUND, maximum_height, plan_area, shift, site

PEIL = Peil(PeilCandidate("authority_fixed", 1.0))
TAN52 = math.tan(math.radians(52))


def value(name, number, unit="m", qualifier="maximum"):
    return PlanValue(name, qualifier, number, unit, f"{qualifier} {name} ({unit})={number}")


def plot(polygon, fid="1"):
    return Parcel(fid, "Voorbeeldwijk A 1", shift(polygon), polygon.area)


def one(areas, parcel=None, peil=PEIL, roof=None, **changes):
    (found,) = allowed_envelopes(site(parcels=(), **changes), parcel, areas, peil, roof)
    return found


def content(triangles):
    """Divergence theorem, about a local origin."""
    local = triangles - triangles.reshape(-1, 3).min(axis=0)
    return float(np.einsum("ij,ij->i", local[:, 0], np.cross(local[:, 1], local[:, 2])).sum() / 6)


def closed(triangles):
    """Whether every edge is walked once in each direction."""
    corners = np.round(triangles, 6)
    directed = Counter()
    for triangle in corners:
        for a, b in ((0, 1), (1, 2), (2, 0)):
            directed[(tuple(triangle[a]), tuple(triangle[b]))] += 1
    return all(count == directed[(end, start)] for (start, end), count in directed.items())


def codes(notes):
    return {note.code for note in notes}


BOUWVLAK = plan_area("b1", "bouwvlak", "bouwvlak", box(0, 0, 10, 12), belongs_to="e1")
WONEN = plan_area("e1", "enkelbestemming", "Wonen", box(-20, -20, 40, 40))


def test_a_prism_from_peil_to_the_maximum_height():
    height = plan_area("m1", "maatvoering", "bouwhoogte", box(0, 0, 10, 12), maximum_height(9.0))
    found = one([WONEN, BOUWVLAK, height])
    assert found.volume_m3 == pytest.approx(10 * 12 * 9)
    assert found.triangles[..., 2].min() == pytest.approx(1.0)
    assert found.top_nap == pytest.approx(10.0)
    assert closed(found.triangles)
    assert content(found.triangles) == pytest.approx(found.volume_m3)
    assert {area.fid for area in found.areas} == {"b1", "m1"}
    assert not found.missing


def test_it_is_cut_to_the_parcel():
    height = plan_area("m1", "maatvoering", "bouwhoogte", box(0, 0, 10, 12), maximum_height(9.0))
    found = one([WONEN, BOUWVLAK, height], plot(box(4, -5, 30, 30)))
    assert found.volume_m3 == pytest.approx(6 * 12 * 9)
    assert found.parcel.designation == "Voorbeeldwijk A 1"


def test_the_strictest_holds_where_values_overlap():
    """9 m over all, 6 m over the western 4 m, and 12 m over the eastern 2 m, which allows nothing more."""
    areas = [
        plan_area("m1", "maatvoering", "a", box(0, 0, 10, 12), maximum_height(9.0)),
        plan_area("m2", "maatvoering", "b", box(-5, -5, 4, 20), maximum_height(6.0)),
        plan_area("m3", "maatvoering", "c", box(8, 0, 10, 12), maximum_height(12.0)),
    ]
    found = one([WONEN, BOUWVLAK, *areas])
    assert found.volume_m3 == pytest.approx(4 * 12 * 6 + 6 * 12 * 9)
    assert closed(found.triangles)
    assert sorted(zone.height_m for zone in found.zones) == [6.0, 9.0]


def test_where_no_height_is_drawn_there_is_no_body_and_the_area_is_named():
    half = plan_area("m1", "maatvoering", "a", box(0, 0, 10, 5), maximum_height(8.0))
    found = one([WONEN, BOUWVLAK, half])
    assert found.volume_m3 == pytest.approx(10 * 5 * 8)
    (lack,) = found.missing
    assert lack.code == "envelope_no_height" and lack.as_dict()["area"] == pytest.approx(70.0)
    nothing = one([WONEN, BOUWVLAK])
    assert nothing.volume_m3 is None and not len(nothing.triangles)
    assert codes(nothing.missing) == {"envelope_no_height"}


GUTTER = plan_area("m1", "maatvoering", "goot en bouw", box(0, 0, 10, 12), value("goothoogte", 4.0), value("bouwhoogte", 9.0))


def test_a_roof_of_142_degrees_from_the_two_longest_edges():
    """Eaves at 4 m along the 12 m edges, pitch 52 (docs/measuring.md A3), cut off at 9 m: a trapezoid in section."""
    found = one([WONEN, BOUWVLAK, GUTTER], roof=RoofRule.of_angle(142))
    section = 10 * 4 + 5 * (10 + 10 - 2 * 5 / TAN52) / 2
    assert found.volume_m3 == pytest.approx(12 * section)
    assert closed(found.triangles)
    assert "envelope_roof_two_longest" in codes(found.assumptions)
    local = found.triangles.reshape(-1, 3) - [*shift(box(0, 0, 10, 12)).bounds[:2], GROUND]
    limit = np.minimum(9, 4 + np.minimum(local[:, 0], 10 - local[:, 0]) * TAN52)
    assert (local[:, 2] <= limit + 1e-6).all()


def test_two_metres_inside_the_limit_is_6_56():
    """docs/measuring.md A3: G = 4, d = 2.0: 4 + 2 * 1.2799 = 6.56."""
    strip = plot(box(0, 0, 2, 12))
    found = one([WONEN, BOUWVLAK, GUTTER], strip, roof=RoofRule.of_angle(142))
    assert found.top_nap - 1.0 == pytest.approx(6.56, abs=0.001)
    assert found.volume_m3 == pytest.approx(12 * 2 * (4 + (4 + 2 * TAN52)) / 2)


def test_a_hipped_roof_over_a_square():
    """Eaves at 3 m on all sides of 8 x 8 m at 45 degrees, bouwhoogte 20: a pyramid of 4 m on a box."""
    base = plan_area("b1", "bouwvlak", "bouwvlak", box(0, 0, 8, 8))
    limits = plan_area("m1", "maatvoering", "x", box(0, 0, 8, 8), value("goothoogte", 3.0), value("bouwhoogte", 20.0))
    found = one([base, limits], roof=RoofRule(45.0, "all"))
    assert found.volume_m3 == pytest.approx(64 * 3 + 64 * 4 / 3)
    assert found.top_nap == pytest.approx(1 + 7)


def test_a_hipped_roof_over_an_l_has_a_valley():
    """L of two 4 m wide wings, eaves at 3 m, 45 degrees: the ridge is 2 m above them; by the straight skeleton its volume is
    that over a 12 x 4 bar with two hips, plus an 8 x 4 bar that ends in the valley."""
    shape = Polygon([(0, 0), (12, 0), (12, 4), (4, 4), (4, 12), (0, 12)])
    base = plan_area("b1", "bouwvlak", "bouwvlak", shape)
    limits = plan_area("m1", "maatvoering", "x", shape, value("goothoogte", 3.0), value("bouwhoogte", 20.0))
    found = one([base, limits], roof=RoofRule(45.0, "all"))
    x, y = (c.ravel() for c in np.meshgrid(np.arange(0.01, 12, 0.02), np.arange(0.01, 12, 0.02)))
    first = np.minimum.reduce([y, 4 - y, x, 12 - x])
    second = np.minimum.reduce([x, 4 - x, y, 12 - y])
    surface = np.maximum(np.maximum(first, second), 0)
    assert found.volume_m3 == pytest.approx(shape.area * 3 + surface.sum() * 0.0004, abs=0.05)
    assert found.top_nap == pytest.approx(1 + 5, abs=0.002)
    assert closed(found.triangles)


def test_without_a_pitch_the_body_is_an_upper_bound_and_says_so():
    found = one([WONEN, BOUWVLAK, GUTTER])
    assert found.volume_m3 == pytest.approx(1080)
    assert "envelope_no_pitch" in codes(found.assumptions)


def test_a_drawn_pitch_counts_and_the_lower_one_rules():
    steep = plan_area("m2", "maatvoering", "helling", box(0, 0, 10, 12), value("dakhelling", 30.0, "graden"))
    found = one([WONEN, BOUWVLAK, GUTTER, steep], roof=RoofRule(52.0))
    rise = 5 * math.tan(math.radians(30))
    assert found.volume_m3 == pytest.approx(12 * (40 + 5 * rise))


def test_only_eaves_give_a_body_when_the_planes_close_it():
    eaves = plan_area("m1", "maatvoering", "goot", box(0, 0, 10, 12), value("goothoogte", 4.0))
    assert codes(one([WONEN, BOUWVLAK, eaves]).missing) == {"envelope_only_eaves"}
    found = one([WONEN, BOUWVLAK, eaves], roof=RoofRule(45.0))
    assert found.volume_m3 == pytest.approx(12 * (40 + 25))


def test_without_a_bouwvlak_the_zone_is_an_upper_bound():
    zone = plan_area("e9", "enkelbestemming", "Gemengd", box(0, 0, 30, 20))
    height = plan_area("m1", "maatvoering", "x", box(-50, -50, 50, 50), maximum_height(10.0))
    found = one([zone, height], plot(box(0, 0, 10, 10)))
    assert found.volume_m3 == pytest.approx(1000)
    assert "envelope_no_bouwvlak_upper_bound" in codes(found.assumptions)


def test_outside_every_bouwvlak_and_outside_every_plan():
    outside = one([WONEN, BOUWVLAK, GUTTER], plot(box(20, 20, 30, 30)))
    assert codes(outside.missing) == {"envelope_no_bouwvlak"}
    assert codes(one([WONEN, BOUWVLAK], plot(box(200, 200, 210, 210))).missing) == {"envelope_no_plan"}


def test_peil_proposed_from_the_terrain_or_missing():
    height = plan_area("m1", "maatvoering", "x", box(0, 0, 10, 12), maximum_height(9.0))
    proposed = one([WONEN, BOUWVLAK, height], peil=None)
    assert proposed.peil_nap == pytest.approx(GROUND)
    assert "envelope_peil_proposed" in codes(proposed.assumptions)
    unknown = one([WONEN, BOUWVLAK, height], peil=None, terrain=None)
    assert unknown.volume_m3 is None and codes(unknown.missing) == {"envelope_no_peil"}


def test_what_the_body_does_not_show_is_said():
    height = plan_area("m1", "maatvoering", "x", box(0, 0, 10, 12), maximum_height(9.0), value("bebouwingspercentage", 60.0, "%"))
    archaeology = plan_area("d1", "dubbelbestemming", "Waarde - Archeologie", box(-5, -5, 50, 50))
    words = plan_area("m2", "maatvoering", "y", box(0, 0, 10, 12), value("bouwhoogte", None))
    found = one([WONEN, BOUWVLAK, height, archaeology, words])
    assert {"envelope_other_limits", "envelope_overlays", "envelope_value_unread", "envelope_main_building"} <= codes(found.assumptions)
    for note in found.assumptions:
        assert "?" not in texts.sentence(note.code, note.as_dict(), "nl")


def test_every_parcel_of_a_site_and_its_records():
    here = site()
    areas = [area for area in here.plans if area.kind != "plangebied"]
    found = allowed_envelopes(here, None, areas, PEIL)
    (record,) = envelope_records(found)
    assert record["parcel"] == "Voorbeeldwijk A 1"
    assert record["volume_m3"] == pytest.approx(10 * 12 * 9)
    assert (record["base"], record["article"], record["height_m"]) == ("bouwvlak", "5.2", 9.0)


def test_edges_are_told_from_points_on_them():
    square = Polygon([(5, 0), (10, 0), (10, 6), (10, 12), (0, 12), (0, 0)])
    (ring,) = edges_of(square)
    assert sorted(round(edge.length) for edge in ring) == [10, 10, 12, 12]
    assert all(edge.length == pytest.approx(12) for edge in two_longest(ring))


@given(st.floats(3, 30), st.floats(3, 30), st.floats(1, 6), st.floats(0.1, 8), st.floats(10, 75), st.floats(0, 90))
def test_a_turned_rectangle_has_the_volume_of_its_section(width, length, eaves, more, pitch, turn):
    shape = shapely.affinity.rotate(box(0, 0, width, length), turn, origin=(0, 0))
    base = plan_area("b1", "bouwvlak", "bouwvlak", shape)
    limits = plan_area("m1", "maatvoering", "x", shape, value("goothoogte", eaves), value("bouwhoogte", eaves + more))
    found = one([base, limits], roof=RoofRule(pitch))
    span, run = min(width, length), max(width, length)
    if round(width, 2) == round(length, 2):
        span, run = width, length
    slope = math.tan(math.radians(pitch))
    rise = min(more, span / 2 * slope)
    section = span * eaves + rise * (span + max(span - 2 * rise / slope, 0)) / 2
    assert found.volume_m3 == pytest.approx(section * run, rel=1e-3)
