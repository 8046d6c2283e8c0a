"""How far apart the numbers of a file lie is read of every format, as the design is placed; binary RD is known to centimetres."""

from __future__ import annotations

import base64
import json
import struct
import sys
from pathlib import Path

import numpy as np
import pytest

from drieluik.data_sources.design import load_design
from drieluik.model import DesignRequest, Placement
from scenes import ROOT

sys.path.insert(0, str(ROOT / "tests" / "fixtures" / "designs"))
import house as h

AT = Placement("case", *h.RD[:2], 30.0, h.RD[2])


def read(folder: Path, name: str, data: bytes, placement=None):
    (folder / name).write_bytes(data)
    design = load_design(DesignRequest((name,), "A", placement), str(folder))
    return design, [message.note.code for message in design.messages]


def ply_binary(corners) -> bytes:
    head = (f"ply\nformat binary_little_endian 1.0\nelement vertex {len(corners)}\nproperty float x\nproperty float y\nproperty float z\n"
            f"element face {len(h.TRIANGLES)}\nproperty list uchar int vertex_indices\nend_header\n")
    return head.encode() + np.asarray(corners, "<f4").tobytes() + b"".join(struct.pack("<B3i", 3, *map(int, face)) for face in h.TRIANGLES)


def gltf_at(corners, **node) -> bytes:
    tree, data = h.gltf_tree(corners)
    tree["buffers"][0]["uri"] = "data:application/octet-stream;base64," + base64.b64encode(data).decode()
    tree["nodes"] = [{"mesh": 0, **node}]
    return json.dumps(tree).encode()


IN_RD = h.CORNERS + h.RD
SINGLE = {"a.stl": lambda: h.stl(IN_RD), "a.ply": lambda: ply_binary(IN_RD), "a.gltf": lambda: gltf_at(IN_RD)}
DOUBLE = {"a.obj": lambda: h.obj(IN_RD), "b.gltf": lambda: gltf_at(h.CORNERS, translation=[h.RD[0], h.RD[2], -h.RD[1]])}


@pytest.mark.parametrize("name", SINGLE)
def test_binary_rd_is_stored_in_steps_of_centimetres_in_plan_alone(tmp_path, name):
    design, told = read(tmp_path, name, SINGLE[name]())
    assert design.spacing_m == pytest.approx((1 / 64, 1 / 32, 0.0), abs=1e-5)
    assert "design_single_precision" in told


@pytest.mark.parametrize("name", DOUBLE)
def test_text_and_a_local_zero_lose_nothing(tmp_path, name):
    design, told = read(tmp_path, name, DOUBLE[name]())
    assert max(design.spacing_m) < 1e-5
    assert "design_single_precision" not in told


def test_the_steps_turn_with_the_design_and_have_its_unit(tmp_path):
    far = h.CORNERS + (200_000.0, 0.0, 0.0)  # a drawing far from its own zero
    design, told = read(tmp_path, "far.stl", h.stl(far), AT)
    assert design.spacing_m == pytest.approx((np.cos(np.radians(30)) / 64, np.sin(np.radians(30)) / 64, 0.0), abs=1e-5)
    assert "design_single_precision" in told
    design, told = read(tmp_path, "mm.stl", h.stl(h.CORNERS * 1000), AT)
    assert max(design.spacing_m) < 2e-6 and "design_single_precision" not in told


@pytest.mark.parametrize("step", [0.001, 0.02])
def test_whole_steps_of_a_cityjson_are_what_it_is_known_to(tmp_path, step):
    design, told = read(tmp_path, "a.city.json", h.cityjson(scale=step))
    assert design.spacing_m == pytest.approx((step, step, step))
    assert ("design_single_precision" in told) == (step > 0.005)
