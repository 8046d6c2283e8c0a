"""The scene of a 3D picture: origin, colours, groups, ground and trees by their numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shapely import Point, box

import scenes
from drieluik.model import Building3D, Terrain, TopographyObject, Tree
from drieluik.model.design import Role
from drieluik.report.pictures.scene_mesh import BUILDINGS, DESIGN, GROUND, TREES, scene_mesh
from scenes import ORIGIN, box_part, shift


def bare(**more):
    return scenes.site(**{"topography": (), "buildings3d": (), "trees": (), "terrain": None, **more})


def building(x, height=6.0, fid="b"):
    return Building3D(fid, box_part(x, 0, x + 4, 4, 0, height).triangles, np.array(["roof"] * 2 + ["wall"] * 10), "2.2", 1.0, 1.0 + height)


def of(mesh, group):
    return mesh.groups == group


def test_the_origin_is_whole_metres_under_the_design():
    mesh = scene_mesh(bare(), scenes.design(box_part(0.5, 1, 5, 4, 0.25, 3)))
    assert mesh.origin.tolist() == [100_002.0, 450_002.0, 1.0]
    own = mesh.triangles[of(mesh, DESIGN)].reshape(-1, 3)
    assert own.min(axis=0).tolist() == [-1.5, -1.0, 0.25] and own.max(axis=0).tolist() == [3.0, 2.0, 3.0]
    assert np.allclose(np.linalg.norm(mesh.normals, axis=1), 1.0) and len(mesh.colours) == len(mesh.triangles) == len(mesh.groups)


@pytest.mark.parametrize(("kind", "colour"), [("roof", (46, 94, 140)), ("window", (187, 212, 230)), ("door", (79, 109, 133)), ("chimney", (91, 127, 163)), ("wall", (111, 163, 208))])
def test_parts_have_the_colour_of_their_kind(kind, colour):
    mesh = scene_mesh(bare(), scenes.design(box_part(0, 0, 4, 4, 0, 3, kind=kind)))
    assert {tuple(row) for row in mesh.colours[of(mesh, DESIGN)]} == {colour}


@pytest.mark.parametrize(("role", "colour"), [
    ("existing", (142, 138, 130)), ("demolish", (199, 123, 88)), ("context", (218, 215, 210)), ("terrain", (228, 224, 210)), ("vegetation", (169, 198, 149)), ("unknown", (232, 194, 104)), ("design", (111, 163, 208)),
])
def test_what_is_none_of_the_design_has_the_colour_of_what_it_is(role, colour):
    """Once somebody or the file's shape says so: what nobody said anything of has the colour of its kind."""
    wall = box_part(0, 0, 4, 4, 0, 3, kind="wall")
    for source, seen in (("file", colour), ("", (111, 163, 208))):
        mesh = scene_mesh(bare(), scenes.design(replace(wall, role=Role(role, source))))
        assert {tuple(row) for row in mesh.colours[of(mesh, DESIGN)]} == {seen}


def test_buildings_near_by_have_roofs_of_their_own_colour():
    near, empty = building(20), Building3D("leeg", np.zeros((0, 3, 3)), np.array([]), "1.2", None, None)
    mesh = scene_mesh(bare(buildings3d=(near, empty, building(111.9, fid="edge"), building(112.1, fid="far"))), scenes.design(box_part(0, 0, 4, 4, 0, 3)))
    here = of(mesh, BUILDINGS)
    assert here.sum() == 24
    colours, counts = np.unique(mesh.colours[here], axis=0, return_counts=True)
    assert {tuple(row): n for row, n in zip(colours, counts)} == {(189.0, 183.0, 176.0): 4, (218.0, 215.0, 210.0): 20}
    assert scene_mesh(bare(), scenes.design(box_part(0, 0, 4, 4, 0, 3))).groups.max() == DESIGN


def test_trees_of_known_height_have_a_crown_on_the_ground():
    terrain = Terrain(np.full((600, 600), 2.5), ORIGIN[0] - 150, ORIGIN[1] + 150, 0.5)
    trees = (Tree("a", shift(Point(10, 20)), 10.0, 5.0), Tree("b", shift(Point(12, 20)), None, 5.0), Tree("c", shift(Point(112.5, 0)), 10.0, 5.0), Tree("d", shift(Point(-100, 2)), 20.0, 5.0))
    design = scenes.design(box_part(0, 0, 4, 4, 0, 3))
    mesh = scene_mesh(bare(trees=trees, terrain=terrain), design)
    crowns = mesh.triangles[of(mesh, TREES)].reshape(-1, 80 * 3, 3) + mesh.origin - np.array([*ORIGIN, 0.0])
    assert len(crowns) == 2 and {tuple(row) for row in mesh.colours[of(mesh, TREES)]} == {(169.0, 198.0, 149.0)}
    low, high = crowns[0].min(axis=0), crowns[0].max(axis=0)
    assert (low + high) / 2 == pytest.approx([10, 20, 2.5 + 6.2], abs=1e-6) and high - low == pytest.approx([6.0, 6.0, 7.2], abs=0.5)
    assert (crowns[1].max(axis=0) - crowns[1].min(axis=0))[0] == pytest.approx(7.0, abs=0.3)  # no wider than 3.5 m to each side
    assert not of(scene_mesh(bare(trees=trees), design), TREES).any()


