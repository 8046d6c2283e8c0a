"""What the terminal shows: a progress bar, the findings table, and where the outputs are."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from .. import texts
from ..model import Finding, LayerState, Review, Site, Verdict
from ..report.basis import grounds, wording
from ..report.basis.plan_rows import COLUMNS, cells, plan_rows
from ..report.exchange.bcf_replies import Reply
from .inspected_parts import counted

STYLES = {
    Verdict.VIOLATES: "bold red",
    Verdict.NEEDS_JUDGEMENT: "yellow",
    Verdict.NOT_ASSESSABLE: "magenta",
    Verdict.COMPLIES: "cyan",
    Verdict.NOT_APPLICABLE: "dim",
}
STATE_STYLES = {LayerState.LOADED: "cyan", LayerState.EMPTY: "yellow", LayerState.FAILED: "bold red", LayerState.NOT_ASKED: "dim"}
MARKS = {"info": "·", "warning": "!", "error": "✗"}
NAMED = 6
"""Names that a line of the table holds; all stand in ``--json``."""
PIPE_WIDTH = 150
"""Columns of a table when the output is no terminal: nothing is cut in a log."""


def console(stream: Any = None) -> Console:
    """Return a console on ``stream`` (default: standard output)."""
    stream = stream or sys.stdout
    return Console(file=stream, width=None if stream.isatty() else PIPE_WIDTH, highlight=False)


@contextlib.contextmanager
def progress_bar() -> Iterator[Any]:
    """Show a progress bar on standard error while the block runs; yields a ``progress(fraction, code)``."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console(sys.stderr), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("", total=1.0)
        yield lambda fraction, code: bar.update(task, completed=fraction, description=texts.sentence(code))


def heading(code: str) -> str:
    """Return a column's title in the language in use."""
    return texts.sentence(f"cli_column_{code}")


def show_findings(review: Review) -> None:
    """Print every finding: verdict as icon and word, what, where, and measured against its limit."""
    lang = texts.language()
    table = Table(title=f"{review.case.title} ({review.case.id})", title_justify="left")
    table.add_column(heading("verdict"), no_wrap=True)
    table.add_column(heading("design"))
    table.add_column(heading("rule"))
    table.add_column(heading("subject"))
    table.add_column(heading("measured"))
    titles = {rule.id: rule.title for ruleset in review.rulesets for rule in ruleset.rules}
    for finding in review.findings:
        table.add_row(
            escape(wording.verdict_text(finding, lang)),
            escape(finding.design),
            escape(titles.get(finding.rule, {}).get(lang, finding.rule)),
            escape(wording.subject(finding, lang)),
            escape("\n".join(line for line in (wording.measured_line(finding, lang), *decisive(finding, lang)) if line)),
            style=STYLES[finding.stands],
        )
    out = console()
    out.print(table)
    show_plans(review.site)
    for design in review.designs:
        out.print(escape(f"{design.name}: {wording.answer(review, design.name, lang)}"))
    for note in review.remarks:
        out.print(escape(f"! {texts.sentence(note.code, note.as_dict())}"))
    for question in review.questions():
        words = {"question": texts.sentence(question.note.code, question.note.as_dict()), "key": wording.answer_place(question)}
        out.print(escape(f"? {texts.sentence('cli_question', words)}"))
    for item in review.gate:
        if item.state == "attention":
            found = texts.sentence(item.note.code, item.note.as_dict())
            words = {"design": item.design, "item": texts.sentence(f"gate_item_{item.item}"), "found": found}
            out.print(escape(f"! {texts.sentence('gate_unconfirmed', words)}"))


def decisive(finding: Finding, lang: str) -> list[str]:
    """Return what the table says under a measured value: what each choice of the points that turn it gives, or the plain measure that cures it."""
    turning = [premise for premise in finding.premises if premise.flips]
    given = [f"? {grounds.point_name(premise, lang)} {'; '.join(grounds.choice_line(choice, lang) for choice in premise.choices)}" for premise in turning]
    return given + [f"→ {cure}" for cure in wording.notes(finding.cures, lang)]


def show_outputs(outputs: Mapping[str, Path]) -> None:
    """Print where the outputs are, one per line."""
    print(texts.sentence("cli_outputs"))
    for path in outputs.values():
        print(f"  {path}")


def show_plans(site: Site) -> None:
    """Print the plans at the place with their status, and why each is proposed as governing or not."""
    rows = plan_rows(site)
    if not rows:
        return
    table = Table(title=texts.sentence("plans_title"), title_justify="left")
    for column in COLUMNS:
        table.add_column(texts.sentence(f"plans_column_{column}"), no_wrap=column in ("number", "proposed", "date"))
    for row in rows:
        table.add_row(*(escape(cell) for cell in cells(row)), style="" if row.proposed else "dim")
    console().print(table)


def show_site(site: Site, path: Path) -> int:
    """Print the state, count, date and source of every layer and the remarks on it; return 1 when not one could be loaded."""
    words = {"x": site.centre[0], "y": site.centre[1], "radius": site.radius_m}
    table = Table(title=texts.sentence("site_title", words), title_justify="left")
    for column in ("layer", "state", "count", "date", "source", "remarks"):
        table.add_column(texts.sentence(f"site_column_{column}"), no_wrap=column in ("layer", "state", "date"))
    for record in site.provenance:
        remarks = " ".join(texts.sentence(note.code, note.as_dict()) for note in record.notes)
        state = texts.sentence(f"site_state_{record.state.value}")
        row = (record.layer, state, str(record.count), record.retrieved, record.source, remarks)
        table.add_row(*(escape(cell) for cell in row), style=STATE_STYLES[record.state])
    out = console()
    out.print(table)
    show_plans(site)
    out.print(escape(texts.sentence("site_written", {"path": str(path)})))
    states = {record.state for record in site.provenance}
    if LayerState.FAILED in states and not states & {LayerState.LOADED, LayerState.EMPTY}:
        print(texts.sentence("site_nothing_loaded"), file=sys.stderr)
        return 1
    return 0


