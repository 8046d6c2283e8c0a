"""CityJSON and CityJSONSeq as a design: buildings in RD + NAP, the best level of detail, installations with their role."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from ....errors import DesignError
from ...formats.cityjson import CityObject, documents, families, shape_of
from ...formats.rd_box import in_rd, is_rd
from ..bodies.pieces import PARTS_LIMIT
from ..bodies.raw import Georeference, RawDesign, RawPart
from ..bodies.repair import bodies, weld

LODS = ("3.3", "3.2", "3.1", "3.0", "3", "2.3", "2.2", "2.1", "2.0", "2", "1.3", "1.2", "1.1", "1.0", "1")
KINDS = ("Building", "BuildingPart", "OtherConstruction", "GenericCityObject")
ROLES = {
    "chimney": "chimney", "schoorsteen": "chimney", "1030": "chimney", "balcon": "balcony", "balkon": "balcony", "1000": "balcony",
    "antenn": "antenna", "luifel": "canopy", "canopy": "canopy", "stair": "stair", "trap": "stair", "1060": "stair",
}
"""Words and codes of CityGML's list "BuildingInstallation function"."""


def read_city(path: Path) -> RawDesign:
    """Read a CityJSON file; raises ``DesignError`` when it holds no usable building."""
    raw = RawDesign("CityJSON")
    crs = ""
    try:
        for item, vertices in documents(path.read_text(encoding="utf-8-sig")):
            crs = str((item.get("metadata") or {}).get("referenceSystem") or crs)
            for family in families(item, KINDS):
                shapes = [shape_of(fid, thing, item, vertices, LODS) for fid, thing in family]
                drawn = [shape for shape in shapes if shape.lod in LODS] or shapes
                raw.parts += [part for shape in drawn for part in _parts(shape)]
                if len(raw.parts) > PARTS_LIMIT:
                    raise DesignError("design_too_many_parts", path=path.name, most=PARTS_LIMIT)
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError, RecursionError) as reason:
        raise DesignError("design_truncated", path=path.name, details=str(reason)) from reason
    if not raw.parts:
        raise DesignError("design_no_geometry", path=path.name)
    if crs and not is_rd(crs):
        raw.say("warning", "design_other_crs", crs=crs[:80])
    elif in_rd(*raw.bounds().mean(axis=0)[:2]):
        raw.georeference = Georeference("rd_coordinates", 0.0, 0.0, 0.0, 0.0)
        raw.say("info", "design_rd_coordinates")
    else:
        raw.say("info", "design_no_georeference")
    return raw


def _parts(shape: CityObject) -> list[RawPart]:
    if not len(shape.triangles):
        return []
    vertices, faces = weld(shape.triangles.reshape(-1, 3), np.arange(3 * len(shape.triangles)).reshape(-1, 3))
    return bodies(RawPart(shape.fid, vertices, faces, _role(shape), shape.kind, shape.fid)) if len(faces) else []


def _role(shape: CityObject) -> str:
    """Return our word for what a city object is: of an installation by what it says of itself."""
    if not shape.kind.startswith("BuildingInstallation") and not shape.kind.startswith("BuildingConstructive"):
        return "building"
    said: Mapping[str, Any] = shape.attributes
    words = " ".join(str(said.get(key, "")) for key in ("function", "class", "usage", "name")).lower() + " " + shape.fid.lower()
    return next((role for word, role in ROLES.items() if word in words), "other")
