"""What a rule about secondary buildings says, finding by finding: which limits, what is asked, what was not seen, and what comes along."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely import box

import scenes
from drieluik.checks import REGISTRY
from drieluik.checks.shared.horizontal.secondary import existing_on, secondary_of
from drieluik.checks.zoning.secondary_buildings import areas, behind, heights
from drieluik.model import LayerState, Note, Parcel, Question, UncertaintySource, Verdict
from one_context import HOUSE, context, local, pand, rule
from one_rule import rd
from scenes import GROUND, box_part, gable_part, shift

SHED = gable_part(2, 30, 5, 34, 2.4, 3.9, kind="other", fid="shed")
PARTS = {"secondary_parts": ["shed"]}
PLOT = {"parcels": (Parcel("1", "P 1", shift(box(0, 0, 20, 40)), 800.0),), "registered_buildings": (), "topography": ()}
CHECK = REGISTRY["secondary_buildings"]


def told(*parts, answers=None, failed=(), changes=None, **measure):
    own = rule(check="secondary_buildings", measure={**PARTS, **measure})
    scene = context(HOUSE, *(parts or (SHED,)), answers=answers, **{**PLOT, **(changes or {})})
    if failed:
        records = tuple(replace(one, state=LayerState.FAILED) if one.layer in failed else one for one in scene.site.provenance)
        scene = replace(scene, site=replace(scene.site, provenance=records), shared={})
    return own, scene, secondary_of(own, scene)


def said(found):
    return [(one.subject.code, one.subject.as_dict().get("name", ""), one.verdict.value, [note.code for note in (*one.missing, *one.notes)]) for one in found]


@pytest.mark.parametrize(("measure", "expected"), [
    ({}, [("subject_secondary", "", "not_assessable", ["surroundings_no_limit"])]), ({"secondary_parts": ["berging"]}, [("subject_secondary", "", "not_assessable", ["surroundings_parts_unknown"])]), ({"secondary_parts": ["chimney"]}, [("subject_secondary", "", "not_applicable", ["surroundings_no_secondary"])]),
    ({"secondary_parts": None, "secondary_at": rd((90, 90))}, [("subject_secondary", "", "not_assessable", ["surroundings_nothing_at"])]), ({"secondary_parts": None, "secondary_at": rd((90, 90), (3, 31)), "max_height_m": 4}, [("subject_quantity", "bouwhoogte", "complies", ["surroundings_nothing_at"])]),
    ({"max_height_m": 4, "max_eaves_m": 2}, [("subject_quantity", "goothoogte", "violates", []), ("subject_quantity", "bouwhoogte", "complies", [])]), ({"secondary_parts": ["shed", "other"], "max_height_m": 4}, [("subject_quantity", "bouwhoogte", "complies", [])]),
    ({"max_total_area_m2": 12, "max_share_pct": 1}, [("subject_share_of_erf", "", "violates", []), ("subject_joint_area", "", "complies", [])]),
])
def test_one_finding_for_each_limit_the_heaviest_first(measure, expected):
    own, scene, _ = told(**measure)
    assert said(CHECK.run(own, scene)) == expected


def test_of_secondary_buildings_by_size_it_is_said_how_they_were_told():
    own, scene, _ = told(secondary_parts=None, max_height_m=4)
    assert said(CHECK.run(own, scene)) == [("subject_quantity", "bouwhoogte", "complies", ["surroundings_largest_is_main"])]
    lone = context(HOUSE, **PLOT)
    assert said(CHECK.run(rule(check="secondary_buildings", measure={"max_height_m": 4}), lone)) == [("subject_secondary", "", "not_applicable", ["surroundings_no_secondary"])]


def test_a_height_is_above_peil_with_its_doubt_and_shown_at_its_place():
    own, scene, part = told(max_height_m=3.6)
    (found,) = heights(replace(own, uncertainty={"level_m": 0.1, "height_m": 0.2, "mesh_m": 0.3, "line_m": 9.0}), scene, part)
    first, peil = found.measurements
    assert (first.value, first.limit, first.unit, first.operator, first.sources) == (3.9, 3.6, "m", "<=", tuple(UncertaintySource(*one) for one in (("level", 0.1), ("height", 0.2), ("mesh", 0.3)))) and found.verdict is Verdict.NEEDS_JUDGEMENT
    assert (peil.name, peil.value, peil.unit, peil.at) == ("peil", GROUND, "m NAP", "nap_value")
    line, place = found.evidence
    assert (line.role, place.role, place.value, place.unit, place.geometry.z) == ("section_line", "highest_point", 3.9, "m", GROUND + 3.9)
    assert [round(edge) for edge in local(line.geometry).bounds] == [-1, 32, 8, 32]  # across its 3 m, three metres further


@pytest.mark.parametrize(("floor", "limit", "asked", "refused"), [
    ({"top_nap_m": GROUND + 2.0}, 3.25, False, None), ({"top_nap_m": "3,0"}, 3.25, False, None), ({"top_nap_m": GROUND}, None, True, "1.00 ... 9.00"), ({"top_nap_m": GROUND + 8.0}, 9.25, False, None), ({"top_nap_m": GROUND + 8.1}, None, True, "1.00 ... 9.00"), ("x", None, True, "1.00 ... 9.00"), (None, None, True, None),
])
def test_the_first_floor_is_one_of_the_house_or_is_asked(floor, limit, asked, refused):
    own, scene, part = told(answers={"first_floor": floor} if floor else {}, eaves_above_first_floor_m=0.25)
    (found,) = heights(own, scene, part)
    assert (found.measurements[0].limit if found.measurements else None) == limit and (found.questions == (Question("first_floor", Note.of("surroundings_question_first_floor"), "numbers", "m NAP", ("top_nap_m",)),)) is asked
    notes = [premise.note.as_dict()["choices"] for key, premise in scene.ledger.settled.items() if key == "first_floor:refused"]
    assert notes == ([refused] if refused else [])
    assert asked or (found.measurements[0].name, found.measurements[0].value, found.measurements[0].unit) == ("eaves_nap", 3.4, "m NAP")


def test_without_peil_a_height_is_asked(monkeypatch):
    own, scene, part = told(max_height_m=3.5, max_eaves_m=2.0)
    monkeypatch.setattr(type(scene), "level", None)
    found = heights(own, scene, part)
    assert [(one.missing, [question.key for question in one.questions]) for one in found] == [((Note.of("checks_peil_missing"),), ["peil"])] * 2


OLD = pand("o", box(10, 30, 14, 36))


@pytest.mark.parametrize(("answer", "total", "notes"), [(None, 36.0, []), (24.0, 36.0, []), (28.0, 40.0, []), (20.0, 32.0, []), (30.0, 42.0, [Note.of("surroundings_secondary_told", told=30.0, drawn=24.0)]), (18.0, 30.0, [Note.of("surroundings_secondary_told", told=18.0, drawn=24.0)]), (0, 12.0, [Note.of("surroundings_secondary_told", told=0.0, drawn=24.0)])])
def test_an_area_that_an_officer_counted_goes_before_the_registers(answer, total, notes):
    """Outlines of 4 x 6 m are known to 2.04 m2: 4 m2 more or less is another area."""
    changes = {"registered_buildings": (OLD,)}
    (found,) = areas(*told(answers={} if answer is None else {"existing_secondary_m2": answer}, changes=changes, max_total_area_m2=50))
    assert found.measurements[0].value == total and (list(found.notes) == notes or answer in (28.0, 20.0))
    assert [one.name for one in found.measurements[0].sources] == (["existing_outline"] if answer is None else [])


def test_less_than_nothing_is_no_area():
    found = areas(*told(answers={"existing_secondary_m2": -1}, max_total_area_m2=50, max_share_pct=9))
    assert [(one.subject.code, one.missing) for one in found] == [(code, (Note.of("surroundings_answer_no_number", key="existing_secondary_m2"),)) for code in ("subject_joint_area", "subject_share_of_erf")]
    assert [one.subject.code for one in areas(*told(answers={"existing_secondary_m2": "x"}, max_share_pct=9))] == ["subject_share_of_erf"]


@pytest.mark.parametrize(("failed", "answers", "unseen"), [
    ((), {}, []), (("bag",), {}, [("bag", "higher", ("total_area", "share_of_erf"))]), (("bgt",), {"existing_secondary_m2": 5}, [("bgt", "higher", ("share_of_erf",))]), (("parcels",), {}, [("parcels", "higher", ("total_area",))]), (("parcels",), {"existing_secondary_m2": 5}, []),
])
def test_what_was_not_seen_could_make_it_more(failed, answers, unseen):
    own, scene, part = told(answers=answers, failed=failed, max_total_area_m2=50, max_share_pct=9)
    areas(own, scene, part)
    assert [(one.note.as_dict()["layer"], one.could, one.names) for one in scene.ledger.unseen] == unseen


def test_without_a_plot_there_is_no_share():
    own, scene, part = told(changes={"parcels": ()}, max_total_area_m2=50, max_share_pct=9)
    total, share = areas(own, scene, part)
    assert (total.measurements[0].value, share.missing) == (12.0, (Note.of("surroundings_no_plot"),)) and [(one.note, one.could, one.names) for one in scene.ledger.unseen][:1] == [(Note.of("surroundings_no_plot"), "higher", ("total_area",))]
    full = Parcel("1", "P 1", shift(box(6, 6, 14, 14)), 64.0)
    _, none = areas(*told(changes={"parcels": (full,)}, max_total_area_m2=50, max_share_pct=9))
    assert none.missing == (Note.of("surroundings_no_erf"),)


def test_what_stands_where_the_design_comes_goes_and_what_is_drawn_shows_all():
    (found,) = areas(*told(changes={"registered_buildings": (pand("o", box(2, 30, 5, 40)),)}, max_total_area_m2=50))
    assert [(one.name, one.value, one.unit) for one in found.measurements] == [("total_area", 30.0, "m2"), ("built_new", 12.0, "m2"), ("built_existing", 18.0, "m2")]
    (shown,) = found.evidence
    assert (shown.role, shown.value, shown.unit, shown.geometry.area) == ("built_area", 30.0, "m2", pytest.approx(30.0)) and found.measurements[0].sources[0].value == 1.897


def test_a_share_shows_the_erf_and_is_as_sure_as_the_plot():
    doubted = (Parcel("1", "P 1", shift(box(0, 0, 20, 40)), 900.0),)
    own, scene, part = told(changes={"parcels": doubted}, max_share_pct=9)
    (share,) = areas(own, scene, part)
    erf, built = share.evidence
    assert (erf.role, erf.value, erf.unit, built.value) == ("reference_area", 736.0, "m2", 12.0) and share.measurements[0].value == pytest.approx(100 * 12 / 736, abs=1e-4)
    assert [(one.name, one.value) for one in share.measurements[0].sources] == [("boundary", round(100 * 12 / 736**2 * (100 * 736 / 800), 4))]
    assert existing_on(scene).panden == () and scenes.site().parcels[0].fid == "1"


FRONT = {"facade_line": {"line": rd((6, 6), (14, 6)), "road_side": rd((10, -5))[0]}}
STREET = {"topography": scenes.site().topography}


@pytest.mark.parametrize(("part", "wanted", "answers", "expected", "notes", "asked"), [
    (box_part(2, 30, 5, 34, 0, 3, kind="other", fid="shed"), 20.0, {}, (24.0, "complies"), ["surroundings_no_matter"], False), (box_part(15, 8, 18, 12, 0, 3, kind="other", fid="shed"), 1.0, {}, (2.0, "complies"), [], True), (box_part(15, 8, 18, 12, 0, 3, kind="other", fid="shed"), 3.0, {}, (2.0, "violates"), [], True),
    (box_part(15, 8, 18, 12, 0, 3, kind="other", fid="shed"), 2.0, FRONT, (2.0, "complies"), [], False), (box_part(15, 14, 18, 18, 0, 3, kind="other", fid="shed"), 3.0, {}, (8.0, "complies"), ["surroundings_no_matter"], False), (box_part(15, 13.9, 18, 18, 0, 3, kind="other", fid="shed"), 3.0, {}, (7.9, "complies"), [], True),
])
def test_how_far_behind_a_front_that_is_told_or_proposed(part, wanted, answers, expected, notes, asked):
    """The face of the house lies at y = 6 and its rear at 14: what stands behind that stands behind each side of it."""
    own, scene, one = told(part, answers=answers, changes=STREET, behind_front_m=wanted)
    (found,) = behind(own, scene, one)
    assert ((found.measurements[0].value, found.verdict.value), [note.code for note in found.notes], "facade_line" in scene.ledger.open) == (expected, notes, asked)


def test_the_distance_behind_the_front_is_drawn_and_as_sure_as_the_line():
    own, scene, part = told(answers=FRONT, behind_front_m=20)
    (found,) = behind(replace(own, uncertainty={"line_m": 0.3, "mesh_m": 0.1, "level_m": 9.0}), scene, part)
    line, away = found.evidence
    assert [(one.name, one.value) for one in found.measurements[0].sources] == [("line", 0.3), ("mesh", 0.1)] and (line.role, away.role, away.value) == ("facade_line", "shortest_distance", 24.0)
    assert away.geometry.length == pytest.approx(24.0, abs=0.5) and local(line.geometry).bounds[1::2] == (6.0, 6.0)


def test_without_a_front_it_is_asked():
    (found,) = behind(*told(behind_front_m=20))
    assert found.missing[0] == Note.of("surroundings_no_front") and found.questions == (Question("facade_line", Note.of("surroundings_question_facade_line"), "lines"),)
    (failed,) = behind(*told(failed=("bgt",), behind_front_m=20))
    assert [note.code for note in failed.missing] == ["surroundings_no_front", "checks_layer_failed"]
