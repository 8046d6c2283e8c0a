"""The layers of a written review, as QGIS shows them: quiet surroundings, loud findings."""

from __future__ import annotations

from pathlib import Path

from osgeo import gdal
from qgis.core import QgsCoordinateReferenceSystem, QgsDateTimeRange, QgsExpressionContextUtils, QgsMapLayer, QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import QDateTime, QTimer

from ...model import Finding
from ...report.layers.review_layers import FINDINGS, SURROUNDINGS, TERRAIN
from ...texts import sentence
from . import compat, scene3d
from .sun_raster import hours_layers

STYLES = Path(__file__).parents[1] / "styles"
GROUP = "Drieluik"
GROUND = "ground_3d.tif"
GROUND_SEARCH_PX = 100
LET_GO_MS = 1500
DAY_S = 13 * 3600
"""From the first shadow of 21 March to its last."""
LAYERS = (
    (FINDINGS, "finding_points"), (FINDINGS, "finding_lines"), (FINDINGS, "finding_areas"), (FINDINGS, "finding_volumes"),
    (FINDINGS, "shadow"),
    (SURROUNDINGS, "design_footprint"), (SURROUNDINGS, "design_3d"), (SURROUNDINGS, "envelope"), (SURROUNDINGS, "plan_area"), (SURROUNDINGS, "tree"),
    (SURROUNDINGS, "parcel"), (SURROUNDINGS, "building_3d"), (SURROUNDINGS, "registered_building"), (SURROUNDINGS, "topography"),
)
"""From top to bottom."""
PER_DESIGN_2D = ("finding_points", "finding_lines", "finding_areas", "design_footprint", "shadow")
PER_DESIGN_3D = ("finding_volumes", "design_3d")
OF_A_REVIEW = ("finding_points", "finding_lines", "finding_areas", "finding_volumes", "shadow", "sun_hours")
"""What a review found: it goes with the review."""


def title(name: str) -> str:
    """Return what a layer is called in the list of QGIS, in the reader's language; short: QGIS puts its marks for filters and files after it."""
    return sentence(f"map_layer_{name}")


def make_layers(folder: Path, design: str = "") -> list[QgsMapLayer]:
    """Return the layers of a run folder, styled for the map and for 3D, top first; ``design``: only what is of that variant."""
    made: list[QgsMapLayer] = []
    options = QgsVectorLayer.LayerOptions(QgsProject.instance().transformContext())
    options.loadDefaultStyle = False  # ours follows
    where = scene3d.only(design) if design else ""
    for file, name in LAYERS:
        subset = f"|subset={where}" if where and name in PER_DESIGN_2D else ""
        layer = QgsVectorLayer(f"{folder / file}|layername={name}{subset}", title(name), "ogr", options)
        if not layer.isValid() or (not subset and not layer.featureCount()):
            continue
        style = STYLES / f"{name}.qml"
        if style.exists():
            layer.loadNamedStyle(str(style))
        layer.setCustomProperty("drieluik/layer", name)  # after the style, which replaces all properties
        scene3d.style(layer, name, where if name in PER_DESIGN_3D else "")
        if name in PER_DESIGN_3D:
            draw_only(layer, where)
        made.append(layer)
    made += hours_layers(folder)
    if (folder / TERRAIN).exists():
        terrain = QgsRasterLayer(str(folder / TERRAIN), title("terrain"))
        if terrain.isValid():
            terrain.setCustomProperty("drieluik/layer", "terrain")
            made.append(terrain)
    return made


