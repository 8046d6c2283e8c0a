"""The box of the Dutch RD grid (EPSG:28992), metres, and its names."""

from __future__ import annotations

import re
from typing import Any

RD_CODES = ("28992", "7415", "28991", "5709")
RD_WEST, RD_EAST, RD_SOUTH, RD_NORTH = 0.0, 300_000.0, 300_000.0, 650_000.0


def in_rd(x: float, y: float) -> bool:
    """Whether (x, y) lies in the box of the Dutch RD grid."""
    return RD_WEST < x < RD_EAST and RD_SOUTH < y < RD_NORTH


def is_rd(crs: str) -> bool:
    """Whether the name of a coordinate system is RD's (EPSG:28992, 7415, RD New), or says nothing (no number in it)."""
    codes = re.findall(r"\d+", crs)
    return not codes or any(code in RD_CODES for code in codes) or "rd new" in crs.lower()


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
