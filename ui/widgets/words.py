"""The window's own words, in the language of QGIS."""

from __future__ import annotations

import datetime
import html

from qgis.PyQt.QtCore import QCoreApplication

from ...texts import MONTHS, language


def tr(text: str) -> str:
    """Return a source text (English) in the language in use; its Dutch stands in ``i18n/drieluik_nl.ts``."""
    return QCoreApplication.translate("Drieluik", text)


def link(url: str, words: str) -> str:
    """Return rich text that opens an address, '' where there is none."""
    return f"<a href='{html.escape(url, quote=True)}'>{html.escape(words)}</a>" if url else ""


def several(one: str, many: str, n: int, **more: object) -> str:
    """Return the words for one thing or for several, with their number filled in at ``{n}``, and what else they name."""
    return (one if n == 1 else many).format(n=n, **more)


def short_date(iso: str) -> str:
    """Return an ISO date as a table says it: ``29-11-2026`` in Dutch, ``29 Nov 2026`` in English; anything else as it is."""
    try:
        date = datetime.date.fromisoformat(iso[:10])
    except ValueError:
        return iso
    return f"{date:%d-%m-%Y}" if language() == "nl" else f"{date.day} {MONTHS['en'][date.month - 1][:3]} {date.year}"
