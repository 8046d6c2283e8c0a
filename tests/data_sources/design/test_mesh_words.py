"""What mesh files and CityJSON say of their parts: own names, classes and roles, instances, and RD before any guess of the axis."""

from __future__ import annotations

import base64
import json
import sys

import numpy as np
import pytest

from drieluik.command.inspection import inspect_group
from drieluik.data_sources.design.readers.city import read_city
from drieluik.data_sources.design.readers.collada import read_collada
from drieluik.data_sources.design.readers.dxf import read_dxf
from drieluik.data_sources.design.readers.mesh import read_mesh
from drieluik.errors import DesignError
from scenes import ROOT

sys.path.insert(0, str(ROOT / "tests" / "fixtures" / "designs"))
import house as h

QUADS = [[3, 2, 1, 0], [4, 5, 6, 7], [0, 1, 5, 4], [1, 2, 6, 5], [2, 3, 7, 6], [3, 0, 4, 7]]
TRIANGLES = np.array([[q[0], q[i], q[i + 1]] for q in QUADS for i in (1, 2)])


def box(x, y, z, across, along, high) -> np.ndarray:
    return np.array([(x + a * across, y + b * along, z + c * high) for c in (0, 1) for a, b in ((0, 0), (1, 0), (1, 1), (0, 1))], dtype=np.float64)


THINGS = {"Wand zuid": box(0, 0, 0, 12, 9, 5), "Boom 3": box(20, 0, 0, 2, 2, 7), "bestaande schuur": box(0, 20, 0, 6, 4, 3), "schoorsteen": box(5, 4, 5, 1, 1, 1)}
ROLES = {"Wand zuid": "", "Boom 3": "vegetation", "bestaande schuur": "existing", "schoorsteen": ""}
KINDS = {"Wand zuid": "wall", "Boom 3": "building", "bestaande schuur": "building", "schoorsteen": "chimney"}


def obj(words) -> bytes:
    lines, at = [], 1
    for name, corners in THINGS.items():
        lines += [words.format(name), *(f"v {x} {y} {z}" for x, y, z in corners), *("f " + " ".join(str(i + at) for i in q) for q in QUADS)]
        at += 8
    return "\n".join(lines).encode() + b"\n"


def gltf(nodes=None, things=THINGS, **more) -> bytes:
    """A glTF of one mesh a thing (y up), each in a node of its name unless told otherwise."""
    views, accessors, meshes, data = [], [], [], b""
    for corners in things.values():
        points = (corners[:, [0, 2, 1]] * (1, 1, -1)).astype("<f4")
        for block, kind, count, width in ((points.tobytes(), 5126, 8, "VEC3"), (TRIANGLES.astype("<u2").tobytes(), 5123, 36, "SCALAR")):
            views.append({"buffer": 0, "byteOffset": len(data), "byteLength": len(block)})
            accessors.append({"bufferView": len(views) - 1, "componentType": kind, "count": count, "type": width})
            data += block + b"\0" * (-len(block) % 4)
        meshes.append({"primitives": [{"attributes": {"POSITION": len(accessors) - 2}, "indices": len(accessors) - 1}]})
    for values in more.pop("vectors", ()):
        block = np.asarray(values, "<f4").tobytes()
        views.append({"buffer": 0, "byteOffset": len(data), "byteLength": len(block)})
        accessors.append({"bufferView": len(views) - 1, "componentType": 5126, "count": len(values), "type": f"VEC{len(values[0])}"})
        data += block
    nodes = nodes or [{"name": name, "mesh": n} for n, name in enumerate(things)]
    tree = {
        "asset": {"version": "2.0"}, "scenes": [{"nodes": sorted(set(range(len(nodes))) - {c for n in nodes for c in n.get("children", ())})}], "nodes": nodes,
        "meshes": meshes, "accessors": accessors, "bufferViews": views,
        "buffers": [{"byteLength": len(data), "uri": "data:application/octet-stream;base64," + base64.b64encode(data).decode()}],
    }
    return json.dumps({**tree, **more}).encode()


def dxf() -> bytes:
    faces = "".join(
        f"0\n3DFACE\n8\n{name}\n" + "".join(f"{10 + k}\n{x}\n{20 + k}\n{y}\n{30 + k}\n{z}\n" for k, (x, y, z) in enumerate(corners[quad]))
        for name, corners in THINGS.items() for quad in QUADS
    )
    return f"0\nSECTION\n2\nHEADER\n9\n$ACADVER\n1\nAC1015\n9\n$INSUNITS\n70\n6\n0\nENDSEC\n0\nSECTION\n2\nENTITIES\n{faces}0\nENDSEC\n0\nEOF\n".encode()


