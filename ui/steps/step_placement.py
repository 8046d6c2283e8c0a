"""Where the design stands: the gate's items with their confirmation, and placing by numbers or on the map."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ...model import GateItem, Placement
from ...texts import sentence
from ..widgets.asking import ask_line
from ..widgets.fields import emptied, named, number_box, small
from ..widgets.folding import FoldButton
from ..widgets.words import several, tip, tr

FARTHEST_M = 9_999_999.0
"""The origin of a file's own system may lie anywhere, also at 0, 0: a field that could not hold it would show another place."""
ICONS = {"passes": "✓", "attention": "!", "confirmed": "✓", "missing": "◌"}


class PlacementBox(QWidget):
    """Shows the gate and the numbers of a design's place; emits what the officer changes."""

    placed = pyqtSignal(object)
    confirmed = pyqtSignal(str, str)
    move_asked = pyqtSignal(bool)
    points_asked = pyqtSignal()
    undo_asked = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._placement: Placement | None = None
        self.items = QVBoxLayout()
        self.items.setSpacing(1)
        self.east = number_box(tr("Model origin, RD x"), -FARTHEST_M, FARTHEST_M, 3, " m")
        self.north = number_box(tr("Model origin, RD y"), -FARTHEST_M, FARTHEST_M, 3, " m")
        self.turn = number_box(tr("Rotation, counter-clockwise"), -360, 360, 3, " °")
        self.base = number_box(tr("Height of the model's zero"), -FARTHEST_M, FARTHEST_M, 3, " m NAP")
        grid = QGridLayout()
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        for row, (label, box) in enumerate(
            ((tr("Origin &x"), self.east), (tr("Origin &y"), self.north), (tr("R&otation"), self.turn), (tr("&Base"), self.base))
        ):
            grid.addWidget(named(label, box), row // 2 * 2, row % 2)
            grid.addWidget(box, row // 2 * 2 + 1, row % 2)
        self.use = FoldButton(tr("Place at these numbers"))
        self.use.clicked.connect(self._use)
        self.move = FoldButton(tr("Move on the map"))
        self.move.setCheckable(True)
        self.move.setToolTip(tr("Drag the outline; turn it by the round handle; arrow keys move 0.1 m; Shift lets go of snapping."))
        self.move.toggled.connect(self.move_asked.emit)
        self.points = FoldButton(tr("Two points"))
        self.points.setToolTip(tr("Click a point of the design and where it belongs, twice."))
        self.points.clicked.connect(self.points_asked.emit)
        self.undo = FoldButton(tr("Back to the former place"))
        self.undo.clicked.connect(self.undo_asked.emit)
        self.hint = small("")
        self.numbers = (self.east, self.north, self.turn, self.base)
        for box in self.numbers:
            box.valueChanged.connect(lambda _: self._tell())
        self.move.toggled.connect(lambda _: self._tell())
        buttons = QHBoxLayout()
        for button in (self.use, self.move, self.points):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addLayout(self.items)
        layout.addLayout(grid)
        layout.addLayout(buttons)
        layout.addWidget(self.hint)
        layout.addWidget(self.undo)
        self._tell()

    def hold(self) -> None:
        """Begin moving the design that is shown on the map, also where another was being moved."""
        self.move.blockSignals(True)
        self.move.setChecked(False)
        self.move.blockSignals(False)
        self.move.setChecked(True)

    def _tell(self) -> None:
        """Say what the hand is doing, while it does: numbers that are not taken yet, how the outline is dragged."""
        hint = self.move.toolTip() if self.move.isChecked() else ""
        if self._placement is not None and self._typed() != shown_numbers(self._placement):
            hint = tr("These numbers hold only after “{button}”.").format(button=self.use.words)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))

    def _typed(self) -> tuple[float, ...]:
        return tuple(round(box.value(), 3) for box in self.numbers)

    def refresh(self, placement: Placement | None, items: Iterable[GateItem], moved: bool = False) -> None:
        """Show a design's place and what the gate says of it; ``moved``: there is a former place to go back to."""
        self._placement = placement
        self.undo.setVisible(moved)
        self.setVisible(placement is not None)
        if placement is None:
            return
        for box, value in zip(self.numbers, shown_numbers(placement)):
            box.blockSignals(True)
            box.setValue(value)
            box.blockSignals(False)
        self._tell()
        emptied(self.items)
        found = tuple(items)
        passing = [item for item in found if item.state == "passes"]
        if passing:
            one, many = tr("✓ {n} of {total} points of the place is fine"), tr("✓ {n} of {total} points of the place are fine")
            whole = small(several(one, many, len(passing), total=len(found)))
            whole.setToolTip(tip("\n".join(words_of(item) for item in passing)))
            self.items.addWidget(whole)
        for item in found:
            if item.state != "passes":
                self.items.addWidget(self._line(item))

    def _line(self, item: GateItem) -> QWidget:
        line = QWidget()
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(small(words_of(item)), 1)
        if item.state == "attention" and item.item != "placed":
            button = FoldButton(tr("Confirm…"))
            button.setAccessibleName(tr("Confirm: {item}").format(item=sentence(f"gate_item_{item.item}")))
            button.clicked.connect(lambda _=False, name=item.item: self._confirm(name))
            layout.addWidget(button)
        return line

    def _confirm(self, item: str) -> None:
        reason = ask_line(self, tr("Confirm the place"), tr("Why is this right?"))
        if reason:
            self.confirmed.emit(item, reason)

    def _use(self) -> None:
        self.placed.emit(Placement("case", self.east.value(), self.north.value(), self.turn.value(), self.base.value()))


def shown_numbers(placement: Placement) -> tuple[float, ...]:
    """Return the numbers of a place as the fields show them: east, north, rotation, base."""
    return tuple(round(value, 3) for value in (placement.easting_m, placement.northing_m, placement.rotation_deg, placement.base_nap_m))


def words_of(item: GateItem) -> str:
    """Return an item of the gate as a line: icon, what was asked, what was found, and the officer's reason."""
    words = f"{ICONS[item.state]} {sentence(f'gate_item_{item.item}')}: {sentence(item.note.code, item.note.as_dict())}"
    return words + (f" {sentence('gate_state_confirmed').capitalize()}: {item.reason}{f' ({item.by})' if item.by else ''}" if item.reason else "")
