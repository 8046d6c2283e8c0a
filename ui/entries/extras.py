"""The compiled extras that a QGIS may lack: named in one dialog, never installed silently."""

from __future__ import annotations

import importlib.util

from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from ..widgets.words import tr

EXTRAS = {
    "shapely": "shapely", "pyogrio": "pyogrio", "manifold3d": "manifold3d", "trimesh": "trimesh", "networkx": "networkx", "laspy": "laspy",
    "lazrs": "lazrs", "ifcopenshell": "ifcopenshell", "embreex": "embreex", "scipy": "scipy", "pyproj": "pyproj",
    "collada": "pycollada", "ezdxf": "ezdxf", "typst": "typst", "jinja2": "Jinja2", "yaml": "PyYAML",
    "jsonschema": "jsonschema", "lxml": "lxml", "meshio": "meshio", "PIL": "pillow",
}
"""Module -> package."""


def missing() -> list[str]:
    """Return the packages that are not there."""
    return [package for module, package in EXTRAS.items() if importlib.util.find_spec(module) is None]


class MissingDialog(QDialog):
    """Says which packages are missing and gives the command to install them, to copy."""

    def __init__(self, packages: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("drieluikMissing")
        self.setWindowTitle(tr("Drieluik: packages needed"))
        text = QLabel(tr("Drieluik needs Python packages that this QGIS does not have: {names}. Nothing is installed by itself. "
                         "Ask your administrator to run this command with the Python of QGIS, and start QGIS again.").format(names=", ".join(packages)))
        text.setWordWrap(True)
        command = QPlainTextEdit(f"python -m pip install --upgrade-strategy only-if-needed {' '.join(packages)}")
        command.setReadOnly(True)
        command.setAccessibleName(tr("Command to copy"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.setAccessibleName(tr("Close"))
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (text, command, buttons):
            layout.addWidget(widget)
        self.resize(520, 240)
