"""What a sun study measures in small streets is what it was, whole: a change is committed knowingly, or it is a mistake."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

import golden_outputs

spec = importlib.util.spec_from_file_location("sun_records", Path(__file__).with_name("sun_records.py"))
records = importlib.util.module_from_spec(spec)
spec.loader.exec_module(records)
HELD = {part.partition("\n")[0]: part.partition("\n")[2].strip("\n") for part in records.HELD.read_text(encoding="utf-8").split("== ")[1:]}


@pytest.mark.parametrize("name", records.STREETS)
def test_a_street_has_the_sun_that_it_had(name):
    changed = golden_outputs.unlike(name, "\n".join(records.lines_of(name)), HELD.get(name, ""), "python tests/measure/sun_records.py")
    assert not changed, changed


def test_the_record_holds_every_street():
    assert list(HELD) == list(records.STREETS)
