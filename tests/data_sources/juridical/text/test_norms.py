"""Norms of plan texts: sentences of our own making, each with what it says, by hand."""

import random

import pytest

from drieluik.data_sources.juridical.text.reading_text import read_text
from drieluik.model.plan_words import ALTERNATIVE, CAPPED, CERTAIN, LIKELY, MEANT_FOR


def norms(text):
    return [(c.object, c.quantity, c.operator, c.value, c.unit) for c in read_text(text).clauses]


@pytest.mark.parametrize(("text", "expected"), [
    ("De bouwhoogte van een tuinmuur of schutting mag niet meer bedragen dan 1,9 m;", ("erfafscheiding", "bouwhoogte", "<=", 1.9, "m")),
    ("De goothoogte van hoofdgebouwen bedraagt ten hoogste 6,25 meter.", ("hoofdgebouw", "goothoogte", "<=", 6.25, "m")),
    ("De afstand van een hoofdgebouw tot de zijdelingse perceelsgrens bedraagt ten minste 250 cm.", ("hoofdgebouw", "afstand_zijgrens", ">=", 2.5, "m")),
    ("De inhoud van een bedrijfswoning bedraagt niet meer dan 1.250 m³.", ("bedrijfswoning", "inhoud", "<=", 1250.0, "m3")),
    ("De dakhelling van een woning mag niet minder dan 35° zijn.", ("woning", "dakhelling", ">=", 35.0, "deg")),
    ("Het aantal recreatiewoningen bedraagt ten hoogste 14.", ("recreatiewoning", "aantal_woningen", "<=", 14.0, "stuks")),
    ("Per bouwvlak is maximaal één woning toegestaan.", ("woning", "aantal_woningen", "<=", 1.0, "stuks")),
    ("De breedte van een dakkapel bedraagt maximaal 45% van de breedte van het dakvlak.", ("dakkapel", "breedte", "<=", 45.0, "%")),
    ("Bijgebouwen mogen uitsluitend op een afstand van ten minste 2 m achter de voorgevel worden gebouwd.", ("bijgebouw", "afstand_voorgevel", ">=", 2.0, "m")),
    ("De oppervlakte van silo's bedraagt niet meer dan 0,3 ha.", ("silo", "oppervlakte", "<=", 3000.0, "m2")),
    ("Het aantal bouwlagen van een woongebouw bedraagt ten hoogste 4.", ("woning", "bouwlagen", "<=", 4.0, "bouwlagen")),
    ("Lichtmasten mogen geen grotere hoogte dan 9 m hebben.", ("mast", "bouwhoogte", "<=", 9.0, "m")),
])
def test_one_sentence_gives_its_one_norm(text, expected):
    assert norms(text) == [expected]


