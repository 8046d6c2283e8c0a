"""What every kind of document does at a place, by its references, its status and the dates of application and decision."""

from __future__ import annotations

import pytest
from invented_plans import area, of

from drieluik.data_sources.juridical import document_kinds as kinds
from drieluik.data_sources.juridical.effects import hits_on, later_version, suspended_on, work_of
from drieluik.data_sources.juridical.proposing import propose
from drieluik.model.site import EFFECTS
from drieluik.texts import sentence

AT = "2026-03-15"
OLD = ("old", "2014-06-01")


def outcome(plans, areas, at=AT, today=""):
    found = propose(plans, areas, at, today)
    assert propose(found, areas, at, today) == found
    assert all(plan.effect in EFFECTS and plan.reasons for plan in found)
    for note in (note for plan in found for note in plan.reasons):
        assert all(note.code not in sentence(note.code, note.as_dict(), lang) for lang in ("nl", "en"))
    return {plan.id: plan for plan in found}


def told(plan):
    return (plan.effect, plan.proposed, plan.otherwise)


def codes(plan):
    return [note.code.removeprefix("plans_reason_") for note in plan.reasons]


def beside(kind, at=AT, today="", objects="enkelbestemming", **words):
    """Return (old, new): a plan of 2014 and a document of a kind on the same ground, seen on a date."""
    date = words.pop("date", "2025-10-06")
    found = outcome([of(*OLD), of("new", date, kind=kind, **words)], [area("old"), area("new", objects)], at, today)
    return found["old"], found["new"]


KINDS = [
    *((kind, "replaces", "ended") for kind in kinds.WRO_PLANS if kind),
    ("tam-omgevingsplan", "replaces", "ended"), ("beheersverordening", "replaces", "ended"),
    *((kind, "binds", "binds") for kind in kinds.NEW_PART), *((kind, "beside", "binds") for kind in kinds.ALSO_HOLDS),
    *((kind, "suspends", "binds") for kind in kinds.NOTICES), *((kind, "annuls", "binds") for kind in kinds.HITS),
    *((kind, "permits", "binds") for kind in kinds.PERMITS), *((kind, "informs", "binds") for kind in kinds.INFORMS),
    ("verkeersbesluit met kaart", "unknown", "binds"), ("regeling zonder soort", "unknown", "binds"),
]


@pytest.mark.parametrize(("kind", "new", "old"), KINDS)
def test_every_kind_of_document(kind, new, old):
    below, found = beside(kind)
    assert (found.effect, below.effect) == (new, old)
    assert found.proposed is (new in ("binds", "replaces"))
    assert below.otherwise is (False if new == "annuls" else None) and found.otherwise is (True if new == "unknown" else None)


@pytest.mark.parametrize(("kind", "new", "old"), KINDS)
@pytest.mark.parametrize(("words", "effect"), [
    ({"status": "ontwerp"}, "waits"), ({"status": "voorontwerp"}, "waits"), ({"historic": True}, "ended"), ({"status": "vernietigd"}, "ended"),
    ({"dossier_status": "geheel geschorst"}, "ended"), ({"date": "2026-08-01"}, "waits"), ({"in_force": "2026-08-01"}, "waits"),
    ({"ended": "2026-03-15"}, "ended"), ({"suspended": (("2026-01-10", ""),)}, "ended"), ({"suspended": (("2026-01-10", "2026-04-01"),)}, "ended"),
])
def test_whatever_does_not_work_leaves_the_plan_below_as_it_is(kind, new, old, words, effect):
    below, found = beside(kind, **words)
    assert told(below) == ("binds", True, None) and told(found) == (effect, False, None)


@pytest.mark.parametrize("words", [{"ended": "2026-03-16"}, {"in_force": "2026-03-15"}, {"suspended": (("2026-01-10", "2026-03-15"),)}, {"suspended": (("2026-03-16", ""),)}])
def test_the_day_decides(words):
    below, found = beside("wijzigingsplan", **words)
    assert told(found) == ("replaces", True, None) and told(below) == ("ended", False, None)


@pytest.mark.parametrize("words", [
    {"ended": "2026-06-01"}, {"date": "2026-05-20", "dossier_status": "geheel in werking"}, {"in_force": "2026-05-01"}, {"suspended": (("2026-05-02", ""),)},
])
def test_what_differs_on_the_day_of_the_decision_is_open(words):
    below, found = beside("bestemmingsplan", today="2026-07-01", **words)
    assert below.otherwise is (not below.proposed) and found.otherwise is (not found.proposed) and below.proposed is not found.proposed
    assert codes(found)[0] in ("now", "no_longer") and codes(below)[0] in ("now", "no_longer")
    same, other = beside("bestemmingsplan", today=AT, **words)
    assert same.otherwise is None and other.otherwise is None


ROLES = [
    ("ter vervanging van extern plan/besluit", "replaces"), ("gedeeltelijke herziening van extern plan/besluit", "binds"), ("als mutatie opgenomen", "binds"),
    ("ten gevolge van extern plan/besluit", "binds"), ("in extern plan/besluit uit te werken", ""), ("in extern plan/besluit uitgewerkt", ""),
    ("informatie in extern plan/besluit", ""), ("gedeeltelijke heziening van extern plan/besluit", "binds"), ("", "binds"),
]


