"""Who the officer is: asked once, before the first answer or decision, and kept in QGIS's settings; never the name of a login."""

from __future__ import annotations

from typing import Any

from ..widgets.asking import ask_line
from ..widgets.words import tr
from ..work.services import officer_name, store_officer_name


class Officer:
    """Knows the officer's name, or asks for it in QGIS's window."""

    def __init__(self, iface: Any) -> None:
        self.iface = iface

    def known(self) -> bool:
        """Whether there is a name to keep answers under; asks for it while there is none."""
        return bool(officer_name()) or self.ask()

    def ask(self) -> bool:
        """Ask for the name; whether one is known then."""
        text = tr("Your name, as it will stand with your answers and decisions in the record and the report:")
        name = ask_line(self.iface.mainWindow(), tr("Who answers?"), text, officer_name())
        if name:
            store_officer_name(name)
        return bool(officer_name())
