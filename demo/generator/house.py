"""The invented house as IFC4, exact by construction; model origin = south-west corner of the walls, z = 0 is peil.

x runs along the ridge (12 m), y to the street (9 m). Variant A has a steep roof and a deep canopy, B fits the plan.
"""

from __future__ import annotations

import math
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ifcopenshell
import ifcopenshell.guid

from . import neighbourhood as n
from .fittings import furnish

WIDTH, DEPTH, WALL = 12.0, 9.0, 0.35
ROOF_VERTICAL = 0.30
FLOOR = 0.35
EAVES_OVERHANG, GABLE_OVERHANG = 0.40, 0.30
Place = tuple[float, float, float]


@dataclass(frozen=True)
class Variant:
    """What differs: place of the south-west corner (local metres), eaves, ridge, how far the canopy stands out."""

    name: str
    x: float
    y: float
    eaves: float
    ridge: float
    canopy: float

    @property
    def slope(self) -> float:
        """Rise of the roof's upper plane per metre; that plane meets the outer wall at ``eaves``."""
        return (self.ridge - self.eaves) / (DEPTH / 2)


A = Variant("A", 172.0, 135.2, 5.0, 9.6, 2.2)
B = Variant("B", 171.1, 135.2, 4.6, 8.3, 0.7)


class Builder:
    """A small IFC4 writer: every product one extrusion, or several side by side."""

    def __init__(self, variant: Variant) -> None:
        self.variant = variant
        self.model = ifcopenshell.file(schema="IFC4")
        self.count = 0
        self._project()

    def guid(self, name: str) -> str:
        """Return the same GlobalId for the same name, every run."""
        return ifcopenshell.guid.compress(uuid.uuid5(uuid.NAMESPACE_URL, f"drieluik-demo/{self.variant.name}/{name}").hex)

    def point(self, *xyz: float) -> Any:
        """Return a cartesian point."""
        return self.model.createIfcCartesianPoint([float(v) for v in xyz])

    def axes(self, origin: Place = (0, 0, 0), z: Place = (0, 0, 1), x: Place = (1, 0, 0)) -> Any:
        """Return an axis placement."""
        direction = self.model.createIfcDirection
        return self.model.createIfcAxis2Placement3D(self.point(*origin), direction([float(v) for v in z]), direction([float(v) for v in x]))

    def _project(self) -> None:
        m = self.model
        unit = m.createIfcUnitAssignment([
            m.createIfcSIUnit(None, "LENGTHUNIT", None, "METRE"), m.createIfcSIUnit(None, "AREAUNIT", None, "SQUARE_METRE"),
            m.createIfcSIUnit(None, "VOLUMEUNIT", None, "CUBIC_METRE"), m.createIfcSIUnit(None, "PLANEANGLEUNIT", None, "RADIAN"),
        ])
        self.context = m.createIfcGeometricRepresentationContext(None, "Model", 3, 1e-5, self.axes(), None)
        self.body = m.createIfcGeometricRepresentationSubContext("Body", "Model", None, None, None, None, self.context, None, "MODEL_VIEW", None)
        project = m.createIfcProject(self.guid("project"), None, f"Woning Lindelaan, variant {self.variant.name}", None, None, None, None, [self.context], unit)
        crs = m.createIfcProjectedCRS("EPSG:28992", "RD New", None, "NAP", None, None, m.createIfcSIUnit(None, "LENGTHUNIT", None, "METRE"))
        easting, northing = (round(float(v), 4) for v in n.points_to_rd([(self.variant.x, self.variant.y)])[0])
        turn = math.radians(n.TURN_DEG)
        m.createIfcMapConversion(self.context, crs, easting, northing, n.PEIL_NAP, math.cos(turn), math.sin(turn), 1.0)
        site = m.createIfcSite(self.guid("site"), None, "Kavel", None, None, m.createIfcLocalPlacement(None, self.axes()), None, None, "ELEMENT")
        building = m.createIfcBuilding(self.guid("building"), None, "Woning", None, None, m.createIfcLocalPlacement(None, self.axes()), None, None, "ELEMENT")
        self.storeys = [
            m.createIfcBuildingStorey(self.guid(f"storey{i}"), None, name, None, None, m.createIfcLocalPlacement(None, self.axes()), None, None, "ELEMENT", z)
            for i, (name, z) in enumerate((("00 begane grond", 0.0), ("01 eerste verdieping", 2.9)))
        ]
        for whole, parts in ((project, [site]), (site, [building]), (building, self.storeys)):
            m.createIfcRelAggregates(self.guid(f"agg{whole.id()}"), None, None, None, whole, parts)
        self.contained: dict[int, list[Any]] = {0: [], 1: []}

    def extrusion(self, points: list[tuple[float, float]], depth: float, origin: Place, z: Place, x: Place) -> Any:
        """Return a solid: a closed outline (u, v) in the plane of ``x`` and ``z`` x ``x``, extruded along ``z``."""
        m = self.model
        line = m.createIfcPolyline([m.createIfcCartesianPoint([float(a), float(b)]) for a, b in [*points, points[0]]])
        profile = m.createIfcArbitraryClosedProfileDef("AREA", None, line)
        return m.createIfcExtrudedAreaSolid(profile, self.axes(origin, z, x), m.createIfcDirection([0.0, 0.0, 1.0]), float(depth))

    def box(self, x0: float, y0: float, z0: float, x1: float, y1: float, z1: float) -> Any:
        """Return a box."""
        return self.extrusion([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], z1 - z0, (0, 0, z0), (0, 0, 1), (1, 0, 0))

    def across(self, yz: list[tuple[float, float]], x0: float, x1: float) -> Any:
        """Return a profile in y and z extruded along x."""
        return self.extrusion(yz, x1 - x0, (x0, 0, 0), (1, 0, 0), (0, 1, 0))

    def product(self, cls: str, name: str, solids: Iterable[Any], storey: int = 0, **attributes: Any) -> Any:
        """Add a product and return it."""
        m = self.model
        self.count += 1
        shape = m.createIfcProductDefinitionShape(None, None, [m.createIfcShapeRepresentation(self.body, "Body", "SweptSolid", list(solids))])
        placement = m.createIfcLocalPlacement(None, self.axes())
        made = m.create_entity(cls, GlobalId=self.guid(f"{name}{self.count}"), Name=name, ObjectPlacement=placement, Representation=shape, **attributes)
        if cls != "IfcOpeningElement":
            self.contained[storey].append(made)
        return made

    def opening(self, wall: Any, x0: float, y0: float, z0: float, x1: float, y1: float, z1: float) -> None:
        """Cut an opening through a wall."""
        hole = self.product("IfcOpeningElement", "opening", [self.box(x0, y0, z0, x1, y1, z1)], PredefinedType="OPENING")
        self.model.createIfcRelVoidsElement(self.guid(f"void{hole.id()}"), None, None, None, wall, hole)

    def save(self, path: Path) -> None:
        """Write the file, without the time of writing."""
        m = self.model
        for i, storey in enumerate(self.storeys):
            m.createIfcRelContainedInSpatialStructure(self.guid(f"contained{i}"), None, None, None, self.contained[i], storey)
        m.header.file_name.time_stamp = "2026-04-20T12:00:00"
        m.header.file_name.name = path.name
        m.write(str(path))


