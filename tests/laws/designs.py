"""Random small designs: a house and what hangs on, stands beside or lies under it, each body with its exact numbers.

A body has a role, which only the generator knows: ``main``, ``extension``, ``shed``, ``cantilever`` (these enclose), ``carport``, ``veranda``,
``overhang``, ``balcony`` (open), ``terrace`` (low: no building), ``chimney``, ``cellar``, and what is no part of the design: ``neighbour``, ``tree``, ``garden wall``, ``terrain``, ``car``.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from laws.solids import Ring, Solid, box, cone, gable, hip, polygon, prism, rectangle, ring_wall, walls
from shapely.geometry.base import BaseGeometry

ENCLOSING = ("main", "extension", "shed", "cantilever")
OPEN = ("carport", "veranda", "overhang", "balcony")
CONTEXT = ("neighbour", "tree", "garden wall", "terrain", "car")
STOREY = 3.0


@dataclass(frozen=True, eq=False)
class Body:
    """One thing in the file. ``flat`` is its plan (local), ``low`` and ``high`` its heights above peil, ``eaves`` of its goten; ``volume`` (m3)
    above peil by the outside; ``pitches``: (degrees, m2 in plan) of its roof planes; ``ridge``: (axis, place) of a saddle roof's ridge."""

    role: str
    solids: tuple[Solid, ...]
    flat: BaseGeometry
    low: float
    high: float
    eaves: float = 0.0
    volume: float = 0.0
    pitches: tuple[tuple[float, float], ...] = ()
    ridge: tuple[str, float] | None = None
    base_doubt_m3: float = 0.0

    @property
    def encloses(self) -> bool:
        """Whether it is a building with rooms above ground."""
        return self.role in ENCLOSING

    def height_over(self, x0: float, y0: float, x1: float, y1: float) -> float | None:
        """Highest point over a rectangle that meets it, None where this generator does not know (a hipped roof in part)."""
        if self.ridge is None:
            return self.high
        axis, place = self.ridge
        if axis == "hip":
            return self.high if polygon(rectangle(x0, y0, x1, y1)).buffer(1e-9).contains(self.flat) else None
        a0, b0, a1, b1 = self.flat.bounds
        low, high = (max(y0, b0), min(y1, b1)) if axis == "x" else (max(x0, a0), min(x1, a1))
        half = (b1 - b0) / 2 if axis == "x" else (a1 - a0) / 2
        away = max(low - place, place - high, 0.0)
        return self.high - (self.high - self.eaves) * away / half


@dataclass(frozen=True, eq=False)
class House:
    """The main body's place and make: corners, storeys' floors (above peil), the bodies of the file; ``style`` of the model."""

    ring: Ring
    corners: tuple[float, float, float, float]
    floors: tuple[float, ...]
    top: float
    style: str
    bodies: tuple[Body, ...] = field(default=())


def r2(value: float) -> float:
    """Rounded to a centimetre: what designers do."""
    return round(value, 2)


def between(rng: random.Random, low: float, high: float) -> float:
    """A length in whole centimetres."""
    return r2(rng.uniform(low, high))


def house(rng: random.Random, x0: float, y0: float) -> House:
    """A house with its corner at (x0, y0)."""
    width, depth = between(rng, 6.0, 10.0), between(rng, 7.5, 11.0)
    x1, y1 = r2(x0 + width), r2(y0 + depth)
    storeys = rng.choice((1, 2, 2, 2, 3))
    floors = tuple(r2(STOREY * number) for number in range(storeys))
    style = rng.choice(("flat", "flat", "gable", "gable", "hip", "l-shape", "walls", "walls"))
    makers: dict[str, Callable[..., tuple[Body, float]]] = {"gable": _gabled, "hip": _hipped, "l-shape": _l_shaped, "walls": _walled, "flat": _flat}
    main, top = makers[style](rng, (x0, y0, x1, y1), floors)
    ring = tuple(main.flat.exterior.coords[:-1])
    return House(ring, (x0, y0, x1, y1), floors, top, style, (main,))


