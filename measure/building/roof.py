"""Roofs from geometry alone: planes with pitch and area, ridge, and the eaves along the facades.

What counts is what is seen from above: rays straight down say which faces those are, their planes give exact heights. Plan
texts (SVBP2012): dakhelling "langs het dakvlak ten opzichte van het horizontale vlak"; goothoogte "tot aan de bovenkant van de
goot, c.q. de druiplijn, het boeibord, of een daarmee gelijk te stellen constructiedeel". Of the eaves both readings are
given: the roof in the plane of the outer wall, and the drip edge.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from ...model import Part
from ...model.arrays import Floats, Ints, extent, spans
from ...model.design import triangles_of
from ..plane.cells import cells_of
from ..plane.columns import Columns
from ..plane.places import hull_of
from ..plane.rays import TopView

NOT_ROOF = ("chimney", "antenna", "installation", "railing", "furnishing", "balcony", "stair", "structure")
SAMPLES = 60_000
FEWEST_CELLS = 500
STEP_M = (0.04, 5.0)
SAME_PITCH_DEG, SAME_PLANE_M = 3.0, 0.06
FLAT_DEG, STEEP_DEG = 5.0, 85.0
SMALL_M2 = 1.0
CROWN_M = 0.5
"""A flat top that begins at the ridge and rises no more above it is the crown of a curve."""
COVERED_SHARE = 0.03
LOW_M, LOW_SHARE = 1.8, 0.5
"""What lies wholly lower than this above the model's zero, or in a low building than half its height, is floor, step or terrace, no roof."""
OVER_M = 1.0
"""What is seen lower than this above the floor of a room is that floor, and no roof over it."""
SLOPE_DEG = (15.0, 89.0)
"""What slopes less may be a ramp, a terrace or the ground; what slopes so much is roof, however low it is."""
FLOOR_M = 0.3
"""What is seen no higher is a floor, or paving."""
PLANES_LIMIT = 400


@dataclass(frozen=True, eq=False)
class RoofPlane:
    """A plane of the roof as seen from above: ``normal`` (3,) upward, ``point`` (3,) on it, pitch and direction of descent in
    degrees (clockwise from grid north), area along the slope m2, lowest and highest z, its triangles and its sampled places."""

    normal: Floats
    point: Floats
    pitch_deg: float
    azimuth_deg: float
    area_m2: float
    low: float
    high: float
    triangles: frozenset[int]
    places: Floats

    @property
    def flat(self) -> bool:
        """Less than 5 degrees."""
        return self.pitch_deg < FLAT_DEG

    @functools.cached_property
    def descent(self) -> Floats:
        """Horizontal unit vector (2,) of steepest descent; zeros for a flat plane."""
        size = float(np.linalg.norm(self.normal[:2]))
        return self.normal[:2] / size if size > 1e-9 else np.zeros(2)

    @functools.cached_property
    def hull(self) -> BaseGeometry:
        """Convex hull (RD) of where it is seen: places lie in rows, of which only the ends can be its corners."""
        row = self.places[:, 1]
        ends = self.places[np.diff(row, prepend=np.nan).astype(bool) | np.diff(row, append=np.nan).astype(bool)]
        return hull_of(ends)

    def height(self, xy: Floats) -> Floats:
        """Return the plane's z (n,) at places (n, 2)."""
        step = xy - self.point[:2]
        return self.point[2] - step @ self.normal[:2] / self.normal[2]


