"""When a norm holds, when it does not, and what its size is counted from: the limiting words of a passage, shortened."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from .marks import CASE_CLAUSE, CASE_WORDS, compares
from .plain import flat

SHORT_MAX = 110
"""A condition is shown beside its norm; the whole of it is in the quote."""
NAMED = (
    r"(?:,? (?:het|de|dit|deze|hetgeen|wat|bepaalde|gestelde|bepalingen?|voorschriften|regels?|voorgaande|bovenstaande|vorenstaande|vorige|hiervoor|hierboven"
    r"|in|onder|van|bij|sub|artikel(?:en)?|lid|leden|sublid|aanhef|en|of|t/m|tot en met|genoemde|bedoelde|vermelde|bepaald|gesteld|genoemd|vermeld"
    r"|\d+[a-z]?(?:\.\d+[a-z]?)*(?! ?(?:m|%|°|procent|graden))|[a-z]\.?(?![a-z]))(?![a-z]))*"
)
"""Words that name a member or an item of it: "het bepaalde in 5.2.1 onder a en b"."""
ONE_MORE = r"(?:(?:(?<= van)|(?<= op)|(?<= de)|(?<= het)) \w+)?"
"""What is named otherwise: "de verbeelding"."""
ITS_OWN = r"(?:[\w-]+ ){0,5}?(?:bestemming|functie|gebouwen|bouwwerken|[\w-]*bouw(?:en)?(?![\w])|hoofdgebouw|bijgebouwen|woning|wonen)"
"""What everything there is for, and what a norm names as its thing: no condition of it."""
ENDED = r" (?:is|zijn|mag|mogen|bedraagt|bedragen|wordt|worden|dient|dienen|met (?:ten|maximaal|niet))(?![a-z])"
STATED = r"(?:bepaalde|gestelde|bepaling(?:en)?|regels?)"
NAMED_THERE = r"(?:de |het )?(?:\w+ ?)?(?:aanduiding(?:en)? )?['\"][^'\"\n]{2,90}['\"]"
NOT_HELD = r"niet (?:geldt|gelden)|niet van toepassing (?:is|zijn)|(?:is|zijn) niet van toepassing"
NOT_USED = r"niet (?:(?:mag|mogen|kan|kunnen) worden toegepast|toegepast (?:mag|mogen|kan|kunnen) worden|(?:worden )?toegepast(?: worden)?)"
FRONT = r"(?:naar de (?:openbare )?(?:weg|straat) (?:toe)?gekeerde )?(?:bouwgrens|(?:voor)?gevel(?:(?:rooi)?lijn)?)(?![a-z])"
"""The line in front of a house, as plans call it."""
ALONG = r"(?:\(?(?:het )?verlengde van\)? )?(?:(?:de|het) )?(?:verlengde (?:van )?(?:de )?)?"
LOCATED = (
    r"(?:\w+ )?(?:zijn |is |worden )?(?:gelegen |gebouwd |geplaatst |gesitueerd )?(?:v(?:o|ó)(?:o|ó)r|achter|binnen|buiten) "
    rf"{ALONG}(?:{FRONT}|(?:een )?bouwvlak(?![a-z]))"
)
"""A case that is only a place, which is a condition by itself: "voor zover gelegen voor de voorgevelrooilijn"."""
LISTED = r"(?:(?:\w+ )?(?:wordt|is|worden) voldaan )?(?:aan|met inachtneming van|onder) (?:de |alle )?(?:volgende|onderstaande|hierna|hieronder)(?![a-z])"
"""What only leads to the items below it: "mits wordt voldaan aan de volgende eisen"."""
FROM_FRONT = re.compile(rf"(?<![\d,.])\d+(?:,\d+)? ?m(?:eter)? (?:achter|v(?:o|ó)(?:o|ó)r) {ALONG}{FRONT}")
BOTH = re.compile(r"(?<![a-z])zowel (?:(?:binnen|buiten|voor|vóór|achter) als|(?:de|het) [^.;:,]{3,60}) (?=$)")
"""Words before one of two things or sides that a norm holds for: no case, and no side of its own ("zowel binnen als buiten het bouwvlak")."""
EACH = r"(?:bouw)?perceel|bouwvlak|bestemmingsvlak|(?:bedrijfs|recreatie)?woning|hoofdgebouw|bedrijf|erf|gebouw"
"""For each of what a norm may hold; of another thing ("per bouwlaag") nobody knows what its size is then."""
CONDITIONS: tuple[tuple[str, str], ...] = (
    (r"(?:ter plaatse van|op gronden met) (?:de |het )?(?:\w+ ?)?(?:aanduiding(?:en)? )?['\"](?P<x>[^'\"\n]{2,90})['\"]", "ter plaatse van '{x}'"),
    (rf"v(?:o|ó)(?:o|ó)r {ALONG}{FRONT}", "voor voorgevelrooilijn"), (rf"achter {ALONG}{FRONT}", "achter voorgevelrooilijn"),
    (r"(?<!uitsluitend )buiten (?:het |de |een )?bouwvlak(?:ken)?", "buiten bouwvlak"),
    (r"(?<!uitsluitend )binnen (?:het |de |een )?bouwvlak(?:ken)?", "binnen bouwvlak"),
    (r"(?<![a-z])elders(?![a-z])", "elders"), (r"(?<![a-z])overige (?!bouwwerken|gebouwen|andere)", "overige"),
    (rf"(?<![a-z])per (?P<x>{EACH})(?![a-z])", "per {x}"),
    (rf"(?:indien|ingeval|in geval|voor zover|voorzover) (?!{LOCATED}|{LISTED})(?P<x>[^,;:.]{{4,110}})", "indien {x}"),
    (
        CASE_CLAUSE.replace(" (?P<x>", rf" (?!{LOCATED}|{LISTED})(?P<x>", 1),
        "indien {x}"),
    (rf"(?<![a-z])mits (?!{LISTED})(?P<x>[^;:.]{{4,110}})", "mits {x}"),
    (rf"(?:op|binnen|tot) een afstand van (?P<x>(?:(?!{ENDED})(?:[^,;:.]|[,.](?=\d))){{2,80}})", "afstand {x}"),
    (r"met dien verstande dat (?P<x>[^;:.]{4,110})", "met dien verstande dat {x}"),
    (r"(?:met inbegrip van|inclusief) (?P<x>[^;:.,]{4,80})", "met inbegrip van {x}"),
    (
        r"(?P<x>(?:half ?vrijstaande|vrijstaande|twee-?aaneen(?:gebouwde)?|aaneengebouwde|geschakelde|gestapelde) (?:hoofdgebouwen|woning(?:en)?))(?![a-z])",
        "{x}"),
    (r"(?:behorende )?bij (?:de |een )?(?P<x>bedrijfswoning(?:en)?|dienstwoning(?:en)?|recreatiewoning(?:en)?)", "bij {x}"),
    (rf"(?P<x>(?:ten behoeve van|t\.b\.v\.|ten dienste van|in verband met|met het oog op) (?!{ITS_OWN})(?:(?!{ENDED})[^,;:.]){{3,110}})", "{x}"),
    (
        rf"(?P<x>(?:in afwijking|afwijkend|(?:in|als) uitzondering|met terzijdestelling) (?:hier|daar)?(?:van|op)(?![a-z]){NAMED}"
        rf"{ONE_MORE})",
        "{x}"),
    (rf"(?P<x>(?:ongeacht|niettegenstaande|in plaats van|in tegenstelling tot) (?:het|hetgeen) {STATED}{NAMED})", "{x}"),
    (
        rf"(?P<x>(?:het|de|hetgeen) {STATED}{NAMED} (?:(?:geldt|gelden) (?:\w+ ){{0,4}}?niet|(?:is|zijn|blijft|blijven|vindt|vinden) (?:\w+ ){{0,4}}?"
        r"(?:niet van|buiten|geen) toepassing))(?![a-z])",
        "{x}"),
    (r"(?:in|op|aan) (?:het|een) (?P<x>(?:voor|achter|zij)dakvlak|(?:niet )?naar [^,;:.]{4,60} gekeerde? (?:zij)?dakvlak)", "in het {x}"),
    (r"aan (?:de )?(?P<x>achtergevel|zijgevel|voorgevel)", "aan {x}"), (r"gebied(?:en)? met (?P<x>[^|,;:.]{3,60})", "{x}"),
)
OTHER_CASE = (
    rf"(?<=\d m)(?: (?:zijn|bedragen|is|hoog|toegestaan))?,? (?:(?:en|maar|doch) )?(?:{CASE_WORDS}|indien|ingeval|wanneer) (?P<x>[^,;:.\d]{{3,70}}?"
    r"(?<![a-z])(?:is|zijn|heeft|hebben|ontbreekt|ontbreken|wordt|worden|staat|staan|ligt|liggen) (?:dan )?\d+(?:,\d+)? m)(?![a-z\d])"
)
"""Behind a size a case with the size of its own: "7 m zijn, als er geen kap is 4 m"; in that case the first does not hold."""
EXCEPTIONS: tuple[tuple[str, str], ...] = (
    (OTHER_CASE, "{x}"),
    (r"ten ?zij (?P<x>[^;:.]{4,110})", "{x}"), (r"(?:met uitzondering van|behoudens|uitgezonderd|anders dan) (?P<x>[^;:.]{4,110})", "{x}"),
    (rf"behalve (?P<x>ter plaatse van {NAMED_THERE})", "{x}"),
)
NOT_THERE: tuple[tuple[str, str], ...] = (
    (r"(?:dit )?geldt niet (?:voor|indien) (?P<x>[^;:.,]{4,110})", "{x}"),
    (rf"(?:geldt|gelden) niet (?P<x>ter plaatse van {NAMED_THERE})", "{x}"),
    (
        rf"(?:{NOT_HELD}|{NOT_USED})(?: (?:op|voor|bij|indien|in geval van|voor zover|voorzover))? (?!niet)(?P<x>[^;:.]{{4,110}})",
        "{x}"),
)
"""Exceptions that say that a norm does not hold, or that a power may not be used: of a clause that only puts another aside they say where it does."""
ASIDE: tuple[tuple[str, str], ...] = (
    (
        r"(?<![a-z])(?P<x>(?:dit|deze (?:regel|bepaling|norm|maat|hoogte|eis|beperking)|het (?:voorgaande|bovenstaande|vorenstaande))"
        r" (?:geldt|is) niet(?: van toepassing)?)(?![a-z])",
        "{x}"),
    (rf"(?:geldt|gelden|is|zijn) (?P<x>(?:het|de|hetgeen) {STATED}{NAMED}) niet(?![a-z])", "{x}"),
)
"""Words of a clause that puts aside what stands before it."""
KEPT = 256
"""So many answers about a text are kept, which is those of about the last ten passages."""
LED_IN = 6
"""So many words may stand between "met dien verstande dat" and the words that a norm does not hold, for these to be all that it says."""
MAPPED = (
    r"(?:(?:op|in) de (?:verbeelding|(?:plan|bestemmings)?kaart) |met de aanduiding [^,;:.]{3,60}? )?(?:aangegeven|aangeduide|opgenomen)(?: [^,;:.+]{1,60}?)?"
)
"""A size that the map has."""
RELATIVE: tuple[tuple[str, str], ...] = (
    (rf"(?P<x>{MAPPED}),? ?(?:\+|plus|minus|vermeerderd met|verhoogd met|verminderd met|verlaagd met) ?(?=\d)", "{x}"),
    (rf"(?<=\d) ?(?:m1?|meter|cm|%|procent) (?:boven|onder|hoger dan|lager dan|meer dan|minder dan) (?:de |het )?(?P<x>{MAPPED})(?=[,;:.]|$)", "{x}"),
    (r"(?P<x>(?:bouw|goot|nok)?hoogte van (?:het|de) [^,;:.+]{4,60}?) ?(?:\+|-|plus|minus|verminderd met) ?(?=\d)", "{x}"),
    (
        r"(?:boven|hoger dan|gelijk aan) (?:de )?(?:bovenkant van de )?(?P<x>(?:hoogte van (?:de )?)?(?:(?:afgewerkte )?vloer"
        r"|scheidingsconstructie|begane grondlaag|eerste bouwlaag|eerste verdieping|tweede bouwlaag|bovenkant)[^,;:.]{0,70})",
        "{x}"),
    (r"(?:hoogte van )?(?:de )?(?P<x>begane grondlaag[^,;:.]{0,50}?),? vermeerderd met", "{x}"),
    (
        r"(?:%|procent|derde deel|deel|helft|kwart|\d/\d) van (?:de |het |dat |elk |ieder |een )?(?P<x>(?:breedte|lengte|diepte|hoogte|oppervlakte?|totale"
        r"|gezamenlijke|zone|zij|achter|erf|bouwperceel|perceel|bouwvlak|bestemmingsvlak|dakvlak|gevel|voorgevel|bebouwingsgebied|terrein"
        r"|deel|gebouw)[^,;:.]{0,60})",
        "{x}"),
    (r"gemeten (?:vanaf|vanuit|van|uit|boven) (?!(?:het )?peil(?![a-z]))(?:de |het )?(?P<x>[^,;:.]{3,60})", "{x}"),
)


@functools.lru_cache(maxsize=KEPT)  # several sizes of one passage ask it of the same words
def conditions_of(text: str, puts_aside: bool = False) -> tuple[str, ...]:
    """Return what a passage says of where or when it holds, and not of where it does not; ``puts_aside``: it only says that another one does not hold."""
    low = flat(text)
    out = [match for pattern, _ in (EXCEPTIONS if puts_aside else (*EXCEPTIONS, *NOT_THERE)) for match in _pattern(pattern).finditer(low)]
    return _found(low, (*CONDITIONS, *ASIDE) if puts_aside else CONDITIONS, out)


def from_the_front(text: str, limiting: Sequence[int] = ()) -> tuple[str, ...]:
    """Return how far before or behind the front a passage holds ("vanaf 3 m achter de voorgevel"); ``limiting``: where numbers begin that are norms."""
    return tuple(f"vanaf {found.group()}" for found in FROM_FRONT.finditer(flat(text)) if found.start() not in limiting)


@functools.lru_cache(maxsize=KEPT)
def exceptions_of(text: str, puts_aside: bool = False) -> tuple[str, ...]:
    """Return what a passage takes out of itself."""
    return _found(flat(text), EXCEPTIONS if puts_aside else (*EXCEPTIONS, *NOT_THERE))


@functools.lru_cache(maxsize=KEPT)
def relative_of(text: str) -> str:
    """Return what a size is counted from or a share of, '' where it is none."""
    return next(iter(_found(flat(text), RELATIVE)), "")


@functools.cache
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words)


def _found(low: str, table: tuple[tuple[str, str], ...], out: Sequence[re.Match[str]] = ()) -> tuple[str, ...]:
    words: list[str] = []
    for pattern, short in table:
        for found in _pattern(pattern).finditer(low):
            if any(_is_of(found, one, low) for one in out) or BOTH.search(low[:found.start()]) or compares(low, found.start()):
                continue
            names = found.groupdict()
            words.append(short.format(x=" ".join((names.get("x") or "").split()))[:SHORT_MAX].strip())
    return tuple(dict.fromkeys(words))


def _is_of(condition: re.Match[str], exception: re.Match[str], low: str) -> bool:
    """Whether the words of a condition are part of an exception ("tenzij ter plaatse van"), or only lead to it ("met dien verstande dat dit niet geldt")."""
    if exception.start() <= condition.start() < exception.end():
        return True
    before = low[condition.start():exception.start()].removeprefix("met dien verstande dat ").split()
    leads = low.startswith("met dien verstande dat", condition.start()) and condition.start() < exception.start() < condition.end()
    return leads and len(before) <= LED_IN
