"""Bodies that are not closed: the closed form, and how much was missing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from drieluik.measure.building.mending import mended
from drieluik.measure.plane.solids import solid_of
from scenes import box_part, gable_part

HOUSE = replace(gable_part(3, 4, 10, 12, 2.9, 6.1), kind="building", closed=True)
BOX = replace(box_part(1, 2, 7, 9, 0, 3), kind="building", closed=True)


def without(part, *faces):
    return replace(part, faces=np.delete(part.faces, list(faces), axis=0), closed=False)


def volume(part):
    return solid_of(part, part.vertices.min(axis=0)).volume()


@pytest.mark.parametrize("whole", [HOUSE, BOX])
def test_any_missing_triangle_is_found_and_filled(whole):
    for number in range(len(whole.faces)):
        (part,), missing = mended([without(whole, number)])
        a, b, c = whole.vertices[whole.faces[number]]
        assert part.closed and missing == pytest.approx(np.linalg.norm(np.cross(b - a, c - a)) / 2)
        assert volume(part) == pytest.approx(volume(whole))


def test_a_box_without_its_lid_is_closed_with_it():
    top = np.nonzero((BOX.vertices[BOX.faces][:, :, 2] > BOX.vertices[:, 2].max() - 0.1).all(axis=1))[0]
    (part,), missing = mended([without(BOX, *top)])
    assert missing == pytest.approx(42.0) and volume(part) == pytest.approx(126.0)


def test_what_is_closed_a_sheet_or_no_whole_building_stays_the_same():
    sheet = replace(BOX, faces=BOX.faces[:2], closed=False)
    wall = replace(without(BOX, 3), kind="wall")
    tiny = replace(without(BOX, 3), vertices=BOX.vertices.mean(axis=0) + (BOX.vertices - BOX.vertices.mean(axis=0)) * 0.1)
    twice = replace(BOX, faces=np.concatenate([BOX.faces, BOX.faces[:1]]), closed=False)
    for part in (HOUSE, sheet, wall, tiny, twice):
        found, missing = mended([part])
        assert found == (part,) and missing == 0.0


@pytest.mark.parametrize(("high", "closed"), [(0.95, False), (1.05, True)])
def test_what_holds_a_cubic_metre_is_mended(high, closed):
    """On one square metre, so high, without its lid: of 4.8 and 5.2 m2 that are drawn a square metre is missing."""
    post = replace(box_part(1, 2, 2, 3, 0, high), kind="building", closed=True)
    top = np.nonzero((post.vertices[post.faces][:, :, 2] > post.vertices[:, 2].max() - 0.1).all(axis=1))[0]
    (part,), missing = mended([without(post, *top)])
    assert part.closed is closed and missing == pytest.approx(1.0 if closed else 0.0)
