"""What a maatvoering says: its names taken apart into term, qualifier and unit, its texts into numbers, never losing one.

Standard: SVBP2012 5.6 and bijlage 7 (names, units and symbol codes of maatvoeringen), IMRO2012 ``WaardeEnType``. A text that is not
plainly a number stays text (value None): a number out of the plan's words is for a human to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ...model import ABOVE, ABOVE_NAP, Note, PlanValue
from ...model.plan_words import OBJECT_KINDS
from ..formats.unit_words import plain_unit
from .symbol_codes import SYMBOLS
from .text.words.vocabulary import things_in

MAXIMUM = r"maximum|maximale|maximaal|max\.?|ten hoogste|hoogstens"
MINIMUM = r"minimum|minimale|minimaal|min\.?|ten minste|tenminste|minstens"
QUALIFIER = re.compile(rf"^(?:(?P<both>(?:{MINIMUM})\s*(?:-|–|/|en|tot|,)\s*(?:{MAXIMUM}))|(?P<max>{MAXIMUM})|(?P<min>{MINIMUM}))(?:\s+|(?<=\.))")
UNIT = re.compile(r"\s*(?:\(([^()]*)\)|\bin\s+(m2|m3|m²|m³|m|meters?|graden|procenten|%))\s*$")
OF_MAP = {"deg": "graden", **{unit: unit for unit in ("m", "m2", "m3", "%")}}
"""Units that values of a map have, as SVBP2012 writes them."""
COUNTS = ("bouwlagen", "aantal")
LEVEL = re.compile(r"\b(nap|maaiveld|peil|kruin|straatpeil)\b", re.IGNORECASE)
METRES_FROM = re.compile(rf"^m(?:trs?|eters?)?\b.*(?:\b(?:boven|onder|beneden|vanaf|ten opzichte)\b|t\.?o\.?v|[+-]|{LEVEL.pattern})|^\+?\s*nap$")
UNDER = re.compile(r"\b(?:onder|beneden)\b|(?:^|[\s(])-")
LISTED = {
    "bouwhoogte": "m", "goothoogte": "m", "hoogte": "m", "nokhoogte": "m", "breedte": "m", "diepte": "m", "lengte": "m", "hoogteligging": "m",
    "verticale bouwdiepte": "m", "afstand": "m", "dakhelling": "graden", "bebouwingspercentage": "%", "bebouwd oppervlak": "m2",
    "oppervlakte": "m2", "vloeroppervlakte": "m2", "volume": "m3", "aantal bouwlagen": "", "aantal wooneenheden": "",
}
"""Terms of SVBP2012 with the unit that it prescribes, for names that leave it out."""
ALIASES = {
    "inhoud": "volume", "bouwvolume": "volume", "bouw hoogte": "bouwhoogte", "goot hoogte": "goothoogte", "nok hoogte": "nokhoogte",
    "dak helling": "dakhelling", "hellingshoek": "dakhelling", "dakhellingshoek": "dakhelling", "bebouwings percentage": "bebouwingspercentage",
    "bebouwings%": "bebouwingspercentage", "bebouwings %": "bebouwingspercentage", "bebouwd percentage": "bebouwingspercentage",
    "percentage bebouwing": "bebouwingspercentage", "bouwlagen": "aantal bouwlagen", "lagen": "aantal bouwlagen",
    "aantal lagen": "aantal bouwlagen", "wooneenheden": "aantal wooneenheden",
    "bebouwde oppervlakte": "bebouwd oppervlak", "bebouwd oppervlakte": "bebouwd oppervlak", "oppervlak": "oppervlakte",
    "bebouwingsoppervlakte": "bebouwd oppervlak", "bruto vloeroppervlakte": "vloeroppervlakte", "bruto vloeroppervlak": "vloeroppervlakte",
    "bebouwingspercentage terrein": "bebouwingspercentage", "oppervlakte bvo": "vloeroppervlakte", "netto vloeroppervlakte": "vloeroppervlakte",
    "vloeroppervlak": "vloeroppervlakte", "hoogteligging vlak": "hoogteligging",
}
FREE = re.compile(r"^(?:other\s*:)?\s*(?:vrije tekst|maatvoering)?$")
"""A type that names nothing: the object's own name says what the value is."""
PLAIN = re.compile(r"([+-]?)([0-9]+(?:[.,][0-9]+)?|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+)")
THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
NUMBER = re.compile(
    rf"^(?:(?P<word>{MAXIMUM}|{MINIMUM}|<=|>=|≤|≥)\s*)?(?P<number>[+-]?[0-9][0-9.,]*)\s*(?P<unit>m[123]?|m²|m³|meters?|%|procent|graden|°|bouwlagen|lagen|stuks|woningen|wooneenheden)?\.?$",
    re.IGNORECASE,
)
RANGE = re.compile(
    r"^(?:van\s+|tussen\s+)?(?P<low>[0-9][0-9.,]*)\s*(?:m|°|%|graden)?\s*(?:-|–|—|/|;|tot en met|t/m|tot|en)\s*"
    r"(?P<high>[0-9][0-9.,]*)\s*(?P<unit>\S*)$",
    re.IGNORECASE,
)
LIST = re.compile(r"\s*(?:/|;|\||\ben\b|,\s+|\s-\s|–)\s*")
GOOT_EN_BOUW = re.compile(r"\bgoot-?\s*(?:en|/|,)\s*bouwhoogte")
LEAST_AND_MOST = re.compile(r"\b(?:minimale|minimum) en (?:maximale|maximum)\b")
KIND_OF_AREA = re.compile(r"^(?:bruto|bvo|netto|vvo)\b\s*(\([^()]*\))?$")
"""What comes last in IMRO's names of floor areas ("maximum vloeroppervlakte; bruto (m2)"): a kind of area, no term."""
COMBINED = re.compile(r"\s*(?:,|\ben\b|/|\+)\s*")


