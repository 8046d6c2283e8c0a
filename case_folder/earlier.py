"""The review of a case that a new version of its design is compared with."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..errors import OutputError
from ..report.basis.resubmission import Earlier, version_of
from ..report.record import read_record
from .folder import RECORD

LOG = logging.getLogger(__name__)


def earlier_version(reviews: Sequence[Path], record: Mapping[str, Any]) -> Earlier | None:
    """Return the last review of another version of the designs than that of ``record``, None without one; a review that cannot be read any more
    is passed over, with a line in the log."""
    for place in reversed(reviews):
        try:
            found = read_record(place / RECORD)
        except OutputError as error:
            LOG.warning("review %s left out: %s", place, error)
            continue
        if version_of(found) != version_of(record):
            return Earlier(int(place.name), found)
    return None
