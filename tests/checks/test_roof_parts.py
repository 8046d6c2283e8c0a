"""What stands on a roof or goes on past it: pointed dormers, raised ridges, roof edges, dormers in the facade, half-hipped gables."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shapely import box

import scenes
from drieluik.checks.shared.zones import LimitZone
from drieluik.checks.zoning.roof_pitch_range import judge
from drieluik.model import Limit, Note, Part, Verdict
from one_context import context, rule
from one_rule import run, values
from scenes import box_part, gable_part, to_rd

COMPLIES, VIOLATES, ASKED, NOT_HERE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT, Verdict.NOT_APPLICABLE
HOUSE = gable_part(4, 6, 14, 16, 3, 8.5)
"""10 m wide, ridge along x at y 11: the roof rises 1.1 m a metre (47.7 degrees)."""


def pointed(x0, x1, y0, y1, foot, eaves, ridge):
    """A dormer with a roof of its own, the ridge across that of the house."""
    body = gable_part(y0, -x1, y1, -x0, eaves - foot, ridge - foot)
    x, y, z = (body.vertices - np.array([*scenes.ORIGIN, scenes.GROUND])).T
    return Part("punt", to_rd(np.column_stack([-y, x, z + foot])), body.faces.copy(), kind="building", closed=True)


@pytest.mark.parametrize(("eaves", "ridge"), [(5.0, 6.8), (5.2, 6.9), (5.1, 6.0)])
def test_a_pointed_dormer_is_a_dormer_however_steep(eaves, ridge):
    dormer = pointed(7, 10.2, 7, 11, 3.6, eaves, ridge)
    assert [run("dormers", HOUSE, dormer, max_width_pct=limit).verdict for limit in (32.5, 31.5)] == [COMPLIES, VIOLATES]
    assert run("roof_pitch_range", HOUSE, dormer, op=">=", value=47.0, unit="deg").verdict is COMPLIES


def test_a_wing_with_a_roof_of_its_own_is_no_dormer():
    assert run("dormers", HOUSE, pointed(7, 10.2, 3, 11, 0.0, 4.2, 6.4), max_width_pct=31.5).verdict is not COMPLIES


@pytest.mark.parametrize(("front", "top"), [(7.0, 6.0), (7.4, 6.7), (8.1, 6.9)])
def test_the_rise_of_a_dormer_is_that_of_its_front(front, top):
    dormer = box_part(6.5, front, 9.5, 10.6, 3.6, top, fid="dk")
    rise = top - (3.0 + 1.1 * (front - 6.0))
    assert [run("dormers", HOUSE, dormer, max_rise_m=round(rise, 3) + more).verdict for more in (0.005, -0.006)] == [COMPLIES, VIOLATES]


def test_a_raised_ridge_is_no_dormer_and_two_dormers_back_to_back_are():
    assert run("dormers", HOUSE, box_part(6, 9.6, 11, 12.4, 5.5, 9.3, fid="nok"), max_width_pct=37.0).verdict is NOT_HERE
    pair = [box_part(6, 7.5, 11, 11, 3.6, 7.9, fid="zuid"), box_part(6, 11, 11, 14.5, 3.6, 7.9, fid="noord")]
    assert run("dormers", HOUSE, *pair, max_width_pct=49.0).verdict is VIOLATES


def test_the_edge_of_a_dormers_roof_past_its_cheeks_is_asked():
    dormer = [box_part(6.5, 7, 9.5, 10.2, 3.6, 6.0, fid="dk"), box_part(6.25, 6.75, 9.75, 10.2, 6.0, 6.15, fid="rand")]
    assert [run("dormers", HOUSE, *dormer, max_width_m=limit).verdict for limit in (3.55, 3.2, 2.95)] == [COMPLIES, ASKED, VIOLATES]
    for answer, width in (("yes", 3.5), ("no", 3.0)):
        found = run("dormers", HOUSE, *dormer, max_width_m=3.2, answers={"dormer_edges_count": answer})
        assert values(found)["dormer_width"] == pytest.approx(width)
    assert run("dormers", HOUSE, dormer[0], max_width_m=2.95).verdict is VIOLATES


def test_what_goes_on_in_the_plane_of_the_facade_may_be_no_dormer():
    flush = box_part(6.5, 6.0, 9.8, 10.2, 0.4, 6.1, fid="vlaams")
    assert run("max_eaves_height", HOUSE, flush, value=4.0, exclude_dormers=True).verdict is ASKED
    for answer, eaves, width in (("yes", COMPLIES, VIOLATES), ("no", VIOLATES, NOT_HERE)):
        answers = {"flush_is_dormer": answer}
        assert run("max_eaves_height", HOUSE, flush, value=4.0, exclude_dormers=True, answers=answers).verdict is eaves
        assert run("dormers", HOUSE, flush, max_width_m=3.0, answers=answers).verdict is width
    assert run("max_eaves_height", HOUSE, flush, value=6.2, exclude_dormers=True).verdict is COMPLIES
    assert run("max_eaves_height", HOUSE, flush, value=2.9, exclude_dormers=True).verdict is VIOLATES
    assert run("dormers", HOUSE, flush, max_width_m=3.0).verdict is ASKED
    behind = box_part(6.5, 7.0, 9.8, 10.2, 0.4, 6.1, fid="dk")
    assert run("max_eaves_height", HOUSE, behind, value=4.0, exclude_dormers=True).verdict is COMPLIES


def lean_to(x0, y0, x1, y1, foot, front, back):
    """A body of which the roof rises from ``front`` (at y0) to ``back``."""
    body = box_part(x0, y0, x1, y1, foot, front, fid="vlaams")
    corners = body.vertices.copy()
    corners[(corners[:, 2] == corners[:, 2].max()) & (corners[:, 1] == corners[:, 1].max()), 2] += back - front
    return replace(body, vertices=corners)


def test_the_pitch_of_what_goes_on_in_the_plane_of_the_facade_is_no_roofs_and_that_of_a_raised_part_is():
    """At the corner, 3 m wide: from 5.2 up to the ridge (8.5) over 5 m is 33.4 degrees; of the slope 7 x 5 m in plan are left, each 1.487 m2.
    A flat part of 4 x 8 m at 6.0 is seen where the roof is lower: 4 x (3 / 1.1) m and 4 x (8 - 5 - 2.5 / 1.1) m, 13.8 of 141 m2."""
    def planes(part):
        found = run("roof_pitch_range", HOUSE, part, op=">=", value=47.0, unit="deg")
        pitches, areas = ([one.value for one in found.measurements if one.name == name] for name in ("plane_pitch", "plane_area"))
        return found, dict(zip(pitches, areas))

    found, seen = planes(lean_to(4, 6, 7, 11, 0.4, 5.2, 8.5))
    assert found.verdict is COMPLIES and set(seen) == {47.73} and seen[47.73] == pytest.approx(52.0, abs=0.3)
    assert "zoning_dormer_pitch_left_out" in [note.code for note in found.notes]
    found, seen = planes(box_part(4, 6, 8, 14, 0.0, 6.0, fid="plat"))
    assert found.verdict is ASKED and set(seen) == {47.73, 0.0} and seen[0.0] == pytest.approx(13.8, abs=0.3)


def half_hipped(x0, x1, y0, y1, eaves, hip, ridge, back):
    """A gable house of which both gable ends slope back ``back`` m above ``hip``."""
    middle, share = (y0 + y1) / 2, (hip - eaves) / (ridge - eaves)
    ya, yb = y0 + share * (middle - y0), y1 - share * (y1 - middle)
    corners = [
        (x0, y0, 0), (x1, y0, 0), (x1, y1, 0), (x0, y1, 0), (x0, y0, eaves), (x1, y0, eaves), (x1, y1, eaves), (x0, y1, eaves),
        (x0, ya, hip), (x1, ya, hip), (x1, yb, hip), (x0, yb, hip), (x0 + back, middle, ridge), (x1 - back, middle, ridge),
    ]
    sides = [
        (0, 3, 2, 1), (0, 1, 5, 4), (2, 3, 7, 6), (4, 5, 9, 13, 12, 8), (6, 7, 11, 12, 13, 10), (8, 12, 11), (10, 13, 9), (3, 0, 4, 8, 11, 7),
        (1, 2, 6, 10, 9, 5),
    ]
    return Part("wolf", to_rd(corners), np.array([(side[0], b, c) for side in sides for b, c in zip(side[1:], side[2:])]), kind="building", closed=True)


@pytest.mark.parametrize(("answers", "verdict"), [({}, ASKED), ({"half_hips_count": "yes"}, VIOLATES), ({"half_hips_count": "no"}, COMPLIES)])
def test_whether_the_eaves_of_a_half_hipped_gable_count_is_asked(answers, verdict):
    house = half_hipped(4, 14, 6, 16, 3.2, 6.4, 8.6, 1.4)
    assert run("max_eaves_height", house, value=4.5, answers=answers).verdict is verdict
    assert run("max_eaves_height", house, value=6.5, answers=answers).verdict is COMPLIES
    assert run("max_eaves_height", house, value=3.1, answers=answers).verdict is VIOLATES


def test_the_eaves_of_a_hipped_roof_are_no_half_hips():
    house = half_hipped(4, 14, 6, 16, 3.2, 3.2, 8.6, 1.4)
    found = run("max_eaves_height", house, value=3.1)
    assert (found.verdict, [question.key for question in found.questions]) == (VIOLATES, [])


def test_what_is_said_of_a_zone_is_said_where_no_roof_is_in_it_too():
    """A range that holds 20 m beside the house."""
    scene, said = context(HOUSE), (Note.of("zoning_stricter_governs", value=45.0, unit="deg"),)
    zone = LimitZone(Limit(">=", "deg", 45.0), scenes.shift(box(40, 0, 50, 10)), (), Note.of("subject_building"), said)
    found = judge(rule("r", "roof_pitch_range"), scene, zone)
    assert found.verdict is NOT_HERE and found.notes == (*said, Note.of("zoning_no_slope_here"))
