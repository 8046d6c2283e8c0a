"""A plot of 300 m through the replay server against the same plot read from files, in one run.

    .venv/bin/python benchmarks/services.py [--quick]

The server of ``tests/replay`` runs in a process of its own, so that its work is not counted. Quote the ratios, never the seconds.

- *files*: ``load_site`` of the demo's files, all layers: the same objects, in fewer bytes (the plan service repeats whole objects at
  each of 400 points, and the height service sends DTM and DSM).
- *same bytes*: every answer read from a file and parsed (JSON, raster), and the layers read from the files in the cache.
- *server*: the same layers asked of the server into an empty cache. Waiting is the time in which at least one question was open;
  what is left is ours. While one layer waits another works, so this can flatter.
- *no waiting*: the same load with every answer of the server kept and given back at once: all of its time is ours, none hides
  behind a wait. Asked (issue 4): at most 2 x *same bytes*.
- *kept*: the same load once more, from the cache.
"""

from __future__ import annotations

import argparse
import gc
import json
import multiprocessing
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from osgeo import gdal

from drieluik.data_sources.live import Live
from drieluik.data_sources.services.cache import Cache
from drieluik.data_sources.services.endpoints import Endpoints
from drieluik.data_sources.services.http_transport import HttpTransport
from drieluik.data_sources.services.transport import Answer, Transport
from drieluik.data_sources.site_loading import load_site
from drieluik.model import LayerState, Site, SiteRequest

gdal.UseExceptions()
ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "demo" / "data"
CENTRE, RADIUS_M = (187030.3, 440992.1), 150.0
FILES = {
    "plans": ("plan.gml",), "bag": ("bag_pand.geojson", "bag_verblijfsobject.geojson"), "parcels": ("brk_perceel.geojson",),
    "bgt": tuple(path.name for path in sorted(DATA.glob("bgt_*.geojson"))), "terrain": ("ahn_dtm_05m.tif",), "points": (),
    "buildings3d": ("buildings.city.jsonl",),
}
OFF = dict.fromkeys(("bag_ogc", "brk_wfs", "bgt_download", "ihr", "dso", "dso_geometry"), "none")
PAGE = 1000
"""PDOK's largest page."""


def serve(pipe: Any) -> None:
    """Run the replay server until the pipe closes."""
    sys.path.insert(0, str(ROOT / "tests"))
    from replay.scene import Scene
    from replay.server import Replay

    with Replay(Scene(DATA), page=PAGE) as server:
        pipe.send(server.endpoints)
        pipe.recv()


@dataclass
class Waiting:
    """A transport that notes when its questions were open, and keeps the answers."""

    inner: Transport
    open: list[tuple[float, float]] = field(default_factory=list)
    kept: dict[tuple[str, str, str, bytes | None], Answer] = field(default_factory=dict)

    def request(self, method: str, url: str, params: Mapping[str, Any] | None, headers: Mapping[str, str], body: bytes | None, *limits: Any) -> Answer:
        """Pass the question on."""
        start = time.perf_counter()
        answer = self.inner.request(method, url, params, headers, body, *limits)
        self.open.append((start, time.perf_counter()))
        self.kept[asked(method, url, params, body)] = answer
        return answer

    def seconds(self) -> float:
        """Return the time in which at least one question was open."""
        total, until = 0.0, 0.0
        for start, end in sorted(self.open):
            total += max(0.0, end - max(start, until))
            until = max(until, end)
        return total


@dataclass
class AtOnce:
    """A transport that gives kept answers back without waiting."""

    kept: Mapping[tuple[str, str, str, bytes | None], Answer]

    def request(self, method: str, url: str, params: Mapping[str, Any] | None, headers: Mapping[str, str], body: bytes | None, *limits: Any) -> Answer:
        """Return the kept answer."""
        return self.kept[asked(method, url, params, body)]


def asked(method: str, url: str, params: Mapping[str, Any] | None, body: bytes | None) -> tuple[str, str, str, bytes | None]:
    """Return a question without the moment it asks about, which differs from run to run."""
    words = {key: value for key, value in (params or {}).items() if key != "datetime"}
    return method, url.partition("datetime=")[0], repr(sorted(words.items())), body


