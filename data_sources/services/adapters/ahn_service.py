"""AHN height rasters from PDOK's WCS 2.0.1 (OGC 09-110r4): tiles of 500 m, whole cells, one GeoTIFF.

A box that is not a whole number of cells would be resampled by the service and shift half a cell: it is widened to 0.5 m. Nodata
is float32's largest number; cells are masked before anything else.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal, osr

from ....errors import SourceError
from ....model import Note
from ...formats.rd_box import foreign_crs
from ..endpoints import Endpoint
from ..responses import TIFF, Box, json_of
from ..transport import Client

gdal.UseExceptions()

CELL_M = 0.5
TILE_M = 500.0
NODATA = -9999.0
ABSURD_M = 1_000.0
DTM, DSM = "dtm_05m", "dsm_05m"


def snapped(box: Box) -> Box:
    """Return the box widened to whole cells, at least two each way."""
    west, south = (math.floor(v / CELL_M + 1e-6) * CELL_M for v in box[:2])
    east, north = (math.ceil(v / CELL_M - 1e-6) * CELL_M for v in box[2:])
    return west, south, max(east, west + 2 * CELL_M), max(north, south + 2 * CELL_M)


def tiles(box: Box, size: float = TILE_M) -> list[Box]:
    """Return the tiles that fill a snapped box, none thinner than two cells."""
    xs, ys = (_cuts(low, high, size) for low, high in ((box[0], box[2]), (box[1], box[3])))
    return [(x0, y0, x1, y1) for y0, y1 in zip(ys, ys[1:]) for x0, x1 in zip(xs, xs[1:])]


def _cuts(low: float, high: float, size: float) -> list[float]:
    count = max(1, math.ceil((high - low) / size))
    inner = [low + number * size for number in range(1, count)]
    if inner and high - inner[-1] < 2 * CELL_M:
        inner[-1] -= 2 * CELL_M
    return [low, *inner, high]


def fetch_heights(client: Client, endpoint: Endpoint, box: Box, folder: Path, coverage: str = DTM) -> tuple[list[Path], tuple[Note, ...]]:
    """Write the coverage inside the box as ``ahn_<coverage>.tif``; raises ``SourceError`` when any tile is not what was asked."""
    west, south, east, north = frame = snapped(box)
    heights = np.full((round((north - south) / CELL_M), round((east - west) / CELL_M)), NODATA, dtype=np.float32)
    parts = tiles(frame)
    for part, values in zip(parts, client.together(lambda part: _tile(client, endpoint, part, coverage), parts, endpoint.at_once)):
        row, column = round((north - part[3]) / CELL_M), round((part[0] - west) / CELL_M)
        heights[row : row + values.shape[0], column : column + values.shape[1]] = values
    if (heights == NODATA).all():
        return [], (Note.of("service_no_heights", service=endpoint.name),)
    path = folder / f"ahn_{coverage}.tif"
    _write(path, heights, west, north)
    return [path], ()


def fetch_terrain(client: Client, endpoint: Endpoint, box: Box, folder: Path) -> tuple[list[Path], tuple[Note, ...]]:
    """Write the ground (DTM), and the surface with what stands on it (DSM); a surface that fails is a remark, never loses the ground."""
    paths, notes = fetch_heights(client, endpoint, box, folder, DTM)
    try:
        more, remarks = fetch_heights(client, endpoint, box, folder, DSM)
    except SourceError as reason:
        return paths, (*notes, Note.of("service_no_surface", service=endpoint.name, reason=reason.message()))
    return [*paths, *more], tuple(dict.fromkeys((*notes, *remarks)))


def _tile(client: Client, endpoint: Endpoint, part: Box, coverage: str) -> NDArray[np.float32]:
    west, south, east, north = part
    url = (
        f"{endpoint.url}?service=WCS&version=2.0.1&request=GetCoverage&CoverageId={coverage}&format=image/tiff"
        f"&subset=x({west:.1f},{east:.1f})&subset=y({south:.1f},{north:.1f})"
    )
    answer = client.ask(endpoint, url)
    if not answer.body.startswith(TIFF):
        json_of(endpoint, answer)  # says what came instead
        raise SourceError("service_wrong_type", service=endpoint.name, details=f"{answer.url}: {answer.body[:100]!r}")
    name = f"/vsimem/drieluik-{id(answer)}.tif"
    gdal.FileFromMemBuffer(name, answer.body)
    try:
        return _read(endpoint, name, part)
    finally:
        gdal.Unlink(name)


def _read(endpoint: Endpoint, name: str, part: Box) -> NDArray[np.float32]:
    """Return the heights of a tile (rows, columns) float32 with holes as NODATA, after checking that it lies where it was asked."""
    try:
        raster = gdal.OpenEx(name, gdal.OF_RASTER | gdal.OF_VERBOSE_ERROR, allowed_drivers=["GTiff"])
        west, cell_x, _, north, _, cell_y = raster.GetGeoTransform()
        foreign = foreign_crs(raster)
        values = raster.GetRasterBand(1).ReadAsArray().astype(np.float32)
        nodata = raster.GetRasterBand(1).GetNoDataValue()
    except RuntimeError as reason:
        raise SourceError("service_raster_broken", service=endpoint.name, details=str(reason)) from reason
    if foreign:
        raise SourceError("service_wrong_crs", service=endpoint.name, crs=foreign)
    rows, columns = round((part[3] - part[1]) / CELL_M), round((part[2] - part[0]) / CELL_M)
    off = max(abs(west - part[0]), abs(north - part[3]), abs(cell_x - CELL_M) * columns, abs(cell_y + CELL_M) * rows)
    if off > 0.001 or values.shape != (rows, columns):
        raise SourceError("service_raster_shifted", service=endpoint.name, off=float(off), rows=values.shape[0], columns=values.shape[1])
    hole = ~np.isfinite(values) | (np.abs(values) > ABSURD_M)
    if nodata is not None:
        hole |= values == np.float32(nodata)
    values[hole] = NODATA
    return values


def _write(path: Path, heights: NDArray[np.float32], west: float, north: float) -> None:
    raster = gdal.GetDriverByName("GTiff").Create(str(path), heights.shape[1], heights.shape[0], 1, gdal.GDT_Float32)
    raster.SetGeoTransform((west, CELL_M, 0, north, 0, -CELL_M))
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(28992)
    raster.SetProjection(crs.ExportToWkt())
    raster.GetRasterBand(1).SetNoDataValue(NODATA)
    raster.GetRasterBand(1).WriteArray(heights)
    raster.FlushCache()
