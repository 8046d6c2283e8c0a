"""Which findings get a page and which pictures: order, names, words, and what is not there."""

from __future__ import annotations

from dataclasses import replace

import pytest
import small_review
import small_sun
from said import said
from small_review import evidence, height, made

from drieluik.model import Decision, Note, Review, Verdict
from drieluik.report.pictures import scene_picture
from drieluik.report.pictures.gallery import PAGES_PER_RULE, Gallery, alike, further_findings, open_findings

VIOLATES, COMPLIES, JUDGE = Verdict.VIOLATES, Verdict.COMPLIES, Verdict.NEEDS_JUDGEMENT


def place(number, value, verdict=VIOLATES, design="A", rule="hoogte", **more):
    return made(rule, "max_building_height", verdict, *(() if value is None else (height(value),)), design=design, subject=Note.of("subject_dwelling", building=str(number), text=f"p{number}"), **more)


def review_of(*findings) -> Review:
    return replace(small_review.review(), findings=findings)


def names(findings):
    return [said(finding) for finding in findings]


def test_violated_goes_before_undecided_and_a_design_before_the_next():
    review = review_of(place(1, 9.1, JUDGE), place(2, 9.9, design="B"), place(3, 8.0, COMPLIES), place(4, 9.5), place(5, 8.0, COMPLIES, decision=Decision(VIOLATES, "x")), place(6, None, Verdict.NOT_ASSESSABLE))
    assert names(open_findings(review)) == ["p4", "p2", "p1", "p5"] and further_findings(review) == []


def test_the_worst_places_of_one_rule_have_a_page():
    many = [place(number, value) for number, value in enumerate((9.5, 9.9, 9.1, 9.7, 9.6, None))]
    review = review_of(*many, place(10, 9.2, rule="goot"), place(11, 9.3, decision=Decision(COMPLIES, "x")), place(12, 9.4, design="B"))
    assert PAGES_PER_RULE == 3
    assert names(further_findings(review)) == ["p0", "p2", "p5"] and names(open_findings(review)) == ["p1", "p3", "p4", "p10", "p11", "p12"]


def test_alike_is_one_design_rule_and_verdict_worst_first():
    found = alike([place(1, 9.1), place(2, 9.9), place(3, 9.1, JUDGE), place(4, 9.5, design="B"), place(5, 9.7, decision=Decision(COMPLIES, "x")), place(6, 9.8, decision=Decision(COMPLIES, "y"))])
    assert [names(some) for some in found] == [["p2", "p1"], ["p3"], ["p4"], ["p5"], ["p6"]]


@pytest.fixture(scope="module")
def painted():
    line = tuple(piece for piece in evidence() if piece.role != "boundary")
    section = (replace(line[2], role="section_line"), *line)
    review = review_of(place(1, 9.9, evidence=section), place(2, 9.5, design="B", evidence=line[:1]), place(3, 9.0, COMPLIES))
    with Gallery(review, "en") as gallery:
        return gallery.overview(), [gallery.of(number) for number in (1, 2)]


def test_each_finding_has_its_pictures_with_their_words(painted):
    overview, pages = painted
    assert [(picture.name, picture.kind) for picture in overview] == [("scene0.png", "png")] and overview[0].caption == "Design A in its surroundings"
    assert [[(picture.name, picture.kind) for picture in page] for page in pages] == [
        [("map1.svg", "svg"), ("scene1.png", "png"), ("section1.svg", "svg")], [("map2.svg", "svg"), ("scene2.png", "png")],
    ]
    for page, over in zip(pages, ("0.90 m", "0.50 m")):
        assert all(over in picture.alt and picture.caption for picture in page) and len({picture.alt for picture in page}) == len({picture.caption for picture in page}) == len(page)
    assert all(picture.data.startswith(b"\x89PNG" if picture.kind == "png" else b"<svg") for page in (overview, *pages) for picture in page)
    assert overview[0].data != pages[0][1].data


def test_a_dwelling_has_the_chart_of_its_deciding_point():
    review = small_sun.review()
    with Gallery(review, "nl") as gallery:
        assert names(gallery.findings) == ["Laan 1", "Laan 1"]  # of more than two designs the first has pages
        found = [[picture.name for picture in gallery.of(number)] for number in (1, 2)]
    assert found == [["map1.svg", "scene1.png", "chart1.svg"], ["map2.svg", "scene2.png", "chart2.svg"]]
    with Gallery(replace(review, rulesets=()), "nl") as gallery:
        assert [picture.name for picture in gallery.of(1)] == ["map1.svg", "scene1.png"]


def test_without_embree_there_are_maps_only(monkeypatch):
    monkeypatch.setattr(scene_picture, "available", lambda: False)
    with Gallery(review_of(place(1, 9.9)), "nl") as gallery:
        assert gallery.overview() == () and [picture.name for picture in gallery.of(1)] == ["map1.svg"]


def test_a_design_without_a_body_has_no_picture_in_space():
    review = review_of()
    with Gallery(replace(review, designs=(small_sun.BODILESS,)), "nl") as gallery:
        assert gallery.overview() == () and gallery.findings == []
    with Gallery(replace(review, designs=()), "nl") as gallery:
        assert gallery.overview() == ()
