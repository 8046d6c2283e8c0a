"""A norm for a whole building and a model of only what is added: measured with the existing building, or the answer says it stands alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely import box

import scenes
from drieluik.model import Note, Parcel, RegisteredBuilding, Role, Verdict
from one_rule import run
from scenes import GROUND, box_part, shift

COMPLIES, VIOLATES, JUDGE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT
FID = "9999100000000033"
OLD = RegisteredBuilding(FID, shift(box(4, 6, 12, 15)), 1962, "Pand in gebruik", ("woonfunctie",))
BLOCK = box_part(4, 6, 12, 15, 0, 6, fid=FID)
PLOT = (Parcel("p1", "A 1", shift(box(0, 0, 20, 40)), 800.0),)
ALL = {None: JUDGE, "yes": VIOLATES, "no": COMPLIES}
FRONT = {"front_boundary": {"lines": [[[scenes.ORIGIN[0], scenes.ORIGIN[1]], [scenes.ORIGIN[0] + 20, scenes.ORIGIN[1]]]]}}


def added(check, value, unit="m", part=None, model=True, answers=None, old=OLD, **measure):
    """An extension of 8 by 5 m, 3 m high, behind a house of 8 by 9 m, 6 m high."""
    models = (scenes.Building3D(FID, BLOCK.triangles, scenes.np.array(["wall"] * 12), "2.2", GROUND, GROUND + 6.0, "2022-03-01"),) if model else ()
    site = scenes.site(parcels=PLOT, registered_buildings=(old,), buildings3d=models)
    return run(check, part or box_part(4, 15, 12, 20, 0, 3), site=site, answers={**FRONT, **(answers or {})}, op="<=", value=value, unit=unit, **measure)


@pytest.mark.parametrize("word", ALL)
@pytest.mark.parametrize(
    ("check", "low", "high", "unit", "whole"),
    [("max_depth", 13, 15, "m", 14.0), ("max_area", 100, 130, "m2", 112.0), ("max_volume", 500, 640, "m3", 552.0)],
)
def test_an_extension_never_complies_on_its_own_measure(check, low, high, unit, whole, word):
    answers = {"whole_building": word} if word else {}
    found = added(check, low, unit, answers=answers)
    assert found.verdict is ALL[word]
    if word != "no":
        assert found.measurements[0].value == pytest.approx(whole, rel=0.001)
    assert added(check, high, unit, answers=answers).verdict is COMPLIES


def test_a_gap_between_two_drawings_is_no_gap_between_buildings():
    assert added("max_depth", 13, part=box_part(4, 15.2, 12, 20, 0, 3)).verdict is JUDGE
    assert added("max_depth", 13, part=box_part(4, 17, 12, 22, 0, 3)).verdict is COMPLIES  # two metres away it is a building by itself


def test_without_a_model_the_outline_is_measured_and_a_volume_is_not_known():
    assert added("max_area", 100, "m2", model=False).verdict is JUDGE
    assert added("max_volume", 500, "m3", model=False).verdict is JUDGE
    assert added("max_volume", 500, "m3", model=False, answers={"whole_building": "yes"}).verdict is Verdict.NOT_ASSESSABLE


def test_what_is_demolished_or_replaced_joins_nothing():
    assert added("max_depth", 13, answers={"demolition": [FID]}).verdict is COMPLIES
    assert added("max_depth", 13, part=box_part(4, 6, 12, 19, 0, 7)).verdict is COMPLIES  # the new house stands in the old one's place


def test_a_neighbours_building_on_another_plot_joins_nothing():
    other = RegisteredBuilding(FID, shift(box(20, 6, 28, 15)), 1962, "Pand in gebruik", ("woonfunctie",))
    assert added("max_width", 10, part=box_part(11, 6, 20, 15, 0, 3), old=other).verdict is COMPLIES


def test_storeys_on_top_of_what_stands_are_counted_on_it():
    """One storey on a house of 6 m, that may have one to three: with the maximum of one it is no plain complies."""
    levels = {"floors": {"nap_m": [GROUND + 6.0]}}
    assert added("max_storeys", 1, "", part=box_part(4, 6, 12, 15, 6, 9), answers=levels).verdict is JUDGE
    beside = {"floors": {"nap_m": [GROUND]}}
    assert added("max_storeys", 1, "", answers=beside).verdict is JUDGE  # the house beside it may have more


@pytest.mark.parametrize(("side", "verdict"), [(2.0, JUDGE), (2.9, VIOLATES)])
def test_minor_parts_are_weighed_together(side, verdict):
    """Nine upright pieces on a roof of 12 by 12 m: 36 m2 is a quarter, 76 m2 more than half of it; each is under a tenth."""
    pieces = [box_part(0.2 + 4 * i, 0.2 + 4 * j, 0.2 + 4 * i + side, 0.2 + 4 * j + side, 5, 7, fid=f"p{i}{j}") for i in range(3) for j in range(3)]
    pieces = pieces if side > 2.5 else pieces[:8]
    assert run("max_building_height", box_part(0, 0, 12, 12, 0, 5), *pieces, op="<=", value=6.0).verdict is verdict


SAID = Role("existing", "file", Note.of("part_role_status", property="Status", value="EXISTING", set="Pset_WallCommon"))


def drawn(check, value, unit="m", old=(), parts=(), models=(), answers=None, **measure):
    """The same extension in a file that draws the house along and says that it stands; what the register has of it is ``old``."""
    house = parts or (replace(box_part(4, 6, 12, 15, 0, 6, fid="house"), role=SAID),)
    site = scenes.site(parcels=PLOT, registered_buildings=old, buildings3d=models)
    told = {**FRONT, "roles": {part.fid: "existing" for part in house}, **(answers or {})}
    return run(check, box_part(4, 15, 12, 20, 0, 3, fid="new"), *house, site=site, answers=told, op="<=", value=value, unit=unit, **measure)


@pytest.mark.parametrize("old", [(), (OLD,)])
@pytest.mark.parametrize(
    ("check", "low", "high", "unit", "whole"),
    [("max_depth", 13, 15, "m", 14.0), ("max_area", 100, 130, "m2", 112.0), ("max_volume", 500, 640, "m3", 552.0)],
)
def test_an_existing_house_that_the_file_draws_is_measured_along(check, low, high, unit, whole, old):
    """Whether the register has it or not; without a 3D model the file's own body gives the height."""
    found = drawn(check, low, unit, old)
    assert (found.verdict, found.measurements[0].value) == (JUDGE, pytest.approx(whole, rel=0.001))
    assert drawn(check, low, unit, old, answers={"whole_building": "yes"}).verdict is VIOLATES
    assert drawn(check, low, unit, old, answers={"whole_building": "no"}).verdict is COMPLIES
    assert drawn(check, high, unit, old).verdict is COMPLIES
    assert drawn(check, low, unit, old, answers={"demolition": ["house", FID]}).verdict is COMPLIES


