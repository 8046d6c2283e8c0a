"""Which clause goes before which, step by step: what a clause departs from, what of a list is named, what is put aside, asked or left to the map."""

from __future__ import annotations

from dataclasses import replace

import pytest
from clauses import AREAS, BEFORE, BEHIND, KAP, USED, norm, profile, where
from shapely import box

from drieluik.checks import REGISTRY
from drieluik.checks.engine.from_plan import norm_special
from drieluik.checks.engine.from_plan.norm_places import places_of
from drieluik.checks.engine.from_plan.norm_rules import norm_rules
from drieluik.checks.engine.from_plan.norm_special import departs, references, with_special
from drieluik.model import Doubt, MeasuringProfile
from drieluik.model.plan_words import CORRECTED, NUMBER_LEFT, OPEN, REJECTED
from scenes import plan_area

AT, NOT_HERE, UNKNOWN = "ter plaatse van 'kap'", "ter plaatse van 'dorp'", "ter plaatse van 'zolder'"
FAR = plan_area("d", "bouwaanduiding", "dorp", box(200, 200, 220, 240))
EVERY = (*AREAS, FAR)
DEPART = "in afwijking van het bepaalde onder a"


def height(article, words, *conditions, quote="", start=0, thing="hoofdgebouw", quantity="bouwhoogte", **more):
    """One clause about a height; ``start``: where it stands in the text."""
    made = norm(f"{article} [{thing}] {quantity} {words}", quote, key=more.pop("key", ""), conditions=conditions, **more)
    return replace(made, clause=replace(made.clause, start=start))


def changed(*norms, drawn=()):
    """What becomes of each rule: which it goes before, what is asked of it, where it does not hold; rules without any of these are left out."""
    text = profile(USED, *norms)
    places = places_of(text, EVERY, AREAS)
    rules = [*drawn, *norm_rules(text, places, REGISTRY)]
    found = []
    for old, new in zip(rules, with_special(rules, text, places)):
        first = [f"before {one.rpartition(':')[2]}" for one in new.overrides if one not in old.overrides]
        asked = [f"{doubt.code.rpartition('_')[2]}{'' if doubt.holds_when else ' unless'}{'!' if doubt.else_unknown else '?'} {doubt.words}".strip() for doubt in new.doubts if doubt not in old.doubts]
        place = [where(new.applies_when)] if new.applies_when != old.applies_when else []
        if first or asked or place:
            found.append(f"{old.id.rpartition(':')[2]}: {'; '.join((*first, *asked, *place))}")
        else:
            assert new is old
    return found


A = height("5.2.1 a", "<= 7 m", quote="ten hoogste 7 m")
DEPARTED = height("5.2.1 b", "<= 9 m", DEPART, quote="ten hoogste 9 m")


