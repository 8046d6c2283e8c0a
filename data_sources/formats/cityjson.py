"""CityJSON 1.0-2.0 and CityJSONSeq: city objects as triangles with semantics. Shared by 3DBAG and CityJSON designs.

Specification: https://www.cityjson.org/specs/. Every file, every page of 3DBAG's API (``metadata`` and ``features``, or one
``feature``) and every feature of a sequence is read with the transform that holds for it. Faces with holes or more than three corners
are triangulated in their own plane.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...model.arrays import Floats
from .city_faces import WORDS, Faces

TEMPLATES = "geometry-templates"


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


def buildings(documents: Iterable[tuple[Mapping[str, Any], Floats]], lods: tuple[str, ...], kinds: tuple[str, ...]) -> list[CityObject]:
    """Return the top-level objects of the given kinds of all documents, each with the geometry of its children, in the best ``lods``
    there is. Raises ``ValueError`` for an index out of range, ``KeyError`` or ``TypeError`` for what is no CityJSON."""
    faces = Faces()
    found: list[tuple[str, Mapping[str, Any], str, bool]] = []
    for item, vertices in documents:
        for family in families(item, kinds):
            drawn = [_gathered(thing, item, vertices, lods, faces, len(found)) for _, thing in family]
            drawn = [shape for shape in drawn if shape[0]]
            fid, thing = family[0]
            found.append((fid, thing, drawn[0][0] if drawn else "", bool(drawn) and all(solid for _, solid in drawn)))
    triangles, words, owners = faces.triangles()
    ends = np.searchsorted(owners, np.arange(len(found)), side="right")
    starts = np.concatenate([[0], ends[:-1]])
    names = np.array(WORDS, dtype="U8")[words]
    return [
        CityObject(fid, thing["type"], triangles[start:end], names[start:end], lod, attributes_of(thing), solid)
        for (fid, thing, lod, solid), start, end in zip(found, starts, ends)
    ]


def _gathered(
    thing: Mapping[str, Any], item: Mapping[str, Any], vertices: Floats, lods: tuple[str, ...], faces: Faces, owner: int
) -> tuple[str, bool]:
    """Add an object's faces in the best of ``lods`` in which it has any; return that level ('' when none) and whether it is a solid.

    Levels outside ``lods`` (outlines) are not looked at.
    """
    left = [geometry for geometry in thing.get("geometry") or () if str(geometry.get("lod")) in lods]
    while left:
        lod = best_lod(left, lods)
        chosen = [geometry for geometry in left if str(geometry.get("lod")) == lod]
        taken = [faces.add(*in_place(geometry, item, vertices), owner) for geometry in chosen]
        if any(taken):
            return lod, all("Solid" in geometry.get("type", "") for geometry in chosen)
        left = [geometry for geometry in left if str(geometry.get("lod")) != lod]
    return "", False


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
    attributes = attributes_of(thing)
    while left:
        lod = best_lod([geometry for geometry, _ in left], lods)
        chosen = [(geometry, points) for geometry, points in left if str(geometry.get("lod")) == lod]
        pieces = [triangulate(geometry, points) for geometry, points in chosen]
        triangles, semantics = np.concatenate([p[0] for p in pieces]), np.concatenate([p[1] for p in pieces])
        if len(triangles):
            return CityObject(fid, thing["type"], triangles, semantics, lod, attributes, all("Solid" in g.get("type", "") for g, _ in chosen))
        left = [(geometry, points) for geometry, points in left if str(geometry.get("lod")) != lod]
    return CityObject(fid, thing["type"], np.zeros((0, 3, 3)), np.zeros(0, dtype="U8"), "", attributes, False)


def triangulate(geometry: Mapping[str, Any], vertices: Floats) -> tuple[Floats, NDArray[np.str_]]:
    """Return triangles (n, 3, 3) and semantics (n,) of one geometry: Solid, MultiSolid, MultiSurface or CompositeSurface."""
    faces = Faces()
    faces.add(geometry, vertices, 0)
    triangles, words, _ = faces.triangles()
    return triangles, np.array(WORDS, dtype="U8")[words]


def attributes_of(thing: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the attributes of an object; raises ``TypeError`` for what is no CityJSON."""
    words = thing.get("attributes") or {}
    if not isinstance(words, Mapping):
        raise TypeError("attributes are no object")
    return words


def in_place(geometry: Mapping[str, Any], item: Mapping[str, Any], vertices: Floats) -> tuple[Mapping[str, Any], Floats]:
    """Return a geometry with the vertices it counts in; an instance of a template is that template, turned and moved to its place."""
    if geometry.get("type") != "GeometryInstance":
        return geometry, vertices
    templates = item[TEMPLATES]
    points = np.asarray(templates["vertices-templates"], dtype=np.float64).reshape(-1, 3)
    matrix = np.asarray(geometry["transformationMatrix"], dtype=np.float64).reshape(4, 4)
    index = np.asarray(geometry["boundaries"], dtype=np.int64).reshape(-1)[:1]
    if index.size and not 0 <= index[0] < len(vertices):
        raise ValueError("a vertex index is out of range")
    moved = points @ matrix[:3, :3].T + matrix[:3, 3] + vertices[index[0]]
    if not np.isfinite(moved).all():
        raise ValueError("a coordinate is not a number")
    return templates["templates"][geometry["template"]], moved


def best_lod(geometries: list[Mapping[str, Any]], lods: tuple[str, ...]) -> str:
    """Return the first of ``lods`` that is there, else the highest level of detail; levels may be numbers in the file."""
    there = {str(g.get("lod")) for g in geometries}
    return next((lod for lod in lods if lod in there), max(there, default=""))
