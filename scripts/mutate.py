"""How good are the tests? Changes one place of a room's code at a time, in a copy of the tree, and looks whether a related test fails.

    python scripts/mutate.py measure [--count 30] [--seed 1] [--only PART_OF_A_PATH] [--jobs 2]
    make mutate                                    # every room, a small sample of each

Rooms and their tests stand in ``pyproject.toml`` under ``[tool.mutate]``. It is noted which functions each test calls (``related_tests.py``; kept in
``.run/mutate``, for all rooms, anew for test files that changed). A change in a function is tried by the tests that call it or read its source, one outside
functions by those that call anything in its file, import it or what its packages gather; the files that import the module go first, the shortest first
(outside functions the short ones, then what calls anything in its file). The first
failure (or a run that uses the processor three times as long as the untouched one) is a kill, if that test passes on the untouched code; else it is left out and the change tried
again. What survives is tried by all other tests of the room too, for what a cache, another process or an older note hides. Survivors are printed as
diffs: each is a missing test, or a change that changes nothing (then it stands in ``docs/quality.md``).
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import itertools
import json
import math
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from typing import Any

from mutations import Mutation, compiles, diff_of, mutations

ROOT = Path(__file__).resolve().parent.parent
SPARE_S = 30.0
"""A run may use the processor three times as long as the untouched one and this much more."""
WAITS = 10
"""By the clock a run may take so many times that: other work on the machine is no kill."""
QUICK_S = 2.0
"""Test files that take no longer are tried before longer ones that say more."""
NOTHING_RAN = 5
"""How pytest says that it had no test to run: no kill either."""


def config(root: Path) -> dict[str, dict[str, list[str]]]:
    """Return what ``pyproject.toml`` says of the rooms: ``code`` (folders) and ``tests`` (files or folders)."""
    return tomllib.loads((root / "pyproject.toml").read_text())["tool"]["mutate"]


@dataclass(frozen=True)
class Seen:
    """What a run of the untouched code showed of each test: how long it took (s), the functions it called as ``path:qualified name``, and the fixtures that
    it shares; and how long these took."""

    tests: Mapping[str, tuple[float, frozenset[str], tuple[str, ...]]]
    fixtures: Mapping[str, float]

    def seconds(self, tests: Iterable[str]) -> float:
        """Return how long tests took together."""
        chosen = list(tests)
        return sum(self.tests[test][0] for test in chosen) + sum(self.fixtures[name] for name in {name for test in chosen for name in self.tests[test][2]})

    def within(self, tests: Sequence[str], limit_s: float) -> list[str]:
        """Return those of the tests, in their order, that take no longer than a limit together."""
        chosen: list[str] = []
        spent, made = 0.0, set[str]()
        for test in tests:
            own, _, uses = self.tests[test]
            cost = own + sum(self.fixtures[name] for name in uses if name not in made)
            if spent + cost <= limit_s:
                chosen.append(test)
                spent += cost
                made.update(uses)
        return chosen


def function_at(source: bytes, line: int) -> str:
    """Return the qualified name of the innermost function that holds a line (its decorators and defaults too); nothing outside functions."""
    place: ast.AST = ast.parse(source)
    name, inner = "", ""
    while True:
        scopes = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        parts = [part for part in _below(place, scopes) if min(node.lineno for node in [part, *part.decorator_list]) <= line <= (part.end_lineno or 0)]
        if not parts:
            return inner
        place = parts[0]
        name += parts[0].name
        inner = inner if isinstance(place, ast.ClassDef) else name
        name += "." if isinstance(place, ast.ClassDef) else ".<locals>."


def _below(place: ast.AST, kinds: tuple[type, ...]) -> list[Any]:
    """Return the nodes of some kinds that stand below a place, without those below another of them."""
    found: list[Any] = []
    for node in ast.iter_child_nodes(place):
        found += [node] if isinstance(node, kinds) else _below(node, kinds)
    return found


def test_files(root: Path, room: dict[str, list[str]]) -> list[str]:
    """Return the test files of a room."""
    files = [file for place in room["tests"] for file in ([root / place] if place.endswith(".py") else sorted((root / place).rglob("test_*.py")))]
    return list(dict.fromkeys(str(file.relative_to(root)) for file in files))


def importers(root: Path, path: str, files: list[str], packages: bool = False) -> set[str]:
    """Return those of the files that import a module or name it beside its folder; with ``packages`` also what its packages gather."""
    module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    folder, _, name = module.rpartition(".")
    above = [folder[:at] for at in range(len(folder) + 1) if folder[at : at + 1] in (".", "")] if packages else []
    ways = [rf"drieluik\.{re.escape(module)}\b", rf"from drieluik\.{re.escape(folder)} import [^\n]*\b{re.escape(name)}\b", *(rf"(from|import) drieluik\.{re.escape(one)}( import|$)" for one in above)]
    near = re.compile("|".join(ways), re.M)
    return {file for file in files if near.search((root / file).read_text())}


def related(root: Path, one: Mutation, seen: Seen) -> tuple[list[str], list[str]]:
    """Return the tests that call what is changed, those of the files that import it first, then the shortest; and all other tests of the room."""
    by_file: dict[str, list[str]] = {}
    for test in seen.tests:
        by_file.setdefault(test.split("::")[0], []).append(test)
    first = function_at((root / one.path).read_bytes(), one.line)
    near = importers(root, one.path, list(by_file), packages=not first)

    def concerns(test: str) -> bool:
        called = seen.tests[test][1]
        known = {f"{one.path}:read", f"{one.path}:{first}"} & called
        return bool(known) or (not first and (test.split("::")[0] in near or any(name.startswith(f"{one.path}:") for name in called)))

    def ordered(tests: list[str]) -> list[str]:
        spent = {file: seen.seconds([test for test in tests if test in set(by_file[file])]) for file in {test.split("::")[0] for test in tests}}
        return sorted(tests, key=lambda test: (later(test, spent), (file := test.split("::")[0]) not in near, spent[file], file, seen.tests[test][0]))

    def later(test: str, spent: dict[str, float]) -> int:
        """Outside functions: files that look at what is declared go first where they take a moment, then tests that call what is in the file."""
        calls = any(name.startswith(f"{one.path}:") for name in seen.tests[test][1])
        return 0 if first or (test.split("::")[0] in near and spent[test.split("::")[0]] <= QUICK_S) else 1 if calls else 2

    close = [test for test in seen.tests if concerns(test)]
    return ordered(close), ordered([test for test in seen.tests if test not in set(close)])


def copy_tree(root: Path, target: Path) -> Path:
    """Copy the tracked and new files of the checkout to ``target``; return it. ``target/../lib`` makes it importable as drieluik."""
    names = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=root, capture_output=True, text=True, check=True).stdout.split("\n")
    for name in filter(None, names):
        if (root / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, target / name)
    (target.parent / "lib").mkdir()
    (target.parent / "lib" / "drieluik").symlink_to(target)
    if (root.parent / "shared").is_dir():
        (target.parent / "shared").symlink_to(root.parent / "shared")
    return target


def passes(tree: Path, tests: list[str], limit_s: float | None, **environment: str) -> tuple[bool, str]:
    """Run test files in a copy; return whether all pass within the limit (of the processor), and the last lines of what was printed."""
    path = os.pathsep.join([str(tree.parent / "lib"), str(Path(__file__).resolve().parent)])
    around = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", "OMP_NUM_THREADS": "1", **environment}
    if limit_s is not None:
        around["MUTATE_LIMIT"] = str(math.ceil(limit_s))
    command = [sys.executable, "-m", "pytest", *tests, "-q", "-x", "-p", "no:cacheprovider", "-p", "related_tests", "--no-header", "--tb=line"]
    with subprocess.Popen(command, cwd=tree, env=around, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True) as run:
        try:
            printed, _ = run.communicate(timeout=None if limit_s is None else WAITS * limit_s)
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, 9)  # the session that this run started, with its children
            return False, "no end"
    if run.returncode == -signal.SIGXCPU:
        return False, f"no end within {limit_s:.0f} s"
    return run.returncode in {0, NOTHING_RAN}, "\n".join(printed.strip().splitlines()[-3:])


def observed(root: Path, tree: Path, name: str) -> Seen:
    """Return what a room's tests call; only test files that changed since the last time are run; ``SystemExit`` when one fails on the untouched copy."""
    kept = root / ".run" / "mutate" / "calls.json"
    rooms = config(root)
    folders = os.pathsep.join(place for room in rooms.values() for place in room["code"])
    known = json.loads(kept.read_text()) if kept.is_file() else {"files": {}, "tests": {}, "fixtures": {}}
    now = {file: hashlib.sha256((tree / file).read_bytes()).hexdigest() for file in test_files(tree, rooms[name])}
    changed = [file for file in now if known["files"].get(file) != now[file]]
    tests, fixtures = {test: what for test, what in known["tests"].items() if test.split("::")[0] not in changed}, known["fixtures"]
    if changed:
        record = tree.parent / "record.json"
        good, printed = passes(tree, changed, None, MUTATE_RECORD=str(record), MUTATE_CODE=folders)
        if not good:
            raise SystemExit(f"{name}: its tests fail without a mutation:\n{printed}")
        new = json.loads(record.read_text())
        tests, fixtures = tests | new["tests"], fixtures | new["fixtures"]
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps({"files": known["files"] | now, "tests": tests, "fixtures": fixtures}))
    return Seen({test: (spent, frozenset(called), tuple(uses)) for test, (spent, called, uses) in tests.items() if test.split("::")[0] in now}, fixtures)


