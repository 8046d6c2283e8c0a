"""From the meshes of a file to the parts of a design: strays dropped, axis and unit settled, bodies apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from ....errors import DesignError
from ....model import EPSILON_M, PART_ROLES
from ....model.arrays import Floats, Ints
from ...formats.rd_box import in_rd
from .raw import NO_ROLE, NOTHING_ASKED, Asked, Georeference, RawDesign, RawPart
from .repair import bodies, weld
from .role_words import ROLE_OF_STATUS, is_machine, role_named
from .strays import without_strays
from .units import UNITS, X_UP, Y_UP, UnitJudgement, far_from_usual, is_roofed, judge_unit, judge_up

SPLIT_LIMIT = 400_000
PARTS_LIMIT = 20_000
SMALLEST_AREA = 1e-12
STRAIGHT_SHARE = 0.25
CLEAR_LEAD = 0.5
"""Content outweighs a format's standard axis only with so much of the plan."""
LARGEST_RD_M = 2000.0
"""A model in RD is no larger than this."""
NO_SPACING: Floats = np.zeros(3)
MESH = "mesh"
"""Source class of a mesh that the file gives no class."""
DOUBT = 3.0
"""A stated unit is doubted when another brings the sizes this much (natural logarithm, some 20 times) nearer to those of a house."""
UNIT_WORDS = {
    "metre": 1.0, "meter": 1.0, "millimeter": 0.001, "millimetre": 0.001, "centimeter": 0.01, "centimetre": 0.01, "feet": 0.3048, "foot": 0.3048,
    "inche": 0.0254,
}
KIND_WORDS = {
    "chimney": "chimney", "schoorsteen": "chimney", "antenn": "antenna", "balkon": "balcony", "balcony": "balcony",
    "luifel": "canopy", "canopy": "canopy", "roof": "roof", "dak": "roof", "wall": "wall", "wand": "wall", "slab": "slab",
    "window": "window", "door": "door", "stair": "stair", "member": "member", "beam": "beam",
}


class Piece(NamedTuple):
    """A mesh as the file has it: name, ``vertices`` (n, 3), ``faces`` (m, 3).

    ``cls``: the class that the file gives it ('' = none); ``said``: its role or status by the file; ``above``: the names of what it is in;
    ``spacing``: how far apart (per axis) the numbers lie that its corners are stored in, 0 where every digit is kept.
    """

    name: str
    vertices: Floats
    faces: Ints
    cls: str = ""
    said: str = ""
    above: tuple[str, ...] = ()
    spacing: Floats = NO_SPACING


class Said(NamedTuple):
    """What the file, or its format's standard, says: metres per unit and up axis; None where it is silent."""

    unit_to_m: float | None = None
    up_axis: str | None = None


def design_of(raw: RawDesign, pieces: Sequence[Piece], said: Said, file: str, asked: Asked = NOTHING_ASKED) -> RawDesign:
    """Fill ``raw`` with the parts of a mesh file; raises ``DesignError`` when nothing usable is in it."""
    pieces = usable(pieces, file)
    if len(pieces) > PARTS_LIMIT:
        raise DesignError("design_too_many_parts", path=file, most=PARTS_LIMIT)
    raw.triangles_read = sum(len(piece.faces) for piece in pieces)
    raw.spacing_m = np.max([piece.spacing for piece in pieces], axis=0)
    parts = _own_names([body for piece in pieces for body in _parts(piece)])
    raw.parts = without_strays(parts, raw)
    corners = np.concatenate([part.vertices[part.faces] for part in raw.parts])
    cross = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    size = np.linalg.norm(cross, axis=1)
    extent = float(np.ptp(corners.reshape(-1, 3), axis=0).max())
    in_place = _axis_in_rd(corners, extent, [UNITS[asked.unit]] if asked.unit else [said.unit_to_m or 1.0, 1.0, 0.001])
    judged, lead = (in_place, 1.0) if in_place else judge_up(corners, cross, size)
    turned = (said.up_axis, judged) == ("y", "z") and lead >= CLEAR_LEAD and is_roofed(corners, cross, size)
    _settle_axis(raw, said, asked, judged, certain=bool(in_place) or turned)
    _settle_unit(raw, said, asked)
    tell_slanted(raw)
    return raw


