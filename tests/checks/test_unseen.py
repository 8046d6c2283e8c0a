"""What nobody saw of the surroundings: a layer that failed, one that answered and is empty, ground beyond what was loaded; over all checks.

The law: while a layer is not known, a verdict is firm only where everything that the layer may hold gives that verdict. ``unseen_worlds`` holds
what it may hold. The table says where a verdict stays firm: what is decidable stays decided.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))  # beside the scenes
from finding_scenes import CASES
from shapely import box
from unseen_worlds import FIELDS, contents, found, pand, site_of, solid, tile, with_layer, without

import scenes
from drieluik.checks import REGISTRY
from drieluik.checks.engine.open_points.unseen import EITHER, HIGHER, LOWER, Unseen, could_turn, earned
from drieluik.model import Address, Finding, LayerState, Limit, Measurement, Note, Parcel, Provenance, RegisteredBuilding, Verdict
from one_rule import rd, run, run_all
from scenes import box_part, shift

COMPLIES, VIOLATES, JUDGE, LACKS, NONE = (Verdict(word) for word in ("complies", "violates", "needs_judgement", "not_assessable", "not_applicable"))
FIRM = (COMPLIES, VIOLATES)
FAILED, EMPTY, LOADED = LayerState.FAILED, LayerState.EMPTY, LayerState.LOADED
HOUSE = box_part(5, 5, 13, 14, 0, 6)
OWN = {"parcels": ["1"]}

TRIED = {
    "height below, answered peil": "plans bag parcels bgt terrain buildings3d",
    "height above, drawn": "bag parcels bgt terrain buildings3d",
    "height, at least": "plans parcels terrain buildings3d",
    "eaves at the limit": "plans bag parcels bgt terrain buildings3d",
    "eaves, at least": "plans parcels terrain buildings3d",
    "pitch too flat": "plans bag parcels bgt terrain buildings3d",
    "coverage of a plot": "plans terrain buildings3d",
    "coverage with what stands": "plans bgt terrain buildings3d",
    "coverage, at least": "bag parcels bgt terrain buildings3d",
    "area too large": "plans bag bgt terrain buildings3d",
    "area, at least": "plans parcels terrain buildings3d",
    "volume": "plans bag bgt terrain buildings3d",
    "volume, drawn": "parcels terrain buildings3d",
    "storeys by the list": "plans parcels terrain buildings3d",
    "storeys, one too many": "plans bag parcels bgt terrain buildings3d",
    "in the bouwvlak": "bag parcels bgt terrain buildings3d",
    "side boundaries, too near": "plans bag parcels bgt terrain buildings3d",
    "rear boundary": "plans bag parcels bgt terrain buildings3d",
    "front boundary": "plans bag parcels bgt terrain buildings3d",
    "road axis": "plans bag parcels bgt terrain buildings3d",
    "other buildings": "plans parcels terrain buildings3d",
    "own buildings": "plans bag bgt terrain buildings3d",
    "depth": "plans bag parcels bgt terrain buildings3d",
    "width": "plans parcels terrain buildings3d",
    "behind the facade line": "plans bag parcels terrain buildings3d",
    "over the footpath": "plans bag terrain buildings3d",
    "clear of the footpath": "plans bag parcels terrain buildings3d",
    "airport": "plans bag parcels bgt terrain buildings3d",
    "radio link": "plans bag parcels bgt terrain buildings3d",
    "beacon, in the plan": "plans bag parcels bgt terrain buildings3d",
    "mill": "bag parcels bgt terrain buildings3d",
    "shed": "plans terrain buildings3d",
    "fence": "plans bag parcels terrain buildings3d",
    "a pipeline with consent": "bag parcels bgt terrain buildings3d",
    "dormer": "plans bag parcels bgt terrain buildings3d",
    "power line, consent": "plans bag parcels bgt terrain buildings3d",
}
"""For each check a case of ``finding_scenes`` of which something is firm, with the layers without which all that is firm stays so."""


def told(findings):
    return {finding.subject_key: finding.verdict for finding in findings}


def contradicted(findings):
    """Subjects of which an answer is refused: an officer's line that no boundary of the register is; that is told, and no other verdict."""
    return {finding.subject_key for finding in findings if any(note.code == "surroundings_line_no_boundary" for note in finding.missing)}