@pytest.mark.parametrize(("norms", "expected"), [
    ((A, height("5.2.1 b", "<= 9 m", AT, DEPART)), ["5.2.1 b bouwhoogte: before 5.2.1 a bouwhoogte"]), ((A, height("5.2.1 b", "<= 5 m", DEPART)), ["5.2.1 b bouwhoogte: before 5.2.1 a bouwhoogte"]),
    ((A, height("5.2.1 b", ">= 9 m", DEPART, quote="9 m")), ["5.2.1 a bouwhoogte: exception unless? 9 m"]), ((A, height("5.2.1 b", "<= 9 m", DEPART, decision=OPEN)), ["5.2.1 b bouwhoogte: before 5.2.1 a bouwhoogte"]),
    ((A, height("5.2.1 b", "<= 9 m", DEPART, decision=REJECTED)), []), ((A, height("5.2.1 b", "<= 9 m", DEPART, power=True)), []), ((A, height("9.2.1 b", "<= 9 m", DEPART)), []),
    ((A, height("5.2.1 b", "<= 9 m", DEPART, NOT_HERE, quote="9 m")), []), ((A, height("5.2.1 b", "<= 9 m", DEPART, NOT_HERE, AT, quote="9 m")), ["5.2.1 b bouwhoogte: before 5.2.1 a bouwhoogte"]),
    ((A, height("5.2.1 b", "<= 9 m", DEPART, UNKNOWN)), [f"5.2.1 a bouwhoogte: condition unless? {UNKNOWN}"]), ((A, height("5.2.1 b", "<= 9 m", DEPART, "mits het dak plat is")), ["5.2.1 a bouwhoogte: condition unless? mits het dak plat is"]),
    ((A, height("5.2.1 b", "<= 9 m", DEPART, "mits het dak plat is", "indien het een hoek is", quote="9 m")), ["5.2.1 a bouwhoogte: exception unless? 9 m"]),
    ((A, height("5.2.1 b", "<= 9 m", DEPART, BEFORE, quote="9 m")), ["5.2.1 a bouwhoogte: exception unless? 9 m"]), ((A, height("5.2.1 b", "<= 9 m", DEPART, quote="verhoogd met 2 m")), ["5.2.1 a bouwhoogte: more unless? verhoogd met 2 m"]),
    ((A, height("5.2.1 b", "<= 9 m", DEPART, quantity="goothoogte", quote="goot")), ["5.2.1 a bouwhoogte: exception unless? goot"]), ((A, height("5.2.1 b", "", DEPART, quantity="uitzondering", quote="geldt niet")), ["5.2.1 a bouwhoogte: exception unless? geldt niet"]),
    ((A, height("5.2.1 b", "", DEPART, AT, "indien plat", quantity="uitzondering", quote="geldt niet")), ["5.2.1 a bouwhoogte: exception unless? geldt niet"]), ((A, height("5.2.1 b", "", DEPART, quantity="gebruik")), []), ((A, replace(DEPARTED, clause=replace(DEPARTED.clause, quantity=NUMBER_LEFT))), []),
    ((A, height("5.2.1 b", "<= 9 m", AT, quote="9 m")), ["5.2.1 a bouwhoogte: exception unless? 9 m"]), ((A, height("5.2.1 b", "<= 5 m", AT, quote="5 m")), []), ((A, height("5.2.1 b", "<= 9 m", NOT_HERE, quote="9 m")), []), ((A, height("6.2.1 b", "<= 9 m", AT, quote="9 m")), []),
    ((A, height("5.2.1 b", "<= 9 m", "indien plat"), height("5.2.1 c", "<= 9 m", "indien plat", key="c")), ["5.2.1 a bouwhoogte: exception unless? bouwhoogte <= 9 m"]),
    ((height("5.2.1 a", "<= 7 m", "mits het dak plat is"), height("5.2.1 b", "<= 9 m", DEPART, "mits het dak plat is")), ["5.2.1 b bouwhoogte: before 5.2.1 a bouwhoogte"]),
    ((A, height("5.2.1 b", "<= 9 m", DEPART), height("5.2.1 c", "<= 8 m", DEPART)), ["5.2.1 b bouwhoogte: before 5.2.1 a bouwhoogte", "5.2.1 c bouwhoogte: before 5.2.1 a bouwhoogte; exception unless? bouwhoogte <= 9 m"]),
])
def test_what_becomes_of_rules_by_a_special_clause(norms, expected):
    assert changed(*norms) == expected


TO_MAP = height("5.2.1 a", "", quantity="goothoogte", from_map="maximum goothoogte (m)", quote="is aangegeven")
LOW = height("5.2.1 b", "<= 3 m", quantity="goothoogte")
MAP_SIZE = "maatvoering maximum goothoogte (m)"


def drawn(**measure):
    """A rule of the map, that measures one of its sizes."""
    text = profile(norm("5.2 [hoofdgebouw] goothoogte <= 6 m"))
    [rule] = norm_rules(text, places_of(text, EVERY, AREAS), REGISTRY)
    return replace(rule, id="drawn", read=None, measure=measure)


