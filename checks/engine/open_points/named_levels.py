"""Levels that a norm names itself ("6 m boven het maaiveld"): such a height is counted from there, whatever the peil of the plan is.

Where the officer did not say how high it lies it is read from the surroundings, by every way that the word may mean, as far as that is certain.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from shapely.geometry.base import BaseGeometry

from ....measure.plan.peil import GROUND_NOW, GROUND_THEN, ROAD, Peil, PeilCandidate, place_in
from ....model import Note, Question, combined_uncertainty
from .answer_words import number_given
from .points import Alternative, OpenPoint
from .settling import Settling

ENTRANCE_M = 100.0
"""The main entrance of a house lies on the plot of what is built beside it: no plot in a town is deeper, and on a farmyard the house is nearer."""
WAYS: Mapping[str, tuple[str, ...]] = {"maaiveld": (GROUND_NOW, GROUND_THEN), "kruin": (ROAD,), "straatpeil": (ROAD,)}
"""Words of norms for a level, and the ways of measuring (``measure.plan.peil``) that each may mean: ground as it is finished, or as it was."""


def entrance_meant(settling: Settling, outline: BaseGeometry) -> Mapping[str, Any]:
    """Return the answers without a main entrance that is no place, or none of a building with an outline (RD): that is refused."""
    given = settling.answers.get("entrance")
    place = place_in(given)
    if given is None or (place is not None and (outline.is_empty or place.distance(outline) <= ENTRANCE_M)):
        return settling.answers
    settling.refused("entrance", given, (f"[x, y] (RD), {ENTRANCE_M:.0f} m",))
    return {key: value for key, value in settling.answers.items() if key != "entrance"}


def level_in(settling: Settling, word: str, peil: PeilCandidate, read: Callable[[float | None], Peil]) -> float:
    """Return how high (m NAP) a level lies in a reading: that of ``peil`` where it means the same, as the officer says (the answer ``level.<word>``),
    else as it is ``read`` (of a number: as it is when that is told)."""
    if peil.method in WAYS[word]:
        return peil.nap_m
    key, asked = f"level.{word}", Note.of("engine_question_level", level=word)
    given = settling.answers.get(key)
    told = number_given(given)
    if told is not None and (chosen := read(told).chosen) is not None:
        settling.answered(key, asked, f"{chosen.nap_m:g} m NAP")
        return chosen.nap_m
    if given is not None:
        settling.refused(key, given, ("m NAP",))
    return float(settling.settle(level_point(word, Question(key, asked, "number", "m NAP"), read(None), peil)))


def level_point(word: str, question: Question, own: Peil, otherwise: PeilCandidate) -> OpenPoint:
    """Return how high a level may lie: as read (``own``), and as low and as high as that is certain; while it cannot be read nobody knows, and peil
    (``otherwise``) stands in for it."""
    known = own.levels or (otherwise,)
    reach = [(one, combined_uncertainty(one.sources)) for one in known]
    least, most = (round(found(one.nap_m + sign * doubt for one, doubt in reach), 3) for found, sign in ((min, -1.0), (max, 1.0)))
    heights = dict.fromkeys((known[0].nap_m, least, most))
    ways = tuple(Alternative(nap, nap, Note.of("choice_level", level=word, nap=nap)) for nap in heights)
    return OpenPoint(question.key, question, ways, endless=not own.levels or bool(own.lacking))
