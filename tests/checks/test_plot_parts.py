"""Which parcels are the plot, piece by piece: what is under a design, what may belong to it, and how well its boundary is known."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely
from shapely import box

from drieluik.checks.engine.plot import _along, _covered, beside, boundary_doubt, looks_under, nothing_under, parcels_named, parcels_under, plot_of
from drieluik.model import Note, Parcel, TopographyObject
from one_context import context, pand
from scenes import box_part, shift


def parcel(fid, shape, **words):
    return Parcel(fid, f"A {fid}", shift(shape), shape.area, **words)


OWN, NEXT = parcel("1", box(0, 0, 20, 40)), parcel("2", box(20, 0, 40, 40))


def house(east):
    return box_part(6, 6, east, 16, 0, 8)


def ways(*parcels, part=None, answers=None, **changes):
    """Return the plots that may be, the likeliest first."""
    scene = context(part or house(14), answers=answers, parcels=parcels, **changes)
    own = plot_of(scene)
    point = scene.ledger.open.get("parcels")
    return [[one.fid for one in way.value] for way in point.alternatives] if point else [[one.fid for one in own]], scene


@pytest.mark.parametrize(("east", "expected"), [(14, [["1"]]), (20.05, [["1"]]), (20.09, [["1"]]), (24, [["1", "2"], ["1"], ["2"]]), (35, [["2", "1"], ["2"], ["1"]])])
def test_the_plot_is_what_a_design_stands_on_or_one_of_these(east, expected):
    """A house of 10 m deep: 0.05 m over the boundary is half a square metre, and 0.09 m less than one."""
    assert ways(OWN, NEXT, part=house(east))[0] == expected


def test_each_plot_is_a_choice_with_its_names():
    found, scene = ways(OWN, NEXT, part=house(24))
    point = scene.ledger.open["parcels"]
    assert [(way.answer, way.note) for way in point.alternatives] == [
        (["1", "2"], Note.of("choice_parcels", parcels="A 1, A 2")), (["1"], Note.of("choice_parcels", parcels="A 1")), (["2"], Note.of("choice_parcels", parcels="A 2"))]
    assert found and point.question.note == Note.of("engine_question_parcels")


@pytest.mark.parametrize(("answer", "expected", "settled"), [
    (["1"], [["1"]], "parcels"), (["A 1"], [["1"]], "parcels"), (["2"], [["1"]], "parcels:refused"), (["1", "2"], [["1", "2"]], "parcels"), (["9"], [["1"]], "parcels:refused"), ("2", [["1"]], "parcels:refused"),
])
def test_the_plot_that_is_named_holds_where_the_design_stands_on_it(answer, expected, settled):
    found, scene = ways(OWN, NEXT, answers={"parcels": answer})
    assert (found, list(scene.ledger.settled)) == (expected, [settled])


@pytest.mark.parametrize(("west", "east", "expected"), [
    (20.3, 14, [["1", "2"]]), (20.5, 14, [["1"]]),  # two drawings of one boundary differ by 0.4 m at most; what lies further is no part of the plot
    (20.5, 22.1, [["1", "2"]]),  # unless 1.6 m of 10 m of the design stands on it
])
def test_a_plot_is_one_piece_of_ground_or_what_the_design_stands_on(west, east, expected):
    beyond = parcel("2", box(west, 0, 40, 40))
    assert ways(OWN, beyond, part=house(east), answers={"parcels": ["1", "2"]})[0] == expected


@pytest.mark.parametrize(("east", "stands"), [(21.7, True), (21.5, False)])
def test_a_tenth_of_the_design_on_the_parcels_that_are_named_is_enough(east, stands):
    """Of a house from 6 m, 1.7 m of 15.7 m (10.8 %) stands on the next parcel, 1.5 m of 15.5 m is 9.7 %."""
    assert (ways(OWN, NEXT, part=house(east), answers={"parcels": ["2"]})[0] == [["2"]]) is stands


STRIP = box(20, 0, 23, 40)


@pytest.mark.parametrize(("shape", "changes", "expected"), [
    (STRIP, {}, True), (box(20, 0, 24.9, 40), {}, True), (box(20, 0, 25.1, 40), {}, False), (box(20.15, 0, 23, 40), {}, True), (box(20.3, 0, 23, 40), {}, False), (box(20, 38, 23, 60), {}, False), (box(20, 36.5, 23, 60), {}, True),
    (STRIP, {"registered_buildings": (pand("b", box(20, 5, 23, 5.5)),)}, False), (STRIP, {"registered_buildings": (pand("b", box(20, 5, 23, 5.3)),)}, True),
    (STRIP, {"topography": (TopographyObject("w", "wegdeel", shift(box(20, 0, 23, 25)), "voetpad"),)}, False), (STRIP, {"topography": (TopographyObject("w", "wegdeel", shift(box(20, 0, 23, 19)), "voetpad"),)}, True),
    (STRIP, {"topography": (TopographyObject("w", "begroeidterreindeel", shift(STRIP), "gras"),)}, True), (STRIP, {"topography": (TopographyObject("w", "waterdeel", shift(STRIP), "sloot"),)}, False),
])
def test_a_bare_strip_along_the_plot_may_belong_to_it(shape, changes, expected):
    found, _ = ways(OWN, parcel("s", shape), **{"registered_buildings": (), "topography": (), **changes})
    assert found == ([["1"], ["1", "s"]] if expected else [["1"]])


def test_a_bridge_over_a_strip_is_no_street_on_it():
    above = replace(TopographyObject("w", "wegdeel", shift(STRIP), "voetpad"), level=1)
    assert ways(OWN, parcel("s", STRIP), registered_buildings=(), topography=(above,))[0] == [["1"], ["1", "s"]]


def test_what_lies_along_and_what_is_covered():
    plot = shift(box(0, 0, 20, 40))
    assert _along(parcel("s", box(20, 0, 22, 3.1)), plot) and not _along(parcel("s", box(20, 0, 22, 2.5)), plot)
    shapes = [shift(box(0, 0, 1, 1)), shift(box(5, 5, 6, 6)), shift(box(90, 90, 99, 99))]
    assert _covered(OWN, shapes, 1.9) and not _covered(OWN, shapes, 2.0)


@pytest.mark.parametrize(("cover", "expected"), [((box(0, 0, 20, 40),), 0.0), ((box(0, 0, 10, 40),), 32.0), ((), 64.0), ((box(0, 0, 13.7, 40),), 0.0), ((box(0, 0, 13.5, 40),), 4.0), ((box(50, 50, 60, 60),), 64.0)])
def test_on_how_much_ground_a_register_has_nothing(cover, expected):
    """A shape from 6 to 14 (64 m2), by 0.4 m."""
    assert nothing_under(shift(box(6, 6, 14, 14)), [shift(one) for one in cover], 0.4) == pytest.approx(expected)


@pytest.mark.parametrize(("shape", "expected"), [(box(0, 0, 20, 40), []), (box(0, 0, 13, 40), [10.0]), (box(0, 0, 13.7, 40), [])])
def test_where_the_cadastre_has_no_parcel_under_a_design_it_may_be_larger(shape, expected):
    own = parcel("1", shape)
    for answers, told in (({}, expected), ({"parcels": ["1"]}, [])):
        scene = context(house(14), parcels=(own,), answers=answers)
        looks_under(scene, (own,))
        assert [one.note.as_dict()["area"] for one in scene.ledger.unseen if one.note.code == "checks_no_parcel_there"] == told
    none = context(house(14), parcels=(own,))
    looks_under(none, ())
    assert not none.ledger.unseen


def test_how_well_a_boundary_is_known():
    drawn = replace(OWN, unmeasured=True)
    assert boundary_doubt((OWN,)) == 0.2 and boundary_doubt((OWN,), 0.4) == 0.4 and boundary_doubt((OWN, drawn)) == 2.0 and boundary_doubt((drawn,), 3.0) == 3.0 and boundary_doubt(()) == 0.2
    apart = parcel("3", box(40.3, 0, 60, 40))
    scene = context(parcels=(OWN, NEXT, apart))
    assert [one.fid for one in beside((OWN,), scene)] == ["1", "2"] and [one.fid for one in beside((NEXT,), scene)] == ["1", "2"] and [one.fid for one in beside((apart,), scene)] == ["3"]
    assert [one.fid for one in parcels_named({"1", "A 3"}, scene)] == ["1", "3"] and [one.fid for one in parcels_under(scene)] == ["1"]
    assert shapely.union_all([one.geometry for one in scene.site.parcels]).area == pytest.approx(800 + 800 + 788)
