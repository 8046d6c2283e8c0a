"""What a rule says, as sentences: its limit and each word under ``measure``, by the titles of the switches that its check declares."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from ...data_sources.rules.check_pages import switches_of
from ...model import Limit, Rule
from ...texts import catalogue, number, sentence, spoken_date
from . import wording

UNIT_IN_TITLE = re.compile(r"\s*\((m|m2|%|graden met de verticaal|degrees with the vertical)\)$")
"""Some titles say their unit; in a sentence it stands with the number."""
UNIT_OF = {
    "metres": "m", "square_metres": "m²", "nap": "m NAP", "percent": "%", "roof_angle": "°", "altitude": "°", "minutes": "min", "step": "min", "hours": "h",
}
"""Unit of a switch by its type (``rulesets/switch_types.json``)."""
UNIT_BY_NAME = dict.fromkeys(("z", "ratio", "r_max", "half_width_m", "above_floor_m", "spacing_m", "storey_m", "radius_m", "R", "court_height_m"), "m")
"""Unit of a switch whose type is any positive number."""
SAID_BY_LIMIT = ("plan_value",)
LIMITS = {"<=": "rule_max", ">=": "rule_min", "<": "rule_below", ">": "rule_above", "==": "rule_equal"}


def rule_lines(rule: Rule, lang: str | None = None) -> tuple[str, ...]:
    """Return the sentences of a rule: its limit first, then each word under ``measure`` that its check declares."""
    types = switches_of(rule.check)
    said = [limit_line(rule, lang)] if rule.limit is not None else []
    said += [switch_line(name, value, types.get(name, "name"), lang) for name, value in rule.measure.items() if name not in SAID_BY_LIMIT]
    return tuple(_first_up(line) for line in said if line)


def limit_line(rule: Rule, lang: str | None = None) -> str:
    """Return the limit of a rule: ``ten hoogste 40 %``, ``ten hoogste wat de plankaart zegt (maximum bouwhoogte)``; '' without one."""
    limit = rule.limit
    if limit is None:
        return ""
    if limit.operator == "between":
        low = _end(limit, limit.low, limit.low_formula, rule, lang)
        high = _end(limit, limit.value if limit.high is None else limit.high, limit.formula, rule, lang)
        if low and high:
            return sentence("rule_between", {"low": low, "value": high}, lang)
        return sentence("rule_min" if low else "rule_max", {"value": low or high}, lang)
    value = _end(limit, limit.value, limit.formula, rule, lang)
    return sentence(LIMITS[limit.operator], {"value": value}, lang) if value else ""


def _end(limit: Limit, value: float | None, formula: str, rule: Rule, lang: str | None) -> str:
    if value is not None:
        return _amount(value, limit.unit, lang)
    if formula:
        return sentence("rule_formula", {"formula": formula}, lang)
    if limit.from_plan is None:
        return ""
    name = str(rule.measure.get("plan_value") or ("" if limit.from_plan == "waarde" else limit.from_plan))
    name = UNIT_IN_TITLE.sub("", name)
    return sentence("rule_of_map", {"name": name}, lang) if name else sentence("rule_of_map_bare", lang=lang)


def _amount(value: float, unit: str, lang: str | None) -> str:
    words = sentence("rule_unit_bouwlagen", lang=lang) if unit == "bouwlagen" else wording.UNITS.get(unit, unit)
    return f"{_plain_number(value, lang)} {words}".strip()


def _plain_number(value: float, lang: str | None) -> str:
    """Return a number with no more decimals than it has: ``2,5``, ``40``."""
    for decimals in range(3):
        if abs(round(value, decimals) - value) < 1e-9:
            return number(float(value), decimals, lang)
    return number(float(value), 3, lang)


def switch_line(name: str, value: Any, kind: Any, lang: str | None = None) -> str:
    """Return a word under ``measure`` with what it holds: ``Telt niet mee: schoorsteen, antenne``; ``kind`` its type or its choices.

    Where a switch has sentences of its own (``switch_<name>_yes``, ``_no``, ``_said``) these are said, else its title with its value.
    """
    own = f"switch_{name}_{'yes' if value else 'no'}" if isinstance(value, bool) else f"switch_{name}_said"
    if isinstance(value, bool) and own in catalogue():
        return sentence(own, lang=lang)
    title = sentence(f"switch_{name}", lang=lang) if f"switch_{name}" in catalogue() else name.replace("_", " ")
    words = choice_words(name, value, lang) if isinstance(kind, (list, tuple)) else TOLD.get(str(kind), _names)(value, lang)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        unit = UNIT_BY_NAME.get(name) or UNIT_OF.get(str(kind), "")
        words = str(value) if kind == "year" else f"{_plain_number(value, lang)} {unit}".strip()
    if kind == "days":
        words = sentence("rule_days", {"value": float(value)}, lang)
    if not words:
        return ""
    return sentence(own, {"value": words}, lang) if own in catalogue() else sentence("rule_line", {"name": UNIT_IN_TITLE.sub("", title), "value": words}, lang)


def choice_words(name: str, value: Any, lang: str | None) -> str:
    """Return the chosen words of a switch; by the switch's own words where the same word means something else elsewhere."""
    chosen = value if isinstance(value, (list, tuple)) else (value,)
    return ", ".join(sentence(f"choice_{name}_{one}", lang=lang) if f"choice_{name}_{one}" in catalogue() else wording.word(str(one), lang) for one in chosen)


