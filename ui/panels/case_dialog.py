"""Asking for a case: its number, its title, and the folder in which it gets one of its own."""

from __future__ import annotations

from pathlib import Path

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from ..widgets.fields import small
from ..widgets.words import tr
from ..work.case_places import free_place

WIDTH = 460
"""Pixels: a path of a share is read without scrolling, and the dialog fits beside the dock on a small screen."""


class CaseDialog(QDialog):
    """Number, title and folder of a case; below them where it will stand."""

    def __init__(self, title: str, yes: str, parent: QWidget, folder: Path, number: str = "", name: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(WIDTH)
        self.number, self.name = QLineEdit(number), QLineEdit(name)
        self.folder = QgsFileWidget()
        self.folder.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.folder.setFilePath(str(folder))
        form = QFormLayout()
        for words, plain, field in ((tr("&Number"), tr("Case number"), self.number), (tr("&Title"), tr("Title of the case"), self.name),
                                    (tr("&In folder"), tr("Folder in which the case gets a folder of its own"), self.folder)):
            form.addRow(words, field)
            field.setAccessibleName(plain)
        self.place_words = small("")
        self.buttons = QDialogButtonBox()
        self.yes = self.buttons.addButton(yes, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(tr("Do nothing"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.place_words)
        layout.addWidget(self.buttons)
        for line in (self.number, self.name):
            line.textChanged.connect(lambda _: self._show())
        self.folder.fileChanged.connect(lambda _: self._show())
        self._show()

    @property
    def place(self) -> Path:
        """Where the case will stand."""
        return free_place(Path(self.folder.filePath().strip()), self.number.text().strip(), self.name.text().strip())

    def _show(self) -> None:
        ready = bool(self.folder.filePath().strip()) and bool(self.number.text().strip() or self.name.text().strip())
        self.yes.setEnabled(ready)
        place = tr("The case gets the folder {folder}.").format(folder=self.place) if ready else ""
        self.place_words.setText(place or tr("Type a number or a title, and choose a folder."))
