"""From a plan's text to verdicts: what was read is measured, open until someone confirms it, and nothing of the text is lost on the way."""

from __future__ import annotations

from dataclasses import replace

import pytest

import scenes
from drieluik.checks import REGISTRY, Context
from drieluik.checks.engine.cover.covering import plan_cover
from drieluik.checks.engine.from_plan.derive import derive
from drieluik.data_sources.juridical.text.reading_text import read_text
from drieluik.data_sources.juridical.text.text_profile import proposed_profile
from drieluik.model import Verdict
from drieluik.model.plan_words import CONFIRMED, CORRECTED, OPEN, REJECTED
from drieluik.review import review
from scenes import box_part, gable_part

PLAN = "NL.IMRO.9999.BP1"
TEXT = """Artikel 5 Wonen
5.1 Bestemmingsomschrijving
De voor 'Wonen' aangewezen gronden zijn bestemd voor wonen.
5.2 Bouwregels
5.2.1 Hoofdgebouwen
a. hoofdgebouwen worden gebouwd binnen het bouwvlak;
b. de goothoogte van een hoofdgebouw bedraagt ten hoogste 5,25 m;
c. de bouwhoogte van een hoofdgebouw bedraagt niet meer dan 7,5 m;
d. de dakhelling van een hoofdgebouw bedraagt minimaal 28° en maximaal 48°;
e. de afstand van een hoofdgebouw tot de zijdelingse perceelgrens bedraagt ten minste 2,5 m;
f. het aantal woningen bedraagt niet meer dan 1.
5.2.2 Bijbehorende bouwwerken
a. de gezamenlijke oppervlakte van bijbehorende bouwwerken bedraagt niet meer dan 33 m2;
b. de goothoogte van aan- en uitbouwen bedraagt niet meer dan 3,3 m;
c. de bouwhoogte van vrijstaande bijgebouwen bedraagt ten hoogste 2,75 m;
d. bijbehorende bouwwerken worden ten minste 4 m achter de voorgevel van het hoofdgebouw gebouwd.
5.2.3 Bouwwerken, geen gebouwen zijnde
a. de bouwhoogte van erfafscheidingen voor de voorgevelrooilijn bedraagt niet meer dan 1,1 m;
b. de bouwhoogte van erfafscheidingen achter de voorgevelrooilijn bedraagt niet meer dan 2,1 m.
5.2.4 Dakkapellen
a. de breedte van dakkapellen bedraagt niet meer dan 50% van de breedte van het dakvlak;
b. de afstand van dakkapellen tot de daknok bedraagt ten minste 0,5 m.
5.3 Afwijken
Het bevoegd gezag kan bij omgevingsvergunning afwijken van het bepaalde in 5.2.1 onder c voor een bouwhoogte van ten hoogste 8,5 m.
5.4 Gebruiksregels
a. het is verboden bijgebouwen te gebruiken voor bewoning;
b. 17 m2 blijft onbenoemd groen.
Artikel 6 Bedrijf
6.1 Bestemmingsomschrijving
De voor 'Bedrijf' aangewezen gronden zijn bestemd voor bedrijven.
6.2 Bouwregels
a. de bouwhoogte van een bedrijfsgebouw bedraagt niet meer dan 12 m.
"""
HOUSE, EXTENSION = gable_part(6, 6, 14, 15, 5, 8.0, fid="house"), box_part(6, 15, 10, 18, 0, 3.2, fid="extension")
DORMER = box_part(9, 7, 11, 10.2, 4.5, 7.2, fid="dormer")
SHED, REAR, FRONT = box_part(15, 30, 19, 36, 0, 2.5, fid="shed"), box_part(0, 39.8, 20, 39.9, 0, 1.8, fid="rear"), box_part(0, 0.1, 20, 0.2, 0, 1.3, fid="front")
KINDS = {"house": "hoofdgebouw", "dormer": "hoofdgebouw", "extension": "aanbouw", "shed": "bijgebouw", "rear": "erfafscheiding", "front": "erfafscheiding"}
ANSWERS = {
    "dormers_count": "no", "peil": {"method": "nap_value", "nap_m": scenes.GROUND}, "objects": KINDS, "roles": dict.fromkeys(KINDS, "design"),
    "facade_line": {"lines": [[[100_006, 450_006], [100_014, 450_006]]], "road_side": [100_010, 450_000]},
}
LIMITS = {
    "5.2.1 b goothoogte": (5.25, 5.0, "complies"), "5.2.1 c bouwhoogte": (7.5, 8.0, "violates"), "5.2.1 d dakhelling": (48.0, 33.69, "complies"),
    "5.2.1 e afstand zijgrens": (2.5, 6.0, "complies"), "5.2.2 a oppervlakte": (33.0, 36.0, "violates"), "5.2.2 b goothoogte": (3.3, 3.2, "complies"),
    "5.2.2 c bouwhoogte": (2.75, 2.5, "complies"), "5.2.2 d afstand voorgevel": (4.0, 9.0, "complies"), "5.2.3 a bouwhoogte": (1.1, 1.3, "violates"),
    "5.2.3 b bouwhoogte": (2.1, 1.8, "complies"), "5.2.4 a breedte": (50.0, 25.0, "complies"), "5.2.4 b afstand daknok": (0.5, 1.44, "complies"),
}
"""Of each clause that is measured: the limit of the text, what the design has, and the verdict, by hand."""


