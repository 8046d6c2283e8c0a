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

import shapely
from shapely.geometry.base import BaseGeometry

from ....model import LegalSource, Limit, MeasuringProfile, PlanArea, PlanOrigin, PlanValue, Rule, Ruleset
from .plan_text_profile import with_profile

PLAN_RULESET = "plan"
SLIVER_M2 = 1e-6
NAMES = {
    "bouwhoogte": ("max_building_height", "min_building_height"),
    "goothoogte": ("max_eaves_height", "min_eaves_height"),
    "bebouwingspercentage": ("max_coverage_pct", "min_coverage_pct"),
    "dakhelling": ("roof_pitch_range", "roof_pitch_range"),
    "aantal bouwlagen": ("max_storeys", ""),
    "volume": ("max_volume", ""), "inhoud": ("max_volume", ""),
    "oppervlakte": ("max_area", "min_area"), "bebouwd oppervlak": ("max_area", "min_area"),
    "diepte": ("max_depth", ""), "breedte": ("max_width", ""),
}
"""Normalised name of a plan value (SVBP2012) -> the checks of its maximum and of its minimum."""
UNITS = {
    "roof_pitch_range": "deg", "max_storeys": "bouwlagen",
    "max_coverage_pct": "%", "min_coverage_pct": "%", "max_volume": "m3", "max_area": "m2", "min_area": "m2",
}
TITLES = {
    "within_building_plane": ("Bouwen binnen het bouwvlak", "Building within the bouwvlak"),
    "facade_line": ("Gevellijn", "Facade line"),
    "mill_biotope": ("Molenbiotoop", "Mill biotope"),
}
EXPECTED = ("bouwhoogte", "goothoogte", "bebouwingspercentage")
"""Values that a bestemming with buildings usually has: where the data hold none, the text must be read."""
TEXT_KINDS = ("bouwaanduiding", "functieaanduiding", "figuur", "lettertekenaanduiding")
OVERLAYS = ("dubbelbestemming", "gebiedsaanduiding", "gebiedsaanwijzing")
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
    areas: Sequence[PlanArea], place: BaseGeometry, checks: Iterable[str], profiles: Sequence[MeasuringProfile] = ()
) -> Ruleset:
    """Return the rules of the governing plans at a place (RD: the projection of a design).

    ``areas``: the objects of the plans that govern; ``checks``: the names that can be measured; a profile fills in what its plan's text
    says. Deterministic: rules in order of plan, then of what they are about; independent of the order of ``areas``.
    """
    known = frozenset(checks)
    rules: list[Rule] = []
    for plan_id in sorted({area.plan_id for area in areas}):
        own = sorted((area for area in areas if area.plan_id == plan_id and at_place(area, place)), key=lambda area: (area.kind, area.fid))
        profile = next((profile for profile in profiles if profile.plan_id == plan_id), None)
        if own:
            every = {area.fid: area for area in areas if area.plan_id == plan_id}
            rules += [with_profile(rule, profile) for rule in _rules(_gathered(own, known), every, known)]
    rules = rules or [_nothing_here()]
    digest = hashlib.sha256("\n".join(repr((rule.id, rule.check, rule.origin, sorted(rule.measure.items(), key=str))) for rule in rules).encode()).hexdigest()
    title = {"nl": "Regels uit de plannen ter plaatse", "en": "Rules from the plans at the place"}
    return Ruleset(PLAN_RULESET, "1", title, tuple(rules), digest, "plan")


def _nothing_here() -> Rule:
    """Return the rule that says that no plan speaks at the place, or that the plans could not be read."""
    return Rule(_id("none"), "plan_text", {"nl": "Plannen ter plaatse", "en": "Plans at the place"}, ())


def merged(rulesets: Sequence[Ruleset]) -> tuple[Ruleset, ...]:
    """Return derived rule sets of several designs as one, each rule once; nothing of nothing."""
    if not rulesets:
        return ()
    rules = {rule.id: rule for ruleset in reversed(rulesets) for rule in reversed(ruleset.rules)}
    digest = hashlib.sha256("".join(ruleset.sha256 for ruleset in rulesets).encode()).hexdigest()
    first = rulesets[0]
    return (Ruleset(first.id, first.version, first.title, tuple(reversed(rules.values())), digest, first.location),)


def at_place(area: PlanArea, place: BaseGeometry) -> bool:
    """Whether a plan object lies under the design: areas by more than a touch; lines and points when they reach it."""
    if area.geometry.geom_type in ("Polygon", "MultiPolygon"):
        return float(shapely.intersection(area.geometry, place).area) > SLIVER_M2
    return bool(area.geometry.distance(place) < 1.0)


def check_of(value: PlanValue, checks: frozenset[str]) -> str:
    """Return the check that measures a plan value, '' when there is none or its text is no number."""
    pair = NAMES.get(value.name)
    if pair is None or value.value is None:
        return ""
    check = pair[1] if value.qualifier == "minimum" else pair[0]
    return check if check in checks else ""