@pytest.mark.parametrize(("norms", "expected"), [
    ((TO_MAP, replace(LOW, clause=replace(LOW.clause, conditions=(DEPART, AT)))), ["5.2.1 b goothoogte: before drawn"]), ((TO_MAP, replace(LOW, clause=replace(LOW.clause, conditions=(AT,)))), ["drawn: exception unless? goothoogte <= 3 m"]),
    ((TO_MAP, LOW), []), ((replace(TO_MAP, decision=REJECTED), replace(LOW, clause=replace(LOW.clause, conditions=(DEPART,)))), []), ((replace(TO_MAP, clause=replace(TO_MAP.clause, article="9.2 a")), replace(LOW, clause=replace(LOW.clause, conditions=(AT,)))), []),
    ((TO_MAP, replace(LOW, clause=replace(LOW.clause, conditions=("ter plaatse van 'maximum goothoogte (m)'",)))), []), ((TO_MAP, height("5.2.1 b", "", AT, quantity="goothoogte")), []),
])
def test_what_becomes_of_a_rule_of_the_map(norms, expected):
    assert changed(*norms, drawn=(drawn(plan_value="goothoogte"),)) == expected
    assert changed(*norms, drawn=(drawn(plan_value="bouwhoogte"), drawn())) == []


LEFT = height("5.2.1 b", "", DEPART, quantity="goothoogte", from_map="maximum goothoogte (m)")
SMALL = height("5.2.1 a", "<= 2 m", quantity="goothoogte")


def left(**words):
    return (SMALL, replace(LEFT, **{key: value for key, value in words.items() if key == "decision"}, clause=replace(LEFT.clause, **{key: value for key, value in words.items() if key != "decision"})))


@pytest.mark.parametrize(("words", "expected"), [
    ({}, [f"all(enkelbestemming Wonen, not({MAP_SIZE}))"]), ({"decision": CORRECTED}, [f"all(enkelbestemming Wonen, not({MAP_SIZE}))"]), ({"decision": OPEN}, ["exception unless? goothoogte"]), ({"exceptions": ("behoudens dijken",)}, ["exception unless? goothoogte"]),
    ({"conditions": (DEPART, "indien plat")}, ["exception unless? goothoogte"]), ({"conditions": (DEPART, "ter plaatse van 'maximum goothoogte (m)'")}, [f"all(enkelbestemming Wonen, not({MAP_SIZE}))"]), ({"value": 4.0}, []), ({"from_map": ""}, []),
    ({"quantity": "bouwhoogte"}, ["exception unless? goothoogte"]),
])
def test_a_clause_that_leaves_its_size_to_the_map_holds_where_the_map_gives_it(words, expected):
    assert [line for line in changed(*left(**words)) if line.startswith("5.2.1 a")] == [f"5.2.1 a goothoogte: {one}" for one in expected]


def test_a_rule_without_a_place_holds_but_where_the_map_gives_the_size():
    text = profile(*left())
    places = places_of(text, EVERY, AREAS)
    [rule, *_] = norm_rules(text, places, REGISTRY)
    found = with_special([replace(rule, applies_when={})], text, places)[0]
    assert where(found.applies_when) == f"all(not({MAP_SIZE}))" and found.doubts == rule.doubts


