"""A dwelling on the design's own parcel may be of others, also where only the register of buildings says that somebody lives there."""

from __future__ import annotations

import numpy as np
import pytest
from shapely import box

import scenes
from drieluik.model import Building3D, RegisteredBuilding
from one_rule import run_all
from scenes import GROUND, box_part, shift

PAND = "9999100000000088"
BLOCK = box_part(0, 2, 20, 8, 0, 28, fid="blok")


def site(uses):
    """A home of 10 x 8 m on the same parcel, 12 m north of a block of 28 m."""
    body = box_part(4, 20, 14, 28, 0, 6, fid=PAND)
    model = Building3D(PAND, body.triangles, np.array(["wall"] * len(body.faces)), "2.2", GROUND, GROUND + 6, "2023-01-01")
    pand = RegisteredBuilding(PAND, shift(box(4, 20, 14, 28)), 1965, "Pand in gebruik", uses)
    return scenes.site(registered_buildings=(pand,), buildings3d=(model,))


@pytest.mark.parametrize(("uses", "asked"), [(("woonfunctie",), True), (("industriefunctie",), False)])
def test_a_home_that_only_the_register_of_buildings_knows_is_asked(uses, asked):
    found = run_all("sun_hours_facade", BLOCK, site=site(uses), profile="tno_light", step_min=10)
    keys = {premise.key for one in found for premise in one.premises}
    assert ("own_dwellings" in keys) is asked
    if asked:
        told = run_all("sun_hours_facade", BLOCK, site=site(uses), profile="tno_light", step_min=10, answers={"own_dwellings": "no"})
        assert any(one.measurements for one in told)
