"""The last steps: run, results, report."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QBrush, QColor
from qgis.PyQt.QtWidgets import QComboBox, QFormLayout, QHBoxLayout

from ...model import PRECEDENCE, Finding, PlanCover, Review, Verdict
from ...model.plan_cover import ALSO_HOLDS, TO_READ, CoverLine
from ...report.basis import wording
from ...texts import LANGUAGES, language, sentence, spoken_moment
from ..widgets.fields import Wrapped, file_box, small, unmoved_by_wheel
from ..widgets.fold_tree import FoldTree
from ..widgets.folding import FoldButton
from ..widgets.tones import verdict_tone
from ..widgets.words import tip, tr
from .step import Step

BEGINNING = 90
"""Characters of the officer's advice that the dock shows: two lines."""
LOW_PX, HIGH_PX = 230, 460
"""Height of the list of findings: as its rows ask, between these; a longer one scrolls."""
ROLE = Qt.ItemDataRole.UserRole


class RunStep(Step):
    """Run the review."""

    run_asked = pyqtSignal()

    def __init__(self) -> None:
        super().__init__(4, tr("Review"))
        self.run = FoldButton(tr("Run the review"))
        self.run.clicked.connect(self.run_asked.emit)
        self.layout_.addWidget(self.run)

    def refresh(self, lacks: Sequence[str], review: Review | None, unconfirmed: bool = False, busy: bool = False) -> None:
        """Show whether the review can be run and what it ``lacks``, or when it was; an unconfirmed place comes first."""
        self.run.setEnabled(not lacks and not unconfirmed and not busy)
        if not lacks and unconfirmed:
            self.show_state("attention", tr("confirm the place of the design first"))
            return
        if review is not None:
            self.show_state("ready", spoken_moment(review.at))
        else:
            self.show_state("empty", tr("still needed: {what}").format(what=", ".join(lacks)) if lacks else tr("ready to run"))


