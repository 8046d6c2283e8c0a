"""3D pictures of the design among its surroundings, by our own ray caster on Embree.

A first hit per pixel gives triangle and depth; faces are flat, so light is one figure a triangle and one shadow ray a hit;
edges are drawn where plane or depth changes, and sampled again.
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from PIL import Image

from ...measure.plane.inside import inside
from ...model import Design, Evidence, Finding, Site, Verdict
from ...model.arrays import Floats
from ..basis import palette, roles
from .scene_mesh import BUILDINGS, DESIGN, GROUND, GROUND_CELL_M, REACH_M, scene_mesh

Floats32 = NDArray[np.float32]

SIZE = (560, 380)
FIELD_DEG = 38.0
SUN = np.array([-0.45, -0.62, 0.64], dtype=np.float32)
SKY_TOP, SKY_LOW = np.array([214, 226, 238], np.float32), np.array([246, 248, 250], np.float32)
AMBIENT, DIRECT, EDGE = 0.74, 0.30, 0.72
OFF_SURFACE_M = 0.03
FAR_M = 1e4
AWAY = np.array([-0.55, -0.83])
OVERLAYS = {"limit_surface": (palette.LIMIT, 0.38, 0.0), **dict.fromkeys(roles.LOUD_VOLUMES, (palette.VIOLATION, 0.88, OFF_SURFACE_M))}
"""Role: colour, strength, and how far behind the first hit it still shows (m)."""


def available() -> bool:
    """Whether Embree is installed; without it there are no 3D pictures."""
    import importlib.util

    return importlib.util.find_spec("embreex") is not None


@dataclass(frozen=True)
class Camera:
    """A pinhole camera in local coordinates."""

    eye: Floats
    target: Floats

    def rays(self, pixels: Floats32) -> Floats32:
        """Return directions (n, 3) through pixel coordinates (n, 2); their length makes a ray's parameter the depth (m)."""
        width, height = SIZE
        forward = self.target - self.eye
        forward = forward / np.linalg.norm(forward)
        right = np.cross(forward, [0.0, 0.0, 1.0])
        right /= np.linalg.norm(right)
        up = np.cross(right, forward)
        half = math.tan(math.radians(FIELD_DEG) / 2)
        x = (pixels[:, :1] / width - 0.5) * np.float32(2 * half * width / height)
        y = (0.5 - pixels[:, 1:] / height) * np.float32(2 * half)
        return np.ascontiguousarray(forward.astype(np.float32) + x * right.astype(np.float32) + y * up.astype(np.float32))


