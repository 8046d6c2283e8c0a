"""Trees: the BGT's points get height and crown from AHN, and crowns without a point are found.

AHN has no class for vegetation: it is what is neither ground, building nor water (class 1) and stands above the ground. Tops are the
highest places of the canopy, with a window that grows with the tree (Popescu and Wynne, "Seeing the trees in the forest", PE&RS 70(5),
2004); a crown is the canopy nearest to its top.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Point
from shapely.geometry.base import BaseGeometry

from ...model import Note, Site, Terrain, Tree
from ...model.arrays import Floats
from ..plane.inside import inside
from .ground import filled

OTHER_CLASS = 1
CELL_M = 0.5
LOWEST_M = 2.5
"""Above this a tree's canopy begins: cars and hedges stay under it."""
TREE_M = 4.0
"""A crown without a BGT point counts from this height; lower ones are shrubs as often as trees."""
WALL_M = 1.0
"""Beside a building canopy and facade cannot be told apart."""
CROWN_SHARE = 0.4
"""Of the tree's height: canopy lower than this is undergrowth."""
MOST_RADIUS_M = 8.0
STEM_M = 2.0
"""How far the top of a tree may lie from its BGT point."""
SMALLEST_CROWN_M2 = 4.0
HIGHEST_M = 45.0
"""No tree in a Dutch street is higher; what is, is a mast or a bird."""
FOUND = "ahn-"


