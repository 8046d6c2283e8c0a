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
DOCTYPE = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


def read_collada(path: Path, asked: Asked = NOTHING_ASKED) -> RawDesign:
    """Read a DAE file; raises ``DesignError`` when it holds no usable faces. Images beside it are never opened."""
    data = path.read_bytes()
    if DOCTYPE.search(data):
        raise DesignError("design_xml_entities", path=path.name)
    try:
        tree = collada.Collada(io.BytesIO(data), ignore=[collada.DaeError], aux_file_loader=lambda name: None)
        pieces = _pieces(tree)
    except DesignError:
        raise
    except Exception as reason:  # pycollada passes on whatever its parsers raise
        raise DesignError("design_truncated", path=path.name, details=f"{type(reason).__name__}: {reason}") from reason
    unit = float(tree.assetInfo.unitmeter or 1.0)
    said = Said(unit if np.isfinite(unit) and unit > 0 else None, AXES.get(str(tree.assetInfo.upaxis), "y"))
    return design_of(RawDesign("DAE"), pieces, said, path.name, asked)


def _pieces(tree: collada.Collada) -> list[Piece]:
    if tree.scene is None:
        return []
    pieces = []
    for number, geometry in enumerate(tree.scene.objects("geometry")):
        name = str(getattr(geometry.original, "name", "") or f"geometry {number}")
        for primitive in geometry.primitives():
            triangles = primitive if hasattr(primitive, "ntriangles") else _triangulated(primitive)
            if triangles is None or triangles.vertex is None or not len(triangles.vertex_index):
                continue
            faces = np.asarray(triangles.vertex_index, dtype=np.int64).reshape(-1, 3)
            pieces.append(Piece(name, np.asarray(triangles.vertex, dtype=np.float64), faces))
    return pieces


def _triangulated(primitive: Any) -> Any:
    """Return polygons as triangles, None for lines."""
    return primitive.triangleset() if hasattr(primitive, "triangleset") else None
