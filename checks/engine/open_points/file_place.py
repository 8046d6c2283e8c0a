"""What a file leaves open of its own place: two places that it names, until the officer answers, or confirms the place at the gate; and corners
that it stores no better than to so many centimetres, so that its shapes may be so much larger or smaller."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ....measure.plane.stored_digits import resized
from ....model import EPSILON_M, Design, Note, shifted, told_at_gate
from .settling import Settling

Shift = tuple[float, float, float]
Says = Mapping[str, Any]
NOWHERE: Shift = (0.0, 0.0, 0.0)


def _heights(said: Says) -> tuple[str, str, Shift]:
    return f"{said['used']:.2f}", f"{said['other']:.2f}", (0.0, 0.0, float(said["other"]) - float(said["used"]))


def _tops(said: Says) -> tuple[str, str, Shift]:
    return f"{said['low']:.2f}", f"{said['high']:.2f}", (0.0, 0.0, float(said["offset"]))


def _places(said: Says) -> tuple[str, str, Shift]:
    moved = (float(said["other_x"]) - float(said["x"]), float(said["other_y"]) - float(said["y"]), 0.0)
    return f"{said['x']:.2f} {said['y']:.2f}", f"{said['other_x']:.2f} {said['other_y']:.2f}", moved


TWO_WAYS: Mapping[str, tuple[str, Callable[[Says], tuple[str, str, Shift]]]] = {
    "design_height_twice": ("file_height", _heights), "design_height_ambiguous": ("file_height", _tops), "design_world_offset": ("file_place", _places),
}
"""Remarks of the import: the point that each opens, and how it reads as two words and the shift (m) from the one to the other."""


def file_shift(context: Settling, design: Design) -> Shift:
    """Return by how much (m; east, north, up) a design stands elsewhere in this reading than where it was put.

    A place that the case gives is the officer's own; one that was confirmed at the gate, with a reason, stands.
    """
    if design.placement.method == "case":
        return NOWHERE
    gate = told_at_gate(context.answers, design.name)
    shift, seen = NOWHERE, set()
    for message in design.messages:
        if message.note.code not in TWO_WAYS or (key := TWO_WAYS[message.note.code][0]) in seen:
            continue
        seen.add(key)
        put, other, moved = TWO_WAYS[message.note.code][1](message.note.as_dict())
        if str(gate.get(key, {}).get("reason") or "").strip():
            continue
        if context.word(key, Note.of(f"engine_question_{key}", put=put, other=other), (put, other)) == other:
            shift = (shift[0] + moved[0], shift[1] + moved[1], shift[2] + moved[2])
    return shift


DIGITS = "file_digits"
SIZES = {"stored": 0, "larger": 1, "smaller": -1}
"""How the corners of a file may lie whose numbers lie further apart than what is measured to: as they are stored, or all of them outward or inward."""


def file_size(context: Settling, design: Design) -> int:
    """Return which way the corners of a design lie beside their stored numbers in this reading: 1 outward, -1 inward, 0 on them."""
    spacing = max(design.spacing_m)
    if spacing <= EPSILON_M:
        return 0
    return SIZES[context.word(DIGITS, Note.of(f"engine_question_{DIGITS}", spacing=round(spacing, 3)), tuple(SIZES))]


AS_PUT = (NOWHERE, 0)
"""Where the design was put, and as large as it is stored."""


def file_says(context: Settling, design: Design) -> tuple[Shift, int]:
    """Return by how much a design stands elsewhere in this reading than where it was put, and which way its corners lie beside their stored numbers."""
    return file_shift(context, design), file_size(context, design)


def as_said(design: Design, says: tuple[Shift, int]) -> Design:
    """Return a design where, and as large as, a reading of its file says."""
    return resized(shifted(design, says[0]), says[1])
