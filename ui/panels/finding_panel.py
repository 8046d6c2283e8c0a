"""The panel of one finding: verdict, legal quote, numbers with their doubt, notes, questions, what would cure it."""

from __future__ import annotations

import html

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QPushButton, QScrollArea, QTabWidget, QTextBrowser, QVBoxLayout, QWidget

from ...data_sources.rules.check_pages import markdown
from ...model import Finding, Review
from ...report.basis import grounds, wording
from ...report.basis.palette import VERDICT_TEXT
from ...texts import language, sentence
from ..widgets.fields import small
from ..widgets.words import tr
from .question_box import QuestionBox
from .verdict_box import VerdictBox


class FindingPanel(QDialog):
    """Shows one finding; never blocks the window."""

    map_asked = pyqtSignal(object)
    scene_asked = pyqtSignal()
    answered = pyqtSignal(object, object, str)
    lines_asked = pyqtSignal(object)
    decided = pyqtSignal(object, str, str)

    def __init__(self, review: Review, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finding = finding
        self.setObjectName("drieluikFinding")
        self.setWindowTitle(f"{wording.title(review, finding, language())} – {wording.subject(finding, language())}")
        self.text = QTextBrowser()
        self.text.setOpenExternalLinks(True)
        self.text.setAccessibleName(tr("Finding"))
        self.text.setHtml(panel_html(review, finding))
        on_map, in_3d = QPushButton(tr("Show on the map")), QPushButton(tr("Show in 3D"))
        on_map.clicked.connect(lambda: self.map_asked.emit(finding))
        in_3d.clicked.connect(self.scene_asked.emit)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.setAccessibleName(tr("Close"))
        close.button(QDialogButtonBox.StandardButton.Close).setText(tr("Close"))
        close.rejected.connect(self.reject)
        row = QHBoxLayout()
        for button in (on_map, in_3d):
            button.setAccessibleName(button.text())
            row.addWidget(button)
        row.addWidget(close)
        own = [question for question in finding.questions if question.key != "peil" and not question.key.startswith("overrides:")]
        self.boxes = [QuestionBox(question, grounds.turning(finding, question)) for question in own]
        for box in self.boxes:
            box.answered.connect(self.answered.emit)
            box.lines_asked.connect(self.lines_asked.emit)
        self.verdict = VerdictBox(finding)
        self.verdict.decided.connect(self.decided.emit)
        self.help = QTextBrowser()
        self.help.setOpenExternalLinks(True)
        self.help.setAccessibleName(tr("How this check measures"))
        self.help.setMarkdown(markdown(finding.check))
        tabs = QTabWidget()
        tabs.setAccessibleName(tr("Parts of the finding"))
        tabs.addTab(self.text, tr("Finding"))
        tabs.addTab(self._answers(), tr("Answer and decide"))
        tabs.addTab(self.help, tr("How this check measures"))
        layout = QVBoxLayout(self)
        layout.addWidget(tabs)
        layout.addLayout(row)
        self.resize(440, 560)

    def _answers(self) -> QScrollArea:
        inside = QWidget()
        layout = QVBoxLayout(inside)
        if any(question.key == "peil" for question in self.finding.questions):
            layout.addWidget(small(tr("Peil is fixed in step 3, Rules.")))
        for box in (*self.boxes, self.verdict):
            layout.addWidget(box)
        layout.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(inside)
        return area


def panel_html(review: Review, finding: Finding) -> str:
    """Return the panel's content as rich text."""
    colour = VERDICT_TEXT[finding.stands]
    out = [f"<h3 style='color:{colour}'>{html.escape(wording.verdict_text(finding))}</h3><p>{html.escape(wording.say(finding))}</p>"]
    out.append(f"<p><small>{html.escape(wording.check_code(finding))}</small></p>")
    step = wording.ladder_text(finding.ladder)
    ladder = f"{sentence('report_ladder')}: {step}" if step else ""
    out += [f"<p>{html.escape(text)}</p>" for text in (wording.decision_text(finding), ladder) if text]
    for source in finding.legal:
        where = ", ".join(part for part in (source.instrument, source.article) if part)
        quote = f"“{source.quote}”" if source.quote else sentence("report_no_quote")
        out.append(f"<blockquote><i>{html.escape(quote)}</i><br><small>{html.escape(where)}</small></blockquote>")
    rows = []
    if finding.measurements:
        first = finding.measurements[0]
        unit = wording.UNITS.get(first.unit, first.unit)
        rows = [
            ("report_measured", wording.amount(first.value, first.unit)), ("report_limit", wording.limit_text(first)),
            ("report_margin", f"{wording.signed(first.margin, first.unit)} {unit}"), ("report_uncertainty", wording.uncertainty_text(first)),
        ]
    cells = [(sentence(code), value) for code, value in rows]
    cells += [(wording.measurement_name(m), wording.amount(m.value, m.unit)) for m in finding.measurements[1:]]
    body = "".join(f"<tr><td><b>{html.escape(name)}</b>&nbsp;</td><td>{html.escape(value)}</td></tr>" for name, value in cells)
    out.append(f"<table cellpadding='2'>{body}</table>")
    groups = (
        ("report_how", [sentence(n.code, n.as_dict()) for n in finding.notes]),
        ("report_why", [sentence(n.code, n.as_dict()) for n in finding.missing]),
        ("report_questions", [grounds.asked(finding, question) for question in finding.questions]),
        ("report_cure", grounds.cures(finding)),
        ("report_inputs", [f"{sentence(f'layer_{i.layer}')}: {i.fid} {i.date}" for i in finding.inputs]),
    )
    for code, lines in groups:
        if lines:
            items = "".join(f"<li>{html.escape(line)}</li>" for line in lines)
            out.append(f"<p><b>{html.escape(sentence(code))}</b></p><ul>{items}</ul>")
    out += [f"<p>{html.escape(line)}</p>" for line in grounds.grounds(finding)]
    return "".join(out)
