"""Which rules come of the clauses of a plan's text, by hand: check, limit, switches, kind of object, place and what must be asked, clause by clause."""

from __future__ import annotations

from dataclasses import replace

import pytest
from clauses import AREAS, BEFORE, BEHIND, KAP, USED, WONEN, norm, profile, told

from drieluik.checks import REGISTRY
from drieluik.checks.engine.from_plan.norm_doubts import side_of
from drieluik.checks.engine.from_plan.norm_places import places_of
from drieluik.checks.engine.from_plan.norm_rules import norm_rules
from drieluik.model import PlanNorm
from drieluik.model.plan_words import CONFIRMED, NUMBER_LEFT, OPEN, REJECTED, Clause


def rules(*norms, areas=AREAS, own=None):
    text = profile(USED, *norms)
    return [told(rule) for rule in norm_rules(text, places_of(text, areas, areas if own is None else own), REGISTRY)][1:]


ONE = """
hoofdgebouw / bouwhoogte <= 7.5 m => max_building_height; <= 7.5 m; of hoofdgebouw
hoofdgebouw / bouwhoogte < 7.5 m => max_building_height; < 7.5 m; of hoofdgebouw
hoofdgebouw / bouwhoogte >= 3 m => min_building_height; >= 3 m; of hoofdgebouw
hoofdgebouw / bouwhoogte > 3 m => min_building_height; > 3 m; of hoofdgebouw
hoofdgebouw / goothoogte <= 4 m => max_eaves_height; <= 4 m; of hoofdgebouw
hoofdgebouw / goothoogte >= 2.5 m => min_eaves_height; >= 2.5 m; of hoofdgebouw
hoofdgebouw / oppervlakte <= 120 m2 => max_area; <= 120 m2; of hoofdgebouw
hoofdgebouw / oppervlakte >= 50 m2 => min_area; >= 50 m2; of hoofdgebouw
hoofdgebouw / inhoud <= 700 m3 => max_volume; <= 700 m3; of hoofdgebouw
hoofdgebouw / bouwlagen <= 2 bouwlagen => max_storeys; <= 2 bouwlagen; of hoofdgebouw
hoofdgebouw / breedte <= 9 m => max_width; <= 9 m; of hoofdgebouw
hoofdgebouw / diepte <= 12 m => max_depth; <= 12 m; of hoofdgebouw
hoofdgebouw / dakhelling >= 30 deg => roof_pitch_range; >= 30 deg; of hoofdgebouw
hoofdgebouw / dakhelling <= 50 deg => roof_pitch_range; <= 50 deg; of hoofdgebouw
hoofdgebouw / afstand_zijgrens >= 3 m => min_distance_side_boundary; >= 3 m; of hoofdgebouw
hoofdgebouw / afstand_achtergrens >= 5 m => min_distance_rear_boundary; >= 5 m; of hoofdgebouw
hoofdgebouw / afstand_perceelgrens >= 2 m => min_distance_side_boundary; >= 2 m; of hoofdgebouw | :2min_distance_rear_boundary; >= 2 m; of hoofdgebouw | :3min_distance_front_boundary; >= 2 m; of hoofdgebouw
hoofdgebouw / afstand_gebouwen >= 5 m => min_distance_buildings; >= 5 m; of hoofdgebouw
hoofdgebouw / afstand_weg >= 9 m of as van de weg => min_distance_road_axis; >= 9 m; of hoofdgebouw
hoofdgebouw / afstand_weg >= 9 m of as van de rijksweg => plan_text; of hoofdgebouw
hoofdgebouw / afstand_weg >= 9 m => plan_text; of hoofdgebouw
hoofdgebouw / aantal <= 1 stuks => plan_text; of hoofdgebouw
hoofdgebouw / bouwhoogte <= 75 % => plan_text; of hoofdgebouw
hoofdgebouw / bouwhoogte == 7 m => plan_text; of hoofdgebouw
hoofdgebouw / bouwhoogte => plan_text; of hoofdgebouw
hoofdgebouw / bebouwingspercentage <= 40 % => plan_text; of hoofdgebouw
gebouw / bebouwingspercentage <= 40 % => max_coverage_pct; <= 40 %; of gebouw
gebouw / bebouwingspercentage <= 40 % of bouwvlak => max_coverage_pct; <= 40 %; denominator=bouwvlak; of gebouw
gebouw / bebouwingspercentage <= 40 % of het bouwperceel => max_coverage_pct; <= 40 %; denominator=bouwperceel; of gebouw
gebouw / bebouwingspercentage <= 40 % of het perceel => max_coverage_pct; <= 40 %; denominator=bouwperceel; of gebouw
gebouw / bebouwingspercentage <= 40 % of bestemmingsvlak => max_coverage_pct; <= 40 %; denominator=bestemmingsvlak; of gebouw
gebouw / bebouwingspercentage <= 40 % of de tuin => plan_text; of gebouw
gebouw / oppervlakte <= 40 m2 of erf => plan_text; of gebouw
 / bouwhoogte <= 2 m => max_building_height; <= 2 m
bouwwerk / bouwhoogte <= 2 m => max_building_height; <= 2 m
alle / bouwhoogte <= 2 m => max_building_height; <= 2 m
woning / bouwhoogte <= 2 m => max_building_height; <= 2 m; of hoofdgebouw
bedrijfswoning / bouwhoogte <= 2 m => max_building_height; <= 2 m; of hoofdgebouw; object? bedrijfswoning
bedrijfsgebouw / bouwhoogte <= 2 m => max_building_height; <= 2 m; of gebouw; object? bedrijfsgebouw
iets anders / bouwhoogte <= 2 m => plan_text
dakkapel / bouwhoogte <= 2 m => plan_text
erfafscheiding / bouwhoogte <= 2 m => other_structures; max_height_m=2; of erfafscheiding
bouwwerk geen gebouw / bouwhoogte <= 2 m => other_structures; max_height_m=2; of bouwwerk geen gebouw
mast / bouwhoogte <= 2 m => other_structures; max_height_m=2; of bouwwerk geen gebouw; object? mast
kas / bouwhoogte <= 2 m => other_structures; max_height_m=2; of bouwwerk geen gebouw; object? kas
erfafscheiding / bouwhoogte < 2 m => plan_text; of erfafscheiding
dakkapel / breedte <= 3 m => dormers; max_width_m=3
dakkapel / breedte <= 50 % of breedte van het dakvlak => dormers; max_width_pct=50
dakkapel / breedte <= 50 % of dakvlak => dormers; max_width_pct=50
dakkapel / breedte <= 50 % of gevel => plan_text
dakkapel / breedte <= 50 % => plan_text
dakkapel / afstand_dakvoet > 0.5 m => dormers; > 0.5 m; min_to_foot_m=0.5
dakkapel / afstand_dakvoet >= 0.5 m => dormers; min_to_foot_m=0.5
dakkapel / afstand_dakvoet <= 1 m => dormers; max_to_foot_m=1
dakkapel / afstand_dakvoet < 1 m => dormers; < 1 m; max_to_foot_m=1
dakkapel / afstand_daknok >= 0.5 m => dormers; min_to_ridge_m=0.5
dakkapel / afstand_daknok > 0.5 m => dormers; > 0.5 m; min_to_ridge_m=0.5
dakkapel / afstand_dakrand >= 0.5 m => dormers; min_to_side_m=0.5
dakkapel / afstand_dakrand > 0.5 m => dormers; > 0.5 m; min_to_side_m=0.5
bijbehorend bouwwerk / oppervlakte <= 50 m2 => secondary_buildings; max_total_area_m2=50; together? oppervlakte <= 50 m2
bijbehorend bouwwerk / bouwhoogte < 3 m => plan_text; of bijbehorend bouwwerk
bijbehorend bouwwerk / goothoogte <= 3 m => secondary_buildings; max_eaves_m=3
bijbehorend bouwwerk / diepte <= 4 m => max_depth; <= 4 m; of bijbehorend bouwwerk
bijbehorend bouwwerk / oppervlakte <= 50 % of erf => secondary_buildings; max_share_pct=50
bijbehorend bouwwerk / bebouwingspercentage <= 50 % of erf => secondary_buildings; max_share_pct=50
bijbehorend bouwwerk / afstand_voorgevel >= 3 m => secondary_buildings; behind_front_m=3
bijbehorend bouwwerk / inhoud <= 100 m3 => plan_text; of bijbehorend bouwwerk
bijgebouw / oppervlakte <= 50 m2 => secondary_buildings; max_total_area_m2=50; counts=bijgebouw; together? oppervlakte <= 50 m2
bijgebouw / bouwhoogte < 3 m => plan_text; of bijgebouw
bijgebouw / goothoogte <= 3 m => secondary_buildings; max_eaves_m=3; counts=bijgebouw
bijgebouw / diepte <= 4 m => max_depth; <= 4 m; of bijgebouw
bijgebouw / oppervlakte <= 50 % of erf => secondary_buildings; max_share_pct=50; counts=bijgebouw
bijgebouw / bebouwingspercentage <= 50 % of erf => secondary_buildings; max_share_pct=50; counts=bijgebouw
bijgebouw / afstand_voorgevel >= 3 m => secondary_buildings; behind_front_m=3; counts=bijgebouw
bijgebouw / inhoud <= 100 m3 => plan_text; of bijgebouw
aanbouw / oppervlakte <= 50 m2 => secondary_buildings; max_total_area_m2=50; standing=attached; together? oppervlakte <= 50 m2
aanbouw / bouwhoogte < 3 m => plan_text; of aanbouw; of uitbouw; of overkapping
aanbouw / goothoogte <= 3 m => secondary_buildings; max_eaves_m=3; standing=attached
aanbouw / diepte <= 4 m => max_depth; <= 4 m; of aanbouw; of uitbouw; of overkapping
aanbouw / oppervlakte <= 50 % of erf => secondary_buildings; max_share_pct=50; standing=attached
aanbouw / bebouwingspercentage <= 50 % of erf => secondary_buildings; max_share_pct=50; standing=attached
aanbouw / afstand_voorgevel >= 3 m => secondary_buildings; behind_front_m=3; standing=attached
aanbouw / inhoud <= 100 m3 => plan_text; of aanbouw; of uitbouw; of overkapping
vrijstaand bijgebouw / oppervlakte <= 50 m2 => secondary_buildings; max_total_area_m2=50; standing=detached; counts=bijgebouw; together? oppervlakte <= 50 m2
vrijstaand bijgebouw / bouwhoogte < 3 m => plan_text; of bijgebouw
vrijstaand bijgebouw / goothoogte <= 3 m => secondary_buildings; max_eaves_m=3; standing=detached; counts=bijgebouw
vrijstaand bijgebouw / diepte <= 4 m => max_depth; <= 4 m; of bijgebouw
vrijstaand bijgebouw / oppervlakte <= 50 % of erf => secondary_buildings; max_share_pct=50; standing=detached; counts=bijgebouw
vrijstaand bijgebouw / bebouwingspercentage <= 50 % of erf => secondary_buildings; max_share_pct=50; standing=detached; counts=bijgebouw
vrijstaand bijgebouw / afstand_voorgevel >= 3 m => secondary_buildings; behind_front_m=3; standing=detached; counts=bijgebouw
vrijstaand bijgebouw / inhoud <= 100 m3 => plan_text; of bijgebouw
overkapping / oppervlakte <= 50 m2 => plan_text; of bijbehorend bouwwerk; together? oppervlakte <= 50 m2
overkapping / bouwhoogte < 3 m => plan_text; of bijbehorend bouwwerk
overkapping / goothoogte <= 3 m => secondary_buildings; max_eaves_m=3; body=all; of overkapping
overkapping / diepte <= 4 m => max_depth; <= 4 m; of bijbehorend bouwwerk
overkapping / oppervlakte <= 50 % of erf => plan_text; of bijbehorend bouwwerk
overkapping / bebouwingspercentage <= 50 % of erf => plan_text; of bijbehorend bouwwerk
overkapping / afstand_voorgevel >= 3 m => secondary_buildings; behind_front_m=3; body=all; of overkapping
overkapping / inhoud <= 100 m3 => plan_text; of bijbehorend bouwwerk
berging / oppervlakte <= 50 m2 => secondary_buildings; max_total_area_m2=50; object? berging; together? oppervlakte <= 50 m2
berging / bouwhoogte < 3 m => plan_text; of bijbehorend bouwwerk; object? berging
berging / goothoogte <= 3 m => secondary_buildings; max_eaves_m=3; object? berging
berging / diepte <= 4 m => max_depth; <= 4 m; of bijbehorend bouwwerk; object? berging
berging / oppervlakte <= 50 % of erf => secondary_buildings; max_share_pct=50; object? berging
berging / bebouwingspercentage <= 50 % of erf => secondary_buildings; max_share_pct=50; object? berging
berging / afstand_voorgevel >= 3 m => secondary_buildings; behind_front_m=3; object? berging
berging / inhoud <= 100 m3 => plan_text; of bijbehorend bouwwerk; object? berging
bijgebouw / afstand_voorgevelrooilijn >= 3 m => secondary_buildings; behind_front_m=3; counts=bijgebouw
bijgebouw / afstand_gevellijn >= 3 m => secondary_buildings; behind_front_m=3; counts=bijgebouw
"""
"""One clause of 5.2 a: thing / size (of what) => what comes of it; | between rules, which are told without their key."""