def show_differences(differences: Sequence[str], record: Mapping[str, Any]) -> int:
    """Print whether a rerun of a record gave the same findings, and of an old record what cannot be compared; return 0 if so, else 1."""
    if "migrated_from" in record:
        lapsed = sum(1 for finding in record["findings"] if finding.get("lapsed"))
        print(texts.sentence("cli_rerun_old", {"schema": record["migrated_from"], "lapsed": lapsed}))
    if not differences:
        print(texts.sentence("cli_rerun_identical"))
        return 0
    print(texts.sentence("cli_rerun_different", {"count": len(differences)}))
    for difference in differences:
        print(f"  {difference}")
    return 1


def show_replies(replies: Sequence[Reply], path: Path) -> None:
    """Print what others said of findings, and the topics that they began."""
    shown = console()
    if not replies:
        shown.print(texts.sentence("bcf_no_replies", {"path": path.name}), markup=False)
    for reply in replies:
        words = {"design": reply.design, "rule": reply.rule, "title": reply.title, "status": reply.status}
        shown.print(texts.sentence("bcf_reply" if reply.rule else "bcf_new_topic", words), markup=False)
        for who, at, text in reply.remarks:
            shown.print(texts.sentence("bcf_remark", {"who": who, "at": texts.spoken_date(at) if at else "–", "text": text}), markup=False)


def show_inspection(found: Sequence[Mapping[str, Any]], files: Sequence[Path]) -> None:
    """Print what was found in each design: a table of measures and the import log."""
    out = console()
    for number, item in enumerate(found):
        name = files[number].name if len(found) == len(files) else " + ".join(path.name for path in files)
        table = Table(title=f"{name}: {texts.sentence('cli_status_' + item['status'])}", title_justify="left", show_header=False)
        for key, value in (*item.items(), *(item.get("measures") or {}).items()):
            if (f"measure_{key}" in texts.catalogue() and value not in (None, [], {})) or key == "georeference":
                table.add_row(texts.sentence(f"measure_{key}"), escape(measure_text(key, value, item.get("measures") or {})))
        if item["status"] == "reject":
            out.print(f"[bold]{escape(name)}: {texts.sentence('cli_status_reject')}[/bold]")
        else:
            out.print(table)
        for message in item["messages"]:
            out.print(escape(f"  {MARKS[message['severity']]} {message['text']}"))


def _role_line(role: str, rows: Sequence[Mapping[str, Any]]) -> str:
    """Return how many things have a role, with the first names and, of what is no plain design, why."""
    plain = role == "design"
    names = [row["name"] if plain or not row["why"] else texts.sentence("role_why", {"name": row["name"], "why": row["why"]}) for row in rows]
    more = f" (+{len(names) - NAMED})" if len(names) > NAMED else ""
    return texts.sentence("role_line", {"role": wording.role_word(role), "count": len(rows), "names": ", ".join(names[:NAMED]) + more})


def _object_lines(value: Sequence[Mapping[str, Any]]) -> list[str]:
    rows = [(row, dict(zip("xyz", row["size_m"])), wording.role_word(row["role"])) for row in value[:NAMED]]
    more = [f"(+{len(value) - NAMED})"] if len(value) > NAMED else []
    return [*(texts.sentence("object_line", {"name": row["name"], "role": role, **size}) for row, size, role in rows), *more]


LINES: Mapping[str, Callable[[Any], list[str]]] = {
    "roles": lambda value: [_role_line(role, rows) for role, rows in counted(value).items()],
    "objects": _object_lines,
    "open_points": lambda value: [line for point in value for line in (point["question"], *(f"  – {choice}" for choice in point["choices"]))],
    "roof_planes": lambda value: [texts.sentence("plane_line", plane) for plane in value],
    "on_the_roof": lambda value: [texts.sentence(f"roof_{thing['kind']}", thing) for thing in value],
    "overhangs": lambda value: [texts.sentence("overhang_line", {**thing, "name": texts.sentence(f"overhang_{thing['kind']}")}) for thing in value],
}
"""What takes several lines in the table, by key."""


def measure_text(key: str, value: Any, measures: Mapping[str, Any]) -> str:
    """Return a measure as a reader's text, with its unit."""
    if key in LINES:
        return "\n".join(LINES[key](value))
    if key == "georeference":
        named = {**value, "method": texts.sentence(f"rd_method_{value['method']}")} if value else {}
        return texts.sentence("place_known", named) if value else texts.sentence("place_none")
    if key == "zero_m":
        return texts.sentence(f"zero_{measures['zero_is']}", {"z": value})
    if key == "volume_estimate_m3":
        return texts.sentence("estimate_line", {"value": value[0], "bound": value[1]})
    if key == "parts":
        return ", ".join(f"{count} {wording.word(kind)}" for kind, count in value.items())
    if key == "storeys_range":
        return f"{value[0]} – {value[1]}"
    if not isinstance(value, (int, float, list)) or key in ("triangles", "storeys"):
        return str(value)
    unit = {"m": "m", "m2": "m²", "m3": "m³", "deg": "°"}.get(key.rsplit("_", 1)[-1], "")
    decimals = 3 if key == "unit_to_m" else 1 if unit == "°" else 2
    numbers = [texts.number(float(one), decimals) for one in (value if isinstance(value, list) else [value])]
    return (" × " if key == "size_m" else "; ").join(numbers) + (unit if unit == "°" else f" {unit}")
