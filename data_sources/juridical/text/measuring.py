"""How a plan's text says that things are measured: its "Begrippen" and "Wijze van meten", as keys of a measuring profile."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from ....model.plan_words import MeasuringClause
from .words.outline import Passage
from .words.plain import Source, flat

SIMPLE: tuple[tuple[str, Any, re.Pattern[str]], ...] = tuple((key, value, re.compile(words)) for key, value, words in (
    (
        "height", {"from": "peil", "to": "highest_point"},
        r"(?:van(?:af)?|tussen) (?:het )?peil (?:tot (?:aan )?|en )(?:het )?hoogste punt van (?:een|het|de) (?:gebouw|bouwwerk)",
    ),
    ("pitch", "roof_plane_to_horizontal", r"langs het dakvlak ten opzichte van het horizontale vlak"),
    ("volume_base", "underside", r"(?:tussen|boven) de (?:onderzijde|onderkant) van de (?:begane grond|laagst\w* ?)[- ]?(?:gelegen )?(?:vloer|grondvloer)?"),
    ("volume_base", "top", r"(?:tussen|boven) de (?:bovenzijde|bovenkant) van de (?:afgewerkte )?begane[- ]?grond ?vloer|boven peil[^.;]{0,40}inhoud"),
    ("area", "outer_walls_projected", r"(?:tussen|buitenwerks)[^.;]{0,60}(?:gevelvlakken|gevels|buitenwerks)[^.;]{0,80}neerwaarts geprojecteerd"),
    (
        "width_depth", "outer_walls_or_party_axis",
        r"tussen (?:\(?de lijnen getrokken door\)? )?de buitenzijde van de gevels en(?:/of)? (?:het )?hart van de (?:scheid\w+|gemeenschappelijke)",
    ),
    ("distance", "perpendicular", r"afstanden? loodrecht|loodrecht gemeten"), ("floor_area", "NEN2580", r"nen[- ]?2580"),
    ("floor_area", "gross_between_facades", r"som van [^.;]{0,80}gevelvlakken[^.;]{0,80}bouwlaag"),
    ("turbine", "axis", r"peil tot (?:aan )?de (?:\(?wieken\)?)?-?as van de (?:wind)?(?:turbine|molen)"),
    ("turbine_tip", "highest_blade_point", r"hoogste punt van de (?:wieken|rotor|tip)"),
    ("mill_distance_from", "foot_edge", r"afstand[^.;]{0,40}gemeten vanaf de grens van de voet van de molen"),
    ("ground_at_boundary", "highest_side", r"erf- of perceelgrens, gemeten aan de kant waar het aansluitend afgewerkt terrein het hoogst is"),
    ("count_basement", False, r"kelders? (?:wordt|worden)?[^.;]{0,30}(?:buiten beschouwing|niet (?:mee)?(?:gerekend|geteld|begrepen))"),
    ("road_setback_from", "nearest_carriageway", r"rooilijn wordt gemeten vanuit de dichtstbij ?gelegen rijbaan"),
    ("plot_width", "front_facade", r"(?:pand|perceel|kavel)s?breedte (?:wordt )?gemeten ter plaatse van de voorgevel"),
))
"""Key, value and the words that say it."""
SHORTEST = re.compile(
    r"afstand[^.;]{0,140}(?:gemeten )?waar (?:die|deze|de) afstand(?:en)? het (?:kleinst|kortst)|waar die(?: afstand)? het kortst"
    r"|waar deze afstanden het kleinst",
    re.IGNORECASE)
NOT_OF_BUILDINGS = re.compile(r"antenne|turbine|steiger|mast|molen", re.IGNORECASE)
TOPS = {"steiger": "jetty"}
OTHER_HEIGHT = re.compile(
    r"(?:van(?:af)?|tussen)(?: de gemiddelde)? (?P<from>het peil|peil|de voet van de[^.;]{3,30}|de (?:gemiddelde )?hoogte[^.;]{3,60}) "
    r"(?:tot (?:aan )?|en )(?P<to>(?:het hoogste punt|de bovenkant) van (?:de|een) (?P<thing>[^.;,]{3,30}))",
    re.IGNORECASE)
LIST_END = r"(?: buiten beschouwing| worden |, mits|, indien|;|\.| niet (?:meegerekend|begrepen)|$|\n)"
EXEMPT = re.compile(
    r"(?:met uitzondering van|uitgezonderd|niet meegerekend|met dien verstande dat) (?:(?:onder)?geschikte? (?:bouw)?-?(?:onder)?delen"
    r"|onder?geschikte bouwonderdelen|bouwdelen van ondergeschikte aard|bouwonderdelen)?,? ?(?:zoals|als|te weten)?:? ?"
    r"(?P<list>[^.;]{5,260}?)" + LIST_END, re.IGNORECASE)
OF_PARTS = re.compile(r"zoals|als |ondergeschikt|schoorst|antenne|liftop|lichtkoep")
SPECIAL_EXEMPT = re.compile(r"(?:goot|bouw)[^.;]{0,60}hoogte[^.;]{0,60}worden (?P<list>[a-z ,]{4,80}?) buiten beschouwing gelaten", re.IGNORECASE)
INCLUDED = r"(?:met inbegrip van|inclusief|(?:daaronder|mede) (?:in)?begrepen)"
CELLARS = r"(?:kelders?|kelderruimten?|souterrains?)"
CELLARS_IN = re.compile(
    rf"{INCLUDED} (?:de |een )?{CELLARS}(?! (?:niet|buiten))"
    rf"|{CELLARS}(?: (?:worden|wordt|zijn|is))?(?: (?:daaronder|daarin|hieronder|mede))* (?:(?:in)?begrepen|(?:mee)?gerekend|(?:mee)?geteld)", re.IGNORECASE)
CELLARS_OUT = re.compile(
    rf"(?:exclusief|met uitzondering van|uitgezonderd) (?:de |een )?{CELLARS}"
    rf"|{CELLARS} (?:worden |blijven )?(?:niet (?:mee)?(?:gerekend|geteld|begrepen|inbegrepen)|buiten beschouwing(?: gelaten)?)", re.IGNORECASE)
"""Words by which what lies below the ground floor counts for a volume, or does not."""
BOTH = r"(?:schoorstenen(?: en|,) antennes|antennes(?: en|,) schoorstenen|ondergeschikte (?:bouw)?(?:onder)?delen)"
NOTHING_EXEMPT = re.compile(
    rf"{INCLUDED} (?:de |alle )?{BOTH}"
    rf"|{BOTH}(?: (?:worden|zijn))?(?: (?:daaronder|daarin|hieronder|mede))* (?:(?:in)?begrepen|meegerekend|meegeteld)", re.IGNORECASE)
"""Words by which chimneys and antennas count for a height, as all else does."""
MINOR = re.compile(
    r"ondergeschikte (?:bouw)?-?(?:onder)?de(?:e)?len,? ?(?:van gebouwen,? )?(?:,? ?zoals als|,? ?zoals|,? ?als|, te weten"
    r"|, waaronder):? ?(?P<list>[^.;:]{5,330}?),? (?:(?:worden )?buiten beschouwing|mogen|worden)",
    re.IGNORECASE)
OUTSTANDING = re.compile(r"waarbij (?P<list>uitstekende delen van ondergeschikte aard)[^.;]{0,60}?(?P<m>\d+(?:[.,]\d+)?) ?m", re.IGNORECASE)
TOO_FAR = re.compile(
    r"(?:overschr\w+|uitste\w+|buiten het)[^.;]{0,80}?(?:niet meer (?:\w+ ){0,3}dan|maximaal|ten hoogste|niet meer)\s+(?P<m>\d+(?:[.,]\d+)?) ?"
    r"(?:m\b|meter)|(?:niet meer (?:\w+ ){0,3}dan|maximaal|ten hoogste) (?P<n>\d+(?:[.,]\d+)?) ?(?:m\b|meter)[^.;]{0,40}(?:uitste|overschr"
    r"|buiten)",
    re.IGNORECASE)
EAVES = re.compile(r"(?:van(?:af)? (?:het )?peil|tussen (?:het )?peil)[^.;]{0,60}(?:bovenkant|bovenzijde|onderkant) van de (?:dak)?goot", re.IGNORECASE)
WALL_PLANE = re.compile(r"snijlijn (?:tussen|van)[^.;]{0,80}(?:dakbeschot|dakvlak)[^.;]{0,80}gevel", re.IGNORECASE)
NO_DORMERS = re.compile(
    r"(?:met uitzondering van|uitgezonderd|niet (?:meegerekend|begrepen))[^.;]{0,60}dakkapel|dakkapel[^.;]{0,80}(?:buiten beschouwing"
    r"|niet (?:meegerekend|begrepen))",
    re.IGNORECASE)
DORMER_SHARE = re.compile(r"(?:minder dan|kleiner dan|niet meer dan|maximaal|ten hoogste) (\d{1,2}) ?%")
FLAT_EAVES = re.compile(r"plat\w*[^.;]{0,60}goothoogte[^.;]{0,40}(?:bouwhoogte|hoogste)", re.IGNORECASE)
PENT = re.compile(r"lessenaar\w*[^.;]{0,80}(lage|laagste|hoge|hoogste) (?:zijde|kant|gelegen)", re.IGNORECASE)
OF_EAVES = (NO_DORMERS, DORMER_SHARE, FLAT_EAVES, PENT)
DENOMINATOR = re.compile(
    r"(?:bebouw\w+|oppervlak\w*)[^.;]{0,120}(?:(?:%|procent|percentage) van (?:het |de |elk |ieder )?(?P<a>bouwperceel|bouwvlak"
    r"|bestemmingsvlak|perceel))|(?:het |elk |een )?(?P<b>bouwvlak|bouwperceel|bestemmingsvlak) (?:mag )?(?:voor \d+ ?%|volledig|geheel"
    r"|tot (?:ten hoogste |maximaal )?\d+ ?%)[^.;]{0,30}bebouw",
    re.IGNORECASE)


def measuring_of(passage: Passage, following: str, source: Source) -> Iterator[MeasuringClause]:
    """Return what a passage says of measuring; ``following``: the text of the passages below it in the same member, for what it leaves to them."""
    text, following = (flat(words).replace("c.q.", "c-q-") for words in (passage.text, following))

    def clause(key: str, value: Any, start: int, end: int) -> MeasuringClause:
        quote, first, last = source.cut(passage.start + start, passage.start + end)
        return MeasuringClause(key, value, quote, first, last, passage.article)

    title = " ".join((*passage.headings[-1:], *passage.leads[-1:])).lower()
    other = bool(NOT_OF_BUILDINGS.search(title)) or bool(NOT_OF_BUILDINGS.search(text.split(":")[0][:60]))
    for key, value, pattern in SIMPLE:
        found = pattern.search(text)
        if found is not None and not (key == "height" and other):
            told, end = _with_cellars(value, text, following, found.end()) if key == "volume_base" else (value, found.end())
            yield clause(key, told, found.start(), end)
    shortest = SHORTEST.search(text)
    if shortest is not None:
        yield clause("distance", "shortest", shortest.start(), shortest.end())
    yield from _eaves(text, following, clause)
    yield from _parts(text, following, clause)
    shared = DENOMINATOR.search(text)
    if shared is not None:
        word = shared["a"] or shared["b"]
        yield clause("denominator", {"perceel": "bouwperceel"}.get(word, word), shared.start(), shared.end())
    if other and "turbine" not in text and "molen" not in text:
        yield from _other_height(text, clause)


def _with_cellars(side: str, text: str, following: str, end: int) -> tuple[Any, int]:
    """Return from where a volume is measured, with whether what lies below counts where the text says so, and where the words for it end."""
    here, below = (CELLARS_OUT.search(words) or CELLARS_IN.search(words) for words in (text, following))
    told = here or below
    if told is None:
        return side, end
    counts = CELLARS_OUT.match(told.string, told.start()) is None
    return {"volume_base": side, "count_basement": counts}, max(end, here.end()) if here else end


def _other_height(text: str, clause: Any) -> Iterator[MeasuringClause]:
    """Return how the height of what is no building is measured."""
    found = OTHER_HEIGHT.search(text)
    if found is None:
        return
    start = "peil" if "peil" in found["from"] else "foot_of_antenna" if "antenne" in found["from"] else found["from"]
    thing = found["thing"]
    if "antenne" in thing:
        thing = "antenne op bouwwerk" if start == "foot_of_antenna" else "antenne vrijstaand"
    top = "highest_point" if "hoogste" in found["to"] else f"top_of_{TOPS.get(thing, thing)}"
    yield clause("height_other", {"from": start, "to": top, "of": thing}, found.start(), found.end())


def _eaves(text: str, following: str, clause: Any) -> Iterator[MeasuringClause]:
    drip, plane = EAVES.search(text), WALL_PLANE.search(text)
    found = drip or plane
    if found is None:
        return
    value: dict[str, Any] = {"eaves_at": "drip" if drip else "wall_plane"}
    around = f"{text} {following}"
    if NO_DORMERS.search(around):
        value["exclude_dormers"] = True
    share = DORMER_SHARE.search(around)
    if share:
        value["exclude_below_pct"] = int(share[1])
        value.pop("exclude_dormers", None)
    if FLAT_EAVES.search(around):
        value["flat_equals_eaves"] = True
    pent = PENT.search(around)
    if pent:
        value["pent_roof"] = "low_side" if pent[1].startswith("la") else "high_side"
    yield clause("eaves", value, found.start(), found.end())


def _parts(text: str, following: str, clause: Any) -> Iterator[MeasuringClause]:
    minor = MINOR.search(text)
    if minor is not None:
        here = TOO_FAR.search(text, minor.end())
        far = here or TOO_FAR.search(following)
        metres = float((far["m"] or far["n"]).replace(",", ".")) if far else None
        end = here.end() if here else minor.end()
        yield clause("minor_parts", {"minor_overshoot_m": metres, "minor_classes": listed(minor["list"])}, minor.start(), end)
    out = OUTSTANDING.search(text)
    if out is not None:
        yield clause("minor_parts", {"minor_overshoot_m": float(out["m"].replace(",", ".")), "minor_classes": [out["list"]]}, out.start(), out.end())
    if re.search(r"hoogte|hoogste punt", text):
        exempt = EXEMPT.search(text)
        if exempt is not None and "dakkapel" not in exempt["list"] and OF_PARTS.search(exempt.group()):
            yield clause("exempt_parts", listed(exempt["list"]), exempt.start(), exempt.end())
        none = NOTHING_EXEMPT.search(text)
        if none is not None:
            yield clause("exempt_parts", [], none.start(), none.end())
        special = SPECIAL_EXEMPT.search(text)
        if special is not None and minor is None:
            yield clause("exempt_parts", listed(special["list"]), special.start(), special.end())


CROSSED = re.compile(r"(?:grenzen|grens)[^.;:]{0,140}overschreden", re.IGNORECASE)
BELONGING = re.compile(
    r"^\s*(?:tot (?:de |een )?(?:hoofd)?gebouw(?:en)? behorende )?(?P<list>[^.;:]{4,300}?)(?: van gebouwen)?,? mits (?:de"
    r"|deze) overschrijding[^.;]{0,40}?(?P<m>\d+(?:[.,]\d+)?) ?m",
    re.IGNORECASE)


def classes_of(items: Sequence[Passage], source: Source) -> Iterator[MeasuringClause]:
    """Return the parts that may cross the bouwgrens, each class of them as far as its own item says."""
    classes: list[dict[str, Any]] = []
    start = end = 0
    for passage in items:
        found = BELONGING.match(passage.text) if passage.leads and CROSSED.search(passage.leads[-1]) else None
        if found is None:
            continue
        start = start if classes else passage.start
        end = passage.start + len(passage.text.rstrip())
        classes.append({"minor_overshoot_m": float(found["m"].replace(",", ".")), "minor_classes": listed(found["list"])})
    if classes:
        quote, first, last = source.cut(start, end)
        yield MeasuringClause("minor_parts", {"classes": classes}, quote, first, last, items[0].article)


def listed(words: str) -> list[str]:
    """Return the things of a list: "schoorstenen, antennes, en naar de aard daarmee gelijk te stellen bouwonderdelen"."""
    words = re.sub(r"naar aard", "naar de aard", re.sub(r"\s+", " ", words)).strip(" ,;.")
    hidden = re.sub(r"- en ", "-_en_", words)
    parts = re.split(r",? en (?=[^,]*$)|, (?:en )?|,? en (?=naar)| of (?=[^,]*$)", hidden)
    return [part.replace("_en_", " en ").strip().lower() for part in parts if part.strip()]
