"""The third step: by which rules."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QCheckBox, QFileDialog, QFormLayout, QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from ...job import wants_plan
from ...measure.plan.peil import METHODS
from ...model import Case, LegalSource, Rule, Ruleset
from ...texts import language, number, sentence
from ..widgets.fields import choice, file_box, named, narrow, number_box, small
from ..widgets.words import tr
from .step import Step


class RulesStep(Step):
    """By which rules: peil first, then a panel per rule."""

    switched = pyqtSignal(str, bool)
    answered = pyqtSignal(str, dict)
    entrance_asked = pyqtSignal()
    file_chosen = pyqtSignal(str)
    profile_chosen = pyqtSignal(str)
    profile_saved = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__(3, tr("Rules"))
        self.method = choice(tr("How the plan defines peil"))
        for method in METHODS:
            self.method.addItem(sentence(f"method_{method}"), method)
        self.nap = number_box(tr("Height of the peil"), -20, 400, 2, " m NAP")
        self.fix = QPushButton(tr("Fix the peil"))
        self.fix.setAccessibleName(self.fix.text())
        self.fix.clicked.connect(self._peil)
        form = QFormLayout()
        form.addRow(named(tr("&Peil"), self.method), self.method)
        row = QHBoxLayout()
        row.addWidget(self.nap)
        row.addWidget(self.fix)
        form.addRow(named(tr("&Height"), self.nap), row)
        self.entrance = QPushButton(tr("Point out the main entrance"))
        self.entrance.setAccessibleName(self.entrance.text())
        narrow(self.entrance)
        self.entrance.clicked.connect(self.entrance_asked)
        form.addRow("", self.entrance)
        self.proposals = QVBoxLayout()
        form.addRow("", self.proposals)
        self._proposed: tuple[tuple[str, float], ...] = ()
        self.file = file_box(tr("Rule file"), tr("Rule files (*.yaml *.yml)"))
        self.file.fileChanged.connect(lambda path: self.file_chosen.emit(path) if path else None)
        form.addRow(named(tr("Rule &file"), self.file.lineEdit()), self.file)
        self.profile = file_box(tr("Measuring profile of a plan"), tr("Measuring profiles (*.yaml *.yml)"))
        self.profile.fileChanged.connect(lambda path: self.profile_chosen.emit(path) if path else None)
        self.save_profile = QPushButton(tr("Keep what was read…"))
        self.save_profile.setToolTip(tr("Save what was answered about the plan's text as a measuring profile that colleagues can use."))
        self.save_profile.setAccessibleName(self.save_profile.text())
        narrow(self.save_profile)
        self.save_profile.clicked.connect(self._ask_where)
        form.addRow(named(tr("&Measuring profile"), self.profile.lineEdit()), self.profile)
        form.addRow("", self.save_profile)
        self.layout_.addLayout(form)
        self.panels = QVBoxLayout()
        self.layout_.addLayout(self.panels)
        self._shown: tuple[Ruleset, ...] | None = None

    def _peil(self) -> None:
        answer = {"method": self.method.currentData(), "nap_m": self.nap.value(), "reason": tr("Fixed by the officer in QGIS")}
        self.answered.emit("peil", answer)

    def propose(self, levels: tuple[tuple[str, float], ...]) -> None:
        """Show levels that peil may be, (method, m NAP) each; one that is clicked is filled in, not yet fixed."""
        if levels == self._proposed:
            return
        self._proposed = levels
        emptied(self.proposals)
        for method, nap in levels:
            button = QPushButton(f"{number(nap)} m NAP: {sentence(f'method_{method}')}")
            button.setAccessibleName(button.text())
            narrow(button)
            button.setStyleSheet("text-align: left;")
            button.clicked.connect(lambda _, m=method, z=nap: self._fill_in(m, z))
            self.proposals.addWidget(button)

    def _fill_in(self, method: str, nap: float) -> None:
        self.method.setCurrentIndex(self.method.findData(method))
        self.nap.setValue(nap)

    def _ask_where(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, tr("Measuring profile of a plan"), "", tr("Measuring profiles (*.yaml *.yml)"))
        if path:
            self.profile_saved.emit(path)

    def refresh(self, case: Case | None, rulesets: tuple[Ruleset, ...]) -> None:
        """Show the rules and whether peil is chosen."""
        self.save_profile.setEnabled(case is not None and bool(case.answers.get("profile")))
        if case is not None and not rulesets and wants_plan(case):
            self.show_state("ready", tr("the rules of the plan itself"))
            return
        if case is None or not rulesets:
            self.show_state("empty", tr("no rules yet"))
            return
        peil = (case.answers.get("peil") or {}) if case.answers else {}
        count = sum(rule.enabled for ruleset in rulesets for rule in ruleset.rules)
        if peil.get("nap_m") is None:
            self.show_state("attention", tr("peil still to be chosen"))
        else:
            self.show_state("ready", tr("{n} rules").format(n=count))
            self.nap.setValue(float(peil["nap_m"]))
            self.method.setCurrentIndex(max(0, self.method.findData(peil.get("method"))))
        if rulesets != self._shown:
            self._shown = rulesets
            self._fill([rule for ruleset in rulesets for rule in ruleset.rules])

    def _fill(self, rules: list[Rule]) -> None:
        emptied(self.panels)
        for rule in rules:
            self.panels.addWidget(self._panel(rule))

    def _panel(self, rule: Rule) -> QFrame:
        panel = QFrame()
        panel.setFrameShape(QFrame.Shape.StyledPanel)
        box = QCheckBox(rule.title.get(language()) or rule.title.get("nl", rule.id))
        box.setChecked(rule.enabled)
        box.setEnabled(not rule.origin)  # a plan's own rule holds; the officer's verdict is the way to pass it over
        box.setAccessibleName(box.text())
        box.toggled.connect(lambda on, name=rule.id: self.switched.emit(name, on))
        layout = QVBoxLayout(panel)
        layout.setContentsMargins(6, 3, 6, 3)
        layout.setSpacing(1)
        layout.addWidget(box)
        layout.addWidget(small(" · ".join([limit_words(rule), *map(source_words, rule.legal[:1])])))
        extra = ", ".join(f"{key}: {value}" for key, value in rule.measure.items() if key != "plan_value")
        if extra:
            layout.addWidget(small(extra))
        return panel


def emptied(layout: QVBoxLayout) -> None:
    """Take everything out of a layout."""
    while layout.count():
        layout.takeAt(0).widget().deleteLater()


def limit_words(rule: Rule) -> str:
    """Return the limit of a rule in words."""
    if rule.limit is None:
        return tr("limit: stands in the measuring")
    if rule.limit.from_plan is not None:
        return tr("limit: from the plan ({name})").format(name=rule.limit.from_plan)
    if rule.limit.value is None:
        ends = (rule.limit.low_formula or rule.limit.low, rule.limit.formula or rule.limit.high)
        words = " – ".join(str(end) for end in ends if end not in (None, ""))
        return tr("limit: {words} {unit}").format(words=words, unit=rule.limit.unit)
    return tr("limit: {op} {value:g} {unit}").format(op=rule.limit.operator, value=rule.limit.value, unit=rule.limit.unit)


def source_words(legal: LegalSource) -> str:
    """Return where a rule stands."""
    return tr("{instrument}, art. {article}").format(instrument=legal.instrument, article=legal.article)
