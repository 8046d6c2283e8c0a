"""Drieluik: does a building design fit its plot? A QGIS plugin; this folder is the package ``drieluik``."""


def classFactory(iface):
    """Return the plugin; called by QGIS with its interface. Imports lazily, so that tests can import the package."""
    from .plugin import DrieluikPlugin

    return DrieluikPlugin(iface)
