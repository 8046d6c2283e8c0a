"""From a plan to verdicts: its map and its text are read, the text is confirmed in a profile file, and a house with an extension, a shed, a dormer and fences
is judged by it. Each limit is that of the text. Once with an invented plan, and with maps and texts of real plans where they stand beside the project."""

from __future__ import annotations

import re

import pytest
from invented_plans import HEAD, document, measure, member, plan, surface
from plan_walk import Spot, walked

from drieluik.model.plan_words import NUMBER_LEFT

INVENTED = "NL.IMRO.0001.BP1-VA01"
PLACE = Spot(100_000.0, 450_000.0, 20.0)
TEXT = """Artikel 5 Wonen
5.1 Bestemmingsomschrijving
De voor 'Wonen' aangewezen gronden zijn bestemd voor wonen.
5.2 Bouwregels
5.2.1 Hoofdgebouwen
a. hoofdgebouwen worden gebouwd binnen het bouwvlak;
b. de bouwhoogte bedraagt ten hoogste de ter plaatse van de aanduiding 'maximum bouwhoogte (m)' aangegeven bouwhoogte;
c. de dakhelling bedraagt ten minste 25° en ten hoogste 50°;
d. de afstand tot de zijdelingse perceelgrens bedraagt ten minste 3,5 m.
5.2.2 Aan- en uitbouwen, bijgebouwen en overkappingen
a. de gezamenlijke oppervlakte van aan- en uitbouwen, bijgebouwen en overkappingen bedraagt niet meer dan 26 m2;
b. de afstand van aan- en uitbouwen, bijgebouwen en overkappingen tot de zijdelingse perceelgrens bedraagt ten minste 1,5 m;
c. de hoogten bedragen ten hoogste:
bouwwerk | goothoogte | bouwhoogte |
aan- en uitbouwen | 3,3 m | 3,6 m |
vrijstaande bijgebouwen | 2,6 m | 4,4 m |
overkappingen | - | 2,9 m |
d. aan- en uitbouwen, bijgebouwen en overkappingen worden ten minste 2 m achter de voorgevel van het hoofdgebouw gebouwd;
e. de diepte van een aan- of uitbouw bedraagt ten hoogste 2,8 m, gemeten vanuit de achtergevel van het hoofdgebouw.
5.2.3 Erf- en terreinafscheidingen
a. de bouwhoogte van erf- en terreinafscheidingen mag niet meer dan 2 m bedragen, met dien verstande dat de bouwhoogte voor de voorgevelrooilijn niet meer dan 1 m
mag bedragen.
5.2.4 Dakkapellen
a. de breedte van dakkapellen bedraagt niet meer dan 50% van de breedte van het dakvlak;
b. de afstand van dakkapellen tot de daknok bedraagt ten minste 0,5 m.
"""
LIMITS = {
    "maximum:bouwhoogte": (8.0, 8.2, "violates"), "norm:5.2.1 c dakhelling": (50.0, 30.96, "complies"), "norm:5.2.1 d afstand zijgrens": (3.5, 4.0, "complies"),
    "norm:5.2.2 a oppervlakte": (26.0, 28.0, "violates"), "norm:5.2.2 b afstand zijgrens": (1.5, 1.0, "violates"),
    "norm:5.2.2 c goothoogte": (3.3, 3.1, "complies"), "norm:5.2.2 c bouwhoogte": (3.6, 3.1, "complies"),
    "norm:5.2.2 c goothoogte 2": (2.6, 2.8, "violates"), "norm:5.2.2 c bouwhoogte 2": (4.4, 2.8, "complies"),
    "norm:5.2.2 d afstand voorgevel": (2.0, 9.0, "complies"), "norm:5.2.2 e diepte": (2.8, 3.0, "violates"),
    "norm:5.2.3 a bouwhoogte": (2.0, 1.9, "complies"), "norm:5.2.3 a bouwhoogte 2": (1.0, 1.2, "violates"),
    "norm:5.2.4 a breedte": (50.0, 25.0, "complies"), "norm:5.2.4 b afstand daknok": (0.5, 1.55, "complies"),
}
"""Of each rule the limit of the text, what the house has, and the verdict, by hand (plan_walk.py has the sizes of the house)."""


