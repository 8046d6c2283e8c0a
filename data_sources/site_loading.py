"""The surroundings of a plot: every layer from the files a case names, else from the live services, with provenance and state.

A service writes files (``live.py``), and the same readers read them: live and file give the same site. Layers load side by side.
"""

from __future__ import annotations

import datetime
import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from shapely import Point
from shapely.geometry.base import BaseGeometry

from ..errors import CancelledError, DrieluikError, SourceError
from ..model import LayerState, Note, Provenance, Site, SiteRequest
from ..model.arrays import Progress
from .administrative.bag import by_state, read_bag
from .administrative.brk import read_parcels
from .formats.files import digest, newest, refuse_odd
from .juridical.proposing import propose
from .juridical.reader import read_plans
from .live import SERVICES, Live, Service
from .physical.bgt import read_bgt
from .physical.buildings3d import read_buildings3d
from .physical.point_cloud import read_points
from .physical.terrain_files import read_heights
from .services.responses import Box
from .services.transport import never

LOG = logging.getLogger(__name__)
Arrived = Callable[[str, tuple[Provenance, ...]], None]
"""Told of each layer as it comes in: its key and its records."""
Loaded = tuple[dict[str, Any], list[Provenance]]


@dataclass(frozen=True)
class Origin:
    """Where a layer came from: paths or an address, the sum of what was read, and when it was had (ISO date)."""

    location: str = ""
    sha256: str = ""
    retrieved: str = ""


NOWHERE = Origin()


@dataclass(frozen=True)
class LayerSource:
    """A layer: its key in a case, the name of the registration, its licence, its reader, and the fields of Site it fills.

    ``read(paths, box)`` returns (fields of Site, notes).
    """

    key: str
    source: str
    licence: str
    read: Callable[[list[Path], BaseGeometry], tuple[dict[str, Any], tuple[Note, ...]]]
    fields: tuple[str, ...]


def _plans(paths: list[Path], box: BaseGeometry) -> tuple[dict[str, Any], tuple[Note, ...]]:
    areas, documents, notes = read_plans(paths, box)
    placed, unplaced = (tuple(area for area in areas if area.unplaced is lost) for lost in (False, True))
    return {"plans": placed, "plan_documents": documents, "unplaced": unplaced}, notes


def _bag(paths: list[Path], box: BaseGeometry) -> tuple[dict[str, Any], tuple[Note, ...]]:
    buildings, addresses, notes = read_bag(paths, box)
    standing, planned = by_state(buildings)
    notes = (*notes, Note.of("sources_bag_planned", count=len(planned))) if planned else notes
    return {"registered_buildings": standing, "planned_buildings": planned, "addresses": addresses}, notes


def _parcels(paths: list[Path], box: BaseGeometry) -> tuple[dict[str, Any], tuple[Note, ...]]:
    parcels, notes = read_parcels(paths, box)
    return {"parcels": parcels}, notes


def _bgt(paths: list[Path], box: BaseGeometry) -> tuple[dict[str, Any], tuple[Note, ...]]:
    objects, trees, notes = read_bgt(paths, box)
    there, planned = (tuple(item for item in objects if item.planned is is_planned) for is_planned in (False, True))
    return {"topography": there, "planned_topography": planned, "trees": trees}, notes


def _terrain(paths: list[Path], box: BaseGeometry) -> tuple[dict[str, Any], tuple[Note, ...]]:
    terrain, surface, notes = read_heights(paths, box)
    return {"terrain": terrain, "surface": surface}, notes


def _points(paths: list[Path], box: BaseGeometry) -> tuple[dict[str, Any], tuple[Note, ...]]:
    points, notes = read_points(paths, box)
    return {"points": points}, notes


def _buildings3d(paths: list[Path], box: BaseGeometry) -> tuple[dict[str, Any], tuple[Note, ...]]:
    models, notes = read_buildings3d(paths, box)
    return {"buildings3d": models}, notes


LAYERS = (
    LayerSource("plans", "Ruimtelijke plannen (IMRO)", "open overheidsdata", _plans, ("plans", "plan_documents", "unplaced")),
    LayerSource("bag", "BAG (Kadaster)", "public domain mark", _bag, ("registered_buildings", "planned_buildings", "addresses")),
    LayerSource("parcels", "BRK Kadastrale kaart (Kadaster)", "CC BY 4.0", _parcels, ("parcels",)),
    LayerSource("bgt", "BGT", "CC0 1.0", _bgt, ("topography", "planned_topography", "trees")),
    LayerSource("terrain", "AHN DTM", "CC0 1.0", _terrain, ("terrain", "surface")),
    LayerSource("points", "AHN puntenwolk", "CC0 1.0", _points, ("points",)),
    LayerSource("buildings3d", "3DBAG (tudelft3d, 3DGI)", "CC BY 4.0", _buildings3d, ("buildings3d",)),
)
SOURCE_KEYS = tuple(layer.key for layer in LAYERS)
BESIDES = ("surface", "plan_documents", "unplaced", "planned_topography")
"""Fields that come along with a layer and are not what it counts."""
EVERYWHERE = ("parcels", "bgt")
"""Registrations that cover the whole country: an empty answer is doubtful."""


