"""A shadow study: outlines of shadows at the usual hours, what a design adds to them on each plot, and hours of sun on the ground.

An illustration (docs/measuring.md C2): no verdict follows from it. Outlines are exact on a level plane at ground height; the map of hours
follows the terrain.
"""

from __future__ import annotations

import datetime
import functools
import os
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from ...model import Design, Site
from ...model.arrays import Floats
from ..building.footprint import polygons_only, projection
from ..plane.overlay import around, difference, intersection, near, prepared, shared
from ..plane.rd import convergence_deg, wgs84_of
from .neighbours import ground_of, neighbours_of, outline_of, own_parcels, stands_on
from .possible_sun import Receptors, Scene, Sunlight, still_lit, sunlight
from .receptors import ground_at
from .shadow import LOWEST_SUN_DEG, ShadowCaster, cell_centres, joined, less
from .sun_norms import REFERENCE_YEAR, NormError, month_day
from .sun_position import Suns, directions_of, local_time, sun_position, suns_at, utc_of
from .sun_study import terrain_triangles, triangles_of

DATES = ((2, 19), (3, 21), (6, 21), (9, 21), (12, 21))
HOURS = (9.0, 12.0, 15.0, 18.0)
"""On the clock in the Netherlands, summer time included (docs/measuring.md C2)."""
WORKERS = min(4, os.cpu_count() or 1)
FRAME_M = 60.0
GARDENS = ("erf", "tuin")
STREET = "street"
ROADS, WATERS = ("wegdeel", "ondersteunendwegdeel"), ("waterdeel", "ondersteunendwaterdeel")
GROUND_COVER = (*ROADS, *WATERS, "begroeidterreindeel", "onbegroeidterreindeel")
SOME_SHARE, MOST_SHARE = 0.05, 0.5
"""Less road than this is a drive or a slip of the boundary, less yard no garden; more than the other is what a parcel mostly is."""
SMALLEST_M2 = 0.5
ABOVE_GROUND_M = 0.1
MOST_CELLS = 100_000


@dataclass(frozen=True, eq=False)
class Plot:
    """A piece of ground that shadow falls on (RD). ``kind``: parcel | garden (BGT: erf) | street (a parcel of public space, that
    bears no building: nobody's garden, not counted); ``own``: the design stands on it."""

    name: str
    kind: str
    geometry: BaseGeometry
    own: bool


@dataclass(frozen=True, eq=False)
class PlotShadow:
    """Shadow on the open ground of a plot (m2) at one moment, and the extra part as a polygon (RD)."""

    plot: Plot
    existing_m2: float
    new_m2: float
    extra_m2: float
    extra: BaseGeometry


@dataclass(frozen=True, eq=False)
class ShadowMoment:
    """Shadows (RD polygons) at one moment, cut to the study's frame; empty when the sun is too low.

    On open ground: ``existing`` of what stands now, ``new`` of the design, ``extra`` what it adds to the existing, ``gone`` what it
    takes away. ``plots``: the parcels and gardens that get extra shadow, most first.
    """

    time: np.datetime64
    clock: str
    altitude_deg: float
    azimuth_deg: float
    existing: BaseGeometry
    new: BaseGeometry
    extra: BaseGeometry
    gone: BaseGeometry
    plots: tuple[PlotShadow, ...]

    @property
    def lit(self) -> bool:
        """Whether the sun stands high enough to throw shadows that say something."""
        return self.altitude_deg >= LOWEST_SUN_DEG

    @property
    def others(self) -> tuple[PlotShadow, ...]:
        """The parcels and gardens of other people that get extra shadow, most first; a street is nobody's garden."""
        return tuple(p for p in self.plots if not p.plot.own and p.plot.kind != STREET)

    @property
    def others_m2(self) -> float:
        """Extra shadow on other people's parcels, or gardens where no parcels are known (m2)."""
        others = self.others
        parcels = [p for p in others if p.plot.kind == "parcel"]
        return sum(p.extra_m2 for p in (parcels or others))


