"""The element of QGIS's project file that keeps a case. It needs none of our packages: the plugin looks for it in every project that is opened."""

from __future__ import annotations

from typing import Any

from ...case_folder.project_file import ELEMENT


def holds_case(document: Any) -> bool:
    """Whether a project file's document (``QDomDocument``) keeps a case."""
    return bool(elements(document, ELEMENT))


def elements(document: Any, name: str) -> list[Any]:
    """Return the elements of a name, as a list that stays while some are taken out."""
    nodes = document.elementsByTagName(name)
    return [nodes.at(number).toElement() for number in range(nodes.count())]
