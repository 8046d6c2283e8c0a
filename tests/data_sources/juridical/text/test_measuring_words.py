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


@pytest.mark.parametrize(("text", "branches"), [
    ("20 cm boven de kruin van de weg;", {"road_at_main_entrance": 0.2}),
    ("de hoogte van die weg, verhoogd met 0,2 m;", {"road_at_main_entrance": 0.2}),
    ("a. aan de weg: de kruin van die weg; b. elders: 0,15 m onder het afgewerkte maaiveld;", {"finished_ground_adjoining": -0.15}),
])
def test_a_peil_lies_as_far_above_what_it_takes_as_the_text_says(text, branches):
    [peil] = read_text(f"1.40 peil\n{text}").measuring
    assert peil.value["plus_m"] == branches and not peil.unsaid


def test_a_shift_of_peil_that_no_branch_takes_is_left_to_be_read():
    [peil] = read_text("1.40 peil\nhet peil van de bouwverordening, verhoogd met 0,1 m;").measuring
    assert peil.unsaid and peil.sizes == ("peil",)
    [twice] = read_text("1.40 peil\na. aan een dijk: de hoogte van de weg, verhoogd met 0,4 m; b. elders: de hoogte van de weg;").measuring
    assert "plus_m" not in twice.value and twice.unsaid


MEASURING = "Artikel 2 Wijze van meten\n2.1 {}\n"


@pytest.mark.parametrize(("definition", "key", "value"), [
    ("de inhoud van een gebouw: tussen de onderzijde van de begane grondvloer en de daken, met inbegrip van kelders.", "volume_base",
     {"volume_base": "underside", "count_basement": True}),
    ("de inhoud van een gebouw: tussen de bovenzijde van de begane grondvloer en de daken, souterrains daaronder begrepen.", "volume_base",
     {"volume_base": "top", "count_basement": True}),
    ("de inhoud van een gebouw: tussen de onderzijde van de begane grondvloer en de daken; kelders worden niet meegerekend.", "volume_base",
     {"volume_base": "underside", "count_basement": False}),
    ("de bouwhoogte: vanaf het peil tot het hoogste punt van een bouwwerk, antennes en schoorstenen meegerekend.", "exempt_parts", []),
    ("de bouwhoogte: vanaf het peil tot het hoogste punt van een bouwwerk, inclusief ondergeschikte bouwdelen.", "exempt_parts", []),
])
def test_what_counts_besides_is_read_into_the_profile(definition, key, value):
    read = read_text(MEASURING.format(definition))
    assert {entry.key: entry.value for entry in proposed_profile(read, "P").proposed}[key] == value
    assert not any(one.unsaid for one in read.measuring)


@pytest.mark.parametrize(("definition", "size", "word"), [
    ("de oppervlakte: tussen de buitenwerkse gevelvlakken, met inbegrip van galerijen dieper dan 0,6 m.", "oppervlakte", "galerijen"),
    ("de oppervlakte: de verticale projectie van het dak.", "oppervlakte", "projectie"),
    ("de inhoud: tussen de onderzijde van de begane grondvloer en de buitenzijde van daken, exclusief erkers.", "inhoud", "erkers"),
    ("de goothoogte: vanaf het peil tot de bovenkant van de goot van de langste gevel.", "goothoogte", "langste"),
    ("de bouwhoogte: vanaf het peil tot het hoogste punt van een gebouw, schoorstenen daaronder begrepen.", "bouwhoogte", "schoorstenen"),
])
def test_words_of_a_definition_that_nothing_accounts_for_are_kept_as_a_way_of_measuring(definition, size, word):
    read = read_text(MEASURING.format(definition))
    assert not read.clauses and not read.unread  # the sizes in a definition are no norms
    [norm] = [norm for norm in proposed_profile(read, "P").norms if norm.clause.unsaid]
    assert (norm.clause.quantity, norm.clause.changes) == (MEASURED, (size,)) and word in norm.clause.unsaid


@pytest.mark.parametrize("definition", [
    "de oppervlakte van een bouwwerk: tussen de buitenwerkse gevelvlakken en/of het hart van de scheidingsmuren, neerwaarts geprojecteerd op het gemiddelde niveau van het "
    "afgewerkte bouwterrein ter plaatse van het bouwwerk.",
    "de inhoud van een bouwwerk: tussen de onderzijde van de begane grondvloer, de buitenzijde van de gevels en de buitenzijde van daken en dakkapellen.",
    "de goothoogte van een bouwwerk: vanaf het peil tot aan de bovenkant van de goot, c.q. de druiplijn, het boeibord, of een daarmee gelijk te stellen constructiedeel.",
    "de hoogte van een mast: vanaf de voet van de mast tot aan de lamp.", "de dakhelling: langs het dakvlak ten opzichte van het horizontale vlak.",
])
def test_a_definition_that_plans_share_leaves_nothing(definition):
    assert not any(one.unsaid for one in read_text(MEASURING.format(definition)).measuring)
