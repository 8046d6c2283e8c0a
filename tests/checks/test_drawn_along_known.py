"""What a file calls existing is a registered building only as far as the register goes: from the ground, within its outline, as high as its model."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shapely import box

import scenes
from drieluik.model import Building3D, Note, RegisteredBuilding, Role, Verdict
from one_rule import PEIL, run
from scenes import GROUND, box_part, shift

COMPLIES, VIOLATES, JUDGE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT
HOUSE = box_part(5, 5, 12, 13, 0, 5.5, fid="house")
PAND = "0599100000000042"


def old(x0, y0, x1, y1, z0, z1, fid="old"):
    return replace(box_part(x0, y0, x1, y1, z0, z1, fid=fid), role=Role("existing", "file", Note.of("part_role_name", name=fid)))


def site(*outlines, top=None, lod="2.2"):
    """The registered buildings of some outlines, each with a model up to ``top`` (one for all of them, or each its own; None: no models)."""
    known = scenes.site()
    panden = tuple(RegisteredBuilding(f"{PAND[:-1]}{number}", shift(box(*outline))) for number, outline in enumerate(outlines))
    models = []
    for pand, outline, high in zip(panden, outlines, top if isinstance(top, tuple) else (top,) * len(outlines)):
        if high is not None:
            body = box_part(*outline, 0, high)
            models.append(Building3D(pand.fid, body.vertices[body.faces], np.array(["wall"] * len(body.faces)), lod, GROUND, GROUND + high))
    return replace(known, registered_buildings=(*known.registered_buildings, *panden), buildings3d=(*known.buildings3d, *models))


def height(*parts, site, limit=6.5):
    found = run("max_building_height", *parts, value=limit, answers=PEIL, site=site)
    return found.verdict, [question.key for question in found.questions]


def test_a_body_on_top_of_the_design_is_not_what_the_register_has_under_it():
    storey = old(5, 5, 12, 13, 5.5, 8.3)
    assert height(HOUSE, storey, site=site((5, 5, 12, 13))) == (JUDGE, ["roles"])
    assert height(HOUSE, storey, site=site((5, 5, 12, 13)), limit=9.0) == (COMPLIES, [])
    post = old(5.1, 5.1, 5.3, 5.3, 0, 5.5, fid="post")  # nor with a post that reaches the ground
    assert height(HOUSE, storey, post, site=site((5, 5, 12, 13))) == (JUDGE, ["roles"])


@pytest.mark.parametrize(("deep", "expected"), [(31.0, (COMPLIES, [])), (31.3, (COMPLIES, [])), (35.0, (JUDGE, ["roles"]))])
def test_what_reaches_beyond_the_outline_is_not_registered(deep, expected):
    assert height(HOUSE, old(4, 24, 13, deep, 0, 9.0), site=site((4, 24, 13, 31), top=9.0)) == expected


@pytest.mark.parametrize(("top", "lod", "expected"), [
    (9.0, "2.2", (COMPLIES, [])), (7.8, "2.2", (COMPLIES, [])), (6.0, "2.2", (JUDGE, ["roles"])), (6.0, "1.2", (JUDGE, ["roles"])), (9.0, "1.2", (COMPLIES, [])),
    (None, "", (JUDGE, ["roles"])),
])
def test_what_is_higher_than_its_model_is_more_than_that_building(top, lod, expected):
    assert height(HOUSE, old(4, 24, 13, 31, 0, 9.0), site=site((4, 24, 13, 31), top=top, lod=lod)) == expected


def test_each_body_is_known_by_itself():
    barn, tower = old(4, 24, 13, 31, 0, 9.0, fid="barn"), old(15, 24, 18, 27, 0, 12.0, fid="tower")
    both = (4, 24, 13, 31), (15, 24, 18, 27)
    assert height(HOUSE, barn, tower, site=site(*both, top=(9.0, 12.0))) == (COMPLIES, [])
    assert height(HOUSE, barn, tower, site=site(both[0], top=9.0)) == (JUDGE, ["roles"])  # of the tower nobody knows
    assert height(HOUSE, barn, tower, site=site(*both, top=(9.0, None))) == (JUDGE, ["roles"])  # nor how high it is
    assert height(HOUSE, barn, tower, site=site(*both, top=(9.0, 12.0)), limit=5.0) == (VIOLATES, [])


def test_a_house_of_two_registered_buildings_is_both():
    assert height(HOUSE, old(2, 24, 14, 31, 0, 9.0), site=site((2, 24, 8, 31), (8, 24, 14, 31), top=9.0)) == (COMPLIES, [])


def test_a_terrace_of_the_existing_house_is_no_building():
    terrace = old(4, 31, 13, 36, -0.2, 0.1, fid="terrace")
    assert height(HOUSE, old(4, 24, 13, 31, 0, 9.0), terrace, site=site((4, 24, 13, 31), top=9.0)) == (COMPLIES, [])


def test_how_high_an_existing_building_is_does_not_matter_from_above():
    """Without a model an outline tells where it stands: 56 m2 of the house count, and the old one stands 3 m from the side."""
    barn, plot = old(4, 24, 13, 31, 0, 9.0), {"parcels": ["1"]}
    area = run("max_area", HOUSE, barn, value=60.0, unit="m2", answers=plot, site=site((4, 24, 13, 31)))
    assert (area.verdict, area.measurements[0].value, area.questions) == (COMPLIES, pytest.approx(56.0), ())
    lines = {"side_boundaries": {"lines": [shift(box(0, 0, 20, 40)).exterior.coords[:2]]}, "side_boundaries_rest": "no", **plot}
    assert run("min_distance_side_boundary", HOUSE, barn, op=">=", value=5.0, answers=lines, site=site((4, 24, 13, 31))).questions == ()


def test_a_storey_on_an_existing_building_of_which_only_the_outline_is_known():
    volume = {"value": 320.0, "unit": "m3", "volume_base": "underside", "answers": {"parcels": ["1"]}}  # the house is 308 m3, both are 875
    raised = run("max_volume", HOUSE, old(4, 24, 13, 31, 0, 9.0), site=site((4, 24, 13, 31)), **volume)
    assert raised.verdict is JUDGE and "roles" in [question.key for question in raised.questions]
    assert run("max_volume", HOUSE, old(4, 24, 13, 31, 0, 9.0), site=site((4, 24, 13, 31), top=9.0), **volume).verdict is COMPLIES
