"""Where an IFC says it stands: map conversion, property sets, or RD numbers in its own placement.

LoGeoRef levels of Clemen and Goerne (https://github.com/dd-bim/IfcGeoRef): 50 map conversion (IFC2x3: ePset), then RD in
the placement or points. RefLatitude is at best a rough hint: it is never used to place, only to show a contradiction.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from typing import Any

import ifcopenshell.util.placement
import numpy as np

from ...formats.rd_box import in_rd, is_rd
from ..bodies.raw import Georeference, RawDesign

TOOL_DEFAULTS = {
    "Boston (Revit)": (42.3584, -71.0597), "Boston (Revit 2014)": (42.2130, -71.0330), "Chicago (Revit)": (41.8744, -87.6394),
    "Abu Dhabi": (24.4667, 54.3667), "Westminster": (51.4997, -0.1246), "Berlin": (52.5200, 13.4050), "San Francisco": (37.7950, -122.3940),
    "Amersfoort (ArchiCAD NL)": (52.1500, 5.3833),
}
"""RefLatitude/RefLongitude that programs write when nobody gave a place, as seen in exports."""
DEFAULT_NEAR_DEG = 0.003
CONTRADICTION_M = 25.0
HEIGHT_OFFSET_M = 0.01
SCALE_NEAR = 1e-3
UPRIGHT = 1e-6
LOWEST_MM = 25.0
"""A height less than this beside coordinates in millimetres is taken as metres: nobody writes a ground level of some millimetres."""
NORTH_NEAR_DEG, NORTH_APART_DEG = 0.01, 3.0
"""North at +y is a program's default; true and grid north lie less than 2 degrees apart in the Netherlands."""


@functools.lru_cache(maxsize=1)
def _to_rd() -> Any:
    import pyproj  # only in the child process: two copies of PROJ in one QGIS end it

    return pyproj.Transformer.from_crs("EPSG:4326", "EPSG:28992", always_xy=True)


def georeference_of(model: Any, raw: RawDesign) -> Georeference | None:
    """Return the file's own georeference in metres, or None; what is odd about it goes to the import log.

    RD numbers in the placement of the site are taken out of ``raw`` (parts and levels): what is left is the model in its own metres.
    """
    values, crs, method = _conversion(model)
    found = _checked(values, crs, method, raw) if values else None
    if in_rd(*raw.bounds().mean(axis=0)[:2]):
        raw.say("warning", "design_georeferenced_twice") if found else raw.say("info", "design_rd_coordinates")
        found = _from_site(model, raw) or Georeference("rd_coordinates", 0.0, 0.0, 0.0, 0.0)
    found = found or _world(model, raw)
    if not found:
        raw.say("info", "design_no_georeference")
    _tell_scale(values, raw)
    _tell_latitude(model, found, raw)
    if not found or found.method != "world_coordinates":
        _tell_heights(model, raw)
    _tell_north(model, found, raw)
    return found


def _from_site(model: Any, raw: RawDesign) -> Georeference | None:
    """Return the RD place of the site where that holds it (LoGeoRef 30), and bring the parts back to the site's own axes."""
    for site in model.by_type("IfcSite"):
        if site.ObjectPlacement is None:
            continue
        matrix = np.asarray(ifcopenshell.util.placement.get_local_placement(site.ObjectPlacement), dtype=np.float64)
        east, north, height = matrix[:3, 3] * raw.unit_to_m
        if not in_rd(east, north) or abs(matrix[2, 2] - 1.0) > UPRIGHT:
            continue
        turn = matrix[:3, :3]
        for part in raw.parts:
            part.vertices = (part.vertices - (east, north, height)) @ turn
        raw.levels = [(name, z - float(height)) for name, z in raw.levels]
        return Georeference("site_placement", float(east), float(north), float(height), math.degrees(math.atan2(turn[1, 0], turn[0, 0])))
    return None


def _world(model: Any, raw: RawDesign) -> Georeference | None:
    """Return the place of the context's world coordinate system where that lies in RD (LoGeoRef 40)."""
    for context in model.by_type("IfcGeometricRepresentationContext", include_subtypes=False):
        system = getattr(context, "WorldCoordinateSystem", None)
        place = [float(v) * raw.unit_to_m for v in getattr(getattr(system, "Location", None), "Coordinates", None) or ()]
        if len(place) != 3 or not in_rd(place[0], place[1]):
            continue
        axis = getattr(getattr(system, "RefDirection", None), "DirectionRatios", None) or (1.0, 0.0, 0.0)
        raw.say("warning", "design_world_coordinates")
        return Georeference("world_coordinates", place[0], place[1], place[2], math.degrees(math.atan2(axis[1], axis[0])))
    return None


