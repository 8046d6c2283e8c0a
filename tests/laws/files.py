"""A design written to a file as other programs write it, and read again by the reader: formats, units and axes."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import trimesh
from laws.worlds import Frame

from drieluik.data_sources.design import load_design
from drieluik.model import Design, DesignRequest, Part, Placement

WAYS = ("OBJ in mm, y up", "OBJ in m, z up", "GLB", "PLY in cm")
WELDED = "PLY in cm"
"""Written as one mesh: bodies that share corners are welded, so that a volume may be an estimate; then no verdict may turn, values may differ."""
SCALE = {"mm": 1000.0, "cm": 100.0, "m": 1.0}


def through_a_file(design: Design, frame: Frame, way: str) -> Design:
    """The design after it was written in model coordinates (origin at the frame's) and read again with the officer's placement."""
    unit = next((word for word in ("mm", "cm") if word in way), "m")
    y_up = "y up" in way or way == "GLB"
    meshes = [(part.name, _local(part, frame) * SCALE[unit], part.faces) for part in design.parts]
    if y_up:
        meshes = [(name, points[:, [0, 2, 1]] * (1.0, 1.0, -1.0), faces) for name, points, faces in meshes]
    with tempfile.TemporaryDirectory() as folder:
        name = f"design.{way.split(' ')[0].lower()}"
        (Path(folder) / name).write_bytes(_written(way, meshes))
        place = Placement("case", frame.east, frame.north, frame.turn, frame.peil)
        told = () if way == "GLB" else (unit, "y" if y_up else "z")  # glTF has one unit and one axis
        read = load_design(DesignRequest((name,), design.name, place, *told), folder)
    return replace(design, parts=read.parts)


def _local(part: Part, frame: Frame) -> np.ndarray:
    x, y = frame.local(part.vertices[:, 0], part.vertices[:, 1])
    return np.column_stack([x, y, part.vertices[:, 2] - frame.peil])


def _written(way: str, meshes: list[tuple[str, np.ndarray, np.ndarray]]) -> bytes:
    if way == "GLB":
        scene = trimesh.Scene()
        for name, points, faces in meshes:
            scene.add_geometry(trimesh.Trimesh(points, faces, process=False), node_name=name, geom_name=name)
        return bytes(scene.export(file_type="glb"))
    if way.startswith("PLY"):
        starts = np.cumsum([0, *(len(points) for _, points, _ in meshes)])
        points, faces = np.concatenate([points for _, points, _ in meshes]), np.concatenate([faces + start for (_, _, faces), start in zip(meshes, starts)])
        return bytes(trimesh.Trimesh(points, faces, process=False).export(file_type="ply", encoding="ascii"))
    lines, start = [], 1
    for name, points, faces in meshes:
        lines += [f"o {name}", *("v " + " ".join(f"{v:.6f}" for v in point) for point in points)]
        lines += ["f " + " ".join(str(corner + start) for corner in face) for face in faces]
        start += len(points)
    return ("\n".join(lines) + "\n").encode()
