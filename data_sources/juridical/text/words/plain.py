"""Text as people see it, of text as it is stored: HTML tags, entities and odd spaces gone, with the place of each character kept."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

BLOCKS = ("p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "br", "table", "ul", "ol", "dd", "dt", "al", "kop")
"""Tags that end a line."""
CELLS = ("td", "th", "entry")
PIECE = re.compile(
    r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]{0,400}>|&#?\w{1,10};|\u252c[\u00e1\u2593\u2592]|[ \t\u00a0\u2007\u2009\u202f\u200b\ufeff]+|\r\n?"
    r"|[!-%'-;=-_a-~]+(?: [!-%'-;=-_a-~]+)*|.",
    re.DOTALL)
"""A tag, an entity, a no-break space (or a raised number) that was stored in one code page and read in another, a run of spaces, a line end,
words of plain signs (none of ``SAME``), a character."""
ROW = re.compile(r"<(tr|row)\b[^<>]{0,400}>(?:(?!<table|<\1\b).)*?</\1>", re.IGNORECASE | re.DOTALL)
CELL_END = re.compile(r"</(?:td|th|entry)>", re.IGNORECASE)
TAG = re.compile(r"<[^<>]{0,400}>|&nbsp;|\s")
CELL_MAX = 120
"""Signs of a cell of a table; what holds more in a row is a page that is laid out with it."""
MARK = re.compile(r"(?:[a-z]{1,2}|\d{1,2}|[ivx]{1,4})[.)\u00b0]|[\u2022\u00b7*\u2013-]", re.IGNORECASE)
"""What stands alone in the first cell of a list that is laid out as rows."""
MANGLED = {"\u252c\u00e1": " ", "\u252c\u2593": "\u00b3", "\u252c\u2592": "\u00b2"}
SAME = {"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u00b4": "'", "`": "'", "\u2013": "-", "\u2014": "-",
        "\u00ba": "\u00b0", "\u00ad": "", "\u0130": "I"}
"""Signs that mean the same as a plainer one; the last would be two signs in small letters."""


@dataclass(frozen=True)
class Plain:
    """Plain text and, for each of its characters, where its piece of the text as given starts and ends."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the place in the text as given of a stretch (at least one character) of the plain text."""
        return self.starts[start], self.ends[end - 1]


def plain(given: str) -> Plain:
    """Return the plain text of a text or of HTML; a tab stands where more than one space stood, as between the columns of a table."""
    signs: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    rows = [found.span() for found in ROW.finditer(given) if _is_tabular(found.group())]
    for piece in PIECE.finditer(given):
        while rows and rows[0][1] <= piece.end():
            rows.pop(0)
        word = _seen(piece)
        if word == "\n" and rows and rows[0][0] < piece.start():
            word = " "  # a line inside a cell is no line of the table
        if word in (" ", "\t") and (not signs or signs[-1] in " \t\n"):
            continue
        first, last = piece.span()
        signs.extend(word)
        if len(word) == last - first:
            starts.extend(range(first, last))
            ends.extend(range(first + 1, last + 1))
        else:
            starts.extend([first] * len(word))
            ends.extend([last] * len(word))
    return Plain("".join(signs), tuple(starts), tuple(ends))


def _is_tabular(row: str) -> bool:
    """Whether a row holds cells of a table: short ones, and no list that is laid out so."""
    cells = [TAG.sub(" ", cell).strip() for cell in CELL_END.split(row)[:-1]]
    return len(cells) > 1 and all(len(cell) <= CELL_MAX for cell in cells) and not MARK.fullmatch(cells[0])


def _seen(piece: re.Match[str]) -> str:
    word = piece.group()
    if piece.group(2):
        tag = piece.group(2).lower()
        return "\n" if tag in BLOCKS else " | " if tag in CELLS and piece.group(1) else ""
    if word in MANGLED:
        return MANGLED[word]
    if word.startswith("&") and len(word) > 1:
        word = html.unescape(word)
    if word.isspace():
        return "\n" if "\n" in word or "\r" in word else "\t" if len(word) > 1 or word == "\t" else " "
    return SAME.get(word, word)


@dataclass(frozen=True)
class Source:
    """A text as given with its plain text."""

    given: str
    seen: Plain

    def cut(self, start: int, end: int) -> tuple[str, int, int]:
        """Return a stretch of the plain text (at least one character) as the text as given has it, with its place there."""
        first, last = self.seen.span(start, max(end, start + 1))
        return self.given[first:last], first, last


def flat(text: str) -> str:
    """Return a text in small letters on one line, character for character."""
    return text.lower().replace("\n", " ").replace("\t", " ")
