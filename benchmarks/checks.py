"""All zoning checks (A1 to A17) on one large design, against one union of that design by manifold3d, in one run: quote the ratios.

    .venv/bin/python benchmarks/checks.py [--triangles 50000] [--zones 200] [--runs 3]

The design is a row of houses of closed parts (walls, floors, roofs, dormers, window frames), the plan a patchwork of zones with heights, eaves, pitch,
coverage, area, volume and storeys. The checks run in the order of the registry on a design that nothing was measured of yet, as in a review: what several
need (footprint, roof, eaves) is in the time of the first that asks. Union and checks alternate. Then the cost of one more zone under the design.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import manifold3d
import numpy as np
from shapely import LineString, box
from shapely.geometry.base import BaseGeometry

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

import scenes  # noqa: E402
from drieluik.checks import REGISTRY, Context  # noqa: E402
from drieluik.measure.plane.solids import union  # noqa: E402
from drieluik.model import Design, Finding, LegalSource, Level, Limit, PlanValue, Rule, Site, TopographyObject  # noqa: E402
from drieluik.review import run_rule  # noqa: E402
from one_rule import rd  # noqa: E402

LENGTH, DEPTH = 60.0, 12.0
MOST_RATIO, MOST_GROWTH = 3.0, 2.0
PEIL = {"peil": {"method": "nap_value", "nap_m": scenes.GROUND}, "denominator": "bouwperceel"}


def row_of_houses(triangles: int) -> Design:
    """Return a row of ten houses; window frames fill up to the number of triangles."""
    parts = []
    for n in range(10):
        x = 6.0 * n
        parts.append(scenes.gable_part(x, 0, x + 6, DEPTH, 5.8, 9.8, kind="wall", fid=f"house{n}"))
        parts += [scenes.box_part(x + 0.3, 0.3, x + 5.7, DEPTH - 0.3, z - 0.3, z, kind="slab", fid=f"floor{n}{z}") for z in (0.0, 3.0)]
        parts.append(scenes.box_part(x + 2, 1.5, x + 4, 5, 6, 7.9, kind="roof", fid=f"dormer{n}"))
        parts.append(scenes.box_part(x + 5, 6.2, x + 5.6, 6.8, 8, 10.6, kind="chimney", fid=f"chimney{n}"))
    left = (triangles - sum(len(part.faces) for part in parts)) // 12
    across, up = -(-left // 60), 30
    for n in range(left):
        side, rest = divmod(n, across * up)
        column, row = divmod(rest, up)
        x, z = 0.1 + (LENGTH - 0.2) * column / across, 0.3 + 5.0 * row / up
        y = (-0.03, DEPTH - 0.09)[side % 2]
        parts.append(scenes.box_part(x, y, x + 0.8 * LENGTH / across, y + 0.12, z, z + 0.12, kind="window", fid=f"frame{n}"))
    return scenes.design(*parts, levels=[Level("begane grond", scenes.GROUND), Level("verdieping", scenes.GROUND + 3.0)])


def values(number: int) -> tuple[PlanValue, ...]:
    """Return the values of a zone, not the same as its neighbours'."""
    step = 0.01 * (number % 97)
    stated = (
        ("bouwhoogte", "maximum", 9.0 + step, "m"), ("goothoogte", "maximum", 6.0 + step, "m"), ("bouwhoogte", "minimum", 3.0 + step, "m"),
        ("goothoogte", "minimum", 2.0 + step, "m"), ("dakhelling", "maximum", 50.0 + step, "graden"), ("dakhelling", "minimum", 20.0 + step, "graden"),
        ("bebouwingspercentage", "maximum", 60.0 + step, "%"), ("oppervlakte", "maximum", 100.0 + step, "m2"), ("volume", "maximum", 900.0 + step, "m3"),
        ("aantal bouwlagen", "maximum", 2.0, ""), ("oppervlakte", "minimum", 1.0 + step / 10, "m2"), ("bebouwingspercentage", "minimum", 1.0 + step, "%"),
    )
    return tuple(PlanValue(name, qualifier, value, unit, f"{qualifier} {name}={value}") for name, qualifier, value, unit in stated)


