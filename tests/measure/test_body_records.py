"""What is measured of small bodies and of a place is what it was, whole: a change is committed knowingly, or it is a mistake."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

import golden_outputs

spec = importlib.util.spec_from_file_location("body_records", Path(__file__).with_name("body_records.py"))
records = importlib.util.module_from_spec(spec)
sys.modules["body_records"] = records  # dataclasses look their module up
spec.loader.exec_module(records)
HELD = {part.partition("\n")[0]: part.partition("\n")[2].strip("\n") for part in records.HELD.read_text(encoding="utf-8").split("== ")[1:]}


@pytest.mark.parametrize("name", records.BODIES)
def test_a_body_is_measured_as_it_was(name):
    changed = golden_outputs.unlike(name, "\n".join(records.body_lines(name)), HELD.get(f"body: {name}", ""), "python tests/measure/body_records.py")
    assert not changed, changed


@pytest.mark.parametrize("name", records.PLACES)
def test_a_place_is_known_as_it_was(name):
    changed = golden_outputs.unlike(name, "\n".join(records.place_lines(name)), HELD.get(f"place: {name}", ""), "python tests/measure/body_records.py")
    assert not changed, changed


def test_the_record_holds_every_body_and_place():
    assert list(HELD) == [*(f"body: {name}" for name in records.BODIES), *(f"place: {name}" for name in records.PLACES)]
