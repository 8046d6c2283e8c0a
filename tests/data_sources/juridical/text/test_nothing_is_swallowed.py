"""Numbers and sentences of building rules that are no norm by themselves are not lost: they are words of the norm, or a line to be read."""

import pytest

from drieluik.data_sources.juridical.text.reading_text import read_text
from drieluik.data_sources.juridical.text.text_profile import proposed_profile
from drieluik.model.plan_words import DEMANDED

HEAD = "Artikel 5 Wonen\n5.2 Bouwregels\na. "


@pytest.mark.parametrize(("text", "said"), [
    ("de goothoogte op minder dan 4 m van de perceelgrens bedraagt ten hoogste 3 m;", ["op minder dan 4 m"]),
    ("de goothoogte van gebouwen op percelen groter dan 600 m2 bedraagt ten hoogste 6 m;", ["percelen groter dan 600 m2"]),
    ("op percelen groter dan 600 m2 bedraagt de goothoogte ten hoogste 4 m en de bouwhoogte ten hoogste 8 m;", ["percelen groter dan 600 m2"] * 2),
    ("de goothoogte bedraagt ten hoogste 4 m; op percelen groter dan 600 m2 is de bouwhoogte ten hoogste 8 m;", ["percelen groter dan 600 m2"]),
    ("de goot- en bouwhoogte bedragen ten hoogste 4 m en 8 m;", []),
    ("de dakhelling bedraagt ten minste 30 graden en ten hoogste 50 graden;", []),
    ("de bouwhoogte bedraagt ten hoogste 8 m, indien het perceel groter is dan 600 m2;", []),
    ("in afwijking van 5.1 onder b bedraagt de bouwhoogte ten hoogste 8 m;", []),
])
def test_a_number_that_no_size_and_no_condition_has_is_a_word_of_its_norm(text, said):
    assert [word for one in read_text(HEAD + text).clauses for word in one.unsaid if any(sign.isdigit() for sign in word)] == said


@pytest.mark.parametrize(("text", "said"), [
    ("de oppervlakte van bijgebouwen bedraagt ten hoogste 30 m2, exclusief overkappingen;", "exclusief"),
    ("de inhoud van een woning is ten hoogste 600 m3, zolders daaronder begrepen;", "zolders"),
    ("de bouwhoogte bedraagt ten hoogste 8 m, mits het dak schuin is;", ""),
    ("de goothoogte bedraagt ten hoogste 4 m, de bouwhoogte op de hoek ten hoogste 8 m;", ""),
])
def test_words_behind_the_quote_of_a_norm_are_words_of_it(text, said):
    unsaid = read_text(HEAD + text).clauses[0].unsaid
    assert said in unsaid if said else not unsaid


@pytest.mark.parametrize(("text", "said"), [
    ("de goothoogte van gebouwen op de perceelgrens bedraagt ten hoogste 3 m;", "op de perceelgrens"),
    ("op de zijdelingse perceelgrens is de bouwhoogte ten hoogste 4 m;", "op de zijdelingse perceelgrens"),
    ("de bouwhoogte is ten hoogste 4 m aan de watergang;", "aan de watergang"),
    ("de oppervlakte van bijgebouwen bedraagt ten hoogste 45 m2 voor woningen;", "voor woningen"),
    ("de afstand tot de perceelgrens bedraagt ten minste 3 m;", ""),
    ("de bouwhoogte achter de voorgevel bedraagt ten hoogste 3 m;", ""),
    ("de goothoogte bedraagt ten hoogste 3 m en de bouwhoogte op de perceelgrens ten hoogste 4 m;", ""),
])
def test_a_place_or_whose_thing_a_norm_is_for_is_asked(text, said):
    assert read_text(HEAD + text).clauses[0].unsaid == ((said,) if said else ())


@pytest.mark.parametrize("text", [
    "de goothoogte is lager dan die van het hoofdgebouw;", "de oppervlakte mag niet toenemen;", "gebouwen hebben een kap;", "de nok ligt evenwijdig aan de weg;",
])
def test_a_rule_for_building_without_a_size_is_a_line(text):
    [one] = [norm for norm in proposed_profile(read_text(HEAD + text), "P").norms if norm.clause.quantity == DEMANDED]
    assert one.clause.quote == text


@pytest.mark.parametrize("text", [f"{HEAD}hoofdgebouwen mogen vrijstaand worden gebouwd;", "Artikel 1 Begrippen\n1.2 kap: een dak dat schuin is;"])
def test_what_is_only_allowed_or_explained_is_none(text):
    assert not [one for one in read_text(text).statements if one.quantity == DEMANDED]
