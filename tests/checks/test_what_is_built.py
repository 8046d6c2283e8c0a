"""What a design encloses and what it only covers; what stands by itself; what of a building is drawn (plot x 0..20, y 0..40)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shapely import box

import scenes
from drieluik.checks import REGISTRY
from drieluik.measure.building.design_geometry import DesignGeometry
from drieluik.model import Level, Limit, Part, RegisteredBuilding, Rule, Ruleset, Verdict
from drieluik.review import review
from one_rule import PEIL, run, values
from scenes import GROUND, box_part, design, shift

COMPLIES, VIOLATES, JUDGE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT
PLOT = {"parcels": ["1"]}
HOUSE = box_part(4, 6, 14, 14, 0, 5.6, fid="house")
ROOF = box_part(4, 6, 14, 14, 2.8, 3.0, kind="roof", fid="roof")
FLOOR = box_part(4, 6, 14, 14, -0.2, 0, kind="slab", fid="floor")


def asked(found):
    return [question.key for question in found.questions]


def walls(sides="snwe", x0=4.0, y0=6.0, x1=14.0, y1=14.0, high=2.8, thick=0.25):
    at = {"s": (x0, y0, x1, y0 + thick), "n": (x0, y1 - thick, x1, y1), "w": (x0, y0 + thick, x0 + thick, y1 - thick), "e": (x1 - thick, y0 + thick, x1, y1 - thick)}
    return [box_part(*at[side], 0, high, kind="wall", fid=f"wall {side}") for side in sides]


def columns(size, high=2.8):
    places = [(x, y) for x in (4.2, 8.8, 13.0) for y in (6.2, 13.0)]
    return [box_part(x, y, x + size, y + size, 0, high, kind="column", fid=f"column {n}") for n, (x, y) in enumerate(places)]


def merged(*parts):
    """The parts as one mesh, as an OBJ without groups brings them."""
    starts = np.cumsum([0, *(len(part.vertices) for part in parts)])
    return Part("mesh", np.concatenate([p.vertices for p in parts]), np.concatenate([p.faces + s for p, s in zip(parts, starts)]), kind="building")


OPEN = {
    "three walls, a roof and a floor": [*walls("nwe"), ROOF, FLOOR],
    "three walls and a roof": [*walls("nwe"), ROOF],
    "two walls and a roof": [*walls("we"), ROOF],
    "three walls and a roof in one mesh": [merged(*walls("nwe"), ROOF)],
    "thin columns and a roof": [*columns(0.2), ROOF],
    "thick columns, a roof and a floor": [*columns(0.8), ROOF, FLOOR],
    "four walls without a roof": walls(),
    "four walls and a floor without a roof": [*walls(), FLOOR],
}


@pytest.mark.parametrize("parts", OPEN.values(), ids=OPEN)
def test_what_encloses_nothing_has_no_footprint_volume_or_storeys(parts):
    """10 x 8 m, 80 m2 built over; 240 m3 under the roof where there is one."""
    geometry = DesignGeometry(design(*parts, levels=[Level("begane grond", GROUND)]), GROUND)
    assert (geometry.encloses, geometry.volume(GROUND), geometry.storeys) == (False, None, None)
    small = run("max_area", *parts, value=50.0, unit="m2")
    assert (small.verdict, asked(small)) == (JUDGE, ["open_parts_count"])
    assert run("max_area", *parts, value=81.0, unit="m2").verdict is COMPLIES
    assert run("max_area", *parts, value=50.0, unit="m2", answers={"open_parts_count": "yes"}).verdict is VIOLATES
    assert run("min_area", *parts, value=50.0, op=">=", unit="m2").verdict is JUDGE
    assert run("max_coverage_pct", *parts, value=5.0, unit="%", answers=PLOT, denominator="bouwperceel").verdict is JUDGE
    assert run("max_coverage_pct", *parts, value=5.0, unit="%", answers=PLOT, denominator="bouwperceel", counts="bouwwerken").verdict is VIOLATES
    assert run("max_storeys", *parts, value=1, unit="bouwlagen").verdict is JUDGE


@pytest.mark.parametrize("name", [name for name in OPEN if "without" not in name])
def test_the_space_under_an_open_roof_is_asked(name):
    found = run("max_volume", *OPEN[name], value=120.0, unit="m3")
    assert (found.verdict, asked(found)) == (JUDGE, ["open_parts_count"])
    counted = run("max_volume", *OPEN[name], value=120.0, unit="m3", answers={"open_parts_count": "yes"})
    assert (counted.verdict, counted.measurements[0].value) == (VIOLATES, pytest.approx(240.0, abs=17.0))  # from 0.2 m lower with a floor
    assert run("max_volume", *OPEN[name], value=260.0, unit="m3").verdict is COMPLIES


@pytest.mark.parametrize("parts", [[*walls(), ROOF], [*walls(), ROOF, FLOOR], [merged(*walls(), ROOF)], [HOUSE], [box_part(4, 6, 5.4, 7, 0, 2, fid="bin shed")]])
def test_what_is_closed_all_round_encloses(parts):
    assert DesignGeometry(design(*parts), GROUND).encloses
    covered = DesignGeometry(design(*parts), GROUND).footprint.area
    assert run("max_area", *parts, value=covered - 0.1, unit="m2").verdict is VIOLATES


def test_an_open_shed_outside_the_bouwvlak_is_asked():
    """The bouwvlak ends at y 17."""
    parts = [*walls("nwe", y0=12, y1=20), box_part(4, 12, 14, 20, 2.8, 3.0, kind="roof", fid="roof")]
    found = run("within_building_plane", *parts)
    assert (found.verdict, asked(found)) == (JUDGE, ["open_parts_minor"])
    assert run("within_building_plane", *parts, answers={"open_parts_minor": "no"}).verdict is VIOLATES


@pytest.mark.parametrize("deep", [1.2, 3.5])
def test_a_deep_roof_without_posts_is_asked_a_shallow_one_hangs(deep):
    canopy = box_part(14, 7, 14 + deep, 13, 2.5, 2.7, kind="roof", fid="canopy")
    found = run("max_area", HOUSE, canopy, value=82.0, unit="m2")
    assert found.verdict is (JUDGE if deep > 2 else COMPLIES)
    assert run("max_area", merged(HOUSE, canopy), value=82.0, unit="m2").verdict is found.verdict


def test_a_room_with_an_open_side_against_the_house_is_asked():
    """448 m3, and 6 x 3 m of 2.7 m under a roof on walls; under a carport on posts there is no facade to measure to."""
    posts = [box_part(16.8, y, 17, y + 0.2, 0, 2.5, kind="member", fid=f"post {y}") for y in (7, 12.8)]
    parts = [HOUSE, box_part(14, 7, 17, 13, 2.5, 2.7, kind="roof", fid="port"), box_part(16.8, 7, 17, 13, 0, 2.5, kind="wall", fid="wall")]
    assert run("max_volume", *parts[:2], *posts, value=460.0, unit="m3").verdict is COMPLIES
    assert run("max_volume", *parts, value=460.0, unit="m3").verdict is JUDGE
    assert run("max_volume", *parts, value=500.0, unit="m3").verdict is COMPLIES
    assert run("max_volume", *parts, value=440.0, unit="m3").verdict is VIOLATES


SIDES = {
    "two fins": [(14, 7, 17, 7.2), (14, 12.8, 17, 13)], "one fin and posts": [(14, 7, 17, 7.2), (16.8, 12.8, 17, 13)],
    "a fin and half a front": [(14, 7, 17, 7.2), (16.8, 7.2, 17, 10)], "thick fins": [(14, 7, 17, 7.3), (14, 12.7, 17, 13)],
}


@pytest.mark.parametrize("sides", SIDES)
@pytest.mark.parametrize("kind", ["wall", "other"])
def test_walls_that_go_on_from_a_facade_make_a_room_with_an_open_side(sides, kind):
    """They stand in the footprint as walls of the house; the room between them is under a roof of 3 x 6 m, 2.7 m high, and has no front."""
    walls_of = [box_part(x0, y0, x1, y1, 0, 2.5, kind=kind, fid=f"wall {x0} {y0}") for x0, y0, x1, y1 in SIDES[sides]]
    parts = [HOUSE, box_part(14, 7, 17, 13, 2.5, 2.7, kind="roof", fid="port"), *walls_of]
    found = run("max_volume", *parts, value=460.0, unit="m3")
    assert (found.verdict, asked(found)) == (JUDGE, ["open_parts_count"])
    answered = {word: run("max_volume", *parts, value=460.0, unit="m3", answers={"open_parts_count": word}) for word in ("ja", "nee")}
    assert {word: one.verdict for word, one in answered.items()} == {"ja": VIOLATES, "nee": COMPLIES}
    assert answered["ja"].measurements[0].value == pytest.approx(448.0 + 18 * 2.7, abs=0.5)


def storeys(limit, *parts, levels=(), **measure):
    rule = Rule("r", "max_storeys", {"nl": "r"}, (), Limit("<=", "bouwlagen", limit), measure=measure)
    return review(scenes.site(), design(*parts, levels=levels), Ruleset("t", "1", {}, (rule,)), PEIL)[0]


def test_a_floor_over_a_small_part_may_be_an_entresol():
    hall = [*walls(high=5.6), box_part(4, 6, 14, 14, 5.6, 5.8, kind="roof", fid="roof"), FLOOR]
    levels = [Level("00 begane grond", GROUND), Level("01 vloer", GROUND + 2.9)]
    part, whole = (box_part(4, 6, x1, 14, 2.65, 2.85, kind="other", fid="plate") for x1 in (7, 14))
    found = storeys(1, *hall, part, levels=levels)
    assert (found.verdict, asked(found)) == (JUDGE, ["count_mezzanine"])
    assert storeys(1, *hall, part, levels=levels, count_mezzanine=False).verdict is COMPLIES
    assert storeys(1, *hall, part, levels=levels, count_mezzanine=True).verdict is VIOLATES
    assert storeys(2, *hall, part, levels=levels).verdict is COMPLIES
    assert storeys(1, *hall, whole, levels=levels).verdict is VIOLATES


def test_the_floor_of_a_tower_is_a_storey():
    """The second floor is as large as the tower that it is in, a third of the building."""
    low = [*walls(x0=7.0), box_part(7, 6, 14, 14, 2.8, 3.0, kind="roof", fid="low roof")]
    tower = [*(replace(wall, fid=f"t {wall.fid}") for wall in walls(x1=7.0, high=5.6)), box_part(4, 6, 7, 14, 5.6, 5.8, kind="roof", fid="high roof")]
    levels = [Level("00 begane grond", GROUND), Level("01", GROUND + 3.0)]
    assert storeys(1, *low, *tower, box_part(4, 6, 7, 14, 2.8, 3.0, kind="slab", fid="floor"), levels=levels).verdict is VIOLATES


def test_the_level_list_says_that_the_model_begins_below_its_floor():
    """80 m2: 448 m3 from the foot, 368 m3 from the floor that the list names at +1.0."""
    rule = lambda limit: Rule("r", "max_volume", {"nl": "r"}, (), Limit("<=", "m3", limit))  # noqa: E731
    listed = design(HOUSE, levels=[Level("00 begane grond", GROUND + 1.0)])
    found = {limit: review(scenes.site(), listed, Ruleset("t", "1", {}, (rule(limit),)), PEIL)[0] for limit in (360.0, 400.0, 450.0)}
    assert [one.verdict for one in found.values()] == [VIOLATES, JUDGE, COMPLIES]
    assert asked(found[400.0]) == ["ground_floor"]
    thick = design(HOUSE, levels=[Level("00 begane grond", GROUND + 0.3)])  # the floor itself
    assert review(scenes.site(), thick, Ruleset("t", "1", {}, (rule(440.0),)), PEIL)[0].verdict is VIOLATES


def test_what_stands_free_on_the_ground_is_no_minor_part():
    for kind in ("building", "other"):
        shed = box_part(2, 30, 4.2, 32.2, 0, 6.4, kind=kind, fid="tower")
        assert run("max_building_height", HOUSE, shed, value=6.0, answers={"minor_parts": "yes"}).verdict is VIOLATES
    lift = box_part(8, 9, 10, 11, 5.6, 6.8, kind="other", fid="lift")
    assert asked(run("max_building_height", HOUSE, lift, value=6.0)) == ["minor_parts"]
    beside = box_part(1, 28, 4, 31, 0, 6.4, fid="shed")
    large = box_part(1.5, 28.5, 3.5, 30.5, 6.4, 7.4, kind="other", fid="lift")  # 4 of 9 m2: no minor part of its own shed
    assert run("max_building_height", HOUSE, beside, large, value=6.8).verdict is VIOLATES


def test_whether_what_stands_under_the_design_goes_is_asked_everywhere():
    """80 m2 over 60 m2 of a pand of 100 m2: alone 80 m2 and 10 %, with what is left of it 120 m2 and 15 %."""
    pand = RegisteredBuilding("9999100000000061", shift(box(4, 8, 14, 18)), 1950, "Pand in gebruik", ("woonfunctie",))
    site = scenes.site(registered_buildings=(pand,), buildings3d=())
    cover = lambda limit, **answers: run("max_coverage_pct", HOUSE, value=limit, unit="%", site=site, answers={**PLOT, **answers}, denominator="bouwperceel")  # noqa: E731
    area = lambda limit, **answers: run("max_area", HOUSE, value=limit, unit="m2", site=site, answers={**PLOT, **answers})  # noqa: E731
    assert (cover(12.0).verdict, asked(cover(12.0))) == (JUDGE, ["demolition"])
    assert (area(90.0).verdict, "demolition" in asked(area(90.0))) == (JUDGE, True)
    assert (cover(12.0, demolition=[pand.fid]).verdict, area(90.0, demolition=[pand.fid]).verdict) == (COMPLIES, COMPLIES)
    assert (cover(12.0, demolition=[]).verdict, area(90.0, demolition=[], whole_building="yes").verdict) == (VIOLATES, VIOLATES)
    assert (cover(18.0).verdict, cover(8.0).verdict) == (COMPLIES, VIOLATES)
    same = scenes.site(registered_buildings=(replace(pand, geometry=shift(box(4, 6, 14, 14.2))),), buildings3d=())
    found = run("max_coverage_pct", HOUSE, value=10.8, unit="%", site=same, answers=PLOT, denominator="bouwperceel")
    assert (found.verdict, asked(found)) == (COMPLIES, [])


@pytest.mark.parametrize("check", sorted(REGISTRY))
def test_a_part_without_faces_breaks_nothing(check):
    empty, point = Part("e", np.zeros((0, 3)), np.zeros((0, 3), int)), Part("p", np.array([[*scenes.ORIGIN, 1.0]]), np.zeros((0, 3), int), kind="chimney")
    rule = Rule("r", check, {"nl": "r"}, (), Limit(">=" if "min" in check else "<=", "m", 5.0))
    for parts in ((HOUSE, empty), (empty, HOUSE, point), (empty,), (point,)):
        found = review(scenes.site(), design(*parts), Ruleset("t", "1", {}, (rule,)), PEIL)
        assert found and not any(note.code == "checks_failed" for one in found for note in one.missing)
        alone = review(scenes.site(), design(HOUSE), Ruleset("t", "1", {}, (rule,)), PEIL)
        assert HOUSE not in parts or [one.verdict for one in found] == [one.verdict for one in alone]


def test_values_of_an_open_design_are_told_as_what_it_is_built_over():
    found = run("max_area", *walls("nwe"), ROOF, value=81.0, unit="m2")
    assert (values(found)["area"], next(note.code for note in found.notes)) == (pytest.approx(80.0), "checks_footprint_open")


def test_installations_in_a_row_are_a_storey():
    """Six of 2.9 x 3 m are 52 of the 80 m2 of the roof; two that stand apart are machines."""
    row = [box_part(4 + 2.9 * (n % 3), 6 + 3 * (n // 3), 6.9 + 2.9 * (n % 3), 9 + 3 * (n // 3), 5.6, 8.0, kind="installation", fid=f"i{n}") for n in range(6)]
    assert run("max_building_height", HOUSE, *row, value=6.0, exempt_classes=["installation"]).verdict is VIOLATES
    assert run("max_building_height", HOUSE, row[0], row[5], value=6.0, exempt_classes=["installation"]).verdict is COMPLIES


AUTO = {"id": "balkon", "classes": ["balcony"], "decision": "auto"}


@pytest.mark.parametrize(
    ("exception", "answers", "verdict"),
    [
        (AUTO, {}, COMPLIES), ({**AUTO, "decision": "officer"}, {}, JUDGE), ({**AUTO, "decision": "officer"}, {"balkon": "yes"}, COMPLIES),
        ({**AUTO, "max_extra_m": 1.3}, {}, COMPLIES), ({**AUTO, "max_extra_m": 1.1}, {}, VIOLATES), ({**AUTO, "max_extra_m": 1.1}, {"balkon": "yes"}, VIOLATES),
        ({**AUTO, "max_extra_m": 1.1, "decision": "officer"}, {"balkon": "yes"}, VIOLATES), ({**AUTO, "max_extra_m": 1.3, "decision": "officer"}, {}, JUDGE),
    ],
)
def test_what_is_excepted_may_reach_over_the_bouwgrens_as_far_as_it_says(exception, answers, verdict):
    """The bouwvlak ends at x 15; a balcony reaches 1.2 m over it."""
    house, balcony = box_part(6, 6, 14, 14, 0, 5.6, fid="house"), box_part(14, 8, 16.2, 11, 2.8, 3.0, kind="balcony", fid="balcony")
    assert run("within_building_plane", house, balcony, exceptions=[exception], answers=answers).verdict is verdict


def geometry(*parts, levels=()):
    return DesignGeometry(design(*parts, levels=levels), GROUND)


LISTED = [Level("begane grond", GROUND)]


@pytest.mark.parametrize("gap", [0.0, 1e-6, 0.003, 0.03])
@pytest.mark.parametrize("levels", [(), LISTED])
def test_a_courtyard_stays_open_air_though_its_wings_lie_a_hair_apart(gap, levels):
    """Four wings of 5 m round a court of 9 x 7 m, with a floor under all of it."""
    wings = [(0, 0, 19, 5), (0, 12, 19, 17), (0, 5 + gap, 5, 12 - gap), (14, 5, 19, 12)]
    parts = [box_part(*at, 0, 3.1, fid=f"wing {n}") for n, at in enumerate(wings)]
    assert geometry(*parts, levels=levels).footprint.area == pytest.approx(19 * 17 - 63, abs=0.5)
    floor = box_part(0, 0, 19, 17, -0.25, 0, kind="slab", fid="floor")
    assert geometry(*parts, floor, levels=levels).footprint.area == pytest.approx(19 * 17 - 63, abs=0.5)


def test_walls_of_a_garden_enclose_no_building_and_high_ones_may_miss_their_roof():
    """A patio of 6 x 8 m behind the house: walls of 2 m are a garden's, of 5 m those of a house whose roof is not drawn."""
    def patio(high):
        return [*walls("sn", x0=14.0, x1=20.0, high=high), box_part(19.75, 6.25, 20, 13.75, 0, high, kind="wall", fid="end"), box_part(14, 6, 20, 14, -0.2, 0.02, kind="slab", fid="tiles")]

    low = geometry(HOUSE, *patio(2.0))
    assert (low.encloses, low.footprint.area) == (True, pytest.approx(80.0, abs=0.1))
    assert not geometry(HOUSE, *patio(5.0)).encloses
    assert run("max_area", HOUSE, *patio(2.0), value=82.0, unit="m2").verdict is COMPLIES
    assert run("max_area", HOUSE, *patio(5.0), value=82.0, unit="m2").verdict is JUDGE
    assert run("max_area", HOUSE, *patio(5.0), value=130.0, unit="m2").verdict is COMPLIES


