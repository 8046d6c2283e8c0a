"""From the words of a text to its rules, in one line each: what a list is about, on which side of the front, how far behind it, and counted from what."""

import pytest
from clauses import AREAS, told

from drieluik.checks import REGISTRY
from drieluik.checks.engine.from_plan.norm_places import places_of
from drieluik.checks.engine.from_plan.norm_rules import norm_rules
from drieluik.data_sources.juridical.text.reading_text import read_text
from drieluik.data_sources.juridical.text.text_profile import proposed_profile

HEAD = "Artikel 5 Wonen\n5.1 Bestemmingsomschrijving\nDe voor 'Wonen' aangewezen gronden zijn bestemd voor wonen.\n5.2 Bouwregels\n"


def rules(text):
    """The rules of the sizes of a text, each in a line."""
    own = proposed_profile(read_text(HEAD + text), "NL.IMRO.9999.BP1", at="2026-01-02")
    made = norm_rules(own, places_of(own, AREAS, AREAS), REGISTRY)
    return [told(rule).partition(" -> ")[2] for rule in made if rule.read.clause.value is not None]


@pytest.mark.parametrize(("thing", "about"), [
    ("aan- en uitbouwen, bijgebouwen en overkappingen", "of bijbehorend bouwwerk"), ("aan- en uitbouwen", "of aanbouw; of uitbouw; of overkapping"),
    ("aangebouwde bijgebouwen en overkappingen", "of aanbouw; of uitbouw; of overkapping"), ("vrijstaande bijgebouwen", "of bijgebouw"),
])
def test_a_list_of_annexes_is_about_all_that_it_names(thing, about):
    [distance] = rules(f"De afstand van {thing} tot de zijdelingse perceelgrens bedraagt ten minste 1,5 m.")
    assert distance == f"min_distance_side_boundary; >= 1.5 m; {about}"


def test_the_area_of_such_a_list_is_that_of_all_of_them():
    [area] = rules("De gezamenlijke oppervlakte van aan- en uitbouwen, bijgebouwen en overkappingen bedraagt niet meer dan 26 m2.")
    assert area == "secondary_buildings; max_total_area_m2=26"


@pytest.mark.parametrize("text", [
    "De bouwhoogte van erf- en terreinafscheidingen mag maximaal 2 m bedragen, met dien verstande dat de bouwhoogte van erf- en terreinafscheidingen voor zover gelegen "
    "voor de voorgevellijn maximaal 1 m mag bedragen.",
    "De bouwhoogte van erfafscheidingen mag niet meer zijn dan 2 m, met dien verstande dat deze voor de naar de weg gekeerde gevel niet meer mag zijn dan 1 m.",
])
def test_a_proviso_for_the_other_side_of_the_front_is_a_norm_and_no_question(text):
    general, before = rules(text)
    assert general.startswith("other_structures; max_height_m=2; of erfafscheiding") and "?" not in general
    assert before.startswith("other_structures; max_before_m=1; of erfafscheiding") and "?" not in before


def test_elsewhere_is_the_other_side_of_the_front():
    assert rules("De bouwhoogte van erfafscheidingen voor de voorgevelrooilijn bedraagt ten hoogste 1 m en op overige plaatsen 2 m.") == [
        "other_structures; max_before_m=1; of erfafscheiding", "other_structures; max_behind_m=2; of erfafscheiding"]


def test_how_far_behind_the_front_a_norm_begins_is_asked():
    [behind] = rules("De bouwhoogte van erfafscheidingen vanaf 3 meter achter de voorgevelrooilijn bedraagt niet meer dan 2 m.")
    assert behind == "other_structures; max_behind_m=2; of erfafscheiding; condition? vanaf 3 meter achter de voorgevelrooilijn"


def test_how_far_behind_the_front_something_must_stand_is_a_norm():
    [behind] = rules("Bijgebouwen worden ten minste 2 m achter de voorgevel gebouwd.")
    assert behind == "secondary_buildings; behind_front_m=2; counts=bijgebouw"


@pytest.mark.parametrize(("text", "rule"), [
    ("De diepte van een aanbouw mag ten hoogste 3 m bedragen, gemeten vanuit de achtergevel van het hoofdgebouw.", "max_depth; <= 3 m; of aanbouw; of uitbouw; of overkapping"),
    ("De breedte van een aanbouw mag ten hoogste 3,5 m bedragen, gemeten vanuit de zijgevel van het hoofdgebouw.", "plan_text; of aanbouw; of uitbouw; of overkapping"),
    ("De bouwhoogte van hoofdgebouwen bedraagt ten hoogste 9 m, gemeten vanaf de kruin van de dijk.", "plan_text; of hoofdgebouw"),
    ("De bouwhoogte van hoofdgebouwen bedraagt ten hoogste 9 m, gemeten vanaf het peil.", "max_building_height; <= 9 m; of hoofdgebouw"),
])
def test_what_a_size_is_counted_from_is_part_of_it(text, rule):
    assert rules(text) == [rule]


@pytest.mark.parametrize("lead", ["mits wordt voldaan aan de volgende eisen", "indien aan de volgende voorwaarden wordt voldaan", "met inachtneming van het volgende"])
def test_words_that_only_lead_to_a_list_are_no_condition(lead):
    first, second = rules(f"Dakkapellen zijn toegestaan, {lead}:\na. de breedte bedraagt niet meer dan 3 m;\nb. de afstand tot de daknok bedraagt ten minste 0,5 m.")
    assert (first, second) == ("dormers; max_width_m=3", "dormers; min_to_ridge_m=0.5")


def test_the_roof_plane_that_a_dormer_is_in_is_asked():
    [width] = rules("De breedte van dakkapellen in het achterdakvlak bedraagt niet meer dan 3 m.")
    assert width == "dormers; max_width_m=3; condition? in het achterdakvlak"


def test_the_number_of_a_name_is_no_number_left():
    found = read_text("Artikel 8 Wonen - 2\n8.1 Doel\nDe voor 'Wonen - 2' aangewezen gronden liggen in 'zone - 3', waar 12 m2 groen blijft.")
    assert [one.text for one in found.unread] == ["12 m2"]


def test_the_words_of_the_second_size_are_its_quote():
    first, second = read_text("De hoogte van erfafscheidingen bedraagt voor de voorgevel 1 m en op overige plaatsen 2 m.").clauses
    assert (first.quote[-3:], second.quote) == ("1 m", "en op overige plaatsen 2 m")


@pytest.mark.parametrize(("thing", "counts"), [
    ("bijgebouwen en overkappingen", True), ("bijgebouwen en carports", True), ("overkappingen en bijgebouwen", True), ("bijgebouwen, alsmede overkappingen", True), ("bijgebouwen of overkappingen", True),
    ("aan- en uitbouwen en bijgebouwen", True), ("bijgebouwen en aanbouwen", True), ("aan- en uitbouwen, bijgebouwen en overkappingen", False), ("bijbehorende bouwwerken", False),
    ("vrijstaande en aangebouwde bijgebouwen", False),
])
def test_whether_the_kind_that_a_list_of_annexes_leaves_out_counts_is_asked(thing, counts):
    [area] = rules(f"De gezamenlijke oppervlakte van {thing} bedraagt niet meer dan 45 m2.")
    assert area == "secondary_buildings; max_total_area_m2=45" + ("; counts=bijgebouw" if counts else "")
