"""The surroundings made whole: block models, trees, joins and what does not fit, on scenes worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from shapely import Point, box

from drieluik import texts
from drieluik.checks.engine.base import Context, finding, inputs_of
from drieluik.measure.plane.point_grid import PointGrid
from drieluik.measure.surroundings.completion import completed
from drieluik.measure.surroundings.extruded import EXTRUDED, HeightSource, cells_in, extruded, outlines
from drieluik.measure.surroundings.ground import filled
from drieluik.measure.surroundings.joins import join_buildings, pairs
from drieluik.measure.surroundings.suspicions import flight_year, suspicions
from drieluik.measure.surroundings.trees import trees_of
from drieluik.model import Address, LayerState, Parcel, PointCloud, Provenance, RegisteredBuilding, Rule, Terrain, TopographyObject, Tree, Verdict
from scenes import GROUND, ORIGIN, box_part, design, gable_part, shift, site

PAND, OTHER = "9999100000000001", "9999100000000002"


def grid(x0, y0, x1, y1, step=0.5):
    x, y = np.meshgrid(np.arange(x0 + step / 2, x1, step), np.arange(y0 + step / 2, y1, step))
    return np.column_stack([x.ravel(), y.ravel()])


def cloud(*parts):
    """Return a point cloud of (xy local, z above ground, class)."""
    xyz = np.concatenate([np.column_stack([xy + np.array(ORIGIN), np.broadcast_to(z, len(xy)) + GROUND]) for xy, z, _ in parts])
    kinds = np.concatenate([np.full(len(xy), kind) for xy, _, kind in parts])
    return PointCloud(xyz, kinds.astype(np.uint8))


def codes(notes):
    return [note.code for note in notes]


def tidy():
    """Return the scene without the yard that lies under the house too."""
    here = site()
    return replace(here, topography=tuple(item for item in here.topography if item.fid != "o1"))


def of(here, code):
    return {(s.layer, s.fid) for s in suspicions(here) if s.note.code == code}


SHED = box(-12, 20, -6, 28)
FLAT = grid(-50, -50, 70, 70)
OFF_SHED = FLAT[~shapely.contains_xy(SHED, FLAT)]


def with_shed(**changes):
    """Return the scene with a shed of 6 x 8 m that has no model: flat roof at 3 m but for a tenth of it at 5 m."""
    here = site()
    roof = grid(-12, 20, -6, 28)
    z = np.where(roof[:, 0] < -11.4, 5.0, 3.0)
    shed = TopographyObject("n2", "pand", shift(SHED), building_id=OTHER)
    records = (*here.provenance, Provenance("points", LayerState.LOADED, "AHN", retrieved="2024-02-02"))
    points = cloud((OFF_SHED, 0.0, 2), (roof, z, 6))
    return replace(here, topography=(*here.topography, shed), points=points, provenance=records, **changes)


def test_a_building_without_a_model_becomes_a_block():
    here = completed(with_shed())
    (block,) = [model for model in here.buildings3d if model.lod == EXTRUDED]
    assert block.fid == OTHER and block.date == "2024-02-02"
    assert block.ground_nap == pytest.approx(GROUND)
    assert block.roof_nap == pytest.approx(GROUND + 3.0)
    local = block.triangles - [*shift(SHED).bounds[:2], GROUND]
    assert np.einsum("ij,ij->i", local[:, 0], np.cross(local[:, 1], local[:, 2])).sum() / 6 == pytest.approx(6 * 8 * 3)
    assert {"roof", "wall", "ground"} == set(block.semantics)
    notes = here.provenance_of("buildings3d")[0].notes
    assert "context_extruded" in codes(notes)
    assert join_buildings(here).joined == join_buildings(with_shed()).joined == 1


def test_what_was_not_asked_is_not_filled_in_and_what_failed_stays_failed():
    here = with_shed()
    for state, blocks in ((LayerState.NOT_ASKED, 0), (LayerState.FAILED, 2)):
        records = tuple(replace(r, state=state) if r.layer == "buildings3d" else r for r in here.provenance)
        whole = completed(replace(here, provenance=records, buildings3d=()))
        assert whole.state("buildings3d") is state
        assert sum(model.lod == EXTRUDED for model in whole.buildings3d) == (1 if state is LayerState.FAILED else 0), blocks


def test_without_heights_no_block_is_guessed():
    here = completed(replace(with_shed(), points=None))
    assert all(model.lod != EXTRUDED for model in here.buildings3d)
    assert "context_no_model" in codes(here.provenance_of("buildings3d")[0].notes)


def test_the_dsm_stands_in_for_the_points():
    here = with_shed()
    heights = np.full((240, 240), GROUND)
    surface = Terrain(heights, ORIGIN[0] - 50, ORIGIN[1] + 70, 0.5)
    x, y = (c.ravel() for c in np.meshgrid(ORIGIN[0] - 50 + 0.25 + 0.5 * np.arange(240), ORIGIN[1] + 70 - 0.25 - 0.5 * np.arange(240)))
    heights.ravel()[shapely.contains_xy(shift(SHED), x, y)] = GROUND + 3.4
    source = HeightSource(replace(here, points=None, surface=surface))
    assert source.of(shift(SHED)).roof_nap == pytest.approx(GROUND + 3.4)
    assert len(cells_in(surface, shift(SHED))) == 6 * 8 * 4


def test_outlines_are_joined_by_bag_id():
    here = site(topography=(
        TopographyObject("a", "pand", shift(box(0, 0, 4, 4)), building_id=PAND), TopographyObject("b", "pand", shift(box(4, 0, 8, 4)), building_id=PAND),
    ))
    assert outlines(here)[PAND].area == pytest.approx(32)


def test_ten_thousand_places_in_a_grid_agree_with_a_plain_search():
    rng = np.random.default_rng(1)
    xyz = rng.uniform(0, 100, (10_000, 3))
    found = PointGrid(xyz).within(40.0, 60.0, 7.0)
    plain = xyz[np.hypot(xyz[:, 0] - 40, xyz[:, 1] - 60) <= 7.0]
    assert sorted(map(tuple, found)) == sorted(map(tuple, plain))
    assert len(PointGrid(xyz).in_box(-50, -50, -1, 200)) == 0
    assert len(PointGrid(np.zeros((0, 3))).inside(box(0, 0, 1, 1))) == 0


def test_holes_in_the_ground_are_filled_with_growing_doubt():
    heights = np.full((20, 20), 1.0)
    heights[:, :10] = 0.0
    heights[5:15, 8:18] = np.nan
    ground = filled(Terrain(heights, 0.0, 10.0, 0.5))
    assert np.isfinite(ground.terrain.heights).all()
    assert ground.at(0.1, 9.9) == (0.0, 0.1)
    level, doubt = ground.at(6.6, 5.0)
    assert level == 1.0
    assert doubt == pytest.approx(np.hypot(0.1, 0.02 * 2.5), abs=0.003)
    assert ground.at(-5, 5) is None
    assert filled(Terrain(np.full((3, 3), np.nan), 0, 0, 1)) is None


def tree_points(x, y, height, radius):
    """Return a cone of leaves: ``height`` at the stem, a fifth lower at ``radius``."""
    xy = grid(x - radius - 1, y - radius - 1, x + radius + 1, y + radius + 1, 0.25)
    away = np.hypot(*(xy - [x, y]).T)
    return xy[away <= radius], (height * (1 - 0.2 * away / radius))[away <= radius], 1


def test_a_tree_of_the_bgt_gets_its_height_and_crown_and_another_is_found():
    leaves = (tree_points(-5, -12, 10.0, 3.0), tree_points(30, -14, 14.0, 4.0))
    here = site(trees=(Tree("t1", shift(Point(-5, -12))), Tree("t2", shift(Point(0, 30)))), points=cloud((FLAT, 0.0, 2), *leaves))
    trees, notes = trees_of(here, list(outlines(here).values()))
    known = {tree.fid: tree for tree in trees}
    assert known["t1"].height_m == pytest.approx(10.0, abs=0.3)
    assert known["t1"].crown_m == pytest.approx(6.0, abs=0.6)
    assert known["t2"].height_m is None
    (found,) = [tree for tree in trees if tree.fid.startswith("ahn-")]
    assert found.geometry.distance(shift(Point(30, -14))) < 0.8
    assert found.height_m == pytest.approx(14.0, abs=0.3)
    assert found.crown_m == pytest.approx(8.0, abs=0.8)
    assert codes(notes) == ["context_trees_measured", "context_trees_found"]


def test_facades_are_no_trees():
    wall = np.column_stack([np.full(200, 23.8), np.linspace(5, 15, 200)])
    here = site(trees=(), points=cloud((FLAT, 0.0, 2), (wall, np.linspace(3, 9, 200), 1)))
    assert trees_of(here, list(outlines(here).values()))[0] == ()


def test_joins_list_what_does_not_join():
    here = site()
    topography = (*here.topography, TopographyObject("n9", "pand", shift(box(0, 0, 2, 2))), TopographyObject("n8", "pand", shift(box(2, 0, 4, 2)), building_id=OTHER))
    third = RegisteredBuilding("9999100000000003", shift(box(0, 30, 5, 35)))
    lost = Address("9999010000000009", "Nergens 1", shift(Point(10, 10)), ("9999100000000077",))
    joins = join_buildings(replace(here, topography=topography, registered_buildings=(*here.registered_buildings, third), addresses=(lost,)))
    assert joins.joined == 1
    assert joins.bgt_without_id == ("n9",)
    assert joins.bgt_without_bag == (OTHER,)
    assert joins.bag_without_bgt == ("9999100000000003",)
    assert joins.bag_without_model == ("9999100000000003",)
    assert joins.address_without_bag == ("9999010000000009",)
    assert joins.model_without_bag == ()
    assert set(joins.notes()) == {"bgt", "bag"}
    for notes in joins.notes().values():
        assert all("?" not in texts.sentence(note.code, note.as_dict()) for note in notes)


def test_a_good_site_has_no_doubts():
    here = tidy()
    heights = tuple(replace(m, roof_nap=GROUND + 7.5) for m in here.buildings3d)
    assert suspicions(replace(here, buildings3d=heights)) == ()


def test_a_model_off_from_ahn_is_doubted():
    here = tidy()
    (model,) = here.buildings3d
    roof = grid(24, 5, 32, 15)
    ahn = {"points": cloud((FLAT[~shapely.contains_xy(box(24, 5, 32, 15), FLAT)], 0.0, 2), (roof, 8.0, 6))}
    assert suspicions(replace(here, buildings3d=(replace(model, roof_nap=GROUND + 8.5),), **ahn)) == ()
    assert of(replace(here, buildings3d=(replace(model, roof_nap=GROUND + 9.5),), **ahn), "doubt_roof") == {("buildings3d", PAND)}
    assert of(replace(here, buildings3d=(replace(model, ground_nap=GROUND + 0.7),), **ahn), "doubt_ground") == {("buildings3d", PAND)}


def test_a_roof_at_the_edge_of_the_point_cloud_says_nothing():
    here = tidy()
    (model,) = here.buildings3d
    half = grid(24, 5, 27, 15)
    ahn = cloud((FLAT[~shapely.contains_xy(box(24, 5, 32, 15), FLAT)], 0.0, 2), (half, 3.0, 6))
    assert suspicions(replace(here, buildings3d=(replace(model, roof_nap=GROUND + 8.5),), points=ahn)) == ()


def test_absurd_heights():
    (model,) = site().buildings3d
    for triangles in (model.triangles + [0, 0, 400], model.triangles * [1, 1, 60]):
        assert of(site(buildings3d=(replace(model, triangles=triangles, ground_nap=None, roof_nap=None),)), "doubt_absurd")


def test_a_building_newer_than_the_flight():
    here = site()
    new = tuple(replace(b, year=2024) for b in here.registered_buildings)
    assert of(replace(here, registered_buildings=new), "doubt_newer") == {("buildings3d", PAND)}
    same = tuple(replace(b, year=2022) for b in here.registered_buildings)
    assert not of(replace(here, registered_buildings=same), "doubt_newer")
    assert (flight_year("2020"), flight_year("2022-03-01"), flight_year("ahn3"), flight_year("AHN4"), flight_year("")) == (2020, 2022, 2019, 2022, None)


def test_bgt_against_bag():
    here = site()
    shifted = tuple(replace(b, geometry=shift(box(24, 5, 40, 15))) for b in here.registered_buildings)
    assert of(replace(here, registered_buildings=shifted), "doubt_outline") == {("bag", PAND)}


def test_a_building_in_one_register_only():
    here = tidy()
    new = TopographyObject("n8", "pand", shift(box(-20, 20, -15, 25)), building_id=OTHER)
    third = RegisteredBuilding("9999100000000003", shift(box(0, 30, 5, 35)), status="Pand in gebruik")
    here = replace(here, topography=(*here.topography, new), registered_buildings=(*here.registered_buildings, third))
    assert of(here, "doubt_not_in_bag") == {("bgt", "n8")}
    assert of(here, "doubt_not_in_bgt") == {("bag", "9999100000000003")}
    started = replace(third, status="Bouw gestart")
    assert not of(replace(here, registered_buildings=(here.registered_buildings[0], started)), "doubt_not_in_bgt")


def test_overlaps_and_holes_in_the_ground_cover():
    cover = (
        TopographyObject("a", "wegdeel", shift(box(0, 0, 20, 20)).difference(shift(box(5, 5, 8, 8)))),
        TopographyObject("b", "onbegroeidterreindeel", shift(box(18, 0, 30, 20))),
        TopographyObject("c", "wegdeel", shift(box(0, 0, 20, 20)), level=1),
    )
    here = site(topography=cover)
    assert of(here, "doubt_overlap") == {("bgt", "a"), ("bgt", "b")}
    hole = next(note for note in completed(here).provenance_of("bgt")[0].notes if note.code == "doubt_holes").as_dict()
    assert (hole["count"], hole["area"]) == (1, 9.0)


def test_parcels_against_their_registered_size_and_each_other():
    parcels = (
        Parcel("1", "A 1", shift(box(0, 0, 20, 40)), 800.0), Parcel("2", "A 2", shift(box(20, 0, 40, 40)), 1000.0), Parcel("3", "A 3", shift(box(35, 0, 50, 40)), 600.0),
        Parcel("4", "A 4", shift(box(0, 40, 1, 42)), 2.0),
    )
    here = site(parcels=parcels)
    assert of(here, "doubt_parcel_size") == {("parcels", "2")}
    assert of(here, "doubt_parcel_overlap") == {("parcels", "2"), ("parcels", "3")}


def test_doubles():
    house = RegisteredBuilding("9999100000000005", shift(box(24, 5, 32, 15)))
    here = site()
    assert of(replace(here, registered_buildings=(*here.registered_buildings, house)), "doubt_double") == {("bag", PAND), ("bag", "9999100000000005")}


def test_the_use_of_a_suspicious_object_shows_in_the_verdict():
    here = site(parcels=(Parcel("1", "Voorbeeldwijk A 1", shift(box(0, 0, 20, 40)), 1000.0), Parcel("2", "A 2", shift(box(20, 0, 40, 40)), 800.0)))
    rule = Rule("r", "max_coverage_pct", {}, ())
    context = Context(here, design(box_part(5, 5, 15, 15, 0, 6)))
    doubted = finding(rule, context, "x", Verdict.COMPLIES, inputs=inputs_of("parcels", here.parcels[0]))
    assert codes(doubted.notes) == ["doubt_parcel_size"]
    assert finding(rule, context, "x", Verdict.COMPLIES, inputs=inputs_of("parcels", here.parcels[1])).notes == ()
    blocks = completed(with_shed())
    (block,) = [model for model in blocks.buildings3d if model.lod == EXTRUDED]
    stood_in = finding(rule, Context(blocks, context.design), "x", Verdict.COMPLIES, inputs=inputs_of("buildings3d", block))
    assert codes(stood_in.notes) == ["context_block"]


def test_a_model_with_another_id_still_stands_for_its_outline():
    here = with_shed()
    other = replace(here.buildings3d[0], fid="b-3dfier-1", triangles=gable_part(-12, 20, -6, 28, 3, 5).triangles)
    whole = completed(replace(here, buildings3d=(*here.buildings3d, other)))
    assert all(model.lod != EXTRUDED for model in whole.buildings3d)


def test_extruded_says_what_it_could_not_make():
    made, notes = extruded({"x": shift(box(500, 500, 510, 510))}, HeightSource(with_shed()))
    assert made == () and codes(notes) == ["context_no_model"]


def test_pairs_are_every_touch_in_order_of_the_left():
    left, right = [box(0, 0, 1, 1), box(5, 5, 6, 6), box(1, 0, 2, 1)], [box(0.5, 0.5, 1.5, 0.6), box(0, 0, 10, 10)]
    i, j = pairs(left, right)
    assert list(zip(i, j)) == [(0, 0), (0, 1), (1, 1), (2, 0), (2, 1)]
    j, i = pairs(right, left)
    assert sorted(zip(i, j)) == [(0, 0), (0, 1), (1, 1), (2, 0), (2, 1)]
    assert [len(part) for part in pairs([], right)] == [0, 0]


def test_made_whole_twice_is_the_same_as_once():
    here = with_shed(trees=(Tree("t1", shift(Point(-5, -12))),))
    points = here.points
    more = cloud(tree_points(30, -14, 14.0, 4.0))
    here = replace(here, points=PointCloud(np.concatenate([points.xyz, more.xyz]), np.concatenate([points.classification, more.classification])))
    once = completed(here)
    twice = completed(once)
    assert [tree.fid for tree in twice.trees] == [tree.fid for tree in once.trees] and len(once.trees) == 2
    assert [model.fid for model in twice.buildings3d] == [model.fid for model in once.buildings3d]
    assert twice.provenance == once.provenance