@dataclass(frozen=True, eq=False)
class ShadowInstant:
    """All shadows of a scene (RD polygons, not cut to a frame) at a moment: of what stands now, and what the design adds to it.

    ``direction`` (3,) points to the sun in the RD grid.
    """

    clock: str
    altitude_deg: float
    azimuth_deg: float
    direction: Floats
    existing: BaseGeometry
    extra: BaseGeometry

    @property
    def lit(self) -> bool:
        """Whether the sun stands high enough to throw shadows that say something."""
        return self.altitude_deg >= LOWEST_SUN_DEG


@dataclass(frozen=True, eq=False)
class ShadowStudy:
    """Moments in order of time, with the frame (RD bounds) and the level (m NAP) of the ground plane."""

    moments: tuple[ShadowMoment, ...]
    frame: tuple[float, float, float, float]
    ground_nap: float


@dataclass(frozen=True, eq=False)
class HoursMap:
    """Hours of possible sun on the ground on one date: ``before`` and ``after`` (rows, columns), north-up; NaN under buildings and
    where the terrain has a hole.

    ``lit_before`` and ``lit_after`` tell per step which cells are lit (cells that are not NaN, in order).
    """

    date: datetime.date
    frame: tuple[float, float, float, float]
    cell_m: float
    before: Floats
    after: Floats
    suns: Suns
    lit_before: NDArray[np.bool_]
    lit_after: NDArray[np.bool_]


def moments_of(scene: ShadowScene, measure: Mapping[str, Any]) -> ShadowStudy:
    """Return the study that a rule asks; words: ``dates`` (MM-DD), ``hours`` (on the clock), ``year``. Raises ``NormError``."""
    year = measure.get("year", REFERENCE_YEAR)
    dates, hours = measure.get("dates", DATES), measure.get("hours", HOURS)
    if not isinstance(dates, (list, tuple)) or not dates:
        raise NormError(key="dates", value=dates)
    if not isinstance(hours, (list, tuple)) or not hours or not all(_is_hour(hour) for hour in hours):
        raise NormError(key="hours", value=hours)
    days = [date if isinstance(date, tuple) else month_day(date, "dates") for date in dates]
    try:
        return scene.study([datetime.date(year, *day) for day in days], [float(hour) for hour in hours])
    except (TypeError, ValueError) as reason:
        raise NormError(key="year", value=year) from reason


def _is_hour(hour: Any) -> bool:
    return isinstance(hour, (int, float)) and not isinstance(hour, bool) and 0 <= hour < 24