class ResultStep(Step):
    """Findings grouped by verdict; a click shows one alone on the map, a double click or Enter opens its panel, or of a part of the plan that
    is to be read (``read_asked``) what was read there."""

    shown = pyqtSignal(object)
    opened = pyqtSignal(object)
    read_asked = pyqtSignal(object)
    scene_asked = pyqtSignal()
    all_asked = pyqtSignal()
    matrix_asked = pyqtSignal()

    def __init__(self) -> None:
        super().__init__(5, tr("Result"))
        self.tree = FoldTree()
        self.tree.setHeaderHidden(True)
        self.tree.setAccessibleName(tr("Findings by verdict"))
        self.tree.setMinimumHeight(LOW_PX)
        self.tree.itemExpanded.connect(lambda _: self._fit())
        self.tree.itemCollapsed.connect(lambda _: self._fit())
        self.tree.refolded.connect(self._fit)
        self.tree.setIndentation(12)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.outcome, self.against = Wrapped(""), small("")
        self.against.setVisible(False)
        self.tree.itemClicked.connect(lambda item: self._show(item.data(0, ROLE)))
        self.tree.itemActivated.connect(lambda item: self._open(item.data(0, ROLE)))
        self.scene = FoldButton(tr("Show in 3D"))
        self.scene.clicked.connect(self.scene_asked.emit)
        self.all = FoldButton(tr("Show all findings"))
        self.all.setToolTip(tr("The map and the 3D view now show one finding alone."))
        self.all.clicked.connect(self.all_asked.emit)
        row = QHBoxLayout()
        for button in (self.scene, self.all):
            row.addWidget(button)
        self.layout_.addWidget(self.outcome)
        self.layout_.addWidget(self.against)
        self.layout_.addWidget(self.tree)
        self.layout_.addLayout(row)
        self.matrix = FoldButton(tr("Compare the variants"))
        self.matrix.clicked.connect(self.matrix_asked.emit)
        self.matrix.setVisible(False)
        self.layout_.addWidget(self.matrix)
        self.alone(False)

    def compare(self, words: str) -> None:
        """Say what changed since an earlier version of the design; '' where there is none."""
        self.against.setText(words)
        self.against.setVisible(bool(words))

    def alone(self, one: bool) -> None:
        """Say whether map and 3D show one finding alone."""
        self.all.setEnabled(one)

    def _show(self, told: Any) -> None:
        if isinstance(told, Finding):
            self.shown.emit(told)

    def _open(self, told: Any) -> None:
        if isinstance(told, Finding):
            self.opened.emit(told)
        elif isinstance(told, CoverLine):
            self.read_asked.emit(told)

    def refresh(self, review: Review | None, design: str, busy: bool = False) -> None:
        """Show the findings of one design; while it is judged again (``busy``) those of before stay, grey."""
        self.tree.setEnabled(review is not None)
        self.scene.setEnabled(review is not None)
        self.matrix.setVisible(review is not None and len(review.designs) > 1)
        if review is None and busy and self.tree.topLevelItemCount():
            self.outcome.setText(tr("Being reviewed; below stands the result of before."))
            return
        self.tree.clear()
        self.tree.setVisible(review is not None)
        if review is None:
            self.alone(False)
            self.compare("")
            self.outcome.setText(tr("Not reviewed yet: click “Run the review” at step 4."))
            self.show_state("empty", tr("not reviewed yet"))
            return
        counts = review.counts(design)
        settled = {verdict for verdict, count in counts.items() if count} <= {Verdict.COMPLIES, Verdict.NOT_APPLICABLE}
        self.show_state("ready" if settled else "attention", wording.summary_line(counts))
        self.outcome.setText(wording.begun(wording.answer(review, design).removeprefix(wording.summary_line(counts)).lstrip(" –.·")))
        for verdict in PRECEDENCE:
            found = [f for f in review.findings if f.design == design and f.stands is verdict]
            if found:
                self._group(review, verdict, found)
        self._unread(review.cover(design))
        self._fit()

    def _fit(self) -> None:
        """Make the list as high as its rows ask, within bounds."""
        self.tree.fold()
        high, item = 0, self.tree.topLevelItem(0)
        while item is not None and high < HIGH_PX:
            high += self.tree.visualItemRect(item).height()
            item = self.tree.itemBelow(item)
        self.tree.setFixedHeight(min(HIGH_PX, max(LOW_PX, high + 2 * self.tree.frameWidth() + 4)))

    def _unread(self, cover: PlanCover) -> None:
        """Add what of the plan nobody read or could read: a design does not fit before that is done."""
        self._lines("cover_state_to_read", cover.left())
        self._lines("cover_state_also_holds", [line for line in cover.lines if line.state == ALSO_HOLDS])

    def _lines(self, title: str, left: Sequence[CoverLine]) -> None:
        """Add parts of plans and other documents under a title."""
        if not left:
            return
        group = self.tree.row(f"{sentence(title)} ({len(left)})")
        font = group.font(0)
        font.setBold(True)
        group.setFont(0, font)
        group.setToolTip(0, tr("Double-click a part to say what you read there."))
        self.tree.addTopLevelItem(group)
        for line in left:
            article = tr("art. {article}").format(article=line.article) if line.article else ""
            name = sentence(f"layer_{line.name}") if line.key == line.name else line.name  # of plans that were not read at all the layer
            item = self.tree.row(f"{name}: {line.raw}" if line.raw else name, article)
            item.setToolTip(0, tip(sentence(line.note.code, line.note.as_dict())))
            if line.state in (TO_READ, ALSO_HOLDS):
                item.setData(0, ROLE, line)
            group.addChild(item)
        group.setExpanded(True)  # it is what holds the conclusion

    def _group(self, review: Review, verdict: Verdict, found: list[Finding]) -> None:
        group = self.tree.row(f"{wording.verdict_icon(verdict)} {wording.verdict_word(verdict)} ({len(found)})")
        group.setForeground(0, QBrush(QColor(verdict_tone(verdict))))
        font = group.font(0)
        font.setBold(True)
        group.setFont(0, font)
        self.tree.addTopLevelItem(group)
        for finding in found:
            article = tr("art. {article}").format(article=wording.article(finding)) if wording.article(finding) else ""
            title, about = wording.title(review, finding, language()), wording.subject(finding, language())
            own = wording.verdict_text(finding) if finding.decision or finding.lapsed else ""
            told = ("" if about.lower() in title.lower() else about, outcome(finding), own, article)
            item = self.tree.row(f"{wording.verdict_icon(verdict)} {title}", *told)
            item.setData(0, ROLE, finding)
            item.setToolTip(0, tip(wording.say(finding)))
            group.addChild(item)
        group.setExpanded(verdict is not Verdict.COMPLIES or len(found) < 6)


