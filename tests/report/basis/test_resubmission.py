"""A new version of a design against an earlier review: what is new, solved, unchanged, better, worse, open or gone; decisions that lapsed."""

from __future__ import annotations

import copy

import pytest

from drieluik.report.basis.resubmission import fates, version_of


def finding(verdict, value=None, limit=8.5, **more):
    measured = [] if value is None else [{"name": "height", "value": value, "unit": "m", "operator": "<=", "limit": limit, "margin": round(limit - value, 6)}]
    return {"rule": "bouwhoogte", "subject_key": "zone|1", "design": "A", "verdict": verdict, "decision": None, "lapsed": None, "measurements": measured, **more}


def became(before, now):
    return [fate.kind for fate in fates({"findings": before}, {"findings": now})]


V, N, Q, C = "violates", "not_assessable", "needs_judgement", "complies"


@pytest.mark.parametrize(("before", "now", "kind"), [
    ([finding(V, 9.6)], [finding(C, 8.4)], ["solved"]),
    ([finding(V, 9.6)], [finding(V, 9.0)], ["better"]),
    ([finding(V, 9.6)], [finding(V, 9.9)], ["worse"]),
    ([finding(V, 9.6)], [finding(V, 9.6002)], ["unchanged"]),
    ([finding(V, 9.6)], [finding(V)], ["unchanged"]),  # nothing measured says that it became better
    ([finding(V, 9.6)], [finding(V, 9.6, 9.0)], ["better"]),  # another limit counts as well
    ([finding(C, 8.4)], [finding(V, 8.6)], ["new"]),
    ([], [finding(V, 8.6)], ["new"]),
    ([finding(C, 8.4)], [finding(Q)], ["new"]),
    ([finding(V, 9.6)], [finding(Q, 8.6)], ["undecided"]),  # green must be earned: open is not solved
    ([finding(V, 9.6)], [finding(N)], ["undecided"]),
    ([finding(Q, 8.6)], [finding(V, 8.7)], ["worse"]),
    ([finding(N)], [finding(C, 8.4)], ["solved"]),
    ([finding(V, 9.6)], [], ["gone"]),  # not tested any more is not solved
    ([finding(C, 8.4)], [finding(C, 8.0)], []),
    ([finding(C, 8.4)], [], []),
])
def test_what_became_of_a_finding(before, now, kind):
    assert became(before, now) == kind


def test_the_verdict_that_stands_is_the_officers():
    own = {"verdict": "complies", "reason": "Vergunning"}
    assert became([finding(V, 9.6, decision=own)], [finding(V, 9.6)]) == ["new"]
    assert became([finding(V, 9.6)], [finding(V, 9.6, decision=own)]) == ["solved"]


def test_a_decision_that_lapsed_is_told_also_where_nothing_else_asks():
    (fate,) = fates({"findings": [finding(C, 8.4)]}, {"findings": [finding(C, 8.0, lapsed={"verdict": "violates", "changes": []})]})
    assert fate.lapsed and fate.kind == "unchanged"


def test_a_single_finding_of_a_rule_is_the_same_question_under_another_name():
    assert became([finding(V, 9.6, subject_key="deel|2O2F")], [finding(V, 9.0, subject_key="deel|1XyZ")]) == ["better"]
    two = [finding(V, 9.6, subject_key="deel|a"), finding(V, 9.7, subject_key="deel|b")]
    assert sorted(became(two, [finding(V, 9.0, subject_key="deel|c")])) == ["gone", "gone", "new"]  # which of two it is nobody knows
    assert became([finding(V, 9.6)], [finding(V, 9.0, design="B")]) == ["new", "gone"]


def test_findings_of_one_subject_are_paired_one_by_one():
    assert sorted(became([finding(V, 9.6), finding(V, 9.0)], [finding(V, 9.5), finding(V, 9.1)])) == ["better", "worse"]


def test_a_version_is_the_files_and_where_they_lie():
    record = {"inputs": [{"layer": "design", "source": "A (IFC4)", "sha256": "1"}, {"layer": "bag", "sha256": "7"}],
              "case": {"design": {"name": "A", "placement": {"easting_m": 1.0}}, "variants": []}}
    other, moved, surroundings = (copy.deepcopy(record) for _ in range(3))
    other["inputs"][0]["sha256"] = "2"
    moved["case"]["design"]["placement"]["easting_m"] = 2.0
    surroundings["inputs"][1]["sha256"] = "8"
    assert version_of(record) == version_of(surroundings) and version_of(record) not in (version_of(other), version_of(moved))
