"""A case folder: everything in it, nothing lost, at any moment one whole state."""

from __future__ import annotations

import errno
import json
import os
import random
import signal
import time
from dataclasses import replace

import pytest
from kept_cases import OFFICER, small_case, with_peil

from drieluik.case_folder import case_log, disk, folder
from drieluik.case_folder.folder import CaseFolder, is_case_folder
from drieluik.data_sources.case import read_case
from drieluik.errors import CaseError, OutputError
from drieluik.model import DesignRequest
from drieluik.texts import sentence


@pytest.fixture
def kept(tmp_path):
    made = CaseFolder.begin(tmp_path / "Z1 Aanbouw", "Z1", "Aanbouw", OFFICER)
    made.save(small_case(tmp_path / "mail", hoek={"value": True, "reason": "Zie kaart"}), OFFICER)
    return made


def test_a_case_begins_with_a_number_and_a_title_alone(tmp_path):
    made = CaseFolder.begin(tmp_path / "z" / "Z7", "Z7", "Dakkapel: breed", OFFICER)
    again = CaseFolder.open(made.path, OFFICER)
    assert is_case_folder(made.path) and (again.number, again.title, again.case) == ("Z7", "Dakkapel: breed", None) and again.notes == ()
    with pytest.raises(OutputError, match="niet leeg"):
        CaseFolder.begin(made.path, "Z8", "", OFFICER)
    with pytest.raises(OutputError, match="andere zaak"):
        CaseFolder.begin(made.path / "inputs" / "Z8", "Z8", "", OFFICER)
    with pytest.raises(CaseError, match="geen zaak"):
        CaseFolder.open(tmp_path, OFFICER)


def test_what_is_saved_opens_again_with_all_its_files(kept, tmp_path):
    (tmp_path / "mail").rename(tmp_path / "weg")  # the applicant's folder is gone
    again = CaseFolder.open(kept.path, OFFICER)
    assert again.case == kept.case == replace(kept.case, folder=str(kept.path)) and again.notes == ()
    assert kept.case.designs[0].files == ("inputs/huis.ifc",) and kept.case.site.sources["bag"] == ("inputs/bag.shp",)
    assert {path.name for path in (kept.path / "inputs").iterdir()} == {"huis.ifc", "bgt.geojson", "bag.shp", "bag.dbf"}
    assert read_case(kept.path / "case.yaml") == kept.case  # readable by anything that reads cases
    (line,) = [line for line in case_log.lines(kept.path) if line.get("files")]
    assert {one["file"] for one in line["files"]} == {"inputs/huis.ifc", "inputs/bgt.geojson", "inputs/bag.shp", "inputs/bag.dbf"}
    assert all(one["origin"].startswith(str(tmp_path / "mail")) and len(one["sha256"]) == 64 for one in line["files"]) and kept.altered() == ()
    (kept.path / "inputs" / "bag.dbf").write_text("anders")
    assert kept.altered() == ("inputs/bag.dbf",)


def test_a_change_is_told_in_the_log_with_its_reason(kept):
    kept.save(with_peil(kept.case, 1.4), OFFICER)
    kept.save(with_peil(kept.case, 1.6), OFFICER)
    kept.save(kept.case, OFFICER)  # nothing changed: no line
    first, last = case_log.lines(kept.path)[-2:]
    assert first["why"] == "Tekening 1.4" and {k: first["changes"][1][k] for k in ("where", "from")} == {"where": "answers.peil", "from": None}
    assert {"where": "answers.peil.nap_m", "from": 1.4, "to": 1.6} in last["changes"] and last["why"] == "Tekening 1.6"