def _flat(rng: random.Random, corners: tuple[float, ...], floors: tuple[float, ...]) -> tuple[Body, float]:
    top = r2(STOREY * len(floors) + between(rng, 0.1, 0.5))
    return _block("main", rectangle(*corners), 0.0, top), top


def _block(role: str, ring: Ring, low: float, high: float, kind: str = "building") -> Body:
    solid = prism(ring, low, high, kind, role)
    flat = polygon(ring)
    return Body(role, (solid,), flat, low, high, high, flat.area * (high - max(low, 0.0)) if high > 0 else 0.0, ((0.0, flat.area),))


def _l_shaped(rng: random.Random, corners: tuple[float, ...], floors: tuple[float, ...]) -> tuple[Body, float]:
    x0, y0, x1, y1 = corners
    top = r2(STOREY * len(floors) + between(rng, 0.1, 0.5))
    xi, yi = r2(x0 + (x1 - x0) * rng.uniform(0.4, 0.6)), r2(y0 + (y1 - y0) * rng.uniform(0.4, 0.6))
    ring = ((xi, yi), (xi, y1), (x0, y1), (x0, y0), (x1, y0), (x1, yi))
    return _block("main", ring, 0.0, top), top


def _walled(rng: random.Random, corners: tuple[float, ...], floors: tuple[float, ...]) -> tuple[Body, float]:
    top = r2(STOREY * len(floors) + between(rng, 0.1, 0.5))
    flat = polygon(rectangle(*corners))
    body = Body("main", walls(*corners, floors, top), flat, -0.3, top, top, flat.area * top, ((0.0, flat.area),), base_doubt_m3=0.3 * flat.area)
    return body, top


def _gabled(rng: random.Random, corners: tuple[float, ...], floors: tuple[float, ...]) -> tuple[Body, float]:
    x0, y0, x1, y1 = corners
    eaves = r2(STOREY * len(floors) + between(rng, 0.0, 0.3))
    along_x = rng.random() < 0.5
    half = ((y1 - y0) if along_x else (x1 - x0)) / 2
    ridge = r2(eaves + half * math.tan(math.radians(rng.uniform(32, 50))))
    flat = polygon(rectangle(*corners))
    pitch = math.degrees(math.atan2(ridge - eaves, half))
    middle = (y0 + y1) / 2 if along_x else (x0 + x1) / 2
    volume = flat.area * (eaves + (ridge - eaves) / 2)
    solid = gable(*corners, 0.0, eaves, ridge, along_x, "building", "main")
    planes = ((pitch, flat.area / 2), (pitch, flat.area / 2))
    return Body("main", (solid,), flat, 0.0, ridge, eaves, volume, planes, ("x" if along_x else "y", middle)), ridge


def _hipped(rng: random.Random, corners: tuple[float, ...], floors: tuple[float, ...]) -> tuple[Body, float]:
    x0, y0, x1, y1 = corners
    if abs((x1 - x0) - (y1 - y0)) < 0.8:
        y1 = r2(y1 + 1.2)
    eaves = r2(STOREY * len(floors) + between(rng, 0.0, 0.3))
    half, long = min(x1 - x0, y1 - y0) / 2, max(x1 - x0, y1 - y0)
    ridge = r2(eaves + half * math.tan(math.radians(rng.uniform(30, 48))))
    flat = polygon(rectangle(x0, y0, x1, y1))
    rise = ridge - eaves
    roof = half * rise * (long - 2 * half) + 4.0 * half * half * rise / 3.0
    pitch = math.degrees(math.atan2(rise, half))
    solid = hip(x0, y0, x1, y1, 0.0, eaves, ridge, "building", "main")
    planes = ((pitch, half * half), (pitch, half * half), *((pitch, (flat.area - 2 * half * half) / 2),) * 2)
    return Body("main", (solid,), flat, 0.0, ridge, eaves, flat.area * eaves + roof, planes, ("hip", 0.0)), ridge


def with_extras(rng: random.Random, built: House, plot: tuple[float, float]) -> House:
    """The house with up to three things more; ``plot``: width and depth."""
    makers = dict(EXTRAS)
    wanted = rng.sample(sorted(makers), rng.choice((0, 1, 1, 2, 2, 3)))
    for name in wanted:
        body = makers[name](rng, built, plot)
        if body is not None:
            built = replace(built, bodies=(*built.bodies, body))
    return built


