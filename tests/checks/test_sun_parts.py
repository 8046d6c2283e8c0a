"""The parts of the sun checks by themselves: the mean height around, the trigger of a study, what a dwelling and a shadow study say, by hand."""

from __future__ import annotations

import datetime
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
import shapely

import scenes
from drieluik.checks.shared.sun_windows import evidence as window_evidence
from drieluik.checks.sunlight import shadow_study, sun_hours_facade
from drieluik.checks.sunlight.sun_hours_facade import PROPOSED, PointResult, bearing_of, worst_day
from drieluik.checks.sunlight.sun_trigger import design_height, mean_height, positive, surrounding
from drieluik.measure.sun.receptors import Receptor
from drieluik.measure.sun.sun_norms import NormError, SunNorm
from drieluik.model import Building3D, Limit, Note, Verdict
from one_context import context, rule
from one_rule import run
from scenes import GROUND, ORIGIN, box_part

BAD, GOOD, NONE = Verdict.VIOLATES, Verdict.COMPLIES, Verdict.NOT_APPLICABLE


def block(fid, x0, y0, x1, y1, high, ground=GROUND, roof=None):
    body = box_part(x0, y0, x1, y1, 0, high).triangles
    return Building3D(fid, body, np.array(["wall"] * len(body)), "2.2", ground, roof)


# is a study needed


def test_the_mean_height_around_is_weighed_by_what_lies_within_the_radius():
    """From the house (14, 14) ten metres on: all of a, half of b (16 x 4 m of which 8 within), c is as high as its registered roof."""
    a, b, c = block("a", 16, 6, 18, 14, 6), block("b", 20, 6, 28, 14, 12), block("c", -2, 6, 0, 14, 9, roof=GROUND + 4)
    scene = context(buildings3d=(a, b, c))
    assert mean_height(scene, [a], 10.0) == pytest.approx(6.0) and mean_height(scene, [c], 10.0) == pytest.approx(4.0)
    assert mean_height(scene, [a, b], 10.0) == pytest.approx((16 * 6 + 32 * 12) / 48) and mean_height(scene, [a, b], 100.0) == pytest.approx((16 * 6 + 64 * 12) / 80)
    assert mean_height(scene, [block("f", 16, 6, 18, 14, 0.05)], 10.0) == pytest.approx(0.1)
    far = [block("x", 100, 0, 110, 9, 4), block("y", 200, 0, 210, 90, 8)]
    assert mean_height(scene, far, 10.0) == pytest.approx(6.0)  # none lies within: each counts once
    assert mean_height(scene, [replace(a, ground_nap=GROUND + 2)], 10.0) == pytest.approx(4.0)


@pytest.mark.parametrize(("radius", "found"), [(1.9, []), (2.0, ["a"]), (6.0, ["a", "b"])])
def test_the_buildings_within_a_radius_that_stay(radius, found):
    models = (block("a", 16, 6, 18, 14, 6), block("b", 20, 6, 28, 14, 12), block("under", 6, 6, 14, 14, 3), replace(block("e", 14, 6, 15, 7, 3), triangles=np.zeros((0, 3, 3))))
    assert [b.fid for b in surrounding(context(buildings3d=models), radius)] == found
    assert [b.fid for b in surrounding(context(buildings3d=models, answers={"demolition": ["a"]}), radius)] == [fid for fid in found if fid != "a"]


def test_the_height_of_a_design_above_peil_the_ground_or_itself():
    low = box_part(6, 6, 14, 14, 0.5, 8)
    assert design_height(context(low)) == 8.0
    floor = {"peil": {"method": "floor_level", "nap_m": None}}
    assert design_height(context(low, answers=floor)) == pytest.approx(8.0) and design_height(context(low, answers=floor, terrain=None, topography=())) == pytest.approx(7.5)


@pytest.mark.parametrize(("value", "fine"), [(2, True), (0.1, True), (0, False), (-1, False), (True, False), ("2", False), (float("inf"), False)])
def test_a_number_of_the_rule_above_nothing(value, fine):
    own = rule(measure={"max_ratio": value})
    if fine:
        assert positive(own, "max_ratio", 1.5) == value and positive(own, "other", 1.5) == 1.5
    else:
        with pytest.raises(NormError, match="max_ratio"):
            positive(own, "max_ratio", 1.5)


