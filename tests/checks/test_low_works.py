"""What lies low and open is no building, whatever it is called: terraces, decks, planters, basins, paving and steps in the garden."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import scenes
from drieluik.checks.engine.no_building import structures_told
from drieluik.measure.building.named_kinds import STRUCTURE
from drieluik.model import Verdict
from one_context import HOUSE, context
from one_rule import rd, run, values
from scenes import box_part

COMPLIES, VIOLATES, JUDGE, NOT_HERE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT, Verdict.NOT_APPLICABLE
EMPTY = {"registered_buildings": (), "topography": ()}


def low(x0, y0, x1, y1, bottom, top, kind="building", fid="low"):
    return box_part(x0, y0, x1, y1, bottom, top, kind=kind, fid=fid)


def ring(bottom, top, x0=8, y0=18, x1=14, y1=24, wall=0.3):
    sides = ((x0, y0, x1, y0 + wall), (x0, y1 - wall, x1, y1), (x0, y0, x0 + wall, y1), (x1 - wall, y0, x1, y1))
    return tuple(low(*side, bottom, top, fid=f"w{number}") for number, side in enumerate(sides))


def gone(*parts, answers=None):
    """Return the parts that are no building, and whether it is asked of others."""
    scene = context(*parts, answers=answers, **EMPTY)
    after = structures_told(scene)
    return " ".join(part.fid for part in after.design.parts if part.kind == STRUCTURE), "small_is_building" in scene.ledger.open


@pytest.mark.parametrize("kind", ["building", "other", "slab", "covering", "wall", "roof"])
@pytest.mark.parametrize(("bottom", "top", "found"), [
    (-0.2, 0.0, ("low", False)), (0.0, 0.2, ("low", False)), (0.5, 0.6, ("low", False)), (0.0, 1.0, ("low", False)), (-0.79, 1.0, ("low", False)), (-0.81, 1.0, ("", False)),
    (0.0, 1.01, ("", True)), (0.0, 1.79, ("", True)), (0.0, 1.81, ("", False)),
])  # fmt: skip
def test_what_is_low_and_lies_open_is_none_and_what_is_lower_than_a_person_is_asked(kind, bottom, top, found):
    """A block of 6 x 6 m beside a house; 1.8 m is a room, also below ground."""
    assert gone(HOUSE, low(20, 18, 26, 24, bottom, top, kind)) == found


@pytest.mark.parametrize(("part", "found"), [
    (low(14, 6, 18, 14, 0, 0.4), "low"), (low(10, 6, 18, 14, 0, 0.4), ""), (low(9.9, 6, 18, 14, 0, 0.4), ""), (low(10.1, 6, 18, 14, 0, 0.4), "low"),  # half under the house or less
    (low(14, 6, 14.3, 14, 0, 0.4), ""), (low(14, 6, 14.4, 8.6, 0, 0.4), "low"), (low(14, 6, 14.4, 8.4, 0, 0.4), ""), (low(6, 6, 14, 14, 0, 0.3), ""), (low(14, 6, 18, 14, 0, 0.4, "furnishing"), ""),
])  # fmt: skip
def test_a_floor_a_plinth_and_a_step_are_of_the_house(part, found):
    assert gone(HOUSE, part) == (found, False)


def test_basins_and_walls_in_the_garden_are_none_however_deep():
    bottom = low(8, 18, 14, 24, -2.2, -2.0, fid="bottom")
    assert gone(HOUSE, *ring(-2.2, 0.2), bottom) == ("w0 w1 w2 w3 bottom", False) and gone(HOUSE, *ring(0, 1.7)) == ("w0 w1 w2 w3", False)
    assert gone(HOUSE, *ring(0, 1.7), low(8, 18, 14, 24, 1.7, 1.9, kind="roof", fid="lid")) == ("", False)
    assert gone(HOUSE, low(8, 18, 14, 24, -2.2, 0.2)) == ("", False)  # one block so deep may be a cellar


def test_steps_apart_are_none_and_steps_to_a_door_are_of_the_building():
    flight = [low(18 + 0.3 * n, 18, 18.3 + 0.3 * n, 20, 0, 0.18 * (n + 1), "stair", f"t{n}") for n in range(9)]
    assert gone(HOUSE, *flight)[0] == " ".join(f"t{n}" for n in range(9))
    moved = [replace(part, vertices=part.vertices - (3.8, 10, 0)) for part in flight]
    assert gone(HOUSE, *moved) == ("", False)


def test_between_the_posts_of_an_open_hall_a_floor_is_of_the_hall():
    posts = [box_part(x, y, x + 0.2, y + 0.2, 0, 4, kind="beam", fid=f"p{x}{y}") for x in (6, 13.8) for y in (6, 13.8)]
    floor, beside = low(6, 6, 14, 14, 0, 0.2, fid="floor"), low(16, 6, 20, 14, 0, 0.2, fid="beside")
    assert gone(*posts, floor, beside) == ("beside", False)


def test_what_the_officer_says_goes_before():
    part = low(20, 18, 26, 24, 0, 0.6)
    assert gone(HOUSE, part, answers={"objects": {"low": "bijgebouw"}})[0] == "" and gone(HOUSE, part, answers={"object_kind": "hoofdgebouw"})[0] == "low"
    assert gone(part, answers={"object_kind": "hoofdgebouw"})[0] == "" and gone(part)[0] == "low"
    assert gone(HOUSE, low(20, 18, 26, 24, 0, 1.5), answers={"small_is_building": "no"})[0] == "low"


SHED = box_part(15, 30, 19, 34, 0, 3, fid="shed")
TERRACE = (low(6, 14, 14, 18, 0, 0.4, fid="terrace"), low(1, 20, 5, 22, 0, 0.8, fid="planter"), low(8, 20, 14, 26, -0.1, 0.05, fid="paving"))
"""Of 32, 8 and 36 m2, beside a house of 64 m2 and a shed of 16 m2."""
ROLES = {"roles": {part.fid: "design" for part in TERRACE}}


@pytest.mark.parametrize("to", [(), ("bijgebouw",), ("bijbehorend bouwwerk",)])
@pytest.mark.parametrize("answers", [{}, ROLES])
def test_terraces_count_in_no_area_of_sheds(to, answers):
    site = scenes.site(**EMPTY)
    total = [run("secondary_buildings", HOUSE, SHED, *TERRACE, site=site, answers=answers, applies_to=to, max_total_area_m2=limit) for limit in (16.1, 15.9)]
    assert [found.verdict for found in total] == [COMPLIES, VIOLATES] and values(total[0])["total_area"] == pytest.approx(16.0)
    alone = run("secondary_buildings", HOUSE, *TERRACE, site=site, answers=answers, applies_to=to, max_total_area_m2=1.0)
    assert alone.verdict is NOT_HERE


@pytest.mark.parametrize("answers", [{}, ROLES])
def test_terraces_are_no_part_of_a_building(answers):
    site, parts = scenes.site(**EMPTY), (HOUSE, *TERRACE)
    assert run("max_area", *parts, site=site, answers=answers, value=64.1, unit="m2").verdict is COMPLIES
    assert run("max_coverage_pct", *parts, site=site, answers=answers, value=8.1, unit="%", denominator="bouwperceel", counts="gebouwen").verdict is COMPLIES
    assert run("within_building_plane", *parts, site=site, answers=answers, applies_to=("gebouw",)).verdict is COMPLIES
    rear = {"rear_boundary": {"line": rd((0, 40), (20, 40))}}
    assert run("min_distance_rear_boundary", *parts, site=site, answers={**answers, **rear}, op=">=", value=25.5).verdict is COMPLIES


def test_of_bouwwerken_a_terrace_is_one_and_paving_is_none():
    site, paving, terrace = scenes.site(**EMPTY), TERRACE[2], box_part(8, 20, 14, 26, 0, 0.4, fid="terrace")
    told = {"roles": {"terrace": "design", "low": "design", "paving": "design"}}
    share = lambda *parts: run("max_coverage_pct", *parts, site=site, answers=told, value=8.1, unit="%", denominator="bouwperceel", counts="bouwwerken").verdict  # noqa: E731
    assert share(HOUSE, paving) is COMPLIES and share(HOUSE, terrace) is VIOLATES
    plane = lambda *parts: run("within_building_plane", *parts, site=site, answers=told, applies_to=("bouwwerk",)).verdict  # noqa: E731
    assert plane(HOUSE, paving) is COMPLIES and plane(HOUSE, terrace) is VIOLATES
    assert run("within_building_plane", HOUSE, terrace, site=site, answers=told).verdict is JUDGE
    high = [run("max_building_height", HOUSE, terrace, site=site, answers=told, value=limit, applies_to=("bouwwerk geen gebouw",)).verdict for limit in (0.5, 0.3)]
    assert high == [COMPLIES, VIOLATES]


def test_a_low_block_against_a_house_is_no_annex():
    assert run("max_building_height", HOUSE, low(14, 6, 18, 14, 0, 1.7), site=scenes.site(**EMPTY), value=1.0, applies_to=("aanbouw",)).verdict in (NOT_HERE, JUDGE)
    stands = scenes.site(registered_buildings=(), topography=(), parcels=scenes.site().parcels)
    assert run("secondary_buildings", HOUSE, low(14, 6, 18, 14, 0, 0.9), site=stands, max_total_area_m2=1.0).verdict is NOT_HERE


def rail(z, high=1.0, kind="building", off=0.0):
    """Balustrades round three sides of a terrace of 8 x 4 m behind the house, in three pieces."""
    sides = ((6, 17.9 + off, 14, 18 + off), (6 - off, 14, 6.1 - off, 17.9), (13.9 + off, 14, 14 + off, 17.9))
    return tuple(low(*side, z, z + high, kind, f"b{number}") for number, side in enumerate(sides))


def bent(z, high=1.0, kind="building"):
    """The same in one piece."""
    whole, parts = rail(z, high, kind), 8 * np.arange(3)
    faces = np.vstack([part.faces + start for part, start in zip(whole, parts)])
    return (replace(whole[0], fid="bent", vertices=np.vstack([part.vertices for part in whole]), faces=faces),)


RAISED = low(6, 14, 14, 18, 0, 0.9, fid="deck")
ON_POSTS = (low(6, 14, 14, 18, 0.75, 0.9, fid="deck"), *(low(x, 17.85, x + 0.15, 18, 0, 0.75, fid=f"p{x}") for x in (6, 13.85)))
STANDING = [
    ((RAISED, *rail(0.9)), 1.9), ((RAISED, *bent(0.9)), 1.9), ((RAISED, *rail(0.9, kind="railing")), 1.9), ((RAISED, *bent(0.9, kind="railing")), 1.9),
    ((RAISED, *rail(0.98, 0.95)), 1.93), ((RAISED, *rail(0.6, 1.3, off=0.1)), 1.9), ((RAISED, *rail(0.9, 1.8)[:2]), 2.7), ((*ON_POSTS, *rail(0.9)), 1.9),
    ((low(6, 14, 14, 18, 0, 0.6, fid="deck"), *bent(0.6)), 1.6),
]  # fmt: skip
"""Balustrades on, over and outside the edge of a terrace, a screen, a deck on posts; each with how high it reaches."""


@pytest.mark.parametrize(("parts", "top"), STANDING)
def test_a_terrace_is_as_high_as_the_balustrade_on_it(parts, top):
    told = {"roles": {part.fid: "design" for part in parts}, "minor_parts": "no"}
    for check, words in (("max_building_height", lambda limit: {"value": limit, "applies_to": ("bouwwerk geen gebouw",)}), ("other_structures", lambda limit: {"max_height_m": limit})):
        found = [run(check, HOUSE, *parts, site=scenes.site(**EMPTY), answers=told, **words(limit)).verdict for limit in (top - 0.05, top + 0.01)]
        assert found == [VIOLATES, COMPLIES]


@pytest.mark.parametrize("parts", [(RAISED, *rail(0.9)), (RAISED, *bent(0.9)), (RAISED, *rail(0.9, kind="railing"))])
def test_what_a_terrace_and_its_balustrade_are_is_told_without_the_house_too(parts):
    assert gone(*parts)[0] == " ".join(part.fid for part in parts)


def test_a_sill_of_the_house_over_a_terrace_is_of_the_house():
    assert gone(HOUSE, RAISED, *rail(0.9), low(8, 14, 10, 14.1, 2.0, 2.1, fid="sill"))[0] == "deck b0 b1 b2"


@pytest.mark.parametrize("parts", [
    (low(6, 14, 14, 18, 0, 0.4, fid="floor"), low(6, 14, 14, 18, 2.8, 3.0, fid="roof"), low(6, 17.8, 6.2, 18, 0.4, 2.8, fid="p0"), low(13.8, 17.8, 14, 18, 0.4, 2.8, fid="p1")),
    (low(20, 18, 26, 24, 0, 0.4, fid="floor"), *(replace(part, fid=f"s{part.fid}") for part in ring(0.4, 2.4, 21, 19, 25, 23)), low(21, 19, 25, 23, 2.4, 2.6, fid="roof")),
])  # fmt: skip
def test_what_bears_a_roof_on_a_terrace_is_no_balustrade(parts):
    assert gone(HOUSE, *parts)[0] in ("", "floor")


def serre(wall=0.1, roof=(2.5, 2.6), x0=7, x1=11, y1=17, z=0.4, top=2.7, one=False):
    """A conservatory against the back of the house, its roof laid between its walls."""
    sides = ((x0, y1 - wall, x1, y1), (x0, 14, x0 + wall, y1 - wall), (x1 - wall, 14, x1, y1 - wall))
    walls = [low(*side, z, top, fid=f"s{number}") for number, side in enumerate(sides)]
    if one:
        faces = np.vstack([part.faces + start for part, start in zip(walls, 8 * np.arange(3))])
        walls = [replace(walls[0], fid="bent", vertices=np.vstack([part.vertices for part in walls]), faces=faces)]
    return (low(4, 14, 14, 18, 0, z, fid="terrace"), *walls, low(x0 + wall, 14, x1 - wall, y1 - wall, *roof, fid="roof"))


SERRES = [
    serre(), serre(0.2), serre(0.3), serre(one=True), serre(0.2, one=True), serre(roof=(2.2, 2.3)), serre(roof=(2.6, 2.8)), serre(x0=4, x1=8), serre(y1=18, x0=9, x1=12),
    serre(z=0.9, top=3.2, roof=(3.0, 3.1)),
]  # fmt: skip
"""Thin and thick walls, apart and in one piece, a roof that lies low between them and one that rises over them, in a corner, at the edge, on a high terrace."""


@pytest.mark.parametrize("parts", SERRES)
def test_walls_with_a_roof_laid_between_them_are_no_screens_on_a_terrace(parts):
    assert gone(HOUSE, *parts)[0] in ("", "terrace")
    told = {"roles": {part.fid: "design" for part in parts}}
    (x0, y0), (x1, y1) = (func(np.vstack([part.vertices for part in parts[1:]])[:, :2], axis=0) for func in (np.min, np.max))
    found = run("secondary_buildings", HOUSE, *parts, site=scenes.site(**EMPTY), answers=told, max_total_area_m2=float((x1 - x0) * (y1 - y0)) - 0.2)
    assert found.verdict in (VIOLATES, JUDGE)


def test_a_screen_that_meets_what_hangs_with_its_end_is_one():
    screen, canopy = low(9, 14.5, 9.1, 18, 0.9, 2.7, fid="screen"), low(8, 14, 10, 14.5, 2.5, 2.6, fid="canopy")
    assert gone(HOUSE, RAISED, screen, canopy)[0] == "deck screen"
