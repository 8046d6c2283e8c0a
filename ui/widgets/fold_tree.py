"""A list whose words fold to the width that it has: a tree of Qt shows several lines where there are, and cuts a long one."""

from __future__ import annotations

from collections.abc import Iterator

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QFontMetrics, QResizeEvent, QShowEvent
from qgis.PyQt.QtWidgets import QStyle, QTreeWidget, QTreeWidgetItem, QTreeWidgetItemIterator

from .folding import folded_to

WORDS = Qt.ItemDataRole.UserRole + 1
"""Under which an item keeps its words as they are: what it is called, then what stands below that."""
HANG = "    "
"""Before the lines below the first."""
ROOM_PX = 8
"""Beside the words of a row: the margins that styles leave."""
HIDDEN_PX = 300
"""For this a list folds that was not laid out yet: about what a dock has."""


class FoldTree(QTreeWidget):
    """Folds the first column of the rows that were given with ``row``; ``refolded`` when it has another width than it was filled for."""

    refolded = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.header().sectionResized.connect(lambda column, _before, _now: self._again() if column == 0 else None)

    def showEvent(self, event: QShowEvent) -> None:
        """Fold to the width that it has now."""
        super().showEvent(event)
        self._again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold to the new width, also that beside a bar to scroll with."""
        super().resizeEvent(event)
        self._again()

    def _again(self) -> None:
        if self.isVisible():
            self.fold()
            self.refolded.emit()

    def row(self, head: str, *lines: str, others: tuple[str, ...] = ()) -> QTreeWidgetItem:
        """Return a row with its head, the lines below that ('' is none), and the words of its other columns; it folds once it stands in the list."""
        item = QTreeWidgetItem(["", *others])
        item.setData(0, WORDS, [head, *(line for line in lines if line)])
        return item

    def fold(self) -> None:
        """Fold every row to the width that there is; nobody is told that a row changed: it says the same."""
        silent = self.blockSignals(True)
        for item in self.rows():
            words = item.data(0, WORDS)
            if words:
                item.setText(0, folded(words, QFontMetrics(item.font(0).resolve(self.font())), self._room(item)))
        self.blockSignals(silent)

    def rows(self) -> Iterator[QTreeWidgetItem]:
        """Yield every row, also those below others."""
        walk = QTreeWidgetItemIterator(self)
        while walk.value() is not None:
            yield walk.value()
            walk += 1

    def _room(self, item: QTreeWidgetItem) -> int:
        """Return how many pixels the words of a row have."""
        depth, above = int(self.rootIsDecorated()), item.parent()
        while above is not None:
            depth, above = depth + 1, above.parent()
        taken = depth * self.indentation() + ROOM_PX
        if not item.icon(0).isNull():
            taken += self.iconSize().width() if self.iconSize().isValid() else self.style().pixelMetric(QStyle.PixelMetric.PM_SmallIconSize)
        if item.data(0, Qt.ItemDataRole.CheckStateRole) is not None:
            taken += self.style().pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth) + self.style().pixelMetric(QStyle.PixelMetric.PM_CheckBoxLabelSpacing)
        whole = self.columnWidth(0) if self.columnCount() > 1 else self.viewport().width()
        return (whole if self.isVisible() else HIDDEN_PX) - taken


def folded(words: list[str], metrics: QFontMetrics, width: int) -> str:
    """Return words in lines no wider than ``width`` pixels, those below the first set in."""
    inner = width - metrics.horizontalAdvance(HANG)
    head = folded_to(words[0], metrics, width).split("\n")
    more = folded_to(" ".join(head[1:]), metrics, inner).split("\n") if head[1:] else []
    below = [line for one in words[1:] for line in folded_to(one, metrics, inner).split("\n")]
    return "\n".join((head[0], *(HANG + line for line in (*more, *below))))
