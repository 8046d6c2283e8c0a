"""The window: the answer first, then the steps; it shows a session, and what is asked in it are signals."""

from __future__ import annotations

from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ..job import wants_plan
from ..report.basis import wording
from .steps.case_head import CaseHead
from .steps.step_answers import AnswersStep
from .steps.step_input import DesignStep
from .steps.step_location import LocationStep
from .steps.step_output import ReportStep, ResultStep, RunStep
from .steps.step_rules import RulesStep
from .steps.step_sun import SunStep
from .widgets.fields import Wrapped, choice
from .widgets.words import tr
from .work.session import DESIGN, Session

WIDTH = 380
NO_BREAK = "\N{NO-BREAK SPACE}"


class DrieluikDock(QgsDockWidget):
    """The dock of Drieluik: widgets and their order, nothing of what happens when."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Drieluik", parent)
        self.setObjectName("drieluikDock")
        self.setAllowedAreas(Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea)
        self.case = CaseHead()
        self.case_line, self.answer_line = Wrapped(), Wrapped()
        self.answer_line.setStyleSheet("font-weight: 600; font-size: 110%;")
        self.variant = choice(tr("Variant of the design"))
        self.location, self.design, self.rules = LocationStep(), DesignStep(), RulesStep()
        self.run, self.result, self.answers, self.sun, self.report = RunStep(), ResultStep(), AnswersStep(6), SunStep(), ReportStep()
        self._lay_out()
        self.location.open()

    @property
    def steps(self) -> tuple[QWidget, ...]:
        """The steps from top to bottom."""
        return self.location, self.design, self.rules, self.run, self.result, self.answers, self.sun, self.report

    def _lay_out(self) -> None:
        name = self.variant_name = QLabel(tr("&Variant"))
        name.setBuddy(self.variant)
        top = QHBoxLayout()
        top.addWidget(name)
        top.addWidget(self.variant, 1)
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.setSpacing(4)
        layout.addWidget(self.case)
        layout.addWidget(self.case_line)
        layout.addWidget(self.answer_line)  # over the whole width: a verdict is never broken
        layout.addLayout(top)
        for step in self.steps:
            layout.addWidget(step)
        layout.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inside)
        self.area.setMinimumWidth(WIDTH)
        self.setWidget(self.area)

    def look_at(self, step: QWidget) -> None:
        """Scroll a step into view."""
        self.area.ensureWidgetVisible(step)

    def show_session(self, s: Session, busy: bool) -> None:
        """Show a session; ``busy``: a task is under way, so nothing else can start."""
        self._head(s)
        self.location.refresh(s.case, s.site)
        self.design.refresh(s.case, s.designs, s.design, s.gate, s.problem, bool(s.former_places.get(s.variant)), s.early.get(DESIGN, ""),
                            s.site is not None)
        self.rules.refresh(s.case, s.rulesets_shown(), s.plan_names())
        self.rules.propose(s.peil_proposals())
        self.run.refresh(lacking(s), s.review, s.unconfirmed, busy)
        self.result.refresh(s.review, s.variant, busy)
        self.answers.body.setEnabled(not busy)
        self.answers.refresh(s.given(), s.ended(), s.review, s.officer)
        self.sun.refresh(bool(s.site and s.design and len(s.design.triangles)))
        self.report.refresh(s.review, s.advice, s.case is not None)

    def _head(self, s: Session) -> None:
        address = s.case.site.address if s.case is not None else ""
        words = address if address != s.title else ""  # the title says it already
        self.case_line.setVisible(bool(words) or s.case is None)
        self.case_line.setText(words or tr("Begin at step 1: type an address, open a case file, or point at the map."))
        counts = s.review.counts(s.variant) if s.review else {}
        said = (f"{wording.verdict_icon(verdict)} {wording.summary_line({verdict: n})}" for verdict, n in counts.items() if n)
        self.answer_line.setText(f"{NO_BREAK}· ".join(one.replace(" ", NO_BREAK) for one in said))  # a line ends between verdicts, not in one
        self.answer_line.setToolTip(wording.summary_line(counts) if counts else "")
        self.answer_line.setAccessibleName(wording.summary_line(counts) if counts else tr("No result yet"))
        names = [request.name for request in s.case.designs] if s.case else []
        if names != [self.variant.itemText(i) for i in range(self.variant.count())]:
            self.variant.blockSignals(True)
            self.variant.clear()
            self.variant.addItems(names)
            self.variant.blockSignals(False)
        for widget in (self.variant, self.variant_name):  # of one there is nothing to choose
            widget.setVisible(len(names) > 1)
        self.variant.setCurrentText(s.variant)


def lacking(s: Session) -> tuple[str, ...]:
    """Return what a review still lacks: location, surroundings, design, rules (of a case that names none those of the plan)."""
    if s.case is None:
        return tr("location"), tr("design")
    lacks = ((tr("surroundings (step 1)"), s.site), (tr("design"), s.designs), (tr("rules"), s.rulesets or wants_plan(s.case)))
    return tuple(word for word, there in lacks if not there)
