"""3D buildings: 3DBAG (API pages, gzip tiles, files; old and new attribute names) and other CityJSON in RD + NAP.

Source: 3DBAG by tudelft3d and 3DGI, CC BY 4.0. Level of detail 2.2, falling back to 1.3, 1.2, 1.
"""

from __future__ import annotations

import gzip
import io
import math
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from ...errors import SourceError
from ...model import Building3D, Note
from ..formats.cityjson import CityObject, buildings, documents
from ..formats.files import room_of
from ..formats.rd_box import in_rd
from ..formats.vector_files import building_id, first, text

LODS = ("2.2", "2", "1.3", "1.2", "1.1", "1", "1.0")
GZIP = b"\x1f\x8b"
UNPACKED_MAX = 1 << 30
SYSTEM = re.compile(r'"referenceSystem"\s*:\s*"([^"]+)"')
"""What a file says of its coordinates: numbers in RD with heights above an ellipsoid are some 43 m off and look well."""
GROUND = ("b3_h_maaiveld", "h_maaiveld", "rf_h_ground")
ROOF = ("b3_h_dak_70p", "b3_h_70p", "h_dak_70p", "rf_h_roof_70p", "rf_roof_elevation_70p")
FAILINGS: dict[str, tuple[str, ...]] = {
    "b3_succes": ("false",), "rf_success": ("false",), "b3_extrusie": ("lod11_fallback", "skip"), "rf_extrusion_mode": ("lod11_fallback", "skip"),
    "b3_pw_onvoldoende": ("true",), "b3_reconstructie_onvolledig": ("true",), "b3_is_glas_dak": ("true",), "rf_is_glass_roof": ("true",),
    "b3_mutatie_ahn3_ahn4": ("true",), "b3_mutatie_ahn4_ahn5": ("true",),
    "b3_pw_selectie_reden": ("_highest_yet_insufficient_coverage", "_latest_but_outdated"),
}
"""Attributes of 3DBAG and of roofer (published lists of 2025) and the values by which they say that a model may be wrong.

Codes of val3dity are read apart: any code is a failing.
"""
SUMMED_UP = "b3_kwaliteitsindicator"
"""What 3DBAG itself makes of the quality of a model: false is a failing, but before 2025.09.03 it was false for every building."""
SINCE_THEN = ("b3_h_nok", "b3_n_nok")
"""Attributes that 3DBAG has since that release: a model with one of them is of it or later."""
VALIDITY = ("b3_val3dity_lod22", "rf_val3dity_lod22")


def read_buildings3d(paths: Sequence[Path], box: BaseGeometry) -> tuple[tuple[Building3D, ...], tuple[Note, ...]]:
    """Return the building models whose extent touches the box (RD), once per building, and remarks.

    Raises ``SourceError``: missing, cut off, no CityJSON, not in RD.
    """
    found: dict[str, Building3D] = {}
    empty = 0
    west, south, east, north = box.bounds
    for path in paths:
        for thing in _objects(path):
            if not len(thing.triangles):
                empty += 1
                continue
            low, high = thing.triangles.reshape(-1, 3).min(axis=0), thing.triangles.reshape(-1, 3).max(axis=0)
            if not in_rd(low[0], low[1]):
                raise SourceError("sources_not_rd", path=path.name, x=float(low[0]), y=float(low[1]))
            outline = shapely.box(low[0], low[1], high[0], high[1])
            if high[0] >= west and low[0] <= east and high[1] >= south and low[1] <= north and outline.intersects(box):
                model = _building(thing)
                found[model.fid] = model
    notes = (Note.of("sources_no_model", count=empty),) if empty else ()
    return tuple(found.values()), notes


def _objects(path: Path) -> list[CityObject]:
    if not path.exists():
        raise SourceError("sources_missing", path=str(path))
    try:
        data = path.read_bytes()
    except OSError as reason:
        raise SourceError("sources_unreadable", path=path.name, details=str(reason)) from reason
    try:
        raw = unpacked(data).decode("utf-8-sig")
        declared = SYSTEM.search(raw)
        if declared and not any(code in declared.group(1) for code in ("7415", "28992")):
            raise SourceError("sources_wrong_crs", path=path.name, crs=declared.group(1).strip("/").replace("/", ":").rsplit(":", 1)[-1])
        return buildings(documents(raw), LODS, ("Building",))
    except (EOFError, zlib.error, gzip.BadGzipFile, UnicodeDecodeError) as reason:
        raise SourceError("sources_corrupt", path=path.name, details=str(reason)) from reason
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError, RecursionError) as reason:
        raise SourceError("sources_truncated", path=path.name, details=str(reason)) from reason


def unpacked(data: bytes) -> bytes:
    """Return the text of a tile, which 3DBAG serves as gzip; raises ``ValueError`` when it grows beyond what text packs."""
    if not data.startswith(GZIP):
        return data
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
        room = room_of(len(data), UNPACKED_MAX)
        text = stream.read(room + 1)
    if len(text) > room:
        raise ValueError("too large")
    return text


def _number(value: Any) -> float | None:
    """Return a height (m NAP), None when the attribute is not a finite number."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def _building(thing: CityObject) -> Building3D:
    attributes = thing.attributes
    ground, roof = first(attributes, *GROUND), first(attributes, *ROOF)
    identity = building_id(first(attributes, "identificatie", "identificatiebagpnd", "identificatieBAGPND", "bag_pnd")) or building_id(thing.fid) or thing.fid
    return Building3D(
        fid=identity,
        triangles=thing.triangles,
        semantics=thing.semantics,
        lod=thing.lod,
        ground_nap=_number(ground),
        roof_nap=_number(roof),
        date=text(attributes, "b3_pw_datum", "b3_pw_bron", "pw_bron", "rf_pc_year"),
        failings=tuple(_failings(attributes)),
    )


def _failings(attributes: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a model's own attributes say is wrong with it, as the source writes it."""
    for name, bad in FAILINGS.items():
        if str(attributes.get(name, "")).strip().lower() in bad:
            yield f"{name}={attributes[name]}"
    if str(attributes.get(SUMMED_UP, "")).strip().lower() in ("false", "0") and any(name in attributes for name in SINCE_THEN):
        yield f"{SUMMED_UP}={attributes[SUMMED_UP]}"
    for name in VALIDITY:
        codes = re.findall(r"\d{3}", str(attributes.get(name) or ""))
        if codes:
            yield f"{name}={', '.join(codes)}"
