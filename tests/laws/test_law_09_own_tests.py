"""Law 9 of the house (see docs/quality.md): own_tests."""

import pytest
from laws.holding import holds, law


@pytest.mark.parametrize("rule", law(9))
def test_law_9(rule):
    holds(9, rule)