def load_site(
    request: SiteRequest, folder: str, progress: Progress | None = None, live: Live | None = None, arrived: Arrived | None = None
) -> Site:
    """Load every layer of a site side by side; paths are relative to ``folder``, a key without paths is asked of ``live``.

    A layer that fails is recorded as failed with the reason and never loses the others. Objects that touch the circle of
    ``radius_m`` around the centre are kept whole. ``progress`` and ``arrived`` are called on the caller's thread. Raises only
    ``CancelledError``, from ``progress``, after the threads have stopped.
    """
    fields: dict[str, Any] = {}
    records: dict[str, list[Provenance]] = {}
    for done, (layer, (found, record)) in enumerate(_side_by_side(LAYERS, request, Path(folder), live, progress)):
        fields.update(found)
        records[layer.key] = record
        if arrived:
            arrived(layer.key, tuple(record))
        if progress:
            progress((done + 1) / len(LAYERS), f"sources_progress_{layer.key}")
    provenance = tuple(one for layer in LAYERS for one in records[layer.key])
    return with_proposal(Site(request.centre, request.radius_m, provenance=provenance, **fields))


def with_proposal(site: Site, at_date: str = "", today: str = "") -> Site:
    """Return a site whose plans are ordered, with a proposal of which govern on the date of an application (ISO; '': as the sources have it), open
    where they do not on that of the decision (``today``, ISO; '': the day it is)."""
    return replace(site, plan_documents=propose(site.plan_documents, site.plans, at_date, today or datetime.date.today().isoformat(), site.unplaced))


def reload_layer(
    site: Site, key: str, request: SiteRequest, folder: str, progress: Progress | None = None, live: Live | None = None
) -> Site:
    """Return the site with one layer loaded anew, the others as they are; for a layer that failed."""
    layer = next(layer for layer in LAYERS if layer.key == key)
    (_, (found, record)), = _side_by_side((layer,), request, Path(folder), live, progress)
    empty = {name: getattr(Site(site.centre, site.radius_m), name) for name in layer.fields}
    records = {known.key: list(site.provenance_of(known.key)) for known in LAYERS}
    records[key] = record
    return with_proposal(replace(site, provenance=tuple(one for known in LAYERS for one in records[known.key]), **{**empty, **found}))


def _side_by_side(
    layers: tuple[LayerSource, ...], request: SiteRequest, folder: Path, live: Live | None, progress: Progress | None
) -> Iterator[tuple[LayerSource, Loaded]]:
    """Yield layers as they come in; ``progress`` is asked ten times a second whether to go on."""
    circle = Point(request.centre).buffer(request.radius_m)
    live = replace(live, on=request.on) if live is not None else None
    stop = threading.Event()
    with ThreadPoolExecutor(max_workers=len(layers)) as pool:
        waiting: dict[Future[Loaded], LayerSource] = {
            pool.submit(load_layer, layer, request, folder, circle, live, stop.is_set): layer for layer in layers
        }
        total = len(waiting)
        try:
            while waiting:
                if progress:
                    progress((total - len(waiting)) / total, f"sources_progress_{next(iter(waiting.values())).key}")
                done, _ = wait(waiting, timeout=0.1, return_when=FIRST_COMPLETED)
                for future in done:
                    yield waiting.pop(future), future.result()
        finally:
            stop.set()


def load_layer(
    layer: LayerSource, request: SiteRequest, folder: Path, box: BaseGeometry, live: Live | None = None,
    cancelled: Callable[[], bool] = never,
) -> Loaded:
    """Return the fields of one layer and its provenance; a failure becomes a record."""
    if layer.key in request.sources:
        return from_files(layer, request.sources[layer.key], folder, box)
    if live is None:
        return {}, [_record(layer, LayerState.FAILED, notes=[Note.of("sources_no_service", layer=layer.key)])]
    if layer.key not in SERVICES:
        return {}, [_record(layer, LayerState.NOT_ASKED, notes=[Note.of("sources_only_from_file", layer=layer.key)])]
    x, y = request.centre
    bounds = (x - request.radius_m, y - request.radius_m, x + request.radius_m, y + request.radius_m)
    parts = [from_services(layer, doors, live, bounds, box, cancelled) for doors in SERVICES[layer.key]]
    fields: dict[str, Any] = {}
    for found, _ in parts:
        for name, value in found.items():
            fields[name] = fields[name] + value if name in fields else value
    return fields, [record for _, records in parts for record in records]


