"""Law 6 of the house (see docs/quality.md): context."""

import pytest
from laws.holding import holds, law


@pytest.mark.parametrize("rule", law(6))
def test_law_6(rule):
    holds(6, rule)