def write_house(variant: Variant, path: Path) -> None:
    """Write one variant of the house."""
    b = Builder(variant)
    floors(b)
    furnish(b)
    walls(b)
    roof(b, variant)
    outside(b, variant)
    b.save(path)


def floors(b: Builder) -> None:
    """Floors and the stair."""
    b.product("IfcSlab", "begane grondvloer", [b.box(0, 0, -FLOOR, WIDTH, DEPTH, 0)], PredefinedType="FLOOR")
    inner = (WALL, WALL, WIDTH - WALL, DEPTH - WALL)
    b.product("IfcSlab", "verdiepingsvloer", [b.box(inner[0], inner[1], 2.6, inner[2], inner[3], 2.9)], 1, PredefinedType="FLOOR")
    b.product("IfcStair", "trap", [b.box(4.6 + 0.22 * i, 1.0, 0.18 * i, 4.82 + 0.22 * i, 1.9, 0.18 * (i + 1)) for i in range(13)])


def walls(b: Builder) -> None:
    """Outer walls with windows and doors in their openings."""
    v = b.variant
    under = v.eaves - ROOF_VERTICAL
    south = b.product("IfcWall", "zuidgevel", [b.box(0, 0, 0, WIDTH, WALL, under)])
    north = b.product("IfcWall", "noordgevel", [b.box(0, DEPTH - WALL, 0, WIDTH, DEPTH, under)])
    gable = [(0, 0), (DEPTH, 0), (DEPTH, under), (DEPTH / 2, v.ridge - ROOF_VERTICAL), (0, under)]
    west = b.product("IfcWall", "westgevel", [b.across(gable, 0, WALL)])
    east = b.product("IfcWall", "oostgevel", [b.across(gable, WIDTH - WALL, WIDTH)])
    for z, height in ((0.9, 1.5), (3.2, 1.1)):
        for x in (1.2, 3.2, 8.4, 10.0):
            window_in(b, south, (x, 0, z), (x + 1.3, WALL, z + height), storey=int(z > 2))
            if z > 2 or x != 3.2:
                window_in(b, north, (x, DEPTH - WALL, z), (x + 1.3, DEPTH, z + height), storey=int(z > 2))
    for wall, x in ((west, 0.0), (east, WIDTH - WALL)):
        for z, height in ((0.9, 1.5), (3.3, 1.3), (v.eaves + 0.6, 0.9)):
            window_in(b, wall, (x, 3.9, z), (x + WALL, 5.1, z + height), storey=int(z > 2), along="y")
    b.opening(north, 5.5, DEPTH - WALL, 0, 6.6, DEPTH, 2.35)
    b.product("IfcDoor", "voordeur", [b.box(5.5, DEPTH - 0.2, 0, 6.6, DEPTH - 0.12, 2.35)])
    b.opening(south, 5.0, 0, 0, 7.4, WALL, 2.35)
    b.product("IfcDoor", "tuindeur", [b.box(5.0, 0.12, 0, 6.18, 0.2, 2.35), b.box(6.22, 0.12, 0, 7.4, 0.2, 2.35)])


