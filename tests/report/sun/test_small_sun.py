"""A small sun study in the words of its pages, layers, rasters and moving picture: every sentence and column shows its own value.

Made by ``drieluik.report.sun.sun_document``, ``drieluik.report.sun.sun_layers``, ``drieluik.report.sun.sun_animation``, ``drieluik.report.sun.sun_maps``,
``drieluik.report.basis.sun_table``, ``drieluik.report.pictures.sun_picture``.
"""

from __future__ import annotations

import pytest
import small_sun

import golden_outputs

FILES = sorted(path.name for path in small_sun.FOLDER.glob("*.txt"))


@pytest.fixture(scope="module")
def made():
    return small_sun.texts_of()


def test_there_is_a_golden_file_of_every_text(made):
    assert sorted(made) == FILES


@pytest.mark.parametrize("name", FILES)
def test_the_small_study_says_what_it_said(made, name):
    changed = golden_outputs.unlike(name, made[name], (small_sun.FOLDER / name).read_text(encoding="utf-8"))
    assert not changed, changed