def size(thing, words, **more):
    return norm(f"5.2 a [{thing}] {words}", **more)


@pytest.mark.parametrize("line", ONE.strip().splitlines())
def test_a_clause_becomes_the_rule_of_the_check_that_measures_it(line):
    said, _, expected = line.partition(" => ")
    thing, _, words = said.partition(" / ")
    words, _, share = words.partition(" of ")
    key = f"5.2 a {words.split()[0]}"
    found = [one.removeprefix(key).replace(" -> ", "", 1) for one in rules(size(thing, words, relative_to=share))]
    assert " | ".join(found) == expected


@pytest.mark.parametrize(("thing", "words", "high", "expected"), [
    ("hoofdgebouw", "dakhelling between 30 deg", 45.0, ["-> roof_pitch_range; between 30 - 45 deg; of hoofdgebouw"]),
    ("hoofdgebouw", "bouwhoogte between 5 m", 9.0, ["-> min_building_height; >= 5 m; of hoofdgebouw", ":2 -> max_building_height; <= 9 m; of hoofdgebouw"]),
    ("gebouw", "bebouwingspercentage between 10 %", 40.0, ["-> min_coverage_pct; >= 10 %; of gebouw", ":2 -> max_coverage_pct; <= 40 %; of gebouw"]),
    ("dakkapel", "afstand_dakvoet between 0.5 m", 1.0, ["-> dormers; min_to_foot_m=0.5", ":2 -> dormers; max_to_foot_m=1"]),
    ("hoofdgebouw", "bouwlagen between 1 bouwlagen", 3.0, ["-> max_storeys; <= 3 bouwlagen; of hoofdgebouw", ":2 -> plan_text; of hoofdgebouw"]),
    ("hoofdgebouw", "inhoud between 300 m3", 700.0, ["-> max_volume; <= 700 m3; of hoofdgebouw", ":2 -> plan_text; of hoofdgebouw"]),
    ("gebouw", "afstand_zijgrens between 2 m", 9.0, ["-> min_distance_side_boundary; >= 2 m; of gebouw", ":2 -> plan_text; of gebouw"]),
    ("gebouw", "afstand_perceelgrens between 2 m", 9.0, [
        "-> min_distance_side_boundary; >= 2 m; of gebouw", ":2 -> min_distance_rear_boundary; >= 2 m; of gebouw", ":3 -> min_distance_front_boundary; >= 2 m; of gebouw", ":4 -> plan_text; of gebouw"]),
    ("bijgebouw", "bouwhoogte between 2 m", 3.0, ["-> secondary_buildings; max_height_m=3; counts=bijgebouw", ":2 -> plan_text; of bijgebouw"]),
    ("gebouw", "bouwhoogte between 2 m", None, ["-> plan_text; of gebouw"]), ("gebouw", "bouwhoogte between", 2.0, ["-> plan_text; of gebouw"]),
])
def test_of_a_range_no_end_is_lost(thing, words, high, expected):
    key = f"5.2 a {words.split()[0]}"
    assert [one.removeprefix(key).strip() for one in rules(size(thing, words, value2=high))] == expected


