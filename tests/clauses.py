"""Clauses of a plan's text on a small map, written short, and the rules that come of them, told in a line each."""

from __future__ import annotations

from dataclasses import replace

import shapely

from drieluik.model import MeasuringProfile, PlanNorm, PlanValue
from drieluik.model.plan_words import CONFIRMED, Clause
from scenes import plan_area

ALL = shapely.box(0, 0, 20, 40)
WONEN, FARM = plan_area("w", "enkelbestemming", "Wonen", ALL), replace(plan_area("f", "enkelbestemming", "Bedrijf", ALL), article="6")
SIZE = plan_area("s", "maatvoering", "maatvoering", ALL, PlanValue("goothoogte", "maximum", 6.0, "m", "maximum goothoogte (m)=6"))
KAP, ELSEWHERE = plan_area("k", "bouwaanduiding", "kap", ALL), replace(plan_area("e", "gebiedsaanduiding", "molen", ALL), article="")
AREAS = (WONEN, SIZE, KAP, ELSEWHERE)
BEFORE, BEHIND = "voor voorgevelrooilijn", "achter voorgevelrooilijn"


def norm(text, quote="", key="", decision=CONFIRMED, **words):
    """A norm: "5.2 a [hoofdgebouw] bouwhoogte <= 7.5 m"; ``key``: when it is not its article and quantity."""
    article, _, rest = text.partition(" [")
    thing, _, size = rest.partition("] ")
    quantity, operator, value, unit = (*size.split(), "", "", "")[:4]
    clause = Clause(thing, quantity, operator or "definition", float(value) if value else None, unit or None, quote or size, 0, 1, article=article, **words)
    return PlanNorm(key or f"{article} {quantity}", clause, decision)


def profile(*norms):
    return MeasuringProfile("NL.IMRO.9999.BP1", norms=norms, text_at="2026-01-02T10:00")


def told(rule):
    """Return a rule in one line: its key and check, limit, switches, kinds, place, doubts (? may not hold, ! nobody knows what else), and which it goes before."""
    limit = rule.limit
    bound = [] if limit is None else [f"{limit.operator} {' - '.join(f'{n:g}' for n in (limit.value, limit.low, limit.high) if n is not None)} {limit.unit}".strip()]
    doubts = [f"{doubt.code.rpartition('_')[2]}{'' if doubt.holds_when else ' unless'}{'!' if doubt.else_unknown else '?'} {doubt.words}" for doubt in rule.doubts]
    said = [f"{switch}={value:g}" if isinstance(value, float) else f"{switch}={value}" for switch, value in rule.measure.items()]
    place = [f"where {where(rule.applies_when)}"] if rule.applies_when else ["everywhere"]
    place = [] if place == ["where enkelbestemming Wonen"] else place
    first = [f"before {', '.join(one.rpartition(':')[2] for one in rule.overrides)}"] if rule.overrides else []
    return "; ".join((f"{rule.id.removeprefix('plan:NL.IMRO.9999.BP1:norm:')} -> {rule.check}", *bound, *said, *(f"of {kind}" for kind in rule.applies_to), *place, *doubts, *first))


def where(condition):
    """Return a condition in words."""
    [(word, inner)] = condition.items()
    if word == "location":
        return " ".join((inner["layer"], *(str(name) for names in inner.get("where", {}).values() for name in names)))
    return f"{word}({', '.join(map(where, inner))})"


USED = norm("5.1 [] gebruik", key="5.1 gebruik", title="Wonen")