def _gathered(areas: Sequence[PlanArea], checks: frozenset[str]) -> _Found:
    found = _Found(areas[0])
    for area in areas:
        if area.kind == "plangebied":
            continue
        found.areas[area.kind].append(area)
        for value in area.values:
            check = check_of(value, checks) if area.kind in VALUED else ""
            if check:
                found.values[check, value.name].append((area, value))
            else:
                found.texts[" ".join(word for word in (value.qualifier, value.name) if word)].append((area, value))
        if area.kind in VALUED and not area.values:
            found.texts[area.name or area.kind].append((area, None))
        if area.kind in TEXT_KINDS and not (area.kind == "figuur" and "gevellijn" in area.name.lower() and "facade_line" in checks):
            found.texts[f"{area.kind} {area.name}".strip()].append((area, None))
    return found


def _rules(found: _Found, every: Mapping[str, PlanArea], checks: frozenset[str]) -> list[Rule]:
    """Return the rules of one plan at a place."""
    rules = []
    built = found.areas.get("enkelbestemming", [])
    if found.areas.get("bouwvlak") or built:
        rules.append(_area_rule("within_building_plane", found.areas.get("bouwvlak") or built, every))
    wanted = [name for name in EXPECTED if built and NAMES[name][0] in checks]
    expected: dict[tuple[str, str], list[tuple[PlanArea, PlanValue]]] = {(NAMES[name][0], name): [] for name in wanted}
    for (check, name), pairs in {**expected, **found.values}.items():
        rules.append(_value_rule(check, name, pairs, found, every))
    figures = [area for area in found.areas.get("figuur", ()) if "gevellijn" in area.name.lower()]
    if figures and "facade_line" in checks:
        rules.append(_area_rule("facade_line", figures, every))
    for kind in OVERLAYS:
        for name in sorted({area.name for area in found.areas.get(kind, ())}):
            rules.append(_overlay_rule(kind, name, [area for area in found.areas[kind] if area.name == name], every, checks))
    for name, texts in sorted(found.texts.items()):
        rules.append(_text_rule(name, texts, every))
    order = sorted(checks)
    return sorted(rules, key=lambda rule: (rule.check == "plan_text", order.index(rule.check) if rule.check in order else 0, rule.id))


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


def _value_rule(check: str, name: str, pairs: Sequence[tuple[PlanArea, PlanValue]], found: _Found, every: Mapping[str, PlanArea]) -> Rule:
    minimum = check.startswith("min_")
    word = "minimum" if minimum else "maximum"
    areas = [area for area, _ in pairs] or found.areas.get("enkelbestemming", [found.plan])
    between = check == "roof_pitch_range"
    operator = "between" if between else ">=" if minimum else "<="
    title = {"nl": name.capitalize() if between else f"{word.capitalize()} {name}", "en": f"{'' if between else word.capitalize()} {name}".strip()}
    return Rule(
        id=_id(found.plan.plan_id, *(() if between else (word,)), name), check=check, title=title, legal=_legal(areas, every),
        limit=Limit(operator, UNITS.get(check, "m"), from_plan=name), measure={"plan_value": name},
        plan_id=found.plan.plan_id, origin=tuple(origin_of(area, value, every) for area, value in pairs),
    )


def _area_rule(check: str, areas: Sequence[PlanArea], every: Mapping[str, PlanArea], **measure: object) -> Rule:
    nl, en = TITLES[check]
    plan_id = areas[0].plan_id
    origin = tuple(origin_of(area, None, every) for area in areas)
    return Rule(_id(plan_id, check), check, {"nl": nl, "en": en}, _legal(areas, every), measure=measure, plan_id=plan_id, origin=origin)


def _overlay_rule(kind: str, name: str, areas: Sequence[PlanArea], every: Mapping[str, PlanArea], checks: frozenset[str]) -> Rule:
    mill = "molenbiotoop" in name.lower() and "mill_biotope" in checks
    check, measure = ("mill_biotope", {"zone_name": name}) if mill else ("overlay_hit", {"name": name, "kinds": [kind]})
    origin = tuple(origin_of(area, None, every) for area in areas)
    return Rule(
        _id(areas[0].plan_id, kind, name), check, {"nl": name, "en": name}, _legal(areas, every), measure=measure, plan_id=areas[0].plan_id, origin=origin
    )


def _text_rule(name: str, texts: Sequence[tuple[PlanArea, PlanValue | None]], every: Mapping[str, PlanArea]) -> Rule:
    areas = [area for area, _ in texts]
    return Rule(
        _id(areas[0].plan_id, "text", name), "plan_text", {"nl": name, "en": name}, _legal(areas, every), measure={"about": name},
        plan_id=areas[0].plan_id, origin=tuple(origin_of(area, value, every) for area, value in texts),
    )
