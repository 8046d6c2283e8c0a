"""Designs: whatever an applicant sends, read in a child process with limits, placed in RD + NAP."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ...model import Design, DesignRequest, LayerState, Message, Note, Provenance
from ...model.arrays import Progress
from ..formats.files import digest, newest
from .assembling import aligned, levels_of, parts_of, spacing_of, told
from .bodies.raw import RawDesign
from .placement import choose, provisional, refuse_impossible
from .process import read_files
from .variants import with_made


def load_designs(
    requests: Sequence[DesignRequest], folder: str, progress: Progress | None = None, centre: tuple[float, float] | None = None
) -> tuple[Design, ...]:
    """Read and place every design of a case, all files in one child process, and make those that are no files; paths are relative to ``folder``.

    ``centre`` (RD): where a design that says no place is laid for the time being; without it such a design is refused.

    Raises ``DesignError`` naming the file and what to ask of the applicant; ``CancelledError`` from ``progress``.
    """
    files = [request for request in requests if request.files]
    paths = [Path(folder) / name for request in files for name in request.files]

    def report(fraction: float) -> None:
        if progress:
            progress(fraction, "design_progress")

    asked = [(request.unit, request.up_axis) for request in files for _ in request.files]
    raws = read_files(paths, report, asked=asked) if paths else []
    designs, start = {}, 0
    for request in files:
        end = start + len(request.files)
        designs[request.name] = assemble(request, raws[start:end], paths[start:end], centre)
        start = end
    return with_made(requests, designs)


def load_design(request: DesignRequest, folder: str, progress: Progress | None = None) -> Design:
    """Read and place one design; see ``load_designs``."""
    return load_designs([request], folder, progress)[0]


def assemble(
    request: DesignRequest, raws: Sequence[RawDesign], paths: Sequence[Path], centre: tuple[float, float] | None = None
) -> Design:
    """Return one placed design from the files it consists of: each at its own place; one that says none shares that of the first that does."""
    raws = aligned(raws)
    known = next((raw for raw in raws if raw.georeference), raws[0])
    if centre and request.placement is None and known.georeference is None:
        placement = provisional(raws, centre)
        extra: tuple[Message, ...] = ()
    else:
        placement, extra = choose(known, request.placement, paths[0].name)
    parts = parts_of(raws, placement, request.objects, paths[0].name)
    said = [*(message for raw in raws for message in raw.messages), *told(parts)]
    messages = [Message(severity, Note.of(code, **data)) for severity, code, data in said]
    if request.placement is not None:
        messages = [m for m in messages if m.note.code != "design_no_georeference"]
    design = Design(
        name=request.name or paths[0].stem,
        parts=parts,
        placement=placement,
        provenance=(_record(request, raws, paths),),
        format=raws[0].format,
        unit_to_m=raws[0].unit_to_m,
        up_axis=raws[0].up_axis,
        levels=levels_of(raws, placement.base_nap_m),
        messages=(*messages, *extra),
        spacing_m=spacing_of(raws, placement),
    )
    refuse_impossible(design)
    return design


def _record(request: DesignRequest, raws: Sequence[RawDesign], paths: Sequence[Path]) -> Provenance:
    count = sum(len(raw.parts) for raw in raws)
    return Provenance(
        "design", LayerState.LOADED, f"{request.name} ({raws[0].format})", ", ".join(request.files), digest(paths), newest(paths), "", count
    )
