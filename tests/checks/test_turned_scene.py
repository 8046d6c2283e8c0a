"""The whole world turned and moved: plot, plan, neighbours, lines and design together. No verdict and no number may change."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from said import said as subject
from shapely import LineString, affinity, box

import scenes
from drieluik.model import Limit, PlanValue
from one_rule import PEIL, run_all
from scenes import box_part, gable_part, plan_area

TURNS = (11.0, 45.0, 137.0, 270.0)
TIED = ("distance_to_centre",)
"""Where a whole ridge stands equally high above a level any of its points may be told."""


class World:
    """The scene turned by ``degrees`` about the plot's middle and moved by ``by`` (m)."""

    def __init__(self, degrees: float, by: tuple[float, float]) -> None:
        self.degrees, self.by = degrees, by
        self.middle = (scenes.ORIGIN[0] + 10, scenes.ORIGIN[1] + 20)

    def shape(self, geometry):
        return affinity.translate(affinity.rotate(geometry, self.degrees, origin=self.middle), *self.by)

    def points(self, *local):
        moved = self.shape(LineString([(x + scenes.ORIGIN[0], y + scenes.ORIGIN[1]) for x, y in local]))
        return [list(point) for point in moved.coords]

    def point(self, x, y):
        return self.points((x, y), (x + 1, y))[0]

    def part(self, part):
        angle = np.radians(self.degrees)
        xy = (part.vertices[:, :2] - self.middle) @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        return replace(part, vertices=np.column_stack([xy + self.middle + np.array(self.by), part.vertices[:, 2]]))

    def site(self):
        value = PlanValue("bouwhoogte", "maximum", 6.0, "m NAP", "maximum bouwhoogte (m NAP)=6")
        plans = (
            plan_area("b", "bouwvlak", "bouwvlak", box(5, 5, 15, 17)),
            plan_area("d", "maatvoering", "diepte", box(5, 5, 15, 17), PlanValue("diepte", "maximum", 9.0, "m", "maximum diepte (m)=9")),
            plan_area("g", "figuur", "gevellijn", LineString([(5, 5), (15, 5)])), plan_area("h", "figuur", "hartlijn", LineString([(-40, 30), (60, 30)])),
            plan_area("a", "dubbelbestemming", "Waarde - Archeologie 2", box(8, -20, 60, 60)),
            plan_area("l", "gebiedsaanduiding", "luchtvaartverkeerzone", box(-50, -50, 10, 50), value),
            plan_area("m", "gebiedsaanduiding", "vrijwaringszone - molenbiotoop", box(-50, -50, 12, 50)),
        )
        found = scenes.site(plans=plans, terrain=None, buildings3d=(), trees=())
        turned = {
            layer: tuple(replace(item, geometry=self.shape(item.geometry)) for item in getattr(found, layer))
            for layer in ("plans", "parcels", "registered_buildings", "topography")
        }
        return replace(found, centre=self.points((10, 10), (11, 10))[0], **turned)

    def design(self):
        return tuple(self.part(part) for part in (gable_part(6, 4.6, 15, 16, 5, 8, fid="house"), box_part(2, 28, 6, 33, -0.5, 3, fid="shed")))


CASES = {
    "facade_line": lambda world: {},
    "min_distance_side_boundary": lambda world: {"op": ">=", "value": 3.0},
    "min_distance_rear_boundary": lambda world: {"op": ">=", "value": 6.0},
    "min_distance_front_boundary": lambda world: {"op": ">=", "value": 4.0},
    "min_distance_road_axis": lambda world: {"op": ">=", "value": 9.0},
    "min_distance_buildings": lambda world: {"op": ">=", "value": 8.0},
    "max_depth": lambda world: {},
    "max_width": lambda world: {"value": 9.0},
    "overlay_hit": lambda world: {"area_m2": 30, "depth_m": 0.3, "strip_m": 4},
    "mill_biotope": lambda world: {"mill": {"at": world.point(-150, 40), "ground_nap": 1.0}, "n": 75, "z": 12},
    "aviation_height": lambda world: {"limit": Limit("<=", "m NAP", None, "bouwhoogte"), "zone_name": "luchtvaart"},
    "cns_height": lambda world: {"r": 160, "a": 5, "R": 900, "begin": 6.0, "station_at": world.point(-150, 40)},
    "radio_link_height": lambda world: {"line": world.points((-300, 12), (40, 12), (300, 70)), "half_width_m": 4, "heights_nap": [2, 12]},
    "powerline_zone": lambda world: {"line": world.points((-300, 25), (300, 31)), "half_width_m": 2, "value": 3.5, "unit": "m NAP"},
    "secondary_buildings": lambda world: {"max_eaves_m": 3, "max_height_m": 3.5, "max_total_area_m2": 20, "max_share_pct": 3, "behind_front_m": 3},
    "other_structures": lambda world: {"max_before_m": 1, "max_behind_m": 9},
    "public_space_overlap": lambda world: {},
    "max_building_height": lambda world: {"value": 7.5},
}


def said(world, check):
    """Return subject, verdict and numbers of every finding, in an order that rounding cannot change."""
    found = run_all(check, *world.design(), site=world.site(), answers=PEIL, **CASES[check](world))
    return sorted((subject(f), f.verdict.value, [(m.name, m.at, m.value, m.limit) for m in f.measurements if m.name not in TIED], [n.code for n in f.notes]) for f in found)


@pytest.mark.parametrize("check", CASES)
def test_a_turned_and_moved_world_says_the_same(check):
    plain = said(World(0.0, (0.0, 0.0)), check)
    assert any(verdict != "not_assessable" for _, verdict, _, _ in plain)
    for turn in TURNS:
        turned = said(World(turn, (1234.5, -678.25)), check)
        assert [row[:2] + row[3:] for row in turned] == [row[:2] + row[3:] for row in plain]
        for (*_, here, _), (*_, there, _) in zip(turned, plain):
            assert [(name, at) for name, at, _, _ in here] == [(name, at) for name, at, _, _ in there]
            for (_, _, value, limit), (_, _, same, bound) in zip(here, there):
                for one, other in ((value, same), (limit, bound)):
                    assert one is other is None or one == pytest.approx(other, abs=2e-3, rel=1e-4)
