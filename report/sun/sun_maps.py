"""Maps of a sun study as SVG, at a true scale on paper: shadow diagrams of moments, and the points on facades by what they lose."""

from __future__ import annotations

import html
from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ...measure.building.footprint import projection
from ...measure.sun.neighbours import outline_of
from ...measure.sun.shadows_in_time import ShadowMoment
from ...model import Design, Finding, Site
from ...texts import number, sentence
from ..basis import palette, roles
from ..basis.sun_table import compass
from ..pictures.map_frame import FONT, Frame
from ..pictures.map_picture import receptor_dot

SIDE_MM, PIXELS_MM = 82.0, 4.0
"""A map's side on paper, and picture units in a millimetre."""
SIDE = SIDE_MM * PIXELS_MM
SCALES = (200, 250, 500, 750, 1000, 1250, 1500, 2000, 2500, 3000, 4000, 5000, 7500, 10000)
BARS_M = (5, 10, 20, 50, 100, 200)
EXISTING, EXTRA, GONE = "#6E6E6E", "#D55E00", "#56B4E9"


class SunMap:
    """The quiet part of all maps of one design: drawn once, for the smallest scale on the list that shows the whole frame (RD bounds)."""

    def __init__(self, site: Site, design: Design, frame: tuple[float, float, float, float], lang: str) -> None:
        self.lang = lang
        west, south, east, north = frame
        needed = max(east - west, north - south)
        self.scale = next((s for s in SCALES if s * SIDE_MM / 1000 >= needed), SCALES[-1])
        half, x, y = self.scale * SIDE_MM / 2000, (west + east) / 2, (south + north) / 2
        self.frame = Frame((x - half, y - half, x + half, y + half), SIDE, SIDE)
        self._outline = projection(design.own.parts)
        near = [b for b in site.buildings3d if len(b.triangles)]
        self._solid = [shape for shape in (outline_of(b) for b in near) if shape.intersects(self.frame.box)]
        self._under, self._lines = self._ground(site), self._boundaries(site)

    def _ground(self, site: Site) -> str:
        """Return water, roads and other panden, pale."""
        out = [f'<rect width="{SIDE:.0f}" height="{SIDE:.0f}" fill="#F6F4EE"/>']
        tiles = [t for t in site.topography if t.geometry.geom_type in ("Polygon", "MultiPolygon") and t.geometry.intersects(self.frame.box)]
        for kind, colour in (("wegdeel", "#EBEBEB"), ("waterdeel", "#D5E7F2"), ("pand", "#DDDDDD")):
            path = "".join(self.frame.path(t.geometry) for t in tiles if t.collection == kind and t.level >= 0)
            out.append(f'<path d="{path}" fill="{colour}" fill-rule="evenodd"/>' if path else "")
        return "".join(out)

    def _boundaries(self, site: Site) -> str:
        path = "".join(self.frame.path(p.geometry.boundary) for p in site.parcels if p.geometry.intersects(self.frame.box))
        return f'<path d="{path}" fill="none" stroke="#8A8A8A" stroke-width=".6" stroke-dasharray="5 2 1 2"/>' if path else ""

    def _bodies(self) -> str:
        """Return the buildings that throw shadow, and the design, over the shadows."""
        path = "".join(self.frame.path(shape) for shape in self._solid)
        return (
            (f'<path d="{path}" fill="#C9C9C9" stroke="{palette.LINE}" stroke-width=".6" fill-rule="evenodd"/>' if path else "")
            + f'<path d="{self.frame.path(self._outline)}" fill="{palette.DESIGN}" fill-opacity=".8" stroke="{palette.INK}" stroke-width=".8"/>'
        )

    def shadows(self, moment: ShadowMoment) -> str:
        """Return the shadow diagram of a moment."""
        shades = [(moment.existing, EXISTING, ".6"), (moment.gone, GONE, ".8"), (moment.extra, EXTRA, ".8")]
        paths = [(self.frame.path(shape), colour, seen) for shape, colour, seen in shades]
        drawn = "".join(f'<path d="{d}" fill="{c}" fill-opacity="{o}" fill-rule="evenodd"/>' for d, c, o in paths if d)
        return self._svg(self._under + drawn + self._lines + self._bodies(), moment_alt(moment, self.lang))

    def receptors(self, findings: Sequence[Finding], alt: str) -> str:
        """Return the map of all points on facades, by what they lose; the points that lose most lie on top."""
        points = [piece for f in findings for piece in f.evidence if piece.role == roles.RECEPTOR]
        dots = "".join(receptor_dot(piece, self.frame, 2.0) for piece in sorted(points, key=lambda p: -(p.value or 0.0)))
        return self._svg(self._under + self._lines + self._bodies() + dots, alt)

    def _svg(self, inside: str, alt: str) -> str:
        side = f"{SIDE:.0f}"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" height="{side}" role="img" aria-label="{html.escape(alt)}">'
            f'{inside}<rect width="{side}" height="{side}" fill="none" stroke="{palette.LINE}"/>{self._north()}{self._bar()}</svg>'
        )

    def _north(self) -> str:
        return (
            f'<g transform="translate({SIDE - 20:.0f} 16)"><circle cx="0" cy="9" r="15" fill="#FFFFFF" fill-opacity=".85"/>'
            f'<path d="M0 2l5 16l-5-4l-5 4z" fill="{palette.INK}"/>'
            f'<text x="0" y="1" text-anchor="middle" {FONT} font-size="9" fill="{palette.INK}">{sentence("map_north", lang=self.lang)}</text></g>'
        )

    def _bar(self) -> str:
        metres = max((m for m in BARS_M if m * self.frame.scale <= 0.35 * SIDE), default=BARS_M[0])
        length, y = metres * self.frame.scale, SIDE - 9
        return (
            f'<rect x="5" y="{y - 16:.1f}" width="{length + 40:.1f}" height="22" fill="#FFFFFF" fill-opacity=".85"/>'
            f'<rect x="9" y="{y - 3:.1f}" width="{length / 2:.2f}" height="4" fill="{palette.INK}"/>'
            f'<rect x="9" y="{y - 3:.1f}" width="{length:.2f}" height="4" fill="none" stroke="{palette.INK}"/>'
            f'<text x="9" y="{y - 6:.1f}" {FONT} font-size="9" fill="{palette.INK}">0</text>'
            f'<text x="{9 + length:.1f}" y="{y - 6:.1f}" text-anchor="middle" {FONT} font-size="9" fill="{palette.INK}">{metres} m</text>'
        )


def moment_alt(moment: ShadowMoment, lang: str) -> str:
    """Return what a shadow diagram shows, in words."""
    words = {"date": str(moment.time)[:10], "clock": moment.clock, "area": number(float(moment.extra.area), 0, lang)}
    return sentence("sun_map_alt", words, lang)


def moment_caption(moment: ShadowMoment, scale: int, lang: str) -> str:
    """Return the caption of a shadow diagram: date, clock with its zone, where the sun stands, scale."""
    words = {
        "date": str(moment.time)[:10], "clock": moment.clock, "altitude": moment.altitude_deg, "side": compass(moment.azimuth_deg, lang), "scale": scale,
        "area": float(moment.extra.area),
    }
    return sentence("sun_map_caption", words, lang)


def frame_of(findings: Sequence[Finding], outline: BaseGeometry, room_m: float = 10.0) -> tuple[float, float, float, float]:
    """Return bounds (RD) that hold a design and all points on facades."""
    shapes = [outline, *(piece.geometry for f in findings for piece in f.evidence if piece.role == roles.RECEPTOR)]
    west, south, east, north = shapely.total_bounds(np.array(shapes, dtype=object))
    return west - room_m, south - room_m, east + room_m, north + room_m
