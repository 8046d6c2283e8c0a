"""Each word of the window is translated: what stands in ``tr("...")`` anywhere in the code stands in ``i18n/drieluik_nl.ts`` with its Dutch."""

from __future__ import annotations

import ast

from lxml import etree

from scenes import ROOT


def asked_words():
    """Return every literal text that the window asks the translation of, with where it stands."""
    found = {}
    for path in (ROOT / "plugin.py", *sorted((ROOT / "ui").rglob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr":
                (given,) = node.args
                assert isinstance(given, ast.Constant), f"{path.name}:{node.lineno} asks the translation of something that is no text"
                found[given.value] = f"{path.name}:{node.lineno}"
    return found


def translated():
    messages = etree.parse(str(ROOT / "i18n" / "drieluik_nl.ts")).iter("message")
    return {message.findtext("source"): message.find("translation") for message in messages}


def test_each_word_of_the_window_has_its_dutch():
    known = translated()
    assert not {words: place for words, place in asked_words().items() if words not in known}
    assert not [words for words, dutch in known.items() if dutch.get("type") or not (dutch.text or "").strip()]


def test_no_translation_is_kept_that_nobody_asks_for():
    assert not set(translated()) - set(asked_words())
