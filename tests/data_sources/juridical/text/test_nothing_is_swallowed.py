"""Numbers and sentences of building rules that are no norm by themselves are not lost: they are words of the norm, or a line to be read."""

import pytest

from drieluik.data_sources.juridical.text.reading_text import read_text
from drieluik.data_sources.juridical.text.text_profile import proposed_profile
from drieluik.model.plan_words import DEMANDED

HEAD = "Artikel 5 Wonen\n5.2 Bouwregels\na. "


@pytest.mark.parametrize(("text", "said"), [
    ("de goothoogte op minder dan 4 m van de perceelgrens bedraagt ten hoogste 3 m;", ["op minder dan 4 m"]),
    ("de goothoogte van gebouwen op percelen groter dan 600 m2 bedraagt ten hoogste 6 m;", ["percelen groter dan 600 m2"]),
    ("op percelen groter dan 600 m2 bedraagt de goothoogte ten hoogste 4 m en de bouwhoogte ten hoogste 8 m;", ["percelen groter dan 600 m2"] * 2),
    ("de goothoogte bedraagt ten hoogste 4 m; op percelen groter dan 600 m2 is de bouwhoogte ten hoogste 8 m;", ["percelen groter dan 600 m2"]),
    ("de goot- en bouwhoogte bedragen ten hoogste 4 m en 8 m;", []),
    ("de dakhelling bedraagt ten minste 30 graden en ten hoogste 50 graden;", []),
    ("de bouwhoogte bedraagt ten hoogste 8 m, indien het perceel groter is dan 600 m2;", []),
    ("in afwijking van 5.1 onder b bedraagt de bouwhoogte ten hoogste 8 m;", []),
])
def test_a_number_that_no_size_and_no_condition_has_is_a_word_of_its_norm(text, said):
    assert [word for one in read_text(HEAD + text).clauses for word in one.unsaid if any(sign.isdigit() for sign in word)] == said


@pytest.mark.parametrize(("text", "said"), [
    ("de oppervlakte van bijgebouwen bedraagt ten hoogste 30 m2, exclusief overkappingen;", "exclusief"),
    ("de inhoud van een woning is ten hoogste 600 m3, zolders daaronder begrepen;", "zolders"),
    ("de bouwhoogte bedraagt ten hoogste 8 m, mits het dak schuin is;", ""),
    ("de goothoogte bedraagt ten hoogste 4 m, de bouwhoogte op de hoek ten hoogste 8 m;", ""),
])
def test_words_behind_the_quote_of_a_norm_are_words_of_it(text, said):
    unsaid = read_text(HEAD + text).clauses[0].unsaid
    assert said in unsaid if said else not unsaid


@pytest.mark.parametrize(("text", "said"), [
    ("de goothoogte van gebouwen op de perceelgrens bedraagt ten hoogste 3 m;", "op de perceelgrens"),
    ("op de zijdelingse perceelgrens is de bouwhoogte ten hoogste 4 m;", "op de zijdelingse perceelgrens"),
    ("de bouwhoogte is ten hoogste 4 m aan de watergang;", "aan de watergang"),
    ("de oppervlakte van bijgebouwen bedraagt ten hoogste 45 m2 voor woningen;", "voor woningen"),
    ("de hoogte van schuren bedraagt ten hoogste 3 m voor woningen en 4 m voor bedrijfswoningen;", "voor woningen"),
    ("de diepte van schuren op de perceelgrens bedraagt ten hoogste 3 m;", "op de perceelgrens"),
    ("de inhoud van schuren onder peil bedraagt ten hoogste 40 m3;", "onder peil"),
    ("de verticale diepte onder peil bedraagt ten hoogste 4 m;", ""),
    ("de oppervlakte van kelders onder peil bedraagt ten hoogste 45 m2;", ""),
    ("de diepte achter de voorgevel bedraagt ten hoogste 3 m;", ""),
    ("een hoogte van meer dan 6 m is niet toegestaan;", ""),
    ("een hoogte van minder dan 6 m is verboden;", ""),
    ("een hoogte van meer dan 6 m is niet toegestaan mits het dak plat is;", "niet"),
    ("de afstand tot de perceelgrens bedraagt ten minste 3 m;", ""),
    ("de bouwhoogte achter de voorgevel bedraagt ten hoogste 3 m;", ""),
    ("de goothoogte bedraagt ten hoogste 3 m en de bouwhoogte op de perceelgrens ten hoogste 4 m;", ""),
])
def test_a_place_or_whose_thing_a_norm_is_for_is_asked(text, said):
    assert read_text(HEAD + text).clauses[0].unsaid == ((said,) if said else ())


