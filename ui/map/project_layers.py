"""Layers that stand in the QGIS project as a source of the surroundings: what they have around the place, as a file that is read like any other."""

from __future__ import annotations

import tempfile
from pathlib import Path

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsMapLayer,
    QgsProject,
    QgsProviderRegistry,
    QgsRectangle,
    QgsVectorFileWriter,
    QgsVectorLayer,
)

from ...errors import SourceError
from .map_layers import name_of
from .map_marks import RD

PREFIX = "bgt_"
"""Before the name of a collection in the name of a file: a table is named by the collection alone."""


def offered(project: QgsProject) -> list[QgsMapLayer]:
    """Return the layers of a project that may be a source, by their names: vectors with places, and rasters and other layers that are a file; none of
    our own."""
    layers = [layer for layer in project.mapLayers().values() if layer.isValid() and not name_of(layer)]
    usable = [layer for layer in layers if (layer.isSpatial() if isinstance(layer, QgsVectorLayer) else file_of(layer) is not None)]
    return sorted(usable, key=lambda layer: layer.name().lower())


def file_of(layer: QgsMapLayer) -> Path | None:
    """Return the file that a layer shows, None where it comes from elsewhere."""
    path = str(_parts(layer).get("path") or "")
    return Path(path) if path and Path(path).is_file() else None


def as_file(layer: QgsMapLayer, centre: tuple[float, float], radius_m: float, folder: Path) -> Path:
    """Return a file with what a layer has around a place (RD): the features that touch the square around it, in RD; a raster's own file."""
    if not isinstance(layer, QgsVectorLayer):
        path = file_of(layer)
        if path is None:
            raise SourceError("sources_layer_no_file", name=layer.name())
        return path
    project, rd = QgsProject.instance(), QgsCoordinateReferenceSystem(RD)
    to_rd = QgsCoordinateTransform(layer.crs(), rd, project.transformContext())
    (x, y), path = centre, Path(tempfile.mkdtemp(dir=folder)) / f"{_table(layer)}.gpkg"
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName, options.layerName, options.ct = "GPKG", _table(layer), to_rd
    options.filterExtent = QgsRectangle(x - radius_m, y - radius_m, x + radius_m, y + radius_m)  # in the system that is written
    failed, why = QgsVectorFileWriter.writeAsVectorFormatV3(layer, str(path), project.transformContext(), options)[:2]
    if failed != QgsVectorFileWriter.WriterError.NoError:
        raise SourceError("sources_layer_not_written", name=layer.name(), details=why)
    return path


def _table(layer: QgsVectorLayer) -> str:
    """Return what a layer is called where it comes from: its name in the legend is anybody's."""
    parts = _parts(layer)
    name = str(parts.get("layerName") or parts.get("table") or Path(str(parts.get("path") or "")).stem or layer.name())
    return "".join(sign if sign.isalnum() or sign in "_-" else "_" for sign in name).removeprefix(PREFIX) or "layer"


def _parts(layer: QgsMapLayer) -> dict[str, object]:
    return dict(QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source()))