def referring(role, kind, objects, date):
    words = {"replaces": ("old",)} if kinds.replaces_the_other(role) else {"changes": ("old",)} if kinds.changes_the_other(role) else {}
    return beside(kind, objects=objects, date=date, **words)


@pytest.mark.parametrize(("role", "does"), ROLES)
@pytest.mark.parametrize("kind", ["bestemmingsplan", "uitwerkingsplan", "wijzigingsplan", "inpassingsplan", "beheersverordening", "tam-omgevingsplan"])
@pytest.mark.parametrize("date", ["2012-01-01", "2025-10-06"])
def test_a_plan_with_bestemmingen_takes_the_ground_by_its_role_or_by_its_date(role, does, kind, date):
    below, found = referring(role, kind, "enkelbestemming", date)
    first = bool(does) or date > OLD[1]
    assert (found.proposed, below.proposed) == (first, not first)
    assert {found.effect, below.effect} == {"replaces", "ended"}


@pytest.mark.parametrize(("role", "does"), ROLES)
@pytest.mark.parametrize("kind", ["bestemmingsplan", "wijzigingsplan", "beheersverordening"])
def test_a_plan_without_bestemmingen_adds_unless_it_says_that_it_replaces(role, does, kind):
    below, found = referring(role, kind, "gebiedsaanduiding", "2025-10-06")
    assert (found.effect, below.effect) == (("replaces", "ended") if does == "replaces" else ("adds", "binds"))


@pytest.mark.parametrize(("role", "does"), ROLES)
@pytest.mark.parametrize("kind", kinds.HITS)
@pytest.mark.parametrize(("at", "today"), [("2026-03-15", ""), ("2025-01-01", "2026-03-15"), ("2025-01-01", "")])
def test_a_decision_that_names_a_plan_makes_it_open_from_its_day_on(role, does, kind, at, today):
    words = {"replaces": ("old",)} if kinds.replaces_the_other(role) else {"changes": ("old",)} if kinds.changes_the_other(role) else {"changes": ("elders",)}
    below, found = beside(kind, at, today, "besluitvlak", **words)
    hit = bool(does) and max(at, today) >= "2025-10-06"
    assert told(below) == ("binds", True, False if hit else None) and ("hit" in codes(below)) is hit
    assert found.proposed is False


def test_a_decision_that_names_nothing_hits_what_it_lies_on_and_is_older():
    plans = [of("old", "2014-06-01"), of("young", "2025-12-01"), of("far", "2014-06-01"), of("ruling", "2025-10-06", kind="gerechtelijke uitspraak")]
    found = outcome(plans, [area("old"), area("young", x=100), area("far", x=400), area("ruling", "besluitvlak", width=190)])
    assert [found[key].otherwise for key in ("old", "young", "far")] == [False, None, None]
    assert [one.id for one in hits_on(found["old"], [found["ruling"]], plans, {})] == ["ruling"]


def test_a_decision_hits_the_version_it_names_and_by_name_where_it_has_no_number():
    ruling = of("U", "2025-10-06", kind="gerechtelijke uitspraak", changes=("NL.IMRO.0001.Dorp-VA01",))
    named = of("N", "2025-10-06", kind="reactieve aanwijzing", changes=("bestemmingsplan kern",))
    both = [of("NL.IMRO.0001.Dorp-VA01", "2014-06-01"), of("NL.IMRO.0001.Dorp-VA02", "2026-01-20", dossier_status="geheel in werking"), ruling]
    found = outcome(both, [area("NL.IMRO.0001.Dorp-VA01"), area("NL.IMRO.0001.Dorp-VA02")])
    assert told(found["NL.IMRO.0001.Dorp-VA02"]) == ("replaces", True, None) and not found["NL.IMRO.0001.Dorp-VA01"].proposed
    (older,) = (plan for plan in outcome([of("NL.IMRO.0001.Dorp-OH01", "2014-06-01"), ruling], [area("NL.IMRO.0001.Dorp-OH01")]).values() if plan.id != "U")
    assert older.otherwise is False
    assert outcome([of("K", "2014-06-01", name="Bestemmingsplan Kern"), named], [area("K")])["K"].otherwise is False


def test_versions_of_one_plan():
    one, two = of("NL.IMRO.0001.Dorp-VA01"), of("NL.IMRO.0001.Dorp-VA02")
    assert later_version(two, one) and not later_version(one, two) and not later_version(one, one)
    assert not later_version(of("NL.IMRO.0001.Dorp-VA03", "2013-01-01"), one) and not later_version(of("NL.IMRO.0001.Wijk-VA02"), one)
    assert work_of(one.id) == work_of(two.id) == "nl.imro.0001.dorp" and work_of("/akn/nl/act/gm1/2020/op@3") == "/akn/nl/act/gm1/2020/op"
    found = outcome([one, two], [area(one.id), area(two.id)])
    assert (found[two.id].effect, found[one.id].effect) == ("replaces", "ended")
    bare = outcome([one, of("NL.IMRO.0001.Dorp-VA02", "2024-01-01")], [area(one.id), area(two.id, "plangebied")])
    assert (bare[two.id].effect, bare[one.id].effect) == ("replaces", "ended")


