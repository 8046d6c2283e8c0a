"""What lies absurdly far from the rest, and models of an absurd size."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ....errors import DesignError
from ....model.arrays import Floats
from ...formats.rd_box import in_rd, looks_like_degrees
from .raw import RawDesign, RawPart

FAR_TIMES, FAR_SHARE = 30.0, 0.05
LARGEST_M, FARTHEST_M = 20_000.0, 1e8
EARTH_M = (6_300_000.0, 6_400_000.0)
"""What lies so far from zero lies on the earth's surface, counted from its middle."""


def without_strays(parts: list[RawPart], raw: RawDesign) -> list[RawPart]:
    """Return the parts without the few that lie absurdly far from all others (a forgotten point, a marker); these are told."""
    if len(parts) < 2:
        return parts
    middles = np.array([part.vertices[part.faces].reshape(-1, 3).mean(axis=0) for part in parts])
    weights = np.array([len(part.faces) for part in parts])
    heart = np.array([_weighted_median(middles[:, axis], weights) for axis in range(3)])
    reach = np.array([np.abs(part.vertices[np.unique(part.faces)] - heart).max() for part in parts])
    usual = _weighted_median(reach, weights)
    far = reach > FAR_TIMES * max(usual, 1e-9)
    if not far.any() or weights[far].sum() > max(1, FAR_SHARE * weights.sum()):
        return parts
    raw.say("warning", "design_strays_dropped", count=int(far.sum()), times=round(float(reach[far].max() / usual)))
    return [part for part, away in zip(parts, far) if not away]


def _weighted_median(values: Floats, weights: NDArray[np.int64]) -> float:
    order = np.argsort(values)
    return float(values[order][np.searchsorted(np.cumsum(weights[order]), weights.sum() / 2)])


def check_size(raw: RawDesign, file: str) -> None:
    """Raise ``DesignError`` for a model (m) larger than 20 km or farther from its origin than any map goes, in degrees, or from the earth's middle."""
    bounds = raw.bounds()
    size = float((bounds[1] - bounds[0]).max())
    x, y, _ = (float(v) for v in bounds.mean(axis=0))
    if looks_like_degrees(x, y, float((bounds[1] - bounds[0])[:2].max())):
        raise DesignError("design_degrees", path=file)
    if np.isfinite(bounds).all() and EARTH_M[0] < float(np.linalg.norm(bounds.mean(axis=0))) < EARTH_M[1] and not in_rd(x, y):
        raise DesignError("design_earth_centred", path=file)
    if not np.isfinite(bounds).all() or size > LARGEST_M or float(np.abs(bounds).max()) > FARTHEST_M:
        raise DesignError("design_absurd_size", path=file, size=min(size, 1e12) / 1000)