def profile(decision=CONFIRMED, text=TEXT, **others):
    """The profile of a text, every norm decided alike, but for those of ``others``: {key: words}."""
    read = proposed_profile(read_text(text), PLAN, "Voorbeeldplan", "regels.txt", "2026-01-02")
    norms = []
    for norm in read.norms:
        told = replace(norm, decision=decision, by="J. Toets", at="2026-01-03", reason="gelezen")
        words = dict(others.get(norm.key, {}))
        value = words.pop("value", None)
        told = replace(told, clause=replace(told.clause, value=value)) if value is not None else told
        norms.append(replace(told, **words))
    return replace(read, norms=tuple(norms))


def judged(own, *parts, answers=None):
    design, site = scenes.design(*(parts or (HOUSE, DORMER, EXTENSION, SHED, REAR, FRONT))), scenes.site(registered_buildings=(), buildings3d=())
    given = {**ANSWERS, **(answers or {})}
    rules = derive(site.plans, Context(site, design, given).projection, REGISTRY, (own,), site.parcels)
    found = review(site, design, rules, given, profiles=(own,))
    return rules, found, plan_cover(Context(site, design, given, profiles=(own,)), (rules,), found)


def of(found, key):
    """The findings of a norm."""
    return [one for one in found if one.rule == f"plan:{PLAN}:norm:{key}"]


def line(cover, key):
    return next(one for one in cover.lines if one.key == f"{PLAN}:clause:{key}")


@pytest.fixture(scope="module")
def confirmed():
    return judged(profile())


@pytest.fixture(scope="module")
def proposed():
    return judged(profile(OPEN))


@pytest.mark.parametrize("key", LIMITS)
def test_a_confirmed_clause_gives_a_verdict_on_the_limit_of_the_text(confirmed, key):
    limit, value, verdict = LIMITS[key]
    [found] = of(confirmed[1], key)
    first = found.measurements[0]
    assert (first.limit, round(first.value, 2), found.verdict.value) == (limit, value, verdict)
    [source] = found.legal
    assert source.quote in " ".join(TEXT.split()) and source.article == key.rpartition(" ")[0].replace(" afstand", "")
    assert any(premise.by == "J. Toets" for premise in found.premises)
    assert line(confirmed[2], key).state == "tested"


@pytest.mark.parametrize("key", LIMITS)
def test_a_proposal_is_measured_in_both_readings_and_never_firm(proposed, key):
    limit, value, verdict = LIMITS[key]
    [found] = of(proposed[1], key)
    assert found.verdict is Verdict.NEEDS_JUDGEMENT
    assert (found.measurements[0].limit, round(found.measurements[0].value, 2)) == (limit, value)
    [point] = [one for one in found.premises if one.key.startswith("plan_norm:")]
    assert [choice.verdict.value for choice in point.choices] == [verdict, "not_assessable"] and point.flips
    assert any(question.key == point.key for question in found.questions)
    assert line(proposed[2], key).state == "to_read"


