"""The highest point of a design in a zone, with what the plan exempts: shared by the rules about building height."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry

from ....measure.building.footprint import SLIVER_M, projection
from ....measure.building.height import CANDIDATE_AREA_PCT, minor_candidates
from ....measure.building.named_kinds import stacks_apart
from ....measure.plan.peil import PeilCandidate
from ....measure.plane import overlay
from ....measure.plane.solids import above
from ....model import Evidence, Finding, Limit, Measurement, Note, Part, Rule, UncertaintySource, Verdict
from ....model.arrays import Floats
from ...engine.base import Context, finding, inputs_of, not_assessable
from ...engine.exceptions import AUTO, decided_by, granted, part_exceptions, parts_only
from ...engine.open_points.unseen import LOWER
from ...engine.standing import AGAINST_M, said_of
from ...engine.weighing import against, declared
from ..roofs_under import RoofUnder, roof_under
from ..zones import LimitZone, level_sources, level_surface, peil_measurement, profile_line

EXEMPT = ("chimney", "antenna")
HIGH_M, BESIDE_M = 5.0, 5.0
"""A chimney or antenna that stands further above the roof around it (so near) is not minor without a word: an antenna may be 5 m high without a
permit (Bbl 2.29), and no house needs a higher chimney."""
SLACK = 1.1
"""Candidates are drawn a centimetre wide of their own outline."""
REACHES_M, AROUND_M = 1e-4, 0.02
STRICT_M = 0.01
"""What is lower than the limit of a strict rule by this meets it for certain: twice the numeric epsilon."""
STEP_M = 0.02
"""More than any roof rises within the hair along a zone's edge."""


@dataclass(frozen=True, eq=False)
class Exemptions:
    """Part kinds that do not count (``free``), each with how far above the limit it may reach (m; None = any), and the exceptions of kinds
    that an officer must decide about (``asked``)."""

    free: dict[str, float | None]
    asked: dict[str, Mapping[str, Any]]
    apart: frozenset[int] = frozenset()
    """Parts (by identity) of a kind that no rule names which stand on no building: no part of one."""
    high: frozenset[int] = frozenset()
    """Those which stand higher above their roof than what is minor without a word."""
    around: Context | None = None
    """The design with the building that stays and they stand on, where it is not drawn."""

    def drops(self, part: Part, limit_nap: float) -> bool:
        """Whether a part does not count."""
        return part.kind in self.free and id(part) not in self.apart | self.high and _within(part, self.free[part.kind], limit_nap)

    def granted(self, kinds: Iterable[str]) -> Exemptions:
        """Return these exemptions with what the officer granted."""
        return replace(self, free={**self.free, **{kind: reach_of(self.asked[kind]) for kind in kinds}})


def _within(part: Part, reach: float | None, limit_nap: float) -> bool:
    return reach is None or part.z_range[1] <= limit_nap + reach + REACHES_M


def reach_of(exception: Mapping[str, Any]) -> float | None:
    """Return how far above the limit what is excepted may reach (m); None: any height."""
    extra = exception.get("max_extra_m")
    return None if extra is None else float(extra)


def exemptions(rule: Rule, context: Context) -> Exemptions:
    """Return what the rule exempts by itself and what it leaves to the officer: ``measure.exempt_classes`` and exceptions with ``classes``.

    What a rule does not say (``EXEMPT``) is taken for parts of a building, of the design or one that stays under them; where a design is nothing else
    and stands on the ground they are what the rule is about.
    """
    there = context.design.kinds
    excepting = part_exceptions(rule, there)
    said = _said(rule)
    stacks = _Stacks.of(context) if there & set(EXEMPT) else None
    unsaid = [kind for kind in EXEMPT if kind not in said] if there - set(EXEMPT) or (stacks and stacks.under) else ()
    free: dict[str, float | None] = {str(kind): None for kind in parts_only(rule.measure.get("exempt_classes", unsaid), there)}
    always, asked = frozenset(free), dict[str, Mapping[str, Any]]()
    for exception in excepting:
        for kind in exception["classes"]:
            if decided_by(exception) == AUTO:
                free[kind] = reach_of(exception)
            elif kind not in always:
                asked[kind] = exception
    silent = not said and "exempt_classes" not in rule.measure
    if not (silent and unsaid and stacks):
        return Exemptions(free, asked)
    return Exemptions(free, asked, stacks.apart, stacks.high, stacks.under.context if stacks.under else None)


def _said(rule: Rule) -> set[str]:
    """Return the kinds of parts that a rule says something of; a power for chimneys says that they count."""
    return {str(kind) for exception in rule.exceptions for kind in exception.get("classes") or ()}


