"""What is what in the design file: a short list of its objects, each in the colour of its role; a role is changed in its row."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QColor, QIcon, QPixmap
from qgis.PyQt.QtWidgets import QComboBox, QLabel, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from ...model import PART_ROLES
from ...report.basis.palette import DESIGN, ROLES
from ..widgets.fields import unmoved_by_wheel
from ..widgets.folding import FoldHead
from ..widgets.words import tr
from ..work.part_roles import PartRow, counted, role_name

SWATCH_PX = 12
ROWS_PX = 150
"""Height of the list: some six rows; a longer one scrolls."""


def role_colour(word: str) -> str:
    """Return the colour of a role on the map and in 3D."""
    return ROLES.get(word, DESIGN)


class RolesBox(QWidget):
    """``role_chosen`` carries the key of an object, its new role and the reason; ``looked_at`` the number of the row under the cursor, -1 none;
    ``unfolded`` whether the list is open."""

    role_chosen = pyqtSignal(str, str, str)
    looked_at = pyqtSignal(int)
    unfolded = pyqtSignal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.head = FoldHead()
        self.head.toggled.connect(self._unfold)
        self.list = QTreeWidget()
        self.list.setColumnCount(2)
        self.list.setHeaderLabels([tr("Part of the file"), tr("What it is")])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAccessibleName(tr("Parts of the design file and what they are"))
        self.list.setMaximumHeight(ROWS_PX)
        self.list.currentItemChanged.connect(lambda item, _: self.looked_at.emit(self.list.indexOfTopLevelItem(item) if item is not None else -1))
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(tr("Why (kept with the change)"))
        self.reason.setAccessibleName(tr("Why a part has another role"))
        self.note = QLabel("")
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for widget in (self.head, self.list, self.reason, self.note):
            layout.addWidget(widget)
        self._rows: tuple[PartRow, ...] = ()
        self._unfold(False)
        self.setVisible(False)

    def _unfold(self, shown: bool) -> None:
        for widget in (self.list, self.reason, self.note):
            widget.setVisible(shown)
        self.unfolded.emit(shown)

    def refresh(self, rows: tuple[PartRow, ...]) -> None:
        """Show the rows of the design; a file of one object that is the design shows nothing."""
        if rows is self._rows:
            return
        self._rows = rows
        self.setVisible(len(rows) > 1 or any(row.role != PART_ROLES[0] for row in rows))
        self.head.setText(counted(rows))
        self.head.setAccessibleName(tr("What is what in the file: {rows}").format(rows=counted(rows)))
        self.list.clear()
        for row in rows:
            self._add(row)
        self.list.resizeColumnToContents(1)
        self.note.setText(tr("Click what a part is to change it. What is open is tried both ways, so that a verdict stands only where it does not matter."))

    def _add(self, row: PartRow) -> None:
        swatch = QPixmap(SWATCH_PX, SWATCH_PX)
        swatch.fill(QColor(role_colour(row.role)))
        count = "" if row.parts == 1 else tr(" ({n} parts)").format(n=row.parts)
        item = QTreeWidgetItem(self.list, [f"{row.name}{count}", ""])
        item.setIcon(0, QIcon(swatch))
        item.setToolTip(0, row.why)
        box = QComboBox()
        unmoved_by_wheel(box)
        for word in PART_ROLES:
            box.addItem(role_name(word), word)
        box.setCurrentIndex(PART_ROLES.index(row.role))
        box.setToolTip(row.why)
        box.setAccessibleName(tr("What {name} is").format(name=row.name))
        box.activated.connect(lambda number, key=row.key, was=row.role: self._chosen(key, was, PART_ROLES[number]))
        self.list.setItemWidget(item, 1, box)

    def _chosen(self, key: str, was: str, word: str) -> None:
        if word != was:
            reason = self.reason.text().strip()
            self.reason.clear()
            QTimer.singleShot(0, lambda: self.role_chosen.emit(key, word, reason))  # the list is made anew: not while its own field speaks
