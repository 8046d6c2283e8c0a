"""What a caller gets who says nothing: the steps, widths and shares that measure takes by itself, seen by what they do."""

from __future__ import annotations

import datetime

import numpy as np
import pytest
from shapely import box, union_all

from drieluik.measure.building.footprint import without_thin
from drieluik.measure.building.roof import RoofView
from drieluik.measure.plane.surfaces import Level, Zoned, surface_mesh
from drieluik.measure.sun.possible_sun import Scene
from drieluik.measure.sun.receptors import ground_receptors
from drieluik.measure.sun.shadows_in_time import ShadowScene
from drieluik.measure.sun.sun_norms import NormError, month_day
from drieluik.measure.sun.sun_position import directions_of, suns_at, suns_of
from drieluik.measure.sun.sun_study import terrain_triangles
from drieluik.measure.surroundings.extruded import named
from drieluik.model import Terrain
from scenes import GROUND, ORIGIN, box_part, design, shift, site

DAY = datetime.date(2027, 6, 21)


def test_suns_of_a_day_are_five_minutes_apart_and_above_ten_degrees():
    for suns in (suns_of(52.1, 5.1, [DAY]), suns_at(ORIGIN, [DAY])):
        assert suns.step_min == 5.0 and np.diff(suns.times).astype("timedelta64[s]").astype(int).tolist() == [300] * (len(suns) - 1)
        assert 10.0 < suns.altitude_deg.min() < 11.0
    assert directions_of(np.array([0.0]), np.array([90.0])) == pytest.approx(np.array([[1.0, 0, 0]]))
    assert suns_of(52.1, 5.1, [DAY]).directions == pytest.approx(suns_of(52.1, 5.1, [DAY], convergence=0.0).directions)


def test_hours_of_sun_are_counted_every_ten_minutes_from_the_horizon_on_cells_of_a_metre():
    small = ShadowScene(site(parcels=(), terrain=None, buildings3d=()), design(box_part(5, 5, 7, 7, 0, 1)))
    found = small.hours(DAY)
    assert (found.cell_m, found.suns.step_min) == (1.0, 10.0) and 0.0 < found.suns.altitude_deg.min() < 2.0
    assert np.nanmax(found.before) == pytest.approx(len(found.suns) / 6)


def test_a_surface_is_drawn_in_sixteen_cells_a_side():
    assert len(surface_mesh(Zoned(Level(1.0)), box(0, 0, 16, 16))) == 2 * 16 * 16 and len(surface_mesh(Zoned(Level(1.0)), box(0, 0, 8, 4))) == 2 * 16 * 8


@pytest.mark.parametrize(("side", "count"), [(4.6, 1), (4.7, 2)])
def test_pitches_of_a_twentieth_of_the_roof_are_said(side, count):
    """A flat roof of 20 x 20 m with a lean-to of 45 degrees of ``side`` by 3.2 m in plan: a twentieth of all at 4.65 m."""
    slope = box_part(30, 0, 30 + side, 3.2, 0, 3)
    vertices = slope.vertices.copy()
    local = vertices - (*ORIGIN, GROUND)
    vertices[:, 2] = GROUND + np.where(local[:, 2] > 1, 3 + local[:, 1], 0)
    lean_to = type(slope)("s", vertices, slope.faces, closed=True)
    assert len(RoofView((box_part(0, 0, 20, 20, 0, 6), lean_to), GROUND).pitches()) == count


def test_thin_is_less_than_two_decimetres():
    area = union_all([box(0, 0, 4, 4), box(4, 1, 9, 1.19)])
    assert without_thin(area).area == pytest.approx(16.0, abs=1e-4) and without_thin(union_all([box(0, 0, 4, 4), box(4, 1, 9, 1.21)])).area == pytest.approx(16 + 5 * 0.21, abs=1e-4)


def test_ground_points_lie_on_the_ground_and_terrain_in_cells_of_four_metres():
    ground = Terrain(np.full((40, 40), GROUND), ORIGIN[0], ORIGIN[1] + 20, 0.5)
    assert {point.point[2] for point in ground_receptors(shift(box(2, 2, 10, 10)), ground, 2.0, 0.0)} == {GROUND}
    assert len(terrain_triangles(ground)) == 2 * 4 * 4 and len(terrain_triangles(ground, 2.0)) == 2 * 9 * 9


def test_five_names_are_said_and_the_rest_counted():
    assert named(list("abcde")) == "a, b, c, d, e" and named(list("abcdefg")) == "a, b, c, d, e (+ 2)" and named([]) == ""


def test_a_ray_reaches_as_far_as_anything_stands():
    wall = np.array([[[-50_000.0, 300_000, -9e4], [50_000, 300_000, -9e4], [0, 300_000, 9e5]]])
    assert Scene(wall, np.zeros(3)).first(np.zeros((1, 3)), np.array([[0.0, 1, 0]])).tolist() == [0]


def test_a_date_that_is_none_names_the_period():
    with pytest.raises(NormError) as fault:
        month_day("13-40")
    assert fault.value.key == "period"
