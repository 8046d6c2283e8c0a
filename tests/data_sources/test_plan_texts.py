"""The texts of plans that a case names: a file, a folder of articles in order, the service and what is kept of it; and the case that names them."""

from __future__ import annotations

import json

import pytest
import yaml

from drieluik.data_sources.case import case_from, case_to, read_case, write_case
from drieluik.data_sources.live import Live
from drieluik.data_sources.plan_texts import text_files, with_plan_texts
from drieluik.data_sources.services.cache import Cache
from drieluik.data_sources.services.endpoints import Endpoints
from drieluik.data_sources.services.transport import Answer, Policy
from drieluik.errors import CaseError, SourceError
from drieluik.job import load_profiles
from drieluik.model import MeasuringProfile, PlanTextRequest

PLAN = "NL.IMRO.9999.X-1"
ONE = "Artikel 7 Tuin\n7.2 Bouwregels\na. de bouwhoogte van erfafscheidingen bedraagt niet meer dan 1,3 m;\n"
TWO = "Artikel 12 Wonen\n12.2 Bouwregels\na. de goothoogte van een hoofdgebouw bedraagt ten hoogste 4,2 m;\n"


def values(profile):
    return [(norm.clause.quantity, norm.clause.value, norm.clause.article, norm.clause.title) for norm in profile.norms]


def test_a_file_and_a_folder_say_the_same_and_articles_stand_in_their_order(tmp_path):
    (tmp_path / "whole.txt").write_text(f"{ONE}\n{TWO}", encoding="utf-8")
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "art_12.txt").write_text(TWO, encoding="utf-8")
    (folder / "art_7.html").write_text(ONE, encoding="utf-8")
    (folder / "logo.png").write_bytes(b"\x89PNG")
    assert [path.name for path in text_files(folder)] == ["art_7.html", "art_12.txt"]
    [whole] = with_plan_texts((), (PlanTextRequest(PLAN, "whole.txt"),), tmp_path)
    [parts] = with_plan_texts((), (PlanTextRequest(PLAN, "articles"),), tmp_path)
    expected = [("bouwhoogte", 1.3, "7.2 a", "Tuin"), ("goothoogte", 4.2, "12.2 a", "Wonen")]
    assert values(whole) == values(parts) == expected
    assert (whole.text_source, len(whole.text_sha256), len(whole.text_at)) == ("whole.txt", 64, 10)


@pytest.mark.parametrize("path", ["none.txt", "empty"])
def test_a_named_file_that_cannot_be_read_is_said(tmp_path, path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceError) as told:
        with_plan_texts((), (PlanTextRequest(PLAN, path),), tmp_path)
    assert told.value.code in ("plan_text_not_read", "plan_text_empty_folder")


class Service:
    """A transport that answers by path."""

    def __init__(self, answers):
        self.answers, self.asked = answers, []

    def request(self, method, url, params, headers, body, timeout_s, max_bytes, cancelled):
        self.asked.append(url)
        return Answer(200, {"content-type": "application/hal+json"}, json.dumps(self.answers[url.rpartition("/v4")[2]]).encode(), url)


def live(answers, tmp_path, monkeypatch, **words):
    monkeypatch.setenv("DRIELUIK_IHR_KEY", "a-key")
    service = Service(answers)
    return service, Live(service, Endpoints(), Cache(tmp_path / "kept"), Policy(tries=1), **words)


def item(title, text, **more):
    return {"titel": title, "inhoud": f"<p>{text}</p>", **more}


def answers(base):
    child = f"{base}/plannen/{PLAN}/teksten/2"
    return {
        f"/plannen/{PLAN}/teksten": {"_embedded": {"teksten": [
            item("Artikel 7 Tuin", "", _embedded={"children": [item("7.2 Bouwregels", "a. de bouwhoogte van erfafscheidingen bedraagt niet meer dan 1,3 m;")]}),
            item("Artikel 12 Wonen", "", _links={"children": [{"href": child}]}),
        ]}},
        f"/plannen/{PLAN}/teksten/2": item("12.2 Bouwregels", "a. de goothoogte van een hoofdgebouw bedraagt ten hoogste 4,2 m;"),
    }


def test_the_service_gives_the_text_once_and_the_cache_keeps_it(tmp_path, monkeypatch):
    base = Endpoints()["ihr"].url
    service, asked = live(answers(base), tmp_path, monkeypatch)
    [found] = with_plan_texts((), (PlanTextRequest(PLAN),), tmp_path, asked)
    assert values(found) == [("bouwhoogte", 1.3, "7.2 a", "Tuin"), ("goothoogte", 4.2, "12.2 a", "Wonen")]
    assert len(service.asked) == 2
    [again] = with_plan_texts((), (PlanTextRequest(PLAN),), tmp_path, Live(None, Endpoints(), Cache(tmp_path / "kept"), offline=True))
    assert (again.text_sha256, again.norms) == (found.text_sha256, found.norms)


