"""scripts/mutate.py: what it changes, and that it tells a test that notices from one that does not."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys

import pytest

from scenes import ROOT

pytest.importorskip("tomllib", reason="scripts/mutate.py needs Python 3.11")
sys.path.append(str(ROOT / "scripts"))  # as when the script is started: its other half stands beside it
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
    assert [one.new for one in mutate.mutations("a.py", b"a = cast('list[int]', 'b')") if one.kind == "text"] == ["'other b'"]


@pytest.mark.parametrize(("old", "new"), [("a is not b", "a is b"), ("a not in b", "a in b"), ("a in b", "a not in b"), ("(a) >= (b)", "(a) > (b)")])
def test_comparisons_of_two_words(old, new):
    assert made(f"x = {old}\n")["comparison", 1] == f"x = {new}"


NESTED = """\
LIMIT = 3

@cached(
    1
)
def outer(start=2):
    def inner():
        return start
    return lambda: inner() + 1

class Thing:
    size = 4

    def grow(self):
        return self.size

    class Part:
        def lost(self): return 5
"""


@pytest.mark.parametrize(
    ("line", "name"),
    [(1, ""), (2, ""), (3, "outer"), (4, "outer"), (6, "outer"), (7, "outer.<locals>.inner"), (8, "outer.<locals>.inner"), (9, "outer"), (10, ""),
     (11, ""), (12, ""), (14, "Thing.grow"), (15, "Thing.grow"), (17, ""), (18, "Thing.Part.lost")],
)  # fmt: skip
def test_a_change_belongs_to_the_innermost_function(line, name):
    assert mutate.function_at(NESTED.encode(), line) == name


def test_a_change_is_tried_by_the_tests_that_call_it_the_nearest_and_shortest_first(tmp_path):
    for name, text in {
        "room/thing.py": "SIZE = 1\ndef x():\n    return 2\n",
        "tests/test_a.py": "from drieluik.room.other import z\n", "tests/test_b.py": "from drieluik.room import y, thing\n", "tests/test_c.py": "from drieluik.room.thing import x\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    x, y = frozenset({"room/thing.py:x"}), frozenset({"room/thing.py:y"})
    own = {
        "tests/test_a.py::long": (0.3, x), "tests/test_a.py::short": (0.1, x), "tests/test_a.py::none": (0.1, frozenset()),
        "tests/test_b.py::x": (9.0, x), "tests/test_c.py::x": (8.0, x), "tests/test_c.py::y": (0.1, y), "tests/test_c.py::none": (0.1, frozenset()),
    }  # fmt: skip
    seen = mutate.Seen({test: (*what, ()) for test, what in own.items()}, {})
    inside, outside = (mutate.Mutation("room/thing.py", line, "constant", 0, 0, "") for line in (3, 1))
    assert mutate.related(tmp_path, inside, seen) == (
        ["tests/test_c.py::x", "tests/test_b.py::x", "tests/test_a.py::short", "tests/test_a.py::long"], ["tests/test_c.py::y", "tests/test_c.py::none", "tests/test_a.py::none"])  # fmt: skip
    assert mutate.related(tmp_path, outside, seen)[1] == ["tests/test_a.py::none"]


def test_what_stands_outside_functions_is_seen_through_its_packages_too(tmp_path):
    for name, text in {"a": "from drieluik.room import REGISTRY\n", "b": "from drieluik.room.deep import x\n", "c": "from drieluik.roomy import y\n", "d": "from drieluik.room.deep.thing import z\n", "e": "import drieluik.room\n"}.items():
        (tmp_path / name).write_text(text)
    assert mutate.importers(tmp_path, "room/deep/thing.py", list("abcde")) == {"d"}
    assert mutate.importers(tmp_path, "room/deep/thing.py", list("abcde"), packages=True) == {"a", "b", "d", "e"}


def test_tests_within_a_time_pay_once_for_what_they_share():
    seen = mutate.Seen({"a": (1.0, frozenset(), ()), "b": (1.0, frozenset(), ("f",)), "c": (1.0, frozenset(), ("f",)), "d": (5.0, frozenset(), ()), "e": (0.5, frozenset(), ())}, {"f": 10.0})
    assert [seen.seconds(tests) for tests in ([], ["a"], ["b"], ["b", "c"], list("abcde"))] == [0, 1, 11, 12, 18.5]
    assert [seen.within(list("abcde"), limit) for limit in (0.9, 2, 7, 13, 20)] == [["e"], ["a", "e"], ["a", "d", "e"], ["a", "b", "c"], list("abcde")]


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


def outcome(project, test, capsys, *options):
    (project / "tests" / "test_high.py").write_text(f"import pytest\nfrom drieluik.room.high import high\n\n\ndef test_high():\n{test}")
    assert mutate.main(["room", "--count", "9", "--jobs", "1", *options], project) == 0
    return capsys.readouterr().out


def test_a_test_at_both_sides_of_the_limit_kills_all(project, capsys):
    printed = outcome(project, "    assert high(8.1) and not high(8)\n", capsys)
    assert "room: 3 of 3 killed (100%), 0 survived" in printed


def test_a_test_far_from_the_limit_lets_two_live(project, capsys):
    printed = outcome(project, "    assert high(20) and not high(2)\n", capsys)
    assert "room: 1 of 3 killed (33%), 2 survived" in printed
    assert "+    return metres >= 8" in printed and "+    return metres > 9" in printed and "-    return metres > 8" in printed
    assert (project / "room" / "high.py").read_text().endswith("return metres > 8\n")


def test_a_change_without_end_is_a_kill_and_a_wait_is_none(project, capsys, monkeypatch):
    monkeypatch.setattr(mutate, "SPARE_S", 3.0)
    (project / "room" / "high.py").write_text("def high(metres):\n    while metres > 8:\n        metres -= 4\n    return 1\n")
    printed = outcome(project, "    import time\n    time.sleep(1)\n    assert high(9)\n", capsys)
    assert "no end within" in printed


def test_what_another_process_notices_is_tried_at_last_unless_time_is_given(project, capsys):
    hidden = """    import subprocess, sys
    assert subprocess.run([sys.executable, "-c", "from drieluik.room.high import high; exit(high(8) or not high(8.1))"]).returncode == 0
