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

from ...formats.rd_box import in_rd
from ..bodies.raw import Georeference, RawDesign
from .map_conversion import conversion_of, conversions, tell_scale

TOOL_DEFAULTS = {
    "Boston (Revit)": (42.3584, -71.0597), "Boston (Revit 2014)": (42.2130, -71.0330), "Chicago (Revit)": (41.8744, -87.6394),
    "Abu Dhabi": (24.4667, 54.3667), "Westminster": (51.4997, -0.1246), "Berlin": (52.5200, 13.4050), "San Francisco": (37.7950, -122.3940),
    "Amersfoort (ArchiCAD NL)": (52.1500, 5.3833),
}
"""RefLatitude/RefLongitude that programs write when nobody gave a place, as seen in exports."""
DEFAULT_NEAR_DEG = 0.003
CONTRADICTION_M = 25.0
OFFSET_M = 0.01
UPRIGHT = 1e-6
BY_MAP = ("map_conversion", "rigid_operation", "epset")
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
    found, chosen = conversion_of(conversions(model), raw)
    if in_rd(*raw.bounds().mean(axis=0)[:2]):
        raw.say("warning", "design_georeferenced_twice") if found else raw.say("info", "design_rd_coordinates")
        found = _from_site(model, raw) or Georeference("rd_coordinates", 0.0, 0.0, 0.0, 0.0)
    found = found or _world(model, raw)
    if not found:
        raw.say("info", "design_no_georeference")
    tell_scale(chosen, raw)
    _tell_latitude(model, found, raw)
    if not found or found.method != "world_coordinates":
        _tell_world(model, found, raw)
    if found and found.method in BY_MAP:
        _tell_site_height(model, found, raw)
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


def _tell_world(model: Any, found: Georeference | None, raw: RawDesign) -> None:
    """An offset of the world coordinate system is ambiguous: by the standard it lies between model zero and the place, many programs mean
    nothing by it. Both readings are shown, in height and in plan; so is a world system that is turned."""
    for context in model.by_type("IfcGeometricRepresentationContext", include_subtypes=False):
        system = getattr(context, "WorldCoordinateSystem", None)
        given = getattr(getattr(system, "Location", None), "Coordinates", None) or ()
        x, y, z = (*(float(v) * raw.unit_to_m for v in given), 0.0, 0.0, 0.0)[:3]
        if abs(z) > OFFSET_M:
            top = float(raw.bounds()[1, 2])
            raw.say("warning", "design_height_ambiguous", offset=round(z, 3), low=round(top, 2), high=round(top + z, 2))
        axis = getattr(getattr(system, "RefDirection", None), "DirectionRatios", None) or (1.0, 0.0)
        turned = math.degrees(math.atan2(axis[1], axis[0]))
        if found is not None and (math.hypot(x, y) > OFFSET_M or abs(turned) > NORTH_NEAR_DEG):
            there = math.radians(found.rotation_deg)
            east, north = x * math.cos(there) - y * math.sin(there), x * math.sin(there) + y * math.cos(there)
            raw.say(
                "warning", "design_world_offset", distance=round(math.hypot(x, y), 2), turned=round(turned, 1), x=round(found.easting_m, 2),
                y=round(found.northing_m, 2), other_x=round(found.easting_m - east, 2), other_y=round(found.northing_m - north, 2),
            )
        if abs(z) > OFFSET_M or math.hypot(x, y) > OFFSET_M:
            return


def _tell_site_height(model: Any, found: Georeference, raw: RawDesign) -> None:
    """The height of the map conversion comes on top of that of the site's placement: where RefElevation says another sum, or both are the
    same number, the height may have been given twice. Both readings are shown (m NAP of the site's zero)."""
    for site in model.by_type("IfcSite"):
        own = 0.0
        if site.ObjectPlacement is not None:
            own = float(ifcopenshell.util.placement.get_local_placement(site.ObjectPlacement)[2, 3]) * raw.unit_to_m
        told = float(site.RefElevation or 0.0) * raw.unit_to_m
        strict = found.height_m + own
        other = told if abs(told) > OFFSET_M else found.height_m if abs(own) > OFFSET_M and abs(own - found.height_m) <= OFFSET_M else strict
        if abs(strict - other) > OFFSET_M:
            raw.say("warning", "design_height_twice", used=round(strict, 3), other=round(other, 3), site=round(own, 3), map=round(found.height_m, 3))
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
        elif found.method in BY_MAP and abs((turned - found.rotation_deg + 180) % 360 - 180) > NORTH_APART_DEG:
            raw.say("warning", "design_north_differs", turned=round(turned, 1), used=round(found.rotation_deg, 1))
        return
