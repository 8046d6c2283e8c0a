"""Layers, tables and styles of a GeoPackage."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
import pyogrio.raw
import shapely
from shapely.geometry.base import BaseGeometry

from ...model.arrays import Floats
from ...texts import printable

PLANE, SPACE = "EPSG:28992", "EPSG:7415"
GPKG_OPTIONS = {"VERSION": "1.2"}
"""GDAL of QGIS 3.22 reads newer versions too, but complains."""
STYLES = Path(__file__).resolve().parents[2] / "ui" / "styles"

Row = dict[str, Any]


def volume(triangles: Floats) -> BaseGeometry:
    """Return triangles (n, 3, 3) as one MultiPolygonZ, which every QGIS can show in 3D."""
    rings = np.concatenate([triangles, triangles[:, :1]], axis=1)
    return shapely.multipolygons(shapely.polygons(rings))


def as_multi(geometry: BaseGeometry, kind: str) -> BaseGeometry:
    """Return a geometry as the (multi) type of its layer."""
    if kind == "PointZ":
        return geometry if geometry.has_z else shapely.force_3d(geometry)
    parts = shapely.get_parts(geometry)
    if kind == "MultiLineString":
        return cast(BaseGeometry, shapely.multilinestrings(parts))
    return shapely.multipolygons([p for p in parts if p.geom_type == "Polygon"])


def columns_of(rows: Sequence[Row], fields: Mapping[str, type]) -> list[Any]:
    """Return the column of each field: of numbers NaN, of whole ones -1 where a row has none, else ''."""
    columns = []
    for field, type_ in fields.items():
        values = [row.get(field) for row in rows]
        if type_ is float:
            columns.append(np.array([np.nan if v is None else float(v) for v in values], dtype=np.float64))
        elif type_ is int:
            columns.append(np.array([-1 if v is None else int(v) for v in values], dtype=np.int64))
        else:
            columns.append(np.array(["" if v is None else printable(str(v)) for v in values], dtype=object))
    return columns


def write_layer(path: Path, name: str, rows: Sequence[Row], kind: str, crs: str, fields: Mapping[str, type]) -> None:
    """Write one layer (also an empty one, so that it can be styled and filled) into a GeoPackage."""
    shapes = np.array([row["geometry"] for row in rows], dtype=object)
    geometry = shapely.to_wkb(shapes, output_dimension=3 if kind.endswith("Z") else 2)
    columns = columns_of(rows, fields)
    geometry_type = kind if not kind.endswith("Z") else f"{kind[:-1]} Z"
    pyogrio.raw.write(
        str(path), geometry, columns, list(fields), crs=crs, layer=name, driver="GPKG", geometry_type=geometry_type,
        append=False, promote_to_multi=False, dataset_options=None if path.exists() else GPKG_OPTIONS,
    )


def write_styles(path: Path, layers: Iterable[str], append: bool = False) -> None:
    """Store the QML of ``ui/styles`` inside the GeoPackage, so that QGIS opens its layers styled; ``append``: it has some already."""
    rows = [(name, STYLES / f"{name}.qml") for name in layers if (STYLES / f"{name}.qml").exists()]
    if not rows:
        return
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    texts = {
        "f_table_catalog": [""] * len(rows), "f_table_schema": [""] * len(rows), "f_table_name": [name for name, _ in rows],
        "f_geometry_column": ["geom"] * len(rows), "styleName": ["drieluik"] * len(rows),
        "styleQML": [qml.read_text(encoding="utf-8") for _, qml in rows], "styleSLD": [""] * len(rows),
        "useAsDefault": [True] * len(rows), "description": ["Drieluik"] * len(rows), "owner": [""] * len(rows), "ui": [""] * len(rows),
        "update_time": [now] * len(rows),
    }
    columns = [np.array(values, dtype=bool if name == "useAsDefault" else object) for name, values in texts.items()]
    pyogrio.raw.write(str(path), None, columns, list(texts), layer="layer_styles", driver="GPKG", geometry_type=None, crs=None, append=append)


def write_table(path: Path, name: str, columns: dict[str, Any]) -> None:
    """Write a table without geometry into a GeoPackage."""
    arrays = [value if isinstance(value, np.ndarray) else np.array(value, dtype=object) for value in columns.values()]
    pyogrio.raw.write(str(path), None, arrays, list(columns), layer=name, driver="GPKG", geometry_type=None, crs=None, append=False)