@pytest.mark.parametrize(("text", "expected"), [
    (
        "De goot- en bouwhoogte van een vrijstaand bijgebouw mogen niet meer dan respectievelijk 2,8 m en 5,2 m bedragen.",
        [("vrijstaand bijgebouw", "goothoogte", "<=", 2.8, "m"), ("vrijstaand bijgebouw", "bouwhoogte", "<=", 5.2, "m")],
    ),
    (
        "De maximale goot- en bouwhoogte van een woning bedraagt respectievelijk 4,5 en 10 m.",
        [("woning", "goothoogte", "<=", 4.5, "m"), ("woning", "bouwhoogte", "<=", 10.0, "m")],
    ),
    (
        "De oppervlakte van bijgebouwen bedraagt ten hoogste 40% van het achtererf, met een maximum van 70 m2.",
        [("bijgebouw", "oppervlakte", "<=", 40.0, "%"), ("bijgebouw", "oppervlakte", "<=", 70.0, "m2")],
    ),
    (
        "De hoogte van een erfafscheiding bedraagt niet meer dan 1 m vóór de voorgevel en 2 m daarachter.",
        [("erfafscheiding", "bouwhoogte", "<=", 1.0, "m"), ("erfafscheiding", "bouwhoogte", "<=", 2.0, "m")],
    ),
    ("De hoogte van schuren is ten hoogste 3 m en 8 m voor hoofdgebouwen.", [("bijgebouw", "bouwhoogte", "<=", 3.0, "m"), ("hoofdgebouw", "bouwhoogte", "<=", 8.0, "m")]),
    ("De hoogte is ten hoogste 3 m voor schuren en 8 m voor woningen.", [("bijgebouw", "bouwhoogte", "<=", 3.0, "m"), ("woning", "bouwhoogte", "<=", 8.0, "m")]),
    ("De hoogte is ten hoogste 3 m voor schuren, 8 m voor woningen.", [("bijgebouw", "bouwhoogte", "<=", 3.0, "m"), ("woning", "bouwhoogte", "<=", 8.0, "m")]),
    ("Schuren zijn ten hoogste 45 m2 met een maximum van 3 m hoogte.", [("bijgebouw", "oppervlakte", "<=", 45.0, "m2"), ("bijgebouw", "bouwhoogte", "<=", 3.0, "m")]),
    ("De hoogte is ten hoogste 2 m voor palen en 8 m voor woningen.", [("mast", "bouwhoogte", "<=", 2.0, "m"), ("woning", "bouwhoogte", "<=", 8.0, "m")]),
    ("De hoogte is ten hoogste 2 m voor palen en 1 m voor de woning.", [("mast", "bouwhoogte", "<=", 2.0, "m"), ("mast", "bouwhoogte", "<=", 1.0, "m")]),
    ("De hoogte van schuttingen bedraagt 1 m en 2 m voor woningen.", [("erfafscheiding", "bouwhoogte", "<=", 1.0, "m"), ("erfafscheiding", "bouwhoogte", "<=", 2.0, "m")]),
])
def test_pairs_and_tiers_give_a_norm_each(text, expected):
    assert norms(text) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("De totale oppervlakte van bijgebouwen bedraagt ten hoogste 45 m2 per woning;", ("bijgebouw", "oppervlakte", 45.0)),
    ("De bebouwde oppervlakte van aanbouwen is ten hoogste 25 m2 per hoofdgebouw;", ("aanbouw", "oppervlakte", 25.0)),
    ("De oppervlakte van bijgebouwen bedraagt ten hoogste 45 m2 voor de woning;", ("bijgebouw", "oppervlakte", 45.0)),
    ("De inhoud bedraagt ten hoogste 550 m3 per woning;", ("woning", "inhoud", 550.0)),
    ("De bouwhoogte van bouwwerken bedraagt ten hoogste 3 m voor schuttingen;", ("erfafscheiding", "bouwhoogte", 3.0)),
    ("Het aantal bijgebouwen bedraagt ten hoogste 3 per woning;", ("bijgebouw", "aantal", 3.0)),
])
def test_for_each_of_what_a_size_is_says_not_of_what(text, expected):
    [one] = read_text(text).clauses
    assert (one.object, one.quantity, one.value) == expected


@pytest.mark.parametrize(("words", "value", "unit"), [
    ("2\u00bd m", 2.5, "m"), ("\u00bd m", 0.5, "m"), ("2 1/2 m", 2.5, "m"), ("vier meter", 4.0, "m"), ("twee en een halve meter", 2.5, "m"),
    ("anderhalve meter", 1.5, "m"), ("een halve meter", 0.5, "m"), ("250 cm", 2.5, "m"), ("1.250 mm", 1.25, "m"),
])
def test_parts_and_numbers_in_words_are_read_whole(words, value, unit):
    [one] = read_text(f"De bouwhoogte van een pergola bedraagt ten hoogste {words}.").clauses
    assert (one.value, one.unit) == (value, unit)


