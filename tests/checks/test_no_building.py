"""A mast, a silo and a flight of steps are no building: what encloses no room is asked as open parts, or is what a rule for structures is about."""

from __future__ import annotations

import numpy as np
import pytest

import scenes
from drieluik.measure.building.named_kinds import stairs
from drieluik.model import LegalSource, Level, Limit, Part, Rule, Ruleset, Verdict
from drieluik.review import review
from one_rule import PEIL, run
from scenes import box_part, gable_part, to_rd

COMPLIES, VIOLATES, ASKED, NOT_HERE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT, Verdict.NOT_APPLICABLE
HOUSE = gable_part(5, 6, 13, 14, 3, 7)
POLE = box_part(15.5, 31, 15.75, 31.25, 0, 12, fid="p1")
PLOT = {"parcels": ["1"]}


def tank(x, y, radius, wall, top, fid="voersilo", sides=20):
    """A round body with a cone on it."""
    turn = np.linspace(0.0, 2 * np.pi, sides, endpoint=False)
    ring = [(x + radius * np.cos(t), y + radius * np.sin(t)) for t in turn]
    corners = [(*p, 0.0) for p in ring] + [(*p, wall) for p in ring] + [(x, y, 0.0), (x, y, top)]
    faces = []
    for i in range(sides):
        j = (i + 1) % sides
        faces += [[i, j, sides + j], [i, sides + j, sides + i], [2 * sides, j, i], [2 * sides + 1, sides + i, sides + j]]
    return Part(fid, to_rd(corners), np.array(faces), kind="building", closed=True)


def height(*parts, limit, kind, answers=()):
    rule = Rule("h", "max_building_height", {"nl": "h"}, (LegalSource("plan"),), Limit("<=", "m", limit), applies_to=(kind,))
    (found,) = review(scenes.site(), scenes.design(*parts), Ruleset("t", "1", {}, (rule,)), {**PEIL, **PLOT, **dict(answers)})
    return found.verdict


@pytest.mark.parametrize(("kind", "limit", "verdict"), [
    ("hoofdgebouw", 7.1, COMPLIES), ("hoofdgebouw", 6.9, VIOLATES), ("gebouw", 7.1, COMPLIES), ("bijgebouw", 3.0, NOT_HERE),
    ("bouwwerk geen gebouw", 11.9, VIOLATES), ("bouwwerk geen gebouw", 12.1, COMPLIES),
])  # fmt: skip
def test_a_pole_beside_a_house_is_no_building(kind, limit, verdict):
    assert height(HOUSE, POLE, limit=limit, kind=kind) is verdict


def test_a_pole_covers_no_ground_as_a_building_and_is_asked_outside_the_bouwvlak():
    assert run("max_area", HOUSE, POLE, value=64.1, unit="m2", answers=PLOT).verdict is COMPLIES
    assert run("max_area", HOUSE, POLE, value=63.9, unit="m2", answers=PLOT).verdict is VIOLATES
    outside = run("within_building_plane", HOUSE, POLE, answers=PLOT)
    assert (outside.verdict, [question.key for question in outside.questions]) == (ASKED, ["open_parts_minor"])
    assert run("within_building_plane", HOUSE, answers=PLOT).verdict is COMPLIES
    assert run("secondary_buildings", HOUSE, POLE, max_height_m=3.0, answers=PLOT).verdict is NOT_HERE


def test_a_shed_of_a_few_square_metres_stays_a_building():
    shed = box_part(15, 30, 17.2, 32.2, 0, 2.9, fid="p1")
    assert run("within_building_plane", HOUSE, shed, answers=PLOT).verdict is VIOLATES
    assert height(HOUSE, shed, limit=2.8, kind="bijgebouw") is VIOLATES


def frame(fid="f"):
    legs = [box_part(x, y, x + 0.1, y + 0.1, 0, 18, fid=f"{fid}{x:g}{y:g}") for x in (9.0, 10.0) for y in (9.0, 10.0)]
    return (*legs, *(box_part(9, 9, 10.1, 10.1, z, z + 0.1, fid=f"{fid}{z}") for z in (6, 12, 17)))


@pytest.mark.parametrize("parts", [(box_part(9, 9, 9.4, 9.4, 0, 18, fid="m"),), frame()])
def test_a_mast_by_itself_is_a_structure_without_a_roof(parts):
    assert height(*parts, limit=9.0, kind="hoofdgebouw") is NOT_HERE
    assert height(*parts, limit=9.0, kind="bouwwerk geen gebouw") is VIOLATES
    assert run("max_eaves_height", *parts, value=4.0).verdict is ASKED
    assert run("roof_pitch_range", *parts, op=">=", value=25.0, unit="deg").verdict is Verdict.NOT_ASSESSABLE