def outcome(finding: Finding) -> str:
    """Return what came out in few words: the statement of what is not met, the measured value with its limit of what is, what is missing, what is
    asked."""
    if finding.verdict is Verdict.COMPLIES and finding.measurements:
        return wording.against(finding.measurements[0], finding.verdict)
    if finding.verdict is Verdict.NOT_ASSESSABLE and finding.missing:
        return wording.notes(finding.missing[:1])[0]
    if finding.verdict in (Verdict.NEEDS_JUDGEMENT, Verdict.NOT_ASSESSABLE) and finding.questions:
        asked = finding.questions[0].note
        measured = wording.measured_text(finding)
        return f"{measured}: {sentence(asked.code, asked.as_dict())}" if measured else sentence(asked.code, asked.as_dict())
    return wording.say(finding)


class ReportStep(Step):
    """Write the report, in the case folder or in one of the officer's own, and open it."""

    write_asked = pyqtSignal(str, str)
    open_asked = pyqtSignal(str)
    advice_asked = pyqtSignal()

    def __init__(self) -> None:
        super().__init__(8, tr("Report"))
        self.advice = FoldButton(tr("Write your advice…"))
        self.advice.setToolTip(tr("Your own text on the first page of the report, with your name and the date."))
        self.advice.clicked.connect(self.advice_asked.emit)
        self.folder = file_box(tr("Folder for the report"), "")
        self.folder.setStorageMode(self.folder.StorageMode.GetDirectory)
        self.folder.lineEdit().setPlaceholderText(tr("in the folder of the case"))
        self.folder.setToolTip(tr("Leave it empty: the report becomes the next review in the folder of the case."))
        self.lang = QComboBox()
        unmoved_by_wheel(self.lang)
        self.lang.setAccessibleName(tr("Language of the report"))
        for code, name in zip(LANGUAGES, ("Nederlands", "English")):
            self.lang.addItem(name, code)
        self.lang.setCurrentIndex(LANGUAGES.index(language()))
        self.write = FoldButton(tr("Write the report"))
        self.open_pdf = FoldButton(tr("Open the PDF"))
        self.write.clicked.connect(lambda: self.write_asked.emit(self.folder.filePath(), self.lang.currentData()))
        self._place = ""
        self.open_pdf.clicked.connect(lambda: self.open_asked.emit(str(Path(self._place) / "report.pdf")))
        self.open_pdf.setEnabled(False)
        form = QFormLayout()
        form.addRow(tr("&Folder"), self.folder)
        form.addRow(tr("&Language"), self.lang)
        row = QHBoxLayout()
        for button in (self.write, self.open_pdf):
            row.addWidget(button)
        self.note, self.advised = small(""), small("")
        self._review: Review | None = None
        self.folder.fileChanged.connect(lambda _: self._ready())
        self.layout_.addWidget(self.advice)
        self.layout_.addWidget(self.advised)
        self.layout_.addLayout(form)
        self.layout_.addLayout(row)
        self.layout_.addWidget(self.note)

    def refresh(self, review: Review | None, advice: str = "", case: bool = True) -> None:
        """Show whether there is something to report, and how the officer's advice begins."""
        self.advice.setEnabled(case)
        self.advised.setText(textwrap.shorten(advice, BEGINNING, placeholder="…"))
        self.advised.setVisible(bool(advice))
        if review is not self._review:  # what was written is of another review
            self.open_pdf.setEnabled(False)
        self._review = review
        self._ready()

    def forget(self) -> None:
        """Another case: the folder of the former one's report is none of its own."""
        self.folder.setFilePath("")

    def _ready(self) -> None:
        """Allow writing when there is a review; until then say what is still to be done."""
        lacks = tr("The report can be written after the review.") if self._review is None else ""
        if not self.open_pdf.isEnabled():
            self.show_state("empty", tr("to be written") if self._review is not None else tr("after the review"))
        self.write.setEnabled(not lacks)
        self.write.setToolTip(lacks)
        if lacks or not self.open_pdf.isEnabled():
            self.note.setText(lacks)

    def written(self, folder: str) -> None:
        """Say where the report is."""
        self._place = folder
        self.open_pdf.setEnabled(True)
        self.note.setText(tr("Written to {folder}").format(folder=folder))
        self.show_state("ready", "report.pdf")
