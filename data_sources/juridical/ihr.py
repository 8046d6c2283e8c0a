"""Plans from the national plan API (IHR, Ruimtelijke plannen opvragen v4): plans and their objects as JSON.

Source: https://developer.omgevingswet.overheid.nl/api-register/. Geometry is GeoJSON in RD (asked so by header).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from ...errors import SourceError
from ...model import Note, Plan, PlanArea, PlanValue, crossings
from ..formats.gml import polygons_of
from .maatvoering import plan_values
from .placed import Parsed, kind_of_plan, parsed, without_place

Json = Mapping[str, Any]

KINDS = {
    "bestemmingsvlakken": "enkelbestemming", "bouwvlakken": "bouwvlak", "maatvoeringen": "maatvoering", "bouwaanduidingen": "bouwaanduiding",
    "functieaanduidingen": "functieaanduiding", "gebiedsaanduidingen": "gebiedsaanduiding", "figuren": "figuur",
    "lettertekenaanduidingen": "lettertekenaanduiding", "besluitvlakken": "besluitvlak", "besluitsubvlakken": "besluitsubvlak",
    "structuurvisiegebieden": "structuurvisiegebied",
}
SOURCE = "IHR"
REPLACING = "vervangt"
CHANGING = ("muteert", "gedeeltelijkeHerzieningVan", "tenGevolgeVan")
"""Relations by which a plan goes before the other, or takes its place; ``uitTeWerkenIn`` and ``gebruiktInformatieUit`` do not change it."""
ENDS = ("verwijderdOp", "eindeRechtsgeldigheid")


def read_ihr(plans: Sequence[Json], objects_by_kind: Mapping[str, Sequence[Json]]) -> Parsed:
    """Return the areas, plans and remarks of the API's answers; an object names its plan in ``planId``.

    Raises ``SourceError``: another shape than that, or not in RD.
    """
    notes: list[Note] = []
    bare: list[str] = []
    found = _worked_out(plans, {plan.id: plan for plan in (_plan(one, notes) for one in plans)})
    areas: list[PlanArea] = []
    unplaced: list[PlanArea] = []
    for kind, objects in objects_by_kind.items():
        for one in objects if isinstance(objects, (list, tuple)) else [objects]:
            if not isinstance(one, Mapping):
                raise SourceError("plans_other_shape", path=SOURCE, missing=kind)
            area = _area(KINDS.get(kind, kind), one, found, notes)
            (unplaced if without_place(area) else areas).append(area)
            if without_place(area):
                bare.append(_text(one, "id") or kind)
    return parsed(SOURCE, areas, tuple(found.values()), notes, bare, unplaced=unplaced)


def _plan(one: Json, notes: list[Note]) -> Plan:
    if not isinstance(one, Mapping) or not one.get("id"):
        raise SourceError("plans_other_shape", path=SOURCE, missing="id")
    state, dossier = _mapping(one.get("planstatusInfo")), _mapping(one.get("dossier"))
    name = _text(one, "naam")
    kind = kind_of_plan(name, _text(one, "type", "typePlan", "planType"))
    return Plan(
        id=str(one["id"]), name=name, kind="TAM-omgevingsplan" if _yes(one, "isTamPlan") else kind,
        status=(_text(state, "planstatus") or _text(one, "planstatus")).lower(),
        dossier_status=", ".join(word.lower() for word in (_text(dossier, "status"), _text(one, "regelStatus")) if word),
        date=(_text(state, "datum") or _text(one, "datum"))[:10],
        authority=_text(_mapping(one.get("beleidsmatigVerantwoordelijkeOverheid")), "naam") or _text(one, "naamOverheid"),
        url=_link(one), geometry=_geometry(one, notes), umbrella=_yes(one, "isParapluplan"), historic=_yes(one, "isHistorisch"),
        changes=tuple(_changed(one)), replaces=tuple(_ids(_mapping(one.get("relatiesMetExternePlannen")), REPLACING)),
        ended=min((end[:10] for name in ENDS if (end := _text(one, name))), default=""),
    )


def _changed(one: Json) -> Iterator[str]:
    """Yield the ids of the plans that a plan changes or results from; relations of an unknown kind (a bare list) may do so."""
    related = one.get("relatiesMetExternePlannen")
    return _named(related) if isinstance(related, list) else _ids(_mapping(related), *CHANGING)


def _yes(one: Json, name: str) -> bool:
    """Whether a member says that something is so, as a truth value or as its word."""
    return str(one.get(name)).lower() == "true"


def _ids(related: Json, *names: str) -> Iterator[str]:
    """Yield the ids of the plans in lists of relations."""
    return _named(other for name in names for other in _list(related, name))


def _named(others: Iterable[Any]) -> Iterator[str]:
    return (str(other["id"]) for other in others if isinstance(other, Mapping) and other.get("id"))


def _worked_out(plans: Sequence[Json], found: Mapping[str, Plan]) -> dict[str, Plan]:
    """Return plans with what other plans say of them: that they are their working out, change them, or take their place."""
    changed: dict[str, list[str]] = {}
    replaced: dict[str, list[str]] = {}
    for one in plans:
        mother, back = str(one["id"]), _mapping(one.get("relatiesVanuitExternePlannen"))
        for other in (*_ids(_mapping(one.get("relatiesMetExternePlannen")), "uitgewerktIn"), *_ids(back, *CHANGING)):
            changed.setdefault(other, []).append(mother)
        for other in _ids(back, REPLACING):
            replaced.setdefault(other, []).append(mother)
    return {
        key: replace(
            plan, changes=tuple(dict.fromkeys((*plan.changes, *changed.get(key, ())))), replaces=tuple(dict.fromkeys((*plan.replaces, *replaced.get(key, ()))))
        ) for key, plan in found.items()
    }


def _area(kind: str, one: Json, plans: Mapping[str, Plan], notes: list[Note]) -> PlanArea:
    plan_id = _text(one, "planId", "plangebied")
    plan = plans.get(plan_id, Plan(plan_id, ""))
    fid, geometry, values = _text(one, "id", "identificatie"), _geometry(one, notes), tuple(_values(one))
    if kind == "enkelbestemming" and "dubbel" in _text(one, "type").lower():
        kind = "dubbelbestemming"
    area = PlanArea(
        fid=fid, kind=kind, name=_text(one, "naam"), geometry=geometry or shapely.Polygon(), values=values, plan_id=plan_id, plan_name=plan.name,
        plan_status=plan.status, date=plan.date, article=_text(one, "artikelnummer"), url=_link(one) or plan.url, belongs_to=_reference(one),
        group=_text(one, "bestemmingshoofdgroep", "gebiedsaanduidinggroep"),
    )
    if values and without_place(area):
        notes.append(Note.of("plans_values_without_place", fid=fid, values="; ".join(value.raw for value in values)[:300]))
    return area


def _values(one: Json) -> list[PlanValue]:
    """Return every value of a maatvoering: ``omvang`` holds pairs of naam and waarde."""
    pairs = [pair for pair in _list(one, "omvang") if isinstance(pair, Mapping)]
    return [value for pair in pairs for value in plan_values(_text(pair, "naam"), _text(pair, "waarde"), _text(one, "naam"))]


def _geometry(one: Json, notes: list[Note]) -> BaseGeometry | None:
    """Return the geometry (RD, two dimensions, valid); None when there is none, or none that can be read."""
    given = one.get("geometrie") or one.get("geometry")
    if not given:
        return None
    try:
        geometry = shapely.force_2d(shape(given))
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, shapely.errors.ShapelyError) as reason:
        notes.append(Note.of("plans_geometry_numbers", fid=_text(one, "id"), what=str(reason)[:60]))
        return None
    if not geometry.is_valid:
        notes += (Note.of("sources_made_valid", count=1, path=SOURCE), *crossings([geometry], SOURCE))
        geometry = polygons_of(shapely.make_valid(geometry))
    return None if geometry.is_empty else geometry


def _link(one: Json) -> str:
    links = one.get("verwijzingNaarTekst")
    first = links[0] if isinstance(links, list) and links else links
    return str(first) if isinstance(first, str) else _text(_mapping(first), "href", "url")


def _reference(one: Json) -> str:
    for name in ("bouwvlak", "aanduiding", "bestemmingsvlak", "bouwvlakken", "aanduidingen", "bestemmingsvlakken"):
        found = one.get(name)
        first = found[0] if isinstance(found, list) and found else found
        if key := first if isinstance(first, str) else _text(_mapping(first), "id"):
            return key
    return ""


def _list(one: Json, name: str) -> list[Any]:
    found = one.get(name)
    return found if isinstance(found, list) else []


def _mapping(value: Any) -> Json:
    return value if isinstance(value, Mapping) else {}


def _text(one: Json, *names: str) -> str:
    """Return the first member that says something, as text."""
    return next((str(one[name]) for name in names if one.get(name) not in (None, "") and not isinstance(one[name], (list, Mapping))), "")
