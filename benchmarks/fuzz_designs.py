"""Mutations of good designs, seeded: does any reader crash us, hang, or give a number that is none?

    .venv/bin/python benchmarks/fuzz_designs.py [--count 2000] [--seed 1] [--formats obj,ifc] [--folder ../shared/designs/good]

Every mutant goes through the product's own reader and measures in a worker process. A library that ends the worker or never
comes back is what the product's child process is for; it is counted, and the next mutant gets a new one. Exit 1 on an
exception or hang of our own, or NaN.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, TimeoutError
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
GOOD = ROOT.parent / "shared" / "designs" / "good"
SECONDS = 20
NUMBERS = (b"nan", b"-1", b"0", b"1e308", b"999999999999", b"", b"-0.0", b"4294967295", b"inf", b"x")


def seeds(folder: Path, scratch: Path) -> dict[str, list[Path]]:
    """Return small good files per format; mesh formats are made from one of them."""
    import trimesh

    found = {
        "ifc": [folder / "nl_gable_house_rd_ifc4x3.ifc", folder / "nl_laan_op_zuid_massing_rd.ifc"],
        "dxf": [folder / "nl_gable_house_mm_3dface.dxf"], "glb": [folder / "cesium_house1.glb", folder / "three_storey_no_indices.glb"],
        "json": [folder / "nl_delft_one_building.city.json"], "jsonl": [folder / "nl_3dbag_delft_two.city.jsonl"],
    }
    if not folder.is_dir():  # a clone by itself: the house of the tests' own designs
        print(f"{folder.name} is not here: seeds are the tests' own designs")
        sys.path.insert(0, str(ROOT / "tests" / "fixtures" / "designs"))
        import made

        for name, one in made.GOOD.items():
            (scratch / name).write_bytes(one.data())
        own = {"ifc": "house_metre.ifc", "dxf": "house_millimetre.dxf", "glb": "house.glb", "json": "house.city.json", "jsonl": "house.city.jsonl"}
        found = {kind: [scratch / name] for kind, name in own.items()}
    mesh = trimesh.load(found["glb"][-1], force="mesh")
    for kind in ("obj", "stl", "ply", "dae", "gltf"):
        made = scratch / f"seed.{kind}"
        if kind == "gltf":
            _embedded(mesh, made)
        else:
            mesh.export(made)
        found[kind] = [made]
    return found


def _embedded(mesh: Any, target: Path) -> None:
    """Write a glTF whose buffers stand in the file itself."""
    import base64

    files = mesh.scene().export(file_type="gltf")
    tree = json.loads(files["model.gltf"])
    for buffer in tree["buffers"]:
        data = base64.b64encode(files[buffer["uri"]]).decode()
        buffer["uri"] = f"data:application/octet-stream;base64,{data}"
    target.write_text(json.dumps(tree))


def mutant(data: bytes, dice: random.Random) -> bytes:
    """Return data with one to eight random changes: bytes, numbers, lines, cuts, repeats."""
    made = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 3, 8))):
        if not made:
            break
        at, kind = dice.randrange(len(made)), dice.randrange(7)
        if kind == 0:
            made[at] = dice.randrange(256)
        elif kind == 1:
            del made[at : at + dice.choice((1, 4, 64, 4096))]
        elif kind == 2:
            made[at:at] = bytes(dice.randrange(256) for _ in range(dice.choice((1, 4, 16))))
        elif kind == 3:
            made[at:at] = made[at : at + dice.choice((4, 64, 512))]
        elif kind == 4:
            end = at
            while end < len(made) and made[end] in b"0123456789.-+eE":
                end += 1
            made[at : max(end, at + 1)] = dice.choice(NUMBERS)
        elif kind == 5:
            made = made[:at] if dice.random() < 0.3 else made
        else:
            other = dice.randrange(len(made))
            made[at : at + 8], made[other : other + 8] = made[other : other + 8], made[at : at + 8]
    return bytes(made)


def try_one(path: str) -> str:
    """Read and measure one file; return ``rejected`` or ``read``; raises on what must not be."""
    from drieluik.command.inspected_parts import inspected
    from drieluik.command.inspection import described
    from drieluik.data_sources.design.assembling import parts_of
    from drieluik.data_sources.design.bodies.raw import RawDesign
    from drieluik.data_sources.design.child import limit, read_file
    from drieluik.errors import DesignError
    from drieluik.model import Design, Placement

    limit(3000, 100_000)
    with tempfile.TemporaryDirectory() as folder:
        try:
            read_file(Path(path), Path(folder), lambda fraction: None)
        except (DesignError, MemoryError):
            return "rejected"
        except Exception as error:  # as the child does: what a library throws is a fact about the file
            return f"caught {type(error).__name__}"
        raw = RawDesign.load(Path(folder))
    Path(path).with_suffix(".read").touch()
    json.dumps(described([raw], inspected(Design("", parts_of([raw]), Placement("none")))), allow_nan=False)
    return "read"


def main() -> int:
    """Run the fuzz; print a line per format."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--formats", default="")
    parser.add_argument("--folder", type=Path, default=GOOD)
    parser.add_argument("--keep", type=Path, help="folder for the mutants that fail")
    arguments = parser.parse_args()
    bad = 0
    with tempfile.TemporaryDirectory() as scratch:
        chosen = [name for name in arguments.formats.split(",") if name]
        for kind, files in seeds(arguments.folder, Path(scratch)).items():
            if not chosen or kind in chosen:
                bad += fuzz(kind, files, arguments, Path(scratch))
    return 1 if bad else 0


def fuzz(kind: str, files: list[Path], arguments: argparse.Namespace, scratch: Path) -> int:
    """Try the mutants of one format; return how many failed."""
    dice = random.Random(f"{arguments.seed}-{kind}")
    outcome: Counter[str] = Counter()
    slowest, bad = 0.0, 0
    data = [file.read_bytes() for file in files]
    pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
    for number in range(arguments.count):
        path = scratch / f"mutant.{kind}"
        path.write_bytes(mutant(dice.choice(data), dice))
        mark = path.with_suffix(".read")
        mark.unlink(missing_ok=True)
        start = time.monotonic()
        try:
            outcome[pool.submit(try_one, str(path)).result(timeout=SECONDS)] += 1
        except BrokenProcessPool:
            outcome["worker died"] += 1
            pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
            start = time.monotonic()
        except Exception as error:
            if isinstance(error, TimeoutError):
                for process in pool._processes.values():
                    process.kill()
                pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
                if not mark.exists():
                    outcome["library hung (the child's time limit)"] += 1
                    continue
            bad += 1
            outcome[f"FAILED {type(error).__name__}: {str(error)[:80]}"] += 1
            if arguments.keep:
                arguments.keep.mkdir(exist_ok=True)
                (arguments.keep / f"{kind}-{number}.{kind}").write_bytes(path.read_bytes())
        if number:
            slowest = max(slowest, time.monotonic() - start)
    pool.shutdown(cancel_futures=True)
    print(f"{kind:6s} {arguments.count} mutants, slowest {slowest:.1f} s:", ", ".join(f"{n} {what}" for what, n in outcome.most_common()), flush=True)
    return bad


if __name__ == "__main__":
    sys.exit(main())
