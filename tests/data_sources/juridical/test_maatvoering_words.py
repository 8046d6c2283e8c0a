"""Every word that a maatvoering may be written in: names of SVBP2012, what offices write instead, units, limits, separators, symbol codes."""

from __future__ import annotations

import pytest

from drieluik.data_sources.juridical.maatvoering import contradictions, decimal_of, number_of, plan_values, range_of, terms_of
from drieluik.texts import sentence

TERMS = {
    "m": ("bouwhoogte", "goothoogte", "hoogte", "nokhoogte", "breedte", "diepte", "lengte", "hoogteligging", "verticale bouwdiepte", "afstand"),
    "graden": ("dakhelling",), "%": ("bebouwingspercentage",), "m2": ("bebouwd oppervlak", "oppervlakte", "vloeroppervlakte"), "m3": ("volume",),
    "": ("aantal bouwlagen", "aantal wooneenheden"),
}
SAID_OTHERWISE = {
    "volume": ("inhoud", "bouwvolume"), "bouwhoogte": ("bouw hoogte",), "goothoogte": ("goot hoogte",), "nokhoogte": ("nok hoogte",),
    "dakhelling": ("dak helling", "hellingshoek", "dakhellingshoek"), "hoogteligging": ("hoogteligging vlak",), "oppervlakte": ("oppervlak",),
    "bebouwingspercentage": ("bebouwings percentage", "bebouwings%", "bebouwings %", "bebouwd percentage", "percentage bebouwing"),
    "aantal bouwlagen": ("bouwlagen", "lagen", "aantal lagen"), "aantal wooneenheden": ("wooneenheden",),
    "bebouwd oppervlak": ("bebouwde oppervlakte", "bebouwd oppervlakte", "bebouwingsoppervlakte"),
    "vloeroppervlakte": ("bruto vloeroppervlakte", "bruto vloeroppervlak", "vloeroppervlak"),
}
UNIT_OF = {term: unit for unit, terms in TERMS.items() for term in terms}
MOST = ("maximum", "maximale", "maximaal", "max", "max.", "ten hoogste", "hoogstens")
LEAST = ("minimum", "minimale", "minimaal", "min", "min.", "ten minste", "tenminste", "minstens")


def said(kind, raw, name=""):
    return [(v.name, v.qualifier, v.value, v.unit) for v in plan_values(kind, raw, name)]


@pytest.mark.parametrize("term", UNIT_OF)
def test_a_term_without_unit_has_the_unit_of_the_standard(term):
    assert said(f"Maximum {term}", "7") == [(term, "maximum", 7.0, UNIT_OF[term])]
    assert said(f"{term}", "7,25") == [(term, None, 7.25, UNIT_OF[term])]


@pytest.mark.parametrize(("word", "term"), [(word, term) for term, words in SAID_OTHERWISE.items() for word in words])
def test_what_offices_write_is_the_term_of_the_standard(word, term):
    assert said(f"maximum {word}", "35") == [(term, "maximum", 35.0, UNIT_OF[term])]


@pytest.mark.parametrize(
    ("spelled", "unit"),
    [
        ("m", "m"), ("meter", "m"), ("meters", "m"), ("m1", "m"), ("m2", "m2"), ("m²", "m2"), ("m3", "m3"), ("m³", "m3"), ("%", "%"), ("procent", "%"),
        ("procenten", "%"), ("graden", "graden"), ("°", "graden"), ("gr", "graden"), ("graad", "graden"), ("degrees", "graden"), ("stuks", "stuks"),
        ("m NAP", "m NAP"), ("m + NAP", "m NAP"), ("meters boven NAP", "m NAP"), ("+NAP", "m NAP"), ("NAP", "m NAP"), ("m boven peil", "m"), ("m boven het maaiveld", "m boven maaiveld"), ("m onder peil", "m onder peil"),
    ],
)
def test_a_unit_between_brackets(spelled, unit):
    assert said(f"maximum iets nieuws ({spelled})", "12") == [("iets nieuws", "maximum", 12.0, unit)]


@pytest.mark.parametrize(
    ("spelled", "unit"),
    [("m2", "m2"), ("m3", "m3"), ("m²", "m2"), ("m³", "m3"), ("m", "m"), ("meter", "m"), ("meters", "m"), ("graden", "graden"), ("procenten", "%"), ("%", "%")],
)
def test_a_unit_in_words(spelled, unit):
    assert said(f"iets nieuws in {spelled}", "12") == [("iets nieuws", None, 12.0, unit)]


