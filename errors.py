"""What went wrong, as a sentence that an officer can act on."""

from __future__ import annotations

from typing import Any

from . import texts


class DrieluikError(Exception):
    """Base of all errors of Drieluik: a code of ``i18n/messages`` with its data; ``str()`` gives the sentence.

    ``details`` is for the log (a library's own words, a URL), never for the officer's first line.
    """

    def __init__(self, code: str, details: str = "", **data: Any) -> None:
        super().__init__(code)
        self.code, self.details, self.data = code, details, data

    def message(self, lang: str | None = None) -> str:
        """Return the sentence in ``lang`` (default: the language in use)."""
        return texts.sentence(self.code, self.data, lang)

    def __str__(self) -> str:
        return self.message()


class UsageError(DrieluikError):
    """The command was typed wrongly."""


class CaseError(DrieluikError):
    """The case file, or what it points at, cannot be used."""


class SourceError(DrieluikError):
    """A layer of the surroundings could not be read; the others still can."""


class DesignError(DrieluikError):
    """A design file cannot be used; says which and what to ask of the applicant."""


class RulesetError(DrieluikError):
    """A rule file is wrong; names the line or key and the nearest known word. ``others``: what else is wrong with it."""

    others: tuple[RulesetError, ...] = ()

    def message(self, lang: str | None = None) -> str:
        """Return the sentence of the first fault, and how many more there are."""
        more = texts.sentence("ruleset_more_faults", {"count": len(self.others)}, lang) if self.others else ""
        return " ".join(part for part in (super().message(lang), more) if part)

    def each(self, lang: str | None = None) -> list[str]:
        """Return a sentence per fault."""
        return [texts.sentence(error.code, error.data, lang) for error in (self, *self.others)]


class OutputError(DrieluikError):
    """The outputs cannot be written; nothing half-made is left behind."""


class CancelledError(DrieluikError):
    """The user stopped the work; not an error to report as one."""

    def __init__(self) -> None:
        super().__init__("cancelled")
