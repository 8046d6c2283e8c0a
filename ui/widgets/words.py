"""The window's own words, in the language of QGIS."""

from __future__ import annotations

import datetime
import html

from qgis.PyQt.QtCore import QCoreApplication, Qt

from ...texts import MONTHS, language, web_address

WIDE = 100
"""Letters of a tooltip that fit beside the dock in one line on a small screen."""


def tr(text: str) -> str:
    """Return a source text (English) in the language in use; its Dutch stands in ``i18n/drieluik_nl.ts``."""
    return QCoreApplication.translate("Drieluik", text)


def link(url: str, words: str) -> str:
    """Return rich text that opens an address of the web, '' where there is none: whatever else an address may start stays shut."""
    return f"<a href='{html.escape(url, quote=True)}'>{html.escape(words)}</a>" if web_address(url) else ""


def tip(text: str) -> str:
    """Return what stands in a tooltip: the text as it is, whatever signs are in it, and folded where it is long (Qt takes words that look like HTML for
    HTML, and folds only that)."""
    if len(text) <= WIDE and not Qt.mightBeRichText(text):
        return text
    return f"<p style='white-space: pre-wrap'>{html.escape(text, quote=False)}</p>"


def literal(text: str) -> str:
    """Return a text for a button or a label with a key: an & in it is no key."""
    return text.replace("&", "&&")


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