@pytest.mark.parametrize(("words", "expected"), [
    (BEFORE, "condition? voor voorgevelrooilijn"), (BEHIND, "condition? achter voorgevelrooilijn"), ("binnen bouwvlak", "where all(enkelbestemming Wonen, bouwvlak)"),
    ("buiten bouwvlak", "where all(enkelbestemming Wonen, not(bouwvlak))"), ("ter plaatse van 'kap'", "where all(enkelbestemming Wonen, bouwaanduiding kap)"),
    ("ter plaatse van 'zolder'", "condition? ter plaatse van 'zolder'"), ("indien het dak plat is", "condition? indien het dak plat is"), ("mits het dak plat is", "condition! mits het dak plat is"),
    ("met dien verstande dat het dak plat is", "condition! met dien verstande dat het dak plat is"), ("met inbegrip van de kelder", "condition! met inbegrip van de kelder"),
    ("mits niet meer dan 4 m", "condition! mits niet meer dan 4 m"),
])
def test_a_condition_is_a_place_of_the_map_or_a_question(words, expected):
    assert rules(size("hoofdgebouw", "bouwhoogte <= 7 m", conditions=(words,))) == [f"5.2 a bouwhoogte -> max_building_height; <= 7 m; of hoofdgebouw; {expected}"]


