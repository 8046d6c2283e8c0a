"""Answers as people give them: words that no rule knows, numbers with a comma; and values of the map that do not say what they are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely import box

import scenes
from drieluik.checks import REGISTRY, Context
from drieluik.checks.engine.from_plan.derive import derive
from drieluik.checks.engine.open_points.answer_words import names_another, roles_told
from drieluik.data_sources.rules.rulesets import read_ruleset
from drieluik.errors import DrieluikError
from drieluik.model import LegalSource, Limit, MeasuringProfile, PlanValue, ProfileEntry, Rule, Ruleset, Verdict
from drieluik.review import review
from one_rule import PEIL, run
from scenes import box_part, plan_area

COMPLIES, VIOLATES, JUDGE, OUT, OPEN = (
    Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT, Verdict.NOT_APPLICABLE, Verdict.NOT_ASSESSABLE,
)
HOUSE = box_part(6, 6, 13, 15, 0, 6.4)


def told(answers, *, limit=None, **words):
    rule = Rule("r", "max_building_height", {"nl": "r"}, (LegalSource("plan"),), limit or Limit("<=", "m", 5.5), **words)
    return review(scenes.site(), scenes.design(HOUSE), Ruleset("t", "1", {}, (rule,)), {**PEIL, **answers})[0]


@pytest.mark.parametrize(("word", "verdict"), [
    ("recreatiewoning", VIOLATES), ("Recreatiewoning", VIOLATES), ("anders", OUT), ("kas", OUT), ("opslag voor hout", OUT),
    (None, JUDGE), ("ja", JUDGE), ("nee", JUDGE), ("misschien", JUDGE), ("weet ik niet", JUDGE), ("recreatiewonig", JUDGE), ("recreatiewoningen", JUDGE),
    ("schuur of kas", JUDGE), (3, JUDGE), ("?", JUDGE), ("geen", JUDGE), ({"value": "kas", "reason": "aanvraag"}, OUT),
])
def test_a_word_that_no_rule_knows_is_another(word, verdict):
    """A slip, an inflection or a doubt settles nothing: else a violation would be answered away by a typing error."""
    when = {"answers": {"gebruik": ["recreatiewoning", "trekkershut"]}}
    assert told({} if word is None else {"gebruik": word}, applies_when=when).verdict is verdict


def test_what_is_like_a_known_word_names_nothing_else():
    assert names_another("garage", ["kantoor", "winkel"])
    assert not any(names_another(word, ["kantoor", "winkel"]) for word in ("kantor", "kantoorpand", "wink", "", "12", None, ["garage"], "n.v.t.", "winkel/woning"))


@pytest.mark.parametrize(("given", "verdict"), [("3,0", COMPLIES), ("3.0", COMPLIES), (3, COMPLIES), ("2,2", VIOLATES), ("drie", OPEN), ({"value": "3,0"}, COMPLIES)])
def test_a_number_may_be_written_with_a_comma(given, verdict):
    assert told({"d": given}, limit=Limit("<=", "m", formula="d + 3.5")).verdict is verdict


@pytest.mark.parametrize(("given", "verdict"), [("2,0", VIOLATES), (2, VIOLATES), ("2,5", OUT), ("twee", JUDGE), (None, JUDGE)])
def test_a_number_of_a_condition(given, verdict):
    when = {"answers": {"aantal_woningen": [2, 3]}}
    assert told({} if given is None else {"aantal_woningen": given}, applies_when=when).verdict is verdict


@pytest.mark.parametrize(("answers", "verdict"), [({}, JUDGE), ({"q": "ja"}, COMPLIES), ({"q": "nee"}, VIOLATES)])
def test_an_exception_that_asks_a_question_is_the_officers(answers, verdict):
    assert told(answers, exceptions=({"id": "q", "question": "Is er een bijzondere omstandigheid?"},)).verdict is verdict


@pytest.mark.parametrize(("exception", "fine"), [
    ("{id: q, question: 'Mag het?'}", False), ("{id: q, question: 'Mag het?', decision: auto}", False), ("{id: q, decision: auto}", False), ("{id: q}", False),
    ("{id: q, classes: [balcony], question: 'Ondergeschikt?'}", False), ("{id: q, question: 'Mag het?', decision: officer}", True),
    ("{id: q, decision: officer}", True), ("{id: q, classes: [balcony]}", True), ("{id: q, effect: 'limit*1.1'}", True),
])
def test_a_rule_file_says_who_decides(tmp_path, exception, fine):
    file = tmp_path / "r.yaml"
    file.write_text(
        "ruleset: {id: x, version: 1, title: {nl: x, en: x}, language: nl}\nrules:\n- id: a\n  check: max_building_height\n  title: {nl: a, en: a}\n"
        "  basis: policy\n  legal: {instrument: x, article: '1'}\n  limit: {op: '<=', value: 5, unit: m}\n"
        f"  exceptions:\n  - {exception}\n", encoding="utf-8",
    )
    if fine:
        assert read_ruleset(file).rules[0].exceptions[0]["id"] == "q"
    else:
        with pytest.raises(DrieluikError) as refused:
            read_ruleset(file)
        assert "ruleset_exception" in str(refused.value.code) or "q" in str(refused.value)


def plain(name, value, unit="m", qualifier=None):
    return PlanValue(name, qualifier, value, unit, f"{name} ({unit})={value:g}")


def by_plan(value, parts=(HOUSE,), answers=None):
    """Return the verdicts of the plan's own rules about a value, by check."""
    site = scenes.site()
    zone = plan_area("m1", "maatvoering", "vlak", box(5, 5, 15, 17), value, belongs_to="b1")
    site = replace(site, plans=(*(area for area in site.plans if area.fid != "m1"), zone))
    read = {"applies_to": ["gebouw"], "exempt_parts": ["chimney"], "pitch": {}, "eaves": {}, "denominator": "bouwvlak"}
    profiles = (MeasuringProfile("NL.IMRO.9999.BP1", "", tuple(ProfileEntry(key, entry) for key, entry in read.items())),)
    design, given = scenes.design(*parts), {**PEIL, **(answers or {})}
    context = Context(site, design, given)
    found = review(site, design, derive(context.may_govern(), context.projection, REGISTRY, profiles), given, profiles=profiles)
    return {one.check: (one.verdict, [q.key for q in one.questions]) for one in found if value.name in one.rule}


