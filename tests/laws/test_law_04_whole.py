"""Law 4 of the house (see docs/quality.md): an extension, and the whole with it."""

import pytest
from laws.holding import holds, law
from laws.whole import NAMES


@pytest.mark.parametrize("rule", law(4, NAMES))
def test_law_4(rule):
    holds(4, rule)
