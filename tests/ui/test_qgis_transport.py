"""The same services through QGIS's network classes, headless: the same site, the same sentences."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import pytest
from replay.misbehaviour import LIST
from replay.scene import Scene
from replay.server import Replay

from drieluik.data_sources.live import Live
from drieluik.data_sources.services.cache import Cache
from drieluik.data_sources.services.endpoints import Endpoints
from drieluik.data_sources.services.transport import Policy
from drieluik.data_sources.site_loading import load_site
from drieluik.errors import CancelledError
from drieluik.model import LayerState, SiteRequest
from scenes import ROOT

DATA = ROOT / "demo" / "data"
CENTRE = (187030.3, 440992.1)
KEYS = ("bag", "parcels", "bgt", "terrain", "buildings3d")
NONE = dict.fromkeys((*KEYS, "plans", "points"), ())
POLICY = Policy(timeout_s=0.8, backoff_s=0.02, pages=20, answer_bytes=2_000_000)


@pytest.fixture(scope="module")
def replay():
    with Replay(Scene(DATA)) as server:
        yield server


@pytest.fixture
def live(qgis_app, replay, tmp_path):
    from drieluik.ui.work.qgis_transport import QgisTransport, keep_again, keep_nothing

    told = keep_nothing()
    replay.behave()
    off = dict.fromkeys(("bag_ogc", "brk_wfs", "bgt_download", "ihr", "dso", "dso_geometry"), "none")
    yield Live(QgisTransport(), Endpoints().with_overrides({**replay.endpoints, **off}), Cache(tmp_path / "kept"), replace(POLICY, timeout_s=20.0))
    keep_again(told)


def asked(*keys):
    return SiteRequest(CENTRE, 150.0, {key: paths for key, paths in NONE.items() if key not in keys})


def in_task(work):
    """Run work in a QgsTask, as the dock does, while the main thread serves events."""
    from qgis.core import QgsApplication, QgsTask
    from qgis.PyQt.QtCore import QCoreApplication

    found = []
    task = QgsTask.fromFunction("load", lambda task: found.append(work()))
    QgsApplication.taskManager().addTask(task)
    end = time.monotonic() + 60
    while task.status() not in (QgsTask.TaskStatus.Complete, QgsTask.TaskStatus.Terminated) and time.monotonic() < end:
        QCoreApplication.processEvents()
        time.sleep(0.01)
    return found[0]


def test_the_whole_plot_in_a_task(live):
    files = {
        "bag": ("bag_pand.geojson", "bag_verblijfsobject.geojson"), "parcels": ("brk_perceel.geojson",), "terrain": ("ahn_dtm_05m.tif",),
        "bgt": tuple(path.name for path in sorted(DATA.glob("bgt_*.geojson"))), "buildings3d": ("buildings.city.jsonl",), "plans": (), "points": (),
    }
    expected = load_site(SiteRequest(CENTRE, 150.0, files), str(DATA))
    site = in_task(lambda: load_site(asked(*KEYS), str(DATA), None, live))
    for key in KEYS:
        assert site.state(key) is LayerState.LOADED, [note.code for note in site.provenance_of(key)[0].notes]
        assert site.provenance_of(key)[0].count == expected.provenance_of(key)[0].count
    assert {p.fid: p.geometry.wkt for p in site.parcels} == {p.fid: p.geometry.wkt for p in expected.parcels}
    assert {t.fid: t.geometry.wkt for t in site.topography} == {t.fid: t.geometry.wkt for t in expected.topography}


LINE = (
    "no_answer", "slow_drip", "broken_off", "gzip_damaged", "too_large", "redirect_loop", "bad_request", "unauthorised",
    "forbidden", "not_found", "gone", "always_busy", "internal_error", "bad_gateway", "maintenance", "teapot", "nothing_in_it", "html_with_200",
    "json_cut", "latin_1",
)


@pytest.mark.parametrize("wrong", [one for one in LIST if one.name in LINE], ids=lambda one: one.name)
def test_what_goes_wrong_on_the_line_has_the_same_sentence(live, replay, wrong):
    replay.misbehave(wrong.name, wrong.service)
    began = time.monotonic()
    site = load_site(asked(wrong.layer), str(DATA), None, replace(live, policy=POLICY))
    assert time.monotonic() - began < 8.0
    assert wrong.code in [note.code for note in site.provenance_of(wrong.layer)[0].notes]


def cached_address(live):
    """Return the address of the first parcels question, and QGIS's own cache."""
    from qgis.core import QgsNetworkAccessManager
    from qgis.PyQt.QtCore import QUrl

    asked_at = []
    noting = Noting(live.transport, asked_at)
    load_site(asked("parcels"), str(DATA), None, replace(live, transport=noting))
    return QUrl.fromEncoded(asked_at[0].encode()), QgsNetworkAccessManager.instance().cache()


class Noting:
    """A transport that notes the address of each answer."""

    def __init__(self, transport, addresses):
        self.transport, self.addresses = transport, addresses

    def request(self, *words):
        answer = self.transport.request(*words)
        self.addresses.append(answer.url)
        return answer


def test_qgis_keeps_no_answer_of_ours(live):
    url, cache = cached_address(live)
    assert not cache.metaData(url).isValid()


def test_what_another_plugin_asked_before_is_no_answer(live, replay, tmp_path):
    from qgis.PyQt.QtCore import QDateTime
    from qgis.PyQt.QtNetwork import QNetworkCacheMetaData, QNetworkRequest

    url, cache = cached_address(live)
    kept = QNetworkCacheMetaData()
    kept.setUrl(url)
    kept.setSaveToDisk(True)
    kept.setExpirationDate(QDateTime.currentDateTime().addDays(1))
    kept.setRawHeaders([(b"Content-Type", b"application/json")])
    kept.setAttributes({QNetworkRequest.Attribute.HttpStatusCodeAttribute: 200})
    device = cache.prepare(kept)
    device.write(b'{"type": "FeatureCollection", "features": []}')
    cache.insert(device)
    assert cache.metaData(url).isValid()
    replay.misbehave("bad_gateway", "brk_ogc")
    site = load_site(asked("parcels"), str(DATA), None, replace(live, policy=POLICY, cache=Cache(tmp_path / "other")))
    cache.remove(url)
    assert site.state("parcels") is LayerState.FAILED
    assert "service_failing" in [note.code for note in site.provenance_of("parcels")[0].notes]


def test_cancelling_ends_the_question(live, replay):
    replay.misbehave("no_answer", "brk_ogc")
    stop = threading.Event()

    def progress(fraction, code):
        if stop.is_set():
            raise CancelledError

    threading.Timer(0.3, stop.set).start()
    began = time.monotonic()
    with pytest.raises(CancelledError):
        load_site(asked("parcels"), str(DATA), progress, live)
    assert time.monotonic() - began < 2.0


def test_nobody_listens(live):
    nowhere = replace(live, endpoints=Endpoints().with_overrides({"brk_ogc": "http://127.0.0.1:9/x", "brk_wfs": "none"}))
    site = load_site(asked("parcels"), str(DATA), None, nowhere)
    assert [note.code for note in site.provenance_of("parcels")[0].notes] == ["service_unreachable"]
