"""The sun step: a date and a time slider that move the shadows in the map (and the light in 3D views where QGIS can)."""

from __future__ import annotations

import datetime

import numpy as np
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QCheckBox, QFormLayout, QHBoxLayout, QSlider

from ...measure.sun.shadows_in_time import DATES, ShadowInstant
from ...measure.sun.sun_norms import REFERENCE_YEAR
from ...measure.sun.sun_position import utc_of
from ...report.basis.sun_table import compass
from ...texts import clock, language, sentence
from ..widgets.fields import choice, small, unmoved_by_wheel
from ..widgets.folding import FoldButton
from ..widgets.words import tr
from .step import Step

MINUTES_A_STEP = 5
FIRST_H, LAST_H = 4, 23
START = ((3, 21), 12 * 60)
LEAP_FREE_DAYS = 364


class SunStep(Step):
    """``switched(on)`` when shadows are shown or hidden, ``moved()`` at every step of a slider, ``point_asked()`` for the sun at a point."""

    switched = pyqtSignal(bool)
    moved = pyqtSignal()
    point_asked = pyqtSignal()

    def __init__(self) -> None:
        super().__init__(7, tr("Sun"))
        self.shown = QCheckBox(tr("Show &shadows in the map"))
        self.shown.setAccessibleName(tr("Show shadows in the map"))
        self.usual = choice(tr("Usual dates of a sun study"))
        for month, day in DATES:
            date = datetime.date(REFERENCE_YEAR, month, day)
            self.usual.addItem(sentence("sun_chart_day", {"date": date.isoformat()}, language()), date.isoformat())
        self.day, self.minute = self._slider(tr("Date"), 0, LEAP_FREE_DAYS, 7), self._slider(tr("Time"), FIRST_H * 12, LAST_H * 12, 12)
        form = QFormLayout()
        form.addRow(tr("&Usual dates"), self.usual)
        form.addRow(tr("&Date"), self.day)
        form.addRow(tr("&Time"), self.minute)
        row = QHBoxLayout()
        row.addWidget(self.shown)
        self.says = small("")
        for part in (row, form):
            self.layout_.addLayout(part)
        self.layout_.addWidget(self.says)
        self.ask, self.answer = FoldButton(tr("Sun at a &point on the map")), small("")
        self.ask.setAccessibleName(tr("Sun at a point on the map"))
        self.ask.clicked.connect(self.point_asked.emit)
        self.layout_.addWidget(self.ask)
        self.layout_.addWidget(self.answer)
        self.set_moment(datetime.date(REFERENCE_YEAR, *START[0]), START[1])
        self.usual.setCurrentIndex(DATES.index(START[0]))
        self.shown.toggled.connect(self.switched.emit)
        self.usual.activated.connect(lambda _: self._take_usual())
        for slider in (self.day, self.minute):
            slider.valueChanged.connect(lambda _: self.moved.emit())
            unmoved_by_wheel(slider)
        legend = tr("Grey: shadow of what is there; orange: what the design adds; blue: the design. The sun of {year}; years hardly differ.")
        self.layout_.addWidget(small(legend.format(year=REFERENCE_YEAR)))
        self.say(None)
        self.refresh(False)

    def _slider(self, name: str, low: int, high: int, page: int) -> QSlider:
        made = QSlider(Qt.Orientation.Horizontal)
        made.setRange(low, high)
        made.setPageStep(page)
        made.setAccessibleName(name)
        return made

    def _take_usual(self) -> None:
        date = datetime.date.fromisoformat(self.usual.currentData())
        self.day.setValue((date - datetime.date(REFERENCE_YEAR, 1, 1)).days)

    def set_moment(self, date: datetime.date, minute: int) -> None:
        """Set both sliders: a date, and minutes after midnight on the clock."""
        self.day.setValue((date - datetime.date(date.year, 1, 1)).days)
        self.minute.setValue(minute // MINUTES_A_STEP)

    @property
    def date(self) -> datetime.date:
        """The date chosen."""
        return datetime.date(REFERENCE_YEAR, 1, 1) + datetime.timedelta(days=self.day.value())

    @property
    def time(self) -> np.datetime64:
        """The moment chosen, as UTC."""
        return utc_of(self.date, self.minute.value() * MINUTES_A_STEP / 60.0)

    def refresh(self, ready: bool) -> None:
        """Show whether there is something that throws shadow."""
        for widget in (self.shown, self.usual, self.day, self.minute, self.ask):
            widget.setEnabled(ready)
        if not ready:
            self.shown.setChecked(False)
            self.answer.setText("")
            self.show_state("empty", tr("needed: a design and its surroundings"))
        elif not self.shown.isChecked():
            self.show_state("ready", tr("ready to show"))

    def say(self, instant: ShadowInstant | None) -> None:
        """Say the moment shown: date, clock with its zone, where the sun stands, extra shadow."""
        if instant is None:
            minutes = self.minute.value() * MINUTES_A_STEP
            self.says.setText(f"{sentence('sun_chart_day', {'date': self.date.isoformat()}, language())}, {minutes // 60}:{minutes % 60:02d}")
            return
        code = "sun_slider" if instant.lit else "sun_slider_low"
        told = clock(instant.clock)
        side = compass(instant.azimuth_deg, language())
        words = {"date": self.date.isoformat(), "clock": told, "altitude": instant.altitude_deg, "side": side, "area": float(instant.extra.area)}
        self.says.setText(sentence(code, words, language()))
        self.says.setAccessibleName(self.says.text())
        self.show_state("ready", f"{sentence('sun_chart_day', {'date': self.date.isoformat()}, language())} {told}")
