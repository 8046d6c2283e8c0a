"""Where an IFC says it stands: map conversion, property sets, or RD numbers in its own placement.

LoGeoRef levels of Clemen and Goerne (https://github.com/dd-bim/IfcGeoRef): 50 map conversion (IFC2x3: ePset), then RD in
the placement or points. RefLatitude is at best a rough hint: it is never used to place, only to show a contradiction.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Sequence
from typing import Any

from ..rd_box import in_rd
from .raw import Georeference, RawDesign

TOOL_DEFAULTS = {
    "Boston (Revit)": (42.3584, -71.0597), "Boston (Revit 2014)": (42.2130, -71.0330), "Chicago (Revit)": (41.8744, -87.6394),
    "Abu Dhabi": (24.4667, 54.3667), "Westminster": (51.4997, -0.1246), "Berlin": (52.5200, 13.4050), "San Francisco": (37.7950, -122.3940),
    "Amersfoort (ArchiCAD NL)": (52.1500, 5.3833),
}
"""RefLatitude/RefLongitude that programs write when nobody gave a place (designs.md of the project's research)."""
DEFAULT_NEAR_DEG = 0.003
CONTRADICTION_M = 25.0
HEIGHT_OFFSET_M = 0.01
SCALE_NEAR = 1e-3
RD_CODES = ("28992", "7415", "28991", "5709")


@functools.lru_cache(maxsize=1)
def _to_rd() -> Any:
    import pyproj  # only in the child process: two copies of PROJ in one QGIS end it

    return pyproj.Transformer.from_crs("EPSG:4326", "EPSG:28992", always_xy=True)


def georeference_of(model: Any, raw: RawDesign) -> Georeference | None:
    """Return the file's own georeference in metres, or None; what is odd about it goes to the import log."""
    values, crs, method = _conversion(model)
    middle = raw.bounds().mean(axis=0)
    found = _checked(values, crs, method, raw) if values else None
    if found and in_rd(*middle[:2]):
        raw.say("warning", "design_georeferenced_twice")
        found = Georeference("rd_coordinates", 0.0, 0.0, 0.0, 0.0)
    elif not found and in_rd(*middle[:2]):
        raw.say("info", "design_rd_coordinates")
        found = Georeference("rd_coordinates", 0.0, 0.0, 0.0, 0.0)
    if not found:
        raw.say("info", "design_no_georeference")
    _tell_scale(values, raw)
    _tell_latitude(model, found, raw)
    _tell_heights(model, raw)
    _tell_north(model, raw)
    return found


def _conversion(model: Any) -> tuple[dict[str, float], str, str]:
    """Return (values in metres by the file's map unit, CRS name, method)."""
    if model.schema != "IFC2X3":
        for conversion in model.by_type("IfcMapConversion"):
            target = conversion.TargetCRS
            factor = _map_unit(target)
            values = {k: float(getattr(conversion, k) or 0.0) * factor for k in ("Eastings", "Northings", "OrthogonalHeight")}
            values.update({k: float(getattr(conversion, k) or 0.0) for k in ("XAxisAbscissa", "XAxisOrdinate", "Scale")})
            return values, str(target.Name or "") if target else "", "map_conversion"
    sets = {s.Name: {p.Name: p.NominalValue.wrappedValue for p in s.HasProperties if getattr(p, "NominalValue", None)}
            for s in model.by_type("IfcPropertySet") if str(s.Name).lower().startswith("epset_")}
    lower = {str(name).lower(): values for name, values in sets.items()}
    values = lower.get("epset_mapconversion")
    if not values:
        return {}, "", ""
    crs = str(lower.get("epset_projectedcrs", {}).get("Name", ""))
    numbers = {key: float(value) for key, value in values.items() if isinstance(value, (int, float))}
    return {"Scale": 0.0, **numbers}, crs, "epset"


def _map_unit(crs: Any) -> float:
    unit = getattr(crs, "MapUnit", None) if crs else None
    prefix = {"MILLI": 0.001, "CENTI": 0.01, "KILO": 1000.0}.get(str(getattr(unit, "Prefix", "") or ""), 1.0)
    return prefix if unit is not None and unit.is_a("IfcSIUnit") else 1.0


def _checked(values: dict[str, float], crs: str, method: str, raw: RawDesign) -> Georeference | None:
    """Return the conversion in RD metres, undoing the known slips; None when it is another CRS or nowhere in RD."""
    if not is_rd(crs):
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
    ordinate, abscissa = values.get("XAxisOrdinate", 0.0), values.get("XAxisAbscissa", 0.0)
    rotation = math.degrees(math.atan2(ordinate, abscissa)) if ordinate or abscissa else 0.0
    return Georeference(method, e, n, h, rotation)


def is_rd(crs: str) -> bool:
    """Whether the name of a coordinate system is RD's (EPSG:28992, 7415, RD New), or says nothing (no number in it)."""
    codes = re.findall(r"\d+", crs)
    return not codes or any(code in RD_CODES for code in codes) or "rd new" in crs.lower()


def _tell_scale(values: dict[str, float], raw: RawDesign) -> None:
    """Scale must bridge project unit and map unit (or be 1, as many write it); it never scales the building here.

    Its meaning is disputed: https://github.com/buildingSMART/IFC4.x-development/issues/5
    """
    if not values:
        return
    scale, unit = values.get("Scale", 0.0), raw.unit_to_m
    if not scale and abs(unit - 1.0) > SCALE_NEAR:
        raw.say("warning", "design_map_scale_missing", unit=unit)
    elif scale and not any(abs(scale / usual - 1.0) <= SCALE_NEAR for usual in (1.0, unit)):
        raw.say("warning", "design_map_scale_odd", scale=scale)


def _tell_latitude(model: Any, found: Georeference | None, raw: RawDesign) -> None:
    for site in model.by_type("IfcSite"):
        latitude, longitude = degrees(site.RefLatitude), degrees(site.RefLongitude)
        if latitude is None or longitude is None or (latitude, longitude) == (0.0, 0.0):
            continue
        default = next((name for name, (a, b) in TOOL_DEFAULTS.items()
                        if abs(a - latitude) < DEFAULT_NEAR_DEG and abs(b - longitude) < DEFAULT_NEAR_DEG), "")
        if default:
            raw.say("info" if found else "warning", "design_latitude_default", place=default)
            continue
        x, y = _to_rd().transform(longitude, latitude)
        if found and found.method != "rd_coordinates" and in_rd(x, y):
            distance = math.hypot(x - found.easting_m, y - found.northing_m)
            if distance > CONTRADICTION_M:
                raw.say("warning", "design_latitude_differs", distance=round(distance, 1))
        elif found:
            raw.say("warning", "design_latitude_abroad", latitude=round(latitude, 3), longitude=round(longitude, 3))


def degrees(compound: Sequence[int] | None) -> float | None:
    """Return IfcCompoundPlaneAngleMeasure (degrees, minutes, seconds, millionths of a second) in degrees; None without one."""
    if not compound:
        return None
    numbers = [*map(float, compound), 0.0, 0.0, 0.0][:4]
    return numbers[0] + numbers[1] / 60 + numbers[2] / 3600 + numbers[3] / 3.6e9


def _tell_heights(model: Any, raw: RawDesign) -> None:
    """A height in the world coordinate system that the site's placement takes back is ambiguous: both readings are shown."""
    for context in model.by_type("IfcGeometricRepresentationContext", include_subtypes=False):
        location = getattr(getattr(context, "WorldCoordinateSystem", None), "Location", None)
        offset = location.Coordinates[2] * raw.unit_to_m if location and len(location.Coordinates) > 2 else 0.0
        if abs(offset) > HEIGHT_OFFSET_M:
            top = float(raw.bounds()[1, 2])
            raw.say("warning", "design_height_ambiguous", offset=round(offset, 3), low=round(top, 2), high=round(top + offset, 2))
            return


def _tell_north(model: Any, raw: RawDesign) -> None:
    for context in model.by_type("IfcGeometricRepresentationContext", include_subtypes=False):
        ratios = getattr(getattr(context, "TrueNorth", None), "DirectionRatios", None)
        if ratios and len(ratios) != 2:
            raw.say("info", "design_north_malformed")
            return