def test_no_finding_of_an_unconfirmed_text_is_firm(proposed):
    mine = [one for one in proposed[1] if ":norm:" in one.rule]
    assert len(mine) > len(LIMITS)
    assert not {one.verdict for one in mine} & {Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NOT_APPLICABLE}


def test_what_nothing_measures_is_open_with_its_quote(confirmed):
    for key, words in (("5.2.1 f aantal woningen", "het aantal woningen"), ("5.4 a verbod", "verboden bijgebouwen"), ("5.1 gebruik", "bestemd voor wonen")):
        [found] = of(confirmed[1], key)
        assert found.verdict is Verdict.NOT_ASSESSABLE and words in found.legal[0].quote
        assert line(confirmed[2], key).state == "to_read"


def test_every_number_that_was_not_read_is_listed_and_holds_the_conclusion_open(proposed):
    [found] = of(proposed[1], "niet gelezen")
    assert found.verdict is Verdict.NOT_ASSESSABLE and "17 m2" in found.legal[0].quote
    assert line(proposed[2], "niet gelezen").state == "to_read" and proposed[2].step != "fits"
    _, found, cover = judged(profile(**{"niet gelezen": {"decision": CONFIRMED, "reason": " "}}), HOUSE)
    assert of(found, "niet gelezen") and line(cover, "niet gelezen").state == "to_read" and cover.step != "fits"
    _, found, cover = judged(profile(**{"niet gelezen": {"decision": CONFIRMED, "reason": "groen, geen norm"}}), HOUSE)
    assert not of(found, "niet gelezen") and line(cover, "niet gelezen").state == "tested"


def test_an_article_of_ground_elsewhere_is_a_line_and_no_rule(confirmed):
    assert not of(confirmed[1], "6.2 a bouwhoogte")
    assert (line(confirmed[2], "6.2 a bouwhoogte").state, line(confirmed[2], "6.2 a bouwhoogte").note.code) == ("does_not_apply", "cover_norm_elsewhere")


def test_a_power_is_no_limit(confirmed):
    assert not of(confirmed[1], "5.3 bouwhoogte")
    assert line(confirmed[2], "5.3 bouwhoogte").note.code == "cover_norm_power"


def test_a_corrected_clause_holds_as_corrected_and_a_rejected_one_not_at_all():
    own = profile(**{
        "5.2.1 c bouwhoogte": {"decision": CORRECTED, "value": 8.25, "reason": "kaart gaat voor"}, "5.2.1 b goothoogte": {"decision": REJECTED, "reason": "oud"},
    })
    _, found, cover = judged(own, HOUSE)
    [height] = of(found, "5.2.1 c bouwhoogte")
    assert (height.verdict, height.measurements[0].limit) == (Verdict.COMPLIES, 8.25)
    assert not of(found, "5.2.1 b goothoogte")
    assert (line(cover, "5.2.1 b goothoogte").state, line(cover, "5.2.1 b goothoogte").note.as_dict()["reason"]) == ("does_not_apply", "oud")


def test_an_answer_without_a_name_confirms_nothing():
    own = profile(OPEN)
    key = f"plan_norm:{PLAN}:{own.text_sha256[:8]}:5.2.1 b goothoogte"
    for given, verdict in (("yes", "needs_judgement"), ({"value": "yes", "by": "A"}, "complies"), ({"value": "no", "by": "A"}, "not_assessable")):
        [found] = of(judged(own, HOUSE, answers={key: given})[1], "5.2.1 b goothoogte")
        assert found.verdict.value == verdict


@pytest.mark.parametrize(("clause", "limit_met", "key", "asked"), [
    ("de bouwhoogte van een hoofdgebouw bedraagt niet meer dan 7,5 m, indien het dak plat is", False, "plan_words", True),
    ("de bouwhoogte van een hoofdgebouw bedraagt niet meer dan 8,5 m, indien het dak plat is", True, "plan_words", False),
    ("de bouwhoogte van een hoofdgebouw bedraagt niet meer dan 7,5 m, tenzij het een monument betreft", False, "plan_words", True),
])
def test_a_condition_is_asked_where_it_can_change_the_verdict(clause, limit_met, key, asked):
    _, found, _ = judged(profile(text=f"Artikel 5 Wonen\n5.2 Bouwregels\na. {clause}.\n"), HOUSE)
    [height] = of(found, "5.2 a bouwhoogte")
    assert height.verdict is (Verdict.COMPLIES if limit_met else Verdict.NEEDS_JUDGEMENT)
    assert any(question.key.startswith(key) for question in height.questions) is asked


