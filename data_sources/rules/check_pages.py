"""The page of each check: the text at the head of its file, read without running it.

A switch of a check (a word under ``measure``) stands in ``rulesets/switches.json`` with what it may be; its page explains it between double
backticks.
"""

from __future__ import annotations

import ast
import functools
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

HOUSE = Path(__file__).resolve().parents[2]
CHECKS = HOUSE / "checks"
CATALOGUE = HOUSE / "rulesets" / "checks.json"
SWITCHES = HOUSE / "rulesets" / "switches.json"
SPAN = re.compile(r"``([^`]+)``")
WORD = re.compile(r"[A-Za-z_][A-Za-z_0-9]*")
NO_FAMILY = ("engine", "shared")
"""Folders of ``checks/`` that hold no checks."""


@functools.lru_cache(maxsize=1)
def check_files() -> Mapping[str, Path]:
    """Return the file of each check by its name, in order: one file each in ``checks/<family>/``."""
    files = (path for path in CHECKS.glob("*/*.py") if path.parent.name not in NO_FAMILY and not path.stem.startswith("_"))
    return {path.stem: path for path in sorted(files, key=lambda path: path.stem)}


def known_checks() -> list[str]:
    """Return the names of the checks."""
    return list(check_files())


def family(name: str) -> str:
    """Return the family of a check: zoning, surroundings, sunlight..."""
    return check_files()[name].parent.name


@functools.cache
def page(name: str) -> str:
    """Return the page of a check as text: what it checks, legal basis, inputs, how measured, limits, references."""
    return ast.get_docstring(ast.parse(check_files()[name].read_text(encoding="utf-8"))) or ""


@functools.cache
def words(name: str) -> frozenset[str]:
    """Return the words that the page of a check explains."""
    return frozenset(word for span in SPAN.findall(page(name)) for word in WORD.findall(span))


def switches(name: str) -> list[str]:
    """Return the words that a rule of this check may put under ``measure``."""
    return sorted(declared_switches()["checks"].get(name, {}))


def markdown(name: str) -> str:
    """Return the page of a check as Markdown: what ``docs/checks`` holds and what a help panel shows."""
    known, lines = catalogue().get(name, {}), page(name).splitlines()
    units = ", ".join(f"`{unit}`" if unit else "none" for unit in known.get("units", ())) or "none"
    said = [f"# {title(name)['nl']} - {title(name)['en']}", "", f"`check: {name}` (family {family(name)}). {lines[0] if lines else ''}", ""]
    said += ["| | |", "|---|---|", f"| unit of the limit | {units} |", f"| value of the plan | {known.get('plan_value') or 'none'} |"]
    said += [f"| under `measure` | {', '.join(f'`{word}`' for word in switches(name)) or 'nothing'} |", ""]
    for line in lines[1:]:
        heading = line.strip() and not line.startswith(" ")
        said.append(f"## {line.strip()}" if heading else line.strip().replace("``", "`"))
        said += [""] if heading else []
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(said)).strip() + "\n"
    return re.sub(r"(?<!\n)\n(## )", r"\n\n\1", text)


@functools.lru_cache(maxsize=1)
def declared_switches() -> Mapping[str, Mapping[str, Any]]:
    """Return ``checks``: per check its switches, each a word of ``types`` or the list of words to choose from; and ``types``: those words
    as JSON Schema (``rulesets/switches.json``)."""
    return dict(json.loads(SWITCHES.read_text(encoding="utf-8")))


@functools.lru_cache(maxsize=1)
def catalogue() -> Mapping[str, Mapping[str, Any]]:
    """Return per check its ``title``, ``units`` of a limit, and the ``plan_value`` (with ``qualifier``) that it measures: ``rulesets/checks.json``."""
    return dict(json.loads(CATALOGUE.read_text(encoding="utf-8")))


def title(name: str) -> Mapping[str, str]:
    """Return the title of a check in Dutch and English: the catalogue's, else the first line of its page."""
    line = page(name).splitlines()[0].rstrip(".") if page(name) else name
    return dict(catalogue().get(name, {}).get("title") or {"nl": line, "en": line})