@pytest.mark.parametrize(("words", "article", "named"), [
    ("artikel 3", "5.2.1 a", [("3", ())]), ("artikelen 3 en 4.2", "5 a", [("3", ()), ("4.2", ())]), ("artikel 3a.2b", "5 a", [("3a.2b", ())]), ("lid 4.1", "5.2.1 a", [("4.1", ())]), ("lid 4,1", "5.2.1", [("5.4", ()), ("5.2.1", ("4",))]), ("1.234,5.6", "5", [("1.234", ())]),
    ("leden 2", "5.3", [("5.2", ()), ("5.3", ("2",))]), ("lid 2.1", "5.3", [("2.1", ())]), ("onder 2", "5.3 a.1", [("5.3", ("2",)), ("5.3", ("a", "2"))]), ("sub 12", "5.3", [("5.3", ("12",))]), ("onder 2.1", "5.3", [("2.1", ())]),
    ("onder b", "5.3 a.1", [("5.3", ("b",)), ("5.3", ("a", "b"))]), ("onder b", "5.3 a.1.x", [("5.3", ("b",)), ("5.3", ("a", "b")), ("5.3", ("a", "1", "b"))]), ("b tot en met d", "5.3 a", [("5.3", (mark,)) for mark in "bcd"]), ("b t/m c", "5.3", [("5.3", ("b",)), ("5.3", ("c",))]),
    ("5.2.1 onder a en b", "5.3 c.1", [("5.2.1", ("a",)), ("5.2.1", ("b",))]), ("5.2.1 onder a, 5.2.2 onder b", "5.3", [("5.2.1", ("a",)), ("5.2.2", ("b",))]), ("artikel 4 onder a", "5.3", [("4", ("a",))]), ("de hoogte", "5.3 a", []), ("ONDER A", "5.3", [("5.3", ("a",))]),
    ("lid 2 onder a", "5.3", [("5.2", ()), ("5.3", ("2",)), ("5.3", ("a",))]), ("lid 5.3", "5.3 a.1", [("5.3", ())]), ("lid 5.3 onder c", "5.3 a.1", [("5.3", ("c",)), ("5.3", ("a", "c"))]),
])
def test_what_words_name(words, article, named):
    assert references(words, article) == named


@pytest.mark.parametrize(("article", "member", "items", "inside"), [
    ("5.2.1 a", "5.2.1", (), True), ("5.2.1 a", "5.2.1", ("a",), True), ("5.2.1 a.1", "5.2.1", ("a",), True), ("5.2.1 a", "5.2.1", ("a", "1"), False), ("5.2.1 b", "5.2.1", ("a",), False), ("5.2.1 a", "5.2", (), True), ("5.2.1 a", "5.2", ("a",), False),
    ("5.2.10 a", "5.2.1", (), False), ("5.2", "5.2", (), True), ("5.2", "5.2.1", (), False),
])
def test_whether_an_item_is_of_what_is_named(article, member, items, inside):
    assert norm_special._is_in(article, member, items) is inside


def departing(*others, words=DEPART, article="5.2.1 b", start=50, quantity="bouwhoogte", quote="", conditions=None):
    special = height(article, "<= 9 m", *(conditions or (words,)), start=start, quantity=quantity, quote=quote)
    own = profile(*others, special)
    return [other.key.partition(" bouwhoogte")[0] for other in others if departs(special.clause, other.clause, own)]


EAVES, LATER, OTHER_MEMBER = height("5.2.1 a", "<= 4 m", quantity="goothoogte"), height("5.2.1 c", "<= 8 m", start=90), height("5.2.2 a", "<= 6 m")


@pytest.mark.parametrize(("words", "expected"), [
    ({}, ["5.2.1 a"]), ({"words": "indien onder a"}, []), ({"words": "het bepaalde in lid 5.2.2"}, ["5.2.2 a"]), ({"words": "in afwijking van 5.2"}, ["5.2.1 a", "5.2.1 c", "5.2.2 a"]), ({"words": "in afwijking van het voorgaande"}, ["5.2.1 a"]),
    ({"words": "in afwijking van het voorgaande", "start": 95}, ["5.2.1 a", "5.2.1 c"]), ({"words": "in afwijking van het voorgaande", "start": 0}, []), ({"words": "in afwijking van het voorgaande", "quantity": "goothoogte"}, ["5.2.1 a goothoogte"]),
    ({"quantity": "goothoogte"}, ["5.2.1 a goothoogte"]), ({"quantity": "inhoud"}, ["5.2.1 a", "5.2.1 a goothoogte"]), ({"words": "in afwijking van artikel 9"}, ["5.2.1 a"]), ({"conditions": ("indien plat", "ongeacht 5.2.2", "ongeacht onder c")}, ["5.2.1 c", "5.2.2 a"]),
])
def test_what_a_clause_departs_from(words, expected):
    assert departing(A, EAVES, LATER, OTHER_MEMBER, **words) == expected