@pytest.mark.parametrize(("high", "verdict", "ratio"), [(8.9, "complies", 1.4833), (9.5, "needs_judgement", 1.5833), (9.0, "needs_judgement", 1.5)])
def test_a_study_is_needed_from_one_and_a_half_times_the_mean_height(high, verdict, ratio):
    """At 1.5 itself the doubt of both heights leaves it open; ``limit`` says another number."""
    around = (block("a", 16, 6, 18, 14, 6),)
    found = run("sun_trigger", box_part(6, 6, 14, 14, 0, high), site=scenes.site(buildings3d=around))
    measured = {m.name: m.value for m in found.measurements}
    doubt = found.measurements[0].sources[0].value
    assert (measured["height_ratio"], measured["design_height"], measured["surrounding_height"]) == (ratio, high, 6.0) and doubt == round(float(np.hypot(1, high / 6)) * 0.1 / 6, 4)
    assert found.verdict.value == (verdict if abs(ratio - 1.5) > doubt else "needs_judgement")
    assert run("sun_trigger", box_part(6, 6, 14, 14, 0, high), site=scenes.site(buildings3d=around), limit=Limit("<=", "", 2.0)).verdict.value == "complies"


@pytest.mark.parametrize(("high", "code"), [(8.4, "sun_study_not_needed"), (9.0, "sun_study_unsure"), (9.6, "sun_study_needed")])
def test_a_study_is_said_to_be_needed_above_the_limit_and_not_at_it(high, code):
    around = (block("a", 16, 6, 18, 14, 6),)
    found = run("sun_trigger", box_part(6, 6, 14, 14, 0, high), site=scenes.site(buildings3d=around))
    assert code in [note.code for note in found.notes]


@pytest.mark.parametrize(("high", "answer", "code"), [(10.0, "ja", "sun_study_court"), (9.9, "ja", None), (10.0, "nee", None)])
def test_an_inner_court_from_ten_metres_on(high, answer, code):
    around = (block("a", 16, 6, 18, 14, 20),)
    found = run("sun_trigger", box_part(6, 6, 14, 14, 0, high), site=scenes.site(buildings3d=around), answers={"inner_court": answer})
    assert ("sun_study_court" in [note.code for note in found.notes]) is bool(code)
    open_ = run("sun_trigger", box_part(6, 6, 14, 14, 0, high), site=scenes.site(buildings3d=around))
    assert [question.key for question in open_.questions] == (["inner_court"] if high >= 10 else [])


# what a dwelling says

RECEPTORS = (
    Receptor((ORIGIN[0], ORIGIN[1], 2.126), (0.0, -1.0, 0.0), "facade", "p", 180.0, 0), Receptor((ORIGIN[0] + 2, ORIGIN[1], 4.9), (1.0, 0.0, 0.0), "facade", "p", 90.0, 1), Receptor((ORIGIN[0] + 4, ORIGIN[1], 2.1), None, "facade", "p", None, 0),
)
DAYS = (datetime.date(2027, 2, 19), datetime.date(2027, 3, 21))


def study(before, after, blocker=None):
    minutes = SimpleNamespace(before=np.array(before, float), after={"proposed": np.array(after, float)}, suns=SimpleNamespace(dates=DAYS), empty=np.full((3, 2), 400.0))
    return SimpleNamespace(minutes=minutes, receptors=RECEPTORS, blocker=lambda row, day: blocker, notes=(Note.of("last"),))


STUDY = study([[200, 210], [150, 160], [100, 100]], [[100, 105.04], [140, 150], [90, 95]])
RESULTS = [PointResult(0, 1, BAD, "sun_falls_below"), PointResult(1, 0, GOOD, "sun_enough"), PointResult(2, 0, NONE, "sun_never_reaches")]
DWELLING = SimpleNamespace(addresses=("a",), basis="bag", building=SimpleNamespace(fid="p"))


def said(norm=None, results=RESULTS, dwelling=DWELLING, about=STUDY):
    return [(note.code, note.as_dict()) for note in sun_hours_facade.notes(about, norm or SunNorm(), dwelling, results, results[0])]


