"""A review made by hand, in the words of report, record and layers: every sentence, column and field shows its own value.

Said by ``drieluik.report.basis.wording``, ``drieluik.report.basis.plan_rows``, ``drieluik.report.pages.document``, ``drieluik.report.pages.finding_rows``,
``drieluik.report.record``, ``drieluik.report.layers.review_layers``, ``drieluik.report.layers.site_package``, ``drieluik.report.layers.envelopes``.
"""

from __future__ import annotations

import pytest
import small_review

import golden_outputs

FILES = sorted(path.name for path in small_review.FOLDER.glob("*.txt"))


@pytest.fixture(scope="module")
def made():
    return small_review.texts_of()


def test_there_is_a_golden_file_of_every_text(made):
    assert sorted(made) == FILES


@pytest.mark.parametrize("name", FILES)
def test_the_small_review_says_what_it_said(made, name):
    changed = golden_outputs.unlike(name, made[name], (small_review.FOLDER / name).read_text(encoding="utf-8"))
    assert not changed, changed
