"""What governs at the place, and what became of each part of it: one row for each object, value, text and rule, for all designs together."""

from __future__ import annotations

from ...model import Review
from ...model.plan_cover import NOT_MET, UNREAD, CoverLine
from ...texts import sentence

Row = tuple[str, ...]


def governing_rows(review: Review, lang: str) -> tuple[Row, ...]:
    """Return the rows: what, article, state, why; what is left to read or is not met comes first, and designs are named where they differ."""
    named: dict[str, dict[str, CoverLine]] = {}
    for cover in review.covers:
        for line in cover.lines:
            named.setdefault(line.key, {})[cover.design] = line
    first = {key for key, of_design in named.items() if any(line.state in (NOT_MET, *UNREAD) for line in of_design.values())}
    return tuple(_row(named[key], review, lang) for key in sorted(named, key=lambda key: key not in first))


def _row(of_design: dict[str, CoverLine], review: Review, lang: str) -> Row:
    first = next(iter(of_design.values()))
    states = _told({name: sentence(f"cover_state_{line.state}", lang=lang) for name, line in of_design.items()}, review)
    whys = _told({name: sentence(line.note.code, line.note.as_dict(), lang) for name, line in of_design.items()}, review)
    name = f"{first.name}: {first.raw}" if first.raw else first.name
    return (name, first.article, states, whys)


def _told(said: dict[str, str], review: Review) -> str:
    """Return what is said of designs: once where it is the same of all, else by design."""
    if len(said) == len(review.designs) and len(set(said.values())) == 1:
        return next(iter(said.values()))
    return " · ".join(f"{name}: {text}" for name, text in said.items())
