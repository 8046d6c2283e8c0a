"""What a note gives is what its sentence says: each word between braces, in both languages, and nothing that no sentence shows."""

from __future__ import annotations

import ast
import re
import string

import pytest

from drieluik import texts
from scenes import ROOT

SAID = texts.catalogue()

def codes_of(node):
    """Return the codes that a note may have: one, or those that a text with gaps stands for."""
    if isinstance(node, ast.Constant):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return codes_of(node.body) + codes_of(node.orelse)
    if isinstance(node, ast.JoinedStr) and sum(isinstance(part, ast.FormattedValue) for part in node.values) == 1:
        pattern = "".join(re.escape(part.value) if isinstance(part, ast.Constant) else r"\w+" for part in node.values)
        return [code for code in SAID if re.fullmatch(pattern, code)]
    return []


def words(codes):
    """Return the words that the sentences of all these codes have."""
    said = [{name for form in SAID[code].values() for _, name, _, _ in string.Formatter().parse(form) if name} for code in codes if code in SAID]
    return set.intersection(*said) if said else set()


@pytest.fixture(scope="module")
def every():
    return list(notes())


def notes():
    """Yield place, codes and the names of the data of every note that the two rooms write out."""
    for room in ("measure", "checks"):
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                made = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "of" and isinstance(node.func.value, ast.Name) and node.func.value.id == "Note"
                if made and node.args and all(keyword.arg for keyword in node.keywords):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", codes_of(node.args[0]), {keyword.arg for keyword in node.keywords}


def test_a_note_has_every_word_of_its_sentence(every):
    assert not {place: words(codes) - names for place, codes, names in every if words(codes) - names}
    assert sum(bool(words(codes)) for _, codes, _ in every) > 200


def test_every_note_has_a_sentence(every):
    assert not [(place, codes) for place, codes, _ in every if any(code not in SAID for code in codes)]
