"""A part of the roof that goes on upward in the plane of the facade (Vlaamse gevel): a dormer in the plan's words, or the facade itself."""

from __future__ import annotations

from ....model import Note
from ...engine.base import Context


def flush_is_dormer(context: Context) -> bool:
    """Whether what stands in the plane of the facade and breaks the goot is a dormer, in this reading: most plans define one as lying in the roof."""
    return context.yes_no("flush_is_dormer", Note.of("zoning_question_flush_dormer"), likely=True)
