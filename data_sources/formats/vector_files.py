"""Vector files as plain features: GeoJSON, and what OGR reads (GeoPackage, SQLite, shapefile). RD only, checked."""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyogrio
import pyogrio.raw
import shapely
from shapely import MultiLineString, MultiPoint, MultiPolygon
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from ...errors import SourceError
from ...model import Note, crossings, valid_area
from ...texts import printable
from .files import refuse_odd
from .rd_box import RD_EAST, RD_NORTH, RD_SOUTH, RD_WEST, names_rd
from .vector_guard import drivers_for

SOUND = {"drieluik_geometries": "valid"}
"""What our own cache writes with a layer of which every geometry was found valid when it came: it need not be tried at every reading."""
MOST_MB = 1000
"""Of GeoJSON, which is read whole and takes ten times its size in memory; a large municipality's is some hundreds."""
NOWHERE = shapely.Polygon()
"""The geometry of a record of which none can be read."""
MOST_SOUGHT = 500_000
"""In a file with more records than this those without a geometry are not sought where only a part of it is read: that takes seconds."""
MANY, COLLECTION = 4, 7
"""From here on a geometry holds others; the last holds them of several kinds (``shapely.GeometryType``)."""


class Feature(NamedTuple):
    """One record: geometry in RD and its attributes as the source spells them. A tuple: files have many of them."""

    geometry: BaseGeometry
    attributes: Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class FeatureLayer:
    """A named layer of features with the remarks of reading it; ``date`` ISO when the file says so; ``lost``: the records, wherever they lie, of which
    no geometry can be read (empty)."""

    name: str
    features: tuple[Feature, ...]
    notes: tuple[Note, ...] = ()
    date: str = ""
    lost: tuple[Feature, ...] = ()


def layer_names(path: Path) -> list[str]:
    """Return the names of the layers in a file. Raises ``SourceError``, also for a file that has none: then nothing was read, which is not "empty"."""
    if _is_json(path):
        return [path.stem]
    if not path.exists():
        raise SourceError("sources_missing", path=str(path))
    drivers_for(path)
    try:
        names = [str(name) for name, kind in pyogrio.list_layers(path.absolute()) if kind is not None]
    except (RuntimeError, ValueError) as reason:
        raise SourceError("sources_corrupt", path=path.name, details=str(reason)) from reason
    if not names:
        raise SourceError("sources_no_layers", path=path.name)
    return names


def read_layer(path: Path, layer: str | None = None, box: BaseGeometry | None = None) -> FeatureLayer:
    """Read one layer of a vector file; with a ``box`` (RD) at least the features whose bounds touch its bounds.

    A file with a spatial index (GeoPackage, FlatGeobuf) is then read there only.

    Raises ``SourceError``: missing, not readable, cut off, HTML instead of data, coordinates in degrees, another CRS.
    """
    if not path.exists():
        raise SourceError("sources_missing", path=str(path))
    if _is_json(path):
        return _read_geojson(path)
    return _read_ogr(path, layer, box)


def _is_json(path: Path) -> bool:
    """Whether a file is JSON: by its name, or by how it begins."""
    if path.suffix.lower() in (".geojson", ".json"):
        return True
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        return stream.read(64).lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"{", b"["))


def _read_geojson(path: Path) -> FeatureLayer:
    refuse_odd(path, SourceError, MOST_MB)
    try:
        text = path.read_text(encoding="utf-8-sig")
        data = json.loads(text)
    except (OSError, UnicodeDecodeError) as reason:
        raise SourceError("sources_unreadable", path=path.name, details=str(reason)) from reason
    except RecursionError as reason:
        raise SourceError("sources_too_deep", path=path.name, details=str(reason)) from reason
    except ValueError as reason:
        html = text.lstrip()[:15].lower().startswith(("<!doctype", "<html"))
        raise SourceError("sources_html" if html else "sources_truncated", path=path.name, details=str(reason)) from reason
    if not isinstance(data, dict) or not isinstance(data.get("features"), list):
        raise SourceError("sources_not_features", path=path.name)
    every = [_feature(path, number, record) for number, record in enumerate(data["features"], 1)]
    notes = check_rd(_declared(path, data), [f.geometry for f in every], path.name)
    return _mended(str(data.get("name") or path.stem), every, notes, str(data.get("timeStamp") or "")[:10])


