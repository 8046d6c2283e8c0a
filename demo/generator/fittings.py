"""What stands inside the invented house: joists, inner walls with doors, railing, kitchen, bathroom, radiators, tables.

Nothing here reaches a facade, the roof or the ground outside: it makes the file as full as those of real applicants, and
changes no truth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .house import Builder, Place

WIDTH, DEPTH, WALL = 12.0, 9.0, 0.35
FLOORS = (0.0, 2.9)
CEILING = (2.4, 4.2)
INNER = 0.12


def furnish(b: Builder) -> None:
    """Put everything in its place."""
    joists(b)
    for storey in (0, 1):
        inner_walls(b, storey)
        radiators(b, storey)
    railing(b)
    kitchen(b)
    bathroom(b)
    tables(b)


def joists(b: Builder) -> None:
    """Floor joists under the upper floor."""
    x = WALL + 0.2
    while x < WIDTH - WALL - 0.1:
        b.product("IfcBeam", "vloerbalk", [b.box(x, WALL, 2.4, x + 0.07, DEPTH - WALL, 2.6)], PredefinedType="JOIST")
        x += 0.5


def inner_walls(b: Builder, storey: int) -> None:
    """Two walls across and two along, each with doors in their openings."""
    low, high = FLOORS[storey], CEILING[storey]
    for x in (4.2, 7.8):
        wall = b.product("IfcWall", "binnenwand", [b.box(x, WALL, low, x + INNER, DEPTH - WALL, high)], storey)
        for y in (2.2, 6.4):
            b.opening(wall, x, y, low, x + INNER, y + 0.93, high - 0.25)
            door(b, storey, (x, y, low), (x + INNER, y + 0.93, high - 0.25))
    for x0, x1 in ((WALL, 4.2), (7.92, WIDTH - WALL)):
        wall = b.product("IfcWall", "binnenwand", [b.box(x0, 4.4, low, x1, 4.4 + INNER, high)], storey)
        b.opening(wall, x0 + 1.0, 4.4, low, x0 + 1.93, 4.4 + INNER, high - 0.25)
        door(b, storey, (x0 + 1.0, 4.4, low), (x0 + 1.93, 4.4 + INNER, high - 0.25))


def door(b: Builder, storey: int, low: Place, high: Place) -> None:
    """A frame of three bars, a leaf and its handle."""
    (x0, y0, z0), (x1, y1, z1) = low, high
    bar = 0.05
    if x1 - x0 > y1 - y0:
        solids = [b.box(x0, y0, z0, x0 + bar, y1, z1), b.box(x1 - bar, y0, z0, x1, y1, z1), b.box(x0 + bar, y0, z1 - bar, x1 - bar, y1, z1),
                  b.box(x0 + bar, y0 + 0.04, z0, x1 - bar, y0 + 0.08, z1 - bar), b.box(x1 - 0.16, y0, z0 + 1.03, x1 - 0.08, y0 + 0.03, z0 + 1.06)]
    else:
        solids = [b.box(x0, y0, z0, x1, y0 + bar, z1), b.box(x0, y1 - bar, z0, x1, y1, z1), b.box(x0, y0 + bar, z1 - bar, x1, y1 - bar, z1),
                  b.box(x0 + 0.04, y0 + bar, z0, x0 + 0.08, y1 - bar, z1 - bar), b.box(x0, y1 - 0.16, z0 + 1.03, x0 + 0.03, y1 - 0.08, z0 + 1.06)]
    b.product("IfcDoor", "binnendeur", solids, storey)


def radiators(b: Builder, storey: int) -> None:
    """Under the windows of both long facades: a panel on feet, with its fins."""
    low = FLOORS[storey]
    for x in (1.3, 3.1, 8.5, 10.1):
        for y in (WALL + 0.03, DEPTH - WALL - 0.13):
            solids = [b.box(x + 0.05 * i, y, low + 0.12, x + 0.05 * i + 0.03, y + 0.1, low + 0.62) for i in range(20)]
            solids.append(b.box(x, y + 0.04, low + 0.3, x + 1.0, y + 0.06, low + 0.6))
            b.product("IfcSpaceHeater", "radiator", solids, storey)


def railing(b: Builder) -> None:
    """Balusters and a handrail around the stairwell."""
    posts = [b.box(4.62 + 0.12 * i, 2.0, 2.9, 4.64 + 0.12 * i, 2.02, 3.85) for i in range(24)]
    b.product("IfcRailing", "balustrade", [*posts, b.box(4.6, 1.98, 3.85, 7.5, 2.04, 3.9)], 1)


def kitchen(b: Builder) -> None:
    """Cabinets with fronts, worktop and taps."""
    for i in range(6):
        x = 8.1 + 0.58 * i
        body = b.box(x, DEPTH - WALL - 0.75, 0.1, x + 0.56, DEPTH - WALL - 0.2, 0.86)
        front = b.box(x + 0.01, DEPTH - WALL - 0.78, 0.12, x + 0.55, DEPTH - WALL - 0.755, 0.84)
        b.product("IfcFurniture", "keukenkast", [body, front, b.box(x + 0.2, DEPTH - WALL - 0.8, 0.78, x + 0.36, DEPTH - WALL - 0.785, 0.8)])
    b.product("IfcFurniture", "werkblad", [b.box(8.05, DEPTH - WALL - 0.8, 0.86, 11.6, DEPTH - WALL - 0.18, 0.9)])


def bathroom(b: Builder) -> None:
    """Bath, basin, toilets."""
    wells = [(0.6, 5.2, 2.9, 2.3, 5.95, 3.45), (0.6, 6.6, 3.6, 1.2, 7.05, 3.75), (3.2, 5.1, 2.9, 3.6, 5.7, 3.3), (5.0, 7.6, 0.0, 5.4, 8.2, 0.4)]
    for x0, y0, z0, x1, y1, z1 in wells:
        rim = [b.box(x0, y0, z0, x1, y1, z0 + 0.06), b.box(x0, y0, z0 + 0.06, x0 + 0.05, y1, z1), b.box(x1 - 0.05, y0, z0 + 0.06, x1, y1, z1),
               b.box(x0 + 0.05, y0, z0 + 0.06, x1 - 0.05, y0 + 0.05, z1), b.box(x0 + 0.05, y1 - 0.05, z0 + 0.06, x1 - 0.05, y1, z1)]
        b.product("IfcSanitaryTerminal", "sanitair", rim, int(z0 > 2))


def tables(b: Builder) -> None:
    """A table and six chairs on each side of the house, beds upstairs."""
    for x0 in (1.0, 9.0):
        legs = [b.box(x, y, 0, x + 0.06, y + 0.06, 0.72) for x in (x0, x0 + 1.74) for y in (1.6, 2.44)]
        b.product("IfcFurniture", "tafel", [b.box(x0, 1.6, 0.72, x0 + 1.8, 2.5, 0.76), *legs])
        for i in range(6):
            x, y = x0 + 0.15 + 0.6 * (i % 3), 1.1 if i < 3 else 2.6
            legs = [b.box(x + dx, y + dy, 0, x + dx + 0.04, y + dy + 0.04, 0.44) for dx in (0, 0.36) for dy in (0, 0.36)]
            back = b.box(x, y if i < 3 else y + 0.36, 0.48, x + 0.4, y + 0.04 if i < 3 else y + 0.4, 0.95)
            b.product("IfcFurniture", "stoel", [b.box(x, y, 0.44, x + 0.4, y + 0.4, 0.48), *legs, back])
        b.product("IfcFurniture", "bed", [b.box(x0, 1.0, 3.1, x0 + 2.0, 2.6, 3.4), b.box(x0, 1.0, 3.4, x0 + 0.05, 2.6, 3.9)], 1)
