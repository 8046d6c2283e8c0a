"""The 3D look of the layers. QGIS calls this part of its interface "not stable": it is guarded, and never needed for a result."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsRectangle, QgsVector3D, QgsVectorLayer
from qgis.PyQt.QtGui import QColor

from ...model import Finding
from ...report.basis.palette import ROLES
from ...report.basis.roles import LOUD_VOLUMES
from . import compat
from .map_marks import to_map

try:
    from qgis import _3d

    OLD_ABSOLUTE = getattr(getattr(_3d, "Qgs3DTypes", None), "AltClampAbsolute", None)
except ImportError:  # a QGIS built without 3D
    _3d = None
    OLD_ABSOLUTE = None

OWN = "\"role\" = 'design'"
"""What is the design itself keeps the colours of its parts; what is not (or not surely) has that of its role."""
LOOKS = {
    "building_3d": ((None, "#B5B1AA", 1.0),),
    "design_3d": (
        (f"{OWN} AND \"kind\" = 'roof'", "#2E5E8C", 1.0), (f"{OWN} AND \"kind\" = 'window'", "#BBD4E6", 1.0),
        (f"{OWN} AND \"kind\" NOT IN ('roof', 'window')", "#6FA3D0", 1.0),
        *((f"\"role\" = '{word}'", colour, 1.0) for word, colour in ROLES.items()),
    ),
    "envelope": ((None, "#7B4FA3", 0.3),),
    "finding_volumes": (
        (f"\"role\" IN {LOUD_VOLUMES} AND \"verdict\" = 'violates'", "#D55E00", 1.0),
        (f"\"role\" IN {LOUD_VOLUMES} AND \"verdict\" <> 'violates'", "#E69F00", 1.0),
        ("\"role\" = 'limit_surface' AND \"verdict\" <> 'complies'", "#7B4FA3", 0.35),
    ),
}
"""Layer -> (filter, colour, opacity) per rule; None filters nothing."""
LIFT_M = 0.02
NEAREST_M = 60.0
"""How near a view comes (m): a house then fills most of one that is as wide as half a map."""
GROUND_PX = 1024
"""Pixels of one tile of the map on the ground (QGIS: 512), so that lines and labels stay readable near the design."""


def available() -> bool:
    """Whether this QGIS has 3D."""
    return _3d is not None


def only(design: str, finding: Finding | None = None) -> str:
    """Return the filter of what belongs to one design, and of that only what shows ``finding`` where one is given."""
    wanted = {"design": design, **({"rule": finding.rule, "subject_key": finding.subject_key} if finding else {})}
    quoted = {key: text.replace("'", "''") for key, text in wanted.items()}
    return " AND ".join(f"\"{key}\" = '{text}'" for key, text in quoted.items())


def symbol(colour: str, opacity: float, lift: float = 0.0) -> Any:
    """Return a polygon symbol at absolute heights (NAP); ``lift`` (m) keeps a face off the one it lies on.

    What should be seen through is drawn by its edges where this QGIS knows no transparency (before 3.26).
    """
    material = _3d.QgsPhongMaterialSettings()
    material.setDiffuse(QColor(colour))
    material.setAmbient(QColor(colour).darker(170))
    if hasattr(material, "setOpacity"):
        material.setOpacity(opacity)
    made = _3d.QgsPolygon3DSymbol()
    compat.set_material(made, material)
    made.setAltitudeClamping(compat.absolute_clamping())
    made.setHeight(lift)
    if opacity < 1 and not hasattr(material, "setOpacity"):
        made.setRenderedFacade(0)
        made.setEdgesEnabled(True)
        made.setEdgeColor(QColor(colour))
        made.setEdgeWidth(2.0)
    made.setAddBackFaces(opacity < 1)
    return made


def style(layer: QgsVectorLayer, name: str, where: str = "") -> None:
    """Give a layer its 3D renderer; nothing happens without 3D, or for a layer that has no 3D look.

    ``where``: draw only what fits this filter. By the rules and not by a filter on the layer: 3D views of QGIS 3.22 draw
    nothing of a filtered layer.
    """
    if _3d is None or name not in LOOKS:
        return
    root = _3d.QgsRuleBased3DRenderer.Rule(None)
    for expression, colour, opacity in LOOKS[name]:
        words = [f"({text})" for text in (expression, where) if text]
        lift = LIFT_M if name == "finding_volumes" and opacity == 1 else 0.0
        root.appendChild(_3d.QgsRuleBased3DRenderer.Rule(symbol(colour, opacity, lift), " AND ".join(words)))
    renderer = _3d.QgsRuleBased3DRenderer(root)
    renderer.setLayer(layer)
    layer.setRenderer3D(renderer)


def open_view(iface: Any) -> bool:
    """Open a 3D map view; return False where only the user can (menu View)."""
    if compat.can_open_3d(iface):
        return iface.createNewMapCanvas3D("Drieluik 3D") is not None
    action = compat.action_of(iface.mainWindow(), "mActionNew3DMapCanvas")
    if action is None:
        return False
    action.trigger()
    return True


def set_sun(iface: Any, direction: Any) -> bool:
    """Light open 3D views from the sun (direction (3,) in the map's axes, to the sun); False where the version cannot."""
    views = iface.mapCanvases3D() if hasattr(iface, "mapCanvases3D") else []
    views = [view for view in views if hasattr(view, "mapSettings") and hasattr(view.mapSettings(), "setLightSources")]
    if _3d is None or not views or direction[2] <= 0:
        return False
    east, north, up = (float(value) for value in direction)
    for view in views:
        light = _3d.QgsDirectionalLightSettings()
        upright_z = abs(light.direction().z()) > abs(light.direction().y())  # QGIS 3.42 turned its 3D axes: z up instead of y
        light.setDirection(QgsVector3D(-east, -north, -up) if upright_z else QgsVector3D(-east, -up, north))
        view.mapSettings().setLightSources([light])
    return True


def look_at(iface: Any, bounds: Any) -> bool:
    """Turn the newest 3D view to a design with the given bounds (2, 3); False where the version cannot."""
    views = iface.mapCanvases3D() if hasattr(iface, "mapCanvases3D") else []
    if not views or not hasattr(views[-1], "cameraController"):
        return False
    low, high = bounds
    size = max(float(high[0] - low[0]), float(high[1] - low[1]))
    rectangle = QgsRectangle(low[0], low[1], high[0], high[1])
    rectangle.scale(3.0)
    if hasattr(views[-1], "setViewFrom2DExtent"):
        views[-1].setViewFrom2DExtent(to_map(iface.mapCanvas()).transformBoundingBox(rectangle))
    if hasattr(views[-1], "mapSettings"):
        views[-1].mapSettings().setMapTileResolution(GROUND_PX)
    controller = views[-1].cameraController()
    pose = controller.cameraPose()
    pose.setPitchAngle(58.0)
    pose.setHeadingAngle(-35.0)
    pose.setDistanceFromCenterPoint(max(NEAREST_M, 3.2 * float(high[2] - low[2]), 1.5 * size))
    controller.setCameraPose(pose)
    return True
