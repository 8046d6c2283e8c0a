"""``project.qgz`` of a case folder: a project of QGIS that names the folder it lies in; opened, it shows the dock with the case, and that makes its
layers. It names nothing else, so that it opens wherever the folder stands. QGIS's own save may come in its place."""

from __future__ import annotations

import io
import zipfile

PROJECT = "project.qgz"
ELEMENT = "drieluik-case"
"""Of QGIS's project file: the case that a project keeps."""
HERE = "."
TEXT = f"""<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis projectname="" version="3.22.0-Drieluik">
  <{ELEMENT} place_beside="{HERE}"/>
</qgis>
"""
MOMENT = (1980, 1, 1, 0, 0, 0)
"""The first that a zip file can say: the file is the same for every case."""


def project_file() -> bytes:
    """Return the project."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("project.qgs", MOMENT), TEXT)
    return made.getvalue()
