"""The invented neighbourhood, in local metres (x along the main street, y to the north), and its place in RD."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely import Polygon, affinity, box
from shapely.geometry.base import BaseGeometry

TURN_DEG = 12.0
PIVOT = (150.0, 150.0)
RD_PIVOT = (187_000.0, 441_000.0)
CENTRE = (178.0, 136.0)
RADIUS = 140.0
EXTENT = box(-60, -60, 360, 360)
PEIL_NAP = 1.40

ROADS = {
    "Lindelaan": box(-60, 147.25, 360, 152.75),
    "Beukenstraat": box(-60, 67.25, 360, 72.75),
    "Wilgenlaan": box(-60, 232.25, 360, 237.75),
    "Kerkstraat": box(67.25, 67.25, 72.75, 360),
    "Molenweg": box(225.25, 67.25, 230.75, 360),
}
FOOTPATH_M = 2.0
PARK = box(127, 157, 172, 226)
PARK_PATH = Polygon([(127, 186), (140, 190), (155, 189), (172, 195), (172, 197), (155, 191), (140, 192), (127, 188)])
POND = shapely.Point(148, 209).buffer(8).union(shapely.Point(156, 212).buffer(5))
DITCH = box(-60, 18, 360, 23)
BANK = box(-60, 14, 360, 27)

MILL, MILL_GROUND_NAP, MILL_AXIS_M, MILL_REACH_M = (20.0, 300.0), 1.20, 28.0, 400.0
ARCHAEOLOGY = box(150, 95, 200, 160)
PLOT = box(168, 108, 190, 145.25)
BOUWVLAK = box(171, 128, 183.2, 144.25)
ZONE_LOW = box(171, 128, 178, 144.25)
ZONE_HIGH = box(178, 128, 183.2, 144.25)
LOW_LIMIT, HIGH_LIMIT = 8.5, 11.0
Shape = TypeVar("Shape", bound=BaseGeometry)
Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 in local metres."""
Tree = tuple[float, float, float, float]
"""x, y, height, crown radius in local metres."""


@dataclass(frozen=True)
class House:
    """A building: outline (x0, y0, x1, y1), eaves and ridge above its ground, ridge direction ``x`` | ``y`` | ``flat``."""

    outline: Box
    eaves: float
    ridge: float
    along: str
    street: str
    number: int
    parcel: Box
    year: int


def ground(x: ArrayLike, y: ArrayLike) -> Any:
    """Return the height NAP of the ground: a gentle slope with a slight swell."""
    return 0.70 + 0.0040 * np.asarray(x, float) + 0.12 * np.sin(np.asarray(y, float) / 60.0)


def to_rd(geometry: Shape) -> Shape:
    """Return a local shapely geometry in RD."""
    turned = affinity.rotate(geometry, TURN_DEG, origin=PIVOT)
    moved = affinity.translate(turned, RD_PIVOT[0] - PIVOT[0], RD_PIVOT[1] - PIVOT[1])
    return shapely.set_precision(moved, 0.001)


def points_to_rd(xy: ArrayLike) -> NDArray[np.float64]:
    """Return local points (n, 2) in RD."""
    turn = math.radians(TURN_DEG)
    d = np.asarray(xy, float) - PIVOT
    return np.column_stack(
        [d[:, 0] * math.cos(turn) - d[:, 1] * math.sin(turn) + RD_PIVOT[0], d[:, 0] * math.sin(turn) + d[:, 1] * math.cos(turn) + RD_PIVOT[1]]
    )


def points_to_local(xy: ArrayLike) -> NDArray[np.float64]:
    """Return RD points (n, 2) in local metres."""
    turn = math.radians(-TURN_DEG)
    d = np.asarray(xy, float) - RD_PIVOT
    return np.column_stack(
        [d[:, 0] * math.cos(turn) - d[:, 1] * math.sin(turn) + PIVOT[0], d[:, 0] * math.sin(turn) + d[:, 1] * math.cos(turn) + PIVOT[1]]
    )


