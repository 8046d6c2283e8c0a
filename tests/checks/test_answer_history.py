"""Answers one by one: what is replaced or taken back is kept, and can hold again."""

from __future__ import annotations

from drieluik.checks.engine.open_points.answer_history import CHANGED, TAKEN_BACK, ended, given, kept, put_back, without

DECISION = {"rule": "hoogte", "subject": "s", "design": "A", "verdict": "complies", "reason": "Vergund", "by": "A", "at": "2026-03-01"}
ANSWERS = {
    "peil": {"method": "nap_value", "nap_m": 0.3, "reason": "Tekening 4", "by": "A. Smit", "at": "2026-02-03"},
    "entrance": [1.0, 2.0], "profile": {"NL.IMRO.7": {"storeys": {"value": "x", "article": "1.9"}}},
    "placement": {"A": {"north": {"reason": "Ingemeten"}}}, "plan_read": {"k1": {"value": True}}, "overrides": [DECISION],
}
PATHS = [
    ("peil",), ("entrance",), ("profile", "NL.IMRO.7", "storeys"), ("placement", "A", "north"), ("plan_read", "k1"), ("overrides", "hoogte", "s", "A"),
]


def test_each_answer_is_listed_by_where_it_stands():
    assert [one.path for one in given(ANSWERS)] == PATHS
    assert (given(ANSWERS)[0].word("by"), given(ANSWERS)[1].word("by")) == ("A. Smit", "")


def test_taken_back_and_put_back_is_what_it_was():
    for one in given(ANSWERS):
        after = without(ANSWERS, one.path)
        assert one.path not in [other.path for other in given(after)] and len(given(after)) == len(PATHS) - 1
        whole = kept(ANSWERS, after, "B. Kok", "2026-04-05")
        (lost,) = ended(whole)
        assert (lost.path, lost.said, lost.became, lost.ended_by, lost.ended_at) == (one.path, one.said, TAKEN_BACK, "B. Kok", "2026-04-05")
        back = kept(whole, put_back(whole, lost), "B. Kok", "2026-04-06")
        assert {other.path: other.said for other in given(back)} == {other.path: other.said for other in given(ANSWERS)}
        assert [other.path for other in ended(back)] == [one.path]  # that it was taken back stays


def test_what_is_replaced_is_kept_the_latest_first():
    answers = {"hoekperceel": {"value": True, "by": "A"}}
    once = kept(answers, {"hoekperceel": {"value": False, "by": "A"}}, "A", "2026-01-02")
    twice = kept(once, {"hoekperceel": {"value": True, "by": "B"}}, "B", "2026-01-03")
    assert [(one.said["value"], one.became, one.ended_by) for one in ended(twice)] == [(False, CHANGED, "B"), (True, CHANGED, "A")]
    assert kept(twice, twice, "C", "2026-01-04") == twice


def test_nothing_is_kept_of_what_did_not_change_and_an_odd_shape_is_no_answer():
    assert kept(ANSWERS, {**ANSWERS, "n": 75}, "A", "2026-01-01") == {**ANSWERS, "n": 75}
    assert given({"overrides": 1, "history": [3]}) == () and ended({"history": [3, {}]}) == ()


def test_a_case_with_a_history_is_a_case(tmp_path):
    from dataclasses import replace

    from drieluik.data_sources.case import read_case, write_case
    from drieluik.model import Case, DesignRequest, SiteRequest

    whole = kept(ANSWERS, without(ANSWERS, ("peil",)), "A", "2026-05-06")
    sources = {"plans": (), "bag": (), "parcels": (), "bgt": (), "terrain": (), "points": (), "buildings3d": ()}
    case = replace(Case("Z1", "t", SiteRequest((187000.0, 441000.0), sources=sources), (DesignRequest(("a.ifc",), "A"),)), answers=whole, folder=str(tmp_path))
    write_case(case, tmp_path / "case.yaml")
    assert ended(read_case(tmp_path / "case.yaml").answers) == ended(whole)