ABOUT = ("bijbehorend bouwwerk", "erfafscheiding", "bouwwerk geen gebouw", "hoofdgebouw")
"""Kinds of object that a norm may be about alone; where its name has words for several, the first of these."""


def subject_in(name: str) -> str:
    """Return the kind of object that the name of a norm says it is about, '' where it says none."""
    low = name.lower()
    if "wooneenheden" in low or "aantal woningen" in low:
        return ""
    kinds = {OBJECT_KINDS.get(word, "") for word in things_in(low)}
    return next((kind for kind in ABOUT if kind in kinds), "")


def level_of(label: str) -> str:
    """Return the level that a unit's label measures from (``meters boven maaiveld`` -> maaiveld), '' when it names none."""
    match = LEVEL.search(label)
    return match.group(1).lower() if match else ""


def unit_above(words: str) -> str:
    """Return the unit of metres from a level that words (lower case) name: that of peil, of NAP, or of the level's own name; of a level that nobody
    knows, or below one, the words themselves. '' for words that name no level."""
    if not METRES_FROM.search(words):
        return ""
    level = level_of(words)
    if not level or UNDER.search(words):
        return words
    return {"peil": "m", "nap": ABOVE_NAP}.get(level, f"{ABOVE}{level}")


def unit_on_map(word: str) -> str:
    """Return the unit of a value of a map; a word for a count, for no unit, or for one with a factor, as it is."""
    return OF_MAP.get(plain_unit(word), word)


def about_its_object(value: PlanValue, name: str) -> PlanValue:
    """Return a value with the kind of object that a name says it is about, in its own name too: a limit for fences is none for houses."""
    about = subject_in(name)
    base = next((term for term in LISTED if value.name == term or value.name.startswith(f"{term} ")), "")
    return replace(value, name=f"{base} {about}", about=about) if about and base else value


def limit_in(name: str) -> str:
    """Return the limit that stands anywhere in the name of a norm, '' where none or both do."""
    low = f" {name.lower()} "
    most, least = (re.search(rf"(?<![a-z])(?:{words})(?![a-z])", low) for words in (MAXIMUM, MINIMUM))
    return "" if (most is None) == (least is None) else "maximum" if most else "minimum"


def plan_values(kind: str, raw: str, name: str = "") -> tuple[PlanValue, ...]:
    """Return the values of one ``waarde`` (``raw``) of type ``kind``: at least one, more for a range or a combination of terms.

    ``("maximum bouwhoogte (m)", "4,5")`` -> bouwhoogte, maximum, 4.5 m. ``("minimum-maximum dakhelling (graden)", "30-60")`` -> 30
    minimum and 60 maximum. ``name`` is the object's own name, for a type that is free text. ``raw`` of each value keeps both texts.
    """
    spelled = f"{kind}={raw}"
    parts = [part.strip() for part in kind.split(";")]
    last, area = parts[-1], KIND_OF_AREA.match(parts[-1].lower())
    if area is not None and len(parts) > 1:
        last = f"{parts[-2]} {area[1] or ''}".strip()
    if FREE.match(last.lower()) and name and not FREE.match(name.lower().strip()):
        last = name.split(";")[-1].strip()
    terms = terms_of(last)
    if len(terms) == 1:
        return _one_term(*terms[0], raw, spelled)
    texts = [text for text in LIST.split(raw.strip()) if text]
    if len(texts) != len(terms):
        texts = [""] * len(terms)
    return tuple(value for term, text in zip(terms, texts) for value in _one_term(*term, text, spelled))


def plan_value(kind: str, raw: str) -> PlanValue:
    """Return the first value of a ``waarde``; see ``plan_values``."""
    return plan_values(kind, raw)[0]


