"""A7: the worked numbers, open models, basements, party walls."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shapely import box

import scenes
from drieluik.model import PlanValue, Verdict
from one_rule import PEIL, rd, roles, run, run_all, values
from scenes import GROUND, box_part, gable_part, plan_area

COMPLIES, VIOLATES, JUDGE, UNKNOWN = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT, Verdict.NOT_ASSESSABLE


def volume(*parts, value=600.0, op="<=", **words):
    return run("max_volume", *parts, op=op, value=value, unit="m3", **words)


HOUSE = gable_part(5, 5, 15, 13, 6, 9)  # 10 x 8 x 6 with a roof of 8 m span, 3 m high: 480 + 120


def test_worked_house():
    assert volume(box_part(5, 5, 15, 13, 0, 6)).measurements[0].value == pytest.approx(480.0)
    found = volume(HOUSE)
    assert (found.verdict, found.measurements[0].value) == (COMPLIES, pytest.approx(600.0, abs=1e-6))
    assert [volume(HOUSE, op=op).verdict for op in ("<=", "<")] == [COMPLIES, VIOLATES]
    assert volume(HOUSE, value=590.0).verdict is VIOLATES


def test_from_the_top_of_the_floor():
    floor = {"ground_floor": {"underside_nap_m": GROUND, "top_nap_m": GROUND + 0.35}}
    found = volume(HOUSE, volume_base="top", answers=floor, value=590.0)
    assert (found.verdict, found.measurements[0].value) == (COMPLIES, pytest.approx(572.0, abs=1e-6))
    assert volume(HOUSE, volume_base="underside", answers=floor, value=590.0).verdict is VIOLATES
    silent = volume(HOUSE, answers=floor, value=590.0)  # 600 m3 from the underside, 572 from the top, and nobody read which
    assert (silent.verdict, [q.key for q in silent.questions]) == (JUDGE, ["volume_base"])
    assert volume(HOUSE, answers={**floor, "volume_base": "top"}, value=590.0).verdict is COMPLIES
    assert volume(HOUSE, volume_base="top").verdict is COMPLIES  # 600 m3 from its foot, and less from any floor
    unknown = volume(HOUSE, volume_base="top", value=590.0)
    assert (unknown.verdict, unknown.questions[0].key) == (UNKNOWN, "ground_floor")


def test_a_dormer_counts_as_far_as_it_sticks_out():
    """A box of 2 x 1.5 x 1.2 m of which half (1.8 m3) lies above the roof: its middle plane is the roof's."""
    x0, y0, z0 = 9.0, 6.0, 6.75  # the south plane rises 3 m in 4 m: z = 6 + 0.75 (y - 5)
    parts = [HOUSE, box_part(x0, y0, x0 + 2, y0 + 1.5, z0 - 0.6 + 0.5625, z0 + 0.6 + 0.5625, fid="dormer")]
    assert np.isclose(z0 + 0.5625, 6 + 0.75 * (y0 + 0.75 - 5))
    found = volume(*parts)
    assert (found.verdict, found.measurements[0].value) == (VIOLATES, pytest.approx(601.8, abs=1e-6))


def test_an_open_model_is_an_estimate_with_three_percent():
    opened = replace(HOUSE, faces=np.delete(HOUSE.faces, [6, 7], axis=0), closed=False)  # without its bottom
    found = volume(opened, value=610.0)
    assert (found.verdict, found.measurements[0].value) == (JUDGE, pytest.approx(600.0, rel=0.01))
    assert [s.name for s in found.measurements[0].sources] == ["open_model"]
    assert volume(opened, value=700.0).verdict is COMPLIES
    assert volume(opened, value=500.0).verdict is VIOLATES


def test_golden_house_is_780():
    assert volume(gable_part(0, 5, 10, 15, 5.8, 9.8), value=780.0).measurements[0].value == pytest.approx(780.0, abs=1e-6)


