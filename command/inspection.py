"""``drieluik inspect``: import designs and say what was found, measured in the model's own place (nothing is guessed)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from ..checks.shared.horizontal.hanging import seen_above
from ..data_sources.design.assembling import aligned, levels_of, parts_of, told
from ..data_sources.design.bodies.raw import RawDesign
from ..data_sources.design.process import read_files
from ..errors import DesignError
from ..measure.building.design_geometry import DesignGeometry
from ..measure.building.eaves import EavesEdge
from ..measure.building.eaves_places import is_curved, springing
from ..measure.building.storey_levels import ground_level
from ..measure.building.volume import ESTIMATE_PCT
from ..measure.plane import overlay
from ..model import Design, Level, Placement
from ..texts import sentence
from .inspected_parts import Inspected, inspected, measured_from, object_rows, role_rows

Look = Callable[[int, Design], None]

LISTED = 20
UNSURE = ("estimate", "range")
"""Ways in which a volume was measured that give it within bounds only."""
NEAR_M = 0.005
SAME_M = 0.02


def inspect_files(
    paths: Sequence[Path], together: bool = False, look: Look | None = None, asked: tuple[str, str] = ("", ""), objects: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """Return one object per file (or one for all, when they are one design) in the shape of the command's contract.

    ``status`` is ok, warn or reject. A measure that is not taken is None, never a guess; lengths m, areas m2, volumes m3.
    ``look(number, design)`` is called with every design that was read, its parts with their roles; ``asked``: unit and up axis that overrule
    mesh files; ``objects``: which buildings or objects of the files are the design.
    """
    groups = [list(paths)] if together else [[path] for path in paths]
    return [inspect_group(group, partial(look, number) if look else None, asked, objects) for number, group in enumerate(groups)]


def inspect_group(
    paths: Sequence[Path], look: Callable[[Design], None] | None = None, asked: tuple[str, str] = ("", ""), objects: Sequence[str] = ()
) -> dict[str, Any]:
    """Return what one design of one or several files holds; a refusal is an object with ``status`` reject."""
    try:
        raws = aligned(read_files([Path(path) for path in paths], lambda fraction: None, asked=[asked] * len(paths)))
        parts = parts_of(raws, None, objects, Path(paths[0]).name)
    except DesignError as error:
        message = {"code": error.code, "severity": "error", "text": error.message()}
        return {"status": "reject", "messages": [message], "format": None, "georeference": None, "measures": {}}
    messages = [
        {"code": code, "severity": severity, "text": sentence(code, data)}
        for severity, code, data in (*(message for raw in raws for message in raw.messages), *told(parts))
    ]
    found = inspected(Design("", parts, Placement("none"), levels=levels_of(raws)))
    if look:
        look(found.every)
    worried = any(message["severity"] == "warning" for message in messages)
    return {"status": "warn" if worried else "ok", "messages": messages, **described(raws, found)}


def described(raws: Sequence[RawDesign], found: Inspected) -> dict[str, Any]:
    """Return format, unit, size, georeference, roles and measures of a design that was read; sizes are those of the design alone."""
    low, high = found.own.bounds
    place = next((raw.georeference for raw in raws if raw.georeference), None)
    measured, more = ({}, ()) if found.unnamed else measures(raws, found.own)
    words = None
    if place:
        words = {
            "method": place.method, "crs": place.crs, "easting_m": round(place.easting_m, 4), "northing_m": round(place.northing_m, 4),
            "height_m": round(place.height_m, 4), "rotation_deg": round(place.rotation_deg, 6),
        }
    return {
        "format": raws[0].format,
        "unit_to_m": raws[0].unit_to_m,
        "up_axis": raws[0].up_axis,
        "triangles": sum(raw.triangles_read for raw in raws),
        "size_m": [round(float(v), 4) for v in high - low],
        "georeference": words,
        "roles": role_rows(found.every),
        "objects": object_rows(found.every),
        "open_points": [*found.open, *more],
        "measures": measured,
    }


def measures(raws: Sequence[RawDesign], design: Design) -> tuple[dict[str, Any], Sequence[dict[str, Any]]]:
    """Return the measures, as a review takes them above a peil at ``zero_m`` (see ``zero_of``), and what is open of them; what cannot be measured
    on this design is None. ``eaves_other_m``: edges of flat roofs beside a sloped one, dormers and raised parts. Of a curved roof the eaves lie
    between where the curve begins and its top (``eaves_between_m``)."""
    low, high = (float(v) for v in design.bounds[:, 2])
    zero, why = zero_of(raws, low, high)
    context, count, more = measured_from(design, zero)
    geometry = context.geometry
    enclosed = geometry.encloses
    curve = springing(geometry) if enclosed and is_curved(geometry) else None
    eaves = eaves_of(geometry)
    walls, drips = ([edge.wall_plane for edge in eaves], [edge.drip for edge in eaves]) if curve is None else ([curve], [curve])
    volume = geometry.volume(zero)
    holed = any(point["key"] == "open_mesh" for point in more)  # measured as if it were closed, which nobody said
    unsure = volume is not None and (holed or volume.method in UNSURE)
    bound = max(volume.bound_m3, volume.value_m3 * ESTIMATE_PCT / 100 if holed else 0.0) if volume else 0.0
    ridge = geometry.roof.ridge
    overhang = overlay.difference(geometry.projection, geometry.footprint) if enclosed else None
    found = {
        "height_m": rounded(high - low), "top_m": rounded(high - zero), "zero_m": rounded(zero), "zero_is": why,
        "projection_m2": rounded(geometry.projection.area), "projection_above_m2": rounded(seen_above(context).area),
        "footprint_m2": rounded(geometry.footprint.area) if enclosed else None,
        "footprint_is": geometry.footprint_method,
        "eaves_m": heights([height - zero for height in walls]), "eaves_drip_m": heights([height - zero for height in drips]),
        "eaves_other_m": heights([place.wall_plane - zero for place in geometry.eaves_places if not near(place.wall_plane, walls)]) if curve is None else None,
        "eaves_between_m": None if curve is None else [rounded(curve - zero), rounded(high - zero)],
        "ridge_m": None if ridge is None else rounded(ridge - zero),
        "roof_pitch_deg": list(geometry.roof.pitches()) or None,
        "roof_planes": [
            {"pitch_deg": rounded(p.pitch_deg), "descends_to_deg": round(p.azimuth_deg, 1), "area_m2": rounded(p.area_m2),
             "low_m": rounded(p.low - zero), "high_m": rounded(p.high - zero)}
            for p in geometry.roof.planes[:LISTED]
        ],
        "on_the_roof": [
            {"kind": o.kind, "confidence": o.confidence, "width_m": rounded(o.width), "rise_m": rounded(o.rise), "to_foot_m": rounded(o.to_foot),
             "to_ridge_m": rounded(o.to_ridge), "to_left_m": rounded(o.to_left), "to_right_m": rounded(o.to_right)}
            for o in geometry.roof_objects[:LISTED]
        ],
        "overhangs": [
            {"kind": o.kind, "confidence": o.confidence, "area_m2": rounded(o.plan.area), "depth_m": rounded(o.depth),
             "low_m": rounded(o.low - zero), "high_m": rounded(o.high - zero)}
            for o in geometry.overhangs[:LISTED]
        ],
        "overhang_m2": rounded(overhang.area) if overhang is not None else None,
        "volume_m3": rounded(volume.value_m3) if volume and not unsure else None,
        "volume_is": volume.method if volume else None if enclosed else "nothing_encloses",
        "volume_estimate_m3": [rounded(volume.value_m3, 0), rounded(bound, 0)] if volume and unsure else None,
        "storeys": len(geometry.storeys.above) if geometry.storeys else None,
        "storey_levels_m": [rounded(level.elevation_nap - zero) for level in geometry.storeys.above] if geometry.storeys else None,
        "storeys_range": [count.low, count.high] if count and enclosed and (count.inferred or count.low != count.high) else None,
        "parts": dict(sorted(Counter(part.kind for part in design.parts).items())),
    }
    return found, more


def zero_of(raws: Sequence[RawDesign], low: float, high: float) -> tuple[float, str]:
    """Return the z that heights are given above: the model's own zero where it lies within the model (by convention the ground
    floor), else the ground floor of the level list, else the lowest point, as in a mesh in RD and NAP."""
    own = raws[0].georeference is None or raws[0].georeference.method != "rd_coordinates"
    if own and low - NEAR_M <= 0.0 < high:
        return 0.0, "model_zero"
    floor = ground_level([Level(name, height) for raw in raws for name, height in raw.levels], low, high)
    return (low, "lowest_point") if floor is None else (floor, "ground_floor")


def eaves_of(geometry: DesignGeometry) -> list[EavesEdge]:
    """Return the eaves; of a building with flat roofs only, their edges."""
    edges = [edge for edge in geometry.eaves if edge.kind == "eaves"]
    return edges or [edge for edge in geometry.eaves if edge.kind == "flat"]


def near(height: float, others: Sequence[float]) -> bool:
    """Whether a height is told among others already."""
    return any(abs(height - other) <= SAME_M for other in others)


def heights(values: Sequence[float]) -> list[float] | None:
    """Return distinct heights from low to high (within 2 cm the same), None when there are none."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > SAME_M:
            found.append(rounded(value))
    return found or None


def rounded(value: float, decimals: int = 4) -> float:
    """Return a plain number, without a negative zero."""
    return round(float(value), decimals) + 0.0
