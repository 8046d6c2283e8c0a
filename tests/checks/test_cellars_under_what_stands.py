"""A cellar drawn by itself under a house that stands takes nobody's place: with that house it may be one building, so that its own measure decides nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shapely import box

import scenes
from drieluik.model import Building3D, RegisteredBuilding, Terrain, Verdict
from one_rule import run
from scenes import GROUND, ORIGIN, box_part, shift

COMPLIES, VIOLATES, JUDGE, NOT_KNOWN = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT, Verdict.NOT_ASSESSABLE
PAND = "9999100000000088"
NEW, EXTENSION = box_part(5, 5, 15, 15, 0, 6.5, fid="new"), box_part(5, 15, 15, 18, 0, 3, fid="serre")


def standing(model=True, under=GROUND):
    """A house of 10 x 10 x 6.5 m (650 m3) on the plot; ``under``: the ground that the terrain has there."""
    body = box_part(5, 5, 15, 15, 0, 6.5, fid=PAND)
    models = (Building3D(PAND, body.triangles, np.array(["wall"] * len(body.faces)), "2.2", GROUND, GROUND + 6.5, "2023-01-01"),) if model else ()
    heights = np.full((240, 240), GROUND)
    heights[110:130, 110:130] = under
    terrain = Terrain(heights, ORIGIN[0] - 50, ORIGIN[1] + 70, 0.5)
    pand = RegisteredBuilding(PAND, shift(box(5, 5, 15, 15)), 1958, "Pand in gebruik", ("woonfunctie",))
    return scenes.site(registered_buildings=(pand,), buildings3d=models, topography=scenes.site().topography[:-1], terrain=terrain)


def block(x1=15, y1=15, low=-3.0, high=0.0):
    return (box_part(5, 5, x1, y1, low, high, fid="kelder"),)


def walled(kinds=("building",) * 3, lid=True):
    wall, floor, top = kinds
    sides = ((5, 5, 15, 5.3), (5, 14.7, 15, 15), (5, 5.3, 5.3, 14.7), (14.7, 5.3, 15, 14.7))
    walls = [box_part(*side, -3, -0.2, kind=wall, fid=f"w{number}") for number, side in enumerate(sides)]
    lids = [box_part(5, 5, 15, 15, -0.2, 0, kind=top, fid="lid")] if lid else []
    return (*walls, box_part(5, 5, 15, 15, -3.2, -3, kind=floor, fid="floor"), *lids)


def volume(parts, limit, site=None, **answers):
    return run("max_volume", *parts, site=site or standing(), value=limit, unit="m3", answers={"parcels": ["1"], **answers})


CELLARS = [
    block(), block(y1=10), block(y1=9), block(x1=14), block(low=-2.2, high=0.8), block(low=-6, high=-3), (*block(), EXTENSION),
    walled(), walled(("wall", "slab", "slab")), walled(lid=False), walled(("wall", "slab", "slab"), lid=False),
]  # fmt: skip
"""Under all of the house and under parts of it, half above the ground, deeper, with an extension beside, drawn in walls, closed by the house alone."""


@pytest.mark.parametrize("parts", CELLARS)
def test_a_cellar_under_a_house_is_not_measured_alone(parts):
    assert volume(parts, 680.0).verdict is JUDGE and volume(parts, 1300.0).verdict is COMPLIES


def test_with_the_house_it_is_asked_whether_the_cellar_counts():
    level = lambda nap: {"whole_building": "yes", "ground_floor": {"underside_nap_m": nap}}  # noqa: E731
    assert volume(block(), 700.0, **level(GROUND)).verdict is COMPLIES and volume(block(), 590.0, **level(GROUND)).verdict is VIOLATES
    assert volume(block(), 700.0, **level(GROUND - 3)).verdict is VIOLATES and volume(block(), 700.0, whole_building="no").verdict is COMPLIES


@pytest.mark.parametrize("under", [GROUND, np.nan])
def test_without_a_model_of_the_house_the_ground_round_it_tells_that_a_cellar_lies_under_it(under):
    """The terrain of the country has nothing under what stands."""
    found = volume(block(), 700.0, standing(model=False, under=under))
    assert found.verdict is JUDGE and "whole_building" in {question.key for question in found.questions}


@pytest.mark.parametrize("parts", [(NEW,), (replace(NEW, fid="low", vertices=np.minimum(NEW.vertices, [np.inf, np.inf, GROUND + 1.6])),)])
def test_what_rises_in_the_place_of_a_house_replaces_it(parts):
    assert volume(parts, 651.0).verdict is COMPLIES


def test_a_house_with_a_cellar_in_the_place_of_another_replaces_it():
    found = volume((NEW, *block()), 660.0)
    assert found.verdict is JUDGE and {question.key for question in found.questions} == {"ground_floor"}


ALONE = [parts for parts in CELLARS if EXTENSION not in parts]
"""With one that reaches out under the garden; whether that counts is asked, and no more than that."""
SHED = box_part(5, 28, 9, 33, 0, 3, fid="shed")


def keys(found):
    return {question.key for question in found.questions}


@pytest.mark.parametrize("parts", [*ALONE, (box_part(4, 4, 16, 18, -3, 0, fid="kelder"),)])
def test_a_cellar_under_a_house_is_no_open_roof_and_no_bijgebouw(parts):
    site, answers = standing(), {"parcels": ["1"]}
    area = run("max_area", *parts, site=site, value=40.0, unit="m2", answers=answers)
    assert area.verdict is not COMPLIES and keys(area) <= {"count_below_ground", "whole_building", "object_kind"}
    share = run("max_coverage_pct", *parts, site=site, value=1.0, unit="%", denominator="bouwperceel", answers=answers)
    assert "open_parts_count" not in keys(share)
    secondary = run("secondary_buildings", *parts, site=site, max_total_area_m2=1.0, answers=answers)
    assert secondary.verdict is Verdict.NOT_APPLICABLE and not keys(secondary)


@pytest.mark.parametrize(("limit", "verdicts"), [(19.0, (VIOLATES, JUDGE)), (20.5, (COMPLIES, JUDGE))])
def test_a_shed_is_what_it_is_also_with_a_cellar_under_the_house(limit, verdicts):
    alone, both = (
        run("secondary_buildings", *parts, site=standing(), max_total_area_m2=limit, answers={"parcels": ["1"]})
        for parts in ((SHED,), (SHED, *walled(lid=False)))
    )
    assert both.verdict is alone.verdict and both.verdict in verdicts and keys(both) == keys(alone)


def test_a_shed_in_the_place_of_a_house_with_its_own_cellar_is_no_part_of_that_house():
    parts = (box_part(5, 5, 10, 9, 0, 3, fid="shed"), box_part(5, 5, 10, 9, -3, 0, fid="cellar"))
    found = run("secondary_buildings", *parts, site=standing(), max_total_area_m2=1.0, answers={"parcels": ["1"]})
    assert found.verdict is not Verdict.NOT_APPLICABLE
