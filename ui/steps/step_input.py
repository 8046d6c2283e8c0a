"""The second step: what."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QFormLayout

from ...data_sources.design.bodies.units import UNITS
from ...model import PART_ROLES, Case, Design, GateItem
from ...texts import number, sentence
from ..widgets.fields import choice, file_box, named, small
from ..widgets.folding import FoldButton
from ..widgets.words import several, tr
from ..work.session import Problem
from .roles_box import RolesBox
from .step import Step
from .step_placement import PlacementBox
from .variant_box import VariantBox

IN_THE_LIST = ("design_several_objects", *(f"design_told_{word}" for word in PART_ROLES))
"""Remarks of the import that the list of what is what says part by part, as it is now and not as the file had it."""


class DesignStep(Step):
    """What: a design file, and what was assumed while reading it."""

    file_chosen = pyqtSignal(str)
    reading_chosen = pyqtSignal(str, str)
    again_asked = pyqtSignal()

    def __init__(self) -> None:
        super().__init__(2, tr("Design"))
        self.file = file_box(tr("Design file"), tr("Designs (*.ifc *.ifczip *.glb *.gltf *.obj *.stl *.ply *.dae *.dxf *.json *.jsonl *.zip)"))
        self.file.chosen.connect(self.file_chosen)
        form = QFormLayout()
        form.addRow(tr("&Design file"), self.file)
        self.log, self.failed = small(""), small("")
        self.again = FoldButton(tr("Read the file again"))
        self.again.clicked.connect(self.again_asked.emit)
        self.unit, self.axis = choice(tr("Unit of the file")), choice(tr("Up axis of the file"))
        for box, first, names in ((self.unit, tr("as the file says"), UNITS), (self.axis, tr("as the file says"), ("z", "y"))):
            box.addItem(first, "")
            for name in names:
                box.addItem(name, name)
            box.activated.connect(lambda _: self.reading_chosen.emit(self.unit.currentData(), self.axis.currentData()))
        form.addRow(named(tr("&Unit"), self.unit), self.unit)
        form.addRow(named(tr("U&p axis"), self.axis), self.axis)
        self.roles = RolesBox()
        self.variants, self.placement = VariantBox(), PlacementBox()
        self.layout_.addLayout(form)
        for widget in (self.failed, self.again, self.log):
            self.layout_.addWidget(widget)
        self.layout_.addWidget(self.variants)
        self.layout_.addWidget(self.roles)
        self.layout_.addWidget(self.placement)
        self.placement.refresh(None, ())

    def refresh(self, case: Case | None, designs: tuple[Design, ...], shown: Design | None, gate: Iterable[GateItem], problem: Problem | None = None,
                moved: bool = False, early: str = "", ready: bool = False) -> None:
        """Show the designs and their import logs, and the place of the one shown; a ``problem`` stays until a file is read. ``early``: the file
        that waits for a place; ``ready``: whether the surroundings are there."""
        items = tuple(gate)
        self._show_problem(problem, bool(designs))
        self.placement.refresh(shown.placement if shown else None, [item for item in items if shown and item.design == shown.name], moved)
        own = next((one for one in case.designs if shown is not None and one.name == shown.name), None) if case is not None else None
        self.variants.refresh(own, shown, ready)
        if case is None or not case.designs:
            self.file.show_file(early)
            self.log.setText("")
            self.show_state("empty", tr("{file} waits for the surroundings").format(file=Path(early).name) if early else tr("choose a design"))
            return
        request = next((r for r in case.designs if shown is None or r.name == shown.name), case.designs[0])
        self.unit.setCurrentIndex(max(0, self.unit.findData(request.unit)))
        self.axis.setCurrentIndex(max(0, self.axis.findData(request.up_axis)))
        self.file.show_file(str(Path(case.folder) / request.files[0]) if request.files else "")
        for box in (self.unit, self.axis):
            box.setEnabled(bool(request.files))
        names = ", ".join(file.rsplit("/", 1)[-1] for request in case.designs for file in request.files)
        worried = any(message.severity == "warning" for design in designs for message in design.messages)
        worried |= any(item.state == "attention" for item in items)
        if problem is not None:
            self.show_state("failed", tr("{file} was not read").format(file=problem.file))
        elif not designs:
            self.show_state("empty", tr("still to be read"))
        else:
            self.show_state("attention" if worried else "ready", names)
        made = {one.name for one in case.designs if not one.files and one is not own}  # of these the numbers below say enough
        self.log.setText("\n".join(line for design in designs if design.name not in made for line in import_lines(design)))

    def _show_problem(self, problem: Problem | None, stays: bool) -> None:
        """Say which file was not read, why, and what stays; until another is read."""
        for widget in (self.failed, self.again):
            widget.setVisible(problem is not None)
        if problem is not None:
            kept = tr("The design that was read before stays as it is.") if stays else ""
            self.failed.setText(" ".join(word for word in (f"✗ {problem.file}:", problem.why, kept) if word))


def import_lines(design: Design) -> list[str]:
    """Return what was read of a design, and what was remarked while it was."""
    low, high = design.bounds
    size = " × ".join(number(float(v)) for v in high - low)
    parts = several(tr("1 part"), tr("{n} parts"), len(design.parts))
    text = tr("{name}: {format}, {parts}, {size} m, base {base} m NAP")
    read = text.format(name=design.name, format=design.format, parts=parts, size=size, base=number(float(low[2])))
    remarks = (m for m in design.messages if m.note.code not in IN_THE_LIST)
    return [read, *(f"  {'!' if m.severity == 'warning' else '·'} {sentence(m.note.code, m.note.as_dict())}" for m in remarks)]
