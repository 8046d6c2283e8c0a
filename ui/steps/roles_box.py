"""What is what in the design file: a short list of its objects, each in the colour of its role; what is selected is confirmed or changed below it."""

from __future__ import annotations

from collections.abc import Iterator

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QIcon, QPixmap
from qgis.PyQt.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from ...model import PART_ROLES
from ...report.basis.palette import DESIGN, ROLES
from ..widgets.fields import choice, small
from ..widgets.fold_tree import FoldTree
from ..widgets.folding import FoldButton, FoldHead
from ..widgets.words import several, tip, tr
from ..work.part_roles import MIXED, UNKNOWN, PartRow, counted, role_name

SWATCH_PX = 12
ROWS_PX = 150
"""Height of the list: some six rows; a longer one scrolls."""
ROLE = Qt.ItemDataRole.UserRole


def role_colour(word: str) -> str:
    """Return the colour of a role on the map and in 3D."""
    return ROLES.get(word, DESIGN)


class RolesBox(QWidget):
    """``roles_given(said, reason)``: the roles of parts, as pairs of their names and a role. ``looked_at`` carries the row under the cursor, None
    for none; ``unfolded`` whether the list is open."""

    roles_given = pyqtSignal(object, str)
    looked_at = pyqtSignal(object)
    unfolded = pyqtSignal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.head = FoldHead()
        self.head.toggled.connect(self._unfold)
        self.list = self._tree()
        self.about = small("")
        self.role = choice(tr("What the selected part is"))
        self.role.addItem(tr("as proposed"), None)
        for word in PART_ROLES[:-1]:
            self.role.addItem(role_name(word), word)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(tr("Why (kept with this part)"))
        self.reason.setAccessibleName(tr("Why a part is what you say"))
        self.fix, self.every = FoldButton(tr("Fix for what is selected")), FoldButton(tr("Confirm all proposals"))
        self.fix.clicked.connect(self._fix)
        self.every.clicked.connect(self._confirm)
        self.role.currentIndexChanged.connect(lambda _: self._ready())
        self.note = small(tr("While nobody says what a part is, Drieluik reckons with and without it; a finding asks where that makes a difference."))
        self._rows: tuple[PartRow, ...] = ()
        self._lay_out()
        self._unfold(False)
        self.setVisible(False)

    def _tree(self) -> FoldTree:
        made = FoldTree()
        made.setColumnCount(2)
        made.setHeaderLabels([tr("Part"), tr("What it is")])
        made.header().setStretchLastSection(False)
        made.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        made.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        made.setIndentation(12)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        made.setAccessibleName(tr("Parts of the design file and what they are"))
        made.setMaximumHeight(ROWS_PX)
        made.itemSelectionChanged.connect(self._selected)
        return made

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.fix, 1)
        row.addWidget(self.every, 1)
        inside = QVBoxLayout()
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(2)
        for widget in (self.list, self.about, self.role, self.reason):
            inside.addWidget(widget)
        inside.addLayout(row)
        inside.addWidget(self.note)
        self.body = QWidget()
        self.body.setLayout(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.head)
        layout.addWidget(self.body)

    def _unfold(self, shown: bool) -> None:
        self.body.setVisible(shown)
        self.unfolded.emit(shown)

    def open(self) -> None:
        """Open the list."""
        self.head.setChecked(True)

    def refresh(self, rows: tuple[PartRow, ...]) -> None:
        """Show the rows of the design; a file of one object that is the design shows nothing."""
        if rows is self._rows:
            return
        at = [row.keys for row in self._chosen()]
        self._rows = rows
        self.setVisible(len(rows) > 1 or any(row.role != PART_ROLES[0] for row in rows))
        self.head.setText(self._headline())
        self.head.setAccessibleName(self.head.words)
        self.list.clear()
        for row in rows:
            self._add(row, self.list)
        self.list.fold()
        for item in self._items():
            item.setSelected(item.data(0, ROLE).keys in at)
        self._selected()

    def _headline(self) -> str:
        if all(row.role == PART_ROLES[0] for row in self._rows):
            parts = several(tr("1 part"), tr("{n} parts"), sum(row.parts for row in self._rows))
            return tr("What is what: all of it is the design ({parts})").format(parts=parts)
        words, loose = counted(self._rows), sum(not row.settled for row in self._rows)
        told = tr("What is what: {rows}").format(rows=words[:1].lower() + words[1:])
        return told + (" – " + tr("{n} by proposal only").format(n=loose) if loose else "")

    def _add(self, row: PartRow, parent: QTreeWidget | QTreeWidgetItem) -> None:
        swatch = QPixmap(SWATCH_PX, SWATCH_PX)
        swatch.fill(QColor(role_colour(row.role or UNKNOWN)))
        count = "" if row.parts == 1 else " (" + tr("{n} parts").format(n=row.parts) + ")"
        item = self.list.row(f"{row.name}{count}", others=(state_words(row),))
        (parent.addTopLevelItem if isinstance(parent, QTreeWidget) else parent.addChild)(item)
        item.setIcon(0, QIcon(swatch))
        for column in (0, 1):
            item.setToolTip(column, tip("\n".join(word for word in (row.name, row.why) if word)))
        item.setData(0, ROLE, row)
        for one in row.below:
            self._add(one, item)
        item.setExpanded(row.role == MIXED)

    def _items(self) -> Iterator[QTreeWidgetItem]:
        for number in range(self.list.topLevelItemCount()):
            top = self.list.topLevelItem(number)
            yield top
            yield from (top.child(below) for below in range(top.childCount()))

    def _chosen(self) -> list[PartRow]:
        return [item.data(0, ROLE) for item in self.list.selectedItems()]

    def _selected(self) -> None:
        rows = self._chosen()
        one = rows[0] if len(rows) == 1 else None
        said = "" if one is None else "; ".join(word for word in (f"{one.name}: {role_name(one.role)}", one.why) if word)
        self.about.setText(said or (tr("{n} selected").format(n=len(rows)) if rows else tr("Select a part (with Ctrl several); it is shown on the map.")))
        self.role.setCurrentIndex(max(0, self.role.findData(one.role)) if one is not None else 0)
        self.reason.clear()
        self._ready()
        self.looked_at.emit(one)

    def _ready(self) -> None:
        self.fix.setEnabled(bool(self._said()))
        self.every.setEnabled(bool(proposals(self._rows)))

    def _said(self) -> list[tuple[tuple[str, ...], str]]:
        word = self.role.currentData()
        return [(row.keys, word) for row in self._chosen()] if word else proposals(self._chosen())

    def _fix(self) -> None:
        self.roles_given.emit(self._said(), self.reason.text().strip())

    def _confirm(self) -> None:
        self.roles_given.emit(proposals(self._rows), self.reason.text().strip() or tr("As proposed by file and shape"))


def state_words(row: PartRow) -> str:
    """Return what a row is, and whether somebody said so: ``bestaand ✓``, ``omgeving?``."""
    if row.role in (MIXED, UNKNOWN):
        return role_name(row.role)
    return f"{role_name(row.role)} ✓" if row.settled else f"{role_name(row.role)} ?"


def proposals(rows: tuple[PartRow, ...] | list[PartRow]) -> list[tuple[tuple[str, ...], str]]:
    """Return the roles that file and shape propose for rows that nobody said anything of; of an object whose parts differ those of its parts."""
    said = []
    for row in rows:
        if row.role == MIXED:
            said += proposals(row.below)
        elif row.role != UNKNOWN and not row.settled:
            said.append((row.keys, row.role))
    return said