ASKED = ["qualifier.bouwhoogte"]


@pytest.mark.parametrize(("value", "answer", "highest", "lowest"), [
    (8.0, None, (JUDGE, ASKED), (JUDGE, ASKED)), (8.0, "maximum", (COMPLIES, []), (OUT, [])), (8.0, "minimum", (OPEN, []), (VIOLATES, [])),
    (8.0, "precies", (COMPLIES, []), (VIOLATES, [])), (5.0, "precies", (VIOLATES, []), (COMPLIES, [])), (6.4, "precies", (COMPLIES, []), (COMPLIES, [])),
    (5.0, "maximum", (VIOLATES, []), (OUT, [])), (8.0, "ongeveer", (JUDGE, ASKED), (JUDGE, ASKED)),
])
def test_a_value_without_a_word_is_neither_maximum_nor_minimum_by_itself(value, answer, highest, lowest):
    """6.4 m high where the map shows a bare number."""
    found = by_plan(plain("bouwhoogte", value), answers={} if answer is None else {"qualifier.bouwhoogte": answer})
    assert (found["max_building_height"], found["min_building_height"]) == (highest, lowest)


@pytest.mark.parametrize(("answer", "verdict"), [(None, JUDGE), ("maximum", COMPLIES), ("minimum", VIOLATES), ("precies", VIOLATES)])
def test_a_bare_pitch(answer, verdict):
    """A flat roof where the map shows 'dakhelling 30'."""
    found = by_plan(plain("dakhelling", 30.0, "deg"), answers={} if answer is None else {"qualifier.dakhelling": answer})
    assert found["roof_pitch_range"][0] is verdict


def test_a_bare_value_elsewhere_in_the_plan_is_not_asked():
    far = plan_area("far", "maatvoering", "vlak", box(40, 5, 50, 17), plain("bouwhoogte", 4.0))
    site = scenes.site()
    found = run("max_building_height", HOUSE, site=replace(site, plans=(*site.plans, far)), limit=Limit("<=", "m", from_plan="bouwhoogte"))
    assert (found.verdict, found.questions, [premise.key for premise in found.premises]) == (COMPLIES, (), ["peil"])


@pytest.mark.parametrize(("word", "verdict"), [
    ("Monument", VIOLATES), ("monument", VIOLATES), (["karakteristiek", "monument"], VIOLATES), ("karakteristiek", OUT), (["karakteristiek"], OUT),
    ("monumnet", JUDGE), ("provinciaal monument", JUDGE), ("weet ik niet", JUDGE), (["karakteristiek", "monumenten"], JUDGE),
])
def test_a_status_in_words(word, verdict):
    assert told({"status": word}, applies_when={"status": "monument"}).verdict is verdict


def test_one_reason_for_all_roles_goes_to_each_and_a_part_may_be_called_as_its_words_are():
    old = {"roles": {"muur": "design", "schuur": "existing", "reason": "gezien", "by": "J", "at": "2026-05-01"}}
    beside = {"reason": "gezien", "by": "J", "at": "2026-05-01"}
    assert roles_told(old) == {"muur": {"value": "design", **beside}, "schuur": {"value": "existing", **beside}}
    assert roles_told({"roles": {"by": "design", "muur": "existing"}}) == {"by": "design", "muur": "existing"}
