"""The arrows of the house, and what shipped code may not hold."""

from __future__ import annotations

import ast
import re

import pytest

from drieluik.data_sources.rules.check_pages import check_files
from scenes import ROOT, tracked

ROOMS = ("model", "measure", "checks", "data_sources", "report", "case_folder", "ui", "rulesets")
LEAVES = {"texts", "errors", "version"}
ALLOWED = {
    "model": set(),
    "measure": {"model"},
    "checks": {"model", "measure"},
    "review": {"model", "measure", "checks"},
    "data_sources": {"model"},
    "report": {"model", "measure", "checks", "review", "data_sources"},
    "job": {"model", "measure", "data_sources", "review", "checks"},
    "command": {"model", "measure", "checks", "data_sources", "report"},
    "cli": {"command", "model", "data_sources", "job", "report", "ui", "checks", "review"},
    "case_folder": {"model", "data_sources", "report"},
    "plugin": {"ui"},
    "ui": {"model", "measure", "data_sources", "job", "report", "case_folder", "checks", "review"},
}
INNER = {
    "measure": ("plane", "building", "plan", "sun", "surroundings"),
    "checks": ("declared", "engine/open_points", "engine", "engine/officer", "engine/rulebook", "engine/from_plan", "engine/cover", "shared", "shared/horizontal", "shared/vertical", "sunlight", "surroundings", "zoning"),
    "data_sources": ("formats", "published", "juridical/text/words", "juridical/text", "juridical", "services", "services/adapters", "administrative", "physical", "design/bodies", "design/readers", "design", "rules"),
    "report": ("basis", "pictures", "layers", "pages", "exchange", "sun"),
    "ui": ("widgets", "map", "work", "entries", "steps", "panels", "conduct"),
}
"""The inner floors of a room, lowest first: a floor imports its own and lower ones; what stands in the room itself is above them."""
MOST_IN_A_ROOM = 17
FORBIDDEN = {
    "model": {"qgis", "osgeo", "pyogrio", "trimesh", "pathlib", "requests"},
    "measure": {"qgis", "osgeo", "pathlib", "requests", "urllib"},
    "checks": {"qgis", "osgeo", "pathlib", "requests", "urllib"},
    "data_sources": {"qgis"},
    "report": {"qgis"},
    "case_folder": {"qgis", "osgeo"},
}
BANNED = {"pickle", "subprocess", "xml", "random", "urllib"}


def shipped():
    skip = ("tests/", "benchmarks/", "scripts/", "demo/")
    return [name for name in tracked() if name.endswith(".py") and not name.startswith(skip)]


def imports(path):
    """Yield (level, module) of every import, relative ones resolved against the file's folder."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    folder = path.split("/")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((0, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if not node.level:
                yield 0, node.module or ""
                continue
            base = folder[: len(folder) - node.level + 1]
            if node.module:
                yield node.level, ".".join([*base, *node.module.split(".")])
            else:
                yield from ((node.level, ".".join([*base, alias.name])) for alias in node.names)


@pytest.mark.parametrize("path", shipped())
def test_arrows_go_one_way(path):
    room = path.split("/")[0].removesuffix(".py")
    if room in ("__init__",) or room in LEAVES:
        return
    for level, module in imports(path):
        top = module.split(".")[0]
        if level and top not in LEAVES and top != room:
            assert top in ALLOWED[room], f"{path} imports {module}"
        if not level:
            assert top not in FORBIDDEN.get(room, set()), f"{path} imports {module}"
            assert top not in BANNED, f"{path} imports {module}"
            assert top != "drieluik", f"{path}: relative imports only"
            if module.startswith("qgis._3d"):
                assert path == "ui/map/scene3d.py"
            if top in ("PyQt5", "PyQt6"):
                raise AssertionError(f"{path}: Qt only through qgis.PyQt")


def floor_of(room, folder):
    """The number of the inner floor that a folder of a room is; None for the room itself."""
    inner = "/".join(folder.split("/")[1:])
    return INNER[room].index(inner) if inner else None


@pytest.mark.parametrize("path", [path for path in shipped() if path.split("/")[0] in INNER])
def test_inner_arrows_go_one_way(path):
    room, folder = path.split("/")[0], path.rpartition("/")[0]
    own = floor_of(room, folder)
    if own is None:
        return
    for level, module in imports(path):
        if not level or module.split(".")[0] != room:
            continue
        parts = module.split(".")
        target = "/".join(parts) if (ROOT / "/".join(parts)).is_dir() else "/".join(parts[:-1])
        other = floor_of(room, target)
        assert other is not None and other <= own, f"{path} imports {module}"


def test_no_two_files_of_one_name_and_no_crowded_room():
    names = [path.rsplit("/", 1)[-1] for path in shipped() if not path.endswith("__init__.py")]
    assert not {name for name in names if names.count(name) > 1}
    rooms = [path.rpartition("/")[0] for path in shipped() if not path.endswith("__init__.py")]
    crowded = {room: rooms.count(room) for room in rooms if rooms.count(room) > MOST_IN_A_ROOM}
    assert not set(crowded) - {"checks/zoning"}, crowded  # one rule one file


@pytest.mark.parametrize("path", shipped())
def test_code_is_short_and_clean(path):
    text = (ROOT / path).read_text(encoding="utf-8")
    assert text.count("\n") <= 420, f"{path} has {text.count(chr(10))} lines"
    assert not re.search(r"(?<![\w.])/(?:home|work|root|Users)/\w", text), f"{path}: an absolute path of a machine"
    tree = ast.parse(text)
    assert ast.get_docstring(tree), f"{path} has no docstring"
    for node in ast.walk(tree):
        assert not isinstance(node, ast.Assert), f"{path}:{node.lineno} assert"
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            assert node.end_lineno - node.lineno < 60, f"{path}:{node.lineno} {node.name} is too long"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in ("eval", "exec"), f"{path}:{node.lineno} {node.func.id}"
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"{path}:{node.lineno} bare except"
            assert not (len(node.body) == 1 and isinstance(node.body[0], ast.Pass)), f"{path}:{node.lineno} hides"


def test_a_check_is_one_file_with_its_page():
    headings = ("What it checks", "Legal basis", "Inputs", "How measured", "Limits", "References")
    for path in check_files().values():
        page = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        assert all(heading in page for heading in headings), path.name


def test_types_of_arrays_and_progress_are_defined_once():
    for path in shipped():
        text = (ROOT / path).read_text(encoding="utf-8")
        again = re.findall(r"^(Floats|Ints|Progress) = ", text, re.M)
        assert path == "model/arrays.py" or not again, f"{path} defines {', '.join(again)} again: import from model/arrays.py"
