"""The surroundings of a plot: every layer a case names, each with its provenance and state."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shapely import Point
from shapely.geometry.base import BaseGeometry

from ..errors import CancelledError, SourceError
from ..model import LayerState, Note, Provenance, Site, SiteRequest
from .administrative.bag import read_bag
from .administrative.brk import read_parcels
from .files import digest, newest
from .juridical.imro import read_plan
from .physical.bgt import read_bgt
from .physical.buildings3d import read_buildings3d
from .physical.point_cloud import read_points
from .physical.terrain import read_terrain

Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class LayerSource:
    """A layer: its key in a case, the name of the registration, its licence, and its reader.

    ``read(paths, box)`` returns (fields of Site, notes).
    """

    key: str
    source: str
    licence: str
    read: Callable[[list[Path], BaseGeometry], tuple[dict[str, Any], tuple[Note, ...]]]


def _plans(paths: list[Path], box: BaseGeometry) -> tuple[dict[str, Any], tuple[Note, ...]]:
    read = [read_plan(path, box) for path in paths]
    return {"plans": _joined(areas for areas, _ in read)}, _joined(notes for _, notes in read)


def _bag(paths: list[Path], box: BaseGeometry) -> tuple[dict[str, Any], tuple[Note, ...]]:
    buildings, addresses, notes = read_bag(paths, box)
    return {"registered_buildings": buildings, "addresses": addresses}, notes


def _parcels(paths: list[Path], box: BaseGeometry) -> tuple[dict[str, Any], tuple[Note, ...]]:
    read = [read_parcels(path, box) for path in paths]
    return {"parcels": _joined(parcels for parcels, _ in read)}, _joined(notes for _, notes in read)


def _bgt(paths: list[Path], box: BaseGeometry) -> tuple[dict[str, Any], tuple[Note, ...]]:
    objects, trees, notes = read_bgt(paths, box)
    return {"topography": objects, "trees": trees}, notes


def _terrain(paths: list[Path], box: BaseGeometry) -> tuple[dict[str, Any], tuple[Note, ...]]:
    terrain, notes = read_terrain(paths[0], box)
    return {"terrain": terrain}, notes


def _points(paths: list[Path], box: BaseGeometry) -> tuple[dict[str, Any], tuple[Note, ...]]:
    points, notes = read_points(paths, box)
    return {"points": points}, notes


def _buildings3d(paths: list[Path], box: BaseGeometry) -> tuple[dict[str, Any], tuple[Note, ...]]:
    models, notes = read_buildings3d(paths, box)
    return {"buildings3d": models}, notes


LAYERS = (
    LayerSource("plans", "Ruimtelijke plannen (IMRO)", "open overheidsdata", _plans),
    LayerSource("bag", "BAG (Kadaster)", "public domain mark", _bag),
    LayerSource("parcels", "BRK Kadastrale kaart (Kadaster)", "CC BY 4.0", _parcels),
    LayerSource("bgt", "BGT", "CC0 1.0", _bgt),
    LayerSource("terrain", "AHN DTM", "CC0 1.0", _terrain),
    LayerSource("points", "AHN puntenwolk", "CC0 1.0", _points),
    LayerSource("buildings3d", "3DBAG (tudelft3d, 3DGI)", "CC BY 4.0", _buildings3d),
)
SOURCE_KEYS = tuple(layer.key for layer in LAYERS)


def load_site(request: SiteRequest, folder: str, progress: Progress | None = None) -> Site:
    """Load every layer of a site; paths are relative to ``folder``.

    A layer that fails is recorded as failed with the reason and never loses the others. Objects that touch the circle of
    ``radius_m`` around the centre are kept whole. Raises only ``CancelledError``, from ``progress``.
    """
    box = Point(request.centre).buffer(request.radius_m)
    fields: dict[str, Any] = {}
    records: list[Provenance] = []
    for number, layer in enumerate(LAYERS):
        if progress:
            progress(number / len(LAYERS), f"sources_progress_{layer.key}")
        found, record = load_layer(layer, request, Path(folder), box)
        fields.update(found)
        records += record
    return Site(request.centre, request.radius_m, provenance=tuple(records), **fields)


def load_layer(
    layer: LayerSource, request: SiteRequest, folder: Path, box: BaseGeometry
) -> tuple[dict[str, Any], list[Provenance]]:
    """Return the fields of one layer and its provenance; a failure becomes a record."""

    def record(state: LayerState, names: Iterable[str] = (), notes: Iterable[Note] = (), count: int = 0) -> list[Provenance]:
        names = list(names)
        paths = [file for name in names for file in files_of(folder / name)]
        return [
            Provenance(
                layer.key, state, layer.source, ", ".join(names), digest(paths), newest(paths), layer.licence, count, tuple(notes)
            )
        ]

    if layer.key not in request.sources:
        return {}, record(LayerState.FAILED, notes=[Note.of("sources_no_service", layer=layer.key)])
    names = request.sources[layer.key]
    if not names:
        return {}, record(LayerState.NOT_ASKED)
    try:
        found, notes = layer.read([folder / name for name in names], box)
    except CancelledError:
        raise
    except SourceError as error:
        return {}, record(LayerState.FAILED, names, [Note.of(error.code, **error.data)])
    notes = gathered(notes)
    count = sum(_count(value) for value in found.values())
    if not count:
        return found, record(LayerState.EMPTY, names, (*notes, Note.of("sources_empty", layer=layer.key)))
    return found, record(LayerState.LOADED, names, notes, count)


def gathered(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Return the notes with those of one code about several files made one."""
    by_code: dict[str, list[Note]] = {}
    for note in notes:
        by_code.setdefault(note.code, []).append(note)
    merged = []
    for code, same in by_code.items():
        if code == "sources_crs_assumed" and len(same) > 1:
            same = [Note.of(code, path=", ".join(str(note.as_dict()["path"]) for note in same))]
        merged += same
    return tuple(merged)


def _count(value: Any) -> int:
    if value is None:
        return 0
    if hasattr(value, "heights"):
        return int((value.heights == value.heights).sum())
    return len(value.xyz) if hasattr(value, "xyz") else len(value)


def _joined(groups: Iterable[tuple[Any, ...]]) -> tuple[Any, ...]:
    return tuple(item for group in groups for item in group)


def files_of(path: Path) -> list[Path]:
    """Return a file, or the files of a folder in order of name; nothing when it does not exist."""
    if path.is_dir():
        return sorted(p for p in path.iterdir() if p.is_file())
    return [path] if path.is_file() else []