@pytest.mark.parametrize(("text", "expected"), [
    ("De oppervlakte van bijgebouwen is ten hoogste veertig vierkante meter.", ("bijgebouw", "oppervlakte", "<=", 40.0, "m2")),
    ("De dakhelling van een woning is ten minste dertig graden.", ("woning", "dakhelling", ">=", 30.0, "deg")),
    ("De dakhelling van een woning is ten minste 30.", ("woning", "dakhelling", ">=", 30.0, "deg")),
    ("Het bebouwingspercentage van gebouwen is ten hoogste 45.", ("gebouw", "bebouwingspercentage", "<=", 45.0, "%")),
    ("Ten hoogste 45% van het perceel mag met gebouwen worden bebouwd.", ("gebouw", "bebouwingspercentage", "<=", 45.0, "%")),
    ("Het bouwvlak mag voor ten hoogste driekwart deel worden bebouwd.", ("bouwwerk", "bebouwingspercentage", "<=", 0.75, "fraction")),
    ("De onderzijde van een dakkapel ligt ten minste 0,4 m boven de dakvoet.", ("dakkapel", "afstand_dakvoet", ">=", 0.4, "m")),
    ("Een woning hoger dan 9 m is niet toegestaan.", ("woning", "bouwhoogte", "<=", 9.0, "m")),
    ("Daken met een helling van minder dan 25° zijn verboden.", ("bouwwerk", "dakhelling", ">=", 25.0, "deg")),
    ("Schuren mogen met een gezamenlijke oppervlakte van maximaal 35 m2 worden gebouwd.", ("bijgebouw", "oppervlakte", "<=", 35.0, "m2")),
    ("De afstand tussen twee woningen is ten minste 5 m.", ("woning", "afstand_gebouwen", ">=", 5.0, "m")),
    ("De breedte van de voorgevel van een woning is ten minste 5 m.", ("woning", "breedte", ">=", 5.0, "m")),
    ("Een schuur op een afstand van minder dan 2 m van de weg mag niet hoger zijn dan 2,6 m.", ("bijgebouw", "bouwhoogte", "<=", 2.6, "m")),
])
def test_a_unit_or_a_thing_that_stands_elsewhere_in_the_sentence_is_of_its_size(text, expected):
    assert norms(text) == [expected]


def test_a_size_behind_a_number_is_of_that_number_alone():
    found = norms("Een dakkapel is ten hoogste 1,4 m hoog en ligt ten minste 0,6 m van de zijkanten van het dakvlak.")
    assert found == [("dakkapel", "bouwhoogte", "<=", 1.4, "m"), ("dakkapel", "afstand_dakrand", ">=", 0.6, "m")]


def test_the_number_of_an_item_is_no_pitch():
    assert not read_text("Artikel 5 Wonen\n5.2 Bouwregels\nDe goothoogte bedraagt:\n1°. ten hoogste 5 m voor woningen;").unread


def test_a_unit_behind_the_most_is_of_the_least_as_well():
    [one] = read_text("De dakhelling bedraagt niet minder dan 20 en niet meer dan 40 graden.").clauses
    assert (one.operator, one.value, one.value2, one.unit) == ("between", 20.0, 40.0, "deg")


def test_what_a_list_gives_sizes_for_is_no_place_before_them():
    found = norms("De bouwhoogte bedraagt ten hoogste:\n1. 8 m voor hoofdgebouwen;\n2. 4 m voor bijgebouwen.")
    assert found == [("hoofdgebouw", "bouwhoogte", "<=", 8.0, "m"), ("bijgebouw", "bouwhoogte", "<=", 4.0, "m")]


@pytest.mark.parametrize(("text", "quantities"), [
    ("Zowel de goothoogte als de bouwhoogte van schuren is ten hoogste 3 m.", ["goothoogte", "bouwhoogte"]),
    ("Zowel binnen als buiten het bouwvlak is de goothoogte van schuren ten hoogste 3 m.", ["goothoogte"]),
    ("De goothoogte van schuren is zowel voor als achter de voorgevel ten hoogste 3 m.", ["goothoogte"]),
    ("Zowel de breedte als de diepte van erkers is ten hoogste 2 m.", ["breedte", "diepte"]),
    ("Van schuren bedraagt zowel de bouwhoogte als de goothoogte ten hoogste 3 m.", ["bouwhoogte", "goothoogte"]),
])
def test_both_of_two_sizes_are_read_and_are_no_case(text, quantities):
    found = read_text(text).clauses
    assert ([one.quantity for one in found], [one.conditions for one in found]) == (quantities, [()] * len(quantities))


def test_a_difference_is_no_end_of_a_range():
    most, least = read_text("De bouwhoogte van schuren is maximaal 6 m en minimaal 2 m hoger dan de goothoogte.").clauses
    assert (most.operator, most.value, most.relative_to) == ("<=", 6.0, "")
    assert (least.operator, least.value, least.relative_to) == (">=", 2.0, "goothoogte")