"""
    printed = outcome(project, hidden, capsys)
    assert "3 of 3 killed" in printed and "tests/test_high.py::test_high" in printed
    (project / "tests" / "test_low.py").write_text("def test_low():\n    from drieluik.room.high import high\n    assert high(100)\n")
    assert "3 of 3 killed" in outcome(project, hidden, capsys, "--within", "99")  # the test's own source names the module


def test_what_a_shared_fixture_calls_counts_for_all_who_share_it(project, capsys):
    two = """    pass


@pytest.fixture(scope="module")
def at():
    return high(8), high(8.1)


def test_first(at):
    assert len(at) == 2


def test_second(at):
    assert at == (False, True)
"""
    assert "3 of 3 killed" in outcome(project, two, capsys, "--within", "99")


def test_a_test_that_reads_the_source_is_tried(project, capsys):
    reads = """    import pathlib
    assert "metres > 8" in (pathlib.Path(__file__).parent.parent / "room" / "high.py").read_text()
"""
    assert "3 of 3 killed" in outcome(project, reads, capsys, "--within", "99")


def test_only_test_files_that_changed_are_looked_at_again(project, capsys):
    outcome(project, "    assert high(20) and not high(2)\n", capsys)
    kept = project / ".run" / "mutate" / "calls.json"
    before = json.loads(kept.read_text())
    assert "room/high.py:high" in before["tests"]["tests/test_high.py::test_high"][1]
    (project / "tests" / "test_new.py").write_text("from drieluik.room.high import high\n\n\ndef test_new():\n    assert not high(8)\n")
    printed = outcome(project, "    assert high(20) and not high(2)\n", capsys)
    after = json.loads(kept.read_text())
    assert "2 of 3 killed" in printed and after["tests"]["tests/test_high.py::test_high"] == before["tests"]["tests/test_high.py::test_high"]
    (project / "tests" / "test_new.py").unlink()
    assert "1 of 3 killed" in outcome(project, "    assert high(20) and not high(2)\n", capsys)


def test_a_kill_by_a_test_that_no_longer_passes_is_none(project, capsys):
    outcome(project, "    assert high(20) and not high(2)\n", capsys)
    (project / "room" / "high.py").write_text("def high(metres):\n    return metres > 30\n")
    assert mutate.main(["room", "--count", "9", "--jobs", "1"], project) == 0
    printed = capsys.readouterr().out
    assert "fails without a mutation, and is left out: tests/test_high.py::test_high" in printed and "room: 0 of 3 killed" in printed


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
