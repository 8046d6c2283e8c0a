"""Keeping a case: in a file, and in QGIS's project; nothing of the officer's is let go without asking."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from qgis.core import QgsProject
from qgis.PyQt.QtWidgets import QFileDialog, QMessageBox

from ...data_sources.case import write_case
from ...errors import DrieluikError
from ..map import map_layers
from ..widgets.words import tr
from ..work import in_project
from ..work.session import Session
from .teller import Teller

SUFFIXES = (".yaml", ".yml")
"""Of case files; a name without one gets the first, so that the dialog that opens cases shows it."""
RECORD = "review.json"


class Keeping:
    """Saves the case of the session, asks before one is let go, and puts it in QGIS's project when that is saved; ``take(kept)`` begins with the
    case that a project keeps."""

    def __init__(self, iface: Any, session: Session, teller: Teller, take: Callable[[in_project.KeptCase], None]) -> None:
        self.iface, self.session, self.teller, self._take = iface, session, teller, take
        self._written: set[str] = set()
        QgsProject.instance().writeProject.connect(self.into_project)
        QgsProject.instance().projectSaved.connect(self._in_project)
        session.changed.connect(self.let_qgis_ask)

    def save(self) -> bool:
        """Ask for a file and keep the case in it; whether that was done."""
        case = self.session.case
        if case is None or not case.designs:
            return False
        path, _ = QFileDialog.getSaveFileName(self.iface.mainWindow(), tr("Case file"), "", tr("Case files (*.yaml *.yml)"))
        if not path:
            return False
        file = Path(path) if Path(path).suffix.lower() in SUFFIXES else Path(path + SUFFIXES[0])
        there = file != Path(path) and file.exists()  # the dialog asked about the name that was given
        if there and not self._sure(tr("Replace the file?"), tr("{file} is there already.").format(file=file.name), tr("Replace")):
            return False
        try:
            write_case(case, file)
        except DrieluikError as error:
            self.teller.complain(error)
            return False
        self.session.saved()
        self.teller.inform(tr("The case is kept in {file}.").format(file=str(file)))
        return True

    def may_let_go(self) -> bool:
        """Whether another case may come in place of this one: what was not kept is asked about first."""
        if not self.session.unsaved:
            return True
        box = QMessageBox(self.iface.mainWindow())
        box.setWindowTitle(tr("Keep the case?"))
        box.setText(tr("Answers, decisions, place or design of this case were not kept in a file yet. They are lost when another case is opened."))
        keep = box.addButton(tr("Keep the case…"), QMessageBox.ButtonRole.AcceptRole)
        go = box.addButton(tr("Do not keep"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(tr("Stay with this case"), QMessageBox.ButtonRole.RejectRole)
        box.exec()
        return self.save() if box.clickedButton() is keep else box.clickedButton() is go

    def may_write(self, folder: str) -> bool:
        """Whether a report may be written in a folder: one that was not written for this case is asked about before it is replaced."""
        fits = folder in self._written or not (Path(folder) / RECORD).exists()
        words = tr("There is a report in this folder already, not of this session.")
        if fits or self._sure(tr("Replace the report?"), words, tr("Replace")):
            self._written.add(folder)
            return True
        return False

    def forget_reports(self) -> None:
        """Another case: reports that were written are none of its own."""
        self._written.clear()

    def _sure(self, title: str, text: str, yes: str) -> bool:
        box = QMessageBox(self.iface.mainWindow())
        box.setWindowTitle(title)
        box.setText(text)
        go = box.addButton(yes, QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(tr("Stop"), QMessageBox.ButtonRole.RejectRole)
        box.exec()
        return box.clickedButton() is go

    def _in_project(self) -> None:
        """After a project was saved: it holds the case, where that has a design."""
        if self.session.case is not None and self.session.case.designs:
            self.session.saved()

    def let_qgis_ask(self) -> None:
        """Let QGIS ask about the project when it is closed while something of the case is kept nowhere yet: saving it keeps the case."""
        if self.session.unsaved:
            QgsProject.instance().setDirty(True)

    def into_project(self, document: Any) -> None:
        """Put the case in a project that is being saved, and leave its layers out: they are made anew from the case when it is opened."""
        case = self.session.case
        if case is None or not case.designs:
            return
        ours = {layer.id() for layer in QgsProject.instance().mapLayers().values() if map_layers.name_of(layer)}
        in_project.write(document, case, QgsProject.instance().homePath(), self.session.variant, self.session.review is not None, ours)

    def from_project(self, document: Any) -> None:
        """Open the case that a project keeps, unless that would cost what was not kept."""
        try:
            kept = in_project.read(document, QgsProject.instance().homePath())
        except DrieluikError as error:
            self.teller.complain(error)
            return
        if kept is not None and self.may_let_go():
            self._take(kept)

    def shut(self) -> None:
        """Let go of the project."""
        QgsProject.instance().writeProject.disconnect(self.into_project)
        QgsProject.instance().projectSaved.disconnect(self._in_project)
        self.session.changed.disconnect(self.let_qgis_ask)
