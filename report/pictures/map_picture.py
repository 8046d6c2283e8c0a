"""A map of one finding as SVG: true scale bar, north arrow, legend, quiet surroundings, loud finding."""

from __future__ import annotations

import html
from collections.abc import Mapping

import numpy as np
import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry

from ...model import Evidence, Finding, Site, Verdict
from ...texts import sentence
from ..basis import palette, roles, wording
from .map_choices import choice_lines, painted_choices
from .map_frame import FONT, Frame

NOTHING: Mapping[str, BaseGeometry] = {}
WIDTH, HEIGHT, LEGEND = 380.0, 330.0, 44.0
SCALES_M = (1, 2, 5, 10, 20, 50, 100)


def map_of(site: Site, footprint: BaseGeometry, finding: Finding, lang: str, others: Mapping[str, BaseGeometry] = NOTHING) -> str:
    """Return the map of a finding as an SVG text; ``footprint`` is the design projected (RD), ``others`` what else its file draws, by role."""
    frame = Frame(extent(footprint, finding), WIDTH, HEIGHT)
    alt = html.escape(sentence("report_map_alt", {"say": wording.say(finding, lang)}, lang))
    under = "".join(ground(site, frame))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {HEIGHT + LEGEND:.0f}" '
        f'width="{WIDTH:.0f}" height="{HEIGHT + LEGEND:.0f}" role="img" aria-label="{alt}">',
        "<defs>" + hatch("loud", palette.VIOLATION) + dots("doubt", palette.DOUBT) + "</defs>",
        f'<rect width="{WIDTH:.0f}" height="{HEIGHT:.0f}" fill="{palette.OTHER}"/>',
        under, *file_parts(others, frame),
        f'<path d="{frame.path(footprint)}" fill="{palette.DESIGN}" fill-opacity=".45" stroke="{palette.DESIGN}" stroke-width="1.4"/>',
        *evidence(finding, frame, lang), *painted_choices(choice_lines(finding), frame),
        f'<rect width="{WIDTH:.0f}" height="{HEIGHT:.0f}" fill="none" stroke="{palette.LINE}"/>',
        north_arrow(lang), scale_bar(frame), *legend(finding, under, lang, others),
        "</svg>",
    ]
    return "".join(parts)


def file_parts(others: Mapping[str, BaseGeometry], frame: Frame) -> list[str]:
    """Return what the design's file draws besides the design: quiet, in the colour of what it is."""
    return [
        f'<path d="{frame.path(shape)}" fill="{palette.ROLES[role]}" fill-opacity=".8" stroke="{palette.LINE}" stroke-width=".8"/>'
        for role, shape in others.items()
    ]


def extent(footprint: BaseGeometry, finding: Finding) -> tuple[float, float, float, float]:
    """Return bounds (RD) that hold the design and the loud evidence with some room around."""
    shapes = [footprint] + [e.geometry for e in finding.evidence if e.geometry is not None and e.role in roles.EXTENT]
    shapes += [line for _, line in choice_lines(finding)]
    west, south, east, north = shapely.total_bounds(shapes)
    room = max(6.0, 0.35 * max(east - west, north - south))
    return west - room, south - room, east + room, north + room


def hatch(name: str, colour: str) -> str:
    """Return a pattern of slanting lines."""
    return (
        f'<pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="6" height="6" fill="{colour}" fill-opacity=".35"/><rect width="2.4" height="6" fill="{colour}"/></pattern>'
    )


def dots(name: str, colour: str) -> str:
    """Return a pattern of dots."""
    return (
        f'<pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="{colour}" '
        f'fill-opacity=".3"/><circle cx="3" cy="3" r="1.5" fill="{colour}"/></pattern>'
    )


def ground(site: Site, frame: Frame) -> list[str]:
    """Return topography, buildings, parcels and trees inside the frame."""
    out = []
    tiles = [t for t in site.topography if t.geometry.geom_type in ("Polygon", "MultiPolygon") and t.geometry.intersects(frame.box)]
    for tile in sorted(tiles, key=lambda t: (t.level, t.collection == "pand", t.fid)):
        stroke = palette.LINE if tile.collection == "pand" else "#FFFFFF"
        colour = palette.ground_colour(tile.collection, tile.function)
        out.append(f'<path d="{frame.path(tile.geometry)}" fill="{colour}" stroke="{stroke}" stroke-width=".5" fill-rule="evenodd"/>')
    if not any(tile.collection == "pand" for tile in tiles):
        for building in site.registered_buildings:
            if building.geometry.intersects(frame.box):
                out.append(f'<path d="{frame.path(building.geometry)}" fill="{palette.GROUND["pand"]}" stroke="{palette.LINE}" stroke-width=".5"/>')
    lines = "".join(frame.path(p.geometry.boundary) for p in site.parcels if p.geometry.intersects(frame.box))
    if lines:
        out.append(f'<path d="{lines}" fill="none" stroke="#6B6B6B" stroke-width=".7" stroke-dasharray="5 2 1 2"/>')
    for tree in site.trees:
        if frame.box.contains(tree.geometry):
            (x, y), = frame.points(np.array([[tree.geometry.x, tree.geometry.y]]))
            out.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{1.8 * frame.scale:.1f}" fill="#B9D3A6" fill-opacity=".7" stroke="#86A873" stroke-width=".6"/>')
    return out


