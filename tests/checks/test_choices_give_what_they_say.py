"""What a choice is said to give is what answering it gives: of every choice that is offered in small scenes, in random worlds and of a plan's text.

Seeded; more rounds with ``DRIELUIK_ROUNDS=400``.
"""

from __future__ import annotations

import importlib.util
import math
import os
import random
from dataclasses import replace
from pathlib import Path

import pytest
from laws.engine import trial

import scenes
from drieluik.checks import REGISTRY, Context
from drieluik.checks.engine.from_plan.derive import derive
from drieluik.checks.engine.from_plan.plan_text_profile import profiles_with
from drieluik.checks.engine.officer.officer_answers import with_answer
from drieluik.checks.engine.readings import MOST_COMBINED
from drieluik.data_sources.juridical.text.reading_text import read_text
from drieluik.data_sources.juridical.text.text_profile import proposed_profile
from drieluik.model import LegalSource, Limit, Rule, Ruleset, Verdict
from drieluik.model.plan_words import OPEN
from drieluik.review import review
from scenes import box_part, gable_part

SPEC = importlib.util.spec_from_file_location("finding_scenes", Path(__file__).with_name("finding_scenes.py"))
SMALL = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(SMALL)
CASES = SMALL.CASES

ROUNDS = int(os.environ.get("DRIELUIK_ROUNDS", "12"))
FIRM = (Verdict.COMPLIES, Verdict.VIOLATES)
LEAST = 0.01
"""An answer has its coordinates to the millimetre, and a share or an area from them is less exact."""


def broken(judged, answers):
    """What each choice is said to give and does not; ``judged``: the findings by answers."""
    asked = {}
    for found in judged(answers):
        questions = {question.key: question for question in found.questions}
        for premise in found.premises:
            for choice in premise.choices if premise.key in questions else ():
                asked.setdefault((premise.key, repr(choice.answer)), (questions[premise.key], choice.answer, []))[2].append((found, premise, choice))
    for (key, _), (question, answer, said) in asked.items():
        given = {(one.rule, one.subject_key): one for one in reversed(judged(with_answer(answers, question, answer, "r", "T")))}
        for found, premise, choice in said:
            after = given.get((found.rule, found.subject_key))
            if after is None or choice.verdict is None:  # the subject is there in some readings only
                continue
            if f"{key}:refused" in {one.key for one in after.premises} or key in {one.key for one in after.questions}:
                yield key, answer, "is no answer"
            ways = math.prod(len(one.choices) for one in found.premises if one.settled == "open")
            exact = ways <= MOST_COMBINED and {one.key for one in after.premises if one.settled == "open"} <= {one.key for one in found.premises}
            if after.verdict is not choice.verdict and (exact or {after.verdict, choice.verdict} == set(FIRM)):
                yield key, answer, choice.verdict.value, after.verdict.value
            value = after.measurements[0].value if after.measurements else None
            alone = exact and after.verdict in FIRM and not any(one.flips for one in found.premises if one is not premise)
            if alone and None not in (value, choice.value) and abs(value - choice.value) > LEAST:
                yield key, answer, choice.value, value


def of_rules(site, design, rules):
    return lambda answers: review(site, design, rules, answers, profiles=profiles_with((), answers))


def of_the_plan(site, design, profiles=()):
    """Judge by the plan's own rules, as the job does: what was answered of its text is in them."""
    def judged(answers):
        read = profiles_with(profiles, answers)
        context = Context(site, design, answers)
        return review(site, design, (derive(context.may_govern(), context.projection, REGISTRY, read, site.parcels),), answers, profiles=read)

    return judged


@pytest.mark.parametrize("name", random.Random("drieluik-choices").sample(sorted(CASES), min(len(CASES), 3 * ROUNDS)))
def test_in_a_small_scene(name):
    check, parts, site, answers, op, limit, unit, attribute, levels, more, measure = CASES[name]
    ends = {"low": limit[0], "high": limit[1]} if isinstance(limit, tuple) else {"value": limit}
    bound = Limit(op, unit, from_plan=attribute or None, **ends) if limit is not None or attribute else None
    rule = Rule(check, check, {"nl": check}, (LegalSource("Voorbeeldplan", "5.2"),), bound, measure=measure, **more)
    assert list(broken(of_rules(site or SMALL.on(), scenes.design(*parts, levels=levels), (Ruleset("t", "1", {}, (rule,)),)), answers)) == []


@pytest.mark.parametrize("seed", range(ROUNDS // 2))
def test_in_a_random_world(seed):
    scene = trial(seed).scene
    assert list(broken(of_rules(scene.site, scene.design, scene.rulesets), scene.answers)) == []


@pytest.mark.parametrize("seed", range(100, 100 + ROUNDS // 6))
def test_by_the_rules_of_a_plan(seed):
    scene = trial(seed).scene
    assert list(broken(of_the_plan(scene.site, scene.design, scene.profiles), scene.answers)) == []


PARTS = (gable_part(6, 6, 14, 15, 5, 8.0, fid="house"), box_part(15, 30, 19, 36, 0, 2.5, fid="shed"), box_part(3, 25, 6, 30, 0, 2.5, fid="other"))
KINDS = {"house": "hoofdgebouw", "shed": "bijgebouw", "other": "bijgebouw"}
TOLD = {"dormers_count": "no", "peil": {"method": "nap_value", "nap_m": scenes.GROUND}, "objects": KINDS, "roles": dict.fromkeys(KINDS, "design")}


@pytest.mark.parametrize("rest", ["7,5 m", "7,5 m dan wel de bestaande bouwhoogte", "7 m of 9 m", "7,5 m, indien het dak plat is"])
def test_of_a_text(rest):
    text = f"Artikel 5 Wonen\n5.2 Bouwregels\na. de bouwhoogte van een hoofdgebouw bedraagt ten hoogste {rest}.\nb. de oppervlakte van bijgebouwen bedraagt ten hoogste 30 m2.\n"
    read = proposed_profile(read_text(text), "NL.IMRO.9999.BP1", "Voorbeeldplan", "regels.txt", "2026-01-02")
    own = replace(read, norms=tuple(replace(norm, decision=OPEN) for norm in read.norms))
    site, design = scenes.site(registered_buildings=(), buildings3d=()), scenes.design(*PARTS)
    assert list(broken(of_the_plan(site, design, (own,)), TOLD)) == []
