"""Asking for a text or a yes, with the buttons in the language of the window: Qt's own words may be missing in it."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QInputDialog, QLabel, QMessageBox, QWidget

from .words import tr

RECORD = "review.json"


def sure(parent: QWidget, title: str, text: str, yes: str) -> bool:
    """Ask before something is replaced; whether it may be."""
    box = QMessageBox(parent)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    go = box.addButton(yes, QMessageBox.ButtonRole.DestructiveRole)
    box.addButton(tr("Stop"), QMessageBox.ButtonRole.RejectRole)
    box.exec()
    return box.clickedButton() is go


def sure_to_replace(parent: QWidget, folder: str, written: set[str]) -> bool:
    """Whether a report may be written in a folder: one that is none of those ``written`` for this case is asked about before it is replaced."""
    fits = folder in written or not (Path(folder) / RECORD).exists()
    if fits or sure(parent, tr("Replace the report?"), tr("There is a report in this folder already, not of this session."), tr("Replace")):
        written.add(folder)
        return True
    return False


def _say(dialog: QInputDialog, question: str) -> None:
    """Put a question in a dialog, as it is: names in it may hold any sign."""
    dialog.setLabelText(question)
    for label in dialog.findChildren(QLabel):
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)


def ask_line(parent: QWidget, title: str, question: str, text: str = "") -> str:
    """Return what was answered, '' for nothing or when it was stopped."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(title)
    _say(dialog, question)
    dialog.setTextValue(text)
    dialog.setOkButtonText(tr("OK"))
    dialog.setCancelButtonText(tr("Do nothing"))
    given = dialog.textValue().strip() if dialog.exec() else ""
    dialog.deleteLater()
    return given


def ask_text(parent: QWidget, title: str, question: str, text: str = "") -> str:
    """Return a text of several lines that was typed or pasted, beginning with ``text``; '' for none or when it was stopped."""
    dialog = QInputDialog(parent)
    dialog.setOption(QInputDialog.InputDialogOption.UsePlainTextEditForTextInput)
    dialog.setWindowTitle(title)
    _say(dialog, question)
    dialog.setTextValue(text)
    dialog.setOkButtonText(tr("OK"))
    dialog.setCancelButtonText(tr("Do nothing"))
    given = dialog.textValue() if dialog.exec() else ""
    dialog.deleteLater()
    return given if given.strip() else ""
