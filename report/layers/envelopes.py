"""What the plan allows on each parcel, as closed bodies in a layer: ``envelope`` in the surroundings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from shapely import Point, Polygon

from ...measure.plan.governing_areas import governing_areas
from ...measure.plan.peil import resolve_peil
from ...measure.surroundings.envelope import Envelope, allowed_envelopes, envelope_records
from ...model import Site
from ...texts import sentence
from ..pictures.solid_faces import solid
from .geopackage import SPACE, write_layer

LAYER = "envelope"
FIELDS = {
    "parcel": str, "parcel_id": str, "base": str, "base_id": str, "plan_id": str, "plan_name": str, "article": str, "url": str,
    "peil_nap": float, "top_nap": float, "height_m": float, "eaves_m": float, "ground_m2": float, "volume_m3": float, "notes": str,
}


def write_envelopes(site: Site, answers: Mapping[str, Any], path: Path, lang: str) -> None:
    """Write the envelope of every parcel on which the governing plans let something be drawn; what was assumed is in ``notes``."""
    rows = [
        {**record, "geometry": solid(record["triangles"]), "notes": " ".join(sentence(note.code, note.as_dict(), lang) for note in record["notes"])}
        for record in envelope_records(envelopes_of(site, answers)) if len(record["triangles"])
    ]
    write_layer(path, LAYER, rows, "MultiPolygonZ", SPACE, FIELDS)


def envelopes_of(site: Site, answers: Mapping[str, Any]) -> tuple[Envelope, ...]:
    """Return the envelopes of the parcels of a site. The officer's peil counts for the parcel of the centre; elsewhere the terrain says it."""
    areas = governing_areas(site, answers)
    peil = resolve_peil(answers, site, Polygon())
    centre = Point(site.centre)
    own = next((parcel for parcel in site.parcels if parcel.geometry.intersects(centre)), None)
    if own is None or not peil.levels:
        return allowed_envelopes(site, None, areas)
    others = tuple(parcel for parcel in site.parcels if parcel is not own)
    rest = allowed_envelopes(replace(site, parcels=others), None, areas) if others else ()
    return (*(one for one in allowed_envelopes(site, own, areas, peil)), *rest)
