"""Law 8 of the house (see docs/quality.md): unknown."""

import pytest
from laws.holding import RULES, holds, law


@pytest.mark.parametrize("rule", law(8, (*RULES, "told")))
def test_law_8(rule):
    holds(8, rule)
