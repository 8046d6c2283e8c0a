"""Zip files that go out, the same for the same content, and those that come back, of which no part is read beyond what it can be."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

PACKED_AT = (1980, 1, 1, 0, 0, 0)
"""The first date that a zip can say: the same content gives the same file."""


def pack(path: Path, files: Mapping[str, bytes], plain: str = "") -> Path:
    """Write files by name into a zip, in their order; the one named ``plain`` is not compressed."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(zipfile.ZipInfo(name, PACKED_AT), content, zipfile.ZIP_STORED if name == plain else zipfile.ZIP_DEFLATED)
    return path


def bounded(packed: zipfile.ZipFile, name: str, most_bytes: int) -> bytes | None:
    """Return what is packed under a name; None where that is more than ``most_bytes``, of which no more is unpacked."""
    with packed.open(name) as file:
        content = file.read(most_bytes + 1)
    return content if len(content) <= most_bytes else None