def terms_of(name: str) -> list[tuple[str, str, str]]:
    """Return the (term, qualifier, unit) that a name combines; qualifier maximum, minimum, minimum-maximum or ''.

    ``maximum goothoogte (m), maximum bouwhoogte (m)`` -> two; ``maximale goot- en bouwhoogte (m)`` -> two with the same qualifier.
    """
    text = " ".join(name.lower().split())
    text = LEAST_AND_MOST.sub("minimum-maximum", GOOT_EN_BOUW.sub("goothoogte, bouwhoogte", text))
    found = [_term(part) for part in COMBINED.split(text) if part]
    if found and all(term in LISTED for term, _, _ in found):
        return _filled(found)
    return [_term(text)]


def _filled(terms: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Return combined terms in which a qualifier holds on until another is named."""
    filled, current = [], ""
    for term, qualifier, unit in terms:
        current = qualifier or current
        filled.append((term, current, unit))
    return filled


def _term(text: str) -> tuple[str, str, str]:
    match = QUALIFIER.match(text)
    qualifier = "" if match is None else "minimum-maximum" if match["both"] else "maximum" if match["max"] else "minimum"
    rest = text[match.end() :] if match else text
    stated = UNIT.search(rest)
    term = rest[: stated.start()].strip() if stated else rest.strip()
    term = ALIASES.get(term, term)
    unit = (stated.group(1) or stated.group(2) or "").strip() if stated else ""
    return term, qualifier, (unit_above(unit) or unit_on_map(unit)) if unit else LISTED.get(term, "")


def _one_term(term: str, qualifier: str, unit: str, raw: str, spelled: str) -> tuple[PlanValue, ...]:
    if qualifier == "minimum-maximum":
        low, high = range_of(raw, unit)
        pair = (PlanValue(term, "minimum", low, unit, spelled), PlanValue(term, "maximum", high, unit, spelled))
        return tuple(about_its_object(value, term) for value in pair)
    value, stated = number_of(raw, unit, qualifier)
    return (about_its_object(PlanValue(term, qualifier or None, value, unit or stated, spelled), term),)


def number_of(raw: str, unit: str = "", qualifier: str = "") -> tuple[float | None, str]:
    """Return the number that a text is, None when it is anything else or contradicts its name, and the unit that it states.

    What begins with a plus is more than something else (``+1 m`` above what stands there): no number by itself.
    """
    match = NUMBER.match(" ".join(raw.split()))
    if match is None or match["number"].startswith("+"):
        return None, ""
    stated = OF_MAP.get(plain_unit(match["unit"]), "") if match["unit"] else ""
    if stated and unit and stated != unit:
        return None, ""
    word = (match["word"] or "").lower()
    if word and qualifier and (word in (">=", "≥") or re.match(MINIMUM, word) is not None) != (qualifier == "minimum"):
        return None, ""
    return decimal_of(match["number"], unit or stated), stated


def decimal_of(text: str, unit: str = "") -> float | None:
    """Return a number written with a decimal comma or point. A point before three digits parts thousands in areas and volumes
    (``1.250`` m2), where thousandths are not written."""
    if unit in ("m2", "m3") and THOUSANDS.fullmatch(text):
        return float(text.replace(".", ""))
    match = PLAIN.fullmatch(text)
    if match is None:
        return None
    number = match.group(2)
    number = number.replace(".", "") if "," in number else number
    value = float(match.group(1) + number.replace(",", "."))
    return value if abs(value) < 1e12 else None


def range_of(raw: str, unit: str) -> tuple[float | None, float | None]:
    """Return the two numbers of a text as ``30-60``; (None, None) for anything else: of one number it is not known which it is."""
    match = RANGE.match(" ".join(raw.split()))
    if match is None:
        return None, None
    low, high = decimal_of(match["low"], unit), decimal_of(match["high"], unit)
    other = match["unit"] and unit_on_map(match["unit"]) != unit
    if low is None or high is None or low > high or other:
        return None, None
    return low, high


def contradictions(values: Iterable[PlanValue], code: str, fid: str) -> tuple[Note, ...]:
    """Return a remark when a symbol code stands for another term, or for the other limit, than the values' names say."""
    meant = SYMBOLS.get(code.strip().lower())
    if meant is None:
        return ()
    terms, limit = meant
    for value in values:
        other_limit = limit in ("maximum", "minimum") and value.qualifier not in (None, limit)
        if value.name in LISTED and (value.name not in terms or other_limit):
            said = " ".join(word for word in (value.qualifier, value.name) if word)
            return (Note.of("plans_symbol_contradicts", fid=fid, symbol=code, meant=f"{limit} {', '.join(terms)}".strip(), said=said),)
    return ()