def test_another_file_of_the_same_name_never_replaces_the_first(kept, tmp_path):
    later = tmp_path / "tweede mail"
    later.mkdir()
    (later / "huis.ifc").write_text("ISO-10303-21; gewijzigd")
    kept.save(replace(kept.case, designs=(DesignRequest((str(later / "huis.ifc"),), "A"),)), OFFICER)
    assert kept.case.designs[0].files == ("inputs/2/huis.ifc",) and (kept.path / "inputs" / "huis.ifc").read_text() == "ISO-10303-21;"
    kept.save(replace(kept.case, designs=(DesignRequest((str(tmp_path / "mail" / "huis.ifc"),), "A"),)), OFFICER)
    assert kept.case.designs[0].files == ("inputs/huis.ifc",)  # the same file is the same file


def test_a_gltf_brings_the_parts_beside_it_and_nothing_else(kept, tmp_path):
    parts = tmp_path / "glb"
    parts.mkdir()
    (parts / "a b.bin").write_bytes(b"123")
    (tmp_path / "geheim.bin").write_bytes(b"x")
    (parts / "huis.gltf").write_text(json.dumps({"buffers": [{"uri": "a%20b.bin"}, {"uri": "../geheim.bin"}, {"uri": "data:,x"}]}))
    kept.save(replace(kept.case, designs=(DesignRequest((str(parts / "huis.gltf"),), "A"),)), OFFICER)
    names = {path.name for path in (kept.path / "inputs").rglob("*")}
    assert {"huis.gltf", "a b.bin"} <= names and "geheim.bin" not in names


def test_a_review_is_there_whole_or_not_at_all(kept):
    def writes(stage):
        (stage / "review.json").write_text("{}")
        (stage / "report.pdf").write_text("pdf")

    def breaks(stage):
        (stage / "review.json").write_text("{}")
        raise OSError(errno.ENOSPC, "full")

    assert kept.add_review(writes, OFFICER).name == "1"
    with pytest.raises(OutputError, match="geen ruimte"):
        kept.add_review(breaks, OFFICER)
    with pytest.raises(OutputError):
        kept.add_review(lambda stage: None, OFFICER)  # no record: no review
    assert kept.add_review(writes, OFFICER).name == "2"
    assert sorted(path.name for path in (kept.path / "reviews").iterdir()) == ["1", "2"]
    assert [line["review"] for line in case_log.lines(kept.path) if "review" in line] == [1, 2] and kept.altered() == ()


def test_a_copy_is_another_case_with_everything(kept, tmp_path):
    kept.add_review(lambda stage: (stage / "review.json").write_text("{}"), OFFICER)
    before = (kept.path / "case.yaml").read_bytes()
    copy = kept.copy_to(tmp_path / "Z2", OFFICER, "Z2", "Aanbouw, tweede")
    assert (copy.number, copy.title, copy.case.id) == ("Z2", "Aanbouw, tweede", "Z2") and len(copy.reviews()) == 1 and copy.altered() == ()
    assert (kept.path / "case.yaml").read_bytes() == before and case_log.breaks(copy.path) == ()
    assert any(line["what"] == "copied" and line["origin"] == str(kept.path) for line in case_log.lines(copy.path))


def test_a_hand_in_the_case_file_is_told_and_holds(kept):
    path = kept.path / "case.yaml"
    path.write_text(path.read_text().replace("Aanbouw", "Opbouw"))
    again = CaseFolder.open(kept.path, OFFICER)
    assert again.title == "Opbouw" and [note.code for note in again.notes] == ["keep_changed_elsewhere"]
    assert CaseFolder.open(kept.path, OFFICER).notes == ()  # told once, and in the log
    assert case_log.lines(kept.path)[-1]["what"] == "changed_elsewhere"


def test_a_broken_log_is_told_at_the_opening(kept):
    log = kept.path / case_log.NAME
    log.write_text(log.read_text().replace("vergunningverlener", "iemand anders", 1))
    (note,) = CaseFolder.open(kept.path, OFFICER).notes
    assert "regel 2 is veranderd" in sentence(note.code, note.as_dict())


