"""What is right: worked out from the bodies' own numbers, never from the engine's code.

What is not settled (is an open roof a building, is a slender stack exempt, which level is peil) is read each admissible way. A verdict is false when an
admissible reading says otherwise; a world is decidable when all readings agree and none lies within what the data leave open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Optional

import shapely
from laws.designs import CONTEXT, OPEN, Body
from laws.worlds import World
from shapely import LineString, box
from shapely.geometry.base import BaseGeometry

OK, BAD = "complies", "violates"
EPSILON, EDGE = 0.005, 0.002
OVERSTEK, FOOTING = 1.0, 0.75
"""A roof that reaches no further from the facade has the overhang that plans name as minor, and no measure counts."""
WALL_M = 0.25
"""A strip outside every zone no wider than a wall is the noise of two drawings: the building has its height beside it, in the zone."""
SLACK = 1.3
"""How far beyond the stated uncertainty a margin must lie before a world is counted as decidable."""


@dataclass(frozen=True)
class Truth:
    """``never``: the verdicts that would be false; ``firm``: the verdict of a decidable world, '' of one that must be asked; ``why``: the numbers;
    ``value``: the likeliest reading, ``band`` what the data leave open of it."""

    never: frozenset[str]
    firm: str
    why: str
    value: float | None = None
    band: float = 0.0

    def wrong(self, verdict: str) -> bool:
        """Whether a verdict is false."""
        return verdict in self.never

    def softer(self) -> Truth:
        """The same, without counting on a firm verdict."""
        return replace(self, firm="")


def holds(value: float, operator: str, limit: float) -> bool:
    """Whether a value meets a limit, a rounding apart."""
    return {
        "<=": value <= limit + EPSILON, "<": value < limit - EPSILON, ">=": value >= limit - EPSILON, ">": value > limit + EPSILON,
    }[operator]


def settle(readings: Iterable[tuple[float, float]], operator: str, band: float = 0.0, sure: bool = True, why: str = "") -> Truth:
    """The truth of readings (value, limit) against one operator; ``band``: what the data leave open, ``sure``: count it as decidable."""
    pairs = list(readings)
    met = [holds(value, operator, limit) for value, limit in pairs]
    if any(abs(abs(value - limit) - EPSILON) < EDGE for value, limit in pairs):  # which side of the epsilon is a matter of rounding
        return Truth(frozenset(), "", f"{why} at the edge of the epsilon", pairs[0][0], band)
    never = frozenset(([OK] if not all(met) else []) + ([BAD] if any(met) else []))
    clear = all(abs(value - limit) > band * SLACK + (EPSILON if band else 0.0) for value, limit in pairs) or band == 0.0
    firm = (OK if all(met) else BAD) if sure and clear and len(set(met)) == 1 else ""
    said = ", ".join(f"{value:.3f} {operator} {limit:.3f}" for value, limit in sorted(set(pairs)))
    return Truth(never, firm, f"{why} {said}".strip(), pairs[0][0], band)


def joined(bodies: Iterable[Body]) -> BaseGeometry:
    """The union of the plans of bodies (local)."""
    return shapely.union_all([body.flat for body in bodies]) if bodies else shapely.MultiPolygon()


def walls_of(world: World) -> list[Body]:
    """What encloses above ground."""
    return [body for body in world.own if body.encloses]


def without(world: World, *roles: str) -> list[Body]:
    """The design's bodies but those of some roles."""
    return [body for body in world.own if body.role not in roles]


def has_context(world: World) -> bool:
    """Whether the file holds what is no part of the design."""
    return any(body.role in CONTEXT for body in world.bodies)


# ---------------------------------------------------------------- heights


