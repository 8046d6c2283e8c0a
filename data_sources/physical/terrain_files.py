"""Height rasters (AHN DTM and DSM): only the window of the box, one file or tiles. Source: AHN, CC0 1.0.

Nodata is masked before anything is computed; holes (under buildings, water) stay holes. Cells stay where the file has them: nothing is
resampled, so nothing shifts half a cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal
from shapely.geometry.base import BaseGeometry

from ...errors import SourceError
from ...model import Note, Terrain
from ...model.arrays import Floats
from ..formats.rd_box import foreign_crs

gdal.UseExceptions()


LOWEST_NAP, HIGHEST_NAP = -50.0, 500.0
"""Nothing in the Netherlands lies lower or stands higher: such a value is a nodata that the file did not declare, or no height in NAP."""
FAR_FROM_ZERO_M = 1.0
"""Real ground comes down to 0 m NAP over a slope: where no other cell lies this near, exact zeros stand for "no height"."""
ABOVE_M, ABOVE_SHARE = 0.5, 0.2
"""Of a surface and the ground under it: where the ground lies this far above it over such a share, the one was called the other."""
SAME_GRID = 0.01
"""Of a cell: tiles whose cells lie further apart do not fit together."""
DSM_NAMES = re.compile(r"(^|[_\-. ])dsm([_\-. \d]|$)|(^|[_\-. ])r\d?_(?:\d\d[a-h][nz][12]|\d{6}_\d{6}|\w)|^r\d\d[a-h][nz][12](?![a-z])", re.IGNORECASE)
"""How AHN names its surface rasters: ``dsm_05m``, or a sheet with the letter R before it, in any place: ``R_37EN1``, ``2023_R_25GN1``,
``AHN4_R_171000_438000``, ``AHN6_2025_R5_...``, ``r32cn1`` (AHN2)."""
DRIVERS = ["GTiff"]
"""What AHN is given in. Other drivers of GDAL read lists of other files, addresses and programs under the same name."""
SAMPLES = 10_000
MOST_CELLS = 64_000_000
"""A square of 4 km, the largest that can be loaded, in cells of half a metre."""
LEAST_CELL_M = 0.01
"""No height of ground is measured finer; a cell of nothing makes a raster of a few kB larger than memory."""
MOST_IN_BLOCK = 64_000_000
"""A block is unpacked whole, however little of it is asked."""


@dataclass(frozen=True, eq=False)
class _Piece:
    """The cells of one file inside the box, holes as NaN; ``west`` and ``north`` are its outer edges."""

    heights: Floats
    west: float
    north: float
    cell: float
    zeros: int = 0


def read_heights(paths: Sequence[Path], box: BaseGeometry) -> tuple[Terrain | None, Terrain | None, tuple[Note, ...]]:
    """Return the ground (DTM) and the surface (DSM) inside the box (RD) in metres NAP, holes as NaN, and remarks.

    A folder stands for its rasters; files are told apart by AHN's names (``DSM_NAMES``), tiles of one kind are laid together. None where
    no cell lies in the box. Raises ``SourceError``: missing, not a raster, turned, other CRS, tiles that do not fit.
    """
    files = [file for path in paths for file in (sorted(p for p in path.iterdir() if p.is_file()) if path.is_dir() else [path])]
    found: dict[bool, list[_Piece]] = {False: [], True: []}
    notes: list[Note] = []
    for file in files:
        piece = _read(file, box)
        if piece is not None:
            found[bool(DSM_NAMES.search(file.stem))].append(piece)
            notes += (*_off_grid(piece, file), *_zeros(piece, file))
    terrain, surface = (_together(found[kind], files) for kind in (False, True))
    if terrain is not None and surface is not None and _upside_down(terrain, surface):
        raise SourceError("sources_terrain_above_surface", path=", ".join(file.name for file in files))
    if terrain is not None:
        notes.append(Note.of("sources_terrain_holes", share=round(100.0 * float(np.isnan(terrain.heights).mean()), 1)))
    return terrain, surface, tuple(notes)


def read_terrain(path: Path, box: BaseGeometry) -> tuple[Terrain | None, tuple[Note, ...]]:
    """Return one raster inside the box, whatever it is called; see ``read_heights``."""
    piece = _read(path, box)
    if piece is None:
        return None, ()
    terrain = _together([piece], [path])
    share = round(100.0 * float(np.isnan(piece.heights).mean()), 1)
    return terrain, (Note.of("sources_terrain_holes", share=share), *_off_grid(piece, path), *_zeros(piece, path))


def _read(path: Path, box: BaseGeometry) -> _Piece | None:
    """Return the window of one file."""
    if not path.exists():
        raise SourceError("sources_missing", path=str(path))
    try:
        raster = gdal.OpenEx(str(path.absolute()), gdal.OF_RASTER | gdal.OF_VERBOSE_ERROR, allowed_drivers=DRIVERS)
        west, cell, skew_x, north, skew_y, step = raster.GetGeoTransform()
        foreign = foreign_crs(raster)
    except RuntimeError as reason:
        raise SourceError("sources_corrupt", path=path.name, details=str(reason)) from reason
    if foreign:
        raise SourceError("sources_wrong_crs", path=path.name, crs=foreign)
    band = raster.GetRasterBand(1)
    scale, offset = (1.0 if band.GetScale() is None else band.GetScale()), (band.GetOffset() or 0.0)
    numbers = np.isfinite([west, cell, skew_x, north, skew_y, step, scale, offset]).all()
    if not numbers or 0 < abs(cell) < LEAST_CELL_M or not scale or int(np.prod(band.GetBlockSize(), dtype=object)) > MOST_IN_BLOCK:
        raise SourceError("sources_raster_odd", path=path.name, cell=float(cell), scale=float(scale))
    if skew_x or skew_y or cell <= 0 or abs(abs(step) - cell) > 1e-9:
        raise SourceError("sources_raster_turned", path=path.name)
    south_up = step > 0  # legal in GeoTIFF: the first row is the southernmost
    north += step * raster.RasterYSize if south_up else 0.0
    x0, y0, x1, y1 = box.bounds
    column, row = (max(0, int(np.floor(cells + SAME_GRID))) for cells in ((x0 - west) / cell, (north - y1) / cell))
    columns = min(raster.RasterXSize, int(np.ceil((x1 - west) / cell - SAME_GRID))) - column
    rows = min(raster.RasterYSize, int(np.ceil((north - y0) / cell - SAME_GRID))) - row
    if columns < 1 or rows < 1:
        return None
    if columns * rows > MOST_CELLS:
        raise SourceError("sources_raster_too_large", path=path.name, cells=columns * rows)
    try:
        first = raster.RasterYSize - row - rows if south_up else row
        raw = band.ReadAsArray(column, first, columns, rows)[:: -1 if south_up else 1]
    except RuntimeError as reason:
        raise SourceError("sources_corrupt", path=path.name, details=str(reason)) from reason
    nodata = band.GetNoDataValue()
    hole = np.zeros(raw.shape, bool) if nodata is None else _is(raw, nodata)
    with np.errstate(invalid="ignore", over="ignore"):
        heights = raw.astype(np.float64) * scale + offset
    hole |= ~np.isfinite(heights) | (heights < LOWEST_NAP) | (heights > HIGHEST_NAP)
    zeros = _filled_with_zero(heights, hole)
    hole |= zeros
    heights[hole] = np.nan
    return _Piece(heights, west + column * cell, north - row * cell, cell, int(zeros.sum()))


def _filled_with_zero(heights: Floats, hole: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which cells were filled with zero by whoever had no height there: they are exactly 0 while all the others lie well above or below it."""
    zeros = (heights == 0.0) & ~hole
    others = heights[~zeros & ~hole]
    apart = len(others) > 0 and (float(others.min()) > FAR_FROM_ZERO_M or float(others.max()) < -FAR_FROM_ZERO_M)
    return zeros if apart else np.zeros(heights.shape, bool)


