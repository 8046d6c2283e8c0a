"""The sun-path chart of a point as SVG: the sky it sees, who stands in it by name, and the sun's paths through it.

Horizontal: azimuth from true north; vertical: altitude above the horizon; clock times along the path of the date judged.
"""

from __future__ import annotations

import datetime
import html

import numpy as np
from numpy.typing import NDArray

from ...measure.plane.rd import wgs84_of
from ...measure.sun.sky_view import ALTITUDES, AZIMUTHS, SkyView
from ...measure.sun.sun_position import Suns, local_time, sun_position, suns_at, utc_of
from ...measure.sun.sun_review import BEHIND, FREE
from ...texts import number, sentence
from ..basis import palette
from .map_frame import FONT
from .map_picture import hatch

WIDTH, HEIGHT = 560.0, 300.0
LEFT, TOP, RIGHT, BOTTOM = 34.0, 12.0, 8.0, 26.0
LINE = 13.0
WEST_DEG, EAST_DEG, TOP_DEG = 320.0, 40.0, 66.0
OTHERS = ("#8F8F8F", "#A9A9A9", "#7A7A7A", "#BEBEBE")
COLOURS = {"own": "#5B5B5B", "design": palette.DESIGN, "terrain": "#B9A77C"}
REST, SKY, SUN, SHADED = "#D2D2D2", "#EAF3FA", "#B35900", "#FFFFFF"
YEAR_DATES = ((6, 21), (3, 21), (12, 21))
NAMED = 7


def chart_of(view: SkyView, place: tuple[float, float], lang: str) -> str:
    """Return the chart as SVG text."""
    colours = _colours(view)
    rows = _legend(view, colours, lang)
    height = HEIGHT + 8 + LINE * len(rows)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {height:.0f}" width="{WIDTH:.0f}" height="{height:.0f}" role="img" '
        f'aria-label="{html.escape(alt_of(view, lang))}">',
        "<defs>" + hatch("behind", "#C9C2B4") + "</defs>",
        f'<rect width="{WIDTH:.0f}" height="{height:.0f}" fill="#FFFFFF"/>',
        f'<rect x="{LEFT}" y="{TOP}" width="{WIDTH - LEFT - RIGHT}" height="{HEIGHT - TOP - BOTTOM}" fill="{SKY}"/>',
        *(f'<path d="{_cells(view.sky == owner)}" fill="{colour}"/>' for owner, colour in colours.items()),
        f'<path d="{_cells(view.sky == BEHIND)}" fill="url(#behind)"/>',
        *_paths(view, place, lang), *_axes(lang), *rows, "</svg>",
    ]
    return "".join(part for part in parts if 'd=""' not in part)


def alt_of(view: SkyView, lang: str) -> str:
    """Return what the chart shows, in words."""
    blockers = ", ".join(f"{owner_name(*view.owners[n], lang)} {number(minutes, 0, lang)} min" for n, minutes in view.blocked[:NAMED])
    words = {"date": view.suns.dates[0].isoformat(), "minutes": view.minutes, "blockers": blockers or sentence("sun_chart_nobody", lang=lang)}
    return sentence("sun_chart_alt", words, lang)


def owner_name(kind: str, name: str, lang: str) -> str:
    """Return who stands in the way, in words: ``pand 0503...``, ``ontwerp A``, ``eigen gebouw``."""
    return sentence(f"sun_owner_{kind}", {"name": name}, lang)


def _colours(view: SkyView) -> dict[int, str]:
    """Return the colour of each owner that stands in the sky; the neighbours that take most of the sun are told apart."""
    seen = np.unique(view.sky[view.sky >= 0]).tolist()
    order = [n for n, _ in view.blocked] + [n for n in seen if n not in dict(view.blocked)]
    near = [n for n in order if view.owners[n][0] == "building"]
    return {n: COLOURS.get(view.owners[n][0]) or (OTHERS[near.index(n)] if near.index(n) < len(OTHERS) else REST) for n in order}


def _x(azimuth: float) -> float:
    return LEFT + (azimuth - EAST_DEG) / (WEST_DEG - EAST_DEG) * (WIDTH - LEFT - RIGHT)


def _y(altitude: float) -> float:
    return HEIGHT - BOTTOM - altitude / TOP_DEG * (HEIGHT - TOP - BOTTOM)


def _cells(marked: NDArray[np.bool_]) -> str:
    """Return marked cells of sky (altitudes, azimuths) as one path of runs along each row."""
    step, rise = AZIMUTHS[1] - AZIMUTHS[0], ALTITUDES[1] - ALTITUDES[0]
    high, wide = _y(0) - _y(rise), _x(EAST_DEG + step) - _x(EAST_DEG)
    out = []
    for altitude, row in zip(ALTITUDES, marked):
        edges = np.flatnonzero(np.diff(np.concatenate([[False], row, [False]]).astype(int)))
        for start, end in zip(edges[::2], edges[1::2]):
            width = (end - start) * wide
            out.append(f"M{_x(AZIMUTHS[start] - step / 2):.1f} {_y(altitude + rise / 2):.1f}h{width:.1f}v{high + 0.1:.1f}h-{width:.1f}z")
    return "".join(out)


