"""What of the quote of a norm nothing read accounts for: words that may widen, narrow or turn it ("samen", "onbebouwd", "aan de achterzijde")."""

from __future__ import annotations

import re

from .conditions import ASIDE, CONDITIONS, EACH, EXCEPTIONS, FROM_FRONT, NOT_THERE, RELATIVE
from .marks import compares, marks_of
from .plain import flat

FROM_PEIL = r"gemeten (?:vanaf|vanuit|van|uit|boven) (?:het )?peil(?![a-z])"
"""From where every height is measured."""
OF_DORMERS = (
    r"onderzijde (?:(?:(?:meer|minder) dan|ten ?minste|ten hoogste|minimaal|maximaal|en|\d+(?:,\d+)? m) )+boven de dakvoet"
    r"|(?:bovenzijde|zijkanten(?:, onder- en bovenzijde)?)(?= (?:meer dan|ten ?minste|minimaal) \d[^;:]{0,45}? (?:daknok|dakvlak))"
    r"|randen van het dakvlak of het platte dak"
)
"""The side of a dormer that lies so far from the foot, the ridge or the edge of its roof: what these distances are measured of."""
BOTH_SIDES = r"aan beide zijden|\(?(?:het )?verlengde van\)? (?=(?:de |het )?(?:voor)?gevel)|(?:en|of) (?:in )?(?:het )?verlengde (?:daarvan|hiervan)"
"""A distance to the sides of a plot is measured on all of them, and the line of the front goes on beside the house."""
TABLES = (
    *(re.compile(pattern) for table in (CONDITIONS, EXCEPTIONS, NOT_THERE, ASIDE, RELATIVE) for pattern, _ in table),
    re.compile(rf"(?:vanaf )?{FROM_FRONT.pattern}"), *map(re.compile, (FROM_PEIL, OF_DORMERS, BOTH_SIDES)),
)
TURNS = re.compile(
    r"onbebouwd|onoverdekt|(?:boven|\+|t\.o\.v\.|ten opzichte van) ?(?:het )?n\.?a\.?p|inclusief|exclusief|met inbegrip van|daaronder begrepen|inbegrepen"
    r"|niet meegerekend|buiten beschouwing|overschreden door|tijdens|langs de [a-z]+"
    rf"|(?<![a-z])per (?!(?:{EACH})(?![a-z]))[a-z]+(?: (?:bijgebouw|bouwwerk|gebouw|meter)(?![a-z]))?",
)
"""Words that change what is measured also where a table of conditions has them: as a condition they would only say whether a norm holds."""
GROUPS = (
    # who and what
    "de het een der den des die dat deze dit welke wat er hun haar elk elke ieder iedere alle als dan zo zoals zulke zodanige dergelijke betreffende bedoelde",
    "genoemde andere daarvan hiervan daarbij hierbij daarop hierop daartoe tevens ook",
    # how words hang together
    "van in op aan te ten ter tot bij met voor door uit over om naar per en of respectievelijk resp alsmede alsook dan wel dus hetzij zowel",
    # what norms say of anything
    "mag mogen moet moeten dient dienen zal zullen kan kunnen is zijn wordt worden bedraagt bedragen heeft hebben geldt gelden bevat beslaat krijgt krijgen",
    "gebouwd bebouwd bouwen oprichten opgericht plaatsen geplaatst toegestaan toegelaten toestaan toelaatbaar gerealiseerd gesitueerd gelegen uitgevoerd",
    "telt tellen staat staan aangehouden gehandhaafd uitsluitend slechts alleen",
    # where it stands written
    "lid leden artikel artikelen onder sub hoofdstuk bepaling bepalingen bepaalde regel regels bouwregels planregels bestemmingsregels volgende plan",
    "bestemmingsplan plankaart kaart verbeelding aangegeven aangeduid aangewezen weergegeven vermeld opgenomen voorgeschreven aanduiding aanduidingen",
    "maatvoering maatvoeringaanduiding maatvoeringsaanduiding maten maat afmetingen aanzien plaatse waarde percentage aantal meter meters",
    # grounds and wholes that a norm is of
    "bouwvlak bouwvlakken bouwperceel bouwpercelen perceel percelen bestemmingsvlak bestemming gronden grond peil punt",
    "vrijstaande vrijstaand aangebouwde aangebouwd",
)
PLAIN = frozenset(word for group in GROUPS for word in group.split())
"""Words that change no size by themselves."""
CASE = re.compile(
    r"(?<!niet )(?<!geen )(?:(?:kleiner|groter|minder|meer|lager|hoger|dieper|breder) dan|vanaf"
    r"|(?<!maximaal )(?<!hoogste )tot(?: en met)?(?: een [a-z]+ van)?) $",
)
"""Words right before a size that only says of which case another one is: "bijgebouwen kleiner dan 10 m2 mogen niet hoger zijn dan 2,5 m"."""
WORD = re.compile(r"[a-zà-ÿ][a-zà-ÿ'-]+")


def accounted(text: str) -> bytearray:
    """Return of each character of a text whether it is in words that a table of conditions has."""
    low = flat(text)
    told = bytearray(len(low))
    for start, end in _told_in(low):
        told[start:end] = b"\x01" * (end - start)
    return told


def _told_in(low: str) -> list[tuple[int, int]]:
    """Return from where to where the words of a text reach that a table of conditions has."""
    return [match.span() for table in TABLES for match in table.finditer(low) if not compares(low, match.start())]


def unsaid_in(quote: str) -> tuple[str, ...]:
    """Return the words of a quote, in its order, that neither its marks nor a table of conditions has, and that are not plain."""
    low = flat(quote)
    turned = [match.span() for match in TURNS.finditer(low)]
    free = bytearray(b"\x01" * len(low))
    for start, end in [(mark.start, mark.end) for mark in marks_of(quote)] + _told_in(low):
        free[start:end] = bytes(end - start)
    for start, end in turned:
        free[start:end] = b"\x01" * (end - start)
    left = [match for match in WORD.finditer(low) if all(free[match.start():match.end()])]
    return tuple(match.group() for match in left if match.group() not in PLAIN or any(a <= match.start() < b for a, b in turned))


def case_in(head: str) -> tuple[str, ...]:
    """Return the words that make the size right behind ``head`` the case of a later one, none where it is a norm by itself."""
    found = CASE.search(flat(head))
    return tuple(found.group().split()) if found else ()
