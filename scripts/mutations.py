"""The changes that ``mutate.py`` tries: every place of a file where one comparison, constant, operator, text, return value or statement can be another."""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

COMPARISONS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==", "in": "not in", "not in": "in", "is": "is not", "is not": "is"}
OPERATORS = {"+": "-", "-": "+", "*": "/", "/": "*", "//": "*", "%": "*", "|": "&", "&": "|"}
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
    """Return every change that can be made to a file, in its order; a few no longer compile."""
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
        found += [Mutation(path, source.count(b"\n", 0, start) + 1, kind, start, end, new) for kind, start, end, new in _changes(node, span, source)]
    return sorted(found, key=lambda one: (one.start, one.kind, one.end))


def _not_code(tree: ast.AST) -> set[int]:
    """Return the nodes that no test need notice: docstrings and loose strings, annotations (those of ``cast`` too), imports, ``__all__``."""
    roots: list[ast.AST] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            roots.append(node)
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            roots.append(node)
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets):
            roots.append(node)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "cast":
            roots.append(node.args[0])
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


def compiles(source: bytes) -> bool:
    """Return whether a changed source is Python still."""
    try:
        compile(source, "mutant", "exec")
    except SyntaxError:
        return False
    return True


def diff_of(one: Mutation, source: bytes) -> str:
    """Return the change as a diff without context."""
    old, new = source.decode().splitlines(), one.applied(source).decode().splitlines()
    return "\n".join(list(difflib.unified_diff(old, new, one.path, f"{one.path}:{one.line} ({one.kind})", n=0, lineterm=""))[1:])
