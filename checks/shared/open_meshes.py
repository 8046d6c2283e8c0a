"""A building drawn as a mesh that is not closed: a fault of the file, or an opening that is meant. Both are measured."""

from __future__ import annotations

from ...measure.building.mending import mended
from ...model import Note
from ..engine.base import Context

WORDS = ("dicht", "open")
"""Whether a building is closed where its mesh has a hole: words of the answer ``open_mesh``."""


def closed_or_open(context: Context) -> Context:
    """Return the context with the holes in the design's bodies closed, or as they are drawn, in this reading; asked only where there are any."""
    parts, missing = context.memo(("mended", id(context.design)), lambda: mended(context.design.parts))
    if not missing:
        return context
    if context.word("open_mesh", Note.of("engine_question_open_mesh", area=round(missing, 2)), WORDS) != WORDS[0]:
        return context
    return context.with_parts(parts)
