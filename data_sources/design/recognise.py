"""What a file is, by its content: applicants rename files, and programs save web pages under any name."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

from ...errors import DesignError

HEAD = 4096
LEADING_COMMENT = re.compile(r"\A(?:/\*.*?\*/\s*)+", re.DOTALL)

SUFFIXES = {
    "ifc": (".ifc",), "ifczip": (".ifczip", ".zip"), "cityjson": (".json", ".jsonl", ".cityjson"), "glb": (".glb",), "gltf": (".gltf",),
    "obj": (".obj",), "stl": (".stl",), "ply": (".ply",), "dae": (".dae",), "dxf": (".dxf",),
}
REFUSED = (
    (b"AC10", "DWG"),
    (b"AC1.", "DWG"),
    (b"%PDF", "PDF"),
    (b"Kaydara FBX Binary", "FBX"),
    (b"BLENDER", "Blender"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"3D Geometry File", "3DM"),
    (b"ITSF", "CHM"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "RAR"),
    (b"\xd0\xcf\x11\xe0", "RVT"),
    (b"\xff\xfeS\x00k\x00e\x00t\x00c\x00h", "SKP"),
    (b"\xff\xfe\xff\x0eS\x00k\x00e\x00t\x00c\x00h\x00U\x00p", "SKP"),
)
IFC_REFUSED = ("IFC2X_FINAL", "IFC20_LONGFORM", "IFC2X2_FINAL")
OTHER_XML = (("gml", "CityGML/GML"), ("citygml", "CityGML/GML"), ("ifcxml", "IFCXML"), ("<kml", "KML"), ("<x3d", "X3D"), ("<svg", "SVG"), ("<3mf", "3MF"))


def recognise(path: Path) -> str:
    """Return a key of ``SUFFIXES``; raises ``DesignError`` naming what else it is."""
    name = path.name
    if path.exists() and not path.is_file():  # a folder, a pipe, a device: opening one may never end
        raise DesignError("design_no_file", path=name)
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD)
    except FileNotFoundError:
        raise DesignError("design_missing", path=str(path)) from None
    except OSError as reason:
        raise DesignError("design_unreadable", path=name, details=str(reason)) from reason
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff") and not any(head.startswith(magic) for magic, _ in REFUSED)
    text = head.decode("utf-16" if wide else "utf-8-sig", errors="replace").lstrip("\ufeff \t\r\n")
    if not text:
        raise DesignError("design_empty", path=name)
    for magic, kind in REFUSED:
        if head.startswith(magic):
            raise DesignError("design_other_program", path=name, kind=kind)
    if text[:15].lower().startswith(("<!doctype html", "<html")):
        raise DesignError("design_html", path=name)
    found = _binary(head, path) or _textual(text, path)
    if not found:
        raise DesignError("design_unknown_format", path=name)
    return found


def _binary(head: bytes, path: Path) -> str:
    if head.startswith(b"glTF"):
        return "glb"
    if head.startswith(b"PK\x03\x04"):
        if any(member.lower().endswith(".ifc") for member in _members(path)):
            return "ifczip"
        raise DesignError("design_zip_without_ifc", path=path.name)
    if head.startswith(b"ply"):
        return "ply"
    if head.startswith(b"AutoCAD Binary DXF"):
        return "dxf"
    if len(head) >= 84 and path.stat().st_size == 84 + 50 * int.from_bytes(head[80:84], "little"):
        return "stl"
    if path.suffix.lower() == ".stl" and not head.lstrip().startswith(b"solid"):
        raise DesignError("design_truncated", path=path.name)
    return ""


def _members(path: Path) -> list[str]:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.namelist()
    except zipfile.BadZipFile as reason:
        raise DesignError("design_truncated", path=path.name, details=str(reason)) from reason


def _textual(text: str, path: Path) -> str:
    text = LEADING_COMMENT.sub("", text)
    if text.startswith("ISO-10303-21"):
        schema = text.upper().split("FILE_SCHEMA", 1)[-1][:80]
        if any(word in schema for word in IFC_REFUSED):
            raise DesignError("design_old_ifc", path=path.name, schema=next(word for word in IFC_REFUSED if word in schema))
        return "ifc"
    if text.startswith("{"):
        return _json_kind(text, path)
    if text.startswith("<"):
        return _xml_kind(text, path)
    if text.startswith("solid") and ("facet" in text or "endsolid" in text):
        return "stl"
    lines = [line.split(None, 1)[0] for line in text.splitlines() if line.strip()]
    if (lines[:1] == ["0"] and "SECTION" in text) or lines[:1] == ["999"]:
        return "dxf"
    if any(word in ("v", "f", "vn", "o", "g", "mtllib") for word in lines):
        return "obj"
    return ""


def _xml_kind(text: str, path: Path) -> str:
    lower = text.lower()
    if "<collada" in lower:
        return "dae"
    if "<html" in lower:
        raise DesignError("design_html", path=path.name)
    other = next((kind for word, kind in OTHER_XML if word in lower), "XML")
    raise DesignError("design_other_program", path=path.name, kind=other)


def other_suffix(path: Path, kind: str) -> bool:
    """Whether a file's name promises something else than its content is."""
    return path.suffix.lower() not in SUFFIXES[kind]


def _json_kind(text: str, path: Path) -> str:
    if '"CityJSON' in text or '"CityObjects"' in text:
        return "cityjson"
    if '"asset"' in text or '"accessors"' in text or '"meshes"' in text or path.suffix.lower() == ".gltf":
        return "gltf"
    try:
        whole = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return "cityjson" if path.name.lower().endswith((".city.json", ".jsonl")) else ""
    return "cityjson" if isinstance(whole, dict) and whole.get("type") == "CityJSON" else ""