@dataclass(frozen=True, eq=False)
class _Stacks:
    """The chimneys and antennas of a design (by identity) that stand on no building, and those too high to be minor; what stands on nothing of the
    design may stand on a building that stays (``under``)."""

    apart: frozenset[int]
    high: frozenset[int]
    under: RoofUnder | None

    @classmethod
    def of(cls, context: Context) -> _Stacks:
        own = [part for part in context.design.parts if part.kind in EXEMPT and len(part.faces)]
        alone = len(own) == len(context.design.parts)
        apart = _apart(context)
        high = context.memo(("high stacks", id(context.design)), lambda: _high_stacks(context, own))
        doubted = [part for part in own if alone or id(part) in apart | high]
        under = roof_under(context, doubted, LOWER)
        if under is None:
            return cls(apart, high, None)
        seen = under.context
        key = ("high stacks", id(seen.design), tuple(map(id, own)))
        rises = seen.memo(key, lambda: _high_stacks(seen, own)) if under.known else _long_stacks(own)
        return cls(_apart(seen), rises, under)


def _apart(context: Context) -> frozenset[int]:
    return context.memo(("stacks apart", id(context.design)), lambda: frozenset(map(id, stacks_apart(context.design.parts))))


def _high_stacks(context: Context, stacks: Sequence[Part]) -> frozenset[int]:
    """Return the chimneys and antennas (by identity) that stand higher above the roof around them than what is minor without a word."""
    roofs = (context.geometry.highest_points.highest(shapely.buffer(projection([one]), BESIDE_M), lambda part: part.kind in EXEMPT) for one in stacks)
    return frozenset(id(one) for one, roof in zip(stacks, roofs) if roof is not None and one.z_range[1] - roof[2] > HIGH_M)


def _long_stacks(stacks: Sequence[Part]) -> frozenset[int]:
    """Return the chimneys and antennas (by identity) that may stand higher above a roof that nobody knows."""
    return frozenset(id(one) for one in stacks if one.z_range[1] - one.z_range[0] > HIGH_M)


@dataclass(frozen=True, eq=False)
class Heights:
    """The highest point (3,) of all parts, that of what counts in this reading (None: nothing), and what does not count."""

    all: Floats
    counted: Floats | None
    exempt: Exemptions
    minor: bool = False


def measure_heights(rule: Rule, context: Context, zone: LimitZone, limit_nap: float) -> Heights | None:
    """Return the heights of a zone; None of a design without faces. What lies under the limit anyway asks nothing."""
    points = context.geometry.highest_points
    every = highest_in(context, zone)
    if every is None:  # the zone only touches the outline
        every = points.highest()
    if every is None:
        return None
    words = exemptions(rule, context)
    met_nap = limit_nap - (STRICT_M if zone.limit.operator == "<" else 0.0)
    if every[2] <= met_nap:
        return Heights(every, every, words)
    core = highest_in(context, zone, lambda part: words.drops(part, limit_nap))
    if core is not None and core[2] > met_nap and words.asked:
        above = {p.kind for p in points.reaching(met_nap) if p.kind in words.asked and _within(p, reach_of(words.asked[p.kind]), limit_nap)}
        words = words.granted([kind for kind in sorted(above) if granted(words.asked[kind], context)])
        core = highest_in(context, zone, lambda part: words.drops(part, limit_nap))
    if core is None or core[2] <= met_nap:
        return Heights(every, core, words)
    minor = _minor(rule, context, limit_nap, words)
    if minor.is_empty or not context.yes_no("minor_parts", Note.of("zoning_question_minor_parts")):
        return Heights(every, core, words)
    left = replace(zone, polygon=shapely.difference(zone.polygon, minor))
    return Heights(every, highest_in(context, left, lambda part: words.drops(part, limit_nap)), words, True)


def _minor(rule: Rule, context: Context, limit_nap: float, words: Exemptions) -> BaseGeometry:
    """Return where candidate minor parts stand (RD): small and upright above the limit. What the rule itself says of a kind (how far it may
    reach, who decides) is not answered away by another question."""
    named = {*words.free, *words.asked, *_said(rule)}
    parts = [part for part in context.geometry.highest_points.reaching(limit_nap) if part.kind not in named or id(part) in words.high]
    share = float(rule.measure.get("candidate_area_pct", CANDIDATE_AREA_PCT))
    seen = words.around or context
    found = minor_candidates(parts, limit_nap + REACHES_M, seen.projection.area, share)
    bodies = context.memo(("bodies", id(seen.design)), lambda: list(shapely.get_parts(shapely.buffer(seen.projection, AGAINST_M / 2))))
    kept = [piece for piece in shapely.get_parts(found) if not piece.is_empty and _is_minor(piece, bodies, seen.projection, share)]
    return shapely.union_all(kept) if kept else shapely.MultiPolygon()


def _is_minor(piece: BaseGeometry, bodies: Sequence[BaseGeometry], whole: BaseGeometry, share_pct: float) -> bool:
    """Whether what stands above a limit is small beside the body that it is of: what stands free on the ground is a building by itself."""
    own = next((body for body in bodies if body.intersects(piece)), None)
    return own is not None and piece.area <= SLACK * share_pct / 100 * overlay.intersection(own, whole).area


