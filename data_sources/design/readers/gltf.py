"""What a glTF must satisfy before a library may build it (glTF 2.0 specification, https://registry.khronos.org/glTF/)."""

from __future__ import annotations

import json
import struct
from typing import Any

from ....errors import DesignError
from ..bodies.raw import RawDesign

JSON_CHUNK, BINARY_CHUNK = b"JSON", b"BIN\0"
DEPTH_LIMIT = 200
BYTES = {5120: 1, 5121: 1, 5122: 2, 5123: 2, 5125: 4, 5126: 4}
WIDTH = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT2": 4, "MAT3": 9, "MAT4": 16}
NUMBERS = ("scale", "strength", "alphaCutoff", "index", "texCoord")
COUNT_LIMIT = 60_000_000
EMPTY_LIMIT = 50_000
"""Elements that an accessor without a buffer may ask for: they are zeros, and cost the file nothing."""
COMPRESSED = ("KHR_draco_mesh_compression", "EXT_meshopt_compression", "KHR_meshopt_compression")
APPLIED = ("EXT_mesh_gpu_instancing", "KHR_node_visibility", "CESIUM_RTC")
"""Extensions that place or hide geometry, and are followed."""
OTHER_SHAPES = ("KHR_gaussian_splatting", "EXT_primitive_voxels", "EXT_implicit_", "KHR_implicit_shapes")
"""Extensions (or their families) by which shapes are something else than triangles."""
HARMLESS = ("KHR_animation_", "KHR_xmp", "KHR_audio", "EXT_lights_", "EXT_mesh_manifold", "EXT_instance_features", "MSFT_lod", "MSFT_packing_", "AGI_",
            "FB_ngon_encoding", "CESIUM_primitive_outline", "ADOBE_materials_", "ADOBE_meta", "NV_materials_", "KHR_interactivity", "KHR_node_selectability",
            "KHR_node_hoverability", "GODOT_", "OMI_", "VRMC_materials_", "MSFT_audio", "MX_", "BENTLEY_materials_", "CESIUM_tile_edges", "MPEG_texture_",
            "KHR_mesh_quantization", "KHR_materials_", "KHR_texture_", "EXT_texture_", "KHR_lights_", "EXT_mesh_features", "EXT_structural_metadata",
            "EXT_feature_metadata", "MSFT_texture_")
"""Extensions (or their families) without which the geometry is still read as it is meant."""


SHAPES = ("nodes", "meshes", "accessors", "bufferViews", "skins")
"""Where of a glTF the shape and the place of things stand; elsewhere (materials, textures, the scene's own data) an extension moves nothing."""


def check_gltf(data: bytes, name: str, raw: RawDesign) -> None:
    """Raise ``DesignError`` for cycles in the scene, types that are wrong, counts that no buffer holds, unread compression, another version.

    Extensions that nobody here knows are named in ``raw``.
    """
    try:
        tree = tree_of(data)[0]
    except (ValueError, RecursionError, struct.error) as reason:
        raise DesignError("design_truncated", path=name, details=str(reason)) from reason
    version = str((tree.get("asset") or {}).get("version") or "") if isinstance(tree.get("asset"), dict) else ""
    if not version.startswith("2."):
        raise DesignError("design_version", path=name, kind="glTF", version=version[:20] or "-", known="2.0")
    _check_extensions(tree, name, raw)
    try:
        _check_accessors(tree)
        _check_nodes(tree.get("nodes", []))
        _check_numbers(tree.get("materials", []))
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as reason:
        raise DesignError("design_truncated", path=name, details=f"{type(reason).__name__}: {reason}") from reason


def _check_extensions(tree: dict[str, Any], name: str, raw: RawDesign) -> None:
    """Raise ``DesignError`` for an extension that says what the shapes are and is not followed here; name the others that nobody knows in ``raw``."""
    used = [str(word)[:80] for word in tree.get("extensionsUsed") or ()]
    for word in used:
        if word.startswith(OTHER_SHAPES):
            raise DesignError("design_gltf_extension", path=name, extension=word)
    for buffer in tree.get("buffers") or ():
        for word in COMPRESSED:
            if isinstance(buffer, dict) and (buffer.get("extensions") or {}).get(word, {}).get("fallback"):  # the plain data is not there
                raise DesignError("design_gltf_extension", path=name, extension=word)
    unknown = [word for word in used if word not in (*COMPRESSED, *APPLIED) and not word.startswith(HARMLESS)]
    shaping = sorted({word for place in SHAPES for word in _extensions(tree.get(place))} & set(unknown))
    if shaping:
        raise DesignError("design_gltf_shape", path=name, extension=shaping[0])
    if unknown:
        raw.say("warning", "design_gltf_unread", extensions=", ".join(unknown[:5]))
    required = [str(word) for word in tree.get("extensionsRequired") or ()]
    for word in required:
        if word in COMPRESSED:
            raise DesignError("design_gltf_extension", path=name, extension=word)
        if word not in APPLIED and not word.startswith(HARMLESS):
            raise DesignError("design_gltf_unknown", path=name, extension=word[:80])


