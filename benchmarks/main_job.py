"""The main job against the bare libraries, in one run: is our own work cheaper than reading the inputs?

    .venv/bin/python benchmarks/main_job.py [CASE.yaml ...]

For each case, alternating: *ours* is everything between the loaded inputs and the written outputs (checks, evidence,
pictures, record, layers, HTML, PDF, QGIS project); *bare* reads the same files with IfcOpenShell's iterator, laspy, GDAL,
pyogrio and json and does nothing with them. Imports and process start (QGIS's too) are left out of both. Quote the ratio.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from drieluik.model import Case, Design, Ruleset, Site

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_CASES = (ROOT / "demo" / "case.yaml", ROOT / "tests" / "cases" / "delft.yaml")
RUNS = 5
MOST_RATIO = 1.2
"""Our own work on a case takes at most so many times what it takes to read its files."""

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def read_bare(path: Path) -> str:
    """Read one file with the bare library of its format; return that library's name."""
    import laspy
    import pyogrio
    from osgeo import gdal

    suffix = path.suffix.lower()
    if suffix == ".ifc":
        read_ifc(path)
        return "ifcopenshell"
    if suffix in (".laz", ".las"):
        laspy.read(path)
        return "laspy"
    if suffix in (".tif", ".tiff"):
        gdal.Open(str(path)).ReadAsArray()
        return "gdal"
    if path.name.endswith((".city.jsonl", ".jsonl")):
        for line in path.read_text().splitlines():
            json.loads(line)
        return "json"
    if suffix == ".json":
        json.loads(path.read_text())
        return "json"
    for name, _kind in pyogrio.list_layers(path):
        pyogrio.read_dataframe(path, layer=name)
    return "pyogrio"


def read_ifc(path: Path) -> None:
    """Triangulate every product with IfcOpenShell's iterator as it comes."""
    import ifcopenshell
    import ifcopenshell.geom

    model = ifcopenshell.open(str(path))
    iterator = ifcopenshell.geom.iterator(ifcopenshell.geom.settings(), model, 1)
    if iterator.initialize():
        while iterator.next():
            pass


def files_of(case: Case) -> list[Path]:
    """Return every input file of a case, designs included."""
    named = [path for paths in case.site.sources.values() for path in paths]
    named += [path for design in case.designs for path in design.files]
    files: list[Path] = []
    for name in named:
        path = Path(case.folder) / name
        files += sorted(p for p in path.iterdir() if p.is_file()) if path.is_dir() else [path]
    return files


def time_bare(case: Case) -> dict[str, float]:
    """Return seconds per bare library over the case's files."""
    seconds: dict[str, float] = defaultdict(float)
    for path in files_of(case):
        start = time.perf_counter()
        name = read_bare(path)
        seconds[name] += time.perf_counter() - start
    return dict(seconds)


def time_ours(case: Case, loaded: tuple[Site, tuple[Design, ...], tuple[Ruleset, ...]], folder: Path) -> dict[str, float]:
    """Return seconds of each of our own steps on loaded inputs."""
    from drieluik.job import judge
    from drieluik.report import write_outputs
    from drieluik.ui.project import write_project

    seconds: dict[str, float] = {}
    start = time.perf_counter()
    result = judge(case, *loaded)
    seconds["checks and evidence"] = time.perf_counter() - start

    def project(staging: Path) -> dict[str, Path]:
        begin = time.perf_counter()
        path = write_project(result, staging)
        seconds["project"] = time.perf_counter() - begin
        return {"project": path}

    start = time.perf_counter()
    write_outputs(result, folder, also=project)
    seconds["pictures and reports"] = time.perf_counter() - start - seconds["project"]
    return seconds


def fresh(designs: tuple[Design, ...]) -> tuple[Design, ...]:
    """Return the designs without anything they have cached, so that every run measures the first time."""
    from dataclasses import replace

    return tuple(replace(d, parts=tuple(replace(part) for part in d.parts)) for d in designs)


def measure(case_path: Path) -> float:
    """Print the figures of one case and return the median ratio ours / bare."""
    from drieluik.data_sources.case import read_case
    from drieluik.data_sources.design import load_designs
    from drieluik.data_sources.site_loading import load_site
    from drieluik.job import load_rulesets, placed

    case = read_case(case_path)
    site = load_site(case.site, case.folder)
    designs = placed(load_designs(case.designs, case.folder), case)
    rulesets = load_rulesets(case)
    ratios, ours_all, bare_all = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        time_ours(case, (site, fresh(designs), rulesets), Path(folder) / "warm")
        time_bare(case)
        for number in range(RUNS):
            bare = time_bare(case)
            ours = time_ours(case, (site, fresh(designs), rulesets), Path(folder) / str(number))
            ours_all.append(ours)
            bare_all.append(bare)
            ratios.append(sum(ours.values()) / sum(bare.values()))
    print(f"\n{case_path.name}: {sum(len(d.triangles) for d in designs)} triangles in {len(designs)} designs")
    for title, runs in (("ours", ours_all), ("bare", bare_all)):
        for step in runs[0]:
            print(f"  {title}  {step:24s} {statistics.median(run[step] for run in runs) * 1000:8.0f} ms")
        print(f"  {title}  {'together':24s} {statistics.median(sum(run.values()) for run in runs) * 1000:8.0f} ms")
    print(f"  ratio ours / bare: median {statistics.median(ratios):.2f}, {min(ratios):.2f} to {max(ratios):.2f} over {RUNS} runs; at most {MOST_RATIO}")
    return statistics.median(ratios)


def main() -> int:
    """Measure every case that is present; exit 1 when our work takes more than ``MOST_RATIO`` times the bare reading in any."""
    from drieluik.ui.headless import application

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cases", metavar="CASE.yaml", nargs="*", type=Path, help="the demo and Delft when none is named")
    arguments = parser.parse_args()
    with application():
        cases = arguments.cases or [path for path in DEFAULT_CASES if path.exists()]
        ratios = [measure(path) for path in cases]
    print(f"\npeak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return 0 if all(ratio <= MOST_RATIO for ratio in ratios) else 1


if __name__ == "__main__":
    sys.exit(main())