@pytest.mark.parametrize(
    ("raw", "value", "unit"),
    [
        ("3 m", 3.0, "m"), ("3m1", 3.0, "m"), ("3 m2", 3.0, "m2"), ("3 m3", 3.0, "m3"), ("3 m²", 3.0, "m2"), ("3 m³", 3.0, "m3"), ("3 meter", 3.0, "m"),
        ("3 Meters", 3.0, "m"), ("3 %", 3.0, "%"), ("3 procent", 3.0, "%"), ("3 graden", 3.0, "graden"), ("3°", 3.0, "graden"), ("3 bouwlagen", 3.0, ""),
        ("3 lagen", 3.0, ""), ("3 stuks", 3.0, ""), ("3 woningen", 3.0, ""), ("3 wooneenheden", 3.0, ""), ("3 m.", 3.0, "m"), ("3.", None, ""), ("1.500 m2", 1500.0, "m2"),
        ("-1,5 m", -1.5, "m"), ("+1 m", None, ""), ("3 verdiepingen", None, ""), ("3 m 2", None, ""),
    ],
)
def test_a_text_may_state_its_unit(raw, value, unit):
    assert number_of(raw) == (value, unit)


def test_a_text_that_states_another_unit_than_its_name_is_no_number():
    assert number_of("12 m", "m") == (12.0, "m") and number_of("12 m2", "m") == (None, "")
    assert said("maximum bouwhoogte (m)", "12 graden") == [("bouwhoogte", "maximum", None, "m")]


@pytest.mark.parametrize("word", (*MOST, "<=", "≤"))
def test_every_word_for_at_most(word):
    assert said("maximum bouwhoogte", f"{word} 9") == [("bouwhoogte", "maximum", 9.0, "m")]
    assert said("minimum bouwhoogte", f"{word} 9") == [("bouwhoogte", "minimum", None, "m")]
    assert said("bouwhoogte", f"{word} 9")[0][2] == 9.0


@pytest.mark.parametrize("word", (*LEAST, ">=", "≥"))
def test_every_word_for_at_least(word):
    assert said("minimum bouwhoogte", f"{word} 9") == [("bouwhoogte", "minimum", 9.0, "m")]
    assert said("maximum bouwhoogte", f"{word} 9") == [("bouwhoogte", "maximum", None, "m")]


@pytest.mark.parametrize(("word", "qualifier"), [*((word, "maximum") for word in MOST), *((word, "minimum") for word in LEAST)])
def test_every_word_for_a_limit_in_a_name(word, qualifier):
    assert terms_of(f"{word.capitalize()}  goothoogte (m)") == [("goothoogte", qualifier, "m")]


@pytest.mark.parametrize("between", ["-", " - ", "–", "/", " en ", " tot ", ", "])
@pytest.mark.parametrize(("least", "most"), [("minimum", "maximum"), ("minimale", "maximale"), ("min.", "max.")])
def test_a_name_with_both_limits(least, most, between):
    assert said(f"{least}{between}{most} breedte", "4,5-6") == [("breedte", "minimum", 4.5, "m"), ("breedte", "maximum", 6.0, "m")]


@pytest.mark.parametrize("between", ["-", " – ", "—", "/", ";", " tot en met ", " t/m ", " tot ", " en "])
@pytest.mark.parametrize(("front", "end"), [("", ""), ("van ", " m"), ("tussen ", " meter"), ("Van ", "m")])
def test_every_way_to_write_a_range(between, front, end):
    assert range_of(f"{front}2,5{between}4{end}", "m") == (2.5, 4.0)


