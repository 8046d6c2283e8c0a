"""The table of a sun study: per dwelling its facades, worst first, in the existing and the proposed situation, the plan's and the variants'."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from ...measure.plane.places import compass_side
from ...model import PRECEDENCE, Evidence, Finding, Measurement, Review, Verdict
from ...texts import number, sentence
from . import roles, wording

CHECK = "sun_hours_facade"
CHANGED_MIN = 5.0
DESIGN = 3
"""The place of the design in a row; '' in the rows of its further facades."""
Row = tuple[str, ...]


def sun_findings(review: Review, rule: str | None = None) -> list[Finding]:
    """Return the findings about hours of sun on dwellings that were measured, of all designs or of one rule."""
    return [f for f in review.findings if f.check == CHECK and f.measurements and rule in (None, f.rule)]


def dwelling_rows(findings: Iterable[Finding], lang: str) -> list[Row]:
    """Return rows (verdict id, verdict, dwelling, design, facade, date, now, plan, after, change), worst dwelling first.

    A dwelling has a row per design for the point that decides, and one for each further facade of which the worst point changes
    by more than 5 minutes. Dwelling and verdict stand in its first row only, the design in the first of its own.
    """
    groups: dict[str, list[Finding]] = {}
    for found in findings:
        groups.setdefault(found.subject_key, []).append(found)
    ranked = sorted(groups.values(), key=lambda some: min(_rank(f) for f in some))
    return [row for some in ranked for row in _together(_rows(some, lang))]


def _together(rows: list[Row]) -> list[Row]:
    """Return the rows of one dwelling with designs that give the same in one: their names together."""
    blocks: list[list[Row]] = []
    for row in rows:
        blocks += [[row]] if row[DESIGN] else []
        if not row[DESIGN]:
            blocks[-1].append(row)
    told: dict[tuple[Row, ...], list[list[Row]]] = {}
    for block in blocks:
        told.setdefault(tuple((*row[:2], *row[DESIGN + 1 :]) for row in block), []).append(block)
    return [row for same in told.values() for row in _named(same)]


def _named(same: list[list[Row]]) -> list[Row]:
    """Return one block of rows for designs that give the same."""
    first, *rest = same[0]
    return [(*first[:DESIGN], ", ".join(block[0][DESIGN] for block in same), *first[DESIGN + 1 :]), *rest]


def _rank(finding: Finding) -> tuple[int, float, str]:
    first = finding.measurements[0]
    return PRECEDENCE.index(finding.stands), first.value if first.value is not None else 0.0, wording.subject(finding, "nl")


def _rows(findings: list[Finding], lang: str) -> list[Row]:
    rows: list[Row] = []
    for finding in sorted(findings, key=lambda f: f.design):
        named = {m.name: m for m in finding.measurements}
        first = finding.measurements[0]
        deciding, others = facades_of(finding)
        plan = minutes(named.get("sun_minutes_plan"), lang)
        subject = wording.subject(finding, lang) if not rows else ""
        before = named.get("sun_minutes_before")
        change = change_text((first.value or 0.0) - (before.value or 0.0), lang) if before else ""
        rows.append((
            finding.stands.value, wording.verdict_text(finding, lang), subject, finding.design, place_of(deciding, lang), short_date(first.at, lang),
            minutes(before, lang), plan, minutes(first, lang), change,
        ))
        for piece in others:
            data = data_of(piece)
            rows.append((
                data.get("verdict", ""), "", "", "", place_of(piece, lang), short_date(data.get("date", ""), lang), number(data["before"], 0, lang), "",
                number(data["after"], 0, lang), change_text(piece.value or 0.0, lang),
            ))
    return rows


def facades_of(finding: Finding) -> tuple[Evidence | None, list[Evidence]]:
    """Return the deciding point of a finding, and the worst point of each other facade that changes, worst first."""
    points = [piece for piece in finding.evidence if piece.role == roles.RECEPTOR and piece.note]
    if not points:
        return None, []
    deciding = points[0]
    worst: dict[Any, Evidence] = {}
    for piece in points:
        data = data_of(piece)
        if data["verdict"] == Verdict.NOT_APPLICABLE.value or data["facade"] == data_of(deciding)["facade"] or (piece.value or 0.0) >= -CHANGED_MIN:
            continue
        known = worst.get(data["facade"])
        if known is None or _weight(piece) < _weight(known):
            worst[data["facade"]] = piece
    return deciding, sorted(worst.values(), key=_weight)


def _weight(piece: Evidence) -> tuple[int, float]:
    data = data_of(piece)
    return PRECEDENCE.index(Verdict(data["verdict"])), data["after"]


def data_of(piece: Evidence) -> Mapping[str, Any]:
    """Return what the note of a piece of evidence carries."""
    return piece.note.as_dict() if piece.note else {}


def compass(bearing: float | None, lang: str) -> str:
    """Return a compass direction in words: 223 -> ``zuidwest``."""
    return "" if bearing is None else sentence(f"compass_{compass_side(bearing)}", lang=lang)


def place_of(piece: Evidence | None, lang: str) -> str:
    """Return where on a dwelling a point lies: facade and floor."""
    if piece is None:
        return ""
    data = data_of(piece)
    code = "sun_place" if data.get("floor") else "sun_place_ground"
    return sentence(code, {"facade": compass(data.get("facade"), lang), "floor": data.get("floor")}, lang)


def short_date(iso: str, lang: str) -> str:
    """Return an ISO date without its year: ``19 februari``."""
    try:
        datetime.date.fromisoformat(iso)
    except ValueError:
        return iso
    return sentence("sun_chart_day", {"date": iso}, lang).rsplit(" ", 1)[0]


def minutes(measured: Measurement | None, lang: str) -> str:
    """Return whole minutes, '' when not measured."""
    return "" if measured is None or measured.value is None else number(measured.value, 0, lang)


def change_text(change: float, lang: str) -> str:
    """Return a change in minutes with its sign."""
    rounded = round(change)
    return "0" if not rounded else ("+" if rounded > 0 else "−") + number(abs(float(rounded)), 0, lang)
