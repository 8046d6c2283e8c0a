"""The advice as a letter: the plain one, and templates as editors write them: fields split over spans, in tables, in the head of a page."""

from __future__ import annotations

import zipfile
from dataclasses import replace

import pytest
import small_review
from lxml import etree

from drieluik.errors import OutputError
from drieluik.report.exchange.letter import FIELDS, PARAGRAPHS, letter_words, write_letter
from drieluik.report.exchange.letter_template import MIME, SPACES, plain_template

ADVICE = {"value": "Medewerking verlenen.\nMits de nok <omlaag> gaat.", "by": "J. de Vries", "at": "2026-05-05"}
HEAD = "".join(f' xmlns:{name}="{space}"' for name, space in SPACES.items()) + ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'


@pytest.fixture(scope="module")
def review():
    made = small_review.review()
    return replace(made, answers={**made.answers, "advice": ADVICE})


def paragraphs(path, name="content.xml"):
    with zipfile.ZipFile(path) as packed:
        return ["".join(p.itertext()) for p in etree.fromstring(packed.read(name)).iter(*PARAGRAPHS)]


def template(folder, body, **files):
    """Return an ODT with this body, as an editor saves it."""
    path = folder / "sjabloon.odt"
    parts = {**plain_template("nl"), "content.xml": f"<office:document-content{HEAD}><office:body><office:text>{body}</office:text></office:body></office:document-content>", **files}
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return path


def test_the_plain_letter_says_case_outcome_findings_and_advice(review, tmp_path):
    path = write_letter(review, tmp_path / "brief.odt", "nl")
    lines = paragraphs(path)
    assert lines[0] == "Advies op de aanvraag" and f"Zaak: {review.case.title} ({review.case.id})" in lines and "{{" not in "".join(lines)
    assert any(line.startswith("Hoogte (ontwerp A): Het ontwerp steekt 1,40 m uit") and line.endswith("(Plan Kade 4.2.1 onder a)") for line in lines)
    assert lines[-3:] == ["Medewerking verlenen.", "Mits de nok <omlaag> gaat.", "J. de Vries, 5 mei 2026"]
    with zipfile.ZipFile(path) as packed:
        first = packed.infolist()[0]
        assert (first.filename, first.compress_type, packed.read("mimetype").decode()) == ("mimetype", zipfile.ZIP_STORED, MIME)
    assert path.read_bytes() == write_letter(review, tmp_path / "weer.odt", "nl").read_bytes()
    assert paragraphs(write_letter(review, tmp_path / "letter.odt", "en"))[0] == "Advice on the application"


def test_each_field_has_words_and_none_of_a_list_is_said(review):
    assert tuple(letter_words(review, "nl")) == FIELDS
    nothing = replace(review, findings=(), covers=())
    assert letter_words(nothing, "nl")["voldoet niet"] == ("Geen.",) and letter_words(nothing, "en")["niet gelezen"] == ("None.",)


def test_the_words_and_styles_of_a_template_stay(review, tmp_path):
    body = (
        '<text:p text:style-name="P7">Geachte aanvrager, zaak <text:span text:style-name="T1">{{zaaknummer}}</text:span> van {{ datum aanvraag }}.</text:p>'
        '<text:p text:style-name="P8">{{advies}}</text:p><text:p>{{za<text:span>ak}}</text:span></text:p>'
        '<table:table><table:table-row><table:table-cell><text:p>{{Locatie}}</text:p></table:table-cell></table:table-row></table:table><text:p>Slot</text:p>'
    )
    head = f"<office:document-styles{HEAD}><office:master-styles><text:p>Gemeente, {{{{zaaknummer}}}}</text:p></office:master-styles></office:document-styles>"
    path = write_letter(review, tmp_path / "brief.odt", "nl", template(tmp_path, body, **{"styles.xml": head, "Pictures/logo.png": b"png"}))
    day = letter_words(review, "nl")["datum aanvraag"][0]
    assert paragraphs(path) == [
        f"Geachte aanvrager, zaak {review.case.id} van {day}.", "Medewerking verlenen.", "Mits de nok <omlaag> gaat.", review.case.title,
        review.case.site.address, "Slot",
    ]
    with zipfile.ZipFile(path) as packed:
        found = etree.fromstring(packed.read("content.xml"))
        assert packed.read("Pictures/logo.png") == b"png"
    style = f"{{{SPACES['text']}}}style-name"
    assert [p.get(style) for p in found.iter(*PARAGRAPHS)][:3] == ["P7", "P8", "P8"] and found.find(f".//{{{SPACES['text']}}}span").get(style) == "T1"
    assert paragraphs(path, "styles.xml") == [f"Gemeente, {review.case.id}"]


def test_a_field_without_lines_leaves_no_empty_paragraph_but_in_a_cell(review, tmp_path):
    silent = replace(review, answers={})
    body = "<text:p>{{advies}}</text:p><table:table><table:table-row><table:table-cell><text:p>{{advies}}</text:p></table:table-cell></table:table-row></table:table>"
    assert paragraphs(write_letter(silent, tmp_path / "brief.odt", "nl", template(tmp_path, body))) == [""]


@pytest.mark.parametrize(("made", "code"), [
    (lambda folder: folder / "weg.odt", "letter_missing"),
    (lambda folder: template(folder, "<text:p>{{naam}}</text:p>"), "letter_unknown_field"),
    (lambda folder: template(folder, "", mimetype=b"application/zip"), "letter_no_odt"),
    (lambda folder: template(folder, "<text:p>"), "letter_no_odt"),
    (lambda folder: template(folder, "", **{"content.xml": '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'}), "letter_no_odt"),
    (lambda folder: bare(folder), "letter_no_odt"),
])
def test_a_template_that_is_none_is_said_and_nothing_is_written(review, tmp_path, made, code):
    with pytest.raises(OutputError) as said:
        write_letter(review, tmp_path / "brief.odt", "nl", made(tmp_path))
    assert said.value.code == code and not (tmp_path / "brief.odt").exists()
    assert "{{naam}}" in said.value.message() if code == "letter_unknown_field" else said.value.message()


def bare(folder):
    path = folder / "x.odt"
    path.write_text("geen zip")
    return path
