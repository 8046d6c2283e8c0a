"""Footprints, storeys, names and volumes at the edge of each number that they rest on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from shapely import LineString, MultiPolygon, Polygon, box

from drieluik.measure.building.design_geometry import DesignGeometry
from drieluik.measure.building.footprint import (
    between_sections,
    filled,
    polygons_only,
    projection,
    section_heights,
    stands_in,
    storey_outline,
    wall_enclosed,
    wider,
    without_courtyards,
    without_neighbours,
    without_slivers,
    without_thin,
)
from drieluik.measure.building.named_kinds import confirmed, has_its_shape
from drieluik.measure.building.roof import RoofView
from drieluik.measure.building.storey_levels import ground_level, may_be_storey, storey_range, storeys_of
from drieluik.measure.building.volume import Body, gross_volume
from drieluik.measure.plane.sections import crosses
from drieluik.model import Level, Part
from scenes import GROUND, ORIGIN, box_part, design, gable_part, shift

HOUSE = box_part(0, 0, 10, 8, 0, 6, fid="house")
RAMP = np.array([[0, 2, 1], [0, 3, 2], [1, 2, 5], [1, 5, 4], [0, 1, 4], [3, 5, 2], [0, 4, 5], [0, 5, 3]])


def shift_points(points):
    """Return local points (n, 3) in RD + NAP."""
    return np.asarray(points, dtype=float) + (*ORIGIN, GROUND)


def levels(*heights):
    return [Level(f"{n:02}", GROUND + z) for n, z in enumerate(heights)]


def area_of(*parts, at=()):
    area, method = wall_enclosed(parts, levels(*at), GROUND)
    return round(area.area, 3), method


def test_sections_stand_a_metre_above_levels_else_every_half_metre():
    walls = [HOUSE]
    def heights(*at):
        found, method = section_heights(walls, levels(*at), GROUND)
        return [round(z - GROUND, 6) for z in found], method

    assert heights(-3, -1, 0, 3, 4.9, 5, 7) == ([1.0, 4.0, 5.9], "levels")
    assert heights() == heights(-1, 5.0) == ([0.5 * n for n in range(1, 12)], "slices")
    tall = section_heights([box_part(0, 0, 4, 4, 0, 60)], (), GROUND)[0]
    assert len(tall) == 59 and tall[1] - tall[0] == pytest.approx(1.0)


def test_what_stands_in_two_slices_counts_and_a_thin_shelf_does_not():
    assert area_of(HOUSE, box_part(10, 0, 12, 8, 3.0, 4.6)) == (96.0, "slices")
    assert area_of(HOUSE, box_part(10, 0, 12, 8, 3.1, 3.45)) == (80.0, "slices")


def test_a_storey_that_stands_out_between_two_sections_is_seen():
    """Levels at 0 and 3 cut at 1 and 4 m; a bay from 1.5 to 3.2 m is met by neither, but stands as high as a storey."""
    assert area_of(HOUSE, box_part(4, -1, 6, 0, 1.5, 3.2), at=(0, 3)) == (82.0, "levels")
    assert area_of(HOUSE, box_part(4, -1, 6, 0, 1.5, 2.9), at=(0, 3)) == (80.0, "levels")
    assert area_of(HOUSE, box_part(4, -1, 6, 0, 1.5, 3.2, kind="roof"), at=(0, 3)) == (80.0, "levels")
    assert area_of(HOUSE, box_part(4, -0.04, 6, 0, 1.5, 3.2), at=(0, 3)) == (80.0, "levels")
    found = between_sections([HOUSE, box_part(4, -1, 6, 0, 1.5, 3.2), box_part(4, 8, 6, 9, -2, 4)], shift(box(0, 0, 10, 8)), GROUND)
    assert found == pytest.approx([3.35])  # one height in the middle half of both, the second from the ground up
    assert between_sections([box_part(0, 0, 4, 4, -5, -0.1)], MultiPolygon(), GROUND) == []


def test_loose_parts_enclose_nothing_and_without_a_section_everything_projected_stands_in():
    for kind in ("stair", "railing", "furnishing", "canopy", "balcony", "antenna"):
        assert area_of(HOUSE, box_part(10, 0, 13, 8, 0, 6, kind=kind)) == (80.0, "slices")
        assert area_of(box_part(10, 0, 13, 8, 0, 6, kind=kind)) == (0.0, "projection")
    assert area_of(box_part(0, 0, 10, 8, 0, 0.3)) == (80.0, "projection")


@pytest.mark.parametrize(("thick", "area"), [(0.19, 80.0), (0.21, 80 + 0.21 * 5)])
def test_what_is_thinner_than_twenty_centimetres_encloses_nothing(thick, area):
    assert area_of(HOUSE, box_part(10, 0, 15, thick, 0, 6))[0] == pytest.approx(area, abs=2e-3)
    assert without_thin(box(0, 0, 10, 0.19)).is_empty and without_thin(box(0, 0, 10, 0.21)).area == pytest.approx(2.1)
    assert without_thin(box(0, 0, 10, 0.5), 0.6).is_empty


def test_a_plane_cuts_what_it_passes_through():
    assert [crosses(HOUSE, GROUND + z) for z in (-0.1, 0.0, 0.1, 5.9, 6.0, 6.1)] == [False, False, True, True, False, False]


def test_a_storey_is_its_section_its_walls_and_no_verge():
    """A reveal of a window is no notch; a roof encloses an attic, but what of it reaches out of the gable by less than a metre does not."""
    walls = [box_part(0, 0, 10, 0.4, 0, 3, kind="wall"), box_part(0, 7.6, 10, 8, 0, 3, kind="wall"), box_part(0, 0.4, 0.4, 7.6, 0, 3, kind="wall"), box_part(9.6, 0.4, 10, 7.6, 0, 3, kind="wall")]
    assert storey_outline(walls, GROUND + 1).area == pytest.approx(80)
    assert storey_outline([*walls, box_part(0, 8, 10, 8.9, 0.5, 3, kind="roof")], GROUND + 1).area == pytest.approx(80)
    assert storey_outline([*walls, box_part(0, 8, 10, 9.2, 0.5, 3, kind="roof")], GROUND + 1).area == pytest.approx(92)
    assert filled(box(0, 0, 9, 9).difference(box(2, 2, 4, 4))).area == 81 and filled(box(0, 0, 9, 9)).area == 81


@pytest.mark.parametrize(("hole", "area"), [(0.95, 100.0), (1.05, 100 - 1.05**2), (4.0, 84.0)])
def test_a_hole_of_more_than_a_square_metre_is_open_air(hole, area):
    ring = shapely.Polygon(box(0, 0, 10, 10).exterior, [box(3, 3, 3 + hole, 3 + hole).exterior.coords[::-1]])
    assert without_courtyards(box(0, 0, 10, 10), ring).area == pytest.approx(area, abs=0.05)


@pytest.mark.parametrize(("thick", "area"), [(0.3, 48.0), (0.8, 48 + 2 * 0.8 * 6 + 0.8 * (8 - 1.6))])
def test_a_garden_wall_encloses_no_building(thick, area):
    """A house of 8 x 6 m whose garden, as wide and as deep, is walled in."""
    house, garden = box(1, 6, 9, 12), box(1, 0, 9, 6)
    air = box(1 + thick, thick, 9 - thick, 6)
    drawn = shapely.union_all([house, garden.difference(air)])
    found = without_courtyards(shapely.union_all([house, garden]), drawn)
    assert found.area == pytest.approx(area, rel=0.02)


def test_projection_is_that_of_all_parts_also_hidden_open_and_hollow_ones():
    ring = [box_part(0, 0, 10, 1, 0, 1), box_part(0, 9, 10, 10, 0, 1), box_part(0, 1, 1, 9, 0, 1), box_part(9, 1, 10, 9, 0, 1)]
    opened = Part("open", gable_part(3, 3, 5, 5, 1, 2).vertices, gable_part(3, 3, 5, 5, 1, 2).faces[4:])
    empty = Part("none", np.zeros((0, 3)), np.zeros((0, 3), int))
    upright = Part("upright", np.array([[20.0, 0, 0], [22, 0, 0], [22, 0, 3]]), np.array([[0, 1, 2]]))
    assert projection([*ring, opened, empty, upright]).area == pytest.approx(36 + 4)
    many = [box_part(n % 10, n // 10, n % 10 + 1, n // 10 + 1, 0, 1, fid=str(n)) for n in range(90)]
    assert projection([box_part(0, 0, 5, 5, 0, 9), *many]).area == pytest.approx(90)
    assert projection([]).is_empty
    l_shape = Part("l", *_l_prism(), closed=True)
    assert projection([l_shape]).area == pytest.approx(4 * 4 - 2 * 2) and projection([replace(l_shape, closed=False)]).area == pytest.approx(12)


def _l_prism():
    """Return vertices and faces of an L of 4 x 4 m without its corner of 2 x 2 m, 3 m high."""
    ring = [(0, 0), (4, 0), (4, 2), (2, 2), (2, 4), (0, 4)]
    count, top = len(ring), [(0, 1, 2), (0, 2, 3), (0, 3, 4), (0, 4, 5)]
    vertices = np.array([(x, y, z) for z in (0, 3) for x, y in ring], float) + (*ORIGIN, GROUND)
    faces = [(a, c, b) for a, b, c in top] + [(a + count, b + count, c + count) for a, b, c in top]
    for i in range(count):
        j = (i + 1) % count
        faces += [(i, j, count + j), (i, count + j, count + i)]
    return vertices, np.array(faces)


def test_areas_without_lines_slivers_and_neighbours():
    mixed = shapely.GeometryCollection([box(0, 0, 2, 2), LineString([(5, 5), (9, 9)]), box(10, 0, 11, 1)])
    assert polygons_only(mixed).area == 5 and polygons_only(LineString([(0, 0), (1, 1)])).is_empty
    some = MultiPolygon([box(0, 0, 10, 0.004), box(0, 5, 10, 5.006), box(0, 10, 3, 12)])
    assert without_slivers(some).area == pytest.approx(0.06 + 6) and without_slivers(box(0, 0, 10, 0.004)).is_empty
    comb = box(0, 0, 9, 0.2).union(MultiPolygon([box(x + 0.1, 0.1, x + 0.3, 5) for x in range(9)]))  # large, and nowhere wide
    pieces = np.array([comb, box(0, 0, 0.3, 0.3), box(0, 0, 0.2, 9), shapely.Point(0, 0).buffer(0.13), shapely.Polygon()])
    assert wider(pieces, 0.27).tolist() == [False, True, False, False, False] and wider(pieces, 0.19).tolist() == [True] * 4 + [False]
    assert not len(wider(pieces[:0], 0.27))
    beside = without_neighbours(box(0, 0, 10, 10), box(10, 0, 14, 10))
    assert beside.area == pytest.approx(100 - 10 * 0.005, abs=1e-4)
    assert without_neighbours(box(0, 0, 10, 10), box(10.02, 0, 14, 10)).area == 100 and without_neighbours(box(0, 0, 10, 10), box(2, 2, 4, 4)).area == 100


@pytest.mark.parametrize(("shape", "stands"), [
    (box(9.996, 0, 12, 5), False), (box(9.99, 0, 12, 5), True), (box(20, 0, 21, 1), False), (LineString([(10, 0), (12, 0)]), True), (LineString([(11, 0), (12, 0)]), False),
])
def test_what_stands_in_an_area_by_more_than_a_touch(shape, stands):
    assert stands_in(box(0, 0, 10, 10), shape) == stands


def test_a_design_without_some_of_its_parts():
    shed = box_part(10, 0, 13, 8, 0, 3, kind="other", fid="shed")
    low = box_part(20, 0, 23, 8, 0, 0.3, kind="slab", fid="slab")
    geometry = DesignGeometry(design(HOUSE, shed, low), GROUND)
    assert geometry.footprint.area == pytest.approx(104) and geometry.footprint_without(("other",)).area == pytest.approx(80)
    assert geometry.footprint_without(("slab",)) is geometry.footprint and geometry.footprint_without(()) is geometry.footprint
    assert [part.fid for part in geometry.parts_without(("other", "slab"))] == ["house"]
    assert (geometry.ground_nap, geometry.zero_nap) == (GROUND, GROUND) and DesignGeometry(design(HOUSE)).ground_nap == GROUND
    assert DesignGeometry(design(HOUSE), GROUND - 1, GROUND + 2).zero_nap == GROUND + 2
    balcony = DesignGeometry(design(HOUSE, box_part(3, -1.5, 6, 0, 2.7, 2.9, kind="balcony", fid="b")), GROUND)
    assert [found.kind for found in balcony.overhangs] == ["balcony"] and len(balcony.eaves) == 4
    assert balcony.projection.area == pytest.approx(84.5) and balcony.volume(GROUND).value_m3 == pytest.approx(480)
    listed = DesignGeometry(design(HOUSE, levels=levels(0, 3)), GROUND)
    assert [level.name for level in listed.storeys.above] == ["00", "01"] and listed.footprint_method == "levels"
    flat = DesignGeometry(design(box_part(0, 0, 10, 8, 0, 0.3)), GROUND)
    assert flat.footprint_method == "projection" and flat.eaves == () and flat.overhangs == () and flat.storeys is None


@pytest.mark.parametrize(
    ("name", "storey"),
    [
        ("Begane grond", True), ("1e verdieping", True), ("01", True), ("", True), ("Fundering", False), ("onderkant fundering", False), ("Dak", False), ("dakverdieping", True),
        ("Dachgeschoss", True), ("Roof", False), ("2nd floor incl. lift", True), ("Lift", False), ("Peil = 0 begane grond", True), ("peil", False), ("NAP", False), ("Plafond begane grond", False),
        ("ceiling 1st floor", False), ("nok", False), ("nokje", True), ("goot", False), ("kruipruimte", False), ("aanzicht verdieping", False), ("maaiveld", False), ("Putvloer", False),
        ("bovenkant vloer", False), ("top of slab", False), ("parapet", False), ("ref 2", False), ("woonlaag 3", True), ("dakopbouw", True), ("underside floor", False), ("lift pit", False),
    ],
)
def test_names_that_leave_a_level_a_storey(name, storey):
    assert may_be_storey(Level(name, 0.0)) == storey


def test_storeys_by_their_headroom():
    def found(top, *heights):
        storeys = storeys_of([Level(str(n), z) for n, z in enumerate(heights)], 1.0, top)
        return None if storeys is None else tuple([level.elevation_nap for level in some] for some in (storeys.above, storeys.basements, storeys.left_out))

    assert found(9.0, 1.0, 4.0, 7.0) == ([1, 4, 7], [], []) and found(8.9, 1.0, 4.0, 7.0) == ([1, 4], [], [7])
    assert found(9.0, 4.0, 1.0, 0.51) == ([0.51, 4.0], [], [1.0])
    assert found(9.0, 0.49, 1.0) == ([1.0], [0.49], []) and found(9.0, 0.5, 3.0) == ([0.5, 3.0], [], [])
    assert found(9.0, 1.0, 1.29, 4.0) == ([1, 4], [], []) and found(9.0, 1.0, 1.31, 4.0) == ([1, 4], [], [1.31])
    assert found(9.0, 1.0, 2.9, 4.0) == ([1, 4], [], [2.9]) and found(9.0, 1.0, 3.0, 5.0) == ([1, 3, 5], [], [])
    assert found(2.5, 1.0) is None and found(9.0, -3.0) is None


@pytest.mark.parametrize(
    ("entries", "level"),
    [
        ([("begane grond", 2.0), ("vloer", 0.2)], 2.0), ([("00", 1.9), ("vloer", 0.2)], 1.9), ([("00", 0.4), ("01", 3.0)], 0.4), ([("x", 1.4), ("y", 1.2)], 1.2), ([("x", 1.6)], None), ([("x", -0.04)], -0.04), ([("x", -0.06)], None),
        ([("begane grond", 6.0)], None), ([("begane grond", 5.9)], 5.9), ([("fundering", 0.2)], None), ([("BG", 1.9)], 1.9), ([("ground floor", 1.9)], 1.9), ([("Erdgeschoss", 1.9)], 1.9),
    ],
)
def test_the_ground_floor_of_a_level_list(entries, level):
    assert ground_level([Level(*entry) for entry in entries], 0.0, 6.0) == level


@pytest.mark.parametrize(("eaves", "storeys"), [(2.0, (1, 1)), (2.6, (1, 1)), (2.7, (1, 2)), (5.2, (1, 2)), (6.9, (1, 3)), (7.0, (2, 3)), (10.5, (3, 5))])
def test_how_many_storeys_an_eaves_height_allows(eaves, storeys):
    assert storey_range(eaves) == storeys


def turned(part, degrees):
    """Return a part turned about the origin of the scene."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    xy = (part.vertices[:, :2] - ORIGIN) @ np.array([[c, s], [-s, c]]) + ORIGIN
    return replace(part, vertices=np.column_stack([xy, part.vertices[:, 2]]))


