"""Zoning plans without a key: GetFeatureInfo of PDOK's plan WMS (OGC 06-042, WMS 1.3.0) at a grid of points.

There is no WFS for plans any more. A question answers for one point with whole objects, so points are asked: close together on the
plot, wider around it, at most ``POINTS`` in all. What lies between the points can be missed; a remark says how wide they stood.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ....errors import SourceError
from ....model import Note
from ...juridical.plan_features import kind_of, kind_told
from ..endpoints import Endpoint
from ..responses import Box, check_place, features_of, geometry_of, json_of
from ..transport import Client

LAYERS = (
    "bestemmingsplangebied", "enkelbestemming", "dubbelbestemming", "bouwvlak", "maatvoering", "functieaanduiding", "gebiedsaanduiding",
    "bouwaanduiding", "figuur", "lettertekenaanduiding",
)
POINTS = 400
PLOT_M, PLOT_STEP_M = 25.0, 5.0
FEATURES = 200


def sample_points(box: Box) -> tuple[NDArray[np.float64], float]:
    """Return the points (n, 2) RD to ask and the distance between those around the plot (m)."""
    west, south, east, north = box
    middle = np.array([(west + east) / 2, (south + north) / 2])
    half = min(PLOT_M, (east - west) / 2, (north - south) / 2)
    near = _grid(middle[0] - half, middle[1] - half, middle[0] + half, middle[1] + half, PLOT_STEP_M)
    left = max(POINTS - len(near), 1)
    step = max(PLOT_STEP_M, math.sqrt((east - west) * (north - south) / left))
    wide = _grid(west, south, east, north, step)
    wide = wide[(np.abs(wide - middle) > half).any(axis=1)]
    return np.concatenate([near, wide]), step


def _grid(west: float, south: float, east: float, north: float, step: float) -> NDArray[np.float64]:
    xs = np.linspace(west, east, max(2, math.floor((east - west) / step) + 1))
    ys = np.linspace(south, north, max(2, math.floor((north - south) / step) + 1))
    return np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)


def fetch_plans(client: Client, endpoint: Endpoint, box: Box, folder: Path) -> tuple[list[Path], tuple[Note, ...]]:
    """Write the plan objects at the points as one GeoJSON in the service's spelling, every object once."""
    points, step = sample_points(box)
    read: dict[bytes, list[dict[str, Any]]] = {}
    answers = client.together(lambda point: _at(client, endpoint, float(point[0]), float(point[1]), read), list(points), endpoint.at_once)
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    strange: set[str] = set()
    seen: set[tuple[str, str, str]] = set()
    full = sum(len(features) >= FEATURES for features in answers)
    for features in {id(features): features for features in answers}.values():
        for feature in features:
            properties = feature.get("properties") or {}
            name, plan = str(properties.get("identificatie", feature.get("id"))), str(properties.get("plangebied", ""))
            again = (str(feature.get("id") or ""), name, plan)
            if again in seen:  # most points lie in the same objects
                continue
            if again[0] and feature.get("geometry"):
                seen.add(again)
            kind = kind_told(_told(feature))
            if not kind:
                strange.add(name)
            if not feature.get("geometry") or not kind:
                continue
            known = kind_of(_told(feature))
            found.setdefault((kind, name, plan), {**feature, "properties": {**properties, **({"objecttype": known} if known else {})}})
    notes = [Note.of("service_plan_points", service=endpoint.name, count=len(points), step=round(step, 1))]
    if strange:
        notes.append(Note.of("plans_features_unknown", path=endpoint.name, count=len(strange)))
    if full:
        notes.append(Note.of("service_plan_point_full", service=endpoint.name, count=full))
    if not found:
        return [], tuple(notes)
    check_place(endpoint, [geometry_of(endpoint, feature["geometry"]) for feature in found.values()], box)
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
    path = folder / "plans.geojson"
    path.write_text(
        json.dumps({"type": "FeatureCollection", "name": "plans", "crs": crs, "features": list(found.values())}), encoding="utf-8"
    )
    return [path], tuple(notes)


def _told(feature: dict[str, Any]) -> dict[str, Any]:
    """Return what a feature says of itself, its id among it."""
    return {"id": feature.get("id"), **(feature.get("properties") or {})}


def _at(client: Client, endpoint: Endpoint, x: float, y: float, read: dict[bytes, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Return the features at a point; ``read`` holds those of each answer that was read: points in the same objects get the same bytes."""
    layers = ",".join(LAYERS)
    params = {
        "service": "WMS", "version": "1.3.0", "request": "GetFeatureInfo", "layers": layers, "query_layers": layers, "styles": "",
        "format": "image/png", "info_format": "application/json", "crs": "EPSG:28992",
        "bbox": f"{x - 1:.3f},{y - 1:.3f},{x + 1:.3f},{y + 1:.3f}", "width": 101, "height": 101, "i": 50, "j": 50, "feature_count": FEATURES,
    }
    answer = client.ask(endpoint, endpoint.url, params)
    if answer.body in read:
        return read[answer.body]
    features = features_of(endpoint, json_of(endpoint, answer))
    if features and not any(kind_of(_told(feature)) for feature in features):
        raise SourceError("service_other_fields", service=endpoint.name, missing="objecttype / id", layer="GetFeatureInfo")
    return read.setdefault(answer.body, features)
