"""How a check measures, in three plain sentences for the officer who must defend it: what is measured, what it rests on, where it ends."""

from __future__ import annotations

from ...texts import sentence

PARTS = ("measures", "law", "limits")


def help_of(check: str, lang: str | None = None) -> tuple[tuple[str, str], ...]:
    """Return (head, sentence) of each part; the words stand in ``i18n/messages/check_help.json``, the whole page in ``docs/checks``."""
    return tuple((sentence(f"help_head_{part}", lang=lang), sentence(f"help_{check}_{part}", lang=lang)) for part in PARTS)
