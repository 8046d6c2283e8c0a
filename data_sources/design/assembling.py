"""From what the files of one design hold to one design: each file at its own place, the asked objects told, all in one frame."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from ...errors import DesignError
from ...model import NO_ROLE, PART_ROLES, Level, Note, Part, Placement, Role
from .bodies.raw import RawDesign, RawPart
from .placement import own_placement, place, unplace

DESIGN, UNKNOWN = "design", "unknown"
LEFT_OUT = tuple(word for word in PART_ROLES if word not in (DESIGN, UNKNOWN))
"""Roles of what is no part of the application."""
SAME_M = 1e-3
"""Two files whose zeros lie nearer than this have one zero."""
APART_M = 50.0
"""Files of one building lie within each other or nearly so; further apart one of them stands somewhere else."""
LISTED = 12
"""Names of objects that a sentence holds; a longer list is in ``drieluik inspect``."""


def aligned(raws: Sequence[RawDesign]) -> list[RawDesign]:
    """Return the files of one design in the axes of the first that knows its place; changes those that have another place of their own.

    A file that says no place is taken to have the same zero. Lengths m; what was moved is told, and so is a file that then stands apart.
    """
    known = next((raw for raw in raws if raw.georeference), None)
    if known is None or known.georeference is None:
        return list(raws)
    frame = own_placement(known.georeference)
    for raw in raws:
        if raw is known or raw.georeference is None:
            continue
        own = own_placement(raw.georeference)
        corners = np.array([(0.0, 0.0, 0.0), (100.0, 0.0, 0.0)])  # the zero, and a point at a building's distance
        moved = unplace(place(corners, own), frame)
        if np.abs(moved - corners).max() <= SAME_M:
            continue
        before = _gap(known, raw)
        for part in raw.parts:
            part.vertices = unplace(place(part.vertices, own), frame)
        raw.levels = [(name, height + own.base_nap_m - frame.base_nap_m) for name, height in raw.levels]
        after = _gap(known, raw)
        raw.say("info", "design_aspect_moved", distance=round(float(np.linalg.norm(moved[0])), 2))
        if after > APART_M:
            raw.say("warning", "design_aspect_apart", distance=round(after), unmoved=round(before))
    return list(raws)


def _gap(one: RawDesign, other: RawDesign) -> float:
    """Return how far (m) the boxes of two files lie apart in plan."""
    a, b = one.bounds(), other.bounds()
    apart = np.maximum(np.maximum(a[0, :2] - b[1, :2], b[0, :2] - a[1, :2]), 0.0)
    return math.hypot(*apart)


def parts_of(raws: Sequence[RawDesign], placement: Placement | None = None, objects: Sequence[str] = (), path: str = "") -> tuple[Part, ...]:
    """Return the parts of files in one frame, placed (None: where the model has them); of the asked ``objects`` the others are context.

    Raises ``DesignError`` naming the objects that are there when an asked one is not.
    """
    found = tuple(_part(part, placement) for raw in raws for part in raw.parts)
    return chosen(found, objects, path) if objects else found


def chosen(parts: Sequence[Part], objects: Sequence[str], path: str) -> tuple[Part, ...]:
    """Return parts with the role that naming some objects of a file gives them; an object is named by its name or by its id."""
    wanted = {name.strip().lower() for name in objects}
    names = [{part.object.lower(), part.name.lower(), part.fid.lower(), part.fid.rpartition(".")[0].lower()} for part in parts]
    lacking = [name for name in objects if not any(name.strip().lower() in own for own in names)]
    if lacking:
        there = listed(part.called for part in parts)
        raise DesignError("design_no_such_object", path=path, object=", ".join(lacking), objects=there)
    asked, other = (Role(word, "case", Note.of(f"part_role_case_{word}")) for word in ("design", "context"))
    return tuple(replace(part, role=asked if own & wanted else _kept(part, other)) for part, own in zip(parts, names))


def _kept(part: Part, other: Role) -> Role:
    """Return the role of a part that was not asked for: what the file says that it is, as settled as the case's choice; else ``other``."""
    return replace(part.role, source="case") if part.role.word in LEFT_OUT else other


def told(parts: Sequence[Part]) -> list[tuple[str, str, dict[str, Any]]]:
    """Return what must be said of what the parts are (severity, code, data): left out on the file's word, and several buildings of which none is named."""
    own = [part for part in parts if part.role.word in (DESIGN, UNKNOWN)]
    said = []
    for word in PART_ROLES:
        group = [part for part in parts if part.role.word == word and part.role.source == "file"]
        if group and own and word in LEFT_OUT:
            said.append(("warning", f"design_told_{word}", {"names": listed(part.called for part in group), "count": len(group)}))
    objects = list(dict.fromkeys(part.object for part in own or parts if part.object))
    if len(objects) > 1 and not any(part.role.source == "case" for part in parts):
        said.append(("warning", "design_several_objects", {"names": listed(objects), "count": len(objects)}))
    return said


def listed(names: Iterable[str]) -> str:
    """Return names as words for a sentence, the first dozen and how many more there are."""
    every = list(dict.fromkeys(names))
    return ", ".join(every[:LISTED]) + (f" (+{len(every) - LISTED})" if len(every) > LISTED else "")


def _part(raw: RawPart, placement: Placement | None) -> Part:
    word, code, data = raw.role
    role = Role(word, "file", Note.of(code, **data)) if word else NO_ROLE
    vertices = raw.vertices if placement is None else place(raw.vertices, placement)
    return Part(raw.fid, vertices, raw.faces, raw.kind, raw.source_class, raw.name, raw.closed, raw.object, role)


def spacing_of(raws: Sequence[RawDesign], placement: Placement) -> tuple[float, float, float]:
    """Return how far apart (m; east, north, up) the numbers lie that the corners of files are stored in, as they are placed: of the roughest."""
    most = np.max([raw.spacing_m for raw in raws], axis=0)
    turn = math.radians(placement.rotation_deg)
    cos, sin = abs(math.cos(turn)), abs(math.sin(turn))
    return float(most[0] * cos + most[1] * sin), float(most[0] * sin + most[1] * cos), float(most[2])


def levels_of(raws: Sequence[RawDesign], base_nap_m: float = 0.0) -> tuple[Level, ...]:
    """Return the levels of files (m NAP, or above the model's zero), each once."""
    return tuple(dict.fromkeys(Level(name, height + base_nap_m) for raw in raws for name, height in raw.levels))
