"""Ways of measuring that say what does count: measured where a profile has a word for it, open where nothing here measures so."""

from __future__ import annotations

from dataclasses import replace

import pytest

import scenes
from drieluik.checks import REGISTRY, Context
from drieluik.checks.engine.from_plan.derive import derive
from drieluik.data_sources.juridical.text.reading_text import read_text
from drieluik.data_sources.juridical.text.text_profile import proposed_profile
from drieluik.model import Verdict
from drieluik.model.plan_words import CONFIRMED, MEASURED, OPEN, REJECTED
from drieluik.review import review
from scenes import box_part

PLAN = "NL.IMRO.9999.BP1"
RULES = (
    "Artikel 5 Wonen\n5.1 Bestemmingsomschrijving\nDe voor 'Wonen' aangewezen gronden zijn bestemd voor wonen.\n5.2 Bouwregels\n"
    "a. de bouwhoogte van een hoofdgebouw bedraagt ten hoogste 7 m;\nb. de inhoud van een hoofdgebouw bedraagt ten hoogste 610 m3;\n"
    "c. de oppervlakte van een hoofdgebouw bedraagt ten hoogste 101 m2;\n"
)
HOUSE, DEEP = box_part(5, 5, 15, 15, 0, 6, fid="h"), box_part(5, 5, 15, 15, -2, 6, fid="h")
CHIMNEY = replace(box_part(9, 9.5, 9.6, 10.1, 6, 8, fid="c"), kind="chimney")
ANSWERS = {"peil": {"method": "nap_value", "nap_m": scenes.GROUND}, "objects": {"h": "hoofdgebouw"}, "roles": {"h": "design", "c": "design"}}


def found(measuring, *parts, decision=CONFIRMED, entries=True, answers=None, begrippen=""):
    """The findings of the three norms, all of them confirmed; ``decision``: of the ways of measuring; ``entries``: whether what was read of them is confirmed."""
    text = (f"Artikel 1 Begrippen\n1.1 peil:\n{begrippen}\n" if begrippen else "") + f"Artikel 2 Wijze van meten\n2.1 {measuring}\n{RULES}"
    read = proposed_profile(read_text(text), PLAN)
    told = {"by": "A", "at": "2026-01-02", "reason": "gelezen"}
    norms = tuple(replace(one, decision=decision if one.clause.quantity == MEASURED else CONFIRMED, **told) for one in read.norms)
    own = replace(read, norms=norms, **({"entries": read.proposed, "proposed": ()} if entries else {}))
    site, design, given = scenes.site(registered_buildings=(), buildings3d=()), scenes.design(*(parts or (HOUSE,))), {**ANSWERS, **(answers or {})}
    rules = derive(site.plans, Context(site, design, given).projection, REGISTRY, (own,), site.parcels)
    every = review(site, design, rules, given, profiles=(own,))
    return {one.rule.rpartition(" ")[2]: one for one in every if ":norm:5.2 " in one.rule}


def test_a_cellar_counts_for_the_volume_where_the_text_says_so():
    words = "de inhoud: tussen de onderzijde van de begane grondvloer en de buitenzijde van de gevels en daken, met inbegrip van kelders."
    one = found(words, DEEP)["inhoud"]
    assert (one.verdict, round(one.measurements[0].value)) == (Verdict.VIOLATES, 800)
    without = found(words.replace("met inbegrip van", "exclusief"), DEEP, answers={"ground_floor": {"underside_nap_m": scenes.GROUND}})["inhoud"]
    assert (without.verdict, round(without.measurements[0].value)) == (Verdict.COMPLIES, 600)


def test_a_plan_may_exempt_nothing_from_a_height():
    words = "de bouwhoogte: vanaf het peil tot aan het hoogste punt van een gebouw, schoorstenen en antennes daaronder begrepen."
    one = found(words, HOUSE, CHIMNEY, answers={"minor_parts": "no"})["bouwhoogte"]
    assert (one.verdict, one.measurements[0].value) == (Verdict.VIOLATES, pytest.approx(8.0, abs=0.01))
    unread = found(words, HOUSE, CHIMNEY, entries=False)["bouwhoogte"]
    assert unread.verdict is Verdict.NEEDS_JUDGEMENT


