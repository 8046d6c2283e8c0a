"""The proposal of what governs: every plan stays listed, each with its reason."""

from __future__ import annotations

from dataclasses import replace

import pytest
from invented_plans import area, of
from shapely import box

from drieluik.checks.engine.base import Context
from drieluik.data_sources.juridical.proposing import propose
from drieluik.model import Site
from drieluik.texts import sentence


def outcome(plans, areas, at_date=""):
    found = propose(plans, areas, at_date)
    assert sorted(plan.id for plan in found) == sorted(plan.id for plan in plans)
    assert [plan.order for plan in found] == list(range(1, len(plans) + 1))
    for note in (note for plan in found for note in plan.reasons):
        for lang in ("nl", "en"):
            said = sentence(note.code, note.as_dict(), lang)
            assert note.code not in said and "?" not in said
    assert all(plan.reasons for plan in found)
    assert propose(found, areas, at_date) == found
    return {plan.id: plan for plan in found}


def reasons(plan):
    return [note.code.removeprefix("plans_reason_") for note in plan.reasons]


@pytest.mark.parametrize(
    ("words", "proposed", "reason"),
    [
        ({}, True, "in_force"), ({"status": "geconsolideerd"}, True, "in_force"), ({"status": "onherroepelijk"}, True, "in_force"),
        ({"status": "ontwerp"}, False, "draft"), ({"status": "voorontwerp"}, False, "draft"), ({"status": "Concept"}, False, "draft"),
        ({"dossier_status": "in voorbereiding"}, False, "not_in_force"), ({"dossier_status": "niet in werking"}, False, "not_in_force"),
        ({"dossier_status": "geheel vernietigd"}, False, "not_in_force"), ({"status": "ingetrokken"}, False, "not_in_force"),
        ({"dossier_status": "geheel onherroepelijk in werking"}, True, "in_force"), ({"dossier_status": "geheel in werking"}, True, "in_force"),
        ({"dossier_status": "deels onherroepelijk in werking"}, True, "in_force"), ({"historic": True}, False, "historic"),
        ({"status": ""}, True, "no_status"), ({"status": "bijzonder"}, True, "unknown_status"), ({"date": "2027-01-01"}, False, "later"),
        ({"in_force": "2027-01-01"}, False, "later"), ({"kind": "structuurvisie"}, False, "other_kind"), ({"kind": "voorbereidingsbesluit"}, False, "notice_old"),
        ({"kind": "inpassingsplan"}, True, "in_force"), ({"kind": "beheersverordening"}, True, "in_force"), ({"kind": ""}, True, "in_force"),
    ],
)
def test_status_kind_and_date(words, proposed, reason):
    found = outcome([of("A", **words)], [area("A")], "2026-05-01")["A"]
    assert (found.proposed, reasons(found)[0]) == (proposed, reason)
    assert ("partly" in reasons(found)) is words.get("dossier_status", "").startswith("deels")


def test_a_later_plan_takes_the_place_of_an_earlier():
    found = outcome([of("old", "2010-01-01"), of("new", "2020-01-01")], [area("old"), area("new")])
    assert found["new"].proposed and found["new"].order == 1
    assert not found["old"].proposed and reasons(found["old"]) == ["replaced_whole"]


def test_only_where_it_lies():
    found = outcome([of("old", "2010-01-01"), of("new", "2020-01-01")], [area("old"), area("new", x=75)])
    assert found["old"].proposed and reasons(found["old"]) == ["in_force", "replaced_partly"]
    assert found["old"].replaced.bounds == (100_075, 400_000, 100_100, 400_100)
    assert dict(found["old"].reasons[1].data)["share"] == 25.0
    assert found["new"].replaced is None


def test_neighbours_do_not_touch_each_other():
    found = outcome([of("west", "2010-01-01"), of("east", "2020-01-01")], [area("west"), area("east", x=99.9)])
    assert all(plan.proposed and plan.replaced is None for plan in found.values())


def test_a_draft_takes_no_ground():
    found = outcome([of("old", "2010-01-01"), of("new", "2020-01-01", "ontwerp")], [area("old"), area("new")])
    assert found["old"].proposed and found["old"].replaced is None and not found["new"].proposed


