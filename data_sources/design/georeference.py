"""Where an IFC says it stands: map conversion, property sets, or RD numbers in its own placement.

LoGeoRef levels of Clemen and Goerne (https://github.com/dd-bim/IfcGeoRef): 50 map conversion (IFC2x3: ePset), then RD in
the placement or points. RefLatitude is at best a rough hint and is never used to place.
"""

from __future__ import annotations

import math
from typing import Any

from ..vector_files import RD_EAST, RD_NORTH, RD_SOUTH, RD_WEST
from .raw import Georeference, RawDesign


def in_rd(x: float, y: float) -> bool:
    """Whether (x, y) lies in the box of the Dutch RD grid."""
    return RD_WEST < x < RD_EAST and RD_SOUTH < y < RD_NORTH


def georeference_of(model: Any, raw: RawDesign) -> Georeference | None:
    """Return the file's own georeference in metres, or None; what is odd about it goes to the import log."""
    values, crs, method = _conversion(model)
    bounds = raw.bounds()
    middle = bounds.mean(axis=0)
    if values:
        found = _checked(values, crs, method, raw)
        if found and in_rd(*middle[:2]):
            raw.say("warning", "design_georeferenced_twice")
            return Georeference("rd_coordinates", 0.0, 0.0, 0.0, 0.0)
        return found
    if in_rd(*middle[:2]):
        raw.say("info", "design_rd_coordinates")
        return Georeference("rd_coordinates", 0.0, 0.0, 0.0, 0.0)
    raw.say("warning", "design_no_georeference")
    return None


def _conversion(model: Any) -> tuple[dict[str, float], str, str]:
    """Return (values in the file's map unit, CRS name, method)."""
    if model.schema != "IFC2X3":
        for conversion in model.by_type("IfcMapConversion"):
            target = conversion.TargetCRS
            factor = _map_unit(target)
            values = {k: float(getattr(conversion, k) or 0.0) * factor for k in ("Eastings", "Northings", "OrthogonalHeight")}
            values.update({k: float(getattr(conversion, k) or 0.0) for k in ("XAxisAbscissa", "XAxisOrdinate")})
            return values, str(target.Name or "") if target else "", "map_conversion"
        return {}, "", ""
    sets = {s.Name: {p.Name: p.NominalValue.wrappedValue for p in s.HasProperties if getattr(p, "NominalValue", None)}
            for s in model.by_type("IfcPropertySet") if str(s.Name).lower().startswith("epset_")}
    lower = {str(name).lower(): values for name, values in sets.items()}
    values = lower.get("epset_mapconversion")
    if not values:
        return {}, "", ""
    crs = str(lower.get("epset_projectedcrs", {}).get("Name", ""))
    return {key: float(value) for key, value in values.items() if isinstance(value, (int, float))}, crs, "epset"


def _map_unit(crs: Any) -> float:
    unit = getattr(crs, "MapUnit", None) if crs else None
    prefix = {"MILLI": 0.001, "CENTI": 0.01}.get(str(getattr(unit, "Prefix", "") or ""), 1.0)
    return prefix if unit is not None and unit.is_a("IfcSIUnit") else 1.0


def _checked(values: dict[str, float], crs: str, method: str, raw: RawDesign) -> Georeference | None:
    """Return the conversion in RD metres, undoing the known slips; None when it is another CRS or nowhere in RD."""
    digits = "".join(ch for ch in crs if ch.isdigit())
    if crs and digits and not any(code in digits for code in ("28992", "7415")):
        raw.say("warning", "design_other_crs", crs=crs)
        return None
    e, n, h = (values.get(key, 0.0) for key in ("Eastings", "Northings", "OrthogonalHeight"))
    if not in_rd(e, n):
        if in_rd(e / 1000, n / 1000):
            e, n, h = e / 1000, n / 1000, h / 1000
            raw.say("warning", "design_map_in_mm")
        elif in_rd(n, e):
            e, n = n, e
            raw.say("warning", "design_map_swapped")
        else:
            raw.say("warning", "design_map_not_rd", x=e, y=n)
            return None
    rotation = math.degrees(math.atan2(values.get("XAxisOrdinate", 0.0), values.get("XAxisAbscissa", 0.0) or 0.0))
    if not values.get("XAxisOrdinate") and not values.get("XAxisAbscissa"):
        rotation = 0.0
    return Georeference(method, e, n, h, rotation)
