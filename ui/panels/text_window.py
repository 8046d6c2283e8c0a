"""The text of a plan beside what was read of it: the text left with each part marked, one part right, to confirm, correct or reject, and the next."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QSplitter, QVBoxLayout, QWidget

from ...model.plan_words import CONFIRMED, CORRECTED, OPEN, REJECTED
from ...texts import sentence
from ..widgets.fields import Wrapped, choice, named
from ..widgets.folding import FoldButton
from ..widgets.marked_text import MarkedText, Stretch
from ..widgets.words import tr
from ..work.text_parts import Part, Reading
from .clause_card import ClauseCard

COLOURS = {OPEN: "#FFE0A3", CONFIRMED: "#CBE5F5", CORRECTED: "#E3D3F0", REJECTED: "#E2E2E2"}
"""By what became of a part (Okabe and Ito's hues, light: the text on them stays black); never red against green."""
NOT_READ = "#F9C7AE"
"""Of a number that was not read."""
SIZE_PX, CARD_PX = (1020, 640), 380


class TextWindow(QDialog):
    """Shows the readings of the plans here, one at a time; never blocks QGIS. ``decided(reading, keys, decision, reason, words)``,
    ``way_taken(reading, part)``, ``text_asked(plan id, how)``: file, folder, paste or service."""

    decided = pyqtSignal(object, object, str, str, object)
    way_taken = pyqtSignal(object, object)
    text_asked = pyqtSignal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("The text of the plan, as it was read"))
        self.readings: tuple[Reading, ...] = ()
        self.key = ""
        self.plan, self.told = choice(tr("Plan")), Wrapped()
        self.text, self.card = MarkedText(tr("Text of the plan")), ClauseCard()
        self.progress = QProgressBar()
        self.progress.setAccessibleName(tr("How much of the text is decided"))
        self.ways = {how: FoldButton(words) for how, words in (
            ("service", tr("From the plan service")), ("file", tr("From a file…")), ("folder", tr("From a folder…")), ("paste", tr("Paste…")))}
        self.close_button = FoldButton(tr("Close"))
        self._lay_out()
        self.plan.currentIndexChanged.connect(lambda _: self._show(""))
        self.text.picked.connect(self._show)
        self.card.moved.connect(self._move)
        self.card.decided.connect(self._decide)
        self.card.article_confirmed.connect(self._confirm_article)
        self.close_button.clicked.connect(self.close)
        for how, button in self.ways.items():
            button.setAutoDefault(False)
            button.clicked.connect(lambda _, how=how: self.reading and self.text_asked.emit(self.reading.plan_id, how))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(named(tr("P&lan"), self.plan))
        top.addWidget(self.plan, 1)
        for button in self.ways.values():
            top.addWidget(button)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(6, 0, 0, 0)
        column.addWidget(self.card, 1)
        column.addLayout(_legend())
        self.halves = QSplitter(Qt.Orientation.Horizontal)
        self.halves.addWidget(self.text)
        self.halves.addWidget(right)
        self.halves.setSizes([SIZE_PX[0] - CARD_PX, CARD_PX])
        self.halves.setChildrenCollapsible(False)
        bottom = QHBoxLayout()
        bottom.addWidget(self.progress, 1)
        bottom.addWidget(self.close_button)
        self.close_button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addWidget(self.told)
        layout.addWidget(self.halves, 1)
        layout.addLayout(bottom)
        self.resize(*SIZE_PX)

    @property
    def reading(self) -> Reading | None:
        """The reading of the plan that is chosen."""
        at = self.plan.currentIndex()
        return self.readings[at] if 0 <= at < len(self.readings) else None

    @property
    def part(self) -> Part | None:
        """The part at hand."""
        return next((part for part in self.reading.parts if part.key == self.key), None) if self.reading else None

    def show_readings(self, readings: Sequence[Reading], after: str = "") -> None:
        """Show readings as they are now; ``after``: the key of the part that was just decided, behind which the next open one is shown."""
        chosen = self.reading.plan_id if self.reading else ""
        self.readings = tuple(readings)
        self.plan.blockSignals(True)
        self.plan.clear()
        for one in readings:
            self.plan.addItem(one.name, one.plan_id)
        ids = [one.plan_id for one in readings]
        texts = [one.plan_id for one in readings if one.text]
        self.plan.setCurrentIndex(ids.index(chosen if chosen in ids else texts[0]) if chosen in ids or texts else 0)
        self.plan.blockSignals(False)
        following = self.reading.after(after) if self.reading else None
        self._show(following.key if following else "")

    def _show(self, key: str) -> None:
        """Show a part; without a key the first open one."""
        reading = self.reading
        if reading is None:
            self.text.show_text("")
            self.told.setText(tr("No plan here is known yet: choose the place first (step 1)."))
            self.card.show_part(None, "", 0)
            return
        first = reading.after("")
        self.key = key or (first.key if first else "")
        self.text.show_text(reading.text)
        self.text.mark([_stretch(part) for part in reading.parts], self.key)
        self.text.look_at(self.key)
        part, keys = self.part, [one.key for one in reading.parts]
        place = tr("art. {article}").format(article=part.article) if part and part.article else ""
        count = tr("{n} of {total}").format(n=keys.index(part.key) + 1, total=len(keys)) if part else ""
        self.card.show_part(part, " · ".join(word for word in (place, count) if word), len(reading.of_article(part)) if part else 0)
        left = len(reading.open_parts())
        self.progress.setMaximum(max(1, len(keys)))
        self.progress.setValue(len(keys) - left)
        self.progress.setVisible(bool(keys))
        self.progress.setFormat(tr("{n} of {total} decided").format(n=len(keys) - left, total=len(keys)))
        self.told.setText(_told(reading))

    def _move(self, step: int) -> None:
        """Go to the next open part, or one back."""
        if self.reading is None or not self.reading.parts:
            return
        keys = [part.key for part in self.reading.parts]
        following = self.reading.after(self.key)
        back = keys[max(0, keys.index(self.key) - 1)] if self.key in keys else keys[-1]
        self._show(back if step < 0 else following.key if following else self.key)

    def _decide(self, decision: str, reason: str, words: object) -> None:
        part = self.part
        if part is None or self.reading is None:
            return
        if part.entry is not None:
            self.way_taken.emit(self.reading, part)
        else:
            self.decided.emit(self.reading, [part.key], decision, reason, words)

    def _confirm_article(self) -> None:
        if self.part is not None and self.reading is not None:
            keys = [one.key for one in self.reading.of_article(self.part)]
            self.decided.emit(self.reading, keys, CONFIRMED, "", {})


