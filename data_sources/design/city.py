"""CityJSON and CityJSONSeq as a design: buildings in RD + NAP, the best level of detail."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ...errors import DesignError
from ..cityjson import buildings, documents
from ..rd_box import in_rd
from .raw import Georeference, RawDesign, RawPart
from .repair import bodies, weld

LODS = ("3.3", "3.2", "3.1", "3.0", "3", "2.3", "2.2", "2.1", "2.0", "2", "1.3", "1.2", "1.1", "1.0", "1")
KINDS = ("Building", "BuildingPart", "OtherConstruction", "GenericCityObject")


def read_city(path: Path) -> RawDesign:
    """Read a CityJSON file; raises ``DesignError`` when it holds no usable building."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        things = [t for item, vertices in documents(text) for t in buildings(item, vertices, LODS, KINDS)]
    except (OSError, ValueError, KeyError, TypeError, IndexError, RecursionError) as reason:
        raise DesignError("design_truncated", path=path.name, details=str(reason)) from reason
    raw = RawDesign("CityJSON")
    for thing in things:
        if not len(thing.triangles):
            continue
        vertices, faces = weld(thing.triangles.reshape(-1, 3), np.arange(3 * len(thing.triangles)).reshape(-1, 3))
        if len(faces):
            raw.parts += bodies(RawPart(thing.fid, vertices, faces, "building", thing.kind, thing.fid))
    if not raw.parts or not any(len(part.faces) for part in raw.parts):
        raise DesignError("design_no_geometry", path=path.name)
    if in_rd(*raw.bounds().mean(axis=0)[:2]):
        raw.georeference = Georeference("rd_coordinates", 0.0, 0.0, 0.0, 0.0)
        raw.say("info", "design_rd_coordinates")
    else:
        raw.say("info", "design_no_georeference")
    return raw
