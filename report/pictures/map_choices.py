"""The lines that an open question chooses from, numbered on the map of a finding as its choices are named."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from ...model import Finding
from ..basis import palette
from .map_frame import FONT, Frame

MARK = 8.0
"""Radius of the disc that holds a number, in picture units: room for two figures."""


def choice_lines(finding: Finding) -> list[tuple[int, LineString]]:
    """Return the lines (RD) of the choices of what turns a finding, each with the number that its choice is named by."""
    found = []
    for premise in finding.premises:
        if premise.settled != "open" or not premise.flips:
            continue
        for number, choice in enumerate(premise.choices, start=1):
            lines = choice.answer.get("lines", ()) if isinstance(choice.answer, Mapping) else ()
            found += [(number, LineString(line)) for line in lines if len(line) > 1]
    return found


def painted_choices(lines: list[tuple[int, LineString]], frame: Frame) -> list[str]:
    """Return the lines as far as they are seen, with a number on each."""
    out = []
    for number, line in lines:
        seen = shapely.intersection(line, frame.box)
        if seen.is_empty:
            continue
        out.append(f'<path d="{frame.path(seen)}" fill="none" stroke="{palette.LIMIT}" stroke-width="1.2"/>')
        out.append(_numbered(seen, number, frame))
    return out


def _numbered(seen: BaseGeometry, number: int, frame: Frame) -> str:
    longest = max(shapely.get_parts(seen), key=shapely.length)
    middle = longest.interpolate(0.5, normalized=True)
    ((x, y),) = frame.points(np.array([[middle.x, middle.y]]))
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{MARK:g}" fill="#FFFFFF" stroke="{palette.LIMIT}" stroke-width="1.2"/>'
        f'<text x="{x:.1f}" y="{y + 3.5:.1f}" text-anchor="middle" {FONT} font-size="10" font-weight="600" fill="{palette.INK}">{number}</text>'
    )
