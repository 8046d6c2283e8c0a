"""Every check says of small scenes what it said, whole: a change is committed knowingly, or it is a mistake."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
import shapely

import golden_outputs
from drieluik.checks import REGISTRY


def beside(name):
    """Return a module of this folder."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def held(module):
    """Return what a module's file holds, by case."""
    return {part.partition("\n")[0]: part.partition("\n")[2].strip("\n") for part in module.HELD.read_text(encoding="utf-8").split("== ")[1:]}


records = beside("finding_records")
wholes = beside("plan_records")
HELD, WHOLES = held(records), held(wholes)


HELD_WITH = (3, 11)
"""The GEOS that the records were written with. Of places that are equally near or high, and of sides of one ring, another GEOS names another one first:
then only which evidence there is is compared, not where."""


def comparable(text: str) -> str:
    if shapely.geos_version[:2] == HELD_WITH:
        return text
    lines = [line.partition(":")[0] if line.strip().startswith("shows ") else line for line in text.splitlines()]
    shown = sorted(line for line in lines if line.strip().startswith("shows "))
    return "\n".join([*(line for line in lines if not line.strip().startswith("shows ")), *shown])


@pytest.mark.parametrize("name", records.CASES)
def test_a_scene_has_the_findings_that_it_had(name):
    made = "\n".join(line for finding in records.found(name) for line in records.lines_of(finding))
    changed = golden_outputs.unlike(name, comparable(made), comparable(HELD.get(name, "")), "python tests/checks/finding_records.py")
    assert not changed, changed


@pytest.mark.parametrize("name", wholes.CASES)
def test_a_plan_at_a_place_says_what_it_said(name):
    changed = golden_outputs.unlike(name, "\n".join(wholes.lines_of(**wholes.CASES[name])), WHOLES.get(name, ""), "python tests/checks/plan_records.py")
    assert not changed, changed


def test_numbers_are_said_in_as_many_decimals_as_they_were():
    """A length that is shown in centimetres is not known to the nanometre."""
    assert records.decimals().splitlines() == records.ROUNDED.read_text(encoding="utf-8").splitlines()


def test_what_a_rule_says_of_its_own_doubt_is_in_the_numbers_that_it_is_about():
    assert records.doubts().splitlines() == records.DOUBTED.read_text(encoding="utf-8").splitlines()


def test_every_check_has_its_scenes():
    assert list(HELD) == list(records.CASES) and list(WHOLES) == list(wholes.CASES)
    assert {case[0] for case in records.CASES.values()} == set(REGISTRY)