def test_a_dwelling_says_what_decides_where_and_how_many_points_count():
    assert said() == [
        ("sun_falls_below", {"before": 210.0, "after": 105.0, "limit": 120.0, "change": -105.0, "percent": 50.0, "date": "2027-03-21"}), ("sun_decisive_place", {"floor": 0, "facade": 180.0, "height": 2.13}),
        ("sun_points", {"count": 3, "counted": 2, "failing": 1}), ("sun_some_points_fail", {"failing": 1, "counted": 2}), ("last", {}),
    ]
    assert [code for code, _ in said(SunNorm(guessed=False))] == ["sun_falls_below", "sun_decisive_place", "sun_points", "last"]
    assert [code for code, _ in said(results=RESULTS[:1])] == ["sun_falls_below", "sun_decisive_place", "sun_points", "last"]
    assert "sun_facades_added" in [code for code, _ in said(SunNorm(add_facades=True))]
    assert said(about=study([[0, 0]] * 3, [[0, 0]] * 3))[0][1]["percent"] == 0.0
    assert said(about=study([[200, 200]] * 3, [[100, 100]] * 3, Note.of("sun_blocked_by_design")))[-2][0] == "sun_blocked_by_design"


@pytest.mark.parametrize(("addresses", "basis", "code"), [((), "assumed", "sun_assumed_dwelling"), ((), "bag", "sun_no_address"), (("a", "b"), "bag", "sun_several_addresses"), (("a",), "bag", None)])
def test_whose_dwelling_it_is(addresses, basis, code):
    found = [code for code, _ in said(dwelling=SimpleNamespace(addresses=addresses, basis=basis, building=SimpleNamespace(fid="p")))]
    assert [one for one in found if one.startswith(("sun_assumed", "sun_no_add", "sun_several"))] == ([code] if code else [])


def test_receptors_are_shown_with_their_change_the_deciding_one_first():
    found = sun_hours_facade.evidence(STUDY, RESULTS, RESULTS[1])
    assert [round(piece.value, 2) for piece in found] == [-10.0, -104.96, -10.0] and [piece.note.as_dict()["facade"] for piece in found] == [90.0, 180.0, None]
    assert found[1].note.as_dict() == {"pand": "p", "bearing": 180.0, "floor": 0, "facade": 180.0, "before": 210.0, "after": 105.0, "date": "2027-03-21", "verdict": "violates"}
    assert [bearing_of(receptor) for receptor in RECEPTORS] == [180.0, 90.0, None] and bearing_of(replace(RECEPTORS[0], normal=(-1.0, 1.0, 0.0))) == 315.0


def test_windows_are_shown_with_their_least_minutes_and_its_day():
    windows = SimpleNamespace(after=STUDY.minutes.after, suns=STUDY.minutes.suns, receptors=RECEPTORS)
    found = window_evidence(windows, np.array([True, False, True]), SunNorm())
    assert [(piece.value, piece.note.code, piece.note.as_dict()["date"]) for piece in found] == [(100.0, "sun_window", "2027-02-19"), (140.0, "sun_window_never", "2027-02-19"), (90.0, "sun_window", "2027-02-19")]
    assert found[0].note.as_dict() == {"window": "p", "minutes": 100.0, "limit": 120.0, "date": "2027-02-19"} and found[0].unit == "min"


# what a shadow study says


def plot(name, kind, own, extra, existing=10.04):
    return SimpleNamespace(plot=SimpleNamespace(name=name, kind=kind, own=own), extra_m2=extra, existing_m2=existing)


def moment(*plots, lit=True, extra=80.0):
    return SimpleNamespace(time=np.datetime64("2027-03-21T11:00:00"), clock="12:00 CET", altitude_deg=38.06, plots=plots, extra=SimpleNamespace(area=extra), lit=lit, others=tuple(p for p in plots if not p.plot.own), others_m2=sum(p.extra_m2 for p in plots if not p.plot.own))


def told(*moments, plots=True):
    about = SimpleNamespace(ground_nap=1.234, moments=moments)
    return [(note.code, note.as_dict()) for note in shadow_study.notes(about, moments[0], plots)]