class Picture:
    """The scene of one design; ``png(finding)`` renders it, with what the finding marks."""

    def __init__(self, site: Site, design: Design) -> None:
        self.site = site
        self.mesh = mesh = scene_mesh(site, design)
        low, high = design.bounds
        self.low, self.high = low - mesh.origin, high - mesh.origin
        self.scene = _embree(mesh.triangles)
        self.normals = mesh.normals.astype(np.float32)
        plane = np.round(mesh.normals @ np.array([7.0, 13.0, 29.0])).astype(np.int32) % 997
        self.planes = (mesh.groups * 1000 + plane * (mesh.groups >= BUILDINGS)).astype(np.int32)

    def camera(self, finding: Finding | None) -> Camera:
        """Return a camera that looks at the finding (or the whole design) from its own side, slightly from above."""
        middle = (self.low + self.high) / 2
        spot = _spot(finding, self.mesh.origin)
        size = float(np.linalg.norm(self.high - self.low))
        away = AWAY if spot is None else (spot - middle)[:2]
        length = float(np.linalg.norm(away))
        away = away / length if spot is not None and length > 1.5 else self._street_side(middle)
        away = away * 0.75 + np.array([away[1], -away[0]]) * 0.66
        target = middle if spot is None else middle * 0.6 + spot * 0.4
        distance = size * (2.1 if finding is None else 1.55)
        eye = target + np.array([away[0], away[1], 0.0]) * distance + np.array([0.0, 0.0, distance * (0.5 if finding is None else 0.42)])
        return Camera(eye, target)

    def _street_side(self, middle: Floats) -> Floats:
        """Return the direction (2,) to the nearest road, where a passer-by would look from."""
        here = shapely.Point(*(middle + self.mesh.origin)[:2])
        roads = [t.geometry for t in self.site.topography if t.collection == "wegdeel" and "rijbaan" in t.function]
        if not roads:
            return AWAY
        nearest = roads[int(np.argmin(shapely.distance(roads, here)))]
        line = np.asarray(shapely.shortest_line(here, nearest).coords)
        step = line[1] - line[0]
        length = float(np.linalg.norm(step))
        return step / length if length > 1e-6 else AWAY

    def png(self, finding: Finding | None = None) -> bytes:
        """Return the picture as PNG bytes."""
        width, height = SIZE
        camera = self.camera(finding)
        shade = Shader(self, camera, finding)
        columns, rows = np.meshgrid(np.arange(width, dtype=np.float32) + 0.5, np.arange(height, dtype=np.float32) + 0.5)
        pixels = np.column_stack([columns.ravel(), rows.ravel()])
        colour, plane, depth = shade(pixels)
        edge = _edges(plane.reshape(height, width), depth.reshape(height, width)).ravel()
        if edge.any():
            again = np.concatenate([pixels[edge] + np.float32(step) for step in (-0.25, 0.25)])
            first, second = np.split(shade(again)[0], 2)
            colour[edge] = (colour[edge] + first + second) * np.float32(EDGE / 3)
        image = Image.fromarray(np.clip(colour, 0, 255).astype(np.uint8).reshape(height, width, 3))
        stream = io.BytesIO()
        image.save(stream, "PNG", compress_level=4)
        return stream.getvalue()


class Shader:
    """Gives pixels their colour for one camera and one finding."""

    def __init__(self, picture: Picture, camera: Camera, finding: Finding | None) -> None:
        self.picture, self.camera, self.finding = picture, camera, finding
        mesh = picture.mesh
        towards = np.einsum("ij,ij->i", mesh.normals, camera.eye - mesh.triangles[:, 0])
        self.normals = np.where(towards[:, None] < 0, -picture.normals, picture.normals)
        self.light = np.clip(self.normals @ SUN, 0, 1)
        self.colours = mesh.colours.astype(np.float32)
        self.overlays = _overlays(finding, mesh.origin)
        self.mark = palette.rgb(palette.VIOLATION if finding and finding.verdict is Verdict.VIOLATES else palette.DOUBT)

    def __call__(self, pixels: Floats32) -> tuple[NDArray[Any], NDArray[np.int32], Floats32]:
        """Return colour (n, 3), a number of the object's plane (n,) and depth (n,) of pixel coordinates (n, 2)."""
        rays = self.camera.rays(pixels)
        triangle, depth = _cast(self.picture.scene, self.camera.eye, rays)
        hits = np.nonzero(triangle >= 0)[0]
        at = triangle[hits]
        depth[triangle < 0] = FAR_M
        share = pixels[:, 1:] / np.float32(SIZE[1])
        colour = SKY_TOP * (1 - share) + SKY_LOW * share
        places = self.camera.eye.astype(np.float32) + rays[hits] * depth[hits][:, None]
        colour[hits] = self._base(places, at) * (AMBIENT + DIRECT * self._lit(places, at))[:, None]
        plane = np.full(len(pixels), -1, dtype=np.int32)
        plane[hits] = self.picture.planes[at]
        for scene, tint, strength, behind in self.overlays:
            over, t = _cast(scene, self.camera.eye, rays)
            seen = (over >= 0) & (t < depth + np.float32(behind))
            colour[seen] = colour[seen] * np.float32(1 - strength) + np.array(tint, np.float32) * np.float32(strength)
        return colour, plane, depth

    def _lit(self, places: Floats32, at: NDArray[np.int32]) -> Floats32:
        """Return the share of direct light (n,) at hit points; only what faces the sun casts a shadow ray."""
        light = self.light[at]
        facing = np.nonzero(light > 0)[0]
        start = places[facing] + self.normals[at[facing]] * np.float32(OFF_SURFACE_M)
        light[facing[_occluded(self.picture.scene, start)]] = 0.0
        return light

    def _base(self, places: Floats32, at: NDArray[np.int32]) -> Floats32:
        """Return the unlit colour (n, 3) of hit points: the map on the ground, what the finding marks, else the triangle's own."""
        base = self.colours[at]
        groups = self.picture.mesh.groups[at]
        ground = np.nonzero(groups == GROUND)[0]
        cells = (places[ground, :2] * np.array([1, -1], np.float32) + np.float32(REACH_M)) / np.float32(GROUND_CELL_M)
        image = self.picture.mesh.ground
        column, row = np.clip(cells.astype(np.int32), 0, image.shape[0] - 1).T
        base[ground] = image[row, column]
        own = np.nonzero(groups == DESIGN)[0]
        xy = places[own, :2] + self.picture.mesh.origin[:2]
        for piece in self.finding.evidence if self.finding else ():
            if piece.role in roles.LOUD_AREAS and piece.geometry is not None:
                base[own[inside(shapely.buffer(piece.geometry, 0.02), xy)]] = self.mark
        return base