def load(transport: Transport, endpoints: Endpoints, folder: Path) -> Site:
    """Return the plot from the services; raises ``SystemExit`` when a layer is not there."""
    live = Live(transport, endpoints, Cache(folder))
    site = load_site(SiteRequest(CENTRE, RADIUS_M, {"points": ()}), str(DATA), None, live)
    lacking = [key for key in FILES if key != "points" and site.state(key) is not LayerState.LOADED]
    if lacking:
        raise SystemExit(f"not loaded: {lacking} {[r.notes for k in lacking for r in site.provenance_of(k)]}")
    return site


def parse(folder: Path) -> None:
    """Read and parse every answer kept as a file."""
    for path in sorted(folder.iterdir()):
        body = path.read_bytes()
        if body[:2] not in (b"II", b"MM"):
            json.loads(body)
            continue
        gdal.FileFromMemBuffer("/vsimem/answer.tif", body)
        gdal.Open("/vsimem/answer.tif").ReadAsArray()
        gdal.Unlink("/vsimem/answer.tif")


def write(answers: Iterable[Answer], folder: Path) -> Path:
    """Write every answer to a file of its own."""
    folder.mkdir()
    for number, answer in enumerate(answers):
        (folder / f"{number:05d}").write_bytes(answer.body)
    return folder


def clocked(work: Callable[[], Any]) -> float:
    """Return the seconds of a work."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare(endpoints: Endpoints, runs: int) -> None:
    """Print the four ways side by side, taken in turns."""
    times: dict[str, list[float]] = {name: [] for name in ("files", "server", "server less waiting", "no waiting", "kept", "same bytes")}
    request = SiteRequest(CENTRE, RADIUS_M, FILES)
    with HttpTransport() as http, tempfile.TemporaryDirectory() as scratch:
        load(http, endpoints, Path(scratch) / "warm")
        expected = load_site(request, str(DATA))
        for run in range(runs):
            waiting = Waiting(http)
            one, other = Path(scratch) / f"a{run}", Path(scratch) / f"b{run}"
            times["files"].append(clocked(lambda: load_site(request, str(DATA))))
            times["server"].append(clocked(lambda: load(waiting, endpoints, one)))  # noqa: B023 - called at once
            times["server less waiting"].append(times["server"][-1] - waiting.seconds())
            times["no waiting"].append(clocked(lambda: load(AtOnce(waiting.kept), endpoints, other)))  # noqa: B023
            times["kept"].append(clocked(lambda: load(AtOnce({}), endpoints, other)))  # noqa: B023
            answers = write(waiting.kept.values(), Path(scratch) / f"answers{run}")
            times["same bytes"].append(times["kept"][-1] + clocked(lambda: parse(answers)))  # noqa: B023
        site = load(AtOnce({}), endpoints, Path(scratch) / "b0")
    for layer in ("registered_buildings", "addresses", "parcels", "topography", "buildings3d"):
        if len(getattr(site, layer)) != len(getattr(expected, layer)):
            raise SystemExit(f"{layer}: {len(getattr(site, layer))} objects from the server, {len(getattr(expected, layer))} from files")
    size = sum(len(answer.body) for answer in waiting.kept.values())
    print(f"  {len(waiting.kept)} answers, {size / 1e6:.2f} MB; files {sum((DATA / f).stat().st_size for fs in FILES.values() for f in fs) / 1e6:.2f} MB")
    least = {name: min(taken) for name, taken in times.items()}
    for name, taken in times.items():
        ratios = f"{least[name] / least['files']:5.2f} x files   {least[name] / least['same bytes']:5.2f} x same bytes"
        print(f"  {name:20s} least {least[name] * 1e3:8.1f} ms   median {statistics.median(taken) * 1e3:8.1f} ms   {ratios}")


def main() -> None:
    """Print the comparison."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer runs")
    words = parser.parse_args()
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    try:
        compare(Endpoints().with_overrides({**ours.recv(), **OFF}), 2 if words.quick else 5)
    finally:
        ours.send("stop")
        server.join(10)


if __name__ == "__main__":
    main()
