"""Possible sun at points among buildings: rays to every sun, answered by Embree (https://www.embree.org).

Everything is cast in a local origin that is subtracted in float64: at RD values Embree's float32 is wrong by hours of sun.
Receptors are the outer loop and suns the inner one, so that rays that follow each other meet the same triangles. Kept is
one bit per ray that may be lit (``Sunlight.bits``), never the matrix of rays.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...model.arrays import Floats
from ..plane.rays import scene_of
from .sun_position import Suns

Bits = NDArray[np.uint8]

BLOCK_PAIRS = 16_384
"""Receptor-sun pairs cast at once: their rays fit the processor's cache."""
TASK_PAIRS = 500_000
"""Receptor-sun pairs of one thread's piece of work: some 50 ms, so that threads pay off."""
WORKERS = min(4, os.cpu_count() or 1)
MANY_SUNS = 4_096
"""From so many suns on receptors are cast one by one."""
WALLS_KEPT = 32
RAY = np.dtype("V12")
"""Three float32 as one item: numpy copies such items three times faster than rows."""
CELL_M = 20.0
MISSED = np.int32(-1)
THIN_M = 1e-5
SURFACE_M = 1e-3
"""A point that lies on a surface this close starts as far in front of it: float32 cannot say on which side of it a point is."""
PROBE_M = 1e-2
BOX_MARGIN_M = 0.01


@dataclass(frozen=True, eq=False)
class Sunlight:
    """Which suns reach which receptors: ``bits`` (points, suns / 8) packed, most significant first (``numpy.packbits``)."""

    bits: Bits
    suns: Suns

    def matrix(self, row: int) -> NDArray[np.bool_]:
        """Return whether each sun (n,) reaches one receptor."""
        return np.unpackbits(self.bits[row], count=len(self.suns)).astype(bool)

    def day_minutes(self) -> Floats:
        """Return the minutes of possible sun (points, days)."""
        ends = np.searchsorted(self.suns.day, np.arange(len(self.suns.dates) + 1))
        out = np.zeros((len(self.bits), len(self.suns.dates)))
        for rows in _rows(slice(0, len(self.bits)), len(self.suns), TASK_PAIRS):
            lit = np.unpackbits(self.bits[rows], axis=1, count=len(self.suns))
            for day, (start, end) in enumerate(zip(ends[:-1], ends[1:])):
                out[rows, day] = lit[:, start:end].sum(axis=1, dtype=np.int64) * self.suns.step_min
        return out


class Receptors:
    """Points (n, 3) with outward normals (n, 3), in a local origin and sorted in space.

    A normal of NaN, or ``normals`` None, means a point that is lit from everywhere (ground, garden). ``scene`` tells which
    points lie on a surface; those start ``SURFACE_M`` in front of it.
    """

    def __init__(self, points: Floats, normals: Floats | None, scene: Scene) -> None:
        points = np.asarray(points, dtype=np.float64).reshape(-1, 3)
        given = np.full(points.shape, np.nan) if normals is None else np.asarray(normals, dtype=np.float64).reshape(-1, 3)
        self.origin = scene.origin
        self.order = _along_cells(points - self.origin)
        self.normals = given[self.order]
        self.free = ~np.isfinite(self.normals).all(axis=1)
        start = points[self.order] - self.origin
        self.starts = start + scene.in_front(start, np.where(self.free[:, None], (0.0, 0.0, 1.0), self.normals))

    def __len__(self) -> int:
        return len(self.starts)

    def facing(self, rows: slice, directions: Floats) -> NDArray[np.bool_]:
        """Return which directions (3, n) lie in front of each receptor of ``rows`` (rows, n)."""
        front = np.ones((rows.stop - rows.start, directions.shape[1]), dtype=bool)
        turned = np.flatnonzero(~self.free[rows])
        if len(turned):
            x, y, z = self.normals[rows][turned].T[:, :, None]
            ahead = x * directions[0]  # a product of matrices this thin costs numpy more than the rays themselves
            ahead += y * directions[1]
            ahead += z * directions[2]
            front[turned] = ahead > 0.0
        return front

    def unsorted(self, values: NDArray[Any]) -> NDArray[Any]:
        """Return values of sorted receptors in the order in which the points were given."""
        out = np.empty_like(values)
        out[self.order] = values
        return out


