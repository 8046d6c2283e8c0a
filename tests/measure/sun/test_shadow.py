"""Shadows on the ground: lengths of docs/measuring.md C2, outlines and cells that agree, what a design adds to each plot."""

from __future__ import annotations

import datetime
import threading

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box

from drieluik.measure.sun.garden_sun import garden_sun
from drieluik.measure.sun.possible_sun import Scene
from drieluik.measure.sun.shadow import ShadowCaster, cell_centres, ground_shadow, shadow_on_plane
from drieluik.measure.sun.shadows_in_time import Plot, ShadowScene, moments_of
from drieluik.measure.sun.sun_norms import NormError
from drieluik.measure.sun.sun_position import directions_of, sun_position
from drieluik.model import Building3D, Parcel, RegisteredBuilding, Terrain, TopographyObject
from scenes import BOX_FACES, GROUND, ORIGIN, box_part, design, shift, site

PLACE = (52.10, 5.12)
AT = np.array([*ORIGIN, GROUND])


def sun_at(time):
    altitude, azimuth = sun_position(np.array([time], dtype="datetime64[s]"), *PLACE)
    return directions_of(altitude, azimuth)[0]


@pytest.mark.parametrize(
    ("time", "length"), [("2027-03-21T11:00", 13.2), ("2027-06-21T10:00", 6.9), ("2027-02-19T12:00", 20.0), ("2027-12-21T11:00", 40.1)]
)
def test_a_pole_of_ten_metres(time, length):
    pole = box_part(0, 0, 0.01, 0.01, 0, 10).triangles
    for shadow in (shadow_on_plane(pole, sun_at(time), GROUND), ShadowCaster([pole], GROUND).shadow(sun_at(time))):
        corners = shapely.get_coordinates(shadow) - ORIGIN
        assert np.linalg.norm(corners, axis=1).max() == pytest.approx(length, abs=0.1)


def test_a_box_throws_its_exact_area():
    sun = np.array([0.6, 0.0, 0.8])
    body = box_part(0, 0, 10, 4, 0, 8).triangles
    expected = box(-6, 0, 10, 4)
    for shadow in (shadow_on_plane(body, sun, GROUND), ShadowCaster([body], GROUND).shadow(sun)):
        assert shapely.symmetric_difference(shadow, shift(expected)).area < 1e-3


def test_what_lies_below_the_plane_throws_nothing():
    sunk = box_part(0, 0, 10, 4, -3, 4).triangles
    flat = box_part(0, 0, 10, 4, 0, 4).triangles
    sun = sun_at("2027-03-21T09:00")
    assert shapely.symmetric_difference(shadow_on_plane(sunk, sun, GROUND), shadow_on_plane(flat, sun, GROUND)).area < 1e-3
    assert ShadowCaster([sunk - (0, 0, 20)], GROUND).shadow(sun).is_empty
    assert shadow_on_plane(flat, np.array([1.0, 0.0, 0.0]), GROUND).is_empty


@given(st.integers(0, 10_000), st.floats(4.0, 60.0), st.floats(0.0, 360.0))
def test_outline_cells_and_rays_agree(seed, altitude, azimuth):
    rng = np.random.default_rng(seed)
    bodies = [box_part(x, y, x + rng.uniform(2, 8), y + rng.uniform(2, 8), rng.choice([0.0, 3.0]), rng.uniform(4, 9)).triangles for x, y in rng.uniform(0, 25, (5, 2))]
    triangles, sun = np.concatenate(bodies), directions_of(np.array([altitude]), np.array([azimuth]))[0]
    extent = (ORIGIN[0] - 10, ORIGIN[1] - 10, ORIGIN[0] + 40, ORIGIN[1] + 40)
    cells, xy = ground_shadow(triangles, sun, extent, 0.7, GROUND), cell_centres(extent, 0.7)
    flat = xy.reshape(-1, 2)
    for outline in (shadow_on_plane(triangles, sun, GROUND), ShadowCaster(bodies, GROUND).shadow(sun)):
        doubtful = shapely.dwithin(shapely.points(flat), outline.boundary, 1e-4) if not outline.is_empty else np.zeros(len(flat), dtype=bool)
        inside = shapely.contains_xy(outline, flat[:, 0], flat[:, 1])
        assert np.array_equal(inside[~doubtful], cells.ravel()[~doubtful])
    starts = np.column_stack([flat, np.full(len(flat), GROUND)]) - AT
    blocked = Scene(triangles, AT).blocked(starts, np.broadcast_to(sun, starts.shape))
    edge = shapely.dwithin(shapely.points(flat), shapely.boundary(shadow_on_plane(triangles, sun, GROUND)), 1e-3)
    under = np.zeros(len(flat), dtype=bool)
    for body in bodies:
        under |= ((flat >= body.min(axis=(0, 1))[:2] - 1e-3) & (flat <= body.max(axis=(0, 1))[:2] + 1e-3)).all(axis=1)
    assert np.array_equal(blocked[~edge & ~under], cells.ravel()[~edge & ~under])


