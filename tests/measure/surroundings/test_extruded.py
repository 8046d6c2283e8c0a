"""Heights from AHN and block models: percentiles, shares and reach worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shapely import Point, box

from drieluik.measure.surroundings.completion import completed, with_notes
from drieluik.measure.surroundings.extruded import EXTRUDED, HeightSource, cells_in, extruded, named, outlines, with_heights
from drieluik.measure.surroundings.ground import filled
from drieluik.model import Building3D, LayerState, Note, PointCloud, Provenance, RegisteredBuilding, Terrain, TopographyObject
from scenes import GROUND, ORIGIN, box_part, shift, site


def points(*rows):
    """Return a point cloud of (x, y, z above the ground, class), local metres."""
    every = np.array(rows, float).reshape(-1, 4)
    return PointCloud(every[:, :3] + (*ORIGIN, GROUND), every[:, 3].astype(np.uint8))


def square(count, level, kind, x0=0.0, y0=0.0, size=10.0):
    """Return ``count`` x ``count`` points evenly over a square, corners included."""
    x, y = np.meshgrid(np.linspace(x0, x0 + size, count), np.linspace(y0, y0 + size, count))
    return [(a, b, level, kind) for a, b in zip(x.ravel(), y.ravel())]


HOUSE = shift(box(0, 0, 10, 10))


def test_ground_is_the_fifth_percentile_within_four_metres_and_roof_the_seventieth_on_the_outline():
    ground = [(0.1 * n, -3.9, 0.01 * n, 2) for n in range(101)] + [(-4.2, 5, -9, 2), (5, 5, -9, 1)]
    roof = [(0.05 + 0.099 * n, 5 + 4.9 * (-1) ** n, 3 + 0.02 * n, 6) for n in range(101)] + [(-0.1, 5, 50, 6), (5, 5, 50, 1)]
    heights = HeightSource(site(points=points(*ground, *roof))).of(HOUSE)
    assert heights.ground_nap == pytest.approx(GROUND + 0.05)
    assert heights.roof_nap == pytest.approx(GROUND + 3 + 0.02 * 70)
    assert heights.covered == pytest.approx(0.97, abs=0.02)


@pytest.mark.parametrize(("size", "covered"), [(9.9, 0.9801), (5.0, 0.25), (8.0, 0.64)])
def test_how_much_of_a_roof_was_measured(size, covered):
    heights = HeightSource(site(points=points(*square(9, 4, 6, size=size)))).of(HOUSE)
    assert heights.covered == pytest.approx(covered)


def test_three_points_or_cells_are_the_fewest():
    two, three = points((1, 1, 4, 6), (2, 2, 4, 6)), points((1, 1, 4, 6), (2, 2, 4, 6), (1, 2, 5, 6))
    assert HeightSource(site(points=two)).of(HOUSE).roof_nap is None
    assert HeightSource(site(points=three)).of(HOUSE).roof_nap == pytest.approx(GROUND + 4.4)
    cells = Terrain(np.array([[1.0, 2.0], [3.0, np.nan]]), ORIGIN[0] + 2, ORIGIN[1] + 8, 2.0)
    heights = HeightSource(site(points=None, surface=cells)).of(HOUSE)
    assert heights.roof_nap == pytest.approx(2.4) and heights.covered == pytest.approx(3 * 4 / 100)
    assert HeightSource(site(surface=replace(cells, heights=np.array([[1.0, 2.0]])))).of(HOUSE).roof_nap is None


def test_with_points_and_rasters_the_points_go_first():
    raster = Terrain(np.full((20, 20), GROUND + 7), ORIGIN[0], ORIGIN[1] + 10, 0.5)
    assert HeightSource(site(points=points(*square(9, 4, 6)), surface=raster)).of(HOUSE).roof_nap == pytest.approx(GROUND + 4)
    assert HeightSource(site(points=points((1, 1, 4, 6)), surface=raster)).of(HOUSE).roof_nap == pytest.approx(GROUND + 7)
    assert HeightSource(site(points=None, surface=None)).of(HOUSE).roof_nap is None


def test_cells_of_a_raster_are_those_whose_middle_lies_in_an_area():
    """Cells of 2 m from (0, 0) to (8, 6), numbered row by row from the north-west: middles at 1, 3, 5 and 7; 5, 3 and 1."""
    raster = Terrain(np.arange(12.0).reshape(3, 4), 0.0, 6.0, 2.0)
    assert cells_in(raster, box(0, 0, 8, 6)).tolist() == list(range(12))
    assert cells_in(raster, box(2.5, 0.5, 5.5, 3.5)).tolist() == [5, 6, 9, 10]
    assert cells_in(raster, box(3.1, 0, 8, 2.9)).tolist() == [10, 11]
    assert cells_in(raster, box(6.5, 4.5, 99, 99)).tolist() == [3]
    assert cells_in(raster, box(-99, -99, 1.5, 1.5)).tolist() == [8]
    assert cells_in(raster, box(20, 20, 30, 30)).tolist() == []
    holes = replace(raster, heights=np.where(raster.heights == 5, np.nan, raster.heights))
    assert cells_in(holes, box(2.5, 0.5, 5.5, 3.5)).tolist() == [6, 9, 10]


def test_an_outline_is_that_of_the_bgt_else_of_the_bag():
    there = site(
        topography=(
            TopographyObject("n1", "pand", shift(box(0, 0, 4, 4)), building_id="1"), TopographyObject("n2", "pand", shift(box(4, 0, 6, 4)), building_id="1"),
            TopographyObject("n3", "pand", shift(box(10, 0, 11, 4))), TopographyObject("n4", "pand", shift(Point(3, 3))), TopographyObject("n5", "wegdeel", shift(box(0, 0, 1, 1))),
        ),
        registered_buildings=(RegisteredBuilding("1", shift(box(0, 0, 50, 50))), RegisteredBuilding("2", shift(box(0, 0, 3, 3))), RegisteredBuilding("3", shift(Point(0, 0)))),
    )
    assert {fid: shape.area for fid, shape in outlines(there).items()} == {"1": 24.0, "n3": 4.0, "2": 9.0}


def test_a_model_keeps_the_heights_that_it_has():
    source = HeightSource(site(points=points(*square(9, 0.3, 2), *square(9, 4, 6))))
    body = box_part(0, 0, 10, 10, 0, 5).triangles
    some = [Building3D("1", body, np.array(["wall"] * 12), "2.2", ground, roof) for ground in (None, 7.0) for roof in (None, 9.0)]
    found = with_heights([*some, replace(some[0], fid="2")], {"1": HOUSE}, source)
    assert [(one.ground_nap, one.roof_nap) for one in found] == [
        (pytest.approx(GROUND + 0.3), pytest.approx(GROUND + 4)), (pytest.approx(GROUND + 0.3), 9.0), (7.0, pytest.approx(GROUND + 4)), (7.0, 9.0), (None, None),
    ]


@pytest.mark.parametrize(
    ("level", "size", "made"), [(0.5, 10.0, True), (0.49, 10.0, False), (4.0, 6.4, True), (4.0, 6.2, False)]
)
def test_a_block_is_no_lower_than_half_a_metre_and_of_a_roof_that_was_measured_for_two_fifths(level, size, made):
    source = HeightSource(site(points=points(*square(9, 0, 2, -3, -3, 3), *square(9, level, 6, size=size))))
    blocks, notes = extruded({"b": HOUSE}, source, "2023-05-05")
    assert [note.code for note in notes] == ["context_extruded" if made else "context_no_model"]
    assert notes[0].as_dict() == ({"count": 1} if made else {"count": 1, "ids": "b"})
    assert [(b.fid, b.lod, b.date, b.ground_nap, b.roof_nap) for b in blocks] == (
        [("b", EXTRUDED, "2023-05-05", pytest.approx(GROUND), pytest.approx(GROUND + level))] if made else [])


def test_the_faces_of_a_block_are_told_apart():
    source = HeightSource(site(points=points(*square(9, 0, 2, -3, -3, 3), *square(9, 4, 6))))
    (block,), _ = extruded({"b": HOUSE}, source)
    sides = block.triangles[:, 1] - block.triangles[:, 0], block.triangles[:, 2] - block.triangles[:, 0]
    area = np.linalg.norm(np.cross(*sides), axis=1) / 2
    assert {kind: area[block.semantics == kind].sum() for kind in ("roof", "ground", "wall")} == {
        "roof": pytest.approx(100), "ground": pytest.approx(100), "wall": pytest.approx(160)}
    assert block.triangles[block.semantics == "roof"][:, :, 2] == pytest.approx(GROUND + 4)
    assert block.triangles[block.semantics == "ground"][:, :, 2] == pytest.approx(GROUND)


def test_blocks_are_made_in_the_order_of_their_ids_and_what_could_not_be_made_is_counted():
    there = HeightSource(site(points=points(*square(30, 0, 2, -4, -4, 30), *square(9, 4, 6), *square(9, 4, 6, 14, 0))))
    shapes = {"z": HOUSE, "a": shift(box(14, 0, 24, 10)), **{f"no{n}": shift(box(500 + n, 0, 501 + n, 1)) for n in range(7)}}
    blocks, notes = extruded(shapes, there)
    assert [block.fid for block in blocks] == ["a", "z"]
    assert notes == (Note.of("context_extruded", count=2), Note.of("context_no_model", count=7, ids="no0, no1, no2, no3, no4 (+ 2)"))
    assert (named(["a", "b"]), named(["a"] * 5), named(["a", "b", "c"], 1)) == ("a, b", "a, a, a, a, a", "a (+ 2)")


def with_house(**changes):
    house = TopographyObject("n", "pand", HOUSE, building_id="b")
    changes = {"points": points(*square(30, 0, 2, -4, -4, 30), *square(9, 4, 6)), **changes}
    here = site(topography=(house,), buildings3d=(), registered_buildings=(), parcels=(), trees=(), **changes)
    return replace(here, provenance=(*here.provenance, Provenance("points", LayerState.LOADED, "AHN", retrieved="2024-02-02"),
                                     Provenance("bgt", LayerState.LOADED, "more", retrieved="2020-01-01")))


@pytest.mark.parametrize(("wide", "blocks"), [(4.9, 1), (5.1, 0)])
def test_a_model_of_another_name_stands_for_an_outline_of_which_it_covers_half(wide, blocks):
    body = box_part(0, 0, wide, 10, 0, 4).triangles
    other = Building3D("x", body, np.array(["wall"] * 12), "2.2")
    assert sum(one.lod == EXTRUDED for one in completed(replace(with_house(), buildings3d=(other,))).buildings3d) == blocks


def test_remarks_are_added_once_to_the_first_record_of_a_layer():
    here = with_house()
    note, more = Note.of("context_no_model", count=1, ids="b"), Note.of("context_extruded", count=1)
    said = with_notes(here, {"bgt": (note, more, note), "bag": (more,)})
    assert [(r.layer, r.source, r.notes) for r in said.provenance if r.notes] == [("bag", "bag", (more,)), ("bgt", "bgt", (note, more))]
    assert with_notes(said, {"bgt": (note,)}).provenance == said.provenance


def test_the_date_of_a_block_is_that_of_what_it_was_measured_with():
    (block,) = completed(with_house()).buildings3d
    assert (block.fid, block.date) == ("b", "2024-02-02")
    raster = Terrain(np.full((240, 240), GROUND + 4), ORIGIN[0] - 50, ORIGIN[1] + 70, 0.5)
    (block,) = completed(with_house(points=None, surface=raster)).buildings3d
    assert (block.date, block.roof_nap) == ("2026-01-01", GROUND + 4)


def test_without_heights_each_outline_without_a_model_is_named():
    houses = tuple(TopographyObject(f"n{n}", "pand", shift(box(9 * n, 0, 9 * n + 4, 4)), building_id=f"b{n}") for n in range(7))
    whole = completed(replace(with_house(points=None), topography=houses))
    (note,) = [note for record in whole.provenance for note in record.notes if note.code == "context_no_model"]
    assert note.as_dict() == {"count": 7, "ids": "b0, b1, b2, b3, b4 (+ 2)"} and whole.buildings3d == ()


def test_ground_under_a_building_is_filled_from_its_edge_with_doubt_that_grows():
    """A hole of 4 m wide in ground that steps from 1 to 3: each side takes the level of its own edge."""
    heights = np.full((5, 12), 1.0)
    heights[:, 6:] = 3.0
    heights[:, 4:8] = np.nan
    ground = filled(Terrain(heights, 100.0, 50.0, 1.0))
    assert ground.terrain.heights[2].tolist() == [1.0] * 6 + [3.0] * 6
    assert ground.uncertainty_m[2] == pytest.approx([0.1] * 4 + [np.hypot(0.1, 0.02), np.hypot(0.1, 0.04)] * 1 + [np.hypot(0.1, 0.04), np.hypot(0.1, 0.02)] + [0.1] * 4)
    assert ground.at(105.5, 47.5) == (1.0, pytest.approx(np.hypot(0.1, 0.04)))
    assert [ground.at(x, y) is None for x, y in ((100.0, 49.9), (99.9, 49.9), (111.9, 49.9), (112.0, 49.9), (101, 50.1), (101, 45.1), (101, 44.9))] == [
        False, True, False, True, True, False, True]
