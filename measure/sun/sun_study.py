"""A sun study: minutes of possible sun at receptors, existing, proposed, and with nothing but the own building there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ...model import Building3D, Terrain, Tree
from ...model.arrays import Floats
from .possible_sun import Receptors, Scene, Sunlight, local_origin, still_lit, sunlight
from .receptors import Receptor
from .sun_position import Suns

TERRAIN_CELL_M = 4.0
CROWN_M = 5.0
"""Width of a tree's crown where it is unknown."""


def nothing() -> Floats:
    """Return no triangles (0, 3, 3)."""
    return np.zeros((0, 3, 3))


@dataclass(frozen=True, eq=False)
class Surroundings:
    """What blocks the sun (triangles (n, 3, 3) RD + NAP): ``staying`` in every situation, ``replaced`` only in the existing one.

    ``trees`` let ``transparency`` (0..1) of the sun through; none: trees are left out.
    """

    staying: Floats
    replaced: Floats = field(default_factory=nothing)
    trees: Floats = field(default_factory=nothing)
    transparency: float = 0.0


@dataclass(frozen=True, eq=False)
class Study:
    """Minutes of possible sun (receptors, days). ``after`` by name of what is built; ``empty``: only the own building stands.

    ``lit`` holds, for the existing situation (key None) and each proposal, which suns reach which receptor, in the order of
    ``sorted_rows``.
    """

    receptors: tuple[Receptor, ...]
    suns: Suns
    before: Floats
    after: Mapping[str, Floats]
    empty: Floats
    lit: Mapping[str | None, Sunlight]
    sorted_rows: NDArray[np.int64]

    def row(self, receptor: int) -> int:
        """Return the row of a receptor in ``lit``."""
        return int(np.flatnonzero(self.sorted_rows == receptor)[0])


def study_sun(
    receptors: Sequence[Receptor], surroundings: Surroundings, proposals: Mapping[str, Floats], suns: Suns,
    bodies: Mapping[str, Floats] | None = None,
) -> Study:
    """Return the study of receptors; ``proposals`` are what would be built (n, 3, 3), ``bodies`` the own building of receptors.

    Every situation is the staying surroundings, less what stands in it besides: rays are cast again only where that can matter.
    """
    points = np.array([r.point for r in receptors], dtype=np.float64).reshape(-1, 3)
    normals = np.array([r.normal or (np.nan,) * 3 for r in receptors], dtype=np.float64).reshape(-1, 3)
    origin = local_origin(points)
    scene = Scene(surroundings.staying, origin)
    targets = Receptors(points, normals, scene)
    base = sunlight(scene, targets, suns)
    trees = Scene(surroundings.trees, origin)
    lit: dict[str | None, Sunlight] = {None: still_lit(base, Scene(surroundings.replaced, origin), targets)}
    for name, triangles in proposals.items():
        lit[name] = still_lit(base, Scene(triangles, origin), targets)
    minutes = {name: targets.unsorted(_minutes(light, trees, targets, surroundings.transparency)) for name, light in lit.items()}
    empty = _empty(receptors, points, normals, bodies or {}, suns)
    return Study(tuple(receptors), suns, minutes[None], {n: minutes[n] for n in proposals}, empty, lit, targets.order)


def _minutes(light: Sunlight, trees: Scene, targets: Receptors, transparency: float) -> Floats:
    clear = light.day_minutes()
    if not len(trees.triangles):
        return clear
    between_trees = still_lit(light, trees, targets).day_minutes()
    return between_trees + transparency * (clear - between_trees)


def _empty(receptors: Sequence[Receptor], points: Floats, normals: Floats, bodies: Mapping[str, Floats], suns: Suns) -> Floats:
    """Return the minutes (receptors, days) with only the own building there."""
    out = np.zeros((len(receptors), len(suns.dates)))
    owners = np.array([r.building for r in receptors], dtype=object)
    for owner in dict.fromkeys(owners.tolist()):
        rows = np.flatnonzero(owners == owner)
        scene = Scene(bodies.get(owner, nothing()), local_origin(points[rows]))
        own = Receptors(points[rows], normals[rows], scene)
        out[rows] = own.unsorted(sunlight(scene, own, suns).day_minutes())
    return out


def triangles_of(buildings: Sequence[Building3D]) -> Floats:
    """Return all triangles (n, 3, 3) of buildings."""
    return np.concatenate([b.triangles for b in buildings]) if buildings else nothing()


def terrain_triangles(terrain: Terrain | None, cell_m: float = TERRAIN_CELL_M) -> Floats:
    """Return the ground as triangles (n, 3, 3): lowest heights of cells of ``cell_m``, so that no noise shades a facade.

    Where a cell has no height (under a building, water) there is no ground.
    """
    if terrain is None:
        return nothing()
    step = max(1, round(cell_m / terrain.cell_m))
    rows, columns = terrain.heights.shape[0] // step, terrain.heights.shape[1] // step
    if rows < 2 or columns < 2:
        return nothing()
    blocks = terrain.heights[: rows * step, : columns * step].reshape(rows, step, columns, step)
    z = np.where(np.isnan(blocks), np.inf, blocks).min(axis=(1, 3))
    x = terrain.west + (np.arange(columns) + 0.5) * step * terrain.cell_m
    y = terrain.north - (np.arange(rows) + 0.5) * step * terrain.cell_m
    grid = np.stack([*np.meshgrid(x, y), z], axis=-1)
    a, b, c, d = grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]
    triangles = np.concatenate([np.stack([a, d, b], axis=2).reshape(-1, 3, 3), np.stack([b, d, c], axis=2).reshape(-1, 3, 3)])
    return triangles[np.isfinite(triangles).all(axis=(1, 2))]


def tree_triangles(trees: Sequence[Tree], terrain: Terrain | None, level_nap: float) -> tuple[Floats, int]:
    """Return the crowns of trees as eight-sided bodies from a third of their height up, and how many have no height (left out)."""
    from .receptors import ground_at

    known = [t for t in trees if t.height_m]
    if not known:
        return nothing(), len(trees)
    xy = np.array([(t.geometry.x, t.geometry.y) for t in known])
    base = ground_at(xy, terrain, level_nap)
    angles = np.radians(np.arange(0, 360, 45))
    ring = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    pieces = []
    for tree, place, z in zip(known, xy, base):
        height, radius = float(tree.height_m or 0.0), (tree.crown_m or CROWN_M) / 2
        middle = np.column_stack([place + ring * radius, np.full(8, z + height * 2 / 3)])
        ahead = np.roll(middle, -1, axis=0)
        for tip in (z + height, z + height / 3):
            pieces.append(np.stack([middle, ahead, np.broadcast_to([*place, tip], (8, 3))], axis=1))
    return np.concatenate(pieces), len(trees) - len(known)