def test_a_proviso_is_asked_also_where_the_size_is_met():
    text = "Artikel 5 Wonen\n5.2 Bouwregels\na. de bouwhoogte van een hoofdgebouw bedraagt niet meer dan 8,5 m, mits het straatbeeld behouden blijft.\n"
    [found] = of(judged(profile(text=text), HOUSE)[1], "5.2 a bouwhoogte")
    assert found.verdict is Verdict.NEEDS_JUDGEMENT
    [question] = [one for one in found.questions if one.key.startswith("plan_words:")]
    answers = {question.key: "yes"}
    assert of(judged(profile(text=text), HOUSE, answers=answers)[1], "5.2 a bouwhoogte")[0].verdict is Verdict.COMPLIES


@pytest.mark.parametrize("rest", [
    "7,5 m, of de bestaande hoogte indien die meer bedraagt", "7,5 m dan wel de bestaande bouwhoogte", "hetzij 7,5 m, hetzij 9 m", "7,5 m of niet hoger dan de eerste verdiepingsvloer", "7,5 m of 9 m",
    "7,5 m dan wel 9 m indien het hoofdgebouw een kap heeft",
])
def test_a_size_beside_which_the_text_gives_another_never_violates_firmly(rest):
    """The house is 8 m high; who reads that the other size is not met makes it violate."""
    text = f"Artikel 5 Wonen\n5.2 Bouwregels\na. de bouwhoogte van een hoofdgebouw bedraagt ten hoogste {rest}.\n"
    first, *_ = of(judged(profile(text=text), HOUSE)[1], "5.2 a bouwhoogte")
    assert (first.measurements[0].limit, first.verdict) == (7.5, Verdict.NEEDS_JUDGEMENT)
    [question] = [one for one in first.questions if one.key.startswith("plan_words:")]
    if question.note.code == "engine_question_norm_alternative":
        given = {answer: of(judged(profile(text=text), HOUSE, answers={question.key: answer})[1], "5.2 a bouwhoogte")[0].verdict for answer in ("yes", "no")}
        assert given == {"yes": Verdict.NOT_APPLICABLE, "no": Verdict.VIOLATES}


def test_a_size_that_is_met_asks_nothing_of_the_other():
    text = "Artikel 5 Wonen\n5.2 Bouwregels\na. de bouwhoogte van een hoofdgebouw bedraagt ten hoogste 8,5 m, dan wel de bestaande bouwhoogte.\n"
    [found] = of(judged(profile(text=text), HOUSE)[1], "5.2 a bouwhoogte")
    assert (found.verdict, [one.key for one in found.questions if one.key.startswith("plan_words:")]) == (Verdict.COMPLIES, [])


def test_where_the_map_gives_its_own_size_the_general_one_gives_way():
    text = "Artikel 5 Wonen\n5.2 Bouwregels\na. de bouwhoogte van een hoofdgebouw bedraagt niet meer dan 6 m, tenzij op de verbeelding anders is aangegeven.\n"
    [found] = of(judged(profile(text=text), HOUSE)[1], "5.2 a bouwhoogte")
    assert found.verdict is Verdict.NOT_APPLICABLE  # the map gives 9 m under the house


def test_two_values_for_one_thing_are_asked():
    text = "Artikel 5 Wonen\n5.2 Bouwregels\na. de bouwhoogte van een hoofdgebouw bedraagt niet meer dan 7 m dan wel niet meer dan 10 m.\n"
    _, found, _ = judged(profile(text=text), HOUSE)
    low = of(found, "5.2 a bouwhoogte")[0]
    assert low.measurements[0].limit == 7.0 and low.verdict is Verdict.NEEDS_JUDGEMENT


