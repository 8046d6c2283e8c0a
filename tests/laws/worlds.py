"""Random small worlds: a plot with neighbours and a street, a plan, registers, what the officer answered, and a design.

``make_world(seed)`` is always the same world. Everything is in local metres (x along the street, y away from it, z above peil) until
``scene_of`` turns it to its place in RD + NAP.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from laws.designs import CONTEXT, Body, House, context_body, house, r2, with_extras, with_more
from laws.solids import gable, polygon, rectangle
from shapely import Point, affinity, box, make_valid
from shapely.geometry.base import BaseGeometry

from drieluik.model import (
    Address,
    Building3D,
    Design,
    LayerState,
    Level,
    MeasuringProfile,
    Parcel,
    Part,
    Placement,
    PlanArea,
    PlanValue,
    Provenance,
    RegisteredBuilding,
    Rule,
    Ruleset,
    Site,
    Terrain,
    TopographyObject,
)

PLACES = ((233_411.0, 581_903.0), (176_902.0, 318_774.0), (143_208.0, 487_116.0), (84_731.0, 447_388.0), (31_877.0, 391_526.0))
PLAN_ID = "NL.IMRO.9999.BPlaws-VA01"
UNITS = {"bouwhoogte": "m", "goothoogte": "m", "bebouwingspercentage": "%", "aantal bouwlagen": ""}
CELL_M, REACH_M = 1.0, 70.0


@dataclass(frozen=True)
class Frame:
    """Where local metres lie: origin (RD), turn (degrees), peil (NAP)."""

    east: float
    north: float
    turn: float
    peil: float

    def shape(self, local: BaseGeometry) -> BaseGeometry:
        """A local geometry in RD."""
        return affinity.translate(affinity.rotate(local, self.turn, origin=(0.0, 0.0)), self.east, self.north)

    def points(self, local: np.ndarray) -> np.ndarray:
        """Local (n, 3) in RD + NAP."""
        c, s = math.cos(math.radians(self.turn)), math.sin(math.radians(self.turn))
        x, y, z = np.asarray(local, float).T
        return np.column_stack([c * x - s * y + self.east, s * x + c * y + self.north, z + self.peil])

    def at(self, x: float, y: float) -> list[float]:
        """A local place as an answer says it: [x, y] RD."""
        return [float(v) for v in self.points(np.array([[x, y, 0.0]]))[0, :2]]

    def local(self, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """RD coordinates in local metres."""
        c, s = math.cos(math.radians(self.turn)), math.sin(math.radians(self.turn))
        u, v = x - self.east, y - self.north
        return c * u + s * v, -s * u + c * v


@dataclass(frozen=True, eq=False)
class Zone:
    """A maatvoering: its corners (local), and its values by name."""

    corners: tuple[float, float, float, float]
    values: dict[str, float]


@dataclass(frozen=True, eq=False)
class Standing:
    """A building in the register: corners (local), its status and uses, ``own``: on the plot, ``main``: the house that a design extends."""

    key: str
    corners: tuple[float, float, float, float]
    high: float
    status: str = "Pand in gebruik"
    uses: tuple[str, ...] = ("woonfunctie",)
    own: bool = False
    main: bool = False

    @property
    def flat(self) -> BaseGeometry:
        """Its plan (local)."""
        return polygon(rectangle(*self.corners))


@dataclass(frozen=True, eq=False)
class World:
    """Everything of one world. ``levels_off``: the levels that peil may have, above that of the design (one when it is settled).
    ``with_levels``: all | none | short (the file's list leaves the highest floor out)."""

    seed: int
    frame: Frame
    width: float
    depth: float
    built: House
    bodies: tuple[Body, ...]
    named: bool
    with_levels: str
    bouwvlak: tuple[float, float, float, float]
    zones: tuple[Zone, ...]
    zoning: str
    standing: tuple[Standing, ...]
    road_level: float
    peil_told: bool
    parcels_told: bool
    answers: dict[str, Any] = field(default_factory=dict)

    @property
    def plot(self) -> BaseGeometry:
        """The plot (local)."""
        return box(0.0, 0.0, self.width, self.depth)

    @property
    def plane(self) -> BaseGeometry:
        """The bouwvlak (local)."""
        return box(*self.bouwvlak)

    @property
    def peils(self) -> tuple[float, ...]:
        """The levels that peil may have, local."""
        return (0.0,) if self.peil_told else tuple(sorted({0.0, self.road_level}))

    def of(self, *roles: str) -> tuple[Body, ...]:
        """The bodies of some roles."""
        return tuple(body for body in self.bodies if body.role in roles)

    @property
    def own(self) -> tuple[Body, ...]:
        """The bodies of the design itself."""
        return tuple(body for body in self.bodies if body.role not in CONTEXT)


@dataclass(frozen=True, eq=False)
class Scene:
    """What the engine is given."""

    site: Site
    design: Design
    rulesets: tuple[Ruleset, ...]
    answers: dict[str, Any]
    profiles: tuple[MeasuringProfile, ...] = ()
    plan_too: bool = False


def make_world(seed: int) -> World:
    """The world of a seed (without rules; see ``laws.asked``)."""
    rng = random.Random(f"drieluik-laws-{seed}")
    turn = rng.choice((0.0, rng.uniform(-180.0, 180.0), rng.uniform(-180.0, 180.0)))
    east, north = rng.choice(PLACES)
    frame = Frame(east + r2(rng.uniform(-900, 900)), north + r2(rng.uniform(-900, 900)), turn, r2(rng.uniform(-1.5, 12.0)))
    left, front = _margin(rng), rng.choice((r2(rng.uniform(3.0, 6.0)), r2(rng.uniform(3.0, 6.0)), r2(rng.uniform(0.3, 1.2))))
    built = house(rng, left, front)
    _, _, x1, y1 = built.bodies[0].flat.bounds
    plot = (r2(x1 + _margin(rng)), r2(y1 + rng.uniform(18.0, 25.0)))
    built = with_more(random.Random(f"drieluik-more-{seed}"), with_extras(rng, built, plot), plot)
    roles = [role for role in CONTEXT if rng.random() < 0.05]
    bodies = (*built.bodies, *(context_body(rng, role, plot) for role in roles))
    bouwvlak = _bouwvlak(rng, built, plot)
    zoning, zones = _zones(rng, built, bouwvlak)
    world = World(
        seed, frame, plot[0], plot[1], built, bodies, rng.random() < 0.5, rng.choice(("all", "all", "none", "short")), bouwvlak, zones, zoning,
        _standing(rng, plot), rng.choice((0.0, 0.0, 0.0, r2(rng.uniform(-0.8, 1.6)))), rng.random() < 0.7, rng.random() < 0.6,
    )
    return replace(world, answers=_answers(rng, world))


def _margin(rng: random.Random) -> float:
    return rng.choice((r2(rng.uniform(1.0, 4.5)), r2(rng.uniform(2.0, 5.0)), 3.0))


def _bouwvlak(rng: random.Random, built: House, plot: tuple[float, float]) -> tuple[float, float, float, float]:
    """Around the house, on it, or short on one side."""
    x0, y0, x1, y1 = built.bodies[0].flat.bounds
    room = [rng.choice((0.0, 0.5, 1.0, 2.5)) for _ in range(4)]
    if rng.random() < 0.35:
        room[rng.randrange(4)] = -rng.choice((0.08, 0.2, 0.6, 1.5))
    if rng.random() < 0.3:
        room[3] = r2(plot[1] - y1 - 0.3)
    return (r2(max(x0 - room[0], 0.0)), r2(max(y0 - room[1], 0.0)), r2(min(x1 + room[2], plot[0])), r2(min(y1 + room[3], plot[1])))


def _near(rng: random.Random, value: float) -> float:
    """A limit near a value: met by much or little, equal, or passed."""
    return r2(value + rng.choice((3.0, 1.0, 0.3, 0.06, 0.0, -0.06, -0.3, -1.0, -2.0)))


def _values(rng: random.Random, built: House) -> dict[str, float]:
    main = built.bodies[0]
    found = {"bouwhoogte": _near(rng, built.top), "goothoogte": _near(rng, main.eaves)}
    if rng.random() < 0.3:
        found["bebouwingspercentage"] = rng.choice((20.0, 30.0, 40.0, 60.0, 80.0))
    if rng.random() < 0.3:
        found["aantal bouwlagen"] = float(max(1, len(built.floors) + rng.choice((-1, 0, 0, 1))))
    return found


def _zones(rng: random.Random, built: House, bouwvlak: tuple[float, float, float, float]) -> tuple[str, tuple[Zone, ...]]:
    x0, y0, x1, y1 = bouwvlak
    kind = rng.choice(("whole", "whole", "whole", "split", "gap", "overlap"))
    values = _values(rng, built)
    other = {**values, "bouwhoogte": _near(rng, built.top), "goothoogte": _near(rng, built.bodies[0].eaves)}
    a0, b0, a1, b1 = built.bodies[0].flat.bounds
    x = r2(a0 + (a1 - a0) * rng.uniform(0.3, 0.7))
    y = r2(b0 + (b1 - b0) * rng.uniform(0.3, 0.7))
    if kind == "split":
        return kind, (Zone((x0, y0, x, y1), values), Zone((x, y0, x1, y1), other))
    if kind == "gap":
        return kind, (Zone((x0, y0, x1, y), values),)
    if kind == "overlap":
        return kind, (Zone(bouwvlak, values), Zone((x, y, x1, y1), other))
    return kind, (Zone(bouwvlak, values),)


def _standing(rng: random.Random, plot: tuple[float, float]) -> tuple[Standing, ...]:
    width, depth = plot
    found = []
    if rng.random() < 0.85:
        gap = rng.choice((r2(rng.uniform(0.3, 2.0)), r2(rng.uniform(2.0, 6.0))))
        found.append(Standing("9999100000000011", (r2(-gap - 8.0), 4.0, -gap, 13.0), 9.0))
    if rng.random() < 0.7:
        gap = r2(rng.uniform(1.0, 5.0))
        found.append(Standing("9999100000000012", (r2(width + gap), 4.0, r2(width + gap + 8.0), 13.0), 8.0))
    if rng.random() < 0.35:  # an old shed of the plot's own, clear of what may stand in the garden
        found.append(Standing("9999100000000013", (r2(width - 2.4), r2(depth - 13.2), r2(width - 0.3), r2(depth - 10.8)), 2.6, uses=(), own=True))
    return tuple(found)


def _answers(rng: random.Random, world: World) -> dict[str, Any]:
    frame, width, depth = world.frame, world.width, world.depth
    found: dict[str, Any] = {}
    if world.peil_told:
        found["peil"] = {"method": "nap_value", "nap_m": frame.peil, "reason": "made for a test"}
    if world.parcels_told:
        found["parcels"] = {"value": ["1"], "reason": "made for a test"}
    if rng.random() < 0.7:
        sides = [[frame.at(0, 0), frame.at(0, depth)], [frame.at(width, 0), frame.at(width, depth)]]
        found["side_boundaries"] = {"lines": sides, "reason": "made for a test"}
    if rng.random() < 0.7:
        found["front_boundary"] = {"lines": [[frame.at(0, 0), frame.at(width, 0)]], "reason": "made for a test"}
    return found


def part_of(frame: Frame, number: int, body: Body, piece: int, named: bool) -> Part:
    """A solid as the file holds it: classed and named, or as a mesh without names comes in."""
    solid = body.solids[piece]
    name = f"{solid.name} {number}.{piece}" if named else f"object {number}.{piece}"
    return Part(name, frame.points(solid.vertices), solid.faces, solid.kind if named else "building", "mesh", name, True)


def design_of(world: World) -> Design:
    """The design as a file would give it."""
    frame = world.frame
    parts = [part_of(frame, n, body, k, world.named) for n, body in enumerate(world.bodies) for k in range(len(body.solids))]
    listed = {"all": world.built.floors, "short": world.built.floors[:-1], "none": ()}[world.with_levels]
    levels = [Level(f"{number:02d}", r2(floor + frame.peil)) for number, floor in enumerate(listed)]
    record = Provenance("design", LayerState.LOADED, "test", "design", "0" * 8, "2026-01-01", "", len(parts))
    return Design("A", tuple(parts), Placement("rd_coordinates", frame.east, frame.north, 0.0, frame.peil), (record,), "OBJ", levels=tuple(levels))


def plan_areas(world: World) -> tuple[PlanArea, ...]:
    """The plan: plangebied, Wonen on three plots, the bouwvlak, its maatvoeringen."""
    shape = world.frame.shape

    def area(fid: str, kind: str, name: str, local: BaseGeometry, values: tuple[PlanValue, ...] = (), of: str = "") -> PlanArea:
        return PlanArea(fid, kind, name, shape(local), values, PLAN_ID, "Wetten", "vastgesteld", "2021-05-01", "5.2", "", of)

    found = [
        area("p1", "plangebied", "Wetten", box(-60, -60, 80, 80)), area("e1", "enkelbestemming", "Wonen", box(-25, 0, world.width + 25, world.depth)),
        area("b1", "bouwvlak", "bouwvlak", world.plane, of="e1"),
    ]
    for number, zone in enumerate(world.zones, start=1):
        values = tuple(PlanValue(name, "maximum", value, UNITS[name], f"maximum {name}={value:g}") for name, value in zone.values.items())
        found.append(area(f"m{number}", "maatvoering", "maatvoering", box(*zone.corners), values, "b1"))
    return tuple(found)


def terrain_of(world: World) -> Terrain:
    """Flat ground at peil behind the plot's front, the road at its own level before it."""
    frame = world.frame
    middle = frame.at(world.width / 2, world.depth / 2)
    west, north = math.floor(middle[0] - REACH_M), math.ceil(middle[1] + REACH_M)
    n = int(2 * REACH_M / CELL_M)
    gx, gy = np.meshgrid(west + CELL_M * (np.arange(n) + 0.5), north - CELL_M * (np.arange(n) + 0.5))
    _, y = frame.local(gx, gy)
    return Terrain(frame.peil + np.where(y < -2.6, world.road_level, 0.0), float(west), float(north), CELL_M)


def site_of(world: World) -> Site:
    """The three worlds around the plot."""
    frame, shape, width, depth = world.frame, world.frame.shape, world.width, world.depth
    parcels = tuple(Parcel(fid, f"Wetten A {fid}", shape(local), round(local.area, 1)) for fid, local in (
        ("1", world.plot), ("2", box(-25, 0, 0, depth)), ("3", box(width, 0, width + 25, depth)), ("4", box(-25, depth, width + 25, depth + 20)),
    ))
    panden = tuple(RegisteredBuilding(item.key, shape(item.flat), 1978, item.status, item.uses) for item in world.standing)
    homes = [item for item in world.standing if item.uses]
    addresses = tuple(Address(f"v{item.key}", f"Straat {n}", Point(*frame.at(*item.flat.centroid.coords[0])), (item.key,), item.uses) for n, item in enumerate(homes))
    topography = (
        TopographyObject("w1", "wegdeel", shape(box(-40, -3, 60, 0)), "voetpad", "open verharding"),
        TopographyObject("w2", "wegdeel", shape(box(-40, -9, 60, -3)), "rijbaan lokale weg", "gesloten verharding"),
        TopographyObject("o1", "onbegroeidterreindeel", shape(world.plot), "erf"),
    )
    models = tuple(_model(frame, item) for item in world.standing)
    records = tuple(
        Provenance(key, LayerState.LOADED if count else LayerState.EMPTY, key, f"{key}.file", "0" * 8, "2026-01-01", "CC0 1.0", count)
        for key, count in (("plans", 4), ("parcels", 4), ("bag", len(panden)), ("bgt", 3), ("buildings3d", len(models)), ("terrain", 1))
    )
    centre = frame.at(width / 2, depth / 2)
    return Site(
        (centre[0], centre[1]), 60.0, plans=plan_areas(world), parcels=parcels, addresses=addresses, registered_buildings=panden, topography=topography,
        buildings3d=models, terrain=terrain_of(world), provenance=records,
    )


def _model(frame: Frame, item: Standing) -> Building3D:
    solid = gable(*item.corners, 0.0, item.high - 3.0 if item.high > 5 else item.high - 0.2, item.high)
    triangles = frame.points(solid.vertices)[solid.faces]
    low = triangles[:, :, 2].min(axis=1)
    words = np.where(low > frame.peil + 1.0, "roof", np.where(triangles[:, :, 2].max(axis=1) < frame.peil + 0.1, "ground", "wall"))
    return Building3D(item.key, triangles, words, "2.2", frame.peil, frame.peil + item.high - 1.0, "2022-03-01")


def scene_of(world: World, rules: tuple[Rule, ...]) -> Scene:
    """What the engine is given of a world and rules."""
    return Scene(site_of(world), design_of(world), (Ruleset("laws", "1", {}, rules),), dict(world.answers))


def valid(shape: BaseGeometry) -> BaseGeometry:
    """A geometry made valid after noise."""
    return shape if shape.is_valid else make_valid(shape)