@pytest.mark.parametrize(
    ("part", "believed"),
    [
        (box_part(0, 0, 1.9, 2.0, 0, 9, kind="chimney"), True), (box_part(0, 0, 2.1, 2.2, 0, 9, kind="chimney"), False), (box_part(0, 0, 1.9, 2.2, 0, 9, kind="chimney"), False),
        (box_part(0, 0, 0.5, 3.9, 0, 9, kind="antenna"), True), (box_part(0, 0, 0.5, 4.1, 0, 9, kind="antenna"), False), (turned(box_part(0, 0, 1.9, 2.0, 0, 9, kind="chimney"), 45), True),
        (box_part(0, 0, 3, 2, 3, 4.7, kind="balcony"), True), (box_part(0, 0, 3, 2, 3, 4.9, kind="balcony"), False), (box_part(0, 0, 3, 2, 3, 7, kind="installation"), True), (box_part(0, 0, 3, 2, 3, 7.1, kind="installation"), False), (box_part(0, 0, 0.9, 1, 3, 12, kind="installation"), True),
        (box_part(0, 0, 3, 2, 3, 4.9, kind="stair"), False), (box_part(0, 0, 3, 2, 3, 4.9, kind="railing"), False), (box_part(0, 0, 3, 2, 3, 4.9, kind="canopy"), False),
    ],
)
def test_a_name_is_believed_when_the_part_has_its_shape(part, believed):
    assert has_its_shape(part) == believed
    made = design(part, HOUSE)
    assert confirmed(made).parts[0].kind == (part.kind if believed else "building") and (confirmed(made) is made) == believed


