"""A building with a hole in its mesh is measured closed and as drawn; where the two differ somebody says which it is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from drieluik.model import Verdict
from one_rule import run
from scenes import box_part, gable_part

HOUSE = replace(gable_part(5, 5, 12, 14, 3, 6.5), kind="building", closed=True)
BOX = replace(box_part(5, 5, 12, 14, 0, 5), kind="building", closed=True)


def torn(part, *faces):
    return replace(part, faces=np.delete(part.faces, list(faces), axis=0), closed=False)


def asked(found):
    return [question.key for question in found.questions]


@pytest.mark.parametrize(("check", "unit", "value"), [("max_area", "m2", 55.0), ("max_volume", "m3", 250.0)])  # 63 m2, 299 m3
@pytest.mark.parametrize("missing", range(len(HOUSE.faces)))
def test_no_hole_makes_a_house_small_enough(check, unit, value, missing):
    found = run(check, torn(HOUSE, missing), unit=unit, value=value, answers={"parcels": ["1"]})
    assert found.verdict in (Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT)
    assert found.verdict is Verdict.VIOLATES or "open_mesh" in asked(found)


def test_a_house_without_its_lid_is_not_empty():
    lid = np.nonzero((BOX.vertices[BOX.faces][:, :, 2] > BOX.vertices[:, 2].max() - 0.1).all(axis=1))[0]
    open_box = torn(BOX, *lid)
    found = run("max_volume", open_box, unit="m3", value=300.0)
    assert (found.verdict, "open_mesh" in asked(found)) == (Verdict.NEEDS_JUDGEMENT, True)
    closed = run("max_volume", open_box, unit="m3", value=300.0, answers={"open_mesh": "dicht"})
    assert (closed.verdict, closed.measurements[0].value) == (Verdict.VIOLATES, pytest.approx(315.0))


def test_a_hole_that_changes_nothing_is_not_asked():
    found = run("max_building_height", torn(BOX, 4), value=4.5)
    assert (found.verdict, asked(found)) == (Verdict.VIOLATES, [])
    assert "open_mesh" in [premise.key for premise in found.premises]
