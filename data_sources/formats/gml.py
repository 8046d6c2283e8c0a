"""Geometry of GML 2, 3.1 and 3.2 as plane geometry in RD: every surface, curve and point that Dutch plans use, arcs as chords.

Standard: ISO 19136 (GML 3.2.1); GML 2.1.2 for ``coordinates``. Read by hand: GDAL takes geometry inside STOP's wrappers for text.
Heights are left out: a plan says where, its values say how high.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import shapely
from lxml import etree
from shapely.geometry.base import BaseGeometry

from ...model import Note, crossings
from .arcs import Floats, arc_through, circle_about, circle_through, sweep
from .safe_xml import MAX_DEPTH, child, children, descendants, gml_id, href, local, text_of

JOIN_M = 0.001
"""Ends of segments closer than this are the same point."""
REACH_M = 10_000_000.0
"""Coordinates beyond this are no metres of any map."""
SMALLEST_RD_M = 1_000.0
"""No x or y in RD is smaller; no height in the Netherlands is larger."""


class GmlError(ValueError):
    """A geometry that cannot be read, as a code of ``i18n/messages`` with what it is about; the object that has it is listed."""

    def __init__(self, code: str, what: str = "") -> None:
        super().__init__(code)
        self.code, self.what = code, what

    def note(self, fid: str) -> Note:
        """Return the remark about the object ``fid``."""
        return Note.of(self.code, fid=fid, what=self.what)


@dataclass
class GmlReader:
    """Reads geometries of one document. ``index`` finds elements by gml:id, for members given by reference; ``systems`` gathers
    the srsNames met, ``mended`` counts polygons made valid and rings closed, ``crossed`` keeps those that cross themselves."""

    index: Mapping[str, etree._Element] = field(default_factory=dict)
    systems: set[str] = field(default_factory=set)
    mended: int = 0
    crossed: list[BaseGeometry] = field(default_factory=list)

    def remarks(self, name: str) -> tuple[Note, ...]:
        """Return what was repaired of a file's geometries."""
        mended = (Note.of("sources_made_valid", count=self.mended, path=name),) if self.mended else ()
        return (*mended, *crossings(self.crossed, name))

    def read(self, element: etree._Element) -> BaseGeometry:
        """Return the geometry of a GML geometry element; polygons valid. Raises ``GmlError``."""
        geometry = self._geometry(element, 0)
        if geometry.is_empty:
            raise GmlError("plans_geometry_empty")
        if geometry.geom_type not in ("Polygon", "MultiPolygon") or geometry.is_valid:
            return geometry
        self.mended += 1
        repaired = polygons_of(shapely.make_valid(geometry))
        if repaired.is_empty:
            raise GmlError("plans_geometry_empty")
        return repaired

    def _geometry(self, element: etree._Element, depth: int) -> BaseGeometry:
        if depth > MAX_DEPTH:
            raise GmlError("plans_geometry_incomplete", local(element))
        if element.get("srsName"):
            self.systems.add(element.get("srsName"))
        name = local(element)
        if name in ("Point", "Node"):
            return shapely.Point(*_coordinates(element)[0])
        if name in CURVES:
            return shapely.LineString(_two(self._line(element, depth)))
        if name in POLYGONS:
            return self._polygon(element, depth)
        if name in GROUPS:
            return _gathered([self._geometry(part, depth + 1) for part in self._members(element)])
        raise GmlError("plans_geometry_unknown", name)

    def _members(self, element: etree._Element) -> list[etree._Element]:
        """Return the geometry elements inside a group: in members, in patches, or by reference."""
        found = []
        for member in children(element):
            if local(member) in NOT_MEMBERS:
                continue
            if href(member):
                found.append(self._referred(member))
            elif local(member) in READABLE:
                found.append(member)
            else:
                found += [part for part in children(member) if local(part) in READABLE]
        if not found:
            raise GmlError("plans_geometry_incomplete", local(element))
        return found

    def _referred(self, member: etree._Element) -> etree._Element:
        target = self.index.get(href(member))
        if target is None:
            raise GmlError("plans_geometry_incomplete", href(member))
        return target

    def _polygon(self, element: etree._Element, depth: int) -> BaseGeometry:
        outer = child(element, "exterior", "outerBoundaryIs")
        if outer is None:
            raise GmlError("plans_geometry_incomplete", "exterior")
        inner = children(element, "interior", "innerBoundaryIs")
        polygon = shapely.Polygon(self._ring(outer, depth), [self._ring(hole, depth) for hole in inner])
        if not polygon.is_valid:
            self.crossed.append(polygon)
        return polygon

    def _ring(self, boundary: etree._Element, depth: int) -> Floats:
        ring = next(children(boundary, "LinearRing", "Ring"), None)
        if ring is None:
            raise GmlError("plans_geometry_incomplete", "LinearRing")
        points = self._line(ring, depth)
        if len(points) < 3:
            raise GmlError("plans_geometry_incomplete", "LinearRing")
        if np.hypot(*(points[0] - points[-1])) > JOIN_M:
            self.mended += 1
        return points

    def _line(self, element: etree._Element, depth: int) -> Floats:
        """Return the points (n, 2) of a curve or ring, its parts joined in order."""
        if depth > MAX_DEPTH:
            raise GmlError("plans_geometry_incomplete", local(element))
        name = local(element)
        if name in ("LineString", "LinearRing"):
            return _coordinates(element)
        if name == "Curve":
            return joined([_segment(segment) for segment in children(_must(child(element, "segments"), "segments"))])
        if name == "OrientableCurve":
            (base,) = self._members(element)[:1]
            points = self._line(base, depth + 1)
            return points[::-1] if element.get("orientation") == "-" else points
        if name in ("Ring", "CompositeCurve"):
            return joined([self._line(part, depth + 1) for part in self._members(element)])
        raise GmlError("plans_geometry_unknown", name)


