"""The sun study of a design among its neighbours: who is judged, where, against what, and what stands in the way."""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from ...model import Building3D, Design, Note, Site
from ...model.arrays import Floats
from ..building.footprint import projection
from .neighbours import Dwelling, Neighbours, ground_of, neighbours_of, outline_of, without_model
from .possible_sun import Scene
from .receptors import Receptor, facade_receptors, window_receptors
from .sun_norms import NormError, SunNorm
from .sun_position import Suns, dates_between, suns_at
from .sun_study import Study, Surroundings, nothing, study_sun, terrain_triangles, tree_triangles, triangles_of

PROPOSED = "proposed"
TOUCHING_M = 1.0


@dataclass(frozen=True, eq=False)
class SunReview:
    """A design's sun study: its neighbours, their receptors and the minutes of each situation (``minutes.after[PROPOSED]``)."""

    site: Site
    design: Design
    neighbours: Neighbours
    surroundings: Surroundings
    minutes: Study
    radius_m: float
    notes: tuple[Note, ...]
    owners: tuple[tuple[str, str, int], ...] = field(default=())
    """What blocks, in the order of the triangles: (kind, name, triangles)."""

    @property
    def receptors(self) -> tuple[Receptor, ...]:
        """All receptors, in the order of the rows of ``minutes``."""
        return self.minutes.receptors

    @functools.cached_property
    def _rows(self) -> dict[str, list[int]]:
        rows: dict[str, list[int]] = {}
        for number, receptor in enumerate(self.receptors):
            rows.setdefault(receptor.building, []).append(number)
        return rows

    def rows_of(self, dwelling: Dwelling) -> list[int]:
        """Return the numbers of a dwelling's receptors."""
        return self._rows.get(dwelling.building.fid, [])

    @functools.cached_property
    def blocking(self) -> Blocking:
        """What stands in the way in the proposed situation."""
        return Blocking(self.design, self.surroundings, self.owners)

    def blocker(self, receptor: int, day: int) -> Note | None:
        """Return what takes most of a receptor's sun on a day (a number in the study's dates), or None."""
        suns, where = self.minutes.suns, self.receptors[receptor]
        found = self.blocking.first(where, suns.directions[suns.day == day])
        taken = np.bincount(found[found >= 0], minlength=1)
        if not taken.sum():
            return None
        most = int(np.argmax(taken))
        kind, name = self.blocking.owners[most]
        if kind == "building" and name == where.building:
            kind = "own"
        return Note.of(f"sun_blocked_by_{kind}", name=name, minutes=round(float(taken[most]) * suns.step_min, 1))


BEHIND, FREE = -2, -1


class Blocking:
    """Everything of the proposed situation in one scene: which owner a ray meets first.

    ``owners``: (kind, name) of each; kind design | building | terrain.
    """

    def __init__(self, design: Design, surroundings: Surroundings, owners: tuple[tuple[str, str, int], ...]) -> None:
        triangles = np.concatenate([design.triangles, surroundings.staying])
        self.owners = (("design", design.name), *((kind, name) for kind, name, _ in owners))
        self._owner = np.repeat(np.arange(len(self.owners)), [len(design.triangles), *(count for _, _, count in owners)])
        self._scene = Scene(triangles, np.floor(triangles.reshape(-1, 3).mean(axis=0)))

    def first(self, receptor: Receptor, directions: Floats) -> NDArray[np.int64]:
        """Return for each direction (n, 3) the number of the owner that first stands in the way of a receptor, ``FREE`` for none,
        ``BEHIND`` for behind its facade."""
        starts = np.broadcast_to(np.array(receptor.point) - self._scene.origin, (len(directions), 3))
        hit = self._scene.first(starts, directions)
        found = np.where(hit >= 0, self._owner[np.maximum(hit, 0)], FREE)
        if receptor.normal is not None:
            found = np.where(directions @ np.array(receptor.normal) > 0, found, BEHIND)
        return found


