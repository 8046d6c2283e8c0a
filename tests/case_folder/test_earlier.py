"""A new version of the design in the same case: the demo's house A, handed in again as house B; its report says what changed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from kept_cases import OFFICER
from no_pictures import NoPictures

from drieluik.case_folder.earlier import earlier_version
from drieluik.case_folder.folder import CaseFolder
from drieluik.data_sources.case import read_case
from drieluik.job import run_case
from drieluik.report.pages.document import make_document
from drieluik.report.pages.html import to_html
from drieluik.report.pages.pdf import write_pdf
from drieluik.report.pages.resubmission_rows import resubmission_rows
from drieluik.report.record import compare, dumps, read_record, to_dict
from scenes import ROOT


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory):
    """A case folder with a review of house A and one of house B under the same name, and the review of B."""
    kept = CaseFolder.begin(tmp_path_factory.mktemp("zaken") / "Z1", "Z1", "Woning", OFFICER)
    case = read_case(ROOT / "demo" / "case.yaml")
    first, second = (replace(one, files=tuple(str(ROOT / "demo" / file) for file in one.files)) for one in case.designs)
    for version in (first, replace(second, name=first.name)):
        kept.save(replace(case, designs=(version,)), OFFICER)
        case = kept.case
        review = run_case(kept.case)
        kept.add_review(lambda stage, one=review: (stage / "review.json").write_text(dumps(to_dict(one, stage)), encoding="utf-8"), OFFICER)
    return kept, review


def test_a_new_version_is_compared_with_the_last_of_another(handed_in):
    kept, review = handed_in
    record = to_dict(review)
    earlier = earlier_version(kept.reviews(), record)
    assert earlier.number == 1 and earlier_version(kept.reviews()[1:], record) is None  # of the same version there is nothing to say
    head, rows = resubmission_rows(review, record, earlier, "nl")
    became = {row[0].split(";")[0] for row in rows}
    assert "beoordeling 1" in head and rows and became <= {"Nieuw", "Opgelost", "Ongewijzigd", "Beter, nog niet opgelost", "Slechter", "Voldeed niet, nu nog open", "Komt niet meer voor"}
    height = next(row for row in rows if "bouwhoogte" in row[2].lower() and "voldoet niet" in row[4])
    assert "m, grens" in height[4] and not any("_" in cell for row in rows for cell in row)


def test_the_page_stands_in_html_and_pdf(handed_in, tmp_path):
    kept, review = handed_in
    record = to_dict(review)
    said = resubmission_rows(review, record, earlier_version(kept.reviews(), record), "nl")
    document = make_document(review, "nl", NoPictures(review), said)
    assert "Wat er veranderd is sinds de vorige versie" in to_html(document) and said[0] in to_html(document)
    assert write_pdf(document, dumps(record), tmp_path / "report.pdf").stat().st_size > 10_000
    assert "sinds de vorige versie" not in to_html(make_document(review, "nl", NoPictures(review)))


def test_an_earlier_review_runs_again_from_the_folder(handed_in):
    from drieluik.report.record import case_of

    kept, _ = handed_in
    place = kept.reviews()[0]
    record = read_record(place / "review.json")
    assert compare(record, to_dict(run_case(case_of(record, place)), place)) == []


def test_a_review_that_cannot_be_read_is_passed_over(handed_in, tmp_path):
    kept, review = handed_in
    broken = tmp_path / "3"
    broken.mkdir()
    (broken / "review.json").write_text("{")
    assert earlier_version((*kept.reviews(), broken), to_dict(review)).number == 1
