"""BRK Kadastrale kaart: parcels, in the camelCase of the WFS and the snake_case of the OGC API.

Source: Kadaster, CC BY 4.0. The map is not the legal boundary: its precision is decimetres.
"""

from __future__ import annotations

from pathlib import Path

from shapely.geometry.base import BaseGeometry

from ...model import Note, Parcel
from ..vector_files import Feature, first, read_layer, text, within


def read_parcels(path: Path, box: BaseGeometry) -> tuple[tuple[Parcel, ...], tuple[Note, ...]]:
    """Return the parcels that touch the box (RD) and remarks; raises ``SourceError`` when the file cannot be read."""
    layer = read_layer(path)
    areal = tuple(f for f in layer.features if f.geometry.geom_type in ("Polygon", "MultiPolygon"))
    return tuple(_parcel(feature) for feature in within(areal, box)), layer.notes


def _parcel(feature: Feature) -> Parcel:
    attributes = feature.attributes
    place = text(attributes, "kadastraleGemeenteWaarde", "kadastrale_gemeente_waarde")
    number = text(attributes, "perceelnummer").removesuffix(".0")
    size = first(attributes, "kadastraleGrootteWaarde", "kadastrale_grootte_waarde")
    return Parcel(
        fid=text(attributes, "identificatieLokaalID", "identificatie_lokaal_id", "gml_id"),
        designation=" ".join(word for word in (place, text(attributes, "sectie"), number) if word),
        geometry=feature.geometry,
        registered_area_m2=float(size) if size is not None else None,
    )
