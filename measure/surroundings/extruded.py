"""Heights of buildings from AHN, and block models for buildings that 3DBAG does not have.

The definitions are 3DBAG's (https://docs.3dbag.nl): ground is the 5th percentile of the ground points within 4 m of the outline, roof
the 70th percentile of what was measured on it; a block model is the outline extruded between them, as its LoD 1.2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ...model import Building3D, Note, Site, Terrain
from ...model.arrays import Floats
from ..building.footprint import polygons_only
from ..plane import overlay
from ..plane.inside import inside
from ..plane.places import hull_of
from ..plane.point_grid import PointGrid
from ..plane.solids import prism, triangles_of

GROUND_CLASS, BUILDING_CLASS = 2, 6
NEAR_M = 4.0
GROUND_PCT, ROOF_PCT = 5.0, 70.0
FEWEST = 3
"""A percentile of fewer points or cells says nothing."""
LOWEST_M = 0.5
"""A building less high is no body."""
LEAST_COVERED = 0.4
"""Of a roof of which less was measured no block is made."""
EXTRUDED = "extruded"


@dataclass(frozen=True)
class Heights:
    """Ground and roof of a building (m NAP), None where AHN has too little there; ``covered``: share of the roof that was measured."""

    ground_nap: float | None
    roof_nap: float | None
    covered: float = 0.0


class HeightSource:
    """AHN around a site: the point cloud where there is one, else the rasters."""

    def __init__(self, site: Site) -> None:
        self._terrain, self._surface = site.terrain, site.surface
        self._ground = self._roof = None
        if site.points is not None:
            kinds = site.points.classification
            self._ground = PointGrid(site.points.xyz[kinds == GROUND_CLASS])
            self._roof = PointGrid(site.points.xyz[kinds == BUILDING_CLASS])

    def of(self, outline: BaseGeometry) -> Heights:
        """Return the heights of a building by its outline (RD)."""
        around = shapely.buffer(outline, NEAR_M)
        ground, _ = self._percentile(GROUND_PCT, around, self._ground, self._terrain)
        roof, covered = self._percentile(ROOF_PCT, outline, self._roof, self._surface)
        return Heights(ground, roof, covered)

    def _percentile(self, percent: float, area: BaseGeometry, points: PointGrid | None, raster: Terrain | None) -> tuple[float | None, float]:
        """Return a percentile of the heights in an area and the share of the area that they cover, of the points else of the raster."""
        if points is not None:
            found = points.inside(area)
            if len(found) >= FEWEST:
                reach = hull_of(found[:, :2]).area / max(shapely.convex_hull(area).area, 1e-9)
                return float(np.percentile(found[:, 2], percent)), min(float(reach), 1.0)
        if raster is not None:
            cells = cells_in(raster, area)
            if len(cells) >= FEWEST:
                return float(np.percentile(cells, percent)), min(len(cells) * raster.cell_m**2 / max(area.area, 1e-9), 1.0)
        return None, 0.0


def cells_in(raster: Terrain, area: BaseGeometry) -> Floats:
    """Return the heights (n,) of the cells whose middle lies in an area and that have one."""
    west, south, east, north = area.bounds
    rows, columns = raster.heights.shape
    c0, c1 = (int(np.clip(np.floor((x - raster.west) / raster.cell_m), 0, columns)) for x in (west, east + raster.cell_m))
    r0, r1 = (int(np.clip(np.floor((raster.north - y) / raster.cell_m), 0, rows)) for y in (north, south - raster.cell_m))
    window = raster.heights[r0:r1, c0:c1]
    if not window.size:
        return np.zeros(0)
    x = raster.west + (np.arange(c0, c1) + 0.5) * raster.cell_m
    y = raster.north - (np.arange(r0, r1) + 0.5) * raster.cell_m
    known = np.isfinite(window)
    xy = np.stack(np.meshgrid(x, y), axis=-1)[known]
    return window[known][inside(area, xy)]


def outlines(site: Site) -> dict[str, BaseGeometry]:
    """Return the outline (RD) of every building by its BAG id, else its BGT id: the BGT's ground outline, else the BAG's."""
    parts: dict[str, list[BaseGeometry]] = {}
    for item in site.topography:
        if item.collection == "pand" and item.geometry.geom_type in ("Polygon", "MultiPolygon"):
            parts.setdefault(item.building_id or item.fid, []).append(item.geometry)
    for building in site.registered_buildings:
        if building.geometry.geom_type in ("Polygon", "MultiPolygon"):
            parts.setdefault(building.fid, [building.geometry])
    return {fid: polygons_only(overlay.union(shapes)) for fid, shapes in parts.items()}


def with_heights(models: Sequence[Building3D], shapes: dict[str, BaseGeometry], source: HeightSource) -> tuple[Building3D, ...]:
    """Return the models with the heights that they lack measured from AHN."""
    completed = []
    for model in models:
        if (model.ground_nap is None or model.roof_nap is None) and model.fid in shapes:
            heights = source.of(shapes[model.fid])
            ground = heights.ground_nap if model.ground_nap is None else model.ground_nap
            completed.append(replace(model, ground_nap=ground, roof_nap=heights.roof_nap if model.roof_nap is None else model.roof_nap))
        else:
            completed.append(model)
    return tuple(completed)


def extruded(shapes: dict[str, BaseGeometry], source: HeightSource, date: str = "") -> tuple[tuple[Building3D, ...], tuple[Note, ...]]:
    """Return a block model of each outline whose ground and roof AHN knows, and remarks on how many were made and could not be."""
    made, bare = [], []
    for fid, shape in sorted(shapes.items()):
        heights = source.of(shape)
        ground, roof = heights.ground_nap, heights.roof_nap
        if ground is None or roof is None or roof - ground < LOWEST_M or heights.covered < LEAST_COVERED:
            bare.append(fid)
            continue
        made.append(_block(fid, shape, ground, roof, date))
    notes = []
    if made:
        notes.append(Note.of("context_extruded", count=len(made)))
    if bare:
        notes.append(Note.of("context_no_model", count=len(bare), ids=named(bare)))
    return tuple(made), tuple(notes)


def named(ids: Sequence[str], most: int = 5) -> str:
    """Return the first ids, with how many more there are."""
    return ", ".join(ids[:most]) + (f" (+ {len(ids) - most})" if len(ids) > most else "")


def _block(fid: str, shape: BaseGeometry, ground: float, roof: float, date: str) -> Building3D:
    origin = np.floor([*shape.bounds[:2], ground])
    triangles = triangles_of(prism(shape, origin, ground, roof), origin)
    middle = (ground + roof) / 2
    above, below = (triangles[:, :, 2] > middle).all(axis=1), (triangles[:, :, 2] < middle).all(axis=1)
    semantics = np.where(above, "roof", np.where(below, "ground", "wall"))
    return Building3D(fid, triangles, semantics, EXTRUDED, ground, roof, date)
