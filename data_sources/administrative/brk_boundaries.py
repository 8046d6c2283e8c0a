"""Boundaries of the BRK (kadastralegrens): of which parcels the Kadaster itself has not measured a boundary, by the kind of it (typeGrens).

Source: Kadastrale kaart v5, BRK waardelijst TypeGrens: definitief (indicated by the parties and measured), voorlopig (drawn by others before the measuring),
administratief (drawn by the Kadaster from a deed). Only the code of the first (3) is published: every other one counts as not measured.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import shapely

from ...model import Parcel
from ..formats.register_objects import current
from ..formats.vector_files import Feature, plain, text

KINDS = ("typegrenswaarde", "typegrens", "typegrenscode")
MEASURED = ("definitief", "3")
BESIDE = ("perceellinkslokaalid", "perceellinks", "perceelrechtslokaalid", "perceelrechts")
"""The parcels on either side, by their ids, where a source names them."""
ENDED, IDS = ("eindgeldigheid",), ("identificatielokaalid", "identificatie")
ALONG_M, ALONG_SHARE = 0.05, 0.5
"""A line is a boundary of a parcel when more than half of it lies within the digits of its outline."""


def is_boundary(feature: Feature) -> bool:
    """Whether a record is a boundary that says its kind."""
    return bool(text(plain(feature.attributes), *KINDS))


def with_boundaries(parcels: Sequence[Parcel], boundaries: Iterable[Feature]) -> tuple[Parcel, ...]:
    """Return parcels of which a boundary that is not measured is known to be so."""
    told = (Feature(one.geometry, plain(one.attributes)) for one in boundaries)
    standing, _ = current(told, ENDED, lambda one: text(one.attributes, *IDS), lambda one: text(one.attributes, "volgnummer", "begingeldigheid"))
    drawn = [one for one in standing if text(one.attributes, *KINDS).strip().lower().removesuffix(".0") not in MEASURED]
    return tuple(replace(one, unmeasured=True) if any(_is_of(line, one) for line in drawn) else one for one in parcels)


def _is_of(boundary: Feature, parcel: Parcel) -> bool:
    named = {text(boundary.attributes, name) for name in BESIDE} - {""}
    if named:
        return parcel.fid in named
    line = boundary.geometry
    along = shapely.intersection(line, shapely.buffer(shapely.boundary(parcel.geometry), ALONG_M))
    return bool(line.length) and along.length > ALONG_SHARE * line.length
