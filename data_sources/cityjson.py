"""CityJSON 1.0-2.0 and CityJSONSeq: city objects as triangles with semantics. Shared by 3DBAG and CityJSON designs.

Specification: https://www.cityjson.org/specs/. Every file, every page of 3DBAG's API (``metadata`` and ``features``, or one
``feature``) and every feature of a sequence is read with the transform that holds for it. Faces with holes or more than three corners
are triangulated in their own plane.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import manifold3d
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

TEMPLATES = "geometry-templates"
SEMANTICS = {"RoofSurface": "roof", "WallSurface": "wall", "GroundSurface": "ground", "OuterFloorSurface": "ground"}


@dataclass(frozen=True, eq=False)
class CityObject:
    """A building (parts merged): ``triangles`` (n, 3, 3) in the file's CRS, ``semantics`` (n,), of one level of detail."""

    fid: str
    kind: str
    triangles: Floats
    semantics: NDArray[np.str_]
    lod: str
    attributes: Mapping[str, Any]
    solid: bool


def documents(text: str) -> Iterator[tuple[Mapping[str, Any], Floats]]:
    """Yield (document or feature, vertices (n, 3) in the file's CRS) of a CityJSON or CityJSONSeq text.

    Raises ``ValueError`` when it is neither, or an index or number is out of bounds.
    """
    stripped = text.lstrip("\ufeff \n\r\t")
    try:
        whole = json.loads(stripped)
    except ValueError:
        yield from _sequence(stripped)
        return
    pages = whole if isinstance(whole, list) else [whole]
    for page in pages:
        yield from _document(page)


def _document(whole: Any) -> Iterator[tuple[Mapping[str, Any], Floats]]:
    """Yield a CityJSON document, or the features of a page of 3DBAG's API with the transform in its metadata."""
    if isinstance(whole, dict) and isinstance(whole.get("metadata"), dict) and ("features" in whole or "feature" in whole):
        transform = whole["metadata"].get("transform")
        for item in whole["features"] if "features" in whole else [whole["feature"]]:
            yield item, _vertices(item, item.get("transform") or transform)
        return
    if not isinstance(whole, dict) or whole.get("type") not in ("CityJSON", "CityJSONFeature"):
        raise ValueError("no CityJSON")
    yield whole, _vertices(whole, whole.get("transform"))


def _sequence(text: str) -> Iterator[tuple[Mapping[str, Any], Floats]]:
    transform, templates = None, None
    for line in text.splitlines():
        if not line.strip():
            continue
        item = json.loads(line)
        if not isinstance(item, dict):
            raise ValueError("no CityJSONSeq")
        if item.get("type") == "CityJSON":
            transform, templates = item.get("transform", transform), item.get(TEMPLATES)
        yield {TEMPLATES: templates, **item}, _vertices(item, item.get("transform") or transform)


def _vertices(item: Mapping[str, Any], transform: Mapping[str, Any] | None) -> Floats:
    vertices = np.asarray(item.get("vertices") or np.zeros((0, 3)), dtype=np.float64).reshape(-1, 3)
    if transform:
        vertices = vertices * np.asarray(transform["scale"], float) + np.asarray(transform["translate"], float)
    if not np.isfinite(vertices).all():
        raise ValueError("a coordinate is not a number")
    return vertices


def buildings(item: Mapping[str, Any], vertices: Floats, lods: tuple[str, ...], kinds: tuple[str, ...]) -> list[CityObject]:
    """Return the top-level objects of the given kinds, each with the geometry of its children, in the best ``lods`` there is."""
    found = []
    for family in families(item, kinds):
        shapes = [shape_of(fid, thing, item, vertices, lods) for fid, thing in family]
        shapes = [shape for shape in shapes if shape.lod in lods] or shapes
        triangles, semantics = np.concatenate([shape.triangles for shape in shapes]), np.concatenate([shape.semantics for shape in shapes])
        drawn = [shape for shape in shapes if shape.lod]
        solid = bool(drawn) and all(shape.solid for shape in drawn)
        fid, thing = family[0]
        lod = drawn[0].lod if drawn else ""
        found.append(CityObject(fid, thing["type"], triangles, semantics, lod, thing.get("attributes") or {}, solid))
    return found


def families(item: Mapping[str, Any], kinds: tuple[str, ...]) -> Iterator[list[tuple[str, Mapping[str, Any]]]]:
    """Yield every top-level object of the given kinds with its children and theirs, as (id, object); a group is no parent."""
    objects = item.get("CityObjects") or {}
    for fid, thing in objects.items():
        above = [objects.get(parent, {}).get("type") for parent in thing.get("parents") or ()]
        if thing.get("type") not in kinds or any(kind != "CityObjectGroup" for kind in above):
            continue
        names = [fid]
        for name in names:  # grows while it is walked
            names += [child for child in objects[name].get("children") or () if child in objects and child not in names]
        yield [(str(name), objects[name]) for name in names]


def shape_of(fid: str, thing: Mapping[str, Any], item: Mapping[str, Any], vertices: Floats, lods: tuple[str, ...]) -> CityObject:
    """Return one object's own geometry in the best of ``lods`` in which it has faces; without any, it has no triangles and lod ''."""
    left = [in_place(geometry, item, vertices) for geometry in thing.get("geometry") or ()]
    attributes = thing.get("attributes") or {}
    while left:
        lod = best_lod([geometry for geometry, _ in left], lods)
        chosen = [(geometry, points) for geometry, points in left if str(geometry.get("lod")) == lod]
        pieces = [triangulate(geometry, points) for geometry, points in chosen]
        triangles, semantics = np.concatenate([p[0] for p in pieces]), np.concatenate([p[1] for p in pieces])
        if len(triangles):
            return CityObject(fid, thing["type"], triangles, semantics, lod, attributes, all("Solid" in g.get("type", "") for g, _ in chosen))
        left = [(geometry, points) for geometry, points in left if str(geometry.get("lod")) != lod]
    return CityObject(fid, thing["type"], np.zeros((0, 3, 3)), np.zeros(0, dtype="U8"), "", attributes, False)