def told(review, plan_id):
    """Return {rule: (limit, value, verdict)} of the findings of a plan that measure something."""
    measured = [found for found in review.findings if found.measurements and found.check != "overlay_hit"]
    return {
        found.rule.removeprefix(f"plan:{plan_id}:"): (found.measurements[0].limit, round(found.measurements[0].value, 2), found.verdict.value)
        for found in measured
    }


def sides(spot):
    """The answer of an officer which boundaries of the plot are at its sides."""
    return {"side_boundaries": {"lines": [[spot.at(x, -7), spot.at(x, 19)] for x in (-8, 8)], "by": "J. Toets"}}


def ring(spot, *corners):
    """A ring of places in metres from the house, as GML has it."""
    places = [spot.at(*corner) for corner in (*corners, corners[0])]
    return surface(" ".join(f"{x} {y}" for x, y in places))


@pytest.fixture(scope="module")
def invented(tmp_path_factory):
    folder = tmp_path_factory.mktemp("invented")
    own = ring(PLACE, (-40, -7), (40, -7), (40, 30), (-40, 30))
    built = ring(PLACE, (-5, -5), (5, -5), (5, 8), (-5, 8))
    gml = document(
        plan(), member("Enkelbestemming", "e1", "<imro:naam>Wonen</imro:naam><imro:artikelnummer>5</imro:artikelnummer>", own),
        member("Bouwvlak", "b1", "<imro:naam>bouwvlak</imro:naam>", built), measure("m1", ("maximum bouwhoogte (m)", "8"), geometry=built), head=HEAD)
    (folder / "plan.gml").write_text(gml, encoding="utf-8")
    return walked(folder, INVENTED, folder / "plan.gml", {"art_5.txt": TEXT}, PLACE, answers=sides(PLACE))


@pytest.mark.parametrize("rule", LIMITS)
def test_each_limit_of_an_invented_plan_is_that_of_its_text(invented, rule):
    assert told(invented, INVENTED)[rule] == LIMITS[rule]


def test_no_clause_of_an_invented_plan_is_lost(invented):
    [cover] = invented.covers
    lines = {line.key.rpartition(":")[2]: line.state for line in cover.lines if ":clause:" in line.key}
    assert {key for key, state in lines.items() if state == "to_read"} == {"5.1 gebruik"}
    assert lines["5.2.2 c bouwhoogte 3"] == "does_not_apply"  # there is no overkapping


def renumbered(text, before, article, title):
    """The article of a plan's text as the article of a bestemming of another plan."""
    moved = re.sub(rf"(?m)^{before}\.(?=\d)", f"{article}.", text)
    return f"Artikel {article} {title}\n{article}.1 Bestemmingsomschrijving\nDe voor '{title}' aangewezen gronden zijn bestemd voor wonen.\n{moved}\n"


