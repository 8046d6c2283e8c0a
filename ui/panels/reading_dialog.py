"""One part of a plan that nobody read yet: what it is, why it is to be read, and that the officer read it, with what was found."""

from __future__ import annotations

import html

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QDialog, QHBoxLayout, QLabel, QTextEdit, QVBoxLayout, QWidget

from ...model.plan_cover import CoverLine
from ...texts import sentence
from ..widgets.folding import FoldButton
from ..widgets.words import link, tr


class ReadingDialog(QDialog):
    """``read(line, met, reason)`` when the officer says that a part of the plan was read, and whether the design meets it; never blocks the
    window. ``url``: where the text of the part is found."""

    read = pyqtSignal(object, bool, str)

    def __init__(self, line: CoverLine, parent: QWidget | None = None, url: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Read in the plan"))
        name = f"{line.name}: {line.raw}" if line.raw else line.name
        where = ", ".join(word for word in (line.plan_name, tr("art. {article}").format(article=line.article) if line.article else "") if word)
        told = [f"<b>{html.escape(name)}</b>", html.escape(where), html.escape(sentence(line.note.code, line.note.as_dict()))]
        told += [f"<i>“{html.escape(line.quote)}”</i>"] if line.quote else []
        told.append(link(url, tr("open the text")))
        self.says = QLabel()
        self.says.setTextFormat(Qt.TextFormat.RichText)
        self.says.setText("<br>".join(words for words in told if words))
        self.says.setWordWrap(True)
        self.says.setOpenExternalLinks(True)
        self.reason = QTextEdit()
        self.reason.setAcceptRichText(False)
        self.reason.setAccessibleName(tr("What you read, and why the design meets it or not"))
        self.reason.setPlaceholderText(tr("What you read, and why the design meets it or not (stands in the report)"))
        self.reason.setMaximumHeight(90)
        self.met, self.not_met = FoldButton(tr("Read, and the design meets it")), FoldButton(tr("Read, and the design does not meet it"))
        self.later = FoldButton(tr("Not now"))
        self.met.clicked.connect(lambda: self._told(True))
        self.not_met.clicked.connect(lambda: self._told(False))
        self.later.clicked.connect(self.reject)
        self.reason.textChanged.connect(self._ready)
        row = QHBoxLayout()
        for button in (self.met, self.not_met, self.later):
            button.setAutoDefault(False)
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addWidget(self.says)
        layout.addWidget(self.reason)
        layout.addLayout(row)
        self.line = line
        self.resize(420, 260)
        self._ready()

    def _ready(self) -> None:
        for button in (self.met, self.not_met):
            button.setEnabled(bool(self.reason.toPlainText().strip()))

    def _told(self, met: bool) -> None:
        self.read.emit(self.line, met, self.reason.toPlainText().strip())
        self.accept()