def try_one(one: Mutation, tree: Path, seen: Seen, within_s: float | None = None) -> str:
    """Return the test that notices a change in the copy (or what else stopped it), nothing when none does; the copy is as before afterwards.

    ``within_s``: only the nearest of the tests that call it are tried, that take so long together.
    """
    source = (tree / one.path).read_bytes()
    close, others = related(tree, one, seen)
    order, failed = tree.parent / "tests.txt", tree.parent / "failed.txt"
    (tree / one.path).write_bytes(one.applied(source))
    try:
        for tests in [close, others] if within_s is None else [seen.within(close, within_s)]:
            order.write_text("\n".join(tests), encoding="utf-8")
            failed.unlink(missing_ok=True)
            files = list(dict.fromkeys(test.split("::")[0] for test in tests))
            good, printed = passes(tree, files, 3 * seen.seconds(tests) + SPARE_S, MUTATE_TESTS=str(order), MUTATE_FAILED=str(failed)) if files else (True, "")
            if not good:
                return failed.read_text() if failed.is_file() else printed
    finally:
        (tree / one.path).write_bytes(source)
    return ""


def failing_anyway(tree: Path, tests: set[str]) -> set[str]:
    """Return those of some tests that fail on the untouched code."""
    left, failed = set(tests), tree.parent / "failed.txt"
    order = tree.parent / "tests.txt"
    while left:
        order.write_text("\n".join(sorted(left)), encoding="utf-8")
        failed.unlink(missing_ok=True)
        good, printed = passes(tree, sorted({test.split("::")[0] for test in left}), None, MUTATE_TESTS=str(order), MUTATE_FAILED=str(failed))
        if good:
            break
        if not failed.is_file() or failed.read_text() not in left:
            raise SystemExit(f"the untouched code cannot be tested:\n{printed}")
        left.remove(failed.read_text())
    return tests - left


