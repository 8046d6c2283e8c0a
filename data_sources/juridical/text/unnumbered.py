"""Norms without a number in the text: a size that stands on the map, what must stand inside the bouwvlak, existing sizes, and powers."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ....model.plan_words import CERTAIN, LIKELY, Clause
from .quantities import NOT_HIGHER
from .sizes import formula_in
from .things import object_above, object_of
from .words.conditions import conditions_of, exceptions_of
from .words.marks import BREAK, MAP, NUMBER, QUANTITY, Mark, marks_of
from .words.outline import Passage
from .words.plain import Source
from .words.unsaid import unsaid_in

POWER = re.compile(
    r"(?:burgemeester en wethouders|bevoegd gezag|college|gemeenteraad)[^.;]{0,80}\b(?:kan|kunnen|zijn bevoegd|is bevoegd)|\b(?:kan"
    r"|kunnen) (?:bij|met|door middel van)[^.;]{0,40}(?:omgevingsvergunning|ontheffing|vrijstelling)[^.;]{0,40}"
    r"|(?:ontheffing|vrijstelling) (?:te )?verlen|(?:kan|mag)(?: \w+){0,4} worden afgeweken|nadere eisen|bevoegd (?:om|tot)", re.IGNORECASE,
)
ON_MAP = re.compile(
    r"aangegeven|aangeduid|weergegeven|vermeld|maatvoering|op de verbeelding|aanduiding[^.;]{0,90}overschreden|op de (?:plan)?kaart", re.IGNORECASE,
)
"""Words that leave a size to the map."""
INSIDE = re.compile(
    r"(?<!buiten )(?:uitsluitend |alleen )?(?:binnen|in) (?:een|het|de)? ?(?:als zodanig )?(?:op de (?:kaart|verbeelding|plankaart) )?"
    r"(?:aangegeven |aangewezen |aangeduide )?(?:bouwvlak(?:ken)?|bouwblok)|ter plaatse van de aanduiding .?bouwvlak",
    re.IGNORECASE)
BUILT = re.compile(r"(?:gebouwd|toegestaan|opgericht|geplaatst|gesitueerd|gelegen)", re.IGNORECASE)
FULLY = re.compile(r"(?:bouwvlak|bestemmingsvlak|bouwperceel)[^.;]{0,30}(?:volledig|geheel)[^.;]{0,20}bebouwd", re.IGNORECASE)
EXISTING = re.compile(r"bestaan(?:de|d)?", re.IGNORECASE)
KEPT = re.compile(r"toelaatbaar|aangehouden|gehandhaafd|als (?:maxim|minim)", re.IGNORECASE)
OVERSTEPPED = re.compile(r"(?:bestemmings|bouw|aanduidings)[^.;]{0,40}grenzen[^.;]{0,40}overschreden", re.IGNORECASE)
NOT_ABOVE = re.compile(
    r"hoogte[^.;]{0,60}(?P<word>niet (?:meer|hoger)[^.;,]{0,30}dan) (?:de |het )(?P<what>(?:bouw|goot|nok)?hoogte van [^.;,]{4,60})", re.IGNORECASE,
)
NONE_GIVEN = re.compile(r"(?:indien|waar|voor zover)[^.;,]{0,30} (?:geen|niet)[^.;,]{0,60}(?:aangegeven|aangeduid)", re.IGNORECASE)
AS_IT_IS = re.compile(r"dan (?:de |het )?bestaande", re.IGNORECASE)
NOT_BEYOND_IT = re.compile(r"(?<![a-z])niet(?= (?:mag |mogen )?(?:worden )?overschreden)", re.IGNORECASE)
"""What makes the size of the map the most there may be."""
ELSEWHERE = re.compile(r"onderstaande|hierna|tabel|bijlage", re.IGNORECASE)
BUT = ("met dien verstande dat", "tenzij", "waarbij", "in afwijking hiervan")
"""Words behind which a passage gives another size than the map."""
PLAIN = ("hoogte", "hoogten", "hoogtes")
"""Words that repeat a size named before."""
NONE = {
    "bouwhoogte": "m", "goothoogte": "m", "oppervlakte": "m2", "bebouwingspercentage": "%", "inhoud": "m3", "dakhelling": "deg", "bouwlagen": "bouwlagen",
}
"""Sizes that stand on maps, with their unit."""
SIZES = ("afstand", "goothoogte", "bouwhoogte", "hoogte", "inhoud", "oppervlakte", "aantal", "dakhelling", "percentage")
NOT_BEYOND = re.compile(r"niet buiten (?:het|de) [\w ]{3,30}? ?uitste", re.IGNORECASE)
UNDER_SAIL = re.compile(r"hoger dan (?:de|het) (?P<what>onderste punt van de [\w ]{4,40}wiek)", re.IGNORECASE)
FROM_MEMBER = re.compile(r"afwijken van het (?:bepaalde|gestelde) in (?:lid|artikel|sublid)|van het bepaalde in (?:lid|artikel)", re.IGNORECASE)
ONE_THING = re.compile(r"\s*(?:het|de) [\w ]{4,40}[,;.]?(?: en| of)?\s*")


def is_power(passage: Passage) -> bool:
    """Whether a passage only says what the authority may allow."""
    return any(_says_power(words) for words in (*passage.leads, *passage.beside, passage.text))


@functools.lru_cache(maxsize=64)  # the items of a list have one lead
def _says_power(words: str) -> bool:
    return POWER.search(words) is not None


@dataclass(frozen=True)
class _Sentence:
    """A passage with its marks; ``power``: it only says what may be allowed."""

    passage: Passage
    marks: Sequence[Mark]
    source: Source
    power: bool

    @property
    def text(self) -> str:
        return self.passage.text

    def clause(self, quantity: str, operator: str, unit: str | None, at: int | None = None, quantity_mark: Mark | None = None) -> Clause:
        """Return a norm without number about the thing that is named before ``at`` (the end of the passage unless told)."""
        end = len(self.text) if at is None else at
        about, own = object_of(self.passage, self.marks, quantity_mark, Mark(NUMBER, end, end))
        quote, first, last = self.source.cut(self.passage.start, self.passage.start + len(self.text.rstrip()))
        return Clause(
            about, quantity, operator, None, unit, quote, first, last, None, self.passage.article, "", "",
            conditions_of(self.text), exceptions_of(self.text), self.power, (), CERTAIN if own else LIKELY,
        )


def unnumbered_of(passage: Passage, marks: Sequence[Mark], source: Source, numbered: bool) -> Iterator[Clause]:
    """Return the norms of a passage that have no number in it; ``numbered``: it has others that do."""
    sentence = _Sentence(passage, marks, source, is_power(passage))
    yield from _formula(sentence)
    yield from _as_its_house(sentence)
    if FULLY.search(passage.text):
        whole = replace(sentence.clause("bebouwingspercentage", "<=", "%"), value=100.0, relative_to="bouwvlak")
        yield replace(whole, object=object_above(passage) or "gebouw", unsaid=whole.exceptions)  # what may be built on whole is met whatever they say
    if numbered:
        yield from _on_map_but(sentence)
        return
    if EXISTING.search(passage.text) and KEPT.search(passage.text):
        yield replace(sentence.clause("bestaande_maten", "definition", None), changes=_sizes(passage.text))
        return
    yield from _on_map(sentence)
    yield from _as_high_as(sentence)
    if NOT_BEYOND.search(passage.text):
        yield replace(sentence.clause("overschrijding", "<=", "m"), value=0.0)
    under = UNDER_SAIL.search(passage.text)
    if under is not None:
        yield replace(sentence.clause("molen_hoogte", "<=", None), relative_to=under["what"])
    yield from _powers(sentence) if sentence.power else _inside(sentence)


def _sizes(text: str) -> tuple[str, ...]:
    return tuple(word for word in SIZES if word in text.lower())


def _formula(sentence: _Sentence) -> Iterator[Clause]:
    """Return a height that grows with a distance."""
    formula = formula_in(sentence.text.lower())
    if formula is not None:
        slope, constant = (float(formula[name].replace(",", ".")) for name in ("slope", "constant"))
        one = sentence.clause("bouwhoogte", "<=", "formula", formula.start())
        yield replace(one, value=slope, value2=constant, relative_to=formula["base"].strip(" ([]m"))


def _as_its_house(sentence: _Sentence) -> Iterator[Clause]:
    """Return a size that is another's: "niet meer dan de hoogte van het gebouw waartegen wordt aangebouwd"."""
    compared = NOT_ABOVE.search(sentence.text)
    if compared is None or re.search(r"\d", compared.group()) or re.match(r"[^.;]{0,30}(?:vermeerderd|verhoogd|\d)", sentence.text[compared.end():]):
        return
    at = compared.start("word")
    sizes = [mark for mark in sentence.marks if mark.kind == QUANTITY and mark.end <= at]
    for quantity in sizes[-1].quantities if sizes else ("bouwhoogte",):
        yield replace(sentence.clause(quantity, "<=", NONE.get(quantity), at, sizes[-1] if sizes else None), relative_to=compared["what"].strip())