def evidence(finding: Finding, frame: Frame, lang: str) -> list[str]:
    """Return the evidence: limits thin violet, what does not fit hatched with its value, doubt dotted."""
    fill = "url(#loud)" if finding.verdict is Verdict.VIOLATES else "url(#doubt)"
    edge = palette.VIOLATION if finding.verdict is Verdict.VIOLATES else palette.DOUBT
    out, labels = [], []
    for piece in finding.evidence:
        shape = flat_shape(piece)
        if shape is None or shape.is_empty:
            continue
        if piece.role in (*roles.LIMIT_AREAS, *roles.LIMIT_LINES):
            out.append(f'<path d="{frame.path(shape)}" fill="none" stroke="{palette.LIMIT}" stroke-width="1.8" stroke-dasharray="7 3"/>')
            labels += [(x, y, piece) for x, y in limit_label(shape, frame)] if piece.role == "limit_contour" else []
        elif piece.role == roles.SECTION_LINE:
            out.append(f'<path d="{frame.path(shape)}" fill="none" stroke="{palette.INK}" stroke-width="1" stroke-dasharray="9 3 2 3"/>')
            out += section_ends(shape, frame)
        elif piece.role == roles.RECEPTOR:
            out.append(receptor_dot(piece, frame))
        elif isinstance(shape, Point):
            (x, y), = frame.points(np.array([[shape.x, shape.y]]))
            out.append(f'<path d="M{x:.1f} {y - 5:.1f}l4.5 8h-9z" fill="{palette.INK}"/>')
            labels.append((x, y, piece))
        elif piece.role in roles.QUIET_VOLUMES:
            out.append(f'<path d="{frame.path(shape)}" fill="none" stroke="{palette.INK}" stroke-width=".6" fill-rule="evenodd"/>')
            labels += [(*middle_of(shape, frame), piece)] if piece.role == "roof_plane" else []
        elif shape.geom_type == "LineString":
            colour, width = (edge, 3.2) if piece.role in roles.EAVES[1:] else (palette.INK, 1.6)
            out.append(f'<path d="{frame.path(shape)}" stroke="{colour}" stroke-width="{width}" fill="none"/>')
            (x, y), = frame.points(np.array([shape.interpolate(0.5, normalized=True).coords[0][:2]]))
            labels.append((x, y, piece))
        else:
            out.append(f'<path d="{frame.path(shape)}" fill="{fill}" stroke="{edge}" stroke-width="1.6" fill-rule="evenodd"/>')
            labels.append((*middle_of(shape, frame), piece))
    return out + [label_at(x, y, wording.label(piece, finding, lang), n) for n, (x, y, piece) in enumerate(labels)]


def middle_of(shape: BaseGeometry, frame: Frame) -> tuple[float, float]:
    """Return a place inside a shape, in picture units."""
    point = shape.representative_point()
    (x, y), = frame.points(np.array([[point.x, point.y]]))
    return float(x), float(y)


def receptor_dot(piece: Evidence, frame: Frame, radius: float = 3.0) -> str:
    """Return a point where sun is measured, in the colour of what it loses (minutes)."""
    (x, y), = frame.points(shapely.get_coordinates(piece.geometry)[:1])
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{palette.loss_colour(piece.value)}" stroke="{palette.INK}" stroke-width=".5"/>'


def limit_label(line: BaseGeometry, frame: Frame) -> list[tuple[float, float]]:
    """Return where a line of the limit can be labelled inside the frame: nowhere, or in the middle of what is seen of it."""
    seen = [part for part in shapely.get_parts(shapely.intersection(line, frame.box)) if part.geom_type == "LineString" and part.length > 0]
    if not seen:
        return []
    middle = max(seen, key=lambda part: part.length).interpolate(0.5, normalized=True)
    return [(float(x), float(y)) for x, y in frame.points(np.array([[middle.x, middle.y]]))]


def flat_shape(piece: Evidence) -> BaseGeometry | None:
    """Return evidence as seen from above: volumes projected."""
    if piece.geometry is not None:
        return piece.geometry
    if piece.triangles is None:
        return None
    corners = piece.triangles[:, :, :2]
    rings = np.concatenate([corners, corners[:, :1]], axis=1)
    polygons = shapely.polygons(rings)
    return shapely.union_all(polygons[shapely.area(polygons) > 1e-9])


def section_ends(line: BaseGeometry, frame: Frame) -> list[str]:
    """Return the letters A and B at the ends of the profile's line."""
    ends = frame.points(shapely.get_coordinates(line)[[0, -1]])
    return [
        f'<text x="{x:.1f}" y="{y + 3.5:.1f}" text-anchor="middle" {FONT} font-size="10" font-weight="600" fill="{palette.INK}" '
        f'stroke="#FFFFFF" stroke-width="2.5" paint-order="stroke">{letter}</text>'
        for (x, y), letter in zip(ends, "AB")
    ]


