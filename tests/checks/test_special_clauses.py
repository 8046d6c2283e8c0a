"""Which clause of a plan's text goes before which: one that departs from another puts it aside at its place, and a milder one beside a general one
makes that a question; in both directions."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely

import scenes
from drieluik.checks import REGISTRY, Context
from drieluik.checks.engine.cover.covering import plan_cover
from drieluik.checks.engine.from_plan.derive import derive
from drieluik.checks.engine.from_plan.norm_special import references
from drieluik.data_sources.juridical.text.reading_text import read_text
from drieluik.data_sources.juridical.text.text_profile import proposed_profile
from drieluik.model import PlanValue
from drieluik.model.plan_words import CONFIRMED, OPEN
from drieluik.review import review
from scenes import gable_part, plan_area

PLAN = "NL.IMRO.9999.BP1"
HEAD = """Artikel 5 Wonen
5.1 Bestemmingsomschrijving
De voor 'Wonen' aangewezen gronden zijn bestemd voor wonen.
5.2 Bouwregels
5.2.1 Hoofdgebouwen
Voor het bouwen van hoofdgebouwen gelden de volgende regels:
"""
LOW = "a. de goothoogte mag niet meer dan 3,2 m bedragen;\n"
HOUSE = gable_part(6, 6, 14, 15, 3.7, 7.4, fid="house")
"""Eaves at 3.7 m, ridge at 7.4 m."""
ANSWERS = {
    "dormers_count": "no", "peil": {"method": "nap_value", "nap_m": scenes.GROUND}, "objects": {"house": "hoofdgebouw"}, "roles": {"house": "design"},
    "profile": {PLAN: {"eaves": {"value": {}, "by": "J. Toets"}}},
}
HERE, BESIDE, HALF = (plan_area("m", "bouwaanduiding", "hoek", shapely.box(west, 0, 20, 40)) for west in (0, 16, 10))
SIZE = plan_area("s", "maatvoering", "maatvoering", shapely.box(0, 0, 20, 40), PlanValue("goothoogte", "maximum", 3.2, "m", "maximum goothoogte (m)=3.2"))
OF_MAP = "de goothoogte mag niet meer bedragen dan ter plaatse van de aanduiding 'maximum goothoogte (m)' is aangegeven"
AT = "ter plaatse van de aanduiding 'hoek'"


def judged(text, *areas, decision=CONFIRMED, answers=None):
    """The findings of a text that everybody read alike: {key of the norm or last words of the rule: finding}, and the cover."""
    read = proposed_profile(read_text(HEAD + text), PLAN, "Voorbeeldplan", "regels.txt", "2026-01-02")
    own = replace(read, norms=tuple(replace(norm, decision=decision, by="J. Toets", at="2026-01-03", reason="gelezen") for norm in read.norms))
    site, design = scenes.site(registered_buildings=(), buildings3d=()), scenes.design(HOUSE)
    site, given = replace(site, plans=(*site.plans, *areas)), {**ANSWERS, **(answers or {})}
    rules = derive(site.plans, Context(site, design, given).projection, REGISTRY, (own,), site.parcels)
    found = review(site, design, rules, given, profiles=(own,))
    cover = plan_cover(Context(site, design, given, profiles=(own,)), (rules,), found)
    return {one.rule.partition(":norm:")[2] or one.rule.rpartition(":")[2]: one for one in found}, cover


def verdicts(text, *areas, **more):
    found, _ = judged(text, *areas, **more)
    return {key: one.verdict.value for key, one in found.items() if key[:1] == "5" and "gebruik" not in key}


DEPARTING = [
    f"in afwijking van het bepaalde onder a mag de goothoogte {AT} niet meer dan 5,6 m bedragen;",
    f"in afwijking van het bepaalde in sub a geldt {AT} een maximale goothoogte van 5,6 m;",
    f"{AT} is, in afwijking van a, een goothoogte van ten hoogste 5,6 m toegestaan;",
    f"{AT} mag, in afwijking van het gestelde onder a, de goothoogte maximaal 5,6 m bedragen;",
    f"in afwijking hiervan mag de goothoogte {AT} niet meer dan 5,6 m bedragen;",
    f"in afwijking van het voorgaande mag de goothoogte {AT} niet meer dan 5,6 m bedragen;",
    f"in afwijking van het bepaalde in lid 5.2.1, onder a, bedraagt de goothoogte {AT} ten hoogste 5,6 m;",
    f"in uitzondering op het bepaalde onder a bedraagt de goothoogte {AT} ten hoogste 5,6 m;",
    f"ongeacht het bepaalde onder a mag de goothoogte {AT} niet meer dan 5,6 m bedragen;",
]


@pytest.mark.parametrize("words", DEPARTING)
def test_a_clause_that_departs_from_another_puts_it_aside_at_its_place_and_nowhere_else(words):
    assert verdicts(f"{LOW}b. {words}\n", HERE) == {"5.2.1 a goothoogte": "not_applicable", "5.2.1 b goothoogte": "complies"}
    assert verdicts(f"{LOW}b. {words}\n", BESIDE) == {"5.2.1 a goothoogte": "violates", "5.2.1 b goothoogte": "not_applicable"}


def test_a_clause_that_is_put_aside_says_by_which_and_holds_on_the_rest_of_the_design():
    found, _ = judged(f"{LOW}b. {DEPARTING[0]}\n", HERE)
    aside = found["5.2.1 a goothoogte"]
    assert aside.governed_by == f"plan:{PLAN}:norm:5.2.1 b goothoogte" and "engine_overruled" in [note.code for note in aside.notes]
    assert verdicts(f"{LOW}b. {DEPARTING[0]}\n", HALF) == {"5.2.1 a goothoogte": "violates", "5.2.1 b goothoogte": "complies"}


def test_what_nobody_confirmed_puts_nothing_aside_for_certain():
    assert set(verdicts(f"{LOW}b. {DEPARTING[0]}\n", HERE, decision=OPEN).values()) == {"needs_judgement"}


def test_a_stricter_clause_that_departs_is_the_one_that_is_violated():
    text = f"{LOW}b. in afwijking van het bepaalde onder a mag de goothoogte {AT} niet meer dan 2,1 m bedragen;\n"
    assert verdicts(text, HERE) == {"5.2.1 a goothoogte": "not_applicable", "5.2.1 b goothoogte": "violates"}


@pytest.mark.parametrize(("words", "key"), [
    ("in afwijking van het bepaalde onder a mag de goothoogte niet meer dan 5,6 m bedragen, mits de woning op een terp staat", "condition:mits de woning op een terp staat"),
    ("in afwijking van het bepaalde onder a mag de goothoogte van woningen met een plat dak niet meer dan 5,6 m bedragen", "condition:met een plat dak"),
])
def test_a_clause_that_departs_on_a_condition_makes_one_question_of_both(words, key):
    text, asked = f"{LOW}b. {words};\n", f"plan_words:{PLAN}:{key}"
    found, _ = judged(text)
    aside = found["5.2.1 a goothoogte"]
    assert aside.verdict.value == "needs_judgement" and asked in [question.key for question in aside.questions]
    assert verdicts(text, answers={asked: "yes"}) == {"5.2.1 a goothoogte": "not_applicable", "5.2.1 b goothoogte": "complies"}
    assert verdicts(text, answers={asked: "no"})["5.2.1 a goothoogte"] == "violates"


@pytest.mark.parametrize("words", [
    f"{AT} mag de goothoogte niet meer bedragen dan 5,6 m;", "de goothoogte van vrijstaande woningen mag niet meer dan 5,6 m bedragen;",
    f"in afwijking van het bepaalde onder a mogen woningen {AT} hoger worden gebouwd;",
])
def test_a_special_clause_beside_a_general_one_makes_that_a_question(words):
    assert verdicts(f"{LOW}b. {words}\n", HERE)["5.2.1 a goothoogte"] == "needs_judgement"
    if AT in words:
        assert verdicts(f"{LOW}b. {words}\n", BESIDE)["5.2.1 a goothoogte"] == "violates"


def test_a_general_clause_that_is_met_or_that_is_the_milder_one_asks_nothing():
    higher = LOW.replace("3,2", "4,1")
    assert verdicts(f"{higher}b. {AT} mag de goothoogte niet meer bedragen dan 5,6 m;\n", HERE)["5.2.1 a goothoogte"] == "complies"
    text = f"{LOW}b. {AT} mag de goothoogte niet meer bedragen dan 2,1 m;\n"
    assert verdicts(text, HERE) == {"5.2.1 a goothoogte": "violates", "5.2.1 b goothoogte": "violates"}
    other = f"{LOW}b. in afwijking van het bepaalde onder a mag de bouwhoogte {AT} niet meer dan 8 m bedragen;\nc. de bouwhoogte mag niet meer dan 7,5 m bedragen;\n"
    assert verdicts(other, HERE)["5.2.1 c bouwhoogte"] == "complies"


def test_only_the_sizes_that_a_departing_clause_names_are_put_aside():
    text = (f"a. de goothoogte en bouwhoogte mogen niet meer dan 3,2 m respectievelijk 7,1 m bedragen;\n"
            f"b. in afwijking van het bepaalde onder a mag de bouwhoogte {AT} niet meer dan 8,3 m bedragen;\n")
    assert verdicts(text, HERE) == {"5.2.1 a goothoogte": "violates", "5.2.1 a bouwhoogte": "not_applicable", "5.2.1 b bouwhoogte": "complies"}


def test_a_list_that_departs_puts_aside_the_list_of_another_member():
    text = (f"{LOW}b. de bouwhoogte mag niet meer dan 7,1 m bedragen;\n5.2.2 Hoekwoningen\nIn afwijking van het bepaalde in lid 5.2.1 gelden {AT} deze regels:\n"
            "a. de goothoogte bedraagt ten hoogste 5,6 m;\nb. de bouwhoogte bedraagt ten hoogste 8,3 m.\n")
    assert verdicts(text, HERE) == {
        "5.2.1 a goothoogte": "not_applicable", "5.2.1 b bouwhoogte": "not_applicable", "5.2.2 a goothoogte": "complies", "5.2.2 b bouwhoogte": "complies",
    }


def test_a_size_of_the_map_is_put_aside_or_asked_by_the_text_that_departs_from_it():
    def of_map(text, area):
        return judged(text, area, SIZE)[0]["goothoogte"].verdict.value

    departing = f"a. {OF_MAP};\nb. in afwijking van het bepaalde onder a mag de goothoogte {AT} niet meer dan 5,6 m bedragen;\n"
    assert (of_map(departing, HERE), of_map(departing, BESIDE)) == ("not_applicable", "violates")
    bare = f"a. {OF_MAP};\nb. {AT} mag de goothoogte niet meer dan 5,6 m bedragen;\n"
    assert (of_map(bare, HERE), of_map(bare, BESIDE)) == ("needs_judgement", "violates")
    within = f"a. {OF_MAP}, met dien verstande dat de goothoogte {AT} niet meer dan 5,6 m mag bedragen;\n"
    assert (of_map(within, HERE), of_map(within, BESIDE)) == ("needs_judgement", "violates")


def test_a_clause_that_leaves_the_size_to_the_map_puts_the_number_of_the_text_aside():
    text = f"a. de goothoogte mag niet meer dan 2,1 m bedragen;\nb. in afwijking van het bepaalde onder a geldt dat {OF_MAP};\n"
    found, _ = judged(text, replace(SIZE, values=(replace(SIZE.values[0], value=4.4, raw="maximum goothoogte (m)=4.4"),)))
    assert {key: found[key].verdict.value for key in ("goothoogte", "5.2.1 a goothoogte")} == {"goothoogte": "complies", "5.2.1 a goothoogte": "not_applicable"}
    assert judged(text)[0]["5.2.1 a goothoogte"].verdict.value != "complies"


def test_what_only_puts_another_clause_aside_is_a_line_of_the_cover_and_no_rule():
    found, cover = judged(f"{LOW}b. het bepaalde onder a is niet van toepassing {AT};\n", HERE)
    assert "5.2.1 b uitzondering" not in found
    [line] = [one for one in cover.lines if one.key == f"{PLAN}:clause:5.2.1 b uitzondering"]
    assert (line.state, line.note.code) == ("does_not_apply", "cover_norm_excepts")


@pytest.mark.parametrize(("words", "article", "named"), [
    ("onder a", "5.2.1 b", [("5.2.1", ("a",))]), ("a, b en c", "5.2.1 d", [("5.2.1", (mark,)) for mark in "abc"]),
    ("onder a t/m c", "5.2.1 d", [("5.2.1", (mark,)) for mark in "abc"]), ("lid 4.1", "5.2.1 a", [("4.1", ())]), ("artikel 3", "5.2.1 a", [("3", ())]),
    ("lid 4.1 onder b", "5.2.1 a", [("4.1", ("b",))]), ("lid 2", "5 3", [("5.2", ()), ("5", ("2",))]), ("het voorgaande", "5.2.1 b", []),
    ("sub 1", "5.2.1 b.2", [("5.2.1", ("1",)), ("5.2.1", ("b", "1"))]),
])
def test_a_reference_is_read_from_where_it_stands(words, article, named):
    assert references(words, article) == named


@pytest.mark.parametrize(("least", "verdict"), [(35, "complies"), (55, "needs_judgement")])
def test_a_size_of_at_most_less_than_it_is_at_least_is_the_other_way_to_meet_it(least, verdict):
    """The house has planes of 39.4 degrees: steep enough, or else the way of a flat roof is asked; never a violation of 0 degrees."""
    assert verdicts(f"a. de dakhelling bedraagt 0° of ten minste {least}°;\n") == {"5.2.1 a dakhelling 2": verdict}
    assert verdicts("a. de dakhelling bedraagt ten minste 30° en ten hoogste 38°;\n") == {"5.2.1 a dakhelling": "violates"}


PUT_ASIDE = (
    f"{LOW}b. het bepaalde onder a is niet van toepassing {AT};", f"{LOW}b. het bepaalde onder a geldt niet {AT};", f"{LOW}b. {AT} geldt het bepaalde onder a niet;",
    f"a. de goothoogte mag niet meer dan 3,2 m bedragen, met dien verstande dat dit niet geldt {AT};", f"a. de goothoogte mag niet meer dan 3,2 m bedragen, behalve {AT};",
    f"a. de goothoogte mag niet meer dan 3,2 m bedragen, behoudens {AT};", f"a. de goothoogte mag niet meer dan 3,2 m bedragen. Deze regel geldt niet {AT}.",
    f"a. de goothoogte mag niet meer dan 3,2 m bedragen. Dit is niet van toepassing {AT}.",
)


@pytest.mark.parametrize("text", PUT_ASIDE)
@pytest.mark.parametrize(("area", "verdict"), [(HERE, "not_applicable"), (BESIDE, "violates"), (HALF, "violates")])
def test_a_clause_that_does_not_hold_at_a_place_of_the_map_is_decided_by_it(text, area, verdict):
    found, _ = judged(text + "\n", area)
    own = next(one for key, one in found.items() if key.endswith("goothoogte") and key[:1] == "5")
    assert own.verdict.value == verdict and not [one.key for one in own.questions if one.key.startswith("plan_words")]


@pytest.mark.parametrize(("words", "areas"), [
    (f"het bepaalde onder a geldt niet voor kassen {AT};", (HERE,)), (f"het bepaalde onder a geldt niet {AT} zolang daar een molen staat;", (HERE,)),
    (f"het bepaalde onder a geldt niet {AT};", ()),
])
def test_one_that_says_more_or_names_what_the_map_has_not_is_asked(words, areas):
    assert verdicts(f"{LOW}b. {words}\n", *areas)["5.2.1 a goothoogte"] == "needs_judgement"


def test_one_that_nobody_confirmed_decides_nothing():
    assert verdicts(PUT_ASIDE[0] + "\n", HERE, decision=OPEN)["5.2.1 a goothoogte"] == "needs_judgement"


POWER = "5.3 Afwijken\nBij omgevingsvergunning kan worden afgeweken van het bepaalde in 5.2.1 onder a voor een goothoogte van ten hoogste 4,5 m{}.\n"
HOLDS, BARRED, MAYBE = "fits_with_power", "needs_outside_plan_permit", "undecided"


@pytest.mark.parametrize(("words", "area", "step"), [
    ("", HERE, HOLDS), (f". Deze bevoegdheid mag niet worden toegepast {AT}", HERE, BARRED), (f". Deze bevoegdheid mag niet worden toegepast {AT}", BESIDE, HOLDS),
    (f", met dien verstande dat dit niet van toepassing is {AT}", HERE, BARRED), (f", behalve {AT}", HERE, BARRED), (f", behalve {AT}", BESIDE, HOLDS),
    (", met dien verstande dat de afwijking niet van toepassing is op karakteristieke panden", HERE, MAYBE),
    (", met dien verstande dat de bevoegdheid niet mag worden toegepast indien de dijk wordt verzwakt", HERE, MAYBE),
])
def test_a_bar_on_a_power_is_a_condition_of_it(words, area, step):
    found, _ = judged(f"{LOW}{POWER.format(words)}", area)
    own = found["5.2.1 a goothoogte"]
    assert (own.verdict.value, own.ladder) == ("violates", step)


@pytest.mark.parametrize(("answer", "step"), [("yes", BARRED), ("no", HOLDS)])
def test_who_reads_the_bar_of_a_power_says_whether_it_is_so(answer, step):
    text = f"{LOW}{POWER.format(', met dien verstande dat de afwijking niet van toepassing is op karakteristieke panden')}"
    found, _ = judged(text, answers={f"plan_words:{PLAN}:exception:karakteristieke panden": answer})
    assert found["5.2.1 a goothoogte"].ladder == step


def test_a_list_below_words_that_take_a_place_out_holds_everywhere_else():
    text = HEAD.replace("gelden de volgende regels:", f"gelden, behoudens {AT}, de volgende regels:")
    norms = {one.article: one for one in read_text(text + LOW).clauses}
    assert (norms["5.2.1 a"].conditions, norms["5.2.1 a"].exceptions) == ((), ("ter plaatse van de aanduiding 'hoek', de volgende regels",))


@pytest.mark.parametrize("words", [
    "dan de op de verbeelding aangegeven goothoogte, vermeerderd met 1 m", "dan de met de aanduiding 'maximum goothoogte (m)' aangeduide hoogte, verhoogd met 1 m",
    "dan 1 m boven de op de verbeelding aangegeven goothoogte", "dan de op de kaart aangegeven goothoogte plus 1 m",
])
def test_what_a_clause_adds_to_the_size_of_the_map_keeps_that_from_violating(words):
    """Eaves at 3.7 m: over the 3.2 m of the map, under 4.2 m."""
    found, _ = judged(f"a. de goothoogte mag niet meer bedragen {words};\n", SIZE)
    own = found["goothoogte"]
    assert own.verdict.value == "needs_judgement" and [one.key.split(":")[2] for one in own.questions] == ["more"]
    assert {one.verdict.value for key, one in found.items() if key.startswith("5.2.1")} == {"not_assessable"}  # it is to be read: 1 m is no height of a house
    answer = {own.questions[0].key: "no"}
    assert judged(f"a. de goothoogte mag niet meer bedragen {words};\n", SIZE, answers=answer)[0]["goothoogte"].verdict.value == "violates"


@pytest.mark.parametrize("rest", ["de op de verbeelding aangegeven goothoogte, dan wel 4 m", "4 m, of de op de verbeelding aangegeven goothoogte"])
def test_a_size_of_the_map_beside_which_the_text_gives_another_never_violates_firmly(rest):
    """The eaves are at 3.7 m; the map gives 3.2 m."""
    text = f"a. de goothoogte bedraagt ten hoogste {rest};\n"
    found, _ = judged(text, SIZE)
    assert found["goothoogte"].verdict.value == "needs_judgement" and found["5.2.1 a goothoogte"].verdict.value == "complies"
    assert judged("a. de goothoogte is ten hoogste 4 m;\n", SIZE)[0]["goothoogte"].verdict.value == "violates"
