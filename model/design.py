"""What is asked: a building design as a mesh in RD + NAP, with how it got there."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import Any

import numpy as np

from .arrays import Floats, Ints, extent
from .provenance import Note, Provenance

PART_KINDS = (
    "wall", "roof", "slab", "window", "door", "chimney", "antenna", "installation", "balcony", "canopy", "stair", "railing", "beam", "member",
    "covering", "furnishing", "building", "structure", "other",
)
"""Our words for what a part of a design is; rule files know the same (``part_kind`` of their schema)."""

DESIGN, EXISTING, DEMOLISH, CONTEXT, TERRAIN, VEGETATION, UNKNOWN = "design", "existing", "demolish", "context", "terrain", "vegetation", "unknown"
PART_ROLES = (DESIGN, EXISTING, DEMOLISH, CONTEXT, TERRAIN, VEGETATION, UNKNOWN)
"""What the bodies of a file may be to the application: asked for; there already, and staying; there, and going; around it (a neighbour, a car,
what is put up for the time of building); the ground; what grows; not told."""


MOVED = "moved"
"""Under this a part keeps the one that it was moved from, and how far (3,), m: what was measured of that one in plan holds for it there."""


@dataclass(frozen=True)
class Role:
    """What a body of a file is to the application: ``word`` one of ``PART_ROLES``, ``source`` case | answer | file | shape ('' while nobody
    says it), ``note`` why."""

    word: str = UNKNOWN
    source: str = ""
    note: Note | None = None


NO_ROLE = Role()


@dataclass(frozen=True, eq=False)
class Part:
    """One element of a design: ``vertices`` (n, 3) float64 RD + NAP, ``faces`` (m, 3) into them.

    ``kind`` is our word for its role: wall | roof | slab | window | door | chimney | antenna | installation | balcony |
    canopy | stair | railing | beam | member | covering | furnishing | building (a whole) |
    structure (no building: a mast) | other; ``source_class`` the file's own word
    (IfcWall, RoofSurface...); ``closed`` a watertight, outward-oriented solid. ``object``: the building or object of the file that it
    belongs to, '' where the file has no such thing; ``role`` what the file or the case says that it is to the application. ``kept``: what was measured
    of the part, for as long as it lives: it never changes, and several rules and pictures ask for the same.
    """

    fid: str
    vertices: Floats
    faces: Ints
    kind: str = "other"
    source_class: str = ""
    name: str = ""
    closed: bool = False
    object: str = ""
    role: Role = NO_ROLE
    kept: dict[str, Any] = field(default_factory=dict, init=False, repr=False)

    @property
    def called(self) -> str:
        """What a reader knows the part by: the building or object that it belongs to, else its own name, else its id."""
        return self.object or self.name or self.fid

    @functools.cached_property
    def triangles(self) -> Floats:
        """Corner coordinates (m, 3, 3)."""
        return self.vertices[self.faces]

    @functools.cached_property
    def extent(self) -> Floats:
        """The lowest and the highest corner (2, 3) of the box around the vertices; without any the box that holds nothing."""
        return np.stack([self.vertices.min(axis=0, initial=np.inf), self.vertices.max(axis=0, initial=-np.inf)])

    @functools.cached_property
    def z_range(self) -> tuple[float, float]:
        """Lowest and highest z of the vertices."""
        return float(self.extent[0, 2]), float(self.extent[1, 2])

    def moved(self, over: Floats) -> Part:
        """Return this part moved over (3,) m, in plan."""
        found = replace(self, vertices=self.vertices + over)
        found.kept[MOVED] = self, over
        return found


def triangles_of(parts: Sequence[Part]) -> Floats:
    """Return the corner coordinates (n, 3, 3) of the triangles of all parts."""
    if not parts:
        return np.zeros((0, 3, 3))
    starts = np.cumsum([0, *(len(part.vertices) for part in parts[:-1])])
    faces = np.concatenate([part.faces for part in parts]) + np.repeat(starts, [len(part.faces) for part in parts])[:, None]
    found: Floats = np.concatenate([part.vertices for part in parts])[faces]
    return found


def bounds_of(parts: Sequence[Part]) -> tuple[Floats, Floats]:
    """Return the lowest and highest corner (n, 3) of the vertices of each part; those of many parts are found together."""
    if not parts:
        return np.zeros((0, 3)), np.zeros((0, 3))
    try:
        boxes = list(map(itemgetter("extent"), map(vars, parts)))  # of thousands of parts, at every check
    except KeyError:
        _find_extents([part for part in parts if "extent" not in vars(part) and len(part.vertices)])
        boxes = [part.extent for part in parts]
    found = np.concatenate(boxes).reshape(-1, 2, 3)
    return found[:, 0], found[:, 1]


def _find_extents(parts: Sequence[Part]) -> None:
    """Find the boxes of parts together, and keep them as their property itself would."""
    if not parts:
        return
    every = np.concatenate([part.vertices for part in parts])
    starts = np.concatenate([[0], np.cumsum([len(part.vertices) for part in parts])[:-1]])
    boxes = np.stack([np.minimum.reduceat(every, starts), np.maximum.reduceat(every, starts)], axis=1)
    for part, box in zip(parts, boxes):
        vars(part)["extent"] = box


@dataclass(frozen=True)
class Level:
    """A level of the file's own list, metres NAP after placement; a level list is not a storey list."""

    name: str
    elevation_nap: float