@pytest.mark.parametrize(("answer", "structure", "building"), [
    ({}, ASKED, ASKED), ({"objects": {"voersilo": "bouwwerk geen gebouw"}}, VIOLATES, NOT_HERE), ({"objects": {"voersilo": "bijgebouw"}}, NOT_HERE, NOT_HERE),
    ({"small_is_building": "no"}, VIOLATES, NOT_HERE), ({"small_is_building": "yes"}, NOT_HERE, VIOLATES),
])  # fmt: skip
@pytest.mark.parametrize("radius", [3.0, 7.0])
def test_whether_what_is_called_a_silo_is_a_building_is_asked_whatever_its_size(radius, answer, structure, building):
    silo = tank(10, 12, radius, 5.5, 7.5)
    assert run("other_structures", silo, max_height_m=7.0, answers={**PLOT, **answer}).verdict is structure
    expected = VIOLATES if "bijgebouw" in str(answer) else building
    kind = "gebouw" if "bijgebouw" not in str(answer) else "bijgebouw"
    assert height(silo, limit=7.0, kind=kind, answers=answer) is expected


def test_the_answer_that_a_silo_is_no_building_is_obeyed_by_what_counts_buildings():
    silo = tank(9, 31, 3.5, 5.0, 6.0)
    told = {**PLOT, "objects": {"voersilo": "bouwwerk geen gebouw"}, "open_parts_count": "no"}
    share = {"denominator": "bouwperceel", "counts": "gebouwen"}
    assert run("max_coverage_pct", HOUSE, silo, value=8.1, unit="%", answers=told, **share).verdict is COMPLIES
    assert run("max_coverage_pct", HOUSE, silo, value=7.9, unit="%", answers=told, **share).verdict is VIOLATES
    assert run("max_coverage_pct", HOUSE, silo, value=8.1, unit="%", answers=PLOT, **share).verdict is ASKED
    counted = {**PLOT, "objects": {"voersilo": "bijgebouw"}}
    assert run("max_coverage_pct", HOUSE, silo, value=8.1, unit="%", answers=counted, **share).verdict is VIOLATES
    assert run("secondary_buildings", HOUSE, silo, max_height_m=3.0, answers=told).verdict is NOT_HERE


def test_a_silo_by_another_name_is_a_round_house():
    assert height(tank(10, 12, 7.0, 5.5, 7.5, fid="body"), limit=7.0, kind="gebouw") is VIOLATES


def steps(count, run_m, rise_m, fid="tree"):
    """Solid steps side by side up to ``count * rise_m``."""
    return [box_part(13, 6.5 + run_m * i, 14.1, 6.5 + run_m * (i + 1), 0, rise_m * (i + 1), fid=f"{fid}{i}") for i in range(count)]


@pytest.mark.parametrize("fid", ["tree", "deel"])
def test_a_flight_of_steps_is_no_room_and_no_tree(fid):
    """Twelve steps of 0.28 m, 1.1 m wide: 3.7 m2 against a house of 64 m2, 8 m wide."""
    stair = steps(12, 0.28, 0.22, fid)
    asked = run("max_area", HOUSE, *stair, value=66.0, unit="m2", answers=PLOT)
    assert (asked.verdict, "open_parts_count" in [question.key for question in asked.questions]) == (ASKED, True)
    for answer, verdict in (("no", COMPLIES), ("yes", VIOLATES)):
        told = {**PLOT, "open_parts_count": answer, "roles": {part.fid: "design" for part in stair}}
        assert run("max_area", HOUSE, *stair, value=66.0, unit="m2", answers=told).verdict is verdict
    assert run("max_area", HOUSE, *stair, value=63.9, unit="m2", answers=PLOT).verdict is VIOLATES
    volume = run("max_volume", HOUSE, *stair, value=321.0, unit="m3", answers=PLOT, volume_base="underside")
    assert (volume.verdict, volume.measurements[0].value) == (COMPLIES, pytest.approx(320.0))


def test_terraces_higher_than_a_step_are_storeys_and_a_low_wall_of_beams_is_a_wall():
    terraces = steps(3, 2.0, 2.6, "deel")
    assert run("max_area", HOUSE, *terraces, value=66.0, unit="m2", answers={**PLOT, "roles": {p.fid: "design" for p in terraces}}).verdict is VIOLATES
    beams = [box_part(13, 7, 16, 7.3, 0.25 * n, 0.25 * (n + 1), fid=f"b{n}") for n in range(11)]
    assert not stairs(beams)
    assert len(stairs(steps(4, 0.3, 0.2))) == 4


LEVELS = [("bg", 0.0), ("1e", 3.1)]


@pytest.mark.parametrize("more", [[], [("02", 6.2)], [("dakterras", 6.2)]])
@pytest.mark.parametrize(("answers", "verdict"), [({}, ASKED), ({"count_roof_house": "yes"}, VIOLATES), ({"count_roof_house": "no"}, COMPLIES)])
def test_a_stair_house_on_a_flat_roof_is_asked_whatever_the_list_of_levels_says(more, answers, verdict):
    parts = (box_part(5, 6, 13, 14, 0, 6.2, fid="huis"), box_part(6, 7, 8.5, 9.5, 6.2, 8.8, fid="kap"))
    assert storeys(*parts, levels=[*LEVELS, *more], most=2, answers=answers) is verdict
    assert storeys(*parts, levels=[*LEVELS, *more], most=3, answers=answers) is COMPLIES
    assert storeys(*parts, levels=[*LEVELS, *more], most=1, answers=answers) is VIOLATES


