"""The table of a sun study from findings made by hand: its order, its rows per facade, its words."""

from __future__ import annotations

import pytest
from shapely import Point

from drieluik.model import Decision, Evidence, Finding, Measurement, Note, Review, Verdict
from drieluik.report.basis.sun_table import change_text, compass, data_of, dwelling_rows, facades_of, minutes, place_of, short_date, sun_findings

GOOD, BAD, DOUBT, NONE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT, Verdict.NOT_APPLICABLE


def point(facade, after, change, verdict=BAD, floor=0, role="receptor", date="2027-02-19"):
    note = Note.of("sun_point", facade=facade, floor=floor, verdict=verdict.value, date=date, before=after - (change or 0.0), after=after)
    return Evidence(role, Point(0, 0, 1), value=change, unit="min", note=note)


def finding(text, verdict, value, before=None, *points, design="A", rule="tno", plan=None, decision=None, check="sun_hours_facade"):
    measures = [Measurement("sun_minutes", value, "min", ">=", 120.0, at="2027-02-19")]
    measures += [] if before is None else [Measurement("sun_minutes_before", before, "min")]
    measures += [] if plan is None else [Measurement("sun_minutes_plan", plan, "min")]
    return Finding(rule, check, Note.of("subject_dwelling", building=text, text=text), design, verdict, tuple(measures), points, decision=decision)


def firsts(*findings):
    return [(row[2], row[3]) for row in dwelling_rows(findings, "nl")]


def test_the_worst_dwelling_goes_first_then_the_fewest_minutes_then_the_name():
    assert firsts(finding("c", GOOD, 300.0), finding("b", BAD, 90.0), finding("a", BAD, 90.0), finding("d", DOUBT, 10.0), finding("e", BAD, 60.0), finding("f", BAD, None)) == [
        ("f", "A"), ("e", "A"), ("a", "A"), ("b", "A"), ("d", "A"), ("c", "A"),
    ]


def test_a_dwelling_stands_where_its_worst_design_stands_with_a_row_per_design():
    assert firsts(finding("a", GOOD, 300.0, design="B"), finding("b", DOUBT, 100.0), finding("a", BAD, 100.0)) == [("a", "A"), ("", "B"), ("b", "A")]


def test_what_the_officer_decided_counts_for_the_order():
    assert firsts(finding("a", BAD, 10.0, decision=Decision(GOOD, "x")), finding("b", DOUBT, 100.0)) == [("b", "A"), ("a", "A")]


def test_a_row_says_now_plan_then_and_the_change():
    (row,) = dwelling_rows([finding("Laan 1", BAD, 90.4, 130.0, point(181.0, 90.4, -39.6, floor=2), plan=100.6)], "nl")
    assert row == ("violates", "✗ voldoet niet", "Laan 1", "A", "zuid, verdieping 2", "19 februari", "130", "101", "90", "−40")
    (row,) = dwelling_rows([finding("Laan 1", GOOD, 300.0)], "en")
    assert row == ("complies", "✓ complies", "Laan 1", "A", "", "19 February", "", "", "300", "")
    assert dwelling_rows([finding("a", BAD, None, 30.0)], "nl")[0][6:] == ("30", "", "", "−30")


def test_further_facades_have_a_row_when_their_worst_point_changes():
    points = (
        point(180.0, 90.0, -30.0), point(180.0, 20.0, -60.0), point(90.0, 200.0, -6.0, GOOD, date="2027-03-21"), point(90.0, 100.0, -10.0, DOUBT, 1), point(270.0, 300.0, -5.0, GOOD),
        point(0.0, 10.0, -90.0, NONE), point(315.0, 150.0, -20.0, BAD), point(315.0, 140.0, -8.0, BAD, 3), point(45.0, 10.0, None, BAD),
    )
    rows = dwelling_rows([finding("Laan 1", BAD, 90.0, 120.0, *points)], "nl")
    assert rows[1:] == [
        ("violates", "", "", "", "noordwest, verdieping 3", "19 februari", "148", "", "140", "−8"), ("needs_judgement", "", "", "", "oost, verdieping 1", "19 februari", "110", "", "100", "−10"),
    ]


def test_only_points_with_a_note_tell_of_facades():
    bare = Evidence("receptor", Point(0, 0, 1), value=-50.0)
    assert facades_of(finding("a", BAD, 1.0, None, bare, point(0.0, 1.0, -9.0, role="highest_point"))) == (None, []) and data_of(bare) == {}
    deciding = point(90.0, 1.0, -9.0)
    assert facades_of(finding("a", BAD, 1.0, None, bare, deciding)) == (deciding, [])


def test_findings_about_sun_are_those_that_were_measured():
    plain = finding("a", BAD, 1.0)
    others = (finding("b", BAD, 1.0, rule="bouwbesluit"), finding("c", BAD, 1.0, check="shadow_study"), Finding("tno", "sun_hours_facade", plain.subject, "A", BAD))
    review = Review(None, None, (), (), (plain, *others))
    assert sun_findings(review) == [plain, others[0]] and sun_findings(review, "tno") == [plain]


@pytest.mark.parametrize(
    ("bearing", "word"),
    [(0, "noord"), (22, "noord"), (23, "noordoost"), (90, "oost"), (135, "zuidoost"), (180, "zuid"), (225, "zuidwest"), (270, "west"), (315, "noordwest"), (338, "noord"), (360, "noord")],
)
def test_compass_words(bearing, word):
    assert compass(bearing, "nl") == word


def test_words_for_what_is_not_there():
    assert (compass(None, "nl"), place_of(None, "nl"), minutes(None, "nl"), minutes(Measurement("m", None, "min"), "nl")) == ("", "", "", "")
    assert minutes(Measurement("m", 0.0, "min"), "nl") == "0" and minutes(Measurement("m", 59.6, "min"), "nl") == "60"


@pytest.mark.parametrize(("iso", "nl", "en"), [("2027-02-19", "19 februari", "19 February"), ("2027-10-01", "1 oktober", "1 October"), ("", "", ""), ("kortste dag", "kortste dag", "kortste dag")])
def test_dates_without_their_year(iso, nl, en):
    assert (short_date(iso, "nl"), short_date(iso, "en")) == (nl, en)


@pytest.mark.parametrize(("change", "text"), [(0.0, "0"), (0.4, "0"), (-0.4, "0"), (1.0, "+1"), (-0.6, "−1"), (-120.0, "−120"), (14.6, "+15")])
def test_changes_with_their_sign(change, text):
    assert change_text(change, "nl") == text


def test_designs_that_give_the_same_share_their_rows():
    same = [finding("Laan 1", GOOD, 300.0, 300.0, point(180.0, 300.0, 0.0, GOOD), point(90.0, 200.0, -20.0, GOOD), design=name) for name in "AB"]
    other = finding("Laan 1", GOOD, 300.0, 300.0, point(180.0, 300.0, 0.0, GOOD), point(90.0, 200.0, -30.0, GOOD), design="C")
    rows = dwelling_rows([*same, other], "nl")
    assert [(row[2], row[3], row[9]) for row in rows] == [("Laan 1", "A, B", "0"), ("", "", "−20"), ("", "C", "0"), ("", "", "−30")]


@pytest.mark.parametrize(("floor", "nl"), [(0, "zuid, begane grond"), (3, "zuid, verdieping 3")])
def test_floors_are_said_in_words(floor, nl):
    assert place_of(point(180.0, 90.0, -1.0, floor=floor), "nl") == nl
