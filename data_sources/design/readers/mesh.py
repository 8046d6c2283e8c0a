"""Mesh files by trimesh (and glTF, see there); nothing is read beside the file but a glTF's own buffers."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import numpy as np
import trimesh

from ....errors import DesignError
from ..bodies.pieces import Piece, Said, design_of, single_spacing, unit_named
from ..bodies.raw import NOTHING_ASKED, Asked, RawDesign
from .gltf import check_gltf
from .gltf_mesh import gltf_pieces
from .ply import ply_pieces

UNIT_COMMENT = re.compile(rb"^(?:#|comment\b).*\bunits?\b\s*(?:[:=]|is|are|in)?\s*([A-Za-z]+)", re.IGNORECASE | re.MULTILINE)
CONTINUED = re.compile(rb"\\[ \t]*\r?\n")
REMARK = re.compile(rb"[ \t]#[^\r\n]*")
HEAD = 4096
FACE_LINE = re.compile(rb"^[ \t]*f[ \t]+([^\r\n#]*)", re.MULTILINE)
VERTEX_LINE = re.compile(rb"^[ \t]*v[ \t]", re.MULTILINE)
NO_NUMBER = re.compile(rb"^[ \t]*v[ \t]+(?:\S+[ \t]+){0,2}[+-]?(?:nan|inf)", re.MULTILINE | re.IGNORECASE)
AFTER_SLASH = re.compile(rb"/\S*")


def read_mesh(path: Path, kind: str, asked: Asked = NOTHING_ASKED) -> RawDesign:
    """Read a mesh file; raises ``DesignError`` when it holds no usable faces."""
    raw = RawDesign(kind.upper())
    data = path.read_bytes()
    if kind == "obj":
        data = plain_lines(as_utf8(data, raw))
        check_obj(data, path.name)
    if kind in ("glb", "gltf"):
        check_gltf(data, path.name, raw)
    try:
        pieces = read_pieces(data, path, kind, raw)
    except DesignError:
        raise
    except Exception as reason:  # a broken file breaks a reader anywhere
        raise DesignError("design_truncated", path=path.name, details=f"{type(reason).__name__}: {reason}") from reason
    return design_of(raw, pieces, _said(kind, data), path.name, asked)


def read_pieces(data: bytes, path: Path, kind: str, raw: RawDesign) -> list[Piece]:
    """Return the meshes of a file of a known kind; raises anything at all on a broken one."""
    if kind in ("glb", "gltf"):
        return gltf_pieces(data, path, raw)
    if kind == "ply":
        pieces = ply_pieces(data, path, raw)
    else:
        options: dict[str, Any] = {"skip_materials": True, "split_objects": True, "split_groups": True} if kind == "obj" else {"process": False}
        pieces = _pieces(trimesh.load_scene(io.BytesIO(data), file_type=kind, **options))
    return [piece._replace(spacing=single_spacing(piece.vertices)) for piece in pieces] if _in_single(kind, data) else pieces


def _in_single(kind: str, data: bytes) -> bool:
    """Whether a STL or PLY stores its corners in single precision: a text STL and an OBJ write every digit."""
    return (kind == "stl" and not data.lstrip().startswith(b"solid")) or (kind == "ply" and b"property double" not in data[:HEAD])


def plain_lines(data: bytes) -> bytes:
    """Return an OBJ without continued lines and without remarks behind a statement, which trimesh does not know."""
    if b"\\" in data:
        data = CONTINUED.sub(b" ", data)
    return REMARK.sub(b"", data) if b" #" in data or b"\t#" in data else data


def _said(kind: str, data: bytes) -> Said:
    if kind in ("glb", "gltf"):
        return Said(1.0, "y")
    comment = UNIT_COMMENT.search(data[:HEAD]) if kind in ("obj", "ply") else None
    unit = unit_named(comment.group(1).decode("ascii", "replace")) if comment else None
    return Said(unit)


def as_utf8(data: bytes, raw: RawDesign) -> bytes:
    """Return text as UTF-8; an OBJ saved as UTF-16 is told."""
    if data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return data
    raw.say("warning", "design_utf16")
    return data.decode("utf-16", errors="replace").encode()


def check_obj(data: bytes, name: str) -> None:
    """Refuse an OBJ with numbers that are none, or whose faces point at vertices that are not there: trimesh reads it silently."""
    if NO_NUMBER.search(data):
        raise DesignError("design_not_a_number", path=name)
    words = AFTER_SLASH.sub(b"", b" ".join(FACE_LINE.findall(data))).split()
    if not words:
        return
    try:
        index = np.array(words, dtype=np.int64)
    except (ValueError, OverflowError) as reason:
        raise DesignError("design_bad_index", path=name, details=str(reason)) from reason
    count = len(VERTEX_LINE.findall(data))
    if (index == 0).any() or index.max() > count or index.min() < -count:
        raise DesignError("design_bad_index", path=name)


def _pieces(scene: trimesh.Scene) -> list[Piece]:
    """Return every mesh in the scene, placed."""
    pieces = []
    for node in scene.graph.nodes_geometry:
        transform, key = scene.graph[node]
        mesh = scene.geometry[key]
        if not isinstance(mesh, trimesh.Trimesh):
            continue
        vertices = np.asarray(mesh.vertices, dtype=np.float64)
        if not np.allclose(transform, np.eye(4), atol=1e-12):
            vertices = trimesh.transform_points(vertices, transform)
        pieces.append(Piece(str(node), vertices, np.asarray(mesh.faces, dtype=np.int64)))
    return pieces