def dae() -> bytes:
    made, shown = [], []
    for n, (name, corners) in enumerate(THINGS.items()):
        points = " ".join(f"{v}" for v in corners.ravel())
        made.append(
            f'<geometry id="g{n}" name="{name}"><mesh><source id="p{n}"><float_array id="a{n}" count="24">{points}</float_array><technique_common>'
            f'<accessor source="#a{n}" count="8" stride="3"><param name="X" type="float"/><param name="Y" type="float"/><param name="Z" type="float"/></accessor>'
            f'</technique_common></source><vertices id="v{n}"><input semantic="POSITION" source="#p{n}"/></vertices><triangles count="12">'
            f'<input semantic="VERTEX" source="#v{n}" offset="0"/><p>{" ".join(map(str, TRIANGLES.ravel()))}</p></triangles></mesh></geometry>'
        )
        shown.append(f'<node id="n{n}"><instance_geometry url="#g{n}"/></node>')
    return (
        '<?xml version="1.0"?><COLLADA xmlns="http://www.collada.org/2005/11/COLLADASchema" version="1.4.1"><asset><unit name="meter" meter="1"/>'
        f'<up_axis>Z_UP</up_axis></asset><library_geometries>{"".join(made)}</library_geometries><library_visual_scenes><visual_scene id="s">{"".join(shown)}'
        '</visual_scene></library_visual_scenes><scene><instance_visual_scene url="#s"/></scene></COLLADA>'
    ).encode()


WAYS = {
    "objects.obj": (obj("o {}"), lambda path: read_mesh(path, "obj")), "groups.obj": (obj("g {}"), lambda path: read_mesh(path, "obj")),
    "nodes.gltf": (gltf(), lambda path: read_mesh(path, "gltf")), "layers.dxf": (dxf(), read_dxf), "geometries.dae": (dae(), read_collada),
}


@pytest.mark.parametrize("name", WAYS)
def test_every_part_keeps_its_name_kind_and_role(tmp_path, name):
    data, read = WAYS[name]
    (tmp_path / name).write_bytes(data)
    parts = {part.name: part for part in read(tmp_path / name).parts}
    assert {key: part.role[0] for key, part in parts.items()} == ROLES and {key: part.kind for key, part in parts.items()} == KINDS
    assert all(np.ptp(part.vertices, axis=0) == pytest.approx(np.ptp(THINGS[key], axis=0)) for key, part in parts.items())


@pytest.mark.parametrize("name", WAYS)
def test_the_same_scene_gives_the_same_roles_in_every_format(tmp_path, name):
    (tmp_path / name).write_bytes(WAYS[name][0])
    result = inspect_group([tmp_path / name])
    assert {row["name"]: (row["role"], row["source"]) for row in result["roles"]} == {
        "Wand zuid": ("design", "shape"), "Boom 3": ("vegetation", "file"), "bestaande schuur": ("existing", "file"), "schoorsteen": ("design", "shape"),
    }
    assert result["measures"]["footprint_m2"] == pytest.approx(108.0, abs=0.01) and [point["key"] for point in result["open_points"]][:1] == ["roles"]
    assert result["size_m"] == pytest.approx([12.0, 9.0, 6.0], abs=1e-3)


def test_a_node_may_say_its_class_and_role_and_what_is_in_a_node_inherits(tmp_path):
    nodes = [
        {"name": "a", "mesh": 0, "extras": {"ifcClass": "IfcRoof", "status": "DEMOLISH"}}, {"name": "b", "mesh": 1, "extras": {"role": "context"}},
        {"name": "Bestaand", "children": [3]}, {"name": "c", "mesh": 2}, {"name": "d", "mesh": 3},
    ]
    (tmp_path / "a.gltf").write_bytes(gltf(nodes))
    parts = {part.name: part for part in read_mesh(tmp_path / "a.gltf", "gltf").parts}
    assert (parts["a"].source_class, parts["a"].kind, parts["a"].role[0]) == ("IfcRoof", "roof", "demolish")
    assert [parts[name].role[0] for name in "bcd"] == ["context", "existing", ""]


ONE = {"storey": box(0, 0, 0, 9, 7, 2.5)}


def instanced(**attributes):
    return [{"name": "storey", "mesh": 0, "extensions": {"EXT_mesh_gpu_instancing": {"attributes": attributes}}}]