def extension(rng: random.Random, built: House, plot: tuple[float, float]) -> Body | None:
    """A lower flat part against the rear wall."""
    x0, _, x1, y1 = _outer(built)
    if built.style == "l-shape":
        x1 = max(x for x, y in built.ring if abs(y - y1) < 1e-6)
    deep = between(rng, 2.0, 4.0)
    a0, a1 = (x0, x1) if rng.random() < 0.5 else (r2(x0 + 0.6), r2(x1 - between(rng, 0.4, 1.0)))
    return _block("extension", rectangle(a0, y1, a1, r2(y1 + deep)), 0.0, between(rng, 2.7, 2.95))


def _outer(built: House) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = built.bodies[0].flat.bounds
    return x0, y0, x1, y1


def shed(rng: random.Random, built: House, plot: tuple[float, float]) -> Body | None:
    """A detached shed at the bottom of the garden."""
    wide, deep = between(rng, 2.5, 4.5), between(rng, 3.0, 5.5)
    x0, y0 = between(rng, 0.4, plot[0] - wide - 0.4), r2(plot[1] - deep - between(rng, 0.4, 1.5))
    corners = (x0, y0, r2(x0 + wide), r2(y0 + deep))
    if rng.random() < 0.6:
        return _block("shed", rectangle(*corners), 0.0, between(rng, 2.4, 3.2))
    eaves, ridge = between(rng, 2.2, 2.6), between(rng, 3.8, 4.8)
    flat = polygon(rectangle(*corners))
    pitch = math.degrees(math.atan2(ridge - eaves, wide / 2))
    solid = gable(*corners, 0.0, eaves, ridge, False, "building", "shed")
    middle = (corners[0] + corners[2]) / 2
    return Body("shed", (solid,), flat, 0.0, ridge, eaves, flat.area * (eaves + ridge) / 2, ((pitch, flat.area / 2),) * 2, ("y", middle))


def carport(rng: random.Random, built: House, plot: tuple[float, float]) -> Body | None:
    """A roof on four posts, free of the house."""
    x0, y0 = between(rng, 0.5, 2.0), r2(_outer(built)[3] + between(rng, 4.6, 5.2))
    x1, y1 = r2(x0 + between(rng, 2.8, 3.4)), r2(y0 + between(rng, 4.0, 5.0))
    top = between(rng, 2.5, 2.8)
    posts = [box(x, y, x + 0.12, y + 0.12, 0.0, top - 0.2, "member", f"post {n}") for n, (x, y) in enumerate(rectangle(x0, y0, x1 - 0.12, y1 - 0.12))]
    roof = box(x0, y0, x1, y1, top - 0.2, top, "canopy", "carport")
    return Body("carport", (roof, *posts), polygon(rectangle(x0, y0, x1, y1)), 0.0, top, top)


def veranda(rng: random.Random, built: House, plot: tuple[float, float]) -> Body | None:
    """A roof against the rear wall (in it, on it, or a hand from it) on posts of its own."""
    x0, x1, y1 = _rear(built)
    gap = rng.choice((-0.25, 0.0, 0.0, 0.05, 0.1))
    a0, a1, deep = r2(x0 + between(rng, 0.1, 0.8)), r2(x1 - between(rng, 0.1, 0.8)), between(rng, 2.2, 3.4)
    top = between(rng, 2.4, 2.8)
    kind = rng.choice(("canopy", "roof", "slab", "wall"))
    places = [(x, r2(y1 + deep - 0.15)) for x in (a0, r2((a0 + a1) / 2), r2(a1 - 0.12))]
    posts = [box(x, y, x + 0.12, y + 0.12, 0.0, top - 0.2, rng.choice(("beam", "member", "wall")), f"post {n}") for n, (x, y) in enumerate(places)]
    roof = box(a0, r2(y1 + gap), a1, r2(y1 + deep), top - 0.2, top, kind, "veranda")
    return Body("veranda", (roof, *posts), polygon(rectangle(a0, max(r2(y1 + gap), y1), a1, r2(y1 + deep))), 0.0, top, top)


