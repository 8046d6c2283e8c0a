"""What a rule or a profile leaves out is a part: never the building itself, by whatever kinds it is named."""

from __future__ import annotations

from dataclasses import replace

import pytest

import scenes
from drieluik.checks.engine.exceptions import parts_only
from drieluik.model import Verdict
from one_rule import run, run_all, values
from scenes import box_part

HOUSE = box_part(6, 6, 13, 14, 0, 7.2, fid="house")
CHIMNEY = box_part(8, 8, 8.6, 8.6, 7.2, 8.4, kind="chimney", fid="chimney")
SHELL = tuple(replace(box_part(*corners, kind=kind, fid=kind)) for kind, corners in (("wall", (6, 6, 13, 14, 0, 5.9)), ("roof", (6, 6, 13, 14, 5.9, 7.2))))
EVERY = ["building", "wall", "roof", "slab"]


@pytest.mark.parametrize("kinds", [["building"], ["building", "chimney"], EVERY, [*EVERY, "chimney", "antenna"]])
@pytest.mark.parametrize("parts", [(HOUSE,), (HOUSE, CHIMNEY), SHELL])
def test_a_height_without_the_whole_building_is_no_height(kinds, parts):
    assert run("max_building_height", *parts, value=6.4, exempt_classes=kinds).verdict is Verdict.VIOLATES
    exception = {"id": "parts", "classes": kinds}
    assert run("max_building_height", *parts, value=6.4, exceptions=(exception,)).verdict is Verdict.VIOLATES
    assert run("max_building_height", *parts, value=8.6, exempt_classes=kinds).verdict is Verdict.COMPLIES


def test_parts_still_are_left_out():
    found = run("max_building_height", HOUSE, CHIMNEY, value=7.4, exempt_classes=["chimney", "building"])
    assert (found.verdict, values(found)["height_above_peil"]) == (Verdict.COMPLIES, pytest.approx(7.2))
    shell = {part.kind for part in SHELL}
    assert parts_only(["roof"], shell) == ("roof",) and parts_only(["roof", "wall"], shell) == () and parts_only(["roof", "wall"], {CHIMNEY.kind}) == ("roof", "wall")


def test_a_house_outside_the_bouwvlak_is_no_minor_part():
    outside = box_part(6, 6, 13, 24, 0, 5, fid="house")
    verdicts, plainly = (
        {found.verdict for found in run_all("within_building_plane", outside, value=0.0, unit="m2", minor_overshoot_m=40.0, minor_classes=kinds)}
        for kinds in (EVERY, ["balcony"])
    )
    assert Verdict.COMPLIES not in verdicts and verdicts == plainly


@pytest.mark.parametrize(("check", "limit", "unit"), [("max_area", 40.0, "m2"), ("max_volume", 300.0, "m3")])
def test_nor_in_a_norm_that_the_engine_measures_without_parts(check, limit, unit):
    shed = box_part(6, 20, 8, 22, 0, 2.2, kind="wall", fid="shed")
    exception = {"id": "whole", "classes": ["building"]}
    found = run_all(check, HOUSE, shed, value=limit, unit=unit, exceptions=(exception,), answers={"roles": {"house": "design", "shed": "design"}}, site=scenes.site())
    assert Verdict.COMPLIES not in {one.verdict for one in found}
