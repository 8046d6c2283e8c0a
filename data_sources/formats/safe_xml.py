"""XML that comes from elsewhere, read safely: no entities, no network, no document that grows; and the words to walk it."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from ...errors import SourceError
from .files import room_of

MAX_BYTES = 400_000_000
"""Of an unpacked document; the largest national file per type is far smaller."""
MAX_DEPTH = 200
XLINK = "{http://www.w3.org/1999/xlink}href"
GML_NAMESPACES = ("http://www.opengis.net/gml/3.2", "http://www.opengis.net/gml")
GZIP = b"\x1f\x8b"
HTML = (b"<!doctype html", b"<html")


def parse_xml(path: Path) -> etree._Element:
    """Return the root of an XML file, plain or gzipped.

    Raises ``SourceError``: missing, not readable, empty, a web page, with entities of its own, cut off or no XML.
    """
    return parse_bytes(read_bytes(path), path.name)


def read_bytes(path: Path) -> bytes:
    """Return the content of a file, unpacked when it is gzipped; raises ``SourceError``."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise SourceError("sources_missing", path=str(path)) from None
    except OSError as reason:
        raise SourceError("sources_unreadable", path=path.name, details=str(reason)) from reason
    return unpacked(content, path.name) if content.startswith(GZIP) else content


def unpacked(content: bytes, name: str) -> bytes:
    """Return gzipped content unpacked, up to ``MAX_BYTES``; raises ``SourceError`` when damaged or larger."""
    unpacker = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    room = room_of(len(content), MAX_BYTES)
    try:
        plain = unpacker.decompress(content, room)
    except (zlib.error, gzip.BadGzipFile) as reason:
        raise SourceError("sources_truncated", path=name, details=str(reason)) from reason
    if unpacker.unconsumed_tail:
        if room < MAX_BYTES:
            raise SourceError("sources_unpacks_too_large", path=name)
        raise SourceError("plans_too_large", path=name, megabytes=MAX_BYTES // 1_000_000)
    if not unpacker.eof:
        raise SourceError("sources_truncated", path=name, details="gzip ends halfway")
    return plain


def parse_bytes(content: bytes, name: str) -> etree._Element:
    """Return the root of an XML document; raises ``SourceError`` as ``parse_xml``."""
    start = content[:1000].lstrip(b"\xef\xbb\xbf \r\n\t\0").lower()
    if not start:
        raise SourceError("plans_file_empty", path=name)
    if any(start.startswith(word) for word in HTML) or b"<html" in start:
        raise SourceError("sources_html", path=name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as reason:
        entities = "entit" in str(reason).lower()
        raise SourceError("plans_entities" if entities else "sources_truncated", path=name, details=str(reason)) from reason
    internal = root.getroottree().docinfo.internalDTD
    if internal is not None and any(True for _ in internal.iterentities()):
        raise SourceError("plans_entities", path=name)
    return root


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace; '' for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Yield the child elements of these local names, in order; all when no name is given."""
    for child in element:
        name = local(child)
        if name and (not names or name in names):
            yield child


def child(element: etree._Element, *names: str) -> etree._Element | None:
    """Return the first child element of one of these local names."""
    return next(children(element, *names), None)


def descendants(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Yield the elements inside of these local names, in order of the document."""
    for found in element.iter():
        if found is not element and local(found) in names:
            yield found


def text_of(element: etree._Element | None, name: str = "") -> str:
    """Return the text of an element, or of its first child (else first descendant) of a local name; '' when there is none."""
    if element is None:
        return ""
    if not name:
        return " ".join((element.text or "").split())
    for found in (*children(element, name), *descendants(element, name)):
        if words := " ".join((found.text or "").split()):
            return words
    return ""


def href(element: etree._Element) -> str:
    """Return what an element refers to: the id after ``#`` of its xlink, '' when it refers to nothing."""
    return element.get(XLINK, "").rpartition("#")[2].strip()


def gml_id(element: etree._Element) -> str:
    """Return the gml:id of an element, '' when it has none."""
    return next((element.get(f"{{{space}}}id") or "" for space in GML_NAMESPACES if element.get(f"{{{space}}}id")), "")
