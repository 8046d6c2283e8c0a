"""How a plan's own text measures: what its data do not hold, asked once per plan and kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

PROFILE_KEYS = ("peil", "minor_parts", "exempt_parts", "denominator", "eaves", "pitch", "volume_base", "storeys", "applies_to")
"""What a plan's "Begrippen" and "Wijze van meten" say and its map does not (docs/measuring.md 0.3, 0.4, A1-A8)."""


@dataclass(frozen=True)
class ProfileEntry:
    """One thing that the text says: ``value`` (a word, a number or switches of checks), with article and literal quote."""

    key: str
    value: Any
    article: str = ""
    quote: str = ""
    by: str = ""
    at: str = ""


@dataclass(frozen=True)
class MeasuringProfile:
    """The measuring profile of one plan; ``sha256`` of its file stands in the record."""

    plan_id: str
    plan_name: str = ""
    entries: tuple[ProfileEntry, ...] = ()
    location: str = ""
    sha256: str = ""

    def entry(self, key: str) -> ProfileEntry | None:
        """Return the entry of a key, None while the plan's text was not read for it."""
        return next((entry for entry in self.entries if entry.key == key), None)
