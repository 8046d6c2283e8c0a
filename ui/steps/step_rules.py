"""The third step: by which rules."""

from __future__ import annotations

from collections.abc import Mapping

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QCheckBox, QFileDialog, QFormLayout, QFrame, QVBoxLayout

from ...checks.engine.from_plan.derive import PLAN_RULESET
from ...checks.engine.from_plan.norm_decisions import NORMS
from ...job import wants_plan
from ...model import Case, LegalSource, Rule, Ruleset
from ...report.basis import wording
from ...report.basis.check_help import help_of
from ...report.basis.rule_words import rule_lines
from ...texts import sentence
from ..widgets.fields import emptied, file_box, named, small
from ..widgets.folding import FoldButton, FoldCheck
from ..widgets.words import several, tr
from ..work.proposals import PeilProposal
from .peil_box import PeilBox
from .step import Step


class RulesStep(Step):
    """By which rules: peil first, then a panel per rule."""

    switched = pyqtSignal(str, bool)
    answered = pyqtSignal(str, dict)
    entrance_asked = pyqtSignal()
    file_chosen = pyqtSignal(str)
    profile_chosen = pyqtSignal(str)
    profile_saved = pyqtSignal(str)
    text_asked = pyqtSignal()

    def __init__(self) -> None:
        super().__init__(3, tr("Rules"))
        self.peil = PeilBox()
        self.peil.answered.connect(lambda value: self.answered.emit("peil", value))
        self.peil.entrance_asked.connect(self.entrance_asked)
        form = QFormLayout()
        self.file = file_box(tr("Rule file"), tr("Rule files (*.yaml *.yml)"))
        self.file.chosen.connect(self.file_chosen)
        form.addRow(named(tr("Rule &file"), self.file.lineEdit()), self.file)
        self.profile = file_box(tr("Measuring profile of a plan"), tr("Measuring profiles (*.yaml *.yml)"))
        self.profile.chosen.connect(self.profile_chosen)
        self.save_profile = FoldButton(tr("Keep what was read…"))
        self.save_profile.setToolTip(tr("Save what was answered about the plan's text as a measuring profile that colleagues can use."))
        self.save_profile.clicked.connect(self._ask_where)
        self.read_text = FoldButton(tr("Read and confirm the text of the plan…"))
        self.read_text.setToolTip(tr("The text of the plan beside what was read of it: confirm, correct or reject each part."))
        self.read_text.clicked.connect(lambda: self.text_asked.emit())
        form.addRow("", self.read_text)
        form.addRow(named(tr("&Measuring profile"), self.profile.lineEdit()), self.profile)
        form.addRow("", self.save_profile)
        self.layout_.addWidget(self.peil)
        self.layout_.addLayout(form)
        self.panels = QVBoxLayout()
        self.layout_.addLayout(self.panels)
        self._shown: tuple[Ruleset, ...] | None = None

    def propose(self, levels: tuple[PeilProposal, ...]) -> None:
        """Show levels that peil may be."""
        self.peil.propose(levels)

    def _ask_where(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, tr("Measuring profile of a plan"), "", tr("Measuring profiles (*.yaml *.yml)"))
        if path:
            self.profile_saved.emit(path)

    def refresh(self, case: Case | None, rulesets: tuple[Ruleset, ...], plans: Mapping[str, str]) -> None:
        """Show the rules and whether peil is chosen; ``plans``: the names of plans by their ids."""
        self.save_profile.setEnabled(case is not None and bool(case.answers.get("profile") or case.answers.get(NORMS)))
        self.read_text.setEnabled(case is not None)
        given = case.answers.get("peil") if case is not None else None
        peil = dict(given) if isinstance(given, Mapping) else {}
        self.peil.show_answer(peil)
        if case is not None and not rulesets and wants_plan(case):
            self.show_state("ready", tr("the rules of the plan itself"))
        elif case is None or not rulesets:
            self.show_state("empty", tr("no rules yet"))
        elif peil.get("nap_m") is None:
            self.show_state("attention", tr("peil still to be chosen"))
        else:
            enabled = [rule.enabled for ruleset in rulesets for rule in ruleset.rules]
            n, off = enabled.count(True), enabled.count(False)
            words = several(tr("1 rule"), tr("{n} rules"), n) + (tr(", {n} switched off").format(n=off) if off else "")
            self.show_state("ready" if n else "attention", words)
        if rulesets != self._shown:
            self._shown = rulesets
            emptied(self.panels)
            for ruleset in rulesets:
                for rule in ruleset.rules:
                    self.panels.addWidget(self._panel(rule, ruleset.location == PLAN_RULESET or bool(rule.origin), plans))

    def _ask(self, box: QCheckBox, rule_id: str, on: bool) -> None:
        """Ask for a rule to be switched; the box shows what holds, not what was asked."""
        box.setChecked(not on)
        self.switched.emit(rule_id, on)

    def _panel(self, rule: Rule, of_plan: bool, plans: Mapping[str, str]) -> QFrame:
        panel = QFrame()
        panel.setFrameShape(QFrame.Shape.StyledPanel)
        box = FoldCheck(wording.rule_title(rule))
        box.setChecked(rule.enabled)
        box.setEnabled(not of_plan)  # a plan's own rule holds; the officer's verdict is the way to pass it over
        box.clicked.connect(lambda on, name=rule.id: self._ask(box, name, on))
        layout = QVBoxLayout(panel)
        layout.setContentsMargins(6, 3, 6, 3)
        layout.setSpacing(1)
        layout.addWidget(box)
        if not rule.enabled:
            layout.addWidget(small(off_words(rule)))
        for line in card_lines(rule, plans):
            layout.addWidget(small(line))
        if of_plan:
            box.setToolTip(sentence("rule_held"))
            layout.addWidget(small(sentence("rule_held")))
        return panel


def off_words(rule: Rule) -> str:
    """Return by whom and why a rule was switched off."""
    reason = rule.disabled_reason.strip()
    return sentence("cover_rule_off" if reason else "cover_rule_off_silent", {"reason": reason, "by": rule.disabled_by.strip() or "–"})


def card_lines(rule: Rule, plans: Mapping[str, str]) -> tuple[str, ...]:
    """Return what the card of a rule says below its title: its sentences (or what its check measures), and where it stands."""
    said = rule_lines(rule) or (help_of(rule.check)[0][1],)
    return (*said, *(source_words(source, plans) for source in rule.legal[:1]))


def source_words(legal: LegalSource, plans: Mapping[str, str]) -> str:
    """Return where a rule stands, a plan by its name."""
    instrument = plans.get(legal.instrument) or plans.get(legal.work_id) or legal.instrument
    return tr("{instrument}, art. {article}").format(instrument=instrument, article=legal.article) if legal.article else instrument
