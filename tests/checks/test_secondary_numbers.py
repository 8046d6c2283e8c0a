"""The numbers of secondary buildings, by hand: heights with and without what is exempt, areas with what stands there, the erf, and how far behind the front."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely import LineString, box

from drieluik.checks.engine.open_points.unseen import earned
from drieluik.checks.shared.horizontal.secondary import existing_on, one_per_front, secondary_of
from drieluik.checks.zoning.secondary_buildings import areas, behind, erf_of, heights, highest_eaves
from drieluik.model import Parcel, TopographyObject, Verdict
from one_context import HOUSE, context, local, pand, rule
from one_rule import rd
from scenes import GROUND, ORIGIN, box_part, gable_part, shift

SHED = gable_part(2, 30, 5, 34, 2.4, 3.9, kind="other", fid="shed")
MAST = box_part(3, 31, 3.2, 31.2, 0, 6, kind="antenna", fid="mast")
PLOT = (Parcel("1", "P 1", shift(box(0, 0, 20, 40)), 800.0),)
PARTS = {"secondary_parts": ["shed", "mast"]}


def told(*parts, answers=None, panden=(), works=(), limits=(), **measure):
    """Return the scene, the rule and the secondary part."""
    own = rule(measure={**PARTS, **measure})
    scene = context(HOUSE, *(parts or (SHED,)), answers=answers, registered_buildings=panden, topography=works, parcels=PLOT)
    return own, scene, secondary_of(own, scene)


def numbers(findings):
    return [(found.measurements[0].name, found.measurements[0].value, found.measurements[0].limit, found.verdict.value) if found.measurements else found.missing[0].code for found in findings]


def test_heights_of_the_eaves_and_of_the_top():
    assert numbers(heights(*told(max_eaves_m=2.4, max_height_m=3.9))) == [("height_above_peil", 3.9, 3.9, "complies"), ("eaves_above_peil", 2.4, 2.4, "complies")]
    assert numbers(heights(*told(max_eaves_m=2.3, max_height_m=3.8))) == [("height_above_peil", 3.9, 3.8, "violates"), ("eaves_above_peil", 2.4, 2.3, "violates")]
    assert heights(*told()) == [] and numbers(heights(*told(MAST, max_eaves_m=2.4))) == ["surroundings_no_eaves"]
    place = highest_eaves(*told()[1:])
    assert (place - (*ORIGIN, GROUND)).tolist() in ([pytest.approx(3.5), pytest.approx(30.0), pytest.approx(2.4)], [pytest.approx(3.5), pytest.approx(34.0), pytest.approx(2.4)]) and highest_eaves(*told(MAST)[1:]) is None
    flat = box_part(6, 30, 9, 34, 0, 3.0, kind="other", fid="mast")
    assert highest_eaves(*told(SHED, flat)[1:])[2] == pytest.approx(GROUND + 3.0)


def test_what_is_exempt_stands_above_and_is_said():
    (found,) = heights(*told(SHED, MAST, max_height_m=4.0))
    assert numbers([found]) == [("height_above_peil", 3.9, 4.0, "complies")] and [(note.code, dict(note.data)["height"]) for note in found.notes] == [("checks_exempt_parts", 6.0)]
    (whole,) = heights(*told(SHED, MAST, max_height_m=6.0))
    assert whole.measurements[0].value == 6.0 and not whole.notes
    (none,) = heights(*told(SHED, MAST, max_height_m=4.0, exempt_classes=[]))
    assert numbers([none]) == [("height_above_peil", 6.0, 4.0, "violates")]
    (mast,) = heights(*told(MAST, max_height_m=4.0))
    assert numbers([mast]) == [("height_above_peil", 6.0, 4.0, "violates")]  # there is nothing else


@pytest.mark.parametrize(("floor", "outcome"), [(None, "surroundings_no_first_floor"), ({"top_nap_m": 3.3}, ("eaves_nap", 3.4, 3.55, "complies")), ({"top_nap_m": 3.1}, ("eaves_nap", 3.4, 3.35, "violates")), ("x", "surroundings_no_first_floor")])
def test_eaves_above_the_first_floor_of_the_main_building(floor, outcome):
    assert numbers(heights(*told(answers={"first_floor": floor} if floor else {}, eaves_above_first_floor_m=0.25))) == [outcome]


GARAGE = pand("g", box(10, 30, 14, 36))
OLD = pand("o", box(2, 30, 5, 33))
BARN = TopographyObject("b", "overigbouwwerk", shift(box(16, 30, 18, 35)))


def test_a_joint_area_of_what_is_new_and_what_stays():
    both = told(panden=(GARAGE, OLD), works=(BARN,), max_total_area_m2=46.0)
    (found,) = areas(*both)
    assert [(m.name, m.value) for m in found.measurements] == [("total_area", 46.0), ("built_new", 12.0), ("built_existing", 34.0)] and found.measurements[0].sources
    assert sorted(item.fid for item in found.inputs) == ["1", "b", "g", "o"]
    (gone,) = areas(*told(panden=(GARAGE,), works=(BARN,), answers={"demolition": ["g"]}, max_total_area_m2=46.0))
    assert gone.measurements[0].value == 22.0
    (said,) = areas(*told(panden=(GARAGE,), answers={"existing_secondary_m2": 30.0}, max_total_area_m2=41.0))
    assert numbers([said]) == [("total_area", 42.0, 41.0, "violates")] and not said.measurements[0].sources
    assert numbers(areas(*told(answers={"existing_secondary_m2": "veel"}, max_total_area_m2=41.0))) == ["surroundings_answer_no_number"]
    assert areas(*told()) == []


def test_a_share_of_the_erf_is_of_the_plot_without_the_main_building():
    own = told(panden=(GARAGE,), max_share_pct=5.0, max_total_area_m2=99.0)
    total, share = areas(*own)
    assert total.measurements[0].value == 36.0 and share.measurements[0].value == pytest.approx(100 * 36 / (800 - 64), abs=1e-4) and share.measurements[0].unit == "%"
    doubt, other = share.measurements[0].sources[0].value, total.measurements[0].sources[0].value
    assert doubt == round(100 * other / 736, 4) and share.evidence[0].value == 736.0
    assert erf_of(own[1], own[2], existing_on(own[1])).area == pytest.approx(736)
    home = pand("h", box(10, 20, 20, 29), "woonfunctie")
    lived = told(panden=(home,), max_share_pct=5.0)
    assert erf_of(lived[1], lived[2], existing_on(lived[1])).area == pytest.approx(736 - 90)
    nowhere = context(HOUSE, SHED, parcels=())
    found = [earned(one, nowhere.ledger.unseen) for one in areas(own[0], nowhere, secondary_of(own[0], nowhere))]
    assert [one.verdict for one in found] == [Verdict.NOT_ASSESSABLE] * 2


@pytest.mark.parametrize(
    ("building", "answers", "small", "main"),
    [
        (GARAGE, {}, 24, 0), (pand("g", box(10, 30, 14, 36), "overige gebruiksfunctie"), {}, 24, 0), (pand("g", box(10, 30, 14, 36), "woonfunctie"), {}, 0, 24), (GARAGE, {"main_building": "g"}, 0, 24), (pand("g", box(10, 30, 14, 36), "woonfunctie"), {"main_building": {"value": "x"}}, 0, 24), (pand("g", box(10, 30, 14, 36), "woonfunctie"), {"main_building": {"value": "none of these"}}, 24, 0),
        (pand("g", box(16, 30, 23, 36)), {}, 24, 0), (pand("g", box(16, 30, 25, 36)), {}, 24, 0), (pand("g", box(16, 30, 25, 36), "woonfunctie"), {}, 0, 0), (GARAGE, {"demolition": ["g"]}, 0, 0),
    ],
)  # fmt: skip
def test_which_of_what_stands_there_is_secondary(building, answers, small, main):
    """A building counts as far as it lies on the plot; one that is lived in and stands for the most elsewhere is another's house."""
    found = existing_on(told(panden=(building,), answers=answers)[1])
    assert (round(found.shape.area, 6), round(found.main.area, 6)) == (small, main)