@pytest.mark.parametrize("layer", sorted(FIELDS))
@pytest.mark.parametrize("name", TRIED)
def test_a_layer_that_failed_leaves_firm_only_what_it_cannot_turn(name, layer):
    base, bare = told(found(name, site_of(name))), told(without(name, layer))
    stays = all(bare.get(key) is verdict for key, verdict in base.items() if verdict in FIRM)
    assert stays is (layer in TRIED[name].split()), "a verdict that is decided otherwise without a layer than the table says"
    firm = {key: verdict for key, verdict in bare.items() if verdict in FIRM}
    for number, site in enumerate(contents(name, layer) if firm else ()):
        there = found(name, site)
        others = told(there)
        for key, verdict in firm.items():
            if key in contradicted(there):
                continue
            assert others.get(key, verdict) in (verdict, NONE), f"firm {verdict.value} without {layer}, {others[key].value} with what it may hold ({number})"


def test_every_check_that_reads_its_surroundings_is_tried():
    slow = {"sun_hours_facade", "shadow_study", "sun_trigger"}  # by themselves, below
    untried = set(REGISTRY) - {CASES[name][0] for name in TRIED} - slow - {"plan_text"}  # a text is for the officer
    assert not untried, f"no case of {', '.join(sorted(untried))} in TRIED"


@pytest.mark.parametrize("layer", ["plans", "bag", "bgt", "terrain", "buildings3d"])
@pytest.mark.parametrize("name", ["coverage of a plot", "volume, drawn", "other buildings", "height, at least", "shed", "area, at least"])
def test_a_register_that_answered_and_is_empty_is_an_answer(name, layer):
    """Nothing there is as firm as something there that is far away; and it is told from a layer that failed."""
    empty = told(found(name, with_layer(site_of(name), layer, {}, EMPTY)))
    away = {"bag": {"registered_buildings": (pand(77, 44, 30, 48, 34),)}, "bgt": {"topography": (tile(77, "overigbouwwerk", 44, 30, 45, 31),)}}
    if layer in away:
        neutral = {COMPLIES: NONE}
        other = told(found(name, with_layer(site_of(name), layer, away[layer], LOADED)))
        assert {key: neutral.get(verdict, verdict) for key, verdict in empty.items()} == {key: neutral.get(verdict, verdict) for key, verdict in other.items()}
    assert all("layer_failed" not in note.code for one in found(name, with_layer(site_of(name), layer, {}, EMPTY)) for note in one.missing)


def cut(site, radius, x=10.0, y=10.0):
    """Return a site loaded only as far as a radius around a place: what touches the circle is kept whole."""
    circle = shift(box(x, y, x, y).centroid).buffer(radius)
    kept = {
        name: tuple(item for item in getattr(site, name) if item.geometry.intersects(circle))
        for name in ("plans", "parcels", "registered_buildings", "planned_buildings", "topography")
    }
    return replace(site, centre=tuple(circle.centroid.coords[0]), radius_m=radius, **kept)


@pytest.mark.parametrize("radius", [4.0, 9.0, 14.0, 22.0])
@pytest.mark.parametrize("name", [name for name in TRIED if CASES[name][0] != "mill_biotope"])
def test_what_was_loaded_less_far_says_nothing_firm_that_more_would_turn(name, radius):
    whole = told(found(name, site_of(name)))
    for key, verdict in told(found(name, cut(site_of(name), radius))).items():
        assert verdict not in FIRM or whole.get(key, verdict) in (verdict, NONE), f"{verdict.value} within {radius} m, {whole[key].value} with all of it"


def site(**changes):
    return scenes.site(**changes)


def failed(layer, **changes):
    here = scenes.site(**changes)
    return with_layer(here, layer, {}, FAILED)


@pytest.mark.parametrize(("limit", "away", "verdict"), [(7.0, 12.0, COMPLIES), (7.0, 6.0, VIOLATES), (13.0, 14.5, LACKS), (13.0, 6.0, VIOLATES)])
def test_a_distance_is_kept_only_as_far_as_was_loaded(limit, away, verdict):
    """The house's far corners lie 10.3 m from the middle of what was loaded, to 20 m: a building may be seen within 9.7 m of it and no further."""
    other = RegisteredBuilding("9999100000000031", shift(box(13 + away, 5, 20 + away, 14)), 1980, "Pand in gebruik")
    here = replace(site(registered_buildings=(other,)), centre=tuple(c + d for c, d in zip(scenes.ORIGIN, (8.0, 9.5))), radius_m=17.0)
    assert run("min_distance_buildings", HOUSE, op=">=", value=limit, site=here, where="all").verdict is verdict