class ShadowScene:
    """What throws shadow around a design, now and then; ``demolished`` names panden that go. ``roofs``: the staying buildings from above (RD)."""

    def __init__(self, site: Site, design: Design, demolished: frozenset[str] = frozenset()) -> None:
        self.site, self.design = site, design
        self.outline = projection(design.parts)
        self.replaced = neighbours_of(site, self.outline, demolished).replaced
        self.staying = tuple(b for b in site.buildings3d if len(b.triangles) and b not in self.replaced)
        self.ground_nap = self._level()
        bodies = ([b.triangles for b in self.staying], [b.triangles for b in self.replaced], [p.triangles for p in design.parts])
        self._casters = tuple(ShadowCaster(some, self.ground_nap) for some in bodies)
        self.roofs = joined([outline_of(b) for b in self.staying]) if self.staying else shapely.MultiPolygon()
        self.built = joined([self.roofs, self.outline])
        self.roofs_now = joined([self.roofs, *(outline_of(b) for b in self.replaced)])

    @functools.cached_property
    def plots(self) -> tuple[Plot, ...]:
        """Parcels, and gardens (BGT: erf) cut by them, that touch the frame; a garden is named by its parcel, else by its BGT id."""
        box, own = shapely.box(*self.frame), own_parcels(self.site, self.outline)
        parcels = [
            Plot(p.designation, STREET if p not in own and self._is_street(p.geometry) else "parcel", p.geometry, p in own)
            for p in self.site.parcels if shapely.intersects(p.geometry, box)
        ]
        gardens = []
        for tile in self.site.topography:
            if tile.collection != "onbegroeidterreindeel" or tile.function not in GARDENS or not shapely.intersects(tile.geometry, box):
                continue
            rest = tile.geometry
            for parcel in (p for p in parcels if shapely.intersects(p.geometry, tile.geometry)):
                part = polygons_only(intersection(tile.geometry, parcel.geometry))
                if part.area >= SMALLEST_M2:
                    gardens.append(Plot(parcel.name, "garden", part, parcel.own))
                    rest = polygons_only(difference(rest, parcel.geometry))
            if rest.area >= SMALLEST_M2:
                gardens.append(Plot(tile.fid, "garden", rest, stands_on(rest, self.outline)))
        return (*parcels, *gardens)

    def _is_street(self, parcel: BaseGeometry) -> bool:
        """Whether a parcel is public space, by what the ground cover shows of it: no building, hardly a yard, and road or (mostly) water."""
        if any(b.geometry.intersects(parcel) and intersection(b.geometry, parcel).area > SMALLEST_M2 for b in self.site.registered_buildings):
            return False
        here = [t for t in self.site.topography if t.level == 0 and t.collection in GROUND_COVER and t.geometry.intersects(parcel)]
        areas = [(t, intersection(t.geometry, parcel).area) for t in here]
        known = sum(area for _, area in areas)
        road, water = (sum(area for t, area in areas if t.collection in kinds) for kinds in (ROADS, WATERS))
        yard = sum(area for t, area in areas if t.function in GARDENS)
        return known > 0 and yard < SOME_SHARE * known and (road >= SOME_SHARE * known or road + water > MOST_SHARE * known)

    def _level(self) -> float:
        """Return the level of the ground plane: the middle of the ground around the design, else of the buildings' own."""
        if self.site.terrain is not None:
            ring = shapely.get_coordinates(shapely.segmentize(self.outline.buffer(3.0), 1.0))
            z = self.site.terrain.sample(ring[:, 0], ring[:, 1])
            if np.isfinite(z).any():
                return float(np.nanmedian(z))
        if self.staying:
            return float(np.median([ground_of(b) for b in self.staying]))
        return float(self.design.bounds[0, 2])

    @property
    def frame(self) -> tuple[float, float, float, float]:
        """Bounds (RD) of the study: the design with room for its shadows, as wide as high."""
        height = float(self.design.bounds[1, 2]) - self.ground_nap
        west, south, east, north = self.outline.bounds
        half = max(east - west, north - south) / 2 + max(FRAME_M, 3.0 * height)
        x, y = (west + east) / 2, (south + north) / 2
        return x - half, y - half, x + half, y + half

    def study(self, dates: Sequence[datetime.date], hours: Sequence[float] = HOURS) -> ShadowStudy:
        """Return the shadows at the hours of the dates."""
        times = [utc_of(date, hour) for date in dates for hour in hours]
        return ShadowStudy(self._moments(times), self.frame, self.ground_nap)

    def _moments(self, times: Iterable[np.datetime64]) -> tuple[ShadowMoment, ...]:
        """Return the shadows at UTC times, in threads: GEOS lets go of Python's lock. What they share is found before they begin."""
        shared([*(plot.geometry for plot in self.plots), self.built, self.roofs, self.roofs_now])
        with ThreadPoolExecutor(WORKERS) as pool:
            return tuple(pool.map(self.moment, times))

    def moment(self, time: np.datetime64) -> ShadowMoment:
        """Return the shadows at a UTC time."""
        altitude, azimuth, sun = self._sun(time)
        nothing = shapely.MultiPolygon()
        if altitude < LOWEST_SUN_DEG:
            return ShadowMoment(time, local_time(time), altitude, azimuth, nothing, nothing, nothing, nothing, ())
        box = shapely.box(*self.frame)
        stays, goes, new = (intersection(caster.shadow(sun, self.frame), box) for caster in self._casters)
        existing = joined([stays, goes]) if not goes.is_empty else stays
        new_open = less(new, self.built)
        extra = less(new_open, existing)
        gone = less(goes, joined([stays, new, self.roofs])) if not goes.is_empty else nothing
        existing = less(existing, self.roofs_now)
        plots = self._shaded(existing, new_open, extra)
        return ShadowMoment(time, local_time(time), altitude, azimuth, existing, new_open, extra, gone, plots)

    @functools.cached_property
    def _now(self) -> ShadowCaster:
        return ShadowCaster([b.triangles for b in (*self.staying, *self.replaced)], self.ground_nap)

    def instant(self, time: np.datetime64) -> ShadowInstant:
        """Return all shadows at a UTC time, fast enough to follow a slider."""
        altitude, azimuth, sun = self._sun(time)
        existing, new = self._now.shadow(sun), self._casters[2].shadow(sun)
        near = around(existing, *new.bounds) if not (new.is_empty or existing.is_empty) else shapely.MultiPolygon()
        extra = less(less(new, self.built), near)
        return ShadowInstant(local_time(time), altitude, azimuth, sun, existing, extra)

    def _sun(self, time: np.datetime64) -> tuple[float, float, Floats]:
        """Return altitude and azimuth (degrees), and the direction in the RD grid."""
        place = self.site.centre
        altitude, azimuth = sun_position(np.array([time]), *wgs84_of(*place))
        return float(altitude[0]), float(azimuth[0]), directions_of(altitude, azimuth, convergence_deg(*place))[0]

    def _shaded(self, existing: BaseGeometry, new: BaseGeometry, extra: BaseGeometry) -> tuple[PlotShadow, ...]:
        found = []
        for plot in self.plots:
            if not near(plot.geometry, extra):
                continue
            part = polygons_only(intersection(extra, plot.geometry))
            if part.area >= SMALLEST_M2:
                areas = [float(intersection(shade, plot.geometry).area) for shade in (existing, new)]
                found.append(PlotShadow(plot, areas[0], areas[1], float(part.area), part))
        return tuple(sorted(found, key=lambda p: (-p.extra_m2, p.plot.kind, p.plot.name)))

    def day(self, date: datetime.date, step_min: float) -> tuple[ShadowMoment, ...]:
        """Return the shadows in the middle of every step of a date on which the sun stands high enough."""
        return self._moments(suns_at(self.site.centre, [date], step_min, LOWEST_SUN_DEG).times)

    def hours(self, date: datetime.date, cell_m: float = 1.0, step_min: float = 10.0, min_altitude_deg: float = 0.0) -> HoursMap:
        """Return the hours of possible sun on open ground in the frame, now and with the design; cells grow to keep their number."""
        west, south, east, north = frame = self.frame
        cell_m = max(cell_m, float(np.sqrt((east - west) * (north - south) / MOST_CELLS)))
        xy = cell_centres(frame, cell_m)
        flat = xy.reshape(-1, 2)
        seen = np.ones(len(flat), dtype=bool)
        if not self.roofs.is_empty:
            seen = ~shapely.contains_xy(prepared(self.roofs), flat[:, 0], flat[:, 1])
        if self.site.terrain is not None:
            ground = np.isfinite(self.site.terrain.sample(flat[:, 0], flat[:, 1]))
            seen &= ground | ~ground.any()
        open_ground = np.flatnonzero(seen)
        z = ground_at(flat[open_ground], self.site.terrain, self.ground_nap) + ABOVE_GROUND_M
        points = np.column_stack([flat[open_ground], z])
        suns = suns_at(self.site.centre, [date], step_min, min_altitude_deg)
        origin = np.floor(np.array([(west + east) / 2, (south + north) / 2, self.ground_nap]))
        scene = Scene(np.concatenate([triangles_of(self.staying), terrain_triangles(self.site.terrain)]), origin)
        targets = Receptors(points, None, scene)
        base = sunlight(scene, targets, suns)
        before = _steps(still_lit(base, Scene(triangles_of(self.replaced), origin), targets), targets)
        after = _steps(still_lit(base, Scene(self.design.triangles, origin), targets), targets)
        maps = []
        for lit in (before, after):
            hours = np.full(len(flat), np.nan)
            hours[open_ground] = lit.sum(axis=1) * step_min / 60.0
            maps.append(hours.reshape(xy.shape[:2]))
        return HoursMap(date, frame, cell_m, maps[0], maps[1], suns, before, after)


def _steps(light: Sunlight, targets: Receptors) -> NDArray[np.bool_]:
    """Return which suns (points, suns) reach which points, in the order of the points."""
    return targets.unsorted(np.unpackbits(light.bits, axis=1, count=len(light.suns)).astype(bool))