@pytest.mark.parametrize(("words", "quantity", "expected"), [
    ("tenzij anders aangegeven op de verbeelding", "goothoogte", "; where all(enkelbestemming Wonen, not(maatvoering maximum goothoogte (m)))"),
    ("tenzij anders aangegeven op de verbeelding", "bouwhoogte", ""), ("tenzij ter plaatse van de aanduiding 'kap'", "bouwhoogte", "; where all(enkelbestemming Wonen, not(bouwaanduiding kap))"),
    ("tenzij ter plaatse van de aanduiding 'vide'", "goothoogte", "; exception unless? tenzij ter plaatse van de aanduiding 'vide'"), ("behoudens monumenten", "goothoogte", "; exception unless? behoudens monumenten"),
    ('tenzij ter plaatse van de aanduiding "vide"', "goothoogte", '; exception unless? tenzij ter plaatse van de aanduiding "vide"'),
])
def test_an_exception_is_where_the_map_says_so_or_a_question(words, quantity, expected):
    check = {"goothoogte": "max_eaves_height", "bouwhoogte": "max_building_height"}[quantity]
    assert rules(size("hoofdgebouw", f"{quantity} <= 4 m", exceptions=(words,))) == [f"5.2 a {quantity} -> {check}; <= 4 m; of hoofdgebouw{expected}"]


