"""Many bodies made as one solid, and a projection that is known already: the same as one by one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from drieluik.measure.building.footprint import projection, projection_without
from drieluik.measure.plane.solids import solid_of, solids_of, union
from scenes import box_part

FRAMES = [replace(box_part(1.5 * n, 0, 1.5 * n + 1, 0.1, 2 * m, 2 * m + 1, fid=f"{n}.{m}"), closed=True) for n in range(5) for m in range(3)]
TOUCHING = [replace(box_part(20 + n, 0, 21 + n, 1, 0, 1, fid=f"t{n}"), closed=True) for n in range(3)]
ORIGIN = np.floor(FRAMES[0].vertices.min(axis=0))


def test_what_meets_nothing_is_one_solid_and_the_rest_one_by_one():
    made = solids_of([*FRAMES, *TOUCHING], ORIGIN)
    assert len(made) == 1 + len(TOUCHING) and made[0].volume() == pytest.approx(len(FRAMES) * 0.1)
    assert union([one for one in made if one is not None]).volume() == pytest.approx(1.5 + 3.0)


def test_an_open_or_inside_out_body_is_never_taken_along():
    torn = replace(FRAMES[0], faces=FRAMES[0].faces[1:], closed=False)
    assert [one is None for one in solids_of([torn, *FRAMES[1:3]], ORIGIN)].count(True) == 1
    wrong = replace(FRAMES[0], faces=FRAMES[0].faces[:, ::-1], closed=True)
    assert [one is None for one in solids_of([wrong, *FRAMES[1:3]], ORIGIN)] == [solid_of(part, ORIGIN) is None for part in (wrong, *FRAMES[1:3])]
    assert solids_of([], ORIGIN) == []


@pytest.mark.parametrize("floor", [box_part(1, 1, 7, 8, 0, 0.3, fid="floor"), box_part(-1, 1, 7, 8, 0, 0.3, fid="terrace")])
def test_a_projection_without_what_lies_under_it(floor):
    house = box_part(0, 0, 8, 9, 0, 5)
    assert projection_without(projection([house, floor]), [house], [floor]).equals(projection([house]))
    assert projection_without(projection([house]), [house], []).equals(projection([house]))
    assert projection_without(projection([floor]), [], [floor]).is_empty
