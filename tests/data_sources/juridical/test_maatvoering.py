"""Names and texts of maatvoeringen: taken apart, never guessed, never lost."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drieluik.data_sources.juridical.maatvoering import contradictions, decimal_of, plan_value, plan_values, terms_of
from drieluik.data_sources.juridical.plan_features import values_of


def said(kind, raw, name=""):
    return [(v.name, v.qualifier, v.value, v.unit) for v in plan_values(kind, raw, name)]


@pytest.mark.parametrize(
    ("kind", "raw", "expected"),
    [
        ("maximum bouwhoogte (m)", "10", ("bouwhoogte", "maximum", 10.0, "m")),
        ("maximum bouwhoogte (m)", "4,5", ("bouwhoogte", "maximum", 4.5, "m")),
        ("maatvoering; hoogte; bouwhoogte; maximum bouwhoogte (m)", " 4,50 ", ("bouwhoogte", "maximum", 4.5, "m")),
        ("Maximale goothoogte (m)", "6.5", ("goothoogte", "maximum", 6.5, "m")),
        ("maximaal aantal wooneenheden", "12", ("aantal wooneenheden", "maximum", 12.0, "")),
        ("max. bouwhoogte (m)", "9 m", ("bouwhoogte", "maximum", 9.0, "m")),
        ("minimum goothoogte (m)", "3", ("goothoogte", "minimum", 3.0, "m")),
        ("minimale bouwhoogte", "3", ("bouwhoogte", "minimum", 3.0, "m")),
        ("bouwhoogte (m)", "3", ("bouwhoogte", None, 3.0, "m")),
        ("maximum bebouwingspercentage (%)", "40 %", ("bebouwingspercentage", "maximum", 40.0, "%")),
        ("maximum bebouwingspercentage", "40%", ("bebouwingspercentage", "maximum", 40.0, "%")),
        ("maximum aantal bouwlagen", "3 bouwlagen", ("aantal bouwlagen", "maximum", 3.0, "")),
        ("maximum bebouwd oppervlak (m2)", "1.250", ("bebouwd oppervlak", "maximum", 1250.0, "m2")),
        ("maximum volume (m3)", "1.250,5", ("volume", "maximum", 1250.5, "m3")),
        ("maximum inhoud (m³)", "750", ("volume", "maximum", 750.0, "m3")),
        ("maximum bouwhoogte (m)", "10.500", ("bouwhoogte", "maximum", 10.5, "m")),
        ("maximum oppervlakte (m²)", "300 m²", ("oppervlakte", "maximum", 300.0, "m2")),
        ("maximum dakhelling (graden)", "45°", ("dakhelling", "maximum", 45.0, "graden")),
        ("maximum bouwhoogte in meters", "8", ("bouwhoogte", "maximum", 8.0, "m")),
        ("maximum hoogte (m NAP)", "35", ("hoogte", "maximum", 35.0, "m NAP")),
        ("maximum bouwhoogte (m t.o.v. NAP)", "35,5", ("bouwhoogte", "maximum", 35.5, "m NAP")),
        ("minimum aantal bedrijfswoningen", "1", ("aantal bedrijfswoningen", "minimum", 1.0, "")),
        ("verticale bouwdiepte (m)", "3,5", ("verticale bouwdiepte", None, 3.5, "m")),
        ("maximum bouwhoogte (m)", "max 10", ("bouwhoogte", "maximum", 10.0, "m")),
        ("maximum bouwhoogte (m)", "≤ 10", ("bouwhoogte", "maximum", 10.0, "m")),
        # what is not plainly a number stays text
        ("maximum aantal bouwlagen", "2 + kap", ("aantal bouwlagen", "maximum", None, "")),
        ("maximum bouwhoogte (m)", "zie regels", ("bouwhoogte", "maximum", None, "m")),
        ("maximum bouwhoogte (m)", "10 %", ("bouwhoogte", "maximum", None, "m")),
        ("maximum bouwhoogte (m)", "min 10", ("bouwhoogte", "maximum", None, "m")),
        ("maximum bouwhoogte (m)", "10-12", ("bouwhoogte", "maximum", None, "m")),
        ("maximum bouwhoogte (m)", "", ("bouwhoogte", "maximum", None, "m")),
        ("maximum bouwhoogte (m)", "nan", ("bouwhoogte", "maximum", None, "m")),
        ("maximum bouwhoogte (m)", "inf", ("bouwhoogte", "maximum", None, "m")),
        ("maximum bouwhoogte (m)", "1e3", ("bouwhoogte", "maximum", None, "m")),
        ("maximum bouwhoogte (m)", "1,2,3", ("bouwhoogte", "maximum", None, "m")),
        ("maximum bouwhoogte (m)", "9" * 500, ("bouwhoogte", "maximum", None, "m")),
    ],
)
def test_one_value(kind, raw, expected):
    assert said(kind, raw) == [expected]
    assert plan_value(kind, raw).raw == f"{kind}={raw}"


LOW, HIGH = ("dakhelling", "minimum", 30.0, "graden"), ("dakhelling", "maximum", 60.0, "graden")


@pytest.mark.parametrize("raw", ["30-60", "30 - 60", "30/60", "30° - 60°", "30 tot 60", "30 t/m 60", "30 en 60", "van 30 tot 60 graden", "30,0–60,0"])
@pytest.mark.parametrize("kind", ["minimum-maximum dakhelling (graden)", "minimale en maximale dakhelling", "min.-max. dakhelling (graden)"])
def test_a_range_is_two_values(kind, raw):
    assert said(kind, raw) == [LOW, HIGH]


@pytest.mark.parametrize("raw", ["45", "60-30", "30-60-70", "plat", "", "30-60 m"])
def test_a_range_that_is_none_is_kept_as_text(raw):
    assert [v.value for v in plan_values("minimum-maximum dakhelling (graden)", raw)] == [None, None]
    assert all(v.raw.endswith(raw) for v in plan_values("minimum-maximum dakhelling (graden)", raw))


GOOT, BOUW = ("goothoogte", "maximum", 6.0, "m"), ("bouwhoogte", "maximum", 10.5, "m")


@pytest.mark.parametrize("raw", ["6/10,5", "6; 10,5", "6 en 10,5", "6, 10,5", "6 m / 10,5 m", "6 | 10.5"])
@pytest.mark.parametrize(
    "kind", ["maximum goothoogte (m), maximum bouwhoogte (m)", "maximale goot- en bouwhoogte (m)", "maximum goothoogte (m) en bouwhoogte (m)", "maximum goothoogte/bouwhoogte (m)"],
)
def test_a_combination_is_a_value_per_term(kind, raw):
    assert said(kind, raw) == [GOOT, BOUW]


@pytest.mark.parametrize("raw", ["10", "6,10", "", "6/8/10"])
def test_a_combination_whose_numbers_cannot_be_told_apart_is_kept_as_text(raw):
    values = plan_values("maximum goothoogte (m), maximum bouwhoogte (m)", raw)
    assert [(v.name, v.value) for v in values] == [("goothoogte", None), ("bouwhoogte", None)]
    assert all(v.raw == f"maximum goothoogte (m), maximum bouwhoogte (m)={raw}" for v in values)


def test_free_text_takes_the_name_of_the_object():
    assert said("other: vrije tekst", "370", "maximum oppervlakte (m2)") == [("oppervlakte", "maximum", 370.0, "m2")]
    assert said("other: vrije tekst", "370", "maatvoering") == [("other: vrije tekst", None, 370.0, "")]
    assert terms_of("maximum bouwhoogte (m), maximum bebouwingspercentage (%)") == [("bouwhoogte", "maximum", "m"), ("bebouwingspercentage", "maximum", "%")]
    assert terms_of("afstand tot weg en water") == [("afstand tot weg en water", "", "")]


@pytest.mark.parametrize(
    ("code", "kind", "wrong"),
    [
        ("s104", "maximum bouwhoogte (m)", False), ("s111", "maximum goothoogte (m)", False), ("s111", "maximum bouwhoogte (m)", False),
        ("s109", "maximum bebouwingspercentage (%)", False), ("s999", "maximum bouwhoogte (m)", False), ("s104", "maximum aantal bedrijven", False),
        ("s105", "minimum bouwhoogte (m)", False), ("s103", "maximum bouwhoogte (m)", True), ("s101", "maximum bouwhoogte (m)", True),
        ("S129K", "maximum bebouwingspercentage (%)", True),
    ],
)
def test_symbol_codes_are_a_cross_check(code, kind, wrong):
    assert bool(contradictions(plan_values(kind, "10"), code, "X")) is wrong


@given(st.floats(0, 1e6), st.integers(0, 3))
def test_a_written_number_is_that_number(value, decimals):
    written = f"{value:.{decimals}f}"
    assert decimal_of(written.replace(".", ",")) == float(written)
    assert decimal_of(written) == float(written)


@given(st.text(), st.text(), st.text())
def test_any_text_gives_values_that_keep_it(kind, raw, name):
    values = plan_values(kind, raw, name)
    assert values
    assert all(v.raw == f"{kind}={raw}" for v in values)
    assert all(v.value is None or math.isfinite(v.value) for v in values)


NAMES = st.sampled_from(["maximum bouwhoogte (m)", "maximum goothoogte (m)", "minimum bebouwingspercentage (%)", "maximum aantal wooneenheden", "specifiek"])
PAIRS = st.lists(st.tuples(NAMES, st.text(st.characters(blacklist_characters='"'), max_size=8)), min_size=1, max_size=6)


@given(PAIRS, st.sampled_from([", ", ",", " , ", "; "]))
def test_no_pair_of_a_maatvoering_text_is_lost(pairs, between):
    values = values_of(between.join(f'"{name}"="{raw}"' for name, raw in pairs))
    assert [v.raw for v in values] == [f"{name}={raw.strip()}" for name, raw in pairs]


@given(st.text(max_size=60))
def test_any_maatvoering_text_is_kept(text):
    values = values_of(text, "maximum bouwhoogte (m)")
    assert bool(values) is bool(re.sub(r"[\s,;]", "", text))
    assert all(v.value is None or math.isfinite(v.value) for v in values)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"maximum bouwhoogte (m)"="10", "maximum goothoogte (m)"="6"', [("bouwhoogte", 10.0), ("goothoogte", 6.0)]),
        ("maximum bouwhoogte (m)=4,5, maximum goothoogte (m)=3", [("bouwhoogte", 4.5), ("goothoogte", 3.0)]),
        ("10", [("bouwhoogte", 10.0)]),
        ('"maximum bouwhoogte (m)"="10" zie ook artikel 3', [("bouwhoogte", 10.0), ("bouwhoogte", None)]),
        ('"maximum bouwhoogte (m)"="10', [("bouwhoogte", None)]),
        ("", []),
    ],
)
def test_spellings_of_a_maatvoering_text(text, expected):
    assert [(v.name, v.value) for v in values_of(text, "maximum bouwhoogte (m)")] == expected
