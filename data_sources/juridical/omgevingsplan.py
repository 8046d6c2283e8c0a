"""The objects of an omgevingsplan (IMOW) and the plan areas they make; read from XML by ``imow.py``, from the DSO's JSON by ``dso.py``.

Standard: IMOW 2/3 and TPOD omgevingsplan (Geonovum, https://docs.geostandaarden.nl/ow/). A rule (juridische regel) ties a text to
locations; activities, gebiedsaanwijzingen and norms have locations of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ...model import Note, Plan, PlanArea, PlanValue
from ..formats.unit_words import unit_meant
from .maatvoering import COUNTS, about_its_object, decimal_of, limit_in, terms_of, unit_above, unit_on_map
from .placed import LISTED

MAX_NESTING = 20
REST = ":rest"
"""Stands behind the id of an object for those of its locations that cannot be read, where others can."""
IN_TEXT = "waarde staat in regeltekst"


@dataclass(frozen=True)
class Location:
    """A gebied, punt or lijn with geometry, a group of these, or the whole territory of an authority."""

    id: str
    geometry_ids: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    whole_territory: bool = False


@dataclass(frozen=True)
class ActivityAt:
    """An activity at locations: allowed, forbidden, with a permit... (activiteitregelkwalificatie)."""

    id: str
    activity: str
    qualification: str
    locations: tuple[str, ...]


@dataclass(frozen=True)
class LegalRule:
    """A juridische regel: the text it stands in, where it holds, and what it points at."""

    id: str
    text: str
    locations: tuple[str, ...] = ()
    designations: tuple[str, ...] = ()
    norms: tuple[str, ...] = ()
    activities: tuple[ActivityAt, ...] = ()


@dataclass(frozen=True)
class NormValue:
    """One normwaarde: a number, a word, or the remark that the text has it."""

    id: str
    quantity: str = ""
    quality: str = ""
    in_text: bool = False
    locations: tuple[str, ...] = ()


@dataclass(frozen=True)
class Norm:
    """An omgevingsnorm or omgevingswaarde (``kind``); ``type`` and ``unit`` are words of the standard's lists."""

    id: str
    kind: str
    name: str
    type: str = ""
    unit: str = ""
    group: str = ""
    values: tuple[NormValue, ...] = ()


@dataclass(frozen=True)
class Named:
    """An activity, or a gebiedsaanwijzing with its type, group and locations."""

    id: str
    name: str
    type: str = ""
    group: str = ""
    locations: tuple[str, ...] = ()


@dataclass(frozen=True)
class Text:
    """An article or lid: its number, its heading, its words."""

    number: str = ""
    heading: str = ""
    quote: str = ""


