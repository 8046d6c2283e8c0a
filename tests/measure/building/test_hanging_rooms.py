"""What hangs outside the walls counts where it is a room: storey-high and with something over it, wherever a section happens to fall."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from drieluik.measure.building.footprint import wall_enclosed
from drieluik.measure.building.hanging_rooms import may_be_a_room, without_edges
from drieluik.measure.plane.sections import enclosed
from drieluik.model import Level, Part
from scenes import GROUND, box_part, shift, to_rd

HIGHER = (0.0, 0.1, 0.25, 0.3, 0.4)
FLOORS = ((), (0.0,), (0.0, 2.9))


def house(top: float) -> Part:
    return box_part(0, 0, 10, 8, 0, top, fid="house")


def along(profile: list[tuple[float, float]], length: float = 9.0) -> Part:
    """A closed body with one profile (y, z), convex seen from its first corner, along x."""
    n = len(profile)
    corners = [(x, y, z) for x in (0.0, length) for y, z in profile]
    caps = [face for k in range(1, n - 1) for face in ((0, k + 1, k), (n, n + k, n + k + 1))]
    sides = [face for k in range(n) for face in ((k, (k + 1) % n, n + (k + 1) % n), (k, n + (k + 1) % n, n + k))]
    return Part("body", to_rd(corners), np.array(caps + sides), closed=True)


def tray(z: float, high: float, thick: float = 0.12, deep: float = 1.4, kind: str = "wall") -> list[Part]:
    """A slab before the south facade with a closed parapet on three sides."""
    top = z + 0.2 + high
    return [
        box_part(2, -deep, 7, 0, z, z + 0.2, kind="slab", fid="slab"),
        box_part(2, -deep, 7, thick - deep, z + 0.2, top, kind=kind, fid="front"),
        box_part(2, thick - deep, 2 + thick, 0, z + 0.2, top, kind=kind, fid="west"),
        box_part(7 - thick, thick - deep, 7, 0, z + 0.2, top, kind=kind, fid="east"),
    ]


def area(*parts: Part, floors: tuple[float, ...] = ()) -> float:
    return float(wall_enclosed(parts, [Level(str(z), GROUND + z) for z in floors], GROUND)[0].area)


def upstand(z: float, high: float) -> list[Part]:
    """A ring round a flat roof that overhangs 0.5 m to the south and the north."""
    return [
        box_part(0, -0.5, 10, -0.3, z, z + high, fid="s"), box_part(0, 8.3, 10, 8.5, z, z + high, fid="n"),
        box_part(0, -0.3, 0.2, 8.3, z, z + high, fid="w"), box_part(9.8, -0.3, 10, 8.3, z, z + high, fid="e"),
    ]  # fmt: skip


@pytest.mark.parametrize("dz", HIGHER)
@pytest.mark.parametrize(
    "hung",
    [
        lambda z: [box_part(0, -0.6, 10, 8.6, z, z + 0.9, kind="roof", fid="roof")],
        lambda z: [box_part(0, -0.6, 10, 8.6, z, z + 1.3, fid="thick")],
        lambda z: [box_part(0, -0.5, 10, 8.5, z, z + 0.25, fid="flat"), *upstand(z + 0.25, 0.9)],
        lambda z: [box_part(3, -1, 5, 0, z - 0.7, z + 0.1, fid="block")],
        lambda z: [box_part(0, -0.9, 10, -0.3, z - 0.7, z + 0.1, kind="beam", fid="beam")],
    ],
    ids=["roof", "edge", "upstand", "canopy", "beam"],
)
@pytest.mark.parametrize("floors", FLOORS)
def test_what_is_lower_than_a_room_hangs_at_any_height(hung, dz, floors):
    assert area(house(3.1 + dz), *hung(3.1 + dz), floors=floors) == pytest.approx(80.0, abs=0.01)


@pytest.mark.parametrize("dz", HIGHER)
@pytest.mark.parametrize("floors", FLOORS)
def test_the_thick_edge_of_a_roof_in_one_body_with_its_house_hangs(dz, floors):
    eaves, drop = 3.0 + dz, 0.7
    body = along([(5.0, 6.0 + dz), (-0.7, eaves + drop), (-0.7, eaves), (0, eaves), (0, 0), (10, 0), (10, eaves), (10.7, eaves), (10.7, eaves + drop)])
    assert area(body, floors=floors) == pytest.approx(90.0, abs=0.01)


@pytest.mark.parametrize("dz", HIGHER)
def test_the_eaves_of_a_steep_roof_are_no_leaning_facade(dz):
    """63 degrees over vertical walls, with an underside as steep: eaves of 0.5 m."""
    e = 3.0 + dz
    body = along([(5, e + 10.4), (-0.5, e - 0.6), (-0.5, e - 0.9), (0, e), (0, 0), (10, 0), (10, e), (10.5, e - 0.9), (10.5, e - 0.6)])
    assert area(body) == pytest.approx(90.0, abs=0.01)


@pytest.mark.parametrize("dz", HIGHER)
def test_a_storey_that_juts_out_and_leans_back_counts_to_its_foot(dz):
    e = 3.0 + dz
    body = along([(5, e + 3.5), (0, e + 3.5), (-1.5, e), (0, e), (0, 0), (10, 0), (10, e + 3.5)])
    assert area(body) == pytest.approx(9 * 11.5, abs=0.02)


@pytest.mark.parametrize("kind", ["wall", "building"])
@pytest.mark.parametrize("high", [0.6, 1.0, 1.3, 2.0, 2.8])
@pytest.mark.parametrize("floors", [(), (0.0, 2.9)])
def test_a_parapet_with_nothing_over_it_encloses_no_room(kind, high, floors):
    assert area(house(6.0), *tray(2.9, high, kind=kind), floors=floors) == pytest.approx(80.0, abs=0.01)


@pytest.mark.parametrize("floors", [(), (0.0, 2.9)])
def test_parapets_above_each_other_and_under_the_eaves_enclose_nothing(floors):
    stacked = [*tray(2.9, 1.1), *tray(5.7, 1.1), box_part(0, -1.4, 10, 8, 9.0, 9.3, kind="roof", fid="roof")]
    assert area(house(9.0), *stacked, floors=floors) == pytest.approx(80.0, abs=0.01)


def screened(thick: float, high: float, sides: int = 2) -> list[Part]:
    """Balconies above each other with screens at their sides from the lowest to the eaves, open in front over their parapets."""
    screens = [box_part(2, -1.3, 2 + thick, 0, 2.9, 9.0, fid="left"), box_part(7 - thick, -1.3, 7, 0, 2.9, 9.0, fid="right")][:sides]
    return [*tray(2.9, high), *tray(5.7, high), *screens, box_part(0, -1.4, 10, 8, 9.0, 9.3, kind="roof", fid="roof")]


@pytest.mark.parametrize("floors", [(), (0.0, 2.9, 5.7)])
@pytest.mark.parametrize("sides", [1, 2])
@pytest.mark.parametrize("high", [0.9, 1.05, 1.25])
@pytest.mark.parametrize("thick", [0.02, 0.1, 0.3])
def test_balconies_between_screens_and_open_in_front_enclose_nothing(thick, high, sides, floors):
    assert area(house(9.0), *screened(thick, high, sides), floors=floors) <= 80.0 + sides * thick * 1.4 + 0.02


@pytest.mark.parametrize("thick", [0.1, 0.3])
def test_the_same_with_glass_in_front_are_rooms(thick):
    glass = [box_part(2, -1.4, 7, -1.3, z + 1.45, z + 2.8, fid="glass") for z in (2.9, 5.7)]
    assert area(house(9.0), *screened(thick, 1.25), *glass) == pytest.approx(87.0, abs=0.05)


@pytest.mark.parametrize("dz", HIGHER)
@pytest.mark.parametrize("floors", [(), (0.0, 3.0)])
@pytest.mark.parametrize(
    ("rooms", "more"),
    [
        ([(3, -0.8, 6, 0, 1.0, 2.7)], 2.4),
        ([(0, -2.5, 10, 0, 3.0, 6.0)], 25.0),
        ([(10, 2, 14, 4, 2.9, 5.3)], 8.0),
    ],
    ids=["bay", "cantilever", "gallery"],
)
def test_rooms_that_hang_count(rooms, more, floors, dz):
    solid = [box_part(x0, y0, x1, y1, z0 + dz, z1 + dz, fid=str(n)) for n, (x0, y0, x1, y1, z0, z1) in enumerate(rooms)]
    assert area(house(6.5), *solid, floors=floors) == pytest.approx(80.0 + more, abs=0.01)


def test_a_hollow_room_of_walls_under_a_roof_counts_and_the_same_without_a_roof_does_not():
    walls = [*tray(2.9, 2.6), box_part(2, -1.4, 7, 0, 5.7, 5.9, kind="roof", fid="roof")]
    for floors in ((), (0.0, 2.9)):
        assert area(house(7.0), *walls, floors=floors) == pytest.approx(87.0, abs=0.01)
        assert area(house(7.0), *walls[:-1], floors=floors) == pytest.approx(80.0, abs=0.01)


def test_a_house_on_columns_is_a_room_that_hangs():
    posts = [box_part(x, y, x + 0.5, y + 0.5, 0, 3, fid=f"{x}{y}") for x in (0, 9.5) for y in (0, 7.5)]
    for floors in ((), (0.0, 3.0)):
        assert area(*posts, box_part(0, 0, 10, 8, 3, 6), floors=floors) == pytest.approx(80.0, abs=0.01)


@pytest.mark.parametrize(("high", "kept"), [(1.4, 0.0), (1.48, 0.0), (1.51, 4.0), (1.7, 4.0)])
def test_a_room_is_a_metre_and_a_half_high_outside(high, kept):
    parts = [house(6.0), box_part(4, -1, 8, 0, 1.93, 1.93 + high)]
    whole, foot = shift(shapely.union_all([shapely.box(0, 0, 10, 8), shapely.box(4, -1, 8, 0)])), shift(shapely.box(0, 0, 10, 8))
    found, rooms = without_edges(whole, foot, GROUND + 0.5, parts, lambda z: enclosed(parts, z))
    assert found.area == pytest.approx(80.0 + kept) and rooms.area == pytest.approx(kept * 0.95)


def test_what_stands_out_by_a_hair_is_left_as_it_is():
    foot, whole = shift(shapely.box(0, 0, 10, 8)), shift(shapely.box(0, -0.04, 10, 8))
    found, rooms = without_edges(whole, foot, GROUND + 0.5, [house(6.0)], lambda z: shapely.Polygon())
    assert found is whole and rooms.is_empty


def test_many_bays_share_their_sections_and_a_room_that_is_found_asks_no_more():
    bays = [box_part(x, -1, x + 0.8, 0, 2.5 + 0.01 * x, 9.0, fid=str(x)) for x in range(1, 31, 2)]
    parts = [box_part(0, 0, 32, 8, 0, 10), *bays]
    asked: list[float] = []

    def section(z):
        asked.append(z)
        return enclosed(parts, z)

    foot = shift(shapely.box(0, 0, 32, 8))
    whole = shapely.union_all([foot, *(shift(shapely.box(x, -1, x + 0.8, 0)) for x in range(1, 31, 2))])
    found, _ = without_edges(whole, foot, GROUND + 0.5, parts, section)
    assert found.area == pytest.approx(whole.area)
    assert len(asked) == len(set(asked)) <= 2 * len(bays) + 10  # its own two each, and what all share over the height of one room


def panels(z0: float, z1: float, door: float) -> list[Part]:
    """A square of 6 m of four walls 0.3 m thick, with a door gap of 1 m up to ``door``, beside the house."""
    walls = [(12, 0, 12.3, 6), (17.7, 0, 18, 6), (12.3, 5.7, 17.7, 6), (12.3, 0, 14, 0.3), (15, 0, 17.7, 0.3)]
    return [*(box_part(*wall, z0, z1, fid=str(n)) for n, wall in enumerate(walls)), box_part(14, 0, 15, 0.3, door, z1, fid="lintel")]


@pytest.mark.parametrize("door", [2.1, 2.4])
def test_a_room_whose_door_stands_open_is_a_room(door):
    roof = box_part(11.7, -0.3, 18.3, 6.3, 3.5, 3.7, kind="roof", fid="roof")
    assert area(house(6.0), *panels(0.0, 3.5, door), roof) == pytest.approx(116.0, abs=0.05)


def reveals(wide: float, deep: float, sill: float) -> list[Part]:
    """A house of 10 by 8 m, 3.4 m high, with a window set back in its south facade."""
    return [
        box_part(0, deep, 10, 8, 0, 3.4, fid="body"), box_part(0, 0, 5 - wide / 2, deep, 0, 3.4, fid="west"), box_part(5 + wide / 2, 0, 10, deep, 0, 3.4, fid="east"),
        *([box_part(5 - wide / 2, 0, 5 + wide / 2, deep, 0, sill, fid="sill")] if sill else []), box_part(5 - wide / 2, 0, 5 + wide / 2, deep, 2.4, 3.4, fid="lintel"),
    ]  # fmt: skip


@pytest.mark.parametrize("sill", [0.0, 0.3, 0.8])
@pytest.mark.parametrize("wide", [0.9, 3.0, 7.0])
@pytest.mark.parametrize("deep", [0.1, 0.3, 0.55])
def test_the_reveal_of_a_window_is_no_notch_in_the_facade(wide, deep, sill):
    assert area(*reveals(wide, deep, sill)) == pytest.approx(80.0, abs=0.01)


def test_a_porch_is():
    assert area(*reveals(3.0, 1.2, 0.0)) == pytest.approx(80.0 - 3.6, abs=0.01)


def test_a_roof_under_which_nothing_stands_encloses_nothing():
    assert wall_enclosed([box_part(0, 0, 6, 6, 2.6, 3.8, kind="roof", fid="roof")], [], GROUND)[1] == "projection"


def leaning_to(jut: float, facade: float, high: float = 2.2) -> Part:
    """A bay that hangs on the south wall of the house from 3 m up: ``high`` at the wall, its roof falling to a facade of ``facade`` m."""
    return along([(-jut, 3.0), (0.0, 3.0), (0.0, 3.0 + high), (-jut, 3.0 + facade)], length=4.0)


@pytest.mark.parametrize("facade", [1.05, 1.2, 1.6])
@pytest.mark.parametrize("jut", [0.4, 1.0, 1.4])
def test_a_room_goes_on_to_the_facade_to_which_its_roof_falls(jut, facade):
    assert area(house(7.0), leaning_to(jut, facade)) == pytest.approx(80.0 + 4.0 * jut, abs=0.05)


def test_the_edge_of_a_roof_beside_a_room_that_hangs_is_none():
    room, roof = box_part(3, -1, 7, 0, 3, 6, fid="bay"), box_part(-0.6, -1.6, 10.6, 8.6, 6.0, 6.8, kind="roof", fid="roof")
    assert area(house(6.0), room, roof) == pytest.approx(84.0, abs=0.05)


def windowed(jut: float, sill: float, lintel: float) -> list[Part]:
    """A storey that juts out to the south over a house, its band of windows left open between posts."""
    y0, walls = -jut, [(3.25, 3.25 + sill), (6.0 - lintel, 6.0)]
    ring = lambda z0, z1: [box_part(0, y0, 10, y0 + 0.2, z0, z1), box_part(0, 7.8, 10, 8, z0, z1), box_part(0, y0 + 0.2, 0.2, 7.8, z0, z1), box_part(9.8, y0 + 0.2, 10, 7.8, z0, z1)]  # noqa: E731
    posts = [box_part(x, y, x + 0.2, y + 0.2, 3.25 + sill, 6.0 - lintel) for x in (0, 9.8) for y in (y0, 7.8)]
    return [box_part(0, y0, 10, 8, 3.0, 3.25), box_part(0, y0, 10, 8, 6.0, 6.25), *(part for span in walls for part in ring(*span)), *posts]


def bay_with_door(wide: float) -> list[Part]:
    """A bay of 4 by 1.2 m that hangs on the south wall, with a French window left open in its front."""
    return [
        box_part(2, -1.2, 6, 0, 3.0, 3.2), box_part(2, -1.2, 6, 0, 5.8, 6.0), box_part(2, -1.0, 2.2, 0, 3.2, 5.8), box_part(5.8, -1.0, 6, 0, 3.2, 5.8),
        box_part(2, -1.2, 4 - wide / 2, -1.0, 3.2, 5.8), box_part(4 + wide / 2, -1.2, 6, -1.0, 3.2, 5.8), box_part(4 - wide / 2, -1.2, 4 + wide / 2, -1.0, 5.4, 5.8),
    ]  # fmt: skip


@pytest.mark.parametrize(("parts", "doubted"), [
    (windowed(0.8, 0.85, 0.7), True), (windowed(0.4, 0.9, 0.5), True), (windowed(0.8, 0.9, 0.05), False),
    ([*tray(3.0, 0.9), box_part(2, -1.4, 7, 0, 5.8, 6.1, kind="roof")], False), (tray(3.0, 1.2), False), ([box_part(2, -0.8, 7, 0, 3.0, 4.2)], True),
    ([box_part(2, -0.8, 7, 0, 3.0, 3.8)], False), (bay_with_door(0.9), True), (bay_with_door(2.0), True), ([box_part(0, -0.6, 10, 8.6, 3.0, 3.9, kind="roof")], False),
])  # fmt: skip
def test_what_may_be_a_room_with_windows_that_are_not_drawn_is_doubted(parts, doubted):
    parts = [box_part(0, 0, 10, 8, 0, 3.0), *parts]
    low, high = np.min([part.vertices.min(axis=0) for part in parts], axis=0), np.max([part.vertices.max(axis=0) for part in parts], axis=0)
    parts = [box_part(0, 0, 10, 8, 3.0, 6.0), *parts] if any(part.extent[1, 1] <= scenes_south() for part in parts) else parts
    piece = shapely.box(low[0], low[1], high[0], scenes_south())
    piece = shapely.intersection(piece, shapely.union_all([shapely.box(*part.vertices[:, :2].min(axis=0), *part.vertices[:, :2].max(axis=0)) for part in parts]))
    piece = max(shapely.get_parts(piece), key=lambda one: one.area)
    assert may_be_a_room(piece, parts, lambda z: enclosed(parts, z)) is doubted


def scenes_south() -> float:
    """The y (RD) of the south wall of the house."""
    return float(to_rd([(0, 0, 0)])[0, 1])


def flats(rooms, high=1.0, deep=1.2, floors=3, sides=True, lid=True):
    """Floors with a balcony of 5 m behind a parapet on each but the first, and storage rooms (from x to x) that stand on it."""
    parts = [house(3.0 * floors)]
    for z in (3.0 * n for n in range(1, floors)):
        parts += tray(z, high, 0.1, deep) if sides else tray(z, high, 0.1, deep)[:2]
        parts += [box_part(x0, -deep, x1, 0, z + 0.2, z + 3, fid=f"store{x0}") for x0, x1 in rooms]
    return [*parts, box_part(2, -deep, 7, 0, 3.0 * floors - 0.2, 3.0 * floors, kind="slab", fid="lid")] if lid else parts


@pytest.mark.parametrize(("words", "found"), [
    ({"rooms": [(2, 3)]}, 1.2), ({"rooms": [(2, 3)], "high": 1.25}, 1.2), ({"rooms": [(2, 4)]}, 2.4), ({"rooms": [(5, 7)], "high": 1.4}, 2.4), ({"rooms": [(4, 5)]}, 1.2),
    ({"rooms": [(2, 3), (6, 7)]}, 2.4), ({"rooms": [(2, 6)], "deep": 2.0}, 8.0), ({"rooms": [(2, 3)], "floors": 6}, 1.2), ({"rooms": [(2, 3)], "floors": 2}, 1.2),
    ({"rooms": [(2, 3)], "sides": False}, 1.2), ({"rooms": [(2, 4)], "lid": False}, 2.4), ({"rooms": [(2, 3)], "high": 1.5, "floors": 8}, 1.2),
])  # fmt: skip
def test_a_storage_room_on_a_balcony_makes_the_balcony_no_room(words, found):
    """At either end, in the middle, at both, deep and long, behind a high parapet, in a high building, under no roof."""
    assert area(*flats(**words)) == pytest.approx(80.0 + found, abs=0.05)
