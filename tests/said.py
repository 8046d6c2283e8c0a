"""What a finding is about, in Dutch, for tests that read it."""

from __future__ import annotations

from drieluik.report.basis import wording


def said(finding):
    """Return the Dutch sentence of a finding's subject."""
    return wording.subject(finding, "nl")