def _line(suns: Suns, kept: NDArray[np.bool_] | None = None) -> str:
    """Return the path of suns, broken where they are not kept."""
    steps, drawing = [], False
    for n, (azimuth, altitude) in enumerate(zip(suns.azimuth_deg, suns.altitude_deg)):
        inside = EAST_DEG <= azimuth <= WEST_DEG and (kept is None or bool(kept[n]))
        if inside:
            steps.append(f"{'L' if drawing else 'M'}{_x(azimuth):.1f} {_y(altitude):.1f}")
        drawing = inside
    return "".join(steps)


def _paths(view: SkyView, place: tuple[float, float], lang: str) -> list[str]:
    """Return the paths of the longest, the equal and the shortest day, and that of the date judged: thick where the sun is free."""
    day, out = view.suns.dates[0], []
    for month, date in YEAR_DATES:
        suns = suns_at(place, [datetime.date(day.year, month, date)], 10.0, 0.0)
        out.append(f'<path d="{_line(suns)}" fill="none" stroke="#5A7F9C" stroke-width=".8" stroke-dasharray="3 3"/>')
        top = int(np.argmax(suns.altitude_deg))
        name = sentence("sun_chart_day", {"date": datetime.date(day.year, month, date).isoformat()}, lang).rsplit(" ", 1)[0]
        out.append(_text(_x(suns.azimuth_deg[top]), _y(suns.altitude_deg[top]) - 3, name, "middle", 8))
    whole = suns_at(place, [day], 2.0, 0.0)
    out.append(f'<path d="{_line(whole)}" fill="none" stroke="{palette.INK}" stroke-width="1.2"/>')
    out.append(f'<path d="{_line(view.suns, view.path == FREE)}" fill="none" stroke="{SUN}" stroke-width="4.5" stroke-linecap="butt"/>')
    times = np.array([utc_of(day, float(hour)) for hour in range(4, 23)])
    for time, altitude, azimuth in zip(times, *sun_position(times, *wgs84_of(*place))):
        if altitude > 0 and EAST_DEG <= azimuth <= WEST_DEG:
            out.append(f'<circle cx="{_x(azimuth):.1f}" cy="{_y(altitude):.1f}" r="2" fill="{SHADED}" stroke="{palette.INK}" stroke-width=".8"/>')
            out.append(_text(_x(azimuth), _y(altitude) + 11, local_time(time)[:5], "middle", 7.5))
    return out


def _axes(lang: str) -> list[str]:
    out = [f'<path d="M{LEFT} {_y(10):.1f}H{WIDTH - RIGHT}" stroke="{palette.LINE}" stroke-width=".6" stroke-dasharray="1 2"/>']
    for altitude in range(0, 70, 10):
        out.append(_text(LEFT - 4, _y(altitude) + 3, f"{altitude}°", "end", 8))
    for azimuth, code in ((90, "e"), (135, "se"), (180, "s"), (225, "sw"), (270, "w")):
        out.append(f'<path d="M{_x(azimuth):.1f} {_y(0):.1f}v4" stroke="{palette.INK}"/>')
        out.append(_text(_x(azimuth), _y(0) + 14, f"{sentence(f'compass_{code}', lang=lang)} ({azimuth}°)", "middle", 8))
    out.append(f'<rect x="{LEFT}" y="{TOP}" width="{WIDTH - LEFT - RIGHT}" height="{HEIGHT - TOP - BOTTOM}" fill="none" stroke="{palette.LINE}"/>')
    return out


def _legend(view: SkyView, colours: dict[int, str], lang: str) -> list[str]:
    """Return a line per colour: who it is, and how many minutes it takes on the date judged."""
    zone = local_time(view.suns.times[0]).split()[-1] if len(view.suns) else ""
    words = {"minutes": view.minutes, "date": view.suns.dates[0].isoformat(), "zone": sentence(f"clock_{zone}", lang=lang) if zone else ""}
    lines = [(SUN, sentence("sun_chart_free", words, lang))]
    taken = dict(view.blocked)
    for owner in [n for n in colours if n in taken][:NAMED]:
        words = {"name": owner_name(*view.owners[owner], lang), "minutes": taken.get(owner, 0.0)}
        lines.append((colours[owner], sentence("sun_chart_takes", words, lang)))
    if (view.sky == BEHIND).any():
        lines.append(("url(#behind)", sentence("sun_chart_behind", lang=lang)))
    rows = []
    for n, (colour, name) in enumerate(lines):
        y = HEIGHT + 4 + LINE * n
        box = f'<rect x="{LEFT}" y="{y:.0f}" width="14" height="9" fill="{colour}" stroke="{palette.LINE}" stroke-width=".5"/>'
        rows.append(box + _text(LEFT + 19, y + 8, name, "start", 9))
    return rows


def _text(x: float, y: float, words: str, anchor: str, size: float) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {FONT} font-size="{size}" fill="{palette.INK}" '
        f'stroke="#FFFFFF" stroke-width="2.2" stroke-linejoin="round" paint-order="stroke">{html.escape(words)}</text>'
    )
