"""What changed in a case, for its log: each value by its place, as it was and as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

HISTORY = "history"
"""Answers that hold no longer are kept in the case itself: that they moved there tells nothing that their own line does not."""


def changes(before: Any, after: Any) -> list[dict[str, Any]]:
    """Return each difference between two cases as mappings: where, what stood there and what stands there now (none: absent)."""
    return [{"where": ".".join(steps), "from": old, "to": new} for steps, old, new in _differences(before, after, ())]


def _differences(old: Any, new: Any, steps: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in [*old, *(key for key in new if key not in old)]:
            if key != HISTORY:
                yield from _differences(old.get(key), new.get(key), (*steps, str(key)))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for number, (one, other) in enumerate(zip(old, new)):
            yield from _differences(one, other, (*steps, str(number)))
    elif old != new:
        yield steps, old, new


def reason_of(found: list[dict[str, Any]]) -> str:
    """Return the reasons that stand with what changed: why it was changed."""
    said = [str(one["to"]["reason"]) for one in found if isinstance(one["to"], Mapping) and one["to"].get("reason")]
    said += [str(one["to"]) for one in found if one["where"].endswith(".reason") and one["to"]]
    return "; ".join(dict.fromkeys(said))
