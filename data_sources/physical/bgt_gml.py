"""BGT download as GML: CityGML 2.0 with IMGeo 2.1.1, as files, a folder or the zip of PDOK's download service.

Read by hand: GDAL takes the label point for half of the panden, guesses columns per file and makes integers of ids. The geometry is
the object's own (``geometrie2dGrondvlak`` of a pand), never a label or a kruinlijn; arcs become chords within 5 mm.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from lxml import etree
from shapely.geometry.base import BaseGeometry

from ...model import Note
from ..formats.gml import GmlReader
from ..formats.gml_files import objects, streams, system_of
from ..formats.safe_xml import children, gml_id, local
from ..formats.vector_files import NOWHERE, Feature, FeatureLayer, check_rd, within

UNKNOWN = "sources_no_bgt"
COLLECTIONS: Mapping[str, str] = {
    "BuildingPart": "pand", "TrafficArea": "wegdeel", "AuxiliaryTrafficArea": "ondersteunendwegdeel", "PlantCover": "begroeidterreindeel",
    "SolitaryVegetationObject": "vegetatieobject", "BridgeConstructionElement": "overbruggingsdeel", "TunnelPart": "tunneldeel",
    "BuildingInstallation": "gebouwinstallatie", "Railway": "spoor",
}
"""Objects that CityGML has its own word for; the others are named as their collection."""
SPLIT = ("kunstwerkdeel", "scheiding", "vegetatieobject", "sensor", "waterinrichtingselement", "weginrichtingselement")
"""PDOK's collections of these are split by the kind of geometry."""
SUFFIXES = {"Point": "punt", "MultiPoint": "punt", "LineString": "lijn", "MultiLineString": "lijn"}
GEOMETRY = "geometrie2d"
GROUND = "geometrie2dGrondvlak"


def read_bgt_gml(paths: Sequence[Path], box: BaseGeometry) -> tuple[list[FeatureLayer], tuple[Note, ...]]:
    """Return the objects that touch the box (RD) as a layer per collection, attributes as IMGeo spells them, and remarks.

    Every version is there, history too. Raises ``SourceError``: cut off, no BGT, too large, not in RD.
    """
    found: dict[str, list[Feature]] = defaultdict(list)
    lost: dict[str, list[Feature]] = defaultdict(list)
    reader = GmlReader()
    notes: list[Note] = []
    bare = 0
    for path in paths:
        with_geometry: list[BaseGeometry] = []
        for name, stream in streams(path, UNKNOWN):
            for member in objects(stream, name, ("CityModel",), ("cityObjectMember",), UNKNOWN):
                for element in children(member):
                    feature = _feature(element, reader, notes)
                    if feature is None:
                        bare += 1
                        lost[_collection(element, NOWHERE)].append(Feature(NOWHERE, _attributes(element)))
                        continue
                    with_geometry.append(feature.geometry)
                    found[_collection(element, feature.geometry)].append(feature)
        notes += check_rd(system_of(reader.systems), with_geometry, path.name)
    if bare:
        notes.append(Note.of("sources_bgt_no_geometry", count=bare))
    notes += reader.remarks(", ".join(path.name for path in paths))
    names = sorted({*found, *lost})
    layers = [FeatureLayer(name, within(tuple(found.get(name, ())), box), lost=tuple(lost.get(name, ()))) for name in names]
    return layers, tuple(notes)


def _feature(element: etree._Element, reader: GmlReader, notes: list[Note]) -> Feature | None:
    """Return an object with its attributes; None when it has no geometry of its own (a label, a neighbourhood without area)."""
    holders = {local(child): child for child in children(element) if local(child).startswith(GEOMETRY)}
    holder = holders.get(GROUND) if GROUND in holders else next(iter(holders.values()), None)
    inner = next(children(holder), None) if holder is not None else None
    if inner is None:
        return None
    attributes = _attributes(element)
    try:
        return Feature(reader.read(inner), attributes)
    except ValueError as reason:
        notes.append(Note.of("sources_bgt_geometry_unread", fid=str(attributes.get("lokaalID", "")), what=str(reason)))
        return None


def _attributes(element: etree._Element) -> dict[str, Any]:
    """Return the texts of an object by local name; the parts of its identification as ``namespace`` and ``lokaalID``."""
    found: dict[str, Any] = {"gml_id": gml_id(element)}
    for child in children(element):
        name = local(child)
        if name == "identificatie":
            found.update({local(part): (part.text or "").strip() for part in child.iter() if not len(part) and local(part)})
        elif not len(child) and (words := (child.text or "").strip()):
            found[name] = words
    return found


def _collection(element: etree._Element, geometry: BaseGeometry) -> str:
    name = COLLECTIONS.get(local(element), local(element).lower())
    return f"{name}_{SUFFIXES.get(geometry.geom_type, 'vlak')}" if name in SPLIT else name