def test_that_of_another_thing_is_its_size():
    found = read_text("De bouwhoogte van masten is ten hoogste 7 m en die van overige bouwwerken, geen gebouwen zijnde, ten hoogste 2,5 m.").clauses
    assert [(one.object, one.value) for one in found] == [("mast", 7.0), ("bouwwerk geen gebouw", 2.5)]
    assert found[1].quote.startswith("en die van overige")


def test_a_least_and_a_most_are_one_range():
    [one] = read_text("De dakhelling van een hoofdgebouw bedraagt minimaal 30° en maximaal 55°.").clauses
    assert (one.operator, one.value, one.value2) == ("between", 30.0, 55.0)


@pytest.mark.parametrize("text", [
    "Indien het bouwperceel groter is dan 900 m2 geldt dit lid niet.",
    "Op een afstand van 3 m van de weg staan bomen.",
    "Het bepaalde in artikel 12 en lid 4 blijft gelden.",
    "Dit plan is vastgesteld op 14 mei 2013.",
])
def test_what_only_says_when_or_where_is_no_norm(text):
    assert norms(text) == []


def test_a_condition_stands_with_its_norm_and_its_number_is_not_lost():
    found = read_text("Bij percelen groter dan 480 m² mag de oppervlakte van bijgebouwen worden vergroot tot 85 m².")
    [one] = found.clauses
    assert (one.object, one.value) == ("bijgebouw", 85.0)
    assert "480 m²" in one.quote or [number.text for number in found.unread] == ["480 m²"]


LIST = """Artikel 9 Wonen
9.2 Bouwregels
9.2.1 Hoofdgebouwen
Voor het bouwen van hoofdgebouwen gelden de volgende regels:
a. een hoofdgebouw wordt uitsluitend binnen het bouwvlak gebouwd;
b. de bouwhoogte bedraagt ten hoogste de ter plaatse van de aanduiding 'maximum bouwhoogte (m)' aangegeven bouwhoogte;
c. de diepte mag niet meer dan 13 m bedragen;
9.2.2 Bouwwerken, geen gebouwen zijnde
De bouwhoogte van bouwwerken, geen gebouwen zijnde, mag niet meer bedragen dan:
1. 5,5 m voor vlaggenmasten;
2. 2,2 m voor overige bouwwerken, geen gebouwen zijnde;
9.3 Afwijken van de bouwregels
Burgemeester en wethouders kunnen bij omgevingsvergunning afwijken van de in dit plan gegeven maten en percentages tot ten hoogste 8%.
"""


def test_headings_and_leads_say_what_their_items_are_about():
    found = {(c.article, c.object, c.quantity): c for c in read_text(LIST).clauses}
    assert found[("9.2.1 a", "hoofdgebouw", "binnen_bouwvlak")].from_map == "bouwvlak"
    assert found[("9.2.1 b", "hoofdgebouw", "bouwhoogte")].from_map == "maximum bouwhoogte (m)"
    assert found[("9.2.1 c", "hoofdgebouw", "diepte")].sure == LIKELY
    assert found[("9.2.2 1", "mast", "bouwhoogte")].value == 5.5
    assert found[("9.2.2 2", "bouwwerk geen gebouw", "bouwhoogte")].value == 2.2
    power = found[("9.3", "alle", "afwijking")]
    assert (power.power, power.value, power.unit) == (True, 8.0, "%")
    assert not any(one.power for key, one in found.items() if key[0] != "9.3")


def test_a_norm_that_says_it_all_itself_is_certain():
    [one] = read_text("De bouwhoogte van carports bedraagt ten hoogste 3,1 m.").clauses
    assert one.sure == CERTAIN


def test_a_quote_is_the_exact_text_as_given_also_of_html():
    given = "<div><h3>7.2.1 Bijgebouwen</h3><ul><li>a. de oppervlakte bedraagt ten hoogste 60 m<sup>2</sup>;</li><li>b. de goothoogte is maximaal 3&nbsp;m;</li></ul></div>"
    found = read_text(given)
    assert [(c.object, c.quantity, c.value, c.unit) for c in found.clauses] == [("bijgebouw", "oppervlakte", 60.0, "m2"), ("bijgebouw", "goothoogte", 3.0, "m")]
    for one in found.clauses:
        assert given[one.start:one.end] == one.quote


def test_html_and_plain_text_say_the_same():
    lines = [line for line in LIST.split("\n") if line]
    assert [c.value for c in read_text("".join(f"<p>{line}</p>" for line in lines)).clauses] == [c.value for c in read_text(LIST).clauses]


