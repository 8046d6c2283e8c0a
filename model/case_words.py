"""A case: what the officer asks, as the case file says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .design import Placement

FLAT, GABLE, HIP = ROOFS = ("flat", "gable", "hip")


@dataclass(frozen=True)
class Variation:
    """How a design is made of another of the case (``of``): what lies above its zero ``storeys_factor`` times as high, mirrored in a line of a
    direction (``mirrored_deg``; None: not), turned and moved (m; RD east and north, up); degrees counter-clockwise from the east, about its middle."""

    of: str
    east_m: float = 0.0
    north_m: float = 0.0
    raised_m: float = 0.0
    turned_deg: float = 0.0
    mirrored_deg: float | None = None
    storeys_factor: float = 1.0


@dataclass(frozen=True)
class Mass:
    """A building as a plain body: ``outline`` (RD), ``base_nap_m``, and heights above that: ``height_m`` of its top (a flat roof that has
    ``storeys`` needs none), ``eaves_m`` of a roof that slopes (or its ``storeys``). ``roof`` one of ``ROOFS``; ``ridge_deg``: the direction of the
    ridge of a gable, counter-clockwise from the east."""

    outline: tuple[tuple[float, float], ...]
    base_nap_m: float
    roof: str = FLAT
    storeys: int = 0
    storey_height_m: float = 0.0
    height_m: float | None = None
    eaves_m: float | None = None
    ridge_deg: float | None = None

    @property
    def body_m(self) -> float | None:
        """How high the body below a sloping roof is, or all of it below a flat one (m); None where nothing says so."""
        if self.storeys:
            return self.storeys * self.storey_height_m
        return self.height_m if self.roof == FLAT else self.eaves_m

    @property
    def top_m(self) -> float | None:
        """How high its highest point is above its base (m); None where nothing says so."""
        return self.body_m if self.roof == FLAT else self.height_m


@dataclass(frozen=True)
class DesignRequest:
    """Files of one design (paths as written) and, optionally, what overrules them: where it must stand, its unit
    (m | mm | cm | inch | ft) and its up axis (z | y), the last two for mesh files; ``objects``: which buildings or objects of the files
    are the design (() = not told). Without files it is made here: of another design (``variation``) or of a few numbers (``mass``)."""

    files: tuple[str, ...]
    name: str = ""
    placement: Placement | None = None
    unit: str = ""
    up_axis: str = ""
    objects: tuple[str, ...] = ()
    variation: Variation | None = None
    mass: Mass | None = None


@dataclass(frozen=True)
class SiteRequest:
    """Where, and from which files: ``sources`` key -> paths; an empty tuple means: not asked; an absent key: live service.

    ``endpoints``: service -> address, where this case overrules the table (``none``: do not ask). ``on``: the date of the application (ISO), '' when
    it is not known: services that keep the law of each day are asked for that day as well as for today.
    """

    centre: tuple[float, float]
    radius_m: float = 150.0
    sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    address: str = ""
    endpoints: Mapping[str, str] = field(default_factory=dict)
    on: str = ""


@dataclass(frozen=True)
class PlanTextRequest:
    """The text of a plan: a file or a folder (as written), '' = from the service, by the id of the plan."""

    plan_id: str
    path: str = ""


@dataclass(frozen=True)
class Case:
    """One application under review; ``folder`` is where its relative paths start.

    ``rulesets``: rule files, and the word ``plan`` for the rules derived from the governing plans (which is also what no rule sets
    mean); ``profiles``: profiles of plans (files); ``plan_texts``: the texts of plans that are read.
    """

    id: str
    title: str
    site: SiteRequest
    designs: tuple[DesignRequest, ...]
    application_date: str = ""
    rulesets: tuple[str, ...] = ()
    answers: Mapping[str, Any] = field(default_factory=dict)
    folder: str = ""
    profiles: tuple[str, ...] = ()
    plan_texts: tuple[PlanTextRequest, ...] = ()
