"""What a case keeps of the services: found by service, plan and day, wherever the service stands; whole or not at all."""

from __future__ import annotations

import pytest

from drieluik.data_sources.services.cache import Cache
from drieluik.data_sources.services.case_cache import CaseCache, wherever
from drieluik.data_sources.services.endpoints import ENDPOINTS, Endpoint, Endpoints
from drieluik.errors import SourceError

BOX = (0.0, 0.0, 100.0, 100.0)


def entry(tmp_path, url, text="x"):
    def fill(folder):
        (folder / "a.json").write_text(text)
        return [folder / "a.json"], ()

    endpoint = Endpoint("dso", "DSO", url)
    return endpoint, Cache(tmp_path / "gedeeld").store(endpoint, BOX, fill)


def test_an_answer_is_found_wherever_its_service_stands(tmp_path):
    case = CaseCache(tmp_path / "surroundings")
    assert case.empty()
    case.take(*entry(tmp_path, "https://a.example/v1"))
    found = case.find(Endpoint("dso", "DSO", "https://b.example/v2"), BOX)
    assert found.paths[0].read_text() == "x" and found.paths[0].is_relative_to(tmp_path / "surroundings") and not case.empty()
    assert case.find(Endpoint("ihr", "IHR", "https://b.example/v2"), BOX) is None


@pytest.mark.parametrize("about", ["#2026-03-01", "/plannen/NL.IMRO.1/teksten", "/plannen/NL.IMRO.1/teksten#2026-03-01"])
def test_an_answer_for_another_day_or_of_another_plan_is_another(tmp_path, about):
    case = CaseCache(tmp_path / "surroundings")
    case.take(*entry(tmp_path, f"https://a.example/v1{about}"))
    assert case.find(Endpoint("dso", "DSO", f"https://b.example{about}"), BOX) is not None
    assert case.find(Endpoint("dso", "DSO", "https://b.example"), BOX) is None
    assert case.find(Endpoint("dso", "DSO", f"https://b.example{about.replace('1', '2')}"), BOX) is None


def test_a_newer_answer_of_the_same_place_takes_the_place_of_the_older(tmp_path):
    case = CaseCache(tmp_path / "surroundings")
    case.take(*entry(tmp_path, "https://a.example"))
    newer = entry(tmp_path, "https://a.example", "y")
    case.take(*newer)
    case.take(*newer)  # once more changes nothing
    assert [path.read_text() for path in case.root.glob("*/*/a.json")] == ["y"]


def test_one_that_a_younger_took_the_place_of_in_the_cache_stops_nothing(tmp_path):
    case, older = CaseCache(tmp_path / "surroundings"), entry(tmp_path, "https://a.example")
    younger = entry(tmp_path, "https://a.example", "y")
    case.take(*older)
    case.take(*younger)
    assert [path.read_text() for path in case.root.glob("*/*/a.json")] == ["y"]


@pytest.mark.parametrize("mine_first", [True, False])
def test_of_two_copies_of_a_case_each_answer_stays_and_of_one_box_the_younger(tmp_path, mine_first):
    home, apart = CaseCache(tmp_path / "surroundings"), CaseCache(tmp_path / "apart")
    (first, second) = (apart, home) if mine_first else (home, apart)
    first.take(*entry(tmp_path, "https://a.example", "old"))
    second.take(*entry(tmp_path, "https://a.example", "young"))
    apart.take(*entry(tmp_path, "https://a.example#2026-03-01", "of a day"))
    for _ in range(2):  # once more changes nothing
        home.take_all(apart)
    assert sorted(path.read_text() for path in home.root.glob("*/*/a.json")) == ["of a day", "young"]


def test_a_disk_that_refuses_leaves_nothing_half(tmp_path, monkeypatch):
    import shutil

    def full(*_, **__):
        raise OSError(28, "full")

    case, one = CaseCache(tmp_path / "surroundings"), entry(tmp_path, "https://a.example")
    monkeypatch.setattr(shutil, "copytree", full)
    with pytest.raises(SourceError):
        case.take(*one)
    assert case.empty() and not list(case.root.rglob(".making-*"))


def test_what_is_switched_off_here_is_still_what_was_loaded():
    off = Endpoints().with_overrides({endpoint.key: "none" for endpoint in ENDPOINTS})
    assert all(endpoint.url for endpoint in wherever(off).table.values())
