"""The case in QGIS's project: which case folder it is, and the case itself for where that folder cannot be found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.core import QgsProject

from ...errors import DrieluikError
from ..map import map_layers
from ..work import in_project
from ..work.session import Session
from .keeping import Keeping
from .teller import Teller


class InQgis:
    """Puts the case in QGIS's project when that is saved; ``take(kept)`` begins with the case that a project keeps."""

    def __init__(self, session: Session, keeping: Keeping, teller: Teller, take: Callable[[in_project.KeptCase], None]) -> None:
        self.session, self.keeping, self.teller, self._take = session, keeping, teller, take
        QgsProject.instance().writeProject.connect(self.into_project)

    def into_project(self, document: Any) -> None:
        """Put the case in a project that is being saved, and leave its layers out: they are made anew from the case when it is opened."""
        case = self.session.case
        if case is None or not case.designs:
            return
        ours = {layer.id() for layer in QgsProject.instance().mapLayers().values() if map_layers.name_of(layer)}
        place = str(self.keeping.opened.home.path) if self.keeping.opened is not None else ""
        state = in_project.KeptCase(case, self.session.variant, self.session.review is not None, place)
        in_project.write(document, state, QgsProject.instance().homePath(), ours)

    def from_project(self, document: Any) -> None:
        """Open the case that a project keeps."""
        try:
            kept = in_project.read(document, QgsProject.instance().homePath())
        except DrieluikError as error:
            self.teller.complain(error)
            return
        if kept is not None:
            self.keeping.settle(lambda: self._take(kept))

    def shut(self) -> None:
        """Let go of the project."""
        QgsProject.instance().writeProject.disconnect(self.into_project)