def test_rows_of_a_table_take_the_size_of_their_column():
    text = "8.2.3 Andere bouwwerken\nSoort bouwwerk\tBouwhoogte (m)\nPergola's   3,4\nOverkappingen   2,6\nVlaggenmasten   7\n"
    assert [(c.object, c.quantity, c.value, c.unit) for c in read_text(text).clauses] == [
        ("pergola", "bouwhoogte", 3.4, "m"), ("overkapping", "bouwhoogte", 2.6, "m"), ("mast", "bouwhoogte", 7.0, "m"),
    ]


def test_digging_in_an_archaeological_zone_has_its_own_sizes():
    text = "Artikel 30 Waarde - Archeologie\n30.2 Het is verboden bodemingrepen uit te voeren over meer dan 120 m2 en dieper dan 45 cm."
    assert [(c.quantity, c.operator, c.value) for c in read_text(text).clauses] == [("archeologie_oppervlakte", ">", 120.0), ("archeologie_diepte", ">", 0.45)]


WORDS = ("de bouwhoogte", "van een gebouw", "mag", "niet meer dan", "{n} m", "{n} m2", "{n}%", "bedragen", ";", "indien", "mits", "de afstand tot", "het perceel", "\n", "a.", "-",
         "{n} bouwlagen", "goothoogte", "respectievelijk", "en", "ten minste", "{n} graden", "'aanduiding'", "\t", "|", "binnen", "1°.", "artikel {n}", "(", ")")


@pytest.mark.parametrize("seed", range(60))
def test_no_number_with_a_unit_is_ever_lost_and_every_quote_is_exact(seed):
    rng = random.Random(seed)
    text = " ".join(rng.choice(WORDS).replace("{n}", f"{rng.choice((1, 3, 12, 250))}{rng.choice(('', ',5', '.25'))}") for _ in range(80))
    found = read_text(text)
    held = [(one.start, one.end) for one in (*found.clauses, *found.measuring, *found.unread)]
    assert all(text[one.start:one.end] == one.quote for one in (*found.clauses, *found.measuring))
    at = 0
    for word in text.split(" "):
        start, at = at, at + len(word) + 1
        following = text[at:at + 9]
        if word[:1].isdigit() and word[-1] != "°" and (word.endswith("%") or following.startswith(("m ", "m2 ", "bouwlagen", "graden"))) and not word.endswith("."):
            assert any(first <= start and start + len(word.rstrip("%")) <= last for first, last in held), (word, text)


@pytest.mark.parametrize("text", ["", " \n\t", "<p>", "1°.", "a.\nb.\n", "|\n|\n", "9.2.1", "(((" * 50, "'" * 200, "1,1,1,1,1 m", "niet " * 400, "\u0130 " * 30 + "hoogte 3 m"])
def test_odd_text_gives_a_reading_and_no_error(text):
    assert read_text(text).sha256


ABOVE = "Artikel 5 Wonen\n5.2 Bouwregels\n5.2.1 Hoofdgebouwen\nVoor het bouwen van hoofdgebouwen gelden deze regels:\n"


def only(text):
    [clause] = read_text(text).clauses
    return clause


@pytest.mark.parametrize(("text", "about", "of"), [
    ("ten hoogste 17% van het bouwperceel mag worden bebouwd;", "gebouw", "bouwperceel"), ("het bouwvlak mag voor ten hoogste 55% worden bebouwd;", "gebouw", "bouwvlak"),
    ("van het bouwperceel mag ten hoogste 17% bebouwd worden;", "gebouw", "bouwperceel"), ("een bouwperceel mag tot ten hoogste 60% worden bebouwd;", "gebouw", "bouwperceel"),
    ("het bebouwingspercentage van het bouwvlak bedraagt ten hoogste 55%;", "gebouw", "bouwvlak"),
    ("de bebouwde oppervlakte van een bouwperceel mag niet meer dan 35% bedragen;", "gebouw", "bouwperceel"),
    ("maximaal 55% van de oppervlakte van het bouwvlak mag bebouwd worden;", "gebouw", "oppervlakte van het bouwvlak"),
    ("het bouwperceel mag voor niet meer dan 35% worden bebouwd met hoofdgebouwen;", "hoofdgebouw", "bouwperceel"),
    ("hoofdgebouwen mogen ten hoogste 35% van het bouwperceel beslaan;", "hoofdgebouw", "bouwperceel beslaan"),
])
def test_a_share_that_may_be_built_on_says_of_what_it_is_and_counts_main_buildings_only_where_it_names_them(text, about, of):
    clause = only(f"{ABOVE}a. {text}\n")
    assert (clause.quantity, clause.object, clause.relative_to) == ("bebouwingspercentage", about, of)


