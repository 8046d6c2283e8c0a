"""A clause in one reading: how it is told, what follows where it does not hold as read, and when its conditions are asked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from clauses import AREAS, FARM, USED, WONEN, norm

import scenes
from drieluik.checks import Context
from drieluik.checks.engine.base import finding
from drieluik.checks.engine.cover.norm_lines import norm_lines
from drieluik.checks.engine.from_plan.norm_reading import as_read, said_shortly, with_doubts
from drieluik.model import Doubt, LegalSource, MeasuringProfile, Note, PlanNorm, PlanOrigin, Rule, Ruleset, Verdict
from drieluik.model.plan_words import CORRECTED, NUMBER_LEFT, OPEN, Clause
from scenes import box_part

ABOUT = Note.of("subject")
PLAN = "NL.IMRO.9999.BP1"
RULE = Rule("r", "max_building_height", {"nl": "r"}, (LegalSource("Plan"), LegalSource("Plan", "5.2 a")), plan_id=PLAN)
PROFILE = MeasuringProfile(PLAN, text_sha256="0123456789abcdef")


def context(answers=None, profiles=(PROFILE,)):
    return Context(scenes.site(), scenes.design(box_part(5, 5, 15, 15, 0, 6)), answers or {}, profiles=profiles)


@pytest.mark.parametrize(("words", "more", "expected"), [
    ("[hoofdgebouw] goothoogte <= 5.5 m", {}, "hoofdgebouw: goothoogte ≤ 5,5 m"), ("[] goothoogte >= 3 m", {}, "goothoogte ≥ 3 m"), ("[x] afstand_zijgrens < 3.25 m", {}, "x: afstand zijgrens < 3,25 m"),
    ("[x] bouwhoogte > 3 m", {}, "x: bouwhoogte > 3 m"), ("[x] aantal == 1 stuks", {}, "x: aantal = 1 stuks"), ("[x] dakhelling between 30 deg", {"value2": 45.5}, "x: dakhelling 30 – 45,5 °"), ("[x] oppervlakte <= 155 m2", {}, "x: oppervlakte ≤ 155 m²"), ("[x] inhoud <= 600 m3", {}, "x: inhoud ≤ 600 m³"),
    ("[x] bebouwingspercentage <= 40 %", {"relative_to": "het bouwvlak"}, "x: bebouwingspercentage ≤ 40 % van het bouwvlak"), ("[x] verbod_van_iets", {}, "x: verbod van iets"), ("[x] factor to 2", {}, "x: factor 2"),
])
def test_a_clause_is_told_shortly(words, more, expected):
    assert said_shortly(norm(f"5.2 {words}", **more).clause) == expected


KEY = f"plan_norm:{PLAN}:01234567:5.2 a bouwhoogte"


def clause(decision=OPEN, **words):
    return replace(RULE, read=replace(norm("5.2 a [x] bouwhoogte <= 3 m", "ten hoogste 3 m", decision=decision), **words))


@pytest.mark.parametrize(("decision", "code"), [("confirmed", "premise_norm_confirmed"), (CORRECTED, "premise_norm_corrected")])
def test_a_clause_that_stands_holds_and_says_who_read_it(decision, code):
    scene = context()
    assert as_read(clause(decision, by="A. Toets", at="2026-01-02", reason="gelezen"), scene, ABOUT) is None and not scene.ledger.open
    [premise] = scene.ledger.settled.values()
    assert (premise.key, premise.settled, premise.by, premise.note) == ("plan_norm:5.2 a bouwhoogte", "plan_text", "A. Toets", Note.of(code, article="5.2 a", by="A. Toets", at="2026-01-02", reason="gelezen"))
    assert premise.about == Note.of("engine_question_norm", article="5.2 a", quote="ten hoogste 3 m", read="x: bouwhoogte ≤ 3 m")
    bare = context()
    silent = norm(" [x] bouwhoogte <= 3 m", "3 m", key="k", decision=decision)
    assert as_read(replace(RULE, read=silent), bare, ABOUT) is None and as_read(RULE, bare, ABOUT) is None
    assert bare.ledger.settled["plan_norm:k"].note == Note.of(code, article="–", by="", at="–", reason="–")


def test_a_clause_that_is_open_holds_or_nobody_knows_what_holds():
    scene = context()
    assert as_read(clause(), scene, ABOUT) is None  # likeliest: as read
    point = scene.ledger.open[KEY]
    assert [(way.value, way.answer, way.note.code) for way in point.alternatives] == [(True, "yes", "choice_norm_holds"), (False, "no", "choice_norm_otherwise")]
    assert (point.question.key, point.question.kind, point.question.plan_id, point.question.note.code) == (KEY, "yes_no", PLAN, "engine_question_norm")
    other = as_read(clause(), scene.read_as({KEY: point.alternatives[1]}, type(scene.ledger)()), ABOUT)
    assert (other.verdict, other.subject, other.missing) == (Verdict.NOT_ASSESSABLE, ABOUT, (Note.of("engine_norm_not_as_read", article="5.2 a", quote="ten hoogste 3 m"),))
    nameless = replace(RULE, read=norm(" [x] bouwhoogte <= 3 m", "3 m", key="k", decision=OPEN))
    as_read(nameless, scene, ABOUT)
    asked = scene.ledger.open[f"plan_norm:{PLAN}:01234567:k"]
    assert asked.question.note.as_dict()["article"] == "–"
    other = as_read(nameless, scene.read_as({asked.key: asked.alternatives[1]}, type(scene.ledger)()), ABOUT)
    assert other.missing[0].as_dict()["article"] == "–"
    unknown = context(profiles=())
    as_read(clause(), unknown, ABOUT)
    assert list(unknown.ledger.open) == [f"plan_norm:{PLAN}::5.2 a bouwhoogte"]


@pytest.mark.parametrize(("given", "holds", "asked"), [
    ({"value": "yes", "by": "A"}, True, False), ({"value": "no", "by": "A"}, False, False), ({"value": True, "by": "A"}, True, False), ("no", True, True), ({"value": "no"}, True, True), ({"value": "no", "by": "  "}, True, True),
    ({"value": "perhaps", "by": "A"}, True, True),
])
def test_an_answer_about_a_clause_counts_with_a_name(given, holds, asked):
    scene = context({KEY: given})
    found = as_read(clause(), scene, ABOUT)
    assert (found is None, KEY in scene.ledger.open) == (holds, asked)
    if not asked:
        assert scene.ledger.settled[KEY].note.as_dict()["word"] == ("yes" if holds else "no")


def doubt(words="indien plat", holds_when=True, else_unknown=False):
    return Doubt(f"plan_words:{words}", "engine_question_norm_condition", words, holds_when, else_unknown)


@pytest.mark.parametrize(("doubts", "verdict", "answers", "expected", "asked"), [
    ((doubt(),), Verdict.VIOLATES, {}, "violates", ["indien plat"]), ((doubt(),), Verdict.VIOLATES, {"indien plat": "yes"}, "violates", []), ((doubt(),), Verdict.VIOLATES, {"indien plat": "no"}, "not_applicable", []),
    ((doubt(holds_when=False),), Verdict.VIOLATES, {}, "violates", ["indien plat"]), ((doubt(holds_when=False),), Verdict.VIOLATES, {"indien plat": "yes"}, "not_applicable", []),
    ((doubt(),), Verdict.COMPLIES, {"indien plat": "no"}, "complies", []), ((doubt(),), Verdict.COMPLIES, {}, "complies", []), ((doubt(),), Verdict.NOT_APPLICABLE, {}, "not_applicable", []),
    ((doubt(else_unknown=True),), Verdict.COMPLIES, {}, "complies", ["indien plat"]), ((doubt(else_unknown=True),), Verdict.COMPLIES, {"indien plat": "no"}, "not_assessable", []),
    ((doubt(else_unknown=True),), Verdict.NOT_APPLICABLE, {"indien plat": "no"}, "not_applicable", []), ((doubt(), doubt("mits", else_unknown=True)), Verdict.COMPLIES, {}, "complies", ["mits"]),
    ((doubt(), doubt("hoek")), Verdict.NOT_ASSESSABLE, {"indien plat": "yes"}, "not_assessable", ["hoek"]), ((doubt(), doubt("hoek")), Verdict.VIOLATES, {"indien plat": "yes", "hoek": "no"}, "not_applicable", []),
])
def test_a_condition_is_asked_where_it_can_matter(doubts, verdict, answers, expected, asked):
    scene = context({f"plan_words:{words}": told for words, told in answers.items()})
    rule = replace(RULE, doubts=doubts)
    [found] = with_doubts(rule, scene, (finding(rule, scene, ABOUT, verdict),), ABOUT)
    assert (found.verdict.value, [key.partition(":")[2] for key in scene.ledger.open]) == (expected, asked)
    for point in scene.ledger.open.values():
        assert (point.question.note.code, point.question.note.as_dict()["article"], point.question.plan_id) == ("engine_question_norm_condition", "5.2 a", PLAN)
    if expected != verdict.value:
        said = found.missing if expected == "not_assessable" else found.notes
        assert [note.code for note in said] == ["engine_norm_condition_unmet"] and said[0].as_dict()["words"] in answers


def test_a_rule_without_an_article_asks_without_one():
    scene, rule = context(), replace(RULE, legal=(LegalSource("Plan"),), doubts=(doubt(),))
    with_doubts(rule, scene, (finding(rule, scene, ABOUT, Verdict.VIOLATES),), ABOUT)
    assert [point.question.note.as_dict()["article"] for point in scene.ledger.open.values()] == ["–"]


def cover_line(one, *findings, rulesets=(), others=(), areas=AREAS):
    """Return the line of a norm in the cover of its plan: (state, note, rules, name, raw, article, quote, plan)."""
    text = MeasuringProfile(PLAN, norms=(USED, norm("6.1 [] gebruik", key="6.1", title="Bedrijf"), one, *others))
    lines = {line.key: line for line in norm_lines(context(profiles=(text,)), areas, (*AREAS, FARM), rulesets, findings)}
    line = lines[f"{PLAN}:clause:{one.key}"]
    return line.state, " ".join((line.note.code, *(str(value) for _, value in line.note.data))), line.rules, line.name, line.raw, line.article, line.quote, line.plan_name


def of(rule_key, verdict=Verdict.COMPLIES, check="max_building_height", **words):
    return replace(finding(RULE, context(), ABOUT, verdict, **words), rule=f"plan:{PLAN}:{rule_key}", check=check)


ONE = norm("5.2 a [hoofdgebouw] bouwhoogte <= 7.5 m", "ten hoogste 7,5 m", key="k")
FROM_MAP = norm("5.2 a [hoofdgebouw] bouwhoogte", "als op de kaart", key="k", from_map="maatvoering")
WAY = norm("5.2 a [gebouw] afstand_zijgrens <= 0 m", key="k")


@pytest.mark.parametrize(("one", "findings", "state", "note", "rules"), [
    (ONE, (), "to_read", "cover_text 5.2 a k", ()), (ONE, (of("norm:k"),), "tested", "cover_tested complies", ("norm:k",)), (ONE, (of("norm:k"), of("norm:k:2", Verdict.VIOLATES)), "tested", "cover_tested complies, violates", ("norm:k", "norm:k:2")),
    (ONE, (of("norm:k2"), of("norm:other")), "to_read", "cover_text 5.2 a k", ()), (ONE, (of("norm:k", check="plan_text"),), "to_read", "cover_text 5.2 a k", ()), (ONE, (of("norm:k"), of("norm:k:2", check="plan_text")), "to_read", "cover_text 5.2 a k", ()),
    (ONE, (of("norm:k", Verdict.NOT_APPLICABLE),), "does_not_apply", "cover_not_about", ("norm:k",)), (ONE, (of("norm:k", Verdict.NOT_APPLICABLE, notes=(Note.of("why", x=1),)),), "does_not_apply", "why 1", ("norm:k",)),
    (ONE, (of("norm:k", Verdict.NOT_APPLICABLE), of("norm:k", Verdict.VIOLATES)), "tested", "cover_tested violates", ("norm:k",)), (replace(ONE, decision=OPEN), (of("norm:k"),), "to_read", "cover_norm_open", ()),
    (replace(ONE, decision="rejected", by="A", reason="oud"), (), "does_not_apply", "cover_norm_rejected – A oud", ()), (replace(ONE, decision="rejected", by="A", at="2026"), (), "does_not_apply", "cover_norm_rejected 2026 A –", ()),
    (replace(ONE, clause=replace(ONE.clause, power=True)), (of("norm:k"),), "does_not_apply", "cover_norm_power", ()), (replace(ONE, clause=replace(ONE.clause, article="6.2")), (of("norm:k"),), "does_not_apply", "cover_norm_elsewhere 6.2", ()),
    (FROM_MAP, (of("maximum:bouwhoogte"),), "tested", "cover_tested complies", ("maximum:bouwhoogte",)), (FROM_MAP, (of("maximum:goothoogte"),), "to_read", "cover_text 5.2 a k", ()),
    (WAY, (of("norm:main"),), "tested", "cover_tested complies", ("norm:main",)), (WAY, (of("norm:k"),), "to_read", "cover_text 5.2 a k", ()),
])
def test_what_became_of_a_norm_is_a_line_of_the_cover(one, findings, state, note, rules):
    found = cover_line(one, *findings, others=(norm("5.2 a [gebouw] afstand_zijgrens >= 3 m", key="main"),))
    assert found[:3] == (state, note, tuple(f"plan:{PLAN}:{key}" for key in rules))


def test_a_line_of_a_norm_has_its_words_number_and_place():
    assert cover_line(ONE)[3:] == ("bouwhoogte hoofdgebouw", "7.5", "5.2 a", "ten hoogste 7,5 m", "Voorbeeldplan")
    assert cover_line(norm("5.2 a [] afstand_tot_iets", key="k"))[3:5] == ("afstand tot iets", "") and cover_line(ONE, areas=(replace(WONEN, plan_name=""),))[7] == PLAN
    nothing = norm(" [] bouwhoogte <= 3 m", key="k")
    assert cover_line(nothing)[1] == "cover_text – k"
    decided = of("norm:k", check="plan_text")
    text = MeasuringProfile(PLAN, norms=(ONE,))
    assert list(norm_lines(context(profiles=(text,)), (), AREAS, (), ())) == [] and list(norm_lines(context(profiles=(MeasuringProfile(PLAN),)), AREAS, AREAS, (), ())) == [] and decided.check == "plan_text"


def test_a_number_that_was_not_read_is_read_with_a_reason():
    left = PlanNorm("l", Clause("17 m2", NUMBER_LEFT, "definition", None, None, "er is 17 m2", 0, 1, article="6.3"), "confirmed", "A", "", "geen norm")
    assert cover_line(left)[:2] == ("tested", "cover_read geen norm (A)") and cover_line(replace(left, reason=""))[:2] == ("to_read", "cover_number_left") and cover_line(replace(left, decision=OPEN))[:2] == ("to_read", "cover_number_left")


def test_a_size_that_the_map_has_is_tested_by_a_rule_of_the_objects_that_it_names():
    origin = PlanOrigin(PLAN, "s", "bouwaanduiding", "kap")
    drawn = Ruleset("plan", "1", {}, (replace(RULE, id=f"plan:{PLAN}:x", origin=(origin,)),))
    named = replace(FROM_MAP, clause=replace(FROM_MAP.clause, from_map="bouwaanduiding"))
    assert cover_line(named, of("x"), rulesets=(drawn,))[0] == "tested" and cover_line(FROM_MAP, of("x"), rulesets=(drawn,))[0] == "to_read" and cover_line(named, of("y"), rulesets=(drawn,))[0] == "to_read"
