"""How readings are chosen and joined, part by part: weights, extremes, corners, what flips, and the verdict over all."""

from __future__ import annotations

import datetime
import itertools

import pytest

from drieluik.checks.engine import readings
from drieluik.checks.engine.open_points.points import Alternative, Ledger, OpenPoint
from drieluik.checks.engine.readings import MOST_RUNS, Tried, joint_verdict, judge
from drieluik.model import Note, Premise, Question, Verdict
from drieluik.model.measurement import Measurement
from one_context import finding

GOOD, BAD, ASK, LACK, NONE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT, Verdict.NOT_ASSESSABLE, Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("verdicts", "absent", "joint"),
    [
        ((GOOD,), False, GOOD), ((GOOD, NONE), False, GOOD), ((GOOD,), True, GOOD), ((BAD,), False, BAD), ((BAD,), True, ASK), ((BAD, NONE), False, ASK), ((NONE,), False, NONE), ((NONE,), True, NONE),
        ((LACK,), False, LACK), ((LACK, NONE), False, LACK), ((LACK, GOOD), False, ASK), ((LACK, BAD), False, ASK), ((ASK,), False, ASK), ((GOOD, BAD), False, ASK), ((), True, NONE),
    ],
)  # fmt: skip
def test_what_holds_over_readings(verdicts, absent, joint):
    assert joint_verdict(verdicts, absent) is joint


def test_a_finding_weighs_by_its_verdict_and_then_by_how_far_past_its_limit():
    def weight(verdict, value=10.0, limit=8.0, **words):
        return readings._weight(finding(verdict=verdict, value=value, limit=limit, **words))

    order = [readings._weight(None), weight(GOOD, 1.0), weight(GOOD, 7.9), weight(GOOD, 9.0), weight(NONE), weight(LACK), weight(ASK), weight(BAD, 8.1), weight(BAD, 9.0), weight(BAD, 90.0)]
    assert order == sorted(order) and order[0] == -1.0 and len(set(order)) == 10
    assert weight(BAD, measurements=()) == 4.0 and weight(GOOD, 8.0) == 0.5 and weight(GOOD, 7.0) == pytest.approx(0.25) and weight(BAD, 1e9) == 4.999
    assert weight(BAD, measurements=(Measurement("x", 3.0, "m"),)) == 4.0


def way(word):
    return Alternative(word, word, Note.of("choice_word", word=word))


def point(key, *words):
    return OpenPoint(key, Question(key, Note.of("q")), tuple(map(way, words)))


KEY = ("s", 0)


def tried(points, verdicts, **reading):
    """Return a run with these points open and one finding by subject."""
    ledger = Ledger()
    for one in points:
        ledger.consulted(one)
    return Tried({key: way(word) for key, word in reading.items()}, {KEY: verdicts} if not isinstance(verdicts, dict) else verdicts, ledger)


A, B = point("a", "x", "y", "z"), point("b", "u", "v")


def test_the_heaviest_and_the_lightest_way_of_a_point_the_likeliest_of_equals():
    def extreme(*verdicts, strict):
        runs = [tried([A, B], finding(verdict=verdict), **({"a": word} if word != "x" else {})) for word, verdict in zip("xyz", verdicts)]
        return readings._extreme("a", A, KEY, runs, strict).value

    assert extreme(GOOD, BAD, ASK, strict=True) == "y" and extreme(ASK, BAD, GOOD, strict=False) == "z"
    assert extreme(BAD, GOOD, BAD, strict=True) == "x" and extreme(BAD, GOOD, GOOD, strict=False) == "y" and extreme(GOOD, GOOD, GOOD, strict=True) == extreme(GOOD, GOOD, GOOD, strict=False) == "x"
    assert readings._extreme("a", A, KEY, [], True).value == "x"


def test_of_the_runs_of_a_way_that_with_the_fewest_other_points_turned():
    plain, turned, both = tried([A, B], finding(), a="y"), tried([A, B], finding(), a="y", b="v"), tried([A, B], finding())
    assert readings._alone("a", way("y"), A, [turned, plain, both]) is plain and readings._alone("a", way("x"), A, [turned, both]) is both
    assert readings._alone("a", way("z"), A, [turned, plain]) is None and readings._alone("c", way("x"), point("c", "x"), [both]) is None


def test_readings_that_differ_in_one_open_point():
    one = tried([A, B], finding(), a="y")
    assert [{key: choice.value for key, choice in step.items()} for step in readings._steps(one, one.reading)] == [{"a": "y", "b": "v"}]
    assert [{key: choice.value for key, choice in step.items()} for step in readings._steps(tried([A, B], finding()), {})] == [{"a": "y"}, {"a": "z"}, {"b": "v"}]


