"""Spatial plans as IMRO GML (2012, 2008 and 2006's wrappers): every object of every kind of plan with its values, none lost.

Standard: IMRO2012 / SVBP2012 (Geonovum, https://docs.geostandaarden.nl/ro/). Government data, open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from ...errors import SourceError
from ...model import Note, Plan, PlanArea, PlanValue
from ..formats.gml import GmlError, GmlReader, first_geometry, index_of
from ..formats.safe_xml import child, children, descendants, gml_id, href, local, text_of
from .document_kinds import changes_the_other, replaces_the_other
from .maatvoering import contradictions, plan_values
from .placed import Parsed, kind_of_plan, parsed, without_place

PLAN = "plangebied"
MEMBERS = ("featureMember", "featureMembers", "member")
LETTERS = re.compile(r"_[a-z]{1,3}$")
NO_OBJECTS = ("MetadataIMRObestand", "boundedBy", "Metadata")
VALUES = ("waarde", "omvangWaarde")
TYPES = ("waardeType", "omvangType", "typeWaarde")
REFERENCES = ("bouwvlak", "aanduiding", "bestemmingsvlak", "besluitvlak", "besluitgebied", "structuurvisiegebied")
"""What an object may refer to, the nearest first."""
NORMS_WITH_CODES = "IMRO2012"
"""Whose symbol codes are checked; earlier versions numbered them otherwise."""
DOCUMENTS = "https://ruimtelijkeplannen.nl/documents"


@dataclass
class _Reading:
    """What comes up while one file is read."""

    gml: GmlReader
    plan: Plan
    version: str
    bare: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def is_imro(root: etree._Element) -> bool:
    """Whether a document is an IMRO collection: by its root, or by the namespace of that root."""
    return "imro" in (etree.QName(root).namespace or "").lower() or "imro" in local(root).lower()


def read_imro(root: etree._Element, name: str) -> Parsed:
    """Return the plan and all its objects (RD) from the root of an IMRO document.

    Objects without a readable geometry are listed in the remarks. Raises ``SourceError``: no plan in it, not in RD.
    """
    if not is_imro(root):
        raise SourceError("sources_no_imro", path=name)
    elements = _objects(root)
    described = next((element for element in elements if _is_plan(element)), None)
    if described is None:
        raise SourceError("plans_without_plan", path=name)
    reading = _Reading(GmlReader(index_of(root)), _plan(described), _version(root, described))
    areas, dangling = _linked([_area(element, reading) for element in elements])
    placed = [area for area in areas if not without_place(area)]
    if not placed:
        raise SourceError("plans_without_objects", path=name)
    if dangling:
        reading.notes.append(Note.of("plans_dangling", path=name, count=len(dangling), first=dangling[0]))
    outline = next((area.geometry for area in placed if area.kind == PLAN), None)
    plan = replace(reading.plan, geometry=outline)
    unplaced = [area for area in areas if without_place(area) and area.kind != PLAN]
    return parsed(name, placed, (plan,), reading.notes, reading.bare, reading.gml, unplaced)


def _objects(root: etree._Element) -> list[etree._Element]:
    """Return the objects of a collection: what its members hold."""
    found = [one for member in children(root, *MEMBERS) for one in children(member)]
    return [element for element in found or list(children(root)) if local(element) not in NO_OBJECTS]


def _is_plan(element: etree._Element) -> bool:
    """Whether an object describes the plan itself (Bestemmingsplangebied, Besluitgebied_X, Structuurvisieplangebied_G...)."""
    return child(element, "typePlan", "planstatusInfo", "planstatus", "besluitnummer") is not None


def _version(root: etree._Element, plan: etree._Element) -> str:
    norms = [text_of(norm) for norm in children(plan, "verwijzingNorm")]
    schema = next((text_of(one) for one in descendants(root, "naamApplicatieschema")), "")
    year = "".join(letter for letter in etree.QName(root).namespace or "" if letter.isdigit())[:4]
    return next((norm for norm in (*norms, schema) if norm.startswith("IMRO")), f"IMRO{year}")


def _plan(element: etree._Element) -> Plan:
    """Return what the plan says of itself: of several statuses the last."""
    states = [(text_of(one, "datum"), text_of(one, "planstatus")) for one in descendants(element, "planstatusInfo")]
    date, status = max(states, default=(text_of(element, "datum"), text_of(element, "planstatus")))
    name, identity = text_of(element, "naam"), _fid(element)
    return Plan(
        id=identity, name=name, kind=kind_of_plan(name, text_of(element, "typePlan")) or _bare_kind(element), status=status.lower(), date=date,
        authority=text_of(element, "naamOverheid"), url=_link(element, identity),
        changes=tuple(dict.fromkeys(other for other, role in _referred(element) if changes_the_other(role) and not replaces_the_other(role))),
        replaces=tuple(dict.fromkeys(other for other, role in _referred(element) if replaces_the_other(role))),
    )


def _bare_kind(element: etree._Element) -> str:
    """Return the kind of a plan that does not say it: '' for a bestemmingsplangebied, which binds whichever of its kinds it is; of a decision or a
    structuurvisie nobody knows."""
    return "besluit zonder soort" if local(element).lower().startswith(("besluit", "structuurvisie")) else ""


def _referred(element: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield the numbers (else the names) of the plans that a plan refers to, each with its role (IMRO ``rolExternPlan``; IMRO2006 has no roles)."""
    for one in descendants(element, *EXTERNAL):
        if other := text_of(one, "idnExternPlan") or text_of(one, "naamExternPlan"):
            yield other, text_of(one, "rolExternPlan")
    for one in descendants(element, OLD_REFERENCE):
        if not len(one) and text_of(one):
            yield text_of(one), ""


