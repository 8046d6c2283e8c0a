"""Triangles of a glTF or GLB (glTF 2.0 specification, https://registry.khronos.org/glTF/), of the scene that it shows.

Read by ourselves: a general loader passes sparse and normalised accessors as if they were plain, and then the building is silently
another. Materials and images are never opened; a buffer beside the file only from the file's own folder.
"""

from __future__ import annotations

import base64
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ....errors import DesignError
from ....model.arrays import Floats, Ints
from ..bodies.pieces import Piece, single_spacing
from ..bodies.raw import RawDesign
from .gltf import BYTES, COMPRESSED, WIDTH, tree_of

TYPES = {5120: "<i1", 5121: "<u1", 5122: "<i2", 5123: "<u2", 5125: "<u4", 5126: "<f4"}
LARGEST = {5120: 127.0, 5121: 255.0, 5122: 32767.0, 5123: 65535.0}
TRIANGLES, STRIP, FAN = 4, 5, 6
ESCAPED = re.compile(rb"%([0-9a-fA-F]{2})")
FACES_LIMIT = 2_000_000
INSTANCING = "EXT_mesh_gpu_instancing"
NO_SIZE = 1e-12
NEAR = 1e-3
"""Bounds are written in few digits: as a share of their size."""
SQUARE = math.cos(math.radians(0.5))
"""Within half a degree an axis lies along another."""
CLASS_KEYS, ROLE_KEYS = ("class", "ifcclass", "ifc_class", "ifctype"), ("role", "status")
"""Keys of a node's extras that say what it is."""


class Gltf:
    """A checked glTF (see ``gltf.check_gltf``) with its buffers."""

    def __init__(self, data: bytes, path: Path) -> None:
        self.tree, own = tree_of(data)
        self.path = path
        self.lying = 0  # meshes of which counts or bounds are not what the file says
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

    def nodes(self) -> Iterator[tuple[int, Floats, tuple[str, ...]]]:
        """Yield the number of every node of the scene that is shown, with its place (4, 4) and the names of what it is in, the nearest first."""
        nodes, scenes = self.tree.get("nodes", []), self.tree.get("scenes")
        if scenes:
            first = scenes[self.tree.get("scene", 0)].get("nodes", [])
        else:
            first = sorted(set(range(len(nodes))) - {child for node in nodes for child in node.get("children", [])})
        none: tuple[str, ...] = ()
        todo = [(number, np.eye(4), none) for number in reversed(first)]
        while todo:
            number, above, names = todo.pop()
            node = nodes[number]
            if node.get("extensions", {}).get("KHR_node_visibility", {}).get("visible", True) is False:
                continue
            here = above @ local_place(node)
            yield number, here, names
            inside = (str(node["name"]), *names) if node.get("name") else names
            todo += [(child, here, inside) for child in reversed(node.get("children", []))]

    def instances(self, node: Mapping[str, Any]) -> list[Floats]:
        """Return the places (4, 4) in a node at which its mesh is drawn: once, or at those of EXT_mesh_gpu_instancing."""
        given = node.get("extensions", {}).get(INSTANCING, {}).get("attributes", {})
        arrays = {word.lower(): self.accessor(number).astype(np.float64) for word, number in given.items() if word in ("TRANSLATION", "ROTATION", "SCALE")}
        if not arrays:
            return [np.eye(4)]
        count = {len(values) for values in arrays.values()}
        if len(count) > 1:
            raise ValueError("instances of unequal number")
        return [local_place({word: values[n] for word, values in arrays.items()}) for n in range(count.pop())]

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
        self.lying += _other_bounds(self.tree["accessors"][position], points) or (mode == TRIANGLES and len(index) % 3 > 0)
        return points, faces_of(index, mode)

    def spacing(self, primitive: Mapping[str, Any], points: Floats) -> Floats:
        """Return how far apart (3,) the numbers lie that the points (n, 3) of a primitive are stored in: single precision, or whole steps."""
        stored = self.tree["accessors"][primitive["attributes"]["POSITION"]]
        if stored["componentType"] not in LARGEST:
            return single_spacing(points)
        return np.full(3, 1.0 / LARGEST[stored["componentType"]] if stored.get("normalized") else 1.0)


