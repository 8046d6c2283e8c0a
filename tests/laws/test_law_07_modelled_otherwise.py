"""Law 7 of the house (see docs/quality.md): modelled_otherwise."""

import pytest
from laws.holding import holds, law


@pytest.mark.parametrize("rule", law(7))
def test_law_7(rule):
    holds(7, rule)
