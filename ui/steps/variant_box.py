"""Variants in the dock: a new one of the design that is shown, and the numbers of one that was made here."""

from __future__ import annotations

from dataclasses import replace

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QCheckBox, QDoubleSpinBox, QFormLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget
from shapely import Polygon

from ...model import FLAT, GABLE, ROOFS, Design, DesignRequest, Mass, Variation
from ...texts import sentence
from ..widgets.fields import choice, named, number_box, small
from ..widgets.folding import FoldButton
from ..widgets.words import tr
from ..work.scenarios import HIGHER, LOWER, MIRRORED, MOVED, TURNED, longest_deg

FAR_M, HIGH_M, MOST_STOREYS = 1_000.0, 500.0, 100
"""A variant further off is no variant at this place; nothing here is built higher."""
LEAST_PCT, MOST_PCT = 10.0, 300.0
ROOF_M = 3.0
"""How high a roof begins above its eaves when one is chosen; it stands in its field."""


class VariationForm(QWidget):
    """How a variant differs from the design that it is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.east = number_box(tr("Moved to the east"), -FAR_M, FAR_M, 2, " m")
        self.north = number_box(tr("Moved to the north"), -FAR_M, FAR_M, 2, " m")
        self.up = number_box(tr("Laid higher"), -HIGH_M, HIGH_M, 2, " m")
        self.turn = number_box(tr("Turned, counter-clockwise"), -180.0, 180.0, 2, " °")
        self.height = number_box(tr("Height of its storeys"), LEAST_PCT, MOST_PCT, 2, " %")
        self.mirrored = QCheckBox(tr("Mirrored in a line of"))
        self.line = number_box(tr("Direction of the line that it is mirrored in"), 0.0, 180.0, 2, " °")
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        rows = (
            (tr("To the &east"), self.east), (tr("To the &north"), self.north), (tr("&Higher"), self.up), (tr("&Turned"), self.turn),
            (tr("&Storeys"), self.height),
        )
        for label, box in rows:
            form.addRow(named(label, box), box)
        form.addRow(self.mirrored, self.line)
        self.mirrored.toggled.connect(self.line.setEnabled)

    @property
    def boxes(self) -> tuple[QDoubleSpinBox, ...]:
        """The fields of numbers."""
        return self.east, self.north, self.up, self.turn, self.height, self.line

    def show_way(self, how: Variation) -> None:
        """Show how a variant is made."""
        for box, value in zip(self.boxes, (how.east_m, how.north_m, how.raised_m, how.turned_deg, 100.0 * how.storeys_factor, how.mirrored_deg or 0.0)):
            box.setValue(value)
        self.mirrored.setChecked(how.mirrored_deg is not None)
        self.line.setEnabled(how.mirrored_deg is not None)

    def way(self, of: str) -> Variation:
        """Return how it is to be made."""
        east, north, up, turn, height, line = (round(box.value(), 4) for box in self.boxes)
        return Variation(of, east, north, up, turn, line if self.mirrored.isChecked() else None, round(height / 100.0, 6))


class MassForm(QWidget):
    """The numbers of a mass: storeys or a height, its roof, and where its base lies."""

    edit_asked = pyqtSignal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.storeys = number_box(tr("Number of storeys"), 0, MOST_STOREYS, 0, "")
        self.storeys.setSpecialValueText(tr("by its height"))
        self.storey = number_box(tr("Height of a storey"), 0.1, 20.0, 2, " m")
        self.body = number_box(tr("Height up to the roof"), 0.1, HIGH_M, 2, " m")
        self.roof = choice(tr("Roof"))
        for roof in ROOFS:
            self.roof.addItem(sentence(f"roof_{roof}"), roof)
        self.top = number_box(tr("Height of its top"), 0.1, HIGH_M, 2, " m")
        self.ridge = number_box(tr("Direction of the ridge"), 0.0, 180.0, 2, " °")
        self.base = number_box(tr("Height of its base"), -HIGH_M, HIGH_M, 2, " m NAP")
        self.outline = FoldButton(tr("Change the outline on the map"))
        self.outline.setCheckable(True)
        self.outline.setToolTip(tr("Drag a corner; drag a side for a new corner; the right button takes a corner away; Shift lets go of snapping."))
        self.outline.toggled.connect(self.edit_asked.emit)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        rows = (
            (tr("&Storeys"), self.storeys), (tr("Height of a st&orey"), self.storey), (tr("&Up to the roof"), self.body), (tr("&Roof"), self.roof),
            (tr("&Top"), self.top), (tr("R&idge"), self.ridge), (tr("U&nderside"), self.base),
        )
        for label, box in rows:
            form.addRow(named(label, box), box)
        form.addRow(self.outline)
        self.storeys.valueChanged.connect(lambda _: self._allow())
        self.roof.activated.connect(lambda _: self._roof())

    def show_mass(self, mass: Mass, along_deg: float) -> None:
        """Show the numbers of a mass; ``along_deg``: the direction of its longest side, along which a ridge begins."""
        body, top = mass.body_m or 0.0, mass.top_m or 0.0
        top = top if mass.roof != FLAT else body + ROOF_M
        shown = (mass.storeys, mass.storey_height_m or body, body, top, along_deg if mass.ridge_deg is None else mass.ridge_deg, mass.base_nap_m)
        for box, value in zip((self.storeys, self.storey, self.body, self.top, self.ridge, self.base), shown):
            box.setValue(value)
        self.roof.setCurrentIndex(ROOFS.index(mass.roof))
        self._allow()

    def mass(self, before: Mass) -> Mass:
        """Return the mass as it is to be."""
        roof, storeys = self.roof.currentData(), int(self.storeys.value())
        body = None if storeys else round(self.body.value(), 3)
        return replace(
            before, base_nap_m=round(self.base.value(), 3), roof=roof, storeys=storeys, storey_height_m=round(self.storey.value(), 3) if storeys else 0.0,
            height_m=body if roof == FLAT else round(self.top.value(), 3), eaves_m=None if roof == FLAT else body,
            ridge_deg=round(self.ridge.value(), 4) if roof == GABLE else None,
        )

    def let_go(self) -> None:
        """Another design is shown: its outline is not the one that is being changed."""
        self.outline.setChecked(False)

    def _roof(self) -> None:
        body = self.storeys.value() * self.storey.value() if self.storeys.value() else self.body.value()
        if self.roof.currentData() != FLAT and self.top.value() <= body:
            self.top.setValue(body + ROOF_M)
        self._allow()

    def _allow(self) -> None:
        """Let only what counts be filled in."""
        by_storeys, roof = bool(self.storeys.value()), self.roof.currentData()
        for box, counts in ((self.storey, by_storeys), (self.body, not by_storeys), (self.top, roof != FLAT), (self.ridge, roof == GABLE)):
            box.setEnabled(counts)


class VariantBox(QWidget):
    """``begun(kind)`` and ``drawn()`` for a new variant or mass, ``changed(request)`` for other numbers of the one that is shown, ``removed()``;
    ``edit_asked(on)`` to change the outline of a mass on the map."""

    begun = pyqtSignal(str)
    drawn = pyqtSignal()
    changed = pyqtSignal(object)
    removed = pyqtSignal()
    edit_asked = pyqtSignal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._request: DesignRequest | None = None
        self._now: object = None
        self.new = FoldButton(tr("New variant"))
        self.new.setToolTip(tr("A variant of the design that is shown, or a mass that you draw on the map."))
        self.kinds = QMenu(self.new)
        self.of_design = [self.kinds.addAction(words, lambda kind=kind: self.begun.emit(kind)) for words, kind in (
            (tr("Moved on the map"), MOVED), (tr("Turned a quarter"), TURNED), (tr("Mirrored"), MIRRORED), (tr("10 % lower"), LOWER),
            (tr("10 % higher"), HIGHER),
        )]
        self.kinds.addSeparator()
        self.kinds.addAction(tr("A mass drawn on the map"), self.drawn.emit)
        self.new.setMenu(self.kinds)
        self.remove = FoldButton(tr("Remove this variant"))
        self.remove.clicked.connect(self.removed.emit)
        self.says = small("")
        self.variation, self.mass = VariationForm(), MassForm()
        self.mass.edit_asked.connect(self.edit_asked.emit)
        self.use = FoldButton(tr("Make it so"))
        self.use.clicked.connect(self._use)
        row, below = QHBoxLayout(), QHBoxLayout()
        row.addWidget(self.new, 1)
        below.addWidget(self.use)
        below.addWidget(self.remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addLayout(row)
        for widget in (self.says, self.variation, self.mass):
            layout.addWidget(widget)
        layout.addLayout(below)
        self.refresh(None, None, False)

    def refresh(self, request: DesignRequest | None, shown: Design | None, place: bool) -> None:
        """Show the numbers of the design that is shown, where it was made here; ``place``: whether there is a place to draw at."""
        self.new.setEnabled(place)
        for action in self.of_design:
            action.setEnabled(shown is not None)
        now = (request, shown is not None)
        if now == self._now:
            return  # what is typed and not used yet stays
        if request is None or self._request is None or request.name != self._request.name:
            self.mass.let_go()
        self._now = now
        how, mass = (request.variation, request.mass) if request is not None and shown is not None else (None, None)
        for widget, there in ((self.variation, how), (self.mass, mass), (self.use, how or mass), (self.remove, how or mass), (self.says, how or mass)):
            widget.setVisible(bool(there))
        if how is not None and request is not None:
            self.says.setText(tr("{name} is a variant of {of}:").format(name=request.name, of=how.of))
            self.variation.show_way(how)
        elif mass is not None and request is not None and shown is not None:
            self.says.setText(tr("{name} is a mass:").format(name=request.name))
            self.mass.show_mass(mass, longest_deg(Polygon(mass.outline)))
        self._request = request

    def _use(self) -> None:
        request = self._request
        if request is None:
            return
        if request.variation is not None:
            self.changed.emit(replace(request, variation=self.variation.way(request.variation.of)))
        elif request.mass is not None:
            self.changed.emit(replace(request, mass=self.mass.mass(request.mass)))
