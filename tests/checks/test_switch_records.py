"""Every check says of one rich house what it said, for each word of each of its switches: a change is committed knowingly, or it is a mistake."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

import golden_outputs

spec = importlib.util.spec_from_file_location("switch_records", Path(__file__).with_name("switch_records.py"))
records = importlib.util.module_from_spec(spec)
spec.loader.exec_module(records)
HELD = {part.partition("\n")[0]: part for part in records.HELD.read_text(encoding="utf-8").rstrip("\n").split("\n\n")}
CHECKS = list(dict.fromkeys(case.split()[0] for case in records.names()))


@pytest.mark.parametrize("check", CHECKS)
def test_a_check_says_of_each_switch_what_it_said(check):
    cases = [case for case in records.names() if case.split()[0] == check]
    held = "\n\n".join(HELD.get(f"== {case}", f"== {case}") for case in cases) + "\n"
    changed = golden_outputs.unlike(check, records.record(cases), held, "python tests/checks/switch_records.py")
    assert not changed, changed


def test_the_record_holds_every_switch_and_no_other():
    assert list(HELD) == [f"== {case}" for case in records.names()]
