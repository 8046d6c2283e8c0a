"""Other structures (bouwwerken, geen gebouwen zijnde): fences, masts and the like.

What it checks
    The height of a fence before and behind the front facade line, or of any other structure as a whole.
Legal basis
    The plan's bouwregels for "bouwwerken, geen gebouwen zijnde": erf- of terreinafscheidingen, masten, other structures.
Inputs
    ``measure``: ``max_before_m`` and ``max_behind_m`` (fence, before and behind the facade line), and or ``max_height_m`` (masts, other);
    ``parts`` (ids, names, kinds or file classes; default: all that is no building: no closed room under a roof; of a small one, a tower, and what is
    called a silo or a tank it is asked, answer ``small_is_building``, which every check obeys, as it does the answer ``objects``; of an open roof it is
    asked whether the plan calls it an overkapping, answer ``open_roof_kind``). Facade line: figuur
    gevellijn or answer ``facade_line``. Peil.
How measured
    Highest point above peil; a fence is cut exactly at the facade line and measured on either side; where it makes a step at the
    line, the end of the higher piece belongs to its own side. On a corner plot what stands before
    either front is before the facade line.
Limits
    Without a facade line a fence is firm only when it keeps to the lower, or passes the higher of both limits. No exemption of minor parts.
References
    SVBP2012; docs/measuring.md A17.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Point
from shapely.geometry.base import BaseGeometry

from ...measure.building.enclosing import COLUMN_M2
from ...measure.building.footprint import GARDEN_WALL_M, SLIVER_M, polygons_only, projection, without_thin
from ...measure.building.hanging_rooms import OUTSIDE_M
from ...measure.building.height import highest_point
from ...measure.building.named_kinds import STRUCTURE, has_roof
from ...measure.plane import overlay
from ...measure.plane.distance import main_directions
from ...measure.plane.inside import inside
from ...model import PART_KINDS, Evidence, Finding, Measurement, Note, Part, Rule, Verdict
from ...model.arrays import Floats
from ..declared.declaration import PART, STABLE, ZONING, OfText, Switch
from ..engine.base import Check, Context, finding, not_assessable, peil_question
from ..engine.no_building import small_is_building
from ..engine.objects import BUILDINGS, DWELLING_M2, OPEN_ROOF, OTHER, parts_named, roof_kind, whole_told
from ..engine.open_points.unseen import LOWER
from ..engine.weighing import declared, section_line, worst_first
from ..shared.horizontal.boundaries import facade_lines
from ..shared.horizontal.secondary import ground_before, one_per_front, unknown_parts
from ..shared.roofs_under import on_a_building_that_stands
from ..shared.vertical.heights import STEP_M

BEFORE, BEHIND = Note.of("subject_fence_before"), Note.of("subject_fence_behind")
FENCE, WHOLE = Note.of("subject_fence"), Note.of("subject_structure")
SIDES = ("voor", "achter")
"""Of the facade line: the words of the answer ``fence_side``."""
FENCES = ("erfafscheiding",)
HAIR_M, SMALLEST_M2 = 1e-4, 1e-6


class OtherStructures(Check):
    """``other_structures``; see the module's text."""

    name = "other_structures"
    code, stage, family, about = "DRL-A19", STABLE, ZONING, PART
    title = {"nl": "Bouwwerken, geen gebouwen zijnde", "en": "Other structures"}
    needs: tuple[str, ...] = ()
    reads = ("fence_side", "peil", "small_is_building", "open_roof_kind", "walled_roof_kind")
    units = ("m",)
    text_norms = (
        OfText("bouwhoogte", "m", "<=", FENCES, "max_before_m", "voor voorgevelrooilijn"),
        OfText("bouwhoogte", "m", "<=", FENCES, "max_behind_m", "achter voorgevelrooilijn"),
        OfText("bouwhoogte", "m", "<=", (*FENCES, "bouwwerk geen gebouw"), "max_height_m"),
    )
    switches: Mapping[str, Switch] = {"max_before_m": "metres", "max_behind_m": "metres", "max_height_m": "metres", "parts": "names"}

    def run(self, rule: Rule, context: Context) -> tuple[Finding, ...]:
        """Return one finding for each limit that the rule states, the heaviest first."""
        parts = chosen_parts(rule, context)
        limits = {key: float(rule.measure[key]) for key in ("max_before_m", "max_behind_m", "max_height_m") if rule.measure.get(key) is not None}
        if rule.limit is not None and rule.limit.value is not None:
            limits.setdefault("max_height_m", rule.limit.value)
        if not limits:
            return (not_assessable(rule, context, WHOLE, Note.of("surroundings_no_limit")),)
        named = set(map(str, rule.measure.get("parts", ())))
        if not parts and named - set(PART_KINDS):  # a kind that no part has is told for certain; a name that none has may be misspelt
            return (not_assessable(rule, context, WHOLE, unknown_parts(context, sorted(named))),)
        if not parts:
            return (finding(rule, context, WHOLE, Verdict.NOT_APPLICABLE, notes=(Note.of("surroundings_no_such_part"),)),)
        found = fences(rule, context, parts, limits)
        if "max_height_m" in limits:
            measured = height_in(rule, context, parts, WHOLE, limits["max_height_m"], None)
            found += [measured] if measured else []
        if not found:
            return (finding(rule, context, WHOLE, Verdict.NOT_APPLICABLE, notes=(Note.of("surroundings_other_side"),)),)
        return worst_first(found)


