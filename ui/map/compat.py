"""The only place that knows versions: QGIS 3.22 to 4.x, Qt 5 and 6."""

from __future__ import annotations

from typing import Any

from qgis.core import Qgis, QgsMapLayer, QgsProject

VERSION = Qgis.QGIS_VERSION_INT if hasattr(Qgis, "QGIS_VERSION_INT") else Qgis.versionInt()


def absolute_clamping() -> Any:
    """Return the altitude clamping of heights that are NAP already."""
    if hasattr(Qgis, "AltitudeClamping"):
        return Qgis.AltitudeClamping.Absolute
    from .scene3d import OLD_ABSOLUTE

    return OLD_ABSOLUTE


def set_material(symbol: Any, material: Any) -> None:
    """Give a 3D symbol its material."""
    if hasattr(symbol, "setMaterialSettings"):
        symbol.setMaterialSettings(material)
    else:
        symbol.setMaterial(material)


def can_open_3d(iface: Any) -> bool:
    """Whether this QGIS lets a plugin open a 3D view by call (3.36 and later)."""
    return hasattr(iface, "createNewMapCanvas3D")


def action_of(window: Any, name: str) -> Any:
    """Return an action of QGIS's main window by its object name, or None."""
    from qgis.PyQt.QtWidgets import QAction

    return window.findChild(QAction, name)


def set_terrain(project: QgsProject, layer: QgsMapLayer | None) -> None:
    """Make a raster the terrain of new 3D views, where the version can."""
    if layer is None or not hasattr(project, "elevationProperties"):
        return
    from qgis.core import QgsRasterDemTerrainProvider

    provider = QgsRasterDemTerrainProvider()
    provider.setLayer(layer)
    project.elevationProperties().setTerrainProvider(provider)


def manual_redirects(request: Any) -> None:
    """Let a network request report redirects instead of following them."""
    from qgis.PyQt.QtNetwork import QNetworkRequest

    request.setAttribute(QNetworkRequest.Attribute.RedirectPolicyAttribute, QNetworkRequest.RedirectPolicy.ManualRedirectPolicy)


def reply_attribute(name: str) -> Any:
    """Return an attribute's code of a network request by name."""
    from qgis.PyQt.QtNetwork import QNetworkRequest

    return getattr(QNetworkRequest.Attribute, name)


def set_locator_data(result: Any, value: Any) -> None:
    """Hang a plain value (text, list) on a result of the locator bar."""
    if hasattr(result, "setUserData"):
        result.setUserData(value)
    else:
        result.userData = value


def locator_data(result: Any) -> Any:
    """Return the value that hangs on a result of the locator bar."""
    return result.getUserData() if hasattr(result, "getUserData") else result.userData