@pytest.mark.parametrize(("text", "of"), [
    ("de afstand van een gebouw tot de as van de weg bedraagt ten minste 11 m;", "as van de weg"), ("gebouwen worden op ten minste 11 m uit de as van de openbare weg gebouwd;", "as van de weg"),
    ("de afstand van een gebouw tot de as van de rijksweg bedraagt ten minste 11 m;", "as van de rijksweg"), ("de afstand van een gebouw tot de weg bedraagt ten minste 11 m;", ""),
])
def test_a_distance_to_the_axis_of_a_road_is_none_to_its_edge(text, of):
    clause = only(f"{ABOVE}a. {text}\n")
    assert (clause.quantity, clause.value, clause.relative_to) == ("afstand_weg", 11.0, of)


@pytest.mark.parametrize("text", [
    "9.2 Burgemeester en wethouders kunnen eenmalig ontheffing verlenen van het bepaalde in lid 1 voor het vergroten van de inhoud van een bouwwerk als bedoeld in lid 1 met maximaal 10%.",
    "9.2 Bij omgevingsvergunning kan eenmalig worden afgeweken van het bepaalde in lid 9.1 voor het vergroten van de inhoud van een bouwwerk als bedoeld in lid 9.1 met maximaal 10%.",
])
@pytest.mark.parametrize(("title", "once"), [("Overgangsrecht", "eenmalig "), ("Overgangsrecht", ""), ("Slotbepalingen", "eenmalig ")])
def test_the_law_of_transition_is_a_power_for_what_stands_and_its_share_is_none_of_a_plot(text, title, once):
    clause = only(f"Artikel 9 {title}\n{text.replace('eenmalig ', once)}\n")
    assert (clause.quantity, clause.value, clause.unit, clause.power, clause.changes) == ("afwijking", 10.0, "%", True, ("inhoud",))
    assert clause.conditions == ("indien het gaat om een bestaand bouwwerk dat van het plan afwijkt",)


@pytest.mark.parametrize(("words", "conditions"), [
    ("ten behoeve van een schoorsteen", ("ten behoeve van een schoorsteen",)), ("in verband met de aard van het terrein", ("in verband met de aard van het terrein",)),
    ("ten dienste van deze bestemming", ()), ("ten behoeve van het bouwen van hoofdgebouwen", ()),
])
def test_what_a_power_is_for_is_a_condition_of_it_but_what_everything_there_is_for_is_none(words, conditions):
    clause = only(f"5.3 Het bevoegd gezag kan afwijken van het plan voor het overschrijden van de bouwhoogte met ten hoogste 1,2 m {words}.")
    assert clause.power and clause.conditions == conditions


@pytest.mark.parametrize(("words", "condition"), [
    ("in afwijking van het bepaalde in lid 5.2.1 onder a en b mag", "in afwijking van het bepaalde in lid 5.2.1 onder a en b"), ("in afwijking hiervan mag", "in afwijking hiervan"),
    ("in afwijking van de verbeelding mag", "in afwijking van de verbeelding"), ("met inachtneming van het bepaalde onder a mag", ""), ("onverminderd het bepaalde onder a mag", ""),
])
def test_which_clause_another_goes_before_stands_in_its_conditions(words, condition):
    assert only(f"{ABOVE}c. {words} de goothoogte niet meer dan 5,6 m bedragen;\n").conditions == ((condition,) if condition else ())


