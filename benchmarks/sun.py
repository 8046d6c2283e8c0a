"""The sun engine side by side with the bare ray library and with pybdshadow, in one run on one scene.

    .venv/bin/python benchmarks/sun.py

Quote the ratios, never the seconds: other work on the machine moves those. pybdshadow is not in the set-up: it brings forty
packages, pyarrow among them, which changes what pandas does. Without it the map is compared with the exact shadow alone; to have it too, run this in an
environment apart (``python -m venv --system-site-packages``, both requirements files, ``pip install pybdshadow==0.3.5``).

- *bare*: an embreex OCCLUDED loop over rays that were made before the clock starts; the same rays, in the same order.
- *season*: 19 February - 21 October, every day, every 10 minutes; 1,000 receptors among 1,000 houses, one and two threads.
- *after*: a second pass over the season with a new block in the scene, against the rays that can still change.
- *instant*: all shadows of a scene of 300 m around (some 620 houses) as outlines for a map, over the hours of a day.
- *map*: a ground shadow map at one instant, against pybdshadow's polygons and against the exact shadow of the mesh.
"""

from __future__ import annotations

import argparse
import datetime
import resource
import statistics
import time
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from drieluik.measure.sun.possible_sun import Receptors, Scene, local_origin, still_lit, sunlight
from drieluik.measure.sun.shadow import ShadowCaster, cell_centres, ground_shadow, shadow_on_plane
from drieluik.measure.sun.sun_position import directions_of, sun_position, suns_at

PLACE = (100_000.0, 450_000.0)
SPACING_M = 20.0
RUNS = 5
INSTANT = np.datetime64("2027-03-21T09:00:00")


