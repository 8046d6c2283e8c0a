"""The plot (bouwperceel): which cadastral parcels a design stands on.

The officer names them (answer ``parcels``). Else a parcel under the design belongs to the plot only where the design reaches further over its
boundary than that boundary is known: what lies within it is the noise of two drawings, and never adds a neighbour's parcel. A design that
really stands on several parcels leaves open which of them are the plot.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import cast

import shapely
from shapely.geometry.base import BaseGeometry

from ...measure.plane import overlay
from ...model import Note, Parcel, Question
from .base import Context
from .open_points.answer_words import named_in
from .open_points.points import Alternative, OpenPoint
from .open_points.unseen import BOUNDARY_M, EITHER, Unseen
from .weighing import answer

THERE_SHARE = 0.1
"""A design of which less than a tenth stands on the parcels that are named stands elsewhere."""
UNDER_M2 = 1.0
"""Less than this of a parcel under a design is no reason to take it for the plot, however deep."""
BUILT_UP_M, RURAL_M = 0.20, BOUNDARY_M
"""How well a cadastral boundary is known inside and outside the built-up area (docs/measuring.md 0.2)."""
UNMEASURED_M = 2.0
"""How well a boundary is known that was drawn and not measured (BRK voorlopig, administratief): the surveyor may still move it by metres."""
STRIP_M, ALONG_M = 5.0, 3.0
"""A parcel that is nowhere wider is no plot to build a house on; along less of a plot than this it only touches it."""
PUBLIC = ("wegdeel", "ondersteunendwegdeel", "waterdeel", "ondersteunendwaterdeel")
"""Collections of the BGT whose ground is a street or water."""
WALL_M = 0.35
"""What sticks out over the plot by less than this beside a neighbour's building is half a party wall (docs/measuring.md A6)."""


def plot_of(context: Context) -> tuple[Parcel, ...]:
    """Return the parcels of the building plot in this reading: those the officer named, else those that the design stands on."""
    wanted = named_in(answer(context, "parcels"))
    if wanted:
        chosen = parcels_told(context)
        if context.memo(("stands on", wanted, context.measured_from), lambda: _stands_on(chosen, context)):
            context.answered("parcels", Note.of("engine_question_parcels"), ", ".join(p.designation for p in chosen))
            return chosen
        context.refused("parcels", ", ".join(sorted(map(str, wanted))), [p.designation for p in parcels_under(context)])
    own = context.memo(("parcels_under", context.measured_from), lambda: parcels_under(context))
    strips = context.memo(("strips beside", context.measured_from), lambda: _strips_beside(own, context)) if own else ()
    ways = [own, *((parcel,) for parcel in own if len(own) > 1), *([(*own, *strips)] if strips else [])]
    if len(ways) < 2:
        return own
    names = [", ".join(parcel.designation for parcel in way) for way in ways]
    point = OpenPoint(
        "parcels", Question("parcels", Note.of("engine_question_parcels")),
        tuple(Alternative(way, [p.fid for p in way], Note.of("choice_parcels", parcels=name)) for way, name in zip(ways, names)),
    )
    return cast("tuple[Parcel, ...]", context.settle(point))


def _strips_beside(own: Sequence[Parcel], context: Context) -> tuple[Parcel, ...]:
    """Return the parcels along the plot that are too narrow to be a plot by themselves, with nothing built on them and no street: whether such a
    strip of garden or path belongs to the bouwperceel the cadastre does not say."""
    plot = shapely.union_all([parcel.geometry for parcel in own])
    near = [p for p in context.site.parcels if p not in own and p.geometry.distance(plot) <= BUILT_UP_M and shapely.buffer(p.geometry, -STRIP_M / 2).is_empty]
    if not near:
        return ()
    built = [b.geometry for b in (*context.site.registered_buildings, *context.site.planned_buildings)]
    public = [t.geometry for t in context.site.topography if t.collection in PUBLIC and t.level == 0]
    bare = [parcel for parcel in near if not _covered(parcel, built, UNDER_M2) and not _covered(parcel, public, parcel.geometry.area / 2)]
    return tuple(parcel for parcel in bare if _along(parcel, plot))


def _along(parcel: Parcel, plot: BaseGeometry) -> bool:
    """Whether a parcel lies along a plot and does not only touch a corner of it."""
    return float(overlay.intersection(overlay.grown(parcel.geometry, BUILT_UP_M), plot).area) > BUILT_UP_M * ALONG_M


def _covered(parcel: Parcel, shapes: Sequence[BaseGeometry], most_m2: float) -> bool:
    return sum(float(overlay.intersection(shape, parcel.geometry).area) for shape in shapes if shape.intersects(parcel.geometry)) > most_m2


