"""Asking for one line of text, with the buttons in the language of the window: Qt's own words may be missing in it."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QInputDialog, QWidget

from .words import tr


def ask_line(parent: QWidget, title: str, question: str, text: str = "") -> str:
    """Return what was answered, '' for nothing or when it was stopped."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setLabelText(question)
    dialog.setTextValue(text)
    dialog.setOkButtonText(tr("OK"))
    dialog.setCancelButtonText(tr("Do nothing"))
    given = dialog.textValue().strip() if dialog.exec() else ""
    dialog.deleteLater()
    return given
