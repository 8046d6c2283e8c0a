"""The cover of a plan: every object, value and rule is a line with its state, and the conclusion follows from them."""

from __future__ import annotations

from dataclasses import replace

import pytest
import yaml
from shapely import box

import scenes
from drieluik.checks import REGISTRY, Context
from drieluik.checks.engine.cover.covering import plan_cover
from drieluik.checks.engine.from_plan.derive import derive
from drieluik.checks.engine.officer.officer_answers import with_override
from drieluik.data_sources.rules.rulesets import read_ruleset
from drieluik.model import LayerState, LegalSource, Limit, Plan, PlanValue, Provenance, Rule, Ruleset, Verdict
from drieluik.review import review
from drieluik.texts import sentence
from scenes import plan_area

PEIL = {"peil": {"method": "nap_value", "nap_m": scenes.GROUND}}
PLAN = "NL.IMRO.9999.BP1"
HOUSE = scenes.gable_part(6, 6, 14, 15, 5, 8.0)


def height(limit, name="height", **words):
    return Rule(name, "max_building_height", {"nl": name}, (LegalSource("plan", "5.2"),), Limit("<=", "m", limit), **words)


def covered(*rules, extra=(), site=None, answers=None, date="", derived=False, part=HOUSE):
    site = site or replace(scenes.site(), plans=(*scenes.site().plans, *extra))
    design = scenes.design(part)
    sets = (Ruleset("own", "1", {}, rules),)
    if derived:
        sets = (derive(site.plans, scenes.shift(box(6, 6, 14, 15)), REGISTRY), *sets)
    given = {**PEIL, **(answers or {})}
    return plan_cover(Context(site, design, given), sets, review(site, design, sets, given, date=date), date)


def line(cover, name):
    return next(one for one in cover.lines if one.name == name)


def codes(cover):
    return [note.code for note in cover.conclusion]


def said(cover, lang="nl"):
    return "; ".join(sentence(note.code, note.as_dict(), lang) for note in cover.conclusion)


def all_read(cover):
    return {"plan_read": {one.key: {"value": "yes", "reason": "gelezen"} for one in cover.left()}}


def test_every_object_and_value_is_a_line_and_nothing_fits_while_text_is_unread():
    parking = plan_area("v9", "maatvoering", "parkeren", box(0, 0, 20, 40), PlanValue("parkeerplaatsen", "minimum", 2.0, "", "minimum parkeerplaatsen=2"))
    mark = plan_area("a1", "bouwaanduiding", "vrijstaand", box(0, 0, 20, 40))
    far = plan_area("a2", "bouwaanduiding", "gestapeld", box(50, 50, 60, 60))
    cover = covered(extra=(parking, mark, far), derived=True)
    states = {one.name: one.state for one in cover.lines}
    assert (states["Wonen"], states["minimum parkeerplaatsen"], states["vrijstaand"]) == ("to_read",) * 3
    assert (line(cover, "maximum bouwhoogte").state, line(cover, "maximum bouwhoogte").rules) == ("tested", (f"plan:{PLAN}:maximum:bouwhoogte",))
    assert "gestapeld" not in states
    assert "cover_fits" not in codes(cover) and "cover_unread" in codes(cover) and cover.step != "fits"


def test_fits_the_plan_is_said_only_when_all_is_met_and_read():
    heights = Rule("height", "max_building_height", {"nl": "x"}, (LegalSource("plan"),), Limit("<=", "m", from_plan="bouwhoogte"))
    inside = Rule("in", "within_building_plane", {"nl": "x"}, (LegalSource("plan"),))
    open_ = covered(heights, inside)
    assert said(open_) == "voldoet aan 2 getoetste regels; 2 onderdelen van het plan zijn nog niet gelezen"
    assert open_.step == "undecided"
    done = covered(heights, inside, answers=all_read(open_))
    assert (done.step, codes(done)) == ("fits", ["cover_fits", "cover_met"])
    assert not done.left()
    without_reason = {"plan_read": {one.key: "yes" for one in open_.left()}}
    assert covered(heights, inside, answers=without_reason).step == "undecided"


def test_what_was_read_and_is_not_met_fits_nothing():
    open_ = covered(height(9.0))
    answers = {"plan_read": {one.key: {"value": "nee" if not number else "ja", "reason": "gelezen"} for number, one in enumerate(open_.left())}}
    cover = covered(height(9.0), answers=answers)
    assert (cover.step, codes(cover), cover.left()) == ("undecided", ["cover_met", "cover_unmet"], ())
    assert [one.state for one in cover.lines].count("not_met") == 1
    assert "voldoet het ontwerp niet" in said(cover) and "does not meet it;" in said(cover, "en")
    without_reason = {"plan_read": {one.key: "nee" for one in open_.left()}}
    assert covered(height(9.0), answers=without_reason).left() == open_.left()


