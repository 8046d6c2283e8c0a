"""Every number that a finding may carry has a name in both languages: a code is never shown to an officer."""

from __future__ import annotations

import ast

import pytest

from drieluik.texts import catalogue
from scenes import ROOT


def literals(kind):
    """Return the names that are written out as the first word of a kind of record, in all that measures and checks (what tests a rule shows none)."""
    for room in ("checks", "measure"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if path.name != "ruletests.py" and isinstance(node, ast.Call) and getattr(node.func, "id", "") == kind and node.args and isinstance(node.args[0], ast.Constant):
                    yield node.args[0].value, path.name


@pytest.mark.parametrize(("kind", "prefix"), (("Measurement", "name_"), ("UncertaintySource", "source_")))
def test_each_name_that_is_written_out_has_a_sentence(kind, prefix):
    found = set(literals(kind))
    assert found
    assert sorted((name, file) for name, file in found if f"{prefix}{name}" not in catalogue()) == []