def houses(count: int, seed: int = 1) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return closed gabled houses (count, 16, 3, 3) in RD + NAP on a street grid, and their sizes (x, y, dx, dy, eaves, ridge)."""
    rng = np.random.default_rng(seed)
    side = int(np.ceil(np.sqrt(count)))
    i, j = np.divmod(np.arange(count), side)
    x, y = PLACE[0] + i * SPACING_M + rng.uniform(0, 3, count), PLACE[1] + j * SPACING_M * 1.4 + rng.uniform(0, 4, count)
    dx, dy, eaves = rng.uniform(6, 11, count), rng.uniform(8, 13, count), rng.uniform(3, 7, count)
    eaves[rng.random(count) < 0.03] += 25.0
    ridge = eaves + rng.uniform(2, 4, count)
    sizes = np.stack([x, y, dx, dy, eaves, ridge], axis=1)
    return np.stack([gable(*row) for row in sizes]), sizes


def gable(x: float, y: float, dx: float, dy: float, eaves: float, ridge: float) -> NDArray[np.float64]:
    """Return a gabled house (16, 3, 3) with its ridge along x."""
    profile = [(0, 0), (dy, 0), (dy, eaves), (dy / 2, ridge), (0, eaves)]
    v = np.array([(x + a, y + b, z) for a in (0, dx) for b, z in profile])
    ends = [[0, 2, 1], [0, 3, 2], [0, 4, 3], [5, 6, 7], [5, 7, 8], [5, 8, 9]]
    sides = [triangle for i in range(5) for j in [(i + 1) % 5] for triangle in ([i, j, 5 + j], [i, 5 + j, 5 + i])]
    return v[np.array(ends + sides)]


def receptors_of(sizes: NDArray[np.float64], count: int, scene: Scene, seed: int = 2) -> Receptors:
    """Return receptors, half on facades (0.05 m off), half in gardens."""
    rng = np.random.default_rng(seed)
    house = sizes[rng.integers(0, len(sizes), count)]
    side = rng.integers(0, 2, count)
    along = rng.uniform(0.1, 0.9, count)
    x = house[:, 0] + along * house[:, 2]
    y = np.where(side == 1, house[:, 1] + house[:, 3] + 0.05, house[:, 1] - 0.05)
    facade = np.arange(count) % 2 == 0
    y = np.where(facade, y, house[:, 1] - rng.uniform(1, 6, count))
    points = np.stack([x, y, np.where(facade, 0.75, 0.05)], axis=1)
    normals = np.where(facade[:, None], np.stack([0 * x, np.where(side == 1, 1.0, -1.0), 0 * x], axis=1), np.nan)
    return Receptors(points, normals, scene)


def season(place: tuple[float, float], step_min: float = 10.0) -> Any:
    """Return all suns above the horizon from 19 February to 21 October."""
    start = datetime.date(2027, 2, 19)
    return suns_at(place, [start + datetime.timedelta(days=n) for n in range(245)], step_min, 0.0)


def clock(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the seconds that a call takes, and its result."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def side_by_side(*works: Callable[[], Any]) -> list[float]:
    """Return the least seconds of calls that take turns: what other work on the machine adds is in neither."""
    return [min(times) for times in zip(*([clock(work)[0] for work in works] for _ in range(RUNS)))]


def bare_rate(scene: Scene, receptors: Receptors, suns: Any) -> None:
    """Print our rate against the bare loop over the same rays, made beforehand."""
    directions = suns.directions.astype(np.float32)
    blocks = []
    for start in range(0, len(receptors), 20):
        rows = slice(start, start + 20)
        row, sun = np.nonzero(receptors.facing(rows, suns.directions.T))
        blocks.append((receptors.starts[rows].astype(np.float32)[row], directions[sun]))
    rays = sum(len(a) for a, _ in blocks)

    run = scene._scene.run  # type: ignore[union-attr]  # a scene with houses has one

    def bare() -> None:
        for starts, towards in blocks:
            run(starts, towards, query="OCCLUDED")

    ours, theirs = side_by_side(lambda: sunlight(scene, receptors, suns, workers=1), bare)
    print(f"rays        {rays / 1e6:6.1f} M   ours {rays / ours / 1e6:5.2f} M/s  bare {rays / theirs / 1e6:5.2f} M/s  ratio {theirs / ours:.2f} (one thread)")
    pairs = len(receptors) * len(suns)
    print(f"pairs       {pairs / 1e6:6.1f} M   answered {pairs / ours / 1e6:5.2f} M/s: rays that leave backwards cost nothing")


def before_after(scene: Scene, sizes: NDArray[np.float64], triangles: NDArray[np.float64], receptors: Receptors, suns: Any) -> None:
    """Print the cost of the proposed situation against the existing one, and whether the bits equal a full second pass."""
    house = sizes[len(sizes) // 2 + int(np.sqrt(len(sizes))) // 2]
    block = gable(house[0] - 2, house[1] - 12, 12.0, 10.0, 14.0, 17.0)
    new = Scene(block, scene.origin)
    light = sunlight(scene, receptors, suns)
    both = Scene(np.concatenate([triangles.reshape(-1, 3, 3), block]), scene.origin)
    before, more, full = side_by_side(
        lambda: sunlight(scene, receptors, suns), lambda: still_lit(light, new, receptors), lambda: sunlight(both, receptors, suns)
    )
    same = bool(np.array_equal(still_lit(light, new, receptors).bits, sunlight(both, receptors, suns).bits))
    print(f"season      {before:6.2f} s   1 thread {clock(lambda: sunlight(scene, receptors, suns, 1))[0]:.2f} s")
    print(f"after       {more:6.2f} s   before and after / before = {(before + more) / before:.3f}; full second pass {full:.2f} s; bits identical: {same}")


def polygons_of_peer(sizes: NDArray[np.float64]) -> Callable[[], Any]:
    """Return pybdshadow's work on the same houses at the same instant."""
    import geopandas
    import pandas
    import pybdshadow

    flat = geopandas.GeoDataFrame(
        {"building_id": np.arange(len(sizes)), "height": sizes[:, 5]},
        geometry=shapely.box(sizes[:, 0], sizes[:, 1], sizes[:, 0] + sizes[:, 2], sizes[:, 1] + sizes[:, 3]), crs="EPSG:28992",
    ).to_crs(4326)
    flat = pybdshadow.bd_preprocess(flat)
    moment = pandas.to_datetime(str(INSTANT)).tz_localize("UTC")
    return lambda: pybdshadow.bdshadow_sunlight(flat, moment, roof=False, include_building=False)


