"""What the officer answered, in words; and how each check measures, for who must defend it."""

from __future__ import annotations

import re

import pytest

from drieluik.checks import REGISTRY
from drieluik.checks.engine.open_points.answer_history import Given, given, kept
from drieluik.report.basis.check_help import help_of
from drieluik.report.basis.said import by_whom, name_of, value_of
from drieluik.texts import catalogue


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("check", sorted(REGISTRY))
def test_every_check_tells_how_it_measures_in_plain_sentences(check, lang):
    told = help_of(check, lang)
    assert len(told) == 3
    for head, text in told:
        assert head and not head.startswith("help_") and 40 < len(text) < 420
        assert text[0].isupper() and text.endswith(".") and not re.search(r"_|``|\bmeasure\.|[{}\[\]]", text), text


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_point_that_a_check_reads_has_a_name(lang):
    for check in REGISTRY.values():
        for key in check.reads:
            named = re.split(r"[.:]", key)[0]
            assert lang in catalogue()[f"answer_{named}"], key


@pytest.mark.parametrize(
    ("path", "said", "name", "value"),
    [
        (("peil",), {"method": "nap_value", "nap_m": 0.3}, "Peil", "0,30 m NAP (vaste NAP-hoogte)"), (("entrance",), [187000.04, 441000.5], "Hoofdtoegang", "RD 187.000,0, 441.000,5"),
        (("overlap.bouwhoogte",), {"value": "strictest"}, "Wat voorgaat waar twee waarden over elkaar liggen: bouwhoogte", None), (("public.voetpad",), {"value": True}, "De grond is openbaar: voetpad", "ja"),
        (("profile", "NL.7", "storeys"), {"value": "x"}, "bouwlagen (NL.7)", "x"), (("overrides", "hoogte", "s", "B"), {"verdict": "complies"}, "Besluit over hoogte (ontwerp B)", "voldoet"),
        (("placement", "B", "placed"), {"reason": "r"}, "Plaats van ontwerp B: Herkomst van de plaats", "bevestigd"), (("hoek_perceel",), True, "hoek perceel", "ja"),
        (("governing_plans",), {"ids": ["NL.1", "NL.2"]}, "Geldende plannen", "NL.1, NL.2"), (("plan_read", "k"), {"value": True}, "Gelezen in het plan: k", "ja"),
    ],
)
def test_the_name_and_the_value_of_an_answer(path, said, name, value):
    one = Given(path, said)
    assert name_of(one, None, "nl") == name and (value is None or value_of(one, None, "nl") == value)


def test_who_answered_and_what_became_of_it():
    before = {"n": {"value": 75, "by": "A. Smit", "at": "2026-02-03"}}
    (one,) = given(before)
    assert by_whom(one, "nl") == "A. Smit, 3 februari 2026"
    gone = kept(before, {}, "B. Kok", "2026-03-04")["history"][0]
    assert by_whom(Given(tuple(gone["path"]), gone["said"], gone["became"], gone["by"], gone["at"]), "nl") == "A. Smit, 3 februari 2026; teruggenomen door B. Kok op 4 maart 2026"
