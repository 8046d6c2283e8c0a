"""Sun on the neighbours' facades and the trigger of a study: docs/measuring.md C1 and C3."""

from __future__ import annotations

import datetime
from dataclasses import replace

import numpy as np
import pytest
from said import said
from shapely import Point, box

from drieluik.checks import REGISTRY, Context
from drieluik.data_sources.rules.rulesets import read_ruleset
from drieluik.measure.sun.possible_sun import sun_minutes
from drieluik.measure.sun.sun_norms import PROFILES, NormError, norm_of, point_verdict
from drieluik.measure.sun.sun_position import suns_at
from drieluik.model import Address, Building3D, Design, LayerState, LegalSource, Limit, Parcel, Provenance, RegisteredBuilding, Rule, Ruleset, Verdict
from drieluik.review import review
from scenes import GROUND, ORIGIN, ROOT, box_part, design, shift, site

NORM = PROFILES["tno_light"]


def rule(check="sun_hours_facade", limit=None, **measure):
    measure.setdefault("step_min", 5)
    return Rule("zon", check, {"nl": "Zon"}, (LegalSource("TNO"),), limit, measure=measure)


def building(fid, x0, y0, x1, y1, height, roof=None):
    triangles = box_part(x0, y0, x1, y1, 0, height).triangles
    semantics = np.array(["ground"] * 2 + ["roof"] * 2 + ["wall"] * 8)
    return Building3D(fid, triangles, semantics, "2.2", GROUND, GROUND + (roof or height), "2022-01-01")


def place(*buildings, addresses=True, uses=("woonfunctie",), **changes):
    """Return a flat site with these buildings, each a dwelling with one address."""
    panden = tuple(RegisteredBuilding(b.fid, shift(box(0, 0, 1, 1)), 1990, "", uses) for b in buildings)
    texts = tuple(
        Address(f"a{b.fid}", f"Laan {n}, 9999 AB Dorp", Point(0, 0), (b.fid,), uses) for n, b in enumerate(buildings, 1)
    ) if addresses else ()
    layers = {"buildings3d": buildings, "registered_buildings": panden, "addresses": texts, "trees": (), "parcels": (), **changes}
    return replace(site(**layers), radius_m=250.0)  # as far as a wall of 30 m casts its shadow


NORTH = building("0001", 0, 20, 10, 30, 6.0)
"""A house whose south facade stands at y = 20; the design comes south of it."""


def run(check_rule, design_, site_, answers=None):
    return REGISTRY[check_rule.check].run(check_rule, Context(site_, design_, answers or {}))


def codes(finding):
    return [note.code for note in (*finding.notes, *finding.missing)]


def test_a_high_wall_close_by_takes_the_sun_of_a_whole_facade():
    wall = design(box_part(-25, 5, 35, 6, 0, 30))
    (found,) = run(rule(), wall, place(NORTH))
    assert (said(found), found.verdict) == ("Laan 1, 9999 AB Dorp", Verdict.VIOLATES)
    first, before, *_ = found.measurements
    assert (first.name, before.name, first.operator, first.limit) == ("sun_minutes", "sun_minutes_before", ">=", 120.0)
    assert first.value < 20 and before.value > 440 and first.at == before.at
    assert "sun_falls_below" in codes(found) and "sun_blocked_by_design" in codes(found)
    points = [piece for piece in found.evidence if piece.role == "receptor"]
    assert len(points) == 5 * 4 * 2 and all(p.geometry.has_z and p.unit == "min" for p in points)
    assert {i.layer for i in found.inputs} == {"buildings3d", "bag"}


def test_the_minutes_are_those_of_the_engine_at_the_deciding_point():
    wall = design(box_part(-4, 8, 14, 9, 0, 9))
    (found,) = run(rule(sweep_days=0), wall, place(NORTH))
    date = datetime.date.fromisoformat(found.measurements[0].at)
    suns = suns_at(site().centre, [date], 5.0)
    scene = np.concatenate([NORTH.triangles, wall.triangles])
    points = np.array([p.geometry.coords[0] for p in found.evidence])
    normal = np.where(np.abs(points[:, 1:2] - ORIGIN[1] - 19.95) < 1e-6, [[0.0, -1.0, 0.0]], np.nan)
    south = points[np.isfinite(normal[:, 0])]
    assert len(south) == 10
    minutes = sun_minutes(scene, south, np.tile([0.0, -1.0, 0.0], (10, 1)), suns, 5.0)
    assert found.measurements[0].value == minutes.min()


