"""The officer's own advice on the first page: as it was typed, with name and date, as text and never as markup."""

from __future__ import annotations

from dataclasses import replace

import pytest
import small_review
from no_pictures import NoPictures

from drieluik.report.pages.document import make_document
from drieluik.report.pages.html import to_html
from drieluik.report.pages.pdf import write_pdf

TEXT = "Medewerking verlenen.\nDe nok gaat *omlaag* <b>#1</b> & dan past het."


def document(lang="nl", **advice):
    made = small_review.review()
    return make_document(replace(made, answers={**made.answers, **({"advice": advice} if advice else {})}), lang, NoPictures(made))


def test_without_advice_there_is_a_place_to_write_it():
    assert document().advice == ("", "") and "Hier in te vullen" in to_html(document())


@pytest.mark.parametrize(("lang", "day"), [("nl", "5 mei 2026"), ("en", "5 May 2026")])
def test_advice_stands_on_the_first_page_with_name_and_date(lang, day, tmp_path):
    made = document(lang, value=TEXT, by="J. de Vries", at="2026-05-05")
    assert made.advice[0] == TEXT and "J. de Vries" in made.advice[1] and day in made.advice[1]
    page = to_html(made)
    first = page[: page.index("</section>")]
    assert "<p>Medewerking verlenen.</p>" in first and "&lt;b&gt;#1&lt;/b&gt; &amp; dan past het." in first and "Hier in te vullen" not in page
    assert not [row for row in made.answers if TEXT[:10] in row[1]]  # said once
    assert write_pdf(made, "{}", tmp_path / "x.pdf").stat().st_size
