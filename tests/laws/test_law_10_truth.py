"""Law 10 of the house (see docs/quality.md): truth."""

import pytest
from laws.broken import DECIDED_PCT
from laws.engine import trial
from laws.holding import holds, law, seeds_of


@pytest.mark.parametrize("rule", law(10))
def test_law_10(rule):
    holds(10, rule)


def test_the_share_that_is_decided():
    seeds = seeds_of(10)
    pairs = [(asked, trial(seed).found.get(asked.id)) for seed in seeds for asked in trial(seed).asked if asked.truth.firm]
    decided = sum(found is not None and found.verdict == asked.truth.firm for asked, found in pairs)
    share = 100.0 * decided / len(pairs)
    print(f"\n{len(seeds)} worlds: {decided} of {len(pairs)} decidable verdicts are decided ({share:.1f} %)")
    assert share >= DECIDED_PCT
