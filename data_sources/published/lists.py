"""Reads the published lists of this room; ``scripts/refresh_lists.py`` makes them from their sources and says what changed.

A fact of ours beside a code (``stands``, ``works``, ``changes``, ``measured``) is a reading of the published definition, and is not published.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True)
class PublishedList:
    """A list: code -> what it says of it; ``by_hand``: no program can read its source."""

    name: str
    source: str
    version: str
    read_on: str
    items: Mapping[str, Mapping[str, Any]]
    by_hand: bool = False

    def facts(self, code: str) -> Mapping[str, Any] | None:
        """Return what the list says of a code in any case of letters; None for a code that it has not."""
        wanted = code.strip().lower()
        return next((facts for known, facts in self.items.items() if known.lower() == wanted), None)


@functools.cache  # ten small files, each read once
def published(family: str) -> Mapping[str, PublishedList]:
    """Return the lists of a family (``imro``, ``imow``, ``stop``, ``dso``, ``ihr``, ``bag``, ``brk``, ``bgt``, ``buildings3d``, ``ahn``) by name."""
    data = json.loads((HERE / f"{family}.json").read_text(encoding="utf-8"))
    return {
        name: PublishedList(name, one["source"], one["version"], one["read_on"], one["items"], bool(one.get("by_hand"))) for name, one in data.items()
    }
