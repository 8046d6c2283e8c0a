"""Trees from AHN: canopies of a few cells whose tops and crowns are counted by hand."""

from __future__ import annotations

import numpy as np
import pytest
from shapely import Point, box

from drieluik.measure.surroundings.trees import canopy_of, trees_of, window_of
from drieluik.model import Note, PointCloud, Terrain, Tree
from scenes import GROUND, ORIGIN, shift, site


def flat(**changes):
    """Return a site of bare, level ground with cells of half a metre from (-50, -50) to (70, 70)."""
    return site(**{"topography": (), "registered_buildings": (), "buildings3d": (), "trees": (), **changes})


def leaves(*blocks, kind=1):
    """Return a point in the middle of every cell of blocks (west, south, east, north, height), local metres."""
    rows = []
    for west, south, east, north, height in blocks:
        x, y = np.meshgrid(np.arange(west + 0.25, east, 0.5), np.arange(south + 0.25, north, 0.5))
        rows.append(np.column_stack([x.ravel(), y.ravel(), np.full(x.size, height)]))
    every = np.concatenate(rows) if rows else np.zeros((0, 3))
    return PointCloud(every + (*ORIGIN, GROUND), np.full(len(every), kind, np.uint8))


def there(canopy, x, y):
    """Return the canopy at a place in local metres."""
    return canopy.heights[int((canopy.north - ORIGIN[1] - y) // 0.5), int((x - canopy.west + ORIGIN[0]) // 0.5)]


def test_canopy_is_what_is_no_ground_or_building_between_two_and_a_half_and_forty_five_metres():
    blocks = [(0, 0, 1, 1, 2.49), (2, 0, 3, 1, 2.5), (4, 0, 5, 1, 45.0), (6, 0, 7, 1, 45.01), (8, 0, 9, 1, 6.0)]
    canopy = canopy_of(flat(points=leaves(*blocks)), [])
    assert [there(canopy, x, 0.5) for x in (0.25, 2.25, 4.25, 6.25, 8.25)] == pytest.approx([0, 2.5, 45.0, 0, 6.0])
    assert (canopy.heights > 0).sum() == 3 * 4
    assert not canopy_of(flat(points=leaves(*blocks, kind=6)), []).heights.any()


def test_the_highest_point_of_a_cell_counts_but_a_bird_above_it_does_not():
    points = leaves((0, 0, 0.5, 0.5, 5.0), (0, 0, 0.5, 0.5, 9.0), (0, 0, 0.5, 0.5, 7.0), (0, 0, 0.5, 0.5, 60.0), (-51, 0, -50.5, 0.5, 8.0), (0, 70, 0.5, 70.5, 8.0), (70, 0, 70.5, 0.5, 8.0), (0, -50.5, 0.5, -50, 8.0))
    canopy = canopy_of(flat(points=points), [])
    assert there(canopy, 0.25, 0.25) == pytest.approx(9.0) and (canopy.heights > 0).sum() == 1


def test_the_surface_less_the_ground_stands_in_for_points():
    """A surface of cells of 1 m from (0, 0) to (3, 2); the ground lies 1 m higher in the scene's east half, from x = 10."""
    surface = Terrain(np.array([[0.0, 3.0, 7.0], [4.0, np.nan, 2.0]]) + GROUND, ORIGIN[0] + 9, ORIGIN[1] + 2, 1.0)
    heights = np.full((240, 240), GROUND)
    heights[:, 120:] += 1.0
    here = flat(points=None, surface=surface, terrain=Terrain(heights, ORIGIN[0] - 50, ORIGIN[1] + 70, 0.5))
    canopy = canopy_of(here, [])
    found = {(x, y): there(canopy, x, y) for x in (9.25, 9.75, 10.25, 11.75) for y in (0.25, 1.75)}
    assert found == pytest.approx({
        (9.25, 0.25): 4, (9.75, 0.25): 4, (10.25, 0.25): 0, (11.75, 0.25): 0, (9.25, 1.75): 0, (9.75, 1.75): 0, (10.25, 1.75): 0, (11.75, 1.75): 6})
    assert (canopy.heights > 0).sum() == 2 * 4
    assert canopy_of(flat(points=None, surface=None), []) is None
    assert canopy_of(flat(points=leaves(), terrain=None), []) is None


def test_what_stands_on_a_building_or_within_a_metre_of_it_is_no_canopy():
    canopy = canopy_of(flat(points=leaves((0, 0, 10, 2, 6.0))), [shift(box(3, 0.5, 5, 1.5))])
    assert [there(canopy, x + 0.25, 1.0) > 0 for x in (1, 1.5, 2, 4, 5.5, 6, 6.5)] == [True, True, False, False, False, True, True]
    assert not canopy_of(flat(points=leaves((0, 0, 2, 2, 6.0))), [shift(box(-70, -70, 90, 90))]).heights.any()


def test_trees_that_cannot_be_measured_stay_as_they_are():
    tree = Tree("t", shift(Point(0, 0)), 7.0, 4.0)
    assert trees_of(flat(points=None, surface=None, trees=(tree,)), []) == ((tree,), (Note.of("context_trees_unmeasured", count=1),))
    assert trees_of(flat(points=None, surface=None), []) == ((), ())
    assert trees_of(flat(points=leaves(), trees=(tree,)), []) == ((tree,), (Note.of("context_trees_measured", count=0, total=1),))


def test_a_tree_takes_the_highest_canopy_within_two_metres_and_a_crown_of_its_cells():
    """Crowns of 4 x 4 m and, shared by two, 2 x 2 m: circles of 2 x sqrt(16 / pi) and 2 x sqrt(2 / pi). The undergrowth stays under two fifths of the tree."""
    blocks = [(0, 0, 4, 4, 10.0), (4, 0, 6, 4, 3.9), (20, 0, 22, 2, 5.123)]
    trees = (Tree("a", shift(Point(2.01, 2.01))), Tree("b", shift(Point(23.9, 1))), Tree("c", shift(Point(18.1, 1)), 3.0, 2.0), Tree("d", shift(Point(60, 60)), 8.0, 5.0))
    found, notes = trees_of(flat(points=leaves(*blocks), trees=trees), [])
    known = {tree.fid: (tree.height_m, tree.crown_m) for tree in found}
    assert known == {"a": (10.0, 4.5), "b": (5.12, 1.6), "c": (5.12, 1.6), "d": (8.0, 5.0)}
    assert [tree.geometry for tree in found] == [tree.geometry for tree in trees]
    assert notes == (Note.of("context_trees_measured", count=3, total=4),)
    (far,), _ = trees_of(flat(points=leaves((20, 0, 22, 2, 5.0)), trees=(Tree("e", shift(Point(16.9, 1))),)), [])[0][:1], None
    assert far.height_m is None


@pytest.mark.parametrize(
    ("block", "found"),
    [
        ((30, 30, 33, 33, 8.0), (8.0, 3.4)), ((30, 30, 33, 33, 3.9), None), ((30, 30, 33, 33, 4.0), (4.0, 3.4)), ((30, 30, 32.5, 32, 8.0), (8.0, 2.5)),
        ((30, 30, 31.5, 32, 8.0), None), ((66, 30, 69, 33, 8.0), None), ((58, 10, 61, 13, 8.0), (8.0, 3.4)),
    ],
)
def test_a_tree_without_a_point_is_found_by_its_crown(block, found):
    """From 4 m high, with a crown of 4 m2, within the 60 m that were loaded around (10, 10)."""
    trees, notes = trees_of(flat(points=leaves(block)), [])
    assert [(tree.height_m, tree.crown_m) for tree in trees] == ([found] if found else [])
    assert notes == ((Note.of("context_trees_found", count=1),) if found else ())
    for tree in trees:
        assert tree.fid == f"ahn-{tree.geometry.x:.1f}-{tree.geometry.y:.1f}"
        assert abs(tree.geometry.x - ORIGIN[0] - (block[0] + block[2]) / 2) <= 1 and abs(tree.geometry.y - ORIGIN[1] - (block[1] + block[3]) / 2) <= 1


def test_how_wide_one_tree_is_by_its_height():
    assert window_of(np.array([4.0, 6.0, 10.0, 24.0, 40.0])).tolist() == [1.5, 1.5, 2.5, 6.0, 6.0]


@pytest.mark.parametrize(("away", "found"), [(4.2, 0), (4.8, 1)])
def test_a_top_near_a_known_tree_is_that_tree(away, found):
    """A top of 10 m is one tree within 2.5 m, and its point may stand 2 m beside that."""
    trees, _ = trees_of(flat(points=leaves((0, 0, 0.5, 2.5, 10.0), (-1, 0.5, 0, 2, 9.0), (0.5, 0.5, 1.5, 2, 9.0)), trees=(Tree("t", shift(Point(0.25 + away, 1.25))),)), [])
    assert len(trees) - 1 == found


@pytest.mark.parametrize(("apart", "count"), [(2.5, 1), (8.0, 2)])
def test_tops_of_one_window_are_one_tree(apart, count):
    trees, _ = trees_of(flat(points=leaves((0, 0, 2.5, 2.5, 8.0), (apart, 0, apart + 2.5, 2.5, 12.0))), [])
    assert [tree.height_m for tree in trees] == [12.0, 8.0][:count]


@pytest.mark.parametrize(("x", "y", "known"), [(1, 71.5, True), (1, 72.9, False), (1, 75, False), (71.5, 10, True), (75, 10, False), (-51.5, 10, True), (-55, 10, False), (1, -51.5, True), (1, -55, False)])
def test_a_tree_beside_the_ground_takes_what_stands_at_its_edge_within_two_metres(x, y, known):
    blocks = [(0, 69, 2, 70, 7.0), (69, 9, 70, 11, 7.0), (-50, 9, -49, 11, 7.0), (0, -50, 2, -49, 7.0)]
    (tree, *_), _ = trees_of(flat(points=leaves(*blocks), trees=(Tree("t", shift(Point(x, y))),)), [])
    assert tree.height_m == (7.0 if known else None)
