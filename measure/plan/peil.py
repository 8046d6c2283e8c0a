"""Peil: the level that a plan measures heights from (docs/measuring.md 0.3). Resolved first; it feeds half of the rules.

A plan defines its own peil, mostly in several branches. The officer's answer goes before the plan's definition, that before a proposal
from the surroundings: height of the road at the entrance, ground along the walls. Nothing is ever "AHN at the centroid".
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, Point
from shapely.geometry.base import BaseGeometry

from ...model import Design, Site, Terrain, TopographyObject, UncertaintySource, combined_uncertainty
from ...model.arrays import Floats
from ...model.numbers import number_in
from ..plane import overlay
from ..plane.distance import nearest_place
from ..plane.places import along_line
from .separate_ground import on_other_ground

METHODS = (
    "road_at_main_entrance",
    "finished_ground_adjoining",
    "ground_floor_level",
    "nap_value",
    "water_level",
    "authority_fixed",
    "previous_ground",
)
PATHS = ("voetpad", "fietspad", "ruiterpad")
"""Wegdelen that no main entrance of a building gives on by itself."""
ROAD, GROUND_NOW, GROUND_THEN = "road_at_main_entrance", "finished_ground_adjoining", "previous_ground"
FLOOR = "ground_floor_level"
AT_A_PLACE = (ROAD, GROUND_NOW, GROUND_THEN, FLOOR)
"""What is read at a building: one level of it is of no building on other ground."""
PROPOSED = (ROAD, GROUND_NOW, FLOOR)
"""What is proposed while nobody knows how the plan defines peil."""
AT_GROUND_M = 1.5
"""A level of the model that lies further from the ground than half a storey is proposed for no ground floor."""
FAR_OFF_M = 25.0
"""No peil lies further below or above a building and the ground around it: then 100 was typed for 1,00."""
OFF_GROUND_M = 3.0
"""A peil lies at a road, a dike, a floor or ground that is raised: a storey above or below all ground around there is none of these."""
LEVEL_UNCERTAINTY_M = 0.10
"""Of a level read from AHN (docs/measuring.md 0.2)."""
SEARCH_M = 50.0
"""How far from the entrance a road may lie (VNG BM13)."""
ENTRANCES_M = 10.0
"""Along a facade an entrance is tried at both ends and at least every so far between: a road that rises steeply (7 %) rises little more than 0.5 m over it,
and its lowest and highest place mostly lie at the ends."""
FEW_BUILDINGS = 4
"""Of so few buildings each is looked at; of more (a quarter in one file) those on the lowest and the highest ground, between which the others lie."""
OFF_WALL_M, STEP_M, KNOWN_SHARE = 1.0, 0.5, 0.25
ROADS = ("rijbaan", "woonerf", "inrit")
"""What a car drives on; where there is none of these another wegdeel (voetpad, fietspad) is the road at most, or the road was not loaded."""


@dataclass(frozen=True)
class PeilCandidate:
    """A level that the plan's text may mean: method of ``METHODS`` and height NAP.

    ``geometry`` (RD) is where it was read: the point on the road, the ring around the walls; ``sources`` what makes it uncertain (none
    for a level that is fixed or designed); ``spread_m`` the difference between the highest and the lowest reading.
    """

    method: str
    nap_m: float
    geometry: BaseGeometry | None = None
    sources: tuple[UncertaintySource, ...] = ()
    spread_m: float = 0.0

    @property
    def answer(self) -> dict[str, Any]:
        """The officer's answer that this level is meant, no better known than it was read."""
        doubt = combined_uncertainty(self.sources)
        return {"method": self.method, "nap_m": self.nap_m, **({"uncertainty_m": round(doubt, 4)} if doubt else {})}


