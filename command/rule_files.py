"""``drieluik rules``: the catalogue of checks, and a rule file against its schema and its own tests; as text or as data."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.markup import escape
from rich.table import Table

from .. import texts
from ..checks import REGISTRY
from ..checks.engine.rulebook.ruletests import run_tests
from ..data_sources.rules.check_pages import catalogue, family, switches, title
from ..data_sources.rules.rulesets import read_ruleset, remarks_on
from ..errors import RulesetError
from .terminal import console, heading


def listed() -> list[dict[str, Any]]:
    """Return the catalogue: per check what it declares, and where its page stands."""
    return [entry(name) for name in sorted(REGISTRY)]


def entry(name: str) -> dict[str, Any]:
    """Return one check of the catalogue."""
    known = catalogue()[name]
    return {
        "name": name, "family": family(name), "title": title(name), "needs": list(REGISTRY[name].needs), "units": known["units"],
        "code": known["code"], "stage": known["stage"], "about": known["about"], "reads": known["reads"],
        "plan_value": next(iter(known["plan_values"]), None), "switches": switches(name), "page": f"docs/checks/{name}.md",
    }


def show_list(as_json: bool) -> int:
    """Print the catalogue."""
    found = listed()
    if as_json:
        print(dumped(found))
        return 0
    table = Table()
    for column in ("code", "check", "family", "what", "needs"):
        table.add_column(heading(column), no_wrap=column in ("code", "check"))
    for item in found:
        table.add_row(item["code"], item["name"], texts.sentence(f"family_{item['family']}"), escape(item["title"][texts.language()]), ", ".join(item["needs"]))
    console().print(table)
    return 0


def show_validation(path: Path, as_json: bool) -> int:
    """Print whether a rule file is valid; return 1 when it is not, naming file, line, key and the nearest word."""
    try:
        ruleset = read_ruleset(path)
    except RulesetError as error:
        faults = [{"code": one.code, "text": text, **plain(one.data)} for one, text in zip((error, *error.others), error.each())]
        if as_json:
            print(dumped({"path": str(path), "valid": False, "error": faults[0], "errors": faults}))
        else:
            print("\n".join([*error.each(), texts.sentence("cli_ruleset_faults", {"path": str(path), "count": len(faults)})]), file=sys.stderr)
        return 1
    remarks = [texts.sentence(note.code, note.as_dict()) for note in remarks_on(ruleset)]
    if as_json:
        print(dumped({
            "path": str(path), "valid": True, "id": ruleset.id, "version": ruleset.version, "sha256": ruleset.sha256, "rules": len(ruleset.rules),
            "tests": sum(len(rule.tests) for rule in ruleset.rules), "valid_from": ruleset.valid_from, "valid_to": ruleset.valid_to, "remarks": remarks,
        }))
        return 0
    print(texts.sentence("cli_ruleset_valid", {"path": str(path), "count": len(ruleset.rules)}))
    for remark in remarks:
        print(f"  ! {remark}")
    return 0


def show_tests(path: Path, as_json: bool) -> int:
    """Run the tests inside a rule file and print their outcome; return 1 when any fails."""
    results = run_tests(read_ruleset(path))
    failed = [result for result in results if not result["passed"]]
    if as_json:
        print(dumped({"path": str(path), "count": len(results), "passed": len(results) - len(failed), "results": list(results)}))
    else:
        show_results(results, failed)
    return 1 if failed else 0


def show_results(results: Sequence[Mapping[str, Any]], failed: Sequence[Mapping[str, Any]]) -> None:
    """Print the tests that failed and how many hold."""
    for result in failed:
        print(texts.sentence("cli_test_failed", result))
        if result["expected_margin"] is not None and result["found"] == result["expected"]:
            numbers = {key: "–" if result[key] is None else float(result[key]) for key in ("margin", "expected_margin")}
            print("  " + texts.sentence("cli_test_margin", numbers))
    print(texts.sentence("cli_tests_passed", {"passed": len(results) - len(failed), "count": len(results)}))
    if not results:
        print(texts.sentence("cli_no_tests"), file=sys.stderr)


def plain(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data of an error as JSON can hold it, with the line apart from the file."""
    found = {key: value for key, value in data.items() if isinstance(value, (str, int, float)) and key != "path"}
    line = re.search(r":(\d+)$", str(data.get("path", "")))
    return {**found, **({"line": int(line.group(1))} if line and "line" not in found else {})}


def dumped(data: Any) -> str:
    """Return data as JSON text."""
    return json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False)