def test_a_power_is_shown_with_what_the_limit_becomes_once_it_is_confirmed(confirmed, proposed):
    [height] = of(confirmed[1], "5.2.1 c bouwhoogte")
    [power] = height.deviations
    assert (power.id, power.limit, power.cures, height.ladder) == ("5.3 bouwhoogte", 8.5, True, "fits_with_power")
    assert not of(confirmed[1], "5.2.1 b goothoogte")[0].deviations
    own = profile(**{"5.3 bouwhoogte": {"decision": OPEN}})
    [doubted] = of(judged(own, HOUSE)[1], "5.2.1 c bouwhoogte")
    assert ([one.cures for one in doubted.deviations], doubted.ladder) == ([None], "undecided")
    rejected = profile(**{"5.3 bouwhoogte": {"decision": REJECTED, "reason": "vervallen"}})
    assert of(judged(rejected, HOUSE)[1], "5.2.1 c bouwhoogte")[0].ladder == "needs_outside_plan_permit"


@pytest.mark.parametrize(("words", "factor"), [("maten, afmetingen en percentages met ten hoogste 10%", 1.1)])
def test_a_general_power_is_about_every_size(words, factor):
    text = f"Artikel 5 Wonen\n5.2 Bouwregels\na. de bouwhoogte van een hoofdgebouw bedraagt niet meer dan 7,5 m.\nArtikel 9 Algemene afwijkingsregels\n9.1 Het bevoegd gezag kan bij omgevingsvergunning afwijken van de in het plan gegeven {words}.\n"
    [height] = of(judged(profile(text=text), HOUSE)[1], "5.2 a bouwhoogte")
    assert [one.limit for one in height.deviations] == [pytest.approx(7.5 * factor)]


@pytest.mark.parametrize(("clause", "limits"), [
    ("de hoogte van hoofdgebouwen bedraagt minimaal 4 m en maximaal 8,5 m", [(">=", 4.0), ("<=", 8.5)]),
    ("de afstand van dakkapellen tot de daknok is groter dan 1,44 m", [(">", 1.44)]),
    ("de dakhelling van bijbehorende bouwwerken bedraagt niet meer dan 30°", [("<=", 30.0)]),
])
def test_ranges_and_strict_limits_of_parts(clause, limits):
    _, found, _ = judged(profile(text=f"Artikel 5 Wonen\n5.2 Bouwregels\na. {clause}.\n"))
    mine = sorted((one for one in found if ":norm:" in one.rule), key=lambda one: one.rule)
    assert [(one.measurements[0].operator, one.measurements[0].limit or one.measurements[0].low) for one in mine if one.measurements] == limits


def test_a_fence_that_no_limit_of_its_own_holds_for_is_one_of_the_other_structures():
    front = "a. de bouwhoogte van erfafscheidingen voor de voorgevelrooilijn bedraagt niet meer dan 1 m;\n"
    rest = "c. de bouwhoogte van overige bouwwerken, geen gebouwen zijnde, bedraagt niet meer dan 1,5 m.\n"
    behind = "b. de bouwhoogte van erfafscheidingen achter de voorgevelrooilijn bedraagt niet meer dan 2 m;\n"
    head = "Artikel 5 Wonen\n5.2 Bouwregels\n"
    [other] = of(judged(profile(text=head + front + rest))[1], "5.2 c bouwhoogte")
    assert (other.verdict, other.measurements[0].value) == (Verdict.VIOLATES, pytest.approx(1.8))
    assert {one.verdict for one in of(judged(profile(text=head + front + behind + rest))[1], "5.2 c bouwhoogte")} == {Verdict.NOT_APPLICABLE}


def test_an_open_roof_is_what_somebody_says_is_one():
    text = "Artikel 5 Wonen\n5.2 Bouwregels\na. de bouwhoogte van overkappingen bedraagt niet meer dan 2,2 m;\nb. de bouwhoogte van aanbouwen bedraagt niet meer dan 4 m;\n"
    kinds = {**KINDS, "shed": "overkapping"}
    [roof] = of(judged(profile(text=text), answers={"objects": kinds})[1], "5.2 a bouwhoogte")
    assert (roof.verdict, roof.measurements[0].value) == (Verdict.VIOLATES, pytest.approx(2.5))
    assert of(judged(profile(text=text))[1], "5.2 a bouwhoogte")[0].verdict is Verdict.NOT_APPLICABLE


