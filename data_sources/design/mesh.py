"""GLB/glTF, OBJ, STL and PLY by trimesh, without reading anything beside the file (but a glTF's own buffers)."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import trimesh

from ...errors import DesignError
from .georeference import in_rd
from .raw import Georeference, RawDesign, RawPart
from .repair import bodies, weld

Y_UP_TO_Z_UP = np.array([[1.0, 0, 0], [0, 0, -1.0], [0, 1.0, 0]])
METRES, CENTIMETRES, MILLIMETRES = 1.0, 0.01, 0.001
SPLIT_LIMIT = 200_000
KIND_WORDS = {"chimney": "chimney", "schoorsteen": "chimney", "antenn": "antenna", "balkon": "balcony", "balcony": "balcony",
              "luifel": "canopy", "canopy": "canopy", "roof": "roof", "dak": "roof", "wall": "wall", "wand": "wall", "slab": "slab",
              "window": "window", "door": "door", "stair": "stair", "member": "member", "beam": "beam"}


def read_mesh(path: Path, kind: str) -> RawDesign:
    """Read a mesh file; raises ``DesignError`` when it holds no usable faces."""
    raw = RawDesign(kind.upper())
    data = path.read_bytes()
    if kind == "obj":
        check_obj(data, path.name)
    try:
        resolver = trimesh.resolvers.FilePathResolver(str(path)) if kind == "gltf" else None
        options = {"skip_materials": True} if kind in ("obj", "glb", "gltf") else {"process": False}
        scene = trimesh.load_scene(io.BytesIO(data), file_type=kind, resolver=resolver, **options)
        pieces = _pieces(scene)
    except DesignError:
        raise
    except Exception as reason:  # trimesh raises anything at all on a broken file
        raise DesignError("design_truncated", path=path.name, details=f"{type(reason).__name__}: {reason}") from reason
    pieces = [piece for piece in pieces if len(piece[2])]
    if not pieces:
        raise DesignError("design_no_geometry", path=path.name)
    if not all(np.isfinite(vertices[faces]).all() for _, vertices, faces in pieces):
        raise DesignError("design_not_a_number", path=path.name)
    if kind in ("glb", "gltf"):
        raw.up_axis = "y"
        pieces = [(name, vertices @ Y_UP_TO_Z_UP.T, faces) for name, vertices, faces in pieces]
    raw.parts = [body for name, v, f in pieces for body in _parts(name, v, f)]
    judge_unit(raw, kind)
    return raw


def check_obj(data: bytes, name: str) -> None:
    """Refuse an OBJ whose faces point at vertices that are not there: trimesh would read it silently."""
    vertices, wrong = 0, False
    for line in data.splitlines():
        words = line.split()
        if words[:1] == [b"v"]:
            vertices += 1
        elif words[:1] == [b"f"]:
            index = [word.split(b"/")[0] for word in words[1:]]
            numbers = [int(word) for word in index if word.lstrip(b"-").isdigit()]
            wrong |= len(numbers) != len(index) or any(n == 0 or n < -vertices for n in numbers)
            wrong |= bool(numbers) and max(numbers) > data.count(b"\nv ") + data.startswith(b"v ")
    if wrong:
        raise DesignError("design_bad_index", path=name)


def _pieces(scene: trimesh.Scene) -> list[tuple[str, np.ndarray, np.ndarray]]:
    """Return (name, vertices, faces) of every mesh in the scene, placed."""
    pieces = []
    for node in scene.graph.nodes_geometry:
        transform, key = scene.graph[node]
        mesh = scene.geometry[key]
        if not isinstance(mesh, trimesh.Trimesh):
            continue
        vertices = np.asarray(mesh.vertices, dtype=np.float64)
        if not np.allclose(transform, np.eye(4), atol=1e-12):
            vertices = trimesh.transform_points(vertices, transform)
        pieces.append((str(node), vertices, np.asarray(mesh.faces, dtype=np.int64)))
    return pieces


def _parts(name: str, vertices: np.ndarray, faces: np.ndarray) -> list[RawPart]:
    if faces.min() < 0 or faces.max() >= len(vertices):
        raise DesignError("design_bad_index", path=name)
    vertices, faces = weld(vertices, faces)
    kind = next((kind for word, kind in KIND_WORDS.items() if word in name.lower()), "building")
    part = RawPart(name, vertices, faces, kind, "mesh", name)
    return bodies(part) if 0 < len(faces) <= SPLIT_LIMIT else [part]


def judge_unit(raw: RawDesign, kind: str) -> None:
    """Scale to metres and notice RD numbers. Changes ``raw``; what was assumed goes to the import log."""
    bounds = raw.bounds()
    size = float((bounds[1] - bounds[0]).max())
    if in_rd(*bounds.mean(axis=0)[:2]) and size < 2000:
        raw.georeference = Georeference("rd_coordinates", 0.0, 0.0, 0.0, 0.0)
        raw.say("info", "design_rd_coordinates")
        return
    unit = METRES
    if size > 1500:
        unit = MILLIMETRES
    elif size > 200:
        unit = CENTIMETRES
    if unit != METRES:
        raw.say("warning", "design_unit_judged", unit={CENTIMETRES: "cm", MILLIMETRES: "mm"}[unit], size=round(size * unit, 2))
        for part in raw.parts:
            part.vertices = part.vertices * unit
    elif kind not in ("glb", "gltf"):
        raw.say("info", "design_unit_metres", size=round(size, 2))
    raw.unit_to_m = unit
    raw.say("warning", "design_no_georeference")
