"""What the reader of plan texts says of texts of our own making, whole: each norm with all its fields, each way of measuring, each number left unread.

    python tests/data_sources/juridical/text/reading_records.py     # writes reading_records.txt anew: look at ``git diff`` and commit what was meant

``own_texts.py`` has sentences that differ in one word, ``own_lines.txt`` sentences that stand alone, ``own_articles.txt`` articles, lists and tables.
"""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

if str(Path(__file__).resolve().parent) not in sys.path:  # beside the texts, also when run by itself
    sys.path.insert(0, str(Path(__file__).resolve().parent))

from own_texts import sentences

from drieluik.data_sources.juridical.text.reading_text import read_text
from drieluik.data_sources.juridical.text.text_profile import proposed_profile

HERE = Path(__file__).resolve().parent
HELD = Path(__file__).with_suffix(".txt")
NONE = "-"
"""Stands for a field that says nothing."""


def cases():
    """Return the texts by name."""
    found = dict(sentences())
    found |= {f"line {number}": text for number, text in enumerate((HERE / "own_lines.txt").read_text(encoding="utf-8").splitlines(), 1)}
    articles = (HERE / "own_articles.txt").read_text(encoding="utf-8").split("----\n")
    return found | {f"article {number}": text.removesuffix("\n") for number, text in enumerate(articles, 1)}


def said(value):
    """Return a value as it stands in the record."""
    return NONE if value is None or value in ("", ()) else value if isinstance(value, str) else repr(value)


def line(title, one, fields):
    """Return one line: some fields in order, then by name what else is not as a bare one of its kind has it."""
    rest = [f"{field.name} {said(getattr(one, field.name))}" for field in dataclasses.fields(one) if field.name not in fields and getattr(one, field.name) != field.default]
    return f"{title}: {' | '.join([*(said(getattr(one, name)) for name in fields), *rest])}".replace("\n", "\\n").replace("\t", "\\t")


def reading(name, text):
    """Return the lines of one text: its whole reading, and the profile that it proposes."""
    found = read_text(text)
    profile = proposed_profile(found, "NL.IMRO.0000.X", "plan", "rules.html", "2026-01-02")
    lines = [f"== {name}", *([text] if "\n" not in text else [])]
    lines += [line("norm", one, ("article", "object", "quantity", "operator", "value", "unit", "quote", "start", "end")) for one in found.clauses]
    lines += [line("says", one, ("article", "object", "quantity", "quote", "start", "end")) for one in found.statements]
    lines += [line("measuring", one, ("article", "key", "value", "quote", "start", "end")) for one in found.measuring]
    lines += [line("unread", one, ("text", "start", "end", "around")) for one in found.unread]
    lines += [line("profile", one, ("article", "key", "value")) for one in profile.proposed]
    keys = [f"{one.key} ({one.clause.object})" for one in profile.norms]
    return "\n".join([*lines, *(["keeps: " + ", ".join(keys)] if keys else [])]) + "\n"


def text():
    """Return the readings of all texts."""
    return "\n".join(reading(name, one) for name, one in cases().items())


if __name__ == "__main__":
    HELD.write_text(text(), encoding="utf-8")
