"""What a reader of plans gives back, after the place of it was checked: in RD, x before y, and all that went wrong said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ...model import Note, Plan, PlanArea
from ..formats.gml import GmlReader
from ..formats.rd_box import RD_EAST, RD_NORTH, RD_SOUTH, RD_WEST
from ..formats.vector_files import check_rd
from .document_kinds import kind_of

DRAFTS = ("concept", "voorontwerp", "ontwerp")
AREAL = ("enkelbestemming", "dubbelbestemming", "bouwvlak", "maatvoering", "gebiedsaanduiding", "besluitvlak")
"""Kinds that the standard draws as areas; another geometry of one is a fault of the file."""
LINKS = 4
"""So many steps lead from an object to its bestemming at most (IMRO2012: maatvoering, bouwvlak, bestemmingsvlak)."""
ANYWHERE = shapely.box(RD_WEST, RD_SOUTH, RD_EAST, RD_NORTH)
LISTED = 8
"""Ids named in a remark; the count says how many there are."""


@dataclass(frozen=True, eq=False)
class Parsed:
    """The areas (RD) and plans of one or more files, with remarks; ``unplaced``: objects of which the place cannot be read."""

    areas: tuple[PlanArea, ...] = ()
    plans: tuple[Plan, ...] = ()
    notes: tuple[Note, ...] = ()
    unplaced: tuple[PlanArea, ...] = ()


def is_draft(status: str) -> bool:
    """Whether a status means that a plan does not govern yet."""
    return status.strip().lower() in DRAFTS


def merged(one: Plan, other: Plan) -> Plan:
    """Return a plan of which two files each say something: what the first does not say, the second may."""
    return replace(one, **{field.name: getattr(one, field.name) or getattr(other, field.name) for field in fields(Plan)})


def kind_of_plan(name: str, kind: str) -> str:
    """Return the kind of a plan: as the source has it, but a change of the omgevingsplan in IMRO's form shows by its name only."""
    return "TAM-omgevingsplan" if name.lower().startswith("tam-omgevingsplan") else kind_of(kind)


def parsed(
    name: str, areas: Sequence[PlanArea], plans: Sequence[Plan], notes: Iterable[Note], bare: Sequence[str] = (), gml: GmlReader | None = None,
    unplaced: Sequence[PlanArea] = (),
) -> Parsed:
    """Return what was read of ``name``, turned when y stood before x; ``bare`` are the ids of objects without geometry, ``unplaced`` those objects.

    Raises ``SourceError`` when the coordinates are not RD.
    """
    remarks = list(notes)
    systems = sorted(gml.systems) if gml else []
    foreign = [system for system in systems if not any(code in system for code in ("28992", "7415"))]
    turned = _turned([area.geometry for area in areas])
    if turned is not None:
        areas = [replace(area, geometry=geometry) for area, geometry in zip(areas, turned)]
        plans = [replace(plan, geometry=_swap(plan.geometry) if plan.geometry is not None else None) for plan in plans]
        remarks.append(Note.of("plans_axes_swapped", path=name))
    declared = foreign[0] if foreign else "28992" if systems or gml is None else ""
    remarks += check_rd(declared, [area.geometry for area in areas], name)
    if bare:
        named = ", ".join(bare[:LISTED]) + (", ..." if len(bare) > LISTED else "")
        remarks.append(Note.of("plans_without_geometry", path=name, count=len(bare), ids=named))
    if gml:
        remarks += gml.remarks(name)
    return Parsed(tuple(areas), tuple(plans), tuple(remarks), tuple(_on_their_ground(unplaced, areas, plans)))


def without_place(area: PlanArea) -> bool:
    """Whether an object has no place that can be: none at all, or that of a point or line for what is an area."""
    return area.geometry.is_empty or (area.kind in AREAL and not area.geometry.area)


def _on_their_ground(unplaced: Iterable[PlanArea], areas: Sequence[PlanArea], plans: Sequence[Plan]) -> Iterator[PlanArea]:
    """Yield objects without a place with the ground that they lie somewhere on: of what they belong to, else of their plan, else anywhere."""
    lost = {area.fid: area for area in unplaced}
    known = {area.fid: area.geometry for area in areas if area.geometry.area}
    outlines = {plan.id: plan.geometry for plan in plans if plan.geometry is not None}
    for area in lost.values():
        owner, steps = area.belongs_to, 0
        while owner in lost and steps < LINKS:
            owner, steps = lost[owner].belongs_to, steps + 1
        ground = known.get(owner) or outlines.get(area.plan_id) or ANYWHERE
        yield replace(area, geometry=ground, unplaced=True)


def _turned(geometries: list[BaseGeometry]) -> list[BaseGeometry] | None:
    """Return geometries with x and y exchanged when they lie in RD only that way: RD's x end where its y begin."""
    if not geometries:
        return None
    west, south, east, north = shapely.total_bounds(np.array(geometries, dtype=object))
    if not (west >= RD_SOUTH and east <= RD_NORTH and south >= RD_WEST and north < RD_SOUTH):
        return None
    return [_swap(geometry) for geometry in geometries]


def _swap(geometry: BaseGeometry) -> BaseGeometry:
    return shapely.transform(geometry, lambda points: points[:, ::-1])