def _is(raw: Floats, nodata: float) -> NDArray[np.bool_]:
    """Return which cells hold the nodata value, as the file's own kind of number rounds it."""
    if not np.issubdtype(raw.dtype, np.floating):
        return raw == nodata
    with np.errstate(over="ignore"):
        return raw == np.asarray(nodata, np.float64).astype(raw.dtype)


def _off_grid(piece: _Piece, path: Path) -> tuple[Note, ...]:
    """Return a remark when the cells do not lie on whole multiples of their size, as AHN's do: then someone resampled them."""
    off = max(abs(edge / piece.cell - round(edge / piece.cell)) for edge in (piece.west, piece.north)) * piece.cell
    return (Note.of("sources_raster_off_grid", path=path.name, off=round(off, 3)),) if off > SAME_GRID * piece.cell else ()


def _zeros(piece: _Piece, path: Path) -> tuple[Note, ...]:
    return (Note.of("sources_raster_zeros", path=path.name, count=piece.zeros),) if piece.zeros else ()


def _upside_down(terrain: Terrain, surface: Terrain) -> bool:
    """Whether what is called ground lies above what is called surface: by their content the names are wrong."""
    rows, columns = np.nonzero(np.isfinite(terrain.heights))
    some = slice(None, None, max(1, len(rows) // SAMPLES))
    x, y = terrain.west + (columns[some] + 0.5) * terrain.cell_m, terrain.north - (rows[some] + 0.5) * terrain.cell_m
    above = terrain.heights[rows[some], columns[some]] - surface.sample(x, y)
    known = above[np.isfinite(above)]
    return len(known) > 0 and float((known > ABOVE_M).mean()) > ABOVE_SHARE


def _together(pieces: Sequence[_Piece], files: Sequence[Path]) -> Terrain | None:
    """Return the tiles as one raster; where they overlap the first that has a height counts."""
    if not pieces:
        return None
    cell, west, north = pieces[0].cell, min(piece.west for piece in pieces), max(piece.north for piece in pieces)
    corners = []
    for piece in pieces:
        column, row = (piece.west - west) / cell, (north - piece.north) / cell
        fits = abs(column - round(column)) < SAME_GRID and abs(row - round(row)) < SAME_GRID and abs(piece.cell - cell) < 1e-6
        if not fits:
            raise SourceError("sources_raster_other_grid", path=", ".join(file.name for file in files))
        corners.append((round(row), round(column)))
    rows = max(row + piece.heights.shape[0] for (row, _), piece in zip(corners, pieces))
    columns = max(column + piece.heights.shape[1] for (_, column), piece in zip(corners, pieces))
    if rows < 2 or columns < 2:
        return None
    if len(pieces) == 1:
        return Terrain(pieces[0].heights, west, north, cell)
    if rows * columns > MOST_CELLS:
        raise SourceError("sources_raster_too_large", path=", ".join(file.name for file in files), cells=rows * columns)
    heights = np.full((rows, columns), np.nan)
    for (row, column), piece in zip(corners, pieces):
        window = heights[row : row + piece.heights.shape[0], column : column + piece.heights.shape[1]]
        np.copyto(window, piece.heights, where=np.isnan(window))
    return Terrain(heights, west, north, cell)
