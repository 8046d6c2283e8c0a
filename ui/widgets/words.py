"""The window's own words, in the language of QGIS."""

from __future__ import annotations

import html

from qgis.PyQt.QtCore import QCoreApplication

from ...texts import language


def tr(text: str) -> str:
    """Return a source text (English) in the language in use; its Dutch stands in ``i18n/drieluik_nl.ts``."""
    return QCoreApplication.translate("Drieluik", text)


def link(url: str, words: str) -> str:
    """Return rich text that opens an address, '' where there is none."""
    return f"<a href='{html.escape(url, quote=True)}'>{html.escape(words)}</a>" if url else ""


def short_date(iso: str) -> str:
    """Return an ISO date as a table says it: ``29-11-2026`` in Dutch; anything else as it is."""
    parts = iso[:10].split("-")
    return "-".join(reversed(parts)) if language() == "nl" and [len(part) for part in parts] == [4, 2, 2] else iso
