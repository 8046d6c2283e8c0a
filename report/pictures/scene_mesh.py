"""The scene of a 3D picture: the design, the buildings, trees and ground around it, as coloured triangles in a local origin."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from ...model import Design, Part, Site, Terrain
from ...model.arrays import Floats
from ..basis import palette

KIND_COLOURS = {"roof": "#2E5E8C", "window": "#BBD4E6", "door": "#4F6D85", "chimney": "#5B7FA3"}
DESIGN_COLOUR, BUILDING, BUILDING_ROOF, TREE = "#6FA3D0", "#DAD7D2", "#BDB7B0", "#A9C695"
GROUND_CELL_M, TERRAIN_CELL_M, REACH_M = 0.3, 2.0, 110.0
GROUND, TREES, BUILDINGS, DESIGN = range(4)


@dataclass(frozen=True, eq=False)
class SceneMesh:
    """Triangles (n, 3, 3) minus ``origin`` (RD + NAP), their colours (n, 3) 0-255, groups (n,) and unit normals (n, 3).

    ``ground``: the topography as an image (rows, columns, 3), north up, ``GROUND_CELL_M`` a pixel, ``REACH_M`` each way.
    """

    origin: Floats
    triangles: Floats
    colours: Floats
    groups: NDArray[np.int64]
    normals: Floats
    ground: NDArray[np.uint8]


def scene_mesh(site: Site, design: Design) -> SceneMesh:
    """Return the scene of one design; the origin is whole metres, subtracted in float64 before anything turns float32."""
    low, high = design.bounds
    origin = np.array([*np.floor((low + high)[:2] / 2), math.floor(float(low[2]))])
    meshes = {
        DESIGN: _design(design, origin), BUILDINGS: _buildings(site, origin), TREES: _trees(site, origin),
        GROUND: _terrain(site.terrain, origin, float(low[2])),
    }
    triangles = np.concatenate([mesh for mesh, _ in meshes.values()])
    a, b, c = (triangles[:, i] for i in range(3))
    normals = np.cross(b - a, c - a)
    normals /= np.maximum(np.linalg.norm(normals, axis=1), 1e-12)[:, None]
    colours = np.concatenate([colours for _, colours in meshes.values()])
    groups = np.concatenate([np.full(len(mesh), group) for group, (mesh, _) in meshes.items()])
    return SceneMesh(origin, triangles, colours, groups, normals, _ground_image(site, origin))


def _design(design: Design, origin: Floats) -> tuple[Floats, Floats]:
    colours = [np.tile(palette.rgb(_colour(part)), (len(part.faces), 1)) for part in design.parts]
    return design.triangles - origin, np.concatenate(colours).astype(float)


def _colour(part: Part) -> str:
    """Return the colour of a part: by its role where it is said to be none of the design, or in doubt; else by its kind."""
    if part.role.word in palette.ROLES and part.role.source:
        return palette.ROLES[part.role.word]
    return KIND_COLOURS.get(part.kind, DESIGN_COLOUR)


def _buildings(site: Site, origin: Floats) -> tuple[Floats, Floats]:
    near = [b for b in site.buildings3d if len(b.triangles) and np.abs(b.triangles[0, 0, :2] - origin[:2]).max() < REACH_M]
    if not near:
        return np.zeros((0, 3, 3)), np.zeros((0, 3))
    roof = np.concatenate([b.semantics == "roof" for b in near])
    colours = np.where(roof[:, None], palette.rgb(BUILDING_ROOF), palette.rgb(BUILDING)).astype(float)
    return np.concatenate([b.triangles for b in near]) - origin, colours


def _trees(site: Site, origin: Floats) -> tuple[Floats, Floats]:
    """Return a crown on every tree whose height is known; the others are left out."""
    meshes = []
    for tree in site.trees:
        x, y = tree.geometry.x, tree.geometry.y
        base = site.terrain.nearest(x, y, 5.0) if site.terrain is not None else None
        if base is None or tree.height_m is None or max(abs(x - origin[0]), abs(y - origin[1])) > REACH_M:
            continue
        meshes.append(_crown(np.array([x, y, base[0]]) - origin, tree.height_m))
    if not meshes:
        return np.zeros((0, 3, 3)), np.zeros((0, 3))
    triangles = np.concatenate(meshes)
    return triangles, np.tile(palette.rgb(TREE), (len(triangles), 1)).astype(float)


def _crown(base: Floats, height: float) -> Floats:
    """Return a simple crown, an ellipsoid of 80 triangles."""
    import trimesh

    ball = trimesh.creation.icosphere(subdivisions=1, radius=1.0)
    radius = min(3.5, 0.3 * height)
    shape = ball.vertices * np.array([radius, radius, 0.36 * height]) + base + np.array([0, 0, 0.62 * height])
    return shape[ball.faces]


def _terrain(terrain: Terrain | None, origin: Floats, fallback: float) -> tuple[Floats, Floats]:
    axis = np.arange(-REACH_M, REACH_M + 1e-9, TERRAIN_CELL_M)
    x, y = np.meshgrid(axis, axis)
    z = _filled(terrain, x + origin[0], y + origin[1], fallback) - origin[2]
    grid = np.stack([x, y, z], axis=2)
    a, b, c, d = grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]
    triangles = np.concatenate([np.stack([a, b, c], axis=2).reshape(-1, 3, 3), np.stack([a, c, d], axis=2).reshape(-1, 3, 3)])
    return triangles, np.full((len(triangles), 3), 235.0)


def _filled(terrain: Terrain | None, x: Floats, y: Floats, fallback: float) -> Floats:
    """Return ground heights with holes filled from the nearest known ones (for the picture only)."""
    if terrain is None:
        return np.full(x.shape, fallback)
    z = terrain.sample(x.ravel(), y.ravel()).reshape(x.shape)
    for _ in range(60):
        hole = ~np.isfinite(z)
        if not hole.any():
            break
        padded = np.pad(z, 1, constant_values=np.nan)
        around = np.stack([padded[:-2, 1:-1], padded[2:, 1:-1], padded[1:-1, :-2], padded[1:-1, 2:]])
        known = np.isfinite(around)
        total = np.where(known, around, 0).sum(axis=0)
        count = known.sum(axis=0)
        z = np.where(hole & (count > 0), total / np.maximum(count, 1), z)
    return np.where(np.isfinite(z), z, fallback)


def _ground_image(site: Site, origin: Floats) -> NDArray[np.uint8]:
    size = int(2 * REACH_M / GROUND_CELL_M)
    image = Image.new("RGB", (size, size), palette.OTHER)
    draw = ImageDraw.Draw(image)
    corner = origin[:2] + np.array([-REACH_M, REACH_M])
    reach = shapely.box(*(origin[:2] - REACH_M), *(origin[:2] + REACH_M))
    for tile in sorted(site.topography, key=lambda t: (t.level, t.fid)):
        if tile.geometry.geom_type not in ("Polygon", "MultiPolygon") or not tile.geometry.intersects(reach):
            continue
        colour = palette.ground_colour(tile.collection, tile.function)
        for part in shapely.get_parts(tile.geometry):
            ring = (np.asarray(part.exterior.coords)[:, :2] - corner) / GROUND_CELL_M * np.array([1, -1])
            draw.polygon(ring.ravel().tolist(), fill=colour)
    return np.asarray(image)
