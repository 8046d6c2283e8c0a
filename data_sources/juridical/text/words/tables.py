"""The rows of a table: which cells hold a size, the column each of them stands in, and what the other cells of its row say of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from . import vocabulary

EDGE = re.compile(r"[|\t]")
NUMERIC = re.compile(
    r"\W*(?:(?:max|min)(?:imaal|imum|imale)?\.?|(?:ten )?(?:hoogste|minste)|niet (?:meer|minder) dan|hooguit|circa|ca\.)?\s*\d", re.IGNORECASE)
"""How a cell begins that holds a size and no name."""
CASE = re.compile(
    r"\W*(?:(?:van|vanaf|boven|tot(?: en met)?|(?:meer|minder|groter|kleiner|hoger|lager) dan|[<>\u2264\u2265]=?) ?\d"
    r"|\d[^|]{0,12}? (?:tot(?: en met)?|t/m|-|of (?:meer|minder|groter|kleiner)|en (?:meer|minder|groter|kleiner|hoger|lager))(?![a-z]))", re.IGNORECASE)
"""How the first cell of a row begins that says for which sizes its row holds: "tot 300 m2", "300 m2 tot 600 m2", "600 m2 en meer"."""
IN_CASE = "indien "
NAME_MAX = 80
"""The name of a column is shorter; a longer cell is a sentence."""
PLAIN_WORDS = re.compile(
    r"\([^()]*\)|(?<![a-z])(?:de|het|een|en|of|van|in|m|m2|per|voor|met|maximale?|maximum|max\.?|minimale?|minimum|min\.?|toegestane?|ten hoogste|ten minste"
    r"|norm|maat|maten|waarde|meters?|totale?|gezamenlijke|vanaf|peil)(?![a-z])", re.IGNORECASE)
"""Words in the name of a column that set it apart from no other column."""
KIND = "indien het gaat om "
"""How a row of a table of things begins whose thing is no word of ours: somebody is asked whether the design is one."""
REST = re.compile(r"overige?(?: \w+)?|alle overige(?: \w+)?|elders", re.IGNORECASE)
"""A name for what no other row names."""


@dataclass(frozen=True)
class Cell:
    """A cell of a row from ``start`` to ``end`` of its line; ``column``: the words at the head of its column, ``labels``: the other words of its row;
    ``apart``: the place or case that row and column are for, in words that name neither a thing nor a size."""

    text: str
    start: int
    end: int
    column: str = ""
    labels: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()


def is_row(line: str) -> bool:
    """Whether a line is a row of a table."""
    return EDGE.search(line) is not None


def cells_of(line: str) -> list[Cell]:
    """Return all cells of a row, empty ones too; what stands behind the last edge is one only where it says something."""
    edges = [found.start() for found in EDGE.finditer(line)]
    cells = [_trimmed(line, start, end) for start, end in zip([0, *(edge + 1 for edge in edges)], [*edges, len(line)])]
    return cells if cells[-1].text else cells[:-1]


def _trimmed(line: str, start: int, end: int) -> Cell:
    words = line[start:end]
    first = start + len(words) - len(words.lstrip())
    return Cell(words.strip(), first, first + len(words.strip()))


def head_of(line: str, before: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the columns as a row gives them below names given ``before``; () of a row that gives none."""
    cells = [cell.text for cell in cells_of(line)]
    named = all(len(cell) <= NAME_MAX and cell[-1:] not in (".", ";", ":") and not NUMERIC.match(cell) for cell in cells)
    if len(cells) < 2 or not named or (before and len(before) != len(cells)):
        return ()
    return tuple(" ".join(word for word in pair if word) for pair in zip(before, cells)) if before else tuple(cells)


def needs_more(head: Sequence[str]) -> bool:
    """Whether the names of columns go on in the row below: no column names a size, or one has no name yet."""
    return bool(head) and (not any(map(_names_a_size, head)) or not all(head[1:]))


def sized(line: str, head: Sequence[str]) -> list[Cell]:
    """Return the cells of a row that stand below the name of a size or begin with a number, each with its column and labels; none where the row has
    not the columns of the head."""
    cells, columns = cells_of(line), tuple(head)
    if len(cells) == len(columns) + 1 and all(map(_names_a_size, columns)):
        columns = ("", *columns)  # the corner above the names of the rows is empty
    if not columns or len(cells) != len(columns):
        return []
    case = _case_of(cells, columns)
    values = [
        k for k, cell in enumerate(cells)
        if k != case and (NUMERIC.match(cell.text) or (k and _names_a_size(columns[k]) and re.search(r"[a-z\d]", cell.text)))
    ]
    told = [k for k in range(len(cells)) if k != case and k not in values and not _names_a_size(columns[k])]
    labels = tuple(cells[k].text for k in told if re.search(r"\w", cells[k].text))
    rows = [label for label in labels if re.search("[a-z]", label) and not (_names_a_thing(label) or _names_a_size(label))]
    if _names_a_thing(columns[0]):
        rows = [f"{KIND}{label}" for label in rows if not REST.fullmatch(label)]
    rows += [f"{IN_CASE}{columns[case]} {cells[case].text}".lower()] if case is not None else []
    return [
        Cell(cells[k].text, cells[k].start, cells[k].end, columns[k], labels, (*rows, *_apart(columns[k], [columns[one] for one in values if one != k])))
        for k in values
    ]


def _case_of(cells: Sequence[Cell], columns: Sequence[str]) -> int | None:
    """Return which cell of a row says for which sizes it holds: its first one with words, before a column that names a size; None where none does."""
    first = next((k for k, cell in enumerate(cells) if cell.text), 0)
    return first if CASE.match(cells[first].text) and any(map(_names_a_size, columns[first + 1:])) else None


def _apart(column: str, others: Sequence[str]) -> tuple[str, ...]:
    """Return what sets a column apart from the ``others`` that have the same size."""
    if not any(_size(one) == _size(column) for one in others):
        return ()
    rest = re.sub(r"\s+", " ", PLAIN_WORDS.sub(" ", vocabulary.QUANTITY.sub(" ", column.lower()))).strip(" -,:/")
    return (rest if _names_a_size(column) else column,) if rest and not _names_a_thing(rest) else ()


def several_sizes(head: Sequence[str]) -> bool:
    """Whether the columns of a table are of more than one size: then a number whose column is not known is of none."""
    return len({_size(one) for one in head if _names_a_size(one)}) > 1


def _names_a_size(words: str) -> bool:
    return vocabulary.QUANTITY.search(words.lower()) is not None


def _names_a_thing(words: str) -> bool:
    return vocabulary.OBJECT.search(words.lower()) is not None


def _size(words: str) -> str:
    found = vocabulary.QUANTITY.search(words.lower())
    return str(vocabulary.said("q", found)) if found else ""
