"""What record and report say of decisions, the ladder, open questions, profiles and plan rules; the record runs again the same."""

from __future__ import annotations

import json
import re

import jsonschema
import pytest
import yaml
from no_pictures import NoPictures

from drieluik.data_sources.case import read_case
from drieluik.data_sources.formats.validation import read_yaml
from drieluik.data_sources.rules.measuring_profiles import read_profile, write_profile
from drieluik.errors import CaseError, RulesetError
from drieluik.job import run_case
from drieluik.model import MeasuringProfile, ProfileEntry, Verdict
from drieluik.report.pages.document import make_document
from drieluik.report.pages.html import to_html
from drieluik.report.pages.pdf import write_pdf
from drieluik.report.record import SCHEMA, case_of, compare, dumps, read_record, to_dict
from scenes import ROOT

PLAN = "NL.IMRO.9999.BPVoorbeeldwijk-VA01"
REASON = "De overschrijding is door een eerdere vergunning gedekt"


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("case")
    case = read_yaml(ROOT / "demo" / "case.yaml", CaseError, "case")[0]
    for key, names in case["site"]["sources"].items():
        case["site"]["sources"][key] = [str(ROOT / "demo" / name) for name in ([names] if isinstance(names, str) else names)]
    case["design"]["files"] = [str(ROOT / "demo" / case["design"]["files"][0])]
    del case["variants"]
    plans = {area.plan_id for area in run_plan_ids(case)}
    profile = MeasuringProfile(min(plans), "Voorbeeldwijk", (ProfileEntry("denominator", "bouwperceel", "2.5", "het bouwperceel"),))
    write_profile(profile, folder / "profile.yaml")
    case["rulesets"] = ["plan", str(ROOT / "demo" / "rules.yaml")]
    case["profiles"] = ["profile.yaml"]
    case["answers"].pop("denominator")
    case["answers"]["overrides"] = [
        {"rule": "bouwhoogte", "subject": "maximum bouwhoogte 8.5 m", "verdict": "complies", "reason": REASON, "by": "J. de Vries", "at": "2026-05-20", "facts": {"verdict": "violates", "value": 9.6}},
        {"rule": "geen_regel", "verdict": "complies", "reason": "x"},
    ]
    (folder / "case.yaml").write_text(yaml.safe_dump(case, allow_unicode=True), encoding="utf-8")
    return folder, run_case(read_case(folder / "case.yaml"))


def run_plan_ids(case):
    from drieluik.data_sources.case import case_from
    from drieluik.data_sources.site_loading import load_site

    return load_site(case_from(case, str(ROOT / "demo"), "case").site, str(ROOT / "demo")).plans


def test_the_officers_verdict_stands_beside_the_computed_one(reviewed):
    _, review = reviewed
    found = next(f for f in review.findings if f.rule == "bouwhoogte")
    assert (found.verdict, found.stands, found.ladder) == (Verdict.VIOLATES, Verdict.COMPLIES, "fits")
    assert review.remarks[-1].code == "engine_override_unused"
    document = make_document(review, "nl", NoPictures(review))
    assert [row[3:6] for row in document.decisions] == [("voldoet niet", "voldoet", REASON)]  # the zone that complies needs no decision
    assert any(REASON in page.decision for page in document.pages)
    assert any("berekend: voldoet niet" in row[1] for row in document.summary)
    assert "BOPA" in document.answers_line[0][1]
    assert any(row[2] == "Bestemmingsplan Voorbeeldwijk" for row in document.questions)  # a plan by its name, never its id
    assert any("het bouwperceel" in row[3] for row in document.profiles)
    assert len(set(document.questions)) == len(document.questions)


def test_html_and_pdf_show_it_in_both_languages(reviewed, tmp_path):
    _, review = reviewed
    for lang, words in (("nl", ["Eigen oordeel", "Alle open vragen", "BOPA"]), ("en", ["Officer&#39;s verdict", "All open questions", "outside the plan"])):
        document = make_document(review, lang, NoPictures(review))
        page = to_html(document)
        assert all(word in page for word in words), lang
        assert REASON in page
        assert not re.search(r"\b(engine|report|ladder|say|answer|name|source|checks)_[a-z_]+\b", re.sub(r"<code>.*?</code>", "", page)), lang
        write_pdf(document, dumps(to_dict(review)), tmp_path / f"{lang}.pdf")
        assert (tmp_path / f"{lang}.pdf").read_bytes().startswith(b"%PDF")


