"""What of a file is the design: tried both ways wherever shape and place leave it open (scene: plot x 0..20, y 0..40, street to the south)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shapely import box

import scenes
from drieluik.checks.engine.design_roles import roles_of
from drieluik.model import Note, Part, RegisteredBuilding, Role, Verdict
from one_context import context as context_of
from one_rule import rd, run
from scenes import GROUND, box_part, shift, to_rd

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
    assert height(HOUSE, *tree(10, 30, 11.0), roles={"trunk": "design", "crown": "design"}).verdict is VIOLATES
    assert height(HOUSE, *tree(10, 30, 11.0), roles={"trunk": "design"}).verdict is JUDGE  # of the crown nothing was said
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
    found = run("max_area", HOUSE, shed, value=80.0, unit="m2", answers=PEIL, site=scenes.site(), body="all")
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


def row(gap=0.0):
    """Two houses in a row: 7 m wide and 5.5 m high on parcel 1, 6 m wide and 8.2 m high on parcel 2."""
    return box_part(13, 6, 20, 15, 0, 5.5, fid="own"), box_part(20 + gap, 6, 26, 15, 0, 8.2, fid="next")


@pytest.mark.parametrize("gap", [-0.06, 0.0, 0.08])
@pytest.mark.parametrize("answers", [{}, {"parcels": ["1"]}])
def test_a_house_drawn_along_in_a_row_is_asked_about(gap, answers):
    own, beside = row(gap)
    found = height(own, beside, limit=6.0, **answers)
    assert (found.verdict, asked(found)) == (JUDGE, ["roles"])
    assert height(own, beside, limit=6.0, roles={"next": "context"}, **answers).verdict is COMPLIES
    assert height(own, beside, limit=9.0, **answers).verdict is COMPLIES
    assert height(own, beside, limit=5.0, **answers).verdict is VIOLATES
    large = run("min_area", own, beside, value=90.0, op=">=", unit="m2", answers={**PEIL, **answers}, site=scenes.site())  # 63 m2 of its own
    assert large.verdict is JUDGE and set(asked(large)) - {"each_building"} == {"roles"}  # with a gap they may also be two buildings


def test_houses_of_walls_in_a_row_share_a_wall():
    """The wall between them stands on the boundary, the roof lies over both."""
    def room(x0, x1, fid):
        sides = [(x0, 6, x1, 6.3), (x0, 14.7, x1, 15)]
        return [box_part(*side, 0, 6, kind="wall", fid=f"{fid}{n}") for n, side in enumerate(sides)]

    outer = [box_part(13, 6.3, 13.3, 14.7, 0, 6, kind="wall", fid="w"), box_part(25.7, 6.3, 26, 14.7, 0, 6, kind="wall", fid="e")]
    party = box_part(19.85, 6.3, 20.15, 14.7, 0, 6, kind="wall", fid="party")
    walls = [*room(13, 20, "own"), *room(20, 26, "next"), *outer, box_part(13, 6, 26, 15, 6, 6.2, kind="roof", fid="roof")]
    area = lambda *parts: run("max_area", *parts, value=90.0, unit="m2", answers=PEIL, site=scenes.site())  # noqa: E731
    assert (area(*walls, party).verdict, asked(area(*walls, party))[:1]) == (JUDGE, ["roles"])


def test_a_house_over_the_boundary_of_two_parcels_stays_one_house():
    walls = [(14, 6, 26, 6.3), (14, 14.7, 26, 15), (14, 6.3, 14.3, 14.7), (25.7, 6.3, 26, 14.7)]
    parts = [box_part(*wall, 0, 6, kind="wall", fid=f"w{n}") for n, wall in enumerate(walls)]
    parts.append(box_part(14, 6, 26, 15, 6, 6.2, kind="roof", fid="roof"))
    area = run("max_area", *parts, value=50.0, unit="m2", answers=PEIL, site=scenes.site())  # 108 m2
    assert (area.verdict, "roles" in asked(area)) == (VIOLATES, False)


def test_two_registered_houses_on_one_parcel_are_two_buildings():
    """A row of one owner stands on one parcel; an extension drawn with the house that it joins stays one with it."""
    panden = [RegisteredBuilding(fid, shift(box(*at)), 1960, "Pand in gebruik", ("woonfunctie",)) for fid, at in (("a", (4, 6, 10, 15)), ("b", (10, 6, 16, 15)))]
    site = scenes.site(registered_buildings=tuple(panden))
    own, beside = box_part(4, 6, 10, 15, 0, 5.5, fid="own"), box_part(10, 6, 16, 15, 0, 8.2, fid="next")
    found = run("max_building_height", own, beside, value=6.0, answers={**PEIL, "parcels": ["1"]}, site=site)
    assert (found.verdict, asked(found)) == (JUDGE, ["roles"])
    going = run("max_building_height", own, beside, value=6.0, answers={**PEIL, "demolition": ["a", "b"]}, site=site)
    assert going.verdict is VIOLATES
    annex = box_part(4, 15, 10, 18, 0, 3, fid="annex")
    alone = scenes.site(registered_buildings=(panden[0],))
    assert run("max_building_height", own, annex, value=5.0, answers=PEIL, site=alone).verdict is VIOLATES


def said(part, word, name="", source="file", of=""):
    """A part of which the file says what it is."""
    return replace(part, role=Role(word, source, Note.of("part_role_name", name=name or part.fid)), object=of or part.object)


def high_box(fid="old", x=5.0):
    return box_part(x, 25, x + 8, 31, 0, 11, fid=fid)


@pytest.mark.parametrize("word", ["demolish", "existing", "context", "terrain", "vegetation"])
def test_what_the_file_says_proposes_and_the_opposite_is_tried(word):
    old = said(high_box(), word)
    found = height(HOUSE, old)
    assert (found.verdict, asked(found)) == (JUDGE, ["roles"])
    point = next(premise for premise in found.premises if premise.key == "roles")
    assert [choice.verdict for choice in point.choices][:2] == [COMPLIES, VIOLATES]  # the likeliest: without it
    assert point.choices[0].answer == {"old": word}
    assert height(HOUSE, old, roles={"old": word}).verdict is COMPLIES and height(HOUSE, old, roles={"old": "design"}).verdict is VIOLATES
    assert height(HOUSE, old, limit=12.0).verdict is COMPLIES and height(HOUSE, old, limit=5.0).verdict is VIOLATES


def test_a_file_in_which_everything_is_existing_is_looked_at_as_a_design():
    assert height(said(HOUSE, "existing")).verdict is COMPLIES and height(said(HOUSE, "existing"), limit=5.0).verdict is VIOLATES


def test_what_is_called_a_tree_and_is_one_is_no_question():
    trunk, crown = (said(part, "vegetation") for part in tree(10, 30, 11.0))
    found = height(HOUSE, trunk, crown)
    assert found.verdict is COMPLIES and "roles:file" in [premise.key for premise in found.premises]
    assert height(HOUSE, trunk, crown, roles={"crown": "design"}).verdict is VIOLATES  # the officer goes before the file


def test_existing_by_the_file_and_by_the_register_is_no_question():
    old = said(high_box(), "existing")
    known = scenes.site()
    known = replace(known, registered_buildings=(*known.registered_buildings, RegisteredBuilding("0599100000000001", shift(box(5, 25, 13, 31)))))
    found = run("max_area", HOUSE, old, op="<=", unit="m2", value=100.0, answers=PEIL, site=known)
    assert (found.verdict, found.questions) == (COMPLIES, ())
    assert run("max_building_height", HOUSE, old, value=7.0, answers=PEIL, site=known).questions[0].key == "roles"  # no register says how high it is


def test_the_object_that_the_case_names_is_settled():
    other = said(high_box(), "context", source="case")
    found = height(said(HOUSE, "design", source="case"), other)
    assert (found.verdict, asked(found)) == (COMPLIES, [])


def test_several_buildings_of_a_file_are_each_tried():
    own, beside = replace(HOUSE, object="A"), replace(high_box(), object="B")
    found = height(own, beside)
    assert (found.verdict, asked(found)) == (JUDGE, ["roles"])
    assert height(own, beside, roles={"B": "context"}).verdict is COMPLIES  # an object by its name
    assert height(own, beside, roles={"B": "house"}).verdict is JUDGE  # no role: refused


def test_a_file_of_a_quarter_is_never_one_design():
    many = [replace(box_part(5 + 3 * n, 5, 7 + 3 * n, 9, 0, 3, fid=f"p{n}"), object=f"pand {n}") for n in range(9)]
    found = height(*many)
    assert (found.verdict, asked(found)) == (JUDGE, ["roles"])
    assert height(*many, roles={f"pand {n}": "context" for n in range(1, 9)}).verdict is COMPLIES


def test_every_part_has_a_role_with_its_source():
    trunk, crown = tree(10, 30, 11.0)
    plate = box_part(-4, -4, 30, 45, -0.3, -0.02, kind="other", fid="ground")
    parts = (HOUSE, trunk, crown, plate, said(high_box(), "demolish"), box_part(2, 30, 5, 34, 0, 3, fid="shed"))
    context = context_of(*parts, answers={**PEIL, "roles": {"shed": "existing"}})
    found = {part.fid: (role.word, role.source) for part, role in zip(parts, roles_of(context))}
    assert found == {
        "house": ("design", "shape"), "trunk": ("vegetation", "shape"), "crown": ("vegetation", "shape"), "ground": ("terrain", "shape"),
        "old": ("demolish", "file"), "shed": ("existing", "answer"),
    }


@pytest.mark.parametrize("objects", [("", ""), ("house", "annex"), ("house", "house"), ("house", "")])
def test_objects_that_stand_against_each_other_are_one_building_in_every_format(objects):
    """A house of 72 m2 with an annex of 15 m2 against it: 87 m2 together, and no question whose application it is."""
    parts = [replace(part, object=name) for part, name in zip((HOUSE, box_part(6, 14, 11, 17, 0, 2.8, fid="annex")), objects)]
    for limit, verdict in ((86.0, VIOLATES), (88.0, COMPLIES)):
        found = run("max_area", *parts, op="<=", unit="m2", value=limit, answers=PEIL, site=scenes.site(), body="all")
        assert (found.verdict, asked(found)) == (verdict, [])
    third = replace(box_part(6, 25, 14, 33, 0, 9, fid="apart"), object="annex" if objects == ("house", "annex") else objects[0])
    assert asked(height(*parts, third)) == []  # what is a part of one of them is one building with it, wherever it stands