CURVES = {"LineString", "Curve", "OrientableCurve", "CompositeCurve", "LinearRing", "Ring"}
POLYGONS = {"Polygon", "PolygonPatch", "Rectangle", "Triangle"}
GROUPS = {
    "MultiSurface", "MultiPolygon", "Surface", "CompositeSurface", "OrientableSurface", "PolyhedralSurface", "TriangulatedSurface",
    "MultiCurve", "MultiLineString", "MultiPoint", "MultiGeometry",
}
READABLE = CURVES | POLYGONS | GROUPS | {"Point", "Node"}
NOT_MEMBERS = {"name", "description", "identifier", "boundedBy", "metaDataProperty"}


def _must(element: etree._Element | None, name: str) -> etree._Element:
    if element is None:
        raise GmlError("plans_geometry_incomplete", name)
    return element


def _segment(element: etree._Element) -> Floats:
    reader = SEGMENTS.get(local(element))
    if reader is None:
        raise GmlError("plans_geometry_unknown", local(element))
    return reader(element)


def _arcs(element: etree._Element) -> Floats:
    """Return an Arc or ArcString: arcs of three points that share their ends."""
    points = _coordinates(element)
    if len(points) < 3 or len(points) % 2 == 0:
        raise GmlError("plans_geometry_incomplete", local(element))
    return joined([arc_through(*points[i : i + 3]) for i in range(0, len(points) - 2, 2)])


def _circle(element: etree._Element) -> Floats:
    points = _coordinates(element)
    circle = circle_through(*points[:3]) if len(points) >= 3 else None
    if circle is None:
        raise GmlError("plans_geometry_incomplete", local(element))
    return circle


def _about_centre(element: etree._Element) -> Floats:
    """Return an ArcByCenterPoint or CircleByCenterPoint; angles run counterclockwise from the x axis (east)."""
    centre = _coordinates(element)[0]
    radius = _number(text_of(element, "radius"))
    if not 0 < radius < REACH_M:
        raise GmlError("plans_geometry_incomplete", "radius")
    if local(element) == "CircleByCenterPoint" or child(element, "startAngle") is None:
        return circle_about(centre, centre + (radius, 0.0))
    angles = [_must(child(element, name), name) for name in ("startAngle", "endAngle")]
    start, end = (_number(text_of(a)) if "rad" in a.get("uom", "") else np.radians(_number(text_of(a))) for a in angles)
    if end < start:
        end += 2 * np.pi * np.ceil((start - end) / (2 * np.pi))
    return sweep(centre, radius, start, min(end - start, 2 * np.pi))


SEGMENTS: Mapping[str, Callable[[etree._Element], Floats]] = {
    "LineStringSegment": lambda element: _coordinates(element),
    "GeodesicString": lambda element: _coordinates(element),
    "Arc": _arcs, "ArcString": _arcs, "Circle": _circle, "ArcByCenterPoint": _about_centre, "CircleByCenterPoint": _about_centre,
}


def joined(parts: list[Floats]) -> Floats:
    """Return lines as one, each turned round where that makes it meet the one before; a point that repeats counts once."""
    if not parts:
        raise GmlError("plans_geometry_incomplete", "segments")
    if len(parts) > 1 and _gap(parts[0][-1], parts[1]) > JOIN_M >= _gap(parts[0][0], parts[1]):
        parts = [parts[0][::-1], *parts[1:]]
    points = [parts[0]]
    for part in parts[1:]:
        end = points[-1][-1]
        turned = np.hypot(*(end - part[0])) > JOIN_M >= np.hypot(*(end - part[-1]))
        ordered = part[::-1] if turned else part
        points.append(ordered[1:] if np.array_equal(end, ordered[0]) else ordered)
    return np.concatenate(points)


