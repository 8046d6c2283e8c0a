"""What the demo's report, record and layers say, word for word: a change is committed knowingly (``make golden``), or it is a mistake."""

from __future__ import annotations

import pytest

import golden_outputs

FILES = sorted(path.name for path in golden_outputs.FOLDER.glob("*.txt"))
RECORD = {"run": {"at": "2026-05-01T10:11:12+00:00", "versions": {"numpy": "1.26.4"}}, "inputs": [{"retrieved": "2026-04-30"}]}


@pytest.fixture(scope="module")
def made():
    return {name: text for case in golden_outputs.CASES for name, text in golden_outputs.outputs(case).items()}


def test_there_is_a_golden_file_of_every_output(made):
    assert set(made) <= set(FILES)
    assert all(name.endswith(".pdf.txt") for name in set(FILES) - set(made))  # without pdftotext


@pytest.mark.parametrize("name", FILES)
def test_the_demo_says_what_it_said(made, name):
    if name not in made:
        pytest.skip("poppler-utils is not installed")
    changed = golden_outputs.unlike(name, made[name], (golden_outputs.FOLDER / name).read_text(encoding="utf-8"))
    assert not changed, changed


def test_the_golden_files_are_small_and_of_no_machine():
    texts = [(golden_outputs.FOLDER / name).read_text(encoding="utf-8") for name in FILES]
    assert sum(map(len, texts)) < 600_000
    assert not any(str(golden_outputs.ROOT) in text for text in texts)


@pytest.mark.parametrize(
    ("found", "golden", "same"),
    [
        ("7,20 m", "7,21 m", True), ("7,20 m", "7,22 m", False), ("7.2", "7.3", True), ("7 lagen", "8 lagen", False), ("past", "past niet", False),
        ("een\ntwee", "een twee", True), ("0.123", "0.1234", True), ("-0.50", "0.50", False), ("12,00 - 13,00", "12,01 - 12,99", True),
    ],
)
def test_what_counts_as_the_same(found, golden, same):
    assert (golden_outputs.differences(found, golden) == []) is same


def test_only_the_lines_that_differ_are_told():
    assert golden_outputs.differences("a 1,50\nb 2,00\nc", "a 1,51\nb 3,00\nc")[-2:] == ["+ a 1,50", "+ b 2,00"]


def test_clock_and_versions_are_left_out(tmp_path):
    text = f"op 2026-05-01 10:11:12 UTC, gehaald 2026-04-30, numpy: 1.26.4, maat 1.26.4, in {tmp_path.resolve()}/a"
    assert golden_outputs.settled(text, RECORD, tmp_path) == "op <time> UTC, gehaald <date>, numpy: <version>, maat 1.26.4, in <output>/a\n"