@pytest.mark.parametrize(("text", "norm", "said"), [
    ("de bouwhoogte bedraagt ten hoogste 7 m voor ten hoogste 25 m2;", ("bouwhoogte", 7.0), ["25 m2"]),
    ("de goothoogte bedraagt ten hoogste 6 m over ten hoogste 40% van de gevel;", ("goothoogte", 6.0), ["40%"]),
    ("de goothoogte bedraagt ten hoogste 3 m, over maximaal 40% van de gevel 5 m;", ("goothoogte", 3.0), ["40%", "5 m"]),
    ("de bouwhoogte bedraagt ten hoogste 6 m over een oppervlakte van ten hoogste 25 m2;", ("bouwhoogte", 6.0), ["25 m2"]),
    ("de bouwhoogte bedraagt ten hoogste 6 m, over een oppervlakte van ten hoogste 25 m2;", ("bouwhoogte", 6.0), ["25 m2"]),
    ("het aantal bouwlagen van gebouwen met een bouwhoogte van meer dan 8 m bedraagt ten hoogste 2;", ("bouwlagen", 2.0), ["8 m"]),
    ("de bouwhoogte bedraagt ten hoogste 6 m per verdieping;", ("bouwhoogte", 6.0), ["per"]),
    ("de bouwhoogte is ten hoogste de aangegeven bouwhoogte, voor ten hoogste 25 m2;", ("bouwhoogte", None), ["25 m2"]),
    ("de bouwhoogte is ten hoogste de aangegeven bouwhoogte met een maximum van 25 m2;", ("bouwhoogte", None), ["25 m2"]),
    ("de goothoogte is ten hoogste de aangegeven goothoogte aan de straatzijde;", ("goothoogte", None), ["straatzijde"]),
    ("de breedte van de achtergevel van een woning is ten minste 5 m;", ("breedte", 5.0), ["achtergevel"]),
    ("bij een oppervlakte van het perceel van minder dan 450 m2 is de oppervlakte van schuren ten hoogste 40 m2;", ("oppervlakte", 40.0), ["450 m2"]),
])
def test_a_share_or_a_case_of_a_size_is_no_norm_and_is_asked(text, norm, said):
    [one] = read_text(HEAD + text).clauses
    assert (one.quantity, one.value) == norm
    assert [word for word in said if not any(word in unsaid for unsaid in one.unsaid)] == []


@pytest.mark.parametrize(("text", "value", "conditions"), [
    ("de hoogte is ten hoogste 8 m als het gebouw meer dan 15 m van de weg staat;", 8.0, ("indien het gebouw meer dan 15 m van de weg staat",)),
    ("wanneer het perceel groter is dan 450 m2 mag de hoogte ten hoogste 8 m bedragen;", 8.0, ("indien het perceel groter is dan 450 m2",)),
    ("de hoogte is ten hoogste 3 m als sprake is van een plat dak;", 3.0, ("indien sprake is van een plat dak",)),
    ("schuren mogen worden gebouwd als een perceel groter is dan 450 m2 en zijn ten hoogste 3 m hoog;", 3.0, ("indien een perceel groter is dan 450 m2",)),
    ("de hoogte van schuren is zowel aan de voorzijde als de achterzijde ten hoogste 4 m;", 4.0, ()),
    ("de hoogte van schuren bedraagt zowel naast de woning als het erf ten hoogste 4 m;", 4.0, ()),
    ("schuren worden gebouwd als een gesloten wand en zijn niet hoger dan 4 m;", 4.0, ()),
    ("schuren worden uitgevoerd als een gesloten wand met een hoogte van ten hoogste 4 m;", 4.0, ()),
    ("schuren worden even breed gebouwd als de naastgelegen schuren en zijn ten hoogste 4 m hoog;", 4.0, ()),
    ("schuren gebruikt als een atelier zijn ten hoogste 4 m hoog;", 4.0, ()),
    ("de hoogte bedraagt als maximum 3 m;", 3.0, ()),
    ("de hoogte is ten hoogste 3 m als bedoeld in artikel 2;", 3.0, ()),
])
def test_als_and_wanneer_begin_a_condition_where_a_case_follows(text, value, conditions):
    [one] = read_text(HEAD + text).clauses
    assert (one.value, one.conditions) == (value, conditions)