def test_a_part_without_faces_is_left_out():
    empty, point = (Part(str(n), np.zeros((n, 3)), np.zeros((0, 3), int), kind="balcony") for n in (0, 1))
    assert [part.fid for part in confirmed(design(empty, HOUSE, point)).parts] == [HOUSE.fid]
    assert confirmed(design(empty)).parts == ()


def test_a_stair_of_posts_is_no_room():
    posts = [box_part(x, y, x + 0.2, y + 0.2, 0, 3) for x in (0, 2.8) for y in (0, 1.8)]
    tread = box_part(0, 0, 3, 2, 2.8, 3)
    parts = [*posts, tread]
    starts = np.cumsum([0, *(len(part.vertices) for part in parts)])
    joined = Part("stair", np.concatenate([part.vertices for part in parts]), np.concatenate([part.faces + start for part, start in zip(parts, starts)]), kind="stair")
    assert has_its_shape(joined)


@pytest.mark.parametrize(("kinds", "closed", "method", "bound"), [
    (("building",), True, "solid", 0.0), (("other",), True, "solid", 0.0), (("building",), False, "estimate", 3.0), (("wall",), True, "envelope", 0.5), (("wall",), False, "estimate", 3.0),
])
def test_how_a_volume_was_measured(kinds, closed, method, bound):
    parts = [replace(gable_part(0, 0, 10, 8, 5, 9, kind=kind), closed=closed) for kind in kinds]
    volume = gross_volume(Body(parts, RoofView(parts, GROUND)), shift(box(0, 0, 10, 8)), GROUND)
    assert volume.method == method and volume.value_m3 == pytest.approx(560, rel=2e-3) and volume.bound_m3 == pytest.approx(volume.value_m3 * bound / 100)
    assert gross_volume(Body(parts, RoofView(parts, GROUND)), Polygon(), GROUND) is None