def shadow_map(triangles: NDArray[np.float64], sizes: NDArray[np.float64]) -> None:
    """Print a ground shadow map of one instant: time against pybdshadow where it is present, cells off against the exact shadow of the mesh."""
    from drieluik.measure.plane.rd import convergence_deg, wgs84_of

    latitude, longitude = wgs84_of(*PLACE)
    altitude, azimuth = sun_position(np.array([INSTANT]), latitude, longitude)
    sun = directions_of(altitude, azimuth, convergence_deg(*PLACE))[0]
    extent = (sizes[:, 0].min() - 40, sizes[:, 1].min() - 40, sizes[:, 0].max() + 40, sizes[:, 1].max() + 40)
    mesh = triangles.reshape(-1, 3, 3)
    works = [lambda: ground_shadow(mesh, sun, extent, 1.0, 0.0)]
    if find_spec("pybdshadow"):
        works.append(polygons_of_peer(sizes))
    ours, *theirs = side_by_side(*works)
    peer = f"pybdshadow {theirs[0] * 1000:.0f} ms: ours {theirs[0] / ours:.1f} x faster" if theirs else "pybdshadow is not installed"
    shadow, xy = ground_shadow(mesh, sun, extent, 1.0, 0.0), cell_centres(extent, 1.0)
    exact = shadow_on_plane(mesh, sun, 0.0)
    shapely.prepare(exact)
    truth = shapely.contains_xy(exact, xy[..., 0].ravel(), xy[..., 1].ravel()).reshape(shadow.shape)
    print(
        f"map         {ours * 1000:6.0f} ms  {shadow.size} cells; {peer}; "
        f"{100 * np.mean(truth != shadow):.4f} % of cells off from the mesh's exact shadow"
    )


def instant() -> None:
    """Print how long the outlines of all shadows take at one instant, against the union of the thrown triangles by GEOS."""
    triangles, sizes = houses(1_000)
    middle = sizes[:, :2].mean(axis=0)
    near = triangles[np.linalg.norm(sizes[:, :2] - middle, axis=1) <= 300.0]
    built, caster = clock(lambda: ShadowCaster(list(near), 0.0))
    suns = suns_at(PLACE, [datetime.date(2027, 3, 21)], 60.0, 3.0).directions
    times = [statistics.median(clock(partial(caster.outlines, sun))[0] for _ in range(RUNS)) for sun in suns]
    polygons = statistics.median(clock(lambda: caster.shadow(suns[4]))[0] for _ in range(RUNS))
    theirs, _ = clock(lambda: shadow_on_plane(near.reshape(-1, 3, 3), suns[4], 0.0))
    print(
        f"instant     {statistics.median(times) * 1000:6.0f} ms  outlines of {len(near)} houses within 300 m ({max(times) * 1000:.0f} ms at the lowest sun), "
        f"polygons {polygons * 1000:.0f} ms, scene {built * 1000:.0f} ms; GEOS's union of the thrown triangles {theirs / times[4]:.0f} x slower"
    )


def growth() -> None:
    """Print how a day's cost grows from 1,000 to 10,000 houses and receptors, with the process's highest memory."""
    first = 0.0
    for count in (1_000, 10_000):
        triangles, sizes = houses(count)
        mesh = triangles.reshape(-1, 3, 3)
        suns = suns_at(PLACE, [datetime.date(2027, 3, 21)], 10.0, 0.0)
        build, scene = clock(partial(Scene, mesh, local_origin(mesh[:, 0])))
        receptors = receptors_of(sizes, count, scene)
        (took,) = side_by_side(partial(sunlight, scene, receptors, suns))
        first = first or took
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"growth      {count:6d} houses and receptors, a day: {took * 1000:.0f} ms ({took / first:.1f} x), "
            f"scene {build * 1000:.0f} ms, {peak:.0f} MB at most")


def main() -> None:
    """Run all comparisons."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    triangles, sizes = houses(1_000)
    mesh = triangles.reshape(-1, 3, 3)
    scene = Scene(mesh, local_origin(mesh[:, 0]))
    receptors = receptors_of(sizes, 1_000, scene)
    suns = season(PLACE)
    bare_rate(scene, receptors_of(sizes, 200, scene), suns)
    before_after(scene, sizes, mesh, receptors, suns)
    shadow_map(mesh, sizes)
    instant()
    growth()


if __name__ == "__main__":
    main()