def tell_slanted(raw: RawDesign) -> None:
    """Tell when little of the surface of what may be design (m, z up) stands upright or lies level: no building, or one that was tilted."""
    own = [part for part in raw.parts if part.role[0] in ("", "design")] or raw.parts
    corners = np.concatenate([part.vertices[part.faces] for part in own])
    cross = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    share = straight_share(cross[:, 2], np.linalg.norm(cross, axis=1))
    if share < STRAIGHT_SHARE:
        raw.say("warning", "design_not_like_building", share=round(100 * share))


def straight_share(upward: Floats, size: Floats) -> float:
    """Return the share (0..1) of the surface that stands upright or lies level: upward part and length of the faces' cross products."""
    slope = np.abs(upward) / np.maximum(size, 1e-30)
    return float(size[(slope > 0.99) | (slope < 0.05)].sum() / max(float(size.sum()), 1e-30))


def usable(pieces: Sequence[Piece], file: str) -> list[Piece]:
    """Return the pieces that have faces; refuses numbers that are none, indices that point nowhere, faces without area."""
    pieces = [piece for piece in pieces if len(piece.faces)]
    if not pieces:
        raise DesignError("design_no_geometry", path=file)
    area = 0.0
    for piece in pieces:
        if piece.faces.min() < 0 or piece.faces.max() >= len(piece.vertices):
            raise DesignError("design_bad_index", path=file)
        corners = piece.vertices[piece.faces]
        if not np.isfinite(corners).all():
            raise DesignError("design_not_a_number", path=file)
        with np.errstate(over="ignore", invalid="ignore"):
            area += float(np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1).sum())
    if not np.isfinite(area):
        raise DesignError("design_not_a_number", path=file)
    if area <= SMALLEST_AREA:
        raise DesignError("design_no_geometry", path=file)
    return pieces


def _own_names(parts: list[RawPart]) -> list[RawPart]:
    """Number the parts that have another's fid: a file may show one mesh several times."""
    count: Counter[str] = Counter()
    for part in parts:
        count[part.fid] += 1
        if count[part.fid] > 1:
            part.fid = f"{part.fid} ({count[part.fid]})"
    return parts


def _parts(piece: Piece) -> list[RawPart]:
    vertices, faces = weld(piece.vertices, piece.faces)
    if not len(faces):
        return []
    words = f"{piece.cls} {piece.name}".lower()
    kind = "installation" if is_machine(words) else next((kind for word, kind in KIND_WORDS.items() if word in words), "building")
    part = RawPart(piece.name, vertices, faces, kind, piece.cls or MESH, piece.name, role=_role(piece))
    return bodies(part) if len(faces) <= SPLIT_LIMIT else [part]


def _role(piece: Piece) -> tuple[str, str, dict[str, Any]]:
    """Return the role that the file gives a mesh: said outright, else by its name, else by those of what it is in, the nearest first."""
    said = piece.said.strip().lower()
    word = said if said in PART_ROLES else ROLE_OF_STATUS.get(said, "")
    if word:
        return word, "part_role_said", {"said": piece.said.strip()}
    for name in (piece.name, piece.cls, *piece.above):
        word = role_named(name)
        if word:
            return word, "part_role_name", {"name": name}
    return NO_ROLE


def _axis_in_rd(corners: Floats, size: float, to_m: Sequence[float]) -> str:
    """Return the up axis ('z' or 'y') with which corners (n, 3, 3) lie in RD, '' when neither does: coordinates say it, no guess is needed."""
    x, y, z = corners.reshape(-1, 3).mean(axis=0)
    for axis, east, north in (("z", x, y), ("y", x, -z)):
        if any(in_rd(east * unit, north * unit) and size * unit < LARGEST_RD_M for unit in to_m):
            return axis
    return ""


def _settle_axis(raw: RawDesign, said: Said, asked: Asked, likely: str, certain: bool = False) -> None:
    """Turn the parts to z up; a content that contradicts the file is told, the officer's word goes before both.

    ``certain``: the content is in RD with one axis only, which is no guess, or has a floor and a sloped roof that way.
    """
    axis = asked.up_axis or said.up_axis or likely
    if asked.up_axis:
        raw.say("info", "design_axis_given", axis=axis)
    elif said.up_axis is None and likely == "y":
        raw.say("warning", "design_axis_judged", axis="y")
    elif said.up_axis not in (None, likely) and certain:
        raw.say("warning", "design_axis_against_standard", axis=likely)
        axis = likely
    elif said.up_axis == "x":
        raw.say("warning", "design_axis_x")
    raw.up_axis = axis
    turn = {"y": Y_UP, "x": X_UP}
    if axis in turn:
        raw.spacing_m = np.abs(turn[axis]) @ raw.spacing_m
        for part in raw.parts:
            part.vertices = part.vertices @ turn[axis].T


