"""What a layer of the surroundings may hold that nobody saw: the contents that ``test_unseen`` tries in place of a layer that failed.

Each is told in local metres beside the scenes of ``finding_scenes`` (a house on 5..15 by 5..15 of a plot 0..20 by 0..40, a street to the south).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from finding_scenes import CASES, GROUND, ORIGIN, drawn, on, plan_area, shift, value
from shapely import Point, box

from drieluik.model import Address, Building3D, LayerState, LegalSource, Limit, Parcel, Provenance, RegisteredBuilding, Rule, Ruleset, Terrain, TopographyObject
from drieluik.review import review
from scenes import box_part, design

FIELDS = {
    "plans": ("plans", "plan_documents"), "bag": ("registered_buildings", "planned_buildings", "addresses"), "parcels": ("parcels",),
    "bgt": ("topography", "trees"), "terrain": ("terrain", "surface"), "buildings3d": ("buildings3d",),
}
NOTHING = {"terrain": None, "surface": None}
SEMANTICS = np.array(["ground"] * 2 + ["roof"] * 2 + ["wall"] * 8)


def solid(number, x0, y0, x1, y1, high):
    return Building3D(f"99991000000001{number:02d}", box_part(x0, y0, x1, y1, 0, high).triangles, SEMANTICS, "2.2", GROUND, GROUND + high, "2022-03-01")


def pand(number, *corners, uses=("woonfunctie",), status="Pand in gebruik"):
    return RegisteredBuilding(f"99991000000001{number:02d}", shift(box(*corners)), 1970, status, uses)


def tile(number, kind, *corners, function="", building=""):
    return TopographyObject(f"t{number}", kind, shift(box(*corners)), function, building_id=building)


def flat(height):
    return Terrain(np.full((400, 400), height), ORIGIN[0] - 100, ORIGIN[1] + 100, 0.5)


AGAINST, SHED, BESIDE, ROUND = (5, 15.1, 15, 23), (1, 28, 9, 39), (15.6, 5, 19, 15), (3, 3, 16, 26)
CONTENTS = {
    "bag": (
        {}, {"registered_buildings": (pand(1, *AGAINST), pand(2, *SHED, uses=()))}, {"registered_buildings": (pand(3, *BESIDE),)},
        {"registered_buildings": (pand(4, *SHED), pand(5, 24, 5, 32, 15)), "addresses": (Address("a9", "Weg 9", shift(Point(2, 33)), ("9999100000000104",), ("woonfunctie",)),)},
        {"planned_buildings": (pand(6, *BESIDE, status="Bouwvergunning verleend"), pand(7, *SHED, status="Bouwvergunning verleend"))},
        {"registered_buildings": (pand(8, *ROUND),)},
    ),
    "bgt": (
        {}, {"topography": (tile(1, "overigbouwwerk", *SHED), tile(2, "wegdeel", -40, -9, 60, 0, function="rijbaan lokale weg"))},
        {"topography": (tile(3, "pand", *BESIDE), tile(4, "pand", *AGAINST), tile(5, "wegdeel", -40, 40, 60, 49, function="rijbaan lokale weg"))},
        {"topography": (tile(6, "wegdeel", 0, 0, 8, 40, function="voetpad"), tile(7, "onbegroeidterreindeel", 0, 20, 60, 40, function="erf"))},
        {"topography": (tile(8, "waterdeel", -40, -40, 60, 40),)},
    ),
    "parcels": tuple(
        {"parcels": tuple(Parcel(f"9{n}", f"V B 9{n}", shift(box(*c))) for n, c in enumerate(shapes))}
        for shapes in (((-40, -40, 60, 60),), ((4.9, 4.9, 15.1, 15.1),), ((0, 0, 14.8, 40), (14.8, 0, 40, 40)), ((0, 0, 8, 40), (8, 0, 20, 40)), ((0, 0, 20, 20), (0, 20, 20, 44)))
    ),
    "plans": (
        {}, {"plans": (plan_area("e8", "enkelbestemming", "Wonen", box(-40, 0, 60, 40)), plan_area("b8", "bouwvlak", "bouwvlak", box(5, 5, 12, 12)),
             *(drawn(value(name, 1.0, unit), fid=f"x{n}", shape=box(-40, -40, 60, 60)) for n, (name, unit) in enumerate(
                 (("bouwhoogte", "m"), ("goothoogte", "m"), ("bebouwingspercentage", "%"), ("oppervlakte", "m2"), ("volume", "m3"), ("aantal bouwlagen", "")))))},
        {"plans": (plan_area("e9", "enkelbestemming", "Wonen", box(-40, 0, 60, 40)), plan_area("b9", "bouwvlak", "bouwvlak", box(-40, 0, 60, 40)),
             plan_area("o9", "gebiedsaanduiding", "vrijwaringszone - molenbiotoop", box(-90, -90, 90, 90)),
             plan_area("d9", "dubbelbestemming", "Leiding - Hoogspanningsverbinding", box(-90, -90, 90, 90)),
             *(drawn(value(name, 900.0, unit), fid=f"y{n}", shape=box(-40, -40, 60, 60)) for n, (name, unit) in enumerate(
                 (("bouwhoogte", "m"), ("goothoogte", "m"), ("bebouwingspercentage", "%"), ("oppervlakte", "m2"), ("volume", "m3"), ("aantal bouwlagen", "")))))},
    ),
    "terrain": ({}, {"terrain": flat(GROUND - 0.4)}, {"terrain": flat(GROUND + 0.4)}),
    "buildings3d": ({}, {"buildings3d": (solid(1, *AGAINST, 25), solid(3, *BESIDE, 12))}, {"buildings3d": (solid(9, -40, -12, 50, -10, 30),)}),
}
"""By layer: what it may hold; the first is nothing."""


def with_layer(site, layer, held, state):
    """Return a site of which one layer holds something else, in a state."""
    empty = {name: NOTHING.get(name, ()) if name in NOTHING else () for name in FIELDS[layer]}
    records = tuple(replace(r, state=state) if r.layer == layer else r for r in site.provenance)
    if not any(r.layer == layer for r in records):
        records = (*records, Provenance(layer, state, layer))
    return replace(site, provenance=records, **{**empty, **held})


def site_of(name):
    return CASES[name][2] or on()


def found(name, site):
    """Return the findings of a case of ``finding_scenes`` on another site."""
    check, parts, _, answers, op, limit, unit, attribute, levels, more, measure = CASES[name]
    ends = {"low": limit[0], "high": limit[1]} if isinstance(limit, tuple) else {"value": limit}
    bound = Limit(op, unit, from_plan=attribute or None, **ends) if limit is not None or attribute else None
    rule = Rule(check, check, {"nl": check}, (LegalSource("Voorbeeldplan", "5.2"),), bound, measure=measure, **more)
    return review(site, design(*parts, levels=levels), Ruleset("t", "1", {}, (rule,)), answers)


def without(name, layer):
    """Return the findings of a case without a layer."""
    return found(name, with_layer(site_of(name), layer, {}, LayerState.FAILED))


def contents(name, layer):
    """Yield the sites of a case with each thing that a layer may hold, its own first."""
    site = site_of(name)
    yield site
    for held in CONTENTS[layer]:
        state = LayerState.LOADED if held else LayerState.EMPTY
        if held or layer != "parcels":
            yield with_layer(site, layer, held, state)