def heights(world: World, part: Callable[[Body], float | None], limit: float, operator: str = "<=") -> Truth:
    """Of the whole design against one limit; ``part`` gives a body's height, None where it has none."""
    sure = [value for body in world.own if body.role not in ("chimney", "cellar") and (value := part(body)) is not None]
    stacks = [value for body in world.of("chimney") if (value := part(body)) is not None] if not world.named else []
    tops = {max(sure)} | {max([*sure, *stacks])}
    band = 0.0 if world.peil_told else 0.10
    open_part = any(body.role in ("balcony", "carport", "veranda") for body in world.own)
    return settle([(top - level, limit) for top in tops for level in world.peils], operator, band, not has_context(world) and not open_part)


def top_of(body: Body) -> float | None:
    """A body's highest point above peil."""
    return body.high


def eaves_of(body: Body) -> float | None:
    """A body's highest goot above peil; open things and stacks have none here."""
    return body.eaves if body.role in ("main", "extension", "shed", "cantilever", "overhang") else None


Part = Callable[[Body, tuple[float, float, float, float]], Optional[float]]
"""The height of a body over a rectangle, None where that is not known."""


def zoned(world: World, name: str, part: Part) -> Truth | None:
    """Against the plan's own values: what stands in each zone must meet its value; what stands in none is not free of limits."""
    met: list[Truth] = []
    bodies = [body for body in world.own if body.encloses or body.role == "overhang" or (body.role == "chimney" and not world.named)]
    for zone in world.zones:
        area = box(*zone.corners)
        inside = [body for body in bodies if shapely.intersection(body.flat, area).area > 0.01]
        if any(0 < shapely.intersection(body.flat, area).area < 0.4 for body in bodies):
            return None  # a hair over the line: what stands in the zone is a matter of rounding
        values = [(body.role, part(body, zone.corners)) for body in inside]
        if any(value is None for _, value in values):
            return None
        sure = [value for role, value in values if role != "chimney" and value is not None]
        every = [value for _, value in values if value is not None]
        if not every:
            continue
        tops = {max(every)} | ({max(sure)} if sure else set())
        met.append(settle([(top - level, zone.values[name]) for top in tops for level in world.peils], "<=", 0.0 if world.peil_told else 0.10))
    return _over_zones(world, met, joined([body for body in bodies if body.encloses]), name, part)


def _over_zones(world: World, met: Sequence[Truth], walls: BaseGeometry, name: str, part: Part) -> Truth | None:
    covered = shapely.union_all([box(*zone.corners) for zone in world.zones])
    loose = not shapely.buffer(shapely.difference(walls, covered), -WALL_M / 2).is_empty
    if not met:
        return None
    why = "; ".join(truth.why for truth in met)
    clash = len(met) > 1 and world.zoning == "overlap" and met[0].firm != met[1].firm
    if clash and met[1].firm == OK:  # the smaller area's milder value may go first (lex specialis), or the strictest
        (x0, y0, x1, y1), (x, y, _, _) = world.zones[0].corners, world.zones[1].corners
        tops = [top for rest in ((x0, y0, x, y1), (x, y0, x1, y)) for body in world.of("main", "overhang") if (top := part(body, rest)) is not None]
        at_least = max(tops, default=0.0) - max(world.peils)
        both = at_least > world.zones[0].values[name] + (EPSILON if world.peil_told else 0.15)  # what stands beside the smaller area is above its own value too
        return Truth(frozenset((OK,) if both else (OK, BAD)), "", f"two values for one place: {why}")
    every_bad = any(BAD not in truth.never for truth in met)  # one zone in which no reading is met decides
    never = frozenset(([OK] if loose or any(OK in truth.never for truth in met) else []) + ([] if every_bad else [BAD]))
    firms = {truth.firm for truth in met}
    firm = BAD if BAD in firms else "" if loose or "" in firms else OK
    soft = has_context(world) or clash or any(body.role in ("balcony", "carport", "veranda") for body in world.own)
    return Truth(never, "" if soft else firm, f"{why}{' and a part outside every zone' if loose else ''}")


# ---------------------------------------------------------------- areas


