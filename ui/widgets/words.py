"""The window's own words, in the language of QGIS."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication


def tr(text: str) -> str:
    """Return a source text (English) in the language in use; its Dutch stands in ``i18n/drieluik_nl.ts``."""
    return QCoreApplication.translate("Drieluik", text)
