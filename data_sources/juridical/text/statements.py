"""What a plan's text says in words without a size: what the ground is for, what is forbidden or asked, and which clause is put aside; kept whole, for
someone to read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ....model.plan_words import DEMANDED, DEPARTING, FORBIDDEN, SET_ASIDE, USE, Clause, UnreadNumber
from .unnumbered import is_power
from .words.conditions import conditions_of, exceptions_of
from .words.outline import Passage, root_of
from .words.plain import Source

PURPOSE = re.compile(r"bestemd voor|(?:is|zijn)[^.;]{0,40} bestemd|bestemmingsomschrijving|doeleindenomschrijving", re.IGNORECASE)
ALLOTTED = re.compile(r"aangewezen (?:gronden|grond)|(?:gronden|grond)[^.;]{0,80} (?:zijn|is)[^.;]{0,40} bestemd", re.IGNORECASE)
"""Words with which the article of a bestemming begins."""
RULED = r"(?:gebouwd|bebouwd|opgericht|toegestaan|geplaatst|gebruikt|gerealiseerd|gevestigd|aangebracht|gesplitst|gesloopt|veranderd|vergroot|uitgebreid)"
FORBIDS = re.compile(
    rf"(?<![a-z])verboden|ontoelaatbaar|(?<![a-z])(?:niet|geen|nimmer)(?![a-z])[^.;]{{0,120}}{RULED}|{RULED}[^.;]{{0,40}} (?:niet|geen) "
    rf"|(?:wordt|worden) (?:niet|geen)[^.;]{{0,60}}{RULED}|als (?:strijdig|verboden) gebruik|in strijd met (?:de|deze|het)[^.;]{{0,30}}bestemm", re.IGNORECASE,
)
ONLY = re.compile(rf"(?:uitsluitend|slechts|alleen)[^.;]{{0,120}}{RULED}", re.IGNORECASE)
"""What is allowed only so, is forbidden else."""
MUST = re.compile(
    r"(?<![a-z])(?:dient|dienen|moet|moeten|wordt|worden|zal|zullen)(?![a-z])[^.;]{0,160}"
    r"(?:gebouwd|geplaatst|gesitueerd|opgericht|uitgevoerd|afgedekt|voorzien)",
)
MAY = re.compile(r"(?<![a-z])(?:mag|mogen|kan|kunnen|toegestaan)(?![a-z])", re.IGNORECASE)
"""What is only allowed asks nothing."""
COMPARES = re.compile(
    r"(?:niet|geen|nimmer|evenveel|even)(?![a-z])[^.;:\d]{0,60}(?:hoger|groter|dieper|breder|langer|lager|kleiner|minder|meer|over(?:schrijden|schreden))(?![a-z])"
    r"|gelijk aan (?:de|het|die) |aantal bouwlagen|één bouwlaag", re.IGNORECASE,
)
"""A size that is limited by another one, or by a number that nothing read ("niet hoger dan het hoofdgebouw", "de bestaande hoogte niet overschrijden")."""
BUILDING = re.compile(r"bouwregel|bouwvoorschrift|bouwbepaling|bebouwing", re.IGNORECASE)
"""Titles above which stand rules for building: each sentence there asks something, whatever its words."""
VERB = re.compile(
    r"(?<![a-z])(?:is|zijn|wordt|worden|heeft|hebben|krijgt|krijgen|bedraagt|bedragen|geldt|gelden|blijft|blijven|ligt|liggen|loopt|lopen|staat|staan)(?![a-z])",
)
NOT = re.compile(r"(?<![a-z])(?:niet|geen|nimmer|uitsluitend|slechts|alleen)(?![a-z])", re.IGNORECASE)
SAID_OF_WORDS = re.compile(r"^(?:algemene )?(?:begrippen|begripsbepalingen|begripsomschrijvingen|wijze van meten)", re.IGNORECASE)
"""Articles that say what words mean, and rule nothing."""


def statements_of(parts: Sequence[Passage], source: Source, norms: Sequence[Clause], unread: Sequence[UnreadNumber] = ()) -> Iterator[Clause]:
    """Return what the passages of a text say without a size; a passage that is a norm already (``norms``), or of which a number has a line of its own
    (``unread``), is not said again."""
    held = [(one.start, one.end) for one in norms]
    purposes: dict[str, tuple[Passage, Passage]] = {}
    for passage in parts:
        if SAID_OF_WORDS.match(passage.chapter):
            continue
        if _is_purpose(passage):
            root = root_of(passage.article)
            purposes[root] = (purposes.get(root, (passage, passage))[0], passage)
            continue
        _, first, last = source.cut(passage.start, passage.end)
        kind = _kind(passage) or (DEMANDED if _asks(passage) and not any(first <= one.start < last for one in unread) else "")
        if kind and not is_power(passage) and not any(a < last and first < b for a, b in held):
            yield _statement(kind, passage, passage, source)
    for first_passage, last_passage in purposes.values():
        yield _statement(USE, first_passage, last_passage, source)


def _kind(passage: Passage) -> str:
    """Return what a passage without a size does: forbid, ask, or put another rule aside; '' where it does neither."""
    if FORBIDS.search(passage.text) or ONLY.search(passage.text):
        return FORBIDDEN
    if passage.text.rstrip().endswith(":"):
        return ""
    if COMPARES.search(passage.text) or (MUST.search(passage.text) and not MAY.search(passage.text)):
        return DEMANDED
    return SET_ASIDE if any(words.startswith(DEPARTING) for words in conditions_of(passage.text, True)) else ""


def _asks(passage: Passage) -> bool:
    """Whether a sentence of the rules for building asks something in words that say neither of these."""
    asks = NOT.search(passage.text) if MAY.search(passage.text) else VERB.search(passage.text)
    led = passage.row is not None or passage.text.rstrip().endswith(":")
    return asks is not None and not led and any(BUILDING.search(title) for title in passage.headings)


def _is_purpose(passage: Passage) -> bool:
    """Whether a passage says what ground is for: its own words do, or it is an item below words that do."""
    titled = any(PURPOSE.search(title) for title in passage.headings[-1:])
    return bool(ALLOTTED.search(passage.text) or any(ALLOTTED.search(lead) for lead in passage.leads)) and (titled or bool(
        PURPOSE.search(" ".join((*passage.leads, passage.text)))))


def _statement(kind: str, first: Passage, last: Passage, source: Source) -> Clause:
    quote, start, end = source.cut(first.start, last.start + len(last.text.rstrip()))
    about = "grond" if kind == USE else "bouwwerk"
    words, aside = " ".join((*first.leads, first.text)), kind == SET_ASIDE
    conditions = conditions_of(words, aside)
    kept = conditions if aside else tuple(words for words in conditions if words.startswith(DEPARTING))
    out = exceptions_of(words, aside) if aside else ()
    return Clause(about, kind, "definition", None, None, quote, start, end, article=first.article, conditions=kept, exceptions=out, title=first.chapter)