def test_a_small_design_leaves_the_norm_met():
    (found,) = run(rule(), design(box_part(0, 5, 5, 8, 0, 3)), place(NORTH))
    assert found.verdict is Verdict.COMPLIES and found.measurements[0].value >= 120


def test_one_failing_point_of_a_guessed_facade_is_for_the_officer():
    near = design(box_part(0, 14, 2.2, 19.5, 0, 12))
    (guessed,) = run(rule(sweep_days=0), near, place(NORTH))
    (known,) = run(rule(profile="den_haag", sweep_days=0), near, place(NORTH))
    assert guessed.verdict is Verdict.NEEDS_JUDGEMENT and "sun_some_points_fail" in codes(guessed)
    assert known.verdict is Verdict.VIOLATES


def test_the_north_side_never_counts():
    (found,) = run(rule(), design(box_part(0, 45, 10, 50, 0, 30)), place(NORTH))
    assert found.verdict is Verdict.COMPLIES
    never = [p for p in found.evidence if dict(p.note.data)["verdict"] == "not_applicable"]
    assert {dict(p.note.data)["facade"] for p in never} == {0.0}


def test_shared_walls_are_no_receptors():
    row = [NORTH, building("0002", 10, 20, 20, 30, 6.0)]
    found = run(rule(), design(box_part(0, 5, 20, 8, 0, 3)), place(*row))
    for finding in found:
        x = np.array([p.geometry.x for p in finding.evidence]) - ORIGIN[0]
        assert not (np.abs(x - 10) < 0.2).any()


def test_a_building_under_the_design_stands_only_before():
    old = building("0009", -25, 5, 35, 6, 30.0)
    (found,) = run(rule(), design(box_part(-25, 5, 35, 6, 0, 30)), place(NORTH, old), {})
    assert found.measurements[2].value == 0 and "sun_replaced" in codes(found)
    assert found.verdict is Verdict.COMPLIES and "sun_was_below" in codes(found)


def test_already_below_and_worse_is_weighed():
    old = building("0009", -25, 3, 35, 4, 8.0)
    unlived = replace(old, fid="0009")
    here = place(NORTH, unlived)
    here = replace(here, addresses=here.addresses[:1], registered_buildings=(here.registered_buildings[0], replace(here.registered_buildings[1], uses=("industriefunctie",))))
    worse = run(rule(sweep_days=0, hours=7.5, storey_m=6), design(box_part(-6, 10, 4, 12, 0, 9)), here)
    assert [f.verdict for f in worse] == [Verdict.NEEDS_JUDGEMENT] and "sun_worse_below" in codes(worse[0])


@pytest.mark.parametrize(
    ("before", "after", "empty", "verdict"),
    [
        (300, 200, 456, Verdict.COMPLIES), (300, 60, 456, Verdict.VIOLATES), (100, 94, 456, Verdict.NEEDS_JUDGEMENT),
        (100, 95, 456, Verdict.COMPLIES), (100, 100, 456, Verdict.COMPLIES), (100, 130, 456, Verdict.COMPLIES),
        (300, 10, 110, Verdict.NOT_APPLICABLE), (300, 118, 456, Verdict.NEEDS_JUDGEMENT), (300, 122, 456, Verdict.NEEDS_JUDGEMENT),
        (122, 122, 456, Verdict.COMPLIES), (120, 120, 456, Verdict.COMPLIES), (120, 114, 456, Verdict.VIOLATES), (300, 126, 456, Verdict.COMPLIES),
    ],
)
def test_verdicts_over_minutes(before, after, empty, verdict):
    assert point_verdict(before, after, empty, NORM)[0] is verdict


def test_facades_may_be_added_up_when_the_rule_says_so():
    wall = design(box_part(0, 14, 10, 15, 0, 30))
    (apart,) = run(rule(sweep_days=0), wall, place(NORTH))
    (added,) = run(rule(sweep_days=0, add_facades=True), wall, place(NORTH))
    assert added.measurements[0].value > apart.measurements[0].value and "sun_facades_added" in codes(added)


def test_trees_take_a_share_of_the_sun_when_the_rule_says_so():
    from drieluik.model import Tree

    trees = tuple(Tree(f"t{n}", shift(Point(n * 2.0, 15)), 12.0, 6.0) for n in range(-6, 12))
    here = place(NORTH, trees=trees)
    small = design(box_part(0, 5, 5, 6, 0, 1))
    values = [run(rule(sweep_days=0, radius_m=60, trees={"transparency": t}), small, here)[0].measurements[0].value for t in (0.0, 0.5, 1.0)]
    assert values[0] < values[1] < values[2] == run(rule(sweep_days=0, radius_m=60), small, here)[0].measurements[0].value
    (odd,) = run(rule(trees={"transparency": 3}), small, here)
    assert odd.verdict is Verdict.NOT_ASSESSABLE and codes(odd) == ["sun_norm_unclear"]


