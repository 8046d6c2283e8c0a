"""A case: what the officer asks, as the case file says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .design import Placement


@dataclass(frozen=True)
class DesignRequest:
    """Files of one design (paths as written) and, optionally, what overrules them: where it must stand, its unit
    (m | mm | cm | inch | ft) and its up axis (z | y), the last two for mesh files; ``objects``: which buildings or objects of the files
    are the design (() = not told)."""

    files: tuple[str, ...]
    name: str = ""
    placement: Placement | None = None
    unit: str = ""
    up_axis: str = ""
    objects: tuple[str, ...] = ()


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
