"""Large XML deliveries (BGT, BRK, BAG): files, and zips of files or of further zips, read as a stream, one object in memory at a time."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from lxml import etree

from ...errors import SourceError
from .files import room_of
from .safe_xml import local

UNPACKED_MAX = 2_000_000_000
DEPTH = 3
"""The Kadaster's deliveries are zips in zips in a zip."""
ZIP = b"PK\x03\x04"


def is_xml(path: Path) -> bool:
    """Whether a file is XML or a zip, by its first bytes."""
    try:
        with path.open("rb") as stream:
            start = stream.read(64).lstrip(b"\xef\xbb\xbf \r\n\t")
    except OSError:
        return False
    return start.startswith((ZIP, b"<?xml")) or (start.startswith(b"<") and path.suffix.lower() in (".gml", ".xml"))


def streams(path: Path, unknown: str) -> Iterator[tuple[str, IO[bytes]]]:
    """Yield (name, stream) of an XML file, or of those in a zip, within limits.

    Raises ``SourceError``: ``unknown`` when a zip holds no XML at all, damaged, unreadable, too large.
    """
    try:
        if not zipfile.is_zipfile(path):
            with path.open("rb") as stream:
                yield path.name, stream
            return
        with path.open("rb") as stream:
            count = 0
            for name, member in _members_of_zip(stream, path.name, [room_of(path.stat().st_size, UNPACKED_MAX)], DEPTH):
                count += 1
                yield name, member
        if not count:
            raise SourceError(unknown, path=path.name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as reason:
        raise SourceError("sources_corrupt", path=path.name, details=str(reason)) from reason
    except OSError as reason:
        raise SourceError("sources_unreadable", path=path.name, details=str(reason)) from reason


def _members_of_zip(stream: IO[bytes], name: str, left: list[int], depth: int) -> Iterator[tuple[str, IO[bytes]]]:
    """Yield the XML of a zip and of the zips in it; ``left`` bytes may still be unpacked."""
    with zipfile.ZipFile(stream) as archive:
        for item in archive.infolist():
            lower = item.filename.lower()
            if not lower.endswith((".gml", ".xml", ".zip")) or lower.rpartition("/")[2].startswith("._"):
                continue
            left[0] -= item.file_size
            if left[0] < 0:
                raise SourceError("sources_unpacks_too_large", path=name)
            if not lower.endswith(".zip"):
                with archive.open(item) as member:
                    yield f"{name}/{item.filename}", member
            elif depth:
                yield from _members_of_zip(io.BytesIO(archive.read(item)), f"{name}/{item.filename}", left, depth - 1)


def objects(stream: IO[bytes], name: str, roots: Sequence[str], members: Sequence[str], unknown: str) -> Iterator[etree._Element]:
    """Yield every element of a local name in ``members``; the element is emptied when the caller goes on.

    Raises ``SourceError``: ``unknown`` when the root is not one of ``roots``; cut off.
    """
    try:
        events = etree.iterparse(stream, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
        _, root = next(events)
        if local(root) not in roots:
            raise SourceError(unknown, path=name)
        for event, element in events:
            if event == "end" and local(element) in members:
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except (etree.XMLSyntaxError, StopIteration) as reason:
        raise SourceError("sources_truncated", path=name, details=str(reason)) from reason
    except (zipfile.BadZipFile, zlib.error, EOFError) as reason:  # of the zip that is read through the stream
        raise SourceError("sources_corrupt", path=name, details=str(reason)) from reason


def system_of(systems: Sequence[str] | set[str]) -> str:
    """Return the coordinate system that a document names: one that is not RD if there is any, else RD (all its editions are)."""
    return next((system for system in sorted(systems) if not any(code in system for code in ("28992", "7415"))), "EPSG:28992")
