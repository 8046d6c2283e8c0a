"""Drieluik: does a building design fit its plot? A QGIS plugin; this folder is the package ``drieluik``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .plugin import DrieluikPlugin


def classFactory(iface: Any) -> DrieluikPlugin:
    """Return the plugin; called by QGIS with its interface. Imports lazily, so that tests can import the package."""
    from .plugin import DrieluikPlugin

    return DrieluikPlugin(iface)
