"""Who has a case: a name and since when; the second reads only; a lock of a dead process is taken over; a folder out of reach costs nothing."""

from __future__ import annotations

import json
import os
import shutil
import signal
from dataclasses import replace

import pytest
from kept_cases import OFFICER, small_case, with_peil

from drieluik.case_folder import case_log
from drieluik.case_folder.away import copy_of, waiting
from drieluik.case_folder.case_log import Who
from drieluik.case_folder.folder import CaseFolder
from drieluik.case_folder.lock import LOCK, Holder, holder_of
from drieluik.case_folder.merging import Conflict, merged
from drieluik.case_folder.open_case import OpenCase
from drieluik.data_sources.services.cache import Cache
from drieluik.data_sources.services.endpoints import Endpoint
from drieluik.errors import CancelledError, OutputError, SourceError
from drieluik.model import DesignRequest
from drieluik.texts import sentence

OTHER = Who("A. Bakker", "beleidsmedewerker")


@pytest.fixture
def local(tmp_path):
    return tmp_path / "hier"


@pytest.fixture
def opened(tmp_path, local):
    made = OpenCase.begin(tmp_path / "share" / "Z1", "Z1", "Aanbouw", OFFICER, local)
    made.save(small_case(tmp_path / "mail"), OFFICER)
    yield made
    made.close()


def codes(notes):
    return [note.code for note in notes]


def test_the_second_reads_only_and_is_told_by_whom_and_since_when(opened, local):
    second = OpenCase.open(opened.home.path, OTHER, local)
    (note,) = second.notes
    assert "J. de Vries, vergunningverlener" in sentence(note.code, note.as_dict()) and second.holder.since[:2] == "20"
    before = (opened.home.path / "case.yaml").read_bytes()
    with pytest.raises(OutputError, match=r"J\. de Vries"):
        second.save(with_peil(second.at.case, 2.0), OTHER)
    assert (opened.home.path / "case.yaml").read_bytes() == before
    opened.save(with_peil(opened.at.case, 1.0), OFFICER)  # the first works on
    opened.close()
    again = OpenCase.open(opened.home.path, OTHER, local)
    assert again.holder is None and again.notes == ()
    again.close()
    assert not (opened.home.path / LOCK).exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_lock_of_a_dead_process_is_told_and_taken_over_with_a_line(opened, local):
    opened.close()
    ready, told = os.pipe()
    child = os.fork()
    if not child:
        OpenCase.open(opened.home.path, OTHER, local)
        os.write(told, b"x")
        signal.pause()
    os.read(ready, 1)
    living = OpenCase.open(opened.home.path, OFFICER, local)
    assert living.holder.who == "A. Bakker, beleidsmedewerker" and not living.holder.dead and codes(living.notes) == ["keep_held"]
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    left = OpenCase.open(opened.home.path, OFFICER, local)
    assert left.holder.dead and codes(left.notes) == ["keep_held_dead"]  # whoever it was: nobody is taken over unasked
    again = OpenCase.open(opened.home.path, OFFICER, local, left.holder)
    assert again.holder is None and codes(again.notes) == ["keep_taken_over"]
    line = case_log.lines(opened.home.path)[-1]
    assert line["what"] == "lock_taken_over" and line["former"]["who"].startswith("A. Bakker")
    again.close()


def test_a_lock_of_another_machine_stays_until_the_officer_takes_it_over(opened, local):
    opened.close()
    path = opened.home.path / LOCK
    path.write_text(json.dumps({"who": "A. Bakker", "machine": "een andere computer", "since": "2026-11-29T08:00:00+00:00"}))
    held = OpenCase.open(opened.home.path, OFFICER, local)
    assert held.holder.machine == "een andere computer" and "29 november 2026, 09:00" in sentence("keep_held", held.notes[0].as_dict())
    taken = OpenCase.open(opened.home.path, OFFICER, local, held.holder, "A. is ziek")
    line = case_log.lines(opened.home.path)[-1]
    assert taken.holder is None and (line["what"], line["why"], line["former"]["machine"]) == ("lock_taken_over", "A. is ziek", "een andere computer")
    assert codes(taken.notes) == ["keep_taken_from"] and "een andere computer" in sentence("keep_taken_from", taken.notes[0].as_dict())
    taken.close()


