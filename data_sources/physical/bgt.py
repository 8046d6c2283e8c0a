"""BGT: current objects of the large-scale topography, from the OGC API's GeoJSON or a GeoPackage with a layer each.

The service gives every version of an object, so history is dropped here: an end date, or an older version of the same
lokaal id. Source: Basisregistratie Grootschalige Topografie, CC0 1.0. Outlines are known to 0.2 m.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry

from ...model import Note, TopographyObject, Tree
from ..vector_files import Feature, FeatureLayer, building_id, first, layer_names, read_layer, text, within

ENDED = ("eind_registratie", "eindRegistratie", "eindregistratie", "termination_date", "terminationDate", "terminationdate")
REGISTERED = ("tijdstip_registratie", "tijdstipRegistratie", "tijdstipregistratie")
IDS = ("lokaal_id", "lokaalID", "lokaalid", "identificatie", "gml_id")
FUNCTIONS = ("functie", "function", "fysiek_voorkomen", "bgt_fysiekvoorkomen", "type", "class", "bgt_type")
SURFACES = ("fysiek_voorkomen", "surfacematerial", "bgt_fysiekvoorkomen")


def read_bgt(
    paths: Sequence[Path], box: BaseGeometry
) -> tuple[tuple[TopographyObject, ...], tuple[Tree, ...], tuple[Note, ...]]:
    """Return current objects and trees that touch the box (RD), and what was dropped.

    A file is one collection (``bgt_<collection>.geojson`` or its GeoJSON name), or holds a layer per collection. Raises
    ``SourceError`` when a file cannot be read.
    """
    objects: list[TopographyObject] = []
    trees: list[Tree] = []
    notes: list[Note] = []
    for path in _files(paths):
        for name in layer_names(path):
            layer = read_layer(path, name)
            notes += layer.notes
            collection = layer.name.removeprefix("bgt_")
            features, dropped = current(FeatureLayer(collection, within(layer.features, box)))
            if dropped:
                notes.append(Note.of("sources_bgt_history", count=dropped, collection=collection))
            for feature in features:
                if collection.startswith("vegetatieobject") and feature.geometry.geom_type in ("Point", "MultiPoint"):
                    trees.append(Tree(text(feature.attributes, *IDS), Point(shapely.get_coordinates(feature.geometry)[0])))
                else:
                    objects.append(_object(feature, collection))
    return tuple(objects), tuple(trees), tuple(notes)


def _files(paths: Sequence[Path]) -> list[Path]:
    return [file for path in paths for file in (sorted(path.glob("*.*")) if path.is_dir() else [path])]


def current(layer: FeatureLayer) -> tuple[list[Feature], int]:
    """Return the latest version of each object that has not ended and stands, and how many records were dropped."""
    latest: dict[str, Feature] = {}
    for number, feature in enumerate(layer.features):
        attributes = feature.attributes
        status = text(attributes, "status", "bgt_status", "bgt-status").lower()
        if first(attributes, *ENDED) is not None or status in ("plan", "historie"):
            continue
        key = text(attributes, *IDS) or f"#{number}"
        known = latest.get(key)
        if known is None or text(attributes, *REGISTERED) > text(known.attributes, *REGISTERED):
            latest[key] = feature
    return list(latest.values()), len(layer.features) - len(latest)


def _object(feature: Feature, collection: str) -> TopographyObject:
    attributes = feature.attributes
    level = first(attributes, "relatieve_hoogteligging", "relatieveHoogteligging", "relatievehoogteligging")
    return TopographyObject(
        fid=text(attributes, *IDS),
        collection=collection,
        geometry=feature.geometry,
        function=text(attributes, *FUNCTIONS),
        surface=text(attributes, *SURFACES),
        level=int(level or 0),
        owner=text(attributes, "bronhouder"),
        building_id=building_id(first(attributes, "bag_pnd", "identificatieBAGPND", "identificatiebagpnd")),
    )