def test_what_hangs_out_beyond_what_was_loaded_is_not_clear_of_public_space():
    here = replace(site(), radius_m=12.0)
    assert run("public_space_overlap", box_part(4, 4, 9, 9, 0, 6), site=here).verdict is COMPLIES
    assert run("public_space_overlap", box_part(60, 4, 64, 9, 0, 6), site=here).verdict is LACKS
    road = run("public_space_overlap", box_part(4, -6, 9, 4, 0, 6), site=replace(here, radius_m=15.0))
    assert road.verdict is VIOLATES  # what was not seen only adds


@pytest.mark.parametrize(("answer", "verdict"), [(None, JUDGE), ("yes", VIOLATES), ("no", NONE)])
@pytest.mark.parametrize("planned", [True, False])
def test_a_permitted_building_and_one_that_only_the_map_has_may_stand_too_near(planned, answer, verdict):
    shape, key = shift(box(14.2, 6, 19, 12)), "planned_buildings_count" if planned else "unregistered_count"
    here = site(registered_buildings=(), topography=() if planned else (TILE(shape),))
    here = replace(here, planned_buildings=(RegisteredBuilding("9999100000000032", shape, None, "Bouwvergunning verleend"),) if planned else ())
    one = run("min_distance_buildings", HOUSE, op=">=", value=2.5, site=here, answers={key: answer} if answer else None)
    assert one.verdict is verdict
    assert [question.key for question in one.questions] == ([key] if answer is None else [])
    far = run("min_distance_buildings", HOUSE, op=">=", value=0.9, site=here)
    assert far.verdict in (COMPLIES, NONE) and not far.questions


def TILE(shape):
    return replace(tile(31, "pand", 0, 0, 1, 1, building="9999100000000033"), geometry=shape)


@pytest.mark.parametrize(("answer", "verdict"), [(None, JUDGE), ("yes", VIOLATES), ("no", COMPLIES)])
@pytest.mark.parametrize("counts", ["gebouwen", "bouwwerken"])
def test_a_building_that_only_the_map_has_may_count_in_coverage(counts, answer, verdict):
    """72 m2 on 800 m2 is 9 %, with 40 m2 more 14 %."""
    here = site(registered_buildings=(), topography=(TILE(shift(box(2, 28, 7, 36))),))
    answers = {**OWN, **({"unregistered_count": answer} if answer else {})}
    words = {"denominator": "bouwperceel", "counts": counts, "site": here, "answers": answers}
    assert run("max_coverage_pct", HOUSE, value=12.0, unit="%", **words).verdict is verdict
    assert run("max_coverage_pct", HOUSE, value=8.0, unit="%", **words).verdict is VIOLATES
    assert run("max_coverage_pct", HOUSE, value=15.0, unit="%", **words).verdict is COMPLIES


@pytest.mark.parametrize("layer", ["bag", "bgt"])
def test_coverage_and_joint_areas_without_a_register_are_firm_only_where_they_are_too_large(layer):
    here = failed(layer, registered_buildings=())
    for check, words in (("max_coverage_pct", {"denominator": "bouwperceel", "unit": "%"}), ("max_area", {"include_existing": True, "unit": "m2"})):
        small, large = (8.0, 10.0) if check == "max_coverage_pct" else (70.0, 90.0)
        assert run(check, HOUSE, value=small, site=here, answers=OWN, **words).verdict is VIOLATES
        one = run(check, HOUSE, value=large, site=here, answers=OWN, **words)
        assert (one.verdict, one.missing[0].code) == (LACKS, "checks_layer_failed")
    shed = box_part(2, 25, 5, 31, 0, 3, fid="shed")
    for limit, verdict in ((20, LACKS), (17, VIOLATES)):
        assert run("secondary_buildings", HOUSE, shed, site=here, answers=OWN, secondary_parts=["shed"], max_total_area_m2=limit).verdict is verdict


