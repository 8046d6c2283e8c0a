"""The parts of a sun study: ground and crowns as triangles, what stands in the way, shares of sun through trees."""

from __future__ import annotations

import datetime
from dataclasses import replace

import numpy as np
import pytest
from shapely import Point

from drieluik.measure.sun.possible_sun import bare_suns
from drieluik.measure.sun.receptors import Receptor
from drieluik.measure.sun.sun_norms import SunNorm
from drieluik.measure.sun.sun_position import suns_of
from drieluik.measure.sun.sun_review import BEHIND, FREE, Blocking, assumptions, demolished, reach_of, sun_review, surroundings_of
from drieluik.measure.sun.sun_study import Surroundings, nothing, study_sun, terrain_triangles, tree_triangles, triangles_of
from drieluik.model import Building3D, Note, Terrain, Tree
from scenes import GROUND, ORIGIN, box_part, design, shift, site

AT = (*ORIGIN, GROUND)


def volume(triangles, at):
    local = triangles - at
    return abs(np.einsum("ij,ij->i", local[:, 0], np.cross(local[:, 1], local[:, 2])).sum()) / 6


def test_the_ground_is_the_lowest_of_each_four_metres():
    """Cells of 2 m: blocks of two by two, their middles 4 m apart; the last row and column are left over."""
    heights = np.full((7, 9), 5.0)
    heights[0, 1], heights[2, 3], heights[1, 6], heights[6, 8] = 3.0, 4.0, np.nan, -9.0
    heights[4:6, 6:8] = np.nan
    triangles = terrain_triangles(Terrain(heights, 100.0, 50.0, 2.0))
    corners = {tuple(c) for c in triangles.reshape(-1, 3).tolist()}
    x, y = (102.0, 106.0, 110.0, 114.0), (48.0, 44.0, 40.0)
    level = {(102.0, 48.0): 3.0, (106.0, 44.0): 4.0}
    assert corners == {(a, b, level.get((a, b), 5.0)) for a in x for b in y} - {(114.0, 40.0, 5.0)}
    assert len(triangles) == 2 * (3 * 2) - 1  # the corner without a height takes one triangle of its cell
    area = np.cross(triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0])[:, 2] / 2
    assert np.abs(area) == pytest.approx(np.full(11, 8.0)) and len(set(np.sign(area))) == 1
    assert len(terrain_triangles(None)) == len(terrain_triangles(Terrain(heights[:3], 0, 0, 2.0))) == len(terrain_triangles(Terrain(heights[:, :3], 0, 0, 2.0))) == 0
    assert len(terrain_triangles(Terrain(np.zeros((3, 3)), 0, 0, 10.0))) == 8


def test_a_crown_is_two_eight_sided_cones_on_each_other():
    trees = (Tree("a", shift(Point(0, 0)), 9.0, 4.0), Tree("b", shift(Point(20, 0)), 6.0), Tree("c", shift(Point(40, 0))), Tree("d", shift(Point(40, 0)), 0.0, 3.0))
    triangles, unknown = tree_triangles(trees, None, GROUND)
    assert unknown == 2 and len(triangles) == 2 * 16
    octagon = 2 * np.sqrt(2)  # of radius 1
    local = triangles - AT
    assert (local[:16].min(axis=(0, 1)).round(6).tolist(), local[:16].max(axis=(0, 1)).round(6).tolist()) == ([-2, -2, 3], [2, 2, 9])
    assert sorted({round(float(z), 6) for z in local[:16, :, 2].ravel()}) == [3, 6, 9]
    area = np.linalg.norm(np.cross(local[:16, 1, :2] - local[:16, 0, :2], local[:16, 2, :2] - local[:16, 0, :2]).reshape(16, -1), axis=1) / 2
    assert area.sum() == pytest.approx(2 * octagon * 4)
    assert local[16:, :, 0].max() == pytest.approx(22.5) and local[16:, :, 2].max() == pytest.approx(6.0)
    assert tree_triangles(trees[2:], None, GROUND)[1] == 2 and len(tree_triangles(trees[2:], None, GROUND)[0]) == 0
    hill = Terrain(np.full((240, 240), GROUND + 2), ORIGIN[0] - 50, ORIGIN[1] + 70, 0.5)
    assert tree_triangles(trees[:1], hill, GROUND)[0][:, :, 2].min() == pytest.approx(GROUND + 5.0)


def wall(x0, x1, height, y=-10.0):
    return np.array([[(x0, y, 0), (x1, y, 0), (x1, y, height)], [(x0, y, 0), (x1, y, height), (x0, y, height)]], float) + AT


