"""The roles of the parts of a design file: their list, their colours on the map, and what the officer says of them."""

from __future__ import annotations

from typing import Any

from ..map.part_marks import PartMarks
from ..steps.roles_box import role_colour
from ..steps.step_input import DesignStep
from ..work.part_roles import DESIGN, MIXED, PartRow
from ..work.session import Session


class PartRoling:
    """Leads the list of roles; ``again(change, *given)`` makes a change under the officer's name, and judges again what was judged."""

    def __init__(self, session: Session, step: DesignStep, canvas: Any, again: Any) -> None:
        self.session, self.step, self.box = session, step, step.roles
        self.marks = PartMarks(canvas)
        self._looked_at: PartRow | None = None
        self.box.roles_given.connect(lambda said, reason: again(session.give_roles, said, reason))
        self.box.looked_at.connect(self.look_at)
        self.box.unfolded.connect(lambda _: self.draw())
        step.head.toggled.connect(lambda _: self.draw())

    def refresh(self) -> None:
        """Show the roles of the design that is shown."""
        self.box.refresh(self.session.part_rows())
        self.draw()

    def look_at(self, row: PartRow | None) -> None:
        """Draw the outline of one row heavier."""
        self._looked_at = row
        self.draw()

    def draw(self) -> None:
        """Show what is no design, or not surely, on the map while the list is open, and the outline of the row that is looked at; the design itself
        is shown as it always is."""
        looking = self.box.head.isChecked() and self.step.head.isChecked()
        rows = self.session.part_rows() if looking else ()
        leaves = [one for row in rows for one in (row.below if row.role == MIXED else (row,))]
        others = [(row.outline, role_colour(row.role)) for row in leaves if row.role != DESIGN and not row.outline.is_empty]
        one = self._looked_at
        self.marks.show(others, (one.outline, role_colour(one.role)) if looking and one is not None and not one.outline.is_empty else None)

    def shut(self) -> None:
        """Let go of the map."""
        self.marks.clear()