def _names(value: Any, lang: str | None) -> str:
    return wording.plain(value, lang) if not isinstance(value, Mapping) else sentence("rule_drawn", lang=lang)


def _place(value: Any, lang: str | None) -> str:
    return sentence("rule_place", {"x": wording.thousands(float(value[0]), 1, lang), "y": wording.thousands(float(value[1]), 1, lang)}, lang)


def _places(value: Any, lang: str | None) -> str:
    return "; ".join(_place(one, lang) for one in value)


def _drawn(value: Any, lang: str | None) -> str:
    return wording.word(value, lang) if isinstance(value, str) else sentence("rule_drawn", lang=lang)


def _mill(value: Any, lang: str | None) -> str:
    if not isinstance(value, Mapping):
        return _place(value, lang)
    more = [sentence(code, {"value": _amount(float(value[key]), unit, lang)}, lang) for key, code, unit in MILL if value.get(key) is not None]
    return ", ".join((_place(value["at"], lang), *more))


MILL = (("ground_nap", "rule_ground", "m NAP"), ("stelling_m", "rule_stelling", "m"))


def _mills(value: Any, lang: str | None) -> str:
    return "; ".join(_mill(one, lang) for one in value)


def _days_of_year(value: Any, lang: str | None) -> str:
    return ", ".join(_day(one, lang) for one in value)


def _day(value: Any, lang: str | None) -> str:
    """Return a day of every year (``02-19``) or of one as people say it."""
    text = str(value)
    return spoken_date(f"2000-{text}", lang).rsplit(" ", 1)[0] if len(text) == len("02-19") else spoken_date(text, lang)


def _period(value: Any, lang: str | None) -> str:
    return sentence("rule_from_to", {"first": _day(value[0], lang), "last": _day(value[1], lang)}, lang)


def _clock(value: Any, lang: str | None) -> str:
    return sentence("rule_clock", {"value": ", ".join(_plain_number(float(one), lang) for one in value)}, lang)


def _heights(value: Any, lang: str | None) -> str:
    return ", ".join(_amount(float(one), "m NAP", lang) for one in value)


def _zones(value: Any, lang: str | None) -> str:
    told = []
    for name, limits in value.items():
        parts = [sentence(code, {"value": _amount(float(limits[key]), unit, lang)}, lang) for key, code, unit in ZONE if limits.get(key) is not None]
        told.append(f"{name} {', '.join(parts)}".strip())
    return "; ".join(told)


ZONE = (("area_m2", "rule_area", "m2"), ("depth_m", "rule_depth", "m"))


def _trees(value: Any, lang: str | None) -> str:
    return sentence("rule_share", {"value": _amount(100.0 * float(value.get("transparency", 0.0)), "%", lang)}, lang)


TOLD: Mapping[str, Callable[[Any, str | None], str]] = {
    "place": _place, "places": _places, "lines": _drawn, "party_walls": _drawn, "surface": _drawn, "mill": _mill, "mills": _mills, "dates": _days_of_year,
    "period": _period, "clock_hours": _clock, "heights_nap": _heights, "archaeology_zones": _zones, "trees": _trees,
}
"""How the value of each type of switch is said; a number with its unit, and names as they are."""


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]
