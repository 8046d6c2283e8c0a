"""COLLADA (DAE) by pycollada: triangles of the scene, with the unit and the up axis that the file states."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import collada
import numpy as np

from ....errors import DesignError
from ..bodies.pieces import Piece, Said, design_of
from ..bodies.raw import NOTHING_ASKED, Asked, RawDesign

AXES = {"X_UP": "x", "Y_UP": "y", "Z_UP": "z"}
HEAD = 4096
VERSION, VERSIONS = re.compile(rb"<COLLADA[^>]*\bversion\s*=\s*[\"']([^\"']*)"), (b"1.4.0", b"1.4.1", b"1.5.0")
DOCTYPE = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


def read_collada(path: Path, asked: Asked = NOTHING_ASKED) -> RawDesign:
    """Read a DAE file; raises ``DesignError`` when it holds no usable faces. Images beside it are never opened."""
    data = path.read_bytes()
    raw = RawDesign("DAE")
    if DOCTYPE.search(data):
        raise DesignError("design_xml_entities", path=path.name)
    try:
        tree = collada.Collada(io.BytesIO(data), ignore=[collada.DaeError], aux_file_loader=lambda name: None)
        pieces = _pieces(tree, raw)
    except DesignError:
        raise
    except Exception as reason:  # pycollada passes on whatever its parsers raise
        raise DesignError("design_truncated", path=path.name, details=f"{type(reason).__name__}: {reason}") from reason
    given = tree.assetInfo.unitmeter
    unit = 1.0 if given is None else float(given)
    usable = bool(np.isfinite(unit) and unit > 0)
    if not usable:
        raw.say("warning", "design_unit_none", stated=str(given))
    version = VERSION.search(data[:HEAD])
    if version and version.group(1) not in VERSIONS:
        raw.say("warning", "design_version_unknown", kind="COLLADA", version=version.group(1).decode("ascii", "replace")[:20], known="1.4, 1.5")
    said = Said(unit if usable else None, AXES.get(str(tree.assetInfo.upaxis), "y"))
    return design_of(raw, pieces, said, path.name, asked)


def _pieces(tree: collada.Collada, raw: RawDesign) -> list[Piece]:
    if tree.scene is None:
        return []
    pieces, empty = [], 0
    for number, geometry in enumerate(tree.scene.objects("geometry")):
        name = str(getattr(geometry.original, "name", "") or getattr(geometry.original, "id", "") or f"geometry {number}")
        for primitive in geometry.primitives():
            triangles = primitive if hasattr(primitive, "ntriangles") else _triangulated(primitive)
            if triangles is None or triangles.vertex is None or not len(triangles.vertex_index):
                empty += 1
                continue
            faces = np.asarray(triangles.vertex_index, dtype=np.int64).reshape(-1, 3)
            pieces.append(Piece(name, np.asarray(triangles.vertex, dtype=np.float64), faces))
    if empty:
        raw.say("warning", "design_empty_left", count=empty)
    lying = sum(_lies(primitive) for geometry in tree.geometries for primitive in geometry.primitives)
    if lying:
        raw.say("warning", "design_count_differs", count=lying)
    return pieces


def _lies(primitive: Any) -> bool:
    """Whether a primitive says that it has another number of faces than are in it."""
    said = primitive.xmlnode.get("count") if getattr(primitive, "xmlnode", None) is not None else None
    return said is not None and said.strip().isdecimal() and int(said) != len(primitive)


def _triangulated(primitive: Any) -> Any:
    """Return polygons as triangles, None for lines."""
    return primitive.triangleset() if hasattr(primitive, "triangleset") else None