class Scene:
    """Triangles (n, 3, 3) that block the sun, with ``origin`` (3,) subtracted; ones without area are dropped."""

    def __init__(self, triangles: Floats, origin: Floats) -> None:
        self.origin = np.asarray(origin, dtype=np.float64)
        local = np.asarray(triangles, dtype=np.float64).reshape(-1, 3, 3) - self.origin
        self.kept = np.flatnonzero(_has_area(local))
        self.triangles = local[self.kept]
        self._scene = scene_of(self.triangles) if len(self.triangles) else None

    def blocked(self, starts: NDArray[Any], directions: NDArray[Any]) -> NDArray[np.bool_]:
        """Return whether rays (n,) from local starts (n, 3) meet a triangle."""
        if self._scene is None or not len(starts):
            return np.zeros(len(starts), dtype=bool)
        return np.asarray(self._scene.run(_float32(starts), _float32(directions), query="OCCLUDED")) != MISSED

    def first(self, starts: Floats, directions: Floats, reach_m: float = 1e6) -> NDArray[np.int64]:
        """Return the number of the first triangle met by each ray (as given to the scene), -1 for none within reach."""
        if self._scene is None or not len(starts):
            return np.full(len(starts), -1, dtype=np.int64)
        reach = np.full(len(starts), reach_m, dtype=np.float32)
        found = self._scene.run(_float32(starts), _float32(directions), dists=reach, query="INTERSECT")
        found = np.asarray(found, dtype=np.int64)
        return np.where(found < 0, -1, self.kept[np.maximum(found, 0)]) if len(self.kept) else found

    def in_front(self, starts: Floats, normals: Floats) -> Floats:
        """Return the small step (n, 3) that takes starts which lie on a surface in front of it; zero for all others."""
        ahead = starts + normals * (PROBE_M + SURFACE_M)
        near = self.first(ahead, -normals, PROBE_M + 2 * SURFACE_M) >= 0
        near &= self.first(starts + normals * PROBE_M, -normals, PROBE_M - SURFACE_M) < 0
        return normals * np.where(near, SURFACE_M, 0.0)[:, None]


def sun_minutes(triangles: Floats, points: Floats, normals: Floats | None, suns: Floats | Suns, step_min: float) -> Floats:
    """Return the minutes of possible sun (n,) at points, over all suns.

    Parameters: ``triangles`` (m, 3, 3) that block the sun and ``points`` (n, 3) in one system (RD + NAP, or local metres);
    ``normals`` (n, 3) outward (None or NaN: lit from everywhere); ``suns`` (s, 3) unit vectors to the sun in the same grid, or
    ``Suns``; each stands for ``step_min`` minutes. A point is lit when the sun is in front of its normal and the ray is free.
    """
    if not isinstance(suns, Suns):
        suns = bare_suns(suns, step_min)
    suns = replace(suns, step_min=step_min)
    points = np.asarray(points, dtype=np.float64).reshape(-1, 3)
    scene = Scene(triangles, local_origin(points))
    receptors = Receptors(points, normals, scene)
    return receptors.unsorted(sunlight(scene, receptors, suns).day_minutes().sum(axis=1))


def bare_suns(directions: Floats, step_min: float) -> Suns:
    """Return unit vectors (s, 3) as suns of one day without times."""
    import datetime

    directions = np.asarray(directions, dtype=np.float64).reshape(-1, 3)
    count = len(directions)
    altitude = np.degrees(np.arcsin(np.clip(directions[:, 2], -1, 1)))
    azimuth = np.degrees(np.arctan2(directions[:, 0], directions[:, 1])) % 360
    times = np.full(count, np.datetime64("NaT"), dtype="datetime64[s]")
    return Suns((datetime.date(2000, 1, 1),), step_min, directions, times, altitude, azimuth, np.zeros(count, dtype=np.int64))