def with_doubt(
    world: World, measured: Callable[[list[Body]], float], doubtful: Sequence[str], limit: float, operator: str, band: float = 0.0, lenient: Sequence[str] = (),
    covering: bool = False,
) -> Truth:
    """Readings with and without what may count; ``lenient``: roles of which a firm BAD is no falsehood either (the plan's text may count them);
    ``covering``: it is measured how much ground is covered."""
    sure = walls_of(world)
    more = [body for body in world.own if body.role in doubtful and (not _slight(world, body) or (covering and _over_a_notch(world, body)))]
    truth = settle([(measured(sure), limit), (measured([*sure, *more]), limit)], operator, band, not has_context(world))
    if any(body.role in lenient for body in more):
        truth = replace(truth, never=truth.never - {BAD} if OK in truth.never else truth.never)
    return truth


def _slight(world: World, body: Body) -> bool:
    """Whether a body is an overhang as any roof has, or a cellar that reaches out no further than a footing."""
    if body.role == "cellar":
        return bool(shapely.buffer(shapely.difference(body.flat, joined(walls_of(world))), -FOOTING / 2).is_empty)
    return body.role == "overhang" and reach_of(world, body) <= OVERSTEK


def _over_a_notch(world: World, body: Body) -> bool:
    """Whether a roof covers more beside the walls than the overhang that any roof has: the notch of an L, over which it is a roof by itself."""
    around = shapely.buffer(world.built.bodies[0].flat, OVERSTEK, join_style="mitre")
    return body.role == "overhang" and bool(shapely.difference(body.flat, around).area > 0.01)


def reach_of(world: World, body: Body) -> float:
    """How far a body reaches from the main body's walls (m), square to them."""
    own, main = body.flat.bounds, world.built.bodies[0].flat.bounds
    return max(main[0] - own[0], main[1] - own[1], own[2] - main[2], own[3] - main[3])


def outside_plane(world: World, counts_open: str, overshoot: float | None) -> Truth:
    """Building within the bouwvlak; ``counts_open``: gebouw | bouwwerk | '' (what the rule says it is about)."""

    def area(bodies: list[Body]) -> float:
        return float(shapely.difference(joined(bodies), world.plane).area) if bodies else 0.0

    def excused(body: Body) -> bool:
        own, plane = body.flat.bounds, world.plane.bounds
        deep = max(*(plane[side] - own[side] for side in (0, 1)), *(own[side] - plane[side] for side in (2, 3)))  # square to the bouwgrens
        return world.named and overshoot is not None and body.role in ("balcony", "overhang") and deep <= overshoot - 0.02

    doubtful = [body.role for body in world.own if body.role in ("balcony", "overhang", "cellar") and not excused(body)]
    ports = world.of("carport", "veranda")
    if ports and counts_open != "gebouw":
        doubtful += ["carport", "veranda"]
    doubtful += ["terrace"] if counts_open != "gebouw" else []
    truth = with_doubt(world, area, doubtful, 0.0, "<=", 0.0, (*OPEN, "terrace") if counts_open == "bouwwerk" else OPEN)
    excusable = any(body.role in (*OPEN, "terrace") and area([body]) > 0 for body in world.own)
    if ports and not counts_open and area([*walls_of(world), *world.of("balcony", "overhang", "cellar")]) <= EPSILON:
        return Truth(frozenset(), "", "an open carport outside, and the rule does not say what it is about")
    slight = 0.0 < area(walls_of(world)) < 0.05
    return truth.softer() if excusable or slight else truth


