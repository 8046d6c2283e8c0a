"""Law 5 of the house (see docs/quality.md): noise."""

import pytest
from laws.holding import holds, law


@pytest.mark.parametrize("rule", law(5))
def test_law_5(rule):
    holds(5, rule)
