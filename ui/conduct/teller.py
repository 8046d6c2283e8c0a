"""Telling the officer something, in QGIS's message bar; what a library said goes to the log."""

from __future__ import annotations

import html
from typing import Any

from qgis.core import Qgis, QgsMessageLog

from ...errors import CancelledError, DrieluikError

SHOWN_S = 10
"""Seconds that a message stays: long enough to read two sentences."""
UNTIL_CLOSED = 0
"""An error stays until the officer closes it."""


class Teller:
    """Speaks through the message bar of ``iface``."""

    def __init__(self, iface: Any) -> None:
        self.iface = iface

    def inform(self, text: str) -> None:
        """Say something that is as it should be."""
        self._push(text, Qgis.MessageLevel.Info)

    def warn(self, text: str) -> None:
        """Say that something was not done, and what to do first."""
        self._push(text, Qgis.MessageLevel.Warning)

    def complain(self, error: DrieluikError) -> None:
        """Show an error: what, where, what now; the library's words go to the log."""
        if isinstance(error, CancelledError):
            self.inform(error.message())
            return
        QgsMessageLog.logMessage(f"{error.message()} {error.details}", "Drieluik", Qgis.MessageLevel.Warning)
        self._push(error.message(), Qgis.MessageLevel.Critical, UNTIL_CLOSED)

    def _push(self, text: str, level: Any, seconds: int = SHOWN_S) -> None:
        said, words = self.iface.messageBar().currentItem(), html.escape(text, quote=False)  # the bar takes HTML
        if said is None or said.text() != words:  # the same twice is said once
            self.iface.messageBar().pushMessage("Drieluik", words, level, seconds)