def label_at(x: float, y: float, text: str, number: int, height: float = HEIGHT) -> str:
    """Return a label on a white plate beside a point; following labels step down so that they do not cover each other."""
    if not text:
        return ""
    width = 6.6 * len(text) + 8
    x = min(max(x + 8, 2), WIDTH - width - 2)
    y = min(max(y - 18 + 20 * number, 2), height - 18)
    return (
        f'<g><rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="16" rx="2" fill="#FFFFFF" fill-opacity=".9" stroke="{palette.INK}" stroke-width=".5"/>'
        f'<text x="{x + 4:.1f}" y="{y + 12:.1f}" {FONT} font-size="11" font-weight="600" fill="{palette.INK}">{html.escape(text)}</text></g>'
    )


def north_arrow(lang: str) -> str:
    """Return the north arrow (RD grid north is up)."""
    return (
        f'<g transform="translate({WIDTH - 20:.0f} 14)"><circle cx="0" cy="10" r="14" fill="#FFFFFF" fill-opacity=".85"/>'
        f'<path d="M0 0l5 16l-5-4l-5 4z" fill="{palette.INK}"/>'
        f'<text x="0" y="-1" text-anchor="middle" {FONT} font-size="9" fill="{palette.INK}">{sentence("map_north", lang=lang)}</text></g>'
    )


def scale_bar(frame: Frame) -> str:
    """Return a bar of a round number of metres, true to the map's scale."""
    metres = max((m for m in SCALES_M if m * frame.scale <= 90), default=SCALES_M[0])
    length = metres * frame.scale
    y = HEIGHT - 10
    return (
        f'<g><rect x="6" y="{y - 17:.1f}" width="{length + 34:.1f}" height="23" fill="#FFFFFF" fill-opacity=".85"/>'
        f'<rect x="10" y="{y - 3:.1f}" width="{length / 2:.2f}" height="4" fill="{palette.INK}"/>'
        f'<rect x="10" y="{y - 3:.1f}" width="{length:.2f}" height="4" fill="none" stroke="{palette.INK}"/>'
        f'<text x="10" y="{y - 6:.1f}" {FONT} font-size="9" fill="{palette.INK}">0</text>'
        f'<text x="{10 + length:.1f}" y="{y - 6:.1f}" text-anchor="middle" {FONT} font-size="9" fill="{palette.INK}">{metres} m</text></g>'
    )


GROUND_ENTRIES = (
    (palette.GROUND["pand"], "map_building", "fill"), ("#6B6B6B", "map_parcel", "dash"), (palette.PATH, "map_path", "fill"),
    (palette.GROUND["wegdeel"], "map_road", "fill"), (palette.GROUND["begroeidterreindeel"], "map_green", "fill"),
    (palette.GROUND["waterdeel"], "map_water", "fill"),
)


def legend(finding: Finding, under: str, lang: str, others: Mapping[str, BaseGeometry] = NOTHING) -> list[str]:
    """Return what the colours and patterns mean, under the map; of the surroundings only what is drawn (``under``)."""
    loud = "url(#loud)" if finding.verdict is Verdict.VIOLATES else "url(#doubt)"
    entries = [(palette.DESIGN, "map_design", "fill")]
    shown = [piece.role for piece in finding.evidence]
    for role in (*roles.LIMIT_AREAS, *roles.LIMIT_LINES):
        if role in shown:
            entries.append((palette.LIMIT, f"role_{role}", "line"))
    for role in (*roles.LOUD_VOLUMES, *roles.LOUD_AREAS, "built_area"):
        if role in shown and role not in roles.QUIET_VOLUMES:
            entries.append((loud, f"role_{role}", "fill"))
    edge = palette.VIOLATION if finding.verdict is Verdict.VIOLATES else palette.DOUBT
    entries += [(edge if role in roles.EAVES[1:] else palette.INK, f"role_{role}", "solid") for role in roles.EAVES if role in shown]
    if roles.RECEPTOR in shown:
        entries += [(colour, code, "fill") for _, colour, code in palette.LOSS]
    entries += [(palette.ROLES[role], f"map_role_{role}", "fill") for role in others]
    entries += [entry for entry in GROUND_ENTRIES if f'"{entry[0]}"' in under]
    out = []
    for number, (colour, code, kind) in enumerate(entries[:9]):
        x, y = 4 + 127 * (number % 3), HEIGHT + 5 + 13 * (number // 3)
        if kind == "fill":
            seen = ".45" if code == "map_design" else "1"
            out.append(f'<rect x="{x}" y="{y}" width="14" height="9" fill="{colour}" fill-opacity="{seen}" stroke="{palette.LINE}" stroke-width=".5"/>')
        else:
            pattern = {"line": "7 3", "solid": "none"}.get(kind, "5 2 1 2")
            out.append(f'<path d="M{x} {y + 5}h14" stroke="{colour}" stroke-width="1.6" stroke-dasharray="{pattern}"/>')
        out.append(f'<text x="{x + 18}" y="{y + 8}" {FONT} font-size="9" fill="{palette.INK}">{html.escape(sentence(code, lang=lang))}</text>')
    return out
