"""Limits between two values: both included, and doubtful within the uncertainty of either."""

from __future__ import annotations

import pytest

from drieluik.model import Measurement, UncertaintySource, Verdict


@pytest.mark.parametrize(
    ("pitch", "verdict", "margin"),
    [
        (45.0, Verdict.COMPLIES, 15.0), (30.0, Verdict.COMPLIES, 0.0), (60.0, Verdict.COMPLIES, 0.0), (29.9, Verdict.VIOLATES, -0.1),
        (60.2, Verdict.VIOLATES, -0.2),
    ],
)
def test_between(pitch, verdict, margin):
    measured = Measurement("pitch", pitch, "deg", "between", 60.0, low=30.0)
    assert measured.verdict() is verdict
    assert measured.margin == pytest.approx(margin)


def test_between_is_doubtful_near_either_end():
    doubt = (UncertaintySource("mesh", 1.0),)
    assert [Measurement("pitch", v, "deg", "between", 60.0, doubt, low=30.0).verdict() for v in (30.5, 59.5, 45.0, 28.0)] == [
        Verdict.NEEDS_JUDGEMENT, Verdict.NEEDS_JUDGEMENT, Verdict.COMPLIES, Verdict.VIOLATES,
    ]
