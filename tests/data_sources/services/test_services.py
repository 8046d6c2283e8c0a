"""The whole load of a plot through the replay server: the same site as from files, and every misbehaviour named."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest
import shapely
from replay.misbehaviour import LIST, TEMPORARY
from replay.scene import Scene
from replay.server import Replay

from drieluik.data_sources.live import SERVICES, Live
from drieluik.data_sources.services.adapters import ahn_service as ahn
from drieluik.data_sources.services.cache import Cache
from drieluik.data_sources.services.endpoints import Endpoints
from drieluik.data_sources.services.http_transport import HttpTransport
from drieluik.data_sources.services.transport import Policy
from drieluik.data_sources.site_loading import load_site, reload_layer
from drieluik.errors import CancelledError, SourceError
from drieluik.model import LayerState, SiteRequest
from drieluik.texts import sentence
from scenes import ROOT

CENTRE = (187030.3, 440992.1)
POLICY = Policy(timeout_s=0.6, backoff_s=0.02, pages=20, answer_bytes=2_000_000)
DATA = ROOT / "demo" / "data"
FILES = {
    "plans": ("plan.gml",), "bag": ("bag_pand.geojson", "bag_verblijfsobject.geojson"), "parcels": ("brk_perceel.geojson",),
    "bgt": tuple(path.name for path in sorted(DATA.glob("bgt_*.geojson"))), "terrain": ("ahn_dtm_05m.tif",), "points": (),
    "buildings3d": ("buildings.city.jsonl",),
}


@pytest.fixture(scope="module")
def replay():
    with Replay(Scene(DATA)) as server:
        yield server


@pytest.fixture(autouse=True)
def behaving(replay):
    replay.behave()


@pytest.fixture(scope="module")
def transport():
    with HttpTransport() as opened:
        yield opened


@pytest.fixture
def live(replay, transport, tmp_path):
    """The services at their first door; other doors are opened by the tests that want them."""
    off = dict.fromkeys(("bag_ogc", "brk_wfs", "bgt_download", "ihr", "dso", "dso_geometry"), "none")
    return Live(transport, Endpoints().with_overrides({**replay.endpoints, **off}), Cache(tmp_path / "kept"), replace(POLICY, timeout_s=20.0))


def request(*keys, radius=150.0, **sources):
    """A request in which only ``keys`` are asked of the services."""
    none = {key: () for key in FILES if key not in keys}
    return SiteRequest(CENTRE, radius, {**none, **sources})


@pytest.fixture(scope="module")
def from_files():
    return load_site(SiteRequest(CENTRE, 150.0, FILES), str(DATA))


def same(ours, theirs, ids=True):
    """Whether two layers hold the same objects with the same geometry (0.5 mm)."""
    left, right = ({one.fid: one for one in layer} for layer in (ours, theirs))
    assert len(ours) == len(theirs) == len(left)
    assert set(left) == set(right)
    for fid, one in left.items():
        assert shapely.equals_exact(one.geometry.normalize(), right[fid].geometry.normalize(), 0.0005), fid
        assert replace(one, geometry=None) == replace(right[fid], geometry=None)


def same_site(site, expected):
    same(site.topography, expected.topography)
    same(site.registered_buildings, expected.registered_buildings)
    same(site.addresses, expected.addresses)
    same(site.parcels, expected.parcels)
    same(site.trees, expected.trees)
    mine, wanted = ({b.fid: b for b in s.buildings3d} for s in (site, expected))
    assert set(mine) == set(wanted) and len(mine) > 50
    for fid, building in mine.items():
        np.testing.assert_allclose(building.triangles, wanted[fid].triangles, atol=1e-6)
        assert (building.semantics == wanted[fid].semantics).all()
        assert (building.lod, building.ground_nap, building.roof_nap) == (wanted[fid].lod, wanted[fid].ground_nap, wanted[fid].roof_nap)
    x, y = np.meshgrid(np.arange(186881.0, 187180.0, 3.0), np.arange(440843.0, 441141.0, 3.0))
    np.testing.assert_array_equal(site.terrain.sample(x.ravel(), y.ravel()), expected.terrain.sample(x.ravel(), y.ravel()))
    assert np.isfinite(site.terrain.heights).sum() == np.isfinite(expected.terrain.heights).sum()


def codes(site, key):
    return [note.code for record in site.provenance_of(key) for note in record.notes]


def test_the_whole_plot_is_the_same_as_from_files(live, replay, from_files):
    site = load_site(request("bag", "parcels", "bgt", "terrain", "buildings3d", "plans"), str(DATA), None, live)
    for key in ("bag", "parcels", "bgt", "terrain", "buildings3d"):
        assert site.state(key) is LayerState.LOADED, codes(site, key)
        record = site.provenance_of(key)[0]
        assert record.count == from_files.provenance_of(key)[0].count
        assert record.location.startswith(replay.base) and len(record.sha256) == 64 and record.retrieved
    same_site(site, from_files)


@pytest.mark.parametrize(("off", "key"), [("bag_wfs", "bag"), ("brk_ogc", "parcels")])
def test_the_other_door_gives_the_same(replay, live, from_files, off, key):
    live = replace(live, endpoints=Endpoints().with_overrides({**replay.endpoints, off: "none"}))
    site = load_site(request(key), str(DATA), None, live)
    assert site.state(key) is LayerState.LOADED, codes(site, key)
    if key == "bag":
        same(site.registered_buildings, from_files.registered_buildings)
        same(site.addresses, from_files.addresses)
    else:
        same(site.parcels, from_files.parcels)


def test_a_failing_door_leads_to_the_other_and_says_so(replay, live, from_files):
    live = replace(live, endpoints=Endpoints().with_overrides(replay.endpoints))
    replay.misbehave("html_with_200", "bag_wfs")
    site = load_site(request("bag"), str(DATA), None, live)
    assert site.state("bag") is LayerState.LOADED
    assert codes(site, "bag")[:2] == ["service_html", "service_other_door"]
    same(site.addresses, from_files.addresses)


@pytest.mark.parametrize("wrong", LIST, ids=lambda one: one.name)
def test_every_misbehaviour_has_its_sentence(live, replay, wrong):
    only = {key: url if key == wrong.service else "none" for key, url in replay.endpoints.items()}
    live = replace(live, endpoints=Endpoints().with_overrides(only), policy=POLICY)
    replay.misbehave(wrong.name, wrong.service)
    began = time.monotonic()
    site = load_site(request(wrong.layer, "points", parcels=("brk_perceel.geojson",)) if wrong.layer != "parcels" else request("parcels"), str(DATA), None, live)
    assert time.monotonic() - began < 8.0
    assert wrong.code in codes(site, wrong.layer)
    assert site.provenance_of(wrong.layer)[0].state.value == wrong.state
    for note in (note for record in site.provenance for note in record.notes):
        words = sentence(note.code, note.as_dict())
        assert note.code not in words and "?" not in words and words.endswith(".")
    if wrong.layer != "parcels":
        assert site.state("parcels") is LayerState.LOADED
    assert not list(live.cache.root.glob("*/.making-*"))
    if wrong.state == "failed":
        assert not list(live.cache.root.glob("*/*/entry.json"))


def test_there_are_thirty_and_each_code_has_a_sentence_of_its_own():
    assert len({one.name for one in LIST}) >= 30
    distinct = {one.code for one in LIST}
    assert len(distinct) >= 30
    assert len({sentence(code) for code in distinct}) == len(distinct)


@pytest.mark.parametrize("name", TEMPORARY)
def test_what_passes_is_tried_again(live, replay, from_files, name):
    replay.misbehave(name, "brk_ogc", times=2)
    site = load_site(request("parcels"), str(DATA), None, live)
    assert site.state("parcels") is LayerState.LOADED
    same(site.parcels, from_files.parcels)


def test_a_failed_layer_is_retried_alone(live, replay, from_files):
    asked = request("bag", "parcels", "bgt")
    replay.misbehave("maintenance", "brk_ogc")
    site = load_site(asked, str(DATA), None, live)
    assert [site.state(key) for key in ("bag", "parcels", "bgt")] == [LayerState.LOADED, LayerState.FAILED, LayerState.LOADED]
    replay.behave()
    before = len(replay.asked)
    again = reload_layer(site, "parcels", asked, str(DATA), None, live)
    same(again.parcels, from_files.parcels)
    assert again.topography is site.topography
    assert [record.layer for record in again.provenance] == [record.layer for record in site.provenance]
    assert all("perceel" in url for url in replay.asked[before:])


def test_the_cache_answers_offline_and_a_larger_box_serves_a_smaller(live, replay, from_files):
    keys = ("bag", "parcels", "bgt", "terrain", "buildings3d")
    load_site(request(*keys, radius=160.0), str(DATA), None, live)
    asked = len(replay.asked)
    site = load_site(request(*keys), str(DATA), None, replace(live, transport=None, offline=True))
    assert len(replay.asked) == asked
    same_site(site, from_files)
    note = next(note for note in site.provenance_of("bgt")[0].notes if note.code == "service_from_cache")
    assert "uit de cache van" in sentence(note.code, note.as_dict())
    assert site.provenance_of("bgt")[0].retrieved
    outside = load_site(request("parcels", radius=400.0), str(DATA), None, replace(live, transport=None, offline=True))
    assert codes(outside, "parcels") == ["service_not_kept"]
    assert outside.state("parcels") is LayerState.FAILED


def test_a_fresh_answer_is_not_asked_again_and_an_old_one_is(live, replay, monkeypatch):
    load_site(request("parcels"), str(DATA), None, live)
    asked = len(replay.asked)
    assert codes(load_site(request("parcels"), str(DATA), None, live), "parcels") == ["service_from_cache"]
    assert len(replay.asked) == asked
    load_site(request("parcels"), str(DATA), None, replace(live, refresh=True))
    assert len(replay.asked) > asked
    monkeypatch.setattr("drieluik.data_sources.services.cache.Entry.age_days", lambda entry: 40.0)
    offline = load_site(request("parcels"), str(DATA), None, replace(live, offline=True))
    assert codes(offline, "parcels") == ["service_from_cache", "service_cache_old"]
    replay.misbehave("forbidden", "brk_ogc")
    failed = load_site(request("parcels"), str(DATA), None, live)
    assert codes(failed, "parcels") == ["service_forbidden", "service_older_is_kept"]


def test_a_damaged_cache_entry_is_left_out(live, replay):
    load_site(request("parcels"), str(DATA), None, live)
    (entry,) = live.cache.root.glob("*/*/entry.json")
    entry.write_text("{", encoding="utf-8")
    assert codes(load_site(request("parcels"), str(DATA), None, replace(live, offline=True)), "parcels") == ["service_not_kept"]
    assert load_site(request("parcels"), str(DATA), None, live).state("parcels") is LayerState.LOADED


def test_cancelling_stops_at_once(live, replay):
    replay.misbehave("no_answer", "brk_ogc")

    def progress(fraction, code):
        if time.monotonic() - began > 0.3:
            raise CancelledError

    began = time.monotonic()
    with pytest.raises(CancelledError):
        load_site(request("parcels"), str(DATA), progress, replace(live, policy=replace(POLICY, timeout_s=1.5)))
    assert time.monotonic() - began < 3.0
    assert not list(live.cache.root.glob("*/.making-*"))


def test_nobody_listens(live):
    nowhere = Endpoints().with_overrides(dict.fromkeys(("brk_ogc", "brk_wfs"), "http://127.0.0.1:9/x"))
    site = load_site(request("parcels"), str(DATA), None, replace(live, endpoints=nowhere))
    assert codes(site, "parcels") == ["service_unreachable"] * 2


def test_a_retired_address_names_the_service(live):
    old = Endpoints().with_overrides({"brk_ogc": "https://geodata.nationaalgeoregister.nl/kadastralekaart/wfs/v4_0", "brk_wfs": "none"})
    note = load_site(request("parcels"), str(DATA), None, replace(live, endpoints=old)).provenance_of("parcels")[0].notes[0]
    assert note.code == "service_retired_host"
    assert "BRK Kadastrale kaart" in sentence(note.code, note.as_dict())


def test_layers_arrive_one_by_one(live):
    seen = []
    load_site(request("bag", "parcels"), str(DATA), None, live, lambda key, records: seen.append((key, records[0].state)))
    assert dict(seen)["parcels"] is LayerState.LOADED and len(seen) == 7


def test_every_layer_has_a_service_but_the_point_cloud(live):
    site = load_site(request("points"), str(DATA), None, live)
    assert codes(site, "points") == ["sources_only_from_file"]
    assert set(FILES) - set(SERVICES) == {"points"}


def test_the_surface_comes_with_the_terrain_and_its_failure_does_not_lose_it(replay, live, monkeypatch):
    site = load_site(request("terrain"), str(DATA), None, live)
    assert site.surface.heights.shape == site.terrain.heights.shape
    whole = ahn.fetch_heights

    def without_dsm(client, endpoint, box, folder, coverage=ahn.DTM):
        if coverage == ahn.DSM:
            raise SourceError("service_html", service=endpoint.name)
        return whole(client, endpoint, box, folder, coverage)

    monkeypatch.setattr(ahn, "fetch_heights", without_dsm)
    site = load_site(request("terrain"), str(DATA), None, replace(live, refresh=True))
    assert site.state("terrain") is LayerState.LOADED and site.surface is None
    assert "service_no_surface" in codes(site, "terrain")