def _settle_unit(raw: RawDesign, said: Said, asked: Asked) -> None:
    """Scale to metres and notice RD numbers; what was assumed goes to the import log."""
    if asked.unit:
        said = said._replace(unit_to_m=UNITS[asked.unit])
    points = np.concatenate([part.vertices[np.unique(part.faces)] for part in raw.parts])
    size = float(np.ptp(points, axis=0).max())
    for to_m in dict.fromkeys([said.unit_to_m or 1.0] if asked.unit else [said.unit_to_m or 1.0, 1.0, 0.001]):
        if in_rd(*(points[:, :2].mean(axis=0) * to_m)) and size * to_m < LARGEST_RD_M:
            if said.unit_to_m and to_m != said.unit_to_m:
                raw.say("warning", "design_unit_against_rd", unit=to_m, stated=said.unit_to_m)
            _in_rd(raw, to_m)
            return
    judged = judge_unit(points)
    to_m = judged.to_m
    if asked.unit:
        to_m = UNITS[asked.unit]
        raw.say("info", "design_unit_given", unit=asked.unit, size=round(size * to_m, 2))
        _doubt(raw, to_m, points, judged)
    elif said.unit_to_m:
        to_m = _stated_unit(raw, said.unit_to_m, points)
    elif judged.name == "m" and judged.sure:
        raw.say("info", "design_unit_metres", size=round(size, 2))
    elif judged.sure or not judged.other:
        raw.say("warning", "design_unit_judged", unit=judged.name, size=round(size * to_m, 2))
    else:
        raw.say("warning", "design_unit_unsure", unit=judged.name, size=round(size * to_m, 2), other=judged.other)
    scale(raw, to_m)
    raw.say("info", "design_no_georeference")


def _stated_unit(raw: RawDesign, stated: float, points: Floats) -> float:
    """Return the unit that the file states, or, where that cannot be a building and another can, the other."""
    judged = judge_unit(points)
    long = float(np.ptp(points[:, :2], axis=0).max()) * stated
    if judged.possible and judged.sure and not 0.5 <= long <= 2000.0:
        raw.say("warning", "design_unit_against_file", unit=judged.name, stated=stated, size=round(long / stated * judged.to_m, 2))
        return judged.to_m
    _doubt(raw, stated, points, judged)
    return stated


def _doubt(raw: RawDesign, stated: float, points: Floats, judged: UnitJudgement) -> None:
    """Tell that a unit, of the file or of the case, gives a building far from the usual sizes where another gives one."""
    long = float(np.ptp(points[:, :2], axis=0).max())
    if judged.sure and far_from_usual(points, stated) - far_from_usual(points, judged.to_m) > DOUBT:
        raw.say("warning", "design_unit_doubt", unit=judged.name, stated=stated, size=round(long * stated, 2), other=round(long * judged.to_m, 2))


def _in_rd(raw: RawDesign, to_m: float) -> None:
    scale(raw, to_m)
    raw.georeference = Georeference("rd_coordinates", 0.0, 0.0, 0.0, 0.0)
    raw.say("info", "design_rd_coordinates")


def scale(raw: RawDesign, to_m: float) -> None:
    """Bring the parts to metres."""
    raw.unit_to_m = to_m
    raw.spacing_m = raw.spacing_m * to_m
    tell_spacing(raw)
    if to_m != 1.0:
        for part in raw.parts:
            part.vertices = part.vertices * to_m


def tell_spacing(raw: RawDesign) -> None:
    """Tell when numbers are stored further apart than what is measured to."""
    if raw.spacing_m.max() > EPSILON_M:
        raw.say("warning", "design_single_precision", spacing=round(float(raw.spacing_m.max()), 3))


def single_spacing(points: Floats) -> Floats:
    """Return how far apart (3,) the numbers lie that corners (n, 3) are stored in as IEEE 754 single precision: at the largest of each axis."""
    return np.spacing(np.abs(points).max(axis=0, initial=0.0).astype(np.float32)).astype(np.float64)


def unit_named(text: str) -> float | None:
    """Return metres per unit for a unit's name in a file's comments, None when it is none that is known."""
    return {**UNITS, **UNIT_WORDS}.get(text.strip().lower().rstrip("s"))
