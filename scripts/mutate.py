"""How good are the tests? Changes one place of a room's code at a time, in a copy of the tree, and looks whether a related test fails.

    python scripts/mutate.py measure [--count 30] [--seed 1] [--only PART_OF_A_PATH] [--jobs 2]
    make mutate                                    # every room, a small sample of each

Rooms and their tests stand in ``pyproject.toml`` under ``[tool.mutate]``. The tests that import the changed module go first, the rest of the
room's tests after them; the first failure (or a run of three times the untouched one's time) is a kill. Survivors are printed as diffs: each is a
missing test, or a change that changes nothing (then it stands in ``docs/quality.md``).
"""

from __future__ import annotations

import argparse
import ast
import difflib
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
COMPARISONS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==", "in": "not in", "not in": "in", "is": "is not", "is not": "is"}
OPERATORS = {"+": "-", "-": "+", "*": "/", "/": "*", "//": "*", "%": "*", "|": "&", "&": "|"}
SPARE_S = 30.0
"""A run may take three times the untouched one and this much more: other work on the machine is no kill."""
Span = Callable[[ast.AST], tuple[int, int]]
"""Where a node that has a place stands: its first byte and the one after its last."""


@dataclass(frozen=True)
class Mutation:
    """Bytes ``start`` to ``end`` of a file become ``new``."""

    path: str
    line: int
    kind: str
    start: int
    end: int
    new: str

    def applied(self, source: bytes) -> bytes:
        """Return the changed source."""
        return source[: self.start] + self.new.encode() + source[self.end :]


def mutations(path: str, source: bytes) -> list[Mutation]:
    """Return every change that can be made to a file, in its order; those that no longer compile are left out."""
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))

    def span(node: Any) -> tuple[int, int]:
        return starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset

    tree = ast.parse(source)
    skipped = _not_code(tree)
    found = []
    for node in ast.walk(tree):
        if id(node) in skipped or not hasattr(node, "lineno"):
            continue
        for kind, start, end, new in _changes(node, span, source):
            one = Mutation(path, source.count(b"\n", 0, start) + 1, kind, start, end, new)
            if _compiles(one.applied(source)):
                found.append(one)
    return sorted(found, key=lambda one: (one.start, one.kind, one.end))


def _not_code(tree: ast.AST) -> set[int]:
    """Return the nodes that no test need notice: docstrings and loose strings, annotations, imports, ``__all__``."""
    roots: list[ast.AST] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            roots.append(node)
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            roots.append(node)
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets):
            roots.append(node)
        roots += [part for part in (getattr(node, "annotation", None), getattr(node, "returns", None)) if part is not None]
    return {id(inner) for root in roots for inner in ast.walk(root)}


def _changes(node: ast.AST, span: Span, source: bytes) -> Iterator[tuple[str, int, int, str]]:
    """Yield (kind, start, end, new text) of one node."""
    start, end = span(node)
    if isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        for left, right in zip(sides, sides[1:]):
            yield from _between("comparison", span(left)[1], span(right)[0], COMPARISONS, source)
    elif isinstance(node, ast.BinOp):
        yield from _between("operator", span(node.left)[1], span(node.right)[0], OPERATORS, source)
    elif isinstance(node, ast.BoolOp):
        for left, right in zip(node.values, node.values[1:]):
            yield from _between("and/or", span(left)[1], span(right)[0], {"and": "or", "or": "and"}, source)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "not", start, span(node.operand)[0], ""
    elif isinstance(node, ast.Constant) and not isinstance(node.value, (str, bytes, type(None), type(...))):
        yield "constant", start, end, repr(not node.value if isinstance(node.value, bool) else node.value + 1 if isinstance(node.value, int) else node.value * 1.5 + 0.5)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value and source[start : start + 1] in (b'"', b"'"):
        yield "text", start, end, repr("other " + node.value)
    elif isinstance(node, ast.Return) and node.value is not None and not (isinstance(node.value, ast.Constant) and node.value.value is None):
        yield "return", *span(node.value), "None"
    elif isinstance(node, (ast.AugAssign, ast.Raise)) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)):
        yield "removed", start, end, "pass"
    elif isinstance(node, (ast.If, ast.IfExp)):
        yield "condition", *span(node.test), f"not ({_text(node.test, span, source)})"
    elif isinstance(node, ast.Continue):
        yield "continue", start, end, "break"
    elif isinstance(node, ast.Call) and node.keywords and node.keywords[-1].arg and len(node.args) + len(node.keywords) > 1:
        last = node.keywords[-1]
        before = max(span(part)[1] for part in [node.func, *node.args, *node.keywords[:-1]])
        comma = source.find(b",", before, span(last)[0])
        if comma >= 0:
            yield "keyword", comma, span(last)[1], ""


def _text(node: ast.AST, span: Span, source: bytes) -> str:
    start, end = span(node)
    return source[start:end].decode()


def _between(kind: str, start: int, end: int, others: dict[str, str], source: bytes) -> Iterator[tuple[str, int, int, str]]:
    """Yield the change of the operator that stands between two operands (with their brackets)."""
    words = "|".join(re.escape(word) for word in sorted(others, key=len, reverse=True))
    hit = re.fullmatch(rf"[\s)]*({words})[\s(]*".encode(), source[start:end])
    if hit:
        yield kind, start + hit.start(1), start + hit.end(1), others[re.sub(r"\s+", " ", hit.group(1).decode())]


