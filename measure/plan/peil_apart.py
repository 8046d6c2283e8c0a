"""Peil of one of several buildings of a design that stand apart on ground of different heights: a level of another is the way to read its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from shapely.geometry.base import BaseGeometry

from ...model import Design, Site
from .peil import AT_A_PLACE, Peil, PeilCandidate, place_in, resolve_peil
from .separate_ground import OTHER_GROUND_M

SEAM_M = 0.01
"""A building that is further from a place than the nearest by less is the nearest."""


def peil_of_one(
    answers: Mapping[str, Any], site: Site, own: BaseGeometry, outline: BaseGeometry, definition: Mapping[str, Any] | None, design: Design
) -> Peil:
    """Return the peil of the building ``own`` (RD) of an ``outline`` (RD): a level that the officer told and that is read at a place is that of the building
    at which it is read, and of nobody knows which where it is read at none; a main entrance is that of the building nearest to it."""
    place = place_in(answers.get("entrance")) if own is not outline else None
    if place is not None and own.distance(place) > outline.distance(place) + SEAM_M:
        answers = {key: value for key, value in answers.items() if key != "entrance"}
    fixed = resolve_peil(answers, site, own, definition, design)
    given = answers.get("peil")
    if own is outline or fixed.chosen is None or not isinstance(given, Mapping) or given.get("nap_m") is None or fixed.chosen.method not in AT_A_PLACE:
        return fixed
    told, by = fixed.chosen, {**answers, "peil": {"method": fixed.chosen.method}}
    here = resolve_peil(by, site, own, definition, design)
    if not here.levels or any(abs(level.nap_m - told.nap_m) <= OTHER_GROUND_M for level in here.levels):
        return fixed
    if any(abs(level.nap_m - told.nap_m) <= OTHER_GROUND_M for level in resolve_peil(by, site, outline, definition, design).candidates):
        return here
    return Peil(None, (told, *here.levels), here.lacking)


def read_alike(candidates: Sequence[PeilCandidate], wanted: PeilCandidate, found: PeilCandidate) -> PeilCandidate:
    """Return which of the levels of a building is read as one that is ``wanted`` and may be of another building; ``found`` where it is its own, or none is."""
    alike = [one for one in candidates if one.method == wanted.method]
    return found if wanted in candidates else min(alike, key=lambda one: abs(one.nap_m - wanted.nap_m), default=found)