def test_an_extension_or_a_whole_building_nobody_knows_without_the_register():
    bare, small = failed("bag", registered_buildings=()), box_part(5, 12, 13, 15, 0, 3)
    assert run("max_volume", small, value=90.0, unit="m3", site=bare).verdict is LACKS
    assert run("max_volume", small, value=60.0, unit="m3", site=bare).verdict is VIOLATES
    assert run("max_volume", small, value=90.0, unit="m3", site=bare, answers={"whole_building": "no"}).verdict is COMPLIES
    assert run("min_area", small, op=">=", value=20.0, unit="m2", site=bare).verdict is COMPLIES  # more of it is no less
    assert run("min_area", small, op=">=", value=30.0, unit="m2", site=bare).verdict is LACKS


def test_a_party_wall_may_take_half_a_wall_off_and_no_more():
    """A wall of 0.14 m over the boundary of the plot: 1.26 m2 of 73.26 m2, when a neighbour's building stands there."""
    over = box_part(5, 5, 13.14, 14, 0, 6)
    parcels = (Parcel("1", "V A 1", shift(box(0, 0, 13, 40)), 520.0), Parcel("2", "V A 2", shift(box(13, 0, 40, 40)), 1080.0))
    alone, beside = {"parcels": parcels, "registered_buildings": ()}, RegisteredBuilding("9999100000000034", shift(box(13, 5, 22, 14)))
    answers = {**OWN, "whole_building": "no"}
    assert run("max_area", over, value=73.0, unit="m2", site=site(**alone), answers=answers).verdict is VIOLATES
    assert run("max_area", over, value=73.0, unit="m2", site=site(parcels=parcels, registered_buildings=(beside,)), answers=answers).verdict is COMPLIES
    bare = failed("bag", **alone)
    assert run("max_area", over, value=73.0, unit="m2", site=bare, answers=answers).verdict is LACKS
    assert run("max_area", over, value=50.0, unit="m2", site=bare, answers=answers).verdict is VIOLATES
    assert run("max_area", over, value=74.0, unit="m2", site=bare, answers=answers).verdict is COMPLIES


def test_a_plan_that_failed_beside_one_that_was_read_may_state_another_limit():
    here = site(max_height=9.0)
    half = replace(here, provenance=(*here.provenance, Provenance("plans", FAILED, "plans", "second.gml")))
    drawn = Limit("<=", "m", from_plan="bouwhoogte")
    assert run_all("max_building_height", HOUSE, limit=drawn, site=here)[0].verdict is COMPLIES
    assert run_all("max_building_height", HOUSE, limit=drawn, site=half)[0].verdict is LACKS
    assert run("max_building_height", HOUSE, value=9.0, site=half).verdict is COMPLIES  # the rule's own limit


@pytest.mark.parametrize("layer", ["bag", "parcels"])
def test_whether_a_design_is_the_main_building_is_asked_while_nobody_knows_what_stands(layer):
    from drieluik.model import LegalSource, Rule, Ruleset
    from drieluik.review import review

    shed = scenes.design(box_part(3, 30, 7, 33, 0, 3))
    home = RegisteredBuilding("9999100000000035", shift(box(5, 5, 13, 14)), 1970, "Pand in gebruik", ("woonfunctie",))
    rule = Rule("least", "min_building_height", {"nl": "least"}, (LegalSource("plan"),), Limit(">=", "m", 5.0), applies_to=("hoofdgebouw",))
    here = with_layer(site(registered_buildings=(home,)), layer, {}, FAILED)

    def verdict(scene, **answers):
        told = {"peil": {"method": "nap_value", "nap_m": scenes.GROUND}, "whole_building": "no", **answers}
        return review(scene, shed, Ruleset("t", "1", {}, (rule,)), told)[0].verdict

    assert verdict(here) is JUDGE
    assert verdict(here, object_kind="hoofdgebouw") in (VIOLATES, LACKS)
    assert verdict(here, object_kind="bijgebouw") is NONE


@pytest.mark.parametrize(("shape", "verdict"), [((0.5, 1, 2.5, 30), JUDGE), ((-3, 1, 2.5, 30), VIOLATES)])
def test_a_path_that_lies_wholly_on_the_own_parcel_is_asked(shape, verdict):
    path = tile(41, "wegdeel", *shape, function="voetpad")
    yard = tile(40, "onbegroeidterreindeel", 0, 0, 20, 40, function="erf")
    here = site(topography=(path, yard), registered_buildings=())
    house = box_part(1, 10, 9, 20, 0, 6)
    assert run("public_space_overlap", house, site=here).verdict is verdict
    for answer, said in (("yes", VIOLATES), ("no", COMPLIES if verdict is JUDGE else VIOLATES)):
        assert run("public_space_overlap", house, site=here, answers={"public.t41": answer}).verdict is said
    assert run("public_space_overlap", house, site=failed("parcels", topography=(path, yard), registered_buildings=())).verdict is LACKS


