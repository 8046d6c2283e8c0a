"""CityJSON and CityJSONSeq as a design: buildings in RD + NAP, the best level of detail, installations with their role."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from ....errors import DesignError
from ....model import PART_ROLES
from ...formats.cityjson import CityObject, documents, families, shape_of
from ...formats.rd_box import OTHER, UNKNOWN, crs_kind, in_rd
from ..bodies.pieces import PARTS_LIMIT, tell_spacing
from ..bodies.raw import NO_ROLE, Georeference, RawDesign, RawPart
from ..bodies.repair import bodies, is_closed, weld
from ..bodies.role_words import ROLE_OF_STATUS, role_named

VERSIONS = ("1.0", "1.1", "2.0")
BUILT = ("Building", "BuildingInstallation", "BuildingConstructiveElement", "BuildingFurniture", "BuildingStorey", "BuildingRoom", "BuildingUnit",
         "OtherConstruction", "GenericCityObject", "CityObjectGroup")
REGISTERED = "NL.IMBAG.Pand."
"""3DBAG's objects are the buildings of the register."""
LODS = ("3.3", "3.2", "3.1", "3.0", "3", "2.3", "2.2", "2.1", "2.0", "2", "1.3", "1.2", "1.1", "1.0", "1")
CLASSES = {
    "vegetation": ("SolitaryVegetationObject", "PlantCover"), "context": ("CityFurniture", "Bridge", "Tunnel"),
    "terrain": ("TINRelief", "LandUse", "WaterBody", "Waterway", "Road", "Railway", "Square", "TransportSquare"),
}
"""Role: classes of city objects that propose it; what no list has, and what belongs to no building, is asked by its shape."""
NEAR_M = 250.0
"""What stands further from all buildings of the file is of another place: the deepest plots of the country are some 200 m."""
KINDS = ("Building", "BuildingPart", "OtherConstruction", "GenericCityObject")
ROLES = {
    "chimney": "chimney", "schoorsteen": "chimney", "1030": "chimney", "balcon": "balcony", "balkon": "balcony", "1000": "balcony",
    "antenn": "antenna", "luifel": "canopy", "canopy": "canopy", "stair": "stair", "trap": "stair", "1060": "stair",
}
"""Words and codes of CityGML's list "BuildingInstallation function"."""


def read_city(path: Path) -> RawDesign:
    """Read a CityJSON file; raises ``DesignError`` when it holds no usable building."""
    raw = RawDesign("CityJSON")
    crs, version, beside = "", "", list[tuple[CityObject, Mapping[str, Any]]]()
    try:
        for item, vertices in documents(path.read_text(encoding="utf-8-sig")):
            version = str(item.get("version") or "") or version
            crs = str((item.get("metadata") or {}).get("referenceSystem") or crs)
            raw.spacing_m = np.maximum(raw.spacing_m, np.abs((item.get("transform") or {}).get("scale", 0.0)))
            read = set[str]()
            for family in families(item, KINDS):
                read.update(fid for fid, _ in family)
                shapes = [shape_of(fid, thing, item, vertices, LODS) for fid, thing in family]
                drawn = [shape for shape in shapes if shape.lod in LODS] or shapes
                raw.parts += [part for shape in drawn for part in _parts(shape, *family[0])]
                _limited(raw.parts, path)
            beside += [(shape_of(fid, thing, item, vertices, LODS), thing) for fid, thing in (item.get("CityObjects") or {}).items() if fid not in read]
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError, RecursionError) as reason:
        raise DesignError("design_truncated", path=path.name, details=str(reason)) from reason
    if not raw.parts:
        raise DesignError("design_no_geometry", path=path.name)
    _add_others(raw, beside)
    _limited(raw.parts, path)
    tell_spacing(raw)
    if version and not version.startswith(VERSIONS):
        raw.say("warning", "design_version_unknown", kind="CityJSON", version=version[:20], known=", ".join(VERSIONS))
    kind, inside = crs_kind(crs), in_rd(*raw.bounds().mean(axis=0)[:2])
    if kind == OTHER:
        raw.say("warning", "design_other_crs", crs=crs[:80])
    elif inside:
        raw.georeference = Georeference("rd_coordinates", 0.0, 0.0, 0.0, 0.0)
        raw.say("info", "design_rd_coordinates")
        if kind == UNKNOWN:
            raw.say("warning", "design_crs_unknown", crs=crs[:80])
    else:
        raw.say("info", "design_no_georeference")
    return raw


