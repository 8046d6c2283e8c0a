"""Every check that runs in these tests is watched: an open point that it consults must stand in its ``reads``."""

from __future__ import annotations

import functools
from collections import defaultdict

import pytest

from drieluik.checks import REGISTRY

CONTEXT_OWN = ("governing_plans", "qualifier.", "lies_here:", "level.", "revised.")
"""Which plans govern, whether an object without a place lies here, what a value of the map is that does not say so, the level that it names itself, and whether a later one takes its place, is consulted by whoever asks for a plan's areas or values."""


def declares(check, rule, key):
    """Whether a check declares a point, or the rule has it from itself: its exceptions, its conditions, its plan's profile."""
    if any(key == point or (point.endswith("*") and key.startswith(point[:-1])) for point in check.reads):
        return True
    own = {str(exception.get("id")) for exception in rule.exceptions}
    return key in own or key.startswith(("profile.", *CONTEXT_OWN))


@pytest.fixture(autouse=True, scope="session")
def reads_are_declared():
    """Watch what each check consults while it runs."""
    undeclared, kept = defaultdict(set), []
    for check in REGISTRY.values():
        kind, run = type(check), type(check).run

        @functools.wraps(run)
        def watched(self, rule, context, run=run):
            before = set(context.ledger.open)
            found = run(self, rule, context)
            undeclared[self.name] |= {key for key in set(context.ledger.open) - before if not declares(self, rule, key)}
            return found

        kept.append((kind, run))
        kind.run = watched
    yield
    for kind, run in kept:
        kind.run = run
    forgotten = {name: sorted(keys) for name, keys in undeclared.items() if keys}
    assert not forgotten, "; ".join(f"{name} consults {', '.join(keys)}: add to `reads` of its class" for name, keys in forgotten.items())