def test_nearly_coincident_walls_lose_nothing():
    sun, step = sun_at("2027-02-19T14:00"), 1e-7
    row = [box_part(n * (5 + step), n * step, n * (5 + step) + 5, 10, 0, 7).triangles for n in range(12)]
    parts = ShadowCaster(row, GROUND).shadow(sun)
    whole = ShadowCaster([box_part(0, 0, 60, 10, 0, 7).triangles], GROUND).shadow(sun)
    assert shapely.symmetric_difference(parts, whole).area < 1e-2


def scene(**changes):
    wall = box_part(0, -6, 20, -5, 0, 4).triangles
    old = Building3D("1", wall, np.array(["ground"] * 2 + ["roof"] * 2 + ["wall"] * 8), "2.2", GROUND, GROUND + 4)
    layers = {"buildings3d": (old,), "parcels": (Parcel("n", "Dorp A 2", shift(box(0, 20, 20, 60))),), **changes}
    return ShadowScene(site(**layers), design(box_part(5, 5, 15, 15, 0, 9)))


def test_extra_shadow_is_what_the_design_adds_on_open_ground():
    (moment,) = scene().study([datetime.date(2027, 3, 21)], [13.0]).moments
    assert moment.clock == "13:00 CET" and moment.time == np.datetime64("2027-03-21T12:00:00")
    assert moment.extra.area > 20 and shapely.intersection(moment.extra, moment.existing).area < 1e-3
    assert shapely.intersection(moment.extra, shift(box(5, 5, 15, 15))).area < 1e-3
    (plot,) = (p for p in moment.plots if p.plot.kind == "parcel")
    assert (plot.plot.name, plot.plot.kind, plot.plot.own) == ("Dorp A 2", "parcel", False) and plot.extra_m2 == pytest.approx(
        shapely.intersection(moment.extra, shift(box(0, 20, 20, 60))).area)


def test_what_threads_share_is_found_before_they_begin(monkeypatch):
    """GEOS makes a shape's box and index at the first question; two threads that do so at once stop the program."""
    seen = []
    monkeypatch.setattr(ShadowScene, "_is_street", lambda self, parcel: seen.append(threading.current_thread()) or False)
    made = scene()
    made.study([datetime.date(2027, 3, 21)], [11.0, 12.0, 13.0, 14.0])
    assert seen == [threading.main_thread()]
    shapes = [*(plot.geometry for plot in made.plots), made.built, made.roofs, made.roofs_now, made.outline]
    assert not shapely.is_prepared(shapes).any()


def test_a_building_that_the_design_replaces_gives_its_shadow_back():
    tall = box_part(5, 5, 15, 15, 0, 20).triangles
    old = Building3D("1", tall, np.array(["ground"] * 2 + ["roof"] * 2 + ["wall"] * 8), "2.2", GROUND, GROUND + 20)
    (moment,) = scene(buildings3d=(old,)).study([datetime.date(2027, 3, 21)], [13.0]).moments
    assert moment.extra.is_empty and moment.gone.area > 50


