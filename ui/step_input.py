"""The second and third step: what, and by which rules."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QCheckBox, QComboBox, QFormLayout, QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from ..job import wants_plan
from ..model import Case, Design, GateItem, LegalSource, Rule, Ruleset
from ..texts import language, number, sentence
from .fields import choice, file_box, named, number_box, small
from .step import Step
from .step_placement import PlacementBox
from .words import tr

UNITS = ("m", "mm", "cm", "inch", "ft")
METHODS = (
    "road_at_main_entrance", "finished_ground_adjoining", "ground_floor_level", "nap_value", "water_level", "authority_fixed", "previous_ground",
)


class DesignStep(Step):
    """What: a design file, and what was assumed while reading it."""

    file_chosen = pyqtSignal(str)
    reading_chosen = pyqtSignal(str, str)

    def __init__(self) -> None:
        super().__init__(2, tr("Design"))
        self.file = file_box(tr("Design file"), tr("Designs (*.ifc *.ifczip *.glb *.gltf *.obj *.stl *.ply *.dae *.dxf *.json *.jsonl *.zip)"))
        self.file.fileChanged.connect(lambda path: self.file_chosen.emit(path) if path else None)
        form = QFormLayout()
        form.addRow(tr("&Design file"), self.file)
        self.log = small("")
        self.unit, self.axis = choice(tr("Unit of the file")), choice(tr("Up axis of the file"))
        for box, first, names in ((self.unit, tr("unit: automatic"), UNITS), (self.axis, tr("up: automatic"), ("z", "y"))):
            box.addItem(first, "")
            for name in names:
                box.addItem(name, name)
            box.activated.connect(lambda _: self.reading_chosen.emit(self.unit.currentData(), self.axis.currentData()))
        row = QHBoxLayout()
        row.addWidget(self.unit)
        row.addWidget(self.axis)
        form.addRow(named(tr("&Read as"), self.unit), row)
        self.placement = PlacementBox()
        self.layout_.addLayout(form)
        self.layout_.addWidget(self.log)
        self.layout_.addWidget(self.placement)
        self.placement.refresh(None, ())

    def refresh(self, case: Case | None, designs: tuple[Design, ...], shown: Design | None, gate: Iterable[GateItem]) -> None:
        """Show the designs and their import logs, and the place of the one shown."""
        items = tuple(gate)
        self.placement.refresh(shown.placement if shown else None, [item for item in items if shown and item.design == shown.name])
        if case is None or not case.designs:
            self.show_state("empty", tr("choose a design"))
            return
        request = next((r for r in case.designs if shown is None or r.name == shown.name), case.designs[0])
        self.unit.setCurrentIndex(max(0, self.unit.findData(request.unit)))
        self.axis.setCurrentIndex(max(0, self.axis.findData(request.up_axis)))
        names = ", ".join(file.rsplit("/", 1)[-1] for request in case.designs for file in request.files)
        if not designs:
            self.show_state("ready", names)
            self.log.setText("")
            return
        worried = any(message.severity == "warning" for design in designs for message in design.messages)
        worried |= any(item.state == "attention" for item in items)
        self.show_state("attention" if worried else "ready", names)
        lines = []
        for design in designs:
            low, high = design.bounds
            size = " × ".join(number(float(v)) for v in high - low)
            text = tr("{name}: {format}, {count} parts, {size} m, base {base} m NAP")
            lines.append(text.format(name=design.name, format=design.format, count=len(design.parts), size=size, base=number(float(low[2]))))
            lines += [f"  {'!' if m.severity == 'warning' else '·'} {sentence(m.note.code, m.note.as_dict())}" for m in design.messages]
        self.log.setText("\n".join(lines))


class RulesStep(Step):
    """By which rules: peil first, then a panel per rule."""

    switched = pyqtSignal(str, bool)
    answered = pyqtSignal(str, dict)
    entrance_asked = pyqtSignal()

    def __init__(self) -> None:
        super().__init__(3, tr("Rules"))
        self.method = QComboBox()
        self.method.setAccessibleName(tr("How the plan defines peil"))
        for method in METHODS:
            self.method.addItem(sentence(f"method_{method}"), method)
        self.nap = number_box(tr("Height of the peil"), -20, 400, 2, " m NAP")
        self.fix = QPushButton(tr("Fix the peil"))
        self.fix.setAccessibleName(self.fix.text())
        self.fix.clicked.connect(self._peil)
        form = QFormLayout()
        form.addRow(tr("&Peil"), self.method)
        row = QHBoxLayout()
        row.addWidget(self.nap)
        row.addWidget(self.fix)
        form.addRow(tr("&Height"), row)
        self.layout_.addLayout(form)
        self.entrance = QPushButton(tr("Point out the main entrance"))
        self.entrance.setAccessibleName(self.entrance.text())
        self.entrance.clicked.connect(self.entrance_asked)
        self.layout_.addWidget(self.entrance)
        self.proposals = QVBoxLayout()
        self.layout_.addLayout(self.proposals)
        self.panels = QVBoxLayout()
        self.layout_.addLayout(self.panels)
        self._proposed: tuple[tuple[str, float], ...] = ()
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
            button = QPushButton(f"{sentence(f'method_{method}')}: {number(nap)} m NAP")
            button.setAccessibleName(button.text())
            button.clicked.connect(lambda _, m=method, z=nap: self._fill_in(m, z))
            self.proposals.addWidget(button)

    def _fill_in(self, method: str, nap: float) -> None:
        self.method.setCurrentIndex(self.method.findData(method))
        self.nap.setValue(nap)

    def refresh(self, case: Case | None, rulesets: tuple[Ruleset, ...]) -> None:
        """Show the rules and whether peil is chosen."""
        if case is None or not (rulesets or wants_plan(case)):
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
        extra = ", ".join(f"{key}: {value}" for key, value in rule.measure.items())
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
