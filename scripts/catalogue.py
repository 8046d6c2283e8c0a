"""Writes ``docs/checks``: one page per check from the text at the head of its file. Run it after changing a check."""

from __future__ import annotations

import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
TARGET = HOUSE / "docs" / "checks"


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
    """Write every page; return 0."""
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