def test_another_size_is_asked_of_the_clause_that_it_is_beside_and_of_no_other():
    eaves, ridge = (size("hoofdgebouw", f"{quantity} <= 4 m", exceptions=("of de bestaande maat",)) for quantity in ("goothoogte", "bouwhoogte"))
    assert [line.rpartition("; ")[2] for line in rules(eaves, ridge)] == ["alternative unless? of de bestaande maat"] * 2
    profile_ = profile(eaves, ridge)
    keys = {doubt.key for rule in norm_rules(profile_, places_of(profile_, AREAS, AREAS), REGISTRY) for doubt in rule.doubts}
    assert keys == {f"plan_words:NL.IMRO.9999.BP1:alternative:of de bestaande maat:5.2 a {quantity}" for quantity in ("goothoogte", "bouwhoogte")}


def pair(one, other, thing="hoofdgebouw", quantity="bouwhoogte", unit="m", marks=(BEFORE, BEHIND)):
    """What must be asked of each of two clauses of one member: (size, quote, conditions) each."""
    norms = [norm(f"5.2 a [{thing}] {quantity} {words} {unit}", quote, key=key, conditions=conditions) for key, (words, quote, *conditions) in zip("12", (one, other))]
    return [line.partition(" -> ")[2].split("; ", 1)[1].split("; ")[1:] for line in rules(*norms)]


def test_what_was_rejected_beside_a_clause_makes_nothing_doubtful():
    one = size("hoofdgebouw", "bouwhoogte <= 7 m")
    for other in (norm("5.2 a [hoofdgebouw] bouwhoogte <= 9 m", key="2", decision=REJECTED), norm("5.2 a [gebouw] bouwhoogte <= 9 m", key="2"), norm("5.2 b [hoofdgebouw] bouwhoogte <= 9 m", key="2")):
        assert rules(one, other)[0] == "5.2 a bouwhoogte -> max_building_height; <= 7 m; of hoofdgebouw"
    shared = (norm("5.2 a [gebouw] oppervlakte <= 50 m2"), norm("5.2 a [gebouw] bebouwingspercentage <= 40 %", "vermeerderd met 10 %", key="2"))
    assert rules(*shared)[0] == "5.2 a oppervlakte -> max_area; <= 50 m2; of gebouw; more unless? vermeerderd met 10 %"


FLAT, KAPPED = "indien plat", "ter plaatse van 'kap'"


@pytest.mark.parametrize(("one", "other", "expected"), [
    (("<= 7", "7 m"), ("<= 9", "9 m"), [["value? 1: 7 m"], ["value? 2: 9 m"]]), (("<= 7", "7 m"), ("<= 7", "zeven m"), [[], []]), (("<= 7", "7 m"), ("< 9", "9 m"), [[], []]),
    (("<= 7", "7 m"), ("<= 9", "9 m indien plat", FLAT), [[], [f"condition? {FLAT}"]]),
    (("<= 7", "7 m, indien plat 5 m", FLAT), ("<= 5", "indien plat 5 m", FLAT), [[f"condition? {FLAT}", "value? 1: 7 m, indien plat 5 m"], [f"condition? {FLAT}", "value? 2: indien plat 5 m"]]),
    (("<= 5", "5 m", KAPPED), ("<= 9", f"{KAPPED} 9 m", KAPPED), [["where all(enkelbestemming Wonen, not(bouwaanduiding kap))"], ["where all(enkelbestemming Wonen, bouwaanduiding kap)"]]),
    (("<= 5", "5 m", FLAT), ("<= 9", "indien plat 9 m", FLAT), [[f"exception unless? {FLAT}"], [f"condition? {FLAT}"]]), (("<= 9", "9 m", FLAT), ("<= 5", "indien plat 5 m", FLAT), [[], [f"condition? {FLAT}"]]),
    (("<= 5", "5 m", FLAT), ("<= 5", "indien plat 5 m", FLAT), [[], [f"condition? {FLAT}"]]),
    ((">= 5", "5 m", FLAT), (">= 3", "indien plat 3 m", FLAT), [[f"exception unless? {FLAT}"], [f"condition? {FLAT}"]]), ((">= 3", "3 m", FLAT), (">= 5", "indien plat 5 m", FLAT), [[], [f"condition? {FLAT}"]]),
    ((">= 5", "5 m", FLAT), ("<= 3", "indien plat 3 m", FLAT), [[f"exception unless? {FLAT}"], [f"condition? {FLAT}"]]),
    (("<= 5", "5 m", "indien er een kap is"), ("<= 9", "als er een kap is 9 m", "indien er een kap is"), [["exception unless? indien er een kap is"], ["condition? indien er een kap is"]]),
    (("<= 5", "5 m", KAPPED), ("<= 9", "bij 'kap' 9 m", KAPPED), [["where all(enkelbestemming Wonen, not(bouwaanduiding kap))"], ["where all(enkelbestemming Wonen, bouwaanduiding kap)"]]),
    (("<= 7", "7 m, mits niet meer dan 9 m", "mits niet meer dan 9 m"), ("<= 9", "9 m"), [[], []]),
    (("<= 7", "7 m", "mits de nok 9 hoog is"), ("<= 9", "9 m"), [["value? 1: 7 m"], ["value? 2: 9 m"]]), (("<= 7", "7 m", "mits de nok 9,5 hoog is"), ("<= 9", "9 m"), [["condition! mits de nok 9,5 hoog is", "value? 1: 7 m"], ["value? 2: 9 m"]]),
])
def test_what_stands_beside_a_clause_makes_it_doubtful_or_limits_where_it_holds(one, other, expected):
    assert [[word for word in words if not word.startswith("of ")] for words in pair(one, other)] == expected