def test_a_link_to_another_host_is_refused_and_a_text_that_is_not_had_is_a_note(tmp_path, monkeypatch):
    _, asked = live(answers("https://elsewhere.example"), tmp_path, monkeypatch)
    [found] = with_plan_texts((), (PlanTextRequest(PLAN),), tmp_path, asked)
    assert ([note.code for note in found.notes], found.norms) == (["service_foreign_page"], ())
    [offline] = with_plan_texts((), (PlanTextRequest(PLAN),), tmp_path, Live(None, Endpoints(), Cache(tmp_path / "other"), offline=True))
    assert [note.code for note in offline.notes] == ["service_not_kept"]
    [odd] = with_plan_texts((MeasuringProfile("../x"),), (PlanTextRequest("../x"),), tmp_path, asked)
    assert [note.code for note in odd.notes] == ["plan_text_none"]


CASE = {
    "case": {"id": "Z1"}, "site": {"centre": [187030, 440992], "sources": {"plans": None}}, "design": {"files": ["a.ifc"]},
    "plan_texts": [{"plan": PLAN, "path": "regels"}, {"plan": "NL.IMRO.9999.Y-1"}],
}


def test_a_case_names_texts_and_keeps_them(tmp_path):
    case = case_from(CASE, str(tmp_path), "case")
    assert case.plan_texts == (PlanTextRequest(PLAN, "regels"), PlanTextRequest("NL.IMRO.9999.Y-1"))
    assert case_from(case_to(case), str(tmp_path), "case").plan_texts == case.plan_texts
    (tmp_path / "deeper").mkdir()
    write_case(case, tmp_path / "deeper" / "case.yaml")
    assert read_case(tmp_path / "deeper" / "case.yaml").plan_texts[0].path == "../regels"
    with pytest.raises(CaseError):
        case_from({**CASE, "plan_texts": [{"path": "regels"}]}, str(tmp_path), "case")


def test_the_profile_of_a_case_and_its_text_come_together(tmp_path):
    (tmp_path / "regels.txt").write_text(ONE, encoding="utf-8")
    kept = {"plan": {"id": PLAN}, "measuring": {"denominator": {"value": "bouwvlak", "article": "2.1"}}}
    (tmp_path / "p.yaml").write_text(yaml.safe_dump(kept), encoding="utf-8")
    words = {**CASE, "plan_texts": [{"plan": PLAN, "path": "regels.txt"}], "profiles": ["p.yaml"]}
    [profile] = load_profiles(case_from(words, str(tmp_path), "case"))
    assert (profile.entry("denominator").value, values(profile)) == ("bouwvlak", [("bouwhoogte", 1.3, "7.2 a", "Tuin")])


STOP = """<?xml version="1.0" encoding="utf-8"?>
<Regeling xmlns="https://standaarden.overheid.nl/stop/imop/tekst/"><Lichaam><Artikel wId="a"><Kop><Label>Artikel</Label><Nummer>5.12</Nummer><Opschrift>Bouwen in de tuin</Opschrift></Kop>
<Lid><LidNummer>1.</LidNummer><Inhoud><Al>De bouwhoogte van een <i>erfafscheiding</i> bedraagt ten hoogste 1,4 m.</Al></Inhoud></Lid>
<Lid><LidNummer>2.</LidNummer><Inhoud><Al>Daarbij geldt:</Al><Lijst><Li><LiNummer>a.</LiNummer><Al>de goothoogte van een hoofdgebouw bedraagt ten hoogste 4,4 m;</Al></Li></Lijst></Inhoud></Lid>
</Artikel><Artikel wId="b" wijzigactie="verwijder"><Kop><Nummer>6</Nummer></Kop><Inhoud><Al>De bouwhoogte van een mast bedraagt ten hoogste 99 m.</Al></Inhoud></Artikel></Lichaam></Regeling>
"""


def test_the_articles_of_a_regeling_are_read_with_their_numbers(tmp_path):
    (tmp_path / "regeling.xml").write_text(STOP, encoding="utf-8")
    [found] = with_plan_texts((), (PlanTextRequest(PLAN, "regeling.xml"),), tmp_path)
    assert values(found) == [("bouwhoogte", 1.4, "5.12.1", "Bouwen in de tuin"), ("goothoogte", 4.4, "5.12.2 a", "Bouwen in de tuin")]


def test_a_page_with_an_xml_head_that_is_no_regeling_is_its_own_text(tmp_path):
    (tmp_path / "page.html").write_text(f"<?xml version='1.0'?><page>{ONE}</page>", encoding="utf-8")
    [found] = with_plan_texts((), (PlanTextRequest(PLAN, "page.html"),), tmp_path)
    assert [norm.clause.value for norm in found.norms if norm.clause.value] == [1.3]