def _powers(sentence: _Sentence) -> Iterator[Clause]:
    if FROM_MEMBER.search(sentence.text):
        yield replace(sentence.clause("afwijking", "definition", None), changes=_sizes(sentence.text))
    if OVERSTEPPED.search(sentence.text):
        yield replace(sentence.clause("afwijking", "definition", None), object="grens", changes=("bouwgrens",))


def _inside(sentence: _Sentence) -> Iterator[Clause]:
    inside = INSIDE.search(sentence.text)
    if inside is not None and BUILT.search(sentence.text):
        yield replace(sentence.clause("binnen_bouwvlak", "definition", None, inside.start()), from_map="bouwvlak")


def _on_map(sentence: _Sentence) -> Iterator[Clause]:
    """Return sizes that stand on the map, or that are those of what stands there."""
    text = sentence.text
    existing = AS_IT_IS.search(text)
    sign = ON_MAP.search(text)
    if ELSEWHERE.search(text) or NONE_GIVEN.search(text):
        return
    sizes = [mark for mark in sentence.marks if mark.kind == QUANTITY and set(mark.quantities) & set(NONE)]
    if existing is not None:
        for mark in sizes[:1]:
            for quantity in mark.quantities:
                yield replace(sentence.clause(quantity, "<=", NONE.get(quantity, "m"), None, mark), relative_to=f"bestaande {quantity}")
    elif sign is not None:
        names = [mark.word for mark in sentence.marks if mark.kind == MAP]
        behind = [mark for mark in sizes if mark.start > sign.end()]
        if len({mark.quantities for mark in sizes}) > 1 and any(mark.word not in PLAIN for mark in behind) and "respectievelijk" not in text:
            sizes = behind[:1]
        first = {quantity: size for size in reversed(sizes) for quantity in reversed(size.quantities) if quantity in NONE}
        left = () if sentence.power else _left_of_the_map(sentence)
        for quantity, mark in reversed(list(first.items())):
            yield replace(sentence.clause(quantity, "<=", NONE[quantity], None, mark), from_map=names[0] if names else quantity, unsaid=left)