@pytest.mark.parametrize(("text", "read"), [
    ("de bouwhoogte mag niet meer bedragen dan 1,2 m hoger dan de goothoogte;", (1.2, "goothoogte")), ("de bouwhoogte mag ten hoogste 4 m meer bedragen dan de goothoogte;", (4.0, "goothoogte")),
    ("de bouwhoogte mag niet meer dan 1,2 m boven de druiplijn uitkomen;", (1.2, "druiplijn uitkomen")), ("de goothoogte bedraagt gemiddeld ten hoogste 3,3 m;", (3.3, "gemiddeld")),
    ("de bouwhoogte mag niet meer dan 7 m boven peil bedragen;", (7.0, "")), ("de bouwhoogte mag niet hoger zijn dan 7 m;", (7.0, "")),
])
def test_a_height_that_is_counted_from_another_size_says_so(text, read):
    clause = only(f"{ABOVE}a. {text}\n")
    assert (clause.value, clause.relative_to) == read


@pytest.mark.parametrize("text", ["de goothoogte mag niet lager zijn dan 2,8 m en niet hoger dan 4,2 m;", "de goothoogte mag niet hoger zijn dan 4,2 m en niet lager dan 2,8 m;"])
def test_the_other_end_of_a_size_is_of_that_size(text):
    clause = only(f"{ABOVE}a. {text}\n")
    assert (clause.quantity, clause.operator, clause.value, clause.value2) == ("goothoogte", "between", 2.8, 4.2)


def test_another_thing_that_is_no_higher_has_a_height_of_its_own():
    found = norms(f"{ABOVE}a. de goothoogte bedraagt ten hoogste 3 m en het hoofdgebouw is niet hoger dan 8 m;\n")
    assert [one[1:4] for one in found] == [("goothoogte", "<=", 3.0), ("bouwhoogte", "<=", 8.0)]


EXISTING = "of de bestaande bouwhoogte"


def beside(text):
    """The size of each norm of a text, with what it may meet as well and when it holds."""
    return [(c.value, c.unit, tuple(words for words in c.exceptions if words.startswith(ALTERNATIVE)), c.conditions) for c in read_text(text).clauses]


@pytest.mark.parametrize(("rest", "words"), [
    ("6 m, of de bestaande bouwhoogte.", EXISTING), ("6 m of de bestaande bouwhoogte.", EXISTING), ("6 m, dan wel de bestaande bouwhoogte.", EXISTING), ("6 m, danwel de bestaande bouwhoogte.", EXISTING),
    ("6 m, ofwel de bestaande bouwhoogte.", EXISTING), ("6 m of, de bestaande bouwhoogte.", EXISTING), ("de bestaande bouwhoogte of 6 m.", EXISTING), ("de bestaande bouwhoogte, dan wel ten hoogste 6 m.", EXISTING),
    ("6 m, of de bestaande hoogte indien die meer bedraagt.", "of de bestaande hoogte indien die meer bedraagt"), ("6 m, of niet hoger dan de eerste verdiepingsvloer.", "of niet hoger dan de eerste verdiepingsvloer"),
    ("6 m, of zoveel meer als op de kaart staat.", "of zoveel meer als op de kaart staat"), ("hetzij 6 m, hetzij 9 m.", "of 9 m"),
    ("6 m of, ter plaatse van de aanduiding 'kap', 9 m.", "of ter plaatse van de aanduiding 'kap', 9 m"), ("6 m; of de bestaande bouwhoogte.", EXISTING), ("6 m; dan wel de bestaande bouwhoogte.", EXISTING),
    ("de op de verbeelding aangegeven hoogte, dan wel 6 m.", "of de op de verbeelding aangegeven hoogte"),
    ("6 m of minder.", ""), ("6 m of zoveel minder als nodig is.", ""), ("6 m voor woningen of winkels.", ""), ("6 m. De oppervlakte of de bestaande inhoud telt niet.", ""),
])
def test_another_size_by_which_a_norm_is_met_as_well_is_told_with_it(rest, words):
    first, *_ = beside(f"De bouwhoogte van een hoofdgebouw bedraagt ten hoogste {rest}")
    assert first == (6.0, "m", (words,) if words else (), ())


def test_what_is_asked_of_both_sizes_stays_a_condition_and_what_is_asked_of_the_other_is_none():
    lead = "De bouwhoogte van een hoofdgebouw bedraagt ten hoogste 6 m"
    assert beside(f"{lead}, of de bestaande bouwhoogte, mits het hoofdgebouw een kap heeft.") == [(6.0, "m", (EXISTING,), ("mits het hoofdgebouw een kap heeft",))]
    kept = "indien het hoofdgebouw een kap heeft of een bestaande dakopbouw"
    assert beside(f"{lead} {kept}.") == [(6.0, "m", (), (kept,))]
    assert [words for _, _, words, _ in beside(f"{lead} indien het plat is, hetzij 9 m.")] == [("of 9 m",)]


