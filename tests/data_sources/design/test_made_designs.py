"""Designs made here: what readers trip over, and hostile ones that cost more to measure than to send."""

from __future__ import annotations

import base64
import json
import struct
import zipfile

import numpy as np
import pytest
import trimesh

from drieluik.command.inspection import inspect_group

BOX = np.array([[0, 0, 0], [10, 0, 0], [10, 8, 0], [0, 8, 0], [0, 0, 6], [10, 0, 6], [10, 8, 6], [0, 8, 6]], dtype=np.float64)
QUADS = [[3, 2, 1, 0], [4, 5, 6, 7], [0, 1, 5, 4], [1, 2, 6, 5], [2, 3, 7, 6], [3, 0, 4, 7]]
MIXED = [*QUADS[:5], [3, 0, 4], [3, 4, 7]]


def codes(result) -> set[str]:
    return {message["code"] for message in result["messages"]}


def is_the_box(result) -> bool:
    measures = result["measures"]
    return (
        sorted(result["size_m"]) == pytest.approx([6.0, 8.0, 10.0], abs=1e-3)
        and measures["footprint_m2"] == pytest.approx(80.0, abs=0.1)
        and measures["volume_m3"] == pytest.approx(480.0, rel=1e-3)
    )


@pytest.mark.parametrize("kind", ["ascii", "binary_little_endian", "binary_big_endian"])
def test_ply_with_faces_of_mixed_size(tmp_path, kind):
    head = (
        f"ply\nformat {kind} 1.0\nelement vertex 8\nproperty float x\nproperty float y\nproperty float z\n"
        f"element face {len(MIXED)}\nproperty list uchar int vertex_indices\nend_header\n"
    )
    if kind == "ascii":
        body = "".join(" ".join(f"{v:g}" for v in row) + "\n" for row in BOX) + "".join(f"{len(f)} {' '.join(map(str, f))}\n" for f in MIXED)
        data = (head + body).encode()
    else:
        order = "<" if "little" in kind else ">"
        data = head.encode() + BOX.astype(order + "f4").tobytes() + b"".join(struct.pack(f"{order}B{len(f)}i", len(f), *f) for f in MIXED)
    (tmp_path / "box.ply").write_bytes(data)
    assert is_the_box(inspect_group([tmp_path / "box.ply"]))
    (tmp_path / "cut.ply").write_bytes(data[:-9])
    cut = inspect_group([tmp_path / "cut.ply"])
    assert cut["status"] == "reject" or (kind == "ascii" and cut["status"] == "warn")


def gltf(accessors, chunks, **more) -> str:
    """A glTF of one mesh: accessor 0 the positions (y up), 1 the indices; each chunk its own buffer view."""
    views, at, data = [], 0, b""
    for chunk in chunks:
        views.append({"buffer": 0, "byteOffset": at, "byteLength": len(chunk)})
        data += chunk + b"\0" * (-len(chunk) % 4)
        at = len(data)
    tree = {
        "asset": {"version": "2.0"}, "scene": 0, "scenes": [{"nodes": [0]}], "nodes": [{"mesh": 0}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0}, "indices": 1}]}], "accessors": accessors, "bufferViews": views,
        "buffers": [{"byteLength": len(data), "uri": "data:application/octet-stream;base64," + base64.b64encode(data).decode()}],
    }
    return json.dumps({**tree, **more})


FACES = np.array([[f[0], f[i], f[i + 1]] for f in QUADS for i in (1, 2)], dtype="<u2")
Y_UP = BOX[:, [0, 2, 1]] * (1, 1, -1)


def test_gltf_with_sparse_positions(tmp_path):
    """The top of the box is written as sparse values over a flat one: whoever passes over them reads a box without height."""
    flat = Y_UP * (1, 0, 1)
    chunks = [flat.astype("<f4").tobytes(), FACES.tobytes(), np.arange(4, 8, dtype="<u2").tobytes(), Y_UP[4:].astype("<f4").tobytes()]
    accessors = [
        {"componentType": 5126, "count": 8, "type": "VEC3", "bufferView": 0,
         "sparse": {"count": 4, "indices": {"bufferView": 2, "componentType": 5123}, "values": {"bufferView": 3}}},
        {"componentType": 5123, "count": 36, "type": "SCALAR", "bufferView": 1},
    ]
    (tmp_path / "sparse.gltf").write_text(gltf(accessors, chunks))
    assert is_the_box(inspect_group([tmp_path / "sparse.gltf"]))


def test_gltf_with_normalised_positions(tmp_path):
    """KHR_mesh_quantization: positions as fractions of 32767, and the node holds the scale."""
    whole = np.round(Y_UP / 10.0 * 32767).astype("<i2")
    chunks = [np.column_stack([whole, np.zeros(8, "<i2")]).astype("<i2").tobytes(), FACES.tobytes()]
    accessors = [
        {"componentType": 5122, "count": 8, "type": "VEC3", "bufferView": 0, "normalized": True},
        {"componentType": 5123, "count": 36, "type": "SCALAR", "bufferView": 1},
    ]
    text = gltf(accessors, chunks, nodes=[{"mesh": 0, "scale": [10, 10, 10]}], extensionsRequired=["KHR_mesh_quantization"])
    tree = json.loads(text)
    tree["bufferViews"][0]["byteStride"] = 8
    (tmp_path / "quantised.gltf").write_text(json.dumps(tree))
    assert is_the_box(inspect_group([tmp_path / "quantised.gltf"]))


