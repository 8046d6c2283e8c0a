"""What stands on a roof and encloses nothing is no inhoud: parapets, copings and panels; storeys, roof houses and roofs that are drawn as plates are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from drieluik.measure.building.roof import RoofView
from drieluik.measure.building.volume import upstands
from drieluik.model import Verdict
from one_rule import run
from scenes import GROUND, box_part, gable_part

HOUSE = box_part(5, 5, 15, 15, 0, 6, fid="house")


def around(low, high, thick=0.2, x0=5, y0=5, x1=15, y1=15, kind="building"):
    """Four walls round a rectangle."""
    sides = ((x0, y0, x1, y0 + thick), (x0, y1 - thick, x1, y1), (x0, y0 + thick, x0 + thick, y1 - thick), (x1 - thick, y0 + thick, x1, y1 - thick))
    return [box_part(*side, low, high, kind=kind, fid=f"wall{number}") for number, side in enumerate(sides)]


def sheet(x0, y0, x1, y1, height, thick, fid="sheet"):
    """A plate of which the underside lies at a height (x, y)."""
    flat = box_part(x0, y0, x1, y1, 0, thick, fid=fid)
    lift = [height(x, y) for x, y in ((x0, y0), (x1, y0), (x1, y1), (x0, y1))] * 2
    return replace(flat, vertices=flat.vertices + np.column_stack([np.zeros(8), np.zeros(8), lift]))


def panels(lift=0.1):
    return [sheet(6, y, 14, y + 1, lambda _, at, y=y: 6 + lift + 0.5 * (at - y), 0.05, f"panel{y}") for y in (6, 8, 10, 12)]


PITCHED = gable_part(5, 5, 15, 15, 5, 8, fid="house")
ALONG = [sheet(6 + 1.5 * n, 6, 7.4 + 1.5 * n, 9, lambda _, y: 5.15 + 0.6 * (y - 5), 0.04, f"panel{n}") for n in range(5)]
NOTHING = [
    ([HOUSE, *around(6, 7.1)], 600.0), ([HOUSE, around(6, 7.1)[0]], 600.0), ([HOUSE, *around(6, 6.5), *around(6.5, 6.6, 0.3)], 600.0), ([HOUSE, *panels()], 600.0),
    ([HOUSE, *panels(0.0)], 600.0), ([HOUSE, *panels(), *around(6, 6.4)], 600.0), ([PITCHED, *ALONG], 650.0), ([HOUSE, box_part(15, 5, 19, 15, 0, 3), *around(3, 4, 0.1, x0=15, x1=19)], 720.0),
]  # fmt: skip
"""Parapets on all sides and on one, with a coping, panels on a stand and lying, both, panels along a pitched roof, round a roof terrace; each with the volume."""
ROOMS = [
    ([HOUSE, box_part(8, 8, 11, 11, 6, 9)], 627.0), ([HOUSE, *around(6, 8.6, x0=7, y0=7, x1=12, y1=12), box_part(7, 7, 12, 12, 8.6, 8.8)], 670.0),
    ([HOUSE, *around(6, 7.3, x0=7, y0=7, x1=12, y1=12), box_part(7, 7, 12, 12, 7.3, 7.4)], 635.0),
    ([HOUSE, *around(6, 6.8, x0=7, y0=7, x1=12, y1=12), box_part(7, 7, 12, 12, 6.8, 6.85)], 621.25), ([HOUSE, box_part(5, 5, 15, 15, 6, 6.08)], 608.0),
]  # fmt: skip
"""A shaft, a house and low lofts on the roof, a roof drawn as a plate on the storey; each with the volume."""


@pytest.mark.parametrize(("parts", "m3"), NOTHING)
def test_what_stands_on_a_roof_and_encloses_nothing_is_no_volume(parts, m3):
    assert [run("max_volume", *parts, value=limit, unit="m3").verdict for limit in (m3 + 0.2, m3 - 0.2)] == [Verdict.COMPLIES, Verdict.VIOLATES]


@pytest.mark.parametrize(("parts", "m3"), ROOMS)
def test_what_encloses_or_covers_is(parts, m3):
    assert run("max_volume", *parts, value=0.99 * m3, unit="m3").verdict is Verdict.VIOLATES
    assert not upstands(parts, RoofView(parts, GROUND), GROUND)


STRIP = [part for part in around(6, 6.9, x0=8, y0=8, x1=12, y1=12) if part.fid != "wall0"]
CORNERS = [box_part(x, y, x + 0.5, y + 0.5, 6, 6.9, fid=f"corner{x}{y}") for x in (8, 11.5) for y in (8, 11.5)]
LAID_BETWEEN = [
    ([*around(6, 7.4), sheet(5.2, 5.2, 14.8, 14.8, lambda *_: 7.2, 0.1)], 730.0), ([*around(6, 7.4), box_part(5.2, 5.2, 14.8, 14.8, 7.0, 7.3)], 730.0),
    ([*around(6, 7.4, 0.4), sheet(5.4, 5.4, 14.6, 14.6, lambda *_: 7.2, 0.1)], 730.0), ([*around(6, 6.5), box_part(5.2, 5.2, 14.8, 14.8, 6.2, 6.4)], 640.0),
    ([*around(6, 7), sheet(5.2, 5.2, 14.8, 14.8, lambda _, y: 6.4 + 0.05 * (y - 5), 0.1)], 674.0),
    ([*around(6, 7), *around(7, 8), sheet(5.2, 5.2, 14.8, 14.8, lambda *_: 7.7, 0.1)], 780.0),
    ([*around(6, 7, x0=8, y0=8, x1=12, y1=12), sheet(8.2, 8.2, 11.8, 11.8, lambda *_: 6.7, 0.1)], 612.9),
    ([*around(6, 7, x0=8, y0=8, x1=12, y1=12)[1:], box_part(8, 8, 12, 8.2, 6, 6.3), sheet(8.2, 8.2, 11.8, 11.8, lambda *_: 6.7, 0.1)], 611.0),
    ([*STRIP, box_part(8, 8, 12, 8.2, 6, 6.3), sheet(8, 8, 12, 12, lambda *_: 6.9, 0.1)], 612.0),
    ([*STRIP, sheet(7.8, 7.8, 12.2, 12.2, lambda *_: 6.9, 0.1)], 612.0), ([*around(6, 6.3, x0=8, y0=8, x1=12, y1=12), *CORNERS, sheet(8, 8, 12, 12, lambda *_: 6.9, 0.1)], 606.0),
]  # fmt: skip
"""Roofs laid between the walls of a low room: a sheet, a plate, thick walls, hardly any room, a slope, two rings of walls, a loft, one with a window; a roof
on walls with a window under it, with eaves; on corners with windows between them; each with a volume (m3) that is less than the right one."""


@pytest.mark.parametrize(("low_room", "m3"), LAID_BETWEEN)
def test_a_roof_between_walls_or_over_windows_is_that_of_a_room(low_room, m3):
    assert run("max_volume", HOUSE, *low_room, value=m3 - 3.0, unit="m3").verdict is not Verdict.COMPLIES


def test_what_is_laid_on_a_roof_between_parapets_makes_them_no_walls_of_a_room():
    parts = [HOUSE, *around(6, 6.8), box_part(5.2, 5.2, 14.8, 14.8, 6, 6.3, fid="insulation")]
    assert len(upstands(parts, RoofView(parts, GROUND), GROUND)) == 4
    split = [box_part(5, 5, 10, 15, 0, 3, fid="low"), box_part(10, 5, 15, 15, 0, 4, fid="high"), *around(3, 4.2, 0.1, x1=10)]
    assert len(upstands(split, RoofView(split, GROUND), GROUND)) == 4


@pytest.mark.parametrize("kind", ["wall", "building"])
def test_parapets_of_a_model_of_walls_and_a_roof_are_no_volume(kind):
    parts = [*around(0, 2.8, 0.3, kind=kind), box_part(5, 5, 15, 15, 2.8, 3, kind="roof", fid="roof"), *around(3, 4, 0.3, kind=kind)]
    assert run("max_volume", *parts, value=300.0, unit="m3").measurements[0].value == pytest.approx(300.0, rel=0.003)


def test_a_sheet_that_is_the_roof_of_an_annex_is_no_panel():
    parts = [HOUSE, box_part(15, 5, 19, 15, 0, 2.9, fid="annex"), sheet(15, 5, 19, 15, lambda *_: 3.0, 0.08)]
    assert not upstands(parts, RoofView(parts, GROUND), GROUND)


@pytest.mark.parametrize(("low", "high", "found"), [(6.0, 7.5, 4), (6.0, 7.51, 0), (6.05, 7.0, 4), (6.06, 7.0, 0)])
def test_a_parapet_is_no_higher_and_stands_on_the_roof(low, high, found):
    parts = [HOUSE, *around(low, high)]
    assert len(upstands(parts, RoofView(parts, GROUND), GROUND)) == found


@pytest.mark.parametrize(("thick", "lift", "found"), [(0.1, 0.9, 1), (0.11, 0.9, 0), (0.05, 1.01, 0)])
def test_a_panel_is_thin_and_lies_near_its_roof(thick, lift, found):
    parts = [HOUSE, sheet(8, 8, 11, 11, lambda *_: 6 + lift, thick)]
    assert len(upstands(parts, RoofView(parts, GROUND), GROUND)) == found
