"""A key goes to the server it was entered for, over https, and nowhere else: not where a case, a page or a redirect points."""

from __future__ import annotations

import pytest
from shapely import Point

from drieluik.data_sources.case import case_from
from drieluik.data_sources.live import Live, services_for
from drieluik.data_sources.services.cache import Cache
from drieluik.data_sources.services.endpoints import AUTHCFG_HEADER, Endpoints
from drieluik.data_sources.services.transport import Answer, Policy
from drieluik.data_sources.site_loading import LAYERS, load_layer
from drieluik.errors import SourceError
from drieluik.model import LayerState
from drieluik.texts import sentence

KEY = "the-key-of-this-office"
OFFICIAL = Endpoints()["dso"].url


class Listening:
    """A transport that keeps what was sent where, and answers as it is told."""

    def __init__(self, answers=()):
        self.sent, self.answers = [], list(answers)

    def request(self, method, url, params, headers, body, timeout_s, max_bytes, cancelled):
        self.sent.append((url, dict(headers)))
        status, more = self.answers.pop(0) if self.answers else (404, {})
        return Answer(status, more, b"{}", url)

    def keyed(self):
        return [url for url, headers in self.sent if KEY in headers.values() or AUTHCFG_HEADER in headers]


@pytest.fixture(autouse=True)
def keys(monkeypatch):
    monkeypatch.setenv("DRIELUIK_DSO_KEY", KEY)
    monkeypatch.setenv("DRIELUIK_IHR_KEY", KEY)


@pytest.mark.parametrize("address", ["https://stranger.example/api", "http://service.omgevingswet.overheid.nl/x", "https://service.omgevingswet.overheid.nl:8443"])
@pytest.mark.parametrize("own", [Endpoints(), Endpoints().with_authcfg({"dso": "abc1234", "ihr": "abc1234"})])
def test_a_case_sends_no_key_to_a_server_of_its_own(tmp_path, address, own):
    said = {"case": {"id": "1"}, "site": {"centre": [187030.0, 440990.0], "endpoints": {"dso": address, "ihr": address, "plan_wms": "none"}}, "design": {"files": ["x.ifc"]}}
    request = case_from(said, str(tmp_path), "case.yaml").site
    transport = Listening()
    with services_for(request, Live(transport, own, Cache(tmp_path), Policy(tries=1))) as live:
        _, records = load_layer(LAYERS[0], request, tmp_path, Point(request.centre).buffer(50), live)
    assert transport.keyed() == []
    told = [note for record in records for note in record.notes]
    assert {note.code for note in told} == {"service_key_elsewhere", "service_off"} and {record.state for record in records} == {LayerState.NOT_ASKED}
    for lang in ("nl", "en"):
        assert "https" in sentence(told[0].code, told[0].as_dict(), lang)


def test_a_case_may_say_another_path_of_the_same_server_and_turns_nothing_on():
    table = Endpoints().with_overrides({"ihr": "none"}).of_case({"dso": f"{OFFICIAL}/../v9", "ihr": "https://stranger.example"})
    assert table["dso"].headers(table["dso"].url) == {"x-api-key": KEY}
    assert not table["ihr"].asked and not table["ihr"].url


def test_what_the_user_enters_here_takes_the_key_along_over_https_only():
    table = Endpoints().with_overrides({"dso": "https://own.example/api"})
    assert table["dso"].headers("https://own.example/api/x") == {"x-api-key": KEY} and table["dso"].headers(OFFICIAL) == {}
    bare = Endpoints().with_overrides({"dso": "http://own.example/api"})
    assert not bare["dso"].asked and bare["dso"].silence == "service_key_elsewhere"
    assert Endpoints().with_overrides({"dso": "http://127.0.0.1:8000"})["dso"].asked


@pytest.mark.parametrize("target", ["https://stranger.example/x", OFFICIAL.replace("https:", "http:")])
def test_no_redirect_and_no_page_takes_a_key_away(target):
    transport = Listening([(302, {"location": target}), (200, {})])
    with_key = Endpoints()["dso"]
    client = Live(transport, policy=Policy(tries=1)).client()
    client.ask(with_key, f"{OFFICIAL}/regelingen")
    assert transport.keyed() == [f"{OFFICIAL}/regelingen"]
    with pytest.raises(SourceError):
        client.ask(with_key, target)
    assert transport.keyed() == [f"{OFFICIAL}/regelingen"]
