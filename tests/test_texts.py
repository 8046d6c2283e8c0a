"""Sentences: both languages, the same placeholders, every code unique; numbers as each language writes them."""

from __future__ import annotations

import json
import re
import string

import pytest

from drieluik import texts
from drieluik.errors import DrieluikError
from scenes import ROOT

FILES = sorted((ROOT / "i18n" / "messages").glob("*.json"))


def names(template):
    return {field for _, field, _, _ in string.Formatter().parse(template) if field}


def test_codes_are_unique():
    codes = [code for path in FILES for code in json.loads(path.read_text(encoding="utf-8"))]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_both_languages_say_the_same(path):
    for code, sentences in json.loads(path.read_text(encoding="utf-8")).items():
        assert set(sentences) == {"nl", "en"}, code
        assert names(sentences["nl"]) == names(sentences["en"]), code


def test_every_code_in_the_source_has_a_sentence():
    known = set(texts.catalogue())
    pattern = re.compile(r"""(?:Note\.of|Error|fail|sentence)\(\s*["']([a-z0-9_]+)["']""")
    for path in ROOT.rglob("*.py"):
        relative = path.relative_to(ROOT)
        if relative.parts[0] in ("tests", "benchmarks", "scripts", "demo") or relative.parts[0].startswith("."):
            continue
        for code in pattern.findall(path.read_text(encoding="utf-8")):
            assert code in known or (code.endswith("_") and any(name.startswith(code) for name in known)), f"{relative}: {code}"


def test_numbers_and_sentences():
    assert texts.number(11.2) == "11,20"
    assert texts.number(-0.001) == "0,00"
    assert texts.number(11.2, 1, "en") == "11.2"
    error = DrieluikError("design_far_from_site", name="A", distance=30.04)
    assert "30,0 km" in str(error)
    assert "30.0 km" in error.message("en")
