"""Every kind of picture of small scenes of our own, element by element: a change is committed knowingly (``make golden``), or it is a mistake.

Drawn by ``drieluik.report.pictures.map_picture``, ``drieluik.report.pictures.section_picture``, ``drieluik.report.pictures.scene_picture``,
``drieluik.report.pictures.scene_mesh``, ``drieluik.report.pictures.sun_chart``, ``drieluik.report.sun.sun_maps`` in the colours of
``drieluik.report.basis.palette`` by the roles of ``drieluik.report.basis.roles``.
"""

from __future__ import annotations

import drawings
import pytest
from lxml import etree

import golden_outputs

FILES = sorted(path.name for path in drawings.FOLDER.glob("*.txt"))


@pytest.fixture(scope="module")
def made():
    return drawings.drawings()


def test_there_is_a_golden_file_of_every_drawing(made):
    assert sorted(made) == FILES


@pytest.mark.parametrize("name", FILES)
def test_a_drawing_is_what_it_was(made, name):
    changed = golden_outputs.unlike(name, made[name], (drawings.FOLDER / name).read_text(encoding="utf-8"))
    assert not changed, changed


def test_every_drawing_is_xml_with_real_numbers(made):
    for name, text in made.items():
        if not name.startswith("space"):
            assert etree.fromstring(text.encode()) is not None
        assert "nan" not in text and "inf" not in text
