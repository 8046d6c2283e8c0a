"""Reading and measuring designs against the bare libraries, in one run: quote the ratios.

    .venv/bin/python benchmarks/designs.py [--folder ../shared/designs/good]

Alternating runs, medians. Imports and process start are left out, except in the last pairs: there both sides are whole processes.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import shapely
import trimesh
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from drieluik.model import Part

ROOT = Path(__file__).resolve().parent.parent
GOOD = ROOT.parent / "shared" / "designs" / "good"
DEMO = ROOT / "demo" / "designs"
RUNS = 5


def pair(title: str, ours: Callable[[], object], peer: Callable[[], object], runs: int = RUNS) -> float:
    """Time both alternately; print medians and the ratio ours / peer (less is faster)."""
    ours(), peer()
    taken: list[tuple[float, float]] = []
    for _ in range(runs):
        times = []
        for work in (peer, ours):
            start = time.perf_counter()
            work()
            times.append(time.perf_counter() - start)
        taken.append((times[1], times[0]))
    mine, other = (statistics.median(column) for column in zip(*taken))
    ratios = [a / b for a, b in taken]
    spread = f"{statistics.median(ratios):7.3f} ({min(ratios):.3f} to {max(ratios):.3f})"
    print(f"{title:54s} ours {mine * 1000:9.2f} ms  peer {other * 1000:9.2f} ms  ratio {spread}", flush=True)
    return statistics.median(ratios)


def bare_iterator(path: Path) -> None:
    """IfcOpenShell's iterator over the same products, by the fastest kernel that leaves none empty."""
    import ifcopenshell
    import ifcopenshell.geom

    from drieluik.data_sources.design.readers.ifc_words import is_building

    model = ifcopenshell.open(str(path))
    settings = ifcopenshell.geom.settings()
    settings.set("use-world-coords", True)
    products: list[Any] = [product for product in model.by_type("IfcProduct") if is_building(product)]
    iterator = ifcopenshell.geom.iterator(settings, model, 1, include=products, geometry_library="hybrid-cgal-simple-opencascade")
    if iterator.initialize():
        while iterator.next():
            pass


def ifc(folder: Path) -> bool:
    """Import of IFC: at most 1.25 times the bare iterator."""
    from drieluik.data_sources.design.readers.ifc import read_ifc

    good = True
    for name in ("house_A.ifc", "fzk_house_ifc4.ifc", "duplex_ifc2x3_epset_mapconversion.ifc", "nl_schependomlaan_structure.ifc"):
        path = folder / name
        if path.exists():
            good &= pair(f"import {name}", partial(read_ifc, path, lambda f: None), partial(bare_iterator, path), 3) <= 1.25
    return good


def closed_mesh(subdivisions: int) -> Part:
    """A wavy closed surface as a part."""
    mesh = trimesh.creation.icosphere(subdivisions=subdivisions, radius=8.0)
    vertices = mesh.vertices * (1 + 0.1 * np.sin(5 * mesh.vertices[:, :1])) + [155_000, 463_000, 10]
    return Part("b", vertices, np.asarray(mesh.faces), "building", closed=True)


def footprints() -> bool:
    """Everything projected: at least four times as fast as a union of triangles, the same area."""
    from drieluik.measure.building import footprint

    good = True
    for subdivisions in (5, 6):
        part = closed_mesh(subdivisions)
        rings = np.concatenate([part.triangles[:, :, :2], part.triangles[:, :1, :2]], axis=1)

        def ours(part: Part = part) -> BaseGeometry:
            part.kept.pop(footprint.PLAN, None)
            return footprint.projection([part])

        def peer(rings: NDArray[np.float64] = rings) -> BaseGeometry:
            return shapely.union_all(shapely.polygons(rings))

        same = abs(ours().area - peer().area) / peer().area < 1e-6
        good &= same and pair(f"footprint of {len(part.faces)} triangles (same area: {same})", ours, peer, 3) <= 1 / 4
    return good


def volumes() -> bool:
    """Volume above a plane: at least twenty times as fast as a boolean, equal to 1e-6."""
    import manifold3d

    from drieluik.measure.plane.solids import volume_above

    part = closed_mesh(6)
    triangles, cut = part.triangles, 12.0

    def boolean() -> float:
        origin = np.array([155_000.0, 463_000.0, 0.0])
        mesh = manifold3d.Mesh64(np.ascontiguousarray(part.vertices - origin), np.ascontiguousarray(part.faces, dtype=np.uint64))
        block = manifold3d.Manifold.cube([100, 100, 100]).translate([-50, -50, cut])
        return (manifold3d.Manifold(mesh) ^ block).volume()

    same = abs(volume_above(triangles, cut) - boolean()) <= 1e-6 * boolean()
    return same and pair(f"volume above a plane, {len(triangles)} triangles (same: {same})", lambda: volume_above(triangles, cut), boolean) <= 1 / 20


def large_mesh(folder: Path, scratch: Path) -> bool:
    """300,000 triangles: the command ``inspect`` within ten times a bare trimesh load, a process each.

    A street of fourteen houses and one closed body, as text and as binary.
    """
    house: Any = trimesh.load(folder / "fzk_house_m.ply", process=False) if folder != DEMO else trimesh.load(folder / "house_A.glb", force="mesh")
    street: Any = trimesh.util.concatenate([house.copy().apply_translation([16 * (n % 7), 14 * (n // 7), 0]) for n in range(14)])
    dome = trimesh.creation.icosphere(subdivisions=7, radius=8)
    good = True
    for name, mesh, kind in (("street", street, "obj"), ("street", street, "ply"), ("dome", dome, "ply")):
        path = scratch / f"{name}.{kind}"
        mesh.export(path)
        ours = [sys.executable, "-m", "drieluik.cli", "inspect", "--json", str(path)]
        bare = [sys.executable, "-c", f"import trimesh; trimesh.load({str(path)!r})"]
        title = f"inspect {name} of {len(mesh.faces)} triangles ({kind}), a process each"
        good &= pair(title, partial(run, ours), partial(run, bare), 3) <= 10
    return good


def run(command: list[str]) -> None:
    """Run a command to its end."""
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)


def main() -> int:
    """Run every pair; exit 1 when a ratio is not met."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, default=GOOD)
    folder = parser.parse_args().folder
    met = [footprints(), volumes()]
    if not folder.is_dir():
        print(f"{folder.name} is not here: the demo's house instead")
        folder = DEMO
    with tempfile.TemporaryDirectory() as scratch:
        met += [ifc(folder), large_mesh(folder, Path(scratch))]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
