"""The plans at a place as rows: in order, with status, whether each is proposed as governing, and why; for terminal, tables and lists."""

from __future__ import annotations

from dataclasses import dataclass

from ...model import Site
from ...texts import sentence, spoken_date


@dataclass(frozen=True)
class PlanRow:
    """One plan in words of one language; ``date`` ISO, '' when the source has none."""

    number: int
    proposed: bool
    plan_id: str
    name: str
    kind: str
    status: str
    date: str
    reason: str
    effect: str = ""


COLUMNS = ("number", "proposed", "name", "kind", "status", "date", "reason")
"""Attributes of a row that a reader sees, in order; each has a heading ``plans_column_<name>``."""


TOLD = ("adds", "suspends", "annuls", "permits", "beside", "waits", "unknown")
"""Effects of documents that say more than whether they govern."""


def plan_rows(site: Site, lang: str | None = None) -> tuple[PlanRow, ...]:
    """Return every plan at the place in its order of proposal, hierarchy and date."""
    return tuple(
        PlanRow(
            plan.order, plan.proposed, plan.id, plan.name or plan.id, plan.kind or "–",
            ", ".join(word for word in (plan.status, plan.dossier_status) if word) or "–", plan.date,
            " ".join(sentence(note.code, note.as_dict(), lang) for note in plan.reasons), plan.effect,
        )
        for plan in sorted(site.plan_documents, key=lambda plan: plan.order)
    )


def cells(row: PlanRow, lang: str | None = None) -> tuple[str, ...]:
    """Return the texts of ``COLUMNS`` for a row."""
    told = row.effect in TOLD and (row.proposed or row.effect != "adds")
    mark = sentence(f"plans_effect_{row.effect}" if told else "plans_proposed" if row.proposed else "plans_not_proposed", lang=lang)
    return (str(row.number), mark, row.name, row.kind, row.status, spoken_date(row.date, lang), row.reason)
