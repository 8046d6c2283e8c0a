"""The checks as rule files and pages know them: ``rulesets/checks.json``, written from what each declares; its page is the text at the head of its file.

Read without running a check (``scripts/catalogue.py`` writes, ``make catalogue``). A switch (a word under ``measure``) is explained on the page
between double backticks; its types stand in ``rulesets/switch_types.json``.
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
SWITCH_TYPES = HOUSE / "rulesets" / "switch_types.json"
SPAN = re.compile(r"``([^`]+)``")
WORD = re.compile(r"[A-Za-z_][A-Za-z_0-9]*")


@functools.lru_cache(maxsize=1)
def check_files() -> Mapping[str, Path]:
    """Return the file of each check by its name, in order."""
    return {name: CHECKS / known["file"] for name, known in catalogue().items()}


def known_checks() -> list[str]:
    """Return the names of the checks."""
    return list(check_files())


def family(name: str) -> str:
    """Return the family of a check: zoning, surroundings, sunlight..."""
    return str(catalogue()[name]["family"])


def code(name: str) -> str:
    """Return the code of a check (``DRL-A02``), which outlives its name; '' for a name that is no check's."""
    return str(catalogue().get(name, {}).get("code", ""))


def stage(name: str) -> str:
    """Return the stage of a check's life: preview | stable | retired; '' for a name that is no check's."""
    return str(catalogue().get(name, {}).get("stage", ""))


@functools.cache
def page(name: str) -> str:
    """Return the page of a check as text: what it checks, legal basis, inputs, how measured, limits, references."""
    return ast.get_docstring(ast.parse(check_files()[name].read_text(encoding="utf-8"))) or ""


def words(text: str) -> frozenset[str]:
    """Return the words that a page explains."""
    return frozenset(word for span in SPAN.findall(text) for word in WORD.findall(span))


def switches(name: str) -> list[str]:
    """Return the words that a rule of this check may put under ``measure``."""
    return sorted(switches_of(name))


def markdown(name: str) -> str:
    """Return the page of a check as Markdown: what ``docs/checks`` holds and what a help panel shows."""
    known, lines = catalogue()[name], page(name).splitlines()
    units = ", ".join(f"`{unit}`" if unit else "none" for unit in known["units"]) or "none"
    said = [f"# {title(name)['nl']} - {title(name)['en']}", "", f"`check: {name}` (family {family(name)}). {lines[0] if lines else ''}", ""]
    said += ["| | |", "|---|---|", f"| code, stage | `{known['code']}`, {known['stage']} |", f"| the norm is about | {known['about']} |"]
    said += [f"| unit of the limit | {units} |", f"| value of the plan | {', '.join(known['plan_values']) or 'none'} |"]
    said += [f"| open points it can ask | {', '.join(f'`{key}`' for key in known['reads']) or 'none'} |"]
    said += [f"| under `measure` | {', '.join(f'`{word}`' for word in switches(name)) or 'nothing'} |", ""]
    for line in lines[1:]:
        heading = line.strip() and not line.startswith(" ")
        said.append(f"## {line.strip()}" if heading else line.strip().replace("``", "`"))
        said += [""] if heading else []
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(said)).strip() + "\n"
    return re.sub(r"(?<!\n)\n(## )", r"\n\n\1", text)


def switches_of(name: str) -> Mapping[str, Any]:
    """Return the switches of a check, each a word of ``switch_types`` or the list of words to choose from."""
    return dict(catalogue().get(name, {}).get("switches", {}))


@functools.lru_cache(maxsize=1)
def switch_types() -> Mapping[str, Any]:
    """Return the types of switches as JSON Schema, by their word (``rulesets/switch_types.json``)."""
    return dict(json.loads(SWITCH_TYPES.read_text(encoding="utf-8")))


@functools.lru_cache(maxsize=1)
def catalogue() -> Mapping[str, Mapping[str, Any]]:
    """Return what each check declares, by its name, in order (``rulesets/checks.json``; the words: ``checks/declared/declaration.py``)."""
    return dict(json.loads(CATALOGUE.read_text(encoding="utf-8")))


def title(name: str) -> Mapping[str, str]:
    """Return the title of a check in Dutch and English."""
    return dict(catalogue()[name]["title"])
