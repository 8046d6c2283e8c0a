"""The words of plan texts: things, sizes, ways to limit them, and units. Longest first, so that "bouwwerken, geen gebouwen zijnde" is no "bouwwerk"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ....formats.unit_words import UNIT_WORDS


def _any_of(letter: str, table: Sequence[tuple[str, Any]]) -> re.Pattern[str]:
    """Return the pattern of all words of a table, each as a whole word and in a group of its own."""
    words = "|".join(f"(?P<{letter}{k}>{pattern})" for k, (pattern, _) in enumerate(table))
    return re.compile(rf"(?<![a-z])(?:{words})(?![a-z])")  # inside a word nothing of the table is tried


ANNEX = "bijbehorend bouwwerk"
NO_BUILDING = "bouwwerk geen gebouw"
ANNEXES = frozenset((ANNEX, "aanbouw", "bijgebouw", "vrijstaand bijgebouw", "overkapping", "berging"))
"""Kinds that plans list together ("aan- en uitbouwen, bijgebouwen en overkappingen") and mean as one."""

STANDING = r"(?:vrijstaande?|aangebouwde?|aanpandige?)"
"""How annexes stand; both ways together are all of them: "vrijstaande en aangebouwde bijgebouwen"."""
OBJECTS: tuple[tuple[str, str], ...] = (
    (r"bijbehorende(?:n)? bouwwerken?", ANNEX), (r"bijbehorend bouwwerk", ANNEX),
    (
        rf"{STANDING}(?:,? (?:en|of|en/of|als|alsook|alsmede|dan wel),? |, |/){STANDING},? (?:bijgebouw(?:en)?|bijbehorende? (?:bouwwerk(?:en)?|gebouwen)"
        r"|garages?|schuren|schuur)",
        ANNEX),
    (rf"{STANDING}(?:,? (?:en|of|en/of|als|alsook|alsmede|dan wel),? |, |/){STANDING},? (?:overkapping(?:en)?|carports?)", "overkapping"),
    (r"vrijstaande?,? (?:bijgebouw(?:en)?|bijbehorend(?:e)? bouwwerk(?:en)?|bijbehorende gebouwen)", "vrijstaand bijgebouw"),
    (r"(?:aangebouwde?|aanpandige?|aan het hoofdgebouw gebouwde?),? (?:bijgebouw(?:en)?|bijbehorend(?:e)? bouwwerk(?:en)?|overkapping(?:en)?)", "aanbouw"),
    (r"aan-,? (?:en|of|en/of|of te wel) uitbouw(?:en)?|aan-/uitbouw(?:en)?|aanbouw(?:en)?|uitbouw(?:en)?|serres?", "aanbouw"),
    (r"bijgebouw(?:en|tjes)?|garages?|schuren|schuur|tuinhuis(?:jes?)?", "bijgebouw"), (r"overkapping(?:en)?|carports?", "overkapping"),
    (
        r"(?:(?:overige|andere) )?bouwwerken?,? (?:niet|geen) (?:een )?gebouw(?:en)?(?: zijnde| zijn)?(?:,? (?:niet|geen) "
        r"(?:een )?overkapping(?:en)?(?: zijnde)?)?",
        NO_BUILDING),
    (r"(?:overige|andere) (?:andere )?bouwwerken?|(?:overig|ander) bouwwerk|andere-bouwwerken", NO_BUILDING),
    (
        r"(?:erf-? ?(?:,|en|of|en/of|-|/)? ?(?:terrein|perceel|perceels)-?|erf-|terrein|perceels?|erf)?-?afscheiding(?:en)?|afrastering"
        r"(?:en)?|schutting(?:en)?|(?:open )?hekwerk(?:en)?|tuinmuren",
        "erfafscheiding"),
    (r"(?:[a-z]+-, )?(?:[a-z]+- (?:en|of|en/of) )?[a-z]*-?mast(?:en)?|lichtarmaturen|palen|(?:schotel)?antennes?(?:-?installaties?)?|antennedragers?", "mast"),
    (r"bedrijfs(?:-|-? ?(?:en|of) dienst)?woning(?:en)?|dienstwoning(?:en)?", "bedrijfswoning"),
    (r"recreatie(?:woning|bungalow|verblijf)(?:en)?|zomerhuis(?:jes|je)?|zomerhuizen|stacaravans?|chalets?", "recreatiewoning"),
    (r"bedrijfsgebouw(?:en)?|bedrijfsbebouwing", "bedrijfsgebouw"), (r"hoofdgebouw(?:en)?", "hoofdgebouw"),
    (r"(?:eengezins|meergezins|zorg|burger)?woning(?:en)?|woonhuizen|woonhuis|woongebouw(?:en)?", "woning"),
    (r"(?:(?:openbare )?nuts(?:gebouw(?:en|tjes)?|voorziening(?:en)?)|wachthuisjes|toiletgebouw(?:en|tjes)|telefooncellen|transformatorhuisjes)", "nutsgebouw"),
    (r"ondergrondse parkeer(?:voorziening(?:en)?|garages?)|parkeerkelders?", "ondergrondse parkeervoorziening"), (r"kelders?", "kelder"),
    (r"dakkapel(?:len)?", "dakkapel"), (r"dakra(?:am|men)|daklicht(?:en)?|lichtstra(?:at|ten)", "dakraam"),
    (r"erkers?", "erker"),
    (r"ondergeschikte (?:bouw(?:onder)?)?(?:delen|deel|onderdelen)(?: van gebouwen)?|uitstekende delen|bouwonderdelen|bouwdelen", "ondergeschikt bouwdeel"),
    (r"luifels?|balkons?|galerij(?:en)?", "ondergeschikt bouwdeel"), (r"[a-z]*silo'?s", "silo"), (r"[a-z]*silo", "silo"), (r"kunstwerk(?:en)?", "kunstwerk"),
    (r"pergola'?s?", "pergola"), (r"tuinmeubilair", "tuinmeubilair"), (r"(?:sport-? ?(?:of|en) )?speel(?:toestel(?:len)?)", "speeltoestel"),
    (r"speelvoorziening(?:en)?", "speelvoorziening"), (r"(?:teelt)?kas(?:sen)?\b", "kas"), (r"mest(?:opslag|silo'?s|bassins?)", "silo"),
    (r"schuil(?:gelegenhe(?:id|den)|stallen|stal|hutten)", "schuilgelegenheid"), (r"paardenbak(?:ken)?", "paardenbak"),
    (r"zwembad(?:en)?", "zwembad"), (r"zonne(?:panelen|collectoren)", "zonnepaneel"), (r"windturbines?|windmolens?", "windturbine"),
    (r"reclame-?uitingen|reclameobjecten|reclame", "reclame"), (r"steigers?", "steiger"), (r"keermuren|keermuur", "keermuur"), (r"bruggen|brug", "brug"),
    (r"bebouwing", "bouwwerk"), (r"(?:(?:ander|overig)e? )?gebouw(?:en|tjes?)?", "gebouw"), (r"(?:ander|overig)?e? ?bouwwerk(?:en)?", "bouwwerk"),
    (r"(?:agrarische? )?bedrij(?:f|ven)", "bedrijf"),
    (r"bodemingre(?:ep|pen)|bodemverstoring(?:en)?|grondroering|grondwerkzaamheden", "bodemingreep"),
)
OBJECT = _any_of("o", OBJECTS)
NAMED_ON_MAPS: tuple[tuple[str, str], ...] = ((r"schoorste(?:en|nen)", "schoorsteen"), (r"bijbehorende gebouw(?:en)?", ANNEX))
"""Things that names of norms on maps are about, and that texts name for other reasons."""

FLOOR_AREA = (
    r"(?:(?:bedrijfs|verkoop|gebruiks|winkel|kantoor|bruto|netto)?-? ?vloer|gebruiks|verkoop)-? ?oppervlak(?:te[ns]?|ken)?|[bwv]\.?v\.?o\.?(?![a-z])"
)
"""An area of floors, storey upon storey: never that of a building on its plot."""
QUANTITIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        r"goot-? ?(?:,|en|of|en/of|/|dan wel|respectievelijk)? ?(?:de )?(?:bouw|nok)-?hoogte[ns]?|goothoogte[ns]?,? (?:en|of|respectievelijk"
        r"|en/of) (?:de )?(?:maximale )?(?:bouw|nok)hoogte[ns]?",
        ("goothoogte", "bouwhoogte")),
    (r"(?:bouw|nok)-? ?(?:en|of|en/of|/) ?(?:de )?goothoogte[ns]?|(?:bouw|nok)hoogte[ns]? (?:en|of) (?:de )?goothoogte[ns]?", ("bouwhoogte", "goothoogte")),
    (r"zowel de goothoogte als de (?:bouw|nok)hoogte", ("goothoogte", "bouwhoogte")),
    (r"zowel de (?:bouw|nok)hoogte als de goothoogte", ("bouwhoogte", "goothoogte")),
    (r"goothoogte[ns]?|dakvoet|druiplijn|boeiboordhoogte", ("goothoogte",)),
    (r"(?:vrije|doorrij-?|doorvaart)(?: )?hoogte|niet lager (?:\w+ ){0,3}dan", ("vrije_hoogte",)),
    (r"(?:bouw|nok|tip|mast|as|gevel|kap)hoogte[ns]?|hoogte van de daknok|daknokhoogte|hoogtemaat|hoogte[ns]?|hoog", ("bouwhoogte",)),
    (r"dakhelling(?:en|shoek)?|hellingshoek|helling", ("dakhelling",)),
    (r"bebouwingspercentage|bebouwingspercentages", ("bebouwingspercentage",)),
    (rf"{FLOOR_AREA}", ("vloeroppervlakte",)),
    (r"(?:grond|bebouwde? |totale? |gezamenlijke? |bebouwings)?oppervlak(?:te[ns]?|ken)?(?:maten)?", ("oppervlakte",)),
    (r"(?:bruto-?)?inhoud(?:smaten)?|bouwvolume|volume", ("inhoud",)),
    (r"verticale (?:bouw)?diepte|ondergrondse (?:bouw)?diepte|bouwdiepte|kelderdiepte", ("diepte_ondergronds",)),
    (r"(?:horizontale )?diepte[ns]?|diep", ("diepte",)), (r"(?:gevel|perceels?|straat)?breedte[ns]?|breed", ("breedte",)), (r"lengte[ns]?|lang", ("lengte",)),
    (r"(?:aantal )?bouwlagen|(?:aantal )?(?:woon|bouw)?lagen|(?<!eerste )(?<!tweede )(?<!derde )(?<!onderste )(?<!bovenste )bouwlaag", ("bouwlagen",)),
    (r"parkeerplaats(?:en)?", ("parkeernorm",)),
    (
        r"over(?:schrijd(?:ing(?:en)?|en)|schreden)|uitste(?:ken|ekt|kende)|oversteken(?:de)?|overstek|vooruitste(?:ken|ekt)|uitspring(?:en|t)"
        r"|afwijking in (?:de )?situering",
        ("overschrijding",)),
    (r"(?:onderlinge )?afstand(?:en)?", ("afstand",)),
)
QUANTITY = _any_of("q", QUANTITIES)

TARGETS: tuple[tuple[str, str], ...] = (
    (r"zijdelingse (?:bouw)?perceels?-?grens|zijdelingse (?:bouw)?perceels?grenzen|zijdelingse grens|zijperceelgrens|zijerfgrens", "zijgrens"),
    (r"achterste (?:bouw)?perceels?grens|achterperceels?grens|achtererfgrens", "achtergrens"),
    (r"voorgevelrooilijn", "voorgevelrooilijn"), (r"voorgevel(?:lijn|bouwgrens)?", "voorgevel"), (r"gevellijn", "gevellijn"),
    (r"naar de (?:openbare )?(?:weg|straat) (?:toe)?gekeerde bouwgrens", "bouwgrens"),
    (r"naar de (?:openbare )?(?:weg|straat) (?:toe)?gekeerde (?:voor)?gevel", "voorgevel"),
    (r"achtergevel(?:lijn)?", "achtergevel"),
    (r"(?:bouw)?(?:perceels?|kavel|erf)-?(?:grens|grenzen|afscheiding)", "perceelgrens"),
    (r"bouwvlak(?:s)?-?grens|bouwvlakgrenzen|grens van het bouwvlak", "bouwvlakgrens"),
    (r"bouwgrens|bouwgrenzen", "bouwgrens"), (r"bestemmings(?:vlak)?-?grens|bestemmingsgrenzen|grens van de bestemming", "bestemmingsgrens"),
    (r"(?:openbaar toegankelijk gebied|openbare weg|(?:as van de )?(?:rijks|provinciale )?weg|wegas|wegverharding|rijbaan)", "weg"),
    (r"hoofdgebouw(?:en)?|woning|oorspronkelijke? hoofdgebouw", "hoofdgebouw"), (r"gebouwen|bebouwing|elkaar|onderling", "gebouwen"),
    (r"dakvoet|goot", "dakvoet"), (r"daknok|nok", "daknok"),
    (r"zijkanten van het dakvlak|randen van het dakvlak|dakrand(?:en)?|zijkant(?:en)? van het dak(?:vlak)?", "dakrand"),
    (r"molen", "molen"), (r"spoor(?:weg|baan)?|leiding|waterkering|insteek|oever|kroonlijst|water(?:gang|loop)?", "overig"),
)
TARGET = _any_of("t", TARGETS)

MAY = (
    r"(?:\s(?:mag|mogen|zal|zullen|kan|worden|wordt|gebouwd|bedragen|bedraagt|zijn|is|te|dient|dienen|hebben|heeft|uitgevoerd|opgericht"
    r"|reiken|beslaan|gelegen|daarvan|dit|hierbij)){0,5}"
)
OPERATORS: tuple[tuple[str, str], ...] = (
    (r"gelijk aan of (?:kleiner|minder|lager|korter) dan", "<="), (r"gelijk aan of (?:groter|meer|hoger|langer) dan", ">="),
    (rf"niet (?:meer|hoger|groter|dieper|breder|langer|verder|steiler){MAY} (?:dan|is dan)", "<="),
    (rf"(?:niet|geen) (?:minder|lager|kleiner|korter|ondieper|smaller|flauwer){MAY} dan", ">="),
    (r"geen (?:grotere|hogere|diepere|bredere|langere)(?= \w)", "<="), (r"geen (?:kleinere|lagere|mindere)(?= \w)", ">="),
    (r"(?:ten )?minste|tenminste|(?:met een )?minimum(?:oppervlakte|hoogte)? van|minimale?|minimaal|minstens|minimum", ">="),
    (r"(?:ten )?hoogste|hoogstens|(?:met |tot )?(?:een )?maximum van(?: in totaal)?|maximaal|maximale?|maximum|max\.?|hooguit|uiterlijk", "<="),
    (rf"(?:meer|groter|hoger|dieper|verder|langer|breder){MAY} dan(?! of)", ">"), (rf"(?:minder|kleiner|lager|korter|geringer){MAY} dan(?! of)", "<"),
    (r"(?:kleiner|minder|lager) dan of gelijk aan", "<="), (r"(?:groter|meer|hoger) dan of gelijk aan", ">="),
    (r"(?:verminderd|verlaagd|teruggebracht) tot", ">="),
    (r"(?:verhoogd|vergroot|vermeerderd|verhogen|uitgebreid) (?:tot|met)|(?:met|tot)(?= (?:circa )?\d)", "to"),
    (r"tot(?= (?:een )?(?:\w+ )?(?:\w*oppervlakte|\w*hoogte|inhoud|diepte|breedte) van \d)", "<="),
    (r"precies|exact|gelijk aan", "=="),
)
OPERATOR = _any_of("p", OPERATORS)

USES: tuple[tuple[str, str], ...] = (
    (r"praktijk", "praktijkruimte"), (r"maatschappelijk", "maatschappelijk"), (r"supermarkt.*(?:uitbreiding|bestaand)", "supermarkt uitbreiding"),
    (r"supermarkt.*nieuw", "supermarkt nieuw"),
    (r"supermarkt", "supermarkt"), (r"detailhandel|winkel", "detailhandel"), (r"kantoor.* zonder balie|kantoren.* zonder balie", "kantoor zonder balie"),
    (r"kant(?:oor|oren).* met balie", "kantoor met balie"),
    (r"kant(?:oor|oren)", "kantoor"), (r"dienstverlening", "dienstverlening"), (r"horeca|restaurant|caf", "horeca"), (r"bedrij", "bedrijf"),
    (r"zorgwoning", "zorgwoning"), (r"zonder balie", "kantoor zonder balie"), (r"met balie", "kantoor met balie"), (r"\bdu(?:re|ur)\b", "woning duur"),
    (r"woning.*duur|\bduur", "woning duur"), (r"middel", "woning middelduur"), (r"goedkoop", "woning goedkoop"), (r"won", "woning"),
)
"""Uses that parking norms are given for, by a word of their row."""
WHOLE = {
    "een": 1, "één": 1, "eén": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8, "negen": 9, "tien": 10, "elf": 11,
    "twaalf": 12, "vijftien": 15, "twintig": 20, "vijfentwintig": 25, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60, "zeventig": 70,
    "tachtig": 80, "negentig": 90, "honderd": 100,
}
HALVES = {f"{word} en een hal{end}": count + 0.5 for word, count in WHOLE.items() for end in ("ve", "f")}
COUNTED: dict[str, float] = {**HALVES, "anderhalve": 1.5, "anderhalf": 1.5, "een halve": 0.5, "een half": 0.5, **WHOLE}
"""Numbers that plans write as words."""
PARTS = {
    "derde": 3, "vierde": 4, "vijfde": 5, "zesde": 6, "zevende": 7, "achtste": 8, "negende": 9, "tiende": 10, "twaalfde": 12, "twintigste": 20,
}
PARTS_MAX = 9
"""So many parts of a whole are written in words."""
FRACTIONS = {
    "de helft": 0.5, "een kwart": 0.25, "drie kwart": 0.75, "driekwart": 0.75,
    **{f"{word}{space}{part}": count / whole for part, whole in PARTS.items() for word, count in WHOLE.items() if count < min(whole, PARTS_MAX)
       for space in (" ", "")},
}
"""Shares that plans write as words: "een zesde", "twee derde", "tweederde"."""
PART_SIGNS = {"\u00bd": 0.5, "\u00bc": 0.25, "\u00be": 0.75}
"""Parts that are written as one sign, behind a whole number or alone: "3\u00bd m"."""
SIGNS = "".join(PART_SIGNS)
UNITS: tuple[tuple[str, str, float], ...] = tuple((one.pattern, one.unit, one.factor) for one in UNIT_WORDS if one.loose)
UNIT = "|".join(f"(?P<u{k}>{pattern})" for k, (pattern, _, _) in enumerate(UNITS))
UNIT_ALONE = re.compile(rf"(?:^|\((?:in )?|(?<![a-z])in )(?:{UNIT})(?![a-z\d])")
"""A unit without a number, as the head of a column or a cell beside it names it: "(m)", "in meters", "pp per woning"."""
UNIT_BEHIND = re.compile(rf"\s(?:{UNIT})(?![a-z\d])")
"""The unit behind a number that is written as a word."""
NUMBER = re.compile(
    rf"(?<![\w,./:-])(?P<num>\d{{1,3}}(?:\.\d{{3}})+(?:,\d+)?|\d+(?:[.,]\d+)?(?: ?[{SIGNS}]| [13]/[24](?!\d))?|[{SIGNS}])"
    rf"(?:,-|\s?-\s?(?=m))?\s{{0,2}}(?:(?:{UNIT})(?![a-z\d]"
    rf"|[.,:]\d)|(?![a-z\d%°]|[.,/:]\d))"
    rf"|(?<![\w/])(?P<over>\d{{1,2}})\s?[/:]\s?(?P<under>\d{{1,3}})(?:e|ste)?(?![\d])"
    rf"|(?<![a-z])(?P<part>{'|'.join(FRACTIONS)})(?= van| deel| gedeelte|[;.,]|$)"
    rf"|(?:(?<=maximaal )|(?<=hoogste )|(?<=meer dan )|(?<=slechts ))(?P<told>{'|'.join(COUNTED)})(?= [a-z])"
    rf"|(?<![a-zé])(?P<word>{'|'.join(name for name in COUNTED if name != 'een')})(?=\s*[;.]|\s(?:\w+ )?(?:bouwlagen|bouwlaag|meter|procent|graden"
    rf"|(?:\w*)woning|dakkapel|mast|vlaggenmast|aangebouwde?|vrijstaande?|bijgebouw|erker|recreatie|agrarisch|bedrijf))"
)


def said(kind: str, match: re.Match[str]) -> Any:
    """Return what a match of a table's pattern says: the word or words that its table has for it; ``kind``: o, q, t or p (``TABLES``)."""
    return TABLES[kind][_which(match, kind)][1]


def things_in(name: str) -> list[str]:
    """Return our words for the things that a name (lower case) has, in its order."""
    mapped = [word for pattern, word in NAMED_ON_MAPS if re.search(rf"(?<![a-z]){pattern}", name)]
    return [*(str(said("o", found)) for found in OBJECT.finditer(name)), *mapped]


def unit_in(match: re.Match[str]) -> tuple[str, float]:
    """Return the unit that a match of ``NUMBER`` is written in, and its factor to ours; '' where it has none."""
    number = _which(match, "u")
    return UNITS[number][1:] if number >= 0 else ("", 1.0)


def _which(match: re.Match[str], letter: str) -> int:
    """Return the number of the alternative of a table that matched, -1 where none did."""
    return next((int(name[1:]) for name, found in match.groupdict().items() if found is not None and name[0] == letter and name[1:].isdigit()), -1)


TABLES: dict[str, Sequence[tuple[str, Any]]] = {"o": OBJECTS, "q": QUANTITIES, "t": TARGETS, "p": OPERATORS}
"""The tables by the letter that the groups of their patterns begin with."""
