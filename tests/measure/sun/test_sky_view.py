"""What a point sees of the sky, and who takes its sun: walls of which the height in degrees is known."""

from __future__ import annotations

import datetime
from dataclasses import replace

import numpy as np
import pytest
from shapely import box

from drieluik.measure.sun.receptors import Receptor
from drieluik.measure.sun.sky_view import ALTITUDES, AZIMUTHS, blocking_of, sky_view
from drieluik.measure.sun.sun_position import suns_at
from drieluik.measure.sun.sun_review import BEHIND, FREE, point_study
from drieluik.model import Building3D, RegisteredBuilding
from scenes import GROUND, ORIGIN, box_part, design, shift, site

DATE = datetime.date(2027, 3, 21)
POINT = Receptor((ORIGIN[0], ORIGIN[1], GROUND + 1.5), (0.0, -1.0, 0.0), "facade", "home", 180.0)


def block(fid, x0, y0, x1, y1, high):
    body = box_part(x0, y0, x1, y1, 0, high).triangles
    return Building3D(fid, body, np.array(["wall"] * len(body)), "2.2", GROUND, GROUND + high)


def scene(*blocks, **changes):
    return site(buildings3d=blocks, terrain=None, registered_buildings=(), parcels=(), **changes)


def view(here, made, receptor=POINT, answers=None, **words):
    return sky_view(blocking_of(here, made, answers or {}, {}), receptor, ORIGIN, DATE, **words)


def seen(found, altitude, azimuth):
    """Return who is seen in a direction (degrees)."""
    cell = found.sky[int(altitude), int((azimuth - 40) / 0.5)]
    return {FREE: "free", BEHIND: "behind"}.get(int(cell)) or found.owners[cell]


FAR = design(box_part(500, 500, 510, 510, 0, 3))
WALL = block("w", -30, -21, 30, -20, 21.5)
"""Twenty metres above the point at 20 m: up to 45 degrees straight south, and 56 degrees to either side."""


def test_a_long_wall_takes_the_sky_up_to_its_height():
    found = view(scene(WALL), FAR)
    assert found.sky.shape == (66, 560) == (len(ALTITUDES), len(AZIMUTHS)) and (AZIMUTHS[0], ALTITUDES[0], AZIMUTHS[-1], ALTITUDES[-1]) == (40.25, 0.5, 319.75, 65.5)
    assert [seen(found, altitude, 180) for altitude in (2, 43, 46, 60)] == [("building", "w"), ("building", "w"), "free", "free"]
    assert seen(found, 34, 135) == ("building", "w") and seen(found, 36, 135) == "free"  # farther along the wall: 35.3 degrees
    assert seen(found, 5, 125) == ("building", "w") and seen(found, 5, 122) == "free"
    assert seen(found, 30, 80) == "behind" == seen(found, 5, 290) and seen(view(scene(WALL), FAR, replace(POINT, normal=None)), 30, 80) == "free"


def test_the_receptors_own_building_and_the_design_are_told_apart():
    own, near = block("home", 5, -12, 9, -3, 30), design(box_part(-9, -12, -5, -3, 0, 30))
    found = view(scene(WALL, own), near)
    assert [seen(found, 20, azimuth) for azimuth in (140, 180, 220)] == [("own", "home"), ("building", "w"), ("design", "A")]
    assert sorted(kind for kind, _ in found.owners) == ["building", "design", "own", "terrain"]
    assert seen(view(scene(WALL, own), near, replace(POINT, building="other")), 20, 140) == ("building", "home")


def test_minutes_of_sun_and_who_takes_the_rest():
    whole = view(scene(), FAR, step_min=4.0)
    assert whole.minutes == 4.0 * int((whole.path == FREE).sum()) > 300 and whole.blocked == ()
    found = view(scene(WALL), FAR, step_min=4.0)
    (taken,) = found.blocked
    assert found.owners[taken[0]] == ("building", "w") and found.minutes + taken[1] == whole.minutes and taken[1] % 4 == 0
    off = np.abs(found.suns.azimuth_deg - 180)
    assert off[found.path >= 0].max() < 57 and off[found.path == FREE].min() > 55  # behind the wall all the time
    both = view(scene(WALL, block("small", -2, -12, -1, -11, 25)), FAR, step_min=4.0)
    assert [both.owners[number] for number, _ in both.blocked] == [("building", "w"), ("building", "small")] and both.blocked[0][1] > both.blocked[1][1]
    assert view(scene(), FAR, min_altitude_deg=30.0).minutes < whole.minutes and view(scene(), FAR).suns.step_min == 2.0


def test_what_is_replaced_demolished_or_a_tree_does_not_stand_in_the_way():
    over = design(box_part(-30, -21, 30, -20, 0, 3))
    assert seen(view(scene(WALL), over), 20, 180) == "free"
    assert seen(view(scene(WALL), FAR, answers={"demolition": ["w"]}), 20, 180) == "free"
    assert blocking_of(scene(WALL), FAR, {}, {"trees": {"transparency": 0.0}}).owners == (("design", "A"), ("building", "w"), ("terrain", ""))


def test_the_study_of_one_point_with_what_was_left_out():
    suns = suns_at(ORIGIN, [DATE], 4.0)
    free = float((suns.directions[:, 1] < 0).sum() * 4)
    tall = design(box_part(-60, -12, 60, -11, 0, 40), name="B")
    study, notes = point_study(scene(), tall, {}, POINT, suns)
    assert study.before[0, 0] == free and study.after["proposed"][0, 0] < free / 3 and [note.code for note in notes] == ["sun_no_terrain", "sun_no_buildings", "sun_trees_left_out"]
    study, notes = point_study(scene(WALL), design(box_part(-30, -21, 30, -20, 0, 3)), {}, POINT, suns)
    assert study.before[0, 0] < free == study.after["proposed"][0, 0] and [dict(note.data) for note in notes if note.code == "sun_replaced"] == [{"pand": "w"}]
    registered = (RegisteredBuilding("w", shift(box(-30, -21, 30, -20))), RegisteredBuilding("bare", shift(box(300, 0, 310, 10))))
    study, notes = point_study(replace(scene(WALL), registered_buildings=registered), FAR, {}, POINT, suns)
    assert [dict(note.data) for note in notes if note.code == "sun_without_model"] == [{"count": 1, "known": 1}]


@pytest.mark.parametrize("turn", [0, 1])
def test_an_empty_sky_is_free_or_behind(turn):
    found = view(scene(), FAR, replace(POINT, normal=(0.0, 1.0 if turn else -1.0, 0.0)))
    assert set(np.unique(found.sky)) == {FREE, BEHIND} and seen(found, 30, 180) == ("behind" if turn else "free")
