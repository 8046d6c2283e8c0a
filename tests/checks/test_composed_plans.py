"""Plans composed of turned boxes, against shapely: area, coverage with what stands there, what lies outside a bouwvlak; roofs cut by zones, by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from shapely import affinity, box

import scenes
from drieluik.model import Parcel, Part, PlanValue, RegisteredBuilding, Verdict
from one_rule import run, run_all

MANY = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much], derandomize=True)
turn = st.floats(0, 180)
wings = st.lists(st.tuples(st.floats(-8, 8), st.floats(-8, 8), st.floats(4, 14), st.floats(4, 14)), min_size=1, max_size=4)


def turned(shape, degrees):
    return affinity.rotate(shape, degrees, origin=(0, 0))


def body(shape, height, number):
    """Return a closed block on a turned box."""
    ring = np.asarray(shapely.orient_polygons(shape).exterior.coords)[:4]
    vertices = [(x, y, z) for z in (0.0, height) for x, y in ring]
    return Part(f"w{number}", scenes.to_rd(vertices), scenes.BOX_FACES.copy(), "building", closed=True)


def composed(wings, degrees):
    """Return the shapes of wings and a block for each, of different heights; seams of less than 0.1 m, which models have, are another test."""
    shapes = [turned(box(x, y, x + w, y + d), degrees) for x, y, w, d in wings]
    whole = shapely.union_all(shapes)
    assume(whole.buffer(0.05, join_style="mitre").buffer(-0.05, join_style="mitre").area < whole.area + 1e-4)
    return shapes, [body(shape, 3.0 + 1.5 * number, number) for number, shape in enumerate(shapes)]


@MANY
@given(wings=wings, degrees=turn)
def test_area_of_wings_counts_once(wings, degrees):
    shapes, parts = composed(wings, degrees)
    assert run("max_area", *parts, value=1e4, unit="m2").measurements[0].value == pytest.approx(shapely.union_all(shapes).area, rel=1e-4)


@MANY
@given(wings=wings, degrees=turn, shed=st.tuples(st.floats(-20, 20), st.floats(-20, 20)), goes=st.booleans())
def test_coverage_of_a_turned_plot_with_what_stands_there(wings, degrees, shed, goes):
    shapes, parts = composed(wings, degrees)
    plot = turned(box(-25, -25, 25, 25), degrees)
    stands = turned(box(*shed, shed[0] + 5, shed[1] + 4), degrees)
    assume(stands.distance(shapely.union_all(shapes)) > 0.5)
    site = scenes.site(parcels=(Parcel("1", "A 1", scenes.shift(plot)),), registered_buildings=(RegisteredBuilding("s", scenes.shift(stands)),), topography=())
    found = run("max_coverage_pct", *parts, site=site, value=100.0, unit="%", denominator="bouwperceel", answers={"demolition": ["s"]} if goes else None)
    built = shapely.union_all([*shapes, *([] if goes else [stands])])
    assert found.measurements[0].value == pytest.approx(100 * built.intersection(plot).area / plot.area, abs=0.01)


@MANY
@given(wings=wings, degrees=turn, plane=st.tuples(st.floats(-10, 0), st.floats(-10, 0), st.floats(6, 20), st.floats(6, 20)))
def test_what_lies_outside_a_turned_bouwvlak(wings, degrees, plane):
    shapes, parts = composed(wings, degrees)
    bouwvlak = turned(box(plane[0], plane[1], plane[0] + plane[2], plane[1] + plane[3]), degrees + 11.0)
    outside = shapely.union_all(shapes).difference(bouwvlak)
    depth = max((shapely.Point(p).distance(bouwvlak) for p in shapely.get_coordinates(outside)), default=0.0)
    assume(depth > 0.02 or outside.is_empty)
    site = scenes.site(plans=(scenes.plan_area("b", "bouwvlak", "bouwvlak", bouwvlak),))
    found = run("within_building_plane", *parts, site=site)
    assert found.verdict is (Verdict.COMPLIES if outside.is_empty else Verdict.VIOLATES)
    assert found.measurements[0].value == pytest.approx(outside.area, abs=0.02)
    if not outside.is_empty:
        assert next(m.value for m in found.measurements if m.name == "outside_depth") == pytest.approx(depth, abs=0.01)


@MANY
@given(eaves=st.floats(2.5, 6), rise=st.floats(1, 6), width=st.floats(6, 12), at=st.floats(0.05, 0.95), degrees=turn)
def test_a_zone_that_cuts_a_roof_sees_its_own_part(eaves, rise, width, at, degrees):
    """Ridge along x at half the width: at y the roof is eaves + rise * (1 - |2 y / width - 1|); each zone has its highest place."""
    angle = math.radians(degrees)
    spin = np.array([[math.cos(angle), math.sin(angle), 0], [-math.sin(angle), math.cos(angle), 0], [0, 0, 1.0]])
    gable = scenes.gable_part(0, 0, 12, width, eaves, eaves + rise)
    local = gable.vertices - np.array([*scenes.ORIGIN, scenes.GROUND])
    part = Part("g", scenes.to_rd(local @ spin), gable.faces, "building", closed=True)
    cut = at * width
    halves = [turned(box(-5, low, 17, high), degrees) for low, high in ((-5, cut), (cut, width + 5))]
    zones = [
        scenes.plan_area(f"m{n}", "maatvoering", "zone", half, PlanValue("bouwhoogte", "maximum", 5.0 + n, "m", f"maximum bouwhoogte (m)={5 + n}"))
        for n, half in enumerate(halves)
    ]
    found = {f.measurements[0].limit: f.measurements[0].value for f in run_all("max_building_height", part, site=scenes.site(plans=tuple(zones)))}
    edge = eaves + rise * (1 - abs(2 * cut / width - 1))
    expected = {5.0: edge if cut < width / 2 else eaves + rise, 6.0: edge if cut > width / 2 else eaves + rise}
    assert found == {limit: pytest.approx(value, abs=0.005) for limit, value in expected.items()}


@pytest.mark.parametrize(("op", "verdicts"), [("<=", "cvc"), ("<", "vvc"), (">=", "ccv"), (">", "vcv"), ("==", "cvv")])
def test_one_millimetre_on_either_side(op, verdicts):
    """A block of exactly 9 m: at the limit, 6 mm above it and 6 mm below it (the numeric epsilon is 5 mm, docs/measuring.md 0.2)."""
    check = "min_building_height" if op[0] == ">" else "max_building_height"
    said = "".join(run(check, scenes.box_part(5, 5, 15, 15, 0, top), op=op, value=9.0).verdict.value[0] for top in (9.0, 9.006, 8.994))
    assert said == verdicts