def test_an_article_with_the_number_of_another_title_is_not_that_of_the_map():
    text = "Artikel 5 Algemene bouwregels\n5.1 De bouwhoogte van een hoofdgebouw bedraagt niet meer dan 7,5 m.\n"
    own = profile(text=text)
    [found] = of(judged(own, HOUSE)[1], "5.1 bouwhoogte")
    assert found.verdict is Verdict.VIOLATES and not judged(own, HOUSE)[0].rules[-1].applies_when

MARK = scenes.plan_area("mark", "bouwaanduiding", "specifieke bouwaanduiding - 3", scenes.box(0, 0, 20, 40))


def rules_of(clause, *more):
    """The rules of one member of a plan's text, without that of its bestemming."""
    own = profile(text=f"Artikel 5 Wonen\n5.2 Bouwregels\na. {clause}.\n")
    site = scenes.site()
    areas = (*site.plans, *more)
    rules = derive(areas, scenes.shift(scenes.box(6, 6, 14, 15)), REGISTRY, (own,), site.parcels).rules
    return [rule for rule in rules if ":norm:" in rule.id]


def test_a_special_size_goes_before_the_general_one_at_its_place_alone():
    clause = "de bouwhoogte van een hoofdgebouw bedraagt ten hoogste 9 m, met dien verstande dat ter plaatse van de aanduiding 'specifieke bouwaanduiding - 3' de bouwhoogte ten hoogste 6 m bedraagt"
    general, special = sorted(rules_of(clause, MARK), key=lambda rule: -rule.limit.value)
    mark = {"location": {"layer": "bouwaanduiding", "where": {"naam": ["specifieke bouwaanduiding - 3"]}}}
    assert {"not": [mark]} in general.applies_when["all"] and mark in special.applies_when["all"]
    assert not general.doubts and not special.doubts


def test_a_general_limit_and_a_lower_one_before_the_front_are_both_plain():
    clause = "de bouwhoogte van erfafscheidingen bedraagt niet meer dan 2 m, met dien verstande dat de bouwhoogte voor de voorgevelrooilijn niet meer dan 1 m bedraagt"
    both = rules_of(clause)
    assert sorted(next(iter(rule.measure.items())) for rule in both) == [("max_before_m", 1.0), ("max_height_m", 2.0)]
    assert not any(rule.doubts for rule in both)


@pytest.mark.parametrize(("clause", "code", "words"), [
    ("de bouwhoogte van hoofdgebouwen met een plat dak bedraagt niet meer dan 6 m", "condition", "met een plat dak"),
    ("de inhoud van een hoofdgebouw bedraagt niet meer dan 600 m3, met inbegrip van aangebouwde bijgebouwen", "condition", "met inbegrip van aangebouwde bijgebouwen"),
    ("de afstand van gebouwen tot de zijdelingse perceelgrens bedraagt aan één zijde ten minste 3 m", "more", "aan één zijde"),
    ("de bouwhoogte van lichtmasten bedraagt niet meer dan 8 m", "object", "mast"),
    ("de oppervlakte van een bijgebouw bedraagt niet meer dan 30 m2", "together", "de oppervlakte van een bijgebouw bedraagt niet meer dan 30 m2"),
])
def test_words_that_nobody_can_measure_are_doubts(clause, code, words):
    [rule] = rules_of(clause)
    assert (f"engine_question_norm_{code}", words) in {(one.code, one.words) for one in rule.doubts}


@pytest.mark.parametrize("clause", [
    "de bouwhoogte van aan- en uitbouwen bedraagt niet meer dan 0,25 m boven de vloer van de eerste verdieping van het hoofdgebouw",
    "de goothoogte van een hoofdgebouw mag met maximaal 1 m worden verhoogd", "het hoofdgebouw wordt met de voorgevel in de voorgevelrooilijn gebouwd",
    "op deze gronden mogen geen gebouwen worden opgericht", "het aantal woningen bedraagt niet meer dan 2",
    "de oppervlakte van overkappingen bedraagt niet meer dan 20 m2",
])
def test_what_no_check_measures_is_read_by_someone(clause):
    assert {rule.check for rule in rules_of(clause)} == {"plan_text"}


OTHER = box_part(3, 25, 6, 30, 0, 2.5, fid="other")
TWO = {"objects": {**KINDS, "other": "bijgebouw"}, "roles": dict.fromkeys((*KINDS, "other"), "design")}


