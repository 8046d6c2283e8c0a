"""Writes ``rulesets/checks.json`` from what each check declares, and ``docs/checks`` from the text at the head of its file (``make catalogue``)."""

from __future__ import annotations

import json
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
TARGET = HOUSE / "docs" / "checks"
DECLARED = HOUSE / "rulesets" / "checks.json"
WORDS = ("code", "stage", "family", "about", "title", "needs", "reads", "units", "plan_values", "qualifier", "tolerance", "policy", "profile", "switches")


def declared() -> str:
    """Return the text of ``rulesets/checks.json``: what each check declares, one word a line."""
    from drieluik.checks import REGISTRY

    known = []
    for name, check in sorted(REGISTRY.items()):
        file = type(check).__module__.rpartition(".checks.")[2].replace(".", "/") + ".py"
        said = {"file": file, **{word: getattr(check, word) for word in WORDS}}
        lines = ",\n".join(f"    {json.dumps(word)}: {json.dumps(value, ensure_ascii=False)}" for word, value in said.items())
        known.append(f"  {json.dumps(name)}: {{\n{lines}\n  }}")
    return "{\n" + ",\n".join(known) + "\n}\n"


def pages() -> dict[str, str]:
    """Return the files of the catalogue: name -> text."""
    from drieluik.data_sources.rules.check_pages import family, known_checks, markdown, title

    index = ["# Catalogue of checks", "", "Made by `python scripts/catalogue.py` from the checks themselves; how to use them in a rule file: [rules.md](../rules.md).", ""]
    for group in sorted({family(name) for name in known_checks()}):
        index += [f"## {group}", ""]
        index += [f"- [{name}]({name}.md): {title(name)['nl']} - {title(name)['en']}" for name in known_checks() if family(name) == group]
        index += [""]
    return {"README.md": "\n".join(index).rstrip() + "\n", **{f"{name}.md": markdown(name) for name in known_checks()}}


def main() -> int:
    """Write the declarations, then every page; return 0."""
    DECLARED.write_text(declared(), encoding="utf-8")
    TARGET.mkdir(parents=True, exist_ok=True)
    written = pages()
    for old in TARGET.glob("*.md"):
        if old.name not in written:
            old.unlink()
    for name, text in written.items():
        (TARGET / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