def sample(root: Path, room: dict[str, list[str]], count: int, seed: int, only: str = "") -> list[Mutation]:
    """Return ``count`` changes drawn from all that the room's files allow, the same for the same seed and files."""
    files = sorted({file for place in room["code"] for file in (root / place).rglob("*.py")})
    every = [one for file in files if only in str(file.relative_to(root)) for one in mutations(str(file.relative_to(root)), file.read_bytes())]
    random.Random(seed).shuffle(every)
    return list(itertools.islice((one for one in every if compiles(one.applied((root / one.path).read_bytes()))), count))


def run_room(root: Path, name: str, options: argparse.Namespace) -> float:
    """Try a sample of one room; print each outcome and the survivors' diffs; return the share that was killed."""
    room = config(root)[name]
    chosen = sample(root, room, options.count, options.seed, options.only)
    with tempfile.TemporaryDirectory() as scratch:
        trees: Queue[Path] = Queue()
        for number in range(options.jobs):
            trees.put(copy_tree(root, Path(scratch) / str(number) / "tree"))
        seen = observed(root, trees.queue[0], name)

        def attempt(one: Mutation) -> str:
            tree, began = trees.get(), time.monotonic()
            try:
                by = try_one(one, tree, seen, options.within)  # in the copy: what comes into the checkout meanwhile is not there
            finally:
                trees.put(tree)
            print(f"{'killed  ' if by else 'SURVIVED'} {time.monotonic() - began:5.0f} s  {one.path}:{one.line} {one.kind}  {by}", flush=True)
            if not by:
                print(diff_of(one, (tree / one.path).read_bytes()), flush=True)
            return by

        with ThreadPoolExecutor(options.jobs) as pool:
            outcomes = list(pool.map(attempt, chosen))
        while anyway := failing_anyway(trees.queue[0], {by for by in outcomes if by in seen.tests}):
            print(f"fails without a mutation, and is left out: {', '.join(sorted(anyway))}", flush=True)
            seen = Seen({test: what for test, what in seen.tests.items() if test not in anyway}, seen.fixtures)
            outcomes = [attempt(one) if by in anyway else by for one, by in zip(chosen, outcomes)]
    killed = sum(map(bool, outcomes))
    share = killed / max(1, len(chosen))
    print(f"\n{name}: {killed} of {len(chosen)} killed ({share:.0%}), {len(chosen) - killed} survived (seed {options.seed})\n", flush=True)
    return share


def main(words: list[str] | None = None, root: Path = ROOT) -> int:
    """Try the rooms that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help=", ".join(config(root)))
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="only files with this in their path")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--within", type=float, metavar="S", help="try each change only by the nearest tests that call it and take S s together")
    options = parser.parse_args(words)
    unknown = set(options.rooms) - set(config(root))
    if unknown:
        parser.error(f"no such room: {', '.join(sorted(unknown))}")
    for name in options.rooms or config(root):
        run_room(root, name, options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
