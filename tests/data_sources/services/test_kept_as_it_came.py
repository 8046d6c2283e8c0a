"""An answer that is kept is used as it came: one whose files were changed, or that came in the future, is asked for again."""

from __future__ import annotations

import datetime
import json

import pytest

from drieluik.data_sources.services.cache import ENTRY, Cache
from drieluik.data_sources.services.case_cache import CaseCache
from drieluik.data_sources.services.endpoints import Endpoint

BOX = (0.0, 0.0, 100.0, 100.0)
ENDPOINT = Endpoint("ahn_wcs", "AHN", "https://a.example")


def kept(cache, text="as it came"):
    def fill(folder):
        (folder / "a.tif").write_text(text)
        return [folder / "a.tif"], ()

    return cache.store(ENDPOINT, BOX, fill)


def changed(entry, **words):
    path = entry.folder / ENTRY
    path.write_text(json.dumps({**json.loads(path.read_text()), **words}))


def test_files_that_were_changed_are_not_used(tmp_path):
    cache = Cache(tmp_path)
    entry = kept(cache)
    assert cache.find(ENDPOINT, BOX) == entry and len(entry.sha256) == 64
    entry.paths[0].write_text("changed by hand")
    assert cache.find(ENDPOINT, BOX) is None


def test_of_a_case_too(tmp_path):
    case, entry = CaseCache(tmp_path / "case"), kept(Cache(tmp_path / "shared"))
    case.take(ENDPOINT, entry)
    found = case.find(ENDPOINT, BOX)
    assert found is not None and found.sha256 == entry.sha256
    found.paths[0].write_text("changed by hand")
    assert case.find(ENDPOINT, BOX) is None


@pytest.mark.parametrize("said", ["2099-01-01T00:00:00+00:00", "9999-12-31T23:59:59+00:00", "2026-01-01T00:00:00", "x", 7, None])
def test_an_answer_of_no_day_that_was_is_none(tmp_path, said):
    cache = Cache(tmp_path)
    changed(kept(cache), retrieved=said)
    assert cache.find(ENDPOINT, BOX) is None


def test_a_clock_that_goes_a_little_ahead_and_an_entry_of_before_hashes_count(tmp_path):
    cache = Cache(tmp_path)
    soon = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=10)
    changed(kept(cache), retrieved=soon.isoformat(), sha256="")
    assert cache.find(ENDPOINT, BOX) is not None


@pytest.mark.parametrize("words", [{"files": ["../../../etc/passwd"]}, {"files": 7}, {"box": [0, 0, "x", 1]}, {"box": [1]}, {"notes": [["a"]]}, {"notes": [["a", 7]]}])
def test_an_entry_that_was_written_by_hand_reads_nothing_else(tmp_path, words):
    cache = Cache(tmp_path)
    changed(kept(cache), **words)
    assert cache.find(ENDPOINT, BOX) is None