def _feature(path: Path, number: int, record: Any) -> Feature:
    """Return a record of GeoJSON; raises ``SourceError`` with its number in the file for one that is none."""
    words = record.get("properties") if isinstance(record, dict) else ()
    if not isinstance(record, dict) or not isinstance(words, (dict, type(None))):
        raise SourceError("sources_odd_record", path=path.name, number=number)
    try:
        return Feature(shape(record["geometry"]) if record.get("geometry") else NOWHERE, words or {})
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, shapely.errors.ShapelyError) as reason:
        raise SourceError("sources_odd_record", path=path.name, number=number, details=str(reason)) from reason


def _declared(path: Path, data: Mapping[str, Any]) -> str:
    """Return the name of the coordinate system that GeoJSON declares, '' for none; raises ``SourceError`` for what is no declaration."""
    said = data.get("crs") or {}
    words = (said.get("properties") or {}) if isinstance(said, dict) else None
    if not isinstance(words, dict):
        raise SourceError("sources_odd_crs", path=path.name)
    return str(words.get("name") or "")


def _read_ogr(path: Path, layer: str | None, box: BaseGeometry | None) -> FeatureLayer:
    drivers, path = drivers_for(path), path.absolute()  # a whole path, so that no word of it stands for a driver
    try:
        info = pyogrio.read_info(path, layer=layer)
        if info["driver"] not in drivers:
            raise SourceError("sources_other_kind", path=path.name)
        bounds = info["total_bounds"]
        known_bounds = bounds is not None and bool(np.isfinite(bounds).all())
        notes = rd_notes(str(info["crs"] or ""), bounds, path.name) if known_bounds else None
        within_m = box.bounds if box is not None and notes is not None else None
        meta, _, geometry, columns = pyogrio.raw.read(path, layer=layer, bbox=within_m)
        nowhere = _nowhere(path, layer, info) if within_m is not None else []
    except SourceError:
        raise
    except (RuntimeError, ValueError, OverflowError) as reason:  # pyogrio's own kinds, and what damaged text and numbers give
        raise SourceError("sources_corrupt", path=path.name, details=str(reason)) from reason
    geometries = shapely.from_wkb(geometry, on_invalid="ignore")
    geometries[shapely.is_missing(geometries)] = NOWHERE
    names = [str(name) for name in meta["fields"]]
    rows = zip(*[column.tolist() for column in columns]) if names else ((),) * len(geometries)
    every = [Feature(g, dict(zip(names, row))) for g, row in zip(geometries.tolist(), rows)]
    if notes is None:
        notes = check_rd(str(meta.get("crs") or ""), [f.geometry for f in every], path.name)
    sound = (info.get("layer_metadata") or {}).items() >= SOUND.items()
    lost = [Feature(NOWHERE, dict(zip(names, row))) for row in zip(*[column.tolist() for column in nowhere])]
    return _mended(layer or path.stem, every, notes, "", geometries, sound, lost)


def _nowhere(path: Path, layer: str | None, info: Mapping[str, Any]) -> list[Any]:
    """Return the columns of the records without a geometry, which no part of a file holds; none of a file that is read whole, or too large."""
    if info["driver"] != "GPKG" or info["features"] > MOST_SOUGHT:
        return []
    where = '"{0}" IS NULL OR ST_IsEmpty("{0}")'.format(info["geometry_name"])
    return list(pyogrio.raw.read(path, layer=layer, where=where, read_geometry=False)[3])


def check_rd(declared: str, geometries: list[BaseGeometry], name: str) -> tuple[Note, ...]:
    """Return remarks about the CRS; raises ``SourceError`` when the numbers are not RD. What is no number hides nothing of the rest."""
    xy = shapely.get_coordinates(geometries)
    xy = xy[np.isfinite(xy).all(axis=1)]
    return rd_notes(declared, [*xy.min(axis=0), *xy.max(axis=0)] if len(xy) else np.full(4, np.nan), name)


def rd_notes(declared: str, bounds: Any, name: str) -> tuple[Note, ...]:
    """Return remarks about the CRS of what lies within ``bounds``; raises ``SourceError`` when these are not RD."""
    bounds = np.asarray(bounds, dtype=np.float64)
    if declared and not names_rd(declared):
        raise SourceError("sources_wrong_crs", path=name, crs=declared.rsplit(":", 2)[-1] if len(declared) < 80 else declared[:60])
    if not np.isfinite(bounds).all():
        return ()
    if np.abs(bounds).max() <= 180:
        raise SourceError("sources_degrees", path=name)
    if bounds[0] < RD_WEST or bounds[2] > RD_EAST or bounds[1] < RD_SOUTH or bounds[3] > RD_NORTH:
        raise SourceError("sources_not_rd", path=name, x=float(bounds[0]), y=float(bounds[1]))
    return () if declared else (Note.of("sources_crs_assumed", path=name),)


