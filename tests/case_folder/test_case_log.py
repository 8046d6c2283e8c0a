"""The log of a case: added to and never changed; where somebody did, the chain says where."""

from __future__ import annotations

import errno
import json

import pytest
from kept_cases import OFFICER

from drieluik.case_folder import case_log


@pytest.fixture
def log(tmp_path):
    for number in range(4):
        case_log.append(tmp_path, "changed", OFFICER, f"reden {number}", case=f"{number:064x}")
    return tmp_path / case_log.NAME


def test_a_line_says_what_when_who_and_why(log):
    said = case_log.lines(log.parent)
    assert [line["why"] for line in said] == ["reden 0", "reden 1", "reden 2", "reden 3"]
    assert {line["who"] for line in said} == {"J. de Vries, vergunningverlener"} and all(line["at"].endswith("+00:00") for line in said)
    assert case_log.breaks(log.parent) == () and said[0]["before"] == "" and len(said[1]["before"]) == 64
    assert case_log.last_case(log.parent) == f"{3:064x}"


def changed(lines):
    lines[1] = lines[1].replace("reden 1", "reden X")


def renumbered(lines):
    lines[1], lines[2] = lines[2], lines[1]


def first_gone(lines):
    del lines[0]


def middle_gone(lines):
    del lines[2]


def put_between(lines):
    lines.insert(2, json.dumps({"line": 3, "before": "0" * 64}))


def spoilt(lines):
    lines[2] = lines[2][:20]


@pytest.mark.parametrize(("tamper", "line", "why"), [
    (changed, 3, "changed"), (renumbered, 2, "changed"), (first_gone, 1, "changed"), (middle_gone, 3, "changed"), (put_between, 3, "changed"),
    (spoilt, 3, "unreadable"),
])
def test_what_another_hand_did_is_told_with_its_line(log, tamper, line, why):
    lines = log.read_text().splitlines()
    tamper(lines)
    log.write_text("\n".join(lines) + "\n")
    first = case_log.breaks(log.parent)[0]
    assert (first.line, first.why) == (line, why)
    case_log.append(log.parent, "changed", OFFICER)  # the next line follows what stands there now
    assert case_log.breaks(log.parent)[0] == first


def test_an_unfinished_line_is_none_and_the_next_takes_its_place(log):
    whole = log.read_bytes()
    log.write_bytes(whole + b'{"line": 5, "at": "2026')
    assert len(case_log.lines(log.parent)) == 4 and case_log.breaks(log.parent) == ()
    case_log.append(log.parent, "changed", OFFICER, "vijfde")
    assert [line["why"] for line in case_log.lines(log.parent)][-1] == "vijfde" and case_log.breaks(log.parent) == ()
    assert log.read_bytes().startswith(whole)


@pytest.mark.parametrize("where", ["write", "fsync"])
def test_a_full_disk_leaves_the_log_as_it_was(log, monkeypatch, where):
    before = log.read_bytes()

    def full(*_):
        raise OSError(errno.ENOSPC, "full")

    def half(file, data):
        file.write(data[:30])
        full()

    monkeypatch.setattr(case_log, "_write", half) if where == "write" else monkeypatch.setattr(case_log.os, "fsync", full)
    with pytest.raises(OSError):
        case_log.append(log.parent, "changed", OFFICER)
    assert log.read_bytes() == before
