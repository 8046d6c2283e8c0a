"""A site of which every outline is sound: what crosses itself is made valid and told, as readers of files do."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import Any

from ...model import Provenance, Site, crossings, valid_area

FIELDS = {
    "plans": "plans", "plan_documents": "plans", "parcels": "parcels", "registered_buildings": "bag", "planned_buildings": "bag", "topography": "bgt",
    "planned_topography": "bgt",
}
"""Fields of a site that hold outlines, and the layer of each."""


@functools.lru_cache(maxsize=4)
def sound(site: Site) -> Site:
    """Return a site with valid geometries (RD); a layer of which outlines crossed themselves says so. The same site where nothing was wrong."""
    changed: dict[str, Any] = {}
    records = list(site.provenance)
    for field, layer in FIELDS.items():
        items = getattr(site, field)
        shapes = [item.geometry for item in items]
        wrong = [number for number, shape in enumerate(shapes) if shape is not None and not shape.is_valid]
        if not wrong:
            continue
        mended = list(items)
        for number in wrong:
            mended[number] = replace(items[number], geometry=valid_area(shapes[number]))
        changed[field] = tuple(mended)
        records.append(Provenance(layer, site.state(layer), notes=crossings([shapes[number] for number in wrong], layer)))
    return replace(site, provenance=tuple(records), **changed) if changed else site
