"""Ways of measuring in plan texts: definitions of our own wording, each with what it says, by hand."""

import pytest

from drieluik.data_sources.juridical.text.measuring import listed
from drieluik.data_sources.juridical.text.reading_text import read_text
from drieluik.data_sources.juridical.text.text_profile import proposed_profile
from drieluik.model.plan_words import MEASURED


def said(text):
    return [(one.key, one.value) for one in read_text(text).measuring]


@pytest.mark.parametrize(("text", "branches", "other", "nap"), [
    ("1.40 peil\na. voor gebouwen aan de weg: de hoogte van die weg; b. in andere gevallen: de gemiddelde hoogte van het aansluitende maaiveld.",
     ["road_at_main_entrance", "finished_ground_adjoining"], None, None),
    ("1.40 peil\nde bovenkant van de afgewerkte begane grondvloer;", ["ground_floor_level"], None, None),
    ("1.40 peil\na. op de dijk: de kruin van de dijk; b. elders: de hoogte van het afgewerkte terrein;", ["finished_ground_adjoining"], ["dike_crown"], None),
    ("1.40 peil\na. in het water: 0,60 m +NAP; b. in andere gevallen: het afgewerkte bouwterrein;", ["nap_value", "finished_ground_adjoining"], None, 0.6),
    ("1.40 peil\neen door burgemeester en wethouders aan te wijzen hoogte;", ["authority_fixed"], None, None),
])
def test_the_branches_of_peil_stand_in_their_order(text, branches, other, nap):
    [(key, value)] = said(text)
    assert key == "peil"
    assert (value["branches"], value.get("other"), value.get("nap_m")) == (branches, other, nap)


def test_a_definition_of_peil_is_no_norm_and_loses_no_number():
    found = read_text("1.40 peil\na. binnen 7 m van de weg: de hoogte van die weg; b. in andere gevallen: het maaiveld;")
    assert not found.clauses
    assert "7 m" in found.measuring[0].quote


def test_what_counts_for_no_height_is_a_list():
    text = "2.3 de bouwhoogte\nvanaf het peil tot aan het hoogste punt van een gebouw, met uitzondering van ondergeschikte bouwdelen, zoals antennes, liftopbouwen en schoorstenen."
    assert said(text) == [("height", {"from": "peil", "to": "highest_point"}), ("exempt_parts", ["antennes", "liftopbouwen", "schoorstenen"])]


def test_parts_that_may_cross_the_bouwgrens_have_their_own_reach():
    text = (
        "Bouwgrenzen mogen worden overschreden door:\na. tot gebouwen behorende stoepen en balkons, mits de overschrijding ten hoogste 1,2 m bedraagt;\n"
        "b. erkers, mits de overschrijding ten hoogste 0,8 m bedraagt.\n"
    )
    assert ("minor_parts", {"classes": [
        {"minor_overshoot_m": 1.2, "minor_classes": ["stoepen", "balkons"]}, {"minor_overshoot_m": 0.8, "minor_classes": ["erkers"]},
    ]}) in said(text)


@pytest.mark.parametrize(("text", "key", "value"), [
    ("tussen de onderzijde van de begane grondvloer en de buitenzijde van daken;", "volume_base", "underside"),
    ("tussen de bovenzijde van de begane grondvloer en de buitenzijde van daken;", "volume_base", "top"),
    ("Het bebouwde oppervlak bedraagt ten hoogste 45% van het bestemmingsvlak.", "denominator", "bestemmingsvlak"),
    ("afstanden loodrecht;", "distance", "perpendicular"),
])
def test_other_ways_of_measuring(text, key, value):
    assert (key, value) in said(text)


def test_a_list_keeps_words_that_share_their_end():
    assert listed("gevel- en kroonlijsten, luifels en naar aard daarmee gelijk te stellen delen") == [
        "gevel- en kroonlijsten", "luifels", "naar de aard daarmee gelijk te stellen delen",
    ]


def test_the_profile_holds_what_it_has_words_for_and_tells_the_rest():
    text = (
        "2.1 peil\na. op de dijk: de kruin van de dijk;\n2.2 inhoud\ntussen de onderzijde van de begane grondvloer en de buitenzijde van daken;\n"
        "2.3 bouwhoogte\nvanaf het peil tot aan het hoogste punt van een gebouw, met uitzondering van ondergeschikte bouwdelen, zoals schoorstenen en antennes."
    )
    profile = proposed_profile(read_text(text), "NL.IMRO.0000.X-1")
    assert {entry.key: entry.value for entry in profile.proposed} == {"volume_base": "underside", "exempt_parts": ["chimney", "antenna"]}
    assert not profile.entries
    assert "peil" in {norm.clause.object for norm in profile.norms if norm.clause.quantity == MEASURED}


def test_a_text_that_says_one_thing_twice_and_differently_proposes_neither():
    text = "a. tussen de onderzijde van de begane grondvloer en het dak;\nb. tussen de bovenzijde van de begane grondvloer en het dak;"
    profile = proposed_profile(read_text(text), "P")
    assert not profile.proposed
    assert [norm.clause.object for norm in profile.norms] == ["volume_base"] * 2