def test_ground_without_terrain_is_flat_at_the_foot_of_the_design():
    mesh = scene_mesh(bare(), scenes.design(box_part(0, 0, 4, 4, 1.5, 3)))
    ground = mesh.triangles[of(mesh, GROUND)]
    assert len(ground) == 2 * 110 * 110 and set(np.unique(ground[:, :, 2])) == {0.5} and {tuple(row) for row in mesh.colours[of(mesh, GROUND)]} == {(235.0, 235.0, 235.0)}
    assert ground.reshape(-1, 3).min(axis=0)[:2].tolist() == [-110, -110] and ground.reshape(-1, 3).max(axis=0)[:2].tolist() == [110, 110]
    assert (mesh.normals[of(mesh, GROUND)] == [0, 0, 1]).all()


def test_holes_in_the_terrain_are_filled_from_around_and_what_is_far_from_all_by_the_foot():
    heights = np.full((600, 600), np.nan)
    heights[:, :300] = 4.0  # the west half
    mesh = scene_mesh(bare(terrain=Terrain(heights, ORIGIN[0] - 150, ORIGIN[1] + 150, 0.5)), scenes.design(box_part(0, 0, 4, 4, 0, 3)))
    corners = mesh.triangles[of(mesh, GROUND)].reshape(-1, 3)
    assert set(np.round(np.unique(corners[:, 2]), 6)) == {3.0}
    small = np.full((20, 20), 4.0)
    mesh = scene_mesh(bare(terrain=Terrain(small, ORIGIN[0] - 106, ORIGIN[1] - 100, 0.5)), scenes.design(box_part(0, 0, 4, 4, 0, 3)))
    corners = mesh.triangles[of(mesh, GROUND)].reshape(-1, 3)
    assert set(np.round(np.unique(corners[:, 2]), 6)) == {0.0, 3.0}
    filled = corners[np.round(corners[:, 2], 6) == 3.0]
    assert filled[:, 1].max() + mesh.origin[1] - ORIGIN[1] == -102 + 60 * 2


def test_two_heights_meet_halfway():
    heights = np.full((600, 600), np.nan)
    heights[:, :260], heights[:, 340:] = 2.0, 6.0
    mesh = scene_mesh(bare(terrain=Terrain(heights, ORIGIN[0] - 150, ORIGIN[1] + 150, 0.5)), scenes.design(box_part(0, 0, 4, 4, 0, 3)))
    corners = mesh.triangles[of(mesh, GROUND)].reshape(-1, 3)
    assert {1.0, 5.0} <= set(np.round(np.unique(corners[:, 2]), 6)) and corners[:, 2].min() >= 1.0 and corners[:, 2].max() <= 5.0


def pixel(mesh, x, y):
    """The colour of the ground at local metres from the origin."""
    return tuple(mesh.ground[int((110 - y) / 0.3), int((x + 110) / 0.3)].tolist())


def test_the_ground_is_a_map_from_above():
    tiles = (
        TopographyObject("a", "waterdeel", shift(box(2, 2, 30, 12))), TopographyObject("b", "wegdeel", shift(box(12, 2, 22, 7)), "fietspad", level=1), TopographyObject("c", "pand", shift(box(400, 0, 410, 9))),
        TopographyObject("0", "begroeidterreindeel", shift(box(2, 2, 22, 12).union(box(-60, -60, -40, -40)))), TopographyObject("p", "paal", shift(Point(3, 3))),
    )
    mesh = scene_mesh(bare(topography=tiles), scenes.design(box_part(0, 0, 4, 4, 0, 3)))
    assert mesh.ground.shape == (733, 733, 3)
    assert [pixel(mesh, *at) for at in ((5, 8), (15, 3), (5, 3), (-52, -52), (50, 50), (25, 3))] == [
        (207, 227, 240), (237, 230, 220), (207, 227, 240), (220, 233, 210), (239, 239, 239), (207, 227, 240),
    ]