def test_gltf_that_needs_an_unknown_extension(tmp_path):
    accessors = [{"componentType": 5126, "count": 8, "type": "VEC3", "bufferView": 0}, {"componentType": 5123, "count": 36, "type": "SCALAR", "bufferView": 1}]
    text = gltf(accessors, [Y_UP.astype("<f4").tobytes(), FACES.tobytes()], extensionsRequired=["VENDOR_strange"])
    (tmp_path / "strange.gltf").write_text(text)
    assert "design_gltf_unknown" in codes(inspect_group([tmp_path / "strange.gltf"]))


def cityjson(**more):
    boundaries = [[[0, 3, 2, 1]], [[4, 5, 6, 7]], [[0, 1, 5, 4]], [[1, 2, 6, 5]], [[2, 3, 7, 6]], [[3, 0, 4, 7]]]
    tree = {
        "type": "CityJSON", "version": "2.0", "transform": {"scale": [0.001] * 3, "translate": [84000.0, 447000.0, 0.0]},
        "metadata": {"referenceSystem": "https://www.opengis.net/def/crs/EPSG/0/7415"},
        "CityObjects": {"b": {"type": "Building", "geometry": [{"type": "MultiSurface", "lod": "2.2", "boundaries": boundaries}]}},
        "vertices": (BOX * 1000).astype(int).tolist(),
    }
    return {**tree, **more}


def test_cityjson_instance_of_a_template(tmp_path):
    tree = cityjson()
    shape = tree["CityObjects"]["b"]["geometry"][0]
    tree["geometry-templates"] = {"templates": [shape], "vertices-templates": (BOX / 2).tolist()}
    matrix = [2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1]
    tree["CityObjects"]["b"]["geometry"] = [{"type": "GeometryInstance", "template": 0, "boundaries": [0], "transformationMatrix": matrix}]
    (tmp_path / "template.city.json").write_text(json.dumps(tree))
    result = inspect_group([tmp_path / "template.city.json"])
    assert is_the_box(result) and result["georeference"]["method"] == "rd_coordinates"


def test_cityjson_in_another_crs_says_so(tmp_path):
    tree = cityjson(metadata={"referenceSystem": "https://www.opengis.net/def/crs/EPSG/0/31370"})
    (tmp_path / "belgian.city.json").write_text(json.dumps(tree))
    assert "design_other_crs" in codes(inspect_group([tmp_path / "belgian.city.json"]))


def stl(path, triangles) -> None:
    rows = np.zeros(len(triangles), dtype=[("n", "<f4", 3), ("v", "<f4", (3, 3)), ("a", "<u2")])
    rows["v"] = triangles
    path.write_bytes(b"\0" * 80 + struct.pack("<I", len(rows)) + rows.tobytes())


def test_a_tangle_of_faces_is_refused(tmp_path):
    """3,000 long triangles through one point in 150 kB: measuring it would take many gigabytes."""
    turn, numbers = np.linspace(0, 2 * np.pi, 3000, endpoint=False), np.random.default_rng(3)
    ends = [np.column_stack([10 * np.cos(a), 10 * np.sin(a), numbers.uniform(0, 9, 3000)]) for a in (turn, turn + 3)]
    stl(tmp_path / "star.stl", np.stack([np.zeros((3000, 3)), *ends], axis=1))
    assert codes(inspect_group([tmp_path / "star.stl"])) == {"design_tangle"}


def test_many_separate_bodies_are_no_tangle(tmp_path):
    box, steps = trimesh.creation.box((3, 3, 3)), np.arange(20) * 4.0
    places = np.stack(np.meshgrid(steps, steps, [1.5]), axis=-1).reshape(-1, 1, 1, 3)
    stl(tmp_path / "blocks.stl", (box.triangles[None] + places).reshape(-1, 3, 3))
    result = inspect_group([tmp_path / "blocks.stl"])
    assert result["status"] != "reject"
    assert "design_tangle" not in codes(result)
    assert not result["measures"]  # which of 400 buildings is the design, somebody must say


def test_loose_faces_are_one_part(tmp_path):
    """1,000 triangles that touch nowhere are not 1,000 bodies."""
    numbers = np.random.default_rng(5)
    stl(tmp_path / "loose.stl", numbers.uniform(0, 20, (1000, 1, 3)) + numbers.uniform(-0.5, 0.5, (1000, 3, 3)))
    result = inspect_group([tmp_path / "loose.stl"])
    opened = next(message["text"] for message in result["messages"] if message["code"] == "design_open_parts")
    assert result["status"] == "warn" and opened.startswith("1 van 1 ")


def test_an_archive_that_swells_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.ifczip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.ifc", "ISO-10303-21;\n" + "#1=IFCPERSON();\n" * 2_000_000)
    assert codes(inspect_group([tmp_path / "bomb.ifczip"])) == {"design_too_large"}


def test_zeros_that_cost_the_file_nothing_are_refused(tmp_path):
    accessors = [{"componentType": 5126, "count": 1_999_998, "type": "VEC3"}]
    tree = json.loads(gltf(accessors, [b"\0" * 4]))
    tree["meshes"] = [{"primitives": [{"attributes": {"POSITION": 0}}] * 500}]
    (tmp_path / "zeros.gltf").write_text(json.dumps(tree))
    assert codes(inspect_group([tmp_path / "zeros.gltf"])) == {"design_truncated"}


def test_a_folder_is_no_design(tmp_path):
    (tmp_path / "design.ifc").mkdir()
    assert codes(inspect_group([tmp_path / "design.ifc"])) == {"design_no_file"}