def _mended(
    name: str, features: list[Feature], notes: tuple[Note, ...], date: str, geometries: Any = None, sound: bool = False, more_lost: Sequence[Feature] = (),
) -> FeatureLayer:
    """Return the layer with invalid polygons made valid (``sound``: there are none), those without a geometry of numbers apart (with ``more_lost``), and
    notes that count them."""
    if geometries is None:
        geometries = np.array([f.geometry for f in features], dtype=object)
    mixed = np.nonzero(shapely.get_type_id(geometries) == COLLECTION)[0]
    if len(mixed):
        geometries[mixed] = [of_one_kind(shape) for shape in geometries[mixed]]
        features = [Feature(shape, feature.attributes) for shape, feature in zip(geometries, features)]
        sound = False
    coordinates, owner = shapely.get_coordinates(geometries, return_index=True)
    lost = shapely.is_empty(geometries)
    lost[owner[~np.isfinite(coordinates).all(axis=1)]] = True
    wrong = np.zeros(0, dtype=np.intp) if sound else np.nonzero(~lost & ~shapely.is_valid(geometries))[0]
    if not len(wrong) and not lost.any() and not more_lost:
        return FeatureLayer(name, tuple(features), notes, date)
    mended = list(features)
    for index in wrong:
        shape = valid_area(geometries[index])
        lost[index] = shape.is_empty
        mended[index] = Feature(shape, features[index].attributes)
    if len(wrong):
        notes = (*notes, Note.of("sources_made_valid", count=len(wrong), path=name), *crossings(geometries[wrong], name))
    nowhere = (*(Feature(NOWHERE, feature.attributes) for feature, gone in zip(features, lost) if gone), *more_lost)
    if nowhere:
        notes = (*notes, Note.of("sources_no_geometry", count=len(nowhere), path=name))
    return FeatureLayer(name, tuple(feature for feature, gone in zip(mended, lost) if not gone), notes, date, nowhere)


def of_one_kind(shape: BaseGeometry) -> BaseGeometry:
    """Return of a collection what has the most dimensions as one geometry: its areas, else its lines, else its points."""
    parts = shapely.get_parts(shape)
    while (shapely.get_type_id(parts) >= MANY).any():
        parts = shapely.get_parts(parts)
    if not len(parts):
        return shape
    dimensions = shapely.get_dimensions(parts)
    most = parts[dimensions == dimensions.max()]
    return most[0] if len(most) == 1 else (MultiPoint, MultiLineString, MultiPolygon)[int(dimensions.max())](list(most))


def within(features: tuple[Feature, ...], box: BaseGeometry) -> tuple[Feature, ...]:
    """Return the features that touch the box, whole."""
    if not features:
        return ()
    hits = shapely.intersects(np.array([f.geometry for f in features], dtype=object), box)
    return tuple(feature for feature, hit in zip(features, hits) if hit)


def plain(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Return attributes under names without case, hyphen or underscore: snake_case, camelCase and what GDAL makes of them are one."""
    return {_plain(name): value for name, value in attributes.items()}


@functools.lru_cache(maxsize=10_000)
def _plain(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "")


def first(attributes: Mapping[str, Any], *names: str) -> Any:
    """Return the first attribute that is there and says something; sources spell the same thing in several ways."""
    for name in names:
        value = attributes.get(name)
        if value is not None and value == value and value not in ("", "waardeOnbekend", "geenWaarde"):  # noqa: PLR0124 - NaN is not itself
            return value
    return None


def text(attributes: Mapping[str, Any], *names: str) -> str:
    """Return the first attribute that says something, as text."""
    value = first(attributes, *names)
    return "" if value is None else printable(str(value))


PLACEHOLDERS = ("100000000000", "109999999999")
"""What stands after the municipality in the BGT where a pand has no BAG id."""


def building_id(value: Any) -> str:
    """Return a BAG id as 16 digits: without its prefix, integers zero-padded; '' for a placeholder or none."""
    if isinstance(value, float) and math.isfinite(value):
        value = int(value)
    digits = str(value or "").rsplit(".", 1)[-1]
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 16 or int(digits) == 0:
        return ""
    digits = digits.zfill(16)
    return "" if digits[4:] in PLACEHOLDERS else digits