def _gap(point: Floats, line: Floats) -> float:
    return float(min(np.hypot(*(point - line[0])), np.hypot(*(point - line[-1]))))


def _two(points: Floats) -> Floats:
    if len(points) < 2:
        raise GmlError("plans_geometry_incomplete", "LineString")
    return points


def _coordinates(element: etree._Element) -> Floats:
    """Return the points (n, 2) of an element's own posList, pos, pointProperty or coordinates; a third coordinate is dropped."""
    rows: list[Floats] = []
    for part in children(element):
        name = local(part)
        if name in ("posList", "pos"):
            numbers = _numbers(part.text)
            rows.append(_rows(numbers, _dimension(part) or (len(numbers) if name == "pos" else 0)))
        elif name in ("pointProperty", "pointRep", "pointMember"):
            rows.append(np.concatenate([_coordinates(point) for point in children(part, "Point")] or [np.empty((0, 2))]))
        elif name == "coordinates":
            rows.append(_gml2(part))
        elif name == "coord":
            rows.append(np.array([[_number(text_of(part, "X")), _number(text_of(part, "Y"))]]))
    points = np.concatenate(rows) if rows else np.empty((0, 2))
    if not len(points):
        raise GmlError("plans_geometry_numbers", local(element))
    if not np.isfinite(points).all() or np.abs(points).max() > REACH_M:
        raise GmlError("plans_geometry_numbers", local(element))
    return points


def _dimension(element: etree._Element) -> int:
    """Return the number of coordinates of a point that the element, or one around it, declares; 0 when none does."""
    for found in (element, *element.iterancestors()):
        if found.get("srsDimension"):
            return int(_number(found.get("srsDimension", "")))
        if local(found) in ("featureMember", "Locatie", "geometrie"):
            break
    return 0


def _rows(numbers: Floats, dimension: int) -> Floats:
    """Return the points (n, 2) of a list of numbers. Undeclared: two by two, unless every third is a height and no coordinate in RD."""
    if not dimension:
        thirds = len(numbers) % 3 == 0 and len(numbers) > 0
        heights = thirds and np.abs(numbers[2::3]).max() < SMALLEST_RD_M <= min(np.abs(numbers[0::3]).min(), np.abs(numbers[1::3]).min())
        dimension = 3 if heights else 2
    if not 2 <= dimension <= 4 or len(numbers) % dimension:
        raise GmlError("plans_geometry_numbers")
    return numbers.reshape(-1, dimension)[:, :2]


def _gml2(element: etree._Element) -> Floats:
    decimal, comma, space = (element.get(name, usual) for name, usual in (("decimal", "."), ("cs", ","), ("ts", " ")))
    words = re.sub(r"\s*" + re.escape(comma) + r"\s*", comma, (element.text or "").strip())
    tuples = words.split() if space.isspace() else [word for word in words.split(space) if word.strip()]
    split = [[_number(number.replace(decimal, ".")) for number in word.split(comma)] for word in tuples]
    if not split or len({len(row) for row in split}) != 1 or len(split[0]) < 2:
        raise GmlError("plans_geometry_numbers")
    return np.array(split)[:, :2]


def _numbers(text: str | None) -> Floats:
    try:
        return np.array((text or "").split(), dtype=np.float64)
    except ValueError as reason:
        raise GmlError("plans_geometry_numbers") from reason


def _number(text: str) -> float:
    return float(_numbers(text)[0]) if text.strip() else float("nan")


def _gathered(parts: list[BaseGeometry]) -> BaseGeometry:
    """Return parts as one geometry: areas as one area, else lines, else points."""
    for kinds, gather in (
        (("Polygon", "MultiPolygon"), None), (("LineString", "MultiLineString"), shapely.multilinestrings), (("Point", "MultiPoint"), shapely.multipoints),
    ):
        same = [piece for part in parts if part.geom_type in kinds for piece in shapely.get_parts(part)]
        if not same:
            continue
        if len(same) == 1:
            return same[0]
        if gather is not None:
            return gather(same)
        whole = shapely.multipolygons(same)
        return whole if whole.is_valid else polygons_of(shapely.union_all([polygons_of(shapely.make_valid(piece)) for piece in same]))
    raise GmlError("plans_geometry_empty")


def polygons_of(geometry: BaseGeometry) -> BaseGeometry:
    """Return the areas of a geometry, without the lines and points that a repair leaves."""
    parts = [part for piece in shapely.get_parts(geometry) for part in shapely.get_parts(piece) if part.geom_type == "Polygon" and part.area > 0]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def first_geometry(holder: etree._Element) -> etree._Element | None:
    """Return the first GML geometry element inside an element."""
    return next(descendants(holder, *READABLE), None)


def index_of(root: etree._Element) -> dict[str, etree._Element]:
    """Return the elements of a document by gml:id."""
    return {key: element for element in root.iter() if isinstance(element.tag, str) and (key := gml_id(element))}
