"""Coded sentences in Dutch and English, and numbers as each language writes them.

Rooms below ``ui`` never write prose: they carry a code with its data, and the sentence is made here, late, from
``i18n/messages/<room>.json`` - ``{"code": {"nl": "... {height:.2f} ...", "en": "..."}}``. A code is unique over all
files. Standard library only, so that every room can use it and a plugin without extras still speaks.
"""

from __future__ import annotations

import datetime
import functools
import json
import re
import string
from collections.abc import Mapping
from pathlib import Path
from typing import Any

LANGUAGES = ("nl", "en")
_MESSAGES = Path(__file__).parent / "i18n" / "messages"
_current = ["nl"]
MONTHS = {
    "nl": ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"],
    "en": ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
}


WEB = re.compile(r"https?://[A-Za-z0-9.\[\]:_~%-]+([/?#][^\s\\<>\"]*)?", re.IGNORECASE)
UNPRINTABLE = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069\\ud800-\\udfff]")
"""Characters that are no text: PDF, spreadsheets and XML refuse them, a zero byte ends a word halfway, half a pair cannot be written, and marks that turn
the reading direction make a name look like another."""


def printable(text: str) -> str:
    """Return words of a file as they can be shown and written; what is no character stands as a replacement mark."""
    return UNPRINTABLE.sub("\ufffd", text)


def web_address(url: str) -> str:
    """Return an address when it is one of the web (http or https, without a name or password in it), '' for any other: a file, a script, a share."""
    return url if WEB.fullmatch(url) and not UNPRINTABLE.search(url) else ""


def use_language(lang: str) -> None:
    """Set the language of sentences whose language is not named: ``nl`` or ``en`` (anything else becomes ``nl``)."""
    _current[0] = lang if lang in LANGUAGES else "nl"


def language() -> str:
    """Return the language in use."""
    return _current[0]


@functools.lru_cache(maxsize=1)
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Return every coded sentence: code -> language -> template."""
    sentences: dict[str, Mapping[str, str]] = {}
    for path in sorted(_MESSAGES.glob("*.json")):
        sentences.update(json.loads(path.read_text(encoding="utf-8")))
    return sentences


class _Localised(string.Formatter):
    """``str.format`` whose floats carry the decimal mark of the language; a missing name stays visible.

    ``{day:date}`` is a date as people say it, ``{at:moment}`` a date with its time; ``{verdicts:words_verdict}`` codes, apart by ", ", as
    their own sentences ``verdict_...``; a word that has none stays as it is. ``{n:regel|regels}`` is the first word for one, else the second;
    ``{n:thousands}`` a whole number with its thousands apart, ``{clock:clock}`` a time with its zone in words.
    ``{title}`` may be given once per language, as ``title_nl`` and ``title_en``.
    """

    def __init__(self, lang: str) -> None:
        self._lang = lang

    def get_value(self, key: Any, args: Any, kwargs: Any) -> Any:
        if isinstance(key, str):
            return kwargs.get(key, kwargs.get(f"{key}_{self._lang}", "?"))
        return super().get_value(key, args, kwargs)

    def format_field(self, value: Any, format_spec: str) -> str:
        if "|" in format_spec:
            one, many = format_spec.split("|", 1)
            return one if value == 1 else many
        if format_spec == "date":
            return spoken_date(str(value), self._lang)
        if format_spec == "moment":
            return spoken_moment(str(value), self._lang)
        if format_spec == "clock":
            return clock(str(value), self._lang)
        if format_spec == "thousands":
            return f"{value:,}".replace(",", "." if self._lang == "nl" else ",")
        if format_spec.startswith("words_"):
            prefixes = format_spec[len("words_") :].split("+")
            codes = [(word, next((f"{prefix}_{word}" for prefix in prefixes if f"{prefix}_{word}" in catalogue()), "")) for word in str(value).split(", ")]
            return ", ".join(sentence(code, lang=self._lang) if code else word for word, code in codes)
        if format_spec and (value is None or isinstance(value, str)):
            return "?" if value is None else value
        text = format(value, format_spec) if format_spec else str(value)
        if isinstance(value, float) and self._lang == "nl":
            text = text.replace(".", ",")
        return _minus(text) if isinstance(value, (int, float)) else text


def _minus(text: str) -> str:
    """Return a number's text with a true minus."""
    return "−" + text[1:] if text.startswith("-") else text


def sentence(code: str, data: Mapping[str, Any] | None = None, lang: str | None = None) -> str:
    """Return the sentence of ``code`` with ``data`` filled in; an unknown code is shown with its data, never hidden."""
    lang = lang or language()
    template = catalogue().get(code, {}).get(lang)
    if template is None:
        return f"{code} {dict(data or {})}" if data else code
    return _Localised(lang).vformat(template, (), dict(data or {}))


def spoken_date(iso: str, lang: str | None = None) -> str:
    """Return an ISO date as people say it: 2026-03-12 -> ``12 maart 2026``; anything else as it is."""
    try:
        date = datetime.date.fromisoformat(iso[:10])
    except ValueError:
        return iso
    return f"{date.day} {MONTHS[lang or language()][date.month - 1]} {date.year}"


def clock(text: str, lang: str | None = None) -> str:
    """Return a time with its zone as people say it: ``12:00 CET`` -> ``12:00 wintertijd``."""
    time, _, zone = text.partition(" ")
    code = f"clock_{zone}"
    return f"{time} {sentence(code, lang=lang)}" if code in catalogue() else text


def spoken_moment(iso: str, lang: str | None = None) -> str:
    """Return an ISO moment as the clock in the Netherlands says it: 2026-11-29T11:15:22+00:00 -> ``29 november 2026, 12:15``; a day alone
    without a time, anything else as it is."""
    try:
        moment = datetime.datetime.fromisoformat(iso.replace("Z", "+00:00"))
    except ValueError:
        return iso
    if len(iso) <= len("2026-11-29"):
        return spoken_date(iso, lang)
    local = _on_the_dutch_clock(moment) if moment.tzinfo else moment
    return f"{spoken_date(local.date().isoformat(), lang)}, {local:%H:%M}"


def _on_the_dutch_clock(moment: datetime.datetime) -> datetime.datetime:
    """Return a moment in the time of the Netherlands: summer time from the last Sunday of March to that of October, 01:00 UTC (directive
    2000/84/EC). Reckoned here, because a plain Python on Windows knows no time zones."""
    start, end = (
        datetime.datetime(moment.year, month, 31 - (datetime.date(moment.year, month, 31).weekday() + 1) % 7, 1, tzinfo=datetime.timezone.utc)
        for month in (3, 10)
    )
    return moment.astimezone(datetime.timezone(datetime.timedelta(hours=2 if start <= moment < end else 1)))


def number(value: float | None, decimals: int = 2, lang: str | None = None) -> str:
    """Return a number as the language writes it: 11.2 -> ``11,20`` in Dutch; ``None`` -> a dash."""
    if value is None:
        return "–"
    text = f"{value:.{decimals}f}"
    if float(text) == 0:
        text = text.lstrip("-")
    return _minus(text.replace(".", ",") if (lang or language()) == "nl" else text)
