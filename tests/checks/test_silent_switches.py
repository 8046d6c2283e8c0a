"""What a rule does not say of how it is measured is asked, where the two ways give another verdict."""

from __future__ import annotations

import numpy as np
import pytest

import scenes
from drieluik.model import Part, TopographyObject, Verdict
from one_rule import run
from scenes import box, box_part, shift, to_rd

PENT = Part("pent", to_rd([(5, 5, 0), (12, 5, 0), (12, 13, 0), (5, 13, 0), (5, 5, 2.6), (12, 5, 2.6), (12, 13, 6.2), (5, 13, 6.2)]),
            scenes.BOX_FACES.copy(), "building", closed=True)


def asked(found):
    return [question.key for question in found.questions]


def test_the_high_side_of_a_pent_roof():
    found = run("max_eaves_height", PENT, value=4.0)
    assert (found.verdict, asked(found)) == (Verdict.NEEDS_JUDGEMENT, ["pent_roof"])
    assert run("max_eaves_height", PENT, value=4.0, answers={"pent_roof": "beide zijden"}).verdict is Verdict.VIOLATES
    assert run("max_eaves_height", PENT, value=4.0, pent_roof="low_side").verdict is Verdict.COMPLIES
    assert run("max_eaves_height", PENT, value=6.5).verdict is Verdict.COMPLIES and run("max_eaves_height", PENT, value=2.0).verdict is Verdict.VIOLATES


def overhanging():
    walls = box_part(5, 5, 12, 13, 0, 3.0, kind="wall", fid="walls")
    roof = np.array([(4.4, 4, 2.4), (12.6, 4, 2.4), (12.6, 9, 6.4), (4.4, 9, 6.4), (12.6, 14, 2.4), (4.4, 14, 2.4)])
    under = roof - [0, 0, 0.2]
    faces = [(0, 1, 2), (0, 2, 3), (3, 2, 4), (3, 4, 5), (6, 8, 7), (6, 9, 8), (9, 10, 8), (9, 11, 10), (0, 6, 7), (0, 7, 1), (5, 4, 10), (5, 10, 11),
             (0, 3, 9), (0, 9, 6), (3, 5, 11), (3, 11, 9), (1, 7, 8), (1, 8, 2), (2, 8, 10), (2, 10, 4)]
    return walls, Part("roof", to_rd(np.vstack([roof, under])), np.array(faces), "roof", closed=True)


def test_where_the_eaves_are_measured():
    found = run("max_eaves_height", *overhanging(), value=2.8)
    assert (found.verdict, asked(found)) == (Verdict.NEEDS_JUDGEMENT, ["eaves_at"])
    for word, verdict in (("druiplijn", Verdict.COMPLIES), ("gevelvlak", Verdict.VIOLATES)):
        assert run("max_eaves_height", *overhanging(), value=2.8, answers={"eaves_at": word}).verdict is verdict


@pytest.mark.parametrize(("limit", "verdict", "open_points"), [(12.0, Verdict.NEEDS_JUDGEMENT, ["counts"]), (20.0, Verdict.COMPLIES, []), (5.0, Verdict.VIOLATES, [])])
def test_what_the_map_has_beside_buildings(limit, verdict, open_points):
    roof = TopographyObject("o1", "overigbouwwerk", shift(box(2, 30, 8, 38)), "overkapping")  # 48 m2 of 800; the house 80 m2
    found = run("max_coverage_pct", box_part(5, 5, 13, 15, 0, 5), unit="%", value=limit, site=scenes.site(topography=(roof,), registered_buildings=()),
                answers={"parcels": ["1"]}, denominator="bouwperceel")
    assert (found.verdict, asked(found)) == (verdict, open_points)
