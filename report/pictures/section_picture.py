"""The profile of a finding as SVG: the design, the ground, the limit and what stands above it, true to scale, heights in m NAP."""

from __future__ import annotations

import html

import numpy as np
import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from ...measure.plane.cross_section import Profile, cut_triangles, profile_along
from ...model import Design, Evidence, Finding, Site, Verdict
from ...model.arrays import Floats
from ...texts import number, sentence
from ..basis import palette, roles, wording
from .map_frame import FONT
from .map_picture import dots, hatch, label_at

WIDTH, LEGEND = 380.0, 32.0
LEAST_HEIGHT, MOST_HEIGHT = 150.0, 300.0
LEFT, RIGHT, TOP, BOTTOM = 44.0, 12.0, 12.0, 22.0
TICKS_M = (0.5, 1, 2, 5, 10, 20, 50)
MOST_TICKS = 8
LIMIT_ABOVE_M = 8.0
"""A limit further above the design than this is left out of the picture."""
GROUND = "#8A6D3B"


class Scale:
    """Turns (s, z) of a profile into picture units, equal in both directions."""

    def __init__(self, length: float, low: float, high: float) -> None:
        self.low, self.high = low, high
        wide, tall = WIDTH - LEFT - RIGHT, MOST_HEIGHT - TOP - BOTTOM
        self.unit = min(wide / length, tall / max(high - low, 0.1))
        self.height = max(LEAST_HEIGHT, (high - low) * self.unit + TOP + BOTTOM)
        self.x0 = LEFT + (wide - length * self.unit) / 2
        self.y0 = self.height - BOTTOM

    def points(self, sz: Floats) -> Floats:
        """Return picture coordinates (n, 2)."""
        return np.column_stack([self.x0 + sz[:, 0] * self.unit, self.y0 - (sz[:, 1] - self.low) * self.unit])

    def path(self, shape: BaseGeometry) -> str:
        """Return the ``d`` of a path of areas or lines."""
        steps = []
        for part in shapely.get_parts(shape):
            rings = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
            for ring in rings:
                if ring.geom_type in ("LinearRing", "LineString") and not ring.is_empty:
                    closing = "Z" if part.geom_type == "Polygon" else ""
                    steps.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in self.points(shapely.get_coordinates(ring))) + closing)
        return "".join(steps)


def section_line_of(finding: Finding) -> LineString | None:
    """Return the line (RD) that a finding is cut along, or None."""
    return next((e.geometry for e in finding.evidence if e.role == roles.SECTION_LINE and isinstance(e.geometry, LineString)), None)


def section_of(site: Site, design: Design, finding: Finding, lang: str) -> str:
    """Return the profile of a finding that has a section line, as an SVG text."""
    line = section_line_of(finding)
    if line is None:
        return ""
    profile = profile_along(line, design.own.parts, site.terrain, _triangles(finding, "limit_surface"), _triangles(finding, "excess_volume"))
    peil = next((m.value for m in finding.measurements if m.name == "peil"), None)
    limit = _shown_limit(profile)
    scale = Scale(profile.length, *_range(profile, limit, peil))
    alt = html.escape(sentence("report_section_alt", {"say": wording.say(finding, lang)}, lang))
    total = scale.height + LEGEND
    body = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {total:.0f}" width="{WIDTH:.0f}" height="{total:.0f}" '
        f'role="img" aria-label="{alt}">',
        "<defs>" + hatch("loud", palette.VIOLATION) + dots("doubt", palette.DOUBT) + "</defs>",
        f'<rect width="{WIDTH:.0f}" height="{scale.height:.0f}" fill="#FFFFFF" stroke="{palette.LINE}"/>',
        *_axis(scale, lang), *_ground(scale, profile), *_peil(scale, peil, lang), *_design(scale, profile),
        *_limit(scale, profile, limit, finding), *_crossings(scale, profile, finding), *_faces(scale, profile, finding, lang),
        *_dimensions(scale, profile, finding, lang), *_marks(scale, profile, finding, peil, lang), *_ends(scale, profile, lang),
        *_legend(scale, profile, limit, finding, lang), "</svg>",
    ]
    return "".join(body)