@dataclass(frozen=True, eq=False)
class Canopy:
    """Height of the vegetation above the ground (rows, columns) m, 0 where there is none; ``west`` and ``north`` as of a Terrain."""

    heights: Floats
    west: float
    north: float
    cell_m: float

    def middles(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> Floats:
        """Return the middles (n, 2) RD of cells."""
        return np.column_stack([self.west + (columns + 0.5) * self.cell_m, self.north - (rows + 0.5) * self.cell_m])


def trees_of(site: Site, buildings: Sequence[BaseGeometry]) -> tuple[tuple[Tree, ...], tuple[Note, ...]]:
    """Return the site's trees with height and crown (m), those found from AHN added (``fid`` starts with ``ahn-``), and remarks.

    ``buildings`` are outlines (RD). Without a point cloud or DSM, or without a DTM, the trees stay as they are, and that is said.
    """
    canopy = canopy_of(site, buildings)
    if canopy is None:
        return site.trees, (Note.of("context_trees_unmeasured", count=len(site.trees)),) if site.trees else ()
    stems = np.array([[t.geometry.x, t.geometry.y] for t in site.trees]).reshape(-1, 2)
    tops = np.array([_height_at(canopy, x, y) for x, y in stems])
    circle = Point(site.centre).buffer(site.radius_m)
    extra = _tops(canopy, stems)
    extra = extra[inside(circle, extra[:, :2])] if len(extra) else extra
    places = np.concatenate([stems, extra[:, :2]])
    heights = np.concatenate([tops, extra[:, 2]])
    crowns = _crowns(canopy, places, heights)
    known = tuple(
        Tree(t.fid, t.geometry, round(float(h), 2) if h > 0 else t.height_m, round(float(c), 1) if c > 0 else t.crown_m)
        for t, h, c in zip(site.trees, tops, crowns)
    )
    count = len(known)
    found = tuple(
        Tree(f"{FOUND}{x:.1f}-{y:.1f}", Point(x, y), round(float(h), 2), round(float(c), 1))
        for (x, y, h), c in zip(extra, crowns[count:]) if np.pi * c**2 / 4 >= SMALLEST_CROWN_M2
    )
    notes = []
    if known:
        notes.append(Note.of("context_trees_measured", count=int((tops > 0).sum()), total=count))
    if found:
        notes.append(Note.of("context_trees_found", count=len(found)))
    return known + found, tuple(notes)


def canopy_of(site: Site, buildings: Sequence[BaseGeometry]) -> Canopy | None:
    """Return the canopy from the point cloud, else from DSM - DTM, without what stands on or beside buildings; None: cannot be known."""
    ground = filled(site.terrain) if site.terrain is not None else None
    if ground is None:
        return None
    terrain = ground.terrain
    if site.points is not None:
        xyz = site.points.xyz[site.points.classification == OTHER_CLASS]
        heights = _highest(terrain, xyz)
    elif site.surface is not None:
        heights = _aligned(site.surface, terrain) - terrain.heights
    else:
        return None
    heights = np.where(np.isfinite(heights) & (heights >= LOWEST_M) & (heights <= HIGHEST_M), heights, 0.0)
    canopy = Canopy(heights, terrain.west, terrain.north, terrain.cell_m)
    for outline in buildings:
        _clear(canopy, outline)
    return canopy


def _highest(terrain: Terrain, xyz: Floats) -> Floats:
    """Return the highest point above the ground of each cell."""
    rows, columns = terrain.heights.shape
    column = np.floor((xyz[:, 0] - terrain.west) / terrain.cell_m).astype(np.int64)
    row = np.floor((terrain.north - xyz[:, 1]) / terrain.cell_m).astype(np.int64)
    keep = (column >= 0) & (column < columns) & (row >= 0) & (row < rows)
    row, column, z = row[keep], column[keep], xyz[keep, 2]
    above = z - terrain.heights[row, column]
    sane = above <= HIGHEST_M
    heights = np.full(terrain.heights.shape, -np.inf)
    np.maximum.at(heights, (row[sane], column[sane]), above[sane])
    return heights


def _aligned(surface: Terrain, terrain: Terrain) -> Floats:
    """Return the surface at the cells of the terrain (nearest cell)."""
    rows, columns = terrain.heights.shape
    x = terrain.west + (np.arange(columns) + 0.5) * terrain.cell_m
    y = terrain.north - (np.arange(rows) + 0.5) * terrain.cell_m
    column = np.floor((x - surface.west) / surface.cell_m).astype(np.int64)
    row = np.floor((surface.north - y) / surface.cell_m).astype(np.int64)
    in_x, in_y = (column >= 0) & (column < surface.heights.shape[1]), (row >= 0) & (row < surface.heights.shape[0])
    found = surface.heights[np.ix_(np.clip(row, 0, surface.heights.shape[0] - 1), np.clip(column, 0, surface.heights.shape[1] - 1))]
    return np.where(in_y[:, None] & in_x[None, :], found, np.nan)


def _clear(canopy: Canopy, outline: BaseGeometry) -> None:
    """Take away what stands on a building or within ``WALL_M`` of it; the canopy is this module's own array."""
    area = shapely.buffer(outline, WALL_M, quad_segs=2)
    west, south, east, north = area.bounds
    rows, columns = canopy.heights.shape
    c0, c1 = (int(np.clip((x - canopy.west) // canopy.cell_m, 0, columns)) for x in (west, east + canopy.cell_m))
    r0, r1 = (int(np.clip((canopy.north - y) // canopy.cell_m, 0, rows)) for y in (north, south - canopy.cell_m))
    window = canopy.heights[r0:r1, c0:c1]
    row, column = np.nonzero(window)
    if len(row):
        hit = inside(area, canopy.middles(row + r0, column + c0))
        window[row[hit], column[hit]] = 0.0


def _height_at(canopy: Canopy, x: float, y: float) -> float:
    """Return the highest canopy within ``STEM_M`` of a BGT point; 0 when there is none."""
    reach = int(np.ceil(STEM_M / canopy.cell_m))
    column, row = int((x - canopy.west) // canopy.cell_m), int((canopy.north - y) // canopy.cell_m)
    window = canopy.heights[max(row - reach, 0) : max(row + reach + 1, 0), max(column - reach, 0) : max(column + reach + 1, 0)]
    return float(window.max()) if window.size else 0.0


def _tops(canopy: Canopy, stems: Floats) -> Floats:
    """Return the tops (n, 3: x, y, height) of crowns that no BGT point stands under, the highest first."""
    from scipy.ndimage import gaussian_filter, maximum_filter
    from scipy.spatial import cKDTree

    smooth = gaussian_filter(canopy.heights, 1.0)
    peak = (canopy.heights >= TREE_M) & (smooth >= TREE_M / 2) & (smooth == maximum_filter(smooth, 5))
    rows, columns = np.nonzero(peak)
    if not len(rows):
        return np.zeros((0, 3))
    height = maximum_filter(canopy.heights, 3)[rows, columns]
    order = np.argsort(-height, kind="stable")
    places, height = canopy.middles(rows, columns)[order], height[order]
    near = cKDTree(places).query_ball_point(places, window_of(height))
    taken = np.zeros(len(places), bool)
    if len(stems):
        taken = cKDTree(stems).query(places)[0] <= window_of(height) + STEM_M
    keep = []
    for number in range(len(places)):
        if not taken[number]:
            keep.append(number)
            taken[near[number]] = True
    return np.column_stack([places[keep], height[keep]])


def window_of(height: Floats) -> Floats:
    """Return the radius (m) within which a tree of a height is one tree: a free-standing crown is about half as wide as it is high."""
    return np.clip(0.25 * np.asarray(height), 1.5, 6.0)


def _crowns(canopy: Canopy, places: Floats, heights: Floats) -> Floats:
    """Return the diameter (n,) m of a circle as large as each tree's crown: the canopy nearest to it; 0 when it has none."""
    from scipy.spatial import cKDTree

    rows, columns = np.nonzero(canopy.heights)
    standing = np.nonzero(heights > 0)[0]
    if not len(rows) or not len(standing):
        return np.zeros(len(places))
    distance, nearest = cKDTree(places[standing]).query(canopy.middles(rows, columns), distance_upper_bound=MOST_RADIUS_M)
    near = np.isfinite(distance)
    owner = standing[nearest[near]]
    counts = canopy.heights[rows[near], columns[near]] >= CROWN_SHARE * heights[owner]
    cells = np.bincount(owner[counts], minlength=len(places))
    return 2 * np.sqrt(cells * canopy.cell_m**2 / np.pi)