@pytest.mark.parametrize(("limit", "verdict", "together", "each"), [
    (45, "complies", ("complies", 39.0), ("complies", 24.0)), (30, "needs_judgement", ("violates", 39.0), ("complies", 24.0)), (20, "violates", ("violates", 39.0), ("violates", 24.0)),
])
def test_an_area_that_is_not_of_all_outbuildings_together_is_measured_of_each(limit, verdict, together, each):
    """Sheds of 24 and 15 m2; the text does not say whether they count together."""
    own = profile(text=f"Artikel 5 Wonen\n5.2 Bouwregels\na. de oppervlakte van een bijgebouw bedraagt niet meer dan {limit} m2.\n")
    [found] = of(judged(own, HOUSE, SHED, OTHER, answers=TWO)[1], "5.2 a oppervlakte")
    assert found.verdict.value == verdict
    [key] = {premise.key for premise in found.premises if ":together:" in premise.key}
    assert (key in {question.key for question in found.questions}) is (verdict == "needs_judgement")
    for answer, told in (("yes", together), ("no", each)):
        [after] = of(judged(own, HOUSE, SHED, OTHER, answers={**TWO, key: answer})[1], "5.2 a oppervlakte")
        assert (after.verdict.value, round(after.measurements[0].value, 2)) == told
        assert any(note.code == "surroundings_area_of_each" for note in after.notes) is (answer == "no")


def test_a_tier_makes_what_it_raises_doubtful():
    clause = "de gezamenlijke oppervlakte van bijbehorende bouwwerken bedraagt niet meer dan 50 m2, vermeerderd met 10% van het deel van het bouwperceel dat groter is dan 500 m2"
    base = next(rule for rule in rules_of(clause) if rule.check == "secondary_buildings")
    assert base.measure["max_total_area_m2"] == 50.0 and [one.code for one in base.doubts] == ["engine_question_norm_more"]


def test_in_the_boundary_or_so_far_from_it_is_one_rule_with_a_way_out():
    rules = rules_of("de afstand van bijbehorende bouwwerken tot de zijdelingse perceelgrens bedraagt 0 m of ten minste 1 m")
    [kept] = rules
    assert (kept.check, kept.limit.value, [one.code for one in kept.doubts]) == ("min_distance_side_boundary", 1.0, ["engine_question_norm_more"])


def test_every_clause_is_a_line_of_the_cover(confirmed, proposed):
    for _, _, cover in (confirmed, proposed):
        keys = [one.key for one in cover.lines if one.kind == "clause"]
        assert keys == [f"{PLAN}:clause:{norm.key}" for norm in profile().norms]


def test_the_text_as_a_whole_is_still_someones_to_read(proposed):
    [document] = [one for one in proposed[2].lines if one.kind == "document"]
    assert (document.state, document.note.code, document.note.as_dict()["n"]) == ("to_read", "cover_document_read", len(profile().norms))


def test_a_range_that_someone_left_half_open_is_read_and_never_measured():
    own = profile()
    half = [replace(norm, clause=replace(norm.clause, value2=None)) if norm.clause.quantity == "dakhelling" else norm for norm in own.norms]
    [found] = of(judged(replace(own, norms=tuple(half)), HOUSE)[1], "5.2.1 d dakhelling")
    assert (found.check, found.verdict) == ("plan_text", Verdict.NOT_ASSESSABLE)


@pytest.mark.parametrize(("things", "value"), [
    ("vrijstaande bijgebouwen en vrijstaande overkappingen", 2.5), ("aangebouwde bijgebouwen en aangebouwde overkappingen", 3.2), ("bijgebouwen en overkappingen", 3.2),
])
def test_how_outbuildings_stand_is_taken_from_the_words_of_the_clause(things, value):
    text = f"Artikel 5 Wonen\n5.2 Bouwregels\na. de bouwhoogte van {things} bedraagt niet meer dan 3,1 m.\n"
    found = of(judged(profile(text=text))[1], "5.2 a bouwhoogte")
    assert [one.measurements[0].value for one in found] == [pytest.approx(value)]


