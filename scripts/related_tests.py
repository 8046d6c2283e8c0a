"""A pytest plugin of ``mutate.py``: notes which functions of a room each test calls, or runs given tests in a given order.

``MUTATE_RECORD=FILE`` with ``MUTATE_CODE=folder:folder`` writes ``{"tests": {test: [seconds, [function, ...], [fixture, ...]]}, "fixtures": {fixture:
seconds}}`` when pytest ends; a function is ``path:qualified name``, its path relative to the folder where pytest runs, and ``path:read`` a file of source that is read. What a fixture that is shared
calls counts for every test that shares it, its time for itself (``file:name``). Seconds are those of the processor, with child processes, so that other
work on the machine does not count. ``MUTATE_TESTS=FILE`` (one test a line) leaves other tests out and keeps
that order. ``MUTATE_FAILED=FILE`` writes which test failed, or which file could not be read. ``MUTATE_LIMIT=N``: the system ends the run after so many
seconds of the processor.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

RECORD, ORDER, CODE, FAILED, LIMIT = (os.environ.get(f"MUTATE_{word}", "") for word in ("RECORD", "TESTS", "CODE", "FAILED", "LIMIT"))
ROOT = Path.cwd().resolve()
opened: set[str] = set()
called: dict[int, CodeType] = {}
"""Code objects that were entered since the last look; kept, so that their ids stay their own."""
tests: dict[pytest.Item, tuple[float, set[str]]] = {}
fixtures: dict[str, tuple[float, set[str]]] = {}
"""Of each fixture that is shared, how long it took and what it called."""
carried: set[str] = set()
"""What the running test had called before a shared fixture of its was made."""
names: dict[int, str] = {}
kept: list[CodeType] = []
if LIMIT:
    resource.setrlimit(resource.RLIMIT_CPU, (int(LIMIT), int(LIMIT) + 1))
if RECORD:
    sys.addaudithook(lambda event, args: note_read(event, args))


def used() -> float:
    """Return how long this process and the ended ones that it started used the processor (s)."""
    return sum(os.times()[:4])


def note(frame: FrameType, event: str, _: Any) -> None:
    """Note that a function is entered; its lines are not followed."""
    called[id(frame.f_code)] = frame.f_code


def note_read(event: str, args: tuple[Any, ...]) -> None:
    """Note that a file of source is opened."""
    if event == "open" and isinstance(args[0], str) and args[0].endswith(".py"):
        opened.add(args[0])


def taken() -> set[str]:
    """Return the room's functions that were entered, and its files that were read, since the last time."""
    found = {f"{path}:read" for name in opened if (path := _place(name))}
    opened.clear()
    for key, code in list(called.items()):
        if key not in names:
            kept.append(code)
            names[key] = _name(code)
        found.add(names[key])
    called.clear()
    return found - {""}


def _name(code: CodeType) -> str:
    """Return ``path:name`` of a function of the room, else nothing."""
    path = "" if code.co_filename.startswith("<") else _place(code.co_filename)
    return f"{path}:{getattr(code, 'co_qualname', '')}" if path else ""


def _place(name: str) -> str:
    """Return the path of a file of the room, else nothing."""
    file = Path(name).resolve()
    path = file.relative_to(ROOT).as_posix() if file.is_relative_to(ROOT) else ""
    return path if any(path.startswith(f"{place}/") for place in CODE.split(":")) else ""


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Follow one test with its fixtures."""
    if not RECORD:
        yield
        return
    began, made = used(), set(fixtures)
    threading.settrace(note)
    sys.settrace(note)
    yield
    sys.settrace(None)
    spent = used() - began - sum(fixtures[name][0] for name in set(fixtures) - made)
    tests[item] = spent, taken() | carried
    carried.clear()


@pytest.hookimpl(hookwrapper=True)
def pytest_fixture_setup(fixturedef: Any) -> Iterator[None]:
    """What a shared fixture calls counts for every test that asks for it, not only for the first."""
    if not RECORD or fixturedef.scope == "function":
        yield
        return
    before, began = taken(), used()
    yield
    fixtures[f"{fixturedef.baseid}:{fixturedef.argname}"] = used() - began, taken()
    carried.update(before)


def shared_by(item: pytest.Item) -> list[str]:
    """Return the shared fixtures that a test asks for."""
    names = set(getattr(item, "fixturenames", ()))
    return sorted(name for name in fixtures if name.rpartition(":")[2] in names and item.nodeid.startswith(name.rpartition(":")[0]))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the tests that are asked for, in the order asked."""
    if ORDER:
        place = {line: number for number, line in enumerate(Path(ORDER).read_text(encoding="utf-8").splitlines())}
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in place])
        items[:] = sorted((item for item in items if item.nodeid in place), key=lambda item: place[item.nodeid])


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Say which test failed."""
    if FAILED and report.failed:
        Path(FAILED).write_text(report.nodeid, encoding="utf-8")


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """Say which file could not be read."""
    if FAILED and report.failed:
        Path(FAILED).write_text(report.nodeid, encoding="utf-8")


def pytest_sessionfinish() -> None:
    """Write what was seen."""
    if RECORD:
        uses = {item: shared_by(item) for item in tests}
        seen = {item.nodeid: (spent, sorted(found.union(*(fixtures[name][1] for name in uses[item]))), uses[item]) for item, (spent, found) in tests.items()}
        content = {"tests": seen, "fixtures": {name: spent for name, (spent, _) in fixtures.items()}}
        Path(RECORD).write_text(json.dumps(content), encoding="utf-8")
