"""What was found: verdict, measurements and evidence of one rule for one subject."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from .measurement import Measurement
from .provenance import Note
from .rule import LegalSource
from .verdict import Verdict

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Evidence:
    """A geometry that shows why. Exactly one of ``geometry`` (2D or with z, RD) and ``triangles`` (n, 3, 3; RD + NAP) is given.

    ``role``: limit_surface | excess_volume | outside_area | overlap_area | highest_point | deepest_point | built_area |
    reference_area | shortest_distance | bouwvlak. ``value`` with ``unit`` is what a label on the map says.
    """

    role: str
    geometry: BaseGeometry | None = None
    triangles: Floats | None = None
    value: float | None = None
    unit: str = ""
    note: Note | None = None


@dataclass(frozen=True)
class InputUsed:
    """An object that a verdict rests on: layer, feature id, date."""

    layer: str
    fid: str
    date: str = ""


@dataclass(frozen=True)
class Question:
    """An open question that would change the verdict; ``key`` is where its answer goes in the case's ``answers``."""

    key: str
    note: Note


@dataclass(frozen=True)
class Deviation:
    """A power that would cure the violation (shown, never applied by itself)."""

    id: str
    note: Note
    legal: tuple[LegalSource, ...] = ()


@dataclass(frozen=True, eq=False)
class Finding:
    """The outcome of ``rule`` for ``subject``. The first measurement is the one its verdict rests on.

    ``missing`` names what lacked when the verdict is not_assessable; ``notes`` explain how was measured.
    """

    rule: str
    check: str
    subject: str
    design: str
    verdict: Verdict
    measurements: tuple[Measurement, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    inputs: tuple[InputUsed, ...] = ()
    questions: tuple[Question, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    legal: tuple[LegalSource, ...] = ()
    missing: tuple[Note, ...] = ()
    notes: tuple[Note, ...] = ()