def test_the_plan_that_already_allows_it_stands_beside():
    (found,) = run(rule(sweep_days=0, plan_envelope=True), design(box_part(5, 5, 8, 8, 0, 3)), place(NORTH), {"peil": {"method": "authority_fixed", "nap_m": GROUND}})
    names = [m.name for m in found.measurements]
    assert "sun_minutes_plan" in names
    assert found.measurements[names.index("sun_minutes_plan")].value < found.measurements[0].value


def test_bad_input_gets_its_sentence():
    normal = design(box_part(0, 5, 5, 8, 0, 3))
    (faceless,) = review(place(NORTH), Design("A", (), design().placement), Ruleset("t", "1", {}, (rule(),)))
    assert faceless.verdict is Verdict.NOT_ASSESSABLE and codes(faceless) == ["engine_design_without_faces"]
    (alone,) = run(rule(), normal, place())
    assert alone.verdict is Verdict.NOT_APPLICABLE and {"sun_no_dwellings", "sun_no_buildings"} <= set(codes(alone))
    (homeless,) = run(rule(), normal, place(NORTH, addresses=False))
    assert said(homeless) == "pand 0001" and "sun_no_address" in codes(homeless)
    (dark,) = run(rule(min_altitude_deg=70), normal, place(NORTH))
    assert dark.verdict is Verdict.NOT_APPLICABLE and "sun_never_up" in codes(dark)
    (unclear,) = run(rule(period=["02-30", "10-21"]), normal, place(NORTH))
    assert unclear.verdict is Verdict.NOT_ASSESSABLE and codes(unclear) == ["sun_norm_unclear"]


def test_without_the_bag_uses_are_unknown_or_assumed():
    here = place(NORTH)
    records = tuple(r for r in here.provenance if r.layer != "bag") + (Provenance("bag", LayerState.NOT_ASKED),)
    here = replace(here, addresses=(), registered_buildings=(), provenance=records)
    wall = design(box_part(-25, 5, 35, 6, 0, 30))
    (unknown,) = run(rule(), wall, here)
    assert unknown.verdict is Verdict.NOT_ASSESSABLE and codes(unknown)[-2:] == ["checks_layer_not_asked", "sun_uses_unknown"]
    (assumed,) = run(rule(assume_dwellings=True), wall, here)
    assert assumed.verdict is Verdict.VIOLATES and "sun_assumed_dwelling" in codes(assumed)


def test_buildings_that_the_bag_does_not_know_are_named():
    found = run(rule(), design(box_part(0, 5, 5, 8, 0, 3)), replace(place(NORTH), buildings3d=(NORTH, building("0007", 15, 20, 25, 30, 6))))
    assert [f.verdict for f in found] == [Verdict.COMPLIES, Verdict.NOT_ASSESSABLE] and codes(found[1])[-1] == "sun_not_in_bag"


def test_the_applicants_own_buildings_are_no_neighbours():
    plot = Parcel("p", "A 1", shift(box(0, 0, 20, 40)))
    (found,) = run(rule(), design(box_part(2, 2, 8, 8, 0, 3)), place(NORTH, parcels=(plot,)))
    assert found.verdict is Verdict.NOT_APPLICABLE and "sun_own_left_out" in codes(found)


def test_no_buildings_layer_is_not_assessable():
    here = place(NORTH)
    here = replace(here, buildings3d=(), provenance=(Provenance("buildings3d", LayerState.FAILED),))
    for check in ("sun_hours_facade", "sun_trigger"):
        (found,) = run(rule(check), design(box_part(0, 5, 5, 8, 0, 3)), here)
        assert found.verdict is Verdict.NOT_ASSESSABLE and codes(found) == ["checks_layer_failed"]


PEIL = {"peil": {"method": "authority_fixed", "nap_m": GROUND}}


