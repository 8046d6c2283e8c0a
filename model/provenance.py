"""Where a layer came from and in which state it is."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class LayerState(enum.Enum):
    """``empty`` (the source answered: nothing there) and ``failed`` (it did not answer) are different facts."""

    LOADED = "loaded"
    EMPTY = "empty"
    FAILED = "failed"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True)
class Note:
    """A coded remark with its data; its sentence is made late by ``texts.sentence(code, data, lang)``."""

    code: str
    data: tuple[tuple[str, str | float | int | None], ...] = ()

    @staticmethod
    def of(code: str, **data: str | float | int | None) -> Note:
        """Return a note with its data given by name."""
        return Note(code, tuple(sorted(data.items())))

    def as_dict(self) -> dict[str, str | float | int | None]:
        """Return the data as a dict, for ``texts.sentence``."""
        return dict(self.data)


@dataclass(frozen=True)
class Provenance:
    """Source of one layer or design.

    ``layer`` is the key of a case's ``sources`` (bgt, bag, parcels, plans, terrain, points, buildings3d) or ``design``;
    ``location`` a path as the case file writes it or an address; ``retrieved`` an ISO date (of a file: as it says itself,
    else its modification date); ``count`` objects inside the box; ``notes`` what was repaired, dropped or doubted.
    """

    layer: str
    state: LayerState
    source: str = ""
    location: str = ""
    sha256: str = ""
    retrieved: str = ""
    licence: str = ""
    count: int = 0
    notes: tuple[Note, ...] = ()