@pytest.mark.parametrize(
    ("raw", "unit", "expected"),
    [
        ("30-30", "graden", (30.0, 30.0)), ("30° - 45°", "graden", (30.0, 45.0)), ("30 graden tot 45 graden", "graden", (30.0, 45.0)), ("10% - 20%", "%", (10.0, 20.0)),
        ("3 m - 4 m", "m", (3.0, 4.0)), ("3-4 %", "m", (None, None)), ("1.2.3-4", "m", (None, None)), ("3-1.2.3", "m", (None, None)), ("4-3", "m", (None, None)),
        ("1.000-1.500", "m2", (1000.0, 1500.0)), ("3-4 stuks", "stuks", (3.0, 4.0)), ("vanaf 3", "m", (None, None)),
    ],
)
def test_a_range_is_two_numbers_in_the_unit_of_its_name_or_none(raw, unit, expected):
    assert range_of(raw, unit) == expected


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("1.250", "m2", 1250.0), ("1.250", "m3", 1250.0), ("1.250", "m", 1.25), ("1.250", "", 1.25), ("0.250", "m2", 0.25), ("12.345.678", "m2", 12_345_678.0),
        ("1.25", "m2", 1.25), ("1.250,75", "m2", 1250.75), ("1.234.567,5", "m", 1_234_567.5), ("12.34,5", "m", None), ("12.345.678", "m", None), ("-2,5", "m", -2.5),
        ("+2.5", "m", 2.5), ("999999999999", "", 999_999_999_999.0), ("1000000000000", "", None), ("-1000000000000", "", None), ("4,", "m", None), (",4", "m", None),
    ],
)
def test_points_and_commas(text, unit, value):
    assert decimal_of(text, unit) == value


@pytest.mark.parametrize("between", [", ", " en ", "/", " + ", ","])
def test_names_that_combine_terms(between):
    assert terms_of(f"maximum goothoogte (m){between}bouwhoogte{between}minimum dakhelling") == [
        ("goothoogte", "maximum", "m"), ("bouwhoogte", "maximum", "m"), ("dakhelling", "minimum", "graden"),
    ]
    assert terms_of(f"hoogte{between}iets anders") == [(" ".join(f"hoogte{between}iets anders".split()), "", "")]


@pytest.mark.parametrize("name", ["maximum bouwhoogte (m),", "maximum bouwhoogte (m) /", ", maximum bouwhoogte"])
def test_a_separator_too_many_hides_no_term(name):
    assert said(name, "4,5") == [("bouwhoogte", "maximum", 4.5, "m")]


@pytest.mark.parametrize("name", ["maximum goot- en bouwhoogte (m)", "maximum goot en bouwhoogte (m)", "maximum goot-/bouwhoogte (m)", "maximum goot/bouwhoogte (m)"])
def test_gutter_and_building_height_in_one_word(name):
    assert said(name, "3,5 / 8") == [("goothoogte", "maximum", 3.5, "m"), ("bouwhoogte", "maximum", 8.0, "m")]


@pytest.mark.parametrize("raw", ["5/40", "5;40", "5 | 40", "5 en 40", "5, 40", "5 - 40", "5–40"])
def test_numbers_of_a_combination(raw):
    assert said("maximum bouwhoogte (m), minimum bebouwingspercentage (%)", raw) == [
        ("bouwhoogte", "maximum", 5.0, "m"), ("bebouwingspercentage", "minimum", 40.0, "%"),
    ]
    assert {v.raw for v in plan_values("bouwhoogte, bebouwingspercentage", raw)} == {f"bouwhoogte, bebouwingspercentage={raw}"}


@pytest.mark.parametrize("kind", ["vrije tekst", "other: vrije tekst", "Other : Vrije tekst", "maatvoering", "other:", "", "maatvoering; vrije tekst"])
def test_a_type_that_names_nothing_leaves_it_to_the_objects_name(kind):
    assert said(kind, "60", "maatvoering; minimum bebouwingspercentage (%)") == [("bebouwingspercentage", "minimum", 60.0, "%")]
    assert said(kind, "60", " Maatvoering ")[0][1:3] == (None, 60.0)
    assert plan_values(kind, "60", "maximum diepte (m)")[0].raw == f"{kind}=60"


def test_a_type_that_names_something_goes_before_the_objects_name():
    assert said("maximum breedte (m)", "6", "maximum diepte (m)") == [("breedte", "maximum", 6.0, "m")]


