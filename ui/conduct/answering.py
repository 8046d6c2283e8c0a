"""Answering and deciding: the panel of a finding, the answers given, and judging again after each; rule files and measuring profiles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from ...checks.engine.open_points.answer_history import OWN_VERDICTS, Given, without
from ...checks.engine.open_points.answer_words import ROLES
from ...checks.engine.rulebook.switched import RULE_SWITCHES
from ...data_sources.rules.measuring_profiles import read_profile, write_profile
from ...data_sources.rules.rulesets import read_ruleset
from ...errors import DrieluikError
from ...model import Finding, Review
from ...model.plan_cover import CoverLine
from ...report.basis import said, wording
from ..map.line_marks import LineMarks
from ..map.line_tool import LineTool
from ..map.map_marks import PlaceTool
from ..panels.finding_panel import ANSWER, TEXT, WIDTH, FindingPanel, Held
from ..panels.question_box import QuestionBox
from ..panels.reading_dialog import ReadingDialog
from ..widgets.asking import ask_line, ask_text
from ..widgets.beside import put_beside
from ..widgets.words import tr
from ..work import tasks
from ..work.session import Session
from .officer import Officer
from .one_task import OneTask
from .showing import Showing


class Answering:
    """Leads the rules step, the list of answers and the panel of a finding; ``judge(then)`` runs the review again and calls ``then()`` when
    it is done."""

    def __init__(self, session: Session, dock: Any, showing: Showing, task: OneTask, officer: Officer, judge: Any) -> None:
        self.session, self.dock, self.showing, self.task, self.officer, self._judge = session, dock, showing, task, officer, judge
        self.teller = task.teller
        self.panel: FindingPanel | None = None
        self.marks = LineMarks(showing.iface.mapCanvas())
        self._tool: Any = None
        self.reading: ReadingDialog | None = None
        showing.step.opened.connect(self.open)
        showing.step.read_asked.connect(self.read)
        dock.rules.answered.connect(self.settle)
        dock.rules.switched.connect(self.switch)
        dock.rules.profile_saved.connect(self.save_profile)
        dock.answers.change_asked.connect(self.change)
        dock.answers.back_asked.connect(lambda one: self._again(self.session.take_back, one.path))
        dock.answers.restore_asked.connect(lambda one: self._again(self.session.put_back, one))
        dock.answers.name_asked.connect(self._rename)

    def open(self, finding: Finding, tab: int = TEXT, held: Held | None = None, review: Review | None = None) -> None:
        """Open the panel of a finding beside the map; ``held``: with an answer of it that is asked anew (``review``: where nothing is judged)."""
        shown = self.session.review or review
        if shown is None:
            return
        if self.panel is None:
            self.panel = self._made()
        put_beside(self.showing.iface.mainWindow(), self.dock, self.panel, WIDTH)
        self.showing.finding(finding)
        self.panel.fill(shown, finding, tab, held)  # last: the lines of a question then zoom out from the finding

    def forget(self) -> None:
        """Another case or design: the panel of a finding of the former one closes."""
        self.marks.clear()
        for window in (self.panel, self.reading):
            if window is not None:
                window.close()

    def _made(self) -> FindingPanel:
        panel = FindingPanel(self.showing.iface.mainWindow())
        panel.map_asked.connect(self.showing.finding)
        panel.scene_asked.connect(self.showing.scene)
        panel.answered.connect(lambda question, value, reason: self._again(self.session.answer_question, question, value, reason))
        panel.decided.connect(lambda found, verdict, reason: self._again(self.session.decide, found, verdict, reason))
        panel.lines_asked.connect(self.draw)
        panel.place_asked.connect(self.point)
        panel.left_asked.connect(lambda: self._same()())
        panel.change_asked.connect(self._change_key)
        panel.roles_asked.connect(self.show_roles)
        panel.layer_asked.connect(self.show_layer)
        panel.ways_shown.connect(self._mark)
        panel.ways_hidden.connect(self.marks.clear)
        return panel

    def show_roles(self) -> None:
        """Show the list in which the officer says what each part of the file is."""
        self.dock.design.open()
        self.dock.design.roles.open()
        self.dock.look_at(self.dock.design)

    def show_layer(self, layer: str) -> None:
        """Show a layer of the surroundings in its list, with what can be done about it."""
        self.dock.location.open()
        self.dock.location.choose_layer(layer)
        self.dock.look_at(self.dock.location.layers)

    def read(self, line: CoverLine) -> None:
        """Ask what was read in a part of the plan."""
        if self.reading is not None:
            self.reading.close()
        self.reading = ReadingDialog(line, self.showing.iface.mainWindow(), self.session.text_of(line))
        self.reading.read.connect(lambda one, met, reason: self._again(self.session.read_part, one.key, met, reason))
        self.reading.show()

    def _mark(self, ways: Any, looked_at: int) -> None:
        """Show the lines that an answer may mean, the one looked at heavier."""
        if len(self.marks.shown) != len(ways):
            self.marks.show(ways)
        self.marks.point(looked_at)

    def settle(self, key: str, value: dict[str, Any]) -> None:
        """Take an answer of the rules step."""
        self.change_said(self.session.answer_signed, key, value)

    def advise(self) -> None:
        """Let the officer type the advice that stands on the first page of the report."""
        if not self.task.free() or not self.officer.known():
            return
        before = self.session.advice
        text = ask_text(self.showing.iface.mainWindow(), tr("Advice"), tr("Your advice, for the first page of the report:"), before).strip()
        if text and text != before:
            self.settle(said.ADVICE, {"value": text})

    def switch(self, rule_id: str, on: bool) -> None:
        """Switch a rule of a file off, or on, with a reason; what its file says needs none."""
        rule = wording.rule_named(self.session.rulesets, rule_id)
        if rule is None or not self.officer.known():
            return
        if rule.enabled is on:
            self.change_said(self.session.take_back, (RULE_SWITCHES, rule_id))
            return
        asked = tr("Why does “{rule}” count in this case?") if on else tr("Why does “{rule}” not count in this case?")
        question = " ".join((asked.format(rule=wording.rule_title(rule)), tr("It stands in the report.")))
        reason = ask_line(self.showing.iface.mainWindow(), tr("Switch a rule"), question)
        if reason:
            self.change_said(self.session.switch_rule, rule_id, on, reason)

    def change_said(self, change: Any, *given: Any) -> None:
        """Make a change of what was said before or beside judging; what was judged is judged again at once."""
        if not self.task.free() or not self.officer.known():
            self.session.changed.emit()  # the window shows again what holds
            return
        judged, same = self.session.review is not None, self._same()
        if self._try(lambda: change(*given)) and judged:
            self._judge(same)

    def _again(self, change: Any, *given: Any, then: Callable[[], None] | None = None) -> None:
        """Take an answer or a decision (or take it back), judge again at once, and show the same finding as it is then."""
        if not self.task.free() or not self.officer.known():
            return
        same = then or self._same()
        if self._try(lambda: change(*given)):
            self._judge(same)

    def _same(self) -> Callable[[], None]:
        """Return what shows the finding of the panel as it is after judging again."""
        before = self.panel.finding if self.panel is not None and not self.panel.isHidden() else None

        def shown() -> None:
            if before is None or self.panel is None:
                return
            found = self._as_now(before)
            if found is not None:
                self.open(found)
            else:
                self.panel.close()

        return shown

    def _findings(self) -> tuple[Finding, ...]:
        return self.session.review.findings if self.session.review is not None else ()

    def _as_now(self, before: Finding) -> Finding | None:
        """Return the finding of the review at hand that speaks of the same rule, subject and design, None where it has none."""
        same = (before.rule, before.subject_key, before.design)
        return next((f for f in self._findings() if (f.rule, f.subject_key, f.design) == same), None)

    def _change_key(self, key: str) -> None:
        """Change the answer under a finding: a plan's entry is found by its key, any other by itself."""
        known = {one.path: one for one in self.session.given()}
        path = next((path for path in known if path == (key,) or (path[0] == "profile" and f"profile.{path[-1]}" == key)), None)
        if path is not None:
            self.change(known[path])

    def change(self, one: Given) -> None:
        """Let the officer give another answer: where it was given, or by asking its question anew."""
        kind = one.path[0]
        rules, design = self.dock.rules, self.dock.design
        place = {"peil": rules, RULE_SWITCHES: rules, "entrance": rules, "governing_plans": self.dock.location, "placement": design}.get(kind)
        if place is not None:
            place.open()
            self.dock.look_at(place)
        elif kind == ROLES:
            self.show_roles()
        elif kind == OWN_VERDICTS:
            found = next((f for f in self._findings() if one.path[1:] == (f.rule, f.subject_key, f.design) or one.path[1:] == (f.rule, "", f.design)), None)
            if found is not None:
                self.open(found, ANSWER)
        else:
            self._ask_anew(one)

    def _ask_anew(self, one: Given) -> None:
        """Work out what would be asked without an answer, and ask it; the answer holds until another is given."""
        s = self.session
        if s.case is None or s.site is None or not s.designs or not self.task.free():
            return
        case = replace(s.case, answers=without(s.case.answers, one.path))
        work = tasks.judge_work(case, s.rulesets, s.site, s.designs)
        self.task.start(self.dock.answers, tr("Drieluik: what the question gives"), work, lambda review: self._ask(one, review))

    def _ask(self, one: Given, review: Review) -> None:
        """Put the question of an answer that holds, with what each choice gives; ``review``: without that answer."""
        key, plan = (f"profile.{one.path[-1]}", one.path[1]) if one.path[0] == "profile" else (one.path[0], "")
        asking = [(f, q) for f in review.findings for q in f.questions if q.key == key and plan in ("", q.plan_id)]
        mine = [pair for pair in asking if pair[0].design == self.session.variant]
        if not asking:
            self.teller.inform(tr("Its question changes nothing now, so it is not asked; the answer stays. You can take it back in the list."))
            return
        found, question = (mine or asking)[0]
        held = Held(one.said, f"{said.name_of(one, review)}: {said.value_of(one, review)}", question, found)
        self.open(self._as_now(found) or found, ANSWER, held, review)

    def _rename(self) -> None:
        self.officer.ask()
        self.session.changed.emit()

    def draw(self, box: QuestionBox) -> None:
        """Let the officer draw a line for a question; each drawing adds one."""
        canvas = self.showing.iface.mapCanvas()
        self._tool = LineTool(canvas, lambda line: box.take_lines([*box.lines, line]))
        canvas.setMapTool(self._tool)
        self.teller.inform(tr("Click the points of the line on the map; the right button ends it."))

    def point(self, box: QuestionBox) -> None:
        """Let the officer click the place that a question asks."""
        canvas = self.showing.iface.mapCanvas()
        self._tool = PlaceTool(canvas, box.take_place)
        canvas.setMapTool(self._tool)
        self.teller.inform(tr("Click the place on the map."))

    def show_busy(self, busy: bool) -> None:
        """While something works nothing is answered: the panel says so by being grey."""
        if self.panel is not None:
            self.panel.answers.setEnabled(not busy)

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
        self.marks.clear()
        if self.reading is not None:
            self.reading.close()
            self.reading.deleteLater()
            self.reading = None
        if self._tool is not None:
            self.showing.iface.mapCanvas().unsetMapTool(self._tool)
            self._tool = None
        if self.panel is not None:
            self.panel.close()
            self.panel.deleteLater()
            self.panel = None