@dataclass(frozen=True)
class Peil:
    """The level to measure from.

    ``chosen`` when the officer fixed it: then legal, without uncertainty unless the answer states ``uncertainty_m``; or when the way of
    measuring is chosen and the level was read for it. Otherwise ``candidates`` are what the plan's branches, or proposals, come to, each with
    what makes it uncertain; empty when nothing is known. ``lacking``: branches of the plan whose level cannot be read here; ``apart``:
    how many buildings stand apart on ground of different heights, so that each has a peil of its own.
    """

    chosen: PeilCandidate | None
    candidates: tuple[PeilCandidate, ...] = ()
    lacking: tuple[str, ...] = ()
    apart: int = 0

    @property
    def levels(self) -> tuple[PeilCandidate, ...]:
        """The levels to judge with: the chosen one, or the lowest and the highest candidate."""
        if self.chosen:
            return (self.chosen,)
        ordered = sorted(self.candidates, key=lambda candidate: candidate.nap_m)
        return (ordered[0], ordered[-1]) if len(ordered) > 1 else tuple(ordered)


def resolve_peil(
    answers: Mapping[str, Any], site: Site, outline: BaseGeometry, definition: Mapping[str, Any] | None = None, design: Design | None = None
) -> Peil:
    """Return the peil from the officer's answer, else from the plan's ``definition``, else proposals around ``outline`` (RD footprint).

    The answer is ``{method, nap_m, reason, by}``: a fixed level; ``{method}`` alone: read it that way; ``candidates: {method: nap_m}``:
    several to weigh; ``branches: [method, ...]``: those of the plan, ``plus_m: {method: m}``: how far above each its peil lies. The definition
    (a rule file's ``peil``, a plan's profile) has the same words; with ``default_status: suggested`` its one method is a proposal.
    ``entrance: [x, y]`` (RD) says where the main entrance is.
    """
    given = answers.get("peil") or {}
    answer: Mapping[str, Any] = given if isinstance(given, Mapping) else {"method": "nap_value", "nap_m": given}
    if answer.get("nap_m") is not None:
        fixed = _fixed(answer)
        cannot_be = fixed.chosen is not None and _cannot_be(fixed.chosen.nap_m, site, outline, design)
        if cannot_be:
            return Peil(None, (), (str(answer.get("method") or "nap_value"),))
        if fixed.chosen is None or fixed.chosen.method not in AT_A_PLACE or not on_other_ground(outline, site):
            return fixed
        others = resolve_peil({**answers, "peil": {"method": fixed.chosen.method}}, site, outline, definition, design)
        if others.chosen is not None:  # read so, all of them have one level
            return fixed
        return Peil(None, tuple(_each_once((fixed.chosen, *others.candidates))), others.lacking, others.apart)
    if answer.get("candidates"):
        if not isinstance(answer["candidates"], Mapping):  # an answer that is not readable is no answer
            return Peil(None, (), ("candidates",))
        given = {str(method): number_in(nap) for method, nap in sorted(answer["candidates"].items())}
        known = tuple(PeilCandidate(method, nap) for method, nap in given.items() if nap is not None)
        return Peil(None, known, tuple(method for method, nap in given.items() if nap is None))
    told = answer if answer.get("method") or answer.get("branches") else definition or {}
    if told.get("nap_m") is not None and told.get("method") == "nap_value":
        return _fixed(told)
    if definition and definition.get("plus_m") and "plus_m" not in told:
        told = {**told, "plus_m": definition["plus_m"]}  # who names the way of measuring says nothing of how far above it the plan's peil lies
    named = told.get("branches") or told.get("method") or PROPOSED
    branches = tuple(map(str, named)) if isinstance(named, (list, tuple)) else (str(named),)
    buildings = on_other_ground(outline, site)
    found, lacking = _found(answers, site, outline, told, design, branches) if not buildings else _of_each(buildings, answers, site, told, design, branches)
    if len(branches) == 1 and len(found) == 1 and not lacking and told.get("default_status") != "suggested":
        return Peil(found[0])
    return Peil(None, found, lacking, len(buildings))