def test_structures_count_on_the_ground_or_over_it_and_on_the_plot():
    works = (BARN, replace(BARN, fid="up", level=1), replace(BARN, fid="tank", level=-1), replace(BARN, fid="road", collection="wegdeel"), replace(BARN, fid="far", geometry=shift(box(50, 50, 60, 60))))
    assert [item.fid for item in existing_on(told(works=works)[1]).structures] == ["b", "up"]


@pytest.mark.parametrize(("wanted", "verdict"), [(23.9, "complies"), (24.0, "complies"), (24.1, "violates")])
def test_how_far_behind_the_front_facade(wanted, verdict):
    line = {"facade_line": {"line": rd((6, 6), (14, 6)), "road_side": rd((10, -5))[0]}}
    (found,) = behind(*told(answers=line, behind_front_m=wanted))
    assert numbers([found]) == [("behind_front", 24.0, wanted, verdict)]
    assert local(found.evidence[1].geometry).length == pytest.approx(24.0) and behind(*told(answers=line)) == []


def test_before_the_front_facade_is_behind_it_by_less_than_nothing():
    line = {"facade_line": {"line": rd((6, 6), (14, 6)), "road_side": rd((10, -5))[0]}}
    (found,) = behind(*told(box_part(8, 1, 10, 4, 0, 3, fid="shed"), answers=line, behind_front_m=1.0))
    assert numbers([found]) == [("behind_front", -5.0, 1.0, "violates")]


def test_the_facade_line_of_each_front_nearest_to_a_shape():
    south, far, east = LineString([(0, 0), (9, 0)]), LineString([(0, -5), (9, -5)]), LineString([(9, 0), (9, 9)])
    assert one_per_front([far, south, east], box(1, 1, 8, 8)) == [south, east] or one_per_front([far, south, east], box(1, 1, 8, 8)) == [east, south]
    turned = LineString([(0, 0), (9, 3)])
    assert one_per_front([south, turned], box(1, 5, 2, 6)) == [turned] and one_per_front([], box(0, 0, 1, 1)) == []
    assert len(one_per_front([south, LineString([(0, 0), (9, 4)])], box(1, 5, 2, 6))) == 2