EXTERNAL = (
    "ExternPlanReferentie_BP", "ExternPlanReferentie_XGB", "ExternPlanReferentie_AMB", "ExternPlanReferentie_PV", "ExternPlanReferentie_SV",
    "ExternPlanReferentiePG_SV", "ExternPlanReferentie",
)
"""References to other plans and decisions, by the kind of document that holds them (IMRO2008 and 2012)."""
OLD_REFERENCE = "verwijzingNaarExternPlan"
"""What IMRO2006 has instead: a text."""


def _area(element: etree._Element, reading: _Reading) -> PlanArea:
    """Return an object with its geometry; one without a place that can be read has nothing or a point or line, and is listed."""
    kind, fid = PLAN if _is_plan(element) else _kind(element), _fid(element)
    values = tuple(_values(element, reading, fid))
    plan = reading.plan
    area = PlanArea(
        fid=fid, kind=kind, name=text_of(child(element, "naam")), geometry=_geometry(element, reading), values=values, plan_id=plan.id,
        plan_name=plan.name, plan_status=plan.status, date=plan.date, article=text_of(child(element, "artikelnummer")), url=_link(element, plan.id),
        belongs_to=_reference(element, reading.gml.index), group=text_of(child(element, "bestemmingshoofdgroep", "gebiedsaanduidinggroep")),
    )
    if without_place(area):
        reading.bare.append(fid or kind)
        if values:
            lost = "; ".join(value.raw for value in values)
            reading.notes.append(Note.of("plans_values_without_place", fid=fid, values=lost[:300]))
    return area


def _kind(element: etree._Element) -> str:
    """Return the kind of an object: that of its standard without the letter of its kind of plan (Besluitvlak_X); IMRO2006 says it in its type
    ("bestemmingsvlak; enkelbestemming")."""
    typed = text_of(child(element, "typePlanobject"))
    return typed.rpartition(";")[2].strip().lower() if ";" in typed else LETTERS.sub("", local(element).lower())


def _geometry(element: etree._Element, reading: _Reading) -> BaseGeometry:
    """Return the object's own geometry (RD), nothing where none can be read; the places of its labels and symbols are none."""
    holders = sorted((one for one in children(element) if local(one).lower().startswith("geometrie")), key=lambda one: len(local(one)))
    for holder in holders:
        shape = first_geometry(holder)
        if shape is None:
            continue
        try:
            return reading.gml.read(shape)
        except GmlError as reason:
            reading.notes.append(reason.note(_fid(element)))
    return Polygon()


def _fid(element: etree._Element) -> str:
    """Return the id of an object: its gml:id, else its NEN3610 id as ``namespace.lokaalID``."""
    if identity := gml_id(element):
        return identity
    known = child(element, "identificatie")
    if known is None:
        return ""
    return text_of(known) or ".".join(word for word in (text_of(known, "namespace"), text_of(known, "lokaalID")) if word)


def _reference(element: etree._Element, index: Mapping[str, etree._Element]) -> str:
    """Return the id of the object that this one belongs to, the nearest first, an enkelbestemming before a dubbelbestemming."""
    for name in REFERENCES:
        if targets := [target for one in descendants(element, name) if (target := href(one))]:
            return next((target for target in targets if target in index and local(index[target]) == "Enkelbestemming"), targets[0])
    return ""


def _link(element: etree._Element, plan_id: str) -> str:
    """Return the address of the object's rules, else of the first text it names; the file beside the plan when it is relative."""
    texts = [(text_of(one, "typeTekst"), text_of(one, "verwijzingNaarTekst")) for one in descendants(element, "verwijzingNaarTekstInfo")]
    texts = texts or [("", text_of(one)) for one in descendants(element, "verwijzingNaarTekst")]
    links = [link for kind, link in sorted(texts, key=lambda text: text[0] != "regels") if link]
    if not links:
        return ""
    link = links[0].split(",")[0].strip()
    return link if "://" in link or not plan_id else f"{DOCUMENTS}/{plan_id}/{link}"


def _values(element: etree._Element, reading: _Reading, fid: str) -> list[PlanValue]:
    """Return every value of an object; each element that holds a ``waarde`` gives at least one."""
    found: list[PlanValue] = []
    name = text_of(child(element, "naam"))
    for value in descendants(element, *VALUES):
        if len(value):
            continue
        wrapper = value.getparent()
        kind = next((text_of(one) for one in children(wrapper, *TYPES)), "")
        values = plan_values(kind or name, text_of(value), name)
        if reading.version >= NORMS_WITH_CODES and (code := text_of(child(wrapper, "symboolCode"))):
            reading.notes += contradictions(values, code, fid)
        found += values
    return found


def _linked(areas: list[PlanArea]) -> tuple[list[PlanArea], list[str]]:
    """Return areas in which those without article have that of the bestemming they belong to, and the ids that lead nowhere."""
    known = {area.fid: area for area in areas}
    dangling = [area.belongs_to for area in areas if area.belongs_to and area.belongs_to not in known]
    linked = []
    for area in areas:
        owner, steps = area, 0
        while not owner.article and owner.belongs_to in known and steps < 4:
            owner, steps = known[owner.belongs_to], steps + 1
        linked.append(replace(area, article=owner.article, url=area.url or owner.url))
    return linked, dangling