def _triangles(finding: Finding, role: str) -> Floats:
    found = [e.triangles for e in finding.evidence if e.role == role and e.triangles is not None and len(e.triangles)]
    return np.concatenate(found) if found else np.zeros((0, 3, 3))


def _shown_limit(profile: Profile) -> Floats:
    """Return the limit near the design: nothing when it lies far above."""
    top = float(profile.edges[:, :, 1].max()) if len(profile.edges) else 0.0
    return profile.limit[profile.limit[:, :, 1].min(axis=1) < top + LIMIT_ABOVE_M] if len(profile.limit) else profile.limit


def _range(profile: Profile, limit: Floats, peil: float | None) -> tuple[float, float]:
    """Return the lowest and highest z that the picture shows."""
    z = [profile.edges[:, :, 1].ravel(), profile.ground[:, 1], limit[:, :, 1].ravel(), np.array([] if peil is None else [peil])]
    every = np.concatenate(z)
    if not len(every):
        return 0.0, 1.0
    return float(every.min()) - 0.8, float(every.max()) + 1.0


def _axis(scale: Scale, lang: str) -> list[str]:
    """Return lines at round heights with their value in m NAP."""
    step = next((t for t in TICKS_M if (scale.high - scale.low) / t <= MOST_TICKS), TICKS_M[-1])
    decimals = 1 if step < 1 else 0
    out = [f'<text x="4" y="10" {FONT} font-size="8" fill="{palette.INK}">{sentence("section_axis", lang=lang)}</text>']
    for z in np.arange(np.ceil(scale.low / step) * step, scale.high, step):
        (_, y), = scale.points(np.array([[0.0, z]]))
        out.append(f'<path d="M{LEFT - 4:.0f} {y:.1f}H{WIDTH - RIGHT:.0f}" stroke="#E4E4E4" stroke-width=".6"/>')
        text = number(float(z) + 0.0, decimals, lang)
        out.append(f'<text x="{LEFT - 7:.0f}" y="{y + 3:.1f}" text-anchor="end" {FONT} font-size="8.5" fill="{palette.INK}">{text}</text>')
    return out


def _peil(scale: Scale, peil: float | None, lang: str) -> list[str]:
    if peil is None:
        return []
    (_, y), = scale.points(np.array([[0.0, peil]]))
    text = sentence("section_peil", {"value": peil}, lang)
    return [
        f'<path d="M{LEFT:.0f} {y:.1f}H{WIDTH - RIGHT:.0f}" stroke="{palette.INK}" stroke-width=".8" stroke-dasharray="2 2"/>',
        f'<text x="{WIDTH - RIGHT - 4:.0f}" y="{y - 4:.1f}" text-anchor="end" {FONT} font-size="8.5" fill="{palette.INK}" stroke="#FFFFFF" '
        f'stroke-width="2.5" paint-order="stroke">{html.escape(text)}</text>',
    ]


def _ground(scale: Scale, profile: Profile) -> list[str]:
    if len(profile.ground) < 2:
        return []
    path = scale.path(LineString(profile.ground))
    return [f'<path d="{path}" fill="none" stroke="{GROUND}" stroke-width="2"/>']


def _design(scale: Scale, profile: Profile) -> list[str]:
    edges = scale.path(shapely.multilinestrings(list(profile.edges))) if len(profile.edges) else ""
    return [
        f'<path d="{scale.path(profile.design)}" fill="{palette.DESIGN}" fill-opacity=".35" fill-rule="evenodd"/>',
        f'<path d="{edges}" fill="none" stroke="{palette.DESIGN}" stroke-width="1.1"/>',
    ]


