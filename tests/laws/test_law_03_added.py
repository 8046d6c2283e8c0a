"""Law 3 of the house (see docs/quality.md): added."""

import pytest
from laws.holding import holds, law


@pytest.mark.parametrize("rule", law(3))
def test_law_3(rule):
    holds(3, rule)