def _found(
    answers: Mapping[str, Any], site: Site, outline: BaseGeometry, told: Mapping[str, Any], design: Design | None, branches: Sequence[str]
) -> tuple[tuple[PeilCandidate, ...], tuple[str, ...]]:
    """Return the levels that peil may be by each of some ways of measuring, and the ways that were told and by which none can be read for certain: near a
    building with no more than a path the road is not known, whoever told of it."""
    read = {method: _READERS.get(method, _unknown)(answers, site, outline, told, design) for method in branches}
    if not told:
        read[FLOOR] = _near_ground(read[FLOOR], [candidate for method, candidate in read.items() if candidate is not None and method != FLOOR])
    found = tuple(candidate for candidate in read.values() if candidate is not None)
    if read.get(ROAD) is not None and not answers.get("entrance"):
        found = (*found, *_roads_elsewhere(read[ROAD], site, outline, told))
    path = _path(answers, site, outline, told) if ROAD in read else None
    unread = tuple(method for method, candidate in read.items() if candidate is None and (told or (path is not None and method == ROAD)))
    plus, levels = told.get("plus_m"), found if path is None else (path, *found)
    higher = {str(method): number_in(by) or 0.0 for method, by in plus.items()} if isinstance(plus, Mapping) else {}
    return tuple(replace(one, nap_m=round(one.nap_m + higher.get(one.method, 0.0), 3)) for one in levels), unread


def _of_each(
    buildings: Sequence[BaseGeometry], answers: Mapping[str, Any], site: Site, told: Mapping[str, Any], design: Design | None, branches: Sequence[str]
) -> tuple[tuple[PeilCandidate, ...], tuple[str, ...]]:
    """Return the levels that the peil of any of some buildings may be (of many: of the lowest and the highest), each level once; a main entrance that
    was told is that of the building nearest to it."""
    place = place_in(answers.get("entrance"))
    near = min(buildings, key=lambda building: float(building.distance(place))) if place is not None else None
    elsewhere = {key: value for key, value in answers.items() if key != "entrance"}
    some = [one for one in buildings if len(buildings) <= FEW_BUILDINGS or one is near or one in (buildings[0], buildings[-1])]
    every = [_found(answers if building is near else elsewhere, site, building, told, design, branches) for building in some]
    levels = _each_once([candidate for found, _ in every for candidate in found])
    return tuple(levels), tuple(dict.fromkeys(method for _, lacking in every for method in lacking))


def _each_once(candidates: Sequence[PeilCandidate]) -> list[PeilCandidate]:
    """Return levels without those that one before them is by the same way of measuring, as far as AHN can tell, and that are no less certain."""
    levels: list[PeilCandidate] = []
    for candidate in candidates:
        alike = (one for one in levels if one.method == candidate.method and abs(one.nap_m - candidate.nap_m) <= LEVEL_UNCERTAINTY_M)
        if all(candidate.spread_m > one.spread_m + LEVEL_UNCERTAINTY_M for one in alike):
            levels.append(candidate)
    return levels


def _fixed(told: Mapping[str, Any]) -> Peil:
    method, level = str(told.get("method", "authority_fixed")), number_in(told["nap_m"])
    if level is None:  # an answer that is no number is no answer
        return Peil(None, (), (method,))
    doubt = number_in(told.get("uncertainty_m")) or 0.0
    return Peil(PeilCandidate(method, level, None, (UncertaintySource("level", doubt),) if doubt else ()))


