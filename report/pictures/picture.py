"""A picture of a report."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Picture:
    """A picture: SVG text or PNG bytes, what it shows for who cannot see it, and its caption."""

    name: str
    data: bytes
    kind: str
    alt: str
    caption: str
