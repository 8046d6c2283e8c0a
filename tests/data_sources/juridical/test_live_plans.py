"""Plans through the replay server: each door gives plan objects, their plans, and a proposal."""

from __future__ import annotations

from collections import Counter

import pytest
import shapely
from replay.scene import Scene
from replay.server import Replay

from drieluik.data_sources.live import Live
from drieluik.data_sources.services.cache import Cache
from drieluik.data_sources.services.endpoints import Endpoints
from drieluik.data_sources.services.http_transport import HttpTransport
from drieluik.data_sources.services.transport import Policy
from drieluik.data_sources.site_loading import load_site
from drieluik.model import LayerState, SiteRequest
from scenes import ROOT

DATA = ROOT / "demo" / "data"
CENTRE = (187030.3, 440992.1)
NONE = dict.fromkeys(("bag", "parcels", "bgt", "terrain", "points", "buildings3d"), ())
DOORS = ("ihr", "plan_wms", "dso", "dso_geometry")


@pytest.fixture(scope="module")
def replay():
    with Replay(Scene(DATA)) as server:
        yield server


@pytest.fixture
def load(replay, tmp_path, monkeypatch):
    """Load the plans of the demo's place through some doors only."""
    monkeypatch.setenv("DRIELUIK_IHR_KEY", "ihr-test")
    monkeypatch.setenv("DRIELUIK_DSO_KEY", "dso-test")

    def through(*doors):
        table = Endpoints().with_overrides({key: replay.endpoints[key] if key in doors else "none" for key in DOORS})
        with HttpTransport() as transport:
            return load_site(SiteRequest(CENTRE, 60.0, NONE), str(DATA), None, Live(transport, table, Cache(tmp_path), Policy(timeout_s=20.0)))

    return through


@pytest.fixture(scope="module")
def from_file():
    return load_site(SiteRequest(CENTRE, 60.0, {**NONE, "plans": ("plan.gml",)}), str(DATA))


def test_the_map_service_gives_what_the_file_gives(load, from_file):
    site = load("plan_wms")
    assert site.state("plans") is LayerState.LOADED, site.provenance
    mine, theirs = ({area.fid: area for area in one.plans} for one in (site, from_file))
    assert set(mine) == set(theirs)
    for fid, area in mine.items():
        other = theirs[fid]
        assert shapely.equals_exact(area.geometry.normalize(), other.geometry.normalize(), 0.0005), fid
        for word in ("kind", "name", "values", "plan_id", "plan_status", "date", "belongs_to", "group"):
            assert getattr(area, word) == getattr(other, word), (fid, word)
    (plan,), (same,) = site.plan_documents, from_file.plan_documents
    assert (plan.id, plan.name, plan.kind, plan.status, plan.date, plan.proposed) == (same.id, same.name, same.kind, same.status, same.date, True)
    assert plan.dossier_status == "geheel onherroepelijk in werking"


def test_the_plan_service_with_a_key(load, from_file):
    site = load("ihr")
    assert site.state("plans") is LayerState.LOADED, site.provenance
    assert Counter(a.kind for a in site.plans) == Counter(a.kind for a in from_file.plans if a.kind in ("enkelbestemming", "bouwvlak", "maatvoering"))
    assert [(plan.status, plan.proposed) for plan in site.plan_documents] == [("vastgesteld", True)]


def test_old_and_new_part_side_by_side(load):
    site = load("plan_wms", "dso", "dso_geometry")
    assert {record.state for record in site.provenance_of("plans")} == {LayerState.LOADED}
    assert [(plan.kind, plan.proposed, plan.order) for plan in site.plan_documents] == [("omgevingsplan", True, 1), ("bestemmingsplan", True, 2)]
    (norm,) = (area for area in site.areas("maatvoering") if area.kind == "omgevingsnorm")
    assert [(v.name, v.qualifier, v.value, v.unit) for v in norm.values] == [("bouwhoogte", "maximum", 9.0, "m")]
    assert (norm.article, norm.quote) == ("5.3", "Niet hoger dan 9 m.")
    missing = next(note for record in site.provenance_of("plans") for note in record.notes if note.code == "plans_texts_missing")
    assert missing.as_dict()["count"] == 1


def test_objects_that_do_not_say_what_they_are_are_known_by_their_attributes(load, replay, monkeypatch):
    """MapServer's template may give features without a type in their id: attributes tell most, the rest are objects of an unknown kind."""
    plain = replay._plan_wms

    def without_ids(path, query, body, headers):
        reply = plain(path, query, body, headers)
        reply.body["features"] = [{key: value for key, value in one.items() if key != "id"} for one in reply.body["features"]]
        return reply

    monkeypatch.setattr(replay, "_plan_wms", without_ids)
    site = load("plan_wms")
    kinds = Counter(area.kind for area in site.plans)
    assert kinds["enkelbestemming"] and kinds["maatvoering"] and kinds["bouwvlak"]
    assert kinds["onbekend soort"] and all(area.plan_id for area in site.plans if area.kind == "onbekend soort")
    assert "plans_features_unknown" not in [note.code for note in site.provenance_of("plans")[0].notes]


@pytest.fixture
def on(replay, tmp_path, monkeypatch):
    """Load the omgevingsplan, of which a version began on 2026-03-01 that allows 2 m more, for an application of a day."""
    monkeypatch.setenv("DRIELUIK_DSO_KEY", "dso-test")
    monkeypatch.setattr(replay, "versions", {"2024-01-01": 1, "2026-03-01": 2})
    table = Endpoints().with_overrides({key: replay.endpoints[key] if key.startswith("dso") else "none" for key in DOORS})

    def dated(day):
        replay.asked.clear()
        with HttpTransport() as transport:
            return load_site(SiteRequest(CENTRE, 60.0, NONE, on=day), str(DATA), None, Live(transport, table, Cache(tmp_path), Policy(timeout_s=20.0)))

    return dated


def heights(site):
    return sorted(value.value for area in site.plans if area.kind == "omgevingsnorm" for value in area.values)


def test_the_law_of_the_day_of_the_application_is_asked_and_that_of_today(on, replay):
    assert heights(on("2025-06-01")) == [7.0, 9.0]
    assert {plan.version for plan in on("2025-06-01").plan_documents} == {"1", "2"}
    assert heights(on("")) == [9.0]


def test_a_version_that_held_then_and_holds_today_is_loaded_once(on):
    assert heights(on("2026-04-01")) == [9.0]


def test_what_is_kept_of_one_day_answers_no_other(on, replay):
    on("2025-06-01")
    on("2025-06-01")
    assert not [one for one in replay.asked if "_zoek" in one]
    on("2025-07-01")
    assert any("geldigOp=2025-07-01" in one and "inWerkingOp=2025-07-01" in one for one in replay.asked)
