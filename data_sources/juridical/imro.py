"""Zoning plans as IMRO GML (2012, and 2008's wrappers): every plan object with its values, none lost.

Standard: IMRO2012 / SVBP2012 (Geonovum, https://docs.geostandaarden.nl/ro/). Government data, open.
"""

from __future__ import annotations

import re
from pathlib import Path

import shapely
from lxml import etree
from osgeo import ogr
from shapely.geometry.base import BaseGeometry

from ...errors import SourceError
from ...model import Note, PlanArea, PlanValue
from ..vector_files import check_rd

ogr.UseExceptions()

KINDS = {
    "enkelbestemming", "dubbelbestemming", "bouwvlak", "maatvoering", "functieaanduiding", "bouwaanduiding",
    "gebiedsaanduiding", "figuur", "lettertekenaanduiding",
}
PLAN = "plangebied"
VALUE_WRAPPERS = ("WaardeEnType", "WaardeEnTypeBP", "MatrixEnWaarde", "OmvangWaardeBP")
GML_NAMESPACES = ("http://www.opengis.net/gml/3.2", "http://www.opengis.net/gml")
ARC_STEP_DEG = 2.0
"""Arcs become chords of at most 2 degrees: 1 cm deviation is reached only beyond a radius of 65 m."""

QUALIFIER = re.compile(r"^(maximum|maximale|maximaal|max\.?|minimum|minimale|minimaal|min\.?)\s+", re.IGNORECASE)
UNIT = re.compile(r"\(([^)]*)\)\s*$")


def read_plan(path: Path, box: BaseGeometry | None = None) -> tuple[tuple[PlanArea, ...], tuple[Note, ...]]:
    """Return the plan objects that touch the box (RD; None = all) and remarks.

    Raises ``SourceError``: missing, not XML or cut off, no IMRO plan, not in RD.
    """
    if not path.exists():
        raise SourceError("sources_missing", path=str(path))
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
        root = etree.parse(str(path), parser).getroot()
    except (etree.XMLSyntaxError, OSError) as reason:
        raise SourceError("sources_truncated", path=path.name, details=str(reason)) from reason
    if "IMRO" not in root.tag and "imro" not in (root.nsmap.get(root.prefix) or ""):
        raise SourceError("sources_no_imro", path=path.name)
    plan = _plan(root)
    areas = [area for element in root.iter() if (area := _area(element, plan)) is not None]
    notes = list(check_rd("28992", [area.geometry for area in areas], path.name))
    unparsed = sum(value.value is None for area in areas for value in area.values)
    if unparsed:
        notes.append(Note.of("sources_plan_unparsed", count=unparsed))
    if plan["status"].lower() in ("concept", "voorontwerp", "ontwerp"):
        notes.append(Note.of("sources_plan_draft", plan=plan["name"], status=plan["status"]))
    inside = areas if box is None else [area for area in areas if area.geometry.intersects(box)]
    return tuple(inside), tuple(notes)


def _plan(root: etree._Element) -> dict[str, str]:
    """Return id, name, status and date of the plan."""
    for element in root.iter():
        if _local(element).lower().endswith(PLAN) and _gml_id(element):
            return {
                "id": _gml_id(element),
                "name": _text(element, "naam"),
                "status": _text(element, "planstatus"),
                "date": _text(element, "datum"),
            }
    return {"id": "", "name": "", "status": "", "date": ""}


def _area(element: etree._Element, plan: dict[str, str]) -> PlanArea | None:
    kind = _kind(element)
    if not kind or not _gml_id(element):
        return None
    geometry = _geometry(element)
    if geometry is None:
        return None
    return PlanArea(
        fid=_gml_id(element),
        kind=kind,
        name=_text(element, "naam"),
        geometry=geometry,
        values=tuple(_values(element)),
        plan_id=plan["id"],
        plan_name=plan["name"],
        plan_status=plan["status"],
        date=plan["date"],
        article=_text(element, "artikelnummer"),
        url=_text(element, "verwijzingNaarTekst"),
        belongs_to=_reference(element),
    )


