"""What a plan's text leaves to the authority, what becomes of each norm, and on which ground an article holds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from clauses import AREAS, FARM, USED, WONEN, norm, profile, where

from drieluik.checks import REGISTRY
from drieluik.checks.engine.from_plan.norm_places import at, places_of, plain, root_of
from drieluik.checks.engine.from_plan.norm_powers import with_powers
from drieluik.checks.engine.from_plan.norm_rules import fate_of, norm_rules
from drieluik.model.plan_words import OPEN, REJECTED


def powers(text, thing, words, quote="q", **more):
    """What a power of 5.3 becomes at the rule of one clause."""
    power = norm(f"5.3 [{thing}] {words}", quote, key="P", power=True, **more)
    own = profile(text, power)
    places = places_of(own, AREAS, AREAS)
    [rule] = with_powers(norm_rules(own, places, REGISTRY), own, places)
    return [one["effect"] for one in rule.exceptions]


MOST, LEAST, FENCE = norm("5.2.1 a [hoofdgebouw] bouwhoogte <= 7 m"), norm("5.2.1 a [hoofdgebouw] bouwhoogte >= 7 m"), norm("5.2.1 b.1 [erfafscheiding] bouwhoogte <= 2 m")


@pytest.mark.parametrize(("thing", "words", "more", "most", "least", "of_fence"), [
    ("hoofdgebouw", "bouwhoogte <= 8.5 m", {}, "max(limit, 8.5)", "min(limit, 8.5)", None), ("hoofdgebouw", "bouwhoogte <= 8.5 m", {"decision": OPEN}, "q", "q", None),
    ("hoofdgebouw", "bouwhoogte <= 8.5 m", {"decision": REJECTED}, None, None, None), ("hoofdgebouw", "goothoogte <= 8.5 m", {}, None, None, None), ("hoofdgebouw", "bouwhoogte", {}, "q", "q", None),
    ("hoofdgebouw", "bouwhoogte <= 8.5 m", {"relative_to": "de nok"}, "q", "q", None), ("bijgebouw", "bouwhoogte <= 9 m", {}, None, None, None), ("gebouw", "bouwhoogte <= 9 m", {}, "max(limit, 9)", "min(limit, 9)", "max(limit, 9)"),
    ("", "afwijking <= 10 %", {"changes": ("maten",)}, "limit*1.1", "limit*0.9", "limit*1.1"), ("", "afwijking <= 10 %", {"changes": ("percentages",)}, "limit*1.1", "limit*0.9", "limit*1.1"),
    ("", "afwijking <= 25 %", {"changes": ("x", "bouwhoogte")}, "limit*1.25", "limit*0.75", "limit*1.25"), ("", "afwijking <= 10 %", {"changes": ("oppervlakte",)}, None, None, None),
    ("", "afwijking <= 1.5 m", {"changes": ("afmetingen",)}, "limit+1.5", "limit-1.5", "limit+1.5"), ("", "goothoogte <= 9 m", {"changes": ("maten",)}, None, None, None),
    ("", "bouwhoogte <= 9 m", {"quote": "5.2.1 onder a"}, "max(limit, 9)", "min(limit, 9)", None), ("", "bouwhoogte <= 9 m", {"quote": "5.2.1 sub b"}, None, None, "max(limit, 9)"),
    ("", "bouwhoogte <= 9 m", {"quote": "in 5.2"}, "max(limit, 9)", "min(limit, 9)", "max(limit, 9)"), ("", "bouwhoogte <= 9 m", {"quote": "5.2.2"}, None, None, None), ("", "bouwhoogte <= 9 m", {"quote": "5.2.10"}, None, None, None),
    ("", "bouwhoogte <= 9 m", {"quote": "5.2.2 en 5.2.1, onder a"}, "max(limit, 9)", "min(limit, 9)", None), ("", "bouwhoogte <= 9 m", {"quote": "niet meer dan 15.2.1"}, None, None, None),
])
def test_a_power_says_what_the_limit_becomes_of_the_rules_that_it_is_about(thing, words, more, most, least, of_fence):
    for text, expected in ((MOST, most), (LEAST, least), (FENCE, of_fence)):
        quote = more.get("quote", "q")
        found = powers(text, thing, words, **{"quote": quote, **more})
        assert found == ([] if expected is None else [expected]), text.clause


@pytest.mark.parametrize(("conditions", "effect"), [
    (("begrensd: met een maximum van 0,5 m",), "min(limit*1.1, limit+0.5)"), (("begrensd: tot een maximum van 9 m",), "max(limit, min(limit*1.1, 9))"), (("begrensd: tot ten hoogste 8,5 m",), "max(limit, min(limit*1.1, 8.5))"),
    (("begrensd: doch niet meer dan 0,5 m",), "q"), (("begrensd: met een maximum van 0,5 m", "begrensd: tot ten hoogste 8,5 m"), "q"), (("mits de bouwhoogte niet meer dan 8 m bedraagt",), "q"),
    (("mits de hoogte niet meer dan 8 m bedraagt",), "q"), (("met dien verstande dat dit ten hoogste 1 m is",), "q"), (("mits de goothoogte niet meer dan 4 m bedraagt",), "limit*1.1"), (("mits geen hinder",), "limit*1.1"),
])  # fmt: skip
def test_a_power_is_held_to_what_its_text_caps_it_to_or_told_in_words(conditions, effect):
    assert powers(MOST, "", "afwijking <= 10 %", changes=("maten",), conditions=conditions) == [effect]
    least = powers(LEAST, "", "afwijking <= 10 %", changes=("maten",), conditions=conditions)
    assert least == ["limit*0.9" if effect == "limit*1.1" else "q"]
    assert powers(MOST, "", "bouwhoogte <= 9 m", conditions=conditions) == ["max(limit, 9)" if effect == "limit*1.1" else "q"]
    assert powers(MOST, "", "afwijking <= 10 %", changes=("maten",), exceptions=("of 0,5 m",)) == ["q"]


@pytest.mark.parametrize(("second", "left"), [
    ({"conditions": ("begrensd: 10% tot ten hoogste 8 m",)}, ["P"]), ({"quote": "mits de bouwhoogte niet meer dan 8 m bedraagt"}, ["P"]), ({}, ["P", "Q"]),
])  # fmt: skip
def test_a_size_that_only_caps_a_power_is_no_power_by_itself(second, left):
    first = norm("5.3 [] afwijking <= 10 %", "q", key="P", power=True, changes=("maten",), conditions=("begrensd: tot ten hoogste 8 m",))
    other = norm("5.3 [] bouwhoogte <= 8 m", second.get("quote", "q"), key="Q", power=True, conditions=second.get("conditions", ()))
    other = replace(other, clause=replace(other.clause, start=5))
    own = profile(MOST, first, other)
    places = places_of(own, AREAS, AREAS)
    assert [one["id"] for one in with_powers(norm_rules(own, places, REGISTRY), own, places)[0].exceptions] == left


@pytest.mark.parametrize(("thing", "barred"), [
    ("mast", "mast"), ("dakkapel", "dakkapel"), ("bijgebouw", "bijgebouw"), ("hoofdgebouw", ""), ("gebouw", ""), ("", ""),
])  # fmt: skip
def test_a_power_for_a_thing_of_its_own_cures_a_rule_about_any_building_once_it_is_said_to_be_one(thing, barred):
    power = norm(f"5.3 [{thing}] bouwhoogte <= 9 m", "q", key="P", power=True)
    own = profile(norm("5.2.1 a [gebouw] bouwhoogte <= 7 m"), power)
    places = places_of(own, AREAS, AREAS)
    [rule] = with_powers(norm_rules(own, places, REGISTRY), own, places)
    assert rule.exceptions[0].get("not_where") == ({"any": [{"answers": {f"plan_words:NL.IMRO.9999.BP1:object:{barred}": False}}]} if barred else None)


def test_a_power_is_an_exception_that_an_officer_decides_with_its_words():
    own = profile(MOST, norm("5.3 [hoofdgebouw] bouwhoogte <= 8.5 m", "tot 8,5 m", key="P", power=True, conditions=("mits geen hinder",), exceptions=("tenzij dijk",)))
    places = places_of(own, AREAS, AREAS)
    first = replace(norm_rules(own, places, REGISTRY)[0], exceptions=({"id": "eigen"},))
    [rule] = with_powers([first], own, places)
    assert rule.exceptions == ({"id": "eigen"}, {
        "id": "P", "effect": "max(limit, 8.5)", "decision": "officer", "conditions": ["mits geen hinder", "tenzij dijk"],
        "legal": {"article": "5.3", "quote": "tot 8,5 m", "work_id": "NL.IMRO.9999.BP1"},
        "not_where": {"any": [{"answers": {"plan_words:NL.IMRO.9999.BP1:exception:tenzij dijk": True}}]},
    })
    drawn = replace(first, read=None, exceptions=(), applies_to=(), measure={"plan_value": "bouwhoogte"})
    assert [len(rule.exceptions) for rule in with_powers([drawn, replace(drawn, measure={"plan_value": "goothoogte"}), replace(drawn, measure={}), replace(drawn, applies_to=("bijbehorend bouwwerk",))], own, places)] == [1, 0, 0, 0]
    named = profile(MOST, norm("5.3 [hoofdgebouw] bouwhoogte <= 8.5 m", "5.2.1", key="P", power=True))
    assert [len(rule.exceptions) for rule in with_powers([first, drawn], named, places)] == [2, 0]  # a rule of the map stands in no member


@pytest.mark.parametrize(("words", "more", "alone", "beside"), [
    ("bouwhoogte <= 7 m", {}, "ruled", "ruled"), ("bouwhoogte <= 7 m", {"decision": REJECTED}, "rejected", "rejected"), ("bouwhoogte <= 7 m", {"power": True}, "power", "power"), ("bouwhoogte", {"from_map": "x"}, "map", "map"),
    ("bouwhoogte <= 3 m", {"from_map": "x"}, "ruled", "ruled"), ("afstand_zijgrens <= 0 m", {}, "ruled", "way_out"), ("afstand_achtergrens <= 0 m", {}, "ruled", "ruled"), ("bouwhoogte <= 0 m", {}, "ruled", "ruled"),
    ("dakhelling <= 5 deg", {}, "ruled", "way_out"), ("dakhelling <= 60 deg", {}, "ruled", "ruled"),
    ("dakhelling <= 5 deg", {"conditions": ("dakhelling",)}, "ruled", "ruled"),
    *((word, {}, "read", "read") for word in ("verbod", "gebruik", "voorschrift")), ("aantal", {}, "ruled", "ruled"), ("bouwhoogte <= 7 m", {"power": True, "decision": REJECTED}, "rejected", "rejected"),
])
def test_what_becomes_of_a_norm(words, more, alone, beside):
    one = norm(f"5.2 a [hoofdgebouw] {words}", **more)
    others = (norm("5.2 a [hoofdgebouw] afstand_zijgrens >= 2 m"), norm("5.2 a [hoofdgebouw] afstand_achtergrens <= 4 m"), norm("5.2 a [hoofdgebouw] bouwhoogte >= 2 m"), norm("5.2 a [hoofdgebouw] dakhelling >= 45 deg"))
    places = places_of(profile(USED, one), (WONEN, FARM), (WONEN,))
    assert (fate_of(one, places), fate_of(one, places, others)) == (alone, beside)
    for article, thing in (("5.2 b", "hoofdgebouw"), ("5.2 a", "gebouw")):  # no way out of a clause of another member, about another thing
        assert fate_of(one, places, (norm(f"{article} [{thing}] afstand_zijgrens >= 2 m"),)) == alone
    assert fate_of(replace(one, clause=replace(one.clause, article="6.2")), places) == (alone if alone in ("rejected", "power") else "elsewhere")


GREEN = norm("7.1 [] gebruik", title="Groen")


@pytest.mark.parametrize(("article", "title", "more", "expected"), [
    ("5.2", "", (), (True, "enkelbestemming Wonen", False)), ("2.2", "", (), (True, "", False)), ("7.2", "", (GREEN,), (True, "", True)), ("7.2", "", (GREEN, USED), (False, "", False)),
    ("7.2", "", (GREEN, norm("8.1 [] x", title="Wonen")), (False, "", False)), ("7.2", "Wonen", (GREEN,), (True, "enkelbestemming Wonen", False)), ("5.2", "Groen", (), (True, "", False)),
    ("5.2", "Wonen - 1", (), (True, "enkelbestemming Wonen", False)), ("5.2", "Won", (), (True, "enkelbestemming Wonen", False)), ("9.2", "kap", (), (True, "", False)), ("9.2", "molen", (), (True, "gebiedsaanduiding molen", False)),
    ("6.2", "", (), (False, "", False)),
])
def test_an_article_holds_on_its_ground_or_everywhere_or_that_is_asked(article, title, more, expected):
    one = norm(f"{article} [gebouw] bouwhoogte <= 3 m", title=title)
    ground = places_of(profile(one, *more), (*AREAS, FARM), AREAS).of(one.clause)
    assert (ground.here, where(ground.condition) if ground.condition else "", ground.asked) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("'kap'", "bouwaanduiding kap"), ("\"Kap\" en 'molen'", "any(bouwaanduiding kap, gebiedsaanduiding molen)"), ("'kap' en 'zolder'", None), ("kap", None), ("‘kap’", "bouwaanduiding kap"), ("'k'", None),
])
def test_objects_of_the_map_that_a_text_names(text, expected):
    found = places_of(profile(USED), AREAS, AREAS).named(text)
    assert (found and where(found)) == expected


def test_how_names_and_numbers_of_articles_are_compared():
    assert [root_of(article) for article in ("5.2.1 b", "12A.3", "", "artikel 7", "B")] == ["5", "12a", "", "7", ""]
    assert [plain(name) for name in ("Wonen  -  1", "'Kap'", "Wonen – 1", "A—b", " X ")] == ["wonen-1", "kap", "wonen-1", "a-b", "x"]
    assert at([("a", "x"), ("a", "y"), ("a", "x")]) == {"location": {"layer": "a", "where": {"naam": ["x", "y"]}}}
    assert places_of(profile(USED), AREAS, AREAS).valued("goothoogte") == {"location": {"layer": "maatvoering", "where": {"waardeType": ["maximum goothoogte (m)"]}}}


@pytest.mark.parametrize(("condition", "barred"), [
    ("ten behoeve van een schoorsteen", {"any": [{"answers": {"plan_words:NL.IMRO.9999.BP1:condition:ten behoeve van een schoorsteen": False}}]}),
    ("ter plaatse van 'kap'", {"any": [{"not": [{"location": {"layer": "bouwaanduiding", "where": {"naam": ["kap"]}}}]}]}),
    ("mits geen hinder", None), ("per bouwperceel", None), ("in afwijking van het bepaalde onder a", None), ("met dien verstande dat de goot laag blijft", None),
])
def test_a_power_for_something_of_its_own_cures_nothing_until_somebody_says_that_this_is_it(condition, barred):
    own = profile(MOST, norm("5.3 [] bouwhoogte <= 9 m", "q", key="P", power=True, conditions=(condition,)))
    places = places_of(own, AREAS, AREAS)
    [rule] = with_powers(norm_rules(own, places, REGISTRY), own, places)
    assert rule.exceptions[0].get("not_where") == barred
