"""Two houses that stand against each other in one file: a norm about a building may be about each of them, whatever the parcels."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from shapely import box

import scenes
from drieluik.checks.engine.houses import _parcel
from drieluik.model import Verdict
from one_rule import PEIL, run
from scenes import box_part

COMPLIES, VIOLATES, JUDGE = Verdict.COMPLIES, Verdict.VIOLATES, Verdict.NEEDS_JUDGEMENT
TWO = (box_part(4, 5, 11, 14, 0, 6, fid="woning 1"), box_part(11, 5, 18, 14, 0, 6, fid="woning 2"))
LOW = (TWO[0], box_part(11, 5, 18, 14, 0, 3.2, fid="aanbouw"))
STACKED = (TWO[0], box_part(4, 5, 11, 14, 6, 9, fid="verdieping"))


def judged(check, parts, value, answers=None, **measure):
    site = scenes.site(registered_buildings=(), buildings3d=())
    unit = "m3" if check == "max_volume" else "m2"
    return run(check, *parts, value=value, unit=unit, site=site, answers={**PEIL, "parcels": ["1"], **(answers or {})}, **measure)


@pytest.mark.parametrize(("check", "value", "op", "verdict"), [
    ("max_area", 100.0, "<=", JUDGE), ("max_area", 60.0, "<=", VIOLATES), ("max_area", 130.0, "<=", COMPLIES), ("min_area", 100.0, ">=", JUDGE),
    ("max_volume", 500.0, "<=", JUDGE), ("max_volume", 300.0, "<=", VIOLATES), ("max_volume", 800.0, "<=", COMPLIES),
])
def test_each_of_two_houses_or_both(check, value, op, verdict):
    """Each 63 m2 and 378 m3."""
    words = {"volume_base": "underside"} if check == "max_volume" else {}
    found = judged(check, TWO, value, op=op, **words)
    assert found.verdict is verdict and ("each_building" in {one.key for one in found.questions}) is (verdict is JUDGE)
    if verdict is JUDGE:
        told = [judged(check, TWO, value, {"each_building": word}, op=op, **words).verdict for word in ("yes", "no")]
        assert told == ([VIOLATES, COMPLIES] if check == "min_area" else [COMPLIES, VIOLATES])


@pytest.mark.parametrize("parts", [LOW, STACKED, (TWO[0], box_part(11, 5, 13, 14, 0, 6, fid="trappenhuis"))])
def test_a_lower_a_small_or_a_higher_piece_is_of_the_same_building(parts):
    found = judged("max_area", parts, 62.0)
    assert found.verdict is VIOLATES and not found.questions


WALLS = tuple(
    box_part(*xy, 0, 6, fid=f"wand {n}") for n, xy in enumerate(((4, 5, 11, 5.3), (4, 13.7, 11, 14), (4, 5.3, 4.3, 13.7), (10.7, 5.3, 11, 13.7)))
)


@pytest.mark.parametrize(("value", "verdict"), [(300.0, JUDGE), (500.0, COMPLIES), (45.0, JUDGE)])
def test_walls_and_a_floor_without_a_roof_are_no_mass(value, verdict):
    """7 x 9 m, walls of 6 m: at most 391 m3 where it is a house, nothing where it is none."""
    assert judged("max_volume", (*WALLS, box_part(4, 5, 11, 14, -0.2, 0, fid="vloer")), value, volume_base="underside").verdict is verdict


@pytest.mark.parametrize(("west", "parcel"), [(19.97, "1"), (20.0, "")])
def test_a_house_stands_on_the_only_parcel_that_is_known_with_however_little(west, parcel):
    """3 dm2 of it, and nothing but the line."""
    site = scenes.site(parcels=scenes.site().parcels[:1])
    assert _parcel(scenes.shift(box(west, 5, 28, 15)), SimpleNamespace(site=site)) == parcel
