"""What of a file is the design: tried both ways wherever shape and place leave it open (scene: plot x 0..20, y 0..40, street to the south)."""

from __future__ import annotations

import numpy as np
import pytest

import scenes
from drieluik.model import Part, Verdict
from one_rule import rd, run
from scenes import GROUND, box_part, to_rd

COMPLIES, VIOLATES, JUDGE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT
PEIL = {"peil": {"method": "nap_value", "nap_m": GROUND, "reason": "made for a test"}}
HOUSE = box_part(5, 5, 13, 14, 0, 6, fid="house")
CAR = box_part(15, -6, 16.8, -2, 0.1, 1.5, kind="other", fid="car")


def height(*parts, limit=7.0, **answers):
    return run("max_building_height", *parts, value=limit, answers={**PEIL, **answers}, site=scenes.site())


def asked(found):
    return [question.key for question in found.questions]


def tree(x, y, high):
    ring = [(x + 1.8 * np.cos(a), y + 1.8 * np.sin(a), 2.0) for a in np.linspace(0, 2 * np.pi, 8, endpoint=False)]
    crown = Part("crown", to_rd([*ring, (x, y, high), (x, y, 2.0)]), np.array([[i, (i + 1) % 8, 8] for i in range(8)] + [[(i + 1) % 8, i, 9] for i in range(8)]), "other")
    return box_part(x - 0.1, y - 0.1, x + 0.1, y + 0.1, 0, 2.1, kind="other", fid="trunk"), crown


def test_a_tree_in_the_file_never_makes_a_violation():
    found = height(HOUSE, *tree(10, 30, 11.0))
    assert (found.verdict, asked(found)) == (JUDGE, ["roles"])  # 6 m of at most 7 m, or 11 m with the tree
    assert height(HOUSE, *tree(10, 30, 11.0), roles={"trunk": "context", "crown": "context"}).verdict is COMPLIES
    assert height(HOUSE, *tree(10, 30, 11.0), roles={"trunk": "design"}).verdict is VIOLATES
    assert height(HOUSE, *tree(10, 30, 6.5)).verdict is COMPLIES  # it does not matter, so it is not asked
    assert height(HOUSE, *tree(10, 30, 11.0), limit=5.0).verdict is VIOLATES  # the house by itself


def test_a_higher_building_on_another_parcel_may_be_the_neighbour():
    found = height(HOUSE, box_part(24, 20, 32, 28, 0, 9, fid="other"))
    assert (found.verdict, asked(found)) == (JUDGE, ["roles"])
    told = height(HOUSE, box_part(24, 20, 32, 28, 0, 9, fid="other"), parcels={"value": ["1"], "reason": "made for a test"})
    assert (told.verdict, told.premises[0].choices[0].verdict) == (JUDGE, COMPLIES)  # the likeliest: what stands on the plot


def test_a_car_on_the_road_stands_over_no_road():
    over = lambda *parts: run("public_space_overlap", *parts, value=0.0, unit="m2", answers=PEIL, site=scenes.site())  # noqa: E731
    assert over(HOUSE).verdict is COMPLIES
    assert (over(HOUSE, CAR).verdict, asked(over(HOUSE, CAR))) == (JUDGE, ["roles"])


def test_the_ground_drawn_along_is_no_building():
    ground = box_part(-4, -4, 30, 45, -0.3, -0.02, kind="other", fid="ground")
    over = run("public_space_overlap", HOUSE, ground, value=0.0, unit="m2", answers=PEIL, site=scenes.site())
    assert (over.verdict, asked(over)) == (JUDGE, ["roles"])
    assert height(HOUSE, ground).verdict is COMPLIES


def test_a_garden_wall_all_round_encloses_no_building():
    ring = [(0, 0, 20, 0.2), (0, 39.8, 20, 40), (0, 0.2, 0.2, 39.8), (19.8, 0.2, 20, 39.8)]
    walls = [box_part(*corners, 0, 2, kind="wall", fid=f"garden {n}") for n, corners in enumerate(ring)]
    sides = {"side_boundaries": {"lines": [rd((0, 0), (0, 40)), rd((20, 0), (20, 40))], "reason": "made for a test"}}
    near = run("min_distance_side_boundary", HOUSE, *walls, value=3.0, op=">=", answers={**PEIL, **sides}, site=scenes.site())
    assert near.verdict is not VIOLATES
    assert run("max_area", HOUSE, *walls, value=80.0, unit="m2", answers=PEIL, site=scenes.site()).verdict is COMPLIES  # 72 m2


@pytest.mark.parametrize("kind", ["building", "canopy"])
def test_a_carport_is_asked_only_where_it_matters(kind):
    posts = [box_part(x, y, x + 0.1, y + 0.1, 0, 2.4, kind="member", fid=f"p{x}{y}") for x in (2, 5) for y in (25, 30)]
    port = (box_part(2, 25, 5.1, 30.1, 2.4, 2.6, kind=kind, fid="port"), *posts)
    assert height(HOUSE, *port).verdict is COMPLIES
    small = run("max_area", HOUSE, *port, value=80.0, unit="m2", answers=PEIL, site=scenes.site())  # 72.0, or 87.8 m2 with the open roof
    assert (small.verdict, "open_parts_count" in asked(small)) == (JUDGE, True)
    assert run("max_area", HOUSE, *port, value=90.0, unit="m2", answers=PEIL, site=scenes.site()).verdict is COMPLIES


def test_a_shed_on_the_plot_is_the_design():
    shed = box_part(2, 30, 5, 34, 0, 3, fid="shed")
    found = run("max_area", HOUSE, shed, value=80.0, unit="m2", answers=PEIL, site=scenes.site())
    assert (found.verdict, found.measurements[0].value) == (VIOLATES, pytest.approx(84.0))


def test_a_shed_of_three_walls_is_as_large_as_its_roof_may_be():
    """Three walls of 0.3 m under a roof of 8 x 9 m: 7.4 m2 of wall, 72 m2 of roof."""
    walls = [box_part(5, 13.7, 13, 14, 0, 3, kind="wall", fid="rear"), box_part(5, 5, 5.3, 13.7, 0, 3, kind="wall", fid="left"), box_part(12.7, 5, 13, 13.7, 0, 3, kind="wall", fid="right")]
    found = run("max_area", *walls, box_part(5, 5, 13, 14, 3, 3.2, kind="roof", fid="roof"), value=50.0, unit="m2", answers=PEIL, site=scenes.site())
    assert (found.verdict, asked(found)) == (JUDGE, ["open_parts_count"])


def test_posts_may_begin_on_a_base_or_be_one_mesh_with_the_house():
    posts = [box_part(x, y, x + 0.1, y + 0.1, 0.4, 2.4, kind="member", fid=f"p{x}{y}") for x in (2, 5) for y in (25, 30)]
    port = box_part(2, 25, 5.1, 30.1, 2.4, 2.6, fid="port")
    found = run("max_area", HOUSE, port, *posts, value=80.0, unit="m2", answers=PEIL, site=scenes.site())
    assert found.verdict is JUDGE
    every = (HOUSE, port, *posts)
    starts = np.cumsum([0, *(len(part.vertices) for part in every)])
    mesh = Part("all", np.concatenate([part.vertices for part in every]), np.concatenate([part.faces + start for part, start in zip(every, starts)]), "building")
    assert run("max_area", mesh, value=80.0, unit="m2", answers=PEIL, site=scenes.site()).verdict is JUDGE
