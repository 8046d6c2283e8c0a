"""Law 2 of the house (see docs/quality.md): taken_away."""

import pytest
from laws.holding import holds, law


@pytest.mark.parametrize("rule", law(2))
def test_law_2(rule):
    holds(2, rule)