@dataclass
class Objects:
    """The objects of a plan by id; ``texts`` by the id of the regeltekst; ``drafts`` the ids of objects that are not in force yet."""

    locations: dict[str, Location] = field(default_factory=dict)
    rules: dict[str, LegalRule] = field(default_factory=dict)
    texts: dict[str, Text] = field(default_factory=dict)
    activities: dict[str, Named] = field(default_factory=dict)
    designations: dict[str, Named] = field(default_factory=dict)
    norms: dict[str, Norm] = field(default_factory=dict)
    holes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Pons -> locations where older plans have ended."""
    territory: tuple[str, ...] = ()
    """Locations of the regelingsgebied."""
    drafts: set[str] = field(default_factory=set)


@dataclass
class _Placing:
    """Finds geometry of locations; ``everywhere`` stands in for the territory of the authority, whose outline is not in the files; ``whole``: every
    location of the plan is there; ``lost`` counts those of which no place can be read."""

    objects: Objects
    geometries: Mapping[str, BaseGeometry]
    everywhere: BaseGeometry | None
    whole: bool = True
    assumed: set[str] = field(default_factory=set)
    lost: int = 0

    def area(self, ids: Iterable[str]) -> BaseGeometry | None:
        """Return the geometry (RD) of locations together; None when none of them has one."""
        parts = [part for one in ids for part in self._parts(one, 0)]
        return united(parts) if parts else None

    def _parts(self, key: str, depth: int) -> Iterator[BaseGeometry]:
        place = self.objects.locations.get(key)
        if place is None or depth > MAX_NESTING:
            self.lost += place is not None or self.whole
            return
        shapes = [self.geometries[one.lower()] for one in place.geometry_ids if one.lower() in self.geometries]
        self.lost += len(place.geometry_ids) > len(shapes) or not (place.geometry_ids or place.members or place.whole_territory)
        yield from shapes
        for member in place.members if not shapes else ():
            yield from self._parts(member, depth + 1)
        if place.whole_territory and self.everywhere is not None and not shapes:
            self.assumed.add(key)
            yield self.everywhere


def united(parts: list[BaseGeometry]) -> BaseGeometry:
    """Return geometries as one: areas united, else lines or points gathered."""
    if len(parts) == 1:
        return parts[0]
    areas = [part for part in parts if part.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(np.array(areas or parts, dtype=object))


def plan_areas(
    objects: Objects, geometries: Mapping[str, BaseGeometry], plan: Plan, everywhere: BaseGeometry | None = None, whole: bool = True,
) -> tuple[list[PlanArea], list[PlanArea], list[Note]]:
    """Return the areas of an omgevingsplan, those of which a place cannot be read, and remarks; ``geometries`` (RD) by lower-case id.

    A rule for the whole territory gets ``everywhere`` (the place asked for; None: it is listed as having no geometry). ``whole``: every location of
    the plan is among the objects; else one that is not lies elsewhere.
    """
    placing = _Placing(objects, geometries, everywhere, whole)
    areas: list[PlanArea] = []
    lost: list[PlanArea] = []
    unplaced: list[str] = []
    notes: list[Note] = []
    for area, places, owner in _unplaced(objects, plan, notes):
        status = "ontwerp" if objects.drafts & {area.fid, area.belongs_to, owner} else area.plan_status
        placing.lost = 0
        geometry = placing.area(places)
        if geometry is not None:
            areas.append(replace(area, geometry=geometry, plan_status=status))
        if placing.lost or not places:
            lost.append(replace(area, plan_status=status, fid=area.fid if geometry is None else f"{area.fid}{REST}"))
        if geometry is None:
            unplaced.append(area.name or area.fid)
        if area.values and geometry is None:
            notes.append(Note.of("plans_values_without_place", fid=area.fid, values="; ".join(value.raw for value in area.values)))
    if placing.assumed:
        notes.append(Note.of("plans_whole_territory", plan=plan.name or plan.id, count=len(placing.assumed)))
    if unplaced:
        named = "; ".join(unplaced[:LISTED]) + ("; ..." if len(unplaced) > LISTED else "")
        notes.append(Note.of("plans_without_geometry", path=plan.name or plan.id, count=len(unplaced), ids=named))
    return areas, lost, notes


def territory(objects: Objects, geometries: Mapping[str, BaseGeometry]) -> BaseGeometry | None:
    """Return the area (RD) that the regeling is about, None when the files do not have it."""
    return _Placing(objects, geometries, None).area(objects.territory) if objects.territory else None


def _unplaced(objects: Objects, plan: Plan, notes: list[Note]) -> Iterator[tuple[PlanArea, tuple[str, ...], str]]:
    """Yield every area still without geometry, the ids of its locations, and the id of the object that it is part of."""
    nothing = shapely.Point()
    text_by: dict[str, str] = {}
    places_by: dict[str, list[str]] = {}
    for rule in objects.rules.values():
        for key in (*rule.designations, *rule.norms, *(at.id for at in rule.activities)):
            text_by.setdefault(key, rule.text)
        places_by.setdefault(rule.text, []).extend(rule.locations)

    def area(fid: str, kind: str, name: str, text_id: str, group: str = "", values: tuple[PlanValue, ...] = ()) -> PlanArea:
        text = objects.texts.get(text_id, Text())
        return PlanArea(
            fid, kind, name or text.heading, nothing, values, plan.id, plan.name, plan.status, plan.date, text.number, plan.url,
            belongs_to=text_id if text_id != fid else "", group=group, quote=text.quote,
        )

    for text_id, named_at in places_by.items():
        yield area(text_id, "regeltekst", objects.texts.get(text_id, Text()).heading, text_id), tuple(dict.fromkeys(named_at)), text_id
    for one in objects.designations.values():
        group = " - ".join(word for word in (one.type, one.group) if word)
        yield area(one.id, "gebiedsaanwijzing", one.name, text_by.get(one.id, ""), group), one.locations, one.id
    for rule in objects.rules.values():
        for at in rule.activities:
            named = objects.activities.get(at.activity, Named(at.activity, at.activity))
            yield area(at.id or f"{rule.id}.{at.activity}", "activiteit", named.name, rule.text, at.qualification), at.locations or rule.locations, rule.id
    for norm in objects.norms.values():
        for value in norm.values:
            values = norm_values(norm, value, notes)
            yield area(value.id, norm.kind, norm.name, text_by.get(norm.id, ""), norm.group, values), value.locations, norm.id
    for hole, places in objects.holes.items():
        yield area(hole, "pons", "pons", ""), places, hole


def norm_values(norm: Norm, value: NormValue, notes: list[Note]) -> tuple[PlanValue, ...]:
    """Return what a normwaarde says: a number with its unit; a word or "in the text" is no number, but is kept."""
    term, qualifier, unit = _meaning(norm, notes)
    said = value.quantity or value.quality or (IN_TEXT if value.in_text else "")
    meant = unit_meant(unit.replace(" ", ""))
    unit, factor = meant if meant is not None and meant[1] != 1.0 else (unit, 1.0)
    number = decimal_of(value.quantity.strip(), unit) if value.quantity else None
    number = None if number is None else round(number * factor, 9)
    if not value.quantity and value.in_text:
        notes.append(Note.of("plans_value_in_text", name=norm.name or norm.id))
    return (about_its_object(PlanValue(term, qualifier or None, number, unit, f"{norm.name or norm.type}={said}"), norm.name),)


def _meaning(norm: Norm, notes: list[Note]) -> tuple[str, str, str]:
    """Return the term, qualifier and unit of a norm: those of its type, unless its name speaks of something else."""
    by_name, by_type = terms_of(norm.name)[0], terms_of(words_of(norm.type))[0]
    agrees = bool(norm.type) and (by_type[0] in norm.name.lower() or not norm.name)
    if norm.type and not agrees:
        notes.append(Note.of("plans_norm_type_differs", name=norm.name, type=words_of(norm.type)))
    term, qualifier, listed = by_type if agrees else by_name
    unit = unit_of(norm.unit) if norm.unit else listed
    return term, qualifier or limit_in(norm.name), unit or (words_of(norm.unit) if listed else "")  # a height in bouwlagen is no height in metres


def words_of(concept: str) -> str:
    """Return the words of a concept: ``.../typenorm/id/concept/MaximumBouwhoogte`` -> ``maximum bouwhoogte``."""
    last = concept.rstrip("/").rpartition("/")[2] if "/" in concept else concept
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", last).lower().strip()


def unit_of(concept: str) -> str:
    """Return the unit of a concept or label: ``.../concept/Meter`` -> m; ``meters boven NAP`` -> m NAP; else its own words."""
    words = words_of(concept)
    word = words.replace(" ", "")
    meant = unit_meant(word)
    if meant is not None:
        return "" if meant[0] in COUNTS else unit_on_map(word)
    return unit_above(words) or ("m" if words.startswith("meter") else words)