@pytest.mark.parametrize(("height", "verdict", "ratio"), [(30, Verdict.NEEDS_JUDGEMENT, 1.67), (24, Verdict.COMPLIES, 1.33)])
def test_the_trigger_of_a_study(height, verdict, ratio):
    around = (building("1", 11, 0, 16, 10, 12.0), building("2", 17, 0, 27, 10, 21.0), building("3", 300, 0, 310, 10, 90.0))
    (found,) = run(rule("sun_trigger"), design(box_part(0, 0, 10, 10, 0, height)), place(*around), PEIL)
    assert found.verdict is verdict
    assert found.measurements[0].value == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize("measure", [{"radius_m": "veel"}, {"radius_m": -1}, {"court_height_m": "x"}, {"max_ratio": None}])
def test_a_trigger_that_cannot_be_used_says_so(measure):
    (found,) = run(rule("sun_trigger", **measure), design(box_part(0, 0, 10, 10, 0, 9)), place(building("1", 11, 0, 20, 20, 18.0)), PEIL)
    assert found.verdict is Verdict.NOT_ASSESSABLE and codes(found) == ["sun_norm_unclear"]


def test_a_design_that_does_not_rise_above_peil_needs_no_study():
    level = {"peil": {"method": "authority_fixed", "nap_m": GROUND + 3.0}}
    (found,) = run(rule("sun_trigger", radius_m=50), design(box_part(0, 0, 10, 10, 0, 3)), place(building("1", 11, 0, 20, 20, 18.0)), level)
    assert found.verdict is Verdict.COMPLIES and found.measurements[0].value == 0.0


def test_an_inner_court_triggers_from_ten_metres():
    court = design(box_part(0, 0, 10, 10, 0, 11))
    around = (building("1", 11, 0, 20, 20, 18.0),)
    (asked,) = run(rule("sun_trigger"), court, place(*around), PEIL)
    assert asked.verdict is Verdict.COMPLIES and [q.key for q in asked.questions] == ["inner_court"]
    (found,) = run(rule("sun_trigger"), court, place(*around), {**PEIL, "inner_court": {"value": True}})
    assert found.verdict is Verdict.NEEDS_JUDGEMENT and codes(found) == ["sun_study_court"]


def test_the_shipped_norms_say_what_the_profiles_say():
    for one in read_ruleset(ROOT / "rulesets" / "sun_norms.yaml").rules:
        if one.check == "sun_hours_facade":
            assert norm_of(one.measure, one.limit.value) == PROFILES[one.id]


@pytest.mark.parametrize(
    "measure",
    [
        {"profile": "amsterdam"}, {"hours": "two"}, {"period": "summer"}, {"step_min": 0}, {"step_min": 60}, {"spacing_m": -1},
        {"hours": float("nan")}, {"hours": float("inf")}, {"sweep_days": 2.5}, {"year": 0}, {"year": 10000}, {"guessed": "nee"},
        {"add_facades": "false"},
    ],
)
def test_a_norm_that_cannot_be_used_says_which_word(measure):
    with pytest.raises(NormError) as found:
        norm_of(measure)
    assert found.value.key in measure


def test_own_profiles():
    norm = norm_of({"hours": 1.5, "period": ["03-21", datetime.date(2027, 9, 21)], "min_altitude_deg": 6, "sweep_days": 10})
    assert (norm.minutes, norm.start, norm.end, norm.min_altitude_deg, norm.sweep_days) == (90.0, (3, 21), (9, 21), 6.0, 10)
    assert norm_of({"profile": "tno_strict"}).minutes == 180
    assert Limit(">=", "min", 150) and norm_of({}, 150).minutes == 150


def test_the_shadow_study_counts_extra_shadow_on_other_peoples_ground():
    here = place(NORTH, parcels=(Parcel("own", "Dorp A 1", shift(box(-5, 0, 15, 12))), Parcel("n", "Dorp A 2", shift(box(-5, 12, 15, 40)))))
    (found,) = run(rule("shadow_study", dates=["03-21"], hours=[12, 13]), design(box_part(0, 5, 10, 10, 0, 12)), here)
    first, whole, existing = found.measurements
    assert found.verdict is Verdict.NEEDS_JUDGEMENT and (first.name, first.unit) == ("extra_shadow", "m2")
    assert 0 < first.value < whole.value and first.at in ("2027-03-21 12:00 CET", "2027-03-21 13:00 CET") and existing.value > 0
    (shade,) = found.evidence
    assert shade.role == "shadow_extra" and shade.geometry.area == pytest.approx(whole.value)
    kept = next(dict(n.data) for n in found.notes if n.code == "sun_garden")
    assert kept["name"] == "Dorp A 2" and 0 <= kept["after"] <= kept["before"] <= 100 and kept["minutes"] < 0
    assert "sun_shadow_parcel" in codes(found) and not any("Dorp A 1" in str(n.data) for n in found.notes)


