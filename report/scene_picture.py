"""3D pictures of the design among its surroundings, by our own ray caster on Embree.

A first hit per pixel gives object, place and normal; edges are drawn where they change and sampled again; one sun casts
shadows. Local origin subtracted in float64 before Embree's float32 sees a coordinate.
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from ..measure.inside import inside
from ..model import Design, Evidence, Finding, Site, Terrain, Verdict
from . import palette

Floats = NDArray[np.float64]

SIZE = (560, 380)
FIELD_DEG = 38.0
SUN = np.array([-0.45, -0.62, 0.64])
SKY_TOP, SKY_LOW = np.array([214.0, 226.0, 238.0]), np.array([246.0, 248.0, 250.0])
KIND_COLOURS = {"roof": "#2E5E8C", "window": "#BBD4E6", "door": "#4F6D85", "chimney": "#5B7FA3"}
DESIGN_COLOUR, BUILDING, BUILDING_ROOF, TREE = "#6FA3D0", "#DAD7D2", "#BDB7B0", "#A9C695"
GROUND_CELL_M, TERRAIN_CELL_M, REACH_M = 0.3, 2.0, 110.0


def available() -> bool:
    """Whether Embree is installed; without it there are no 3D pictures."""
    import importlib.util

    return importlib.util.find_spec("embreex") is not None


@dataclass(frozen=True)
class Camera:
    """A pinhole camera in local coordinates."""

    eye: Floats
    target: Floats

    def rays(self, pixels: Floats) -> Floats:
        """Return unit directions (n, 3) through pixel coordinates (n, 2)."""
        width, height = SIZE
        forward = self.target - self.eye
        forward = forward / np.linalg.norm(forward)
        right = np.cross(forward, [0.0, 0.0, 1.0])
        right /= np.linalg.norm(right)
        up = np.cross(right, forward)
        half = math.tan(math.radians(FIELD_DEG) / 2)
        x = (pixels[:, 0] / width - 0.5) * 2 * half * width / height
        y = (0.5 - pixels[:, 1] / height) * 2 * half
        directions = forward + x[:, None] * right + y[:, None] * up
        return directions / np.linalg.norm(directions, axis=1)[:, None]


class Picture:
    """The scene of one design; ``png(finding)`` renders it, with what the finding marks."""

    def __init__(self, site: Site, design: Design) -> None:
        self.site, self.design = site, design
        low, high = design.bounds
        self.origin = np.array([*np.floor((low + high)[:2] / 2), math.floor(float(low[2]))])
        self.low, self.high = low - self.origin, high - self.origin
        groups = [(self._design_mesh(), 3), (self._buildings(), 2), (self._trees(), 1), (self._terrain(), 0)]
        self.triangles = np.concatenate([mesh[0] for mesh, _ in groups])
        self.colours = np.concatenate([mesh[1] for mesh, _ in groups])
        self.groups = np.concatenate([np.full(len(mesh[0]), group) for mesh, group in groups])
        a, b, c = (self.triangles[:, i] for i in range(3))
        normals = np.cross(b - a, c - a)
        self.normals = normals / np.maximum(np.linalg.norm(normals, axis=1), 1e-12)[:, None]
        self.ground = self._ground_image()
        self.scene = _embree(self.triangles)

    def _design_mesh(self) -> tuple[Floats, Floats]:
        colours = [np.tile(palette.rgb(KIND_COLOURS.get(p.kind, DESIGN_COLOUR)), (len(p.faces), 1)) for p in self.design.parts]
        return self.design.triangles - self.origin, np.concatenate(colours).astype(float)

    def _buildings(self) -> tuple[Floats, Floats]:
        near = [b for b in self.site.buildings3d if len(b.triangles) and np.abs(b.triangles[0, 0, :2] - self.origin[:2]).max() < REACH_M]
        if not near:
            return np.zeros((0, 3, 3)), np.zeros((0, 3))
        roof = np.concatenate([b.semantics == "roof" for b in near])
        colours = np.where(roof[:, None], palette.rgb(BUILDING_ROOF), palette.rgb(BUILDING)).astype(float)
        return np.concatenate([b.triangles for b in near]) - self.origin, colours

    def _trees(self) -> tuple[Floats, Floats]:
        points, meshes = self.site.points, []
        for tree in self.site.trees:
            x, y = tree.geometry.x, tree.geometry.y
            if points is None or self.site.terrain is None or max(abs(x - self.origin[0]), abs(y - self.origin[1])) > REACH_M:
                continue
            base = self.site.terrain.nearest(x, y, 5.0)
            near = (np.abs(points.xyz[:, 0] - x) < 2.0) & (np.abs(points.xyz[:, 1] - y) < 2.0) & (points.classification == 1)
            if base and near.any():
                meshes.append(_crown(np.array([x, y, base[0]]) - self.origin, float(points.xyz[near, 2].max()) - base[0]))
        triangles = np.concatenate(meshes) if meshes else np.zeros((0, 3, 3))
        return triangles, np.tile(palette.rgb(TREE), (len(triangles), 1)).astype(float)

    def _terrain(self) -> tuple[Floats, Floats]:
        axis = np.arange(-REACH_M, REACH_M + 1e-9, TERRAIN_CELL_M)
        x, y = np.meshgrid(axis, axis)
        z = _filled(self.site.terrain, x + self.origin[0], y + self.origin[1], float(self.low[2] + self.origin[2])) - self.origin[2]
        grid = np.stack([x, y, z], axis=2)
        a, b, c, d = grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]
        triangles = np.concatenate([np.stack([a, b, c], axis=2).reshape(-1, 3, 3), np.stack([a, c, d], axis=2).reshape(-1, 3, 3)])
        return triangles, np.full((len(triangles), 3), 235.0)

    def _ground_image(self) -> NDArray[np.uint8]:
        """Return the topography as an image, north up, ``GROUND_CELL_M`` a pixel."""
        size = int(2 * REACH_M / GROUND_CELL_M)
        image = Image.new("RGB", (size, size), palette.OTHER)
        draw = ImageDraw.Draw(image)
        corner = self.origin[:2] + np.array([-REACH_M, REACH_M])
        reach = shapely.box(*(self.origin[:2] - REACH_M), *(self.origin[:2] + REACH_M))
        for tile in sorted(self.site.topography, key=lambda t: (t.level, t.fid)):
            if tile.geometry.geom_type not in ("Polygon", "MultiPolygon") or not tile.geometry.intersects(reach):
                continue
            colour = palette.ground_colour(tile.collection, tile.function)
            for part in shapely.get_parts(tile.geometry):
                ring = (np.asarray(part.exterior.coords)[:, :2] - corner) / GROUND_CELL_M * np.array([1, -1])
                draw.polygon([tuple(p) for p in ring], fill=colour)
        return np.asarray(image)

    def camera(self, finding: Finding | None) -> Camera:
        """Return a camera that looks at the finding (or the whole design) from its own side, slightly from above."""
        middle = (self.low + self.high) / 2
        spot = _spot(finding, self.origin)
        size = float(np.linalg.norm(self.high - self.low))
        away = np.array([-0.55, -0.83]) if spot is None else (spot - middle)[:2]
        length = float(np.linalg.norm(away))
        street = self._street_side(middle)
        away = away / length if spot is not None and length > 1.5 else street
        away = away * 0.75 + np.array([away[1], -away[0]]) * 0.66
        target = middle if spot is None else middle * 0.6 + spot * 0.4
        distance = size * (2.1 if finding is None else 1.55)
        eye = target + np.array([away[0], away[1], 0.0]) * distance + np.array([0.0, 0.0, distance * (0.5 if finding is None else 0.42)])
        return Camera(eye, target)

    def _street_side(self, middle: Floats) -> Floats:
        """Return the direction (2,) to the nearest road, where a passer-by would look from."""
        here = shapely.Point(*(middle + self.origin)[:2])
        roads = [t.geometry for t in self.site.topography if t.collection == "wegdeel" and "rijbaan" in t.function]
        if not roads:
            return np.array([-0.55, -0.83])
        nearest = roads[int(np.argmin(shapely.distance(roads, here)))]
        line = np.asarray(shapely.shortest_line(here, nearest).coords)
        step = line[1] - line[0]
        return step / max(float(np.linalg.norm(step)), 1e-9)

    def png(self, finding: Finding | None = None) -> bytes:
        """Return the picture as PNG bytes."""
        width, height = SIZE
        camera = self.camera(finding)
        overlays = _overlays(finding, self.origin)
        columns, rows = np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5)
        pixels = np.column_stack([columns.ravel(), rows.ravel()])
        colour, key, depth = self._shade(camera, pixels, finding, overlays)
        edge = _edges(key.reshape(height, width), depth.reshape(height, width)).ravel()
        if edge.any():
            samples = [colour[edge]]
            for dx, dy in ((-0.25, -0.25), (0.25, 0.25)):
                samples.append(self._shade(camera, pixels[edge] + (dx, dy), finding, overlays)[0])
            colour[edge] = np.mean(samples, axis=0) * 0.72
        image = Image.fromarray(np.clip(colour, 0, 255).astype(np.uint8).reshape(height, width, 3))
        stream = io.BytesIO()
        image.save(stream, "PNG", compress_level=4)
        return stream.getvalue()

    def _shade(self, camera: Camera, pixels: Floats, finding: Finding | None, overlays) -> tuple[Floats, NDArray, Floats]:
        """Return colour (n, 3), an object-and-plane key (n,) and depth (n,) of every pixel."""
        rays = camera.rays(pixels)
        triangle, depth = _cast(self.scene, camera.eye, rays)
        share = np.clip(pixels[:, 1:2] / SIZE[1], 0, 1)
        colour = SKY_TOP * (1 - share) + SKY_LOW * share
        hit = triangle >= 0
        at = triangle[hit]
        places = camera.eye + rays[hit] * depth[hit][:, None]
        normals = self.normals[at]
        normals = np.where((normals * rays[hit]).sum(axis=1, keepdims=True) > 0, -normals, normals)
        base = self.colours[at].copy()
        ground = self.groups[at] == 0
        base[ground] = self._ground_colour(places[ground])
        loud = self._loud(places, at, finding)
        base[loud] = palette.rgb(palette.VIOLATION if finding and finding.verdict is Verdict.VIOLATES else palette.DOUBT)
        light = np.clip((normals * SUN).sum(axis=1), 0, 1)
        light[_occluded(self.scene, places + normals * 0.03, SUN)] = 0.0
        colour[hit] = base * (0.74 + 0.30 * light)[:, None]
        key = np.where(hit, 0, -1)
        key[hit] = self.groups[at] * 1000 + (np.round(normals @ np.array([7.0, 13.0, 29.0])).astype(int) % 997) * (self.groups[at] >= 2)
        for scene, tint, strength, behind in overlays:
            over, t = _cast(scene, camera.eye, rays)
            seen = (over >= 0) & (t < np.where(hit, depth, np.inf) + behind)
            colour[seen] = colour[seen] * (1 - strength) + np.array(tint) * strength
        return colour, key, np.where(hit, depth, 1e4)

    def _ground_colour(self, places: Floats) -> Floats:
        size = self.ground.shape[0]
        column = np.clip(((places[:, 0] + REACH_M) / GROUND_CELL_M).astype(int), 0, size - 1)
        row = np.clip(((REACH_M - places[:, 1]) / GROUND_CELL_M).astype(int), 0, size - 1)
        return self.ground[row, column].astype(float)

    def _loud(self, places: Floats, at: NDArray, finding: Finding | None) -> NDArray[np.bool_]:
        """Return which hit points of the design lie in the areas that a finding marks."""
        loud = np.zeros(len(places), dtype=bool)
        for piece in finding.evidence if finding else ():
            if piece.role in ("outside_area", "overlap_area") and piece.geometry is not None:
                shape = shapely.buffer(piece.geometry, 0.02)
                own = np.nonzero(self.groups[at] == 3)[0]
                xy = places[own, :2] + self.origin[:2]
                loud[own[inside(shape, xy)]] = True
        return loud


def _embree(triangles: Floats):  # type: ignore[no-untyped-def]
    from embreex import rtcore_scene
    from embreex.mesh_construction import TriangleMesh

    scene = rtcore_scene.EmbreeScene()
    TriangleMesh(scene, np.ascontiguousarray(triangles, dtype=np.float32))
    return scene


def _cast(scene, eye: Floats, rays: Floats) -> tuple[NDArray[np.int64], Floats]:  # type: ignore[no-untyped-def]
    """Return the first triangle (-1: none) and its distance along each ray."""
    origins = np.ascontiguousarray(np.broadcast_to(eye, rays.shape), dtype=np.float32)
    found = scene.run(origins, np.ascontiguousarray(rays, dtype=np.float32), output=1)
    return found["primID"].astype(np.int64), found["tfar"].astype(np.float64)


def _occluded(scene, places: Floats, direction: Floats) -> NDArray[np.bool_]:  # type: ignore[no-untyped-def]
    rays = np.ascontiguousarray(np.broadcast_to(direction, places.shape), dtype=np.float32)
    return scene.run(np.ascontiguousarray(places, dtype=np.float32), rays, query="OCCLUDED") >= 0


def _overlays(finding: Finding | None, origin: Floats) -> list:
    """Return translucent limits and the excess, each a scene with tint, strength and how far it may lie behind the hit."""
    tints = {"limit_surface": (palette.LIMIT, 0.38, 0.0), "excess_volume": (palette.VIOLATION, 0.88, 0.03)}
    out = []
    for piece in finding.evidence if finding else ():
        if piece.role in tints and piece.triangles is not None and len(piece.triangles):
            colour, strength, behind = tints[piece.role]
            out.append((_embree(piece.triangles - origin), palette.rgb(colour), strength, behind))
    return out


def _spot(finding: Finding | None, origin: Floats) -> Floats | None:
    """Return the middle (3,) of what a finding marks, local; None when it marks nothing."""
    if finding is None:
        return None
    order = {"excess_volume": 0, "outside_area": 1, "overlap_area": 1}
    pieces: list[Evidence] = sorted((p for p in finding.evidence if p.role in order), key=lambda p: order[p.role])
    if not pieces:
        return None
    if pieces[0].triangles is not None:
        return pieces[0].triangles.reshape(-1, 3).mean(axis=0) - origin
    centre = pieces[0].geometry.centroid
    return np.array([centre.x - origin[0], centre.y - origin[1], 2.0])


def _edges(key: NDArray, depth: Floats) -> NDArray[np.bool_]:
    """Return the pixels where the object, its plane, or the depth changes."""
    edge = np.zeros(key.shape, dtype=bool)
    for axis in (0, 1):
        change = np.diff(key, axis=axis) != 0
        jump = np.abs(np.diff(depth, axis=axis)) > 0.03 * np.minimum(*_pair(depth, axis))
        marked = change | jump
        if axis == 0:
            edge[1:] |= marked
        else:
            edge[:, 1:] |= marked
    return edge


def _pair(values: Floats, axis: int) -> tuple[Floats, Floats]:
    return (values[1:], values[:-1]) if axis == 0 else (values[:, 1:], values[:, :-1])


def _crown(base: Floats, height: float) -> Floats:
    """Return a simple crown on a stem: an octahedral ball of 32 triangles."""
    import trimesh

    ball = trimesh.creation.icosphere(subdivisions=1, radius=1.0)
    radius = min(3.5, 0.3 * height)
    shape = ball.vertices * np.array([radius, radius, 0.36 * height]) + base + np.array([0, 0, 0.62 * height])
    return shape[ball.faces]


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