@pytest.mark.parametrize("words", ["gebouwd als een gesloten wand en zijn", "uitgevoerd als een gesloten wand en zijn", "zo gebouwd als de gesloten wand en zijn"])
def test_what_something_is_made_like_is_words_of_its_norm(words):
    [one] = read_text(f"{HEAD}schuren worden {words} niet hoger dan 4 m;").clauses
    assert one.unsaid[:2] == ("gesloten", "wand")


@pytest.mark.parametrize(("text", "limits"), [
    ("schuren worden gebouwd met een hoogte tot 5 m en een goothoogte tot 3 m;", [("<=", 5.0), ("<=", 3.0)]),
    ("schuren mogen met een hoogte lager dan 5 m en een goothoogte lager dan 3 m worden gebouwd;", [("<", 5.0), ("<", 3.0)]),
    ("schuren worden opgericht met een oppervlakte van minder dan 45 m2, een goothoogte tot 3 m en een hoogte tot 5 m;", [("<", 45.0), ("<=", 3.0), ("<=", 5.0)]),
    ("schuren mogen worden gebouwd tot een hoogte van 3 m, met een maximum van 25 m2;", [("<=", 3.0), ("<=", 25.0)]),
])
def test_sizes_that_a_sentence_builds_with_are_norms_and_no_case_of_each_other(text, limits):
    found = read_text(HEAD + text).clauses
    assert ([(one.operator, one.value) for one in found], {one.unsaid for one in found}) == (limits, {()})


@pytest.mark.parametrize("text", [
    "schuren mogen met een hoogte van meer dan 5 m een oppervlakte hebben van ten hoogste 25 m2;",
    "schuren met een hoogte tot 3 m worden gebouwd met een oppervlakte van ten hoogste 25 m2;",
    "schuren die worden gebouwd met een hoogte van meer dan 3 m, hebben een oppervlakte van ten hoogste 25 m2;",
])
def test_a_size_that_another_is_ruled_for_is_its_case(text):
    [one] = read_text(HEAD + text).clauses
    assert one.value == 25.0 and one.unsaid


@pytest.mark.parametrize(("named", "word"), [("bedrijfswoningen", "bedrijfswoning"), ("bedrijfsgebouwen", "bedrijfsgebouw")])
def test_a_second_size_for_other_houses_may_be_that_of_their_annexes(named, word):
    first, second = read_text(f"{HEAD}de hoogte van schuren bedraagt ten hoogste 3 m en 5 m voor {named};").clauses
    assert (first.object, first.unsaid, second.object, second.unsaid) == ("bijgebouw", (), word, (f"voor {named}",))


def test_what_is_taken_out_of_a_ground_that_may_be_built_on_whole_is_asked():
    [one] = read_text(f"{HEAD}het bouwvlak mag geheel worden bebouwd, met uitzondering van een strook van 4 m langs de weg;").clauses
    assert (one.value, one.unsaid) == (100.0, one.exceptions) and one.exceptions


def test_a_size_that_holds_within_an_exception_has_a_line():
    found = read_text(f"{HEAD}de hoogte is ten hoogste 9 m, met uitzondering van een strook langs de weg, waar 4 m geldt;")
    assert "4 m" in {one.text for one in found.unread} | {word for clause in found.clauses for word in clause.unsaid}


