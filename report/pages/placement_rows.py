"""How the designs stand at their place: what asks attention as rows, what is fine in a sentence; designs of which the same is said together."""

from __future__ import annotations

from ...model import Review
from ...texts import sentence

Row = tuple[str, ...]


def placement_rows(review: Review, lang: str) -> tuple[Row, ...]:
    """Return what of the placement gate is not simply fine: designs, what was asked, what was found, and how it stands (with the officer's
    reason)."""
    rows: dict[Row, list[str]] = {}
    for item in review.gate:
        if item.state == "passes":
            continue
        stands = sentence(f"gate_state_{item.state}", lang=lang)
        if item.reason:
            stands += f": {item.reason}" + (f" ({item.by})" if item.by else "")
        found = sentence(item.note.code, item.note.as_dict(), lang)
        rows.setdefault((sentence(f"gate_item_{item.item}", lang=lang), found, stands), []).append(item.design)
    return tuple((", ".join(designs), *row) for row, designs in rows.items())


UNSURE = ("attention", "missing")
"""States of the gate in which nobody has said that a design stands right."""


def placement_unsure(review: Review, lang: str) -> tuple[str, ...]:
    """Return a sentence for each design of which the place is still to be confirmed: its outcome holds only if it stands there."""
    open_items: dict[str, list[str]] = {}
    for item in review.gate:
        if item.state in UNSURE:
            open_items.setdefault(item.design, []).append(sentence(f"gate_item_{item.item}", lang=lang).lower())
    return tuple(sentence("report_place_unsure", {"design": design, "items": ", ".join(items)}, lang) for design, items in open_items.items())


def placement_fine(review: Review, lang: str) -> tuple[str, ...]:
    """Return a sentence per group of designs of which the same things are fine."""
    fine: dict[str, list[str]] = {}
    for item in review.gate:
        if item.state == "passes":
            fine.setdefault(item.design, []).append(sentence(f"gate_item_{item.item}", lang=lang).lower())
    groups: dict[str, list[str]] = {}
    for design, items in fine.items():
        groups.setdefault(", ".join(items), []).append(design)
    return tuple(sentence("report_placement_fine", {"designs": ", ".join(designs), "items": items}, lang) for items, designs in groups.items())