def town(zones: int) -> Site:
    """Return the surroundings, with zones of 10 x 10 m in a patchwork round the design."""
    wide = int(np.ceil(np.sqrt(2 * zones)))
    cells = [(10.0 * (n % wide) - 5 * wide + 30, 10.0 * (n // wide) - 2.5 * wide + 6) for n in range(zones)]
    return site_of([box(x, y, x + 10, y + 10) for x, y in cells])


def site_of(shapes: Sequence[BaseGeometry]) -> Site:
    """Return the surroundings with these zones (local metres)."""
    plans = (
        scenes.plan_area("b", "bouwvlak", "bouwvlak", box(-2, -2, LENGTH + 2, DEPTH + 1)),
        scenes.plan_area("w", "dubbelbestemming", "Waarde - Archeologie 4", box(-90, -90, 120, 90)),
        scenes.plan_area("g", "figuur", "gevellijn", LineString([(-5, 0), (LENGTH + 5, 0)])),
        *(scenes.plan_area(f"z{n}", "maatvoering", "zone", shape, *values(n)) for n, shape in enumerate(shapes)),
    )
    roads = (TopographyObject("w1", "wegdeel", scenes.shift(box(-90, -9, 120, -3)), "rijbaan lokale weg"),)
    parcels = (scenes.Parcel("1", "A 1", scenes.shift(box(-3, -3, LENGTH + 3, 40))),)
    near = (scenes.RegisteredBuilding("n1", scenes.shift(box(LENGTH + 5, 0, LENGTH + 15, 10))),)
    return scenes.site(plans=plans, parcels=parcels, topography=roads, registered_buildings=near)


MEASURED = ("footprint", "eaves_places", "roof_shape", "highest_points")
RULES: dict[str, dict[str, Any]] = {
    "within_building_plane": {}, "max_building_height": {}, "max_eaves_height": {}, "roof_pitch_range": {}, "max_coverage_pct": {},
    "max_area": {}, "max_volume": {}, "max_storeys": {}, "min_building_height": {}, "min_eaves_height": {}, "min_coverage_pct": {}, "min_area": {},
    "facade_line": {"measure": {"mode": "not_in_front"}}, "min_distance_side_boundary": {"limit": Limit(">=", "m", 2.5)},
    "min_distance_rear_boundary": {"limit": Limit(">=", "m", 5.0)}, "min_distance_front_boundary": {"limit": Limit(">=", "m", 2.0)},
    "min_distance_road_axis": {"limit": Limit(">=", "m", 5.0)}, "min_distance_buildings": {"limit": Limit(">=", "m", 2.0)},
    "max_depth": {"limit": Limit("<=", "m", 12.0)}, "max_width": {"limit": Limit("<=", "m", 50.0)}, "overlay_hit": {},
    "aviation_height": {"limit": Limit("<=", "m", 10.0)}, "secondary_buildings": {"measure": {"max_height_m": 5.0}},
    "other_structures": {"limit": Limit("<=", "m", 8.0)}, "public_space_overlap": {},
    "powerline_zone": {"measure": {"line": rd((-50, 15), (150, 15)), "half_width_m": 10.0}},
    "radio_link_height": {"limit": Limit("<=", "m NAP", 9.0), "measure": {"line": rd((-50, 8), (150, 8))}},
    "mill_biotope": {"measure": {"mill": {"at": rd((30, 200))[0], "ground_nap": scenes.GROUND}, "n": 140, "z": 20, "r_free": 100}},
    "cns_height": {"measure": {"r": 10, "a": 1.0, "R": 3000, "begin": 1.0, "station_at": rd((30, 200))[0]}},
}


def rule_of(check: str) -> Rule:
    """Return a rule of a check."""
    return Rule(check, check, {"nl": check}, (LegalSource("plan"),), **RULES.get(check, {}))


def judge_into(found: list[Finding], check: str, context: Context) -> None:
    """Add the findings of a check."""
    found += run_rule(rule_of(check), context)


def clock(work: Callable[[], object]) -> float:
    """Return seconds of one run."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def union_of(design: Design) -> None:
    """The peer: one union of the whole design by manifold3d, from the mesh of each part."""
    origin = np.floor(design.bounds[0])
    solids = []
    for part in design.parts:
        mesh = manifold3d.Mesh64(vert_properties=part.vertices - origin, tri_verts=part.faces.astype(np.uint64))
        mesh.merge()
        solids.append(manifold3d.Manifold(mesh))
    union(solids).volume()


def more_zones(design: Design, runs: int) -> float:
    """Print what one more zone under the design costs (processor time): round the hundredth against round the tenth."""
    names = [name for name in RULES if name.startswith(("max_building", "max_eaves", "roof_pitch", "max_area", "max_volume", "min_"))]
    names = [name for name in names if "distance" not in name]

    def stripes(count: int) -> float:
        edges = np.linspace(0, LENGTH, count + 1)
        context = Context(site_of([box(a, -20, b, 30) for a, b in zip(edges[:-1], edges[1:])]), design, PEIL)
        for attribute in MEASURED:  # measured once, as in a review
            getattr(context.geometry, attribute)
        context.projection  # noqa: B018
        taken = []
        for _ in range(runs):
            start = time.process_time()
            for name in names:
                run_rule(rule_of(name), context)
            taken.append(time.process_time() - start)
        return min(taken)

    few, ten, ninety, hundred = (stripes(count) for count in (1, 19, 91, 109))
    tenth, hundredth = (ten - few) / 18, (hundred - ninety) / 18
    print(
        f"one more zone under the design, {len(names)} checks that look per zone: the tenth {tenth * 1000:.1f} ms, "
        f"the hundredth {hundredth * 1000:.1f} ms, ratio {hundredth / tenth:.2f} (at most {MOST_GROWTH:g})"
    )
    return hundredth / tenth


def main(argv: list[str] | None = None) -> int:
    """Run it; 1 when a target is missed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--triangles", type=int, default=50_000)
    options.add_argument("--zones", type=int, default=200)
    options.add_argument("--runs", type=int, default=3)
    given = options.parse_args(argv)
    design, site = row_of_houses(given.triangles), town(given.zones)
    names = [name for name, check in REGISTRY.items() if check.family != "sunlight"]
    union_of(design)
    totals: list[float] = []
    peers: list[float] = []
    each: dict[str, list[float]] = {name: [] for name in names}
    verdicts: dict[str, list[str]] = {}
    for _ in range(given.runs):
        peers.append(clock(lambda: union_of(design)))
        context = Context(site, row_of_houses(given.triangles), PEIL)
        for name in names:
            found: list[Finding] = []
            each[name].append(clock(partial(judge_into, found, name, context)))
            verdicts[name] = sorted({item.verdict.value for item in found})
        totals.append(sum(times[-1] for times in each.values()))
    print(f"{len(design.triangles)} triangles in {len(design.parts)} parts, {given.zones} zones; one union {statistics.median(peers) * 1000:.0f} ms")
    for name in names:
        print(f"  {name:32s} {statistics.median(each[name]) * 1000:9.1f} ms  {', '.join(verdicts[name])}")
    ratios = [mine / other for mine, other in zip(totals, peers)]
    ratio = statistics.median(ratios)
    print(
        f"all {len(names)} checks together {statistics.median(totals) * 1000:.0f} ms, {ratio:.2f} x one union "
        f"({min(ratios):.2f} to {max(ratios):.2f}; at most {MOST_RATIO:g})"
    )
    growth = more_zones(design, max(given.runs, 6))
    return 0 if ratio <= MOST_RATIO and growth <= MOST_GROWTH else 1


if __name__ == "__main__":
    sys.exit(main())