def _other_bounds(stated: Mapping[str, Any], points: Floats) -> bool:
    """Whether an accessor says other bounds than those of its points (n, 3)."""
    if not len(points) or stated.get("normalized"):
        return False
    pairs = ((np.asarray(stated.get(word, ()), dtype=np.float64), found) for word, found in (("min", points.min(axis=0)), ("max", points.max(axis=0))))
    return any(said.shape == found.shape and np.abs(said - found).max() > NEAR * max(1.0, float(np.abs(found).max())) for said, found in pairs)


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


def gltf_pieces(data: bytes, path: Path, raw: RawDesign) -> list[Piece]:
    """Return every mesh of the scene, placed; raises ``DesignError`` when they are too many, or lie outside the folder.

    What is left out or cannot be seen in a picture of the nodes is told in ``raw``: primitives without faces, nodes without size, tilts.
    """
    gltf = Gltf(data, path)
    offset = np.asarray(gltf.tree.get("extensions", {}).get("CESIUM_RTC", {}).get("center", (0.0, 0.0, 0.0)), dtype=np.float64)
    pieces, total, told = [], 0, Counter[str]()
    for number, place, above in gltf.nodes():
        node = gltf.tree["nodes"][number]
        if "mesh" not in node:
            continue
        mesh = gltf.tree["meshes"][node["mesh"]]
        told.update(_odd(node, mesh))
        for primitive in mesh["primitives"]:
            points, faces = gltf.triangles(primitive)
            told["design_gltf_left"] += not len(faces)
            for within in gltf.instances(node) if len(faces) else ():
                total += len(faces)
                if total > FACES_LIMIT:
                    raise DesignError("design_too_large", path=path.name)
                here = place @ within
                size = float(np.linalg.det(here[:3, :3]))
                told["design_gltf_no_size"] += abs(size) < NO_SIZE
                told["design_gltf_tilted"] += _tilted(here[:3, :3])
                placed = points @ here[:3, :3].T + here[:3, 3] + offset
                name = str(node.get("name") or mesh.get("name") or f"node {number}")
                spacing = np.abs(here[:3, :3]) @ gltf.spacing(primitive, points)
                pieces.append(Piece(name, placed, faces[:, ::-1] if size < 0 else faces, *_said(node, mesh), above, spacing))
    if told["design_gltf_tilted"] < len(pieces):  # a rafter may slope; a whole building does not
        del told["design_gltf_tilted"]
    told["design_count_differs"] = gltf.lying
    for code, count in told.items():
        if count:
            raw.say("warning", code, count=count)
    return pieces


def _odd(node: Mapping[str, Any], mesh: Mapping[str, Any]) -> list[str]:
    """Return what moves a mesh besides its place, and is not followed: a skin, shapes that are mixed in."""
    mixed = any(node.get("weights") or mesh.get("weights") or ())
    return ["design_gltf_bent"] if "skin" in node or mixed else []


def _tilted(turn: Floats) -> bool:
    """Whether a place (3, 3) puts a mesh out of plumb: none of its own axes points up (y)."""
    length = np.linalg.norm(turn, axis=0)
    return bool((length > 0).all() and np.abs(turn / length)[1].max() < SQUARE)


def _said(node: Mapping[str, Any], mesh: Mapping[str, Any]) -> tuple[str, str]:
    """Return class and role that the extras of a node, or of its mesh, give it."""
    both = [one for one in (node.get("extras"), mesh.get("extras")) if isinstance(one, dict)]
    words = [{str(key).lower(): value for key, value in one.items() if isinstance(value, str)} for one in both]
    return tuple(next((one[key][:80] for one in words for key in keys if key in one), "") for keys in (CLASS_KEYS, ROLE_KEYS))  # type: ignore[return-value]
