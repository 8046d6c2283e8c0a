"""Which records of a register are objects of today: what has ended is history, of one id the latest version counts, and its pieces are one object.

Exports write one object as several records (a multipolygon that was taken apart), leave the id out, and write an end that is still to come, or
9999-12-31, where there is none.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ...model import NO_AREA, Note
from .vector_files import Feature, text

AREAS = ("Polygon", "MultiPolygon")
JOINT_M = 0.001
"""Pieces whose edges lie this near meet: exports write coordinates to the millimetre."""
EPOCH_MS = 10**11
"""A number from here on is a moment in milliseconds since 1970 (what ArcGIS writes), a smaller one a day written together (20310101)."""
DAY_DIGITS = 8
MOST_DIGITS = 20
"""A number of a version has a few; Python refuses to read one of thousands."""
REACH_M = 50.0
"""No outline of an ordinary building reaches further from a point of it."""
LISTED = 8
"""Ids named in a remark."""


def current(
    features: Iterable[Feature], ended: Iterable[str], id_of: Callable[[Feature], str], version_of: Callable[[Feature], Any]
) -> tuple[list[Feature], int]:
    """Return the current objects of records with plain attribute names, each with all of its geometry, and how many records were history.

    ``ended``: attributes that hold when a version ended; ``id_of``: '' where the record has no id, it is then an object by itself;
    ``version_of``: what grows with each version of an object.
    """
    ends, today = tuple(ended), datetime.date.today()
    found: dict[str, list[Feature]] = {}
    history = 0
    for number, feature in enumerate(features):
        if has_ended(feature.attributes, ends, today):
            history += 1
            continue
        key = id_of(feature) or f"#{number}"
        pieces = found.get(key)
        if pieces is None or version_of(feature) > version_of(pieces[0]):
            history += len(pieces or ())
            found[key] = [feature]
        elif version_of(feature) == version_of(pieces[0]):
            pieces.append(feature)
        else:
            history += 1
    return [_joined(pieces) for pieces in found.values()], history


def has_ended(attributes: Mapping[str, Any], names: Iterable[str], today: datetime.date) -> bool:
    """Whether one of these attributes holds a day that has come; one that is still to come, or no day at all, ends nothing."""
    days = (day_of(attributes[name]) for name in names if attributes.get(name) is not None)
    return any(day is not None and day <= today for day in days)


def day_of(value: Any) -> datetime.date | None:
    """Return the day that a register wrote: ISO, day first (31-12-2010), together (20101231...) or as a moment; None where it is none."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    said = str(value).strip().removesuffix(".0")
    try:
        if said.isdecimal() and EPOCH_MS <= int(said) < 100 * EPOCH_MS:
            return datetime.datetime.fromtimestamp(int(said) / 1000, datetime.timezone.utc).date()
        if said[:DAY_DIGITS].isdigit():
            said = f"{said[:4]}-{said[4:6]}-{said[6:8]}"
        elif said[2:3] in "-/." and said[5:6] == said[2:3]:
            said = f"{said[6:10]}-{said[3:5]}-{said[:2]}"
        return datetime.date.fromisoformat(said[:10].replace("/", "-"))
    except ValueError:
        return None


def version_of(attributes: Mapping[str, Any], number: str, began: Iterable[str]) -> tuple[int, str]:
    """Return the number of a version of an object, 0 where it has none, and when it began."""
    told = text(attributes, number).removesuffix(".0")
    return int(told) if told.isdecimal() and len(told) < MOST_DIGITS else 0, text(attributes, *began)


def placed_id(geometry: BaseGeometry) -> str:
    """Return what an object without an id is called: where it lies (RD, decimetres), the same at every reading; '' for one that lies nowhere."""
    if geometry.is_empty:
        return ""
    place = shapely.point_on_surface(geometry)
    return f"#{place.x:.1f},{place.y:.1f}"


def has_area(feature: Feature) -> bool:
    """Whether a record has an area that can be read."""
    return feature.geometry.geom_type in AREAS and not feature.geometry.is_empty


def without_area(lost: Iterable[tuple[str, BaseGeometry]], layer: str, box: BaseGeometry, **words: str) -> tuple[Note, ...]:
    """Return a remark for each object (its id, and what is known of its place) of which no area can be read: it lies around its point or line, and those
    of which nothing is known, together, anywhere in what was loaded (``box``, RD); ``words``: what else is known of them."""
    every = [(fid, shape) for fid, shape in lost if shape.is_empty or shape.intersects(box)]
    near = [(fid, shapely.buffer(shape, REACH_M)) for fid, shape in every if not shape.is_empty]
    anywhere = [fid for fid, shape in every if shape.is_empty]
    told = [*near, *([(", ".join(anywhere[:LISTED]) + (", ..." if len(anywhere) > LISTED else ""), box)] if anywhere else [])]
    sides = ("west", "south", "east", "north")
    return tuple(Note.of(NO_AREA, path=layer, fid=fid, **words, **dict(zip(sides, (round(side, 1) for side in shape.bounds)))) for fid, shape in told)


def _joined(pieces: list[Feature]) -> Feature:
    """Return the pieces of an object as one, with what its last record says; areas go before lines and points that were written along."""
    last = pieces[-1]
    if len(pieces) == 1:
        return last
    geometries = np.array([piece.geometry for piece in pieces], dtype=object)
    kinds = shapely.get_dimensions(geometries)
    return Feature(shapely.union_all(geometries[kinds == kinds.max()], grid_size=JOINT_M), last.attributes)
