"""What of the surroundings a run looked at and nobody knows: a layer that failed or was not asked, or ground that was not loaded.

A layer that answered and is empty is no such thing: nothing is there. What is not known makes no verdict less firm that it cannot turn: a
building that nobody saw only adds to what is built, and only comes nearer than those that are known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from ....model import CROSSES, NO_AREA, Finding, Measurement, Note, Site, Verdict

HIGHER, LOWER, EITHER = "higher", "lower", "either"
"""Which way what is not known can move a measured value; either: it may be another value, or another limit."""
UNCERTAIN = {CROSSES: "checks_outline_crosses", NO_AREA: "checks_object_without_area"}
"""Remarks of a source about ground of which it is not certain, and what a finding says that rests on it."""
BOUNDARY_M = 0.40
"""How well a cadastral boundary is known at worst, outside the built-up area (docs/measuring.md 0.2)."""
FIRM = (Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NOT_APPLICABLE)


@dataclass(frozen=True)
class Unseen:
    """What is not known of a layer (``note`` says why), and which way it ``could`` move a value: higher | lower | either.

    ``names``: only findings whose first measurement has one of these names rest on it, () = every finding; ``most``: it moves the value by
    no more than this (in its unit), None: by any amount.
    """

    note: Note
    could: str
    names: tuple[str, ...] = ()
    most: float | None = None


def uncertain_ground(site: Site, layer: str) -> list[tuple[Note, BaseGeometry]]:
    """Return where (RD) an outline of a layer crosses itself, so that what it encloses depends on how that is repaired, or an object without one lies: a
    parcel only on ground that no other parcel has, for they do not overlap."""
    told = [note for record in site.provenance_of(layer) for note in record.notes if note.code in UNCERTAIN]
    places = [_box_of(one.as_dict()) for one in told]
    if layer == "parcels" and any(one.code == NO_AREA for one in told):
        known = shapely.union_all([parcel.geometry for parcel in site.parcels])
        places = [_left_by(known, place) if one.code == NO_AREA else place for one, place in zip(told, places)]
    notes = [Note.of(UNCERTAIN[one.code], **{**one.as_dict(), "path": layer}) for one in told]
    return [(note, place) for note, place in zip(notes, places) if not place.is_empty]


def _left_by(known: BaseGeometry, place: BaseGeometry) -> BaseGeometry:
    """Return of a place (RD) what known parcels leave, where that is wider than their boundaries are uncertain."""
    return shapely.buffer(shapely.difference(place, known), -BOUNDARY_M)


def is_of(note: Note, kinds: Sequence[str]) -> bool:
    """Whether an uncertain object may be of one of these collections of its layer (() = any); a remark that names none may."""
    named = note.as_dict().get("collection")
    return not kinds or named is None or str(named) in kinds


def _box_of(data: Mapping[str, Any]) -> BaseGeometry:
    west, south, east, north = (float(data[side]) for side in ("west", "south", "east", "north"))
    return shapely.box(west, south, east, north)


def earned(found: Finding, unseen: Sequence[Unseen]) -> Finding:
    """Return a finding as far as it is known: one that what was not seen could turn is not assessable, with what is missing."""
    lacks = tuple(dict.fromkeys(one.note for one in unseen if could_turn(found, one)))
    if not lacks:
        return found
    new = tuple(note for note in lacks if note not in found.missing)
    return replace(found, verdict=Verdict.NOT_ASSESSABLE, missing=(*found.missing, *new), deviations=())


def could_turn(found: Finding, unseen: Unseen) -> bool:
    """Whether what is not known could give a firm finding another verdict."""
    if found.verdict not in FIRM:
        return False
    measured = next(iter(found.measurements), None)
    if unseen.names and (measured is None or measured.name not in unseen.names):
        return False
    if found.verdict is Verdict.NOT_APPLICABLE or measured is None or measured.value is None or measured.limit is None:
        return True
    if unseen.most is not None:
        return any(_moved(measured, step).verdict() is not found.verdict for step in _steps(unseen))
    return any(_turns(measured, up, found.verdict) for up in (True, False) if unseen.could in (EITHER, HIGHER if up else LOWER))


def _steps(unseen: Unseen) -> tuple[float, ...]:
    most = unseen.most or 0.0
    return {HIGHER: (most,), LOWER: (-most,)}.get(unseen.could, (most, -most))


def _moved(measured: Measurement, step: float) -> Measurement:
    return replace(measured, value=(measured.value or 0.0) + step)


def _turns(measured: Measurement, up: bool, verdict: Verdict) -> bool:
    """Whether any higher (``up``) or lower value has another verdict."""
    if measured.operator in ("between", "=="):
        within = verdict is Verdict.COMPLIES
        least = measured.limit if measured.low is None else measured.low
        below = (measured.value or 0.0) < (least or 0.0)
        return within or up is below
    met_when_low = measured.operator.startswith("<")
    return (verdict is Verdict.COMPLIES) is (met_when_low is up)
