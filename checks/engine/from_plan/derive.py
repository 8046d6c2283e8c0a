"""From plan to rules: what the governing plans say at a place, each object as a rule that names where it comes from.

Nothing is lost: a value without a check, or whose text is no number, becomes a rule of the check ``plan_text``, which asks the officer
to read it. Nothing is invented: limits stay in the plan (``from_plan``), and a plan that shows no bouwvlak or height where it has a
bestemming gives a rule that says so, because a missing value is never "no limit".
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ....measure.building.footprint import stands_in
from ....measure.plane import overlay
from ....model import LegalSource, Limit, MeasuringProfile, Parcel, PlanArea, PlanOrigin, PlanValue, Rule, Ruleset
from ...declared.declaration import ALL_ELSE, EITHER, MAXIMUM, MINIMUM, OVERLAYS
from ..base import Check
from .measuring_doubts import with_measuring
from .norm_places import places_of
from .norm_powers import with_powers
from .norm_rules import norm_rules
from .norm_special import with_special
from .plan_text_profile import with_profile

PLAN_RULESET = "plan"
SLIVER_M2 = 1e-6
OWN_LINE_M, STANDS_M2 = 1.0, 1.0
"""A line of the map is drawn along a bouwvlak or a plot to within a metre; less of a design than this on a parcel is the noise of drawings."""
EXPECTED = ("bouwhoogte", "goothoogte", "bebouwingspercentage")
"""Values that a bestemming with buildings usually has: where the data hold none, the text must be read."""
TEXT_KINDS = ("bouwaanduiding", "functieaanduiding", "figuur", "lettertekenaanduiding")
ALLOWED = ("toegestaan",)
"""What an activity rule of the IMOW says that forbids nothing and asks no permit (waardelijst activiteitregelkwalificatie); one that says nothing may
ask anything."""
VALUED = ("maatvoering", "omgevingsnorm", "omgevingswaarde")
"""Objects whose values the checks measure: IMRO's and IMOW's."""


@dataclass
class _Found:
    """The rules of one plan while they are gathered: key -> what they come from."""

    plan: PlanArea
    values: dict[tuple[str, str], list[tuple[PlanArea, PlanValue]]] = field(default_factory=lambda: defaultdict(list))
    texts: dict[str, list[tuple[PlanArea, PlanValue | None]]] = field(default_factory=lambda: defaultdict(list))
    areas: dict[str, list[PlanArea]] = field(default_factory=lambda: defaultdict(list))


def derive(
    areas: Sequence[PlanArea], place: BaseGeometry, checks: Mapping[str, Check], profiles: Sequence[MeasuringProfile] = (), parcels: Sequence[Parcel] = ()
) -> Ruleset:
    """Return the rules of the governing plans at a place (RD: the projection of a design).

    ``areas``: the objects of the plans that govern; ``checks``: what can be measured, by name; a profile fills in what its plan's text
    says; ``parcels`` of the site: a line of the map that crosses the plot is about the design. Deterministic: rules in order of plan, then
    of what they are about; independent of the order of ``areas``.
    """
    rules: list[Rule] = []
    ground = ground_of(areas, place, parcels)
    for plan_id in sorted({area.plan_id for area in areas}):
        own = sorted((area for area in areas if area.plan_id == plan_id and at_place(area, place, ground)), key=lambda area: (area.kind, area.fid))
        profile = next((profile for profile in profiles if profile.plan_id == plan_id), None)
        if own:
            every = {area.fid: area for area in areas if area.plan_id == plan_id}
            places = places_of(profile, tuple(every.values()), own) if profile else None
            said = norm_rules(profile, places, checks) if profile and places else []
            told = {rule.check for rule in said if not rule.doubts}  # what the text says itself is not asked of the map
            drawn = [rule for rule in _rules(_gathered(own, checks), every, checks) if rule.origin or rule.limit is None or rule.check not in told]
            both = with_powers(with_special((*drawn, *said), profile, places), profile, places) if profile and places else drawn
            rules += [with_measuring(with_profile(rule, profile, checks[rule.check].profile), checks[rule.check], profile) for rule in both]
    rules = rules or [_nothing_here(checks)]
    digest = hashlib.sha256("\n".join(map(_spelled, rules)).encode()).hexdigest()
    title = {"nl": "Regels uit de plannen ter plaatse", "en": "Rules from the plans at the place"}
    return Ruleset(PLAN_RULESET, "1", title, tuple(rules), digest, "plan")


def _spelled(rule: Rule) -> str:
    """Return what a derived rule is, in one line."""
    return repr((rule.id, rule.check, rule.origin, sorted(rule.measure.items(), key=str), *((rule.read,) if rule.read else ())))


def _nothing_here(checks: Mapping[str, Check]) -> Rule:
    """Return the rule that says that no plan speaks at the place, or that the plans could not be read."""
    return Rule(_id("none"), _reader(checks), {"nl": "Plannen ter plaatse", "en": "Plans at the place"}, ())


def merged(rulesets: Sequence[Ruleset]) -> tuple[Ruleset, ...]:
    """Return derived rule sets of several designs as one, each rule once; nothing of nothing."""
    if not rulesets:
        return ()
    rules = {rule.id: rule for ruleset in reversed(rulesets) for rule in reversed(ruleset.rules)}
    digest = hashlib.sha256("".join(ruleset.sha256 for ruleset in rulesets).encode()).hexdigest()
    first = rulesets[0]
    return (Ruleset(first.id, first.version, first.title, tuple(reversed(rules.values())), digest, first.location),)


def ground_of(areas: Sequence[PlanArea], place: BaseGeometry, parcels: Sequence[Parcel]) -> BaseGeometry:
    """Return the ground (RD) on which a line of the map is about a design: its bouwvlakken, within a metre, and its parcels."""
    planes = [area.geometry for area in areas if area.kind == "bouwvlak" and stands_in(area.geometry, place)]
    shapes = np.array([parcel.geometry for parcel in parcels], dtype=object)
    plots = list(shapely.buffer(shapes[overlay.shared_areas(place, shapes) > STANDS_M2], -OWN_LINE_M))
    return shapely.union_all([shapely.buffer(shape, OWN_LINE_M) for shape in (place, *planes)] + plots)


def at_place(area: PlanArea, place: BaseGeometry, ground: BaseGeometry) -> bool:
    """Whether a plan object lies under the design: areas by more than a touch; points when they reach it, lines also where they cross its
    ground (``ground_of``): who builds behind a line must be told of it, and of a value that stands on its ground without an area."""
    if area.geometry.geom_type in ("Polygon", "MultiPolygon"):
        return float(overlay.intersection(area.geometry, place).area) > SLIVER_M2
    if area.geometry.geom_type in ("LineString", "MultiLineString"):
        return float(overlay.intersection(area.geometry, ground).length) > OWN_LINE_M
    return bool(area.geometry.distance(place) < OWN_LINE_M or (area.kind in VALUED and area.geometry.intersects(ground)))


def measuring(name: str, qualifier: str, checks: Mapping[str, Check]) -> str:
    """Return the check that declares that it measures the values of a name and qualifier; '' when none does."""
    wanted = (qualifier, EITHER)
    return next((check.name for check in checks.values() if name in check.plan_values and check.qualifier in wanted), "")


def checks_of(value: PlanValue, checks: Mapping[str, Check]) -> tuple[str, ...]:
    """Return the checks that measure a plan value: of one that says neither maximum nor minimum those of both; none when its text is no number."""
    words = (value.qualifier,) if value.qualifier else (MAXIMUM, MINIMUM)
    found = () if value.value is None else (measuring(value.quantity, word, checks) for word in words)
    return tuple(dict.fromkeys(name for name in found if name))


def taking(area: PlanArea, checks: Mapping[str, Check]) -> str:
    """Return the check that declares that it is about such an object of the map, that with the longest word in its name; '' when none does."""
    name = area.name.lower()
    drawn = [(check.drawn.word, check.name) for check in checks.values() if check.drawn and area.kind in check.drawn.kinds and check.drawn.word in name]
    return max(drawn, key=lambda pair: len(pair[0]))[1] if drawn else ""


def _reader(checks: Mapping[str, Check]) -> str:
    """Return the check that asks the officer to read what no other check takes."""
    return next(check.name for check in checks.values() if check.drawn and check.drawn.kinds == ALL_ELSE)


def _gathered(areas: Sequence[PlanArea], checks: Mapping[str, Check]) -> _Found:
    found = _Found(areas[0])
    for area in areas:
        if area.kind == "plangebied":
            continue
        found.areas[area.kind].append(area)
        for value in area.values:
            measured = checks_of(value, checks) if area.kind in VALUED else ()
            for check in measured:
                found.values[check, value.name].append((area, value))
            if not measured:
                found.texts[" ".join(word for word in (value.qualifier, value.name) if word)].append((area, value))
        if area.kind in VALUED and not area.values:
            found.texts[area.name or area.kind].append((area, None))
        if area.kind == "activiteit" and area.group.lower() not in ALLOWED:
            found.texts[f"{area.kind} {area.name}: {area.group}"].append((area, None))
        if area.kind in TEXT_KINDS and not taking(area, checks):
            found.texts[f"{area.kind} {area.name}".strip()].append((area, None))
    return found


def _rules(found: _Found, every: Mapping[str, PlanArea], checks: Mapping[str, Check]) -> list[Rule]:
    """Return the rules of one plan at a place."""
    rules = [_area_rule(check, areas, every) for check, areas in _drawn_at_once(found, checks)]
    built = found.areas.get("enkelbestemming", []) or found.areas.get("besluitvlak", [])
    wanted = [(check, name) for name in EXPECTED if built and (check := measuring(name, MAXIMUM, checks))]
    expected: dict[tuple[str, str], list[tuple[PlanArea, PlanValue]]] = {pair: [] for pair in wanted}
    for (name, value), pairs in {**expected, **found.values}.items():
        rules.append(_value_rule(checks[name], value, pairs, found, every))
    for kind in OVERLAYS:
        for name in sorted({area.name for area in found.areas.get(kind, ())}):
            rules += _overlay_rule(kind, name, [area for area in found.areas[kind] if area.name == name], every, checks)
    reader = _reader(checks)
    for name, texts in sorted(found.texts.items()):
        rules.append(_text_rule(checks[reader], name, texts, every))
    order = sorted(checks)
    return sorted(rules, key=lambda rule: (rule.check == reader, order.index(rule.check), rule.id))


def _drawn_at_once(found: _Found, checks: Mapping[str, Check]) -> list[tuple[Check, list[PlanArea]]]:
    """Return the checks that take all their objects in one rule, each with those of the first of its kinds that the plan has here."""
    pairs = []
    for check in checks.values():
        if check.drawn is None or check.drawn.named_by:
            continue
        kinds = ([area for area in found.areas.get(kind, ()) if check.drawn.word in area.name.lower()] for kind in check.drawn.kinds)
        areas = next((areas for areas in kinds if areas), None)
        pairs += [(check, areas)] if areas else []
    return pairs


def _id(plan_id: str, *words: str) -> str:
    return ":".join((PLAN_RULESET, plan_id, *words))


def origin_of(area: PlanArea, value: PlanValue | None, every: Mapping[str, PlanArea]) -> PlanOrigin:
    """Return where a rule comes from: the object, its value, and the article and text of the object or of what it belongs to."""
    legal = legal_of(area, every)
    number, unit, raw = (value.value, value.unit, value.raw) if value else (None, "", "")
    return PlanOrigin(area.plan_id, area.fid, area.kind, area.name, legal.article, legal.url, number, unit, raw)


def legal_of(area: PlanArea, every: Mapping[str, PlanArea]) -> LegalSource:
    """Return the legal source of a plan object: its own article, else that of the bouwvlak or bestemming that it belongs to."""
    seen: list[PlanArea] = [area]
    while seen[-1].belongs_to in every and every[seen[-1].belongs_to] not in seen and len(seen) < 5:
        seen.append(every[seen[-1].belongs_to])
    article = next((item.article for item in seen if item.article), "")
    url = next((item.url for item in seen if item.url), "")
    quote = next((text for item in seen if (text := str(getattr(item, "quote", "")))), "")
    return LegalSource(area.plan_name or area.plan_id, article, quote, url, area.date, area.plan_id)


def _legal(areas: Iterable[PlanArea], every: Mapping[str, PlanArea]) -> tuple[LegalSource, ...]:
    """Return the legal sources of objects, each once, those with an article first."""
    found = list(dict.fromkeys(legal_of(area, every) for area in areas))
    return tuple(sorted(found, key=lambda source: (not source.article, source.article)))


def _value_rule(check: Check, name: str, pairs: Sequence[tuple[PlanArea, PlanValue]], found: _Found, every: Mapping[str, PlanArea]) -> Rule:
    areas = [area for area, _ in pairs] or found.areas.get("enkelbestemming") or found.areas.get("besluitvlak") or [found.plan]
    about = tuple(dict.fromkeys(value.about for _, value in pairs if value.about))
    word, between = check.qualifier, check.qualifier == EITHER
    operator = "between" if between else ">=" if word == MINIMUM else "<="
    title = {"nl": f"{word} {name}".strip().capitalize(), "en": f"{word} {name}".strip().capitalize() if word else name}
    return Rule(
        id=_id(found.plan.plan_id, *(() if between else (word,)), name), check=check.name, title=title, legal=_legal(areas, every),
        limit=Limit(operator, check.units[0], from_plan=name), measure={"plan_value": name},
        plan_id=found.plan.plan_id, origin=tuple(origin_of(area, value, every) for area, value in pairs), applies_to=about,
    )


def _area_rule(check: Check, areas: Sequence[PlanArea], every: Mapping[str, PlanArea]) -> Rule:
    plan_id = areas[0].plan_id
    origin = tuple(origin_of(area, None, every) for area in areas)
    return Rule(_id(plan_id, check.name), check.name, dict(check.title), _legal(areas, every), plan_id=plan_id, origin=origin)


def _overlay_rule(kind: str, name: str, areas: Sequence[PlanArea], every: Mapping[str, PlanArea], checks: Mapping[str, Check]) -> list[Rule]:
    """Return the rule of an overlay of one name; none where no check takes it."""
    check = checks.get(taking(areas[0], checks))
    if check is None or check.drawn is None:
        return []
    said: dict[str, object] = {check.drawn.named_by: name, **({check.drawn.kinds_by: [kind]} if check.drawn.kinds_by else {})}
    origin = tuple(origin_of(area, None, every) for area in areas)
    plan_id = areas[0].plan_id
    return [Rule(_id(plan_id, kind, name), check.name, {"nl": name, "en": name}, _legal(areas, every), measure=said, plan_id=plan_id, origin=origin)]


def _text_rule(check: Check, name: str, texts: Sequence[tuple[PlanArea, PlanValue | None]], every: Mapping[str, PlanArea]) -> Rule:
    areas, said = [area for area, _ in texts], {check.drawn.named_by: name} if check.drawn else {}
    return Rule(
        _id(areas[0].plan_id, "text", name), check.name, {"nl": name, "en": name}, _legal(areas, every), measure=said,
        plan_id=areas[0].plan_id, origin=tuple(origin_of(area, value, every) for area, value in texts),
    )