def sun_review(
    site: Site, design: Design, answers: Mapping[str, Any], norm: SunNorm, measure: Mapping[str, Any],
    others: Mapping[str, Floats] | None = None, of_others: Collection[str] = (),
) -> SunReview:
    """Return the sun study of a design by a norm; ``others`` are further proposals to compare (n, 3, 3): plan space, variants;
    ``of_others``: dwellings on the design's own parcels that are not its own.

    ``measure`` words: radius_m, terrain, trees: {transparency}, assume_dwellings. Raises ``NormError`` for one that cannot be used.
    """
    outline = projection(design.parts)
    assume = bool(measure.get("assume_dwellings", False))
    everyone = neighbours_of(site, outline, demolished(answers), assume, of_others)
    notes = [Note.of("sun_replaced", pand=b.fid) for b in everyone.replaced]
    radius = reach_of(design, site, norm, measure)
    near = tuple(d for d in everyone.dwellings if shapely.distance(d.outline, outline) <= radius)
    unknown, unused = (tuple(b for b in some if shapely.distance(outline_of(b), outline) <= radius) for some in (everyone.unknown, everyone.unused))
    neighbours = Neighbours(near, everyone.replaced, everyone.own, unknown, unused)
    staying = tuple(b for b in site.buildings3d if len(b.triangles) and b not in everyone.replaced)
    receptors = [r for dwelling in near for r in receptors_of(dwelling, staying, norm)]
    surroundings, owners, more = surroundings_of(site, design, staying, everyone.replaced, outline, measure)
    suns = suns_at(site.centre, dates_between(*norm.period, norm.sweep_days), norm.step_min, norm.min_altitude_deg)
    bodies = {d.building.fid: d.building.triangles for d in near}
    study = study_sun(receptors, surroundings, {PROPOSED: design.triangles, **(others or {})}, suns, bodies)
    notes += [*more, *assumptions(norm, suns.step_min, len(everyone.own), radius)]
    if suns.dark:
        notes.append(Note.of("sun_never_up", date=suns.dark[0].isoformat(), altitude=norm.min_altitude_deg))
    return SunReview(site, design, neighbours, surroundings, study, radius, tuple(notes), owners)


def window_study(site: Site, design: Design, answers: Mapping[str, Any], norm: SunNorm, measure: Mapping[str, Any]) -> Study:
    """Return the study of a design's own windows, as it will stand; ``empty``: with nothing but the design itself."""
    outline = projection(design.parts)
    replaced = neighbours_of(site, outline, demolished(answers)).replaced
    staying = tuple(b for b in site.buildings3d if len(b.triangles) and b not in replaced)
    windows = window_receptors(design.parts, design.triangles)
    surroundings, _, _ = surroundings_of(site, design, staying, replaced, outline, measure)
    suns = suns_at(site.centre, dates_between(*norm.period, norm.sweep_days), norm.step_min, norm.min_altitude_deg)
    return study_sun(windows, surroundings, {PROPOSED: design.triangles}, suns, {w.building: design.triangles for w in windows})


def point_study(
    site: Site, design: Design, answers: Mapping[str, Any], receptor: Receptor, suns: Suns
) -> tuple[Study, tuple[Note, ...]]:
    """Return the study of one receptor, existing and with a design, and remarks on what was left out."""
    outline = projection(design.parts)
    replaced = neighbours_of(site, outline, demolished(answers)).replaced
    staying = tuple(b for b in site.buildings3d if len(b.triangles) and b not in replaced)
    blocks, _, notes = surroundings_of(site, design, staying, replaced, outline, {})
    notes += [Note.of("sun_replaced", pand=b.fid) for b in replaced]
    return study_sun([receptor], blocks, {PROPOSED: design.triangles}, suns), tuple(notes)


def demolished(answers: Mapping[str, Any]) -> frozenset[str]:
    """Return the panden that the officer says will be demolished (answer ``demolition``)."""
    answer = answers.get("demolition") or ()
    named = answer.get("value") or () if isinstance(answer, Mapping) else answer
    return frozenset(str(fid) for fid in (named if isinstance(named, (list, tuple)) else (named,)))