def test_a_volume_is_within_the_facades_without_loose_parts_and_above_its_base():
    eaves = box_part(-1, 0, 0, 8, 5, 6, fid="eaves")
    parts = [HOUSE, eaves, box_part(10, 0, 12, 8, 0, 3, kind="balcony"), box_part(4, 4, 5, 5, 6, 8, kind="chimney")]
    volume = gross_volume(Body(parts, RoofView(parts, GROUND)), shift(box(0, 0, 10, 8)), GROUND + 1)
    assert (volume.method, volume.value_m3) == ("solid", pytest.approx(400))
    alone = gross_volume(Body([HOUSE], RoofView([HOUSE], GROUND)), shift(box(0, 0, 5, 8)), GROUND)
    assert alone.value_m3 == pytest.approx(240)
    hollow = [box_part(0, 0, 10, 1, 0, 6), box_part(0, 7, 10, 8, 0, 6), box_part(0, 0, 1, 8, 0, 6), box_part(9, 0, 10, 8, 0, 6), box_part(0, 0, 10, 8, 6, 6.2)]
    assert gross_volume(Body(hollow, RoofView(hollow, GROUND)), shift(box(0, 0, 10, 8)), GROUND).method == "estimate"


def test_every_bay_between_the_floors_is_cut_however_many_there_are():
    """A tower of 45 m of one level, with a bay of 4 m2 at 20 heights, each at a place of its own; the highest counts as the lowest does."""
    tower = box_part(0, 0, 40, 10, 0, 45, kind="wall")
    bays = [box_part(2 * n, -2, 2 * n + 1.9, 0, 2 + 2.1 * n, 3.7 + 2.1 * n, kind="wall", fid=f"bay {n}") for n in range(20)]
    area, method = wall_enclosed([tower, *bays], [Level("begane grond", GROUND)], GROUND)
    assert (area.area, method) == (pytest.approx(400 + 20 * 2 * 1.9, abs=0.01), "levels")
    heights = between_sections([tower, *bays], tower_plan := shift(box(0, 0, 40, 10)), GROUND)
    assert len(heights) == 20 and all(any(low < z < high for z in heights) for low, high in (bay.z_range for bay in bays))
    stacked = [box_part(2 * n, -2, 2 * n + 1.9, 0, 2 + 0.1 * n, 5 + 0.1 * n, kind="wall") for n in range(10)]
    assert len(between_sections([tower, *stacked], tower_plan, GROUND)) == 1