@pytest.mark.parametrize(("text", "values", "unread"), [
    ("de hoogte is ten hoogste 9 m, tenzij het perceel kleiner is dan 450 m2, dan 6 m;", [9.0], {"6 m", "450 m2"}),
    ("de hoogte is ten hoogste 9 m, tenzij het perceel meer dan 950 m2 groot is;", [9.0], {"950 m2"}),
    ("de hoogte is ten hoogste 9 m, tenzij de goothoogte niet meer dan 4 m is;", [9.0, 4.0], set()),
])
def test_what_an_exception_compares_is_no_norm(text, values, unread):
    found = read_text(HEAD + text)
    assert [one.value for one in found.clauses] == values
    assert {one.text for one in found.unread} >= unread


@pytest.mark.parametrize(("text", "said"), [
    ("de hoogte is ten hoogste 8 m, verminderd met 1 m per verdieping;", ["verminderd met"]),
    ("de oppervlakte van schuren is ten hoogste 60 m2, verlaagd met 10% van het erf;", ["verlaagd met"]),
    ("de hoogte is ten hoogste 8 m, vermeerderd met 1 m per verdieping;", []),
])
def test_what_makes_a_size_less_is_asked_of_it(text, said):
    assert [word for word in read_text(HEAD + text).clauses[0].unsaid if word.endswith("met")] == said


def test_less_than_or_equal_is_one_limit_in_either_order():
    found = [read_text(f"{HEAD}de hoogte is {words} 9 m;").clauses[0].operator for words in ("gelijk aan of minder dan", "minder dan of gelijk aan")]
    assert found == ["<=", "<="]


def test_a_share_before_the_length_that_holds_for_it_is_no_norm():
    found = read_text(f"{HEAD}de bouwhoogte mag voor ten hoogste 20% van de oppervlakte 12 m bedragen;")
    assert not found.clauses
    assert {one.text for one in found.unread} >= {"20%", "12 m"}


def test_a_strict_size_before_another_is_its_case():
    found = read_text(f"{HEAD}schuren groter dan 40 m2 hebben een oppervlakte van ten hoogste 60 m2;").clauses
    assert all(one.unsaid for one in found)


@pytest.mark.parametrize(("text", "said"), [
    ("45 m2 bij bouwpercelen van 250 m2 tot 500 m2;", ["250 m2", "500 m2"]),
    ("45 m2 bij bouwpercelen tot 500 m2;", ["500 m2"]),
    ("45 m2 bij percelen groter dan 250 m2 en kleiner dan 500 m2;", ["250 m2", "500 m2"]),
])
def test_both_ends_of_a_case_are_the_case_of_its_norm(text, said):
    [one] = read_text(f"Artikel 5 Wonen\n5.2 Bouwregels\nDe oppervlakte van bijgebouwen bedraagt ten hoogste:\na. {text}").clauses
    assert (one.value, one.quantity) == (45.0, "oppervlakte")
    assert [word for word in said if not any(word in unsaid for unsaid in one.unsaid)] == []


@pytest.mark.parametrize(("text", "said"), [
    ("de breedte is ten minste 4 m, met dien verstande dat de breedte van rijwoningen ten minste 5 m is;", ("rijwoningen",)),
    ("de hoogte is ten hoogste 4 m, mits de diepte van de tuin ten minste 5 m is;", ("tuin",)),
    ("de bouwhoogte is ten hoogste 8 m, met dien verstande dat de goothoogte ten hoogste 5 m is;", ()),
])
def test_words_of_a_proviso_that_is_a_norm_by_itself_are_words_of_that_norm(text, said):
    assert read_text(HEAD + text).clauses[1].unsaid == said