def _stretch(part: Part) -> Stretch:
    colour = NOT_READ if part.is_number_left and part.decision == OPEN else COLOURS.get(part.decision, COLOURS[OPEN])
    return Stretch(part.key, part.start, part.end, colour, part.decision == REJECTED)


def _legend() -> QHBoxLayout:
    row = QHBoxLayout()
    for colour, words in (*((COLOURS[word], sentence(f"said_norm_{word}")) for word in COLOURS), (NOT_READ, sentence("reading_not_read"))):
        label = QLabel(words)
        label.setStyleSheet(f"background: {colour}; color: #222222; padding: 1px 4px; font-size: 85%;")
        row.addWidget(label)
    row.addStretch(1)
    return row


def _told(reading: Reading) -> str:
    """Return what is to be said of a text: that there is none, that it is another than was decided on, or where it came from."""
    profile = reading.profile
    if reading.why or profile is None:
        return reading.why or tr("The text of this plan is not at hand: take it from the plan service, from a file or a folder, or paste it.")
    if profile.lapsed:
        return sentence("plan_text_lapsed", {"plan": reading.name, "by": ", ".join(profile.lapsed)})
    left = len(reading.open_parts())
    return sentence("plan_text_state", {
        "plan": reading.name, "norms": len(reading.parts), "open": left, "source": profile.text_source or "–", "at": profile.text_at or "–"})
