"""``project.qgz`` of a case folder: a project of QGIS that names the folder it lies in; opened, it shows the dock with the case, and that makes its
layers. From the first review on it has the layers of the last one, by relative paths, for who has no plugin. QGIS's own save may come in its place."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

PROJECT = "project.qgz"
ELEMENT = "drieluik-case"
"""Of QGIS's project file: the case that a project keeps."""
HERE = "."
TEXT = f"""<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis projectname="" version="3.22.0-Drieluik">
  <{ELEMENT} place_beside="{HERE}"/>
</qgis>
"""
NAMES_ALONE = re.compile(rf'<{ELEMENT} place_beside="{re.escape(HERE)}"\s*/?>'.encode())
"""The element as it is written here; what QGIS saves for an officer keeps the case itself, or nothing of it."""
MOMENT = (1980, 1, 1, 0, 0, 0)
"""The first that a zip file can say: the file is the same for every case."""


def project_file() -> bytes:
    """Return the project."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("project.qgs", MOMENT), TEXT)
    return made.getvalue()


def written_here(path: Path) -> bool:
    """Whether a project may be replaced: it is not there, or it is one that was written here and not one that an officer saved. Raises ``OSError``."""
    if not path.exists():
        return True
    try:
        with zipfile.ZipFile(path) as archive:
            return any(NAMES_ALONE.search(archive.read(name)) for name in archive.namelist() if name.endswith(".qgs"))
    except zipfile.BadZipFile:
        return False