def test_one_is_not_many():
    cover = covered(height(9.0), answers={"plan_read": {one.key: {"value": "yes", "reason": "x"} for one in covered(height(9.0)).left()[1:]}})
    assert said(cover) == "voldoet aan 1 getoetste regel; 1 onderdeel van het plan is nog niet gelezen"
    assert said(cover, "en") == "complies with 1 tested rule; 1 part of the plan has not been read yet"


def test_a_rule_that_is_off_out_of_date_or_elsewhere_is_a_line():
    off = height(9.0, "off", enabled=False, disabled_reason="wacht op de raad", disabled_by="M. de Wit")
    old = height(9.0, "old", valid_to="2020-12-31")
    away = height(9.0, "away", applies_when={"location": {"layer": "enkelbestemming", "where": {"naam": "Sport"}}})
    cover = covered(off, old, away, date="2024-06-01")
    assert {one: line(cover, one).state for one in ("off", "old", "away")} == dict.fromkeys(("off", "old", "away"), "does_not_apply")
    assert "wacht op de raad" in sentence(line(cover, "off").note.code, line(cover, "off").note.as_dict()) and "M. de Wit" in str(line(cover, "off").note)
    assert "Wonen" in str(line(cover, "away").note)
    assert "cover_met" not in codes(cover) and cover.step != "fits"


@pytest.mark.parametrize(("word", "state"), [("Woonen", "to_read"), ("wonne", "to_read"), ("Sport", "does_not_apply")])
def test_a_name_that_is_a_slip_of_one_that_lies_here_is_said(word, state):
    found = line(covered(height(9.0, applies_when={"location": {"layer": "enkelbestemming", "where": {"naam": word}}})), "height")
    assert found.state == state
    assert state != "to_read" or ("Wonen", word) == (found.note.as_dict()["nearest"], found.note.as_dict()["word"])


def test_a_slip_inside_not_is_found_too():
    rule = height(9.0, applies_when={"not": {"location": {"layer": "enkelbestemming", "where": {"naam": ["Centrum", "Wonenn"]}}}})
    assert line(covered(rule), "height").note.code == "cover_rule_misspelt"


def test_a_plan_that_has_only_text_here_and_plans_that_failed():
    site = replace(scenes.site(), plan_documents=(
        Plan(PLAN, "Voorbeeldplan", proposed=True), Plan("NL.IMRO.9999.parkeren", "Paraplu parkeren", proposed=True, geometry=scenes.shift(box(-50, -50, 50, 50))),
        Plan("NL.IMRO.9999.ver", "Ver weg", proposed=True, geometry=scenes.shift(box(500, 500, 510, 510))), Plan("NL.IMRO.9999.oud", "Oud"),
    ))
    names = {one.name for one in covered(height(9.0), site=site).lines if one.kind == "document"}
    assert names == {"Voorbeeldplan", "Paraplu parkeren"}
    failed = replace(scenes.site(plans=()), provenance=(Provenance("plans", LayerState.FAILED),))
    cover = covered(height(9.0), site=failed)
    assert ([one.state for one in cover.lines], "cover_unreadable" in codes(cover), cover.step) == (["not_readable"], True, "undecided")


TEN = {"id": "ten", "effect": "limit*1.10", "legal": {"article": "30.1"}}


def two_broken(first, second):
    eaves = Rule("eaves", "max_eaves_height", {"nl": "e"}, (LegalSource("plan"),), Limit("<=", "m", 4.7), exceptions=(second,))
    rules = (height(7.5, exceptions=(first,)), eaves)
    read = all_read(covered(*rules))
    return covered(*rules, answers=read)


def test_powers_of_two_rules_are_not_added_up_unless_the_text_allows_it():
    alone = covered(height(7.5, exceptions=(TEN,)), answers=all_read(covered(height(7.5))))
    assert alone.step == "fits_with_power"
    apart = two_broken(TEN, TEN)
    assert (apart.step, "cover_powers_together" in codes(apart)) == ("undecided", True)
    both = {**TEN, "cumulates": True, "conditions": ["geen onevenredige aantasting van het straatbeeld"]}
    together = two_broken(both, both)
    assert (together.step, codes(together).count("cover_power_condition")) == ("fits_with_power", 2)
    assert two_broken(both, {**both, "effect": "limit*1.01"}).step == "needs_outside_plan_permit"


