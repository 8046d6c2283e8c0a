"""The surroundings made whole after loading: heights, block models, trees, and what does not fit, said per layer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ...model import Building3D, LayerState, Note, Site
from ...model.arrays import Floats
from ..plane import overlay
from .extruded import EXTRUDED, HeightSource, extruded, outlines, with_heights
from .joins import join_buildings
from .suspicions import gate_notes
from .trees import FOUND, trees_of

OURS = ("context_", "joins_", "doubt_")
"""How the codes of the remarks made here begin."""
SAME_SHARE = 0.5
"""A model that covers this much of an outline stands for it, whatever its id."""


def completed(site: Site) -> Site:
    """Return the site with block models where 3DBAG has none, trees with height and crown, and remarks on joins and doubts.

    Only layers that were asked are filled in; a layer that failed stays failed, and says what stands in for it. A site that was made
    whole before (of which a layer was loaded anew) is made whole again.
    """
    site = _as_loaded(site)
    notes: dict[str, tuple[Note, ...]] = {}
    shapes = outlines(site)
    buildings = list(shapes.values())
    asked = site.state("buildings3d") is not LayerState.NOT_ASKED
    if asked and shapes:
        site, notes["buildings3d"] = _modelled(site, shapes)
    if site.state("bgt") is not LayerState.NOT_ASKED:
        trees, notes["bgt"] = trees_of(site, buildings)
        site = replace(site, trees=trees)
    for found in (join_buildings(site).notes(), gate_notes(site)):
        for layer, more in found.items():
            notes[layer] = (*notes.get(layer, ()), *more)
    return with_notes(site, notes)


def _as_loaded(site: Site) -> Site:
    """Return the site without what ``completed`` adds."""
    records = tuple(replace(r, notes=tuple(n for n in r.notes if not n.code.startswith(OURS))) for r in site.provenance)
    models = tuple(model for model in site.buildings3d if model.lod != EXTRUDED)
    trees = tuple(tree for tree in site.trees if not tree.fid.startswith(FOUND))
    return replace(site, provenance=records, buildings3d=models, trees=trees)


def with_notes(site: Site, notes: dict[str, tuple[Note, ...]]) -> Site:
    """Return the site with remarks added to the first record of each layer, each remark once."""
    records, said = [], set()
    for record in site.provenance:
        if record.layer in notes and record.layer not in said:
            records.append(replace(record, notes=tuple(dict.fromkeys((*record.notes, *notes[record.layer])))))
            said.add(record.layer)
        else:
            records.append(record)
    return replace(site, provenance=tuple(records))


def _modelled(site: Site, shapes: dict[str, BaseGeometry]) -> tuple[Site, tuple[Note, ...]]:
    """Return the site with heights for models without, and block models for outlines without a model."""
    source = HeightSource(site)
    models = with_heights(site.buildings3d, shapes, source)
    layer = "points" if site.points is not None else "terrain"
    date = next((record.retrieved for record in site.provenance_of(layer)), "")
    made, notes = extruded(_without_model(shapes, models), source, date)
    return replace(site, buildings3d=(*models, *made)), notes


def _without_model(shapes: dict[str, BaseGeometry], models: tuple[Building3D, ...]) -> dict[str, BaseGeometry]:
    """Return the outlines that no model stands for: by id, else by place."""
    ids = {model.fid for model in models}
    bare = {fid: shape for fid, shape in shapes.items() if fid not in ids}
    nameless = [model for model in models if model.fid not in shapes and len(model.triangles)]
    if not bare or not nameless:
        return bare
    flats = [shapely.union_all(shapely.polygons(_spread(model.triangles[:, :, :2]))) for model in nameless]
    tree = shapely.STRtree(flats)
    return {
        fid: shape for fid, shape in bare.items()
        if sum(float(overlay.intersection(flats[i], shape).area) for i in tree.query(shape)) < SAME_SHARE * float(shape.area)
    }


def _spread(flat: Floats) -> Floats:
    """Return the triangles (n, 3, 2) seen from above that are not edge-on."""
    one, other = flat[:, 1] - flat[:, 0], flat[:, 2] - flat[:, 0]
    return flat[np.abs(one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0]) > 1e-6]
