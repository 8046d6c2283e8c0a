"""What a design covers without enclosing it: canopies, balconies, carports, verandas, deep overhangs, named or not."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ....measure.building.bodies import AT_GROUND_M, WALL_HIGH_M
from ....measure.building.footprint import HAIR_M, LOOSE_KINDS, polygons_only, projection, projection_without, without_thin
from ....measure.building.hanging_rooms import may_be_a_room
from ....measure.building.height import parted
from ....measure.building.named_kinds import STRUCTURE
from ....measure.building.overhangs import of_the_roof, reaches_out
from ....measure.plane import overlay
from ....measure.plane.sections import enclosed
from ....model import Note, Rule
from ....model.design import bounds_of
from ...engine.base import Context
from ...engine.scope import kinds_of
from ...engine.standing import AGAINST_M, foot_of, is_a_cellar
from .underground import above_ground, below_counts, rooms_below

OVERSTEK_M = 0.5
"""Eaves and cornices that stand out no further are the overhang of a roof (overstek), which no way of measuring counts as building."""
EAVES_M = 1.0
"""The overhang of a roof that reaches no further is a minor part, in plans that name it (docs/measuring.md A1): no facade, and no building under it."""
LEAST_M2 = 0.25
"""Smaller pieces are gutters and sills."""
ABOVE_M = 0.05
"""What reaches less far above peil is a floor or paving."""
FENCE_M = 0.35
"""What is narrower is a wall or a fence in the garden, no roof."""
FOOT_M = 1.0
"""Posts are looked for at this height above peil: over bases and plinths, under every beam."""
WALL_LONG_M = 1.5
"""A foot so long is a wall; posts are shorter."""
VERANDA_M = 1.5
"""An open roof deeper than this is an overkapping to sit or park under, and no overhang, canopy or balcony."""
SEAM_M = 0.02
"""Projection and section of one wall differ by less."""


def hanging(context: Context, deeper_m: float = OVERSTEK_M) -> BaseGeometry:
    """Return what is projected outside the wall-enclosed footprint (RD) and reaches further from it than ``deeper_m``, without the overhang of a roof
    as minor as usual, free standing walls and what lies below ground; empty where the footprint is itself a projection."""
    return context.memo(("hanging", context.measured_from, deeper_m), lambda: _hanging(context, deeper_m))


def seen_above(context: Context) -> BaseGeometry:
    """Return what is projected of the parts that reach above peil (RD), without ``low_structures``: footings and cellars are not seen."""
    return context.memo(("seen_above", context.measured_from), lambda: _seen_above(context))


def _seen_above(context: Context) -> BaseGeometry:
    parts = context.design.parts
    tops = bounds_of(parts)[1][:, 2] - foot_of(context)
    low = (tops <= WALL_HIGH_M) & np.array([part.kind == STRUCTURE for part in parts], dtype=bool)
    return projection_without(context.projection, *parted(parts, (tops > ABOVE_M) & ~low))


def low_structures(context: Context) -> BaseGeometry:
    """Return what of the design is a structure and no building, is higher than paving and no higher than a fence (RD): terraces, basins and the like are no
    part of a building, and count where a norm is about bouwwerken."""
    return context.memo(("low structures", context.measured_from), lambda: _low_structures(context))


def _low_structures(context: Context) -> BaseGeometry:
    foot = foot_of(context)
    return projection([part for part in context.design.parts if part.kind == STRUCTURE and AT_GROUND_M < part.z_range[1] - foot <= WALL_HIGH_M])


def projected(context: Context) -> BaseGeometry:
    """Return what a rule about the projection of a design is about (RD): what is seen of it from above, all of a design that lies below the ground. A
    balcony or a roof that is drawn a hand from the facade is one body with what it hangs on."""
    seen = seen_above(context)
    return context.projection if seen.is_empty else context.memo(("projected", context.measured_from), lambda: _hung_together(context, seen))


def _hung_together(context: Context, seen: BaseGeometry) -> BaseGeometry:
    pieces = shapely.get_parts(seen)
    if len(pieces) < 2 or not context.geometry.encloses:
        return seen
    walled = shapely.intersects(pieces, context.geometry.footprint)
    house = shapely.union_all(pieces[walled])
    near = [piece for piece in pieces[~walled] if 0.0 < piece.distance(house) <= AGAINST_M]
    bridges = [shapely.buffer(shapely.shortest_line(piece, house), HAIR_M / 2, cap_style="square") for piece in near]
    return polygons_only(overlay.union([seen, *bridges])) if bridges else seen


def _hanging(context: Context, deeper_m: float) -> BaseGeometry:
    footprint = context.geometry.footprint
    if footprint.is_empty or not context.geometry.encloses:
        return shapely.MultiPolygon()
    beyond = polygons_only(overlay.difference(seen_above(context), overlay.union([overlay.grown(footprint, SEAM_M), rooms_below(context)])))
    masts = shapely.get_parts(polygons_only(overlay.intersection(beyond, structures(context))))
    beyond = without_thin(beyond, FENCE_M)
    every = [piece for piece in shapely.get_parts(beyond) if piece.area > LEAST_M2]
    pieces = [piece for piece in every if _is_deep(context, piece, deeper_m) or perhaps_a_room(context, piece)]
    pieces += [mast for mast in masts if mast.area > 0.0]
    if not pieces:
        return shapely.MultiPolygon()
    up_to_the_facade = overlay.intersection(overlay.grown(overlay.union(pieces), 2 * SEAM_M), seen_above(context))
    return polygons_only(overlay.difference(up_to_the_facade, footprint))


def _is_deep(context: Context, piece: BaseGeometry, deeper_m: float) -> bool:
    footprint = context.geometry.footprint
    return reaches_beyond(piece, footprint, deeper_m) and (reaches_beyond(piece, footprint, EAVES_M) or not over_nothing(context, piece))


def perhaps_a_room(context: Context, shape: BaseGeometry) -> bool:
    """Whether something of what hangs out (RD) may be a room all the same: it is no overhang of a roof then, however little it reaches out."""
    walls = [part for part in context.design.parts if part.kind not in LOOSE_KINDS]
    return any(may_be_a_room(piece, walls, lambda z: enclosed(walls, z)) for piece in shapely.get_parts(shape) if piece.area > LEAST_M2)


def low_counted(rule: Rule, context: Context) -> BaseGeometry:
    """Return the low structures (RD) where a rule is about all bouwwerken; nothing where it is about buildings."""
    return low_structures(context) if "bouwwerk" in kinds_of(rule) else shapely.MultiPolygon()


def over_nothing(context: Context, piece: BaseGeometry) -> bool:
    """Whether what hangs out (RD) is the overhang of the building's roof, with nothing under it and no posts or walls that bear it."""
    parts = [part for part in context.design.parts if part.z_range[1] > foot_of(context) + ABOVE_M]
    return of_the_roof(parts, context.geometry.roof, piece, context.geometry.footprint) and not feet(context).intersects(piece)