def chosen_parts(rule: Rule, context: Context) -> tuple[Part, ...]:
    """Return the parts that the rule is about: those that it names, else what of the design is no building: a room under a roof as large as a
    dwelling is one; whether a smaller one is (a shed, a silo, a mast) is an open point."""
    named = {str(name) for name in rule.measure.get("parts", ())}
    parts = context.design.parts
    told = whole_told(context)
    if named or told in OTHER:
        return tuple(p for p in parts if not named or named & {p.fid, p.name, p.kind, p.source_class})
    of_it = {id(part) for part in on_a_building_that_stands(context, LOWER)}
    kinds = {id(part): kind for part, kind in zip(parts, parts_named(context) or (None,) * len(parts))}
    parts = tuple(part for part in parts if id(part) not in of_it and kinds[id(part)] not in BUILDINGS)
    roofs = {id(part) for part in parts if _may_be_open_roof(part, kinds[id(part)], context)}
    if roofs and roof_kind(context, (OPEN_ROOF, OTHER[0])) != OTHER[0]:
        parts = tuple(part for part in parts if id(part) not in roofs)
    untold = tuple(part for part in parts if kinds[id(part)] not in (*OTHER, OPEN_ROOF))
    rooms = {id(part) for part in _of_rooms(untold, told, context)} if untold else set()
    return tuple(part for part in parts if id(part) not in rooms)


def _may_be_open_roof(part: Part, named: str | None, context: Context) -> bool:
    """Whether a part is an open roof by the officer's word, or by its shape where he gave it none: plans call that an overkapping or another structure."""
    whole = whole_told(context)
    if named or whole:
        return (named or whole) == OPEN_ROOF
    if not context.geometry.encloses:
        return part.kind != STRUCTURE and has_roof(context.projection)
    return any(part is own for roof in context.geometry.open_roofs for own in roof.parts)


def _of_rooms(parts: Sequence[Part], told: str | None, context: Context) -> tuple[Part, ...]:
    """Return which of some parts are of a room under a roof: one as large as a dwelling, and in this reading a smaller one."""
    rooms = shapely.get_parts(without_thin(context.geometry.footprint, GARDEN_WALL_M)) if context.geometry.encloses else ()
    houses = [room for room in rooms if told in BUILDINGS or room.area >= DWELLING_M2]
    small = [room for room in rooms if COLUMN_M2 <= room.area < DWELLING_M2 and told not in BUILDINGS]
    smaller = [room for room in small if _stand_in(parts, overlay.grown(room, OUTSIDE_M)).any()]  # none of what the officer told
    if smaller and small_is_building(context, [room.area for room in smaller]):
        houses += smaller
    near = overlay.grown(overlay.union(houses), OUTSIDE_M) if houses else shapely.Polygon()
    return () if near.is_empty else tuple(part for part, stands in zip(parts, _stand_in(parts, near)) if stands)