def _limit(scale: Scale, profile: Profile, limit: Floats, finding: Finding) -> list[str]:
    out = []
    if not profile.excess.is_empty:
        loud = finding.verdict is Verdict.VIOLATES
        fill, edge = ("url(#loud)", palette.VIOLATION) if loud else ("url(#doubt)", palette.DOUBT)
        out.append(f'<path d="{scale.path(profile.excess)}" fill="{fill}" stroke="{edge}" stroke-width="1.2" fill-rule="evenodd"/>')
    if len(limit):
        path = scale.path(shapely.multilinestrings(list(limit)))
        out.append(f'<path d="{path}" fill="none" stroke="{palette.LIMIT}" stroke-width="1.8" stroke-dasharray="7 3"/>')
    return out


def _crossings(scale: Scale, profile: Profile, finding: Finding) -> list[str]:
    """Return the borders and boundaries that the line crosses, upright."""
    out = []
    for piece in finding.evidence:
        if piece.geometry is None or piece.role not in (*roles.LIMIT_AREAS, *roles.LIMIT_LINES):
            continue
        lines = piece.geometry.boundary if piece.geometry.geom_type.endswith("Polygon") else piece.geometry
        for x, y in shapely.get_coordinates(shapely.intersection(lines, profile.line)):
            (at, _), = scale.points(np.array([[profile.place((x, y, 0.0))[0], 0.0]]))
            path = f"M{at:.1f} {TOP:.0f}V{scale.y0:.0f}"
            out.append(f'<path d="{path}" stroke="{palette.LIMIT}" stroke-width="1.6" stroke-dasharray="7 3"/>')
    return out


def _faces(scale: Scale, profile: Profile, finding: Finding, lang: str) -> list[str]:
    """Return roof planes and floors where they are cut, with their value."""
    edge = palette.VIOLATION if finding.verdict is Verdict.VIOLATES else palette.DOUBT
    colours = {"roof_plane": palette.INK, "roof_plane_outside": edge, "low_roof": edge, "storey_floor": palette.INK}
    out, labels = [], []
    for piece in finding.evidence:
        cut = cut_triangles(profile.line, piece.triangles) if piece.role in colours and piece.triangles is not None else np.zeros((0, 2, 2))
        if not len(cut):
            continue
        path = scale.path(shapely.multilinestrings(list(cut)))
        out.append(f'<path d="{path}" stroke="{colours[piece.role]}" stroke-width="2.6" fill="none"/>')
        (x, y), = scale.points(cut.mean(axis=(0, 1))[None])
        labels.append(label_at(x, y, wording.label(piece, finding, lang), 0, scale.height))
    return out + labels


def _dimensions(scale: Scale, profile: Profile, finding: Finding, lang: str) -> list[str]:
    """Return level dimension lines with their value: distances and depths along the profile."""
    out = []
    for piece in finding.evidence:
        if piece.geometry is None or piece.value is None or piece.role not in roles.DIMENSIONS or piece.geometry.geom_type != "LineString":
            continue
        ends = [profile.place((*xy, 0.0))[0] for xy in shapely.get_coordinates(piece.geometry)[[0, -1]]]
        if abs(ends[1] - ends[0]) < 0.5 * piece.geometry.length:
            continue
        (x0, y), (x1, _) = scale.points(np.array([[at, scale.low + 1.4] for at in ends]))
        out.append(f'<path d="M{x0:.1f} {y:.1f}H{x1:.1f}" stroke="{palette.INK}" stroke-width="1.2"/>')
        out += [f'<path d="M{x:.1f} {y - 4:.1f}v8" stroke="{palette.INK}" stroke-width="1.2"/>' for x in (x0, x1)]
        out.append(label_at((x0 + x1) / 2, y, wording.label(piece, finding, lang), 0, scale.height))
    return out