@pytest.mark.parametrize("given", [-5, -0.01, "veel", float("nan"), True])
def test_a_senseless_existing_area_counts_for_nothing(given):
    shed = box_part(2, 25, 5, 31, 0, 3, fid="shed")
    one = run("secondary_buildings", HOUSE, shed, answers={**OWN, "existing_secondary_m2": given}, secondary_parts=["shed"], max_total_area_m2=15)
    assert (one.verdict, one.missing[0].code) == (LACKS, "surroundings_answer_no_number")


@pytest.mark.parametrize(("given", "taken"), [("27,5", 27.5), (27.5, 27.5), (0, 0.0), ("-1", None)])
def test_numbers_of_an_answer_are_read_as_people_write_them(given, taken):
    shed = box_part(2, 25, 5, 31, 0, 3, fid="shed")
    one = run("secondary_buildings", HOUSE, shed, answers={**OWN, "existing_secondary_m2": given}, secondary_parts=["shed"], max_total_area_m2=90)
    assert (one.verdict, one.measurements[0].value if one.measurements else None) == ((COMPLIES, 18.0 + taken) if taken is not None else (LACKS, None))


@pytest.mark.parametrize(("nap", "taken"), [("1,1", True), (0.7, True), (1.4, True), (6.6, False), (-9.0, False), (4.0, False), ("hoog", False)])
def test_a_ground_floor_lies_where_a_ground_floor_can_lie(nap, taken):
    """The house stands from 1.00 to 7.00 m NAP, peil at 1.00: a floor under its roof, or a storey up, is none; else 432 m3."""
    one = run("max_volume", HOUSE, value=700.0, unit="m3", answers={"ground_floor": {"underside_nap_m": nap}})
    assert (one.measurements[0].value != pytest.approx(432.0)) is taken or nap == 0.7
    assert ("ground_floor:refused" in {premise.key for premise in one.premises}) is not taken


@pytest.mark.parametrize("given", [3, 2.5, "max_area", {"rule": "max_area"}, [7], [None], [{"rule": ["x"], "verdict": ["complies"], "reason": 5}], True, {1, 2}])
def test_odd_decisions_decide_nothing_and_lose_nothing(given):
    assert run("max_area", HOUSE, value=80.0, unit="m2", answers={"overrides": given}).stands is COMPLIES


WALL_30 = box_part(-25, 5, 35, 6, 0, 30)
SUN = {"profile": "tno_light", "sweep_days": 0, "step_min": 10.0}


def home(number, x0, y0, x1, y1, uses=("woonfunctie",), address=True):
    record = RegisteredBuilding(f"99991000000003{number:02d}", shift(box(x0, y0, x1, y1)), 1980, "Pand in gebruik", uses)
    there = (Address(f"h{number}", f"Laan {number}", record.geometry.centroid, (record.fid,), uses),) if address else ()
    return record, there


@pytest.mark.parametrize(("uses", "address", "seen"), [(("woonfunctie",), True, True), ((), True, True), (("woonfunctie",), False, True), ((), False, False), (("winkelfunctie",), True, False)])
def test_a_dwelling_of_which_there_is_no_model_is_told_by_itself(uses, address, seen):
    """A home 10 m north of a wall of 30 m; of another, with a model, its sun is told all the same."""
    record, there = home(1, 0, 16, 10, 26, uses, address)
    here = replace(site(registered_buildings=(record,), buildings3d=(), parcels=(), trees=(), topography=()), addresses=there, radius_m=250.0)
    (one,) = run_all("sun_hours_facade", WALL_30, site=here, **SUN)
    assert one.verdict is (LACKS if seen else NONE)
    assert one.subject.code == ("subject_dwelling" if seen else "subject_sunlight")
    other, more = home(2, 20, 16, 30, 26)
    both = replace(here, registered_buildings=(record, other), addresses=(*there, *more), buildings3d=(solid_of(other),))
    told = run_all("sun_hours_facade", WALL_30, site=both, **SUN)
    assert [one.verdict for one in told] == [VIOLATES, *([LACKS] if seen else [])]