def test_who_came_after_the_one_that_was_agreed_to_is_not_taken_over(opened, local):
    gone = Holder("A. Bakker", "een andere computer", "2026-11-29T08:00:00+00:00")
    second = OpenCase.open(opened.home.path, OTHER, local, gone, "A. is ziek")
    assert second.holder == holder_of(opened.home.path) and second.holder.who == OFFICER.words
    opened.save(with_peil(opened.at.case, 2.0), OFFICER)


def test_who_was_taken_over_writes_no_more_and_loses_nothing(opened, local, tmp_path):
    place = opened.home.path
    other = OpenCase.open(place, OTHER, tmp_path / "daar", holder_of(place), "Spoed")
    before = (place / "case.yaml").read_bytes()
    mine = with_peil(opened.at.case, 3.0)
    assert not opened.held
    kept, notes = opened.save(mine, OFFICER)
    assert codes(notes) == ["keep_waits"] and OTHER.words in sentence("keep_waits", notes[0].as_dict()) and opened.away
    assert (place / "case.yaml").read_bytes() == before and kept.answers["peil"]["nap_m"] == 3.0
    assert opened.save(with_peil(kept, 3.5), OFFICER)[1] == ()  # said once
    other.save(replace(other.at.case, answers={"molen": {"value": False, "reason": "Geen"}}), OTHER)
    other.close()
    kept, notes = opened.save(with_peil(opened.at.case, 4.0), OFFICER)
    assert codes(notes) == ["keep_merged"] and kept.answers["peil"]["nap_m"] == 4.0 and kept.answers["molen"]["value"] is False and opened.held
    opened.close()
    assert not (place / LOCK).exists()


def test_what_waits_here_of_a_case_that_another_has_is_told(opened, local, tmp_path):
    place = opened.home.path
    other = OpenCase.open(place, OTHER, tmp_path / "daar", holder_of(place), "Spoed")
    opened.save(with_peil(opened.at.case, 3.0), OFFICER)
    opened.close()
    again = OpenCase.open(place, OFFICER, local)
    assert codes(again.notes) == ["keep_held", "keep_waits"]
    taken = OpenCase.open(place, OFFICER, local, again.holder, "Weer terug")
    assert taken.at.case.answers["peil"]["nap_m"] == 3.0 and codes(taken.notes) == ["keep_taken_from", "keep_merged"]
    other.close()
    taken.close()


def test_a_share_that_let_go_of_our_lock_is_ours_again(opened, local):
    away = go(opened)
    opened.save(with_peil(opened.at.case, 1.8), OFFICER)
    opened.close()  # the folder is away: its lock stays there
    again = OpenCase.open(opened.home.path, OFFICER, local)
    away.rename(opened.home.path)
    assert (opened.home.path / LOCK).exists()
    kept, notes = again.save(with_peil(again.at.case, 1.9), OFFICER)
    assert codes(notes) == ["keep_merged"] and kept.answers["peil"]["nap_m"] == 1.9 and again.held
    again.close()


def go(opened):
    away = opened.home.path.with_name("los")
    opened.home.path.rename(away)
    return away


def test_a_folder_that_went_costs_nothing_and_comes_back(opened, local, tmp_path):
    away = go(opened)
    kept, notes = opened.save(with_peil(opened.at.case, 1.8), OFFICER)
    assert codes(notes) == ["keep_away"] and opened.away and kept.answers["peil"]["nap_m"] == 1.8
    (tmp_path / "nieuw.ifc").write_text("ISO nieuw")
    kept, notes = opened.save(replace(kept, designs=(DesignRequest((str(tmp_path / "nieuw.ifc"),), "A"),)), OFFICER)
    assert notes == () and opened.add_review(lambda stage: (stage / "review.json").write_text("{}"), OFFICER)[0].is_dir()
    away.rename(opened.home.path)
    kept, notes = opened.save(with_peil(kept, 1.9), OFFICER)
    assert codes(notes) == ["keep_merged"] and not opened.away and not copy_of(opened.home.path, local).exists()
    assert kept.folder == str(opened.home.path) and kept.designs[0].files == ("inputs/nieuw.ifc",) and kept.site.sources["bgt"] == ("inputs/bgt.geojson",)
    again = CaseFolder.open(opened.home.path, OFFICER)
    assert again.case == kept and len(again.reviews()) == 1 and case_log.breaks(again.path) == () and again.altered() == ()
    line = next(line for line in case_log.lines(again.path) if line["what"] == "merged")
    assert "Tekening 1.8" in [one["why"] for one in line["lines"]] and line["conflicts"] == []


