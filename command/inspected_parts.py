"""What of an inspected file is what: the role of every part with its source, the buildings that the file tells apart, and what is left open.

The same code as the review's, without surroundings: what stands on which parcel is not known here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..checks import Context
from ..checks.engine.design_as_told import as_told
from ..checks.engine.design_roles import designed, open_which
from ..checks.shared.horizontal.hanging import built_over, with_hanging, with_rooms_below
from ..checks.shared.open_meshes import closed_or_open
from ..checks.shared.vertical.storeys import Count, count_storeys
from ..measure.building.named_kinds import confirmed
from ..model import Design, Note, Role, Rule, Site
from ..texts import sentence

PLAIN = 2
"""Decimals of sizes in the list of buildings (m)."""


@dataclass(frozen=True, eq=False)
class Inspected:
    """A design as the review sees it: ``every`` part with its role, ``own`` the parts of the likeliest reading, ``open`` the points that it leaves
    open, ``unnamed``: so many buildings that somebody must say which is the design."""

    every: Design
    own: Design
    open: tuple[dict[str, Any], ...]
    unnamed: bool


def inspected(design: Design) -> Inspected:
    """Return a design with the role of every part; names are confirmed by shape, as in a review."""
    context = Context(nowhere(design), confirmed(design))
    own = designed(context).design
    return Inspected(as_told(context), own, open_points(context), open_which(context))


def measured_from(design: Design, zero: float) -> tuple[Context, Count | None, tuple[dict[str, Any], ...]]:
    """Return a design as a review measures it above ``zero`` (z), its storeys, and what of it is open: what hangs out, rooms below ground, floors."""
    context = closed_or_open(Context(nowhere(design), design, {"peil": {"method": "nap_value", "nap_m": zero, "reason": "inspect"}}))
    rule = Rule("inspect", "max_storeys", {}, ())
    if context.geometry.encloses:
        with_rooms_below(rule, context, with_hanging(context, context.geometry.footprint))
    else:
        built_over(context)
    count = count_storeys(rule, context, zero)
    asked = {question.key: question for question in (count.questions if count else ())}
    told = tuple({"key": key, "question": said(question.note), "choices": []} for key, question in asked.items())
    return context, count, (*open_points(context), *told)


def nowhere(design: Design) -> Site:
    """Return surroundings of which nothing is known, with the design in the middle."""
    x, y = (float(v) for v in design.bounds.mean(axis=0)[:2])
    return Site((x, y), 0.0)


def open_points(context: Context) -> tuple[dict[str, Any], ...]:
    """Return the points that were consulted and are not settled: key, question and choices as sentences."""
    return tuple(
        {"key": point.key, "question": said(point.question.note), "choices": [said(one.note) for one in point.alternatives]}
        for point in context.ledger.open.values()
    )


def said(note: Note) -> str:
    """Return a note as a sentence."""
    return sentence(note.code, note.as_dict())


def role_rows(design: Design) -> list[dict[str, Any]]:
    """Return what is what, one row for each object or name with one role and source: parts counted, in the file's order."""
    rows: dict[tuple[str, ...], dict[str, Any]] = {}
    for part in design.parts:
        name, role = part.called, part.role
        key = (name, part.source_class if not part.object else "", role.word, role.source)
        row = rows.setdefault(key, {"name": name, "class": part.source_class, "role": role.word, "source": role.source, "why": why(role), "parts": 0})
        row["parts"] += 1
    return list(rows.values())


def object_rows(design: Design) -> list[dict[str, Any]]:
    """Return the buildings and objects that the file tells apart, with role and size (m)."""
    rows = []
    for name in design.objects:
        own = [part for part in design.parts if part.object == name]
        points = np.concatenate([part.vertices for part in own])
        words = {part.role.word for part in own}
        rows.append({
            "name": name, "class": own[0].source_class, "role": words.pop() if len(words) == 1 else "unknown", "parts": len(own),
            "size_m": [round(float(side), PLAIN) for side in np.ptp(points, axis=0)],
        })
    return rows


def why(role: Role) -> str:
    """Return the reason of a role as a sentence, '' without one."""
    return said(role.note) if role.note else ""


def counted(rows: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return the rows by role, in the order in which roles first come."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(str(row["role"]), []).append(row)
    return found
