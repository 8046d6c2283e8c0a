"""What governs, to the edges: every word of a status, every kind in its order, the days of the terms, the shares and slivers of ground."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from invented_plans import area, of
from shapely import MultiPolygon, Point, box

from drieluik.data_sources.juridical.proposing import propose
from drieluik.model import PlanValue


def outcome(plans, areas, at_date=""):
    return {plan.id: plan for plan in propose(plans, areas, at_date)}


def reasons(plan):
    return [(note.code.removeprefix("plans_reason_"), note.as_dict()) for note in plan.reasons]


def one(at_date="", **words):
    return outcome([of("A", **words)], [area("A")], at_date)["A"]


@pytest.mark.parametrize(
    "word",
    ["niet in werking", "vernietigd", "ingetrokken", "vervallen", "geschorst", "niet meer geldend", "in voorbereiding", "beëindigd", "buiten werking", "Geheel Vernietigd"],
)
def test_every_word_for_what_does_not_work(word):
    for words in ({"dossier_status": word}, {"status": word}):
        found = one(**words)
        assert not found.proposed and reasons(found) == [("not_in_force", {"status": word})]


@pytest.mark.parametrize("word", ["vastgesteld", "geconsolideerd", "onherroepelijk", "goedgekeurd", "in werking", "besluit onherroepelijk", "Vastgesteld, goedgekeurd"])
def test_every_word_for_what_works(word):
    found = one(status=word)
    assert found.proposed and reasons(found)[0] == ("in_force", {"status": word})
    assert ("consolidated" in dict(reasons(found))) is (word == "geconsolideerd")


def test_an_unknown_status_is_said_unless_the_dossier_knows():
    assert reasons(one(status="bijzonder")) == [("unknown_status", {"status": "bijzonder"})]
    assert reasons(one(status="bijzonder", dossier_status="geheel in werking")) == [("in_force", {"status": "bijzonder, geheel in werking"})]
    assert reasons(one(status="", dossier_status="Deels in werking")) == [("in_force", {"status": "Deels in werking"}), ("partly", {"status": "Deels in werking"})]
    assert reasons(one(status="")) == [("no_status", {})] and "partly" not in dict(reasons(one(dossier_status="geheel, niet deels")))


def test_what_does_not_govern_says_why():
    assert reasons(one(historic=True)) == [("historic", {})] and reasons(one(status="Ontwerp")) == [("draft", {"status": "Ontwerp"})]
    assert reasons(one(kind="voorbereidingsbesluit")) == [("notice", {"kind": "voorbereidingsbesluit"})] and reasons(one(kind="structuurvisie")) == [("other_kind", {"kind": "structuurvisie"})]


@pytest.mark.parametrize(
    ("words", "later"),
    [({"date": "2026-05-01"}, ""), ({"date": "2026-05-02"}, "2026-05-02"), ({"date": "2020-01-01", "in_force": "2026-05-02"}, "2026-05-02"), ({"in_force": "2026-05-01"}, ""),
     ({"date": "2026-05-01T23:59"}, ""), ({"date": "2026-05-02T01:00"}, "2026-05-02")],
)
def test_a_plan_from_after_the_application_is_too_late(words, later):
    found = one("2026-05-01T12:00", kind="beheersverordening", **words)
    assert found.proposed is (not later)
    if later:
        assert reasons(found) == [("later", {"date": later, "at": "2026-05-01"})]


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("omgevingsverordening", "also_holds"), ("waterschapsverordening", "also_holds"), ("omgevingsvisie", "other_kind"), ("programma", "other_kind"),
        ("gerechtelijke uitspraak", "hits"), ("reactieve interventie", "hits"), ("omgevingsvergunning", "permit"), ("regelingtype_099", "unknown_kind"),
    ],
)
def test_each_kind_of_document_has_its_own_effect(kind, reason):
    found = one(kind=kind)
    assert not found.proposed
    assert [code for code, _ in reasons(found)] == [reason]
    assert (found.otherwise is True) is (reason == "unknown_kind")


@pytest.mark.parametrize("kind", ["voorbeschermingsregels omgevingsplan", "omgevingsplanregels uit projectbesluit"])
def test_temporary_parts_of_the_omgevingsplan_bind(kind):
    assert one(kind=kind).proposed


@pytest.mark.parametrize(("ended", "at", "holds"), [("2024-02-01", "2026-01-01", False), ("2024-02-01", "2024-01-31", True), ("2024-02-01", "2024-02-01", False), ("2024-02-01", "", False)])
def test_a_plan_that_ended_holds_until_that_day(ended, at, holds):
    assert one(at, ended=ended).proposed is holds


def test_a_ruling_on_a_plan_leaves_open_whether_it_still_holds():
    plan, ruling = of("P", "2015-01-01"), of("U", "2019-01-01", kind="gerechtelijke uitspraak", changes=("P",))
    found = {each.id: each for each in propose([plan, ruling], [area("P"), area("U", kind="besluitvlak")])}
    assert found["P"].proposed
    assert found["P"].otherwise is False
    assert not found["U"].proposed
    before = {each.id: each for each in propose([plan, ruling], [area("P")], "2018-01-01")}
    assert before["P"].otherwise is None


ORDER = (
    ("omgevingsplan", "voorbeschermingsregels"), ("TAM-omgevingsplan",), ("inpassingsplan", "rijksbestemmingsplan"), ("uitwerkingsplan", "wijzigingsplan"),
    ("bestemmingsplan", "beheersverordening", ""),
)


@pytest.mark.parametrize("turn", range(3))
def test_kinds_are_listed_in_order_of_rank_then_the_latest_first(turn):
    kinds = [group[turn % len(group)] for group in ORDER]
    plans = [of(f"{9 - rank}", "2020-01-01", kind=kind) for rank, kind in enumerate(kinds)]
    apart = [area(plan.id, x=200 * n) for n, plan in enumerate(plans)]
    assert [plan.kind for plan in propose(plans[::-1], apart)] == kinds and all(plan.proposed for plan in propose(plans, apart))


@pytest.mark.parametrize("kind", [kind for group in ORDER for kind in group])
def test_every_kind_with_rules_for_everyone_is_proposed(kind):
    assert one(kind=kind).proposed and one(kind=kind.upper()).proposed


def test_of_one_rank_the_latest_goes_first_and_one_without_a_date_last():
    plans = [of("a", ""), of("b", "2019-12-31"), of("c", "2020-01-01"), of("d", "2020-01-01"), of("e", "2020-02-01")]
    assert [plan.id for plan in propose(plans, [area(plan.id, x=200 * n) for n, plan in enumerate(plans)])] == ["e", "c", "d", "b", "a"]


@pytest.mark.parametrize(
    ("day", "new", "otherwise"),
    [
        ("2024-02-04", False, None), ("2024-02-05", False, True), ("2024-03-18", False, True), ("2024-03-19", True, False), ("2024-04-29", True, False), ("2024-04-30", True, None),
    ],
)
def test_six_weeks_for_publishing_and_six_for_the_appeal(day, new, otherwise):
    found = outcome([of("old", "2011-03-01"), of("new", "2024-02-05T10:00")], [area("old"), area("new")], f"{day}T09:00")
    assert (found["new"].proposed, found["new"].otherwise) == (new, otherwise)
    assert (found["old"].proposed, found["old"].otherwise) == (not new, None if otherwise is None else not otherwise)
    assert [data for code, data in reasons(found["new"]) if code == "waiting"] == ([{"date": "2024-02-05", "at": day}] if otherwise is not None else [])
    assert "waiting" not in dict(reasons(found["old"]))


@pytest.mark.parametrize("kind", ["bestemmingsplan", "inpassingsplan", "rijksbestemmingsplan", "uitwerkingsplan", "wijzigingsplan", "", "Bestemmingsplan"])
def test_the_terms_hold_for_plans_of_the_wro(kind):
    assert "waiting" in dict(reasons(one("2024-02-20", date="2024-02-05", kind=kind)))


@pytest.mark.parametrize(
    "words",
    [
        {"kind": "beheersverordening"}, {"kind": "omgevingsplan"}, {"status": "goedgekeurd"}, {"dossier_status": "Geheel onherroepelijk"}, {"dossier_status": "Geheel in Werking"},
        {"status": "Vastgesteld en onherroepelijk"}, {"in_force": "2024-02-06"}, {"historic": True}, {"date": "onbekend"}, {"date": ""},
    ],
)
def test_what_the_terms_do_not_hold_for(words):
    found = one("2024-02-20", **{"date": "2024-02-05", **words})
    assert found.otherwise is None and "waiting" not in dict(reasons(found))


def test_a_plan_that_waits_where_nothing_else_lies_is_open():
    found = one("2024-02-20", date="2024-02-05")
    assert (found.proposed, found.otherwise) == (False, True) and one("2024-04-01", date="2024-02-05").otherwise is False
    assert one("", date="2024-02-05").otherwise is None


@pytest.mark.parametrize("name", ["Parapluplan wonen", "Facetplan", "Facetbestemmingsplan", "Facetherziening x", "Thematische herziening", "Plan (facet)"])
def test_the_names_of_umbrellas_where_no_bestemming_is_known(name):
    areas = [area("old", "maatvoering"), area("new", "plangebied")]
    found = outcome([of("old", "2010-01-01"), of("new", "2020-01-01", name=name)], areas)
    assert found["old"].proposed and found["old"].replaced is None and "adds" in dict(reasons(found["new"]))
    assert not outcome([of("old", "2010-01-01"), of("new", "2020-01-01", name="Facetten")], areas)["old"].proposed
    assert outcome([of("old", "2010-01-01"), of("new", "2020-01-01", umbrella=True)], areas)["old"].proposed


@pytest.mark.parametrize("kind", ["enkelbestemming", "besluitvlak"])
def test_what_gives_a_bestemming_replaces_what_lies_below(kind):
    found = outcome([of("old", "2010-01-01"), of("new", "2020-01-01", name="Parapluplan")], [area("old", kind), area("new", kind)])
    assert not found["old"].proposed and "adds" not in dict(reasons(found["new"]))


@pytest.mark.parametrize("kind", ["omgevingsplan", "voorbeschermingsregels"])
def test_the_new_part_replaces_nothing_by_itself_and_is_replaced_by_nothing(kind):
    found = outcome([of("old", "2010-01-01"), of("law", "2024-01-01", kind=kind), of("new", "2025-01-01")], [area("old"), area("law"), area("new", x=400)])
    assert all(plan.proposed and plan.replaced is None for plan in found.values()) and "adds" not in dict(reasons(found["law"]))


def taken(x, width=100.0, old_width=100.0):
    found = outcome([of("old", "2010-01-01"), of("new", "2020-01-01", name="Nieuw")], [area("old", width=old_width), area("new", x=x, width=width)])
    return found["old"].proposed, [(code, data) for code, data in reasons(found["old"]) if code != "in_force"]


def test_the_share_that_is_taken_decides():
    assert taken(2.0) == (False, [("replaced_whole", {"plans": "Nieuw", "share": 98.0})])
    assert taken(2.2) == (True, [("replaced_partly", {"plans": "Nieuw", "share": 97.8})])
    assert taken(66.67) == (True, [("replaced_partly", {"plans": "Nieuw", "share": 33.3})])
    assert taken(98.5) == (True, [("replaced_partly", {"plans": "Nieuw", "share": 1.5})]) and taken(99.1) == (True, [])


def test_ground_narrower_than_half_a_metre_is_drawing():
    assert taken(19.4, 100, 20)[1] == [("replaced_partly", {"plans": "Nieuw", "share": 3.0})] and taken(19.6, 100, 20) == (True, [])


def test_a_later_plan_in_two_parts_takes_both_and_leaves_slivers():
    plans = [of("old", "2010-01-01"), of("new", "2020-01-01"), of("other", "2021-01-01")]
    found = outcome(plans, [area("old"), area("new", x=-90), area("new", x=80, width=10), area("other", x=99.7)])
    assert found["old"].replaced.area == pytest.approx(10 * 100 + 10 * 100) and found["old"].replaced.geom_type == "MultiPolygon"
    assert dict(reasons(found["old"]))["replaced_partly"] == {"plans": "new", "share": 20.0}


def test_a_hole_and_a_later_plan_are_told_apart():
    plans = [of("old", "2010-01-01"), of("new", "2020-01-01", name="Nieuw"), of("later", "2021-01-01"), of("law", kind="omgevingsplan")]
    found = outcome(plans, [area("old"), area("new", x=80), area("later", x=70, width=10), replace(area("law", "pons", x=-90), plan_name="Omgevingsplan Dorp")])
    assert reasons(found["old"])[1:] == [
        ("hole_partly", {"plans": "Omgevingsplan Dorp", "share": 10.0}), ("replaced_partly", {"plans": "Nieuw, later", "share": 30.0}),
    ]


def test_a_hole_without_the_plans_name_is_named_by_its_id_and_a_draft_hole_is_none():
    plans = [of("old", "2010-01-01"), of("law", kind="omgevingsplan")]
    assert reasons(outcome(plans, [area("old"), area("law", "pons")])["old"]) == [("hole_whole", {"plans": "law", "share": 100.0})]
    assert outcome(plans, [area("old"), area("law", "pons", plan_status="Ontwerp")])["old"].proposed
    two = [area("old"), area("law", "pons", x=-50), area("law", "pons", x=50)]
    assert not outcome(plans, two)["old"].proposed


def test_the_ground_of_a_plan_is_its_bestemmingen_else_its_outline_else_its_objects():
    old, new = of("old", "2010-01-01"), of("new", "2020-01-01")
    outline = box(100_000, 400_000, 100_040, 400_100)
    assert outcome([old, replace(new, geometry=outline)], [area("old", "bouwvlak"), area("new", "bouwvlak")])["old"].replaced.equals(outline)
    assert not outcome([old, replace(new, geometry=outline)], [area("old"), area("new")])["old"].proposed
    assert outcome([old, new], [area("old", "bouwvlak"), area("new", "bouwvlak", x=60), area("new", "figuur", x=60, width=5)])["old"].replaced.area == pytest.approx(4000)
    point = replace(area("new"), geometry=Point(100_050, 400_050))
    assert outcome([old, new], [area("old"), point])["old"].proposed and outcome([old, new], [area("old"), point])["new"].proposed


def test_a_bestemming_in_parts_takes_ground_in_each():
    parts = replace(area("new"), geometry=MultiPolygon([box(100_000, 400_000, 100_020, 400_100), box(100_090, 400_000, 100_100, 400_100)]))
    found = outcome([of("old", "2010-01-01"), of("new", "2020-01-01")], [area("old"), parts])
    assert found["old"].replaced.area == pytest.approx(3000) and dict(reasons(found["old"]))["replaced_partly"]["share"] == 30.0


def test_plans_that_do_not_show_which_is_later_name_each_other():
    plans = [of("a", name="Plan A"), of("b", name=""), of("c"), of("d")]
    found = outcome(plans, [area("a"), area("b", x=50), area("c", x=99.5), area("d", x=300)])
    assert [dict(reasons(found[key])).get("overlaps") for key in "abcd"] == [{"plans": "b"}, {"plans": "Plan A, c"}, {"plans": "b"}, None]


def test_a_plan_that_is_gone_overlaps_nobody():
    found = outcome([of("a", "2020-01-01"), of("b", "2020-01-01"), of("new", "2021-01-01")], [area("a"), area("b", x=50, width=300), area("new")])
    assert [code for code, _ in reasons(found["a"])] == ["replaced_whole"] and "overlaps" in dict(reasons(found["b"]))


def test_a_plan_that_works_out_another_names_it_and_takes_its_ground_though_older():
    mother, child = of("mother", "2020-01-01"), of("child", "2019-01-01", kind="uitwerkingsplan", changes=("mother", "other"))
    found = outcome([mother, child], [area("mother", width=200), area("child")])
    assert dict(reasons(found["child"]))["changes"] == {"plans": "mother, other"} and found["child"].replaced is None
    assert dict(reasons(found["mother"]))["replaced_partly"] == {"plans": "child", "share": 50.0}


def test_a_tam_plan_and_what_it_adds_to():
    found = outcome([of("old", "2010-01-01"), of("tam", "2025-01-01", kind="TAM-omgevingsplan")], [area("old"), area("tam", "gebiedsaanduiding")])
    assert [code for code, _ in reasons(found["tam"])] == ["in_force", "adds", "tam"] and found["old"].proposed


def test_doing_it_again_forgets_what_was_proposed():
    changed = [replace(of("A", status="ontwerp"), proposed=True, reasons=one().reasons, replaced=box(0, 0, 1, 1), order=4, otherwise=True)]
    (plan,) = propose(changed, [area("A")])
    assert (plan.proposed, plan.replaced, plan.order, plan.otherwise, reasons(plan)) == (False, None, 1, None, [("draft", {"status": "ontwerp"})])


def ways(at_date="2026-03-01", **words):
    """What is proposed, and what would be otherwise, of an old plan and a new one on the same ground."""
    new = {"date": "2021-06-30", **words}
    found = outcome([of("old", "2009-02-11"), of("new", **new)], [area("old"), area("new")], at_date)
    return {key: (plan.proposed, plan.otherwise) for key, plan in found.items()}


OPEN, FIRM, NEVER = {"old": (False, True), "new": (True, False)}, {"old": (False, None), "new": (True, None)}, {"old": (True, None), "new": (False, None)}


@pytest.mark.parametrize(("status", "expected"), [
    ("raadselachtig", OPEN), ("vastgesteld onder voorbehoud", OPEN), ("gedeeltelijk vernietigd", OPEN), ("deels vernietigd", OPEN), ("partieel ingetrokken", OPEN),
    ("niet vastgesteld", NEVER), ("Niet geheel goedgekeurd", NEVER), ("geheel vernietigd", NEVER), ("gewijzigd vastgesteld", FIRM), ("geheel onherroepelijk in werking", FIRM),
])  # fmt: skip
def test_a_status_that_nobody_knows_or_that_speaks_of_a_part_leaves_open_what_governs(status, expected):
    assert ways(status=status) == expected
    assert ways(dossier_status=status) == expected


def test_without_a_date_of_the_application_a_plan_of_the_future_or_of_these_weeks_is_open():
    assert ways("", date="2199-01-01") == {"old": (True, False), "new": (False, True)}
    assert ways("2199-06-01", date="2199-01-01") == FIRM and ways("2198-06-01", date="2199-01-01") == NEVER
    lately = (datetime.date.today() - datetime.timedelta(days=10)).isoformat()
    assert ways("", date=lately) == {"old": (True, False), "new": (False, True)}


@pytest.mark.parametrize("date", ["", "01-02-2021", "2009-02-11", "onbekend"])
def test_which_of_two_plans_on_one_ground_is_the_later_is_open_where_their_dates_do_not_tell(date):
    found = ways(date=date)
    assert {one for one, _ in found.values()} == {True, False} and all(other is not one for one, other in found.values())


def test_plans_that_lie_side_by_side_are_not_open_for_want_of_a_date():
    found = outcome([of("a", ""), of("b", "2020-01-01")], [area("a"), area("b", x=100)])
    assert all(plan.proposed and plan.otherwise is None for plan in found.values())


def sized(plan, number, x=0, name="bouwhoogte", qualifier="maximum"):
    """An area of a plan with one value."""
    value = PlanValue(name, qualifier, number, "m", f"{qualifier} {name} (m)={number:g}")
    return replace(area(plan, "maatvoering", x=x), fid=f"{plan}{x}{name}{qualifier}", values=(value,))


@pytest.mark.parametrize(("given", "wider"), [
    (sized("new", 8.5), True), (sized("new", 3.5), False), (sized("new", 8.5, x=400), False), (sized("new", 8.5, name="goothoogte"), False),
    (sized("new", 2.0, qualifier="minimum"), False), (sized("new", 6.5), False),
])  # fmt: skip
def test_a_value_that_a_later_revision_gives_wider_may_take_its_place_and_the_plan_holds(given, wider):
    found = outcome([of("old", "2009-02-11"), of("new", "2018-04-01")], [area("old"), sized("old", 6.5), given], "2026-03-01")
    assert (found["old"].proposed, found["old"].otherwise) == (True, None) and (found["new"].proposed, found["new"].otherwise) == (True, None)
    assert ("revised" in dict(reasons(found["old"]))) is wider and found["old"].revised_by == (("new",) if wider else ())


def test_a_lower_minimum_is_wider_and_an_older_plan_revises_nothing():
    lower = [area("old"), sized("old", 4.5, qualifier="minimum"), sized("new", 3.0, qualifier="minimum")]
    assert outcome([of("old", "2009-02-11"), of("new", "2018-04-01")], lower, "2026-03-01")["old"].revised_by == ("new",)
    assert outcome([of("old", "2019-02-11"), of("new", "2018-04-01")], lower, "2026-03-01")["old"].revised_by == ()


@pytest.mark.parametrize(("old", "new", "may"), [
    ("2009-02-11", "", True), ("", "2018-04-01", True), ("", "", True), ("2018-04-01", "2018-04-01", True), ("onbekend", "2001-01-01", True), ("2018-04-02", "2018-04-01", False),
])  # fmt: skip
def test_a_revision_without_a_day_or_of_the_same_day_may_be_the_later(old, new, may):
    found = outcome([of("old", old), of("new", new)], [area("old"), sized("old", 6.5), sized("new", 8.5)], "2026-03-01")
    assert found["old"].revised_by == (("new",) if may else ())


def test_a_plan_that_says_that_it_changes_another_is_not_revised_by_it():
    plans = [replace(of("old", "2018-04-01"), changes=("new",)), of("new", "2018-04-01")]
    assert outcome(plans, [area("old"), sized("old", 6.5), sized("new", 8.5)], "2026-03-01")["old"].revised_by == ()


def test_a_revision_that_gives_other_ground_a_bestemming_may_revise_a_value_here():
    """The later plan redraws ground 400 m away and a height here; where it gives the ground itself a bestemming there is nothing left to revise."""
    own = [area("old"), sized("old", 6.5), sized("new", 8.5)]
    plans = [of("old", "2009-02-11"), of("new", "2018-04-01")]
    assert outcome(plans, [*own, area("new", x=400)], "2026-03-01")["old"].revised_by == ("new",)
    half = replace(sized("new", 8.5), geometry=area("new").geometry.buffer(-40))
    both = outcome(plans, [area("old"), sized("old", 6.5), half, replace(area("new"), geometry=area("new").geometry.buffer(-40))], "2026-03-01")
    assert both["old"].proposed and both["old"].replaced is not None and both["old"].revised_by == ()


@pytest.mark.parametrize(("reach", "kind", "date", "by"), [
    (10.0, "bouwvlak", "2018-04-01", ("new",)), (10.0, "bouwvlak", "", ("new",)), (10.0, "bouwvlak", "2001-01-01", ()), (0.005, "bouwvlak", "2018-04-01", ()),
    (-10.0, "bouwvlak", "2018-04-01", ()), (10.0, "bouwaanduiding", "2018-04-01", ()),
])  # fmt: skip
def test_a_bouwvlak_that_a_later_plan_draws_wider_may_take_the_place_of_the_old_one(reach, kind, date, by):
    plane = replace(area("old", "bouwvlak"), geometry=box(100_020, 400_020, 100_060, 400_060))
    anew = replace(area("new", kind), geometry=plane.geometry.buffer(reach, join_style="mitre"))
    assert outcome([of("old", "2009-02-11"), of("new", date)], [area("old"), plane, anew], "2026-03-01")["old"].revised_by == by
    far = replace(anew, geometry=box(100_070, 400_070, 100_090, 400_090))
    assert outcome([of("old", "2009-02-11"), of("new", date)], [area("old"), plane, far], "2026-03-01")["old"].revised_by == ()


def test_what_a_revision_says_in_other_words_or_without_a_place_may_be_wider():
    plans, old = [of("old", "2009-02-11"), of("new", "2018-04-01")], [area("old"), sized("old", 6.5)]
    text = replace(sized("new", 1.0), values=(PlanValue("bouwhoogte", "maximum", None, "", "maximum bouwhoogte=zie artikel 9"),))
    nap = replace(sized("new", 1.0), values=(PlanValue("bouwhoogte", "maximum", 1.0, "m NAP", "maximum bouwhoogte (m NAP)=1"),))
    main = replace(sized("new", 1.0), values=(PlanValue("bouwhoogte hoofdgebouw", "maximum", 8.0, "m", "maximum bouwhoogte hoofdgebouwen (m)=8", "hoofdgebouw"),))
    for said in (text, nap, main):
        assert outcome(plans, [*old, said], "2026-03-01")["old"].revised_by == ("new",)
    lost = {plan.id: plan for plan in propose(plans, old, "2026-03-01", unplaced=(replace(sized("new", 8.5), unplaced=True),))}
    assert lost["old"].revised_by == ("new",)
