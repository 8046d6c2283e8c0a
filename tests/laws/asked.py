"""The rules of a world: each a rule as a rule file would hold it, with what is right."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

import shapely
from laws import truth as right
from laws.designs import Body, r2
from laws.truth import Truth
from laws.worlds import World

from drieluik.model import LegalSource, Limit, Rule

LEGAL = (LegalSource("Omgevingsplan Wetten", "5.2", "made for a test"),)
CHANGES = (8.0, 2.0, 0.7, 0.15, 0.03, 0.0, -0.03, -0.15, -0.7, -2.0, -8.0)


@dataclass(frozen=True, eq=False)
class Asked:
    """A rule with what is right of it."""

    rule: Rule
    truth: Truth

    @property
    def id(self) -> str:
        """The rule's id."""
        return self.rule.id


def rule(ident: str, check: str, limit: Limit | None = None, applies_to: tuple[str, ...] = (), **measure: object) -> Rule:
    """A rule of a file."""
    return Rule(ident, check, {"nl": ident, "en": ident}, LEGAL, limit, measure=measure, applies_to=applies_to)


def make_rules(world: World) -> tuple[Asked, ...]:
    """Return seven rules of a world, always the same of the same seed, and those that what stands or lies behind the house is for."""
    rng = random.Random(f"drieluik-rules-{world.seed}")
    found = []
    for name in rng.sample(sorted(MAKERS), len(MAKERS)):
        asked = MAKERS[name](rng, world)
        if asked is not None:
            found.append(asked)
        if len(found) == 7:
            break
    more = random.Random(f"drieluik-more-rules-{world.seed}")
    return (*found, *(asked for make in MORE.values() if (asked := make(more, world)) is not None))


def near(rng: random.Random, value: float, scale: float = 1.0) -> float:
    """A limit around a value, in hundredths."""
    return max(r2(value + scale * rng.choice(CHANGES)), 0.0)


def _height(rng: random.Random, world: World) -> Asked:
    limit = near(rng, max(body.high for body in world.own if body.role != "chimney"))
    return Asked(rule("height", "max_building_height", Limit("<=", "m", limit)), right.heights(world, right.top_of, limit))


def _eaves(rng: random.Random, world: World) -> Asked:
    limit = near(rng, world.built.bodies[0].eaves)
    return Asked(rule("eaves", "max_eaves_height", Limit("<=", "m", limit)), right.heights(world, right.eaves_of, limit))


def _zoned_height(rng: random.Random, world: World) -> Asked | None:
    def part(body: Body, zone: tuple[float, float, float, float]) -> float | None:
        return body.height_over(*zone)

    found = right.zoned(world, "bouwhoogte", part)
    return Asked(rule("zoned-height", "max_building_height", Limit("<=", "m", from_plan="bouwhoogte")), found) if found else None


def _zoned_eaves(rng: random.Random, world: World) -> Asked | None:
    if world.zoning in ("split", "gap", "overlap") and world.built.style in ("gable", "hip"):
        return None

    def part(body: Body, zone: tuple[float, float, float, float]) -> float | None:
        return right.eaves_of(body) or 0.0

    found = right.zoned(world, "goothoogte", part)
    return Asked(rule("zoned-eaves", "max_eaves_height", Limit("<=", "m", from_plan="goothoogte")), found) if found else None


def _plane(rng: random.Random, world: World) -> Asked:
    word, overshoot = rng.choice(("", "gebouw", "bouwwerk")), rng.choice((None, 0.5, 1.0, 1.5))
    measure = {} if overshoot is None else {"minor_overshoot_m": overshoot}
    about = (word,) if word else ()
    return Asked(rule("plane", "within_building_plane", applies_to=about, **measure), right.outside_plane(world, word, overshoot))


def _coverage(rng: random.Random, world: World) -> Asked:
    word, counts = rng.choice(("bouwperceel", "bouwperceel", "bouwvlak", "bestemmingsvlak")), rng.choice(("gebouwen", "bouwwerken"))
    base = {"bouwperceel": world.plot, "bouwvlak": world.plane}.get(word, shapely.box(-25, 0, world.width + 25, world.depth))
    walls = shapely.intersection(right.joined(right.walls_of(world)), base).area
    limit = max(1.0, round(100.0 * walls / base.area + rng.choice((-12, -3, -0.5, 0.5, 3, 12)), 1))
    measured = rule("coverage", "max_coverage_pct", Limit("<=", "%", limit), denominator=word, counts=counts)
    return Asked(measured, right.coverage(world, word, counts, limit))


def _area(rng: random.Random, world: World) -> Asked:
    limit = near(rng, right.joined(right.walls_of(world)).area, 2.0)
    return Asked(rule("area", "max_area", Limit("<=", "m2", limit), body="all"), right.area(world, limit))


def _volume(rng: random.Random, world: World) -> Asked:
    value = sum(body.volume for body in right.walls_of(world))
    limit = round(value * rng.choice((0.7, 0.9, 0.97, 1.03, 1.1, 1.4)))
    base = rng.choice(("underside", "underside", "top", ""))
    measure = {"volume_base": base} if base else {}
    return Asked(rule("volume", "max_volume", Limit("<=", "m3", float(limit)), **measure), right.volume(world, limit, base))


