"""Reading a long text stays quick, and words are read whole: what only stands inside another word says nothing."""

from __future__ import annotations

import time

from drieluik.data_sources.juridical.text.reading_text import read_text

MEMBER = (
    "{n}.2.{k} Hoofdgebouwen\nVoor het bouwen van hoofdgebouwen gelden de volgende regels:\n"
    "a. hoofdgebouwen worden binnen het bouwvlak gebouwd;\n"
    "b. de goothoogte van een hoofdgebouw bedraagt niet meer dan {k} m, tenzij ter plaatse van de aanduiding 'maximum goothoogte (m)' anders is aangegeven;\n"
    "c. de afstand tot de zijdelingse perceelsgrens bedraagt ten minste 3 m, met dien verstande dat dit niet geldt aan de zijde waar wordt aangebouwd;\n"
    "d. de gezamenlijke oppervlakte van bijgebouwen en overkappingen bedraagt ten hoogste 50 m² per bouwperceel;\n")
SECONDS = 3.0
"""Of processor time for 60 articles; they take about a quarter of it here, and took all of it once."""


def test_sixty_articles_are_read_in_seconds_and_each_number_of_them_is_kept() -> None:
    """60 articles of 5 members: every size is a norm."""
    text = "".join(f"Artikel {n} Wonen\n" + "".join(MEMBER.format(n=n, k=k) for k in range(3, 8)) for n in range(1, 61))
    start = time.process_time()
    read = read_text(text)
    took = time.process_time() - start
    assert len([one for one in read.clauses if one.value is not None]) == 60 * 5 * 3
    assert not read.unread
    assert took < SECONDS


def test_words_inside_other_words_are_no_sizes() -> None:
    """A difference in ground level is no height of what is built, and "belang" is no length."""
    read = read_text("13. een constructie voor het overbruggen van een terreinhoogteverschil van niet meer dan 1 m;\n")
    assert [one.quantity for one in read.clauses if one.value is not None] == []
    assert [one.text for one in read.unread] == ["1 m"]
    read = read_text("5.2 Bouwregels\na. in het belang van de veiligheid mag een erker niet meer dan 1 m uitsteken;\n")
    assert "lengte" not in [one.quantity for one in read.clauses]


def test_parts_that_stick_out_are_read_beside_roofs_that_do() -> None:
    """The size of a list of parts is about their sticking out, not about the area that is measured without them."""
    read = read_text(
        "6.1 Ondergeschikte bouwdelen\nBij de toepassing van het bepaalde ten aanzien van de oppervlakte van een bouwwerk worden luifels, balkons en "
        "overstekende daken buiten beschouwing gelaten, mits deze bouwdelen niet meer dan 1 meter buiten het gevelvlak uitsteken.\n")
    assert [(one.quantity, one.value) for one in read.clauses if one.value is not None] == [("overschrijding", 1.0)]