def coverage(world: World, word: str, counts: str, limit: float) -> Truth:
    """Built share (%) of the plot, the bouwvlak or the bestemmingsvlak."""
    reference = {"bouwperceel": world.plot, "bouwvlak": world.plane, "bestemmingsvlak": box(-25, 0, world.width + 25, world.depth)}[word]
    old = [item.flat for item in world.standing if shapely.intersection(item.flat, reference).area > 0.01]

    def share(bodies: list[Body]) -> float:
        built = shapely.intersection(shapely.union_all([joined(bodies), *old]), reference)
        return 100.0 * float(built.area) / float(reference.area)

    edge = sum(float(shape.length) for shape in old)
    band = 100.0 * edge * 0.2 / float(reference.area)
    doubtful = ["cellar", "overhang", "balcony", *(["carport", "veranda", "terrace"] if counts == "bouwwerken" else [])]
    lenient = (*OPEN, "terrace") if counts == "bouwwerken" else OPEN  # a terrace is a bouwwerk
    truth = with_doubt(world, share, doubtful, limit, "<=", band, lenient, covering=True)
    over = word == "bouwperceel" and not world.parcels_told and shapely.difference(joined(walls_of(world)), world.plot).area > 0.01
    return truth.softer() if over else truth


def area(world: World, limit: float) -> Truth:
    """Area (m2) of what encloses."""
    return with_doubt(world, lambda bodies: float(joined(bodies).area), ("carport", "veranda", "cellar", "overhang"), limit, "<=", 0.0, OPEN, covering=True)


def volume(world: World, limit: float, base: str) -> Truth:
    """Gross volume (m3) above the ground floor's ``base``: underside | top | '' (the plan does not say). Stacks may count; a cellar where the base is
    not said."""
    sure = walls_of(world)
    below = sum(body.base_doubt_m3 for body in sure)
    beside = below and 0.3 * sum(body.flat.area for body in sure if not body.base_doubt_m3)
    within = joined(sure)  # "de buitenzijde van de gevels": a roof plate counts over them, not beyond; a carport has none
    plates = sum(shapely.intersection(body.flat, within).area * (body.high - body.low) for body in world.of("overhang"))
    low = sum(body.volume for body in sure) + plates + (below if base == "underside" else 0.0)
    most = low + (0.0 if base else below) + (0.0 if base == "top" else beside) + sum(body.volume for body in world.of("chimney"))
    most += 0.0 if base else sum(body.flat.area * 2.4 for body in world.of("cellar"))
    return settle([(low, limit), (most, limit)], "<=", 0.02 * low, not has_context(world))


def storeys(world: World, limit: int) -> Truth:
    """Number of bouwlagen. Where neither floors nor levels show, or a roof may hold one more, it is open; a list that leaves a floor out is no proof."""
    count, top = len(world.built.floors), world.built.bodies[0].eaves
    sloped, seen = world.built.style in ("gable", "hip"), world.built.style == "walls" or world.with_levels == "all"
    low, high = (count, count) if seen else (min(int(top / 3.5), count), max(int(top / 2.6), count))
    truth = settle([(float(low), float(limit)), (float(high), float(limit))], "<=", 0.0, not has_context(world))
    plain = world.with_levels == "all" and not sloped and world.peil_told and not world.of("cellar")
    return truth if plain else truth.softer()


def pitch(world: World, low: float, high: float) -> Truth | None:
    """Every main roof plane within low..high degrees; other planes (flat extensions) may or may not count."""
    planes = world.built.bodies[0].pitches
    margins = [min(value - low, high - value) for value, _ in planes]
    alone = all(body.role in ("main", "chimney", "cellar", "balcony") for body in world.bodies)
    met = [holds(value, ">=", low) and holds(value, "<=", high) for value, _ in planes]
    clear = all(abs(margin) > 0.3 for margin in margins)
    never = frozenset(([OK] if not all(met) else []) + ([BAD] if all(met) and alone else []))
    return Truth(never, ((OK if all(met) else BAD) if clear and alone and len(set(met)) == 1 else ""), f"pitches {[round(value, 2) for value, _ in planes]} in {low}..{high}")


# ---------------------------------------------------------------- distances