def _extensions(value: Any) -> set[str]:
    """Return the names of the extensions that a piece of a glTF uses, however deep."""
    found, left = set[str](), [value]
    while left:
        one = left.pop()
        if isinstance(one, dict):
            own = one.get("extensions")
            found |= {str(word)[:80] for word in own} if isinstance(own, dict) else set()
            left += [inner for key, inner in one.items() if key != "extras"]
        elif isinstance(one, list):
            left += one
    return found


def tree_of(data: bytes) -> tuple[dict[str, Any], bytes]:
    """Return the JSON of a glTF or GLB and the binary chunk of a GLB (empty without one); raises ``ValueError`` when it is cut off."""
    if not data.startswith(b"glTF"):
        text, own = data.decode("utf-8-sig"), b""
    else:
        length, kind = struct.unpack_from("<I4s", data, 12)
        if kind != JSON_CHUNK or 20 + length > len(data):
            raise ValueError("chunk longer than the file")
        text, after = data[20 : 20 + length].decode("utf-8"), 20 + length
        own = b""
        if len(data) >= after + 8:
            size, kind = struct.unpack_from("<I4s", data, after)
            if kind == BINARY_CHUNK and after + 8 + size > len(data):
                raise ValueError("chunk longer than the file")
            own = data[after + 8 : after + 8 + size] if kind == BINARY_CHUNK else b""
    tree = json.loads(text)
    if not isinstance(tree, dict):
        raise ValueError("no object")
    return tree, own


def _check_accessors(tree: dict[str, Any]) -> None:
    views, buffers = tree.get("bufferViews", []), tree.get("buffers", [])
    for view in views:
        whole = _count(buffers[_count(view["buffer"])]["byteLength"])
        if _count(view.get("byteOffset", 0)) + _count(view["byteLength"]) > whole:
            raise ValueError("buffer view beyond its buffer")
    for accessor in tree.get("accessors", []):
        count = _count(accessor["count"])
        if count > COUNT_LIMIT:
            raise ValueError("too many elements")
        if "bufferView" not in accessor and count > EMPTY_LIMIT:
            raise ValueError("elements that no buffer holds")
        if "bufferView" in accessor:
            view = views[_count(accessor["bufferView"])]
            item = BYTES[accessor["componentType"]] * WIDTH[accessor["type"]]
            step = _count(view.get("byteStride", item)) or item
            if _count(accessor.get("byteOffset", 0)) + (count - 1) * step + item > view["byteLength"] and count:
                raise ValueError("accessor beyond its buffer view")


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise TypeError(f"{value!r} is no count")
    return value


def _check_nodes(nodes: list[dict[str, Any]]) -> None:
    """Every node may have one parent at most and the tree may not be too deep."""
    children = [[_count(child) for child in node.get("children", [])] for node in nodes]
    parents = [0] * len(nodes)
    for child in (one for group in children for one in group):
        parents[child] += 1
    if any(count > 1 for count in parents):
        raise ValueError("a node with several parents")
    level = [number for number, count in enumerate(parents) if not count]
    seen = depth = 0
    while level:
        seen, depth = seen + len(level), depth + 1
        if depth > DEPTH_LIMIT:
            raise ValueError("nodes too deep")
        level = [child for number in level for child in children[number]]
    if seen < len(nodes):
        raise ValueError("a cycle of nodes")


def _check_numbers(value: Any, key: str = "") -> None:
    """Numbers of a material must be numbers: a file that breaks its own schema here is broken elsewhere too."""
    if key.endswith("Factor") or key in NUMBERS:
        if any(isinstance(one, (str, bool, dict)) for one in (value if isinstance(value, list) else [value])):
            raise TypeError(f"{key} is no number")
    elif isinstance(value, dict):
        for inner, one in value.items():
            if inner not in ("extensions", "extras"):
                _check_numbers(one, inner)
    elif isinstance(value, list):
        for one in value:
            _check_numbers(one)