def structures(context: Context) -> BaseGeometry:
    """Return what of the design is a structure and no building (RD), and higher than a fence: a mast is thinner than a roof, and stands there all the same."""
    return context.memo(("structures", context.measured_from), lambda: _structures(context))


def _structures(context: Context) -> BaseGeometry:
    least = foot_of(context) + WALL_HIGH_M
    return projection([part for part in context.design.parts if part.kind == STRUCTURE and part.z_range[1] > least])


def steps(context: Context) -> BaseGeometry:
    """Return what of the design are stairs (RD): no roof on posts, whatever stands under them."""
    return projection([part for part in context.design.parts if part.kind == "stair"])


def reaches_beyond(piece: BaseGeometry, footprint: BaseGeometry, depth: float) -> bool:
    """Whether an area (RD) reaches further out of the facades of each building than a depth (m), by more than a hair; round a corner it may be as deep
    on both sides."""
    return reaches_out(piece, footprint, depth + HAIR_M)


def on_posts(context: Context) -> BaseGeometry:
    """Return what of that stands by itself or on posts: carports, verandas, shelters; a roof's overhang and a balcony only hang."""
    return context.memo(("on posts", context.measured_from), lambda: _carried(context, 0.0))


def on_walls(context: Context) -> BaseGeometry:
    """Return what of it is borne by walls of its own and not by posts alone: a room with an open side; all of it where it is more than what is enclosed."""
    extra = hanging(context)
    if extra.is_empty or extra.area > context.geometry.footprint.area:
        return extra
    return context.memo(("on walls", context.measured_from), lambda: _carried(context, WALL_LONG_M))


