"""A plot card in words: what the dock and the terminal show of ``measure.plot_card``."""

from __future__ import annotations

from ..measure.plot_card import Card, CardRow
from ..texts import number, sentence, spoken_date

UNITS = {"m2": "m²", "m3": "m³"}
WHOLE = ("card_building_year", "card_more_addresses", "card_level")


def card_lines(card: Card, lang: str | None = None) -> list[tuple[str, str, str, str]]:
    """Return (world, label, value, source) of every row as text, then what is doubted and what is missing (world '', label '')."""
    rows = [(sentence(f"card_world_{row.world}", lang=lang), _label(row, lang), _value(row, lang), _source(row, lang)) for row in card.rows]
    notes = [*(s.note for s in card.suspicions), *card.missing]
    return rows + [("", "", sentence(note.code, note.as_dict(), lang), "") for note in notes]


def _label(row: CardRow, lang: str | None) -> str:
    label = sentence(row.label, lang=lang)
    return f"{label} ({row.detail})" if row.detail else label


def _value(row: CardRow, lang: str | None) -> str:
    if row.value is None or isinstance(row.value, str):
        return row.value or "–"
    text = str(row.value) if row.label in WHOLE else number(float(row.value), 2 if row.unit.startswith("m ") or row.unit == "m" else 1, lang)
    doubt = f" ± {number(row.uncertainty, 2, lang)}" if row.uncertainty is not None else ""
    return f"{text}{doubt} {UNITS.get(row.unit, row.unit)}".strip()


def _source(row: CardRow, lang: str | None) -> str:
    return ", ".join(word for word in (row.source, spoken_date(row.date, lang) if row.date else "") if word)