def side_distance(world: World, limit: float, doubt: float) -> Truth:
    """Shortest distance to the side boundaries of the plot."""
    sides = shapely.union_all([LineString([(0, 0), (0, world.depth)]), LineString([(world.width, 0), (world.width, world.depth)])])

    def near(bodies: list[Body]) -> float:
        return float(joined(bodies).distance(sides))

    truth = with_doubt(world, near, ("balcony", "overhang", "cellar", "carport", "veranda"), limit, ">=", doubt, OPEN)
    told = "side_boundaries" in world.answers
    return truth if told else truth.softer()


def extent(world: World, across: bool, limit: float) -> Truth:
    """Depth (``across`` the front) or width of the largest body in one piece."""

    def longest(bodies: list[Body]) -> float:
        pieces = shapely.get_parts(shapely.union_all([body.flat.buffer(1e-6, join_style="mitre") for body in bodies]))
        return max(float(p.bounds[3] - p.bounds[1] if across else p.bounds[2] - p.bounds[0]) for p in pieces)

    truth = with_doubt(world, longest, ("balcony", "overhang", "cellar", "veranda"), limit, "<=", 0.0, OPEN)
    return truth if "front_boundary" in world.answers else truth.softer()


def from_others(world: World, limit: float) -> Truth | None:
    """Shortest distance to the registered buildings on other plots."""
    others = [item.flat for item in world.standing if not item.own]
    if not others or any(item.own for item in world.standing):
        return None
    every = shapely.union_all(others)
    return with_doubt(world, lambda bodies: float(joined(bodies).distance(every)), ("balcony", "overhang", "cellar", "carport", "veranda"), limit, ">=", 0.2, OPEN)


def in_front(world: World, y: float) -> Truth:
    """Nothing before the line at ``y`` (the road lies at y < 0)."""

    def before(bodies: list[Body]) -> float:
        return y - float(joined(bodies).bounds[1])

    return with_doubt(world, before, ("balcony", "overhang", "cellar", "carport", "veranda"), 0.0, "<=", 0.0, OPEN)


def over_road(world: World) -> Truth:
    """Area (m2) of anything of the design over the footpath and the road."""
    road = box(-40, -9, 60, 0)
    parts = [body for body in world.own if body.role != "cellar"]
    value = float(shapely.intersection(joined(parts), road).area)
    deep = max(0.0, -min(float(body.flat.bounds[1]) for body in parts))
    cellars = any(body.flat.bounds[1] < 0.0 for body in world.of("cellar"))
    sure = not has_context(world) and not cellars and ((deep == 0.0 and joined(parts).bounds[1] > 0.3) or deep > 0.3)
    return settle([(value, 0.0)], "<=", 0.0, sure, f"{deep:.2f} m over the road")


def secondary_area(world: World, limit: float) -> Truth | None:
    """Joint area of the sheds, new and old: those that the officer named (``secondary_at``)."""
    sheds = world.of("shed")
    if not sheds:
        return None
    old = [item.flat for item in world.standing if item.own and not item.uses]
    value = float(shapely.union_all([joined(sheds), *old]).area)
    band = 0.5 * sum(float(shape.length) * 0.2 for shape in old)
    return settle([(value, limit)], "<=", band, not has_context(world) and not world.of("carport", "veranda"))


def open_roof(world: World, limit: float) -> Truth:
    """Height of the veranda against a rule about overkappingen: such a rule never vanishes."""
    (body,) = world.of("veranda")
    sure = not has_context(world) and not world.of("carport")
    found = settle([(body.high - level, limit) for level in world.peils], "<=", 0.0 if world.peil_told else 0.10, sure)
    return replace(found, never=found.never | {"not_applicable"})


def no_shed(world: World) -> Truth:
    """Area of bijgebouwen where nothing but a terrace lies behind the house: none of it counts."""
    return Truth(frozenset([BAD]), "", "a terrace is no bijgebouw")


def answered(world: World, **more: Any) -> World:
    """The world with more answers."""
    return replace(world, answers={**world.answers, **more})