@pytest.mark.parametrize("name", ["Paraplubestemmingsplan Parkeren", "Archeologie"])
def test_an_umbrella_adds_and_does_not_replace(name):
    areas = [area("old"), area("umbrella", "gebiedsaanduiding"), area("umbrella", "plangebied")]
    found = outcome([of("old", "2010-01-01"), of("umbrella", "2020-01-01", name=name)], areas)
    assert found["old"].proposed and found["old"].replaced is None
    assert found["umbrella"].proposed and "adds" in reasons(found["umbrella"])


def test_an_older_umbrella_is_not_replaced_by_a_later_plan():
    found = outcome([of("umbrella", "2010-01-01"), of("new", "2020-01-01")], [area("umbrella", "dubbelbestemming"), area("new")])
    assert found["umbrella"].proposed and found["umbrella"].replaced is None


def test_without_bestemmingen_the_name_tells_an_umbrella():
    areas = [area("old", "maatvoering"), area("new", "maatvoering"), area("umbrella", "plangebied")]
    found = outcome([of("old", "2010-01-01"), of("new", "2020-01-01"), of("umbrella", "2022-01-01", name="Parapluplan wonen")], areas)
    assert not found["old"].proposed and found["new"].proposed and "adds" in reasons(found["umbrella"])


def test_uitwerkingsplan_goes_before_its_mother_plan_whatever_its_date():
    mother, child = of("mother", "2020-01-01"), of("child", "2020-01-01", kind="uitwerkingsplan", changes=("mother",))
    found = outcome([mother, child], [area("mother", width=200), area("child")])
    assert found["mother"].proposed and reasons(found["mother"])[-1] == "replaced_partly"
    assert found["child"].proposed and "changes" in reasons(found["child"]) and found["child"].order == 1


def test_pons_ends_older_plans_where_it_lies():
    plans = [of("old", "2010-01-01"), of("law", "2024-01-01", kind="omgevingsplan", name="Omgevingsplan Dorp")]
    found = outcome(plans, [area("old"), area("law", "pons", x=50, plan_status="vastgesteld")])
    assert found["old"].proposed and reasons(found["old"]) == ["in_force", "hole_partly"]
    assert found["old"].replaced.bounds == (100_050, 400_000, 100_100, 400_100)
    found = outcome(plans, [area("old"), area("law", "pons", plan_status="vastgesteld")])
    assert not found["old"].proposed and reasons(found["old"]) == ["hole_whole"] and found["law"].proposed and found["law"].order == 1


def test_without_pons_old_and_new_part_govern_together():
    plans = [of("old", "2010-01-01"), of("law", "2024-01-01", kind="omgevingsplan")]
    found = outcome(plans, [area("old"), area("law", "omgevingsnorm")])
    assert found["old"].proposed and found["law"].proposed


@pytest.mark.parametrize(("status", "kind"), [("ontwerp", "omgevingsplan"), ("vastgesteld", "structuurvisie")])
def test_a_pons_that_is_not_in_force_ends_nothing(status, kind):
    plans = [of("old", "2010-01-01"), of("law", "2024-01-01", status, kind)]
    assert outcome(plans, [area("old"), area("law", "pons", plan_status=status)])["old"].proposed


def test_tam_plan_replaces_and_says_what_it_is():
    plans = [of("old", "2010-01-01"), of("tam", "2025-01-01", kind="TAM-omgevingsplan")]
    found = outcome(plans, [area("old"), area("tam")])
    assert "tam" in reasons(found["tam"]) and not found["old"].proposed


def test_order_is_by_proposal_hierarchy_and_date():
    plans = [
        of("notice", kind="voorbereidingsbesluit"), of("old", "2010-01-01"), of("new", "2012-01-01"), of("draft", "2030-01-01", "ontwerp"),
        of("law", kind="omgevingsplan"), of("province", "2005-01-01", kind="inpassingsplan"),
    ]
    areas = [area("old"), area("new", x=200), area("province", x=400), area("draft")]
    found = outcome(plans, areas)
    assert sorted(found, key=lambda key: found[key].order) == ["law", "province", "new", "old", "draft", "notice"]


