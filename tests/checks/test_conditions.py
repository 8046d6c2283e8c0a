"""Where a condition of a rule holds under a design, what it says of it and what it leaves open, condition by condition."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely import Point, box

import scenes
from drieluik.checks.engine.applicability import OTHER, Truth, all_of, any_of, counts, elsewhere, ground, holds, negated, shared, told, vocabulary
from drieluik.measure.building.footprint import polygons_only
from drieluik.model import LayerState, Note, PlanValue, Provenance
from one_context import EVERYWHERE, context, local, pand
from scenes import plan_area, shift

AREAS = (
    plan_area("all", "enkelbestemming", "Wonen", box(-50, -50, 60, 60)), plan_area("west", "functieaanduiding", "West", box(0, 0, 10, 20)), plan_area("far", "functieaanduiding", "Ver", box(30, 30, 40, 40)),
    plan_area("touch", "functieaanduiding", "Raakt", box(0, 0, 6, 20)), plan_area("line", "figuur", "gevellijn", box(0, 0, 10, 10).exterior), plan_area("edge", "functieaanduiding", "Rand", box(6.3, 6, 14, 14)),
    plan_area("m", "maatvoering", "maatvoering", box(6, 6, 14, 14), PlanValue("bouwhoogte", "maximum", 9.0, "m", "Plan; maximum bouwhoogte (m)=9"), PlanValue("kap", "", None, "", "kap= Ja ")),
)


def at(condition, answers=None, whether=(), parts=(), words=None, **changes):
    """Return (where the house of 6-14 stands in what holds, as text; notes; what is open)."""
    scene = context(*parts, answers=answers, **{"plans": AREAS, **changes})
    scene = replace(scene, vocabulary=words) if words else scene
    truth = holds(condition, scene, whether)
    notes = [" ".join((note.code, *(str(value) for _, value in note.data))) for note in truth.notes]
    return where(truth), notes, list(scene.ledger.open)


def where(truth):
    if truth.where is None:
        return "everywhere"
    return "nowhere" if truth.where.is_empty else " ".join(f"{edge:g}" for edge in local(polygons_only(truth.where.intersection(shift(EVERYWHERE)))).bounds)


def layer(name, **words):
    return {"location": {"layer": name, **({"where": words} if words else {})}}


@pytest.mark.parametrize(("condition", "expected", "notes"), [
    ({}, "everywhere", []), (layer("enkelbestemming"), "everywhere", ["engine_location enkelbestemming"]), (layer("enkelbestemming", naam="wonen"), "everywhere", ["engine_location enkelbestemming, naam wonen"]),
    (layer("enkelbestemming", naam=["Bedrijf", "Wonen"]), "everywhere", ["engine_location enkelbestemming, naam ['Bedrijf', 'Wonen']"]), (layer("enkelbestemming", naam="Bedrijf"), "nowhere", ["engine_location enkelbestemming, naam Bedrijf"]),
    (layer("functieaanduiding", naam="West"), "0 0 10 20", ["engine_location functieaanduiding, naam West"]), (layer("functieaanduiding", naam="Ver"), "nowhere", None), (layer("functieaanduiding", naam="Raakt"), "nowhere", None),
    (layer("functieaanduiding", naam="Rand"), "6.3 6 14 14", None), (layer("figuur"), "everywhere", None), (layer("maatvoering", waardeType="maximum bouwhoogte (m)"), "everywhere", None), (layer("maatvoering", waardeType="bouwhoogte"), "nowhere", None),
    (layer("maatvoering", waardeType="Maximum Bouwhoogte (m)", waarde="9"), "everywhere", None), (layer("maatvoering", waarde=9), "everywhere", None), (layer("maatvoering", waarde="ja"), "everywhere", None), (layer("maatvoering", waarde="10"), "nowhere", None),
    ({"location": {"where": {"waarde": "9"}}}, "everywhere", ["engine_location maatvoering, waarde 9"]), (layer("parcels", waarde="9"), "nowhere", None), (layer("parcels", waardeType="x"), "nowhere", None), (layer("parcels", fid="1"), "everywhere", None),
    (layer("parcels"), "everywhere", None), (layer("bag"), "nowhere", None), (layer("bgt", collection="onbegroeidterreindeel"), "everywhere", None), (layer("bgt", collection="wegdeel"), "nowhere", None), (layer("enkelbestemming", group="x"), "nowhere", None),
    (layer("enkelbestemming", bestaat_niet="x"), "nowhere", None), ({"location": {"polygon": [shift(p).coords[0] for p in map(Point, [(0, 0), (9, 0), (9, 20), (0, 20)])]}}, "0 0 9 20", ["engine_polygon"]),
    ({"location": {}}, "everywhere", []),
])
def test_a_place_is_where_the_design_stands_in_an_object(condition, expected, notes):
    found, said, left = at(condition)
    assert (found, left) == (expected, []) and (notes is None or said == notes)


def test_objects_of_the_other_layers():
    assert at(layer("bag"), registered_buildings=(pand("p1", box(6, 6, 14, 14)),), topography=())[0] == "everywhere"
    assert at(layer("bag", fid="p2"), registered_buildings=(pand("p1", box(6, 6, 14, 14)),), topography=())[0] == "nowhere"


def test_a_layer_that_says_whether_and_not_where():
    west = layer("functieaanduiding", naam="West")
    assert at(west, whether=("functieaanduiding",))[0] == "everywhere" and at(west, whether=("figuur",))[0] == "0 0 10 20" and at(layer("functieaanduiding", naam="Ver"), whether=("functieaanduiding",))[0] == "nowhere"
    assert at({"not": [west]}, whether=("functieaanduiding",))[0] == "nowhere" and at({"any": [west]}, whether=("functieaanduiding",))[0] == "everywhere"


@pytest.mark.parametrize(("name", "key"), [("parcels", "parcels"), ("bag", "bag"), ("bgt", "bgt"), ("enkelbestemming", "plans")])
def test_a_layer_that_is_not_there_is_asked_about(name, key):
    records = (Provenance(key, LayerState.FAILED, key, "", "", "", "", 0),)
    changes = {"provenance": records}
    site = replace(scenes.site(plans=AREAS), **changes)
    scene = replace(context(), site=site)
    truth = holds(layer(name, naam="x"), scene)
    point = scene.ledger.open[f"location: {name}, naam x"]
    assert (truth.value, point.question.note, [note.code for note in truth.notes]) == (False, Note.of("engine_question_location", where=f"{name}, naam x"), ["checks_layer_failed"])
    yes = holds(layer(name, naam="x"), replace(scene, answers={f"location: {name}, naam x": "yes"}))
    assert yes.where is None


@pytest.mark.parametrize(("condition", "expected"), [
    ({"all": [layer("functieaanduiding", naam="West"), layer("functieaanduiding", naam="Rand")]}, "6.3 6 10 14"), ({"not": [layer("functieaanduiding", naam="West")]}, "10 0 20 20"),
    ({"not": layer("functieaanduiding", naam="West")}, "10 0 20 20"), ({"any": [layer("functieaanduiding", naam="West"), layer("functieaanduiding", naam="Ver")]}, "0 0 10 20"),
    ({"any": [layer("functieaanduiding", naam="West"), {"not": [layer("functieaanduiding", naam="West")]}]}, "everywhere"), ({"all": [layer("functieaanduiding", naam="West"), {"not": [layer("functieaanduiding", naam="West")]}]}, "nowhere"),
    ({"not": [layer("enkelbestemming")]}, "nowhere"), ({"not": [layer("functieaanduiding", naam="Ver")]}, "everywhere"), ({"all": []}, "everywhere"), ({"any": []}, "nowhere"), ({"any": [{"not": [{}]}, {}]}, "everywhere"),
    ({"not": [layer("functieaanduiding", naam="Ver"), layer("functieaanduiding", naam="West")]}, "10 0 20 20"), ({"status": "monument", **layer("functieaanduiding", naam="West")}, "nowhere"),
])
def test_conditions_are_joined_by_ground(condition, expected):
    assert at(condition, answers={"monument": "no"})[0] == expected


@pytest.mark.parametrize(("condition", "answers", "expected", "note", "left"), [
    ({"status": "monument"}, {}, "nowhere", "engine_answered monument no", ["monument"]), ({"status": "monument"}, {"monument": "yes"}, "everywhere", "engine_answered monument yes", []),
    ({"status": "monument"}, {"status": "Monument"}, "everywhere", "engine_answered monument yes", []), ({"status": "monument"}, {"status": ["beeldbepalend", " monument "]}, "everywhere", "engine_answered monument yes", []),
    ({"status": "monument"}, {"status": "rijksbeschermd gezicht"}, "nowhere", "engine_answered monument no", []), ({"status": "monument"}, {"status": "monument", "monument": "no"}, "nowhere", "engine_answered monument no", []),
    ({"status": "monument"}, {"status": {"monument": "ja"}}, "everywhere", "engine_answered monument True", []), ({"status": "monument"}, {"status": {"monument": "nee"}}, "nowhere", "engine_answered monument False", []),
    ({"status": "monument"}, {"status": {"monument": "weet niet"}}, "nowhere", "engine_answered monument no", ["monument"]), ({"status": "monument"}, {"status": {"ander": "ja"}}, "nowhere", "engine_answered monument no", ["monument"]),
    ({"status": ["monument", "hoek"]}, {"status": ["monument", "hoek"]}, "everywhere", "engine_answered monument yes", []), ({"status": ["monument", "hoek"]}, {"monument": "yes", "hoek": "no"}, "nowhere", "engine_answered hoek no", []),
    ({"answers": {"kap": True}}, {"kap": "yes"}, "everywhere", "engine_answered kap True", []), ({"answers": {"kap": True}}, {}, "nowhere", "engine_answered kap False", ["kap"]), ({"answers": {"kap": False}}, {}, "everywhere", "engine_answered kap False", ["kap"]),
    ({"answers": {"kap": [True, False]}}, {"kap": "no"}, "everywhere", "engine_answered kap False", []), ({"answers": {"n": 2}}, {"n": 2}, "everywhere", "engine_answered n 2", []), ({"answers": {"n": 2}}, {"n": "2"}, "everywhere", "engine_answered n 2.0", []),
    ({"answers": {"n": [1, 2.5]}}, {"n": 2.5}, "everywhere", "engine_answered n 2.5", []), ({"answers": {"n": 2}}, {"n": 3}, "nowhere", "engine_answered n 3", []), ({"answers": {"n": 2}}, {}, "everywhere", "engine_answered n 2", ["n"]),
    ({"answers": {"n": 2}}, {"n": "veel"}, "everywhere", "engine_answered n 2", ["n"]), ({"answers": {"w": "plat"}}, {"w": "plat"}, "everywhere", "engine_answered w plat", []), ({"answers": {"w": "plat"}}, {"w": "PLAT"}, "everywhere", "engine_answered w plat", []),
    ({"answers": {"w": ["plat", "schuin"]}}, {"w": "schuin"}, "everywhere", "engine_answered w schuin", []), ({"answers": {"w": "plat"}}, {"w": "kas"}, "nowhere", "engine_answered w kas", []), ({"answers": {"w": "plat"}}, {}, "everywhere", "engine_answered w plat", ["w"]),
    ({"answers": {"w": "plat"}}, {"w": OTHER}, "nowhere", "engine_answered w anders", []), ({"answers": {"w": ["plat", 2]}}, {"w": "2.0"}, "everywhere", None, None),
    ({"object": {"classes": ["chimney"]}}, {}, "nowhere", "engine_classes chimney", []), ({"object": {"classes": ["building", "roof"]}}, {}, "everywhere", "engine_classes building, roof", []), ({"object": {"classes_not": ["building"]}}, {}, "nowhere", "engine_classes building", []),
    ({"object": {"classes_not": ["roof", "chimney"]}}, {}, "everywhere", "engine_classes roof, chimney", []), ({"object": {"classes": ["building"], "classes_not": ["building"]}}, {}, "nowhere", "engine_classes building", []),
    ({"object": {"kind": "gebouw"}}, {}, "everywhere", "engine_object gebouw", None), ({"object": {"kind": ["erfafscheiding", "gebouw"]}}, {}, "everywhere", None, None), ({"object": {"kind": "erfafscheiding"}}, {}, "nowhere", "engine_object erfafscheiding", None),
])
def test_what_an_officer_answered_and_what_a_design_is(condition, answers, expected, note, left):
    found, said, asked = at(condition, answers)
    assert found == expected and (note is None or said[0] == note) and (left is None or asked == left), (found, said, asked)


def test_of_a_word_the_choices_are_those_of_all_rules_and_another_one():
    scene = replace(context(plans=AREAS), vocabulary={"w": ("plat", "schuin")})
    assert holds({"answers": {"w": "schuin"}}, scene).value is False  # the likeliest is the first that is known
    assert [one.value for one in scene.ledger.open["w"].alternatives] == ["plat", "schuin", "anders"] and scene.ledger.open["w"].question.note == Note.of("engine_question", key="w")
    number = context(plans=AREAS)
    holds({"answers": {"n": [2, 3]}}, number)
    assert [(one.value, one.answer, one.note.code) for one in number.ledger.open["n"].alternatives] == [(2, 2, "choice_number"), (3, 3, "choice_number"), (None, "anders", "choice_word")]
    assert number.ledger.open["n"].question.kind == "number"
    assert vocabulary([{"answers": {"w": ["a", "b"]}}, {"any": [{"answers": {"w": "c", "k": True}}, {"not": {"answers": {"w": "a"}}}]}, {"location": {"layer": "x"}}]) == {"w": ("a", "b", "c"), "k": ()}


def test_of_several_conditions_the_first_that_holds_nowhere_decides():
    scene = context(plans=AREAS)
    one, other, third = told(True, Note.of("one")), told(False, Note.of("other")), told(True, Note.of("third"))
    assert [note.code for note in all_of((one, third), scene).notes] == ["one", "third"] and [note.code for note in all_of((one, other, third), scene).notes] == ["other"]
    assert any_of((other, one), scene).value and not any_of((other, other), scene).value and not any_of((), scene).value and all_of((), scene).value
    assert [note.code for note in any_of((other, one, third), scene).notes] == ["one"] and not negated(one, scene).value and negated(other, scene).where is None


def test_ground_is_everywhere_where_the_design_stands_on_nothing_else():
    scene = context(plans=AREAS)
    assert ground(None, scene) is None and ground(shift(EVERYWHERE), scene) is None and ground(shift(box(6, 6, 14, 14)), scene) is None
    assert ground(shift(box(0, 0, 6, 20)), scene).is_empty and ground(shift(box(30, 30, 40, 40)), scene).is_empty
    half = shift(box(0, 0, 10, 20))
    assert ground(half, scene).equals(half) and shared(None, half, scene) is half and shared(half, None, scene) is half and shared(None, None, scene) is None
    west, south, east, north = local(elsewhere(half, scene)).bounds
    assert (west, south, east, north) == (-994.0, -994.0, 1014.0, 1014.0) and elsewhere(None, scene).is_empty and elsewhere(Truth(None).where, scene).is_empty
    assert elsewhere(told(False).where, scene) is None
    for edge, met in ((6.4, False), (6.6, True), (4.0, False)):
        assert counts(shift(box(0, 0, edge, 20)), scene) is met
    assert counts(None, scene)