def solid_of(record):
    x0, y0, x1, y1 = (corner - origin for corner, origin in zip(record.geometry.bounds, (*scenes.ORIGIN, *scenes.ORIGIN)))
    return replace(solid(1, x0, y0, x1, y1, 6), fid=record.fid)


def test_a_modelled_building_with_an_address_and_no_use_may_be_a_home():
    record, there = home(1, 0, 16, 10, 26, ())
    here = replace(site(registered_buildings=(record,), buildings3d=(solid_of(record),), parcels=(), trees=(), topography=()), addresses=there, radius_m=250.0)
    (one,) = run_all("sun_hours_facade", WALL_30, site=here, **SUN)
    assert (one.verdict, one.missing[0].code) == (LACKS, "sun_use_unsaid")


@pytest.mark.parametrize("layer", ["bag", "buildings3d"])
def test_no_dwellings_is_said_only_where_dwellings_would_be_seen(layer):
    empty = replace(site(registered_buildings=(), buildings3d=(), parcels=(), trees=(), topography=()), radius_m=250.0)
    assert run("sun_hours_facade", WALL_30, site=empty, **SUN).verdict is NONE
    assert run("sun_hours_facade", WALL_30, site=with_layer(empty, layer, {}, FAILED), **SUN).verdict is LACKS
    assert run("sun_hours_facade", WALL_30, site=replace(empty, radius_m=60.0), **SUN).missing[0].code == "checks_beyond_loaded"


def test_extra_shadow_on_a_plot_is_known_only_where_the_plots_are():
    """A block of 9 m casts 200 m2 and more to the north; on the own plot and on parcel 2."""
    block, words = box_part(4, 25, 16, 35, 0, 9), {"dates": ["03-21"], "hours": [12], "unit": "m2"}
    plots = (Parcel("1", "A 1", shift(box(0, 0, 20, 40))), Parcel("2", "A 2", shift(box(0, 40, 20, 90))))
    here = replace(site(parcels=plots, registered_buildings=(), buildings3d=(), topography=(), trees=()), radius_m=250.0)
    known = run("shadow_study", block, site=here, value=1.0, **words)
    assert known.verdict is VIOLATES
    whole = {m.name: m.value for m in known.measurements}["extra_shadow_whole"]
    for state in (FAILED, EMPTY):
        bare = with_layer(here, "parcels", {}, state)
        assert run("shadow_study", block, site=bare, value=1.0, **words).verdict is LACKS
        assert run("shadow_study", block, site=bare, value=whole + 40.0, **words).verdict is COMPLIES  # no plot gets more than all of it
        assert run("shadow_study", block, site=bare, **words).verdict is JUDGE
    near = replace(here, parcels=plots[:1], radius_m=28.0)  # parcel 2 was not loaded
    assert run("shadow_study", block, site=near, value=1.0, **words).missing[0].code == "checks_beyond_loaded"


def test_which_way_the_unseen_can_turn_a_verdict():
    def turned(could, value, operator="<=", verdict=None, most=None, **ends):
        measured = Measurement("area", value, "m2", operator, ends.get("limit", 50.0), low=ends.get("low"))
        one = Finding("r", "c", Note.of("subject_coverage"), "A", verdict or measured.verdict(), measurements=(measured,))
        return could_turn(one, Unseen(Note.of("engine_no_subject"), could, (), most))

    assert [turned(could, 40.0) for could in (HIGHER, LOWER, EITHER)] == [True, False, True]
    assert [turned(could, 60.0) for could in (HIGHER, LOWER, EITHER)] == [False, True, True]
    assert [turned(could, 60.0, ">=") for could in (HIGHER, LOWER, EITHER)] == [False, True, True]
    assert [turned(could, 40.0, ">=") for could in (HIGHER, LOWER, EITHER)] == [True, False, True]
    assert [turned(could, value, "between", low=30.0) for could in (HIGHER, LOWER) for value in (20.0, 40.0, 60.0)] == [True, True, False, False, True, True]
    assert [turned(LOWER, 60.0, most=most) for most in (9.0, 11.0)] == [False, True]
    assert [turned(HIGHER, 40.0, most=most) for most in (9.0, 11.0)] == [False, True]
    assert turned(HIGHER, 60.0, verdict=NONE) and not turned(EITHER, 60.0, verdict=JUDGE) and not turned(EITHER, 60.0, verdict=LACKS)