def test_a_basement_does_not_count_unless_the_plan_says_so():
    parts = [HOUSE, box_part(5, 5, 15, 13, -3, 0, fid="basement")]
    found = volume(*parts)
    assert (found.verdict, found.questions[0].key) == (JUDGE, "ground_floor")  # 600 from peil, 840 from the lowest point
    floor = {"ground_floor": {"underside_nap_m": GROUND}}
    assert volume(*parts, answers=floor).measurements[0].value == pytest.approx(600.0, abs=1e-6)
    assert volume(*parts, count_basement=True).measurements[0].value == pytest.approx(840.0, abs=1e-6)
    assert volume(*parts, value=900.0).verdict is COMPLIES  # in both readings


def test_the_models_own_floor_is_the_base():
    slab = box_part(5, 5, 15, 13, -0.35, 0, kind="slab", fid="floor")
    walls = gable_part(5, 5, 15, 13, 6, 9, kind="wall")
    found = volume(walls, slab, value=700.0)
    assert values(found)["volume_base"] == pytest.approx(GROUND - 0.35)
    assert found.measurements[0].value == pytest.approx(628.0, rel=0.002)


def test_chimneys_do_not_count_and_bodies_count_once():
    chimney = box_part(9, 8, 10, 9, 6, 11, kind="chimney", fid="chimney")
    assert volume(HOUSE, chimney).measurements[0].value == pytest.approx(600.0, abs=1e-6)
    assert volume(HOUSE, box_part(6, 6, 8, 8, 0, 3, fid="inside")).measurements[0].value == pytest.approx(600.0, abs=1e-6)


def test_party_wall_and_zone_cut_the_volume():
    lines = {"party_walls": {"lines": [rd([14.85, 0], [14.85, 20])]}}
    assert volume(HOUSE, answers={**PEIL, **lines}).measurements[0].value == pytest.approx(600.0 * 9.85 / 10, abs=1e-3)
    plans = tuple(
        plan_area(f"m{x}", "maatvoering", "v", box(x, 0, x + 10, 20), PlanValue("volume", "maximum", v, "m3", f"maximum volume (m3)={v}"))
        for x, v in ((0, 250.0), (10, 300.0))
    )
    found = run_all("max_volume", HOUSE, site=scenes.site(plans=plans, registered_buildings=()))
    assert [(f.verdict, f.measurements[0].value) for f in found] == [(VIOLATES, pytest.approx(600.0, abs=1e-3)), (JUDGE, pytest.approx(600.0, abs=1e-3))]
    part = run_all("max_volume", HOUSE, site=scenes.site(plans=plans, registered_buildings=()), answers={"zone_part": "deel in het vlak"})
    assert [(f.verdict, f.measurements[0].value) for f in part] == [(VIOLATES, pytest.approx(300.0, abs=1e-3)), (COMPLIES, pytest.approx(300.0, abs=1e-3))]


def test_evidence():
    assert roles(volume(HOUSE)) == {"counted_volume", "built_area", "section_line"}


def test_what_lies_under_a_body_that_stands_higher_than_the_floor_may_be_its_own():
    """Walls, a roof and a floor from 0.4 m below peil (6 x 7 m, 5.2 m high from there: 218.4 m3), and a closed annex of 4 x 3 x 2.5 m (30 m3) on peil: 4.8 m3 under it."""
    x0, y0, x1, y1, low, top = 5, 5, 11, 12, -0.4, 4.8
    walls = [(x0, y0, x1, y0 + 0.3), (x0, y1 - 0.3, x1, y1), (x0, y0 + 0.3, x0 + 0.3, y1 - 0.3), (x1 - 0.3, y0 + 0.3, x1, y1 - 0.3)]
    parts = [box_part(*wall, low, top - 0.2, kind="wall", fid=f"w{number}") for number, wall in enumerate(walls)]
    parts += [box_part(x0, y0, x1, y1, top - 0.2, top, kind="roof", fid="roof"), box_part(x0 + 0.3, y0 + 0.3, x1 - 0.3, y1 - 0.3, low, 0.0, kind="slab", fid="floor")]
    annex = box_part(x1, 6, x1 + 4, 9, 0.0, 2.5, fid="annex")
    assert [volume(*parts, value=value, volume_base="underside").verdict for value in (216.0, 221.0)] == [VIOLATES, COMPLIES]
    asked = [volume(*parts, annex, value=value, volume_base="underside").verdict for value in (246.0, 250.0, 252.0, 256.0)]
    assert asked == [VIOLATES, JUDGE, JUDGE, COMPLIES]
