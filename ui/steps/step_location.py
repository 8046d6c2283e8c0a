"""The first step: where, what is loaded there, and which plans govern."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QBrush, QColor
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QTreeWidgetItem,
)

from ...model import Case, LayerState, Plan, Provenance, Site, Verdict
from ...report.basis import wording
from ...texts import sentence
from ..widgets.address_field import AddressField
from ..widgets.fields import file_box, named, number_box, small
from ..widgets.fold_tree import FoldTree
from ..widgets.folding import FoldButton
from ..widgets.tones import verdict_tone
from ..widgets.words import several, short_date, tip, tr
from .step import Step

ROLE = Qt.ItemDataRole.UserRole
ICONS = {LayerState.LOADED: "✓", LayerState.EMPTY: "○", LayerState.FAILED: "✗", LayerState.NOT_ASKED: "–"}
FILES, PROJECT, SERVICE, NONE = "files", "project", "service", "none"
"""Where a layer may come from."""
DEFAULT_RADIUS_M, LARGEST_RADIUS_M = 150.0, 1000.0
LOWEST_X, LOWEST_Y = 0.0, 300_000.0
"""RD (m) west and south of the whole country: what the fields hold while no place is chosen."""


class LocationStep(Step):
    """Where: an address, a case file, RD coordinates, or a click on the map; then the surroundings with the state of each layer."""

    case_chosen = pyqtSignal(str)
    place_chosen = pyqtSignal(float, float)
    click_asked = pyqtSignal()
    load_asked = pyqtSignal(float, bool)
    retry_asked = pyqtSignal(str)
    source_asked = pyqtSignal(str, str)
    plans_ticked = pyqtSignal(list)
    card_asked = pyqtSignal(bool)
    allowed_asked = pyqtSignal(bool)

    def __init__(self) -> None:
        super().__init__(1, tr("Location"))
        self.address = AddressField()
        self.file = file_box(tr("Case file"), tr("Case files (*.yaml *.yml)"))
        self.file.chosen.connect(self.case_chosen)
        self.x = number_box(tr("RD x"), LOWEST_X, 300_000, 1, " m")
        self.y = number_box(tr("RD y"), LOWEST_Y, 650_000, 1, " m")
        self.use = FoldButton(tr("Use these coordinates"))
        for box in (self.x, self.y):
            box.setSpecialValueText("–")
            box.valueChanged.connect(lambda _: self._place_ready())
        self._place_ready()
        self.use.clicked.connect(lambda: self.place_chosen.emit(self.x.value(), self.y.value()))
        self.click = FoldButton(tr("Point on the map"))
        self.click.clicked.connect(self.click_asked.emit)
        self._build_place()
        self._build_layers()

    def _build_place(self) -> None:
        form = QFormLayout()
        form.addRow(named(tr("&Address"), self.address.line))
        form.addRow(self.address)
        form.addRow(tr("Case &file"), self.file)
        pair = QHBoxLayout()
        pair.addWidget(self.x)
        pair.addWidget(self.y)
        form.addRow(named(tr("RD &x, y"), self.x))
        form.addRow(pair)
        buttons = QHBoxLayout()
        for button in (self.use, self.click):
            buttons.addWidget(button)
        self.layout_.addLayout(form)
        self.layout_.addLayout(buttons)

    def _build_layers(self) -> None:
        self.radius = number_box(tr("Radius of the surroundings"), 25, LARGEST_RADIUS_M, 0, " m")
        self.radius.setValue(DEFAULT_RADIUS_M)
        self.offline = QCheckBox(tr("Offline"))
        self.offline.setToolTip(tr("Use only files and what was fetched before."))
        self.offline.setAccessibleName(tr("Work offline"))
        self.load = FoldButton(tr("Load the surroundings"))
        self.load.setEnabled(False)
        self.load.clicked.connect(lambda: self.load_asked.emit(self.radius.value(), self.offline.isChecked()))
        row = QHBoxLayout()
        row.addWidget(self.load, 1)
        row.addWidget(self.radius)
        row.addWidget(self.offline)
        self.layers = tree(tr("Layers of the surroundings"), (tr("Layer"), tr("Number"), tr("Date")))
        self.layers.currentItemChanged.connect(self._selected)
        self.retry = FoldButton(tr("Try this layer again"))
        self.source = FoldButton(tr("Source of this layer"))
        self.source.setToolTip(tr("Take this layer from the service, from your own files or layers, or leave it out."))
        choices = QMenu(self.source)
        for words, what in ((tr("Own files…"), FILES), (tr("Layers of the project…"), PROJECT), (tr("From the service"), SERVICE), (tr("Leave it out"), NONE)):
            choices.addAction(words, lambda what=what: self._ask_source(what))
        self.source.setMenu(choices)
        self.card = FoldButton(tr("Ask the map"))
        self.card.setToolTip(tr("Click a building, parcel or zone to see what is known of it."))
        self.card.setCheckable(True)
        self.card.toggled.connect(self.card_asked.emit)
        self.allowed = FoldButton(tr("What may be built here?"))
        self.allowed.setToolTip(tr("Show the largest body that the drawn plan allows on each parcel, on the map and in 3D."))
        self.allowed.setCheckable(True)
        self.allowed.toggled.connect(self.allowed_asked.emit)
        of_layer, below = QHBoxLayout(), QHBoxLayout()
        for button, line in ((self.retry, of_layer), (self.source, of_layer), (self.card, below), (self.allowed, below)):
            button.setEnabled(False)
            line.addWidget(button)
        self.retry.clicked.connect(self._retry)
        self.why = small("")
        self.plans_title = QLabel(tr("Plans here; tick what governs"))
        self.plans = tree(tr("Plans here; tick what governs"), (tr("Plan and status"),))
        self.plans.itemChanged.connect(self._ticked)
        self.layout_.addLayout(row)
        self.layout_.addWidget(self.layers)
        self.layout_.addWidget(self.why)
        self.layout_.addLayout(of_layer)
        self.layout_.addLayout(below)
        self.layout_.addWidget(self.plans_title)
        self.layout_.addWidget(self.plans)

    def _place_ready(self) -> None:
        chosen = self.x.value() > LOWEST_X and self.y.value() > LOWEST_Y
        self.use.setEnabled(chosen)
        self.use.setToolTip("" if chosen else tr("Fill in RD x and y first."))

    def _selected(self, item: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        record: Provenance | None = item.data(0, ROLE) if item is not None else None
        self.retry.setEnabled(record is not None and record.state is LayerState.FAILED)
        self.source.setEnabled(record is not None)
        if record is None:
            self.why.setText("")
            return
        lines = [" · ".join(word for word in (record.source, record.licence, record.location) if word)]
        lines += [sentence(note.code, note.as_dict()) for note in record.notes]
        self.why.setText("\n".join(lines))

    def _retry(self) -> None:
        item = self.layers.currentItem()
        if item is not None:
            self.retry_asked.emit(item.data(0, ROLE).layer)

    def _ask_source(self, what: str) -> None:
        item = self.layers.currentItem()
        if item is not None:
            self.source_asked.emit(item.data(0, ROLE).layer, what)

    def _ticked(self, _item: QTreeWidgetItem, _column: int) -> None:
        items = [self.plans.topLevelItem(number) for number in range(self.plans.topLevelItemCount())]
        self.plans_ticked.emit([item.data(0, ROLE) for item in items if item.checkState(0) == Qt.CheckState.Checked])

    def refresh(self, case: Case | None, site: Site | None) -> None:
        """Show the case, the state of its layers, and the plans."""
        self.load.setEnabled(case is not None)
        self.card.setEnabled(site is not None)
        self.allowed.setEnabled(site is not None and bool(site.plans))
        for widget in (self.layers, self.why, self.retry, self.source, self.card, self.allowed):
            widget.setVisible(site is not None)
        if case is None:
            self.show_state("empty", tr("type an address or choose a case file"))
            self._fill_plans((), {})
            return
        self.x.setValue(case.site.centre[0])
        self.y.setValue(case.site.centre[1])
        if case.site.address and not self.address.line.hasFocus():
            self.address.settle(case.site.address)
        if site is None:
            self.show_state("ready", case.site.address or rd_words(*case.site.centre))
            self._fill_plans((), {})
            return
        self.radius.setValue(case.site.radius_m)
        loaded = sum(record.state is LayerState.LOADED for record in site.provenance)
        failed = sum(record.state is LayerState.FAILED for record in site.provenance)
        words = several(tr("1 layer"), tr("{n} layers"), loaded)
        told = case.answers.get("governing_plans")
        none = isinstance(told, Mapping) and told.get("ids") == [] and bool(site.plan_documents)
        more = (tr(", {n} failed").format(n=failed) if failed else "") + (tr(", no plan is ticked") if none else "")
        self.show_state("attention" if failed or none else "ready", words + more)
        self._fill_layers(site.provenance)
        self._fill_plans(site.plan_documents, case.answers.get("governing_plans") or {})

    def choose_layer(self, layer: str) -> None:
        """Choose a layer in the list, the first of its name."""
        items = (self.layers.topLevelItem(number) for number in range(self.layers.topLevelItemCount()))
        self.layers.setCurrentItem(next((item for item in items if item.data(0, ROLE).layer == layer), None))
        self.layers.setFocus()

    def _fill_layers(self, records: tuple[Provenance, ...]) -> None:
        self.layers.clear()
        first_failed = None
        known = [record.layer for record in records]
        for record in records:
            name = sentence(f"layer_{record.layer}")
            state = sentence(f"state_{record.state.value}")
            source = record.source if known.count(record.layer) > 1 else ""
            more = ": ".join(word for word in (source, "" if record.state is LayerState.LOADED else state) if word)
            count = wording.thousands(record.count) if record.count else ""
            item = self.layers.row(f"{ICONS[record.state]} {name}", more, others=(count, short_date(record.retrieved)))
            item.setToolTip(0, tip(": ".join(word for word in (name, source, state) if word)))
            item.setData(0, ROLE, record)
            if record.state is LayerState.FAILED:
                item.setForeground(0, QBrush(QColor(verdict_tone(Verdict.VIOLATES))))
                first_failed = first_failed or item
            self.layers.addTopLevelItem(item)
        fit(self.layers)
        self.layers.setCurrentItem(first_failed)

    def _fill_plans(self, plans: tuple[Plan, ...], answer: dict[str, Any]) -> None:
        self.plans_title.setVisible(bool(plans))
        self.plans.setVisible(bool(plans))
        self.plans.blockSignals(True)
        items = [self.plans.topLevelItem(number) for number in range(self.plans.topLevelItemCount())]
        if [item.data(0, ROLE) for item in items] != [plan.id for plan in plans]:  # never drop the rows of which one is being ticked
            self._list_plans(plans)
        for number, plan in enumerate(plans):
            governs = plan.id in answer["ids"] if "ids" in answer else plan.proposed
            self.plans.topLevelItem(number).setCheckState(0, Qt.CheckState.Checked if governs else Qt.CheckState.Unchecked)
        self.plans.blockSignals(False)
        fit(self.plans)

    def _list_plans(self, plans: tuple[Plan, ...]) -> None:
        self.plans.clear()
        for plan in plans:
            why = [sentence(reason.code, reason.as_dict()) for reason in plan.reasons]
            status = " ".join(word for word in (plan.status, short_date(plan.date)) if word)
            item = self.plans.row(plan.name or plan.id, status)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setData(0, ROLE, plan.id)
            item.setToolTip(0, tip("\n".join(word for word in (plan.name, plan.id, plan.kind, plan.dossier_status, *why) if word)))
            self.plans.addTopLevelItem(item)


def rd_words(x: float, y: float, decimals: int = 0) -> str:
    """Return a place as people say it: ``RD 187.030, 440.992``."""
    return sentence("rule_place", {"x": wording.thousands(x, decimals), "y": wording.thousands(y, decimals)})


def tree(name: str, heads: tuple[str, ...]) -> FoldTree:
    """Return a small table whose first column takes the room."""
    made = FoldTree()
    made.refolded.connect(lambda: fit(made))
    made.setAccessibleName(name)
    made.setRootIsDecorated(False)
    made.setHeaderLabels(heads)
    header = made.header()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    for column in range(1, len(heads)):
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return made


def fit(table: FoldTree, most: int = 10) -> None:
    """Make a table as high as its rows."""
    table.fold()
    rows = min(max(1, table.topLevelItemCount()), most)
    high = [table.sizeHintForRow(row) for row in range(min(rows, table.topLevelItemCount()))] or [table.fontMetrics().height()]
    table.setFixedHeight(table.header().sizeHint().height() + sum(max(row, 1) for row in high) + 2 * table.frameWidth() + 2)