def from_files(layer: LayerSource, names: tuple[str, ...], folder: Path, box: BaseGeometry) -> Loaded:
    """Return a layer read from the files that the case names; none: not asked."""
    if not names:
        return {}, [_record(layer, LayerState.NOT_ASKED)]
    origin = Origin(", ".join(names))
    try:
        for name in names:
            refuse_odd(folder / name, SourceError)
            if (folder / name).is_dir() and not files_of(folder / name):
                raise SourceError("sources_folder_empty", path=name)
        paths = [file for name in names for file in files_of(folder / name)]
        origin = Origin(", ".join(names), digest(paths), newest(paths))
        found, notes = layer.read([folder / name for name in names], box)
    except CancelledError:
        raise
    except Exception as error:
        return {}, [_record(layer, LayerState.FAILED, notes=[failure(error, ", ".join(Path(name).name for name in names))], origin=origin)]
    return found, [_counted(layer, found, notes, origin)]


def failure(error: Exception, name: str) -> Note:
    """Return what failed as one sentence, whatever was raised: what a stranger's file makes of a reader or a library is a fact about that file, and costs
    no other layer."""
    if isinstance(error, DrieluikError):
        return Note.of(error.code, **error.data)
    LOG.info("%s was not read", name, exc_info=error)
    return Note.of("sources_not_understood", path=name, kind=type(error).__name__)


def from_services(
    layer: LayerSource, doors: tuple[Service, ...], live: Live, bounds: Box, box: BaseGeometry, cancelled: Callable[[], bool]
) -> Loaded:
    """Return a part of a layer from the first of its services that answers; why earlier ones did not is in the remarks."""
    client = live.client(cancelled)
    failures: list[Note] = []
    silent: list[Note] = []
    for door in doors:
        endpoint = live.endpoints[door.endpoint]
        if not endpoint.asked and (client is not None or not live.kept(door, bounds)):
            silent.append(Note.of(endpoint.silence, service=endpoint.name, variable=endpoint.key_variable))
            continue
        origin = Origin(endpoint.url)
        try:
            entry, notes = live.entry(client, door, bounds)
            origin = Origin(endpoint.url, digest(entry.paths), entry.date)
            found, remarks = layer.read(list(entry.paths), box) if entry.paths else ({}, ())
        except CancelledError:
            raise
        except Exception as error:
            failures += [failure(error, endpoint.name), *(live.older(door, bounds) if client is not None else ())]
            continue
        other = [Note.of("service_other_door", service=endpoint.name)] if failures else []
        return found, [_counted(layer, found, (*notes, *failures, *other, *entry.notes, *remarks), origin)]
    location = ", ".join(live.endpoints[door.endpoint].url for door in doors if live.endpoints[door.endpoint].asked)
    if failures:
        return {}, [_record(layer, LayerState.FAILED, notes=failures, origin=Origin(location))]
    return {}, [_record(layer, LayerState.NOT_ASKED, notes=silent)]


def _counted(layer: LayerSource, found: Mapping[str, Any], notes: Iterable[Note], origin: Origin) -> Provenance:
    """Return the record of a layer that was read: loaded with its count, or empty."""
    notes = gathered(notes)
    count = sum(_count(value) for name, value in found.items() if name not in BESIDES)
    if count:
        return _record(layer, LayerState.LOADED, notes, count, origin)
    doubt = [Note.of("sources_empty_doubtful", layer=layer.key)] if layer.key in EVERYWHERE else []
    return _record(layer, LayerState.EMPTY, (*notes, *doubt, Note.of("sources_empty", layer=layer.key)), origin=origin)


def _record(layer: LayerSource, state: LayerState, notes: Iterable[Note] = (), count: int = 0, origin: Origin = NOWHERE) -> Provenance:
    return Provenance(layer.key, state, layer.source, origin.location, origin.sha256, origin.retrieved, layer.licence, count, tuple(notes))


def gathered(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Return the notes with those of one code about several files made one."""
    by_code: dict[str, list[Note]] = {}
    for note in notes:
        by_code.setdefault(note.code, []).append(note)
    merged = []
    for code, same in by_code.items():
        if code == "sources_crs_assumed" and len(same) > 1:
            merged.append(Note.of(code, path=", ".join(str(note.as_dict()["path"]) for note in same)))
        else:
            merged += same
    return tuple(merged)


def _count(value: Any) -> int:
    if value is None:
        return 0
    if hasattr(value, "heights"):
        return int((value.heights == value.heights).sum())
    return len(value.xyz) if hasattr(value, "xyz") else len(value)


def files_of(path: Path) -> list[Path]:
    """Return a file, or the files of a folder in order of name; nothing when it does not exist."""
    if path.is_dir():
        return sorted(p for p in path.iterdir() if p.is_file())
    return [path] if path.is_file() else []