def _embree(triangles: Floats) -> Any:
    from embreex import rtcore_scene
    from embreex.mesh_construction import TriangleMesh

    scene = rtcore_scene.EmbreeScene()
    TriangleMesh(scene, np.ascontiguousarray(triangles, dtype=np.float32))
    return scene


def _cast(scene: Any, eye: Floats, rays: Floats32) -> tuple[NDArray[np.int32], Floats32]:
    """Return the first triangle (-1: none) and its parameter along each ray."""
    origins = np.ascontiguousarray(np.broadcast_to(eye.astype(np.float32), rays.shape))
    found = scene.run(origins, rays, output=1)
    return found["primID"], found["tfar"]


def _occluded(scene: Any, places: Floats32) -> NDArray[np.bool_]:
    rays = np.ascontiguousarray(np.broadcast_to(SUN, places.shape))
    return scene.run(np.ascontiguousarray(places), rays, query="OCCLUDED") >= 0


def _overlays(finding: Finding | None, origin: Floats) -> list[tuple[Any, ...]]:
    """Return translucent limits and the excess, each a scene with tint, strength and how far it may lie behind the hit."""
    out = []
    for piece in finding.evidence if finding else ():
        if piece.role in OVERLAYS and piece.triangles is not None and len(piece.triangles):
            colour, strength, behind = OVERLAYS[piece.role]
            out.append((_embree(piece.triangles - origin), palette.rgb(colour), strength, behind))
    return out


def _spot(finding: Finding | None, origin: Floats) -> Floats | None:
    """Return the middle (3,) of what a finding marks, local; None when it marks nothing."""
    if finding is None:
        return None
    order = {**dict.fromkeys(roles.LOUD_VOLUMES, 0), **dict.fromkeys(roles.LOUD_AREAS, 1)}
    pieces: list[Evidence] = sorted((p for p in finding.evidence if p.role in order), key=lambda p: order[p.role])
    if not pieces:
        return None
    if pieces[0].triangles is not None:
        return pieces[0].triangles.reshape(-1, 3).mean(axis=0) - origin
    if pieces[0].geometry is None:
        return None
    centre = pieces[0].geometry.centroid
    return np.array([centre.x - origin[0], centre.y - origin[1], 2.0])


def _edges(plane: NDArray[np.int32], depth: Floats32) -> NDArray[np.bool_]:
    """Return the pixels where the object, its plane, or the depth changes."""
    edge = np.zeros(plane.shape, dtype=bool)
    for rows, columns in ((slice(1, None), slice(None)), (slice(None), slice(1, None))):
        here, there = (rows, columns), (slice(None, -1) if rows.start else rows, slice(None, -1) if columns.start else columns)
        near = np.minimum(depth[here], depth[there])
        edge[here] |= (plane[here] != plane[there]) | (np.abs(depth[here] - depth[there]) > np.float32(0.03) * near)
    return edge