@pytest.mark.parametrize(("thick", "wide", "counts"), [(0.3, 4.0, False), (0.59, 4.0, False), (0.7, 4.0, True), (0.3, 0.9, True)])
def test_what_lies_encloses_nothing_however_high_a_section_meets_it(thick, wide, counts):
    """A deck beside the house at the height of the section, as thick as a floor or as a wall is high."""
    deck = box_part(10, 0, 10 + wide, 4, 0.9, 0.9 + thick)
    assert area_of(HOUSE, deck, at=(0, 3)) == (80.0 + (4 * wide if counts else 0.0), "levels")


@pytest.mark.parametrize("at", [(0,), ()])
@pytest.mark.parametrize("eaves", [0.0, 0.2, 0.4, 1.5])
def test_a_roof_that_comes_down_to_the_ground_encloses_to_its_foot(eaves, at):
    """A gable of 10 by 8 m: what a section a metre up misses is built all the same, and its eaves lie where they are."""
    found = DesignGeometry(design(gable_part(0, 0, 10, 8, eaves, 6.0), levels=levels(*at)), GROUND)
    assert found.footprint.area == pytest.approx(80.0, abs=0.3)
    assert [round(edge.wall_plane - GROUND, 2) for edge in found.eaves if edge.kind == "eaves"] == [pytest.approx(eaves, abs=0.03)] * 2
    assert found.volume(GROUND).value_m3 == pytest.approx(10 * 8 * (eaves + 6.0) / 2, rel=0.005)