@pytest.mark.parametrize(("text", "norms"), [
    ("het perceel mag voor ten hoogste 40% worden bebouwd;", [40.0]),
    ("de hoogte is ten hoogste 3 m en het perceel mag voor ten hoogste 40% worden bebouwd;", [3.0, 40.0]),
    ("de oppervlakte bedraagt ten hoogste 40% van het erf met een maximum van 50 m2;", [40.0, 50.0]),
    ("gebouwen met een hoogte van meer dan 9 m zijn niet toegestaan;", [9.0]),
    ("schuren hebben een hoogte van ten hoogste 4 m met een maximum van 25 m2;", [4.0, 25.0]),
    ("de hoogte bedraagt ten hoogste 4 m, voor maximaal 40% mag het perceel worden bebouwd;", [4.0, 40.0]),
    ("de hoogte bedraagt ten hoogste 4 m voor 40% van het dak met een maximum van 25 m2;", [4.0]),
    ("schuren worden gebouwd met een hoogte tot 5 m en een goothoogte tot 3 m;", [5.0, 3.0]),
    ("schuren mogen met een hoogte lager dan 5 m en een goothoogte lager dan 3 m worden gebouwd;", [5.0, 3.0]),
    ("schuren worden afgedekt met een dak met een helling van meer dan 20\u00b0 en minder dan 40\u00b0;", [20.0]),
    ("schuren die zijn gebouwd met een hoogte van meer dan 5 m hebben een breedte van ten minste 3 m;", [3.0]),
])
def test_a_size_that_is_no_share_stays_a_norm(text, norms):
    assert [one.value for one in read_text(HEAD + text).clauses] == norms


@pytest.mark.parametrize("text", [
    "de bouwhoogte van gebouwen op een afstand van 2,5 m uit de weg bedraagt ten hoogste 4 m;",
    "op een afstand van 2,5 m uit de weg zijn gebouwen ten hoogste 4 m hoog;",
])
def test_the_name_of_a_distance_that_says_where_names_no_later_size(text):
    [one] = read_text(HEAD + text).clauses
    assert (one.quantity, one.value, one.conditions) == ("bouwhoogte", 4.0, ("afstand 2,5 m uit de weg",))


@pytest.mark.parametrize(("text", "than"), [
    ("de goothoogte mag ten hoogste 1 m hoger zijn dan aangegeven;", "aangegeven"),
    ("de oppervlakte van bijgebouwen mag maximaal 20 m2 groter zijn dan die van de woning;", "die van de woning"),
    ("de diepte van aanbouwen is ten hoogste 1 m dieper dan die van het naastgelegen pand;", "die van het naastgelegen pand"),
    ("de bouwhoogte mag ten hoogste 1 m hoger zijn;", "een andere maat"),
    ("de bouwhoogte aan de weg mag 2 m hoger zijn dan de aangegeven hoogte;", "de aangegeven hoogte"),
    ("de aangegeven goothoogte mag met ten hoogste 1 m worden overschreden;", "aangegeven goothoogte"),
    ("gebouwen mogen de bouwhoogte met 1 m overschrijden;", "een andere maat"),
    ("de nokhoogte ligt ten minste 1 m onder die van het hoofdgebouw;", "die van het hoofdgebouw"),
])
def test_a_difference_with_another_size_is_no_size(text, than):
    assert [one.relative_to for one in read_text(HEAD + text).clauses] == [than]


@pytest.mark.parametrize("text", [
    "de goothoogte is lager dan die van het hoofdgebouw;", "de oppervlakte mag niet toenemen;", "gebouwen hebben een kap;", "de nok ligt evenwijdig aan de weg;",
])
def test_a_rule_for_building_without_a_size_is_a_line(text):
    [one] = [norm for norm in proposed_profile(read_text(HEAD + text), "P").norms if norm.clause.quantity == DEMANDED]
    assert one.clause.quote == text


@pytest.mark.parametrize("text", [f"{HEAD}hoofdgebouwen mogen vrijstaand worden gebouwd;", "Artikel 1 Begrippen\n1.2 kap: een dak dat schuin is;"])
def test_what_is_only_allowed_or_explained_is_none(text):
    assert not [one for one in read_text(text).statements if one.quantity == DEMANDED]


