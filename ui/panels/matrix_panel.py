"""The variants beside each other: a table of rule by variant, what differs most on top, below the map."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QBrush, QColor
from qgis.PyQt.QtWidgets import QDockWidget, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from ...model import Review, Verdict
from ...report.basis.matrix import MatrixRow, matrix
from ...report.pages.matrix_rows import cell_of, counts_of, head_of
from ...texts import language, sentence
from ..widgets.fields import small
from ..widgets.tones import verdict_tone
from ..widgets.words import tip, tr

HIGH_PX = 240
"""Six rows below the map: a table of more scrolls, and the map stays the larger."""
RULE_PX, CELL_PX = 300, 150
"""Widths of the columns: a rule with its limit in two lines, a value with its room in one."""
ROLE = Qt.ItemDataRole.UserRole


class MatrixPanel(QDockWidget):
    """Shows the matrix of a review; a click on a cell shows its finding (``shown``), a double click or Enter opens it (``opened``)."""

    shown = pyqtSignal(object)
    opened = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Drieluik: the variants beside each other"), parent)
        self.setObjectName("drieluikMatrix")
        self.says, self.table = small(""), QTableWidget()
        self.table.setAccessibleName(tr("Variants by rule"))
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setWordWrap(True)
        self.table.verticalHeader().setVisible(False)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.itemClicked.connect(lambda item: self._tell(item, self.shown))
        self.table.itemActivated.connect(lambda item: self._tell(item, self.opened))
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self.says)
        layout.addWidget(self.table, 1)
        inside.setMinimumHeight(HIGH_PX)
        self.setWidget(inside)

    def _tell(self, item: QTableWidgetItem, signal: pyqtSignal) -> None:
        if item.data(ROLE) is not None:
            signal.emit(item.data(ROLE))

    def fill(self, review: Review | None) -> None:
        """Show the matrix of a review; while there is none (it is being judged anew) what stood there stays, grey."""
        self.table.setEnabled(review is not None)
        if review is None:
            self.says.setText(tr("Being reviewed, or not yet: below stands what was there before."))
            return
        self.says.setText(sentence("report_matrix_how") if len(review.designs) > 1 else tr("There is one design: make a variant at step 2."))
        names, rows = [design.name for design in review.designs], matrix(review)
        self.table.clear()
        self.table.setColumnCount(1 + len(names))
        self.table.setRowCount(len(rows))
        self.table.setHorizontalHeaderLabels([sentence("report_rule"), *(f"{name}\n{counts_of(review, name)}" for name in names)])
        for number, row in enumerate(rows):
            self._row(review, number, row)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column in range(1 + len(names)):
            self.table.setColumnWidth(column, CELL_PX if column else RULE_PX)
        self.table.resizeRowsToContents()

    def _row(self, review: Review, number: int, row: MatrixRow) -> None:
        head = QTableWidgetItem(head_of(review, row, language()))
        head.setToolTip(tip(head.text() if row.differs else tr("The same in all variants: {rule}").format(rule=head.text())))
        self.table.setItem(number, 0, head)
        for column, cell in enumerate(row.cells, start=1):
            verdict, words = cell_of(cell, row, language())
            item = QTableWidgetItem(words)
            item.setForeground(QBrush(QColor(verdict_tone(Verdict(verdict)))))
            if cell is not None:
                item.setData(ROLE, cell.finding)
                item.setToolTip(tip(f"{cell.finding.design}: {words}"))
                font = item.font()
                font.setBold(cell.best)
                item.setFont(font)
            self.table.setItem(number, column, item)
