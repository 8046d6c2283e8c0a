"""Designs: real ones read to their stated size, hostile ones refused in a sentence, all in a child process."""

from __future__ import annotations

import json
import time

import numpy as np
import pytest
import trimesh

from drieluik.command.inspection import inspect_files
from drieluik.data_sources.design import load_design
from drieluik.data_sources.design.bodies.repair import is_closed, signed_volume, weld
from drieluik.data_sources.design.process import Limits, read_files
from drieluik.errors import CancelledError, DesignError
from drieluik.model import DesignRequest, Placement
from scenes import ROOT, box_part, gable_part

GOOD = {
    "fzk_house_ifc4.ifc": [13.0, 11.0, 6.518], "fzk_house_m.ply": [13.0, 11.0, 6.518], "fzk_house_mm_binary.stl": [13.0, 11.0, 6.518],
    "fzk_house_yup.glb": [13.0, 11.0, 6.518], "fzk_house_zup_mm.obj": [13.0, 11.0, 6.518], "cesium_house1.glb": [10.573, 7.448, 6.0],
    "nl_gable_house_rd_ifc4x3.ifc": [10.4, 6.8, 8.9], "nl_laan_op_zuid_massing_rd.ifc": [64.6, 55.864, 45.0],
}
REFUSED = (
    "empty.glb", "is_html_404.ifc", "is_pdf.ifc", "is_dwg.dxf", "ifc_cyclic_placement.ifc", "ifc_no_geometry.ifc", "ifc_unknown_schema.ifc",
    "index_out_of_range.obj", "index_zero.obj", "inf_vertex.ply", "truncated_binary.stl", "count_4_billion.stl", "no_design_inside.ifczip",
    "bomb_300mb.ifczip", "real_FJK-Project-Final.ifc", "bad_index.city.json", "deep_nesting.city.json", "only_whitespace.ifc",
)


def nothing(fraction):
    """Take progress."""


@pytest.mark.parametrize("name", GOOD)
def test_size_of_real_designs(shared, name):
    raw = read_files([shared / "designs" / "good" / name], nothing)[0]
    low, high = raw.bounds()
    assert high - low == pytest.approx(GOOD[name], abs=0.01)


@pytest.mark.parametrize("name", REFUSED)
def test_hostile_files_are_refused_in_a_sentence(shared, name):
    start = time.monotonic()
    with pytest.raises(DesignError) as caught:
        read_files([shared / "designs" / "bad" / name], nothing)
    assert name.split(".")[0] in str(caught.value)
    assert "{" not in str(caught.value)
    assert time.monotonic() - start < 30


@pytest.mark.parametrize("name", ["ifc_map_eastings_in_mm.ifc", "ifc_map_swapped_en.ifc", "inverted_normals.stl", "is_a_glb.obj", "ifc_no_units.ifc"])
def test_odd_files_are_read_with_a_warning(shared, name):
    found = inspect_files([shared / "designs" / "bad" / name])[0]
    assert found["status"] == "warn", found["messages"]
    json.dumps(found, allow_nan=False)


def test_demo_house_keeps_millimetres():
    design = load_design(DesignRequest(("house_A.ifc",), "A"), str(ROOT / "demo" / "designs"))
    assert design.placement.method == "map_conversion"
    assert design.placement.rotation_deg == pytest.approx(12)
    assert design.bounds[1, 2] == pytest.approx(1.40 + 9.6, abs=1e-6)
    assert {"wall", "roof", "window", "chimney", "canopy"} <= {part.kind for part in design.parts}
    assert [level.elevation_nap for level in design.levels] == pytest.approx([1.4, 4.3])


def test_a_mesh_needs_a_place():
    with pytest.raises(DesignError, match="placement"):
        load_design(DesignRequest(("house_A.glb",), "A"), str(ROOT / "demo" / "designs"))
    place = Placement("case", 187024.5963, 440990.0975, 12.0, 1.40)
    design = load_design(DesignRequest(("house_A.glb",), "A", place), str(ROOT / "demo" / "designs"))
    assert design.bounds[1, 2] == pytest.approx(11.0, abs=1e-4)


def test_cancel_and_time_limit_end_the_child():
    path = ROOT / "demo" / "designs" / "house_A.ifc"

    def stop(fraction):
        raise CancelledError

    with pytest.raises(CancelledError):
        read_files([path], stop)
    with pytest.raises(DesignError, match="gestopt"):
        read_files([path], nothing, Limits(seconds=0))


def test_the_limit_is_the_childs_own_time(tmp_path):
    """A second of its own is too little for 150,000 loose triangles; a busy machine takes none of it."""
    rows = "".join(f"v {n} 0 0\nv {n} 1 0\nv {n} 0 1\nf -3 -2 -1\n" for n in range(150_000))
    (tmp_path / "large.obj").write_text(rows)
    with pytest.raises(DesignError) as refused:
        read_files([tmp_path / "large.obj"], nothing, Limits(seconds=1))
    assert refused.value.code == "design_too_slow"


def test_missing_and_unknown_files(tmp_path):
    with pytest.raises(DesignError, match="bestaat niet"):
        read_files([tmp_path / "none.ifc"], nothing)
    (tmp_path / "letter.ifc").write_text("Dear sir")
    with pytest.raises(DesignError, match="herkent"):
        read_files([tmp_path / "letter.ifc"], nothing)


def test_weld_and_closedness():
    import scenes

    part = scenes.box_part(0, 0, 2, 3, 0, 4)
    soup = part.triangles.reshape(-1, 3)
    vertices, faces = weld(soup, np.arange(36).reshape(-1, 3))
    assert len(vertices) == 8
    assert is_closed(faces)
    assert not is_closed(faces[1:])
    assert signed_volume(vertices, faces) == pytest.approx(24)
    assert signed_volume(vertices, faces[:, ::-1]) == pytest.approx(-24)


def test_inspection_of_the_demo_house():
    found = inspect_files([ROOT / "demo" / "designs" / "house_B.ifc"])[0]
    assert found["measures"]["footprint_m2"] == pytest.approx(108, abs=0.1)
    assert found["georeference"]["rotation_deg"] == pytest.approx(12)
    assert found["format"] == "IFC4"


FLAT = (box_part(3, 1, 10, 11, 0, 6.4, fid="house"), box_part(3.5, -0.7, 6, 1, 2.8, 3.0, fid="balcony"))
GABLE = (gable_part(0, 0, 8, 9, 3, 7),)


@pytest.mark.parametrize(("parts", "written", "axis"), [(FLAT, "y", "y"), (GABLE, "y", "y"), (GABLE, "z", "z")])
def test_a_balcony_does_not_turn_a_file_that_says_its_axis(tmp_path, parts, written, axis):
    """Seen from the side a facade is like a floor and a balcony's edge like a ridge; glTF has y up, and only a sloped roof says otherwise."""
    scene, low = trimesh.Scene(), np.concatenate([part.vertices for part in parts]).min(axis=0)
    for part in parts:
        points = part.vertices - low
        points = points[:, [0, 2, 1]] * (1, 1, -1) if written == "y" else points
        scene.add_geometry(trimesh.Trimesh(points, part.faces, process=False), node_name=part.fid, geom_name=part.fid)
    (tmp_path / "d.glb").write_bytes(scene.export(file_type="glb"))
    design = load_design(DesignRequest(("d.glb",), "A", Placement("case", 155_000.0, 463_000.0, 0.0, 1.0)), tmp_path)
    assert (design.up_axis, any(one.note.code == "design_axis_against_standard" for one in design.messages)) == (axis, axis == "z")
