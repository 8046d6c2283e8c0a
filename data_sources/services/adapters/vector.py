"""Fetched features as FlatGeobuf files, which the layers' readers read as any other file.

FlatGeobuf (https://flatgeobuf.org) has a spatial index and is written about ten times faster than a GeoPackage with a layer each.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import shapely
from numpy.typing import NDArray

from ...formats.vector_files import SOUND
from ..responses import Fetched


def write_features(fetched: Iterable[Fetched], folder: Path, prefix: str = "") -> list[Path]:
    """Write a file per layer that has features; return their paths in order."""
    return [_write(layer, folder / f"{prefix}{layer.name}.fgb") for layer in fetched if len(layer)]


def _write(layer: Fetched, path: Path) -> Path:
    names = list(dict.fromkeys(name for attributes in layer.attributes for name in attributes))
    columns = [_column([attributes.get(name) for attributes in layer.attributes]) for name in names]
    geometries = np.array(layer.geometries, dtype=object)
    kinds = {g.geom_type for g in layer.geometries}
    kind = kinds.pop() if len(kinds) == 1 else "Unknown"
    if layer.geometries[0].has_z and kind != "Unknown":
        kind += " Z"
    pyogrio.raw.write(
        str(path), shapely.to_wkb(geometries), columns, names, crs="EPSG:28992", driver="FlatGeobuf", layer=path.stem, geometry_type=kind,
        promote_to_multi=False, layer_metadata=SOUND if shapely.is_valid(geometries).all() else None,
    )
    return path


def _column(values: list[Any]) -> NDArray[Any]:
    """Return a column that keeps what the JSON says: numbers as numbers where none is missing, everything else as text."""
    kinds = {type(value) for value in values}
    if kinds == {int} and all(abs(value) < 2**62 for value in values):
        return np.array(values, dtype=np.int64)
    if kinds <= {int, float} and float in kinds:
        return np.array(values, dtype=np.float64)
    return np.array([_text(value) for value in values], dtype=object)


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ",".join(str(item) for item in value)
    return str(value)
