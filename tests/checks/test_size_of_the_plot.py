"""A plot whose registered size contradicts its outline: a share of it is firm only where it is on one side with both sizes."""

from __future__ import annotations

import pytest
from shapely import box

import scenes
from drieluik.model import Parcel, Verdict
from one_rule import run
from scenes import box_part, shift

HOUSE = box_part(4, 4, 12, 13, 0, 5)  # 72 m2


@pytest.mark.parametrize(("registered", "limit", "verdict"), [
    (720.0, 12.0, Verdict.COMPLIES), (720.0, 9.0, Verdict.VIOLATES),  # 10 % of what is drawn and registered
    (360.0, 12.0, Verdict.NEEDS_JUDGEMENT), (360.0, 19.0, Verdict.NEEDS_JUDGEMENT), (360.0, 21.0, Verdict.COMPLIES),  # 20 % of what is registered
    (1440.0, 9.0, Verdict.NEEDS_JUDGEMENT), (1440.0, 4.0, Verdict.NEEDS_JUDGEMENT), (1440.0, 21.0, Verdict.COMPLIES), (None, 12.0, Verdict.COMPLIES),
])  # fmt: skip
def test_a_share_of_a_plot_of_two_sizes(registered, limit, verdict):
    plot = Parcel("1", "A 1", shift(box(0, 0, 18, 40)), registered)
    site = scenes.site(parcels=(plot,))
    found = run("max_coverage_pct", HOUSE, value=limit, unit="%", denominator="bouwperceel", site=site, answers={"parcels": ["1"]})
    assert found.verdict is verdict
    assert ("doubt_parcel_size" in [note.code for note in found.notes]) is (registered in (360.0, 1440.0))