class RoofView:
    """The roof of a set of parts seen from above; ``zero`` is the z of the model's ground."""

    def __init__(self, parts: Sequence[Part], zero: float) -> None:
        chosen = [part for part in parts if part.kind not in NOT_ROOF and len(part.faces)]
        self.triangles = triangles_of(chosen)
        self.zero = zero
        self.top = TopView(self.triangles)
        self._looked_at: dict[tuple[BaseGeometry, float], tuple[Columns, NDArray[np.bool_]]] = {}

    @functools.cached_property
    def spans(self) -> tuple[Floats, Floats]:
        """The lowest and the highest corner (n, 3) of each triangle."""
        return spans(self.triangles)

    def sloped(self, faces: Ints) -> NDArray[np.bool_]:
        """Whether faces (n,) slope as a roof does."""
        pitch = np.degrees(np.arccos(np.clip(self.top.normals(faces)[:, 2], -1, 1)))
        return np.asarray((pitch > SLOPE_DEG[0]) & (pitch < SLOPE_DEG[1]), dtype=bool)

    @functools.cached_property
    def _seen(self) -> tuple[Floats, Ints, float]:
        """Places (n, 2) where anything is seen, the triangle (n,) seen there, and the area (m2) one place stands for."""
        if not len(self.triangles):
            return np.zeros((0, 2)), np.zeros(0, dtype=np.int64), 0.0
        low, high = extent(self.triangles.reshape(-1, 3))
        step = float(np.clip(np.sqrt(np.prod(high[:2] - low[:2]) / SAMPLES), *STEP_M))
        axes = [np.arange(low[i] + 0.4871 * step, high[i], step) for i in range(2)]
        xy = np.stack(np.meshgrid(*axes), axis=-1).reshape(-1, 2)
        seen = self.top.triangle_at(xy)
        keep = seen >= 0
        return xy[keep], seen[keep], step * step

    @functools.cached_property
    def _high_up(self) -> NDArray[np.bool_]:
        """Which of the places are too high for a floor (n,)."""
        xy, seen, _ = self._seen
        z = self.top.height(seen, xy)
        floor = np.clip(LOW_SHARE * (float(z.max(initial=self.zero)) - self.zero), FLOOR_M, LOW_M)
        return np.asarray(z > self.zero + floor, dtype=bool)

    @functools.cached_property
    def samples(self) -> tuple[Floats, Ints, float]:
        """Places (n, 2) where a roof is seen, the triangle (n,) seen there, and the area (m2) one place stands for; a roof plane that comes down
        to the ground is roof to its foot."""
        xy, seen, cell = self._seen
        of_a_plane = np.zeros(len(self.triangles), dtype=bool)
        of_a_plane[list(self.plane_of)] = True
        roof = self._high_up | of_a_plane[seen]
        return xy[roof], seen[roof], cell

    @functools.cached_property
    def heights(self) -> Floats:
        """The z (n,) of the roof at those places."""
        xy, seen, _ = self.samples
        return self.top.height(seen, xy)

    @functools.cached_property
    def planes(self) -> tuple[RoofPlane, ...]:
        """The planes, largest first; those under 1 m2 are left out."""
        xy, seen, cell = self._seen
        if not self._high_up.any():
            return ()
        by_face = np.argsort(seen, kind="stable")
        faces, starts, counts = np.unique(seen[by_face], return_index=True, return_counts=True)
        normals, middles = self.top.normals(faces), self.triangles[faces].mean(axis=1)
        high = np.bincount(seen[self._high_up], minlength=len(self.triangles))[faces]
        order = np.argsort(-high, kind="stable")  # the most seen high up first
        ways, centres, left = normals[order], middles[order], np.ones(len(order), dtype=bool)
        first, found = 0, list[RoofPlane]()
        while len(found) < PLANES_LIMIT:
            first += int(left[first:].argmax())
            if not left[first] or not high[order[first]]:
                break
            near = np.flatnonzero((ways @ ways[first] > np.cos(np.radians(SAME_PITCH_DEG))) & left)
            near = near[np.abs((centres[near] - centres[first]) @ ways[first]) < SAME_PLANE_M]
            chosen = np.sort(order[np.union1d(near, first)])
            left[near] = left[first] = False
            places = xy[np.sort(np.concatenate([by_face[starts[i] : starts[i] + counts[i]] for i in chosen]))]
            plane = self._plane(faces[chosen], counts[chosen], places, cell)
            if plane.area_m2 >= SMALL_M2 and plane.pitch_deg < STEEP_DEG:
                found.append(plane)
        return tuple(sorted(found, key=lambda plane: -plane.area_m2))

    def _plane(self, faces: Ints, counts: Ints, places: Floats, cell: float) -> RoofPlane:
        normals = self.top.normals(faces)
        normal = (normals * counts[:, None]).sum(axis=0)
        normal /= np.linalg.norm(normal)
        corners = self.triangles[faces].reshape(-1, 3)
        largest = self.triangles[faces[counts.argmax()]]
        pitch = float(np.degrees(np.arccos(np.clip(normal[2], -1, 1))))
        azimuth = float(np.degrees(np.arctan2(normal[0], normal[1])) % 360) if pitch >= FLAT_DEG else 0.0
        sampled = float((counts * cell / np.maximum(normals[:, 2], 0.02)).sum())
        whole = float(np.linalg.norm(self.top.cross[faces], axis=1).sum() / 2)
        area = whole if abs(sampled - whole) < COVERED_SHARE * whole else sampled  # nothing stands on it: its own area is exact
        return RoofPlane(
            normal, largest.mean(axis=0), pitch, azimuth, area, float(corners[:, 2].min()), float(corners[:, 2].max()),
            frozenset(int(face) for face in faces), places,
        )

    @functools.cached_property
    def plane_of(self) -> dict[int, RoofPlane]:
        """Triangle number -> its plane."""
        return {face: plane for plane in self.planes for face in plane.triangles}

    @property
    def ridge(self) -> float | None:
        """The highest z of the sloped planes, None when they are less than a tenth of the roof."""
        total = sum(plane.area_m2 for plane in self.planes)
        sloped = [plane for plane in self.planes if not plane.flat]
        if not sloped or sum(plane.area_m2 for plane in sloped) < 0.1 * total:
            return None
        ridge = max(plane.high for plane in sloped if plane.area_m2 >= min(0.02 * total, sloped[0].area_m2))
        crowns = [plane.high for plane in self.planes if plane.flat and abs(plane.low - ridge) < SAME_PLANE_M]
        return max([ridge, *(high for high in crowns if high - ridge < CROWN_M)])  # the top of a curve is flat

    def pitches(self, share: float = 0.05) -> tuple[float, ...]:
        """Return the pitches (degrees, one decimal) of the planes, equal ones once, by area; less than ``share`` of the roof is
        left out."""
        total = sum(plane.area_m2 for plane in self.planes)
        area: dict[float, float] = {}
        for plane in self.planes:
            pitch = next((known for known in area if abs(known - plane.pitch_deg) < 0.75), round(plane.pitch_deg, 1))
            area[pitch] = area.get(pitch, 0.0) + plane.area_m2
        return tuple(pitch for pitch, m2 in sorted(area.items(), key=lambda item: -item[1]) if m2 >= share * total)

    @functools.cached_property
    def _highest(self) -> float:
        return float(self.spans[1][:, 2].max(initial=-np.inf))

    def volume_under(self, footprint: BaseGeometry, base: float, share: float = 1.0) -> float:
        """Return the volume (m3) between ``base`` and what is seen from above over a footprint: exact for plane roofs but for
        the cells in which a step or ridge runs, of which the whole roof (``share`` 1) has ``SAMPLES``."""
        return self.under(footprint, base, share)[0]

    def under(self, footprint: BaseGeometry, base: float, share: float = 1.0) -> tuple[float, float]:
        """Return that volume, and how much more (m3) it would be if the roof were as high as the highest point wherever none is seen."""
        over, sloped = self._over(footprint, share)
        high = np.maximum(over.heights - base, 0.0)
        top = max(self._highest - base, 0.0)
        bare = (high < min(OVER_M, LOW_SHARE * top)) & ~sloped
        return float((high * over.areas).sum()), float(((top - high) * over.areas)[bare].sum())

    def columns(self, footprint: BaseGeometry, share: float = 1.0) -> Columns:
        """Return the cells of a footprint (RD) with how high the roof is over them."""
        return self._over(footprint, share)[0]

    def _over(self, footprint: BaseGeometry, share: float) -> tuple[Columns, NDArray[np.bool_]]:
        """Return the cells of a footprint with how high the roof is over them, and whether (n,) it slopes there; looked at once for all bases."""
        key = footprint, share
        if key not in self._looked_at:
            places, areas = cells_of(footprint, max(int(SAMPLES * share), FEWEST_CELLS))
            seen = self.top.triangle_at(places)
            heights = np.full(len(places), -np.inf)
            heights[seen >= 0] = self.top.height(seen[seen >= 0], places[seen >= 0])
            sloped = seen >= 0
            sloped[sloped] = self.sloped(seen[sloped])
            self._looked_at[key] = Columns(places, areas, heights), sloped
        return self._looked_at[key]
