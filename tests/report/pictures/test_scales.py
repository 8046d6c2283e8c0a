"""Scales, bars and axes: of each list the next step where the last no longer fits."""

from __future__ import annotations

import re

import numpy as np
import pytest
from shapely import LineString

import scenes
from drieluik.model import Verdict
from drieluik.report.basis import palette
from drieluik.report.pictures.map_frame import Frame
from drieluik.report.pictures.map_picture import HEIGHT, WIDTH, scale_bar
from drieluik.report.pictures.section_picture import Scale, _axis, _ends
from drieluik.report.sun.sun_maps import SIDE, SIDE_MM, SunMap
from scenes import ORIGIN, box_part

SCALES = (200, 250, 500, 750, 1000, 1250, 1500, 2000, 2500, 3000, 4000, 5000, 7500, 10000)


@pytest.fixture(scope="module")
def sun_map():
    site, design = scenes.site(topography=(), parcels=(), buildings3d=(), trees=()), scenes.design(box_part(0, 0, 1, 1, 0, 1))
    return lambda side: SunMap(site, design, (ORIGIN[0], ORIGIN[1], ORIGIN[0] + side, ORIGIN[1] + side / 2), "nl")


@pytest.mark.parametrize(("scale", "larger"), [*zip(SCALES, SCALES[1:]), (10000, 10000)])
def test_a_sun_map_has_the_smallest_scale_that_shows_its_frame(sun_map, scale, larger):
    fits = scale * SIDE_MM / 1000
    assert sun_map(fits - 0.01).scale == scale and sun_map(fits + 0.01).scale == larger
    assert sun_map(fits - 0.01).frame.scale == pytest.approx(SIDE / fits)


@pytest.mark.parametrize(("scale", "metres"), [(200, 5), (500, 10), (1000, 20), (2000, 50), (4000, 100), (7500, 200), (10000, 200)])
def test_the_bar_of_a_sun_map_takes_at_most_a_third(sun_map, scale, metres):
    assert f">{metres} m<" in sun_map(scale * SIDE_MM / 1000 - 0.01)._bar()


@pytest.mark.parametrize(("metres", "smaller"), [(1, 1), (2, 1), (5, 2), (10, 5), (20, 10), (50, 20), (100, 50)])
def test_the_bar_of_a_map_is_the_longest_that_fits(metres, smaller):
    for length, expected in ((89.9, metres), (90.1, smaller)):  # picture units that so many metres take
        side = metres / length
        assert f">{expected} m<" in scale_bar(Frame((0, 0, WIDTH * side, HEIGHT * side), WIDTH, HEIGHT))


@pytest.mark.parametrize(
    ("low", "high", "step", "decimals"),
    [(0.2, 4.2, 0.5, 1), (0.2, 4.3, 1, 0), (0, 8, 1, 0), (0, 8.1, 2, 0), (0, 16.1, 5, 0), (0, 40.1, 10, 0), (0, 80.1, 20, 0), (0, 160.1, 50, 0), (0, 900, 50, 0)],
)
def test_the_axis_of_a_section_has_at_most_eight_steps(low, high, step, decimals):
    words = re.findall(r">(-?[\d,]+)</text>", "".join(_axis(Scale(20.0, low, high), "nl")))
    values = [float(word.replace(",", ".")) for word in words]
    assert set(np.round(np.diff(values), 6)) == {step} and values[0] == np.ceil(low / step) * step and all(len(word.partition(",")[2]) == decimals for word in words)


@pytest.mark.parametrize(("length", "metres"), [(3, 1), (8.0, 1), (8.2, 2), (20.2, 2), (20.3, 5), (40.4, 5), (40.6, 10), (80.9, 10), (81.1, 20), (202, 20), (203, 50), (900, 50)])
def test_the_bar_of_a_section_is_of_whole_metres(length, metres):
    profile = type("Profile", (), {"length": float(length)})
    scale = Scale(float(length), 0.0, 1.0)
    assert f">{metres} m</text>" in _ends(scale, profile, "nl")[3]


def test_colours_of_lost_sun_and_of_ground():
    assert [palette.loss_colour(change) for change in (-120.5, -120.0, -60.5, -60.0, -5.5, -5.0, 0.0, 30.0, None)] == [
        "#8C2D04", "#D55E00", "#D55E00", "#F0B35A", "#F0B35A", "#FFFFFF", "#FFFFFF", "#FFFFFF", "#FFFFFF",
    ]
    assert {palette.ground_colour("wegdeel", word) for word in ("voetpad", "fietspad", "voetgangersgebied", "inrit", "woonerf")} == {"#EDE6DC"}
    assert [palette.ground_colour(kind, "x") for kind in ("pand", "waterdeel", "begroeidterreindeel", "onbegroeidterreindeel", "wegdeel", "ondersteunendwegdeel", "ondersteunendwaterdeel", "overigbouwwerk", "x")] == [
        "#C9C9C9", "#CFE3F0", "#DCE9D2", "#F3F1EA", "#E3E3E3", "#E0EAD8", "#DCE9D2", "#D4D4D4", "#EFEFEF",
    ]
    assert palette.rgb("#0A1BFF") == (10, 27, 255) and palette.ground_colour("pand", "voetpad") == "#C9C9C9"
    assert (palette.DESIGN, palette.LIMIT, palette.VIOLATION, palette.DOUBT, palette.INK, palette.LINE) == ("#0072B2", "#7B4FA3", "#D55E00", "#E69F00", "#222222", "#8C8C8C")
    assert palette.VERDICT_TEXT == {
        Verdict.VIOLATES: "#9C3D00", Verdict.NEEDS_JUDGEMENT: "#7A5200", Verdict.NOT_ASSESSABLE: "#5A3D78", Verdict.COMPLIES: "#00527F", Verdict.NOT_APPLICABLE: "#595959",
    }


def test_a_line_beyond_the_frame_is_cut():
    frame = Frame((0, 0, 10, 10), 100, 100)
    assert frame.path(LineString([(-50, 5), (5, 5)])) == "M0.0 50.0L50.0 50.0" and frame.path(LineString([(-50, 5), (-5, 5)])) == ""