class Fails:
    """Lets the n-th of all calls that touch the disk fail."""

    def __init__(self, monkeypatch, number, code):
        self.left, self.code = number, code
        for owner, name in ((disk, "write_flushed"), (disk, "flush_folder"), (case_log, "_write"), (folder.os, "replace"), (disk.os, "fsync"), (disk.os, "rename")):
            monkeypatch.setattr(owner, name, self.watched(getattr(owner, name)))

    def watched(self, real):
        def call(*args, **more):
            self.left -= 1
            if self.left == 0:
                raise OSError(self.code, "refused")
            return real(*args, **more)

        return call


WORKS = {
    "save": lambda kept, other, _: kept.save(other, OFFICER),
    "review": lambda kept, *_: kept.add_review(lambda stage: (stage / "review.json").write_text("{}"), OFFICER),
    "begin": lambda _, __, place: CaseFolder.begin(place, "N", "", OFFICER),
    "copy": lambda kept, _, place: kept.copy_to(place, OFFICER, "N", ""),
}


@pytest.mark.parametrize("work", WORKS)
def test_whichever_write_a_full_disk_refuses_the_old_state_stands(kept, tmp_path, monkeypatch, work):
    before, told = kept.case, []
    for number in range(1, 60):
        other = with_peil(replace(before, designs=(DesignRequest((str(tmp_path / "mail" / "bag.dbf"),), "A"),)), 1.0 + number)
        place = tmp_path / f"nieuw {number}"
        with monkeypatch.context() as patch:
            fails = Fails(patch, number, errno.ENOSPC)
            try:
                WORKS[work](kept, other, place)
            except OutputError as error:
                told.append(str(error))
        again = CaseFolder.open(kept.path, OFFICER)
        assert again.case in (before, replace(other, folder=str(kept.path), designs=again.case.designs)) and case_log.breaks(kept.path) == ()
        assert not list(kept.path.glob("**/.making-*")) and all((path / "review.json").is_file() for path in kept.reviews())
        assert not place.exists() or CaseFolder.open(place, OFFICER)
        if fails.left > 0:
            break
        assert kept.case == before
    assert len(told) > 5 and all("geen ruimte" in words for words in told)


MOMENTS = 36


def work_until_killed(path, files, told):
    """Save, take in files and write reviews without end; tell each change that is kept (a number) through a pipe."""
    kept = CaseFolder.open(path, OFFICER)
    start = int(kept.case.answers.get("peil", {}).get("nap_m", 0))
    for number in range(start + 1, start + 10_000):
        name = files / f"tekening {number % 7}.ifc"
        name.write_text(f"ISO {number}" * 2000)
        kept.save(with_peil(replace(kept.case, designs=(DesignRequest((str(name),), "A"),)), float(number)), OFFICER)
        os.write(told, f"{number}\n".encode())
        if number % 3 == 0:
            kept.add_review(lambda stage: [(stage / one).write_text("x" * 50_000) for one in ("report.html", "review.json")], OFFICER)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_killed_at_any_moment_nothing_is_lost(kept, tmp_path):
    """A process that works on a case is killed (SIGKILL) at many moments; each time the case opens whole, with all that was told as kept."""
    moments, files = random.Random(17), tmp_path / "mail"
    kept.save(with_peil(kept.case, 0.0), OFFICER)
    for _ in range(MOMENTS):
        read, told = os.pipe()
        child = os.fork()
        if not child:
            os.close(read)
            work_until_killed(kept.path, files, told)
            os._exit(1)
        os.close(told)
        time.sleep(moments.uniform(0.02, 0.25))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(read) as pipe:
            said = [int(line) for line in pipe.read().split()]
        again = CaseFolder.open(kept.path, OFFICER)
        assert not said or again.case.answers["peil"]["nap_m"] in (said[-1], said[-1] + 1)
        assert not {note.code for note in again.notes} - {"keep_mended"} and case_log.breaks(kept.path) == () and again.altered() == ()
        assert (kept.path / again.case.designs[0].files[0]).is_file()
        assert all({one.name for one in path.iterdir()} == {"report.html", "review.json"} for path in again.reviews())
        assert not list(kept.path.glob("**/.making-*"))
    assert again.case.answers["peil"]["nap_m"] > MOMENTS
