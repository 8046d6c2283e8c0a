"""A17: secondary buildings and other structures; the golden scene's shed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from said import said
from shapely import box

import scenes
from drieluik.model import Address, LayerState, Parcel, Part, Provenance, RegisteredBuilding, Role, TopographyObject, Verdict
from one_rule import rd, run, run_all, values
from scenes import GROUND, box_part, gable_part, shift

COMPLIES, VIOLATES, JUDGE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT
TYPICAL = {"max_eaves_m": 3, "max_height_m": 5, "max_total_area_m2": 50}
PLOT = (Parcel("1", "A 1", shift(box(0, 0, 20, 40))),)


def shed(area, eaves=2.8, ridge=4.9, fid="shed"):
    return gable_part(12, 30, 12 + area / 4, 34, eaves, ridge, fid=fid)


def site(*existing, **more):
    return scenes.site(parcels=PLOT, registered_buildings=tuple(existing), **more)


def lone_all(check, *parts, answers=None, **words):
    """Return the findings of a design that is told to be a secondary building."""
    return run_all(check, *parts, answers={"object_kind": "bijgebouw", **(answers or {})}, **words)


def lone(check, *parts, **words):
    """Return the one finding of a design that is told to be a secondary building."""
    found = lone_all(check, *parts, **words)
    assert len(found) == 1
    return found[0]


OLD = RegisteredBuilding("old", shift(box(1, 30, 6, 34)))


@pytest.mark.parametrize(
    ("parts", "combined"),
    [([shed(28)], COMPLIES), ([shed(28, ridge=5.2)], VIOLATES), ([shed(32)], VIOLATES), ([shed(28, eaves=3.2)], VIOLATES), ([shed(28, 3.0, 5.0)], COMPLIES)],
)
def test_worked_numbers(parts, combined):
    found = lone_all("secondary_buildings", *parts, site=site(OLD), **TYPICAL)
    assert found[0].verdict is combined
    named = {said(f): f for f in found}
    assert named["gezamenlijke oppervlakte"].measurements[0].value == pytest.approx(20 + np.ptp(parts[0].vertices[:, 0]) * 4, abs=1e-3)
    assert set(named) == {"goothoogte", "bouwhoogte", "gezamenlijke oppervlakte"}
    assert named["bouwhoogte"].measurements[0].value == pytest.approx(parts[0].z_range[1] - GROUND)


def test_exactly_the_joint_area_with_a_stated_existing_area():
    found = lone("secondary_buildings", shed(28), site=site(), max_total_area_m2=50, answers={"existing_secondary_m2": 22})
    assert (found.verdict, found.measurements[0].value, found.measurements[0].uncertainty) == (COMPLIES, pytest.approx(50.0), 0.0)
    assert lone("secondary_buildings", shed(28), site=site(), max_total_area_m2=50, answers={"existing_secondary_m2": 22.1}).verdict is VIOLATES


def test_near_the_limit_the_existing_outline_makes_it_doubtful():
    found = lone("secondary_buildings", shed(29), site=site(OLD), max_total_area_m2=50)
    assert found.verdict is JUDGE
    assert found.measurements[0].uncertainty == pytest.approx((2 * 0.8**2 + 2 * 1.0**2) ** 0.5, abs=1e-3)


def test_demolition_overlap_and_main_buildings_are_not_counted():
    assert lone("secondary_buildings", shed(32), site=site(OLD), max_total_area_m2=50, answers={"demolition": ["old"]}).measurements[0].value == pytest.approx(32)
    over = RegisteredBuilding("over", shift(box(12, 30, 16, 34)))
    assert lone("secondary_buildings", shed(28), site=site(over), max_total_area_m2=50).measurements[0].value == pytest.approx(28)
    house = RegisteredBuilding("house", shift(box(4, 5, 14, 15)), 1975, "", ("woonfunctie",))
    garage = RegisteredBuilding("garage", shift(box(15, 5, 18, 11)))
    addresses = (Address("a", "Weg 1", shift(box(8, 8, 9, 9)).centroid, ("house",)),)
    bgt = TopographyObject("o", "overigbouwwerk", shift(box(1, 36, 3, 39)), "overkapping")
    counted = lone("secondary_buildings", shed(28), site=site(house, garage, addresses=addresses, topography=(bgt,)), max_total_area_m2=80)
    assert values(counted)["built_existing"] == pytest.approx(18 + 6)


def test_an_existing_house_that_only_the_file_draws_may_be_the_main_building():
    """A shed of 28 m2 behind a house of 72 m2 that no register has: 28 m2 when that is the main building, 100 m2 when nobody lives there."""
    house = replace(box_part(4, 6, 12, 15, 0, 6, fid="house"), role=Role("existing", "file"))
    def of(**told):
        answers = {"roles": {"house": "existing"}, **told}
        return next(f for f in lone_all("secondary_buildings", shed(28), house, site=site(), answers=answers, **TYPICAL) if said(f) == "gezamenlijke oppervlakte")

    assert (of().verdict, [q.key for q in of().questions]) == (JUDGE, ["main_building"])
    assert (of(main_building=["house"]).verdict, of(main_building=["none of these"]).verdict) == (COMPLIES, VIOLATES)


def test_share_of_the_erf():
    house = RegisteredBuilding("house", shift(box(5, 5, 15, 15)), 1975, "", ("woonfunctie",))
    found = lone("secondary_buildings", shed(28), site=site(house), max_share_pct=50)
    assert (found.verdict, found.measurements[0].value) == (COMPLIES, pytest.approx(100 * 28 / 700))
    small = scenes.site(parcels=(Parcel("1", "A 1", shift(box(12, 30, 22, 34))),), registered_buildings=())
    assert lone("secondary_buildings", shed(28), site=small, max_share_pct=50).verdict is VIOLATES


def test_golden_scene_shed_beside_house_of_one_design():
    house = gable_part(0, 5, 10, 15, 5.80, 9.80, fid="house")
    small = gable_part(6, 34, 10, 39, 2.60, 4.20, fid="shed")
    plot = (Parcel("1", "A 1", shift(box(0, 0, 10, 40))),)
    found = run_all("secondary_buildings", house, small, site=scenes.site(parcels=plot, registered_buildings=()), **TYPICAL, max_share_pct=50)
    assert {f.verdict for f in found} == {COMPLIES}
    named = {said(f): f.measurements[0].value for f in found}
    assert named["goothoogte"] == pytest.approx(2.60)
    assert named["bouwhoogte"] == pytest.approx(4.20)
    assert named["gezamenlijke oppervlakte"] == pytest.approx(20.0, abs=1e-3)
    assert named["aandeel van het erf"] == pytest.approx(100 * 20 / 300, abs=1e-3)
    assert not found[0].questions  # a shed of a twentieth of the house's volume is no main building


def test_which_of_two_large_buildings_is_secondary_is_asked():
    """A barn of 140 m2, 4 m high, and a house of 90 m2, 7 m high: as secondary building 4 m complies and 7 m does not."""
    barn, house = box_part(0, 20, 14, 30, 0, 4, fid="barn"), box_part(0, 5, 10, 14, 0, 7, fid="house")
    heights = lambda answers: run("secondary_buildings", barn, house, site=site(), max_height_m=5, answers=answers)  # noqa: E731
    open_yet = heights({})
    assert (open_yet.verdict, [question.key for question in open_yet.questions]) == (JUDGE, ["objects"])
    assert heights({"objects": {"barn": "bijgebouw", "house": "hoofdgebouw"}}).verdict is COMPLIES
    assert heights({"objects": {"barn": "hoofdgebouw", "house": "bijgebouw"}}).verdict is VIOLATES


def test_which_part_is_secondary_can_be_told():
    house, extension = gable_part(0, 5, 10, 15, 5.8, 9.8, fid="house"), box_part(0, 15, 10, 18, 0, 3.3, fid="ext")
    told = run("secondary_buildings", house, extension, site=site(), max_height_m=3.3, answers={"secondary_parts": {"value": ["ext"]}})
    assert (told.verdict, told.measurements[0].value) == (COMPLIES, pytest.approx(3.3))
    at = run("secondary_buildings", house, shed(28), site=site(), max_height_m=5, secondary_at=rd((14, 32)))
    assert (at.verdict, at.questions) == (COMPLIES, ())


def test_behind_the_front_facade():
    line = {"facade_line": {"line": rd((0, 5), (20, 5))}}
    garage = box_part(15, 8, 18, 14, 0, 3)
    found = lone("secondary_buildings", garage, site=site(), behind_front_m=3, answers=line)
    assert (found.verdict, found.measurements[0].value) == (COMPLIES, pytest.approx(3.0))
    assert lone("secondary_buildings", box_part(15, 7, 18, 14, 0, 3), site=site(), behind_front_m=3, answers=line).verdict is VIOLATES
    house = RegisteredBuilding("house", shift(box(4, 5, 14, 15)), 1975, "", ("woonfunctie",))
    beside = lone("secondary_buildings", garage, site=site(house), behind_front_m=1)
    assert (beside.verdict, beside.questions[0].key) == (JUDGE, "facade_line")
    choices = next(premise for premise in beside.premises if premise.key == "facade_line").choices
    assert (choices[0].verdict, choices[0].value) == (COMPLIES, pytest.approx(3.0))
    for choice in choices:  # what a choice gives is what answering it gives
        told = lone("secondary_buildings", garage, site=site(house), behind_front_m=1, answers={"facade_line": choice.answer})
        assert (told.verdict, told.measurements[0].value) == (choice.verdict, pytest.approx(choice.value, abs=2e-3))
    behind = lone("secondary_buildings", box_part(15, 20, 18, 24, 0, 3), site=site(house), behind_front_m=1)
    assert behind.verdict is COMPLIES


def test_eaves_above_the_first_floor_and_unknown_peil():
    floor = {"first_floor": {"top_nap_m": GROUND + 2.7}}
    assert lone("secondary_buildings", shed(28), site=site(), eaves_above_first_floor_m=0.25, answers=floor).verdict is COMPLIES
    assert lone("secondary_buildings", shed(28, 3.0), site=site(), eaves_above_first_floor_m=0.25, answers=floor).verdict is VIOLATES
    assert lone("secondary_buildings", shed(28), site=site(), eaves_above_first_floor_m=0.25).questions[0].key == "first_floor"
    two = {"peil": {"candidates": {"road_at_main_entrance": GROUND, "finished_ground_adjoining": GROUND + 0.5}}}
    matters = lone("secondary_buildings", shed(28, ridge=5.3), site=site(), max_height_m=5, answers=two)
    assert (matters.verdict, matters.questions[0].key) == (JUDGE, "peil")


def test_what_is_missing_is_named():
    assert lone("secondary_buildings", shed(28), site=site()).missing[0].code == "surroundings_no_limit"
    failed = type(scenes.site())(scenes.ORIGIN, 60.0, parcels=PLOT, provenance=(Provenance("bag", LayerState.FAILED), Provenance("parcels", LayerState.LOADED)))
    assert lone("secondary_buildings", shed(28), site=failed, max_total_area_m2=50).missing[0].code == "checks_layer_failed"


LINE = {"facade_line": {"line": rd((0, 5), (20, 5))}}


@pytest.mark.parametrize(
    ("y0", "y1", "height", "verdicts"),
    [(0, 4, 1.0, [COMPLIES]), (0, 4, 1.2, [VIOLATES]), (6, 30, 2.0, [COMPLIES]), (6, 30, 2.1, [VIOLATES]), (0, 30, 1.8, [VIOLATES, COMPLIES])],
)
def test_fence_before_and_behind_the_facade_line(y0, y1, height, verdicts):
    found = run_all("other_structures", box_part(0, y0, 0.1, y1, 0, height), answers=LINE, max_before_m=1, max_behind_m=2)
    assert [f.verdict for f in found] == verdicts
    assert found[0].measurements[0].value == pytest.approx(height)


@pytest.mark.parametrize(("height", "verdict"), [(0.9, COMPLIES), (1.5, JUDGE), (2.5, VIOLATES)])
def test_fence_without_a_facade_line(height, verdict):
    found = run("other_structures", box_part(0, 0, 0.1, 30, 0, height), max_before_m=1, max_behind_m=2)
    assert (found.verdict, [q.key for q in found.questions]) == (verdict, ["fence_side"] if verdict is JUDGE else [])


def test_mast_and_named_parts():
    mast = box_part(5, 20, 5.1, 20.1, 0, 6.2, fid="mast", kind="antenna")
    house = box_part(5, 5, 15, 15, 0, 9)
    assert run("other_structures", mast, max_height_m=6).verdict is VIOLATES
    assert run("other_structures", house, mast, max_height_m=6.2, parts=["antenna"]).verdict is COMPLIES
    assert run("other_structures", house, value=6, parts=["antenna"]).verdict is Verdict.NOT_APPLICABLE
    assert run("other_structures", mast, op="<", value=6.2).verdict is VIOLATES
    assert run("other_structures", mast).missing[0].code == "surroundings_no_limit"


@pytest.mark.parametrize(("ridge", "chimney", "verdict", "value"), [(4.9, 5.6, COMPLIES, 4.9), (4.2, 4.9, COMPLIES, 4.9), (5.1, 5.6, VIOLATES, 5.1)])
def test_a_chimney_is_exempt_as_on_the_main_building(ridge, chimney, verdict, value):
    parts = (shed(28, ridge=ridge), box_part(15, 31.5, 15.5, 32, 2.8, chimney, kind="chimney", fid="c"))
    found = lone("secondary_buildings", *parts, site=site(), max_height_m=5)
    assert (found.verdict, found.measurements[0].value) == (verdict, pytest.approx(value))
    assert lone("secondary_buildings", *parts, site=site(), max_height_m=5, exempt_classes=[]).measurements[0].value == pytest.approx(chimney)


def test_what_stands_where_the_new_house_comes_does_not_stay():
    """A shed of 5 x 4 m under the new house: only the new shed of 28 m2 counts."""
    old = RegisteredBuilding("old", shift(box(5, 6, 10, 10)))
    found = run("secondary_buildings", gable_part(4, 5, 14, 15, 5, 9, fid="h"), shed(28), site=site(old), max_total_area_m2=40)
    assert (found.verdict, found.measurements[0].value) == (COMPLIES, pytest.approx(28.0))


def sheet(*points, height, fid="fence"):
    """A fence drawn as upright sheets without thickness along points."""
    vertices = [(x, y, z) for x, y in points for z in (0.0, height)]
    faces = [face for n in range(0, 2 * len(points) - 2, 2) for face in ([n, n + 2, n + 3], [n, n + 3, n + 1])]
    return Part(fid, scenes.to_rd(vertices), np.array(faces), kind="railing")


@pytest.mark.parametrize(
    ("y0", "y1", "height", "verdicts"),
    [(0, 4, 1.0, [COMPLIES]), (0, 4, 1.2, [VIOLATES]), (5, 30, 2.0, [COMPLIES]), (5, 30, 2.1, [VIOLATES]), (0, 30, 1.8, [VIOLATES, COMPLIES])],
)
def test_a_fence_without_thickness(y0, y1, height, verdicts):
    found = run_all("other_structures", sheet((0, y0), (0, y1), height=height), answers=LINE, max_before_m=1, max_behind_m=2)
    assert [f.verdict for f in found] == verdicts


@pytest.mark.parametrize(("points", "verdicts"), [
    ([(0, 3), (18, 3), (18, 30)], [VIOLATES]),  # all of it before one of the two lines
    ([(2, 20), (14, 20)], [COMPLIES]),
    ([(2, 20), (18, 20)], [VIOLATES, COMPLIES]),  # passes the line of the side street at x = 16
])
def test_a_fence_of_two_metres_round_a_corner(points, verdicts):
    corner = {"facade_line": {"lines": [rd((0, 5), (16, 5)), rd((16, 5), (16, 40))], "road_side": rd((40, -20))[0]}}
    found = run_all("other_structures", sheet(*points, height=2.0), answers=corner, max_before_m=1, max_behind_m=2)
    assert [f.verdict for f in found] == verdicts


def canopy(x0, y0, x1, y1, fid="carport"):
    return box_part(x0, y0, x1, y1, 2.5, 2.7, kind="canopy", fid=fid)


def test_a_carport_without_walls_counts_as_projected():
    """A roof of 4 x 4 m: alone, and beside a house of 10 x 10 m (then the house is the main building)."""
    alone = lone_all("secondary_buildings", canopy(12, 30, 16, 34), site=site(), max_height_m=3, max_total_area_m2=15)
    assert [(said(f), f.verdict, f.measurements[0].value) for f in alone] == [
        ("gezamenlijke oppervlakte", VIOLATES, pytest.approx(16.0)), ("bouwhoogte", COMPLIES, pytest.approx(2.7))
    ]
    beside = run_all("secondary_buildings", gable_part(4, 5, 14, 15, 5, 9, fid="h"), canopy(12, 30, 16, 34), site=site(), max_height_m=3, max_total_area_m2=16)
    assert [(f.verdict, f.measurements[0].value) for f in beside] == [(COMPLIES, pytest.approx(2.7)), (COMPLIES, pytest.approx(16.0))]


@pytest.mark.parametrize(("x0", "x1", "distance"), [(10, 12, 4.0), (12.5, 14.5, 1.5), (15.5, 17.5, -1.5)])
def test_behind_both_fronts_of_a_corner(x0, x1, distance):
    """Facade lines at y = 5 and x = 16: a garage at y 20..24 stands 15 m behind the one and 16 - x1 behind the other."""
    corner = {"facade_line": {"lines": [rd((0, 5), (16, 5)), rd((16, 5), (16, 40))], "road_side": rd((40, -20))[0]}}
    house = RegisteredBuilding("house", shift(box(4, 5, 15, 15)), 1975, "", ("woonfunctie",))
    found = lone("secondary_buildings", box_part(x0, 20, x1, 24, 0, 3), site=site(house), behind_front_m=1, answers=corner)
    assert (found.verdict, found.measurements[0].value) == (COMPLIES if distance >= 1 else VIOLATES, pytest.approx(distance))


@pytest.mark.parametrize(("y", "verdict", "value"), [(5.0, VIOLATES, 0.0), (5.994, VIOLATES, 0.994), (5.996, COMPLIES, 0.996), (6.0, COMPLIES, 1.0)])
def test_one_metre_behind_the_front_at_its_edge(y, verdict, value):
    found = lone("secondary_buildings", box_part(15, y, 18, 14, 0, 3), site=site(), behind_front_m=1, answers=LINE)
    assert (found.verdict, found.measurements[0].value) == (verdict, pytest.approx(value))


def test_nothing_known_and_nothing_there_are_different():
    def of(state):
        found = site()
        records = tuple(replace(item, state=state) if item.layer == "bag" else item for item in found.provenance)
        return lone("secondary_buildings", shed(28), site=replace(found, provenance=records), max_total_area_m2=50)

    assert (of(LayerState.EMPTY).verdict, of(LayerState.EMPTY).measurements[0].value) == (COMPLIES, pytest.approx(28.0))
    assert [of(state).verdict for state in (LayerState.FAILED, LayerState.NOT_ASKED)] == [Verdict.NOT_ASSESSABLE] * 2
    words = lone("secondary_buildings", shed(28), site=site(), max_total_area_m2=50, answers={"existing_secondary_m2": "twintig"})
    assert words.missing[0].code == "surroundings_answer_no_number"


def test_no_erf_is_left():
    ground = box(12, 30, 16, 34)
    house = RegisteredBuilding("h", shift(ground), 1975, "", ("woonfunctie",))
    tight = scenes.site(parcels=(Parcel("1", "A 1", shift(ground), 16.0),), registered_buildings=(house,))
    found = lone("secondary_buildings", box_part(12, 30, 16, 34, 0, 3), site=tight, max_share_pct=50)
    assert (found.verdict, found.missing[0].code) == (Verdict.NOT_ASSESSABLE, "surroundings_no_erf")


@pytest.mark.parametrize(("limits", "y", "height", "answers", "verdict"), [
    ({"max_behind_m": 2}, 0, 2.5, LINE, Verdict.NOT_APPLICABLE),  # it stands before the line, for which nothing is stated
    ({"max_before_m": 1}, 0, 0.9, {}, COMPLIES),  # on neither side too high
    ({"max_before_m": 1}, 0, 1.1, {}, JUDGE),
])
def test_a_fence_with_a_limit_for_one_side(limits, y, height, answers, verdict):
    assert run("other_structures", box_part(0, y, 0.1, y + 4, 0, height), answers=answers, **limits).verdict is verdict


@pytest.mark.parametrize("given", ["old", ["old"], {"value": "old", "reason": "x"}, {"value": ["old"]}])
def test_one_name_may_stand_alone(given):
    found = lone("secondary_buildings", shed(28), site=site(OLD), max_total_area_m2=50, answers={"demolition": given})
    assert found.measurements[0].value == pytest.approx(28.0)
    house = gable_part(4, 5, 14, 15, 5.8, 9.8, fid="house")
    at = run("secondary_buildings", house, shed(28), site=site(), max_height_m=5, answers={"secondary_at": rd((14, 32))[0]})
    assert (at.measurements[0].value, at.questions) == (pytest.approx(4.9), ())


@pytest.mark.parametrize(("before", "behind", "verdicts"), [
    (1.0, 2.0, [COMPLIES, COMPLIES]), (1.1, 2.0, [VIOLATES, COMPLIES]), (1.0, 2.1, [VIOLATES, COMPLIES]), (0.5, 1.9, [COMPLIES, COMPLIES]),
])
def test_a_fence_that_makes_a_step_at_the_facade_line(before, behind, verdicts):
    """The end of the higher piece stands at the line itself: it is no fence before it."""
    for parts in (
        (box_part(0, 0, 0.1, 5, 0, before, fid="a"), box_part(0, 5, 0.1, 30, 0, behind, fid="b")),
        (sheet((0, 0), (0, 5), height=before, fid="a"), sheet((0, 5), (0, 30), height=behind, fid="b")),
    ):
        assert [f.verdict for f in run_all("other_structures", *parts, answers=LINE, max_before_m=1, max_behind_m=2)] == verdicts


@pytest.mark.parametrize(("x", "verdict"), [(14, VIOLATES), (24, COMPLIES)])
def test_a_fence_at_a_recess_of_the_facade_line(x, verdict):
    """A fence of 1.8 m at y 1..4: in the recess x 10..20 it stands before the line, in the wing x 20..30 behind it."""
    line = {"line": rd((0, 0), (10, 0), (10, 5), (20, 5), (20, 0), (30, 0)), "road_side": rd((15, -50))[0]}
    found = run("other_structures", box_part(x, 1, x + 0.1, 4, 0, 1.8), answers={"facade_line": line}, max_before_m=1, max_behind_m=2)
    assert found.verdict is verdict


HOME = RegisteredBuilding("home", shift(box(4, 5, 14, 15)), 1975, "", ("woonfunctie",))


def asked(found):
    return [question.key for question in found.questions]


def test_a_house_alone_is_no_secondary_building():
    house = gable_part(4, 5, 14, 14, 5.4, 9.1, fid="house")
    assert {f.verdict for f in run_all("secondary_buildings", house, site=site(), **TYPICAL)} == {Verdict.NOT_APPLICABLE}
    walls = [box_part(*at, 0, 6, kind="wall", fid=f"w{n}") for n, at in enumerate(((4, 5, 14, 5.3), (4, 13.7, 14, 14), (4, 5.3, 4.3, 13.7), (13.7, 5.3, 14, 13.7)))]
    assert run("secondary_buildings", *walls, site=site(), max_height_m=3).verdict is Verdict.NOT_APPLICABLE
    assert lone("secondary_buildings", house, site=site(), max_height_m=3).verdict is VIOLATES  # the officer says that it is one


def test_what_is_alone_and_small_is_asked():
    """A house may stand on a parcel beside it; a bungalow is as low as a shed."""
    for small in (box_part(12, 30, 16, 35, 0, 3.4, fid="shed"), box_part(3, 5, 15, 13, 0, 3.4, fid="bungalow")):
        found = run("secondary_buildings", small, site=site(), max_height_m=3)
        assert (found.verdict, asked(found)) == (JUDGE, ["object_kind"])
        assert run("secondary_buildings", small, site=site(), max_height_m=3, answers={"object_kind": "hoofdgebouw"}).verdict is Verdict.NOT_APPLICABLE
        assert run("secondary_buildings", small, site=site(), max_height_m=4).verdict is COMPLIES


def test_beside_a_house_a_small_building_is_secondary_and_a_large_one_is_asked():
    shed_, large = box_part(12, 30, 16, 35, 0, 3.4, fid="shed"), box_part(4, 20, 14, 29, 0, 7, fid="large")
    assert run("secondary_buildings", shed_, site=site(HOME), max_height_m=3).verdict is VIOLATES
    found = run("secondary_buildings", large, site=site(HOME), max_height_m=3)
    assert (found.verdict, asked(found)) == (JUDGE, ["object_kind"])


@pytest.mark.parametrize(("told", "verdict", "questions"), [({}, JUDGE, ["object_kind"]), ({"object_kind": "uitbouw"}, VIOLATES, []), ({"object_kind": "hoofdgebouw"}, Verdict.NOT_APPLICABLE, [])])
def test_what_is_drawn_alone_against_a_house_may_be_an_extension_of_it(told, verdict, questions):
    """HOME ends at y = 15: 15 m2 of an extension against it and a limit of 12 m2."""
    annex = box_part(5, 15, 10, 18, 0, 3.1, fid="annex")
    found = run("secondary_buildings", annex, site=site(HOME), max_total_area_m2=12, answers=told)
    assert (found.verdict, asked(found)) == (verdict, questions)
    assert run("secondary_buildings", annex, site=site(HOME), max_total_area_m2=16).verdict is COMPLIES


def test_what_stands_lower_against_a_house_may_be_an_uitbouw():
    house, annex, shed_ = box_part(4, 5, 14, 14, 0, 6.4, fid="house"), box_part(5, 14, 10, 17, 0, 3.1, fid="annex"), box_part(15, 30, 18, 34, 0, 2.4, fid="shed")
    height = lambda limit, *parts, **answers: run("secondary_buildings", *parts, site=site(), max_height_m=limit, answers=answers)  # noqa: E731
    found = height(3.0, house, annex)
    assert (found.verdict, asked(found)) == (JUDGE, ["annex_is_main"])
    assert height(3.0, house, annex, annex_is_main="no").verdict is VIOLATES
    assert height(3.0, house, annex, annex_is_main="yes").verdict is Verdict.NOT_APPLICABLE
    assert height(3.2, house, annex).verdict is COMPLIES
    assert height(3.0, house, annex, objects={"annex": "aanbouw"}).verdict is VIOLATES
    assert (height(3.0, house, annex, shed_).verdict, height(3.2, house, annex, shed_).verdict) == (JUDGE, COMPLIES)
    total = run("secondary_buildings", house, annex, shed_, site=site(), max_total_area_m2=20, answers={"annex_is_main": "no"})
    assert (total.verdict, total.measurements[0].value) == (VIOLATES, pytest.approx(15 + 12))
    alone = run("secondary_buildings", house, annex, shed_, site=site(), max_total_area_m2=20, answers={"annex_is_main": "yes"})
    assert (alone.verdict, alone.measurements[0].value) == (COMPLIES, pytest.approx(12))


def test_nobody_knows_what_stands_on_a_plot_of_which_the_register_failed():
    found = site()
    records = tuple(replace(record, state=LayerState.FAILED) if record.layer == "bag" else record for record in found.provenance)
    shed_ = box_part(12, 30, 16, 35, 0, 3.4, fid="shed")
    assert run("secondary_buildings", shed_, site=replace(found, provenance=records), max_height_m=3).verdict is JUDGE


def test_of_several_buildings_with_an_address_any_may_be_the_main_one():
    """A house of 100 m2 and a barn of 36 m2 with a number of its own; a new shed of 12 m2 beside them."""
    barn = RegisteredBuilding("barn", shift(box(3, 24, 9, 30)), 1950, "", ("woonfunctie",))
    shed_ = box_part(14, 30, 18, 33, 0, 2.6, fid="shed")
    total = lambda limit, **answers: run("secondary_buildings", shed_, site=site(HOME, barn), max_total_area_m2=limit, answers=answers)  # noqa: E731
    found = total(30)
    assert (found.verdict, asked(found)) == (JUDGE, ["main_building"])
    assert (total(30, main_building="home").verdict, total(30, main_building=["home", "barn"]).verdict) == (VIOLATES, COMPLIES)
    assert (total(160).verdict, total(10).verdict) == (COMPLIES, VIOLATES)


@pytest.mark.parametrize(("outline", "uses", "own_m2"), [
    ((17, 29, 23, 36), (), 21.0), ((18, 30, 24, 33), ("overige gebruiksfunctie",), 6.0), ((19.7, 30, 24, 33), (), 0.0), ((17, 29, 25, 36), ("woonfunctie",), 0.0), ((12, 30, 18, 33), (), 18.0),
])  # fmt: skip
def test_a_shed_on_the_boundary_counts_with_its_part_on_the_plot(outline, uses, own_m2):
    """A plot of 20 m wide; sheds that stand on it and on the neighbour's, a drawing's slip over the boundary, and the neighbour's house."""
    old = RegisteredBuilding("9999100000000077", scenes.shift(box(*outline)), 1990, "Pand in gebruik", uses)
    here = scenes.site(registered_buildings=(*scenes.site().registered_buildings, old))
    shed = box_part(2, 30, 7, 34, 0, 2.5, fid="schuur")
    told = {"parcels": ["1"], "object_kind": "bijgebouw"}
    for limit, verdict in ((20.0 + own_m2 + 4.0, COMPLIES), (20.0 + own_m2 - 4.0, VIOLATES)):
        found = [one for one in run_all("secondary_buildings", shed, site=here, answers=told, max_total_area_m2=limit) if one.measurements[0].name == "total_area"]
        assert [(one.measurements[0].value, one.verdict) for one in found] == [(pytest.approx(20.0 + own_m2, abs=0.01), verdict)]
