"""The roles of the parts of a design file: their list, their colours on the map, and what the officer says of them."""

from __future__ import annotations

from typing import Any

from ..map.part_marks import PartMarks
from ..steps.roles_box import RolesBox, role_colour
from ..work.part_roles import ROLES, with_role
from ..work.session import Session


class PartRoling:
    """Leads the list of roles; ``settle(key, value)`` takes an answer with the officer's name and judges again what was judged."""

    def __init__(self, session: Session, box: RolesBox, canvas: Any, settle: Any) -> None:
        self.session, self.box, self._settle = session, box, settle
        self.marks = PartMarks(canvas)
        box.role_chosen.connect(self.take)
        box.looked_at.connect(self.marks.point)
        box.unfolded.connect(lambda _: self.draw())

    def refresh(self) -> None:
        """Show the roles of the design that is shown."""
        self.box.refresh(self.session.part_rows())
        self.draw()

    def draw(self) -> None:
        """Show the parts on the map while their list is open."""
        rows = self.session.part_rows() if self.box.head.isChecked() else ()
        self.marks.show([(row.outline, role_colour(row.role)) for row in rows if not row.outline.is_empty])

    def take(self, key: str, word: str, reason: str) -> None:
        """Take the role that the officer gives an object."""
        if self.session.case is not None:
            self._settle(ROLES, with_role(self.session.case.answers, key, word, reason))

    def shut(self) -> None:
        """Let go of the map."""
        self.marks.clear()