def _carried(context: Context, least_m: float) -> BaseGeometry:
    """Return the pieces that stand on feet of their own of at least a length (m); where any will do, also those that stand apart."""
    pieces = [piece for piece in shapely.get_parts(hanging(context)) if not piece.is_empty]
    if not pieces:
        return shapely.MultiPolygon()
    near, standing = overlay.grown(context.geometry.footprint, SEAM_M), feet(context, least_m)
    found = [piece for piece in pieces if (not least_m and not piece.intersects(near)) or standing.intersects(piece)]
    return shapely.union_all(found) if found else shapely.MultiPolygon()


def feet(context: Context, least_m: float = 0.0) -> BaseGeometry:
    """Return what stands on the ground outside the rooms (RD), of at least a length (m): posts, walls alone, or walls that go on from a facade."""
    near = overlay.grown(without_thin(context.geometry.footprint, FENCE_M), SEAM_M)
    standing = shapely.get_parts(polygons_only(shapely.difference(enclosed(context.design.parts, foot_of(context) + FOOT_M), near)))
    return shapely.union_all([foot for foot in standing if foot.length / 2 >= least_m])


def with_hanging(context: Context, shape: BaseGeometry, extra: BaseGeometry | None = None, likely: bool = False) -> BaseGeometry:
    """Return a shape (RD) with what hangs out of it (or only ``extra`` of that), where it counts in this reading; asked only where there is any."""
    extra = hanging(context) if extra is None else extra
    if extra.is_empty:
        return shape
    area = round(extra.area, 1)
    if not context.yes_no("open_parts_count", Note.of("surroundings_question_open_parts", area=area), likely):
        return shape
    return together(shape, extra)


def open_roofs(context: Context) -> BaseGeometry:
    """Return what of it may be a building by itself (RD): what stands on posts or walls, what is deeper than any balcony, the overhang of a roof that
    is deeper than usual, and all of it where it is more than what is enclosed."""
    extra = hanging(context)
    if extra.is_empty or extra.area > context.geometry.footprint.area:
        return extra
    eaves = context.memo(("deep eaves", context.measured_from), lambda: [piece for piece in shapely.get_parts(extra) if over_nothing(context, piece)])
    return polygons_only(overlay.union([on_posts(context), hanging(context, VERANDA_M), *eaves]))


def built_over(context: Context, rule: Rule | None = None) -> BaseGeometry:
    """Return what a design in which nothing encloses is built over (RD), where that counts in this reading; nothing where it does not. Of a cellar under a
    house that stands it is asked whether what lies below the ground counts, where a ``rule`` is about ground that is built on: it is no open roof."""
    footprint = context.geometry.footprint
    over = context.projection if footprint.is_empty else footprint
    if rule is not None and is_a_cellar(context):
        return over if below_counts(rule, context) else shapely.MultiPolygon()
    return with_hanging(context, shapely.MultiPolygon(), over, likely=True)


def with_rooms_below(rule: Rule, context: Context, shape: BaseGeometry) -> BaseGeometry:
    """Return a shape (RD) with the rooms below ground, where they count in this reading; asked only where there are any."""
    below = rooms_below(context)
    if below.is_empty:
        return shape
    return together(shape, below) if below_counts(rule, context) else above_ground(context, shape)


def together(shape: BaseGeometry, more: BaseGeometry) -> BaseGeometry:
    """Return two areas (RD) as one, with the hair between them closed: what hangs on a facade is one body with what it hangs on."""
    both = polygons_only(overlay.union([shape, more]))
    return polygons_only(overlay.grown(overlay.grown(both, HAIR_M), -HAIR_M)) if len(shapely.get_parts(both)) > 1 else both
