"""Fields and labels that the steps share."""

from __future__ import annotations

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import QEvent, QLocale, QObject, Qt
from qgis.PyQt.QtWidgets import QComboBox, QDoubleSpinBox, QLabel, QLayout, QPushButton, QSizePolicy, QWidget

from ...texts import language

NARROW_PX = 90


class WheelGuard(QObject):
    """Lets the wheel scroll the dock over a field that nobody chose: a value never changes because a list goes by under the mouse."""

    def eventFilter(self, field: QObject, event: QEvent) -> bool:
        """Leave a wheel over a field without focus to what lies around it."""
        if event.type() == QEvent.Type.Wheel and isinstance(field, QWidget) and not field.hasFocus():
            event.ignore()
            return True
        return False


def unmoved_by_wheel(field: QWidget) -> None:
    """Let the wheel change a field only when it has the focus, which the wheel itself does not give."""
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    field.installEventFilter(WheelGuard(field))


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
    box.setMinimumWidth(NARROW_PX)  # the dock decides the width
    unmoved_by_wheel(box)
    return box


def narrow(button: QPushButton) -> None:
    """Let a button be narrower than its words: the dock decides the width, the tip says them whole."""
    button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    button.setToolTip(button.toolTip() or button.text())


def choice(name: str) -> QComboBox:
    """Return a list to choose from that does not widen the dock."""
    box = QComboBox()
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(6)
    unmoved_by_wheel(box)
    return box


def named(text: str, field: QWidget) -> QLabel:
    """Return the label of a field, with its key."""
    label = QLabel(text)
    label.setBuddy(field)
    return label


def file_box(name: str, kinds: str) -> QgsFileWidget:
    """Return a file chooser whose parts have names."""
    box = QgsFileWidget()
    box.setFilter(kinds)
    box.setDialogTitle(name)
    box.setAccessibleName(name)
    box.lineEdit().setAccessibleName(name)
    return box


def emptied(layout: QLayout) -> None:
    """Take every widget out of a layout."""
    while layout.count():
        layout.takeAt(0).widget().deleteLater()
