"""The arithmetic of rule files: values by hand, what it refuses, and that nothing is executed."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drieluik.model.formula import FormulaError, UnknownNameError, evaluate, names_in, unknown_names


@pytest.mark.parametrize(
    ("text", "names", "value"),
    [
        ("0.47*d+3", {"d": 3.0}, 4.41),
        ("0.47*d+3", {"d": 2.0}, 3.94),
        ("limit*1.10", {"limit": 11}, 12.1),
        ("min(5, 0.47*d+3)", {"d": 10}, 5.0),
        ("max(1, 2, 3) - 4", {}, -1.0),
        ("G + d*tan(52)", {"G": 4, "d": 2}, 4 + 2 * math.tan(math.radians(52))),
        ("2 - 3 - 4", {}, -5.0),
        ("12 / 3 / 2", {}, 2.0),
        ("2 + 3 * 4", {}, 14.0),
        ("-(2 + 3) * -2", {}, 10.0),
        ("abs(peil - 3)", {"peil": 1}, 2.0),
        ("table(d, 0:3, 5:3, 10:5)", {"d": 7.5}, 4.0),
        ("table(d, 0:3, 10:5)", {"d": -1}, 3.0),
        ("table(d, 0:3, 10:5)", {"d": 99}, 5.0),
        ("table(B, 100:50, 300:90, 900:150)", {"B": 500}, 110.0),
        (" 1e1 ", {}, 10.0),
    ],
)
def test_values(text, names, value):
    assert evaluate(text, names) == pytest.approx(value)


@pytest.mark.parametrize(
    "text",
    ["", "1 +", "(1", "1)", "2 ** 3", "a b", "1,2", "min(1)", "tan(1, 2)", "abs()", "sqrt(2)", "table(d)", "table(d, 2:1, 1:2)", "1/0",
     "__import__('os')", "d.__class__", "lambda: 1", "1 if d else 2", "[1]", "d[0]", "'a'", "1e999", "(" * 60 + "1" + ")" * 60, "1+" * 300 + "1"],
)
def test_refused(text):
    with pytest.raises(FormulaError):
        evaluate(text, {"d": 1.0})


def test_names():
    assert names_in("min(d, peil) + d * hoogte") == ("d", "peil", "hoogte")
    assert unknown_names("d + hoogte + marge", ["marge"]) == ("hoogte",)
    with pytest.raises(UnknownNameError) as caught:
        evaluate("3 + afstand", {"d": 1})
    assert (caught.value.word, caught.value.position) == ("afstand", 3)


NUMBERS = st.integers(1, 99)
TREES = st.recursive(
    NUMBERS.map(str) | st.just("d"),
    lambda inner: st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda t: f"({t[0]}{t[1]}{t[2]})"),
    max_leaves=12,
)


@given(TREES, NUMBERS)
def test_agrees_with_python(text, d):
    assert evaluate(text, {"d": d}) == pytest.approx(eval(text, {"d": d}), rel=1e-12)


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_refused(text):
    try:
        value = evaluate(text, {"d": 2.0})
    except FormulaError:
        return
    assert math.isfinite(value)
