"""The sources side by side with bare libraries and peers, in one run.

    .venv/bin/python benchmarks/sources.py [--quick]

Quote the ratios, never the seconds: other work on the machine moves those. cjio stands in ``requirements-dev.txt``.

- *plot*: the same 10,000 buildings with 12 corners and four attributes, as the cache keeps them (FlatGeobuf), as a GeoPackage and as
  GeoJSON, read to features by the same reader; and the box of one plot among them.
- *laz*: a box of a point cloud of a million points, against laspy with lazrs that unpacks everything and keeps the box.
- *cityjson*: a tile of 1,000 buildings with three levels of detail, read to triangles of the best one, against cjio's ``load``
  (its geometry with coordinates and semantics, no triangles).
- *join*: 100,000 buildings to 10,000 zones, against a bare STRtree; the same pairs.
"""

from __future__ import annotations

import argparse
import gc
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import laspy
import numpy as np
import pyogrio.raw
import shapely
from numpy.typing import NDArray

from drieluik.data_sources.formats.vector_files import read_layer
from drieluik.data_sources.physical.buildings3d import read_buildings3d
from drieluik.data_sources.physical.point_cloud import read_points
from drieluik.data_sources.services.adapters.vector import write_features
from drieluik.data_sources.services.responses import Fetched
from drieluik.measure.surroundings.joins import pairs

WEST, SOUTH = 100_000.0, 450_000.0
EVERYWHERE = shapely.box(0, 300_000, 300_000, 650_000)
RUNS = 5


