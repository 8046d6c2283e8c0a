"""Makes the demo again: `python demo/generate.py`. Seeded; the same numbers give the same neighbourhood."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

DEMO = Path(__file__).resolve().parent
sys.path.insert(0, str(DEMO))

from generator import house, neighbourhood, plan, sources  # noqa: E402

SEED = 1848


def write_glb(ifc: Path, glb: Path) -> None:
    """Write a house as GLB: metres, y up, local coordinates, a node per element named after it."""
    import ifcopenshell
    import ifcopenshell.geom
    import trimesh

    model = ifcopenshell.open(str(ifc))
    settings = ifcopenshell.geom.settings()
    settings.set("use-world-coords", True)
    iterator = ifcopenshell.geom.iterator(settings, model, 1, exclude=["IfcOpeningElement", "IfcSpace"])
    scene, number = trimesh.Scene(), 0
    iterator.initialize()
    while True:
        shape = iterator.get()
        vertices = np.asarray(shape.geometry.verts).reshape(-1, 3)
        faces = np.asarray(shape.geometry.faces).reshape(-1, 3)
        mesh = trimesh.Trimesh(vertices[:, [0, 2, 1]] * [1, 1, -1], faces, process=False)
        words = {"IfcWall": "wall", "IfcWindow": "window", "IfcDoor": "door", "IfcChimney": "chimney", "IfcStair": "stair", "IfcMember": "member"}
        role = words.get(shape.type, "slab" if shape.type == "IfcSlab" else "")
        scene.add_geometry(mesh, node_name=f"{number:03d} {shape.name} {role}".strip(), geom_name=f"m{number:03d}")
        number += 1
        if not iterator.next():
            break
    glb.write_bytes(scene.export(file_type="glb"))


def main() -> None:
    """Write every file of the demo."""
    data, designs = DEMO / "data", DEMO / "designs"
    data.mkdir(exist_ok=True)
    designs.mkdir(exist_ok=True)
    rng = np.random.default_rng(SEED)
    built, trees = neighbourhood.houses(rng), neighbourhood.trees(rng)
    sources.write_bgt(data, built, trees)
    sources.write_bag(data, built)
    sources.write_brk(data, built)
    sources.write_terrain(data, built)
    sources.write_points(data, built, trees, rng)
    sources.write_3dbag(data, built)
    plan.write_plan(data / "plan.gml", built)
    for variant in (house.A, house.B):
        house.write_house(variant, designs / f"house_{variant.name}.ifc")
    write_glb(designs / "house_A.ifc", designs / "house_A.glb")
    truth = {variant.name: house.truth(variant) for variant in (house.A, house.B)}
    truth["buildings"] = len(built)
    (DEMO / "truth.json").write_text(json.dumps(truth, indent=2) + "\n", encoding="utf-8")
    x, y = neighbourhood.points_to_rd([neighbourhood.CENTRE])[0]
    origin = neighbourhood.points_to_rd([(house.A.x, house.A.y)])[0]
    print(f"{len(built)} buildings; centre {x:.1f} {y:.1f}; house A at {origin[0]:.4f} {origin[1]:.4f}")


if __name__ == "__main__":
    main()
