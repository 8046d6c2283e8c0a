"""An omgevingsplan as files: IMOW objects (ow*.xml), STOP text (akn_*.xml) and maps (GIO GML), together one plan.

Standard: IMOW 2.0 / 3.0 delivery files; STOP/IMOP 1.2 and 1.3. Objects with status ``beeindigen`` have ended and are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from lxml import etree
from shapely.geometry.base import BaseGeometry

from ...errors import SourceError
from ...model import Note, Plan, PlanArea
from ..formats.gml import GmlReader
from ..formats.safe_xml import XLINK, child, children, descendants, local, text_of
from ..formats.vector_files import NOWHERE
from .document_kinds import kind_by_authority
from .maatvoering import level_of
from .omgevingsplan import (
    ActivityAt,
    LegalRule,
    Location,
    Named,
    Norm,
    NormValue,
    Objects,
    Text,
    norm_values,
    plan_areas,
    territory,
    words_of,
)
from .placed import Parsed, merged, parsed, without_place
from .stop import DRAFT, Gio, is_gio, is_stop, only_changes, read_gio, read_plan_record, read_texts

LOCATIONS = ("Gebied", "Gebiedengroep", "Punt", "Puntengroep", "Lijn", "Lijnengroep", "Ambtsgebied")
RULES = ("RegelVoorIedereen", "Instructieregel", "Omgevingswaarderegel")
NORMS = {"Omgevingsnorm": "omgevingsnorm", "Omgevingswaarde": "omgevingswaarde"}
ENDED = ("beeindigen", "beëindigen")


def is_imow(root: etree._Element) -> bool:
    """Whether a document is part of an omgevingsplan: IMOW objects, a map, or text."""
    return local(root) == "owBestand" or is_gio(root) or is_stop(root)


def read_imow(documents: Mapping[str, etree._Element], box: BaseGeometry | None = None) -> Parsed:
    """Return the areas, the plan and remarks from the documents of one omgevingsplan, by path.

    A rule for the whole territory of the authority gets the box (RD) as its geometry, as the territory's outline is not in such files.
    Raises ``SourceError``: nothing that has a place, or not in RD.
    """
    notes: list[Note] = []
    gml = GmlReader()
    gios: list[Gio] = []
    geometries: dict[str, BaseGeometry] = {}
    objects = Objects()
    wids: dict[str, str] = {}
    texts: dict[str, Text] = {}
    plan = Plan("", "")
    for path, root in sorted(documents.items()):
        if is_gio(root):
            gio, shapes = read_gio(root, gml, notes)
            gios.append(gio)
            geometries.update(shapes)
        elif is_stop(root):
            texts.update(read_texts(root))
            record = read_plan_record(root)
            plan = merged(plan, record) if record else plan
        else:
            ended = _read_objects(root, objects, wids)
            notes += [Note.of("plans_objects_ended", path=Path(path).name, count=ended)] if ended else []
    objects.texts = {key: texts[wid] for key, wid in wids.items() if wid in texts}
    objects.norms = {key: _as_its_map(norm, gios) for key, norm in objects.norms.items()}
    kind = plan.kind or kind_by_authority(plan.id, next(iter((*objects.locations, *objects.rules, *objects.norms)), ""))
    plan = replace(plan, id=plan.id or _regeling_of(objects), kind=kind, part=only_changes(documents.values()), geometry=territory(objects, geometries))
    areas, lost, remarks = plan_areas(objects, geometries, plan, box)
    for area in _maps_alone(gios, geometries, objects, plan, remarks):
        (lost if without_place(area) else areas).append(area)
    name = ", ".join(Path(path).name for path in sorted(documents)) if len(documents) < 4 else plan.name or plan.id
    if not areas:
        raise SourceError("plans_without_objects", path=name)
    return parsed(name, areas, (plan,), (*notes, *_levels(gios), *_compared(gios, objects), *remarks), gml=gml, unplaced=lost)


def _regeling_of(objects: Objects) -> str:
    """Return a name for the plan when no text is there: the authority in the ids of its objects (``nl.imow-gm0297...``)."""
    first = next(iter((*objects.locations, *objects.rules, *objects.norms)), "")
    return first.split(".")[1].replace("imow-", "") if first.count(".") >= 2 else "omgevingsplan"


def _read_objects(root: etree._Element, objects: Objects, wids: dict[str, str]) -> int:
    """Put the objects of an ow file in ``objects``, the wId of each regeltekst in ``wids``; return how many have ended."""
    ended = 0
    for holder in descendants(root, "owObject"):
        for one in children(holder):
            key = text_of(child(one, "identificatie"))
            if not key:
                continue
            if text_of(child(one, "status")).lower() in ENDED:
                ended += 1
                continue
            if text_of(child(one, "procedurestatus")).lower() == DRAFT:
                objects.drafts.add(key)
            _read_object(one, key, objects, wids)
    return ended


def _read_object(one: etree._Element, key: str, objects: Objects, wids: dict[str, str]) -> None:
    kind = local(one)
    if kind == "Regeltekst":
        wids[key] = one.get("wId") or text_of(child(one, "wId"))
    elif kind in LOCATIONS:
        objects.locations[key] = _location(one, key)
    elif kind in RULES:
        objects.rules[key] = _rule(one, key)
    elif kind == "Activiteit":
        objects.activities[key] = Named(key, text_of(child(one, "naam")))
    elif kind == "Gebiedsaanwijzing":
        said = [words_of(text_of(child(one, word))) for word in ("type", "groep")]
        objects.designations[key] = Named(key, text_of(child(one, "naam")), said[0], said[1], _places(one))
    elif kind in NORMS:
        objects.norms[key] = _norm(one, key)
    elif kind == "Pons":
        objects.holes[key] = _places(one)
    elif kind == "Regelingsgebied":
        objects.territory = _places(one)


def _location(one: etree._Element, key: str) -> Location:
    geometry = tuple(_refs(one, "GeometrieRef"))
    members = tuple(target for holder in children(one, "groepselement") for target in _refs(holder))
    return Location(key, geometry, members, local(one) == "Ambtsgebied")


def _refs(element: etree._Element, *names: str) -> Iterator[str]:
    """Yield what the references inside an element point at; those of some local names, or all."""
    for one in element.iter():
        target = one.get(XLINK)
        if target and (not names or local(one) in names):
            yield target.rpartition("#")[2]


def _places(one: etree._Element) -> tuple[str, ...]:
    """Return the locations of an object itself, not those of what is nested in it."""
    return tuple(target for holder in children(one, "locatieaanduiding") for target in _refs(holder))


def _rule(one: etree._Element, key: str) -> LegalRule:
    activities = []
    for holder in children(one, "activiteitaanduiding"):
        named = next(_refs(holder, "ActiviteitRef"), "")
        for at in children(holder, "ActiviteitLocatieaanduiding"):
            said = words_of(text_of(child(at, "activiteitregelkwalificatie")))
            activities.append(ActivityAt(text_of(child(at, "identificatie")), named, said, _places(at)))
    return LegalRule(
        key, next(_refs(one, "RegeltekstRef"), ""), _places(one), tuple(_refs(one, "GebiedsaanwijzingRef")),
        (*_refs(one, "OmgevingsnormRef"), *_refs(one, "OmgevingswaardeRef")), tuple(activities),
    )


def _norm(one: etree._Element, key: str) -> Norm:
    values = tuple(
        NormValue(
            text_of(child(value, "identificatie")), text_of(child(value, "kwantitatieveWaarde")), text_of(child(value, "kwalitatieveWaarde")),
            child(value, "waardeInRegeltekst") is not None, _places(value),
        )
        for value in descendants(one, "Normwaarde")
    )
    said = {word: text_of(child(one, word)) for word in ("naam", "type", "eenheid", "groep")}
    return Norm(key, NORMS[local(one)], said["naam"], said["type"], said["eenheid"], words_of(said["groep"]), values)


def _maps_alone(gios: list[Gio], geometries: Mapping[str, BaseGeometry], objects: Objects, plan: Plan, notes: list[Note]) -> list[PlanArea]:
    """Return areas for the values of maps that no norm in the files speaks of (a GIO may come without its IMOW objects)."""
    known = {norm.name.lower() for norm in objects.norms.values()}
    areas = []
    for gio in gios:
        if not (gio.label or gio.type) or gio.label.lower() in known:
            continue
        for value in gio.values:
            if not (value.quantity or value.quality):
                continue
            unit = gio.unit_label if level_of(gio.unit_label) else gio.unit or gio.unit_label
            norm = Norm(gio.id, "omgevingsnorm", gio.label, gio.type, unit)
            values = norm_values(norm, NormValue(value.geometry_id, value.quantity, value.quality), notes)
            areas.append(PlanArea(
                value.geometry_id, "omgevingsnorm", gio.label, geometries.get(value.geometry_id, NOWHERE), values, plan.id, plan.name, plan.status, plan.date,
                url=plan.url,
            ))
    return areas


def _as_its_map(norm: Norm, gios: list[Gio]) -> Norm:
    """Return a norm with the level that its own map measures from, where its unit names none."""
    label = next((gio.unit_label for gio in gios if gio.label.lower() == norm.name.lower() and level_of(gio.unit_label)), "")
    return replace(norm, unit=label) if label and not level_of(norm.unit) else norm


def _levels(gios: list[Gio]) -> list[Note]:
    """Return a remark for each map whose unit names the level from which it measures: that is not always peil."""
    return [Note.of("plans_norm_level", name=gio.label or gio.id, unit=gio.unit_label, level=level) for gio in gios if (level := level_of(gio.unit_label))]


def _compared(gios: list[Gio], objects: Objects) -> list[Note]:
    """Return a remark for each place where map and norm of one name give different numbers."""
    by_map = {(gio.label.lower(), value.geometry_id): value.quantity for gio in gios for value in gio.values if value.quantity}
    notes = []
    for norm in objects.norms.values():
        for value in norm.values:
            for place in value.locations:
                for key in objects.locations.get(place, Location("")).geometry_ids:
                    other = by_map.get((norm.name.lower(), key.lower()))
                    if other and value.quantity and other.replace(",", ".") != value.quantity.replace(",", "."):
                        notes.append(Note.of("plans_map_differs", name=norm.name, norm=value.quantity, map=other))
    return notes
