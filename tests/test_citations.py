"""What code and documents point at is here: files, and the sections of docs/measuring.md."""

from __future__ import annotations

import re

import pytest

from scenes import ROOT, tracked

CITED = re.compile(r"(?<![\w/.<{*-])([A-Za-z_][\w./-]*\.md)\b")
SECTION = re.compile(r"docs/measuring\.md,? ((?:(?:[A-H]\d*|\d\.\d)(?:, | and |\s?-\s?)?)+)")
MADE_ELSEWHERE = ("README.md",)
"""Names that stand for any folder's own."""


def sections():
    return {line.split()[1] for line in (ROOT / "docs" / "measuring.md").read_text(encoding="utf-8").splitlines() if re.match(r"#+ [A-H\d]", line)}


@pytest.mark.parametrize("path", [path for path in tracked() if path.endswith((".py", ".json", ".yaml", ".md", ".toml"))])
def test_what_is_cited_is_in_the_repository(path):
    text = (ROOT / path).read_text(encoding="utf-8")
    folder = (ROOT / path).parent
    for number, line in enumerate(text.splitlines(), 1):
        for name in CITED.findall(re.sub(r"https?://\S+", "", line)):
            there = name in MADE_ELSEWHERE or any((base / name).is_file() for base in (ROOT, ROOT / "docs", folder))
            assert there, f"{path}:{number} points at {name}, which is not in the repository"
        for found in SECTION.findall(line):
            gone = set(re.findall(r"[A-H]\d+|[A-H]\b|\d\.\d", found)) - sections()
            assert not gone, f"{path}:{number} points at section {', '.join(sorted(gone))} of docs/measuring.md, which is not there"