def _stand_in(parts: Sequence[Part], area: BaseGeometry) -> NDArray[np.bool_]:
    """Return of which parts (n,) most corners lie in an area (RD)."""
    counts = np.array([len(part.vertices) for part in parts])
    within = np.concatenate([[0], np.cumsum(inside(area, np.concatenate([part.vertices[:, :2] for part in parts])))])
    ends = np.cumsum(counts)
    return np.asarray(within[ends] - within[ends - counts] > counts / 2)


def fences(rule: Rule, context: Context, parts: tuple[Part, ...], limits: dict[str, float]) -> list[Finding]:
    """Return the findings of a fence before and behind the facade line."""
    asked = [(key, subject) for key, subject in (("max_before_m", BEFORE), ("max_behind_m", BEHIND)) if key in limits]
    if not asked:
        return []
    lines, _, _ = facade_lines(context)
    if not lines:
        return without_line(rule, context, parts, limits)
    shape = ground_of(parts)
    before = shapely.union_all([ground_before(line) for line in one_per_front(lines, shape)])
    zones = {"max_before_m": overlay.intersection(shape, before), "max_behind_m": shapely.difference(shape, before)}
    found = []
    for key, subject in asked:
        other = zones["max_behind_m" if key == "max_before_m" else "max_before_m"]
        zone = without_step(np.concatenate([part.triangles for part in parts]), zones[key], other)
        found.append(height_in(rule, context, parts, subject, limits[key], zone) if zone.area > SMALLEST_M2 else None)
    return [item for item in found if item is not None]


def without_step(triangles: Floats, zone: BaseGeometry, other: BaseGeometry) -> BaseGeometry:
    """Return one side of the facade line (RD), without the hair along the other side where the fence makes a step at the line: the end
    of the higher piece belongs to its own side."""
    inner = polygons_only(shapely.difference(zone, shapely.buffer(other, SLIVER_M, join_style="mitre")))
    whole, rest = highest_point(triangles, zone), highest_point(triangles, inner)
    return inner if whole is not None and rest is not None and whole[2] - rest[2] > STEP_M else zone


def ground_of(parts: tuple[Part, ...]) -> BaseGeometry:
    """Return the ground that parts stand on (RD); a fence drawn as a sheet without thickness gets a hair's."""
    sheets = []
    for part in parts:
        if len(part.faces) and projection((part,)).area < SMALLEST_M2:
            edges = part.triangles[:, [0, 1, 2, 0], :2]
            sheets.append(shapely.buffer(shapely.union_all(shapely.linestrings(edges)), HAIR_M, cap_style="flat", join_style="mitre"))
    return shapely.union_all([projection(parts), *sheets])


def without_line(rule: Rule, context: Context, parts: tuple[Part, ...], limits: dict[str, float]) -> list[Finding]:
    """Return the finding of a fence while nobody drew the facade line: on which side it stands is an open point."""
    before = context.word("fence_side", Note.of("surroundings_question_fence_side"), SIDES) == SIDES[0]
    limit = limits.get("max_before_m" if before else "max_behind_m")
    if limit is None:  # on this side it has no limit
        return []
    measured = height_in(rule, context, parts, FENCE, limit, None)
    return [measured] if measured else []


def height_in(
    rule: Rule, context: Context, parts: tuple[Part, ...], subject: Note, limit: float, zone: BaseGeometry | None
) -> Finding | None:
    """Return the finding of the highest point in a zone (RD polygon; None = everywhere), None when nothing stands there."""
    place = highest_point(np.concatenate([part.triangles for part in parts]), zone)
    if place is None:
        return None
    operator = rule.limit.operator if rule.limit else "<="
    spread = shapely.linestrings(np.concatenate([part.vertices[:, :2] for part in parts]))  # only its extent counts
    level = context.level
    if level is None:
        return not_assessable(rule, context, subject, Note.of("checks_peil_missing"), questions=(peil_question(),))
    sources = (*level.sources, *declared(rule, "level", "height", "mesh"))
    measured = Measurement("height_above_peil", round(float(place[2]) - level.nap_m, 4), "m", operator, limit, sources)
    shown = (
        section_line(spread, place, main_directions(context.projection)[0]),
        Evidence("highest_point", Point(*place), value=measured.value, unit="m"),
    )
    return finding(
        rule, context, subject, measured.verdict(), evidence=shown,
        measurements=(measured, Measurement("peil", level.nap_m, "m NAP", at=level.method)),
    )
