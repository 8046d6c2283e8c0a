"""Colours of verdicts as text, on light windows and on dark ones (QGIS's Night Mapping): with a contrast of at least 4.5 on both."""

from __future__ import annotations

from qgis.PyQt.QtGui import QPalette
from qgis.PyQt.QtWidgets import QApplication

from ...model import Verdict
from ...report.basis.palette import VERDICT_TEXT

DARK = 128
"""Of 255: a window whose ground is less light than half shows light text."""
ON_DARK = {
    Verdict.VIOLATES: "#FFB896", Verdict.NEEDS_JUDGEMENT: "#F5C76A", Verdict.NOT_ASSESSABLE: "#D8BFF2", Verdict.COMPLIES: "#9BD3F5",
    Verdict.NOT_APPLICABLE: "#D0D0D0",
}
"""The hues of the light windows, as light as a dark ground asks."""


def verdict_tone(verdict: Verdict) -> str:
    """Return the colour in which a verdict is written on the ground that lists and texts have now."""
    ground = QApplication.palette().color(QPalette.ColorRole.Base)
    return (ON_DARK if ground.lightness() < DARK else VERDICT_TEXT)[verdict]