@pytest.mark.parametrize(("first", "second", "stands"), [("2025-01-01", "2026-01-01", "b"), ("2026-06-01", "2026-01-01", "b"), ("2026-02-01", "2026-01-01", "a")])
def test_of_versions_of_a_regeling_the_last_that_works_stands(first, second, stands):
    base = "/akn/nl/act/gm0001/2020/omgevingsplan@"
    plans = [of(base + key, "", kind="omgevingsplan", in_force=date) for key, date in (("a", first), ("b", second))]
    found = outcome(plans, [area(plan.id, "omgevingsnorm") for plan in plans])
    assert [key for key in ("a", "b") if found[base + key].proposed] == [stands]


def test_a_regeling_that_succeeds_another_ends_it():
    plans = [of("law", "2024-01-01", kind="omgevingsplan"), of("next", "2026-01-01", kind="omgevingsplan", replaces=("law",))]
    found = outcome(plans, [area("law", "omgevingsnorm"), area("next", "omgevingsnorm")])
    assert codes(found["law"]) == ["version"] and found["law"].effect == "ended" and found["next"].proposed


@pytest.mark.parametrize(("kind", "date", "open_"), [
    ("voorbeschermingsregels", "2024-09-01", True), ("voorbeschermingsregels omgevingsplan", "2024-09-10", True), ("voorbeschermingsregels omgevingsplan", "2024-10-01", False),
    ("omgevingsplanregels uit projectbesluit", "2024-02-01", False), ("omgevingsplan", "2024-02-01", False),
])
def test_temporary_rules_of_a_year_and_a_half_may_have_lapsed(kind, date, open_):
    below, found = beside(kind, date="", in_force=date, objects="omgevingsnorm")
    assert told(found) == ("binds", True, False if open_ else None) and ("lapses" in codes(found)) is open_ and below.proposed


@pytest.mark.parametrize(("date", "code"), [("2025-10-06", "notice_rules"), ("2023-10-06", "notice_old"), ("2023-12-31", "notice_old"), ("2024-01-01", "notice_rules")])
def test_a_voorbereidingsbesluit_of_the_old_law_and_of_the_new(date, code):
    assert codes(beside("voorbereidingsbesluit", date=date)[1]) == [code]
    assert codes(beside("voorbereidingsbesluit", date="2023-10-06", at="2023-12-01")[1]) == ["notice"]


@pytest.mark.parametrize(("kind", "began", "at", "effect", "otherwise"), [
    ("bestemmingsplan", "2026-03-01", AT, "waits", True), ("bestemmingsplan", "2026-01-20", AT, "replaces", False), ("bestemmingsplan", "2025-12-01", AT, "replaces", None),
    ("wijzigingsplan", "2026-03-01", AT, "waits", True), ("inpassingsplan", "2026-03-01", AT, "waits", True), ("tam-omgevingsplan", "2026-03-01", AT, "waits", True),
    ("tam-omgevingsplan", "2026-02-10", AT, "replaces", False), ("tam-omgevingsplan", "2025-12-20", AT, "replaces", None), ("beheersverordening", "2026-03-01", AT, "replaces", None),
])
def test_between_adoption_and_working_it_is_open(kind, began, at, effect, otherwise):
    below, found = beside(kind, date=began, at=at)
    assert (found.effect, found.otherwise) == (effect, otherwise) and below.otherwise is (None if otherwise is None else not otherwise)


@pytest.mark.parametrize("status", [
    "Awb bezwaar", "beroep afdeling bestuursrechtspraak", "uitspraak afdeling bestuursrechtspraak", "kabinetsstandpunt", "iets anders", "",
    "goedgekeurd; goedgekeurd met uitzondering van onthoudingen",
])
def test_a_status_that_leaves_it_open_never_governs_firmly(status):
    below, found = beside("bestemmingsplan", status=status)
    assert told(found) == ("replaces", True, False) and told(below) == ("ended", False, True)


def test_a_pons_ends_and_a_change_alone_is_told():
    found = outcome([of(*OLD), of("law", "2025-01-01", kind="omgevingsplan", part=True)], [area("old"), area("law", "pons", plan_status="vastgesteld")])
    assert (found["old"].effect, codes(found["old"])) == ("ended", ["hole_whole"]) and found["law"].effect == "binds" and "part" in codes(found["law"])


def test_a_suspension_without_dates_or_lifted():
    assert suspended_on(of("a", suspended=(("2025-01-01", "2025-02-01"), ("2026-01-01", ""))), "2026-02-01") == "2026-01-01"
    assert suspended_on(of("a", suspended=(("2025-01-01", "2025-02-01"),)), "2025-02-01") == suspended_on(of("a"), "2025-01-15") == ""
    assert suspended_on(of("a", suspended=(("2025-01-01", ""),)), "") == "2025-01-01"
