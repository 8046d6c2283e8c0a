"""The reader of plan texts says of texts of our own making what it said, whole: a change is committed knowingly, or it is a mistake."""

import importlib.util
from pathlib import Path

import pytest

import golden_outputs
from drieluik.data_sources.juridical.text.words import vocabulary

spec = importlib.util.spec_from_file_location("reading_records", Path(__file__).with_name("reading_records.py"))
records = importlib.util.module_from_spec(spec)
spec.loader.exec_module(records)
CASES = records.cases()
HELD = {part.partition("\n")[0]: part for part in records.HELD.read_text(encoding="utf-8").rstrip("\n").split("\n\n")}
KINDS = list(dict.fromkeys(name.partition(":")[0].split(" ")[0] for name in CASES))


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_says_what_it_said(kind):
    names = [name for name in CASES if name.partition(":")[0].split(" ")[0] == kind]
    made = "\n".join(records.reading(name, CASES[name]) for name in names)
    held = "\n\n".join(HELD.get(f"== {name}", f"== {name}") for name in names) + "\n"
    changed = golden_outputs.unlike(kind, made, held, "python tests/data_sources/juridical/text/reading_records.py")
    assert not changed, changed


def test_the_record_holds_every_text_and_no_other():
    assert list(HELD) == [f"== {name}" for name in CASES]


def test_every_word_that_the_reader_knows_is_in_a_text():
    """What a table has no text for could be lost without a word."""
    low = [text.lower() for text in CASES.values()]
    missed = {}
    for letter, table in vocabulary.TABLES.items():
        pattern = {"o": vocabulary.OBJECT, "q": vocabulary.QUANTITY, "t": vocabulary.TARGET, "p": vocabulary.OPERATOR}[letter]
        found = {name for text in low for match in pattern.finditer(text) for name, word in match.groupdict().items() if word is not None}
        missed[letter] = [table[k][0] for k in range(len(table)) if f"{letter}{k}" not in found]
    assert not any(missed.values()), missed
    units = {name for text in low for match in vocabulary.NUMBER.finditer(text) for name, word in match.groupdict().items() if word is not None}
    assert {f"u{k}" for k in range(len(vocabulary.UNITS))} <= units and {"over", "told", "word", "part"} <= units
