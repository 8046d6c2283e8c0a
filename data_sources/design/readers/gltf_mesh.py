"""Triangles of a glTF or GLB (glTF 2.0 specification, https://registry.khronos.org/glTF/), of the scene that it shows.

Read by ourselves: a general loader passes sparse and normalised accessors as if they were plain, and then the building is silently
another. Materials and images are never opened; a buffer beside the file only from the file's own folder.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ....errors import DesignError
from ....model.arrays import Floats, Ints
from ..bodies.pieces import Piece
from .gltf import BYTES, COMPRESSED, WIDTH, tree_of

TYPES = {5120: "<i1", 5121: "<u1", 5122: "<i2", 5123: "<u2", 5125: "<u4", 5126: "<f4"}
LARGEST = {5120: 127.0, 5121: 255.0, 5122: 32767.0, 5123: 65535.0}
TRIANGLES, STRIP, FAN = 4, 5, 6
ESCAPED = re.compile(rb"%([0-9a-fA-F]{2})")
FACES_LIMIT = 2_000_000


class Gltf:
    """A checked glTF (see ``gltf.check_gltf``) with its buffers."""

    def __init__(self, data: bytes, path: Path) -> None:
        self.tree, own = tree_of(data)
        self.path = path
        self.buffers = [self._buffer(buffer, own) for buffer in self.tree.get("buffers", [])]

    def _buffer(self, buffer: Mapping[str, Any], own: bytes) -> bytes:
        uri, length = buffer.get("uri"), buffer["byteLength"]
        if uri is None:
            found = own
        elif uri.startswith("data:"):
            found = base64.b64decode(uri.partition(",")[2])
        else:
            found = self._beside(plain_name(uri), length)
        if len(found) < length:
            raise ValueError("buffer shorter than it says")
        return found

    def _beside(self, name: str, length: int) -> bytes:
        """Return a file of the same folder or below; anything else is an attack or a mistake."""
        folder = self.path.resolve().parent
        target = (folder / name).resolve()
        if ":" in name or folder not in target.parents:
            raise DesignError("design_outside_folder", path=self.path.name, other=name[:80])
        if not target.is_file():
            raise DesignError("design_part_missing", path=self.path.name, other=name[:80])
        with target.open("rb") as stream:
            return stream.read(length)

    def accessor(self, number: int) -> NDArray[Any]:
        """Return the elements (n, width) of an accessor, sparse values filled in and normalised numbers made fractions."""
        accessor = self.tree["accessors"][number]
        kind, count = accessor["componentType"], accessor["count"]
        width = WIDTH[accessor["type"]]
        values = self._elements(accessor, kind, width, count) if "bufferView" in accessor else np.zeros((count, width), TYPES[kind])
        if "sparse" in accessor:
            sparse = accessor["sparse"]
            where = self._elements(sparse["indices"], sparse["indices"]["componentType"], 1, sparse["count"])
            values = values.copy()
            values[where[:, 0].astype(np.int64)] = self._elements(sparse["values"], kind, width, sparse["count"])
        if accessor.get("normalized") and kind in LARGEST:
            return np.maximum(values / LARGEST[kind], -1.0)
        return values

    def _elements(self, place: Mapping[str, Any], kind: int, width: int, count: int) -> NDArray[Any]:
        view = self.tree["bufferViews"][place["bufferView"]]
        size = BYTES[kind]
        start = view.get("byteOffset", 0) + place.get("byteOffset", 0)
        steps = (view.get("byteStride") or size * width, size)
        return np.ndarray((count, width), TYPES[kind], self.buffers[view["buffer"]], start, steps)

    def nodes(self) -> Iterator[tuple[Mapping[str, Any], Floats]]:
        """Yield every node of the scene with its place (4, 4)."""
        nodes, scenes = self.tree.get("nodes", []), self.tree.get("scenes")
        if scenes:
            first = scenes[self.tree.get("scene", 0)].get("nodes", [])
        else:
            first = sorted(set(range(len(nodes))) - {child for node in nodes for child in node.get("children", [])})
        todo = [(number, np.eye(4)) for number in reversed(first)]
        while todo:
            number, above = todo.pop()
            here = above @ local_place(nodes[number])
            yield nodes[number], here
            todo += [(child, here) for child in reversed(nodes[number].get("children", []))]

    def triangles(self, primitive: Mapping[str, Any]) -> tuple[Floats, Ints]:
        """Return (vertices (n, 3), faces (m, 3)) of a primitive; points and lines have no faces."""
        mode, position = primitive.get("mode", TRIANGLES), primitive.get("attributes", {}).get("POSITION")
        if mode not in (TRIANGLES, STRIP, FAN) or position is None:
            return np.zeros((0, 3)), np.zeros((0, 3), dtype=np.int64)
        packed = next((word for word in primitive.get("extensions", {}) if word in COMPRESSED), "")
        if packed and "bufferView" not in self.tree["accessors"][position]:
            raise DesignError("design_gltf_extension", path=self.path.name, extension=packed)
        points = self.accessor(position).astype(np.float64)
        index = self.accessor(primitive["indices"])[:, 0].astype(np.int64) if "indices" in primitive else np.arange(len(points))
        return points, faces_of(index, mode)


def plain_name(uri: str) -> str:
    """Return the file name that a relative address stands for (%20 is a space)."""
    return ESCAPED.sub(lambda found: bytes([int(found.group(1), 16)]), uri.encode()).decode()


def faces_of(index: Ints, mode: int) -> Ints:
    """Return the triangles (m, 3) that a row of vertex numbers stands for; those of a strip alternate in direction."""
    if mode == TRIANGLES:
        return index[: len(index) // 3 * 3].reshape(-1, 3)
    if len(index) < 3:
        return np.zeros((0, 3), dtype=np.int64)
    if mode == FAN:
        return np.column_stack([np.full(len(index) - 2, index[0]), index[1:-1], index[2:]])
    faces = np.column_stack([index[:-2], index[1:-1], index[2:]])
    faces[1::2] = faces[1::2, [1, 0, 2]]
    return faces


def local_place(node: Mapping[str, Any]) -> Floats:
    """Return a node's own place (4, 4): its matrix, or scale, then rotation (quaternion x, y, z, w), then translation."""
    if "matrix" in node:
        return np.asarray(node["matrix"], dtype=np.float64).reshape(4, 4).T
    x, y, z, w = (float(value) for value in node.get("rotation", (0, 0, 0, 1)))
    turn = np.array([
        [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
        [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
        [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
    ])
    place = np.eye(4)
    place[:3, :3] = turn * np.asarray(node.get("scale", (1, 1, 1)), dtype=np.float64)
    place[:3, 3] = np.asarray(node.get("translation", (0, 0, 0)), dtype=np.float64)
    return place


def gltf_pieces(data: bytes, path: Path) -> list[Piece]:
    """Return every mesh of the scene, placed; raises ``DesignError`` when they are too many, or lie outside the folder."""
    gltf = Gltf(data, path)
    pieces, total = [], 0
    for number, (node, place) in enumerate(gltf.nodes()):
        if "mesh" not in node:
            continue
        mesh = gltf.tree["meshes"][node["mesh"]]
        for primitive in mesh["primitives"]:
            points, faces = gltf.triangles(primitive)
            total += len(faces)
            if total > FACES_LIMIT:
                raise DesignError("design_too_large", path=path.name)
            if np.linalg.det(place[:3, :3]) < 0:
                faces = faces[:, ::-1]
            name = str(node.get("name") or mesh.get("name") or f"node {number}")
            pieces.append(Piece(name, points @ place[:3, :3].T + place[:3, 3], faces))
    return pieces
