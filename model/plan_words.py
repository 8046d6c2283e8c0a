"""What a plan's own text says that its data do not hold: norms and ways of measuring as they were read, and what an officer kept of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .provenance import Note

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


CERTAIN, LIKELY = "certain", "likely"
"""How sure a reading is: everything stands in the words of the clause itself, or some of it follows from its heading, its lead or its unit."""


@dataclass(frozen=True)
class Clause:
    """One norm of a plan's text, as proposed to the officer.

    ``object``: what it is about ("bijbehorend bouwwerk"); ``quantity``: "bouwhoogte", "oppervlakte" ...; ``operator``: ``<=``, ``>=``, ``<``, ``>``,
    ``==``, ``between`` (``value`` to ``value2``) or ``definition`` (no size). ``value`` in ``unit`` (m, m2, m3, %, deg, stuks, bouwlagen, pp, ratio,
    fraction, factor, formula); None where the size stands on the map (``from_map``: the name of its aanduiding) or is another's (``relative_to``).
    ``conditions`` and ``exceptions``: the words that limit it. ``power``: it only says what the authority may allow (``changes``: of what; of a way of
    measuring, the sizes that it is of).
    ``unsaid``: words of the quote that nothing read accounts for.
    ``quote`` is the text from ``start`` to ``end`` (characters of the text as given); ``title``: of the article it stands in.
    """

    object: str
    quantity: str
    operator: str
    value: float | None
    unit: str | None
    quote: str
    start: int
    end: int
    value2: float | None = None
    article: str = ""
    from_map: str = ""
    relative_to: str = ""
    conditions: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    power: bool = False
    changes: tuple[str, ...] = ()
    sure: str = CERTAIN
    title: str = ""
    unsaid: tuple[str, ...] = ()


@dataclass(frozen=True)
class MeasuringClause:
    """One thing that the text says of how to measure: a key of a measuring profile, or of what the profile does not hold yet, with its quote.

    ``unsaid``: words of its definition that nothing read accounts for, and ``sizes`` what these may change ("oppervlakte"; "peil": all measured from it).
    """

    key: str
    value: Any
    quote: str
    start: int
    end: int
    article: str = ""
    unsaid: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()


@dataclass(frozen=True)
class UnreadNumber:
    """A number with a meaning that no proposal holds; ``around``: the words it stands in."""

    text: str
    start: int
    end: int
    around: str


@dataclass(frozen=True)
class PlanText:
    """The reading of one text; ``sha256`` of the text as given: a text that changed makes what was confirmed lapse.

    ``statements``: what the ground is for and what is forbidden, in words without a size (``USE`` and ``FORBIDDEN``).
    """

    clauses: tuple[Clause, ...]
    measuring: tuple[MeasuringClause, ...]
    unread: tuple[UnreadNumber, ...]
    sha256: str
    statements: tuple[Clause, ...] = ()


USE, FORBIDDEN, DEMANDED, MEASURED, NUMBER_LEFT = "gebruik", "verbod", "voorschrift", "wijze van meten", "niet gelezen"
"""Quantities of what no size says: what the ground is for, a prohibition, what building must be like, a way of measuring without a word of its own, a
number that was not read."""
SET_ASIDE = "uitzondering"
"""The quantity of a clause without a size that only puts another one aside."""
DEPARTING = (
    "in afwijking", "afwijkend", "in uitzondering", "als uitzondering", "met terzijdestelling", "ongeacht", "niettegenstaande", "in plaats van",
    "in tegenstelling", "het bepaalde", "het gestelde", "de bepaling", "de regel", "hetgeen", "dit geldt niet", "dit is niet", "deze ", "het voorgaande",
    "het bovenstaande", "het vorenstaande",
)
"""How a condition begins that says which other clause one goes before."""
ALTERNATIVE = "of "
"""How an exception begins that is another size by which the clause is met as well: "of de bestaande hoogte"."""
CAPPED, MEANT_FOR = "begrensd: ", "voor "
"""How a condition of a power begins that is another size which limits what it gives ("begrensd: met een maximum van 0,5 m"), or that is what it is for
where no list of ours has a word for that ("voor schoorstenen")."""
OBJECT_KINDS: Mapping[str, str] = {
    **dict.fromkeys(("hoofdgebouw", "woning", "bedrijfswoning", "recreatiewoning"), "hoofdgebouw"),
    **dict.fromkeys(
        ("bijbehorend bouwwerk", "bijgebouw", "aanbouw", "vrijstaand bijgebouw", "overkapping", "berging"), "bijbehorend bouwwerk"),
    **dict.fromkeys(("gebouw", "bedrijfsgebouw"), "gebouw"), **dict.fromkeys(("bouwwerk", "alle"), "bouwwerk"),
    "erfafscheiding": "erfafscheiding", "dakkapel": "dakkapel",
    **dict.fromkeys(
        ("bouwwerk geen gebouw", "mast", "silo", "pergola", "tuinmeubilair", "speeltoestel", "speelvoorziening", "windturbine", "kas", "zonnepaneel",
         "reclame", "steiger", "keermuur", "brug", "kunstwerk", "nutsgebouw",
         "schoorsteen"), "bouwwerk geen gebouw"),
}
"""What plans call a thing, and our kind of object; a thing that is not here is of no kind."""
OPEN, CONFIRMED, CORRECTED, REJECTED = DECISIONS = ("open", "confirmed", "corrected", "rejected")
"""What an officer made of something that was read; nothing that is open makes a verdict firm."""


@dataclass(frozen=True)
class PlanNorm:
    """One thing read in a plan's text, as read or as corrected, with what an officer decided: name, moment (ISO 8601) and reason.

    ``key``: its place in the text and what it is ("5.2.1 b goothoogte"), once in a plan.
    """

    key: str
    clause: Clause
    decision: str = OPEN
    by: str = ""
    at: str = ""
    reason: str = ""

    @property
    def stands(self) -> bool:
        """Whether an officer said that the clause holds as it stands here."""
        return self.decision in (CONFIRMED, CORRECTED)

    @property
    def is_explained(self) -> bool:
        """Whether an officer read a number that no proposal holds and said why nothing of it is to be tested: to confirm it alone says nothing."""
        return self.stands and bool(self.reason.strip())


@dataclass(frozen=True)
class MeasuringProfile:
    """What was read of one plan's text, and what an officer kept of it; ``sha256`` of its file stands in the record.

    ``entries``: ways of measuring that hold; ``proposed``: those read that nobody confirmed. ``norms``: all that the text says besides.
    ``text_sha256``, ``text_source`` and ``text_at``: of the text that was read ('' where none was); ``lapsed``: the names of those whose
    decisions ended because the text is another now; ``notes``: why a text could not be had.
    """

    plan_id: str
    plan_name: str = ""
    entries: tuple[ProfileEntry, ...] = ()
    location: str = ""
    sha256: str = ""
    proposed: tuple[ProfileEntry, ...] = ()
    norms: tuple[PlanNorm, ...] = ()
    text_sha256: str = ""
    text_source: str = ""
    text_at: str = ""
    lapsed: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()

    def entry(self, key: str) -> ProfileEntry | None:
        """Return the entry of a key, None while the plan's text was not read for it."""
        return next((entry for entry in self.entries if entry.key == key), None)
