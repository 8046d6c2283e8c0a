"""The window's own words, in the language of QGIS."""

from __future__ import annotations

import datetime

from qgis.PyQt.QtCore import QCoreApplication

from ...texts import language, spoken_date


def tr(text: str) -> str:
    """Return a source text (English) in the language in use; its Dutch stands in ``i18n/drieluik_nl.ts``."""
    return QCoreApplication.translate("Drieluik", text)


def short_date(iso: str) -> str:
    """Return an ISO date as a table says it: ``29-11-2026`` in Dutch; anything else as it is."""
    parts = iso[:10].split("-")
    return "-".join(reversed(parts)) if language() == "nl" and [len(part) for part in parts] == [4, 2, 2] else iso


def spoken_moment(iso: str) -> str:
    """Return an ISO time (UTC where it says no zone) as the clock here says it: ``29 november 2026, 12:15``; anything else as it is."""
    try:
        moment = datetime.datetime.fromisoformat(iso.replace("Z", "+00:00"))
    except ValueError:
        return iso
    here = (moment if moment.tzinfo else moment.replace(tzinfo=datetime.timezone.utc)).astimezone()
    return f"{spoken_date(here.date().isoformat())}, {here:%H:%M}"
