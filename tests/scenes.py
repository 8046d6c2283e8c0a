"""Small scenes with numbers that can be verified by hand, shared by the tests of all rooms.

Local metres are shifted to ``ORIGIN`` (RD) and ``GROUND`` (NAP): x east, y north, z above the ground, which is peil.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
from shapely import Point, affinity, box

from drieluik.model import (
    Building3D,
    Design,
    LayerState,
    Parcel,
    Part,
    Placement,
    PlanArea,
    PlanValue,
    Provenance,
    RegisteredBuilding,
    Site,
    Terrain,
    TopographyObject,
    Tree,
)

ROOT = Path(__file__).resolve().parent.parent


def tracked() -> list[str]:
    """Return the files of the repository, relative to its root."""
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.splitlines()
    if not names:  # no git here (an unpacked zip)
        names = [str(p.relative_to(ROOT)) for p in ROOT.rglob("*") if not any(part.startswith(".") for part in p.relative_to(ROOT).parts)]
    return [name for name in names if (ROOT / name).is_file()]


ORIGIN = (100_000.0, 450_000.0)
GROUND = 1.0

BOX_FACES = np.array(
    [[0, 2, 1], [0, 3, 2], [4, 5, 6], [4, 6, 7], [0, 1, 5], [0, 5, 4], [1, 2, 6], [1, 6, 5], [2, 3, 7], [2, 7, 6]]
    + [[3, 0, 4], [3, 4, 7]]
)


def shift(geometry):
    """Return a shapely geometry in local metres at its RD place."""
    return affinity.translate(geometry, *ORIGIN)


def to_rd(vertices):
    """Return local (n, 3) vertices in RD + NAP."""
    return np.asarray(vertices, float) + np.array([*ORIGIN, GROUND])


def box_part(x0, y0, x1, y1, z0, z1, kind="building", fid="box") -> Part:
    """Return a closed box."""
    corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
    vertices = [(x, y, z) for z in (z0, z1) for x, y in corners]
    return Part(fid, to_rd(vertices), BOX_FACES.copy(), kind=kind, closed=True)


def gable_part(x0, y0, x1, y1, eaves, ridge, kind="building", fid="gable") -> Part:
    """Return a closed gabled body with its ridge along x halfway y."""
    middle = (y0 + y1) / 2
    profile = [(y0, 0.0), (y1, 0.0), (y1, eaves), (middle, ridge), (y0, eaves)]
    vertices = [(x, y, z) for x in (x0, x1) for y, z in profile]
    west = [[0, 2, 1], [0, 3, 2], [0, 4, 3]]
    east = [[5 + a, 5 + c, 5 + b] for a, b, c in west]
    sides = []
    for i in range(5):
        j = (i + 1) % 5
        sides += [[i, j, 5 + j], [i, 5 + j, 5 + i]]
    return Part(fid, to_rd(vertices), np.array(west + east + sides), kind=kind, closed=True)


def design(*parts: Part, name: str = "A", levels=()) -> Design:
    """Return a placed design of the given parts."""
    placement = Placement("rd_coordinates", *ORIGIN, 0.0, GROUND)
    record = Provenance("design", LayerState.LOADED, "test", "house.ifc", "0" * 8, "2026-01-01", "", len(parts))
    return Design(name, tuple(parts), placement, (record,), format="IFC4", levels=tuple(levels))


def plan_area(fid, kind, name, polygon, *values: PlanValue, belongs_to="") -> PlanArea:
    """Return a plan area given in local metres."""
    return PlanArea(
        fid, kind, name, shift(polygon), values, "NL.IMRO.9999.BP1", "Voorbeeldplan", "vastgesteld", "2024-05-01",
        "5.2", "", belongs_to,
    )


def maximum_height(value: float) -> PlanValue:
    """Return the plan value ``maximum bouwhoogte (m)``."""
    return PlanValue("bouwhoogte", "maximum", value, "m", f"maximum bouwhoogte (m)={value:g}")


def site(max_height: float = 9.0, **changes) -> Site:
    """Return a plot of 20 x 40 m with a street to the south, one neighbour, a bouwvlak (5,5)-(15,17) and flat ground."""
    plot = box(0, 0, 20, 40)
    bouwvlak = box(5, 5, 15, 17)
    neighbour = box(24, 5, 32, 15)
    house = gable_part(24, 5, 32, 15, 5.5, 9.0, fid="9999100000000001")
    semantics = np.array(["wall"] * len(house.faces))
    layers = {
        "plans": (
            plan_area("p1", "plangebied", "Voorbeeldplan", box(-60, -60, 80, 80)),
            plan_area("e1", "enkelbestemming", "Wonen", box(-40, 0, 60, 40)),
            plan_area("b1", "bouwvlak", "bouwvlak", bouwvlak, belongs_to="e1"),
            plan_area("m1", "maatvoering", "maximum bouwhoogte (m)", bouwvlak, maximum_height(max_height), belongs_to="b1"),
        ),
        "parcels": (
            Parcel("1", "Voorbeeldwijk A 1", shift(plot), 800.0),
            Parcel("2", "Voorbeeldwijk A 2", shift(box(20, 0, 40, 40)), 800.0),
        ),
        "registered_buildings": (RegisteredBuilding("9999100000000001", shift(neighbour), 1975, "Pand in gebruik", ("woonfunctie",)),),
        "topography": (
            TopographyObject("w1", "wegdeel", shift(box(-40, -3, 60, 0)), "voetpad", "open verharding"),
            TopographyObject("w2", "wegdeel", shift(box(-40, -9, 60, -3)), "rijbaan lokale weg", "gesloten verharding"),
            TopographyObject("g1", "begroeidterreindeel", shift(box(-40, -20, 60, -9)), "groenvoorziening"),
            TopographyObject("o1", "onbegroeidterreindeel", shift(box(-40, 0, 60, 40)), "erf"),
            TopographyObject("n1", "pand", shift(neighbour), building_id="9999100000000001"),
        ),
        "buildings3d": (Building3D("9999100000000001", house.triangles, semantics, "2.2", GROUND, GROUND + 8.0, "2022-03-01"),),
        "trees": (Tree("t1", shift(Point(-5, -12)), 8.0, 5.0),),
        "terrain": Terrain(np.full((240, 240), GROUND), ORIGIN[0] - 50, ORIGIN[1] + 70, 0.5),
    }
    layers.update(changes)
    if changes.get("registered_buildings") == () and "topography" not in changes:  # the map has no building either
        layers["topography"] = tuple(item for item in layers["topography"] if item.collection != "pand")
    records = tuple(
        Provenance(key, LayerState.LOADED, key, f"{key}.geojson", "0" * 8, "2026-01-01", "CC0 1.0", 1)
        for key in ("plans", "parcels", "bag", "bgt", "buildings3d", "terrain")
    )
    return Site((ORIGIN[0] + 10, ORIGIN[1] + 10), 60.0, provenance=records, **layers)
