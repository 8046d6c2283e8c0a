"""BGT: current objects of the large-scale topography, from the OGC API's GeoJSON, a GeoPackage with a layer each, or the download's GML.

The service gives every version of an object, so history is dropped here: an end date, or an older version of the same
lokaal id. Source: Basisregistratie Grootschalige Topografie, CC0 1.0. Outlines are known to 0.2 m.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry

from ...model import Note, TopographyObject, Tree
from ..formats.gml_files import is_xml
from ..formats.register_objects import current, has_area, placed_id, without_area
from ..formats.vector_files import Feature, FeatureLayer, building_id, first, layer_names, plain, read_layer, text, within
from .bgt_gml import read_bgt_gml

ENDED = ("eindregistratie", "terminationdate")
REGISTERED = "tijdstipregistratie"
IDS = ("lokaalid", "identificatie", "gmlid")
FUNCTIONS = (
    "functie", "function", "fysiekvoorkomen", "bgtfysiekvoorkomen", "type", "class", "bgttype",
    "plustype", "plusfunctie", "plustypegebouwinstallatie",
)
SURFACES = ("fysiekvoorkomen", "surfacematerial", "bgtfysiekvoorkomen")
BUILDING_IDS = ("bagpnd", "identificatiebagpnd")
BUILT = ("pand", "overigbouwwerk")
"""Collections of which it is asked whether one counts that is in a state that nobody knows, as of any area that is planned."""
AREAL = (
    *BUILT, "wegdeel", "ondersteunendwegdeel", "waterdeel", "ondersteunendwaterdeel", "begroeidterreindeel", "onbegroeidterreindeel", "overbruggingsdeel",
    "tunneldeel",
)
"""Collections whose objects are areas (IMGeo 2.1.1): all that is built, and all that is ground or goes over or under it."""
STANDS, PLANNED, GONE = ("", "bestaand"), "plan", ("historie",)
"""States of an object (IMGeo 2.1.1, waardelijst Status)."""
NOT_BGT = "niet-bgt"
"""Stands where only the plus attribute says what the object is."""


def read_bgt(
    paths: Sequence[Path], box: BaseGeometry
) -> tuple[tuple[TopographyObject, ...], tuple[Tree, ...], tuple[Note, ...]]:
    """Return current objects and trees that touch the box (RD), and what was dropped.

    A file is one collection (``bgt_<collection>.geojson`` or its GeoJSON name), holds a layer per collection, or is GML of the download
    service (a file, a folder or its zip): the content tells. Raises ``SourceError`` when a file cannot be read.
    """
    layers, notes = _layers(paths, box)
    objects, trees, remarks = bgt_from_features(layers, box)
    return objects, trees, (*notes, *remarks)


def bgt_from_features(
    layers: Iterable[FeatureLayer], box: BaseGeometry,
) -> tuple[tuple[TopographyObject, ...], tuple[Tree, ...], tuple[Note, ...]]:
    """Return current objects and trees of features in any spelling, a layer per collection, and what was dropped; ``box`` (RD): what was loaded."""
    objects: list[TopographyObject] = []
    trees: list[Tree] = []
    notes: list[Note] = []
    bare: dict[str, list[tuple[str, BaseGeometry]]] = {}
    for raw in layers:
        layer = FeatureLayer(raw.name, tuple(Feature(f.geometry, known(f.attributes)) for f in (*raw.features, *raw.lost)))
        features, dropped = _current(layer)
        if dropped:
            notes.append(Note.of("sources_bgt_history", count=dropped, collection=layer.name))
        collection = layer.name.split("_")[0]
        for feature in features:
            if collection in AREAL and not has_area(feature):
                bare.setdefault(collection, []).append((text(feature.attributes, *IDS), feature.geometry))
            elif feature.geometry.is_empty:
                continue  # of no object that a check looks at
            elif layer.name.startswith("vegetatieobject") and is_tree(feature):
                fid = text(feature.attributes, *IDS)
                trees += [Tree(fid, Point(place)) for place in shapely.get_coordinates(feature.geometry)]
            else:
                objects.append(_object(feature, layer.name))
    if planned := sum(item.planned for item in objects):
        notes.append(Note.of("sources_bgt_planned", count=planned))
    lost = [note for collection, some in bare.items() for note in without_area(some, "bgt", box, collection=collection)]
    return tuple(objects), tuple(trees), (*notes, *lost)


def _layers(paths: Sequence[Path], box: BaseGeometry) -> tuple[list[FeatureLayer], list[Note]]:
    """Return the objects that touch the box as a layer per collection, and remarks."""
    layers: list[FeatureLayer] = []
    notes: list[Note] = []
    files = _files(paths)
    gml = [file for file in files if is_xml(file)]
    if gml:
        layers, remarks = read_bgt_gml(gml, box)
        notes += remarks
    for path in files:
        for name in () if path in gml else layer_names(path):
            layer = read_layer(path, name, box)
            notes += layer.notes
            layers.append(FeatureLayer(layer.name.removeprefix("bgt_"), within(layer.features, box), lost=layer.lost))
    return layers, notes


def is_tree(feature: Feature) -> bool:
    """Whether a vegetatieobject is a tree: a point that is not called anything else."""
    return feature.geometry.geom_type in ("Point", "MultiPoint") and text(feature.attributes, "plustype") in ("", "boom")


def known(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Return attributes under their plain names, without those that only say that the plus attribute counts."""
    return {name: value for name, value in plain(attributes).items() if value != NOT_BGT}


def _files(paths: Sequence[Path]) -> list[Path]:
    return [file for path in paths for file in (sorted(path.glob("*.*")) if path.is_dir() else [path])]


def _current(layer: FeatureLayer) -> tuple[list[Feature], int]:
    """Return the latest version of each object that has not ended and stands, and how many records were dropped."""
    gone = GONE if layer.name.split("_")[0] in AREAL else (*GONE, PLANNED)
    real = [feature for feature in layer.features if _state(feature) not in gone]
    found, history = current(real, ENDED, lambda f: text(f.attributes, *IDS), lambda f: text(f.attributes, REGISTERED))
    return found, history + len(layer.features) - len(real)


def _state(feature: Feature) -> str:
    return text(feature.attributes, "status", "bgtstatus", "plusstatus").strip().lower()


def _object(feature: Feature, collection: str) -> TopographyObject:
    attributes = feature.attributes
    return TopographyObject(
        fid=text(attributes, *IDS) or placed_id(feature.geometry),
        collection=collection,
        geometry=feature.geometry,
        function=text(attributes, *FUNCTIONS),
        surface=text(attributes, *SURFACES),
        level=_level(first(attributes, "relatievehoogteligging")),
        owner=text(attributes, "bronhouder"),
        building_id=building_id(first(attributes, *BUILDING_IDS)),
        planned=_state(feature) == PLANNED or (collection in BUILT and _state(feature) not in STANDS),
    )


def _level(value: Any) -> int:
    """Return a relative level; 0, the ground, when the source says nothing that is a number."""
    try:
        return int(float(value))
    except (TypeError, ValueError, OverflowError):
        return 0
