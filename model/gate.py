"""Whether a design stands where it should: asked before any rule is checked."""

from __future__ import annotations

from dataclasses import dataclass

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
