"""IFC: every product with its role, levels, and where the file says it stands.

Geometry by IfcOpenShell's iterator: the kernel ``cgal-simple`` first (some seven times faster), ``opencascade`` for the
products that it leaves empty, and what is then still empty is reported by GlobalId.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Literal

import ifcopenshell
import ifcopenshell.geom
import ifcopenshell.util.placement
import ifcopenshell.util.unit
import numpy as np

from ....errors import DesignError
from ..bodies.raw import RawDesign, RawPart
from .georeference import georeference_of

Kernel = Literal["cgal-simple", "opencascade"]
NOT_BUILDING = (
    "IfcSite", "IfcSpace", "IfcOpeningElement", "IfcAnnotation", "IfcVirtualElement", "IfcGrid", "IfcSpatialZone",
    "IfcBuilding", "IfcBuildingStorey", "IfcExternalSpatialElement", "IfcGeographicElement",
)
KINDS = {
    "IfcWall": "wall", "IfcCurtainWall": "wall", "IfcPlate": "wall", "IfcRoof": "roof", "IfcSlab": "slab", "IfcWindow": "window",
    "IfcDoor": "door", "IfcChimney": "chimney", "IfcStair": "stair", "IfcRamp": "stair", "IfcRailing": "railing", "IfcBeam": "beam",
    "IfcColumn": "beam", "IfcMember": "member", "IfcCovering": "covering", "IfcFurnishing": "furnishing", "IfcFurniture": "furnishing",
    "IfcFlow": "installation", "IfcDistribution": "installation", "IfcEnergyConversion": "installation", "IfcShadingDevice": "canopy",
}
WORDS = {
    "schoorsteen": "chimney", "chimney": "chimney", "antenne": "antenna", "antenna": "antenna", "balkon": "balcony", "balcony": "balcony",
    "luifel": "canopy", "canopy": "canopy", "installatie": "installation",
}
ENTITY = re.compile(r"^#\d+ *=", re.MULTILINE)
COMMENT_MARK = re.compile(r"\*?/\*|\*/")
TAIL = 4096
STEP, UTF16 = b"ISO-10303-21", (b"\xff\xfe", b"\xfe\xff")
Report = Callable[[float], None]


def read_ifc(path: Path, report: Report) -> RawDesign:
    """Read an IFC file (2x3, 4, 4x3) in metres; raises ``DesignError`` when it cannot be used."""
    model, mended = opened(path)
    raw = RawDesign(model.schema)
    if mended:
        raw.say("warning", "design_ifc_comment_mended")
    if not _ended(path):
        raw.say("warning", "design_ifc_no_end")
    raw.unit_to_m = _unit(model, raw)
    expected = {p.GlobalId: p for p in model.by_type("IfcProduct") if is_building(p)}
    _shapes(model, list(expected.values()), "cgal-simple", raw, report)
    lacking = [product for guid, product in expected.items() if guid not in {part.fid for part in raw.parts}]
    if lacking:
        _shapes(model, lacking, "opencascade", raw, report)
        drawn = {part.fid for part in raw.parts}
        left = [p for p in lacking if p.GlobalId not in drawn and not getattr(p, "IsDecomposedBy", ())]
        if left:
            raw.say("warning", "design_ifc_no_shape", count=len(left), ids=", ".join(p.GlobalId for p in left[:5]))
    if not raw.parts:
        raise DesignError("design_no_geometry", path=path.name)
    raw.levels = sorted(_levels(model, raw.unit_to_m), key=lambda level: level[1])
    raw.georeference = georeference_of(model, raw)
    return raw


def opened(path: Path) -> tuple[Any, bool]:
    """Return the model, and whether a comment that never ends had to be taken out (a parser loses all that follows it)."""
    try:
        data = path.read_bytes()
        text = data.decode("utf-16" if data[:2] in UTF16 else "latin-1")
        if data.startswith(STEP):
            model = ifcopenshell.open(str(path), format=".ifc")
        else:  # a byte order mark or a comment goes before: the parser does not know those
            model = ifcopenshell.file.from_string(text[max(0, text.find(STEP.decode())) :])
        if not hasattr(model, "by_type"):
            raise DesignError("design_ifc_unreadable", path=path.name)
        if "/*" in text and sum(1 for _ in model) < 0.5 * len(ENTITY.findall(text)):
            return ifcopenshell.file.from_string(COMMENT_MARK.sub(" ", text)), True
        return model, False
    except DesignError:
        raise
    except Exception as reason:  # IfcOpenShell raises several classes for one cause: the file is no usable IFC
        raise DesignError("design_ifc_unreadable", path=path.name, details=str(reason)) from reason


def _ended(path: Path) -> bool:
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - TAIL))
        return b"END-ISO-10303-21" in stream.read().replace(b"\0", b"")


def _unit(model: Any, raw: RawDesign) -> float:
    assigned = [project.UnitsInContext for project in model.by_type("IfcProject") if project.UnitsInContext]
    if not any(getattr(unit, "UnitType", "") == "LENGTHUNIT" for units in assigned for unit in units.Units):
        raw.say("warning", "design_ifc_no_units")
        return 1.0
    return float(ifcopenshell.util.unit.calculate_unit_scale(model))


def is_building(product: Any) -> bool:
    """Whether a product has a shape that is part of the building (no site, space, opening or annotation)."""
    return product.Representation is not None and product.is_a() not in NOT_BUILDING


def _shapes(model: Any, products: Iterable[Any], kernel: Kernel, raw: RawDesign, report: Report) -> None:
    """Add a part for every product that the kernel gives triangles for."""
    products = list(products)
    if not products:
        return
    settings = ifcopenshell.geom.settings()
    settings.set("use-world-coords", True)
    settings.set("weld-vertices", True)
    settings.set("no-normals", True)
    iterator = ifcopenshell.geom.iterator(settings, model, 1, include=products, geometry_library=kernel)
    if not iterator.initialize():
        return
    done = 0
    while True:
        shape = iterator.get()
        faces = np.asarray(shape.geometry.faces, dtype=np.int64).reshape(-1, 3)
        if len(faces):
            vertices = np.asarray(shape.geometry.verts, dtype=np.float64).reshape(-1, 3)
            product = model.by_id(shape.id)
            raw.parts.append(RawPart(product.GlobalId, vertices, faces, kind_of(product), product.is_a(), product.Name or ""))
        done += 1
        report(done / len(products))
        if not iterator.next():
            return


def kind_of(product: Any) -> str:
    """Return our word for the role of an IFC product: by its class, its predefined type, else by its name."""
    name = (product.Name or "").lower()
    predefined = str(getattr(product, "PredefinedType", "") or "")
    if product.is_a("IfcSlab") and predefined == "ROOF":
        return "roof"
    named = next((kind for word, kind in WORDS.items() if word in name), "")
    if named:
        return named
    cls = product.is_a()
    return next((kind for prefix, kind in KINDS.items() if cls.startswith(prefix)), "other")


def _levels(model: Any, unit_to_m: float) -> list[tuple[str, float]]:
    """Return (name, z in the model's metres) of every storey: where it is placed; by its elevation above the building's own zero where
    the placements say nothing of it (all the same, or none)."""
    storeys = model.by_type("IfcBuildingStorey")
    placed = [_height(storey, unit_to_m) for storey in storeys]
    if len(storeys) > 1 and len(set(placed)) == 1 and len({storey.Elevation for storey in storeys}) > 1:
        base = next((_height(building, unit_to_m) for building in model.by_type("IfcBuilding")), 0.0) or 0.0
        placed = [None if storey.Elevation is None else base + float(storey.Elevation) * unit_to_m for storey in storeys]
    return [(storey.Name or "", z) for storey, z in zip(storeys, placed) if z is not None and math.isfinite(z)]


def _height(product: Any, unit_to_m: float) -> float | None:
    """Return the z (m) at which a product is placed; of one without a placement its elevation, None without either."""
    if product.ObjectPlacement is not None:
        return round(float(ifcopenshell.util.placement.get_local_placement(product.ObjectPlacement)[2, 3]) * unit_to_m, 6)
    elevation = getattr(product, "Elevation", None)
    return None if elevation is None else float(elevation) * unit_to_m
