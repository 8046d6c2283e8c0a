"""Possible sun at one point on one day, without and with the design: what ``drieluik sun`` answers."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from .. import texts
from ..data_sources.case import read_case
from ..data_sources.design import load_designs
from ..data_sources.formats.rd_box import in_rd
from ..data_sources.site_loading import SOURCE_KEYS, load_site
from ..errors import CaseError, DesignError, UsageError
from ..measure.sun.possible_sun import Scene
from ..measure.sun.receptors import Receptor, inside_body
from ..measure.sun.sky_view import SkyView, blocking_of, sky_view
from ..measure.sun.sun_norms import SunNorm
from ..measure.sun.sun_position import suns_at
from ..measure.sun.sun_review import PROPOSED, point_study
from ..measure.surroundings.completion import completed
from ..model import Case, Design, LayerState, Note, Site
from ..model.arrays import Floats

Look = Callable[[SkyView, tuple[float, float]], None]
STEP_MIN = 1.0
LAYERS = ("buildings3d", "terrain")
BLOCKS = ("bgt", "bag", "points")
"""Layers of which blocks are made where a building has no model, as in a review; only read where the case names files for them."""
LOWEST_NAP, HIGHEST_NAP = -20.0, 1000.0
LOOKS, WALLED = 36, 0.9
"""Directions in which walls are looked for, and the share of them that makes a room: doors and windows may stand open."""


@dataclass(frozen=True)
class PointSun:
    """Minutes of possible sun at a point on a date: existing, and with a design; ``step_min`` is the time step."""

    design: str
    date: datetime.date
    before: float
    after: float
    step_min: float
    min_altitude_deg: float
    notes: tuple[Note, ...] = ()

    def as_dict(self, lang: str) -> dict[str, Any]:
        """Return the answer as data."""
        return {
            "minutes_before": self.before, "minutes_after": self.after, "step_min": self.step_min, "date": self.date.isoformat(),
            "design": self.design, "min_altitude_deg": self.min_altitude_deg,
            "notes": [texts.sentence(note.code, note.as_dict(), lang) for note in self.notes],
        }

    def sentences(self, lang: str) -> list[str]:
        """Return the answer as sentences."""
        words = {
            "date": self.date.isoformat(), "before": self.before, "after": self.after, "design": self.design,
            "change": self.after - self.before, "step": self.step_min, "altitude": self.min_altitude_deg,
        }
        return [texts.sentence("sun_cli_result", words, lang)] + [texts.sentence(n.code, n.as_dict(), lang) for n in self.notes]


def numbers_of(text: str, count: int, what: str, example: str) -> tuple[float, ...]:
    """Return ``1,2,3`` as numbers; raises ``UsageError`` saying what was expected."""
    try:
        values = tuple(float(word) for word in text.split(","))
    except ValueError:
        values = ()
    if len(values) != count or not all(math.isfinite(value) for value in values):
        raise UsageError("sun_cli_point", value=text, what=texts.sentence(what), example=example)
    return values


def direction_of(text: str | None) -> tuple[float, float, float] | None:
    """Return ``NX,NY`` as a unit vector (x, y, 0), None when not given; raises ``UsageError``."""
    if text is None:
        return None
    x, y = numbers_of(text, 2, "sun_what_normal", "0,-1")
    length = math.hypot(x, y)
    if length < 1e-9:
        raise UsageError("sun_cli_point", value=text, what=texts.sentence("sun_what_normal"), example="0,-1")
    return x / length, y / length, 0.0


def date_of(text: str) -> datetime.date:
    """Return an ISO date; raises ``UsageError``."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as reason:
        raise UsageError("sun_cli_date", value=text) from reason


