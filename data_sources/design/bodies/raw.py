"""What a reader finds in a foreign file, and how it travels from the child process: arrays and JSON, never pickle."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from ....model.arrays import Floats, Ints


@dataclass(frozen=True)
class Asked:
    """What the officer says of a mesh file, overruling file and judgement: unit and up axis; '' leaves it to the file."""

    unit: str = ""
    up_axis: str = ""


NOTHING_ASKED = Asked()
NO_ROLE: tuple[str, str, dict[str, Any]] = ("", "", {})
WORDS = ("fid", "kind", "source_class", "name", "closed", "object", "role")
"""What travels of a part beside its mesh."""


@dataclass(eq=False)
class RawPart:
    """One element in the file's own metres, z up: ``vertices`` (n, 3), ``faces`` (m, 3); ``role`` is the word, code and data of why
    (see ``model.Role``), '' where the file says nothing."""

    fid: str
    vertices: Floats
    faces: Ints
    kind: str = "other"
    source_class: str = ""
    name: str = ""
    closed: bool = False
    object: str = ""
    role: tuple[str, str, dict[str, Any]] = NO_ROLE


@dataclass
class Georeference:
    """Where the file says it stands: model origin at (e, n, h), turned counter-clockwise; ``method`` as in ``Placement``."""

    method: str
    easting_m: float
    northing_m: float
    height_m: float
    rotation_deg: float
    crs: str = "EPSG:7415"


@dataclass
class RawDesign:
    """A file as read. ``messages`` are (severity, code, data) in the order of reading; ``triangles_read`` counts those of the
    file, before any repair; ``spacing_m`` (3,): how far apart the numbers lie that corners are stored in, along the axes of the parts."""

    format: str
    parts: list[RawPart] = field(default_factory=list)
    unit_to_m: float = 1.0
    up_axis: str = "z"
    georeference: Georeference | None = None
    levels: list[tuple[str, float]] = field(default_factory=list)
    messages: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    triangles_read: int = 0
    spacing_m: Floats = field(default_factory=lambda: np.zeros(3))

    def say(self, severity: str, code: str, **data: Any) -> None:
        """Add a line to the import log."""
        self.messages.append((severity, code, data))

    def bounds(self) -> Floats:
        """Lowest and highest corner (2, 3) of all vertices that a face uses."""
        used = [part.vertices[np.unique(part.faces)] for part in self.parts if len(part.faces)]
        points = np.concatenate(used)
        return np.stack([points.min(axis=0), points.max(axis=0)])

    def save(self, folder: Path) -> None:
        """Write ``mesh.npz`` and ``design.json``."""
        sizes = np.array([(len(part.vertices), len(part.faces)) for part in self.parts], dtype=np.int64).reshape(-1, 2)
        vertices = np.concatenate([part.vertices for part in self.parts]) if self.parts else np.zeros((0, 3))
        faces = np.concatenate([part.faces for part in self.parts]) if self.parts else np.zeros((0, 3), dtype=np.int64)
        np.savez(folder / "mesh.npz", vertices=vertices, faces=faces, sizes=sizes)
        words = [{k: getattr(p, k) for k in WORDS} for p in self.parts]
        data = {
            "format": self.format, "unit_to_m": self.unit_to_m, "up_axis": self.up_axis, "levels": self.levels,
            "messages": self.messages, "parts": words, "triangles_read": self.triangles_read, "spacing_m": self.spacing_m.tolist(),
            "georeference": asdict(self.georeference) if self.georeference else None,
        }
        (folder / "design.json").write_text(json.dumps(data), encoding="utf-8")

    @staticmethod
    def load(folder: Path) -> RawDesign:
        """Read back what ``save`` wrote."""
        data: Mapping[str, Any] = json.loads((folder / "design.json").read_text(encoding="utf-8"))
        with np.load(folder / "mesh.npz", allow_pickle=False) as arrays:
            ends = np.cumsum(arrays["sizes"], axis=0)[:-1]
            meshes = zip(np.split(arrays["vertices"], ends[:, 0]), np.split(arrays["faces"], ends[:, 1]))
            parts = [RawPart(vertices=v, faces=f, **{**words, "role": tuple(words["role"])}) for (v, f), words in zip(meshes, data["parts"])]
        georeference = Georeference(**data["georeference"]) if data["georeference"] else None
        levels = [(name, height) for name, height in data["levels"]]
        messages = [(severity, code, details) for severity, code, details in data["messages"]]
        spacing = np.array(data["spacing_m"])
        return RawDesign(data["format"], parts, data["unit_to_m"], data["up_axis"], georeference, levels, messages, data["triangles_read"], spacing)
