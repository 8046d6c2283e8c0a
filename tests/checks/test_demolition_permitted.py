"""A building that stands and has a permit to be demolished may stay or go: asked where that turns the verdict."""

from __future__ import annotations

import pytest
from shapely import box

import scenes
from drieluik.model import RegisteredBuilding, Verdict
from one_rule import run
from scenes import box_part, shift

HOUSE = box_part(5, 5, 13, 12, 0, 5)  # 56 m2 on 800 m2: 7.0 %
OLD = "0599100000000077"


def cover(limit, status, **answers):
    shed = RegisteredBuilding(OLD, shift(box(5, 25, 15, 33)), 1931, status)  # 80 m2: 17.0 % together
    found = run(
        "max_coverage_pct", HOUSE, value=limit, unit="%", denominator="bouwperceel", site=scenes.site(registered_buildings=(shed,)),
        answers={"parcels": ["1"], **answers},
    )
    return found.verdict, [question.key for question in found.questions]


@pytest.mark.parametrize(("status", "limit", "expected"), [
    ("Sloopvergunning verleend", 12.0, (Verdict.NEEDS_JUDGEMENT, ["demolition"])), ("Sloopvergunning verleend", 18.0, (Verdict.COMPLIES, [])),
    ("Sloopvergunning verleend", 5.0, (Verdict.VIOLATES, [])), ("Pand in gebruik", 12.0, (Verdict.VIOLATES, [])),
])  # fmt: skip
def test_a_permit_to_demolish_is_no_demolition(status, limit, expected):
    assert cover(limit, status) == expected


def test_the_answer_settles_it():
    assert cover(12.0, "Sloopvergunning verleend", demolition=[OLD]) == (Verdict.COMPLIES, [])
    assert cover(12.0, "Sloopvergunning verleend", demolition=[]) == (Verdict.VIOLATES, [])
