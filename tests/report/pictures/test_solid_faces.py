"""Faces of solids: the same surface, with edges only where planes meet."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
import trimesh

from drieluik.report.pictures.solid_faces import solid


def area(face) -> float:
    ring = np.asarray(face.exterior.coords)
    return float(np.linalg.norm(np.cross(ring[:-1] - ring[0], ring[1:] - ring[0]).sum(axis=0)) / 2)


def test_a_block_has_six_faces_at_rd_values():
    block = trimesh.creation.box((10, 8, 6)).subdivide().triangles + [187_030.25, 440_992.5, 13.0]
    faces = shapely.get_parts(solid(block))
    assert len(faces) == 6 and sum(map(area, faces)) == pytest.approx(2 * (80 + 60 + 48), abs=1e-5)
    assert np.asarray(solid(block).bounds) == pytest.approx([187_025.25, 440_988.5, 187_035.25, 440_996.5], abs=1e-6)


def test_a_roof_keeps_its_slopes_and_a_hole_stays_a_hole():
    ring = shapely.Polygon([(0, 0), (12, 0), (12, 12), (0, 12)], [[(4, 4), (8, 4), (8, 8), (4, 8)]])
    made = trimesh.creation.extrude_polygon(ring, 5.0)
    faces = shapely.get_parts(solid(made.triangles))
    assert len(faces) == 10 and sum(len(face.interiors) for face in faces) == 2
    assert solid(np.zeros((0, 3, 3))).is_empty