def in_place(geometry: Mapping[str, Any], item: Mapping[str, Any], vertices: Floats) -> tuple[Mapping[str, Any], Floats]:
    """Return a geometry with the vertices it counts in; an instance of a template is that template, turned and moved to its place."""
    if geometry.get("type") != "GeometryInstance":
        return geometry, vertices
    templates = item[TEMPLATES]
    points = np.asarray(templates["vertices-templates"], dtype=np.float64).reshape(-1, 3)
    matrix = np.asarray(geometry["transformationMatrix"], dtype=np.float64).reshape(4, 4)
    index = np.asarray(geometry["boundaries"], dtype=np.int64).reshape(-1)[:1]
    _check(index, vertices)
    moved = points @ matrix[:3, :3].T + matrix[:3, 3] + vertices[index[0]]
    if not np.isfinite(moved).all():
        raise ValueError("a coordinate is not a number")
    return templates["templates"][geometry["template"]], moved


def best_lod(geometries: list[Mapping[str, Any]], lods: tuple[str, ...]) -> str:
    """Return the first of ``lods`` that is there, else the highest level of detail; levels may be numbers in the file."""
    there = {str(g.get("lod")) for g in geometries}
    return next((lod for lod in lods if lod in there), max(there, default=""))


def triangulate(geometry: Mapping[str, Any], vertices: Floats) -> tuple[Floats, NDArray[np.str_]]:
    """Return triangles (n, 3, 3) and semantics (n,) of one geometry: Solid, MultiSolid, MultiSurface or CompositeSurface."""
    words = [SEMANTICS.get(s.get("type", ""), "other") for s in (geometry.get("semantics") or {}).get("surfaces") or ()]
    values = (geometry.get("semantics") or {}).get("values")
    plain: list[list[int]] = []
    plain_words: list[str] = []
    rest, rest_words = [], []
    for face, value in _faces(geometry.get("boundaries") or [], values):
        word = words[value] if value is not None and value < len(words) else "other"
        if len(face) == 1 and len(face[0]) == 3:
            plain.append(face[0])
            plain_words.append(word)
        elif face and len(face[0]) > 3:
            triangles = _face_triangles(face, vertices)
            rest.append(triangles)
            rest_words += [word] * len(triangles)
    index = np.asarray(plain, dtype=np.int64).reshape(-1, 3)
    _check(index, vertices)
    return np.concatenate([vertices[index], *rest]), np.array(plain_words + rest_words, dtype="U8")


def _faces(boundaries: list[Any], values: Any) -> Iterator[tuple[list[list[int]], int | None]]:
    """Yield (rings, semantic value) of every face, however deep shells and solids are nested."""
    for number, item in enumerate(boundaries):
        value = values[number] if isinstance(values, list) and number < len(values) else None
        if item and isinstance(item[0], list) and item[0] and isinstance(item[0][0], list):
            yield from _faces(item, value)
        else:
            yield item, value if isinstance(value, int) else None


def _check(index: NDArray[np.int64], vertices: Floats) -> None:
    if index.size and (index.min() < 0 or index.max() >= len(vertices)):
        raise ValueError("a vertex index is out of range")


def _face_triangles(rings: list[list[int]], vertices: Floats) -> Floats:
    """Return the triangles of one planar face (first ring outer, others holes), with the face's orientation."""
    for ring in rings:
        _check(np.asarray(ring, dtype=np.int64), vertices)
    points = [vertices[np.asarray(ring)] for ring in rings]
    normal = _newell(points[0])
    if normal is None:
        return np.zeros((0, 3, 3))
    axis = int(np.argmax(np.abs(normal)))
    keep = [(1, 2), (2, 0), (0, 1)][axis]
    origin = points[0][0]
    flat = [(ring - origin)[:, keep] * (1.0, np.sign(normal[axis])) for ring in points]
    if len(flat) == 1 and len(flat[0]) == 4 and _convex(flat[0]):
        corners = points[0]
        return corners[np.array([[0, 1, 2], [0, 2, 3]])]
    index = manifold3d.triangulate([_turned(ring, positive=not number) for number, ring in enumerate(flat)])
    every = np.concatenate([_order(ring, flat[n], positive=not n) for n, ring in enumerate(points)])
    return every[np.asarray(index, dtype=np.int64)].reshape(-1, 3, 3)


def _area(ring: Floats) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return float((x * np.roll(y, -1) - np.roll(x, -1) * y).sum() / 2)


def _turned(ring: Floats, positive: bool) -> Floats:
    return ring if (_area(ring) > 0) == positive else ring[::-1]


def _order(points: Floats, flat: Floats, positive: bool) -> Floats:
    return points if (_area(flat) > 0) == positive else points[::-1]


def _newell(ring: Floats) -> Floats | None:
    after = np.roll(ring, -1, axis=0)
    normal = np.cross(ring - ring[0], after - ring[0]).sum(axis=0)
    length = np.linalg.norm(normal)
    return normal / length if length > 1e-9 else None


def _convex(ring: Floats) -> bool:
    edges = np.roll(ring, -1, axis=0) - ring
    turn = edges[:, 0] * np.roll(edges[:, 1], -1) - edges[:, 1] * np.roll(edges[:, 0], -1)
    return bool((turn > 0).all())