def test_a_low_lift_head_and_a_large_opbouw_are_no_stair_house():
    house = box_part(5, 6, 13, 14, 0, 6.2, fid="huis")
    assert storeys(house, box_part(6, 7, 8.5, 9.5, 6.2, 7.6, fid="kap"), levels=LEVELS, most=2) is COMPLIES
    assert storeys(house, box_part(5, 6, 11, 14, 6.2, 9.0, fid="op"), levels=[*LEVELS, ("2e", 6.2)], most=2) is VIOLATES


def storeys(*parts, levels, most, answers=()):
    rule = Rule("s", "max_storeys", {"nl": "s"}, (LegalSource("plan"),), Limit("<=", "bouwlagen", most))
    design = scenes.design(*parts, levels=tuple(Level(name, scenes.GROUND + z) for name, z in levels))
    (found,) = review(scenes.site(), design, Ruleset("t", "1", {}, (rule,)), {**PEIL, **dict(answers)})
    return found.verdict


def open_roof(x0, y0, x1, y1):
    posts = [box_part(x, y, x + 0.12, y + 0.12, 0, 2.3, fid=f"s{x:g}{y:g}") for x in (x0, x1 - 0.12) for y in (y0, y1 - 0.12)]
    return (*posts, box_part(x0, y0, x1, y1, 2.3, 2.5, fid="plaat"))


SIDES = {"lines": [[[x, y] for x, y in (to_rd([(x, 0, 0)])[0, :2], to_rd([(x, 40, 0)])[0, :2])] for x in (0, 20)]}


@pytest.mark.parametrize(("answer", "verdict"), [({}, ASKED), ({"open_parts_count": "yes"}, VIOLATES), ({"open_parts_count": "no"}, NOT_HERE)])
def test_an_open_roof_by_itself_is_asked_where_distances_of_buildings_are_kept(answer, verdict):
    answers = {**PLOT, "side_boundaries": SIDES, **answer}
    roof = open_roof(13.5, 8, 17.2, 13)
    assert run("min_distance_side_boundary", *roof, op=">=", value=3.0, answers=answers, built_up=True).verdict is verdict
    assert run("max_depth", *roof, value=4.0, answers={**PLOT, **answer}).verdict in (verdict, ASKED)
    near = run("min_distance_side_boundary", *roof, op=">=", value=2.5, answers=answers, built_up=True).verdict
    assert near is (NOT_HERE if answer.get("open_parts_count") == "no" else COMPLIES)
    assert height(*roof, limit=2.4, kind="hoofdgebouw") is ASKED


def shelter(x=1.9, y=2.0, high=2.2, thick=0.2, posts=4, wide=0.1, one=False):
    """A roof on posts, smaller than any room."""
    at = [(16, 28), (16 + x - wide, 28 + y - wide), (16, 28 + y - wide), (16 + x - wide, 28)][:posts]
    parts = [*(box_part(a, b, a + wide, b + wide, 0, high, fid=f"post{number}") for number, (a, b) in enumerate(at)), box_part(16, 28, 16 + x, 28 + y, high, high + thick, fid="roof")]
    if one:
        faces = np.vstack([part.faces + 8 * number for number, part in enumerate(parts)])
        parts = [Part("shelter", np.vstack([part.vertices for part in parts]), faces, kind="building", closed=True)]
    return tuple(parts)


SHELTERS = [
    shelter(), shelter(1.2, 1.2), shelter(3.0, 1.2), shelter(high=2.0), shelter(high=3.5), shelter(thick=0.05), shelter(posts=2), shelter(posts=3), shelter(wide=0.15), shelter(one=True),
]  # fmt: skip


@pytest.mark.parametrize("parts", SHELTERS)
def test_a_small_roof_on_posts_is_asked_as_an_overkapping(parts):
    top = max(part.z_range[1] for part in parts) - scenes.GROUND
    for kind in ("overkapping", "bijbehorend bouwwerk"):
        assert [height(*parts, limit=top + more, kind=kind) in (VIOLATES, ASKED) for more in (-0.1, 0.1)] == [True, False]
    assert height(*parts, limit=top - 0.1, kind="overkapping", answers={"open_roof_kind": "overkapping"}) is VIOLATES
    assert height(*parts, limit=top - 0.1, kind="overkapping", answers={"open_roof_kind": "bouwwerk geen gebouw"}) is NOT_HERE


@pytest.mark.parametrize("parts", [
    (POLE,), (box_part(16, 28, 16.2, 28.2, 0, 3.0, fid="stem"), box_part(15.2, 27.2, 17, 29, 3.0, 4.5, fid="crown")), shelter(0.5, 0.5), shelter(high=7.0), shelter(high=1.0, thick=0.1),
])  # fmt: skip
def test_a_mast_a_crown_and_a_table_are_no_overkapping(parts):
    assert height(*parts, limit=0.5, kind="overkapping") is NOT_HERE