@pytest.mark.parametrize(("first", "words", "object_"), [
    ("hoofdgebouwen", "en die van de overige gebouwen ten hoogste 2,5 m", "bijbehorend bouwwerk"), ("hoofdgebouwen", "en die van andere gebouwen ten hoogste 2,5 m", "bijbehorend bouwwerk"),
    ("hoofdgebouwen", "en die van overige gebouwen 2,5 m", "bijbehorend bouwwerk"), ("hoofdgebouwen", "en die van de overige gebouwen 2,5 m", "bijbehorend bouwwerk"),
    ("hoofdgebouwen", "en van overige gebouwen ten hoogste 2,5 m", "bijbehorend bouwwerk"), ("hoofdgebouwen", "en voor de andere gebouwen ten hoogste 2,5 m", "bijbehorend bouwwerk"),
    ("hoofdgebouwen", ", maar die van de overige bebouwing ten hoogste 2,5 m", "bijbehorend bouwwerk"), ("het hoofdgebouw", "en de bouwhoogte van andere gebouwen ten hoogste 2,5 m", "bijbehorend bouwwerk"),
    ("woningen", "en die van alle andere gebouwen ten hoogste 2,5 m", "bijbehorend bouwwerk"), ("bedrijfswoningen", "en die van overige gebouwen ten hoogste 2,5 m", "gebouw"),
])
def test_the_other_buildings_are_not_those_named_before_and_are_asked(first, words, object_):
    house, others = read_text(f"{HEAD}de bouwhoogte van {first} bedraagt ten hoogste 9 m {words};").clauses
    assert (house.value, house.unsaid) == (9.0, ())
    assert (others.object, others.value) == (object_, 2.5) and any(word.startswith(("overige ", "andere ")) for word in others.unsaid)


def test_the_other_buildings_of_a_norm_by_itself_are_asked():
    assert [one.unsaid for one in read_text(f"{HEAD}de bouwhoogte van andere gebouwen bedraagt ten hoogste 2,5 m;").clauses] == [("andere gebouwen",)]


@pytest.mark.parametrize(("words", "value", "unit"), [
    ("een zesde deel van het perceel", 1 / 6, "fraction"), ("een zevende deel van het perceel", 1 / 7, "fraction"), ("een achtste van het bouwperceel", 1 / 8, "fraction"),
    ("een vierde van het bouwvlak", 1 / 4, "fraction"), ("een vijfde deel van het bouwvlak", 1 / 5, "fraction"), ("een tiende van het perceel", 1 / 10, "fraction"),
    ("twee vijfde deel van het perceel", 2 / 5, "fraction"), ("eenzesde deel van het perceel", 1 / 6, "fraction"), ("een derde", 1 / 3, "fraction"), ("vijftig procent", 50.0, "%"),
])
def test_a_share_in_words_is_that_share_and_no_percentage_of_its_article(words, value, unit):
    norm, = read_text(f"{HEAD}het bebouwingspercentage bedraagt ten hoogste {words};").clauses
    assert (norm.quantity, norm.operator, norm.unit, norm.unsaid) == ("bebouwingspercentage", "<=", unit, ()) and norm.value == pytest.approx(value)


def test_the_article_of_a_share_that_is_not_read_is_no_percentage():
    assert [one.quantity for one in read_text(f"{HEAD}het bebouwingspercentage bedraagt ten hoogste een dertigste deel van het perceel;").clauses] == ["aantal"]


@pytest.mark.parametrize(("size", "words", "value"), [
    ("bouwhoogte", "ten hoogste twee bouwlagen", 2.0), ("goothoogte", "maximaal één bouwlaag", 1.0), ("bouwhoogte", "ten hoogste drie volledige bouwlagen", 3.0),
    ("bouwhoogte", "ten hoogste twee woonlagen", 2.0), ("nokhoogte", "ten hoogste twee lagen", 2.0), ("bouwhoogte", "niet meer dan vier bouwlagen", 4.0),
    ("bouwhoogte", "ten hoogste twee bouwlagen met kap", 2.0), ("hoogte", "hooguit twee bouwlagen", 2.0), ("bouwhoogte", "maximaal een bouwlaag", 1.0), ("bouwhoogte", "ten hoogste 2 bouwlagen", 2.0),
])
def test_storeys_in_words_are_no_metres(size, words, value):
    assert [(one.quantity, one.value, one.unit) for one in read_text(f"{HEAD}de {size} van hoofdgebouwen bedraagt {words};").clauses] in ([("bouwlagen", value, "bouwlagen")], [])