def test_that_existing_sizes_are_kept_is_asked_where_a_size_is_passed():
    text = (
        "Artikel 5 Wonen\n5.2 Bouwregels\na. de bouwhoogte van een hoofdgebouw bedraagt niet meer dan 7 m;\nb. de goothoogte van een hoofdgebouw bedraagt niet meer dan 6 m.\n"
        "Artikel 20 Algemene bouwregels\n20.1 Bestaande afstanden en maten die meer bedragen dan is voorgeschreven mogen als maximaal worden aangehouden.\n"
    )
    found = judged(profile(text=text), HOUSE)[1]
    [height], [eaves] = of(found, "5.2 a bouwhoogte"), of(found, "5.2 b goothoogte")
    assert (height.verdict, eaves.verdict) == (Verdict.NEEDS_JUDGEMENT, Verdict.COMPLIES)
    key = next(one.key for one in height.questions)
    assert of(judged(profile(text=text), HOUSE, answers={key: "no"})[1], "5.2 a bouwhoogte")[0].verdict is Verdict.VIOLATES


TURNED = (
    "de diepte van hoofdgebouwen inclusief aanbouwen bedraagt ten hoogste 12 m", "de inhoud van een woning met inbegrip van aanbouwen bedraagt ten hoogste 700 m3",
    "de bouwhoogte mag met ten hoogste 1 m worden overschreden door liftkokers", "de goothoogte van hoofdgebouwen mag aan de achterzijde niet meer bedragen dan 4 m",
    "de afstand van een hoofdgebouw tot de zijdelingse perceelgrens bedraagt aan ten minste één zijde 6 m",
    "de totale afstand van een hoofdgebouw tot beide zijdelingse perceelgrenzen samen bedraagt ten minste 10 m",
    "minimaal 30% van het perceel blijft onbebouwd", "het onbebouwde deel van het bouwperceel bedraagt ten minste 50%",
    "de bouwhoogte van gebouwen bedraagt ten hoogste 8,5 m boven NAP", "per bijgebouw is een oppervlakte van ten hoogste 25 m2 toegestaan",
    "de goothoogte van hoofdgebouwen wijkt niet meer dan 1 m af van die van aangrenzende hoofdgebouwen",
    "de bouwhoogte van gebouwen binnen 3 m van de perceelgrens bedraagt ten hoogste 2,5 m", "op minder dan 3 m van de perceelgrens is de bouwhoogte van gebouwen ten hoogste 2,5 m",
    "de bouwhoogte van vrijstaande bijgebouwen tot 10 m2 bedraagt ten hoogste 2,5 m", "bijgebouwen kleiner dan 10 m2 mogen niet hoger zijn dan 2,5 m",
    "tot een diepte van 3 m achter de achtergevel bedraagt de bouwhoogte ten hoogste 4 m", "de bouwhoogte bedraagt ten hoogste 7 m in de eerste 10 m vanaf de voorgevel",
    "de bouwhoogte langs de Molenkade bedraagt ten hoogste 7 m", "de bouwhoogte tijdens de oogst bedraagt ten hoogste 7 m",
    "het aantal bouwlagen bedraagt ten hoogste één, met kap", "de bouwhoogte mag de bestaande hoogte niet overschrijden", "bijgebouwen zijn niet hoger dan het hoofdgebouw",
)


@pytest.mark.parametrize("clause", TURNED)
def test_a_word_that_nothing_read_accounts_for_is_never_dropped_from_a_firm_norm(clause):
    """Confirmed as read, each word that may widen, narrow or turn a norm is asked; a norm without a number of its own has a line."""
    own = profile(text=f"Artikel 5 Wonen\n5.2 Bouwregels\na. {clause}.\n")
    _, found, _ = judged(own)
    mine = [one for one in found if ":norm:" in one.rule]
    assert mine and not {one.verdict for one in mine} & {Verdict.COMPLIES, Verdict.VIOLATES}
    asked = [question for one in mine for question in one.questions if question.note.code == "engine_question_norm_words"]
    assert asked or {one.verdict for one in mine} == {Verdict.NOT_ASSESSABLE}
    if asked and clause.startswith("de goothoogte van hoofdgebouwen mag"):
        told = {word: of(judged(own, answers={asked[0].key: word})[1], own.norms[0].key)[0].verdict for word in ("no", "yes")}
        assert told == {"no": Verdict.VIOLATES, "yes": Verdict.NOT_ASSESSABLE}