def terrace(rng: random.Random, built: House, plot: tuple[float, float]) -> Body | None:
    """Something low and open behind the rear wall: paving, a terrace, a deck, a planter."""
    x0, x1, y1 = _rear(built)
    corners = (x0, r2(y1 + rng.choice((0.0, 0.0, 0.5))), r2(x1 - 0.3), r2(y1 + between(rng, 1.5, 3.5)))
    low, high = rng.choice(((-0.2, 0.0), (-0.1, 0.05), (0.0, 0.2), (0.0, 0.5), (0.4, 0.5), (0.0, 0.9)))
    return Body("terrace", (box(*corners, low, high, rng.choice(("slab", "building", "covering", "other")), "terrace"),), polygon(rectangle(*corners)), low, high)


def _rear(built: House) -> tuple[float, float, float]:
    """The rear wall: from x to x, at y."""
    x0, _, x1, y1 = _outer(built)
    return x0, max(x for x, y in built.ring if abs(y - y1) < 1e-6) if built.style == "l-shape" else x1, y1


def with_more(rng: random.Random, built: House, plot: tuple[float, float]) -> House:
    """The house with, in one world of four, a veranda or a terrace where nothing else stands or hangs behind it."""
    if any(body.role in ("extension", "cantilever", "balcony", "overhang") for body in built.bodies):
        return built
    body = rng.choice((veranda, veranda, terrace, terrace, *(None,) * 4))
    made = body(rng, built, plot) if body else None
    return replace(built, bodies=(*built.bodies, made)) if made else built


def overhang(rng: random.Random, built: House, plot: tuple[float, float]) -> Body | None:
    """A flat roof's plate that reaches beyond the walls, on one side or all round."""
    if built.style not in ("flat", "l-shape", "walls"):
        return None
    reach = between(rng, 0.3, 2.4)
    x0, y0, x1, y1 = _outer(built)
    sides = rng.choice(((0, 0, 0, 1), (0, 1, 0, 0), (1, 1, 1, 1), (1, 0, 0, 0)))
    left, front, right, rear = (reach * side for side in sides)
    corners = (r2(x0 - min(left, x0 - 0.05)), r2(y0 - front), r2(x1 + min(right, plot[0] - x1 - 0.05)), r2(y1 + rear))
    plate = box(*corners, built.top, r2(built.top + 0.22), "roof", "roof plate")
    return Body("overhang", (plate,), polygon(rectangle(*corners)), built.top, r2(built.top + 0.22), r2(built.top + 0.22))


def balcony(rng: random.Random, built: House, plot: tuple[float, float]) -> Body | None:
    """An open slab at the first floor, with or without a railing."""
    if len(built.floors) < 2:
        return None
    x0, y0, _, y1 = _outer(built)
    deep, wide = between(rng, 0.8, 1.8), between(rng, 2.0, 3.5)
    side = rng.choice(("rear", "front", "left"))
    if side == "left":
        start = r2(y0 + 0.8)
        corners = (r2(max(x0 - deep, 0.1)), start, x0, r2(start + wide))
    else:
        start = r2(x0 + 0.5)
        corners = (start, y1, r2(start + wide), r2(y1 + deep)) if side == "rear" else (start, r2(y0 - deep), r2(start + wide), y0)
    if corners[2] - corners[0] < 0.5:
        return None
    solids = [box(*corners, 2.8, 3.0, "balcony", "balcony")]
    if rng.random() < 0.5:
        a0, b0, a1, b1 = corners
        edge = {"rear": (a0, b1 - 0.05, a1, b1), "front": (a0, b0, a1, b0 + 0.05), "left": (a0, b0, a0 + 0.05, b1)}[side]
        solids.append(box(*edge, 3.0, 4.0, "railing", "railing"))
    return Body("balcony", tuple(solids), polygon(rectangle(*corners)), 2.8, 4.0 if len(solids) > 1 else 3.0, 0.0)