def test_a_terrace_a_plinth_and_a_ramp_at_the_foot_are_no_building():
    ramp = Part("ramp", shift_points([(10, 0, 0), (16, 0, 0), (16, 2, 0), (10, 2, 0), (10, 0, 0.9), (10, 2, 0.9)]), RAMP, "other", closed=True)
    for beside in (box_part(10, 0, 16, 8, 0, 0.3), ramp):
        assert DesignGeometry(design(HOUSE, beside, levels=levels(0)), GROUND).footprint.area == pytest.approx(80.0, abs=0.01)


def test_a_floor_that_is_drawn_is_a_storey_whatever_its_level_is_called():
    """A house of 9 m with floors at 0, 3 and 6 m: a level with another name is a storey where a floor and a room are, and nowhere else."""
    shell = [box_part(0, 0, 10, 0.3, 0, 9, kind="wall"), box_part(0, 7.7, 10, 8, 0, 9, kind="wall"), box_part(0, 0.3, 0.3, 7.7, 0, 9, kind="wall"), box_part(9.7, 0.3, 10, 7.7, 0, 9, kind="wall")]
    floors = [box_part(0.3, 0.3, 9.7, 7.7, z - 0.3, z, kind="slab") for z in (0, 3, 6)] + [box_part(0, 0, 10, 8, 9, 9.3, kind="roof")]
    shaft = box_part(4, 3, 6, 5, 9.3, 12.0, kind="wall")
    named = [Level(name, GROUND + z) for name, z in (("peil", 0), ("bovenkant vloer 1", 3), ("ref 4500", 4.5), ("lift", 6), ("dak", 9.3), ("nok", 12))]
    found = DesignGeometry(design(*shell, *floors, shaft, levels=named), GROUND).storeys
    assert [level.name for level in found.above] == ["peil", "bovenkant vloer 1", "lift"]
    bare = DesignGeometry(design(box_part(0, 0, 10, 8, 0, 9), levels=named), GROUND).storeys
    assert bare is None