@pytest.mark.parametrize(("words", "quote", "share"), [
    ("<= 2 m", "verhoogd met 10 %", ""), ("<= 2 m", "wordt verhoogd met 2 m;", ""), ("<= 2 m", "met ten hoogste 2 m verhoogd", ""), ("<= 2 m", "en vermeerderd 3", ""), ("<= 2 m", "verhoogd", ""),
    ("<= 2 m", "de hoogte mag worden overschreden met 1 m", ""), ("<= 2 m", "x", "het deel van 50 m"), ("<= 2 m", "x", "het meerdere"), ("to 3 m", "x", ""),
])
def test_a_clause_that_changes_another_one_is_read_and_raises_the_other_one(words, quote, share):
    more = norm(f"5.2 a [hoofdgebouw] bouwhoogte {words}", quote, key="more", relative_to=share)
    assert rules(more) == ["more -> plan_text; of hoofdgebouw"]
    both = rules(size("hoofdgebouw", "bouwhoogte <= 9 m"), more)
    assert both[0].startswith(f"5.2 a bouwhoogte -> max_building_height; <= 9 m; of hoofdgebouw; more unless? {quote}") and both[1].startswith("more -> plan_text; of hoofdgebouw")


def test_the_smaller_distance_beside_a_larger_one_is_a_way_out():
    three, none = norm("5.2 a [gebouw] afstand_zijgrens >= 3 m", "3 m"), norm("5.2 a [gebouw] afstand_zijgrens <= 0 m", "0 m", key="out")
    assert rules(three, none) == ["5.2 a afstand_zijgrens -> min_distance_side_boundary; >= 3 m; of gebouw; more unless? 0 m"]
    assert rules(none) == ["out -> plan_text; of gebouw"]
    assert rules(size("gebouw", "bouwhoogte >= 3 m"), norm("5.2 a [gebouw] bouwhoogte <= 9 m", "9 m", key="2"))[0] == "5.2 a bouwhoogte -> min_building_height; >= 3 m; of gebouw"


@pytest.mark.parametrize(("quote", "expected"), [
    ("met plat dak 3 m", "condition? met plat dak"), ("zonder kap 3 m", "condition? zonder kap"), ("plat afgedekte gebouwen", "condition? plat afgedekte"), ("Op hoekpercelen", "condition? op hoekpercelen"),
    ("hoekwoningen", "condition? hoekwoningen"), ("met een kap", "condition? met een kap"), ("met kapel", ""), ("aan een zijde", "more unless? aan een zijde"), ("aan één kant", "more unless? aan één kant"),
    ("een van de zijdelingse grenzen", "more unless? een van de zijdelingse"), ("hoogte verkleind met 2", ""),
])
def test_words_of_a_quote_that_are_no_condition_of_the_reader_are_asked(quote, expected):
    assert rules(size("hoofdgebouw", "bouwhoogte <= 3 m", quote=quote)) == ["; ".join(filter(None, ("5.2 a bouwhoogte -> max_building_height; <= 3 m; of hoofdgebouw", expected)))]


@pytest.mark.parametrize(("thing", "quote", "asked"), [
    ("bijgebouw", "gezamenlijke oppervlakte", False), ("bijgebouw", "totale oppervlakte", False), ("bijgebouw", "in totaal 50", False), ("bijgebouw", "Samen 50", False), ("bijgebouw", "oppervlakte 50", True),
    ("bijgebouw", "totaalbeeld", True), ("hoofdgebouw", "oppervlakte 50", False),
])
def test_whether_an_area_is_of_all_annexes_together_is_asked(thing, quote, asked):
    [line] = rules(size(thing, "oppervlakte <= 50 m2", quote=quote))
    assert line.endswith(f"; together? {quote}") is asked
    if asked:  # another clause of the member says it
        other = norm(f"5.2 a [{thing}] oppervlakte <= 50 m2", "samen", key="2")
        assert "together" not in "".join(rules(size(thing, "oppervlakte <= 50 m2", quote=quote), other))