def _compiles(source: bytes) -> bool:
    try:
        compile(source, "mutant", "exec")
    except SyntaxError:
        return False
    return True


def config(root: Path) -> dict[str, dict[str, list[str]]]:
    """Return what ``pyproject.toml`` says of the rooms: ``code`` (folders) and ``tests`` (files or folders)."""
    return tomllib.loads((root / "pyproject.toml").read_text())["tool"]["mutate"]


def tests_for(root: Path, path: str, room: dict[str, list[str]]) -> list[str]:
    """Return the test files of a room: those that import the module or its folder by name first, then the others."""
    module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    folder, _, name = module.rpartition(".")
    near = re.compile(rf"drieluik\.{re.escape(module)}\b|from drieluik\.{re.escape(folder)} import [^\n]*\b{re.escape(name)}\b")
    every = [str(file.relative_to(root)) for place in room["tests"] for file in ([root / place] if place.endswith(".py") else sorted((root / place).rglob("test_*.py")))]
    return sorted(dict.fromkeys(every), key=lambda file: not near.search((root / file).read_text()))


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


def passes(tree: Path, tests: list[str], limit_s: float | None) -> tuple[bool, str]:
    """Run tests in a copy; return whether all pass within the limit, and the last lines of what was printed."""
    environment = {**os.environ, "PYTHONPATH": str(tree.parent / "lib"), "PYTHONDONTWRITEBYTECODE": "1", "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "pytest", *tests, "-q", "-x", "-p", "no:cacheprovider", "--no-header", "--tb=line"]
    with subprocess.Popen(command, cwd=tree, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True) as run:
        try:
            printed, _ = run.communicate(timeout=limit_s)
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, 9)  # the session that this run started, with its children
            return False, f"no end within {limit_s:.0f} s"
    return run.returncode == 0, "\n".join(printed.strip().splitlines()[-3:])


def diff_of(one: Mutation, source: bytes) -> str:
    """Return the change as a diff without context."""
    old, new = source.decode().splitlines(), one.applied(source).decode().splitlines()
    return "\n".join(list(difflib.unified_diff(old, new, one.path, f"{one.path}:{one.line} ({one.kind})", n=0, lineterm=""))[1:])


def try_one(one: Mutation, tree: Path, tests: list[str], limit_s: float) -> bool:
    """Return whether a test in the copy notices the change; the copy is as before afterwards."""
    source = (tree / one.path).read_bytes()
    (tree / one.path).write_bytes(one.applied(source))
    try:
        return not passes(tree, tests, limit_s)[0]
    finally:
        (tree / one.path).write_bytes(source)


def sample(root: Path, room: dict[str, list[str]], count: int, seed: int, only: str = "") -> list[Mutation]:
    """Return ``count`` changes drawn from all that the room's files allow, the same for the same seed and files."""
    files = sorted({file for place in room["code"] for file in (root / place).rglob("*.py")})
    every = [one for file in files if only in str(file.relative_to(root)) for one in mutations(str(file.relative_to(root)), file.read_bytes())]
    return random.Random(seed).sample(every, min(count, len(every)))


def run_room(root: Path, name: str, options: argparse.Namespace) -> float:
    """Try a sample of one room; print each outcome and the survivors' diffs; return the share that was killed."""
    room = config(root)[name]
    chosen = sample(root, room, options.count, options.seed, options.only)
    with tempfile.TemporaryDirectory() as scratch:
        trees: Queue[Path] = Queue()
        for number in range(options.jobs):
            trees.put(copy_tree(root, Path(scratch) / str(number) / "tree"))
        start = time.monotonic()
        good, printed = passes(trees.queue[0], tests_for(root, "", room), None)
        if not good:
            raise SystemExit(f"{name}: its tests fail without a mutation:\n{printed}")
        limit_s = 3 * (time.monotonic() - start) + SPARE_S

        def attempt(one: Mutation) -> bool:
            tree, began = trees.get(), time.monotonic()
            try:
                killed = try_one(one, tree, tests_for(tree, one.path, room), limit_s)  # of the copy: what comes into the checkout meanwhile is not there
            finally:
                trees.put(tree)
            print(f"{'killed  ' if killed else 'SURVIVED'} {time.monotonic() - began:5.0f} s  {one.path}:{one.line} {one.kind}", flush=True)
            return killed

        with ThreadPoolExecutor(options.jobs) as pool:
            outcomes = list(pool.map(attempt, chosen))
    for one, killed in zip(chosen, outcomes):
        if not killed:
            print("\n" + diff_of(one, (root / one.path).read_bytes()))
    share = sum(outcomes) / max(1, len(chosen))
    print(f"\n{name}: {sum(outcomes)} of {len(chosen)} killed ({share:.0%}), {len(chosen) - sum(outcomes)} survived (seed {options.seed})\n", flush=True)
    return share


def main(words: list[str] | None = None, root: Path = ROOT) -> int:
    """Try the rooms that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help=", ".join(config(root)))
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="only files with this in their path")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args(words)
    unknown = set(options.rooms) - set(config(root))
    if unknown:
        parser.error(f"no such room: {', '.join(sorted(unknown))}")
    for name in options.rooms or config(root):
        run_room(root, name, options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
