"""The map conversions of an IFC: from model zero to RD, by entity, rigid operation or property set, in the unit that the file means.

LoGeoRef 50 of Clemen and Goerne (https://github.com/dd-bim/IfcGeoRef). Known slips are undone and told: millimetres or project units that say
metres, east and north swapped, a unit that is named metre with another factor.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ...formats.rd_box import OTHER, UNKNOWN, crs_kind, in_rd, looks_like_degrees
from ..bodies.pieces import unit_named
from ..bodies.raw import Georeference, RawDesign

SCALE_NEAR = 1e-3
LOWEST_MM = 25.0
"""A height less than this beside coordinates in millimetres is taken as metres: nobody writes a ground level of some millimetres."""
SAME_M = 0.01
"""Two conversions of which the zeros lie nearer are one."""
PREFIXES = {"MILLI": 0.001, "CENTI": 0.01, "DECI": 0.1, "KILO": 1000.0}
PLACE = ("Eastings", "Northings", "OrthogonalHeight")
FACTORS = ("FactorX", "FactorY", "FactorZ")


@dataclass(frozen=True)
class Conversion:
    """A map conversion as the file has it: ``values`` by their names, lengths in map units of ``factor`` metres; ``scale`` None without one."""

    values: dict[str, float]
    factor: float
    crs: str
    method: str
    scale: float | None = None

    @property
    def place(self) -> tuple[float, float, float]:
        """East, north and height in the file's own numbers."""
        return tuple(self.values.get(name, 0.0) for name in PLACE)  # type: ignore[return-value]


def conversions(model: Any) -> list[Conversion]:
    """Return every conversion that a file holds."""
    return [*_entities(model), *_shifts(model), *_sets(model)]


def _entities(model: Any) -> Iterator[Conversion]:
    if model.schema == "IFC2X3":
        return
    for one in model.by_type("IfcMapConversion"):
        target = one.TargetCRS
        names = (*PLACE, "XAxisAbscissa", "XAxisOrdinate", *FACTORS)
        values = {name: float(value) for name in names if (value := getattr(one, name, None)) is not None}
        scale = None if one.Scale is None else float(one.Scale)
        yield Conversion(values, map_unit(target), str(target.Name or "") if target else "", "map_conversion", scale)


def _shifts(model: Any) -> Iterator[Conversion]:
    for one in model.by_type("IfcRigidOperation") if model.schema.startswith("IFC4X3") else ():  # moved, not turned
        target = one.TargetCRS
        given = (one.FirstCoordinate.wrappedValue, one.SecondCoordinate.wrappedValue, one.Height or 0.0)
        yield Conversion(dict(zip(PLACE, map(float, given))), map_unit(target), str(target.Name or "") if target else "", "rigid_operation", 1.0)


def _sets(model: Any) -> Iterator[Conversion]:
    """Yield the conversions of IFC2x3: property sets on site or project."""
    found = [s for s in model.by_type("IfcPropertySet") if str(s.Name).lower().startswith("epset_")]
    written = [(str(s.Name).lower(), {p.Name: p.NominalValue.wrappedValue for p in s.HasProperties if getattr(p, "NominalValue", None)}) for s in found]
    crs = next((values for name, values in written if name == "epset_projectedcrs"), {})
    factor = unit_named(str(crs.get("MapUnit", ""))) or 1.0
    for name, values in written:
        numbers = {key: number for key, value in values.items() if (number := _number(value)) is not None}
        if name == "epset_mapconversion" and numbers:
            yield Conversion(numbers, factor, str(crs.get("Name", "")), "epset", numbers.get("Scale"))