def _limited(parts: list[RawPart], path: Path) -> None:
    if len(parts) > PARTS_LIMIT:
        raise DesignError("design_too_many_parts", path=path.name, most=PARTS_LIMIT)


def _add_others(raw: RawDesign, beside: Sequence[tuple[CityObject, Mapping[str, Any]]]) -> None:
    """Add the bodies of city objects that are no building, with the role that their class proposes; say which are left out: the ground as a surface,
    what stands far away, and what has no shape."""
    low, high = raw.bounds()[:, :2]
    left_out = Counter[str]()
    for shape, thing in beside:
        xy = shape.triangles.reshape(-1, 3)[:, :2]
        near = len(xy) > 0 and bool((np.maximum(low - xy.max(axis=0), xy.min(axis=0) - high) <= NEAR_M).all())
        parts = [part for part in (_parts(shape, shape.fid, thing) if near else ()) if part.role[0] != "terrain" or is_closed(part.faces)]
        if shape.kind.removesuffix("Part") not in BUILT:
            parts = [replace(part, kind="other") for part in parts]
        raw.parts += parts
        if not parts and shape.kind != "CityObjectGroup":
            left_out[shape.kind] += 1
    if left_out:
        raw.say("info", "design_left_out", classes=", ".join(f"{kind} {count}" for kind, count in left_out.most_common(5)))


def _parts(shape: CityObject, whole: str, thing: Mapping[str, Any]) -> list[RawPart]:
    """Return the bodies of a city object; ``whole`` is the top-level object that it belongs to, ``thing`` what the file says of that."""
    if not len(shape.triangles):
        return []
    vertices, faces = weld(shape.triangles.reshape(-1, 3), np.arange(3 * len(shape.triangles)).reshape(-1, 3))
    part = RawPart(shape.fid, vertices, faces, _kind(shape), shape.kind, shape.fid, object=whole, role=_role(whole, thing))
    return bodies(part) if len(faces) else []


def _role(fid: str, thing: Mapping[str, Any]) -> tuple[str, str, dict[str, Any]]:
    """Return the role that the file gives an object: said outright, a registered building by its number, else by its class or its name."""
    said, cls = thing.get("attributes") or {}, str(thing.get("type"))
    for key in ("role", "rol", "status", "bouwstatus"):
        given = str(said.get(key) or "").strip()
        word = given.lower() if given.lower() in PART_ROLES else ROLE_OF_STATUS.get(given.lower(), "")
        if word:
            return word, "part_role_said", {"said": given}
    if fid.startswith(REGISTERED):
        return "existing", "part_role_register", {"name": fid}
    by_class = next((word for word, classes in CLASSES.items() if cls.removesuffix("Part") in classes), "")
    if by_class:
        return by_class, "part_role_class", {"cls": cls}
    name = f"{fid} {said.get('name') or said.get('naam') or ''}".strip()
    word = role_named(name)
    return (word, "part_role_name", {"name": name}) if word else NO_ROLE


def _kind(shape: CityObject) -> str:
    """Return our word for what a city object is: of an installation by what it says of itself."""
    if not shape.kind.startswith("BuildingInstallation") and not shape.kind.startswith("BuildingConstructive"):
        return "building"
    said: Mapping[str, Any] = shape.attributes
    words = " ".join(str(said.get(key, "")) for key in ("function", "class", "usage", "name")).lower() + " " + shape.fid.lower()
    return next((role for word, role in ROLES.items() if word in words), "other")
