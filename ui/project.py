"""``project.qgz``: everything of a review, loaded and styled, for who opens it in QGIS."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRectangle, QgsReferencedRectangle

from ..errors import OutputError
from ..model import Review
from .headless import application
from .map import map_layers as layers

ROOM_M = 40.0


def write_project(review: Review, folder: Path) -> Path:
    """Write ``project.qgz`` into a folder that holds the review's layers; paths in it are relative. Raises ``OutputError``."""
    path = Path(folder) / "project.qgz"
    with application(gui=False):
        project = QgsProject()
        project.setCrs(QgsCoordinateReferenceSystem("EPSG:28992"))
        project.setTitle(f"{review.case.title} ({review.case.id})")
        layers.add_to_project(project, Path(folder), review.designs[0].name if review.designs else "", in_window=False)
        if review.designs:
            low, high = review.designs[0].bounds
            view = QgsRectangle(low[0] - ROOM_M, low[1] - ROOM_M, high[0] + ROOM_M, high[1] + ROOM_M)
            project.viewSettings().setDefaultViewExtent(QgsReferencedRectangle(view, project.crs()))
        written = project.write(str(path))
        reason = project.error()
        project.clear()
        del project
    if not written:
        raise OutputError("output_failed", path=str(folder), details=reason)
    return path
