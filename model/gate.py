"""Whether a design stands where it should: asked before any rule is checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .provenance import Note


@dataclass(frozen=True)
class GateItem:
    """One question about the place of a design.

    ``item``: placed | file_height | file_place (what the file says two ways) | near_site | ground | parcel | existing_building | rotation |
    grid_north. ``state``: passes | attention (to be confirmed by the officer with a reason) | confirmed | missing (the data are not there).
    """

    design: str
    item: str
    state: str
    note: Note
    reason: str = ""
    by: str = ""


def told_at_gate(answers: Mapping[str, Any], design: str) -> dict[str, Mapping[str, Any]]:
    """Return what the officer said at the gate of each item of a design ({reason, by}): the answer ``placement``, of which nothing else is read."""
    given = answers.get("placement")
    own = given.get(design) if isinstance(given, Mapping) else None
    return {str(item): said for item, said in own.items() if isinstance(said, Mapping)} if isinstance(own, Mapping) else {}
