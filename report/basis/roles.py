"""What a piece of evidence is to the eye: what does not fit, a limit, a dimension, the place of a section."""

from __future__ import annotations

from ...model import Evidence

LOUD_AREAS = ("outside_area", "overlap_area", "zone_overlap", "too_near", "in_front_area", "shadow_extra")
"""Areas that do not fit or are in doubt: hatched, with their value."""
LIMIT_AREAS = ("bouwvlak", "limit_surface", "reference_area", "zone", "other_building")
"""Areas that something must stay inside, outside or away from: an outline."""
LIMIT_LINES = ("boundary", "facade_line", "road_axis", "limit_contour", "peil_ring")
"""Lines that something is measured to."""
SECTION_LINE = "section_line"
LOUD_VOLUMES = ("excess_volume", "eaves_strip", "roof_plane_outside", "low_roof")
"""Solids and faces that do not fit or are in doubt: coloured in plan and in space."""
QUIET_VOLUMES = ("roof_plane", "counted_volume", "storey_floor", "eaves_strip")
"""Solids and faces that only show what was measured: an outline on a map (a strip of facade is a line there)."""
EAVES = ("eaves", "eaves_over", "eaves_under")
"""Lines of goot, druiplijn and boeibord: as they may be, above a maximum, below a minimum."""
DIMENSIONS = ("outside_depth", "shortest_distance", "dimension")
"""Dimension lines in the plane."""
RECEPTOR = "receptor"
"""A point where sun is measured: a coloured dot."""
EXTENT = (*LOUD_AREAS, RECEPTOR, "bouwvlak", "shortest_distance", "dimension")
"""What a map of a finding must show besides the design."""


def evidence_layer(item: Evidence) -> str:
    """Return the layer of findings.gpkg that a piece of evidence goes to."""
    if item.triangles is not None:
        return "finding_volumes"
    kind = item.geometry.geom_type if item.geometry is not None else ""
    return {"Point": "finding_points", "LineString": "finding_lines", "MultiLineString": "finding_lines"}.get(kind, "finding_areas")