def test_what_waits_on_this_computer_is_known(opened, local, caplog):
    assert waiting(local) == ()
    opened.keep_apart(with_peil(opened.at.case, 1.8), OFFICER, "Z1", "Aanbouw")
    (local / "anders").mkdir()
    (local / "anders" / "away.json").write_text("[")
    assert waiting(local) == (opened.home.path,) and "anders" in caplog.text
    opened.close()
    again = OpenCase.open(opened.home.path, OFFICER, local)
    assert codes(again.notes) == ["keep_merged"] and again.at.case.answers["peil"]["nap_m"] == 1.8 and waiting(local) == ()
    again.close()


@pytest.mark.parametrize(("file", "change", "code"), [
    ("inputs/huis.ifc", "ander huis", "keep_inputs_altered"),
    ("inputs/huis.ifc", None, "keep_inputs_altered"),
    ("inputs/bag.dbf", None, "keep_inputs_altered"),  # read together with the one that the case names
    ("reviews/1/review.json", "{ }", "keep_reviews_altered"),
    ("inputs/oud.ifc", "anders", "keep_reviews_altered"),  # of an earlier version of the design
])
def test_files_that_are_not_as_they_were_received_or_written_are_told(opened, tmp_path, file, change, code):
    (tmp_path / "oud.ifc").write_text("ISO oud")
    now = opened.at.case
    opened.save(replace(now, designs=(DesignRequest((str(tmp_path / "oud.ifc"),), "A"),)), OFFICER)
    opened.save(now, OFFICER)
    opened.add_review(lambda stage: (stage / "review.json").write_text("{}"), OFFICER)
    assert opened.altered() == ()
    path = opened.home.path / file
    path.unlink()
    if change is not None:
        path.write_text(change)
    (note,) = opened.altered()
    told = sentence(note.code, note.as_dict())
    assert note.code == code and file in told and "1 bestand" in told


def test_looking_at_files_can_be_stopped_and_a_folder_that_went_says_nothing_of_them(opened):
    def stop():
        raise CancelledError

    with pytest.raises(CancelledError):
        opened.altered(stop)
    go(opened)
    with pytest.raises(OutputError, match="niet worden nagekeken"):  # "not read" is not "gone"
        opened.altered()


def answer_of_a_service(tmp_path, text):
    def fill(folder):
        (folder / "a.json").write_text(text)
        return [folder / "a.json"], ()

    endpoint = Endpoint("bgt", "BGT", "https://a.example")
    return endpoint, Cache(tmp_path / "gedeeld").store(endpoint, (0.0, 0.0, 100.0, 100.0), fill)


def surroundings(place):
    return [path.read_text() for path in (place / "surroundings").glob("*/*/a.json")]


def test_surroundings_that_were_loaded_while_the_folder_was_away_come_back_with_it(opened, local, tmp_path):
    place = opened.home.path
    taken = [answer_of_a_service(tmp_path, "first")]
    assert opened.take_surroundings(taken, OFFICER) == () and surroundings(place) == ["first"] and taken == []
    away = go(opened)
    taken = [answer_of_a_service(tmp_path, "later")]
    assert codes(opened.take_surroundings(taken, OFFICER)) == ["keep_away"] and taken == [] and opened.away and not place.exists()
    assert surroundings(copy_of(place, local)) == ["later"]
    away.rename(place)
    assert codes(opened.save(with_peil(opened.at.case, 1.9), OFFICER)[1]) == ["keep_merged"] and surroundings(place) == ["later"]


def test_surroundings_go_nowhere_where_another_took_the_case_over(opened, local, tmp_path):
    place = opened.home.path
    other = OpenCase.open(place, OTHER, tmp_path / "daar", holder_of(place), "Spoed")
    opened.take_surroundings([answer_of_a_service(tmp_path, "mine")], OFFICER)
    assert surroundings(place) == [] and surroundings(copy_of(place, local)) == ["mine"]
    other.close()