def test_while_nobody_read_what_is_exempt_nothing_may_be():
    one = found("de dakhelling: langs het dakvlak ten opzichte van het horizontale vlak.", HOUSE, CHIMNEY, answers={"minor_parts": "no"})["bouwhoogte"]
    assert one.verdict is Verdict.NEEDS_JUDGEMENT
    [point] = [premise for premise in one.premises if premise.key == "profile.exempt_parts"]
    assert [choice.verdict.value for choice in point.choices if choice.answer == []] == ["violates"]


def test_while_nobody_read_from_where_a_volume_is_measured_a_cellar_may_count():
    words, floor = "de dakhelling: langs het dakvlak ten opzichte van het horizontale vlak.", {"ground_floor": {"underside_nap_m": scenes.GROUND}}
    one = found(words, DEEP, answers=floor)["inhoud"]
    assert one.verdict is Verdict.NEEDS_JUDGEMENT
    [point] = [premise for premise in one.premises if premise.key == "profile.volume_base"]
    assert [(choice.verdict.value, round(choice.value)) for choice in point.choices if choice.answer == {"volume_base": "underside", "count_basement": True}] == [("violates", 800)]


@pytest.mark.parametrize("decision", [OPEN, CONFIRMED])
def test_a_way_of_measuring_that_nothing_measures_leaves_its_size_open(decision):
    words = "de oppervlakte: tussen de buitenwerkse gevelvlakken, met inbegrip van galerijen dieper dan 0,6 m."
    one = found(words, decision=decision)
    assert one["oppervlakte"].verdict is Verdict.NEEDS_JUDGEMENT
    [question] = [asked for asked in one["oppervlakte"].questions if asked.note.code == "engine_question_norm_measuring"]
    assert one["inhoud"].verdict is one["bouwhoogte"].verdict is Verdict.COMPLIES  # of another size it says nothing
    assert found(words, decision=decision, answers={question.key: "no"})["oppervlakte"].verdict is Verdict.COMPLIES
    assert found(words, decision=decision, answers={question.key: "yes"})["oppervlakte"].verdict is Verdict.NOT_ASSESSABLE


def test_a_way_of_measuring_that_was_rejected_asks_nothing():
    words = "de oppervlakte: tussen de buitenwerkse gevelvlakken, met inbegrip van galerijen dieper dan 0,6 m."
    assert found(words, decision=REJECTED)["oppervlakte"].verdict is Verdict.COMPLIES


def test_a_peil_above_the_ground_is_measured_from_there():
    high = box_part(5, 5, 15, 15, 0, 7.2, fid="h")
    given = {"peil": {}}
    words = "de dakhelling: langs het dakvlak ten opzichte van het horizontale vlak."
    flat = found(words, high, answers=given, begrippen="de hoogte van het afgewerkte maaiveld;")["bouwhoogte"]
    raised = found(words, high, answers=given, begrippen="0,5 m boven het afgewerkte maaiveld;")["bouwhoogte"]
    assert (flat.verdict, raised.verdict) == (Verdict.VIOLATES, Verdict.COMPLIES)
    assert flat.measurements[0].value - raised.measurements[0].value == pytest.approx(0.5)
    by_way = found(words, high, answers={"peil": {"method": "finished_ground_adjoining"}}, begrippen="0,5 m boven het afgewerkte maaiveld;")["bouwhoogte"]
    assert by_way.measurements[0].value == raised.measurements[0].value
    unread = found(words, high, answers=given, begrippen="0,5 m boven het afgewerkte maaiveld;", entries=False)["bouwhoogte"]
    assert unread.verdict is Verdict.NEEDS_JUDGEMENT
