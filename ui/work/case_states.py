"""States of a case at work: taken when something is said, gone back to, and given other names of files when these are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ...data_sources.case import with_files
from ...model import Case, DesignRequest, Placement
from .session import Session


@dataclass(frozen=True)
class State:
    """What can be undone: the answers (roles among them), per design the place that was said and the one where it lies, and which designs are made
    here and how; those of files stand among these by their names alone."""

    answers: Mapping[str, Any]
    places: tuple[tuple[str, Placement | None, Placement | None], ...]
    designs: tuple[DesignRequest, ...]


def state_of(session: Session) -> State | None:
    """Return the state of a session, None without a case."""
    case = session.case
    if case is None:
        return None
    lies = {design.name: design.placement for design in session.designs}
    places = tuple((request.name, request.placement, lies.get(request.name)) for request in case.designs if request.files)
    return State(case.answers, places, tuple(DesignRequest((), request.name) if request.files else request for request in case.designs))


def ground_of(session: Session) -> Any:
    """Return what states of one case share: after another file, reading or place the states of before are of another case."""
    case = session.case
    return (case.site.centre, tuple(_read_as(request) for request in case.designs if request.files), bool(session.designs)) if case is not None else None


def _read_as(request: DesignRequest) -> Any:
    return request.name, request.unit, request.up_axis, request.objects


class Undoing:
    """The states of before and after, of one case with one set of designs."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.before: list[State] = []
        self.after: list[State] = []
        self._now: State | None = None
        self._ground: Any = None
        self._designs: Any = ()

    def look(self) -> None:
        """See what changed: a state to go back to, or another case."""
        now, ground = state_of(self.session), ground_of(self.session)
        if ground != self._ground or now is None or self._now is None:
            self.before, self.after = [], []
        elif now != self._now:
            self.before.append(self._now)
            self.after = []
        self._now, self._ground = now, ground

    def back(self) -> None:
        """Go back to the state before."""
        self._go(self.before, self.after)

    def forth(self) -> None:
        """Go to the state that was gone back from."""
        self._go(self.after, self.before)

    def _go(self, out: list[State], into: list[State]) -> None:
        if out and self._now is not None:
            into.append(self._now)
            self._now = out.pop()
            self.session.restore(self._now.answers, self._now.places, self._now.designs)


def adopted(now: Case, asked: Case, kept: Case) -> Case:
    """Return the case ``now`` with the names that its files got when ``asked`` was kept."""
    if now == asked:
        return kept
    names = dict(zip(_names(asked), _names(kept)))
    return replace(with_files(now, lambda name: names.get(name, name)), folder=kept.folder)


def _names(case: Case) -> list[str]:
    found: list[str] = []

    def named(name: str) -> str:
        found.append(name)
        return name

    with_files(case, named)
    return found
