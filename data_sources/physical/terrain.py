"""Terrain: a height raster (AHN DTM), only the window of the box. Source: AHN, CC0 1.0."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from osgeo import gdal
from shapely.geometry.base import BaseGeometry

from ...errors import SourceError
from ...model import Note, Terrain

gdal.UseExceptions()

ABSURD_M = 1_000.0
"""No ground in the Netherlands lies higher or lower: such a value is a nodata that the file did not declare."""


def read_terrain(path: Path, box: BaseGeometry) -> tuple[Terrain | None, tuple[Note, ...]]:
    """Return the raster inside the box (RD) in metres NAP, holes as NaN, or None where it has no cell in the box.

    Nodata is masked before anything is computed. Raises ``SourceError``: missing, not a raster, turned, other CRS.
    """
    if not path.exists():
        raise SourceError("sources_missing", path=str(path))
    try:
        raster = gdal.Open(str(path))
        west, cell, skew_x, north, skew_y, step = raster.GetGeoTransform()
        wkt = raster.GetProjection()
    except RuntimeError as reason:
        raise SourceError("sources_corrupt", path=path.name, details=str(reason)) from reason
    if wkt and not any(word in wkt for word in ("28992", "7415", "Amersfoort")):
        raise SourceError("sources_wrong_crs", path=path.name, crs=wkt.split('"')[1])
    if skew_x or skew_y or step >= 0 or abs(cell + step) > 1e-9:
        raise SourceError("sources_raster_turned", path=path.name)
    x0, y0, x1, y1 = box.bounds
    column, row = max(0, int((x0 - west) / cell)), max(0, int((north - y1) / cell))
    columns = min(raster.RasterXSize, int(np.ceil((x1 - west) / cell))) - column
    rows = min(raster.RasterYSize, int(np.ceil((north - y0) / cell))) - row
    if columns < 2 or rows < 2:
        return None, ()
    band = raster.GetRasterBand(1)
    try:
        heights = band.ReadAsArray(column, row, columns, rows).astype(np.float64)
    except RuntimeError as reason:
        raise SourceError("sources_corrupt", path=path.name, details=str(reason)) from reason
    nodata = band.GetNoDataValue()
    hole = ~np.isfinite(heights) | (np.abs(heights) > ABSURD_M)
    if nodata is not None:
        hole |= heights == nodata
    heights[hole] = np.nan
    notes = (Note.of("sources_terrain_holes", share=round(100.0 * float(hole.mean()), 1)),)
    return Terrain(heights, west + column * cell, north - row * cell, cell), notes