def test_metres_in_words_are_metres():
    assert [(one.quantity, one.value, one.unit) for one in read_text(f"{HEAD}de bouwhoogte bedraagt ten hoogste twee meter;").clauses] == [("bouwhoogte", 2.0, "m")]


@pytest.mark.parametrize(("words", "values"), [
    ("15 m2 voor percelen tot 500 m2 en 60 m2 voor grotere percelen", [15.0, 60.0]), ("15 m2 voor percelen tot 500 m2 en ten hoogste 60 m2 voor overige percelen", [15.0, 60.0]),
    ("15 m2 op percelen kleiner dan 500 m2, 60 m2 op grotere percelen", [15.0, 60.0]), ("15 m2 bij percelen tot 500 m2 en 60 m2 bij grotere bouwpercelen", [15.0, 60.0]),
    ("15 m2 voor percelen van 300 tot 500 m2 en 60 m2 voor grotere percelen", [15.0, 60.0]), ("15 m2 voor percelen tot 500 m2 en 60 m2 voor percelen vanaf 500 m2", [15.0, 60.0]),
    ("15 m2 voor percelen tot 500 m2, 30 m2 voor percelen van 500 tot 900 m2 en 60 m2 voor grotere percelen", [15.0, 30.0, 60.0]),
    ("15 m2 voor percelen tot 500 m2 en maximaal 60 m2 voor grotere percelen", [15.0, 60.0]), ("15 m2 voor bouwpercelen tot 500 m2 en 60 m2 voor alle grotere bouwpercelen", [15.0, 60.0]),
    ("15 m2 voor percelen van 300 tot en met 500 m2", [15.0]),
])
def test_the_size_for_other_plots_behind_the_case_of_the_first_is_a_norm(words, values):
    norms = read_text(f"{HEAD}de oppervlakte van bijgebouwen bedraagt ten hoogste {words};").clauses
    assert [(one.object, one.operator, one.value) for one in norms] == [("bijgebouw", "<=", value) for value in values]


@pytest.mark.parametrize(("words", "exceptions", "conditions"), [
    ("7 m zijn, als er geen kap is 4 m", ("er geen kap is 4 m",), ()), ("7 m zijn, als een kap ontbreekt 4 m", ("een kap ontbreekt 4 m",), ()), ("7 m zijn als het dak plat is 4 m", ("het dak plat is 4 m",), ()),
    ("7 m zijn, indien het dak plat is 4 m", ("het dak plat is 4 m",), ()), ("7 m bedragen, wanneer er geen kap is 4,5 m", ("er geen kap is 4,5 m",), ()),
    ("7 m zijn en als er geen kap is 4 m", ("er geen kap is 4 m",), ()), ("7 m zijn, maar als er geen kap is 4 m", ("er geen kap is 4 m",), ()),
    ("7 m zijn, als er een kap is", (), ("indien er een kap is",)), ("7 m zijn, indien het dak plat is", (), ("indien het dak plat is",)),
    ("7 m zijn, als de afstand tot de grens ten minste 3 m is", (), ("indien de afstand tot de grens ten minste 3 m is",)),
])
def test_a_case_with_a_size_of_its_own_is_an_exception_of_the_size_before_it(words, exceptions, conditions):
    norm = read_text(f"{HEAD}de bouwhoogte mag ten hoogste {words};").clauses[0]
    assert (norm.value, norm.exceptions, norm.conditions) == (7.0, exceptions, conditions)