def test_the_shadow_study_with_a_limit_of_ones_own():
    here = place(NORTH, parcels=(Parcel("n", "Dorp A 2", shift(box(-20, 10.5, 30, 40))),))
    body = design(box_part(0, 5, 10, 10, 0, 12))
    assert run(rule("shadow_study", Limit("<=", "m2", 5.0), dates=["03-21"]), body, here)[0].verdict is Verdict.VIOLATES
    assert run(rule("shadow_study", Limit("<=", "m2", 5000.0), dates=["03-21"]), body, here)[0].verdict is Verdict.COMPLIES


@pytest.mark.parametrize("measure", [{"dates": []}, {"dates": ["31-02"]}, {"hours": [25]}, {"hours": "noon"}, {"year": "x"}])
def test_a_shadow_study_that_cannot_be_made_says_which_word(measure):
    (found,) = run(rule("shadow_study", **measure), design(box_part(0, 5, 5, 8, 0, 3)), place(NORTH))
    assert found.verdict is Verdict.NOT_ASSESSABLE and codes(found) == ["sun_norm_unclear"]


def test_a_shadow_study_on_the_darkest_day_without_plots_or_buildings():
    empty = place(parcels=(), topography=())
    (found,) = run(rule("shadow_study", dates=["12-21"], hours=[12]), design(box_part(0, 5, 5, 8, 0, 3)), empty)
    assert found.verdict is Verdict.NEEDS_JUDGEMENT and found.measurements[0].value == pytest.approx(64.8, abs=0.1) and "sun_shadow_no_plots" in codes(found)
    (dark,) = run(rule("shadow_study", dates=["12-21"], hours=[6, 20]), design(box_part(0, 5, 5, 8, 0, 3)), empty)
    assert dark.verdict is Verdict.NOT_ASSESSABLE  # no sun, nothing was counted


def with_windows(*walls):
    """Return a house whose windows face south (y = 0) and north (y = 8), and what stands before it."""
    windows = [box_part(2, -0.05, 3, 0.05, 1, 2, kind="window", fid="zuid"), box_part(2, 7.95, 3, 8.05, 1, 2, kind="window", fid="noord")]
    return design(box_part(0, 0, 8, 8, 0, 6), *windows), walls


@pytest.mark.parametrize(("height", "verdict"), [(1, Verdict.COMPLIES), (30, Verdict.VIOLATES)])
def test_the_designs_own_windows_by_the_same_norm(height, verdict):
    body, _ = with_windows()
    before = building("0009", -40, -12, 50, -10, float(height))
    found = run(rule(own_windows=True, sweep_days=0), body, place(before, uses=("industriefunctie",)))
    own = next(f for f in found if said(f) == "eigen ramen")
    assert own.verdict is verdict and own.measurements[0].limit == 120.0
    windows = {dict(p.note.data)["window"]: p for p in own.evidence}
    assert set(windows) == {"zuid", "noord"} and windows["noord"].note.code == "sun_window_never"
    assert windows["zuid"].value == own.measurements[0].value


def test_a_model_without_windows_says_so():
    found = run(rule(own_windows=True), design(box_part(0, 0, 8, 8, 0, 6)), place(NORTH))
    own = next(f for f in found if said(f) == "eigen ramen")
    assert own.verdict is Verdict.NOT_ASSESSABLE and codes(own) == ["sun_no_windows"]


def test_buildings_without_a_model_are_counted_aloud():
    bare = RegisteredBuilding("0007", shift(box(30, 20, 40, 30)), 1990, "", ("woonfunctie",))
    here = place(NORTH)
    (found,) = run(rule(sweep_days=0), design(box_part(0, 5, 5, 8, 0, 3)), replace(here, registered_buildings=(*here.registered_buildings, bare)))
    assert next(dict(n.data) for n in found.notes if n.code == "sun_without_model") == {"count": 1, "known": 1}


def test_a_corner_over_the_boundary_does_not_make_the_neighbour_the_applicant():
    parcels = (Parcel("own", "Dorp A 1", shift(box(-30, 0, 40, 12))), Parcel("n", "Dorp A 2", shift(box(-30, 12, 40, 60))))
    found = run(rule(sweep_days=0), design(box_part(0, 5, 10, 13, 0, 9)), place(NORTH, parcels=parcels))
    assert [said(f) for f in found] == ["Laan 1, 9999 AB Dorp"] and "sun_own_left_out" not in codes(found[0])