@pytest.mark.parametrize(("quote", "beside", "departs_from"), [("9 m", "ten hoogste 7 m", True), ("9 m", f"{DEPART} 8 m", False), (f"{DEPART} 9 m", f"{DEPART} 8 m", True)])
def test_words_that_another_clause_of_the_item_has_are_its_own(quote, beside, departs_from):
    """Two clauses of one item share its conditions; the words stand in the quote of one of them."""
    other = height("5.2.1 b", "<= 8 m", quote=beside, key="other")
    assert ("5.2.1 a" in departing(A, other, quote=quote)) is departs_from
    elsewhere = height("5.2.1 c", "<= 8 m", quote=beside, key="other")
    assert "5.2.1 a" in departing(A, elsewhere, quote=quote)
    eaves = height("5.2.1 b", "<= 8 m", quote=beside, key="other", quantity="goothoogte")
    assert "5.2.1 a" in departing(A, eaves, quote=quote)


@pytest.mark.parametrize(("special", "general", "expected"), [
    ({"conditions": (AT,)}, {}, True), ({}, {}, True), ({"article": "5.2.2 a"}, {}, False), ({"article": "5.2.2 a", "conditions": (AT,)}, {}, True), ({"article": "5.2.1 a", "conditions": (AT,)}, {}, False), ({"article": "6.2.1 b"}, {}, False), ({"quantity": "goothoogte"}, {}, False),
    ({"value": 5.0}, {}, False), ({"value": None}, {}, False), ({}, {"value": None}, False), ({"operator": "definition"}, {}, False), ({"operator": ">="}, {}, False), ({"operator": "<"}, {}, True), ({"unit": "%"}, {}, True), ({}, {"conditions": (AT,)}, False), ({"conditions": (AT, BEHIND)}, {"conditions": (AT,)}, True),
    ({"object": "woning"}, {}, True), ({"object": "bijgebouw"}, {}, False), ({"object": "bijgebouw"}, {"object": "bijgebouw"}, True), ({"object": "bijgebouw"}, {"object": "bijgebouw", "quote": "vrijstaand"}, False), ({"object": "bijgebouw", "quote": "vrijstaand"}, {"object": "bijgebouw", "quote": "vrijstaand"}, True),
    ({"object": "bijgebouw", "quote": "vrijstaand"}, {"object": "bijgebouw"}, True), ({"object": "bijgebouw", "quote": "aangebouwd"}, {"object": "bijgebouw", "quote": "vrijstaand"}, False), ({}, {"quote": "verhoogd met 2 m"}, False), ({"quote": "verhoogd met 2 m", "value": 2.0}, {}, True),
    ({"quote": "verhoogd met 2 m", "value": 2.0, "article": "5.2.2 a"}, {}, False), ({"conditions": (AT,)}, {"value": None, "from_map": "hoogte"}, True), ({"conditions": (AT,), "article": "5.2.1 a"}, {"value": None, "from_map": "hoogte"}, True), ({"conditions": ("bij hoogte",)}, {"value": None, "from_map": "hoogte"}, False),
    ({"conditions": (AT,), "value": None}, {"value": None, "from_map": "hoogte"}, False), ({"conditions": (AT,)}, {"value": None, "from_map": "hoogte", "conditions": (AT,)}, False), ({"value": 5.0}, {"from_map": "hoogte"}, False), ({}, {"from_map": "hoogte"}, True), ({"conditions": (AT,)}, {"value": None}, False),
])
def test_what_stands_beside_a_general_clause_and_leaves_more(special, general, expected):
    one = replace(height("5.2.1 b", "<= 9 m").clause, **special)
    other = replace(A.clause, **general)
    assert norm_special._beside(one, other) is expected


