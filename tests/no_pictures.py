"""A gallery without pictures, for tests of what a report says."""

from __future__ import annotations

from drieluik.report.basis.matrix import in_full
from drieluik.report.pictures.gallery import open_findings


class NoPictures:
    """The open findings of a review, none painted."""

    def __init__(self, review):
        self.findings = open_findings(in_full(review))

    def overview(self):
        return ()

    def of(self, number):
        return ()
