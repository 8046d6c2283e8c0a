"""What a record keeps of files: their hash and their date. Standard library only: the child process starts with it."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest(paths: Iterable[Path]) -> str:
    """Return the sha256 over the contents of files in order; '' of none."""
    sha = hashlib.sha256()
    for path in (paths := list(paths)):
        with path.open("rb") as stream:
            while block := stream.read(1 << 20):
                sha.update(block)
    return sha.hexdigest() if paths else ""


def newest(paths: Iterable[Path]) -> str:
    """Return the ISO date of the youngest file; '' of none."""
    times = [path.stat().st_mtime for path in paths]
    return datetime.datetime.fromtimestamp(max(times), datetime.timezone.utc).date().isoformat() if times else ""