def add_to_project(project: QgsProject, folder: Path, design: str = "", in_window: bool = True) -> list[QgsMapLayer]:
    """Add the layers of a run folder to a project, in one group on top, replacing those of an earlier run.

    ``design``: the variant to show.
    ``in_window``: also make the ground the terrain of 3D views (QGIS writes its path absolute: not for a project that travels).
    """
    system = project.crs()
    remove_from_project(project)
    ours = not project.mapLayers()
    group = project.layerTreeRoot().insertGroup(0, GROUP)
    layers = make_layers(folder, design)
    for layer in layers:
        project.addMapLayer(layer, False)
        node = group.addLayer(layer)
        node.setExpanded(False)
        if name_of(layer) in ("terrain", "registered_building", "shadow", "envelope", "sun_hours"):
            node.setItemVisibilityChecked(False)
    wanted = QgsCoordinateReferenceSystem("EPSG:28992") if ours else system  # a project of the user's own keeps its system
    if ours:
        project.setCrs(wanted)
        set_day(project)
    if in_window:
        for wait in (0, LET_GO_MS // 3):  # QGIS 3.22 takes that of the first layer, a moment later, and another after it opened a project
            QTimer.singleShot(wait, lambda: project.setCrs(wanted) if project.mapLayers() and project.crs() != wanted else None)
    if in_window and (folder / TERRAIN).exists():
        compat.set_terrain(project, add_ground(project, folder))
    return layers


def add_ground(project: QgsProject, folder: Path) -> QgsRasterLayer:
    """Add a layer that is not in the legend: the terrain with its holes (under buildings) filled, for looks only.

    A 3D view leaves out a whole tile of ground that has a hole in it.
    """
    filled = gdal.GetDriverByName("GTiff").CreateCopy(str(folder / GROUND), gdal.Open(str(folder / TERRAIN)))
    gdal.FillNodata(filled.GetRasterBand(1), None, GROUND_SEARCH_PX, 0)
    filled = None
    ground = QgsRasterLayer(str(folder / GROUND), title("terrain"))
    ground.setCustomProperty("drieluik/layer", "ground")
    project.addMapLayer(ground, False)
    return ground


def remove_from_project(project: QgsProject) -> None:
    """Take our group and its layers out of a project."""
    root = project.layerTreeRoot()
    old = []
    for group in [node for node in root.children() if node.name() == GROUP and hasattr(node, "findLayers")]:
        old += [node.layer() for node in group.findLayers()]
        root.removeChildNode(group)
    old += [layer for layer in project.mapLayers().values() if name_of(layer) == "ground"]
    drop(project, [layer for layer in old if layer is not None])


def drop(project: QgsProject, old: list[QgsMapLayer]) -> None:
    """Take layers off the map now, and delete them when the views have let go of them.

    A 3D view learns of it a moment later; QGIS 3.22 ends when a layer that the view still holds is gone by then.
    """
    ids = [layer.id() for layer in old]
    for layer in old:
        layer.setCustomProperty("drieluik/layer", "")
        node = project.layerTreeRoot().findLayer(layer.id())
        if node is not None:
            node.parent().removeChildNode(node)
    if ids:  # twice: where QGIS was busy for longer than the first, the views learn of it before the second is over
        QTimer.singleShot(LET_GO_MS, lambda: QTimer.singleShot(LET_GO_MS, lambda: project.removeMapLayers(ids)))


def name_of(layer: QgsMapLayer) -> str:
    """Return our name of a layer, '' when it is not ours."""
    return str(layer.customProperty("drieluik/layer") or "")


def show_design(project: QgsProject, design: str, finding: Finding | None = None) -> None:
    """Show only what belongs to one design (variant), and of the evidence only that of ``finding`` where one is given."""
    for layer in project.mapLayers().values():
        name = name_of(layer)
        where = scene3d.only(design, finding if name.startswith("finding_") else None)
        if name in PER_DESIGN_2D + PER_DESIGN_3D:
            QgsExpressionContextUtils.setLayerVariable(layer, "drieluik_alone", int(finding is not None))
        if name in PER_DESIGN_2D and layer.subsetString() != where:
            layer.setSubsetString(where)
        elif name in PER_DESIGN_3D:
            scene3d.style(layer, name, where)
            draw_only(layer, where)


def draw_only(layer: QgsVectorLayer, where: str) -> None:
    """Let the rules of a layer draw and label on the map only what fits a filter; a filter on the layer would empty 3D views of QGIS 3.22."""
    if layer.renderer().type() == "RuleRenderer":
        layer.renderer().rootRule().setFilterExpression(where)
    if layer.labeling() is not None and layer.labeling().type() == "rule-based":
        labels = layer.labeling().clone()
        labels.rootRule().setFilterExpression(where)
        layer.setLabeling(labels)
    layer.triggerRepaint()


def set_day(project: QgsProject) -> None:
    """Let the temporal controller start with the first day of the layer of shadows, where there is one."""
    layer = layer_named(project, "shadow")
    if layer is None:
        return
    first = layer.minimumValue(layer.fields().indexOf("from"))
    if isinstance(first, QDateTime) and first.isValid():
        project.timeSettings().setTemporalRange(QgsDateTimeRange(first, first.addSecs(DAY_S)))


def layer_named(project: QgsProject, name: str) -> QgsVectorLayer | None:
    """Return our layer of that name in a project, or None."""
    return next((layer for layer in project.mapLayers().values() if name_of(layer) == name), None)
