"""``project.qgz``: everything of a review, loaded and styled, for who opens it in QGIS."""

from __future__ import annotations

import os
from pathlib import Path

from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRectangle, QgsReferencedRectangle

from ..case_folder import disk
from ..case_folder.project_file import PROJECT, written_here
from ..errors import OutputError
from ..model import Review
from .headless import application
from .map import map_layers as layers
from .work.in_project import name_folder

ROOM_M = 40.0


def write_project(review: Review, folder: Path) -> Path:
    """Write ``project.qgz`` into a folder that holds the review's layers; paths in it are relative. Raises ``OutputError``."""
    path = Path(folder) / PROJECT
    _write(review, Path(folder), path, names_case=False)
    return path


def write_case_project(review: Review, place: Path, case_folder: Path) -> None:
    """Let ``project.qgz`` of a case folder have the layers of a review that stands in it (``place``), so that it opens with them also where the plugin
    is not; one that an officer saved in its place stays as it is. Raises ``OutputError``."""
    path = case_folder / PROJECT
    with disk.told(path):
        if not written_here(path):
            return
        beside = disk.beside_of(path)
        try:
            _write(review, place, beside, names_case=True)
            os.replace(beside, path)
        finally:
            beside.unlink(missing_ok=True)


def _write(review: Review, folder: Path, path: Path, names_case: bool) -> None:
    with application(gui=False):
        project = QgsProject()
        project.setCrs(QgsCoordinateReferenceSystem("EPSG:28992"))
        project.setTitle(f"{review.case.title} ({review.case.id})")
        layers.add_to_project(project, folder, review.designs[0].name if review.designs else "", in_window=False)
        if review.designs:
            low, high = review.designs[0].bounds
            view = QgsRectangle(low[0] - ROOM_M, low[1] - ROOM_M, high[0] + ROOM_M, high[1] + ROOM_M)
            project.viewSettings().setDefaultViewExtent(QgsReferencedRectangle(view, project.crs()))
        if names_case:
            project.writeProject.connect(name_folder)
        written = project.write(str(path))
        reason = project.error()
        project.clear()
        del project
    if not written:
        raise OutputError("output_failed", path=str(path.parent), details=reason)
