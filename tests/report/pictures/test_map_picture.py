"""The map of a finding: its scale is true, its legend names what is drawn and nothing else."""

import re

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from drieluik.report.basis import palette
from drieluik.report.pictures import map_picture
from drieluik.report.pictures.map_frame import Frame
from drieluik.report.pictures.map_picture import scale_bar


@given(st.floats(4, 900), st.floats(4, 900), st.floats(-1e5, 6e5))
def test_the_scale_bar_is_as_long_as_it_says(width, height, shift):
    frame = Frame((shift, 4e5, shift + width, 4e5 + height), map_picture.WIDTH, map_picture.HEIGHT)
    text = scale_bar(frame)
    metres = int(re.search(r"(\d+) m<", text).group(1))
    drawn = float(re.search(r'width="([\d.]+)" height="4" fill="none"', text).group(1))
    west, east = frame.points(np.array([[shift, 4e5], [shift + metres, 4e5]]))[:, 0]
    assert drawn == pytest.approx(east - west, abs=0.006)


def test_north_is_up_and_the_aspect_is_kept():
    frame = Frame((0, 0, 50, 20), 100, 100)
    (x0, y0), (x1, y1) = frame.points(np.array([[0, 0], [10, 10]]))
    assert x1 - x0 == pytest.approx(y0 - y1) and y1 < y0


def test_a_ring_keeps_its_hole():
    frame = Frame((0, 0, 10, 10), 100, 100)
    ring = shapely.box(2, 2, 8, 8).difference(shapely.box(4, 4, 6, 6))
    assert frame.path(ring).count("Z") == 2


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.1 (https://www.w3.org/TR/WCAG21/#dfn-relative-luminance)."""
    parts = [v / 255 for v in palette.rgb(colour)]
    linear = [v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colour", palette.VERDICT_TEXT.values())
@pytest.mark.parametrize("paper", ["#FFFFFF", "#F6F3F9"])
def test_words_of_a_verdict_meet_wcag_aa(colour, paper):
    bright, dark = sorted((luminance(colour), luminance(paper)), reverse=True)
    assert (bright + 0.05) / (dark + 0.05) >= 4.5
