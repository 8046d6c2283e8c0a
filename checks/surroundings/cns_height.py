"""CNS height: room for communication, navigation and surveillance equipment, and for military radar.

What it checks
    Whether the design stands above the height that protects a beacon or a radar at its distance.
Legal basis
    Besluit kwaliteit leefomgeving art. 5.161a with bijlage XVa: within the radius r a fixed height (m NAP); from r to R rising 0.01746 per
    metre (1 degree) from a beginning height. It instructs the plan: a permit is bound by it only where the plan copies it. Military radar:
    heights of the plan on contours, "lineaire interpolatie" between them.
Inputs
    ``measure.station`` (a name of bijlage XVa) with ``measure.station_at: [x, y]`` (RD; not in the law's table), and or own numbers ``r``,
    ``a``, ``R``, ``begin``, ``slope``, which go before the table's; or ``measure.surface`` with contours (see ``checks.height_surface.surface_from``).
    ``measure.in_plan: true`` when the plan copies the rule; ``measure.zone_name``: only inside that gebiedsaanduiding.
How measured
    Highest z in NAP, everything included, against the surface at every corner and edge of the mesh. At exactly r the inner height holds.
Limits
    Beyond R the rule does not apply (wind turbines, further out, are not covered). Standing above the surface needs judgement unless
    ``in_plan``.
References
    BWBR0041313 (Bkl) bijlage XVa, state 1-7-2025; bestemmingsplan Stiens art. 10.1; docs/measuring.md A15.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from shapely import LineString

from ...measure.plane.surfaces import Cone, Level, Zoned, disc, ring
from ...model import Finding, Note, Rule, Verdict
from ..declared.declaration import PART, STABLE, SURROUNDINGS, Switch
from ..engine.base import Check, Context, not_assessable
from ..engine.open_points.answer_words import bare, is_number, is_place
from ..shared.vertical.height_surface import SurfaceLimit, judge_described, judge_surface

SUBJECT = Note.of("subject_cns")
SLOPE = 0.01746
"""Rise per metre as bijlage XVa writes it: the tangent of 1 degree."""
STATIONS: Mapping[str, tuple[float, float, float, float]] = {
    "assendelft": (500, -1.7, 3000, 7.03),
    "haastrecht": (300, -1.4, 3000, 3.84),
    "den helder": (300, 0.1, 3000, 10.57),
    "maastricht": (600, 76.3, 3000, 86.77),
    "maasland": (500, -1.7, 3000, 7.03),
    "nijkerk": (500, -0.3, 3000, 8.43),
    "mariekerke": (300, -0.7, 2000, 4.74),
    "pampus": (300, -0.8, 3000, 9.67),
    "rekken": (300, 33.1, 3000, 38.34),
    "spijkerboor": (300, -3.4, 3000, 7.07),
    "texel": (500, 0.5, 3000, 9.23),
    "veldhoven": (500, 19.2, 3000, 27.93),
    "domburg": (300, -0.2, 2000, 4.84),
}
"""Bijlage XVa: r (m), height a within it (m NAP), R (m), beginning height at r (m NAP)."""


class CnsHeight(Check):
    """``cns_height``; see the module's text."""

    name = "cns_height"
    code, stage, family, about = "DRL-A15", STABLE, SURROUNDINGS, PART
    title = {"nl": "Hoogte bij communicatie-, navigatie- en radarapparatuur", "en": "Height near communication, navigation and radar"}
    needs: tuple[str, ...] = ()
    reads = ("peil",)
    units = ("m NAP", "m")
    switches: Mapping[str, Switch] = {
        "station": "name", "station_at": "place", "r": "metres", "a": "nap", "R": "positive", "begin": "nap", "slope": "positive",
        "surface": "surface", "in_plan": "yes_no", "zone_name": "name",
    }

    def run(self, rule: Rule, context: Context) -> tuple[Finding, ...]:
        """Return the one finding of the design near the station."""
        if rule.measure.get("surface") is not None:
            return (bound(rule, judge_described(rule, context, SUBJECT)),)
        row = station_row(rule.measure)
        at: Any = rule.measure.get("station_at")
        missing = [] if row else [Note.of("surroundings_station_unknown", station=str(rule.measure.get("station", "")))]
        if not is_place(at):
            missing.append(Note.of("surroundings_station_place"))
        if row is None or missing:
            return (not_assessable(rule, context, SUBJECT, *missing),)
        centre = (float(at[0]), float(at[1]))
        station = rule.measure.get("station")
        subject = Note.of("subject_station", name=str(station)) if station else SUBJECT
        slope = float(rule.measure.get("slope", SLOPE))
        limit = SurfaceLimit(subject, station_surfaces(centre, row, slope), centre=centre, contours=station_rings(centre, row, slope))
        return (bound(rule, judge_surface(rule, context, limit)),)


def station_row(measure: Mapping[str, Any]) -> tuple[float, float, float, float] | None:
    """Return r, a, R and begin: the rule's own numbers, each else that of the row of bijlage XVa that its station's name begins with."""
    name = str(measure.get("station", "")).lower().strip()
    table = next((row for station, row in STATIONS.items() if name.startswith(station)), (None,) * 4)
    own = (measure.get(key) for key in ("r", "a", "R", "begin"))
    numbers = [float(value) for value in (given if is_number(given) else listed for given, listed in zip(own, table)) if value is not None]
    return (numbers[0], numbers[1], numbers[2], numbers[3]) if len(numbers) == 4 else None


def station_surfaces(centre: tuple[float, float], row: tuple[float, float, float, float], slope: float = SLOPE) -> tuple[Zoned, ...]:
    """Return the level within r and the cone from r to R (m NAP)."""
    r, height, reach, begin = row
    return (Zoned(Level(height), disc(centre, r)), Zoned(Cone(centre, begin, slope, r), ring(centre, r, reach)))


def station_rings(centre: tuple[float, float], row: tuple[float, float, float, float], slope: float) -> tuple[tuple[LineString, float], ...]:
    """Return circles every 500 m around the station with the limit on each (m NAP)."""
    r, height, reach, begin = row
    radii = [r, *(float(radius) for radius in range(500, int(reach) + 1, 500) if radius > r)]
    return tuple((LineString(disc(centre, radius).exterior.coords), height if radius <= r else begin + slope * (radius - r)) for radius in radii)


def bound(rule: Rule, found: Finding) -> Finding:
    """Return a violation as a matter of judgement while the plan does not hold the rule itself."""
    if found.verdict is not Verdict.VIOLATES or bare(rule.measure.get("in_plan")) is True:
        return found
    return replace(found, verdict=Verdict.NEEDS_JUDGEMENT, notes=(*found.notes, Note.of("surroundings_instruction")))