def test_instances_are_placed_turned_and_scaled(tmp_path):
    quarter = (0.0, np.sqrt(0.5), 0.0, np.sqrt(0.5))
    data = gltf(
        instanced(TRANSLATION=2, ROTATION=3, SCALE=4), ONE, extensionsUsed=["EXT_mesh_gpu_instancing"],
        vectors=[[(0, 0, 0), (0, 2.5, 0), (0, 5.0, 0), (50, 0, 0)], [(0, 0, 0, 1)] * 3 + [quarter], [(1, 1, 1)] * 3 + [(1, 2, 1)]],
    )
    (tmp_path / "four.gltf").write_bytes(data)
    parts = read_mesh(tmp_path / "four.gltf", "gltf").parts
    assert len(parts) == 4 and [float(part.vertices[:, 2].min()) for part in parts] == pytest.approx([0.0, 2.5, 5.0, 0.0])
    assert np.ptp(parts[3].vertices, axis=0) == pytest.approx([7.0, 9.0, 5.0])


def test_instances_of_unequal_number_are_refused(tmp_path):
    (tmp_path / "odd.gltf").write_bytes(gltf(instanced(TRANSLATION=2, SCALE=3), ONE, vectors=[[(0, 0, 0)] * 3, [(1, 1, 1)] * 2]))
    with pytest.raises(DesignError) as refused:
        read_mesh(tmp_path / "odd.gltf", "gltf")
    assert refused.value.code == "design_truncated"


def test_a_hidden_node_is_not_drawn(tmp_path):
    nodes = [{"name": "a", "mesh": 0}, {"name": "b", "mesh": 1, "extensions": {"KHR_node_visibility": {"visible": False}}}]
    (tmp_path / "hidden.gltf").write_bytes(gltf(nodes, extensionsUsed=["KHR_node_visibility"]))
    assert [part.name for part in read_mesh(tmp_path / "hidden.gltf", "gltf").parts] == ["a"]


FLAT = box(155_120.0, 463_040.0, 3.75, 11, 7, 6)


@pytest.mark.parametrize(("corners", "axis"), [(FLAT, "z"), (FLAT[:, [0, 2, 1]] * (1, 1, -1), "y")])
@pytest.mark.parametrize("floor", [True, False])
def test_rd_in_the_vertices_says_the_axis(tmp_path, corners, axis, floor):
    """A flat roof says nothing of what is up, and without a floor the wrong thing; the coordinates do."""
    (tmp_path / "flat.obj").write_bytes(h.obj(corners, QUADS if floor else QUADS[1:]))
    raw = read_mesh(tmp_path / "flat.obj", "obj")
    assert raw.up_axis == axis and raw.georeference is not None
    assert raw.bounds() == pytest.approx(np.array([[155_120.0, 463_040.0, 3.75], [155_131.0, 463_047.0, 9.75]]), abs=1e-3)


def city(**things) -> bytes:
    """CityJSON of houses, moved apart: name -> attributes."""
    tree = h.cityjson_tree()
    shape = tree["CityObjects"]["b"]["geometry"][0]
    moved = [[x + 20_000 * n, y, z] for n in range(len(things)) for x, y, z in tree["vertices"]]
    objects = {
        name: {"type": "Building", "attributes": said, "geometry": [{**shape, "boundaries": [[[[i + 10 * n for i in ring] for ring in face] for face in shape["boundaries"][0]]]}]}
        for n, (name, said) in enumerate(things.items())
    }
    objects["boom"] = {"type": "SolitaryVegetationObject", "geometry": []}
    return json.dumps({**tree, "CityObjects": objects, "vertices": moved}).encode()


def test_every_object_of_a_city_model_keeps_its_name_and_role(tmp_path):
    (tmp_path / "q.city.json").write_bytes(city(A={}, B={"status": "bestaand"}, **{"NL.IMBAG.Pand.0599100000000007": {}, "Nieuwbouw C": {}}))
    raw = read_city(tmp_path / "q.city.json")
    assert [(part.object, part.role[0]) for part in raw.parts] == [
        ("A", ""), ("B", "existing"), ("NL.IMBAG.Pand.0599100000000007", "existing"), ("Nieuwbouw C", "design"),
    ]
    assert ("info", "design_left_out", {"classes": "SolitaryVegetationObject 1"}) in raw.messages


OF_CLASS = {
    "SolitaryVegetationObject": "vegetation", "PlantCover": "vegetation", "CityFurniture": "context", "Bridge": "context", "BridgePart": "context",
    "LandUse": "terrain", "WaterBody": "terrain", "+Vreemd": "", "BuildingInstallation": "", "BuildingPart": "", "OtherThing": "",
}


