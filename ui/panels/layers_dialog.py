"""Choosing layers of the QGIS project, one or several, as the source of a layer of the surroundings."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ..widgets.fields import small
from ..widgets.words import tr


class LayersDialog(QDialog):
    """``chosen``: the numbers of the names that were ticked."""

    def __init__(self, title: str, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Layers of the project"))
        for name in names:
            item = QListWidgetItem(name, self.list)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
        self.list.itemChanged.connect(lambda _: self._ready())
        self.buttons = QDialogButtonBox()
        self.yes = self.buttons.addButton(tr("Use these layers"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(tr("Do nothing"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        words = tr("Tick what to take; what lies around the place is kept with the case.") if names else tr("The project has no layers to take.")
        for widget in (small(words), self.list, self.buttons):
            layout.addWidget(widget)
        self._ready()

    @property
    def chosen(self) -> list[int]:
        """The numbers of what is ticked."""
        return [n for n in range(self.list.count()) if self.list.item(n).checkState() == Qt.CheckState.Checked]

    def _ready(self) -> None:
        self.yes.setEnabled(bool(self.chosen))
