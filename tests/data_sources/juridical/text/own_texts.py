"""Sentences of our own making, in the words that plans use: one for each thing that the reader of plan texts can tell apart (``reading_records.py``)."""

from __future__ import annotations

THINGS = (
    "bijbehorende bouwwerken", "een bijbehorend bouwwerk", "een vrijstaand bijgebouw", "aangebouwde bijgebouwen", "aan- en uitbouwen", "een serre", "garages", "een carport",
    "bouwwerken, geen gebouwen zijnde", "overige bouwwerken", "erf- en terreinafscheidingen", "een schutting", "lichtmasten", "antennes", "een dienstwoning",
    "recreatiewoningen", "stacaravans", "bedrijfsbebouwing", "een hoofdgebouw", "woongebouwen", "nutsvoorzieningen", "parkeerkelders", "een kelder", "dakkapellen", "dakramen",
    "een erker", "ondergeschikte bouwdelen", "luifels", "silo's", "een silo", "kunstwerken", "pergola's", "tuinmeubilair", "speeltoestellen", "speelvoorzieningen",
    "teeltkassen", "mestbassins", "schuilstallen", "een paardenbak", "zwembaden", "zonnepanelen", "een windturbine", "reclameobjecten", "steigers", "een keermuur",
    "bruggen", "bebouwing", "gebouwen", "bouwwerken", "bedrijven", "bodemingrepen",
    "aanbouwen, bijgebouwen en overkappingen", "gebouwen en bouwwerken, geen gebouwen zijnde", "woningen, woningen en silo's", "hoofdgebouwen of silo's",
)
SIZES = (
    ("goot- en bouwhoogte", "3,4 m"), ("bouw- en goothoogte", "3,4 m"), ("dakvoet", "3,4 m"), ("vrije hoogte", "3,4 m"), ("nokhoogte", "3,4 m"), ("hellingshoek", "34°"),
    ("bebouwingspercentage", "34%"), ("bebouwingspercentage", "een kwart van het erf"), ("bruto vloeroppervlakte", "340 m²"), ("totale oppervlakte", "34 m2"),
    ("totale oppervlakte", "34 m"), ("inhoud", "340 m3"), ("inhoud", "340 m2"), ("ondergrondse diepte", "3,4 m"), ("diepte", "3,4 m"), ("diepte", "34%"), ("breedte", "3,4 m"),
    ("breedte", "2/3"), ("lengte", "34 m"), ("lengte", "34%"), ("bouwlagen", "3"), ("onderlinge afstand", "3,4 m"), ("overschrijding", "0,4 m"), ("overschrijding", "de helft van de gevel"),
    ("bouwhoogte", "3"), ("dakhelling", "34"), ("goothoogte", "3,4 m2"), ("hoogte", "34 decimeter"),
)
PLACES = (
    "zijdelingse perceelsgrens", "achterste perceelsgrens", "voorgevelrooilijn", "voorgevel", "gevellijn", "achtergevel", "perceelsgrens", "grens van het bouwvlak", "bouwgrens",
    "bestemmingsgrens", "openbare weg", "as van de weg", "daknok", "dakvoet", "dakrand", "molen", "waterkering", "bebouwing", "woning", "hoofdgebouw",
)
LIMITS = (
    "niet meer mag bedragen dan", "niet hoger worden dan", "niet minder dan", "geen lager dan", "minimaal", "ten minste", "een minimum van", "maximaal", "ten hoogste",
    "tot een maximum van", "hooguit", "meer dan", "minder dan", "minder dan of gelijk aan", "groter dan of gelijk aan", "verminderd tot", "vergroot tot", "met", "tot", "precies",
    "gelijk aan", "", "mag niet meer dan", "mag geen hogere zijn: meer dan", "is verboden meer dan", "bedraagt", "=", ":", "geldt een", "voor", "tussen de",
)
UNITS = (
    "4 m", "4 meter", "4 mtr.", "4 m1", "4m'", "4,5 m", "4.5 m", "1.234,5 m", "12.345 m2", "4 m²", "4 vierkante meter", "4 m^2", "4 m3", "4 kubieke meter", "4 ha", "4 hectare",
    "4 cm", "4 centimeter", "4 mm", "4 km", "4%", "4 procent", "4°", "4 graden", "4 o.", "4 parkeerplaatsen", "4 pp", "4 bouwlagen", "4 lagen", "4,- m", "4 - m", "1/3", "2 : 3",
    "1/3e", "1/3 van de afstand", "1/3 maal de kortste afstand", "twee", "drie woningen", "vier bouwlagen", "vijf dakkapellen", "zes;", "zeven.", "acht masten", "negen erkers",
    "tien vrijstaande", "twaalf bijgebouwen", "de helft van", "een derde deel", "twee derde van", "driekwart van", "een kwart van", "één erker", "4 mei", "4 uur", "4 dB", "4 weken",
)
USES = (
    "Praktijkruimte", "Maatschappelijk", "Supermarkt, uitbreiding", "Supermarkt, nieuw", "Supermarkt", "Winkel", "Kantoor zonder balie", "Kantoor met balie", "Kantoor",
    "Dienstverlening", "Restaurant", "Bedrijf", "Zorgwoning", "Zonder balie", "Met balie", "Huur, duur", "Woning, duurder", "Middelduur", "Goedkoop", "Woning", "Overig",
)
BREAKS = (
    "indien", "voor zover", "voorzover", "ingeval", "in geval van", "in afwijking van", "met uitzondering van", "uitgezonderd", "behoudens", "mits", "tenzij", "waarbij", "waarvan",
    "tevens", "in welk geval", "alwaar", "dan wel", "hetgeen", "met dien verstande dat", "met inachtneming van",
)


def sentences():
    """Yield (name, text) of sentences that differ in one word."""
    for thing in THINGS:
        yield f"thing: {thing}", f"De breedte van {thing} bedraagt ten hoogste 3,4 m."
    for size, value in SIZES:
        yield f"size: {size} {value}", f"De {size} van een silo bedraagt ten hoogste {value}."
    for place in PLACES:
        yield f"place: {place}", f"De afstand van een silo tot de {place} bedraagt ten minste 3,4 m."
        yield f"beside: {place}", f"Een silo mag uitsluitend worden gebouwd op ten minste 3,4 m achter de {place}."
        yield f"above: {place}", f"Een antenne reikt ten hoogste 0,4 m boven de {place}."
    for limit in LIMITS:
        yield f"limit: {limit}", f"De dakhelling van een silo {limit} 34°."
        yield f"limit of a bare number: {limit}", f"De silo {limit} 34 m"
        yield f"limit in a lead: {limit}", f"De bouwhoogte van een silo {limit}:\na. 34 m in het midden;\nb. 35 aan de rand."
    for unit in UNITS:
        yield f"unit: {unit}", f"De silo mag maximaal {unit}"
        yield f"unit after a name: {unit}", f"Voor een molen geldt {unit}, ook als het bouwvlak vol is."
    for word in BREAKS:
        yield f"break: {word}", f"De breedte van silo's bedraagt ten hoogste 4 m, {word} de hoogte ten hoogste 12 m"
        yield f"break behind: {word}", f"Silo's, {word} masten, zijn ten hoogste 12 m hoog, {word} bruggen ten minste 3 m van de weg."
    for use in USES:
        yield f"use: {use}", f"Parkeren\nFunctie\tnorm\n{use}\t1,4 pp per woning\n"