def window_in(b: Builder, wall: Any, low: Place, high: Place, storey: int = 0, along: str = "x") -> None:
    """Cut an opening and set a window in it: frame, mullion, two sashes with their panes, a sill."""
    b.opening(wall, *low, *high)
    (x0, y0, z0), (x1, y1, z1) = low, high
    start, end, face = (x0, x1, y0) if along == "x" else (y0, y1, x0)

    def bar(u0: float, u1: float, near: float, far: float, low_z: float, high_z: float) -> Any:
        depth = (face + near, face + far)
        return b.box(u0, depth[0], low_z, u1, depth[1], high_z) if along == "x" else b.box(depth[0], u0, low_z, depth[1], u1, high_z)

    def frame(u0: float, u1: float, near: float, far: float, low_z: float, high_z: float, wide: float) -> list[Any]:
        return [bar(u0, u0 + wide, near, far, low_z, high_z), bar(u1 - wide, u1, near, far, low_z, high_z),
                bar(u0 + wide, u1 - wide, near, far, low_z, low_z + wide), bar(u0 + wide, u1 - wide, near, far, high_z - wide, high_z)]

    middle, wide = (start + end) / 2, 0.08
    solids = frame(start, end, 0.12, 0.20, z0, z1, wide)
    solids.append(bar(middle - 0.03, middle + 0.03, 0.12, 0.20, z0 + wide, z1 - wide))
    for u0, u1 in ((start + wide, middle - 0.03), (middle + 0.03, end - wide)):
        solids += frame(u0, u1, 0.13, 0.19, z0 + wide, z1 - wide, 0.05)
        solids.append(bar(u0 + 0.05, u1 - 0.05, 0.15, 0.17, z0 + wide + 0.05, z1 - wide - 0.05))
    solids.append(bar(start, end, 0.20, WALL, z0, z0 + 0.02))
    b.product("IfcWindow", "raam", solids, storey)


def roof(b: Builder, v: Variant) -> None:
    """Two roof slabs that meet in the ridge, rafters under them, and a chimney that stays below the ridge."""
    middle, reach = DEPTH / 2, DEPTH / 2 + EAVES_OVERHANG
    foot = v.ridge - v.slope * reach
    for name, sign in (("dakvlak zuid", -1), ("dakvlak noord", 1)):
        edge = middle + sign * reach
        profile = [(middle, v.ridge), (edge, foot), (edge, foot - ROOF_VERTICAL), (middle, v.ridge - ROOF_VERTICAL)]
        profile = profile if sign < 0 else profile[::-1]
        b.product("IfcSlab", name, [b.across(profile, -GABLE_OVERHANG, WIDTH + GABLE_OVERHANG)], 1, PredefinedType="ROOF")
    for i in range(10):
        x = 0.9 + i * 1.12
        for sign in (-1, 1):
            edge = middle + sign * (middle - WALL)
            top = v.ridge - ROOF_VERTICAL
            low = top - v.slope * (middle - WALL)
            profile = [(middle, top), (edge, low), (edge, low - 0.18), (middle, top - 0.18)]
            profile = profile if sign < 0 else profile[::-1]
            b.product("IfcMember", "spoor", [b.across(profile, x, x + 0.07)], 1, PredefinedType="RAFTER")
    height = min(8.2, v.ridge - 0.5)
    b.product("IfcChimney", "schoorsteen", [b.box(8.6, 6.6, v.eaves, 9.2, 7.2, height)], 1)