REAL = {
    "Nijkerk": (
        "NL.IMRO.0267.BP0174-0001.gml", "NL.IMRO.0267.BP0174-0001", ("010.txt", "11", "16", "Wonen"), Spot(162059.94, 470631.01, 150.18),
        {
            "maximum:bouwhoogte": (9.0, 8.2, "complies"), "maximum:goothoogte": (6.0, 5.5, "complies"), "norm:16.2.1 e dakhelling": (60.0, 30.96, "complies"),
            "norm:16.2.1 c afstand zijgrens": (3.0, 4.0, "complies"), "norm:16.2.2 a goothoogte": (3.0, 3.1, "violates"),
            "norm:16.2.2 b bouwhoogte": (5.0, 3.1, "complies"), "norm:16.2.2 c afstand voorgevel": (1.0, 9.0, "complies"),
            "norm:16.2.2 d oppervlakte": (100.0, 28.0, "complies"), "norm:16.2.3 a bouwhoogte": (2.0, 1.9, "complies"),
            "norm:16.2.3 a bouwhoogte 2": (1.0, 1.2, "violates"),
        },
    ),
    "Goes": (
        "stationspleinzuidoost.gml", "NL.IMRO.0664.BPBS02-VG99", ("096.txt", "5", "9", "Wonen"), Spot(51425.29, 390783.22, -175.96),
        {
            "maximum:bouwhoogte": (8.0, 8.2, "violates"), "maximum:goothoogte": (6.0, 5.5, "complies"), "norm:9.2.1 bebouwingspercentage": (35.0, 24.04, "complies"),
            "norm:9.2.3 d oppervlakte": (75.0, 28.0, "complies"), "norm:9.2.3 e diepte": (3.0, 3.0, "complies"),
            "norm:9.2.3 g bouwhoogte 2": (4.0, 3.1, "complies"), "norm:9.2.3 h goothoogte": (3.0, 2.8, "complies"),
        },
    ),
    "Gieterveen": (
        "2008.gml", "NL.IMRO.1680.1800030105-0000", ("004.txt", "5", "5", "Woondoeleinden 3"), Spot(252579.0, 561072.67, 210.27),
        {
            "norm:5.2 d goothoogte": (4.5, 5.5, "violates"), "norm:5.2 d bouwhoogte": (10.0, 8.2, "complies"), "norm:5.2 e bouwhoogte": (1.0, 1.2, "violates"),
            "norm:5.2 e bouwhoogte 2": (2.0, 1.9, "complies"),
        },
    ),
}
"""The map of a real plan, the text of another real plan put under its bestemming (both are at hand of no plan), where the house stands, and what each limit is
by reading the text."""
DORMERS = "044.txt"
"""The national text about dormers, added to each: no text at hand of a bestemming has them."""
OF_DORMERS = {"afstand dakvoet": 0.5, "afstand daknok": 0.5, "afstand dakrand": 0.5}


@pytest.fixture(scope="module", params=REAL)
def real(request, shared, tmp_path_factory):
    maps, texts = shared / "data" / "imro2012", shared / "data" / "plan-texts"
    if not (maps.is_dir() and texts.is_dir()):
        pytest.skip("real maps and texts stand beside the project, not in it; the invented plan walks the same path")
    gml, plan_id, article, spot, limits = REAL[request.param]
    given = renumbered((texts / article[0]).read_text(encoding="utf-8"), *article[1:])
    dormers = "Artikel 40 Dakkapellen\n40.1 Dakkapellen\n" + (texts / DORMERS).read_text(encoding="utf-8")
    answers = {**sides(spot), "governing_plans": {"ids": [plan_id], "reason": "proef", "by": "J. Toets"}}
    return plan_id, walked(tmp_path_factory.mktemp("real"), plan_id, maps / gml, {"art_1.txt": given, "art_40.txt": dormers}, spot, answers=answers), limits


def test_each_limit_of_a_real_plan_is_that_of_its_text(real):
    plan_id, review, limits = real
    found = told(review, plan_id)
    assert {rule: found.get(rule) for rule in limits} == limits


def test_no_other_finding_of_a_real_text_is_firm_without_a_size_of_its_own(real):
    """What is firm has the number of its own clause as limit."""
    plan_id, review, _ = real
    [profile] = review.profiles
    clauses = {f"plan:{plan_id}:norm:{norm.key}": norm.clause for norm in profile.norms if norm.clause.quantity != NUMBER_LEFT}
    for found in review.findings:
        if found.verdict.value in ("complies", "violates") and found.rule in clauses:
            assert found.measurements[0].limit in (clauses[found.rule].value, clauses[found.rule].value2), found.rule


def test_the_national_text_of_dormers_is_measured_on_the_dormer(real):
    _, review, _ = real
    found = {found.rule.partition(":norm:40.1 ")[2]: found for found in review.findings if ":norm:40.1 " in found.rule}
    for quantity, limit in OF_DORMERS.items():
        measured = [one for key, one in found.items() if key.endswith(quantity) and one.measurements]
        assert measured and all(one.measurements[0].limit == limit for one in measured), (quantity, list(found))