@pytest.mark.parametrize("levels", [(), LISTED])
@pytest.mark.parametrize("missing", [[10, 11], [12, 13], [10], [13], [6, 7], [10, 11, 12, 13], [0, 1, 2]])
def test_the_volume_of_an_open_mesh_is_a_range_that_holds_the_truth_or_nothing(missing, levels):
    """A gabled house of 12 x 9 m, eaves 4 m and ridge 7 m: 594 m3, whatever faces are missing."""
    whole = scenes.gable_part(0, 0, 12, 9, 4, 7)
    found = geometry(replace(whole, faces=np.delete(whole.faces, missing, axis=0), closed=False), levels=levels)
    volume = found.volume(GROUND)
    assert volume is None or abs(volume.value_m3 - 594.0) <= volume.bound_m3
    assert volume is None or volume.method == "estimate"


def test_without_peil_the_lowest_storey_may_be_a_cellar():
    """House of 80 m2 on a storey that reaches 5 m further back; nobody knows how high the ground lies."""
    nowhere = {"site": scenes.site(terrain=None, topography=())}
    cellar = box_part(4, 14, 14, 19, -3, 0, fid="cellar")
    house = box_part(4, 6, 14, 14, -3, 5.6, fid="house")
    nothing = {"answers": {"peil": None}}
    area = lambda limit, **more: run("max_area", house, cellar, value=limit, unit="m2", **nowhere, **{**nothing, **more})  # noqa: E731
    assert (area(100.0).verdict, asked(area(100.0))) == (JUDGE, ["count_below_ground"])
    assert (area(140.0).verdict, area(70.0).verdict) == (COMPLIES, VIOLATES)
    assert area(100.0, answers={"peil": None, "count_below_ground": "no"}).verdict is COMPLIES
    inside = box_part(6, 6, 14, 14, -3, 5.6, fid="house")
    assert run("within_building_plane", inside, box_part(6, 14, 14, 19, -3, 0, fid="cellar"), **nowhere, **nothing).verdict is JUDGE
    parcels = {"answers": {"peil": None, **PLOT}}
    assert run("max_coverage_pct", house, cellar, value=12.0, unit="%", denominator="bouwperceel", **nowhere, **parcels).verdict is JUDGE
    volume = run("max_volume", house, value=500.0, unit="m3", **nowhere, **nothing)  # 688 m3, 448 without the storey below
    assert (volume.verdict, asked(volume)) == (JUDGE, ["ground_floor"])
    assert run("max_volume", house, value=700.0, unit="m3", **nowhere, **nothing).verdict is COMPLIES


def test_the_overhang_outside_the_bouwvlak_is_measured_up_to_the_facade():
    """The facade stands in the bouwgrens at x 15; the roof reaches 0.8 m over it along 10 m."""
    parts = [*walls(x0=6.0, x1=15.0, y0=6.0, y1=16.0), box_part(6, 6, 15.8, 16, 2.8, 3.0, kind="roof", fid="roof")]
    found = run("within_building_plane", *parts, answers={"open_parts_minor": "no"})
    assert (found.verdict, found.measurements[0].value) == (VIOLATES, pytest.approx(8.0, abs=1e-3))


def test_a_balcony_at_a_level_is_no_entresol():
    """Of a house that is one body no floors are drawn; a balcony lies at the level of its first floor."""
    balcony = box_part(14, 8, 15.2, 11, 2.8, 3.0, kind="balcony", fid="balcony")
    sunk = box_part(13.7, 8, 15.2, 11, 2.8, 3.0, kind="slab", fid="balcony")
    levels = [Level("00 begane grond", GROUND), Level("01", GROUND + 2.9)]
    for plate in (balcony, sunk):
        assert storeys(1, HOUSE, plate, levels=levels).verdict is VIOLATES