def _cannot_be(nap_m: float, site: Site, outline: BaseGeometry, design: Design | None) -> bool:
    """Whether a level (m NAP) that somebody typed lies so far from the ground around a building, and from the building, that it is a slip; or a
    storey above all ground that was loaded, or under the foot and a storey below it (water may lie so low)."""
    levels = [] if design is None or not len(design.triangles) else [float(z) for z in design.bounds[:, 2]]
    if site.terrain is not None and not outline.is_empty:
        ground = site.terrain.nearest(outline.centroid.x, outline.centroid.y)
        levels += [] if ground is None else [ground[0]]
    if not levels or not min(levels) - FAR_OFF_M <= nap_m <= max(levels) + FAR_OFF_M:
        return bool(levels)
    ground_there = np.zeros(0) if site.terrain is None else site.terrain.heights[np.isfinite(site.terrain.heights)]
    if not ground_there.size:
        return False
    above = nap_m > float(ground_there.max()) + OFF_GROUND_M
    return above or (nap_m <= min(levels) and nap_m < float(ground_there.min()) - OFF_GROUND_M)


def _near_ground(floor: PeilCandidate | None, levels: Sequence[PeilCandidate]) -> PeilCandidate | None:
    """Return a level that may be that of the ground floor; None where it lies a storey above or under all ground."""
    return floor if floor is not None and any(abs(floor.nap_m - other.nap_m) <= AT_GROUND_M for other in levels) else None


def _unknown(answers: Mapping[str, Any], site: Site, outline: BaseGeometry, told: Mapping[str, Any], design: Design | None) -> None:
    """Read nothing: a way of measuring that nobody knows is lacking, not a fault."""


def place_in(given: Any) -> Point | None:
    """Return an answered place [x, y] (RD); None for anything else."""
    if isinstance(given, Mapping):
        given = given.get("value")
    numbers = [number_in(one) for one in given[:2]] if isinstance(given, (list, tuple)) and len(given) >= 2 else [None]
    return None if None in numbers else Point(*numbers)


def from_terrain(method: str, heights: Floats, geometry: BaseGeometry) -> PeilCandidate:
    """Return the mean of heights of the ground (m NAP) as a level; it is as uncertain as the ground is read, or as far as it slopes."""
    mean, low, high = float(heights.mean()), float(heights.min()), float(heights.max())
    off = max(high - mean, mean - low)  # on a slope the text does not say whether it is the mean, the lowest or the highest ground
    sources = (UncertaintySource("level", max(LEVEL_UNCERTAINTY_M, round(off, 3))),)
    return PeilCandidate(method, round(mean, 3), geometry, sources, round(high - low, 3))


def _road(answers: Mapping[str, Any], site: Site, outline: BaseGeometry, told: Mapping[str, Any], design: Design | None) -> PeilCandidate | None:
    """Height of the axis of the road at the entrance (or, while nobody pointed it out, where the road is nearest to the building)."""
    return _way_near(_roads(site)[0], answers, site, outline, told)


def _path(answers: Mapping[str, Any], site: Site, outline: BaseGeometry, told: Mapping[str, Any]) -> PeilCandidate | None:
    """Height of the wegdeel at the entrance, read as the road where none for cars is near; None where one is."""
    roads, ways = _roads(site)
    near = nearest_of(roads, place_in(answers.get("entrance")) or outline, float(told.get("search_radius_m") or SEARCH_M))
    return _way_near(ways, answers, site, outline, told) if near is None else None


def _way_near(
    ways: Sequence[TopographyObject], answers: Mapping[str, Any], site: Site, outline: BaseGeometry, told: Mapping[str, Any]
) -> PeilCandidate | None:
    if site.terrain is None or outline.is_empty:
        return None
    entrance = place_in(answers.get("entrance")) or outline
    way = nearest_of(ways, entrance, float(told.get("search_radius_m") or SEARCH_M))
    if way is None:
        return None
    axis = axis_point(way.geometry, entrance)
    height = site.terrain.nearest(axis.x, axis.y)
    return from_terrain(ROAD, np.array([height[0]]), axis) if height else None