def test_a_shadow_study_says_its_ground_its_moments_and_the_plots_of_others():
    worst = moment(plot("A", "parcel", False, 20.06), plot("own", "parcel", True, 50.0), plot("B", "garden", False, 12.0))
    found = told(worst, moment(lit=False))
    assert found[0] == ("sun_shadow_method", {"ground": 1.23, "count": 2, "dark": 1})
    when = {"date": "2027-03-21", "clock": "12:00 CET", "altitude": 38.1}
    assert found[1:3] == [("sun_shadow_parcel", {"name": "A", "existing": 10.0, "extra": 20.1, **when}), ("sun_shadow_garden", {"name": "B", "existing": 10.0, "extra": 12.0, **when})]
    assert told(worst, plots=False)[1] == ("sun_shadow_no_plots", {})
    assert told(moment(plot("B", "garden", False, 12.0)))[1][0] == "sun_shadow_yards_only" and told(moment(plot("B", "garden", False, 12.0)), worst)[1][0] == "sun_shadow_garden"
    many = moment(*(plot(str(n), "parcel", False, 1.0) for n in range(10)))
    assert sum(code == "sun_shadow_parcel" for code, _ in told(many)) == 8
    assert (shadow_study.counted(worst, True), shadow_study.counted(worst, False)) == (32.06, 80.0) and shadow_study.moment_name(worst) == "2027-03-21 12:00 CET"


@pytest.mark.parametrize("order", [1, -1])
def test_on_plots_that_are_not_known_the_moment_with_the_most_shadow_decides(order):
    """Ten and fifty square metres beyond the parcels that are known; on a known plot of others four."""
    asked = []
    small, wide = (replace_extra(moment(plot("A", "parcel", False, 4.0)), shapely.box(0, 0, width, 5)) for width in (2, 10))
    missed = []
    about = SimpleNamespace(
        knows=lambda layer: False, looks=lambda *words, **more: asked.append((words, more)) or bool(words[2:]), site=SimpleNamespace(buildings3d=(), registered_buildings=(), topography=()),
        ledger=SimpleNamespace(missed=missed.append),
    )
    shadow_study.looks(about, SimpleNamespace(moments=(small, wide)[::order]), small, True)
    (layer, _, where), more = asked[0]
    assert (layer, where.area, more) == ("parcels", 50.0, {"most": 46.0})
    asked.clear()
    shadow_study.looks(about, SimpleNamespace(moments=(small,)), wide, False)  # without a limit of its own no plot decides
    assert [words[0] for words, _ in asked] == ["buildings3d"]


def replace_extra(one, extra):
    one.extra = extra
    return one


def test_an_extra_shadow_without_a_limit_is_for_the_officer():
    neighbour = scenes.site(buildings3d=(), terrain=None)
    found = run("shadow_study", box_part(14, 6, 19, 14, 0, 8), site=neighbour, dates=["03-21"], hours=[15])
    assert found.verdict is Verdict.NEEDS_JUDGEMENT and found.measurements[0].value > 20 and found.measurements[0].sources[0].value == round(0.02 * found.measurements[0].value, 2)
    assert found.measurements[1].value >= found.measurements[0].value and found.measurements[2].value == 0.0 and found.measurements[0].at == "2027-03-21 15:00 CET"


@pytest.mark.parametrize(("most", "verdict"), [(115.0, Verdict.NOT_APPLICABLE), (120.0, Verdict.COMPLIES)])
def test_a_place_that_gets_just_the_minutes_of_the_norm_is_judged(most, verdict):
    """Two hours are asked: with nothing around it the worst of two days has 115 or 120 minutes; nothing is taken away."""
    sun = np.array([[150.0, most]])
    study = SimpleNamespace(minutes=SimpleNamespace(empty=sun, before=sun, after={PROPOSED: sun}, suns=SimpleNamespace(dates=("a", "b"))))
    found = worst_day(study, SunNorm(minutes=120.0), 0)
    assert (found.day, found.verdict) == (1, verdict) and (found.reason == "sun_never_reaches") is (verdict is Verdict.NOT_APPLICABLE)