def looks_under(context: Context, plot: Sequence[Parcel]) -> None:
    """Look at the ground that a design stands on: the cadastre covers all land, and where it has no parcel under the walls, over more than
    boundaries are uncertain, it was not loaded: the plot may be larger, and more of it built on."""
    if not plot or tuple(plot) == parcels_told(context):
        return
    doubt, every = boundary_doubt(plot, RURAL_M), context.site.parcels
    bare = context.memo(("bare", context.measured_from, doubt), lambda: nothing_under(context.geometry.footprint, [parcel.geometry for parcel in every], doubt))
    if bare > UNDER_M2:
        context.ledger.missed(Unseen(Note.of("checks_no_parcel_there", area=round(bare, 2)), EITHER))


def nothing_under(shape: BaseGeometry, cover: Sequence[BaseGeometry], doubt_m: float) -> float:
    """Return on how much ground (m2) under a shape a register that covers all land has nothing, in places wider than it is uncertain (m)."""
    near = [one for one in cover if one.intersects(shape)]
    bare = overlay.difference(shape, overlay.union(near)) if near else shape
    return float(bare.area) if not shapely.buffer(bare, -doubt_m / 2).is_empty else 0.0


def boundary_doubt(parcels: Sequence[Parcel], measured_m: float = BUILT_UP_M) -> float:
    """Return how well (m) the boundary of parcels is known; ``measured_m``: that of one that was measured."""
    return max(UNMEASURED_M, measured_m) if any(parcel.unmeasured for parcel in parcels) else measured_m


def beside(parcels: Sequence[Parcel], context: Context) -> tuple[Parcel, ...]:
    """Return parcels with those that lie against them: a boundary is as well known as the worse known of its two sides."""
    return tuple(p for p in context.site.parcels if p in parcels or any(p.geometry.distance(own.geometry) <= BUILT_UP_M for own in parcels))


def parcels_named(names: Collection[str], context: Context) -> tuple[Parcel, ...]:
    """Return the parcels of these ids or designations."""
    return tuple(parcel for parcel in context.site.parcels if parcel.fid in names or parcel.designation in names)


def parcels_told(context: Context) -> tuple[Parcel, ...]:
    """Return the parcels that the officer named; none where one of them is not among those that are known, or lies by itself with nothing of the
    design on it (a bouwperceel is one piece of ground): then nobody knows the plot."""
    named = named_in(answer(context, "parcels"))
    found = parcels_named(named, context) if named else ()
    known = named <= {name for parcel in found for name in (parcel.fid, parcel.designation)}
    return found if known and context.memo(("together", named, context.measured_from), lambda: _lie_together(found, context)) else ()


def _lie_together(parcels: Sequence[Parcel], context: Context) -> bool:
    """Whether each piece of ground that parcels form has something of the design on it."""
    pieces = shapely.get_parts(shapely.union_all([overlay.grown(parcel.geometry, RURAL_M / 2) for parcel in parcels])) if len(parcels) > 1 else ()
    return len(pieces) < 2 or all(overlay.intersection(piece, context.projection).area > UNDER_M2 for piece in pieces)


def _stands_on(chosen: Sequence[Parcel], context: Context) -> bool:
    """Whether a fair part of what of the design stands on any known parcel stands on the chosen ones: else they are not its plot."""
    footprint = context.geometry.footprint
    shape = footprint if not footprint.is_empty else context.projection
    on_any, on_chosen = (sum(float(overlay.intersection(p.geometry, shape).area) for p in some) for some in (context.site.parcels, chosen))
    return on_any < UNDER_M2 or on_chosen >= THERE_SHARE * on_any


def parcels_under(context: Context) -> tuple[Parcel, ...]:
    """Return the parcels that a design really stands on, that with the largest part of it first."""
    footprint = context.geometry.footprint
    shape = footprint if not footprint.is_empty else context.projection  # a carport has no walls
    least = min(UNDER_M2, shape.area / 2)
    parts = overlay.intersection([parcel.geometry for parcel in context.site.parcels], shape)
    under = sorted(((parcel, part) for parcel, part in zip(context.site.parcels, parts) if part.area > least), key=lambda pair: -pair[1].area)
    return tuple(parcel for number, (parcel, part) in enumerate(under) if not number or _deep(part, context, parcel))


def _deep(part: BaseGeometry, context: Context, parcel: Parcel) -> bool:
    """Whether a part of a design on a parcel reaches further over its boundary than two drawings may differ, or than a party wall does."""
    built = any(overlay.intersection(b.geometry, parcel.geometry).area > 0 and b.geometry.distance(part) <= WALL_M for b in context.site.registered_buildings)
    least = max(WALL_M if built else 0.0, boundary_doubt((parcel,)))
    return not shapely.buffer(part, -least / 2 - 1e-3).is_empty