def _kind(element: etree._Element) -> str:
    if not isinstance(element.tag, str):
        return ""
    name = _local(element).lower()
    if name in KINDS:
        return name
    return PLAN if name.endswith(PLAN) and name != PLAN and _gml_id(element) else ""


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _gml_id(element: etree._Element) -> str:
    return next((element.get(f"{{{space}}}id") for space in GML_NAMESPACES if element.get(f"{{{space}}}id")), "")


def _text(element: etree._Element, name: str) -> str:
    """Return the text of the first descendant of that local name."""
    found = next((child for child in element.iter() if _local(child) == name and (child.text or "").strip()), None)
    return "" if found is None else found.text.strip()


def _reference(element: etree._Element) -> str:
    """Return the id of the bouwvlak, aanduiding or bestemmingsvlak that an object refers to."""
    for name in ("bouwvlak", "aanduiding", "bestemmingsvlak"):
        for child in element.iter():
            if _local(child) == name and child is not element:
                target = child.get("{http://www.w3.org/1999/xlink}href", "")
                if target:
                    return target.lstrip("#")
    return ""


def _values(element: etree._Element) -> list[PlanValue]:
    found = []
    for child in element.iter():
        if _local(child) in VALUE_WRAPPERS:
            raw, kind = _text(child, "waarde"), _text(child, "waardeType")
            if raw or kind:
                found.append(plan_value(kind or _text(element, "naam"), raw))
    return found


def plan_value(kind: str, raw: str) -> PlanValue:
    """Return a value from its type and text: ``("maximum bouwhoogte (m)", "4,5")`` -> bouwhoogte, maximum, 4.5, m.

    IMRO2008 spells the type as a path (``maatvoering; hoogte; bouwhoogte; maximum bouwhoogte (m)``): its last step counts.
    """
    last = kind.split(";")[-1].strip()
    unit = UNIT.search(last)
    name = UNIT.sub("", last).strip().lower()
    qualifier = QUALIFIER.match(name)
    word = qualifier.group(1).lower() if qualifier else ""
    try:
        value = float(raw.strip().replace(",", "."))
    except ValueError:
        value = None
    return PlanValue(
        name=QUALIFIER.sub("", name),
        qualifier={"ma": "maximum", "mi": "minimum"}.get(word[:2]),
        value=value,
        unit={"m2": "m2", "m²": "m2", "m3": "m3", "m³": "m3"}.get(unit.group(1), unit.group(1)) if unit else "",
        raw=f"{kind}={raw}",
    )


def _geometry(element: etree._Element) -> BaseGeometry | None:
    """Return the object's own geometry (RD), arcs as chords; label points are not geometry."""
    holder = next((c for c in element if _local(c) in ("geometrie", "geometriePlangebied", "geometrieBestemmingsobject")), None)
    if holder is None:
        holder = next((c for c in element if _local(c).startswith("geometrie")), None)
    inner = next((c for c in holder if isinstance(c.tag, str)), None) if holder is not None else None
    if inner is None:
        return None
    if _local(inner) not in ("Surface", "MultiSurface", "Polygon", "MultiPolygon", "Curve", "LineString", "MultiCurve", "Point", "MultiPoint"):
        inner = next((c for c in inner.iter() if _local(c) in ("Surface", "MultiSurface", "Polygon", "Curve", "LineString", "Point")), inner)
    found = ogr.CreateGeometryFromGML(etree.tostring(inner, encoding="unicode"))
    if found is None:
        return None
    if found.HasCurveGeometry():
        found = found.GetLinearGeometry(ARC_STEP_DEG)
    geometry = shapely.from_wkb(bytes(found.ExportToWkb()))
    return geometry if geometry.is_valid else shapely.make_valid(geometry)
