"""Where a decision lies that is no plan: the GML beside the publication of one (STOP Gebiedsmarkering, Effectgebied), such as of a permit outside the
plan (buitenplanse omgevingsplanactiviteit).

Standard: STOP/IMOP 1.3 (https://koop.gitlab.io/stop/standaard/). The file has places and labels only: what was decided stands in the publication.
"""

from __future__ import annotations

from lxml import etree

from ...errors import SourceError
from ...model import Note, Plan, PlanArea
from ..formats.gml import GmlError, GmlReader, first_geometry
from ..formats.safe_xml import child, descendants, local, text_of
from .document_kinds import MARKED
from .placed import Parsed, parsed

MARKINGS = ("Gebiedsmarkering", "Effectgebied")


def is_marking(root: etree._Element) -> bool:
    """Whether a document says only where a decision lies."""
    return local(root) in MARKINGS


def read_marking(root: etree._Element, name: str) -> Parsed:
    """Return the areas (RD) of a decision and a document for it, by the name of its file; raises ``SourceError``: no place in it, or not in RD."""
    gml, notes, areas = GmlReader(), [], []
    key = f"{local(root)} {name}"
    for number, place in enumerate(descendants(root, "Gebied")):
        label = text_of(child(place, "label")) or key
        shape = next((found for holder in descendants(place, "geometrie") if (found := first_geometry(holder)) is not None), None)
        try:
            if shape is None:
                raise GmlError("plans_geometry_empty")
            areas.append(PlanArea(f"{key}.{number}", "besluitgebied", label, gml.read(shape), plan_id=key, plan_name=label))
        except GmlError as reason:
            notes.append(reason.note(label))
    if not areas:
        raise SourceError("plans_without_objects", path=name)
    notes.append(Note.of("plans_marking", path=name))
    return parsed(name, areas, (Plan(key, areas[0].name, MARKED),), notes, gml=gml)