def test_sizes_in_other_units_are_alternatives_of_each_other_and_those_of_one_unit_are_two_values():
    area = "De oppervlakte van bijgebouwen bedraagt ten hoogste 50 m2"
    assert [(value, words) for value, _, words, _ in beside(f"{area}, of ten hoogste 40% van het achtererf.")] == [(50.0, ("of ten hoogste 40% van het achtererf",)), (40.0, ("of 50 m2",))]
    assert [(value, words) for value, _, words, _ in beside(f"{area} of 60 m2.")] == [(50.0, ()), (60.0, ())]


@pytest.mark.parametrize(("first", "second", "words"), [
    ("6 m, of", "de bestaande hoogte.", [("of de bestaande hoogte",)]), ("6 m; dan wel", "9 m.", [("of 9 m",), ("of 6 m",)]), ("6 m;", "of 9 m.", [("of 9 m",)]),
    ("6 m;", "9 m.", [(), ()]), ("6 m, en", "9 m.", [(), ()]),
])
def test_items_of_a_list_that_are_joined_by_or_are_alternatives(first, second, words):
    text = f"5.2 Bouwregels\nDe bouwhoogte van een hoofdgebouw bedraagt ten hoogste:\na. {first}\nb. {second}\n5.3 Gebruik\nHet gebruik is vrij."
    assert [told for _, _, told, _ in beside(text)] == words


def power(words):
    """What else a power of a text says of the first size that it gives: what caps it, what it is for."""
    first, *_ = read_text(f"9.1 Afwijken\nHet bevoegd gezag kan bij omgevingsvergunning afwijken van {words}\n").clauses
    return first.value, [one for one in first.conditions if one.startswith((CAPPED, MEANT_FOR))]


@pytest.mark.parametrize(("words", "value", "told"), [
    ("de maten met ten hoogste 10%, met een maximum van 0,5 m.", 10.0, ["begrensd: met een maximum van 0,5 m"]), ("de maten met ten hoogste 10%, doch niet meer dan 0,5 m.", 10.0, ["begrensd: doch niet meer dan 0,5 m"]),
    ("de bouwhoogte met ten hoogste 10% tot ten hoogste 9 m.", 10.0, ["begrensd: tot ten hoogste 9 m"]), ("de bouwhoogte met 1 m tot ten hoogste 9 m.", 1.0, ["begrensd: tot ten hoogste 9 m"]),
    ("de maten met ten hoogste 10%.", 10.0, []), ("de maten met ten hoogste 10%; de goothoogte blijft ten hoogste 4 m.", 10.0, []), ("de goot- en bouwhoogte tot ten hoogste 4 m en 8 m.", 4.0, []),
    ("de goothoogte tot 5 m en de bouwhoogte tot 9 m.", 5.0, []),
    ("de bouwhoogte van schoorstenen tot 10 m.", 10.0, ["voor schoorstenen"]), ("de bouwhoogte voor plaatselijke verhogingen zoals liftkokers met ten hoogste 1,5 m.", 1.5, ["voor plaatselijke verhogingen zoals liftkokers"]),
    ("de bouwhoogte van hoofdgebouwen tot 10 m.", 10.0, []), ("de bouwhoogte van masten tot 10 m.", 10.0, []), ("de bouwhoogte van de bouwwerken tot 10 m.", 10.0, []), ("de bouwhoogte tot 10 m.", 10.0, []),
])
def test_what_caps_a_power_and_what_it_is_for_are_conditions_of_it(words, value, told):
    assert power(words) == (value, told)


def test_of_two_numbers_of_one_power_each_says_what_limits_it():
    first, second = read_text("9.1 Afwijken\nHet bevoegd gezag kan bij omgevingsvergunning afwijken van de bouwhoogte met 1 m tot ten hoogste 9 m.\n").clauses
    assert [one.conditions for one in (first, second)] == [("begrensd: tot ten hoogste 9 m",), ("begrensd: 1 m tot ten hoogste 9 m",)]
