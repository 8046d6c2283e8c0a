"""RD and WGS84 without a projection library: two copies of PROJ in one QGIS process end it.

Schreutelkamp and Strang van Hees, "Benaderingsformules voor de transformatie tussen RD- en WGS84-kaartcoordinaten",
Geodesia 43 (2001): polynomials about Amersfoort, good to 0.25 m within the Netherlands. For places shown to people, for
north and for the sun; never for placing a design.
"""

from __future__ import annotations

import math

X0, Y0, LATITUDE0, LONGITUDE0 = 155_000.0, 463_000.0, 52.15517440, 5.38720621
LATITUDE = (
    (0, 1, 3235.65389), (2, 0, -32.58297), (0, 2, -0.24750), (2, 1, -0.84978), (0, 3, -0.06550), (2, 2, -0.01709), (1, 0, -0.00738),
    (4, 0, 0.00530), (2, 3, -0.00039), (4, 1, 0.00033), (1, 1, -0.00012),
)
LONGITUDE = (
    (1, 0, 5260.52916), (1, 1, 105.94684), (1, 2, 2.45656), (3, 0, -0.81885), (1, 3, 0.05594), (3, 1, -0.05607), (0, 1, 0.01199),
    (3, 2, -0.00256), (1, 4, 0.00128), (0, 2, 0.00022), (2, 0, -0.00022), (5, 0, 0.00026),
)
"""(power of x, power of y, seconds of arc), x and y in units of 100 km from Amersfoort."""

Terms = tuple[tuple[int, int, float], ...]


def wgs84_of(x: float, y: float) -> tuple[float, float]:
    """Return latitude and longitude (degrees, WGS84) of an RD place (m)."""
    dx, dy = (x - X0) * 1e-5, (y - Y0) * 1e-5
    return LATITUDE0 + _sum(LATITUDE, dx, dy) / 3600, LONGITUDE0 + _sum(LONGITUDE, dx, dy) / 3600


def _sum(terms: Terms, dx: float, dy: float) -> float:
    return sum(seconds * dx**p * dy**q for p, q, seconds in terms)


def convergence_deg(x: float, y: float) -> float:
    """Return how far RD grid north is turned clockwise from true north at a place (meridian convergence, degrees).

    True north is where longitude does not change: the direction follows from the derivatives of its polynomial.
    """
    dx, dy = (x - X0) * 1e-5, (y - Y0) * 1e-5
    east = sum(p * seconds * dx ** (p - 1) * dy**q for p, q, seconds in LONGITUDE if p)
    north = sum(q * seconds * dx**p * dy ** (q - 1) for p, q, seconds in LONGITUDE if q)
    return math.degrees(math.atan2(north, east))
