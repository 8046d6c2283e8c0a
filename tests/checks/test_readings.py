"""Readings that are run, and those of which another run already says what they give."""

from __future__ import annotations

from dataclasses import replace

from drieluik.checks.engine.open_points.points import Alternative, OpenPoint
from drieluik.checks.engine.open_points.settling import OneReading
from drieluik.checks.engine.readings import judge
from drieluik.model import Finding, Note, Question, Verdict

WORDS = ("first", "second")


def found(verdict):
    return (Finding("r", "max_area", Note.of("subject_quantity", name="x"), "d", verdict),)


def point(key, *words):
    return OpenPoint(key, Question(key, Note.of("q")), tuple(Alternative(word, word, Note.of("choice_word", word=word)) for word in words))


def runs_of(says):
    """The finding of a rule, and with which words it was run."""
    made = []

    def run(reading, ledger):
        verdict, *words = says(OneReading({}, reading, ledger))
        made.append(tuple(words))
        return found(verdict)

    return judge(run), made


def test_two_points_of_two_ways_are_four_runs():
    def says(context):
        a, b = (context.word(key, Note.of("q"), WORDS) for key in "ab")
        return (Verdict.VIOLATES if a == b == "second" else Verdict.COMPLIES), a, b

    (one,), made = runs_of(says)
    assert len(made) == 4 and set(made) == {(a, b) for a in WORDS for b in WORDS}
    assert one.verdict is Verdict.NEEDS_JUDGEMENT and {premise.key for premise in one.premises if premise.flips} == {"a", "b"}


def test_a_point_that_a_way_does_not_ask_is_not_run_twice():
    def says(context):
        a = context.word("a", Note.of("q"), WORDS)
        b = context.word("b", Note.of("q"), WORDS) if a == "second" else ""
        return (Verdict.VIOLATES if b == "second" else Verdict.COMPLIES), a, b

    (one,), made = runs_of(says)
    assert made == [("first", ""), ("second", "first"), ("second", "second")]
    assert one.verdict is Verdict.NEEDS_JUDGEMENT


def test_one_key_that_is_asked_with_other_likeliest_ways_is_run_in_each():
    def says(context):
        one = context.settle(point("p", "left", "right"))
        other = context.settle(point("p", "right", "left"))
        c = context.word("c", Note.of("q"), WORDS)
        return (Verdict.VIOLATES if one == other == "left" and c == "second" else Verdict.COMPLIES), one, other, c

    (one,), made = runs_of(says)
    assert ("left", "right", "first") in made and ("left", "left", "second") in made  # the first says both, which no reading of one word is
    assert one.verdict is Verdict.NEEDS_JUDGEMENT


def test_what_asks_nothing_or_cannot_be_assessed_says_what_decides():
    """As an article that is read asks nothing here, and read otherwise it cannot be assessed: that is no verdict without a reason."""
    def run(reading, ledger):
        if OneReading({}, reading, ledger).word("a", Note.of("q"), WORDS) == "first":
            return found(Verdict.NOT_APPLICABLE)
        return tuple(replace(one, missing=(Note.of("engine_norm_not_as_read", article="5"),)) for one in found(Verdict.NOT_ASSESSABLE))

    (one,) = judge(run)
    assert (one.verdict, [note.code for note in one.missing], [question.key for question in one.questions]) == (Verdict.NOT_ASSESSABLE, ["readings_unassessable"], ["a"])