def reach_of(design: Design, site: Site, norm: SunNorm, measure: Mapping[str, Any]) -> float:
    """Return how far (m) dwellings are judged: as the rule says, else as far as the design's longest shadow of the norm."""
    if "radius_m" in measure:
        radius = measure["radius_m"]
        if isinstance(radius, bool) or not isinstance(radius, (int, float)) or not radius > 0:
            raise NormError(key="radius_m", value=radius)
        return float(radius)
    low, high = design.bounds[:, 2]
    slope = np.tan(np.radians(max(norm.min_altitude_deg, 1.0)))
    return float(min((high - low) / slope + TOUCHING_M, 2 * site.radius_m))


def receptors_of(dwelling: Dwelling, buildings: tuple[Building3D, ...], norm: SunNorm) -> tuple[Receptor, ...]:
    """Return the assumed receptors of a dwelling's facades."""
    low, high = dwelling.building.triangles.min(axis=(0, 1)) - TOUCHING_M, dwelling.building.triangles.max(axis=(0, 1)) + TOUCHING_M
    around = [
        b for b in buildings
        if b is not dwelling.building and (b.triangles.min(axis=(0, 1)) <= high).all() and (b.triangles.max(axis=(0, 1)) >= low).all()
    ]
    return facade_receptors(dwelling.building, around, ground_of(dwelling.building), norm.spacing_m, norm.storey_m, norm.above_floor_m)


def surroundings_of(
    site: Site, design: Design, staying: tuple[Building3D, ...], replaced: tuple[Building3D, ...], outline: BaseGeometry,
    measure: Mapping[str, Any],
) -> tuple[Surroundings, tuple[tuple[str, str, int], ...], list[Note]]:
    """Return what blocks the sun around a design, whose triangles are whose, and remarks on what is missing or left out."""
    notes = []
    ground = terrain_triangles(site.terrain) if measure.get("terrain", True) else nothing()
    if not len(ground):
        notes.append(Note.of("sun_no_terrain"))
    if not staying:
        notes.append(Note.of("sun_no_buildings"))
    flat = without_model(site)
    if staying and flat:
        notes.append(Note.of("sun_without_model", count=flat, known=len(staying)))
    words = measure.get("trees")
    if words:
        share = words.get("transparency") if isinstance(words, Mapping) else None
        if isinstance(share, bool) or not isinstance(share, (int, float)) or not 0 <= share <= 1:
            raise NormError(key="trees.transparency", value=share)
        crowns, unknown = tree_triangles(site.trees, site.terrain, float(design.bounds[0, 2]))
        notes.append(Note.of("sun_trees", count=len(site.trees) - unknown, unknown=unknown, percent=round(100 * share)))
    else:
        notes.append(Note.of("sun_trees_left_out"))
        crowns, share = nothing(), 0.0
    owners = [("building", b.fid, len(b.triangles)) for b in staying] + [("terrain", "", len(ground))]
    blocks = Surroundings(np.concatenate([triangles_of(staying), ground]), triangles_of(replaced), crowns, float(share))
    return blocks, tuple(owners), notes


def assumptions(norm: SunNorm, step_min: float, own: int, radius: float) -> list[Note]:
    """Return what the study assumes, as a reader of the report must know it."""
    first, last = norm.period
    found = [
        Note.of(
            "sun_norm", minutes=norm.minutes, start=first.strftime("%d-%m"), end=last.strftime("%d-%m"), altitude=norm.min_altitude_deg,
            step=step_min, sweep=norm.sweep_days, year=norm.year,
        ),
        Note.of("sun_receptors_assumed", above=norm.above_floor_m, spacing=norm.spacing_m, storey=norm.storey_m),
        Note.of("sun_radius", radius=round(radius, 1)),
    ]
    if own:
        found.append(Note.of("sun_own_left_out", count=own))
    return found
