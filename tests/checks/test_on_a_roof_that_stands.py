"""What is drawn by itself on a house that stands: a dormer is measured on the roof of that house, a chimney is as little counted as with its house."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shapely import box

import scenes
from drieluik.model import Building3D, LayerState, Role, Verdict
from one_context import pand
from one_rule import run, values
from roofs import dormer, house
from scenes import GROUND, box_part

COMPLIES, VIOLATES, ASKED, NOT_HERE, UNKNOWN = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT, Verdict.NOT_APPLICABLE, Verdict.NOT_ASSESSABLE
REGISTERED = pand("h", box(5, 5, 15, 15), "woonfunctie")


def modelled(part, lod="2.2"):
    return Building3D("h", part.triangles, np.array(["roof"] * len(part.faces)), lod, GROUND, GROUND + 8.0, "2022-03-01")


def place(part=None, lod="2.2", registered=(REGISTERED,)):
    """The plot with a house that stands on it, with its roof from the air or without."""
    return scenes.site(registered_buildings=registered, topography=(), buildings3d=(modelled(part, lod),) if part is not None else ())


STANDS = place(house())
DRAWN = replace(house(), fid="oud", role=Role("existing", "case"))
SITES = [((), STANDS), ((DRAWN,), STANDS), ((DRAWN,), place()), ((DRAWN,), place(registered=()))]


def dormers(*parts, site=STANDS, answers=None, **limits):
    return run("dormers", *parts, site=site, answers={"parcels": ["1"], **(answers or {})}, **limits)


@pytest.mark.parametrize(("drawn", "site"), SITES)
@pytest.mark.parametrize(("switch", "good", "bad"), [
    ("max_width_m", 3.0, 2.9), ("max_width_pct", 32.0, 28.0), ("min_to_foot_m", 0.9, 1.7), ("min_to_ridge_m", 3.3, 4.2), ("min_to_side_m", 3.1, 3.9),
    ("max_rise_m", 2.0, 0.5),
])  # fmt: skip
def test_a_dormer_by_itself_is_measured_on_the_roof_of_the_house_that_stands(drawn, site, switch, good, bad):
    with_house = run("dormers", house(), dormer(), **{switch: good})
    for limit, verdict in ((good, COMPLIES), (bad, VIOLATES)):
        found = dormers(*drawn, dormer(), site=site, **{switch: limit})
        assert found.verdict is verdict
        assert found.measurements[0].value == pytest.approx(with_house.measurements[0].value, abs=0.02)


def test_a_roof_seen_from_the_air_is_as_uncertain_as_it_is():
    assert dormers(dormer(), min_to_side_m=3.4).verdict is ASKED and dormers(dormer(), max_width_pct=29.5).verdict is ASKED
    assert dormers(DRAWN, dormer(), site=place(), min_to_side_m=3.4).verdict is COMPLIES  # drawn along it is as drawn
    assert dormers(dormer(), max_width_m=2.99).verdict is VIOLATES  # its width is its own
    assert {used.layer for used in dormers(dormer(), max_width_m=2.5).inputs} == {"bag"}


@pytest.mark.parametrize("site", [place(), place(house(), "1.3"), place(house(), "extruded"), place(registered=())])
def test_on_a_roof_that_is_not_known_a_dormer_is_not_assessable(site):
    assert dormers(dormer(), site=site, max_width_m=1.0).verdict is UNKNOWN


def test_a_dormer_that_stands_already_is_no_part_of_the_design():
    old = box_part(5.5, 6, 7.5, 9.5, 5, 7.6)
    both = replace(house(), vertices=np.vstack([house().vertices, old.vertices]), faces=np.vstack([house().faces, old.faces + len(house().vertices)]))
    found = dormers(dormer(x0=9.5, x1=11.0), site=place(both), max_width_m=1.6)
    assert (found.verdict, found.measurements[0].value) == (COMPLIES, pytest.approx(1.5, abs=0.02))
    raised = dormers(box_part(9, 8, 10, 12, 5, 12), site=place(both), max_width_m=0.5)
    assert raised.verdict is NOT_HERE  # a raised part on both faces


def test_what_is_no_dormer_asks_nothing():
    flat = place(box_part(5, 5, 15, 15, 0, 6))
    assert dormers(box_part(8, 8, 11, 11, 6, 8), site=flat, max_width_m=1.0).verdict is NOT_HERE  # on a flat roof
    assert dormers(replace(box_part(9, 7, 9.5, 7.5, 5, 10), kind="chimney"), max_width_m=1.0).verdict is NOT_HERE
    assert dormers(box_part(5, 15, 15, 18, 0, 3), max_width_m=1.0).verdict is NOT_HERE  # an extension on the ground
    assert dormers(box_part(5, 15, 15, 18, 0, 3, fid="x"), dormer(), max_width_m=2.9, answers={"roles": {"x": "design", "dormer": "design"}}).verdict is VIOLATES


def chimney(top, kind="chimney", foot=6.0, x=9.0):
    return box_part(x, 9.5, x + 0.6, 10.1, foot, top, kind=kind, fid="c")


def height(limit, *parts, site=STANDS, **answers):
    return run("max_building_height", *parts, site=site, answers={"parcels": ["1"], **answers}, value=limit)


@pytest.mark.parametrize(("drawn", "site"), [*SITES, ((), place()), ((), place(house(), "1.3"))])
@pytest.mark.parametrize("kind", ["chimney", "antenna"])
def test_a_chimney_by_itself_on_a_house_that_stands_is_exempt_as_with_its_house(drawn, site, kind):
    found = height(10.5, *drawn, chimney(10.9, kind), site=site)
    assert found.verdict is COMPLIES and "checks_exempt_parts" in {note.code for note in found.notes}


def test_how_far_a_chimney_may_rise_is_counted_from_the_roof_that_stands():
    assert height(10.5, chimney(14.9, foot=9)).verdict is COMPLIES  # the ridge lies at 10.0
    high = [height(10.5, *parts, chimney(15.2, foot=9), site=site) for parts, site in (((), STANDS), ((house(),), scenes.site()))]
    assert [one.verdict for one in high] == [ASKED, ASKED] and [q.key for q in high[0].questions] == ["minor_parts"]
    assert [height(10.5, chimney(top, foot=9), site=place()).verdict for top in (13.9, 14.1)] == [COMPLIES, ASKED]  # of a roof that nobody knows


@pytest.mark.parametrize("site", [place(registered=()), place(registered=(pand("b", box(25, 25, 30, 30)),))])
def test_a_chimney_on_open_ground_is_what_a_rule_is_about(site):
    assert height(9.0, chimney(9.5, foot=0), site=site).verdict is VIOLATES and height(9.6, chimney(9.5, foot=0), site=site).verdict is COMPLIES


def test_a_chimney_beside_an_extension_stands_on_the_house():
    answers = {"roles": {"x": "design", "c": "design"}}
    extension = box_part(5, 15, 15, 18, 0, 3, fid="x")
    assert height(9.9, extension, chimney(10.9), **answers).verdict is COMPLIES and values(height(2.9, extension, chimney(10.9), **answers))["height_above_peil"] == pytest.approx(3.0)


def test_while_nobody_knows_what_stands_a_chimney_violates_nothing_for_certain():
    unseen = tuple(replace(one, state=LayerState.FAILED) if one.layer == "bag" else one for one in STANDS.provenance)
    assert height(9.0, chimney(9.5), site=replace(place(registered=()), provenance=unseen)).verdict is not VIOLATES


CHIMNEY = box_part(13, 9.7, 13.6, 10.3, 7, 9, kind="chimney", fid="pijp")
PANELS = box_part(8, 6, 11, 8, 6.0, 6.9, fid="panelen")
BALCONY = box_part(7, 3.8, 10, 5, 3.0, 4.2, fid="balkon")


@pytest.mark.parametrize("part", [CHIMNEY, PANELS, BALCONY, dormer()])
@pytest.mark.parametrize("site", [STANDS, place()])
def test_what_is_added_to_a_house_that_stands_is_no_structure_on_the_ground(part, site):
    assert run("other_structures", part, site=site, answers={"parcels": ["1"]}, max_height_m=3.0).verdict is NOT_HERE
    mast = box_part(2, 25, 2.3, 25.3, 0, 3.5, fid="mast")
    found = run("other_structures", part, mast, site=site, answers={"parcels": ["1"]}, max_height_m=3.0)
    assert (found.verdict, found.measurements[0].value) == (VIOLATES, pytest.approx(3.5))


@pytest.mark.parametrize("part", [CHIMNEY, dormer()])
@pytest.mark.parametrize("annex", [box_part(5, 15, 15, 18, 0, 3.0, fid="uitbouw"), box_part(6, 25, 10, 30, 0, 3.0, fid="schuur")])
def test_a_dormer_beside_an_extension_is_not_held_to_the_height_of_annexes(part, annex):
    for limit, verdict in ((3.0, COMPLIES), (2.9, VIOLATES)):
        found = run("secondary_buildings", part, annex, site=STANDS, answers={"parcels": ["1"], "object_kind": "bijgebouw"}, max_height_m=limit)
        assert (found.verdict, found.measurements[0].value) == (verdict, pytest.approx(3.0))