SYMBOLS = {
    "goothoogte": ("s128s", "s100", "s101", "s102"), "bouwhoogte": ("s128r", "s103", "s104", "s105"), "dakhelling": ("s128o", "s106", "s107", "s108"),
    "bebouwingspercentage": ("s128m", "s129k", "s109"), "aantal bouwlagen": ("s128d", "s129c", "s120"), "aantal wooneenheden": ("s128j", "s129i", "s119"),
    "bebouwd oppervlak": ("s128l", "s129j", "s130h"), "oppervlakte": ("s128v", "s129q", "s130m"), "volume": ("s128aa", "s129w", "s130r"),
    "vloeroppervlakte": ("s128x", "s129t", "s127"), "breedte": ("s128n", "s129l", "s130i"), "diepte": ("s128p", "s129m", "s130s"), "lengte": ("s128u", "s129p", "s130l"),
    "hoogte": ("s128q", "s129n", "s130j"), "hoogteligging": ("s128t", "s129o", "s130k"), "verticale bouwdiepte": ("s122", "s129y", "s130t"),
    "goothoogte, bouwhoogte": ("", "s110", "s111", "s112"), "goothoogte, bouwhoogte, dakhelling": ("", "s113", "s114", "s115"),
    "goothoogte, bouwhoogte, dakhelling, bebouwingspercentage": ("", "s116", "s117", "s118"), "bouwhoogte, bebouwingspercentage": ("", "", "s123", "s125"),
    "goothoogte, bouwhoogte, bebouwingspercentage": ("", "", "s124"), "bouwhoogte, aantal bouwlagen, bebouwingspercentage": ("", "", "s126"),
}
"""SVBP2012, bijlage 7: the code without limit, with a minimum, a maximum, both."""
LIMITS = ("", "minimum", "maximum", "minimum-maximum")
CODES = [(code, limit, terms) for terms, codes in SYMBOLS.items() for limit, code in zip(LIMITS, codes) if code]


@pytest.mark.parametrize(("code", "limit", "terms"), CODES, ids=[code for code, _, _ in CODES])
def test_a_symbol_stands_for_its_terms_and_its_limit(code, limit, terms):
    for term in terms.split(", "):
        assert contradictions(plan_values(f"{limit} {term}", "1-2"), code, "X") == ()
    (note,) = contradictions(plan_values("minimum nokhoogte (m)", "5"), f" {code.upper()} ", "NL.9")
    assert note.code == "plans_symbol_contradicts"
    assert note.as_dict() == {"fid": "NL.9", "symbol": f" {code.upper()} ", "meant": f"{limit} {terms}".strip(), "said": "minimum nokhoogte"}
    assert terms in sentence(note.code, note.as_dict())


def test_a_symbol_that_the_standard_does_not_have_contradicts_nothing():
    assert contradictions(plan_values("maximum goothoogte (m)", "5"), "s999", "X") == contradictions(plan_values("maximum goothoogte (m)", "5"), "-", "X") == ()
    assert contradictions(plan_values("maximum aantal bedrijven", "5"), "s104", "X") == ()


@pytest.mark.parametrize(("code", "limit", "terms"), [one for one in CODES if one[1] in ("minimum", "maximum")])
def test_a_symbol_with_one_limit_contradicts_the_other(code, limit, terms):
    other = "maximum" if limit == "minimum" else "minimum"
    term = terms.split(", ")[-1]
    (note,) = contradictions(plan_values(f"{other} {term}", "5"), code, "X")
    assert note.as_dict()["said"] == f"{other} {term}"
    assert contradictions(plan_values(term, "5"), code, "X") == ()


@pytest.mark.parametrize(("name", "raw", "expected"), [
    ("maximale goot-, bouwhoogte (m) en dakhelling (graden)", "4 / 9 / 45", [("goothoogte", "maximum", 4.0), ("bouwhoogte", "maximum", 9.0), ("dakhelling", "maximum", 45.0)]),
    ("maximale goot-, bouwhoogte (m) en maximum bebouwingspercentage (%)", "3;7;35", [("goothoogte", "maximum", 3.0), ("bouwhoogte", "maximum", 7.0), ("bebouwingspercentage", "maximum", 35.0)]),
    ("minimale en maximale bouwhoogte (m) en maximum bebouwingspercentage (%)", "6-11, 60", [("bouwhoogte", "minimum", 6.0), ("bouwhoogte", "maximum", 11.0), ("bebouwingspercentage", "maximum", 60.0)]),
    ("maximum vloeroppervlakte; bruto (m2)", "1.250", [("vloeroppervlakte", "maximum", 1250.0)]),
    ("maatvoering; vloeroppervlakte; minimum vloeroppervlakte; vvo (m2)", "80", [("vloeroppervlakte", "minimum", 80.0)]),
    ("maximum bouwhoogte bijgebouwen (m)", "3", [("bouwhoogte bijbehorend bouwwerk", "maximum", 3.0)]),
])
def test_combined_names_of_the_lists_give_each_of_their_values(name, raw, expected):
    assert [(one.name, one.qualifier, one.value) for one in plan_values(name, raw)] == expected