@pytest.mark.parametrize("text", [
    "ten hoogste 15 m2 per woning aan bijgebouwen;", "ten hoogste 15 m2 per woning aan bijgebouwen is toegestaan;", "er is ten hoogste 15 m2 per hoofdgebouw aan bijgebouwen toegestaan;",
    "ten hoogste 15 m2 per woning voor bijgebouwen;", "maximaal 15 m2 per bedrijfswoning aan bijgebouwen;", "ten hoogste 15 m2 per vrijstaande woning aan bijgebouwen;", "niet meer dan 15 m2 per woning voor de bijgebouwen;",
    "ten hoogste 15 m2 per woning ten behoeve van bijgebouwen;", "hooguit 15 m2 per woning aan schuren;", "per woning is ten hoogste 15 m2 aan bijgebouwen toegestaan;",
])
def test_for_each_of_what_a_size_is_is_not_what_has_it(text):
    assert [(one.object, one.value) for one in read_text(HEAD + text).clauses] == [("bijgebouw", 15.0)]


@pytest.mark.parametrize(("text", "value", "said"), [
    ("voor 20% van de oppervlakte bedraagt de bouwhoogte van gebouwen ten hoogste 7 m;", 7.0, "voor 20%"), ("voor 20% van de oppervlakte van het hoofdgebouw bedraagt de bouwhoogte ten hoogste 7 m;", 7.0, "voor 20%"),
    ("voor ten hoogste 20% van het dakvlak mag de bouwhoogte van gebouwen 7 m bedragen;", 7.0, "voor ten hoogste 20%"), ("over 30% van de gevel mag de bouwhoogte ten hoogste 7 m zijn;", 7.0, "over 30%"),
    ("voor maximaal 30% van het dak bedraagt de goothoogte ten hoogste 5 m;", 5.0, "voor maximaal 30%"), ("voor 20 m2 bedraagt de bouwhoogte van gebouwen ten hoogste 7 m;", 7.0, "voor 20 m2"),
    ("de voorgevel van hoofdgebouwen heeft een hoogte van ten hoogste 7 m;", 7.0, "voorgevel van"), ("de achtergevel van woningen heeft een bouwhoogte van ten hoogste 7 m;", 7.0, "achtergevel van"),
    ("de voorgevel van een hoofdgebouw is ten hoogste 7 m hoog;", 7.0, "voorgevel van"), ("een voorgevel van hoofdgebouwen heeft een bouwhoogte van niet meer dan 7 m;", 7.0, "voorgevel van"),
])
def test_a_share_or_a_part_named_before_the_size_is_asked(text, value, said):
    norm, = read_text(HEAD + text).clauses
    assert norm.value == value and said in norm.unsaid


@pytest.mark.parametrize(("text", "object_", "said"), [
    ("de oppervlakte van gebouwen bij woningen bedraagt ten hoogste 60 m2;", "bijbehorend bouwwerk", "bij woningen"), ("de bouwhoogte van gebouwen bij een woning bedraagt ten hoogste 3 m;", "bijbehorend bouwwerk", "bij woning"),
    ("de bouwhoogte van gebouwen bij het hoofdgebouw bedraagt ten hoogste 3 m;", "bijbehorend bouwwerk", "bij hoofdgebouw"), ("de goothoogte van gebouwen bij woningen is ten hoogste 3 m;", "bijbehorend bouwwerk", "bij woningen"),
    ("de oppervlakte van een gebouw bij een woning is niet meer dan 60 m2;", "bijbehorend bouwwerk", "bij woning"), ("de bouwhoogte van gebouwen bij hoofdgebouwen mag niet meer dan 3 m bedragen;", "bijbehorend bouwwerk", "bij hoofdgebouwen"),
    ("de inhoud van gebouwen bij woningen bedraagt ten hoogste 90 m3;", "bijbehorend bouwwerk", "bij woningen"), ("de bouwhoogte van bouwwerken bij woningen bedraagt ten hoogste 3 m;", "bouwwerk", "bij woningen"),
    ("de bouwhoogte van bebouwing bij het hoofdgebouw bedraagt ten hoogste 3 m;", "bouwwerk", "bij hoofdgebouw"), ("de oppervlakte van gebouwen bij recreatiewoningen bedraagt ten hoogste 60 m2;", "bijbehorend bouwwerk", ""),
])
def test_buildings_by_a_house_are_not_that_house_and_are_asked(text, object_, said):
    norm, = read_text(HEAD + text).clauses
    assert norm.object == object_ and (said in norm.unsaid if said else norm.conditions)