@pytest.mark.parametrize(("quote", "standing"), [("Aangebouwd", "attached"), ("Vrijstaand", "detached"), ("vrijstaand of aangebouwd", ""), ("uitbouw", "attached"), ("aan- en", "attached"), ("x", "")])
def test_a_quote_says_how_an_annex_stands(quote, standing):
    words = "; ".join(filter(None, ("5.2 a bouwhoogte -> secondary_buildings; max_height_m=3", standing and f"standing={standing}")))
    assert rules(size("bijbehorend bouwwerk", "bouwhoogte <= 3 m", quote=quote)) == [words]
    kinds = {"attached": "of aanbouw; of uitbouw; of overkapping", "detached": "of bijgebouw", "": "of bijbehorend bouwwerk"}[standing]
    assert rules(size("bijbehorend bouwwerk", "diepte <= 3 m", quote=quote)) == [f"5.2 a diepte -> max_depth; <= 3 m; {kinds}"]


@pytest.mark.parametrize("other", [
    "[aanbouw] bouwhoogte <= 4 m", "[aanbouw] goothoogte <= 3 m", "[aanbouw] oppervlakte <= 20 m2", "[aanbouw] diepte <= 4 m", "[aanbouw] breedte <= 4 m", "[aanbouw] inhoud <= 60 m3",
    "[aanbouw] afstand_voorgevel >= 3 m", "[aanbouw] afstand_zijgrens >= 1 m", "[vrijstaand bijgebouw] bouwhoogte <= 4 m", "[overkapping] bouwhoogte <= 3 m",
])
def test_a_norm_about_annexes_elsewhere_does_not_say_how_a_bijgebouw_stands(other):
    found = rules(size("bijgebouw", "bouwhoogte <= 3 m"), norm(f"5.2 b {other}"))
    assert found[0] == "5.2 a bouwhoogte -> secondary_buildings; max_height_m=3; counts=bijgebouw"


KEPT = "exception unless? bestaande maten"


@pytest.mark.parametrize(("article", "more", "decision", "kept"), [
    ("5.9", (), CONFIRMED, True), ("5.9", (), REJECTED, False), ("6.9", (), CONFIRMED, True), ("6.9", (norm("6.1 [] gebruik", key="6.1"),), CONFIRMED, False),
])
def test_a_clause_that_keeps_existing_sizes_holds_for_its_article_and_from_general_rules_for_all(article, more, decision, kept):
    found = rules(size("hoofdgebouw", "bouwhoogte <= 7 m"), norm(f"{article} [] bestaande_maten", "bestaande maten", decision=decision), *more)
    assert found[0] == "; ".join(filter(None, ("5.2 a bouwhoogte -> max_building_height; <= 7 m; of hoofdgebouw", kept and KEPT)))


def fence(words, quote="x", key="", *conditions, item="a"):
    return norm(f"5.2 {item} [erfafscheiding] bouwhoogte {words} m", quote, key=key, conditions=conditions)


REST = norm("5.2 c [bouwwerk geen gebouw] bouwhoogte <= 3 m")


@pytest.mark.parametrize(("norms", "expected"), [
    ((fence("<= 1", "x", "", BEFORE), fence("<= 2", "y", "", BEHIND, item="b"), REST), ["max_before_m=1; before 5.2 c bouwhoogte", "max_behind_m=2; before 5.2 c bouwhoogte", "max_height_m=3"]),
    ((fence("<= 1", "x", "", BEFORE), REST), ["max_before_m=1", "max_height_m=3"]), ((fence("<= 1"), REST), ["max_height_m=1; before 5.2 c bouwhoogte", "max_height_m=3"]),
    ((fence("<= 1", "voor de voorgevel 1 m"), fence("<= 2", "daarachter 2 m", "n")), ["max_before_m=1", "max_behind_m=2"]),
    ((fence("<= 1", "1 m", "", BEFORE), fence("<= 2", "2 m", "n", BEFORE)), ["max_height_m=1; condition? voor voorgevelrooilijn; value? 5.2 a bouwhoogte: 1 m", "max_height_m=2; condition? voor voorgevelrooilijn; value? n: 2 m"]),
    ((fence("<= 1", "1 m", "", BEFORE), fence("<= 1", "een m", "n", BEFORE)), ["max_before_m=1", "max_before_m=1"]),
    ((fence("<= 1", "1 m", "", BEFORE, BEHIND),), ["max_height_m=1; condition? voor voorgevelrooilijn; condition? achter voorgevelrooilijn"]),
    ((fence("<= 1", "1 m", "", BEFORE, FLAT), REST), ["max_before_m=1; condition? indien plat", "max_height_m=3"]), ((fence("<= 1", "1 m", "", FLAT), REST), ["max_height_m=1; condition? indien plat", "max_height_m=3"]),
])
def test_limits_of_fences_know_their_side_and_go_before_what_holds_for_the_rest(norms, expected):
    assert [line.partition("other_structures; ")[2].replace("of erfafscheiding", "").replace("of bouwwerk geen gebouw", "").replace("; ; ", "; ").removesuffix("; ") for line in rules(*norms)] == expected


