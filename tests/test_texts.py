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


SAID_OF = {
    "note": (r'Note\.of\(\s*"([a-z0-9_]+)"', "{}"), "note that is the other": (r'Note\.of\(\s*"[a-z0-9_]+" if [^"]*? else "([a-z0-9_]+)"', "{}"),
    "measurement": (r'Measurement\(\s*"([a-z0-9_]+)"', "name_{}"), "limit": (r'against\([^,()]+, "([a-z0-9_]+)"', "name_{}"),
    "question": (r'Question\(\s*"([a-z0-9_]+)"', "answer_{}"), "yes or no": (r'\.yes_no\(\s*"([a-z0-9_]+)"', "answer_{}"),
    "word": (r'\.word\(\s*"([a-z0-9_]+)", ', "answer_{}"), "point": (r'OpenPoint\(\s*"([a-z0-9_]+)"', "answer_{}"),
    "evidence": (r'Evidence\(\s*"([a-z0-9_]+)"', "role_{}"),
}
"""What the engine can produce, how it stands in the source, and the code of its text."""


@pytest.mark.parametrize("what", SAID_OF)
def test_what_the_engine_can_produce_has_a_text_in_both_languages(what):
    pattern, code = SAID_OF[what]
    found = {name for room in ("checks", "measure", "data_sources", "model") for path in (ROOT / room).rglob("*.py") for name in re.findall(pattern, path.read_text("utf-8"))}
    known = texts.catalogue()
    assert found and not [name for name in found if set(known.get(code.format(name), {})) != {"nl", "en"}]


def test_numbers_and_sentences():
    assert texts.number(11.2) == "11,20"
    assert texts.number(-0.001) == "0,00"
    assert texts.number(11.2, 1, "en") == "11.2"
    error = DrieluikError("design_far_from_site", name="A", distance=30.04)
    assert "30,0 km" in str(error)
    assert "30.0 km" in error.message("en")
