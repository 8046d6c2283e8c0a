"""IFC: every product with its role, levels, and where the file says it stands.

Geometry by IfcOpenShell's iterator: the kernel ``cgal-simple`` first (some seven times faster), ``opencascade`` for the
products that it leaves empty, and what is then still empty is reported by GlobalId. A shape that many products share is made once.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import ifcopenshell
import ifcopenshell.geom
import ifcopenshell.util.placement
import ifcopenshell.util.unit
import numpy as np

from ....errors import DesignError
from ....model.arrays import Floats, Ints
from ..bodies.pieces import unit_named
from ..bodies.raw import RawDesign, RawPart
from .georeference import georeference_of
from .ifc_words import FileWords, drawn_instead, is_building, is_flat, is_no_matter, kind_of, left_out, shaped_classes
from .map_conversion import converted

Kernel = Literal["cgal-simple", "opencascade"]
KERNELS: tuple[Kernel, ...] = ("cgal-simple", "opencascade")
ENTITY = re.compile(r"^#\d+ *=", re.MULTILINE)
COMMENT_MARK = re.compile(r"\*?/\*|\*/")
TAIL = 4096
UNIT_NEAR = 1e-3
"""A foot is 0.3048 m, by some surveys 0.3048006 m."""
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
    _draw(model, raw, report)
    if not raw.parts:
        classes = shaped_classes(model)
        raise DesignError("design_ifc_only", path=path.name, classes=classes) if classes else DesignError("design_no_geometry", path=path.name)
    around = left_out(model, {part.fid for part in raw.parts})
    if around:
        raw.say("info", "design_left_out", classes=around)
    words = FileWords(model)
    for part in raw.parts:
        part.object, part.role = words.of(model.by_guid(part.fid))
    raw.levels = sorted(_levels(model, raw.unit_to_m), key=lambda level: level[1])
    raw.georeference = georeference_of(model, raw)
    return raw


def _draw(model: Any, raw: RawDesign, report: Report) -> None:
    """Add the parts: of the elements; of what stands for the building where no element has a shape."""
    expected = {p.GlobalId: p for p in model.by_type("IfcProduct") if is_building(p)}
    _drawn(model, expected, raw, report)
    if not raw.parts:
        instead = {p.GlobalId: p for p in drawn_instead(model)}
        _drawn(model, instead, raw, report)
        for part in raw.parts:
            part.kind = "building"
        if raw.parts:
            rooms = raw.parts[0].source_class == "IfcSpace"
            raw.say("warning", "design_ifc_rooms" if rooms else "design_ifc_instead", count=len(raw.parts), cls=raw.parts[0].source_class)


def _drawn(model: Any, expected: Mapping[str, Any], raw: RawDesign, report: Report) -> None:
    """Add the parts of products, by one kernel and then the other, from the model's contexts and then from others that hold bodies."""
    for kernel in KERNELS:
        _shapes(model, _left(expected, raw), kernel, raw, report)
    left = _left(expected, raw)
    contexts = _other_contexts(model, left)
    if contexts:
        before = len(raw.parts)
        for kernel in KERNELS:
            _shapes(model, _left(expected, raw), kernel, raw, report, contexts)
        if len(raw.parts) > before:
            raw.say("warning", "design_ifc_other_context", count=len(raw.parts) - before, kind=str(model.by_id(contexts[0]).ContextType or "-"))
    left = [product for product in _left(expected, raw) if not getattr(product, "IsDecomposedBy", ())]
    if left and raw.parts:
        raw.say("warning", "design_ifc_no_shape", count=len(left), ids=", ".join(product.GlobalId for product in left[:5]))


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
    unit = float(ifcopenshell.util.unit.calculate_unit_scale(model))
    if not (math.isfinite(unit) and unit > 0):
        raw.say("warning", "design_unit_none", stated=str(unit))
        return 1.0
    for named in (one for units in assigned for one in units.Units if one.is_a("IfcConversionBasedUnit") and one.UnitType == "LENGTHUNIT"):
        known = unit_named(str(named.Name or ""))
        if known and abs(converted(named) / known - 1.0) > UNIT_NEAR:
            raw.say("warning", "design_unit_lies", name=str(named.Name), stated=converted(named), usual=known, used=unit)
    return unit


def _shapes(model: Any, products: Iterable[Any], kernel: Kernel, raw: RawDesign, report: Report, contexts: Sequence[int] = ()) -> None:
    """Add a part for every product that the kernel gives triangles for; a shape that products share is made once.

    ``contexts``: the representation contexts to read (ids), where those of the model do not hold the bodies.
    """
    products = list(products)
    if not products:
        return
    settings = ifcopenshell.geom.settings()
    settings.set("weld-vertices", True)
    settings.set("no-normals", True)
    if contexts:
        settings.set("context-ids", list(contexts))
    iterator = ifcopenshell.geom.iterator(settings, model, 1, include=products, geometry_library=kernel)
    if not iterator.initialize():
        return
    done = free = 0
    meshes: dict[str, tuple[Floats, Ints]] = {}
    while True:
        shape = iterator.get()
        key = shape.geometry.id
        if key not in meshes:
            faces = np.asarray(shape.geometry.faces, dtype=np.int64).reshape(-1, 3)
            meshes[key] = (np.asarray(shape.geometry.verts, dtype=np.float64).reshape(-1, 3), faces)
        vertices, faces = meshes[key]
        matter = not is_no_matter(model.by_id(int(key.split("-")[0])))
        if len(faces) and matter:
            product = model.by_id(shape.id)
            placed = np.asarray(shape.transformation.matrix, dtype=np.float64).reshape(4, 4)  # columns are rows here
            raw.parts.append(RawPart(product.GlobalId, vertices @ placed[:3, :3] + placed[3, :3], faces, kind_of(product), product.is_a(), product.Name or ""))
        done, free = done + 1, free + (not matter)
        report(done / len(products))
        if not iterator.next():
            break
    if free:
        raw.say("info", "design_ifc_free_room", count=free)


def _left(products: Mapping[str, Any], raw: RawDesign) -> list[Any]:
    """Return the products that have no part yet."""
    drawn = {part.fid for part in raw.parts}
    return [product for guid, product in products.items() if guid not in drawn]


def _other_contexts(model: Any, products: Iterable[Any]) -> list[int]:
    """Return the contexts (ids) other than the model's that hold bodies of products: a program put them in its plan."""
    found: dict[int, str] = {}
    for product in products:
        for shape in product.Representation.Representations:
            context = shape.ContextOfItems
            if context is not None and not is_flat(shape):
                whole = getattr(context, "ParentContext", None) or context
                found[context.id()] = str(whole.ContextType or "")
    return [number for number, kind in found.items() if kind.lower() != "model"]


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