def test_few_points_are_combined_whole_and_many_by_their_corners():
    assert readings._combined([tried([A], finding())]) == []
    whole = readings._combined([tried([A, B], finding())])
    assert [tuple(choice.value for choice in one.values()) for one in whole] == list(itertools.product("xyz", "uv"))
    wide = [point(key, *"123") for key in "abc"]
    corners = readings._combined([tried(wide, finding(verdict=GOOD)), tried(wide, finding(verdict=BAD), b="2")])
    assert [tuple(choice.value for choice in one.values()) for one in corners] == [("1", "2", "1"), ("1", "1", "1")]


def test_whether_a_point_turns_the_verdict_when_all_else_stays():
    def flips(*runs):
        return readings._flips("a", A, KEY, runs)

    good, bad = finding(verdict=GOOD), finding(verdict=BAD)
    assert flips(tried([A], good), tried([A], bad, a="y")) and not flips(tried([A], good), tried([A], good, a="y"))
    assert not flips(tried([A, B], good), tried([A, B], bad, a="y", b="v")) and not flips(tried([A], good), tried([A], finding(verdict=NONE), a="y"))
    assert flips(tried([A], good), tried([A], finding(verdict=LACK), a="y")) and not flips(tried([B], good), tried([B], bad, b="v"))
    absent = tried([A], {("t", 0): bad, ("u", 0): bad}, a="y")
    assert flips(tried([A], bad), absent) and not flips(tried([A], good), absent)


def test_a_run_that_speaks_of_the_rule_as_a_whole_stands_for_every_subject():
    lacks = finding(verdict=LACK)
    assert tried([], lacks).about(("other", 3)) is lacks and tried([], finding(verdict=GOOD)).about(("other", 3)) is None
    two = tried([], {KEY: lacks, ("t", 0): lacks})
    assert two.whole is None and two.about(("t", 0)) is lacks and two.about(("u", 0)) is None and tried([], finding(verdict=NONE)).whole is not None


def run_over(words, says):
    """Return the one finding over points of some words each, and how often the rule was run."""
    count = []

    def run(reading, ledger):
        values = []
        for key, ways in words.items():
            one = point(key, *ways)
            ledger.consulted(one)
            values.append(one.chosen(reading).value)
        count.append(values)
        return (finding(verdict=says(*values)),)

    (found,) = judge(run)
    return found, len(count)


def test_more_readings_than_may_be_run_leave_nothing_firm():
    wide = {f"p{number}": [str(way) for way in range(14)] for number in range(5)}
    found, runs = run_over(wide, lambda *_: GOOD)
    assert (found.verdict, runs) == (ASK, MOST_RUNS) and [note.code for note in found.notes] == ["readings_too_many"] and all(premise.flips for premise in found.premises)
    found, runs = run_over({key: wide[key] for key in ("p0", "p1", "p2")}, lambda *_: GOOD)
    assert found.verdict is GOOD and runs < MOST_RUNS and [note.code for note in found.notes] == ["readings_every"] and not any(premise.flips for premise in found.premises)


def test_a_corner_that_is_known_takes_no_room_among_the_readings_that_may_be_run():
    """1 + 1 + 61 readings of one point at a time; of the two corners one is known already: 64 in all."""
    far = [str(way) for way in range(62)]
    assert run_over({"near": "xy", "far": far}, lambda *_: GOOD)[0].verdict is GOOD

    def run(reading, ledger):
        near, beyond = point("near", "x", "y"), point("far", *far)
        ledger.consulted(near)
        if near.chosen(reading).value == "x":
            return (finding(verdict=GOOD, value=2.0, limit=8.0),)
        ledger.consulted(beyond)
        return (finding(verdict=GOOD, value=3.0 + (2.0 if beyond.chosen(reading).value == "31" else 0.0), limit=8.0),)

    (found,) = judge(run)
    assert (found.verdict, [note.code for note in found.notes]) == (GOOD, ["readings_every"])


def test_an_endless_point_leaves_nothing_firm():
    def run(reading, ledger):
        ledger.consulted(OpenPoint("p", Question("p", Note.of("q")), (way("x"),), endless=True))
        return (finding(verdict=BAD),)

    (found,) = judge(run)
    assert (found.verdict, [note.code for note in found.notes], [question.key for question in found.questions]) == (ASK, ["readings_endless"], ["p"])


def test_points_that_turn_it_only_together_are_both_asked():
    found, _ = run_over({"a": "xy", "b": "uv"}, lambda a, b: BAD if (a, b) == ("y", "v") else GOOD)
    assert found.verdict is ASK and {question.key for question in found.questions} == {"a", "b"}
    found, _ = run_over({"a": "xy", "b": "uv"}, lambda a, b: BAD if a == "y" else GOOD)
    assert [question.key for question in found.questions] == ["a"] and {premise.key: premise.flips for premise in found.premises} == {"a": True, "b": False}
    choices = {premise.key: [choice.verdict for choice in premise.choices] for premise in found.premises}
    assert choices == {"a": [GOOD, BAD], "b": [ASK, ASK]}  # while a is open, whatever b is
    found, _ = run_over({"a": "xy", "b": "uv"}, lambda a, b: BAD if (a, b) == ("y", "v") else GOOD)
    assert {premise.key: [choice.verdict for choice in premise.choices] for premise in found.premises} == {"a": [GOOD, ASK], "b": [GOOD, ASK]}


