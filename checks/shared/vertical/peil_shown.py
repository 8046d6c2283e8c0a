"""How the rule's plan defines peil, and what a finding shows of the level that it was measured from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ....measure.plan.peil import Peil, PeilCandidate
from ....model import Evidence, Finding, Note, Parameter, Rule
from ...engine.base import Context

ROLES = {"Point": "peil_point"}


def peil_definition(rule: Rule, parameters: Sequence[Parameter], context: Context) -> Mapping[str, Any] | None:
    """Return how peil is defined for a rule: by its plan's profile, else by its rule file's parameter ``peil``; None: nobody says."""
    profile = context.profile(rule.plan_id) if rule.plan_id else None
    entry = profile.entry("peil") if profile else None
    if entry is not None:
        return dict(entry.value)
    return next((dict(parameter.value) for parameter in parameters if parameter.name == "peil" and isinstance(parameter.value, Mapping)), None)


def with_peil(found: Finding, peil: Peil) -> Finding:
    """Return a finding measured from peil with where that level was read, and with the candidates while it is open."""
    premise = next((premise for premise in found.premises if premise.key == "peil"), None)
    if premise is None:
        return found
    taken = None if premise.settled == "open" else premise.note.as_dict().get("nap")  # of one building among several on different ground
    levels = (peil.chosen,) if peil.chosen else tuple(one for one in peil.candidates if taken in (None, one.nap_m))
    evidence = tuple(_evidence(level) for level in levels if level.geometry is not None)
    notes = [_said(level) for level in levels if level.geometry is not None or not peil.chosen]
    read = {level.method for level in peil.candidates}
    unread = ", ".join(method for method in peil.lacking if method not in read)
    lacking = (Note.of("engine_peil_lacking", methods=unread),) if unread else ()
    path = (Note.of("engine_peil_path"),) if read.intersection(peil.lacking) else ()
    apart = (Note.of("engine_peil_apart", count=peil.apart),) if peil.apart and taken is None else ()
    return replace(found, evidence=(*found.evidence, *evidence), notes=(*found.notes, *notes, *lacking, *path, *apart))


def _evidence(level: PeilCandidate) -> Evidence:
    kind = level.geometry.geom_type if level.geometry is not None else ""
    return Evidence(ROLES.get(kind, "peil_ring"), level.geometry, value=level.nap_m, unit="m NAP", note=Note.of(f"method_{level.method}"))


def _said(level: PeilCandidate) -> Note:
    return Note.of(f"engine_peil_{level.method}", nap=level.nap_m, spread=level.spread_m)