def test_a_power_may_not_be_used_where_its_text_bars_it():
    def step(not_where, answers=None):
        barred = height(7.5, exceptions=({**TEN, "not_where": not_where},))
        return covered(barred, answers={**all_read(covered(barred)), **(answers or {})}).step

    here = {"location": {"layer": "enkelbestemming", "where": {"naam": "Wonen"}}}
    assert step(here) == "needs_outside_plan_permit"
    assert step({"not": here}) == "fits_with_power"
    assert step({"status": "monument"}) == "undecided"  # not known: no power is promised, none is ruled out
    assert step({"status": "monument"}, {"monument": "no"}) == "fits_with_power"


def test_what_is_met_names_no_power():
    def found(answers):
        return review(scenes.site(), scenes.design(HOUSE), Ruleset("o", "1", {}, (height(7.5, exceptions=(TEN,)),)), answers)[0]

    broken = found(PEIL)
    assert broken.deviations
    decided = found(with_override(PEIL, broken, Verdict.COMPLIES, "vergund"))
    assert (decided.stands, decided.deviations) == (Verdict.COMPLIES, ())


def test_why_a_rule_is_off_is_read_from_the_file(tmp_path):
    text = {
        "ruleset": {"id": "t", "version": 1, "language": "nl"},
        "rules": [{
            "id": "h", "check": "max_building_height", "legal": [{"instrument": "plan", "article": "1", "quote": "q"}], "limit": {"op": "<=", "value": 9, "unit": "m"},
            "enabled": False, "disabled_reason": "vervangen", "disabled_by": "A. Bos",
            "exceptions": [{"id": "ten", "effect": "limit*1.1", "conditions": ["c"], "not_where": {"status": "monument"}, "cumulates": False}],
        }],
    }
    path = tmp_path / "rules.yaml"
    path.write_text(yaml.safe_dump(text), encoding="utf-8")
    rule = read_ruleset(path).rules[0]
    assert (rule.enabled, rule.disabled_reason, rule.disabled_by, rule.exceptions[0]["conditions"]) == (False, "vervangen", "A. Bos", ["c"])


@pytest.mark.parametrize(("limit", "state"), [(7.0, "tested"), (7.5, "to_read")])
def test_a_written_rule_with_the_very_number_of_the_map_tests_it(limit, state):
    shown = plan_area("v7", "maatvoering", "goothoogte", box(0, 0, 20, 40), PlanValue("goothoogte", "maximum", 7.0, "m", "maximum goothoogte=7"))
    eaves = Rule("eaves", "max_eaves_height", {"nl": "eaves"}, (LegalSource("plan", "5.2"),), Limit("<=", "m", limit))
    assert line(covered(eaves, extra=(shown,)), "maximum goothoogte").state == state


def test_of_a_rule_about_two_values_each_has_its_own_outcome():
    plans = tuple(replace(area, geometry=scenes.shift(box(0, 0, 10, 40))) if area.fid == "m1" else area for area in scenes.site().plans)
    east = plan_area("m2", "maatvoering", "maximum bouwhoogte (m)", box(10, 0, 20, 40), scenes.maximum_height(4.0))
    cover = covered(derived=True, site=replace(scenes.site(), plans=(*plans, east)))
    told = {one.raw: one.note.as_dict()["verdicts"] for one in cover.lines if one.name == "maximum bouwhoogte"}
    assert len(told) > 1 and all("," not in verdicts for verdicts in told.values())


def test_a_power_in_words_leaves_the_step_open():
    permit = height(7.5, exceptions=({"id": "permit", "effect": "een vergunning van het college", "decision": "officer"},))
    assert covered(permit, answers=all_read(covered(permit))).step == "undecided"


def test_not_met_holds_whatever_was_measured_and_what_names_nothing_is_told():
    from drieluik.checks.engine.cover.covering import unheard_reading

    open_ = covered(height(9.0))
    tested = next(one for one in open_.lines if one.state == "tested")
    answers = {"plan_read": {**all_read(open_)["plan_read"], tested.key: {"value": False, "reason": "de tekst zegt 6 m"}}}
    cover = covered(height(9.0), answers=answers)
    assert line_of(cover, tested.key).state == "not_met" and cover.step == "undecided" and unheard_reading([cover], answers) == ()
    odd = {"plan_read": {"weg": {"value": False, "reason": "x"}, tested.key: {"value": "wellicht", "reason": "x"}}}
    assert [one.code for one in unheard_reading([open_], {"plan_read": {tested.key: {"value": False, "reason": " "}}})] == ["answers_read_unclear"]
    told = unheard_reading([covered(height(9.0), answers=odd)], odd)
    assert [(one.code, one.as_dict()["names"]) for one in told] == [("answers_read_nobody", "weg"), ("answers_read_unclear", tested.key)]
    assert [one.code for one in unheard_reading([open_], {"plan_read": ["a"]})] == ["answers_read_form"] and unheard_reading([open_], {}) == ()