def _marks(scale: Scale, profile: Profile, finding: Finding, peil: float | None, lang: str) -> list[str]:
    """Return the deciding place: a dimension from peil up to it with its value, or a mark with its value."""
    out: list[str] = []
    for order, (point, piece) in enumerate(_places(profile, finding)):
        (x, y), = scale.points(np.array([point]))
        text = wording.label(piece, finding, lang)
        if peil is not None and order == 0 and piece.unit == "m":
            (_, foot), = scale.points(np.array([[point[0], peil]]))
            out.append(f'<path d="M{x:.1f} {foot:.1f}V{y:.1f}" stroke="{palette.INK}" stroke-width="1"/>')
            out += [f'<path d="M{x - 4:.1f} {at:.1f}h8" stroke="{palette.INK}" stroke-width="1"/>' for at in (foot, y)]
        out.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="{palette.INK}"/>')
        out.append(label_at(x, y, text, order, scale.height))
    return out


def _places(profile: Profile, finding: Finding) -> list[tuple[tuple[float, float], Evidence]]:
    """Return the places (s, z) of the points and eaves of a finding that the profile passes, the highest first."""
    found = []
    for piece in finding.evidence:
        if piece.geometry is None or piece.value is None:
            continue
        if piece.role == "highest_point":
            found.append((profile.place(piece.geometry.coords[0]), piece))
        elif piece.role in roles.EAVES and piece.geometry.crosses(profile.line):
            at = shapely.intersection(piece.geometry, profile.line)
            z = float(np.asarray(piece.geometry.coords)[:, 2].max())
            found += [(profile.place((*xy, z)), piece) for xy in shapely.get_coordinates(at)]
    by_height = {round(point[1], 2): (point, piece) for point, piece in reversed(found)}
    return [by_height[z] for z in sorted(by_height, reverse=True)][:3]


def _ends(scale: Scale, profile: Profile, lang: str) -> list[str]:
    """Return the letters of the line's ends, as on the map, and a bar of whole metres."""
    metres = max((m for m in (1, 2, 5, 10, 20, 50) if m * scale.unit <= 80), default=1)
    y, left, right = scale.height - 6, scale.x0, scale.x0 + profile.length * scale.unit
    return [
        f'<text x="{left:.1f}" y="{y:.1f}" {FONT} font-size="10" font-weight="600" fill="{palette.INK}">A</text>',
        f'<text x="{right:.1f}" y="{y:.1f}" text-anchor="end" {FONT} font-size="10" font-weight="600" fill="{palette.INK}">B</text>',
        f'<path d="M{left + 22:.1f} {y - 3:.1f}h{metres * scale.unit:.1f}" stroke="{palette.INK}" stroke-width="2.5"/>',
        f'<text x="{left + 27 + metres * scale.unit:.1f}" y="{y:.1f}" {FONT} font-size="8.5" fill="{palette.INK}">{metres} m</text>',
    ]


def _legend(scale: Scale, profile: Profile, limit: Floats, finding: Finding, lang: str) -> list[str]:
    entries = [(palette.DESIGN, "map_design", "fill")]
    if len(limit) or _crossings(scale, profile, finding):
        entries.append((palette.LIMIT, "role_limit_surface", "line"))
    if not profile.excess.is_empty:
        entries.append(("url(#loud)" if finding.verdict is Verdict.VIOLATES else "url(#doubt)", "role_excess_volume", "fill"))
    if len(profile.ground) > 1:
        entries.append((GROUND, "section_ground", "solid"))
    out = []
    for place, (colour, code, kind) in enumerate(entries):
        x, y = 4 + 94 * place, scale.height + 8
        if kind == "fill":
            seen = ".35" if code == "map_design" else "1"
            out.append(f'<rect x="{x}" y="{y}" width="14" height="9" fill="{colour}" fill-opacity="{seen}" stroke="{palette.LINE}" stroke-width=".5"/>')
        else:
            dash = ' stroke-dasharray="7 3"' if kind == "line" else ""
            out.append(f'<path d="M{x} {y + 5}h14" stroke="{colour}" stroke-width="1.8"{dash}/>')
        out.append(f'<text x="{x + 18}" y="{y + 8}" {FONT} font-size="9" fill="{palette.INK}">{html.escape(sentence(code, lang=lang))}</text>')
    return out
