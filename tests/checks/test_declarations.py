"""Every check has all that a check has; what was forgotten is named, with where it belongs (docs/contributing.md)."""

from __future__ import annotations

import ast
import importlib.util
import re
from dataclasses import replace

import pytest

import scenes
from drieluik import texts
from drieluik.checks import REGISTRY
from drieluik.checks.declared.declaration import FAMILIES, OBJECTS, QUALIFIERS, STAGES, TOLERANCES
from drieluik.data_sources.rules.check_pages import markdown, switch_types, words
from drieluik.data_sources.rules.switch_faults import SECTION_WORDS
from drieluik.model import PROFILE_KEYS, Limit, Rule, Ruleset, Site, Verdict
from drieluik.review import review
from scenes import ROOT

MUST = ("name", "code", "stage", "family", "about", "title", "needs", "reads", "units", "switches")
HEADINGS = ("What it checks", "Legal basis", "Inputs", "How measured", "Limits", "References")
CHECKS = sorted(REGISTRY.values(), key=lambda check: check.name)
AGAIN = "run `make catalogue` and commit rulesets/checks.json and docs/checks"
every_check = pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)


def file_of(check):
    return ROOT / (type(check).__module__.partition(".")[2].replace(".", "/") + ".py")


def class_of(check):
    return f"class {type(check).__name__} in {file_of(check).relative_to(ROOT)}"


def page_of(check):
    return ast.get_docstring(ast.parse(file_of(check).read_text(encoding="utf-8"))) or ""


@every_check
def test_says_all_that_a_check_says(check):
    forgotten = [word for word in MUST if not hasattr(check, word)]
    assert not forgotten, f"{class_of(check)} does not say: {', '.join(forgotten)} (what they mean: checks/declared/declaration.py)"
    closed = {"stage": STAGES, "family": FAMILIES, "about": OBJECTS, "qualifier": QUALIFIERS, "tolerance": TOLERANCES}
    for word, known in closed.items():
        assert getattr(check, word) in known, f"{class_of(check)}: {word} is {getattr(check, word)!r}, must be one of {known}"
    assert check.name == file_of(check).stem, f"{class_of(check)}: its name {check.name!r} must be that of its file"
    assert re.fullmatch(r"DRL-[A-Z]\d\d", check.code), f"{class_of(check)}: its code {check.code!r} is not DRL-, a letter and two digits"


@every_check
def test_has_its_words_in_both_languages(check):
    for language in ("nl", "en"):
        assert check.title.get(language), f"{class_of(check)}: its title has no {language!r}"
        assert texts.catalogue().get(f"family_{check.family}", {}).get(language), f"i18n/messages: family_{check.family} has no {language!r}"
    for code in sorted(note_codes(check)):
        forms = texts.catalogue().get(code)
        assert forms, f"{file_of(check).relative_to(ROOT)} says the note {code!r}, which stands in no file of i18n/messages"
        assert all(forms.get(language) for language in ("nl", "en")), f"i18n/messages: {code!r} lacks a form in nl or en"


def note_codes(check):
    """The codes of notes that the check's own file says."""
    tree = ast.parse(file_of(check).read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "of" and node.args]
    said = [call.args[0] for call in calls if isinstance(call.func.value, ast.Name) and call.func.value.id == "Note"]
    return {one.value for one in said if isinstance(one, ast.Constant)}


@every_check
def test_declares_its_switches(check):
    types = switch_types()
    for word, kind in check.switches.items():
        sound = kind in types if isinstance(kind, str) else len(set(kind)) == len(kind) > 0
        assert sound, f"{class_of(check)}: the switch {word!r} is {kind!r}, no type of rulesets/switch_types.json"
    read = set(re.findall(r'\.measure(?:\.get\(|\[)"(\w+)"', file_of(check).read_text(encoding="utf-8")))
    undeclared = sorted(read - set(check.switches) - set(SECTION_WORDS))
    assert not undeclared, f"{class_of(check)} reads {', '.join(undeclared)} from `measure`: add to its `switches`"
    unexplained = sorted(set(check.switches) - words(page_of(check)))
    assert not unexplained, f"the text at the head of {file_of(check).relative_to(ROOT)} does not explain ``{'``, ``'.join(unexplained)}``"
    for key, switch in check.profile.items():
        assert key in PROFILE_KEYS, f"{class_of(check)}: {key!r} is no entry of a measuring profile"
        assert not switch or switch in check.switches, f"{class_of(check)}: the profile's {key!r} goes to {switch!r}, which is none of its switches"


@every_check
def test_has_its_page(check):
    missing = [heading for heading in HEADINGS if f"{heading}\n" not in page_of(check)]
    assert not missing, f"the text at the head of {file_of(check).relative_to(ROOT)} lacks: {', '.join(missing)}"
    assert (ROOT / "docs" / "checks" / f"{check.name}.md").is_file(), f"docs/checks/{check.name}.md is not there: {AGAIN}"
    assert all(f"## {heading}" in markdown(check.name) for heading in HEADINGS)


@every_check
def test_runs_on_an_empty_scene(check, caplog):
    """No layer answered and nothing was drawn: it says so, and does not fail."""
    limit = Limit(">=" if check.qualifier == "minimum" else "<=", check.units[0], 1.0)
    rules = Ruleset("t", "1", {}, (Rule("empty", check.name, dict(check.title), (), limit), Rule("bare", check.name, dict(check.title), ())))
    house = scenes.design(scenes.box_part(0, 0, 8, 6, 0, 5))
    for design in (replace(house, parts=()), house):
        found = review(Site(scenes.ORIGIN, 60.0), design, rules)
        assert not caplog.records, f"{class_of(check)} fails on an empty scene: {[record.exc_text for record in caplog.records]}"
        assert (found and all(one.stands is not Verdict.VIOLATES for one in found)) or design.parts, f"{class_of(check)}: nothing was drawn, and it violates"


def test_every_file_of_a_family_is_registered():
    """A check that nobody registers is run by nobody."""
    named = re.compile(r'^    name = "(\w+)"$', re.M)
    for path in sorted((ROOT / "checks").rglob("*.py")):
        for name in named.findall(path.read_text(encoding="utf-8")):
            assert name in REGISTRY, f"{path.relative_to(ROOT)} holds the check {name!r}: add it to REGISTRY in checks/__init__.py"


def test_no_code_is_used_twice():
    codes = [check.code for check in CHECKS]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    assert not twice, f"more than one check has the code {', '.join(twice)}: a code belongs to one check for ever"


def test_what_is_written_is_what_is_declared():
    spec = importlib.util.spec_from_file_location("catalogue_script", ROOT / "scripts" / "catalogue.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    held = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "checks").glob("*.md")}
    assert held == script.pages(), AGAIN


WORDS_TOO = {"plan_text"}
"""Names of checks that are a word of something else as well: how a premise was settled (``Premise.settled``)."""


def test_the_engine_knows_no_check_by_name():
    for path in [*(ROOT / "checks" / "engine").rglob("*.py"), ROOT / "review.py", ROOT / "job.py"]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        held = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)} & set(REGISTRY) - WORDS_TOO
        assert not held, f"{path.relative_to(ROOT)} names {', '.join(sorted(held))}: let the check declare what the engine needs of it"