def _storeys(rng: random.Random, world: World) -> Asked:
    limit = max(1, len(world.built.floors) + rng.choice((-1, 0, 0, 1)))
    return Asked(rule("storeys", "max_storeys", Limit("<=", "bouwlagen", float(limit))), right.storeys(world, limit))


def _pitch(rng: random.Random, world: World) -> Asked | None:
    low, high = rng.choice(((30.0, 60.0), (35.0, 45.0), (0.0, 40.0)))
    found = right.pitch(world, low, high)
    return Asked(rule("pitch", "roof_pitch_range", Limit("between", "deg", low=low, high=high)), found) if found else None


def _side(rng: random.Random, world: World) -> Asked:
    x0, _, x1, _ = right.joined(right.walls_of(world)).bounds
    limit = max(0.5, near(rng, min(x0, world.width - x1), 0.5))
    return Asked(rule("side", "min_distance_side_boundary", Limit(">=", "m", limit), body="all"), right.side_distance(world, limit, 0.2))


def _extent(rng: random.Random, world: World, across: bool) -> Asked:
    x0, y0, x1, y1 = world.built.bodies[0].flat.bounds
    limit = max(2.0, near(rng, y1 - y0 if across else x1 - x0, 0.7))
    name = "depth" if across else "width"
    return Asked(rule(name, f"max_{name}", Limit("<=", "m", limit)), right.extent(world, across, limit))


def _depth(rng: random.Random, world: World) -> Asked:
    return _extent(rng, world, True)


def _width(rng: random.Random, world: World) -> Asked:
    return _extent(rng, world, False)


def _between(rng: random.Random, world: World) -> Asked | None:
    others = [item.flat for item in world.standing if not item.own]
    if not others:
        return None
    value = right.joined(right.walls_of(world)).distance(shapely.union_all(others))
    limit = max(0.5, near(rng, value, 0.6))
    found = right.from_others(world, limit)
    said = {"between": "others", "where": "all"}  # what a rule does not say is asked: the truth is that of a rule that says it
    return Asked(rule("between", "min_distance_buildings", Limit(">=", "m", limit), **said), found) if found else None


def _line(rng: random.Random, world: World) -> Asked | None:
    y = rng.choice((world.bouwvlak[1], r2(world.built.bodies[0].flat.bounds[1]), r2(world.built.bodies[0].flat.bounds[1] - 0.5)))
    if y <= 0.2:
        return None
    line = {"lines": [[world.frame.at(-6, y), world.frame.at(world.width + 6, y)]], "reason": "made for a test"}
    world.answers["facade_line"] = line
    return Asked(rule("line", "facade_line", mode="not_in_front"), right.in_front(world, y))


def _road(rng: random.Random, world: World) -> Asked:
    return Asked(rule("road", "public_space_overlap", Limit("<=", "m2", 0.0)), right.over_road(world))


def _secondary(rng: random.Random, world: World) -> Asked | None:
    sheds = world.of("shed")
    if not sheds:
        return None
    limit = max(4.0, near(rng, sheds[0].flat.area, 2.0))
    found = right.secondary_area(world, limit)
    middle = sheds[0].flat.centroid
    world.answers["secondary_at"] = {"value": [world.frame.at(middle.x, middle.y)], "reason": "made for a test"}
    return Asked(rule("secondary", "secondary_buildings", max_total_area_m2=limit), found) if found else None


MAKERS: dict[str, Callable[[random.Random, World], Asked | None]] = {
    "height": _height, "eaves": _eaves, "zoned height": _zoned_height, "zoned eaves": _zoned_eaves, "plane": _plane, "coverage": _coverage, "area": _area,
    "volume": _volume, "storeys": _storeys, "pitch": _pitch, "side": _side, "depth": _depth, "width": _width, "between": _between, "line": _line,
    "road": _road, "secondary": _secondary,
}


def _open_roof(rng: random.Random, world: World) -> Asked | None:
    bodies = world.of("veranda")
    if not bodies:
        return None
    limit, word = near(rng, bodies[0].high), rng.choice(("overkapping", "bijbehorend bouwwerk"))
    truth = right.open_roof(world, limit)
    alone = word == "overkapping" or not world.of("shed", "extension", "carport")  # of several the highest decides
    return Asked(rule("open-roof", "max_building_height", Limit("<=", "m", limit), (word,)), truth if alone else Truth(frozenset(["not_applicable"]), "", truth.why))


def _no_shed(rng: random.Random, world: World) -> Asked | None:
    if not world.of("terrace") or world.of("shed", "carport", "extension") or any(item.own for item in world.standing):
        return None
    return Asked(rule("no-shed", "secondary_buildings", applies_to=("bijgebouw",), max_total_area_m2=1.0), right.no_shed(world))


MORE: dict[str, Callable[[random.Random, World], Asked | None]] = {"open roof": _open_roof, "no shed": _no_shed}
