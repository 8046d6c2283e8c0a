"""What was found: verdict, measurements and evidence of one rule for one subject."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from shapely.geometry.base import BaseGeometry

from .arrays import Floats
from .measurement import Measurement
from .provenance import Note
from .rule import LegalSource
from .subject import subject_key
from .verdict import Verdict


@dataclass(frozen=True, eq=False)
class Evidence:
    """A geometry that shows why. Exactly one of ``geometry`` (2D or with z, RD) and ``triangles`` (n, 3, 3; RD + NAP) is given.

    ``role``: limit_surface | excess_volume | outside_area | overlap_area | highest_point | deepest_point | built_area |
    reference_area | shortest_distance | bouwvlak | peil_point | peil_ring. ``value`` with ``unit`` is what a label on the map says.
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
    """An open question that would change the verdict; ``key`` is where its answer goes in the case's ``answers``.

    ``kind`` says how it is answered: ``yes_no`` (yes | no | unknown), ``number`` (in ``unit``), ``choice`` (of ``choices``),
    ``numbers`` (one in ``unit`` per name of ``choices``), ``lines`` (drawn on the map, RD), ``place`` ([x, y] in RD) or ``text`` (a structure
    of its own, as the check's page says). ``plan_id``: asked once for that plan, kept in its profile.
    """

    key: str
    note: Note
    kind: str = "text"
    unit: str = ""
    choices: tuple[str, ...] = ()
    plan_id: str = ""


@dataclass(frozen=True)
class Choice:
    """What one admissible way to settle an open point gives for a finding.

    ``note`` names it; ``answer`` is the officer's answer that means it (plain data, for the case's ``answers``); ``verdict`` None: then
    there is no finding about this subject. ``value`` and ``unit`` are of the measurement that the verdict rests on.
    """

    note: Note
    answer: Any
    verdict: Verdict | None
    value: float | None = None
    unit: str = ""


@dataclass(frozen=True)
class Premise:
    """A point that a finding rests on, and how it was settled.

    ``settled``: answer | plan_text | file | data | measured | assumed, or open (every admissible reading was run). ``about`` is the
    question, ``note`` what was taken; ``by`` who said so. Of an open point ``choices`` say what each gives, and ``flips`` whether that changes the verdict.
    """

    key: str
    settled: str
    note: Note
    about: Note | None = None
    by: str = ""
    choices: tuple[Choice, ...] = ()
    flips: bool = False


@dataclass(frozen=True)
class Deviation:
    """A power that would cure the violation (shown, never applied by itself).

    ``limit`` is the limit with the power used, ``cures`` whether the measured value meets it; both None when the text of the
    power cannot be computed.
    """

    id: str
    note: Note
    legal: tuple[LegalSource, ...] = ()
    limit: float | None = None
    cures: bool | None = None


@dataclass(frozen=True)
class Decision:
    """The officer's own verdict with its reason; it stands beside the computed one, which stays."""

    verdict: Verdict
    reason: str
    by: str = ""
    at: str = ""


@dataclass(frozen=True)
class Fingerprint:
    """The facts that a decision rests on: hash of the rule's text, subject key, hash of the design's content, its placement, computed verdict,
    measured value and limit (in the unit of the measurement)."""

    rule: str
    subject: str
    design: str
    placement: str
    verdict: str
    value: float | None = None
    limit: float | None = None


@dataclass(frozen=True)
class Change:
    """A fact (a word of ``Fingerprint``, or ``unknown``: the decision does not say what it was taken on) that is another than when it was decided;
    ``decisions``: two of them say ``then`` and ``now``, and no date tells which is the latest."""

    fact: str
    then: Any
    now: Any


@dataclass(frozen=True)
class Lapsed:
    """A decision that no longer holds, and why."""

    decision: Decision
    changes: tuple[Change, ...]


@dataclass(frozen=True, eq=False)
class Finding:
    """The outcome of ``rule`` for ``subject``. The first measurement is the one its verdict rests on.

    ``subject``: what it is about, a code with its data (``model.subject``).
    ``missing`` names what lacked when the verdict is not_assessable; ``notes`` explain how was measured. ``verdict`` is computed;
    ``decision`` is the officer's. ``ladder``: fits | fits_with_power | needs_outside_plan_permit | undecided, policy
    (weighed, not deviated from), '' where no plan speaks.
    ``fingerprint``: the facts that a decision about it rests on; ``lapsed``: an earlier decision that those facts no longer carry.
    ``premises``: the points it rests on and how each was settled. ``cures``: the plain measures that would cure a violation.
    ``governed_by`` names the rule that goes before this one at the place (stricter, more special, later); '' when it governs itself.
    """

    rule: str
    check: str
    subject: Note
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
    decision: Decision | None = None
    ladder: str = ""
    governed_by: str = ""
    premises: tuple[Premise, ...] = ()
    fingerprint: Fingerprint | None = None
    lapsed: Lapsed | None = None
    cures: tuple[Note, ...] = ()

    @property
    def subject_key(self) -> str:
        """What findings about the same thing have in common, in every reading and for every decision."""
        return subject_key(self.subject)

    @property
    def stands(self) -> Verdict:
        """The verdict that stands: the officer's where there is one. A decision that lapsed and said otherwise than what is computed now
        keeps the finding open: it never carries its verdict over, and is never silently dropped."""
        if self.decision is not None:
            return self.decision.verdict
        settled = self.verdict in (Verdict.COMPLIES, Verdict.NOT_APPLICABLE)
        return Verdict.NEEDS_JUDGEMENT if settled and self.lapsed is not None and self.lapsed.decision.verdict is not self.verdict else self.verdict
