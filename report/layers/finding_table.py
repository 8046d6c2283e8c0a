"""Every finding as one row, also those without geometry: in ``findings.gpkg``, as CSV and for a spreadsheet.

The rows of many cases can be laid under each other: each says of which case it is and from when.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyogrio.raw

from ...data_sources.rules.check_pages import code
from ...model import Finding, Review
from ...texts import sentence
from ..basis import wording
from .geopackage import Row, columns_of, write_table

TABLE, CSV, XLSX = "finding", "findings.csv", "findings.xlsx"
FIELDS: dict[str, type] = {
    "finding": int, "case_number": str, "case_title": str, "application_date": str, "reviewed_at": str, "design": str, "code": str, "check": str,
    "rule": str, "title": str, "subject": str, "subject_key": str, "verdict": str, "stands": str, "stands_words": str, "quantity": str, "value": float,
    "unit": str, "operator": str, "limit_low": float, "limit_value": float, "margin": float, "uncertainty": float, "plan_id": str, "plan": str,
    "article": str, "governed_by": str, "ladder": str, "ladder_words": str, "decided_by": str, "decided_at": str, "reason": str, "objects": str,
    "explanation": str,
}
"""``verdict`` is the computed one, ``stands`` the one that counts (the officer's, where there is one); numbers are in ``unit``; ``limit_low`` is there
where the operator is ``between``; ``governed_by`` is the rule that takes this one's place."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so is a formula to a spreadsheet, and names in a design or a plan come from strangers."""


def finding_rows(review: Review, lang: str) -> list[Row]:
    """Return a row of ``FIELDS`` for each finding, in the order of the record; ``finding`` counts from 1, as the layers of ``findings.gpkg`` say it."""
    return [{**_case_words(review), **_finding_words(review, finding, number, lang)} for number, finding in enumerate(review.findings, 1)]


def _case_words(review: Review) -> Row:
    case = review.case
    return {"case_number": case.id, "case_title": case.title, "application_date": case.application_date, "reviewed_at": review.at}


def _finding_words(review: Review, finding: Finding, number: int, lang: str) -> Row:
    first = finding.measurements[0] if finding.measurements else None
    legal = finding.legal[0] if finding.legal else None
    decision, rule = finding.decision, wording.rule_of(review, finding)
    measured: dict[str, Any] = {}
    if first is not None:
        measured = {
            "quantity": wording.measurement_name(first, lang), "value": first.value, "unit": first.unit, "operator": first.operator,
            "limit_low": first.low, "limit_value": first.limit, "margin": first.margin, "uncertainty": first.uncertainty,
        }
    return {
        "finding": number, "design": finding.design, "code": code(finding.check), "check": finding.check, "rule": finding.rule,
        "title": wording.title(review, finding, lang), "subject": wording.subject(finding, lang), "subject_key": finding.subject_key,
        "verdict": finding.verdict.value, "stands": finding.stands.value, "stands_words": wording.verdict_word(finding.stands, lang), **measured,
        "plan_id": (legal.work_id if legal else "") or (rule.plan_id if rule else ""), "plan": legal.instrument if legal else "",
        "article": wording.article(finding), "governed_by": finding.governed_by,
        "ladder": finding.ladder, "ladder_words": wording.ladder_text(finding.ladder, lang),
        "decided_by": decision.by if decision else "", "decided_at": decision.at if decision else "", "reason": decision.reason if decision else "",
        "objects": "; ".join(f"{used.layer} {used.fid}" for used in finding.inputs), "explanation": wording.say(finding, lang),
    }


def write_finding_table(path: Path, rows: Sequence[Row]) -> None:
    """Write the rows as a table of a GeoPackage."""
    write_table(path, TABLE, dict(zip(FIELDS, columns_of(rows, FIELDS))))


def write_sheets(rows: Sequence[Row], folder: Path, lang: str) -> dict[str, Path]:
    """Write the rows as CSV (UTF-8, commas, decimal points, heads as in ``findings.gpkg``) and as XLSX (heads in words); return their paths by name."""
    safe = [{field: _harmless(row.get(field)) for field in FIELDS} for row in rows]
    table, sheet = folder / CSV, folder / XLSX
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(FIELDS))
        writer.writeheader()
        writer.writerows({field: "" if value is None else value for field, value in row.items()} for row in safe)
    heads = [sentence(f"table_{field}", lang=lang) for field in FIELDS]
    pyogrio.raw.write(
        str(sheet), None, columns_of(safe, FIELDS), heads, layer=sentence("table_findings", lang=lang), driver="XLSX",
        geometry_type=None, crs=None, append=False,
    )
    return {"csv": table, "xlsx": sheet}


def _harmless(value: Any) -> Any:
    """Return what may stand in a cell: no formula, and no digits that only a binary fraction has (a micrometre is kept, as in the record)."""
    if isinstance(value, float):
        return round(value, 6)
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
