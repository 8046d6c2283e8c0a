"""``drieluik inspect``: import designs and say what was found, measured in the model's own place (nothing is guessed)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from .data_sources.design.process import read_files
from .data_sources.design.raw import RawDesign
from .errors import DesignError
from .measure.footprint import projection, wall_enclosed
from .model import Level, Part
from .texts import sentence


def inspect_files(paths: Sequence[Path], together: bool = False) -> list[dict[str, Any]]:
    """Return one object per file (or one for all, when they are one design) in the shape of the command's contract.

    ``status`` is ok, warn or reject. A measure that is not taken is None, never a guess; lengths m, areas m2, volumes m3.
    """
    groups = [list(paths)] if together else [[path] for path in paths]
    return [inspect_group(group) for group in groups]


def inspect_group(paths: Sequence[Path]) -> dict[str, Any]:
    """Return what one design of one or several files holds; a refusal is an object with ``status`` reject."""
    try:
        raws = read_files([Path(path) for path in paths], lambda fraction: None)
    except DesignError as error:
        message = {"code": error.code, "severity": "error", "text": error.message()}
        return {"status": "reject", "messages": [message], "format": None, "georeference": None, "measures": {}}
    messages = [
        {"code": code, "severity": severity, "text": sentence(code, data)} for raw in raws for severity, code, data in raw.messages
    ]
    worried = any(message["severity"] == "warning" for message in messages)
    return {"status": "warn" if worried else "ok", "messages": messages, **described(raws)}


def described(raws: Sequence[RawDesign]) -> dict[str, Any]:
    """Return format, unit, size, georeference and measures of a design that was read."""
    bounds = np.stack([raw.bounds() for raw in raws])
    low, high = bounds[:, 0].min(axis=0), bounds[:, 1].max(axis=0)
    found = next((raw.georeference for raw in raws if raw.georeference), None)
    place = None
    if found:
        place = {
            "method": found.method, "crs": found.crs, "easting_m": round(found.easting_m, 4), "northing_m": round(found.northing_m, 4),
            "height_m": round(found.height_m, 4), "rotation_deg": round(found.rotation_deg, 6),
        }
    return {
        "format": raws[0].format,
        "unit_to_m": raws[0].unit_to_m,
        "up_axis": raws[0].up_axis,
        "triangles": sum(len(part.faces) for raw in raws for part in raw.parts),
        "size_m": [round(float(v), 4) for v in high - low],
        "georeference": place,
        "measures": measures(raws, float(low[2]), float(high[2])),
    }


def measures(raws: Sequence[RawDesign], low: float, high: float) -> dict[str, Any]:
    """Return the measures; those that this version does not take are None."""
    parts = [
        Part(p.fid, p.vertices, p.faces, p.kind, p.source_class, p.name, p.closed) for raw in raws for p in raw.parts
    ]
    levels = [Level(name, height) for raw in raws for name, height in raw.levels]
    footprint, method = wall_enclosed(parts, levels, low)
    return {
        "height_m": round(high - low, 4),
        "projection_m2": round(float(projection(parts).area), 4),
        "footprint_m2": None if method == "projection" else round(float(footprint.area), 4),
        "eaves_m": None, "ridge_m": None, "roof_pitch_deg": None, "volume_m3": None, "storeys": None,
    }