def clock(works: dict[str, Callable[[], Any]], runs: int) -> dict[str, float]:
    """Return the least seconds of each work, taken in turns."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(runs):
        for name, work in works.items():
            gc.collect()  # what another work left is not this one's
            start = time.perf_counter()
            work()
            times[name].append(time.perf_counter() - start)
    for name, taken in times.items():
        print(f"  {name:34s} least {min(taken) * 1e3:9.1f} ms   median {statistics.median(taken) * 1e3:9.1f} ms")
    return {name: min(taken) for name, taken in times.items()}


def rings(count: int, size: float, spread: float, corners: int = 12, seed: int = 1) -> NDArray[np.object_]:
    """Return polygons (count,) with ``corners`` corners in RD."""
    rng = np.random.default_rng(seed)
    angle = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    radius = size * rng.uniform(0.7, 1.0, (count, corners))
    middle = np.array([WEST, SOUTH]) + rng.uniform(0, spread, (count, 2))
    xy = middle[:, None] + np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=2)
    return shapely.polygons(np.round(xy, 3))


def plot(folder: Path, count: int, runs: int) -> None:
    """Cached plot against its GeoJSON."""
    shapes = rings(count, 6.0, 3_000.0)
    columns = {
        "identificatie": np.array([f"{599_100_000_000_000 + n:016d}" for n in range(count)], dtype=object), "bouwjaar": np.arange(count) % 120 + 1900,
        "status": np.full(count, "Pand in gebruik", dtype=object), "gebruiksdoel": np.full(count, "woonfunctie", dtype=object),
    }
    files = {"FlatGeobuf": folder / "p.fgb", "GPKG": folder / "p.gpkg", "GeoJSON": folder / "p.geojson"}
    rows = list(zip(*(column.tolist() for column in columns.values())))
    write_features([Fetched("p", tuple(shapes), tuple(dict(zip(columns, row)) for row in rows))], folder)  # as the cache does
    values, names = list(columns.values()), list(columns)
    pyogrio.raw.write(str(files["GPKG"]), shapely.to_wkb(shapes), values, names, crs="EPSG:28992", driver="GPKG", geometry_type="Polygon")
    features = [
        {"type": "Feature", "properties": dict(zip(columns, row)), "geometry": json.loads(shapely.to_geojson(shape))} for shape, row in zip(shapes, rows)
    ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
    files["GeoJSON"].write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": features}))
    middle = shapely.Point(WEST + 1_500, SOUTH + 1_500).buffer(300)
    print(f"plot: {count} buildings ({files['GeoJSON'].stat().st_size / 1e6:.1f} MB GeoJSON)")
    works: dict[str, Callable[[], Any]] = {name: partial(read_layer, path) for name, path in files.items()}
    works.update({f"{name}, box of a plot": partial(read_layer, path, None, middle) for name, path in files.items()})
    took = clock(works, runs)
    for name, wanted in (("FlatGeobuf", "   (the cache; wanted: >= 10)"), ("GPKG", "")):
        box = f"{name}, box of a plot"
        print(f"  GeoJSON / {name} = {took['GeoJSON'] / took[name]:.1f}   box of a plot {took['GeoJSON, box of a plot'] / took[box]:.1f}{wanted}")


def laz(folder: Path, count: int, runs: int) -> None:
    """A box of a point cloud against bare laspy and lazrs."""
    rng = np.random.default_rng(2)
    header = laspy.LasHeader(point_format=6, version="1.4")
    header.scales, header.offsets = [0.001] * 3, [WEST, SOUTH, 0.0]
    las = laspy.LasData(header)
    las.x, las.y, las.z = WEST + np.sort(rng.uniform(0, 400, count)), SOUTH + rng.uniform(0, 400, count), rng.uniform(0, 12, count)
    las.classification = rng.choice([1, 2, 6], count).astype(np.uint8)
    las.intensity, las.gps_time = rng.integers(0, 4_000, count), np.sort(rng.uniform(0, 1e5, count))
    path = folder / "c.laz"
    las.write(path)
    area = shapely.box(WEST + 100, SOUTH + 100, WEST + 300, SOUTH + 300)

    def bare(selection: Any = None) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
        options = {} if selection is None else {"decompression_selection": selection}
        with laspy.open(path, laz_backend=laspy.LazBackend.Lazrs, **options) as reader:
            points = reader.read()
        x, y = np.asarray(points.x), np.asarray(points.y)
        inside = (x >= area.bounds[0]) & (x <= area.bounds[2]) & (y >= area.bounds[1]) & (y <= area.bounds[3])
        return np.column_stack([x, y, np.asarray(points.z)])[inside], np.asarray(points.classification)[inside]

    needed = laspy.DecompressionSelection.xy_returns_channel() | laspy.DecompressionSelection.Z | laspy.DecompressionSelection.CLASSIFICATION
    print(f"laz: box with {len(bare()[0])} of {count} points")
    took = clock({"drieluik": lambda: read_points([path], area), "bare lazrs, everything": bare, "bare lazrs, xyz and class": lambda: bare(needed)}, runs)
    full, least = took["drieluik"] / took["bare lazrs, everything"], took["drieluik"] / took["bare lazrs, xyz and class"]
    print(f"  drieluik / bare lazrs = {full:.2f}; against the same selection {least:.2f}   (wanted: <= 1.15)")
    found, _ = read_points([path], area)
    if found is None or not np.allclose(np.sort(found.xyz, axis=0), np.sort(bare()[0], axis=0)):
        raise SystemExit("not the same points")


def tile(count: int) -> dict[str, Any]:
    """Return a CityJSON tile of gabled houses in three levels of detail."""
    vertices: list[list[int]] = []
    objects: dict[str, Any] = {}
    box_faces = [[0, 3, 2, 1], [4, 5, 6, 7], [0, 1, 5, 4], [1, 2, 6, 5], [2, 3, 7, 6], [3, 0, 4, 7]]
    roofed = [[0, 3, 2, 1], [4, 5, 9, 8], [6, 7, 8, 9], [0, 1, 5, 4], [2, 3, 7, 6], [1, 2, 6, 9, 5], [3, 0, 4, 8, 7]]
    names = [{"type": "GroundSurface"}, {"type": "RoofSurface"}, {"type": "WallSurface"}]
    for n in range(count):
        x, y, start = (n % 32) * 20_000, (n // 32) * 25_000, len(vertices)
        vertices += [[x + a, y + b, z] for z in (0, 6_000) for a, b in ((0, 0), (8_000, 0), (8_000, 10_000), (0, 10_000))]
        vertices += [[x, y + 5_000, 9_000], [x + 8_000, y + 5_000, 9_000]]

        def solid(lod: str, faces: list[list[int]], values: list[int], start: int = start) -> dict[str, Any]:
            shell = [[[start + v for v in face]] for face in faces]
            return {"type": "Solid", "lod": lod, "boundaries": [shell], "semantics": {"surfaces": names, "values": [values]}}

        fid = f"NL.IMBAG.Pand.{599_100_000_000_000 + n:016d}"
        objects[fid] = {"type": "Building", "attributes": {"identificatie": fid, "b3_h_maaiveld": 0.0, "b3_h_dak_70p": 7.5}, "children": [f"{fid}-0"]}
        geometry = [solid("1.2", box_faces, [0, 1, 2, 2, 2, 2]), solid("1.3", box_faces, [0, 1, 2, 2, 2, 2]), solid("2.2", roofed, [0, 1, 1, 2, 2, 2, 2])]
        objects[f"{fid}-0"] = {"type": "BuildingPart", "parents": [fid], "geometry": geometry}
    transform = {"scale": [0.001] * 3, "translate": [WEST, SOUTH, 0.0]}
    return {"type": "CityJSON", "version": "2.0", "transform": transform, "CityObjects": objects, "vertices": vertices, "metadata": {}}


def cityjson(folder: Path, count: int, runs: int) -> None:
    """A tile to triangles, against cjio's load."""
    from cjio import cityjson as peer

    path = folder / "t.city.json"
    path.write_text(json.dumps(tile(count)))
    print(f"cityjson: {count} buildings ({path.stat().st_size / 1e6:.1f} MB)")

    took = clock({"drieluik, to triangles": lambda: read_buildings3d([path], EVERYWHERE), "cjio, load": lambda: peer.load(str(path))}, runs)
    print(f"  cjio / drieluik = {took['cjio, load'] / took['drieluik, to triangles']:.1f}   (wanted: >= 2)")


def join(count: int, zones: int, runs: int) -> None:
    """Buildings to zones, against a bare STRtree."""
    buildings, areas = rings(count, 6.0, 20_000.0), rings(zones, 120.0, 20_000.0, 16, seed=3)
    print(f"join: {count} buildings, {zones} zones")

    def bare() -> Any:
        return shapely.STRtree(areas).query(buildings, predicate="intersects")

    took = clock({"drieluik": lambda: pairs(buildings, areas), "bare STRtree": bare}, runs)
    print(f"  drieluik / bare STRtree = {took['drieluik'] / took['bare STRtree']:.2f}   (wanted: <= 1.2)")
    i, j = pairs(buildings, areas)
    if set(zip(i.tolist(), j.tolist())) != set(zip(*(part.tolist() for part in bare()))):
        raise SystemExit("not the same pairs")


def main() -> None:
    """Print all ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="smaller, three runs")
    quick = parser.parse_args().quick
    runs, share = (3, 4) if quick else (RUNS, 1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plot(folder, 10_000 // share, runs)
        laz(folder, 1_000_000 // share, runs)
        cityjson(folder, 1_000 // share, runs)
        join(100_000 // share, 10_000 // share, runs)


if __name__ == "__main__":
    main()