def outside(b: Builder, v: Variant) -> None:
    """Gutters, downpipes, and the canopy over the front door on two posts."""
    foot = v.ridge - v.slope * (DEPTH / 2 + EAVES_OVERHANG)
    for name, y in (("goot zuid", -EAVES_OVERHANG), ("goot noord", DEPTH + EAVES_OVERHANG - 0.12)):
        b.product("IfcMember", name, [b.box(-GABLE_OVERHANG, y, foot - ROOF_VERTICAL - 0.12, WIDTH + GABLE_OVERHANG, y + 0.12, foot - ROOF_VERTICAL)], 1)
    b.product("IfcBuildingElementProxy", "luifel", [b.box(4.4, DEPTH, 2.55, 7.7, DEPTH + v.canopy, 2.75)])


def truth(v: Variant) -> dict[str, Any]:
    """Return what a checker must find, in closed form from the numbers above (heights above peil, areas m2, volumes m3)."""
    found: dict[str, Any] = {
        "peil_nap": n.PEIL_NAP,
        "height_above_peil": v.ridge,
        "footprint": WIDTH * DEPTH,
        "coverage_pct": 100 * WIDTH * DEPTH / n.PLOT.area,
        "zones": {},
    }
    x1 = n.BOUWVLAK.bounds[2]
    right = max(0.0, v.x + WIDTH - x1)
    found["outside_depth"], found["outside_area"] = right, right * DEPTH
    for limit, zone in ((n.LOW_LIMIT, n.ZONE_LOW), (n.HIGH_LIMIT, n.ZONE_HIGH)):
        over = max(0.0, v.ridge - limit)
        found["zones"][f"{limit:g}"] = {"excess_height": over, "excess_volume": _excess_volume(v, over, zone.bounds[0], zone.bounds[2])}
    found["eaves_wall_plane"], found["eaves_drip"] = v.eaves, v.ridge - v.slope * (DEPTH / 2 + EAVES_OVERHANG)
    found["pitch_deg"] = math.degrees(math.atan(v.slope))
    found["volume"] = WIDTH * DEPTH * (FLOOR + v.eaves + (v.ridge - v.eaves) / 2)
    found["storeys"] = 2
    kerb = n.ROADS["Lindelaan"].bounds[1] - n.FOOTPATH_M  # y of the footpath's edge
    depth = max(0.0, v.y + DEPTH + v.canopy - kerb)
    found["side_distance"] = min(v.x - n.PLOT.bounds[0], n.PLOT.bounds[2] - v.x - WIDTH)
    found["disturbed_area"] = WIDTH * DEPTH
    ridge_end = math.hypot(v.x - GABLE_OVERHANG - n.MILL[0], v.y + DEPTH / 2 - n.MILL[1])
    found["mill_height"], found["mill_limit"] = v.ridge + n.PEIL_NAP - n.MILL_GROUND_NAP, ridge_end / 50 + 0.2 * n.MILL_AXIS_M
    found["overlap_depth"], found["overlap_area"] = depth, depth * (7.7 - 4.4)
    return found


def _excess_volume(v: Variant, over: float, west: float, east: float) -> float:
    """Roof above a level ``over`` below the ridge: outer gable prism less the hollow under the slabs, which gable walls and
    rafters partly fill; lengths are those inside the zone."""
    if over <= 0:
        return 0.0
    hollow = max(0.0, over - ROOF_VERTICAL)
    outer, inner = over**2 / v.slope, hollow**2 / v.slope
    under_rafter = max(0.0, over - ROOF_VERTICAL - 0.18) ** 2 / v.slope

    def inside(a: float, b: float) -> float:
        return max(0.0, min(v.x + b, east) - max(v.x + a, west))

    slabs = inside(-GABLE_OVERHANG, WIDTH + GABLE_OVERHANG) * (outer - inner)
    gables = (inside(0, WALL) + inside(WIDTH - WALL, WIDTH)) * inner
    rafters = sum(inside(0.9 + i * 1.12, 0.97 + i * 1.12) for i in range(10)) * (inner - under_rafter)
    return slabs + gables + rafters