def highest_in(context: Context, zone: LimitZone, left_out: Callable[[Part], bool] | None = None) -> Floats | None:
    """Return the highest point (3,) in a zone; not that of a wall on the zone's edge, of what stands outside (docs/measuring.md A2)."""
    points = context.geometry.highest_points
    found = points.highest(zone.polygon, left_out)
    if found is None or zone.design is None:
        return found
    x, y = float(found[0]), float(found[1])
    here = shapely.buffer(overlay.around(zone.polygon, x - AROUND_M, y - AROUND_M, x + AROUND_M, y + AROUND_M), -SLIVER_M)
    beside = points.highest(here, left_out)
    if beside is not None and found[2] - beside[2] <= STEP_M:
        return found  # a roof goes on from there into the zone
    if zone.inner is zone.polygon or zone.inner.is_empty:
        return found
    inside = points.highest(zone.inner, left_out)
    return found if inside is not None and found[2] - inside[2] <= STEP_M else inside


def judge_height(rule: Rule, context: Context, zone: LimitZone, level: PeilCandidate, notes: tuple[Note, ...] = ()) -> Finding:
    """Return the finding of the highest point in one zone above one peil (docs/measuring.md A2: all, core, least in that order)."""
    limit_nap = level.nap_m + _upper(zone.limit)
    heights = measure_heights(rule, context, zone, limit_nap)
    if heights is None:
        return not_assessable(rule, context, zone.subject, Note.of("surroundings_no_body"))
    sources = level_sources(zone, level) + declared(rule, "level", "height", "mesh")
    verdict, point, extra_notes = decide(heights, zone.limit, level, sources)
    deciding = _measured(zone.limit, point, level, sources)
    found: dict[str, Any] = {"inputs": inputs_of("plans", *zone.areas), "notes": (*zone.notes, *notes, *extra_notes)}
    marks = (Evidence("highest_point", Point(*point), value=deciding.value, unit="m"), profile_line(context, point))
    top = (peil_measurement(level), Measurement("top", round(float(point[2]), 4), "m NAP"))
    surface = level_surface(zone, limit_nap, _upper(zone.limit))
    if verdict is Verdict.COMPLIES and not extra_notes:
        return finding(rule, context, zone.subject, verdict, measurements=(deciding, *top), evidence=(surface, *marks), **found)
    extra, volume_notes, solid = excess(context, zone, limit_nap, deciding, heights.exempt)
    found["notes"] = (*found["notes"], *volume_notes)
    told = finding(rule, context, zone.subject, verdict, measurements=(deciding, *extra, *top), evidence=(surface, *solid, *marks), **found)
    return said_of(heights.exempt.around or context.alone, told)


def _upper(limit: Limit) -> float:
    return float((limit.high if limit.operator == "between" else limit.value) or 0.0)


def _measured(limit: Limit, point: Floats, level: PeilCandidate, sources: tuple[UncertaintySource, ...]) -> Measurement:
    return against(limit, "height_above_peil", float(point[2]) - level.nap_m, "m", sources)


def decide(
    heights: Heights, limit: Limit, level: PeilCandidate, sources: tuple[UncertaintySource, ...]
) -> tuple[Verdict, Floats, tuple[Note, ...]]:
    """Return verdict, the point it rests on, and what to say."""
    if _measured(limit, heights.all, level, sources).verdict() is Verdict.COMPLIES or heights.counted is heights.all:
        return _measured(limit, heights.all, level, sources).verdict(), heights.all, ()
    counted = heights.all if heights.counted is None else heights.counted
    verdict = Verdict.COMPLIES if heights.counted is None else _measured(limit, counted, level, sources).verdict()
    above = heights.counted is None or (heights.all[2] > counted[2] and verdict is Verdict.COMPLIES)
    said = "checks_candidate_minor" if heights.minor else "checks_exempt_parts"
    height = round(float((counted if heights.minor else heights.all)[2]) - level.nap_m, 4)
    return verdict, counted, (Note.of(said, height=height),) if above or heights.minor else ()


def excess(
    context: Context, zone: LimitZone, limit_nap: float, deciding: Measurement, words: Exemptions
) -> tuple[tuple[Measurement, ...], tuple[Note, ...], tuple[Evidence, ...]]:
    """Return what stands above the limit: measurements, notes and the closed solid as evidence."""
    parts = [part for part in context.geometry.highest_points.reaching(limit_nap) if not words.drops(part, limit_nap)]
    triangles, volume, left_out = above(parts, limit_nap, zone.polygon)
    over = max(0.0, -(deciding.margin or 0.0))
    notes = (Note.of("checks_open_parts", count=left_out),) if left_out else ()
    measured = (
        Measurement("excess_height", round(over, 4), "m"),
        Measurement("excess_volume", None if left_out else round(volume, 4), "m3"),
    )
    if not len(triangles):
        return measured, notes, ()
    return measured, notes, (Evidence("excess_volume", triangles=triangles, value=round(over, 4), unit="m"),)