def cantilever(rng: random.Random, built: House, plot: tuple[float, float]) -> Body | None:
    """An enclosed upper storey that stands out beyond the ground floor."""
    if len(built.floors) < 2 or built.style == "l-shape":
        return None
    x0, y0, x1, y1 = _outer(built)
    deep = between(rng, 0.6, 1.6)
    wide = rng.random() < 0.5
    a0, a1 = (x0, x1) if wide else (r2(x0 + 1.0), r2(x1 - 1.0))
    corners = (a0, y1, a1, r2(y1 + deep)) if rng.random() < 0.6 else (a0, r2(y0 - deep), a1, y0)
    return _block("cantilever", rectangle(*corners), 3.0, between(rng, 5.4, 5.9))


def cellar(rng: random.Random, built: House, plot: tuple[float, float]) -> Body | None:
    """A cellar under the house, or reaching out beyond it."""
    x0, y0, x1, y1 = _outer(built)
    reach = rng.choice((0.0, between(rng, 1.2, 2.5)))
    corners = (r2(x0 + 0.5), r2(y0 + 0.5), r2(x1 - 0.5), r2(y1 - 0.5 + (reach + 0.5 if reach else 0.0)))
    return _block("cellar", rectangle(*corners), -2.8, -0.4)


def chimney(rng: random.Random, built: House, plot: tuple[float, float]) -> Body | None:
    """A slender stack through the roof."""
    x0, y0, x1, y1 = _outer(built)
    x, y = (x0 + x1) / 2 - 1.0, (y0 + y1) / 2 - 1.0
    if built.style == "l-shape":
        x, y = x0 + 1.0, y0 + 1.0
    base = built.bodies[0].eaves - 0.5
    high = r2(built.top + between(rng, 0.4, 1.4))
    corners = (r2(x), r2(y), r2(x + 0.6), r2(y + 0.6))
    stack = box(*corners, r2(base), high, "chimney", "chimney")
    return Body("chimney", (stack,), polygon(rectangle(*corners)), base, high, 0.0, 0.36 * (high - base))


EXTRAS: tuple[tuple[str, Callable[[random.Random, House, tuple[float, float]], Body | None]], ...] = (
    ("extension", extension), ("shed", shed), ("carport", carport), ("overhang", overhang), ("balcony", balcony), ("cantilever", cantilever),
    ("cellar", cellar), ("chimney", chimney),
)


def context_body(rng: random.Random, role: str, plot: tuple[float, float]) -> Body:
    """A body that is no part of the design; ``plot``: width and depth."""
    width, depth = plot
    if role == "neighbour":
        corners = (r2(width + 3.0), 4.0, r2(width + 10.0), 13.0)
        ridge = between(rng, 8.0, 14.0)
        solid = gable(*corners, 0.0, r2(ridge - 4.0), ridge, True, "building", "neighbour's house")
        return Body(role, (solid,), polygon(rectangle(*corners)), 0.0, ridge, ridge - 4.0)
    if role == "tree":
        x, y, high = r2(width - 2.0), r2(depth - 9.5), between(rng, 6.0, 15.0)
        solids = (box(x - 0.15, y - 0.15, x + 0.15, y + 0.15, 0.0, 2.0, "other", "trunk"), cone(x, y, 1.8, 2.0, high, kind="other", name="tree"))
        return Body(role, solids, polygon(rectangle(x - 1.8, y - 1.8, x + 1.8, y + 1.8)), 0.0, high)
    if role == "garden wall":
        return Body(role, ring_wall(0.0, 0.0, width, depth, 2.0), polygon(rectangle(0.0, 0.0, width, depth)).boundary.buffer(0.1), 0.0, 2.0)
    if role == "terrain":
        corners = (-3.0, -1.5, r2(width + 3.0), r2(depth + 3.0))
        return Body(role, (box(*corners, -0.25, -0.02, "other", "terrain"),), polygon(rectangle(*corners)), -0.25, -0.02)
    x, y = r2(width - 2.3), -6.5
    return Body(role, (box(x, y, x + 1.8, y + 4.3, 0.1, 1.5, "other", "car"),), polygon(rectangle(x, y, x + 1.8, y + 4.3)), 0.1, 1.5)