DOUBTED = Doubt("key", "code", "woorden", True)


@pytest.mark.parametrize(("special", "general", "by", "own", "expected"), [
    ({}, ({},), ((),), (), True), ({}, ({},), (), (), False), ({}, ({}, {"quantity": "goothoogte"}), ((),), (), False), ({"operator": ">="}, ({},), ((),), (), False), ({"operator": "=="}, ({},), ((),), (), True), ({}, ({},), ((DOUBTED,),), (), False), ({}, ({},), ((DOUBTED,),), (DOUBTED,), True),
    ({}, ({},), ((), (DOUBTED,)), (), False), ({"quote": "verhoogd met 2 m"}, ({},), ((),), (), False), ({"conditions": (BEFORE,)}, ({},), ((),), (), False), ({"conditions": (BEHIND,)}, ({},), ((),), (), False), ({"conditions": (AT,)}, ({},), ((),), (), True), ({"quantity": "oppervlakte"}, ({"quantity": "bebouwingspercentage"},), ((),), (), True),
])
def test_whether_a_clause_takes_the_place_of_a_rule(special, general, by, own, expected):
    rule = drawn()
    one = replace(height("5.2.1 b", "<= 9 m").clause, **special)
    assert norm_special._put_aside(one, [replace(A.clause, **words) for words in general], [replace(rule, doubts=doubts) for doubts in by], replace(rule, doubts=own)) is expected


ASKED = Doubt("key", "plan_words_condition", "indien plat", True, True)


@pytest.mark.parametrize(("special", "by", "own", "departed", "expected"), [
    ({}, ((ASKED,),), (), True, "condition unless? indien plat"), ({}, ((ASKED,),), (), False, "exception unless? bouwhoogte <= 9 m"), ({}, ((ASKED,),), (ASKED,), True, "exception unless? bouwhoogte <= 9 m"), ({}, ((ASKED, DOUBTED),), (), True, "exception unless? bouwhoogte <= 9 m"), ({}, ((ASKED,), (ASKED,)), (), True, "condition unless? indien plat"),
    ({"quantity": "uitzondering"}, ((ASKED,),), (), True, "exception unless? bouwhoogte <= 9 m"), ({"conditions": (BEHIND,)}, ((ASKED,),), (), True, "exception unless? bouwhoogte <= 9 m"), ({}, ((replace(ASKED, holds_when=False),),), (), True, "condition? indien plat"), ({"quote": "verhoogd met 2 m"}, (), (), True, "more unless? verhoogd met 2 m"),
])
def test_what_is_asked_of_a_general_rule(special, by, own, departed, expected):
    rule = drawn()
    one = replace(height("5.2.1 b", "<= 9 m").clause, **special)
    doubt = norm_special._question(one, [replace(rule, doubts=doubts) for doubts in by], replace(rule, doubts=own), "NL.IMRO.9999.BP1", departed)
    assert f"{doubt.code.rpartition('_')[2]}{'' if doubt.holds_when else ' unless'}{'!' if doubt.else_unknown else '?'} {doubt.words}" == expected


def test_a_number_that_was_not_read_and_a_text_without_clauses_are_no_clause_of_a_rule():
    rule, text = drawn(), profile(TO_MAP)
    places = places_of(text, EVERY, AREAS)
    assert norm_special._clauses_of(replace(rule, read=A), text, places) == [A.clause] and norm_special._clauses_of(replace(rule, read=replace(A, key=NUMBER_LEFT)), text, places) == []
    assert norm_special._clauses_of(rule, text, places) == [] and norm_special._clauses_of(replace(rule, measure={"plan_value": "goothoogte"}), text, places) == [TO_MAP.clause]
    assert with_special([rule], MeasuringProfile("p"), places) == [rule] and KAP in AREAS
