"""Closed solids in local metres (x along the street, y away from it, z above peil), with their exact numbers: no code of the engine is used."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

Floats = NDArray[np.float64]
Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, eq=False)
class Solid:
    """A closed, outward turned mesh: ``vertices`` (n, 3) local metres, ``faces`` (m, 3); ``kind`` as a well-kept file would class it."""

    vertices: Floats
    faces: NDArray[np.int64]
    kind: str = "building"
    name: str = ""

    @property
    def volume(self) -> float:
        """Signed volume (m3) by the divergence theorem."""
        a, b, c = (self.vertices[self.faces[:, i]] for i in range(3))
        return float((a * np.cross(b, c)).sum() / 6.0)


def rectangle(x0: float, y0: float, x1: float, y1: float) -> Ring:
    """Corners counter-clockwise."""
    return ((x0, y0), (x1, y0), (x1, y1), (x0, y1))


def polygon(ring: Ring) -> BaseGeometry:
    """The area of a ring."""
    return Polygon(ring)


def _turned_out(vertices: list[tuple[float, float, float]], faces: list[list[int]], kind: str, name: str) -> Solid:
    solid = Solid(np.array(vertices, float), np.array(faces), kind, name)
    return solid if solid.volume > 0 else Solid(solid.vertices, solid.faces[:, ::-1].copy(), kind, name)


def prism(ring: Ring, low: float, high: float, kind: str = "building", name: str = "") -> Solid:
    """A straight body on a ring that is seen whole from its first corner (a rectangle; an L from its inner corner)."""
    n = len(ring)
    vertices = [(x, y, z) for z in (low, high) for x, y in ring]
    caps = [[0, i + 1, i] for i in range(1, n - 1)] + [[n, n + i, n + i + 1] for i in range(1, n - 1)]
    sides = [face for i in range(n) for face in ([i, (i + 1) % n, n + (i + 1) % n], [i, n + (i + 1) % n, n + i])]
    return _turned_out(vertices, caps + sides, kind, name)


def box(x0: float, y0: float, x1: float, y1: float, low: float, high: float, kind: str = "building", name: str = "") -> Solid:
    """A box."""
    return prism(rectangle(x0, y0, x1, y1), low, high, kind, name)


def gable(
    x0: float, y0: float, x1: float, y1: float, low: float, eaves: float, ridge: float, along_x: bool = True, kind: str = "building", name: str = ""
) -> Solid:
    """A body with a saddle roof; its ridge runs along x or y."""
    a0, a1, b0, b1 = (x0, x1, y0, y1) if along_x else (y0, y1, x0, x1)
    profile = [(b0, low), (b1, low), (b1, eaves), ((b0 + b1) / 2, ridge), (b0, eaves)]
    vertices = [(a, b, z) if along_x else (b, a, z) for a in (a0, a1) for b, z in profile]
    ends = [[0, 2, 1], [0, 3, 2], [0, 4, 3]]
    ends += [[5 + i, 5 + k, 5 + j] for i, j, k in ends]
    sides = [face for i in range(5) for face in ([i, (i + 1) % 5, 5 + (i + 1) % 5], [i, 5 + (i + 1) % 5, 5 + i])]
    return _turned_out(vertices, ends + sides, kind, name)


def hip(x0: float, y0: float, x1: float, y1: float, low: float, eaves: float, ridge: float, kind: str = "building", name: str = "") -> Solid:
    """A body with a hipped roof of one pitch all round; its ridge runs along the longer side (metres)."""
    half = min(x1 - x0, y1 - y0) / 2
    if x1 - x0 >= y1 - y0:
        ends = ((x0 + half, (y0 + y1) / 2), (x1 - half, (y0 + y1) / 2))
    else:
        ends = (((x0 + x1) / 2, y0 + half), ((x0 + x1) / 2, y1 - half))
    corners = rectangle(x0, y0, x1, y1)
    vertices = [(x, y, z) for z in (low, eaves) for x, y in corners] + [(x, y, ridge) for x, y in ends]
    faces = [[0, 2, 1], [0, 3, 2]] + [face for i in range(4) for face in ([i, (i + 1) % 4, 4 + (i + 1) % 4], [i, 4 + (i + 1) % 4, 4 + i])]
    if x1 - x0 >= y1 - y0:
        faces += [[4, 5, 9], [4, 9, 8], [6, 7, 8], [6, 8, 9], [7, 4, 8], [5, 6, 9]]
    else:
        faces += [[5, 6, 9], [5, 9, 8], [7, 4, 8], [7, 8, 9], [4, 5, 8], [6, 7, 9]]
    return _turned_out(vertices, faces, kind, name)


def cone(x: float, y: float, radius: float, low: float, high: float, sides: int = 8, kind: str = "other", name: str = "") -> Solid:
    """A tree's crown."""
    ring = [(x + radius * math.cos(2 * math.pi * i / sides), y + radius * math.sin(2 * math.pi * i / sides)) for i in range(sides)]
    vertices = [(*point, low) for point in ring] + [(x, y, high), (x, y, low)]
    faces = [[i, (i + 1) % sides, sides] for i in range(sides)] + [[(i + 1) % sides, i, sides + 1] for i in range(sides)]
    return _turned_out(vertices, faces, kind, name)


def walls(x0: float, y0: float, x1: float, y1: float, floors: tuple[float, ...], top: float, thick: float = 0.3) -> tuple[Solid, ...]:
    """A flat-roofed house of walls, floors and a roof slab; its outside is ``x0..x1, y0..y1``, its top ``top``, its lowest floor's top at 0."""
    high = top - 0.25
    found = [
        box(x0, y0, x1, y0 + thick, floors[0] - 0.3, high, "wall", "wall front"), box(x0, y1 - thick, x1, y1, floors[0] - 0.3, high, "wall", "wall rear"),
        box(x0, y0 + thick, x0 + thick, y1 - thick, floors[0] - 0.3, high, "wall", "wall left"),
        box(x1 - thick, y0 + thick, x1, y1 - thick, floors[0] - 0.3, high, "wall", "wall right"),
        box(x0, y0, x1, y1, high, top, "roof", "roof"),
    ]
    inside = (x0 + thick, y0 + thick, x1 - thick, y1 - thick)
    return (*found, *(box(*inside, floor - 0.3, floor, "slab", f"floor {number}") for number, floor in enumerate(floors)))


def ring_wall(x0: float, y0: float, x1: float, y1: float, high: float, thick: float = 0.2) -> tuple[Solid, ...]:
    """A garden wall all round."""
    words = {"kind": "wall", "name": "garden wall"}
    return (
        box(x0, y0, x1, y0 + thick, 0, high, **words), box(x0, y1 - thick, x1, y1, 0, high, **words),
        box(x0, y0 + thick, x0 + thick, y1 - thick, 0, high, **words), box(x1 - thick, y0 + thick, x1, y1 - thick, 0, high, **words),
    )