def structure(walls=True, floors=(3, 6), ring=True):
    """Two cross walls (or columns) and floors on a ring of foundation beams, 10 by 8 m, no facades."""
    parts = [box_part(0.3, 0.3, 9.7, 7.7, z - 0.25, z, kind="slab") for z in floors]
    parts += [box_part(x, 0.5, x + 0.3, 7.5, 0, floors[-1], kind="wall") for x in (0.5, 9.2)] if walls else []
    parts += [] if walls else [box_part(x, y, x + 0.3, y + 0.3, 0, floors[-1], kind="beam") for x in (0.5, 9.2) for y in (0.5, 7.2)]
    parts += [box_part(*corners, -1.2, -0.1, kind="beam") for corners in ((0, 0, 10, 0.4), (0, 7.6, 10, 8), (0, 0.4, 0.4, 7.6), (9.6, 0.4, 10, 7.6))] if ring else []
    return DesignGeometry(design(*parts, levels=levels(-1.2, 0, *floors)), GROUND)


def test_walls_without_facades_are_measured_by_their_foundation_and_columns_are_not():
    found = structure()
    assert (found.footprint_method, found.footprint.area) == ("foundation", pytest.approx(80.0, abs=0.01))
    assert [structure(**words).footprint_method for words in ({"walls": False}, {"floors": (3,)}, {"ring": False})] == ["open"] * 3


@pytest.mark.parametrize(("wall", "air"), [(2.0, 3.0), (2.4, 3.0), (2.6, 0.0), (3.0, 0.0)])
def test_what_walls_that_reach_up_to_a_body_stand_around_is_not_air_and_what_a_garden_wall_does_is(wall, air):
    """A house of 6 x 8 x 6 m with a room of 4 x 3 x 3 m against it at 3 m above the ground, within a closed ring of walls: 288 + 36 m3, and under the room
    12 m2 x 3 m that are its own where the walls come within 0.5 m of its foot (of the last half metre it is not known whether it is a floor)."""
    house, room = box_part(4, 4, 10, 12, 0, 6), box_part(10, 5, 14, 8, 3, 6)
    ring = [box_part(*sides, 0, wall, kind="wall") for sides in ((0, 0, 20, 0.2), (0, 15.8, 20, 16), (0, 0, 0.2, 16), (19.8, 0, 20, 16))]
    parts = [house, room, *ring]
    volume = gross_volume(Body(parts, RoofView(parts, GROUND)), shift(box(4, 4, 10, 12).union(box(10, 5, 14, 8))), GROUND)
    assert volume.value_m3 == pytest.approx(324.0 + 12.0 * (3.0 - air) + 12.0 * (0.25 if air else 0.0), abs=0.5)