def _roads_elsewhere(nearest: PeilCandidate | None, site: Site, outline: BaseGeometry, told: Mapping[str, Any]) -> tuple[PeilCandidate, ...]:
    """Return the roads around a building that lie at another height, and the lowest and the highest place of one that slopes along it: while nobody
    pointed out the main entrance it may be there (a house on a dike has a road before it and one below)."""
    if nearest is None or site.terrain is None:
        return ()
    sides = shapely.get_coordinates(shapely.minimum_rotated_rectangle(outline))
    middles, along = (sides[:-1] + sides[1:]) / 2, shapely.get_coordinates(shapely.segmentize(LineString(sides), ENTRANCES_M))[:-1]
    reach = float(told.get("search_radius_m") or SEARCH_M)
    across, beside = (_axes_seen(places, site.terrain, _ways(site), outline, reach) for places in (middles, along))
    every = sorted((*across, *beside), key=_in_order)
    found = [nearest]
    for height, axis in (*every[:1], *every[-1:], *sorted(across, key=_in_order)):
        if all(abs(height - other.nap_m) > LEVEL_UNCERTAINTY_M for other in found):
            found.append(from_terrain(ROAD, np.array([height]), axis))
    return tuple(found[1:])


def _in_order(one: tuple[float, Point]) -> tuple[float, float, float]:
    """Return by what places of a road are told apart: by height, and of those that are equally high by where they lie, not by which GEOS names first."""
    return round(one[0], 2), round(one[1].x, 1), round(one[1].y, 1)


def _axes_seen(places: Floats, terrain: Terrain, ways: NDArray[np.object_], outline: BaseGeometry, reach: float) -> list[tuple[float, Point]]:
    """Return how high (m NAP) the axis of the road straight across from places at the sides of a building (n, 2) lies, and where; of those with a road."""
    points = np.asarray(shapely.points(places))
    seen = ((place, _way_seen(place, ways, far, outline, reach)) for place, far in zip(points, shapely.distance(ways, points[:, None])))
    axes = [axis_point(way, place) for place, way in seen if way is not None]
    return [(height[0], axis) for axis in axes if (height := terrain.nearest(axis.x, axis.y))]


def _way_seen(place: Point, ways: NDArray[np.object_], away: Floats, outline: BaseGeometry, reach: float) -> BaseGeometry | None:
    """Return the nearest of some roads (n,), ``away`` m (n,) from a place at a building's side, within ``reach`` m that the building does not stand
    before."""
    for index in np.argsort(away, kind="stable"):
        if away[index] > reach:
            return None
        if overlay.intersection(shapely.shortest_line(place, ways[index]), outline).length < OFF_WALL_M / 2:
            way: BaseGeometry = ways[index]
            return way
    return None


def nearest_of(ways: Sequence[TopographyObject], place: BaseGeometry, within_m: float) -> TopographyObject | None:
    """Return which of some roads is nearest to a place (RD); None further than ``within_m``."""
    away = shapely.distance([t.geometry for t in ways], place) if ways else np.array([np.inf])
    return ways[int(np.argmin(away))] if float(away.min()) <= within_m else None


@functools.lru_cache(maxsize=2)  # every parcel of a site looks for the same roads
def _roads(site: Site) -> tuple[tuple[TopographyObject, ...], tuple[TopographyObject, ...]]:
    """Return the roads at ground level for cars, and all wegdelen there."""
    ways = tuple(t for t in site.topography if t.collection == "wegdeel" and t.level == 0)
    return tuple(t for t in ways if any(word in t.function.lower() for word in ROADS)), ways


@functools.lru_cache(maxsize=2)
def _ways(site: Site) -> NDArray[np.object_]:
    """Return the areas of the roads at ground level (n,) that are no paths."""
    return np.array([t.geometry for t in _roads(site)[1] if not any(word in t.function.lower() for word in PATHS)], dtype=object)