@dataclass(frozen=True)
class Placement:
    """How model coordinates became RD + NAP: model origin at (easting, northing, base NAP), turned counter-clockwise.

    ``method`` is map_conversion | epset | rigid_operation | site_placement | world_coordinates | rd_coordinates | case | provisional |
    none.
    """

    method: str
    easting_m: float = 0.0
    northing_m: float = 0.0
    rotation_deg: float = 0.0
    base_nap_m: float = 0.0
    crs: str = "EPSG:7415"


@dataclass(frozen=True)
class Message:
    """A line of the import log; ``severity`` info | warning | error."""

    severity: str
    note: Note


@dataclass(frozen=True, eq=False)
class Design:
    """A design, placed. ``unit_to_m`` and ``up_axis`` say what the file's coordinates were; ``spacing_m`` (east, north, up) how far apart the
    numbers lie that its corners are stored in: no corner is known better."""

    name: str
    parts: tuple[Part, ...]
    placement: Placement
    provenance: tuple[Provenance, ...] = ()
    format: str = ""
    unit_to_m: float = 1.0
    up_axis: str = "z"
    levels: tuple[Level, ...] = ()
    messages: tuple[Message, ...] = field(default=())
    spacing_m: tuple[float, float, float] = (0.0, 0.0, 0.0)

    @functools.cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of its parts."""
        return frozenset(part.kind for part in self.parts)

    @functools.cached_property
    def roles(self) -> frozenset[str]:
        """The words of the roles of its parts."""
        return frozenset(part.role.word for part in self.parts)

    @functools.cached_property
    def own(self) -> Design:
        """The design without what file or case say is none of it (existing, going, around it, ground, green); whole where nothing is left."""
        own = tuple(part for part in self.parts if part.role.word in (DESIGN, UNKNOWN))
        return self if not own or len(own) == len(self.parts) else replace(self, parts=own)

    @functools.cached_property
    def objects(self) -> tuple[str, ...]:
        """The buildings and objects that the file tells apart, in its order."""
        return tuple(dict.fromkeys(part.object for part in self.parts if part.object))

    @functools.cached_property
    def triangles(self) -> Floats:
        """All corner coordinates (n, 3, 3), RD + NAP."""
        return triangles_of(self.parts)

    def moved(self, shift: Floats) -> Design:
        """Return this design with every part and its placement moved over ``shift`` (2,), m in RD."""
        over = np.array([float(shift[0]), float(shift[1]), 0.0])
        place = self.placement
        placed = replace(place, easting_m=place.easting_m + over[0], northing_m=place.northing_m + over[1])
        return replace(self, parts=tuple(part.moved(over) for part in self.parts), placement=placed)

    @functools.cached_property
    def bounds(self) -> Floats:
        """Lowest and highest corner (2, 3), RD + NAP."""
        return np.stack(extent(self.triangles.reshape(-1, 3)))


def shifted(design: Design, by: tuple[float, float, float]) -> Design:
    """Return a design moved by so much (m; east, north, up)."""
    parts = tuple(replace(part, vertices=part.vertices + np.asarray(by)) for part in design.parts)
    levels = tuple(replace(level, elevation_nap=level.elevation_nap + by[2]) for level in design.levels)
    at = design.placement
    placement = replace(at, easting_m=at.easting_m + by[0], northing_m=at.northing_m + by[1], base_nap_m=at.base_nap_m + by[2])
    return replace(design, parts=parts, levels=levels, placement=placement)
