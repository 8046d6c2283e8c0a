"""The panel of one finding: which rule, the verdict and what to do about it first; then its law, numbers, notes and grounds."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QDockWidget, QHBoxLayout, QScrollArea, QTabWidget, QTextBrowser, QVBoxLayout, QWidget

from ...checks.engine.officer.officer_answers import OVERRIDES
from ...checks.engine.open_points.answer_words import ROLES
from ...model import Finding, Premise, Question, Review, Verdict
from ...report.basis import grounds, wording
from ...report.basis.check_help import help_of
from ...report.pages.document import deciding_numbers
from ...texts import catalogue, language, sentence
from ..widgets.fields import small
from ..widgets.folding import FoldButton
from ..widgets.tones import verdict_tone
from ..widgets.words import link, tr
from .question_box import QuestionBox
from .verdict_box import VerdictBox

WIDTH = 370
"""Pixels: with the dock at the other side a map of 600 is left on a screen of 1366."""
TEXT, ANSWER = 0, 1
NOTHING = ("", "–")
DEEP = "font-size: 90%;"


@dataclass(frozen=True)
class Held:
    """An answer that is asked anew while it holds: what was said (as the case has it) and in words, its question, and the finding that asks it
    where it is not answered."""

    said: object
    words: str
    question: Question
    asking: Finding


class FindingPanel(QDockWidget):
    """Shows one finding at a time, beside the map; never blocks the window. ``boxes`` are its questions, ``verdict`` the officer's own."""

    map_asked = pyqtSignal(object)
    scene_asked = pyqtSignal(object)
    answered = pyqtSignal(object, object, str)
    lines_asked = pyqtSignal(object)
    place_asked = pyqtSignal(object)
    left_asked = pyqtSignal()
    decided = pyqtSignal(object, str, str)
    change_asked = pyqtSignal(object)
    ways_shown = pyqtSignal(object, int)
    ways_hidden = pyqtSignal()
    roles_asked = pyqtSignal()
    layer_asked = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("drieluikFinding")
        self.finding: Finding | None = None
        self.boxes: list[QuestionBox] = []
        self.tabs, self.text, self.help = QTabWidget(), QTextBrowser(), QTextBrowser()
        self.answers = QScrollArea()
        self.answers.setWidgetResizable(True)
        self.answers.setFrameShape(QScrollArea.Shape.NoFrame)
        self.tabs.setAccessibleName(tr("Parts of the finding"))
        names = (tr("Finding"), tr("Answer and decide"), tr("How this check measures"))
        for part, short, name in zip((self.text, self.answers, self.help), (tr("Finding"), tr("Answer"), tr("Measured so")), names):
            part.setAccessibleName(name)
            self.tabs.setTabToolTip(self.tabs.addTab(part, short), name)
        self.text.setOpenExternalLinks(True)
        self.tabs.currentChanged.connect(lambda _: self._show_ways())
        self.on_map, self.in_3d = FoldButton(tr("Show on the map")), FoldButton(tr("Show in 3D"))
        self.on_map.clicked.connect(lambda: self.map_asked.emit(self.finding))
        self.in_3d.clicked.connect(lambda: self.scene_asked.emit(self.finding))
        row = QHBoxLayout()
        for button in (self.on_map, self.in_3d):
            row.addWidget(button)
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self.tabs)
        layout.addLayout(row)
        self.setWidget(inside)
        self.visibilityChanged.connect(lambda shown: self._show_ways() if shown else self.ways_hidden.emit())

    def fill(self, review: Review, finding: Finding, tab: int = TEXT, held: Held | None = None) -> None:
        """Show another finding; ``held``: one of its answers is asked anew, and holds until another is given."""
        self.finding = finding
        self.setWindowTitle(wording.title(review, finding, language()))
        self.text.setHtml(panel_html(review, finding))
        self.help.setHtml(help_html(finding.check))
        asked = own_questions(finding)
        self.boxes = [QuestionBox(question, grounds.turning(finding, question)) for question in asked if question.key != ROLES]
        if held is not None:
            self.boxes = [QuestionBox(held.question, grounds.turning(held.asking, held.question), held.said), *self.boxes]
        ways = [self._layer_button(layer) for layer in lacking_layers(finding)]
        lists = [self._list_of_parts()] if len(self.boxes) < len(asked) else []
        for box in self.boxes:
            box.answered.connect(self.answered.emit)
            box.lines_asked.connect(self.lines_asked.emit)
            box.place_asked.connect(self.place_asked.emit)
            box.pointed.connect(lambda way, one=box: self.ways_shown.emit(one.lines_of_ways(), way))
        self.verdict = VerdictBox(finding)
        self.verdict.decided.connect(self.decided.emit)
        inside = QWidget()
        layout = QVBoxLayout(inside)
        for box in (*self._holds(held), *ways, *lists, *self.boxes, *(self._answered(premise) for premise in answered(finding)), self.verdict):
            layout.addWidget(box)
        layout.addStretch(1)
        self.answers.setWidget(inside)
        self.tabs.setCurrentIndex(tab)
        self._show_ways()

    def _holds(self, held: Held | None) -> list[QWidget]:
        """Return what says that an answer holds until another is given, with the way to leave it as it is."""
        if held is None:
            return []
        button = FoldButton(tr("Leave it as it is"))
        button.setAutoDefault(False)
        button.clicked.connect(self.left_asked.emit)
        return [small(tr("Your answer holds until you give another: {answer}").format(answer=held.words)), button]

    def _list_of_parts(self) -> FoldButton:
        """Return what leads to the list of parts: which are the design is said there part by part, not as one answer about all."""
        button = FoldButton(tr("Say what each part of the file is: open the list at step 2"), left=True)
        button.clicked.connect(self.roles_asked.emit)
        return button

    def _layer_button(self, layer: str) -> FoldButton:
        """Return what leads to a layer that a finding lacks: it is loaded, or taken from a file, at step 1."""
        words = tr("Get {layer}: load it again or take your own files at step 1").format(layer=sentence(f"layer_{layer}"))
        button = FoldButton(words, left=True)
        button.clicked.connect(lambda: self.layer_asked.emit(layer))
        return button

    def _answered(self, premise: Premise) -> FoldButton:
        name = grounds.rests_line(premise)
        button = FoldButton(tr("Change: {answer}").format(answer=name), left=True)
        button.clicked.connect(lambda: self.change_asked.emit(premise.key))
        return button

    def _show_ways(self) -> None:
        """Let the map show the lines that may be meant while the questions are looked at."""
        box = next((one for one in self.boxes if any(one.lines_of_ways())), None)
        if box is not None and self.tabs.currentIndex() == ANSWER and not self.isHidden():
            self.ways_shown.emit(box.lines_of_ways(), box.rows.number if box.rows is not None else -1)
        else:
            self.ways_hidden.emit()


