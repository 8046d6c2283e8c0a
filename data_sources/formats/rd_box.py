"""The box of the Dutch RD grid (EPSG:28992), metres, and its names."""

from __future__ import annotations

import re
from typing import Any

RD_CODES = ("28992", "7415", "28991", "5709")
RD_WORDS = ("rdnew", "rdnap", "rijksdriehoek", "amersfoort", "rdstelsel")
"""How people and programs write RD, without spaces and marks."""
OTHER_WORDS = ("lambert", "utm", "gauss", "mercator", "wgs", "etrs", "luref", "dhdn", "krüger", "kruger", "geographic", "geografisch", "itrf")
RD, OTHER, UNKNOWN = "rd", "other", "unknown"
YEARS = (1900, 2100)
DEGREES_EAST, DEGREES_NORTH, DEGREES_LONG = (3.0, 7.5), (50.5, 53.8), 0.05
"""The Netherlands in degrees; what is longer than 0.05 degrees, some 3 km, is no building."""
RD_WEST, RD_EAST, RD_SOUTH, RD_NORTH = 0.0, 300_000.0, 300_000.0, 650_000.0


def in_rd(x: float, y: float) -> bool:
    """Whether (x, y) lies in the box of the Dutch RD grid."""
    return RD_WEST < x < RD_EAST and RD_SOUTH < y < RD_NORTH


def crs_kind(crs: str) -> str:
    """Return what the name of a coordinate system says: ``rd``, ``other``, ``unknown`` (free text that names none), '' without a name.

    A year in a name ("RDNAPTRANS2018") is no code; "EPSG" before a number makes it one whatever it looks like.
    """
    text = crs.strip().lower()
    squeezed = re.sub(r"[^a-z0-9]", "", text)
    numbers = re.findall(r"\d+", text)
    if any(code in RD_CODES for code in numbers) or squeezed == "rd" or any(word in squeezed for word in RD_WORDS):
        return RD
    if not squeezed:
        return ""
    codes = [number for number in numbers if not (len(number) == 4 and YEARS[0] <= int(number) <= YEARS[1])]
    if codes or "epsg" in squeezed or any(word in text for word in OTHER_WORDS):
        return OTHER
    return UNKNOWN


def names_rd(text: str) -> bool:
    """Whether the name or WKT of a coordinate system speaks of RD."""
    return any(word in text for word in ("28992", "7415", "Amersfoort"))


def foreign_crs(raster: Any) -> str:
    """Return the name of the coordinate system of a GDAL raster when it is not RD's; '' when it is, or none is stated."""
    crs = raster.GetSpatialRef()
    if crs is None or crs.GetAuthorityCode(None) in RD_CODES or names_rd(crs.GetName() or ""):
        return ""
    wkt = raster.GetProjection()  # takes longer, and knows the datum of a system without a name
    return "" if names_rd(wkt) else str(crs.GetName() or wkt[:40])


def looks_like_degrees(x: float, y: float, long: float) -> bool:
    """Whether a place is in degrees of longitude and latitude in or around the Netherlands (either order), a building's length along."""
    return long < DEGREES_LONG and any(DEGREES_EAST[0] < a < DEGREES_EAST[1] and DEGREES_NORTH[0] < b < DEGREES_NORTH[1] for a, b in ((x, y), (y, x)))
