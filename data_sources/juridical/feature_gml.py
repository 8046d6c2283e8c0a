"""Plan objects as the flat GML of the national files (PDOK ATOM, ``.gml.gz`` per object type), read object by object.

Its root may bind its prefix to GML's own namespace, so elements are known by their local names.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from lxml import etree
from shapely.geometry.base import BaseGeometry

from ...errors import SourceError
from ..formats.gml import GmlError, GmlReader, first_geometry
from ..formats.safe_xml import GZIP, children, gml_id, local, text_of
from ..formats.vector_files import NOWHERE, Feature
from .imro import MEMBERS
from .placed import Parsed
from .plan_features import kind_in, read_plan_features

LOOK_AHEAD = 50
"""Elements within which the first plan object must begin."""
SAFE: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False}
"""Nothing outside the file is read, and nothing in it grows."""


def is_feature_gml(path: Path, start: bytes) -> bool:
    """Whether a file is GML of flat plan objects: members without IMRO's own namespace. Reads only its first element and member."""
    if not start.startswith((b"<", GZIP)):
        return False
    try:
        with _opened(path) as stream:
            for seen, (_, element) in enumerate(etree.iterparse(stream, events=("start",), **SAFE), 1):
                if seen == 1 and ("imro" in str(element.tag).lower() or local(element).lower() != "featurecollection"):
                    return False
                if kind_in(local(element)):
                    return "imro" not in str(element.tag).lower()
                if seen > LOOK_AHEAD:
                    return False
    except (etree.XMLSyntaxError, OSError, EOFError, zlib.error):
        return False
    return False


def _opened(path: Path) -> Any:
    with path.open("rb") as stream:
        packed = stream.read(2) == GZIP
    return gzip.open(path) if packed else path.open("rb")


def read_feature_gml(path: Path, box: BaseGeometry | None = None) -> Parsed:
    """Return the plan objects of a national GML file (ATOM, ``.gml.gz``) that touch the box; read object by object, so that its size
    does not matter. Raises ``SourceError``."""
    gml = GmlReader()
    try:
        with _opened(path) as stream:
            features = list(_features(stream, path.name, gml, box))
    except (etree.XMLSyntaxError, EOFError, zlib.error, gzip.BadGzipFile) as reason:
        raise SourceError("sources_truncated", path=path.name, details=str(reason)) from reason
    except OSError as reason:
        raise SourceError("sources_unreadable", path=path.name, details=str(reason)) from reason
    here = {_plan_of(feature) for feature in features if not feature.geometry.is_empty}
    own = [feature for feature in features if not feature.geometry.is_empty or box is None or _plan_of(feature) in here]  # not of every plan of the country
    found = read_plan_features((("", feature) for feature in own), path.name)
    return replace(found, notes=(*found.notes, *gml.remarks(path.name)))


def _plan_of(feature: Feature) -> str:
    return str(feature.attributes.get("plangebied") or "")


def _features(stream: Any, name: str, gml: GmlReader, box: BaseGeometry | None) -> Iterator[Feature]:
    """Yield the features near the box, and those without a geometry, each thrown away once it is read."""
    for _, element in etree.iterparse(stream, events=("end",), **SAFE):
        _without_entities(element, name)
        parent = element.getparent()
        if parent is None or local(parent) not in MEMBERS:
            continue
        if kind := kind_in(local(element)):
            feature = _feature(element, kind, gml)
            if box is None or feature.geometry.is_empty or feature.geometry.intersects(box):
                yield feature
        element.clear()
        for one in (element, parent):
            while one.getprevious() is not None:
                del one.getparent()[0]


def _without_entities(element: etree._Element, name: str) -> None:
    """Raise ``SourceError`` when the document of an element has entities of its own: what they stand for is not read, so a value would be lost."""
    internal = element.getroottree().docinfo.internalDTD
    if internal is not None and any(True for _ in internal.iterentities()):
        raise SourceError("plans_entities", path=name)


def _feature(element: etree._Element, kind: str, gml: GmlReader) -> Feature:
    attributes: dict[str, str] = {"objecttype": kind, "gml_id": gml_id(element)}
    shape = None
    for part in children(element):
        if local(part).lower().startswith("geometrie") and shape is None:
            shape = first_geometry(part)
        elif not len(part):
            name, words = local(part), text_of(part)
            attributes[name] = f"{attributes[name]}, {words}" if attributes.get(name) else words
    try:
        return Feature(NOWHERE if shape is None else gml.read(shape), attributes)
    except GmlError:
        return Feature(NOWHERE, attributes)