def own_questions(finding: Finding) -> list[Question]:
    """Return the questions of a finding that are answered in words; that of the officer's own verdict has a box of its own."""
    return [question for question in finding.questions if not question.key.startswith(OVERRIDES)]


def lacking_layers(finding: Finding) -> list[str]:
    """Return the layers of the surroundings that a finding lacks, each once."""
    named = (str(note.as_dict().get("layer") or "") for note in (*finding.missing, *finding.notes))
    return [layer for layer in dict.fromkeys(named) if f"layer_{layer}" in catalogue()] if finding.stands is Verdict.NOT_ASSESSABLE else []


def answered(finding: Finding) -> list[Premise]:
    """Return the points under a finding that the officer answered, and may answer otherwise."""
    return [premise for premise in finding.premises if premise.settled == "answer" and premise.about is not None]


def panel_html(review: Review, finding: Finding) -> str:
    """Return the panel's content as rich text: the answer and what to do above, what it rests on below."""
    return "".join((*_head(review, finding), *_to_do(finding), *_law(finding), *_numbers(finding), *_rest(finding)))


def _head(review: Review, finding: Finding) -> list[str]:
    where = [wording.subject(finding, language()), tr("design {name}").format(name=finding.design) if finding.design else ""]
    small = f"<p style='margin-top:0'><small>{_safe(' · '.join(word for word in where if word))}</small></p>"
    out = [f"<h3 style='margin-bottom:0'>{_safe(wording.title(review, finding, language()))}</h3>{small}"]
    out.append(f"<h3 style='color:{verdict_tone(finding.stands)}; margin-bottom:0'>{_safe(wording.verdict_text(finding))}</h3>")
    return [*out, *(f"<p>{_safe(text)}</p>" for text in (wording.say(finding), wording.decision_text(finding)) if text)]