@pytest.mark.parametrize(("verdicts", "verdict", "notes"), [
    ((GOOD, NONE), GOOD, ["readings_every", "engine_if_it_applies complies"]), ((BAD, NONE), ASK, ["engine_if_it_applies violates"]), ((GOOD, BAD), ASK, []), ((GOOD, GOOD), GOOD, ["readings_every"]), ((NONE, NONE), NONE, []),
    ((LACK, NONE), LACK, ["engine_if_it_applies not_assessable"]), ((LACK, GOOD), ASK, []), ((BAD, BAD), BAD, ["readings_every"]), ((BAD, None), ASK, ["engine_if_it_applies violates"]), ((GOOD, None), GOOD, ["readings_every", "engine_if_it_applies complies"]),
])
def test_what_is_said_of_a_rule_that_holds_in_some_readings(verdicts, verdict, notes):
    def run(reading, ledger):
        one = point("p", "x", "y")
        ledger.consulted(one)
        said = verdicts[one.alternatives.index(one.chosen(reading))]
        other = finding(subject=Note.of("other"), verdict=GOOD)
        return (other, finding(subject=Note.of("third"), verdict=GOOD)) if said is None else (finding(verdict=said), other) if None in verdicts else (finding(verdict=said),)

    found = judge(run)[0]
    assert (found.verdict, [" ".join((note.code, *(str(value) for _, value in note.data))) for note in found.notes]) == (verdict, notes)


def test_a_premise_says_what_each_choice_gives_with_its_value():
    def run(reading, ledger):
        one = point("p", "x", "y")
        ledger.consulted(one)
        high = one.chosen(reading).value == "y"
        return (finding(verdict=BAD if high else GOOD, value=9.0 if high else 7.0),)

    (found,) = judge(run)
    (premise,) = found.premises
    assert (premise.key, premise.settled, premise.note, premise.about, premise.flips) == ("p", "open", Note.of("premise_open"), Note.of("q"), True)
    assert [(choice.note.as_dict()["word"], choice.answer, choice.verdict, choice.value, choice.unit) for choice in premise.choices] == [("x", "x", GOOD, 7.0, "m"), ("y", "y", BAD, 9.0, "m")]
    assert found.measurements[0].value == 9.0 and [question.key for question in found.questions] == ["p"]  # what is shown is the heaviest


def test_the_point_that_changes_most_is_asked_first():
    def run(reading, ledger):
        one, other = point("little", "x", "y"), point("much", "u", "v")
        ledger.consulted(one)
        ledger.consulted(other)
        value = 7.0 + (1.5 if one.chosen(reading).value == "y" else 0.0) + (4.0 if other.chosen(reading).value == "v" else 0.0)
        return (finding(verdict=BAD if value > 8.0 else GOOD, value=value),)

    (found,) = judge(run)
    assert [question.key for question in found.questions] == ["much", "little"] == [premise.key for premise in found.premises]


def test_zones_of_which_either_is_passed_are_one_violation_with_the_inputs_of_both():
    def run(reading, ledger):
        one = point("p", "x", "y")
        ledger.consulted(one)
        word = one.chosen(reading).value
        return (finding(subject=Note.of(word), verdict=BAD, inputs=(word,)), finding(subject=Note.of("third"), verdict=GOOD))

    found = judge(run)
    assert [(one.subject.code, one.verdict) for one in found] == [("x", BAD), ("third", GOOD)] and found[0].inputs == ("x", "y")

    def half(reading, ledger):
        (first, *rest) = run(reading, ledger)
        return (finding(subject=first.subject, verdict=BAD if first.subject.code == "x" else GOOD), *rest)

    assert [(one.subject.code, one.verdict) for one in judge(half)] == [("x", ASK), ("third", GOOD), ("y", GOOD)]


def test_what_was_settled_goes_along_and_a_rule_without_open_points_is_told_as_it_is():
    premise = Premise("peil", "answer", Note.of("said"))

    def run(reading, ledger):
        ledger.took(premise)
        return (finding(verdict=BAD),)

    (found,) = judge(run)
    assert (found.verdict, found.notes, found.premises) == (BAD, (), (premise,))

    def asking(reading, ledger):
        ledger.consulted(point("p", "x", "y"))
        return run(reading, ledger)

    (found,) = judge(asking)
    assert [one.key for one in found.premises] == ["p", "peil"] and found.premises[1] is premise


def test_an_answer_that_is_a_day_has_a_code_too():
    assert Alternative(1, {"at": datetime.date(2026, 1, 2)}, Note.of("choice_word", word="x")).code == '{"at": "2026-01-02"}'