def local_origin(points: Floats) -> Floats:
    """Return whole metres (3,) in the middle of the points, to subtract in float64."""
    return np.floor(points.mean(axis=0)) if len(points) else np.zeros(3)


def sunlight(scene: Scene, receptors: Receptors, suns: Suns, workers: int = WORKERS) -> Sunlight:
    """Return which suns reach which receptors (in their sorted order): in front of the normal and not blocked."""
    bits = np.zeros((len(receptors), (len(suns) + 7) // 8), dtype=np.uint8)
    exact, rays = np.ascontiguousarray(suns.directions.T), suns.directions.astype(np.float32).view(RAY).reshape(-1)

    def task(part: slice) -> None:
        if len(suns) >= MANY_SUNS:
            _cast_singly(scene, receptors, part, exact, rays, bits)
            return
        for rows in _rows(part, len(suns), BLOCK_PAIRS):
            bits[rows] = _cast(scene, receptors.starts[rows], receptors.facing(rows, exact), rays)

    if len(suns):
        _in_threads(task, _rows(slice(0, len(receptors)), len(suns), TASK_PAIRS), workers)
    return Sunlight(bits, suns)


def _cast_singly(scene: Scene, receptors: Receptors, part: slice, exact: Floats, rays: NDArray[np.void], bits: Bits) -> None:
    """Fill the packed bits of receptors one by one; receptors on one wall share the rays in front of it, made once."""
    ahead: dict[bytes, tuple[NDArray[np.int64], NDArray[np.float32]]] = {}
    for row in range(part.start, part.stop):
        key = receptors.normals[row].tobytes()
        if key not in ahead:
            if len(ahead) >= WALLS_KEPT:
                ahead.clear()
            suns = np.flatnonzero(receptors.facing(slice(row, row + 1), exact)[0])
            ahead[key] = suns, _triples(rays.take(suns))
        suns, directions = ahead[key]
        lit = np.zeros(exact.shape[1], dtype=bool)
        lit[suns] = ~scene.blocked(np.broadcast_to(receptors.starts[row].astype(np.float32), directions.shape), directions)
        bits[row] = np.packbits(lit)


def _cast(scene: Scene, points: Floats, lit: NDArray[np.bool_], rays: NDArray[np.void]) -> Bits:
    """Return the packed bits of points (n, 3): the pairs marked in ``lit`` (n, suns) whose ray is free."""
    flat = lit.reshape(-1)
    pairs = np.flatnonzero(flat)
    counts = np.count_nonzero(lit, axis=1)
    suns = pairs - np.repeat(np.arange(len(lit)) * lit.shape[1], counts)
    starts = _triples(np.repeat(points.astype(np.float32).view(RAY).reshape(-1), counts))
    flat[pairs] = ~scene.blocked(starts, _triples(rays.take(suns)))
    return np.packbits(lit, axis=1)


def still_lit(light: Sunlight, scene: Scene, receptors: Receptors, workers: int = WORKERS) -> Sunlight:
    """Return what is left of ``light`` when the triangles of ``scene`` stand there too, bit for bit as if all were cast again.

    Only rays that were lit, towards suns inside the angular box that a receptor sees the triangles in, are cast, and only
    against those triangles.
    """
    if not len(scene.triangles) or not len(receptors) or not len(light.suns):
        return light
    reach = _AngularBox(scene, receptors, light.suns)
    bits = light.bits.copy()
    directions = light.suns.directions.astype(np.float32)

    def task(part: slice) -> None:
        rows = reach.touched[part]
        lit = np.unpackbits(bits[rows], axis=1, count=len(light.suns)).view(bool)
        row, sun = np.nonzero(lit & reach.holds(rows))
        hit = scene.blocked(receptors.starts[rows].astype(np.float32)[row], directions[sun])
        lit[row[hit], sun[hit]] = False
        bits[rows] = np.packbits(lit, axis=1)

    _in_threads(task, _rows(slice(0, len(reach.touched)), len(light.suns), TASK_PAIRS), workers)
    return Sunlight(bits, light.suns)


class _AngularBox:
    """In which directions receptors see the box around triangles: a range of azimuth about its middle, below an altitude."""

    def __init__(self, scene: Scene, receptors: Receptors, suns: Suns) -> None:
        corners = scene.triangles.reshape(-1, 3)
        low, high = corners.min(axis=0) - BOX_MARGIN_M, corners.max(axis=0) + BOX_MARGIN_M
        start = receptors.starts
        flat = np.array([[low[0], low[1]], [low[0], high[1]], [high[0], low[1]], [high[0], high[1]]])
        away = flat[None] - start[:, None, :2]
        self.middle = (low[:2] + high[:2]) / 2 - start[:, :2]
        self.middle /= np.maximum(np.linalg.norm(self.middle, axis=1), 1e-9)[:, None]
        cosine = np.einsum("nij,nj->ni", away, self.middle) / np.maximum(np.linalg.norm(away, axis=2), 1e-9)
        gap = np.maximum(np.maximum(low[:2] - start[:, :2], start[:, :2] - high[:2]), 0.0)
        distance = np.linalg.norm(gap, axis=1)
        self.cosine = np.where(distance > 0, cosine.min(axis=1) - 1e-6, -2.0)
        rise = high[2] - start[:, 2]
        with np.errstate(divide="ignore", invalid="ignore"):
            self.tangent = np.where(distance > 0, np.where(rise > 0, rise / distance, -1.0), np.where(rise > 0, np.inf, -np.inf))
        flat_length = np.maximum(np.linalg.norm(suns.directions[:, :2], axis=1), 1e-12)
        self._toward = (suns.directions[:, :2] / flat_length[:, None]).T
        self._slope = suns.directions[:, 2] / flat_length
        lowest = self._slope.min() if len(suns) else np.inf
        self.touched = np.flatnonzero(self.tangent * (1 + 1e-6) >= lowest)

    def holds(self, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return which suns lie in the box of which receptors (rows, suns)."""
        ahead = (self.middle[rows] @ self._toward) >= self.cosine[rows, None]
        ahead &= self._slope[None, :] <= self.tangent[rows, None] * (1 + 1e-6)
        return ahead


def _in_threads(task: Callable[[slice], None], parts: Iterable[slice], workers: int) -> None:
    """Run a task for each part; in threads when there are several (Embree lets go of Python's lock)."""
    parts = list(parts)
    if len(parts) == 1 or workers == 1:
        for part in parts:
            task(part)
        return
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(task, parts))


def _rows(rows: slice, suns: int, pairs: int) -> Iterator[slice]:
    size = max(1, pairs // max(1, suns))
    return (slice(start, min(start + size, rows.stop)) for start in range(rows.start, rows.stop, size))


def _along_cells(local: Floats) -> NDArray[np.int64]:
    """Return an order of points (n, 3) in which neighbours follow each other: cell by cell of 20 m."""
    cells = np.floor(local / CELL_M)
    return np.lexsort((local[:, 2], local[:, 0], cells[:, 0], cells[:, 1]))


def _has_area(triangles: Floats) -> NDArray[np.bool_]:
    """Return which triangles (n, 3, 3) are thicker than ``THIN_M``; the others are lines, which Embree may leak through or trip over."""
    sides = np.roll(triangles, -1, axis=1) - triangles
    area = np.linalg.norm(np.cross(sides[:, 0], sides[:, 1]), axis=1)
    longest = np.linalg.norm(sides, axis=2).max(axis=1) if len(triangles) else np.zeros(0)
    return np.isfinite(area) & (area > THIN_M * np.maximum(longest, THIN_M))


def _triples(rays: NDArray[np.void]) -> NDArray[np.float32]:
    return rays.view(np.float32).reshape(-1, 3)


def _float32(values: NDArray[Any]) -> NDArray[np.float32]:
    return np.asarray(values, dtype=np.float32)