def sun_at_point(
    path: Path, point: tuple[float, ...], normal: tuple[float, float, float] | None, date: datetime.date, look: Look | None = None
) -> PointSun:
    """Return the sun at a point (x, y RD, z NAP; used as given) without and with the first design of a case.

    ``look(view, place)`` is given what the point sees of the sky with the design.
    Raises ``UsageError``, ``CaseError`` or ``DesignError`` when the case cannot be used or a needed layer failed.
    """
    if not in_rd(*point[:2]):
        raise UsageError("sun_cli_not_rd", x=point[0], y=point[1])
    if not LOWEST_NAP < point[2] < HIGHEST_NAP:
        raise UsageError("sun_cli_not_nap", z=point[2])
    norm = SunNorm()
    case = read_case(path)
    site = completed(load_site(replace(case.site, sources=asked(case)), case.folder))
    if site.state("buildings3d") is LayerState.FAILED:
        notes = [n for record in site.provenance_of("buildings3d") for n in record.notes]
        raise CaseError("sun_layer_failed", reason=" ".join(texts.sentence(n.code, n.as_dict()) for n in notes))
    (design,) = load_designs(case.designs[:1], case.folder, centre=case.site.centre)
    if not len(design.triangles):
        raise DesignError("sun_design_without_faces", design=design.name)
    if look is not None:
        x, y, z = point
        around = blocking_of(site, design, case.answers, {})
        look(sky_view(around, Receptor((x, y, z), normal, "point"), (x, y), date, STEP_MIN, norm.min_altitude_deg), (x, y))
    return _study(case, site, design, point, normal, date, norm)


def asked(case: Case) -> dict[str, tuple[str, ...]]:
    """Return the case's sources with every layer that casts no shadow left out; a layer of ``LAYERS`` that it does not name is asked."""
    named = case.site.sources
    return {key: named.get(key, ()) if key in LAYERS + BLOCKS else () for key in SOURCE_KEYS if key not in LAYERS or key in named}


def _study(
    case: Case, site: Site, design: Design, point: tuple[float, ...], normal: tuple[float, float, float] | None, date: datetime.date,
    norm: SunNorm,
) -> PointSun:
    x, y, z = point
    suns = suns_at((x, y), [date], STEP_MIN, norm.min_altitude_deg)
    study, said = point_study(site, design, case.answers, Receptor((x, y, z), normal, "point"), suns)
    notes = list(said)
    if suns.dark:
        notes.append(Note.of("sun_never_up", date=date.isoformat(), altitude=norm.min_altitude_deg))
    notes += _about_point(site, design, np.array(point))
    before, after = float(study.before[0, 0]), float(study.after[PROPOSED][0, 0])
    return PointSun(design.name, date, before, after, STEP_MIN, norm.min_altitude_deg, tuple(notes))


def _about_point(site: Site, design: Design, point: Floats) -> list[Note]:
    """Return what is odd about the place of a point."""
    notes = [Note.of("sun_layer_not_there", layer=layer) for layer in LAYERS if site.state(layer) is LayerState.FAILED]
    bodies = [(f"pand {b.fid}", b.triangles) for b in site.buildings3d] + [(design.name, p.triangles) for p in design.parts if p.closed]
    holder = next((name for name, triangles in bodies if inside_body(triangles, point[None])[0]), None)
    if holder:
        notes.append(Note.of("sun_point_in_body", name=holder))
    elif enclosed(design.triangles, point):
        notes.append(Note.of("sun_point_in_room", name=design.name))
    ground = site.terrain.sample(point[:1], point[1:2])[0] if site.terrain else np.nan
    if np.isfinite(ground) and point[2] < ground - 0.05:
        notes.append(Note.of("sun_point_under_ground", depth=round(float(ground - point[2]), 2)))
    distance = float(np.hypot(point[0] - site.centre[0], point[1] - site.centre[1]))
    if distance > site.radius_m:
        notes.append(Note.of("sun_point_far", distance=round(distance, 1), radius=site.radius_m))
    return notes


def enclosed(triangles: Floats, point: Floats) -> bool:
    """Return whether a point (3,) stands in a room of triangles (n, 3, 3): a ceiling above it and walls almost all round."""
    round_about = np.radians(np.arange(0.0, 360.0, 360.0 / LOOKS) + 0.5 * 360.0 / LOOKS)
    level = np.column_stack([np.sin(round_about), np.cos(round_about), np.zeros(LOOKS)])
    blocked = Scene(triangles, point).blocked(np.zeros((LOOKS + 1, 3)), np.concatenate([[(0.0, 0.0, 1.0)], level]))
    return bool(blocked[0] and blocked[1:].mean() >= WALLED)
