"""Roofs of many shapes with numbers that can be verified by hand, for the tests of checks (local metres, see ``scenes``)."""

from __future__ import annotations

import math

import numpy as np

from drieluik.model import Part
from scenes import box_part, gable_part, to_rd


def house(eaves=5.8, ridge=10.0):
    return gable_part(5, 5, 15, 15, eaves, ridge)


def dormer(x0=8.5, x1=11.5, top=7.6, y0=6.0):
    return box_part(x0, y0, x1, 9.5, 5, top, fid="dormer")


def body(profile, x0=5.0, x1=15.0, fid="body"):
    """A closed body of a profile (y, z), counter-clockwise seen from the east, along x."""
    n = len(profile)
    vertices = [(x, y, z) for x in (x0, x1) for y, z in profile]
    faces = [[0, i + 1, i] for i in range(1, n - 1)] + [[n, n + i, n + i + 1] for i in range(1, n - 1)]
    for i in range(n):
        j = (i + 1) % n
        faces += [[i, j, n + j], [i, n + j, n + i]]
    return Part(fid, to_rd(vertices), np.array(faces), kind="building", closed=True)


def slab(points, fid):
    top = to_rd(points)
    faces = [[0, 1, 2], [0, 2, 3], [6, 5, 4], [7, 6, 4]]
    faces += [f for i in range(4) for f in ([i, i + 4, (i + 1) % 4 + 4], [i, (i + 1) % 4 + 4, (i + 1) % 4])]
    return Part(fid, np.vstack([top, top - [0, 0, 0.2]]), np.array(faces), kind="roof", closed=True)


def barrel(spring, radius=5.0, pieces=12):
    angles = np.linspace(0, math.pi, pieces + 1)
    return body([(5, 0), (15, 0)] + [(10 + radius * math.cos(a), spring + radius * math.sin(a)) for a in angles])
