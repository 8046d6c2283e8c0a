"""Numbers too large for arithmetic are no limit: said as a fault of the formula, never hidden by ``min`` or ``/``, never a crash."""

from __future__ import annotations

import pytest

from drieluik.model.formula import FormulaError, evaluate, names_in

LITERAL = ("tan(1e999)", "min(1e999, 5)", "tan(1e200*1e200)", "1/(1e200*1e200)", "table(1e999, 0:3, 5:4)")


@pytest.mark.parametrize("text", [*LITERAL, "tan(90)", "tan(d*45)", "min(x, 5)"])
def test_overflow_is_a_fault_of_the_formula(text):
    with pytest.raises(FormulaError):
        evaluate(text, {"d": 2.0, "x": float("inf")})


@pytest.mark.parametrize("text", LITERAL)
def test_overflow_of_written_numbers_is_found_when_the_file_is_read(text):
    with pytest.raises(FormulaError):
        names_in(text)


def test_a_steep_roof_still_has_a_tangent():
    assert evaluate("tan(45)", {}) == pytest.approx(1.0)
    assert evaluate("tan(89)", {}) == pytest.approx(57.28996)
    assert names_in("tan(90*x)") == ("x",)
