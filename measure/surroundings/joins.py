"""Buildings joined over BGT, BAG, 3DBAG and addresses by their 16-digit BAG id; what does not join is listed, never dropped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Point
from shapely.geometry.base import BaseGeometry

from ...model import LayerState, Note, Site
from .extruded import EXTRUDED, named

Geometries = NDArray[np.object_]
Indices = NDArray[np.int64]

EDGE_M = 5.0
"""Objects this near to the edge of what was loaded may be in one registration's answer and not in another's."""


@dataclass(frozen=True)
class Joins:
    """Ids that do not join, in order; ``joined`` counts the panden that are in every building layer that was loaded.

    A comparison between two layers of which one was not loaded is empty.
    """

    joined: int = 0
    bgt_without_id: tuple[str, ...] = ()
    bgt_without_bag: tuple[str, ...] = ()
    bag_without_bgt: tuple[str, ...] = ()
    bag_without_model: tuple[str, ...] = ()
    model_without_bag: tuple[str, ...] = ()
    address_without_bag: tuple[str, ...] = ()

    def notes(self) -> dict[str, tuple[Note, ...]]:
        """Return remarks by layer: how many do not join, and which."""
        layers = {"bgt_without_id": "bgt", "bgt_without_bag": "bgt", "model_without_bag": "buildings3d"}
        found: dict[str, tuple[Note, ...]] = {}
        for item in fields(self):
            ids = getattr(self, item.name)
            if item.name != "joined" and ids:
                layer = layers.get(item.name, "bag")
                found[layer] = (*found.get(layer, ()), Note.of(f"joins_{item.name}", count=len(ids), ids=named(ids)))
        return found


def join_buildings(site: Site) -> Joins:
    """Return what joins and what does not; objects at the edge of what was loaded are not held against it.

    A block that was made here is no model of the 3DBAG.
    """
    inner = Point(site.centre).buffer(max(site.radius_m - EDGE_M, 0.0))
    there = {key: site.state(key) is LayerState.LOADED for key in ("bgt", "bag", "buildings3d")}
    panden = [item for item in site.topography if item.collection == "pand"]
    bag = {b.fid for b in site.registered_buildings}
    bgt = {item.building_id for item in panden if item.building_id}
    drawn = [model for model in site.buildings3d if model.lod != EXTRUDED]
    models = {model.fid for model in drawn}
    there["bgt"] &= bool(panden)
    there["bag"] &= bool(bag)
    bgt_in = _inner(((item.building_id, item.geometry) for item in panden if item.building_id), inner)
    bag_in = _inner(((b.fid, b.geometry) for b in site.registered_buildings), inner)
    models_in = {m.fid for m in drawn if len(m.triangles) and inner.intersects(Point(m.triangles[:, :, :2].reshape(-1, 2).mean(axis=0)))}
    addresses = _inner(((a.fid, a.geometry) for a in site.addresses if not set(a.building_ids) & bag), inner)
    loaded = [ids for key, ids in (("bgt", bgt), ("bag", bag), ("buildings3d", models)) if there[key]]
    return Joins(
        joined=len(set.intersection(*loaded)) if len(loaded) > 1 else 0,
        bgt_without_id=tuple(sorted(item.fid for item in panden if not item.building_id)),
        bgt_without_bag=tuple(sorted(bgt_in - bag)) if there["bag"] else (),
        bag_without_bgt=tuple(sorted(bag_in - bgt)) if there["bgt"] else (),
        bag_without_model=tuple(sorted(bag_in - models)) if there["bag"] and there["buildings3d"] else (),
        model_without_bag=tuple(sorted(models_in - bag)) if there["bag"] else (),
        address_without_bag=tuple(sorted(addresses)) if there["bag"] else (),
    )


def pairs(left: Sequence[BaseGeometry] | Geometries, right: Sequence[BaseGeometry] | Geometries) -> tuple[Indices, Indices]:
    """Return the indices (n,), (n,) of every geometry of ``left`` with each of ``right`` that it touches, in order of ``left``.

    The index is built over the larger group, the smaller is asked (STR-tree: Leutenegger, Lopez and Edgington, ICDE 1997).
    """
    one, other = np.asarray(left, dtype=object), np.asarray(right, dtype=object)
    if not len(one) or not len(other):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    if len(one) >= len(other):
        j, i = shapely.STRtree(one).query(other, predicate="intersects")
    else:
        i, j = shapely.STRtree(other).query(one, predicate="intersects")
    order = np.lexsort((j, i))
    return i[order], j[order]


def _inner(items: Iterable[tuple[str, BaseGeometry]], inner: BaseGeometry) -> set[str]:
    """Return the ids of what touches an area."""
    listed = list(items)
    if not listed:
        return set()
    hits = shapely.intersects(np.array([shape for _, shape in listed], dtype=object), inner)
    return {fid for (fid, _), hit in zip(listed, hits) if hit}