def _conversion(model: Any) -> tuple[dict[str, float], str, str]:
    """Return (values in metres by the file's map unit, CRS name, method)."""
    if model.schema != "IFC2X3":
        for conversion in model.by_type("IfcMapConversion"):
            target = conversion.TargetCRS
            factor = _map_unit(target)
            values = {k: float(getattr(conversion, k) or 0.0) * factor for k in ("Eastings", "Northings", "OrthogonalHeight")}
            values.update({k: float(getattr(conversion, k)) for k in ("XAxisAbscissa", "XAxisOrdinate", "Scale") if getattr(conversion, k) is not None})
            return values, str(target.Name or "") if target else "", "map_conversion"
    if model.schema.startswith("IFC4X3"):
        for shift in model.by_type("IfcRigidOperation"):  # IFC 4.3: moved, not turned
            target, factor = shift.TargetCRS, _map_unit(shift.TargetCRS)
            given = (shift.FirstCoordinate.wrappedValue, shift.SecondCoordinate.wrappedValue, shift.Height or 0.0)
            values = dict(zip(("Eastings", "Northings", "OrthogonalHeight"), (float(v) * factor for v in given)))
            return {**values, "Scale": 1.0}, str(target.Name or "") if target else "", "rigid_operation"
    sets = {s.Name: {p.Name: p.NominalValue.wrappedValue for p in s.HasProperties if getattr(p, "NominalValue", None)}
            for s in model.by_type("IfcPropertySet") if str(s.Name).lower().startswith("epset_")}
    lower = {str(name).lower(): values for name, values in sets.items()}
    written = lower.get("epset_mapconversion")
    if not written:
        return {}, "", ""
    crs = str(lower.get("epset_projectedcrs", {}).get("Name", ""))
    return {key: number for key, value in written.items() if (number := _number(value)) is not None}, crs, "epset"


def _number(value: Any) -> float | None:
    """Return a property's value as a number, also where it was written as text with a decimal comma; None when it is none."""
    try:
        number = float(str(value).strip().replace(",", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


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
            e, n = e / 1000, n / 1000
            h = h / 1000 if abs(h) >= LOWEST_MM else h
            raw.say("warning", "design_map_in_mm", height=round(h, 3))
        elif in_rd(n, e):
            e, n = n, e
            raw.say("warning", "design_map_swapped")
        else:
            raw.say("warning", "design_map_not_rd", x=e, y=n)
            return None
    if (values.get("XAxisOrdinate"), values.get("XAxisAbscissa")) == (0.0, 0.0):
        raw.say("warning", "design_map_axis_empty")
    ordinate, abscissa = values.get("XAxisOrdinate", 0.0), values.get("XAxisAbscissa", 0.0)
    rotation = math.degrees(math.atan2(ordinate, abscissa)) if ordinate or abscissa else 0.0
    return Georeference(method, e, n, h, rotation)


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
        elif found and not in_rd(x, y):
            raw.say("warning", "design_latitude_abroad", latitude=round(latitude, 3), longitude=round(longitude, 3))
        elif not found and in_rd(x, y):
            raw.say("info", "design_latitude_hint", x=round(x), y=round(y))


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


def _tell_north(model: Any, found: Georeference | None, raw: RawDesign) -> None:
    """Tell where the file says north is, where that is all there is, or where it contradicts the map conversion."""
    for context in model.by_type("IfcGeometricRepresentationContext", include_subtypes=False):
        ratios = getattr(getattr(context, "TrueNorth", None), "DirectionRatios", None)
        if not ratios:
            continue
        if len(ratios) != 2 or not any(ratios):
            raw.say("info", "design_north_malformed")
            return
        turned = math.degrees(math.atan2(ratios[0], ratios[1]))
        if abs(turned) < NORTH_NEAR_DEG:
            return
        if not found:
            raw.say("info", "design_north_given", turned=round(turned, 1))
        elif found.method in ("map_conversion", "epset") and abs((turned - found.rotation_deg + 180) % 360 - 180) > NORTH_APART_DEG:
            raw.say("warning", "design_north_differs", turned=round(turned, 1), used=round(found.rotation_deg, 1))
        return
