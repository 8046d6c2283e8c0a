"""The child process in which foreign files are read: what kills it, kills nothing of ours."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np

from ...errors import DesignError
from .bodies.raw import NOTHING_ASKED, Asked, RawDesign

WORDS_LIMIT = 500
"""Characters of a file's own text that go into a message: a line of a foreign file can be megabytes long."""
UNPACKED_LIMIT, UNPACKED_ALWAYS, UNPACKED_TIMES = 200 << 20, 20 << 20, 100
"""Bytes that an archive may unpack to; above 20 MB at most 100 times its own size (IFC text packs some ten times)."""
MODELS = ("ifc", "ifczip", "cityjson")
"""Kinds of files that say their axis and unit themselves."""


def read_in_child(
    pipe: Connection, files: list[str], folder: str, memory_mb: int, seconds: int, asked: list[tuple[str, str]] | None = None
) -> None:
    """Read each file into ``folder/<n>/``, with what was asked of each (unit, up axis).

    Sends progress and at last ``{"done": true}`` or ``{"error": ...}`` as JSON bytes.
    """
    limit(memory_mb, seconds)

    def send(**message: Any) -> None:
        pipe.send_bytes(json.dumps(message).encode())

    current = ""
    try:
        for number, name in enumerate(files):
            current = Path(name).name
            target = Path(folder) / str(number)
            target.mkdir()
            own = Asked(*asked[number]) if asked else NOTHING_ASKED
            read_file(Path(name), target, _share(lambda fraction: send(progress=fraction), number, len(files)), own)
        send(done=True)
    except DesignError as error:
        data = {key: value[:WORDS_LIMIT] if isinstance(value, str) else value for key, value in error.data.items()}
        send(error=error.code, data=data, details=error.details[:WORDS_LIMIT])
    except MemoryError:
        send(error="design_too_large", data={"path": current}, details="MemoryError")
    except Exception as error:  # whatever a library throws on a foreign file is a fact about that file
        send(error="design_truncated", data={"path": current}, details=f"{type(error).__name__}: {error}"[:WORDS_LIMIT])


def limit(memory_mb: int, seconds: int) -> None:
    """Bound the memory and processor time of this process where the system can (POSIX)."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock is the bound
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, memory_mb << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read_file(path: Path, target: Path, report: Callable[[float], None], asked: Asked = NOTHING_ASKED) -> None:
    """Read one file of any known format into ``target``."""
    from .bodies.crossing import tangled
    from .bodies.pieces import PARTS_LIMIT, tell_slanted
    from .bodies.repair import mend
    from .bodies.strays import check_size, without_strays
    from .recognise import other_suffix, recognise

    kind = recognise(path)
    raw = read_kind(kind, path, target, report, asked)
    if not raw.parts:
        raise DesignError("design_no_geometry", path=path.name)
    if len(raw.parts) > PARTS_LIMIT:
        raise DesignError("design_too_many_parts", path=path.name, most=PARTS_LIMIT)
    if kind in MODELS:  # of a mesh they are dropped before its axis and unit are judged
        raw.parts = without_strays(raw.parts, raw)
        tell_slanted(raw)
    check_size(raw, path.name)
    if tangled(np.concatenate([part.vertices[part.faces] for part in raw.parts])):
        raise DesignError("design_tangle", path=path.name)
    if other_suffix(path, kind):
        raw.messages.insert(0, ("warning", "design_other_suffix", {"path": path.name, "kind": raw.format}))
    mend(raw).save(target)


def read_kind(kind: str, path: Path, target: Path, report: Callable[[float], None], asked: Asked) -> RawDesign:
    """Read a file of a known kind; libraries are imported only when their format comes by."""
    if kind == "ifczip":
        return read_archive(path, target, report)
    if kind == "ifc":
        from .readers.ifc import read_ifc

        return read_ifc(path, report)
    if kind == "cityjson":
        from .readers.city import read_city

        return read_city(path)
    if kind == "dae":
        from .readers.collada import read_collada

        return read_collada(path, asked)
    if kind == "dxf":
        from .readers.dxf import read_dxf

        return read_dxf(path, asked)
    from .readers.mesh import read_mesh

    return read_mesh(path, kind, asked)


def _share(report: Callable[[float], None], number: int, count: int) -> Callable[[float], None]:
    """Return what tells how far one of several files is as how far they all are."""
    return lambda part: report((number + part) / count)


def read_archive(path: Path, target: Path, report: Callable[[float], None]) -> RawDesign:
    """Read an IFCZIP; several IFC files in it are taken as aspect models of one design, and that is told."""
    from .assembling import aligned
    from .readers.ifc import read_ifc

    inside = unpacked(path, target)
    raws = []
    for number, file in enumerate(inside):
        raws.append(read_ifc(file, _share(report, number, len(inside))))
        file.unlink()
    whole, *others = aligned(raws)
    for raw in others:
        whole.parts += raw.parts
        whole.levels += [level for level in raw.levels if level not in whole.levels]
        whole.messages += [message for message in raw.messages if message not in whole.messages]
        whole.georeference = whole.georeference or raw.georeference
    if len(raws) > 1:
        whole.say("warning", "design_zip_several", path=path.name, count=len(raws))
    return whole


def unpacked(path: Path, target: Path) -> list[Path]:
    """Return the IFC files of an archive, unpacked under names of our own; what is too large is refused."""
    files, room = [], min(UNPACKED_LIMIT, max(UNPACKED_ALWAYS, UNPACKED_TIMES * path.stat().st_size))
    with zipfile.ZipFile(path) as archive:
        for number, member in enumerate(m for m in archive.infolist() if m.filename.lower().endswith(".ifc")):
            if member.flag_bits & 1:
                raise DesignError("design_zip_locked", path=path.name)
            if member.file_size > room:
                raise DesignError("design_too_large", path=path.name)
            with archive.open(member) as stream:
                data = stream.read(room + 1)
            room -= len(data)
            if room < 0:
                raise DesignError("design_too_large", path=path.name)
            files.append(target / f"inside{number}.ifc")
            files[-1].write_bytes(data)
    return files