SOUTHWARD = bare_suns(np.array([[x, -1.0, 0.5] for x in (-0.6, -0.2, 0.2, 0.6)]) / np.linalg.norm([[x, -1.0, 0.5] for x in (-0.6, -0.2, 0.2, 0.6)], axis=1)[:, None], 10.0)
POINT = Receptor((ORIGIN[0], ORIGIN[1], GROUND + 0.5), (0.0, -1.0, 0.0), "facade", "own")
"""Four suns of ten minutes; rays to the south pass y = -10 at x = -6, -2, 2 and 6 and 5.5 m high."""


def test_each_situation_has_its_own_blocks():
    study = study_sun(
        [POINT], Surroundings(wall(-7, -5, 9), wall(-3, -1, 9)), {"low": wall(1, 7, 5), "high": wall(1, 7, 6)}, SOUTHWARD, {"own": wall(5, 7, 9)})
    assert study.before.tolist() == [[20.0]] and study.empty.tolist() == [[30.0]]
    assert {name: minutes.tolist() for name, minutes in study.after.items()} == {"low": [[30.0]], "high": [[10.0]]}
    assert study.lit["high"].matrix(study.row(0)).tolist() == [False, True, False, False]
    assert study.receptors == (POINT,)


@pytest.mark.parametrize(("transparency", "before", "after"), [(0.0, 20.0, 10.0), (0.4, 28.0, 14.0), (1.0, 40.0, 20.0)])
def test_trees_let_a_share_of_the_sun_through(transparency, before, after):
    """A tree takes the two suns in the east; the design one of those and one in the west."""
    study = study_sun([POINT], Surroundings(nothing(), nothing(), wall(1, 7, 9), transparency), {"new": np.concatenate([wall(5, 7, 6), wall(-7, -5, 6)])}, SOUTHWARD)
    assert study.before.tolist() == [[pytest.approx(before)]] and study.after["new"].tolist() == [[pytest.approx(after)]] and study.empty.tolist() == [[40.0]]


def test_trees_of_which_nothing_is_said_let_no_sun_through():
    assert study_sun([POINT], Surroundings(nothing(), trees=wall(1, 7, 9)), {}, SOUTHWARD).before.tolist() == [[20.0]]


def test_receptors_keep_their_order_and_their_own_building():
    others = [replace(POINT, point=(ORIGIN[0] + 60.0 * n, ORIGIN[1] + 45.0 * (n % 2), GROUND + 0.5), building=f"b{n % 2}") for n in range(4)]
    free = replace(POINT, normal=None, building="b1")
    study = study_sun([*others, free], Surroundings(wall(-7, -5, 9)), {}, SOUTHWARD, {"b0": wall(118, 125, 9)})
    assert study.before[:, 0].tolist() == [30, 40, 40, 40, 30] and study.empty[:, 0].tolist() == [40, 40, 20, 40, 40]
    assert [study.row(n) for n in study.sorted_rows] == [0, 1, 2, 3, 4]


def test_triangles_of_buildings_follow_each_other():
    one, other = (Building3D(str(n), box_part(n, 0, n + 1, 1, 0, 1).triangles, np.array([""] * 12), "2.2") for n in (0, 5))
    assert np.array_equal(triangles_of((one, other)), np.concatenate([one.triangles, other.triangles])) and triangles_of(()).shape == (0, 3, 3)


def test_what_stands_in_the_way_first():
    made = design(box_part(-3, -10, -1, -9, 0, 9), name="D")
    stay = Surroundings(np.concatenate([wall(1, 3, 9, -8), wall(-14, 3, 12, -20)]))
    blocking = Blocking(made, stay, (("building", "p1", 2), ("terrain", "", 2)))
    assert blocking.owners == (("design", "D"), ("building", "p1"), ("terrain", ""))
    ahead = SOUTHWARD.directions
    assert blocking.first(POINT, ahead).tolist() == [2, 0, 1, FREE]
    assert blocking.first(POINT, -ahead).tolist() == [BEHIND] * 4 and blocking.first(replace(POINT, normal=None), -ahead).tolist() == [FREE] * 4


def test_panden_that_the_officer_says_go():
    assert demolished({}) == frozenset() and demolished({"demolition": None}) == frozenset()
    assert demolished({"demolition": "12"}) == {"12"} and demolished({"demolition": ["12", 7]}) == {"12", "7"}
    assert demolished({"demolition": {"value": ("12",)}}) == {"12"} and demolished({"demolition": {"value": None}}) == frozenset()
    assert demolished({"demolition": {"value": "12"}}) == {"12"}


