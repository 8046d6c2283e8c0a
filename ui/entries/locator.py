"""Addresses and parcels in QGIS's locator bar: type ``adr`` and a space."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsLocatorFilter, QgsLocatorResult

from ...errors import CancelledError, DrieluikError
from ..map import compat
from ..widgets.words import tr

PREFIX = "adr"
SHORTEST = 3


class AddressFilter(QgsLocatorFilter):
    """Suggestions of the address service; ``take(suggestion)`` is called for the one that is chosen."""

    def __init__(self, take: Any) -> None:
        super().__init__()
        self._take = take

    def clone(self) -> QgsLocatorFilter:
        """Return a copy for a background thread."""
        return AddressFilter(self._take)

    def name(self) -> str:
        """Stable id."""
        return "drieluikAddress"

    def displayName(self) -> str:
        """Shown name."""
        return tr("Dutch addresses and parcels (Drieluik)")

    def prefix(self) -> str:
        """What to type first."""
        return PREFIX

    def fetchResults(self, string: str, context: Any, feedback: Any) -> None:
        """Ask the service, in the background; only when the prefix was typed, so that no other search asks it."""
        if not context.usingPrefix or len(string.strip()) < SHORTEST:
            return

        from ..work import tasks

        def progress(_fraction: float, _code: str) -> None:
            if feedback.isCanceled():
                raise CancelledError

        try:
            found = tasks.suggest_work(string.strip())(progress)
        except CancelledError:
            return
        except DrieluikError as error:
            found = [(error.message(), None)]
        for words, thing in found:
            result = QgsLocatorResult()
            result.filter = self
            result.displayString = words
            compat.set_locator_data(result, [thing.id, thing.text] if thing else [])
            self.resultFetched.emit(result)

    def triggerResult(self, result: QgsLocatorResult) -> None:
        """Go to what was chosen."""
        chosen = compat.locator_data(result)
        if chosen:
            from ...data_sources.services.adapters.locatieserver import Match

            self._take(Match(chosen[0], "", chosen[1]))