def line_of(cover, key):
    return next(one for one in cover.lines if one.key == key)


def bestemmingen(*shapes):
    """The scene with these bestemmingen alone, beside its bouwvlak and heights."""
    others = tuple(area for area in scenes.site().plans if area.kind != "enkelbestemming")
    return replace(scenes.site(), plans=(*(plan_area(f"b{n}", "enkelbestemming", "Wonen", shape) for n, shape in enumerate(shapes)), *others))


@pytest.mark.parametrize(("shapes", "bare"), [
    ((box(0, 0, 20, 40),), None), ((), 72.0), ((box(0, 0, 20, 40).difference(box(8, 7, 10, 11)),), 8.0), ((box(0, 0, 9.8, 40), box(10.1, 0, 20, 40)), None),
    ((box(0, 0, 12, 40),), 18.0),
])  # fmt: skip
def test_ground_without_a_bestemming_under_the_design_is_a_line(shapes, bare):
    """A house of 8 x 9 m; 0.3 m between two bestemmingen is drawing."""
    cover = covered(site=bestemmingen(*shapes), derived=True)
    found = [one for one in cover.lines if one.note.code == "cover_no_bestemming"]
    assert [(one.state, one.note.as_dict()["area"]) for one in found] == ([] if bare is None else [("to_read", bare)])


def test_ground_without_a_bestemming_keeps_a_design_from_fitting_until_it_is_read():
    site = bestemmingen()
    cover = covered(height(9.0), site=site)
    left = all_read(cover)
    lacking = {key: said for key, said in left["plan_read"].items() if not key.endswith("no_bestemming")}
    assert len(lacking) == len(left["plan_read"]) - 1
    assert "cover_fits" not in codes(covered(height(9.0), site=site, answers={"plan_read": lacking}))
    assert "cover_fits" in codes(covered(height(9.0), site=site, answers=left))


def test_where_no_plan_is_drawn_with_bestemmingen_none_is_missed():
    rules = plan_area("r1", "regeltekst", "Regels", box(0, 0, 20, 40))
    cover = covered(height(9.0), site=replace(scenes.site(), plans=(rules,)))
    assert not [one for one in cover.lines if one.note.code == "cover_no_bestemming"]


def test_an_object_of_a_kind_that_nobody_knows_is_a_line_that_is_to_be_read():
    strange = plan_area("z1", "onbekend soort zonderling", "geheim", box(0, 0, 20, 40))
    found = line(covered(extra=(strange,), derived=True), "geheim")
    assert (found.state, found.kind) == ("to_read", "onbekend soort zonderling")


@pytest.mark.parametrize("kind", ["omgevingsverordening", "waterschapsverordening", "provinciale verordening"])
def test_rules_of_a_province_or_water_board_are_a_line_and_hold_nothing_back(kind):
    """Each that lies at the design, or may, is told; one that lies elsewhere is not; the plan fits or not by its own rules."""
    places = {"here": scenes.shift(box(-100, -100, 100, 100)), "maybe": None, "elsewhere": scenes.shift(box(500, 500, 600, 600))}
    documents = tuple(Plan(name, name, kind, geometry=place, effect="beside") for name, place in places.items())
    site = replace(scenes.site(), plan_documents=documents)
    cover = covered(height(9.0), site=site)
    found = {one.plan_id: (one.state, one.note.code) for one in cover.lines if one.key.endswith(":beside")}
    assert found == {"here": ("also_holds", "cover_holds_as_well"), "maybe": ("also_holds", "cover_may_hold_as_well")}
    assert not {one.plan_id for one in cover.left()} & set(places)
    assert "geldt ook, hier niet getoetst" in sentence("cover_state_also_holds") and kind in said_of(cover, "here").lower()
    fitting = covered(height(9.0), site=site, answers=all_read(cover))
    assert fitting.step == covered(height(9.0), answers=all_read(covered(height(9.0)))).step == "fits"
    assert "2 regelingen met eigen regels" in said(fitting)
    broken = covered(height(9.0), site=site, answers={"plan_read": {"here:beside": {"value": "no", "reason": "verboden binnen 5 m van de dijk"}}})
    assert (line(broken, "here").state, "cover_unmet" in codes(broken)) == ("not_met", True)


def said_of(cover, name):
    note = line(cover, name).note
    return sentence(note.code, note.as_dict())