def houses(rng: np.random.Generator) -> list[House]:
    """Return the existing buildings."""
    found: list[House] = []
    numbers: dict[str, int] = {}

    def add(outline: Box, eaves: float, ridge: float, along: str, street: str, parcel: Box, year: int) -> None:
        numbers[street] = numbers.get(street, 0) + 1
        found.append(House(outline, eaves, ridge, along, street, numbers[street], parcel, year))

    def row(
        start: float, fixed: float, street: str, side: str, year: int, count: int = 7, width: float = 5.4, depth: float = 9.0, garden: float = 16.0
    ) -> None:
        """A terrace: along x for side n/s, along y for side e/w; ``fixed`` is the coordinate of its front."""
        eaves, ridge = round(5.3 + rng.uniform(0, 0.5), 2), round(8.6 + rng.uniform(0, 0.7), 2)
        for i in range(count):
            a, b = start + i * width, start + (i + 1) * width
            shapes = {
                "s": ((a, fixed - depth, b, fixed), (a, fixed - depth - garden, b, fixed + 4)),
                "n": ((a, fixed, b, fixed + depth), (a, fixed - 4, b, fixed + depth + garden)),
                "w": ((fixed - depth, a, fixed, b), (fixed - depth - garden, a, fixed + 4, b)),
                "e": ((fixed, a, fixed + depth, b), (fixed - 4, a, fixed + depth + garden, b)),
            }
            outline, parcel = shapes[side]
            west, south, east, north = (round(v, 2) for v in outline)
            add((west, south, east, north), eaves, ridge, "x" if side in "ns" else "y", street, parcel, year)

    def detached(x: float, y: float, w: float, d: float, street: str, parcel: Box, year: int) -> None:
        eaves = round(3.2 + rng.uniform(0, 2.2), 2)
        add((x, y, x + w, y + d), eaves, round(eaves + 0.42 * min(w, d), 2), "x" if w >= d else "y", street, parcel, year)

    row(82, 141.25, "Lindelaan", "s", 1958)
    row(124, 141.25, "Lindelaan", "s", 1958)
    row(178, 158.75, "Lindelaan", "n", 1961)
    row(82, 78.75, "Beukenstraat", "n", 1974)
    row(124, 78.75, "Beukenstraat", "n", 1974)
    row(166, 78.75, "Beukenstraat", "n", 1974)
    row(82, 226.25, "Wilgenlaan", "s", 1966)
    row(178, 226.25, "Wilgenlaan", "s", 1966)
    row(84, 61.25, "Kerkstraat", "w", 1932)
    row(160, 61.25, "Kerkstraat", "w", 1932)
    for i, x in enumerate((82, 106, 130, 154, 178, 202)):
        detached(x + rng.uniform(3, 6), 49 + rng.uniform(0, 2), 10.5, 9.0, "Beukenstraat", (x, 34, x + 23, 65.25), 1985 + i)
    for i, y in enumerate((84, 108, 132)):
        detached(240 + rng.uniform(0, 2), y + rng.uniform(3, 5), 9.0, 11.0, "Molenweg", (232.75, y, 262, y + 23), 1990 + i)
    detached(199.5, 130, 11.0, 9.0, "Lindelaan", (191, 108, 218, 145.25), 1996)
    add((84, 160, 120, 172), 12.4, 12.4, "flat", "Lindelaan", (78, 154.75, 124, 186), 1971)
    return found


def topography(built: list[House]) -> list[tuple[str, dict[str, Any], Polygon]]:
    """Return the ground as BGT objects that tile the extent without gaps or overlaps (local metres), in painting order."""
    taken: BaseGeometry = shapely.MultiPolygon()
    tiles: list[tuple[str, dict[str, Any], Polygon]] = []

    def paint(collection: str, attributes: dict[str, Any], shape: BaseGeometry) -> None:
        nonlocal taken
        left = shapely.difference(shapely.intersection(shape, EXTENT), taken)
        for piece in shapely.get_parts(left):
            if piece.geom_type == "Polygon" and piece.area > 0.05:
                tiles.append((collection, attributes, piece))
        taken = shapely.union_all([taken, shape])

    for index, house in enumerate(built):
        paint("pand", {"house": index}, box(*house.outline))
    for name, road in ROADS.items():
        paint("wegdeel", {"functie": "rijbaan lokale weg", "fysiek_voorkomen": "gesloten verharding", "name": name}, road)
    for name, road in ROADS.items():
        kerb = road.buffer(FOOTPATH_M, join_style="mitre")
        for strip in (shapely.difference(kerb, shapely.union_all(list(ROADS.values()))),):
            paint("wegdeel", {"functie": "voetpad", "fysiek_voorkomen": "open verharding", "name": name}, strip)
    paint("wegdeel", {"functie": "voetpad", "fysiek_voorkomen": "half verhard", "name": "park"}, PARK_PATH)
    paint("waterdeel", {"type": "watervlakte"}, POND)
    paint("waterdeel", {"type": "waterloop"}, DITCH)
    paint("begroeidterreindeel", {"fysiek_voorkomen": "grasland overig"}, BANK)
    paint("begroeidterreindeel", {"fysiek_voorkomen": "groenvoorziening"}, PARK)
    for house in built:
        paint("onbegroeidterreindeel", {"fysiek_voorkomen": "erf"}, box(*house.parcel))
    paint("onbegroeidterreindeel", {"fysiek_voorkomen": "erf"}, PLOT)
    paint("begroeidterreindeel", {"fysiek_voorkomen": "groenvoorziening"}, EXTENT)
    return tiles


def trees(rng: np.random.Generator) -> list[Tree]:
    """Return trees (x, y, height, crown radius): along the streets, in the park, on the bank."""
    found = []
    for x in np.arange(84, 224, 14.0):
        if not 164 < x < 194:
            found.append((x + rng.uniform(-1, 1), 155.6, rng.uniform(6, 9), 2.2))
        found.append((x + rng.uniform(-2, 2), 28.5 + rng.uniform(-1, 1), rng.uniform(7, 11), 2.8))
    while len(found) < 55:
        x, y = rng.uniform(129, 170), rng.uniform(159, 224)
        if shapely.union_all([POND, PARK_PATH]).distance(shapely.Point(x, y)) > 2:
            found.append((x, y, rng.uniform(7, 14), rng.uniform(2.2, 4.0)))
    return [(round(float(x), 2), round(float(y), 2), round(float(height), 2), round(float(crown), 2)) for x, y, height, crown in found]
