"""Law 1 of the house (see docs/quality.md): names."""

import pytest
from laws.holding import holds, law


@pytest.mark.parametrize("rule", law(1))
def test_law_1(rule):
    holds(1, rule)
