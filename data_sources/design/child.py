"""The child process in which foreign files are read: what kills it, kills nothing of ours."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from ...errors import DesignError

UNPACKED_LIMIT = 200 * 1024 * 1024


def read_in_child(pipe: Connection, files: list[str], folder: str, memory_mb: int, seconds: int) -> None:
    """Read each file into ``folder/<n>/``; sends progress and at last ``{"done": true}`` or ``{"error": ...}`` as JSON bytes."""
    limit(memory_mb, seconds)

    def send(**message: Any) -> None:
        pipe.send_bytes(json.dumps(message).encode())

    current = ""
    try:
        for number, name in enumerate(files):
            current = Path(name).name
            target = Path(folder) / str(number)
            target.mkdir()
            read_file(Path(name), target, lambda part, n=number: send(progress=(n + part) / len(files)))
        send(done=True)
    except DesignError as error:
        send(error=error.code, data=error.data, details=error.details)
    except MemoryError:
        send(error="design_too_large", data={"path": current}, details="MemoryError")
    except Exception as error:  # whatever a library throws on a foreign file is a fact about that file
        send(error="design_truncated", data={"path": current}, details=f"{type(error).__name__}: {error}")


def limit(memory_mb: int, seconds: int) -> None:
    """Bound the memory and processor time of this process where the system can (POSIX)."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock is the bound
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, memory_mb << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read_file(path: Path, target: Path, report: Callable[[float], None]) -> None:
    """Read one file of any known format into ``target``."""
    from .formats import recognise
    from .repair import mend

    kind = recognise(path)
    if kind == "ifczip":
        path, kind = unpacked(path, target), "ifc"
    if kind == "ifc":
        from .ifc import read_ifc

        raw = read_ifc(path, report)
    elif kind == "cityjson":
        from .city import read_city

        raw = read_city(path)
    else:
        from .mesh import read_mesh

        raw = read_mesh(path, kind)
    mend(raw).save(target)


def unpacked(path: Path, target: Path) -> Path:
    """Return the one IFC of an archive, unpacked; several, or one too large, are refused."""
    with zipfile.ZipFile(path) as archive:
        members = [m for m in archive.infolist() if m.filename.lower().endswith(".ifc")]
        if len(members) > 1:
            raise DesignError("design_zip_several", path=path.name, count=len(members))
        if members[0].file_size > UNPACKED_LIMIT:
            raise DesignError("design_too_large", path=path.name)
        with archive.open(members[0]) as stream:
            data = stream.read(UNPACKED_LIMIT + 1)
    if len(data) > UNPACKED_LIMIT:
        raise DesignError("design_too_large", path=path.name)
    inside = target / "inside.ifc"
    inside.write_bytes(data)
    return inside