def test_gardens_are_cut_by_parcels_and_say_whose_they_are():
    yard = TopographyObject("erf1", "onbegroeidterreindeel", shift(box(-30, 10, 20, 60)), "erf")
    near = scene(topography=(yard,))
    (moment,) = near.study([datetime.date(2027, 3, 21)], [13.0]).moments
    gardens = {p.plot.name: p for p in moment.plots if p.plot.kind == "garden"}
    assert set(gardens) == {"Dorp A 2", "erf1"} and gardens["erf1"].plot.own and not gardens["Dorp A 2"].plot.own
    for found in moment.plots:
        inside = [shapely.intersection(shade, found.plot.geometry).area for shade in (moment.existing, moment.new, moment.extra)]
        assert (found.existing_m2, found.new_m2, found.extra_m2) == pytest.approx(inside) and found.extra.area == pytest.approx(inside[2])
    assert moment.others_m2 == pytest.approx(sum(p.extra_m2 for p in moment.plots if p.plot.kind == "parcel"))


@pytest.mark.parametrize(("side", "named"), [(0.6, []), (0.8, ["erf"]), (1.0, ["erf"])])
def test_a_garden_is_half_a_square_metre_or_more(side, named):
    """Beside the plots and in the shade of noon, ``side`` by ``side`` m: 0.36, 0.64 and 1 m2."""
    yard = TopographyObject("erf", "onbegroeidterreindeel", shift(box(10, 17, 10 + side, 17 + side)), "erf")
    (moment,) = scene(topography=(yard,), parcels=()).study([datetime.date(2027, 3, 21)], [13.0]).moments
    assert [p.plot.name for p in moment.plots] == named


@pytest.mark.parametrize(
    ("tiles", "built", "counts"),
    [
        ([("wegdeel", "", box(0, 20, 20, 24)), ("begroeidterreindeel", "", box(0, 24, 20, 60))], False, False),  # a street with its verge
        ([("wegdeel", "", box(0, 20, 20, 21)), ("onbegroeidterreindeel", "erf", box(0, 21, 20, 60))], False, True),  # a drive before a yard
        ([("wegdeel", "", box(0, 20, 20, 60))], True, True),  # what bears a building is somebody's
        ([("begroeidterreindeel", "", box(0, 20, 20, 60))], False, True),  # a field is another's ground
        ([("waterdeel", "", box(0, 20, 20, 60))], False, False), ([], False, True),
    ],
)
def test_parcels_of_public_space_are_no_gardens(tiles, built, counts):
    cover = tuple(TopographyObject(str(n), kind, shift(shape), function) for n, (kind, function, shape) in enumerate(tiles))
    panden = (RegisteredBuilding("b", shift(box(2, 40, 8, 48))),) if built else ()
    (moment,) = scene(topography=cover, registered_buildings=panden).study([datetime.date(2027, 3, 21)], [13.0]).moments
    assert ("Dorp A 2" in [p.plot.name for p in moment.others]) is counts and (moment.others_m2 > 0) is counts
    assert any(p.plot.name == "Dorp A 2" for p in moment.plots)  # it stands in the layers all the same


@given(st.integers(0, 10_000), st.floats(8.0, 60.0), st.floats(0.0, 360.0))
@settings(max_examples=25)
def test_rings_for_a_map_are_the_shadow_also_of_open_bodies(seed, altitude, azimuth):
    rng = np.random.default_rng(seed)
    bodies = [box_part(x, y, x + rng.uniform(2, 8), y + 5, 0, rng.uniform(4, 9)).triangles for x, y in rng.uniform(0, 25, (4, 2))]
    bodies[0] = bodies[0][2:]  # no floor: not closed
    sun = directions_of(np.array([altitude]), np.array([azimuth]))[0]
    caster = ShadowCaster(bodies, GROUND)
    whole = shadow_on_plane(np.concatenate(bodies), sun, GROUND)
    assert shapely.symmetric_difference(caster.shadow(sun), whole).area < 1e-3
    signed = [float(r[:, 0] @ np.roll(r[:, 1], -1) - r[:, 1] @ np.roll(r[:, 0], -1)) / 2 for r in (ring - ORIGIN for ring in caster.outlines(sun))]
    assert sum(signed) == pytest.approx(whole.area, abs=1e-3)