def _number(value: Any) -> float | None:
    """Return a property's value as a number, also where it was written as text with a decimal comma; None when it is none."""
    try:
        number = float(str(value).strip().replace(",", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def map_unit(crs: Any) -> float:
    """Return metres per map unit of a projected CRS: an SI unit, or one by conversion (feet); 1.0 where it names none."""
    unit = getattr(crs, "MapUnit", None) if crs else None
    if unit is None:
        return 1.0
    return converted(unit) if unit.is_a("IfcConversionBasedUnit") else _prefix(unit)


def converted(unit: Any) -> float:
    """Return metres per unit of an IfcConversionBasedUnit, by the factor that stands there."""
    factor = unit.ConversionFactor
    return float(factor.ValueComponent.wrappedValue) * _prefix(factor.UnitComponent)


def _prefix(unit: Any) -> float:
    return PREFIXES.get(str(getattr(unit, "Prefix", "") or ""), 1.0)


def conversion_of(found: Sequence[Conversion], raw: RawDesign) -> tuple[Georeference | None, Conversion | None]:
    """Return the place that the conversions give in RD, and which of them it is; what contradicts is told, None where none gives one."""
    placed = [(place, one) for one in found if (place := _checked(one, raw)) is not None]
    if not placed:
        return None, found[0] if found else None
    first, chosen = placed[0]
    apart = max((math.dist(_xyz(first), _xyz(other)) for other, _ in placed), default=0.0)
    if apart > SAME_M:
        raw.say("warning", "design_map_several", count=len(placed), distance=round(apart, 2))
    return first, chosen


def _xyz(place: Georeference) -> tuple[float, float, float]:
    return place.easting_m, place.northing_m, place.height_m


def _checked(found: Conversion, raw: RawDesign) -> Georeference | None:
    """Return the conversion in RD metres, undoing the known slips; None when it is another CRS or nowhere in RD."""
    kind = crs_kind(found.crs)
    east, north, _ = found.place
    if looks_like_degrees(east, north, 0.0):
        raw.say("warning", "design_map_degrees", x=east, y=north)
        return None
    if kind == OTHER:
        raw.say("warning", "design_other_crs", crs=found.crs)
        return None
    metres = _in_metres(found, raw)
    if metres is None:
        raw.say("warning", "design_map_not_rd", x=east * found.factor, y=north * found.factor)
        return None
    if kind == UNKNOWN:
        raw.say("warning", "design_crs_unknown", crs=found.crs[:80])
    if not kind:
        raw.say("info", "design_crs_unnamed")
    ordinate, abscissa = found.values.get("XAxisOrdinate"), found.values.get("XAxisAbscissa")
    if (ordinate, abscissa) == (0.0, 0.0):
        raw.say("warning", "design_map_axis_empty")
    turned = math.degrees(math.atan2(ordinate or 0.0, abscissa or 0.0)) if ordinate or abscissa else 0.0
    return Georeference(found.method, *metres, turned)


def _in_metres(found: Conversion, raw: RawDesign) -> tuple[float, float, float] | None:
    """Return east, north, height in metres: by the map unit, else as the unit that brings it in RD, else swapped; None where nothing does."""
    east, north, height = found.place
    for factor in dict.fromkeys((found.factor, 1.0, 0.001, raw.unit_to_m)):
        e, n = east * factor, north * factor
        if not in_rd(e, n):
            continue
        high = height * factor
        if factor == 0.001 and found.factor != factor:
            high = height * factor if abs(height) >= LOWEST_MM else height
            raw.say("warning", "design_map_in_mm", height=round(high, 3))
        elif factor != found.factor:
            raw.say("warning", "design_map_unit", unit=factor, stated=found.factor, height=round(high, 3))
        return e, n, high
    e, n = east * found.factor, north * found.factor
    if in_rd(n, e):
        raw.say("warning", "design_map_swapped")
        return n, e, height * found.factor
    return None


def tell_scale(found: Conversion | None, raw: RawDesign) -> None:
    """Scale must bridge project unit and map unit (or be 1, as many write it); it never scales the building here.

    Its meaning is disputed: https://github.com/buildingSMART/IFC4.x-development/issues/5
    """
    if found is None:
        return
    unit = raw.unit_to_m / found.factor
    if found.scale is None:
        if abs(unit - 1.0) > SCALE_NEAR:
            raw.say("warning", "design_map_scale_missing", unit=raw.unit_to_m)
    elif not any(abs(found.scale / usual - 1.0) <= SCALE_NEAR for usual in (1.0, unit, raw.unit_to_m)):
        raw.say("warning", "design_map_scale_odd", scale=found.scale)
    odd = [found.values[name] for name in FACTORS if abs(found.values.get(name, 1.0) - 1.0) > SCALE_NEAR]
    if odd:
        raw.say("warning", "design_map_scale_odd", scale=odd[0])
