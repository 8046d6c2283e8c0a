"""scripts/mutate.py: what it changes, and that it tells a test that notices from one that does not."""

from __future__ import annotations

import importlib.util
import subprocess
import sys

import pytest

from scenes import ROOT

pytest.importorskip("tomllib", reason="scripts/mutate.py needs Python 3.11")
spec = importlib.util.spec_from_file_location("mutate", ROOT / "scripts" / "mutate.py")
mutate = importlib.util.module_from_spec(spec)
sys.modules["mutate"] = mutate  # dataclasses look their module up
spec.loader.exec_module(mutate)

SOURCE = '''"""A docstring of 3 lines."""
import os

def fits(height: float = 8.5, *, strict=True) -> bool:
    """Return 1 when it fits."""
    total = (height) + 2
    if total < 10 and not strict:
        print("é", end="")
        return total
    for part in ():
        continue
    return sorted([1], key=None, reverse=True)
'''


def made(source=SOURCE):
    return {(one.kind, one.line): one.applied(source.encode()).decode().splitlines()[one.line - 1].strip() for one in mutate.mutations("a.py", source.encode())}


def test_every_kind_of_change():
    lines = made()
    assert lines["operator", 6] == "total = (height) - 2"
    assert lines["comparison", 7] == "if total <= 10 and not strict:"
    assert lines["and/or", 7] == "if total < 10 or not strict:"
    assert lines["not", 7] == "if total < 10 and strict:"
    assert lines["condition", 7] == "if not (total < 10 and not strict):"
    assert lines["constant", 7] == "if total < 11 and not strict:"
    assert lines["removed", 8] == "pass"
    assert lines["text", 8] == "print('other é', end=\"\")"
    assert lines["return", 9] == "return None"
    assert lines["continue", 11] == "break"
    assert lines["keyword", 12] == "return sorted([1], key=None)"
    assert lines["constant", 4] == "def fits(height: float = 8.5, *, strict=False) -> bool:"


def test_docstrings_imports_and_annotations_stay():
    assert not {line for _, line in made()} & {1, 2, 5}
    assert all("float" not in one.new for one in mutate.mutations("a.py", SOURCE.encode()))


@pytest.mark.parametrize(("old", "new"), [("a is not b", "a is b"), ("a not in b", "a in b"), ("a in b", "a not in b"), ("(a) >= (b)", "(a) > (b)")])
def test_comparisons_of_two_words(old, new):
    assert made(f"x = {old}\n")["comparison", 1] == f"x = {new}"


def test_a_module_is_tested_first_by_those_who_import_it(tmp_path):
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_a.py").write_text("from drieluik.room.other import z\n")
    (tmp_path / "tests" / "test_b.py").write_text("from drieluik.room import thing, y\n")
    (tmp_path / "tests" / "test_c.py").write_text("from drieluik.room.thing import x\n")
    assert mutate.tests_for(tmp_path, "room/thing.py", {"tests": ["tests"]}) == ["tests/test_b.py", "tests/test_c.py", "tests/test_a.py"]


@pytest.fixture
def project(tmp_path):
    """A repository with one room of one function and a test file to be filled."""
    root = tmp_path / "project"
    for name, text in {
        "pyproject.toml": '[tool.mutate.room]\ncode = ["room"]\ntests = ["tests"]\n', "__init__.py": "", "room/__init__.py": "",
        "room/high.py": "def high(metres):\n    return metres > 8\n", "tests/test_high.py": "",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    return root


def outcome(project, test, capsys):
    (project / "tests" / "test_high.py").write_text(f"from drieluik.room.high import high\n\n\ndef test_high():\n{test}")
    assert mutate.main(["room", "--count", "9", "--jobs", "1"], project) == 0
    return capsys.readouterr().out


def test_a_test_at_both_sides_of_the_limit_kills_all(project, capsys):
    printed = outcome(project, "    assert high(8.1) and not high(8)\n", capsys)
    assert "room: 3 of 3 killed (100%), 0 survived" in printed


def test_a_test_far_from_the_limit_lets_two_live(project, capsys):
    printed = outcome(project, "    assert high(20) and not high(2)\n", capsys)
    assert "room: 1 of 3 killed (33%), 2 survived" in printed
    assert "+    return metres >= 8" in printed and "+    return metres > 9" in printed and "-    return metres > 8" in printed
    assert (project / "room" / "high.py").read_text().endswith("return metres > 8\n")


def test_tests_that_fail_anyway_prove_nothing(project, capsys):
    with pytest.raises(SystemExit, match="fail without a mutation"):
        outcome(project, "    assert not high(9)\n", capsys)


def test_the_same_seed_draws_the_same():
    room = {"code": ["model"], "tests": []}
    assert mutate.sample(ROOT, room, 5, 3) == mutate.sample(ROOT, room, 5, 3) != mutate.sample(ROOT, room, 5, 4)
    assert {one.path for one in mutate.sample(ROOT, room, 5, 3, "formula")} == {"model/formula.py"}


def test_every_room_names_folders_that_exist():
    for room in mutate.config(ROOT).values():
        assert all((ROOT / place).exists() for place in room["code"] + room["tests"])
