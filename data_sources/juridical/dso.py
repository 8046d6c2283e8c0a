"""The omgevingsplan as the DSO presents it (Omgevingsdocumenten Presenteren v8): annotations of rules as JSON, geometry apart.

Source: https://developer.omgevingswet.overheid.nl/api-register/. References are ids; words of the standard's lists come as
``{"code", "waarde"}``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import shapely
from lxml import etree
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from ...errors import SourceError
from ...model import Note, Plan, crossings
from ..formats.gml import polygons_of
from ..formats.safe_xml import parse_bytes
from .document_kinds import kind_by_authority, kind_of
from .omgevingsplan import ActivityAt, LegalRule, Location, Named, Norm, NormValue, Objects, Text, plan_areas, territory
from .placed import DRAFTS, Parsed, parsed
from .stop import quote_of

Json = Mapping[str, Any]

RULES = ("regelsVoorIedereen", "instructieregels", "omgevingswaarderegels")
WHOLE = ("ambtsgebied",)
SOURCE = "DSO"


def read_dso(
    regeling: Json, annotations: Json, geometries: Json, structure: Any = None, box: BaseGeometry | None = None
) -> Parsed:
    """Return the areas, the plan and remarks of one regeling.

    ``annotations``: regelteksten, regelsVoorIedereen, activiteiten, gebiedsaanwijzingen, locaties, omgevingsnormen, omgevingswaarden,
    ponsen; ``geometries``: GeoJSON (RD) by geometrieIdentificatie; ``structure``: the documentstructuur, or components of it, with the articles' text.
    ``box`` (RD) is the geometry of what holds in the whole territory. No norms in it is common and no sign that none hold. Raises
    ``SourceError``: another shape than that, or not in RD.
    """
    notes: list[Note] = []
    texts = {} if structure is None else _texts(structure)
    objects = _objects(annotations, texts)
    shapes = _shapes(geometries, notes)
    plan = _plan(regeling, territory(objects, shapes))
    areas, lost, remarks = plan_areas(objects, shapes, plan, box, whole=False)
    if not objects.norms:
        remarks.append(Note.of("plans_without_norms", plan=plan.name or plan.id))
    return parsed(plan.name or plan.id, areas, (plan,), (*notes, *remarks), unplaced=lost)


def _plan(regeling: Json, geometry: BaseGeometry | None) -> Plan:
    record = _mapping(regeling.get("geregistreerdMet"))
    status = str(regeling.get("procedurestatus") or regeling.get("status") or "").lower()
    draft = regeling.get("isOntwerp") is True or status in DRAFTS or bool(_text(regeling, "ontwerpbesluitIdentificatie"))
    identity = _text(regeling, "identificatie")
    kind = _kind(regeling.get("type")) or kind_by_authority(identity)
    return Plan(
        id=identity, name=_text(regeling, "citeerTitel", "citeertitel", "officieleTitel", "opschrift"),
        kind=kind,
        status=(status or "ontwerp") if draft else "vastgesteld",
        date=_text(record, "beginGeldigheid", "tijdstipRegistratie")[:10],
        in_force=_text(record, "beginInwerking")[:10], ended=_ended(regeling, record),
        replaces=tuple(dict.fromkeys(_refs(regeling, "opvolgerVan"))), version=_text(record, "versie", "beginGeldigheid"),
        authority=_text(_mapping(regeling.get("aangeleverdDoorEen")), "naam", "code"),
        url=str(_mapping(_mapping(regeling.get("_links")).get("self")).get("href") or ""), geometry=geometry,
    )


def _kind(concept: Any) -> str:
    """Return the kind of a regeling: by the code of its type, else by its word."""
    return kind_of(_text(concept, "code"), _text(concept, "waarde", "naam")) if isinstance(concept, Mapping) else kind_of(_word(concept))


def _ended(regeling: Json, record: Json) -> str:
    """Return the first day on which a regeling no longer holds (ISO), '' when it is not said: withdrawn, or this version of it ended."""
    said = [_text(record, "eindGeldigheid", "eindRegistratie"), _text(regeling, "inwerkingTot", "geldigTot")]
    return min((one[:10] for one in said if one), default="")


def _objects(annotations: Json, texts: Mapping[str, Text]) -> Objects:
    objects = Objects()
    for one in _items(annotations, "locaties"):
        objects.locations[_id(one)] = _location(one)
    for one in _items(annotations, "regelteksten"):
        wid = _text(one, "wId")
        objects.texts[_id(one)] = texts.get(wid) or Text(_article(one, wid), _text(one, "opschrift", "naam"))
    for name in RULES:
        for one in _items(annotations, name):
            objects.rules[_id(one)] = _rule(one)
    for one in _items(annotations, "activiteiten"):
        objects.activities[_id(one)] = Named(_id(one), _text(one, "naam"))
    for one in _items(annotations, "gebiedsaanwijzingen"):
        objects.designations[_id(one)] = Named(_id(one), _text(one, "naam"), _word(one.get("type")), _word(one.get("groep")), _refs(one, "locatieRefs"))
    for name, kind in (("omgevingsnormen", "omgevingsnorm"), ("omgevingswaarden", "omgevingswaarde")):
        for one in _items(annotations, name):
            objects.norms[_id(one)] = _norm(one, kind)
    for one in _items(annotations, "ponsen"):
        objects.holes[_id(one)] = _refs(one, "locatieRefs")
    objects.territory = tuple(place for one in _items(annotations, "regelingsgebieden") for place in _refs(one, "locatieRefs"))
    objects.drafts = {_id(one) for name in annotations for one in _items(annotations, name) if _text(one, "procedurestatus", "status").lower() in DRAFTS}
    return objects


def _location(one: Json) -> Location:
    kind = _word(one.get("locatieType") or one.get("type")).lower() or _id(one).lower()
    members = _refs(one, "groepselementRefs") or _refs(one, "groepselementen") or _refs(one, "omvat") or _refs(one, "locatieRefs")
    geometry = _text(one, "geometrieIdentificatie")
    return Location(_id(one), (geometry,) if geometry else (), members, any(word in kind for word in WHOLE))


def _rule(one: Json) -> LegalRule:
    activities = tuple(
        ActivityAt(_id(at), next(iter(_refs(at, "activiteitRef")), ""), _word(at.get("activiteitregelkwalificatie")), _refs(at, "locatieRefs"))
        for at in _items(one, "activiteitLocatieaanduidingen")
    )
    return LegalRule(
        _id(one), next(iter(_refs(one, "regeltekstRef")), ""), _refs(one, "locatieRefs"), _refs(one, "gebiedsaanwijzingRefs"),
        (*_refs(one, "omgevingsnormRefs"), *_refs(one, "omgevingswaardeRefs")), activities,
    )


def _norm(one: Json, kind: str) -> Norm:
    values = []
    for number, value in enumerate(_items(one, "normwaarden")):
        quantity = value.get("kwantitatieveWaarde")
        values.append(NormValue(
            _id(value) or f"{_id(one)}.{number}", "" if quantity is None else str(quantity), _text(value, "kwalitatieveWaarde"),
            value.get("waardeInRegeltekst") not in (None, False, ""), _refs(value, "locatieRefs"),
        ))
    return Norm(_id(one), kind, _text(one, "naam"), _word(one.get("type")), _word(one.get("eenheid")), _word(one.get("groep")), tuple(values))


def _shapes(geometries: Json, notes: list[Note]) -> dict[str, BaseGeometry]:
    """Return the geometries by lower-case id, polygons valid; one that cannot be read is named."""
    shapes: dict[str, BaseGeometry] = {}
    if not isinstance(geometries, Mapping):
        raise SourceError("plans_other_shape", path=SOURCE, missing="geometries")
    for key, given in geometries.items():
        try:
            geometry = shape(given)
        except (KeyError, TypeError, ValueError, AttributeError, IndexError, shapely.errors.ShapelyError) as reason:
            notes.append(Note.of("plans_geometry_numbers", fid=key, what=str(reason)[:60]))
            continue
        if not geometry.is_valid:
            notes += (Note.of("sources_made_valid", count=1, path=SOURCE), *crossings([geometry], SOURCE))
            geometry = polygons_of(shapely.make_valid(geometry))
        if not geometry.is_empty:
            shapes[key.lower()] = shapely.force_2d(geometry)
    return shapes


def _texts(structure: Any) -> dict[str, Text]:
    """Return the articles and leden of a documentstructuur by wId; their text is STOP XML in ``inhoud``."""
    return {wid: text for component in _components(structure) if (wid := _text(component, "wId")) for text in (_component_text(component),)}


def _components(structure: Any, depth: int = 0) -> Iterator[Json]:
    if depth > 60:
        return
    if isinstance(structure, list):
        for one in structure:
            yield from _components(one, depth + 1)
    elif isinstance(structure, Mapping):
        if "wId" in structure:
            yield structure
        for value in structure.values():
            if isinstance(value, (list, Mapping)):
                yield from _components(value, depth + 1)


def _component_text(component: Json) -> Text:
    content = _text(component, "inhoud") or " ".join(_text(one, "inhoud") for one in _components(component.get("_embedded")))
    return Text(_article(component, _text(component, "wId")), _plain(_text(component, "opschrift", "kop")), _plain(content))


def _plain(xml: str) -> str:
    """Return the words of a piece of STOP XML."""
    if "<" not in xml:
        return xml
    root = parse_bytes(f"<stop>{re.sub(r'<[?].*?[?]>', '', xml)}</stop>".encode(), SOURCE)
    return quote_of(root) or " ".join(" ".join(etree.ElementTextIterator(root)).split())


def _article(one: Json, wid: str) -> str:
    """Return the number of an article, as said or as the wId has it (``...__art_2.14``)."""
    found = re.search(r"__art_([\w.]+?)(?:__para_([\w.]+))?$", wid)
    return _text(one, "nummer") or (f"{found[1]} lid {found[2]}" if found and found[2] else found[1] if found else "")


def _items(holder: Json, name: str) -> list[Json]:
    """Return the objects of a list; raises ``SourceError`` when it is no list of objects."""
    found = holder.get(name)
    if not isinstance(found, (list, Mapping)):
        return []
    if isinstance(found, Mapping) or not all(isinstance(one, Mapping) for one in found):
        if isinstance(found, Mapping) or name in ("locaties", "omgevingsnormen", "regelteksten"):
            raise SourceError("plans_other_shape", path=SOURCE, missing=name)
        return []
    return list(found)


def _refs(holder: Json, name: str) -> tuple[str, ...]:
    """Return the ids that a member refers to: texts, or objects with an id or address."""
    found = holder.get(name)
    many: Iterable[Any] = found if isinstance(found, list) else [found]
    ids = (one if isinstance(one, str) else _text(_mapping(one), "identificatie", "ref", "href") for one in many if one)
    return tuple(one for one in ids if one)


def _mapping(value: Any) -> Json:
    return value if isinstance(value, Mapping) else {}


def _id(one: Json) -> str:
    return _text(one, "identificatie", "id")


def _text(one: Json, *names: str) -> str:
    """Return the first member that says something, as text."""
    return next((str(one[name]) for name in names if one.get(name) not in (None, "") and not isinstance(one[name], (list, Mapping))), "")


def _word(value: Any) -> str:
    """Return the word of a concept: ``{"code", "waarde"}``, an address, or a text."""
    found = _text(value, "waarde", "naam", "code") if isinstance(value, Mapping) else value
    return str(found) if isinstance(found, str) else ""