def test_a_day_goes_from_low_sun_to_low_sun():
    moments = scene().day(datetime.date(2027, 3, 21), 60.0)
    assert len(moments) == 12 and all(m.altitude_deg > 3 for m in moments) and all(m.new.area > 0 for m in moments)


def test_a_low_sun_throws_no_outline():
    (moment,) = scene().study([datetime.date(2027, 12, 21)], [18.0]).moments
    assert moment.altitude_deg < 0 and moment.existing.is_empty and moment.extra.is_empty


def test_hours_of_sun_on_the_ground():
    holes = np.full((240, 240), GROUND)
    holes[:40] = np.nan
    found = scene(buildings3d=(), terrain=Terrain(holes, ORIGIN[0] - 50, ORIGIN[1] + 70, 0.5)).hours(datetime.date(2027, 6, 21), cell_m=4.0, step_min=20.0)
    open_day = len(found.suns) * 20 / 60
    known = np.isfinite(found.before)
    assert np.nanmax(found.before) == pytest.approx(open_day) and (found.after[known] <= found.before[known]).all()
    y = cell_centres(found.frame, found.cell_m)[..., 1] - ORIGIN[1]
    assert not known[y > 50].any() and known[(y > 5) & (y < 15)].any() and np.isnan(found.after[~known]).all()
    assert np.nanmin(found.after) < open_day / 2
    assert found.lit_before.shape == (known.sum(), len(found.suns))


def test_sun_on_gardens_is_that_of_the_engine_at_their_points():
    yard = Plot("tuin", "garden", shift(box(0, 16, 20, 30)), False)
    near = scene(buildings3d=())
    (found,) = garden_sun(near, [yard, Plot("onder", "garden", shift(box(6, 6, 14, 14)), True)])
    assert found.plot is yard and found.share_after == found.share_before == 1.0
    (close,) = garden_sun(near, [Plot("strook", "garden", shift(box(6, 15.2, 14, 16)), False)])
    assert close.share_before == 1.0 and close.share_after < 0.5
    assert found.mean_after < found.mean_before and found.mean_before == pytest.approx(12.2 * 60, abs=25)


@pytest.mark.parametrize(("height", "shaded"), [(0.5, True), (0.05, False)])
def test_sun_on_the_ground_is_that_a_decimetre_above_it(height, shaded):
    """A design 10 m wide and no higher than a kerb or a bench, and cells of ground close north of it on the shortest day."""
    low = ShadowScene(site(buildings3d=(), parcels=()), design(box_part(5, 5, 15, 15, 0, height)))
    found = low.hours(datetime.date(2027, 12, 21), cell_m=1.0, step_min=30.0)
    lost = found.before - found.after
    x, y = (cell_centres(found.frame, found.cell_m) - ORIGIN)[..., 0], (cell_centres(found.frame, found.cell_m) - ORIGIN)[..., 1]
    near = (x > 8) & (x < 12) & (y > 15) & (y < 16.2)
    assert near.any() and bool((lost[near] > 1).any()) == shaded
    (strip,) = garden_sun(low, [Plot("strook", "garden", shift(box(8, 15.05, 12, 15.55)), False)])
    assert (strip.mean_after < strip.mean_before - 30) == shaded


def test_words_of_a_study_and_what_is_a_slip():
    at = scene()
    assert [m.clock for m in moments_of(at, {"dates": ["03-21"], "hours": [10, 13.5]}).moments] == ["10:00 CET", "13:30 CET"]
    assert len(moments_of(at, {}).moments) == 20 and {str(m.time)[:4] for m in moments_of(at, {"year": 2030, "dates": ["06-21"]}).moments} == {"2030"}
    for words, key in (({"dates": []}, "dates"), ({"dates": "03-21"}, "dates"), ({"hours": []}, "hours"), ({"hours": [24]}, "hours"), ({"hours": [True]}, "hours"), ({"hours": [-1]}, "hours"),
                       ({"dates": ["13-40"]}, "dates"), ({"year": 99999}, "year"), ({"year": "x"}, "year")):
        with pytest.raises(NormError) as raised:
            moments_of(at, words)
        assert raised.value.key == key