@pytest.mark.parametrize(("quote", "expected"), [
    ("vóór de voorgevel", BEFORE), ("voor het verlengde van", BEFORE), ("voor de gevellijn", BEFORE), ("Voor de eigen bouwgrens", BEFORE), ("daarachter", BEHIND), ("achter de voorgevel", BEHIND),
    ("voor de voorgevel 1 m en daarachter 2 m", ""), ("voor de deur", ""),
])
def test_a_quote_says_its_side_of_the_front(quote, expected):
    assert side_of(size("erfafscheiding", "bouwhoogte <= 1 m", quote=quote).clause, ()) == expected


def left(words, quote, decision=OPEN, key="l", reason=""):
    return PlanNorm(key, Clause(words, NUMBER_LEFT, "definition", None, None, quote, 0, 1, article="5.3"), decision, reason=reason)


def test_numbers_that_were_not_read_are_one_rule_with_all_their_quotes():
    text = profile(left("17  m2", "er is 17 m2 groen"), left("3", "drie", key="m"), left("4", "vier", CONFIRMED, "n", "een huisnummer"), left("5", "vijf", REJECTED, "o"))
    [rule] = norm_rules(text, places_of(text, AREAS, AREAS), REGISTRY)
    assert (rule.id, rule.check, rule.title) == ("plan:NL.IMRO.9999.BP1:norm:niet gelezen", "plan_text", {"nl": "Niet gelezen getallen: 17 m2; 3", "en": "Numbers not read: 17 m2; 3"})
    assert [(source.instrument, source.article, source.quote, source.version, source.work_id) for source in rule.legal] == [
        ("Voorbeeldplan", "5.3", "er is 17 m2 groen", "2026-01-02", "NL.IMRO.9999.BP1"), ("Voorbeeldplan", "5.3", "drie", "2026-01-02", "NL.IMRO.9999.BP1")]
    assert (rule.plan_id, rule.read.key, rule.read.clause.quote) == ("NL.IMRO.9999.BP1", "niet gelezen", "er is 17 m2 groen … drie")


def test_a_number_that_is_confirmed_without_a_word_why_is_still_to_be_read():
    text = profile(left("17 m2", "er is 17 m2 groen", CONFIRMED))
    assert [rule.read.clause.quote for rule in norm_rules(text, places_of(text, AREAS, AREAS), REGISTRY)] == ["er is 17 m2 groen"]


def test_a_rule_of_a_clause_says_what_it_is_and_where_it_stands():
    text = profile(norm("5.2 a [hoofdgebouw] afstand_zijgrens >= 3 m", "ten minste 3 m"), norm(" [] bouwhoogte <= 9 m"))
    first, second = norm_rules(text, places_of(text, AREAS, (replace(WONEN, plan_name=""), KAP)), REGISTRY)
    assert (first.title["nl"], first.title["en"]) == ("Afstand zijgrens hoofdgebouw (5.2 a)",) * 2 and second.title["nl"] == "Bouwhoogte"
    assert [(one.instrument, one.article, one.quote, one.version, one.work_id) for one in first.legal] == [("Voorbeeldplan", "5.2 a", "ten minste 3 m", "2026-01-02", "NL.IMRO.9999.BP1")]
    nameless = norm_rules(text, places_of(text, (), ()), REGISTRY)
    assert nameless[0].legal[0].instrument == "NL.IMRO.9999.BP1" and first.read is text.norms[0] and first.plan_id == "NL.IMRO.9999.BP1"


GREEN = norm("7.1 [] gebruik", title="Groen")


def test_a_clause_of_which_the_map_does_not_know_the_ground_is_asked_about():
    assert rules(norm("7.2 [gebouw] bouwhoogte <= 3 m"), GREEN, areas=AREAS, own=(KAP, replace(WONEN, article="", name="Gemengd"))) == [
        "7.2 bouwhoogte -> max_building_height; <= 3 m; of gebouw; everywhere; article? 7.2", "7.1 gebruik -> plan_text; everywhere; article? 7.1"]
