"""Answering and deciding: rule files, measuring profiles, the panel of a finding, and judging again after each answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ...data_sources.rules.measuring_profiles import read_profile, write_profile
from ...data_sources.rules.rulesets import read_ruleset
from ...errors import DrieluikError
from ...model import Finding
from ..map.line_tool import LineTool
from ..panels.finding_panel import FindingPanel
from ..panels.question_box import QuestionBox
from ..steps.step_rules import RulesStep
from ..widgets.words import tr
from ..work.session import Session
from .one_task import OneTask
from .showing import Showing


class Answering:
    """Leads the rules step and the panels of findings; ``judge(then)`` runs the review again and calls ``then()`` when it is done."""

    def __init__(self, session: Session, rules: RulesStep, showing: Showing, task: OneTask, judge: Any) -> None:
        self.session, self.rules, self.showing, self.task, self._judge = session, rules, showing, task, judge
        self.teller = task.teller
        self.panel: FindingPanel | None = None
        self._tool: Any = None
        showing.step.opened.connect(self.open)
        rules.file_chosen.connect(self.add_rules)
        rules.profile_chosen.connect(self.add_profile)
        rules.profile_saved.connect(self.save_profile)

    def open(self, finding: Finding) -> None:
        """Open the panel of a finding."""
        if self.panel is not None:
            self.panel.close()
        if self.session.review is None:
            return
        self.panel = FindingPanel(self.session.review, finding, self.rules)
        self.panel.map_asked.connect(self.showing.finding)
        self.panel.scene_asked.connect(self.showing.scene)
        self.panel.answered.connect(lambda question, value, reason: self._again(finding, self.session.answer_question, question, value, reason))
        self.panel.decided.connect(lambda found, verdict, reason: self._again(finding, self.session.decide, found, verdict, reason))
        self.panel.lines_asked.connect(self.draw)
        self.panel.show()

    def _again(self, finding: Finding, change: Any, *given: Any) -> None:
        """Take an answer or a decision, judge again at once, and show the same finding as it is then."""
        if not self.task.free():
            return
        if not self._try(lambda: change(*given)):
            return

        def shown() -> None:
            same = (finding.rule, finding.subject_key, finding.design)
            findings = self.session.review.findings if self.session.review is not None else ()
            found = next((f for f in findings if (f.rule, f.subject_key, f.design) == same), None)
            if found is not None:
                self.open(found)
            elif self.panel is not None:
                self.panel.close()

        self._judge(shown)

    def draw(self, box: QuestionBox) -> None:
        """Let the officer draw a line for a question; each drawing adds one."""
        canvas = self.showing.iface.mapCanvas()
        self._tool = LineTool(canvas, lambda line: box.take_lines([*box.lines, line]))
        canvas.setMapTool(self._tool)
        self.teller.inform(tr("Click the points of the line on the map; the right button ends it."))

    def add_rules(self, path: str) -> None:
        """Add a rule file to the case."""
        self._try(lambda: self.session.add_ruleset(path, read_ruleset(path)))

    def add_profile(self, path: str) -> None:
        """Use a measuring profile."""

        def use() -> None:
            read_profile(path)
            self.session.add_profile(path)

        self._try(use)

    def save_profile(self, path: str) -> None:
        """Keep what was read in the plans' texts; further plans in files beside it, by their id."""

        def write() -> None:
            for number, profile in enumerate(self.session.profiles_read()):
                own = Path(path)
                write_profile(profile, own.with_name(f"{own.stem}-{profile.plan_id}{own.suffix}") if number else own)

        self._try(write)

    def _try(self, work: Any) -> bool:
        """Do something short; what goes wrong is told. Whether it went well."""
        try:
            work()
        except DrieluikError as error:
            self.teller.complain(error)
            return False
        return True

    def shut(self) -> None:
        """Let go of everything outside the dock."""
        if self._tool is not None:
            self.showing.iface.mapCanvas().unsetMapTool(self._tool)
            self._tool = None
        if self.panel is not None:
            self.panel.close()
            self.panel = None