def axis_point(road: BaseGeometry, place: BaseGeometry) -> Point:
    """Return the middle of a road (RD area) straight across from a place: halfway where the shortest line to it, prolonged, crosses it. Of a facade that
    runs along the road, the line from its middle."""
    ends = shapely.get_coordinates(shapely.shortest_line(nearest_place(place, road), road))
    step = ends[-1] - ends[0]
    length = float(np.hypot(*step))
    if length < 1e-6:  # the place lies on the road
        return Point(*ends[0])
    west, south, east, north = road.bounds
    reach = float(np.hypot(east - west, north - south))
    pieces = shapely.get_parts(overlay.intersection(LineString([ends[-1], ends[-1] + step / length * reach]), road))
    pieces = pieces[(shapely.get_type_id(pieces) == shapely.GeometryType.LINESTRING) & (shapely.length(pieces) > 1e-6)]
    if not len(pieces):
        return Point(*ends[-1])
    first = pieces[shapely.distance(pieces, Point(*ends[-1])).argmin()]
    return cast(Point, shapely.line_interpolate_point(first, 0.5, normalized=True))


def _along(site: Site, line: BaseGeometry, method: str) -> PeilCandidate | None:
    if site.terrain is None or line.is_empty:
        return None
    xy = along_line(line, STEP_M)
    heights = site.terrain.sample(xy[:, 0], xy[:, 1])
    known = heights[np.isfinite(heights)]
    return from_terrain(method, known, line) if len(known) >= max(1.0, len(heights) * KNOWN_SHARE) else None


def _ground(answers: Mapping[str, Any], site: Site, outline: BaseGeometry, told: Mapping[str, Any], design: Design | None) -> PeilCandidate | None:
    """Mean height of the ground along the outline, 1 m off the walls: AHN is only a proxy of the finished ground."""
    return None if outline.is_empty else _along(site, shapely.buffer(outline, OFF_WALL_M).boundary, GROUND_NOW)


def _previous(answers: Mapping[str, Any], site: Site, outline: BaseGeometry, told: Mapping[str, Any], design: Design | None) -> PeilCandidate | None:
    """Mean height of the ground as AHN has it under the walls to be built."""
    return None if outline.is_empty else _along(site, shapely.boundary(outline), GROUND_THEN)


def _floor(answers: Mapping[str, Any], site: Site, outline: BaseGeometry, told: Mapping[str, Any], design: Design | None) -> PeilCandidate | None:
    """Top of the finished ground floor: the answer ``ground_floor: {top_nap_m}``, else the design's level nearest to the ground."""
    told_floor = answers.get("ground_floor")
    given = number_in(told_floor.get("top_nap_m")) if isinstance(told_floor, Mapping) else None
    if given is not None:
        return PeilCandidate(FLOOR, given)
    levels = [level.elevation_nap for level in design.levels] if design else []
    ground = _ground(answers, site, outline, told, design) if levels else None
    if ground is None:
        return None
    nearest: float = min(levels, key=lambda nap: float(abs(nap - ground.nap_m)))
    return PeilCandidate(FLOOR, round(nearest, 3))


def _told(method: str, *keys: str) -> Callable[..., PeilCandidate | None]:
    """Return the reader of a level that only someone can tell: the definition's ``nap_m`` or one of these answers (m NAP)."""

    def read(answers: Mapping[str, Any], site: Site, outline: BaseGeometry, told: Mapping[str, Any], design: Design | None) -> PeilCandidate | None:
        given = [answers.get(key) for key in keys] + [told.get("nap_m")]
        values = [item.get("value", item.get("nap_m")) if isinstance(item, Mapping) else item for item in given]
        level = next((number for value in values if (number := number_in(value)) is not None), None)
        return None if level is None else PeilCandidate(method, level)

    return read


_READERS: Mapping[str, Callable[..., PeilCandidate | None]] = {
    ROAD: _road,
    GROUND_NOW: _ground,
    GROUND_THEN: _previous,
    FLOOR: _floor,
    "nap_value": _told("nap_value", "nap_value"),
    "water_level": _told("water_level", "water_level"),
    "authority_fixed": _told("authority_fixed", "authority_fixed"),
}