def test_the_measured_model_goes_before_a_drawing_of_it():
    model = scenes.Building3D(FID, BLOCK.triangles, scenes.np.array(["wall"] * 12), "2.2", GROUND, GROUND + 6.0, "2022-03-01")
    higher = (replace(box_part(4, 6, 12, 15, 0, 9, fid="house"), role=SAID),)
    assert drawn("max_volume", 700, "m3", (OLD,), higher, (model,)).measurements[0].value == pytest.approx(552.0, rel=0.001)


def test_a_wing_that_the_register_does_not_have_stands_all_the_same():
    """A house of 72 m2 with a wing of 6 by 9 m that only the file shows: 126 m2 of 800 m2 with the extension's 40 m2 is 20.75 %."""
    wing = (replace(box_part(4, 6, 18, 15, 0, 6, fid="house"), role=SAID),)
    found = drawn("max_coverage_pct", 20, "%", (OLD,), wing, denominator="bouwperceel", answers={"whole_building": "yes"})
    assert found.measurements[0].value == pytest.approx(100 * (72 + 40 + 5.7 * 9) / 800, abs=0.3)  # what differs by a drawing's width is the register's
    assert [item.layer for item in found.inputs] == ["parcels", "bag", "design"]


def test_a_tree_or_a_terrace_that_stands_is_no_building():
    for own in (box_part(0, 22, 20, 30, -0.2, 0.0, fid="terrace"), box_part(15, 25, 15.4, 25.4, 0, 8, fid="mast")):
        found = drawn("max_coverage_pct", 6, "%", (), (replace(own, role=SAID),), denominator="bouwperceel")
        assert (found.verdict, found.measurements[0].value) == (COMPLIES, 5.0)