def test_what_of_the_surroundings_the_disk_refused_is_kept_later(opened, tmp_path, monkeypatch):
    taken, real = [answer_of_a_service(tmp_path, "x")], shutil.copytree

    def full(*_, **__):
        raise OSError(28, "full")

    monkeypatch.setattr(shutil, "copytree", full)
    with pytest.raises(SourceError):
        opened.take_surroundings(taken, OFFICER)
    monkeypatch.setattr(shutil, "copytree", real)
    opened.take_surroundings(taken, OFFICER)
    assert surroundings(opened.home.path) == ["x"]


def test_what_both_changed_is_told_and_what_stood_in_the_folder_holds(opened, local, tmp_path):
    opened.save(with_peil(opened.at.case, 1.0), OFFICER)
    away = go(opened)
    mine = with_peil(opened.at.case, 1.8)
    opened.save(replace(mine, answers={**mine.answers, "hoek": {"value": True, "reason": "Kaart"}}), OFFICER)
    opened._lock.let_go()
    elsewhere = OpenCase.open(away, OTHER, tmp_path / "daar", holder_of(away))
    theirs = with_peil(elsewhere.at.case, 2.2)
    elsewhere.save(replace(theirs, answers={**theirs.answers, "molen": {"value": False, "reason": "Geen"}}), OTHER)
    elsewhere.close()
    away.rename(opened.home.path)
    _, notes = opened.save(opened.at.case, OFFICER)
    told = sentence(notes[0].code, notes[0].as_dict())
    assert "2 waarden" in told and "answers.peil.nap_m" in told
    found = CaseFolder.open(opened.home.path, OFFICER).case.answers
    assert found["peil"]["nap_m"] == 2.2 and found["hoek"]["value"] is True and found["molen"]["value"] is False
    line = next(line for line in case_log.lines(opened.home.path) if line["what"] == "merged")
    assert {"where": "answers.peil.nap_m", "mine": 1.8, "theirs": 2.2} in line["conflicts"]


def test_a_crash_while_the_folder_is_away_loses_nothing(opened, local):
    away = go(opened)
    opened.save(with_peil(opened.at.case, 1.8), OFFICER)
    opened.close()  # QGIS ends here
    again = OpenCase.open(opened.home.path, OFFICER, local)
    assert again.away and again.at.case.answers["peil"]["nap_m"] == 1.8 and codes(again.notes) == ["keep_away"]
    away.rename(opened.home.path)
    third = OpenCase.open(opened.home.path, OFFICER, local)
    assert not third.away and third.at.case.answers["peil"]["nap_m"] == 1.8 and "keep_merged" in codes(third.notes)
    third.close()


def test_a_full_disk_is_not_a_folder_that_went(opened, monkeypatch):
    from drieluik.case_folder import disk

    def full(*_):
        raise OSError(28, "full")

    monkeypatch.setattr(disk, "write_flushed", full)
    with pytest.raises(OutputError, match="geen ruimte"):
        opened.save(with_peil(opened.at.case, 4.0), OFFICER)
    assert not opened.away


@pytest.mark.parametrize(("base", "mine", "theirs", "whole", "conflicts"), [
    ({"a": 1}, {"a": 2}, {"a": 1}, {"a": 2}, ()),
    ({"a": 1}, {"a": 1}, {}, {}, ()),
    ({"a": 1}, {"a": 2}, {}, {}, (Conflict("a", 2, None),)),
    ({}, {"a": {"x": 1}}, {"a": {"y": 2}}, {"a": {"y": 2, "x": 1}}, ()),
    ({"a": [1, 2]}, {"a": [1, 3]}, {"a": [4, 2]}, {"a": [4, 3]}, ()),
    ({"a": [1]}, {"a": [1, 2]}, {"a": [1, 3]}, {"a": [1, 3]}, (Conflict("a", [1, 2], [1, 3]),)),
    ({"history": [1]}, {"history": [1, 2]}, {"history": [1, 3]}, {"history": [1, 3, 2]}, ()),
])
def test_two_continuations_come_together(base, mine, theirs, whole, conflicts):
    assert merged(base, mine, theirs) == (whole, conflicts)


def test_a_copy_of_a_case_is_nobodys(opened, tmp_path):
    copy = opened.home.copy_to(tmp_path / "Z2", OTHER, "Z2", "")
    assert not (copy.path / LOCK).exists()
    shutil.rmtree(copy.path)
