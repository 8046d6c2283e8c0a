"""What stands on a roof and encloses nothing: parapets, screens, fire walls above it, and sheets laid over it with air between (solar panels). The
text of an inhoud ends at "de buitenzijde van daken": they are no part of it, whatever they are called."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ...model import Part
from ...model.arrays import Floats
from ...model.design import bounds_of, triangles_of
from ..plane import overlay
from ..plane.cells import cells_of
from ..plane.rays import TopView, lowest
from ..plane.sections import crosses, enclosed
from .bodies import ROOM_M
from .footprint import GARDEN_WALL_M, plans_of, polygons_only, without_thin
from .named_kinds import BUILT
from .roof import RoofView

UPSTAND_M = 1.5
"""A parapet, also one round a roof terrace, rises no higher; a wall that does may be that of a storey without a roof."""
SHEET_M, OVER_M = 0.1, 1.0
"""A panel is no thicker than this on average, and lies or stands no further over the roof under it: more may be the roof over a loft."""
SEAM_M, COPING_M = 0.05, 0.3
"""What is drawn on something else lies so near to it; the coping of a wall is no thicker."""
PLACES = 60
"""Of one part: enough to tell most of it from some of it."""
BORNE_SHARE = 0.5
"""Of what stands on a roof so much has that roof under it, and of the border round a panel so much is the same roof going on."""
COPING_SHARE = 0.25
"""A coping is wider than the wall under it, but no wider than it is stable."""
BORDER_M = 0.3
"""So wide is the border of roof around panels at which it is looked whether it goes on."""


def upstands(parts: Sequence[Part], view: RoofView, ground: float) -> tuple[Part, ...]:
    """Return the parts that stand on the roof of others and enclose nothing; ``view`` is the roof of all of them, ``ground`` the z of the ground."""
    low = bounds_of(parts)[0]
    rises = (low[:, 2] > ground + ROOM_M) & np.array([part.kind in BUILT and len(part.faces) > 0 for part in parts], dtype=bool)
    some = _seen([part for part, is_high in zip(parts, rises) if is_high], view.top, COPING_M)
    thin = [part for part in some if np.ptp(part.z_range) <= UPSTAND_M and without_thin(plans_of([part])[0], GARDEN_WALL_M).is_empty]
    sheets = [part for part in _without(some, thin) if _is_sheet(part)]
    if not thin and not sheets:
        return ()
    roof = TopView(triangles_of(_without(parts, (*thin, *sheets))))
    laid = [part for part in _seen(sheets, roof, SEAM_M) if _over(part, roof, OVER_M) and not _is_walled(part, thin)]
    laid = laid if _goes_on_around(laid, roof) else []
    roof = TopView(triangles_of(_without(parts, (*thin, *laid))))
    bare = _seen(thin, roof, SEAM_M)
    standing = [part for part in bare if _over(part, roof, SEAM_M)]
    below = TopView(triangles_of(standing))
    copings = [part for part in _without(bare, standing) if _over(part, below, SEAM_M, COPING_SHARE)] if standing else []
    return (*standing, *copings, *laid)


def _without(parts: Sequence[Part], gone: Sequence[Part]) -> list[Part]:
    left = {id(part) for part in gone}
    return [part for part in parts if id(part) not in left]


def _is_walled(sheet: Part, thin: Sequence[Part]) -> bool:
    """Whether walls close the space under a sheet: it is the roof of a low room."""
    plan, at = plans_of([sheet])[0], sheet.z_range[0] - SEAM_M
    walls = [part for part in thin if crosses(part, at)]
    near = overlay.prepared(overlay.grown(plan, BORDER_M))
    walls = [part for part, here in zip(walls, shapely.covers(near, plans_of(walls))) if here] if walls else []
    return bool(walls) and bool(overlay.intersection(enclosed(walls, at), plan).area > BORNE_SHARE * plan.area)


def _seen(parts: Sequence[Part], over: TopView, most_m: float) -> list[Part]:
    """Return the parts with nothing ``over`` them that is higher by more than ``most_m``, by a place on each."""
    plans = plans_of(parts)
    some = [(part, plan) for part, plan in zip(parts, plans) if not plan.is_empty]
    if not some:
        return []
    spots = shapely.get_coordinates(shapely.point_on_surface([plan for _, plan in some]))
    tops = np.array([part.z_range[1] for part, _ in some])
    return [part for (part, _), is_seen in zip(some, over.highest(spots) <= tops + most_m) if is_seen]


def _sides(part: Part) -> tuple[Floats, Floats, Floats]:
    """Return places (n, 2) of a part, and how high (n,) its underside and its top lie there."""
    places, corners = cells_of(plans_of([part])[0], PLACES)[0], triangles_of([part])
    under, top = lowest(corners, places), TopView(corners).highest(places)
    met = np.isfinite(under) & np.isfinite(top)
    return places[met], under[met], top[met]


def _is_sheet(part: Part) -> bool:
    _, under, top = _sides(part)
    return bool(len(top)) and float((top - under).mean()) <= SHEET_M


def _over(part: Part, roof: TopView, most_m: float, share: float = BORNE_SHARE) -> bool:
    """Whether a roof lies under more than a ``share`` of a part, no further than ``most_m``."""
    places, under, _ = _sides(part)
    gap = under - roof.highest(places)
    return bool(len(gap)) and bool(((gap >= -SEAM_M) & (gap <= most_m)).mean() > share)


def _goes_on_around(sheets: Sequence[Part], roof: TopView) -> bool:
    """Whether the roof under sheets goes on around them: else they are that roof."""
    if not sheets:
        return False
    plan = overlay.union(list(plans_of(sheets)))
    low, high = min(part.z_range[0] for part in sheets), max(part.z_range[1] for part in sheets)
    heights = roof.highest(_border(plan))
    return bool(len(heights)) and bool(((heights >= low - OVER_M) & (heights <= high + OVER_M)).mean() > BORNE_SHARE)


def _border(plan: BaseGeometry) -> Floats:
    return cells_of(polygons_only(overlay.difference(overlay.grown(plan, BORDER_M), plan)), PLACES * PLACES)[0]