def test_only_what_rests_on_the_unseen_is_taken_back():
    measured = Measurement("area", 40.0, "m2", "<=", 50.0)
    one = Finding("r", "c", Note.of("subject_coverage"), "A", COMPLIES, measurements=(measured,))
    other = Unseen(Note.of("engine_no_subject"), HIGHER, ("volume",))
    assert earned(one, [other]) is one
    lost = earned(one, [other, replace(other, names=("area",)), replace(other, names=())])
    assert (lost.verdict, [note.code for note in lost.missing]) == (LACKS, ["engine_no_subject"])


UNMEASURED = Parcel("1", "Voorbeeldwijk A 1", shift(box(0, 0, 20, 40)), 800.0, unmeasured=True)
NEXT = Parcel("2", "Voorbeeldwijk A 2", shift(box(20, 0, 40, 40)), 800.0)
SIDES = {"side_boundaries": {"lines": [rd((0, 0), (0, 40)), rd((20, 0), (20, 40))]}}


@pytest.mark.parametrize(("away", "measured", "drawn"), [(2.5, VIOLATES, JUDGE), (3.5, COMPLIES, JUDGE), (5.2, COMPLIES, COMPLIES), (0.9, VIOLATES, VIOLATES)])
def test_a_distance_to_a_boundary_that_was_not_measured_is_less_certain(away, measured, drawn):
    """Of 3 m: a boundary that was measured is known to 0.2 m, one that was drawn from the deed to 2 m, on whichever side of it that is."""
    house = box_part(away, 5, 12, 14, 0, 6)
    for parcels, verdict in (((replace(UNMEASURED, unmeasured=False), NEXT), measured), ((UNMEASURED, NEXT), drawn)):
        assert run("min_distance_side_boundary", house, op=">=", value=3.0, site=site(parcels=parcels), answers=SIDES).verdict is verdict
    behind = (replace(UNMEASURED, unmeasured=False), Parcel("3", "V A 3", shift(box(-20, 0, 0, 40)), 800.0, unmeasured=True))
    assert run("min_distance_side_boundary", house, op=">=", value=3.0, site=site(parcels=behind), answers=SIDES).verdict is drawn
    told = {"side_boundaries": {**SIDES["side_boundaries"], "uncertainty_m": 0.05}}
    assert run("min_distance_side_boundary", house, op=">=", value=3.0, site=site(parcels=(UNMEASURED, NEXT)), answers=told).verdict is measured
    stated = {"site": site(parcels=(UNMEASURED, NEXT)), "answers": SIDES, "uncertainty": {"boundary_m": 0.1}}
    assert run("min_distance_side_boundary", house, op=">=", value=3.0, **stated).verdict is drawn


@pytest.mark.parametrize(("limit", "verdict"), [(8.9, JUDGE), (9.2, JUDGE), (10.5, COMPLIES), (7.5, VIOLATES)])
def test_a_share_of_a_plot_that_was_not_measured_is_less_certain(limit, verdict):
    """72 of 800 m2 is 9 %; sides of 20 and 40 m each known to 2 m leave 126 m2 of the plot, 1.4 % of the share."""
    words = {"unit": "%", "denominator": "bouwperceel", "counts": "gebouwen", "answers": OWN, "value": limit}
    assert run("max_coverage_pct", HOUSE, site=site(parcels=(UNMEASURED, NEXT), registered_buildings=()), **words).verdict is verdict


def test_less_than_a_drawn_boundary_is_known_adds_no_parcel():
    """A house 1.5 m over the line: really on the next parcel where that line was measured, perhaps where it was not."""
    over, words = box_part(10, 5, 21.5, 14, 0, 6), {"unit": "%", "denominator": "bouwperceel", "counts": "gebouwen", "value": 30.0}
    for unmeasured, asked in ((False, True), (True, False)):
        here = site(parcels=(UNMEASURED, replace(NEXT, unmeasured=unmeasured)), registered_buildings=())
        found_ = run("max_coverage_pct", over, site=here, **words)
        assert ("parcels" in {premise.key for premise in found_.premises}) is asked
