"""What can be wrong with the switches of a rule, the words under ``measure``: their names, and what they may be."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Mapping
from typing import Any

from ..formats.validation import Fault, nearest, schema_faults
from .check_pages import HOUSE, switch_types, switches, switches_of

GRAMMAR = HOUSE / "rulesets" / "schema.json"
SECTION_WORDS = ("quantity", "from", "to", "aggregate", "clip_to", "method", "reference", "plan_value")
"""Words of ``measure`` that every rule may use to say what it measures (docs/measuring.md H)."""
QUANTITIES = (
    "height", "eaves_height", "pitch", "footprint_area", "coverage_pct", "volume", "storeys", "distance", "inside", "overlap_area", "sun_minutes",
    "surface_excess", "angle", "count",
)
REFERENCES = ("peil", "ground", "plot_boundary", "public_area", "zone", "line", "point", "surface", "highest_point", "lowest_point")
CLOSED = {"quantity": QUANTITIES, "from": REFERENCES, "to": REFERENCES}


def switch_faults(rule: Mapping[str, Any], at: tuple[str | int, ...], parameters: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield the faults of the switches of a rule of a known check; ``at``: the steps to the rule. A switch that is a parameter is judged by
    the parameter's value."""
    name, measure = rule["check"], rule.get("measure", {})
    known = (*switches(name), *SECTION_WORDS)
    for key in (key for key in measure if key not in known):
        yield Fault("ruleset_unknown_switch", (*at, "measure", key), {"check": name, "key": key, "nearest": nearest(key, known)})
    told = {key: _told(value, parameters) for key, value in measure.items() if key in known}
    yield from schema_faults({key: value for key, value in told.items() if value is not None}, _schema(name), "ruleset", (*at, "measure"))


def _told(value: Any, parameters: Mapping[str, Any]) -> Any:
    """Return what a switch is; None for a parameter that is not there, which is a fault of its own."""
    if not isinstance(value, dict) or set(value) != {"parameter"}:
        return value
    found = parameters.get(str(value["parameter"]))
    return found.get("value") if isinstance(found, dict) else found


@functools.cache
def _schema(name: str) -> Mapping[str, Any]:
    """Return the JSON Schema of ``measure`` for a check."""
    grammar = json.loads(GRAMMAR.read_text(encoding="utf-8"))
    words = {**CLOSED, **switches_of(name)}
    properties = {key: {"$ref": f"#/definitions/{kind}"} if isinstance(kind, str) else {"enum": list(kind)} for key, kind in words.items()}
    return {"properties": properties, "definitions": {**grammar["definitions"], **switch_types()}}