def test_the_ground_plane_is_the_middle_of_the_ground_around_the_design_else_of_the_buildings():
    ramp = np.repeat((GROUND + 0.01 * np.arange(240))[None], 240, axis=0)  # 2 cm per metre to the east; the design's middle lies 60 m from the west
    sloping = ShadowScene(site(terrain=Terrain(ramp, ORIGIN[0] - 50, ORIGIN[1] + 70, 0.5)), design(box_part(5, 5, 15, 15, 0, 9)))
    assert sloping.ground_nap == pytest.approx(GROUND + 0.01 * 119.5, abs=0.03)
    assert ShadowScene(site(terrain=None), design(box_part(5, 5, 15, 15, 0, 9))).ground_nap == GROUND
    assert ShadowScene(site(terrain=None, buildings3d=()), design(box_part(5, 5, 15, 15, 2, 9))).ground_nap == GROUND + 2
    half = 5 + max(60.0, 27.0)
    assert np.array(scene().frame) - [*ORIGIN, *ORIGIN] == pytest.approx([10 - half, 10 - half, 10 + half, 10 + half], abs=0.1)


def test_an_instant_has_the_whole_shadows_of_a_moment():
    at = scene()
    instant, moment = at.instant(np.datetime64("2027-03-21T12:00:00")), at.moment(np.datetime64("2027-03-21T12:00:00"))
    assert instant.lit and moment.lit and (instant.clock, instant.altitude_deg, instant.azimuth_deg) == (moment.clock, moment.altitude_deg, moment.azimuth_deg)
    assert shapely.symmetric_difference(instant.extra, moment.extra).area < 1e-3 and np.linalg.norm(instant.direction) == pytest.approx(1.0)
    assert not at.instant(np.datetime64("2027-12-21T17:00:00")).lit and at.instant(np.datetime64("2027-12-21T17:00:00")).extra.is_empty
    assert at.staying and not at.replaced and at.roofs.area == pytest.approx(20, abs=0.1) and at.built.area == pytest.approx(120, abs=0.1)


def test_nothing_shades_no_cell():
    extent, body = (ORIGIN[0], ORIGIN[1], ORIGIN[0] + 3, ORIGIN[1] + 2), box_part(0, 0, 2, 2, 0, 3).triangles
    low, high = np.array([1.0, 0.0, 0.04]), np.array([0.0, 0.6, 0.8])
    for triangles, sun in ((np.zeros((0, 3, 3)), high), (body, low), (body - (0, 0, 9), high)):
        cells = ground_shadow(triangles, sun / np.linalg.norm(sun), extent, 1.0, GROUND)
        assert cells.shape == (2, 3) and not cells.any()
    assert ground_shadow(body, high, (0, 0, 0, 0), 1.0, GROUND).shape == (0, 0)
    assert ground_shadow(body, high, extent, 1.0, GROUND).tolist() == [[True, True, False]] * 2


@pytest.mark.parametrize("ground", [-2.0, 0.0, 5.0])
def test_only_what_stands_above_the_ground_is_thrown_however_high_that_is(ground):
    """A mast of 2 x 2 m from 3 m under to 4 m above the ground, in sun from the south at 45 degrees: its shadow ends 4 m north of it and begins at its foot."""
    corners = np.array([(x, y, z) for z in (ground - 3, ground + 4) for x, y in ((0, 0), (2, 0), (2, 2), (0, 2))], dtype=float)
    sun = np.array([0.0, -1.0, 1.0]) / np.sqrt(2)
    shade = shadow_on_plane(corners[BOX_FACES], sun, ground)
    assert shade.bounds == pytest.approx((0, 0, 2, 6)) and shade.area == pytest.approx(12)
    half = corners * (1, 1, 0) + (0, 0, ground + 0.5)  # a lid, half a metre up
    assert shadow_on_plane(half[BOX_FACES[2:4]], sun, ground).bounds == pytest.approx((0, 0.5, 2, 2.5))