def _left_of_the_map(sentence: _Sentence) -> tuple[str, ...]:
    """Return what nothing accounts for of a sentence that leaves its size to the map: "de aangegeven bouwhoogte aan de straatzijde"."""
    text = NOT_BEYOND_IT.sub(" ", sentence.text)
    told = " ".join((*conditions_of(text), *exceptions_of(text)))
    numbers = [text[mark.start:mark.end].strip() for mark in marks_of(text) if mark.kind == NUMBER and mark.unit]
    return (*unsaid_in(text), *(number for number in numbers if number.lower() not in told))


def _on_map_but(sentence: _Sentence) -> Iterator[Clause]:
    """Return the sizes that a passage leaves to the map before it gives others for a place or a case: "... is aangegeven, met dien verstande dat"."""
    first = next((mark for mark in sentence.marks if mark.kind in (BREAK, NUMBER)), None)
    if first is not None and first.word in BUT and not sentence.power:
        marks = [mark for mark in sentence.marks if mark.end <= first.start]
        head = replace(sentence.passage, text=sentence.text[:first.start].rstrip(" ,"))
        yield from _on_map(replace(sentence, passage=head, marks=marks))


def _as_high_as(sentence: _Sentence) -> Iterator[Clause]:
    """Return the norm of an item that only names a thing, below "niet hoger dan:"."""
    lead = sentence.passage.leads[-1].lower() if sentence.passage.leads else ""
    if NOT_HIGHER.search(lead) and ONE_THING.fullmatch(sentence.text):
        name = re.sub(r"^\s*(?:het|de) |[,;.]?(?: en| of)?\s*$", "", sentence.text)
        yield replace(sentence.clause("bouwhoogte", "<=", None), object=object_above(sentence.passage), relative_to=f"bouwhoogte {name}", sure=LIKELY)
