"""The case at work inside QGIS's project file: its whole text, with the folder that its paths start at; its layers are left out."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ...case_folder.project_file import HERE
from ...data_sources.case import case_from, case_to
from ...model import Case
from .case_element import ELEMENT, elements

NODES = ("layer-tree-layer", "layer", "legendlayer")
"""Elements of a project file that name a layer by its id beside the layer itself: in the tree, in orders and snapping."""


@dataclass(frozen=True)
class KeptCase:
    """What a project keeps: the case (None: it names a case folder alone), the variant that was shown, whether it was judged, and the case folder
    that holds it ('' = none)."""

    case: Case | None
    variant: str
    judged: bool
    place: str = ""


def write(document: Any, kept: KeptCase, home: str, layers: Collection[str] = ()) -> None:
    """Put a case in a project file's document (``QDomDocument``), in place of one that is there; ``layers``: ids of layers to leave out.

    ``home``: the project's folder: the case is found again when project and files are moved together.
    """
    root = document.documentElement()
    for old in elements(document, ELEMENT):
        root.removeChild(old)
    if kept.case is None:
        return
    made = document.createElement(ELEMENT)
    for name, beside, folder in (("folder", "beside", kept.case.folder), ("place", "place_beside", kept.place)):
        made.setAttribute(name, folder)
        made.setAttribute(beside, _from(home, folder))
    made.setAttribute("variant", kept.variant)
    made.setAttribute("judged", "yes" if kept.judged else "")
    made.appendChild(document.createTextNode(yaml.safe_dump(case_to(kept.case), allow_unicode=True, sort_keys=False, width=120)))
    root.appendChild(made)
    for element in elements(document, "maplayer"):
        if element.firstChildElement("id").text() in layers:
            element.parentNode().removeChild(element)
    for name in NODES:
        for element in elements(document, name):
            if element.attribute("id") in layers or element.attribute("layerid") in layers:
                element.parentNode().removeChild(element)


def name_folder(document: Any) -> None:
    """Let a project file's document name the folder that it lies in as a case, and nothing else of it: that is read anew from there."""
    made = document.createElement(ELEMENT)
    made.setAttribute("place_beside", HERE)
    document.documentElement().appendChild(made)


def read(document: Any, home: str) -> KeptCase | None:
    """Return the case that a project file keeps, None where it keeps none. Raises ``CaseError`` for a case that cannot be used."""
    found = elements(document, ELEMENT)
    if not found:
        return None
    element = found[0]
    words = element.text().strip()
    case = case_from(yaml.safe_load(words), _found(element, home, "folder", "beside"), Path(home).name or ELEMENT) if words else None
    return KeptCase(case, element.attribute("variant"), bool(element.attribute("judged")), _found(element, home, "place", "place_beside"))


def _from(home: str, folder: str) -> str:
    """Return a folder as it is named from the project's own, '' where there is no way: another drive or share of Windows."""
    try:
        return Path(os.path.relpath(folder, home)).as_posix() if home and folder else ""
    except ValueError:
        return ""


def _found(element: Any, home: str, name: str, beside: str) -> str:
    """Return a folder of the element: from the project's own where it is there, else as it was."""
    near = Path(home) / element.attribute(beside) if home and element.attribute(beside) else None
    return str(near.resolve()) if near is not None and near.is_dir() else str(element.attribute(name))
