"""An extension beside the house that stands, with the house drawn along in its file, and the house with its extension as one design."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import shapely
from laws.asked import near, rule
from laws.designs import Body, extension
from laws.worlds import Scene, World, design_of, site_of

from drieluik.model import Address, Building3D, LayerState, Limit, RegisteredBuilding, Rule, Ruleset, Site

HOUSE = "9999100000000099"
NAMES = ("depth", "coverage", "volume", "area")


def three_ways(rng: random.Random, world: World) -> tuple[Scene, Scene, Scene] | None:
    """The extension alone beside the registered house, the extension in a file that draws the house along while no register has it, and both
    as the design; None where the house's make does not suit."""
    main = world.built.bodies[0]
    if world.built.style == "walls":
        return None
    body = extension(rng, world.built, (world.width, world.depth))
    if body is None:
        return None
    rules = _rules(rng, world, main, body)
    house = replace(world, bodies=(main, body), with_levels="none")
    site = _with_house(house, main)
    alone = replace(house, bodies=(body,))
    both, rulesets = design_of(house), (Ruleset("laws", "1", {}, rules),)
    old = {part.fid: "existing" for part in both.parts[: len(main.solids)]}
    return (
        Scene(site, design_of(alone), rulesets, dict(world.answers)),
        Scene(site_of(house), both, rulesets, {**world.answers, "roles": old}),
        Scene(site, both, rulesets, dict(world.answers)),
    )


def _rules(rng: random.Random, world: World, main: Body, body: Body) -> tuple[Rule, ...]:
    _, y0, _, y1 = shapely.union(main.flat, body.flat).bounds
    built = main.flat.area + body.flat.area
    old = sum(float(item.flat.area) for item in world.standing if item.own)
    share = round(100.0 * (built + old) / world.plot.area + rng.choice((-12.0, -5.0, 5.0, 12.0)), 1)
    return (
        rule("depth", "max_depth", Limit("<=", "m", near(rng, y1 - y0, 0.7))),
        rule("coverage", "max_coverage_pct", Limit("<=", "%", max(share, 1.0)), denominator="bouwperceel", counts="gebouwen"),
        rule("volume", "max_volume", Limit("<=", "m3", round((main.volume + body.volume) * rng.choice((0.6, 0.85, 1.15, 1.4)))), volume_base="underside"),
        rule("area", "max_area", Limit("<=", "m2", round(built * rng.choice((0.6, 0.85, 1.15, 1.4)), 1)), include_existing=False),
    )


def _with_house(world: World, main: Body) -> Site:
    """The site with the main body as a building that stands: in the register, with an address, and modelled."""
    frame, site = world.frame, site_of(world)
    solid = main.solids[0]
    triangles = frame.points(solid.vertices)[solid.faces]
    low, high = triangles[:, :, 2].min(axis=1), triangles[:, :, 2].max(axis=1)
    words = ["roof" if a > frame.peil + 1.0 else "ground" if b < frame.peil + 0.1 else "wall" for a, b in zip(low, high)]
    model = Building3D(HOUSE, triangles, np.array(words), "2.2", frame.peil, frame.peil + main.high - 1.0, "2022-03-01")
    flat = frame.shape(main.flat)
    pand = RegisteredBuilding(HOUSE, flat, 1968, "Pand in gebruik", ("woonfunctie",))
    address = Address("v99", "Straat 99", flat.centroid, (HOUSE,), ("woonfunctie",))
    records = tuple(replace(r, state=LayerState.LOADED, count=r.count + 1) if r.layer in ("bag", "buildings3d") else r for r in site.provenance)
    return replace(
        site, registered_buildings=(*site.registered_buildings, pand), addresses=(*site.addresses, address),
        buildings3d=(*site.buildings3d, model), provenance=records,
    )
