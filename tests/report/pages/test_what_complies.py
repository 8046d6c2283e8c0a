"""The table of what complies: what is said in a row, what once for all places of a rule, and what once for several rules."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_review import COMPLIES, made, review

from drieluik.model import Decision, Measurement, Note, Premise, Verdict
from drieluik.report.pages.finding_rows import complying_rows

PEIL, NO_GROUND, TREES, WHATEVER = (Note.of(code) for code in ("engine_profile_peil", "sun_no_terrain", "sun_trees_left_out", "readings_every"))
PEIL_SAID, NO_GROUND_SAID, TREES_SAID = "Hoe omschrijft dit plan het peil (begrippen)?", "Er is geen terreinhoogte: het terrein geeft in deze studie geen schaduw", "Bomen tellen niet mee."
WHOLE, EITHER = "Alle meetwaarden per plaats staan in review.json.", "Hoe dat ook zij: het voldoet."
OPEN, TOLD = Premise("eaves", "open", PEIL, NO_GROUND), Premise("ground", "file", NO_GROUND, PEIL)


def homes(count, *notes, rule="afstand", design="A", **more):
    """Return findings that comply, of as many places; a second note of the second home alone."""
    distance = [Measurement("distance", 3.0 + (7 * n) % 5, "m", ">=", 2.5) for n in range(count)]
    own = more.pop("own", ())
    return tuple(
        made(rule, "min_distance_buildings", COMPLIES, distance[n], design=design, subject=Note.of("subject_dwelling", building=str(n), text=f"home {n}"), notes=(*notes, *(own if n == 1 else ())), **more)
        for n in range(count)
    )


def rows(*findings):
    found, said = complying_rows(replace(review(), findings=tuple(findings)), "nl")
    return [(name, where, measured, how) for name, where, measured, _, how in found], said


def places(*said):
    """Return rows of the homes 0, 3, 1 and 2, by the room that each has, with what is said in each."""
    values = {0: "3,00 m (+0,50)", 3: "4,00 m (+1,50)", 1: "5,00 m (+2,50)", 2: "7,00 m (+4,50)"}
    order = [number for number in values if number < len(said)]
    return [("Afstand", f"home {number}", f"A: {values[number]}", said[number]) for number in order]


@pytest.mark.parametrize(("findings", "row", "of_all"), [
    (homes(3), places("", "", ""), ()), (homes(4), places("", "", "", ""), (f"Afstand, alle plaatsen: {WHOLE}",)),
    (homes(3, PEIL), places("", "", ""), (f"Afstand, alle plaatsen: {PEIL_SAID}",)), (homes(1, PEIL), places(f"{PEIL_SAID}"), ()),
    (homes(4, PEIL, own=(TREES, NO_GROUND)), places("", TREES_SAID, "", ""), (f"Afstand, alle plaatsen: {PEIL_SAID} {WHOLE}",)),
    (homes(3, PEIL, own=(TREES, NO_GROUND)), places("", f"{TREES_SAID} {NO_GROUND_SAID}.", ""), (f"Afstand, alle plaatsen: {PEIL_SAID}",)),
    (homes(2, WHATEVER), places(EITHER, EITHER), ()), (homes(2, WHATEVER, PEIL), places(EITHER, EITHER), (f"Afstand, alle plaatsen: {PEIL_SAID}",)),
])
def test_what_is_said_of_all_places_is_said_once(findings, row, of_all):
    assert rows(*findings) == (row, of_all)


def test_what_rules_share_is_said_under_the_table_with_their_names():
    shared = (*homes(1, PEIL, NO_GROUND), *homes(1, NO_GROUND, TREES, rule="hoogte"), *homes(1, PEIL, rule="dekking"))
    found, said = rows(*shared)
    assert [(row[0], row[3]) for row in found] == [("Afstand", ""), ("Hoogte", TREES_SAID), ("Dekking", "")]
    assert said == (f"{PEIL_SAID} (Afstand, Dekking).", f"{NO_GROUND_SAID} (Afstand, Hoogte).")


def test_what_is_open_without_effect_and_what_it_rests_on():
    found, said = rows(*homes(2, premises=(OPEN, TOLD)), *homes(1, rule="hoogte", premises=(OPEN, replace(TOLD, about=None))), *homes(1, rule="goot", premises=(replace(OPEN, flips=True),)))
    assert [row[3] for row in found] == ["", "", "", ""]
    assert said == (f"Nog open, zonder gevolg voor deze oordelen: {NO_GROUND_SAID}. – Afstand, Hoogte.", f"Uitgangspunt: {PEIL_SAID} {NO_GROUND_SAID}. (ontwerpbestand), voor Afstand.")


def test_designs_at_a_place_are_said_together_and_a_decided_one_alone():
    decided = replace(homes(1)[0], decision=Decision(Verdict.COMPLIES, "Gemeten.", "J. Dijk"))
    found, _ = rows(*homes(1), *homes(1, design="B"))
    assert [row[2] for row in found] == ["3,00 m (+0,50)"]
    further = replace(homes(1, design="B")[0], measurements=(Measurement("distance", 4.5, "m", ">=", 2.5),), notes=(TREES,))
    assert [row[2:] for row in rows(*homes(1), further)[0]] == [("A: 3,00 m (+0,50)\nB: 4,50 m (+2,00)", f"B: {TREES_SAID}")]
    assert len(rows(decided, *homes(1, design="B"))[0]) == 2
    none = replace(homes(1)[0], verdict=Verdict.NOT_APPLICABLE, measurements=())
    assert rows(none)[0] == [("Afstand", "home 0", "A: niet van toepassing", "")]
