"""Layers of a sun study: shadows in time for QGIS's temporal controller, extra shadow per plot, and hours of sun on the ground.

Each shadow stands from ``from`` to ``to`` (UTC, as GeoPackage has it); ``clock`` is the time in the Netherlands with its zone.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import shapely
from numpy.typing import NDArray
from osgeo import gdal, osr

from ...measure.sun.shadows_in_time import HoursMap, ShadowMoment, ShadowScene, ShadowStudy
from ...measure.sun.sun_norms import REFERENCE_YEAR
from ...texts import sentence
from ..layers.geopackage import GPKG_OPTIONS, PLANE, as_multi, write_styles
from ..layers.review_layers import FINDINGS, NODATA
from .sun_animation import write_animation

DAYS = ((3, 21), (6, 21), (12, 21))
HOURS_DAYS = ((2, 19), (3, 21), (6, 21))
STEP_MIN = 30.0
SHADOW, SHADOW_PLOT = "shadow", "shadow_plot"
SHADOW_FIELDS = ("design", "situation", "from", "to", "clock", "altitude_deg", "azimuth_deg", "area_m2")
PLOT_FIELDS = ("design", "plot", "kind", "own", "from", "to", "clock", "existing_m2", "new_m2", "extra_m2")
HALF_STEP, SECOND = np.timedelta64(int(STEP_MIN * 30), "s"), np.timedelta64(1, "s")

Row = Mapping[str, Any]
Days = Mapping[tuple[int, int], Sequence[ShadowMoment]]


def days_of(scene: ShadowScene) -> dict[tuple[int, int], tuple[ShadowMoment, ...]]:
    """Return the shadows of a scene at every step of the days that are shown in time."""
    return {day: scene.day(datetime.date(REFERENCE_YEAR, *day), STEP_MIN) for day in DAYS}


def write_shadow_layers(days: Mapping[str, Days], studies: Mapping[str, ShadowStudy], folder: Path) -> None:
    """Write layers ``shadow`` and ``shadow_plot`` of all designs into the ``findings.gpkg`` of a folder."""
    shadows = [row for name, of in days.items() for moments in of.values() for row in shadow_rows(name, moments)]
    plots = [row for name, study in studies.items() for row in plot_rows(name, study.moments)]
    write_rows(folder / FINDINGS, SHADOW, shadows, SHADOW_FIELDS)
    write_rows(folder / FINDINGS, SHADOW_PLOT, plots, PLOT_FIELDS)
    write_styles(folder / FINDINGS, [SHADOW], append=True)


def write_rasters(scene: ShadowScene, days: Days, folder: Path, lang: str) -> dict[str, Path]:
    """Write a design's hours of sun on the ground (GeoTIFF) and its first day as a moving picture (GIF)."""
    short = safe_name(scene.design.name)
    maps = [scene.hours(datetime.date(REFERENCE_YEAR, *day)) for day in HOURS_DAYS]
    return {
        f"sun_hours_{short}": write_hours(maps, folder / f"sun_hours_{short}.tif", lang),
        f"sun_day_{short}": write_animation(scene, days[DAYS[0]], folder / f"sun_day_{short}.gif", lang),
    }


def safe_name(name: str) -> str:
    """Return a design's name as part of a file's name."""
    return re.sub(r"[^A-Za-z0-9-]+", "_", name).strip("_") or "design"


def shadow_rows(design: str, moments: Iterable[ShadowMoment]) -> list[Row]:
    """Return a row per situation (existing, new, extra) of every moment that has shadow."""
    rows: list[Row] = []
    for moment in moments:
        words = {
            "design": design, "from": moment.time - HALF_STEP, "to": moment.time + HALF_STEP - SECOND, "clock": moment.clock,
            "altitude_deg": round(moment.altitude_deg, 2), "azimuth_deg": round(moment.azimuth_deg, 2),
        }
        for situation, shape in (("existing", moment.existing), ("new", moment.new), ("extra", moment.extra)):
            if not shape.is_empty:
                rows.append({"geometry": shape, "situation": situation, "area_m2": round(float(shape.area), 2), **words})
    return rows


def plot_rows(design: str, moments: Iterable[ShadowMoment]) -> list[Row]:
    """Return a row per parcel or yard that gets extra shadow, of every moment of the study."""
    return [
        {
            "geometry": p.extra, "design": design, "plot": p.plot.name, "kind": p.plot.kind, "own": p.plot.own, "from": moment.time - HALF_STEP,
            "to": moment.time + HALF_STEP - SECOND, "clock": moment.clock, "existing_m2": round(p.existing_m2, 2), "new_m2": round(p.new_m2, 2),
            "extra_m2": round(p.extra_m2, 2),
        }
        for moment in moments for p in moment.plots
    ]


def write_rows(path: Path, name: str, rows: Sequence[Row], fields: Sequence[str]) -> None:
    """Write rows as a layer of areas (RD) into a GeoPackage, also when there are none; times as UTC."""
    shapes = np.array([as_multi(row["geometry"], "MultiPolygon") for row in rows], dtype=object)
    columns = [_column(field, [row[field] for row in rows]) for field in fields]
    pyogrio.raw.write(
        str(path), shapely.to_wkb(shapes), columns, list(fields), crs=PLANE, layer=name, driver="GPKG", geometry_type="MultiPolygon", append=False,
        promote_to_multi=False, dataset_options=None if path.exists() else GPKG_OPTIONS,
        gdal_tz_offsets={field: np.full(len(rows), 100, dtype=np.int8) for field in ("from", "to")},
    )


def _column(field: str, values: Sequence[Any]) -> NDArray[Any]:
    if field in ("from", "to"):
        return np.array(values, dtype="datetime64[ms]")
    if field == "own":
        return np.array(values, dtype=bool)
    return np.array(values, dtype=np.float64 if field.endswith(("_m2", "_deg")) else object)


def write_hours(maps: Sequence[HoursMap], path: Path, lang: str) -> Path:
    """Write hours of sun on the ground as float32 GeoTIFF: per date a band now, then, and change; buildings are nodata."""
    first = maps[0]
    rows, columns = first.before.shape
    raster = gdal.GetDriverByName("GTiff").Create(str(path), columns, rows, 3 * len(maps), gdal.GDT_Float32, ["COMPRESS=LZW", "TILED=YES"])
    raster.SetGeoTransform((first.frame[0], first.cell_m, 0, first.frame[3], 0, -first.cell_m))
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(28992)
    raster.SetProjection(crs.ExportToWkt())
    for n, hours in enumerate(maps):
        for k, (code, values) in enumerate((("now", hours.before), ("after", hours.after), ("change", hours.after - hours.before)), 1):
            band = raster.GetRasterBand(3 * n + k)
            band.SetNoDataValue(NODATA)
            band.SetDescription(sentence(f"sun_hours_{code}", {"date": hours.date.isoformat()}, lang))
            band.WriteArray(np.where(np.isfinite(values), values, NODATA).astype(np.float32))
    return path
