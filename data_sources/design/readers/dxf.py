"""3D DXF by ezdxf: 3DFACE, polyface and polygon meshes, MESH, also inside blocks; drawings in 2D and ACIS bodies are named.

``$INSUNITS`` is a template's default as often as the truth, so it only counts where the size allows it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import ezdxf
import numpy as np
from ezdxf.entities import DXFEntity, Face3d, Insert, Mesh, Polyface, Polymesh
from ezdxf.render import MeshBuilder

from ....errors import DesignError
from ....model.arrays import Floats, Ints
from ..bodies.pieces import Piece, Said, design_of
from ..bodies.raw import NOTHING_ASKED, Asked, RawDesign

DEPTH_LIMIT = 12
NO_LAYER = "0"
COUNT_LIMIT = 200_000
ACIS = ("3DSOLID", "BODY", "REGION", "SURFACE", "EXTRUDEDSURFACE", "LOFTEDSURFACE", "REVOLVEDSURFACE", "SWEPTSURFACE", "PLANESURFACE")
METRES = {1: 0.0254, 2: 0.3048, 4: 0.001, 5: 0.01, 6: 1.0, 7: 1000.0, 10: 0.9144, 14: 0.1, 15: 10.0, 16: 100.0, 21: 1200 / 3937}
"""$INSUNITS -> metres (DXF reference, HEADER variables)."""


def read_dxf(path: Path, asked: Asked = NOTHING_ASKED) -> RawDesign:
    """Read a DXF file; raises ``DesignError`` naming what it is instead (a 2D drawing, ACIS bodies only)."""
    try:
        document = ezdxf.readfile(str(path))
    except (ezdxf.DXFError, OSError, ValueError) as reason:
        raise DesignError("design_truncated", path=path.name, details=f"{type(reason).__name__}: {reason}") from reason
    kinds: Counter[str] = Counter()
    pieces: dict[str, list[tuple[Floats, Ints]]] = {}
    for entity, layer in _entities(document.modelspace(), kinds, path.name):
        found = _mesh(entity)
        if found is not None:
            pieces.setdefault(layer, []).append(found)
    raw = RawDesign(f"DXF {document.dxfversion}")
    bodies = sum(kinds[kind] for kind in ACIS)
    if not pieces and bodies:
        raise DesignError("design_dxf_acis", path=path.name, count=bodies)
    if not pieces:
        raise DesignError("design_dxf_flat", path=path.name, kinds=", ".join(kind for kind, _ in kinds.most_common(3)) or "-")
    if bodies:
        raw.say("warning", "design_dxf_acis_left", count=bodies)
    unit = METRES.get(int(document.header.get("$INSUNITS", 0) or 0))
    said = Said(unit, "z")
    return design_of(raw, [_joined(layer, group) for layer, group in pieces.items()], said, path.name, asked)


def _entities(layout: Iterable[DXFEntity], kinds: Counter[str], name: str, depth: int = 0, within: str = "") -> Iterator[tuple[DXFEntity, str]]:
    """Yield entities and their layers with blocks opened, within bounds: arrays of inserts and blocks in themselves are bombs.

    What lies in a block on layer 0 is on the layer of the block's insert (``within``), as drawing programs have it.
    """
    if depth > DEPTH_LIMIT:
        raise DesignError("design_dxf_bomb", path=name)
    for entity in layout:
        kinds[entity.dxftype()] += 1
        if sum(kinds.values()) > COUNT_LIMIT:
            raise DesignError("design_dxf_bomb", path=name)
        layer = str(entity.dxf.get("layer", NO_LAYER))
        layer = within if within and layer == NO_LAYER else layer
        if not isinstance(entity, Insert):
            yield entity, layer
            continue
        if entity.mcount > COUNT_LIMIT:
            raise DesignError("design_dxf_bomb", path=name)
        for one in entity.multi_insert() if entity.mcount > 1 else (entity,):
            yield from _entities(one.virtual_entities(), kinds, name, depth + 1, layer)


def _mesh(entity: DXFEntity) -> tuple[Floats, Ints] | None:
    """Return (vertices, triangles) of an entity that has faces, else None."""
    if isinstance(entity, Face3d):
        corners = np.array([tuple(point) for point in entity.wcs_vertices()], dtype=np.float64)
        return corners, np.array([[0, i, i + 1] for i in range(1, len(corners) - 1)], dtype=np.int64)
    if isinstance(entity, (Mesh, Polyface, Polymesh)):
        builder = MeshBuilder.from_mesh(entity) if isinstance(entity, Mesh) else MeshBuilder.from_polyface(entity)
        vertices = np.array([tuple(point) for point in builder.vertices], dtype=np.float64).reshape(-1, 3)
        faces = [[face[0], face[i], face[i + 1]] for face in builder.faces for i in range(1, len(face) - 1)]
        return vertices, np.array(faces, dtype=np.int64).reshape(-1, 3)
    return None


def _joined(layer: str, group: list[tuple[Floats, Ints]]) -> Piece:
    """Return the faces of one layer as one piece."""
    offset = np.cumsum([0, *(len(vertices) for vertices, _ in group[:-1])])
    faces = np.concatenate([faces + shift for (_, faces), shift in zip(group, offset)])
    return Piece(layer, np.concatenate([vertices for vertices, _ in group]), faces)