def test_the_record_holds_it_and_runs_again_the_same(reviewed):
    folder, review = reviewed
    record = json.loads(dumps(to_dict(review, folder)))
    jsonschema.Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(record)
    found = next(f for f in record["findings"] if f["rule"] == "bouwhoogte")
    assert (found["verdict"], found["decision"]["verdict"], found["decision"]["by"]) == ("violates", "complies", "J. de Vries")
    assert record["summary"][0]["ladder"] == "needs_outside_plan_permit"
    assert record["profiles"][0]["entries"][0]["key"] == "denominator"
    assert record["rulesets"][0]["id"] == "plan" and len(record["rulesets"][0]["sha256"]) == 64
    derived = {rule["id"].split(":", 2)[-1]: rule for rule in record["rulesets"][0]["derived"]}
    assert {item["value"] for item in derived["maximum:bouwhoogte"]["origin"]} == {8.5, 11.0}
    (folder / "review.json").write_text(dumps(record), encoding="utf-8")
    again = run_case(case_of(read_record(folder / "review.json"), folder))
    assert compare(record, to_dict(again, folder)) == []
    assert dumps(to_dict(again, folder)["findings"]) == dumps(record["findings"])


def test_a_profile_comes_back_as_it_was_written(tmp_path):
    profile = MeasuringProfile("NL.IMRO.1", "Plan", (
        ProfileEntry("peil", {"branches": ["nap_value"], "nap_m": 1.2}, "1.55", "peil: 1,20 m +NAP", "A", "2026-01-02"),
        ProfileEntry("minor_parts", {"minor_overshoot_m": 1.5, "minor_classes": ["balcony"]}, "2.7"),
    ))
    write_profile(profile, tmp_path / "p.yaml")
    assert read_profile(tmp_path / "p.yaml").entries == profile.entries
    text = (tmp_path / "p.yaml").read_text(encoding="utf-8")
    for old, new, word in (("minor_parts", "minor_prts", "minor_parts"), ("nap_value", "nap_valu", "nap_value"), ("plan:", "pln:", "plan"), ("article: '2.7'", "by: x", "article")):
        (tmp_path / "p.yaml").write_text(text.replace(old, new), encoding="utf-8")
        with pytest.raises(RulesetError, match=word) as caught:
            read_profile(tmp_path / "p.yaml")
        assert re.search(r"p\.yaml:\d+", str(caught.value))


def test_an_override_in_a_case_needs_a_reason(tmp_path):
    text = (ROOT / "demo" / "case.yaml").read_text(encoding="utf-8")
    (tmp_path / "case.yaml").write_text(text + "  overrides: [{rule: bouwhoogte, verdict: complies}]\n", encoding="utf-8")
    with pytest.raises(CaseError, match="reason"):
        read_case(tmp_path / "case.yaml")
    (tmp_path / "case.yaml").write_text(text + "  overrides: [{rule: bouwhoogte, verdict: complis, reason: x}]\n", encoding="utf-8")
    with pytest.raises(CaseError, match=r"case\.yaml:\d+.*'complies'"):
        read_case(tmp_path / "case.yaml")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [("method: road_at_main_entrance", "method: road_at_entrance", "road_at_main_entrance"), ("nap_m: 1.40", "nap_m: hoog", "nap_m"), ("answers:", "answers:\n  entrance: [1]", "entrance")],
)
def test_answers_about_peil_are_read_strictly(tmp_path, old, new, words):
    text = (ROOT / "demo" / "case.yaml").read_text(encoding="utf-8")
    (tmp_path / "case.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CaseError, match=rf"case\.yaml:\d+.*{words}"):
        read_case(tmp_path / "case.yaml")


def test_what_was_read_is_written_for_a_next_case(reviewed, tmp_path):
    from drieluik.report import _write_profiles

    _, review = reviewed
    (path,) = _write_profiles(review, tmp_path).values()
    assert read_profile(path).entry("denominator").quote == "het bouwperceel"
