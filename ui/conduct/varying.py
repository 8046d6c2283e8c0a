"""Variants: begun of the design that is shown or drawn on the map, changed by numbers or by hand, judged again in the background."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ...errors import DrieluikError
from ...model import Design, DesignRequest
from ..map.outline_tool import OutlineTool, Ring
from ..map.place_tools import placed_outline
from ..widgets.words import tr
from ..work.scenarios import MOVED, begun, mass_begun, resting_on
from ..work.session import Session
from .answering import Answering
from .placing import Placing


class Varying:
    """Leads the box of variants in the design step; ``judge()`` runs the review again, ``moved()`` shows on the map where the designs are now."""

    def __init__(self, session: Session, step: Any, answering: Answering, placing: Placing, judge: Callable[[], None], moved: Callable[[], None]) -> None:
        self.session, self.step, self.answering, self.placing, self._judge, self._moved = session, step, answering, placing, judge, moved
        self.teller = answering.teller
        self._due = False
        box = step.variants
        box.begun.connect(self.begin)
        box.drawn.connect(self.draw)
        box.changed.connect(self.change)
        box.removed.connect(self.remove)
        box.edit_asked.connect(self.edit)
        step.placement.move_asked.connect(lambda on: None if on else self._settle())

    @property
    def _requests(self) -> tuple[DesignRequest, ...]:
        return self.session.case.designs if self.session.case is not None else ()

    @property
    def _shown(self) -> DesignRequest | None:
        return next((request for request in self._requests if request.name == self.session.variant), None)

    def begin(self, kind: str) -> None:
        """Begin a variant of the design that is shown."""
        design = self.session.design
        if design is None:
            return
        request = begun(kind, self._requests, design.name, placed_outline(self.session.outline(design.name), design.placement))
        if kind != MOVED:
            self._take((*self._requests, request), request.name)
        elif self._by_hand((*self._requests, request), request.name):
            self.placing.end()
            self.step.placement.hold()

    def draw(self) -> None:
        """Let the officer draw the outline of a mass."""
        if self.session.site is None or not self.answering.task.free():
            return
        self.teller.inform(tr("Click the corners of the mass; the right button or Enter ends it, Escape stops. Shift lets go of snapping."))
        self._tool((), self._drawn)

    def _drawn(self, ring: Ring) -> None:
        self.placing.end()
        if ring and self.session.site is not None:
            request = mass_begun(self._requests, ring, self.session.site)
            self._take((*self._requests, request), request.name)

    def change(self, request: DesignRequest) -> None:
        """Take other numbers of the variant that is shown."""
        if request != self._shown:
            self._take(tuple(request if one.name == request.name else one for one in self._requests), request.name)

    def remove(self) -> None:
        """Take away the variant that is shown; one that others are made of stays."""
        name, shown = self.session.variant, self._shown
        others = resting_on(self._requests, name)
        if others:
            self.teller.warn(tr("{others} is made of {name}: remove that first.").format(others=", ".join(others), name=name))
        elif shown is not None and not shown.files:
            left = tuple(request for request in self._requests if request.name != name)
            of = shown.variation.of if shown.variation is not None else left[0].name if left else ""
            self._take(left, of)

    def edit(self, on: bool) -> None:
        """Start or end changing the outline of the mass that is shown."""
        self.placing.end()
        shown = self._shown
        if on and shown is not None and shown.mass is not None:
            self._tool(shown.mass.outline, self._edited)
        elif not on:
            self._settle()

    def _edited(self, ring: Ring) -> None:
        shown = self._shown
        if shown is not None and shown.mass is not None:
            request = replace(shown, mass=replace(shown.mass, outline=ring))
            self._by_hand(tuple(request if one.name == request.name else one for one in self._requests), request.name)

    def _tool(self, ring: Ring, take: Callable[[Ring], None]) -> None:
        self.placing.start(OutlineTool(self.placing.iface.mapCanvas(), ring, self.placing.targets(), take))

    def _take(self, requests: tuple[DesignRequest, ...], shown: str) -> None:
        """Make other designs in the background; what was judged is judged again after that, all of them."""
        if not self.answering.task.free() or not self.answering.officer.known():
            self.session.changed.emit()  # the window shows again what holds
            return
        judged, session = self.session.review is not None, self.session

        def done(made: tuple[Design, ...]) -> None:
            session.take_made(requests, shown, made)
            self._moved()
            if judged:
                self._judge()

        self.answering.task.start(self.step, tr("Drieluik: making the variant"), lambda progress: session.made(requests), done)

    def _by_hand(self, requests: tuple[DesignRequest, ...], shown: str) -> bool:
        """Take other designs while a hand is still at work on the map: they are judged again when it is done."""
        if not self.answering.task.free():
            return False
        judged = self.session.review is not None
        try:
            self.session.take_made(requests, shown)
            self._moved()
        except DrieluikError as error:
            self.teller.complain(error)
            return False
        self._due = self._due or judged
        return True

    def _settle(self) -> None:
        """The hand is done: judge again what was judged."""
        due, self._due = self._due, False
        if due and self.session.review is None:
            self._judge()