@pytest.mark.parametrize(("cls", "role"), OF_CLASS.items())
def test_a_body_is_read_whatever_its_class_and_its_class_proposes_a_role(tmp_path, cls, role):
    tree = json.loads(city(A={}, b={}))
    tree["CityObjects"]["b"]["type"] = cls
    (tmp_path / "c.city.json").write_text(json.dumps(tree), encoding="utf-8")
    raw = read_city(tmp_path / "c.city.json")
    assert [(part.object, part.role[0]) for part in raw.parts] == [("A", ""), ("b", role)]
    assert raw.parts[1].source_class == cls and raw.parts[1].role[1] == ("part_role_class" if role else "")
    assert ("info", "design_left_out", {"classes": "SolitaryVegetationObject 1"}) in raw.messages  # one without a shape


def test_what_a_city_model_leaves_out_is_told(tmp_path):
    tree = json.loads(city(A={}, b={}, c={}))
    tree["CityObjects"]["b"]["type"] = "TINRelief"  # a surface without its underside: the ground
    solid = tree["CityObjects"]["b"]["geometry"][0]
    solid["boundaries"] = [solid["boundaries"][0][1:]]
    tree["CityObjects"]["c"]["type"] = "CityFurniture"
    tree["vertices"] = [[x + (900_000 if number >= 20 else 0), y, z] for number, (x, y, z) in enumerate(tree["vertices"])]  # far away
    (tmp_path / "l.city.json").write_text(json.dumps(tree), encoding="utf-8")
    raw = read_city(tmp_path / "l.city.json")
    assert [part.object for part in raw.parts] == ["A"]
    (told,) = [data["classes"] for _, code, data in raw.messages if code == "design_left_out"]
    assert set(told.split(", ")) == {"TINRelief 1", "CityFurniture 1", "SolitaryVegetationObject 1"}


def test_what_is_called_furniture_and_has_the_shape_of_a_house_is_asked(tmp_path):
    tree = json.loads(city(A={}, b={}))
    tree["CityObjects"]["b"]["type"] = "CityFurniture"
    (tmp_path / "c.city.json").write_text(json.dumps(tree), encoding="utf-8")
    found = inspect_group([tmp_path / "c.city.json"])
    assert [row["role"] for row in found["objects"]] == ["design", "context"]
    assert "b" in " ".join(message["text"] for message in found["messages"])  # and it is told


def test_which_of_several_buildings_is_asked_or_named(tmp_path):
    (tmp_path / "q.city.json").write_bytes(city(A={}, B={}, C={}))
    asked = inspect_group([tmp_path / "q.city.json"])
    assert asked["status"] == "warn" and "design_several_objects" in [m["code"] for m in asked["messages"]]
    assert [row["name"] for row in asked["objects"]] == ["A", "B", "C"] and asked["open_points"][0]["key"] == "roles"
    named = inspect_group([tmp_path / "q.city.json"], objects=["b"])
    assert named["status"] == "ok" and named["measures"]["footprint_m2"] == pytest.approx(77.0, abs=0.01)
    assert [row["role"] for row in named["objects"]] == ["context", "design", "context"] and "roles" not in [point["key"] for point in named["open_points"]]
    lacking = inspect_group([tmp_path / "q.city.json"], objects=["Z"])
    assert lacking["status"] == "reject" and "A, B, C" in lacking["messages"][0]["text"]


def test_a_file_of_a_quarter_has_no_measures_until_one_is_named(tmp_path):
    (tmp_path / "q.city.json").write_bytes(city(**{f"pand {n}": {} for n in range(12)}))
    found = inspect_group([tmp_path / "q.city.json"])
    assert found["measures"] == {} and len(found["objects"]) == 12 and found["status"] == "warn"
    assert inspect_group([tmp_path / "q.city.json"], objects=["pand 4"])["measures"]["volume_m3"] == pytest.approx(400.4, abs=0.05)


def test_names_of_machines_go_before_that_of_what_they_stand_on(tmp_path):
    things = {"warmtepomp op het dak": box(0, 0, 5, 1, 1, 1), "PV-panelen dak zuid": box(2, 0, 5, 1, 1, 1), "liftopbouw": box(4, 0, 5, 2, 2, 3), "dak": box(0, 0, 4, 9, 9, 1)}
    (tmp_path / "it.gltf").write_bytes(gltf(things=things))
    found = {part.name: part.kind for part in read_mesh(tmp_path / "it.gltf", "gltf").parts}
    assert found == {"warmtepomp op het dak": "installation", "PV-panelen dak zuid": "installation", "liftopbouw": "building", "dak": "roof"}