def test_checks_take_the_proposal_until_the_officer_ticks():
    areas = (area("old", "maatvoering"), area("old"), area("new", x=75), area("law", "omgevingsnorm"), area("draft", "maatvoering", plan_status="ontwerp"))
    plans = [of("old", "2010-01-01"), of("new", "2020-01-01"), of("law", kind="omgevingsplan"), of("draft", status="ontwerp")]
    site = Site((100_050.0, 400_050.0), 100.0, plans=areas, plan_documents=propose(plans, areas))
    found = {one.plan_id: one for one in Context(site, None).governing("maatvoering")}
    assert set(found) == {"old", "law"}
    assert found["old"].geometry.bounds == (100_000, 400_000, 100_075, 400_100)
    ticked = Context(site, None, {"governing_plans": {"ids": ["old", "draft"], "reason": "ticked"}}).governing("maatvoering")
    assert [one.geometry.area for one in ticked] == [10_000, 10_000]


@pytest.mark.parametrize("dates", [("2020-01-01", "2020-01-01"), ("", "2020-01-01"), ("", "")])
def test_when_it_does_not_show_which_is_later_both_are_proposed_and_their_ground_is_contested(dates):
    found = outcome([of("a", dates[0]), of("b", dates[1])], [area("a"), area("b", x=50)])
    assert all(plan.proposed and plan.otherwise is None and {"in_force", "overlaps"} <= set(reasons(plan)) for plan in found.values())
    assert {plan.contested.bounds for plan in found.values()} == {(100_050, 400_000, 100_100, 400_100)}
    assert sorted(plan.replaced is None for plan in found.values()) == [False, True]  # one goes before the other, whichever
    assert next(dict(note.data)["plans"] for note in found["a"].reasons if note.code.endswith("overlaps")) == "b"


@pytest.mark.parametrize(("new", "taken", "contested"), [
    ({"date": "2020-01-01"}, True, False), ({}, False, True), ({"date": "2010-01-01"}, None, True), ({"date": "2020-01-01", "status": "raadselachtig"}, True, True),
])
def test_a_small_plan_within_a_large_one_takes_its_ground_or_contests_it(new, taken, contested):
    """A postzegelplan of 20 by 20 m in a plan of 1 km2: less than a thousandth of it."""
    wide = replace(area("old"), geometry=box(99_500, 399_500, 100_500, 400_500))
    stamp = replace(area("new"), geometry=box(100_000, 400_000, 100_020, 400_020))
    old = outcome([of("old", "2010-01-01"), of("new", **{"date": "", **new})], [wide, stamp])["old"]
    assert old.proposed and taken in (None, old.replaced is not None) and (old.contested is not None) is contested
    assert {ground.area for ground in (old.replaced, old.contested) if ground is not None} == {400.0}


def test_ground_that_a_later_plan_takes_before_the_decision_is_contested():
    found = {one.id: one for one in propose([of("old", "2010-01-01"), of("new", "2024-05-01")], [area("old", width=400), area("new")], "2024-03-01", "2024-12-01")}
    assert (found["new"].proposed, found["new"].otherwise, found["old"].replaced, found["old"].contested.area) == (False, True, None, 10_000.0)


def test_no_plans():
    assert propose((), ()) == ()


def two_plans(at_date, **words):
    return outcome([of("old", "2011-03-01"), of("new", "2024-02-05", **words)], [area("old"), area("new")], at_date)


@pytest.mark.parametrize(("at_date", "new", "otherwise"), [("2024-02-20", False, True), ("2024-03-30", True, False), ("2024-06-01", True, None)])
def test_between_adoption_and_the_end_of_the_appeal_term_it_is_open_which_plan_works(at_date, new, otherwise):
    found = two_plans(at_date)
    assert (found["new"].proposed, found["old"].proposed) == (new, not new)
    assert (found["new"].otherwise, found["old"].otherwise) == (otherwise, None if otherwise is None else not otherwise)
    assert ("waiting" in reasons(found["new"])) is (otherwise is not None)


@pytest.mark.parametrize("words", [{"dossier_status": "geheel in werking"}, {"in_force": "2024-02-18"}, {"status": "onherroepelijk"}, {"kind": "omgevingsplan"}])
def test_a_source_that_says_that_the_plan_works_settles_it(words):
    assert all(plan.otherwise is None for plan in two_plans("2024-02-20", **words).values())


def test_a_draft_or_a_plan_without_a_date_waits_for_nothing():
    assert all(plan.otherwise is None for plan in two_plans("2024-02-20", status="ontwerp").values())
    assert all(plan.otherwise is None for plan in outcome([of("A", "")], [area("A")], "2024-02-20").values())
