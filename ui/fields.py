"""Fields and labels that the steps share."""

from __future__ import annotations

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import QLocale
from qgis.PyQt.QtWidgets import QDoubleSpinBox, QLabel

from ..texts import language


def small(text: str) -> QLabel:
    """Return a wrapped label in smaller type."""
    label = QLabel(text)
    label.setWordWrap(True)
    label.setStyleSheet("font-size: 90%;")
    return label


def number_box(name: str, low: float, high: float, decimals: int, suffix: str) -> QDoubleSpinBox:
    """Return a number field, written as the language writes numbers."""
    box = QDoubleSpinBox()
    box.setLocale(QLocale(language()))
    box.setGroupSeparatorShown(False)
    box.setRange(low, high)
    box.setDecimals(decimals)
    box.setSuffix(suffix)
    box.setAccessibleName(name)
    return box


def file_box(name: str, kinds: str) -> QgsFileWidget:
    """Return a file chooser whose parts have names."""
    box = QgsFileWidget()
    box.setFilter(kinds)
    box.setDialogTitle(name)
    box.setAccessibleName(name)
    box.lineEdit().setAccessibleName(name)
    return box