def test_how_far_dwellings_are_judged():
    made = design(box_part(0, 0, 10, 10, 0, 7))
    assert reach_of(made, site(), SunNorm(min_altitude_deg=45.0), {}) == pytest.approx(8.0)
    assert reach_of(made, site(), SunNorm(min_altitude_deg=10.0), {}) == pytest.approx(7 / np.tan(np.radians(10)) + 1)
    assert reach_of(made, site(), SunNorm(min_altitude_deg=0.0), {}) == 120.0  # twice the radius that was loaded
    assert reach_of(made, replace(site(), radius_m=1000.0), SunNorm(min_altitude_deg=0.5), {}) == pytest.approx(7 / np.tan(np.radians(1)) + 1)
    assert reach_of(made, site(), SunNorm(), {"radius_m": 35}) == 35.0


def test_what_a_study_assumes_is_said():
    norm = SunNorm(minutes=150.0, start=(1, 21), end=(11, 22), min_altitude_deg=8.0, sweep_days=7, above_floor_m=0.9, spacing_m=1.5, storey_m=3.0, year=2031)
    base = [
        Note.of("sun_norm", minutes=150.0, start="21-01", end="22-11", altitude=8.0, step=4.0, sweep=7, year=2031),
        Note.of("sun_receptors_assumed", above=0.9, spacing=1.5, storey=3.0), Note.of("sun_radius", radius=31.3),
    ]
    assert assumptions(norm, 4.0, 0, 31.25001) == base and assumptions(norm, 4.0, 3, 31.25001) == [*base, Note.of("sun_own_left_out", count=3)]


def test_what_blocks_is_listed_with_what_is_left_out():
    here = site()
    made, stays = design(box_part(5, 5, 15, 15, 0, 6)), here.buildings3d
    blocks, owners, notes = surroundings_of(here, made, stays, (), shift(Point(0, 0)), {})
    ground = len(terrain_triangles(here.terrain))
    assert owners == (("building", stays[0].fid, len(stays[0].triangles)), ("terrain", "", ground))
    assert notes == [Note.of("sun_trees_left_out")] and len(blocks.staying) == len(stays[0].triangles) + ground and len(blocks.trees) == 0
    trees = (*here.trees, Tree("t9", shift(Point(0, 30))))
    blocks, owners, notes = surroundings_of(replace(here, terrain=None, trees=trees), made, (), stays, shift(Point(0, 0)), {"trees": {"transparency": 0.25}})
    assert [note.code for note in notes] == ["sun_no_terrain", "sun_no_buildings", "sun_trees"]
    assert notes[2].as_dict() == {"count": 1, "unknown": 1, "percent": 25} and owners == (("terrain", "", 0),)
    assert (len(blocks.trees), blocks.transparency, len(blocks.replaced), len(blocks.staying)) == (16, 0.25, len(stays[0].triangles), 0)
    assert [n.code for n in surroundings_of(here, made, stays, (), shift(Point(0, 0)), {"terrain": False})[2]] == ["sun_no_terrain", "sun_trees_left_out"]
    bare = replace(here, registered_buildings=(*here.registered_buildings, replace(here.registered_buildings[0], fid="new", geometry=shift(Point(90, 90)).buffer(4))))
    assert surroundings_of(bare, made, stays, (), shift(Point(0, 0)), {})[2][0] == Note.of("sun_without_model", count=1, known=1)


def test_a_day_of_suns_is_counted_by_its_step():
    suns = suns_of(52.1, 5.1, [datetime.date(2027, 3, 21), datetime.date(2027, 6, 21)], 30.0)
    study = study_sun([replace(POINT, normal=None)], Surroundings(nothing()), {}, suns)
    assert study.before.tolist() == [[30.0 * int((suns.day == 0).sum()), 30.0 * int((suns.day == 1).sum())]]


def test_the_study_of_a_scene_says_who_takes_the_sun():
    here = site()
    review = sun_review(here, design(box_part(12, -12, 33, -1, 0, 14)), {}, SunNorm(sweep_days=0, step_min=10.0), {"radius_m": 50})
    (home,) = review.neighbours.dwellings
    assert review.radius_m == 50.0 and review.rows_of(home) == list(range(len(review.receptors))) and len(review.receptors) > 4
    south = [n for n, r in enumerate(review.receptors) if r.facade == 180.0]
    lost = [review.minutes.before[n, 0] - review.minutes.after["proposed"][n, 0] for n in south]
    assert min(lost) > 0
    said = review.blocker(south[0], 0)
    taken = review.minutes.before[south[0], 0] - review.minutes.after["proposed"][south[0], 0]
    assert said == Note.of("sun_blocked_by_design", name="A", minutes=float(taken))
