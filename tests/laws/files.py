"""A design written to a file as other programs write it, and read again by the reader: formats, units and axes."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import trimesh
from laws.worlds import Frame

from drieluik.data_sources.design import load_design
from drieluik.model import Design, DesignRequest, Part, Placement

WAYS = ("OBJ in mm, y up", "OBJ in m, z up", "OBJ in groups", "GLB", "PLY in cm", "DXF in mm", "IFC", "CityJSON")
WELDED = "PLY in cm"
"""Written as one mesh: bodies that share corners are welded, so that a volume may be an estimate; then no verdict may turn, values may differ."""
SCALE = {"mm": 1000.0, "cm": 100.0, "m": 1.0}


IFC_HEAD = """ISO-10303-21;
HEADER;
FILE_DESCRIPTION((''),'2;1');
FILE_NAME('world.ifc','2026-05-01T12:00:00',(''),(''),'','','');
FILE_SCHEMA(('IFC4'));
ENDSEC;
DATA;
#1=IFCPROJECT('0000000000000000000001',$,'world',$,$,$,$,(#3),#2);
#2=IFCUNITASSIGNMENT((#7));
#3=IFCGEOMETRICREPRESENTATIONCONTEXT($,'Model',3,1.E-05,#4,$);
#4=IFCAXIS2PLACEMENT3D(#5,$,$);
#5=IFCCARTESIANPOINT((0.,0.,0.));
#6=IFCLOCALPLACEMENT($,#4);
#7=IFCSIUNIT(*,.LENGTHUNIT.,$,.METRE.);
#8=IFCBUILDING('0000000000000000000002',$,'world',$,$,#6,$,$,.ELEMENT.,$,$,$);
#9=IFCRELAGGREGATES('0000000000000000000003',$,$,$,#1,(#8));
"""
Mesh = tuple[str, np.ndarray, np.ndarray]


def through_a_file(design: Design, frame: Frame, way: str) -> Design:
    """The design after it was written in model coordinates (origin at the frame's; CityJSON in RD) and read again with the officer's placement."""
    unit = next((word for word in ("mm", "cm") if word in way), "m")
    y_up = "y up" in way or way == "GLB"
    meshes = [(part.name, part.vertices if way == "CityJSON" else _local(part, frame) * SCALE[unit], part.faces) for part in design.parts]
    if y_up:
        meshes = [(name, points[:, [0, 2, 1]] * (1.0, 1.0, -1.0), faces) for name, points, faces in meshes]
    with tempfile.TemporaryDirectory() as folder:
        name = f"design.{'city.json' if way == 'CityJSON' else way.split(' ')[0].lower()}"
        (Path(folder) / name).write_bytes(_written(way, meshes))
        place = None if way == "CityJSON" else Placement("case", frame.east, frame.north, frame.turn, frame.peil)
        told = () if way in ("GLB", "IFC", "CityJSON") else (unit, "y" if y_up else "z")  # these have one unit and one axis
        read = load_design(DesignRequest((name,), design.name, place, *told), folder)
    return replace(design, parts=read.parts)


def _local(part: Part, frame: Frame) -> np.ndarray:
    x, y = frame.local(part.vertices[:, 0], part.vertices[:, 1])
    return np.column_stack([x, y, part.vertices[:, 2] - frame.peil])


def _written(way: str, meshes: list[Mesh]) -> bytes:
    if way == "GLB":
        scene = trimesh.Scene()
        for name, points, faces in meshes:
            scene.add_geometry(trimesh.Trimesh(points, faces, process=False), node_name=name, geom_name=name)
        return bytes(scene.export(file_type="glb"))
    if way.startswith("PLY"):
        starts = np.cumsum([0, *(len(points) for _, points, _ in meshes)])
        points, faces = np.concatenate([points for _, points, _ in meshes]), np.concatenate([faces + start for (_, _, faces), start in zip(meshes, starts)])
        return bytes(trimesh.Trimesh(points, faces, process=False).export(file_type="ply", encoding="ascii"))
    writer = {"DXF in mm": _dxf, "IFC": _ifc, "CityJSON": _cityjson, "OBJ in groups": lambda some: _obj(some, "g")}.get(way, lambda some: _obj(some, "o"))
    return writer(meshes).encode()


def _obj(meshes: list[Mesh], mark: str) -> str:
    lines, start = [], 1
    for name, points, faces in meshes:
        lines += [f"{mark} {name}", *("v " + " ".join(f"{v:.6f}" for v in point) for point in points)]
        lines += ["f " + " ".join(str(corner + start) for corner in face) for face in faces]
        start += len(points)
    return "\n".join(lines) + "\n"


def _dxf(meshes: list[Mesh]) -> str:
    """3DFACEs, a layer for each part."""
    faces = [
        f"0\n3DFACE\n8\n{name}\n" + "".join(f"{10 + n}\n{x:.3f}\n{20 + n}\n{y:.3f}\n{30 + n}\n{z:.3f}\n" for n, (x, y, z) in enumerate(points[[*face, face[2]]]))
        for name, points, faces in meshes for face in faces
    ]
    return f"0\nSECTION\n2\nHEADER\n9\n$ACADVER\n1\nAC1015\n9\n$INSUNITS\n70\n4\n0\nENDSEC\n0\nSECTION\n2\nENTITIES\n{''.join(faces)}0\nENDSEC\n0\nEOF\n"


def _ifc(meshes: list[Mesh]) -> str:
    """Proxies of one building, each a closed set of triangles."""
    lines, proxies = [], []
    for number, (name, points, faces) in enumerate(meshes):
        n = 100 + 10 * number
        corners = ",".join(f"({x:.6f},{y:.6f},{z:.6f})" for x, y, z in points)
        triangles = ",".join(f"({a},{b},{c})" for a, b, c in faces + 1)
        lines += [
            f"#{n}=IFCCARTESIANPOINTLIST3D(({corners}));", f"#{n + 1}=IFCTRIANGULATEDFACESET(#{n},$,.T.,({triangles}),$);",
            f"#{n + 2}=IFCSHAPEREPRESENTATION(#3,'Body','Tessellation',(#{n + 1}));", f"#{n + 3}=IFCPRODUCTDEFINITIONSHAPE($,$,(#{n + 2}));",
            f"#{n + 4}=IFCBUILDINGELEMENTPROXY('{number:022d}',$,'{name}',$,$,#6,#{n + 3},$,$);",
        ]
        proxies.append(f"#{n + 4}")
    return IFC_HEAD + "\n".join([*lines, f"#10=IFCRELCONTAINEDINSPATIALSTRUCTURE('0000000000000000000004',$,$,$,({','.join(proxies)}),#8);", "ENDSEC;", "END-ISO-10303-21;"])


def _cityjson(meshes: list[Mesh]) -> str:
    """Parts of one building, in RD and NAP to the micrometre."""
    low = np.floor(np.concatenate([points for _, points, _ in meshes]).min(axis=0))
    objects: dict[str, object] = {"building": {"type": "Building", "children": [f"part {n}" for n in range(len(meshes))]}}
    corners: list[list[int]] = []
    for number, (name, points, faces) in enumerate(meshes):
        shell = [[[int(corner) + len(corners) for corner in face]] for face in faces]
        geometry = [{"type": "Solid", "lod": "2.2", "boundaries": [shell]}]
        objects[f"part {number}"] = {"type": "BuildingPart", "parents": ["building"], "attributes": {"name": name}, "geometry": geometry}
        corners += np.rint((points - low) * 1e6).astype(int).tolist()
    return json.dumps({
        "type": "CityJSON", "version": "2.0", "transform": {"scale": [1e-6] * 3, "translate": low.tolist()}, "CityObjects": objects, "vertices": corners,
        "metadata": {"referenceSystem": "https://www.opengis.net/def/crs/EPSG/0/7415"},
    })