def _to_do(finding: Finding) -> list[str]:
    """Return what cures it, what is asked with what each answer gives, and what is missing."""
    out = []
    cures = grounds.cures(finding) if finding.stands is Verdict.VIOLATES else []
    short = grounds.no_cures(finding) if finding.stands is Verdict.VIOLATES else []
    missing = wording.notes(finding.missing)
    for code, lines in (("report_cure", cures), ("report_no_cures", short), ("report_why", missing)):
        out += _listed(sentence(code), lines)
    for question in finding.questions:
        out.append(f"<p><b>{_safe(sentence(question.note.code, question.note.as_dict()))}</b></p>")
        premise = grounds.turning(finding, question) if question.key != ROLES else None  # combinations of many names tell nobody anything
        rows = [(grounds.taken(choice.note), grounds.gives(choice)) for choice in premise.choices] if premise is not None else []
        out.append(_table(rows))
    hint = tr("Answer on the tab “Answer”.") if finding.questions else ""
    if lacking_layers(finding):
        hint = tr("What you can do: get the layer that is missing; the tab “Answer” leads to it.")
    elif finding.stands is Verdict.NOT_ASSESSABLE and not finding.questions:
        hint = tr("What you can do: add what is missing, or read what the plan says of it and give your own verdict on the tab “Answer”.")
    return [*out, f"<p><i>{_safe(hint)}</i></p>"] if hint else out


def _law(finding: Finding) -> list[str]:
    out = []
    for source in finding.legal:
        where = ", ".join(part for part in (source.instrument, tr("art. {article}").format(article=source.article) if source.article else "") if part)
        quote = f"“{source.quote}”" if source.quote else sentence("report_no_quote")
        told = " ".join(part for part in (_safe(where), link(source.url, tr("open the text"))) if part)
        out.append(f"<blockquote><i>{_safe(quote)}</i><br><small>{told}</small></blockquote>")
    return out


def _numbers(finding: Finding) -> list[str]:
    """Return the deciding numbers, then the others; what says nothing is left out."""
    first, others = finding.measurements[:1], finding.measurements[1:]
    rows = [row for row in deciding_numbers(finding, language()) if row[1] not in NOTHING]
    if first and first[0].limit is None:  # it decides nothing: it is a measure among the others
        rows, others = [], finding.measurements
    rows += [(wording.measurement_name(m), wording.amount(m.value, m.unit)) for m in others if m.value is not None]
    return [_table(rows)] if rows else []


def _rest(finding: Finding) -> list[str]:
    step = wording.ladder_text(finding.ladder) if finding.decision is None else ""
    used = [f"{sentence(f'layer_{i.layer}')}: {i.fid} {i.date}".strip() for i in finding.inputs]
    out = [f"<p>{_safe(sentence('report_ladder'))}: {_safe(step)}</p>"] if step else []
    out += _listed(sentence("report_how"), wording.notes(grounds.own_notes(finding)))
    out += [f"<p>{_safe(line)}</p>" for line in grounds.grounds(finding)]
    out += _listed(sentence("report_inputs"), used)
    return [*out, f"<p style='{DEEP}'>{_safe(wording.check_code(finding))}</p>"]


def help_html(check: str) -> str:
    """Return how a check measures, for its officer: what is measured, the legal basis, the limits."""
    return "".join(f"<h4>{_safe(head)}</h4><p>{_safe(text)}</p>" for head, text in help_of(check))


def _listed(head: str, lines: Sequence[str]) -> list[str]:
    items = "".join(f"<li>{_safe(line)}</li>" for line in lines)
    return [f"<p><b>{_safe(head)}</b></p><ul>{items}</ul>"] if lines else []


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    body = "".join(f"<tr><td><b>{_safe(row[0])}</b>&nbsp;</td><td>{_safe(row[1])}</td></tr>" for row in rows)
    return f"<table cellpadding='2'>{body}</table>" if rows else ""


def _safe(text: str) -> str:
    return html.escape(text)
