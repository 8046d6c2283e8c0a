"""The build of a plan's text: which passage stands under which article, heading, and lead ("gelden de volgende regels:")."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import compress

from .plain import Plain
from .tables import Cell, head_of, is_row, needs_more, several_sizes, sized

HEADING = re.compile(
    r"^(?:artikel\s+(?P<article>\d+[a-z]?(?:[.:]\d+[a-z]?)*)\.?|(?P<number>\d+[a-z]?(?:[.:]\d+[a-z]?)+)\.?)(?:\s+(?P<title>\S.*))?$", re.IGNORECASE,
)
"""An article or a numbered member with its title: "Artikel 5 Wonen", "5.2.1 Hoofdgebouwen"."""
MARKER = re.compile(
    r"^(?:[-\u2022\u2013*\u00b7o]\s+|[-\u2022])?(?:(?P<letter>[a-z]{1,2})(?:[.)]|\t)(?=\s|$)|(?P<degree>\d{1,2}\s?\u00b0)\.?(?=\s|$)|"
    r"(?P<digit>\d{1,2})[.)](?=\s|$)|(?P<roman>[ivx]{1,4})[.)](?=\s|$))\s*"
    r"|^(?P<bullet>[-\u2022*\u00b7])(?=\s|$)\s*",
)
"""What begins an item of a list: a dash or bullet, "a.", "1.", "1°."."""
INLINE = re.compile(r"(?:(?<=[;:,.])|^)\s+(?=(?:[a-z]|\d{1,2})[.)]\s+\S)")
"""Where an item begins inside a line: "...; b. in andere gevallen"."""
SENTENCE = re.compile(r"(?<=[0-9m%\u00b2\u00b3])\t(?=[a-z])|(?<=[a-z0-9)%\u00b2\u00b3\u00b0'\"]{2})[.]\s+(?=[A-Z])|;\s+(?=[A-Za-z])")
"""Where a sentence ends; the capital after it, because of "c.q." and "m2."."""
ROW = re.compile(r"\t\s*\d")
"""What a row of a table has: a number in a column of its own."""
TITLE_MAX = 110
"""A longer line behind a number is the text of the member itself."""
BARE_TITLE_WORDS = 7


@dataclass(frozen=True)
class Passage:
    """One sentence or item of a list (``start`` to ``end`` of the plain text), with what stands above it, outermost first.

    ``headings``: titles; ``leads``: sentences that introduce it; ``beside``: the passage before it in the same item or row; ``header``: the words
    at the head of its column; ``chapter``: the title of its article. ``row``: of a cell, where its row starts and ends; ``apart``: the place or case
    that row and column are for.
    """

    text: str
    start: int
    end: int
    article: str = ""
    headings: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    chapter: str = ""
    row: tuple[int, int] | None = None
    apart: tuple[str, ...] = ()

    def above(self) -> tuple[str, ...]:
        """Return what stands above the passage, the nearest first: what the item said before it, its leads, the titles."""
        return (*reversed(self.beside), *self.header, *reversed(self.leads), *reversed(self.headings))


def member_of(article: str) -> str:
    """Return the member that a passage is in ("5.2" of "5.2 a.1")."""
    return article.split(" ", maxsplit=1)[0]


def root_of(article: str) -> str:
    """Return the article that a passage is in ("5" of "5.2 a.1")."""
    return member_of(article).split(".", maxsplit=1)[0]


def list_of(article: str) -> str:
    """Return the list that an item is in ("9.2 a" of "9.2 a.1"), '' of what is no item."""
    member, _, items = article.partition(" ")
    return f"{member} {items.rpartition('.')[0]}" if items else ""


@dataclass
class _Line:
    text: str
    start: int
    kind: str = ""
    mark: str = ""


@dataclass
class _State:
    titles: list[tuple[int, str]] = field(default_factory=list)
    chapter: str = ""
    article: str = ""
    stack: list[tuple[str, str]] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    header: tuple[str, ...] = ()
    in_rows: bool = False
    before: str = ""


def passages(text: str) -> list[Passage]:
    """Return the passages of a plain text in order."""
    state, found = _State(), []
    for line in _lines(text):
        number = HEADING.match(line.text) if line.kind == "" else None
        if number and not _is_sentence(number["title"] or ""):
            _heading(state, number)
        elif number and number["title"]:
            state.article, state.stack, state.before = number["article"] or number["number"], [], ""
            found += _passages(_Line(line.text[number.start("title"):], line.start + number.start("title")), state)
        else:
            found += _passages(line, state)
    return found


def _is_sentence(title: str) -> bool:
    return len(title) > TITLE_MAX or title.rstrip()[-1:] in ".;:,"


def _heading(state: _State, number: re.Match[str]) -> None:
    name = number["article"] or number["number"]
    level = 1 if number["article"] else len(re.split(r"[.:]", name))
    state.titles = [(deep, title) for deep, title in state.titles if deep < level]
    state.titles.append((level, (number["title"] or "").strip()))
    state.chapter = (number["title"] or "").strip() if level == 1 else state.chapter
    state.article, state.stack, state.items, state.in_rows, state.before = name, [], [], False, ""


def _passages(line: _Line, state: _State) -> list[Passage]:
    """Return the passages of a line and keep what it means for the lines below it."""
    if _bare_title(line, state):
        state.titles = [(deep, title) for deep, title in state.titles if deep < 9]
        state.titles.append((9, line.text.strip()))
        state.stack, state.before, state.in_rows = [], "", False
        return []
    _place(line, state)
    headings = tuple(title for _, title in state.titles if title)
    leads = tuple(lead for _, lead in state.stack if lead)
    mark = ".".join(item for item in state.items if item)
    article = f"{state.article} {mark}".strip()
    found: list[Passage] = []
    beside: tuple[str, ...] = (state.before,) if line.kind == "cell" and state.before else ()
    in_table = is_row(line.text) and not line.kind and state.in_rows
    cells = sized(line.text, state.header) if in_table else []
    if cells:
        found = [_cell(one, line, Passage("", 0, 0, article, headings, leads, (), (), state.chapter)) for one in cells]
    elif in_table and several_sizes(state.header) and re.search(r"\d", line.text):  # in which column it is is not known: no title above tells its size
        found.append(Passage(line.text, line.start, line.start + len(line.text), article, chapter=state.chapter))
    for start, end in [] if found else _sentences(line.text):
        words = line.text[start:end]
        if words.strip():
            found.append(Passage(words, line.start + start, line.start + end, article, headings, leads, beside, (), state.chapter))
            beside = (*beside, words)
    _keep(line, state)
    return found


def _cell(cell: Cell, line: _Line, above: Passage) -> Passage:
    """Return the passage of a cell that holds a size; ``above``: what stands above its row."""
    column = (cell.column,) if cell.column else ()
    return replace(
        above, text=cell.text, start=line.start + cell.start, end=line.start + cell.end, beside=cell.labels, header=column,
        row=(line.start, line.start + len(line.text.rstrip())), apart=cell.apart,
    )


def _place(line: _Line, state: _State) -> None:
    """Put an item at its level of the list: beside the last of its kind, or under a line that introduces it."""
    if not line.kind or line.kind == "cell":
        return
    kinds = [kind for kind, _ in state.stack]
    opens = kinds[-1:] == [line.kind] and state.stack[-1][1].rstrip().endswith(":") and not _follows(line.mark, state.items[-1] if state.items else "")
    if line.kind in kinds and not opens:
        at = len(kinds) - 1 - kinds[::-1].index(line.kind)
        state.stack = state.stack[:at]
    levels = sum(1 for kind, _ in state.stack if kind)
    state.items = [*state.items[:levels], line.mark]


def _follows(mark: str, before: str) -> bool:
    """Whether a mark is the next one of its list: "c" after "b", "3" after "2"."""
    if mark.isdigit() and before.isdigit():
        return int(mark) == int(before) + 1
    return len(mark) == len(before) == 1 and mark.isalpha() and ord(mark) == ord(before) + 1


def _keep(line: _Line, state: _State) -> None:
    text = line.text.strip()
    if line.kind == "cell":
        state.before = text
    elif is_row(line.text) and not line.kind:
        state.header, state.in_rows, state.before = _head(line.text, state), True, text
        return
    elif line.kind:
        state.stack.append((line.kind, text))
    elif state.stack and state.stack[-1][0] and state.stack[-1][1].endswith(":"):
        return
    elif state.stack and not state.stack[0][0] and text[:1].islower() and state.before.rstrip().endswith((",", ":")):
        state.stack = [("", f"{state.stack[0][1]} {text}")]
    else:
        state.stack, state.items = [("", text)], []
    state.in_rows = False
    if line.kind != "cell":
        state.before = text


def _head(line: str, state: _State) -> tuple[str, ...]:
    """Return the names of the columns for the rows below a row: those it gives itself at the head of a table, else those of the row right above it."""
    if not state.in_rows:
        return head_of(line, ())
    below = head_of(line, state.header) if needs_more(state.header) else ()
    return below or state.header


def _bare_title(line: _Line, state: _State) -> bool:
    """Whether a line without a number is a title: a few words with a capital and no end, that say no size."""
    text = line.text.strip()
    if line.kind or "|" in text or "\t" in text or not text[:1].isupper() or text[-1:] in ".;:,|" or re.search(r"\d", text):
        return False
    return len(text.split()) <= BARE_TITLE_WORDS and not state.before.endswith(",")


def _lines(text: str) -> list[_Line]:
    """Return the lines of a text, with those that were only wrapped put together; what begins an item has its kind."""
    lines: list[_Line] = []
    at, waiting, cells = 0, "", False
    for raw in text.split("\n"):
        start, at = at + len(raw) - len(raw.lstrip()), at + len(raw) + 1
        words = raw.strip()
        if not words:
            continue
        if words == "|":
            cells = True
            continue
        mark = MARKER.match(words)
        if mark and mark.end() == len(words):
            waiting = (mark["letter"] and "letter") or (mark["digit"] and "digit") or (mark["degree"] and "degree") or "bullet"
            waiting = f"{waiting}:{words.strip('-.) ')}"
            continue
        for part, offset in _inline(words):
            lines.append(_line(part, start + offset, waiting if offset == 0 else "", cells))
            waiting = ""
        cells = False
    return lines


def _inline(words: str) -> list[tuple[str, int]]:
    cuts = [0, *(cut.end() for cut in INLINE.finditer(words) if cut.end() > 0), len(words)]
    return [(words[a:b], a) for a, b in zip(cuts, cuts[1:], strict=False) if words[a:b].strip()]


def _line(words: str, start: int, waiting: str, cells: bool) -> _Line:
    mark = MARKER.match(words)
    if mark and not HEADING.match(words):
        kind = next(name for name in ("letter", "degree", "digit", "roman", "bullet") if mark[name] is not None)
        return _Line(words[mark.end():], start + mark.end(), kind, mark.group().strip("-\u2022.) \t"))
    if waiting:
        kind, _, name = waiting.partition(":")
        return _Line(words, start, kind, name)
    return _Line(words, start, "cell" if cells else "")


def unwrapped(seen: Plain) -> Plain:
    """Return a plain text in which lines that were only wrapped are one line; every character keeps its place in the text as given."""
    signs = [*seen.text]
    keep = [True] * len(signs)
    before, at = "", 0
    for raw in seen.text.split("\n"):
        words, first = raw.strip(), at + len(raw) - len(raw.lstrip())
        at += len(raw) + 1
        if not words:
            continue
        if before and _continues(before, words):
            gap = first - 1
            while gap >= 0 and signs[gap].isspace():
                keep[gap] = False
                gap -= 1
            keep[first - 1], signs[first - 1] = True, " "
        before = words
    return Plain("".join(compress(signs, keep)), tuple(compress(seen.starts, keep)), tuple(compress(seen.ends, keep)))


def _continues(before: str, words: str) -> bool:
    """Whether a line only goes on with the sentence of the one before it."""
    if not words[:1].islower() or "|" in words or MARKER.match(words) or MARKER.fullmatch(before) or HEADING.match(words) or HEADING.match(before):
        return False
    return before[-1] not in ".;:,|" and not ROW.search(words) and not ROW.search(before)


def _sentences(text: str) -> list[tuple[int, int]]:
    cuts = [0, *(cut.end() for cut in SENTENCE.finditer(text)), len(text)]
    return list(zip(cuts, cuts[1:], strict=False))
